"""The headline rule: cases, what it never depends on, and its agreement with what a person reads."""

import tomllib
from decimal import Decimal

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from gxnlp.folding import fold
from gxnlp.ontology import default_ontology
from gxnlp.panel.headline import headline
from gxnlp.panel.measure import agreement, gold_rows, read_readings
from gxnlp.panel.rules import panel_rules, whole_examples
from gxnlp.splits import load_corpus

DATA = ROOT / "tests" / "data" / "panel"
CASES = tomllib.loads((DATA / "headline.toml").read_text(encoding="utf-8"))["case"]
FLOOR = 0.97


def mention(number: int, metric: str, given: dict[str, object]) -> dict[str, str]:
    value = given.get("value", "")
    usual = {
        "metric_id": f"m{number}", "metric": metric, "value": value, "lower": value, "upper": value,
        "unit": default_ontology().metrics[metric].unit, "aspect": "level", "measure": "total",
        "scope": "own", "channel": "", "period": "2023", "text": f"{value}件",
        "sentence": f"第{number}句{value}件。", "section_code": "overview.proactive",
    }  # fmt: skip
    return {name: str(cell) for name, cell in (usual | given).items()}


def number(cell: object) -> Decimal | None:
    return None if cell in (None, "") else Decimal(str(cell))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_rule(case):
    label = default_ontology().metrics[case["metric"]]
    rows = [mention(i, case["metric"], given) for i, given in enumerate(case["mentions"])]
    found = headline(label, rows, "2023")
    if not {"value", "lower", "upper"} & case.keys():
        assert found is None
        return
    assert found is not None
    lower, upper = case.get("lower", case.get("value")), case.get("upper", case.get("value"))
    assert (found.value, found.lower, found.upper) == tuple(map(number, (case.get("value"), lower, upper)))
    assert list(found.basis) == case.get("basis", [])
    assert set(found.rows) <= {row["metric_id"] for row in rows}
    assert found.rows


def test_every_reason_of_a_basis_and_every_rule_for_several_has_a_case():
    assert {name for case in CASES for name in case.get("basis", [])} == set(panel_rules().basis)
    assert {panel_rules().policy(case["metric"]) for case in CASES} == {
        "sum", "list", "largest", "first", "last", "open",
    }  # fmt: skip


def test_rules_name_labels_and_sections_that_there_are():
    rules, ontology = panel_rules(), default_ontology()
    assert rules.several.keys() == ontology.metrics.keys()
    assert (rules.homes.keys() | rules.whole.keys()) - {"counter_examples"} <= ontology.metrics.keys()
    assert {code for home in (*rules.homes.values(), rules.default_home) for code in home} <= (
        ontology.sections.keys()
    )


def test_words_of_a_whole():
    pattern, examples = panel_rules().whole["info_published"], whole_examples()
    assert [words for words in examples["examples"] if not pattern.search(fold(words))] == []
    assert [words for words in examples["counter_examples"] if pattern.search(fold(words))] == []


def test_figures_agree_with_what_a_person_reads():
    readings = read_readings(DATA / "readings.csv")
    gold = {report.id: report for report in load_corpus(ROOT / "corpus").reports if report.id in readings}
    rows = {name: gold_rows(report) for name, report in gold.items()}
    years = {name: str(report.year) for name, report in gold.items()}
    found = agreement(readings, rows, years, default_ontology())
    assert found.wanted > 200
    assert found.share >= FLOOR, found.notes


MENTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "value": st.integers(0, 10**6),
            "measure": st.sampled_from(["total", "part", "cumulative", "average", "maximum"]),
            "scope": st.sampled_from(["own", "system", "other"]),
            "channel": st.sampled_from(["", "all", "website", "wechat", "new_media"]),
            "period": st.sampled_from(["2022", "2023", ""]),
            "aspect": st.sampled_from(["level", "level", "change", "growth"]),
        }
    ),
    max_size=6,
)
METRICS = st.sampled_from(
    ["info_published", "views", "reply_rate", "applications_received", "reviews", "share"]
)


@given(MENTIONS, METRICS)
def test_a_figure_lies_within_what_is_stated(mentions, metric):
    rows = [mention(i, metric, given) for i, given in enumerate(mentions)]
    found = headline(default_ontology().metrics[metric], rows, "2023")
    if found is None:
        return
    used = [Decimal(row["value"]) for row in rows if row["metric_id"] in found.rows]
    assert used
    if found.value is not None:
        assert max(used) <= found.value <= sum(used)
        assert found.lower <= found.value <= found.upper
    assert all(
        row["aspect"] == "level" and row["period"] != "2022" for row in rows if row["metric_id"] in found.rows
    )


@given(MENTIONS, METRICS, st.sampled_from(["average", "maximum"]))
def test_what_cannot_stand_changes_nothing(mentions, metric, measure):
    label = default_ontology().metrics[metric]
    rows = [mention(i, metric, given) for i, given in enumerate(mentions)]
    more = [*rows, mention(99, metric, {"value": 10**9, "measure": measure})]
    assert headline(label, rows, "2023") == headline(label, more, "2023")
