"""The place of a body: from its name and what the report says of it, to a code of GB/T 2260.

A name is read from its start against the register (江苏省|宿迁市|宿城区|教育局). Where the register does
not know a place, its words are taken by their shape and it has no code. A name that several places
share gets a code only where the report shows which one is meant; nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.report_info.regions import Region, register

_PREFIX = deferred(r"^(?:国家税务总局|中共|国家统计局|中国气象局|国家|中华人民共和国)")
# 市场, 市容, 市民, 市政 are no cities; in 市民政局, 市政府 the city ends.
_NO_MARKET = "(?![场容]|民(?![政族宗防])|政(?![府务协法]))"
# City, prefecture; county, district. 城市, 社区, 市场, 区划 and the like are no places.
_CITY = deferred(rf"(?!城市)[^省市县区旗]{{2,8}}?(?:自治州|地区|盟|州(?![市县区])|市{_NO_MARKET})")
_COUNTY = deferred(
    r"(?!城市|社区|园区|校区|景区|片区)[^省市县区旗镇乡（府厅局委]{1,9}?"
    rf"(?:自治县|县(?!域)|自治旗|旗|林区|特区|区(?![划域])|市{_NO_MARKET})"
)
_ZONE = deferred(
    r"[^省市县旗局厅委]{1,16}?(?:实验|试验|开发|高新|工业园?|度假|示范|保税|保护|管理|新|园|旅游|产业|合作|功能|风景)区"
)
_INSTITUTION = deferred(r"(?:大学|学院|学校|中学|小学|幼儿园|医院|公司|集团|中心)$")
_TOWNSHIP = deferred(r"(?:镇|乡|苏木)(?:人民)?(?:政府)?$|街道(?:办事处|办)?$")
# 南京路, 山东南路, 吉林大街 name no place of a report.
_NO_STREET = r"(?![东南西北中一二三]?(?:路|街|大道|大街|巷|弄))"
# 县水利局, 区人民政府 stand for the place that the page names. 市政, 区块链, 乡村 do not.
_BARE = deferred(
    r"(?:([省市县区旗州盟])(?!政(?!府)|场|容|民|块|域|级|直|城)|(自治[区州县旗]))[^省市县区旗州盟]"
)
_PHONE = deferred(r"(?<![0-9])(0[1-9][0-9]{1,2})[-— ）]{1,2}[0-9]{7,8}(?![0-9])")
# The address of a site, as a preamble prints it (www.qingliu.gov.cn).
_HOST = deferred(r"(?:https?://|www\.)([0-9A-Za-z][0-9A-Za-z.-]{3,60})")
_MUNICIPALITIES = ("11", "12", "31", "50")
_CORPS = deferred(r"生产建设兵团(?:第?[一二三四五六七八九十]{1,3}师)?")
# What zones are called; the words before it are a zone's own name.
_ZONE_TYPE = deferred(
    "(?:国家级?|省级|经济|技术|高新|产业|工业|综合|实验|试验|开发|保税|旅游|度假|示范|农业|科技|生态|循环|出口|加工|合作"
    "|管理|保护|风景|名胜|功能|物流|自贸|城|园|新|区)+$"
)
_LAST = deferred(r".{1,9}?(?:自治[州县旗]|地区|林区|特区|[省市县区旗州盟])")


class Evidence(NamedTuple):
    """What a report says beside the name of its body, the most trusted first.

    Attributes:
        texts: Folded texts: publisher and title, preamble and signature, the whole report.
        host: Host of the page's address.
    """

    texts: tuple[str, ...] = ()
    host: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body is.

    Attributes:
        words: The place as the name says it, down to the county or a zone.
        level: Level of the body: province, city, county, township or empty.
        code: Six digits, empty where the place is not known or not certain.
        series: The first code of the same place since 2000; the code of most places.
        start: Offset in the body's name of what follows the place.
        unsure: Whether several places have the name and the report does not tell which.
        zone: Words of a zone (综合实验区) within the place of the code, empty where there is none.
        note: A slip of the pen in the place's name, in words.
    """

    words: str = ""
    level: str = ""
    code: str = ""
    series: str = ""
    start: int = 0
    unsure: bool = False
    zone: str = ""
    note: str = ""


NO_EVIDENCE = Evidence()


