"""The metric rules of `data/patterns.toml`: loaded, checked, matched.

A rule says which metric a quantity is, given the word that governs it (the head), its
counter, the other words of its window and the metric in whose list it stands (the frame).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from gxnlp.deferred import deferred
from gxnlp.errors import OntologyError
from gxnlp.folding import fold
from gxnlp.ontology import default_ontology

SAME = "="
"""In place of a metric: the metric of the frame."""
OPEN = "other_metric"
_BRACKETS = deferred(r"\s|[（(][^（）()]{0,3}[)）]|(?<!元)/[^/]{1,2}$")
"""What of a printed counter says nothing: 条（次）, 条/次."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[pattern]]` or `[[zero]]` entry; the fields are those of the file."""

    name: str
    metric: str
    heads: frozenset[str]
    counters: frozenset[str]
    with_: tuple[frozenset[str], ...]
    without: frozenset[str]
    frame: tuple[str, ...]
    section: tuple[str, ...]
    gap: int
    set: Mapping[str, str]
    trust: float
    examples: tuple[str, ...]

    def accepts(self, window: frozenset[str], near: Collection[str], frame: str, section: str) -> bool:
        """Whether the words around allow this rule.

        Args:
            window: Classes of all words back to the last quantity and right behind.
            near: Classes of the words of the quantity's own clause and right behind.
            frame: Metric of the frame, empty where there is none.
            section: Code of the section.
        """
        if self.frame and not frame.startswith(self.frame):
            return False
        if self.metric == SAME and not frame:
            return False
        if self.section and not section.startswith(self.section) and f"{section}!" not in self.section:
            return False
        if self.without and not self.without.isdisjoint(near):
            return False
        return not any(map(window.isdisjoint, self.with_))


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules: those for quantities by head class, those for negations in file order."""

    by_head: Mapping[str, tuple[int, ...]]
    patterns: tuple[Rule, ...]
    zeros: tuple[Rule, ...]
    zero_heads: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    subjects: Mapping[str, str]
    channels: Mapping[str, str]
    merge: Mapping[str, tuple[str, ...]]
    found: dict[tuple[frozenset[str], frozenset[str]], list[Rule]]
    grouped: dict[str, frozenset[str]]
    counted: Mapping[str, frozenset[str]]

    def for_head(self, classes: frozenset[str], groups: frozenset[str]) -> list[Rule]:
        """Rules that one of these head classes opens for a counter of these groups, in file order."""
        cached = self.found.get((classes, groups))
        if cached is None:
            places = {place for name in classes for place in self.by_head.get(name, ())}
            rules = [self.patterns[place] for place in sorted(places)]
            cached = [rule for rule in rules if not rule.counters.isdisjoint(groups)]
            self.found[classes, groups] = cached
        return cached

    def counter_groups(self, unit: str) -> frozenset[str]:
        """Names of the counter groups that hold a counter as printed."""
        groups = self.grouped.get(unit)
        if groups is None:
            groups = self.grouped[unit] = self.groups.get(_BRACKETS.sub("", fold(unit)), frozenset())
        return groups

    def may_count(self, metric: str, unit: str) -> bool:
        """Whether a rule counts a metric by such a counter (参加新闻发布会14人次: people, no conferences).

        What no rule has, and what is open, may be counted by any.
        """
        counters = self.counted.get(metric)
        return not counters or metric == OPEN or not counters.isdisjoint(self.counter_groups(unit))

    def counts_items(self, unit: str) -> bool:
        """Whether a counter as printed counts pieces."""
        return "item" in self.counter_groups(unit)


def _rule(name: str, entry: dict[str, Any]) -> Rule:
    known = default_ontology().metrics
    if entry["metric"] != SAME and entry["metric"] not in known:
        raise OntologyError(f"patterns.toml: {name}: unknown metric {entry['metric']!r}; see ontology.toml")
    return Rule(
        name=name,
        metric=entry["metric"],
        heads=frozenset(entry.get("head", entry.get("noun", ()))),
        counters=frozenset(entry.get("counter", ())),
        with_=tuple(frozenset(words.split("|")) for words in entry.get("with", ())),
        without=frozenset(entry.get("without", ())),
        frame=tuple(entry.get("frame", ())),
        section=tuple(entry.get("section", ())),
        gap=entry.get("gap", 12),
        set=entry.get("set", {}),
        trust=entry.get("trust", 0.95),
        examples=tuple(entry.get("examples", ())),
    )


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules that ship with the package.

    Raises:
        OntologyError: A rule names a metric that the ontology does not have.
    """
    data = tomllib.loads((files("gxnlp") / "data" / "patterns.toml").read_text(encoding="utf-8"))
    patterns = tuple(_rule(f"{i}:{e['metric']}", e) for i, e in enumerate(data["pattern"]))
    zeros = tuple(_rule(f"zero {i}:{e['metric']}", e) for i, e in enumerate(data["zero"]))
    by_head: dict[str, list[int]] = {}
    counted: dict[str, frozenset[str]] = {}
    for place, rule in enumerate(patterns):
        counted[rule.metric] = counted.get(rule.metric, frozenset()) | rule.counters
        for head in rule.heads:
            by_head.setdefault(head, []).append(place)
    groups: dict[str, set[str]] = {}
    for group, words in data["counters"].items():
        for word in words.split():
            groups.setdefault("" if word == "none" else word, set()).add(group)
    return Rules(
        by_head={head: tuple(places) for head, places in by_head.items()},
        patterns=patterns,
        zeros=zeros,
        zero_heads=frozenset().union(*(rule.heads for rule in zeros)),
        groups={counter: frozenset(names) for counter, names in groups.items()},
        subjects={cls: metric for metric, words in data["subjects"].items() for cls in words.split()},
        channels={metric: policy for policy, words in data["channels"].items() for metric in words.split()},
        merge={name: tuple(parts) for name, parts in data["merge"].items()},
        found={},
        grouped={},
        counted=counted,
    )
