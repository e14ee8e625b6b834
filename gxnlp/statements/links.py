"""Which problems a remedy answers: by its own words (针对…), by order, by topic and shared words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from math import sqrt
from operator import add

from gxnlp.deferred import deferred
from gxnlp.statements.clauses import Draft
from gxnlp.statements.topics import pick_topics, score_topics
from gxnlp.statements.wording import has_deficit

# Pairs of characters that say nothing about what a statement is of.
_COMMON_TEXT = (
    "政府信息公开，政务公开工作，信息公开。我局，我镇；有待进一步加强、提高、提升，还不够，还需，仍需，不足。"
    "方面，问题，情况，部分，个别，存在，相关，有关，开展，推进，完善，强化，需要，群众，及时，步提，步加"
)
# 针对内容不全、更新不及时的问题 names two.
_NAMED_TOGETHER = deferred("[、，和]|以及")
_TOPIC_SHARE = 0.5
_FULL_OVERLAP = 3
_ENOUGH = 0.15
_STRONG = 0.5
_STRONGER = 0.6
"""Likeness of one more remedy of a problem that has one: more than the same topic."""
_IN_ORDER = 0.15
_LONG = 160
_MOST = 8
"""Statements of a role up to which all matchings are weighed; beyond, order decides."""


def _bigrams(text: str) -> set[str]:
    return set(map(add, text, text[1:]))


_COMMON = _bigrams(_COMMON_TEXT)
# Characters of grammar and stops: a pair with one of them is shared by chance (信息和政务).
_GRAMMAR = deferred("[的和与及了等在对为是有将以并不，。、；：“”（）《》\n]+")


def telling_bigrams(text: str) -> set[str]:
    """Pairs of neighbouring characters of a statement's beginning that say what it is of."""
    pieces = _GRAMMAR.split(text[:_LONG])
    return {pair for piece in pieces for pair in map(add, piece, piece[1:])} - _COMMON


