"""Attributes of a mention from the running state: measure, scope, channel, period."""

from __future__ import annotations

from collections.abc import Collection

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE, Term
from gxnlp.metrics.attributes.mention_channels import channel_of_mention
from gxnlp.metrics.attributes.service_channels import CASES, INHERITED, PROPOSALS
from gxnlp.metrics.attributes.stocks import note_intake, note_papers, note_stock, sums_years
from gxnlp.metrics.attributes.whose import named_scope
from gxnlp.metrics.attributes.years import (
    EARLIER,
    NAMED_YEAR,
    bracketed_year,
    exceeds_year,
    set_year_of_series,
    since_earlier,
    year_of,
)
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import RECEIPT, SITES, channel_terms
from gxnlp.metrics.context.readings import VIRAL, Draft, is_of_gazette
from gxnlp.metrics.running.state import UNDIVIDED, State
from gxnlp.metrics.running.whole_moved import whole_moved
from gxnlp.numerals import year_of_digits

_MEASURES = {"compared": "total", "by role": "total", "comes to": "total", "part by manner": "part",
             "mostly": "part", "record": "maximum", "in all": "cumulative"}  # fmt: skip
_SERVICE_RATES = INHERITED - {"share"}
_OF_WHOSE = deferred(r"[^，。；：0-9]{2,12}<发布>的[^，。；：0-9]{0,12}[中里][，：]?")
_ONE_SITE = frozenset(n[3:] for n in SITES - {"ch.new_media"})
_BY_A_WAY = deferred("书面|传真|口头|电话|纸质")
_ATTENDED = deferred(r"(?:列席|旁听)[^，；：]{0,10}$")
_CAME_TO = {
    "open_meetings": _ATTENDED,
    "press_conferences": deferred(
        r"(?:负责(?:人|同志)|领导|一把手)[^，。；0-9]{0,4}(?:参加|出席)[^，。；0-9]{0,12}$"
    ),
}
_CLEARS = deferred("normative_docs_(?:valid|repealed)")
"""对历年文件进行清理，废止1件: what was gone through, not what adds up."""
_STOCKS = frozenset({"followers", "accounts", "normative_docs_valid"})
_CAME_IN = deferred(r"[接收]到|接收|受理|接听|收悉|新收|接办")
_CLAUSE_LENGTH = 16
_BY_SITE = deferred(r"，(?:全年|累计|共)*(?:<通过>|在)[^，；：、]{2,20}$")
_BESIDE = deferred(r"[，；]\s*(?:同时|此外|另外)")
_OPENS_PAST = deferred(r"\s*(?:(20[0-9]{2})年|上一?学?年|去年)")
_FROM = deferred(r"[由从](?:原来|原有|原先)?的?$|[比较](?:上一?|去|前一?|20[0-9]{2})年(?:度|同期)?的$")
_THIS_YEAR = deferred(r"(?<!上)(?<!去)年初(?:时|共有?|有|为)?的?$")
_TO = frozenset({"w.reach", "w.down", "w.up", "v.close"})
_PAST = deferred(r"(?:末|底|而?[只仅才]有?|不过|全年|同期|年末|年底|的|共|年|为|是|有|达|\s){0,4}")
_PAPER = deferred(r"年度?[^，。；：、0-9]{0,18}(?:报告|年报|预算|决算|总结|计划|要点|公报|预决算)")
_ONWARD = deferred(r"年[^，。；0-9]{0,8}(?:以来|至今)")
_IN_TOTAL = deferred(r"总[量数体]|合计")
"""全市收到申请90件，其中县政府9件，申请总量较上年增加7件: a change of the whole, behind a part."""
_BY_TERM = deferred(
    r"(?:按[时期]|延期|逾期|超期|准时|如期)(?:办结|答复|办理)(?:申请)?(?:数量?|件数)?(?:为|的|共)?$"
)
"""申请办结数17件，按时办结15件，延期办结2件: of those that were done, by whether they were in time."""
_DONE_IN_ALL = deferred(r"(?<!按[时期])(?<!延期)(?<!逾期)(?<!超期)办结(?:总?数量?|件数|申请)?[为共：:]?$")
_TERM_WITHIN = 9
_COMPARED = set("较比与同至和于")


