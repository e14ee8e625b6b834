"""`gxnlp repeat`: a run once more, from its record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxnlp.cli.console import SOME_FAILED, WRONG_USAGE, mistakes_exit, stdout


def repeat(
    run: Annotated[Path, typer.Argument(metavar="OUT", help="Output folder of the run, with its run.json.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="NEW", help="Folder to write into; made if missing.")
    ],
    workers: Annotated[
        int, typer.Option("--workers", min=1, metavar="N", help="Processes to read with.")
    ] = 1,
) -> None:
    """Repeat a run: same inputs, options, model and labels, from the folder that it was started in.

    Exit code 0: the files read are those of the first run. 1: some are others, or could not be read
    this time. 2: it cannot be repeated; the message says what differs.
    """
    from gxnlp.repeating import repeat as run_again

    with mistakes_exit(WRONG_USAGE):
        summary, same = run_again(run, out, workers=workers)
    console = stdout()
    console.print(f"{summary.statuses.total()} files read again, written to {out}", style="bold")
    if not same:
        console.print("the files read are not those of the first run: their digests differ", style="red")
        raise typer.Exit(SOME_FAILED)
