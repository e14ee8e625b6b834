"""What the patterns read a quantity as: rules, lists of parts, continuations, plans.

`PatternReader` decides about one candidate at a time, with what the sentence and section said
before; it knows no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, NEGATION, OUTCOME, Term
from gxnlp.metrics.attributes import resolve
from gxnlp.metrics.constructions import by_construction, has_guest, is_taken_down, taken_up
from gxnlp.metrics.constructions.asides import came_by_hotline, in_full, rate_of
from gxnlp.metrics.constructions.business import (
    Business,
    counts_business,
    counts_events,
    counts_services,
    follows_trade,
    goes_with_business,
    is_copied,
)
from gxnlp.metrics.constructions.changes import read_change, read_percent, shares_a_fraction
from gxnlp.metrics.constructions.rates import is_rate_of_nothing, rates_moved
from gxnlp.metrics.constructions.told_apart import asked_share, asks_a_fraction
from gxnlp.metrics.context.candidates import Candidate, candidates
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import INFORMATION, PART, Draft, Reading, is_percent, is_rule, read_level
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.drafting import draft_of
from gxnlp.metrics.implied import Negation, find_negations, find_zeros
from gxnlp.metrics.implied.full_rates import FULL_WORD, find_full_rates
from gxnlp.metrics.implied.nothing_left import find_nothing_left
from gxnlp.metrics.lists.carried_on import carried_on
from gxnlp.metrics.lists.continuing import (
    accumulated,
    again,
    compared,
    continues,
    counted_last,
    kept,
    kind_of_case,
    of_body,
    of_those,
    tells_of_bodies,
)
from gxnlp.metrics.lists.coordination import Batch, coordinate
from gxnlp.metrics.lists.information_parts import ITEM, KIND, name_behind, part_of_information, shares_whole
from gxnlp.metrics.lists.listing import (
    is_content,
    is_kind_of,
    kind_of_content,
    kind_of_unnamed,
    member,
    outcome_of_others,
    take_role,
)
from gxnlp.metrics.lists.next_names import first_name, next_name
from gxnlp.metrics.lists.part_lists import open_or_close
from gxnlp.metrics.lists.pleased import pleased_with
from gxnlp.metrics.plans import Plans
from gxnlp.metrics.running.state import State
from gxnlp.metrics.running.whole_moved import with_whole
from gxnlp.records import Document

_BRACKETED = deferred(r"（[^（）]{0,40}）$")
_IN_ALL = deferred(r"[，、（](?:<全年>|一年|学年内|一学年)?(?:<共>|计|即|为|有|达)?")
_NO_NAMES = frozenset({"w.every", "w.ratio"})
_DIVIDES = frozenset({"n.application", "n.apply", "v.publish", "n.info"})
_ON_REQUEST = deferred(r"[，、；]?依申请(?:予以)?(?:公开|提供)的?(?:有|为|共)?")
_OUTCOMES = frozenset(
    {"applications_granted", "applications_partial", "applications_denied", "applications_unavailable"}
)
_SUMMED = deferred(r"[，、（]?<共>(?:有|为|<发布>)?(?:信息)?")
_ON_AIR = ("刊播", "播发", "播出")
_SITE_AND_PAPERS = deferred(
    r"(?:网站?|门户|媒体)[》”]?(?:[、和与及]|以及)[^，；。0-9]{0,24}<发布>[^，。；0-9]{0,8}$"
)
"""通过局官网和新闻媒体公开信息90条: papers are one way beside the site."""
_ACCOUNTS = frozenset({"wechat", "weibo", "douyin", "app", "new_media", "all"})
_KINDS = frozenset({"大项", "小项", "大类", "小类", "中类", "类", "子类", "个大类", "个小类", "个类别"})
_ROLES = frozenset({"v.role", "n.answer"})
_OF_FIELDS = ("个", "大", "类")
_GROUPS = frozenset("类种者")  # counters of what is told of together: 两类占五成


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
class PatternReader:
    """Reads one report by the patterns; holds what earlier sentences said."""

    document: Document
    rules: Rules
    state: State
    mentions: list[Draft] = field(default_factory=list)
    stated: list[Draft] = field(default_factory=list)
    unread: bool = False
    foreign: bool = False
    counted: bool = False
    idle: int = -1
    kinds: Term | None = None
    frequency: Candidate | None = None
    business: Business = field(default_factory=Business)
    grouped: bool = False
    plans: Plans = field(init=False)

    def __post_init__(self) -> None:
        self.plans = Plans(self.document.folded)

    def read(self, sentence: Sentence) -> SentenceReading | None:
        """Read one sentence; `None` where nothing in it can be a mention."""
        folded = self.document.folded
        self.state.enter(sentence, folded)
        entries = self._read_quantities(sentence) if sentence.quantities else []
        negations = find_negations(sentence, folded) if sentence.kinds & NEGATION else []
        implied = find_zeros(negations, sentence, folded, self.rules, self.state) if negations else []
        stated = [d for entry in entries for d in entry.drafts]
        if FULL_WORD.search(folded, sentence.start, sentence.end):
            implied += find_full_rates(sentence, folded, self.state, stated)
        implied += find_nothing_left(sentence, folded, self.state, [*implied, *stated])
        if not (entries or negations or implied):
            return None
        self.mentions += stated + implied
        # What held is asked for again only where a clause is negated.
        state = self.state.copy() if negations else self.state
        return SentenceReading(sentence, entries, implied, negations, state)

    def _read_quantities(self, sentence: Sentence) -> list[Entry]:
        """Read the quantities of a sentence from left to right, then what 分别 and 各 join."""
        folded = self.document.folded
        frame = self.state.frame
        idle = self.idle == sentence.paragraph and frame is not None and frame.metric != INFORMATION
        self.unread = self.foreign = self.counted = self.grouped = False
        self.kinds = self.frequency = None
        self.stated = []
        entries: list[Entry] = []
        batch: Batch = []
        for candidate in candidates(sentence, folded, self.rules.merge):
            listing = self.state.listing
            open_or_close(self.state, candidate)
            self.state.advance(candidate)
            if not listing or not self.state.listing:
                events = bool(entries) and counts_events(entries[-1].candidate)
                self.foreign = bool(self.state.listing) and self.unread and events
                self.foreign |= bool(self.state.listing) and idle and not entries
                self.foreign |= bool(entries) and self._divides_unread(candidate, entries[-1].candidate)
            elif self.state.listing == "bracket" and not self.unread:
                self.foreign = False  # 不同意公开24件（涉及商业秘密3件）
            promised = self.plans.promises(candidate)
            draft = None if promised else self._read_one(self._in_all(candidate), batch)
            names = (promised and "w.every" in candidate.before) or _is_shared(candidate, draft)
            self.frequency = candidate if names else None
            entries.append(Entry(candidate, self.state.copy(), [draft] if draft else [], promised))
            # 收到申请90件，是上年的1.6倍，涉及土地58件: how many times as many says nothing of its own
            self.unread = draft is None and (self.unread or candidate.quantity.kind != "fold")
            of_groups = candidate.quantity.unit[-1:] in _GROUPS
            self.grouped = self.unread and (of_groups or self._may_be_part(candidate))
            self.kinds = _kinds_of(candidate, self.kinds) if self.unread else None
            self.counted = counts_business(candidate, self.counted)
            self.business.count(candidate, unread=self.unread, promised=promised)
            if draft is None:
                continue
            if draft.head is not None and draft.head.start >= candidate.quantity.end:
                candidate.taken = max(candidate.taken, draft.head.end)
            if draft.metric == PART:
                candidate.taken = max(candidate.taken, name_behind(candidate))
            resolve(draft, candidate, self.state)
            draft.of_bodies = tells_of_bodies(candidate.between)
            batch.append((candidate, draft))
            self.stated.append(draft)
            self.state.add(draft, candidate)
        self.idle = -1 if self.stated else sentence.paragraph
        further: dict[int, list[Draft]] = {}
        for draft in coordinate(batch, sentence, folded, self.rules, self.state):
            further.setdefault(draft.start, []).append(draft)
        moved = rates_moved(sentence, folded, [*self.mentions_in_reach(), *self.stated])
        for entry in entries:
            if further and entry.drafts:
                entry.drafts += further.get(entry.drafts[0].start, ())
            if (draft := moved.get(entry.candidate.quantity.start)) is not None:
                entry.drafts = [draft]
        return entries

    def _read_one(self, candidate: Candidate, batch: Batch) -> Draft | None:
        known: Sequence[Draft] = ()
        if not self.unread or self.grouped:
            known = with_whole(self.stated or self.mentions_in_reach(), candidate, self.state)
        folded = self.document.folded
        shared = shares_a_fraction(candidate, folded) or asks_a_fraction(candidate, folded)
        reading = None if self.unread or shared else continues(candidate, batch, self.state)
        reading = reading or compared(candidate, known, self.state)
        reading = reading or kind_of_case(candidate, batch) or pleased_with(candidate, batch)
        reading = reading or (None if self.unread else carried_on(candidate, batch, self.state))
        reading = reading or (None if self.unread else kept(candidate, batch, self.state))
        if reading is not None:
            bound = reading.unit == "day" and is_rule(candidate)  # 平均8.9天，而法定期限为20天
            return None if bound else self._draft(reading, candidate)
        if is_percent(candidate.quantity.kind) or shared or is_rate_of_nothing(candidate):
            reading = read_percent(candidate, self.rules, known) or asked_share(candidate, folded, known)
            reading = reading or in_full(candidate, folded) or rate_of(candidate, known)
        else:
            reading = read_change(candidate, self.rules, known) or self._read_count(candidate, batch)
        of_business = self.unread and self.counted
        if reading is None or not reading.metric or (of_business and goes_with_business(reading, candidate)):
            return None
        barred = self.business.runs_on(reading, candidate, folded)
        barred |= self.unread and follows_trade(reading, candidate, folded)
        return None if barred else self._draft(reading, candidate)

    def _divides_unread(self, candidate: Candidate, before: Candidate) -> bool:
        """精简材料16项，其中…11项: of what was none of ours, no list; behind 18个领域，其中… it is."""
        frame = self.state.frame
        if not (self.state.listing and self.unread) or before.quantity.unit.startswith(_OF_FIELDS):
            return False
        earlier = frame is not None and frame.sentence.start != candidate.sentence.start
        return earlier and frame is not None and frame.metric != INFORMATION and not self.stated

    def _may_be_part(self, candidate: Candidate) -> bool:
        """其他类17份，占16%: a number that nothing names is told of with the whole of its paragraph."""
        frame = self.state.frame
        near = frame is not None and frame.paragraph == candidate.sentence.paragraph
        return near and frame is not None and self.state.same_counter(frame, candidate)

    def _in_all(self, candidate: Candidate) -> Candidate:
        """每季度自查一次，全年4次; 不予公开的占8%，即4件: what is counted stands at the number before."""
        counts = not is_percent(candidate.quantity.kind)
        if self.frequency is None or not counts or not _IN_ALL.fullmatch(candidate.between):
            return candidate
        own = [t for t in self.frequency.own if _NO_NAMES.isdisjoint(t.classes)]
        own = [t for t in own if t.kinds & OUTCOME] or own  # 不予处理的申请占9%，即4件
        return replace(candidate, own=own, own_start=self.frequency.own_start)

    def mentions_in_reach(self) -> list[Draft]:
        """Mentions of the same section, latest last: what a change or a part may be of."""
        section = self.state.section
        return [m for m in self.mentions[-8:] if m.section is section]

    def _read_count(self, candidate: Candidate, batch: Batch) -> Reading | None:
        if is_rule(candidate) or counts_services(candidate):
            return None
        frame = self.state.frame
        said = self.state.topics_at(candidate.quantity.start) | (
            {f"last.{counted_last(batch)}"} if batch else set()
        )
        constructed = by_construction(candidate, said, self.state)
        if constructed is not None:
            return constructed
        listing = bool(self.state.listing)
        after_share = bool(batch) and batch[-1][1].metric == "share" and self.frequency is not None
        shared = not listing and (after_share or shares_whole(candidate, self.document.folded))
        reading = read_level(candidate, self.rules, frame.metric if frame else "", said, listing or shared)
        if reading is not None and reading.head is not None and not _ROLES.isdisjoint(reading.head.classes):
            take_role(reading, candidate, self.state)
        reading = reading and self._in_company(reading, candidate, batch)
        reading = None if reading and is_copied(reading, candidate) else reading
        if shared and reading is not None and reading.metric == INFORMATION:
            return part_of_information(candidate, reading, self.state)
        if listing and (kind := kind_of_unnamed(candidate, reading, self.state)) is not None:
            return kind
        if self.foreign and reading is None:
            return None  # parts of a whole that is none of ours
        if listing and frame is not None:
            return member(candidate, reading, frame, self.state)
        if listing and (reading is None or is_content(reading, candidate)) and self._item(candidate):
            return part_of_information(candidate, reading, self.state)
        reading = reading or self._summed(candidate, batch)
        return reading or self._read_kind(candidate, frame) or self._goes_on(candidate, batch)

    def _in_company(self, reading: Reading, candidate: Candidate, batch: Batch) -> Reading:
        """The reading, or another that the words farther away ask for."""
        if reading.metric == "media_reports" and has_guest(candidate, self.state):
            return Reading("interviews", "session", reading.head, "guest", 0.9, counters=reading.counters)
        if reading.metric == "media_reports" and self._by_many_ways(reading, candidate):
            return Reading(INFORMATION, "item", reading.head, "many ways", 0.9, counters=ITEM)
        if reading.metric == INFORMATION and is_taken_down(reading, candidate):
            return Reading("other_metric", "item", reading.head, "taken down", 0.9, counters=ITEM)
        if (other := outcome_of_others(reading, candidate, self.state)) is not None:
            return other
        if came_by_hotline(reading, candidate):
            return Reading(
                "hotline_cases", "item", reading.head, "by hotline", 0.9, counters=reading.counters
            )
        if self._is_granted(reading, candidate, batch):
            granted = Reading("applications_granted", "item", reading.head, "on request", 0.9)
            granted.counters = reading.counters
            return granted
        return reading

    def _summed(self, candidate: Candidate, batch: Batch) -> Reading | None:
        """What a sum is of that names nothing itself."""
        if self.unread:
            return self._sum_of_kinds(candidate)
        return accumulated(candidate, batch, self.state)

    def _by_many_ways(self, reading: Reading, candidate: Candidate) -> bool:
        """通过网站、公示栏、报纸等，公开信息90条: papers are one way of several."""
        head = reading.head
        if head is not None and self.document.folded.startswith(_ON_AIR, head.start):
            station = any("ch.media" in t.classes for t in (*candidate.own, *candidate.left))
            return self.state.channel in _ACCOUNTS and not station  # 新媒体平台刊播稿件60条
        if taken_up(head, candidate, self.document.folded):
            return True
        if self.state.channel == "all" and _SITE_AND_PAPERS.search(candidate.between):
            return True
        named = head is None or "n.media" in head.classes or any(t.kinds & CHANNEL for t in candidate.own)
        return not named and self.state.channel not in ("", "media")

    def _is_granted(self, reading: Reading, candidate: Candidate, batch: Batch) -> bool:
        """主动公开2件，依申请公开5件: among outcomes the second is what was given to those who asked."""
        if reading.metric != "applications_received" or not batch:
            return False
        return batch[-1][1].metric in _OUTCOMES and _ON_REQUEST.fullmatch(candidate.between) is not None

    def _sum_of_kinds(self, candidate: Candidate) -> Reading | None:
        """发布信息12大类、40小类，共计900条: the sum is of what the kinds are of."""
        items = self.kinds is not None and self.rules.counts_items(candidate.quantity.unit)
        if not items or not _SUMMED.fullmatch(candidate.between):
            return None
        return Reading(INFORMATION, "item", self.kinds, "sum of kinds", 0.9, counters=ITEM)

    def _read_kind(self, candidate: Candidate, frame: Draft | None) -> Reading | None:
        """规划类12条: a kind of content that nothing else names."""
        if not KIND.search(_BRACKETED.sub("", candidate.between)[-7:]):
            return None
        if frame is not None and is_kind_of(frame, candidate, self.state):
            part = again(frame, "part by kind")
            part.measure = "part"
            return part
        if self._item(candidate):
            return kind_of_content(self.state)
        return None

    def _goes_on(self, candidate: Candidate, batch: Batch) -> Reading | None:
        if candidate.bound == candidate.sentence.start:
            return first_name(candidate, self.state)
        if self.unread:
            return None
        reading = of_body(candidate, batch, self.state) or of_those(candidate, batch, self.state)
        return reading or next_name(candidate, batch, self.state)

    def _item(self, candidate: Candidate) -> bool:
        code = candidate.sentence.section.code
        return code.endswith("proactive") and self.rules.counts_items(candidate.quantity.unit)

    def _draft(self, reading: Reading, candidate: Candidate) -> Draft:
        return draft_of(reading, candidate, self.document.text)


def _is_shared(candidate: Candidate, draft: Draft | None) -> bool:
    """不予公开的占8%, 网站公开的占九成: a share of what came in or became of it, or was published."""
    if draft is None or draft.metric != "share":
        return False
    return any(t.kinds & OUTCOME or not _DIVIDES.isdisjoint(t.classes) for t in candidate.own)


def _kinds_of(candidate: Candidate, before: Term | None) -> Term | None:
    """What was published that a number divides into kinds, here or at the number before (12大类、40小类)."""
    if "".join(candidate.quantity.unit.split()) not in _KINDS:
        return None
    told = next((t for t in (*candidate.own, *candidate.left) if "n.info" in t.classes), None)
    return told if told is not None and "v.publish" in candidate.window() else before
