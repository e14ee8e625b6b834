"""Features of a metric candidate: what stands around a quantity, as strings.

Words come from the lexicon's trie, characters from the folded text by their position, so no
tokeniser runs. The vote of the patterns is a feature like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxnlp.candidates import Candidate, Sentence
from gxnlp.implied import Negation
from gxnlp.pattern_reader import Entry
from gxnlp.patterns import Rules
from gxnlp.readings import Draft

_STOPS = "，。；：、（）“”！？\n "


def describe(entries: Sequence[Entry], folded: str, rules: Rules) -> list[list[str]]:
    """Names of the features that hold for each quantity of a sentence.

    Args:
        entries: The quantities of one sentence with what the patterns made of them.
        folded: The folded text of the report.
        rules: The metric rules (counter groups).
    """
    votes = [entry.drafts[0] if entry.drafts else None for entry in entries]
    described = []
    for place, entry in enumerate(entries):
        names = ["*", *_vote(entry)]
        names += _number(entry.candidate, rules)
        names += _terms(entry.candidate)
        names += _characters(entry.candidate, folded)
        names += _neighbours(entry, place, votes)
        described.append(names)
    return described


def describe_negation(negation: Negation, sentence: Sentence, folded: str) -> list[str]:
    """Features of a negated clause."""
    text = folded[negation.start : negation.end].replace("\n", " ")
    names = [
        "*",
        f"section={sentence.section.code}",
        f"neg={folded[negation.term.start : negation.term.end]}",
    ]
    names += [f"c={text[i : i + 2]}" for i in range(len(text) - 1)]
    names += [f"t={text[i : i + 3]}" for i in range(len(text) - 2)]
    names += [f"term={n}" for t in negation.terms for n in t.classes]
    names += [f"voted={name}" for name in negation.voted] or ["voted="]
    clause = folded[max(sentence.start, negation.start - 16) : negation.start].replace("\n", " ")
    names += [f"b={clause[i : i + 2]}" for i in range(len(clause) - 1)]
    return names


def _vote(entry: Entry) -> Iterator[str]:
    if entry.promised:
        yield "promised"
    if not entry.drafts:
        yield "vote="
        return
    for draft in entry.drafts:
        yield f"vote={draft.metric}:{draft.aspect}"
    yield f"rule={entry.drafts[0].rule}"


def _neighbours(entry: Entry, place: int, votes: Sequence[Draft | None]) -> Iterator[str]:
    before = votes[place - 1] if place else None
    behind = votes[place + 1] if place + 1 < len(votes) else None
    last = f"{before.metric}:{before.aspect}" if before else "" if place else "first"
    unit = "".join(entry.candidate.quantity.unit.split())
    frame, section = entry.state.frame, entry.candidate.sentence.section
    yield f"last={last}"
    yield f"unit+last={unit}+{last}"
    yield f"next={behind.metric if behind else ''}"
    yield f"frame={frame.metric if frame else ''}:{entry.state.listing}"
    yield f"section={section.code}"
    title = " ".join(section.title.split())
    for i in range(len(title) - 1):
        yield f"title={title[i : i + 2]}"


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
    clause = folded[max(candidate.bound, candidate.own_start, start - 24) : start].strip().replace("\n", " ")
    for size in (1, 2, 3, 4):
        yield f"-{size}={clause[-size:]}"
    bare = clause.rstrip("共约近达为了有的超计")
    yield f"-w2={bare[-2:]}"
    yield f"-w4={bare[-4:]}"
    for i in range(len(clause) - 1):
        yield f"c={clause[i : i + 2]}"
    behind = folded[quantity.outer_end : quantity.outer_end + 10].replace("\n", " ")
    for place, char in enumerate(behind):
        if char in _STOPS:
            behind = behind[: place + 1]
            break
    for size in (1, 2, 3):
        yield f"+{size}={behind[:size]}"
    for i in range(len(behind) - 1):
        yield f"d={behind[i : i + 2]}"
    yield f"between={candidate.between[:1].strip()}"
    further = folded[max(candidate.sentence.start, start - 60) : max(candidate.own_start, start - 24)]
    for i in range(max(0, len(further) - 1)):
        pair = further[i : i + 2]
        if not any(c in _STOPS or c.isdigit() for c in pair):
            yield f"f={pair}"
