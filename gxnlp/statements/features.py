"""What the statement model sees of statements: their topics, their pairs, how sure they are.

Every feature is a string of one line that is there or not; numbers are cut into steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from gxnlp.deferred import deferred
from gxnlp.learned.feature_rows import Features
from gxnlp.learned.linear import Array
from gxnlp.records import Role
from gxnlp.statements.clauses import Draft
from gxnlp.statements.links import Meaning
from gxnlp.statements.topics import pick_topics, score_topics, title_length
from gxnlp.statements.wording import has_deficit, wording

_SCORE_STEPS = (1, 2, 3, 4, 6, 9)
_PARTNER_STEPS = (2, 4)
_SURE_STEPS = (0.05, 0.2, 0.5, 0.8, 0.95)
_SHARE_STEPS = (0.3, 0.5, 0.7, 0.99)
_LIKE_STEPS = (0.1, 0.25, 0.4, 0.6, 0.8)
_RIVAL_STEPS = (1, 2, 3, 4)
_NAMED, _STRONG = 2.0, 3.0
"""Scores from which a topic is named at all, and by a strong word or two."""
_MANY_RIVALS = 3
_FIRST = 0.8
_LATE = 2
_CLAUSES = deferred("[，。；：\n]")
_FAR = 3
_LIKELY = 0.3
_PAIR = 2
_MANY = 6


def _steps(name: str, value: float, steps: tuple[float, ...]) -> tuple[str, ...]:
    """The steps that a number has reached."""
    return _ladder(name, steps)[: bisect_right(steps, value)]


@lru_cache(maxsize=1024)
def _ladder(name: str, steps: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(f"{name}>{step}" for step in steps)


# Topics


def topic_features(
    drafts: Sequence[Draft],
    meanings: Sequence[Meaning],
    votes: Sequence[Sequence[int]],
) -> list[Features]:
    """Features of statements for their topics.

    A statement's own words decide; what it answers, or is answered by, tells which of the topics
    that they touch is meant.

    Args:
        drafts: All statements of a report, in order.
        meanings: What their words say.
        votes: For each the problems that the rules have it answer.
    """
    partners: list[list[int]] = [list(answers) for answers in votes]
    for remedy, answers in enumerate(votes):
        for problem in answers:
            partners[problem].append(remedy)
    features: list[Features] = []
    for i, (draft, said) in enumerate(zip(drafts, meanings, strict=True)):
        found = [f"role:{draft.role}", *_cues(said.topics)]
        found += (f"pick:{draft.role}:{place}:{topic}" for place, topic in enumerate(said.picks))
        found += _of_title(said.text, said.topics)
        found += sorted(_of_clauses(draft.role, said.text))
        linked = [meanings[j] for j in partners[i]]
        found += _of_partners(draft.role, said.topics, [other.topics for other in linked])
        found += (f"partner:{draft.role}:{r}:{t}" for other in linked for r, t in enumerate(other.picks))
        features.append((("", found), ("", _on_one_line(said.text))))
    return features


def word_features(text: str, draft: Draft) -> Features:
    """Those of a statement's features for its topics that ask no list of topic words."""
    return ("", [f"role:{draft.role}"]), ("", _on_one_line(text[draft.start : draft.end]))


def _on_one_line(words: str) -> str:
    return words.replace("\n", " ")


def only_words(features: Sequence[str]) -> bool:
    """Whether an example has none but `word_features`."""
    return all(len(name) == _PAIR or name.startswith("role:") for name in features)


def _cues(scores: Mapping[str, float]) -> Iterator[str]:
    """What the topic words say: how much for a topic, and how much beside the strongest."""
    best = max(scores.values(), default=0.0)
    for topic, score in scores.items():
        yield from _steps(f"s:{topic}", score, _SCORE_STEPS)
        yield from _steps(f"q:{topic}", score / best, _SHARE_STEPS)
    rivals = sum(score >= _NAMED for score in scores.values())
    yield from _steps("rivals", rivals, _RIVAL_STEPS)
    for topic, score in scores.items():
        if score >= _STRONG:
            yield f"strong:{topic}:{min(rivals, _MANY_RIVALS)}"


