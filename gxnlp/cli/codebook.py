"""`gxnlp codebook`: every label with its names, meaning, rule and scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxnlp.cli.console import WRONG_USAGE, mistakes_exit, stdout


def codebook(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write into; made if missing.")
    ],
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="MODEL", help="A trained model's folder (default: the shipped one)."),
    ] = None,
) -> None:
    """Write codebook.csv and codebook.md, as they stand beside every panel."""
    from gxnlp.errors import OutputError
    from gxnlp.model import load_model
    from gxnlp.ontology import default_ontology
    from gxnlp.panel.codebook import write_codebook

    with mistakes_exit(WRONG_USAGE):
        found = load_model(model)
        try:
            out.mkdir(parents=True, exist_ok=True)
            ontology = found.ontology if found else default_ontology()
            write_codebook(out, ontology, (found.meta if found else None) or {})
        except OSError as error:
            raise OutputError(f"cannot write to {out}: {error.strerror or error}") from error
    stdout().print(f"written to {out}: codebook.csv codebook.md")
