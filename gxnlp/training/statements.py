"""Training of the statement model from annotated reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gxnlp.alignment import Alignment
from gxnlp.corpus import GoldReport, GoldStatement
from gxnlp.layout import normalise
from gxnlp.linear import LinearModel, Link
from gxnlp.ontology import default_ontology
from gxnlp.reading import read
from gxnlp.sections import find_sections
from gxnlp.statement_model import ANSWERS, NONE, PARTS, StatementModel, Thresholds, cut
from gxnlp.statements import find_candidates
from gxnlp.statements.clauses import Draft
from gxnlp.statements.features import link_features, role_features, topic_features
from gxnlp.statements.judging import settle_answers
from gxnlp.statements.links import link
from gxnlp.statements.topics import score_topics
from gxnlp.training.examples import Examples
from gxnlp.training.fitting import Matrix, Settings, fit

_KINDS: Mapping[str, Link] = {"role": "softmax", "topics": "sigmoid", "links": "sigmoid"}
_OVERLAP = 0.6
"""Intersection over union from which a candidate is an annotated statement."""
_GRID = np.arange(0.14, 0.62, 0.02)
_REACH = 0.1
"""How far a topic's threshold may be from the one that suits all topics: few examples say little."""
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """One annotated statement that the rules have cut, with what they make of it."""

    draft: Draft
    gold: GoldStatement
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Report:
    """What one annotated report gives: its statements in order, and the text that they are of."""

    id: str
    text: str
    found: Sequence[_Found]


def fit_statements(
    reports: Sequence[GoldReport],
    *,
    settings: Mapping[str, Any],
    seed: int,
    base: StatementModel | None = None,
) -> StatementModel:
    """Fit the statement model.

    Thresholds and the topics that the links see are taken from cross-validation by report.

    Args:
        reports: Annotated reports.
        settings: A sub-section for each name of `statement_model.PARTS` (see `fitting.Settings`),
            and `weight`: how often an example of these reports counts beside those of `base`.
        seed: Seed of the solvers.
        base: A model with its examples, to which these reports are added.

    Returns:
        The model, with its examples. A part without any example is left out.
    """
    trainer = _Trainer(settings, seed, base)
    read_reports = [_read(report, trainer.own["role"]) for report in reports]
    trainer.fit("role", ("problem", "remedy", NONE))
    for report in read_reports:
        _add_topics(report, trainer.own["topics"])
    known = default_ontology().topics
    odds = trainer.fit("topics", tuple(known))
    thresholds = topic_thresholds(odds, trainer.all["topics"], tuple(known))
    _add_links(read_reports, trainer.of_own("topics", odds), trainer.own["links"])
    chances = trainer.fit("links", (ANSWERS,))
    return StatementModel(
        trainer.models, Thresholds(thresholds, link_threshold(chances, trainer.all["links"])), trainer.all
    )


class _Trainer:
    """Fits part after part, each on the examples of the base and of the reports at hand."""

    def __init__(self, settings: Mapping[str, Any], seed: int, base: StatementModel | None) -> None:
        self.settings, self.seed = settings, seed
        self.base = (base.examples or {}) if base else {}
        self.weight = int(settings.get("weight", 3)) if self.base else 1
        self.own = {name: Examples() for name in PARTS}
        self.all: dict[str, Examples] = {}
        self.models: dict[str, LinearModel] = {}

    def fit(self, name: str, labels: tuple[str, ...]) -> Matrix:
        """Fit one part; out-of-fold probabilities of all its examples."""
        examples = self.own[name].joined(self.base.get(name), weight=self.weight)
        self.all[name] = examples
        if not examples.features:
            return np.zeros((0, len(labels)))
        self.models[name], odds = fit(
            examples,
            link=_KINDS[name],
            settings=Settings.of(self.settings.get(name, {})),
            seed=self.seed,
            labels=labels,
        )
        return odds

    def of_own(self, name: str, odds: Matrix) -> Matrix:
        """The rows of the reports at hand, each once."""
        before = len(self.base[name].features) if name in self.base else 0
        return odds[before : before + len(self.own[name].features)]


