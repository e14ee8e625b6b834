"""`gxnlp segment`: the section tree of one report."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from gxnlp.cli.console import SOME_FAILED, WRONG_USAGE, mistakes_exit, stdout

if TYPE_CHECKING:
    from rich.text import Text

    from gxnlp.pipeline import Outline
    from gxnlp.records import Section

_LEVEL_STYLES = {1: "bold cyan", 2: "cyan"}


def segment(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A web page, PDF, Word (.docx), text or Markdown file.")
    ],
) -> None:
    """Show the sections of a report as a tree, with what its self-audit found.

    Marks: empty, merged, out_of_order, renumbered; statutory sections that are missing come last.
    """
    from rich.text import Text
    from rich.tree import Tree

    from gxnlp import pipeline

    with mistakes_exit(SOME_FAILED if os.path.isfile(file) else WRONG_USAGE):  # noqa: PTH113 (raises nothing)
        outline = pipeline.segment(file)
    console = stdout()
    tree = Tree(Text(file, style="dim"), guide_style="dim")
    nodes = {"": tree}
    for section in outline.sections:
        parent = nodes.get(section.parent_id, tree)
        nodes[section.section_id] = parent.add(_label(section, outline))
    console.print(tree)
    _print_missing(outline)


def _label(section: Section, outline: Outline) -> Text:
    from rich.text import Text

    page = outline.document.page_at(section.start)
    place = f"  p. {page}" if page else ""
    heading = f"{section.number} {section.title}".strip() or "(no heading)"
    label = Text().append(heading, style=_LEVEL_STYLES.get(section.level, ""))
    label.append(f"  {section.code}", style="green")
    label.append(f"  {section.end - section.start} chars{place}", style="dim")
    if section.audit != "ok":
        label.append(f"  {section.audit}", style="bold yellow")
    return label


def _print_missing(outline: Outline) -> None:
    from gxnlp.ontology import default_ontology

    names = default_ontology().sections
    for code in outline.missing:
        stdout().print(f"missing: {names[code].zh} ({code})", style="bold red")
