"""Metrics of marked sentences, of whole samples, and what holds of any text."""

from __future__ import annotations

import os
import re
import time
from decimal import Decimal

import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from metric_cases import AGENCY, FOLDER, TITLE, YEAR, cases, known, parse, read, row, rows, section_of

from gxnlp.metrics import find_metrics
from gxnlp.pipeline import read_report
from gxnlp.records import Document, Interval, Metric, ReportInfo, Section

CASES = list(cases())
# Those that may stand in one text; figures that add up would add up with those of others.
SENTENCES = [sentence for told, agency, sentence in CASES if agency == AGENCY and "figures" not in told]
INFO = ReportInfo(agency=AGENCY, year=YEAR)
GOLDEN = ("huochuan_emergency_2022_wrapped.txt", "xiaxun_tax_2024.md", "raojin_market_2022.pdf")


@pytest.mark.parametrize(
    ("agency", "sentence"),
    [
        pytest.param(agency, sentence, id=f"{construction}-{sentence[:24]}")
        for construction, agency, sentence in CASES
    ],
)
def test_a_sentence_gives_its_marks_and_nothing_else(agency, sentence):
    gold, sections = parse(sentence, agency)
    assert rows(read(gold, sections)) == rows(gold.metrics)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(sentence, id=sentence[:24], marks=pytest.mark.xfail(reason=reason, strict=True))
        for sentence, reason in known()["sentence"].items()
    ],
)
def test_a_sentence_that_is_known_to_be_read_wrongly(sentence):
    gold, sections = parse(sentence)
    assert rows(read(gold, sections)) == rows(gold.metrics)


def test_no_case_stands_twice():
    sentences = [*known()["sentence"], *(sentence for _, _, sentence in CASES)]
    assert len(sentences) == len(set(sentences))
    assert len(CASES) > 100


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_rows_of_a_sample(name):
    """Every row of a sample, the patterns alone; how to write them anew stands in the cases' README."""
    path = SAMPLES / name
    report = read_report(path.read_bytes(), name=name, report_id=path.stem, source=name)
    found = [
        f"{m.section_code}: {row(m, report.info.year).partition(' ')[2]} | {m.detail}".rstrip(" |")
        for m in report.metrics
    ]
    golden = FOLDER / "golden" / f"{path.stem}.txt"
    if os.environ.get("GXNLP_GOLDEN") == "write":
        golden.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8").splitlines()


def report_of(preamble, table, sentences):
    """A report with a preamble and a table of the same kind of sentences as its narrative."""
    parts = [f"{AGENCY}年度报告\n{preamble}\n", f"{TITLE}\n" + "\n".join(sentences[::2]) + "\n", f"{table}\n"]
    text = "".join(parts) + "\n".join(sentences[1::2])
    begin, cut = len(parts[0]), len(parts[0]) + len(parts[1])
    sections = (
        Section("s0", "", 1, "preamble", "", "", 0, begin, 0),
        Section("s1", "", 1, "overview", "一", TITLE, begin, len(text), begin + len(TITLE)),
    )
    return Document.from_text(text, tables=(Interval(cut, cut + len(parts[2])),)), sections


plain = st.sampled_from(SENTENCES).map(lambda case: parse(case)[0].text.split("\n", 1)[1])


@settings(max_examples=60)
@given(plain, plain, st.lists(plain, min_size=1, max_size=6))
def test_rows_are_grounded_in_the_narrative(preamble, table, sentences):
    document, sections = report_of(preamble, table, sentences)
    found = find_metrics(document, sections, INFO)
    places = [(m.start, m.end) for m in found]
    assert places == sorted(places)
    assert len({m.metric_id for m in found}) == len(found)
    ids = {m.metric_id for m in found}
    for metric in found:
        assert document.text[metric.start : metric.end] == metric.text != ""
        assert metric.sentence.start <= metric.start < metric.end <= metric.sentence.end
        assert metric.part_of in ids | {""}
        assert all(metric.end <= t.start or t.end <= metric.start for t in document.tables)


@settings(max_examples=60)
@given(st.lists(plain, min_size=1, max_size=4))
def test_the_same_report_gives_the_same_rows(sentences):
    document, sections = report_of("", "", sentences)
    assert find_metrics(document, sections, INFO) == find_metrics(document, sections, INFO)


FIGURE = re.compile(r"[0-9][0-9,.]*")


def turned(text, by):
    """A text with each digit but 0 turned on by so many among 1 to 9."""
    return re.sub("[1-9]", lambda digit: str((int(digit[0]) - 1 + by) % 9 + 1), text)


