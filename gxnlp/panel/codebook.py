"""The codebook: every label with its names, what it means, its rule in the panel and how well it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from gxnlp.export.csv import COLUMNS, CONTRACT, cell
from gxnlp.export.schema import Column, columns_of
from gxnlp.ontology import Label, Ontology
from gxnlp.panel.columns import IDENTIFICATION
from gxnlp.panel.files import Row, writing
from gxnlp.panel.rules import PanelRules, panel_rules

CODEBOOK = "codebook"
CODEBOOK_COLUMNS = (
    "group", "code", "en", "zh", "unit", "definition", "several", "told_in", "scored_on", "wanted", "found",
    "precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high",
)  # fmt: skip

_SEVERAL = {
    "sum": "What is listed within a section is added; of two sections the larger sum counts, and what "
    "the section on problems tells again counts only where nothing else is stated.",
    "list": "What is listed within a sentence is added; of two sentences the first counts.",
    "largest": "The largest.",
    "first": "The first.",
    "last": "The last.",
    "open": "No figure can stand for the label: a value where one alone is stated, else bounds around all.",
}
_Z95 = 1.959964
_Counts = Mapping[str, Mapping[str, Sequence[int]]]


def wilson(right: int, trials: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927): also right for few trials and shares of 0 or 1.

    Args:
        right: Successes.
        trials: Trials; of none, nothing is known and the interval is all of 0 to 1.
    """
    if not trials:
        return 0.0, 1.0
    share, z2 = right / trials, _Z95**2 / trials
    middle = (share + z2 / 2) / (1 + z2)
    reach = _Z95 * sqrt(share * (1 - share) / trials + z2 / (4 * trials)) / (1 + z2)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def write_codebook(folder: Path, ontology: Ontology, meta: Mapping[str, Any]) -> None:
    """Write `codebook.csv` and `codebook.md` into a folder.

    Args:
        folder: The folder.
        ontology: The labels.
        meta: What a model's `meta.json` says, with the counts of its evaluation; may be empty.
    """
    rows = codebook_rows(ontology, meta)
    with writing(folder / f"{CODEBOOK}.csv", CODEBOOK_COLUMNS) as table:
        for row in rows:
            table.write(row)
    (folder / f"{CODEBOOK}.md").write_text(_markdown(rows, ontology, meta), encoding="utf-8")


def codebook_rows(ontology: Ontology, meta: Mapping[str, Any], rules: PanelRules | None = None) -> list[Row]:
    """The rows of `codebook.csv`: metrics, cells of tables, topics, sections, channels, values of attributes.

    Args:
        ontology: The labels.
        meta: What a model's `meta.json` says; may be empty.
        rules: Rules other than those that ship.
    """
    rules = rules or panel_rules()
    split, counts = _counts(meta)
    rows = [_metric_row(label, rules) for label in ontology.metrics.values()]
    rows += [{"group": "cell", "code": c.code, "en": c.en, "zh": c.zh} for c in rules.cells]
    for group in ("topics", "sections", "channels"):
        labels: Mapping[str, Label] = getattr(ontology, group)
        rows += [_label_row(group, label) for label in labels.values()]
    for name, values in ontology.attributes.items():
        rows += [{"group": name, "code": value} for value in values]
    for name, states in (("state", rules.states), ("basis", rules.basis)):
        rows += [
            {"group": name, "code": code, "zh": names["zh"], "definition": names["en"]}
            for code, names in states.items()
        ]
    for row in rows:
        row.update(_score_cells(split, counts.get(f"{row['group']}s", {}).get(row["code"])))
    return rows


def _metric_row(label: Label, rules: PanelRules) -> Row:
    policy = rules.policy(label.code)
    return _label_row("metrics", label) | {"several": policy, "told_in": ";".join(rules.home(label.code))}


def _label_row(group: str, label: Label) -> Row:
    return {
        "group": group.removesuffix("s"),
        "code": label.code,
        "en": label.en,
        "zh": label.zh,
        "unit": label.unit,
        "definition": label.definition,
    }


def _counts(meta: Mapping[str, Any]) -> tuple[str, _Counts]:
    """The split that a model was scored on, and its counts by group and label."""
    scored = meta.get("labels") or {}
    split = next((name for name in ("test", *scored) if name in scored), "")
    return split, scored.get(split, {})


