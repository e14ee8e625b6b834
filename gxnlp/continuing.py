"""Numbers that go on with what was counted before: 365期、1102条, 由58个减到44个, 较上年的790条."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from gxnlp.candidates import Candidate
from gxnlp.coordination import Batch
from gxnlp.lexicon import COUNTED, VERB, Term
from gxnlp.readings import (
    INFORMATION,
    PART,
    Draft,
    Reading,
    counts_things,
    is_percent,
    subject_metric,
    subject_term,
)
from gxnlp.running import State

_JOINED = re.compile(r"[、，和及与\s]{0,3}")
_COMPARED = re.compile(
    r"(?:(?:^|[较比与同由从])(?:上年|去年|上一年|前一年|20[0-9]{2}年)度?(?:同期|全年|末|底)?的?"
    r"|[，；（](?:上年|去年|上一年|前一年|20[0-9]{2}年)度?(?:同期|全年|末|底)?(?:为|是|：|的|有|同期))\s*$"
)
_YEAR = re.compile(r"20[0-9]{2}")
_GOES_ON = re.compile(r"）?[，、；和及与]\s*[^，；：。（）0-9]{2,24}")
"""A name behind a number, joined to it: it is counted as the name before."""
_CLOSING = re.compile(
    r"[，、](?:累计|合计|共计|总计|共)(?:主动)?(?:公开|发布|更新)(?:政府|政务)?(?:信息)?[0-9]"
)
"""公告11条、动态6条，共发布17条: a sum that says what its members are."""
_NAMES = re.compile(r"\s*[^，；：。、（）0-9]{2,16}")
_KIND_OF_CASE = re.compile(
    r"[，、；：（）。]?(?:其中|包括|具体为)?[，：]?(?:属于?)?[^，。；：、（）0-9]{1,10}类(?:事项|诉求|问题|工单|信件|来信|留言|来电|件)?(?:的?有|共|为|是|达)?"
)
_CONTENT = frozenset({"n.info", "n.part_kind", "n.policy", "n.decision", "n.place", "n.directory", "x.thing"})
_KINDS = frozenset({"n.info", "n.part_kind", "n.content"})
OWN_PARTS = frozenset(
    {"policy_docs", "normative_docs", "normative_docs_valid", "normative_docs_repealed", "interpretations",
     "graphics", "videos", "proposals", "proposals_npc", "proposals_cppcc", "media_reports", "gazettes"}
)  # fmt: skip
"""Pieces that have a metric of their own as parts of what was published (guideline part 2, rule 4)."""
_CHAIN = 8
"""Members of a chain of kinds that may have metrics of their own between two that have none."""


def continues(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """365期、1102条 and 由58个精简到44个: a number that goes straight on keeps the metric."""
    if not batch or not _same_kind(batch[-1][0], candidate, batch[-1][1], state):
        return None
    last = batch[-1][1]
    names = candidate.before
    if not names and candidate.closed and _JOINED.fullmatch(candidate.between):
        if candidate.right and _says_anew(candidate.right[0], batch[-1]):
            return None
        return again(last, "continues")
    moved = "w.reach" in names and "由" in batch[-1][0].between
    if moved and not any(n.startswith(("n.", "o.", "v.publish", "w.among")) for n in names):
        return again(last, "reaches")
    return None


def _says_anew(right: Term, last: tuple[Candidate, Draft]) -> bool:
    """1件主动撤回，8件已按期答复: what stands behind a number says what it counts."""
    if right.kinds & COUNTED:
        return True
    head, quantity = last[1].head, last[0].quantity
    return bool(right.kinds & VERB) and head is not None and head.start >= quantity.end


def kind_of_case(candidate: Candidate, batch: Batch) -> Reading | None:
    """热线受理诉求900件，咨询类600件、投诉类300件: kinds of the cases just counted."""
    if not batch or candidate.bound != batch[-1][0].quantity.outer_end:
        return None
    before, last = batch[-1]
    if last.metric not in ("hotline_cases", "messages") or last.aspect != "level":
        return None
    if not _KIND_OF_CASE.fullmatch(candidate.between) or is_percent(candidate.quantity.kind):
        return None
    if last.measure != "part" and _KIND_OF_CASE.search(before.between):
        return None  # 咨询类来信20封，投诉类来信9封: no whole is told
    reading = again(last, "kind of case")
    reading.measure = "part"
    return reading


def accumulated(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """公开文件60份，历年累计720份: the same thing since the start."""
    if not batch or "w.cumulative" not in candidate.near:
        return None
    named = any(t.kinds & COUNTED for t in candidate.own)
    if named or not _same_kind(batch[-1][0], candidate, batch[-1][1], state):
        return None
    return again(batch[-1][1], "accumulated")


def next_name(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """发布通知公告37条，采购信息12条: a second name with no verb of its own."""
    if not batch:
        return None
    before, last = batch[-1]
    if last.metric == PART and candidate.between.startswith("）") and state.frame is not None:
        last = state.frame  # behind the bracket that held its parts
    if last.metric in OWN_PARTS and last.aspect == "level":  # 动态68条、解读9条、预决算4条
        earlier = islice(reversed(batch), _CHAIN)
        before, last = next((pair for pair in earlier if pair[1].metric == INFORMATION), (before, last))
    alike = (
        last.metric == INFORMATION
        and last.aspect == "level"
        and (before.quantity.unit == candidate.quantity.unit or _in_other_counter(candidate, state))
    )
    if not alike or candidate.bound != batch[-1][0].quantity.outer_end or counts_things(candidate):
        return None
    if not _GOES_ON.fullmatch(candidate.between) or not candidate.closed:
        return None
    kinds = {n for t in (*candidate.own, *candidate.left) for n in t.classes if n[0] in "nvox"}
    if not kinds <= _CONTENT | ({"n.content"} if candidate.between.endswith("信息") else set()):
        return None
    reading = again(last, "next name")
    reading.head, reading.measure, reading.trust = None, "", 0.85
    return reading


def first_name(candidate: Candidate, state: State) -> Reading | None:
    """公开文件40份。政务动态类信息90条，…: kinds of what the paragraph tells of, with no verb."""
    quantity, sentence = candidate.quantity, candidate.sentence
    if not candidate.closed or not sentence.section.code.startswith(("overview", "proactive")):
        return None
    if not _NAMES.fullmatch(candidate.between) or not _names_kind(candidate):
        return None
    if not state.rules.counts_items(quantity.unit):
        return None
    published = (m for m in reversed(state.recent) if m.metric in (INFORMATION, "policy_docs"))
    told = next(published, None)
    if (told is None or told.paragraph != sentence.paragraph) and not _CLOSING.search(
        state.folded, quantity.outer_end, sentence.end
    ):
        return None
    value = quantity.value
    goes_on = state.rest is not None and value is not None and 0 < value <= state.rest
    metric = PART if goes_on else INFORMATION
    reading = Reading(metric, "item", None, "first name", 0.85, counters=frozenset({"item"}))
    reading.measure = "part" if goes_on else ""
    return reading


def _names_kind(candidate: Candidate) -> bool:
    """Whether nothing but the name of a kind of content stands at a number (工作动态, 执法类信息)."""
    own = candidate.own
    if not own or own[0].end != candidate.quantity.outer_start or _KINDS.isdisjoint(own[0].classes):
        return False
    return all(n in _KINDS or n[0] not in "nvo" for t in own[1:] for n in t.classes)


def compared(candidate: Candidate, known: Sequence[Draft], state: State) -> Reading | None:
    """较2021年的790条: last year's figure of the metric just named."""
    if "年" not in candidate.between:
        return None
    level = next((m for m in reversed(known) if m.aspect == "level"), None)
    told = _COMPARED.search(candidate.between)
    if level is None or told is None:
        return None
    subject = subject_term(candidate, state.rules)
    if subject is not None:  # 申请量较上年的9件: of what the clause names
        level = state.totals.get(subject_metric(subject, state.rules), level)
    if not is_like(level, candidate, state):
        return None
    named = _YEAR.search(told[0])
    if named and (state.info.year is None or int(named[0]) >= state.info.year):
        return None
    reading = again(level, "compared")
    reading.aspect, reading.measure, reading.sign = "level", "total", 1
    return reading


