"""What the statement model sees: named features of a candidate, of a statement and of a pair.

Every feature is a string of one line that is there or not; numbers are cut into steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import add

import numpy as np

from gxnlp.linear import Array
from gxnlp.records import Role
from gxnlp.statements.clauses import Draft
from gxnlp.statements.links import telling_bigrams
from gxnlp.statements.topics import cue_words, pick_topics, score_topics
from gxnlp.statements.wording import deficits, first_clause, modality

_SCORE_STEPS = (1, 2, 3, 4, 6, 9)
_SHARE_STEPS = (0.3, 0.5, 0.7, 0.99)
_LENGTH_STEPS = (8, 14, 24, 40, 70, 120)
_LIKE_STEPS = (0.1, 0.25, 0.4, 0.6, 0.8)
_CONTEXT = 8
_FAR = 3
_MANY = 6


def _steps(name: str, value: float, steps: Sequence[float]) -> Iterator[str]:
    """The steps that a number has reached."""
    return (f"{name}>{step}" for step in steps if value >= step)


# Topics


def topic_features(text: str, role: Role, scores: Mapping[str, float]) -> list[str]:
    """Features of a statement for its topics.

    Args:
        text: Its own folded words.
        role: What it is.
        scores: What `score_topics` finds in it.
    """
    text = text.replace("\n", " ")
    head = first_clause(text)
    found = [f"role:{role}", *text, *map(add, text, text[1:])]
    found += [f"h:{pair}" for pair in map(add, head, head[1:])]
    found += [f"w:{word}" for word in cue_words(text)]
    if not scores:
        return [*found, "no vote"]
    best = max(scores.values())
    for topic, score in scores.items():
        found += _steps(f"s:{topic}", score, _SCORE_STEPS)
        found += _steps(f"q:{topic}", score / best, _SHARE_STEPS)
    for topic, score in score_topics(head).items():
        found += _steps(f"hs:{topic}", score, _SCORE_STEPS[:3])
    found += (f"pick:{role}:{place}:{topic}" for place, topic in enumerate(pick_topics(scores)))
    return found


# Roles


def role_features(text: str, drafts: Sequence[Draft], votes: Sequence[Role | None]) -> list[list[str]]:
    """Features of candidates for their roles, one list each.

    Args:
        text: Folded text of the document.
        drafts: All candidates of a report, in order.
        votes: What the rules make of each; `None` where they leave it out.
    """
    sounds = [modality(text[d.start : d.end]).role for d in drafts]
    return [_role_features(text, drafts, votes, sounds, i) for i in range(len(drafts))]


def _role_features(
    text: str,
    drafts: Sequence[Draft],
    votes: Sequence[Role | None],
    sounds: Sequence[Role | None],
    i: int,
) -> list[str]:
    draft, entry = drafts[i], drafts[i].entry
    body = text[draft.start : draft.end].replace("\n", " ")
    sound, wanting = modality(body), deficits(body)
    before = text[max(0, draft.start - _CONTEXT) : draft.start].replace("\n", " ")
    found = [
        f"vote:{votes[i]}",
        f"given:{entry.role}:{entry.strength}",
        f"marked:{entry.marked}",
        f"sound:{sound.problem}:{sound.remedy}",
        f"vote:{votes[i]}:{sounds[i]}:{min(entry.strength, 3)}",
        f"agrees:{draft.agrees}",
        f"last year:{entry.last_year}",
        f"aim:{bool(draft.aim)}",
        f"wanting:{min(len(wanting), 2)}",
        f"back:{_at(votes, i - 1)}:{_at(sounds, i - 1)}",
        f"next:{_at(votes, i + 1)}:{_at(sounds, i + 1)}",
        *(f"b:{body[:n]}" for n in (1, 2, 3, 4)),
        *(f"e:{body[-n:]}" for n in (1, 2, 3, 4)),
        *(f"c:{pair}" for pair in map(add, before, before[1:])),
        *map(add, body, body[1:]),
    ]
    found += _steps("long", len(body), _LENGTH_STEPS)
    return found + [f"list:{sign}" for sign in _list_signs(drafts, sounds, i)]


def _at(roles: Sequence[Role | None], i: int) -> str:
    """The role at a place, `end` beyond the ends."""
    return str(roles[i]) if 0 <= i < len(roles) else "end"


def _list_signs(drafts: Sequence[Draft], sounds: Sequence[Role | None], i: int) -> Iterator[str]:
    """How the list that a candidate is in sounds as a whole, and what came before it."""
    listed = [sounds[j] for j, d in enumerate(drafts) if d.entry.list_id == drafts[i].entry.list_id]
    if drafts[i].entry.list_id:
        leaning = listed.count("problem") - listed.count("remedy")
        yield f"{max(-2, min(2, leaning))}"
    before = [sounds[j] for j in range(i)]
    yield f"problem before:{'problem' in before}"
    yield f"remedy before:{'remedy' in before}"
    yield f"place:{min(i, 3)}"


# Links


def link_features(
    text: str, drafts: Sequence[Draft], votes: Sequence[Sequence[int]], topics: Array
) -> list[tuple[int, int, list[str]]]:
    """Features of every pair of a remedy and a problem of a report.

    Args:
        text: Folded text of the document.
        drafts: Its statements, in order.
        votes: For each the problems that the rules have it answer.
        topics: Probabilities of its topics, shape (statements, topics).

    Returns:
        Places of the remedy and of the problem in `drafts`, and the features.
    """
    problems = [i for i, d in enumerate(drafts) if d.role == "problem"]
    remedies = [i for i, d in enumerate(drafts) if d.role == "remedy"]
    if not problems or not remedies:
        return []
    pairs = _Pairs(text, drafts, votes, topics, problems, remedies)
    return [(r, p, pairs.describe(a, b)) for a, r in enumerate(remedies) for b, p in enumerate(problems)]


class _Pairs:
    """All pairs of a report, compared once."""

    def __init__(
        self,
        text: str,
        drafts: Sequence[Draft],
        votes: Sequence[Sequence[int]],
        topics: Array,
        problems: list[int],
        remedies: list[int],
    ) -> None:
        self.drafts, self.votes = drafts, votes
        self.problems, self.remedies = problems, remedies
        self.like = topics[remedies] @ topics[problems].T
        words = {i: telling_bigrams(text[drafts[i].start : drafts[i].end]) for i in (*problems, *remedies)}
        self.shared = np.array([[len(words[r] & words[p]) for p in problems] for r in remedies])
        self.both = self.like + 0.15 * np.minimum(self.shared, 4)
        self.turn = self._turns()

    def _turns(self) -> list[int]:
        """Number of the turn of each statement: problems and the remedies behind them are one."""
        turns, turn = [], 0
        for i, draft in enumerate(self.drafts):
            turn += bool(i) and draft.role == "problem" and self.drafts[i - 1].role == "remedy"
            turns.append(turn)
        return turns

    def describe(self, a: int, b: int) -> list[str]:
        """Features of the pair of the `a`-th remedy and the `b`-th problem."""
        r, p = self.remedies[a], self.problems[b]
        vote = p in self.votes[r]
        even = len(self.problems) == len(self.remedies)
        behind = max(-_FAR, min(_FAR, a - b))
        by_remedy = int((self.both[a] > self.both[a, b]).sum())
        by_problem = int((self.both[:, b] > self.both[a, b]).sum())
        found = [
            f"vote:{vote}:{min(len(self.votes[r]), 2)}",
            f"taken:{vote}:{min(sum(p in answers for answers in self.votes), 2)}",
            f"order:{behind}:{even}",
            f"order:{behind}:{vote}",
            f"even:{max(-2, min(2, len(self.problems) - len(self.remedies)))}:{vote}",
            f"best:{min(by_remedy, 2)}:{min(by_problem, 2)}",
            f"best:{min(by_remedy, 1)}:{min(by_problem, 1)}:{vote}",
            f"problems:{min(len(self.problems), _MANY)}",
            f"turn:{self.turn[r] == self.turn[p]}:{self.turn[-1] > 0}",
            f"far:{max(-_FAR, min(_FAR, r - p))}",
            *self._said(r, p),
        ]
        found += _steps("like", float(self.like[a, b]), _LIKE_STEPS)
        found += _steps(f"like:{vote}", float(self.like[a, b]), _LIKE_STEPS)
        found += _steps("shared", float(self.shared[a, b]), (1, 2, 3, 4, 6))
        return found

    def _said(self, r: int, p: int) -> Iterator[str]:
        """What the statements themselves say of the pair."""
        remedy, problem = self.drafts[r], self.drafts[p]
        yield f"aim:{bool(remedy.aim or remedy.aim_order or remedy.answers)}:{p in self.votes[r]}"
        yield f"said:{any(answer is problem for answer in remedy.answers)}:{bool(remedy.answers)}"
        yield f"extra:{remedy.entry.extra}"
        yield f"years:{remedy.entry.last_year}:{problem.entry.last_year}"
        if remedy.entry.item_id and remedy.entry.item_id == problem.entry.item_id:
            yield "one item"
