"""Annotated reports: the mark-up that gold is written in, read and written.

A file starts with header lines `#! key: value` (`id`, `agency` and `year`, then any other),
followed by the report as a program would receive it, with marks:

    §code§ level                             alone on a line: the next line is a heading
    ⟦TEXT¦metric¦value¦unit¦key=value,…⟧     a metric mention; keys are those of `DEFAULTS`
    ⟪TEXT¦P1¦topic,topic⟫                    a problem
    ⟪TEXT¦R1¦topic,topic¦P1,P2⟫              a remedy and the problems that it answers

Marks nest, and may run over lines. Nothing else of the text is touched. `agency` may name
alternatives, divided by `|`. Attributes that a mention leaves out have the values of
`DEFAULTS`, its period is the report's year, and an `info_published.part` is a `part`.
"""

from __future__ import annotations

from pathlib import Path

from gxnlp.corpus.gold import DEFAULTS, GoldMetric, GoldReport, GoldSection, GoldStatement
from gxnlp.corpus.parsing import parse_gold
from gxnlp.corpus.writing import write_gold
from gxnlp.errors import CorpusError
from gxnlp.untrusted import read_limited

__all__ = [
    "DEFAULTS",
    "GoldMetric",
    "GoldReport",
    "GoldSection",
    "GoldStatement",
    "parse_gold",
    "read_corpus",
    "read_gold",
    "write_gold",
]


def read_corpus(folder: Path) -> list[GoldReport]:
    """Read every `*.txt` of a folder, sorted by name.

    Raises:
        CorpusError: A report is malformed, or two have the same id; the message names file and line.
    """
    reports: dict[str, GoldReport] = {}
    for path in sorted(folder.glob("*.txt")):
        report = read_gold(path)
        if report.id in reports:
            raise CorpusError(f"{path}:1: id {report.id} stands in another file of the folder too")
        reports[report.id] = report
    return list(reports.values())


def read_gold(path: Path) -> GoldReport:
    """Read one annotated report.

    Raises:
        CorpusError: It is malformed; the message names file and line.
    """
    try:
        raw = read_limited(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from error
    except ValueError as error:
        raise CorpusError(f"{path}: {error}; expected one annotated report") from error
    return parse_gold(raw, name=str(path))
