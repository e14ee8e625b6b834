"""Mentions without a digit: negations that state a zero."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest

from gxnlp.deferred import deferred
from gxnlp.lexicon import COUNTED, NEGATION, NOUN, VERB, Term
from gxnlp.metrics.context.channels import RECEIPT, channel_of
from gxnlp.metrics.context.patterns import Rule, Rules
from gxnlp.metrics.context.readings import Draft, unit_of
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.implied.denied import LOST_AT_ONCE, lost_cases
from gxnlp.metrics.implied.denied_nouns import (
    DISPUTES,
    JOIN,
    SOME_BEHIND,
    is_for_dispute,
    is_qualified,
    last_run,
    named_singly,
    runs_on,
    said_of,
)
from gxnlp.metrics.implied.each_kind import of_each_kind
from gxnlp.metrics.implied.whose_words import (
    behind_relief,
    denied_before,
    each_its_own,
    leave_out,
    words_for,
)
from gxnlp.metrics.running.state import State
from gxnlp.records import Interval

_STOP = deferred(r"[，。；：（）！？\n]")
_GOES_ON = deferred(r"，(?:以及|或者?|和|及)")
_BRACKET = deferred(r"（(?:[^（），。；0-9]{1,8}|[0-9]{1,2}[^（），。；0-9]?)）")
_TWO_VERBS = deferred(r"[^，。；、0-9]{2,6}(?:[、，和]也?)")
_ISSUES = frozenset({"v.issue", "v.make", "w.added"})
_LONG_CLAUSE = 300
"""No clause is longer, however long the text goes on without a stop."""
_NOT_ONE = deferred(
    "(?:一|(?:(?<=没有)|(?<=无)|(?<=收到)|(?<=接到)|(?<=发生)|(?<=出现)|(?<=发现))1)[件宗例份条次人名分起]"
)
"""没有收到一件投诉: no number, but how much not even that came."""
_START = deferred(
    r"\s*(?:收到|接到|接收|接获|受理|针对|关于|围绕|与|政府(?!网|门户|部门|采购)|发生|出现|产生|引发|引起|存在|涉及|进入|收取|收费|征收|减免|政府信息|信息公开|政务公开|向|对|因|有|被|制定|制发|出台|"
    r"启动|家长|学生|患者|用户|乘客|组织|举办|开展|实施|干部|单位|废止|开设|开通|[单另]?设|建|另|单独|独立|自己|自有|专门|新|受到|提起|办理|结转|发现|形成|申请|造成|任何|相关|[一1](?![0-9])|发出|发放|举报|投诉|"
    r"自行|另行|就|由|作出|要求|需要?|不|失|泄|经|以|依|上年|以往|履行|重大|任何人|个人|当事人|申请人|相对人|人(?!大)|群众|公众|市民|居民|村民|公民|法人|企业|其他|过)"
)
_TAIL = deferred(r"的?(?:各类|有关|相关)?(?:情形|情况|案件|事项|事件|问题|行为|申请|现象|件)")
_BLOCKED = set("如若凡将对有并")
_ALTHOUGH = ("虽", "虽然", "尽管", "由于", "因为", "鉴于")
_NOT_YET = deferred("[还尚暂]")
"""政府网站还没有建立: not yet built, which counts none."""
_NOT_ANY = "无任何"
"""并无任何收费: denies, as 并无 alone does not always."""
_BARE = 5
_ENDS_CLAUSE = deferred(
    r"\s*(?:过|发生过?|产生|收到|此类|相关|出现过?|新?(?:增加?|制[定发]|出台|印发))?的?(?:情况|情形|案件|事项)?\s*"
)


@dataclass(slots=True)
class Negation:
    """A negated clause without a number.

    Attributes:
        term: The negation word.
        start: Offset of the clause's negation.
        end: Offset after the clause.
        terms: Words of the clause behind the negation.
        voted: Metrics whose zero the patterns read in it.
    """

    term: Term
    start: int
    end: int
    terms: list[Term]
    voted: list[str] = field(default_factory=list)


def find_negations(sentence: Sentence, folded: str) -> list[Negation]:
    """Negated clauses of a sentence that hold no number."""
    words = [t for t in sentence.terms if t.kinds & NEGATION]
    found = []
    numbers = [q.start for q in sentence.quantities if not _NOT_ONE.match(folded, q.start)]
    for neg, behind in zip_longest(words, words[1:]):
        blocked = neg.start > sentence.start and folded[neg.start - 1] in _BLOCKED
        if blocked and not folded.startswith(_NOT_ANY, neg.start):
            continue
        end = min(_window_end(neg, sentence, folded), behind.start if behind else sentence.end)
        number = bisect_left(numbers, neg.start)
        if number < len(numbers) and numbers[number] < end:
            continue
        found.append(Negation(neg, neg.start, end, sentence.between(neg.end, end)))
    return found


def find_zeros(
    negations: Sequence[Negation], sentence: Sentence, folded: str, rules: Rules, state: State
) -> list[Draft]:
    """Zeros stated by negation: the span is the clause from the negation to its noun."""
    drafts: list[Draft] = []
    for first, negation in zip([None, *negations], negations, strict=False):
        neg, terms = negation.term, negation.terms
        if _says_all(negation, folded, rules):
            told = {d.metric for d in drafts}
            zeros = [z for z in _zeros_of(neg, [neg], sentence, folded, rules, state) if z.metric not in told]
            negation.voted = [draft.metric for draft in zeros]
            drafts += zeros
            continue
        verb = _lone_verb(negation, folded)
        named = any(t.kinds & COUNTED for t in terms)
        ends = not named and _ENDS_CLAUSE.fullmatch(folded, neg.end, negation.end) is not None
        if verb is not None or ends:
            zeros = list(_zeros_told(negation, verb, sentence, folded, rules, state)) if verb else []
            if ends and not zeros:
                zeros = list(_zeros_before(negation, sentence, folded, rules, state))
            negation.voted = [draft.metric for draft in zeros]
            drafts += zeros
            if zeros or ends:
                continue
        if _START.match(folded, neg.end) or (terms and terms[0].start - neg.end <= 1):
            zeros = list(_zeros_of(neg, terms, sentence, folded, rules, state))
            granted = folded.endswith(_ALTHOUGH, sentence.start, neg.start)  # 虽然未收到申请，但
            told = {d.metric for d in drafts} if granted else set()
            zeros = [d for d in zeros if not _is_said(d, state) and d.metric not in told]
            if first is not None and denied_before(neg, first.term, first.end, folded):
                zeros = [replace(draft, start=first.start) for draft in zeros]
            negation.voted = [draft.metric for draft in zeros]
            drafts += zeros
            if first is not None and not first.voted:
                drafts += _zeros_shared(first, negation, sentence, folded, rules, state)
    _mark_parts(drafts, state)
    return drafts


def _zeros_shared(
    first: Negation, second: Negation, sentence: Sentence, folded: str, rules: Rules, state: State
) -> Iterator[Draft]:
    """未制定、未废止规范性文件: the noun behind the second verb is denied by the first too."""
    done = {name for term in first.terms for name in term.classes}
    if (
        "v.amend" in done
        or _ISSUES.isdisjoint(done)
        or not _TWO_VERBS.fullmatch(folded, first.term.end, second.start)
    ):
        return
    documents = [term for term in second.terms if "n.normative" in term.classes]
    zeros = _zeros_of(first.term, [*first.terms, *documents], sentence, folded, rules, state)
    yield from (zero for zero in zeros if zero.metric not in second.voted)


def _mark_parts(drafts: list[Draft], state: State) -> None:
    """收到申请6件，其中信函2件，没有网上提交的申请: none of a kind, of a total that is told."""
    whole = state.totals.get("applications_received")
    for draft in drafts:
        same = whole is not None and whole.sentence == draft.sentence and draft.metric == whole.metric
        if same and whole is not None and whole.value and whole.end <= draft.start:
            draft.measure = "part"


def _says_all(negation: Negation, folded: str, rules: Rules) -> bool:
    """提供信息一概不收费, 群众无一投诉: the word that denies says what it denies, and ends its clause."""
    neg = negation.term
    return not rules.zero_heads.isdisjoint(neg.classes) and not folded[neg.end : negation.end].strip("的过，")


def _lone_verb(negation: Negation, folded: str) -> Term | None:
    """The verb that a negated clause has alone: 未新增, 没有新制定的, 分文未收."""
    neg, terms = negation.term, negation.terms
    verb = terms[0] if terms else neg
    if len(terms) > 1 or not verb.kinds & VERB or verb.kinds & NOUN:
        return None
    between = folded[neg.end : verb.start]
    return verb if len(between) <= 1 and folded[verb.end : negation.end] in ("", "的", "过") else None


def _zeros_told(
    negation: Negation, verb: Term, sentence: Sentence, folded: str, rules: Rules, state: State
) -> Iterator[Draft]:
    """废止规范性文件3件，没有新制定的: the noun that a lone verb denies stands in the clauses before."""
    before = sentence.between(max(sentence.start, negation.start - _LONG_CLAUSE), negation.start)
    noun = next((t for t in reversed(before) if not rules.zero_heads.isdisjoint(t.classes)), None)
    if noun is None or (
        folded.startswith("建", verb.start) and _NOT_YET.search(folded, noun.end, verb.start)
    ):
        return
    for rule in _matching(noun, set(noun.classes | verb.classes), rules)[:1]:
        if rule.with_ and not verb.classes.isdisjoint(frozenset().union(*rule.with_)):
            draft = _zero(rule, negation.term, noun, sentence, folded, state)
            draft.start, draft.end = negation.start, negation.end
            yield draft


def _is_said(draft: Draft, state: State) -> bool:
    """受理申请0件，故无依申请公开相关信息: a written zero that the paragraph says again."""
    told = state.totals.get(draft.metric)
    if told is None or told.value != 0 or told.start > draft.start:
        return False
    if draft.metric == "messages" and told.channel != state.channel and state.named_at > told.end:
        return False  # 网站收到留言0条；公众号公开90条，未收到留言
    return told.paragraph == draft.paragraph


def _zeros_before(
    negation: Negation, sentence: Sentence, folded: str, rules: Rules, state: State
) -> Iterator[Draft]:
    """行政复议、行政诉讼均无; 信息处理费：无: the nouns stand before the negation."""
    neg = negation.term
    reach = max(sentence.start, neg.start - _LONG_CLAUSE)
    clause = max(reach, *[folded.rfind(c, reach, neg.start) + 1 for c in "，；"])
    before = sentence.between(clause, neg.start)
    nouns = leave_out([t for t in before if not rules.zero_heads.isdisjoint(t.classes)], folded)
    run = last_run(nouns, folded) if nouns else []
    if not run or neg.start - behind_relief(run[-1].end, folded) > _BARE:
        return
    words = {n for t in before for n in t.classes}
    pairs = {
        (rule.metric, said_of(noun)): (rule, noun) for noun in run for rule in _matching(noun, words, rules)
    }
    for rule, noun in pairs.values():  # 收费情况：无: two rules say one thing
        draft = _zero(rule, neg, noun, sentence, folded, state)
        draft.start, draft.end = run[0].start, neg.end + len(folded[neg.end : negation.end].rstrip())
        yield draft


def _window_end(neg: Term, sentence: Sentence, folded: str) -> int:
    limit = min(sentence.end, neg.end + _LONG_CLAUSE)
    stop = _STOP.search(folded, neg.end, limit)
    if stop and (bracket := _BRACKET.match(folded, stop.start())):  # 未发生涉及本站（所）的…
        stop = _STOP.search(folded, bracket.end(), limit)
    if stop and _GOES_ON.match(folded, stop.start()):
        stop = _STOP.search(folded, stop.end(), limit)
    return stop.start() if stop else limit


def _zeros_of(
    neg: Term, terms: list[Term], sentence: Sentence, folded: str, rules: Rules, state: State
) -> Iterator[Draft]:
    reach = max(sentence.start, neg.start - _LONG_CLAUSE)
    clause = max(reach, *[folded.rfind(c, reach, neg.start) + 1 for c in "，；：、"])
    first, last = (bisect_left(sentence.starts, offset) for offset in (clause, neg.start))
    before = {n for t in sentence.terms[first:last] for n in t.classes}
    nouns = [t for t in terms if not rules.zero_heads.isdisjoint(t.classes)]
    nouns = [t for t in nouns if not _ONE_FORM.match(folded, t.end)]
    nouns = leave_out([t for t in nouns if not is_for_dispute(t, terms, folded)], folded)
    words = before | neg.classes | {n for t in terms for n in t.classes}
    if LOST_AT_ONCE.match(folded, neg.end):
        return
    disputes = [t for t in nouns if not t.classes.isdisjoint(DISPUTES)]
    if disputes and (lost := lost_cases(disputes, folded)):
        yield from _zeros_lost(lost, neg, words, sentence, folded, rules, state)
        head = lost[0][0]
        nouns = [t for t in nouns if t.end < head.start]  # 未出现投诉举报、行政复议纠错的情况
        if not nouns or not JOIN.fullmatch(folded, nouns[-1].end, head.start):
            return
    while nouns:
        run = named_singly(last_run(nouns, folded), nouns, folded)
        pairs = [
            (r, noun) for noun in run for r in _matching(noun, words_for(noun, run, words, folded), rules)
        ]
        pairs = each_its_own(pairs, neg, terms)
        pairs = [one for one in pairs if not runs_on(one, pairs)]
        found = list({(rule.metric, said_of(noun)): (rule, noun) for rule, noun in pairs}.values())
        if any(SOME_BEHIND.match(folded, noun.end) for noun in run[-1:]):
            found = []  # 复议、诉讼败诉案件
        found = [(rule, noun) for rule, noun in found if not is_qualified(neg, noun, folded)]
        if found:
            zeros = [_zero(rule, neg, noun, sentence, folded, state) for rule, noun in found]
            yield from (each for zero in zeros for each in of_each_kind(zero, folded))
            return
        nouns = nouns[: -len(run)]


def _zeros_lost(
    lost: Sequence[tuple[Term, int, bool]],
    neg: Term,
    words: set[str],
    sentence: Sentence,
    folded: str,
    rules: Rules,
    state: State,
) -> Iterator[Draft]:
    """未发生复议被纠错、诉讼败诉情况: none of an outcome; 无败诉 says so only where cases are told."""
    for noun, end, defeat in lost:
        for rule in _matching(noun, words, rules)[:1]:
            if defeat and rule.metric not in state.totals:
                continue
            tail = _TAIL.match(folded, end)
            draft = _zero(rule, neg, noun, sentence, folded, state)
            draft.end, draft.measure = tail.end() if tail else end, "part"
            yield draft


def _matching(noun: Term, words: set[str], rules: Rules) -> list[Rule]:
    """Rules for a negated noun: all whose verbs are named, else the first that asks for none."""
    fitting = [r for r in rules.zeros if not r.heads.isdisjoint(noun.classes)]
    fitting = [r for r in fitting if r.without.isdisjoint(words)]
    named = [r for r in fitting if r.with_ and all(not w.isdisjoint(words) for w in r.with_)]
    if named:
        return named
    plain = [r for r in fitting if not r.with_ or any("none" in w for w in r.with_)]
    verbs = any(n.startswith("v.") for n in words)
    plain = [r for r in plain if not r.with_ or not verbs]
    return plain[:1]


_ONE_FORM = deferred(r"[、或和及][^，。；0-9]{2,24}(?:形式|方式|渠道|途径)[^，。；0-9]{0,12}申请")
"""未收到以当面申请、信函等形式提出的申请: the first is one of the ways in which none came."""
_OTHER_FORMS = ("传真",)
_ANY_FORM = deferred(r"[、或和及](?:其他|其它)[^，。；]{0,6}$|等(?:各种|多种)?(?:形式|方式|渠道|途径)")
"""未收到书面、网络或其他形式的申请: by none of several ways."""


def _zero(rule: Rule, neg: Term, noun: Term, sentence: Sentence, folded: str, state: State) -> Draft:
    tail = _TAIL.match(folded, noun.end)
    channel = ""
    if rule.metric == "accounts":
        channel = next((n[3:] for n in sorted(noun.classes) if n.startswith("ch.")), "")
        channel = channel or ("website" if "网站" in folded[noun.start : noun.end] else "new_media")
    elif rule.metric == "messages":  # 公众号发布90条，未收到留言
        named = sentence.start <= state.named_at <= neg.start and state.last_end > state.named_at
        channel = state.channel if named and state.channel else "online"
    elif rule.metric == "applications_received":  # 无网上申请
        channel = _denied_way(neg, noun, sentence, folded)
    end = tail.end() if tail else noun.end
    draft = zero_draft(rule.metric, neg.start, end, sentence, state)
    draft.head, draft.channel, draft.trust, draft.rule = noun, channel, rule.trust, rule.name
    return draft


def _denied_way(neg: Term, noun: Term, sentence: Sentence, folded: str) -> str:
    """The one way by which no application came, empty where several are denied."""
    ways = {channel_of(noun, RECEIPT)} - {""}
    ways = ways or {channel_of(t, RECEIPT) for t in sentence.between(neg.end, noun.start)} - {""}
    several = folded.startswith(_OTHER_FORMS, noun.start - 2) or _ANY_FORM.search(folded, neg.end, noun.start)
    return ways.pop() if len(ways) == 1 and not several else ""


def zero_draft(metric: str, start: int, end: int, sentence: Sentence, state: State) -> Draft:
    """The mention of a stated zero."""
    return Draft(
        metric=metric,
        start=start,
        end=end,
        value=Decimal(0),
        lower=Decimal(0),
        upper=Decimal(0),
        unit=unit_of(metric, ""),
        qualifier="exact",
        sentence=Interval(sentence.start, sentence.end),
        section=sentence.section,
        scope=state.scope_at(start, metric),
        period=state.info.year,
        implied=not state.folded.startswith("零", start),  # a digit is written
        paragraph=sentence.paragraph,
    )
