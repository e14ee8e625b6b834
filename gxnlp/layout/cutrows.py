"""Table rows that the end of a page cuts in two: the rest of a label stands on the next page."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.layout.rows import MARK, Row
from gxnlp.records import Box

_LEAST_CELLS = 3
_FIGURE = deferred(r"\s*(?:[0-9][0-9,.]*|[-—–/])\s*")


def join_cut_rows(rows: list[Row]) -> list[Row]:
    """Join the last table row of a page and the first of the next where they are one row.

    They are where only one of the two has figures, and every other cell of the second goes on a
    cell of the first: none begins with a number of its own.

    Args:
        rows: All rows, without page numbers and running heads.
    """
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last is not None and row.cut and row.table and last.table and _is_rest(last.text, row.text):
            joined[-1] = _joined(last, row)
        else:
            joined.append(row)
    return joined


def _is_rest(text: str, rest: str) -> bool:
    cells, others = _in_columns(text, rest)
    if len(cells) < _LEAST_CELLS:
        return False
    if any(map(_FIGURE.fullmatch, cells)) == any(map(_FIGURE.fullmatch, others)):
        return False
    labels = [(cell, other) for cell, other in zip(cells, others, strict=True) if other.strip()]
    labels = [(cell, other) for cell, other in labels if not _FIGURE.fullmatch(other)]
    return bool(labels) and all(
        cell.strip() and not MARK.match(fold(other.strip())) for cell, other in labels
    )


def _in_columns(text: str, rest: str) -> tuple[list[str], list[str]]:
    """The cells of two rows, as many of the one as of the other: empty ones at the end may be missing."""
    cells, others = text.split("\t"), rest.split("\t")
    width = max(len(cells), len(others))
    return [*cells, *[""] * (width - len(cells))], [*others, *[""] * (width - len(others))]


def _joined(row: Row, rest: Row) -> Row:
    """One row, each cell with what the next page has of it."""
    cells, others = _in_columns(row.text, rest.text)
    row.text = "\t".join(cell + other for cell, other in zip(cells, others, strict=True))
    if row.boxes and rest.boxes:
        row.boxes = _boxes(cells, others, row.boxes, rest.boxes)
    else:
        row.boxes = None
    return row


def _boxes(
    cells: Sequence[str], others: Sequence[str], boxes: Sequence[Box], rest: Sequence[Box]
) -> tuple[Box, ...]:
    """The boxes of the characters of a joined row; a tab keeps that of the row which has it."""
    found: list[Box] = []
    at = other_at = 0
    for cell, other in zip(cells, others, strict=True):
        found += boxes[at : at + len(cell)]
        found += rest[other_at : other_at + len(other)]
        at, other_at = at + len(cell), other_at + len(other)
        found += boxes[at : at + 1] or rest[other_at : other_at + 1]
        at, other_at = at + 1, other_at + 1
    return tuple(found)