def resolve(draft: Draft, candidate: Candidate, state: State) -> None:
    """Fill measure, scope, channel and period of a mention."""
    near = candidate.near
    whole = state.totals.get(draft.metric)
    draft.period = _period(draft, candidate, state)
    draft.measure = _measure(draft, candidate, near, state)
    set_year_of_series(draft, candidate, state)
    if draft.measure == "part":
        draft.part_of = whole or state.frame
    target = _target(draft, candidate, state)
    draft.body = draft.body or named_scope(draft, candidate, near, state)
    draft.scope = draft.body or _scope(draft, candidate, state, target)
    draft.channel = channel_of_mention(draft, candidate, near, state, target)
    if draft.rule == "restated" and whole is not None and whole.value == draft.value:
        draft.scope, draft.channel = whole.scope, whole.channel
    if draft.channel == "gazette" and state.last is not None and state.last.metric == "gazettes":
        draft.scope, state.channel = state.last.scope, "gazette"
    note_stock(draft, candidate, state)
    note_intake(draft, candidate, state)
    note_papers(draft, candidate, state)


def _scope(draft: Draft, candidate: Candidate, state: State, target: Draft | None) -> str:
    """Scope that a mention has from what it is of, else from the subject that runs."""
    whole = state.frame if state.listing else None
    if draft.metric == "other_metric" and _follows_unnamed(candidate, whole, state):
        whole = state.unnamed
    # 县政府网站公开的信息中，…: a site that leads the list, of which the whole is told before, is its own
    if draft.part_of is not None and whole is not None:
        of_site = whole.sentence.end <= candidate.sentence.start <= state.named_at
        of_site &= draft.metric != "info_published"  # 其中，政府网站公开40条
        if _divides_own(candidate, whole, state):
            return "own"
        if not (of_site and whole.metric == "info_published"):
            return whole.scope
    if target is not None:
        return target.scope
    if _of_system_list(draft, candidate, state):
        return "system"
    if draft.metric in _SERVICE_RATES and (cases := _cases_of(state)) is not None:
        return cases.scope
    if draft.metric == "trainees" and (training := _training(draft, state)) is not None:
        return training.scope  # 举办培训1期，各乡镇52人参加: whose training it is
    return state.scope_at(candidate.quantity.start, draft.metric)


def _follows_unnamed(candidate: Candidate, whole: Draft | None, state: State) -> bool:
    """公开信息90条。全县公开人员42名，其中专职8名: parts of what no label names, behind another total."""
    told, sentence = state.unnamed, candidate.sentence
    if told is None or whole is None or told.sentence.start != sentence.start:
        return False
    return whole.sentence.start != sentence.start


def _divides_own(candidate: Candidate, whole: Draft, state: State) -> bool:
    """全县公开信息900条，其中县局200条。县局公开的信息中，包括…: the parts are of the body's own share."""
    later = whole.scope == "system" and whole.sentence.end <= candidate.sentence.start
    led = later and _OF_WHOSE.match(state.folded, candidate.sentence.start) is not None
    return led and state.subject_at(candidate.quantity.start, by_site=False) == "own"


def _of_system_list(draft: Draft, candidate: Candidate, state: State) -> bool:
    """全县公开信息90条，其中网站40条、报纸50条，总浏览量…: papers and views of what all published."""
    whole = state.frame
    if not state.listing or whole is None or whole.scope != "system" or whole.metric != "info_published":
        return False
    # 县政府网站访问量9万次
    visited = draft.metric == "views" and any(t.kinds & SITE for t in candidate.own)
    return state.listed_by_channel and draft.metric in ("media_reports", "views") and not visited


def _outgrows(draft: Draft, candidate: Candidate, state: State) -> bool:
    """公开信息92条，其中民生类占一半，公众号发布文章461篇: an account's, more than the whole."""
    whole = state.frame
    if whole is None or state.listed_by_channel or not draft.metric == whole.metric == "info_published":
        return False
    larger = (draft.value or 0) > (whole.value or 0) > 0
    return larger and any(t.kinds & SITE for t in (*candidate.own, *candidate.left))


