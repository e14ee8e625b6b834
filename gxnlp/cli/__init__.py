"""The command `gxnlp`: one file a command, arguments and printing only."""

from __future__ import annotations

import gc
import os
from typing import Annotated

import typer

from gxnlp import __version__
from gxnlp.cli import corpus
from gxnlp.cli.check import check
from gxnlp.cli.cite import cite
from gxnlp.cli.codebook import codebook
from gxnlp.cli.compare import compare
from gxnlp.cli.evaluate import evaluate
from gxnlp.cli.extract import extract
from gxnlp.cli.labels import labels
from gxnlp.cli.repeat import repeat
from gxnlp.cli.segment import segment
from gxnlp.cli.train import train

# Nearly all that a start makes stays: looking through it each 700 objects costs a fortieth of a first report.
gc.set_threshold(50_000)
# The matrices of a report are too small for threads, whose start costs a twelfth of a first report.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = typer.Typer(
    name="gxnlp",
    help="Read Chinese annual reports on government information disclosure into CSV files.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(extract)
app.command()(check)
app.command()(segment)
app.command()(labels)
app.command()(codebook)
app.command()(compare)
app.command()(cite)
app.command()(repeat)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(train)
app.command()(evaluate)
app.add_typer(corpus.app, name="corpus")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gxnlp {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Read Chinese annual reports on government information disclosure into CSV files."""
