"""`gxnlp cite`: what to put into a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxnlp.cli.console import WRONG_USAGE, mistakes_exit


def cite(
    out: Annotated[
        Path | None,
        typer.Argument(
            metavar="[OUT]", help="Output folder of the run to cite (default: what is installed)."
        ),
    ] = None,
) -> None:
    """Print a sentence and a BibTeX entry that name version, model and ontology by their digests."""
    from datetime import UTC, datetime

    from gxnlp.model import load_model
    from gxnlp.panel.cite import cite_installed, cite_run

    with mistakes_exit(WRONG_USAGE):
        citation = cite_run(out) if out else cite_installed(load_model(), str(datetime.now(UTC).year))
    typer.echo(f"{citation.text()}\n\n{citation.bibtex()}")
