"""Many files into one output folder: workers, a row for every file, files put in place at the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gxnlp.batch.pool import check_limits, render_all
from gxnlp.batch.rendering import FAILED, Manner, Outcome, Summary
from gxnlp.batch.stage import FOLDER, TEXTS, Stage, open_stage
from gxnlp.errors import GxError, OutputError
from gxnlp.export import csv as csv_export
from gxnlp.export.run import run_record, version
from gxnlp.finishing import Finishing, finish
from gxnlp.inputs import Inputs, printable
from gxnlp.model import Model
from gxnlp.ontology import default_ontology

__all__ = ["FAILED", "TEXTS", "Manner", "Outcome", "StoppedError", "Summary", "run"]


_PLAINLY = Manner()


class StoppedError(GxError):
    """A file failed in a run that is to stop at the first failure."""


def run(
    inputs: Inputs,
    out: Path,
    *,
    manner: Manner = _PLAINLY,
    workers: int = 1,
    strict: bool = False,
    resume: bool = False,
    finishing: Finishing | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Read all inputs and write the files of the output contract into a folder.

    The rows go to a hidden folder in `out` as they come and are put in place at the end, so
    that a run that is stopped leaves the files of an earlier one as they were. The hidden folder
    of a run that is stopped stays, and `resume` goes on with it: the rows are the same as if it
    had never been stopped.

    Args:
        inputs: What to read.
        out: The folder; made where it is missing.
        manner: How to read: with what model, within what limits, and whether to keep the texts.
        workers: Number of processes; the files written are the same whatever it is.
        strict: Whether to stop at the first file that fails.
        resume: Whether to go on with a run that was stopped. Files that have changed since, and
            all behind the first of them, are read anew.
        finishing: What is done to the files at the end; the panel and its codebook where it is left out.
        on_outcome: Called after each file, in the order of the rows.

    Raises:
        OutputError: The folder cannot be written, or holds a stopped run of another kind.
        InputError: A limit is asked for that this system cannot keep.
        ModelError: The model is none, is damaged or was made for other labels.
        StoppedError: A file failed, and `strict` is set.
    """
    check_limits(manner)
    learned = manner.model()  # a model that cannot be used stops the run before it begins
    options = {
        "inputs": inputs.names,
        "out": str(out),
        "keep_text": manner.keep_text,
        "workers": workers,
        "model": str(manner.model_path) if manner.model_path else None,
        "patterns_only": manner.patterns_only,
        "timeout": manner.timeout,
        "max_memory": manner.max_memory,
        "strict": strict,
        "resume": resume,
    }
    finishing = finishing or Finishing()
    inputs = _with_kinds(inputs, finishing)
    options |= finishing.options()
    started = datetime.now(UTC)
    try:
        with open_stage(out, _terms(manner, learned), inputs.files, resume=resume) as stage:
            summary = _read(inputs, manner, stage, workers, strict=strict, on_outcome=on_outcome)
            if not stage.committed:
                summary.finished = finish(stage.finishing_folder(), finishing, learned, texts=stage.texts)
                counts = _counts(inputs, summary)
                stage.commit(run_record(options, counts, started, learned, summary.finished.record))
            stage.put_in_place()
    except OSError as error:
        left = os.path.isdir(out / FOLDER)  # noqa: PTH112 (which raises nothing)
        hint = "; when that is mended, --resume goes on with what was read" if left else ""
        raise OutputError(
            f"cannot write to {printable(str(out))}: {error.strerror or error}{hint}"
        ) from error
    return summary


def _read(
    inputs: Inputs,
    manner: Manner,
    stage: Stage,
    workers: int,
    *,
    strict: bool,
    on_outcome: Callable[[Outcome], None] | None,
) -> Summary:
    """Read what the stage has not yet, and write the rows to it."""
    summary = Summary(resumed=stage.done)
    for outcome in stage.outcomes():
        summary.add(outcome)
        if on_outcome:
            on_outcome(outcome)
    left = inputs.files[stage.done :]
    for item, rendered in zip(left, render_all(left, manner, workers), strict=True):
        outcome = rendered.outcome
        if strict and outcome.status == FAILED:
            raise StoppedError(
                f"stopped at the first failure, {outcome.source}: {outcome.message}. "
                f"{len(inputs.files)} files were to be read; mend it or take it away and go on with --resume"
            )
        stage.append(item, rendered)
        summary.add(outcome)
        if on_outcome:
            on_outcome(outcome)
    return summary


def _with_kinds(inputs: Inputs, finishing: Finishing) -> Inputs:
    """The inputs with what the manifest says that they are, which decides how they are read."""
    manifest = finishing.manifest
    if manifest is None or not manifest.tells_kinds:
        return inputs
    files = (
        replace(item, kind=manifest.kind_of(printable(item.source), item.report_id)) for item in inputs.files
    )
    return replace(inputs, files=tuple(files))


def _terms(manner: Manner, model: Model | None) -> dict[str, Any]:
    """What the rows depend on beside the files that are read."""
    return {
        "gxnlp version": version(),
        "columns": {name: list(columns) for name, columns in csv_export.COLUMNS.items()},
        "model": model.digest if model else None,
        "ontology": (model.ontology if model else default_ontology()).digest,
        "--keep-text": manner.keep_text,
    }


def _counts(inputs: Inputs, summary: Summary) -> dict[str, object]:
    return {
        "files": len(inputs.files),
        **{status: summary.statuses[status] for status in ("ok", "partial", FAILED)},
        "resumed": summary.resumed,
        "other_documents": summary.others,
        "chars": summary.chars,
        "sections": summary.sections,
        "metrics": summary.metrics,
        "statements": summary.statements,
        "skipped": inputs.skipped,
    }
