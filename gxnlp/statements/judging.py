"""Rules and model together: which candidates are statements, of what role and topics, and what they answer.

The rules cut the text; what they leave out (an entry without a sign of either role) is a
candidate too, so that the model can take it in. The model has seen the rules' vote among its
features and is believed where it is sure (`arbitrate`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gxnlp.records import Role
from gxnlp.statements.clauses import Draft
from gxnlp.statements.features import link_features, role_features, topic_features
from gxnlp.statements.links import link
from gxnlp.statements.topics import pick_topics, score_topics

if TYPE_CHECKING:
    from gxnlp.statement_model import StatementModel

KEEP = 0.3
"""What the rules read stays where the model gives it this probability (chosen by cross-validation)."""
LEAST = 0.6
"""Another role than the rules' needs this probability (chosen by cross-validation)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a statement.

    Attributes:
        draft: The text with its surroundings; its role is what a rejected one would have.
        vote: What the rules make of it; `None` where they leave it out.
    """

    draft: Draft
    vote: Role | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of one statement.

    Attributes:
        draft: The statement, with its final role.
        topics: One at least, likeliest first.
        answers: Places of the problems that it answers among the readings.
        confidence: Calibrated probability that it is a statement of this role; `None` where only
            the rules have read it.
    """

    draft: Draft
    topics: tuple[str, ...]
    answers: Sequence[int]
    confidence: float | None = None


def read_by_rules(text: str, candidates: Sequence[Candidate]) -> list[Reading]:
    """The rules' own reading of a report's candidates, in order."""
    drafts = [candidate.draft for candidate in candidates if candidate.vote]
    scores = [score_topics(text[d.start : d.end]) for d in drafts]
    answers = link(text, drafts, scores)
    return [Reading(d, pick_topics(s), a) for d, s, a in zip(drafts, scores, answers, strict=True)]


def judge(text: str, candidates: Sequence[Candidate], model: StatementModel) -> list[Reading]:
    """Read a report's candidates with rules and model together, in order.

    Args:
        text: Folded text of the document.
        candidates: All candidates, in order.
        model: The learned side; a part that it lacks is left to the rules.
    """
    drafts, confidence = _judge_roles(text, candidates, model)
    scores = [score_topics(text[d.start : d.end]) for d in drafts]
    answers = link(text, drafts, scores)
    if not drafts or "topics" not in model.parts:
        topics = [pick_topics(s) for s in scores]
    else:
        described = [
            topic_features(text[d.start : d.end], d.role, s) for d, s in zip(drafts, scores, strict=True)
        ]
        odds = model.topics(described)
        topics = [model.pick_topics(row) for row in odds]
        if "links" in model.parts:
            pairs = link_features(text, drafts, answers, odds)
            answers = arbitrate_links(len(drafts), pairs, model)
    return [Reading(*row) for row in zip(drafts, topics, answers, confidence, strict=True)]


def _judge_roles(
    text: str, candidates: Sequence[Candidate], model: StatementModel
) -> tuple[list[Draft], list[float | None]]:
    if "role" not in model.parts:
        by_rules = [c.draft for c in candidates if c.vote]
        return by_rules, [None] * len(by_rules)
    votes = [c.vote for c in candidates]
    odds = model.roles(role_features(text, [c.draft for c in candidates], votes))
    kept: list[Draft] = []
    confidence: list[float | None] = []
    for candidate, chances in zip(candidates, odds, strict=True):
        if role := arbitrate(candidate.vote, chances):
            candidate.draft.role = role
            kept.append(candidate.draft)
            confidence.append(chances.get(role, 0.0))
    settle_answers(kept)
    return kept, confidence


def arbitrate(vote: Role | None, odds: Mapping[str, float]) -> Role | None:
    """Decide between rules and model on the role of one candidate.

    The rules' role, or their leaving it out, stands where the model gives that at least `KEEP`;
    else the model's own likeliest reading, where it is sure enough of it (`LEAST`).

    Args:
        vote: What the rules make of the candidate, `None` where they leave it out.
        odds: The model's probabilities of `problem`, `remedy` and `none`.

    Returns:
        The role, or `None` where it is no statement.
    """
    best = max(odds, key=lambda label: odds[label])
    own = odds.get(vote or "none", 0.0)
    chosen = vote or "none" if own >= KEEP or odds[best] < LEAST else best
    return "problem" if chosen == "problem" else "remedy" if chosen == "remedy" else None


def settle_answers(drafts: Sequence[Draft]) -> None:
    """Forget what drafts were said to answer where that is no problem any more."""
    problems = {id(d) for d in drafts if d.role == "problem"}
    for draft in drafts:
        draft.answers = tuple(p for p in draft.answers if id(p) in problems and draft.role == "remedy")


def arbitrate_links(
    count: int, pairs: Sequence[tuple[int, int, list[str]]], model: StatementModel
) -> list[list[int]]:
    """The problems that each statement answers: every pair of at least the model's threshold.

    The rules' links are among the features, so a remedy may keep theirs, have none or have several.

    Args:
        count: Number of statements.
        pairs: What `link_features` gives.
        model: The learned side.
    """
    answers: list[list[int]] = [[] for _ in range(count)]
    chances = model.links([features for _, _, features in pairs])
    for (remedy, problem, _), chance in zip(pairs, chances, strict=True):
        if chance >= model.thresholds.links:
            answers[remedy].append(problem)
    return answers
