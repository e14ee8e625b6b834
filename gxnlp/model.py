"""A trained model as a folder: read, checked and written.

    meta.json      format, versions, ontology, corpus, seed, scores, SHA-256 of every other file
    config.cfg     the full configuration that it was trained with
    README.md      the model card
    ontology.toml  labels of its own, where it has some
    metrics/       the metric model
    statements/    the statement model

Loading runs no code: arrays and text alone. A folder whose files are not those that its
`meta.json` lists, or that was trained for other labels, is refused.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from gxnlp.errors import ModelError, OntologyError
from gxnlp.learned.metric_model import MetricModel
from gxnlp.learned.statement_model import StatementModel
from gxnlp.ontology import Ontology, extend_ontology, shipped_ontology
from gxnlp.untrusted import digest_of_part, parse_json, read_limited

FORMAT = 1
"""Version of the folder's format."""
META, CONFIG, CARD, ONTOLOGY = "meta.json", "config.cfg", "README.md", "ontology.toml"
_METRICS, _STATEMENTS = "metrics", "statements"


@dataclass(frozen=True, slots=True)
class Model:
    """The learned extractors with what is known of them.

    Attributes:
        metrics: The metric model; `None` leaves the metrics to the patterns.
        statements: The statement model; `None` leaves the statements to the rules.
        ontology: The labels that it was trained for; extraction runs in `use_ontology` of it.
        name: Name of its folder.
        digest: SHA-256 of its `meta.json`, which has those of all other files.
        meta: What `meta.json` says.
    """

    metrics: MetricModel | None
    statements: StatementModel | None
    ontology: Ontology
    name: str = ""
    digest: str = ""
    meta: Mapping[str, Any] | None = None


def default_model() -> Path | None:
    """Folder of the model that ships: in the package, else in a checkout; `None` where there is none."""
    package = Path(str(files("gxnlp")))
    places = [package / "_models" / "default"]
    if (package.parent / "pyproject.toml").is_file():
        places.append(package.parent / "models" / "default")
    return next((place for place in places if (place / META).is_file()), None)


def load_model(path: Path | None = None, *, with_examples: bool = False) -> Model | None:
    """Load a model.

    Args:
        path: Its folder; `None` means the one that ships.
        with_examples: Whether to read its training examples too, for adaptation.

    Returns:
        The model, or `None` where none is named and none ships: the patterns stand alone.

    Raises:
        ModelError: The folder is no model, is damaged, or was made for another format or ontology.
    """
    folder = path or default_model()
    if folder is None:
        return None
    meta, digest = _read_meta(folder)
    _check_files(folder, meta)
    return Model(
        metrics=_metrics(folder / _METRICS, with_examples),
        statements=_statements(folder / _STATEMENTS, with_examples),
        ontology=_ontology(folder, meta),
        name=folder.resolve().name,
        digest=digest,
        meta=meta,
    )


@lru_cache(maxsize=4)
def choose_model(path: Path | None, *, patterns_only: bool) -> Model | None:
    """The model to read with, loaded once a process.

    Args:
        path: Folder of a model; `None` means the one that ships.
        patterns_only: Whether to leave the learned extractors out.

    Raises:
        ModelError: The model is none, is damaged or was made for other labels.
    """
    return None if patterns_only else load_model(path)


def _metrics(folder: Path, with_examples: bool) -> MetricModel | None:
    return MetricModel.from_disk(folder, with_examples=with_examples) if folder.is_dir() else None


def _statements(folder: Path, with_examples: bool) -> StatementModel | None:
    return StatementModel.from_disk(folder, with_examples=with_examples) if folder.is_dir() else None


def _read_meta(folder: Path) -> tuple[dict[str, Any], str]:
    try:
        raw = read_limited(folder / META)
        meta = parse_json(raw)
    except OSError as error:
        raise ModelError(
            f"{folder}: no model is there ({META}: {error.strerror or error}); "
            "expected a folder that `gxnlp train` wrote"
        ) from error
    except ValueError as error:
        raise ModelError(f"{folder}: {META} is damaged ({error}); train the model again") from error
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        found = meta.get("format") if isinstance(meta, dict) else meta
        raise ModelError(f"{folder}: found format {found}, expected {FORMAT}; train it again")
    if not isinstance(meta.get("files"), dict) or not isinstance(meta.get("ontology"), dict):
        raise ModelError(f"{folder}: {META} lists no files or no ontology; train the model again")
    if not _has_sound_scores(meta):
        raise ModelError(f"{folder}: the scores in {META} are malformed; train the model again")
    return meta, hashlib.sha256(raw).hexdigest()


