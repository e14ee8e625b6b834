"""Files that mean harm cost their own rows: no run crashes, hangs or writes where it should not."""

import csv
import faulthandler
import os
import subprocess
import sys
import time
from pathlib import Path

import hostile
import pytest

from gxnlp import batch, inputs
from gxnlp.batch import Manner, rendering
from gxnlp.batch.stage import FOLDER
from gxnlp.errors import OutputError
from gxnlp.inputs import find_inputs

PLAINLY = Manner(patterns_only=True, timeout=60, max_memory=1_500)
SECONDS = 60  # a hang, not a slow machine
"""No hostile file takes longer, on a machine that has other work."""
BOMBS = {"form_in_itself"}
"""What grows without end inside PDFium: only a limit of its process can stop it."""


@pytest.fixture(autouse=True)
def quiet_deaths():
    """What kills a process is awaited here; pytest need not print its stack."""
    faulthandler.disable()
    yield
    faulthandler.enable()


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "reports.csv").open(encoding="utf-8", newline="") as source:
        return {row["report_id"]: row for row in csv.DictReader(source)}


def read_each(
    files, tmp_path: Path, manner: Manner = PLAINLY
) -> tuple[dict[str, dict[str, str]], dict[str, float]]:
    """Read files in one run: their rows, and how long each took."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, content in files:
        (folder / name).write_bytes(content)
    took, last = {}, time.monotonic()

    def note(outcome):
        nonlocal last
        now = time.monotonic()
        took[outcome.report_id], last = now - last, now

    batch.run(find_inputs([str(folder)]), out, manner=manner, on_outcome=note)
    return rows(out), took


@pytest.mark.parametrize("kind", ["texts", "pdfs", "others"])
def test_hostile_files_cost_their_own_rows(tmp_path, kind):
    found, took = read_each(getattr(hostile, kind)(), tmp_path)
    assert len(found) == len(list(getattr(hostile, kind)()))
    for name, row in found.items():
        assert row["status"] in ("ok", "partial", "failed"), name
        signs = ("internal error", "died", "--timeout", "--max-memory")
        assert name in BOMBS or not any(sign in row["message"] for sign in signs), (name, row["message"])
    assert {name: seconds for name, seconds in took.items() if seconds > SECONDS} == {}


@pytest.mark.slow
def test_100_megabytes_on_one_line_are_read_as_far_as_reports_go(tmp_path):
    found, _ = read_each(list(hostile.texts(large=True))[-2:], tmp_path)
    assert "only the first 5000000 of" in found["one_line"]["message"]
    assert {row["status"] for row in found.values()} <= {"partial", "failed"}
    assert not any("internal error" in row["message"] for row in found.values())


def test_a_file_larger_than_any_report_is_not_taken_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MAX_BYTES", 1000)
    monkeypatch.setattr(rendering, "MAX_BYTES", 1000)
    found, _ = read_each([("large.txt", hostile.REPORT.encode() * 10)], tmp_path)
    assert (found["large"]["status"], found["large"]["sha256"]) == ("failed", "")
    assert "0 MB; expected a report" in found["large"]["message"]


def test_a_pdf_without_pages_is_damaged_not_encrypted(tmp_path):
    (case,) = [(name, data) for name, data in hostile.pdfs() if name == "no_pages.pdf"]
    found, _ = read_each([case], tmp_path)
    assert "the PDF is damaged" in found["no_pages"]["message"]


def test_the_good_files_beside_them_are_read_all_the_same(tmp_path):
    good = ("good.txt", hostile.REPORT.encode())
    (tmp_path / "alone").mkdir()
    alone, _ = read_each([good], tmp_path / "alone")
    beside, _ = read_each([good, *hostile.others()], tmp_path)
    (same,) = [name for name in beside if name.startswith("good")]
    keep = {"status", "metrics", "statements", "sections", "year", "agency", "sha256"}
    assert {k: beside[same][k] for k in keep} == {k: alone["good"][k] for k in keep}


def test_strange_names_stay_within_the_output_folder(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    names = [
        "行\n名.txt", "..txt", "...txt", "%2e%2e%2fup.txt", "a\\..\\b.txt", "-o.txt", "“引”,'\".txt",
        "\x01\x1b[31m.txt", "=1+1.txt", "~.txt", "con.txt", "名" * 80 + ".txt",
    ]  # fmt: skip
    folder.mkdir()
    for name in names:
        (folder / name).write_text(hostile.REPORT, encoding="utf-8")
    (folder / "x.txt").mkdir()
    (folder / "x.txt" / "y.txt").write_text(hostile.REPORT, encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if out not in (path, *path.parents)}
    batch.run(find_inputs([str(folder)]), out, manner=Manner(keep_text=True, patterns_only=True))
    assert {path for path in tmp_path.rglob("*") if out not in (path, *path.parents)} == before
    found = rows(out)
    visible = [name for name in names if not name.startswith(".")]
    assert len(found) == len(visible) + 1
    assert {row["status"] for row in found.values()} == {"ok"}
    texts = {path.stem if path.suffix == ".txt" else path.name for path in (out / "texts").iterdir()}
    assert texts == set(found)
    assert all(path.parent == out / "texts" for path in (out / "texts").rglob("*"))


def test_folders_that_loop_or_are_closed_do_not_stop_a_run(tmp_path):
    folder = tmp_path / "in"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "up").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "r.txt").write_text(hostile.REPORT, encoding="utf-8")
    (folder / "closed").mkdir(mode=0o000)
    (folder / "closed.txt").write_text(hostile.REPORT, encoding="utf-8")
    (folder / "closed.txt").chmod(0o000)
    batch.run(find_inputs([str(folder)]), tmp_path / "out", manner=PLAINLY)
    found = rows(tmp_path / "out")
    (folder / "closed").chmod(0o700)
    assert {"r", "self", "closed"} == set(found)
    assert (found["r"]["status"], found["self"]["status"]) == ("ok", "failed")
    if os.geteuid():
        assert "Permission denied" in found["closed"]["message"]


def test_a_full_disk_is_told_and_the_run_can_go_on(tmp_path, monkeypatch):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(hostile.REPORT, encoding="utf-8")
    append, appended = batch.Stage.append, []

    def full(self, item, rendered):
        if len(appended) == 3:
            raise OSError(28, "No space left on device")
        appended.append(item)
        append(self, item, rendered)

    monkeypatch.setattr(batch.Stage, "append", full)
    with pytest.raises(OutputError, match=r"cannot write to .*: No space left on device; .*--resume"):
        batch.run(find_inputs([str(folder)]), out, manner=PLAINLY)
    assert [path.name for path in out.iterdir()] == [FOLDER]
    monkeypatch.setattr(batch.Stage, "append", append)
    assert batch.run(find_inputs([str(folder)]), out, manner=PLAINLY, resume=True).resumed == 3
    assert len(rows(out)) == 5


@pytest.mark.parametrize("stdout", ["a closed pipe", "a full disk", "nothing"])
def test_what_becomes_of_standard_output_changes_no_exit_code(tmp_path, stdout):
    (tmp_path / "r.txt").write_text(hostile.REPORT, encoding="utf-8")
    command = [sys.executable, "-c", "from gxnlp.cli import app; app()", "extract", "--patterns-only"]
    command += [str(tmp_path / "r.txt"), "-o", str(tmp_path / "out")]
    target = None
    if stdout == "a closed pipe":
        reading, target = os.pipe()
        os.close(reading)
    elif stdout == "a full disk":
        if not Path("/dev/full").exists():
            pytest.skip("this system has no full disk to offer")
        target = os.open("/dev/full", os.O_WRONLY)
    else:
        command = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command]
    run = subprocess.run(command, stdout=target, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    if target is not None:
        os.close(target)
    assert (run.returncode, run.stderr) == (0, "")
    assert len(rows(tmp_path / "out")) == 1
