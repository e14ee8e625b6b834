"""The panel: from rows to one row an agency and year, with codebook, corrections and comparison."""

from __future__ import annotations

from pathlib import Path

from gxnlp.ontology import Ontology, default_ontology
from gxnlp.panel.columns import panel_columns
from gxnlp.panel.duplicates import choose_reports
from gxnlp.panel.files import REPORTS, Table, read_reports, writing
from gxnlp.panel.wide import panel_row

PANEL = "panel"


def write_panel(folder: Path, ontology: Ontology | None = None) -> int:
    """Write `panel.csv` into a folder that has the other CSV files.

    Args:
        folder: The folder; `reports.csv` has to be there.
        ontology: The labels; those in use where they are left out.

    Returns:
        The number of its rows.

    Raises:
        OutputError: A file cannot be read, or its rows are not in the order of `reports.csv`.
    """
    ontology = ontology or default_ontology()
    with Table(folder / f"{REPORTS}.csv") as reports:
        chosen = choose_reports(reports)
    names = [column.name for column in panel_columns(ontology)]
    with writing(folder / f"{PANEL}.csv", names) as panel:
        for report in read_reports(folder, ("sections", "metrics", "statements", "tables")):
            choice = chosen.get(report.report["report_id"])
            if choice is not None:
                panel.write(panel_row(report, choice, ontology))
    return len(chosen)
