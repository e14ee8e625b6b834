"""Numbers that a construction of the sentence reads, whatever noun stands at them.

Each is tried before the rules, which go by the words at the number.
"""

from __future__ import annotations

import re

from gxnlp.candidates import Candidate
from gxnlp.continuing import again
from gxnlp.listing import ITEM
from gxnlp.patterns import Rules
from gxnlp.readings import INFORMATION, Draft, Reading
from gxnlp.running import SUBTOTAL, State

_MADE = re.compile(
    r"(?:(主动公开|予以公开|全部公开)|依申请公开|依申请提供|不予公开|免予公开|不公开)的?(?:类|属性)?的?"
    r"(?:政府)?(?:信息|文件|公文)?(?:总?数量?|条数)?[：:为有共达]{0,2}$"
)
"""制作政府信息90条，其中主动公开70条、不予公开20条: of what was made, what is public."""
_APPOINTED = re.compile(r"(?:指定|安排|明确|确定|落实|配备|抽调|选派)了?[^，。；0-9]{0,4}$")
_CHARGE = re.compile(
    r"(?:（[专兼]职）)?[^，。；（）0-9]{0,8}(?:负责|从事|承担)[^，。；0-9]{0,16}(?:信息公开|政务公开|政府信息|信息发布|信息报送)"
)
_SUMS = re.compile(
    r"[，、]?(?:以上)?(?:累计|合计|共计|总计|总共|小计|共)(?:主动)?(?:公开|发布|更新)?(?:政府|政务)?(?:信息)?"
)
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
    if _in_charge(candidate, state.folded):
        return Reading("other_metric", "person", None, "in charge", 0.9)
    if state.listing and _sums_members(candidate, state):
        return Reading(INFORMATION, "item", None, SUBTOTAL, 0.9, measure="part", counters=ITEM)
    if not state.listing and _closes_names(candidate, rules):
        return Reading(INFORMATION, "item", candidate.own[0], "names closed", 0.9, counters=ITEM)
    return None


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


def _in_charge(candidate: Candidate, folded: str) -> bool:
    """由办公室指定2人（兼职）负责信息公开工作: staff of disclosure."""
    if candidate.quantity.unit not in ("人", "名", "位") or not _APPOINTED.search(candidate.between):
        return False
    return _CHARGE.match(folded, candidate.quantity.outer_end) is not None


def _sums_members(candidate: Candidate, state: State) -> bool:
    """其中机构4条、动态8条，共发布12条: what the members so far come to."""
    frame, value = state.frame, candidate.quantity.value
    if frame is None or frame.metric != INFORMATION or not state.same_counter(frame, candidate):
        return False
    return value is not None and value == state.summed and _SUMS.fullmatch(candidate.between) is not None


def _closes_names(candidate: Candidate, rules: Rules) -> bool:
    """发布规范性文件草案、清理等信息90条: 等信息 says what all the names before it are."""
    between = candidate.between
    if not between.endswith("信息") or "v.publish" not in candidate.near or not _CLOSES.search(between):
        return False
    touches = candidate.own[0].end == candidate.quantity.outer_start
    return touches and rules.counts_items(candidate.quantity.unit)
