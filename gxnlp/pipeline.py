"""The order of the stages, once: bytes of a file → pages → document → records of a report."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gxnlp.checks import find_contradictions
from gxnlp.errors import InputError
from gxnlp.layout import normalise
from gxnlp.metrics import find_metrics
from gxnlp.model import Model, choose_model
from gxnlp.ontology import use_ontology
from gxnlp.reading import read
from gxnlp.records import Document, Finding, Metric, Report, ReportInfo, Section, Statement, TableCell
from gxnlp.report_info import read_info
from gxnlp.sections import find_sections, missing_sections
from gxnlp.statements import find_statements
from gxnlp.tables import ANNEX, APPLICATIONS, PROACTIVE, REVIEW, find_tables

if TYPE_CHECKING:
    from spacy.language import Language

ANNUAL_REPORT = "annual_report"
NOT_A_REPORT = (
    "not an annual report on government information disclosure by its title and sections; nothing extracted"
)
GIVEN_KIND = "given as `{}`, not as an annual report; nothing extracted"
NO_TABLES = (
    "no statutory table was found in the text (printed as pictures, or in a file of its own?); "
    "tables.csv has no cells of this report"
)
FIRST_TABLES = 2019
"""First year whose reports have the three tables (国办公开办函〔2019〕60号)."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the stages find in one document."""

    info: ReportInfo
    sections: tuple[Section, ...] = ()
    metrics: tuple[Metric, ...] = ()
    statements: tuple[Statement, ...] = ()
    tables: tuple[TableCell, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A document with its section tree, whatever kind of document it is.

    Attributes:
        missing: Codes of the statutory sections that were not found.
    """

    document: Document
    sections: tuple[Section, ...]
    missing: tuple[str, ...]


def extract(
    path: str | PathLike[str],
    *,
    model: str | PathLike[str] | None = None,
    patterns_only: bool = False,
    kind: str = "",
) -> Report:
    """Read one report from a file (see `gxnlp.extract`).

    Raises:
        InputError: The file is missing, empty, encrypted or of no format that is read.
        ModelError: The model is none, is damaged or was made for other labels.
    """
    file = Path(path)
    learned = choose_model(Path(model) if model is not None else None, patterns_only=patterns_only)
    data = _content(file)
    return read_report(
        data, name=file.name, report_id=file.stem, source=fspath(path), model=learned, kind=kind
    )


def segment(path: str | PathLike[str]) -> Outline:
    """Read a file as far as its sections.

    Raises:
        InputError: The file is missing, empty, encrypted or of no format that is read.
    """
    file = Path(path)
    reading = read(_content(file), name=file.name)
    document = normalise(reading.pages, paged=reading.paged)
    sections = find_sections(document)
    return Outline(document, sections, missing_sections(sections))


def read_report(
    data: bytes, *, name: str, report_id: str, source: str, model: Model | None = None, kind: str = ""
) -> Report:
    """Read one report from the content of a file.

    Args:
        data: The content.
        name: File name with its suffix, from which the format is guessed.
        report_id: The id that the rows carry.
        source: Where the content is from, for `reports.csv`.
        model: The learned extractors; `None` leaves the patterns alone.
        kind: What the document is, where somebody knows better than its title and sections tell:
            `annual_report` is read whatever it is called, any other kind is not.

    Returns:
        The report; `partial` with a message where something in it could not be read. A document
        that is no annual report has its info, a message and no sections, metrics or statements.

    Raises:
        InputError: Nothing can be read.
    """
    reading = read(data, name=name)
    document = normalise(reading.pages, paged=reading.paged)
    # A page's head is written with the page; properties of other files outlive the text that they came with.
    meta = reading.meta if reading.format == "html" else None
    analysis = analyse(document, model, meta=meta, kind=kind)
    notes = list(reading.notes)
    status: Literal["ok", "partial"] = "partial" if notes else "ok"
    notes.extend(analysis.info.notes)
    if analysis.info.kind != ANNUAL_REPORT:
        notes.append(GIVEN_KIND.format(kind) if kind else NOT_A_REPORT)
    elif _lacks_tables(analysis):
        notes.append(NO_TABLES)
    return Report(
        report_id=report_id,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        format=reading.format,
        info=analysis.info,
        document=document,
        sections=analysis.sections,
        metrics=analysis.metrics,
        statements=analysis.statements,
        tables=analysis.tables,
        findings=analysis.findings,
        pages=len(reading.pages) if reading.paged else None,
        status=status,
        message="; ".join(notes),
    )


def analyse(
    document: Document,
    model: Model | None = None,
    *,
    meta: Mapping[str, str] | None = None,
    kind: str = "",
) -> Analysis:
    """Run the stages over a normalised document, each once, none calling back.

    A document of another kind gets its info alone, so that none passes for a report. `meta`
    is what the file says of itself, `kind` what is known of it.
    """
    with use_ontology(model.ontology) if model is not None else nullcontext():
        sections = find_sections(document)
        info = read_info(document, sections, meta, kind=kind)
        if info.kind != ANNUAL_REPORT:
            return Analysis(info)
        metrics = find_metrics(document, sections, info, model.metrics if model else None)
        statements = find_statements(document, sections, model.statements if model else None)
        tables = find_tables(document, metrics)
        findings = find_contradictions(document, metrics, tables, info.year)
    return Analysis(info, sections, metrics, statements, tables, findings)


def _lacks_tables(analysis: Analysis) -> bool:
    """Whether a report of the years with statutory tables has their sections, but none of them as text."""
    of_tables = {section.code for section in analysis.sections} & {PROACTIVE, APPLICATIONS, REVIEW}
    printed = any(cell.table != ANNEX for cell in analysis.tables)
    return (analysis.info.year or 0) >= FIRST_TABLES and len(of_tables) >= 2 and not printed


def load() -> Language:
    """Make the spaCy pipeline (see `gxnlp.load`)."""
    import spacy

    from gxnlp import components

    nlp = spacy.blank("zh")
    for name in components.NAMES:
        nlp.add_pipe(name)
    return nlp


def _content(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise InputError(f"{file} is a folder; expected one file (`gxnlp extract` reads folders)")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror or error}") from error
