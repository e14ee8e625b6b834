"""Annotated reports written as mark-up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from gxnlp.corpus.gold import CLOSING, DEFAULTS, MARK_CHARS, GoldMetric, GoldReport, defaults_of
from gxnlp.corpus.parsing import parse_gold
from gxnlp.errors import CorpusError


def write_gold(report: GoldReport) -> str:
    """Write the mark-up of one annotated report, so that `parse_gold` gives the report back.

    Raises:
        CorpusError: The report cannot be written: marks overlap without one holding the other,
            the text holds a mark itself, or a span, a heading or a label is not one.
    """
    _check_text(report)
    marks = _nested(_marks(report), report.id)
    headings = {section.start: section for section in report.sections}
    parts = [f"#! {key}: {value}\n" for key, value in _header_items(report)]
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    for start, end, bracket, fields in marks:  # outer before inner
        opened.setdefault(start, []).append(bracket)
        closed.setdefault(end, []).insert(0, f"¦{fields}{CLOSING[bracket]}")
    at = 0
    for place in sorted({*opened, *closed, *headings}):
        parts.append(report.text[at:place])
        parts += closed.get(place, ())
        if place in headings:
            parts.append(f"§{headings[place].code}§ {headings[place].level}\n")
        parts += opened.get(place, ())
        at = place
    raw = "".join([*parts, report.text[at:]])
    if parse_gold(raw, name=report.id) != report:
        raise CorpusError(f"{report.id}: a span or heading does not agree with the text")
    return raw


def _check_text(report: GoldReport) -> None:
    mark = MARK_CHARS.search(report.text)
    if mark or report.text.startswith("#!"):
        found = mark[0] if mark else "#!"
        raise CorpusError(f"{report.id}: the text holds {found}, which the mark-up uses; replace it")


def _header_items(report: GoldReport) -> Iterator[tuple[str, str]]:
    yield from (("id", report.id), ("agency", report.agency), ("year", str(report.year)))
    yield from report.headers.items()


_Span = tuple[int, int, Literal["⟦", "⟪"], str]


def _marks(report: GoldReport) -> Iterator[_Span]:
    # Of marks on one span the first is the innermost, the way they are read.
    for statement in reversed(report.statements):
        fields = [statement.id, ",".join(statement.topics)]
        if statement.answers:
            fields.append(",".join(statement.answers))
        yield statement.start, statement.end, "⟪", "¦".join(fields)
    for metric in reversed(report.metrics):
        yield metric.start, metric.end, "⟦", "¦".join(_metric_fields(metric, report.year))


def _metric_fields(metric: GoldMetric, year: int) -> Iterator[str]:
    value = "" if metric.value is None else format(metric.value, "f")
    yield from (metric.metric, value, metric.unit)
    defaults = defaults_of(metric.metric, year)
    values = {key: getattr(metric, key) for key in DEFAULTS}
    values |= {"period": str(metric.period), "implied": str(int(metric.implied))}
    pairs = [f"{key}={value}" for key, value in values.items() if value != defaults[key]]
    if pairs:
        yield ",".join(pairs)


def _nested(marks: Iterator[_Span], name: str) -> list[_Span]:
    """Sort marks, outer before inner; on one span the later ones given are inside."""
    ordered = sorted(marks, key=lambda mark: (mark[0], -mark[1]))
    ends: list[int] = []
    for start, end, bracket, fields in ordered:
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and end > ends[-1]:
            raise CorpusError(f"{name}: mark {bracket}{fields} at {start} overlaps another without nesting")
        ends.append(end)
    return ordered
