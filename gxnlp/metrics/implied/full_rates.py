"""100% that no number says: 均已办结, 件件有回音, and of lawsuits 均未败诉 (guideline part 2, rule 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gxnlp.deferred import deferred
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.implied import zero_draft
from gxnlp.metrics.running.state import State
from gxnlp.records import Interval

_ANSWERED = (
    # Each begins with a plain character: so the engine steps over all others.
    "回了|答了|作答|办理(?=[，。；]|并)|处理(?=[，。；]|并)|办结|办毕|答[复覆]|办复|回[复覆]|办理完[毕成结]|处理完[毕成结]"
    "|办理[到终][位结]|办完|反馈|函[告复]|书面告知|妥善处置(?=[，。；])"
    "|(?:发出|作出|送达|寄出)(?=[，。；]|$)"
    "|有了?(?:回音|回应|着落|答[复覆]|回[复覆]|结果)|得到了?(?:回音|回应|着落|答[复覆]|回[复覆]|结果)|回应"
)
_PLEASED = deferred(
    r"(?:均|全部|都|皆)(?:对[^，。；]{0,10})?(?:表示|评价为?|反馈为?)?(?:非常|很)?满意(?![率度的])|无一不满意|没有(?:一件|一人)?不满意"
)
_UNLOST = deferred(
    r"(?:均|都|全部)?(?:未|没有|无)(?:发生|出现)?(?:败诉|被?纠错|被纠正|被撤销(?:[、或和](?:被?变更|被?确认违法)){0,2})(?:的?(?:情况|情形|案件))?(?=[，。；]|$)|无一(?:件|起|宗)?(?:败诉|被?纠错)"
)
_DEFEAT = "败诉"
_UNLOST_OF = {True: ("lawsuits",), False: ("lawsuits", "reviews")}
"""What 均未败诉, and what 均未被纠错 may be said of."""
_OF_ALL = deferred("满意|败诉|纠错|被纠正|被撤销")
_WITHIN = deferred(
    r"(?<!延期)(?:答[复覆]|办理|办结|办复|回[复覆]|处理)(?:时限|时间|用时|周期|期限|时长)?(?<!平)(?:均|全部|全都|都|皆)(?:未|没有?|不曾|不)(?:超过?|超出|突破)"
    r"(?:(?:法定|规定|承诺|要求)的?[^，。；：0-9]{0,6}(?:期限?|时限|时间)|(?:法定的?)?[0-9]{1,2}个?(?:工作)?[日天])"
)
"""答复时限均未超过15个工作日: that all were answered by then."""
_PAST_TERM = deferred("未超|不超|没超|没有超|突破")
FULL_WORD = deferred(_ANSWERED + "|" + _OF_ALL.pattern + "|" + _PAST_TERM.pattern)
"""What a rate in words ends with; most sentences have none of it."""
_FULL = deferred(
    r"(?<!未)(?<!不)(?:(?<!平)均|全部|全都|悉数|全数|都|皆|逐一|一一|逐件|逐条|逐封|(?<!确保)(?<!实现)(?:件件|条条|封封)"
    r"|所有(?:依申请公开|(?:政府)?信息公开)?(?:申请|事项|工单|诉求|留言|来信|信件|办件){1,2}(?=已(?!经?全部|均|都))"
    r"|(?<!确保)(?<!实现)每一?[件份封条宗](?:依申请公开|(?:政府)?信息公开|群众)?的?(?:申请|事项|工单|诉求|留言|来信|信件|办件){0,2}(?=均|都)"
    r"|(?:所有|全部|每一?[份件])(?:的)?(?:答复|回复)书?(?=均|都))(?:已|已经|能|能够|做到|予以|给予)?"
    r"(?:(?:严格|认真|坚持)?(?:按照?|依照|依据|根据|遵照)"
    r"(?>(?:《[^》。]{2,80}》|(?![办处]理|[答回][复覆]|办[结复毕])[^，。；：《》%（）]){1,60})，)?"
    r"(?:[在于自][^，。；：、%（）]{2,16}[内前中]，)?"
    r"(?:[^，。；：、（）%0-9]{0,8}(?:受理|登记|接收|签收|办理)，(?:并|且)?)?"
    r"[^，。；：、（）%]{0,16}(?:[^，。；：、（）%0-9]{2,6}、(?=[^0-9])){0,3}[^，。；：、（）%]{0,20}?"
    rf"(?:答[复覆]完毕|回[复覆]完毕|{_ANSWERED}|给予了?答[复覆])(?!率|意见|完成[0-9])"
)
_DULY = deferred(r"已|答[复覆]|及时|时限|期限|[按如限][时期]|在[0-9]+(?:个工作)?[日天小]")
"""已全部办理, 均在时限内办理: done; 均依法办理 and 均可网上办理 say only how."""
_AIM = deferred("(?:确保|保证|力争|争取)[^，。；]*$")
"""确保每件申请都得到答复: an aim."""
_SENT = ("发出", "作出", "送达", "寄出")
_SENT_IN_TIME = deferred(
    r"(?:答复|回复|告知书)[^，。；：、]{0,6}?(?:均|都|全部|皆|悉数|逐一)[^，。；：]{0,8}(?:时限|期限|限期|工作日|[0-9]日|规定时间)[^，。；：、]{0,6}(?:发出|作出|送达|寄出)$"
)
"""答复均在法定时限以内作出: what is sent, and when, stands before the verb; 均依法作出 says only how."""
_LONGEST_LEAD = 10
_NOT_YET = deferred("未(?:予|能|曾|按[期时]|及时)?(?:[答回][复覆]|办[结理])")
_EACH = "件条封"
_HANDLES = deferred(r"(?:处理|办结|答复|回复|办复)[^，。；0-9]*$")
"""微博处理投诉9件，公众号收到留言8条，全部办理: of those that were not told as done."""
_LETTERS = frozenset({"hotline_cases", "messages"})
_THE_REST = deferred("其余|余下|剩余|其他")
_NEAR = 12
_SERVED = {
    "n.application": "applications_received",
    "n.hotline": "hotline_cases",
    "n.message": "messages",
    "n.proposal": "proposals",
    "n.proposal_npc": "proposals",
    "n.proposal_cppcc": "proposals",
    "n.complaint": "complaints",
}


def find_full_rates(sentence: Sentence, folded: str, state: State, stated: Sequence[Draft]) -> list[Draft]:
    """100% that is said in words: 均已办结, 全部按期答复 (guideline part 2, rule 5).

    Asked of sentences that have a `FULL_WORD`.
    """
    drafts: list[Draft] = []
    numbers = {q.start for q in sentence.quantities}
    said = max((d.start for d in stated if d.metric == "reply_rate"), default=-1)
    again = {d.end for d in stated if d.rule == "fate" and d.metric == "applications_handled"}
    for match in _FULL.finditer(folded, sentence.start, sentence.end):
        near = match.end() + (folded[match.end() : match.end() + 1] not in ("，", "；"))
        counted = match.end() in numbers or near in numbers
        counted = counted and match.start() not in again  # 9件均已答复，3件公开
        if counted or said > match.start() or _is_of_some(match.start(), stated, folded, state):
            continue
        if _NOT_YET.search(match[0]):
            continue
        if _AIM.search(folded, max(sentence.start, match.start() - _NEAR), match.start()):
            continue
        lead = max(sentence.start, match.start() - _LONGEST_LEAD)
        if match[0].endswith(_SENT) and not _SENT_IN_TIME.search(folded, lead, match.end()):
            continue
        if match[0].endswith(("办理", "处理")) and not _DULY.search(folded, match.start() - 1, match.end()):
            continue
        if drafts and folded[match.start()] == folded[match.start() + 1]:
            continue  # 均已办结，做到件件有回音
        of = _served_before(match.start(), sentence, folded, state)
        if of is not None:
            rate = _full(match, of, sentence, state)
            since = max(
                [d.end for d in (*stated, *drafts) if d.unit == "percent" and d.end <= match.start()],
                default=-1,
            )
            rate.channel = "all" if _of_several(rate, since, state) else rate.channel
            drafts.append(rate)
    rated = bool(drafts) or said >= 0
    if not rated and _PAST_TERM.search(folded, sentence.start, sentence.end):
        drafts += _within(sentence, folded, state)
    if _OF_ALL.search(folded, sentence.start, sentence.end):
        drafts += _told_of_all(sentence, folded, state, stated)
    return drafts


def _within(sentence: Sentence, folded: str, state: State) -> Iterator[Draft]:
    """答复时限均未超过15个工作日, where no rate is told besides."""
    told = _WITHIN.search(folded, sentence.start, sentence.end)
    of = _served_before(told.start(), sentence, folded, state) if told is not None else None
    if told is not None and of is not None:
        yield _full(told, of, sentence, state)


def _of_several(rate: Draft, since: int, state: State) -> bool:
    """热线来电90件，信箱来信8封，一一回复: of all services that the sentence counts behind the last rate."""
    first = max(rate.sentence.start, since, state.folded.rfind("；", rate.sentence.start, rate.start))
    cases = [m for m in state.served if first <= m.start < rate.start and m.measure != "part"]
    cases = [m for m in cases if not _HANDLES.search(state.folded, max(first, m.start - _NEAR), m.start)]
    if state.folded[rate.start] == state.folded[rate.start + 1] in _EACH:  # 来电90条、来信8件，件件有回音
        cases = [m for m in cases if state.folded[m.end - 1] == state.folded[rate.start]]
    return len({m.channel for m in cases}) > 1 and all(m.metric in _LETTERS for m in cases)


def _is_of_some(offset: int, stated: Sequence[Draft], folded: str, state: State) -> bool:
    """收到申请9件，2件均已办结: all of some, which their number says; 其余7件均已办结 is all."""
    some = next((d for d in stated if d.end == offset and d.metric == "applications_handled"), None)
    whole = state.totals.get("applications_received")
    if some is None or whole is None or some.value is None or whole.value is None:
        return False
    return some.value < whole.value and not _THE_REST.search(folded, max(0, some.start - 4), some.start)


def _told_of_all(sentence: Sentence, folded: str, state: State, stated: Sequence[Draft]) -> Iterator[Draft]:
    """代表均表示满意 is 100%, and of the lawsuits just counted 均未败诉 none."""
    for match in _PLEASED.finditer(folded, sentence.start, sentence.end):
        of = _served_before(match.start(), sentence, folded, state)
        rated = any(d.metric == "satisfaction" and d.start < match.end() for d in stated)
        if of is not None and not rated:
            yield replace(_full(match, of, sentence, state), metric="satisfaction")
    for match in _UNLOST.finditer(folded, sentence.start, sentence.end):
        before = next((d for d in reversed(stated) if d.start < match.start() and d.aspect == "level"), None)
        if before is not None and before.metric in _UNLOST_OF[_DEFEAT in match[0]] and before.value:
            zero = zero_draft(before.metric, *match.span(), sentence, state)
            yield replace(zero, measure="part", scope=before.scope, rule="unlost")


def _served_before(offset: int, sentence: Sentence, folded: str, state: State) -> Draft | str | None:
    """What was answered: the last cases counted, or those named in the clause."""
    if folded[offset] == folded[offset + 1] in _EACH:  # a slogan where no number stands before it
        last = state.served[-1] if state.served else None
        moved = state.last is not None and state.last.aspect == "change"  # 共9件，比上年多2件，件件有回音
        end = state.last_end if moved else last.end if last is not None else offset
        return last if last is not None and 0 <= offset - end <= _NEAR and last.value else None
    counted = next((m for m in reversed(state.served) if m.end <= offset and m.value != 0), None)
    if counted and (counted.start >= sentence.start or counted.paragraph == sentence.paragraph):
        return counted
    for term in reversed(sentence.between(offset - 30, offset)):
        for name, metric in _SERVED.items():
            if name in term.classes:
                return metric
        if "n.apply" in term.classes and "applications_received" in state.totals:
            return "applications_received"
    return None


def _whole_of(of: Draft, state: State) -> Draft:
    """The total that a part of cases is of, else the cases themselves."""
    if of.measure != "part":
        return of
    handled = state.totals.get("applications_handled", of) if of.metric.startswith("applications_") else of
    return state.totals.get(of.metric, handled)


def _scope_of(offset: int, metric: str, state: State) -> str:
    """Scope of a rate of what its clause names: 所有申请已全部办结 as the applications before."""
    whole = state.totals.get(metric) if metric == "applications_received" else None
    if whole is None:
        return state.scope_at(offset, "reply_rate")
    return state.subject_at(offset) or whole.scope


def _full(match: re.Match[str], of: Draft | str, sentence: Sentence, state: State) -> Draft:
    metric = of if isinstance(of, str) else of.metric
    fixed = {"hotline_cases": "hotline", "messages": "online"}.get(metric, "")
    return Draft(
        metric="reply_rate",
        start=match.start(),
        end=match.end(),
        value=Decimal(100),
        lower=Decimal(100),
        upper=Decimal(100),
        unit="percent",
        qualifier="exact",
        sentence=Interval(sentence.start, sentence.end),
        section=sentence.section,
        scope=_scope_of(match.start(), of, state) if isinstance(of, str) else of.scope,
        channel=fixed if isinstance(of, str) else _whole_of(of, state).channel,
        period=state.info.year,
        implied=True,
        trust=0.93,
        rule="full rate",
        paragraph=sentence.paragraph,
    )
