"""Files that mean harm, or were harmed: made here, so that none has to be kept."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Iterator

REPORT = (
    "青禾市统计局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n主动公开信息120条，收到申请5件，办结率100%。\n\n"
    "二、主动公开政府信息情况\n\n发布信息30条。\n\n五、存在的主要问题及改进情况\n\n一是公开不够及时。二是解读形式单一。\n"
)


def texts(*, large: bool = False) -> Iterator[tuple[str, bytes]]:
    """Text files by name; the large ones take seconds each."""
    rng = random.Random(7)
    utf8 = REPORT.encode()
    yield "nul.txt", utf8.replace("，".encode(), b"\0\0")
    yield "only_nul.txt", b"\0" * 10_000
    yield "half_utf16.txt", b"\xff\xfe" + REPORT.encode("utf-16-le")[:-1]
    yield "wrong_bom.txt", b"\xff\xfe" + utf8
    yield "mixed.txt", utf8[:200] + REPORT.encode("gb18030") + REPORT.encode("big5", "ignore")
    yield "noise.txt", rng.randbytes(50_000)
    yield "surrogates.txt", REPORT.replace("，", "\ud800").encode("utf-8", "surrogatepass")
    marks = "".join(
        map(chr, (*range(1, 32), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F)))
    )
    yield "controls.txt", "".join(c + rng.choice(marks) for c in REPORT).encode()
    yield "right_to_left.txt", ("\u202e" + REPORT[::-1] + "\u2067عام 2023 تقرير\u2069").encode()
    yield "combining.txt", REPORT.replace("。", "。" + "\u0301" * 5_000).encode()
    numbers = (
        "1e400件，-1e-400条，9"
        + "9" * 5_000
        + "件，"
        + "万" * 500
        + "件，三"
        + "万亿" * 300
        + "条，1/0件，0/0，２³⁴⁵⁶件，"
    )
    yield "numbers.txt", (REPORT + numbers * 5 + "一" * 3_000 + "百" * 3_000 + "点" * 3_000).encode()
    yield "brackets.txt", (REPORT + "（" * 20_000 + "《" * 20_000 + "“" * 20_000).encode()
    yield (
        "marks.txt",
        (REPORT + "".join(f"{i}、" for i in range(5_000)) + "一、" * 5_000 + "一是" * 5_000).encode(),
    )
    yield "headings.txt", "\n".join([REPORT, *("一、总体情况", "（一）主动公开") * 3_000]).encode()
    yield "cells.txt", (REPORT + "第二十条第（一）项\t规章\t0\t|" * 5_000).encode()
    yield "blank_lines.txt", (REPORT + "\n" * 200_000 + "一").encode()
    yield "tabs.txt", (REPORT + "\t" * 100_000 + "|" * 100_000).encode()
    yield "dates.txt", (REPORT + "2023年1月2日至" * 5_000 + "0-" * 20_000 + "1." * 20_000).encode()
    yield (
        "markdown.md",
        ("#" * 50_000 + "*" * 50_000 + "[" * 50_000 + "](" * 20_000 + "\\\\" * 20_000).encode(),
    )
    yield "page_feeds.txt", (REPORT + "\x0c" * 50_000).encode()
    if large:
        yield "one_line.txt", ("主动公开信息120条，" * 12).encode() * 310_000  # 100 MB without a line end
        yield "zeros.txt", b"0" * 100_000_000


def _pdf(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of objects as given, with the table of their places."""
    body, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))
    )


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def _page(content: int, extra: bytes = b"") -> bytes:
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
        b"/Resources<</Font<</F 5 0 R>>%s>>>>" % (content, extra)
    )


_CATALOG, _FONT = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_WORDS = b"BT /F 12 Tf 72 700 Td (Annual report 2023, 120 items) Tj ET "


def whole_pdf(pages: int = 1) -> bytes:
    """A sound PDF, to be harmed."""
    kids = b" ".join(b"3 0 R" for _ in range(pages))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)
    return _pdf({1: _CATALOG, 2: tree, 3: _page(4), 4: _stream(_WORDS), 5: _FONT})


