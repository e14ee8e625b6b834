"""A run that was stopped and resumed ends with the bytes of one that never was."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MARK_UP, report_of

from gxnlp import batch
from gxnlp.batch import Manner, rendering, stage
from gxnlp.corpus import parse_gold
from gxnlp.errors import OutputError
from gxnlp.inputs import find_inputs

KEEP = Manner(keep_text=True, patterns_only=True)


@pytest.fixture
def double(monkeypatch):
    """Read every file as the report of the tests with its own text behind."""

    def read_report(data, *, name, report_id, source, model, kind=""):
        report = report_of(parse_gold(MARK_UP + data.decode()))
        digest = hashlib.sha256(data).hexdigest()
        return replace(report, report_id=report_id, source=source, sha256=digest)

    monkeypatch.setattr(rendering, "read_report", read_report)


@pytest.fixture
def files(tmp_path):
    """Twelve small files."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"第{number}份", encoding="utf-8")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    """What a run leaves, but for the record of the run itself, which has its times."""
    found = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert not any(name.startswith(".") for name in found)
    return {name: content for name, content in found.items() if name != "run.json"}


def stop_after(number: int):
    """Something to be told of outcomes that stops the run at the one of this number."""
    told = []

    def stop(outcome):
        told.append(outcome)
        if len(told) == number:
            raise KeyboardInterrupt

    return stop


def stopped(files: Path, out: Path, after: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        batch.run(find_inputs([str(files)]), out, manner=KEEP, on_outcome=stop_after(after))


def resumed(files: Path, out: Path, **options) -> batch.Summary:
    return batch.run(find_inputs([str(files)]), out, manner=KEEP, resume=True, **options)


def test_a_journal_cut_anywhere_is_taken_up(tmp_path, double, files):
    batch.run(find_inputs([str(files)]), tmp_path / "whole", manner=KEEP)
    stopped(files, tmp_path / "left", 7)
    journal = (tmp_path / "left" / stage.FOLDER / "journal.jsonl").read_bytes()
    rng = random.Random(1)
    for cut in (0, 1, len(journal), *rng.sample(range(len(journal)), 12)):
        out = tmp_path / f"out{cut}"
        shutil.copytree(tmp_path / "left", out)
        (out / stage.FOLDER / "journal.jsonl").write_bytes(journal[:cut])
        summary = resumed(files, out)
        assert summary.resumed == max(0, journal[:cut].count(b"\n") - 1)
        assert summary.statuses == {"ok": 12}
        assert contents(out) == contents(tmp_path / "whole")


@pytest.mark.parametrize("moves", range(0, 18, 3))
def test_a_run_stopped_while_its_files_are_moved_is_taken_up(tmp_path, double, files, monkeypatch, moves):
    out, real, made = tmp_path / "out", os.replace, []
    batch.run(find_inputs([str(files)]), out, manner=KEEP)  # an earlier run, of other texts
    (files / "00.txt").rename(files / "99.txt")
    batch.run(find_inputs([str(files)]), tmp_path / "whole", manner=KEEP)

    def move(source, target):
        if len(made) == moves:
            raise KeyboardInterrupt
        made.append(target)
        real(source, target)

    monkeypatch.setattr(os, "replace", move)
    with pytest.raises(KeyboardInterrupt):
        batch.run(find_inputs([str(files)]), out, manner=KEEP)
    monkeypatch.setattr(os, "replace", real)
    assert resumed(files, out).resumed == 12
    assert contents(out) == contents(tmp_path / "whole")


@pytest.mark.parametrize("lost", ["reports.csv", "checks.csv"])
def test_rows_that_are_gone_are_made_anew_from_the_first_byte(tmp_path, double, files, lost):
    batch.run(find_inputs([str(files)]), tmp_path / "whole", manner=KEEP)
    stopped(files, tmp_path / "out", after=5)
    (tmp_path / "out" / stage.FOLDER / lost).unlink()
    resumed(files, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_run_killed_while_its_stage_is_removed_loses_no_text(tmp_path, double, files, monkeypatch):
    batch.run(find_inputs([str(files)]), tmp_path / "whole", manner=KEEP)
    remove = shutil.rmtree

    def killed(folder, ignore_errors=False):
        remove(folder, ignore_errors=ignore_errors)
        if Path(folder).name == "texts":
            (Path(folder).parent / "commit.json").unlink(missing_ok=True)
            raise KeyboardInterrupt

    monkeypatch.setattr(stage.shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        batch.run(find_inputs([str(files)]), tmp_path / "out", manner=KEEP)
    monkeypatch.setattr(stage.shutil, "rmtree", remove)
    assert not (tmp_path / "out" / stage.FOLDER / "journal.jsonl").exists()
    resumed(files, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.skipif(sys.platform == "win32", reason="files of a process are not limited there")
def test_a_disk_that_is_full_at_any_file_is_told_and_the_run_goes_on(tmp_path, double, files):
    import resource

    batch.run(find_inputs([str(files)]), tmp_path / "whole", manner=KEEP)
    sizes = {len(content) for content in contents(tmp_path / "whole").values()}
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in sorted(sizes - {min(sizes)}):
        out = tmp_path / f"out{size}"
        resource.setrlimit(resource.RLIMIT_FSIZE, (size - 1, before[1]))  # the file of that size is cut
        try:
            with pytest.raises(OutputError, match=r"cannot write to .*: (File too large|disk I/O error)"):
                batch.run(find_inputs([str(files)]), out, manner=KEEP)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert {path.name for path in out.iterdir()} <= {stage.FOLDER}
        resumed(files, out)
        assert contents(out) == contents(tmp_path / "whole")


@pytest.mark.parametrize("change", ["content", "gone", "new", "other order"])
def test_changed_files_are_read_anew(tmp_path, double, files, change):
    out = tmp_path / "out"
    stopped(files, out, 8)
    if change == "content":
        (files / "04.txt").write_text("第四份", encoding="utf-8")
    elif change == "gone":
        (files / "04.txt").unlink()
    elif change == "new":
        (files / "035.txt").write_text("新的", encoding="utf-8")
    else:
        (files / "03.txt").rename(files / "045.txt")
    batch.run(find_inputs([str(files)]), tmp_path / "whole", manner=KEEP)
    assert resumed(files, out).resumed == {"other order": 3}.get(change, 4)
    assert contents(out) == contents(tmp_path / "whole")


def test_a_run_of_another_kind_is_not_resumed(tmp_path, double, files):
    stopped(files, tmp_path / "out", 3)
    with pytest.raises(OutputError, match=r"cannot resume the run in .*: its --keep-text was True"):
        batch.run(find_inputs([str(files)]), tmp_path / "out", manner=Manner(patterns_only=True), resume=True)
    assert resumed(files, tmp_path / "out").resumed == 3


def test_resuming_what_was_never_begun_is_a_plain_run(tmp_path, double, files):
    assert resumed(files, tmp_path / "out").resumed == 0
    assert json.loads((tmp_path / "out" / "run.json").read_bytes())["counts"]["resumed"] == 0


def test_two_runs_into_one_folder_are_kept_apart(tmp_path, double, files):
    out = tmp_path / "out"
    held = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert held.stdout.readline() == b"held\n"
    with pytest.raises(OutputError, match="another run is writing to"):
        resumed(files, out)
    held.kill()
    held.communicate()
    assert batch.run(find_inputs([str(files)]), out, manner=KEEP).statuses == {"ok": 12}


_HOLDS = """
import sys
from contextlib import ExitStack
from pathlib import Path
from gxnlp.batch.stage import open_stage
with open_stage(Path(sys.argv[1]), {}, (), resume=False):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_a_run_killed_at_random_moments_ends_with_the_same_bytes(tmp_path, kills):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    sample = next((Path(__file__).parent.parent / "corpus" / "samples").glob("*.txt")).read_text()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"{sample}\n第{number}份。\n", encoding="utf-8")
    whole = [sys.executable, "-c", "from gxnlp.cli import app; app()", "extract", str(folder)]
    whole += ["--patterns-only", "--keep-text", "--workers", "2"]
    started = time.monotonic()
    subprocess.run([*whole, "-o", str(tmp_path / "whole")], check=True, stdout=subprocess.DEVNULL)
    lasts = time.monotonic() - started
    rng = random.Random(kills)
    for _ in range(kills):
        run = subprocess.Popen([*whole, "-o", str(out), "--resume"], stdout=subprocess.DEVNULL)
        time.sleep(lasts * rng.uniform(0.3, 1.0))
        run.send_signal(signal.SIGKILL)
        run.wait()
    subprocess.run([*whole, "-o", str(out), "--resume"], check=True, stdout=subprocess.DEVNULL)
    assert contents(out) == contents(tmp_path / "whole")
