"""Measure gxnlp against the baselines of its speed targets, both sides interleaved in one process.

Usage: python scripts/bench_speed.py [FILE...] [--rounds 7]      (default: corpus/samples/*)

Text: text in to all records out, by the patterns alone and with the model that ships, against
`jieba.lcut` over the same text (target: 0.5 at most; see docs/performance.md).
PDF: file in to all records out, against pdfplumber's `extract_text` and `extract_tables` over the
same pages (target: 0.2 at most). Each figure is the median over the rounds; lower is faster.
"""

from __future__ import annotations

import argparse
import io
import logging
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
import pdfplumber

from gxnlp.model import Model, load_model
from gxnlp.pipeline import read_report
from gxnlp.quantities import find_quantities


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure gxnlp against jieba and pdfplumber.")
    parser.add_argument("files", nargs="*", type=Path, default=sorted(Path("corpus/samples").glob("*.*")))
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    rounds: int = options.rounds
    model = load_model()
    texts = [_report_text(path) for path in options.files]
    pdfs = [(path.name, path.read_bytes()) for path in options.files if path.suffix.lower() == ".pdf"]
    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("预热")
    out = sys.stdout.write
    out(f"{len(texts)} texts, {sum(map(len, texts))} characters; {len(pdfs)} PDF files\n")
    files = [(f"{i}.txt", text.encode()) for i, text in enumerate(texts)]

    def cut() -> None:
        for text in texts:
            jieba.lcut(text)

    def quantities() -> None:
        for text in texts:
            find_quantities(text)

    out(_ratio("patterns alone / jieba.lcut", lambda: _extract(files, None), cut, rounds))
    if model is None:
        out("no model is in models/default: only the patterns are measured\n")
    else:
        out(_ratio("with the model / jieba.lcut", lambda: _extract(files, model), cut, rounds))
    out(_ratio("find_quantities / jieba.lcut", quantities, cut, rounds))
    if pdfs:
        out(
            _ratio("PDF to records / pdfplumber", lambda: _extract(pdfs, model), lambda: _plumb(pdfs), rounds)
        )


def _report_text(path: Path) -> str:
    report = read_report(path.read_bytes(), name=path.name, report_id=path.stem, source=path.name)
    return report.document.text


def _extract(files: Sequence[tuple[str, bytes]], model: Model | None) -> None:
    for name, data in files:
        read_report(data, name=name, report_id=name, source=name, model=model)


def _plumb(files: Sequence[tuple[str, bytes]]) -> None:
    for _, data in files:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()


def _ratio(name: str, ours: Callable[[], None], baseline: Callable[[], None], rounds: int) -> str:
    pairs = []
    for _ in range(rounds):
        pairs.append((_seconds(ours), _seconds(baseline)))
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    return f"{name:32} {ratio:.3f}   ({mine * 1000:.1f} ms / {theirs * 1000:.1f} ms, {rounds} rounds)\n"


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