def _is_of_another_site(draft: Draft, candidate: Candidate, state: State) -> bool:
    """网站发布信息80条，其中动态50条，微信公众号发布90条: an account is no part of what a site published."""
    whole = state.frame
    if draft.metric != "info_published" or not state.listing or whole is None or whole.metric != draft.metric:
        return False
    named = any(t.kinds & SITE for t in candidate.own)
    if named and _exceeds_rest(draft, whole, state):
        return True
    return named and whole.channel in _ONE_SITE and state.channel in _ONE_SITE - {whole.channel}


def _exceeds_rest(draft: Draft, whole: Draft, state: State) -> bool:
    """公开信息80条，其中动态50条，公告30条，公众号发布信息90条: more than the kinds left of it."""
    last, left = state.last, state.rest
    by_kind = last is not None and last.metric.endswith(".part") and not state.listed_by_channel
    return by_kind and not whole.channel and left is not None and (draft.value or 0) > left


def _target(draft: Draft, candidate: Candidate, state: State) -> Draft | None:
    """What a change, growth or share is of, or what a figure of last year is compared with."""
    if draft.rule == "compared":
        return None if channel_terms(candidate.own) else _compared_with(draft, candidate, state)
    if draft.aspect == "level" and draft.metric != "share":
        return None
    if state.closed and draft.metric in state.totals:
        return state.totals[draft.metric]
    if state.last is not None and (draft.metric in (state.last.metric, "share")):
        if (whole := whole_moved(candidate, state)) is not None:
            return whole
        of_all = state.last.measure == "part" and _IN_TOTAL.search(candidate.between)
        return (_told_last(draft, state) if of_all else None) or state.last
    return state.totals.get(draft.metric)


def _compared_with(draft: Draft, candidate: Candidate, state: State) -> Draft | None:
    """900条，上年为800条: the number just told; behind a full stop the total that was told last."""
    last = state.last
    if last is None or last.sentence.start != candidate.sentence.start or _IN_TOTAL.search(candidate.between):
        return _told_last(draft, state)
    return last if last.metric == draft.metric else None


def _told_last(draft: Draft, state: State) -> Draft | None:
    """The total of the same metric that was told last."""
    return next((m for m in reversed(state.recent) if m.metric == draft.metric), None)


def _cases_of(state: State) -> Draft | None:
    """The calls of the sentence that a rate is of: a hotline is its own, whatever runs on."""
    if not state.served or state.sentence is None or state.served[-1].start < state.sentence.start:
        return None
    return state.served[-1] if state.served[-1].metric in ("hotline_cases", "messages") else None


def _training(draft: Draft, state: State) -> Draft | None:
    """The training of the sentence that people came to, where it was just counted."""
    last = state.last
    told = last is not None and last.metric in ("trainings", "trainees") and last.sentence == draft.sentence
    return last if told else None


def _measure(draft: Draft, candidate: Candidate, near: frozenset[str], state: State) -> str:
    if draft.aspect != "level" or draft.metric in UNDIVIDED - {"other_metric"}:
        return "total"
    if draft.metric.endswith(".part"):
        return "part"
    if draft.rule in _MEASURES:
        return _MEASURES[draft.rule]
    on = draft.rule == "reaches" and state.last is not None and state.last.measure == "average"
    on &= "计" not in candidate.between  # 篇均阅读860次，累计达32万次
    if "w.average" in near or on:
        return "average"
    if "w.maximum" in near:
        return "maximum"
    since = sums_years(candidate, state.folded) and not _CLEARS.match(draft.metric)
    if since or exceeds_year(draft, candidate, state):
        return "cumulative"
    if since_earlier(candidate, state):
        return "cumulative"
    if draft.metric in _STOCKS or draft.period != state.info.year:  # 收到申请9件（上年12件）
        listed = state.listing and draft.period == _year_that_opens(candidate, state)
        return draft.measure if listed else "total"
    part = draft.measure == "part" or _is_part(draft, candidate, near, state)
    part &= not _outgrows(draft, candidate, state)
    return "part" if part and not _is_of_another_site(draft, candidate, state) else "total"


