"""Counts of an annotated corpus: what a data card tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from gxnlp.corpus import GoldReport
from gxnlp.ontology import default_ontology
from gxnlp.report_info.agencies import agency_kind
from gxnlp.splits import SPLITS, Corpus

Table = dict[str, dict[str, int]]
"""Counts by row and column."""


def count_corpus(corpus: Corpus) -> dict[str, Table]:
    """Count reports, labels and attributes.

    Returns:
        Tables by title.
    """
    reports = corpus.reports
    return {
        "Reports": _reports(corpus),
        "Metric mentions": _metrics(reports),
        "Attributes": _attributes(reports),
        "Topics of problems and remedies": _topics(reports),
        "Links": _links(reports),
        "Headings": {
            code: {"headings": count}
            for code, count in _ordered(
                Counter(s.code for r in reports for s in r.sections), default_ontology().sections
            ).items()
        },
    }


def _reports(corpus: Corpus) -> Table:
    table: Table = {}
    columns: list[str] = ["all", *(SPLITS if corpus.rule else ())]
    for name in columns:
        reports = corpus.reports if name == "all" else corpus.select([name])
        rows: Counter[str] = Counter({"reports": len(reports)})
        rows["characters"] = sum(len(report.text) for report in reports)
        rows["metric mentions"] = sum(len(report.metrics) for report in reports)
        rows["statements"] = sum(len(report.statements) for report in reports)
        rows.update(f"agency: {agency_kind(report.agency)}" for report in reports)
        rows.update(f"year: {years_of(report.year)}" for report in reports)
        for row in rows:
            table.setdefault(row, {})[name] = rows[row]
    totals = ("reports", "characters", "metric mentions", "statements")
    names = [*totals, *sorted(name for name in table if name not in totals)]
    return {name: {column: table[name].get(column, 0) for column in columns} for name in names}


def years_of(year: int) -> str:
    """Ranges by the form that held: before 2019, the form of 2019, that of 2021."""
    return "to 2018" if year <= 2018 else "2019-2020" if year <= 2020 else "from 2021"


def _metrics(reports: tuple[GoldReport, ...]) -> Table:
    mentions = [m for r in reports for m in r.metrics]
    counts = Counter(m.metric for m in mentions)
    documents = Counter(name for r in reports for name in {m.metric for m in r.metrics})
    rows = _ordered(counts, default_ontology().metrics)
    return {name: {"mentions": count, "reports": documents[name]} for name, count in rows.items()}


def _attributes(reports: tuple[GoldReport, ...]) -> Table:
    mentions = [(r.year, m) for r in reports for m in r.metrics]
    counts: Counter[str] = Counter()
    for year, m in mentions:
        counts.update((f"aspect: {m.aspect}", f"measure: {m.measure}", f"scope: {m.scope}"))
        counts.update((f"qualifier: {m.qualifier}", f"channel: {m.channel or 'none'}"))
        counts["implied"] += m.implied
        counts["period: another year"] += m.period != year
    return {name: {"mentions": counts[name]} for name in sorted(counts)}


def _topics(reports: tuple[GoldReport, ...]) -> Table:
    counts = Counter((topic, s.role) for r in reports for s in r.statements for topic in s.topics)
    topics = default_ontology().topics
    return {t: {"problems": counts[t, "problem"], "remedies": counts[t, "remedy"]} for t in topics}


def _links(reports: tuple[GoldReport, ...]) -> Table:
    """Remedies by what they answer; `in order` is the k-th remedy to the k-th problem alone."""
    counts: Counter[str] = Counter()
    for report in reports:
        problems = [s.id for s in report.statements if s.role == "problem"]
        remedies = [s for s in report.statements if s.role == "remedy"]
        for place, remedy in enumerate(remedies):
            in_order = place < len(problems) and remedy.answers == (problems[place],)
            counts["in order" if in_order else "otherwise" if remedy.answers else "none"] += 1
    return {name: {"remedies": counts[name]} for name in ("in order", "otherwise", "none")}


def _ordered(counts: Mapping[str, int], labels: Mapping[str, object]) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in labels}
