"""The running state: what earlier words of the sentence, paragraph and section said and still hold.

The total that parts are of, the channel, and the subject that says whose number it is (guideline
part 2, rules 4, 6, 16).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, fields
from fractions import Fraction
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import PUBLISHES, SITE, TOPIC, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import last_run, way_by_name
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import INFORMATION, Draft, exact, is_aside
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.running.named_ways import (
    code_of_way,
    holds,
    is_kept,
    joins_others,
    led_by_hotline,
    listed_with_others,
    ways_named,
)
from gxnlp.metrics.running.over_lines import LONGEST_LEAD, announces, is_item
from gxnlp.metrics.running.paragraph_leads import TOPICS, lead_of
from gxnlp.metrics.running.subjects import AS_WAY, BY_SITE, find_subjects, may_name_subjects
from gxnlp.records import ReportInfo, Section

SUBTOTAL = "subtotal"
"""The rule that reads what the members of a list came to (…4条、8条，共发布12条)."""
_SERVED = ("hotline_cases", "messages", "applications_", "proposals", "complaints")
_KINDS = frozenset({"policy_docs", "normative_docs", "interpretations", "press_conferences", "open_meetings"})
"""What is no whole of a list that has none: 主动公开的信息中，法规类20条，规划类12条."""
UNDIVIDED = frozenset({"share", "reply_rate", "satisfaction", "handling_days", "other_metric"})
_REACH = 200
"""Characters back to which a sentence is searched for its subject, however long it goes on."""
_AS_MEANS = deferred(r"(?:<通过>|在|于|以|经|由)[^，。；]*$")
_NAMED_WITHIN = 24
_NAMED_SITE = deferred(r"(?:<通过>|在)[^，。；：、]{0,8}$")
_RUNS_ON = ("applications_", "info_", "reviews", "lawsuits", "share", "reply_rate", "accounts", "normative_",
            "fee_", "accountability", "complaints", "policy_docs", "views", "followers", "other_metric",
            "interpretations", "handling_days", "opinion_solicitations",
            "press_conferences", "interviews")  # fmt: skip
_ISSUES = frozenset({"v.publish", "v.issue", "v.make"})
_OTHER_PLATFORM = deferred(
    r"[，；：](?:并|同时)?(?:<通过>|在)[^，。；、]{2,20}(?:平台|系统|目录)[^，；0-9]{0,6}<发布>"
)
"""；通过信用信息共享平台公示: a platform that is none of the known channels ends the last one."""
_OTHER_MEANS = deferred(
    r"[，、；](?:(?:其他|其它|会议|文件|简报|口头|(?:新闻)?发布会|听证会|座谈会)(?:方式|形式)?<发布>$"
    r"|(?:<通过>|以)?(?:手机)?短信(?:<发布>|通知|发送|群发|告知)[^，；。0-9]{0,8}$"
    r"|[^，；。：0-9网号]{0,6}(?:发送|群发|发出)[^，；。0-9]{0,8}短信$)"
)
"""网站公开90条，会议公开12条，其他公开8条: ways that are none of the known channels."""


@dataclass(slots=True)
class State:
    """What still holds while a report is read, sentence after sentence.

    Attributes:
        rules: The rules of the metrics.
        info: What the report says of itself.
        folded: Its folded text.
        section: The section of the sentence at hand.
        sentence: The sentence.
        paragraph: Number of its paragraph.
        totals: By metric the first total of the section for the report's year.
        frame: The mention that a list of parts would divide: the last total, or a part that is divided.
        set_aside: The frame whose place an earlier year's total, or one of all years, takes in its sentence.
        listing: How the list of parts began that is open: `word` (其中), `bracket` (in brackets); else empty.
        depth: How many brackets are open since a list began in one.
        listed_by_channel: Whether its first part is a channel's.
        list_led: Whether a verb and a colon lead it (发布信息：网站20条，…).
        closed: Whether the bracket before the number at hand closed a list.
        unnamed: The mention that a list divides of which no noun says what is counted.
        rest: What the parts so far leave of the frame; `None` where that is not known.
        parts_moved: Whether one of the parts so far was said to have risen or fallen.
        parent: The mention that the open list divides.
        outer: The mention divided by the list around an open bracket.
        recent: Totals of the section in order, the last of which is looked at first for a frame.
        channel: Channel named last in the sentence, or by the lead of the paragraph.
        channel_run: Channels named together before the number (网站、微博、微信).
        as_subject: Whether the site named last is what acts, not a means (政府网站发布…, 通过政府网站…).
        named_at: Offset behind the words of the channel named last.
        applied: Scope of the first applications received of the report.
        kept: Whether the site named last is looked after, which is no way of publishing (维护更新网站).
        lead: Channel that the paragraph's short lead names (1.政府网站公开。).
        running_scope: Scope said last, which runs on in the paragraph.
        last: The mention read last.
        last_end: Offset behind it; -1 before the first of a sentence.
        served: Mentions in the section of what people bring (messages, calls, applications), in order.
        subjects: Offsets and scopes of the subjects of the sentence.
        topics: What the sentence or the lead of its paragraph is about, by where it is named.
        lead_topics: What that lead is about.
        over_lines: Whether the sentence is an item of a list of parts that a line above announced.
    """

    rules: Rules
    info: ReportInfo
    folded: str = ""
    section: Section | None = None
    sentence: Sentence | None = None
    paragraph: int = -1
    totals: dict[str, Draft] = field(default_factory=dict)
    frame: Draft | None = None
    set_aside: Draft | None = None
    listing: str = ""
    depth: int = 0
    listed_by_channel: bool = False
    list_led: bool = False
    closed: bool = False
    unnamed: Draft | None = None
    rest: Fraction | int | None = None
    parts_moved: bool = False
    adds_up: int = -1
    summed: Fraction | int = 0
    left_open: Draft | None = None
    parent: Draft | None = None
    outer: Draft | None = None
    held: Draft | None = None
    recent: list[Draft] = field(default_factory=list)
    channel: str = ""
    channel_run: list[str] = field(default_factory=list)
    as_subject: bool = False
    attributive: bool = False
    named_at: int = -1
    applied: str = ""
    kept: bool = False
    lead: str = ""
    running_scope: str = "own"
    last: Draft | None = None
    last_end: int = -1
    served: list[Draft] = field(default_factory=list)
    subjects: tuple[list[int], list[str]] = field(default_factory=lambda: ([], []))
    topics: dict[str, int] = field(default_factory=dict)
    lead_topics: tuple[str, ...] = ()
    over_lines: bool = False

    def copy(self) -> State:
        """What holds now, for later; the mentions it knows of are shared."""
        return State(*_values_of(self))

    def enter(self, sentence: Sentence, folded: str) -> None:
        """Begin a sentence: a new section forgets the totals, a new paragraph the subject."""
        self.folded = folded
        if self.section is None or sentence.section.code != self.section.code:
            self.totals, self.frame, self.last = {}, None, None
            self.recent, self.served = [], []
        if sentence.paragraph != self.paragraph:
            self.running_scope = "own"
        elif self.sentence is not None:
            self.running_scope = self._left_at_end(self.sentence)
        if self.running_scope == "other":
            self.running_scope = "own"
        self._take_lead(sentence, folded)
        self._list_over_lines(sentence)
        listed = self.listing == "word" or self.outer is not None  # 其中网站60条（占50%）。公众号60条
        unfinished = listed and bool(self.rest) and self.paragraph == sentence.paragraph
        self.left_open = self.frame if unfinished and not self.unnamed else None
        self.section, self.sentence, self.paragraph = sentence.section, sentence, sentence.paragraph
        self.subjects = ([], [])
        if may_name_subjects(sentence, folded, self.info):
            self.subjects = find_subjects(sentence, folded, self.info, self.running_scope)
        self.topics = dict.fromkeys(self.lead_topics, sentence.start)
        if sentence.kinds & TOPIC:
            for term in (t for t in sentence.terms if t.kinds & TOPIC):
                for name in term.classes & TOPICS.keys():
                    self.topics.setdefault(TOPICS[name], term.end)
        self.frame = self.held or self.set_aside or self.frame
        self.held = self.set_aside = None
        self.parent = self.outer = self.unnamed = None
        self.listing, self.channel_run, self.last_end = "", [], -1
        self.channel = "" if self.lead == "media" else self.lead  # what boards tell is not in the papers
        self.attributive = False
        if self.over_lines:
            self.listing, self.parent, self.list_led = "word", self.frame, True

    def _list_over_lines(self, sentence: Sentence) -> None:
        """Note whether a sentence is an item of a list over lines, and what is left of the whole then."""
        if sentence.paragraph != self.paragraph and not self.over_lines:
            whole = self.frame.value if self.frame is not None else None
            self.rest = None if whole is None else exact(whole)
        self.over_lines = self._lists_over_lines(sentence)
        if sentence.paragraph != self.paragraph and not self.over_lines:
            self.rest = None

    def _lists_over_lines(self, sentence: Sentence) -> bool:
        """Whether a sentence is an item of a list of parts that a line above announced."""
        before = self.sentence
        if self.frame is None or before is None or sentence.section.code != before.section.code:
            return False
        if sentence.paragraph == self.paragraph:
            return self.over_lines
        follows = not self.folded[before.end : sentence.start].strip()
        open_above = (self.over_lines and follows) or announces(self.folded, sentence.start)
        fits = self._has_room(sentence)
        return open_above and is_item(self.folded, sentence.start, sentence.end, acts=fits)

    def _has_room(self, sentence: Sentence) -> bool:
        """Whether a whole of published information has room for the first number of a sentence."""
        whole, first = self.frame, sentence.quantities[0] if sentence.quantities else None
        if whole is None or whole.metric != INFORMATION or first is None or first.value is None:
            return False
        alike = self.folded.endswith(first.unit or "条", whole.start, whole.end)
        return alike and self.rest is not None and 0 < first.value <= self.rest

    def _take_lead(self, sentence: Sentence, folded: str) -> None:
        """1.政府网站公开。全年发布信息148条: a short lead names the channel of its paragraph."""
        if sentence.paragraph != self.paragraph and not self._stands_below_lead(sentence, folded):
            self.lead, self.lead_topics = "", ()
        if (lead := lead_of(sentence, folded, led=bool(self.lead_topics))) is not None:
            self.lead_topics, channel = lead
            self.lead = self.lead if channel is None else channel

    def _stands_below_lead(self, sentence: Sentence, folded: str) -> bool:
        """（三）政务微信, a line of its own: it leads the paragraph right below it."""
        above = self.sentence
        if above is None or above.quantities or sentence.paragraph != self.paragraph + 1:
            return False
        line = folded[above.start : above.end]
        return line.endswith("\n") and len(line) <= LONGEST_LEAD and "。" not in line

    def topics_at(self, offset: int) -> frozenset[str]:
        """What the sentence or the lead of its paragraph is about, of what was named before an offset."""
        return frozenset(name for name, at in self.topics.items() if at <= offset)

    def advance(self, candidate: Candidate) -> None:
        """Take in the words between the last quantity and this one, whose list of parts is open or closed."""
        near = candidate.before
        named: list[Term] = []
        if candidate.sentence.kinds & PUBLISHES:
            named, self.channel = ways_named(candidate, self.folded, self.channel, acts=self.as_subject)
        if "w.other_way" in near or _OTHER_MEANS.search(candidate.between):
            self.channel = ""
        if named:
            run = last_run(named, self.folded)
            each = [code_of_way(t, self.folded, candidate.sentence.start) for t in run]
            codes = list(dict.fromkeys(each))
            joined = len(codes) > 1 or joins_others((*candidate.left, *candidate.own), run, self.folded)
            joined = joined or listed_with_others(named, run, candidate.between, candidate.bound)
            self.channel = "all" if joined else codes[0]
            before = self.folded[max(candidate.sentence.start, run[0].start - _NAMED_WITHIN) : run[0].start]
            means = _AS_MEANS.search(before) or AS_WAY.match(self.folded, run[-1].end)
            self.as_subject = bool(run[0].kinds & SITE) and means is None
            self.named_at = run[-1].end
            self.kept = run[-1] not in candidate.own and is_kept(run[-1], self.folded)
            self.attributive = bool(run[-1].kinds & SITE) and holds(run[-1], candidate)
            if len(each) > 1:
                self.channel_run = each
        elif (way := way_by_name(candidate.between, self.channel)) is not None:
            self.channel = way
        elif self.attributive and not self.listing:  # 政府网站在线访谈3次，发布解读9篇
            self.channel, self.attributive = "", False
        elif (
            self._begins_wider(candidate)
            or _OTHER_PLATFORM.search(candidate.between)
            or (
                "；" in candidate.between
                and not self.listing
                and not self.as_subject
                and any(n.startswith("v.") for n in near)
            )
        ):
            self.channel = ""

    def _begins_wider(self, candidate: Candidate) -> bool:
        """在网站发布文件9件，各部门发布文件63件: what others did they did not do there."""
        own = () if self.listing else candidate.own
        wider = next((t for t in own if "w.system" in t.classes and t.start == candidate.own_start), None)
        acts = any(not t.classes.isdisjoint(_ISSUES) for t in own) and candidate.own_start > candidate.bound
        return wider is not None and acts

    def same_counter(self, draft: Draft, candidate: Candidate) -> bool:
        """Whether a number is counted by the word that a mention ends with."""
        unit = "".join(candidate.quantity.unit.split())
        counted = self.folded[draft.start : draft.end]
        return bool(unit) and counted.endswith(unit) and (unit != "次" or counted[-2:-1] not in _TIMED)

    def add(self, draft: Draft, candidate: Candidate) -> None:
        """Remember a mention."""
        if self.last is not None and self.last.metric == "accounts" and draft.metric == "info_published":
            self.channel = self.channel or draft.channel  # 10个新媒体账号发布信息90条，阅读量3万次
        if draft.metric == "accounts" and self._joins_accounts(draft):
            self.channel = "all"
        if draft.metric == "hotline_cases" and led_by_hotline(candidate, acts=self.as_subject):
            self.channel, self.as_subject = "", False
        ways_end = candidate.taken if candidate.ways else 0  # 其中90条在网站公开，包括…
        self.last, self.last_end = draft, max(candidate.told_to, ways_end)
        if self.listing and self.rest is not None and draft.value is not None:
            self._count_member(draft)
        if draft.aspect != "level" or draft.metric in UNDIVIDED:
            return
        if draft.measure == "total" and draft.period == self.info.year:
            if not self.listing:
                if draft.metric == "applications_received" and draft.metric not in self.totals:
                    self.applied = draft.scope
                self.totals.setdefault(draft.metric, draft)
                self.recent.append(draft)
            if not self.listing or (self.frame is None and draft.metric not in _KINDS):
                self.frame, self.set_aside = draft, None
        elif self._stands_alone(draft):
            self.frame, self.set_aside = draft, self.set_aside or self.frame
        if draft.metric.startswith(_SERVED):
            self.served.append(draft)

    def _stands_alone(self, draft: Draft) -> bool:
        """2022年公开信息72条，其中网站60条: a total that its own sentence may divide."""
        first = self.frame is None or self.sentence is None or self.frame.start < self.sentence.start
        return first and not self.listing and draft.measure in ("total", "cumulative")

    def _joins_accounts(self, draft: Draft) -> bool:
        """开设公众号1个、微博2个，发布信息90条: what follows accounts of several kinds is of all of them."""
        last = self.last
        if last is None or last.metric != "accounts" or last.sentence != draft.sentence:
            return False
        divided = bool(self.listing) and last is self.frame  # 新媒体账号3个，其中公众号1个
        return not divided and last.channel != draft.channel

    def _count_member(self, draft: Draft) -> None:
        """Note what is left of the whole of a list, and what its members came to since the last sum."""
        if is_aside(draft):
            self.parts_moved |= draft.metric != "share"
            return
        if self.rest is None or draft.unit != (self.frame.unit if self.frame else "item"):
            return
        if draft.rule == SUBTOTAL:
            self.summed = 0
        else:
            value = exact(draft.value)
            self.rest -= value
            self.summed += value

    def scope_at(self, offset: int, metric: str) -> str:
        """Scope by the last subject before an offset, else by the paragraph's running subject.

        Only what a whole area reports together runs on, press conferences too; a training or a gazette is the
        body's own unless its own sentence says more. Outcomes go with the applications they are of.
        """
        if subject := self.subject_at(offset, by_site=not metric.startswith("applications_")):
            return "own" if subject == "system" and self._publishes_itself(offset) else subject
        if metric.startswith("applications_") and self.applied == "system":
            return "system"
        return self._running_at(offset) if metric.startswith(_RUNS_ON) else "own"

    def _publishes_itself(self, offset: int) -> bool:
        """；通过县政府网站公开90条, behind what a wider subject published: a site of its own."""
        if self.listing or self.last is None or self.last_end < 0 or self.sentence is None:
            return False
        said = self.subjects[0][bisect_right(self.subjects[0], offset) - 1]
        stop = self.folded.find("；", said, offset)
        counted = bisect_left(self.sentence.quantities, said, key=_start_of)
        told = counted < len(self.sentence.quantities) and self.sentence.quantities[counted].start < stop
        sites = [t for t in self.sentence.between(stop, offset) if t.kinds & SITE] if told else []
        return any(_NAMED_SITE.search(self.folded, stop, t.start) for t in sites)

    def _running_at(self, offset: int) -> str:
        """Scope that runs on to an offset: a site that the sentence names ends what a wider subject said."""
        if subject := self.subject_at(offset):
            return subject
        return "own" if self.running_scope == "system" and self._names_site(offset) else self.running_scope

    def _left_at_end(self, sentence: Sentence) -> str:
        """Scope that a sentence leaves to the next: a site that it counts nothing for ends no subject."""
        if sentence.quantities:
            return self._running_at(sentence.end)
        return self.subject_at(sentence.end) or self.running_scope

    def _names_site(self, offset: int) -> bool:
        """Whether a site is named as the means before an offset (通过县政府网站)."""
        assert self.sentence is not None
        near = self.sentence.between(max(self.sentence.start, offset - _REACH), offset)
        sites = (t for t in near if t.kinds & SITE)
        return any(_NAMED_SITE.search(self.folded, max(0, t.start - 12), t.start) for t in sites)

    def subject_at(self, offset: int, *, by_site: bool = True) -> str:
        """Scope of the last subject of the sentence before an offset, empty where there is none."""
        ends, scopes = self.subjects
        place = bisect_right(ends, offset) - 1
        while place >= 0 and scopes[place] == BY_SITE and not by_site:
            place -= 1
        return "" if place < 0 else "own" if scopes[place] == BY_SITE else scopes[place]


_TIMED = frozenset("条篇件份人场")
"""条次, 人次: no 次 that stands alone."""
_start_of = attrgetter("start")
_values_of = attrgetter(*(f.name for f in fields(State)))
