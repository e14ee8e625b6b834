"""Write so many varied reports to a folder, to measure speed and memory on, or to try a large run.

Usage: python scripts/generate_reports.py OUT --number 20000 [--seed 1] [--corpus corpus]

Each is an altered copy of an annotated report of the corpus: other figures, names, channels and
shapes of headings and lines (`gxnlp.augment`). The same number, seed and corpus give the same files.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from gxnlp.augment import Shares, augment
from gxnlp.splits import load_corpus


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the reports; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write varied reports to a folder.")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    options = parser.parse_args(arguments)
    reports = load_corpus(options.corpus).reports
    options.out.mkdir(parents=True, exist_ok=True)
    width = len(str(options.number))
    for number, report in enumerate(islice(cycle(reports), options.number), 1):
        copy = augment(report, Shares(), random.Random(f"{options.seed}/{number}"))
        name = f"{number:0{width}}_{report.id}.txt"
        (options.out / name).write_text(copy.text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