def _read(report: GoldReport, examples: Examples) -> _Report:
    """Read a report as extraction does, add its candidates to the role examples, and keep its statements."""
    reading = read(report.text.encode("utf-8"), name=f"{report.id}.txt")
    document = normalise(reading.pages, paged=reading.paged)
    text = document.folded
    candidates = find_candidates(document, find_sections(document))
    drafts = [candidate.draft for candidate in candidates]
    gold = _match(report, drafts, Alignment(report.text, document.text))
    described = role_features(text, drafts, [candidate.vote for candidate in candidates])
    found = []
    for draft, wanted, features in zip(drafts, gold, described, strict=True):
        examples.add(features, (wanted.role if wanted else NONE,), report.id)
        if wanted:
            draft.role = wanted.role
            found.append(_Found(draft, wanted, score_topics(text[draft.start : draft.end])))
    settle_answers([item.draft for item in found])
    return _Report(report.id, text, found)


def _match(report: GoldReport, drafts: Sequence[Draft], alignment: Alignment) -> list[GoldStatement | None]:
    """The annotated statement that each draft is, each once."""
    matched: list[GoldStatement | None] = [None] * len(drafts)
    for gold in report.statements:
        span = alignment.span(gold.start, gold.end)
        if span is None:
            continue
        start, end = span
        shares = [
            (min(d.end, end) - max(d.start, start)) / (max(d.end, end) - min(d.start, start)) for d in drafts
        ]
        best = max(range(len(drafts)), key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= _OVERLAP and matched[best] is None:
            matched[best] = gold
    return matched


def _add_topics(report: _Report, examples: Examples) -> None:
    for item in report.found:
        own_words = report.text[item.draft.start : item.draft.end]
        features = topic_features(own_words, item.draft.role, item.scores)
        examples.add(features, item.gold.topics, report.id)


def _add_links(reports: Sequence[_Report], topics: Matrix, examples: Examples) -> None:
    """Pairs of annotated statements; their topics are those that a model without them would see."""
    at = 0
    for report in reports:
        rows = topics[at : at + len(report.found)].astype(np.float32)
        at += len(report.found)
        drafts = [item.draft for item in report.found]
        votes = link(report.text, drafts, [item.scores for item in report.found])
        for remedy, problem, features in link_features(report.text, drafts, votes, rows):
            answers = report.found[problem].gold.id in report.found[remedy].gold.answers
            examples.add(features, (ANSWERS,) if answers else (), report.id)


def topic_thresholds(odds: Matrix, examples: Examples, labels: tuple[str, ...]) -> dict[str, float]:
    """Thresholds of most F1 over all topics together.

    Args:
        odds: Out-of-fold probabilities, shape (examples, labels).
        examples: What they are of.
        labels: The topics, one a column.
    """
    if not len(odds):
        return dict.fromkeys(labels, 0.5)
    truth = np.array([[label in row for label in labels] for row in examples.labels])
    ranked = [cut(row, [0.0] * len(labels)) for row in odds]
    given = np.zeros_like(odds)
    for row, places in enumerate(ranked):
        given[row, places] = odds[row, places]
        given[row, places[0]] = 2.0  # one topic always

    def f1(cuts: np.ndarray[Any, Any]) -> float:
        picked = given >= cuts
        return float(2 * (picked & truth).sum() / (picked.sum() + truth.sum()))

    common = max(_GRID, key=lambda value: f1(np.full(len(labels), value)))
    cuts = np.full(len(labels), common)
    near = [value for value in _GRID if abs(value - common) <= _REACH + 1e-9]
    for _ in range(_ROUNDS):
        for column in range(len(labels)):
            cuts[column] = max(near, key=lambda value: (f1(_with(cuts, column, value)), -abs(value - common)))
    return {label: round(float(value), 2) for label, value in zip(labels, cuts, strict=True)}


def _with(cuts: np.ndarray[Any, Any], column: int, value: float) -> np.ndarray[Any, Any]:
    changed = cuts.copy()
    changed[column] = value
    return changed


def link_threshold(chances: Matrix, examples: Examples) -> float:
    """The threshold of most F1 over all pairs."""
    if not len(chances):
        return 0.5
    truth = np.array([bool(row) for row in examples.labels])

    def f1(value: float) -> float:
        picked = chances[:, 0] >= value
        return float(2 * (picked & truth).sum() / max(1, picked.sum() + truth.sum()))

    return round(float(max(_GRID, key=f1)), 2)
