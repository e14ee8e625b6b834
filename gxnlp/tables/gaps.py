"""Empty cells of a table that stands one cell a line: the blank lines that they leave.

Cells are a number of line ends apart, and each empty one adds some. How many, a table tells by
its rows: where one reading alone gives most of them all their cells, it is that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gxnlp.tables.cells import Run, Token

_ENOUGH_ROWS = 3
_SHARE = 0.8


class Spacing(NamedTuple):
    """How cells stand apart.

    Attributes:
        usual: Line ends between a cell and the next.
        empty: Line ends that an empty cell adds.
    """

    usual: int
    empty: int


_SPACINGS = (Spacing(1, 1), Spacing(2, 1), Spacing(2, 2), Spacing(3, 1), Spacing(3, 3))


def spacing_of(runs: Sequence[Run], count: int) -> Spacing | None:
    """How the cells of a table stand apart, `None` where empty cells leave no trace.

    Args:
        runs: Rows of one table.
        count: Its columns.
    """
    short = [run for run in runs if run.gaps and len(run.figures) < count]
    if len(short) < _ENOUGH_ROWS:
        return None
    solved = {
        spacing: sum(_empties(run, count, spacing) is not None for run in short) for spacing in _SPACINGS
    }
    best = max(solved, key=lambda spacing: solved[spacing])
    others = max(number for spacing, number in solved.items() if spacing != best)
    return best if solved[best] >= max(_ENOUGH_ROWS, _SHARE * len(short)) and not others else None


def with_empty_cells(run: Run, count: int, spacing: Spacing | None) -> Run:
    """A run with its empty cells in their places, as it is where they are not certain.

    Args:
        run: A row.
        count: Its columns.
        spacing: How the cells of its table stand apart.
    """
    empties = _empties(run, count, spacing) if spacing and run.gaps and len(run.figures) < count else None
    if empties is None:
        return run
    cells: list[Token] = []
    for figure, before in zip(run.figures, empties, strict=False):
        cells += [Token("blank", "", figure.start, figure.start)] * before + [figure]
    end = run.figures[-1].end
    cells += [Token("blank", "", end, end)] * empties[-1]
    return replace(run, cells=cells, ruled=True)


def _empties(run: Run, count: int, spacing: Spacing) -> list[int] | None:
    """How many empty cells stand before each figure and behind the last, if that makes so many cells."""
    empties: list[int] = []
    for gap in run.gaps:
        number, rest = divmod(gap - spacing.usual, spacing.empty) if gap else (0, 0)
        if number < 0 or rest:
            return None
        empties.append(number)
    return empties if sum(empties) + len(run.figures) == count else None
