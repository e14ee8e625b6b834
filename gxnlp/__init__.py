"""gxnlp: metrics, problems and remedies from Chinese annual reports on information disclosure.

`extract(path)` reads one report; `load()` gives the same stages as a spaCy pipeline. The
command `gxnlp` reads many reports into CSV files. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from gxnlp.errors import GxError
from gxnlp.records import Report

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["GxError", "Report", "__version__", "extract", "load"]

__version__ = "0.1.0"


def extract(
    path: str | PathLike[str],
    *,
    model: str | PathLike[str] | None = None,
    patterns_only: bool = False,
    kind: str = "",
) -> Report:
    """Read one report: its sections, metrics, statements, statutory tables, and what contradicts in it.

    Args:
        path: A web page, PDF, Word (.docx), text or Markdown file.
        model: Folder of a trained model; the one that ships where it is left out.
        patterns_only: Whether to read without a model.
        kind: What the document is, where you know better than its title and sections tell:
            `annual_report` is read whatever it is called, any other kind is not.

    Returns:
        The report, with `sections`, `metrics`, `statements`, `tables` (cells) and `findings` (checks).
        Offsets are into `report.document.text`. A document that is no annual report on disclosure has
        `report.info.kind` `other`, a `message` and none of these.

    Raises:
        InputError: The file is missing, empty, encrypted or of no format that is read.
        ModelError: The model is none, is damaged or was made for other labels.
    """
    from gxnlp import pipeline

    return pipeline.extract(path, model=model, patterns_only=patterns_only, kind=kind)


def load() -> Language:
    """Make a spaCy pipeline (Chinese, character tokens) of the stages.

    Returns:
        A pipeline that sets `doc._.gx_document`, `gx_info`, `gx_sections`, `gx_quantities`,
        `gx_metrics` and `gx_statements`, and span groups `gx_metrics` and `gx_statements`.
    """
    from gxnlp import pipeline

    return pipeline.load()
