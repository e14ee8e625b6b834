"""What is done to the CSV files at the end of a run: corrections, panel, codebook, other formats.

Everything works on the files, not on the run, so that a run that is resumed, or read by many
workers, is finished like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gxnlp.formats import CSV, check_formats, write_formats
from gxnlp.model import Model
from gxnlp.ontology import Ontology, default_ontology
from gxnlp.panel import write_listed
from gxnlp.panel.codebook import write_codebook
from gxnlp.panel.duplicates import Listing
from gxnlp.panel.files import DETAILS, REPORTS, ReportRows, Table, Writer, read_reports
from gxnlp.panel.fixes import Fix, Fixes, read_fixes
from gxnlp.panel.manifest import Manifest, read_manifest
from gxnlp.panel.series import SeriesChecks
from gxnlp.panel.store import Store

_COUNTED = ("sections", "metrics", "statements")
_PART = ".new"


@dataclass(frozen=True, slots=True)
class Finishing:
    """What to do at the end of a run.

    Attributes:
        manifest: What the researcher knows of the files.
        fixes: Corrections by hand.
        formats: Formats beside CSV.
        excel: Whether the CSV files are for Excel: with a byte order mark, and with no cell that a
            spreadsheet would take for a formula.
        panel: Whether to make the panel and its codebook; without them only the checks between years are.
    """

    manifest: Manifest | None = None
    fixes: Fixes | None = None
    formats: tuple[str, ...] = ()
    excel: bool = False
    panel: bool = True

    def options(self) -> dict[str, object]:
        """What was asked for, with digests of the files that it was read from."""
        return {
            "meta": _file(self.manifest.path) if self.manifest else None,
            "overrides": _file(self.fixes.path) if self.fixes else None,
            "formats": [CSV, *self.formats],
            "excel": self.excel,
        }


@dataclass(slots=True)
class Finished:
    """What became of it.

    Attributes:
        files: Names of the files that were written.
        record: What `run.json` says of it.
    """

    files: list[str] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)


def prepare(
    *,
    meta: Path | None = None,
    overrides: Path | None = None,
    formats: Sequence[str] = (),
    excel: bool = False,
) -> Finishing:
    """Read what a run is to be finished with, so that a mistake in it is told before the run.

    Raises:
        InputError: The manifest or the corrections are malformed.
        FormatError: A format is unknown, or its library is not installed.
    """
    return Finishing(
        read_manifest(meta) if meta else None,
        read_fixes(overrides) if overrides else None,
        check_formats(formats),
        excel,
    )


def finish(
    folder: Path, finishing: Finishing, model: Model | None = None, *, texts: Path | None = None
) -> Finished:
    """Finish the CSV files of a folder.

    Args:
        folder: The folder with the files as they were extracted.
        finishing: What to do.
        model: The model that read, whose labels and scores the codebook has.
        texts: Where the normalised texts are (`texts` in the folder where it is left out).

    Raises:
        OutputError: A file cannot be read or written.
    """
    ontology = model.ontology if model else default_ontology()
    finished = Finished()
    if finishing.manifest or finishing.fixes:
        _correct(folder, finishing, ontology, texts or folder / "texts")
    finished.record = _told(finishing)
    rows = _make_of_all(folder, ontology, finishing, finished.record)
    if rows is None:
        return finished
    finished.record["panel"] = {"rows": rows}
    write_codebook(folder, ontology, (model.meta if model else None) or {})
    finished.files = ["panel.csv", "codebook.csv", "codebook.md"]
    finished.files += write_formats(folder, ontology, finishing.formats, excel=finishing.excel)
    return finished


def _make_of_all(
    folder: Path, ontology: Ontology, finishing: Finishing, record: dict[str, Any]
) -> int | None:
    """Make what is made of all reports together, reading their rows once; the number of rows of the panel."""
    with Store(folder) as store:
        listing = Listing(folder, store)
        record["inputs"] = {"sha256": listing.digest}
        series = SeriesChecks(folder, listing, store)
        rows = None
        if finishing.panel:
            rows = write_listed(folder, ontology, listing, series.take)
        elif series.needed:
            for report in read_reports(folder, ("metrics", "tables")):
                series.take(report)
        record["series_checks"] = series.write()
    return rows


def _correct(folder: Path, finishing: Finishing, ontology: Ontology, texts: Path) -> None:
    """Write the files anew, report by report, as the manifest and the corrections have them."""
    paths = [folder / f"{name}.csv" for name in (REPORTS, *DETAILS)]
    writers = {path.stem: _writer(path) for path in paths if path.is_file()}
    try:
        for report in read_reports(folder):
            _correct_one(report, finishing, ontology, texts)
            writers[REPORTS].write(report.report)
            for name, rows in report.rows.items():
                for row in rows:
                    writers[name].write(row)
    finally:
        for writer in writers.values():
            writer.close()
    for path in paths:
        if path.is_file():
            path.with_suffix(_PART).replace(path)


def _writer(path: Path) -> Writer:
    with Table(path) as table:
        return Writer(path.with_suffix(_PART), table.columns)


def _correct_one(report: ReportRows, finishing: Finishing, ontology: Ontology, texts: Path) -> None:
    if finishing.manifest:
        finishing.manifest.apply(report.report, report.rows.get("metrics", []))
    if finishing.fixes and any(finishing.fixes.of(report.report["sha256"])):
        finishing.fixes.apply(report, ontology, _text(texts, report.report["report_id"]))
        if report.report["status"] != "failed":
            report.report.update(
                {name: str(len(report.rows[name])) for name in _COUNTED if name in report.rows}
            )


def _text(texts: Path, report_id: str) -> str | None:
    path = texts / f"{report_id}.txt"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as source:
        return source.read()


def _told(finishing: Finishing) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if finishing.manifest:
        record["meta"] = {
            "matched": finishing.manifest.matched,
            "unmatched": finishing.manifest.unmatched(),
            "ambiguous": finishing.manifest.ambiguous(),
            "ignored_columns": list(finishing.manifest.ignored),
            "conflicts": [asdict(conflict) for conflict in finishing.manifest.conflicts],
        }
    if finishing.fixes:
        record["overrides"] = {
            "applied": finishing.fixes.applied,
            "unmatched": [_words(fix, finishing.fixes.reason(fix)) for fix in finishing.fixes.unmatched()],
        }
    return record


def _words(fix: Fix, reason: str) -> str:
    place = f"{fix.file} {'/'.join(fix.place())}".rstrip()
    return f"line {fix.line}: {place}: {reason}"


def _file(path: Path) -> Mapping[str, str]:
    return {"path": str(path), "sha256": digest_of(path)}


def digest_of(path: Path) -> str:
    """SHA-256 of a file, empty where it is gone."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
