"""Changes that a sign says, or the change before them: （-15.2%）, （↑9%）, 增加44件、25.9%.

Pure, as `readings`.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft

_PLUS = ("+", "﹢", "＋")
_SIGN = deferred(r"（[^（），。；0-9]{0,8}?(?P<sign>[+﹢↑↓]?)\s*$")
"""（+120条）, （同比+5%）, （↓3%）."""
_SIGNED_ON = deferred(r"[，、；/]\s*(?:即|合)?(?P<sign>[+﹢↑↓]?)\s*")
"""812件，+12.9%, and （+12件，+1.5%）: a sign right behind a stop."""
_ARROWS = {"↑": 1, "↓": -1}
_SIGNS = (*_PLUS, *_ARROWS)
_BRACKET = deferred(r"\s*（\s*")
_IN_PERCENT = deferred(r"[，、/（]\s*(?:即|约|合|折合|也就是|幅度(?:为|达)?){0,2}")
"""增加44件、25.9%: the same change in percent."""

_MOVED_TOO = deferred(r"^[，、；和][^，。；：0-9]{2,12}(?<![最至许更大很])([多少])了?$")


def signed(candidate: Candidate, last: Draft | None) -> int:
    """1 where a sign says that it rose or fell, -1 for ↓, else 0; the minus of a fall is in its value.

    Args:
        candidate: The quantity in its context.
        last: The mention just before it.
    """
    quantity, between = candidate.quantity, candidate.between
    minus = quantity.value is not None and quantity.value < 0
    if not (minus or between.rstrip().endswith(_SIGNS) or candidate.follows[:1] in _ARROWS):
        return 0
    told = _SIGN.search(between) or (_SIGNED_ON.fullmatch(between) if last is not None else None)
    sign = told["sign"] if told is not None else ""
    if told is not None and (arrow := sign or candidate.follows[:1]) in _ARROWS:
        return _ARROWS[arrow]
    if sign:
        return 1
    return int((minus or between.endswith(_PLUS)) and (told is not None or "w.compare" in candidate.before))


def bracketed(candidate: Candidate) -> bool:
    """Whether a bracket opens right before a number, and no sign is told: 9件（42.9%）."""
    if candidate.quantity.value is not None and candidate.quantity.value < 0:
        return False
    return _BRACKET.fullmatch(candidate.between) is not None and candidate.follows[:1] not in _ARROWS


def told_in_percent(candidate: Candidate, last: Draft | None) -> int:
    """The sign of a change that a percentage tells once more (增加44件、25.9%), 0 where it tells none."""
    if last is None or last.aspect != "change" or last.unit == "percent" or not candidate.closed:
        return 0
    if (candidate.quantity.value or 0) < 0 or _IN_PERCENT.fullmatch(candidate.between) is None:
        return 0
    return -1 if (last.value or 0) < 0 else 1


def plus_before(start: int, folded: str) -> bool:
    """Whether a plus sign stands right before an offset: it is part of what is written."""
    return start > 0 and folded[start - 1] in _PLUS


def moved_too(candidate: Candidate) -> int:
    """与上年相比，发布会多3场，政策解读多12篇: 1 for more, -1 for fewer, 0 where nothing else moved.

    Args:
        candidate: The count in its context, behind a rise or fall by a count.
    """
    told = _MOVED_TOO.search(candidate.between)
    if told is None:
        return 0
    return 1 if told[1] == "多" else -1
