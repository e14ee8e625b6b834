"""Bodies: of what kind they are, and an id that stays the same over years and spellings.

How an id is made is told in `docs/agencies.md`; kinds and short names are data, `data/agencies.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.report_info.places import Place

KINDS = ("government", "department", "township", "institution", "zone", "vertical")
"""Kinds of bodies; `vertical` answers to its own ministry (税务局, 海关)."""

NATIONAL = "cn"
"""What stands for the place in the id of a body of the whole country."""

_NATIONAL = deferred(r"(?:国家|国务院|中华人民共和国|中国)|.{2,12}(?:部|总局|总署)$")
_NATIONAL_NAME = deferred(r".{2,}(?:大学|学院|海关|海事局|调查总队)$")
_OWN_UNIT = deferred(r"[省市县区旗州盟]$")
_BRACKETS = deferred(r"（[^（）]*）$")
_AND = deferred(r"[和与及、]")
_PARTY = deferred(r"(?:党委|纪委|政法委|常委|团委|工委)$")
_GOVERNMENT = deferred(r"^(?:人民政府|政府|行政公署|行署)?")
_OFFICE = deferred(r"^(?:办公室|办公厅|办)$")
_TOWNSHIP_END = deferred(r"(?:人民政府|政府|办事处|(?<=街道)办)$")
_ZONE_END = deferred(r"(?:管理委员会|管委会)$")


class _Words(NamedTuple):
    kinds: dict[str, re.Pattern[str]]
    short: dict[str, str]
    units: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads((files("gxnlp") / "data" / "agencies.toml").read_text(encoding="utf-8"))
    units: dict[str, str] = data["units"]
    return _Words(
        kinds={kind: deferred(pattern) for kind, pattern in data["kinds"].items()},
        short={s["from"] + u: s["to"] + units.get(u, u) for s in data["short"] for u in s["units"]},
        units=units,
    )


def agency_kind(agency: str) -> str:
    """Kind of a body, one of `KINDS`, by its name; of alternatives (甲局|乙局) the first counts."""
    name = _BRACKETS.sub("", agency.split("|")[0].strip())
    return next(kind for kind, pattern in _words().kinds.items() if pattern.search(name))


def agency_id(agency: str, place: Place) -> str:
    """The id of a body: place, kind and the name without its place, joined by dots.

    Args:
        agency: Folded name without spaces, with its place where the report gives it.
        place: The place that `gxnlp.report_info.places.locate` found for it.

    Returns:
        `321322.department.发展改革局`; the place is its first code, else its words, else `cn`. Empty
        where the body is not known, or not told apart from others of its name.
    """
    kind = "zone" if place.zone and _of_zone(agency[place.start :]) else agency_kind(agency)
    where = _where(agency, place)
    if not agency or not where:
        return ""
    return ".".join(part for part in (where, kind, _own_name(agency, place, kind)) if part)


def _where(agency: str, place: Place) -> str:
    if place.unsure:
        return ""
    national = not place.words and (_NATIONAL.match(agency) or _NATIONAL_NAME.match(agency))
    return place.series or place.words or (NATIONAL if national else "")


def _of_zone(rest: str) -> bool:
    return not rest or bool(_ZONE_END.fullmatch(rest))


def _own_name(agency: str, place: Place, kind: str) -> str:
    """What tells a body from others of its kind and place; empty for the government itself."""
    rest = _BRACKETS.sub("", agency[place.start :].removeprefix("中华人民共和国"))
    zone = place.zone if place.series else ""  # without a code the words of the zone stand for the place
    if kind == "zone":
        return _ZONE_END.sub("", zone + rest)
    if kind == "institution" and not _OWN_UNIT.search(place.words):
        return agency  # 江苏大学
    if kind in ("government", "township"):
        rest = _GOVERNMENT.sub("", rest)
        return zone + ("办公室" if _OFFICE.match(rest) else _TOWNSHIP_END.sub("", rest))
    return zone + _full(_GOVERNMENT.sub("", rest))


def _full(name: str) -> str:
    """A department's name in full and without conjunctions."""
    words = _words()
    name = _AND.sub("", name)
    if name in words.short:
        return words.short[name]
    if name[-1:] in words.units and not _PARTY.search(name):
        return name[:-1] + words.units[name[-1]]
    return name
