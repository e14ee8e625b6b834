"""The cells behind a label into the columns of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from math import comb

from gxnlp.tables.cells import Run, Token
from gxnlp.tables.fused import Row, group_splits, splits

_NARROW = 3
"""Digits of a first line that fill the narrowest cell that a table has."""

_PAGE_DIGITS = 3
_LONGEST = 8
"""Digits of the longest number that a cell has."""

_MAX_WAYS = 2000
"""Ways to join pieces of numbers that are tried for one row."""


@dataclass(slots=True)
class Placed:
    """The cells of one row.

    Attributes:
        cells: What is printed in each column, `None` where that cannot be told.
        choices: Where digits are fused, all that they may be; `cells` is empty then.
        pieces: The fused digits.
        alone: Whether the digits can be split in one way only, sum or no sum.
        before: Digits of the pieces that belong to groups before this one.
        why: What was mended, or why a cell cannot be told.
    """

    cells: tuple[Token | None, ...] = ()
    choices: tuple[Row, ...] = ()
    pieces: tuple[Token, ...] = ()
    alone: bool = False
    before: int = 0
    why: str = ""


def place(run: Run, count: int, *, total: bool, fused: bool = False) -> Placed:
    """Put the cells of a run into columns.

    Args:
        run: A label with its cells.
        count: Number of columns.
        total: Whether the last column is the sum of the others.
        fused: Whether other rows of the table show that cells lost their edges.

    Returns:
        The cells by column; what more than one reading allows is left open.
    """
    cells = _trimmed(run, count, total=total)
    if " " in "".join([cell.text for cell in cells]):  # one of them is wrapped
        if len(cells) == count:
            return _joined(cells, total)
        run = _parted(run)
        cells = run.figures
    if len(cells) == count:
        return Placed(tuple(cells))
    figures = run.figures
    if not figures:
        return Placed(tuple(_blank(run) for _ in range(count)))
    if len(figures) > count:
        return _surplus(figures, count, total)
    apart = _apart(figures, count, total) if fused or run.glued or are_fused(figures) else None
    return apart or _short(run, count, total)


def place_groups(run: Run, groups: int, size: int) -> tuple[Placed, ...]:
    """Put the cells of a run into groups of columns, each of which ends with its sum.

    Args:
        run: A label with its cells.
        groups: Number of groups.
        size: Columns a group.

    Returns:
        One `Placed` a group.
    """
    count = groups * size
    cells = _trimmed(run, count, total=False)
    if len(cells) == count and any(cell.is_wrapped for cell in cells):
        return tuple(_joined(cells[i * size : (i + 1) * size], True) for i in range(groups))
    figures = run.figures
    if figures and len(figures) < count and len(cells) != count and (len(figures) == 1 or are_fused(figures)):
        pieces = [figure.text for figure in figures]
        rows = splits(pieces, count, total=False, most=1) or group_splits(pieces, groups, size)
        if rows:
            return tuple(
                Placed(
                    choices=tuple(dict.fromkeys(row[i * size : (i + 1) * size] for row in rows)),
                    pieces=tuple(figures) if len(rows) == 1 else (),
                    before=sum(len(str(value)) for value in rows[0][: i * size]),
                    why="digits were fused",
                )
                for i in range(groups)
            )
    placed = place(run, count, total=False)
    if placed.choices:  # fused to no row that adds up
        return tuple(Placed((None,) * size, why=placed.why) for _ in range(groups))
    return tuple(Placed(placed.cells[i * size : (i + 1) * size], why=placed.why) for i in range(groups))


def _trimmed(run: Run, count: int, *, total: bool) -> list[Token]:
    """The cells, in a ruled row without the empty ones that a label or the paper's edge spans.

    Where they may be cut at either end the sum tells where; else the figures alone are left.
    """
    if not run.ruled:
        return run.figures
    cells = run.cells
    spare = len(cells) - count
    if spare <= 0:
        return cells if not spare else run.figures
    before, behind = _empty_ends(cells)
    windows = [cells[i : i + count] for i in range(max(0, spare - behind), min(before, spare) + 1)]
    if len(windows) > 1 and total:
        windows = [window for window in windows if adds_up(list(map(_filled, window)))]
    return windows[0] if len(windows) == 1 else run.figures


def _empty_ends(cells: Sequence[Token]) -> tuple[int, int]:
    """How many empty cells a row has at its beginning and at its end."""
    filled = [i for i, cell in enumerate(cells) if cell.kind != "blank"]
    return (filled[0], len(cells) - 1 - filled[-1]) if filled else (0, len(cells))


def _joined(cells: Sequence[Token], total: bool) -> Placed:
    """A row whose cells are all there, some with digits in two pieces: one number where that is certain.

    That is where the row then adds up, or, without a sum, where the first piece is long enough
    to fill a narrow cell.
    """
    if adds_up([_filled(cell) for cell in cells]) if total else all(map(_fills, cells)):
        return Placed(tuple(cells), why="a number goes over two lines")
    why = "digits stand apart in a cell"
    return Placed(tuple(None if cell.is_wrapped else cell for cell in cells), why=why)


def _filled(cell: Token) -> Token:
    return Token("number", "0", cell.start, cell.end) if cell.kind in ("blank", "dash") else cell


def _fills(cell: Token) -> bool:
    return not cell.is_wrapped or len(cell.text.partition(" ")[0]) >= _NARROW


def _parted(run: Run) -> Run:
    """A run whose pieces of digits are cells of their own."""
    cells: list[Token] = []
    for cell in run.cells:
        start = cell.start
        for piece in cell.text.split(" "):
            cells.append(Token(cell.kind, piece, start, start + len(piece), cell.unit))
            start += len(piece) + 1
    return Run(run.label, run.start, run.block, cells, run.ruled)


def _blank(run: Run) -> Token:
    return Token("blank", "", run.start, run.start)


def _surplus(figures: Sequence[Token], count: int, total: bool) -> Placed:
    why = f"{len(figures)} numbers for {count} columns"
    values = {figure.value for figure in figures}
    if len(values) == 1 and None not in values:
        return Placed(tuple(figures[:count]), why=f"{why}, all alike")
    windows = [tuple(figures[i : i + count]) for i in range(len(figures) - count + 1)]
    summing = [window for window in windows if total and adds_up(window)]
    if len(summing) == 1:
        return Placed(summing[0], why=f"{why}; these add up")
    pieces = _over_two_lines(figures, count) if total and not summing else []
    if len(pieces) == 1:
        return Placed(pieces[0], why=f"{why}; numbers that go over two lines add up")
    return Placed((None,) * count, why=why)


def _over_two_lines(figures: Sequence[Token], count: int) -> list[tuple[Token, ...]]:
    """All ways to join figures to their neighbours that leave so many, the last the sum of the others."""
    surplus = len(figures) - count
    places = [i for i, figure in enumerate(figures[:-1]) if len(figure.text) > 1 and figure.text.isdecimal()]
    if not 0 < surplus <= len(places) or comb(len(places), surplus) > _MAX_WAYS:
        return []
    ways: list[tuple[Token, ...]] = []
    for joints in combinations(places, surplus):
        if any(later - place == 1 for place, later in pairwise(joints)):
            continue
        cells = [
            _one_number(figure, figures[i + 1]) if i in joints else figure
            for i, figure in enumerate(figures)
            if i - 1 not in joints
        ]
        if adds_up(cells):
            ways.append(tuple(cells))
    return ways


def _one_number(first: Token, second: Token) -> Token:
    return Token("number", f"{first.text} {second.text}", first.start, second.end, second.unit)


def adds_up(cells: Sequence[Token | None]) -> bool:
    """Whether cells are all numbers, the last the sum of the others."""
    values = [cell.value for cell in cells if cell is not None]
    if len(values) < len(cells) or any(value is None for value in values):
        return False
    return sum(value for value in values[:-1] if value is not None) == values[-1]


def _apart(figures: Sequence[Token], count: int, total: bool) -> Placed | None:
    """The readings of fused digits; `None` where there is none that adds up."""
    pieces = [figure.text for figure in figures]
    only = splits(pieces, count, total=False, most=1)
    rows = only or splits(pieces, count, total=total)
    if total and len(pieces) > 1 and len(pieces[-1]) <= _PAGE_DIGITS:  # it may be a page's number
        rows = list(dict.fromkeys([*rows, *splits(pieces[:-1], count, total=True)]))
    if not rows:
        return None
    return Placed(choices=tuple(rows), pieces=tuple(figures), alone=bool(only), why="digits were fused")


def are_fused(figures: Sequence[Token]) -> bool:
    """Whether a number that begins with 0, or is longer than any cell's, shows that cells were fused."""
    for figure in figures:
        text = figure.text
        if len(text) > 1 and (text[0] == "0" or len(text) > _LONGEST) and text.isdecimal():
            return True
    return False


