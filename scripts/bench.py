"""Score gxnlp on annotated reports, by the patterns alone and with the model, and fail below the floors.

Usage: python scripts/bench.py NAME=FOLDER... [--floors tests/eval_floors.json] [--errors]

Each FOLDER holds annotated reports (`*.txt`, in it or in docs/, mark-up of `gxnlp.corpus`). Of a
folder with `splits.toml` the model, which learned from it, is scored on the test split alone,
and the patterns on that and on all. NAME, the split and the system name the floors. Exit code 1:
a figure is below its floor, or there is no model to score.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from gxnlp.corpus import GoldReport
from gxnlp.evaluation import Scores, score
from gxnlp.model import Model, load_model
from gxnlp.ontology import use_ontology
from gxnlp.reliability import PARTS, predict
from gxnlp.splits import load_corpus

_SHARES = ("attributes.all", "grounded", "year", "agency")


@dataclass(frozen=True, slots=True)
class Row:
    """Scores of one system on one set of reports.

    Attributes:
        suite: The set: its name, and behind it the split.
        system: `patterns` or `model`.
        scores: The scores.
    """

    suite: str
    system: str
    scores: Scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Score every folder named; returns the exit code."""
    parser = argparse.ArgumentParser(description="Score gxnlp on annotated reports.")
    parser.add_argument("suites", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--floors", type=Path, default=Path("tests/eval_floors.json"))
    parser.add_argument("--errors", action="store_true", help="list every error of the last system of a set")
    options = parser.parse_args(arguments)
    model = load_model()
    rows = [row for suite in options.suites for row in _score_folder(suite, model)]
    console = Console(width=None if sys.stdout.isatty() else 150, markup=False, highlight=False)
    console.print(_table(rows))
    if options.errors:
        last = {row.suite: row.scores.notes for row in rows}
        for suite, notes in last.items():
            console.print("\n".join([suite, *notes]), soft_wrap=True)
    floors = json.loads(options.floors.read_text(encoding="utf-8"))
    failures = [line for row in rows for line in _below(row, floors)]
    if model is None:
        failures.append("NO MODEL is in models/default: the patterns alone were scored")
    console.print("\n".join(failures) or "every figure is at its floor or above")
    return 1 if failures else 0


def _score_folder(suite: str, model: Model | None) -> Iterator[Row]:
    name, _, folder = suite.partition("=")
    corpus = load_corpus(Path(folder))
    sets: dict[str, Sequence[GoldReport]] = {name: corpus.reports}
    if corpus.rule is not None:
        sets[f"{name} test"] = corpus.select(["test"])
    for label, gold in sets.items():
        yield Row(label, "patterns", score(gold, predict(gold, None)))
    if model is not None:
        with use_ontology(model.ontology):
            yield Row(label, "model", score(gold, predict(gold, model)))


def _table(rows: Sequence[Row]) -> Table:
    title = "F1 of metrics (with precision and recall), statements and the rest; shares; calibration error"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("set (reports)", no_wrap=True)
    table.add_column("system")
    for name in ("metrics", "prec.", "recall", *PARTS[1:], *(s.split(".")[0] for s in _SHARES), "ece"):
        table.add_column(name, justify="right")
    figures = ["metrics.f1", "metrics.p", "metrics.r", *(f"{part}.f1" for part in PARTS[1:]), *_SHARES]
    for row in rows:
        found, calibration = row.scores.figures(), row.scores.calibration()
        cells = [f"{found[figure]:.4f}" for figure in figures]
        error = "-" if calibration is None else f"{calibration.ece:.4f}"
        table.add_row(f"{row.suite} ({row.scores.reports})", row.system, *cells, error)
    return table


def _below(row: Row, floors: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[str]:
    """What is below its floor; a set or a system without floors is a mistake."""
    name = f"{row.suite}, {row.system}"
    own = floors.get(row.suite, {}).get(row.system)
    if own is None:
        return [f"NO FLOORS for {name}"]
    figures = row.scores.figures()
    return [
        f"BELOW ITS FLOOR: {name}: {figure} is {figures[figure]:.4f}, its floor {floor:.4f}"
        for figure, floor in own.items()
        if figures[figure] < floor
    ]


if __name__ == "__main__":
    sys.exit(main())
