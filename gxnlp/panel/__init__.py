"""The panel: from rows to one row an agency and year, with codebook, corrections and comparison."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gxnlp.ontology import Ontology, default_ontology
from gxnlp.panel.columns import panel_columns
from gxnlp.panel.duplicates import Listing
from gxnlp.panel.files import ReportRows, read_reports, writing
from gxnlp.panel.store import Store
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
        OSError: The folder cannot be written.
    """
    with Store(folder) as store:
        return write_listed(folder, ontology or default_ontology(), Listing(folder, store))


def write_listed(
    folder: Path,
    ontology: Ontology,
    listing: Listing,
    on_report: Callable[[ReportRows], object] | None = None,
) -> int:
    """Write `panel.csv` like `write_panel`, of reports that were listed before.

    Args:
        folder: The folder.
        ontology: The labels.
        listing: What was read of all reports together.
        on_report: Called with the rows of each report, in order: what else is made of all of them
            need not read them again.
    """
    names = [column.name for column in panel_columns(ontology)]
    with writing(folder / f"{PANEL}.csv", names) as panel:
        for report in read_reports(folder, ("sections", "metrics", "statements", "tables")):
            if on_report:
                on_report(report)
            choice = listing.choice(report.report["report_id"])
            if choice is not None:
                panel.write(panel_row(report, choice, ontology))
    return listing.number_chosen()
