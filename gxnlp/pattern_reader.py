"""What the patterns read a quantity as: rules, lists of parts, continuations, plans.

`PatternReader` decides about one candidate at a time, with what the sentence and section said
before; it knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from gxnlp.attributes import State, detail_of, resolve
from gxnlp.candidates import Candidate, Sentence, candidates
from gxnlp.coordination import Batch, coordinate
from gxnlp.implied import Negation, find_full_rates, find_negations, find_zeros
from gxnlp.lexicon import COUNTED, VERB, Term
from gxnlp.patterns import Rules
from gxnlp.readings import (
    Draft,
    Reading,
    counts_things,
    is_percent,
    negate,
    read_change,
    read_level,
    read_percent,
    unit_of,
)
from gxnlp.records import Document, Interval

_JOINED = re.compile(r"[、，和及与\s]{0,3}")
_BRACKETED = re.compile(r"（[^（）]{0,40}）$")
_PARTS = "info_published"
_PART = "info_published.part"
_SUBORDINATE = re.compile(
    r"(?:^|[，、；：（])[^，、；：（\s]{1,12}(?:省|市|县|区|旗|州|镇|乡|街道|局|委|厅|科|中心|园区|单位|级)\s*$"
)
_COMPARED = re.compile(
    r"(?:(?:^|[较比与同由从])(?:上年|去年|上一年|前一年|20[0-9]{2}年)度?(?:同期|全年|末|底)?的?"
    r"|[，；（](?:上年|去年|上一年|前一年|20[0-9]{2}年)度?(?:同期|全年|末|底)?(?:为|是|：|的|有|同期))\s*$"
)
_GENERIC = re.compile(
    r"(?:政府|政务|公开|各类|新闻|图文|原创|政府公开|政务公开)?"
    r"(?:信息|文章|稿件|推文|消息|内容|作品|资讯|图文)(?:总?数|数量|条数|总?量|条目)?"
)
_NAMES_KIND = re.compile(r"[一-鿿][^的共各类等和数关相其有发开送布新，、；：（）“”\s0-9]")
"""预算信息: characters before a general noun that say which."""
_KIND = re.compile(r"[一-鿿]类$")
_REMEDY = re.compile(
    r"改进(?:措施|情况|方向|打算|思路|计划|方面)|下一步|今后|整改措施|针对|将|要[^求]|拟|工作打算|对策"
)
_PROBLEM = re.compile(r"问题|不足[^之]|差距|短板|[\n。；](?:（[一二三四五六]）|[1-9][.、．])|薄弱环节")
_LINKING = frozenset(
    {"w.among", "w.year_total", "v.publish", "v.receive", "v.handle", "w.respective", "w.reach"}
)
_PLAIN = frozenset({"n.info", "n.application", "n.apply", "x.thing"})
_BODIES = {"w.own": "own", "w.bodies": "system", "w.system": "system"}
_NAMED_BODY = re.compile(
    r"[，、；：（和及与][^，、；：（]{0,12}"
    r"(?:本级|部门|单位|机关|县|区|市|镇|乡|街道|局|厅|委|办|办公室|政府|级|科室|股室|所)）?"
    r"(?:共|主动|累计|合计|约)?(?:公开|收到|发布|报送|受理|举行|召开|接收|新收)?(?:信息|申请|政府信息)?\s*$"
)
_BOTH = ("proposals_npc", "proposals_cppcc")
_GOES_ON = re.compile(r"）?[，、；和及与]\s*[^，；：。（）0-9]{2,24}")
"""A name behind a number, joined to it: it is counted as the name before."""
_CONTENT = frozenset({"n.info", "n.part_kind", "n.policy", "n.decision", "n.place", "n.directory", "x.thing"})
_LONGEST_TURN = 4
"""Characters of the longest match of `_REMEDY` and `_PROBLEM`."""
_ITEM = frozenset({"item"})
_OWN_PARTS = frozenset(
    {"policy_docs", "normative_docs", "normative_docs_valid", "normative_docs_repealed", "interpretations",
     "graphics", "videos", "proposals", "proposals_npc", "proposals_cppcc", "media_reports", "gazettes"}
)  # fmt: skip
"""Pieces that have a metric of their own as parts of what was published (guideline part 2, rule 4)."""
_SITES_ONLY = frozenset({"media", "hotline"})
_CHAIN = 8
"""Members of a chain of kinds that may have metrics of their own between two that have none."""
_EVENTS = frozenset("起例人名户家笔宗亩吨台辆件单")
_PLAN = frozenset({"w.plan", "w.every", "w.weight"})


@dataclass(slots=True)
class Entry:
    """A candidate with what the patterns made of it.

    Attributes:
        candidate: The quantity in its context.
        state: What held when it was read.
        drafts: Mentions on it; none where the patterns read nothing, several after 各 or 均为.
        promised: Whether it stands among plans and remedies.
    """

    candidate: Candidate
    state: State
    drafts: list[Draft]
    promised: bool = False


@dataclass(slots=True)
class SentenceReading:
    """What the patterns read in one sentence.

    Attributes:
        sentence: The sentence.
        entries: Its quantities, each with its mentions.
        implied: Mentions that no digit states.
        negations: Its negated clauses, whether or not a zero was read in them.
        state: What held at its end, where it has negations; else the running state.
    """

    sentence: Sentence
    entries: list[Entry]
    implied: list[Draft]
    negations: list[Negation]
    state: State


@dataclass(slots=True)
class _LastMatch:
    """Where a pattern matched last before an offset that only moves on: no text is searched twice."""

    pattern: re.Pattern[str]
    first: int = -1
    start: int = -1
    at: int = 0

    def before(self, folded: str, first: int, offset: int) -> int:
        """Start of the last match within `folded[first:offset]`, -1 where there is none."""
        if first != self.first:
            self.first, self.start, self.at = first, -1, first
        for match in self.pattern.finditer(folded, self.at, offset):
            self.start, self.at = match.span()
        # What was cut short at the offset may match when there is more.
        self.at = max(self.at, offset - _LONGEST_TURN)
        return self.start


@dataclass(slots=True)
class PatternReader:
    """Reads one report by the patterns; holds what earlier sentences said."""

    document: Document
    rules: Rules
    state: State
    mentions: list[Draft] = field(default_factory=list)
    stated: list[Draft] = field(default_factory=list)
    unread: bool = False
    foreign: bool = False
    remedies: _LastMatch = field(default_factory=lambda: _LastMatch(_REMEDY))
    problems: _LastMatch = field(default_factory=lambda: _LastMatch(_PROBLEM))

    def read(self, sentence: Sentence) -> SentenceReading:
        """Read one sentence."""
        folded = self.document.folded
        self.state.enter(sentence, folded)
        entries = self._read_quantities(sentence) if sentence.quantities else []
        stated = [d for entry in entries for d in entry.drafts]
        negations = find_negations(sentence, folded)
        implied = find_zeros(negations, sentence, folded, self.rules, self.state)
        implied += find_full_rates(sentence, folded, self.state, stated)
        self.mentions += stated + implied
        # What held is asked for again only where a clause is negated.
        state = self.state.copy() if negations else self.state
        return SentenceReading(sentence, entries, implied, negations, state)

    def _read_quantities(self, sentence: Sentence) -> list[Entry]:
        """Read the quantities of a sentence from left to right, then what 分别 and 各 join."""
        folded = self.document.folded
        self.unread = self.foreign = False
        self.stated = []
        entries: list[Entry] = []
        batch: Batch = []
        for candidate in candidates(sentence, folded, self.rules.merge):
            listing = self.state.listing
            self.state.advance(candidate)
            if not listing or not self.state.listing:
                self.foreign = bool(self.state.listing) and self.unread and _is_event(entries)
            promised = self._promised(candidate)
            draft = None if promised else self._read_one(candidate, batch)
            entries.append(Entry(candidate, self.state.copy(), [draft] if draft else [], promised))
            self.unread = draft is None
            if draft is None:
                continue
            if draft.head is not None and draft.head.start >= candidate.quantity.end:
                candidate.taken = draft.head.end
            resolve(draft, candidate, self.state)
            batch.append((candidate, draft))
            self.stated.append(draft)
            self.state.add(draft, candidate)
        further: dict[int, list[Draft]] = {}
        for draft in coordinate(batch, sentence, folded, self.rules, self.state):
            further.setdefault(draft.start, []).append(draft)
        for entry in entries:
            if further and entry.drafts:
                entry.drafts += further.get(entry.drafts[0].start, ())
        return entries

    def _read_one(self, candidate: Candidate, batch: Batch) -> Draft | None:
        known: Sequence[Draft] = () if self.unread else self.stated or self.mentions_in_reach()
        quantity = candidate.quantity
        reading = self._continues(candidate, batch) or self._compared(candidate, known)
        if reading is not None:
            return self._draft(reading, candidate)
        if is_percent(quantity.kind):
            reading = read_percent(candidate, self.rules, known)
        else:
            reading = read_change(candidate, self.rules, known)
            reading = reading or self._read_count(candidate, batch)
        if reading is None or not reading.metric:
            return None
        return self._draft(reading, candidate)

    def _promised(self, candidate: Candidate) -> bool:
        """Whether a number stands in a plan or among the remedies: those are no metrics."""
        if not _PLAN.isdisjoint(candidate.before) and any(
            not _PLAN.isdisjoint(t.classes) for t in candidate.own
        ):
            return True
        section = candidate.sentence.section
        if section.code != "problems":
            return False
        stretch = (self.document.folded, section.start, candidate.quantity.start)
        return self.remedies.before(*stretch) > self.problems.before(*stretch)

    def mentions_in_reach(self) -> list[Draft]:
        """Mentions of the same section, latest last: what a change or a part may be of."""
        section = self.state.section
        return [m for m in self.mentions[-8:] if m.section is section]

    def _read_count(self, candidate: Candidate, batch: Batch) -> Reading | None:
        frame = self.state.frame
        last = batch[-1][1].metric if batch else ""
        listing = bool(self.state.listing)
        reading = read_level(candidate, self.rules, frame.metric if frame else "", last, listing)
        if self.foreign and reading is None:
            return None  # parts of a whole that is none of ours
        if self.state.listing and frame is not None:
            return self._in_list(candidate, reading, frame)
        if self.state.listing and (reading is None or reading.metric == _PARTS) and self._item(candidate):
            return self._part_of_information(candidate, reading, candidate.near)
        if reading is None and (again := self._accumulated(candidate, batch)) is not None:
            return again
        kind = _KIND.search(_BRACKETED.sub("", candidate.between)[-3:]) is not None
        if reading is None and kind and frame is not None and self._same_whole(frame, candidate):
            again = self._again(frame, "part by kind")
            again.measure = "part"
            return again
        if reading is None and kind and self._item(candidate):
            return Reading(_PART, "item", None, "kind", 0.8, measure="part", counters=_ITEM)
        return reading or self._next_name(candidate, batch)

    def _accumulated(self, candidate: Candidate, batch: Batch) -> Reading | None:
        """公开文件60份，历年累计720份: the same thing since the start."""
        if not batch or self.unread or "w.cumulative" not in candidate.near:
            return None
        named = any(t.kinds & COUNTED for t in candidate.own)
        if named or not self._same_kind(batch[-1][0], candidate, batch[-1][1]):
            return None
        return self._again(batch[-1][1], "accumulated")

    def _same_whole(self, frame: Draft, candidate: Candidate) -> bool:
        """Whether a number can be one kind of a whole that is documents (文件60份。…建设类15份)."""
        folded, unit = self.document.folded, "".join(candidate.quantity.unit.split())
        near = frame.paragraph == candidate.sentence.paragraph
        return near and frame.metric == "policy_docs" and folded[frame.start : frame.end].endswith(unit)

    def _next_name(self, candidate: Candidate, batch: Batch) -> Reading | None:
        """发布通知公告37条，采购信息12条: a second name with no verb of its own."""
        if not batch or self.unread:
            return None
        before, last = batch[-1]
        if last.metric == _PART and candidate.between.startswith("）") and self.state.frame is not None:
            last = self.state.frame  # behind the bracket that held its parts
        if last.metric in _OWN_PARTS and last.aspect == "level":  # 动态68条、解读9条、预决算4条
            earlier = islice(reversed(batch), _CHAIN)
            before, last = next((pair for pair in earlier if pair[1].metric == _PARTS), (before, last))
        alike = (
            last.metric == _PARTS
            and last.aspect == "level"
            and before.quantity.unit == candidate.quantity.unit
        )
        if not alike or candidate.bound != batch[-1][0].quantity.outer_end or counts_things(candidate):
            return None
        if not _GOES_ON.fullmatch(candidate.between) or not candidate.closed:
            return None
        kinds = {n for t in (*candidate.own, *candidate.left) for n in t.classes if n[0] in "nvox"}
        if not kinds <= _CONTENT:
            return None
        again = self._again(last, "next name")
        again.head, again.measure, again.trust = None, "", 0.85
        return again

    def _item(self, candidate: Candidate) -> bool:
        code = candidate.sentence.section.code
        return code.endswith("proactive") and "item" in self.rules.counter_groups(candidate.quantity.unit)

    def _continues(self, candidate: Candidate, batch: Batch) -> Reading | None:
        """365期、1102条 and 由58个精简到44个: a number that goes straight on keeps the metric."""
        if not batch or self.unread or not self._same_kind(batch[-1][0], candidate, batch[-1][1]):
            return None
        last = batch[-1][1]
        names = candidate.before
        if not names and candidate.closed and _JOINED.fullmatch(candidate.between):
            if candidate.right and candidate.right[0].kinds & COUNTED:
                return None
            return self._again(last, "continues")
        moved = "w.reach" in names and "由" in folded_before(batch[-1][0])
        if moved and not any(n.startswith(("n.", "o.", "v.publish", "w.among")) for n in names):
            return self._again(last, "reaches")
        return None

    def _same_kind(self, before: Candidate, candidate: Candidate, last: Draft) -> bool:
        old, new = before.quantity, candidate.quantity
        if is_percent(old.kind) or is_percent(new.kind):
            return old.kind == new.kind
        groups = self.rules.counter_groups(new.unit)
        if last.counters:
            return not last.counters.isdisjoint(groups)
        return not groups.isdisjoint(self.rules.counter_groups(old.unit))

    def _again(self, last: Draft, rule: str) -> Reading:
        value = last.value
        sign = -1 if last.aspect != "level" and value is not None and value < 0 else 1
        reading = Reading(last.metric, last.unit, last.head, rule, last.trust * 0.97, last.aspect)
        reading.measure = last.measure if last.measure == "part" else ""
        reading.sign, reading.counters = sign, last.counters
        return reading

    def _compared(self, candidate: Candidate, known: Sequence[Draft]) -> Reading | None:
        """较2021年的790条: last year's figure of the metric just named."""
        level = next((m for m in reversed(known) if m.aspect == "level"), None)
        past = any({"date.before", "w.last_year"} & t.classes for t in candidate.own)
        if (
            level is None
            or not past
            or not _COMPARED.search(candidate.between)
            or not self._like(level, candidate)
        ):
            return None
        reading = self._again(level, "compared")
        reading.aspect, reading.measure, reading.sign = "level", "total", 1
        return reading

    def _like(self, draft: Draft, candidate: Candidate) -> bool:
        """Whether a quantity can be of the same metric as a mention, by its counter."""
        if is_percent(candidate.quantity.kind):
            return draft.unit == "percent"
        return not draft.counters.isdisjoint(self.rules.counter_groups(candidate.quantity.unit))

    def _in_list(self, candidate: Candidate, reading: Reading | None, frame: Draft) -> Reading | None:
        """A member of a list of parts: its own metric where it has one, else a part of the frame."""
        near = candidate.near
        groups = self.rules.counter_groups(candidate.quantity.unit)
        plain = reading is None or reading.metric == _PARTS
        split = self._by_body(candidate, frame)
        if split is not None:
            return split
        plain = plain or self._ends_in_information(candidate)
        if (
            frame.metric == _PARTS
            and "item" in groups
            and (plain or self._kind_of_content(candidate, reading))
        ):
            return self._part_of_information(candidate, reading, near)
        if reading is not None and not (reading.metric == _PARTS and _is_verb(reading.head)):
            return reading
        if not self._like(frame, candidate) or counts_things(candidate):
            return reading
        part = self._again(frame, "part")
        if frame.metric in _BOTH and all(name in self.state.totals for name in _BOTH):
            part.metric = "proposals"
        part.measure = "part"
        return part

    def _ends_in_information(self, candidate: Candidate) -> bool:
        """其他文件、信息30条: the noun at the number is general."""
        own = candidate.own
        touches = bool(own) and own[0].end == candidate.quantity.outer_start and "n.info" in own[0].classes
        joined = touches and self.document.folded[own[0].start - 1] in "、和及与"
        return joined and _is_generic(own[0], self.document.folded)

    def _kind_of_content(self, candidate: Candidate, reading: Reading | None) -> bool:
        """公开信息80条，其中新闻发布会信息9条、办事指南6条: 条 counts pieces about a thing."""
        if reading is None or reading.metric in _OWN_PARTS or reading.aspect != "level":
            return False
        frame = self.state.frame
        whole = (
            re.sub(r"[\d.,万亿千百余多]+", "", self.document.folded[frame.start : frame.end]) if frame else ""
        )
        return whole.endswith("".join(candidate.quantity.unit.split()))

    def _by_body(self, candidate: Candidate, frame: Draft) -> Reading | None:
        """其中市本级25件、各部门12件: the whole divided by who did it."""
        outcome = frame.metric.startswith("applications_") and frame.metric != "applications_received"
        if outcome or not self._like(frame, candidate):
            return None
        terms = [t for t in candidate.own if not _LINKING.issuperset(t.classes)]
        kinds = [n for t in terms for n in t.classes]
        if not terms or any(n[0] in "nox" and n not in _PLAIN for n in kinds) or "ch." in str(kinds):
            return None
        body = next((scope for n, scope in _BODIES.items() if n in kinds), "")
        if not body or not _NAMED_BODY.search("，" + candidate.between):
            return None
        part = self._again(frame, "part by body")
        part.measure, part.body, part.aspect, part.sign = "part", body, "level", 1
        return part

    def _part_of_information(
        self, candidate: Candidate, reading: Reading | None, near: frozenset[str]
    ) -> Reading | None:
        by_channel = any(n.startswith("ch.") and n[3:] not in _SITES_ONLY for n in near)
        by_channel = (by_channel and not _KIND.search(candidate.between[-3:])) or "w.other_way" in near
        if by_channel and "n.part_kind" not in near and not self._kind_named(candidate):
            head = reading.head if reading else None
            return Reading(_PARTS, "item", head, "part", 0.9, measure="part", counters=_ITEM)
        if counts_things(candidate):
            return None
        if _SUBORDINATE.search("，" + candidate.between):
            return Reading(_PARTS, "item", None, "part", 0.8, measure="part", counters=_ITEM)
        return Reading(_PART, "item", None, "part by kind", 0.93, measure="part", counters=_ITEM)

    def _kind_named(self, candidate: Candidate) -> bool:
        """Whether a kind of content stands between channel or verb and the number."""
        folded, words = self.document.folded, [t for t in candidate.own if "n.info" in t.classes]
        if any(not _is_generic(t, folded) for t in words):
            return True
        ends = {t.end for t in (*candidate.own, *candidate.left)}
        return any(t.start not in ends and _NAMES_KIND.match(folded, t.start - 2) for t in words)

    def _draft(self, reading: Reading, candidate: Candidate) -> Draft:
        return draft_of(reading, candidate, self.document.text)


