"""The statement model: what rules and model make of each other, thresholds, and its files."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from gxnlp.corpus import parse_gold, write_gold
from gxnlp.errors import ModelError
from gxnlp.layout import normalise
from gxnlp.learned.statement_model import PARTS, SECOND, THRESHOLDS, StatementModel, cut
from gxnlp.ontology import default_ontology
from gxnlp.reading import read
from gxnlp.sections import find_sections
from gxnlp.statements import find_passages, find_statements
from gxnlp.statements.clauses import Draft
from gxnlp.statements.entry import Entry
from gxnlp.statements.judging import arbitrate
from gxnlp.statements.segments import LABELS, Segment, cut_segments
from gxnlp.statements.units import Unit
from gxnlp.training.examples import Examples
from gxnlp.training.statements import fit_statements, topic_thresholds

SETTINGS = {name: {"strength": 0.3, "least": 1, "folds": 3} for name in PARTS}
PAIRS = [
    ("政策解读形式单一，群众看不懂", "interpretation", "多用图解和视频做好政策解读", "interpretation"),
    ("部分栏目更新不及时", "timeliness", "建立更新提醒机制，缩短发布时间", "timeliness,mechanism"),
    ("信息员多为兼职，业务不熟练", "staff", "每季度组织一次业务培训", "staff"),
    ("个别科室公开意识不强", "awareness", "把公开情况纳入科室年终考核", "supervision"),
]


def gold(number):
    """A report with two of the pairs, the second remedy without a problem."""
    first, second = PAIRS[number % 4], PAIRS[(number + 1) % 4]
    return parse_gold(
        f"#! id: r{number}\n#! agency: 某县某局\n#! year: 2023\n"
        "§preamble§ 1\n某县某局2023年政府信息公开工作年度报告\n"
        "§problems§ 1\n五、存在的主要问题及改进情况\n"
        f"存在的问题：一是⟪{first[0]}¦P1¦{first[1]}⟫。二是⟪{second[0]}¦P2¦{second[1]}⟫。\n"
        f"下一步：一是⟪{first[2]}¦R1¦{first[3]}¦P1⟫。二是⟪{second[2]}¦R2¦{second[3]}¦P2⟫。\n"
    )


@pytest.fixture(scope="module")
def reports():
    return [gold(number) for number in range(12)]


@pytest.fixture(scope="module")
def model(reports):
    return fit_statements(reports, settings=SETTINGS, seed=0)


def found_in(report, model):
    reading = read(report.text.encode(), name="r.txt")
    document = normalise(reading.pages, paged=reading.paged)
    return find_statements(document, find_sections(document), model)


def test_what_was_learned_is_read_again(reports, model):
    report = reports[0]
    found = found_in(report, model)
    assert [(s.role, s.text) for s in found] == [(s.role, s.text) for s in report.statements]
    assert [s.answers for s in found] == [(), (), ("P1",), ("P2",)]
    for statement, wanted in zip(found, report.statements, strict=True):
        assert set(statement.topics) == set(wanted.topics)
        assert 0.5 < statement.confidence <= 1


def test_a_model_learns_topics_that_the_rules_do_not_give():
    """The corpus decides: here all that is of 解读 is called publicity."""
    changed = [
        parse_gold(write_gold(gold(number)).replace("interpretation", "publicity")) for number in range(12)
    ]
    found = found_in(changed[0], fit_statements(changed, settings=SETTINGS, seed=0))
    assert found[0].topics == ("publicity",)
    assert found_in(changed[0], None)[0].topics == ("interpretation",)


def test_reading_back_gives_the_same_model(tmp_path, reports, model):
    model.to_disk(tmp_path)
    again = StatementModel.from_disk(tmp_path, with_examples=True)
    assert again.thresholds == model.thresholds
    for report in reports:
        for read_back, made in zip(found_in(report, again), found_in(report, model), strict=True):
            assert replace(read_back, confidence=made.confidence) == made
            assert read_back.confidence == pytest.approx(made.confidence, abs=0.005)
    assert again.examples["links"].labels == model.examples["links"].labels


def test_the_same_reports_give_the_same_bytes(tmp_path, reports, model):
    for name, made in (("a", model), ("b", fit_statements(reports, settings=SETTINGS, seed=0))):
        (tmp_path / name).mkdir()
        made.to_disk(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    parts = [f"{n}{end}" for n in PARTS for end in (".npz", ".examples.npz")]
    networks = [f"{n}.{layer}1.npz" for n in SECOND for layer in ("units", "outer")]
    assert files == sorted([*parts, *networks, THRESHOLDS])
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in files)


def test_reports_are_added_to_a_base(reports, model):
    more = fit_statements(reports[:2], settings={**SETTINGS, "weight": 2}, seed=0, base=model)
    for name in PARTS:
        own = len([group for group in model.examples[name].groups if group in ("r0", "r1")])
        assert own
        assert len(more.examples[name].features) == len(model.examples[name].features) + 2 * own


def test_reports_without_statements_leave_the_rules_alone(reports):
    empty = parse_gold("#! id: e\n#! agency: 某局\n#! year: 2023\n§preamble§ 1\n某局年度报告\n")
    model = fit_statements([empty], settings=SETTINGS, seed=0)
    assert not model.parts
    assert found_in(reports[0], model) == found_in(reports[0], None)


TEXT = "部分科室不重视，信息少。要加强培训"
PIECES = [(0, 7), (8, 11), (12, 17)]
"""Spans of the segments of `TEXT`."""


def segments_of(*drafts, marked=False):
    """The segments of `TEXT` with the rules' statements: (start, end, role) each."""
    made = [Draft(a, b, role, Entry(a, b, marked, role)) for a, b, role in drafts]
    unit = Unit(0, len(TEXT), None, True, "\n")
    return [Segment(a, b, unit, next((d for d in made if d.start <= a < d.end), None)) for a, b in PIECES]


