"""Checks between the years of an agency, made of the files at the end of a run."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path

from gxnlp.checks.series import Year, compare_years, year_of
from gxnlp.export.csv import COLUMNS, finding_cells
from gxnlp.panel.duplicates import choose_reports
from gxnlp.panel.files import REPORTS, Table, read_reports, writing
from gxnlp.records import Finding

_CHECKS = "checks"
_STORE = "series.sqlite"


def add_series_checks(folder: Path) -> int:
    """Add to `checks.csv` what two reports of one agency, of years running, say of each other.

    Nothing is read twice where no agency has two years running. What is compared is kept in a file,
    not in memory, so that a run over a country's reports needs no more of it than one over a town's.

    Args:
        folder: A folder with the CSV files of a run; `checks.csv` is put in place anew.

    Returns:
        The number of findings added.
    """
    path = folder / f"{_CHECKS}.csv"
    pairs = _pairs(folder)
    if not pairs or not path.is_file():
        return 0
    store = folder / _STORE
    try:
        with closing(sqlite3.connect(store)) as years:
            _keep_years(folder, pairs, years)
            return _insert(path, pairs, years)
    finally:
        with suppress(OSError):
            store.unlink()


def _pairs(folder: Path) -> dict[str, str]:
    """The report of the year before by the report behind it, among those that stand in the panel."""
    with Table(folder / f"{REPORTS}.csv") as reports:
        rows = [(row["report_id"], row["agency_id"], row["year"]) for row in reports if row["agency_id"]]
    with Table(folder / f"{REPORTS}.csv") as reports:
        chosen = choose_reports(reports)
    by_agency: dict[str, dict[int, str]] = defaultdict(dict)
    for report_id, agency, year in rows:
        if year and report_id in chosen:
            by_agency[agency][int(year)] = report_id
    return {
        report_id: years[year - 1]
        for years in by_agency.values()
        for year, report_id in years.items()
        if year - 1 in years
    }


def _keep_years(folder: Path, pairs: dict[str, str], years: sqlite3.Connection) -> None:
    wanted = {*pairs, *pairs.values()}
    years.execute("CREATE TABLE year (report_id TEXT PRIMARY KEY, facts TEXT)")
    for report in read_reports(folder, ("metrics", "tables")):
        if report.report["report_id"] in wanted:
            rows = report.rows
            year = year_of(report.report, rows.get("metrics", ()), rows.get("tables", ()))
            years.execute("INSERT INTO year VALUES (?, ?)", (year.report_id, _dump(year)))
    years.commit()


def _insert(path: Path, pairs: dict[str, str], years: sqlite3.Connection) -> int:
    """Write the file anew, the findings of a report behind those that it has."""
    added = 0
    new = path.with_suffix(".new")
    with writing(new, COLUMNS[_CHECKS]) as target:
        for report in read_reports(path.parent, (_CHECKS,)):
            report_id = report.report["report_id"]
            for row in report.rows[_CHECKS]:
                target.write(row)
            for found in _findings(report_id, pairs, years):
                target.write(dict(zip(COLUMNS[_CHECKS], finding_cells(report_id, found), strict=True)))
                added += 1
    new.replace(path)
    return added


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
