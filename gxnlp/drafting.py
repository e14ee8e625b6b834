"""A reading of a number made a mention, before its attributes are resolved."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from gxnlp.attributes import detail_of
from gxnlp.candidates import Candidate
from gxnlp.changes import in_percent
from gxnlp.readings import Draft, Reading, negate, unit_of
from gxnlp.records import Interval, Value

_ABOUT_SO_MUCH = re.compile("约占[^，。；：0-9]{1,20}$")
"""约占总量的比重为40%: what qualifies a share may stand at its verb."""


def draft_of(reading: Reading, candidate: Candidate, text: str) -> Draft:
    """A mention of a reading, before its attributes are resolved."""
    quantity, sentence = candidate.quantity, candidate.sentence
    value, lower, upper = quantity.value, quantity.lower, quantity.upper
    if quantity.kind == "fold" and reading.aspect == "growth":
        value, lower, upper = (in_percent(v, quantity.unit) for v in (value, lower, upper))
    if quantity.kind == "fraction" and reading.unit == "percent":  # 占总量的三分之一 is 33.33 percent
        value, lower, upper = (None if v is None else _as_percent(v) for v in (value, lower, upper))
    if reading.sign < 0:
        value, lower, upper = negate(value), negate(upper), negate(lower)
    unit = reading.unit
    if unit != "percent" and reading.metric == "satisfaction":
        unit = "score"
    draft = Draft(
        reading.metric, quantity.outer_start, quantity.outer_end, value, lower, upper,
        unit or unit_of(reading.metric, quantity.unit), quantity.qualifier,
        Interval(sentence.start, sentence.end), sentence.section,
    )  # fmt: skip
    draft.head, draft.aspect, draft.measure = reading.head, reading.aspect, reading.measure or "total"
    draft.detail = detail_of(reading, candidate, text)
    draft.trust, draft.rule, draft.counters = reading.trust, reading.rule, reading.counters
    draft.body, draft.paragraph = reading.body, sentence.paragraph
    if reading.metric == "share" and draft.qualifier == "exact" and _ABOUT_SO_MUCH.search(candidate.between):
        draft.qualifier, draft.lower, draft.upper = "approx", None, None
    return draft


def _as_percent(value: Value) -> Decimal:
    return Decimal(round(Fraction(value) * 10000)) / 100
