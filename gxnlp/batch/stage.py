"""The hidden folder in which a run's files grow, and from which it can be taken up again.

    OUT/.gxnlp-run/
        journal.jsonl   first line: what the rows depend on; then a line a file, in order:
                        its outcome, its digest and where its rows end in every CSV file
        NAME.csv        the rows so far
        texts/          the texts so far, with --keep-text
        finished/       when all are read: the files to be put in place, made of the rows
        commit.json     there once all is written: from here on files are only moved

A line of the journal is written after the rows that it tells of, so whenever a run is killed,
all that the journal has is whole. What is made of all rows together is made of the CSV files
here, when the last row is in them.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import IO, Any

from gxnlp.batch.rendering import Outcome, Rendered, digest_of
from gxnlp.errors import OutputError
from gxnlp.export import csv as csv_export
from gxnlp.formats import file_names
from gxnlp.inputs import Input, printable

FOLDER = ".gxnlp-run"
TEXTS = "texts"
_FINISHED = "finished"
_JOURNAL, _COMMIT, _LOCK = "journal.jsonl", "commit.json", "lock"


@contextmanager
def open_stage(
    out: Path, terms: Mapping[str, Any], files: Sequence[Input], *, resume: bool
) -> Iterator[Stage]:
    """The stage of a run; it stays where the run does not reach `Stage.put_in_place`.

    Args:
        out: The output folder; made where it is missing.
        terms: What the rows depend on beside the files; a run that is resumed must have the same.
        files: What is to be read, in order.
        resume: Whether to go on with what an interrupted run left; else that is removed.

    Raises:
        OutputError: Another run writes to the folder, or the one to be resumed had other terms.
        OSError: The folder cannot be written.
    """
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        _lock(stack.enter_context((folder / _LOCK).open("wb")), out)
        stage = Stage(out, terms, files)
        if resume and (folder / _JOURNAL).is_file():
            stage.recover()
        else:
            stage.clear()
        stage.open(stack)
        try:
            yield stage
        finally:
            if not stage.rows:  # nothing that a resumed run could take up, or all is in place
                with suppress(OSError):
                    stage.clear()
                shutil.rmtree(folder, ignore_errors=True)


class Stage:
    """The files of one run.

    Attributes:
        done: Number of files whose rows an interrupted run left.
        rows: Number of files whose rows are in the stage.
    """

    def __init__(self, out: Path, terms: Mapping[str, Any], files: Sequence[Input]) -> None:
        self.out, self.folder = out, out / FOLDER
        self.terms, self.inputs = json.loads(json.dumps(terms)), files
        self.done = self.rows = 0
        self.ends = dict.fromkeys(csv_export.COLUMNS, 0)
        self.journal_end = 0
        self.files: dict[str, IO[bytes]] = {}
        self.journal: IO[bytes]

    # ---- what an interrupted run left -----------------------------------------------------

    def clear(self) -> None:
        """Remove what a run left, the journal first: one that was killed here would be taken up in part."""
        (self.folder / _JOURNAL).unlink(missing_ok=True)
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != _LOCK:
                path.unlink()

    def recover(self) -> None:
        """Take up what an interrupted run left, as far as its files are what they were.

        Raises:
            OutputError: It had other terms.
        """
        for end, entry in self._entries():
            self.done += 1
            self.ends, self.journal_end = entry["ends"], end
        if self.committed and self.done == len(self.inputs):
            return  # all that is left to do is to move files
        sizes = {name: self._size(f"{name}.csv") for name in self.ends}
        if self.committed or not self.done or any(sizes[name] < end for name, end in self.ends.items()):
            self.done = self.journal_end = 0
            self.ends = dict.fromkeys(self.ends, 0)
            self.clear()
            return
        kept = {f"{item.report_id}.txt" for item in self.inputs[: self.done]}
        for path in (self.folder / TEXTS).glob("*"):
            if path.name not in kept:
                path.unlink()

    def outcomes(self) -> Iterator[Outcome]:
        """What became of the files whose rows an interrupted run left, in order."""
        with (self.folder / _JOURNAL).open("rb") as journal:
            for line in islice(journal, 1, 1 + self.done):
                yield Outcome(**json.loads(line)["outcome"])

    def _entries(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The journal's entries that still hold, each with the offset where its line ends."""
        with (self.folder / _JOURNAL).open("rb") as journal:
            head = journal.readline()
            if not head.endswith(b"\n"):
                return  # killed within its first line
            self._check_terms(json.loads(head))
            end = len(head)
            for item, line in zip(self.inputs, journal, strict=False):
                if not line.endswith(b"\n"):
                    return
                entry = json.loads(line)
                was = (entry["outcome"]["report_id"], entry["path"], entry.get("kind", ""))
                same = was == (item.report_id, _path(item), item.kind)
                if not same or entry["sha256"] != digest_of(item):
                    return
                end += len(line)
                yield end, entry

    def _check_terms(self, terms: Mapping[str, Any]) -> None:
        for name in sorted(terms.keys() | self.terms.keys()):
            if terms.get(name) != self.terms.get(name):
                raise OutputError(
                    f"cannot resume the run in {printable(str(self.out))}: its {name} was "
                    f"{_short(terms.get(name))}, this one's is {_short(self.terms.get(name))}; "
                    "run it as it was begun, or leave out --resume to begin anew"
                )

    def _size(self, name: str) -> int:
        path = self.folder / name
        return path.stat().st_size if path.is_file() else -1

    # ---- writing --------------------------------------------------------------------------

    @property
    def committed(self) -> bool:
        """Whether all was written, so that files are only to be moved."""
        return (self.folder / _COMMIT).is_file()

    def open(self, stack: ExitStack) -> None:
        """Open the files at the place where the next row belongs."""
        if self.committed:
            self.rows = self.done
            return
        (self.folder / TEXTS).mkdir(exist_ok=True)
        begun, self.rows = bool(self.journal_end), self.done
        self.journal = self._open(stack, _JOURNAL, self.journal_end)
        for name in csv_export.COLUMNS:
            self.files[name] = self._open(stack, f"{name}.csv", self.ends[name])
            if not begun:
                self.files[name].write(csv_export.header(name).encode())
        if not begun:
            self._note(self.terms)

    def _open(self, stack: ExitStack, name: str, end: int) -> IO[bytes]:
        path = self.folder / name
        file = stack.enter_context(path.open("r+b" if path.is_file() else "w+b"))
        file.truncate(end)
        file.seek(end)
        return file

    def append(self, item: Input, rendered: Rendered) -> None:
        """Write the rows of the next file, then note that they are there."""
        for name, file in self.files.items():
            file.write(rendered.rows[name])
        if rendered.text is not None:
            (self.folder / TEXTS / f"{rendered.outcome.report_id}.txt").write_bytes(rendered.text)
        self._note(
            {
                "outcome": asdict(rendered.outcome),
                "path": _path(item),
                "kind": item.kind,
                "sha256": rendered.sha256,
                "ends": {name: file.tell() for name, file in self.files.items()},
            }
        )
        self.rows += 1

    def _note(self, entry: Mapping[str, Any]) -> None:
        for file in self.files.values():
            file.flush()
        self.journal.write(json.dumps(entry).encode() + b"\n")
        self.journal.flush()

    # ---- the end --------------------------------------------------------------------------

    @property
    def texts(self) -> Path:
        """Where the texts are."""
        return self.folder / TEXTS

    def finishing_folder(self) -> Path:
        """A folder with the rows, in which the files of the run are made.

        The files in it are the rows' own under another name. Nothing may write into them: who changes
        rows puts a new file in place, so that a run killed meanwhile still has the rows as read.
        """
        for file in self.files.values():
            file.flush()
        folder = self.folder / _FINISHED
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in csv_export.COLUMNS:
            source, target = self.folder / f"{name}.csv", folder / f"{name}.csv"
            try:
                os.link(source, target)
            except OSError:  # a file system without links
                shutil.copyfile(source, target)
        return folder

    def commit(self, record: str) -> None:
        """Say that all is written.

        Args:
            record: Content of `run.json`.
        """
        (self.folder / _FINISHED / "run.json").write_text(record, encoding="utf-8")
        new = set(_names(self.folder / TEXTS))
        plan = {
            "remove": [name for name in _earlier_texts(self.out) if name not in new],
            "outdated": sorted(file_names() - {path.name for path in (self.folder / _FINISHED).iterdir()}),
        }
        written = self.folder / f"{_COMMIT}.new"
        written.write_text(json.dumps(plan), encoding="utf-8")
        written.replace(self.folder / _COMMIT)

    def put_in_place(self) -> None:
        """Move the files to the output folder, each at once; if killed, a resumed run goes on here.

        Texts of an earlier run and its files in formats not asked for now would mislead, so they go.
        """
        plan = json.loads((self.folder / _COMMIT).read_text(encoding="utf-8"))
        for name in plan["outdated"]:
            (self.out / name).unlink(missing_ok=True)
        for name in plan["remove"]:
            (self.out / TEXTS / name).unlink(missing_ok=True)
        texts = sorted(_names(self.folder / TEXTS))
        if texts:
            (self.out / TEXTS).mkdir(exist_ok=True)
        for name in texts:
            os.replace(self.folder / TEXTS / name, self.out / TEXTS / name)  # noqa: PTH105 (over a file)
        for path in sorted((self.folder / _FINISHED).glob("*")):
            os.replace(path, self.out / path.name)  # noqa: PTH105
        self.rows = 0


def _names(folder: Path) -> list[str]:
    """What is in a folder, by name alone: a path object each would take five times the memory."""
    return os.listdir(folder)  # noqa: PTH208


def _path(item: Input) -> str:
    return os.path.abspath(os.fsencode(item.source)).hex()  # noqa: PTH100 (names may be no UTF-8)


def _short(value: object) -> str:
    return str(value)[:16] if value is not None else "none"


def _earlier_texts(out: Path) -> list[str]:
    """Names of the texts that an earlier run wrote, by its own `reports.csv`; nothing else is touched."""
    table = out / "reports.csv"
    if not table.is_file() or not (out / TEXTS).is_dir():
        return []
    with table.open(encoding="utf-8-sig", errors="replace", newline="") as source:
        ids = {row.get("report_id") or "" for row in csv.DictReader(source)}
    return sorted(name for name in _names(out / TEXTS) if name.endswith(".txt") and name[:-4] in ids)


def _lock(file: IO[bytes], out: Path) -> None:
    """Keep other runs out; the lock ends with this process, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows, where the open file itself keeps the folder
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise OutputError(
            f"another run is writing to {printable(str(out))}; wait for it, or name another folder"
        ) from error
