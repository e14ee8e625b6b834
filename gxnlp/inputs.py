"""What the user names on the command line → the list of files to read, each with its report id."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from gxnlp.errors import InputError

STDIN = "-"
TAKEN_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".pdf", ".docx", ".docm"}
    | {".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"}
    # Formats that reports come in but that are not read yet: each gets a row that says so.
    | {".doc", ".wps", ".rtf", ".odt", ".ofd", ".caj"}
)
"""Suffixes of the files that are taken from a folder; a file named by itself is always taken."""

MAX_BYTES = 1_000_000_000
"""Larger files are no reports."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
"""A suffix in the sense of the report id; `.12报告` in a title is none."""

_PASSED_OVER = (".", "~$")
"""Beginnings of the names of hidden files, and of those that Word lays beside an open document."""

_RECORD, _ROWS, _CODEBOOK, _TEXTS = "run.json", "reports.csv", "codebook.md", "texts"
"""What tells the folder of an earlier run, and what in it would pass for a report."""

_MAX_ID_BYTES = 240
"""File systems allow names of 255 bytes; `REPORT_ID.txt` has to fit."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or a folder that cannot be, which costs a row too.

    Attributes:
        report_id: The id that its rows carry, unique among the inputs of a run.
        source: The path as given (`-` for standard input), for `reports.csv`.
        name: File name with its suffix, from which the format is guessed.
        data: The content where it was read already (standard input), else `None`.
        kind: What the document is, where the researcher says so; else its content tells.
    """

    report_id: str
    source: str
    name: str
    data: bytes | None = field(default=None, repr=False)
    kind: str = ""

    def read(self) -> bytes:
        """Read the content.

        Raises:
            InputError: The file cannot be read.
        """
        if self.data is not None:
            return self.data
        try:
            with Path(self.source).open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size <= MAX_BYTES:
                    return file.read()
        except OSError as error:
            reason = error.strerror or str(error)
            if os.path.isdir(self.source):  # noqa: PTH112 (which raises nothing)
                reason += (
                    "; expected a folder that may be listed and entered, and what is in it was not read. "
                    "Get the right to (chmod u+rx), or leave it out"
                )
            raise InputError(f"cannot read {printable(self.source)}: {reason}") from error
        raise InputError(
            f"{self.name}: {size // 10**6} MB; expected a report, the longest of which have some dozens. "
            "Take the report out of it."
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read.

    Attributes:
        names: What the user named.
        files: Every file once, sorted by report id.
        skipped: How many files of a folder were passed over, by suffix.
    """

    names: tuple[str, ...]
    files: tuple[Input, ...]
    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file, its path relative to the folder that the user named, and that folder.

    There may be a hundred thousand of them, so they hold plain strings.
    """

    source: str
    relative: str
    folder: str
    data: bytes | None = field(default=None, repr=False)


def printable(path: str) -> str:
    r"""A path as text that UTF-8 can hold: undecodable bytes are written as `\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find_inputs(
    names: Sequence[str], *, exclude: Path | None = None, stdin: BinaryIO | None = None
) -> Inputs:
    """List the files that the names stand for.

    Args:
        names: Files, folders (searched recursively; hidden files and what earlier runs wrote are left
            out), globs (`**` too) or `-` for standard input.
        exclude: A folder never searched, so that a run does not read what an earlier one wrote.
        stdin: Where `-` is read from.

    Returns:
        The files and what was passed over.

    Raises:
        InputError: A name stands for nothing.
    """
    skipped: Counter[str] = Counter()
    exclude = exclude.resolve() if exclude else None
    found: dict[str, _Found] = {}
    for name in names:
        for item in _expand(name, exclude, stdin, skipped):
            found.setdefault(_key(item.source), item)
    items = list(found.values())
    ids = _report_ids(items)
    files = [
        Input(i, item.source, item.relative.rpartition("/")[2], item.data)
        for i, item in zip(ids, items, strict=True)
    ]
    files.sort(key=lambda file: file.report_id)
    return Inputs(tuple(map(printable, names)), tuple(files), dict(sorted(skipped.items())))


def _key(source: str) -> str:
    if source == STDIN:
        return source
    full = os.path.abspath(source)  # noqa: PTH100 (keeps symlinks apart)
    return source if full == source else full  # the same object: one string less


def _expand(
    name: str, exclude: Path | None, stdin: BinaryIO | None, skipped: Counter[str]
) -> Iterator[_Found]:
    if name == STDIN:
        if stdin is None:
            raise InputError("- stands for standard input, which is not open here; name a file")
        yield _Found(STDIN, "stdin", STDIN, stdin.read())
        return
    path = Path(name)
    if os.path.isdir(name):  # noqa: PTH112 (which raises nothing)
        yield from _walk(path, exclude, skipped)
    elif os.path.exists(name) or _is_closed(path.parent):  # noqa: PTH110 (which raises nothing)
        yield _Found(name, path.name, str(path.parent))
    else:
        yield from _match(name, exclude, skipped)


def _is_closed(folder: Path) -> bool:
    """Whether a folder is there and may not be entered, so that nothing can be said of what is in it."""
    return os.path.isdir(folder) and not os.access(folder, os.X_OK)  # noqa: PTH112


def _match(pattern: str, exclude: Path | None, skipped: Counter[str]) -> Iterator[_Found]:
    """Files and folders that a quoted glob stands for, relative to its fixed part."""
    matches = _glob(pattern) if glob.has_magic(pattern) else []
    if not matches:
        what = "nothing matches" if glob.has_magic(pattern) else "no such file or folder:"
        raise InputError(f"{what} {printable(pattern)}")
    base = _fixed_part(pattern)
    for match in matches:
        path = Path(match)
        if os.path.isdir(match):  # noqa: PTH112
            # A folder matched by ** has its files matched too.
            if "**" not in pattern:
                yield from _walk(path, exclude, skipped)
        elif _is_taken(path.name, skipped) and not (_is_within(path, exclude) or _was_written(path, base)):
            yield _Found(match, path.relative_to(base).as_posix(), str(base))


def _glob(pattern: str) -> list[str]:
    """Paths that match; of those that lead to one file (linked folders may loop) the shortest way."""
    matches = glob.glob(pattern, recursive=True)  # noqa: PTH207 (the pattern may be absolute)
    longest_first = sorted(matches, key=lambda match: (match.count(os.sep), match), reverse=True)
    return list({os.path.realpath(match): match for match in longest_first}.values())


def _fixed_part(pattern: str) -> Path:
    parts = Path(pattern).parts
    fixed = [part for i, part in enumerate(parts[:-1]) if not any(glob.has_magic(p) for p in parts[: i + 1])]
    return Path(*fixed)


def _walk(folder: Path, exclude: Path | None, skipped: Counter[str]) -> Iterator[_Found]:
    """Files below a folder, sorted by path; each real folder is entered once, so loops end."""
    entered: set[str] = set()
    closed: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=closed.append, followlinks=True):
        real = os.path.realpath(here)
        if real in entered or _is_within(Path(real), exclude):
            folders.clear()
            continue
        entered.add(real)
        own = {_TEXTS, _CODEBOOK} if {_RECORD, _ROWS} <= set(names) else set()
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in own)
        # Names are put together as strings: a path object of every file costs thrice the time and the memory.
        before, within = _as_beginning(Path(here)), _as_beginning(Path(here).relative_to(folder))
        for name in sorted(n for n in names if not n.startswith(_PASSED_OVER) and n not in own):
            path = before + name
            # A broken link is taken, to cost its row; a pipe or device is not, for it may block.
            if (os.path.isfile(path) or not os.path.exists(path)) and _is_taken(name, skipped):  # noqa: PTH110, PTH113
                yield _Found(path, within.replace(os.sep, "/") + name, str(folder))
    for error in closed:  # a folder that cannot be listed costs a row: nobody knows what it holds
        shut = Path(error.filename)
        relative = shut.relative_to(folder)
        yield _Found(str(shut), relative.as_posix() if relative.parts else shut.resolve().name, str(folder))


def _as_beginning(folder: Path) -> str:
    """What stands before the names of a folder's files."""
    return os.path.join(folder, "") if folder.parts else ""  # noqa: PTH118


def _is_taken(name: str, skipped: Counter[str]) -> bool:
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122
    if suffix in TAKEN_SUFFIXES:
        return True
    skipped[suffix if len(suffix) > 1 else "(none)"] += 1
    return False


def _was_written(path: Path, base: Path) -> bool:
    """Whether a run wrote a file that a glob matches; one that names a folder of texts means them."""
    if path.name == _CODEBOOK:
        out = path.parent
    elif path.parent.name == _TEXTS and path.parent != base:
        out = path.parent.parent
    else:
        return False
    return (out / _RECORD).is_file() and (out / _ROWS).is_file()


def _is_within(path: Path, folder: Path | None) -> bool:
    return folder is not None and path.resolve().is_relative_to(folder)


def _report_ids(items: Sequence[_Found]) -> list[str]:
    """Ids by the rule of the output contract; inputs that would still share one are told apart.

    The path relative to the folder given, without suffix. Where that is not unique: with its
    suffix; else with the name of the folder given before it; else with `~2`, `~3` behind it.
    """
    wanted = [_choice(item, 0) for item in items]
    groups: dict[str, list[int]] = {}
    for place, name in enumerate(wanted):
        groups.setdefault(name, []).append(place)
    for members in groups.values():
        level = 0
        while level < _LAST_CHOICE and len({wanted[place] for place in members}) < len(members):
            level += 1
            for place in members:
                wanted[place] = _choice(items[place], level)
    return _number_repeats(wanted)


_LAST_CHOICE = 3


def _choice(item: _Found, level: int) -> str:
    """The id of a file by the rule's step `level`, from 0."""
    *folders, name = item.relative.split("/")
    if level % 2 == 0:
        name = _SUFFIX.sub("", name) or name
    if level > 1:
        folders[:0] = filter(None, [Path(item.folder).resolve().name])
    return _fit(printable("__".join((*folders, name))))


def _number_repeats(wanted: Sequence[str]) -> list[str]:
    taken = set(wanted)
    seen: set[str] = set()
    result = []
    for report_id in wanted:
        number, unique = 2, report_id
        while unique in seen or (unique != report_id and unique in taken):
            unique, number = f"{report_id}~{number}", number + 1
        seen.add(unique)
        result.append(unique)
    return result


def _fit(report_id: str) -> str:
    """An id whose file name fits: a long one keeps its beginning and gets a digest."""
    raw = report_id.encode("utf-8")
    if len(raw) <= _MAX_ID_BYTES:
        return report_id
    digest = hashlib.sha256(raw).hexdigest()[:12]
    return raw[: _MAX_ID_BYTES - 13].decode("utf-8", "ignore") + "~" + digest
