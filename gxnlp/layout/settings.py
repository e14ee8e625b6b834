"""How a text is set: whether its lines are broken by the paper's edge, and where that edge is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Protocol

from gxnlp.layout.rows import Row

# What a line break keeps together: a word or number, or one character and the stops behind it.
_TOKEN = re.compile(
    r"(?:[A-Za-z0-9.,:;@%/_+~\-]+|[“‘（〈《「『【〔(]*.)[”’）〉》」』】〕)，。、；：！？,;:!?%]*"
)
_SENTENCE_END = "。！？；!?;：:"


class Setting(Protocol):
    """What the line-break rules ask about a text."""

    @property
    def wrapped(self) -> bool:
        """Whether lines are broken by the paper."""
        ...

    def full(self, row: Row, following: Row) -> bool:
        """Whether the first word of the following row would not have fitted onto this one."""
        ...

    def indented(self, row: Row) -> bool | None:
        """Whether a row is set in like a new paragraph; `None` where the text does not indent."""
        ...

    def centred_pair(self, row: Row, following: Row) -> bool:
        """Whether two rows are a title in two lines: both centred, of one size."""
        ...


def first_token(text: str) -> str:
    """The beginning of a line that no line break may part."""
    found = _TOKEN.match(text)
    return found[0] if found else text[:1]


def _columns(text: str) -> int:
    """Width in columns of a fixed pitch: a Chinese character has two."""
    return len(text.encode("gb18030", "replace"))


@dataclass(frozen=True, slots=True)
class TextSetting:
    """A text without boxes, measured in characters or columns.

    Attributes:
        width: Width of a full line, 0 where lines are not broken by the paper.
        measure: `len` or the width in columns, whichever makes line ends gather.
        slack: How far short of the width a full line may be.
        indents: Whether paragraphs are set in.
    """

    width: int = 0
    measure: Callable[[str], int] = len
    slack: int = 2
    indents: bool = False

    @property
    def wrapped(self) -> bool:
        """Whether lines are broken by the paper."""
        return self.width > 0

    def full(self, row: Row, following: Row) -> bool:
        """See `Setting`."""
        measure = self.measure
        return (
            measure(row.lead) + measure(row.text) + measure(first_token(following.text))
            > self.width - self.slack
        )

    def indented(self, row: Row) -> bool | None:
        """See `Setting`."""
        return len(row.lead) > 0 if self.indents else None

    def centred_pair(self, row: Row, following: Row) -> bool:
        """A text has no places: never."""
        return False

    @classmethod
    def of(cls, rows: Sequence[Row]) -> TextSetting:
        """Measure a text.

        Args:
            rows: Its rows outside of tables.

        Returns:
            How it is set; lines count as broken where many end at one width, most of them
            within a sentence, and hardly any is longer.
        """
        lengths = sorted(len(row.text) for row in rows)
        if len(rows) < 6 or lengths[len(lengths) * 8 // 10] > _LONGEST_LINE:
            return cls()
        leads = sum(1 for row in rows if row.lead)
        indents = 0.08 * len(rows) <= leads <= 0.7 * len(rows)
        best = max((_gathered(rows, len, 2), _gathered(rows, _columns, 4)))
        if best[0] == 0:
            return cls(indents=indents)
        measure, slack = (len, 2) if best == _gathered(rows, len, 2) else (_columns, 4)
        return cls(width=best[1], measure=measure, slack=slack, indents=indents)


_LONGEST_LINE = 75
"""Paper lines have at most so many characters (A4 across in small print)."""

_SHORTEST_LINE = 14
_LEAST_FULL = 4


def _gathered(rows: Sequence[Row], measure: Callable[[str], int], tolerance: int) -> tuple[int, int]:
    """How many lines end at the commonest width, and that width; 0 where the paper breaks none."""
    widths = [
        (measure(row.lead) + measure(row.text), row.text[-1] not in _SENTENCE_END)
        for row in rows
        if len(row.text) >= _SHORTEST_LINE
    ]
    counts: dict[int, int] = {}
    for width, _ in widths:
        counts[width] = counts.get(width, 0) + 1

    def ends_near(width: int) -> int:
        return sum(counts.get(width - k, 0) for k in range(tolerance + 1))

    best = max(counts, key=lambda width: (ends_near(width), -width), default=0)
    hits = [mid for width, mid in widths if best - tolerance <= width <= best]
    longer = sum(count for width, count in counts.items() if width > best + tolerance)
    if (
        len(hits) < max(_LEAST_FULL, 0.35 * len(widths))
        or longer > 0.1 * len(widths)
        or sum(hits) < 0.5 * len(hits)
    ):
        return 0, 0
    return len(hits), best


@dataclass(slots=True)
class PageSetting:
    """Pages with boxes, measured in points.

    Attributes:
        margins: Left and right edge of the body text by page number.
        size: Height of the body's characters.
        indents: Whether paragraphs are set in.
    """

    margins: dict[int, tuple[float, float]]
    size: float
    indents: bool
    wrapped: bool = field(default=True, init=False)

    def full(self, row: Row, following: Row) -> bool:
        """See `Setting`."""
        if not row.boxes or not following.boxes:
            return False
        token = first_token(following.text)
        needed = following.boxes[len(token) - 1][2] - following.boxes[0][0]
        return row.boxes[-1][2] + needed > self.margins[row.page][1] - 0.6 * self.size

    def indented(self, row: Row) -> bool | None:
        """See `Setting`."""
        if not self.indents or not row.boxes:
            return None
        return row.boxes[0][0] - self.margins[row.page][0] > 1.2 * self.size

    def centred_pair(self, row: Row, following: Row) -> bool:
        """See `Setting`."""
        if not row.boxes or not following.boxes or row.page != following.page:
            return False
        gap = following.boxes[0][1] - row.boxes[0][3]
        one, other = _height(row), _height(following)
        return (
            self._centred(row)
            and self._centred(following)
            and abs(one - other) < 0.1 * one
            and gap < 1.5 * one
            and one > 1.15 * self.size
        )

    def _centred(self, row: Row) -> bool:
        left, right = self.margins[row.page]
        before, behind = row.boxes[0][0] - left, right - row.boxes[-1][2]  # type: ignore[index]
        return min(before, behind) > -self.size and abs(before - behind) < 2 * self.size

    @classmethod
    def of(cls, rows: Sequence[Row]) -> PageSetting:
        """Measure pages.

        Args:
            rows: Rows outside of tables, with boxes.

        Returns:
            Margins page by page, or those of all pages together where a page has too little text.
        """
        size = median(_height(row) for row in rows) if rows else 12.0
        whole = _edges(rows, size) or (0.0, 0.0)
        by_page: dict[int, list[Row]] = {}
        for row in rows:
            by_page.setdefault(row.page, []).append(row)
        margins = {page: _edges(group, size) or whole for page, group in by_page.items()}
        inset = sum(
            1.2 * size < row.boxes[0][0] - margins[row.page][0] < 5 * size for row in rows if row.boxes
        )
        return cls(margins, size, indents=inset >= 0.05 * len(rows))


def _height(row: Row) -> float:
    return row.boxes[0][3] - row.boxes[0][1] if row.boxes else 0.0


def _edges(rows: Sequence[Row], size: float) -> tuple[float, float] | None:
    """Where at least three lines begin furthest left, and end furthest right; `None` where too few do."""
    lefts = sorted(row.boxes[0][0] for row in rows if row.boxes)
    rights = sorted((row.boxes[-1][2] for row in rows if row.boxes), reverse=True)
    near = 0.8 * size
    left = next((a for a, b in pairwise(lefts) if b - a <= near), None)
    right = next((a for a, c in zip(rights, rights[2:], strict=False) if a - c <= near), None)
    return None if left is None or right is None else (left, right)
