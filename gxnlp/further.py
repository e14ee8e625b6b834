"""Numbers that go on with what was just counted: its sum, some of it, the same of another level.

建议36件、提案29件，共65件; 新闻发布会9次，主要负责人出席3次; 培训：镇级2次，县级3次.
"""

from __future__ import annotations

import re

from gxnlp.candidates import Candidate
from gxnlp.continuing import again
from gxnlp.listing import BOTH
from gxnlp.readings import Reading
from gxnlp.running import State

_CASE = frozenset({"case"})
_FEW = 4
_LEAST_SUMMED = 2
_HELD = frozenset({"trainings", "trainees", "inspections", "press_conferences", "interviews"})
_CAME = ("applications_received", "applications_carried_in")
_SUMMED = frozenset({"open_meetings", *_HELD})
_OUTCOMES = tuple(
    f"applications_{name}" for name in ("granted", "partial", "denied", "unavailable", "rejected", "other")
)
_FEES = frozenset({"n.fee", "n.fee_notice"})
_SESSIONS = ("次", "场", "期")
_ON_AIR = re.compile(
    r"(?:领导|负责人|书记|一把手|[省市县区州旗镇乡局厅委院所]长|主任)(?:[^，。；0-9]{0,4}轮值)?"
    r"(?:接听|上线|值守)[^，。；0-9]{0,2}(?:[^，。；0-9]{0,6}热线)?$"
)
_TAKEN_UP = re.compile(r"[，、；](?:其中)?(?:已|依法|予以|实际)?(?:受理|立案)(?:了|的有?)?")
_ACTS = re.compile(
    r"[，、；]行政(?:许可|处罚|强制|检查|确认|征收|给付|奖励|裁决)(?:事项|信息|结果|决定书?|案件){0,2}"
)
_PUBLISHED_ACTS = re.compile(r"(?:公开|公示|公布|发布)[^，。；0-9]{0,10}行政[^，。；0-9]{2,10}$")
_CLAUSE = 24
_SUM = re.compile(r"[，、；（]?(?:总?金额)?(?:总共|共计|合计|总计|共|计)?(?:为|达)?")
_SUM_OF = re.compile(r"[，、；（](?:总共|共计|合计|总计|共|计|合起来|加起来|加在一起)(?:有|为|是)?")
_TWO_KINDS = re.compile(r"[、，和及与](?:政协|委员)?提案(?:共|有|为)?[0-9]")
"""收到建议5件、提案7件: what 建议 are is said by the next number."""
_NAMED = re.compile(
    r"[，；（](?:其中)?(?:除|应(?:当|该)?(?:主动)?公开的|可(?:以)?公开的|其余的?|公开(?:复文|答复)的?)"
)
_LEVEL = re.compile(
    r"[，；、](?:[国省市州县区乡镇街村]级|[省市州县区旗乡镇]本级|市直|县直)(?:举办|举行|组织|开展|召开)?"
)
_OF_MEDIA = re.compile(
    r"(?:[，；、：（]|其中[，：]?)*(?:在|被)?(?:国家|中央|省部|自治区|[国省市州县区旗盟部厅])级(?:及?以上)?"
    r"(?:(?:主流|新闻|官方)?(?:媒体|报刊|平台))?(?:刊发|刊登|采用|报道|发表|发布|刊播|稿件|信息){0,2}"
)
"""媒体刊发209篇，国家级15篇，省级68篇: by the level of the media."""
_ALL_MEDIA = re.compile(
    r"(?:各级|各类|各大|以上|新闻|主流|官方)[^，。；、]{0,4}(?:媒体|报刊)(?:平台)?[^，。；、]{0,12}$"
    r"|(?:媒体|宣传|新闻|外宣)报道[^，。；、]{0,4}$"
)
_FIGURES = re.compile(r"[0-9.,，一二三四五六七八九十两百千万余多 ]+")


