"""Quantities in their context: sentences of the narrative, and for each quantity its window.

The same candidates serve the patterns and, later, a learned model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gxnlp.lexicon import Term, metric_lexicon
from gxnlp.quantities import find_quantities
from gxnlp.records import Document, Interval, Quantity, Section

_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]*")
_CLAUSE = "，；：（"
_JOINS = ("、", "和", "及", "与")
_JOINED_NOUNS = re.compile(r"[^，。；：0-9]{0,3}[、和与及以/（][^，。；：0-9]{0,4}")
_SINGLE = frozenset("一二三四五六七八九十")
_RIGHT_END = re.compile(r"[，、；。：（）！？\n]")
_CLOSED = re.compile(
    r"\s*(?:$|[，、；。：（）！？”]|和|及|与|以及|并|等|左右|已|共|[\u4e00-\u9fff]{0,2}[0-9])"
)
_LIST_MARK = re.compile(r"[.、．）)]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_COUNTABLE = frozenset({"number", "fraction", "percent", "permille", "percent_point", "fold", "range"})


@dataclass(slots=True)
class Sentence:
    """A sentence of the narrative with what was found in it, in order."""

    start: int
    end: int
    section: Section
    paragraph: int
    terms: list[Term] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)


@dataclass(slots=True)
class Candidate:
    """A quantity with the words that may govern it.

    Attributes:
        bound: Where the quantity before it in the sentence ends; the window starts here.
        own_start: Where its own clause starts.
        own: Terms of its own clause before it, nearest first.
        left: Terms further back to `bound`, nearest first.
        right: Terms right behind it, up to the next stop.
        between: Folded text from `bound` to the quantity.
        closed: Whether a stop follows, so that no object of a verb comes behind the number.
        behind: The next term, whatever stands between.
        taken: How far the reader took words behind the quantity; the next window starts there.
        inherited: Classes of verbs that a joined number before it had (公开会议13次、全会2次).
    """

    quantity: Quantity
    sentence: Sentence
    bound: int
    own_start: int
    own: list[Term]
    left: list[Term]
    right: list[Term]
    between: str
    closed: bool
    inherited: frozenset[str] = frozenset()
    behind: Term | None = None
    taken: int = 0

    def near(self) -> set[str]:
        """Classes of the words of the quantity's own clause and right behind it."""
        return set().union(*(t.classes for t in self.own), *(t.classes for t in self.right))

    def window(self) -> set[str]:
        """Classes of all words back to the last quantity and right behind."""
        return self.near().union(self.inherited, *(t.classes for t in self.left))


def narrative(document: Document, sections: Sequence[Section]) -> Iterator[tuple[int, int, Section]]:
    """Stretches of running text with their innermost section: no preamble, no table."""
    starts = sorted({s.start for s in sections} | {s.end for s in sections})
    tables = iter((*document.tables, Interval(len(document.text) + 1, len(document.text) + 1)))
    table = next(tables)
    innermost: Section | None = None
    by_start = {s.start: s for s in sorted(sections, key=lambda s: s.level)}
    for start, end in pairwise(starts):
        innermost = by_start.get(start) or _parent_at(start, sections)
        if innermost is None or innermost.code == "preamble":
            continue
        while table.end <= start:
            table = next(tables)
        while table.start < end:
            if table.start > start:
                yield start, table.start, innermost
            start = table.end
            if table.end > end:
                break
            table = next(tables)
        if start < end:
            yield start, end, innermost


def _parent_at(offset: int, sections: Sequence[Section]) -> Section | None:
    holding = [s for s in sections if s.start <= offset < s.end]
    return max(holding, key=lambda s: s.start, default=None)


def read_sentences(document: Document, sections: Sequence[Section], year: int | None) -> Iterator[Sentence]:
    """Sentences of the narrative with terms and quantities.

    Args:
        document: The normalised report.
        sections: Its section tree.
        year: The report's year; a date of another year becomes a term `date.before` or
            `date.after`, so that rules can see it.
    """
    folded = document.folded
    quantities = find_quantities(document.text, folded=folded)
    lexicon = metric_lexicon()
    at, paragraph = 0, 0
    for start, end, section in narrative(document, sections):
        terms = list(lexicon.scan(folded, start, end))
        here = 0
        paragraph += 1
        for match in _SENTENCE.finditer(folded, start, end):
            sentence = Sentence(match.start(), match.end(), section, paragraph)
            while here < len(terms) and terms[here].start < sentence.end:
                sentence.terms.append(terms[here])
                here += 1
            while at < len(quantities) and quantities[at].start < sentence.start:
                at += 1
            while at < len(quantities) and quantities[at].start < sentence.end:
                _place(quantities[at], sentence, folded, year)
                at += 1
            if sentence.terms:
                sentence.terms.sort()
                yield sentence
            if "\n" in match[0]:
                paragraph += 1


