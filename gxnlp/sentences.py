"""Sentences of the narrative: the words of the lexicon in each, and the numbers that count something."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gxnlp.channels import misnamed_channels, misnaming_marks
from gxnlp.lexicon import CHANNEL, NOUN, OUTCOME, TITLE, VERB, Term, metric_lexicon, term
from gxnlp.quantities import find_quantities
from gxnlp.records import Document, Interval, Quantity, Section

_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]*")
_SINGLE = frozenset("一二三四五六七八九十")
_WORD = re.compile("[一-鿿]")
_LIST_MARK = re.compile(r"[.、．）)]")
_FEAST = re.compile("“[一二三四五六七八九十]{1,3}”")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_RATE = re.compile(r"[0-9]{1,3}%")
_ANNEXES = ("附件", "附表", "附图")
_NOUNS = {"件": "套", "条": "目"}
"""Characters that make a noun of a counter before them."""
_CASES = ("件", "宗", "起")
_DENIES = frozenset("未不没也")
_OPENS = frozenset("，；。：、中另\n ")
_COUNTABLE = frozenset({"number", "fraction", "percent", "permille", "percent_point", "fold", "range"})


@dataclass(slots=True)
class Sentence:
    """A sentence of the narrative with what was found in it, in order.

    Attributes:
        starts: Offset of each term; `index` sets it anew where terms are added.
        kinds: All flags of its terms.
    """

    start: int
    end: int
    section: Section
    paragraph: int
    terms: list[Term] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    kinds: int = 0

    def index(self) -> None:
        """Note where the terms start."""
        self.starts = [t.start for t in self.terms]

    def between(self, start: int, end: int) -> list[Term]:
        """Terms that stand wholly in `folded[start:end]`."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return [t for t in self.terms[first:last] if t.end <= end]


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
    quantities = find_quantities(document.text, folded=folded, skip=document.tables)
    offsets = [q.start for q in quantities]
    lexicon = metric_lexicon()
    paragraph = 0
    for start, end, section in narrative(document, sections):
        terms, marks = lexicon.scan(folded, start, end), misnaming_marks(folded, start, end)
        starts = [t.start for t in terms]
        here, at = 0, bisect_left(offsets, start)
        paragraph += 1
        for match in _SENTENCE.finditer(folded, start, end):
            first, stop = match.span()
            last, until = bisect_left(starts, stop, here), bisect_left(offsets, stop, at)
            if last > here or until > at:
                sentence = Sentence(first, stop, section, paragraph, terms[here:last], [], starts[here:last])
                if marks and bisect_left(marks, first) < bisect_left(marks, stop):
                    _drop_misnamed(sentence, folded)
                if until > at:
                    _place(quantities[at:until], sentence, folded, year)
                for one in sentence.terms:
                    sentence.kinds |= one.kinds
                if sentence.terms:
                    yield sentence
            here, at = last, until
            if "\n" in match[0]:
                paragraph += 1


def _drop_misnamed(sentence: Sentence, folded: str) -> None:
    if misnamed := misnamed_channels(sentence.between, folded, sentence.start, sentence.end):
        sentence.terms = [t for t in sentence.terms if t not in misnamed]
        sentence.index()


def _place(quantities: Sequence[Quantity], sentence: Sentence, folded: str, year: int | None) -> None:
    """Put each quantity where it belongs: among the quantities, as a date among the terms, or nowhere."""
    dates = []
    for quantity in quantities:
        if quantity.kind in _COUNTABLE:
            if _counts(quantity, sentence, folded):
                sentence.quantities.append(quantity)
        elif quantity.kind == "date" and year and (found := _YEAR.match(quantity.text)):
            shift = int(found[0]) - year
            name = "date.before" if shift < 0 else "date.after" if shift > 0 else "date.same"
            dates.append(term(quantity.start, quantity.end, frozenset({name})))
    if dates:
        sentence.terms = sorted(sentence.terms + dates)
        sentence.index()


def _counts(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """Whether a number can be a count by the words and marks that touch it."""
    if folded.startswith("所列", quantity.outer_start - 2):
        return False  # 清单所列62条: entries of a list
    noun = _NOUNS.get(quantity.unit)
    if noun is not None and folded.startswith(noun, quantity.unit_end):
        return False  # 四件套, 20余条目
    if not quantity.unit:
        if folded.startswith(_ANNEXES, quantity.start - 2):
            return False  # 详见附件2
        if quantity.text in _SINGLE or _FEAST.match(folded, quantity.start - 1):
            return False  # 三是, 四 (a heading), “十一”期间: a numeral that counts nothing
        if _YEAR.fullmatch(quantity.text) and _WORD.match(folded, quantity.end):
            return False  # 2019上海再出发: a year within a name
        opens = quantity.start == sentence.start or folded[quantity.start - 1] in " \n（("
        if opens and _LIST_MARK.match(folded, quantity.end):
            return False
    around = bisect_right(sentence.starts, quantity.start) - 1
    # A word of the lexicon that holds the number (12345热线, a title) is a name, not a count.
    if quantity.text == "零":
        return not _opens_noun(quantity, sentence)
    if around >= 0 and _holds(sentence.terms[around], quantity):
        return False
    if quantity.unit == "个" and _RATE.match(folded, quantity.unit_end):
        return False  # 三个100%: the rates are counted, not what they are of
    if quantity.text == "一" and (folded[quantity.start - 1] == "的" or _idle(quantity, sentence, folded)):
        return False  # 最长的一次
    return not _quoted(quantity, sentence, folded)


def _opens_noun(quantity: Quantity, sentence: Sentence) -> bool:
    """零复议、零诉讼: a negation of the noun that touches it; 为零 and 零件 are numbers."""
    behind = bisect_left(sentence.starts, quantity.end)
    return behind < len(sentence.starts) and sentence.starts[behind] == quantity.end


def _holds(term: Term, quantity: Quantity) -> bool:
    if term.kinds & TITLE and term.start < quantity.start < term.end:
        return True
    return quantity.end <= term.end


def _quoted(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """“十年禁渔”专栏7个: a number inside a quoted name counts nothing."""
    closing = folded.find("”", quantity.end, min(sentence.end, quantity.end + 20))
    if closing < 0:
        return False
    closed = folded.rfind("”", sentence.start, quantity.start)
    opening = folded.rfind("“", max(sentence.start, closed + 1), quantity.start)
    return opening >= 0 and closing - opening - 1 > len(quantity.text) + len(quantity.unit)


def _idle(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """最高一篇阅读1.7万, 一次公开到位: 一 with its counter picks out, it does not count."""
    if quantity.unit in _CASES and folded[quantity.start - 1] in _OPENS:
        return (
            folded[quantity.unit_end : quantity.unit_end + 1] in _DENIES
        )  # 一件申请公开管网图，一件…; but 一件未发
    starts, terms = sentence.starts, sentence.terms
    behind = bisect_left(starts, quantity.unit_end)
    if behind == len(starts) or starts[behind] != quantity.unit_end or terms[behind].kinds & OUTCOME:
        return False  # 一件予以公开
    before = bisect_left(starts, quantity.start) - 1
    touches = before >= 0 and terms[before].end == quantity.start
    return not (touches and terms[before].kinds & (NOUN | VERB | CHANNEL))
