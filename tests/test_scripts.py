"""The scripts that CI and the quick start run."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MARK_UP, ROOT

from gxnlp.evaluation import score
from gxnlp.splits import SplitRule


def run_script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT / "scripts"
    )


@pytest.fixture
def bench(tmp_path):
    """Score the report of the tests against floors, the same by the patterns and with the model."""

    def run(floors: dict[str, float], mark_up: str = MARK_UP) -> subprocess.CompletedProcess[str]:
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "t1.txt").write_text(mark_up, encoding="utf-8")
        record = {"small": {"patterns": floors, "model": floors}}
        (tmp_path / "floors.json").write_text(json.dumps(record), encoding="utf-8")
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
    for system in ("patterns", "model"):
        assert f"BELOW ITS FLOOR: small, {system}: metrics.r is" in result.stdout
    assert "- t1 metric videos 77.0 item level 100条" in result.stdout


def test_bench_needs_floors_for_every_set(tmp_path):
    (tmp_path / "t1.txt").write_text(MARK_UP, encoding="utf-8")
    result = run_script("bench.py", f"unknown={tmp_path}", "--floors", ROOT / "tests" / "eval_floors.json")
    assert result.returncode == 1
    assert "NO FLOORS for unknown, patterns" in result.stdout
    assert "NO FLOORS for unknown, model" in result.stdout


def test_the_model_is_scored_on_no_report_that_it_learned_from(tmp_path):
    (tmp_path / "splits.toml").write_text('salt = "s"\ndev = 0.0\ntest = 0.5\n')
    (tmp_path / "docs").mkdir()
    agencies = [f"青禾市第{i}局" for i in range(6)]
    test = [name for name in agencies if SplitRule("s", 0.0, 0.5).split_of(name) == "test"]
    assert 0 < len(test) < len(agencies)
    for i, name in enumerate(agencies):
        report = MARK_UP.replace("id: t1", f"id: t{i}").replace("青禾市水务局|青禾市水务和湖泊局", name)
        (tmp_path / "docs" / f"t{i}.txt").write_text(report, encoding="utf-8")
    printed = run_script("bench.py", f"c={tmp_path}", "--floors", ROOT / "tests" / "eval_floors.json").stdout
    sizes = re.findall(r"^ *(c.*) \((\d+)\) +(\w+)", printed, re.MULTILINE)
    held_out = str(len(test))
    assert sizes == [("c", "6", "patterns"), ("c test", held_out, "patterns"), ("c test", held_out, "model")]


def test_floors_are_set_on_figures_that_exist(gold, report):
    figures = score([gold], {gold.id: report}).figures()
    floors = json.loads((ROOT / "tests" / "eval_floors.json").read_text(encoding="utf-8"))
    assert {suite: set(systems) for suite, systems in floors.items()} == {
        "bench": {"patterns", "model"}, "corpus": {"patterns"}, "corpus test": {"patterns", "model"},
    }  # fmt: skip
    for systems in floors.values():
        for own in systems.values():
            assert set(own) <= set(figures)
            assert all(0 < floor <= 1 for floor in own.values())


def test_what_was_written_is_shown(gxnlp_command, tmp_path):
    gxnlp_command("extract", ROOT / "corpus" / "samples" / "xiaxun_tax_2024.md", "-o", "out")
    result = run_script("show_output.py", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    for name in (
        "reports.csv: 1 rows",
        "sections.csv",
        "metrics.csv",
        "statements.csv",
        "tables.csv",
        "checks.csv",
        "panel.csv",
    ):
        assert name in result.stdout


def test_generated_reports_are_the_same_for_the_same_seed_and_differ_among_themselves(tmp_path):
    made = []
    for name, seed in (("one", "1"), ("again", "1"), ("other", "2")):
        result = run_script("generate_reports.py", tmp_path / name, "--number", "12", "--seed", seed)
        assert result.returncode == 0, result.stderr
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    one, again, other = made
    assert len(one) == 12
    assert one == again
    assert one != other
    assert len(set(one.values())) == 12


@pytest.mark.parametrize(
    ("name", "now", "before", "worse"),
    [
        ("accuracy: corpus metrics.f1", 0.920, 0.927, True),
        ("accuracy: corpus metrics.f1", 0.925, 0.927, False),
        ("accuracy: corpus metrics.f1", 0.990, 0.927, False),
        ("speed: text to records / jieba.lcut", 1.5, 1.0, True),
        ("speed: text to records / jieba.lcut", 1.1, 1.0, False),
        ("memory: MB at 50 reports", 200.0, 150.0, True),
        ("memory: MB at 50 reports", 100.0, 150.0, False),
        ("accuracy: new", 0.1, None, False),
    ],
)
def test_a_figure_is_worse_only_beyond_noise(name, now, before, worse):
    result = run_python(f"from bench_release import is_worse; print(is_worse({name!r}, {now}, {before}))")
    assert result.stdout == f"{worse}\n", result.stderr


def test_the_lowest_versions_are_those_of_the_project():
    result = run_script("lowest_versions.py", "dev")
    lines = result.stdout.splitlines()
    assert "jieba==0.42.1" in lines
    assert all(re.fullmatch(r"[\w.-]+==[0-9.]+", line) for line in lines)


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0, "1 packages were looked up, 0 vulner"),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}],
            1,
            "VULNERABLE: a 1: X-1",
        ),
        ([{"name": "a", "skip_reason": "not found"}], 2, "NOT AUDITED: 1 of 1"),
        ([], 2, "NOT AUDITED: 0 of 0"),
        (None, 2, "NOT AUDITED: pip-audit gave no answer (no route)"),
    ],
)
def test_an_audit_that_asked_nobody_is_not_called_clean(packages, code, words):
    output = json.dumps({"dependencies": packages}) if packages is not None else "Traceback"
    told = run_python(f"import audit; print(audit.verdict({output!r}, 'Traceback\\nno route\\n'))")
    assert words in told.stdout
    assert told.stdout.rstrip().endswith(f"{code})")
