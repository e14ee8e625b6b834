"""Members of a list of parts: by channel, by who did it, by kind (guideline part 2, rule 4)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE, VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import RECEIPT, channel_of
from gxnlp.metrics.context.governing import counts_things
from gxnlp.metrics.context.readings import CASES, INFORMATION, PART, Draft, Reading, exact
from gxnlp.metrics.implied.each_kind import BOTH
from gxnlp.metrics.lists.continuing import again, is_like, some_of
from gxnlp.metrics.lists.information_parts import (
    ITEM,
    KIND,
    is_generic,
    part_by_way,
    part_by_way_alone,
    part_of_information,
    plainly,
)
from gxnlp.metrics.lists.next_names import OWN_PARTS
from gxnlp.metrics.lists.of_proposals import kind_named, of_both, told_by_role
from gxnlp.metrics.running.state import State

_LINKING = frozenset(
    {"w.among", "w.year_total", "v.publish", "v.receive", "v.handle", "w.respective", "w.reach"}
)
_PLAIN = frozenset({"n.info", "n.application", "n.apply", "x.thing"})
_BY_PAPERS = deferred(r"(?<![新自融])媒体(?:刊发|刊登|刊载|发表|报道|播发|采用)[^，。；：0-9解]{0,10}$")
_BODIES = {"w.bodies": "system", "w.system": "system", "w.own": "own"}
_NAMED_BODY = deferred(
    r"[，、；：（和及与][^，、；：（]{0,12}"
    r"(?:本级|部门|单位|机关|县|区|市|镇|乡|街道|局|厅|委|办|办公室|政府|级|科室|股室|所)）?"
    r"(?:<共>|主动|约)?(?:<发布>|<收到>|报送|<举办>|新收)?(?:信息|申请|政府信息)?\s*$"
)
_OF_BODIES = deferred(r"[，、；：（](?:其中)?(?:动态)?(?:部门|单位|机构)(?:动态)?信息$")
"""其中部门信息28条: what is told of departments, not by them."""
_OF_DEPUTIES = deferred(r"(?:国家|全国|省|自治区|市|州|盟|县|区|旗)级?$")
"""建议21件（省级2件、市级6件）: whose deputies made them, not who handles them."""
_CASE_KIND = deferred(
    r"(?:政策|业务|群众|市民|有效|其他|信访|信息){0,2}(?:咨询|投诉|举报|求助|建议|意见|表扬|感谢|诉求|求决|纠错|疑惑|疑问|[和与]){1,3}"
)
_BODY_CLASSES = frozenset({"w.own", "w.bodies", "w.system"})
_BODY_WORD = deferred("[县区镇]|街道|分局|[市区县省]?局|[镇乡]政府")
_NAME_BEFORE = deferred(r"[一-鿿](?<![我本其由含括是为有中各全市县区镇乡省州）])$")
_DOCUMENT = deferred("文件|政策|法律|法规|规章|规范|解读|办法|通知|意见")
_OTHER_KINDS = deferred(
    rf"(?:(?!{_DOCUMENT.pattern})[^，。；：0-9])*[、及和与](?:(?!{_DOCUMENT.pattern})[^，。；：、0-9]){{2,14}}"
)
_NEXT_BARE = deferred(r"[；，、]\s?(?:[0-9]{1,2}[.、．]|[①-⑳])?[一-鿿]{2,16}")
_PIECES = frozenset("条篇则")
_EVENTS = frozenset({"open_meetings", "trainings", "inspections"})
_SENT_DOWN = deferred(r"(?:转|[转交][办送来]|派发|下派|移送)[^，。；0-9]{0,4}$")
"""工单90件，其中市级转办40件: who passed them on is not who handles them."""
_ACTED = frozenset({"v.receive", "v.handle"})
_FORMS = frozenset({"videos", "graphics", "interpretations"})
_LONGEST_BRACKET = 120
_start_of = attrgetter("start")
_MANY = 12
"""Members of a list among which the last division is looked for."""
_ONE_KIND = deferred(r"类(?:的)?(?:政府|政务)?(?:信息)?(?:共|有|为)?$")
_CLOSE = 8
REFUSALS = frozenset(f"applications_{name}" for name in ("denied", "unavailable", "rejected", "other"))


_ANSWERED = deferred("[，、；](?:已|共|均|及时)*(?:办结|答复|回复|办复|公开答复)(?:留言|信件|来信)?(?:数量)?")
"""信息900条，其中动态90条，收到留言30条、办结28条: of the messages just counted."""
_ISSUED_BY = deferred(
    r"[，、；：（]?(?:其中|包括)?[，：]?以?[^，、；：（。0-9]{0,4}(?:政府|管委会|行署|部门|本级)(?:及其|和)?(?:办公[室厅])?(?:名义)?"
    r"(?:发布|印发|制发|出台|制定)?的?(?:文件)?(?:有|为|共)?"
)
"""规范性文件9件，其中县政府文件5件、以县政府办公室名义印发4件."""


def member(candidate: Candidate, reading: Reading | None, frame: Draft, state: State) -> Reading | None:
    """A member of a list of parts: its own metric where it has one, else a part of the frame."""
    plain = reading is None or reading.metric == INFORMATION
    papers = plain and _BY_PAPERS.search(candidate.between) is not None
    if papers and state.rules.counts_items(candidate.quantity.unit):
        return Reading("media_reports", "item", None, "papers", 0.9, measure="total", counters=ITEM)
    split = _of_messages(candidate, state) or _by_body(candidate, frame, state)
    if split is not None:
        return split
    if _is_kind_of_case(reading, frame, state) and is_like(frame, candidate, state):
        reading = None  # 工单90件，其中咨询60件、投诉30件
    if reading is not None and _is_of_carried(candidate, reading, frame, state):
        reading = None
    if _is_issued_by(candidate, reading, frame, state):
        reading = None  # 规范性文件9件，其中县政府文件5件
    if _is_kind_of_application(candidate, frame, state):
        reading = None  # 申请9件，其中行政许可类5件
    plain = plain or _ends_in_information(candidate, state)
    by_site = plain or (reading is not None and reading.metric == "accounts")
    if by_site and frame.metric in _FORMS and _is_by_site_alone(candidate, frame, state):
        return some_of(frame, "part by way")
    if frame.metric == INFORMATION and (alone := part_by_way_alone(candidate, state)) is not None:
        return alone
    if (
        frame.metric in (INFORMATION, PART)
        and (
            state.rules.counts_items(candidate.quantity.unit)
            or state.same_counter(frame, candidate)  # 质量信息26次（其中药品类11次）
            or _is_bare(candidate, frame)
        )
        and (plain or _kind_of_content(candidate, reading, state))
    ):
        return part_by_way(candidate, state) or part_of_information(candidate, reading, state)
    if reading is not None and not (
        reading.metric == INFORMATION
        and not _tells_of_information(reading.head, frame)
        and (_is_verb(reading.head) or _is_document(candidate, frame, state))
    ):
        return reading
    if not is_like(frame, candidate, state) or counts_things(candidate):
        return reading
    part = some_of(_that_holds(candidate, frame, state), "part")
    of_one = _fits_in_bracket(candidate, frame, state)
    part.metric = part.metric if of_one else of_both(part.metric, state, candidate)
    return part


def _of_messages(candidate: Candidate, state: State) -> Reading | None:
    last = state.last
    if last is None or last.metric != "messages" or not _ANSWERED.fullmatch(candidate.between):
        return None
    return some_of(last, "answered")


def _fits_in_bracket(candidate: Candidate, frame: Draft, state: State) -> bool:
    """建议21件、提案36件（市级30件、县级6件）: a bracket with no more than the one before it is of that."""
    if state.listing != "bracket" or frame.metric not in BOTH:
        return False
    sentence = candidate.sentence
    closes = state.folded.find("）", frame.end, min(sentence.end, frame.end + _LONGEST_BRACKET))
    first = bisect_left(sentence.quantities, frame.end, key=_start_of)
    inside = (q for q in islice(sentence.quantities, first, first + _MANY) if q.start < closes)
    return sum(exact(q.value) for q in inside) <= exact(frame.value)


def _is_issued_by(candidate: Candidate, reading: Reading | None, frame: Draft, state: State) -> bool:
    """Whether documents of a list of 规范性文件 are told apart by who issued them, and by nothing else."""
    documents = reading is not None and reading.metric == "policy_docs"
    if not documents or not frame.metric.startswith("normative_docs"):
        return False
    if state.last is None or state.last.metric != frame.metric:
        return False  # 规范性文件21件。编发公报5期，其中刊登县政府文件17件
    return _ISSUED_BY.fullmatch(candidate.between) is not None


def _is_by_site_alone(candidate: Candidate, frame: Draft, state: State) -> bool:
    """短视频46条，其中抖音30条、视频号16条: pieces divided by where they stand."""
    touches = bool(candidate.own) and candidate.own[0].end == candidate.quantity.outer_start
    return touches and bool(candidate.own[0].kinds & SITE) and is_like(frame, candidate, state)


def _that_holds(candidate: Candidate, frame: Draft, state: State) -> Draft:
    """受理147件，转下年5件。其中征地类79件: more than the last number is of those that came in."""
    value, came = candidate.quantity.value, state.totals.get("applications_received")
    if not frame.metric.startswith("applications_") or None in (value, frame.value) or came is None:
        return frame
    return came if (value or 0) > (frame.value or 0) else frame


def _is_of_carried(candidate: Candidate, reading: Reading, frame: Draft, state: State) -> bool:
    """新收9件，其中公民8件；上年结转3件，其中公民2件: carried over, divided alone or as what came."""
    if not frame.metric.startswith("applications_carried") or reading.metric != "applications_received":
        return False
    value, whole = candidate.quantity.value, frame.value
    fits = value is not None and whole is not None and value <= whole and "v.receive" not in candidate.near
    before = (m for m in state.served[-_MANY:] if m.start < frame.start)
    came = state.totals.get(reading.metric)
    alone = came is None or came.sentence.start < frame.sentence.start
    divided = alone or any(m.metric == reading.metric and m.measure == "part" for m in before)
    return fits and divided and is_like(frame, candidate, state)


def _is_document(candidate: Candidate, frame: Draft, state: State) -> bool:
    """公开文件60件，其中通知40件，财政信息12件: one more kind of the documents; 条 counts pieces."""
    if candidate.quantity.unit.strip() == "条":
        return False
    return frame.metric == "policy_docs" and state.same_counter(frame, candidate)


def _is_bare(candidate: Candidate, frame: Draft) -> bool:
    """其中部门动态402，其他90条: a member whose counter is left out, no more than the whole."""
    value, whole = candidate.quantity.value, frame.value
    named = bool(candidate.own) or _NEXT_BARE.fullmatch(candidate.between) is not None
    bare = not candidate.quantity.unit and candidate.closed and named
    return bare and value is not None and whole is not None and 0 < value <= whole


def _is_kind_of_case(reading: Reading | None, frame: Draft, state: State) -> bool:
    """Whether a noun names a kind of the calls or letters that are divided, not another count."""
    if frame.metric not in ("hotline_cases", "messages") or reading is None or reading.head is None:
        return False
    return _CASE_KIND.fullmatch(state.folded, reading.head.start, reading.head.end) is not None


def _is_kind_of_application(candidate: Candidate, frame: Draft, state: State) -> bool:
    """Whether a number is of applications about one kind of matter, by 类 right before it."""
    about = frame.metric == "applications_received" and KIND.search(candidate.between[-7:]) is not None
    return (
        about
        and is_like(frame, candidate, state)
        and not any(name.startswith("o.") for t in candidate.own for name in t.classes)
    )


def kind_of_unnamed(candidate: Candidate, reading: Reading | None, state: State) -> Reading | None:
    """办结行政许可109件，其中甲类101件: a part of what has no label has none either."""
    whole = state.unnamed
    if whole is None:
        return None
    alike = {INFORMATION, PART, whole.metric, "accounts" if whole.unit == "account" else ""}
    if reading is not None and reading.metric not in alike:
        return None
    if not is_like(whole, candidate, state):
        return None
    return some_of(whole, "part of unnamed")


def take_role(reading: Reading, candidate: Candidate, state: State) -> None:
    """Set what a number by role (主办9件) counts, and whether that is a part of what was told before."""
    if told := told_by_role(candidate, state):
        reading.metric, reading.measure, reading.rule = told, "total", "by role"
    else:
        reading.metric = _with_role(reading.metric, candidate, state)


def _with_role(metric: str, candidate: Candidate, state: State) -> str:
    """主办9件 of proposals: of both kinds, but of the one that its clause or bracket names."""
    if metric.startswith("proposals") and (named := kind_named(candidate)):
        return named  # 人大代表建议主办件5件，政协提案主办件3件
    whole, value = state.totals.get(metric), candidate.quantity.value
    inside = state.listing == "bracket" and whole is not None and whole.value is not None
    if inside and whole is not None and value is not None and value <= (whole.value or 0):
        of_both_kinds = metric in BOTH and not _fits_in_bracket(candidate, whole, state)
        return of_both(metric, state) if of_both_kinds else metric
    return of_both(metric, state, candidate)


def outcome_of_others(reading: Reading, candidate: Candidate, state: State) -> Reading | None:
    """复议8件（维持6件、撤回2件）, 提案9件，公开答复7件: outcomes are those of what was just counted."""
    frame = state.frame
    if _came_by_way(reading, candidate, state):
        return replace(reading, metric="applications_received")
    outcome = reading.metric.startswith("applications_")
    refused = frame is not None and frame.metric == "applications_rejected" and state.listing
    if frame is not None and refused and reading.metric == "complaints" and is_like(frame, candidate, state):
        return some_of(frame, "reason")  # 不予处理4件，其中信访投诉2件
    if frame is None or not outcome or not is_like(frame, candidate, state):
        return None
    here = frame.sentence.start == candidate.sentence.start
    carried = here and reading.metric.startswith("applications_carried")  # 复议9件，上年结转2件
    reviewed = (state.listing or carried) and frame.metric in ("reviews", "lawsuits")
    if (
        state.listing == "bracket"
        and frame.metric != reading.metric
        and {frame.metric, reading.metric} <= REFUSALS
    ):
        return some_of(frame, "reason")  # 不予公开9件（信息不存在2件）
    answered = frame.metric.startswith("proposals") and reading.metric == "applications_granted"
    if not reviewed and not (answered and here):
        return None
    part = again(frame, "outcome of others")
    part.metric, part.measure = of_both(frame.metric, state, candidate), "part"
    return part


def _came_by_way(reading: Reading, candidate: Candidate, state: State) -> bool:
    """办理申请9件（网络申请6件、当面申请3件）: by which way they came is told of those that came in."""
    if reading.metric != "applications_handled" or not state.listing or "v.handle" in candidate.before:
        return False
    named = any(channel_of(t, RECEIPT) or "w.applicant" in t.classes for t in candidate.own)
    return named and reading.head is not None and "n.apply" in reading.head.classes


def is_kind_of(frame: Draft, candidate: Candidate, state: State) -> bool:
    """Whether a number can be one kind of a whole that is documents (文件60份。…建设类15份)."""
    folded, unit = state.folded, "".join(candidate.quantity.unit.split())
    if _ONE_KIND.search(folded, max(0, frame.start - _CLOSE), frame.start):
        return False  # 法规文件类信息51条，规划计划类7条: a kind beside a kind
    near = frame.paragraph == candidate.sentence.paragraph
    return near and frame.metric == "policy_docs" and folded[frame.start : frame.end].endswith(unit)


def kind_of_content(state: State) -> Reading:
    """规划类12条: a part of the whole that the section told, else one more of what was published."""
    whole = state.totals.get(INFORMATION)
    if whole is None or whole.rule == "kind":
        return Reading(INFORMATION, "item", None, "kind", 0.8, counters=ITEM)
    return Reading(PART, "item", None, "kind", 0.8, measure="part", counters=ITEM)


def is_content(reading: Reading, candidate: Candidate) -> bool:
    """Whether a member of a list that has no whole is published content (政府会议6条 of a catalogue)."""
    pieces = candidate.quantity.unit.strip() in _PIECES and reading.metric in _EVENTS
    return reading.metric == INFORMATION or pieces


def _ends_in_information(candidate: Candidate, state: State) -> bool:
    """其他文件、信息30条: the noun at the number is general."""
    own = candidate.own
    touches = bool(own) and own[0].end == candidate.quantity.outer_start and "n.info" in own[0].classes
    joined = touches and state.folded[own[0].start - 1] in "、和及与"
    return joined and is_generic(own[0], state.folded)


def _kind_of_content(candidate: Candidate, reading: Reading | None, state: State) -> bool:
    """公开信息80条，其中新闻发布会信息9条、办事指南6条: 条 counts pieces about a thing."""
    if reading is None or reading.aspect != "level":
        return False
    if reading.metric in OWN_PARTS:
        return _is_of_several(reading, candidate, state)
    acted = not _ACTED.isdisjoint(candidate.near)
    head = reading.head
    if reading.metric == "press_conferences" and head and head.end == candidate.quantity.outer_start:
        return False  # 新闻发布会2条, but 新闻发布会信息9条
    if reading.metric in ("messages", "hotline_cases") and acted:
        return False  # 公开信息80条，收到留言9条
    if reading.metric == "opinion_solicitations" and _solicits(reading, state):
        return False  # 草案征集7条
    frame = state.frame
    whole = re.sub(r"[\d.,万亿千百余多]+", "", state.folded[frame.start : frame.end]) if frame else ""
    return whole.endswith("".join(candidate.quantity.unit.split()))


def _is_of_several(reading: Reading, candidate: Candidate, state: State) -> bool:
    """预决算、资金的制度文件、管理使用和项目5条: documents are neither the first nor the last of them."""
    head = reading.head
    if reading.metric != "policy_docs" or head is None or head.end >= candidate.quantity.outer_start:
        return False
    first = candidate.between[1 : max(1, head.start - candidate.bound)]
    if "、" not in first or _DOCUMENT.search(first):
        return False
    return _OTHER_KINDS.fullmatch(state.folded, head.end, candidate.quantity.outer_start) is not None


def _solicits(reading: Reading, state: State) -> bool:
    """Whether a noun names the solicitation itself (调查征集), not the opinions."""
    head = reading.head
    return head is not None and state.folded.endswith(("征集", "征求意见"), head.start, head.end)


def _by_body(candidate: Candidate, frame: Draft, state: State) -> Reading | None:
    """其中市本级25件、各部门12件: the whole divided by who did it."""
    outcome = frame.metric.startswith("applications_") and frame.metric != "applications_received"
    outcome |= frame.metric == "media_reports"  # 国家级18篇、市级9篇: of the papers
    if outcome or _SENT_DOWN.search(candidate.between) or not is_like(frame, candidate, state):
        return None
    if _OF_BODIES.search("，" + candidate.between):
        return None
    if frame.metric.startswith("proposals") and _OF_DEPUTIES.search(candidate.between):
        return None
    terms = [t for t in candidate.own if not _LINKING.issuperset(t.classes)]
    kinds = [n for t in terms for n in t.classes]
    if not terms or any(n[0] in "nox" and n not in _PLAIN for n in kinds) or "ch." in str(kinds):
        return None
    body = next((scope for n, scope in _BODIES.items() if n in kinds), "")
    if not body or not _NAMED_BODY.search("，" + plainly(candidate.between)):
        return None
    if body == "own" and "w.bodies" in kinds:
        body = "system"  # 县政府及其部门
    if _names_another(terms, state):
        wider = (t for t in terms if "w.bodies" in t.classes and t.end - t.start > 2)
        body = "system" if any(wider) else "other"  # 县（市、区）林业局
    part = again(frame, "part by body")
    part.measure, part.body, part.aspect, part.sign = "part", body, "level", 1
    return part


def _names_another(terms: list[Term], state: State) -> bool:
    """河东街道, 青禾县局, 青禾县: a name before the word for a body, which is another body then."""
    term = next((t for t in terms if not _BODY_CLASSES.isdisjoint(t.classes)), None)
    if term is None or not _BODY_WORD.fullmatch(state.folded, term.start, term.end):
        return False
    return _NAME_BEFORE.search(state.folded, max(0, term.start - 2), term.start) is not None


def _tells_of_information(head: Term | None, frame: Draft) -> bool:
    """提案6件。其中通过媒体公开信息172条: that they are published is said of information."""
    return head is not None and "v.publish_info" in head.classes and frame.metric.startswith(CASES)


def _is_verb(term: Term | None) -> bool:
    return term is not None and bool(term.kinds & VERB)
