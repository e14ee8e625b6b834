r"""Rows of the CSV files: RFC 4180, `\n` line ends, columns and notation of the output contract.

A file is made of lines rendered report by report, so that workers can render and one
process write, and nothing but the report at hand is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from gxnlp.records import Document, Finding, Metric, Report, Section, Statement, TableCell

CONTRACT = "1.1"
"""Version of the output contract that these columns follow."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reports": (
        "report_id", "source", "sha256", "format", "kind", "title", "agency", "agency_printed", "agency_id",
        "region_code", "region", "level", "year", "published", "source_url", "chars", "pages", "sections",
        "metrics", "statements", "checks_failed", "status", "message",
    ),
    "sections": (
        "report_id", "section_id", "parent_id", "level", "code", "number", "title", "start", "end", "page",
        "audit",
    ),
    "metrics": (
        "report_id", "metric_id", "metric", "value", "lower", "upper", "unit", "qualifier", "aspect",
        "measure", "scope", "channel", "period", "detail", "implied", "text", "start", "end", "section_id",
        "section_code", "page", "sentence", "part_of", "extractor", "confidence",
    ),
    "statements": (
        "report_id", "statement_id", "role", "topics", "text", "start", "end", "section_id", "section_code",
        "page", "answers", "confidence",
    ),
    "tables": (
        "report_id", "table", "row", "column", "value", "text", "start", "end", "page", "state", "reason",
    ),
    "checks": ("report_id", "check", "status", "left", "right", "detail", "refs"),
}  # fmt: skip
"""Columns of each file, by its name without suffix; rows below follow this order."""

_FRACTION_DIGITS = 6
_QUOTED = re.compile(r'[",\r\n]')
_BLANKS = re.compile(r"\s+")

Cell = str | int | float | Decimal | Fraction | None


def header(name: str) -> str:
    """The header line of a file."""
    return _line(COLUMNS[name])


def rows(report: Report) -> dict[str, str]:
    """Render a report: for each file of `COLUMNS` its lines, each ended by a line end."""
    document = report.document
    return {
        "reports": _line(_report_cells(report)),
        "sections": _lines(_section_cells(report.report_id, s, document) for s in report.sections),
        "metrics": _lines(_metric_cells(report.report_id, m, document) for m in report.metrics),
        "statements": _lines(_statement_cells(report.report_id, s, document) for s in report.statements),
        "tables": _table_lines(report.report_id, report.tables, document),
        "checks": _lines(finding_cells(report.report_id, f) for f in report.findings),
    }


def cell(value: Cell) -> str:
    """Write one value: no exponent, no trailing zeros, empty for `None`, 0/1 for a boolean.

    A fraction is written with at most six decimal places.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str | int):
        return str(value)
    return _number(value)


def _number(value: float | Decimal | Fraction) -> str:
    if isinstance(value, Fraction):
        value = round(value, _FRACTION_DIGITS)
        value = Decimal(value.numerator) / Decimal(value.denominator)
    elif isinstance(value, float):
        value = Decimal(repr(round(value, 4)))
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _line(cells: Iterable[Cell]) -> str:
    return ",".join(_quote(cell(value)) for value in cells) + "\n"


def _lines(table: Iterable[Iterable[Cell]]) -> str:
    return "".join(map(_line, table))


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _report_cells(report: Report) -> Iterator[Cell]:
    info = report.info
    failed = report.status == "failed"
    yield from (report.report_id, report.source, report.sha256, report.format)
    yield from (info.kind, info.title, info.agency, info.agency_printed)
    yield from (info.agency_id, info.region_code, info.region, info.level)
    yield from (info.year, info.published, info.source_url)
    yield None if failed else len(report.document.text)
    yield report.pages
    counts = (len(report.sections), len(report.metrics), len(report.statements))
    yield from (None, None, None) if failed else counts
    failing = sum(finding.status == "fail" for finding in report.findings)
    yield None if failed or not report.findings else failing
    yield from (report.status, report.message)


def _section_cells(report_id: str, section: Section, document: Document) -> Iterator[Cell]:
    yield from (report_id, section.section_id, section.parent_id, section.level, section.code)
    yield from (section.number, section.title, section.start, section.end)
    yield from (document.page_at(section.start), section.audit)


def _metric_cells(report_id: str, metric: Metric, document: Document) -> Iterator[Cell]:
    sentence = document.text[metric.sentence.start : metric.sentence.end]
    yield from (report_id, metric.metric_id, metric.metric, metric.value, metric.lower, metric.upper)
    yield from (metric.unit, metric.qualifier, metric.aspect, metric.measure, metric.scope, metric.channel)
    yield from (metric.period, metric.detail, metric.implied, metric.text, metric.start, metric.end)
    yield from (metric.section_id, metric.section_code, document.page_at(metric.start))
    yield from (_on_one_line(sentence.strip()), metric.part_of, metric.extractor, metric.confidence)


def _on_one_line(text: str) -> str:
    """A text with a blank for each run of white space that breaks the line."""
    if "\n" not in text and "\r" not in text:
        return text
    return _BLANKS.sub(lambda blanks: " " if "\n" in blanks[0] or "\r" in blanks[0] else blanks[0], text)


def _statement_cells(report_id: str, statement: Statement, document: Document) -> Iterator[Cell]:
    yield from (report_id, statement.statement_id, statement.role, ";".join(statement.topics))
    yield from (statement.text, statement.start, statement.end)
    yield from (statement.section_id, statement.section_code, document.page_at(statement.start))
    yield from (";".join(statement.answers), statement.confidence)


def _table_lines(report_id: str, cells: Iterable[TableCell], document: Document) -> str:
    """Lines of `tables.csv`, of which every report has two hundred: written out for speed."""
    name = _quote(report_id)
    lines = []
    for found in cells:
        value = "" if found.value is None else _number(found.value)
        text = _quote(found.text) if found.text else ""
        reason = _quote(found.reason) if found.reason else ""
        place = ",,"
        if found.start is not None:
            page = document.page_at(found.start)
            place = f"{found.start},{found.end},{'' if page is None else page}"
        lines.append(
            f"{name},{found.table},{_quote(found.row)},{_quote(found.column)},{value},{text},{place},"
            f"{found.state},{reason}\n"
        )
    return "".join(lines)


def finding_cells(report_id: str, finding: Finding) -> Iterator[str]:
    """The cells of a row of `checks.csv`, in the order of `COLUMNS`."""
    yield from (report_id, finding.check, finding.status, finding.left, finding.right, finding.detail)
    yield ";".join(finding.refs)
