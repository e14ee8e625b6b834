"""How a text is set: whether its lines are broken by the paper's edge, and what a paragraph begins with.

A text shows its paragraphs by an indent, by white space before them, or by nothing. A sign
counts as reliable where nearly all headings of the text have it: then a line without it is
no new paragraph, even if it happens to begin with a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal, Protocol

from gxnlp.deferred import deferred
from gxnlp.layout.rows import MARK, Row

# What a line break keeps together: a word or number, or one character and the stops behind it.
_TOKEN = deferred(
    r"(?:[A-Za-z0-9.,:;@%/_+~\-]+|[“‘（〈《「『【〔(]*.)[”’）〉》」』】〕)，。、；：！？,;:!?%]*"
)
_SENTENCE_END = "。！？；："
_STOPS = "，。、；：！？,."
_INDENT = 2
"""Columns by which a paragraph is set in at least: one Chinese character, or two blanks."""

_RELIABLE = 0.8
_LEAST_MARKS = 3


Sign = Literal["indent", "space", "no"]
"""What a row has that begins a paragraph; `no` where it would have one, if it did."""


class Setting(Protocol):
    """What the line-break rules ask about a text."""

    @property
    def wrapped(self) -> bool:
        """Whether lines are broken by the paper."""
        ...

    def full(self, row: Row, following: Row) -> bool:
        """Whether the first word of the following row would not have fitted onto this one."""
        ...

    def sign(self, row: Row, following: Row) -> Sign | None:
        """What shows the following row to be a new paragraph; `None` where the paper does not say."""
        ...

    def centred_pair(self, row: Row, following: Row) -> bool:
        """Whether two rows are a title in two lines: both centred, of one size."""
        ...


def first_token(text: str) -> str:
    """The beginning of a line that no line break may part."""
    found = _TOKEN.match(text)
    return found[0] if found else text[:1]


def _verdict(indented: bool, parted: bool, *, reliable: bool) -> Sign | None:
    """What the two signs say together; without a reliable one, their absence says nothing."""
    if indented:
        return "indent"
    if parted:
        return "space"
    return "no" if reliable else None


def _reliable(signs: Sequence[bool]) -> bool:
    return len(signs) >= _LEAST_MARKS and sum(signs) >= _RELIABLE * len(signs)


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
        margin: Columns of blanks that all lines begin with.
        spacing: Blank lines that are usual between lines.
        by_indent: Whether an indent is a reliable sign of a paragraph.
        by_space: Whether blank lines are.
    """

    width: int = 0
    measure: Callable[[str], int] = len
    slack: int = 2
    margin: int = 0
    spacing: int = 0
    by_indent: bool = False
    by_space: bool = False

    @property
    def wrapped(self) -> bool:
        """Whether lines are broken by the paper."""
        return self.width > 0

    def full(self, row: Row, following: Row) -> bool:
        """See `Setting`."""
        measure = self.measure
        reach = measure(row.lead) + measure(row.text) + measure(first_token(following.text))
        return reach > self.width - self.slack

    def sign(self, row: Row, following: Row) -> Sign | None:
        """See `Setting`."""
        indented = self.by_indent and self._indented(following)
        parted = not following.cut and following.blanks > self.spacing
        return _verdict(indented, parted, reliable=self.by_indent or (self.by_space and not following.cut))

    def _indented(self, row: Row) -> bool:
        return _columns(row.lead) >= self.margin + _INDENT

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
        if len(rows) < _LEAST_LINES or lengths[len(lengths) * 8 // 10] > _LONGEST_LINE:
            return cls()
        hits, width, measure, slack = max(
            (*_gathered(rows, len, 2), len, 2),
            (*_gathered(rows, _columns, 4), _columns, 4),
            key=lambda item: item[0],
        )
        if not hits:
            return cls()
        margin = min(_columns(row.lead) for row in rows)
        spacing = _spacing(rows, lambda row: measure(row.lead) + measure(row.text) >= width - slack)
        marked = [row for row in rows if MARK.match(row.folded)]
        by_indent = _reliable([_columns(row.lead) >= margin + _INDENT for row in marked])
        by_space = _reliable([row.blanks > spacing for row in marked if not row.cut])
        return cls(width, measure, slack, margin, spacing, by_indent, by_space)


def _spacing(rows: Sequence[Row], is_full: Callable[[Row], bool]) -> int:
    """Blank lines usual between a full line and the one that goes on from it."""
    gaps = [
        b.blanks for a, b in pairwise(rows) if not b.cut and a.folded[-1] not in _SENTENCE_END and is_full(a)
    ]
    return int(median(gaps)) if gaps else 0


_LEAST_LINES = 6
_LONGEST_LINE = 75
"""Paper lines have at most so many characters (A4 across in small print)."""

_SHORTEST_LINE = 14
_LEAST_FULL = 4


def _gathered(rows: Sequence[Row], measure: Callable[[str], int], tolerance: int) -> tuple[int, int]:
    """How many lines end at the commonest width, and that width; 0 where the paper breaks none."""
    widths = [
        (measure(row.lead) + measure(row.text), row.folded[-1] not in _SENTENCE_END)
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
        or longer > 1 + 0.1 * len(widths)
        or sum(hits) < 0.5 * len(hits)
    ):
        return 0, 0
    return len(hits), best


_OWN_MARGINS = 5
"""Lines from which a page's margins are measured on it alone: they may differ left and right."""

_FEW_LINES = 8
_LARGER = 1.25
"""A line in characters so much larger goes on no line: a title stands below those of the page."""


@dataclass(slots=True)
class PageSetting:
    """Pages with boxes, measured in points.

    Attributes:
        margins: Left and right edge of the body text by page number.
        size: Height of the body's characters.
        leading: Usual distance from line to line.
        by_indent: Whether an indent is a reliable sign of a paragraph.
        by_space: Whether white space before it is.
    """

    margins: dict[int, tuple[float, float]]
    size: float
    leading: float
    by_indent: bool = False
    by_space: bool = False

    @property
    def wrapped(self) -> bool:
        """Pages break lines, always."""
        return True

    def full(self, row: Row, following: Row) -> bool:
        """See `Setting`."""
        if not row.boxes or not following.boxes or _height(following) > _LARGER * _height(row):
            return False
        token = first_token(following.text)
        needed = following.boxes[len(token) - 1][2] - following.boxes[0][0]
        return row.boxes[-1][2] + needed > self.margins[row.page][1] - 0.6 * self.size

    def sign(self, row: Row, following: Row) -> Sign | None:
        """See `Setting`."""
        indented, parted = self._indented(following), self._parted(row, following)
        by_space = self.by_space and row.page == following.page
        return _verdict(indented, parted, reliable=self.by_indent or by_space)

    def _indented(self, row: Row) -> bool:
        return row.boxes is not None and row.boxes[0][0] - self.margins[row.page][0] > 1.2 * self.size

    def _parted(self, row: Row, following: Row) -> bool:
        return row.page == following.page and _distance(row, following) > 1.35 * self.leading

    def centred_pair(self, row: Row, following: Row) -> bool:
        """See `Setting`."""
        one, other = _height(row), _height(following)
        return (
            row.page == following.page
            and one > 1.15 * self.size
            and abs(one - other) < 0.1 * one
            and _distance(row, following) < 2.5 * one
            and self._centred(row)
            and self._centred(following)
        )

    def _centred(self, row: Row) -> bool:
        left, right = self.margins[row.page]
        if not row.boxes:
            return False
        before, behind = row.boxes[0][0] - left, right - row.boxes[-1][2]
        return min(before, behind) > -self.size and abs(before - behind) < 2 * self.size

    @classmethod
    def of(cls, rows: Sequence[Row], widths: Mapping[int, float]) -> PageSetting:
        """Measure pages.

        Args:
            rows: Rows outside of tables, with boxes.
            widths: Width of each page by its number.

        Returns:
            Margins page by page, at least as wide as those of all pages of one width together.
        """
        size = median(_height(row) for row in rows) if rows else 12.0
        margins = {page: (0.0, width) for page, width in widths.items()}
        for width in {widths[row.page] for row in rows}:
            margins |= _margins([row for row in rows if widths[row.page] == width], width, size)
        pairs = [pair for pair in pairwise(rows) if pair[0].page == pair[1].page]
        within = [pair for pair in pairs if _right(pair[0]) > margins[pair[0].page][1] - 1.5 * size]
        leading = median(_distance(*pair) for pair in within) if within else 2 * size
        setting = cls(margins, size, leading)
        by_indent = _reliable([setting._indented(row) for row in rows if MARK.match(row.folded)])
        by_space = _reliable([setting._parted(*pair) for pair in pairs if MARK.match(pair[1].folded)])
        return cls(margins, size, leading, by_indent, by_space)


def _margins(rows: Sequence[Row], width: float, size: float) -> dict[int, tuple[float, float]]:
    """Left and right edge of the body text on each of some pages of one width."""
    left, right = _edges(rows, width, size)
    by_page: dict[int, list[Row]] = {}
    for row in rows:
        by_page.setdefault(row.page, []).append(row)
    margins = {}
    for page, group in by_page.items():
        own_left, own_right = _edges(group, width, size) if len(group) >= _OWN_MARGINS else (left, right)
        margins[page] = own_left, max(own_right, own_left + right - left)
    return margins


def _height(row: Row) -> float:
    return row.boxes[0][3] - row.boxes[0][1] if row.boxes else 0.0


def _distance(row: Row, following: Row) -> float:
    """From the foot of a row to the foot of the following one."""
    return following.boxes[0][3] - row.boxes[0][3] if row.boxes and following.boxes else 0.0


def _edges(rows: Sequence[Row], width: float, size: float) -> tuple[float, float]:
    """Where two lines or more begin furthest left, and some end furthest right.

    A stop at a line's end may hang over the edge, so it is left out. Where no lines end
    together, or only short ones do, the right margin is taken to be as wide as the left.
    """
    lefts = sorted(row.boxes[0][0] for row in rows if row.boxes)
    rights = sorted((_right(row) for row in rows if row.boxes), reverse=True)
    near, some = 0.8 * size, 2 if len(rights) > _FEW_LINES else 1
    left = next((a for a, b in pairwise(lefts) if b - a <= near), lefts[0])
    right = next((a for a, c in zip(rights, rights[some:], strict=False) if a - c <= near), left)
    return (left, right) if right - left > 0.5 * width else (left, max(rights[0], width - left))


def _right(row: Row) -> float:
    if not row.boxes:
        return 0.0
    return row.boxes[-2 if row.folded[-1] in _STOPS and len(row.boxes) > 1 else -1][2]
