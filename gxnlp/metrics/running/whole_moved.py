"""A rise or fall told behind the parts of a whole: of the whole, where they have come to it."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, COUNTED, OUTCOME
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, is_aside
from gxnlp.metrics.running.state import State

_COMPARES = deferred(
    r"[，；）]*\s*(?:总[体量数]|总数量)?(?:同比|环比"
    r"|(?:相?[较比]|与|同)(?:上一?|去|前一?|20[0-9]{2})(?:学年|年)(?:度|同期)?(?:相比|的)?)[^；：。0-9]{0,8}"
)
"""，较上年增加9条; ；同比增长9%; ，较2022年的40条: nothing but a comparison."""
_NAMES = COUNTED | CHANNEL | OUTCOME


def with_whole(mentions: Sequence[Draft], candidate: Candidate, state: State) -> Sequence[Draft]:
    """The mentions, and behind them the whole that a bare comparison is of."""
    whole = whole_moved(candidate, state) if mentions else None
    return mentions if whole is None else [*mentions, whole]


def whole_moved(candidate: Candidate, state: State) -> Draft | None:
    """网站56条、公众号40条，较上年增加14条: the whole behind whose last part a comparison stands.

    Only where the parts have come to it, and none of them was said to have moved.
    """
    whole, last = state.frame, state.last
    if state.rest != 0 or state.parts_moved or whole is None or last is None or last is whole:
        return None
    if last.unit != whole.unit and not (last.metric == "share" and state.listing):
        return None
    if is_aside(last) and last.metric != "share":
        return None
    if last.paragraph != candidate.sentence.paragraph or not _COMPARES.fullmatch(candidate.between):
        return None
    # 公众号公开42条，比上年多公开8条: its verb again, of the last part
    named = any(t.kinds & _NAMES or "v.publish" in t.classes for t in candidate.own)
    return None if named else whole
