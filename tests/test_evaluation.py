"""Scores: all right on a report that agrees, each kind of error counted as what it is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gxnlp.evaluation import ATTRIBUTES, F1, calibrate, score
from gxnlp.records import Document


def test_a_report_that_agrees_scores_one_everywhere(gold, report):
    scores = score([gold], {"t1": report})
    assert set(scores.figures().values()) - {0.0} == {1.0}
    assert [name for name, figure in scores.figures().items() if not figure] == [
        "open.p",
        "open.r",
        "open.f1",
    ]
    assert (scores.metrics.wanted, scores.sections.wanted, scores.statements.wanted) == (6, 2, 4)
    assert scores.notes == []


def test_a_report_that_is_missing_scores_nothing(gold):
    scores = score([gold], {})
    assert set(scores.figures().values()) == {0.0}
    assert (scores.reports, scores.metrics.wanted, scores.metrics.found) == (1, 6, 0)


def test_white_space_and_width_do_not_move_positions(gold, report):
    spaced = report.document.text.replace("，", "，\n").replace("120条", "１２０ 条")
    moved = [
        replace(m, start=(start := spaced.index(text)), end=start + len(text))
        for m, text in zip(report.metrics[:3], ("１２０ 条", "100条", "1.2万次"), strict=True)
    ]
    found = replace(report, document=Document.from_text(spaced), metrics=tuple(moved), statements=())
    scores = score([gold], {"t1": found})
    assert (scores.metrics.right, scores.metrics.found) == (3, 3)
    assert scores.spans_right == 2  # the first row's text is not what stands there now


@pytest.mark.parametrize(
    "change",
    [
        {"metric": "videos"},
        {"value": Decimal(121)},
        {"value": None},
        {"unit": "view"},
        {"aspect": "change"},
        {"start": 0, "end": 4},
    ],
)
def test_a_mention_is_wrong_if_what_it_says_or_where_is_wrong(gold, report, change):
    metrics = (replace(report.metrics[0], **change), *report.metrics[1:])
    scores = score([gold], {"t1": replace(report, metrics=metrics)})
    assert (scores.metrics.right, scores.metrics.found, scores.metrics.wanted) == (5, 6, 6)
    assert sum(note.startswith("- t1 metric info_published 120") for note in scores.notes) == 1
    assert sum(note.startswith("+ t1 metric") for note in scores.notes) == 1


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_a_wrong_attribute_leaves_the_mention_found(gold, report, name):
    wrong = {"period": 2022, "implied": True}.get(name, "other")
    metrics = (replace(report.metrics[0], **{name: wrong}), *report.metrics[1:])
    scores = score([gold], {"t1": replace(report, metrics=metrics)})
    assert scores.metrics.right == 6
    assert scores.attribute_share(name) == scores.attribute_share("all") == pytest.approx(5 / 6)
    assert scores.attribute_share(ATTRIBUTES[0 if name != ATTRIBUTES[0] else 1]) == 1.0
    assert scores.notes[0].startswith(f"~ t1 info_published 120条: {name}")


def test_each_gold_mention_is_matched_once_and_by_the_best(gold, report):
    first = report.metrics[0]
    worse = replace(first, channel="weibo", confidence=0.2)
    scores = score([gold], {"t1": replace(report, metrics=(worse, *report.metrics))})
    assert (scores.metrics.right, scores.metrics.found) == (6, 7)
    assert scores.attribute_share("all") == 1.0
    assert (0.2, False) in scores.confidences


def test_the_open_metric_is_scored_apart(gold, report):
    gold = replace(gold, metrics=(replace(gold.metrics[0], metric="other_metric", unit="宣讲"),))
    right = replace(report.metrics[0], metric="other_metric", unit="session")
    scores = score([gold], {"t1": replace(report, metrics=(right, report.metrics[2]))})
    assert (scores.open.right, scores.open.found, scores.open.wanted) == (1, 1, 1)
    assert (scores.metrics.right, scores.metrics.found, scores.metrics.wanted) == (0, 1, 0)
    assert scores.confidences == [(0.9, False)]


@pytest.mark.parametrize("change", [{"level": 2}, {"code": "other"}, {"start": 2}])
def test_a_heading_is_right_by_code_level_and_place(gold, report, change):
    sections = (report.sections[0], replace(report.sections[1], **change), report.sections[2])
    scores = score([gold], {"t1": replace(report, sections=sections)})
    assert (scores.sections.right, scores.sections.found, scores.sections.wanted) == (1, 2, 2)


def test_deep_headings_and_the_preamble_are_not_scored(gold, report):
    deep = replace(report.sections[1], level=3)
    scores = score([gold], {"t1": replace(report, sections=(*report.sections, deep))})
    assert (scores.sections.right, scores.sections.found) == (2, 2)


def test_a_statement_needs_role_and_overlap(gold, report):
    first, second, third, fourth = report.statements
    short = replace(first, end=first.start + 4)  # 4 of 8 characters
    turned = replace(second, role="remedy")
    scores = score([gold], {"t1": replace(report, statements=(short, turned, third, fourth))})
    assert (scores.statements.right, scores.statements.found) == (2, 4)
    # Both links point at problems that are not in gold; the gold links are missed.
    assert (scores.links.right, scores.links.found, scores.links.wanted) == (0, 2, 2)


def test_topics_are_compared_one_by_one(gold, report):
    changed = replace(report.statements[1], topics=("staff", "digital"))
    statements = (report.statements[0], changed, *report.statements[2:])
    scores = score([gold], {"t1": replace(report, statements=statements)})
    assert (scores.topics.right, scores.topics.found, scores.topics.wanted) == (4, 5, 5)


@pytest.mark.parametrize(
    ("agency", "right"), [("青禾市水务和湖泊局", 1), ("青禾市 水务局", 1), ("水务局", 0)]
)
def test_an_agency_is_right_by_any_of_its_names(gold, report, agency, right):
    scores = score([gold], {"t1": replace(report, info=replace(report.info, agency=agency))})
    assert scores.agencies == right
    assert scores.years == 1


def test_labels_of_every_group_are_counted(gold, report):
    scores = score([gold], {"t1": report})
    for part, labels in (("sections", scores.by_section), ("topics", scores.by_topic)):
        tally = getattr(scores, part)
        counts = [(count.right, count.found, count.wanted) for count in labels.values()]
        assert [sum(column) for column in zip(*counts, strict=True)] == [
            tally.right,
            tally.found,
            tally.wanted,
        ]
        assert tally.right > 0


def test_f1_of_nothing_is_zero():
    assert (F1().precision, F1().recall, F1().f1) == (0.0, 0.0, 0.0)
    assert F1(right=3, found=4, wanted=6).f1 == pytest.approx(0.6)


def test_calibration_of_a_small_table():
    pairs = [(0.95, True), (0.95, True), (0.95, False), (0.55, False), (0.15, True)]
    result = calibrate(pairs)
    # Bins: |2.85 - 2| + |0.55 - 0| + |0.15 - 1|, over 5 rows.
    assert result.ece == pytest.approx(2.25 / 5)
    # Of 6 (right, wrong) pairs: 2 rightly ordered, 2 ties, 2 wrongly.
    assert result.auroc == pytest.approx((2 + 2 / 2) / 6)
    assert result.precision_top_80 == pytest.approx(2 / 4)
    assert calibrate([]) is None
    assert calibrate([(0.9, True)]).auroc is None
