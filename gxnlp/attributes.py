"""Attributes of a mention from the running state: measure, scope, channel, period, detail."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from gxnlp.candidates import Candidate
from gxnlp.channels import RECEIPT, SITES, channel_of, channel_terms
from gxnlp.lexicon import CHANNEL, COUNTED, VERB, Term
from gxnlp.readings import Draft, Reading
from gxnlp.running import UNDIVIDED, State

_INHERITED = frozenset({"reply_rate", "satisfaction", "handling_days", "share"})
_MEASURES = {"compared": "total", "part by manner": "part"}
_RATES = frozenset({"n.rate_reply", "n.rate_satisfaction", "n.rate_other"})
_GOES_ON = re.compile(r"[、，和及]")
_SERVICE_RATES = _INHERITED - {"share"}
_STOCKS = frozenset({"followers", "accounts", "normative_docs_valid"})
_ACCOUNTS = re.compile(r"[两三四五几][个大](?:官方)?(?:账号|帐号|平台|新媒体)")
_PROPOSALS = ("proposals", "proposals_npc", "proposals_cppcc")
_CASES = frozenset({"messages", "hotline_cases", "complaints", *_PROPOSALS})
_CAME_IN = re.compile(r"[接收]到|接收|受理|接听|收悉|新收|接办")
_CLAUSE_LENGTH = 16
_LONGEST_APPLICATION = 8
"""Characters between the kind of applicant and the number (法人或其他组织申请共3件)."""
_ORGAN = re.compile(
    r"(?:^|[，、；：（])\s*[^，、；：（\s0-9]{1,12}(?:省|市|县|区|旗|州|镇|乡|街道|局|委|厅|科|中心|园区)\s*$"
)
_TOGETHER = re.compile(r"(?:[，；]\s*(?:合计|共计|累计|总)|全网|全平台)[^，；]{0,12}$")
"""，总阅读量: over all that was named before."""
_PRINTED = re.compile(r"(?:刊登|刊载|登载|收录|刊发)[^，；：]{0,14}$")
_CLAUSE = re.compile(r"，[^，；：]+")
_CLAUSE_STOP = re.compile(r"[，；]")
_NEW_CLAUSE = re.compile(r"\s*[，；]")
_KIND_STOP = re.compile(r"[，、；：（]")
_NO_KIND = re.compile(r"^(?:其中|包括|含|公开|发布|更新)+|\s")
_SINCE = re.compile(
    r"(?:近[两二三四五六]年|(?:自|(?<!\w))(20[0-9]{2})年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?:[^，。；年]{0,8}(?:以来|至今)|起))[^。；年]{0,16}$"
)
_STANDS_IN = re.compile(r"[^，。；：、“（]{0,4}(?:登|见|刊|载|由|经|通过|在|于)")
_ADDED = re.compile(r"^[，；（][^，；]{0,4}(?:本年度?|今年|当年|年内|[0-9]{4}年度?)新增[^，；]{0,8}$")
_NEAR_BEFORE = 20
_FAR_BEFORE = 40
_SUMMED = re.compile(r"累计[^，。；累]{0,6}$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_EARLIER = frozenset({"date.before", "w.last_year"})
_FROM = re.compile(r"[由从](?:原来|原有|原先)?的?$")
_TO = frozenset({"w.reach", "w.down", "w.up"})
_HOTLINE = frozenset({"n.hotline", "ch.hotline"})
_SERVICE_RATE = re.compile("接[通听诉]|响应|解决|签收|回访|联系|转办|认领")
_PAST = re.compile(r"(?:末|底|全年|同期|年末|年底|的|共|年|\s){0,4}")
_COMPARED = set("较比与同至和于")
_DETAILS = {
    "o.upheld": "upheld",
    "o.corrected": "corrected",
    "o.other_result": "other",
    "o.pending": "pending",
}


def resolve(draft: Draft, candidate: Candidate, state: State) -> None:
    """Fill measure, scope, channel and period of a mention."""
    near = candidate.near
    whole = state.totals.get(draft.metric)
    draft.period = _period(draft, candidate, state)
    draft.measure = _measure(draft, candidate, near, state)
    if draft.measure == "part":
        draft.part_of = whole or state.frame
    target = _target(draft, state)
    if draft.part_of is not None and state.frame is not None and state.listing:
        draft.scope = state.frame.scope
    elif target is not None:
        draft.scope = target.scope
    elif draft.metric in _SERVICE_RATES and (cases := _cases_of(state)) is not None:
        draft.scope = cases.scope
    elif draft.metric == "trainees" and (training := _training(draft, state)) is not None:
        draft.scope = training.scope  # 举办培训1期，各乡镇52人参加: whose training it is
    else:
        draft.scope = state.scope_at(candidate.quantity.start, draft.metric)
    if draft.body:
        draft.scope = draft.body
    elif draft.measure == "part" and _ORGAN.search("，" + candidate.between):
        draft.scope = "other"
    draft.channel = _channel(draft, candidate, near, state, target)
    if draft.rule == "restated" and whole is not None and whole.value == draft.value:
        draft.scope, draft.channel = whole.scope, whole.channel
    if draft.channel == "gazette" and state.last is not None and state.last.metric == "gazettes":
        draft.scope, state.channel = state.last.scope, "gazette"
    _note_stock(draft, candidate, state)


def _note_stock(draft: Draft, candidate: Candidate, state: State) -> None:
    """累计公开信息3,800条，本年度新增290条: what the year added is part of all that ever was."""
    last = state.last
    if last is None or last.metric != draft.metric or last.value is None or draft.value is None:
        return
    told = state.folded[max(0, last.start - _NEAR_BEFORE) : last.start]
    added = _ADDED.search(candidate.between) and candidate.bound == state.last_end
    if added and last.value > draft.value and "累计" in told:
        last.measure, draft.measure = "cumulative", "total"


def _target(draft: Draft, state: State) -> Draft | None:
    """What a change, growth or share is of."""
    if draft.aspect == "level" and draft.metric != "share":
        return None
    if state.closed and draft.metric in state.totals:
        return state.totals[draft.metric]
    if state.last is not None and (draft.metric in (state.last.metric, "share")):
        return state.last
    return state.totals.get(draft.metric)


def _cases_of(state: State) -> Draft | None:
    """The calls of the sentence that a rate is of: a hotline is its own, whatever runs on."""
    if not state.served or state.sentence is None or state.served[-1].start < state.sentence.start:
        return None
    return state.served[-1] if state.served[-1].metric == "hotline_cases" else None


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
    if "w.average" in near:
        return "average"
    if "w.maximum" in near:
        return "maximum"
    if "w.cumulative" in near or "w.cumulative" in candidate.before or _exceeds_year(draft, candidate, state):
        return "cumulative"
    if _since(candidate, state):
        return "cumulative"
    if draft.metric in _STOCKS:
        return "total"
    if draft.measure == "part":
        return "part"
    return "part" if _is_part(draft, near, state) else "total"


def _since(candidate: Candidate, state: State) -> bool:
    """近三年累计64件, 2020年以来共14件: more years than the report's."""
    start = candidate.quantity.outer_start
    first = max(candidate.sentence.start, start - _FAR_BEFORE)
    if state.folded.find("年", first, start) < 0:
        return False
    since = _SINCE.search(state.folded, first, start)
    if since is None:
        return False
    return not since[1] or (state.info.year is not None and int(since[1]) < state.info.year)


