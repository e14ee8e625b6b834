"""The lines of all pages in a row, with what lay between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gxnlp.deferred import deferred
from gxnlp.folding import BULLETS
from gxnlp.records import Box, Line, Page

_BLANK = " \u3000\xa0"
_SYMBOLS = deferred("[\ue000-\uf8ff]+\\s*")
"""A bullet of a symbol font at the beginning of a line, which prints none of the text's characters."""
# List and heading numbers in folded text: what no line within a paragraph begins with, but by chance.
MARK = deferred(
    rf"[{BULLETS}]"
    r"|（\s?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\s?）"
    r"|[一二三四五六七八九十]{1,3}(?:\s?[、.，]|\s(?=\S))"
    r"|第[一二三四五六七八九十]{1,2}(?:部分|[章节，、\s])"
    r"|[0-9]{1,2}\s?(?:、|\.(?![0-9])|）)|[①-⑳⑴-⒇❶-❿㈠-㈩]|附[件表录]\s?[0-9：]"
)


@dataclass(slots=True, eq=False)
class Row:
    """A line that holds something.

    Attributes:
        text: Its characters without blanks around them; a table row keeps its outer tabs.
        boxes: One box a character of `text`, or `None`.
        page: Page number.
        heading: Level that the source gives it as a heading, 0 for none.
        table: Whether it is a row of a table.
        blanks: Blank lines before it.
        cut: Whether a page ends before it.
        lead: The blanks before it.
        tail: Whether blanks stood behind it.
        folded: `text` folded one for one; filled in when all rows are folded together.
    """

    text: str
    boxes: tuple[Box, ...] | None
    page: int
    heading: int
    table: bool
    blanks: int
    cut: bool
    lead: str
    tail: bool
    folded: str = ""


def rows_of(pages: Sequence[Page]) -> list[Row]:
    """The lines of all pages that hold something, in order.

    Args:
        pages: Pages as read.

    Returns:
        Rows; characters that fake bold printed twice are single.
    """
    rows: list[Row] = []
    for page in pages:
        blanks, cut = 0, page is not pages[0]
        for line in page.lines:
            row = _row(line, page.number, blanks, cut)
            if row is None:
                blanks += 1
            else:
                rows.append(row)
                blanks, cut = 0, False
    return rows


def _row(line: Line, page: int, blanks: int, cut: bool) -> Row | None:
    full, boxes = line.text, line.boxes
    text = full.strip()
    if (bullet := _SYMBOLS.match(text)) is not None:
        text = text[bullet.end() :]
    if not text:
        return None
    if line.table or "\t" in text:  # empty cells at the ends of a row keep their places
        text = full.strip(_BLANK)
    lead, tail = "", False
    if len(text) < len(full):
        begin = full.index(text, bullet.end() if bullet else 0)
        lead, tail = full[:begin], begin + len(text) < len(full)
        boxes = boxes and boxes[begin : begin + len(text)]
    if text[0] == text[1:2] and not line.table and (step := _times_printed(text)) > 1:
        text, boxes = text[::step], boxes and boxes[::step]
    return Row(text, boxes, page, line.heading, line.table, blanks, cut, lead, tail)


def _times_printed(text: str) -> int:
    """How often each character of a line is printed: 2 for 一一、、总总体体情情况况.

    Only whole lines of three Chinese characters or more count, which no wording repeats so.
    """
    for step in (2, 3, 4):
        once = text[::step]
        if len(text) == step * len(once) and all(text[i::step] == once for i in range(1, step)):
            chinese = {char for char in once if "\u4e00" <= char <= "\u9fff"}
            return step if len(chinese) >= 3 else 1
    return 1
