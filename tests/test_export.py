"""CSV by the output contract: notation, quoting, columns in order."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import MARK_UP, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.corpus import parse_gold
from gxnlp.export.csv import COLUMNS, cell, header, rows
from gxnlp.records import Document


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "1"),
        (False, "0"),
        (0, "0"),
        (Decimal("1E+4"), "10000"),
        (Decimal("12.50"), "12.5"),
        (Decimal("400.0"), "400"),
        (Decimal("-0.0"), "0"),
        (Decimal("-3"), "-3"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("350000000"), "350000000"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(1, 8), "0.125"),
        (Fraction(6, 3), "2"),
        (Fraction(10**30, 1), "1" + "0" * 30),
        (0.95, "0.95"),
        (1.0, "1"),
        (0.123456, "0.1235"),
        ("a;b", "a;b"),
    ],
)
def test_notation_of_a_value(value, written):
    assert cell(value) == written


def test_a_metric_row_keeps_every_value(report, awkward_metric):
    document = Document.from_text("一,二\n三")
    table = _read("metrics", rows(replace(report, document=document, metrics=(awkward_metric,))))
    assert table == [
        {
            "report_id": "t1", "metric_id": "m1", "metric": "views", "value": "0.666667", "lower": "1.5",
            "upper": "", "unit": "view", "qualifier": "over", "aspect": "level", "measure": "total",
            "scope": "own", "channel": "", "period": "", "detail": 'a"b', "implied": "1", "text": "一,二\n三",
            "start": "0", "end": "5", "section_id": "", "section_code": "", "page": "",
            "sentence": "一,二 三", "part_of": "", "extractor": "pattern", "confidence": "1",
        }
    ]  # fmt: skip


def test_rows_have_the_columns_and_lists_of_the_contract(report):
    files = rows(report)
    assert (
        list(files) == list(COLUMNS) == ["reports", "sections", "metrics", "statements", "tables", "checks"]
    )
    assert [len(_read(name, files)) for name in files] == [1, 3, 6, 4, 0, 0]
    (own,) = _read("reports", files)
    assert (own["chars"], own["sections"], own["metrics"], own["statements"]) == (
        str(len(report.document.text)), "3", "6", "4",
    )  # fmt: skip
    assert (own["pages"], own["agency_id"], own["checks_failed"]) == ("", "", "")
    statements = _read("statements", files)
    assert statements[1]["topics"] == "staff;mechanism"
    assert statements[2]["answers"] == "P2"


def test_pages_are_those_that_items_start_on(report):
    paged = replace(report.document, page_starts=(0, 10, report.metrics[1].start))
    pages = [row["page"] for row in _read("metrics", rows(replace(report, document=paged)))]
    assert pages[:2] == ["2", "3"]


def test_a_failed_report_counts_nothing(report):
    failed = replace(report, status="failed", sections=(), metrics=(), statements=(), message="no text, none")
    (row,) = _read("reports", rows(failed))
    assert (row["chars"], row["sections"], row["metrics"], row["statements"]) == ("", "", "", "")
    assert row["message"] == "no text, none"


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20))
def test_any_text_is_read_back_by_a_csv_reader(text):
    report = report_of(parse_gold(MARK_UP))
    statement = replace(report.statements[0], text=text)
    assert _read("statements", rows(replace(report, statements=(statement,))))[0]["text"] == text


def _read(name: str, files: dict[str, str]) -> list[dict[str, str]]:
    whole = header(name) + files[name]
    table = list(csv.DictReader(io.StringIO(whole, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in table)
    return table
