"""PDF: text, tables and boxes, whatever drew them; damaged, endless and scanned ones within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_drawing import draw, grid
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from gxnlp.errors import InputError
from gxnlp.reading import Reading, pdf, pdf_pdfium, read

PDF_SAMPLES = sorted((Path(__file__).parent.parent / "corpus" / "samples").glob("*.pdf"))


def texts(reading: Reading) -> list[str]:
    return [line.text for page in reading.pages for line in page.lines if line.text]


def squeezed(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def test_an_encrypted_pdf_asks_for_one_without_password():
    data = draw(lambda c: c.drawString(72, 700, "甲"), encrypt=StandardEncryption("secret"))
    with pytest.raises(InputError, match=r"encrypted.*save it without one"):
        read(data, name="a.pdf")


def test_a_pdf_that_only_forbids_copying_is_read():
    data = draw(lambda c: c.drawString(72, 700, "甲乙"), encrypt=StandardEncryption("", "owner", canCopy=0))
    assert texts(read(data, name="a.pdf")) == ["甲乙"]


def picture(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (20, 20), 128)), 0, 0, 595, 842)


def test_a_scan_is_refused_and_a_scanned_page_noted():
    with pytest.raises(InputError, match=r"2 pages, but no text.*OCR"):
        read(draw(picture, picture), name="a.pdf")
    reading = read(draw(lambda c: c.drawString(72, 700, "甲乙"), picture), name="a.pdf")
    assert reading.notes == ("page 2 has no text (a scanned image?)",)
    assert len(reading.pages) == 2


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_no_damage_to_a_pdf_crashes_the_reader(place, noise):
    whole = draw(lambda c: grid(c, [["规章", "0"], ["文件", "3"]]))
    data = bytearray(whole)
    data[place % len(whole) : place % len(whole) + len(noise)] = noise
    try:
        reading = read(bytes(data), name="a.pdf")
    except InputError as error:
        assert "a.pdf" in str(error)
    else:
        assert reading.pages


def test_a_pdf_named_txt_is_read_as_pdf_with_its_title():
    data = draw(lambda c: (c.setTitle("年度报告"), c.drawString(72, 700, "一、总体情况"))[0])
    reading = read(data, name="report.txt")
    assert (reading.format, reading.paged, reading.meta) == ("pdf", True, {"title": "年度报告"})
    assert texts(reading) == ["一、总体情况"]
    assert (reading.pages[0].width, reading.pages[0].height) == (595, 842)


def test_lines_come_from_top_to_bottom_with_a_box_a_character():
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 600, "乙乙。")
        canvas.drawString(72, 700, "甲1甲")

    first, second = read(draw(page), name="a.pdf").pages[0].lines
    assert (first.text, second.text) == ("甲1甲", "乙乙。")
    assert first.boxes is not None and len(first.boxes) == 3
    x0, top, x1, bottom = first.boxes[0]
    assert 71 < x0 < 73 and 83 < x1 < 85 and 128 < top < 142 < bottom < 148


def test_fake_bold_is_read_once_and_true_doubles_twice():
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            canvas.drawString(72 + shift, 700, "一一、总体情况11")

    assert texts(read(draw(page), name="a.pdf")) == ["一一、总体情况11"]


def test_words_keep_their_blanks_and_chinese_gets_none():
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "公 开".replace(" ", ""))
        canvas.drawString(98, 700, "2023")
        canvas.drawString(126, 700, "年")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 600, "open")
        canvas.drawString(104, 600, "data")

    assert texts(read(draw(page), name="a.pdf")) == ["公开2023年", "open data"]


def test_a_slanted_watermark_is_no_text():
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "一、总体情况")
        canvas.translate(200, 400)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")

    assert texts(read(draw(page), name="a.pdf")) == ["一、总体情况"]


def test_a_font_that_is_not_in_the_file_is_read_alike_whatever_the_machine_has():
    data = draw(lambda canvas: canvas.drawString(72, 700, "公开2023年"))
    boxes = read(data, name="a.pdf").pages[0].lines[0].boxes
    # 12 points a character, digits as wide as the file says (0.462 of that).
    assert [round(box[0], 1) for box in boxes] == [72.0, 84.0, 96.0, 101.5, 107.1, 112.6, 118.2]
    assert [round(box[2], 1) for box in boxes] == [84.0, 96.0, 101.5, 107.1, 112.6, 118.2, 130.2]
    own = pypdfium2.PdfDocument(data)[0].get_textpage().get_charbox(2)
    assert own[2] - own[0] > 5, "whoever draws pages with PDFium afterwards gets the fonts of the machine"


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("by_page", [True, False])
def test_pages_and_texts_on_their_side_are_read_upright(turn, by_page):
    def page(canvas: Canvas) -> None:
        if by_page:
            canvas.setPageRotation(turn)
        canvas.translate(300, 400)
        canvas.rotate(turn)
        canvas.drawString(0, 30, "第一行在上")
        canvas.drawString(0, 0, "第二行在下")

    assert texts(read(draw(page), name="a.pdf")) == ["第一行在上", "第二行在下"]


def test_a_ruled_table_becomes_rows_between_the_text():
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 750, "二、主动公开")
        grid(canvas, [["信息内容", "件数"], ["规章", ""], ["文件", "3"]])
        canvas.drawString(72, 500, "三、依申请公开")

    lines = read(draw(page), name="a.pdf").pages[0].lines
    assert [line.text for line in lines] == [
        "二、主动公开", "信息内容\t件数", "规章\t", "文件\t3", "三、依申请公开"
    ]  # fmt: skip
    assert [line.table for line in lines] == [False, True, True, True, False]
    assert all(line.boxes is not None and len(line.boxes) == len(line.text) for line in lines)


def test_merged_cells_stand_at_their_first_row_and_column():
    def page(canvas: Canvas) -> None:
        for y in (700, 640, 580):
            canvas.line(72, y, 372, y)
        canvas.line(172, 670, 372, 670)
        canvas.line(172, 610, 372, 610)
        for x in (72, 172, 372):
            canvas.line(x, 700, x, 580)
        canvas.line(272, 640, 272, 580)
        canvas.drawString(75, 665, "三、办理")
        canvas.drawString(75, 645, "结果")
        for x, y, cell in (
            (175, 680, "予以公开"),
            (175, 650, "部分公开"),
            (75, 590, "总计"),
            (175, 620, "1"),
            (275, 590, "2"),
        ):
            canvas.drawString(x, y, cell)

    assert texts(read(draw(page), name="a.pdf")) == [
        "三、办理结果\t予以公开\t",
        "\t部分公开\t",
        "总计\t1\t",
        "\t\t2",
    ]


def test_a_heading_in_a_cell_across_its_table_is_no_row():
    def page(canvas: Canvas) -> None:
        canvas.rect(72, 700, 200, 30)
        canvas.drawString(75, 710, "二、主动公开政府信息情况")
        grid(canvas, [["规章", "0"], ["文件", "3"]])

    lines = read(draw(page), name="a.pdf").pages[0].lines
    assert [(line.text, line.table) for line in lines] == [
        ("二、主动公开政府信息情况", False),
        ("规章\t0", True),
        ("文件\t3", True),
    ]


def test_a_table_that_goes_on_overleaf_keeps_its_last_row():
    rows = [["行政许可", "36"], ["行政处罚", "4"], ["行政强制", "0"]]
    lines = read(draw(lambda c: grid(c, rows, closed=False)), name="a.pdf").pages[0].lines
    assert [line.text for line in lines if line.table] == ["\t".join(row) for row in rows]


def test_a_table_without_rules_at_its_sides_keeps_its_first_and_last_column():
    rows = [["行政许可", "36", "4"], ["行政处罚", "7", "9"], ["行政强制", "0", "2"]]

    def page(canvas: Canvas) -> None:
        for i in (1, 2):
            canvas.line(72, 700 - 30 * i, 372, 700 - 30 * i)
        for j in (1, 2):
            canvas.line(72 + 100 * j, 700, 72 + 100 * j, 610)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                canvas.drawString(77 + 100 * j, 680 - 30 * i, cell)

    lines = read(draw(page), name="a.pdf").pages[0].lines
    assert [line.text for line in lines if line.table] == ["\t".join(row) for row in rows]


def test_white_boxes_behind_text_are_no_table():
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        for i in range(4):
            canvas.rect(72, 690 - 20 * i, 200, 20, stroke=0, fill=1)
            canvas.rect(272, 690 - 20 * i, 200, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        for i, text in enumerate(("甲甲", "乙乙", "丙丙")):
            canvas.drawString(75, 695 - 20 * i, text)

    assert not any(line.table for line in read(draw(page), name="a.pdf").pages[0].lines)


def test_thin_filled_boxes_and_a_grid_in_one_path_are_rules():
    def page(canvas: Canvas) -> None:
        path = canvas.beginPath()
        for i in range(3):
            path.rect(72, 700 - 30 * i, 200, 0.6)
            path.rect(72 + 100 * i, 640, 0.6, 60)
        canvas.drawPath(path, stroke=0, fill=1)
        for x, y, cell in ((75, 680, "规章"), (175, 680, "0"), (75, 650, "文件"), (175, 650, "3")):
            canvas.drawString(x, y, cell)

    assert texts(read(draw(page), name="a.pdf")) == ["规章\t0", "文件\t3"]


def test_a_grid_within_a_form_is_found():
    def page(canvas: Canvas) -> None:
        canvas.beginForm("table")
        canvas.setFont("STSong-Light", 12)
        grid(canvas, [["规章", "0"], ["文件", "3"]], left=0, top=60)
        canvas.endForm()
        canvas.translate(100, 500)
        canvas.doForm("table")

    assert texts(read(draw(page), name="a.pdf")) == ["规章\t0", "文件\t3"]


def test_a_frame_around_running_text_is_no_table():
    def page(canvas: Canvas) -> None:
        canvas.rect(60, 560, 480, 160)
        canvas.line(530, 560, 530, 720)
        for i in range(12):
            canvas.drawString(72, 700 - 12 * i, "公开" * 18)
        canvas.drawString(532, 700, "注")

    lines = read(draw(page), name="a.pdf").pages[0].lines
    assert len([line for line in lines if line.text.startswith("公开" * 18)]) == 12


def filled(rows: Iterable[Iterable[str | None]]) -> list[list[str]]:
    """The cells that hold something, squeezed, row by row."""
    cells = ([cell for text in row if (cell := "".join((text or "").split()))] for row in rows)
    return [row for row in cells if row]


@pytest.mark.parametrize("path", PDF_SAMPLES, ids=lambda path: path.name)
def test_samples_read_as_pdfplumber_reads_them(path):
    data = path.read_bytes()
    reading = read(data, name=path.name)
    with pdfplumber.open(BytesIO(data)) as document:
        for page, oracle in zip(reading.pages, document.pages, strict=True):
            assert squeezed("".join(line.text for line in page.lines)) == squeezed(oracle.extract_text())
            mine = (line.text.split("\t") for line in page.lines if line.table)
            assert filled(mine) == filled(row for table in oracle.extract_tables() for row in table)


@pytest.mark.parametrize("path", PDF_SAMPLES, ids=lambda path: path.name)
def test_the_patient_backend_reads_what_the_fast_one_refuses(path, monkeypatch):
    data = path.read_bytes()
    expected = ["".join(text.split()) for text in texts(read(data, name=path.name))]

    def refuse(self: object, data: bytes) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Data format error).")

    monkeypatch.setattr(pdf_pdfium.PdfiumBackend, "__init__", refuse)
    assert ["".join(text.split()) for text in texts(read(data, name=path.name))] == expected


def test_too_many_pages_and_a_damaged_page_are_noted(monkeypatch):
    data = draw(*(lambda c, n=n: c.drawString(72, 700, f"第{n}页正文") for n in range(1, 5)))
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    whole = pdf_pdfium.PdfiumBackend.page

    def page(self: pdf_pdfium.PdfiumBackend, index: int) -> object:
        if index == 1:
            raise pypdfium2.PdfiumError("Failed to load page.")
        return whole(self, index)

    monkeypatch.setattr(pdf_pdfium.PdfiumBackend, "page", page)
    reading = read(data, name="a.pdf")
    assert texts(reading) == ["第1页正文", "第3页正文"]
    assert len(reading.pages) == 3
    assert "page 2 is damaged" in reading.notes[0]
    assert reading.notes[1] == "only the first 3 of 4 pages were read"


def test_a_drawing_of_many_lines_costs_the_tables_not_the_text(monkeypatch):
    monkeypatch.setattr(pdf_pdfium, "MAX_RULES", 3)
    reading = read(draw(lambda c: grid(c, [["规章", "0"], ["文件", "3"]])), name="a.pdf")
    assert squeezed("".join(texts(reading))) == squeezed("规章0文件3")
    assert "too many drawn lines" in reading.notes[0]
