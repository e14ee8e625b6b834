"""The labels of gxnlp, read from `data/ontology.toml`: the single source of them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gxnlp.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its names.

    Attributes:
        code: The code that stands in the CSV files.
        en: Name in English.
        zh: Name in Chinese.
        unit: Canonical unit of a metric; empty where it varies or for other labels.
        definition: What a metric counts; empty for other labels.
        level: Heading level of a section code, 0 for other labels.
    """

    code: str
    en: str
    zh: str
    unit: str = ""
    definition: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Ontology:
    """All labels, each group keyed by code in the order of the file."""

    version: str
    digest: str
    sections: Mapping[str, Label]
    metrics: Mapping[str, Label]
    topics: Mapping[str, Label]
    channels: Mapping[str, Label]
    units: Mapping[str, str]
    attributes: Mapping[str, tuple[str, ...]]
    counters: Mapping[str, str]

    def unit_of_counter(self, counter: str) -> str:
        """Unit of an `other_metric` by the counter as printed (guideline 2, rule 9)."""
        return self.counters.get(counter, counter)


def _labels(rows: list[dict[str, Any]], group: str, source: str) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for row in rows:
        try:
            label = Label(**row)
        except TypeError as error:
            raise OntologyError(f"{source}: a [[{group}]] entry is malformed: {error}") from error
        if label.code in labels:
            raise OntologyError(f"{source}: [[{group}]] {label.code} stands twice; keep one")
        labels[label.code] = label
    return labels


def read_ontology(path: Path) -> Ontology:
    """Read an ontology file.

    Args:
        path: A TOML file of the form of `gxnlp/data/ontology.toml`.

    Raises:
        OntologyError: The file is malformed; the message names the entry.
    """
    raw = path.read_bytes()
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: not a UTF-8 TOML file: {error}") from error
    groups = {
        group: _labels(data.get(group, []), group, str(path))
        for group in ("section", "metric", "topic", "channel")
    }
    if not groups["metric"]:
        raise OntologyError(f"{path}: no [[metric]] entry found; an ontology needs at least one")
    counters = {c: unit for unit, words in data.get("counters", {}).items() for c in words}
    return Ontology(
        version=str(data.get("version", "")),
        digest=hashlib.sha256(raw).hexdigest(),
        sections=groups["section"],
        metrics=groups["metric"],
        topics=groups["topic"],
        channels=groups["channel"],
        units=data.get("units", {}),
        attributes={name: tuple(values) for name, values in data.get("attributes", {}).items()},
        counters=counters,
    )


@lru_cache(maxsize=1)
def default_ontology() -> Ontology:
    """The ontology that ships with the package."""
    with_files = files("gxnlp") / "data" / "ontology.toml"
    return read_ontology(Path(str(with_files)))
