"""Cells of the CSV files as typed values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from gxnlp.export.schema import Type
from gxnlp.panel.files import Table

if TYPE_CHECKING:
    from gxnlp.formats import TableFile

Value = str | int | float | bool | None

_READ: Mapping[Type, Callable[[str], Value]] = {
    "text": str,
    "integer": int,
    "number": float,
    "boolean": lambda cell: cell == "1",
}


def read_rows(table: TableFile) -> Iterator[list[Value]]:
    """The rows of a table, typed; an empty cell is `None`, whatever its type."""
    readers = [(column.name, _READ[column.type]) for column in table.columns]
    with Table(table.path) as rows:
        for row in rows:
            yield [read(row[name]) if row[name] else None for name, read in readers]
