"""Where a published report contradicts itself.

Findings are listed, never raised: one an identity of the statutory tables, one a figure of the
narrative that has a counterpart. `data/checks.toml` lists all codes. `not_applicable` says why
two sides cannot be compared; it is no error.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.checks.cells import Cells
from gxnlp.checks.identities import check_identities
from gxnlp.checks.narrative import check_narrative
from gxnlp.records import Document, Finding, Metric, TableCell

__all__ = ["find_contradictions"]


def find_contradictions(
    document: Document, metrics: Sequence[Metric], tables: Sequence[TableCell], year: int | None
) -> tuple[Finding, ...]:
    """Check one report against itself.

    Args:
        document: The report.
        metrics: Its metrics, in the order of the text.
        tables: Its table cells.
        year: Its year, `None` where not known.

    Returns:
        Findings: identities of the tables first, then the narrative.
    """
    cells = Cells(tables)
    return (*check_identities(cells), *check_narrative(document, metrics, cells, year))
