"""What a report says of itself: kind, title, body, place, year, date, address.

Nothing is guessed: what title, page lines and preamble do not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gxnlp.folding import fold
from gxnlp.headings import strict_code
from gxnlp.ontology import default_ontology
from gxnlp.records import Document, Interval, ReportInfo, Section
from gxnlp.titles import YEAR, agency_end, find_title, info_vocabulary

_SUBJECT = r"(?:政府信息(?:与政务|和政务)?公开|政务信息公开|政务公开|信息公开)"
_YEAR_IN_TITLE = re.compile(rf"[（(]?(?:{YEAR}[-—~至年]{{1,2}})?{YEAR}(?:学年)?年?度?[）)]?")
_AROUND_NAME = re.compile(
    r"^(?:关于)?(?:公布|发布|报送|印发)?[《〈]?|(?:关于)?(?:公布|发布|报送|印发|的|关区)?(?:年度)?[的—\-·《（(]*$"
)
_SITE = re.compile(r"[-_|>]")  # 门户网站-某局2023年…
_YEAR = re.compile(YEAR)
_REPORT = re.compile(r"(?:报告|年报)(?:（[^）]*）)?(?:的?(?:公告|公示|通告))?$")
_PART_OF_YEAR = re.compile(r"半年|季度|[0-9]月")
_PERIOD = re.compile(rf"(?:统计|数据|时限|期限|时间)[^。]{{0,30}}?({YEAR}) ?年 ?1 ?月 ?1 ?日")
# The hour may follow without a space: 2021-03-2918:26.
_DATE = (
    r"((?:19|20)[0-9]{2}) ?[-/.年] ?([01]?[0-9]) ?[-/.月] ?(3[01]|[12][0-9]|0?[1-9])(?![0-9](?![0-9]?[：:]))"
)
_CN_DATE = re.compile(
    r"([二][〇○零Oo0][一二三四五六七八九〇○零]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_LINE_DATE = re.compile(rf"(?:^|\n)[ \t]*{_DATE}(?: ?日)?(?=\s|$)(?! ?[日起至])")
_LAST_DATE = re.compile(rf"{_DATE}(?: ?日)?$")
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
}
_TAIL = 120
# The office inside the body that edits the report: 某局办公室, 某县人民政府信息公开工作领导小组办公室.
_OFFICE = re.compile(
    r"(?:(?<=[局委厅院署处府会学])(?:政务公开|综合)?|(?:政府|政务)?信息公开(?:工作)?(?:领导小组)?)"
    r"(?:办公室|办公厅|党政办|政务公开科|秘书科|综合科)$"
)
_OFFICE_ALONE = re.compile(r"(?:[省市县区旗州镇乡]?(?:人民)?政府)?(?:办公室|办公厅|办)")
_ZONE = re.compile(
    r"[^省市县旗]{2,16}?(?:实验|试验|开发|高新|工业园?|度假|示范|保税|保护|管理|新|园|旅游|产业|合作)区"
)
_INSTITUTION = re.compile(r"(?:大学|学院|学校|中学|小学|幼儿园|医院|公司|集团|中心)$")
_TOWNSHIP = re.compile(r"(?:镇|乡|苏木)(?:人民)?(?:政府)?$|街道(?:办事处|办)?$")
_PRONOUN = re.compile(r"[本我各]|社会|政府信息|全文|年度")
_PREFIX = re.compile(r"^(?:国家税务总局|中共|国家统计局|中国气象局|国家|中华人民共和国)")
# City, prefecture; county, district. 城市, 社区, 市场 and the like are no places.
_CITY = re.compile(r"(?!城市)[^省市县区旗]{2,8}?(?:自治州|地区|盟|州(?![市县区])|市(?![场政容]))")
_COUNTY = re.compile(
    r"(?!城市|社区|园区|校区|景区|片区)[^省市县区旗镇乡（府厅局委]{1,9}?(?:自治县|县|自治旗|旗|林区|特区|区|市(?![场政容]))"
)
_SIGNATURE = r"\n ?([^\n，。；：0-9]{{2,30}}{end}) ?\n[^\n]*年"


def _subject() -> str:
    """What reports are on, as titles word it; with the further subjects of the ontology in use."""
    further = default_ontology().subjects
    return "|".join([_SUBJECT, *(re.escape(fold(subject)) for subject in further)]).join(("(?:", ")"))


@dataclass(frozen=True, slots=True)
class _Names:
    provinces: re.Pattern[str]
    municipalities: frozenset[str]
    cities: frozenset[str]
    published: re.Pattern[str]
    written: re.Pattern[str]
    labelled: re.Pattern[str]
    named: tuple[re.Pattern[str], ...]
    contact: re.Pattern[str]
    signature: re.Pattern[str]
    url: re.Pattern[str]


@lru_cache(maxsize=1)
def _names() -> _Names:
    data = info_vocabulary()
    provinces, end = "|".join(data["provinces"]), agency_end()
    name = r"([^，。；：、0-9（）“”《》 \n]{2,40}?"

    def dated(labels: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<![一-鿿])(?:{'|'.join(labels)})(?: ?[：:] ?|[ \t|]+){_DATE}")

    return _Names(
        provinces=re.compile(rf"(?:{provinces})(?:省|壮族自治区|回族自治区|维吾尔自治区|自治区)?"),
        municipalities=frozenset(data["municipalities"]),
        cities=frozenset(data["prefecture_cities"].split()),
        published=dated(data["published_labels"]),
        written=dated(data["written_labels"]),
        labelled=re.compile(
            rf"(?:{'|'.join(data['agency_labels'])})(?: ?[：:] ?|[ \t|]+)([^\s，。；：|】]{{2,40}})"
        ),
        # 现公布X2023年…, 由X根据/编制, X编制: what stands in the preamble for the body.
        named=(
            re.compile(
                rf"[公发]布[《〈]?(?:{YEAR} ?年度?)?{name})(?:编制的?)?(?: ?{YEAR}|的?(?:年度)?{_SUBJECT})"
            ),
            re.compile(rf"由{name}{end})(?:根据|依据|按照|结合|在|汇总|组织|综合|负责|编制|编写|统计)"),
            re.compile(rf"[，。、 \n]{name}{end})(?:组织)?(?:编制|编写)"),
        ),
        contact=re.compile(rf"(?:与|和|向|联系：) ?{name}{end})(?:[^，。；：]{{0,20}}?联系|，|（)"),
        signature=re.compile(_SIGNATURE.format(end=end)),
        url=re.compile(rf"(?:{'|'.join(data['url_labels'])})\s*[：:]?\s*(https?://[^\s，。；）)<>\"]+)"),
    )


def read_info(
    document: Document, sections: tuple[Section, ...], meta: Mapping[str, str] | None = None
) -> ReportInfo:
    """Read what title, page lines and preamble say of a report.

    Args:
        document: The report.
        sections: What `gxnlp.sections.find_sections` found in it.
        meta: What the file says of itself (`gxnlp.reading.Reading.meta`). Its title counts where the
            text has none, or none that names year or body as it does; its publisher where no title
            names the body; its address and date of publication before what the text prints, a date
            of writing behind it.

    Returns:
        Kind, title, body (`agency` simplified and without spaces, `agency_printed` as it
        stands), place, level, year, date of publication and address; empty where not stated.
    """
    first = next((s.start for s in sections if s.code != "preamble"), len(document.text))
    head = document.folded[: min(first, 8000)]
    place = find_title(document.folded, len(head))
    meta = meta or {}
    title = _better_title(
        _squeeze(document.text[place.start : place.end]) if place else "", _squeeze(meta.get("title", ""))
    )
    agency, printed = _agency(document, head, title, sections, meta)
    published = (
        meta.get("published") or _published(document, head, place, sections) or meta.get("written", "")
    )
    region, level = _region(_with_place(agency, head))
    return ReportInfo(
        kind=_kind(fold(title), document, sections),
        title=title,
        agency=agency,
        agency_printed=printed,
        region=region,
        level=level,
        year=_year(fold(title), document.folded, first, published),
        published=published,
        source_url=meta.get("source_url") or _url(document.text[: len(head)]),
    )


def _squeeze(text: str) -> str:
    return "".join(text.replace("#", " ").replace("*", " ").split())


def _better_title(printed: str, stated: str) -> str:
    """The title printed in the text, or the one that the page states where it says more of the report."""
    folded = fold(stated)
    if not printed or not find_title(folded, len(folded)):
        return printed or (stated if find_title(folded, len(folded)) else "")
    years = [_YEAR.findall(fold(title)) for title in (printed, stated)]
    if all(years) and years[0] != years[1]:
        return printed
    both = [
        (bool(_YEAR.search(fold(title))), bool(_agency_of_title(title)), title is printed)
        for title in (printed, stated)
    ]
    return printed if both[0] >= both[1] else stated


def _kind(title: str, document: Document, sections: tuple[Section, ...]) -> str:
    """`annual_report` where the title or the statutory outline says so, else `other`."""
    if _YEAR.search(title) and _REPORT.search(title) and not _PART_OF_YEAR.search(title):
        return "annual_report"
    strict = {strict_code(fold(section.title)) for section in sections if section.level == 1}
    own = len(strict & {"proactive", "applications", "review"})
    about = "信息公开" in document.folded or "政务公开" in document.folded
    return "annual_report" if about and (own >= 2 or (own and title)) else "other"


# ---- the body ----


def _agency(
    document: Document, head: str, title: str, sections: tuple[Section, ...], meta: Mapping[str, str]
) -> tuple[str, str]:
    """The body's name, simplified and as printed."""
    publisher, source = (_body_name(meta.get(key, "")) for key in ("publisher", "source"))
    if publisher and _OFFICE_ALONE.fullmatch(fold(publisher)):
        publisher, source = "", publisher
    names = (_agency_of_title(title), publisher, next(_other_names(document, head, sections), ""), source)
    printed = next(filter(None, names), "")
    return fold(printed), printed


