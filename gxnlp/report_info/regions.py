"""The register of places: names of GB/T 2260 with their codes, by year.

The data, `data/regions.tsv`, is made by `scripts/build_regions.py`; its head says from what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from gxnlp.deferred import deferred

_OPEN = 9999
_NEAR = 1
"""A report of a year may name a place as it was called at the end of the year before or after."""
_ENDS = deferred("[省区市县旗州盟]")
# What a name ends with behind its stem: 鼓楼|区, 阿克苏|地区, 六枝|特区.
_UNIT = deferred(r"(?:特别行政区|地区|林区|特区|自治[区州县旗]|[省市县区旗盟])$")


class Region(NamedTuple):
    """A place under one code and one name.

    Attributes:
        code: Six digits; a province ends with 0000, a prefecture with 00.
        name: Full name.
        first: First year; 2000 stands for 2000 or earlier.
        last: Last year (9999: there still).
        series: The first code since 2000 of the same place: the same over renumbering.
        short: Other names in use (恩施州).
        telephones: Area codes of telephone numbers.
        hosts: How the name stands in hosts of web sites.
    """

    code: str
    name: str
    first: int
    last: int
    series: str
    short: tuple[str, ...]
    telephones: tuple[str, ...]
    hosts: tuple[str, ...]

    @property
    def level(self) -> str:
        """`province`, `city` (a prefecture) or `county`."""
        return "province" if self.code[2:] == "0000" else "city" if self.code[4:] == "00" else "county"

    @property
    def stem(self) -> str:
        """The name without its last word; empty where that leaves one character (新县)."""
        stem = _UNIT.sub("", self.short[0] if self.short else self.name)
        return stem if len(stem) > 1 else ""

    def holds(self, other: Region) -> bool:
        """Whether the other place lies within this one, by the codes."""
        digits = {"province": 2, "city": 4, "county": 6}[self.level]
        return self.code != other.code and self.code[:digits] == other.code[:digits]

    def years_from(self, year: int) -> int:
        """Years between a year and those in which the name had the code."""
        return max(self.first - year, year - self.last, 0)


class Register:
    """Places by name, in any year."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Index places by full name, by short names and by stem."""
        self._names: dict[str, list[Region]] = {}
        self._stems: dict[str, list[Region]] = {}
        self._codes: dict[str, list[Region]] = {}
        for region in regions:
            self._codes.setdefault(region.code, []).append(region)
            for name in (region.name, *region.short):
                self._names.setdefault(name, []).append(region)
            if stem := region.stem:
                self._stems.setdefault(stem, []).append(region)
        self.longest = max(map(len, self._names), default=0)

    def named(self, name: str, year: int | None, within: Sequence[Region] = ()) -> list[Region]:
        """Places of a full or short name, each once, as they were in the year or nearest to it.

        Those of the year, the one before and the one after come alone where there are any.

        Args:
            name: A full or short name.
            year: The year; `None` for today.
            within: If there are any, only places within one of these.
        """
        found = self._names.get(name)
        return _nearest(_inside(found, within), year) if found else []

    def stemmed(self, stem: str, year: int | None, within: Sequence[Region] = ()) -> list[Region]:
        """Places of a name without its last word, as `named` gives them."""
        found = self._stems.get(stem)
        return _nearest(_inside(found, within), year) if found else []

    def coded(self, code: str, year: int | None) -> Region | None:
        """The place of a code, as it was in the year or nearest to it; `None` where there is none."""
        return next(iter(_nearest(self._codes.get(code, ()), year)), None)

    def parents(self, region: Region, year: int | None) -> list[Region]:
        """The prefecture, if the place lies in one, and the province of a place."""
        codes = dict.fromkeys((region.code[:4] + "00", region.code[:2] + "0000"))
        found = (_nearest(self._codes.get(code, ()), year) for code in codes if code != region.code)
        return [place for places in found for place in places]

    def names_in(self, text: str) -> Iterator[str]:
        """Full names of places in a text, in order, at each place the longest."""
        for end in _ENDS.finditer(text):
            for length in range(min(self.longest, end.end()), 1, -1):
                name = text[end.end() - length : end.end()]
                if name in self._names:
                    yield name
                    break


def _inside(regions: Iterable[Region], within: Sequence[Region]) -> Iterable[Region]:
    if not within:
        return regions
    return [region for region in regions if any(place.holds(region) for place in within)]


def _nearest(regions: Iterable[Region], year: int | None) -> list[Region]:
    places = [
        min(group, key=lambda region: (region.years_from(_OPEN if year is None else year), region.first))
        for _, group in groupby(sorted(regions, key=_series), key=_series)
    ]
    if year is None:
        return places
    near = [place for place in places if place.years_from(year) <= _NEAR]
    # A page of today may give an old report the place's new name (静海区), but no place that was not.
    return near or [place for place in places if place.last < year or place.series != place.code]


def _series(region: Region) -> str:
    return region.series


@lru_cache(maxsize=1)
def register() -> Register:
    """The register of places, read once."""
    text = (files("gxnlp") / "data" / "regions.tsv").read_text(encoding="utf-8")
    return Register(_region(line) for line in text.splitlines() if not line.startswith("#"))


def _region(line: str) -> Region:
    cells = line.split("\t")
    cells += [""] * (8 - len(cells))
    code, name, first, last, series = cells[:5]
    short, telephones, hosts = (tuple(cell.split("/")) if cell else () for cell in cells[5:])
    return Region(code, name, int(first), int(last or _OPEN), series or code, short, telephones, hosts)
