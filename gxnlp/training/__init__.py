"""Training: annotated reports in, a model's folder out.

Nothing heavy is imported with this package: a model that is read for adaptation needs its
`examples` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxnlp import __version__
from gxnlp.augment import Shares, with_copies
from gxnlp.corpus import GoldReport
from gxnlp.errors import CorpusError, ModelError
from gxnlp.evaluation import Scores, score
from gxnlp.model import CARD, CONFIG, ONTOLOGY, Model, check_target, load_model, save_model
from gxnlp.ontology import Ontology, extend_ontology, shipped_ontology, use_ontology
from gxnlp.reliability import predict
from gxnlp.splits import Corpus, load_corpus
from gxnlp.training.card import render_card
from gxnlp.training.config import load_config

if TYPE_CHECKING:
    from thinc.api import Config

Progress = Callable[[str], None]
"""Is told what begins."""


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What training gave.

    Attributes:
        path: Folder of the model.
        model: The model, with its examples.
        trained_on: Number of reports.
        scores: Scores by split, each of the `patterns` alone and of `both`.
    """

    path: Path
    model: Model
    trained_on: int
    scores: Mapping[str, Mapping[str, Scores]]


def train(
    corpus: Path,
    output: Path,
    *,
    config: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    base: Path | None = None,
    ontology: Path | None = None,
    progress: Progress = lambda _: None,
) -> TrainingResult:
    """Train a model on annotated reports and write its folder.

    The same reports, configuration and base give the same bytes on one machine.

    Args:
        corpus: Folder of marked-up reports (see `gxnlp.splits`).
        output: Folder of the model; a model that stands there is replaced.
        config: Configuration file, see `gxnlp/data/train.cfg` for what it may set.
        overrides: Single values by dotted name.
        base: Folder of a model that the reports are added to.
        ontology: File of labels beyond those that ship (see `gxnlp.ontology.extend_ontology`); where
            none is named those of `base` hold.
        progress: Is told what begins.

    Raises:
        GxError: Corpus, configuration, ontology or base is malformed, or `output` cannot be written.
    """
    settings = load_config(config, overrides)
    check_target(output)
    start = load_model(base, with_examples=True) if base is not None else None
    labels, labels_text = _ontology(ontology, base, start)
    with use_ontology(labels), one_thread():
        progress("reading the corpus")
        reports = load_corpus(corpus)
        chosen = _chosen(reports, settings["corpus"]["train"])
        model = fit_model(chosen, settings, labels, base=start, progress=progress)
        scores = _score_splits(reports, settings["corpus"]["score"], model, progress)
    meta = _meta(reports, chosen, settings, start, scores)
    texts = {CONFIG: settings.to_str() + "\n", CARD: render_card(meta, labels)}
    progress("writing the model")
    save_model(model, output, texts | ({ONTOLOGY: labels_text} if labels_text else {}), meta)
    return TrainingResult(output, model, len(chosen), scores)


def fit_model(
    reports: Sequence[GoldReport],
    settings: Mapping[str, Any],
    ontology: Ontology,
    *,
    base: Model | None = None,
    progress: Progress = lambda _: None,
) -> Model:
    """Fit both parts on annotated reports, in the ontology in use; nothing is written.

    Args:
        reports: What to learn from.
        settings: The configuration of `gxnlp.training.config.load_config`.
        ontology: The labels of the model.
        base: A model, loaded with its examples, that the reports are added to.
        progress: Is told what begins.
    """
    from gxnlp.training.metrics import fit_metrics
    from gxnlp.training.statements import fit_statements

    seed = int(settings["training"]["seed"])
    altered = settings["augmentation"]
    reports = with_copies(reports, int(altered["copies"]), Shares.of(altered), seed)
    progress(f"fitting the metric model on {len(reports)} reports")
    metrics = fit_metrics(
        reports, settings=settings["metrics"], seed=seed, base=base.metrics if base else None
    )
    progress(f"fitting the statement model on {len(reports)} reports")
    statements = fit_statements(
        reports, settings=settings["statements"], seed=seed, base=base.statements if base else None
    )
    return Model(metrics, statements, ontology)


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep the linear algebra to one thread: on small matrices more make it slower, and its sums vary."""
    import sklearn.linear_model  # noqa: F401  # only libraries that are loaded are held to one thread
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


def _ontology(path: Path | None, base: Path | None, start: Model | None) -> tuple[Ontology, str]:
    """The labels to train for, and the text of the file that they extend the shipped ones by."""
    if path is None and base is not None and (base / ONTOLOGY).is_file():
        path = base / ONTOLOGY
    if path is None:
        return shipped_ontology(), ""
    labels = extend_ontology(path)
    if start is not None:
        known = {*start.ontology.metrics, *start.ontology.topics, *start.ontology.channels}
        gone = known - {*labels.metrics, *labels.topics, *labels.channels}
        if gone:
            raise ModelError(f"{path}: label {min(gone)} of {base} is missing; keep all of its labels")
    return labels, path.read_text(encoding="utf-8")


def _chosen(corpus: Corpus, splits: Sequence[str]) -> list[GoldReport]:
    chosen = list(corpus.reports) if corpus.rule is None else corpus.select(splits)
    if not chosen:
        raise CorpusError(f"no report falls into split {', '.join(splits)}; nothing to train on")
    return chosen


def _score_splits(
    corpus: Corpus, splits: Sequence[str], model: Model, progress: Progress
) -> dict[str, dict[str, Scores]]:
    scores: dict[str, dict[str, Scores]] = {}
    for split in splits if corpus.rule is not None else ():
        gold = corpus.select([split])
        if gold:
            progress(f"scoring on {split} ({len(gold)} reports)")
            found = {"patterns": predict(gold, None), "both": predict(gold, model)}
            scores[split] = {name: score(gold, reports) for name, reports in found.items()}
    return scores


def _meta(
    corpus: Corpus,
    chosen: Sequence[GoldReport],
    settings: Config,
    base: Model | None,
    scores: Mapping[str, Mapping[str, Scores]],
) -> dict[str, Any]:
    return {
        "gxnlp": __version__,
        "corpus": {"sha256": corpus.digest, "reports": len(corpus.reports), "trained_on": len(chosen)},
        "base": base.digest if base else None,
        "seed": settings["training"]["seed"],
        "scores": {
            split: {name: _figures(found) for name, found in ablation.items()}
            for split, ablation in scores.items()
        },
        "labels": {split: _label_counts(ablation["both"]) for split, ablation in scores.items()},
    }


def _label_counts(scores: Scores) -> dict[str, dict[str, list[int]]]:
    """Right, found and wanted of each label, by group: what the codebook's intervals are made from."""
    groups = {"metrics": scores.by_metric, "sections": scores.by_section, "topics": scores.by_topic}
    return {
        group: {code: [tally.right, tally.found, tally.wanted] for code, tally in sorted(labels.items())}
        for group, labels in groups.items()
    }


def _figures(scores: Scores) -> dict[str, float]:
    found = scores.calibration()
    figures = {"reports": float(scores.reports), **scores.figures()}
    if found is not None:
        figures |= {"ece": round(found.ece, 4), "precision_top_80": round(found.precision_top_80, 4)}
        if found.auroc is not None:
            figures["auroc"] = round(found.auroc, 4)
    return figures
