"""Glyphs and grids to lines: what a reader would copy off the page, from top to bottom."""

from __future__ import annotations

import math
from bisect import bisect_right
from operator import itemgetter, sub

from gxnlp.reading.grids import PROSE_CELL, SECTION_HEADING, Grid, find_grids
from gxnlp.reading.rawpage import Glyph, RawPage
from gxnlp.reading.text import UNPRINTED
from gxnlp.records import Box, Line

_SAME_PLACE = 0.3
"""Fake bold prints a character again, shifted by less than this share of its width."""

_SAME_LINE = 0.4
"""Base lines nearer than this share of the characters' height are one line."""

_WORD_GAP = 0.2
"""Gap between two Latin letters or digits, in heights, from which it is a space."""

_WIDE_GAP = 1.5
"""Gap between any two characters, in heights, from which it is a space: fields set apart."""


def page_lines(page: RawPage) -> tuple[Line, ...]:
    """Lines of a page.

    Args:
        page: Glyphs and rules.

    Returns:
        Text lines and table rows from top to bottom, one box a character.
    """
    glyphs = _printed(page)
    placed: list[tuple[float, Line]] = []
    for grid in find_grids(page):
        inside, rest = _split(grid, glyphs)
        cells = {slot: _cell(group) for slot, group in inside.items()}
        if _is_frame(cells):
            continue
        glyphs = rest
        placed += _table_rows(grid, cells)
    placed += [
        ((row[0].top + row[0].bottom) / 2, _as_line(row, table=False)) for row in _rows_of(glyphs) if row
    ]
    placed.sort(key=itemgetter(0))
    return tuple(line for _, line in placed if line.table or line.text.strip())


def _printed(page: RawPage) -> list[Glyph]:
    """The glyphs that a reader sees: their middles are on the page."""
    glyphs = page.glyphs
    if not glyphs:
        return glyphs
    chars, x0s, tops, x1s, bottoms, _ = zip(*glyphs, strict=True)
    right, low = page.width + 1, page.height + 1
    if min(x0s) < -1 or max(x1s) > right or min(tops) < -1 or max(bottoms) > low:
        glyphs = [
            glyph
            for glyph in glyphs
            if -1 <= (glyph.x0 + glyph.x1) / 2 <= right and -1 <= (glyph.top + glyph.bottom) / 2 <= low
        ]
    unprinted = {char for char in set(chars) if UNPRINTED.match(char)}
    return [glyph for glyph in glyphs if glyph.char not in unprinted] if unprinted else glyphs


def _split(grid: Grid, glyphs: list[Glyph]) -> tuple[dict[tuple[int, int], list[Glyph]], list[Glyph]]:
    """Glyphs by the cell that they are in, and those outside of the table."""
    inside: dict[tuple[int, int], list[Glyph]] = {}
    rest: list[Glyph] = []
    xs, ys, owners = grid.xs, grid.ys, grid.owners
    left, right, first, last = xs[0], xs[-1], ys[0], ys[-1]
    west = east = north = south = 0.0  # of the slot that the last glyph was in: most share it
    outside = add = rest.append
    for glyph in glyphs:
        y = (glyph[2] + glyph[4]) / 2
        if not first <= y < last:
            outside(glyph)
            continue
        x = (glyph[1] + glyph[3]) / 2
        if west <= x < east and north <= y < south:
            add(glyph)
        elif left <= x < right:
            row, column = bisect_right(ys, y), bisect_right(xs, x)
            north, south, west, east = ys[row - 1], ys[row], xs[column - 1], xs[column]
            add = inside.setdefault(owners[row - 1][column - 1], []).append
            add(glyph)
        else:
            outside(glyph)
    return inside, rest


def _is_frame(cells: dict[tuple[int, int], list[Glyph]]) -> bool:
    """Whether a grid is no table: a drawing without text, or a frame around running text."""
    filled = [len(cell) for cell in cells.values()]
    return len(filled) < 2 or max(filled) > max(PROSE_CELL, 0.85 * sum(filled))


