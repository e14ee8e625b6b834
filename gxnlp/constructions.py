"""Numbers that a construction of the sentence reads, whatever noun stands at them.

Each is tried before the rules, which go by the words at the number.
"""

from __future__ import annotations

import re

from gxnlp.candidates import Candidate
from gxnlp.continuing import again
from gxnlp.fates import read_fate
from gxnlp.lexicon import NOUN
from gxnlp.listing import BOTH, ITEM
from gxnlp.patterns import Rules
from gxnlp.readings import INFORMATION, Draft, Reading
from gxnlp.running import State

_MADE = re.compile(
    r"(?:(主动公开|予以公开|全部公开)|依申请公开|依申请提供|不予公开|免予公开|不公开)的?(?:类|属性)?的?"
    r"(?:政府)?(?:信息|文件|公文)?(?:总?数量?|条数)?[：:为有共达]{0,2}$"
)
"""制作政府信息90条，其中主动公开70条、不予公开20条: of what was made, what is public."""
_CLOSES = re.compile(r"、[^，。；：]{2,40}等(?:方面|各类|相关|领域)?(?:政府|政务)?信息$")
_PUBLIC = re.compile(r"[，；（](?:其中)?[，：]?已?(?:标?注明?|确定为|属性为|转为)?主动公开的?(?:有|为|共)?")
"""印发文件64件，主动公开51件: of the documents, those that are public."""
_TAKEN_UP = re.compile(r"(?:上述|以上|这|该|(?:公开|发布|推送|更新|刊出|公布)的)$|^在?$")
_DIVIDED = re.compile(r"(?:主动)?(?:公开)?的?(?:政府|政务)?信息(?:里面?|当?中|按[^，。；]{1,8}分)[，：]")
_INTERPRETED = re.compile(
    r"[^，。；0-9]{0,24}?(?:文件|政策|办法|意见|措施|规划|方案|通知|条例|规定|细则)》?等?"
    r"(?:进行|开展|作|做|予以|加以|配套|同步|组织|制作|发布|编发|及时|主动)[^，。；0-9]{0,10}解读"
)
_ABOUT = re.compile(r"(?:对|就|围绕|针对|将|为)[^，。；0-9]{0,12}$")
"""对12项惠企政策文件进行解读: what is interpreted, counted before its noun."""


_LESSON = re.compile(r"(?:上|讲)了?$")
_IS_LESSON = re.compile(r"[^，。；：0-9]{0,4}课(?![程题件时文])")
"""给窗口人员上了三次课."""
_CASE = frozenset({"case"})
_FEW = 4
_SUM = re.compile(r"[，、；（]?(?:总?金额)?(?:总共|共计|合计|总计|共|计)?(?:为|达)?")
_FEES = frozenset({"n.fee", "n.fee_notice"})
_NAMED = re.compile(
    r"[，；（](?:其中)?(?:除|应(?:当|该)?(?:主动)?公开的|可(?:以)?公开的|其余的?|公开(?:复文|答复)的?)"
)
_BY_LEADERS = re.compile(
    r"[，；][^，；。0-9]{0,10}(?:负责人|领导|书记|一把手|[省市县区州镇乡旗局厅委]长)[^，；。0-9]{0,6}"
    r"(?:出席|出面|主持|发布|主讲|到场|参加)[^，；。0-9]{0,4}"
)
_ROUND = frozenset({"round"})
_LEVEL = re.compile(
    r"[，；、](?:[国省市州县区乡镇街村]级|[省市州县区旗乡镇]本级|市直|县直)(?:举办|举行|组织|开展|召开)?"
)
_HELD = frozenset({"trainings", "trainees", "inspections", "press_conferences", "interviews"})
_FIGURES = re.compile(r"[0-9.,，一二三四五六七八九十两百千万余多 ]+")


