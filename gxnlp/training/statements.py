"""Training of the statement model from annotated reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gxnlp.alignment import Alignment
from gxnlp.corpus import GoldReport, GoldStatement
from gxnlp.layout import normalise
from gxnlp.learned.feature_rows import in_row, names_of
from gxnlp.learned.hidden import HiddenModel
from gxnlp.learned.linear import LinearModel, Link
from gxnlp.learned.statement_model import ANSWERS, PARTS, RIGHT, StatementModel, Thresholds, cut
from gxnlp.ontology import default_ontology
from gxnlp.reading import read
from gxnlp.sections import find_sections
from gxnlp.statements import find_passages
from gxnlp.statements.clauses import Draft
from gxnlp.statements.features import link_features, only_words, topic_features, word_features
from gxnlp.statements.judging import Judged, join_segments, settle_answers
from gxnlp.statements.links import Meaning, link, meanings_of
from gxnlp.statements.segments import LABELS, OUTSIDE, Passage, Segment, cut_segments, segment_features
from gxnlp.training.examples import Examples
from gxnlp.training.fitting import Matrix, Settings, fit
from gxnlp.training.hidden import HiddenSettings, fit_both

_KINDS: Mapping[str, Link] = {
    "segments": "softmax",
    "topics": "sigmoid",
    "links": "sigmoid",
    "sure": "sigmoid",
}
_OVERLAP = 0.6
"""Intersection over union from which a statement is an annotated one."""
_MOSTLY = 0.5
"""Share of a segment that an annotated statement must cover."""
_GRID = np.arange(0.14, 0.62, 0.02)
_REACH = 0.1
"""How far a topic's threshold may be from the one that suits all topics: few examples say little."""
_AS_GOOD = 0.002
"""How much of F1 is chance: the best threshold moved between .3 and .6 with a change of two links."""
_ROUNDS = 3
_NEVER = -10.0


@dataclass(frozen=True, slots=True)
class _Place:
    """An annotated statement at its place in the document."""

    gold: GoldStatement
    start: int
    end: int

    def share(self, start: int, end: int) -> float:
        """Intersection over union with a span."""
        both = min(self.end, end) - max(self.start, start)
        return both / (max(self.end, end) - min(self.start, start))


@dataclass(frozen=True, slots=True)
class _Report:
    """What is known of one annotated report."""

    id: str
    text: str
    passages: Sequence[tuple[Passage, Sequence[Segment]]]
    gold: Sequence[_Place]


@dataclass(frozen=True, slots=True)
class _Found:
    """The statements of a report that were found and are annotated, in order."""

    report: _Report
    drafts: Sequence[Draft]
    gold: Sequence[GoldStatement]
    meanings: Sequence[Meaning]
    votes: Sequence[Sequence[int]]


def fit_statements(
    reports: Sequence[GoldReport],
    *,
    settings: Mapping[str, Any],
    seed: int,
    base: StatementModel | None = None,
) -> StatementModel:
    """Fit the statement model.

    Later parts learn from what earlier ones say of reports that they have not seen, in
    cross-validation by report; the thresholds are taken from the same.

    Args:
        reports: Annotated reports. If none of them has a statement, statements were not annotated
            and nothing is learned from them.
        settings: A sub-section for each name of `statement_model.PARTS` (see `fitting.Settings`),
            `second` for the networks beside those in `SECOND` (see `hidden.HiddenSettings`),
            and `weight`: how often an example of these reports counts beside those of `base`.
        seed: Seed of the solvers.
        base: A model with its examples, to which these reports are added.

    Returns:
        The model, with its examples; without parts where there was nothing to learn from.
    """
    trainer = _Trainer(settings, seed, base)
    annotated = [_read(report) for report in reports] if any(r.statements for r in reports) else []
    for report in annotated:
        _add_segments(report, trainer.own["segments"])
    if not trainer.examples("segments").features:
        return StatementModel({}, Thresholds({}, 0.5), {})
    odds = trainer.of_own("segments", trainer.fit("segments", LABELS))
    found = _join(annotated, odds, trainer.own["sure"])
    trainer.fit("sure", (RIGHT,))
    for item in found:
        _add_topics(item, trainer.own["topics"])
    for item in found:
        _add_bare_topics(item, trainer.own["topics"])
    known = tuple(default_ontology().topics)
    topics = trainer.fit_twice("topics", known)
    _add_links(found, trainer.of_own("topics", topics), trainer.own["links"])
    links = trainer.fit("links", (ANSWERS,))
    thresholds = Thresholds(
        topic_thresholds(topics, trainer.all["topics"], known), link_threshold(links, trainer.all["links"])
    )
    return StatementModel(trainer.models, thresholds, trainer.all, trainer.second)


