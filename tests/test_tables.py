"""Statutory tables: every cell from every layout, and nothing but an empty value where it is not certain."""

import random
import re
from decimal import Decimal

import pytest
import table_forms
from hypothesis import given, settings
from hypothesis import strategies as st
from table_forms import (
    APPLICANTS,
    FORM,
    LAYOUTS,
    ROWS,
    document_of,
    figures,
    grid,
    label,
    one_a_line,
    report,
    tabs,
)

from gxnlp.pipeline import read_report
from gxnlp.tables import APPLICATIONS, PROACTIVE, REVIEW, find_tables
from gxnlp.tables.fused import group_splits, splits

SIZES = [(20, 0.15), (400, 0.35), (4000, 0.7)]


def cells_of(text: str, metrics=()) -> dict:
    cells = find_tables(document_of(text), metrics)
    found = {(c.table, c.row, c.column): c for c in cells if c.table != "annex"}
    assert len(found) == sum(c.table != "annex" for c in cells)
    return found


def differing(cells: dict, wanted: dict) -> list:
    return [(key, value, cells.get(key)) for key, value in wanted.items() if cells[key].value != value]


def test_all_200_cells_are_given_in_the_order_of_the_form():
    cells = find_tables(document_of(report(tabs(figures(1)))))
    wanted = [(row.table, row.code, column) for row in FORM.rows.values() for column in row.columns]
    assert [(c.table, c.row, c.column) for c in cells] == wanted
    assert len(wanted) == 200


@pytest.mark.parametrize("layout", [layout for name, layout in LAYOUTS.items() if name != "fused"])
@pytest.mark.parametrize("seed", range(6))
def test_every_cell_is_read_from(layout, seed):
    most, busy = SIZES[seed % 3]
    wanted = figures(seed, most=most, busy=busy)
    assert differing(cells_of(report(layout(wanted))), wanted) == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_cells_are_where_they_say(layout):
    document = document_of(report(layout(figures(2))))
    for cell in find_tables(document):
        if cell.start is not None and cell.state == "value" and "over two lines" not in cell.reason:
            assert document.text[cell.start : cell.end] == cell.text
            assert cell.value == Decimal(cell.text.replace(",", ""))


@pytest.mark.parametrize("seed", range(12))
def test_fused_digits_are_told_apart_or_left_open(seed):
    most, busy = SIZES[seed % 3]
    wanted = figures(seed, most=most, busy=busy)
    cells = cells_of(report(table_forms.fused(wanted)))
    assert [key for key, value in wanted.items() if cells[key].value not in (value, None)] == []
    open_ = [key for key in wanted if cells[key].value is None]
    assert {cells[key].state for key in open_} <= {"ambiguous"}
    assert len(open_) <= 10


def test_an_error_in_print_does_not_choose_between_fused_readings():
    for seed in range(20):
        wanted = figures(seed, most=400)
        key = random.Random(seed).choice([key for key in wanted if key[0] != PROACTIVE])
        wanted[key] += 10
        cells = cells_of(report(table_forms.fused(wanted)))
        assert [key for key, value in wanted.items() if cells[key].value not in (value, None)] == []


# ---- states ----


@pytest.mark.parametrize("mark", ["-", "/", "—", "－", "无"])
def test_a_dash_is_no_zero(mark):
    wanted = figures(3)
    lines = {table: "\n".join("\t".join(_swap(row, "0", mark)) for row in rows)
             for table, rows in grid(wanted).items()}  # fmt: skip
    cells = cells_of(report(lines))
    assert differing(cells, {key: value or None for key, value in wanted.items()}) == []
    assert {cells[key].state for key, value in wanted.items() if not value} == {"dash"}


def test_an_empty_cell_is_no_zero():
    wanted = figures(3)
    lines = {table: "\n".join("\t".join(_swap(row, "0", "")) for row in rows)
             for table, rows in grid(wanted).items()}  # fmt: skip
    cells = cells_of(report(lines))
    assert differing(cells, {key: value or None for key, value in wanted.items()}) == []
    assert {cells[key].state for key, value in wanted.items() if not value} == {"blank"}


def _swap(row: list[str], old: str, new: str) -> list[str]:
    return [new if cell == old else cell for cell in row]


def test_cells_lost_from_one_cell_a_line_are_never_guessed():
    for seed in range(10):
        random_ = random.Random(seed)
        wanted = figures(seed)
        lost = {
            table: "\n".join(x for x in text.split("\n") if x != "0" or random_.random() < 0.7)
            for table, text in one_a_line(wanted).items()
        }
        cells = cells_of(report(lost))
        assert [key for key, value in wanted.items() if cells[key].value not in (value, None)] == []


