"""Rules and model together: what is a statement, of what role and topics, and what it answers.

The rules cut a passage and the model labels its segments; `arbitrate` weighs both. Topics come
from the model, which sees what the topic words say; links from the model, which sees what the
rules would link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import add
from typing import TYPE_CHECKING, cast

import numpy as np

from gxnlp.learned.feature_rows import Features
from gxnlp.learned.linear import Array
from gxnlp.records import Role
from gxnlp.statements.clauses import Draft
from gxnlp.statements.entry import Entry
from gxnlp.statements.features import link_features, sureness, topic_features
from gxnlp.statements.links import Meaning, link, meanings_of
from gxnlp.statements.segments import LABELS, Passage, Segment, cut_segments, segment_features
from gxnlp.statements.topics import pick_topics

if TYPE_CHECKING:
    from gxnlp.learned.statement_model import StatementModel

ITEM, SENTENCE, LEFT_OUT = 8.0, 6.0, 8.0
"""What the rules' label weighs against the logarithm of the model's odds: in a list item, in a sentence,
outside of both. Tried by cross-validation over authors and on published reports; lower weights (6, 5, 6 and
4, 3, 4) broke good cuts in those."""

_LOWEST = 1e-6
_NEVER = -50.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of one statement.

    Attributes:
        draft: The statement.
        topics: One at least, likeliest first.
        answers: Places of the problems that it answers among the readings.
        confidence: Calibrated probability that it is right; `None` where only the rules have read it.
    """

    draft: Draft
    topics: tuple[str, ...]
    answers: Sequence[int]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement as rules and model cut it together.

    Attributes:
        draft: The statement.
        signs: Features of its confidence.
    """

    draft: Draft
    signs: Features


def read_by_rules(text: str, passages: Sequence[Passage]) -> list[Reading]:
    """The rules' own reading of a report's passages, in order."""
    drafts = sorted((d for passage in passages for d in passage.drafts), key=lambda draft: draft.start)
    meanings = meanings_of(text, drafts)
    answers = link(drafts, meanings)
    return [Reading(d, pick_topics(m.topics), a) for d, m, a in zip(drafts, meanings, answers, strict=True)]


def judge(text: str, passages: Sequence[Passage], model: StatementModel) -> list[Reading]:
    """Read a report's passages with rules and model together, in order.

    Args:
        text: Folded text of the document.
        passages: All passages, in order.
        model: The learned side, with all its parts.
    """
    judged: list[Judged] = []
    for passage in passages:
        segments = cut_segments(text, passage)
        judged += join_segments(segments, model.segments(*segment_features(text, passage, segments)))
    drafts = settle_answers([item.draft for item in judged])
    if not drafts:
        return []
    meanings = meanings_of(text, drafts)
    votes = link(drafts, meanings)
    topics = model.topics(topic_features(drafts, meanings, votes))
    return [
        Reading(draft, model.pick_topics(odds), answers, sure)
        for draft, odds, answers, sure in zip(
            drafts,
            topics,
            arbitrate_links(drafts, meanings, votes, topics, model),
            model.sureness([item.signs for item in judged]),
            strict=True,
        )
    ]


def join_segments(segments: Sequence[Segment], odds: Array) -> list[Judged]:
    """The statements that rules and model find in a passage, in order.

    Args:
        segments: All segments of the passage.
        odds: The model's probabilities of `LABELS`, shape (segments, labels).
    """
    labels = arbitrate(segments, odds)
    starts = [i for i, label in enumerate(labels) if label.endswith("begin")]
    found = []
    for first in starts:
        last = first
        while last + 1 < len(labels) and labels[last + 1].endswith("inside"):
            last += 1
        role = cast(Role, labels[first].split()[0])
        draft = _draft(segments[first : last + 1], role)
        own = [float(odds[i, _PLACE[labels[i]]]) for i in range(first, last + 1)]
        ends = 1.0 - float(odds[last + 1, _PLACE[f"{role} inside"]]) if last + 1 < len(labels) else 1.0
        found.append(Judged(draft, sureness(draft, draft is segments[first].draft, own, ends)))
    return found


def arbitrate(segments: Sequence[Segment], odds: Array) -> list[str]:
    """Decide between rules and model on the segments of a passage.

    The likeliest row of labels (Viterbi), where each of the rules' labels adds its weight to the
    logarithm of the model's odds. A statement goes on only where one has begun, and a list item
    is not cut into two of one role.

    Args:
        segments: All segments of the passage.
        odds: The model's probabilities of `LABELS`, shape (segments, labels).

    Returns:
        A label for each segment.
    """
    if not segments:
        return []
    scores: list[list[float]] = np.log(np.clip(odds.astype(np.float64), _LOWEST, 1.0)).tolist()
    for row, segment in zip(scores, segments, strict=True):
        label = segment.by_rules
        row[_PLACE[label]] += _weight(segment)
        if segment.draft and segment.draft.entry.marked and label.endswith("inside"):
            row[_PLACE[f"{segment.draft.role} begin"]] += _NEVER
    best = list(map(add, scores[0], _START))
    back: list[list[int]] = []
    for row in scores[1:]:  # numbers of five labels: plain ones are faster than arrays
        top = max(best)
        tops, steps = [top] * len(LABELS), [best.index(top)] * len(LABELS)
        for place, into in _INSIDE:
            paths = list(map(add, best, into))
            tops[place] = top = max(paths)
            steps[place] = paths.index(top)
        back.append(steps)
        best = list(map(add, tops, row))
    places = [best.index(max(best))]
    for steps in reversed(back):
        places.append(steps[places[-1]])
    return [LABELS[place] for place in reversed(places)]


def _weight(segment: Segment) -> float:
    if segment.draft is None:
        return -_NEVER if segment.unit.silent else LEFT_OUT
    return ITEM if segment.draft.entry.marked else SENTENCE


def _may_follow(label: str, before: str) -> bool:
    """Whether a label may stand behind another: what goes on must have begun, in the same role."""
    return not label.endswith("inside") or before.split()[0] == label.split()[0]


_PLACE = {label: place for place, label in enumerate(LABELS)}
_START = [_NEVER if label.endswith("inside") else 0.0 for label in LABELS]
# For each label that only goes on what it costs to come from each label; the others may follow any.
_INSIDE = [
    (place, [0.0 if _may_follow(label, before) else _NEVER for before in LABELS])
    for place, label in enumerate(LABELS)
    if label.endswith("inside")
]


def _draft(segments: Sequence[Segment], role: Role) -> Draft:
    """The statement that segments make: the rules' own where it is the same one."""
    start, end = segments[0].start, segments[-1].end
    near = next((s.draft for s in segments if s.draft and s.draft.role == role), None)
    near = near or next((s.draft for s in segments if s.draft), None)
    if near is None:
        return Draft(start, end, role, Entry(start, end, False, role))
    if (near.start, near.end, near.role) == (start, end, role):
        return near
    if near.role == role:
        return replace(near, start=start, end=end)
    return Draft(start, end, role, near.entry, -near.agrees)


