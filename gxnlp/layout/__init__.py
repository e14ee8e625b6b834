"""Pages to one normalised text: broken lines joined, page furniture gone, tables set apart.

Every printed character stays, in order; only white space, page numbers, running heads and
the doubles of fake bold go. A paragraph is a line; tables stay as the lines that they were.

Whether a line end is a break in the text or only the end of the paper is read from the
paper: where the next word would still have fitted, the writer ended the line. With boxes
(PDF) the edges are measured in points, without them in characters or columns, in whichever
the line ends gather at one width.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from gxnlp.folding import fold
from gxnlp.layout.cutrows import join_cut_rows
from gxnlp.layout.flat import restore_line_ends
from gxnlp.layout.furniture import drop_furniture
from gxnlp.layout.gaps import close_gaps
from gxnlp.layout.linebreaks import joins
from gxnlp.layout.rows import Row, rows_of
from gxnlp.layout.settings import PageSetting, Setting, TextSetting
from gxnlp.layout.tableblocks import find_table_blocks
from gxnlp.records import Box, Document, Interval, Page

_BEFORE = 400
"""Characters of a paragraph's beginning that decide whether it is a sentence or a title."""


def normalise(pages: Sequence[Page], *, paged: bool) -> Document:
    """Make the normalised text of a report.

    Args:
        pages: Pages as read.
        paged: Whether they are those of a printed document: then `page_starts` is filled.

    Returns:
        The document: a paragraph, heading or table row a line; no blank lines but within tables.
    """
    rows = drop_furniture(
        restore_line_ends(rows_of(pages)), heights={page.number: page.height for page in pages}
    )
    if paged:
        rows = join_cut_rows(rows)
    raw, starts = _unjoined(rows)
    folded = fold(raw)
    for row, start in zip(rows, starts, strict=True):
        row.folded = folded[start : start + len(row.text)]
    blocks = _table_blocks(rows, folded, starts)
    inside = _inside(rows, starts, blocks)
    setting = _setting(
        [row for row, place in zip(rows, inside, strict=True) if place == (0, 0) and not row.table],
        widths={page.number: page.width for page in pages},
    )
    if setting.wrapped:
        blocks = [_without_cut_line(block, rows, starts, setting) for block in blocks]
        inside = _inside(rows, starts, blocks)
    glue = _glue(rows, inside, setting)
    closed = close_gaps(
        rows,
        glue,
        [place == (0, 0) and not row.table for row, place in zip(rows, inside, strict=True)],
    )
    text = "".join(part for row, between in zip(rows, glue, strict=True) for part in (between, row.text))
    places = _places(rows, glue)
    return Document(
        text=text,
        folded=_folded(text, rows, glue, closed=closed),
        tables=tuple(_moved(block, starts, places) for block in blocks),
        headings=tuple(
            Interval(place, place + len(row.text))
            for row, place, (begin, _) in zip(rows, places, inside, strict=True)
            if row.heading and not begin
        ),
        page_starts=_page_starts(pages, rows, places, len(text)) if paged else (),
        boxes=_boxes(rows, glue),
    )


def _unjoined(rows: Sequence[Row]) -> tuple[str, list[int]]:
    """The text as it was, blank lines and all, and where each row begins in it."""
    parts: list[str] = []
    starts: list[int] = []
    offset = 0
    for row in rows:
        between = "\n" * (row.blanks + 1) if starts else ""
        offset += len(between)
        starts.append(offset)
        offset += len(row.text)
        parts += (between, row.text)
    return "".join(parts), starts


def _folded(text: str, rows: Sequence[Row], glue: Sequence[str], *, closed: bool) -> str:
    """The folded text, put together from the folded rows: folding takes longest of all here.

    A comma depends on its neighbours, so a join at one needs folding anew; so does a text with gaps closed,
    or with straight quotes, whose pairs a join may part otherwise.
    """
    if closed or '"' in text:
        return fold(text)
    parts: list[str] = []
    for i, (row, between) in enumerate(zip(rows, glue, strict=True)):
        if i and not between and "," in rows[i - 1].text[-1] + row.text[0]:
            return fold(text)
        parts += (between, row.folded)
    return "".join(parts)


