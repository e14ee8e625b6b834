"""Glyphs and grids to lines: what a reader would copy off the page, from top to bottom."""

from __future__ import annotations

from operator import itemgetter
from statistics import median

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
    glyphs = [g for g in page.glyphs if not UNPRINTED.match(g.char) and _on_page(g, page)]
    placed: list[tuple[float, Line]] = []
    for grid in find_grids(page):
        inside, rest = _split(grid, glyphs)
        cells = {slot: _cell(group) for slot, group in inside.items()}
        if _is_frame(cells):
            continue
        glyphs = rest
        placed += _table_rows(grid, cells)
    placed += [(_middle(line[0]), _line(line)) for line in _rows_of(glyphs)]
    placed.sort(key=itemgetter(0))
    return tuple(line for _, line in placed if line.table or line.text.strip())


def _on_page(glyph: Glyph, page: RawPage) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return -1 <= x <= page.width + 1 and -1 <= y <= page.height + 1


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _split(grid: Grid, glyphs: list[Glyph]) -> tuple[dict[tuple[int, int], list[Glyph]], list[Glyph]]:
    """Glyphs by the cell that they are in, and those outside of the table."""
    inside: dict[tuple[int, int], list[Glyph]] = {}
    rest: list[Glyph] = []
    for glyph in glyphs:
        slot = grid.slot_at((glyph.x0 + glyph.x1) / 2, _middle(glyph))
        if slot is None:
            rest.append(glyph)
        else:
            inside.setdefault(grid.owners[slot[0]][slot[1]], []).append(glyph)
    return inside, rest


def _is_frame(cells: dict[tuple[int, int], list[Glyph]]) -> bool:
    """Whether a grid is no table: a drawing without text, or a frame around running text."""
    filled = [len(cell) for cell in cells.values()]
    return len(filled) < 2 or max(filled) > max(PROSE_CELL, 0.85 * sum(filled))


def _cell(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs of a cell in reading order, its own line breaks joined."""
    cell: list[Glyph] = []
    for row in _rows_of(glyphs):
        line = _spaced(row)
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
    """Glyphs in printed rows from top to bottom, each from left to right, doubles dropped."""
    rows: list[list[Glyph]] = []
    base = height = 0.0
    for glyph in sorted(glyphs, key=itemgetter(5)):
        tall = glyph.bottom - glyph.top
        if rows and glyph.base - base <= _SAME_LINE * max(height, tall):
            rows[-1].append(glyph)
            height = max(height, tall)
            continue
        rows.append([glyph])
        base, height = glyph.base, tall
    return [_levelled(_without_doubles(sorted(row, key=itemgetter(1)))) for row in rows]


def _levelled(row: list[Glyph]) -> list[Glyph]:
    """A row whose boxes are all as high as the line: some fonts give each character its own height."""
    top, bottom = min(glyph.top for glyph in row), max(glyph.bottom for glyph in row)
    if all(glyph.top - top < 1 and bottom - glyph.bottom < 1 for glyph in row):
        return row
    return [Glyph(glyph.char, glyph.x0, top, glyph.x1, bottom, glyph.base) for glyph in row]


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


def _spaced(row: list[Glyph]) -> list[Glyph]:
    """A row with spaces where words or fields are set apart."""
    height = median(glyph.bottom - glyph.top for glyph in row)
    spaced: list[Glyph] = []
    for glyph in row:
        if spaced and glyph.char != " " and (last := spaced[-1]).char != " ":
            words = _is_word(last.char) and _is_word(glyph.char)
            if glyph.x0 - last.x1 > (_WORD_GAP if words else _WIDE_GAP) * height:
                spaced.append(_blank(last, glyph.x0))
        spaced.append(glyph)
    while spaced and spaced[-1].char.isspace():
        spaced.pop()
    return spaced


def _line(row: list[Glyph]) -> Line:
    return _as_line(_spaced(row), table=False)


def _as_line(glyphs: list[Glyph], *, table: bool) -> Line:
    boxes: tuple[Box, ...] = tuple(glyph[1:5] for glyph in glyphs)
    return Line("".join(glyph.char for glyph in glyphs), boxes=boxes, table=table)