def _place(quantity: Quantity, sentence: Sentence, folded: str, year: int | None) -> None:
    """Put a quantity where it belongs: among the quantities, as a date among the terms, or nowhere."""
    if quantity.kind == "date":
        found = _YEAR.match(quantity.text)
        if found and year:
            shift = int(found[0]) - year
            name = "date.before" if shift < 0 else "date.after" if shift > 0 else "date.same"
            sentence.terms.append(Term(quantity.start, quantity.end, frozenset({name})))
        return
    if quantity.kind not in _COUNTABLE:
        return
    titles = [t for t in sentence.terms if "title" in t.classes]
    if any(t.start < quantity.start < t.end for t in titles):
        return
    opens = quantity.start == sentence.start or folded[quantity.start - 1] in " \n（("
    if opens and not quantity.unit and _LIST_MARK.match(folded, quantity.end):
        return
    if not quantity.unit and quantity.text in _SINGLE:
        return  # 三是, 四 (a heading): a numeral that counts nothing
    if _quoted(quantity, sentence, folded):
        return
    if quantity.text == "一" and _idle(quantity, sentence):
        return
    # A word of the lexicon that holds the number (12345热线) is a name, not a count.
    inside = next((t for t in sentence.terms if t.start <= quantity.start and quantity.end <= t.end), None)
    if inside is None:
        sentence.quantities.append(quantity)


def _quoted(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """“十年禁渔”专栏7个: a number inside a quoted name counts nothing."""
    opening = folded.rfind("“", sentence.start, quantity.start)
    closing = folded.find("”", quantity.end, min(sentence.end, quantity.end + 20))
    if opening < 0 or closing < 0 or folded.find("”", opening, quantity.start) >= 0:
        return False
    return closing - opening - 1 > len(quantity.text) + len(quantity.unit)


def _idle(quantity: Quantity, sentence: Sentence) -> bool:
    """最高一篇阅读1.7万, 一次公开到位: 一 with its counter picks out, it does not count."""
    before = any(t.end == quantity.start for t in sentence.terms if any(n[0] in "nvc" for n in t.classes))
    behind = any(t.start == quantity.unit_end for t in sentence.terms)
    return behind and not before


def candidates(sentence: Sentence, folded: str, merge: Mapping[str, tuple[str, ...]]) -> Iterator[Candidate]:
    """The quantities of a sentence with their windows, left to right.

    Args:
        sentence: A sentence of the narrative.
        folded: The folded text of the report.
        merge: Classes of words that count together where they are joined, by the class of both.
    """
    bound = sentence.start
    verbs: frozenset[str] = frozenset()
    found = sentence.quantities
    for place, quantity in enumerate(found):
        start = quantity.outer_start
        own_start = max(bound, *(folded.rfind(stop, bound, start) + 1 for stop in _CLAUSE))
        before = [t for t in sentence.terms if bound <= t.start and t.end <= quantity.start]
        before.reverse()
        following = found[place + 1].outer_start if place + 1 < len(found) else sentence.end
        stop = _RIGHT_END.search(folded, quantity.outer_end, sentence.end)
        right_end = stop.start() if stop else sentence.end
        right = [] if following < right_end else _between(sentence.terms, quantity.outer_end, right_end)
        between = folded[bound:start]
        if not between.lstrip().startswith(_JOINS):
            verbs = frozenset()
        candidate = Candidate(
            quantity=quantity,
            sentence=sentence,
            bound=bound,
            own_start=own_start,
            own=_merged([t for t in before if t.start >= own_start], folded, merge),
            left=[t for t in before if t.start < own_start],
            right=right,
            between=between,
            closed=_CLOSED.match(folded, quantity.outer_end) is not None,
            inherited=verbs,
            behind=next((t for t in sentence.terms if t.start >= quantity.outer_end), None),
        )
        if following < right_end and candidate.behind and candidate.behind.start <= quantity.outer_end + 1:
            candidate.closed |= any(n.startswith("n.") for n in candidate.behind.classes)
        yield candidate
        verbs = verbs.union(n for n in candidate.window() if n.startswith("v."))
        bound = max(quantity.outer_end, quantity.end, candidate.taken)


def _merged(own: list[Term], folded: str, merge: Mapping[str, tuple[str, ...]]) -> list[Term]:
    """人大代表建议、政协提案27件: the two nearest nouns count together."""
    nouns = [t for t in own if any(n.startswith("n.") for n in t.classes)][:2]
    if len(nouns) < 2 or any("w.respective" in t.classes or "w.each" in t.classes for t in own):
        return own
    last, first = nouns
    if not _JOINED_NOUNS.fullmatch(folded, first.end, last.start):
        return own
    for name, parts in merge.items():
        if any(a in first.classes and b in last.classes for a, b in (parts, parts[::-1])):
            both = Term(first.start, last.end, frozenset({name}))
            return [both if t is last else t for t in own if t is not first]
    return own


def _between(terms: list[Term], start: int, end: int) -> list[Term]:
    return [t for t in terms if start <= t.start and t.end <= end]
