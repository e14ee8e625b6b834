"""What follows from the name of a body that a person corrects: its id and its place.

Reports are matched by `agency_id`; one left from a name that was read wrongly would put two bodies together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from gxnlp.folding import fold
from gxnlp.panel.files import Row
from gxnlp.report_info.agencies import agency_id
from gxnlp.report_info.places import Evidence, Place, locate
from gxnlp.report_info.regions import Region, register

_BY_PLACE = ("region", "region_code", "level")


def identify(report: Row, changed: Collection[str], given: Collection[str]) -> None:
    """Renew id and place in a row of `reports.csv` after cells were given by hand.

    The id is empty where the place is not certain. Where the name given has no place, region, code
    and level stay as they were read.

    Args:
        report: The row, with what was given.
        changed: The columns that were read otherwise.
        given: The columns that were given, which stay.
    """
    if "agency" not in changed and "region_code" not in changed:
        return
    name = "".join(fold(report["agency"]).split())
    year = int(report["year"]) if report["year"] else None
    place = _place(name, year, report, "region_code" in given)
    if "agency" in changed and place.words:
        cells = {"region": place.words, "region_code": place.code, "level": place.level}
        report.update({column: cells[column] for column in _BY_PLACE if column not in given})
    if "agency_id" not in given:
        report["agency_id"] = agency_id(name, place)


def _place(name: str, year: int | None, report: Row, code_is_given: bool) -> Place:
    place = locate(name, year)
    if not code_is_given and place.words != report["region"]:
        return place
    region = register().coded(report["region_code"], year)
    if region is None:
        return replace(place, unsure=place.unsure or code_is_given)
    place = locate(name, year, Evidence((_words(region, year),))) if place.words else place
    if not code_is_given or place.code == region.code:
        return place
    found = replace(place, code=region.code, series=region.series, unsure=False)
    return found if found.words else replace(found, words=region.name, level=region.level)


def _words(region: Region, year: int | None) -> str:
    """A place with those that it lies in, as a report would name them."""
    return "".join(place.name for place in (*reversed(register().parents(region, year)), region))
