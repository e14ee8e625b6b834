"""PDF through pdfplumber: slower, but reads some files that PDFium refuses."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pdfplumber

from gxnlp.reading.rawpage import MAX_GLYPHS, MAX_RULES, MIN_RULE, RULE_THICKNESS, Glyph, RawPage, Rule


class PlumberBackend:
    """An open document, with the same methods as `PdfiumBackend`.

    Args:
        data: The whole file.

    Raises:
        Exception: Whatever pdfminer raises on a file that it cannot parse.
    """

    def __init__(self, data: bytes) -> None:
        self._document = pdfplumber.open(BytesIO(data))

    def __len__(self) -> int:
        return len(self._document.pages)

    def close(self) -> None:
        """Free the document."""
        self._document.close()

    def title(self) -> str:
        """Title from the document's properties, empty where there is none."""
        title = (self._document.metadata or {}).get("Title") or ""
        return title.strip() if isinstance(title, str) else ""

    def page(self, index: int) -> RawPage:
        """Glyphs and rules of one page.

        Args:
            index: Page index from 0.
        """
        page = self._document.pages[index]
        result = RawPage(float(page.width), float(page.height), images=bool(page.images))
        chars = [char for char in page.chars if char["upright"]]
        if len(chars) > MAX_GLYPHS:
            result.notes.append(f"only the first {MAX_GLYPHS} of {len(chars)} characters were read")
        for char in chars[:MAX_GLYPHS]:
            for one in char["text"]:  # a ligature stands for several
                result.glyphs.append(
                    Glyph(one, char["x0"], char["top"], char["x1"], char["bottom"], char["bottom"])
                )
        for shape in (*page.lines, *page.rects):
            if shape["stroke"] or not _is_white(shape.get("non_stroking_color")):
                _add_shape(shape, result)
        page.close()
        if len(result.horizontal) + len(result.vertical) > MAX_RULES:
            result.horizontal, result.vertical = [], []
            result.notes.append("too many drawn lines to look for tables")
        return result


def _is_white(colour: Any) -> bool:
    """Whether a fill is white in grey or RGB; CMYK white is all zero."""
    if not isinstance(colour, (tuple, list)) or not colour:
        return False
    return all(part <= 0.02 for part in colour) if len(colour) == 4 else all(part >= 0.98 for part in colour)


def _add_shape(shape: dict[str, Any], result: RawPage) -> None:
    x0, x1, top, bottom = shape["x0"], shape["x1"], shape["top"], shape["bottom"]
    width, height = x1 - x0, bottom - top
    if height <= RULE_THICKNESS and width >= MIN_RULE:
        result.horizontal.append(Rule((top + bottom) / 2, x0, x1))
    elif width <= RULE_THICKNESS and height >= MIN_RULE:
        result.vertical.append(Rule((x0 + x1) / 2, top, bottom))
    elif shape["stroke"] and shape["object_type"] == "rect":
        result.horizontal += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
        result.vertical += [Rule(x0, top, bottom), Rule(x1, top, bottom)]
