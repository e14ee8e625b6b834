"""Time `find_quantities` against `jieba.lcut` over the texts of a folder, interleaved.

    python scripts/bench_quantities.py FOLDER [ROUNDS]

Prints the median over the rounds of each, in milliseconds for the whole folder, and their ratio.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from gxnlp.folding import fold
from gxnlp.quantities import find_quantities


def _seconds(work: Callable[[str], object], texts: list[str]) -> float:
    begun = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - begun


def main(folder: Path, rounds: int) -> None:
    """Run the rounds and print medians and ratio."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    works: list[Callable[[str], object]] = [jieba.lcut, find_quantities, fold]
    for work in works:
        work(texts[0])
    times: list[list[float]] = [[], [], []]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            taken.append(_seconds(work, texts))
    cut, find, folding = (1000 * statistics.median(taken) for taken in times)
    found = sum(len(find_quantities(text)) for text in texts)
    sys.stdout.write(
        f"{len(texts)} texts, {sum(map(len, texts))} characters, {found} quantities\n"
        f"jieba.lcut {cut:.1f} ms, find_quantities {find:.1f} ms (folding {folding:.1f} ms of it), "
        f"ratio {find / cut:.3f}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 9)
