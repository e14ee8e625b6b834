"""Saved web pages: whole pages with what must come out of them, pages without a report, hostile ones.

`data/html/NAME` is a page, `data/html/NAME.golden` what is read from it: facts as `key = value`,
then a line a line of text, `H2 ` before a marked heading, `T ` before a table row, `→` for a tab.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.errors import InputError
from gxnlp.layout import normalise
from gxnlp.pipeline import read_report
from gxnlp.reading import Reading, read
from gxnlp.reading.html.lists import list_number
from gxnlp.reading.html.markup import MAX_MARKUP

PAGES = sorted(
    path for path in (Path(__file__).parent / "data/html").iterdir() if not path.name.endswith(".golden")
)
REPORT = "<p>一、总体情况</p><p>全年公开信息12条。</p><p>二、主动公开政府信息情况</p><p>见附表。</p>"


def golden(reading: Reading) -> str:
    facts = [f"{key} = {value}" for key, value in sorted(reading.meta.items())]
    lines = [
        (f"H{line.heading} " if line.heading else "T " if line.table else "") + line.text.replace("\t", "→")
        for line in reading.pages[0].lines
    ]
    return "\n".join([*facts, "", *lines, ""])


def page(body: str, head: str = "") -> Reading:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html")


def lines_of(body: str) -> list[str]:
    return [line.text for line in page(REPORT + body).pages[0].lines][4:]


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_page(path):
    reading = read(path.read_bytes(), name=path.name)
    assert (reading.format, reading.paged, reading.notes) == ("html", False, ())
    assert golden(reading) == path.with_name(path.name + ".golden").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_rows_of_a_table_have_one_field_a_column_and_keep_them_through_layout(path):
    reading = read(path.read_bytes(), name=path.name)
    document = normalise(reading.pages, paged=False)
    rows = [line.text for line in reading.pages[0].lines if line.table]
    in_tables = [row for t in document.tables for row in document.text[t.start : t.end].split("\n")]
    assert [row.strip("\t") for row in in_tables] == [row.strip("\t") for row in rows]
    assert all(row in document.text.split("\n") for row in rows)


# --- lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>公开1<span>2</span><b>3</b>件</p>", ["公开123件"]),
        ("<p>公开\n  <span>\n12</span>\n件，\n另有3件</p>", ["公开12件，另有3件"]),
        ("<p>IPv6 and\n IPv4</p>", ["IPv6 and IPv4"]),
        ("<div>甲<p>乙</p>丙<br/>丁</div>", ["甲", "乙", "丙", "丁"]),
        ("<p>甲<div style='display:inline'>12</div>件</p>", ["甲", "12件"]),
        ("<p>甲<!-- 注 --><script>x</script>乙<noscript>丙</noscript></p>", ["甲乙"]),
        ("<p>甲<span hidden>乙</span><span style='visibility: hidden'>丙</span></p>", ["甲"]),
        ("<p>同比&nbsp;增长&emsp;5%</p>", ["同比 增长 5%"]),
        ("<ol type=a><li>甲<li>乙</ol>", ["a. 甲", "b. 乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<h2></h2><p></p><p>&nbsp;</p><p>甲</p>", ["甲"]),
        ("<select><option>2023</select><button>查询</button><p>甲</p>", ["甲"]),
    ],
)
def test_lines_end_at_blocks_and_nowhere_else(body, lines):
    assert lines_of(body) == lines


@pytest.mark.parametrize(
    ("value", "style", "number"),
    [
        (3, "decimal", "3. "),
        (2, "lower-alpha", "b. "),
        (27, "lower-alpha", "27. "),
        (4, "upper-roman", "IV. "),
        (12, "cjk-ideographic", "十二、"),
        (20, "simp-chinese-informal", "二十、"),
        (101, "cn", "101、"),
        (10, "cn2", "（十）"),
        (1, "num1", "1)"),
    ],
)
def test_numbers_of_lists_are_those_that_browsers_print(value, style, number):
    assert list_number(value, style) == number


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：某局2022年年报",
        "【打印本页】 【关闭窗口】",
        "字体：大 中 小",
        "版权所有：某县人民政府",
        "闽ICP备00000000号",
        "分享到：",
        "扫一扫在手机打开当前页",
        "来源：某局",
        "浏览次数：1203",
        "索 引 号：",
        "主办：某县人民政府办公室",
        "您当前的位置：首页 > 年报",
    ],
)
def test_furniture_is_gone_before_and_behind_the_text(line):
    whole = page(f"<p>{line}</p><p>某县2023年政府信息公开工作年度报告</p>{REPORT}<p>{line}</p>")
    assert [one.text for one in whole.pages[0].lines] == [
        "某县2023年政府信息公开工作年度报告",
        "一、总体情况",
        "全年公开信息12条。",
        "二、主动公开政府信息情况",
        "见附表。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "无障碍改造全面完成，适老化版面上线。",
        "适老化改造完成。",
        "关闭政务新媒体账号3个。",
        "单位：件",
        "打印政策汇编200册。",
        "分享到基层的经验有3条",
        "下一页起为附表",
        "<a name=_Toc1>本年度无其他事项</a>",
        '<a href="/f.docx">附件：统计表.docx</a>',
        "浏览器兼容问题已经解决。",
    ],
)
def test_lines_of_the_text_that_begin_like_furniture_stay(line):
    assert len(lines_of(f"<p>{line}</p><p>三、其他需要报告的事项</p><p>{line}</p>")) == 3


def test_a_text_may_have_its_title_and_first_sentence_in_a_part_named_head():
    title, sentence = "某县2023年政府信息公开工作年度报告", "根据《条例》，编制本年度报告并予公布。"
    head = f"<div class=head><div>{title}</div><div>{sentence}</div></div>"
    lines = [line.text for line in page(f"<p>门户</p>{head}<div>{REPORT}</div>").pages[0].lines]
    assert lines[:2] == [title, sentence]
    assert len(lines) == 6


@pytest.mark.parametrize("name", ["nav", "footer", "share", "sidebar", "header"])
def test_a_name_is_a_hint_not_the_rule(name):
    assert len(page(f'<div class="{name}">{REPORT}</div>').pages[0].lines) == 4
    around = page(f'<div class="{name}"><p>政策文件库与公报</p></div><div>{REPORT}</div>')
    assert len(around.pages[0].lines) == 4


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb2312", "gb18030", "utf-16", "utf-16-be", "big5"]
)
@pytest.mark.parametrize("declared", ["utf-8", "gb2312"])
def test_the_bytes_decide_on_the_encoding(encoding, declared):
    body = REPORT
    if encoding == "big5":
        body = "<p>一、總體情況</p><p>全年公開信息12條。</p><p>二、主動公開政府信息情況</p><p>見附表。</p>"
    text = (
        f"<html><head><meta charset={declared}><title>{'x' * 30000}</title></head><body>{body}</body></html>"
    )
    lines = read(text.encode(encoding), name="a.html").pages[0].lines
    assert "".join(f"<p>{line.text}</p>" for line in lines) == body


# --- what is no report ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "<p>见附件</p><a href='/f/P0203.pdf'>某局2023年年报</a>",
            r"attached.*某局2023年年报 \(/f/P0203.pdf\)",
        ),
        (
            f"<p>{'现将年度报告予以公布，欢迎社会各界监督。' * 8}</p><a href='n.docx?v=1'>下载</a>",
            r"attached.*下载 \(n.docx\)",
        ),
        ("<iframe src='/js/viewer.html?file=/u/n.pdf&x=1'></iframe>", r"attached.*embedded \(/u/n.pdf\)"),
        ("<h1>404</h1><p>您访问的页面不存在</p>", "an error page"),
        ("<iframe src='/nb/list.jsp'></iframe>", r"in frames \(/nb/list.jsp\)"),
        (
            "".join(f"<li><a href={y}>某局{y}年政府信息公开工作年度报告</a></li>" for y in range(2015, 2024)),
            "a list of 9 links, 9 of them to reports",
        ),
        ("<div id=app></div><script src=app.js></script>", "put in by scripts"),
        ("x", "a web page without a report's text"),
    ],
)
def test_a_page_without_a_report_is_refused_with_what_it_holds(body, message):
    with pytest.raises(InputError, match=f"a.html: .*{message}"):
        page(body)


def test_a_frameset_names_its_frames():
    with pytest.raises(InputError, match=r"in frames \(top.htm, main.htm\)"):
        read(
            b"<html><frameset rows=9,*><frame src=top.htm><frame src=main.htm></frameset></html>",
            name="a.htm",
        )


def test_a_web_archive_without_a_page_is_refused():
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n"
    data = head + b"--B\nContent-Type: image/png\n\nx\n--B--\n"
    with pytest.raises(InputError, match="without a page in it"):
        read(data, name="a.mht")


# --- facts ------------------------------------------------------------------------------------

FACTS = '<meta name=PubDate content="2024-01-09 10:00"><meta name=ContentSource content="海口港集团">'


@pytest.mark.parametrize(
    ("head", "before", "expect"),
    [
        (
            '<meta name=ArticleTitle content="松平市档案局2023年政府信息公开工作年度报告">',
            "",
            {"title": "松平市档案局2023年政府信息公开工作年度报告", "agency": "松平市档案局", "year": 2023},
        ),
        (
            '<meta name=ArticleTitle content="松平市档案局2023年政府信息公开工作年度报告">',
            "<p>2023年政府信息公开工作年度报告</p>",
            {"title": "松平市档案局2023年政府信息公开工作年度报告", "agency": "松平市档案局"},
        ),
        (
            '<meta name=ArticleTitle content="松平市档案局2022年政府信息公开工作年度报告">',
            "<p>2023年政府信息公开工作年度报告</p>",
            {"title": "2023年政府信息公开工作年度报告", "year": 2023},
        ),
        (
            "<title>政府信息公开</title>" + FACTS,
            "<p>松平市档案局2023年政府信息公开工作年度报告</p>",
            {"agency": "松平市档案局", "published": "2024-01-09"},
        ),
        (
            FACTS,
            "<div>发布机构：松平市水务局 发布时间：2024-01-08</div><p>2023年政府信息公开工作年度报告</p>",
            {"agency": "松平市水务局", "published": "2024-01-08"},
        ),
        (
            FACTS,
            "<p>2023年政府信息公开工作年度报告</p>",
            {"agency": "海口港集团"},
        ),
        (
            '<link rel=canonical href="https://a.example/1.html"><meta name=Url content="https://b.example/2">',
            "",
            {"source_url": "https://a.example/1.html"},
        ),
        (FACTS, "<p>日期：2026-11-22</p>", {"published": "2024-01-09"}),
        ('<meta name=Url content="">', "", {"source_url": "", "published": "", "agency": ""}),
    ],
)
def test_what_the_head_of_a_page_says_stands_where_the_text_does_not(head, before, expect):
    data = f"<html><head>{head}</head><body>{before}{REPORT}</body></html>".encode()
    info = read_report(data, name="a.html", report_id="a", source="a.html").info
    assert {name: getattr(info, name) for name in expect} == expect


# --- hostile pages ----------------------------------------------------------------------------

DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * DEEP,
        "<ul><li>" * DEEP,
        "<span>" * DEEP + "</x>" * DEEP,
        "<table><tr><td>" * DEEP,
        "<table><tr><td>甲" * 20_000,
        "".join(f"<p><font size={i}>" for i in range(20_000)),
        "".join(f'<p><font size="<{i}">' for i in range(20_000)),
        "<table><tr>" + "<td rowspan=65534 colspan=1000>甲" * 20_000,
        "<table>" + "<tr><td rowspan=65534>甲<td>乙" * 5_000,
        "<p " + " ".join(f"a{i}=1" for i in range(DEEP)) + ">甲</p>",
        "<!--" * DEEP,
        "<b " * DEEP,
        " \n" * DEEP * 5,
        "&#x4e00;" * DEEP,
        '<img src="data:image/png;base64,' + "A" * 5_000_000 + '">',
    ],
    ids=lambda body: body[:24],
)  # fmt: skip
def test_a_hostile_page_costs_time_in_proportion(body):
    begin = time.process_time()
    lines = page(REPORT + body).pages[0].lines
    assert lines[0].text == "一、总体情况"
    assert time.process_time() - begin < 10


def test_a_page_of_one_enormous_line_is_cut_with_a_note():
    reading = page(REPORT + "公开" * (MAX_MARKUP // 2))
    assert reading.notes == (f"only the first {MAX_MARKUP} characters were read",)


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td rowspan=2>",
                "<td colspan=3>",
                "<th>",
                "</td>",
                "<p>",
                "</p>",
                "<ol>",
                "<li>",
                "<br>",
                "<div style=display:none>",
                "</div>",
                "<span>",
                "</span>",
                "<a href=x.pdf>",
                "</a>",
                "<pre>",
                "</pre>",
                "公开12件",
                "一、总体情况",
                "\n",
                "&nbsp;",
                "<h1>",
                "</h1>",
                "<!--",
                "-->",
                "<title>",
                "</title>",
                "发布机构：某局",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_page_is_read_or_refused(pieces):
    try:
        reading = page("".join(pieces))
    except InputError:
        return
    for line in reading.pages[0].lines:
        assert "\n" not in line.text
        assert line.table or line.text.strip()
    read_report("".join(pieces).encode() + REPORT.encode(), name="a.html", report_id="a", source="a")
