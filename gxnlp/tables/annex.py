"""Tables that the form does not have: the annex of statistics before 2019, fee tables, dropped columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from gxnlp.deferred import deferred
from gxnlp.records import CellState, TableCell
from gxnlp.tables.cells import Run, Token
from gxnlp.tables.fused import splits
from gxnlp.tables.rows import Other
from gxnlp.tables.template import ANNEX

_HEADER = deferred(
    r"^.*?(?:指标名称|统计指标|统计项目|指标(?=(?:计量)?单位))"
    r"(?P<cells>(?:计量单位|单位|代码|(?:19|20)[0-9]{2}年度?|历年累计|本年度?|统计数据?|数量|数值|累计|指标值)*)"
)
_YEAR_OR_NAME = deferred(r"(?:19|20)[0-9]{2}年度?|历年累计|本年度?|统计数据?|数量|数值|累计|指标值")
_UNIT = deferred(r"(?:条|件|次|个|人次|人|万元|元|篇|份|册|期|页|场|名|项|宗)$")
# The table at the head of a page: number, publisher and date of what it shows.
_OF_PAGE = deferred("索引号|发布机构|发文机[关构]|生成日期|成文日期|主题分类")
_CUMULATIVE = deferred("累计$")
_DATE = deferred("(?:19|20)[0-9]{2} ?[-/.年] ?[0-9]{1,2} ?[-/.月] ?[0-9]{1,2}")
_LABEL = 80


def annex_cells(others: Sequence[Other], text: str, said: Set[int] = frozenset()) -> Iterator[TableCell]:
    """Cells of tables that the form does not have, row and column as printed.

    Args:
        others: Rows with figures, in the order of the text.
        text: The text of the document.
        said: Figures of the narrative, which may tell how digits of a year and all years were fused.

    Yields:
        A cell a figure; columns without a printed name are numbered from 1. Figures that are fused
        over columns whose names are known give a cell a name, without a value unless one reading is left.
    """
    names: tuple[str, ...] = ()
    block = -1
    of_page = {other.run.block for other in others if _OF_PAGE.search(other.run.label)}
    for other in others:
        run, label = other.run, other.label
        if run.block in of_page:
            continue
        if run.block != block:
            names, block = (), run.block
        if not label:
            label = run.label
            header = _HEADER.match(label)
            if header:
                names = tuple(_YEAR_OR_NAME.findall(header["cells"]))
                label = label[header.end() :]
            label = _UNIT.sub("", label)[-_LABEL:]
        yield from _row(label, other.columns or names, run, text, said)


def _row(label: str, names: tuple[str, ...], run: Run, text: str, said: Set[int]) -> Iterator[TableCell]:
    figures = run.figures
    if figures and _DATE.fullmatch(text, figures[0].start, figures[-1].end):
        return
    if figures and len(figures) < len(names):
        digits = figures[0].text if len(figures) == 1 else ""
        apart = _apart(digits, names, said) if digits else []
        if len(apart) == 1:
            start = figures[0].start
            for name, value in zip(names, map(str, apart[0]), strict=True):
                yield annex_cell(label, name, Token("number", value, start, start + len(value)), text)
                start += len(value)
            return
        start, end = figures[0].start, figures[-1].end
        for name in names:
            cell = TableCell(ANNEX, label, name, None, text[start:end], start, end)
            yield cell._replace(state="ambiguous", reason="digits were fused")
        return
    named = len(names) == len(figures)
    for i, figure in enumerate(figures):
        yield annex_cell(label, names[i] if named else str(i + 1), figure, text)


def _apart(digits: str, names: Sequence[str], said: Set[int]) -> list[tuple[int, ...]]:
    """The readings of fused digits: of a year no more than of all years, and as the narrative says."""
    rows = splits([digits], len(names), total=False)
    if len(names) == 2 and _CUMULATIVE.search(names[1]):
        rows = [row for row in rows if row[0] <= row[1]]
        told = [row for row in rows if row[0] in said]
        return [max(told)] if told else rows  # the shorter a figure, the likelier it is said by chance
    return rows


def annex_cell(row: str, column: str, token: Token, text: str) -> TableCell:
    """One cell under printed names, as it stands in the document's text."""
    state: CellState = "value"
    if token.value is None:
        state = "dash" if token.kind == "dash" else "unreadable"
    return TableCell(
        ANNEX, row, column, token.value, text[token.start : token.end], token.start, token.end, state
    )
