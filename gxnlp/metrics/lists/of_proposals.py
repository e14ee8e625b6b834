"""What became of suggestions and proposals, and of which of the two a part is (guideline part 2, rule 8)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, Reading, exact
from gxnlp.metrics.implied.each_kind import BOTH, BOTH_KINDS
from gxnlp.metrics.running.state import State

_CASE = frozenset({"case"})
_KINDS = {"n.proposal_npc": "proposals_npc", "n.proposal_cppcc": "proposals_cppcc"}
_APART = deferred("[；。]|，其中")
_SETTLED_WORDS = ("解决", "落实", "采纳", "参考", "启动", "实施", "说明", "类", "其余")
_SETTLED = deferred(
    r"(?:(?:解决|落实|采纳|参考|参阅|启动|实施|说明|解释)(?:的|问题){0,3}"
    r"|(?:办理结果|评价)?(?:为|属于?|是)?[A-D]类(?:件|问题)?)"
    r"(?:（[A-D]类(?:件)?）|\([A-D]类(?:件)?\))?(?:件|的|建议|提案|意见){0,3}(?:共计|合计|共|有|为|达|计){0,2}：?$"
    r"|(?:其余|余下|剩余)的?$"
)
"""已经解决的（A类）有9件, 列入计划逐步解决4件, 办理结果为B类的3件, 留作参考的2件, 其余2件."""

_PIECES = frozenset({"篇", "份", "则", "期"})
_ANSWER_ENDS = ("答复", "复文", "复函", "结果", "情况", "信息", "全文", "件", "文件", "共")
_ANSWERS = deferred(
    r"(?P<of>[^，。；、0-9]{0,6}(?:建议|议案|提案))(?:办理)?(?:答复|复文|复函|办理(?:结果|情况|信息))(?:全文|信息|文件|件|共){0,3}$"
)
_JOINED = deferred("(?:建议|议案|提案)[、和及与]$")
_MEMBERS_NEXT = deferred(r"[，、和及](?:公开)?(?:政协)?(?:委员)?提案(?:办理)?(?:答复|复文|复函|结果|情况)")


def of_both(metric: str, state: State, candidate: Candidate | None = None) -> str:
    """建议33件、提案47件，公开复文80件: what follows two totals is of both, unless they are told apart.

    Args:
        metric: What a part would be of.
        state: What held before the part.
        candidate: The part, where it stands in a list.
    """
    if metric not in BOTH or not all(name in state.totals for name in BOTH):
        return metric
    return metric if candidate is not None and _is_of_last(metric, candidate, state) else BOTH_KINDS


def _is_of_last(metric: str, candidate: Candidate, state: State) -> bool:
    """建议8件；办理提案5件，其中主办3件: the list divides the second total alone."""
    first, last = sorted((state.totals[name] for name in BOTH), key=lambda draft: draft.start)
    if state.listing != "word" or last.metric != metric or not _is_within(candidate, last):
        return False
    before = state.last
    if before is None or before.metric == BOTH_KINDS or first.paragraph != last.paragraph:
        return False
    return _APART.search(state.folded, first.end, last.start) is not None


def kind_named(candidate: Candidate) -> str:
    """The one of the two kinds that the clause of a number names, empty where that is none or both."""
    named = {_KINDS[name] for term in candidate.own for name in term.classes & _KINDS.keys()}
    return named.pop() if len(named) == 1 else ""


def told_by_role(candidate: Candidate, state: State) -> str:
    """市政协提案主办件2件、会办件3件: what is counted by role, where no total is told before; else empty."""
    if state.listing or not any("v.role" in term.classes for term in candidate.own):
        return ""
    if named := kind_named(candidate):
        return named
    last = state.last
    if (
        last is None
        or last.metric not in BOTH
        or last.measure != "total"
        or candidate.bound != state.last_end
    ):
        return ""
    return last.metric if last.head is not None and "v.role" in last.head.classes else ""


def read_answers(candidate: Candidate, state: State) -> Reading | None:
    """公开人大建议答复11篇、提案答复14篇: pieces that are answers count what they answer."""
    between = candidate.between
    if not between.endswith(_ANSWER_ENDS) or (told := _ANSWERS.search(between)) is None:
        return None
    if _JOINED.search(between, 0, told.start()):
        return None  # 人大建议、政协提案答复14份: of both
    of_members = "提案" in told["of"] or "政协" in told["of"]
    if not of_members and "建议" in told["of"] and "人大" not in told["of"] and "代表" not in told["of"]:
        if not _MEMBERS_NEXT.match(state.folded, candidate.quantity.outer_end):
            return None  # 建议答复: of whom, the other half says
    elif candidate.quantity.unit not in _PIECES or ("建议" in told["of"] and "提案" in told["of"]):
        return None
    return Reading(BOTH[of_members], "item", None, "answers", 0.9, counters=_CASE | {"item"})


def read_settled(candidate: Candidate, state: State) -> Reading | None:
    """承办提案26件。已解决的（A类）有22件，列入计划逐步解决的4件: by what became of them."""
    if not state.served or not state.served[-1].metric.startswith(BOTH_KINDS):
        return None
    between = candidate.between
    if not any(word in between for word in _SETTLED_WORDS) or _SETTLED.search(between) is None:
        return None
    whole = _whole_before(state)
    if whole is None or not _is_within(candidate, whole) or not state.same_counter(whole, candidate):
        return None
    return Reading(whole.metric, "item", None, "settled", 0.93, measure="part", counters=_CASE)


def _whole_before(state: State) -> Draft | None:
    """The total that is meant: of both kinds where both were told with no stop between them."""
    totals = [
        draft for draft in state.served if draft.metric.startswith(BOTH_KINDS) and draft.measure == "total"
    ]
    if not totals:
        return None
    last, together = totals[-1], state.totals.get(BOTH_KINDS)
    if together is not None and together.start < last.start and _holds(together, last):
        return together
    other = next((draft for draft in reversed(totals[:-1]) if draft.metric != last.metric), None)
    if other is None or _APART.search(state.folded, other.end, last.start):
        return last
    return _sum_of(other, last)


def _sum_of(one: Draft, other: Draft) -> Draft:
    return replace(other, metric=BOTH_KINDS, value=Fraction(exact(one.value)) + exact(other.value))


def _holds(whole: Draft, part: Draft) -> bool:
    return whole.value is not None and part.value is not None and part.value <= whole.value


def _is_within(candidate: Candidate, whole: Draft) -> bool:
    value = candidate.quantity.value
    return value is not None and whole.value is not None and value <= whole.value
