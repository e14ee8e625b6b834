"""By how much several rates moved, told at once: 三项指标比上年分别上升0.6、0.2和1.3个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gxnlp.deferred import deferred
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.records import Interval

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_POINTS = "百分点"
_MOVED = deferred(
    r"(?:分别|依次)(?:较上年|比上年|同比|较去年|比去年)?(上升|提[高升]|增[加长]|提升|涨|高|下降|降低|减少|回落|低)了?"
    rf"({_NUMBER}个?(?:百分点)?(?:[、，]{_NUMBER}个?(?:百分点)?)*[和及与、，]{_NUMBER}个?百分点)"
)
_EACH = deferred(rf"{_NUMBER}(?:个?百分点|个)?")
_FALLS = frozenset({"下降", "降低", "减少", "回落", "低"})


def rates_moved(sentence: Sentence, folded: str, mentions: Sequence[Draft]) -> dict[int, Draft]:
    """Changes of the rates that were told last, as many as there are figures, by where each figure starts.

    Args:
        sentence: Any sentence.
        folded: The folded text of the report.
        mentions: The mentions before it and in it, in order.
    """
    if folded.find(_POINTS, sentence.start, sentence.end) < 0:
        return {}
    return {draft.start: draft for draft in _find(sentence, folded, mentions)}


def _find(sentence: Sentence, folded: str, mentions: Sequence[Draft]) -> Iterator[Draft]:
    for told in _MOVED.finditer(folded, sentence.start, sentence.end):
        figures = list(_EACH.finditer(folded, told.start(2), told.end(2)))
        rates = [m for m in mentions if _is_rate(m) and m.end <= told.start()][-len(figures) :]
        near = all(m.paragraph == sentence.paragraph for m in rates)
        if len(rates) == len(figures) > 1 and near and len({m.metric for m in rates}) == len(rates):
            sign = -1 if told[1] in _FALLS else 1
            pairs = zip(rates, figures, strict=True)
            yield from (_change(rate, figure, sign, sentence) for rate, figure in pairs)


def _is_rate(mention: Draft) -> bool:
    return mention.unit == "percent" and mention.metric != "share" and mention.aspect == "level"


def _change(rate: Draft, figure: re.Match[str], sign: int, sentence: Sentence) -> Draft:
    digits = re.match(_NUMBER, figure[0])
    value = sign * Decimal(digits[0] if digits is not None else 0)
    return replace(
        rate,
        start=figure.start(),
        end=figure.end(),
        value=value,
        lower=value,
        upper=value,
        aspect="change",
        measure="total",
        qualifier="exact",
        sentence=Interval(sentence.start, sentence.end),
        section=sentence.section,
        implied=False,
        trust=0.9,
        rule="rates moved",
        paragraph=sentence.paragraph,
    )
