"""Stata, through pandas: a file a table, version 118 (Stata 14 and later, UTF-8).

Names are made legal: characters that Stata does not take become `_`, what is longer than 32
characters is cut, and what is then no longer unique, or a word of Stata's, gets a number.
Closed lists of values are numbers with value labels; texts longer than 2045 bytes are strL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from gxnlp.export.schema import Column
    from gxnlp.formats import TableFile

LONGEST_NAME = 32

_LONGEST_LABEL = 80
_LONGEST_STR = 2045
_VERSION = 118
_RESERVED = frozenset(
    ("_all", "_b", "byte", "_coef", "_cons", "double", "end", "float", "if", "in", "int", "long",
     "_n", "_N", "_pi", "_pred", "_rc", "_skip", "strL", "using", "with")
)  # fmt: skip


def write(folder: Path, tables: Sequence[TableFile]) -> list[str]:
    """Write each table as `NAME.dta`; gives the names of the files."""
    for table in tables:
        _write_table(table, folder / f"{table.name}.dta")
    return [f"{table.name}.dta" for table in tables]


def stata_names(columns: Sequence[Column]) -> list[str]:
    """Legal and unique Stata names of columns, in their order."""
    names: list[str] = []
    for column in columns:
        plain = re.sub(r"\W", "_", column.name, flags=re.ASCII)
        if plain[:1].isdigit():
            plain = f"_{plain}"
        if plain in _RESERVED or re.fullmatch(r"str\d+", plain):
            plain = f"{plain}_"
        name, number = plain[:LONGEST_NAME], 1
        while name in names:
            number += 1
            name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        names.append(name)
    return names


def _write_table(table: TableFile, path: Path) -> None:
    names = stata_names(table.columns)
    frame = _read(table)
    long = []
    for column in table.columns:
        cells = frame[column.name]
        if column.values:
            others = sorted(set(cells.dropna()).difference(column.values))  # set by hand
            frame[column.name] = cells.astype(pd.CategoricalDtype([*column.values, *others]))
        elif column.type == "text" and cells.map(lambda text: len(text.encode())).max() > _LONGEST_STR:
            long.append(names[frame.columns.get_loc(column.name)])
    frame.columns = pd.Index(names)
    frame.to_stata(
        path,
        write_index=False,
        version=_VERSION,
        variable_labels=dict(zip(names, map(_label, table.columns), strict=True)),
        convert_strl=long,
    )


def _read(table: TableFile) -> pd.DataFrame:
    """A table as pandas reads it: texts as they are, of closed lists and numbers empty cells as missing."""
    texts = [column.name for column in table.columns if column.type == "text"]
    closed = [column.name for column in table.columns if column.values]
    frame = pd.read_csv(
        table.path,
        dtype={column.name: object if column.name in texts else "float64" for column in table.columns},
        na_values={column.name: [""] for column in table.columns if column.name not in texts},
        keep_default_na=False,
    )
    for name in closed:
        frame[name] = frame[name].replace("", None)
    return frame


def _label(column: Column) -> str:
    return f"{column.en} {column.zh}"[:_LONGEST_LABEL]
