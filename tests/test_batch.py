"""Many files: the same bytes whatever the workers, a row for every file, files put in place at the end."""

import csv
import hashlib
import json
import multiprocessing
import os
import signal
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MARK_UP, SAMPLES, report_of

from gxnlp import __version__, batch
from gxnlp.batch import Manner, StoppedError, pool, rendering
from gxnlp.batch.stage import FOLDER
from gxnlp.corpus import parse_gold
from gxnlp.errors import InputError, ModelError, OutputError
from gxnlp.inputs import find_inputs
from gxnlp.model import Model
from gxnlp.ontology import shipped_ontology

TABLES = ("reports", "sections", "metrics", "statements")
needs_fork = pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="the double is handed on by fork alone"
)


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture
def double(monkeypatch, tmp_path):
    """Read every file as the report of the tests, but for those that name a mishap; no model is loaded."""

    marker = tmp_path / "died once"

    def read_report(data, *, name, report_id, source, model, kind=""):
        if "dies" in name:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hangs" in name:
            time.sleep(60)
        if "eats" in name:
            bytearray(500_000_000)
        if "once" in name and not marker.exists():
            marker.touch()
            os._exit(3)
        if "bug" in name:
            raise ZeroDivisionError("division by zero")
        text = data.decode()
        if "surrogate" in name:
            text += "\udc80"
        report = report_of(parse_gold(MARK_UP + text))
        return replace(report, report_id=report_id, source=source, sha256=hashlib.sha256(data).hexdigest())

    monkeypatch.setattr(rendering, "read_report", read_report)
    monkeypatch.setattr(rendering, "choose_model", lambda path, *, patterns_only: None)


@pytest.fixture
def folder(tmp_path):
    """A function that makes a folder of small files and finds them."""

    def make(*names: str):
        for name in names:
            (tmp_path / "in").mkdir(exist_ok=True)
            (tmp_path / "in" / name).write_text(f"文件{name}", encoding="utf-8")
        return find_inputs([str(tmp_path / "in")])

    return make


def test_the_samples_give_the_same_bytes_with_any_number_of_workers(tmp_path):
    inputs = find_inputs([str(SAMPLES)])
    for workers in (1, 3):
        batch.run(inputs, tmp_path / str(workers), manner=Manner(keep_text=True), workers=workers)
    one, three = ({p.relative_to(root): p.read_bytes() for p in root.rglob("*.*")} for root in
                  (tmp_path / "1", tmp_path / "3"))  # fmt: skip
    assert one.keys() == three.keys()
    assert {path for path in one if one[path] != three[path]} == {Path("run.json")}


def test_offsets_give_back_the_text_of_every_row(tmp_path):
    summary = batch.run(find_inputs([str(SAMPLES)]), tmp_path, manner=Manner(keep_text=True))
    assert summary.statuses["failed"] == 0
    texts = {path.stem: path.read_bytes().decode() for path in (tmp_path / "texts").iterdir()}
    rows = [*table(tmp_path, "metrics"), *table(tmp_path, "statements")]
    assert len(rows) == summary.metrics + summary.statements > 100
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        assert start < end
        assert texts[row["report_id"]][start:end] == row["text"]


def test_rows_stand_in_the_order_of_reports_and_places(tmp_path):
    batch.run(find_inputs([str(SAMPLES)]), tmp_path)
    for name in ("sections", "metrics", "statements"):
        places = [(row["report_id"], int(row["start"])) for row in table(tmp_path, name)]
        assert places == sorted(places)


def test_a_document_of_another_kind_has_its_row_and_no_others(tmp_path, folder):
    plan = "青禾市2024年政府工作报告\n\n各位代表：\n\n一、2023年工作回顾\n\n地区生产总值增长6.1%。\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "plan.txt").write_text(plan, encoding="utf-8")
    summary = batch.run(folder(), tmp_path / "out")
    assert (summary.others, summary.statuses["ok"]) == (1, 1)
    (row,) = table(tmp_path / "out", "reports")
    assert row["kind"] not in ("", "annual_report")
    assert "nothing extracted" in row["message"]
    assert [table(tmp_path / "out", name) for name in TABLES[1:]] == [[], [], []]


