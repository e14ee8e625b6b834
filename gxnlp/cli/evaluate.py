"""`gxnlp evaluate`: how good a model is on annotated reports, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gxnlp.cli.console import WRONG_USAGE, mistakes_exit, stderr, stdout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.table import Table

    from gxnlp.evaluation import F1, Scores
    from gxnlp.model import Model
    from gxnlp.reliability import Estimate
    from gxnlp.splits import Corpus

_SAMPLES = 1000
_SEED = 0
_NONE = "-"
"""Stands for a share of nothing: recall where nothing is wanted, precision where nothing was found."""

Split = Literal["train", "dev", "test", "all"]
Group = Literal["kind", "years", "hand"]


def evaluate(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="Folder of a trained model.")],
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="Folder of marked-up reports, with docs/ or without.")
    ],
    split: Annotated[
        Split, typer.Option("--split", help="Which reports of a folder that has splits.toml.")
    ] = "test",
    errors: Annotated[
        Path | None, typer.Option("--errors", metavar="FILE", help="Write every error with its context.")
    ] = None,
    leave_out: Annotated[
        Group | None,
        typer.Option("--leave-out", help="Train again without each group in turn, and score on it."),
    ] = None,
) -> None:
    """Score a model on annotated reports, beside the patterns alone, with 95% intervals.

    Intervals are of F1, over resampled reports. With --leave-out the model's configuration is
    trained again on all reports of the folder but one group, which takes minutes.
    """
    from gxnlp.model import load_model
    from gxnlp.ontology import use_ontology
    from gxnlp.splits import load_corpus

    with mistakes_exit(WRONG_USAGE):
        loaded = load_model(model)
        assert loaded is not None  # a folder was named
        with use_ontology(loaded.ontology):
            found = load_corpus(corpus)
            if leave_out is not None:
                _leave_out(found, leave_out, model)
                return
            _score(loaded, found, split, errors)


def _score(model: Model, corpus: Corpus, split: Split, errors: Path | None) -> None:
    from gxnlp.errors import CorpusError, OutputError
    from gxnlp.evaluation import score
    from gxnlp.reliability import estimate_attributes, estimate_f1, predict, score_each

    whole = corpus.rule is None or split == "all"
    gold = list(corpus.reports) if whole else corpus.select([split])
    if not gold:
        raise CorpusError(f"no report falls into split {split}")
    reports = predict(gold, model)
    each = score_each(gold, reports)
    scores, patterns = score(gold, reports), score(gold, predict(gold, None))
    if errors is not None:
        try:
            errors.write_text("\n".join([*scores.notes, ""]), encoding="utf-8")
        except OSError as error:
            raise OutputError(f"cannot write {errors}: {error.strerror or error}") from error
    title = f"{model.name} on {len(gold)} reports ({'all' if whole else split})"
    f1 = estimate_f1(each, samples=_SAMPLES, seed=_SEED)
    attributes = estimate_attributes(each, samples=_SAMPLES, seed=_SEED)
    for table in (
        _parts(title, scores, patterns, f1),
        _attributes(scores, patterns, attributes),
        _labels(scores, patterns, f1),
        _reliability(scores),
    ):
        stdout().print(table)
    stdout().print(_calibration(scores))
    if errors is not None:
        stdout().print(f"{len(scores.notes)} errors written to {errors}")


def _table(title: str, *columns: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left")
    return table


def _cells(tally: F1, estimate: Estimate, alone: F1) -> tuple[str, ...]:
    """Number wanted, precision, recall, F1 with its interval, and the F1 of the patterns alone."""
    precision = _figure(tally.precision, tally.found)
    recall, f1 = _figure(tally.recall, tally.wanted), _figure(tally.f1, tally.wanted)
    interval = _interval(estimate) if tally.wanted else _NONE
    return (str(tally.wanted), precision, recall, f1, interval, _figure(alone.f1, alone.wanted))


def _head(scores: Scores, name: str) -> str:
    """The F1 of a part of the scores, or the share of right attributes."""
    if name == "attributes":
        return _figure(scores.attribute_share("all"), scores.metrics.right)
    tally: F1 = getattr(scores, name)
    return _figure(tally.f1, tally.wanted)


def _figure(share: float, of: int) -> str:
    return f"{share:.4f}" if of else _NONE


def _interval(estimate: Estimate) -> str:
    return f"{estimate.low:.3f}-{estimate.high:.3f}"


def _parts(title: str, scores: Scores, patterns: Scores, f1: Mapping[str, Estimate]) -> Table:
    from gxnlp.reliability import PARTS

    table = _table(title, "", "wanted", "precision", "recall", "F1", "95%", "patterns alone, F1")
    for name in PARTS:
        tally: F1 = getattr(scores, name)
        table.add_row(name, *_cells(tally, f1[name], getattr(patterns, name)))
    return table


def _attributes(scores: Scores, patterns: Scores, estimates: Mapping[str, Estimate]) -> Table:
    table = _table("attributes of matched metrics", "", "right", "95%", "patterns alone")
    for name, estimate in estimates.items():
        right = _figure(scores.attribute_share(name), scores.metrics.right)
        alone = _figure(patterns.attribute_share(name), patterns.metrics.right)
        table.add_row(name, right, _interval(estimate) if scores.metrics.right else _NONE, alone)
    return table


def _labels(scores: Scores, patterns: Scores, f1: Mapping[str, Estimate]) -> Table:
    from gxnlp.evaluation import F1

    table = _table("metrics by label", "", "wanted", "precision", "recall", "F1", "95%", "patterns alone, F1")
    for code, tally in sorted(scores.by_metric.items(), key=lambda item: -item[1].wanted):
        alone = patterns.by_metric.get(code, F1())
        table.add_row(code, *_cells(tally, f1[f"metric.{code}"], alone))
    return table


def _reliability(scores: Scores) -> Table:
    from gxnlp.reliability import reliability

    table = _table("confidence of metrics", "confidence", "rows", "mean", "right")
    for row in reliability(scores.confidences):
        name = f"{row.low:.1f}-{row.low + 0.1:.1f}"
        table.add_row(name, str(row.rows), f"{row.confidence:.3f}", f"{row.right:.3f}")
    return table


def _calibration(scores: Scores) -> str:
    found = scores.calibration()
    if found is None:
        return "no row, so no calibration"
    auroc = "-" if found.auroc is None else f"{found.auroc:.4f}"
    return (
        f"expected calibration error {found.ece:.4f}, AUROC {auroc}, "
        f"precision of the surest 80% {found.precision_top_80:.4f}"
    )


def _leave_out(corpus: Corpus, group: Group, model: Path) -> None:
    from gxnlp.model import CONFIG
    from gxnlp.training.config import load_config
    from gxnlp.training.leave_out import leave_out

    settings = load_config(model / CONFIG)
    found = leave_out(corpus, group, settings, progress=lambda step: stderr().print(step, style="dim"))
    heads = ("metrics", "open", "attributes", "statements", "topics", "links")
    table = _table(f"trained without each {group}, F1", "left out", "reports", "precision", *heads)
    worst = sorted(found.items(), key=lambda item: (not item[1].metrics.wanted, item[1].metrics.f1))
    for name, scores in worst:
        precision = _figure(scores.metrics.precision, scores.metrics.found)
        table.add_row(name, str(scores.reports), precision, *(_head(scores, head) for head in heads))
    stdout().print(table)
    stdout().print(f"worst: {worst[0][0]}, metrics F1 {worst[0][1].metrics.f1:.4f}", style="bold")