class Meaning:
    """What two statements are compared by: topic scores and pairs of characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.topics = score_topics(text)

    @cached_property
    def picks(self) -> tuple[str, ...]:
        """The topics that stand out, none where no word tells one."""
        return pick_topics(self.topics) if self.topics else ()

    @cached_property
    def words(self) -> set[str]:
        """Its pairs of characters that say what it is of."""
        return telling_bigrams(self.text)

    @cached_property
    def norm(self) -> float:
        """Length of its topics as a vector."""
        return sqrt(sum(score * score for score in self.topics.values()))

    def likeness(self, other: Meaning) -> float:
        """From 0 to 1: the cosine of the topics, and how many pairs of characters are shared."""
        shared = min(len(self.words & other.words), _FULL_OVERLAP) / _FULL_OVERLAP
        product = sum(score * other.topics.get(topic, 0.0) for topic, score in self.topics.items())
        cosine = product / (self.norm * other.norm) if product else 0.0
        return _TOPIC_SHARE * cosine + (1 - _TOPIC_SHARE) * shared


def meanings_of(text: str, drafts: Sequence[Draft]) -> list[Meaning]:
    """What statements are compared by.

    Args:
        text: Folded text of the document.
        drafts: Its statements.
    """
    return [Meaning(text[draft.start : draft.end]) for draft in drafts]


def link(drafts: Sequence[Draft], meanings: Sequence[Meaning]) -> list[list[int]]:
    """For each statement the indexes of the problems that it answers (none for problems).

    A remedy that says what it answers is believed; the others are matched with the problems left, by
    likeness and order together; additions (此外) answer none.

    Args:
        drafts: Statements of one region, in order.
        meanings: What they are compared by.
    """
    answers: list[list[int]] = [[] for _ in drafts]
    places = {id(draft): i for i, draft in enumerate(drafts)}
    problems = [i for i, d in enumerate(drafts) if d.role == "problem"]
    free = []
    for i, draft in enumerate(drafts):
        if draft.role != "remedy" or not problems:
            continue
        answers[i] = _said(draft, problems, meanings, places)
        if not answers[i] and not draft.entry.extra:
            free.append(i)
    taken = {p for found in answers for p in found}
    # What was done last year, told before this year's problems, is of others.
    free = [i for i in free if not drafts[i].entry.last_year or i > problems[0]]
    for block in _blocks(drafts):
        left = [i for i in block if drafts[i].role == "problem" and i not in taken]
        for problems_of, remedies in _by_year(drafts, left, [i for i in free if i in block]):
            for problem, remedy in _match(problems_of, remedies, meanings):
                answers[remedy].append(problem)
    return [sorted(found) for found in answers]


def _blocks(drafts: Sequence[Draft]) -> list[range]:
    """Where problems and remedies take turns more than once, each turn is matched by itself."""
    starts = [
        i for i, d in enumerate(drafts) if d.role == "problem" and (not i or drafts[i - 1].role == "remedy")
    ]
    if not starts or drafts[-1].role == "problem":
        return [range(len(drafts))]
    bounds = [0, *starts[1:], len(drafts)]
    return [range(left, right) for left, right in pairwise(bounds)]


def _by_year(
    drafts: Sequence[Draft], problems: list[int], remedies: list[int]
) -> list[tuple[list[int], list[int]]]:
    """Problems and remedies apart by their year, where this year has problems of its own.

    What is planned answers those; last year's were told as mended.
    """
    now = [i for i in problems if not drafts[i].entry.last_year]
    old = [i for i in problems if drafts[i].entry.last_year]
    if not now or not old:
        return [(problems, remedies)]
    done = [i for i in remedies if drafts[i].entry.last_year]
    return [(old, done), (now, [i for i in remedies if i not in done])]


def _said(
    draft: Draft, problems: list[int], meanings: Sequence[Meaning], places: Mapping[int, int]
) -> list[int]:
    if draft.answers:
        return [places[id(problem)] for problem in draft.answers]
    if draft.aim_orders and max(draft.aim_orders) <= len(problems):
        return [problems[order - 1] for order in draft.aim_orders]
    if not draft.aim:
        return []
    parts = _NAMED_TOGETHER.split(draft.aim)
    several = len(parts) > 1 and all(map(has_deficit, parts))
    found = {_meant(Meaning(part), problems, meanings) for part in (parts if several else [draft.aim])}
    return sorted(place for place in found if place is not None)


def _meant(aim: Meaning, problems: list[int], meanings: Sequence[Meaning]) -> int | None:
    """The problem that an aim names, if one is like it."""
    best = max(problems, key=lambda p: aim.likeness(meanings[p]))
    return best if aim.likeness(meanings[best]) >= _ENOUGH else None


def _match(problems: list[int], remedies: list[int], meanings: Sequence[Meaning]) -> list[tuple[int, int]]:
    """Match what says nothing of its own partner: pairs (problem, remedy)."""
    if not problems or not remedies:
        return []
    if len(problems) == len(remedies) == 1:
        return [(problems[0], remedies[0])]
    like = {(p, r): meanings[p].likeness(meanings[r]) for p in problems for r in remedies}
    pairs = _without_doubtful(_best_matching(problems, remedies, like), problems, like)
    paired_p, paired_r = {p for p, _ in pairs}, {r for _, r in pairs}
    for remedy in (r for r in remedies if r not in paired_r):
        best = max(problems, key=lambda p: like[p, remedy])
        if like[best, remedy] >= (_ENOUGH if len(problems) == 1 else _STRONGER):
            pairs.append((best, remedy))
    for problem in (p for p in problems if p not in paired_p):
        best = max(remedies, key=lambda r: like[problem, r])
        if like[problem, best] >= (_ENOUGH if len(remedies) == 1 else _STRONG):
            pairs.append((problem, best))
    return pairs


def _without_doubtful(
    pairs: list[tuple[int, int]], problems: list[int], like: Mapping[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """Pairs that more than their place speaks for.

    Where as many remedies as problems were paired in full, a remedy that is much like another problem than
    its own answers that one. If that, or remedies out of order, shows that the numbers are the same by chance
    and more than half of the rest are unlike, only those that are alike are kept.
    """
    kept = [(p, r) for p, r in pairs if like[p, r] >= _ENOUGH or max(like[q, r] for q in problems) < _STRONG]
    alike = [pair for pair in kept if like[pair] >= _ENOUGH]
    in_order = kept == sorted(pairs) and [r for _, r in kept] == sorted(r for _, r in kept)
    return alike if 2 * len(alike) < len(kept) and not in_order else kept


def _best_matching(
    problems: list[int], remedies: list[int], like: Mapping[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """The one-to-one matching of most likeness, places in order preferred.

    As many remedies as problems answer them all; otherwise what is unlike stays alone, whatever its place.
    """
    equal = len(problems) == len(remedies)
    if max(len(problems), len(remedies)) > _MOST:
        return list(zip(problems, remedies, strict=False)) if equal else []

    @cache
    def best(i: int, used: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if i == len(problems):
            return 0.0, ()
        found = best(i + 1, used)
        for j, remedy in enumerate(remedies):
            score = like[problems[i], remedy] + (_IN_ORDER if i == j else 0.0)
            if used >> j & 1 or (not equal and like[problems[i], remedy] < _ENOUGH):
                continue
            rest, pairs = best(i + 1, used | 1 << j)
            if rest + score > found[0] or (equal and len(pairs) + 1 > len(found[1])):
                found = (rest + score, ((problems[i], remedy), *pairs))
        return found

    return list(best(0, 0)[1])
