"""Parquet, through pyarrow: block by block, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

if TYPE_CHECKING:
    from gxnlp.formats import TableFile

_TYPES = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


def write(folder: Path, tables: Sequence[TableFile]) -> list[str]:
    """Write each table as `NAME.parquet`; gives the names of the files.

    The names of the columns in English and Chinese are their metadata.
    """
    for table in tables:
        _write_table(table, folder / f"{table.name}.parquet")
    return [f"{table.name}.parquet" for table in tables]


def _write_table(table: TableFile, path: Path) -> None:
    schema = pa.schema(
        pa.field(column.name, _TYPES[column.type], metadata={"en": column.en, "zh": column.zh})
        for column in table.columns
    )
    convert = pyarrow.csv.ConvertOptions(
        column_types=schema,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        true_values=["1"],
        false_values=["0"],
    )
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    with (
        pyarrow.csv.open_csv(table.path, parse_options=parse, convert_options=convert) as reader,
        pyarrow.parquet.ParquetWriter(path, schema) as writer,
    ):
        for batch in reader:
            writer.write_batch(batch.cast(schema))