def test_a_file_that_cannot_be_read_costs_its_own_row(tmp_path, double, folder):
    inputs = folder("a.txt", "bug.txt", "c.html", "surrogate.txt", "z.txt")
    (tmp_path / "in" / "a.txt").unlink()
    summary = batch.run(inputs, tmp_path / "out", manner=Manner(keep_text=True))
    rows = {row["report_id"]: row for row in table(tmp_path / "out", "reports")}
    assert {i: row["status"] for i, row in rows.items()} == {
        "a": "failed", "bug": "failed", "c": "ok", "surrogate": "failed", "z": "ok",
    }  # fmt: skip
    assert rows["a"]["message"].endswith("No such file or directory")
    assert (rows["a"]["format"], rows["a"]["sha256"], rows["a"]["kind"]) == ("txt", "", "")
    assert rows["bug"]["message"] == "internal error, please report it: ZeroDivisionError: division by zero"
    assert len(rows["bug"]["sha256"]) == 64
    assert rows["surrogate"]["message"].startswith("internal error, please report it: UnicodeEncodeError")
    assert [f.report_id for f in summary.failures] == ["a", "bug", "surrogate"]
    assert sorted(path.name for path in (tmp_path / "out" / "texts").iterdir()) == ["c.txt", "z.txt"]


@needs_fork
def test_a_file_that_kills_its_process_costs_its_own_row(tmp_path, double, folder):
    inputs = folder(*(f"{i:02}.txt" for i in range(20)), "05dies.txt", "13dies.txt")
    summary = batch.run(inputs, tmp_path / "out", workers=2)
    assert summary.statuses == {"ok": 20, "failed": 2}
    assert [f.report_id for f in summary.failures] == ["05dies", "13dies"]
    assert "the process that read this file died twice (SIGKILL)" in summary.failures[0].message
    ids = [row["report_id"] for row in table(tmp_path / "out", "reports")]
    assert ids == sorted(ids)


@needs_fork
def test_a_file_that_was_hit_by_chance_is_read_after_all(tmp_path, double, folder):
    summary = batch.run(folder("a.txt", "once.txt", "z.txt"), tmp_path / "out")
    assert summary.statuses == {"ok": 3}


@needs_fork
@pytest.mark.parametrize("workers", [1, 3])
def test_a_file_over_a_limit_costs_its_own_row(tmp_path, double, folder, workers):
    inputs = folder(*(f"{i}.txt" for i in range(9)), "3eats.txt", "5hangs.txt")
    manner = Manner(timeout=0.5, max_memory=200)
    summary = batch.run(inputs, tmp_path / "out", manner=manner, workers=workers)
    assert summary.statuses == {"ok": 9, "failed": 2}
    assert [f.message for f in summary.failures] == [
        "took more than --max-memory 200 MB", "not read within --timeout 0.5 seconds",
    ]  # fmt: skip
    rows = table(tmp_path / "out", "reports")
    assert [row["report_id"] for row in rows] == [file.report_id for file in inputs.files]
    assert all(len(row["sha256"]) == 64 for row in rows if row["status"] == "failed")


def test_memory_is_not_said_to_be_limited_where_it_is_not(monkeypatch, tmp_path, double, folder):
    monkeypatch.setattr(pool, "_LIMITED", False)
    with pytest.raises(InputError, match="--max-memory works on Linux alone"):
        batch.run(folder("a.txt"), tmp_path / "out", manner=Manner(max_memory=1))


