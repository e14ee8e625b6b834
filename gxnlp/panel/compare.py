"""Two output folders compared: what another version, model or year changes, row by row and in the panel.

Reports are paired by the SHA-256 of their files, else by `report_id`, else by agency and year.
Rows of a pair are paired by their place and label, then, since another version may lay a text
out otherwise, by label and words, in order. The rows of the panel are paired by agency and
year; an agency that has one row in each folder, of different years, is compared too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gxnlp.errors import InputError
from gxnlp.panel.files import DETAILS, REPORTS, Row, Table, read_reports, read_table, writing

DIFFERENCES = ("file", "report_id", "agency", "year", "row", "change", "column", "old", "new")

_PANEL = "panel"
_LABEL = {"metrics": "metric", "sections": "code", "statements": "role", "checks": "check"}
_NOT_COMPARED = frozenset(
    ("report_id", "metric_id", "section_id", "parent_id", "statement_id", "part_of", "answers", "source",
     "start", "end", "page", "confidence", "refs", "sha256")
)  # fmt: skip
"""Columns that name rows or their places: they differ where nothing that is read does."""

_Key = Callable[[Row], Hashable]


@dataclass(frozen=True, slots=True)
class Difference:
    """One change.

    Attributes:
        file: The file, without suffix.
        report: The row of `reports.csv` or `panel.csv` that it belongs to.
        row: The place or the name of the row in its file.
        change: `added`, `removed` or `changed`.
        column: The column of a cell that changed, else empty.
        old: The cell in the first folder, or the words of the row that was removed.
        new: The cell in the second folder, or the words of the row that was added.
    """

    file: str
    report: Mapping[str, str]
    row: str
    change: str
    column: str = ""
    old: str = ""
    new: str = ""

    def cells(self) -> Row:
        """The difference as a row of the file of differences."""
        names = ("report_id", "agency", "year")
        return {
            "file": self.file,
            **{name: self.report.get(name, "") for name in names},
            "row": self.row,
            "change": self.change,
            "column": self.column,
            "old": self.old,
            "new": self.new,
        }


@dataclass(slots=True)
class Comparison:
    """Counts of what was compared and what differs.

    Attributes:
        paired: Reports that are in both folders.
        alone: Reports that are in one of them.
        changes: Number of changes by file and kind of change.
        columns: Number of changed cells by file and column.
    """

    paired: int = 0
    alone: int = 0
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    columns: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, difference: Difference) -> None:
        """Count a difference."""
        self.changes[difference.file, difference.change] += 1
        if difference.column:
            self.columns[difference.file, difference.column] += 1

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.changes)


def compare_folders(old: Path, new: Path, into: Path) -> Comparison:
    """Compare two output folders.

    Args:
        old: The first folder; its rows of the files of details are held in memory.
        new: The second.
        into: CSV file for the differences.

    Raises:
        InputError: A folder is no output of gxnlp.
        OutputError: A file cannot be read.
    """
    for folder in (old, new):
        if not (folder / f"{REPORTS}.csv").is_file():
            raise InputError(f"{folder} is no output of gxnlp: it has no {REPORTS}.csv (see `gxnlp extract`)")
    comparison = Comparison()
    with writing(into, DIFFERENCES) as target:
        for difference in (*_compare_reports(old, new, comparison), *_compare_panels(old, new)):
            comparison.add(difference)
            target.write(difference.cells())
    return comparison


def _compare_reports(old: Path, new: Path, comparison: Comparison) -> Iterator[Difference]:
    before = {report.report["report_id"]: report for report in read_reports(old)}
    first = [report.report for report in before.values()]
    with Table(new / f"{REPORTS}.csv") as reports:
        second = list(reports)
    pairs, removed, added = pair(first, second, (_digest, _name, _agency_year))
    partners = {mine["report_id"]: theirs["report_id"] for theirs, mine in pairs}
    comparison.paired, comparison.alone = len(pairs), len(removed) + len(added)
    for row in removed:
        yield Difference(REPORTS, row, row["report_id"], "removed", old=row["source"])
    for after in read_reports(new):
        mine = after.report
        if mine["report_id"] not in partners:
            yield Difference(REPORTS, mine, mine["report_id"], "added", new=mine["source"])
            continue
        theirs = before[partners[mine["report_id"]]]
        yield from _cells(REPORTS, mine, mine["report_id"], theirs.report, mine)
        for name in DETAILS:
            yield from _compare_rows(name, mine, theirs.rows.get(name), after.rows.get(name))


def _compare_rows(
    file: str, report: Row, old: Sequence[Row] | None, new: Sequence[Row] | None
) -> Iterator[Difference]:
    """Compare the rows of a report in one file; a file that one folder lacks is not compared."""
    if old is None or new is None:
        return
    pairs, removed, added = pair(old, new, _keys(file))
    for mine, theirs in pairs:
        yield from _cells(file, report, _place(file, theirs), mine, theirs)
    for row in removed:
        yield Difference(file, report, _place(file, row), "removed", old=_words(file, row))
    for row in added:
        yield Difference(file, report, _place(file, row), "added", new=_words(file, row))


def _cells(file: str, report: Mapping[str, str], place: str, old: Row, new: Row) -> Iterator[Difference]:
    for column in new:
        if column in old and column not in _NOT_COMPARED and old[column] != new[column]:
            yield Difference(file, report, place, "changed", column, old[column], new[column])


def _compare_panels(old: Path, new: Path) -> Iterator[Difference]:
    paths = [folder / f"{_PANEL}.csv" for folder in (old, new)]
    if not all(path.is_file() for path in paths):
        return
    before, after = map(read_table, paths)
    pairs, removed, added = pair(before, after, (_agency_year,))
    others, removed, added = pair(removed, added, (_digest, _only(removed, added)))
    for mine, theirs in (*pairs, *others):
        named = {name: theirs[name] for name in theirs if not name.endswith("_rows")}
        yield from sorted(_cells(_PANEL, theirs, theirs["agency"], mine, named), key=lambda d: d.column)
    for row in removed:
        yield Difference(_PANEL, row, row["agency"], "removed", old=row["report_id"])
    for row in added:
        yield Difference(_PANEL, row, row["agency"], "added", new=row["report_id"])


def pair(
    old: Iterable[Row], new: Iterable[Row], keys: Sequence[_Key]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair rows by keys, the first key first; rows of one key pair in their order.

    Args:
        old: Rows of one side.
        new: Rows of the other.
        keys: Functions of a row; a row for which one gives `None` is not paired by it.

    Returns:
        Pairs in the order of `new`, then the rows of either side that have no partner.
    """
    left, right = list(old), list(new)
    pairs: dict[int, Row] = {}
    for key in keys:
        waiting: dict[Hashable, list[Row]] = defaultdict(list)
        for row in left:
            waiting[key(row)].append(row)
        waiting.pop(None, None)
        for row in right:
            if id(row) not in pairs and waiting.get(key(row)):
                pairs[id(row)] = waiting[key(row)].pop(0)
        taken = {id(row) for row in pairs.values()}
        left = [row for row in left if id(row) not in taken]
    together = [(pairs[id(row)], row) for row in right if id(row) in pairs]
    return together, left, [row for row in right if id(row) not in pairs]


