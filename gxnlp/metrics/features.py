"""Features of a metric candidate: what stands around a quantity, as strings.

Words come from the lexicon's trie, characters from the folded text by their position, so no
tokeniser runs. The vote of the patterns is a feature like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gxnlp.deferred import deferred
from gxnlp.learned.feature_rows import Features
from gxnlp.learned.metric_model import VOTE
from gxnlp.lexicon import COUNTED, VERB
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.implied import Negation
from gxnlp.metrics.pattern_reader import Entry

_STOP = deferred(r"[，。；：、（）“”！？\n ]")
# Stops and digits, circled and raised ones included: no word goes over them.
_NO_WORD = deferred(r"[，。；：、（）“”！？\n \d²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]+")


def describe(entries: Sequence[Entry], folded: str, rules: Rules) -> list[Features]:
    """The features that hold for each quantity of a sentence.

    Args:
        entries: The quantities of one sentence with what the patterns made of them.
        folded: The folded text of the report.
        rules: The metric rules (counter groups).
    """
    votes = [entry.drafts[0] if entry.drafts else None for entry in entries]
    described: list[Features] = []
    for place, entry in enumerate(entries):
        names = ["*", *_vote(entry)]
        names += _number(entry.candidate)
        names += _terms(entry.candidate)
        names += _neighbours(entry, place, votes)
        groups = rules.counter_groups(entry.candidate.quantity.unit)
        texts = _characters(entry.candidate, folded, names)
        title = " ".join(entry.candidate.sentence.section.title.split())
        described.append((("", names), ("group=", groups), *texts, ("title=", title)))
    return described


def describe_negation(negation: Negation, sentence: Sentence, folded: str) -> Features:
    """Features of a negated clause."""
    text = folded[negation.start : negation.end].replace("\n", " ")
    names = [
        "*",
        f"section={sentence.section.code}",
        f"neg={folded[negation.term.start : negation.term.end]}",
    ]
    names += [f"term={n}" for t in negation.terms for n in t.classes]
    names += [f"voted={name}" for name in negation.voted] or ["voted="]
    clause = folded[max(sentence.start, negation.start - 16) : negation.start].replace("\n", " ")
    threes = [text[i : i + 3] for i in range(len(text) - 2)]
    return ("", names), ("c=", text), ("t=", threes), ("b=", clause)


def _vote(entry: Entry) -> list[str]:
    names = ["promised"] if entry.promised else []
    if not entry.drafts:
        return [*names, VOTE]
    names += [f"{VOTE}{draft.metric}:{draft.aspect}" for draft in entry.drafts]
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
    ]


def _number(candidate: Candidate) -> list[str]:
    quantity = candidate.quantity
    unit = "".join(quantity.unit.split())
    value = quantity.value
    size = "range" if value is None else "0" if value == 0 else str(len(str(abs(int(value)))))
    return [
        f"unit={unit}",
        f"kind={quantity.kind}:{quantity.qualifier}",
        f"size={size}",
        *(["bare one"] if quantity.text == "一" else []),
        f"closed={candidate.closed}",
    ]


def _terms(candidate: Candidate) -> list[str]:
    end = candidate.quantity.outer_end
    names = _own_terms(candidate)
    for place, term in enumerate(candidate.left[:6]):
        names += _named("left=", term.classes)
        if not place:
            names += _named("left0=", term.classes)
    for place, term in enumerate(candidate.right[:4]):
        near = "+" if not place and term.start - end <= 1 else ""
        names += _named("right=", term.classes, near)
    if candidate.behind is not None and candidate.behind.start - end <= 8:
        names += _named("behind=", candidate.behind.classes)
    return names


@lru_cache(maxsize=4096)
def _named(beginning: str, classes: frozenset[str], near: str = "") -> list[str]:
    return [beginning + name + near for name in classes]


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


def _characters(candidate: Candidate, folded: str, names: list[str]) -> Features:
    """Pairs of characters around a number; what stands next to it goes to `names`."""
    quantity = candidate.quantity
    start, end = quantity.outer_start, quantity.outer_end
    clause = folded[max(candidate.bound, candidate.own_start, start - 24) : start].strip().replace("\n", " ")
    bare = clause.rstrip("共约近达为了有的超计")
    behind = folded[end : end + 10].replace("\n", " ")
    if stop := _STOP.search(behind):
        behind = behind[: stop.end()]
    further = folded[max(candidate.sentence.start, start - 60) : max(candidate.own_start, start - 24)]
    names += (
        "-1=" + clause[-1:], "-2=" + clause[-2:], "-3=" + clause[-3:], "-4=" + clause[-4:],
        "-w2=" + bare[-2:], "-w4=" + bare[-4:],
        "+1=" + behind[:1], "+2=" + behind[:2], "+3=" + behind[:3],
        "between=" + candidate.between[:1].strip(),
    )  # fmt: skip
    return ("c=", clause), ("d=", behind), ("f=", _NO_WORD.sub("\n", further))
