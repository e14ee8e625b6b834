"""Many files into one output folder: workers, a row for every file, files put in place at the end."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import signal
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Literal

from gxnlp.errors import GxError, OutputError
from gxnlp.export import csv as csv_export
from gxnlp.export.run import run_record
from gxnlp.finishing import Finished, Finishing, finish
from gxnlp.formats import file_names
from gxnlp.inputs import Input, Inputs, printable
from gxnlp.model import Model, choose_model
from gxnlp.pipeline import ANNUAL_REPORT, read_report
from gxnlp.records import Document, Report, ReportInfo

CHUNK = 32
"""Files a worker is handed at once: chunks of 1 lose a third of the gain of two workers."""

MAX_FAILURES = 20
"""Failures that a summary keeps, so that memory stays flat; `reports.csv` has them all."""

FAILED: Literal["failed"] = "failed"
TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, without its rows."""

    report_id: str
    source: str
    kind: str
    status: str
    message: str
    chars: int = 0
    sections: int = 0
    metrics: int = 0
    statements: int = 0


@dataclass(slots=True)
class Summary:
    """What became of a run.

    Attributes:
        statuses: Number of files by status (`ok`, `partial`, `failed`).
        others: How many of those read are no annual reports.
        chars: Characters of normalised text.
        sections: Rows of `sections.csv`; so for `metrics` and `statements`.
        failures: The first files that failed, at most `MAX_FAILURES`.
        finished: What became of the files at the end of the run.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    others: int = 0
    chars: int = 0
    sections: int = 0
    metrics: int = 0
    statements: int = 0
    failures: list[Outcome] = field(default_factory=list)
    finished: Finished = field(default_factory=Finished)

    def add(self, outcome: Outcome) -> None:
        """Count one file."""
        self.statuses[outcome.status] += 1
        self.others += outcome.status != FAILED and outcome.kind != ANNUAL_REPORT
        self.chars += outcome.chars
        self.sections += outcome.sections
        self.metrics += outcome.metrics
        self.statements += outcome.statements
        if outcome.status == FAILED and len(self.failures) < MAX_FAILURES:
            self.failures.append(outcome)


@dataclass(frozen=True, slots=True)
class _Rendered:
    """The rows of one report as they go into the files."""

    outcome: Outcome
    rows: dict[str, bytes]
    text: bytes | None


@dataclass(frozen=True, slots=True)
class _Manner:
    """How files are read, small enough to be sent to every process."""

    keep_text: bool
    model_path: Path | None
    patterns_only: bool

    def model(self) -> Model | None:
        """The model, loaded once a process."""
        return choose_model(self.model_path, patterns_only=self.patterns_only)


def run(
    inputs: Inputs,
    out: Path,
    *,
    keep_text: bool = False,
    workers: int = 1,
    model: Path | None = None,
    patterns_only: bool = False,
    finishing: Finishing | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Read all inputs and write the files of the output contract into a folder.

    The rows go to a hidden folder in `out` as they come and are put in place at the end, so
    that a run that is stopped leaves the files of an earlier one as they were.

    Args:
        inputs: What to read.
        out: The folder; made where it is missing.
        keep_text: Whether to write `texts/REPORT_ID.txt` too.
        workers: Number of processes; the files written are the same whatever it is.
        model: Folder of a trained model; the one that ships where it is left out.
        patterns_only: Whether to read without a model.
        finishing: What is done to the files at the end; the panel and its codebook where it is left out.
        on_outcome: Called after each file, in the order of the rows.

    Raises:
        OutputError: The folder cannot be written.
        ModelError: The model is none, is damaged or was made for other labels.
    """
    manner = _Manner(keep_text, model, patterns_only)
    learned = manner.model()  # a model that cannot be used stops the run before it begins
    started = datetime.now(UTC)
    summary = Summary()
    try:
        with _staging(out) as stage:
            for rendered in _write_rows(stage, _render_all(inputs.files, manner, workers)):
                summary.add(rendered.outcome)
                if on_outcome:
                    on_outcome(rendered.outcome)
            finishing = finishing or Finishing()
            summary.finished = finish(stage, finishing, learned)
            options = {
                "inputs": inputs.names,
                "out": str(out),
                "keep_text": keep_text,
                "workers": workers,
                "model": str(model) if model else None,
                "patterns_only": patterns_only,
                **finishing.options(),
            }
            counts = _counts(inputs, summary)
            record = run_record(options, counts, started, learned, summary.finished.record)
            (stage / "run.json").write_text(record, encoding="utf-8")
            _put_in_place(stage, out)
    except OSError as error:
        raise OutputError(f"cannot write to {printable(str(out))}: {error.strerror or error}") from error
    return summary


def _failed(item: Input, message: str, data: bytes = b"") -> Report:
    return Report(
        report_id=item.report_id,
        source=printable(item.source),
        sha256=hashlib.sha256(data).hexdigest() if data else "",
        format=PurePath(item.name).suffix.lower().lstrip("."),
        info=ReportInfo(kind=""),
        document=Document.from_text(""),
        status=FAILED,
        message=message,
    )


