"""Statutory tables with figures that add up, printed in the layouts that reports come in.

Everything is made from a seed. `figures` gives the cells, the functions in `LAYOUTS` print
them as text; `report` puts a layout into a report.
"""

import random
import re
from decimal import Decimal
from itertools import groupby

from gxnlp.layout import normalise
from gxnlp.reading import read
from gxnlp.records import Document
from gxnlp.tables import APPLICATIONS, PROACTIVE, REVIEW, template

Cells = dict[tuple[str, str, str], Decimal]
FORM = template()
ROWS = {table: list(FORM.of_table(table)) for table in (PROACTIVE, APPLICATIONS, REVIEW)}
APPLICANTS = ROWS[APPLICATIONS][0].columns
LABELS = {
    "new": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "granted": "（一）予以公开",
    "partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "total": "（七）总计",
    "carried_out": "四、结转下年度继续办理",
}
GROUPS = {
    "denied": "（三）不予公开", "unavailable": "（四）无法提供", "rejected": "（五）不予处理",
    "other": "（六）其他处理",
}  # fmt: skip
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
PREFACE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def label(code: str) -> str:
    """A row's own label, without that of its group."""
    if code in LABELS:
        return LABELS[code]
    form = FORM.rows[APPLICATIONS, code].label
    return form[form.index("）") + 1 :]


