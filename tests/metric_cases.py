"""Sentences with marked metrics, read as a report of one section: for the tests of patterns and metrics."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from gxnlp.corpus import DEFAULTS, GoldMetric, GoldReport, parse_gold
from gxnlp.learned.metric_model import MetricModel
from gxnlp.metrics import find_metrics
from gxnlp.records import Document, Metric, ReportInfo, Section

FOLDER = Path(__file__).parent / "data" / "metrics"
AGENCY = "青禾县水务局"
YEAR = 2023
TITLE = "工作情况"
SECTION = re.compile(r"([a-z_.]+)\| *")


def parse(case: str, agency: str = AGENCY) -> tuple[GoldReport, tuple[Section, ...]]:
    """A marked case `code| sentence` as a report: a title line, then the sentence; `\\n` is a line end."""
    named = SECTION.match(case)
    code = named[1] if named else "overview.proactive"
    body = case[named.end() :] if named else case
    level = 2 if "." in code else 1
    head = f"#! id: case\n#! agency: {agency}\n#! year: {YEAR}\n§{code}§ {level}\n{TITLE}\n"
    gold = parse_gold(head + body.replace("\\n", "\n"), name=case)
    return gold, (section_of(gold.text, code),)


def section_of(text: str, code: str) -> Section:
    """A whole text as one section."""
    return Section("s1", "", 2 if "." in code else 1, code, "", TITLE, 0, len(text), len(TITLE) + 1)


def read(
    gold: GoldReport, sections: tuple[Section, ...], model: MetricModel | None = None
) -> tuple[Metric, ...]:
    """What the patterns find, alone or with a model."""
    info = ReportInfo(agency=gold.agency, year=gold.year)
    return find_metrics(Document.from_text(gold.text), sections, info, model)


def row(metric: GoldMetric | Metric, year: int | None = YEAR) -> str:
    """A mention in one line: place, text, metric, value, unit, and attributes that are no defaults."""
    value = "" if metric.value is None else format(Decimal(metric.value).normalize(), "f")
    pairs = {name: getattr(metric, name) for name in DEFAULTS if getattr(metric, name) != DEFAULTS[name]}
    if metric.metric.endswith(".part") and pairs.get("measure") == "part":
        del pairs["measure"]
    if metric.period != year:
        pairs["period"] = metric.period
    if metric.implied:
        pairs["implied"] = 1
    tail = "".join(f" {name}={value}" for name, value in pairs.items())
    return f"{metric.start}-{metric.end} {metric.text} {metric.metric} {value} {metric.unit}{tail}"


def rows(metrics: tuple[GoldMetric, ...] | tuple[Metric, ...], year: int | None = YEAR) -> list[str]:
    """Mentions in one line each, by place."""
    return [line for *_, line in sorted((m.start, m.end, row(m, year)) for m in metrics)]


@lru_cache(maxsize=1)
def known() -> dict[str, dict[str, str]]:
    """`known_failures.toml`: reasons by sentence, and by rule for rules that decide no example."""
    data = tomllib.loads((FOLDER / "known_failures.toml").read_text(encoding="utf-8"))
    return {
        "sentence": {entry["sentence"]: entry["reason"] for entry in data.get("failure", ())},
        "rule": {entry["rule"]: entry["reason"] for entry in data.get("undecided", ())},
    }


def cases() -> Iterator[tuple[str, str, str]]:
    """Construction, agency and sentence of each case in `*.txt`."""
    for path in sorted(FOLDER.glob("*.txt")):
        agency, construction = AGENCY, ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#! agency:"):
                agency = line.partition(":")[2].strip()
            elif line.startswith("=== "):
                construction = line[4:]
            elif line and not line.startswith("#"):
                yield construction, agency, line