def locate(agency: str, year: int | None, evidence: Evidence = NO_EVIDENCE) -> Place:
    """Find the place of a body.

    Args:
        agency: Folded name without spaces.
        year: The year that the report is on: a code that was abolished is found in its years.
        evidence: What else the report says; consulted where the name is not enough.

    Returns:
        The place; without a code where none is certain.
    """
    prefix = _PREFIX.match(agency)
    skip = prefix.end() if prefix else 0
    name = agency[skip:]
    options, offset = _walk(name, year)
    zone = _ZONE.match(name, offset)
    if zone:
        return _zone(name, skip, zone, options, year, evidence)
    finer = _unknown(name, offset, options)
    if finer:
        return _unlisted(name, skip, finer, year, evidence)
    if not options:
        return _bare(agency, name, year, evidence)
    found = _decide(options, year, evidence)
    levels = {region.level for region in ([found] if found else options)}
    level = _level(name, levels.pop() if len(levels) == 1 else "")
    place = Place(name[:offset], level, start=skip + offset, unsure=found is None)
    return _with_code(place, found)


def _with_code(place: Place, region: Region | None) -> Place:
    if region is None:
        return place
    return replace(place, code=region.code, series=region.series, unsure=False)


def _level(name: str, level: str) -> str:
    if _INSTITUTION.search(name):
        return ""
    return "township" if _TOWNSHIP.search(name) else level


# ---- the name against the register ----


def _walk(name: str, year: int | None) -> tuple[list[Region], int]:
    """The places that the start of a name may mean, and the offset behind them."""
    options: list[Region] = []
    offset = 0
    while step := _step(name, offset, options, year):
        options, offset = step
        corps = _CORPS.match(name, offset)
        offset = corps.end() if corps and options[0].code == "650000" else offset
    return options, offset


def _step(
    name: str, offset: int, above: Sequence[Region], year: int | None
) -> tuple[list[Region], int] | None:
    """One level further down: the longest name that lies within one of the places above."""
    places = register()
    for end in range(min(len(name), offset + places.longest), offset + 1, -1):
        word = name[offset:end]
        found = places.named(word, year, above)
        if found and (found[0].name == word or re.match(_NO_STREET, name[end:])):
            return found, end
        # 南京鼓楼区: a prefecture without 市 where a county of it follows.
        cities = [r for r in places.stemmed(word, year, above) if r.level == "city"]
        below = _step(name, end, cities, year) if cities else None
        if below:
            return below
    return None


def _unknown(name: str, offset: int, options: Sequence[Region]) -> int:
    """Offset behind a place that the register does not know, 0 where there is none."""
    end = offset
    levels = {region.level for region in options}
    if "county" in levels:
        return 0
    municipality = any(region.code[:2] in _MUNICIPALITIES for region in options)
    city = None if municipality or "city" in levels else _CITY.match(name, offset)
    end = city.end() if city else offset
    county = _COUNTY.match(name, end)
    end = county.end() if county else end
    return end if end > offset else 0


def _unlisted(name: str, skip: int, end: int, year: int | None, evidence: Evidence) -> Place:
    """A place by the shape of its words: no code, unless it is a slip for one that the text has."""
    words = name[:end]
    county = len(_LAST.findall(words)) > 1 or not _CITY.fullmatch(words)
    level = "county" if county else "" if words.endswith("市") else "city"
    place = Place(words, _level(name, level), start=skip + end)
    meant = _slip(words, year, evidence)
    if meant is None:
        return place
    note = f"the name of the body has {words}, no place of the register; the report also has {meant.name}"
    place = Place(words, _level(name, meant.level), start=skip + end, note=f"{note} ({meant.code})")
    return _with_code(place, meant)


def _zone(
    name: str,
    skip: int,
    zone: re.Match[str],
    options: Sequence[Region],
    year: int | None,
    evidence: Evidence,
) -> Place:
    """A zone has the code of the place that holds it: 宿迁市|湖滨新区, 平潭|综合实验区."""
    own = zone.group()
    named = len(_ZONE_TYPE.sub("", own)) > 1
    place = Place(name[: zone.end()], start=skip + zone.end(), zone=own, unsure=True)
    for end in range(min(len(own) - 2, 8), 1, -1):
        inner = [r for r in register().stemmed(own[:end], year, options) if r.level != "province"]
        sure = [r for r in inner if options or r.level == "city" or _backed(r, evidence, year)]
        if len(sure) == 1:
            return replace(_with_code(place, sure[0]), zone=own[end:])
        named = named and not inner
    place = _with_code(place, _decide(options, year, evidence))
    return replace(place, unsure=place.unsure and not (named and not options))


# ---- the report as a witness ----


