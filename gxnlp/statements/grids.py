"""Tables of problems and remedies: a column of faults, a column of what is done about them.

Only a table whose head names such a column is read; each cell below it is a statement, and a remedy
answers the problem of its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gxnlp.deferred import deferred
from gxnlp.records import Role
from gxnlp.statements.clauses import Draft
from gxnlp.statements.entry import LABELLED, Entry
from gxnlp.statements.series import trim
from gxnlp.statements.units import Unit
from gxnlp.statements.wording import heading_label

_LINE = deferred("[^\n]+")
_CELL = deferred("[^|\t\n]*")
# What a cell says of how far a remedy has come, or of nothing.
_NO_STATEMENT = deferred(
    "(?:已|均已|全部)?(?:整改|完成|落实|解决)(?:完毕|到位)?|[无/—-]*|[0-9.、]*|同上|长期坚持|持续推进"
)
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int


def read_grid(text: str, start: int, end: int) -> tuple[list[Unit], list[Draft]]:
    """The statements of a table, and a unit for each, in order; nothing where its head names none.

    Args:
        text: Folded text of the document.
        start: Offset of the table.
        end: Offset after it.
    """
    rows = [list(_cells(text, *line.span())) for line in _LINE.finditer(text, start, end)]
    roles = _roles(text, rows[0]) if rows else {}
    drafts: list[Draft] = []
    faults: tuple[Draft, ...] = ()
    for row in rows[1:] if roles else ():
        found = [
            (role, row[column])
            for column, role in roles.items()
            if column < len(row) and _states(text, row[column])
        ]
        stated = [_draft(cell, role) for role, cell in found]
        # A cell that spans rows is printed once: the rows below it go on with its fault.
        faults = tuple(draft for draft in stated if draft.role == "problem") or faults
        for draft in stated:
            draft.answers = faults if draft.role == "remedy" else ()
        drafts += stated
    drafts.sort(key=lambda draft: draft.start)
    return [Unit(d.start, d.end, None, True, "\n") for d in drafts], drafts


def _cells(text: str, start: int, end: int) -> Iterator[_Cell]:
    """The cells of a line, without the bars at its edges."""
    left, right = trim(text, start, end)
    left += text[left:right].startswith("|")
    right -= text[left:right].endswith("|")
    at = left
    while at <= right:
        cell = _CELL.match(text, at, right)
        close = cell.end() if cell else right
        yield _Cell(*trim(text, at, close))
        at = close + 1


def _roles(text: str, head: list[_Cell]) -> dict[int, Role]:
    """The columns of statements by the head of a table: the first of each role."""
    found: dict[int, Role] = {}
    for column, cell in enumerate(head):
        label = heading_label(text[cell.start : cell.end])
        if (label == "problem" or label == "remedy") and label not in found.values():
            found[column] = label
    return found if len(head) > 1 else {}


def _states(text: str, cell: _Cell) -> bool:
    long = cell.end - cell.start >= _SHORTEST
    return long and not _NO_STATEMENT.fullmatch(text, cell.start, cell.end)


def _draft(cell: _Cell, role: Role) -> Draft:
    return Draft(cell.start, cell.end, role, Entry(cell.start, cell.end, True, role, LABELLED), 1)