def _exceeds_year(draft: Draft, candidate: Candidate, state: State) -> bool:
    """全年编发6期，累计编发118期: more than the year's total is the count since the start."""
    year = state.totals.get(draft.metric)
    if year is None or year.value is None or draft.value is None or not _SUMMED.search(candidate.between):
        return False
    return bool(year.value) and draft.value > year.value and year.channel == state.channel


def _is_part(draft: Draft, near: frozenset[str], state: State) -> bool:
    whole = state.totals.get(draft.metric)
    if state.listing and draft.metric in state.totals:
        return True
    by_way = any(n.startswith("ch.") and n[3:] in RECEIPT for n in near)
    if draft.metric == "applications_received" and state.listing and ("w.applicant" in near or by_way):
        return state.frame is not None and state.frame.metric == "applications_handled"
    if draft.metric == "proposals" and "v.publish" in near:
        return any(name in state.totals for name in _PROPOSALS)
    if whole is None:
        return False
    by_kind = state.last is not None and state.last.metric == "info_published.part"
    if draft.metric == "info_published" and not by_kind and _divided(draft, whole, near):
        return True
    if draft.rule.endswith(":=") and draft.metric not in ("interpretations",):
        return True
    if _answered(draft, whole, near, state):
        return True
    return draft.metric == "applications_received" and ("w.applicant" in near or by_way)


def _answered(draft: Draft, whole: Draft, near: Collection[str], state: State) -> bool:
    """接收留言82条，答复留言80条: those answered of those that came in, told by the same noun."""
    if draft.metric not in _CASES or "v.handle" not in near or "v.receive" in near or draft.head is None:
        return False
    if whole.sentence != draft.sentence or whole.head is None or draft.value is None or whole.value is None:
        return False
    folded, first = state.folded, whole.sentence.start
    came = _CAME_IN.search(folded, max(first, whole.start - _CLAUSE_LENGTH), whole.start) is not None
    same = folded[draft.head.start : draft.head.end] == folded[whole.head.start : whole.head.end]
    return came and same and draft.value <= whole.value


