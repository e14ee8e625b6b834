"""Corrections by hand (`--overrides fixes.csv`): they hold through reruns.

Each line changes one row of one file. Its report is named by the SHA-256 of its file, so that
it is found whatever the file is called, and its row by the place in the text, or by the cell of
a table; ids are not used, since another version may count otherwise. Every other column that
is filled sets the cell of that name; `(empty)` empties it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from gxnlp.errors import InputError
from gxnlp.export.csv import COLUMNS
from gxnlp.export.schema import Column, columns_of
from gxnlp.ontology import Ontology
from gxnlp.panel.files import REPORTS, ReportRows, Row
from gxnlp.panel.handmade import read_lines
from gxnlp.panel.identity import identify

EMPTY = "(empty)"
ACTIONS = ("set", "delete", "add")
FILES = (REPORTS, "sections", "metrics", "statements", "tables")

_WHERE = ("sha256", "file", "action", "was", "note")
_LABEL = {"metrics": "metric", "sections": "code", "statements": "role"}
_ID = {"metrics": "metric_id", "sections": "section_id", "statements": "statement_id"}
_CELL = ("table", "row", "column")
_SHORTEST_DIGEST = 8
_DIGEST = re.compile(f"[0-9a-f]{{{_SHORTEST_DIGEST},64}}")


@dataclass(frozen=True, slots=True)
class Fix:
    """One line of a file of corrections.

    Attributes:
        line: Its number.
        sha256: SHA-256 of the report's file, or its first eight characters or more.
        file: The file that it changes, without suffix.
        action: `set`, `delete` or `add`.
        was: The present label of the row (metric, section code, role), where several share a place.
        cells: Column to new cell, the place among them.
    """

    line: int
    sha256: str
    file: str
    action: str
    was: str
    cells: Mapping[str, str]

    def place(self) -> tuple[str, ...]:
        """What names the row in its file."""
        if self.file == REPORTS:
            return ()
        return tuple(self.cells.get(name, "") for name in _place_columns(self.file))


@dataclass(slots=True)
class Fixes:
    """Corrections, and what became of them.

    Attributes:
        path: The file.
        fixes: Its lines.
    """

    path: Path
    fixes: list[Fix]
    _used: set[int] = field(default_factory=set)
    _reasons: dict[int, str] = field(default_factory=dict)

    @property
    def applied(self) -> int:
        """Number of lines that changed a row."""
        return len(self._used)

    def unmatched(self) -> list[Fix]:
        """Lines for which no row was found."""
        return [fix for fix in self.fixes if fix.line not in self._used]

    def reason(self, fix: Fix) -> str:
        """Why a line changed nothing."""
        return self._reasons.get(fix.line, f"no file of this run has the sha256 {fix.sha256}")

    def of(self, sha256: str) -> list[Fix]:
        """The lines on one file."""
        return [fix for fix in self.fixes if sha256.startswith(fix.sha256)]

    def apply(self, report: ReportRows, ontology: Ontology, text: str | None = None) -> None:
        """Change the rows of a report, in place.

        Args:
            report: Its rows.
            ontology: The labels, for the unit of a metric that is added.
            text: The normalised text, where it is at hand: the words of a row that is added.
        """
        for fix in self.of(report.report["sha256"]):
            if self._apply_one(fix, report, ontology, text):
                self._used.add(fix.line)

    def _apply_one(self, fix: Fix, report: ReportRows, ontology: Ontology, text: str | None) -> bool:
        if fix.file == REPORTS:
            changed = {name for name, cell in fix.cells.items() if report.report[name] != cell}
            report.report.update(fix.cells)
            identify(report.report, changed, fix.cells)
            return True
        rows = report.rows.get(fix.file)
        if rows is None:
            self._reasons[fix.line] = f"there is no {fix.file}.csv"
            return False
        if fix.cells.get("metric") and fix.cells["metric"] not in ontology.metrics:
            self._reasons[fix.line] = f"no label is called {fix.cells['metric']} (see `gxnlp labels`)"
            return False
        if fix.action == "add":
            row = _new_row(fix, report, ontology, text)
            if not any(_is_same(other, row, fix.file) for other in rows):  # of files finished before
                _insert(rows, row)
            return True
        found = [row for row in rows if _is_at(row, fix)]
        for row in found:
            if fix.action == "delete":
                rows.remove(row)
                _forget(report, row.get(_ID.get(fix.file, ""), ""))
            else:
                _set(row, fix)
        if not found:
            label = f"{fix.was} " if fix.was else ""
            self._reasons[fix.line] = f"no {label}row is there in {report.report['source']}"
        return bool(found)


def read_fixes(path: Path) -> Fixes:
    """Read a file of corrections.

    Raises:
        InputError: The file cannot be read, or a line is malformed; the message names it.
    """
    columns, lines = read_lines(path)
    missing = {"sha256", "file", "action"} - set(columns)
    if missing:
        raise InputError(
            f"{path}: column {min(missing)} is missing; found {', '.join(columns)}; "
            "expected sha256, file, action and columns of that file"
        )
    known = {name for file in FILES for name in _columns(file)} | set(_WHERE)
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise InputError(f"{path}: {unknown[0]} is no column of {', '.join(FILES)}")
    return Fixes(path, [_fix(number, row, path) for number, row in lines])


def _fix(number: int, row: Row, path: Path) -> Fix:
    def wrong(message: str) -> InputError:
        return InputError(f"{path}, line {number}: {message}")

    file, action, digest = row["file"].removesuffix(".csv"), row["action"], row["sha256"].lower()
    if file not in FILES:
        raise wrong(f"file {file!r} is none of {', '.join(FILES)}")
    if action not in ACTIONS or (file == REPORTS and action != "set"):
        raise wrong(f"action {action!r}; expected {'set' if file == REPORTS else ', '.join(ACTIONS)}")
    if not _DIGEST.fullmatch(digest):
        raise wrong(
            f"sha256 {digest!r}; give {_SHORTEST_DIGEST} characters of it or more, 0-9 and a-f "
            "(Excel makes a number of some: give more characters)"
        )
    cells = {name: "" if cell == EMPTY else cell for name, cell in row.items() if cell and name not in _WHERE}
    other = cells.keys() - set(_columns(file))
    if other:
        raise wrong(f"{file}.csv has no column {min(other)}")
    absent = [name for name in _place_columns(file) if not cells.get(name)]
    if absent:
        raise wrong(f"{', '.join(absent)} is empty; a row of {file}.csv is named by {_words(file)}")
    if action == "add" and file in _LABEL and not cells.get(_LABEL[file]):
        raise wrong(f"{_LABEL[file]} is empty; say what is added")
    for column in columns_of(file, tuple(cells)):
        problem = _problem(column, cells[column.name])
        if problem:
            raise wrong(f"{column.name} {cells[column.name]!r} is {problem}")
    if cells.get("start") and cells.get("end") and int(cells["start"]) >= int(cells["end"]):
        raise wrong("end is not behind start")
    return Fix(number, digest, file, action, row.get("was", ""), cells)


def _columns(file: str) -> tuple[str, ...]:
    return COLUMNS.get(file) or (*_CELL, "value", "text", "start", "end", "page", "state", "reason")


def _place_columns(file: str) -> tuple[str, ...]:
    return {REPORTS: (), "tables": _CELL}.get(file, ("start", "end"))


def _words(file: str) -> str:
    return " and ".join(_place_columns(file))


def _problem(column: Column, cell: str) -> str:
    """What is wrong with a cell, empty where nothing is."""
    if not cell:
        return ""
    if column.type == "integer" and not cell.isdecimal():
        return "no whole number"
    if column.type == "number" and not _is_number(cell):
        return "no number"
    if column.values and cell not in column.values:
        return f"none of {', '.join(column.values)}"
    return ""


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_at(row: Row, fix: Fix) -> bool:
    here = tuple(row[name] for name in _place_columns(fix.file))
    return here == fix.place() and fix.was in ("", row.get(_LABEL.get(fix.file, ""), ""))


def _is_same(row: Row, other: Row, file: str) -> bool:
    names = (_ID[file],) if file in _ID else _place_columns(file)
    return all(row[name] == other[name] for name in names)


def _set(row: Row, fix: Fix) -> None:
    row.update(fix.cells)
    if "extractor" in row:
        row["extractor"] = "human"
    if "confidence" in row:
        row["confidence"] = "1"
    if fix.file == "metrics" and "value" in fix.cells:
        row.update(_bounds(row) | {name: fix.cells[name] for name in ("lower", "upper") if name in fix.cells})
    if fix.file == "tables":
        state = "value" if row["value"] else "blank" if row["state"] == "value" else row["state"]
        row["state"] = fix.cells.get("state", state)
        row["reason"] = fix.cells.get("reason", "corrected by hand")


def _bounds(row: Mapping[str, str]) -> Row:
    lower = row["value"] if row["qualifier"] in ("exact", "over") else ""
    upper = row["value"] if row["qualifier"] in ("exact", "under") else ""
    return {"lower": lower, "upper": upper}


def _new_row(fix: Fix, report: ReportRows, ontology: Ontology, text: str | None) -> Row:
    """A row with what is usual in the columns that the line leaves open."""
    row = dict.fromkeys(("report_id", *_columns(fix.file)), "")
    row["report_id"] = report.report["report_id"]
    if fix.file == "metrics":
        row.update(qualifier="exact", aspect="level", measure="total", scope="own", implied="0")
        row["period"] = report.report["year"]
        label = ontology.metrics.get(fix.cells["metric"])
        row["unit"] = label.unit if label else ""
    if fix.file in _ID:
        row[_ID[fix.file]] = f"h{fix.line}"
    if "section_code" in row:
        row.update(_section(report, int(fix.cells["start"])))
    if text is not None and fix.file in _ID and "text" in row:
        start, end = int(fix.cells["start"]), int(fix.cells["end"])
        row["text"] = text[start:end]
        if "sentence" in row:
            row["sentence"] = _sentence(text, start, end)
    _set(row, fix)
    return row


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place."""
    before = re.split(r"[。！？\n]", text[:start])[-1]
    behind = re.split(r"(?<=[。！？])|\n", text[end:], maxsplit=1)[0]
    return (before + text[start:end] + behind).strip()


def _section(report: ReportRows, place: int) -> Row:
    """The deepest section around a place, as the columns of a row that stands in it."""
    around = [s for s in report.rows.get("sections", ()) if int(s["start"]) <= place < int(s["end"])]
    inner = max(around, key=lambda section: int(section["level"]), default=None)
    return {"section_id": inner["section_id"], "section_code": inner["code"]} if inner else {}


def _forget(report: ReportRows, row_id: str) -> None:
    """Take an id that is gone out of the rows that name it."""
    for row in report.rows.get("metrics", ()):
        if row_id and row["part_of"] == row_id:
            row["part_of"] = ""
    for row in report.rows.get("statements", ()):
        row["answers"] = ";".join(name for name in row["answers"].split(";") if name != row_id)


def _insert(rows: list[Row], row: Row) -> None:
    """Put a row where its place in the text is; one without a place goes to the end."""
    start = row.get("start")
    behind = (
        i for i, other in enumerate(rows) if start and other["start"] and int(other["start"]) > int(start)
    )
    rows.insert(next(behind, len(rows)), row)