def _in_other_counter(candidate: Candidate, state: State) -> bool:
    """通知公告37条，工作简报12份: the name of a kind, counted by another word."""
    return _names_kind(candidate) and state.rules.counts_items(candidate.quantity.unit)


def again(last: Draft, rule: str) -> Reading:
    """The reading of one more number of what a mention counts."""
    value = last.value
    sign = -1 if last.aspect != "level" and value is not None and value < 0 else 1
    reading = Reading(last.metric, last.unit, last.head, rule, last.trust * 0.97, last.aspect)
    reading.measure = last.measure if last.measure == "part" else ""
    reading.sign, reading.counters = sign, last.counters
    return reading


def is_like(draft: Draft, candidate: Candidate, state: State) -> bool:
    """Whether a quantity can be of the same metric as a mention, by its counter."""
    if is_percent(candidate.quantity.kind):
        return draft.unit == "percent"
    return not draft.counters.isdisjoint(state.rules.counter_groups(candidate.quantity.unit))


def _same_kind(before: Candidate, candidate: Candidate, last: Draft, state: State) -> bool:
    old, new = before.quantity, candidate.quantity
    if is_percent(old.kind) or is_percent(new.kind):
        return old.kind == new.kind
    groups = state.rules.counter_groups(new.unit)
    if last.counters:
        return not last.counters.isdisjoint(groups)
    return not groups.isdisjoint(state.rules.counter_groups(old.unit))
