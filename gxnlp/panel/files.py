"""The files of an output folder as rows: report by report, and nothing but the report at hand in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from gxnlp.errors import OutputError

Row = dict[str, str]
"""Column to cell as it stands in the file; an empty cell is an empty text."""

REPORTS = "reports"
DETAILS = ("sections", "metrics", "statements", "tables", "checks")
"""Files with any number of rows a report, in the order of `reports.csv`."""

_LONGEST_CELL = 1 << 24


@dataclass(frozen=True, slots=True)
class ReportRows:
    """All rows of one report.

    Attributes:
        report: Its row of `reports.csv`.
        rows: Its rows of every other file that is there, by file.
    """

    report: Row
    rows: Mapping[str, list[Row]]


class Table:
    """A CSV file of an output folder, read row by row.

    Args:
        path: The file.

    Attributes:
        name: Its name without suffix.
        columns: The names of its columns.

    Raises:
        OutputError: The file cannot be read, or has no header.
    """

    def __init__(self, path: Path) -> None:
        csv.field_size_limit(_LONGEST_CELL)
        self.name = path.stem
        try:
            self._file = path.open(encoding="utf-8-sig", newline="")
        except OSError as error:
            raise OutputError(f"cannot read {path}: {error.strerror or error}") from error
        self._reader = csv.DictReader(self._file, strict=True)
        self.columns = tuple(self._reader.fieldnames or ())
        self._next: Row | None = None

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Row]:
        return iter(self._reader)

    def of_report(self, report_id: str) -> list[Row]:
        """The rows of a report, which are the next ones, if it has any."""
        found: list[Row] = []
        while (row := self._next or next(self._reader, None)) is not None:
            if row["report_id"] != report_id:
                self._next = row
                return found
            self._next = None
            found.append(row)
        return found

    def at_end(self) -> bool:
        """Whether every row was taken."""
        return self._next is None and next(self._reader, None) is None


def read_table(path: Path) -> list[Row]:
    """All rows of a file."""
    with Table(path) as table:
        return list(table)


def read_reports(folder: Path, names: Iterable[str] = DETAILS) -> Iterator[ReportRows]:
    """The rows of an output folder, report by report.

    Args:
        folder: The folder; `reports.csv` has to be there, files that are missing are left out.
        names: The files to read beside it.

    Raises:
        OutputError: A file cannot be read, or its rows are not in the order of `reports.csv`.
    """
    with ExitStack() as stack:
        reports = stack.enter_context(Table(folder / f"{REPORTS}.csv"))
        paths = [folder / f"{name}.csv" for name in names]
        tables = [stack.enter_context(Table(path)) for path in paths if path.is_file()]
        for report in reports:
            yield ReportRows(report, {t.name: t.of_report(report["report_id"]) for t in tables})
        for table in tables:
            if not table.at_end():
                raise OutputError(f"{folder / table.name}.csv: its reports do not follow reports.csv")


class Writer:
    """Writes a CSV file in the manner of the contract, row by row.

    Args:
        path: The file.
        columns: Its columns; a row may lack some, which are then empty.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.DictWriter(self._file, columns, restval="", lineterminator="\n")
        self._writer.writeheader()

    def write(self, row: Mapping[str, str]) -> None:
        """Add a row."""
        self._writer.writerow(row)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@contextmanager
def writing(path: Path, columns: Sequence[str]) -> Iterator[Writer]:
    """A writer that is closed at the end of the block."""
    writer = Writer(path, columns)
    try:
        yield writer
    finally:
        writer.close()
