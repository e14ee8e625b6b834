"""How often the panel's figures agree with what a person reads: the measure of the headline rule."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from gxnlp.corpus import GoldMetric, GoldReport
from gxnlp.export.csv import cell
from gxnlp.ontology import Ontology
from gxnlp.panel.files import read_table
from gxnlp.panel.headline import Row, headline
from gxnlp.panel.rules import panel_rules

Readings = Mapping[str, Mapping[str, Decimal]]
"""Report id to label to the figure that a person reads as the headline."""

_SENTENCE_END = re.compile(r"[。！？\n]")


@dataclass(slots=True)
class Agreement:
    """Figures of the panel against readings.

    Attributes:
        right: Labels with the figure that was read.
        wanted: Labels for which a figure was read, or was given though none was read.
        notes: What differs, a line each.
    """

    right: int = 0
    wanted: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share that is right."""
        return self.right / self.wanted if self.wanted else 0.0


def read_readings(path: Path) -> Readings:
    """Read what a person read: a CSV file with a line (report_id, metric, value) a figure."""
    readings: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in read_table(path):
        readings[row["report_id"]][row["metric"]] = Decimal(row["value"])
    return readings


def agreement(
    readings: Readings, rows: Mapping[str, Sequence[Row]], years: Mapping[str, str], ontology: Ontology
) -> Agreement:
    """Compare the headlines of reports with readings.

    Labels that no figure can stand for (`open` in `data/panel.toml`) are no matter of agreement.

    Args:
        readings: What was read; every report that counts has its entry.
        rows: Report id to its rows of `metrics.csv`.
        years: Report id to its year.
        ontology: The labels.
    """
    found = Agreement()
    for report, read in readings.items():
        by_label = group_by_label(rows.get(report, ()))
        for code, label in ontology.metrics.items():
            if panel_rules().policy(code) == "open":
                continue
            chosen = headline(label, by_label.get(code, ()), years[report])
            value = chosen.value if chosen else None
            if value is None and code not in read:
                continue
            found.wanted += 1
            if value is not None and code in read and float(value) == float(read[code]):
                found.right += 1
            else:
                basis = ";".join(chosen.basis) if chosen else ""
                found.notes.append(f"{report} {code}: {value} for {read.get(code)} {basis}".rstrip())
    return found


def group_by_label(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of `metrics.csv` by label, in their order."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["metric"]].append(row)
    return groups


def gold_rows(report: GoldReport) -> list[Row]:
    """The mentions of an annotated report as rows of `metrics.csv`, as far as the headline needs them."""
    starts = [section.start for section in report.sections]
    return [_gold_row(report, starts, i, mention) for i, mention in enumerate(report.metrics)]


def _gold_row(report: GoldReport, starts: Sequence[int], number: int, mention: GoldMetric) -> Row:
    at = bisect_right(starts, mention.start) - 1
    ends = [match.end() for match in _SENTENCE_END.finditer(report.text, 0, mention.start)]
    end = _SENTENCE_END.search(report.text, mention.end)
    start = ends[-1] if ends else 0
    lower, upper = _bounds(mention)
    return {
        "metric_id": f"m{number}",
        "value": cell(mention.value),
        "lower": cell(lower),
        "upper": cell(upper),
        "period": cell(mention.period),
        "section_code": report.sections[at].code if at >= 0 else "",
        "sentence": report.text[start : end.start() if end else len(report.text)],
        "confidence": "1",
        **{
            name: getattr(mention, name)
            for name in ("metric", "unit", "aspect", "measure", "scope", "channel", "text")
        },
    }


def _bounds(mention: GoldMetric) -> tuple[Decimal | None, Decimal | None]:
    lower = mention.value if mention.qualifier in ("exact", "over") else None
    upper = mention.value if mention.qualifier in ("exact", "under") else None
    return lower, upper
