"""Annotated reports checked beyond their syntax, each finding with its file and line.

An `error` breaks the guideline whatever the text says; a `note` is a place to look at again:
a number without a mark that reads like a metric, a value that the words do not give, one
wording annotated in two ways.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gxnlp.alignment import Alignment
from gxnlp.corpus import GoldMetric, GoldReport, GoldStatement, read_gold
from gxnlp.errors import CorpusError
from gxnlp.layout import normalise
from gxnlp.metrics import find_metrics
from gxnlp.ontology import default_ontology
from gxnlp.quantities import find_quantities
from gxnlp.reading import read
from gxnlp.records import Document, Interval, Quantity
from gxnlp.report_info import read_info
from gxnlp.sections import find_sections
from gxnlp.splits import docs_of

Severity = Literal["error", "note"]

_OUTSIDE = "，。；：、！？,;!?"
"""Punctuation that no span begins with, and only an abbreviation's ends with."""
_CONTEXT = 18
"""Characters shown left and right of a place."""
_CLAUSE = re.compile(r"[，。；：！？\n（）()]")
_DIGITS = re.compile(
    r"[0-9０-９][0-9０-９.,，．]*|(?<![一二两三四五六七八九十百千万零〇])[一二两三四五六七八九十百千万零〇]++(?=[余多]?[件条次期篇个人名场份])"
)
_SHORT = 6
"""A clause of fewer characters beside its numbers says too little to be compared."""
_ROUNDED = 0.002
"""Share by which a value may differ from the number: a third is written 33.3."""
_EACH = re.compile("[各均都皆]")
_VARIES = frozenset({"satisfaction", "other_metric"})
"""Metrics whose unit follows the counter."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    Attributes:
        path: The file.
        line: Line in the file, from 1.
        severity: `error` or `note`.
        check: Name of the check.
        message: What was found, with the words around it.
    """

    path: Path
    line: int
    severity: Severity
    check: str
    message: str


def check_corpus(folder: Path, *, blind: bool = False) -> list[Finding]:
    """Check every report of a corpus folder, in the ontology in use.

    Args:
        folder: A corpus, or a folder of annotated reports.
        blind: Leave out what the extraction reads in numbers without a mark, so that the marks can
            measure it: who has seen its readings marks by them.

    Returns:
        Findings by file and line.

    Raises:
        CorpusError: No report is there.
    """
    paths = sorted(docs_of(folder).glob("*.txt"))
    if not paths:
        raise CorpusError(f"{folder}: no annotated report (*.txt) is there or in docs/")
    findings: list[Finding] = []
    reports: dict[Path, GoldReport] = {}
    for path in paths:
        try:
            reports[path] = read_gold(path)
        except CorpusError as error:
            findings.append(_syntax(path, str(error)))
        else:
            findings += _Checker(path, reports[path], blind=blind).run()
    findings += _same_ids(reports)
    findings += _two_ways(reports)
    return sorted(findings, key=lambda f: (f.path, f.line, f.severity, f.check, f.message))


def _syntax(path: Path, message: str) -> Finding:
    place = re.match(rf"{re.escape(str(path))}:(\d+): ", message)
    return Finding(
        path, int(place[1]) if place else 1, "error", "syntax", message[place.end() :] if place else message
    )


