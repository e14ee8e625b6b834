"""Fitting linear classifiers with scikit-learn, with cross-validated calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from gxnlp.learned.linear import LinearModel, Link
from gxnlp.training.examples import Examples

Matrix = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """How one classifier is fitted.

    Attributes:
        strength: Inverse of the regularisation, scikit-learn's `C`.
        least: A feature must stand in at least so many examples.
        folds: Folds of the cross-validation; 0 leaves the temperature at 1.
        iterations: Most iterations of the solver.
    """

    strength: float = 1.0
    least: int = 2
    folds: int = 4
    iterations: int = 200

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Settings:
        """Settings from a section of the configuration; what it leaves out has its default."""
        known = {name: values[name] for name in cls.__slots__ if name in values}
        return cls(**known)


def fit(
    examples: Examples, *, link: Link, settings: Settings, seed: int, labels: Sequence[str] = ()
) -> tuple[LinearModel, Matrix]:
    """Fit a classifier and its temperature.

    Args:
        examples: Features and labels, with the report of each.
        link: `softmax` for one label an example, `sigmoid` for any number.
        settings: How to fit.
        seed: Seed of the solver.
        labels: Order of the labels; those of the examples, sorted, where empty.

    Returns:
        The classifier, and calibrated out-of-fold probabilities, shape (examples, labels).
    """
    names = tuple(labels) or tuple(sorted({name for row in examples.labels for name in row}))
    held_out = _out_of_fold(examples, link, settings, seed, names)
    temperature = _temperature(held_out, examples, names, link) if held_out is not None else 1.0
    model = _fit_once(examples, range(len(examples.features)), link, settings, seed, names)
    model = LinearModel(model.labels, model.vocabulary, model.weights, model.bias, link, temperature)
    scores = held_out if held_out is not None else _scores(model, examples.features)
    return model, _probabilities(scores / temperature, link)


def _out_of_fold(
    examples: Examples, link: Link, settings: Settings, seed: int, names: tuple[str, ...]
) -> Matrix | None:
    splits = splits_of(examples, settings.folds)
    scores = np.zeros((len(examples.features), len(names)))
    for train, test in splits:
        model = _fit_once(examples, train, link, settings, seed, names)
        scores[test] = _scores(model, [examples.features[i] for i in test])
    return scores if splits else None


def splits_of(examples: Examples, folds: int) -> list[tuple[Rows, Rows]]:
    """Rows to fit on and rows held out, by report; none where the reports do not give two folds."""
    folds = min(folds, len(set(examples.groups)))
    if folds < 2:
        return []
    return list(GroupKFold(n_splits=folds).split(examples.features, groups=examples.groups))


def _scores(model: LinearModel, features: Sequence[Sequence[str]]) -> Matrix:
    return model.scores([(("", row),) for row in features]).astype(np.float64)


def _fit_once(
    examples: Examples,
    rows: range | Rows,
    link: Link,
    settings: Settings,
    seed: int,
    names: tuple[str, ...],
) -> LinearModel:
    features = [examples.features[i] for i in rows]
    vocabulary = vocabulary_of(features, settings.least)
    matrix = matrix_of(features, vocabulary)
    weights = np.zeros((len(vocabulary), len(names)))
    bias = np.full(len(names), -10.0)
    targets = [examples.labels[i] for i in rows]
    if link == "softmax":
        _fit_softmax(matrix, targets, names, settings, seed, weights, bias)
    else:
        for column, name in enumerate(names):
            _fit_binary(matrix, [name in row for row in targets], column, settings, seed, weights, bias)
    return LinearModel(names, vocabulary, weights.astype(np.float32), bias.astype(np.float32), link)


def vocabulary_of(features: Sequence[Sequence[str]], least: int) -> dict[str, int]:
    """Columns for the names of features that stand in at least so many examples, sorted."""
    counts = Counter(name for row in features for name in set(row))
    kept = sorted(name for name, count in counts.items() if count >= least)
    return {name: column for column, name in enumerate(kept)}


def matrix_of(features: Sequence[Sequence[str]], vocabulary: Mapping[str, int]) -> csr_matrix:
    """Examples as rows of zeros and ones, shape (examples, features)."""
    columns = [sorted({vocabulary[n] for n in row if n in vocabulary}) for row in features]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((c for row in columns for c in row), dtype=np.int64, count=int(ends[-1]))
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(features), max(1, len(vocabulary))))


def _fit_softmax(
    matrix: csr_matrix,
    targets: Sequence[tuple[str, ...]],
    names: tuple[str, ...],
    settings: Settings,
    seed: int,
    weights: Matrix,
    bias: Matrix,
) -> None:
    wanted = [row[0] for row in targets]
    present = sorted(set(wanted))
    if len(present) == 1:
        bias[names.index(present[0])] = 0.0
        return
    solver = _solver(settings, seed).fit(matrix, wanted)
    if len(present) == 2:  # scikit-learn keeps one row for two classes
        rows = np.vstack([-solver.coef_, solver.coef_]) / 2
        intercepts = np.concatenate([-solver.intercept_, solver.intercept_]) / 2
    else:
        rows, intercepts = solver.coef_, solver.intercept_
    for row, intercept, name in zip(rows, intercepts, solver.classes_, strict=True):
        column = names.index(name)
        weights[:, column], bias[column] = row, intercept


def _fit_binary(
    matrix: csr_matrix,
    wanted: list[bool],
    column: int,
    settings: Settings,
    seed: int,
    weights: Matrix,
    bias: Matrix,
) -> None:
    if not any(wanted):
        return
    if all(wanted):
        bias[column] = 10.0
        return
    solver = _solver(settings, seed).fit(matrix, wanted)
    weights[:, column], bias[column] = solver.coef_[0], solver.intercept_[0]


def _solver(settings: Settings, seed: int) -> LogisticRegression:
    return LogisticRegression(C=settings.strength, max_iter=settings.iterations, random_state=seed)


def _temperature(scores: Matrix, examples: Examples, names: tuple[str, ...], link: Link) -> float:
    """The temperature under which held-out labels are likeliest."""
    truth = np.array([[name in row for name in names] for row in examples.labels])

    def loss(logarithm: float) -> float:
        odds = np.clip(_probabilities(scores / np.exp(logarithm), link), 1e-9, 1 - 1e-9)
        if link == "softmax":
            return float(-np.log(odds[truth]).mean())
        return float(-(truth * np.log(odds) + ~truth * np.log(1 - odds)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def _probabilities(scores: Matrix, link: Link) -> Matrix:
    if link == "sigmoid":
        result: Matrix = 1.0 / (1.0 + np.exp(-scores.clip(-30, 30)))
        return result
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    softmax: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return softmax
