"""CSV files for Excel: a byte order mark, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from gxnlp.export.schema import Column
from gxnlp.panel.files import Table

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""


def make_safe_for_excel(path: Path, columns: Sequence[Column]) -> None:
    """Rewrite a CSV file for Excel.

    A text cell that starts as a formula does gets an apostrophe in front, which a spreadsheet
    takes for "this is text". Numbers stay as they are.

    Args:
        path: The file.
        columns: Its columns.
    """
    texts = {column.name for column in columns if column.type == "text"}
    part = path.with_suffix(".new")
    with Table(path) as table, part.open("w", encoding="utf-8", newline="") as target:
        target.write(BYTE_ORDER_MARK)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(table.columns)
        for row in table:
            writer.writerow(_safe(cell) if name in texts else cell for name, cell in row.items())
    part.replace(path)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
