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

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from gxnlp.folding import fold
from gxnlp.panel.files import REPORTS, Row, Table
from gxnlp.panel.rules import PanelRules, panel_rules

CRITERIA = ("status", "abridged", "corrected", "metrics", "sections", "published", "order")
KINDS = ("annual_report", "")
"""Kinds that belong into the panel: annual reports, and what could not be read."""

_STATUSES = ("ok", "partial", "failed")


@dataclass(frozen=True, slots=True)
class Choice:
    """A report that stands in the panel.

    Attributes:
        others: The `report_id` of the reports that it stands for too, the best first.
        reason: The first of `CRITERIA` that put it before the next; empty where it is alone.
    """

    others: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one reading of `reports.csv` tells of all reports together.

    Attributes:
        ids: Every `report_id`, in order.
        chosen: By `report_id` each report that stands in the panel.
        years: `agency_id`, year and `report_id` of each report of which both are known.
        digest: SHA-256 over the ids and digests of the files: equal where a run read the same ones.
    """

    ids: Sequence[str]
    chosen: Mapping[str, Choice]
    years: Sequence[tuple[str, int, str]]
    digest: str


def list_reports(folder: Path) -> Listing:
    """Read the `reports.csv` of a folder once.

    Raises:
        OutputError: It cannot be read.
    """
    ids: list[str] = []
    years: list[tuple[str, int, str]] = []
    digest = sha256()

    def noted(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            ids.append(row["report_id"])
            if row["agency_id"] and row["year"]:
                years.append((row["agency_id"], int(row["year"]), row["report_id"]))
            digest.update(f"{row['report_id']} {row['sha256']}\n".encode())
            yield row

    with Table(folder / f"{REPORTS}.csv") as reports:
        chosen = choose_reports(noted(reports))
    return Listing(ids, chosen, years, digest.hexdigest())


def choose_reports(reports: Iterable[Row], rules: PanelRules | None = None) -> dict[str, Choice]:
    """Choose one report an agency and year.

    Args:
        reports: Rows of `reports.csv`.
        rules: Rules other than those that ship.

    Returns:
        By `report_id` each report that stands in the panel.
    """
    rules = rules or panel_rules()
    groups: dict[tuple[str, ...], list[tuple[tuple[object, ...], str]]] = defaultdict(list)
    by_file: dict[str, list[tuple[tuple[object, ...], str]]] = {}
    for place, row in enumerate(reports):
        if row["kind"] not in KINDS:
            continue
        digest = row["sha256"] or row["report_id"]
        group = by_file.get(digest)
        if group is None:
            group = by_file[digest] = groups[_key(row, digest)]
        group.append((_rank(row, place, rules), row["report_id"]))
    return dict(_choose(group) for group in groups.values())


def _key(row: Mapping[str, str], digest: str) -> tuple[str, ...]:
    if not row["year"] or not (row["agency"] or row["agency_id"]):
        return ("file", digest)
    if row["agency_id"]:
        return ("id", row["agency_id"], row["year"])
    return ("name", fold(row["agency"]), row["region_code"] or row["region"], row["year"])


def _rank(row: Mapping[str, str], place: int, rules: PanelRules) -> tuple[object, ...]:
    """Smaller is better, criterion by criterion."""
    return (
        _STATUSES.index(row["status"]),
        bool(rules.abridged.search(row["title"])),
        not rules.corrected.search(row["title"]),
        -int(row["metrics"] or 0),
        -int(row["sections"] or 0),
        _latest_first(row["published"]),
        place,
    )


@lru_cache(maxsize=8192)
def _latest_first(published: str) -> tuple[int, ...]:
    """Smaller is later, without a date last; reports of one day share it, as a run may have very many."""
    return tuple(-ord(letter) for letter in published) or (0,)


def _choose(group: Sequence[tuple[tuple[object, ...], str]]) -> tuple[str, Choice]:
    (best, name), *others = sorted(group)
    if not others:
        return name, Choice()
    pairs = zip(CRITERIA, best, others[0][0], strict=True)
    reason = next(criterion for criterion, mine, theirs in pairs if mine != theirs)
    return name, Choice(tuple(other for _, other in others), reason)
