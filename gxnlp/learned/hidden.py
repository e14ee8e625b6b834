"""A network of one hidden layer as plain arrays: a second reading beside a linear model's.

A linear model adds up what each feature says; the units of a hidden layer say what some of them
mean together. Alone it is no better than the linear one, the mean of both is (docs/extractors.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gxnlp.errors import ModelError
from gxnlp.learned.feature_rows import Features
from gxnlp.learned.linear import Array, LinearModel

_LAYERS = ("units", "outer")


@dataclass(frozen=True, slots=True)
class Network:
    """Units over binary features, each a weighted sum of them or 0, then labels.

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

    def labels(self, scores: Array) -> Array:
        """From sums of the units to probabilities; unit by unit, so that no item hangs on the batch."""
        active = self.units.linked(scores)
        total = np.add.reduce(active.T[:, :, None] * self.outer.weights[:, None, :], axis=0)
        return self.outer.linked(total + self.outer.bias)


@dataclass(frozen=True, slots=True)
class HiddenModel:
    """Networks of one hidden layer, fitted from different first weights: the mean of what they say.

    Attributes:
        networks: One or more, over the same features and labels.
    """

    networks: tuple[Network, ...]

    def __post_init__(self) -> None:
        """Check that the networks know the same features.

        Raises:
            ModelError: One knows others.
        """
        if any(n.units.vocabulary != self.networks[0].units.vocabulary for n in self.networks[1:]):
            raise ModelError("found networks over different features, expected the same; train it again")

    def probabilities(self, items: Sequence[Features]) -> Array:
        """Probabilities of the labels, shape (items, labels)."""
        if not items:
            return np.zeros((0, len(self.networks[0].outer.labels)), dtype=np.float32)
        return _mean([network.labels(scores) for network, scores in self._scored(items)])

    def _scored(self, items: Sequence[Features]) -> Iterator[tuple[Network, Array]]:
        """Each network with the sums of its units; the features are found once, since all know the same."""
        found = self.networks[0].units.rows.find(items)
        for network in self.networks:
            yield network, network.units.weigh(*found, len(items))

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
        whole, without = [], []
        for network, scores in self._scored(items):
            whole.append(network.labels(scores))
            without.append(network.labels(network.units.exchanged(scores, hidden, instead)))
        return _mean(whole), _mean(without)

    def to_disk(self, path: Path, part: str) -> None:
        """Write all layers into a folder that exists, under the name of the part that they stand beside."""
        for number, network in enumerate(self.networks, start=1):
            for layer, model in zip(_LAYERS, (network.units, network.outer), strict=True):
                model.to_disk(path / f"{part}.{layer}{number}.npz")

    @classmethod
    def from_disk(cls, path: Path, part: str) -> HiddenModel | None:
        """Read what `to_disk` wrote; `None` where the part was trained without.

        Raises:
            ModelError: A file is missing or damaged, or two layers do not fit.
        """
        networks: list[Network] = []
        while True:
            files = [path / f"{part}.{layer}{len(networks) + 1}.npz" for layer in _LAYERS]
            if not any(file.is_file() for file in files):
                return cls(tuple(networks)) if networks else None
            units, outer = map(LinearModel.from_disk, files)
            networks.append(Network(units, outer))


def _mean(odds: Sequence[Array]) -> Array:
    mean: Array = np.add.reduce(odds, axis=0) / np.float32(len(odds))
    return mean
