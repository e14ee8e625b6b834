"""Labels and cells to rows of the statutory tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from gxnlp.deferred import deferred
from gxnlp.tables.cells import Run
from gxnlp.tables.gaps import Spacing, spacing_of, with_empty_cells
from gxnlp.tables.order import in_reading_order
from gxnlp.tables.outcomes import read_outcomes
from gxnlp.tables.placing import Placed, adds_up, are_fused, place
from gxnlp.tables.template import APPLICATIONS, PROACTIVE, REVIEW, RowForm, Template

GROUP, EXTRA = "group:", "extra:"
_ONE_ROW = "group:other"
_ANNEX_HEADER = deferred("指标名称|统计指标|统计项目|计量单位|指标单位")
_FORM_HEADER = deferred("第二十条|信息内容|制发件数|处理决定|现行有效|收费金额|新制作数量")
_NEXT_LABEL = deferred(r"[1-9][.、]|（[一二三四五六七]）")
_ENOUGH_ROWS = 3
_ENOUGH_COLUMNS = 5


@dataclass(slots=True)
class Reading:
    """A row of the form as read.

    Attributes:
        form: Which row it is.
        columns: What the printed table has side by side: codes of columns, and for columns
            that have no code their names in the header stems.
        run: Where it stands.
        placed: The cells in these columns.
        why: What was mended in reading it.
    """

    form: RowForm
    columns: tuple[str, ...]
    run: Run
    placed: Placed
    why: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A row that the form does not have, or one printed a second time.

    Attributes:
        run: Where it stands.
        columns: Names of its columns as headers call them, empty where they are not known.
        label: What the row is called, where that is not the run's own label.
    """

    run: Run
    columns: tuple[str, ...] = ()
    label: str = ""


@dataclass(slots=True)
class Found:
    """What the runs of a document give.

    Attributes:
        rows: Rows of the form, the first that is met of each, the fullest table first.
        others: What else has figures.
    """

    rows: dict[tuple[str, str], Reading] = field(default_factory=dict)
    others: list[Other] = field(default_factory=list)


def find_rows(runs: Sequence[Run], form: Template) -> Found:
    """Tell the rows of the form among runs.

    Args:
        runs: Labels and cells of all tables of a document, in order.
        form: The form.

    Returns:
        The rows with their cells in columns, and what else holds figures.
    """
    columns = len(form.of_table(APPLICATIONS)[0].columns)
    spacing = spacing_of([run for run in runs if run.gaps and _is_application(run, form)], columns)
    blocks = [_Block(list(group), form, spacing) for _, group in groupby(runs, key=lambda run: run.block)]
    found = Found()
    for table in (PROACTIVE, APPLICATIONS, REVIEW):
        known = len({reading.form.code for block in blocks for reading in block.of_table(table)})
        for block in sorted(blocks, key=lambda block: -len(block.of_table(table))):
            for reading in block.of_table(table):
                key = table, reading.form.code
                if known < _ENOUGH_ROWS and not block.headed(table):
                    found.others.append(Other(reading.run))
                elif key not in found.rows or _says_more(reading, found.rows[key]):
                    found.rows[key] = reading
                elif reading.run.figures and reading.run is not found.rows[key].run:
                    found.others.append(Other(_own(reading), reading.form.columns, reading.form.label))
    found.others += [other for block in blocks for other in block.others]
    found.others.sort(key=lambda other: other.run.start)
    return found


def _own(reading: Reading) -> Run:
    """The run of a row with its own cells only: those of table three may stand in one run."""
    cells = [cell for cell in reading.placed.cells if cell is not None]
    return replace(reading.run, cells=cells) if len(cells) == len(reading.columns) else reading.run


def _says_more(reading: Reading, other: Reading) -> bool:
    """Whether a row's first printing is empty (a label alone, before a page break) and this one is not."""
    return bool(reading.run.figures) and not other.run.figures


