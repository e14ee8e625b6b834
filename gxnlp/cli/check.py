"""`gxnlp check`: where reports contradict themselves, for a reader."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxnlp.cli.console import SOME_FAILED, WRONG_USAGE, mistakes_exit, stdout
from gxnlp.cli.extract import InputNames, Workers, find, processors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gxnlp.panel.files import ReportRows

_SHOWN_SENTENCE = 90


def check(
    inputs: InputNames,
    everything: Annotated[
        bool, typer.Option("--all", help="Print what agrees and what cannot be compared, too.")
    ] = False,
    workers: Workers = None,
) -> None:
    """Print where reports contradict themselves: in their tables, their narrative, from year to year.

    Exit code 0: nothing contradicts. 1: something does, or a file could not be read. 2: wrong usage.
    """
    from gxnlp import batch
    from gxnlp.finishing import Finishing
    from gxnlp.panel.files import read_reports

    contradicted = failed = 0
    with mistakes_exit(WRONG_USAGE), tempfile.TemporaryDirectory(prefix="gxnlp-") as folder:
        out = Path(folder)
        batch.run(find(inputs, out), out, workers=workers or processors(), finishing=Finishing(panel=False))
        for report in read_reports(out, ("metrics", "checks")):
            failed += report.report["status"] == batch.FAILED
            contradicted += _print(report, everything)
    stdout().print(f"contradictions: {contradicted}; files that could not be read: {failed}", style="bold")
    if contradicted or failed:
        raise typer.Exit(SOME_FAILED)


def _print(report: ReportRows, everything: bool) -> int:
    """Print the findings of one report; returns how many contradict."""
    console = stdout()
    rows = report.rows["checks"]
    counts = {status: sum(row["status"] == status for row in rows) for status in _STYLES}
    name = report.report["source"]
    if report.report["message"]:
        console.print(f"{name}: {report.report['message']}", soft_wrap=True)
    if not rows:
        return 0
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    console.print(f"{name}: {told}", style="bold", soft_wrap=True)
    sentences = {row["metric_id"]: row["sentence"] for row in report.rows["metrics"]}
    for row in rows:
        if everything or row["status"] == "fail":
            _print_finding(row, sentences)
    return counts["fail"]


_STYLES = {"fail": "red", "not_applicable": "dim", "ok": "green"}


def _print_finding(row: Mapping[str, str], sentences: Mapping[str, str]) -> None:
    console = stdout()
    between = {"fail": "is not", "ok": "is", "not_applicable": "cannot be compared with"}[row["status"]]
    detail = f" ({row['detail']})" if row["detail"] else ""
    line = f"  {row['check']}: {row['left'] or 'nothing'} {between} {row['right'] or 'nothing'}{detail}"
    console.print(line, style=_STYLES[row["status"]], soft_wrap=True)
    told = _told(row["refs"].split(";"), sentences)
    if told and row["status"] == "fail":
        console.print(f"      {told}", soft_wrap=True)


def _told(refs: Sequence[str], sentences: Mapping[str, str]) -> str:
    """The sentence that a figure of the narrative stands in."""
    sentence = next((sentences[ref] for ref in refs if ref in sentences), "")
    return sentence if len(sentence) <= _SHOWN_SENTENCE else f"{sentence[:_SHOWN_SENTENCE]}…"