def _body_name(stated: str) -> str:
    """What the page gives as publisher, if it is a body: not 本网, a web site or a person."""
    name = _squeeze(stated)
    return name if 2 < len(name) <= 40 and re.search(rf"{agency_end()}$", fold(name)) else ""


def _agency_of_title(title: str) -> str:
    """What stands before the subject in a title, without the year."""
    subjects = list(re.finditer(_subject(), fold(title)))
    if not subjects:
        return ""
    end = subjects[-1].start()
    year = _YEAR_IN_TITLE.search(fold(title[:end]))
    parts = [title[: year.start()], title[year.end() : end]] if year else [title[:end]]
    names = [_AROUND_NAME.sub("", _SITE.split(part)[-1]) for part in parts]
    name = next((name for name in names if len(name) >= 2), "")
    if name.endswith("人民") and subjects[-1].group().startswith("政府"):
        name += "政府"  # 某县人民政府信息公开年度报告
    return name


def _other_names(document: Document, head: str, sections: tuple[Section, ...]) -> Iterator[str]:
    """Names of the body outside of the title, the better first."""
    names = _names()
    labelled = [m[1] for m in names.labelled.finditer(head) if re.search(rf"{agency_end()}$", m[1])]
    yield from (name for name in labelled if not _OFFICE_ALONE.fullmatch(name))
    for pattern in (*names.named, names.contact):
        found = (_OFFICE.sub("", _squeeze(match[1])) for match in pattern.finditer(head))
        full = (name + "政府" if name.endswith("人民") else name for name in found)
        yield from (name for name in full if len(name) >= 3 and not _PRONOUN.match(name))
    signature = names.signature.search(_tail(document, sections))
    if signature:
        yield _squeeze(signature[1])
    yield from labelled


