"""The three statutory tables as `data/tables.toml` gives them: codes, labels, how print shows them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from gxnlp.deferred import deferred

PROACTIVE, APPLICATIONS, REVIEW, ANNEX = "proactive", "applications", "review", "annex"

OUTCOMES_FROM, OUTCOMES_TO = "granted", "other.other"
"""First and last row of the outcomes that 三（七）总计 adds up."""

_KEPT = 2000
_LONGEST_KEPT = 300


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row of the form: its table, code, label and the codes of its columns in order."""

    table: str
    code: str
    label: str
    columns: tuple[str, ...]
    examples: tuple[str, ...] = ()


class Stems:
    """Finds labels in folded text without white space.

    Args:
        stems: Pattern by code; the longest match at a place does not count, the first in order does.
    """

    def __init__(self, stems: Mapping[str, str]) -> None:
        self._codes = tuple(stems)
        self._known: dict[str, tuple[tuple[int, str], ...]] = {}
        self._pattern = deferred("|".join(f"({stem})" for stem in stems.values()))

    def find(self, text: str) -> tuple[tuple[int, str], ...]:
        """Offset and code of every label in a text, in order.

        Reports print the same labels: what was found in one is kept for the next.
        """
        known = self._known.get(text)
        if known is None:
            codes = self._codes
            known = tuple(
                (match.start(), codes[(match.lastindex or 1) - 1]) for match in self._pattern.finditer(text)
            )
            if len(self._known) >= _KEPT:
                self._known.clear()
            if len(text) <= _LONGEST_KEPT:
                self._known[text] = known
        return known


class Template(NamedTuple):
    """The form of the three tables.

    Attributes:
        rows: Rows by table and code, in the order of the form.
        tables: The rows of each table.
        application_codes: Codes of the rows of table two with their places in it.
        row_stems: Labels of the rows of tables one and two, of extra rows (`extra:LABEL`) and of
            groups (`group:NAME`).
        header_stems: Column labels of table one.
        column_names: What the columns of table one are called, also those that have no code.
        application_columns: Column labels of table two.
        review_columns: Column labels of table three.
        review_rows: Row labels of table three.
    """

    rows: Mapping[tuple[str, str], RowForm]
    tables: Mapping[str, tuple[RowForm, ...]]
    application_codes: Mapping[str, int]
    row_stems: Stems
    header_stems: Stems
    column_names: Mapping[str, str]
    application_columns: Stems
    review_columns: Stems
    review_rows: Stems

    def of_table(self, table: str) -> tuple[RowForm, ...]:
        """The rows of one table, in order."""
        return self.tables[table]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Codes of the rows of table two that give outcomes, in order."""
        codes = [row.code for row in self.tables[APPLICATIONS]]
        return tuple(codes[codes.index(OUTCOMES_FROM) : codes.index(OUTCOMES_TO) + 1])


@lru_cache(maxsize=1)
def template() -> Template:
    """The form, read once a process."""
    source = files("gxnlp") / "data" / "tables.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    rows = {(row.table, row.code): row for row in _rows(data)}
    proactive, applications, review = data[PROACTIVE], data[APPLICATIONS], data[REVIEW]
    row_stems = _stems(proactive["rows"])
    row_stems |= {f"extra:{row['label']}": row["stem"] for row in proactive["extra"]}
    row_stems |= _stems(applications["rows"])
    row_stems |= {f"group:{name}": stem for name, stem in applications["groups"].items()}
    tables = {
        table: tuple(row for row in rows.values() if row.table == table)
        for table in (PROACTIVE, APPLICATIONS, REVIEW)
    }
    return Template(
        rows=rows,
        tables=tables,
        application_codes={row.code: place for place, row in enumerate(tables[APPLICATIONS])},
        row_stems=Stems(row_stems),
        header_stems=Stems(proactive["headers"]),
        column_names=proactive["column_names"],
        application_columns=Stems(_stems(applications["columns"])),
        review_columns=Stems(_stems(review["columns"])),
        review_rows=Stems(_stems(review["rows"])),
    )


def _rows(data: Mapping[str, Any]) -> Iterator[RowForm]:
    for table in (PROACTIVE, APPLICATIONS, REVIEW):
        shared = tuple(column["code"] for column in data[table].get("columns", ()))
        for row in data[table]["rows"]:
            columns = tuple(row.get("columns", shared))
            yield RowForm(table, row["code"], row["label"], columns, tuple(row["examples"]))


def _stems(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {row["code"]: row["stem"] for row in rows}