def odds_of(*labels, sure=0.9):
    """Probabilities that give one label of each segment `sure`, the others the rest."""
    rest = (1 - sure) / (len(LABELS) - 1)
    return np.array([[sure if label == wanted else rest for label in LABELS] for wanted in labels])


P, P_ON, R, OUT = "problem begin", "problem inside", "remedy begin", "outside"


@pytest.mark.parametrize(
    ("by_rules", "odds", "expected"),
    [
        # Agreed.
        ([(0, 11, "problem"), (12, 17, "remedy")], odds_of(P, P_ON, R), [P, P_ON, R]),
        # A doubtful model does not move the rules, a sure one does: role, cut, and what they left out.
        ([(0, 11, "problem"), (12, 17, "problem")], odds_of(P, P_ON, R, sure=0.6), [P, P_ON, P]),
        ([(0, 11, "problem"), (12, 17, "problem")], odds_of(P, P_ON, R, sure=0.999), [P, P_ON, R]),
        ([(0, 11, "problem"), (12, 17, "remedy")], odds_of(P, P, R, sure=0.999), [P, P, R]),
        ([(0, 11, "problem")], odds_of(P, P_ON, R, sure=0.999), [P, P_ON, R]),
        ([(0, 11, "problem")], odds_of(P, P_ON, R, sure=0.6), [P, P_ON, OUT]),
        ([(0, 11, "problem"), (12, 17, "remedy")], odds_of(P, P_ON, OUT, sure=0.999), [P, P_ON, OUT]),
        # What goes on must have begun.
        ([], odds_of(P_ON, P_ON, P_ON, sure=0.99999), [P, P_ON, P_ON]),
    ],
)
def test_rules_and_model_are_weighed(by_rules, odds, expected):
    assert arbitrate(segments_of(*by_rules), odds) == expected


def test_a_list_item_is_not_cut_into_two_of_one_role():
    segments = segments_of((0, 17, "problem"), marked=True)
    assert arbitrate(segments, odds_of(P, P, P, sure=0.9999)) == [P, P_ON, P_ON]
    assert arbitrate(segments, odds_of(P, P_ON, R, sure=0.9999)) == [P, P_ON, R]


def test_segments_lie_in_order_between_punctuation():
    report = gold(0)
    reading = read(report.text.encode(), name="r.txt")
    document = normalise(reading.pages, paged=reading.paged)
    (passage,) = find_passages(document, find_sections(document))
    segments = cut_segments(document.folded, passage)
    pieces = [document.folded[s.start : s.end] for s in segments]
    assert pieces == [
        "存在的问题", "政策解读形式单一", "群众看不懂", "部分栏目更新不及时",
        "下一步", "多用图解和视频做好政策解读", "建立更新提醒机制", "缩短发布时间",
    ]  # fmt: skip
    assert [s.by_rules for s in segments] == [OUT, P, P_ON, P, OUT, R, R, "remedy inside"]
    assert all(a.end <= b.start for a, b in pairwise(segments))


def test_one_topic_is_always_given():
    assert cut(np.array([0.1, 0.3, 0.2]), [0.5, 0.5, 0.5]) == [1]
    assert cut(np.array([0.6, 0.3, 0.7]), [0.5, 0.5, 0.5]) == [2, 0]


def test_thresholds_suit_the_probabilities():
    examples = Examples()
    for labels in (("a",), ("a", "b"), ("b",), ("a",)):
        examples.add(("s:a>1",), labels, "r")
    examples.add(("role:problem", "公开"), ("b",), "r")
    odds = np.array([[0.9, 0.25], [0.8, 0.45], [0.1, 0.9], [0.9, 0.3], [0.2, 0.15]])
    cuts = topic_thresholds(odds, examples, ("a", "b"))
    assert 0.3 < cuts["b"] <= 0.45
    assert topic_thresholds(odds[:0], Examples(), ("a",)) == {"a": 0.5}


@pytest.mark.parametrize("content", ["", "[]", '{"topics": {}}', '{"topics": {"staff": "x"}, "links": 0.3}'])
def test_damaged_thresholds_are_refused(tmp_path, model, content):
    model.to_disk(tmp_path)
    (tmp_path / THRESHOLDS).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="thresholds"):
        StatementModel.from_disk(tmp_path)


def test_every_topic_has_a_threshold(model):
    assert model.thresholds.topics.keys() == default_ontology().topics.keys()
    assert Path(THRESHOLDS).suffix == ".json"