def _is_some(draft: Draft, whole: Draft, candidate: Candidate, state: State) -> bool:
    """Whether the words before a number say that it is some of a total: 阅读超千次的9条, 延期办结2件."""
    if draft.metric == "info_published":
        return VIRAL.search(candidate.between) is not None
    if draft.metric != "applications_handled" or not _BY_TERM.search(candidate.between):
        return False
    return _DONE_IN_ALL.search(state.folded, max(0, whole.start - _TERM_WITHIN), whole.start) is not None


def _is_part(draft: Draft, candidate: Candidate, near: frozenset[str], state: State) -> bool:
    whole = state.totals.get(draft.metric)
    if state.listing and (in_list := _is_in_list(draft, state)) is not None:
        return in_list
    by_receipt = any(n.startswith("ch.") and n[3:] in RECEIPT for n in near)
    if draft.metric == "applications_received" and state.listing:
        last, of_list = state.last, "w.applicant" in near or by_receipt
        of_list |= last is not None and last.metric == draft.metric and last.measure == "part"
        return of_list and state.frame is not None and state.frame.metric == "applications_handled"
    if draft.metric == "proposals" and "v.publish" in near:
        return any(name in state.totals for name in PROPOSALS)
    if whole is None:  # 办理申请65件。自然人申请63件，法人申请2件
        of_handled = draft.metric == "applications_received" and "w.applicant" in near
        return of_handled and "applications_handled" in state.totals
    if _is_some(draft, whole, candidate, state):
        return True
    by_kind = state.last is not None and state.last.metric == "info_published.part"
    beside = _stands_beside(candidate, whole, state)
    by_way_alone = not (by_kind or beside)
    of_all = draft.value == whole.value or _on_site_of_all(whole, near, candidate)
    by_way_alone &= "信息" not in candidate.between or of_all
    if draft.metric == "info_published" and by_way_alone and _divided(draft, whole, candidate, near):
        return True
    if _is_own_of_system(draft, whole, candidate):
        return True
    came = _CAME_TO.get(draft.metric)
    if came is not None and came.search(candidate.between):
        return True  # 常务会议22次，邀请代表列席3次; 新闻发布会5次，主要负责同志参加发布会2次
    if draft.rule.endswith(":=") and draft.metric not in ("interpretations",):
        return True
    if _answered(draft, whole, near, state):
        return True
    applicant = "w.applicant" in near
    if draft.metric != "applications_received" or not (applicant or by_receipt):
        return False
    return not _begins_split(whole, state.folded, by_receipt=by_receipt)


def _begins_split(whole: Draft, folded: str, *, by_receipt: bool) -> bool:
    """网上受理9件，当面受理7件, 自然人申请9件，企业申请7件: the first is no whole of those behind it."""
    if not by_receipt:
        return bool(whole.detail)
    by_way = whole.head is not None and _BY_A_WAY.match(folded, whole.head.start) is not None
    return by_way or whole.channel not in ("", "all")


def _is_in_list(draft: Draft, state: State) -> bool | None:
    """Whether a member of the open list is a part of its whole; `None` where the list says nothing of it."""
    parent = state.parent
    divided = state.held is not None and state.frame is not None and state.frame.metric == draft.metric
    if divided or draft.metric in state.totals:
        printed = parent is not None and is_of_gazette(parent)  # 公报6期，其中刊登文件15件
        return not printed or draft.metric == "gazettes"
    # 其中报道90篇（中央级媒体8篇、省级媒体26篇）
    return True if parent is not None and parent.metric == draft.metric else None


def _is_own_of_system(draft: Draft, whole: Draft, candidate: Candidate) -> bool:
    """全市收到申请860件。市政府本级收到102件: the body's own of what all of them have."""
    if whole.scope != "system" or draft.value is None or whole.value is None or draft.value >= whole.value:
        return False
    if draft.metric != "applications_received":
        return False
    return any("w.own" in t.classes and not t.kinds & SITE for t in candidate.own)


def _answered(draft: Draft, whole: Draft, near: Collection[str], state: State) -> bool:
    """接收留言82条，答复留言80条: those answered of those that came in, told by the same noun."""
    if draft.metric not in CASES or "v.handle" not in near or "v.receive" in near or draft.head is None:
        return False
    if whole.sentence != draft.sentence or whole.head is None or draft.value is None or whole.value is None:
        return False
    folded, first = state.folded, whole.sentence.start
    came = _CAME_IN.search(folded, max(first, whole.start - _CLAUSE_LENGTH), whole.start) is not None
    asked = folded[whole.head.start : whole.head.end]
    same = asked.endswith(folded[draft.head.start : draft.head.end])  # 收到网民留言82条，答复留言80条
    return came and same and draft.value <= whole.value


