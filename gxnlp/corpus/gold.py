"""What an annotated report holds, and what is common to reading and writing its mark-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gxnlp.records import Role

DEFAULTS: Mapping[str, str] = {
    "qualifier": "exact",
    "aspect": "level",
    "measure": "total",
    "scope": "own",
    "channel": "",
}
"""Values of the attributes that a mention does not write."""

MARK_CHARS = re.compile("[⟦⟧⟪⟫¦]")
"""What the mark-up is made of; no report has one of them."""
CLOSING = {"⟦": "⟧", "⟪": "⟫"}
"""What closes each bracket."""
_ALWAYS_PART = ".part"


@dataclass(frozen=True, slots=True)
class GoldSection:
    """A heading: its line without white space around it, and the offset of that line."""

    code: str
    level: int
    title: str
    start: int


@dataclass(frozen=True, slots=True)
class GoldMetric:
    """A metric mention; `value` is `None` for a range."""

    metric: str
    value: Decimal | None
    unit: str
    qualifier: str
    aspect: str
    measure: str
    scope: str
    channel: str
    period: int
    implied: bool
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A problem or remedy; `answers` are the ids of the problems that a remedy answers."""

    id: str
    role: Role
    topics: tuple[str, ...]
    answers: tuple[str, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldReport:
    """An annotated report; `metrics` and `statements` are sorted by place, inner before outer.

    Attributes:
        headers: Header lines beyond id, agency and year, in order.
        text: The report without marks, as a program receives it.
    """

    id: str
    agency: str
    year: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[GoldSection, ...] = ()
    metrics: tuple[GoldMetric, ...] = ()
    statements: tuple[GoldStatement, ...] = ()


def defaults_of(metric: str, year: int) -> dict[str, str]:
    """What a mention that writes no attribute has, by the keys of the mark-up, in the report of a year."""
    values = {**DEFAULTS, "period": str(year), "implied": "0"}
    if metric.endswith(_ALWAYS_PART):
        values["measure"] = "part"
    return values
