"""Linear classifiers as plain arrays: applied with numpy alone, loaded without running code.

Training (`gxnlp.training`) fits them with scikit-learn; here is what stays of that: a
vocabulary of feature names, one weight a feature and label, one bias a label and one
temperature. Weights are kept as half-precision floats; a feature is present or it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gxnlp.errors import ModelError

Link = Literal["softmax", "sigmoid"]
Array = NDArray[np.float32]
SEPARATOR = "\0"
"""Stands between names in a file: no text that was read holds it."""


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
    """

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weights: Array
    bias: Array
    link: Link = "softmax"
    temperature: float = 1.0

    def scores(self, features: Iterable[str]) -> Array:
        """Scores before the link of one item, shape (labels,)."""
        # A feature holds or does not, however often it is named; the order keeps sums the same.
        rows = sorted({row for row in map(self.vocabulary.get, features) if row is not None})
        if not rows:
            return self.bias.copy()
        total: Array = np.add.reduce(self.weights.take(rows, axis=0), axis=0) + self.bias
        return total

    def probabilities(self, items: Sequence[Iterable[str]]) -> Array:
        """Probabilities of the labels, shape (items, labels)."""
        if not items:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        scores = np.stack([self.scores(features) for features in items]) / np.float32(self.temperature)
        if self.link == "sigmoid":
            return _sigmoid(scores)
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
            with np.load(path, allow_pickle=False) as data:
                labels = tuple(_text(data["labels"]).split(SEPARATOR))
                names = _text(data["features"]).split(SEPARATOR)
                weights = data["weights"].astype(np.float32)
                bias = data["bias"].astype(np.float32)
                temperature, link = float(data["temperature"]), _text(data["link"])
        except (OSError, ValueError, KeyError, UnicodeDecodeError, EOFError, BadZipFile) as error:
            raise ModelError(f"{path}: no readable model part ({error}); train it again") from error
        if weights.shape != (len(names), len(labels)) or bias.shape != (len(labels),):
            raise ModelError(
                f"{path}: found weights {weights.shape}, expected {(len(names), len(labels))}; train it again"
            )
        if link not in ("softmax", "sigmoid"):
            raise ModelError(f"{path}: found link {link!r}, expected softmax or sigmoid; train it again")
        vocabulary = {name: row for row, name in enumerate(names)}
        return cls(labels, vocabulary, weights, bias, link, temperature)  # type: ignore[arg-type]


def _text(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode("utf-8")


def _sigmoid(scores: Array) -> Array:
    result: Array = (1.0 / (1.0 + np.exp(-scores.clip(-30, 30)))).astype(np.float32)
    return result