def _of_clauses(role: Role, text: str) -> set[str]:
    """What each clause names first: a second topic that one names with a predicate of its own is meant.

    公开的程序有待规范，公开形式的便民性有待加强 has two topics, an example or a cause none of its own.
    """
    found: set[str] = set()
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    for place, clause in enumerate(clauses):
        scores = score_topics(clause)
        if not scores:
            continue
        states = has_deficit(clause) if role == "problem" else bool(wording()["verb"].match(clause))
        best = max(scores.values())
        for topic, score in scores.items():
            first = score >= _FIRST * best
            found.add(f"clause:{topic}:{min(place, _LATE)}:{first}")
            if first and states:
                found.add(f"states:{role}:{topic}")
            if len(scores) == 1:
                found.add(f"sole:{topic}")
    return found


def _of_title(text: str, scores: Mapping[str, float]) -> Iterator[str]:
    """Which of a titled statement's topics (健全反馈机制。搭建…) its title names."""
    length = title_length(text)
    if not length:
        return
    named = score_topics(text[:length])
    yield "titled"
    for topic in scores:
        yield f"title:{topic in named}:{topic}"
    if named:
        yield from (f"title:{place}:{topic}" for place, topic in enumerate(pick_topics(named)))


def _of_partners(
    role: Role, own: Mapping[str, float], partners: Sequence[Mapping[str, float]]
) -> Iterator[str]:
    """What the topic words say in the statements that one is linked with."""
    if not partners:
        yield f"alone:{role}"
    for topic in sorted({topic for scores in partners for topic in scores}):
        yield from _steps(f"ps:{topic}", max(s.get(topic, 0.0) for s in partners), _PARTNER_STEPS)
        if topic in own:
            yield f"both:{topic}"


# Confidence


def sureness(draft: Draft, is_of_rules: bool, own: Sequence[float], ends: float) -> Features:
    """Features of how sure a statement is.

    Args:
        draft: The statement.
        is_of_rules: Whether the rules cut it just so.
        own: The model's probability of the label of each of its segments.
        ends: The model's probability that it ends where it does.
    """
    form = f"{draft.entry.strength}:{draft.entry.marked}"
    found = [f"rules:{is_of_rules}", f"form:{form}", f"agrees:{draft.agrees}", f"{draft.role}:{form}"]
    found += _steps("begins", own[0], _SURE_STEPS)
    found += _steps("least", min(own), _SURE_STEPS)
    found += _steps("ends", ends, _SURE_STEPS)
    return (("", found),)


# Links


def link_features(
    drafts: Sequence[Draft],
    meanings: Sequence[Meaning],
    votes: Sequence[Sequence[int]],
    topics: Array,
) -> list[tuple[int, int, Features]]:
    """Features of every pair of a remedy and a problem of a report.

    Args:
        drafts: The statements of a report, in order.
        meanings: What their words say.
        votes: For each the problems that the rules have it answer.
        topics: Probabilities of its topics, shape (statements, topics).

    Returns:
        Places of the remedy and of the problem in `drafts`, and the features.
    """
    problems = [i for i, d in enumerate(drafts) if d.role == "problem"]
    remedies = [i for i, d in enumerate(drafts) if d.role == "remedy"]
    if not problems or not remedies:
        return []
    pairs = _Pairs(drafts, meanings, votes, topics, problems, remedies)
    return [
        (r, p, (("", pairs.describe(a, b)),)) for a, r in enumerate(remedies) for b, p in enumerate(problems)
    ]


