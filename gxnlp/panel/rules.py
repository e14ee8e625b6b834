"""What the panel goes by, read from `data/panel.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_DEFAULT = "largest"


class CellLabel(NamedTuple):
    """A cell of the statutory tables that the panel holds."""

    table: str
    row: str
    column: str
    en: str
    zh: str

    @property
    def code(self) -> str:
        """Its column in the panel; a total needs no name of its own."""
        return f"table.{self.table}.{self.row}" + (f".{self.column}" if self.column != "total" else "")


class PanelRules(NamedTuple):
    """How one figure is chosen, by label.

    Attributes:
        several: What becomes of several figures of one rank: `sum`, `list`, `largest`, `first`,
            `last` or `open`.
        rounds: Whether a number is counted in rounds (365期), not in things (1102条).
        in_rounds: Labels that are told in rounds and in things.
        part: Words between two figures that make the second a part of the first.
        whole: By label, the words before a number that is the whole.
        grand: By label, the words before the one of several wholes that is the report's.
        homes: By label, the section codes in which it is told.
        default_home: The section codes of every other label.
        states: State to its words, by language; `basis` likewise.
        abridged: Words of a title of something less than the report.
        corrected: Words of a title of a corrected report.
        cells: Cells of the statutory tables.
        roles: Role of a statement to the prefix and names of its columns.
    """

    several: Mapping[str, str]
    rounds: re.Pattern[str]
    in_rounds: frozenset[str]
    part: re.Pattern[str]
    whole: Mapping[str, re.Pattern[str]]
    grand: Mapping[str, re.Pattern[str]]
    homes: Mapping[str, tuple[str, ...]]
    default_home: tuple[str, ...]
    states: Mapping[str, Mapping[str, str]]
    basis: Mapping[str, Mapping[str, str]]
    abridged: re.Pattern[str]
    corrected: re.Pattern[str]
    cells: tuple[CellLabel, ...]
    roles: Mapping[str, Mapping[str, str]]

    def policy(self, metric: str) -> str:
        """What becomes of several figures of a label."""
        return self.several.get(metric, _DEFAULT)

    def home(self, metric: str) -> tuple[str, ...]:
        """Section codes in which a label is told."""
        return self.homes.get(metric, self.default_home)


@lru_cache(maxsize=1)
def panel_rules() -> PanelRules:
    """The rules that ship with the package."""
    data = tomllib.loads((files("gxnlp") / "data" / "panel.toml").read_text(encoding="utf-8"))
    return PanelRules(
        several={label: policy for policy, labels in data["several"].items() for label in labels},
        rounds=re.compile(
            rf"[0-9零一二三四五六七八九十百千万亿两余多](?:{'|'.join(data['rounds']['counters'])})$"
        ),
        in_rounds=frozenset(data["rounds"]["labels"]),
        part=re.compile(f"{_any_of(data['parts']['marks']).pattern}|（[^）]*$"),
        whole=_before_numbers(data["whole"]),
        grand=_before_numbers(data["grand"]),
        homes={
            label: tuple(data["homes"][home]) for home, labels in data["told_in"].items() for label in labels
        },
        default_home=tuple(data["homes"]["default"]),
        states=data["states"],
        basis=data["basis"],
        abridged=_any_of(data["titles"]["abridged"]),
        corrected=_any_of(data["titles"]["corrected"]),
        cells=tuple(CellLabel(**row) for row in data["cells"]),
        roles=data["roles"],
    )


def _before_numbers(rows: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """By label, what stands directly before a number."""
    return {
        label: re.compile(f"(?:{'|'.join(patterns)})$")
        for label, patterns in rows.items()
        if "examples" not in label
    }


def whole_examples() -> dict[str, Any]:
    """The examples and counter-examples of `[whole]`, which are its tests."""
    data = tomllib.loads((files("gxnlp") / "data" / "panel.toml").read_text(encoding="utf-8"))
    return {name: data["whole"][name] for name in ("examples", "counter_examples")}


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))
