"""Checks between the years of an agency, made of the files at the end of a run."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path

from gxnlp.checks.series import Year, compare_years, year_of
from gxnlp.export.csv import COLUMNS, finding_cells
from gxnlp.panel.duplicates import Listing
from gxnlp.panel.files import ReportRows, Table, writing
from gxnlp.records import Finding

_CHECKS = "checks"
_STORE = "series.sqlite"


class SeriesChecks:
    """What reports of one agency, of years running, say of each other; used as a context.

    Nothing is kept where no agency has two years running. What is compared is kept in a file,
    not in memory, so that a run over a country's reports needs no more of it than one over a town's.

    Args:
        folder: A folder with the CSV files of a run.
        listing: Its reports.
    """

    def __init__(self, folder: Path, listing: Listing) -> None:
        self._path = folder / f"{_CHECKS}.csv"
        self._store = folder / _STORE
        self._ids = listing.ids
        self._pairs = _pairs(listing) if self._path.is_file() else {}
        self._wanted = {*self._pairs, *self._pairs.values()}

    def __enter__(self) -> SeriesChecks:
        if self._pairs:
            with _as_system_error():
                self._years = sqlite3.connect(self._store)
                self._years.execute("CREATE TABLE year (report_id TEXT PRIMARY KEY, facts TEXT)")
        return self

    def __exit__(self, *_: object) -> None:
        if self._pairs:
            self._years.close()
            with suppress(OSError):
                self._store.unlink()

    @property
    def needed(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self._pairs)

    def take(self, report: ReportRows) -> None:
        """Keep what the checks need of a report, from its rows of `metrics.csv` and `tables.csv`."""
        if report.report["report_id"] in self._wanted:
            rows = report.rows
            year = year_of(report.report, rows.get("metrics", ()), rows.get("tables", ()))
            with _as_system_error():
                self._years.execute("INSERT INTO year VALUES (?, ?)", (year.report_id, _dump(year)))

    def write(self) -> int:
        """Put `checks.csv` in place anew, the findings of a report behind those that it has.

        Returns:
            The number of findings added.
        """
        if not self._pairs:
            return 0
        added = 0
        new = self._path.with_suffix(".new")
        with Table(self._path) as checks, writing(new, COLUMNS[_CHECKS]) as target:
            for report_id in self._ids:
                for row in checks.of_report(report_id):
                    target.write(row)
                for found in _findings(report_id, self._pairs, self._years):
                    target.write(dict(zip(COLUMNS[_CHECKS], finding_cells(report_id, found), strict=True)))
                    added += 1
        new.replace(self._path)
        return added


@contextmanager
def _as_system_error() -> Iterator[None]:
    """What SQLite says of a full disk is told like what the system says of one."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _pairs(listing: Listing) -> dict[str, str]:
    """The report of the year before by the report behind it, among those that stand in the panel."""
    by_agency: dict[str, dict[int, str]] = defaultdict(dict)
    for agency, year, report_id in listing.years:
        if report_id in listing.chosen:
            by_agency[agency][year] = report_id
    return {
        report_id: years[year - 1]
        for years in by_agency.values()
        for year, report_id in years.items()
        if year - 1 in years
    }


def _findings(report_id: str, pairs: dict[str, str], years: sqlite3.Connection) -> Iterator[Finding]:
    if report_id in pairs:
        yield from compare_years(_load(pairs[report_id], years), _load(report_id, years))


def _dump(year: Year) -> str:
    mentions = {
        name: {key: [[str(value), ref] for value, ref in values] for key, values in found.items()}
        for name, found in (("levels", year.levels), ("earlier", year.earlier))
    }
    cells = {ref: str(value) for ref, value in year.cells.items()}
    return json.dumps({"year": year.year, "cells": cells, **mentions})


def _load(report_id: str, years: sqlite3.Connection) -> Year:
    (facts,) = years.execute("SELECT facts FROM year WHERE report_id = ?", (report_id,)).fetchone()
    read = json.loads(facts)
    levels, earlier = (
        {key: [(Decimal(value), ref) for value, ref in values] for key, values in read[name].items()}
        for name in ("levels", "earlier")
    )
    cells = {ref: Decimal(value) for ref, value in read["cells"].items()}
    return Year(report_id, read["year"], cells, levels, earlier)
