"""Figures that follow two things in turn: outcomes of reviews and lawsuits, suggestions and proposals."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, exact
from gxnlp.metrics.running.state import State

_JOINED = deferred(r"[、，和及与以\s]{1,4}")
_AND = deferred(r"[、和与及\s]{1,2}")
_DISPUTES = ("reviews", "lawsuits")
_DISPUTE_NOUNS = frozenset({"n.review", "n.lawsuit"})

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
