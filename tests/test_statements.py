"""Problems and remedies: the wording data's own examples, then whole sections in `data/statements`.

The section files are annotated by the guideline: cases part by `=== name`, in the mark-up of the corpus.
"""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.corpus import parse_gold
from gxnlp.folding import fold
from gxnlp.ontology import default_ontology
from gxnlp.records import Document, Interval, Section
from gxnlp.sections import find_sections
from gxnlp.statements import find_statements
from gxnlp.statements.topics import pick_topics, score_topics, topic_rows
from gxnlp.statements.units import read_units
from gxnlp.statements.wording import groups, heading_label, wording

WORDING = [
    pytest.param(row["name"], text, expected, id=f"{row['name']}-{text}")
    for row in groups()
    for key, expected in (("examples", True), ("counter", False))
    for text in row[key]
]
HEADER = "#! id: case\n#! agency: 某局\n#! year: 2023\n"
PROBLEMS = "五、存在的主要问题及改进情况\n"


def read_cases():
    for path in sorted((Path(__file__).parent / "data" / "statements").glob("*.txt")):
        for case in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = case.partition("\n")
            yield name, parse_gold(HEADER + body, name=name)


CASES = dict(read_cases())


def sections_of(report):
    """Sections of level 1, as the outline gives them: the title of a heading line, glued text behind it."""
    starts = [s.start for s in report.sections]
    for number, (section, end) in enumerate(
        zip(report.sections, [*starts[1:], len(report.text)], strict=True)
    ):
        title = re.match(r"([一-鿿]、)([^（\n]*)", section.title)
        heading_end = section.start + title.end()
        yield Section(
            f"s{number}", "", section.level, section.code, title[1], title[2], section.start, end, heading_end
        )


def find_in(report):
    return find_statements(Document.from_text(report.text), tuple(sections_of(report)))


def statements_of(text, *, tables=()):
    """Statements of the body of a section `problems`."""
    text = PROBLEMS + text
    section = Section("s0", "", 1, "problems", "五", PROBLEMS[2:-1], 0, len(text), len(PROBLEMS))
    return find_statements(Document.from_text(text, tables=tables), (section,))


@pytest.mark.parametrize(("name", "text", "expected"), WORDING)
def test_a_group_of_words_finds_its_examples_only(name, text, expected):
    use = next(row["use"] for row in groups() if row["name"] == name)
    find = getattr(wording()[name], use)
    assert bool(find(fold(text))) is expected


@pytest.mark.parametrize("row", topic_rows()["topic"], ids=lambda row: row["code"])
def test_a_topic_is_found_in_its_examples(row):
    for text in row["examples"]:
        assert row["code"] in pick_topics(score_topics(fold(text)))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("公开内容不够及时", False),
        ("发布内容更新偏慢", False),
        ("信息公开内容的时效性不强", False),
        ("公开内容不够全面、及时", True),
        ("公开内容有待丰富，更新不够及时", True),
    ],
)
def test_content_that_is_late_is_of_when_and_not_of_what(text, content):
    scores = score_topics(fold(text))
    assert "timeliness" in scores
    assert ("content" in scores) is content


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("公开不够主动", "awareness"),
        ("公开不够规范", "standardization"),
        ("公开不够充分", "content"),
        ("气象数据开放不够", "digital"),
        ("征地公告没有及时上传", "content"),
        ("公开内容方式较为单一", "channels"),
        ("公开的内容还需进一步规范", "standardization"),
        ("个别栏目长时间没有新内容", "timeliness"),
        ("网站未提供文件下载功能", "platform"),
        ("信息审批环节过多", "mechanism"),
        ("信息化建设滞后", "digital"),
        ("群众对公开制度了解不多", "publicity"),
        ("少数单位负责人询问政务公开工作少，思想不重视", "awareness"),
    ],
)
def test_what_is_not_enough_decides(text, topic):
    assert pick_topics(score_topics(fold(text)))[0] == topic


def test_every_topic_of_the_ontology_has_words():
    assert {row["code"] for row in topic_rows()["topic"]} == set(default_ontology().topics)


@pytest.mark.parametrize("name", CASES)
def test_a_section_is_cut_into_its_statements(name):
    report = CASES[name]
    expected = [(s.role, s.text) for s in report.statements]
    assert [(s.role, s.text) for s in find_in(report)] == expected


@pytest.mark.parametrize("name", CASES)
def test_a_remedy_answers_its_problems(name):
    report = CASES[name]
    texts = {s.id: s.text for s in report.statements}
    expected = {(s.text, texts[a]) for s in report.statements for a in s.answers}
    found = find_in(report)
    texts = {s.statement_id: s.text for s in found}
    assert {(s.text, texts[a]) for s in found for a in s.answers} == expected


def test_topics_of_the_sections_are_mostly_right():
    right = found = expected = 0
    for report in CASES.values():
        topics = {s.text: set(s.topics) for s in find_in(report)}
        for statement in report.statements:
            got = topics.get(statement.text, set())
            right += len(got & set(statement.topics))
            found += len(got)
            expected += len(statement.topics)
    assert 2 * right / (found + expected) >= 0.8


