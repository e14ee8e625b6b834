"""Checks between the years of an agency, made of the files at the end of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from gxnlp.checks.series import Year, compare_years, year_of
from gxnlp.export.csv import COLUMNS, finding_cells
from gxnlp.panel.duplicates import Listing
from gxnlp.panel.files import ReportRows, Table, writing
from gxnlp.panel.store import Store
from gxnlp.records import Finding

_CHECKS = "checks"


class SeriesChecks:
    """What reports of one agency, of years running, say of each other.

    Args:
        folder: A folder with the CSV files of a run.
        listing: Its reports.
        store: Where what is compared is kept.

    Attributes:
        needed: Whether there is anything to compare.
    """

    def __init__(self, folder: Path, listing: Listing, store: Store) -> None:
        self._path = folder / f"{_CHECKS}.csv"
        self._listing, self._store = listing, store
        self.needed = self._path.is_file() and listing.has_years_running()
        if self.needed:
            store.put("CREATE TABLE year (report_id TEXT PRIMARY KEY, facts TEXT) WITHOUT ROWID")

    def take(self, report: ReportRows) -> None:
        """Keep what the checks need of a report, from its rows of `metrics.csv` and `tables.csv`."""
        report_id = report.report["report_id"]
        if self.needed and (self._listing.year_before(report_id) or self._listing.year_behind(report_id)):
            rows = report.rows
            year = year_of(report.report, rows.get("metrics", ()), rows.get("tables", ()))
            self._store.put("INSERT INTO year VALUES (?, ?)", (report_id, _dump(year)))

    def write(self) -> int:
        """Put `checks.csv` in place anew, the findings of a report behind those that it has.

        Returns:
            The number of findings added.
        """
        if not self.needed:
            return 0
        added = 0
        new = self._path.with_suffix(".new")
        with Table(self._path) as checks, writing(new, COLUMNS[_CHECKS]) as target:
            for report_id in self._listing.ids():
                for row in checks.of_report(report_id):
                    target.write(row)
                for found in self._findings(report_id):
                    target.write(dict(zip(COLUMNS[_CHECKS], finding_cells(report_id, found), strict=True)))
                    added += 1
        new.replace(self._path)
        return added

    def _findings(self, report_id: str) -> Iterator[Finding]:
        before = self._listing.year_before(report_id)
        if before is not None:
            yield from compare_years(self._year(before), self._year(report_id))

    def _year(self, report_id: str) -> Year:
        (facts,) = self._store.one("SELECT facts FROM year WHERE report_id = ?", report_id)
        return _load(report_id, facts)


def _dump(year: Year) -> str:
    mentions = {
        name: {key: [[str(value), ref] for value, ref in values] for key, values in found.items()}
        for name, found in (("levels", year.levels), ("earlier", year.earlier))
    }
    cells = {ref: str(value) for ref, value in year.cells.items()}
    return json.dumps({"year": year.year, "cells": cells, **mentions})


def _load(report_id: str, facts: str) -> Year:
    read = json.loads(facts)
    levels, earlier = (
        {key: [(Decimal(value), ref) for value, ref in values] for key, values in read[name].items()}
        for name in ("levels", "earlier")
    )
    cells = {ref: Decimal(value) for ref, value in read["cells"].items()}
    return Year(report_id, read["year"], cells, levels, earlier)