class _Checker:
    """The checks of one report."""

    def __init__(self, path: Path, report: GoldReport, *, blind: bool) -> None:
        self.path, self.report, self.blind = path, report, blind

    def run(self) -> Iterator[Finding]:
        reading = read(self.report.text.encode("utf-8"), name=f"{self.report.id}.txt")
        document = normalise(reading.pages, paged=reading.paged)
        alignment = Alignment(self.report.text, document.text)
        for statement in self.report.statements:
            yield from self._edges(statement)
        for metric in self.report.metrics:
            yield from self._edges(metric)
            yield from self._unit(metric)
        yield from self._values()
        yield from self._repeated()
        yield from self._statements()
        yield from self._document(document, alignment)

    def found(
        self, severity: Severity, check: str, message: str, place: GoldMetric | GoldStatement | Interval
    ) -> Finding:
        context = _context(self.report.text, place.start, place.end)
        return Finding(self.path, line_of(self.report, place.start), severity, check, f"{message}: {context}")

    def _edges(self, item: GoldMetric | GoldStatement) -> Iterator[Finding]:
        what = item.metric if isinstance(item, GoldMetric) else item.id
        if item.text != item.text.strip():
            yield self.found("error", "edges", f"{what} begins or ends with white space", item)
        elif item.text[0] in _OUTSIDE or item.text[-1] in _OUTSIDE:
            yield self.found("error", "edges", f"{what} begins or ends with punctuation", item)

    def _unit(self, metric: GoldMetric) -> Iterator[Finding]:
        unit = default_ontology().metrics[metric.metric].unit
        percent = metric.aspect != "level" and metric.unit == "percent"
        if unit and metric.metric not in _VARIES and metric.unit != unit and not percent:
            yield self.found("error", "unit", f"{metric.metric} in {metric.unit}, not {unit}", metric)
        if metric.aspect == "growth" and metric.unit != "percent":
            yield self.found("error", "unit", f"growth in {metric.unit}, not percent", metric)

    def _values(self) -> Iterator[Finding]:
        """Value and qualifier of each mention against the number that stands in its span."""
        quantities = find_quantities(self.report.text)
        for metric in self.report.metrics:
            inside = [q for q in quantities if metric.start <= q.start and q.end <= metric.end]
            if metric.implied or len(inside) != 1:
                continue
            quantity = inside[0]
            if not _agree(metric, quantity):
                words = f"{metric.metric} is {_shown(metric.value)}, the words say {_shown(quantity.value)}"
                yield self.found("note", "value", words, metric)
            elif metric.qualifier != quantity.qualifier:
                words = f"{metric.metric} is {metric.qualifier}, the words say {quantity.qualifier}"
                yield self.found("note", "qualifier", words, metric)

    def _repeated(self) -> Iterator[Finding]:
        seen: set[tuple[object, ...]] = set()
        for metric in self.report.metrics:
            key = (metric.start, metric.end, metric.metric, metric.aspect, metric.channel)
            if key in seen and not _EACH.search(self.report.text, metric.start - _CONTEXT, metric.start):
                yield self.found("error", "repeated", f"{metric.metric} twice on one span", metric)
            seen.add(key)

    def _statements(self) -> Iterator[Finding]:
        last: GoldStatement | None = None
        for statement in sorted(self.report.statements, key=lambda s: (s.start, -s.end)):
            if last is not None and statement.start < last.end:
                words = f"{statement.id} stands inside {last.id}"
                yield self.found("error", "overlap", words, statement)
            last = statement
            for what, values in (("topic", statement.topics), ("answer", statement.answers)):
                if len(set(values)) < len(values):
                    yield self.found("error", "statement", f"{statement.id} has a {what} twice", statement)
            if statement.role == "problem" and statement.answers:
                words = f"{statement.id} is a problem and answers {', '.join(statement.answers)}"
                yield self.found("error", "statement", words, statement)

    def _document(self, document: Document, alignment: Alignment) -> Iterator[Finding]:
        """What needs the report as extraction sees it: tables, and numbers without a mark."""
        marked: list[tuple[int, int]] = []
        for metric in self.report.metrics:
            span = alignment.span(metric.start, metric.end)
            if span is None:
                continue
            marked.append(span)
            if any(t.start < span[1] and span[0] < t.end for t in document.tables):
                words = f"{metric.metric} is marked inside a table"
                yield self.found("note", "table", words, metric)
        if not self.blind:
            yield from self._unmarked(document, marked)

    def _unmarked(self, document: Document, marked: Sequence[tuple[int, int]]) -> Iterator[Finding]:
        sections = find_sections(document)
        info = read_info(document, sections)
        back = Alignment(document.text, self.report.text)
        for row in find_metrics(document, sections, info):
            if any(start < row.end and row.start < end for start, end in marked):
                continue
            place = back.span(row.start, row.end)
            if place is not None:
                yield self.found("note", "unmarked", f"no mark, reads like {row.metric}", Interval(*place))


