"""Quantities in their context: for each quantity of a sentence its window of words.

The same candidates serve the patterns and, later, a learned model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, COUNTED, NEGATION, NOUN, SITE, VERB, Term
from gxnlp.metrics.context.joined_nouns import JOINS, merged
from gxnlp.metrics.context.linking import before_mark, linked
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.context.words_behind import (
    ACCOUNTS,
    LONGEST_BRACKET,
    SITES_JOIN,
    clause_end,
    closes,
    names_account,
    sites_counted,
    ways_behind,
    words_behind,
)
from gxnlp.records import Quantity

# As far as the last mark that parts clauses.
_TO_CLAUSE = deferred(r"[\s\S]*[，；：（—]")
_ONLY_SUMS = deferred(r"\s*(?:(?:<全年>)?(?:<共>有?|计))?\s*")
"""公开通知、公告等，共90条: what a clause before counts, whose number stands behind a stop."""
_STOPS = deferred(r"\s*(?:$|[，、；。）\n])")
_NO_CLASSES: frozenset[str] = frozenset()
_CLOSED = deferred(r"\s*\n|\s*(?:$|[，、；。：（）！？”—]|和|及|与|以及|并|等|左右|已|共|[一-鿿]{0,2}[0-9])")
_CLAUSE_END = deferred(r"[，；]")
_OF_ALL = deferred("(?:均|都|皆|全部|全都|悉数|逐一)[^，；]{0,16}$")
_OF_KIND = ("）信息", "）内容", "）文件")
_KINDS = frozenset({"类", "大类", "种", "个类别"})
_BRACKET_REST = deferred(r"^[^，。；：（）0-9]{0,10}）\s*|^\s+")
_FIELDS = ("领域", "方面")
FIELDS = deferred(r"(?:重点|主要|关键|基础|民生|热点)?(?:领域|方面|模块|板块|版块|环节|栏目(?=信息))")
"""公开三大领域信息90条: what the number before it counts is no piece, whatever stands behind."""
_STOP = deferred("[，；、（）]")
_DENIALS = 8
_LONGEST_NAME = 10
_LONGEST_LEAD = 4
_OTHER_LEADS = frozenset({"w.among", "n.interpretation"})
_ISSUING = frozenset({"v.publish", "v.issue"})
_IN_FORCE = frozenset({"v.publish", "v.issue", "v.valid"})
_LONGEST_FOLLOWING = 48
_start_of = attrgetter("start")


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
        ways: Ways of publishing behind the number that are its own (72条在网站发布), in order.
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
    ways: list[Term] = field(default_factory=list)
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
    outside: Candidate | None = None
    found = sentence.quantities
    for place, quantity in enumerate(found):
        following = found[place + 1].outer_start if place + 1 < len(found) else sentence.end
        candidate = _candidate(quantity, sentence, bound, following, folded, merge)
        if "（" in candidate.between and "）" not in candidate.between:
            outside = last
        elif outside is not None and candidate.between.startswith("）"):
            last, outside = outside, None  # 规章17件（新制定5件，废止12件）、规范性文件68件
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
    if between.startswith((*JOINS, "以及", "（")):
        if _has_lead(candidate):
            return frozenset()
        return frozenset(n for n in last.window() if n.startswith("v."))
    named = between.startswith("，") and candidate.closed
    if not named or any(n[0] == "v" or n in _OTHER_LEADS for n in candidate.before):
        return frozenset()
    if "n.normative" in candidate.before:  # 现行有效市政府规章8部，市政府部门规范性文件73件
        return last.window() & _IN_FORCE
    touches = candidate.own[:1] and candidate.own[0].end == candidate.quantity.outer_start
    papers = touches and "n.policy" in candidate.own[0].classes  # 规范性文件12件，县政府办公室文件48件
    return last.window() & _ISSUING if papers or len(between) <= _LONGEST_NAME else frozenset()


def _has_lead(candidate: Candidate) -> bool:
    """发放手册200册、制作长图9张: a joined clause that opens with a verb of its own needs none before it."""
    if not candidate.own or candidate.own[-1].start - candidate.bound > _LONGEST_LEAD:
        return False
    return candidate.own[-1].kinds & (VERB | NOUN) == VERB


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
    own_start = _clause_start(folded, bound, bracket, after)
    own, left = _words_before(quantity, sentence, (bound, own_start, bracket), folded)
    if start < written:  # words that link the number come last
        own = [t for t in own if t.start < start] + [t for t in own if t.start >= start]
    ahead = words_behind(quantity, sentence, own, following, folded, merge)
    behind = ahead.first
    closed = _CLOSED.match(folded, after) is not None
    if not ahead.stopped and behind and behind.start <= after + 1:
        closed |= bool(behind.kinds & NOUN)
    own = merged(own, folded, after, merge) if len(own) > 1 and quantity.value != 0 else own
    left = _told(_outside_brackets(left, bound, own_start, folded), own_start, folded) if left else left
    if left and any("w.among" in t.classes for t in own):
        left = _without_rates(left, bound, folded)
    between, stop = folded[bound:start], after
    if behind and own and closes(ahead, quantity, folded):
        stop = behind.end
        between += "" if own[0].end == start and own[0].kinds & COUNTED else folded[after:stop]
    candidate = Candidate(quantity, sentence, bound, own_start, own, left, ahead.words, between, closed)
    candidate.stop, candidate.written = stop, written
    if len(between) > 1 and between.endswith("（") and folded.startswith("）", after):
        candidate.stop = candidate.taken = after + 1  # 公开信息（共90条），其中…
    if behind and behind.start == after and behind.kinds & SITE and quantity.unit[-1:] not in ACCOUNTS:
        candidate.sites, end = sites_counted(sentence, ahead.place, folded)
        listed = SITES_JOIN.match(folded, end) is not None and following == end + 1
        candidate.taken = end if candidate.sites and listed else 0
    elif ahead.stopped and ahead.reach > after:
        end = clause_end(ahead.reach, following, folded)
        if ways := ways_behind(own, sentence.between(after, end), after, end, folded):
            candidate.ways, candidate.taken = ways, end
            candidate.closed |= any(t.kinds & VERB for t in own)
    candidate.follows = folded[after : min(after + _LONGEST_FOLLOWING, sentence.end)]
    candidate.behind, candidate.modified, candidate.stands = behind, ahead.modified, bracket
    if folded.startswith("“", after):
        account = names_account(quantity, sentence, folded)
        candidate.names_follow, candidate.closed = not account, candidate.closed or account
    return candidate


def _words_before(
    quantity: Quantity, sentence: Sentence, places: tuple[int, int, int], folded: str
) -> tuple[list[Term], list[Term]]:
    """The terms of a quantity's own clause, then those further back, each nearest first.

    Args:
        quantity: The quantity.
        sentence: Its sentence.
        places: Where its window and its own clause begin, and where the bracket before it opens.
        folded: The folded text of the report.
    """
    bound, own_start, bracket = places
    start = quantity.outer_start
    part = max(bound, folded.rfind("；", bound, bracket) + 1)
    until = bracket if bracket < start else quantity.start
    starts = sentence.starts
    first, middle = bisect_left(starts, part), bisect_left(starts, max(own_start, part))
    last = bisect_left(starts, until, middle)
    own = [t for t in sentence.terms[middle:last] if t.end <= until]
    own.reverse()
    left = [t for t in sentence.terms[first:middle] if t.end <= until] if first < middle else []
    left.reverse()
    if bracket < start:
        inside = sentence.between(bracket, start)[::-1]
        kind = own[1:2] if own and folded.startswith("类", own[0].start) else own[:1]
        named = any(t.kinds & COUNTED for t in kind)  # 栏目信息（预决算、政策文件等）8条
        own += [t for t in inside if not (named and t.kinds & NOUN and not t.kinds & CHANNEL)]
    return own, left


def _told(left: list[Term], own_start: int, folded: str) -> list[Term]:
    """无上年结转件，结转下年1件: verbs and years of an earlier clause that denies say nothing of a number."""
    denials = [t.start for t in left if t.kinds & NEGATION][:_DENIALS]
    for start in denials:
        stop = _CLAUSE_END.search(folded, start, own_start)
        if stop is not None:
            left = [t for t in left if t.kinds & NOUN or not start <= t.start < stop.start()]
    return left


def _without_rates(left: list[Term], bound: int, folded: str) -> list[Term]:
    """收到申请20件，均已答复，其中网站申请19件: that all were answered says nothing of the parts."""
    return [t for t in left if t.kinds & NOUN or _OF_ALL.search(folded, bound, t.start) is None]


def _outside_brackets(left: list[Term], bound: int, end: int, folded: str) -> list[Term]:
    """124条（含政府文号文件），其中职能52条: nouns in a closed bracket say nothing of the next number."""
    closing = folded.rfind("）", bound, end)
    opening = folded.rfind("（", bound, closing) if closing >= 0 else -1
    if opening < 0:
        return left
    return [t for t in left if not (t.kinds & NOUN and not t.kinds & CHANNEL and opening < t.start < closing)]


def _clause_start(folded: str, bound: int, end: int, after: int) -> int:
    """Where the clause begins that ends at an offset; what stands in a closed bracket parts no clauses.

    Nor does a stop behind which only the number stands, or a word for a sum.
    """
    end = before_mark(folded, bound, end)
    closing = folded.rfind("）", bound, end)
    opening = folded.rfind("（", bound, closing) if closing >= 0 else -1
    before = _TO_CLAUSE.match(folded, bound, end)
    stopped = before is not None and folded[before.end() - 1] == "，"
    if before is not None and stopped and _stands_alone(folded, before.end(), end, after):
        before = _TO_CLAUSE.match(folded, bound, before.end() - 1)
    if before is not None and opening >= 0 and before.end() <= closing:
        before = _TO_CLAUSE.match(folded, bound, opening)
    return before.end() if before is not None else bound


def _stands_alone(folded: str, start: int, end: int, after: int) -> bool:
    """Whether a clause has no more before its number than a word for a sum, and nothing behind it."""
    if _ONLY_SUMS.fullmatch(folded, start, end) is None:
        return False
    return start < end or _STOPS.match(folded, after) is not None


def _bracket_before(quantity: Quantity, sentence: Sentence, folded: str) -> int:
    """Where a bracket that closes right before a number opens, else where the number starts.

    What it stands behind is counted: 微博（青禾水务）68条, 建设类（泵站、管网）15份, 文件类（办法等）信息9条.
    """
    start = quantity.outer_start
    named = folded.endswith(_OF_KIND, sentence.start, start)
    end = start - 2 if named else start
    if end <= sentence.start or folded[end - 1] != "）":
        return start
    opening = folded.rfind("（", max(sentence.start, end - LONGEST_BRACKET), end)
    if named and folded[opening - 1] != "类":
        return start
    word = bisect_left(sentence.starts, opening) - 1
    if word >= 0 and sentence.terms[word].end > opening:
        return start  # 县（市、区）81件: a word of its own
    return opening if opening > sentence.start else start
