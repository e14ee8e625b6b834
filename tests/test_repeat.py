"""A run is repeated from its record, or it is told why it cannot be."""

import json
from pathlib import Path

import pytest
from conftest import SAMPLES

SAMPLE = SAMPLES / "liwan_transport_2020.md"


@pytest.fixture
def first(gxnlp_command, tmp_path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "meta.csv").write_text("file,year\na.md,2019\n", encoding="utf-8")
    command = ["extract", "in", "-o", "out", "--keep-text", "--meta", "meta.csv", "--format", "csv,jsonl"]
    assert gxnlp_command(*command).returncode == 0
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_run_is_repeated_byte_for_byte(gxnlp_command, tmp_path, first):
    result = gxnlp_command("repeat", "out", "-o", "again")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "1 files read again, written to again\n"
    assert contents(tmp_path / "again") == contents(first)
    assert "panel.jsonl" in contents(first)


def test_other_files_than_those_of_the_run_are_told(gxnlp_command, tmp_path, first):
    (tmp_path / "in" / "a.md").write_bytes(SAMPLE.read_bytes() + b"\n")
    result = gxnlp_command("repeat", "out", "-o", "again")
    assert result.returncode == 1
    assert "the files read are not those of the first run" in result.stdout


def change(path: Path, **changes: object) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(record | changes), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"gxnlp": "0.0.1"}, "was 0.0.1"),
        ({"model": {"name": "x", "digest": "0"}}, "the model is another"),
        ({"ontology": {"version": "1", "digest": "0"}}, "the ontology is another"),
    ],
)
def test_another_version_model_or_ontology_does_not_repeat_a_run(gxnlp_command, first, changes, message):
    change(first / "run.json", **changes)
    result = gxnlp_command("repeat", "out", "-o", "again")
    assert result.returncode == 2
    assert result.stderr.startswith("gxnlp: this would not repeat out: ")
    assert message in result.stderr


def test_another_manifest_does_not_repeat_a_run(gxnlp_command, tmp_path, first):
    (tmp_path / "meta.csv").write_text("file,year\na.md,2018\n", encoding="utf-8")
    assert "meta.csv is another" in gxnlp_command("repeat", "out", "-o", "again").stderr


def test_standard_input_cannot_be_repeated(gxnlp_command, first):
    options = json.loads((first / "run.json").read_text(encoding="utf-8"))["options"]
    change(first / "run.json", options=options | {"inputs": ["-"]})
    assert "standard input was read" in gxnlp_command("repeat", "out", "-o", "again").stderr


def test_a_folder_without_a_record_cannot_be_repeated(gxnlp_command, tmp_path):
    result = gxnlp_command("repeat", "none", "-o", "again")
    assert (result.returncode, result.stderr) == (
        2, "gxnlp: cannot read none/run.json: No such file or directory; expected the output folder of "
                "`gxnlp extract`\n",
    )  # fmt: skip
