"""PDF pages for tests, drawn with ReportLab."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def draw(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF of some pages, A4 in points, each drawn by a function."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), **options)  # type: ignore[arg-type]
    for page in pages:
        canvas.setFont("STSong-Light", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def grid(
    canvas: Canvas, rows: list[list[str]], *, left: float = 72, top: float = 700, closed: bool = True
) -> None:
    """A ruled table of cells 100 by 30 points; without its lowest rule where not closed."""
    columns, bottom = len(rows[0]), top - 30 * len(rows)
    for i in range(len(rows) + closed):
        canvas.line(left, top - 30 * i, left + 100 * columns, top - 30 * i)
    for j in range(columns + 1):
        canvas.line(left + 100 * j, top, left + 100 * j, bottom)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            canvas.drawString(left + 100 * j + 5, top - 30 * i - 20, cell)