class _Block:
    """One table block: its rows of the form, and the runs that are none."""

    def __init__(self, runs: list[Run], form: Template, spacing: Spacing | None) -> None:
        self._form = form
        self._spacing = spacing
        self._runs = _with_headers(in_reading_order(runs, form), form)
        self._text = "".join(run.label for run in runs)
        if all(len(run.figures) == len(run.cells) for run in runs):
            for run in self._runs:  # the layout shows no empty cells: any may be missing
                run.ruled = False
        self.rows: list[Reading] = []
        self._by_table: dict[str, list[Reading]] = {}
        self.others: list[Other] = []
        if _ANNEX_HEADER.search(self._text):
            self.others = [Other(run) for run in self._runs if run.figures]
            return
        self._stems = [form.row_stems.find(run.label) for run in self._runs]
        self._last = [
            _last_code(run.label, stems) for run, stems in zip(self._runs, self._stems, strict=True)
        ]
        self._columns = self._application_columns()
        self._fused = any(are_fused(run.figures) for run in self._runs)
        self._header: tuple[str, ...] = ()
        codes = self._codes()
        taken = 0
        for i, (run, code) in enumerate(zip(self._runs, codes, strict=True)):
            if code is None and i >= taken:
                parts, count = read_outcomes(self._runs, i, form, spacing)
                self.rows += (
                    Reading(form.rows[REVIEW, row], form.rows[REVIEW, row].columns, of, placed)
                    for row, of, placed in parts
                )
                taken = i + count
            if i >= taken:
                self._add(run, code, self._stems[i])
        self._leave_disorder_open()
        for reading in self.rows:
            self._by_table.setdefault(reading.form.table, []).append(reading)

    def of_table(self, table: str) -> list[Reading]:
        return self._by_table.get(table, [])

    def headed(self, table: str) -> bool:
        """Whether the block has the header of a table, so that few rows are enough."""
        if table == PROACTIVE:
            return _FORM_HEADER.search(self._text) is not None
        if table == APPLICATIONS:
            return len(_found(self._form.application_columns.find(self._text))) >= _ENOUGH_COLUMNS
        return True

    # ---- which row a run is ----

    def _codes(self) -> list[str | None]:
        """The code of each run's row; labels without one are told by their place in the form."""
        codes: list[str | None] = [*self._last]
        places = self._form.application_codes
        gap: list[int] = []
        last = len(places)
        for i, run in enumerate(self._runs):
            place = places.get(self._last[i] or "")
            if place is not None:
                if gap and len(gap) == place - last - 1:
                    for unnamed, name in zip(gap, list(places)[last + 1 : place], strict=True):
                        codes[unnamed] = name
                last, gap = place, []
            elif len(run.figures) >= _ENOUGH_COLUMNS:
                gap.append(i)
        return codes

    def _add(self, run: Run, code: str | None, stems: Sequence[tuple[int, str]]) -> None:
        if code is None:
            if run.figures:
                self.others.append(Other(run))
            return
        self._read_header(run)
        for _, earlier in stems[:-1]:
            if earlier != code and not earlier.startswith((GROUP, EXTRA)):
                self._add_row(earlier, Run(run.label, run.start, run.block))
        if code == _ONE_ROW and run.figures:
            self._add_row("other.other", run, why="（六）其他处理 is one row without sub-rows")
        elif code.startswith(EXTRA):
            names = self._form.column_names
            columns = tuple(names[column] for column in self._header)
            self.others.append(Other(run, columns, code.removeprefix(EXTRA)))
        elif code.startswith(GROUP):
            if run.figures:
                self.others.append(Other(run))
        else:
            self._add_row(code, run)

    def _add_row(self, code: str, run: Run, why: str = "") -> None:
        applications = self._form.rows.get((APPLICATIONS, code))
        form = applications or self._form.rows[PROACTIVE, code]
        columns = self._columns if applications else self._proactive_columns(form)
        run = with_empty_cells(run, len(columns), self._spacing) if self._spacing else run
        placed = place(run, len(columns), total="total" in columns, fused=self._fused)
        self.rows.append(Reading(form, columns, run, placed, why))

    def _leave_disorder_open(self) -> None:
        """Leave open what does not add up in a table without cell edges where figures are left over.

        They may be halves of numbers, or belong to the row above or below.
        """
        rows = [reading for reading in self.rows if "total" in reading.columns and not reading.run.ruled]
        left_over = any(other.run.figures for other in self.others)
        if not left_over and not any(cell is None for reading in rows for cell in reading.placed.cells):
            return
        for reading in rows:
            numbers = [cell for cell in reading.placed.cells if cell and cell.kind == "number"]
            if numbers and len(numbers) == len(reading.columns) and not adds_up(numbers):
                why = "figures of the table are out of order"
                reading.placed = Placed((None,) * len(reading.columns), why=why)

    # ---- columns ----

    def _read_header(self, run: Run) -> None:
        columns = self._form.header_stems.find(run.label)
        if columns:
            self._header = tuple(dict.fromkeys(code for _, code in columns))

    def _proactive_columns(self, form: RowForm) -> tuple[str, ...]:
        """The columns of the header above, where it fits the row; else those of the form."""
        coded = {column for row in self._form.of_table(PROACTIVE) for column in row.columns}
        fits = set(self._header) & set(form.columns) or not set(self._header) & coded
        return self._header if self._header and fits else form.columns

    def _application_columns(self) -> tuple[str, ...]:
        """The columns of table two that are printed: fewer than the form's only where cells agree."""
        form = self._form.of_table(APPLICATIONS)[0].columns
        found = _found(self._form.application_columns.find(self._header_text()))
        if not _ENOUGH_COLUMNS <= len(found) < len(form):
            return form
        rows = zip(self._runs, self._last, strict=True)
        widest = max(
            (len(run.figures) for run, code in rows if code in self._form.application_codes), default=0
        )
        return tuple(code for code in form if code in found) if 1 < widest <= len(found) else form

    def _header_text(self) -> str:
        text = ""
        for run, stems, code in zip(self._runs, self._stems, self._last, strict=True):
            if code in self._form.application_codes:
                return text + run.label[: stems[0][0]]
            text = "" if run.figures else text + run.label
        return text


def _with_headers(runs: list[Run], form: Template) -> list[Run]:
    """Runs with the headers above them, which have no figures, before their labels."""
    merged: list[Run] = []
    header = ""
    for run in runs:
        if not run.figures and not form.row_stems.find(run.label):
            header += run.label
            continue
        merged.append(replace(run, label=header + run.label) if header else run)
        header = ""
    return merged


def _last_code(label: str, stems: Sequence[tuple[int, str]]) -> str | None:
    """The row whose label stands last before the figures, `None` where it is not known."""
    if not stems or _NEXT_LABEL.search(label, stems[-1][0] + 2):
        return None  # the rest of one label, then a number that begins another
    return stems[-1][1]


def _is_application(run: Run, form: Template) -> bool:
    return _last_code(run.label, form.row_stems.find(run.label)) in form.application_codes


def _found(stems: Iterable[tuple[int, str]]) -> set[str]:
    return {code for _, code in stems}
