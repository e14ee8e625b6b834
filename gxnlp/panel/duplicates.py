"""Several reports on one agency and year: which one stands in the panel.

Files that are byte for byte the same are one report, and so are reports with one year of one
agency, by its code or, where it has none, by its name and region. Of these the panel takes the
first by, in this order:

1. `status`: read in full, before in part, before not at all;
2. `abridged`: the report, before an abridged or illustrated version, by the title;
3. `corrected`: a corrected version before others, by the title;
4. `metrics`: the one with more metrics;
5. `sections`: the one with more sections;
6. `published`: the one published later;
7. `order`: the one that comes first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from gxnlp.folding import fold
from gxnlp.panel.files import REPORTS, Table
from gxnlp.panel.rules import PanelRules, panel_rules
from gxnlp.panel.store import Store

CRITERIA = ("status", "abridged", "corrected", "metrics", "sections", "published", "order")
KINDS = ("annual_report", "")
"""Kinds that belong into the panel: annual reports, and what could not be read."""

_STATUSES = ("ok", "partial", "failed")
_LARGEST = 1 << 62

_COLUMNS = tuple(f'"{name}"' for name in CRITERIA)  # ORDER is a word of SQL
_RANK = ", ".join(f"{name} DESC" if name == '"published"' else name for name in _COLUMNS)
"""The order within a group; what is better is smaller, but for the date, of which none is the smallest."""

_TABLES = (
    "CREATE TABLE listed (place INTEGER PRIMARY KEY, id TEXT)",
    "CREATE TABLE file (digest TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID",
    # In the order in which it is read, so that nothing is sorted.
    f"""CREATE TABLE rank (body TEXT, {", ".join(_COLUMNS)}, id TEXT, agency TEXT, year INTEGER,
    PRIMARY KEY (body, {_RANK})) WITHOUT ROWID""",
    """CREATE TABLE chosen (id TEXT PRIMARY KEY, others TEXT, reason TEXT, agency TEXT, year INTEGER)
    WITHOUT ROWID""",
    "CREATE INDEX of_agency ON chosen (agency, year)",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A report that stands in the panel.

    Attributes:
        others: The `report_id` of the reports that it stands for too, the best first.
        reason: The first of `CRITERIA` that put it before the next; empty where it is alone.
    """

    others: tuple[str, ...] = ()
    reason: str = ""


class Listing:
    """What one reading of `reports.csv` tells of all reports together.

    Args:
        folder: The folder that it is in.
        store: Where that is kept.
        rules: Rules other than those that ship.

    Attributes:
        digest: SHA-256 over the ids and digests of the files: equal where a run read the same ones.

    Raises:
        OutputError: The file cannot be read.
        OSError: The store cannot be written.
    """

    def __init__(self, folder: Path, store: Store, rules: PanelRules | None = None) -> None:
        self._store = store
        rules = rules or panel_rules()
        digest = sha256()
        for table in _TABLES:
            store.put(table)
        with Table(folder / f"{REPORTS}.csv") as reports:
            for place, row in enumerate(reports):
                store.put("INSERT INTO listed VALUES (?, ?)", (place, row["report_id"]))
                digest.update(f"{row['report_id']} {row['sha256']}\n".encode())
                if row["kind"] in KINDS:
                    self._rank(row, place, rules)
        self.digest = digest.hexdigest()
        self._choose()

    def ids(self) -> Iterator[str]:
        """Every `report_id`, in order."""
        return (name for (name,) in self._store.rows("SELECT id FROM listed ORDER BY place"))

    def number_chosen(self) -> int:
        """Number of reports that stand in the panel."""
        number: int = self._store.one("SELECT count(*) FROM chosen")[0]
        return number

    def choice(self, report_id: str) -> Choice | None:
        """What a report stands for in the panel; `None` where it does not stand there."""
        found = self._store.one("SELECT others, reason FROM chosen WHERE id = ?", report_id)
        return Choice(tuple(json.loads(found[0])), found[1]) if found else None

    def has_years_running(self) -> bool:
        """Whether reports of two years running of one agency stand in the panel."""
        later = "SELECT id FROM chosen AS later"
        return self._store.one(f"{later} WHERE {_beside(-1)} IS NOT NULL LIMIT 1") is not None

    def year_before(self, report_id: str) -> str | None:
        """The report on the year before of the agency, where both stand in the panel."""
        return self._of_year(report_id, -1)

    def year_behind(self, report_id: str) -> str | None:
        """The report on the next year of the agency, where both stand in the panel."""
        return self._of_year(report_id, 1)

    def _of_year(self, report_id: str, step: int) -> str | None:
        found = self._store.one(f"SELECT {_beside(step)} FROM chosen AS later WHERE id = ?", report_id)
        name: str | None = found[0] if found else None
        return name

    def _rank(self, row: Mapping[str, str], place: int, rules: PanelRules) -> None:
        """Note the group that a report belongs to, and its rank in it."""
        digest = row["sha256"] or row["report_id"]
        body = self._store.one("SELECT body FROM file WHERE digest = ?", digest)
        if body is None:
            body = (_body(row, digest),)
            self._store.put("INSERT INTO file VALUES (?, ?)", (digest, *body))
        known = (row["agency_id"], _whole(row["year"])) if row["agency_id"] and row["year"] else (None, None)
        values = (*body, *_rank(row, place, rules), row["report_id"], *known)
        self._store.put(f"INSERT INTO rank VALUES ({', '.join('?' * len(values))})", values)

    def _choose(self) -> None:
        rows = self._store.rows(f"SELECT * FROM rank ORDER BY body, {_RANK}")
        for _, group in groupby(rows, key=lambda row: row[0]):
            self._store.put("INSERT INTO chosen VALUES (?, ?, ?, ?, ?)", _chosen(list(group)))


def _body(row: Mapping[str, str], digest: str) -> str:
    """What reports on one agency and year share."""
    if not row["year"] or not (row["agency"] or row["agency_id"]):
        return json.dumps(["file", digest])
    if row["agency_id"]:
        return json.dumps(["id", row["agency_id"], row["year"]])
    return json.dumps(["name", fold(row["agency"]), row["region_code"] or row["region"], row["year"]])


def _rank(row: Mapping[str, str], place: int, rules: PanelRules) -> tuple[int | str, ...]:
    """The values of `CRITERIA`."""
    return (
        _STATUSES.index(row["status"]),
        bool(rules.abridged.search(row["title"])),
        not rules.corrected.search(row["title"]),
        -_whole(row["metrics"]),
        -_whole(row["sections"]),
        row["published"],
        place,
    )


def _whole(cell: str) -> int:
    """A whole number: one that a person set may be larger than SQLite's."""
    return min(int(cell or 0), _LARGEST)


def _chosen(group: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The row of `chosen` that a group comes to, from its rows of `rank`, the best first."""
    names = [row[-3] for row in group]
    reason = ""
    if len(group) > 1:
        ranks = zip(CRITERIA, group[0][1:], group[1][1:], strict=False)
        reason = next(criterion for criterion, mine, theirs in ranks if mine != theirs)
    return (names[0], json.dumps(names[1:]), reason, *group[0][-2:])


def _beside(step: int) -> str:
    """The report of the agency so many years on from that of a row `later`, as a part of a query."""
    return (
        "(SELECT other.id FROM chosen AS other "
        f"WHERE other.agency = later.agency AND other.year = later.year + {step} LIMIT 1)"
    )
