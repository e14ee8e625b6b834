"""What the fuzzer feeds, and what has to hold whatever it is; an `AssertionError` tells what does not.

A target takes any bytes. What it makes of them is readable, so that a seed can be written by hand: text is
UTF-8, and where the first line says what follows, it is one word (see `_FORMATS` and `read_page`).
`tests/test_fuzz.py` replays every seed of `tests/fuzz_seeds/TARGET/` through its target.
"""

from __future__ import annotations

import csv
import io
import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from itertools import pairwise
from zipfile import ZipFile

from lxml import etree

from gxnlp.errors import GxError
from gxnlp.export.csv import COLUMNS, header, rows
from gxnlp.export.schema import KEYS
from gxnlp.folding import fold
from gxnlp.layout import normalise
from gxnlp.model import choose_model
from gxnlp.numerals import RUN, evaluate
from gxnlp.pipeline import ANNUAL_REPORT, analyse, read_report
from gxnlp.quantities import find_quantities
from gxnlp.reading.docx import read_docx
from gxnlp.reading.html import read_html
from gxnlp.reading.pagelines import page_lines
from gxnlp.reading.rawpage import Glyph, RawPage, Rule
from gxnlp.reading.text import read_text
from gxnlp.records import Document, Line, Page, Quantity, Report

MAX_BYTES = 6000
"""What a target looks at: enough for a page, and little enough that time tells what is not linear."""
SECONDS = 10.0
"""Processor time that no input of that length may take, under the fuzzer's counting too."""
_ALSO_UNIQUE = {"tables": ("report_id", "table", "row", "column")}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FORMATS = {b"txt": ".txt", b"md": ".md", b"html": ".html", b"mht": ".mht", b"docx": ".docx", b"zip": ".docx"}
_READERS = (read_text, read_html, read_docx)  # imported with the rest, so that the fuzzer can count in them


# ---- what has to hold ----


@contextmanager
def bounded_time() -> Iterator[None]:
    """Fail where a block takes longer than any input of the fuzzer may."""
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    assert took < SECONDS, f"took {took:.1f} s"


def check_quantities(text: str, found: Iterable[Quantity]) -> None:
    """Quantities lie in their text, in order and apart, with numbers that can be written."""
    end = 0
    for item in found:
        assert end <= item.start < item.end <= len(text), item
        assert text[item.start : item.end] == item.text, item
        assert text[item.unit_start : item.unit_end] == item.unit, item
        assert item.end <= item.unit_start or item.start <= item.unit_start <= item.unit_end <= item.end, item
        assert 0 <= item.outer_start <= item.start and item.end <= item.outer_end <= len(text), item
        assert item.unit_end <= item.outer_end, item
        _check_bounds(item.value, item.lower, item.upper)
        assert (item.value, item.lower, item.upper) != (None, None, None), item
        end = max(item.end, item.unit_end)


def check_document(document: Document) -> None:
    """A document's parts fit its text."""
    size = len(document.text)
    assert document.folded == fold(document.text)
    assert document.boxes is None or len(document.boxes) == size
    for blocks in (document.tables, document.headings):
        assert all(0 <= block.start < block.end <= size for block in blocks), blocks
        assert all(one.end <= other.start for one, other in pairwise(blocks)), blocks
    assert list(document.page_starts) == sorted(document.page_starts)
    assert all(0 <= start <= size for start in document.page_starts)


def check_report(report: Report) -> None:
    """The records of a report and its rows keep what the output contract says of any report."""
    check_document(report.document)
    _check_records(report)
    check_rows(rows(report), report.document.text)


def check_rows(written: Mapping[str, str], text: str) -> None:
    """The rows of a report, as they go into the files, are read again and keep the contract.

    Args:
        written: Lines by the name of their file.
        text: The normalised text.
    """
    check_cells({name: _read_again(name, lines) for name, lines in written.items()}, text)


def check_cells(tables: Mapping[str, Sequence[Mapping[str, str]]], text: str) -> None:
    """The cells of a report's rows, by the name of their file, keep the contract."""
    for name, found in tables.items():
        key = {**KEYS, **_ALSO_UNIQUE}.get(name)
        named = [row for row in found if name != "tables" or row["table"] != "annex"]
        ids = [tuple(row[column] for column in key) for row in named] if key else []
        assert len(ids) == len(set(ids)), f"{name}.csv has an id twice"
        for row in found:
            if "text" in row and row["start"]:
                start, end = int(row["start"]), int(row["end"])
                assert start < end and text[start:end] == row["text"], row
            assert 0 <= float(row.get("confidence") or 0) <= 1, row
            _check_bounds(*(_number(row.get(column)) for column in ("value", "lower", "upper")))


def _read_again(name: str, lines: str) -> list[dict[str, str]]:
    """Rows of CSV lines; no cell may be lost or added by writing them."""
    reader = csv.DictReader(io.StringIO(header(name) + lines, newline=""), strict=True)
    found = list(reader)
    assert tuple(reader.fieldnames or ()) == COLUMNS[name]
    assert all(None not in row and None not in row.values() for row in found), name
    lines.encode()
    return found


def _number(cell: str | None) -> Decimal | None:
    if not cell:
        return None
    assert re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", cell), cell
    return Decimal(cell)


def _check_bounds(value: object, lower: object, upper: object) -> None:
    numbers = [float(number) for number in (lower, value, upper) if number is not None]  # type: ignore[arg-type]
    assert all(map(math.isfinite, numbers)), numbers
    assert numbers == sorted(numbers), numbers


