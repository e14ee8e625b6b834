"""How far scores can be relied on: intervals over reports, and a table of the confidence."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.corpus import GoldReport
from gxnlp.layout import normalise
from gxnlp.metrics import find_metrics
from gxnlp.model import Model
from gxnlp.reading import read
from gxnlp.records import Report
from gxnlp.report_info import read_info
from gxnlp.sections import find_sections
from gxnlp.statements import find_statements


def predict(gold: Sequence[GoldReport], model: Model | None) -> dict[str, Report]:
    """Extract from the texts of annotated reports, by id, in the ontology in use.

    Args:
        gold: The reports.
        model: The model; `None` for the patterns alone.
    """
    return {report.id: _predict_one(report, model) for report in gold}


def _predict_one(gold: GoldReport, model: Model | None) -> Report:
    reading = read(gold.text.encode(), name=f"{gold.id}.txt")
    document = normalise(reading.pages, paged=reading.paged)
    sections = find_sections(document)
    info = read_info(document, sections)
    metrics = find_metrics(document, sections, info, model.metrics if model else None)
    statements = find_statements(document, sections)
    return Report(gold.id, gold.id, "", "txt", info, document, sections, metrics, statements)
