"""Numbers that a construction of the sentence reads, whatever noun stands at them.

Each is tried before the rules, which go by the words at the number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

from gxnlp.candidates import Candidate
from gxnlp.continuing import again
from gxnlp.lexicon import COUNTED
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
_TAKEN_UP = re.compile(r"(?:上述|以上|这|该|(?:公开|发布|推送|更新|刊出|公布)的)$|^在?$")
_DIVIDED = re.compile(r"(?:主动)?(?:公开)?的?(?:政府|政务)?信息(?:里面?|当?中|按[^，。；]{1,8}分)[，：]")
_INTERPRETED = re.compile(
    r"[^，。；0-9]{0,24}?(?:文件|政策|办法|意见|措施|规划|方案|通知|条例|规定|细则)》?等?"
    r"(?:进行|开展|作|做|予以|加以|配套|同步|组织|制作|发布|编发|及时|主动)[^，。；0-9]{0,10}解读"
)
_ABOUT = re.compile(r"(?:对|就|围绕|针对|将|为)[^，。；0-9]{0,12}$")
"""对12项惠企政策文件进行解读: what is interpreted, counted before its noun."""

_ON_REQUEST = frozenset({"overview.on_request", "applications", "review"})
_DONE = re.compile(r"(?:^|[，。；：、])(?:政府信息公开)?申请(?:答复|办结|处理)(?:总?数)?(?:为|共|计)?$")
_LONGEST_TAIL = 24
_PAPERS = re.compile(r"(?:制发|印发|制作|拟制|办理|审核|出台)[^，。；]{0,8}(?:公文|文件)")
_BY_VERB = {
    "v.issue": "normative_docs",
    "v.repeal": "normative_docs_repealed",
    "v.valid": "normative_docs_valid",
}


def by_construction(candidate: Candidate, said: frozenset[str], state: State) -> Reading | None:
    """What the construction around a count makes of it, or `None`.

    Args:
        candidate: The count in its context.
        said: What the sentence said before, as in `readings.read_level`.
        state: What held before the count.
    """
    rules, last = state.rules, state.last
    tail = candidate.between[-_LONGEST_TAIL:]
    if "申请" in tail and _DONE.search(tail) and "case" in rules.counter_groups(candidate.quantity.unit):
        return Reading("applications_handled", "item", None, "done", 0.9, counters=frozenset({"case"}))
    if _of_papers(candidate, state):
        return Reading("other_metric", "item", None, "papers", 0.9, measure="part", counters=ITEM)
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
    if (elided := _elided(candidate, state)) is not None:
        return elided
    if not state.listing and _closes_names(candidate, rules):
        return Reading(INFORMATION, "item", candidate.own[0], "names closed", 0.9, counters=ITEM)
    return None


def _elided(candidate: Candidate, state: State) -> Reading | None:
    """制定7件，废止4件，年末有效的规范性文件52件: the noun comes with the last number."""
    verb = candidate.own[0] if candidate.own else None
    if verb is None or verb.end != candidate.quantity.outer_start or state.listing:
        return None
    metric = next((_BY_VERB[name] for name in verb.classes if name in _BY_VERB), "")
    if not metric or any(t.kinds & COUNTED for t in (*candidate.own[1:], *candidate.left)):
        return None
    sentence = candidate.sentence
    behind = islice(sentence.terms, bisect_left(sentence.starts, verb.end), None)
    noun = next((t for t in behind if t.kinds & COUNTED), None)
    documents = "document" in state.rules.counter_groups(candidate.quantity.unit)
    if noun is None or "n.normative" not in noun.classes or not documents:
        return None
    return Reading(metric, "item", None, "elided", 0.9, counters=frozenset({"document"}))


def _of_papers(candidate: Candidate, state: State) -> bool:
    """印发公文120件，依申请公开10件、不予公开65件: papers that are not public, no applications."""
    part = _MADE.search(candidate.between) if "公开" in candidate.between[-_LONGEST_TAIL:] else None
    if part is None or part[1] or candidate.sentence.section.code in _ON_REQUEST:
        return False
    told = state.folded[candidate.sentence.start : candidate.bound]
    return _PAPERS.search(told) is not None and state.rules.counts_items(candidate.quantity.unit)


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
