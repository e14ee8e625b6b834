"""What a PDF backend gives for a page: glyphs and ruling lines, before any sense is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Glyph(NamedTuple):
    """One printed character with its box, in points from the top left corner of the page.

    `base` is the height of its base line: fonts may lie about their heights, but not about this.
    """

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float


class Rule(NamedTuple):
    """A ruling line along one axis: at `at` on the other axis, from `low` to `high`."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class RawPage:
    """Glyphs and rules of one page, in the frame in which the text stands upright.

    Attributes:
        width: Width of that frame in points.
        height: Its height in points.
        glyphs: Printed characters in no order that could be relied on; real spaces included,
            spaces that a backend puts in left out.
        horizontal: Rules at a height (`at` is y).
        vertical: Rules at a distance from the left (`at` is x).
        images: Whether the page shows pictures (a page with these alone is a scan).
        notes: What was left out.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    images: bool = False
    notes: list[str] = field(default_factory=list)


MAX_GLYPHS = 40_000
"""Characters read from one page: a full A3 page of small print has about 8,000."""

MAX_RULES = 20_000
"""Ruling lines read from one page: more than this is a drawing, not tables."""

MAX_OBJECTS = 20_000
"""Drawn objects looked at on one page: letters drawn as shapes are as many."""

RULE_THICKNESS = 2.6
"""A filled box up to this thick (points) is a ruling line; WPS draws white boxes behind text."""

MIN_RULE = 3.0
"""Shorter strokes are dots or parts of characters."""
