"""The network that is asked where the classifier of metrics is in doubt."""

import numpy as np
import pytest

from gxnlp.errors import ModelError
from gxnlp.learned.hidden import HiddenModel, Network
from gxnlp.learned.linear import LinearModel
from gxnlp.learned.metric_model import SURE, VOTE, MetricModel
from gxnlp.training.examples import Examples
from gxnlp.training.hidden import HiddenSettings, fit_both, fit_hidden

LABELS = ("both", "neither", "one")


def exclusive(size=240):
    """One of two features, both or neither: no sum of weights says which, units do."""
    rng, examples = np.random.default_rng(0), Examples()
    for place in range(size):
        a, b = rng.integers(0, 2, 2)
        features = ["*", *(["a"] if a else []), *(["b"] if b else []), f"n{place % 7}"]
        label = "one" if a != b else "both" if a else "neither"
        examples.add(features, [label], f"r{place % 12}")
    return examples


def fitted(**settings):
    values = {"units": 12, "least": 2, "rounds": 120, **settings}
    return fit_hidden(exclusive(), LABELS, link="softmax", settings=HiddenSettings.of(values), seed=0)


def items_of(*rows):
    return [(("", ["*", *row]),) for row in rows]


def nothing_hidden(items):
    return [[] for _ in items]


def test_units_learn_what_features_mean_together():
    items = items_of((), ("a",), ("b",), ("a", "b"))
    odds, _ = fitted().odds(items, nothing_hidden(items), "*")
    assert [LABELS[i] for i in odds.argmax(axis=1)] == ["neither", "one", "one", "both"]
    assert np.allclose(odds.sum(axis=1), 1, atol=1e-5)


def test_an_item_with_a_feature_hidden_is_one_that_lacks_it():
    model = fitted()
    whole, bare = items_of(("a", "b"), ("a",)), items_of(("b", "n1"), ("n1",))
    _, without = model.odds(whole, [["a"], ["a"]], "n1")
    told, _ = model.odds(bare, nothing_hidden(bare), "none such")
    assert np.allclose(without, told, atol=1e-6)


def test_what_stands_beside_an_item_does_not_change_its_odds():
    model = fitted(rounds=3)
    items = items_of(*[("a", f"n{i}") if i % 3 else ("b",) for i in range(90)])
    hidden = [["a"] if i % 2 else [] for i in range(90)]
    whole = model.odds(items, hidden, "n1")
    for place in (0, 1, 63, 64, 89):
        alone = model.odds([items[place]], [hidden[place]], "n1")
        assert all(np.array_equal(a[0], b[place]) for a, b in zip(alone, whole, strict=True))


def test_a_network_comes_back_from_disk(tmp_path):
    model = fitted(rounds=5)
    model.to_disk(tmp_path, "part")
    again = HiddenModel.from_disk(tmp_path, "part")
    items = items_of(("a",), ("a", "b"))
    told, wanted = (one.odds(items, nothing_hidden(items), "*") for one in (again, model))
    assert np.allclose(told, wanted, atol=5e-3)
    (tmp_path / "anew").mkdir()
    fitted(rounds=5).to_disk(tmp_path / "anew", "part")
    assert (tmp_path / "anew" / "part.units1.npz").read_bytes() == (tmp_path / "part.units1.npz").read_bytes()


def test_the_mean_of_several_networks_counts(tmp_path):
    both, first = fitted(rounds=5, networks=2), fitted(rounds=5)
    items = items_of(("a",), ("a", "b"))
    second = HiddenModel(both.networks[1:])
    mean = (first.probabilities(items) + second.probabilities(items)) / 2
    assert np.allclose(both.probabilities(items), mean, atol=1e-6)
    assert not np.allclose(first.probabilities(items), second.probabilities(items), atol=1e-3)
    both.to_disk(tmp_path, "part")
    assert len(HiddenModel.from_disk(tmp_path, "part").networks) == 2


