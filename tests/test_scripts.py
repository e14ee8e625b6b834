"""The scripts that CI and the quick start run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MARK_UP, ROOT


def run_script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def bench(tmp_path):
    """Score the report of the tests against floors."""

    def run(floors: dict[str, float], mark_up: str = MARK_UP) -> subprocess.CompletedProcess[str]:
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "t1.txt").write_text(mark_up, encoding="utf-8")
        (tmp_path / "floors.json").write_text(json.dumps({"small": floors}), encoding="utf-8")
        return run_script(
            "bench.py", f"small={tmp_path / 'docs'}", "--floors", tmp_path / "floors.json", "--errors"
        )

    return run


def test_bench_passes_at_its_floors(bench):
    result = bench({"sections.f1": 1.0, "year": 1.0, "agency": 1.0, "grounded": 1.0})
    assert result.returncode == 0, result.stdout + result.stderr
    assert "every figure is at its floor or above" in result.stdout


def test_bench_fails_below_a_floor_and_lists_errors(bench):
    result = bench({"metrics.r": 1.0}, MARK_UP.replace("¦info_published¦100¦", "¦videos¦77¦"))
    assert result.returncode == 1
    assert "BELOW ITS FLOOR: small metrics.r is" in result.stdout
    assert "- t1 metric videos 77.0 item level 100条" in result.stdout


def test_bench_needs_floors_for_every_suite(tmp_path):
    result = run_script("bench.py", f"unknown={ROOT / 'corpus' / 'docs'}")
    assert result.returncode == 1
    assert "no floors for unknown" in result.stderr


def test_floors_are_set_on_figures_that_exist(gold, report):
    from gxnlp.evaluation import score

    figures = score([gold], {gold.id: report}).figures()
    floors = json.loads((ROOT / "tests" / "eval_floors.json").read_text(encoding="utf-8"))
    assert set(floors) == {"bench", "corpus"}
    for suite in floors.values():
        assert set(suite) <= set(figures)
        assert all(0 < floor <= 1 for floor in suite.values())


def test_what_was_written_is_shown(gxnlp_command, tmp_path):
    gxnlp_command("extract", ROOT / "corpus" / "samples" / "xiaxun_tax_2024.md", "-o", "out")
    result = run_script("show_output.py", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    for name in ("reports.csv: 1 rows", "sections.csv", "metrics.csv", "statements.csv", "info_published"):
        assert name in result.stdout