@pytest.mark.parametrize("layout", [tabs, table_forms.blanks, table_forms.pipes])
def test_rows_that_are_not_printed_are_missing(layout):
    wanted = figures(4)
    gone = {"partial", "denied.process", "rejected.reissue", "carried_out"}
    lines = layout(wanted)
    lines[APPLICATIONS] = "\n".join(
        line for line in lines[APPLICATIONS].split("\n") if not any(label(code) in line for code in gone)
    )
    cells = cells_of(report(lines))
    for key, value in wanted.items():
        missing = key[0] == APPLICATIONS and key[1] in gone
        assert (cells[key].value, cells[key].state) == (
            (None, "row_missing") if missing else (value, "value")
        )


def test_a_table_without_the_column_of_sums():
    wanted = figures(5)
    lines = tabs(wanted)
    lines[APPLICATIONS] = "\n".join("\t".join(row[:-1]) for row in grid(wanted)[APPLICATIONS])
    cells = cells_of(report(lines))
    for key, value in wanted.items():
        missing = key[0] == APPLICATIONS and key[2] == "total"
        assert (cells[key].value, cells[key].state) == (
            (None, "column_missing") if missing else (value, "value")
        )


def test_other_outcomes_in_one_row_are_its_last():
    wanted = figures(6)
    rows = [row for row in grid(wanted)[APPLICATIONS] if "逾期" not in "".join(row)]
    at = next(i for i, row in enumerate(rows) if row[2] == "3.其他")
    rows[at][1:3] = ["（六）其他处理", ""]
    lines = tabs(wanted) | {APPLICATIONS: "\n".join("\t".join(row) for row in rows)}
    cells = cells_of(report(lines))
    for column in APPLICANTS:
        assert cells[APPLICATIONS, "other.other", column].value == wanted[APPLICATIONS, "other.other", column]
        assert cells[APPLICATIONS, "other.unpaid", column].state == "row_missing"