def _decide(options: Sequence[Region], year: int | None, evidence: Evidence) -> Region | None:
    """The one place that is meant, `None` where that is not certain."""
    best = list(options)
    if len(best) > 1:
        best = _supported(best, year, evidence)
    if len({region.code[:2] for region in best}) == 1 and len(best) > 1 and year is not None:
        # 铜仁市 was a county before it was a prefecture: the year tells.
        best = [region for region in best if not region.years_from(year)]
    return best[0] if len(best) == 1 else None


def _supported(options: list[Region], year: int | None, evidence: Evidence) -> list[Region]:
    """The options that the most trusted witness which tells them apart speaks for, else all."""
    for witness in _witnesses(evidence, year):
        scores = [witness(option) for option in options]
        best = [option for option, score in zip(options, scores, strict=True) if score == max(scores)]
        if max(scores) and len(best) < len(options):
            options = best
        if len(options) == 1:
            break
    return options


def _witnesses(evidence: Evidence, year: int | None) -> list[Callable[[Region], int]]:
    """How strongly each source speaks for a place: 3 by itself, 2 by its prefecture, 1 by its province."""
    texts = evidence.texts
    near = texts[1] if len(texts) > 1 else ""
    phones = set(_PHONE.findall(near))

    def by_text(text: str, *, stems: bool) -> Callable[[Region], int]:
        return lambda region: _named(region, text, year, stems=stems)

    def by_hosts(hosts: Iterable[str]) -> Callable[[Region], int]:
        labels = {label for host in hosts for label in host.split(".")}

        def speaks(region: Region) -> int:
            if region.level == "county" and labels & set(region.hosts):
                return 3
            return _highest(region, year, lambda place: bool(labels & set(place.hosts)))

        return speaks

    def by_phone(region: Region) -> int:
        return _highest(region, year, lambda place: bool(phones & set(place.telephones)))

    first = [by_text(text, stems=True) for text in texts[:1]]
    rest = [by_text(text, stems=text is not texts[-1]) for text in texts[1:]]
    printed = by_hosts(host.lower() for host in _HOST.findall(near))
    return [*first, by_hosts([evidence.host]), by_phone, printed, *rest]


def _named(region: Region, text: str, year: int | None, *, stems: bool) -> int:
    def found(place: Region) -> bool:
        return place.name in text or (
            stems and bool(place.stem) and bool(re.search(re.escape(place.stem) + _NO_STREET, text))
        )

    return _highest(region, year, found)


def _highest(region: Region, year: int | None, holds: Callable[[Region], bool]) -> int:
    places = [
        (2 if place.level == "city" or place.code[:2] in _MUNICIPALITIES else 1, place)
        for place in register().parents(region, year)
    ]
    return max((score for score, place in places if holds(place)), default=0)


def _backed(region: Region, evidence: Evidence, year: int | None) -> bool:
    """Whether the report has a place's full name, or a witness speaks for it."""
    named = any(region.name in text for text in evidence.texts)
    return named or any(witness(region) for witness in _witnesses(evidence, year))


# ---- names that say less than the report ----


def _bare(agency: str, name: str, year: int | None, evidence: Evidence) -> Place:
    """县水利局: the one place of that level which publisher, title lines or else preamble name."""
    marker = _BARE.match(name)
    if marker is None:
        return Place(level=_level(name, ""))
    unit = marker.group()[:-1][-1]
    for text in evidence.texts[:2]:
        names = {found for found in register().names_in(text) if found.endswith(unit)}
        places = [r for found in names for r in register().named(found, year)]
        found = _decide(places, year, evidence) if len(names) == 1 else None
        if found:
            words = next(iter(names))
            place = Place(words, _level(name, found.level), start=len(agency) - len(name) + marker.end() - 1)
            return _with_code(place, found)
    return Place(level=_level(name, ""), unsure=True)


def _slip(words: str, year: int | None, evidence: Evidence) -> Region | None:
    """The place that a misprint (沐阳县) means: one character away, and named in the report twice."""
    last = _LAST.findall(words)[-1] if _LAST.search(words) else words
    if len(last) < 3 or not evidence.texts:
        return None
    counts = Counter(name for name in register().names_in(evidence.texts[-1]) if len(name) == len(last))
    near = [name for name, count in counts.items() if count > 1 and _one_away(name, last)]
    if len(near) != 1:
        return None
    return _decide(register().named(near[0], year), year, evidence)


def _one_away(name: str, other: str) -> bool:
    return name[-1] == other[-1] and sum(a != b for a, b in zip(name, other, strict=True)) == 1
