"""Fitting a network of one hidden layer with scikit-learn."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from gxnlp.learned.hidden import HiddenModel, Network
from gxnlp.learned.linear import LinearModel, Link
from gxnlp.training.examples import Examples
from gxnlp.training.fitting import Matrix, matrix_of, splits_of, vocabulary_of

_BATCHES = 60
"""Batches of a round where the examples are few: fewer examples would else mean fewer steps."""
_BATCH = 200
_STEP = 0.002


@dataclass(frozen=True, slots=True)
class HiddenSettings:
    """How networks are fitted.

    Attributes:
        networks: How many, from different first weights; their mean counts.
        units: Units of the hidden layer; 0 for no networks.
        least: A feature must stand in at least so many examples.
        rounds: How often each example is gone through.
        decay: How much the weights are held down, scikit-learn's `alpha`.
    """

    networks: int = 1
    units: int = 64
    least: int = 5
    rounds: int = 8
    decay: float = 0.0001

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> HiddenSettings:
        """Settings from a section of the configuration; what it leaves out has its default."""
        return cls(**{name: values[name] for name in cls.__slots__ if name in values})


def fit_hidden(
    examples: Examples, labels: Sequence[str], *, link: Link, settings: HiddenSettings, seed: int
) -> HiddenModel | None:
    """Fit the networks.

    In double precision throughout: what processors add up otherwise stays below what half-precision
    weights keep, so that the same examples give the same bytes.

    Args:
        examples: Features and labels.
        labels: Order of the labels.
        link: `softmax` for one label an example, `sigmoid` for any number.
        settings: How to fit.
        seed: Seed of the first weights and of the order of the examples.

    Returns:
        The networks; `None` where the settings want none or fewer than two labels leave nothing to learn.
    """
    vocabulary = vocabulary_of(examples.features, settings.least)
    found = {name for row in examples.labels for name in row}
    if not settings.units or len(found) < 2 or not vocabulary:
        return None
    matrix = matrix_of(examples.features, vocabulary)
    wanted = (
        [row[0] for row in examples.labels]
        if link == "softmax"
        else np.array([[name in row for name in labels] for row in examples.labels], dtype=int)
    )
    networks = []
    for first in range(settings.networks):
        network = _solver(settings, len(examples.labels), seed + first)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # a few rounds are meant: more learn by heart
            network.fit(matrix, wanted)
        classes = list(network.classes_) if link == "softmax" else list(labels)
        networks.append(_arrays(network, classes, vocabulary, labels, link))
    return HiddenModel(tuple(networks)) if networks else None


def _solver(settings: HiddenSettings, examples: int, seed: int) -> MLPClassifier:
    return MLPClassifier(
        (settings.units,),
        alpha=settings.decay,
        max_iter=settings.rounds,
        n_iter_no_change=settings.rounds + 1,
        batch_size=min(_BATCH, max(1, examples // _BATCHES)),
        learning_rate_init=_STEP,
        random_state=seed,
    )


def fit_both(
    examples: Examples, labels: Sequence[str], *, link: Link, settings: HiddenSettings, folds: int, seed: int
) -> tuple[HiddenModel, Matrix] | None:
    """Fit networks, and others that show what they say of reports that they have not seen.

    Args:
        examples: Features and labels, with the report of each.
        labels: Order of the labels.
        link: As of `fit_hidden`.
        settings: How to fit.
        folds: Folds of the cross-validation by report; without two their own word stands.
        seed: As of `fit_hidden`.

    Returns:
        The networks, and probabilities of shape (examples, labels); `None` where there is nothing to
        learn from, be it in one fold.
    """
    model = fit_hidden(examples, labels, link=link, settings=settings, seed=seed)
    rows = [(("", features),) for features in examples.features]
    if model is None:
        return None
    odds: Matrix = model.probabilities(rows).astype(np.float64)
    for train, test in splits_of(examples, folds):
        other = fit_hidden(examples.at(train), labels, link=link, settings=settings, seed=seed)
        if other is None:
            return None
        odds[test] = other.probabilities([rows[i] for i in test])
    return model, odds


def _arrays(
    network: MLPClassifier,
    classes: Sequence[str],
    vocabulary: Mapping[str, int],
    labels: Sequence[str],
    link: Link,
) -> Network:
    (inner, outer), (inner_bias, outer_bias) = network.coefs_, network.intercepts_
    if outer.shape[1] < len(classes):  # scikit-learn keeps one column for two classes
        outer, outer_bias = _both(outer), _both(outer_bias[None])[0]
    weights: Matrix = np.zeros((outer.shape[0], len(labels)))
    bias: Matrix = np.full(len(labels), -30.0)
    places = [list(labels).index(name) for name in classes]
    weights[:, places], bias[places] = outer, outer_bias
    units = tuple(str(number) for number in range(outer.shape[0]))
    rows = {name: row for row, name in enumerate(units)}
    return Network(
        LinearModel(units, vocabulary, inner.astype(np.float32), inner_bias.astype(np.float32), "relu"),
        LinearModel(tuple(labels), rows, weights.astype(np.float32), bias.astype(np.float32), link),
    )


def _both(column: Matrix) -> Matrix:
    pair: Matrix = np.hstack([-column, column]) / 2
    return pair
