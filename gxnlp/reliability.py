"""How far scores can be relied on: intervals over reports, a table of the confidence, left-out groups.

Reports are what varies between corpora, so reports, not rows, are what is resampled (the
percentile bootstrap, Efron and Tibshirani 1993).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gxnlp.corpus import GoldReport
from gxnlp.evaluation import ATTRIBUTES, F1, Scores, score
from gxnlp.model import Model
from gxnlp.pipeline import read_report
from gxnlp.records import Report

PARTS = ("metrics", "open", "sections", "statements", "topics", "links")
"""The scores of `Scores` that are F1."""
Array = NDArray[np.float64]

_BINS = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval.

    Attributes:
        value: The figure on the reports as they are.
        low: Lower bound of the 95% interval.
        high: Upper bound.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of about one confidence.

    Attributes:
        low: Lower bound of the confidence, the bin is 0.1 wide.
        rows: Number of rows.
        confidence: Their mean confidence.
        right: The share of them that is right; calibrated where both are equal.
    """

    low: float
    rows: int
    confidence: float
    right: float


def predict(gold: Sequence[GoldReport], model: Model | None) -> dict[str, Report]:
    """Extract from the texts of annotated reports, by id.

    Args:
        gold: The reports.
        model: The model; `None` for the patterns alone.
    """
    return {
        r.id: read_report(r.text.encode(), name=f"{r.id}.txt", report_id=r.id, source=r.id, model=model)
        for r in gold
    }


def score_each(gold: Sequence[GoldReport], reports: Mapping[str, Report]) -> list[Scores]:
    """Scores of each report alone, in order."""
    return [score([wanted], reports) for wanted in gold]


def estimate_f1(scores: Sequence[Scores], *, samples: int, seed: int) -> dict[str, Estimate]:
    """F1 with intervals: of each of `PARTS`, and of each metric as `metric.CODE`.

    Args:
        scores: Scores of each report alone.
        samples: Number of resamples.
        seed: Seed of the resampling.
    """
    tallies = {name: [getattr(s, name) for s in scores] for name in PARTS}
    for code in sorted({code for s in scores for code in s.by_metric}):
        tallies[f"metric.{code}"] = [s.by_metric.get(code, F1()) for s in scores]
    counts = {
        name: np.array([(t.right, t.found, t.wanted) for t in row], dtype=np.float64)
        for name, row in tallies.items()
    }
    weights = _resamples(len(scores), samples, seed)
    return {name: _estimate(rows, weights) for name, rows in counts.items()}


def estimate_attributes(scores: Sequence[Scores], *, samples: int, seed: int) -> dict[str, Estimate]:
    """Share of matched mentions right in each attribute, and in `all`, with intervals."""
    weights = _resamples(len(scores), samples, seed)
    whole = np.array([s.metrics.right for s in scores], dtype=np.float64)
    found = {}
    for name in ("all", *ATTRIBUTES):
        right = np.array([s.attributes[name] for s in scores], dtype=np.float64)
        # F1 of equal found and wanted is right / wanted
        found[name] = _estimate(np.stack([right, whole, whole], axis=1), weights)
    return found


def _resamples(reports: int, samples: int, seed: int) -> Array:
    """How often each report stands in each resample, shape (samples, reports)."""
    drawn = np.random.default_rng(seed).multinomial(reports, np.full(reports, 1 / reports), size=samples)
    return drawn.astype(np.float64)


def _estimate(
    rows: Array,
    weights: Array,
) -> Estimate:
    value = float(_f1(rows.sum(axis=0)[None])[0])
    low, high = np.percentile(_f1(weights @ rows), (2.5, 97.5))
    return Estimate(value, float(low), float(high))


def _f1(
    sums: Array,
) -> Array:
    """F1 of rows of (right, found, wanted): twice the right over found and wanted, 0 where undefined."""
    whole = sums[:, 1] + sums[:, 2]
    result: Array = np.divide(2 * sums[:, 0], whole, out=np.zeros(len(sums)), where=whole > 0)
    return result


def reliability(confidences: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Bins of (confidence, right) pairs by confidence, the surest first; empty bins are left out."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in confidences:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    return [
        Bin(
            low=place / _BINS,
            rows=len(rows),
            confidence=sum(confidence for confidence, _ in rows) / len(rows),
            right=sum(right for _, right in rows) / len(rows),
        )
        for place, rows in sorted(bins.items(), reverse=True)
    ]
