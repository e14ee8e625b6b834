"""Page furniture: numbers, running heads and feet, which are on the paper but not in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.layout.rows import MARK, Row

# Page numbers that nothing else looks like: - 1 -, — 3 —, 第3页 共5页, 3/5, Page 3 of 5.
_NUMBER = r"(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
_SURE = deferred(
    rf"[-—–－―─~～·•.]{{1,6}}\s*第?\s*{_NUMBER}\s*页?\s*[-—–－―─~～·•.]{{1,6}}"
    rf"|第\s*{_NUMBER}\s*页\s*[,，/／（(]?\s*(?:共\s*{_NUMBER}\s*页)?\s*[)）]?"
    rf"|共\s*{_NUMBER}\s*页\s*[,，/／]?\s*第\s*{_NUMBER}\s*页"
    r"|[Pp](?:age|AGE)?\.?\s*[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?"
    r"|页码\s*[:：]?\s*[0-9]{1,3}"
)
_BARE = deferred(r"([0-9]{1,3})(?:\s*/\s*[0-9]{1,3})?")
_DIGITS = deferred(r"[0-9０-９]+")
_FIGURES = deferred(r"[0-9０-９\s.,，．%/-]+")
_LONGEST = 24
"""No page number is printed longer than this."""

_PAGE_CHARS = 150
"""Least number of characters between two bare page numbers of a text."""

_CELLS_APART = 60
"""A number with another so few characters before or behind it is a cell."""

_LONG_LINE = 15

_EDGE = 0.12
"""Bare page numbers stand in this share of the page's height, at its top or bottom."""

_HEAD_CHARS = (3, 60)
_HEAD_PAGES = 3
"""Pages on which a line must stand to be a running head; in short reports all but the first."""

_HEAD_SHIFT = 4.0
"""A running head is printed at the same height within so many points."""


def drop_furniture(rows: list[Row], *, heights: dict[int, float]) -> list[Row]:
    """Drop page numbers and running heads.

    Args:
        rows: All rows.
        heights: Height of each page by its number, 0 where pages have no size.

    Returns:
        The rows that remain; those behind a dropped page number are marked as after a page end.
    """
    numbers = {i for i, row in enumerate(rows) if len(row.text) <= _LONGEST and _SURE.fullmatch(row.text)}
    bare = [i for i, row in enumerate(rows) if len(row.text) <= _LONGEST and _BARE.fullmatch(row.text)]
    if bare:
        numbers |= _bare_on_pages(rows, bare, heights) if any(heights.values()) else _bare_in_text(rows, bare)
    rows = _without(rows, numbers)
    return _without(rows, _running_heads(rows))


def _without(rows: list[Row], dropped: set[int]) -> list[Row]:
    if not dropped:
        return rows
    kept: list[Row] = []
    cut, blanks = False, 0
    for i, row in enumerate(rows):
        if i in dropped:
            cut, blanks = True, blanks + row.blanks
            continue
        if cut:
            row.cut, row.blanks = True, row.blanks + blanks
            cut, blanks = False, 0
        kept.append(row)
    return kept


def _value(row: Row) -> int:
    found = _BARE.fullmatch(row.text)
    return int(found[1]) if found else 0


def _bare_on_pages(rows: list[Row], bare: list[int], heights: dict[int, float]) -> set[int]:
    """Lone numbers at a page's edge that run with the pages."""
    edge: list[int] = []
    for i in bare:
        row, height = rows[i], heights.get(rows[i].page, 0.0)
        if row.boxes and height and not row.table:
            _, top, _, bottom = row.boxes[0]
            if bottom < _EDGE * height or top > (1 - _EDGE) * height:
                edge.append(i)
    shifts = Counter(_value(rows[i]) - rows[i].page for i in edge)
    if not shifts:
        return set()
    shift, count = shifts.most_common(1)[0]
    if count < 2 and len(heights) > 2:
        return set()
    return {i for i in edge if _value(rows[i]) - rows[i].page == shift}


def _bare_in_text(rows: list[Row], bare: list[int]) -> set[int]:
    """Lone numbers that count up a page's length apart, and are no cells of a table."""
    chain: list[int] = []
    cells = {i for pair in pairwise(bare) if _apart(rows, *pair) < _CELLS_APART for i in pair}
    for i in bare:
        if rows[i].table or i in cells:
            continue
        step = _value(rows[i]) - (_value(rows[chain[-1]]) if chain else 0)
        if 1 <= step <= 2 and (not chain or _apart(rows, chain[-1], i) >= step * _PAGE_CHARS):
            chain.append(i)
    return set(chain) if len(chain) >= 2 or (chain and _stands_alone(rows, chain[0])) else set()


def _apart(rows: list[Row], one: int, other: int) -> int:
    """Characters between two rows."""
    return sum(len(row.text) for row in rows[one + 1 : other])


def _stands_alone(rows: list[Row], i: int) -> bool:
    """Whether blank lines part a number from long lines, or a heading on one side."""
    if not 0 < i < len(rows) - 1 or not rows[i].blanks or not rows[i + 1].blanks:
        return False
    above, below = rows[i - 1], rows[i + 1]
    long = [row.table or len(row.text) >= _LONG_LINE for row in (above, below)]
    return any(long) and all(
        is_long or MARK.match(fold(row.text)) for is_long, row in zip(long, (above, below), strict=True)
    )


def _running_heads(rows: list[Row]) -> set[int]:
    """Lines repeated at the top or bottom of the pages."""
    starts = [i for i, row in enumerate(rows) if row.cut or i == 0]
    if len(starts) < 2:
        return set()
    seen: dict[tuple[str, bool], list[int]] = {}
    for begin, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        edges = {(_likeness(rows[i]), True): i for i in range(begin, min(begin + 2, end))}
        edges |= {(_likeness(rows[i]), False): i for i in range(max(begin, end - 2), end)}
        for likeness, i in edges.items():
            if _may_be_head(rows[i]):
                seen.setdefault(likeness, []).append(i)
    needed = max(2, min(_HEAD_PAGES, len(starts) - 1))
    return {i for places in seen.values() for i in _same_height(rows, places, needed)}


def _may_be_head(row: Row) -> bool:
    """Whether a row is neither a table's nor figures alone, which a table without rules prints."""
    short = _HEAD_CHARS[0] <= len(row.text) <= _HEAD_CHARS[1]
    return short and not row.table and not _FIGURES.fullmatch(row.text)


def _likeness(row: Row) -> str:
    """A row's wording, whatever page number is in it."""
    return _DIGITS.sub("0", row.text)


def _same_height(rows: list[Row], places: list[int], needed: int) -> Iterable[int]:
    """Those of the lines of one wording that are printed at one height.

    In a text, which has no heights, all but one on the first page, which may be the title.
    """
    if len(places) < needed:
        return ()
    if not rows[places[0]].boxes:
        first = rows[0].page == rows[places[0]].page and not any(row.cut for row in rows[1 : places[0] + 1])
        return places[1:] if first else places
    tops = [boxes[0][1] if (boxes := rows[i].boxes) else 0.0 for i in places]
    middle = sorted(tops)[len(tops) // 2]
    same = [i for i, top in zip(places, tops, strict=True) if abs(top - middle) <= _HEAD_SHIFT]
    return same if len(same) >= needed else ()
