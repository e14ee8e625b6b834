"""Every type that crosses a stage boundary: frozen, without behaviour of a stage.

Those that a report has by the hundred are named tuples: they are made in a third of the time.

Offsets are 0-based character offsets into `Document.text`, end exclusive, so that
`document.text[item.start:item.end]` is the text of the item.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from gxnlp.folding import fold

Value = Decimal | Fraction
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner of the page."""

Kind = Literal[
    "number", "fraction", "percent", "permille", "percent_point", "fold", "range", "ordinal", "date"
]
Qualifier = Literal["exact", "approx", "over", "under"]
Audit = Literal["ok", "empty", "merged", "out_of_order", "renumbered"]
Role = Literal["problem", "remedy"]
CellState = Literal["value", "blank", "dash", "row_missing", "column_missing", "ambiguous", "unreadable"]
CheckStatus = Literal["ok", "fail", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open interval of offsets."""

    start: int
    end: int


class Line(NamedTuple):
    """A line of a page as read, top to bottom.

    Attributes:
        text: The printed characters, without a line end.
        boxes: One box a character (`None` where the format has none).
        heading: Markdown heading level 1 to 6, 0 where the line is no marked heading.
        table: Whether the line is a row of a ruled table (cells joined by tabs).
    """

    text: str
    boxes: tuple[Box, ...] | None = None
    heading: int = 0
    table: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: number from 1, size in points (0 where there is none)."""

    number: int
    lines: tuple[Line, ...]
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """The normalised text of one report.

    Attributes:
        text: Printed characters; broken lines joined; page numbers and running heads gone.
        folded: The text folded one for one for matching (`gxnlp.folding.fold`): same length.
        tables: Table blocks in `text`, in order, without overlap; no figure in them is narrative.
        headings: Lines that the source itself marks as headings (Markdown `#`, `**…**`).
        page_starts: Offset at which each page begins, ascending (empty: no pages).
        boxes: One box a character of `text`, or `None` for a character that layout put in;
            `None` as a whole where the format has no boxes.
    """

    text: str
    folded: str
    tables: tuple[Interval, ...] = ()
    headings: tuple[Interval, ...] = ()
    page_starts: tuple[int, ...] = ()
    boxes: tuple[Box | None, ...] | None = field(default=None, repr=False)

    @classmethod
    def from_text(cls, text: str, *, tables: tuple[Interval, ...] = ()) -> Document:
        """A document of one plain text, without pages; nothing is joined or dropped."""
        return cls(text=text, folded=fold(text), tables=tables)

    def page_at(self, offset: int) -> int | None:
        """Page number from 1 of an offset, or `None` where the format has no pages."""
        if not self.page_starts:
            return None
        return max(1, bisect_right(self.page_starts, offset))


@dataclass(frozen=True, slots=True)
class Section:
    """A section: from the first character of its heading to the next of its level or higher.

    Attributes:
        title: The heading without its number, up to the stop of a run-in heading.
        heading_end: Offset after the heading (its number, title and stop): the body starts here.
        number: The number as printed (`一`, `（二）`, `1.`, `一是`), empty where there is none.
    """

    section_id: str
    parent_id: str
    level: int
    code: str
    number: str
    title: str
    start: int
    end: int
    heading_end: int
    audit: Audit = "ok"


class Quantity(NamedTuple):
    """One number in running text.

    Attributes:
        text: The number with its sign, multiplier and 余/多; a bare number leaves its counter out.
        start: Offset of the first character of `text`.
        end: Offset after the last character of `text`.
        value: Number after 万/亿/千 and so on; `None` for a range. 20% has value 20.
        lower: Lower bound that the wording allows, `None` where it allows none.
        upper: Upper bound that the wording allows, `None` where it allows none.
        unit: The counter as printed after the number (`条`, `万` is not one), empty where none.
        unit_start: Offset of the counter; equal to `unit_end` where there is none.
        unit_end: Offset after the counter.
        qualifier: `exact`, `approx` 约 近 左右, `over` 余 多 超 突破 以上, `under` 不足 以内.
        kind: What sort of number it is.
        outer_start: Start including an adjoining qualifier before it (近, 约, 超过).
        outer_end: End including counter and a qualifier behind it (以上, 左右).
    """

    text: str
    start: int
    end: int
    value: Value | None
    lower: Value | None
    upper: Value | None
    unit: str
    unit_start: int
    unit_end: int
    qualifier: Qualifier
    kind: Kind
    outer_start: int
    outer_end: int


@dataclass(frozen=True, slots=True)
class Metric:
    """One mention of a metric in the narrative: a row of `metrics.csv`."""

    metric_id: str
    metric: str
    value: Value | None
    lower: Value | None
    upper: Value | None
    unit: str
    qualifier: Qualifier
    aspect: str
    measure: str
    scope: str
    channel: str
    period: int | None
    detail: str
    implied: bool
    text: str
    start: int
    end: int
    section_id: str
    section_code: str
    sentence: Interval
    part_of: str
    extractor: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A problem or a remedy: a row of `statements.csv`."""

    statement_id: str
    role: Role
    topics: tuple[str, ...]
    text: str
    start: int
    end: int
    section_id: str
    section_code: str
    answers: tuple[str, ...]
    confidence: float


class TableCell(NamedTuple):
    """One cell of a statutory table, or of an annex: a row of `tables.csv`.

    Attributes:
        table: `proactive`, `applications`, `review` or `annex`.
        row: Code of the row; the row's label as printed in an annex.
        column: Code of the column; the column's label as printed in an annex.
        value: The number, `None` for every state but `value`.
        text: What is printed in the cell, empty where nothing is.
        start: Offset of `text`, `None` where there is none.
        end: Offset after `text`, `None` where there is none.
        state: What the cell is.
        reason: Why there is no value, or what was mended, in words.
    """

    table: str
    row: str
    column: str
    value: Decimal | None
    text: str = ""
    start: int | None = None
    end: int | None = None
    state: CellState = "value"
    reason: str = ""


class Finding(NamedTuple):
    """The outcome of one check: a row of `checks.csv`.

    Attributes:
        check: Stable code, such as `applications.balance.natural_person`.
        status: `ok`, `fail`, or `not_applicable` where the two sides cannot be compared.
        left: What the one side says, in words and figures.
        right: What the other side says.
        detail: What was found, or why the check does not apply.
        refs: The metric ids and table cells (`table/row/column`) that were compared.
    """

    check: str
    status: CheckStatus
    left: str
    right: str
    detail: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """What title and preamble say of a report; empty or `None` means not known.

    Attributes:
        agency: Name of the body in full, simplified: with its place and 人民政府 where the title
            leaves them to the reader.
        agency_printed: The name as it is printed.
        agency_id: The same for the same body over years and spellings, see `docs/agencies.md`.
        region: The place as the name says it.
        region_code: Six digits of GB/T 2260 for the county, prefecture or province of the body, as
            they were in the year of the report.
        level: Level of the body: province, city, county, township.
        notes: What is doubtful about these, in words.
    """

    kind: str = "other"
    title: str = ""
    agency: str = ""
    agency_printed: str = ""
    region: str = ""
    level: str = ""
    year: int | None = None
    published: str = ""
    source_url: str = ""
    agency_id: str = ""
    region_code: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that was read from one report.

    Attributes:
        report_id: The id that its rows carry; of a file read alone its name without suffix.
        source: The path as given.
        sha256: Digest of the file.
        format: `txt`, `md`, `pdf`, `html` or `docx`.
        info: What title and preamble say.
        document: The text that all offsets are into.
        sections: Rows of `sections.csv`.
        metrics: Rows of `metrics.csv`.
        statements: Problems, then remedies: rows of `statements.csv`.
        tables: Cells of the statutory tables and annexes: rows of `tables.csv`.
        findings: Outcomes of the checks: rows of `checks.csv`.
        pages: Pages of a PDF, `None` where the format has none.
        status: `partial` where something could not be read.
        message: What could not be read, or what is doubtful, in words.
    """

    report_id: str
    source: str
    sha256: str
    format: str
    info: ReportInfo
    document: Document
    sections: tuple[Section, ...] = ()
    metrics: tuple[Metric, ...] = ()
    statements: tuple[Statement, ...] = ()
    tables: tuple[TableCell, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: int | None = None
    status: Literal["ok", "partial", "failed"] = "ok"
    message: str = ""
