"""The learned side of the metrics: what a candidate counts, and which zeros a clause states.

Two classifiers over the same candidates that the patterns see: the metric of a quantity with
its aspect (or none), and the metrics whose zero a negated clause states. Measure, scope and
channel stay with the patterns: learned from the same corpus they were wrong more often
(see the model card's ablation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gxnlp.errors import ModelError
from gxnlp.learned.feature_rows import Features
from gxnlp.learned.hidden import HiddenModel
from gxnlp.learned.linear import Array, LinearModel

if TYPE_CHECKING:
    from gxnlp.training.examples import Examples

NONE = "none"
VOTE = "vote="
"""How the features begin that say what the patterns read; alone it says that they read nothing."""
SURE = 0.97
"""Where the classifier gives its likeliest label less, the network is asked too: of a fifth of the numbers.
Asking it of all moved not one more row of the bench, the test split and 24 other reports."""
PARTS = ("label", "zero")
"""Names of the classifiers; each is a file `NAME.npz` of the model's folder."""


def label_of(metric: str, aspect: str) -> str:
    """The label of a metric with an aspect."""
    return f"{metric}|{aspect}"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model thinks of one candidate: probabilities over `labels`.

    Attributes:
        labels: Metrics with their aspects, and `none`.
        odds: Their probabilities.
        unled: What they would be had the patterns read nothing: a second opinion, by the words alone.
    """

    labels: tuple[str, ...]
    odds: Array
    unled: Array

    def best(self) -> tuple[str, float]:
        """The likeliest label and its probability."""
        place = int(self.odds.argmax())
        return self.labels[place], float(self.odds[place])

    def odds_of(self, label: str) -> float:
        """Probability of one label, 0 where the model does not know it."""
        return float(self.odds[self.labels.index(label)]) if label in self.labels else 0.0

    def unled_of(self, label: str) -> float:
        """Probability of one label by the words alone."""
        return float(self.unled[self.labels.index(label)]) if label in self.labels else 0.0


@dataclass(frozen=True, slots=True)
class MetricModel:
    """The two classifiers.

    Attributes:
        parts: A classifier for each name of `PARTS`.
        examples: What they were trained on, kept for adaptation; `None` where not loaded.
        second: A network over the features of `label`, asked where that is in doubt; `None` for none.
    """

    parts: dict[str, LinearModel]
    examples: dict[str, Examples] | None = None
    second: HiddenModel | None = None

    def opinions(self, features: Sequence[Features]) -> list[Opinion]:
        """Opinions on candidates described by their features."""
        if not features:
            return []
        model = self.parts["label"]
        scores = model.scores(features)
        # Each once: a feature holds or does not, however often it is named.
        votes = [list(dict.fromkeys(n for n in names if n.startswith(VOTE))) for ((_, names), *_) in features]
        unled = model.exchanged(scores, votes, VOTE)
        odds = self._weighed(features, votes, model.linked(scores), model.linked(unled))
        return [Opinion(model.labels, led, alone) for led, alone in zip(*odds, strict=True)]

    def _weighed(
        self, features: Sequence[Features], votes: Sequence[Sequence[str]], led: Array, alone: Array
    ) -> tuple[Array, Array]:
        """The mean with what the network says, where the classifier is in doubt."""
        doubt = np.flatnonzero(led.max(axis=1) < SURE).tolist()
        if self.second is None or not doubt:
            return led, alone
        asked = [features[i] for i in doubt]
        second = self.second.odds(asked, [votes[i] for i in doubt], VOTE)
        for odds, others in zip((led, alone), second, strict=True):
            odds[doubt] = (odds[doubt] + others) / 2
        return led, alone

    def zeros(self, features: Sequence[Features]) -> list[dict[str, float]]:
        """Metrics whose zero a negated clause may state, with probabilities, likeliest first."""
        model = self.parts["zero"]
        found = []
        for row in model.probabilities(features):
            odds = row.tolist()
            found.append({model.labels[i]: odds[i] for i in np.argsort(-row).tolist() if odds[i] > 0.05})
        return found

    def to_disk(self, path: Path) -> None:
        """Write each classifier and its examples into a folder that exists."""
        for name, model in self.parts.items():
            model.to_disk(path / f"{name}.npz")
            if self.examples is not None:
                self.examples[name].to_disk(path / f"{name}.examples.npz", model.feature_names)
        if self.second is not None:
            self.second.to_disk(path, "label")

    @classmethod
    def from_disk(cls, path: Path, *, with_examples: bool = False) -> MetricModel:
        """Read what `to_disk` wrote.

        Args:
            path: The folder.
            with_examples: Whether to read the training examples too, for adaptation.

        Raises:
            ModelError: A file is missing or damaged.
        """
        second = HiddenModel.from_disk(path, "label")
        parts = {name: LinearModel.from_disk(path / f"{name}.npz") for name in PARTS}
        strange = [label for label in parts["label"].labels if label != NONE and label.count("|") != 1]
        if strange:
            raise ModelError(f"{path}: found label {strange[0]!r}, expected METRIC|ASPECT; train it again")
        if not with_examples:
            return cls(parts, second=second)
        from gxnlp.training.examples import Examples

        examples = {name: Examples.from_disk(path / f"{name}.examples.npz") for name in PARTS}
        return cls(parts, examples, second)
