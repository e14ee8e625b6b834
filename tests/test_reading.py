"""Reading: files to pages, or a refusal that says what to do."""

from __future__ import annotations

import tomllib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.errors import InputError, UnsupportedFormatError
from gxnlp.reading import Reading, read
from gxnlp.records import Line

ROOT = Path(__file__).parent
MARKDOWN = tomllib.loads((ROOT / "data" / "layout" / "markdown.toml").read_text(encoding="utf-8"))["case"]
TEXT = "青禾县水利局2022年政府信息公开工作年度报告\n一、总体情况\n全年公开信息88条。\n"


def texts(reading: Reading) -> list[str]:
    return [line.text for page in reading.pages for line in page.lines if line.text]


# --- text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_are_recognised(encoding):
    reading = read(TEXT.encode(encoding), name="report.txt")
    assert texts(reading) == TEXT.splitlines()
    assert (reading.format, reading.paged, reading.notes) == ("txt", False, ())


def test_big5_is_recognised():
    text = "一、總體情況\n全年主動公開政府資訊，共計八十八條，其中網站公開六十條。\n"
    assert texts(read(text.encode("big5"), name="report.txt")) == text.splitlines()


def test_utf16_without_mark_and_without_any_ascii_is_recognised():
    text = "一、总体情况。全年主动公开政府信息，其中网站公开信息若干条，没有收到公开申请。"
    assert texts(read(text.encode("utf-16-le"), name="report.txt")) == [text]


def test_a_text_cut_within_a_character_is_read_with_a_note():
    reading = read((TEXT * 20).encode()[:-2], name="report.txt")
    assert len(texts(reading)) == 60
    assert "could not be decoded" in reading.notes[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\u2028"])
def test_all_line_ends_end_lines(end):
    assert texts(read(f"甲甲。{end}乙乙。".encode(), name="a.txt")) == ["甲甲。", "乙乙。"]


def test_form_feeds_part_pages_and_unprinted_characters_go():
    reading = read("甲\x00甲\u200b。\x0c\ufeff乙\x07乙。".encode(), name="a.txt")
    assert [[line.text for line in page.lines] for page in reading.pages] == [["甲甲。"], ["乙乙。"]]


def test_too_long_a_text_is_cut_with_a_note(monkeypatch):
    monkeypatch.setattr("gxnlp.reading.text.MAX_CHARS", 10)
    reading = read(TEXT.encode(), name="a.txt")
    assert sum(map(len, texts(reading))) == 10
    assert "first 10 of" in reading.notes[0]


@pytest.mark.parametrize("case", MARKDOWN, ids=[case["raw"] for case in MARKDOWN])
def test_markdown_marks_go_and_headings_are_noted(case):
    (line,) = read(case["raw"].encode(), name="report.md").pages[0].lines
    assert line == Line(case["text"], heading=case["heading"])


def test_markdown_in_a_txt_is_seen_and_rules_under_table_heads_go():
    text = "## 一、总体情况\n\n| 规章 | 件数 |\n|---|---|\n| 现行 | 3 |\n"
    reading = read(text.encode(), name="report.txt")
    assert texts(reading) == ["一、总体情况", "| 规章 | 件数 |", "| 现行 | 3 |"]
    assert [line.table for line in reading.pages[0].lines if line.text] == [False, True, True]


def test_plain_text_keeps_stars_and_signs():
    text = "公开率为5*3，电话#88，编号__7__"
    assert texts(read(text.encode(), name="report.txt")) == [text]


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("行政许可\t36\t0", [True]),
        ("规章\t0\n文件\t3", [True, True]),
        ("\t一、总体情况\n\t全年平稳。", [False, False]),
        ("1.\t公开内容少\n2.\t更新不及时", [False, False]),
        ("联系电话\t0555", [False]),
        ("科研 | 商业 | 总计", [True]),
    ],
)
def test_table_rows_are_told_from_indents_and_list_numbers(text, table):
    assert [line.table for line in read(text.encode(), name="a.txt").pages[0].lines] == table


# --- what is refused ------------------------------------------------------------------------


def zipped(member: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as container:
        container.writestr(member, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (zipped("OFD.xml"), "report.ofd", "an OFD document"),
        (zipped("xl/workbook.xml"), "report.xlsx", "a spreadsheet"),
        (zipped("report.txt"), "reports.zip", "an archive"),
        (b"PK\x03\x04 cut", "reports.zip", "an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "report.wps", "an old Word or WPS document"),
        (b"{\\rtf1 x}", "report.doc", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "scan.png", "an image"),
        ("\ufeff#! id: x\n#! agency: 某局\n".encode(), "x.txt", "a report in annotation mark-up"),
    ],
)
def test_known_formats_are_named_with_the_way_out(data, name, found):
    with pytest.raises(UnsupportedFormatError, match=f"{name}: found {found}.*To use it, ") as error:
        read(data, name=name)
    assert isinstance(error.value, InputError)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "the file is empty"),
        (b" \r\n\t", "a.txt", "the file is empty"),
        ("　\u200b\n".encode(), "a.txt", "only blanks"),
        (b"<html>404</html>", "a.pdf", "the suffix says PDF"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "a.txt", "a web page without a report"),
        ("\ufeff<html><p>公开</p>".encode("utf-16-le"), "a.txt", "a web page without a report"),
        ("<p>公开</p><p>年报</p><p>一、</p>".encode(), "a.txt", "a web page without a report"),
        (b"plain words", "a.html", "a web page without a report"),
        (b"plain words", "a.mht", "a web archive"),
        (b"%PDF-1.7 and nothing behind it", "a.pdf", "the PDF is damaged"),
        (bytes(range(1, 32)) * 40, "a.dat", "binary data"),
        (bytes(range(128, 256)) * 40, "a.txt", "no text in UTF-8"),
    ],
)
def test_what_cannot_be_read_says_why(data, name, message):
    with pytest.raises(InputError, match=message):
        read(data, name=name)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.pdf", "a"]))
def test_no_bytes_crash_the_reader(data, name):
    try:
        reading = read(data, name=name)
    except InputError as error:
        assert name in str(error)
    else:
        assert texts(reading)
