"""The labels of gxnlp, read from `data/ontology.toml`: the single source of them.

A researcher's own labels extend it (`extend_ontology`) and hold while `use_ontology` is open,
which is how a model that was trained on them brings them along.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gxnlp.errors import OntologyError
from gxnlp.untrusted import parse_toml, read_limited

_EXTENDED = ("metric", "topic", "channel")
_CODE = re.compile(r"[a-z][a-z0-9_.]*")


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
    """All labels, each group keyed by code in the order of the file.

    Attributes:
        digest: SHA-256 of the file, or of the files that it was put together from.
        subjects: What annual reports are on beside information disclosure, as their titles word
            it (法治政府建设).
    """

    version: str
    digest: str
    sections: Mapping[str, Label]
    metrics: Mapping[str, Label]
    topics: Mapping[str, Label]
    channels: Mapping[str, Label]
    units: Mapping[str, str]
    attributes: Mapping[str, tuple[str, ...]]
    counters: Mapping[str, str]
    subjects: tuple[str, ...] = ()

    def unit_of_counter(self, counter: str) -> str:
        """Unit of an `other_metric` by the counter as printed (guideline 2, rule 9); 场次 goes with 场."""
        simple = counter.removesuffix("次") or counter
        return self.counters.get(counter) or self.counters.get(simple, counter)


_IN_USE: ContextVar[Ontology | None] = ContextVar("ontology in use", default=None)


def _labels(rows: list[dict[str, Any]], group: str, source: str) -> dict[str, Label]:
    if not isinstance(rows, list):
        raise OntologyError(f"{source}: {group} is no list of entries; each begins with [[{group}]]")
    labels: dict[str, Label] = {}
    for row in rows:
        try:
            label = Label(**row)
        except TypeError as error:
            raise OntologyError(f"{source}: a [[{group}]] entry is malformed: {error}") from error
        for name, value in row.items():
            kind, told = (int, "number") if name == "level" else (str, "text")
            if type(value) is not kind:
                raise OntologyError(f"{source}: [[{group}]] {row['code']!r}: {name} is no {told}")
        if label.code in labels:
            raise OntologyError(f"{source}: [[{group}]] {label.code} stands twice; keep one")
        labels[label.code] = label
    return labels


def _load(path: Path) -> tuple[dict[str, Any], bytes]:
    try:
        raw = read_limited(path)
        return parse_toml(raw), raw
    except ValueError as error:
        raise OntologyError(f"{path}: not a UTF-8 TOML file: {error}") from error


def read_ontology(path: Path) -> Ontology:
    """Read an ontology file.

    Args:
        path: A TOML file of the form of `gxnlp/data/ontology.toml`.

    Raises:
        OntologyError: The file is malformed; the message names the entry.
    """
    data, raw = _load(path)
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


def extend_ontology(path: Path) -> Ontology:
    """Extend the ontology that ships with the package by the labels of a file.

    Args:
        path: A TOML file of `[[metric]]`, `[[topic]]` and `[[channel]]` entries like those of
            `gxnlp/data/ontology.toml`, and `[report] subjects = ["法治政府建设"]`: what the annual
            reports are on, as their titles word it.

    Raises:
        OntologyError: The file is missing or malformed, or a label exists; the message names it.
    """
    try:
        data, raw = _load(path)
    except OSError as error:
        raise OntologyError(f"cannot read {path}: {error.strerror or error}") from error
    base = shipped_ontology()
    unknown = data.keys() - {*_EXTENDED, "report"}
    if unknown:
        raise OntologyError(f"{path}: {min(unknown)} cannot be extended, only {', '.join(_EXTENDED)}, report")
    groups = {group: _new_labels(data.get(group, []), group, path, base) for group in _EXTENDED}
    return replace(
        base,
        digest=hashlib.sha256(base.digest.encode() + raw).hexdigest(),
        metrics=groups["metric"],
        topics=groups["topic"],
        channels=groups["channel"],
        subjects=_subjects(data.get("report", {}), path),
    )


def _new_labels(rows: list[dict[str, Any]], group: str, path: Path, base: Ontology) -> dict[str, Label]:
    known: Mapping[str, Label] = getattr(base, f"{group}s")
    labels = _labels(rows, group, str(path))
    for label in labels.values():
        if label.code in known:
            raise OntologyError(f"{path}: [[{group}]] {label.code} ships with gxnlp; choose another code")
        if not _CODE.fullmatch(label.code):
            raise OntologyError(f"{path}: [[{group}]] code {label.code!r}; use letters, digits, _ and .")
        if label.unit and label.unit not in base.units:
            raise OntologyError(
                f"{path}: {label.code} has unit {label.unit!r}; use one of {', '.join(base.units)}"
            )
    return {**known, **labels}


def _subjects(report: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    subjects = report.get("subjects", []) if isinstance(report, dict) else None
    words = isinstance(subjects, list) and all(isinstance(s, str) and len(s) > 1 for s in subjects)
    if subjects is None or not words or report.keys() - {"subjects"}:
        raise OntologyError(f"{path}: [report] takes `subjects`, a list of words of two characters or more")
    return tuple(subjects)


@lru_cache(maxsize=1)
def shipped_ontology() -> Ontology:
    """The ontology that ships with the package."""
    with_files = files("gxnlp") / "data" / "ontology.toml"
    return read_ontology(Path(str(with_files)))


def default_ontology() -> Ontology:
    """The ontology in use: that of `use_ontology`, else the one that ships with the package."""
    return _IN_USE.get() or shipped_ontology()


@contextmanager
def use_ontology(ontology: Ontology) -> Iterator[None]:
    """Let `default_ontology` give this one, in this thread, until the block ends."""
    token = _IN_USE.set(ontology)
    try:
        yield
    finally:
        _IN_USE.reset(token)