def _has_sound_scores(meta: Mapping[str, Any]) -> bool:
    """Whether the scores, which the codebook tells, are those that training writes."""
    try:
        counts = [
            count
            for groups in (meta.get("labels") or {}).values()
            for labels in groups.values()
            for count in labels.values()
        ]
        systems = [found["both"]["reports"] for found in meta.get("scores", {}).values() if "both" in found]
        return all(map(isfinite, systems)) and all(
            type(right) is int and 0 <= right <= min(found, wanted) for right, found, wanted in counts
        )
    except (TypeError, ValueError, AttributeError, KeyError):
        return False


def _check_files(folder: Path, meta: Mapping[str, Any]) -> None:
    found = _digests(folder)
    for name in sorted(meta["files"].keys() | found.keys()):
        if found.get(name) != meta["files"].get(name):
            state = "is missing" if name not in found else "is not the file that was trained"
            raise ModelError(f"{folder}: {name} {state}, by {META}; get the model anew or train it again")


def _digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file that belongs to a model, by its path in the folder."""
    names = [folder / name for name in (CONFIG, CARD, ONTOLOGY)]
    parts = [path for part in (_METRICS, _STATEMENTS) for path in sorted((folder / part).glob("*"))]
    present = [path for path in (*names, *parts) if path.is_file()]
    try:
        return {path.relative_to(folder).as_posix(): digest_of_part(path) for path in present}
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: cannot read the model ({error})") from error


def _ontology(folder: Path, meta: Mapping[str, Any]) -> Ontology:
    own = folder / ONTOLOGY
    try:
        ontology = extend_ontology(own) if own.is_file() else shipped_ontology()
    except OntologyError as error:
        raise ModelError(f"its labels do not go with this version of gxnlp: {error}") from error
    trained = meta["ontology"]
    if trained.get("digest") != ontology.digest:
        raise ModelError(
            f"{folder}: trained for ontology {trained.get('version')} ({str(trained.get('digest'))[:12]}), "
            f"this gxnlp has {ontology.version} ({ontology.digest[:12]}); train it again"
        )
    return ontology


def save_model(model: Model, folder: Path, texts: Mapping[str, str], meta: Mapping[str, Any]) -> None:
    """Write a model; its folder appears as a whole or not at all.

    Args:
        model: The parts, with their examples.
        folder: Where to; a model that stands there is replaced, anything else is left alone.
        texts: Contents of `config.cfg`, `README.md` and, where it has labels of its own, `ontology.toml`.
        meta: What `meta.json` says beside format, labels and the digests of the files.

    Raises:
        ModelError: Something else stands at `folder`, or it cannot be written.
    """
    check_target(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".gxnlp-", dir=folder.parent) as stage:
            new, old = Path(stage, "new"), Path(stage, "old")
            _write(model, new, texts, meta)
            _replace(folder, new, old)
    except OSError as error:
        raise ModelError(f"cannot write {folder}: {error.strerror or error}") from error


def _replace(folder: Path, new: Path, old: Path) -> None:
    """Put `new` where `folder` is, which goes to `old`, and comes back where that fails."""
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise


def check_target(folder: Path) -> None:
    """Refuse a folder that may not be replaced by a model.

    Raises:
        ModelError: It holds files and is no model, or is no folder.
    """
    if folder.exists() and not (folder.is_dir() and ((folder / META).is_file() or not any(folder.iterdir()))):
        raise ModelError(f"{folder} is there and is no model; name another folder")


def _write(model: Model, folder: Path, texts: Mapping[str, str], meta: Mapping[str, Any]) -> None:
    for name, part in ((_METRICS, model.metrics), (_STATEMENTS, model.statements)):
        if part is not None:
            (folder / name).mkdir(parents=True)
            part.to_disk(folder / name)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    ontology = model.ontology
    labels = {group: list(getattr(ontology, group)) for group in ("metrics", "topics", "channels")}
    record = {
        "format": FORMAT,
        "ontology": {"version": ontology.version, "digest": ontology.digest, **labels},
        **meta,
        "files": _digests(folder),
    }
    (folder / META).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