def by_construction(candidate: Candidate, said: frozenset[str], state: State) -> Reading | None:
    """What the construction around a count makes of it, or `None`.

    Args:
        candidate: The count in its context.
        said: What the sentence said before, as in `readings.read_level`.
        state: What held before the count.
    """
    rules, last = state.rules, state.last
    if "topic.made" in said and (made := _of_made(candidate, rules)):
        return made
    if "last.policy_docs" in said and last is not None and _is_public(candidate, last, state):
        part = again(last, "public")
        part.measure = "part"
        return part
    if _is_restated(candidate, state.folded, rules):
        return Reading(INFORMATION, "item", None, "restated", 0.9, counters=ITEM)
    if _is_interpreted(candidate, state.folded, rules):
        return Reading("interpretations", "item", None, "interpreted", 0.9, counters=ITEM)
    if (alike := _by_level(candidate, state)) is not None:
        return alike
    if (told := _of_fees(candidate, state) or _of_proposals(candidate, state)) is not None:
        return told
    if (part := _attended(candidate, state)) is not None:
        return part
    if _LESSON.search(candidate.between) and _IS_LESSON.match(state.folded, candidate.quantity.outer_end):
        return Reading("trainings", "session", None, "lesson", 0.9, counters=_ROUND)
    if (fate := read_fate(candidate, state)) is not None:
        return fate
    if not state.listing and _closes_names(candidate, rules):
        return Reading(INFORMATION, "item", candidate.own[0], "names closed", 0.9, counters=ITEM)
    return None


def _by_level(candidate: Candidate, state: State) -> Reading | None:
    """培训：镇级2次、61人次；县级3次、4人次: the same events of another level."""
    if state.listing or not _LEVEL.fullmatch(candidate.between):
        return None
    counter = "".join(candidate.quantity.unit.split())
    alike = (m for m in reversed(state.recent[-_FEW:]) if m.metric in _HELD)
    last = next((m for m in alike if _FIGURES.sub("", state.folded[m.start : m.end]) == counter), None)
    return None if last is None else again(last, "by level")


def _of_fees(candidate: Candidate, state: State) -> Reading | None:
    """收取信息处理费2笔、共190元: the money, behind how often it was paid."""
    last = state.last
    if last is None or last.head is None or candidate.bound != state.last_end:
        return None
    money = "money" in state.rules.counter_groups(candidate.quantity.unit)
    if not money or _FEES.isdisjoint(last.head.classes) or not _SUM.fullmatch(candidate.between):
        return None
    return Reading("fee_amount", "CNY", last.head, "of fees", 0.95, counters=frozenset({"money"}))


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


def _attended(candidate: Candidate, state: State) -> Reading | None:
    """召开新闻发布会9次，主要负责人出席3次: some of the events just counted."""
    last = state.last
    held = last is not None and last.metric in _HELD and last.aspect == "level"
    if (
        not held
        or last is None
        or candidate.bound != state.last_end
        or not state.same_counter(last, candidate)
    ):
        return None
    if any(t.kinds & NOUN for t in candidate.own) or not _BY_LEADERS.fullmatch(candidate.between):
        return None
    part = again(last, "attended")
    part.measure = "part"
    return part


def _of_made(candidate: Candidate, rules: Rules) -> Reading | None:
    """A part of the information that was made: what of it was published, and the rest."""
    part = _MADE.search(candidate.between)
    if part is None or not rules.counts_items(candidate.quantity.unit):
        return None
    metric = INFORMATION if part[1] else "other_metric"
    return Reading(metric, "item", None, "made", 0.9, measure="total", counters=ITEM)


def _is_public(candidate: Candidate, last: Draft, state: State) -> bool:
    """Whether a number says how many of the documents just counted are public."""
    return state.same_counter(last, candidate) and _PUBLIC.fullmatch(candidate.between) is not None


def _is_restated(candidate: Candidate, folded: str, rules: Rules) -> bool:
    """Whether a number takes up what was published, to divide it (上述90条信息中，…)."""
    if not _DIVIDED.match(folded, candidate.quantity.outer_end):
        return False
    counted = rules.counts_items(candidate.quantity.unit)
    return counted and _TAKEN_UP.search(candidate.between) is not None


def _is_interpreted(candidate: Candidate, folded: str, rules: Rules) -> bool:
    """Whether a number counts documents that an interpretation is of (对6件政策文件作了解读)."""
    if candidate.closed or not rules.counts_items(candidate.quantity.unit):
        return False
    end = candidate.quantity.outer_end
    return bool(_ABOUT.search(candidate.between) and _INTERPRETED.match(folded, end))


def _closes_names(candidate: Candidate, rules: Rules) -> bool:
    """发布规范性文件草案、清理等信息90条: 等信息 says what all the names before it are."""
    between = candidate.between
    if not between.endswith("信息") or "v.publish" not in candidate.near or not _CLOSES.search(between):
        return False
    touches = candidate.own[0].end == candidate.quantity.outer_start
    return touches and rules.counts_items(candidate.quantity.unit)
