"""The wheel is whole: installed in an empty environment it extracts, away from the checkout."""

import csv
import json
import os
import subprocess
import sys
import venv

import pytest
from conftest import ROOT, SAMPLES

HEAVY = {"spacy", "sklearn", "scipy", "jieba", "pandas", "pdfplumber", "numpy"}


@pytest.mark.slow
def test_a_wheel_in_an_empty_environment_extracts(tmp_path):
    run("-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path / "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("gxnlp-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / "bin"
    run("-m", "pip", "install", "-q", wheel, cwd=tmp_path, python=scripts / "python")
    away = tmp_path / "away"
    away.mkdir()
    run(scripts / "gxnlp", "extract", SAMPLES, "-o", "out", "--keep-text", cwd=away, python=None)
    with (away / "out" / "reports.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert {row["status"] for row in rows} == {"ok"}
    assert {row["format"] for row in rows} == {"txt", "md", "pdf", "html", "docx"}
    assert sum(int(row["metrics"]) for row in rows if row["metrics"]) > 100
    with (away / "out" / "metrics.csv").open(encoding="utf-8", newline="") as source:
        assert "both" in {row["extractor"] for row in csv.DictReader(source)}  # the model came along
    assert json.loads((away / "out" / "run.json").read_text(encoding="utf-8"))["model"]["name"] == "default"
    heavy = "import sys; from gxnlp.cli import app\ntry: app(['--help'])\nexcept SystemExit: pass\n"
    printed = run(
        "-c", heavy + f"print({HEAVY} & sys.modules.keys())", cwd=away, python=scripts / "python"
    ).stdout
    assert printed.splitlines()[-1] == "set()"
    code = (
        "import gxnlp; doc = gxnlp.load()('全年公开信息3条'); print(doc._.gx_document.text, gxnlp.__file__)"
    )
    printed = run("-c", code, cwd=away, python=scripts / "python").stdout
    assert printed.startswith("全年公开信息3条")
    assert str(tmp_path / "env") in printed


def run(*arguments, cwd, python=sys.executable):
    """Run a program, by default Python, without what would lead it back to the checkout."""
    command = [str(part) for part in ((python, *arguments) if python else arguments)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result
