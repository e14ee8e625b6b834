"""Table three, reviews and lawsuits: all in one row, a row each, a table each, or outcomes as rows."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.tables.cells import Run
from gxnlp.tables.gaps import Spacing, with_empty_cells
from gxnlp.tables.placing import Placed, place, place_groups
from gxnlp.tables.template import REVIEW, Template

Part = tuple[str, Run, Placed]


def read_outcomes(
    runs: Sequence[Run], at: int, form: Template, spacing: Spacing | None
) -> tuple[list[Part], int]:
    """Read the rows of table three that begin at a run.

    Args:
        runs: Labels and cells of a block, headers merged into the labels below them.
        at: Where to read; no label of another table stands there.
        form: The form.
        spacing: How cells stand apart, where empty ones leave a trace.

    Returns:
        Codes of rows with the run and the cells of each, and how many runs they take: none
        where the run is of no such table.
    """
    run = runs[at]
    rows = [row.code for row in form.of_table(REVIEW)]
    columns = [code for _, code in form.review_columns.find(run.label)]
    named = [code for _, code in form.review_rows.find(run.label)]
    wide = "upheld" in columns and len(set(columns)) >= 3
    if wide and (columns.count("upheld") >= len(rows) or len(run.figures) > 2 * len(set(columns))):
        size = len(form.rows[REVIEW, rows[0]].columns)
        placed = place_groups(with_empty_cells(run, len(rows) * size, spacing), len(rows), size)
        return [(code, run, part) for code, part in zip(rows, placed, strict=True)], 1
    alone = run.ruled or len(set(named)) == 1  # else a header of all rows above the figures of some
    if named and alone and (wide or (not columns and _has_header(runs[:at], form))):
        count = len(form.rows[REVIEW, named[-1]].columns)
        return [(named[-1], run, place(with_empty_cells(run, count, spacing), count, total=True))], 1
    return _outcomes_as_rows(runs[at:], form)


def _has_header(runs: Sequence[Run], form: Template) -> bool:
    """Whether a row of this table stands above, so that its header is known."""
    for run in runs:
        columns = {code for _, code in form.review_columns.find(run.label)}
        if "upheld" in columns and len(columns) >= 3 and form.review_rows.find(run.label):
            return True
    return False


def _outcomes_as_rows(runs: Sequence[Run], form: Template) -> tuple[list[Part], int]:
    """A row an outcome: with the figures of reviews and both lawsuits, or those of one of them."""
    rows = [row.code for row in form.of_table(REVIEW)]
    columns = form.rows[REVIEW, rows[0]].columns
    taken = runs[: len(columns)]
    if [_last(run, form) for run in taken] != list(columns):
        return [], 0
    figures = [run.figures for run in taken]
    named = list(dict.fromkeys(code for _, code in form.review_rows.find(taken[0].label)))
    if all(len(row) == len(rows) for row in figures) and named == rows:
        across = zip(*figures, strict=True)
        return [(code, taken[0], Placed(cells)) for code, cells in zip(rows, across, strict=True)], len(taken)
    if all(len(row) == 1 for row in figures) and named:
        return [(named[-1], taken[0], Placed(tuple(row[0] for row in figures)))], len(taken)
    return [], 0


def _last(run: Run, form: Template) -> str:
    found = form.review_columns.find(run.label)
    return found[-1][1] if found else ""
