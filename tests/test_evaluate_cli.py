"""Intervals hold their figure, the table of confidence adds up, and the command tells it all."""

import shutil
from collections import Counter
from dataclasses import replace

import pytest
from conftest import QUICK, ROOT

from gxnlp.cli.evaluate import _cells, _head
from gxnlp.errors import CorpusError
from gxnlp.evaluation import F1, Scores
from gxnlp.reliability import Estimate, estimate_attributes, estimate_f1, reliability, score_each
from gxnlp.splits import load_corpus
from gxnlp.training import train
from gxnlp.training.config import load_config
from gxnlp.training.leave_out import GROUPINGS, leave_out

pytestmark = pytest.mark.filterwarnings("ignore:lbfgs failed to converge")


def scores_of(*counts: tuple[int, int, int]) -> list[Scores]:
    return [
        Scores(reports=1, metrics=F1(*c), by_metric={"views": F1(*c)}, attributes=Counter(all=c[0] // 2))
        for c in counts
    ]


def test_an_interval_holds_its_figure_and_reports_that_agree_leave_no_doubt():
    mixed = estimate_f1(scores_of((9, 10, 10), (5, 10, 10), (10, 10, 10), (7, 10, 12)), samples=500, seed=1)
    estimate = mixed["metrics"]
    assert estimate.value == pytest.approx(2 * 31 / 82)
    assert estimate.low < estimate.value < estimate.high
    assert mixed["metric.views"] == estimate
    equal = estimate_f1(scores_of(*[(8, 10, 10)] * 5), samples=100, seed=1)["metrics"]
    assert (equal.low, equal.high) == pytest.approx((0.8, 0.8))
    assert (mixed["links"].value, mixed["links"].high) == (0.0, 0.0)  # no link anywhere: 0, not a crash


def test_more_reports_narrow_an_interval():
    few = [(9, 10, 10), (5, 10, 10), (10, 10, 10), (7, 10, 12)]
    wide, narrow = (estimate_f1(scores_of(*few * times), samples=500, seed=1)["metrics"] for times in (1, 16))
    assert narrow.high - narrow.low < (wide.high - wide.low) / 2


def test_attributes_are_shares_of_what_was_matched():
    estimate = estimate_attributes(scores_of((8, 10, 10), (6, 6, 6)), samples=100, seed=1)["all"]
    assert estimate.value == pytest.approx(7 / 14)


def test_scores_of_each_report_add_up(gold, report):
    other = replace(gold, id="t2")
    each = score_each([gold, other], {"t1": report})
    assert [s.metrics.right for s in each] == [6, 0]


def test_a_share_of_nothing_is_a_dash():
    nothing, wrong = F1(0, 0, 0), F1(0, 2, 0)
    estimate = Estimate(0.0, 0.0, 0.0)
    assert _cells(nothing, estimate, nothing) == ("0", "-", "-", "-", "-", "-")
    assert _cells(wrong, estimate, nothing) == ("0", "0.0000", "-", "-", "-", "-")
    missed = ("3", "-", "0.0000", "0.0000", "0.000-0.000", "0.5000")
    assert _cells(F1(0, 0, 3), estimate, F1(1, 1, 3)) == missed
    assert (_head(Scores(), "links"), _head(Scores(), "attributes")) == ("-", "-")


def test_the_table_of_confidence_adds_up():
    pairs = [(0.95, True), (0.99, True), (1.0, False), (0.31, False), (0.35, True)]
    bins = reliability(pairs)
    assert [(b.low, b.rows) for b in bins] == [(0.9, 3), (0.3, 2)]
    assert bins[0].right == pytest.approx(2 / 3)
    assert bins[1].confidence == pytest.approx(0.33)
    assert reliability([]) == []


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("b001", "b004", "c001", "c010"):
        shutil.copy(ROOT / "corpus" / "docs" / f"{name}.txt", folder)
    return folder


def test_each_group_is_left_out_once(corpus):
    found = leave_out(load_corpus(corpus), "hand", load_config(overrides=QUICK))
    assert {name: scores.reports for name, scores in found.items()} == {"b": 2, "c": 2}
    assert all(scores.metrics.right for scores in found.values())


def test_one_group_alone_cannot_be_left_out(corpus, tmp_path):
    shutil.copy(corpus / "b001.txt", tmp_path)
    with pytest.raises(CorpusError, match="nothing to leave out"):
        leave_out(load_corpus(tmp_path), "hand", load_config(overrides=QUICK))


@pytest.mark.parametrize("name", GROUPINGS)
def test_the_corpus_has_groups_to_leave_out(name):
    reports = load_corpus(ROOT / "corpus").reports
    assert len({GROUPINGS[name](report) for report in reports}) >= 3


def test_the_command_tells_scores_and_writes_errors(corpus, gxnlp_command, tmp_path):
    train(corpus, tmp_path / "model", overrides=QUICK)
    done = gxnlp_command("evaluate", "model", corpus, "--errors", "errors.txt")
    assert done.returncode == 0, done.stderr
    for words in ("model on 4 reports (all)", "metrics by label", "expected calibration error", "info_publ"):
        assert words in done.stdout
    errors = (tmp_path / "errors.txt").read_text(encoding="utf-8").splitlines()
    assert f"{len(errors)} errors written" in done.stdout
    assert any("【" in line for line in errors)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none", "docs"), "no model is there"),
        (("model", "none"), "no annotated report"),
    ],
)
def test_a_mistake_is_told_in_one_line(corpus, gxnlp_command, tmp_path, arguments, message):
    train(corpus, tmp_path / "model", overrides=QUICK)
    shutil.copytree(corpus, tmp_path / "docs")
    done = gxnlp_command("evaluate", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