def test_a_strict_run_stops_at_the_first_failure_and_puts_nothing_in_place(tmp_path, double, folder):
    inputs = folder("a.txt", "bug.txt", "z.txt")
    with pytest.raises(StoppedError, match=r"stopped at the first failure, .*bug\.txt: internal error"):
        batch.run(inputs, tmp_path / "out", strict=True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [FOLDER]
    (tmp_path / "in" / "bug.txt").rename(tmp_path / "in" / "c.txt")
    told = []
    summary = batch.run(folder(), tmp_path / "out", strict=True, resume=True, on_outcome=told.append)
    assert (summary.statuses, summary.resumed) == ({"ok": 3}, 1)
    assert [outcome.report_id for outcome in told] == ["a", "c", "z"]


def test_every_outcome_is_told_as_it_comes(tmp_path, double, folder):
    told = []
    batch.run(folder("a.txt", "bug.txt"), tmp_path / "out", on_outcome=told.append)
    assert [(o.report_id, o.status, o.metrics) for o in told] == [("a", "ok", 6), ("bug", "failed", 0)]


def test_a_run_that_is_stopped_leaves_an_earlier_one_as_it_was(tmp_path, double, folder):
    out = tmp_path / "out"
    batch.run(folder("a.txt"), out, manner=Manner(keep_text=True))
    before = {path: path.read_bytes() for path in out.rglob("*.*")}
    hidden = out / FOLDER

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(folder("a.txt", "b.txt"), out, manner=Manner(keep_text=True), on_outcome=stop)
    left = {
        path: path.read_bytes() for path in out.rglob("*.*") if path.is_file() and hidden not in path.parents
    }
    assert left == before
    assert hidden.is_dir()
    batch.run(folder(), out)  # a run anew leaves nothing of the one that was stopped
    assert not hidden.exists()


def test_texts_of_an_earlier_run_go_but_no_other_file(tmp_path, double, folder):
    out = tmp_path / "out"
    batch.run(folder("a.txt", "b.txt"), out, manner=Manner(keep_text=True))
    (out / "texts" / "note.txt").write_text("mine")
    (out / "mine.csv").write_text("mine")
    (tmp_path / "in" / "b.txt").unlink()
    batch.run(folder(), out, manner=Manner(keep_text=True))
    assert sorted(path.name for path in (out / "texts").iterdir()) == ["a.txt", "note.txt"]
    batch.run(folder(), out)
    assert sorted(path.name for path in (out / "texts").iterdir()) == ["note.txt"]
    assert (out / "mine.csv").exists()


def test_only_the_files_owed_are_written(tmp_path, double, folder):
    batch.run(folder("a.txt"), tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "checks.csv", "codebook.csv", "codebook.md", "metrics.csv", "panel.csv", "reports.csv", "run.json",
        "sections.csv", "statements.csv", "tables.csv",
    ]  # fmt: skip
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert all(mode & stat.S_IRUSR for mode in modes)
    assert b"\r" not in (tmp_path / "out" / "reports.csv").read_bytes()


def test_the_run_is_recorded(tmp_path, double, folder):
    inputs = folder("a.txt", "bug.txt", "x.csv")
    batch.run(inputs, tmp_path / "out", manner=Manner(keep_text=True))
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (record["gxnlp"], record["contract"], record["model"]) == (__version__, "1.1", None)
    assert len(record["ontology"]["digest"]) == 64
    assert record["options"] == {
        "inputs": [str(tmp_path / "in")], "out": str(tmp_path / "out"), "keep_text": True, "workers": 1,
        "model": None, "patterns_only": False, "timeout": None, "max_memory": None, "strict": False,
        "resume": False, "meta": None, "overrides": None, "formats": ["csv"], "excel": False,
    }  # fmt: skip
    counts = {"files": 2, "ok": 1, "partial": 0, "failed": 1, "other_documents": 0, "metrics": 6}
    assert record["counts"].items() >= counts.items()
    assert record["counts"]["skipped"] == {".csv": 1}
    assert record["times"]["seconds"] >= 0
    assert "pypdfium2" in record["environment"]["packages"]


def test_the_model_named_reads_and_is_recorded(tmp_path, double, folder, monkeypatch):
    learned = Model(None, None, shipped_ontology(), name="mine", digest="d" * 64)
    asked, read_report = [], rendering.read_report

    def choose(path, *, patterns_only):
        asked.append((path, patterns_only))
        return learned

    def read(data, *, model, **rest):
        report = read_report(data, model=model, **rest)
        return replace(report, message=f"read by {model.name}")

    monkeypatch.setattr(rendering, "choose_model", choose)
    monkeypatch.setattr(rendering, "read_report", read)
    batch.run(folder("a.txt"), tmp_path / "out", manner=Manner(model_path=tmp_path / "mine"))
    assert set(asked) == {(tmp_path / "mine", False)}
    assert [row["message"] for row in table(tmp_path / "out", "reports")] == ["read by mine"]
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["model"] == {"name": "mine", "digest": "d" * 64}
    assert record["options"]["model"] == str(tmp_path / "mine")


def test_a_model_that_cannot_be_used_stops_the_run_before_it_begins(tmp_path, folder):
    inputs = folder("a.txt")
    with pytest.raises(ModelError, match="no model is there"):
        batch.run(inputs, tmp_path / "out", manner=Manner(model_path=tmp_path / "in"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_an_output_folder_that_cannot_be_is_told(tmp_path, double, folder, place):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=f"cannot write to .*{place}: "):
        batch.run(folder("a.txt"), tmp_path / place)
