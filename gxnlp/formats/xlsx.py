"""A workbook, through openpyxl: a sheet a file, for people who read rather than compute.

Row 1 has the names of the columns, row 2 their Chinese labels; both stay in view, and the
names filter. Texts are written as texts, so that none is taken for a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from gxnlp.formats.cells import Value, read_rows
from gxnlp.formats.sheets import FORMULA_STARTS

if TYPE_CHECKING:
    from gxnlp.formats import TableFile

FILE = "gxnlp.xlsx"
HEADER_ROWS = 2

_MOST_ROWS = 1_048_576 - HEADER_ROWS
_LONGEST_TEXT = 32_767
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTHS = {"text": 18, "integer": 10, "number": 12, "boolean": 8}


def write(folder: Path, tables: Sequence[TableFile]) -> list[str]:
    """Write all tables into `gxnlp.xlsx`; gives its name.

    A table with more rows than a sheet holds goes on in `NAME 2`; a text that is longer than a
    cell holds is cut, and ends in `…`.
    """
    workbook = Workbook(write_only=True)
    for table in tables:
        rows = read_rows(table)
        number, row = 0, next(rows, None)
        while number == 0 or row is not None:
            number += 1
            row = _fill(workbook, table, f"{table.name} {number}" if number > 1 else table.name, row, rows)
    workbook.save(folder / FILE)
    return [FILE]


def _fill(
    workbook: Workbook, table: TableFile, title: str, first: list[Value] | None, rows: Iterator[list[Value]]
) -> list[Value] | None:
    """Fill a sheet; gives the row that did not fit any more."""
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = f"A{HEADER_ROWS + 1}"
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[column.type]
    sheet.append([_header(sheet, column.name) for column in table.columns])
    sheet.append([_header(sheet, column.zh) for column in table.columns])
    row, count = first, 0
    while row is not None and count < _MOST_ROWS:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
        row = next(rows, None)
    sheet.auto_filter.ref = f"A{HEADER_ROWS}:{get_column_letter(len(table.columns))}{HEADER_ROWS + count}"
    return row


def _header(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE6F0")
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    """A value as openpyxl takes it; a text that looks like a formula is marked as a text."""
    if not isinstance(value, str):
        return value
    value = _ILLEGAL.sub("", value)
    if len(value) > _LONGEST_TEXT:
        value = value[: _LONGEST_TEXT - 1] + "…"
    if not value.startswith(FORMULA_STARTS):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