def figures(seed: int, *, most: int = 400, busy: float = 0.35) -> Cells:
    """Cells of all three tables that satisfy every identity of the form.

    Args:
        seed: What to draw from.
        most: Largest number of applications.
        busy: Share of outcomes that are not zero.
    """
    random_ = random.Random(seed)

    def draw(limit: int) -> int:
        return int(limit ** random_.random()) if random_.random() < busy else 0

    cells: Cells = {}
    for code in ("regulations", "normative_documents"):
        for column in ("issued", "repealed", "in_force"):
            cells[PROACTIVE, code, column] = Decimal(draw(600))
    for code in ("licensing", "penalties", "coercion"):
        cells[PROACTIVE, code, "decisions"] = Decimal(draw(2_000_000))
    cells[PROACTIVE, "fees", "amount_10k_cny"] = Decimal(draw(9_000_000)) / 100
    table = {row.code: dict.fromkeys(APPLICANTS, 0) for row in ROWS[APPLICATIONS]}
    for applicant in APPLICANTS[:-1]:
        if applicant != "natural_person" and random_.random() > busy:
            continue
        for code in FORM.outcomes:
            table[code][applicant] = draw(most // 8)
        done = sum(table[code][applicant] for code in FORM.outcomes)
        table["total"][applicant] = done
        table["carried_out"][applicant] = draw(20)
        handled = done + table["carried_out"][applicant]
        table["carried_in"][applicant] = min(handled, draw(20))
        table["new"][applicant] = handled - table["carried_in"][applicant]
    for code, row in table.items():
        row["total"] = sum(row.values())
        cells |= {(APPLICATIONS, code, column): Decimal(value) for column, value in row.items()}
    for row in ROWS[REVIEW]:
        parts = [draw(60) for _ in row.columns[:-1]]
        for column, value in zip(row.columns, [*parts, sum(parts)], strict=True):
            cells[REVIEW, row.code, column] = Decimal(value)
    return cells


def _number(value: Decimal) -> str:
    return format(value.normalize() if value else Decimal(0), "f")


def _values(cells: Cells, table: str, code: str) -> list[str]:
    return [_number(cells[table, code, column]) for column in FORM.rows[table, code].columns]


def grid(cells: Cells) -> dict[str, list[list[str]]]:
    """The tables as rows of cells, one field a column, merged cells in their first field."""
    proactive = [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", *_values(cells, PROACTIVE, "regulations")],
        ["行政规范性文件", *_values(cells, PROACTIVE, "normative_documents")],
        ["第二十条第（五）项", "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政许可", *_values(cells, PROACTIVE, "licensing"), "", ""],
        ["第二十条第（六）项", "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政处罚", *_values(cells, PROACTIVE, "penalties"), "", ""],
        ["行政强制", *_values(cells, PROACTIVE, "coercion"), "", ""],
        ["第二十条第（八）项", "", "", ""],
        ["信息内容", "本年收费金额（单位：万元）", "", ""],
        ["行政事业性收费", *_values(cells, PROACTIVE, "fees"), "", ""],
    ]
    applications = [
        [PREFACE, "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", *HEADS[1:6], ""],
    ]
    group = ""
    for row in ROWS[APPLICATIONS]:
        stem, _, part = row.code.partition(".")
        first, second, third = label(row.code), "", ""
        if part:
            first, second, third = "", GROUPS[stem] if stem != group else "", label(row.code)
            group = stem
        elif row.code in ("granted", "partial", "total"):
            first, second = ("三、本年度办理结果" if row.code == "granted" else ""), label(row.code)
        applications.append([first, second, third, *_values(cells, APPLICATIONS, row.code)])
    review = [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        [*OUTCOMES, "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""],
        [*[""] * 5, *OUTCOMES, *OUTCOMES],
        [value for row in ROWS[REVIEW] for value in _values(cells, REVIEW, row.code)],
    ]
    return {PROACTIVE: proactive, APPLICATIONS: applications, REVIEW: review}


def tabs(cells: Cells) -> dict[str, str]:
    """One field a column between tabs, as ruled PDF, HTML and Word tables come."""
    return {table: "\n".join("\t".join(row) for row in rows) for table, rows in grid(cells).items()}


def tabs_without_blanks(cells: Cells) -> dict[str, str]:
    """Between tabs, merged and empty fields left out, as copying a table gives it."""
    return {
        table: "\n".join("\t".join(filter(None, row)) for row in rows) for table, rows in grid(cells).items()
    }


def pipes(cells: Cells) -> dict[str, str]:
    """A Markdown table."""

    def lines(rows):
        for i, row in enumerate(rows):
            yield "| " + " | ".join(row) + " |"
            if not i:
                yield "|" + " --- |" * len(row)

    return {table: "\n".join(lines(rows)) for table, rows in grid(cells).items()}


def one_a_line(cells: Cells) -> dict[str, str]:
    """One cell a line."""
    return {
        table: "\n".join(cell for row in rows for cell in row if cell) for table, rows in grid(cells).items()
    }


def fused(cells: Cells) -> dict[str, str]:
    """All cells in one string of characters."""
    return {table: "".join(cell for row in rows for cell in row) for table, rows in grid(cells).items()}


def blanks(cells: Cells) -> dict[str, str]:
    """Columns set apart by blanks, as text of an unruled table."""
    return {
        table: "\n".join("  ".join(filter(None, row)) for row in rows) for table, rows in grid(cells).items()
    }


def one_line(cells: Cells) -> dict[str, str]:
    """All cells on one line with blanks between."""
    return {
        table: " ".join(cell for row in rows for cell in row if cell) for table, rows in grid(cells).items()
    }


def broken_labels(cells: Cells) -> dict[str, str]:
    """Columns set apart by blanks; long labels over some lines, the figures at half their height."""

    def lines(rows, width):
        for row in rows:
            numbers = [cell for cell in row if cell and cell.replace(".", "").isdigit()]
            text = " ".join(cell for cell in row if cell and cell not in numbers)
            if not numbers or len(text) <= width:
                yield " ".join(filter(None, [text, *numbers]))
                continue
            parts = [text[i : i + width] for i in range(0, len(text), width)]
            half = len(parts) // 2
            if len(parts) % 2:
                parts[half] += " " + " ".join(numbers)
            else:
                parts.insert(half, " ".join(numbers))
            yield from parts

    widths = {PROACTIVE: 14, APPLICATIONS: 11, REVIEW: 99}
    return {table: "\n".join(lines(rows, widths[table])) for table, rows in grid(cells).items()}


def paged(cells: Cells) -> dict[str, str]:
    """Between tabs, with a page break in table two and its header printed again."""
    tables = tabs(cells)
    lines = tables[APPLICATIONS].split("\n")
    cut = 3 + len(lines) // 2
    tables[APPLICATIONS] = "\n".join([*lines[:cut], "", "- 4 -", "", *lines[:3], *lines[cut:]])
    return tables


def figures_above(cells: Cells) -> dict[str, str]:
    """Columns set apart by blanks, each row's figures on the line above its label."""

    def lines(rows):
        for row in rows:
            numbers = [cell for cell in row if cell and cell.replace(".", "").isdigit()]
            text = " ".join(cell for cell in row if cell and cell not in numbers)
            yield from filter(None, [" ".join(numbers), text])

    tables = blanks(cells)
    return tables | {APPLICATIONS: "\n".join(lines(grid(cells)[APPLICATIONS]))}


def labels_first(cells: Cells) -> dict[str, str]:
    """All labels of table two before all its figures, one cell a line."""
    rows = grid(cells)[APPLICATIONS]
    flat = [cell for row in rows for cell in row if cell]
    numbers = [cell for cell in flat if cell.isdigit()]
    return one_a_line(cells) | {
        APPLICATIONS: "\n".join([cell for cell in flat if cell not in numbers] + numbers)
    }


def columns_first(cells: Cells) -> dict[str, str]:
    """All labels of table two, then its figures column by column."""
    flat = [cell for row in grid(cells)[APPLICATIONS] for cell in row if cell and not cell.isdigit()]
    numbers = [
        _number(cells[APPLICATIONS, row.code, column]) for column in APPLICANTS for row in ROWS[APPLICATIONS]
    ]
    return one_a_line(cells) | {APPLICATIONS: "\n".join(flat + numbers)}


def counters(cells: Cells) -> dict[str, str]:
    """Columns set apart by blanks, a counter behind each figure."""

    def printed(row):
        return "  ".join(cell + "件" * cell.isdigit() for cell in row if cell)

    return {table: "\n".join(map(printed, rows)) for table, rows in grid(cells).items()}


def halves(cells: Cells) -> dict[str, str]:
    """Between tabs, numbers of four digits and more over two lines of their narrow cells."""
    return {
        table: re.sub(r"(?<=\t)(\d{3,})(\d)(?=[\t\n]|$)", r"\1 \2", text)
        for table, text in tabs(cells).items()
    }


def closed_by_pipes(cells: Cells) -> dict[str, str]:
    """One cell a line, each with a pipe behind it, empty ones as pipes alone."""

    def lines(row):
        for filled, group in groupby(row, key=bool):
            cells_ = list(group)
            yield from (f"{cell} |" for cell in cells_) if filled else ["|" * len(cells_)]

    return {
        table: "\n".join(line for row in rows for line in lines(row)) for table, rows in grid(cells).items()
    }


def _reviews(cells: Cells) -> list[tuple[str, list[str]]]:
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    return [(name, _values(cells, REVIEW, row.code)) for name, row in zip(names, ROWS[REVIEW], strict=True)]


def reviews_by_row(cells: Cells) -> dict[str, str]:
    """Table three with a row for reviews and one for each kind of lawsuit."""
    rows = [["", *OUTCOMES], *([name, *values] for name, values in _reviews(cells))]
    return tabs(cells) | {REVIEW: "\n".join("\t".join(row) for row in rows)}


def reviews_by_table(cells: Cells) -> dict[str, str]:
    """Table three as three tables, one cell a line."""
    lines = [line for name, values in _reviews(cells) for line in (name, *OUTCOMES, *values)]
    return one_a_line(cells) | {REVIEW: "\n".join(lines)}


def outcomes_by_row(cells: Cells) -> dict[str, str]:
    """Table three turned: a row an outcome, a column each for reviews and lawsuits."""
    rows = [["", "行政复议", "行政诉讼", ""], ["", "", "未经复议直接起诉", "复议后起诉"]]
    columns = [values for _, values in _reviews(cells)]
    rows += [list(row) for row in zip(OUTCOMES, *columns, strict=True)]
    return tabs(cells) | {REVIEW: "\n".join("\t".join(row) for row in rows)}


def outcomes_alone(cells: Cells) -> dict[str, str]:
    """Table three with a line for each outcome of each kind."""
    lines = [
        line
        for name, values in _reviews(cells)
        for line in (name, *(f"{outcome}\t{value}" for outcome, value in zip(OUTCOMES, values, strict=True)))
    ]
    return tabs(cells) | {REVIEW: "\n".join(lines)}


LAYOUTS = {
    layout.__name__: layout
    for layout in (
        tabs, tabs_without_blanks, pipes, one_a_line, fused, blanks, one_line, broken_labels, paged,
        figures_above, labels_first, columns_first, counters, halves, closed_by_pipes, reviews_by_row,
        reviews_by_table, outcomes_by_row, outcomes_alone,
    )
}  # fmt: skip


def report(tables: dict[str, str]) -> str:
    """A short report around three printed tables."""
    return "\n".join(
        [
            "清水县林业局2022年政府信息公开工作年度报告",
            "本报告根据《中华人民共和国政府信息公开条例》编制。",
            "一、总体情况",
            "全年通过县政府网站公开政府信息312条。",
            "二、主动公开政府信息情况",
            tables[PROACTIVE],
            "三、收到和处理政府信息公开申请情况",
            tables[APPLICATIONS],
            "四、政府信息公开行政复议、行政诉讼情况",
            tables[REVIEW],
            "五、存在的主要问题及改进情况",
            "一是公开内容不够全面。下一步将细化公开目录。",
            "六、其他需要报告的事项",
            "无其他需要报告的事项。",
        ]
    )


def document_of(text: str) -> Document:
    return normalise(read(text.encode(), name="report.txt").pages, paged=False)