class _Trainer:
    """Fits part after part, each on the examples of the base and of the reports at hand."""

    def __init__(self, settings: Mapping[str, Any], seed: int, base: StatementModel | None) -> None:
        self.settings, self.seed = settings, seed
        self.base = (base.examples or {}) if base else {}
        self.weight = int(settings.get("weight", 3)) if self.base else 1
        self.own = {name: Examples() for name in PARTS}
        self.all: dict[str, Examples] = {}
        self.models: dict[str, LinearModel] = {}
        self.second: dict[str, HiddenModel] = {}

    def examples(self, name: str) -> Examples:
        """All examples of a part."""
        return self.own[name].joined(self.base.get(name), weight=self.weight)

    def fit(self, name: str, labels: tuple[str, ...]) -> Matrix:
        """Fit one part; out-of-fold probabilities of all its examples."""
        examples = self.all[name] = self.examples(name)
        if not examples.features:
            self.models[name] = _never(labels)
            return np.zeros((0, len(labels)))
        self.models[name], odds = fit(
            examples,
            link=_KINDS[name],
            settings=Settings.of(self.settings.get(name, {})),
            seed=self.seed,
            labels=labels,
        )
        return odds

    def fit_twice(self, name: str, labels: tuple[str, ...]) -> Matrix:
        """Fit one part and a network beside it; the mean of their out-of-fold probabilities."""
        odds = self.fit(name, labels)
        settings = HiddenSettings.of(self.settings.get("second", {}))
        folds = Settings.of(self.settings.get(name, {})).folds
        fitted = fit_both(
            self.all[name], labels, link=_KINDS[name], settings=settings, folds=folds, seed=self.seed
        )
        if fitted is None:
            return odds
        self.second[name], held_out = fitted
        return (odds + held_out) / 2

    def of_own(self, name: str, odds: Matrix) -> Matrix:
        """The rows of the reports at hand, each once."""
        before = len(self.base[name].features) if name in self.base else 0
        return odds[before : before + len(self.own[name].features)]


def _never(labels: tuple[str, ...]) -> LinearModel:
    """What stands for a part without examples: no label ever."""
    weights = np.zeros((1, len(labels)), dtype=np.float32)
    return LinearModel(labels, {"-": 0}, weights, np.full(len(labels), _NEVER, dtype=np.float32), "sigmoid")


def _read(report: GoldReport) -> _Report:
    """Read a report as extraction does, with its annotated statements in place."""
    reading = read(report.text.encode("utf-8"), name=f"{report.id}.txt")
    document = normalise(reading.pages, paged=reading.paged)
    passages = find_passages(document, find_sections(document))
    alignment = Alignment(report.text, document.text)
    spans = ((gold, alignment.span(gold.start, gold.end)) for gold in report.statements)
    return _Report(
        report.id,
        document.folded,
        [(passage, cut_segments(document.folded, passage)) for passage in passages],
        [_Place(gold, *span) for gold, span in spans if span is not None],
    )


def _add_segments(report: _Report, examples: Examples) -> None:
    for passage, segments in report.passages:
        last = None
        described = in_row(*segment_features(report.text, passage, segments))
        for segment, features in zip(segments, described, strict=True):
            place = _covering(report.gold, segment)
            state = "inside" if place is last else "begin"
            examples.add(names_of(features), (f"{place.gold.role} {state}" if place else OUTSIDE,), report.id)
            last = place


def _covering(gold: Sequence[_Place], segment: Segment) -> _Place | None:
    """The annotated statement that a segment is mostly of."""
    least = _MOSTLY * (segment.end - segment.start)
    return next((g for g in gold if min(g.end, segment.end) - max(g.start, segment.start) > least), None)