def _render(report: Report, keep_text: bool) -> _Rendered:
    outcome = Outcome(
        report_id=report.report_id,
        source=report.source,
        kind=report.info.kind,
        status=report.status,
        message=report.message,
        chars=len(report.document.text),
        sections=len(report.sections),
        metrics=len(report.metrics),
        statements=len(report.statements),
    )
    rows = {name: lines.encode() for name, lines in csv_export.rows(report).items()}
    keep_text = keep_text and report.status != FAILED
    return _Rendered(outcome, rows, report.document.text.encode() if keep_text else None)


def _render_item(item: Input, manner: _Manner) -> _Rendered:
    """Read one input; whatever goes wrong becomes a row of status `failed` with its message."""
    data = b""
    try:
        data = item.read()
        source = printable(item.source)
        report = read_report(
            data, name=item.name, report_id=item.report_id, source=source, model=manner.model()
        )
        return _render(report, manner.keep_text)
    except GxError as error:
        message = str(error).removeprefix(f"{item.name}: ")  # the row names the file already
    except Exception as error:  # a bug costs its own row, never the run
        message = f"internal error, please report it: {type(error).__name__}: {error}"
    return _render(_failed(item, message, data), manner.keep_text)


def _render_chunk(chunk: Sequence[Input], manner: _Manner) -> list[_Rendered]:
    return [_render_item(item, manner) for item in chunk]


def _render_all(files: Sequence[Input], manner: _Manner, workers: int) -> Iterator[_Rendered]:
    """Render every file in order, a bounded number of chunks ahead of what is taken."""
    size = max(1, min(CHUNK, len(files) // (workers * 4)))
    chunks = deque(files[i : i + size] for i in range(0, len(files), size))
    if workers == 1 or len(chunks) == 1:
        while chunks:
            yield from _render_chunk(chunks.popleft(), manner)
    while chunks:
        yield from _render_in_pool(chunks, manner, workers)


def _render_in_pool(chunks: deque[Sequence[Input]], manner: _Manner, workers: int) -> Iterator[_Rendered]:
    """Render chunks in worker processes until none is left or a worker dies.

    The chunks that were under way when one died are then read file by file, each in a process
    of its own, so that only the file that kills its process fails.
    """
    pool = ProcessPoolExecutor(min(workers, len(chunks)), initializer=_die_quietly)
    pending: deque[tuple[Sequence[Input], Future[list[_Rendered]]]] = deque()
    try:
        while chunks or pending:
            while chunks and len(pending) < workers * 2:
                pending.append((chunks[0], pool.submit(_render_chunk, chunks[0], manner)))
                chunks.popleft()
            done = pending[0][1].result()
            pending.popleft()
            yield from done
    except BrokenProcessPool:
        pool.shutdown()  # its thread must be gone before another process is forked
        for chunk, _ in pending:
            yield from (_render_alone(item, manner) for item in chunk)
    finally:
        pool.shutdown(cancel_futures=True)


def _render_alone(item: Input, manner: _Manner) -> _Rendered:
    with ProcessPoolExecutor(1, initializer=_die_quietly) as pool:
        try:
            return pool.submit(_render_chunk, [item], manner).result()[0]
        except BrokenProcessPool:
            died = _failed(item, "the process that read this file died; out of memory?")
            return _render(died, manner.keep_text)


def _die_quietly() -> None:
    """On Ctrl-C let a worker end without a trace; the parent says what there is to say."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".gxnlp-", dir=out))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _write_rows(stage: Path, rendered: Iterable[_Rendered]) -> Iterator[_Rendered]:
    (stage / TEXTS).mkdir()
    with ExitStack() as stack:
        files = {name: stack.enter_context((stage / f"{name}.csv").open("wb")) for name in csv_export.COLUMNS}
        for name, file in files.items():
            file.write(csv_export.header(name).encode())
        for item in rendered:
            for name, file in files.items():
                file.write(item.rows[name])
            if item.text is not None:
                (stage / TEXTS / f"{item.outcome.report_id}.txt").write_bytes(item.text)
            yield item


def _put_in_place(stage: Path, out: Path) -> None:
    """Move the files of the run to the output folder; what an earlier run left would mislead, so it goes."""
    for old in (*_earlier_texts(out), *(out / name for name in file_names())):
        old.unlink(missing_ok=True)
    texts = sorted((stage / TEXTS).iterdir())
    if texts:
        (out / TEXTS).mkdir(exist_ok=True)
    for path in texts:
        os.replace(path, out / TEXTS / path.name)  # noqa: PTH105 (over an existing file)
    for path in sorted(stage.iterdir()):
        if path.is_file():
            os.replace(path, out / path.name)  # noqa: PTH105


def _earlier_texts(out: Path) -> list[Path]:
    """The texts that an earlier run wrote, by its own `reports.csv`; nothing else is touched."""
    table = out / "reports.csv"
    if not table.is_file() or not (out / TEXTS).is_dir():
        return []
    with table.open(encoding="utf-8-sig", errors="replace", newline="") as source:
        ids = {row.get("report_id") or "" for row in csv.DictReader(source)}
    return [path for path in (out / TEXTS).iterdir() if path.suffix == ".txt" and path.stem in ids]


def _counts(inputs: Inputs, summary: Summary) -> dict[str, object]:
    return {
        "files": len(inputs.files),
        **{status: summary.statuses[status] for status in ("ok", "partial", FAILED)},
        "other_documents": summary.others,
        "chars": summary.chars,
        "sections": summary.sections,
        "metrics": summary.metrics,
        "statements": summary.statements,
        "skipped": inputs.skipped,
    }
