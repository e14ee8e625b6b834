"""`gxnlp extract`: reports in, CSV files out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gxnlp.cli.console import SOME_FAILED, WRONG_USAGE, mistakes_exit, stderr, stdout, unheard_is_fine

if TYPE_CHECKING:
    from gxnlp.batch import Outcome, Summary
    from gxnlp.inputs import Inputs

_SHOWN_FAILURES = 5
_SHOWN_CONFLICTS = 5
_REFRESH_SECONDS = 0.1

InputNames = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Files, folders, quoted globs, or - for standard input."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Processes to read with (default: one a processor)."),
]


def extract(
    inputs: InputNames,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="OUT", help="Folder to write into; made if missing.")
    ],
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Write texts/REPORT_ID.txt, the text that offsets are into.")
    ] = False,
    workers: Workers = None,
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="MODEL", help="A trained model's folder (default: the shipped one)."),
    ] = None,
    patterns_only: Annotated[
        bool, typer.Option("--patterns-only", help="Read by the patterns alone, without a model.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run into OUT that was stopped or killed.")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", min=0, metavar="SECONDS", help="A file that takes longer fails (0: no limit)."
        ),
    ] = 300,
    max_memory: Annotated[
        int,
        typer.Option(
            "--max-memory", min=0, metavar="MB", help="A file that takes more memory fails (0: no limit)."
        ),
    ] = 2000 if sys.platform == "linux" else 0,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first file that fails.")] = False,
    meta: Annotated[
        Path | None,
        typer.Option(
            "--meta", metavar="FILE", help="CSV file of what you know of the files: file, agency, year …"
        ),
    ] = None,
    overrides: Annotated[
        Path | None, typer.Option("--overrides", metavar="FILE", help="CSV file of corrections by hand.")
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAMES", help="csv, parquet, xlsx, dta, duckdb, jsonl; joined by commas."
        ),
    ] = "csv",
    excel: Annotated[
        bool,
        typer.Option("--excel", help="Write the CSV files for Excel: with a byte order mark, no formulas."),
    ] = False,
) -> None:
    """Read reports and write what they say as CSV files: rows, a panel by agency and year, a codebook.

    Exit code 0: every file was read, if only in part. 1: some could not be read. 2: wrong usage.
    """
    from gxnlp import batch, finishing
    from gxnlp.errors import InputError

    names = [name.strip() for name in formats.split(",") if name.strip()]
    with mistakes_exit(WRONG_USAGE):
        to_do = finishing.prepare(meta=meta, overrides=overrides, formats=names, excel=excel)
    found = find(inputs, out)
    started = time.monotonic()
    with mistakes_exit(WRONG_USAGE), _progress(len(found.files)) as on_outcome:
        if model is not None and patterns_only:
            raise InputError("--model and --patterns-only exclude each other; leave one out")
        try:
            summary = batch.run(
                found,
                out,
                manner=batch.Manner(keep_text, model, patterns_only, timeout or None, max_memory or None),
                workers=workers or processors(),
                strict=strict,
                resume=resume,
                finishing=to_do,
                on_outcome=on_outcome,
            )
        except batch.StoppedError as error:
            stderr().print(f"gxnlp: {error}", style="red")
            raise typer.Exit(SOME_FAILED) from error
    with unheard_is_fine():
        _print_summary(summary, found, out, keep_text, time.monotonic() - started)
    if summary.statuses[batch.FAILED]:
        raise typer.Exit(SOME_FAILED)


def find(names: list[str], out: Path) -> Inputs:
    """What a command is to read; where that is nothing, the command ends with a message."""
    from gxnlp.batch import TEXTS
    from gxnlp.errors import InputError
    from gxnlp.inputs import find_inputs

    stdin = sys.stdin.buffer if sys.stdin is not None else None
    with mistakes_exit(WRONG_USAGE):
        found = find_inputs(names, exclude=out / TEXTS, stdin=stdin)
        if not found.files:
            raise InputError(
                f"nothing to read in {' '.join(found.names)}: {_skipped(found) or 'no file is there'}; "
                "expected PDF, web pages, Word (.docx), text (.txt) or Markdown"
            )
    return found


def processors() -> int:
    """Processors that this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Outcome], None] | None]:
    """A progress bar on standard error, where that is a terminal; drawn without a thread."""
    console = stderr()
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("reading", total=total)
        drawn = 0.0

        def advance(_: Outcome) -> None:
            nonlocal drawn
            progress.advance(task)
            if time.monotonic() - drawn >= _REFRESH_SECONDS:
                progress.refresh()
                drawn = time.monotonic()

        yield advance


def _print_summary(summary: Summary, found: Inputs, out: Path, keep_text: bool, seconds: float) -> None:
    from gxnlp.batch import TEXTS
    from gxnlp.export.csv import COLUMNS

    console = stdout()
    statuses = ", ".join(f"{summary.statuses[status]} {status}" for status in ("ok", "partial", "failed"))
    console.print(f"{summary.statuses.total()} files: {statuses} ({seconds:.1f} s)", style="bold")
    console.print(
        f"{summary.metrics} metrics, {summary.statements} statements, {summary.sections} sections "
        f"in {summary.chars} characters"
    )
    if summary.others:
        what = "is no annual report" if summary.others == 1 else "are no annual reports"
        words = f"{summary.others} of them {what}: kind `other` in reports.csv, nothing extracted"
        console.print(words, soft_wrap=True)
    if found.skipped:
        console.print(_skipped(found))
    names = [f"{name}.csv" for name in COLUMNS] + summary.finished.files
    names += ["run.json"] + [f"{TEXTS}/"] * keep_text
    _print_corrections(summary.finished.record)
    console.print(f"written to {out}: {' '.join(names)}", soft_wrap=True)
    for failure in summary.failures[:_SHOWN_FAILURES]:
        console.print(f"failed: {failure.source}: {failure.message}", style="red", soft_wrap=True)
    if summary.statuses["failed"] > _SHOWN_FAILURES:
        console.print(
            f"and {summary.statuses['failed'] - _SHOWN_FAILURES} more: see reports.csv", style="red"
        )


def _print_corrections(record: Mapping[str, Any]) -> None:
    """Tell what became of the manifest and of the corrections, and what did not fit."""
    console = stdout()
    meta, overrides = record.get("meta"), record.get("overrides")
    if meta:
        console.print(
            f"--meta: {meta['matched']} files, {len(meta['conflicts'])} conflicts with what was read"
        )
        for row in meta["conflicts"][:_SHOWN_CONFLICTS]:
            words = f"{row['report_id']}: {row['column']} is {row['given']}, was read as {row['read']}"
            console.print(words, soft_wrap=True)
        _print_unmatched("--meta names no input", meta["unmatched"])
        _print_unmatched("--meta names several inputs at once", meta["ambiguous"])
        _print_unmatched("--meta has columns that reports.csv does not have", meta["ignored_columns"])
    if overrides:
        console.print(f"--overrides: {overrides['applied']} corrections")
        _print_unmatched("--overrides did not fit", overrides["unmatched"])


def _print_unmatched(words: str, names: Sequence[str]) -> None:
    if names:
        more = " …" if len(names) > _SHOWN_CONFLICTS else ""
        listed = "; ".join(names[:_SHOWN_CONFLICTS])
        stdout().print(f"{words} ({len(names)}): {listed}{more}", style="yellow", soft_wrap=True)


def _skipped(found: Inputs) -> str:
    if not found.skipped:
        return ""
    counts = ", ".join(f"{count} {suffix}" for suffix, count in found.skipped.items())
    return f"passed over, by suffix: {counts}"