def _cell(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs of a cell in reading order, its own line breaks joined."""
    if len(glyphs) == 1:  # most cells of a statutory table: one digit
        return [] if glyphs[0].char.isspace() else glyphs
    cell: list[Glyph] = []
    for line in _rows_of(glyphs):
        if cell and line and _is_word(cell[-1].char) and _is_word(line[0].char):
            cell.append(_blank(cell[-1], cell[-1].x1))
        cell += line
    return cell


def _table_rows(grid: Grid, cells: dict[tuple[int, int], list[Glyph]]) -> list[tuple[float, Line]]:
    rows = []
    for row in range(len(grid.ys) - 1):
        top, bottom = grid.ys[row], grid.ys[row + 1]
        line = list(cells.get((row, 0), []))
        if len(set(grid.owners[row])) == 1 and SECTION_HEADING.fullmatch(
            "".join(glyph.char for glyph in line)
        ):
            rows.append(((top + bottom) / 2, _as_line(line, table=False)))
            continue
        for column in range(1, len(grid.xs) - 1):
            line.append(Glyph("\t", grid.xs[column], top, grid.xs[column], bottom, bottom))
            line += cells.get((row, column), [])
        if len(line) > len(grid.xs) - 2:  # more than the tabs alone
            rows.append(((top + bottom) / 2, _as_line(line, table=True)))
    return rows


def _rows_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs in printed rows from top to bottom, each as `_as_printed`."""
    rows: list[list[Glyph]] = []
    base = height = 0.0
    for glyph in sorted(glyphs, key=itemgetter(5)):
        tall, down = glyph[4] - glyph[2], glyph[5]
        if rows and down - base <= _SAME_LINE * (height if height > tall else tall):
            rows[-1].append(glyph)
            if tall > height:
                height = tall
            continue
        rows.append([glyph])
        base, height = down, tall
    return [_as_printed(sorted(row, key=itemgetter(1))) for row in rows]


def _as_printed(row: list[Glyph]) -> list[Glyph]:
    """A row, from left to right, as meant: doubles dropped, boxes levelled, spaces where words are apart."""
    _, x0s, tops, x1s, bottoms, _ = zip(*row, strict=True)
    if min(map(sub, x0s[1:], x0s), default=math.inf) < _SAME_PLACE * max(map(sub, x1s, x0s)):
        row = _without_doubles(row)
        _, x0s, tops, x1s, bottoms, _ = zip(*row, strict=True)
    top, bottom = min(tops), max(bottoms)
    if max(tops) - top < 1 and bottom - min(bottoms) < 1:
        height = _median(list(map(sub, bottoms, tops)))
    else:  # some fonts give each character its own height
        row = [Glyph(glyph.char, glyph.x0, top, glyph.x1, bottom, glyph.base) for glyph in row]
        height = bottom - top
    if max(map(sub, x0s[1:], x1s), default=0.0) > _WORD_GAP * height:
        row = _spaced(row, height)
    while row and row[-1].char.isspace():
        row.pop()
    return row


def _median(values: list[float]) -> float:
    values.sort()
    return (values[len(values) // 2] + values[(len(values) - 1) // 2]) / 2


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """A row without characters printed twice at one place (fake bold, shadows)."""
    kept = row[:1]
    for glyph in row[1:]:
        x = glyph.x0 - _SAME_PLACE * (glyph.x1 - glyph.x0)
        if x < kept[-1].x0 and any(old.char == glyph.char and x < old.x0 for old in kept[-3:]):
            continue
        kept.append(glyph)
    return kept


def _blank(last: Glyph, x1: float) -> Glyph:
    """A blank from a glyph's right edge on."""
    return last._replace(char=" ", x0=last.x1, x1=x1)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _spaced(row: list[Glyph], height: float) -> list[Glyph]:
    """A row with spaces where words or fields are set apart."""
    spaced = row[:1]
    for glyph in row[1:]:
        last = spaced[-1]
        if " " not in (last.char, glyph.char):
            words = _is_word(last.char) and _is_word(glyph.char)
            if glyph.x0 - last.x1 > (_WORD_GAP if words else _WIDE_GAP) * height:
                spaced.append(_blank(last, glyph.x0))
        spaced.append(glyph)
    return spaced


def _as_line(glyphs: list[Glyph], *, table: bool) -> Line:
    if not glyphs:
        return Line("", boxes=(), table=table)
    chars, x0s, tops, x1s, bottoms, _ = zip(*glyphs, strict=True)
    boxes: tuple[Box, ...] = tuple(zip(x0s, tops, x1s, bottoms, strict=True))
    return Line("".join(chars), boxes=boxes, table=table)
