"""Word documents: printed text and tables; damaged and hostile ones within bounds."""

from __future__ import annotations

import re
import time
import tomllib
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from conftest import SAMPLES
from docx_builder import (
    CHAPTERS,
    NUM,
    PACKAGE,
    STYLES,
    docx,
    lines_of,
    numbered,
    package,
    part,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.corpus import read_gold
from gxnlp.errors import InputError, UnsupportedFormatError
from gxnlp.layout import normalise
from gxnlp.pipeline import analyse
from gxnlp.reading import read
from gxnlp.reading.numberformats import printed_number
from gxnlp.records import Line

ROOT = Path(__file__).parent
CASES = [
    case
    for name in ("text", "tables")
    for case in tomllib.loads((ROOT / "data" / "docx" / f"{name}.toml").read_text(encoding="utf-8"))["case"]
]


def shown(lines: list[Line]) -> list[str | list[str]]:
    """Lines as the cases write them."""
    return [
        line.text.split("\t") if line.table else ("#" * line.heading + " " + line.text).strip()
        for line in lines
    ]


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_printed_is_read(case, strict):
    numbering = CHAPTERS if case.get("numbering") else ""
    data = docx(case["body"], styles=case.get("styles", ""), numbering=numbering, strict=strict)
    assert shown(lines_of(data)) == case["lines"]


# --- what the file says of itself ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("青禾县水利局2022年年报", True),
        ("Microsoft Word - 年报终稿", False),
        ("文档1", False),
        ("qhx2022", False),
    ],
)
def test_a_title_that_is_one_is_kept(title, kept):
    core = f"<dc:title>{title}</dc:title><dcterms:created>2023-01-05T08:00:00Z</dcterms:created>"
    reading = read(docx("<P>甲。</P>", core=core), name="a.docx")
    assert reading.meta == ({"title": title} if kept else {}) | {"created": "2023-01-05T08:00:00Z"}
    assert (reading.format, reading.paged, reading.notes) == ("docx", False, ())


def test_content_decides_not_the_suffix():
    for name in ("a.txt", "a.doc", "a.pdf", "a.docm", "a"):
        assert read(docx("<P>甲。</P>"), name=name).format == "docx"


def test_what_was_passed_over_is_noted():
    ole = "<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID='{}'/></w:object></w:r>"
    body = f"<P>甲。</P><w:altChunk r:id='x'/><P>{ole.format('Excel.Sheet.12')}{ole.format('Equation.3')}</P>"
    assert read(docx(body), name="a.docx").notes == (
        "an embedded document (altChunk) was not read",
        "an embedded file (such as a spreadsheet) was not read",
    )


# --- the way to the document -------------------------------------------------------------------------


def test_rows_of_a_word_table_are_a_table_with_all_their_tabs():
    body = (
        "<P>全年平稳。</P><TBL><ROW><C down='restart'>甲部</C><C>乙项</C><C>7</C></ROW>"
        "<ROW><C down='on'/><C>丙项</C><C>9</C></ROW></TBL><P>特此报告。</P>"
    )
    document = normalise(read(docx(body), name="a.docx").pages, paged=False)
    (block,) = document.tables
    assert document.text[block.start : block.end] == "甲部\t乙项\t7\n\t丙项\t9"
    lone = normalise(
        read(docx("<TBL><ROW><C down='on'/><C>丙</C><C>9</C></ROW></TBL>"), name="a").pages, paged=False
    )
    assert lone.tables[0].start == 0 and lone.text == "\t丙\t9"


# --- damaged and hostile -----------------------------------------------------------------------------

DOCUMENT = "word/document.xml"
BODY = part("document", "<w:body><w:p><w:r><w:t>甲。</w:t></w:r></w:p></w:body>")


