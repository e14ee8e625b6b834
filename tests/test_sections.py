"""Sections: constructions as data, invariants as properties, the vocabulary's own examples."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.folding import fold
from gxnlp.layout.tableblocks import find_table_blocks
from gxnlp.records import Document, Interval, Section
from gxnlp.sections import find_sections, missing_sections
from gxnlp.sections.headings import read_vocabulary_file, subsection_code, title_code, vocabulary

CASES = tomllib.loads((Path(__file__).parent / "data/sections/cases.toml").read_text(encoding="utf-8"))[
    "case"
]
VOCABULARY = read_vocabulary_file()


def sections_of(text: str) -> tuple[Section, ...]:
    return find_sections(Document.from_text(text, tables=tuple(find_table_blocks(fold(text)))))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_construction(case):
    text = case["text"].lstrip("\n")
    found = [s for s in sections_of(text) if s.code != "preamble"]
    printed = [f"{s.level} {s.code} {text[s.start : s.start + 40]}" for s in found]
    assert len(found) == len(case["expect"]), printed
    for got, want in zip(printed, case["expect"], strict=True):
        assert got.startswith(want)
    audits = {text[s.start : s.start + 40]: s.audit for s in found if s.audit != "ok"}
    wanted = case.get("audit", {})
    if "audit" in case:
        assert sorted(audits.values()) == sorted(wanted.values()), audits
        for start, audit in wanted.items():
            assert [a for heading, a in audits.items() if heading.startswith(start)] == [audit]
    if "last_ends_with" in case:
        assert text[: found[-1].end].endswith(case["last_ends_with"])


@pytest.mark.parametrize(
    ("code", "title"), [(t["code"], e) for t in VOCABULARY["title"] for e in t["examples"]]
)
def test_title_example_has_its_code(code, title):
    assert title_code(fold(title)) == code


@pytest.mark.parametrize(
    ("code", "title"), [(s["code"], e) for s in VOCABULARY["subsection"] for e in s["examples"]]
)
def test_subsection_example_has_its_code(code, title):
    assert (
        subsection_code(fold(title)) in (code, "")
        if code == "overview.other"
        else (subsection_code(fold(title)) == code)
    )


@pytest.mark.parametrize("title", VOCABULARY["bare"]["examples"])
def test_bare_example_is_known(title):
    words = vocabulary()
    assert words.bare_overview.fullmatch(title) or words.bare_problems.fullmatch(title)


@pytest.mark.parametrize("title", VOCABULARY["bare"]["not_examples"])
def test_bare_counterexample_is_not_known(title):
    words = vocabulary()
    assert not words.bare_overview.fullmatch(title)
    assert not words.bare_problems.fullmatch(title)


def test_heading_lines_of_the_source_are_taken():
    text = "一、总体情况\n平稳。\n健全领导体制\n局长任组长。\n五、存在的问题及改进情况\n人手少。\n"
    start = text.index("健全领导体制")
    document = Document(text=text, folded=fold(text), headings=(Interval(start, start + 6),))
    assert [(s.level, s.code) for s in find_sections(document)] == [
        (1, "overview"),
        (2, "overview.organization"),
        (1, "problems"),
    ]


def test_title_is_printed_without_number_break_or_stop():
    found = sections_of("五、存在的主要问题及改\n进情况\n（一）存在的问题。人手少，更新慢，解读少。\n")
    assert [(s.number, s.title) for s in found] == [
        ("五", "存在的主要问题及改进情况"),
        ("（一）", "存在的问题"),
    ]


def test_headings_inside_tables_are_cells():
    rows = "一、本年新收政府信息公开申请数量\t1\t1\n四、结转下年度继续办理\t0\t0\n"
    text = "三、收到和处理政府信息公开申请情况\n" + rows
    assert [s.number for s in sections_of(text)] == ["三"]


def test_preamble_starts_at_the_title_line_and_not_inside_a_sentence():
    page = "首页 > 年报\n"
    report = "青柳县档案局2022年政府信息公开工作年度报告\n根据条例编制。\n一、总体情况\n平稳。\n"
    found = sections_of(page + report)[0]
    assert (found.code, found.start, found.title) == ("preamble", len(page), report.split("\n")[0])
    quoted = "现发布《青柳县档案局2022年政府信息公开工作年度报告》。\n一、总体情况\n平稳。\n"
    assert (sections_of(quoted)[0].start, sections_of(quoted)[0].title) == (0, "")


def test_missing_sections_are_named_in_statutory_order():
    found = sections_of("一、总体情况\n平稳。\n五、存在的主要问题及改进情况\n人手少。\n")
    assert missing_sections(found) == ("proactive", "applications", "review", "other")


HEADINGS = [
    "一、总体情况",
    "（一）主动公开。",
    "二、主动公开政府信息情况",
    "五、存在的主要问题及改进情况",
    "存在的问题",
    "1.解读偏少。",
    "一是",
    "六、",
]
PIECES = st.lists(
    st.sampled_from(
        [*HEADINGS, "\n", " ", "。", "全年公开信息32条", "详见“", "# ", "**", "\t1\t0\n", "规章 0 0 0 "]
    ),
    max_size=30,
)


@given(PIECES)
@settings(max_examples=80, deadline=None)
def test_tree_is_sound(pieces):
    text = "".join(pieces)
    found = sections_of(text)
    by_id = {s.section_id: s for s in found}
    assert len(by_id) == len(found)
    assert [s.start for s in found] == sorted(s.start for s in found)
    for section in found:
        assert 0 <= section.start <= section.heading_end <= section.end <= len(text)
        assert 1 <= section.level <= 4
        if section.parent_id:
            parent = by_id[section.parent_id]
            assert parent.level < section.level
            assert parent.start <= section.start
            assert section.end <= parent.end


@pytest.mark.parametrize(
    "unit",
    ["一、", "（一）", "一、总体情况\n", "\n", "政府信息公开", "（一）主动公开。", "1.甲\n", "附件：", "#"],
)
def test_time_is_linear(unit):
    text = unit * (60_000 // len(unit))
    document = Document.from_text(text)
    start = time.process_time()
    find_sections(document)
    assert time.process_time() - start < 2


def test_no_pattern_of_the_vocabulary_is_idle():
    for title in VOCABULARY["title"]:
        squeezed = ["".join(fold(example).split()) for example in title["examples"]]
        for pattern in title.get("strict", []):
            assert any(re.match(pattern, example) for example in squeezed), pattern
