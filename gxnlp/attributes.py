"""Attributes of a mention from the running state: measure, scope, channel, period, detail.

The state holds what earlier words of the sentence, paragraph and section said: the total that
parts are of, the channel and the subject that still hold (guideline part 2, rules 4, 6, 16).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from itertools import islice
from operator import attrgetter

from gxnlp.candidates import Candidate, Sentence
from gxnlp.lexicon import CHANNEL, COUNTED, SUBJECT, Term
from gxnlp.patterns import Rules
from gxnlp.readings import Draft, Reading
from gxnlp.records import ReportInfo, Section

_JOINER = re.compile(r"[^，。；：0-9]{0,5}[、和与及或/][^，。；：0-9]{0,6}")
_SUBJECT_BEFORE = set("，。；：、年月日）”前来度间底末后及和与、 \n　．.’》")
_RECEIPT = frozenset({"online", "letter", "in_person", "email", "website", "offline", "wechat", "app"})
_MEDIA_ONLY = frozenset({"media", "hotline", "letter", "in_person", "email"})
_INHERITED = frozenset({"reply_rate", "satisfaction", "handling_days", "share"})
_SERVED = ("hotline_cases", "messages", "applications_", "proposals", "complaints")
_UNDIVIDED = frozenset({"share", "reply_rate", "satisfaction", "handling_days", "other_metric"})
_RUNS_ON = ("applications_", "info_", "reviews", "lawsuits", "share", "reply_rate", "accounts", "normative_",
            "fee_", "accountability", "complaints", "policy_docs", "views", "followers", "other_metric",
            "interpretations", "leaflets")  # fmt: skip
_STOCKS = frozenset({"followers", "accounts", "normative_docs_valid"})
_SITES = frozenset({"ch.website", "ch.wechat", "ch.weibo", "ch.douyin", "ch.app", "ch.new_media"})
_ACCOUNTS = re.compile(r"[两三四五几][个大](?:官方)?(?:账号|帐号|平台|新媒体)")
_PROPOSALS = ("proposals", "proposals_npc", "proposals_cppcc")
_ORGAN = re.compile(
    r"(?:^|[，、；：（])\s*[^，、；：（\s0-9]{1,12}(?:省|市|县|区|旗|州|镇|乡|街道|局|委|厅|科|中心|园区)\s*$"
)
_SITE_NAME = re.compile(
    r"[在过]“(?:中国[·•．.—-][^”]{1,8}|[^”]{1,14}(?:网|网站|在线|门户))”(?:上|首页)?(?:公开|发布|公布|更新|公示|上传|刊登)"
)
"""在“中国·青禾”公开: a site by its name."""
_TOGETHER = re.compile(r"[，；]\s*(?:合计|共计|累计|总|全网)[^，；]{0,12}$")
"""，总阅读量: over all that was named before."""
_OPENS = re.compile(r"\s*（")
_ANNOUNCES = re.compile(r"\s*：")
_CLAUSE_STOP = re.compile(r"[，；]")
_NEW_CLAUSE = re.compile(r"\s*[，；]")
_KIND_STOP = re.compile(r"[，、；：（]")
_NO_KIND = re.compile(r"^(?:其中|包括|含|公开|发布|更新)+|\s")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_EARLIER = frozenset({"date.before", "w.last_year"})
_HOTLINE = frozenset({"n.hotline", "ch.hotline"})
_OF_WHICH = re.compile(
    r"^(?:里|当)?中[，：]|(?:信息|文件|稿件|条|件|宗|申请|案件)(?:里|当)?中[，：]|按[^，。；：]{1,12}(?:分|看|划分|统计|类别|来源)(?:（[^）]{1,8}）)?[，：]"
    r"|(?:类别|内容|分布|如下|种类)(?:有|为|是|如下|包括)?：|从[^，。；：]{1,14}(?:看|来看|上看|分)，"
)
_PAST = re.compile(r"(?:末|底|全年|同期|年末|年底|的|共|年|\s){0,4}")
_COMPARED = set("较比与同至和于")
_LEAD_MARK = re.compile(r"^(?:（?[一二三四五六七八九十0-9]+[）.、．]|[一二三四五六七八九]是|——|[●▪■*]+)\s*")
_LONGEST_LEAD = 18
_NO_LEAD = re.compile(r"建设|管理|保障|维护|加强|整合|规范|优化|提升|完善|强化|集约|推进|安全|监管|升级|改版")
_LEAD = re.compile(r"\s*(?:先后|同时|另外?|[还并也]|我.|本.|积极|认真|及时|严格|已|通过|利用|依托|在|\s)*")
"""What may stand before the verb of a clause beside words of the lexicon (；我局还召开)."""
_PUBLISHED = ("发布信息", "推送信息", "发布各类信息", "发布政务信息", "发布政府信息", "推送文章", "发布文章")
_ANEW_SUBJECTS = frozenset({"w.own", "w.our_area", "ch.wechat", "ch.weibo", "ch.douyin", "ch.new_media"})
_ANEW = ("同时", "此外", "另")
_ACTS = frozenset(
    {"v.publish", "v.receive", "v.handle", "v.hold", "v.make", "v.issue", "v.handout", "v.charge", "v.attend"}
)
"""Verbs that a clause begins with: the others name kinds of content as often (水源管理, 项目建设)."""
_DETAILS = {
    "o.upheld": "upheld",
    "o.corrected": "corrected",
    "o.other_result": "other",
    "o.pending": "pending",
}


@dataclass(slots=True)
class State:
    """What still holds while a report is read, sentence after sentence."""

    rules: Rules
    info: ReportInfo
    folded: str = ""
    section: Section | None = None
    sentence: Sentence | None = None
    paragraph: int = -1
    totals: dict[str, Draft] = field(default_factory=dict)
    frame: Draft | None = None
    listing: str = ""
    listed_by_channel: bool = False
    closed: bool = False
    parent: Draft | None = None
    recent: list[Draft] = field(default_factory=list)
    channel: str = ""
    channel_run: list[str] = field(default_factory=list)
    lead: str = ""
    running_scope: str = "own"
    last: Draft | None = None
    last_end: int = -1
    served: list[Draft] = field(default_factory=list)
    subjects: tuple[list[int], list[str]] = field(default_factory=lambda: ([], []))

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
            self.running_scope = self._subject_at(self.sentence.end) or self.running_scope
        if self.running_scope == "other":
            self.running_scope = "own"
        self._take_lead(sentence, folded)
        self.section, self.sentence, self.paragraph = sentence.section, sentence, sentence.paragraph
        self.subjects = self._subjects(sentence.terms)
        self.parent = None
        self.listing, self.channel, self.channel_run, self.last_end = "", self.lead, [], -1

    def _take_lead(self, sentence: Sentence, folded: str) -> None:
        """1.政府网站公开。全年发布信息148条: a short lead names the channel of its paragraph."""
        if sentence.paragraph != self.paragraph:
            self.lead = ""
        text = _LEAD_MARK.sub("", folded[sentence.start : sentence.end].strip())
        if sentence.quantities or len(text) > _LONGEST_LEAD:
            return
        codes = {channel_of(t) for t in channel_terms(sentence.terms)} - {"online"}
        self.lead = codes.pop() if len(codes) == 1 and not _NO_LEAD.search(text) else ""

    def advance(self, candidate: Candidate) -> None:
        """Take in the words between the last quantity and this one."""
        near = candidate.before
        self._list_mode(candidate, near)
        named = channel_terms((*candidate.left[::-1], *candidate.own[::-1]))
        if any(not _SITES.isdisjoint(t.classes) for t in named):  # a site says more than 网上
            named = [t for t in named if "ch.online" not in t.classes]
        if "w.other_way" in near:
            self.channel = ""
        if named:
            run = last_run(named, self.folded)
            codes = list(dict.fromkeys(channel_of(t) for t in run))
            self.channel = codes[0] if len(codes) == 1 else "all"
            if len(codes) > 1:
                self.channel_run = codes
        elif _SITE_NAME.search(candidate.between):
            self.channel = "website"
        elif "；" in candidate.between and not self.listing and any(n.startswith("v.") for n in near):
            self.channel = ""

    def joined_sites(self, candidate: Candidate) -> str:
        """`all` where several sites stand joined in the clause before (微信12条、微博9条，总阅读量…)."""
        stops = [self.folded.rfind(stop, candidate.sentence.start, candidate.bound) for stop in "，；："]
        sites = channel_terms(
            candidate.sentence.between(max(*stops, candidate.sentence.start), candidate.bound)
        )
        return "all" if len({channel_of(t) for t in sites}) > 1 else ""

    def _list_mode(self, candidate: Candidate, near: frozenset[str]) -> None:
        between, before = candidate.between, self.listing
        self.closed = self.listing == "bracket" and "）" in between
        if self.listing == "bracket" and "）" in between:
            self.listing = ""
        if self.last is not None and candidate.bound == self.last_end and _OPENS.match(between):
            self.listing = "bracket"
        elif _ANNOUNCES.match(between) and self.last is not None and candidate.bound == self.last_end:
            self.listing = "word"
        elif self._says_among(candidate) or _OF_WHICH.search(between):
            self.listing = self.listing or "word"
        elif self.listing == "word" and "；" in between and self._other_noun(near):
            self.listing = ""
        elif self.listing == "word" and "；" in between and not self.listed_by_channel:
            self.listing = "" if self._acts_anew(candidate) else self.listing
        if not self.listing:
            self.parent = None
        elif not before:
            self._begin_list(candidate, near)
        elif "w.among" in near and self.last is not None and candidate.bound == self.last_end:
            self.parent = self.last

    def _says_among(self, candidate: Candidate) -> bool:
        """Whether 其中 or 包括 opens a list here; inside a bracket that is closed again it does not."""
        closed = candidate.bound + candidate.between.rfind("）")
        opened = self.folded.rfind("（", candidate.bound, max(closed, candidate.bound))
        inside = range(opened, closed) if opened >= 0 else range(candidate.bound, closed)
        words = (*candidate.own, *candidate.left)
        return any("w.among" in t.classes and t.start not in inside for t in words)

    def _acts_anew(self, candidate: Candidate) -> bool:
        """；召开发布会3次 begins another matter, ；水源管理40项 is one more kind of content."""
        at = candidate.bound + candidate.between.rfind("；") + 1
        if candidate.own and self.folded[at : candidate.quantity.outer_start].endswith(_PUBLISHED):
            return True  # ；分局子站发布信息90条
        if self.folded.startswith("“", at):  # ；“青禾发布”微信公众号: the name says nothing
            at = max(at, self.folded.find("”", at, candidate.quantity.outer_start) + 1)
        for word in (*candidate.left[::-1], *candidate.own[::-1]):
            if word.start < at:
                continue
            lead = self.folded[at : word.start].strip()
            if lead.startswith(_ANEW) or word.classes & _ANEW_SUBJECTS:
                return True
            if not _LEAD.fullmatch(lead):
                return False
            if not _ACTS.isdisjoint(word.classes):
                return True
            if word.kinds & COUNTED:
                return False
            at = word.end
        return False

    def _other_noun(self, near: frozenset[str]) -> bool:
        """；行政诉讼7件 behind a list of reviews: another thing is counted from here."""
        if self.frame is not None and self.frame.metric.startswith("info_published"):
            return False  # any noun can be a kind of content
        subjects = {self.rules.subjects[n] for n in near if n in self.rules.subjects}
        return bool(subjects) and self.frame is not None and self.frame.metric not in subjects

    def _begin_list(self, candidate: Candidate, near: frozenset[str]) -> None:
        """Choose the whole that a list of parts is of: the latest that is counted alike."""
        self.listed_by_channel = any(n.startswith("ch.") for n in near)
        groups = self.rules.counter_groups(candidate.quantity.unit)
        alike = (m for m in reversed(self.recent) if not m.counters.isdisjoint(groups))
        if self.frame is None or self.frame.counters.isdisjoint(groups):
            self.frame = next(alike, self.frame)
        elif self.frame.value == 0 and candidate.quantity.value:  # 复议9宗、诉讼0宗，其中4宗维持
            self.frame = next((m for m in alike if m.value), self.frame)
        self.parent = self.frame

    def add(self, draft: Draft, candidate: Candidate) -> None:
        """Remember a mention."""
        self.last, self.last_end = draft, candidate.quantity.outer_end
        if draft.aspect != "level" or draft.metric in _UNDIVIDED:
            return
        if draft.measure == "total" and draft.period == self.info.year:
            if not self.listing:
                self.totals.setdefault(draft.metric, draft)
                self.recent.append(draft)
            if not self.listing or self.frame is None:
                self.frame = draft
        if draft.metric.startswith(_SERVED):
            self.served.append(draft)

    def scope_at(self, offset: int, metric: str) -> str:
        """Scope by the last subject before an offset, else by the paragraph's running subject.

        Only what a whole area reports together runs on; a training or a gazette is the body's own
        unless its own sentence says more. Outcomes go with the applications they are of.
        """
        if subject := self._subject_at(offset):
            return subject
        whole = self.totals.get("applications_received") if metric.startswith("applications_") else None
        if whole is not None and whole.scope == "system":
            return "system"
        return self.running_scope if metric.startswith(_RUNS_ON) else "own"

    def _subject_at(self, offset: int) -> str:
        """Scope of the last subject of the sentence before an offset, empty where there is none."""
        ends, scopes = self.subjects
        place = bisect_right(ends, offset) - 1
        return scopes[place] if place >= 0 else ""

    def _subjects(self, terms: Iterable[Term]) -> tuple[list[int], list[str]]:
        """Where the subjects of a sentence end, ascending, and their scopes."""
        ends: list[int] = []
        scopes: list[str] = []
        for term in terms:
            if term.kinds & SUBJECT and self._stands_first(term) and (scope := self._scope_of(term)):
                ends.append(term.end)
                scopes.append(scope)
        return ends, scopes

    def _scope_of(self, term: Term) -> str:
        if "w.system" in term.classes:
            return "system"
        if "w.our_area" in term.classes and self.folded[term.end : term.end + 1] != "的":
            return "system" if self.info.agency.endswith("政府") else "own"
        if "w.one_of" in term.classes:
            return "other"
        if "w.own" in term.classes:
            return "own"
        # 全县微博43个、微信67个: a site behind 、 goes on with the subject before it.
        joined = term.start > 0 and self.folded[term.start - 1] == "、"
        return "own" if not joined and not _SITES.isdisjoint(term.classes) else ""

    def _stands_first(self, term: Term) -> bool:
        assert self.sentence is not None
        return term.start == self.sentence.start or self.folded[term.start - 1] in _SUBJECT_BEFORE


_values_of = attrgetter(*(f.name for f in fields(State)))


def channel_terms(terms: Iterable[Term]) -> list[Term]:
    """Terms that name a channel of publishing, in order."""
    return [t for t in terms if t.kinds & CHANNEL and _publishes(t.classes)]


@lru_cache(maxsize=1024)
def _publishes(classes: frozenset[str]) -> bool:
    return any(n.startswith("ch.") and n[3:] not in _MEDIA_ONLY for n in classes)


def channel_of(term: Term, allowed: frozenset[str] | None = None) -> str:
    """Channel code of a term, empty where it names none of the allowed."""
    if not term.kinds & CHANNEL:
        return ""
    codes = sorted(n[3:] for n in term.classes if n.startswith("ch."))
    return next((c for c in codes if allowed is None or c in allowed), "")


def last_run(terms: list[Term], folded: str) -> list[Term]:
    """The last terms that are joined by 、 和 及: one coordination."""
    run = terms[-1:]
    for term in reversed(terms[:-1]):
        if not _JOINER.fullmatch(folded, term.end, run[0].start):
            break
        run.insert(0, term)
    return run


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
    else:
        draft.scope = state.scope_at(candidate.quantity.start, draft.metric)
    if draft.body:
        draft.scope = draft.body
    elif draft.measure == "part" and _ORGAN.search("，" + candidate.between):
        draft.scope = "other"
    draft.channel = _channel(draft, candidate, near, state, target)


def _target(draft: Draft, state: State) -> Draft | None:
    """What a change, growth or share is of."""
    if draft.aspect == "level" and draft.metric != "share":
        return None
    if state.closed and draft.metric in state.totals:
        return state.totals[draft.metric]
    if state.last is not None and (draft.metric in (state.last.metric, "share")):
        return state.last
    return state.totals.get(draft.metric)


def _measure(draft: Draft, candidate: Candidate, near: frozenset[str], state: State) -> str:
    if draft.aspect != "level" or draft.metric in _UNDIVIDED - {"other_metric"}:
        return "total"
    if draft.metric.endswith(".part"):
        return "part"
    if "w.average" in near:
        return "average"
    if "w.maximum" in near:
        return "maximum"
    if "w.cumulative" in near or "w.cumulative" in candidate.before:
        return "cumulative"
    if draft.metric in _STOCKS:
        return "total"
    if draft.measure == "part":
        return "part"
    return "part" if _is_part(draft, near, state) else "total"


def _is_part(draft: Draft, near: frozenset[str], state: State) -> bool:
    whole = state.totals.get(draft.metric)
    if state.listing and draft.metric in state.totals:
        return True
    if draft.metric == "applications_received" and state.listing and "w.applicant" in near:
        return state.frame is not None and state.frame.metric == "applications_handled"
    if draft.metric == "proposals" and "v.publish" in near:
        return any(name in state.totals for name in _PROPOSALS)
    if whole is None:
        return False
    if draft.metric == "info_published" and _divided(draft, whole, near):
        return True
    if draft.rule.endswith(":=") and draft.metric not in ("interpretations",):
        return True
    by_way = any(n.startswith("ch.") and n[3:] in _RECEIPT for n in near)
    return draft.metric == "applications_received" and ("w.applicant" in near or by_way)


def _divided(draft: Draft, whole: Draft, near: Collection[str]) -> bool:
    """全年公开信息9,300条，网站公开6,210条，微信3,090条: a total divided by channel in its own sentence."""
    if whole.sentence != draft.sentence or whole.channel not in ("", "all") or whole.aspect != "level":
        return False
    if (
        "n.info" in near
        or not any(n in _SITES or n == "ch.offline" for n in near)
        or draft.value is None
        or whole.value is None
    ):
        return False
    return draft.value < whole.value


def _period(draft: Draft, candidate: Candidate, state: State) -> int | None:
    year = state.info.year
    if year is None or draft.metric in ("applications_carried_in", "applications_carried_out"):
        return year
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
    if draft.metric in _INHERITED - {"share"} and draft.aspect == "level":
        return _service_channel(draft, candidate, near, state)
    start = candidate.quantity.outer_start
    if _ACCOUNTS.search(
        state.folded, max(candidate.sentence.start, candidate.own_start - 2, start - 30), start
    ):
        return "all"
    if target is not None:
        return target.channel
    own = channel_terms(candidate.own[::-1])
    if policy == "named" and not own:
        return ""
    if draft.measure == "part" and not own and state.frame is not None and state.listing:
        return state.parent.channel if state.parent is not None else state.frame.channel
    if draft.metric == "accounts":
        return state.channel or "new_media"
    if draft.metric == "messages":
        return state.channel if state.channel not in ("", "new_media", "all") else "online"
    if draft.metric == "other_metric" and not own:
        return ""
    if draft.metric in ("views", "followers") and not own and _TOGETHER.search(candidate.between):
        return state.joined_sites(candidate) or state.channel
    return state.channel


def _receipt_channel(candidate: Candidate) -> str:
    terms = (*candidate.own[::-1], *candidate.right)
    codes = list(dict.fromkeys(filter(None, (channel_of(t, _RECEIPT) for t in terms))))
    return "" if not codes else codes[0] if len(codes) == 1 else "all"


def _service_channel(draft: Draft, candidate: Candidate, near: frozenset[str], state: State) -> str:
    """Channel of a rate or a time: that of the cases it is of."""
    if not _HOTLINE.isdisjoint(near) or not _HOTLINE.isdisjoint(candidate.before):
        return "hotline"
    assert state.sentence is not None
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


def detail_of(reading: Reading, candidate: Candidate, text: str) -> str:
    """Which part a mention is: outcome of a review, kind of applicant, kind of content."""
    classes = reading.head.classes if reading.head else frozenset()
    for name, detail in _DETAILS.items():
        if name in classes and reading.metric in ("reviews", "lawsuits"):
            return detail
    if reading.metric == "applications_received":
        term = next((t for t in candidate.own if "w.applicant" in t.classes), None)
        return text[term.start : term.end] if term else ""
    if reading.metric != "info_published.part":
        return ""
    start = candidate.quantity.outer_start
    kind = _KIND_STOP.split(text[candidate.bound : start])[-1]
    return _NO_KIND.sub("", kind)[-30:]