def with_part(name: str, content: str | bytes) -> bytes:
    return package({DOCUMENT: BODY} | {name: content})


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le")


ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx("<P>甲。</P>" * 9)[:-60], r"zip container is damaged or cut off.*Fetch it again"),
        (with_part(DOCUMENT, "x"), r"document\.xml is damaged"),
        (with_part(DOCUMENT, part("document", "")), r"without a body.*of another kind"),
        (with_part(DOCUMENT, BODY.replace("<w:doc", f"{ENTITIES}<w:doc")), "document type definition"),
        (with_part(DOCUMENT, BODY.replace("甲", "<w:smartTag>" * 10_000)), "Excessive depth"),
        (docx("<TBL><ROW><C>" * 99 + "<P>甲</P>" + "</C></ROW></TBL>" * 99), "Excessive depth"),
        (docx(""), r"holds no text \(nothing is printed in it\)"),
        (docx("<P><w:r><w:drawing><pic:pic/></w:drawing></w:r></P>"), r"1 picture, but no text.*OCR"),
        (docx("<w:altChunk/>"), r"no text \(an embedded document"),
        (package({"[Content_Types].xml": "x", "word/document2.xml": BODY}), r"document\.xml is missing"),
    ],
)
def test_what_is_no_readable_document_says_why(data, message):
    with pytest.raises(InputError, match=f"(?s)^a.docx: .*{message}"):
        read(data, name="a.docx")


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (ole("EncryptedPackage"), "a.docx", "an encrypted Office document.*its password"),
        (ole("WordDocument"), "a.docx", "an old Word or WPS document.*save it as .docx"),
        (ole("Workbook"), "a.docx", "a spreadsheet"),
        (b"{\\rtf1 x}", "a.docx", "an RTF document"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>',
            "a.doc",
            "a Word document in one",
        ),
        (package({"年报/甲.txt": "x", "word/乙.txt": "x"}), "a.docx", "an archive"),
    ],
)
def test_what_bears_the_suffix_and_is_something_else_is_named(data, name, found):
    with pytest.raises(UnsupportedFormatError, match=f"^{name}: found {found}"):
        read(data, name=name)


def test_a_text_named_docx_is_told_so():
    with pytest.raises(InputError, match=r"^a\.docx: the suffix says Word.*give it the suffix"):
        read("一、总体情况".encode(), name="a.docx")


def test_a_part_too_large_is_not_unpacked(monkeypatch):
    out = BytesIO()
    with (
        ZipFile(out, "w", ZIP_DEFLATED) as container,
        container.open(DOCUMENT, "w", force_zip64=True) as stream,
    ):
        stream.write(BODY[:200].encode())
        for _ in range(50):
            stream.write(b" " * 4_000_000)
    began = time.process_time()
    with pytest.raises(InputError, match=r"document\.xml has more than 32 MB uncompressed"):
        read(out.getvalue(), name="a.docx")
    assert time.process_time() - began < 5


def test_a_damaged_list_costs_numbers_not_text():
    reading = read(with_part("word/numbering.xml", "<x"), name="a.docx")
    assert [line.text for line in reading.pages[0].lines] == ["甲。"]
    assert "automatic numbers" in reading.notes[0]


def test_names_out_of_the_container_are_names_only():
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Type="x/officeDocument" '
        'Target="../../../../etc/passwd"/></Relationships>'
    )
    with pytest.raises(InputError, match=r"etc/passwd is missing"):
        read(with_part("_rels/.rels", rels), name="a.docx")
    assert lines_of(with_part("../../word/styles.xml", "<x"))[0].text == "甲。"


def test_the_deepest_nesting_that_the_parser_lets_through_is_read():
    tables = "<TBL><ROW><C>" * 83 + "<P>甲</P>" + "</C></ROW></TBL>" * 83
    tags = "<P>" + "<w:smartTag>" * 248 + "<R>乙</R>" + "</w:smartTag>" * 248 + "</P>"
    assert [line.text for line in lines_of(docx(tables + tags))] == ["甲", "乙"]


def test_styles_and_lists_in_a_circle_end():
    styles = "".join(
        f"<w:style w:type='paragraph' w:styleId='{a}'><w:name w:val='{a}'/><w:basedOn w:val='{b}'/></w:style>"
        for a, b in ("xy", "yx")
    )
    link = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="x"/></w:abstractNum>'
    assert numbered(link + NUM.format(1, 0, ""), "<P s='x' n='1'>甲</P>", styles=styles) == ["甲"]


def test_spans_and_columns_beyond_reason_are_bounded():
    body = "<TBL>" + "<ROW><C span='999999999'>甲</C><C>乙</C></ROW>" * 50 + "</TBL>"
    assert {len(row.text) for row in lines_of(docx(body))} == {65}


def test_too_long_a_text_is_cut_with_a_note(monkeypatch):
    monkeypatch.setattr("gxnlp.reading.docx.MAX_CHARS", 10)
    reading = read(docx("<P>全年平稳。</P>" * 5), name="a.docx")
    assert len(reading.pages[0].lines) == 2
    assert reading.notes == ("only the first 10 characters were read",)


