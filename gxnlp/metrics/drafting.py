"""A reading of a number made a mention, before its attributes are resolved."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from gxnlp.deferred import deferred
from gxnlp.metrics.constructions.changes import in_percent
from gxnlp.metrics.constructions.signs import plus_before
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, Reading, unit_of
from gxnlp.records import Interval, Value

_ABOUT_SO_MUCH = deferred("约占[^，。；：0-9]{1,20}$")
_CHANGED_SO_MUCH = deferred("约(?:增|减|缩|提|压|下降|上升|增长|增加|减少|缩短|快|慢)[^，。；：0-9]{0,3}$")
"""约占总量的比重为40%, 约缩短1.5天: what qualifies a share or a change may stand at its verb."""
_BRACKETS = frozenset("（）()")
"""建议（9件）: no part of the mention."""
_LONGEST_APPLICATION = 8
"""Characters between the kind of applicant and the number (法人或其他组织申请共3件)."""
_KIND_STOP = deferred(r"[，、；：（]")
_NO_KIND = deferred(r"^(?:其中|包括|含|<发布>)+|\s")
_DETAILS = {
    "o.upheld": "upheld",
    "o.corrected": "corrected",
    "o.other_result": "other",
    "o.pending": "pending",
}


def draft_of(reading: Reading, candidate: Candidate, text: str) -> Draft:
    """A mention of a reading, before its attributes are resolved."""
    quantity, sentence = candidate.quantity, candidate.sentence
    value, lower, upper = quantity.value, quantity.lower, quantity.upper
    if quantity.kind == "fold" and reading.aspect == "growth":
        value, lower, upper = (in_percent(v, quantity.unit) for v in (value, lower, upper))
    if quantity.kind == "fraction" and reading.unit == "percent":  # 占总量的三分之一 is 33.33 percent
        value, lower, upper = (None if v is None else _as_percent(v) for v in (value, lower, upper))
    if reading.sign < 0:
        value, lower, upper = _negate(value), _negate(upper), _negate(lower)
    unit = reading.unit
    if unit != "percent" and reading.metric == "satisfaction":
        unit = "score"
    bracket = text[quantity.outer_start] in _BRACKETS and text[quantity.outer_end - 1] in _BRACKETS
    draft = Draft(
        reading.metric, candidate.written + bracket, quantity.outer_end - bracket, value, lower, upper,
        unit or unit_of(reading.metric, quantity.unit), quantity.qualifier,
        Interval(sentence.start, sentence.end), sentence.section,
    )  # fmt: skip
    if reading.aspect != "level" and plus_before(draft.start, text):
        draft.start -= 1
    draft.head, draft.aspect, draft.measure = reading.head, reading.aspect, reading.measure or "total"
    draft.detail = _detail_of(reading, candidate, text)
    draft.trust, draft.rule, draft.counters = reading.trust, reading.rule, reading.counters
    draft.body, draft.paragraph = reading.body, sentence.paragraph
    about = _ABOUT_SO_MUCH if reading.metric == "share" else _CHANGED_SO_MUCH
    told = reading.metric == "share" or reading.aspect != "level"
    if told and draft.qualifier == "exact" and about.search(candidate.between):
        draft.qualifier, draft.lower, draft.upper = "approx", None, None
    return draft


def _as_percent(value: Value) -> Decimal:
    return Decimal(round(Fraction(value) * 10000)) / 100


def _applicant(candidate: Candidate, text: str) -> str:
    """Kind of applicant that a number is of; 公民、法人提出的申请18件 are of any kind."""
    kinds = [t for t in candidate.own if "w.applicant" in t.classes]
    if len(kinds) != 1 or candidate.quantity.outer_start - kinds[0].end > _LONGEST_APPLICATION:
        return ""
    return text[kinds[0].start : kinds[0].end]


def _detail_of(reading: Reading, candidate: Candidate, text: str) -> str:
    """Which part a mention is: outcome of a review, kind of applicant, kind of content."""
    classes = reading.head.classes if reading.head else frozenset()
    for name, detail in _DETAILS.items():
        if name in classes and reading.metric in ("reviews", "lawsuits"):
            return detail
    if reading.metric == "applications_received":
        return _applicant(candidate, text)
    if reading.metric != "info_published.part":
        return ""
    start = candidate.quantity.outer_start
    kind = _KIND_STOP.split(text[candidate.bound : start])[-1]
    return _NO_KIND.sub("", kind)[-30:]


def _negate(value: Value | None) -> Value | None:
    """The value of a fall."""
    return None if value is None else value * Decimal(-1) if isinstance(value, Decimal) else -value
