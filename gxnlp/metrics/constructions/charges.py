"""What was charged for information, and what was waived, as the outlines before 2019 tell it.

They have a section of charges (政府信息公开的收费及减免情况), whose figures stand with few words:
收费0元，减免0元.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading, unit_of
from gxnlp.metrics.running.state import State

_MONEY = "元"
_NOBODY = frozenset({"人", "人次", "名", "户", "件", "笔", "起", "宗", "次"})
_WAIVED = deferred(
    r"(?:减免|免收|免除|减收|豁免)(?![税租]|学费|门票|房租|房产)(?:了|的)?"
    r"(?:[^，。；：0-9]{0,6}(?:费用|收费|邮寄费|复印费|复制费|检索费|工本费|成本费|处理费))?(?:[^，。；：0-9]{0,2}(?:金额|总额|数额|总数|情况|人数|人次))?"
    r"(?:[：为共]|合?共?计|达)*$"
)
"""减免费用48元, 减免金额为0, 减免情况：0元, 对低保户减免1件."""
_CHARGED = deferred(
    r"(?:(?:收费|收取|征收|收缴|缴纳|交纳|[实应]收|工本费|成本费|费用|处理费|检索费|复[印制]费|邮寄费|邮资)(?:了|的)?"
    r"[^，。；：、0-9每]{0,12}?(?:金额|总额|数额|总数|情况)?)"
    r"(?:[：为共约]|合?共?计|总计|合计|达|仅)*$"
)
"""收费0元, 收费总额为0万元, 收费情况：0元, 收取复印费、邮寄费合计326元."""
_OTHERS = deferred(
    r"行政事业性|水资源费|学费|保险费|税|罚|每[件页张份次]|标准|经费|支出|投入|用于|制作|印刷|住宿|查询"
)
_HEADS = deferred(r"(?:人次|人数|件数|笔数|次数)为?$")
"""收费人次为0: how many paid."""
_TITLE = deferred(r"(?:收费|费用)(?:及|和|与|、|以及)?(?:减免)?(?:情况|说明|事项)*$|减免")
_BUSINESS = deferred(r"门票|票价|房租|租金|税")
"""门票免费，全年减免1.1万人: what the body waives beside."""
_ITS_SUM = deferred(r"[，、；（]?(?:减免|涉及)?(?:总?金额|费用|<共>)+(?:为|约|达)?")
_FUNDS = ("funded", "of funds")
_SPENT = deferred(r"[，；（]其中[，：]?(?:用于)?[^，。；：（）0-9]{2,16}(?:共|约|为)?")
_SPENT_NEXT = deferred(r"[，、；](?:用于)?[^，。；：（）0-9]{2,16}(?:共|约|为)?")
_TOLD = frozenset({"fee_amount", "fee_notices"})


def read_charge(candidate: Candidate, state: State) -> Reading | None:
    """What a number in a section of charges is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    unit, between = candidate.quantity.unit, candidate.between
    if unit == _MONEY and _is_of_funds(candidate, state):
        return Reading("other_metric", _MONEY, None, "of funds", 0.85, measure="part")
    if unit == _MONEY and _is_waived_sum(candidate, state):
        return Reading("other_metric", "CNY", None, "waived", 0.9, measure="total")
    if not (unit == _MONEY or "收" in between or "免" in between) or _OTHERS.search(between):
        return None
    titled = _is_of_charges(candidate, state)
    money = unit == _MONEY or (not unit and candidate.quantity.value == 0 and candidate.closed)
    if "免" in between or "减收" in between:
        goes_on = state.last is not None and state.last.metric in _TOLD and candidate.bound == state.last_end
        waived = (titled or goes_on) and (money or unit in _NOBODY) and _WAIVED.search(between)
        counted = "CNY" if money else unit_of("other_metric", unit)
        return Reading("other_metric", counted, None, "waived", 0.9) if waived else None
    if not (titled and money) or _HEADS.search(between) or not _CHARGED.search(between):
        return None
    return Reading("fee_amount", "CNY", None, "charged", 0.9, counters=frozenset({"money"}))


def _is_of_funds(candidate: Candidate, state: State) -> bool:
    """投入经费36万元，其中网站建设20万元、培训6万元: what the money was spent on."""
    last, value = state.last, candidate.quantity.value
    if last is None or last.rule not in _FUNDS or candidate.bound != state.last_end:
        return False
    fits = value is not None and last.value is not None and (last.rule != "funded" or value <= last.value)
    return (
        fits and (_SPENT if last.rule == "funded" else _SPENT_NEXT).fullmatch(candidate.between) is not None
    )


def _is_waived_sum(candidate: Candidate, state: State) -> bool:
    """减免2人，金额12元: the money behind those who were let off."""
    last = state.last
    goes_on = last is not None and last.rule == "waived" and candidate.bound == state.last_end
    return goes_on and _ITS_SUM.fullmatch(candidate.between) is not None


def _is_of_charges(candidate: Candidate, state: State) -> bool:
    """Whether the section is of what applicants pay, and the sentence of nothing else that people pay."""
    start, end = candidate.sentence.start, candidate.quantity.outer_start
    titled = _TITLE.search(fold(candidate.sentence.section.title)) is not None
    return titled and _BUSINESS.search(state.folded, start, end) is None
