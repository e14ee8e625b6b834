"""Suggestions of deputies and proposals of members that are named as two (人大代表建议和政协提案)."""

from __future__ import annotations

from dataclasses import replace

from gxnlp.deferred import deferred
from gxnlp.metrics.context.readings import Draft

BOTH = ("proposals_npc", "proposals_cppcc")
BOTH_KINDS = "proposals"
_EACH_KIND = deferred(
    r"(?P<first>[^，。；]{0,12}?(?:人大|代表)[^，。；、和及与]{0,8}(?:建议|议案)[^，。；、提]{0,2})"
    r"[和、及与或](?:政协|委员)[^，。；]{0,4}提案"
)
"""人大代表建议和政协提案: two things named, each by whom it is of."""


def names_each_kind(text: str) -> bool:
    """Whether words name suggestions of deputies and proposals of members as two (not 建议提案)."""
    return _EACH_KIND.search(text) is not None


def of_each_kind(zero: Draft, folded: str) -> list[Draft]:
    """未承办人大代表建议和政协提案: two zeros, both from the negation on (guideline part 2, rule 10)."""
    named = _EACH_KIND.match(folded, zero.start, zero.end) if zero.metric == BOTH_KINDS else None
    if named is None:
        return [zero]
    first, second = (replace(zero, metric=metric) for metric in BOTH)
    first.end = named.end("first")
    return [first, second]
