"""A network of one hidden layer as plain arrays: a second reading beside a linear model's.

A linear model adds up what each feature says; the units of a hidden layer say what some of them
mean together. Alone it is no better than the linear one, the mean of both is (docs/extractors.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gxnlp.errors import ModelError
from gxnlp.learned.feature_rows import Features
from gxnlp.learned.linear import Array, LinearModel

_FILES = ("second.units.npz", "second.outer.npz")


@dataclass(frozen=True, slots=True)
class HiddenModel:
    """A network over binary features: units, each a weighted sum of features or 0, then labels.

    Attributes:
        units: The hidden layer; its labels are the names of the units, its link is `relu`.
        outer: Weights of the labels, its features are the units.
    """

    units: LinearModel
    outer: LinearModel

    def __post_init__(self) -> None:
        """Check that both layers fit.

        Raises:
            ModelError: The outer layer is made for other units.
        """
        if tuple(self.outer.vocabulary) != self.units.labels:
            found, wanted = len(self.outer.vocabulary), len(self.units.labels)
            raise ModelError(f"found an outer layer for {found} units, expected {wanted}; train it again")

    def probabilities(self, items: Sequence[Features]) -> Array:
        """Probabilities of the labels, shape (items, labels)."""
        return self._labels(self.units.scores(items))

    def odds(
        self, items: Sequence[Features], hidden: Sequence[Sequence[str]], instead: str
    ) -> tuple[Array, Array]:
        """Probabilities of the labels for each item, as it is and with some features hidden.

        Args:
            items: Features of each item.
            hidden: Names of the features of each item that are hidden.
            instead: The feature that stands in their place.

        Returns:
            Two arrays of shape (items, labels).
        """
        scores = self.units.scores(items)
        without = scores - self.units.weights_of(hidden) + self.units.weights_of([[instead]])
        return self._labels(scores), self._labels(without)

    def _labels(self, scores: Array) -> Array:
        """From sums of the units to probabilities; unit by unit, so that no item hangs on the batch."""
        active = self.units.linked(scores)
        total = np.add.reduce(active.T[:, :, None] * self.outer.weights[:, None, :], axis=0)
        return self.outer.linked(total + self.outer.bias)

    def to_disk(self, path: Path) -> None:
        """Write both layers into a folder that exists."""
        for name, layer in zip(_FILES, (self.units, self.outer), strict=True):
            layer.to_disk(path / name)

    @classmethod
    def from_disk(cls, path: Path) -> HiddenModel | None:
        """Read what `to_disk` wrote; `None` where the model was trained without.

        Raises:
            ModelError: A file is missing or damaged, or the two do not fit.
        """
        if not any((path / name).is_file() for name in _FILES):
            return None
        units, outer = (LinearModel.from_disk(path / name) for name in _FILES)
        return cls(units, outer)
