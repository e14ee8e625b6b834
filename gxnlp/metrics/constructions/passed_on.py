"""Applications that others passed on, and those that are their business: 省厅转来2件, 5件属其他部门职责."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import OUTCOME
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading
from gxnlp.metrics.lists.continuing import some_of
from gxnlp.metrics.running.state import State

_RECEIVED = "applications_received"
_CASE = frozenset({"case"})
_CALLS = frozenset({"次", "个", "通", "人次", "余次"})
_PASSED = r"(?:转来|转办|转交|转送|交办|移交|批转|派发)"
_BODY = (
    r"(?:上级|[省市县区州旗盟部](?![^，。；0-9]{0,8}(?:热线|信箱))[^，。；：、0-9年]{0,10}"
    r"|[^，。；：、0-9年]{1,10}(?:[局委厅办府处]|部门|单位|机关))"
)
_FROM = deferred(
    rf"(?:^|[，；：、（])(?:其中|另有?|有|由|收到|受理){{0,2}}[，：]?{_BODY}{_PASSED}(?:办理)?的?(?:政府信息公开|信息公开)?(?:申请|依申请公开)?件?(?:有|共|为)?$"
)
_CAME_FROM = deferred(
    rf"(?:申请)?(?:[为系是由属]|来自)于?{_BODY}{_PASSED}(?:的|件|办理|我[局委办镇])*(?=[，。；、）]|$)"
)
"""2件为上级转来件: passed down, not carried over from last year."""
_OF_ANOTHER = deferred(
    r"(?:申请)?因?(?:属于?(?:其[他它]|别的|有关)(?:部门|单位|机关|行政机关|科室)|不属于?(?:我|本)[^，。；：、0-9]{1,4})的?(?:职责|职权|职能|权限|业务|掌握|公开|管理|管辖)(?:范围|事项)?"
)
"""5件属其他部门职责，已指引向有关部门咨询: the body does not have it."""

_BY_PHONE = deferred(
    r"(?:接听|解答|答复|接到|受理|接受)[^，。；0-9]{0,6}(?:信息公开|依申请公开|申请公开)(?:工作|方面|事项|有关|相关)?"
    r"的?咨询(?:电话|来电)$|(?:电话|来电)(?:咨询|询问)(?:政府信息公开|依申请公开|信息公开|申请公开)[^，。；：0-9]{0,8}$"
)


def asked_by_phone(candidate: Candidate) -> Reading | None:
    """接听群众电话咨询公开流程12次, 解答公开咨询电话30个: what was asked about, not applied for."""
    if "咨询" not in candidate.between and "询问" not in candidate.between:
        return None
    if candidate.quantity.unit not in _CALLS or not _BY_PHONE.search(candidate.between):
        return None
    return Reading("hotline_cases", "item", None, "by phone", 0.9)


def passed_on(candidate: Candidate, state: State) -> Reading | None:
    """What a number of applications is that another body sent, or that is another's business.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    folded, end = state.folded, candidate.quantity.outer_end
    told = any(t.kinds & OUTCOME for t in candidate.own)
    if not told and state.totals.get(_RECEIVED) is not None and _OF_ANOTHER.match(folded, end):
        return Reading("applications_unavailable", "item", None, "of another", 0.9, counters=_CASE)
    if told or not (_FROM.search(candidate.between) or _CAME_FROM.match(folded, end)):
        return None
    whole, value = state.totals.get(_RECEIVED), candidate.quantity.value
    if whole is not None and whole.value is not None and value is not None and value <= whole.value:
        return some_of(whole, "passed on")
    return Reading(_RECEIVED, "item", None, "passed on", 0.9, counters=_CASE)
