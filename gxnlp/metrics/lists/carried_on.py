"""What the number before says of the next: an average and its sum, policies of others and of one's own."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, Reading, unit_of
from gxnlp.metrics.lists.continuing import again, is_like
from gxnlp.metrics.lists.coordination import Batch
from gxnlp.metrics.running.state import State

_COMES_TO = deferred(r"[，、；（]\s*(?:<全年>)?(?:总量|总数|总计|<共>)?(?:<达>|超|超过|突破|有)?")
_BARE = deferred(r"[，、；（]\s*")
_TURNS = frozenset({"w.up", "w.down", "w.reach"})
_FROM = deferred(r"[，（](?:数量|总量)?[由从](?:(?:上年|去年|20[0-9]{2}年)(?:度|同期)?)?的?")
_OF_POLICY = deferred(r"[，、；和及与]\s*(?!其中)(?:(?!解读)[^，；：。（）0-9]){1,10}(?:政策|文件)(?:文件)?")
_EXPLAINS_POLICY = deferred(r"(?<!政策)(?<!文件)解读[^，；：。]{0,40}(?:政策|文件)")
"""解读上级政策46件, but not in 政策解读12条，政府文件19条."""


def carried_on(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """What a number is that the one before says, or `None`.

    Args:
        candidate: The count in its context.
        batch: What the sentence counted before, latest last.
        state: What held before the count.
    """
    if not batch or candidate.bound != batch[-1][0].told_to:
        return None
    if batch[-1][1].aspect == "growth":
        return _level_behind(candidate, batch[-1][1])
    if batch[-1][1].measure == "average":
        return _sum_of_average(candidate, batch, state)
    return _explained_too(candidate, batch, state)


def _level_behind(candidate: Candidate, last: Draft) -> Reading | None:
    """申请量同比增长103.8%，由26件增至53件: what it was before, of what grew."""
    turns = candidate.behind is not None and not _TURNS.isdisjoint(candidate.behind.classes)
    counts = candidate.quantity.kind == "number" and bool(candidate.quantity.unit)
    if not turns or not counts or not _FROM.fullmatch(candidate.between):
        return None
    return Reading(last.metric, unit_of(last.metric, candidate.quantity.unit), last.head, "level behind", 0.9)


def _sum_of_average(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """日均访问量2.6万人次，全年累计949万人次: the whole, told with no noun of its own."""
    last, value = batch[-1][1], candidate.quantity.value
    if value is None or last.value is None or value <= last.value or not is_like(last, candidate, state):
        return None
    if not _COMES_TO.fullmatch(candidate.between) or _BARE.fullmatch(candidate.between):
        return None
    return again(last, "comes to")


def _explained_too(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """解读上级政策46件、本级政策12件: whose policies are told anew, the verb is not."""
    before, last = batch[-1]
    if last.metric != "interpretations" or not state.same_counter(last, candidate):
        return None
    told = _EXPLAINS_POLICY.search(before.between) and _OF_POLICY.fullmatch(candidate.between)
    return again(last, "explained too") if told else None
