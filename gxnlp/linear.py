"""Linear classifiers as plain arrays: applied with numpy alone, loaded without running code.

Training (`gxnlp.training`) fits them with scikit-learn; here is what stays of that: a
vocabulary of feature names, one weight a feature and label, one bias a label and one
temperature. Weights are kept as half-precision floats; a feature is present or it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from gxnlp.errors import ModelError
from gxnlp.untrusted import load_arrays

Link = Literal["softmax", "sigmoid"]
Array = NDArray[np.float32]
Features = Sequence[tuple[str, Iterable[str]]]
"""Features of one item, in groups that share the beginning of their names: the beginning, and the rests.
Most features are pairs of characters in some place; a group spares making a name of each."""
SEPARATOR = "\0"
"""Stands between names in a file: no text that was read holds it."""
_BLOCK = 64
"""Items whose weights are taken at once: enough to make up for a call, few enough for the cache."""


def names_of(features: Features) -> list[str]:
    """The names of features in full, as training counts them."""
    return [beginning + rest for beginning, rests in features for rest in rests]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A linear classifier over binary features.

    Attributes:
        labels: One a column of `weights`.
        vocabulary: Row of `weights` for each feature name.
        weights: Shape (features, labels).
        bias: Shape (labels,).
        link: `softmax` where exactly one label holds, `sigmoid` where any number may.
        temperature: Scores are divided by it before the link; fitted on held-out data so that
            the probabilities are calibrated (Guo et al. 2017, On Calibration of Modern Neural
            Networks).
        groups: The vocabulary once more by the beginnings that were asked for.
        padded: `weights` and a row of zeros.
    """

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weights: Array
    bias: Array
    link: Link = "softmax"
    temperature: float = 1.0
    groups: dict[str, dict[str, int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    padded: Array = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put a row of zeros behind the weights, with which shorter items of a batch are filled up."""
        padded = np.vstack([self.weights, np.zeros((1, self.weights.shape[1]), dtype=self.weights.dtype)])
        object.__setattr__(self, "padded", padded)
        object.__setattr__(self, "weights", padded[:-1])

    def scores(self, features: Iterable[str]) -> Array:
        """Scores before the link of one item, shape (labels,)."""
        total: Array = self._sums([self._rows([("", features)])])[0]
        return total

    def probabilities(self, items: Sequence[Features]) -> Array:
        """Probabilities of the labels, shape (items, labels); a whole report's at once are fastest."""
        if not items:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        scores = self._sums([self._rows(features) for features in items]) / np.float32(self.temperature)
        if self.link == "sigmoid":
            return _sigmoid(scores)
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        result: Array = powers / powers.sum(axis=1, keepdims=True)
        return result

    def _rows(self, features: Features) -> list[int]:
        """Rows of the weights, ascending: a feature holds or does not, however often it is named."""
        found: set[int] = set()
        for beginning, rests in features:
            group = self.groups.get(beginning)
            if group is None:
                group = self.groups[beginning] = self._group(beginning)
            found.update(map(group.get, rests, repeat(-1)))
        found.discard(-1)
        return sorted(found)

    def _group(self, beginning: str) -> dict[str, int]:
        size = len(beginning)
        return {name[size:]: row for name, row in self.vocabulary.items() if name.startswith(beginning)}

    def _sums(self, items: Sequence[Sequence[int]]) -> Array:
        """Scores of items by their rows, shape (items, labels), each sum in the order of its rows."""
        if len(self.labels) == 1:  # numpy sums a single column pairwise, which must not hang on the batch
            column = self.weights[:, 0]
            sums = [column.take(rows).sum() for rows in items]
            return np.array(sums, dtype=np.float32)[:, None] + self.bias
        total: Array = np.empty((len(items), len(self.labels)), dtype=np.float32)
        for first in range(0, len(items), _BLOCK):
            block = items[first : first + _BLOCK]
            places = np.full((max(map(len, block)), len(block)), len(self.weights), dtype=np.intp)
            for place, own in enumerate(block):
                places[: len(own), place] = own
            np.add.reduce(self.padded.take(places, axis=0), axis=0, out=total[first : first + _BLOCK])
        return total + self.bias

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
        if link not in ("softmax", "sigmoid"):
            raise ModelError(f"{path}: found link {link!r}, expected softmax or sigmoid; train it again")
        if temperature <= 0:
            raise ModelError(f"{path}: found temperature {temperature}, expected one above 0; train it again")
        vocabulary = {name: row for row, name in enumerate(names)}
        return cls(labels, vocabulary, weights, bias, link, temperature)  # type: ignore[arg-type]


def _text(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode("utf-8")


def _finite(array: NDArray[Any]) -> Array:
    """Numbers that probabilities can be made of."""
    if array.dtype.kind != "f" or not np.isfinite(array).all():
        raise ValueError("what should be weights are no finite numbers")
    return array.astype(np.float32)


def _sigmoid(scores: Array) -> Array:
    result: Array = (1.0 / (1.0 + np.exp(-scores.clip(-30, 30)))).astype(np.float32)
    return result
