"""The learned side of the statements: where they stand, their topics, and which problems a remedy answers.

Four classifiers: where statements of which role begin and end, their topics (any number), whether a
remedy answers a problem, and how sure a statement is. Features are made in
`gxnlp.statements.segments` and `.features`; how rules and model are weighed against each other is in
`gxnlp.statements.judging`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gxnlp.errors import ModelError
from gxnlp.learned.feature_rows import Features
from gxnlp.learned.hidden import HiddenModel
from gxnlp.learned.linear import Array, LinearModel
from gxnlp.untrusted import parse_json, read_limited

if TYPE_CHECKING:
    from gxnlp.training.examples import Examples

ANSWERS = "answers"
"""The one label of the part `links`."""
RIGHT = "right"
"""The one label of the part `sure`."""
PARTS = ("segments", "topics", "links", "sure")
"""Names of the classifiers; each is a file `NAME.npz` of the model's folder."""
SECOND = ("topics",)
"""The parts beside which networks stand."""
THRESHOLDS = "thresholds.json"
_MOST = 4
"""Most topics of a statement."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on a topic is given and a remedy answers a problem.

    Attributes:
        topics: One a topic.
        links: For all pairs.
    """

    topics: Mapping[str, float]
    links: float


@dataclass(frozen=True, slots=True)
class StatementModel:
    """The four classifiers.

    Attributes:
        parts: A classifier for each name of `PARTS`, or none where there was nothing to learn from:
            the rules then stand alone.
        second: Networks over the features of some parts (`SECOND`), whose probabilities count as much.
        thresholds: Where its probabilities are cut.
        examples: What they were trained on, kept for adaptation; `None` where not loaded.
    """

    parts: Mapping[str, LinearModel]
    thresholds: Thresholds
    examples: Mapping[str, Examples] | None = None
    second: Mapping[str, HiddenModel] = field(default_factory=dict)

    def segments(self, features: Sequence[Features], seen: Sequence[Sequence[str]]) -> Array:
        """Probabilities of the labels of segments, shape (segments, labels).

        Args:
            features: What each segment has alone.
            seen: What it shares with its neighbours.
        """
        return self.parts["segments"].probabilities(features, seen)

    def topics(self, features: Sequence[Features]) -> Array:
        """Probabilities of the topics, shape (statements, labels of the part)."""
        odds = self.parts["topics"].probabilities(features)
        if "topics" not in self.second:
            return odds
        mean: Array = (odds + self.second["topics"].probabilities(features)) * np.float32(0.5)
        return mean

    def links(self, features: Sequence[Features]) -> list[float]:
        """Probability for each pair that the remedy answers the problem."""
        return [float(row[0]) for row in self.parts["links"].probabilities(features)]

    def sureness(self, features: Sequence[Features]) -> list[float]:
        """Probability for each statement that it is right."""
        return [float(row[0]) for row in self.parts["sure"].probabilities(features)]

    def pick_topics(self, odds: Array) -> tuple[str, ...]:
        """The topics of one statement, likeliest first; always one at least.

        Args:
            odds: A row of `topics`.
        """
        labels = self.parts["topics"].labels
        return tuple(labels[i] for i in cut(odds, [self.thresholds.topics[label] for label in labels]))

    def to_disk(self, path: Path) -> None:
        """Write each classifier, its examples and the thresholds into a folder that exists."""
        for name, model in self.parts.items():
            model.to_disk(path / f"{name}.npz")
            if self.examples is not None and self.examples[name].features:
                self.examples[name].to_disk(path / f"{name}.examples.npz", model.feature_names)
        for part, network in self.second.items():
            network.to_disk(path, part)
        record = {"topics": dict(self.thresholds.topics), "links": self.thresholds.links}
        (path / THRESHOLDS).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def from_disk(cls, path: Path, *, with_examples: bool = False) -> StatementModel:
        """Read what `to_disk` wrote.

        Args:
            path: The folder.
            with_examples: Whether to read the training examples too, for adaptation.

        Raises:
            ModelError: A file is missing or damaged.
        """
        thresholds = _read_thresholds(path / THRESHOLDS)
        names = PARTS if any((path / f"{name}.npz").is_file() for name in PARTS) else ()
        parts = {name: LinearModel.from_disk(path / f"{name}.npz") for name in names}
        lost = set(parts["topics"].labels) - thresholds.topics.keys() if "topics" in parts else None
        if lost:
            raise ModelError(f"{path / THRESHOLDS}: no threshold for topic {min(lost)}; train it again")
        networks = {part: HiddenModel.from_disk(path, part) for part in SECOND if part in parts}
        second = {part: network for part, network in networks.items() if network is not None}
        if not with_examples:
            return cls(parts, thresholds, second=second)
        from gxnlp.training.examples import Examples

        files = {name: path / f"{name}.examples.npz" for name in names}
        examples = {n: Examples.from_disk(f) if f.is_file() else Examples() for n, f in files.items()}
        return cls(parts, thresholds, examples, second)


def cut(odds: Array, thresholds: Sequence[float]) -> list[int]:
    """Places of the topics that reach their thresholds, likeliest first; the likeliest one always."""
    ranked: list[int] = (-odds).argsort(kind="stable")[:_MOST].tolist()
    return ranked[:1] + [i for i in ranked[1:] if odds[i] >= thresholds[i]]


def _read_thresholds(path: Path) -> Thresholds:
    try:
        record = parse_json(read_limited(path))
        return Thresholds({str(k): float(v) for k, v in record["topics"].items()}, float(record["links"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: no readable thresholds ({error!r}); train it again") from error