def _stands_beside(candidate: Candidate, whole: Draft, state: State) -> bool:
    """公开信息310条，同时通过微博发布80条、微信60条: what comes beside a total is no part of it."""
    last = state.last
    if _BESIDE.match(candidate.between):
        return True
    joined = last is not None and last is not whole and candidate.bound == state.last_end
    return joined and last is not None and last.metric == whole.metric and last.measure == "total"


def _on_site_of_all(whole: Draft, near: Collection[str], candidate: Candidate) -> bool:
    """全市公开信息900条，通过政府网站公开信息400条: the site holds some of what all of them published."""
    return whole.scope == "system" and "ch.website" in near and _BY_SITE.match(candidate.between) is not None


def _divided(draft: Draft, whole: Draft, candidate: Candidate, near: Collection[str]) -> bool:
    """全年公开信息9,300条，网站公开6,210条，微信3,090条: a total divided by channel in its own sentence."""
    if whole.sentence != draft.sentence or whole.channel not in ("", "all") or whole.aspect != "level":
        return False
    if draft.value == whole.value and any(n in SITES for n in near):
        return True  # 公开信息90条，网站公开信息90条: all of them, and an account's are others
    if (
        ("n.info" in near and not _on_site_of_all(whole, near, candidate))
        or not any(n in SITES or n == "ch.offline" for n in near)
        or draft.value is None
        or whole.value is None
    ):
        return False
    return draft.value < whole.value


def _period(draft: Draft, candidate: Candidate, state: State) -> int | None:
    year = state.info.year
    carried = ("applications_carried_in", "applications_carried_out")
    if (
        year is None
        or draft.metric in carried
        or ("年初" in candidate.between and _THIS_YEAR.search(candidate.between))
    ):
        return year
    moved = (
        _FROM.search(candidate.between) and candidate.behind is not None and _TO & candidate.behind.classes
    )
    if moved and draft.aspect == "level":
        return year - 1  # 由33个压到21个: what it was before
    if draft.rule == "compared" and EARLIER.isdisjoint(n for t in candidate.own for n in t.classes):
        told = NAMED_YEAR.search(candidate.between)
        return year_of_digits(told[0]) if told else year - 1
    if EARLIER.isdisjoint(candidate.before):
        return _year_that_opens(candidate, state) or year
    if (past := bracketed_year(candidate, state.folded)) is not None:
        return year_of(past, state.folded, year)
    for term in candidate.own:
        if EARLIER.isdisjoint(term.classes):
            continue
        if state.folded[term.start - 1] in _COMPARED and draft.rule != "compared":
            continue
        if _ONWARD.match(state.folded, term.end) or _is_of_a_paper(draft, term, candidate, state):
            continue
        close = _PAST.fullmatch(state.folded, term.end, candidate.quantity.outer_start)
        opens = term.start == candidate.own_start and "w.compare" not in candidate.near
        if draft.aspect == "level" and (close or (opens and "v.carry" not in candidate.near)):
            return year_of(term, state.folded, year)
    return year


def _year_that_opens(candidate: Candidate, state: State) -> int | None:
    """2022年公开信息72条，网站公开60条: an earlier year that opens a sentence, until it names another."""
    last, start = state.last, candidate.sentence.start
    if last is None or last.sentence.start != start or last.period in (None, state.info.year):
        return None
    told = _OPENS_PAST.match(state.folded, start)
    if told is None or "年" in candidate.between or last.metric == "applications_carried_in":
        return None
    return last.period if last.period == int(told[1] or (state.info.year or 0) - 1) else None


def _is_of_a_paper(draft: Draft, year: Term, candidate: Candidate, state: State) -> bool:
    """公开2021年度报告1条: the year of a paper is in its name, it was published in this one."""
    named = _PAPER.fullmatch(state.folded, year.end, candidate.quantity.outer_start)
    return draft.metric.startswith("info_published") and named is not None
