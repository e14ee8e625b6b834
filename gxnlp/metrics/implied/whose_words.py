"""Which words of a denied clause are said of which of its nouns.

没有依申请公开和不予公开的情况 denies two things, and the outcome says nothing of the applications;
没有依申请公开办理事项 has a verb that is no condition; 无收费和费用减免 denies one sum.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import Term
from gxnlp.metrics.context.patterns import Rule

_ASKED = frozenset({"n.application", "n.apply"})
_REFUSED = "o.denied"
_PAID = frozenset({"n.fee", "n.cost"})
_MATTER = deferred(
    r"[^，。；、0-9]{0,6}?(?:办理|受理|处理|答复)(?:的)?(?:事项|事宜|情况|情形|业务|工作|事务)"
)
_OF_BOTH = deferred(r"(?<!不予)(?<!部分)公开[和及与、]不予?公开的?$")
"""未收到关于政府信息公开和不予公开的申请: what was asked for, no outcome."""
_NEAR = 12
_LET_OFF = deferred(r"(?:的)?(?:减免|免收|减收|减缓)")
_AND_LET_OFF = deferred(r"(?:及|和|与|、|以及|或)(?:费用|收费)?(?:的)?减免(?:费用|收费|缴)?")
_FLOWS = {
    "applications_carried_in": frozenset({"w.last_year", "date.before"}),
    "applications_carried_out": frozenset({"w.next_year", "date.after"}),
}
_OF_PAPERS = deferred(r"的?公文类")


def words_for(noun: Term, run: Sequence[Term], words: set[str], folded: str) -> set[str]:
    """The classes of the words that a rule may see beside one denied noun.

    Args:
        noun: The noun.
        run: The nouns that are denied together with it.
        words: The classes of all words of the clause.
        folded: The folded text of the report.
    """
    if noun.classes.isdisjoint(_ASKED):
        return words
    refused = any(_REFUSED in other.classes for other in run if other is not noun)
    refused |= _OF_BOTH.search(folded, max(0, noun.start - _NEAR), noun.start) is not None
    matter = _MATTER.match(folded, noun.end) is not None
    return words - ({_REFUSED} if refused else set()) - ({"v.handle"} if matter else set())


def leave_out(nouns: Sequence[Term], folded: str) -> list[Term]:
    """The nouns of a denied clause without those that name no case of their own.

    A cost that is let off stands beside the cost that is denied (收费和费用减免), and papers that may be kept
    back are no applications (无免予公开的公文类信息).
    """
    kept: list[Term] = []
    for noun in nouns:
        let_off = not noun.classes.isdisjoint(_PAID) and _LET_OFF.match(folded, noun.end)
        if let_off and any(not other.classes.isdisjoint(_PAID) for other in kept):
            continue
        if _REFUSED in noun.classes and _OF_PAPERS.match(folded, noun.end):
            continue
        kept.append(noun)
    return kept


def behind_relief(end: int, folded: str) -> int:
    """Where a noun for fees ends with what is said of reliefs: 收费及减免（情况：无）."""
    relief = _AND_LET_OFF.match(folded, end)
    return relief.end() if relief else end


def each_its_own(pairs: list[tuple[Rule, Term]], neg: Term, terms: Sequence[Term]) -> list[tuple[Rule, Term]]:
    """没有上年结转和结转下年的申请: each of two flows by the year that stands with it.

    Args:
        pairs: The denied nouns, each with a rule that fits it.
        neg: The word that denies.
        terms: The words behind it.
    """
    ends = sorted({noun.end for rule, noun in pairs if rule.metric in _FLOWS})
    if len(ends) < 2:
        return pairs
    kept = []
    for rule, noun in pairs:
        first = max([neg.end, *[end for end in ends if end < noun.end]])
        told = {n for t in terms if first <= t.start <= noun.end for n in t.classes}
        years = {metric for metric, year in _FLOWS.items() if not year.isdisjoint(told)}
        if rule.metric not in _FLOWS or not years or rule.metric in years:
            kept.append((rule, noun))
    return kept


def denied_before(neg: Term, first: Term, end: int, folded: str) -> bool:
    """Whether a clause denies the noun of the next too: 未收到也未发生行政复议.

    Args:
        neg: The second negation.
        first: The negation before it.
        end: Offset behind the clause of the first.
        folded: The folded text of the report.
    """
    joined = folded[end : neg.start] in _JOINED and _AGAIN.match(folded, neg.start) is not None
    return joined and _ONLY_VERB.fullmatch(folded, first.end, end) is not None


_JOINED = ("", "，", "、")
_AGAIN = deferred("也|亦|且|并|更")
_ONLY_VERB = deferred("(?:收到|接到|接收|受理|发生|出现|产生|办理|存在|发现)过?")
