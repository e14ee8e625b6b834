"""What the researcher knows of the files (`--meta manifest.csv`): it overrides what was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from gxnlp.errors import InputError
from gxnlp.panel.files import Row
from gxnlp.panel.handmade import read_lines
from gxnlp.panel.identity import identify

KNOWN = (
    "agency", "agency_id", "region_code", "region", "level", "year", "title", "published", "source_url",
    "kind",
)  # fmt: skip
"""Columns of `reports.csv` that a manifest may give; `kind` decides whether a file is read as a report."""

_FILE, _KIND = "file", "kind"
_SHOWN = 20
_FORMS = {
    "year": (re.compile("[12][0-9]{3}"), "four digits such as 2023"),
    "region_code": (re.compile("[1-9][0-9]{5}"), "six digits such as 330100"),
    "kind": (re.compile("[a-z][a-z_]*"), "annual_report, or other for what is none"),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was read otherwise than the manifest says; the manifest holds."""

    report_id: str
    column: str
    read: str
    given: str


@dataclass(slots=True)
class Manifest:
    """The lines of a manifest, and what became of them.

    Attributes:
        path: The file.
        ignored: Its columns that `reports.csv` does not have.
        conflicts: What was read otherwise.
        matched: Number of reports with a line.
    """

    path: Path
    rows: Mapping[str, Row]
    ignored: tuple[str, ...] = ()
    conflicts: list[Conflict] = field(default_factory=list)
    matched: int = 0
    _used: Counter[str] = field(default_factory=Counter)

    def apply(self, report: Row, metrics: list[Row]) -> None:
        """Put what is given into a report's row, and renew what follows from a name that was read wrongly.

        Where the year is another than the one that was read, mentions that stand for the year
        that was read stand for the one that is given: their year was taken from the report.
        """
        names = _names(report["source"], report["report_id"])
        name = next((name for name in names if name in self.rows), None)
        if name is None:
            return
        self._used[name] += 1
        self.matched += 1
        before = report["year"]
        given = dict(self._given(self.rows[name]))
        changed = {column for column in given if report[column] != given[column]}
        self.conflicts += [
            Conflict(report["report_id"], column, report[column], given[column])
            for column in given
            if column in changed and report[column]
        ]
        report.update(given)
        identify(report, changed, given)
        for row in metrics:
            if row["period"] == before:
                row["period"] = report["year"]

    @property
    def tells_kinds(self) -> bool:
        """Whether a line says what a document is."""
        return any(row.get(_KIND) for row in self.rows.values())

    def kind_of(self, source: str, report_id: str) -> str:
        """What the line of a file says that it is; empty where there is none, or it leaves that open."""
        name = next((name for name in _names(source, report_id) if name in self.rows), None)
        return self.rows[name].get(_KIND, "") if name is not None else ""

    def unmatched(self) -> list[str]:
        """Files of the manifest that are no input."""
        return [name for name in self.rows if name not in self._used]

    def ambiguous(self) -> list[str]:
        """Files of the manifest that are several inputs, to all of which the line was applied."""
        return [name for name, count in self._used.items() if count > 1]

    def _given(self, row: Row) -> Iterator[tuple[str, str]]:
        return ((column, row[column]) for column in KNOWN if row.get(column))


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Args:
        path: A CSV file with the column `file` (the path as given, an end of it such as the name of the
            file, or the `report_id`) and any of `KNOWN`; an empty cell leaves what was read.

    Raises:
        InputError: The file cannot be read, has no column `file` or none of `KNOWN`, names a file
            twice, or has a year or a code of a region that is none.
    """
    rows: dict[str, Row] = {}
    columns, lines = read_lines(path)
    if _FILE not in columns or not set(KNOWN) & set(columns):
        found = ", ".join(columns[:_SHOWN])
        raise InputError(f"{path}: found columns {found}; expected file and some of {', '.join(KNOWN)}")
    for number, row in lines:
        name = _posix(row[_FILE])
        if not row[_FILE]:
            raise InputError(f"{path}, line {number}: no file is named")
        if name in rows:
            raise InputError(f"{path}, line {number}: {name} stands twice; keep one")
        rows[name] = {column: _plain(column, cell) for column, cell in row.items()}
        for column, (form, expected) in _FORMS.items():
            cell = rows[name].get(column)
            if cell and not form.fullmatch(cell):
                raise InputError(f"{path}, line {number}: {column} {cell!r}; expected {expected}")
    return Manifest(path, rows, tuple(name for name in columns if name not in (*KNOWN, _FILE)))


def _plain(column: str, cell: str) -> str:
    """A cell without what spreadsheets and data frames add to numbers: 2023.0, and 2023年 for a year."""
    if column == "year":
        cell = re.sub("年度?$", "", cell)
    return re.sub(r"\.0+$", "", cell) if column in _FORMS else cell


def _posix(path: str) -> str:
    """A path as it is compared: a manifest that was made on Windows has backslashes."""
    return PurePath(path.replace("\\", "/")).as_posix()


def _names(source: str, report_id: str) -> tuple[str, ...]:
    """What a manifest may call a report, the fullest first: its path, the ends of it, its id."""
    parts = PurePath(_posix(source)).parts
    return (*(PurePath(*parts[i:]).as_posix() for i in range(len(parts))), report_id)
