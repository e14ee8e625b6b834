"""Accuracy, speed and memory in one table against the last release; fails on a fall beyond noise.

Usage: python scripts/bench_release.py NAME=FOLDER... [--release tests/last_release.json] [--save]

Accuracy is of the system that ships, the model, on the sets of `scripts/bench.py`. Speed is the
CPU time from text to all records against `jieba.lcut` over the same text, the median of interleaved
rounds; memory the peak of a process that reads so many generated reports, and how much of it comes
with more reports. `--save` writes what was measured as the release to compare with.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import platform
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from itertools import cycle, islice
from pathlib import Path

import jieba
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from gxnlp import __version__
from gxnlp.augment import Shares, augment
from gxnlp.model import load_model
from gxnlp.ontology import use_ontology
from gxnlp.pipeline import read_report
from gxnlp.reliability import predict
from gxnlp.splits import load_corpus

FIGURES = ("metrics.f1", "sections.f1", "statements.f1", "topics.f1", "links.f1", "attributes.all")
# How far a figure may be worse than the release's: points of F1, and shares of a time or a size.
POINTS, SHARE = 0.005, {"speed": 0.4, "memory": 0.25}
_ROUNDS = 9
_FEW, _MANY = 50, 400


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare; returns the exit code."""
    parser = argparse.ArgumentParser(description="Compare accuracy, speed and memory with the last release.")
    parser.add_argument("suites", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--release", type=Path, default=Path("tests/last_release.json"))
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), help="speed and memory are measured on"
    )
    parser.add_argument("--save", action="store_true", help="keep what was measured as the release")
    options = parser.parse_args(arguments)
    found = {**_accuracy(options.suites), **_speed(options.corpus), **_memory(options.corpus)}
    record = json.loads(options.release.read_text(encoding="utf-8")) if options.release.is_file() else {}
    before: Mapping[str, float] = record.get("figures", {})
    failures = [name for name in found if is_worse(name, found[name], before.get(name))]
    _print(found, before, record.get("version", "none"), failures)
    if options.save:
        kept = {"version": __version__, "machine": _machine(), "figures": {**before, **found}}
        options.release.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        return 0
    return 1 if failures else 0


def is_worse(name: str, now: float, before: float | None) -> bool:
    """Whether a figure fell behind the release's by more than noise.

    Args:
        name: The figure: what comes before its first `:` says what it is of.
        now: What was measured.
        before: What the release had, `None` where it had no such figure.
    """
    if before is None:
        return False
    kind = name.partition(":")[0]
    if kind in SHARE:
        return now > before * (1 + SHARE[kind])
    return now < before - POINTS


def _accuracy(suites: Sequence[str]) -> dict[str, float]:
    from gxnlp.evaluation import score

    model = load_model()
    found: dict[str, float] = {}
    for suite in suites:
        name, _, folder = suite.partition("=")
        corpus = load_corpus(Path(folder))
        gold = corpus.reports if corpus.rule is None else corpus.select(["test"])
        with use_ontology(model.ontology) if model else nullcontext():
            figures = score(gold, predict(gold, model)).figures()
        found |= {f"accuracy: {name} {figure}": round(figures[figure], 4) for figure in FIGURES}
    return found


def _speed(corpus: Path) -> dict[str, float]:
    files = _generated(corpus, 30)
    texts = [data.decode() for _, data in files]
    model = load_model()
    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("预热")

    def cut() -> None:
        for text in texts:
            jieba.lcut(text)

    def extract() -> None:
        for name, data in files:
            read_report(data, name=name, report_id=name, source=name, model=model)

    extract()
    ratio = statistics.median(_seconds(extract) / _seconds(cut) for _ in range(_ROUNDS))
    return {"speed: text to records / jieba.lcut": round(ratio, 3)}


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _memory(corpus: Path) -> dict[str, float]:
    few, many = (_peak(corpus, number) for number in (_FEW, _MANY))
    return {f"memory: MB at {_FEW} reports": few, "memory: more at eight times as many": round(many / few, 3)}


def _peak(corpus: Path, number: int) -> float:
    """Peak of a fresh process that reads so many reports, in MB."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_read_many, corpus, number).result()


def _read_many(corpus: Path, number: int) -> float:
    model = load_model()
    for name, data in _generated(corpus, number):
        read_report(data, name=name, report_id=name, source=name, model=model)
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def _generated(corpus: Path, number: int) -> list[tuple[str, bytes]]:
    reports = islice(cycle(load_corpus(corpus).reports), number)
    copies = (augment(report, Shares(), random.Random(i)) for i, report in enumerate(reports))
    return [(f"{i}.txt", copy.text.encode()) for i, copy in enumerate(copies)]


def _machine() -> str:
    return f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"


def _print(
    found: Mapping[str, float], before: Mapping[str, float], version: str, failures: Sequence[str]
) -> None:
    table = Table(title=f"Against the last release, {version}", title_justify="left", box=SIMPLE_HEAD)
    for column in ("figure", "release", "now", ""):
        table.add_column(column, justify="left" if column in ("figure", "") else "right")
    for name, value in found.items():
        old = before.get(name)
        table.add_row(name, "-" if old is None else f"{old:g}", f"{value:g}", "WORSE" * (name in failures))
    console = Console(width=None if sys.stdout.isatty() else 110, markup=False, highlight=False)
    console.print(table)
    console.print("\n".join(f"WORSE THAN THE LAST RELEASE: {name}" for name in failures) or "no figure fell")


if __name__ == "__main__":
    sys.exit(main())
