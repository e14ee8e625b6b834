"""How often the panel's figures are those that a person reads: from annotated and from extracted mentions.

    python scripts/bench_panel.py READINGS FOLDER [--errors]

READINGS is a CSV file (report_id, metric, value), FOLDER has the annotated reports that it is on.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path

from gxnlp.export.csv import header, rows
from gxnlp.model import load_model
from gxnlp.ontology import default_ontology
from gxnlp.panel.headline import Row
from gxnlp.panel.measure import agreement, gold_rows, read_readings
from gxnlp.records import Report
from gxnlp.reliability import predict
from gxnlp.splits import load_corpus


def main() -> None:
    """Print the share of figures that agree, by what they were made from."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readings", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="list the figures that differ")
    arguments = parser.parse_args()
    readings = read_readings(arguments.readings)
    gold = [report for report in load_corpus(arguments.folder).reports if report.id in readings]
    years = {report.id: str(report.year) for report in gold}
    systems = {"annotated mentions": {report.id: gold_rows(report) for report in gold}}
    for name, model in (("patterns", None), ("model", load_model())):
        systems[name] = {key: _rows(report) for key, report in predict(gold, model).items()}
    for name, mentions in systems.items():
        found = agreement(readings, mentions, years, default_ontology())
        print(f"{name}: {found.share:.4f} ({found.right} of {found.wanted})")
        if arguments.errors:
            print(*(f"  {note}" for note in found.notes), sep="\n")


def _rows(report: Report) -> list[Row]:
    return list(csv.DictReader(io.StringIO(header("metrics") + rows(report)["metrics"])))


if __name__ == "__main__":
    main()