def settle_answers(drafts: Sequence[Draft]) -> list[Draft]:
    """Forget what drafts were said to answer where that is no problem of theirs any more."""
    problems = {id(d) for d in drafts if d.role == "problem"}
    for draft in drafts:
        draft.answers = tuple(p for p in draft.answers if id(p) in problems and draft.role == "remedy")
    return list(drafts)


def arbitrate_links(
    drafts: Sequence[Draft],
    meanings: Sequence[Meaning],
    votes: Sequence[Sequence[int]],
    topics: Array,
    model: StatementModel,
) -> list[list[int]]:
    """The problems that each statement answers: every pair of at least the model's threshold.

    The rules' links are among the features, so a remedy may keep theirs, have none or have several. What a
    remedy says itself is not doubted.

    Args:
        drafts: The statements, in order.
        meanings: What their words say.
        votes: For each the problems that the rules have it answer.
        topics: Probabilities of its topics, shape (statements, topics).
        model: The learned side.
    """
    answers = [list(vote) if draft.says else [] for draft, vote in zip(drafts, votes, strict=True)]
    pairs = link_features(drafts, meanings, votes, topics)
    chances = model.links([features for _, _, features in pairs])
    for (remedy, problem, _), chance in zip(pairs, chances, strict=True):
        if chance >= model.thresholds.links and not drafts[remedy].says:
            answers[remedy].append(problem)
    return answers
