"""Runs put right where text was taken off a page in another order than it is read in."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.tables.cells import Run, Token
from gxnlp.tables.placing import adds_up
from gxnlp.tables.template import APPLICATIONS, Template

_MANY_ROWS = 5
_MANY_CELLS = 20


def in_reading_order(runs: Sequence[Run], form: Template) -> list[Run]:
    """The runs of one block with the figures of table two behind the labels that they belong to.

    Two disorders are mended, each told by what it leaves over: figures that stand before their
    labels (the header is followed by figures, and the last row by none), and all labels
    before all figures. Runs that show neither are returned as they are.

    Args:
        runs: Runs of a block.
        form: The form.
    """
    ordered: list[Run] = []
    for run in _behind_labels(list(runs), form):
        codes = _codes(run, form) if len(run.cells) > _MANY_CELLS else []
        parts = _dealt(run, codes) if len(codes) >= _MANY_ROWS else []
        if parts:
            ordered += [
                Run(form.rows[APPLICATIONS, code].label, run.start, run.block, cells)
                for code, cells in zip(codes, parts, strict=True)
            ]
        else:
            ordered.append(run)
    return ordered


def _codes(run: Run, form: Template) -> list[str]:
    found = form.row_stems.find(run.label)
    return list(dict.fromkeys(code for _, code in found if code in form.application_codes))


def _behind_labels(runs: list[Run], form: Template) -> list[Run]:
    """Each row's figures moved to the label below them, where they stand above it."""
    last = next((i for i in range(len(runs) - 1, -1, -1) if _codes(runs[i], form)), None)
    if last is None or runs[last].figures:
        return runs
    first = next(i for i, run in enumerate(runs) if _codes(run, form))
    if not 0 < first < last:
        return runs
    columns = form.of_table(APPLICATIONS)[0].columns
    header = runs[first - 1]
    stems = {code for _, code in form.application_columns.find(header.label)}
    if len(header.figures) != len(columns) or len(stems) < _MANY_ROWS:
        return runs
    moved = [Run(header.label, header.start, header.block)]
    for above, run in zip(runs[first - 1 : last], runs[first : last + 1], strict=True):
        moved.append(Run(run.label, run.start, run.block, above.cells, above.ruled))
    return [*runs[: first - 1], *moved, *runs[last + 1 :]]


def _dealt(run: Run, codes: Sequence[str]) -> list[list[Token]]:
    """The figures behind all labels, dealt out to the rows; empty where they do not add up one way."""
    figures = run.figures
    columns, rest = divmod(len(figures), len(codes))
    if rest or columns < 2 or any(figure.value is None for figure in figures):
        return []
    by_row = [list(figures[i * columns : (i + 1) * columns]) for i in range(len(codes))]
    by_column = [list(figures[i :: len(codes)]) for i in range(len(codes))]
    ways = [way for way in (by_row, by_column) if all(map(adds_up, way))]
    if len(ways) == 2 and _numbers(by_row) != _numbers(by_column):
        return []
    return ways[0] if ways else []


def _numbers(rows: Sequence[Sequence[Token]]) -> list[list[object]]:
    return [[figure.value for figure in row] for row in rows]
