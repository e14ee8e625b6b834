"""Figures that follow things in turn: outcomes of reviews and lawsuits, both kinds of proposals, services."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import last_run
from gxnlp.metrics.context.readings import INFORMATION, PART, Draft, exact, unit_of
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.running.state import State

_JOINED = deferred(r"[、，和及与以\s]{1,4}")
_AND = deferred(r"[、和与及\s]{1,2}")
_DISPUTES = ("reviews", "lawsuits")
_DISPUTE_NOUNS = frozenset({"n.review", "n.lawsuit"})

OWN_CHANNEL = {"hotline_cases": "hotline", "media_reports": "media"}
SERVICES = {"n.hotline": "hotline", "ch.hotline": "hotline", "n.message": "online"}
_SERVED = frozenset({"hotline_cases", "messages"})
_BARE_RESPECTIVE = deferred(r"[，（：](?:其中)?(?:分别|依次)(?:为|是|有|收到|受理|办理)?")
_LETTERS = frozenset({"opinion_solicitations", "messages", "complaints", "hotline_cases"})
_LETTER = "(?:业务|政策)?(?:咨询|投诉|举报|求助|建议|意见|感谢|表扬|投诉举报|意见建议|建言献策)类?"
_KINDS_OF_LETTERS = deferred(
    rf"({_LETTER}(?:[、和与及]{_LETTER})+)(?:的)?(?:留言|信件|来信|诉求|工单|事项|问题|件)?(?:数量?)?$"
)
_ASKS = deferred("咨询|投诉|举报|求助")
_JOINT = deferred("[、和与及]")

Batch = Sequence[tuple[Candidate, Draft]]


def pair_disputes(groups: Sequence[Batch], state: State) -> None:
    """复议23件、诉讼6件，维持分别为17件、5件，纠正3件、0件: an outcome for each, in order.

    Args:
        groups: Runs of numbers of one metric, in a sentence; changed in place.
        state: What was counted before.
    """
    told = [state.totals[name] for name in _DISPUTES if name in state.totals]
    told.sort(key=lambda draft: draft.start)
    if len(told) < len(_DISPUTES) or told[0].sentence != told[1].sentence:
        return
    for group in groups:
        drafts = [draft for _, draft in group]
        outcomes = all(d.measure == "part" and d.metric in _DISPUTES for d in drafts)
        named = any(not _DISPUTE_NOUNS.isdisjoint(t.classes) for c, _ in group for t in c.own)
        # 撤销2件，5件尚在审理: each its own outcome
        named |= any(not _AND.fullmatch(c.between) for c, _ in group[1:])
        fits = all(exact(d.value) <= exact(whole.value) for d, whole in zip(drafts, told, strict=False))
        if len(group) == len(told) and outcomes and fits and not named and told[-1].end <= drafts[0].start:
            for draft, whole in zip(drafts, told, strict=True):
                draft.metric, draft.part_of = whole.metric, whole


def pair_proposals(batch: Batch, folded: str) -> None:
    """办理建议、提案25件（11件和14件）: how many of each, in the order in which they are named.

    Args:
        batch: The numbers of a sentence; changed in place.
        folded: Folded text of the report.
    """
    for (candidate, total), (_, first), (last, second) in zip(batch, batch[1:], batch[2:], strict=False):
        if not (total.metric == first.metric == second.metric == "proposals") or total.measure != "total":
            continue
        bracket = folded[total.end : first.start] == "（" and _JOINED.fullmatch(last.between)
        if not bracket or exact(first.value) + exact(second.value) != exact(total.value):
            continue
        names = ["proposals_npc", "proposals_cppcc"]
        if candidate.between.rfind("提案") < candidate.between.rfind("建议"):
            names.reverse()
        for draft, name in zip((first, second), names, strict=True):
            draft.metric, draft.measure, draft.part_of = name, "total", None


def of_letters(group: Batch, named: str) -> bool:
    """收到网民咨询、投诉、建议分别为320条、146条、58条: kinds of letters, no opinions on a draft.

    Args:
        group: The numbers behind 分别; changed in place.
        named: The text before 分别.
    """
    kinds = _KINDS_OF_LETTERS.search(named) if group[0][1].metric in _LETTERS else None
    if kinds is None or len(_JOINT.split(kinds[1])) != len(group) or not _ASKS.search(kinds[1]):
        return False
    called = any(draft.channel == "hotline" for _, draft in group) or "热线" in named
    for candidate, draft in group:
        rename(draft, "hotline_cases" if called else "messages", candidate)
        draft.channel = draft.channel or "online"
    return True


def of_services(group: Batch, sentence: Sentence, folded: str) -> bool:
    """网站留言、局长信箱、热线收到诉求1260件，分别为320件、140件、800件: each of a service named before.

    Args:
        group: The numbers behind 分别; changed in place.
        sentence: Their sentence.
        folded: Folded text of the report.
    """
    first, draft = group[0]
    bare = _BARE_RESPECTIVE.fullmatch(folded, first.bound, first.quantity.outer_start)
    if draft.metric not in _SERVED or not bare:
        return False
    before = sentence.between(sentence.start, first.bound)
    run = last_run([t for t in before if not SERVICES.keys().isdisjoint(t.classes)][: len(group)], folded)
    if len(run) != len(group) or {_service(t) for t in run} == {_service(run[0])}:
        return False
    for (candidate, member), term in zip(group, run, strict=True):
        called = _service(term) == "hotline"
        rename(member, "hotline_cases" if called else "messages", candidate)
        member.channel = "hotline" if called else "website" if _of_site(term, folded) else "online"
    return True


def _service(term: Term) -> str:
    return next(code for name, code in SERVICES.items() if name in term.classes)


def _of_site(term: Term, folded: str) -> bool:
    """网站留言: messages that name the site."""
    return "网站" in folded[max(0, term.start - 2) : term.end]


def rename(draft: Draft, metric: str, candidate: Candidate) -> None:
    """Give a mention the metric that its place in the order asks for, with unit and channel."""
    if draft.metric == "share":
        return  # 动态、公告分别占六成、三成
    if draft.metric == PART and metric == INFORMATION:
        return  # 其中动态、人事信息分别为9条、7条
    draft.metric = metric
    called = metric == "messages" and draft.channel == "hotline"
    draft.channel = "online" if called else OWN_CHANNEL.get(metric, draft.channel)
    if draft.unit != "percent":
        draft.unit = unit_of(metric, candidate.quantity.unit)
