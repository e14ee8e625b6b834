"""Numbers that a construction of the sentence reads, whatever noun stands at them.

Each is tried before the rules, which go by the words at the number.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from gxnlp.deferred import deferred
from gxnlp.lexicon import COUNTED, SITE, VERB, Term
from gxnlp.metrics.constructions.asides import by_aside
from gxnlp.metrics.constructions.charges import read_charge
from gxnlp.metrics.constructions.desks import read_desk
from gxnlp.metrics.constructions.disclosed import read_disclosed
from gxnlp.metrics.constructions.documents import read_documents
from gxnlp.metrics.constructions.fates import read_fate
from gxnlp.metrics.constructions.gatherings import read_gathering
from gxnlp.metrics.constructions.outlines import read_outline
from gxnlp.metrics.constructions.oversight import read_oversight
from gxnlp.metrics.constructions.passed_on import asked_by_phone
from gxnlp.metrics.constructions.published import read_published
from gxnlp.metrics.constructions.told_apart import read_apart
from gxnlp.metrics.constructions.vetting import read_vetting
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.governing import counts_nothing
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import INFORMATION, Reading
from gxnlp.metrics.lists.continuing import again
from gxnlp.metrics.lists.further import read_further
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.lists.of_proposals import read_answers, read_settled
from gxnlp.metrics.lists.told_parts import read_told_part
from gxnlp.metrics.running.state import SUBTOTAL, State

_SUMS = deferred(r"[，、]?(?:以上|<全年>)?(?:<共>|小计)(?:主动|<发布>)*(?:政府|政务)?(?:信息)?")
_CLOSES = deferred(r"、[^，。；：]{2,40}等(?:方面|各类|相关|领域)?(?:政府|政务)?信息$")
_TAKEN_UP = deferred(r"(?:上述|以上|这|该)\s?$|(?:(?:<发布>|刊出)的)$|^在?$")
_REFUSED = deferred(r"(?:不|免)(?:予|能|同意|便)?公开的$")
"""不予公开的3件中: what was refused, not published."""
_DIVIDED = deferred(
    r"(?:又|还|再|可以?|能|大致|主要|具体|进一步)*(?:细?分为|划分为|分成)[：，]?|(?:(?:主动)?(?:公开)?的?(?:政府|政务)?信息)?(?:里面?|里头|当?中|按[^，。；]{1,8}分)[，：]"
)
_INTERPRETED = deferred(
    r"[^，。；0-9]{0,24}?(?:文件|政策|办法|意见|措施|规划|方案|通知|条例|规定|细则)》?等?"
    r"(?:进行|开展|作|做|予以|加以|配套|同步|组织|制作|发布|编发|及时|主动|集中|统一|全面|逐一|逐[条件项]|深入|重点|精准|多)[^，。；0-9]{0,10}解读"
)
_INTERPRETS = deferred(
    r"解读了?(?:《[^《》]{2,60}》[、和及]?){1,6}等?[^，。；：、《》0-9]{0,6}(?:政策|文件|法规|办法|规定)(?:<共>|达)?$"
)
"""解读《供水办法》等政策文件9件."""
_ABOUT = deferred(r"(?:对|就|围绕|针对|将|为)[^，。；0-9]{0,12}$")
"""对12项惠企政策文件进行解读: what is interpreted, counted before its noun."""

_BY_VERB = {
    "v.issue": "normative_docs",
    "v.repeal": "normative_docs_repealed",
    "v.valid": "normative_docs_valid",
}


_PAST_A_BOUND = deferred(
    r"(?:(?:[过超破逾达上]|以上)[^，；。0-9]{0,3}[0-9.]{0,8}[百千万亿]{1,2}余?(?:\+|次|人次)?(?:以上)?的|[0-9]{1,6}[万wW]\+”?"
    r"|(?:阅读|浏览|播放|点击|观看|[、，])[^，；。、0-9]{0,6}[0-9.百千]{1,8}[百千万亿]{0,2}次?以上的"
    r"|(?:阅读|浏览|播放|点击|观看)[^，；。、0-9]{0,6}[0-9.]{1,8}[百千万亿]{0,2}次?的)"
    r"(?:[^，；。：0-9]{0,10})$"
)
"""阅读量过10万的3条, “10万+”推文3篇: those that passed a bound, a part of what was published."""
_PROGRAMME = 30
"""Characters around a number in which a programme and its guests are named."""
_AIRED = deferred(
    r"(?:播出|播|开设|开办|合办|联办|推出|上线|走进|做客)[^，。；0-9]{0,16}，?(?:共|播出|全年|累计){0,2}$"
)
_GUEST = deferred(
    r"面对面|有约|会客厅|直通车》|在线》|问政|一把手|嘉宾|做客|[局县市区镇]长|主任|负责人|领导|访谈|对话"
)
_LESSON = deferred(r"(?:上|讲)了?$")
_IS_LESSON = deferred(r"[^，。；：0-9]{0,4}课(?![程题件时文])")
"""给窗口人员上了三次课."""
_LESSONS = ("次", "节", "堂", "场")
_MEETINGS = ("次", "场", "期")
_SOLICITED = deferred(
    r"[^，。；0-9]{0,24}(?:公开|向社会)?(?:征求|征集|听取)(?:社会各界|社会|公众|群众|各方|市民|村民|居民|[和及、])*的?意见"
)
_PUT_TO = deferred(
    r"[^，。；0-9]{0,12}(?:草案|文件|政策|措施|事项|方案|规划)[^，。；0-9]{0,4}(?:面?向社会|向公众|网上|公开)"
)
"""26份政策草案向社会征求意见: what was put to the public."""
_SOLICITED_ABOUT = deferred(
    r"(?:征求|征集|听取)[^，。；0-9]{0,16}意见[^，。；0-9]{0,20}的(?:决策|草案|文件)?事项$"
)
"""公开征求意见并反馈的事项90项."""
_DRAFT_PUBLIC = deferred(
    r"(?:<发布>|公示|推出|晒出)[^，。；：、0-9]{0,12}(?:草案|征求意见稿|决策事项)(?:<共>|达)*$"
)
_THEN_ANSWERED = deferred(
    r"[，、；](?:<共>|累计|并|广泛)*(?:收集|收到|征集|征得|征求|收回|得到|汇总|听取|反馈|吸纳)[^，。；：0-9]{0,12}(?:意见|建议|反馈)"
)
"""公开决策草案11个，收集意见67条: drafts that were made public to be answered."""
_MADE_PUBLIC = deferred(
    r"(?:会议)?(?:议定事项|议题|内容|信息|纪要|情况|结果)?(?:均已?|全部|都|已全部|已|及时|同步)[^，。；0-9]{0,8}<发布>"
)
_TAKES = ("采用", "采纳", "录用", "被采用", "转载", "被转载")
_LONGEST_TAKER = 24
_BY_OFFICE = deferred(
    r"《[^》]{1,14}(?:简报|要闻|信息|政讯|专报|快报|参考|动态|通报|摘报)》(?:等)?$"
    r"|(?:[市县区州省旗厅局部][委局]?|政府|党委|总局)办(?:公[厅室])?(?:信息科|信息处)?$"
)
_ROUND = frozenset({"round"})


def by_construction(candidate: Candidate, said: frozenset[str], state: State) -> Reading | None:
    """What the construction around a count makes of it, or `None`.

    Args:
        candidate: The count in its context.
        said: What the sentence said before, as in `readings.read_level`.
        state: What held before the count.
    """
    if (asked := asked_by_phone(candidate)) is not None:
        return asked
    if counts_nothing(candidate, state.folded):
        return Reading("", "", None, "nothing", 1.0)
    if (reading := read_documents(candidate, said, state)) is not None:
        return reading
    for read in (
        read_charge,
        read_desk,
        read_outline,
        read_answers,
        read_settled,
        read_told_part,
        _of_pieces,
        read_apart,
        read_published,
        read_disclosed,
        read_further,
        _of_events,
        read_gathering,
        read_fate,
        _of_lists,
        by_aside,
        read_vetting,
        read_oversight,
    ):
        if (reading := read(candidate, state)) is not None:
            return reading
    return None


def taken_up(head: Term | None, candidate: Candidate, folded: str) -> bool:
    """市委办采用45条, 75条被《简报》采用, “学习强国”采用8篇: offices, bulletins, accounts are no media."""
    if head is None or not folded.startswith(_TAKES, head.start):
        return False
    words = (*candidate.own, *candidate.left, *candidate.right)
    if any("ch.media" in t.classes for t in words):
        return False
    if any(t.kinds & SITE for t in candidate.own):
        return True
    end = candidate.quantity.outer_end
    behind = head.start >= end
    first = end if behind else max(candidate.bound, head.start - _LONGEST_TAKER)
    return _BY_OFFICE.search(folded, first, head.start) is not None


def _of_pieces(candidate: Candidate, state: State) -> Reading | None:
    """Pieces past a bound, or counted before the verb that says what was done with them."""
    rules = state.rules
    may_pass = "的" in candidate.between or "+" in candidate.between
    if may_pass and _PAST_A_BOUND.search(candidate.between) and rules.counts_items(candidate.quantity.unit):
        video = any("n.video" in t.classes for t in candidate.own)
        metric = "videos" if video else INFORMATION
        measure = "part" if metric in state.totals else ""
        return Reading(metric, "item", None, "past a bound", 0.9, measure=measure, counters=ITEM)
    if _is_restated(candidate, state.folded, rules):
        if (came := _came_in(candidate, state)) is not None:
            return came
        return Reading(INFORMATION, "item", None, "restated", 0.9, counters=ITEM)
    if _is_interpreted(candidate, state.folded, rules):
        return Reading("interpretations", "item", None, "interpreted", 0.9, counters=ITEM)
    return None


def _of_events(candidate: Candidate, state: State) -> Reading | None:
    """Drafts that opinions are asked about, meetings made public, lessons."""
    if _is_solicited(candidate, state.folded, state.rules):
        return Reading("opinion_solicitations", "item", None, "solicited", 0.9, counters=ITEM)
    if _is_public_meeting(candidate, state.folded):
        return Reading("open_meetings", "session", candidate.own[0], "public meeting", 0.9, counters=_ROUND)
    taught = candidate.quantity.unit in _LESSONS and _LESSON.search(candidate.between)
    if taught and _IS_LESSON.match(state.folded, candidate.quantity.outer_end):
        return Reading("trainings", "session", None, "lesson", 0.9, counters=_ROUND)
    return None


def _of_lists(candidate: Candidate, state: State) -> Reading | None:
    """What the members of a list come to, nouns told with the last of them, names that a number closes."""
    if state.listing and _sums_members(candidate, state):
        return Reading(INFORMATION, "item", None, SUBTOTAL, 0.9, measure="part", counters=ITEM)
    if (elided := _elided(candidate, state)) is not None:
        return elided
    if not state.listing and _closes_names(candidate, state.rules):
        return Reading(INFORMATION, "item", candidate.own[0], "names closed", 0.9, counters=ITEM)
    return None


def _is_solicited(candidate: Candidate, folded: str, rules: Rules) -> bool:
    """对19个规划事项征求公众意见, 26份草案向社会征求意见: what opinions are asked about."""
    if not rules.counts_items(candidate.quantity.unit):
        return False
    end = candidate.quantity.outer_end
    drafts = candidate.between.endswith(("案", "稿", "项", "共", "计"))
    if drafts and _DRAFT_PUBLIC.search(candidate.between) and _THEN_ANSWERED.match(folded, end):
        return True
    asked = _SOLICITED.match(folded, end)
    if asked is not None and _PUT_TO.match(folded, end):
        return True
    if candidate.closed:
        return _SOLICITED_ABOUT.search(candidate.between) is not None
    return asked is not None and _ABOUT.search(candidate.between) is not None


def _is_public_meeting(candidate: Candidate, folded: str) -> bool:
    """政府常务会议28次全部公开: meetings, by what is said of them behind their number."""
    own, quantity = candidate.own, candidate.quantity
    met = bool(own) and "n.meeting" in own[0].classes and own[0].end == quantity.outer_start
    return met and quantity.unit in _MEETINGS and _MADE_PUBLIC.match(folded, quantity.outer_end) is not None


def _elided(candidate: Candidate, state: State) -> Reading | None:
    """制定7件，废止4件，年末有效的规范性文件52件: the noun comes with the last number."""
    verb = candidate.own[0] if candidate.own else None
    if verb is None or verb.end != candidate.quantity.outer_start:
        return None
    metric = next((_BY_VERB[name] for name in verb.classes if name in _BY_VERB), "")
    if metric and state.listing and _goes_on_with_documents(candidate, state):
        return Reading(metric, "item", None, "elided", 0.9, counters=frozenset({"document"}))
    if state.listing:
        return None
    if not metric or any(t.kinds & COUNTED for t in (*candidate.own[1:], *candidate.left)):
        return None
    sentence = candidate.sentence
    behind = islice(sentence.terms, bisect_left(sentence.starts, verb.end), None)
    noun = next((t for t in behind if t.kinds & COUNTED), None)
    documents = "document" in state.rules.counter_groups(candidate.quantity.unit)
    if noun is None or "n.normative" not in noun.classes or not documents:
        return None
    return Reading(metric, "item", None, "elided", 0.9, counters=frozenset({"document"}))


def _goes_on_with_documents(candidate: Candidate, state: State) -> bool:
    """公开的规范性文件中，新制定7件，废止4件: what became of documents divides nothing."""
    last = state.last
    return last is not None and last.metric.startswith("normative_docs") and candidate.bound == state.last_end


def _is_restated(candidate: Candidate, folded: str, rules: Rules) -> bool:
    """Whether a number takes up what was published, to divide it (上述90条信息中，…)."""
    if not _DIVIDED.match(folded, candidate.quantity.outer_end):
        return False
    if not rules.counts_items(candidate.quantity.unit) or _REFUSED.search(candidate.between):
        return False
    if candidate.between.endswith("的") and candidate.own:  # 网站的90条又可分为：…
        nearest = candidate.own[0]
        if nearest.kinds & SITE and nearest.end + 1 == candidate.quantity.outer_start:
            return True
    return _TAKEN_UP.search(candidate.between) is not None


def _came_in(candidate: Candidate, state: State) -> Reading | None:
    """收到申请26件。26件中，…: the applications just counted, taken up to say what became of them."""
    whole = state.frame
    if whole is None or whole.metric != "applications_received" or candidate.between:
        return None
    same = whole.value == candidate.quantity.value and state.same_counter(whole, candidate)
    return again(whole, "restated") if same else None


def _is_interpreted(candidate: Candidate, folded: str, rules: Rules) -> bool:
    """Whether a number counts documents that an interpretation is of (对6件政策文件作了解读)."""
    if not rules.counts_items(candidate.quantity.unit):
        return False
    if "解读" in candidate.between and _INTERPRETS.search(candidate.between):
        return True
    if candidate.closed:
        return False
    end = candidate.quantity.outer_end
    return bool(_ABOUT.search(candidate.between) and _INTERPRETED.match(folded, end))


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
    verb = next((t for t in candidate.left if t.kinds & VERB and not t.kinds & COUNTED), None)
    return verb is not None and "v.fix" in verb.classes and "v.publish" not in verb.classes
