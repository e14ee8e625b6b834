"""`gxnlp labels`: the ontology, every label that the CSV files can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gxnlp.cli.console import stdout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from gxnlp.ontology import Label, Ontology


def labels(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """List every label: metrics, sections, topics, channels, attributes, rows and columns of the tables."""
    from gxnlp.ontology import default_ontology
    from gxnlp.tables import template

    ontology = default_ontology()
    if as_json:
        typer.echo(_json(ontology))
        return
    console = stdout()
    for title, group in _groups(ontology).items():
        console.print(_table(title, group.values()))
    for name, values in ontology.attributes.items():
        console.print(f"{name}: {' '.join(values)}")
    for row in template().rows.values():
        console.print(f"{row.table} {row.code} ({row.label}): {' '.join(row.columns)}", soft_wrap=True)


def _groups(ontology: Ontology) -> dict[str, dict[str, Label]]:
    return {
        "metrics": dict(ontology.metrics),
        "sections": dict(ontology.sections),
        "topics": dict(ontology.topics),
        "channels": dict(ontology.channels),
    }


def _table(title: str, group: Iterable[Label]) -> Table:
    from rich.table import Table

    rows = [(label.code, label.zh, label.en, label.unit, label.definition) for label in group]
    headings = ("code", "zh", "en", "unit", "definition")
    filled = [i for i in range(len(headings)) if any(row[i] for row in rows)]
    table = Table(title=title, title_justify="left")
    for i in filled:
        table.add_column(headings[i], no_wrap=headings[i] == "code")
    for row in rows:
        table.add_row(*(row[i] for i in filled))
    return table


def _json(ontology: Ontology) -> str:
    import json
    from dataclasses import asdict

    from gxnlp.tables import template

    groups = {name: [asdict(label) for label in group.values()] for name, group in _groups(ontology).items()}
    record = {
        "version": ontology.version,
        "digest": ontology.digest,
        **groups,
        "units": dict(ontology.units),
        "attributes": {name: list(values) for name, values in ontology.attributes.items()},
        "tables": [asdict(row) for row in template().rows.values()],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)
