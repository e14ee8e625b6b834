"""Annotated reports read from their mark-up; what is wrong is told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gxnlp.corpus.gold import (
    CLOSING,
    MARK_CHARS,
    GoldMetric,
    GoldReport,
    GoldSection,
    GoldStatement,
    defaults_of,
)
from gxnlp.errors import CorpusError
from gxnlp.numerals import MAX_DIGITS
from gxnlp.ontology import default_ontology
from gxnlp.records import Role

_REQUIRED = ("id", "agency", "year")
_HEADING = re.compile(r"§(?P<code>[\w.]+)§ ?(?P<level>[1-4])?\s*")
_STATEMENT_ID = re.compile(r"[PR][0-9]+")
_OTHER_METRIC = "other_metric"


def parse_gold(raw: str, *, name: str = "gold") -> GoldReport:
    """Parse the mark-up of one annotated report.

    Args:
        raw: The mark-up.
        name: What to call it in messages.

    Raises:
        CorpusError: It is malformed; the message names line and cause.
    """
    return _Parser(name).parse(raw)


@dataclass(slots=True)
class _Mark:
    """An opened mark: its bracket, the offset in the text and the line it was opened on."""

    bracket: str
    start: int
    line: int


class _Parser:
    """One pass over the mark-up, line by line; `self.line` is the line at hand, from 1."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.line = 0
        self.chunks: list[str] = []
        self.length = 0
        self.open: list[_Mark] = []
        self.sections: list[GoldSection] = []
        self.closed: list[tuple[_Mark, int, list[str]]] = []

    def fail(self, message: str, line: int | None = None) -> CorpusError:
        return CorpusError(f"{self.name}:{line or self.line}: {message}")

    def parse(self, raw: str) -> GoldReport:
        lines = raw.split("\n")
        headers = self._headers(lines)
        year = headers.pop("year")
        if not year.isascii() or not year.isdigit() or len(year) > 4:
            raise self.fail(f"header year is {year!r}; expected a number such as 2024")
        self._body(lines[self.line :])
        text = "".join(self.chunks)
        if not self.sections:
            raise self.fail("no section is marked; put §preamble§ 1 above the title")
        self.closed.sort(key=lambda mark: (mark[0].start, mark[1]))
        return GoldReport(
            id=headers.pop("id"),
            agency=headers.pop("agency"),
            year=int(year),
            text=text,
            headers=headers,
            sections=tuple(self.sections),
            metrics=tuple(self._metrics(text, int(year))),
            statements=self._statements(text),
        )

    def _headers(self, lines: Sequence[str]) -> dict[str, str]:
        headers: dict[str, str] = {}
        for line in lines:
            if not line.startswith("#!"):
                break
            self.line += 1
            key, colon, value = line[2:].partition(":")
            if not colon or key.strip() in headers:
                raise self.fail(f"header {line!r} has no colon or stands twice; expected `#! key: value`")
            headers[key.strip()] = value.strip()
        missing = [key for key in _REQUIRED if not headers.get(key)]
        if missing:
            raise self.fail(f"header {', '.join(missing)} is missing", self.line or 1)
        return headers

    def _body(self, lines: Sequence[str]) -> None:
        pending: tuple[str, int] | None = None
        for index, line in enumerate(lines):
            self.line += 1
            heading = _HEADING.fullmatch(line)
            if heading:
                if pending:
                    raise self.fail("a section mark follows a section mark; each needs its heading line")
                pending = self._section_mark(heading)
                continue
            start = self.length
            self._line(line)
            if pending and line.strip():
                title = "".join(self.chunks)[start:].strip()
                self.sections.append(GoldSection(*pending, title, start))
                pending = None
            if index < len(lines) - 1:
                self._put("\n")
        if pending:
            raise self.fail(f"no heading line follows §{pending[0]}§")
        if self.open:
            raise self.fail(f"{self.open[-1].bracket} is never closed", self.open[-1].line)

    def _section_mark(self, heading: re.Match[str]) -> tuple[str, int]:
        if heading["code"] not in default_ontology().sections:
            raise self.fail(f"unknown section {heading['code']}; `gxnlp labels` lists them")
        return heading["code"], int(heading["level"] or 1)

    def _line(self, line: str) -> None:
        at = 0
        for mark in MARK_CHARS.finditer(line):
            if mark.start() < at:  # inside the fields of a mark that was read
                continue
            self._put(line[at : mark.start()])
            if mark[0] in CLOSING:
                self.open.append(_Mark(mark[0], self.length, self.line))
                at = mark.end()
            elif mark[0] == "¦":
                at = self._close(line, mark.end())
            else:
                raise self.fail(f"stray {mark[0]}: its fields are missing")
        self._put(line[at:])

    def _close(self, line: str, fields_start: int) -> int:
        """Close the innermost mark with the fields from `fields_start`; return where they end."""
        if not self.open:
            raise self.fail("¦ outside of a mark")
        mark = self.open.pop()
        close = re.compile("[⟧⟫]").search(line, fields_start)
        if close is None or close[0] != CLOSING[mark.bracket]:
            raise self.fail(f"fields of {mark.bracket} do not end in {CLOSING[mark.bracket]}")
        if mark.start == self.length:
            raise self.fail("a mark around nothing")
        self.closed.append((mark, self.length, line[fields_start : close.start()].split("¦")))
        return close.end()

    def _put(self, chunk: str) -> None:
        self.chunks.append(chunk)
        self.length += len(chunk)

    def _metrics(self, text: str, year: int) -> Iterator[GoldMetric]:
        ontology = default_ontology()
        for mark, end, fields in self.closed:
            if mark.bracket != "⟦":
                continue
            self.line = mark.line
            if len(fields) < 3:
                raise self.fail(f"a metric needs metric¦value¦unit, got {'¦'.join(fields)}")
            metric, value, unit, *rest = fields
            if metric not in ontology.metrics:
                raise self.fail(f"unknown metric {metric}; `gxnlp labels` lists them")
            if unit not in ontology.units and metric != _OTHER_METRIC:
                raise self.fail(
                    f"unknown unit {unit!r} of {metric}; expected one of {', '.join(ontology.units)}"
                )
            attributes = self._attributes(metric, ",".join(rest), year)
            yield GoldMetric(
                metric=metric,
                value=self._value(value),
                unit=unit,
                qualifier=attributes["qualifier"],
                aspect=attributes["aspect"],
                measure=attributes["measure"],
                scope=attributes["scope"],
                channel=attributes["channel"],
                period=int(attributes["period"]),
                implied=attributes["implied"] == "1",
                text=text[mark.start : end],
                start=mark.start,
                end=end,
            )

    def _value(self, written: str) -> Decimal | None:
        if not written:
            return None
        try:
            value = Decimal(written)
        except InvalidOperation:
            raise self.fail(f"value {written!r} is no number") from None
        if not value.is_finite():
            raise self.fail(f"value {written!r} is not finite")
        if len(written) > 2 * MAX_DIGITS or (value and abs(value.adjusted()) > MAX_DIGITS):
            raise self.fail(f"value {written[:20]!r} is larger or smaller than any figure of a report")
        return value

    def _attributes(self, metric: str, written: str, year: int) -> dict[str, str]:
        values = defaults_of(metric, year)
        for pair in filter(None, written.split(",")):
            key, _, value = pair.partition("=")
            if key not in values:
                raise self.fail(f"unknown key {key!r}; expected one of {', '.join(values)}")
            if not _is_allowed(key, value):
                raise self.fail(f"{key}={value} is not allowed; `gxnlp labels` lists the values")
            values[key] = value
        return values

    def _statements(self, text: str) -> tuple[GoldStatement, ...]:
        topics_known = default_ontology().topics
        found: dict[str, tuple[int, GoldStatement]] = {}
        for mark, end, fields in self.closed:
            if mark.bracket != "⟪":
                continue
            self.line = mark.line
            if not 2 <= len(fields) <= 3 or not _STATEMENT_ID.fullmatch(fields[0]):
                raise self.fail(f"a statement needs P1¦topics or R1¦topics¦P1, got {'¦'.join(fields)}")
            if fields[0] in found:
                raise self.fail(f"statement {fields[0]} stands twice")
            topics = tuple(fields[1].split(","))
            unknown = [topic for topic in topics if topic not in topics_known]
            if unknown:
                raise self.fail(f"unknown topic {unknown[0]!r}; `gxnlp labels` lists them")
            answers = tuple(fields[2].split(",")) if len(fields) > 2 and fields[2] else ()
            role: Role = "problem" if fields[0].startswith("P") else "remedy"
            span = (text[mark.start : end], mark.start, end)
            found[fields[0]] = (mark.line, GoldStatement(fields[0], role, topics, answers, *span))
        for line, statement in found.values():
            unknown = [i for i in statement.answers if i not in found or found[i][1].role != "problem"]
            if unknown:
                raise self.fail(f"{statement.id} answers {unknown[0]}, which is no problem here", line)
        return tuple(statement for _, statement in found.values())


def _is_allowed(key: str, value: str) -> bool:
    ontology = default_ontology()
    if key == "channel":
        return value == "" or value in ontology.channels
    if key == "implied":
        return value in ("0", "1")
    if key == "period":
        return re.fullmatch("[0-9]{4}", value) is not None
    return value in ontology.attributes[key]
