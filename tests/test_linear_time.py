"""Hostile text costs no more than its length: each pattern by itself, the metrics of an endless sentence."""

import re
import time

import pytest
from patterns_of_the_package import PUMPS, is_searched, own_pumps, patterns

from gxnlp.metrics import find_metrics
from gxnlp.records import Document, ReportInfo, Section

PIECES = [
    "公开信息12件，", "收到申请12件、", "分别公开1件、2件，", "各公开3件，", "12件", "1”", "无申请",
    "全市收到申请5件答复率99%，", "受理投诉3件均已办结，", "较上年增长12%，", "下一步将公开1件，",
]  # fmt: skip


def seconds(text: str, code: str) -> float:
    document = Document.from_text(text)
    section = Section("s1", "", 1, code, "", "", 0, len(text), 0)
    start = time.process_time()
    find_metrics(document, (section,), ReportInfo(agency="某市政府", year=2023))
    return time.process_time() - start


@pytest.mark.parametrize("code", ["overview.proactive", "problems"])
@pytest.mark.parametrize("piece", PIECES)
def test_an_endless_sentence_takes_time_in_proportion_to_its_length(piece, code):
    short, long = (piece * (size // len(piece)) for size in (2_000, 16_000))
    ratio = min(seconds(long, code) / seconds(short, code) for _ in range(3))
    assert ratio < 24  # eight times the text; sixty-four times the time where it were quadratic


def test_a_sentence_of_200_000_characters_is_read_at_once():
    text = "公开信息12件，" * 25_000
    assert seconds(text, "problems") < 20


SHORT, LONG = 500, 2_000
NOTHING = 0.0003
"""Seconds for the long text that no growth can make much of."""


def pattern_seconds(pattern, pump, size, searched):
    text = pump * (size // len(pump) + 1)
    text = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
    start = time.process_time()
    if searched:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.process_time() - start


def test_every_pattern_takes_time_in_proportion_to_the_length_of_its_text():
    found = patterns()
    assert len(found) > 300
    slow = []
    for pattern, name in found.items():
        searched = is_searched(name)
        for pump in (*PUMPS, *own_pumps(pattern)):
            if pattern_seconds(pattern, pump, SHORT, searched) < NOTHING / 16:
                continue  # a quarter of the text in so little: even squared it is nothing
            # Four times the text; sixteen times where it were quadratic. A busy machine is asked again.
            for times in (3, 9):
                short, long = (
                    min(pattern_seconds(pattern, pump, size, searched) for _ in range(times))
                    for size in (SHORT, LONG)
                )
                if long <= max(NOTHING, 8 * short):
                    break
            else:
                slow.append((name, pump[:12], round(long * 1000), round(long / short, 1)))
    assert slow == []


@pytest.mark.parametrize("slow", [r"\s*[，；]", r"[0-9]+个", r"(?:（[^）]*）)*$"])
def test_the_search_for_slow_patterns_finds_them(slow):
    pattern = re.compile(slow)
    growth = [
        pattern_seconds(pattern, pump, LONG, True) / max(pattern_seconds(pattern, pump, SHORT, True), 1e-6)
        for pump in (*PUMPS, *own_pumps(pattern))
    ]
    assert max(growth) > 8


def test_no_group_is_possessive_since_python_3_11_2_matches_those_wrongly():
    # One character or one set of them may be: what fails there is one character long.
    group = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]*\})\+")
    assert group.search("(?:ab|a)*+b") and not group.search(r"\)?+ (?>(?:ab|a)*)b")
    assert {place for pattern, place in patterns().items() if group.search(str(pattern.pattern))} == set()
