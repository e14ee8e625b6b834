"""The statutory tables of a report, cell by cell, whatever their layout.

Three tables have been in every report since 2019 (国办公开办函〔2021〕30号, before it
〔2019〕60号): what was published by 第二十条, applications by applicant and outcome, reviews and
lawsuits. All their cells are given, with what is printed in each, or why nothing can be said.
A number is given where it is certain: digits that lost the edges of their cells are told apart
by the identities of the form, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import pairwise

from gxnlp.deferred import deferred
from gxnlp.records import CellState, Document, Metric, TableCell
from gxnlp.tables.annex import annex_cell, annex_cells
from gxnlp.tables.cells import Token, repeats_left_out, runs_of
from gxnlp.tables.fused import Row, consistent
from gxnlp.tables.placing import Placed
from gxnlp.tables.rows import Found, Reading, find_rows
from gxnlp.tables.template import ANNEX, APPLICATIONS, PROACTIVE, REVIEW, RowForm, Template, template

__all__ = ["ANNEX", "APPLICATIONS", "PROACTIVE", "REVIEW", "RowForm", "find_tables", "template"]

_FEES = "fees"
_TOLD = {
    "normative_docs": (PROACTIVE, "normative_documents", "issued"),
    "normative_docs_repealed": (PROACTIVE, "normative_documents", "repealed"),
    "normative_docs_valid": (PROACTIVE, "normative_documents", "in_force"),
}
"""Metrics of the narrative that say what stands in a cell; they choose between splits, never more."""
_NO_CHANCE = 10
"""A figure of the narrative from here on that a split gives too is likely that of the cell."""
_FIRST_OTHER = "other.uncorrected"
_SURE = 0.5
_HEADER_UNIT = deferred(r"金额[^元万]{0,6}(万?元)")


def find_tables(document: Document, metrics: Sequence[Metric] = ()) -> tuple[TableCell, ...]:
    """Read the statutory tables of a report.

    Args:
        document: The report; its table blocks are read.
        metrics: What its narrative says: where digits are fused, a figure that it gives
            may tell how.

    Returns:
        Every cell of the form, in its order, then the cells of other tables. Empty where
        no table of the form is there and no other one either.
    """
    form = template()
    found = find_rows(runs_of(document.folded, document.tables), form)
    if repeats_left_out(document.folded, document.tables):
        _forget_short(found)
    _resolve(found, form, metrics)
    cells = _form_cells(found, form, document.text) if found.rows else []
    levels = [m.value for m in metrics if m.aspect == "level"]
    said = {int(value) for value in levels if isinstance(value, Decimal) and value >= _NO_CHANCE}
    return (*cells, *_annex(found, document.text, said))


def _forget_short(found: Found) -> None:
    """Leave open the rows that lack cells: lines that another had said before are not there."""
    for reading in found.rows.values():
        if len(reading.run.figures) < len(reading.columns):
            why = "repeated lines are left out in the text"
            reading.placed = Placed((None,) * len(reading.columns), why=why)


# ---- fused digits ----


def _resolve(found: Found, form: Template, metrics: Sequence[Metric]) -> None:
    """Leave of the readings of fused rows those that the columns and the narrative allow."""
    fused = [reading for reading in found.rows.values() if reading.placed.choices]
    if not fused:
        return
    if any(_lacks_digits(reading) for reading in found.rows.values()):
        for reading in fused:
            why = "digits were fused, and empty cells are not printed"
            reading.placed = Placed((None,) * len(reading.columns), why=why)
        return
    told = _told(metrics)
    for reading in fused if told else ():
        _keep(reading, _as_told(reading, told))
    table = {code: reading for (name, code), reading in found.rows.items() if name == APPLICATIONS}
    _forget_before_gaps(table, form)
    candidates = {code: rows for code, reading in table.items() if (rows := _values(reading))}
    widths = {len(rows[0]) for rows in candidates.values()}
    if len(widths) == 1:
        left = consistent(candidates, form.outcomes, widths.pop())
        for code, reading in table.items():
            if reading.placed.choices and left is not None:
                _keep(reading, left[code])
            elif reading.placed.choices and not reading.placed.alone:
                unknown = (None,) * len(reading.columns)
                reading.placed = Placed(unknown, why="digits were fused, and the table does not add up")


def _lacks_digits(reading: Reading) -> bool:
    """Whether a row lacks cells and has no edges that show which: too few digits, or no way to split them."""
    figures = reading.run.figures
    if reading.run.ruled or sum(len(figure.text) for figure in figures) < len(reading.columns):
        return not reading.run.ruled
    unsplit = len(figures) == 1 and not reading.placed.choices and not any(reading.placed.cells)
    return unsplit and reading.form.table == APPLICATIONS


def _forget_before_gaps(table: Mapping[str, Reading], form: Template) -> None:
    """Leave open fused rows before a row that is not there: its digits may be among theirs."""
    order = [row.code for row in form.of_table(APPLICATIONS)]
    for code, following in pairwise(order):
        one_row = following == _FIRST_OTHER and "other.other" in table and table["other.other"].why
        if code in table and following not in table and table[code].placed.choices and not one_row:
            why = "digits were fused, and the next row is not there"
            table[code].placed = Placed((None,) * len(table[code].columns), why=why)


def _keep(reading: Reading, choices: Sequence[Row]) -> None:
    reading.placed.choices = tuple(choices)


def _values(reading: Reading) -> tuple[Row, ...]:
    """What the cells of a row may be: one row of numbers where they were printed apart."""
    if reading.placed.choices:
        return reading.placed.choices
    values = [_whole(cell) for cell in reading.placed.cells]
    return () if None in values else (tuple(value for value in values if value is not None),)


def _whole(cell: Token | None) -> int | None:
    if cell is None:
        return None
    if cell.kind in ("blank", "dash"):
        return 0
    value = cell.value
    return int(value) if value is not None and value == int(value) else None


def _told(metrics: Sequence[Metric]) -> Mapping[tuple[str, str, str], set[int]]:
    """Cells whose figure the narrative gives, with all the figures that it gives."""
    told: dict[tuple[str, str, str], set[int]] = {}
    for metric in metrics:
        cell = _TOLD.get(metric.metric)
        exact = metric.qualifier == "exact" and metric.aspect == "level" and metric.measure == "total"
        if cell and exact and metric.confidence >= _SURE and isinstance(metric.value, Decimal):
            told.setdefault(cell, set()).add(int(metric.value))
    return told


def _as_told(reading: Reading, told: Mapping[tuple[str, str, str], set[int]]) -> tuple[Row, ...]:
    """The choices that agree with all that the narrative says of the row, else with what they can.

    Where the two disagree in one figure, another of one digit agrees by chance.
    """
    form = reading.form
    said = [told.get((form.table, form.code, column), set()) for column in reading.columns]
    choices = tuple(row for row in reading.placed.choices if _agrees(row, said))
    if choices:
        return choices
    choices = reading.placed.choices
    for i, values in enumerate(said):
        choices = tuple(row for row in choices if row[i] in values and row[i] >= _NO_CHANCE) or choices
    return choices


def _agrees(row: Row, said: Sequence[set[int]]) -> bool:
    return all(not values or value in values for value, values in zip(row, said, strict=True))


# ---- cells of the form ----


def _form_cells(found: Found, form: Template, text: str) -> list[TableCell]:
    tables = {table for table, _ in found.rows}
    cells: list[TableCell] = []
    for key, row in form.rows.items():
        reading = found.rows.get(key)
        if reading is None:
            reason = "no such row in the table" if row.table in tables else "no such table in the text"
            cells += [_empty(row, column, "row_missing", reason) for column in row.columns]
            continue
        printed = _printed(reading, text)
        if reading.columns == row.columns:
            cells += printed
            continue
        of_column = dict(zip(reading.columns, printed, strict=True))
        cells += [
            of_column.get(column) or _empty(row, column, "column_missing", "no such column in the table")
            for column in row.columns
        ]
    return cells


def _empty(row: RowForm, column: str, state: CellState, reason: str) -> TableCell:
    return TableCell(row.table, row.code, column, None, state=state, reason=reason)


def _printed(reading: Reading, text: str) -> list[TableCell]:
    """The cells of a row, with columns that have no code under the names of the header."""
    placed = reading.placed
    cells = _apart(placed) if placed.choices else placed.cells
    reason = "; ".join(part for part in (reading.why, placed.why) if part) if placed.why else reading.why
    table, code = reading.form.table, reading.form.code
    printed: list[TableCell] = []
    for column, cell in zip(reading.columns, cells, strict=True):
        value = cell.value if cell is not None and cell.start >= 0 and code != _FEES else None
        if cell is None or value is None:
            printed.append(_cell(reading, column, cell, reason, text))
            continue
        # A plain number, as nearly all cells are: made by the order of its fields, which takes half the time.
        start, end = cell.start, cell.end
        printed.append(TableCell(table, code, column, value, text[start:end], start, end, "value", reason))
    return printed


def _apart(placed: Placed) -> tuple[Token | None, ...]:
    """Fused digits as cells: those that all choices share."""
    rows = [_with_places(row, placed.pieces, placed.before) for row in placed.choices]
    if len(rows) == 1:
        return tuple([_number(text, start) for text, start in rows[0]])
    cells: list[Token | None] = []
    for column in zip(*rows, strict=True):
        values = {text for text, _ in column}
        start = column[0][1] if len({place for _, place in column}) == 1 else None
        cells.append(_number(column[0][0], start) if len(values) == 1 else None)
    return tuple(cells)


def _number(text: str, start: int | None) -> Token:
    return Token("number", text, -1, -1) if start is None else Token("number", text, start, start + len(text))


def _with_places(row: Row, pieces: Sequence[Token], at: int) -> list[tuple[str, int | None]]:
    """The numbers of a row with their offsets, from a digit on; `None` where the pieces do not tell them."""
    places = [place for piece in pieces for place in range(piece.start, piece.end)]
    cells: list[tuple[str, int | None]] = []
    for value in map(str, row):
        cells.append((value, places[at] if at < len(places) else None))
        at += len(value)
    return cells


def _cell(reading: Reading, column: str, cell: Token | None, reason: str, text: str) -> TableCell:
    form = reading.form
    if cell is None:
        return _empty(form, column, "ambiguous", reason)
    value, start, end = cell.value, cell.start, cell.end
    state: CellState = "value"
    if cell.kind == "blank" or cell.kind == "dash":
        state, reason = cell.kind, ""
    elif value is None:
        state, reason = "unreadable", f"{cell.text} is no number"
    elif form.code == _FEES and (cell.unit or _unit_above(reading)) == "元":
        value, reason = value / 10000, "printed in 元"
    if start < 0 or cell.kind == "blank":
        return TableCell(form.table, form.code, column, value, state=state, reason=reason)
    printed = text[start:end]
    return TableCell(form.table, form.code, column, value, printed, start, end, state=state, reason=reason)


def _unit_above(reading: Reading) -> str:
    """The unit in the header of the fees: `本年收费金额（单位：元）`."""
    header = _HEADER_UNIT.search(reading.run.label)
    return header[1] if header else ""


# ---- other tables ----


def _annex(found: Found, text: str, said: Set[int]) -> Iterator[TableCell]:
    names = template().column_names
    for reading in found.rows.values():
        if reading.columns == reading.form.columns:
            continue
        for column, cell in zip(reading.columns, reading.placed.cells, strict=False):
            if column not in reading.form.columns and cell is not None and cell.kind != "blank":
                yield annex_cell(reading.form.label, names[column], cell, text)
    yield from annex_cells(found.others, text, said)
