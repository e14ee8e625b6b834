"""Numbers that a construction of the sentence reads, whatever noun stands at them.

Each is tried before the rules, which go by the words at the number.
"""

from __future__ import annotations

import re

from gxnlp.candidates import Candidate
from gxnlp.continuing import again
from gxnlp.lexicon import VERB
from gxnlp.listing import ITEM
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
_DOCUMENTS = frozenset({"last.policy_docs", "last.other_metric"})
_TAKEN_UP = re.compile(r"(?:上述|以上|这|该)\s?$|(?:(?:公开|发布|推送|更新|刊出|公布)的)$|^在?$")
_DIVIDED = re.compile(r"(?:(?:主动)?(?:公开)?的?(?:政府|政务)?信息)?(?:里面?|当?中|按[^，。；]{1,8}分)[，：]")
_INTERPRETED = re.compile(
    r"[^，。；0-9]{0,24}?(?:文件|政策|办法|意见|措施|规划|方案|通知|条例|规定|细则)》?等?"
    r"(?:进行|开展|作|做|予以|加以|配套|同步|组织|制作|发布|编发|及时|主动)[^，。；0-9]{0,10}解读"
)
_ABOUT = re.compile(r"(?:对|就|围绕|针对|将|为)[^，。；0-9]{0,12}$")
"""对12项惠企政策文件进行解读: what is interpreted, counted before its noun."""


_PAST_A_BOUND = re.compile(
    r"(?:(?:[过超破逾达上]|以上)[^，；。0-9]{0,3}[0-9.]{0,8}[百千万亿]{1,2}余?(?:\+|次|人次)?(?:以上)?的|[0-9]{1,6}[万wW]\+”?)"
    r"(?:[^，；。：0-9]{0,10})$"
)
"""阅读量过10万的3条, “10万+”推文3篇: those that passed a bound, a part of what was published."""


_PROGRAMME = 30
"""Characters around a number in which a programme and its guests are named."""
_AIRED = re.compile(
    r"(?:播出|播|开设|开办|推出|上线|走进|做客)[^，。；0-9]{0,16}，?(?:共|播出|全年|累计){0,2}$"
)
_GUEST = re.compile(r"一把手|嘉宾|做客|[局县市区镇]长|主任|负责人|领导|访谈|对话")
_IN_ALL = re.compile(
    r"[，、]\s{0,2}(?:全年|年内|一年|本年度|累计|共|共计|合计|总计|已){1,4}(?:发布|推送|编发|编印|出)?"
)


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
    if not _DOCUMENTS.isdisjoint(said) and last is not None and _is_public(candidate, last, state):
        part = again(last, "public")
        part.measure = "part"
        return part
    if _PAST_A_BOUND.search(candidate.between) and rules.counts_items(candidate.quantity.unit):
        video = any("n.video" in t.classes for t in candidate.own)
        metric = "videos" if video else INFORMATION
        measure = "part" if metric in state.totals else ""
        return Reading(metric, "item", None, "past a bound", 0.9, measure=measure, counters=ITEM)
    if _is_restated(candidate, state.folded, rules):
        return Reading(INFORMATION, "item", None, "restated", 0.9, counters=ITEM)
    if _is_interpreted(candidate, state.folded, rules):
        return Reading("interpretations", "item", None, "interpreted", 0.9, counters=ITEM)
    if not state.listing and _closes_names(candidate, rules):
        return Reading(INFORMATION, "item", candidate.own[0], "names closed", 0.9, counters=ITEM)
    return None


def over_the_year(candidate: Candidate, often: Candidate | None) -> Reading | None:
    """每周推送1期，全年52期: how often it came, then how many there were."""
    if often is None or candidate.quantity.unit != often.quantity.unit:
        return None
    told = candidate.bound == often.quantity.outer_end and _IN_ALL.fullmatch(candidate.between)
    made = "v.make" in often.before and "n.info" in often.before
    if not told or not (made or "v.publish" in often.before):
        return None
    return Reading(INFORMATION, "item", None, "over the year", 0.9, counters=ITEM)


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


def has_guest(candidate: Candidate, state: State) -> bool:
    """县电视台《阳光政务》播出26期，部门“一把手”应邀19人次: a programme that somebody of the body came to."""
    start, end = candidate.quantity.outer_start, candidate.quantity.outer_end
    first = max(candidate.sentence.start, start - _PROGRAMME)
    aired = candidate.quantity.unit.strip() in "期次场" and _AIRED.search(state.folded, first, start)
    last = min(candidate.sentence.end, end + _PROGRAMME)
    return bool(aired) and _GUEST.search(state.folded, first, last) is not None


def is_taken_down(reading: Reading, candidate: Candidate) -> bool:
    """屏蔽过时信息，累计90条: what was taken off, not published."""
    head = reading.head
    if head is None or head.start >= candidate.own_start or any(t.kinds & VERB for t in candidate.own):
        return False
    verb = next((t for t in candidate.left if t.kinds & VERB), None)
    return verb is not None and "v.fix" in verb.classes and "v.publish" not in verb.classes