def _divided(draft: Draft, whole: Draft, near: Collection[str]) -> bool:
    """全年公开信息9,300条，网站公开6,210条，微信3,090条: a total divided by channel in its own sentence."""
    if whole.sentence != draft.sentence or whole.channel not in ("", "all") or whole.aspect != "level":
        return False
    if (
        "n.info" in near
        or not any(n in SITES or n == "ch.offline" for n in near)
        or draft.value is None
        or whole.value is None
    ):
        return False
    return draft.value < whole.value


def _period(draft: Draft, candidate: Candidate, state: State) -> int | None:
    year = state.info.year
    if year is None or draft.metric in ("applications_carried_in", "applications_carried_out"):
        return year
    moved = (
        _FROM.search(candidate.between) and candidate.behind is not None and _TO & candidate.behind.classes
    )
    if moved and draft.aspect == "level":
        return year - 1  # 由33个压到21个: what it was before
    if draft.rule == "compared" and _EARLIER.isdisjoint(n for t in candidate.own for n in t.classes):
        told = _YEAR.search(candidate.between)
        return int(told[0]) if told else year - 1
    if _EARLIER.isdisjoint(candidate.before):
        return year
    for term in candidate.own:
        if _EARLIER.isdisjoint(term.classes):
            continue
        if state.folded[term.start - 1] in _COMPARED and draft.rule != "compared":
            continue
        close = _PAST.fullmatch(state.folded, term.end, candidate.quantity.outer_start)
        opens = term.start == candidate.own_start and "w.compare" not in candidate.near
        if close or (opens and draft.aspect == "level" and "v.carry" not in candidate.near):
            return _year_of(term, state.folded, year)
    return year


def _year_of(term: Term, folded: str, year: int) -> int:
    found = _YEAR.match(folded, term.start, term.end)
    return int(found[0]) if found else year - 1


def _channel(
    draft: Draft, candidate: Candidate, near: frozenset[str], state: State, target: Draft | None
) -> str:
    policy = state.rules.channels.get(draft.metric, "")
    if policy not in ("inherit", "named", "receipt"):
        return policy
    if policy == "receipt":
        return _receipt_channel(candidate)
    rate = draft.metric in _INHERITED - {"share"} and draft.aspect == "level"
    if rate or _is_service_rate(draft, candidate, state):
        return _service_channel(draft, candidate, near, state)
    start = candidate.quantity.outer_start
    if _ACCOUNTS.search(
        state.folded, max(candidate.sentence.start, candidate.own_start - 2, start - 30), start
    ):
        return "all"
    if target is not None:
        return target.channel
    own = channel_terms(candidate.own[::-1])
    if not own and (elsewhere := _elsewhere(draft, candidate, state)):
        return elsewhere
    if policy == "named" and not own:
        return ""
    if draft.measure == "part" and not own and state.frame is not None and state.listing:
        return state.parent.channel if state.parent is not None else state.frame.channel
    if draft.metric == "accounts":
        return _account_channel(draft, state)
    if draft.metric == "messages":
        return _message_channel(own, state)
    if draft.metric == "other_metric" and not own:
        return ""
    return state.channel if own else _together(draft, candidate, state)


def _together(draft: Draft, candidate: Candidate, state: State) -> str:
    """The running channel; of views over all that was named before, all of them."""
    if draft.metric not in ("views", "followers") or not _TOGETHER.search(candidate.between):
        return state.channel
    return state.joined_sites(candidate) or ("" if "全网" in candidate.between else state.channel)


def _account_channel(draft: Draft, state: State) -> str:
    """Channel of accounts: that of the noun behind the number, else the one that runs."""
    behind = draft.head if draft.head is not None and draft.head.start >= draft.end else None
    code = channel_of(behind) if behind is not None else ""
    named = behind is not None and "n.account" in behind.classes
    return code or ("new_media" if named else state.channel) or "new_media"


def _elsewhere(draft: Draft, candidate: Candidate, state: State) -> str:
    """Channel that no word before the number names: it stands behind, or a gazette holds what is counted."""
    if draft.metric == "info_published" and (behind := _behind(candidate, state)):
        return behind
    named = draft.metric == "info_published" and draft.head is not None and "n.gazette" in draft.head.classes
    return "gazette" if named or _in_gazette(draft, candidate, state) else ""