def _score_cells(split: str, counts: Sequence[int] | None) -> Row:
    """Precision and recall of a label; empty where nothing was found, or nothing was there to find."""
    if counts is None:
        return {}
    right, found, wanted = counts
    cells: Row = {"scored_on": split, "wanted": str(wanted), "found": str(found)}
    for name, trials in (("precision", found), ("recall", wanted)):
        if trials:
            low, high = wilson(right, trials)
            cells |= {name: cell(right / trials), f"{name}_low": cell(low), f"{name}_high": cell(high)}
    return cells


_HEAD = """\
# Codebook

Written by gxnlp from its ontology: do not edit. Output contract {contract}, ontology {version}
(SHA-256 {digest}).

{scores}

## `panel.csv`

One row an agency and year. Each metric has six columns: `CODE` (the value), `CODE_lower` and `CODE_upper`
(what the wording allows), `CODE_state`, `CODE_basis` (why it is no plain own total of the year) and
`CODE_rows` (the `metric_id` of its mentions in `metrics.csv`). An empty cell is not known, never zero.
"""
_SCORED = """\
Precision and recall are those of mentions in `metrics.csv`, on {reports} held-out annotated reports of the
corpus that the model was trained from ({split}), with Wilson's 95% intervals. Mentions of one report are
not independent, and published reports differ from those: take the intervals as the least uncertainty."""
_NOT_SCORED = "The model that read holds no scores by label: `gxnlp evaluate` gives them."


def _markdown(rows: Sequence[Row], ontology: Ontology, meta: Mapping[str, Any]) -> str:
    split, counts = _counts(meta)
    reports = meta.get("scores", {}).get(split, {}).get("both", {}).get("reports", 0)
    scores = _SCORED.format(reports=int(reports), split=split) if counts else _NOT_SCORED
    head = _HEAD.format(contract=CONTRACT, version=ontology.version, digest=ontology.digest, scores=scores)
    return "\n".join([head, *_sections(rows)]) + "\n"


def _sections(rows: Sequence[Row]) -> Iterator[str]:
    yield from _table(
        "Identification", ("column", "en", "zh"), _columns(columns_of("reports", IDENTIFICATION))
    )
    yield from _table("States", ("code", "zh", "definition"), _of(rows, "state"))
    yield from _table("Basis", ("code", "zh", "definition"), _of(rows, "basis"))
    names = ("code", "zh", "en", "unit", "definition", "several", "precision", "recall")
    yield from _table("Metrics", names, map(_with_intervals, _of(rows, "metric")))
    yield from _table(
        "What becomes of several figures (`several`)",
        ("code", "definition"),
        ({"code": code, "definition": words} for code, words in _SEVERAL.items()),
    )
    yield from _table("Cells of the statutory tables", ("code", "zh", "en"), _of(rows, "cell"))
    short = ("code", "zh", "en", "precision", "recall")
    yield from _table(
        "Topics (`problems.CODE`, `remedies.CODE`)", short, map(_with_intervals, _of(rows, "topic"))
    )
    yield from _table("Sections", short, map(_with_intervals, _of(rows, "section")))
    yield from _table("Channels", ("code", "zh", "en"), _of(rows, "channel"))
    for name, columns in COLUMNS.items():
        yield from _table(
            f"`{name}.csv`", ("column", "en", "zh", "values"), _columns(columns_of(name, columns))
        )


def _of(rows: Sequence[Row], group: str) -> list[Row]:
    return [row for row in rows if row["group"] == group]


def _columns(columns: Sequence[Column]) -> list[Row]:
    return [{"column": f"`{c.name}`", "en": c.en, "zh": c.zh, "values": " ".join(c.values)} for c in columns]


def _with_intervals(row: Row) -> Row:
    cells = {}
    for name in ("precision", "recall"):
        if row.get(name):
            low, high = float(row[f"{name}_low"]), float(row[f"{name}_high"])
            cells[name] = f"{float(row[name]):.2f} ({low:.2f}–{high:.2f})"
    return row | cells


def _table(title: str, short: Sequence[str], rows: Iterator[Row] | Sequence[Row] | map[Row]) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"| {' | '.join(short)} |"
    yield f"|{'---|' * len(short)}"
    for row in rows:
        cells = (row.get(name, "").replace("|", "\\|") for name in short)
        yield f"| {' | '.join(cells)} |"
    yield ""