CHANGES = {
    "numbers with 、": lambda text: re.sub(r"(?<!\d)([1-8])\.(?=\D)", r"\1、", text),
    "no numbers": lambda text: re.sub(r"(?<!\d)[1-8]\.(?=\D)|[一二三四]、|（[一二三四五六七]）", "", text),
    "full-width digits": lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "blanks inside labels": lambda text: re.sub(r"(?<=[其行法信申])(?=[他政律访请])", " ", text),
    "no header": lambda text: text[text.index("一、") :] if "一、" in text else text,
    "thousands with commas": lambda text: re.sub(r"(?<=\t)(\d)(\d{3})(?=[\t\n])", r"\1,\2", text),
    "half-width brackets": lambda text: text.replace("（", "(").replace("）", ")"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("layout", [tabs, one_a_line])
def test_labels_are_known_with(layout, change):
    wanted = figures(7, most=4000, busy=0.6)
    lines = {table: change(text) for table, text in layout(wanted).items()}
    assert differing(cells_of(report(lines)), wanted) == []


# ---- empty cells and their places ----


def _without_zeros(rows: list[list[str]]) -> list[list[str]]:
    return [["" if cell == "0" else cell for cell in row] for row in rows]


def _labels_once(row: list[str]) -> list[str]:
    """A row of table two as a merged label leaves it: the label, the figures, empty cells at its end."""
    label, figures_ = [cell for cell in row[:3] if cell], row[3:]
    return [*label, *figures_, *[""] * (3 - len(label))]


def _pipes_at_both_ends(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _one_a_line_with_pipes(rows):
    return "\n".join(f"{cell} |" if cell else "|" for row in rows for cell in row)


EMPTY = {
    "tabs": lambda rows: "\n".join("\t".join(row) for row in rows),
    "pipes": _pipes_at_both_ends,
    "merged labels": lambda rows: _pipes_at_both_ends(map(_labels_once, rows)),
    "one cell a line": _one_a_line_with_pipes,
    "one cell a line, merged labels": lambda rows: _one_a_line_with_pipes(map(_labels_once, rows)),
    "blank lines": lambda rows: "".join(
        f"{cell}\n\n" if cell else "\n" for row in rows for cell in (*filter(None, row[:3]), *row[3:])
    ),
}


@pytest.mark.parametrize("printed", EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("seed", range(6))
def test_figures_between_empty_cells_keep_their_columns(printed, seed):
    most, busy = SIZES[seed % 3]
    wanted = figures(seed, most=most, busy=busy)
    rows = grid(wanted)[APPLICATIONS]
    lines = tabs(wanted) | {APPLICATIONS: printed([*rows[:3], *_without_zeros(rows[3:])])}
    cells = cells_of(report(lines))
    assert (
        differing(cells, {key: value or None for key, value in wanted.items() if key[0] == APPLICATIONS})
        == []
    )


def test_only_sums_printed_and_blank_lines_before_them():
    wanted = figures(2, most=400, busy=0.7)
    rows = grid(wanted)[APPLICATIONS]
    lines = "".join(f"{cell}\n\n" for row in rows[:3] for cell in row if cell)
    for row in rows[3:]:
        lines += "".join(f"{cell}\n\n" for cell in row[:3] if cell) + "\n" * 6 + f"{row[-1]}\n\n"
    cells = cells_of(report(one_a_line(wanted) | {APPLICATIONS: lines}))
    for key, value in wanted.items():
        if key[0] == APPLICATIONS:
            assert cells[key].value == (value if key[2] == "total" else None)


@pytest.mark.parametrize("seed", range(6))
def test_no_cell_is_guessed_where_repeated_lines_were_left_out(seed):
    most, busy = SIZES[seed % 3]
    wanted = figures(seed, most=most, busy=busy)
    text = "\n".join(dict.fromkeys(report(one_a_line(wanted)).split("\n")))
    cells = cells_of(text)
    assert [key for key, value in wanted.items() if cells[key].value not in (value, None)] == []


@pytest.mark.parametrize("between", ["", "\t", "  ", "\n", " | "])
@pytest.mark.parametrize("share", [0.3, 1])
def test_no_cell_is_guessed_where_empty_cells_left_no_trace(between, share):
    for seed in range(8):
        random_ = random.Random(seed)
        most, busy = SIZES[seed % 3]
        wanted = figures(seed, most=most, busy=busy)
        if not between and share < 1:
            continue  # digits that lack some zeros only: nothing in the text could show it
        lines = {
            table: "\n".join(
                between.join(x for x in row if x and (x != "0" or random_.random() > share)) for row in rows
            )
            for table, rows in grid(wanted).items()
        }
        cells = cells_of(report(lines))
        assert [key for key, value in wanted.items() if cells[key].value not in (value, None)] == []


def test_fees_in_yuan_by_their_header():
    wanted = figures(8)
    text = report(tabs(wanted)).replace("（单位：万元）", "（单位：元）")
    cell = cells_of(text)[PROACTIVE, "fees", "amount_10k_cny"]
    assert cell.value == wanted[PROACTIVE, "fees", "amount_10k_cny"] / 10000
    assert cell.reason == "printed in 元"


def test_of_two_tables_of_one_form_the_first_is_the_report_s():
    wanted, other = figures(3, most=400), figures(4, most=4000, busy=0.9)
    again = tabs(other)
    lines = {table: f"{text}\n\n全县汇总情况如下：\n\n{again[table]}" for table, text in tabs(wanted).items()}
    document = document_of(report(lines))
    assert differing(cells_of(report(lines)), wanted) == []
    assert sum(cell.table == "annex" for cell in find_tables(document)) == 200


def test_narrative_is_no_table_and_the_row_says_that_none_was_found():
    text = report(dict.fromkeys((PROACTIVE, APPLICATIONS, REVIEW), "详见附表。"))
    assert find_tables(document_of(text)) == ()
    without, with_tables = (
        read_report(words.encode(), name="a.txt", report_id="a", source="a.txt")
        for words in (text, report(tabs(figures(1))))
    )
    assert (without.status, with_tables.message) == ("ok", "")
    assert "no statutory table was found" in without.message


# ---- labels and splits ----


@pytest.mark.parametrize(
    ("code", "printed"), [(row.code, text) for row in FORM.rows.values() for text in row.examples]
)
def test_a_printed_label_is_known(code, printed):
    stems = FORM.review_rows if (REVIEW, code) in FORM.rows else FORM.row_stems
    assert stems.find(printed)[-1][1] == code


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_true_row_is_among_the_splits_of_its_digits(parts):
    row = (*parts, sum(parts))
    found = splits(["".join(map(str, row))], len(row), total=True)
    assert row in found or not found


@given(st.lists(st.integers(0, 30), min_size=8, max_size=8))
@settings(max_examples=60, deadline=None)
def test_the_true_groups_are_among_the_splits_of_their_digits(parts):
    row = (*parts[:4], sum(parts[:4]), *parts[4:], sum(parts[4:]))
    found = group_splits(["".join(map(str, row))], 2, 5)
    assert row in found or not found


def test_rows_of_the_form_have_a_label_each():
    assert len({row.label for rows in ROWS.values() for row in rows}) == sum(map(len, ROWS.values()))