def test_too_many_cells_are_cut_with_a_note(monkeypatch):
    monkeypatch.setattr("gxnlp.reading.docx.MAX_ITEMS", 10)
    reading = read(docx("<P>甲。</P><TBL>" + "<ROW><C/><C/></ROW>" * 9 + "</TBL><P>乙。</P>"), name="a.docx")
    assert [line.text for line in reading.pages[0].lines] == ["甲。"]
    assert reading.notes == ("only the first 10 paragraphs and cells were read",)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_no_damage_crashes_the_reader(place, noise):
    whole = docx(
        "<P n='1'>甲。</P><TBL><ROW><C>规章</C><C>0</C></ROW></TBL>", numbering=CHAPTERS, styles=STYLES
    )
    data = bytearray(whole)
    data[place % len(whole) : place % len(whole) + len(noise)] = noise
    try:
        reading = read(bytes(data), name="a.docx")
    except InputError as error:
        assert "a.docx" in str(error)
    else:
        assert reading.pages


# --- a report is the same report ---------------------------------------------------------------------

TYPED = (
    re.compile(r"([一二三四五六七八九十]+)、"),
    re.compile(r"（([一二三四五六七八九十]+)）"),
    re.compile(r"([1-9][0-9]?)\.(?![0-9])"),
)


def in_word(text: str) -> tuple[bytes, int]:
    """A text as a Word document whose list counts where the text has the same numbers, and how often.

    Lines of cells between tabs become tables.
    """
    body, counts, automatic = [], [0, 0, 0], 0
    for line in text.split("\n"):
        found = [(i, match) for i, number in enumerate(TYPED) if (match := number.match(line))]
        if "\t" in line:
            cells = "".join(f"<w:tc><P><R>{escape(cell) or ' '}</R></P></w:tc>" for cell in line.split("\t"))
            body.append(f"<TBL><ROW>{cells}</ROW></TBL>")
            continue
        if found:
            ilvl, match = found[0]
            form = "decimal" if ilvl == 2 else "chineseCounting"
            if match[1] == printed_number(counts[ilvl] + 1, form):
                counts[ilvl:] = [counts[ilvl] + 1] + [0] * (2 - ilvl)
                automatic += 1
                body.append(f"<P n='1.{ilvl}'><R>{escape(line[match.end() :]) or ' '}</R></P>")
                continue
        body.append(f"<P><R>{escape(line) or ' '}</R></P>")
    return docx("".join(body).replace("</TBL><TBL>", ""), numbering=CHAPTERS), automatic


REPORTS = {
    path.stem: found
    for path in sorted((ROOT.parent / "corpus" / "docs").glob("*.txt"))[::12]
    if (found := (read_gold(path).text, *in_word(read_gold(path).text)))[2] >= 5
}


@pytest.mark.parametrize("report_id", REPORTS)
def test_a_report_in_word_with_automatic_numbers_says_what_its_text_says(report_id):
    text, data, _ = REPORTS[report_id]
    as_text = normalise(read(text.encode(), name="a.txt").pages, paged=False)
    as_word = normalise(read(data, name="a.docx").pages, paged=False)
    one, other = analyse(as_text), analyse(as_word)
    assert [(s.code, s.level, s.number, s.title) for s in one.sections] == [
        (s.code, s.level, s.number, s.title) for s in other.sections
    ]
    assert [(m.metric, m.value, m.channel, m.text) for m in one.metrics] == [
        (m.metric, m.value, m.channel, m.text) for m in other.metrics
    ]
    assert [(s.role, s.topics, s.text) for s in one.statements] == [
        (s.role, s.topics, s.text) for s in other.statements
    ]


def test_the_sample_has_the_rows_and_numbers_that_are_printed():
    path = SAMPLES / "yuanbei_education_2023.docx"
    lines = lines_of(path.read_bytes(), path.name)
    assert [line.text for line in lines if line.heading == 1][2] == "三、收到和处理政府信息公开申请情况"
    assert [line.text for line in lines if line.heading == 2][-1] == "（五）监督保障"
    texts = [line.text for line in lines]
    assert "\t\t4.保护第三方合法权益\t2\t0\t0\t0\t0\t0\t2" in texts
    assert Counter(text.count("\t") for text in texts if "\t" in text) == {3: 14, 9: 28, 14: 4}
    assert not any("64" in text for text in texts)  # deleted, the change still tracked
