"""`gxnlp train`: annotated reports in, a model's folder out."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gxnlp.cli.console import WRONG_USAGE, mistakes_exit, stderr, stdout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gxnlp.evaluation import Scores

_F1 = ("metrics", "open", "sections", "statements", "topics", "links")


def train(
    context: typer.Context,
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="Folder of marked-up reports, with docs/ or without.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL", help="Folder of the model to write.")
    ],
    base: Annotated[
        Path | None, typer.Option("--from", metavar="MODEL", help="A model that the reports are added to.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="What differs from the default configuration."),
    ] = None,
    ontology: Annotated[
        Path | None,
        typer.Option("--ontology", metavar="FILE", help="Labels of yours, beside those that ship."),
    ] = None,
) -> None:
    """Train a model: fit it on annotated reports, score it on held-out ones, write its folder.

    Any value of the configuration can be set by its name: --metrics.label.strength 2.
    """
    from gxnlp.training import train as run

    started = time.monotonic()

    def tell(step: str) -> None:
        stderr().print(f"{time.monotonic() - started:6.1f} s  {step}", style="dim")

    with mistakes_exit(WRONG_USAGE):
        result = run(
            corpus,
            output,
            config=config,
            overrides=_overrides(context.args),
            base=base,
            ontology=ontology,
            progress=tell,
        )
    print_scores(result.scores)
    stdout().print(f"trained on {result.trained_on} reports in {time.monotonic() - started:.0f} s")
    stdout().print(f"written to {result.path}", style="bold")


def _overrides(arguments: list[str]) -> dict[str, Any]:
    """Dotted options as spaCy takes them: `--section.name value` or `--section.name=value`."""
    found: dict[str, Any] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.removeprefix("--").partition("=")
        if not argument.startswith("--") or "." not in name:
            raise typer.BadParameter(f"{argument} is no option; values are set as --section.name VALUE")
        if not equals:
            value = next(rest, "")
        found[name] = _value(value)
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def print_scores(scores: Mapping[str, Mapping[str, Scores]]) -> None:
    """Print a table of scores: a column for each split and each system."""
    from rich.table import Table

    columns = [(split, name, found) for split, systems in scores.items() for name, found in systems.items()]
    if not columns:
        stdout().print("no report was held out, so there is no score; `gxnlp evaluate` scores on others")
        return
    table = Table(title="scores on held-out reports", title_justify="left")
    table.add_column("F1")
    for split, name, found in columns:
        table.add_column(f"{split} ({found.reports})\n{name}", justify="right")
    for part in _F1:
        table.add_row(part, *(f"{getattr(found, part).f1:.4f}" for _, _, found in columns))
    table.add_row("all attributes", *(f"{found.attribute_share('all'):.4f}" for _, _, found in columns))
    table.add_row("calibration error", *(_error(found) for _, _, found in columns))
    stdout().print(table)


def _error(scores: Scores) -> str:
    found = scores.calibration()
    return "-" if found is None else f"{found.ece:.4f}"
