"""The tables of a web page: which are tables, and their grid; the others are frames around text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gxnlp.reading.grids import PROSE_CELL, SECTION_HEADING

MAX_COLUMNS = 1000
"""Columns that a cell may span (the limit of the HTML standard) and a table may have."""

_MAX_SLOTS = 1_000_000
_LONGEST_CELL = 300
_NUMBER = re.compile(r"[-+]?[0-9０-９][0-9０-９.,，]*%?|[-—/]+")
_WORD = re.compile(r"[A-Za-z0-9]")


@dataclass(slots=True)
class Block:
    """A paragraph, a heading or a table.

    Attributes:
        text: The paragraph; of a table all its cells.
        heading: Level of the heading element that it stands in, 0 for none.
        element: Number of the element that it stands in.
        linked: How many of its characters are links.
        rows: Rows of a table, each with one field a column; empty for a paragraph.
    """

    text: str
    heading: int = 0
    element: int = 0
    linked: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True, eq=False)
class Cell:
    """A cell: columns that it spans, rows (0: to the end of its group), what stands in it."""

    columns: int = 1
    rows: int = 1
    blocks: list[Block] = field(default_factory=list)

    def text(self) -> str:
        """Its text on one line: a blank only between two words of Latin letters or digits."""
        joined = ""
        for block in self.blocks:
            part = " ".join(block.text.replace("\t", " ").split())
            if joined and part and _WORD.match(joined[-1]) and _WORD.match(part):
                joined += " "
            joined += part
        return joined


@dataclass(slots=True)
class _Group:
    """Rows that a spanning cell cannot leave: a head, a body or a foot."""

    tag: str
    rows: list[list[Cell]] = field(default_factory=list)


class Table:
    """A table while it is read."""

    def __init__(self) -> None:
        self._groups: list[_Group] = []

    def open_group(self, tag: str) -> None:
        """Begin a `thead`, `tbody` or `tfoot`."""
        self._groups.append(_Group(tag))

    def open_row(self) -> None:
        """Begin a row."""
        if not self._groups:
            self.open_group("tbody")
        self._groups[-1].rows.append([])

    def open_cell(self, columns: str | None, rows: str | None) -> Cell:
        """Begin a cell with the values of `colspan` and `rowspan` as written."""
        if not self._groups or not self._groups[-1].rows:
            self.open_row()
        cell = Cell(min(_span(columns, 1) or 1, MAX_COLUMNS), _span(rows, 1))
        self._groups[-1].rows[-1].append(cell)
        return cell

    def blocks(self, element: int) -> list[Block]:
        """What the table is for the page.

        Args:
            element: Number of its element.

        Returns:
            One block with rows for a table; what its cells hold, cell by cell, for a frame. A
            section's heading in a row of its own parts the table in two.
        """
        rows = [row for group in self._in_order() for row in group.rows]
        grid = [] if self._is_frame(rows) else self._grid()
        if not grid:
            return [block for row in rows for cell in row for block in cell.blocks]
        blocks: list[Block] = []
        pending: list[tuple[str, ...]] = []
        for owners in grid:
            texts = tuple(cell.text() if first else "" for cell, first in owners)
            whole = len({id(cell) for cell, _ in owners}) == 1 and len(owners) > 1
            if whole and SECTION_HEADING.fullmatch(texts[0].strip()):
                blocks += [_block(pending, element, rows), Block(texts[0], element=element)]
                pending = []
            elif any(texts):
                pending.append(texts)
        blocks.append(_block(pending, element, rows))
        return [block for block in blocks if block.text]

    def _in_order(self) -> list[_Group]:
        """Groups as printed: heads first, feet last."""
        order = {"thead": 0, "tfoot": 2}
        return sorted(self._groups, key=lambda group: order.get(group.tag, 1))

    def _is_frame(self, rows: list[list[Cell]]) -> bool:
        """Whether a table only places text on the page."""
        filled = [[cell for cell in row if any(b.text.strip() for b in cell.blocks)] for row in rows]
        cells = [cell for row in filled for cell in row]
        if any(_is_prose(cell) or any(block.rows for block in cell.blocks) for cell in cells):
            return True
        several = [row for row in filled if len(row) > 1]
        if len(several) < 2:
            return sum(_NUMBER.fullmatch(cell.text()) is not None for row in several for cell in row) < 2
        linked = sum(block.linked for cell in cells for block in cell.blocks)
        return linked > 0.6 * sum(len(block.text) for cell in cells for block in cell.blocks)

    def _grid(self) -> list[list[tuple[Cell, bool]]]:
        """For each row the cell in each column, and whether this is the cell's first slot.

        Follows the algorithm of the HTML standard. Columns in which no cell begins hold nothing
        in any row and are left out, so a colspan over the edge makes none. Empty where the table
        is too large to be one.
        """
        size = 0
        grid: list[dict[int, tuple[Cell, bool]]] = []
        for group in self._in_order():
            for slots in _slots(group.rows):
                grid.append(slots)
                size += len(slots)
                if size > _MAX_SLOTS:
                    return []
        columns = sorted({column for row in grid for column, (_, first) in row.items() if first})
        if not columns or len(columns) > MAX_COLUMNS or len(grid) * len(columns) > _MAX_SLOTS:
            return []
        empty = (Cell(), False)
        full = [[row.get(column, empty) for column in columns] for row in grid]
        texts = [any(row[i][1] and row[i][0].blocks for row in full) for i in range(len(columns))]
        return full if sum(texts) > 1 else []


def _slots(rows: list[list[Cell]]) -> Iterator[dict[int, tuple[Cell, bool]]]:
    """The slots of each row of a group: a cell that spans several is in each, first in one."""
    spanning: list[tuple[int, int, Cell]] = []  # first column, rows left, cell
    for row in rows:
        taken = {c: (cell, False) for column, _, cell in spanning for c in _columns(column, cell)}
        spanning = [(column, left - 1, cell) for column, left, cell in spanning if left != 1]
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            for i, c in enumerate(_columns(column, cell)):
                taken.setdefault(c, (cell, i == 0))
            if cell.rows != 1 and column < 2 * MAX_COLUMNS:
                spanning.append((column, cell.rows - 1, cell))
            column += cell.columns
        yield taken


def _columns(first: int, cell: Cell) -> range:
    return range(first, min(first + cell.columns, 2 * MAX_COLUMNS))


def _span(written: str | None, default: int) -> int:
    digits = (written or "").strip()
    return min(int(digits), 65534) if digits.isascii() and digits.isdigit() and len(digits) < 9 else default


def _block(rows: list[tuple[str, ...]], element: int, cells: list[list[Cell]]) -> Block:
    return Block("".join(map("".join, rows)), element=element, rows=tuple(rows))


def _is_prose(cell: Cell) -> bool:
    """Whether a cell holds running text: sentences, or paragraphs under a section's heading."""
    length = sum(len(block.text) for block in cell.blocks)
    if length > _LONGEST_CELL:
        return True
    if len(cell.blocks) > 1 and any(SECTION_HEADING.fullmatch(block.text.strip()) for block in cell.blocks):
        return True
    return length > PROSE_CELL and sum(block.text.count("。") for block in cell.blocks) > 1
