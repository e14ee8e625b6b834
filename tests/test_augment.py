"""An altered copy is a report like any other: its marks quote its text and say what it says."""

import random
from dataclasses import replace

import pytest
from conftest import MARK_UP, ROOT
from hypothesis import given
from hypothesis import strategies as st

from gxnlp.alignment import Squeezed
from gxnlp.augment import Edit, Shares, apply, augment, with_copies
from gxnlp.corpus import parse_gold, read_corpus, write_gold
from gxnlp.quantities import find_quantities

ALL = Shares(1, 1, 1, 1, 1, 1)
NONE = Shares(0, 0, 0, 0, 0, 0)
REPORTS = read_corpus(ROOT / "corpus" / "docs")[::9]
GOLD = parse_gold(MARK_UP)


def only(name: str) -> Shares:
    return Shares(**{field: float(field == name) for field in Shares.__slots__})


def disagreements(report) -> int:
    """Marked single numbers whose value is not what the text says."""
    quantities = find_quantities(report.text)
    count = 0
    for m in report.metrics:
        inside = [q for q in quantities if m.start <= q.start and q.end <= m.end]
        if len(inside) == 1 and not m.implied and m.value is not None and inside[0].value is not None:
            count += abs(abs(float(m.value)) - abs(float(inside[0].value))) > 1e-6
    return count


@given(st.sampled_from(REPORTS), st.integers(0, 10**6))
def test_marks_still_quote_the_text_and_values_are_those_written(report, seed):
    copy = augment(report, ALL, random.Random(seed))
    assert parse_gold(write_gold(copy)) == copy
    unbroken = augment(report, replace(ALL, wraps=0.0), random.Random(seed))
    assert disagreements(unbroken) <= disagreements(report)  # layout joins what print breaks
    assert [(m.metric, m.unit, m.aspect, m.channel) for m in copy.metrics] == [
        (m.metric, m.unit, m.aspect, m.channel) for m in report.metrics
    ]
    assert [(s.id, s.topics, s.answers) for s in copy.statements] == [
        (s.id, s.topics, s.answers) for s in report.statements
    ]
    assert [(s.code, s.level) for s in copy.sections] == [(s.code, s.level) for s in report.sections]
    assert copy.id == report.id


@given(st.text("ab一1", min_size=6, max_size=12), st.data())
def test_an_edit_moves_what_is_behind_it_and_nothing_else(word, data):
    at = data.draw(st.sampled_from([i for i, char in enumerate(GOLD.text) if char == "。"]))
    copy = apply(GOLD, [Edit(at, at, word)])
    for old, new in zip((*GOLD.metrics, *GOLD.statements), (*copy.metrics, *copy.statements), strict=True):
        assert new.start == old.start + (len(word) if old.start >= at else 0)
        assert new.text == old.text == copy.text[new.start : new.end]


@pytest.mark.parametrize("name", Shares.__slots__)
def test_each_alteration_alters_reports(name):
    changed = [augment(r, only(name), random.Random(5)).text != r.text for r in REPORTS]
    assert sum(changed) >= len(REPORTS) // 2


def test_without_any_share_a_copy_is_the_report():
    assert all(augment(r, NONE, random.Random(1)) == r for r in REPORTS)


def test_equal_figures_stay_equal():
    text = MARK_UP.replace("⟦100条¦info_published¦100", "⟦120条¦info_published¦120")
    gold = parse_gold(text)
    for seed in range(10):
        one, two = augment(gold, only("figures"), random.Random(seed)).metrics[:2]
        assert one.value == two.value


def test_wraps_change_white_space_alone():
    for report in REPORTS:
        copy = augment(report, only("wraps"), random.Random(3))
        assert Squeezed(copy.text).text == Squeezed(report.text).text


def test_a_renamed_place_is_renamed_in_text_and_header():
    copy = augment(GOLD, only("names"), random.Random(0))
    assert copy.agency != GOLD.agency
    assert copy.agency.split("|")[0] in copy.text
    assert "青禾市" not in copy.text + copy.agency


def test_copies_depend_on_seed_report_and_number_alone():
    first = with_copies(REPORTS, 2, Shares(), 7)
    assert first == with_copies(REPORTS, 2, Shares(), 7)
    assert first[: len(REPORTS)] == REPORTS
    assert first[len(REPORTS) :][3] == with_copies(REPORTS[3:4], 1, Shares(), 7)[1]
    assert first != with_copies(REPORTS, 2, Shares(), 8)
    assert len(first) == 3 * len(REPORTS)
