"""Numbers said in passing: 放在三件事上, 汇成一张目录, 念一遍; nothing of the report is counted."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate

_MATTERS = deferred(r"(?:大|小|难|要|好)?事(?=[，。：；、上里中]|情|项目|$)")
"""重点放在三件事上: things to do."""
_MADE_INTO = deferred(r"[汇编整合列制梳并归绘做].{0,2}成了?$")
_LIST = deferred(
    r"(?:[^，。；、0-9]{0,6})?(?:目录|清单|台账|名单|单子|总表|明细表|表(?=[，。；、]|$)|册子|汇编|图谱|底册)"
)
_SINGLE_VERB = deferred(r"(?:^|[^，。；、0-9])[念读讲过捋理筛说看翻听走学]$")
_LOOKED_FOR = deferred(r"(?:^|[，。；、要想了])(?:[翻查找看点打][开到找看阅出]?|查询|查阅|想看|寻)$")
_NEARLY = deferred(r"(?:[^，。；、0-9]{0,6})?(?:差点|差一点|险些|几乎)")


def is_in_passing(candidate: Candidate) -> bool:
    """汇成一张目录, 念一遍, 翻一条半年前的公示, 有一件差点超期: one of something, not counted."""
    if candidate.quantity.unit == "件" and _MATTERS.match(candidate.follows):
        return True
    if not candidate.quantity.text.startswith("一"):
        return False
    if candidate.quantity.unit == "遍" and _SINGLE_VERB.search(candidate.between):
        return True
    made = _MADE_INTO.search(candidate.between) and _LIST.match(candidate.follows)
    return bool(made or _LOOKED_FOR.search(candidate.between) or _NEARLY.match(candidate.follows))