class _Pairs:
    """All pairs of a report, compared once."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        meanings: Sequence[Meaning],
        votes: Sequence[Sequence[int]],
        topics: Array,
        problems: list[int],
        remedies: list[int],
    ) -> None:
        self.drafts, self.votes = drafts, votes
        self.problems, self.remedies = problems, remedies
        like = topics[remedies] @ topics[problems].T
        self.like: list[list[float]] = like.tolist()
        self.shared = [[len(meanings[r].words & meanings[p].words) for p in problems] for r in remedies]
        both = like + 0.15 * np.minimum(np.array(self.shared), 4)
        self.odds: list[list[float]] = topics.tolist()
        self.first: list[int] = topics.argmax(axis=1).tolist()
        self.picks = [said.picks for said in meanings]
        self.firsts = Counter(self.first[p] for p in problems)
        self.picked = Counter(topic for p in problems for topic in self.picks[p])
        # How many problems are more like the remedy of a pair, and how many remedies more like its problem.
        self.by_remedy: list[list[int]] = (both[:, None, :] > both[:, :, None]).sum(axis=2).tolist()
        self.by_problem: list[list[int]] = (both[:, None, :] > both[None, :, :]).sum(axis=0).tolist()
        self.taken = Counter(p for answers in votes for p in set(answers))
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
        by_remedy, by_problem = self.by_remedy[a][b], self.by_problem[a][b]
        like = self.like[a][b]
        found = [
            f"vote:{vote}:{min(len(self.votes[r]), 2)}",
            f"taken:{vote}:{min(self.taken[p], 2)}",
            f"order:{behind}:{even}",
            f"order:{behind}:{vote}",
            f"even:{max(-2, min(2, len(self.problems) - len(self.remedies)))}:{vote}",
            f"best:{min(by_remedy, 2)}:{min(by_problem, 2)}",
            f"best:{min(by_remedy, 1)}:{min(by_problem, 1)}:{vote}",
            f"problems:{min(len(self.problems), _MANY)}",
            f"turn:{self.turn[r] == self.turn[p]}:{self.turn[-1] > 0}",
            f"far:{max(-_FAR, min(_FAR, r - p))}",
            f"sole:{len(self.remedies) == 1}:{self.drafts[r].entry.marked}:{min(len(self.problems), _FAR)}",
            *self._said(r, p),
            *self._topics(r, p, vote),
        ]
        found += _steps("like", like, _LIKE_STEPS)
        found += _steps(f"like:{vote}", like, _LIKE_STEPS)
        found += _steps("shared", self.shared[a][b], (1, 2, 3, 4, 6))
        return found

    def _topics(self, r: int, p: int, vote: bool) -> Iterator[str]:
        """Whether both are of one topic, and whether the remedy shares one with another problem too."""
        mine, yours = self.first[r], self.first[p]
        same = mine == yours
        yield f"top:{same}:{self.firsts[mine] > same}"
        yield f"top:{same}:{vote}"
        yield f"has top:{self.odds[r][yours] > _LIKELY}:{self.odds[p][mine] > _LIKELY}"
        own, its = self.picks[r], self.picks[p]
        both = sum(topic in its for topic in own)
        elsewhere = any(self.picked[topic] > (topic in its) for topic in own)
        yield f"picks:{both}:{both > 0 and own[0] == its[0]}"
        yield f"picks:{both > 0}:{elsewhere}"

    def _said(self, r: int, p: int) -> Iterator[str]:
        """What the statements themselves say of the pair."""
        remedy, problem = self.drafts[r], self.drafts[p]
        yield f"aim:{bool(remedy.aim or remedy.aim_orders or remedy.answers)}:{p in self.votes[r]}"
        yield f"said:{any(answer is problem for answer in remedy.answers)}:{bool(remedy.answers)}"
        yield f"extra:{remedy.entry.extra}"
        yield f"years:{remedy.entry.last_year}:{problem.entry.last_year}"
        if remedy.entry is problem.entry:
            yield "one entry"
        elif remedy.entry.item_id and remedy.entry.item_id == problem.entry.item_id:
            yield "one item"