def pdfs() -> Iterator[tuple[str, bytes]]:
    """PDF files by name."""
    rng = random.Random(7)
    whole = whole_pdf()
    for place in (9, 60, len(whole) // 2, len(whole) - 20):
        yield f"cut_at_{place}.pdf", whole[:place]
    for number in range(8):
        harmed = bytearray(whole)
        for place in rng.sample(range(9, len(whole)), 30):
            harmed[place] = rng.randrange(256)
        yield f"noise_{number}.pdf", bytes(harmed)
    yield "only_the_mark.pdf", b"%PDF-1.7\n"
    yield "noise_behind_the_mark.pdf", b"%PDF-1.7\n" + rng.randbytes(20_000)
    loop = b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 3>>"
    yield "pages_in_a_loop.pdf", _pdf({1: _CATALOG, 2: loop, 3: _page(4), 4: _stream(_WORDS), 5: _FONT})
    yield "table_in_a_loop.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 15")
    first = b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"
    yield "many_pages_said.pdf", _pdf({1: _CATALOG, 2: first, 3: _page(4), 4: _stream(_WORDS), 5: _FONT})
    yield "many_pages.pdf", whole_pdf(20_000)
    form = _stream(
        b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    )
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    looping = {
        1: _CATALOG,
        2: tree,
        3: _page(4, b"/XObject<</X 6 0 R>>"),
        4: _stream(_WORDS + b"/X Do"),
        5: _FONT,
    }
    yield "form_in_itself.pdf", _pdf({**looping, 6: form})
    bomb = zlib.compress(_WORDS * 40_000, 9)
    yield "words_bomb.pdf", _pdf({**looping, 4: _stream(bomb, b"/Filter/FlateDecode"), 6: form})
    twice = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    packed = _stream(twice, b"/Filter[/FlateDecode/FlateDecode]")
    yield "blanks_bomb.pdf", _pdf({**looping, 4: packed, 6: form})
    paths = zlib.compress(b"0 0 m 500 0 l S 0 0 500 500 re S " * 30_000, 9)
    yield (
        "lines_bomb.pdf",
        _pdf({**looping, 4: _stream(_WORDS + b" "), 6: _stream(paths, b"/Filter/FlateDecode")}),
    )
    yield "lines_bomb_on_the_page.pdf", _pdf({**looping, 4: _stream(paths, b"/Filter/FlateDecode"), 6: form})
    far = b"BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (far) Tj -99999999999999999999 0 Td (away) Tj ET"
    yield "far_away.pdf", _pdf({**looping, 4: _stream(far), 6: form})
    wide = _page(4).replace(b"[0 0 595 842]", b"[-1e30 -1e30 1e30 1e30]")
    yield "endless_page.pdf", _pdf({**looping, 3: wide, 6: form})
    yield "no_pages.pdf", _pdf({1: _CATALOG, 2: b"<</Type/Pages/Kids[]/Count 0>>"})
    yield "root_is_itself.pdf", _pdf({1: b"1 0 R"})
    yield (
        "length_is_itself.pdf",
        _pdf({**looping, 4: b"<</Length 4 0 R>>\nstream\nBT ET\nendstream", 6: form}),
    )
    deep = b"[" * 50_000 + b"]" * 50_000
    yield "deep.pdf", _pdf({**looping, 6: deep})
    yield (
        "locked.pdf",
        _pdf(looping | {6: form}, b"/Root 1 0 R/Encrypt<</Filter/Standard/V 9/R 9/O()/U()/P 0>>/ID[()()]"),
    )


_WORD = (
    b'<?xml version="1.0"?>%s'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s'
    b"</w:body></w:document>"
)


def _word(document: bytes, parts: dict[str, bytes] | None = None) -> bytes:
    """A Word file with a document and parts as given."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in {"word/document.xml": document, **(parts or {})}.items():
            container.writestr(name, content)
    return packed.getvalue()


def others() -> Iterator[tuple[str, bytes]]:
    """Files that are not what their suffix says, Word files and pages that mean harm."""
    yield "empty.pdf", b""
    yield "empty.txt", b""
    yield "text.pdf", REPORT.encode()
    yield "pdf.txt", whole_pdf()
    yield "zip.txt", b"PK\x03\x04" + b"\0" * 100
    yield "image.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 100
    yield "bomb.docx", _word(_WORD % (b"", b"<w:p/>" * 7_000_000))
    yield "nested.docx", _word(_WORD % (b"", b"<w:tbl><w:tr><w:tc>" * 50_000))
    grow = b'<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 20)
    )
    yield "entities.docx", _word(_WORD % (b"<!DOCTYPE w [" + grow + b"]>", b"<w:p><w:r><w:t>&a19;"))
    yield "outside.docx", _word(_WORD % (b"", b""), {"../../outside.txt": b"x", "/outside.txt": b"x"})
    yield "deep.html", REPORT.encode() + b"<div><table><tr><td>" * 10_000
    yield "entities.xhtml", b"<!DOCTYPE html [" + grow + b"]><html><body><p>&a19;</p>" + REPORT.encode()
