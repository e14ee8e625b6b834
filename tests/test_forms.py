"""One report in several forms: what it says may not depend on how its lines end."""

from __future__ import annotations

import time
from typing import Any

import pytest

from gxnlp.layout import normalise
from gxnlp.model import load_model
from gxnlp.pipeline import read_report
from gxnlp.reading import read
from gxnlp.records import Document, Line, Page, Report

NEW = """青禾市水利局2023年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》规定，现公布本局2023年政府信息公开工作年度报告。所列数据统计期限为2023年1月1日至12月31日。
一、总体情况
2023年，本局把公开工作与防汛抗旱同部署。全年召开专题会议3次，印发工作要点1份。
（一）主动公开。全年通过局门户网站发布信息412条，其中工作动态301条、公示公告111条。
（二）依申请公开。全年收到政府信息公开申请9件，上年结转1件，均已按期办结。
（三）政府信息管理。严格执行发布审核制度，全年清理失效文件7件。
（四）平台建设。微信公众号推送文章86篇，年末关注人数2.4万人。
（五）监督保障。举办业务培训2期，培训人员120人次。
二、主动公开政府信息情况
第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 2 1 9
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 57
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 4
行政强制 0
三、收到和处理政府信息公开申请情况
本年度未收到需要收费的申请。
四、政府信息公开行政复议、行政诉讼情况
本年度未发生行政复议、行政诉讼。
五、存在的主要问题及改进情况
（一）存在的主要问题。一是部分栏目更新不够及时。二是解读材料形式单一。
（二）改进措施。一是建立栏目更新提醒制度，每周检查一次。二是推行图文解读，全年不少于10篇。
六、其他需要报告的事项
本年度未收取信息处理费。"""

OLD = """清岚县统计局2014年政府信息公开年度报告
本报告由清岚县统计局编制。
一、概述
2014年，本局进一步健全工作机制，明确一名副局长分管，办公室承担日常工作，确定专职人员2名。
二、主动公开政府信息情况
本年度主动公开政府信息136条，其中通过县政府网站公开98条。
三、依申请公开政府信息情况
本年度收到政府信息公开申请3件，答复3件。
四、政府信息公开收费及减免情况
本年度没有收取任何费用。
五、因政府信息公开申请行政复议、提起行政诉讼情况
本年度没有发生行政复议和行政诉讼。
六、政府信息公开工作存在的主要问题
公开内容不够全面，更新不够及时。
七、改进措施
下一步将充实公开内容，加强人员培训，及时更新栏目。
八、其他需要说明的事项
没有其他需要说明的事项。"""


def one_line(text: str, between: str) -> str:
    return between.join(text.split("\n"))


def broken(text: str, width: int, indent: str = "") -> str:
    lines = [indent + line for line in text.split("\n")]
    return "\n".join(line[at : at + width] for line in lines for at in range(0, len(line), width))


FORMS = {
    "blank": lambda text: one_line(text, " "),
    "wide blanks": lambda text: one_line(text, "　　"),
    "broken": lambda text: broken(text, 38),
    "broken, indented": lambda text: broken(text, 38, "　　"),
    "below a page's head": lambda text: "首页 > 政务公开 > 年报\n" + one_line(text, " "),
}


def report_of(text: str) -> Report:
    data = text.encode()
    return read_report(data, name="a.txt", report_id="a", source="a.txt", model=load_model())


def squeezed(text: str) -> str:
    return "".join(text.split())


def facts(report: Report) -> dict[str, Any]:
    return {
        "sections": [(s.code, s.level, s.number, squeezed(s.title)) for s in report.sections],
        "metrics": [(m.metric, m.value, m.measure, m.channel, squeezed(m.text)) for m in report.metrics],
        "statements": [(s.role, squeezed(s.text)) for s in report.statements],
        "title": report.info.title,
        "agency": report.info.agency,
        "year": report.info.year,
        "cells": [(c.row, c.column, c.value) for c in report.tables if c.state == "value"],
    }


@pytest.mark.parametrize("text", [NEW, OLD], ids=["2021", "2014"])
@pytest.mark.parametrize("form", FORMS)
def test_line_ends_do_not_change_what_a_report_says(text: str, form: str) -> None:
    assert facts(report_of(FORMS[form](text))) == facts(report_of(text))


