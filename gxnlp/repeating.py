"""Repeat a run from its `run.json`: the same inputs, options, model and labels, or a word on what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from gxnlp import batch
from gxnlp.errors import InputError
from gxnlp.export.run import read_run
from gxnlp.finishing import digest_of, prepare
from gxnlp.inputs import find_inputs
from gxnlp.model import choose_model
from gxnlp.ontology import default_ontology


def repeat(
    folder: Path,
    out: Path,
    *,
    workers: int = 1,
    on_outcome: Callable[[batch.Outcome], None] | None = None,
) -> tuple[batch.Summary, bool]:
    """Run again what a `run.json` records.

    Args:
        folder: Output folder of the run; paths in its record that are relative are so to the
            current folder.
        out: Folder to write into.
        workers: Number of processes.
        on_outcome: Called after each file.

    Returns:
        What became of the run, and whether the files read are byte for byte those of the first.

    Raises:
        InputError: There is no record, or version, model, labels, manifest or corrections are not those
            of the run; the message names them.
        OutputError: The folder cannot be written.
    """
    run = read_run(folder)
    options = run["options"]
    differing = list(_differences(run))
    if differing:
        raise InputError(f"this would not repeat {folder}: {'; '.join(differing)}")
    finishing = prepare(
        meta=_path(options.get("meta")),
        overrides=_path(options.get("overrides")),
        formats=options.get("formats", ()),
        excel=options.get("excel", False),
    )
    inputs = find_inputs(options["inputs"], exclude=out / batch.TEXTS, stdin=None)
    summary = batch.run(
        inputs,
        out,
        manner=batch.Manner(
            options["keep_text"],
            Path(options["model"]) if options["model"] else None,
            options["patterns_only"],
            options["timeout"],
            options["max_memory"],
        ),
        workers=workers,
        finishing=finishing,
        on_outcome=on_outcome,
    )
    return summary, summary.finished.record["inputs"] == run.get("inputs")


def _differences(run: Mapping[str, Any]) -> Iterator[str]:
    """What is not now as it was then."""
    options = run["options"]
    version = metadata.version("gxnlp")
    if run["gxnlp"] != version:
        yield f"gxnlp is {version}, was {run['gxnlp']}"
    if "-" in options["inputs"]:
        yield "standard input was read"
    model = choose_model(
        Path(options["model"]) if options["model"] else None, patterns_only=options["patterns_only"]
    )
    digests = {
        "the model": (model.digest if model else None, (run["model"] or {}).get("digest")),
        "the ontology": ((model.ontology if model else default_ontology()).digest, run["ontology"]["digest"]),
    }
    for name in ("meta", "overrides"):
        path = _path(options.get(name))
        if path is not None:
            digests[str(path)] = (digest_of(path), options[name]["sha256"])
    yield from (f"{name} is another" for name, (now, then) in digests.items() if now != then)


def _path(file: Mapping[str, str] | None) -> Path | None:
    return Path(file["path"]) if file else None
