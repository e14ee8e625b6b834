"""Types and names of the columns of the files, for formats that have types."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from gxnlp.ontology import shipped_ontology

Type = Literal["text", "integer", "number", "boolean"]

KEYS: Mapping[str, tuple[str, ...]] = {
    "reports": ("report_id",),
    "sections": ("report_id", "section_id"),
    "metrics": ("report_id", "metric_id"),
    "statements": ("report_id", "statement_id"),
    "panel": ("report_id",),
}
"""Columns whose values together are unique in a file; files that are not here have none."""


_TYPES: Mapping[str, Type] = {
    "text": "text", "integer": "integer", "number": "number", "boolean": "boolean",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    Attributes:
        name: Its name in the header line.
        type: What its cells hold where they are not empty.
        en: Name in English.
        zh: Name in Chinese.
        values: The values that a text can have, in order; empty where any.
    """

    name: str
    type: Type = "text"
    en: str = ""
    zh: str = ""
    values: tuple[str, ...] = ()


def columns_of(file: str, names: tuple[str, ...]) -> list[Column]:
    """Describe the columns of a file.

    Args:
        file: Its name without suffix, such as `metrics`.
        names: The names of its columns; one that is not described is a text.
    """
    data = _data()
    described = {**data["any"], **data.get(file, {})}
    return [_column(name, described.get(name, {}), data["values"]) for name in names]


def _column(name: str, row: Mapping[str, str], values: Mapping[str, list[str]]) -> Column:
    kind = row.get("type", "text")
    en, zh = row.get("en", name), row.get("zh", name)
    if kind in _TYPES:
        return Column(name, _TYPES[kind], en, zh)
    closed = values.get(kind) or shipped_ontology().attributes[kind]
    return Column(name, "text", en, zh, tuple(closed))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gxnlp") / "data" / "columns.toml").read_text(encoding="utf-8"))
