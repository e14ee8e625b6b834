"""The model card: written by training, from what it knows of the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gxnlp.ontology import Ontology

_ROWS = {
    "metrics.p": "metrics, precision",
    "metrics.r": "metrics, recall",
    "metrics.f1": "metrics, F1",
    "attributes.all": "metrics, all attributes right",
    "open.f1": "other_metric, F1",
    "sections.f1": "sections, F1",
    "statements.f1": "problems and remedies, F1",
    "topics.f1": "topics, F1",
    "links.f1": "links, F1",
    "ece": "confidence, expected calibration error",
    "auroc": "confidence, AUROC of right against wrong",
    "precision_top_80": "metrics, precision of the most confident 80%",
}
_CARD = """\
# Model card

Learned extractors for Chinese annual reports on government information disclosure: which metric
a quantity is (with a calibrated probability), which zeros a negation states, what is a problem
or a remedy and on which topics. Linear classifiers over readable features, with a network of one
hidden layer beside those of metrics and topics, used beside the patterns; plain arrays, applied with
numpy alone. Written by `gxnlp train`; do not edit, the
digests in `meta.json` cover it.

## Made from

{made}

## Scores

{scores}

## Limits

- Learned from reports written for this purpose, which are cleaner than published ones: expect less
  on reports from other hands, and check a sample of your own before you rely on a figure.
- Confidence is calibrated on held-out reports of the same corpus; on another genre it misleads.
- Numbers in tables, scanned pages and documents of other genres are outside of what it knows.
- It says what a report states, not whether that is true.
"""


def render_card(meta: Mapping[str, Any], ontology: Ontology) -> str:
    """Render the model card.

    Args:
        meta: What goes into the model's `meta.json`.
        ontology: The labels of the model.
    """
    return _CARD.format(made=_made(meta, ontology), scores=_scores(meta["scores"]))


def _made(meta: Mapping[str, Any], ontology: Ontology) -> str:
    corpus = meta["corpus"]
    lines = [
        f"{corpus['trained_on']} annotated reports of a corpus of {corpus['reports']} "
        f"(SHA-256 {corpus['sha256'][:16]}…)",
        f"gxnlp {meta['gxnlp']}, ontology {ontology.version} ({len(ontology.metrics)} metrics, "
        f"{len(ontology.topics)} topics), seed {meta['seed']}; the whole configuration is `config.cfg`",
    ]
    if meta["base"]:
        lines.append(f"added to the model whose `meta.json` has SHA-256 {meta['base'][:16]}…")
    if ontology.subjects:
        lines.append(f"reads annual reports on {', '.join(ontology.subjects)} too")
    return "\n".join(f"- {line}" for line in lines)


def _scores(scores: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    if not scores:
        return "None: all reports were trained on. `gxnlp evaluate` scores it on others."
    columns = [(split, name) for split, ablation in scores.items() for name in ablation]
    heads = [f"{split} ({scores[split][name]['reports']:.0f} reports), {name}" for split, name in columns]
    lines = [f"| figure | {' | '.join(heads)} |", f"|---|{'---:|' * len(columns)}"]
    for key, words in _ROWS.items():
        cells = [f"{scores[split][name].get(key, float('nan')):.4f}" for split, name in columns]
        lines.append(f"| {words} | {' | '.join(cells)} |")
    lines += ["", "`patterns`: the patterns and rules alone. `both`: with the model."]
    return "\n".join(lines)
