"""The columns of `panel.csv`, made from the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gxnlp.export.schema import Column, Type, columns_of
from gxnlp.ontology import Label, Ontology
from gxnlp.panel.rules import CellLabel, PanelRules, panel_rules

IDENTIFICATION = (
    "agency_id", "agency", "region_code", "region", "level", "year", "report_id", "source", "sha256",
    "published", "status", "checks_failed",
)  # fmt: skip
"""Columns taken from `reports.csv`."""

TABLE_MISSING = "table_missing"
"""State of a cell whose table the report does not have, or not in a form that is known."""

_FIGURE: tuple[tuple[str, Type, str, str], ...] = (
    ("", "number", "", ""),
    ("_lower", "number", ", at least", "（下限）"),
    ("_upper", "number", ", at most", "（上限）"),
)


def panel_columns(ontology: Ontology, rules: PanelRules | None = None) -> list[Column]:
    """The columns of `panel.csv` in their order.

    Args:
        ontology: The labels; each metric has six columns, each topic two.
        rules: Rules other than those that ship.
    """
    rules = rules or panel_rules()
    columns = columns_of("reports", IDENTIFICATION)
    columns.append(
        Column("duplicates", "text", "Other reports on this agency and year", "同机关同年度的其他报告")
    )
    columns.append(Column("chosen_by", "text", "What chose this report among them", "选取依据"))
    for label in ontology.metrics.values():
        columns += _of_metric(label, rules)
    for cell in rules.cells:
        columns += _of_cell(cell)
    for role in rules.roles.values():
        columns += _of_role(role["code"], role["en"], role["zh"], ontology)
    return columns


def _of_metric(label: Label, rules: PanelRules) -> Iterator[Column]:
    for suffix, kind, en, zh in _FIGURE:
        yield Column(f"{label.code}{suffix}", kind, f"{label.en}{en}", f"{label.zh}{zh}")
    states = tuple(rules.states)
    yield Column(f"{label.code}_state", "text", f"{label.en}, state", f"{label.zh}（状态）", states)
    yield Column(f"{label.code}_basis", "text", f"{label.en}, basis", f"{label.zh}（依据）")
    yield Column(f"{label.code}_rows", "text", f"{label.en}, mentions", f"{label.zh}（指标编号）")


def _of_cell(cell: CellLabel) -> Iterator[Column]:
    state = columns_of("tables", ("state",))[0]
    yield Column(cell.code, "number", f"Table: {cell.en}", f"表：{cell.zh}")
    yield replace(
        state,
        name=f"{cell.code}_state",
        en=f"Table: {cell.en}, state",
        zh=f"表：{cell.zh}（状态）",
        values=(*state.values, TABLE_MISSING),
    )


def _of_role(code: str, en: str, zh: str, ontology: Ontology) -> Iterator[Column]:
    yield Column(code, "integer", en, zh)
    for topic in ontology.topics.values():
        yield Column(f"{code}.{topic.code}", "integer", f"{en}: {topic.en}", f"{zh}：{topic.zh}")
