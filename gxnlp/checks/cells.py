"""Cells of the statutory tables by place, and sums over them that know what they lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from gxnlp.records import TableCell

_OF_ONE_ROW = ("other.uncorrected", "other.unpaid")
"""Rows that the form of 2019 does not have: their share stands in `other.other`."""


_ZERO = Decimal(0)


class Sum(NamedTuple):
    """A sum of cells.

    Attributes:
        value: The sum of the cells that have a number; empty cells count as zero.
        refs: The cells, as `table/row/column`.
        words: The sum written out.
        numbers: How many cells have a number.
    """

    value: Decimal
    refs: tuple[str, ...]
    words: str
    numbers: int


class Cells:
    """The cells of one report.

    Args:
        cells: Rows of `tables.csv`; annex rows are passed over.
    """

    def __init__(self, cells: Iterable[TableCell]) -> None:
        self._cells: Mapping[str, TableCell] = {
            f"{cell.table}/{cell.row}/{cell.column}": cell for cell in cells if cell.table != "annex"
        }
        self._values = {ref: cell.value for ref, cell in self._cells.items() if cell.value is not None}

    def __bool__(self) -> bool:
        return bool(self._cells)

    def value(self, ref: str) -> Decimal | None:
        """The number in a cell, `None` where there is none."""
        return self._values.get(ref)

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The cells of a pattern such as `applications/denied.*/total`."""
        if "*" not in pattern:
            return (pattern,)
        before, _, behind = pattern.partition("*")
        return tuple(ref for ref in self._cells if ref.startswith(before) and ref.endswith(behind))

    def sum(self, patterns: Sequence[str]) -> Sum:
        """Add up the cells of some patterns."""
        return self.add_up(tuple(ref for pattern in patterns for ref in self.matching(pattern)))

    def add_up(self, refs: tuple[str, ...]) -> Sum:
        """Add cells up."""
        value_of = self._values.get
        numbers = [value for ref in refs if (value := value_of(ref)) is not None]
        shown = [value for value in numbers if value] or numbers[:1]
        total = sum(shown, _ZERO)
        if len(shown) > 1:
            words = f"{' + '.join(map(str, shown))} = {total}"
        else:
            words = str(shown[0]) if shown else ""
        return Sum(total, refs, words, len(numbers))

    def lacking(self, refs: Sequence[str]) -> list[str]:
        """Those of some cells that have no number, though one may stand in the original."""
        return [ref for ref in refs if ref not in self._values and self._may_hide(ref)]

    def _may_hide(self, ref: str) -> bool:
        """Whether a cell without a number may have one in the original."""
        cell = self._cells.get(ref)
        if cell is None:
            return True
        one_row = cell.row in _OF_ONE_ROW and cell.state == "row_missing"
        return cell.state not in ("blank", "dash") and not one_row