def _table_blocks(rows: Sequence[Row], folded: str, starts: Sequence[int]) -> list[Interval]:
    """Tables found in the unjoined text and those that the source ruled, in order, without overlap."""
    ruled = (
        Interval(start, start + len(row.text)) for row, start in zip(rows, starts, strict=True) if row.table
    )
    found = sorted([*find_table_blocks(folded), *ruled], key=lambda block: (block.start, block.end))
    blocks: list[Interval] = []
    for block in found:
        if blocks and (block.start <= blocks[-1].end or folded[blocks[-1].end : block.start].isspace()):
            blocks[-1] = Interval(blocks[-1].start, max(block.end, blocks[-1].end))
        else:
            blocks.append(block)
    return blocks


def _inside(rows: Sequence[Row], starts: Sequence[int], blocks: Sequence[Interval]) -> list[tuple[int, int]]:
    """For the first and last character of each row the number of its table from 1, 0 outside."""
    inside = [(0, 0)] * len(rows)
    for number, block in enumerate(blocks, 1):
        for i in range(bisect_right(starts, block.start) - 1, bisect_left(starts, block.end)):
            begins, ends = starts[i] >= block.start, starts[i] + len(rows[i].text) <= block.end
            inside[i] = (number if begins else inside[i][0], number if ends else inside[i][1])
    return inside


def _without_cut_line(
    block: Interval, rows: Sequence[Row], starts: Sequence[int], setting: Setting
) -> Interval:
    """A table without a first line that is the end of the broken line above it, such as the 况 of 情况."""
    i = bisect_right(starts, block.start) - 1
    if 0 < i < len(rows) - 1 and starts[i] == block.start and not rows[i].table:
        above = rows[i - 1]
        if (
            not above.table
            and above.text[-1] not in "0123456789"
            and joins(above, rows[i], before=above.folded, setting=setting)
        ):
            return Interval(min(starts[i + 1], block.end - 1), block.end)
    return block


def _setting(prose: list[Row], *, widths: dict[int, float]) -> Setting:
    if any(row.boxes for row in prose):
        return PageSetting.of([row for row in prose if row.boxes], widths)
    return TextSetting.of(prose)


def _glue(rows: Sequence[Row], inside: Sequence[tuple[int, int]], setting: Setting) -> list[str]:
    """What stands before each row: nothing or a blank where it goes on, else line ends."""
    glue: list[str] = []
    before = ""
    for i, row in enumerate(rows):
        last, (begin, end) = rows[i - 1], inside[i]
        before_table = inside[i - 1][1]
        if not i:
            glue.append("")
        elif begin and before_table == begin:
            glue.append("\n" * (row.blanks + 1))
        elif (
            begin
            or before_table
            or row.table
            or last.table
            or not joins(last, row, before=before, setting=setting)
        ):
            glue.append("\n")
        else:
            glue.append(_between(last, row))
            before = (before + row.folded)[:_BEFORE]
            continue
        before = row.folded if not end else ""
    return glue


def _between(row: Row, following: Row) -> str:
    """A blank where one was printed, or where two words of Latin letters meet."""
    one, other = row.text[-1], following.text[0]
    words = one.isascii() and one.isalpha() and other.isascii() and other.isalpha()
    return " " if row.tail or words else ""


def _places(rows: Sequence[Row], glue: Sequence[str]) -> list[int]:
    places: list[int] = []
    offset = 0
    for row, between in zip(rows, glue, strict=True):
        offset += len(between)
        places.append(offset)
        offset += len(row.text)
    return places


def _moved(block: Interval, starts: Sequence[int], places: Sequence[int]) -> Interval:
    """An interval of the unjoined text in the joined one."""
    first = bisect_right(starts, block.start) - 1
    last = bisect_right(starts, block.end - 1) - 1
    return Interval(block.start - starts[first] + places[first], block.end - starts[last] + places[last])


def _page_starts(
    pages: Sequence[Page], rows: Sequence[Row], places: Sequence[int], end: int
) -> tuple[int, ...]:
    first: dict[int, int] = {}
    for row, place in zip(rows, places, strict=True):
        first.setdefault(row.page, place)
    starts: list[int] = []
    for page in reversed(pages):  # an empty page begins where the next one does
        end = first.get(page.number, end)
        starts.append(end)
    return (0, *starts[-2::-1]) if starts else ()


def _boxes(rows: Sequence[Row], glue: Iterable[str]) -> tuple[Box | None, ...] | None:
    if not any(row.boxes for row in rows):
        return None
    boxes: list[Box | None] = []
    for row, between in zip(rows, glue, strict=True):
        boxes += (None,) * len(between)
        boxes += row.boxes or (None,) * len(row.text)
    return tuple(boxes)
