"""Linear classifiers as plain arrays: applied with numpy alone, loaded without running code.

Training (`gxnlp.training`) fits them with scikit-learn; here is what stays of that: a
vocabulary of feature names, one weight a feature and label, one bias a label and one
temperature. Weights are kept as half-precision floats; a feature is present or it is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from gxnlp.errors import ModelError
from gxnlp.learned.feature_rows import FeatureRows, Features
from gxnlp.learned.pairs import Places
from gxnlp.untrusted import load_arrays

Link = Literal["softmax", "sigmoid", "relu"]
Array = NDArray[np.float32]
SEPARATOR = "\0"
"""Stands between names in a file: no text that was read holds it."""
_BLOCK = 64
"""Items whose weights are taken at once: enough to make up for a call, few enough for the cache."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A linear classifier over binary features.

    Attributes:
        labels: One a column of `weights`.
        vocabulary: Row of `weights` for each feature name.
        weights: Shape (features, labels).
        bias: Shape (labels,).
        link: `softmax` where exactly one label holds, `sigmoid` where any number may, `relu` for the units
            of a hidden layer, whose scores are no probabilities.
        temperature: Scores are divided by it before the link; fitted on held-out data so that
            the probabilities are calibrated (Guo et al. 2017, On Calibration of Modern Neural
            Networks).
        rows: Finds the rows of features.
        padded: `weights` and a row of zeros; two columns at least, as numpy sums a single one pairwise,
            which would hang on the batch.
    """

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weights: Array
    bias: Array
    link: Link = "softmax"
    temperature: float = 1.0
    rows: FeatureRows = field(init=False, repr=False, compare=False)
    padded: Array = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put a row of zeros behind the weights, with which shorter items of a batch are filled up."""
        features, labels = self.weights.shape
        padded = np.zeros((features + 1, max(labels, 2)), dtype=self.weights.dtype)
        padded[:-1, :labels] = self.weights
        object.__setattr__(self, "padded", padded)
        object.__setattr__(self, "weights", padded[:-1, :labels])
        object.__setattr__(self, "rows", FeatureRows(self.vocabulary))

    def scores(self, items: Sequence[Features], seen: Sequence[Sequence[str]] = ()) -> Array:
        """Scores before the link, shape (items, labels), each the sum of its weights in their order.

        Args:
            items: Features of each item.
            seen: What items in a row share with their neighbours (see `gxnlp.learned.feature_rows.in_row`).
        """
        return self.weigh(*self.rows.find(items, seen), len(items))

    def weigh(self, owners: Places, rows: Places, number: int) -> Array:
        """Scores of as many items from what `FeatureRows.find` found of them, of the shape of `scores`."""
        counts = np.bincount(owners, minlength=number)
        ends = counts.cumsum()
        starts = ends - counts
        total: Array = np.empty((number, self.padded.shape[1]), dtype=np.float32)
        for first in range(0, number, _BLOCK):
            last = min(first + _BLOCK, number)
            block = slice(starts[first], ends[last - 1])
            own = owners[block]
            places = np.full((counts[first:last].max(), last - first), len(self.weights), dtype=np.intp)
            places[np.arange(block.start, block.stop) - starts.take(own), own - first] = rows[block]
            np.add.reduce(self.padded.take(places, axis=0), axis=0, out=total[first:last])
        return total[:, : len(self.labels)] + self.bias

    def probabilities(self, items: Sequence[Features], seen: Sequence[Sequence[str]] = ()) -> Array:
        """Probabilities of the labels, shape (items, labels); a whole report's at once are fastest.

        Args:
            items: Features of each item.
            seen: What items in a row share with their neighbours (see `gxnlp.learned.feature_rows.in_row`).
        """
        if not items:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        return self.linked(self.scores(items, seen))

    def weights_of(self, named: Sequence[Sequence[str]]) -> Array:
        """Sums of the weights of a few features by their names, shape (items, labels).

        Args:
            named: The names for each item; those that the vocabulary lacks weigh nothing.
        """
        total: Array = np.zeros((len(named), len(self.labels)), dtype=np.float32)
        for place, names in enumerate(named):
            for name in names:
                if (row := self.vocabulary.get(name)) is not None:
                    total[place] += self.weights[row]
        return total

    def exchanged(self, scores: Array, named: Sequence[Sequence[str]], instead: str) -> Array:
        """Scores as they would be with one feature in the place of others, of the same shape.

        Args:
            scores: What `scores` gave for the items.
            named: Names of the features of each item that are taken out, each once.
            instead: Name of the feature that each item has in their place.
        """
        return scores - self.weights_of(named) + self.weights_of([[instead]])

    def linked(self, scores: Array) -> Array:
        """Probabilities of the labels from their scores, or what units pass on, of the same shape."""
        scores = scores / np.float32(self.temperature)
        if self.link == "sigmoid":
            return _sigmoid(scores)
        if self.link == "relu":
            return np.maximum(scores, 0)
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        result: Array = powers / powers.sum(axis=1, keepdims=True)
        return result

    @property
    def feature_names(self) -> list[str]:
        """Names of the features, in the order of the rows of the weights."""
        return sorted(self.vocabulary, key=self.vocabulary.__getitem__)

    def to_disk(self, path: Path) -> None:
        """Write the arrays to one `.npz` file; the same model gives the same bytes.

        Args:
            path: Target file, its folder exists.
        """
        arrays: dict[str, Any] = {
            "weights": self.weights.astype(np.float16),
            "bias": self.bias.astype(np.float32),
            "temperature": np.float32(self.temperature),
            "labels": np.frombuffer(SEPARATOR.join(self.labels).encode(), dtype=np.uint8),
            "features": np.frombuffer(SEPARATOR.join(self.feature_names).encode(), dtype=np.uint8),
            "link": np.frombuffer(self.link.encode(), dtype=np.uint8),
        }
        with path.open("wb") as sink:
            np.savez_compressed(sink, **arrays)

    @classmethod
    def from_disk(cls, path: Path) -> LinearModel:
        """Read what `to_disk` wrote; no code is run.

        Raises:
            ModelError: The file is missing, damaged or of other shapes than it says.
        """
        try:
            data = load_arrays(path)
            labels = tuple(_text(data["labels"]).split(SEPARATOR))
            names = _text(data["features"]).split(SEPARATOR)
            weights, bias = _finite(data["weights"]), _finite(data["bias"])
            temperature, link = float(_finite(data["temperature"])), _text(data["link"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path}: no readable model part ({error}); train it again") from error
        if weights.shape != (len(names), len(labels)) or bias.shape != (len(labels),):
            raise ModelError(
                f"{path}: found weights {weights.shape}, expected {(len(names), len(labels))}; train it again"
            )
        if link not in get_args(Link):
            wanted = ", ".join(get_args(Link))
            raise ModelError(f"{path}: found link {link!r}, expected one of {wanted}; train it again")
        if temperature <= 0:
            raise ModelError(f"{path}: found temperature {temperature}, expected one above 0; train it again")
        vocabulary = {name: row for row, name in enumerate(names)}
        return cls(labels, vocabulary, weights, bias, link, temperature)  # type: ignore[arg-type]


def _text(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode("utf-8")


def _finite(array: NDArray[Any]) -> Array:
    """Numbers that probabilities can be made of."""
    if array.dtype.kind == "f":
        numbers: Array = array.astype(np.float32)  # first, as asking half floats takes four times as long
        if np.isfinite(numbers).all():
            return numbers
    raise ValueError("what should be weights are no finite numbers")


def _sigmoid(scores: Array) -> Array:
    result: Array = (1.0 / (1.0 + np.exp(-scores.clip(-30, 30)))).astype(np.float32)
    return result
