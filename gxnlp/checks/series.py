"""Two reports of one agency, of two years running, against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gxnlp.records import CheckStatus, Finding
from gxnlp.tables import APPLICATIONS, PROACTIVE, template

_JUMP = 100
"""Growth of followers within a year, from which a slip of 万 is likelier than a success."""

_FALL = Decimal("0.5")
_FEW = 100
"""Channels with fewer followers may do anything."""

Mentions = dict[str, list[tuple[Decimal, str]]]


@dataclass(slots=True)
class Year:
    """What is compared of one report.

    Attributes:
        report_id: The report.
        year: Its year.
        cells: Numbers of the tables by `table/row/column`.
        levels: Totals of its own year by label, unit and channel, each with its metric id.
        earlier: Totals that it gives for the year before.
    """

    report_id: str
    year: int
    cells: dict[str, Decimal] = field(default_factory=dict)
    levels: Mentions = field(default_factory=dict)
    earlier: Mentions = field(default_factory=dict)


def compared_cells() -> frozenset[str]:
    """The cells that `compare_years` looks at."""
    columns = template().of_table(APPLICATIONS)[0].columns
    carried = {f"{APPLICATIONS}/{row}/{c}" for row in ("carried_in", "carried_out") for c in columns}
    stock = {f"{PROACTIVE}/{row}/{c}" for row in _STOCKS for c in ("issued", "repealed", "in_force")}
    return frozenset(carried | stock)


_STOCKS = ("regulations", "normative_documents")


def year_of(
    report: Mapping[str, str], metrics: Iterable[Mapping[str, str]], tables: Iterable[Mapping[str, str]]
) -> Year:
    """What is compared of a report, from its rows of `reports.csv`, `metrics.csv` and `tables.csv`."""
    found = Year(report["report_id"], int(report["year"]))
    wanted = compared_cells()
    for row in tables:
        ref = f"{row['table']}/{row['row']}/{row['column']}"
        if ref in wanted and (value := _number(row["value"])) is not None:
            found.cells[ref] = value
    for row in metrics:
        value = _number(row["value"])
        plain = (row["aspect"], row["scope"], row["qualifier"]) == ("level", "own", "exact")
        if value is None or not plain or row["measure"] not in ("total", "cumulative") or row["part_of"]:
            continue
        key = "|".join((row["metric"], row["unit"], row["channel"], row["measure"]))
        if row["period"] in ("", str(found.year)):
            found.levels.setdefault(key, []).append((value, row["metric_id"]))
        elif row["period"] == str(found.year - 1):
            found.earlier.setdefault(key, []).append((value, row["metric_id"]))
    return found


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def compare_years(before: Year, after: Year) -> Iterator[Finding]:
    """Compare a report with the one of the year before.

    Args:
        before: The earlier report.
        after: The report of the year behind it.

    Yields:
        Findings for the later report; refs to the earlier one begin with its `report_id` and a colon.
    """
    yield from _carried(before, after)
    yield from _in_force(before, after)
    yield from _followers(before, after)
    yield from _restated(before, after)


def _carried(before: Year, after: Year) -> Iterator[Finding]:
    for column in template().of_table(APPLICATIONS)[0].columns:
        out, into = f"{APPLICATIONS}/carried_out/{column}", f"{APPLICATIONS}/carried_in/{column}"
        if out in before.cells and into in after.cells:
            left, right = before.cells[out], after.cells[into]
            refs = (f"{before.report_id}:{out}", into)
            detail = f"carried out of {before.year}; carried into {after.year}"
            yield Finding(
                f"series.carried.{column}", _status(left == right), f"{left:f}", f"{right:f}", detail, refs
            )


def _in_force(before: Year, after: Year) -> Iterator[Finding]:
    for row in _STOCKS:
        issued, repealed, now = (f"{PROACTIVE}/{row}/{c}" for c in ("issued", "repealed", "in_force"))
        if now in before.cells and {issued, repealed, now} <= after.cells.keys():
            stock, new, gone = before.cells[now], after.cells[issued], after.cells[repealed]
            expected = stock + new - gone
            yield Finding(
                f"series.in_force.{row}",
                _status(expected == after.cells[now]),
                f"{stock:f} + {new:f} - {gone:f} = {expected:f}",
                f"{after.cells[now]:f}",
                f"in force in {before.year}, issued, repealed; in force in {after.year}",
                (f"{before.report_id}:{now}", issued, repealed, now),
            )


def _followers(before: Year, after: Year) -> Iterator[Finding]:
    for key in after.levels:
        label, _, channel, _ = key.split("|")
        ours, theirs = after.levels[key], before.levels.get(key, [])
        if label != "followers" or len(ours) != 1 or len(theirs) != 1 or theirs[0][0] < _FEW:
            continue
        (now, ref), (then, earlier) = ours[0], theirs[0]
        sound = _FALL * then <= now <= _JUMP * then
        refs = (f"{before.report_id}:{earlier}", ref)
        yield Finding(
            f"series.followers.{channel or 'unnamed'}", _status(sound), f"{then:f}", f"{now:f}", "", refs
        )


def _restated(before: Year, after: Year) -> Iterator[Finding]:
    for key, mentions in after.earlier.items():
        stated = before.levels.get(key)
        if not stated:
            continue
        values = {value for value, _ in stated}
        for value, ref in mentions:
            yield Finding(
                f"series.restated.{key.split('|')[0]}",
                _status(value in values),
                "; ".join(f"{known:f}" for known in sorted(values)),
                f"{value:f}",
                f"as {before.year} was reported; as {after.year} reports it",
                (*(f"{before.report_id}:{earlier}" for _, earlier in stated), ref),
            )


def _status(sound: bool) -> CheckStatus:
    return "ok" if sound else "fail"
