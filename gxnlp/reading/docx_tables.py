"""Tables of a Word document: cells onto their grid, rows as lines, frames around running text as prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from gxnlp.reading.grids import PROSE_CELL, SECTION_HEADING
from gxnlp.records import Line

MAX_COLUMNS = 256
"""Columns that a grid is filled up to; Word itself stops at 63."""

_SLIVER = 120
"""Grid columns narrower than this, in twentieths of a point (2 mm), come from edges drawn askew."""

_PROSE_BAND = 60
"""The same for a cell that goes over the whole width."""

_FRAME_SHARE = 0.85
_WHITE = re.compile(r"\s+")


@dataclass(slots=True)
class Cell:
    """A cell: its first grid column from 0, the columns it goes over, and the lines that it holds.

    Rows of a table within the cell are among its lines.
    """

    column: int
    span: int
    lines: list[Line] = field(default_factory=list)


def table_lines(rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> list[Line]:
    """Lines of a table, from top to bottom.

    Args:
        rows: The cells of each row from left to right, those that others cover left out.
        widths: Widths of the grid columns in twentieths of a point, 0 where not known.

    Returns:
        Rows with `table` set and exactly one field a grid column, a merged cell's text in its
        first; the lines of the cells where the table is a frame around running text.
    """
    columns, rows = _snapped(rows, widths)
    texts = [[_text(cell) for cell in row] for row in rows]
    if columns < 2 or _is_frame(rows):
        return [line for row in rows for cell in row for line in cell.lines]
    lines: list[Line] = []
    nested: list[Line] = []
    for row, cells in zip(rows, texts, strict=True):
        if _is_prose(row, cells, columns):
            lines += (line for cell in row for line in cell.lines)
            continue
        fields = [""] * min(columns, MAX_COLUMNS)
        for cell, text in zip(row, cells, strict=True):
            if cell.column < len(fields):
                fields[cell.column] = joined((fields[cell.column], text))
        if any(fields):
            lines.append(Line("\t".join(fields), table=True))
        nested += (line for cell in row for line in cell.lines if line.table)
    return lines + nested  # tables within cells keep their rows, behind the table that they stand in


def joined(texts: Iterable[str]) -> str:
    """Lines of a cell as one: without a blank, but between words of Latin letters or digits."""
    whole = ""
    for text in map(str.strip, texts):
        words = whole and text and _is_word(whole[-1]) and _is_word(text[0])
        whole += f" {text}" if words else text
    return whole


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _text(cell: Cell) -> str:
    return joined(_WHITE.sub(" ", line.text) for line in cell.lines if not line.table)


def _is_frame(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table is a frame around running text: one cell holds all, or nearly all."""
    lengths = [sum(len(line.text.strip()) for line in cell.lines) for row in rows for cell in row]
    filled = list(filter(None, lengths))
    return len(filled) < 2 or max(filled) > max(PROSE_CELL, _FRAME_SHARE * sum(filled))


def _is_prose(row: Sequence[Cell], texts: Sequence[str], columns: int) -> bool:
    if any(len(text) > PROSE_CELL and "。" in text for text in texts):
        return True
    if len(row) != 1 or row[0].span < columns:
        return False
    return (len(texts[0]) > _PROSE_BAND and "。" in texts[0]) or SECTION_HEADING.fullmatch(
        texts[0]
    ) is not None


def _snapped(rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> tuple[int, Sequence[Sequence[Cell]]]:
    """The number of columns, and the rows with edges that lie askew by less than 2 mm on one grid line."""
    columns = max((cell.column + cell.span for row in rows for cell in row), default=0)
    columns = max(columns, len(widths))
    known = [*widths, *[0] * (columns - len(widths))]
    edges = [0, *accumulate(int(not 0 < width < _SLIVER) for width in known)]
    snapped = [
        [
            Cell(edges[cell.column], edges[cell.column + cell.span] - edges[cell.column], cell.lines)
            for cell in row
        ]
        for row in rows
    ]
    if all(cell.span for row in snapped for cell in row):
        return edges[-1], snapped
    return columns, rows