def draft_of(reading: Reading, candidate: Candidate, text: str) -> Draft:
    """A mention of a reading, before its attributes are resolved."""
    quantity, sentence = candidate.quantity, candidate.sentence
    value, lower, upper = quantity.value, quantity.lower, quantity.upper
    if quantity.kind == "fold" and reading.aspect == "growth":  # 增长1.2倍 is 120 percent
        value, lower, upper = (None if v is None else v * 100 for v in (value, lower, upper))
    if reading.sign < 0:
        value, lower, upper = negate(value), negate(upper), negate(lower)
    unit = reading.unit
    if unit != "percent" and reading.metric == "satisfaction":
        unit = "score"
    return Draft(
        metric=reading.metric,
        start=quantity.outer_start,
        end=quantity.outer_end,
        value=value,
        lower=lower,
        upper=upper,
        unit=unit or unit_of(reading.metric, quantity.unit),
        qualifier=quantity.qualifier,
        sentence=Interval(sentence.start, sentence.end),
        section=sentence.section,
        head=reading.head,
        aspect=reading.aspect,
        measure=reading.measure or "total",
        detail=detail_of(reading, candidate, text),
        trust=reading.trust,
        rule=reading.rule,
        counters=reading.counters,
        body=reading.body,
        paragraph=sentence.paragraph,
    )


def _is_event(entries: Sequence[Entry]) -> bool:
    """Whether the last number counts events or people, not pieces (事故214起，其中…)."""
    return bool(entries) and entries[-1].candidate.quantity.unit[-1:] in _EVENTS


def _is_generic(term: Term, folded: str) -> bool:
    return _GENERIC.fullmatch(folded, term.start, term.end) is not None


def _is_verb(term: Term | None) -> bool:
    return term is not None and bool(term.kinds & VERB)


def folded_before(candidate: Candidate) -> str:
    """The text that led to a quantity."""
    return candidate.between
