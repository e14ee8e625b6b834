"""Words that say what a total covers: 内容涵盖…, 申请内容主要涉及… open a list of its parts."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import OUTCOME
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, Draft
from gxnlp.metrics.running.state import State

_COVERS = deferred(
    r"[，；]\s*(?:<发布>|信息|申请人?|诉求|反映|留言|来信|咨询)?(?:的?(?:内容|类型|类别|范围|事项|问题|诉求))?(?:(?:主要|具体|分别)?"
    r"(?:涵盖|涵括|覆盖|囊括|涉及|分为|集中在|集中于)|(?:主要|具体|分别)(?:为|是|有|由)|既有)：?[^，；：0-9]+$"
)
"""公开信息52条，内容涵盖政务信息14条: words that open a list of parts where they are counted alike."""
_BROUGHT = frozenset({"applications_received", "hotline_cases", "messages"})
_ABOUT = deferred(
    r"\s*(?:申请|诉求|反映|留言|来信|咨询|工单)的?(?:内容|类型|类别|事项|问题|诉求)?(?:主要|具体)?"
    r"(?:涉及|涵盖|集中[在于]|包括|是|为)[^，；。0-9]+$"
)
_OUTCOMES = frozenset({"granted", "partial", "denied", "unavailable", "rejected", "other"})


def covers(state: State, candidate: Candidate) -> bool:
    """Whether the last total is said to cover what follows, counted by the same word."""
    if _brought_about(state, candidate):
        return True
    if state.last is None or candidate.bound != state.last_end or not _COVERS.match(candidate.between):
        return False
    if divides_alone(state.last) and any(t.kinds & OUTCOME for t in candidate.own):
        return False  # 不公开9件，涉及商业秘密不予公开7件
    pieces = state.last.metric == INFORMATION and candidate.between.startswith("，分别")
    alike = state.same_counter(state.last, candidate)
    alike |= pieces and state.rules.counts_items(candidate.quantity.unit)  # 信息33条，分别为公告4篇
    if state.last.aspect == "level" and alike:
        return True
    whole = state.frame  # 信息90条，全文电子化率100%，内容涵盖机构类12条
    told = whole is not None and whole.sentence.start == candidate.sentence.start
    return told and whole is not None and state.same_counter(whole, candidate)


def _brought_about(state: State, candidate: Candidate) -> bool:
    """收到申请9件。申请内容主要涉及：甲5件，乙4件: the next sentence says what they were about."""
    whole, first = state.frame, candidate.bound == candidate.sentence.start
    if not first or whole is None or whole.metric not in _BROUGHT or not _ABOUT.match(candidate.between):
        return False
    near = whole.paragraph == candidate.sentence.paragraph
    return near and state.same_counter(whole, candidate)


def divides_alone(draft: Draft) -> bool:
    """Whether a bracket behind a member divides that member: outcomes, and 媒体报道92篇（国家级3篇）."""
    outcome = draft.metric.startswith("applications_") and draft.metric[13:] in _OUTCOMES
    return outcome or draft.metric == "media_reports"
