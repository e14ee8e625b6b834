"""The form of 2019 and annexes: what the form has, and the rest as printed."""

from table_forms import document_of, figures, report, tabs

from gxnlp.pipeline import read_report
from gxnlp.tables import PROACTIVE, find_tables

FORM_OF_2019 = """第二十条第（一）项
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t1\t1\t7
规范性文件\t12\t11\t98
第二十条第（五）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政许可\t396\t-2\t181
其他对外管理服务事项\t100\t1\t53
第二十条第（六）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政处罚\t2648\t0\t430
行政强制\t126\t0\t25
第二十条第（八）项
信息内容\t上一年项目数量\t本年增/减
行政事业性收费\t35\t0
第二十条第（九）项
信息内容\t采购项目数量\t采购总金额
政府集中采购\t135\t75394432.52元"""


def test_the_form_of_2019_gives_what_it_has_and_keeps_the_rest_as_printed():
    document = document_of(report(tabs(figures(8)) | {PROACTIVE: FORM_OF_2019}))
    cells = {(c.table, c.row, c.column): c for c in find_tables(document)}
    expected = {
        ("regulations", "issued"): 1, ("normative_documents", "issued"): 12, ("licensing", "decisions"): 181,
        ("penalties", "decisions"): 430, ("coercion", "decisions"): 25,
    }  # fmt: skip
    assert {key: cells[PROACTIVE, *key].value for key in expected} == expected
    assert cells[PROACTIVE, "normative_documents", "in_force"].state == "column_missing"
    assert cells[PROACTIVE, "fees", "amount_10k_cny"].state == "column_missing"
    assert cells["annex", "行政规范性文件", "对外公开总数量"].value == 98
    assert cells["annex", "行政许可", "本年增/减"].value == -2
    assert cells["annex", "其他对外管理服务事项", "处理决定数量"].value == 53
    assert cells["annex", "行政事业性收费", "上一年项目数量"].value == 35


def test_an_annex_of_statistics_is_no_form():
    text = (
        "县水利局2014年政府信息公开工作年度报告\n一、概述\n全年公开信息80条。\n附表\n"
        "指标名称 计量单位 2014年度 历年累计 主动公开文件数 条 80 431 其中：政府网站公开数 条 79 420 "
        "受理依申请公开信息总数 件 2 5 同意部分公开答复数 件 1 1 行政复议数 件 0 0 行政诉讼数 件 0 0"
    )
    cells = find_tables(document_of(text))
    assert {c.table for c in cells} == {"annex"}
    assert [(c.row, c.column, int(c.value)) for c in cells[:2]] == [
        ("主动公开文件数", "2014年度", 80), ("主动公开文件数", "历年累计", 431),
    ]  # fmt: skip


def test_fused_digits_of_an_annex_are_read_where_the_text_tells_how():
    text = (
        "县水利局2014年政府信息公开工作年度报告\n一、概述\n全年主动公开信息2046条，受理申请21件。\n附表\n"
        "指标名称计量单位2014年度历年累计主动公开文件数条204610037其中：政府网站公开数条199510211"
        "受理依申请公开信息总数件2121同意部分公开答复数件11行政复议数件00行政诉讼数件00"
    )
    report = read_report(text.encode(), name="a.txt", report_id="a", source="a.txt")
    found = {
        (c.row, c.column): (c.value and int(c.value), c.text) for c in report.tables if c.table == "annex"
    }
    assert found["主动公开文件数", "2014年度"] == (2046, "2046")
    assert found["主动公开文件数", "历年累计"] == (10037, "10037")
    assert found["其中：政府网站公开数", "历年累计"] == (None, "199510211")
    assert found["受理依申请公开信息总数", "2014年度"] == (21, "21")
    assert found["同意部分公开答复数", "历年累计"] == (1, "1")


def test_the_date_of_a_page_is_no_row_of_an_annex():
    text = (
        "县水利局2021年政府信息公开工作年度报告\n|\n||||||||\n2022-01-20 作者：佚名 点击数： | ||||||||\n|\n"
        "一、总体情况\n全年公开信息80条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    )
    assert find_tables(document_of(text)) == ()


def test_the_table_at_the_head_of_a_page_is_no_annex():
    text = (
        "| 索引号： | 000000000-2022-00040 | 发布机构： | 政府办公室 |\n"
        "| 生成日期： | 2022-01-28 | 废止日期： | |\n"
        "县水利局2021年政府信息公开工作年度报告\n一、总体情况\n全年公开信息80条。\n"
    )
    assert find_tables(document_of(text)) == ()