def test_a_folder_without_a_network_has_none_and_half_of_one_is_refused(tmp_path):
    assert HiddenModel.from_disk(tmp_path, "part") is None
    fitted(rounds=1).to_disk(tmp_path, "part")
    fitted(rounds=1, units=5).networks[0].outer.to_disk(tmp_path / "part.outer1.npz")
    with pytest.raises(ModelError, match="5 units, expected 12"):
        HiddenModel.from_disk(tmp_path, "part")
    (tmp_path / "part.outer1.npz").unlink()
    with pytest.raises(ModelError, match="train it again"):
        HiddenModel.from_disk(tmp_path, "part")


@pytest.mark.parametrize(
    ("labels", "settings"), [(["x"], {}), (["x", "y"], {"units": 0}), (["x", "y"], {"least": 99})]
)
def test_nothing_is_fitted_where_nothing_can_be_learned_or_is_wanted(labels, settings):
    examples = Examples()
    for place in range(8):
        examples.add(["*"], [labels[place % len(labels)]], f"r{place}")
    assert fit_hidden(examples, labels, link="softmax", settings=HiddenSettings.of(settings), seed=0) is None


def test_two_labels_have_odds_of_their_own():
    examples = Examples()
    for place in range(60):
        examples.add(["a"] if place % 2 else ["b"], ["yes" if place % 2 else "no"], f"r{place}")
    settings = HiddenSettings(units=4, least=1, rounds=200)
    model = fit_hidden(examples, ("never", "no", "yes"), link="softmax", settings=settings, seed=0)
    odds, _ = model.odds([(("", ["a"]),), (("", ["b"]),)], [[], []], "b")
    assert odds.argmax(axis=1).tolist() == [2, 1]
    assert (odds[:, 0] < 1e-6).all()


def test_several_labels_may_hold_and_what_was_not_seen_is_judged_apart():
    examples, rng = Examples(), np.random.default_rng(1)
    for place in range(300):
        named = [name for name in "ab" if rng.integers(0, 2)]
        examples.add(["*", *named], named, f"r{place % 10}")
    settings = HiddenSettings(units=6, least=2, rounds=60)
    kind = {"link": "sigmoid", "settings": settings, "seed": 0}
    model, odds = fit_both(examples, ("a", "b", "none"), folds=3, **kind)
    right = [(row[0] > 0.5, row[1] > 0.5) == ("a" in told, "b" in told)
             for row, told in zip(odds, examples.labels, strict=True)]  # fmt: skip
    assert all(right)
    assert odds[:, 2].max() < 0.2
    both, neither = model.probabilities(items_of(("a", "b"), ()))[:, :2]
    assert both.min() > 0.9
    assert neither.max() < 0.1
    kind["settings"] = HiddenSettings(least=999)
    assert fit_both(examples, ("a", "b"), folds=3, **kind) is None


def test_it_is_asked_only_where_the_classifier_is_in_doubt():
    names = [VOTE, "sure", "doubt"]
    weights = np.array([[0, 0], [9, 0], [0.5, 0]], np.float32)
    first = LinearModel(("p", "q"), {n: i for i, n in enumerate(names)}, weights, np.zeros(2, np.float32))
    unit = LinearModel(
        ("0",), {"doubt": 0, "sure": 1}, np.ones((2, 1), np.float32), np.zeros(1, np.float32), "relu"
    )
    outer = LinearModel(("p", "q"), {"0": 0}, np.array([[0, 9]], np.float32), np.zeros(2, np.float32))
    parts = {"label": first, "zero": first}
    items = [(("", [VOTE, "sure"]),), (("", [VOTE, "doubt"]),)]
    alone = MetricModel(parts).opinions(items)
    both = MetricModel(parts, second=HiddenModel((Network(unit, outer),))).opinions(items)
    assert alone[0].best()[1] > SURE
    assert np.array_equal(alone[0].odds, both[0].odds)
    assert alone[1].best()[0] == "p"
    assert both[1].best()[0] == "q"
    assert both[1].odds_of("q") == pytest.approx((alone[1].odds_of("q") + 1) / 2, abs=1e-3)
