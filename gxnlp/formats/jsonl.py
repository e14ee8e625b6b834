"""JSON lines: one object a row, empty cells as null."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gxnlp.formats.cells import Value, read_rows

if TYPE_CHECKING:
    from gxnlp.formats import TableFile


def write(folder: Path, tables: Sequence[TableFile]) -> list[str]:
    """Write each table as `NAME.jsonl`; gives the names of the files."""
    for table in tables:
        names = [column.name for column in table.columns]
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as target:
            for row in read_rows(table):
                cells = {name: _plain(value) for name, value in zip(names, row, strict=True)}
                target.write(json.dumps(cells, ensure_ascii=False) + "\n")
    return [f"{table.name}.jsonl" for table in tables]


def _plain(value: Value) -> Value:
    """Whole numbers without a decimal point, as the CSV has them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
