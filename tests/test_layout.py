"""Layout: pages to one normalised text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.folding import fold
from gxnlp.layout import normalise
from gxnlp.layout.settings import first_token
from gxnlp.reading import read
from gxnlp.records import Document, Line, Page

ROOT = Path(__file__).parent
SAMPLES = sorted((ROOT.parent / "corpus" / "samples").glob("*_*.*"))
CASES = tomllib.loads((ROOT / "data" / "layout" / "texts.toml").read_text(encoding="utf-8"))["case"]


def document_of(text: str) -> Document:
    reading = read(text.encode(), name="report.txt")
    return normalise(reading.pages, paged=reading.paged)


def pages_of(*texts: str) -> tuple[Page, ...]:
    return tuple(
        Page(number, tuple(Line(line) for line in text.split("\n"))) for number, text in enumerate(texts, 1)
    )


def box_line(
    text: str, *, x: float = 72.0, top: float = 100.0, size: float = 12.0, table: bool = False
) -> Line:
    """A line of square characters from `x` on."""
    boxes = tuple((x + i * size, top, x + (i + 1) * size, top + size) for i in range(len(text)))
    return Line(text, boxes=boxes, table=table)


@pytest.mark.parametrize("case", CASES, ids=[case["guards"] for case in CASES])
def test_texts_become_the_lines_expected(case):
    assert document_of(case["text"]).text.split("\n") == case["lines"]


# --- tables ---------------------------------------------------------------------------------


def test_tab_rows_stay_as_they_are_and_are_set_apart():
    rows = "第二十条第（五）项\t\n信息内容\t本年处理决定数量\n行政许可\t36"
    document = document_of(f"二、主动公开政府信息情况\n\n{rows}\n\n三、收到和处理政府信息公开申请情况")
    (table,) = document.tables
    assert document.text[table.start : table.end] == rows
    assert document.text.split("\n")[-1] == "三、收到和处理政府信息公开申请情况"


def test_a_page_number_within_a_table_does_not_cut_it():
    document = document_of("信息内容\t本年处理决定数量\n行政许可\t36\n\n- 3 -\n\n行政处罚\t4\n行政强制\t0")
    (table,) = document.tables
    assert "3" not in document.text[table.start : table.end].replace("36", "")
    assert document.text[table.start : table.end].endswith("行政强制\t0")


def test_rows_ruled_by_the_source_are_a_table_whatever_they_hold():
    lines = (box_line("负责单位\t电话", table=True), box_line("办公室\t无", top=120, table=True))
    document = normalise([Page(1, lines, 595, 842)], paged=True)
    (table,) = document.tables
    assert document.text[table.start : table.end] == "负责单位\t电话\n办公室\t无"


def test_the_cut_end_of_a_heading_is_no_cell_of_the_table_below_it():
    body = (
        "全局上下把公开作为日常工作，年初定计划，年中\n看进度，年末比成效，没有一项工作落在后面，都\n"
        "按时办结，收到的申请均在法定期限内作出了答复\n，没有延期的情况，没有一件引起群众投诉和举报\n"
        "，也没有引起复议和诉讼，公众的评价也比较好。\n"
    )
    cells = "\n".join(
        ["行政复议", "行政诉讼", *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], *"00000"]
    )
    text = document_of(f"{body}四、因政府信息公开被申请行政复议、行政诉讼情\n况\n{cells}").text
    assert "四、因政府信息公开被申请行政复议、行政诉讼情况\n行政复议" in text


# --- furniture --------------------------------------------------------------------------------


def test_running_heads_go_but_the_title_stays():
    head = "青禾县水利局年度报告"
    pages = pages_of(*(f"{head}\n第{n}节的正文讲一件事，讲完就停。\n第{n}页 共4页" for n in "一二三四"))
    text = normalise(pages, paged=True).text
    assert text.split("\n") == [head, *(f"第{n}节的正文讲一件事，讲完就停。" for n in "一二三四")]


def test_rows_of_figures_at_the_top_of_pages_are_no_running_heads():
    pages = pages_of(*("0 0 0 0 0 0 0\n四类过程性信息讲一件事，讲完就停。" for _ in range(4)))
    assert normalise(pages, paged=False).text.count("0 0 0 0 0 0 0") == 4


def test_a_title_printed_twice_on_one_page_is_no_running_head():
    title = "青禾县水利局2022年政府信息公开工作年度报告"
    text = document_of(f"{title}\n{title}\n一、总体情况\n全年平稳。\n\n- 1 -\n\n二、其他\n无。").text
    assert text.count(title) == 2


def test_bare_numbers_at_a_page_foot_go_and_others_stay():
    def page(number: int) -> Page:
        body = (
            box_line("本年度收到申请多少件如下"[number:], top=100 + number),
            box_line("件数如下：", top=120),
        )
        counts = (box_line(str(7 * number), top=140), box_line("到此为止。", top=150 + 10 * number))
        return Page(number, (*body, *counts, box_line(str(number), x=290, top=800)), 595, 842)

    text = normalise([page(1), page(2), page(3)], paged=True).text
    assert [line for line in text.split("\n") if line.isdigit()] == ["7", "14", "21"]


def test_numbers_of_one_cell_a_line_tables_are_no_page_numbers():
    cells = ["行政许可", "1", "行政处罚", "2", "行政强制", "3"]
    assert document_of("\n\n".join(cells)).text.replace("\n", " ").split() == cells


# --- pages with boxes ---------------------------------------------------------------------------


def test_lines_of_a_page_join_by_its_right_edge():
    full = "甲" * 30
    lines = (
        box_line("　　" + full[2:], top=100),
        box_line(full, top=120),
        box_line("乙乙乙，到此为止。", top=140),
        box_line("丙丙丙另起一段。", top=160),
    )
    text = normalise([Page(1, lines, 595, 842)], paged=True).text
    assert text.split("\n") == [full[2:] + full + "乙乙乙，到此为止。", "丙丙丙另起一段。"]


def test_a_centred_title_in_two_lines_is_one():
    body = tuple(box_line("正文" * 15, top=200 + 20 * i) for i in range(4))
    title = (
        box_line("青禾县人民政府", x=175, top=80, size=22),
        box_line("年度公开报告书", x=175, top=110, size=22),
    )
    text = normalise([Page(1, (*title, *body), 595, 842)], paged=True).text
    assert text.startswith("青禾县人民政府年度公开报告书\n正文")


def test_pages_start_where_their_first_character_stands_even_within_a_paragraph():
    full = "甲" * 30
    first = Page(1, tuple(box_line(full, top=100 + 20 * i) for i in range(3)), 595, 842)
    second = Page(
        2, (box_line("乙乙，完。"), *(box_line(full, top=120 + 20 * i) for i in range(3))), 595, 842
    )
    document = normalise([first, second], paged=True)
    assert document.text[document.page_starts[1]] == "乙"
    assert document.page_at(document.page_starts[1] - 1) == 1
    assert document.page_at(document.page_starts[1]) == 2


def test_an_empty_page_starts_where_the_next_one_does():
    pages = [
        Page(1, (box_line("甲甲。"),), 595, 842),
        Page(2, (), 595, 842),
        Page(3, (box_line("乙乙。"),), 595, 842),
    ]
    assert normalise(pages, paged=True).page_starts == (0, 4, 4)


def test_no_pages_are_an_empty_document():
    assert normalise([], paged=True) == Document(text="", folded="")


def test_a_text_has_no_pages_and_no_boxes():
    document = document_of("甲甲。\x0c乙乙。")
    assert document.page_starts == () and document.boxes is None
    assert document.text == "甲甲。\n乙乙。"


def test_each_character_keeps_its_box():
    lines = (box_line(" 甲甲 ", x=60), box_line("乙", top=130))
    document = normalise([Page(1, lines, 595, 842)], paged=True)
    assert document.text == "甲甲\n乙"
    assert document.boxes is not None
    assert [box and box[:2] for box in document.boxes] == [(72, 100), (84, 100), None, (72, 130)]


# --- joins ------------------------------------------------------------------------------------


def test_headings_of_the_source_are_kept_apart_and_noted():
    document = document_of("# 青禾县年度报告\n**主动公开**\n全年公开88条。")
    assert [document.text[h.start : h.end] for h in document.headings] == ["青禾县年度报告", "主动公开"]


def test_a_comma_between_digits_that_a_line_break_parted_folds_as_in_one_number():
    lines = tuple(
        box_line(text, top=100 + 20 * i)
        for i, text in enumerate(("甲" * 28 + "1,", "286条" + "甲" * 26, "甲" * 30))
    )
    document = normalise([Page(1, lines, 595, 842)], paged=True)
    assert "1,286条" in document.text
    assert document.folded == fold(document.text)


def _wrapped(paragraphs: list[str], width: int) -> str:
    """Paragraphs broken at a width, a blank line between them, as converters of PDF write them."""
    out: list[str] = []
    for paragraph in paragraphs:
        line, rest = "", paragraph
        while rest:
            token = first_token(rest)
            if line and len(line) + len(token) > width:
                out.append(line)
                line = ""
            line, rest = line + token, rest[len(token) :]
        out += [line, ""]
    return "\n".join(out)


@pytest.mark.parametrize("width", [24, 30, 38])
@pytest.mark.parametrize(
    "path", [path for path in SAMPLES if "_web" in path.name], ids=lambda path: path.name
)
def test_breaking_a_report_at_any_width_is_undone(path, width):
    reading = read(path.read_bytes(), name=path.name)
    whole = normalise(reading.pages, paged=False).text.split("\n")
    prose = [line for line in whole if "。" in line and "\t" not in line and "|" not in line]
    assert len(prose) >= 8
    assert document_of(_wrapped(prose, width)).text.split("\n") == prose


# --- properties -----------------------------------------------------------------------------------

ALPHABET = "一二、（）。，1230年\n\n \t　公开信息第条abc-"
texts = st.text(alphabet=ALPHABET, max_size=200)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=3), st.booleans())
def test_printed_characters_stay_in_order_and_lengths_agree(pages, paged):
    document = normalise(pages_of(*pages), paged=paged)
    given_chars = iter("".join("".join(page.split()) for page in pages))
    assert all(char in given_chars for char in "".join(document.text.split()))
    assert document.folded == fold(document.text)
    assert len(document.page_starts) == (len(pages) if paged else 0)
    assert all(a <= b for a, b in pairwise(document.page_starts))
    assert all(a.end <= b.start for a, b in pairwise(document.tables))
    assert all(0 <= table.start < table.end <= len(document.text) for table in document.tables)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts.filter(str.strip), min_size=1, max_size=3))
def test_boxes_are_as_many_as_characters(pages):
    lines = [[box_line(line, top=20.0 * i) for i, line in enumerate(page.split("\n"))] for page in pages]
    document = normalise([Page(n, tuple(page), 595, 842) for n, page in enumerate(lines, 1)], paged=True)
    assert document.boxes is None or len(document.boxes) == len(document.text)


sentences = st.text(alphabet="公开信息条例年度报告，", min_size=2, max_size=120).map(
    lambda text: f"我局{text}。"
)


@settings(max_examples=40, deadline=None)
@given(st.lists(sentences, min_size=1, max_size=8))
def test_a_text_of_whole_paragraphs_is_left_as_it_is(paragraphs):
    once = document_of("\n".join(paragraphs)).text
    assert document_of(once).text == once


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_begin_their_six_headings_on_lines_of_their_own(path):
    reading = read(path.read_bytes(), name=path.name)
    document = normalise(reading.pages, paged=reading.paged)
    starts = [line[:2] for line in document.folded.split("\n")]
    assert [mark for mark in starts if mark in {f"{n}、" for n in "一二三四五六"}][:1] == ["一、"]
    assert {f"{n}、" for n in "一二三四五六"} <= set(starts)
    assert document.folded == fold(document.text)
