"""`gxnlp corpus`: look after annotated reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxnlp.cli.console import SOME_FAILED, WRONG_USAGE, mistakes_exit, stdout

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from gxnlp.corpus_check import Finding

BEGIN, END = "<!-- counts -->", "<!-- end of counts -->"
"""Lines of a data card between which its counts stand."""

app = typer.Typer(no_args_is_help=True, help="Check annotated reports, and count what they hold.")

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Folder of marked-up reports, with docs/ or without.")
]
Labels = Annotated[
    Path | None, typer.Option("--ontology", metavar="FILE", help="Labels of yours, beside those that ship.")
]


@app.command()
def check(
    folder: Folder = Path("corpus"),
    notes: Annotated[bool, typer.Option("--notes/--no-notes", help="Show notes, not only errors.")] = True,
    blind: Annotated[
        bool, typer.Option("--blind", help="Do not tell what the tool reads in numbers without a mark.")
    ] = False,
    ontology: Labels = None,
) -> None:
    """Find what is wrong in annotated reports (errors), and what to look at again (notes).

    Exit code 0: no error. 1: some. 2: nothing to check.
    """
    from gxnlp.corpus_check import check_corpus

    with mistakes_exit(WRONG_USAGE), _labels(ontology):
        findings = check_corpus(folder, blind=blind)
    shown = [finding for finding in findings if notes or finding.severity == "error"]
    for finding in shown:
        style = "red" if finding.severity == "error" else None
        stdout().print(_line(finding), style=style, soft_wrap=True)
    counts = Counter(finding.severity for finding in findings)
    stdout().print(f"{counts['error']} errors, {counts['note']} notes", style="bold")
    if counts["error"]:
        raise typer.Exit(SOME_FAILED)


@app.command()
def stats(
    folder: Folder = Path("corpus"),
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="Replace the counts of a data card instead of printing."),
    ] = None,
    ontology: Labels = None,
) -> None:
    """Count reports, labels and attributes, as Markdown tables for a data card."""
    from gxnlp.errors import OutputError

    with mistakes_exit(WRONG_USAGE), _labels(ontology):
        counts = counts_of(folder)
        if into is None:
            stdout().print(counts, soft_wrap=True)
            return
        card = into.read_text(encoding="utf-8") if into.is_file() else ""
        before, begin, rest = card.partition(BEGIN)
        _, end, behind = rest.partition(END)
        if not end:
            raise OutputError(f"{into}: no lines {BEGIN} and {END} to put the counts between")
        into.write_text(f"{before}{begin}\n\n{counts}\n\n{end}{behind}", encoding="utf-8")
        stdout().print(f"counts written to {into}")


def counts_of(folder: Path) -> str:
    """The counts of a corpus folder as Markdown, in the ontology in use.

    Raises:
        CorpusError: The corpus cannot be read.
    """
    from gxnlp.corpus_stats import count_corpus
    from gxnlp.splits import load_corpus

    groups = count_corpus(load_corpus(folder))
    return "\n\n".join("\n".join([f"**{title}**", "", *markdown(rows)]) for title, rows in groups.items())


def markdown(rows: Mapping[str, Mapping[str, int]]) -> list[str]:
    """A Markdown table of counts by row and column."""
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    for name, row in rows.items():
        lines.append(f"| {name} | {' | '.join(str(row.get(column, 0)) for column in columns)} |")
    return lines


def _line(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}: {finding.severity}: {finding.check}: {finding.message}"


def _labels(path: Path | None) -> AbstractContextManager[None]:
    from gxnlp.ontology import extend_ontology, use_ontology

    return use_ontology(extend_ontology(path)) if path is not None else nullcontext()