def _check_records(report: Report) -> None:
    text, sections = report.document.text, {section.section_id for section in report.sections}
    metrics, statements = {m.metric_id for m in report.metrics}, {s.statement_id for s in report.statements}
    for section in report.sections:
        assert 0 <= section.start <= section.heading_end <= section.end <= len(text), section
        assert not section.parent_id or section.parent_id in sections, section
    for metric in report.metrics:
        assert text[metric.start : metric.end] == metric.text, metric
        assert metric.sentence.start <= metric.start < metric.end <= metric.sentence.end, metric
        assert not metric.part_of or metric.part_of in metrics, metric
    for item in report.statements:
        assert text[item.start : item.end] == item.text, item
        assert statements.issuperset(item.answers), item
    of_rows = {row.section_id for row in report.metrics} | {row.section_id for row in report.statements}
    assert of_rows <= sections | {""}, of_rows


# ---- targets ----


def read_file(data: bytes) -> None:
    """A file of the format that its first line names, read to its rows as a run reads it."""
    head, _, content = data.partition(b"\n")
    suffix = _FORMATS.get(head.strip())
    if suffix is None:
        head, suffix, content = b"txt", ".txt", data
    if head.strip() == b"docx":
        content = _word(content)
    with bounded_time(), suppress(GxError):
        check_report(
            read_report(content, name=f"a{suffix}", report_id="a", source=f"a{suffix}", kind=ANNUAL_REPORT)
        )


def read_with_model(data: bytes) -> None:
    """A text, read with the model that ships."""
    model = choose_model(None, patterns_only=False)
    with bounded_time(), suppress(GxError):
        check_report(read_report(data, name="a", report_id="a", source="a", model=model, kind=ANNUAL_REPORT))


def read_numbers(data: bytes) -> None:
    """Numbers of a text."""
    text = data.decode("utf-8", "ignore")
    with bounded_time():
        check_quantities(text, find_quantities(text))
        for run in RUN.finditer(fold(text)):
            numeral = evaluate(run[0])
            assert numeral is None or (numeral.low.is_finite() and numeral.low <= numeral.high), run[0]


def read_page(data: bytes) -> None:
    """Printed pages: glyphs and rules to lines, layout, tables, checks.

    Each line of the text is `g CHARS x top size`, `h at low high`, `v at low high` (rules), or `p`, which
    begins a page; any other is set as text below the line before.
    """
    pages = _pages(data.decode("utf-8", "ignore"))
    with bounded_time():
        read = tuple(
            Page(number, page_lines(raw), raw.width, raw.height) for number, raw in enumerate(pages, 1)
        )
        for page in read:
            assert all(line.boxes is not None and len(line.boxes) == len(line.text) for line in page.lines)
        _check_pages(read, paged=True)


def read_tables(data: bytes) -> None:
    """Lines of text, with `|` before those that are rows of ruled tables: layout, tables, checks."""
    lines = data.decode("utf-8", "ignore").split("\n")
    pages = (Page(1, tuple(Line(line.removeprefix("|"), table=line.startswith("|")) for line in lines)),)
    with bounded_time():
        _check_pages(pages, paged=False)


def _check_pages(pages: tuple[Page, ...], *, paged: bool) -> None:
    document = normalise(pages, paged=paged)
    found = analyse(document, kind=ANNUAL_REPORT)
    check_report(
        Report(
            "a", "a", "", "pdf", found.info, document, found.sections, found.metrics, found.statements,
            found.tables, found.findings, pages=len(pages) if paged else None,
        )
    )  # fmt: skip


def _word(content: bytes) -> bytes:
    """A Word document of the XML of its body, numbering and styles, `%%%%` between; wrong tags are mended."""
    bodies = [*content.split(b"%%%%", 2), b"", b""][:3]
    parts = zip(("document", "numbering", "styles"), bodies, strict=True)
    packed = io.BytesIO()
    with ZipFile(packed, "w") as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        for name, xml in parts:
            within = xml if name != "document" else b"<w:body>" + xml + b"</w:body>"
            whole = f'<w:{name} xmlns:w="{_W}">'.encode() + within + f"</w:{name}>".encode()
            root = etree.fromstring(whole, etree.XMLParser(recover=True, resolve_entities=False))
            container.writestr(f"word/{name}.xml", etree.tostring(root) if root is not None else b"")
    return packed.getvalue()


_MARK = re.compile(r"(g|h|v) (\S+) (-?[0-9.e]{1,9}) (-?[0-9.e]{1,9})(?: (-?[0-9.e]{1,9}))?")


def _pages(text: str) -> list[RawPage]:
    pages, below = [RawPage(595.0, 842.0)], 60.0
    for line in text.split("\n"):
        mark = _MARK.fullmatch(line)
        try:
            figures = [float(part) for part in mark.groups()[2:] if part] if mark else []
        except ValueError:
            figures, mark = [], None
        if line == "p":
            pages.append(RawPage(595.0, 842.0))
            below = 60.0
        elif mark and mark[1] == "g" and len(figures) == 3:
            pages[-1].glyphs += _glyphs(mark[2], *figures)
        elif mark and mark[1] in "hv" and len(figures) == 2 and re.fullmatch(r"[0-9.]{1,8}", mark[2]):
            with suppress(ValueError):
                rules = pages[-1].horizontal if mark[1] == "h" else pages[-1].vertical
                rules.append(Rule(float(mark[2]), min(figures), max(figures)))
        else:
            pages[-1].glyphs += _glyphs(line, 60.0, below, 12.0)
            below += 18.0
    return pages


def _glyphs(chars: str, x: float, top: float, size: float) -> list[Glyph]:
    return [
        Glyph(char, x + i * size, top, x + (i + 1) * size, top + size, top + 0.8 * size)
        for i, char in enumerate(chars)
    ]


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "files": read_file,
    "model": read_with_model,
    "numbers": read_numbers,
    "pages": read_page,
    "tables": read_tables,
}
"""Targets by name; seeds stand in the folder of that name."""