def line_of(report: GoldReport, offset: int) -> int:
    """Line of the marked-up file, from 1, on which an offset into a report's text stands."""
    headers = 3 + len(report.headers)
    marks = sum(section.start <= offset for section in report.sections)
    return headers + marks + report.text.count("\n", 0, offset) + 1


def _context(text: str, start: int, end: int) -> str:
    left, right = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    middle = text[start:end] if end - start <= 40 else f"{text[start : start + 30]}…{text[end - 8 : end]}"
    return " ".join(f"…{left}【{middle}】{right}…".split())


def _shown(value: object) -> str:
    return "a range" if value is None else str(value)


def _agree(metric: GoldMetric, quantity: Quantity) -> bool:
    if metric.value is None or quantity.value is None:
        return metric.value is None and quantity.value is None
    wanted, found = abs(float(metric.value)), abs(float(quantity.value))
    if quantity.kind == "fold":  # 增长1倍 is 100, 是去年的2.1倍 a growth of 110
        given = [found * 100, (found - 1) * 100]
    elif metric.unit == "percent" and quantity.kind == "fraction":  # 三分之一, 半数
        given = [found * 100]
    else:
        given = [found / 10 if metric.unit == "percent" and quantity.kind == "permille" else found]
    return any(abs(wanted - value) <= _ROUNDED * value for value in given)


def _same_ids(reports: dict[Path, GoldReport]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, report in reports.items():
        if first.setdefault(report.id, path) != path:
            yield Finding(path, 1, "error", "id", f"id {report.id} stands in {first[report.id].name} too")
        if report.id != path.stem:
            yield Finding(path, 1, "note", "id", f"id {report.id} is not the file's name")


@dataclass(frozen=True, slots=True)
class _Use:
    """One wording as one report annotates it."""

    path: Path
    report: GoldReport
    start: int
    end: int
    label: tuple[object, ...]


def _two_ways(reports: dict[Path, GoldReport]) -> Iterator[Finding]:
    """Clauses that differ in their figures alone, and statements of one wording, annotated differently."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for path, report in reports.items():
        for wording, use in (*_clauses(path, report), *_worded(path, report)):
            uses[wording].append(use)
    for wording, found in uses.items():
        ways: dict[tuple[object, ...], list[_Use]] = defaultdict(list)
        for use in found:
            ways[use.label].append(use)
        if len(ways) > 1:
            yield from _disagreement(wording, list(ways.values()))


def _disagreement(wording: str, ways: Sequence[Sequence[_Use]]) -> Iterator[Finding]:
    """A finding for each use but those of the commonest way."""
    usual = max(ways, key=len)
    for way in ways:
        for use in way if way is not usual else ():
            other = f"{usual[0].path.name}:{line_of(usual[0].report, usual[0].start)}"
            words = f"{_words(use.label)} here, {_words(usual[0].label)} in {other}"
            where = _context(use.report.text, use.start, use.end)
            yield Finding(use.path, line_of(use.report, use.start), "note", "two ways", f"{words}: {where}")


def _words(label: Iterable[object]) -> str:
    return " ".join(str(part) for part in label) or "no mark"


def _clauses(path: Path, report: GoldReport) -> Iterator[tuple[str, _Use]]:
    """Clauses with their numbers masked, and what is marked in them."""
    at = 0
    for stop in (*_CLAUSE.finditer(report.text), None):
        end = stop.start() if stop else len(report.text)
        clause = report.text[at:end]
        wording, numbers = _DIGITS.subn("N", "".join(clause.split()))
        if numbers and len(wording) - numbers >= _SHORT:
            inside = [m for m in report.metrics if at <= m.start and m.end <= end and not m.implied]
            label = tuple(f"{m.metric}:{m.aspect}" for m in inside)
            yield wording, _Use(path, report, at, end, label)
        at = end + 1


def _worded(path: Path, report: GoldReport) -> Iterator[tuple[str, _Use]]:
    for statement in report.statements:
        wording = "".join(statement.text.split())
        label = (statement.role, *sorted(statement.topics))
        yield f"⟪{wording}", _Use(path, report, statement.start, statement.end, label)
