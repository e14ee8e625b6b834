"""What is looked up and asked at the desks of a body, and the copies of a gazette that are given away there.

全年查阅260人次, 触摸屏查询6400次; 公报印制4000份; 受理咨询320件次，其中网站160件次，电话120件次，来访40件次.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading, unit_of
from gxnlp.metrics.running.state import State

_LOOKED_UP = deferred(
    r"(?:查阅|查询|检索|借阅)(?:了|服务|政府信息|信息|文件|资料|利用)*(?:人数|人次|次数|总?数量|总数|总量|量)?(?:<共>|达到?|有|为|约)*$"
)
_VISITS = frozenset({"人次", "人", "次", "余人次", "余次", "条次", "份次", "件次"})
_PLACE = deferred(
    r"查阅(?:点|室|场所|中心|处|大厅|窗口|区|服务)|档案馆|图书馆|触摸|查询(?:机|终端|一体机|大厅|屏)|信息亭|阅览室"
)
_PLACE_WITHIN = 60
_SITES = deferred(r"网站|平台|公众号|系统|[Aa][Pp][Pp]|小程序|客户端|热线")
"""档案馆查阅点全年查阅260人次: by where it was looked up."""
_PRINTED = deferred(
    r"公报》?(?:每期|全年|共|免费|累计|编辑|出版|编印)*(?:印制|印刷|印发|发行|发放|赠阅|寄送|投放|派发)(?:了|量|数|数量|总量|约|近|<共>|为|达)*$"
)
_NEXT_COPIES = deferred(r"[，、；](?:每期|共|累计|全年|并)*(?:印发|印制|印刷|投放|发行)(?:了|量|约|近|<共>)*")
_COPIES = frozenset({"份", "册", "本", "余份", "余册"})
"""公报印制4000份; 编印公报8期，收录文件76份，印发4000份."""
_CONSULTED = deferred(
    r"(?:受理|接受|接待|答复|解答|办理)(?:了|各类|公众|群众|市民|各种|政务|信息公开|政府信息公开|方面|的)*(?:咨询|咨询事项)(?:<共>)?$"
)
_CASES = frozenset({"件次", "件", "次", "条", "个"})
_BY_WAYS = deferred(
    r"[，；。：（](?:其中)?[，：]?(?=[^。；]{0,60}(?:网|邮|信箱|留言|来信))(?=[^。；]{0,60}(?:来访|现场|当面|上门|窗口))[^。；0-9]{0,10}"
    r"(?:网|邮|来?信|留言|电话|来电|热线|来访|现场|当面|上门|窗口)[^，。；、0-9]{0,8}[0-9]"
)
"""受理咨询320件次，其中网站160件次，电话120件次，来访40件次: in all ways together, of which no label is."""


def read_desk(candidate: Candidate, state: State) -> Reading | None:
    """What a number of visits, copies or questions is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    between, unit = candidate.between, "".join(candidate.quantity.unit.split())
    if unit in _VISITS and _is_looked_up(candidate, state.folded):
        return Reading("other_metric", unit_of("other_metric", unit), None, "looked up", 0.9, measure="total")
    if unit in _COPIES and _is_of_gazette(candidate, state):
        return Reading("other_metric", "copy", None, "copies", 0.9, measure="total")
    asked = unit in _CASES and "咨询" in between and _CONSULTED.search(between)
    if asked and _BY_WAYS.match(state.folded, candidate.quantity.outer_end):
        groups = state.rules.counter_groups(unit)
        return Reading("other_metric", unit_of("other_metric", unit), None, "all ways", 0.9, counters=groups)
    return None


def _is_looked_up(candidate: Candidate, folded: str) -> bool:
    between = candidate.between
    if not ("查" in between or "检索" in between or "借阅" in between) or not _LOOKED_UP.search(between):
        return False
    start = candidate.quantity.outer_start
    first = max(candidate.sentence.start, start - _PLACE_WITHIN)
    return _PLACE.search(folded, first, start) is not None and _SITES.search(between) is None


def _is_of_gazette(candidate: Candidate, state: State) -> bool:
    if "公报" in candidate.between:
        return _PRINTED.search(candidate.between) is not None
    last = state.last
    told = last is not None and candidate.bound == state.last_end and "gazettes" in state.totals
    in_it = told and last is not None and (last.metric == "gazettes" or last.channel == "gazette")
    return in_it and _NEXT_COPIES.fullmatch(candidate.between) is not None
