"""Quantities in their context: for each quantity of a sentence its window of words.

The same candidates serve the patterns and, later, a learned model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, COUNTED, NEGATION, NOUN, OUTCOME, SITE, VERB, Term, term
from gxnlp.linking import before_mark, linked
from gxnlp.records import Quantity
from gxnlp.sentences import Sentence

# As far as the last mark that parts clauses.
_TO_CLAUSE = deferred(r"[\s\S]*[，；：（—]")
JOINS = ("、", "和", "及", "与")
_MATTERS = ("内容", "事项")
"""对照目录列出90项内容: what is listed is not published."""
_JOINED_NOUNS = deferred(r"[^，。；：0-9]{0,3}[、和与及以/（][^，。；：0-9]{0,4}")
_NO_CLASSES: frozenset[str] = frozenset()
_RIGHT_END = deferred(r"[，、；。：（）！？—\n]")
_CLOSED = deferred(
    r"\s*(?:$|[，、；。：（）！？”—]|和|及|与|以及|并|等|左右|已|共|[\u4e00-\u9fff]{0,2}[0-9])"
)
_CLAUSE_END = deferred(r"[，；]")
_LONGEST_BRACKET = 40
_AS_MANNER = ("以", "用", "采用", "采取", "通过", "运用")
_OF_KIND = ("）信息", "）内容", "）文件")
_KINDS = frozenset({"类", "大类", "种", "个类别"})
_BRACKET_REST = deferred(r"^[^，。；：（）0-9]{0,10}）\s*|^\s+")
_FIELDS = ("领域", "方面")
FIELDS = deferred(r"(?:重点|主要|关键|基础|民生|热点)?(?:领域|方面|模块|板块|版块|环节|栏目(?=信息))")
"""公开三大领域信息90条: what the number before it counts is no piece, whatever stands behind."""
_STOP = deferred("[，；、（）]")
_ACCOUNTS = frozenset("个家类种款大")
_ACTED_ON = deferred(r"[^，。；]{0,3}(?:进行|开展|予以|加以|作出|作了|实施)")
_OF = deferred(r"的[^，。；的]{0,4}$")
_DENIALS = 8
_LONGEST_NAME = 10
_SITES_JOIN = deferred("[、和及与]")
_SITES_END = deferred(
    r"(?:信息|图文|稿件|推文|文章|动态|资讯|作品|内容|消息)?(?=\s*(?:[，。；、）！]|[和及与并]|$))"
)
"""120条微信、36条微博, 90条微博和微信信息: the accounts are what is counted."""
_OTHER_LEADS = frozenset({"w.among", "n.interpretation"})
_ISSUING = frozenset({"v.publish", "v.issue"})
_IN_FORCE = frozenset({"v.publish", "v.issue", "v.valid"})
_LONGEST_MODIFIER = 40
_LONGEST_FOLLOWING = 48
_GOVERNING = NOUN | VERB | CHANNEL
_AS_MEANS = ("向", "通过", "利用", "依托", "借助")
"""向3件申请收取180元, 通过8个专题发布90条: what is counted is no object."""
_start_of = attrgetter("start")
_MIXTURE = frozenset({"n.mixture"})
_DOCUMENTS = frozenset({"n.policy", "n.normative"})
_EXPLAINING = frozenset({"n.interpretation", "n.graphic", "n.video"})
_LONGEST_MIXTURE = 4
_INFORMING = frozenset({"n.info"})
_PIECES = frozenset({"n.info", "n.interview"})
_WRITTEN = ("图文", "文章", "稿件", "推文", "文字")
"""图文、直播、短视频900条: pieces of all sorts."""
_NOTICES = ("通知", "公告", "通告", "公示")
"""通知、公告、文件52条: papers named behind notices are notices too."""


@dataclass(slots=True)
class Candidate:
    """A quantity with the words that may govern it.

    Attributes:
        bound: Where the quantity before it in the sentence ends; the window starts here.
        own_start: Where its own clause starts.
        own: Terms of its own clause before it, nearest first.
        left: Terms further back to `bound`, nearest first.
        right: Terms right behind it, up to the next stop.
        between: Folded text from `bound` to the quantity, and the noun that it counts where that closes the
            clause behind it: 公开90条信息 reads as 公开信息90条 does.
        closed: Whether a stop follows, so that no object of a verb comes behind the number.
        modified: Offset of the noun behind 的 that the number counts (36件公开档案的申请), -1 where none is.
        behind: The next term, whatever stands between.
        stands: Where the bracket right before the number opens, else where the number starts.
        names_follow: Whether a quoted name follows at once (三个“100”行动): it is what is counted.
        sites: Accounts right behind the number that are what it counts (120条微信), in order.
        taken: How far the reader took words behind the quantity; the next window starts there.
        inherited: Classes of verbs that a joined number before it had (公开会议13次、全会2次).
        near: Classes of the words of the quantity's own clause and right behind it.
        before: Classes of the words back to the last quantity.
        follows: Folded text behind the quantity, a few words of it.
        written: Where the quantity starts as written: its `outer_start` is that of a word that links it.
        stop: Offset behind the noun that touches the quantity and closes the clause (90条信息，), else behind
            the quantity.
    """

    quantity: Quantity
    sentence: Sentence
    bound: int
    own_start: int
    own: list[Term]
    left: list[Term]
    right: list[Term]
    between: str
    closed: bool
    inherited: frozenset[str] = frozenset()
    behind: Term | None = None
    sites: list[Term] = field(default_factory=list)
    taken: int = 0
    names_follow: bool = False
    modified: int = -1
    stands: int = -1
    follows: str = ""
    stop: int = -1
    written: int = -1
    near: frozenset[str] = field(init=False)
    before: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        own = _NO_CLASSES.union(*[t.classes for t in self.own])
        self.near = own.union(*[t.classes for t in self.right]) if self.right else own
        self.before = own.union(*[t.classes for t in self.left]) if self.left else own

    @property
    def told_to(self) -> int:
        """Where what goes on from it begins: behind the noun that it counts there (90条信息，其中…)."""
        return self.stop if self.taken == self.stop else self.quantity.outer_end

    def window(self) -> frozenset[str]:
        """Classes of all words back to the last quantity and right behind."""
        return self.near | self.inherited | self.before


def candidates(sentence: Sentence, folded: str, merge: Mapping[str, tuple[str, ...]]) -> Iterator[Candidate]:
    """The quantities of a sentence with their windows, left to right.

    Args:
        sentence: A sentence of the narrative.
        folded: The folded text of the report.
        merge: Classes of words that count together where they are joined, by the class of both.
    """
    bound = sentence.start
    last: Candidate | None = None
    found = sentence.quantities
    for place, quantity in enumerate(found):
        following = found[place + 1].outer_start if place + 1 < len(found) else sentence.end
        candidate = _candidate(quantity, sentence, bound, following, folded, merge)
        if last is not None:
            candidate.inherited = _inherited(candidate, last)
        yield candidate
        last = candidate
        bound = max(quantity.outer_end, quantity.end, candidate.taken)


def _inherited(candidate: Candidate, last: Candidate) -> frozenset[str]:
    """Verbs that a number has from the one before: joined or in its bracket all, a name those of issuing."""
    unit = last.quantity.unit
    of_fields = unit in _KINDS or unit.endswith(_FIELDS) or FIELDS.match(candidate.between)
    if of_fields and not _STOP.search(candidate.between):
        return frozenset(n for n in last.window() if n.startswith("v."))  # 公开7类政策文件36件
    between = _BRACKET_REST.sub("", candidate.between)
    if between.startswith((*JOINS, "（")):
        return frozenset(n for n in last.window() if n.startswith("v."))
    named = between.startswith("，") and candidate.closed
    if not named or any(n[0] == "v" or n in _OTHER_LEADS for n in candidate.before):
        return frozenset()
    if "n.normative" in candidate.before:  # 现行有效市政府规章8部，市政府部门规范性文件73件
        return last.window() & _IN_FORCE
    touches = candidate.own[:1] and candidate.own[0].end == candidate.quantity.outer_start
    papers = touches and "n.policy" in candidate.own[0].classes  # 规范性文件12件，县政府办公室文件48件
    return last.window() & _ISSUING if papers or len(between) <= _LONGEST_NAME else frozenset()


def _candidate(
    quantity: Quantity,
    sentence: Sentence,
    bound: int,
    following: int,
    folded: str,
    merge: Mapping[str, tuple[str, ...]],
) -> Candidate:
    """A quantity with its words; `following` is where the next quantity starts, or the sentence ends."""
    written = quantity.outer_start
    quantity = linked(quantity, sentence, bound, folded)
    start, after = quantity.outer_start, quantity.outer_end
    bracket = _bracket_before(quantity, sentence, folded)
    if bracket < bound:  # 不予公开（属于三类内部事务信息）1件: the number in the bracket ends no window
        first = bisect_left(sentence.quantities, bracket, key=_start_of)
        bound = sentence.quantities[first - 1].outer_end if first else sentence.start
    own_start = _clause_start(folded, bound, bracket)
    part = max(bound, folded.rfind("；", bound, bracket) + 1)
    until = bracket if bracket < start else quantity.start
    starts = sentence.starts
    first, middle = bisect_left(starts, part), bisect_left(starts, max(own_start, part))
    last = bisect_left(starts, until, middle)
    own = [t for t in sentence.terms[middle:last] if t.end <= until]
    own.reverse()
    if start < written:  # words that link the number come last
        own = [t for t in own if t.start < start] + [t for t in own if t.start >= start]
    left = [t for t in sentence.terms[first:middle] if t.end <= until] if first < middle else []
    left.reverse()
    if bracket < start:
        inside = sentence.between(bracket, start)[::-1]
        kind = own[1:2] if own and folded.startswith("类", own[0].start) else own[:1]
        named = any(t.kinds & COUNTED for t in kind)  # 栏目信息（预决算、政策文件等）8条
        own += [t for t in inside if not (named and t.kinds & NOUN and not t.kinds & CHANNEL)]
    # Words behind it are its own where a stop comes before the next number.
    next_term = bisect_left(starts, after)
    behind = sentence.terms[next_term] if next_term < len(sentence.terms) else None
    # 40件人大代表建议、政协提案: a stop within a word ends nothing
    word = behind.end if behind and behind.start == after and behind.kinds & COUNTED else after
    stop = _RIGHT_END.search(folded, word, max(word, min(following + 1, sentence.end)))
    joined = stop is None and following < sentence.end and folded[following - 1] in JOINS
    stopped = stop is not None or joined or following == sentence.end
    reach = stop.start() if stop else following - 1 if joined else sentence.end
    right = sentence.between(after, reach) if stopped else []
    counts_accounts = quantity.unit[-1:] in _ACCOUNTS  # 本局两个公众号全年推送信息906条
    counted = NOUN | SITE if counts_accounts else NOUN
    touched = behind is not None and behind.start <= after + 1 and behind.kinds & counted
    touched = touched and not folded.endswith(_AS_MEANS, 0, quantity.outer_start)
    if touched and behind and quantity.unit and not (stopped or any(t.kinds & _GOVERNING for t in own)):
        right = [behind]  # 76件申请来自31人
    modified = _modified(right, folded, after)
    closed = _CLOSED.match(folded, after) is not None
    if not stopped and behind and behind.start <= after + 1:
        closed |= bool(behind.kinds & NOUN)
    own = _merged(own, folded, after, merge) if len(own) > 1 and quantity.value != 0 else own
    left = _told(_outside_brackets(left, bound, own_start, folded), own_start, folded) if left else left
    if not own and len(left) > 1 and folded.startswith("（", start - 1):
        left = _merged(left, folded, after, merge)  # 发布政策文件及解读（23条）
    right = [t for t in right if t.start >= modified and not _acted_on(t, after, folded)]
    between = folded[bound:start]
    closes = behind is not None and behind.start == after and stop is not None and stop.start() == behind.end
    closes = closes and behind is not None and bool(behind.kinds & NOUN) and not behind.kinds & OUTCOME
    if behind and closes and own and quantity.unit and not folded.endswith(_MATTERS, after, behind.end):
        between += "" if own[0].end == start and own[0].kinds & COUNTED else folded[after : behind.end]
    candidate = Candidate(quantity, sentence, bound, own_start, own, left, right, between, closed)
    candidate.stop = behind.end if behind and closes else after
    if len(between) > 1 and between.endswith("（") and folded.startswith("）", after):
        candidate.stop = candidate.taken = after + 1  # 公开信息（90条），其中…
    if behind and behind.start == after and behind.kinds & SITE and not counts_accounts:
        candidate.sites, end = _sites_counted(sentence, next_term, folded)
        listed = _SITES_JOIN.match(folded, end) is not None and following == end + 1
        candidate.taken = end if candidate.sites and listed else 0
    candidate.written = written
    candidate.follows = folded[after : min(after + _LONGEST_FOLLOWING, sentence.end)]
    candidate.behind, candidate.modified, candidate.stands = behind, modified, bracket
    if folded.startswith("“", after):
        account = _names_account(quantity, sentence, folded)
        candidate.names_follow, candidate.closed = not account, candidate.closed or account
    return candidate


def _sites_counted(sentence: Sentence, place: int, folded: str) -> tuple[list[Term], int]:
    """The accounts from a place on that stand joined before a stop, and where what they are of ends."""
    run = [sentence.terms[place]]
    for site in sentence.terms[place + 1 :]:
        if not site.kinds & SITE or not _SITES_JOIN.fullmatch(folded, run[-1].end, site.start):
            break
        run.append(site)
    closed = _SITES_END.match(folded, run[-1].end, sentence.end)
    return (run, closed.end()) if closed else ([], run[-1].end)


def _names_account(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """96万余次“青禾水务”微信公众号推送: an account with whose name a new clause begins, its stop left out."""
    after = quantity.outer_end
    close = folded.find("”", after, min(sentence.end, after + _LONGEST_BRACKET)) + 1
    first = bisect_left(sentence.starts, close)
    if not close or first == len(sentence.terms) or quantity.unit[-1:] in _ACCOUNTS:
        return False
    return sentence.terms[first].start == close and bool(sentence.terms[first].kinds & SITE)


def _acted_on(noun: Term, after: int, folded: str) -> bool:
    """两次对政务信息进行梳理: what something is done to is not what a number before it counts."""
    if not noun.kinds & NOUN or not _ACTED_ON.match(folded, noun.end):
        return False
    return any(folded.find(word, after, noun.start) >= 0 for word in "对将把")


def _modified(right: list[Term], folded: str, after: int) -> int:
    """Offset of the noun behind 的 that ends what stands behind a number, -1 where there is none."""
    if not right or not right[-1].kinds & NOUN or not 2 < right[-1].start - after <= _LONGEST_MODIFIER:
        return -1
    return right[-1].start if _OF.search(folded[after : right[-1].start]) else -1


def _told(left: list[Term], own_start: int, folded: str) -> list[Term]:
    """无上年结转件，结转下年1件: verbs and years of an earlier clause that denies say nothing of a number."""
    denials = [t.start for t in left if t.kinds & NEGATION][:_DENIALS]
    for start in denials:
        stop = _CLAUSE_END.search(folded, start, own_start)
        if stop is not None:
            left = [t for t in left if t.kinds & NOUN or not start <= t.start < stop.start()]
    return left


def _outside_brackets(left: list[Term], bound: int, end: int, folded: str) -> list[Term]:
    """124条（含政府文号文件），其中职能52条: nouns in a closed bracket say nothing of the next number."""
    closing = folded.rfind("）", bound, end)
    opening = folded.rfind("（", bound, closing) if closing >= 0 else -1
    if opening < 0:
        return left
    return [t for t in left if not (t.kinds & NOUN and not t.kinds & CHANNEL and opening < t.start < closing)]


def _clause_start(folded: str, bound: int, end: int) -> int:
    """Where the clause begins that ends at an offset; what stands in a closed bracket parts no clauses."""
    end = before_mark(folded, bound, end)
    closing = folded.rfind("）", bound, end)
    opening = folded.rfind("（", bound, closing) if closing >= 0 else -1
    before = _TO_CLAUSE.match(folded, bound, end)
    if before is not None and opening >= 0 and before.end() <= closing:
        before = _TO_CLAUSE.match(folded, bound, opening)
    return before.end() if before is not None else bound


def _bracket_before(quantity: Quantity, sentence: Sentence, folded: str) -> int:
    """Where a bracket that closes right before a number opens, else where the number starts.

    What it stands behind is counted: 微博（青禾水务）68条, 建设类（泵站、管网）15份, 文件类（办法等）信息9条.
    """
    start = quantity.outer_start
    named = folded.endswith(_OF_KIND, sentence.start, start)
    end = start - 2 if named else start
    if end <= sentence.start or folded[end - 1] != "）":
        return start
    opening = folded.rfind("（", max(sentence.start, end - _LONGEST_BRACKET), end)
    if named and folded[opening - 1] != "类":
        return start
    word = bisect_left(sentence.starts, opening) - 1
    if word >= 0 and sentence.terms[word].end > opening:
        return start  # 县（市、区）81件: a word of its own
    return opening if opening > sentence.start else start


def _merged(own: list[Term], folded: str, after: int, merge: Mapping[str, tuple[str, ...]]) -> list[Term]:
    """人大代表建议、政协提案27件: the two nearest nouns count together."""
    nouns = [t for t in own if t.kinds & NOUN and "n.answer" not in t.classes][:_LONGEST_MIXTURE]
    pairs = folded.startswith(JOINS, after)
    apart = any("w.each" in t.classes or _respective(t, folded, pairs) for t in own)
    if len(nouns) < 2 or apart:
        return own
    last, first = nouns[:2]
    if not _JOINED_NOUNS.fullmatch(folded, first.end, last.start):
        return own
    if mixed := _mixed(nouns, folded):
        both = term(mixed[-1].start, last.end, _first_kind(mixed))
        return [both if t is last else t for t in own if t is last or t not in mixed]
    for name, parts in merge.items():
        if any(a in first.classes and b in last.classes for a, b in (parts, parts[::-1])):
            both = term(first.start, last.end, frozenset({name}))
            return [both if t is last else t for t in own if t is not first]
    return own


def _respective(word: Term, folded: str, pairs: bool) -> bool:
    """Whether 分别 pairs names with numbers: not where it says how (分别以文字和图片解读3条)."""
    return "w.respective" in word.classes and (pairs or not folded.startswith(_AS_MANNER, word.end))


def _mixed(nouns: list[Term], folded: str) -> list[Term]:
    """The nouns of a mixture, the nearest first: 政策文件及解读, 解读文章、图解、动画, 发布会、座谈会."""
    last = nouns[0].classes
    for kinds, others in (
        (_DOCUMENTS, frozenset({"n.interpretation"})),
        (frozenset({"n.policy"}), frozenset({"n.normative"})),
        (_EXPLAINING, _EXPLAINING),
        (frozenset({"n.press"}), frozenset({"n.meeting"})),
        (_INFORMING, frozenset({"n.policy"})),
        (_PIECES, frozenset({"n.video"})),
    ):
        if last.isdisjoint(others):
            continue
        if kinds is _INFORMING and not folded.startswith(_NOTICES, nouns[1].start):
            continue
        run = [nouns[0]]
        for noun in nouns[1:]:
            if noun.classes.isdisjoint(kinds) or not _JOINED_NOUNS.fullmatch(folded, noun.end, run[-1].start):
                break
            run.append(noun)
        if kinds is _PIECES and not folded.startswith(_WRITTEN, run[-1].start):
            continue
        if len(run) > 1 and (run[-1].classes & kinds).isdisjoint(last):
            return run
    return []


def _first_kind(mixed: list[Term]) -> frozenset[str]:
    """Classes of a mixture: those of its first kind (guideline part 2, rule 12)."""
    first = mixed[-1].classes
    return first | _MIXTURE if "n.policy" in first else first
