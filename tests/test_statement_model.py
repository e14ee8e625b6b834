"""The statement model: what rules and model make of each other, thresholds, and its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gxnlp.corpus import parse_gold, write_gold
from gxnlp.errors import ModelError
from gxnlp.layout import normalise
from gxnlp.ontology import default_ontology
from gxnlp.reading import read
from gxnlp.sections import find_sections
from gxnlp.statement_model import PARTS, THRESHOLDS, StatementModel, cut
from gxnlp.statements import find_statements
from gxnlp.statements.judging import KEEP, LEAST, arbitrate
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
    assert files == sorted([*(f"{n}{end}" for n in PARTS for end in (".npz", ".examples.npz")), THRESHOLDS])
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in files)


def test_reports_are_added_to_a_base(reports, model):
    more = fit_statements(reports[:2], settings={**SETTINGS, "weight": 2}, seed=0, base=model)
    for name in PARTS:
        own = len([group for group in model.examples[name].groups if group in ("r0", "r1")])
        assert len(more.examples[name].features) == len(model.examples[name].features) + 2 * own


def test_reports_without_statements_leave_the_rules_alone(reports):
    empty = parse_gold("#! id: e\n#! agency: 某局\n#! year: 2023\n§preamble§ 1\n某局年度报告\n")
    model = fit_statements([empty], settings=SETTINGS, seed=0)
    assert not model.parts
    assert found_in(reports[0], model) == found_in(reports[0], None)


@pytest.mark.parametrize(
    ("vote", "odds", "expected"),
    [
        ("problem", {"problem": 0.9, "remedy": 0.1, "none": 0.0}, "problem"),
        ("problem", {"problem": KEEP, "remedy": 1 - KEEP, "none": 0.0}, "problem"),
        ("problem", {"problem": 0.05, "remedy": 0.9, "none": 0.05}, "remedy"),
        ("problem", {"problem": 0.02, "remedy": 0.03, "none": 0.95}, None),
        ("problem", {"problem": 0.25, "remedy": LEAST - 0.05, "none": 0.2}, "problem"),
        (None, {"problem": 0.9, "remedy": 0.1, "none": 0.0}, "problem"),
        (None, {"problem": 0.4, "remedy": 0.2, "none": 0.4}, None),
    ],
)
def test_rules_and_model_are_weighed(vote, odds, expected):
    assert arbitrate(vote, odds) == expected


def test_one_topic_is_always_given():
    assert cut(np.array([0.1, 0.3, 0.2]), [0.5, 0.5, 0.5]) == [1]
    assert cut(np.array([0.6, 0.3, 0.7]), [0.5, 0.5, 0.5]) == [2, 0]


def test_thresholds_suit_the_probabilities():
    examples = Examples()
    for labels in (("a",), ("a", "b"), ("b",), ("a",)):
        examples.add((), labels, "r")
    odds = np.array([[0.9, 0.25], [0.8, 0.45], [0.1, 0.9], [0.9, 0.3]])
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
