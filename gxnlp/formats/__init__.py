"""Other formats of the files of an output folder, each through a library that is installed as an extra.

The CSV files are what is converted: typed by `gxnlp.export.schema`, empty cells as null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from gxnlp.errors import FormatError
from gxnlp.export.schema import Column, columns_of
from gxnlp.formats.sheets import make_safe_for_excel
from gxnlp.ontology import Ontology
from gxnlp.panel import PANEL
from gxnlp.panel.codebook import CODEBOOK
from gxnlp.panel.columns import panel_columns
from gxnlp.panel.files import DETAILS, REPORTS, Table

CSV = "csv"

FORMATS: Mapping[str, tuple[str, ...]] = {
    "parquet": ("pyarrow",),
    "xlsx": ("openpyxl",),
    "dta": ("pandas",),
    "duckdb": ("duckdb",),
    "jsonl": (),
}
"""Formats beside CSV, with the libraries that they need; the extra of each has its name."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A CSV file of an output folder with the types of its columns."""

    name: str
    path: Path
    columns: Sequence[Column]


def check_formats(names: Sequence[str]) -> tuple[str, ...]:
    """Check that formats can be written.

    Args:
        names: What `--format` names; `csv` may be among them, it is always written.

    Returns:
        The formats beside CSV, in their order.

    Raises:
        FormatError: A format is unknown, or its library is not installed.
    """
    names = tuple(dict.fromkeys(name.lower() for name in names))
    for name in names:
        if name != CSV and name not in FORMATS:
            raise FormatError(f"format {name!r} is unknown; expected some of {', '.join((CSV, *FORMATS))}")
    needed = {name: [lib for lib in FORMATS.get(name, ()) if find_spec(lib) is None] for name in names}
    missing = {name: libraries[0] for name, libraries in needed.items() if libraries}
    if missing:
        raise FormatError(
            f"--format {','.join(missing)} needs {', '.join(missing.values())}: "
            f"pip install 'gxnlp[{','.join(missing)}]'"
        )
    return tuple(name for name in names if name != CSV)


def write_formats(
    folder: Path, ontology: Ontology, formats: Sequence[str], *, excel: bool = False
) -> list[str]:
    """Convert the CSV files of a folder.

    Args:
        folder: The folder.
        ontology: The labels, which the columns of the panel are made from.
        formats: Formats beside CSV.
        excel: Whether to make the CSV files safe for Excel afterwards.

    Returns:
        The names of the files written.

    Raises:
        FormatError: A table does not fit into a format.
    """
    if not formats and not excel:
        return []
    tables = table_files(folder, ontology)
    written: list[str] = []
    for name in formats:
        write: Callable[[Path, Sequence[TableFile]], list[str]] = import_module(f"gxnlp.formats.{name}").write
        written += write(folder, tables)
    if excel:
        for table in tables:
            make_safe_for_excel(table.path, table.columns)
    return written


def file_names(formats: Sequence[str] = tuple(FORMATS)) -> set[str]:
    """The names that files of some formats can have."""
    names = (PANEL, REPORTS, *DETAILS, CODEBOOK)
    single = {"xlsx": "gxnlp.xlsx", "duckdb": "gxnlp.duckdb"}
    return {single.get(suffix, f"{name}.{suffix}") for suffix in formats for name in names}


def table_files(folder: Path, ontology: Ontology) -> list[TableFile]:
    """The CSV files that a folder has, the panel first."""
    described: dict[str, Callable[[tuple[str, ...]], list[Column]]] = {
        PANEL: lambda _: panel_columns(ontology),
        **{name: partial(columns_of, name) for name in (REPORTS, *DETAILS, CODEBOOK)},
    }
    files = []
    for name, describe in described.items():
        path = folder / f"{name}.csv"
        if path.is_file():
            with Table(path) as table:
                files.append(TableFile(name, path, describe(table.columns)))
    return files