def _short(run: Run, count: int, total: bool) -> Placed:
    """Too few cells for the columns: certain is what stands alike wherever the gap may be.

    Between tabs or pipes empty cells show, so that the row is cut at its ends; elsewhere any
    cell may be the empty one, and only a sum tells itself.
    """
    figures = run.figures
    why = f"{len(figures)} numbers for {count} columns"
    if not run.ruled:
        sums = total and len(figures) > 1 and adds_up(figures) and figures[-1].value
        return Placed((None,) * (count - 1) + ((figures[-1],) if sums else (None,)), why=why)
    before, behind = _empty_ends(run.cells)
    inner = run.cells[before : len(run.cells) - behind]
    if len(inner) > count:
        return Placed((None,) * count, why=why)
    every = _shifts(inner, count)
    shifts = [cells for cells in every if not total or _may_add_up(cells)]
    cells = tuple(
        column[0] if len({_printed(cell) for cell in column}) == 1 else None
        for column in zip(*(shifts or every), strict=True)
    )
    return Placed(cells, why=why)


def _printed(cell: Token | None) -> tuple[str, Decimal | None] | None:
    return (cell.kind, cell.value) if cell else None


def _may_add_up(cells: Sequence[Token | None]) -> bool:
    """Whether the known parts are no more than their sum, where that is known."""
    last = cells[-1].value if cells[-1] else None
    parts = [cell.value for cell in cells[:-1] if cell is not None]
    return last is None or sum(value for value in parts if value is not None) <= last


def _shifts(cells: Sequence[Token], count: int) -> list[tuple[Token | None, ...]]:
    """The cells side by side, from each column that leaves room for them."""
    spare = count - len(cells)
    return [(None,) * i + tuple(cells) + (None,) * (spare - i) for i in range(spare + 1)]
