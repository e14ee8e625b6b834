"""`gxnlp compare`: what another version, model or year changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxnlp.cli.console import SOME_FAILED, WRONG_USAGE, mistakes_exit, stdout

if TYPE_CHECKING:
    from gxnlp.panel.compare import Comparison

_SHOWN_COLUMNS = 12


def compare(
    old: Annotated[Path, typer.Argument(metavar="OUT1", help="Output folder of one run.")],
    new: Annotated[Path, typer.Argument(metavar="OUT2", help="Output folder of another.")],
    into: Annotated[
        Path, typer.Option("--into", metavar="FILE", help="CSV file for the differences, a line each.")
    ] = Path("differences.csv"),
) -> None:
    """Compare two output folders row by row, and their panels.

    Exit code 0: nothing differs. 1: something does. 2: wrong usage.
    """
    from gxnlp.errors import OutputError
    from gxnlp.panel.compare import compare_folders

    with mistakes_exit(WRONG_USAGE):
        try:
            comparison = compare_folders(old, new, into)
        except OSError as error:
            name = error.filename or into
            raise OutputError(f"cannot read or write {name}: {error.strerror or error}") from error
    _print(comparison, into)
    if comparison.differs:
        raise typer.Exit(SOME_FAILED)


def _print(comparison: Comparison, into: Path) -> None:
    from rich.table import Table

    console = stdout()
    console.print(f"{comparison.paired} reports in both, {comparison.alone} in one alone", style="bold")
    if not comparison.differs:
        console.print("nothing differs")
        return
    table = Table(title="rows that differ", title_justify="left")
    for name in ("file", "added", "removed", "cells changed", "in columns"):
        table.add_column(name, justify="left" if name in ("file", "in columns") else "right")
    for file in dict.fromkeys(file for file, _ in comparison.changes):
        counts = (str(comparison.changes[file, change]) for change in ("added", "removed", "changed"))
        table.add_row(file, *counts, _columns(comparison, file))
    console.print(table)
    console.print(f"written to {into}")


def _columns(comparison: Comparison, file: str) -> str:
    found = [(name, count) for (of, name), count in comparison.columns.most_common() if of == file]
    more = " …" if len(found) > _SHOWN_COLUMNS else ""
    return ", ".join(f"{name} {count}" for name, count in found[:_SHOWN_COLUMNS]) + more