def read_further(candidate: Candidate, state: State) -> Reading | None:
    """What a number is by the mentions just before it, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    for read in (
        _answered_calls,
        _sums_up,
        _by_level,
        _of_media,
        _of_fees,
        _of_proposals,
        _before_proposals,
        _accepted,
        _acts_as_well,
    ):
        if (reading := read(candidate, state)) is not None:
            return reading
    return None


def _accepted(candidate: Candidate, state: State) -> Reading | None:
    """收到行政复议申请9件，受理7件: of those that came in, the ones that were taken up."""
    last = state.last
    if last is None or last.metric not in ("reviews", "lawsuits") or candidate.bound != state.last_end:
        return None
    value = candidate.quantity.value
    if last.aspect != "level" or last.value is None or value is None or value > last.value:
        return None
    if not _TAKEN_UP.fullmatch(candidate.between) or not state.same_counter(last, candidate):
        return None
    part = again(last, "accepted")
    part.measure = "part"
    return part


def _acts_as_well(candidate: Candidate, state: State) -> Reading | None:
    """公示行政许可事项31项，行政处罚事项8项: what the verb before the first of them holds for as well."""
    last = state.last
    if last is None or last.metric != "info_published" or candidate.bound != state.last_end or state.listing:
        return None
    first = max(last.sentence.start, last.start - _CLAUSE)
    published = last.rule == "acts" or _PUBLISHED_ACTS.search(state.folded, first, last.start)
    if not published or not _ACTS.fullmatch(candidate.between):
        return None
    return again(last, "acts") if state.rules.counts_items(candidate.quantity.unit) else None


def _answered_calls(candidate: Candidate, state: State) -> Reading | None:
    """局领导接听民生热线1次, 负责人轮值接听36场: a head of the body on the air."""
    if candidate.quantity.unit not in _SESSIONS or not _ON_AIR.search(candidate.between):
        return None
    return Reading("interviews", "session", None, "on the air", 0.9, counters=frozenset({"session"}))


def _sums_up(candidate: Candidate, state: State) -> Reading | None:
    """予以公开3件、不予公开2件，共5件: a sum that the figures before it come to says what they are."""
    last, value = state.last, candidate.quantity.value
    if last is None or value is None or not _SUM_OF.fullmatch(candidate.between):
        return None
    if candidate.bound != state.last_end or not state.same_counter(last, candidate):
        return None
    if last.metric in _OUTCOMES:
        parts = [state.totals[name].value or 0 for name in _OUTCOMES if name in state.totals]
        if len(parts) > 1 and sum(parts) == value:
            return Reading("applications_handled", "item", None, "sum", 0.95, counters=_CASE)
    if last.metric in _CAME:
        came = [state.totals[name].value for name in _CAME if name in state.totals]
        if len(came) == len(_CAME) and None not in came and sum(v for v in came if v is not None) == value:
            return Reading(_CAME[0], "item", None, "sum", 0.95, counters=_CASE)
    alike = [m.value or 0 for m in state.recent if m.metric == last.metric and m.sentence == last.sentence]
    if last.metric not in _SUMMED or len(alike) < _LEAST_SUMMED or sum(alike) != value:
        return None
    return again(last, "sum")


def _by_level(candidate: Candidate, state: State) -> Reading | None:
    """培训：镇级2次、61人次；县级3次、4人次: the same events of another level."""
    if state.listing or not _LEVEL.fullmatch(candidate.between):
        return None
    counter = "".join(candidate.quantity.unit.split())
    alike = (m for m in reversed(state.recent[-_FEW:]) if m.metric in _HELD)
    last = next((m for m in alike if _FIGURES.sub("", state.folded[m.start : m.end]) == counter), None)
    return None if last is None else again(last, "by level")


def _of_media(candidate: Candidate, state: State) -> Reading | None:
    """媒体刊发209篇，国家级15篇，省级68篇: what media of one level took, a part of what all took."""
    last = state.last
    if last is None or last.metric != "media_reports" or candidate.bound != state.last_end:
        return None
    if not _OF_MEDIA.fullmatch(candidate.between) or not state.same_counter(last, candidate):
        return None
    reading = again(last, "of media")
    whole = state.totals.get(last.metric)
    if whole is not None and whole.sentence == last.sentence and (last is whole or last.measure == "part"):
        general = _ALL_MEDIA.search(state.folded, max(0, whole.start - 24), whole.start) is not None
        fits = (candidate.quantity.value or 0) <= (whole.value or 0)
        reading.measure = "part" if general and fits else ""
    return reading


def _of_fees(candidate: Candidate, state: State) -> Reading | None:
    """收取信息处理费2笔、共190元: the money, behind how often it was paid."""
    last = state.last
    if last is None or last.head is None or candidate.bound != state.last_end:
        return None
    money = "money" in state.rules.counter_groups(candidate.quantity.unit)
    if not money or _FEES.isdisjoint(last.head.classes) or not _SUM.fullmatch(candidate.between):
        return None
    return Reading("fee_amount", "CNY", last.head, "of fees", 0.95, counters=frozenset({"money"}))


def _before_proposals(candidate: Candidate, state: State) -> Reading | None:
    """收到建议5件、提案7件: suggestions of deputies, by the number behind."""
    behind = _TWO_KINDS.match(state.folded, candidate.quantity.outer_end)
    told = state.last is not None and state.last.metric.startswith("proposals")  # 建议提案9件，其中建议…
    if told or behind is None or not candidate.between.endswith("建议"):
        return None
    if "case" not in state.rules.counter_groups(candidate.quantity.unit) or not candidate.own:
        return None
    return Reading("proposals_npc", "item", candidate.own[0], "two kinds", 0.9, counters=_CASE)


def _of_proposals(candidate: Candidate, state: State) -> Reading | None:
    """建议36件、提案29件，共65件; 应公开的60件, 除6件: of both kinds together."""
    last, value = state.last, candidate.quantity.value
    if last is None or not last.metric.startswith("proposals") or not state.same_counter(last, candidate):
        return None
    both = [state.totals[name].value for name in BOTH if name in state.totals]
    summed = len(both) == len(BOTH) and None not in both and value == sum(v for v in both if v is not None)
    if summed and _SUM.fullmatch(candidate.between):
        return Reading("proposals", "item", last.head, "sum", 0.95, measure="total", counters=_CASE)
    if not _NAMED.fullmatch(candidate.between):
        return None
    metric = "proposals" if len(both) == len(BOTH) else last.metric
    return Reading(metric, "item", last.head, "named", 0.9, measure="part", counters=_CASE)
