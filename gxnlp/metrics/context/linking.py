"""Words and marks that only link a number to the noun that it counts.

公开信息有90条, 公开信息共计90条, 公开信息：90条 and 公开信息（90条） say what 公开信息90条 says.
"""

from __future__ import annotations

from bisect import bisect_left

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, NOUN, OUTCOME
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.records import Quantity

_WORDS = ("共有", "共计", "总计", "合计", "达到", "有", "共", "为", "达")
_ENDS_WORD = frozenset("有共计到为达")
_MARK = deferred(r"(?<=[一-鿿）])(?:：|(?<!年)（|，(?=<共>))(?:<共>|[有为达]|达到)?$")
"""A mark before a number that parts no clause: 公开信息：90条, 公开信息（90条）, 公开信息，共计90条."""
_ENDS_MARK = frozenset("：（计共总有为达到")
_LONGEST = 6


def linked(quantity: Quantity, sentence: Sentence, bound: int, folded: str) -> Quantity:
    """The quantity, from the word on that links it to a noun right before, where there is one.

    Args:
        quantity: A count; what is told in percent stays as it is.
        sentence: Its sentence.
        bound: Where its window begins.
        folded: The folded text of the report.
    """
    start = quantity.outer_start
    if not quantity.unit or quantity.kind != "number" or folded[start - 1] not in _ENDS_WORD:
        return quantity
    word = next((w for w in _WORDS if folded.endswith(w, bound, start)), "")
    place = bisect_left(sentence.starts, start - len(word)) - 1
    if not word or place < 0:
        return quantity
    before = sentence.terms[place]
    counted = before.kinds & (NOUN | OUTCOME | CHANNEL) and before.end == start - len(word)
    return quantity._replace(outer_start=before.end) if counted else quantity


def before_mark(folded: str, bound: int, end: int) -> int:
    """Where the words before a number end, without a mark that only links it to them.

    Args:
        folded: The folded text of the report.
        bound: Where the window of the number begins.
        end: Where the number begins.
    """
    mark = _MARK.search(folded, max(bound, end - _LONGEST), end) if folded[end - 1] in _ENDS_MARK else None
    return mark.start() if mark is not None else end
