"""One report as a row of the panel: its figures with states, table cells and counts of topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gxnlp.export.csv import cell
from gxnlp.ontology import Ontology
from gxnlp.panel.columns import IDENTIFICATION, TABLE_MISSING
from gxnlp.panel.duplicates import Choice
from gxnlp.panel.files import ReportRows, Row
from gxnlp.panel.headline import Headline, headline
from gxnlp.panel.rules import PanelRules, panel_rules

_STATEMENTS_IN = "problems"


def panel_row(
    report: ReportRows, choice: Choice, ontology: Ontology, rules: PanelRules | None = None
) -> dict[str, str]:
    """Make the row of a report.

    Args:
        report: Its rows. Where the folder has no `tables.csv` the table columns stay empty.
        choice: The reports that it stands for.
        ontology: The labels.
        rules: Rules other than those that ship.

    Returns:
        Column of `panel_columns` to cell; columns that are left out are empty.
    """
    rules = rules or panel_rules()
    row = {name: report.report.get(name, "") for name in IDENTIFICATION}
    row["duplicates"] = ";".join(choice.others)
    row["chosen_by"] = choice.reason
    row.update(_figures(report, ontology, rules))
    if "tables" in report.rows:
        row.update(_cells(report, rules))
    row.update(_topics(report, ontology, rules))
    return row


def _figures(report: ReportRows, ontology: Ontology, rules: PanelRules) -> Iterator[tuple[str, str]]:
    mentions: dict[str, list[Row]] = defaultdict(list)
    for mention in report.rows.get("metrics", ()):
        mentions[mention["metric"]].append(mention)
    there = _sections_there(report)
    for code, label in ontology.metrics.items():
        figure = headline(label, mentions.get(code, ()), report.report["year"], rules)
        if figure is not None:
            yield from _figure_cells(code, figure)
        yield f"{code}_state", _state(figure, report, rules.home(code), there)


def _figure_cells(code: str, figure: Headline) -> Iterator[tuple[str, str]]:
    yield code, cell(figure.value)
    yield f"{code}_lower", cell(figure.lower)
    yield f"{code}_upper", cell(figure.upper)
    yield f"{code}_basis", ";".join(figure.basis)
    yield f"{code}_rows", ";".join(figure.rows)


def _state(figure: Headline | None, report: ReportRows, home: Sequence[str], there: set[str]) -> str:
    if figure is not None:
        return "stated_zero" if figure.value == 0 else "value"
    if report.report["status"] != "ok":
        return "unreadable"
    return "section_missing" if there.isdisjoint(home) else "not_mentioned"


def _sections_there(report: ReportRows) -> set[str]:
    """Codes of the sections that have a text, without what stands behind their first dot."""
    sections = report.rows.get("sections", ())
    return {row["code"].partition(".")[0] for row in sections if row["audit"] != "empty"}


def _cells(report: ReportRows, rules: PanelRules) -> Iterator[tuple[str, str]]:
    known = {(row["table"], row["row"], row["column"]): row for row in report.rows["tables"]}
    missing = TABLE_MISSING if report.report["status"] == "ok" else "unreadable"
    for label in rules.cells:
        found: Mapping[str, str] = known.get((label.table, label.row, label.column), {})
        yield label.code, found.get("value", "")
        yield f"{label.code}_state", found.get("state", missing)


def _topics(report: ReportRows, ontology: Ontology, rules: PanelRules) -> Iterator[tuple[str, str]]:
    """Counts by role and topic; empty where the report has no place for problems."""
    statements = report.rows.get("statements", ())
    if not statements and _STATEMENTS_IN not in _sections_there(report):
        return
    for role, names in rules.roles.items():
        of_role = [row["topics"].split(";") for row in statements if row["role"] == role]
        counts = Counter(topic for topics in of_role for topic in topics)
        yield names["code"], str(len(of_role))
        for topic in ontology.topics:
            yield f"{names['code']}.{topic}", str(counts[topic])