def test_a_table_of_problems_is_read_by_its_columns():
    table = (
        "| 序号 | 存在问题 | 原因 | 改进措施 | 进度 |\n| 1 | 图解少 | 缺少专人 | 每季度制作图解 | 已完成 |\n"
        "| 2 | 渡口公告更新不及时 | 审核环节多 | 精简审核环节 | 已完成 |\n"
        "| 3 | | | 公告由值班员当日张贴 | 持续推进 |\n"
    )
    text = "查找的问题和改进措施如下表：\n" + table + "下一步，我局将加强培训。"
    start = len(PROBLEMS) + text.index(table)
    found = statements_of(text, tables=(Interval(start, start + len(table)),))
    assert [(s.statement_id, s.text, s.answers) for s in found] == [
        ("P1", "图解少", ()),
        ("R1", "每季度制作图解", ("P1",)),
        ("P2", "渡口公告更新不及时", ()),
        ("R2", "精简审核环节", ("P2",)),
        ("R3", "公告由值班员当日张贴", ("P2",)),
        ("R4", "加强培训", ()),
    ]


def test_a_table_of_figures_is_not_read():
    table = "申请情况 | 数量\n本年新收不予公开 | 2\n"
    text = "一是栏目更新不及时；二是人员不足。\n" + table + "下一步，我局将加强培训，充实人员。"
    start = len(PROBLEMS) + text.index(table)
    found = statements_of(text, tables=(Interval(start, start + len(table)),))
    assert [s.text for s in found] == ["栏目更新不及时", "人员不足", "加强培训，充实人员"]


def test_traditional_and_full_width_characters_are_read_as_printed():
    found = statements_of("存在問題：１．資訊更新不及時；２．解讀形式單一。改進措施：１．建立每週更新制度。")
    assert [s.text for s in found] == ["資訊更新不及時", "解讀形式單一", "建立每週更新制度"]
    assert found[0].topics == ("timeliness",)


def test_a_statement_knows_its_innermost_section():
    text = "五、存在的问题及改进情况\n（一）存在的问题\n1.公开渠道单一。\n（二）改进措施\n1.增设公告栏。\n"
    sections = find_sections(Document.from_text(text))
    found = find_statements(Document.from_text(text), sections)
    by_id = {section.section_id: section for section in sections}
    assert [(s.statement_id, by_id[s.section_id].title) for s in found] == [
        ("P1", "存在的问题"),
        ("R1", "改进措施"),
    ]
    assert {s.section_code for s in found} == {"problems"}


def test_without_sections_an_announced_list_is_still_found():
    text = "总体情况良好。但仍存在以下问题：一是公开内容不全面；二是答复不规范。\n"
    assert [s.text for s in find_statements(Document.from_text(text), ())] == ["公开内容不全面", "答复不规范"]


def test_finding_problems_elsewhere_needs_a_list():
    text = "加强督促检查，及时整改存在的问题。各单位自查发现问题12个，均已整改。"
    assert find_statements(Document.from_text(text), ()) == ()


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("存在的主要问题", "problem"),
        ("2022年度问题整改情况", "mixed"),
        ("下一步工作打算", "remedy"),
        ("优化政务公开工作", None),
        ("原因分析", "neutral"),
        ("针对上述问题", "remedy"),
        ("政策解读", None),
    ],
)
def test_a_heading_announces_what_it_is_made_of(title, label):
    assert heading_label(title) == label


def test_numbers_in_the_text_are_no_list_marks():
    text = fold("全年办理2.5万件，其中3、5两个月最多，共1.2万条。第二十条第（一）项要求公开。")
    assert [unit.mark for unit in read_units(text, 0, len(text))] == [None, None]


PIECES = st.lists(
    st.sampled_from(
        re.split(
            "[|]",
            "一是|二是|（一）|1.|第一，|问题一：|存在|等问题|不够|不足|更新不及时|加强培训|下一步，|针对|问题，|已通过|解决|"
            "2022年提出的|“|”|（|）|。|；|：|，|、|\n|\n\n|存在的问题：|改进措施：|我局将|但|虽然|加之|同时|无|公开|"
            "政策解读|●|——",
        )
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_whatever_the_text_statements_stand_in_it(pieces):
    text = "".join(pieces)
    found = statements_of(text)
    problems = {s.statement_id for s in found if s.role == "problem"}
    whole = PROBLEMS + text
    for statement in found:
        assert whole[statement.start : statement.end] == statement.text == statement.text.strip(" \n，。；、")
        assert 1 <= len(statement.topics) <= 2
        assert set(statement.answers) <= (problems if statement.role == "remedy" else set())
        assert 0 <= statement.confidence <= 1
    assert all(before.end <= behind.start for before, behind in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    [
        "存在公开不够，",
        "一是",
        "“",
        "针对问题，",
        "已通过加强解决",
        "工作",
        "1、\n",
        "不及时、",
        "首先，",
        "（一）",
    ],
)
def test_time_grows_with_the_length_only(piece):
    def seconds(times):
        started = time.process_time()
        statements_of(piece * times)
        return time.process_time() - started

    seconds(10)
    assert seconds(4000) < 3