def _join(reports: Sequence[_Report], odds: Matrix, examples: Examples) -> list[_Found]:
    """The statements that rules and model find in reports that the model has not seen."""
    at, found = 0, []
    for report in reports:
        judged: list[Judged] = []
        for _, segments in report.passages:
            judged += join_segments(segments, odds[at : at + len(segments)].astype(np.float32))
            at += len(segments)
        drafts = settle_answers([item.draft for item in judged])
        gold = _match(drafts, report.gold)
        for item, wanted in zip(judged, gold, strict=True):
            examples.add(names_of(item.signs), (RIGHT,) if wanted else (), report.id)
        right = [(draft, wanted) for draft, wanted in zip(drafts, gold, strict=True) if wanted]
        found.append(_found(report, settle_answers([d for d, _ in right]), [g for _, g in right]))
    return found


def _found(report: _Report, drafts: Sequence[Draft], gold: Sequence[GoldStatement]) -> _Found:
    meanings = meanings_of(report.text, drafts)
    return _Found(report, drafts, gold, meanings, link(drafts, meanings))


def _match(drafts: Sequence[Draft], gold: Sequence[_Place]) -> list[GoldStatement | None]:
    """The annotated statement that each draft is, each once."""
    matched: list[GoldStatement | None] = [None] * len(drafts)
    for place in gold:
        shares = [
            place.share(d.start, d.end) if d.role == place.gold.role and matched[i] is None else 0.0
            for i, d in enumerate(drafts)
        ]
        best = max(range(len(drafts)), key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= _OVERLAP:
            matched[best] = place.gold
    return matched


def _add_topics(found: _Found, examples: Examples) -> None:
    described = topic_features(found.drafts, found.meanings, found.votes)
    for features, gold in zip(described, found.gold, strict=True):
        examples.add(names_of(features), gold.topics, found.report.id)


def _add_bare_topics(found: _Found, examples: Examples) -> None:
    """Each statement once more without what the topic words say.

    The words were listed by readers of the corpus, so they know its statements better than those of
    other reports: a model that sees both leans on them less. Tried by cross-validation without the words
    that only the held-out reports attest: F1 .816 in place of .807.
    """
    for draft, gold in zip(found.drafts, found.gold, strict=True):
        examples.add(names_of(word_features(found.report.text, draft)), gold.topics, found.report.id)


def _add_links(reports: Sequence[_Found], topics: Matrix, examples: Examples) -> None:
    at = 0
    for found in reports:
        rows = topics[at : at + len(found.drafts)].astype(np.float32)
        at += len(found.drafts)
        pairs = link_features(found.drafts, found.meanings, found.votes, rows)
        for remedy, problem, features in pairs:
            answers = found.gold[problem].id in found.gold[remedy].answers
            examples.add(names_of(features), (ANSWERS,) if answers else (), found.report.id)


def topic_thresholds(odds: Matrix, examples: Examples, labels: tuple[str, ...]) -> dict[str, float]:
    """Thresholds of most F1 over all topics together.

    Args:
        odds: Out-of-fold probabilities, shape (examples, labels).
        examples: What they are of; those of `_add_bare_topics`, where nothing is sure, do not count.
        labels: The topics, one a column.
    """
    whole = [i for i, row in enumerate(examples.features) if not only_words(row)]
    if not whole:
        return dict.fromkeys(labels, 0.5)
    odds = odds[whole]
    truth = np.array([[label in examples.labels[i] for label in labels] for i in whole])
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
    """The threshold of most F1 over all pairs; of those nearly as good, the highest.

    Published lists are less often of one length than those of the corpus: there the higher ones were better
    (F1 of links .916 at .6, .899 at .5).
    """
    if not len(chances):
        return 0.5
    truth = np.array([bool(row) for row in examples.labels])

    def f1(value: float) -> float:
        picked = chances[:, 0] >= value
        return float(2 * (picked & truth).sum() / max(1, picked.sum() + truth.sum()))

    scores = {float(value): f1(value) for value in _GRID}
    return round(max(v for v, reached in scores.items() if reached >= max(scores.values()) - _AS_GOOD), 2)
