"""Features of a metric candidate: what stands around a quantity, as strings.

Words come from the lexicon's trie, characters from the folded text by their position, so no
tokeniser runs. The vote of the patterns is a feature like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from gxnlp.attributes import State
from gxnlp.candidates import Candidate
from gxnlp.patterns import Rules
from gxnlp.readings import Draft, Reading

_STOPS = "，。；：、（）“”！？\n "


def describe(
    candidate: Candidate, folded: str, state: State, rules: Rules, vote: Reading | None, last: Draft | None
) -> list[str]:
    """Names of the features that hold for a candidate.

    Args:
        candidate: The quantity in its context.
        folded: The folded text of the report.
        state: What holds from earlier words: frame, list of parts.
        rules: The metric rules (counter groups).
        vote: What the patterns read, `None` where they read nothing.
        last: The mention before it in the sentence.
    """
    quantity = candidate.quantity
    names = ["*"]
    names += _vote(vote)
    names += _number(candidate, rules)
    names += _terms(candidate)
    names += _characters(candidate, folded)
    names.append(f"last={last.metric}:{last.aspect}" if last else "last=")
    names.append(f"frame={state.frame.metric if state.frame else ''}:{state.listing}")
    names.append(f"section={candidate.sentence.section.code}")
    names.append(f"unit+last={quantity.unit}+{last.metric if last else ''}")
    return names


def _vote(vote: Reading | None) -> Iterator[str]:
    if vote is None or not vote.metric:
        yield "vote="
        return
    yield f"vote={vote.metric}:{vote.aspect}"
    yield f"rule={vote.rule}"


def _number(candidate: Candidate, rules: Rules) -> Iterator[str]:
    quantity = candidate.quantity
    unit = "".join(quantity.unit.split())
    yield f"unit={unit}"
    yield f"kind={quantity.kind}:{quantity.qualifier}"
    for group in rules.counter_groups(quantity.unit):
        yield f"group={group}"
    value = quantity.value
    size = "range" if value is None else "0" if value == 0 else str(len(str(abs(int(value)))))
    yield f"size={size}"
    if quantity.text == "一":
        yield "bare one"
    yield f"closed={candidate.closed}"


def _terms(candidate: Candidate) -> Iterator[str]:
    start, end = candidate.quantity.outer_start, candidate.quantity.outer_end
    nouns = verbs = 0
    for term in candidate.own:
        near = "+" if start - term.end <= 2 else ""
        for name in term.classes:
            yield f"own={name}"
            if name[0] in "no" and nouns < 2:
                yield f"own{nouns}={name}{near}"
            elif name[0] == "v" and verbs < 1:
                yield f"verb{verbs}={name}{near}"
        nouns += any(n[0] in "no" for n in term.classes)
        verbs += any(n[0] == "v" for n in term.classes)
    for place, term in enumerate(candidate.left[:6]):
        yield from (f"left={name}" for name in term.classes)
        if place == 0:
            yield from (f"left0={name}" for name in term.classes)
    for place, term in enumerate(candidate.right[:4]):
        near = "+" if term.start - end <= 1 else ""
        yield from (f"right={name}{near if place == 0 else ''}" for name in term.classes)
    if candidate.behind is not None and candidate.behind.start - end <= 8:
        yield from (f"behind={name}" for name in candidate.behind.classes)


def _characters(candidate: Candidate, folded: str) -> Iterator[str]:
    quantity = candidate.quantity
    start = quantity.outer_start
    clause = folded[max(candidate.bound, candidate.own_start, start - 24) : start].strip()
    for size in (1, 2, 3, 4):
        yield f"-{size}={clause[-size:]}"
    bare = clause.rstrip("共约近达为了有的超计")
    yield f"-w2={bare[-2:]}"
    yield f"-w4={bare[-4:]}"
    for i in range(len(clause) - 1):
        yield f"c={clause[i : i + 2]}"
    behind = folded[quantity.outer_end : quantity.outer_end + 10]
    for place, char in enumerate(behind):
        if char in _STOPS:
            behind = behind[: place + 1]
            break
    for size in (1, 2, 3):
        yield f"+{size}={behind[:size]}"
    for i in range(len(behind) - 1):
        yield f"d={behind[i : i + 2]}"
    yield f"between={candidate.between[:1]}"
    further = folded[max(candidate.sentence.start, start - 60) : max(candidate.own_start, start - 24)]
    for i in range(max(0, len(further) - 1)):
        pair = further[i : i + 2]
        if not any(c in _STOPS or c.isdigit() for c in pair):
            yield f"f={pair}"