@pytest.mark.parametrize("text", [NEW, OLD], ids=["2021", "2014"])
def test_a_text_without_any_line_end_keeps_title_sections_and_figures(text: str) -> None:
    whole, flat = facts(report_of(text)), facts(report_of(one_line(text, "")))
    for kind in ("title", "agency", "year", "metrics"):
        assert flat[kind] == whole[kind], kind
    assert [s[0] for s in flat["sections"]] == [s[0] for s in whole["sections"]]


def document_of(text: str) -> Document:
    reading = read(text.encode(), name="a.txt")
    return normalise(reading.pages, paged=False)


def test_a_long_paragraph_that_counts_its_points_is_not_cut() -> None:
    text = (
        "全年工作如下：一、召开会议部署；二、开展检查督促；"
        + "各科室按照分工抓好落实，" * 40
        + "确保取得实效。"
    )
    assert document_of(text).text == text


def test_a_table_of_one_line_with_numbered_rows_is_not_cut() -> None:
    rows = "一、本年新收政府信息公开申请数量 9 0 0 0 0 0 9 二、上年结转政府信息公开申请数量 1 0 0 0 0 0 1 "
    rows += "三、本年度办理结果 （一）予以公开 8 0 0 0 0 0 8 四、结转下年度继续办理 2 0 0 0 0 0 2 "
    text = "申请人情况 自然人 法人或其他组织 总计 " + rows * 4
    assert "\n" not in document_of(text).text


PAGE_CUTS = [
    ("\t\t2.申请人逾期\t0\t1\t1", "\t\t未按通知缴纳费用\t\t\t", "\t\t2.申请人逾期未按通知缴纳费用\t0\t1\t1"),
    ("\t（四）无法\t1.本机关\t\t\t", "\t提供\t不掌握\t3\t0\t3", "\t（四）无法提供\t1.本机关不掌握\t3\t0\t3"),
    ("一、本年新收申请\t4\t0\t4", "数量\t\t\t\t", "一、本年新收申请数量\t4\t0\t4\t"),
]


@pytest.mark.parametrize(("row", "rest", "whole"), PAGE_CUTS)
def test_a_table_row_that_a_page_end_cuts_is_one_row(row: str, rest: str, whole: str) -> None:
    boxes = [tuple((float(i), 0.0, i + 1.0, 9.0) for i in range(len(text))) for text in (row, rest)]
    pages = [
        Page(n, (Line(text, box, 0, True),)) for n, text, box in zip((1, 2), (row, rest), boxes, strict=True)
    ]
    document = normalise(pages, paged=True)
    assert document.text == whole
    assert document.boxes is not None and len(document.boxes) == len(document.text)


@pytest.mark.parametrize(
    ("row", "following"),
    [
        ("\t\t2.重复申请\t0\t1\t1", "\t\t3.其他\t\t\t"),
        ("行政处罚\t4\t\t", "行政强制\t0\t\t"),
        ("\t\t2.重复申请\t0\t1\t1", "\t（七）总计\t\t\t\t"),
    ],
)
def test_two_rows_on_two_pages_stay_two(row: str, following: str) -> None:
    pages = [Page(n, (Line(text, None, 0, True),)) for n, text in ((1, row), (2, following))]
    assert normalise(pages, paged=True).text == f"{row}\n{following}"


@pytest.mark.parametrize(
    ("issued", "repealed", "split"),
    [(12, 31, (12, 31, 786)), (12, 7, (12, None, None)), (45, 7, (None, None, None))],
)
def test_a_figure_of_one_digit_chooses_no_split_where_another_disagrees(
    issued: int, repealed: int, split: tuple[int | None, ...]
) -> None:
    said = f"本年制发行政规范性文件{issued}件，废止行政规范性文件{repealed}件。"
    text = one_line(NEW.replace("全年清理失效文件7件。", said), "")
    report = report_of(text.replace("规章 0 0 0行政规范性文件 2 1 9", "规章000行政规范性文件1231786"))
    assert tuple(c.value for c in report.tables if c.row == "normative_documents") == split


@pytest.mark.parametrize("piece", ["公开 ", "2023年公开报告 ", "” ", "（一 ", "： "])
def test_a_line_of_blanks_is_cut_in_time_in_proportion_to_its_length(piece: str) -> None:
    tops = "一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 "
    start = time.process_time()
    document_of(tops + piece * (200_000 // len(piece)))
    assert time.process_time() - start < 5
