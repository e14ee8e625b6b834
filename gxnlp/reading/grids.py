"""Ruled tables: from ruling lines to grids of slots, cells merged where no rule parts them.

After the idea of pdfplumber's `TableFinder` (snap, join, cross, cells), with two rules for
what word processors print: the outline of a table counts as ruled on all sides, and where
rules run on beyond the last that they cross (a table that goes on overleaf, or one without
rules at its sides) their ends close the last row or column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter

from gxnlp.reading.rawpage import RawPage, Rule

SECTION_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}\s?[、.．].{2,40}(?:情况|事项|问题|措施)\s?")
"""A section's heading that stands in a cell of its own across its table, which holds the report."""

PROSE_CELL = 150
"""A cell longer than this with a sentence in it is running text in a frame."""

_SNAP = 3.0
"""Rules nearer than this (points) are one; also how far a rule may miss the one it meets."""

_MIN_ROW = 5.0
"""An open row must be this high to be one."""

_MIN_COLUMN = 12.0
"""An open column must be this wide to be one: less is the overhang of a rule."""

_MAX_RULES = 300
"""Rules in each direction after snapping, above which a page holds a drawing."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's slots.

    Attributes:
        xs: Column edges from left to right, one more than there are columns.
        ys: Row edges from top to bottom, one more than there are rows.
        owners: For each row and column the (row, column) of the cell that the slot is part of:
            the cell's first slot in reading order.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owners: tuple[tuple[tuple[int, int], ...], ...]


def find_grids(page: RawPage) -> list[Grid]:
    """Tables of a page, from top to bottom.

    Args:
        page: Rules are read, nothing else.

    Returns:
        Grids of at least two cells side by side; a frame around text is none.
    """
    horizontal, vertical = _joined(page.horizontal), _joined(page.vertical)
    if not horizontal or not vertical or max(len(horizontal), len(vertical)) > _MAX_RULES:
        return []
    grids = [grid for h, v in _components(horizontal, vertical) if (grid := _grid(h, v)) is not None]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(rules: list[Rule]) -> list[Rule]:
    """Rules snapped to common positions, touching pieces joined."""
    joined: list[Rule] = []
    for group in _snapped(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        group.sort(key=itemgetter(1))
        _, low, high = group[0]
        for rule in group[1:]:
            if rule.low > high + _SNAP:
                joined.append(Rule(at, low, high))
                low, high = rule.low, rule.high
            high = max(high, rule.high)
        joined.append(Rule(at, low, high))
    return joined


def _snapped(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][-1].at <= _SNAP / 2 and rule.at - groups[-1][0].at <= _SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _components(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together by crossing or touching."""
    parent = list(range(len(horizontal) + len(vertical)))
    reach = [(v.at, v.low - _SNAP, v.high + _SNAP) for v in vertical]
    for i, h in enumerate(horizontal):
        at, low, high = h.at, h.low - _SNAP, h.high + _SNAP
        for j, (across, top, bottom) in enumerate(reach, len(horizontal)):
            if low <= across <= high and top <= at <= bottom:
                _merge(parent, i, j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(horizontal):
        found.setdefault(_root(parent, i), ([], []))[0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        found.setdefault(_root(parent, j), ([], []))[1].append(v)
    return list(found.values())


def _grid(horizontal: list[Rule], vertical: list[Rule]) -> Grid | None:
    if not horizontal or len(vertical) < 2:
        return None
    xs = _merged([rule.at for rule in vertical])
    ys = _merged([rule.at for rule in horizontal])
    ys = _closed(ys, vertical, _MIN_ROW)
    xs = _closed(xs, horizontal, _MIN_COLUMN)
    if len(xs) < 3 or len(ys) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), _owners(xs, ys, horizontal, vertical))


def _merged(values: list[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _SNAP:
            merged.append(value)
    return merged


def _closed(edges: list[float], across: list[Rule], least: float) -> list[float]:
    """Edges with those of an open first and last slot, where two rules across them reach there."""
    if len(across) < 2:
        return edges
    last = sorted(rule.high for rule in across)[-2]
    first = sorted(rule.low for rule in across)[1]
    if last - edges[-1] >= least:
        edges = [*edges, last]
    if edges[0] - first >= least:
        edges = [first, *edges]
    return edges


def _owners(
    xs: list[float], ys: list[float], horizontal: list[Rule], vertical: list[Rule]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each slot the first slot of its cell: slots with no rule between them are one."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))
    for column in range(1, columns):
        rules = _along(vertical, xs[column])
        for row in range(rows):
            if not _ruled(rules, (ys[row] + ys[row + 1]) / 2):
                _merge(parent, row * columns + column - 1, row * columns + column)
    for row in range(1, rows):
        rules = _along(horizontal, ys[row])
        for column in range(columns):
            if not _ruled(rules, (xs[column] + xs[column + 1]) / 2):
                _merge(parent, (row - 1) * columns + column, row * columns + column)
    owners = [divmod(_root(parent, slot), columns) for slot in range(rows * columns)]
    return tuple(tuple(owners[row * columns : (row + 1) * columns]) for row in range(rows))


def _along(rules: list[Rule], at: float) -> list[Rule]:
    return [rule for rule in rules if abs(rule.at - at) <= _SNAP]


def _ruled(rules: list[Rule], middle: float) -> bool:
    return any(low - 1 <= middle <= high + 1 for _, low, high in rules)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = i = parent[parent[i]]
    return i


def _merge(parent: list[int], one: int, other: int) -> None:
    """Join two sets; the smaller member leads, so that a cell is named by its first slot."""
    first, last = _root(parent, one), _root(parent, other)
    if first <= last:
        parent[last] = first
    else:
        parent[first] = last
