"""The same font on every machine for what a PDF names and does not carry.

Many Chinese PDFs name 宋体 or 仿宋 and do not embed it. PDFium then takes whatever the machine has, and
where that has no Chinese characters it draws nothing: characters without height, lines that it takes for
copies of the one before, no angle for text on its side. While a document is open, PDFium is given
`data/box.ttf` instead, a box for every character; how wide each is stands in the PDF. What is read then
does not depend on the fonts of a machine, and a machine without any reads as well as another.
"""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.resources import files
from typing import Any

import pypdfium2.raw as pdfium

# PDFium has these itself, with the widths that a PDF may leave out for them (ISO 32000-1, 9.6.2.2).
_STANDARD = (b"Helvetica", b"Arial", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")
_WHOLE_FILE = 0  # PDFium asks for tables of a font by name, and by this for all of it
_BOX = 1


_given_back: list[Any] = []
"""PDFium's own way to the fonts, while that is in use: it empties what is replaced, and it is freed here."""


def give_box_font() -> None:
    """Let PDFium take the box for every font that it has to look for."""
    pdfium.FPDF_SetSystemFontInfo(_boxes())
    while _given_back:
        pdfium.FPDF_FreeDefaultSystemFontInfo(_given_back.pop())


def give_fonts_of_machine() -> None:
    """Let PDFium look among the fonts of the machine again, as it does by itself."""
    give_box_font()
    if fonts := pdfium.FPDF_GetDefaultSystemFontInfo():
        pdfium.FPDF_SetSystemFontInfo(fonts)
        _given_back.append(fonts)


@cache
def _boxes() -> Any:
    """What PDFium calls for a font; kept for good, since PDFium keeps no reference that Python knows."""
    font = (files("gxnlp") / "data" / "box.ttf").read_bytes()

    def map_font(
        _: Any, weight: int, italic: int, charset: int, pitch: int, name: Any, exact: Any
    ) -> int | None:
        called = ctypes.string_at(name) if name else b""
        return None if called.startswith(_STANDARD) else _BOX

    def font_data(_: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
        if table != _WHOLE_FILE:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    calls = {
        "Release": lambda _: None,
        "EnumFonts": lambda _, mapper: None,
        "MapFont": map_font,
        "GetFont": lambda _, name: None,
        "GetFontData": font_data,
        "GetFaceName": lambda _, handle, buffer, size: 0,
        "GetFontCharset": lambda _, handle: pdfium.FXFONT_GB2312_CHARSET,
        "DeleteFont": lambda _, handle: None,
    }
    types = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    info = pdfium.FPDF_SYSFONTINFO(version=1)
    for name, call in calls.items():
        setattr(info, name, types[name](call))
    return info
