"""Features of a metric candidate: what stands around a quantity, as strings.

Words come from the lexicon's trie, characters from the folded text by their position, so no
tokeniser runs. The vote of the patterns is a feature like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from gxnlp.candidates import Candidate, Sentence
from gxnlp.implied import Negation
from gxnlp.lexicon import COUNTED, VERB
from gxnlp.pattern_reader import Entry
from gxnlp.patterns import Rules
from gxnlp.readings import Draft

_STOP = re.compile(r"[，。；：、（）“”！？\n ]")
# Every two characters that are neither a stop nor a digit, circled and raised ones included.
_WORDS = re.compile(r"(?=([^，。；：、（）“”！？\n \d²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]{2}))")


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
    names += _pairs("c=", text)
    names += [f"t={text[i : i + 3]}" for i in range(len(text) - 2)]
    names += [f"term={n}" for t in negation.terms for n in t.classes]
    names += [f"voted={name}" for name in negation.voted] or ["voted="]
    clause = folded[max(sentence.start, negation.start - 16) : negation.start].replace("\n", " ")
    names += _pairs("b=", clause)
    return names


def _pairs(prefix: str, text: str) -> list[str]:
    """A feature for each two neighbouring characters."""
    return [prefix + first + second for first, second in pairwise(text)]


def _vote(entry: Entry) -> list[str]:
    names = ["promised"] if entry.promised else []
    if not entry.drafts:
        return [*names, "vote="]
    names += [f"vote={draft.metric}:{draft.aspect}" for draft in entry.drafts]
    return names


def _neighbours(entry: Entry, place: int, votes: Sequence[Draft | None]) -> list[str]:
    before = votes[place - 1] if place else None
    last = f"{before.metric}:{before.aspect}" if before else "" if place else "first"
    unit = "".join(entry.candidate.quantity.unit.split())
    frame, section = entry.state.frame, entry.candidate.sentence.section
    return [
        f"last={last}",
        f"unit+last={unit}+{last}",
        f"frame={frame.metric if frame else ''}:{entry.state.listing}",
        f"section={section.code}",
        *_title(section.title),
    ]


@lru_cache(maxsize=64)
def _title(title: str) -> list[str]:
    return _pairs("title=", " ".join(title.split()))


def _number(candidate: Candidate, rules: Rules) -> list[str]:
    quantity = candidate.quantity
    unit = "".join(quantity.unit.split())
    value = quantity.value
    size = "range" if value is None else "0" if value == 0 else str(len(str(abs(int(value)))))
    return [
        f"unit={unit}",
        f"kind={quantity.kind}:{quantity.qualifier}",
        *[f"group={group}" for group in rules.counter_groups(quantity.unit)],
        f"size={size}",
        *(["bare one"] if quantity.text == "一" else []),
        f"closed={candidate.closed}",
    ]


def _terms(candidate: Candidate) -> list[str]:
    end = candidate.quantity.outer_end
    names = _own_terms(candidate)
    for term in candidate.left[:6]:
        names += ["left=" + name for name in term.classes]
        if term is candidate.left[0]:
            names += ["left0=" + name for name in term.classes]
    for term in candidate.right[:4]:
        near = "+" if term is candidate.right[0] and term.start - end <= 1 else ""
        names += [f"right={name}{near}" for name in term.classes]
    if candidate.behind is not None and candidate.behind.start - end <= 8:
        names += ["behind=" + name for name in candidate.behind.classes]
    return names


def _own_terms(candidate: Candidate) -> list[str]:
    """Words of its clause; the two nearest nouns and the nearest verb also by their rank."""
    start = candidate.quantity.outer_start
    names: list[str] = []
    nouns = verbs = 0
    for term in candidate.own:
        near = "+" if start - term.end <= 2 else ""
        for name in term.classes:
            names.append("own=" + name)
            if name[0] in "no" and nouns < 2:
                names.append(f"own{nouns}={name}{near}")
            elif name[0] == "v" and verbs < 1:
                names.append(f"verb{verbs}={name}{near}")
        nouns += bool(term.kinds & COUNTED)
        verbs += bool(term.kinds & VERB)
    return names


def _characters(candidate: Candidate, folded: str) -> list[str]:
    quantity = candidate.quantity
    start, end = quantity.outer_start, quantity.outer_end
    clause = folded[max(candidate.bound, candidate.own_start, start - 24) : start].strip().replace("\n", " ")
    bare = clause.rstrip("共约近达为了有的超计")
    behind = folded[end : end + 10].replace("\n", " ")
    if stop := _STOP.search(behind):
        behind = behind[: stop.end()]
    further = folded[max(candidate.sentence.start, start - 60) : max(candidate.own_start, start - 24)]
    return [
        f"-1={clause[-1:]}", f"-2={clause[-2:]}", f"-3={clause[-3:]}", f"-4={clause[-4:]}",
        f"-w2={bare[-2:]}", f"-w4={bare[-4:]}",
        *_pairs("c=", clause),
        f"+1={behind[:1]}", f"+2={behind[:2]}", f"+3={behind[:3]}",
        *_pairs("d=", behind),
        f"between={candidate.between[:1].strip()}",
        *["f=" + pair for pair in _WORDS.findall(further)],
    ]  # fmt: skip
