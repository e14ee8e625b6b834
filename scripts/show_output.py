"""Show what `gxnlp extract` wrote: the first rows of each file, the columns that tell most.

Usage: python scripts/show_output.py OUT
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

_SHOWN = {
    "reports": (
        "report_id",
        "format",
        "kind",
        "agency",
        "year",
        "sections",
        "metrics",
        "statements",
        "status",
    ),
    "sections": ("report_id", "section_id", "level", "code", "number", "title", "audit"),
    "metrics": (
        "report_id",
        "metric",
        "value",
        "unit",
        "qualifier",
        "measure",
        "channel",
        "period",
        "extractor",
        "text",
    ),
    "statements": ("report_id", "statement_id", "role", "topics", "answers", "text"),
    "tables": ("report_id", "table", "row", "column", "value", "state"),
    "checks": ("report_id", "check", "status", "left", "right"),
    "panel": (
        "agency",
        "year",
        "info_published",
        "info_published_basis",
        "views",
        "views_lower",
        "reviews",
        "reviews_state",
        "problems",
        "remedies",
    ),
}
_ROWS = 12
_CELL = 40


def main(folder: Path) -> None:
    """Print a table a file."""
    console = Console(width=None if sys.stdout.isatty() else 150, highlight=False)
    for name, columns in _SHOWN.items():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        # A few rows of every report say more than the first rows of the first.
        step = max(1, len(rows) // _ROWS)
        table = Table(title=f"{name}.csv: {len(rows)} rows", title_justify="left")
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows[::step][:_ROWS]:
            table.add_row(*(_short(row[column]) for column in columns))
        console.print(table, markup=False)
    console.print(
        f"All of it is in {folder}/ (codebook.md says what the labels mean; texts/ holds the text that "
        "start and end are offsets into).",
        soft_wrap=True,
    )


def _short(value: str) -> str:
    line = value.replace("\n", " ")
    return line if len(line) <= _CELL else line[: _CELL - 1] + "…"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
