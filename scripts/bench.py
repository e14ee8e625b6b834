"""Score gxnlp on annotated reports, print one table, and fail below the floors.

Usage: python scripts/bench.py NAME=FOLDER... [--floors tests/eval_floors.json] [--errors]

Each FOLDER holds annotated reports (`*.txt`, mark-up of `gxnlp.corpus`). NAME names its floors
in the floors file. Exit code 1: a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from gxnlp.corpus import read_corpus
from gxnlp.evaluation import ATTRIBUTES, F1, Scores, score
from gxnlp.pipeline import read_report

_PARTS = ("metrics", "open", "sections", "statements", "topics", "links")


def main(arguments: Sequence[str] | None = None) -> int:
    """Score every folder named; returns the exit code."""
    parser = argparse.ArgumentParser(description="Score gxnlp on annotated reports.")
    parser.add_argument("suites", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--floors", type=Path, default=Path("tests/eval_floors.json"))
    parser.add_argument("--errors", action="store_true", help="list every error")
    options = parser.parse_args(arguments)
    suites = {}
    for suite in options.suites:
        name, _, folder = suite.partition("=")
        suites[name] = _score_folder(Path(folder))
    console = Console(width=None if sys.stdout.isatty() else 140, markup=False, highlight=False)
    console.print(_table(suites))
    if options.errors:
        for scores in suites.values():
            console.print("\n".join(scores.notes), soft_wrap=True)
    floors = json.loads(options.floors.read_text(encoding="utf-8"))
    if set(suites) - set(floors):
        sys.exit(f"{options.floors}: no floors for {', '.join(sorted(set(suites) - set(floors)))}")
    failures = [line for name, scores in suites.items() for line in _below(name, scores, floors[name])]
    console.print("\n".join(failures) or "every figure is at its floor or above")
    return 1 if failures else 0


def _score_folder(folder: Path) -> Scores:
    gold = read_corpus(folder)
    if not gold:
        sys.exit(f"{folder}: no annotated report (*.txt) is there")
    reports = {
        report.id: read_report(
            report.text.encode(), name=f"{report.id}.txt", report_id=report.id, source=report.id
        )
        for report in gold
    }
    return score(gold, reports)


def _table(suites: Mapping[str, Scores]) -> Table:
    table = Table(title="scores (p precision, r recall)", title_justify="left")
    table.add_column("figure")
    for name, scores in suites.items():
        table.add_column(f"{name} ({scores.reports} reports)", justify="right")
    for part in _PARTS:
        table.add_row(part, *(_f1(getattr(scores, part)) for scores in suites.values()))
    for name in ("all", *ATTRIBUTES):
        table.add_row(f"attributes.{name}", *(f"{s.attribute_share(name):.4f}" for s in suites.values()))
    for name in ("grounded", "year", "agency"):
        table.add_row(name, *(f"{scores.figures()[name]:.4f}" for scores in suites.values()))
    table.add_row("calibration", *(_calibration(scores) for scores in suites.values()))
    return table


def _f1(tally: F1) -> str:
    return f"f1 {tally.f1:.4f}  p {tally.precision:.4f}  r {tally.recall:.4f}  ({tally.wanted})"


def _calibration(scores: Scores) -> str:
    found = scores.calibration()
    if found is None:
        return "no rows"
    auroc = "-" if found.auroc is None else f"{found.auroc:.4f}"
    return f"ece {found.ece:.4f}  auroc {auroc}  p of top 80% {found.precision_top_80:.4f}"


def _below(name: str, scores: Scores, floors: Mapping[str, float]) -> list[str]:
    figures = scores.figures()
    return [
        f"BELOW ITS FLOOR: {name} {figure} is {figures[figure]:.4f}, its floor {floor:.4f}"
        for figure, floor in floors.items()
        if figures[figure] < floor
    ]


if __name__ == "__main__":
    sys.exit(main())
