"""Training examples: feature names and labels, kept compactly so that a model can be adapted.

A trained model keeps the examples that it was made from as numbers of features (no text), so
that a researcher's few reports are added to them instead of replacing them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gxnlp.errors import ModelError
from gxnlp.learned.linear import SEPARATOR
from gxnlp.untrusted import load_arrays


@dataclass(slots=True)
class Examples:
    """Examples of one classifier.

    Attributes:
        features: Feature names of each example.
        labels: Labels of each example: exactly one for softmax, any number for sigmoid.
        groups: Report of each example; cross-validation never divides a report.
    """

    features: list[tuple[str, ...]] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def add(self, features: Iterable[str], labels: Iterable[str], group: str) -> None:
        """Add one example."""
        self.features.append(tuple(features))
        self.labels.append(tuple(labels))
        self.groups.append(group)

    def at(self, rows: Iterable[int]) -> Examples:
        """Some of the examples, by their places."""
        kept = list(rows)
        return Examples(
            [self.features[i] for i in kept], [self.labels[i] for i in kept], [self.groups[i] for i in kept]
        )

    def joined(self, other: Examples | None, *, weight: int = 1) -> Examples:
        """These examples, each `weight` times, behind those of another set."""
        if other is None:
            return self
        return Examples(
            other.features + self.features * weight,
            other.labels + self.labels * weight,
            other.groups + self.groups * weight,
        )

    def to_disk(self, path: Path, vocabulary: Sequence[str]) -> None:
        """Write to one `.npz` file; features outside the vocabulary are dropped."""
        number = {name: i for i, name in enumerate(vocabulary)}
        # Sorted: classes of terms come as sets, and a model trained twice is the same file.
        rows = [sorted(number[f] for f in features if f in number) for features in self.features]
        groups = list(dict.fromkeys(self.groups))
        place = {group: i for i, group in enumerate(groups)}
        with path.open("wb") as sink:
            np.savez_compressed(
                sink,
                features=np.fromiter((f for row in rows for f in row), dtype=np.uint32),
                lengths=np.array([len(row) for row in rows], dtype=np.uint16),
                vocabulary=_bytes(vocabulary),
                labels=_bytes("\t".join(labels) for labels in self.labels),
                groups=np.array([place[group] for group in self.groups], dtype=np.uint16),
                names=_bytes(groups),
            )

    @classmethod
    def from_disk(cls, path: Path) -> Examples:
        """Read what `to_disk` wrote.

        Raises:
            ModelError: The file is missing or damaged.
        """
        try:
            data = load_arrays(path)
            names = _lines(data["vocabulary"])
            ends = np.cumsum(data["lengths"])
            flat, groups = data["features"], _lines(data["names"])
            rows = np.split(flat, ends[:-1]) if len(ends) else []
            features = [tuple(names[i] for i in row) for row in rows]
            labels = [tuple(filter(None, line.split("\t"))) for line in _lines(data["labels"])]
            return cls(features, labels, [groups[i] for i in data["groups"]])
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            raise ModelError(f"{path}: no readable training examples ({error}); train it again") from error


def _bytes(lines: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(SEPARATOR.join(lines).encode(), dtype=np.uint8)


def _lines(array: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> list[str]:
    return array.tobytes().decode("utf-8").split(SEPARATOR)
