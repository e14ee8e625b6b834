"""Linear classifiers as plain arrays: applied with numpy alone, loaded without running code.

Training (`gxnlp.training`) fits them with scikit-learn; here is what stays of that: a
vocabulary of feature names, one weight a feature and label, one bias a label and one
temperature. Weights are kept as half-precision floats; a feature is present or it is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gxnlp.errors import ModelError
from gxnlp.pairs import PairTable, Places, pairs_of

Link = Literal["softmax", "sigmoid"]
Array = NDArray[np.float32]
Features = Sequence[tuple[str, Sequence[str]]]
"""Features of one item, in groups that share the beginning of their names: the beginning, and the rests.
A text in place of the rests stands for each two neighbouring characters of it (see `gxnlp.pairs`): most
features are such, and a text spares making a name of each."""
SEPARATOR = "\0"
"""Stands between names in a file: no text that was read holds it."""
_BLOCK = 64
"""Items whose weights are taken at once: enough to make up for a call, few enough for the cache."""


def names_of(features: Features) -> list[str]:
    """The names of features in full, as training counts them."""
    return [
        beginning + rest
        for beginning, rests in features
        for rest in (pairs_of(rests) if isinstance(rests, str) else rests)
    ]


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
        pairs: The vocabulary once more for the texts among the features.
        padded: `weights` and a row of zeros; two columns at least, as numpy sums a single one pairwise,
            which would hang on the batch.
    """

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weights: Array
    bias: Array
    link: Link = "softmax"
    temperature: float = 1.0
    groups: dict[str, Mapping[str, int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    pairs: PairTable = field(init=False, repr=False, compare=False)
    padded: Array = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put a row of zeros behind the weights, with which shorter items of a batch are filled up."""
        features, labels = self.weights.shape
        padded = np.zeros((features + 1, max(labels, 2)), dtype=self.weights.dtype)
        padded[:-1, :labels] = self.weights
        object.__setattr__(self, "padded", padded)
        object.__setattr__(self, "weights", padded[:-1, :labels])
        self.groups[""] = self.vocabulary
        object.__setattr__(self, "pairs", PairTable(self.vocabulary))

    def scores(self, items: Sequence[Features]) -> Array:
        """Scores before the link, shape (items, labels), each the sum of its weights in their order."""
        owners, rows = self._rows(items)
        counts = np.bincount(owners, minlength=len(items))
        ends = counts.cumsum()
        starts = ends - counts
        total: Array = np.empty((len(items), self.padded.shape[1]), dtype=np.float32)
        for first in range(0, len(items), _BLOCK):
            last = min(first + _BLOCK, len(items))
            block = slice(starts[first], ends[last - 1])
            own = owners[block]
            places = np.full((counts[first:last].max(), last - first), len(self.weights), dtype=np.intp)
            places[np.arange(block.start, block.stop) - starts.take(own), own - first] = rows[block]
            np.add.reduce(self.padded.take(places, axis=0), axis=0, out=total[first:last])
        return total[:, : len(self.labels)] + self.bias

    def probabilities(self, items: Sequence[Features]) -> Array:
        """Probabilities of the labels, shape (items, labels); a whole report's at once are fastest."""
        if not items:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        scores = self.scores(items) / np.float32(self.temperature)
        if self.link == "sigmoid":
            return _sigmoid(scores)
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        result: Array = powers / powers.sum(axis=1, keepdims=True)
        return result

    def _rows(self, items: Sequence[Features]) -> tuple[Places, Places]:
        """Items and rows of the weights, ascending: a feature holds or does not, however often it is named."""
        named: list[int] = []
        numbers: list[int] = []
        texts: list[tuple[int, str, str]] = []
        groups = self.groups
        for place, features in enumerate(items):
            before = len(named)
            for beginning, rests in features:
                if isinstance(rests, str):
                    texts.append((place, beginning, rests))
                    continue
                if beginning not in groups:
                    groups[beginning] = self._group(beginning)
                named += map(groups[beginning].get, rests, repeat(-1))
            numbers.append(len(named) - before)
        size = len(self.padded)
        rows = np.array(named, dtype=np.intp)
        known = (rows >= 0).nonzero()[0]
        found = np.arange(len(items)).repeat(numbers).take(known) * size + rows.take(known)
        if texts:
            places, beginnings, written = zip(*texts, strict=True)
            of_text, rows = self.pairs.find(written, beginnings)
            found = np.concatenate([found, np.array(places, dtype=np.intp).take(of_text) * size + rows])
        found.sort()
        once = np.ones(len(found), dtype=bool)
        np.not_equal(found[1:], found[:-1], out=once[1:])
        found = found[once]
        owners = found // size
        return owners, found - owners * size

    def _group(self, beginning: str) -> dict[str, int]:
        size = len(beginning)
        return {name[size:]: row for name, row in self.vocabulary.items() if name.startswith(beginning)}

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