def _tail(document: Document, sections: tuple[Section, ...]) -> str:
    end = max((section.end for section in sections), default=len(document.text))
    return document.folded[max(0, end - _TAIL) : end]


# ---- place ----


def _with_place(agency: str, head: str) -> str:
    """A name without a place (石埔乡人民政府) with the one that stands before it elsewhere."""
    if not agency or _region(agency)[0]:
        return agency
    longer = re.search(rf"[一-鿿]{{2,12}}?[省市州县区旗盟]{re.escape(agency)}", head)
    return re.split("[由与向在布]", longer.group())[-1] if longer else agency


def _region(agency: str) -> tuple[str, str]:
    """Place part of a body's name down to the county, and the level of the body."""
    name = _PREFIX.sub("", agency)
    province = _names().provinces.match(name)
    offset = province.end() if province else 0
    municipality = province is not None and province.group() in _names().municipalities
    city = None if municipality else _CITY.match(name, offset)
    offset = city.end() if city else offset
    zone = _ZONE.match(name, offset)
    if zone:
        return name[: zone.end()], ""
    county = _COUNTY.match(name, offset)
    region = name[: county.end() if county else offset]
    return region, _level(name, region, province, city, county)


def _level(
    name: str,
    region: str,
    province: re.Match[str] | None,
    city: re.Match[str] | None,
    county: re.Match[str] | None,
) -> str:
    if _INSTITUTION.search(name):
        return ""
    if _TOWNSHIP.search(name):
        return "township"
    if county:
        return "county"
    if city:
        known = city.group().removesuffix("市") in _names().cities
        return "city" if known or not city.group().endswith("市") else ""
    return "province" if province and region else ""


