"""One file → its rows, whatever becomes of it: what a worker process does, and what it sends back."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Literal

from gxnlp.errors import GxError
from gxnlp.export import csv as csv_export
from gxnlp.finishing import Finished
from gxnlp.inputs import MAX_BYTES, Input, printable
from gxnlp.model import Model, choose_model
from gxnlp.pipeline import ANNUAL_REPORT, read_report
from gxnlp.records import Document, Report, ReportInfo

FAILED: Literal["failed"] = "failed"

MAX_FAILURES = 20
"""Failures that a summary keeps, so that memory stays flat; `reports.csv` has them all."""


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
        resumed: Files whose rows an earlier run had made.
        finished: What became of the files at the end of the run.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    others: int = 0
    chars: int = 0
    sections: int = 0
    metrics: int = 0
    statements: int = 0
    failures: list[Outcome] = field(default_factory=list)
    resumed: int = 0
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
class Rendered:
    """The rows of one report as they go into the files.

    Attributes:
        outcome: What became of it.
        rows: Its lines by the name of the file that they go to.
        text: Its normalised text, where it is to be kept.
        sha256: Digest of the file's content; empty where it could not be read.
    """

    outcome: Outcome
    rows: dict[str, bytes]
    text: bytes | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are read, small enough to be sent to every process.

    Attributes:
        keep_text: Whether the text goes along with the rows.
        model_path: Folder of a model; `None` means the one that ships.
        patterns_only: Whether to read without a model.
        timeout: Seconds that a file may take, `None` for no limit.
        max_memory: Megabytes that a file may take beyond what the program itself has; `None` for no limit.
    """

    keep_text: bool = False
    model_path: Path | None = None
    patterns_only: bool = False
    timeout: float | None = None
    max_memory: int | None = None

    def model(self) -> Model | None:
        """The model, loaded once a process."""
        return choose_model(self.model_path, patterns_only=self.patterns_only)


def render_item(item: Input, manner: Manner) -> Rendered:
    """Read one input; whatever goes wrong becomes a row of status `failed` with its message."""
    data = b""
    try:
        data = item.read()
        source = printable(item.source)
        report = read_report(
            data,
            name=item.name,
            report_id=item.report_id,
            source=source,
            model=manner.model(),
            kind=item.kind,
        )
        return _render(report, manner)
    except GxError as error:
        message = str(error).removeprefix(f"{item.name}: ")  # the row names the file already
    except MemoryError:
        message = _too_much(manner)
    except Exception as error:  # a bug costs its own row, never the run
        message = f"internal error, please report it: {type(error).__name__}: {error}"
    return _failure(item, message, hashlib.sha256(data).hexdigest() if data else "")


def render_failure(item: Input, message: str) -> Rendered:
    """The row of a file that a process could not read.

    Args:
        item: The file.
        message: Why, for the row.
    """
    return _failure(item, message, digest_of(item))


def digest_of(item: Input) -> str:
    """SHA-256 of a file's content, read piece by piece; empty where it is not read, or is empty."""
    if item.data is not None:
        return hashlib.sha256(item.data).hexdigest() if item.data else ""
    with suppress(OSError, ValueError), Path(item.source).open("rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            return ""
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest if file.tell() else ""
    return ""


def _failure(item: Input, message: str, digest: str) -> Rendered:
    report = Report(
        report_id=item.report_id,
        source=printable(item.source),
        sha256=digest,
        format=PurePath(item.name).suffix.lower().lstrip("."),
        info=ReportInfo(kind=""),
        document=Document.from_text(""),
        status=FAILED,
        message=printable(message),
    )
    return _render(report, Manner())


def _too_much(manner: Manner) -> str:
    if manner.max_memory is None:
        return "out of memory"
    return f"took more than --max-memory {manner.max_memory} MB"


def _render(report: Report, manner: Manner) -> Rendered:
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
    text = report.document.text.encode() if manner.keep_text and report.status != FAILED else None
    return Rendered(outcome, rows, text, report.sha256)