def _behind(candidate: Candidate, state: State) -> str:
    """300条登在网站，600条由微信推出: a channel named behind the number, in its own clause."""
    if (
        candidate.closed
        or not _STANDS_IN.match(state.folded, candidate.quantity.outer_end)
        or any(t.kinds & VERB for t in candidate.own)
    ):
        return ""
    codes = {channel_of(t) for t in channel_terms(candidate.right)}
    return codes.pop() if len(codes) == 1 else ""


def _in_gazette(draft: Draft, candidate: Candidate, state: State) -> bool:
    """编印政府公报6期，刊载文件40件: what the clause behind a gazette counts stands in it."""
    last = state.last
    if last is None or last.metric != "gazettes":
        return False
    if draft.metric not in ("policy_docs", "info_published"):
        return False
    if _PRINTED.search(candidate.between):
        return True
    return bool(_CLAUSE.fullmatch(candidate.between)) and "v.publish" in candidate.near


def _message_channel(own: list[Term], state: State) -> str:
    """Channel of messages: the account or site that is named, else they came online."""
    vague = {"", "all"} if any("ch.new_media" in t.classes for t in own) else {"", "new_media", "all"}
    return "online" if state.channel in vague else state.channel


def _is_service_rate(draft: Draft, candidate: Candidate, state: State) -> bool:
    """Whether a rate with no label of its own is of a hotline's cases or of messages (接通率, 解决率)."""
    if draft.metric != "other_metric" or draft.head is None or "n.rate_other" not in draft.head.classes:
        return False
    if not _SERVICE_RATE.search(state.folded, draft.head.start, draft.head.end):
        return False
    named = not _HOTLINE.isdisjoint(candidate.before)
    last = state.served[-1] if state.served else None
    return named or (last is not None and last.metric in _CASES and last.start >= candidate.sentence.start)


def _receipt_channel(candidate: Candidate) -> str:
    terms = (*candidate.own[::-1], *candidate.right)
    codes = list(dict.fromkeys(filter(None, (channel_of(t, RECEIPT) for t in terms))))
    return "" if not codes else codes[0] if len(codes) == 1 else "all"


def _service_channel(draft: Draft, candidate: Candidate, near: frozenset[str], state: State) -> str:
    """Channel of a rate or a time: that of the cases it is of."""
    if not _HOTLINE.isdisjoint(near) or not _HOTLINE.isdisjoint(candidate.before):
        return "hotline"
    assert state.sentence is not None
    if (rate := _rate_before(candidate, state)) is not None and rate.channel:
        return rate.channel
    if not state.served or state.served[-1].start < state.sentence.start:
        return state.channel
    last = state.served[-1]
    joined = [last]
    for mention in islice(reversed(state.served), 1, None):
        apart = _CLAUSE_STOP.search(state.folded, mention.end, joined[-1].start)
        if apart or mention.start < state.sentence.start:
            break
        joined.append(mention)
    codes = {m.channel for m in joined if m.metric in ("hotline_cases", "messages")}
    if last.metric not in ("hotline_cases", "messages"):
        return last.channel if last.metric.startswith("applications") else ""
    return last.channel if len(codes) == 1 or not _NEW_CLAUSE.match(candidate.between) else "all"


def _applicant(candidate: Candidate, text: str) -> str:
    """Kind of applicant that a number is of; 公民、法人提出的申请18件 are of any kind."""
    kinds = [t for t in candidate.own if "w.applicant" in t.classes]
    if len(kinds) != 1 or candidate.quantity.outer_start - kinds[0].end > _LONGEST_APPLICATION:
        return ""
    return text[kinds[0].start : kinds[0].end]


def _rate_before(candidate: Candidate, state: State) -> Draft | None:
    """The rate that a number goes straight on from: 12345热线办结率100%、满意率99%."""
    rate = state.last
    if rate is None or rate.metric not in _INHERITED - {"share"} or candidate.bound != state.last_end:
        return None
    named = any(t.kinds & (COUNTED | CHANNEL) and _RATES.isdisjoint(t.classes) for t in candidate.own)
    return rate if _GOES_ON.match(candidate.between) and not named and not candidate.left else None


def detail_of(reading: Reading, candidate: Candidate, text: str) -> str:
    """Which part a mention is: outcome of a review, kind of applicant, kind of content."""
    classes = reading.head.classes if reading.head else frozenset()
    for name, detail in _DETAILS.items():
        if name in classes and reading.metric in ("reviews", "lawsuits"):
            return detail
    if reading.metric == "applications_received":
        return _applicant(candidate, text)
    if reading.metric != "info_published.part":
        return ""
    start = candidate.quantity.outer_start
    kind = _KIND_STOP.split(text[candidate.bound : start])[-1]
    return _NO_KIND.sub("", kind)[-30:]
