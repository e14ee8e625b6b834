"""What parts say of their whole: the year's own of all that was, what was finished of what came, papers."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, PART, Draft
from gxnlp.metrics.running.state import State

_ADDED = deferred(
    r"^[，；（](其中[，：]?)?[^，；]{0,4}(?:本年度?|今年|当年|年内|[0-9]{4}年度?)(?:新增|(?:主动|共)?<发布>|录入|上传)[^，；]{0,12}$"
    r"|^[，；（](?P<bare>其中[，：]?)(?:本年度?|今年|当年|[0-9]{4}年度?)的?[有为占共]?$"
)
_NEW_OF_YEAR = deferred(
    r"\s*(其中[，：]?)?(?:本年度?|今年|当年|20[0-9]{2}年度?)[，：]?(?:我[^，。；：0-9]|本[^，。；：0-9年]{1,2})?新增(?:的)?[^，；。：0-9]{0,12}"
)
"""累计公开信息900条。本年度新增90条: the sentence behind."""
_TAKEN_IN = deferred("(?<!应)(?<!应当)(?:办理|处理)(?!答复|完毕|完成)[^，。；结复毕]*$")
_FINISHED = deferred(
    r"[，；（、]?\s*(?:其中[，：]?)?(?:当年度?|<全年>|年底前|截至年底|目前|共|已|依法|按期|按时|均|全部)*"
    r"(?:办结|答复|办复|办毕|办理完毕|办理完成|完成答复|作出答复)(?:申请)?了?"
)
_NEAR_BEFORE = 20
_SO_FAR = ("累计", "总计", "历年")
_PRINTED = deferred(
    r"(?:刊发|发表|刊登|刊载|登载|刊播|见报|上稿|外宣|对外宣传)了?[^，。；：0-9]{0,10}(?:稿件?|文章|信息|报道|消息|通讯)<共>?$"
)


def note_stock(draft: Draft, candidate: Candidate, state: State) -> None:
    """累计公开信息3,800条，本年度新增290条: what the year added is part of all that ever was."""
    opens = candidate.bound == candidate.sentence.start
    added = _NEW_OF_YEAR.fullmatch(candidate.between) if opens else _ADDED.search(candidate.between)
    if added is None:
        return
    among = added[1] or (not opens and added["bare"])
    metric = INFORMATION if draft.metric == PART else draft.metric  # 其中2013年新增90条 is no kind of content
    whole = state.totals.get(metric) if opens or among else state.last  # ，其中，本年度新增32条
    last = state.last  # 上线以来录入900条，其中本年度录入90条
    whole = last if whole is None and last is not None and last.measure == "cumulative" else whole
    if (
        draft.period != state.info.year
        or whole is None
        or whole.metric != metric
        or whole.paragraph != draft.paragraph
    ):
        return
    told = state.folded[max(0, whole.start - _NEAR_BEFORE) : whole.start]
    since = whole.measure == "cumulative" or any(word in told for word in _SO_FAR)
    if (whole.value or 0) <= (draft.value or 0) or not since:
        return
    # 其中今年公开290条 is the year's own total, 其中本年度新增290条 a part
    draft.metric, whole.measure = metric, "cumulative"
    draft.measure = "part" if among and "新增" in candidate.between else "total"


def note_papers(draft: Draft, candidate: Candidate, state: State) -> None:
    """刊发稿件168篇，其中《人民日报》2篇: pieces whose first part stood in a paper stood in papers."""
    whole, papers = state.last, "media_reports"
    if draft.metric != papers or draft.aspect != "level" or not state.listing or whole is None:
        return
    if whole is not state.frame or whole.metric != INFORMATION or whole.channel or papers in state.totals:
        return
    first = max(whole.sentence.start, whole.start - _NEAR_BEFORE)
    if (whole.value or 0) < (draft.value or 0) or not _PRINTED.search(state.folded, first, whole.start):
        return
    if state.totals.get(INFORMATION) is whole:
        del state.totals[INFORMATION]
    whole.metric, whole.channel, whole.rule = papers, draft.channel, "papers"
    state.totals[papers] = whole
    draft.measure, draft.part_of, draft.scope = "part", whole, whole.scope


def note_intake(draft: Draft, candidate: Candidate, state: State) -> None:
    """办理申请38件，办结35件: what was taken in hand, where what was finished of it is told next."""
    came, handled = state.last, "applications_handled"
    if came is None or not came.metric == draft.metric == handled or candidate.bound != state.last_end:
        return
    told = state.folded[max(came.sentence.start, came.start - _NEAR_BEFORE) : came.start]
    if _TAKEN_IN.search(told) is None or _FINISHED.fullmatch(candidate.between) is None:
        return
    if came.measure != "total" or came.value is None or draft.value is None or draft.value > came.value:
        return
    came.metric, draft.measure, draft.part_of = "applications_received", "total", None
    if state.totals.get(handled) is came:
        del state.totals[handled]
        state.totals.setdefault(came.metric, came)


def sums_years(candidate: Candidate, folded: str) -> bool:
    """历年累计公开90条; but 申请内容涉及历年批复，予以公开6件 says what was asked for."""
    if "w.cumulative" not in candidate.before:
        return False
    told = [t for t in (*candidate.own, *candidate.left) if "w.cumulative" in t.classes]
    here = {t.start for t in candidate.own}
    return any(t.start in here or folded[t.start : t.end] != "历年" for t in told)