def figure_of(text):
    """The figure of a mark with one number in Arabic digits, else `None`."""
    found = FIGURE.findall(text)
    return Decimal(found[0].replace(",", "")) if len(found) == 1 else None


def without_figures(metric: Metric) -> str:
    """What of a row does not depend on its figure."""
    text, value = metric.text, "" if metric.value is None else format(Decimal(metric.value).normalize(), "f")
    span, rest = row(metric).split(" ", 1)
    return f"{span} " + rest.replace(text, re.sub("[1-9]", "#", text), 1).replace(f" {value} ", " # ")


@settings(max_examples=80)
@given(st.sampled_from(SENTENCES), st.integers(1, 8))
def test_other_figures_change_the_values_alone(case, by):
    gold, sections = parse(case)
    text = gold.text
    for metric in gold.metrics:
        text = text[: metric.start] + turned(metric.text, by) + text[metric.end :]
    before = read(gold, sections)
    after = find_metrics(Document.from_text(text), sections, INFO)
    assert [without_figures(m) for m in after] == [without_figures(m) for m in before]
    for old, new in zip(before, after, strict=True):
        one, other = figure_of(old.text), figure_of(new.text)
        if one is not None and other is not None and old.value is not None and not old.implied:
            assert new.value * one == old.value * other


@pytest.mark.parametrize(
    "piece",
    [
        "公开信息12条，",
        "收到申请3件、",
        "分别发布3条、",
        "微信、微博各3条、",
        "办结率、满意率均为3%、",
        "其中5件（占3%）；",
        "未收到申请3件，均已办结，",
    ],
)
def test_a_sentence_of_three_thousand_numbers_takes_linear_time(piece):
    def seconds(times):
        text = f"{TITLE}\n{piece * times}。"
        section = section_of(text, "overview.on_request")
        begun = time.process_time()
        find_metrics(Document.from_text(text), (section,), INFO)
        return time.process_time() - begun

    seconds(10)
    assert seconds(3000) < 8 * seconds(750) + 0.5


def test_a_chain_of_negations_gives_each_its_noun():
    """Rows, and time, of a sentence grow with its length."""
    text = f"{TITLE}\n" + "未收到申请和" * 40
    found = find_metrics(Document.from_text(text), (section_of(text, "overview.on_request"),), INFO)
    assert len(found) == 40


def test_a_part_told_in_another_sentence_is_not_larger_than_its_whole():
    text = (
        "一、总体情况\n（一）主动公开。全年公开政府信息100条，其中工作动态160条。\n"
        "各乡镇公开政府信息90条。主要类别为：政策法规类120条，通知公告类20条。\n"
    )
    document = Document.from_text(text)
    section = Section("s1", "", 1, "overview", "", "", 0, len(text), 7)
    metrics = find_metrics(document, (section,), INFO)
    by_id = {metric.metric_id: metric for metric in metrics}
    for metric in metrics:
        whole = by_id.get(metric.part_of)
        if whole is not None and whole.sentence != metric.sentence:
            assert metric.value <= whole.value
    assert by_id[next(m.part_of for m in metrics if m.value == 160)].value == 100


def test_ways_told_in_the_first_subsection_are_parts_of_the_total_that_opens_the_section():
    text = (
        "青禾县水务局2023年政府信息公开工作年度报告\n一、总体情况\n通过网站和新媒体共推送信息195条。\n"
        "（一）主动公开\n通过县政府门户网站公开信息119条；通过微信公众号推送信息76条。\n"
        "（二）依申请公开\n未收到申请。\n"
    )
    report = read_report(text.encode(), name="a.txt", report_id="a", source="a", model=None)
    measures = [(str(m.value), m.measure) for m in report.metrics if m.metric == "info_published"]
    assert measures == [("195", "total"), ("119", "part"), ("76", "part")]


def test_a_report_with_no_heading_is_read_but_not_its_page_lines():
    lines = "发布时间：2024-01-19　来源：县水务局　浏览次数：163次\n"
    text = f"{AGENCY}2023年政府信息公开工作年度报告\n{lines}全年公开信息90条，收到申请2件。\n"
    report = read_report(text.encode(), name="a.txt", report_id="a", source="a")
    assert [(m.metric, m.text) for m in report.metrics] == [
        ("info_published", "90条"),
        ("applications_received", "2件"),
    ]


def test_a_preamble_holds_figures_but_none_of_those_that_tell_of_the_report():
    told = "本报告根据42个部门公开信息编制。\n收到申请2件。\n一、总体情况\n公开信息90条。\n"
    text = f"{AGENCY}2023年政府信息公开工作年度报告\n{told}"
    report = read_report(text.encode(), name="a.txt", report_id="a", source="a")
    assert [m.text for m in report.metrics] == ["2件", "90条"]
