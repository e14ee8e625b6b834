"""What printers and pages do to a text changes no reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

from gxnlp.pipeline import read_report
from gxnlp.splits import load_corpus

CORPUS = Path(__file__).parent.parent / "corpus"
EVERY = 12
"""Of the annotated reports for training every twelfth, some 15 reports with 400 metrics."""
_BY_DIGITS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])")
_RADICALS = str.maketrans(
    "一二人大工文日月方行力面用生立自高比手户心小子十口土",
    "⼀⼆⼈⼤⼯⽂⽇⽉⽅⾏⼒⾯⽤⽣⽴⾃⾼⽐⼿⼾⼼⼩⼦⼗⼝⼟",
)
_FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")
_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")


def _prose(change: Callable[[str], str]) -> Callable[[str], str]:
    """The change on lines that are no rows of a table."""
    return lambda text: "\n".join(
        line if "|" in line or "\t" in line else change(line) for line in text.split("\n")
    )


def _gaps(text: str) -> str:
    random = Random(7)
    within = re.compile(r"(?<=[\u4e00-\u9fff，。、；])(?=[\u4e00-\u9fff])")
    return within.sub(lambda _: " " if random.random() < 0.03 else "", text)


SETTINGS: dict[str, tuple[Callable[[str], str], float]] = {
    "blanks around digits": (_prose(lambda line: _BY_DIGITS.sub(" ", line)), 0.995),
    "gaps of justified lines": (_prose(_gaps), 0.99),
    "radicals of fonts": (lambda text: text.translate(_RADICALS), 1.0),
    "full-width digits": (lambda text: text.translate(_FULL_WIDTH), 0.995),
    "half-width marks": (lambda text: text.translate(_HALF_WIDTH), 1.0),
    "straight quotes": (lambda text: re.sub("[“”]", '"', text), 0.995),
    "colons of ratios": (lambda text: text.replace("：", "∶"), 1.0),
    "blank lines": (lambda text: text.replace("\n", "\n\n"), 1.0),
    "blanks without a break": (lambda text: text.replace(" ", "\xa0").replace("\u3000", "\xa0\xa0"), 0.995),
    "bullets of symbol fonts": (_prose(lambda line: f"\uf06c{line}" if line else line), 0.995),
}


@cache
def _texts() -> tuple[str, ...]:
    return tuple(report.text for report in list(load_corpus(CORPUS).select(["train"]))[::EVERY])


def _rows(text: str) -> Counter[tuple[str, ...]]:
    report = read_report(text.encode(), name="a.txt", report_id="a", source="a", kind="annual_report")
    return Counter(
        (m.metric, str(m.value), m.unit, m.aspect, m.measure, m.scope, m.channel) for m in report.metrics
    )


@cache
def _plain_rows() -> tuple[Counter[tuple[str, ...]], ...]:
    return tuple(map(_rows, _texts()))


@pytest.mark.parametrize("name", SETTINGS)
def test_the_setting_of_a_report_changes_no_reading(name):
    change, least = SETTINGS[name]
    rows = [_rows(change(text)) for text in _texts()]
    same = sum((a & b).total() for a, b in zip(_plain_rows(), rows, strict=True))
    both = sum(a.total() + b.total() for a, b in zip(_plain_rows(), rows, strict=True))
    assert sum(a.total() for a in _plain_rows()) > 200
    assert 2 * same / both >= least
