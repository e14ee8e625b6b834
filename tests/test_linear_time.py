"""Metrics of hostile text: one endless sentence costs no more than its length."""

import time
from statistics import median

import pytest

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
    ratio = median(seconds(long, code) / seconds(short, code) for _ in range(3))
    assert ratio < 24  # eight times the text; sixty-four times the time where it were quadratic


def test_a_sentence_of_200_000_characters_is_read_at_once():
    text = "公开信息12件，" * 25_000
    assert seconds(text, "problems") < 20
