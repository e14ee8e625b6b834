"""Grammars of sentences: templates whose slots are filled in by chance, with the right reading known.

`{甲|乙}` is one of several wordings (an empty one too), and may hold others; `$NAME` a list of them.
`⟨label …⟩` is a number of that label: behind it stand its measure or aspect where they are no defaults,
`@channel` where the sentence names one, `=6` for that number, and `sum` for what the parts of the sentence
come to (a number with `of` is one of them, though its measure is total). `⟪words¦label label⟫` are words
that state a zero, or a full rate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from random import Random

from metric_cases import parse, read

Row = tuple[str, float, str, str, str]
"""Metric, value, aspect, measure and, where the sentence names it, channel."""
FULL = frozenset({"reply_rate", "satisfaction"})
_MEASURES = frozenset({"part", "average", "maximum", "cumulative"})
_ASPECTS = frozenset({"change", "growth"})
_LIST = re.compile(r"\$([A-Z]+)")
_NUMBER = re.compile(r"⟨([^⟩]*)⟩|⟪([^¦⟫]*)¦([^⟫]*)⟫")
_CHOICE = re.compile(r"\{([^{}]*)\}")


def templates(path: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The lists of wordings of a file (`NAME = …`) and its templates, each with its family (`=== …`)."""
    lists, found, family = {}, [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, words = line.partition(" = ")
        if line.startswith("=== "):
            family = line[4:]
        elif equals and name.isupper():
            lists[name] = words
        elif line and not line.startswith("#"):
            found.append((family, line))
    return lists, found


def fill(random: Random, template: str) -> str:
    """A template with one wording for each of its slots."""
    while _CHOICE.search(template):
        template = _CHOICE.sub(lambda m: random.choice(m[1].split("|")), template)
    return template


def sentence(random: Random, template: str, lists: Mapping[str, str]) -> tuple[str, list[Row]]:
    """One sentence of a template, and the rows that are right."""
    while (named := _LIST.sub(lambda m: "{" + lists[m[1]] + "}", template)) != template:
        template = named
    template = fill(random, template)
    marks = list(_NUMBER.finditer(template))
    values = _values(random, marks)
    told, rows, end = "", [], 0
    for mark, value in zip(marks, values, strict=True):
        told += template[end : mark.start()] + (mark[2] if mark[3] else f"{value:g}")
        rows += _rows(mark, value)
        end = mark.end()
    return told + template[end:], rows


def _values(random: Random, marks: list[re.Match[str]]) -> list[float]:
    """A number for each mark, none twice, so that a row is known by its number."""
    drawn = iter(random.sample(range(3, 90), len(marks)))
    values: list[float | None] = []
    for mark in marks:
        words = (mark[1] or "").split()
        given = next((w[1:] for w in words if w[0] == "="), None)
        values.append(None if "sum" in words else float(given) if given else next(drawn))
    parts = sum(
        v for m, v in zip(marks, values, strict=True) if v and {"part", "of"} & set((m[1] or "").split())
    )
    return [parts if value is None else value for value in values]


def _rows(mark: re.Match[str], value: float) -> list[Row]:
    if mark[3]:
        return [(label, 100 if label in FULL else 0, "level", "total", "") for label in mark[3].split()]
    label, *words = mark[1].split()
    aspect = next((w for w in words if w in _ASPECTS), "level")
    measure = next((w for w in words if w in _MEASURES), "total")
    return [(label, value, aspect, measure, next((w[1:] for w in words if w[0] == "@"), ""))]


def differences(told: str, rows: list[Row]) -> list[tuple[object, ...]]:
    """What a sentence is read as that is not right, and what is missing."""
    found = [(m.metric, float(m.value or 0), m.aspect, m.measure, m.channel) for m in read(*parse(told))]
    missing = []
    for row in rows:
        same = next((f for f in found if f[:4] == row[:4] and row[4] in ("", f[4])), None)
        if same is None:
            missing.append(("missing", *row))
        else:
            found.remove(same)
    return missing + [("wrong", *row) for row in found]