# ---- year and date ----


def _year(title: str, folded: str, first: int, published: str) -> int | None:
    in_title = _YEAR_IN_TITLE.search(title)
    if in_title:  # of 2021-2022学年 the second
        return _number_of_year(_YEAR.findall(in_title.group())[-1])
    head = folded[: min(first + 400, len(folded))]
    for pattern in (_PERIOD, re.compile(rf"({YEAR}) ?年?度? ?{_subject()}")):
        match = pattern.search(head)
        if match:
            return _number_of_year(match[1])
    match = re.search(rf"({YEAR}) ?年", folded[:200])
    if published and match is None:
        return int(published[:4]) - 1
    match = match or re.search(rf"({YEAR}) ?年", folded[first : first + 400])
    return _number_of_year(match[1]) if match else None


def _number_of_year(year: str) -> int:
    return int("".join(_DIGITS.get(char, char) for char in year.replace("二", "2", 1)))


def _published(document: Document, head: str, title: Interval | None, sections: tuple[Section, ...]) -> str:
    """Date of publication of the page, else of the document, as ISO date."""
    names = _names()
    for pattern in (names.published, names.written):
        match = pattern.search(head)
        if match:
            return _iso(match[1], match[2], match[3])
    match = _LINE_DATE.search(head, title.end, title.end + 80) if title else None
    if match is None:
        tail = _tail(document, sections)
        match = _LAST_DATE.search(tail.rstrip())
        written = _CN_DATE.search(tail)
        if match is None and written:
            return _iso(*(_chinese_number(part) for part in written.groups()))
    return _iso(match[1], match[2], match[3]) if match else ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # 2024-02-31, a slip of the page
        return ""


def _chinese_number(text: str) -> str:
    """二〇二一 → 2021, 十二 → 12, 二十 → 20, 二十九 → 29."""
    if "十" not in text:
        return "".join(_DIGITS.get(char, char) for char in text)
    tens, ones = text.split("十", 1)
    return str(10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0")))


def _url(head: str) -> str:
    match = _names().url.search(head)
    return match[1] if match else ""
