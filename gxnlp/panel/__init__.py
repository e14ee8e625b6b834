"""The panel: from rows to one row an agency and year, with codebook, corrections and comparison."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gxnlp.ontology import Ontology, default_ontology
from gxnlp.panel.columns import panel_columns
from gxnlp.panel.duplicates import Listing, list_reports
from gxnlp.panel.files import ReportRows, read_reports, writing
from gxnlp.panel.wide import panel_row

PANEL = "panel"


def write_panel(
    folder: Path,
    ontology: Ontology | None = None,
    *,
    listing: Listing | None = None,
    on_report: Callable[[ReportRows], object] | None = None,
) -> int:
    """Write `panel.csv` into a folder that has the other CSV files.

    Args:
        folder: The folder; `reports.csv` has to be there.
        ontology: The labels; those in use where they are left out.
        listing: What `list_reports` has read, where the caller has it already.
        on_report: Called with the rows of each report, in order: what else is made of all of them
            need not read them again.

    Returns:
        The number of its rows.

    Raises:
        OutputError: A file cannot be read, or its rows are not in the order of `reports.csv`.
    """
    ontology = ontology or default_ontology()
    chosen = (listing or list_reports(folder)).chosen
    names = [column.name for column in panel_columns(ontology)]
    with writing(folder / f"{PANEL}.csv", names) as panel:
        for report in read_reports(folder, ("sections", "metrics", "statements", "tables")):
            if on_report:
                on_report(report)
            choice = chosen.get(report.report["report_id"])
            if choice is not None:
                panel.write(panel_row(report, choice, ontology))
    return len(chosen)
