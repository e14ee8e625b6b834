"""One DuckDB file: a typed table a file, with keys, and a view of the panel by agency and year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from gxnlp.export.schema import KEYS, Column

if TYPE_CHECKING:
    from gxnlp.formats import TableFile

FILE = "gxnlp.duckdb"
VIEW = "panel_by_agency"

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
_VIEW = f"""
CREATE VIEW {VIEW} AS
SELECT coalesce(agency_id, agency) AS unit, * FROM panel
WHERE coalesce(agency_id, agency) IS NOT NULL AND year IS NOT NULL
ORDER BY unit, year
"""


def write(folder: Path, tables: Sequence[TableFile]) -> list[str]:
    """Write all tables into `gxnlp.duckdb`; gives its name."""
    path = folder / FILE
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        # `reports` first: the others refer to it.
        for table in sorted(tables, key=lambda table: table.name != "reports"):
            connection.execute(_create(table))
            connection.execute(_insert(table), [str(table.path)])
            for column in table.columns:
                words = _quoted(f"{column.en} / {column.zh}", "'")
                connection.execute(f"COMMENT ON COLUMN {table.name}.{_name(column)} IS {words}")
        connection.execute(_VIEW)
    return [FILE]


def _create(table: TableFile) -> str:
    key = KEYS.get(table.name, ())
    lines = [f"{_name(c)} {_TYPES[c.type]}" for c in table.columns]
    if key:
        lines.append(f"PRIMARY KEY ({', '.join(key)})")
    if table.name != "reports" and table.columns[0].name == "report_id":
        lines.append("FOREIGN KEY (report_id) REFERENCES reports (report_id)")
    return f"CREATE TABLE {table.name} ({', '.join(lines)})"


def _insert(table: TableFile) -> str:
    types = ", ".join(
        f"{_quoted(c.name, chr(39))}: {_quoted(_TYPES[c.type], chr(39))}" for c in table.columns
    )
    return (
        f"INSERT INTO {table.name} SELECT * FROM read_csv(?, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', nullstr = '', allow_quoted_nulls = true, max_line_size = 16777216, "
        f"columns = {{{types}}})"
    )


def _name(column: Column) -> str:
    return _quoted(column.name, '"')


def _quoted(text: str, mark: str) -> str:
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"