def _keys(file: str) -> tuple[_Key, ...]:
    if file == "tables":
        return (lambda row: (row["table"], row["row"], row["column"]),)
    label = _LABEL[file]
    if file == "checks":
        return (lambda row: row[label],)
    words = "title" if file == "sections" else "text"
    return (
        lambda row: (row["start"], row["end"], row[label]),
        lambda row: (row[label], row[words]),
        lambda row: (row["start"], row["end"]),
    )


def _digest(row: Row) -> Hashable:
    return row["sha256"] or None


def _name(row: Row) -> Hashable:
    return row["report_id"]


def _agency_year(row: Row) -> Hashable:
    who = row["agency_id"] or row["agency"]
    return (who, row["year"]) if who and row["year"] else None


def _only(*sides: Iterable[Row]) -> _Key:
    """A key of agencies that have one row on each side."""
    counts = [Counter(row["agency_id"] or row["agency"] for row in side) for side in sides]

    def key(row: Row) -> Hashable:
        who = row["agency_id"] or row["agency"]
        return who if who and all(count[who] == 1 for count in counts) else None

    return key


def _place(file: str, row: Row) -> str:
    if file == "tables":
        return f"{row['table']}/{row['row']}/{row['column']}"
    if file == "checks":
        return row["check"]
    return f"{row['start']}-{row['end']} {row[_LABEL[file]]}"


def _words(file: str, row: Row) -> str:
    name = {"sections": "title", "checks": "status", "tables": "value"}.get(file, "text")
    return row[name]
