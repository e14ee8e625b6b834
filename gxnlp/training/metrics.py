"""Training of the metric model from annotated reports."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from gxnlp.alignment import Alignment
from gxnlp.corpus import GoldMetric, GoldReport
from gxnlp.layout import normalise
from gxnlp.learned.feature_rows import Features, names_of
from gxnlp.learned.linear import LinearModel, Link
from gxnlp.learned.metric_model import NONE, PARTS, MetricModel, label_of
from gxnlp.metrics import read_patterns
from gxnlp.metrics.context.patterns import load_rules
from gxnlp.metrics.features import describe, describe_negation
from gxnlp.metrics.pattern_reader import Entry, SentenceReading
from gxnlp.ontology import default_ontology
from gxnlp.reading import read
from gxnlp.records import Document, Quantity
from gxnlp.report_info import read_info
from gxnlp.sections import find_sections
from gxnlp.training.examples import Examples
from gxnlp.training.fitting import Settings, fit
from gxnlp.training.hidden import HiddenSettings, fit_hidden

_LINKS: Mapping[str, Link] = {"zero": "sigmoid"}
_CLOSE = 1e-6


def fit_metrics(
    reports: Sequence[GoldReport],
    *,
    settings: Mapping[str, Any],
    seed: int,
    base: MetricModel | None = None,
) -> MetricModel:
    """Fit the metric model.

    Args:
        reports: Annotated reports.
        settings: A sub-section for each name of `metric_model.PARTS` (see `fitting.Settings`),
            `second` for the network (see `hidden.HiddenSettings`),
            `weight`: how often an example of these reports counts beside those of `base`, and
            `unvoted`: share of the numbers whose reading by the patterns is hidden.
        seed: Seed of the solvers.
        base: A model with its examples, to which these reports are added.

    Returns:
        The model, with its examples.
    """
    examples = collect(reports, unvoted=float(settings.get("unvoted", 0)), seed=seed)
    if base is not None and base.examples is not None:
        weight = int(settings.get("weight", 3))
        examples = {name: examples[name].joined(base.examples[name], weight=weight) for name in PARTS}
    models: dict[str, LinearModel] = {}
    for name in PARTS:
        models[name], _ = fit(
            examples[name],
            link=_LINKS.get(name, "softmax"),
            settings=Settings.of(settings.get(name, {})),
            seed=seed,
        )
    second = fit_hidden(
        examples["label"],
        models["label"].labels,
        link="softmax",
        settings=HiddenSettings.of(settings.get("second", {})),
        seed=seed,
    )
    return MetricModel(models, examples, second)


def collect(reports: Sequence[GoldReport], *, unvoted: float = 0, seed: int = 0) -> dict[str, Examples]:
    """Examples of every classifier from annotated reports, read as they are when extracting.

    Args:
        reports: Annotated reports.
        unvoted: Share of the numbers, from 0 to 1, whose reading by the patterns is hidden: the
            patterns were made on these reports too and are right there more often than elsewhere,
            so that a model which sees them all trusts them too much.
        seed: Seed of the choice; the same report loses the same readings whatever stands beside it.
    """
    examples = {name: Examples() for name in PARTS}
    for report in reports:
        _Collector(report, examples).run(unvoted, random.Random(f"{seed} {report.id}"))
    return examples


class _Collector:
    """Turns one annotated report into examples."""

    def __init__(self, report: GoldReport, examples: dict[str, Examples]) -> None:
        self.report, self.examples = report, examples
        reading = read(report.text.encode("utf-8"), name=f"{report.id}.txt")
        self.document: Document = normalise(reading.pages, paged=reading.paged)
        alignment = Alignment(report.text, self.document.text)
        spans = ((gold, alignment.span(gold.start, gold.end)) for gold in report.metrics)
        self.gold = [(gold, span) for gold, span in spans if span is not None]

    def run(self, unvoted: float, chance: random.Random) -> None:
        """Add the report's examples; of a share of the numbers no reading is seen."""
        sections = find_sections(self.document)
        info = read_info(self.document, sections)
        rules = load_rules()
        for reading in read_patterns(self.document, sections, info, rules):
            for entry in reading.entries:
                if chance.random() < unvoted:
                    entry.drafts = []
            described = describe(reading.entries, self.document.folded, rules)
            for entry, features in zip(reading.entries, described, strict=True):
                self._candidate(entry, features)
            self._negations(reading)

    def _candidate(self, entry: Entry, features: Features) -> None:
        wanted = self._gold_at(entry.candidate.quantity)
        voted = {label_of(d.metric, d.aspect) for d in entry.drafts}
        gold = next((g for g in wanted if label_of(g.metric, g.aspect) in voted), None)
        gold = gold or (wanted[0] if wanted else None)
        label = label_of(gold.metric, gold.aspect) if gold else NONE
        self.examples["label"].add(names_of(features), (label,), self.report.id)

    def _gold_at(self, quantity: Quantity) -> list[GoldMetric]:
        """Annotated mentions on a quantity: they overlap and have its value."""
        return [
            gold
            for gold, (start, end) in self.gold
            if not gold.implied and start < quantity.end and quantity.start < end and _agree(gold, quantity)
        ]

    def _negations(self, reading: SentenceReading) -> None:
        known = default_ontology().metrics
        for negation in reading.negations:
            stated = {
                gold.metric
                for gold, (start, end) in self.gold
                if gold.implied and gold.value == 0 and start < negation.end and negation.start < end
            }
            features = describe_negation(negation, reading.sentence, self.document.folded)
            self.examples["zero"].add(names_of(features), sorted(stated & set(known)), self.report.id)


def _agree(gold: GoldMetric, quantity: Quantity) -> bool:
    if gold.value is None or quantity.value is None:
        return gold.value is None and quantity.value is None
    return abs(abs(float(gold.value)) - abs(float(quantity.value))) < _CLOSE
