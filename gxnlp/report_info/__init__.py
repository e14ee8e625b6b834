"""What a report says of itself: kind, title, body, place, year, date, address.

Nothing is guessed: what title, page lines and preamble do not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.ontology import default_ontology
from gxnlp.records import Document, Interval, ReportInfo, Section
from gxnlp.report_info.agencies import agency_id
from gxnlp.report_info.kind import kind_of
from gxnlp.report_info.places import Evidence, locate
from gxnlp.sections.titles import UNSAID, YEAR, agency_end, announced_title, find_title, info_vocabulary

_SUBJECT = rf"(?:政府信息(?:与政务|和政务)?公开|政务信息公开|政务公开|信息公开|{UNSAID})"
_YEAR_IN_TITLE = deferred(rf"[（(]?(?:{YEAR}[-—~至年]{{1,2}})?{YEAR}(?:学年)?年?度?[）)]?")
_AROUND_NAME = deferred(
    r"^(?:关于)?(?:公布|发布|报送|印发)?[《〈]?|(?:关于)?(?:公布|发布|报送|印发|的|关区)?(?:年度)?[的—\-·《（(]*$"
)
_SITE = deferred(r"[-_|>]")  # 门户网站-某局2023年…
_YEAR = deferred(YEAR)
_YEAR_ALONE = deferred(rf"({YEAR}) ?年(?! ?[0-9]{{1,2}} ?月 ?[0-9])")
_PERIOD = deferred(rf"(?:统计|数据|时限|期限|时间)[^。]{{0,30}}?({YEAR}) ?年 ?1 ?月 ?1 ?日")
# The hour may follow without a space: 2021-03-2918:26.
_DATE = (
    r"((?:19|20)[0-9]{2}) ?[-/.年] ?([01]?[0-9]) ?[-/.月] ?(3[01]|[12][0-9]|0?[1-9])(?![0-9](?![0-9]?[：:]))"
)
_CN_DATE = deferred(
    r"([二][〇○零Oo0][一二三四五六七八九〇○零]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_LINE_DATE = deferred(rf"(?:^|\n)[ \t]*{_DATE}(?: ?日)?(?=\s|$)(?! ?[日起至])")
_LAST_DATE = deferred(rf"{_DATE}(?: ?日)?$")
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
}
_TAIL = 120
# The office inside the body that edits the report: 某局办公室, 某县人民政府信息公开工作领导小组办公室.
_OFFICE = deferred(
    r"(?:(?<=[局委厅院署处府会学])(?:政务公开|综合)?|(?:政府|政务)?信息公开(?:工作)?(?:领导小组)?)"
    r"(?:办公室|办公厅|党政办|政务公开科|秘书科|综合科)$"
)
# 太和县 is not the body where 太和县中医院 stands.
_WITHIN_PLACE = (
    r"(?:(?<=[省市县区旗州盟])[^，。；：、0-9（）“”《》 \n与和]{1,12}?"
    "(?:局|委员会|厅|医院|卫生院|大学|学院|学校|中学|小学|中心|公司))?"
)
_OFFICE_ALONE = deferred(r"(?:[省市县区旗州镇乡]?(?:人民)?政府)?(?:办公室|办公厅|办)")
_PRONOUN = deferred(r"[本我各]|社会|政府信息|全文|年度")
_BEFORE_NAME = r"[一-鿿]{{2,12}}?[省市州县区旗盟]{}"
_BEFORE_PLACE = deferred("来源|发布|公布|按照|根据|依据|现将?|(?<!外)向|[由与在将《]")
_NO_NAME = deferred("[全各我本](?:[省市县区旗州镇乡局委办厅院校会处所站社]|单位|机关|街道|部门|中心|公司)")
_NO_DISTRICT = deferred(
    "(?:开发|高新|产业|投资|经济|示范|保税|度假|名胜|园|合作|试验|实验|功能|管理|工业|港|片)区$"
)
"""Areas that a management committee runs, not the people's government of a district."""
# What the law calls the body of a place by the place's last word, the longer words first.
_BODIES = {"街道": "办事处", "盟": "行政公署", "地区": "行政公署", "自治区": "人民政府", "苏木": "人民政府"}
_BODIES |= dict.fromkeys("省市县旗州镇乡", "人民政府")
_SIGNATURE = r"\n ?([^\n，。；：0-9]{{2,30}}{end}) ?\n[^\n]*年"


def _subject() -> str:
    """What reports are on, as titles word it; with the further subjects of the ontology in use."""
    further = default_ontology().subjects
    return "|".join([_SUBJECT, *(re.escape(fold(subject)) for subject in further)]).join(("(?:", ")"))


class _Names(NamedTuple):
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
    end = agency_end()
    name = r"([^，。；：、0-9（）“”《》 \n]{2,40}?"

    def dated(labels: list[str]) -> re.Pattern[str]:
        return deferred(rf"(?<![一-鿿])(?:{'|'.join(labels)})(?: ?[：:][ \t|]{{0,9}}|[ \t|]+){_DATE}")

    return _Names(
        published=dated(data["published_labels"]),
        written=dated(data["written_labels"]),
        labelled=deferred(
            rf"(?:{'|'.join(data['agency_labels'])})(?: ?[：:] ?|[ \t|]+)([^\s，。；：|】]{{2,40}})"
        ),
        # 现公布X2023年…, 现将X2023年…, 由X根据/编制, X编制: what stands in the preamble for the body.
        named=(
            deferred(
                rf"[公发]布[《〈]?(?:{YEAR} ?年度?)?{name})(?:（[^（）]{{1,20}}）)?(?:编制的?)?"
                rf"(?: ?{YEAR}|的?(?:年度)?{_SUBJECT})"
            ),
            deferred(rf"现[将就]{name}{end})(?:（[^（）]{{1,20}}）)?(?: ?{YEAR}|的?(?:年度)?{_SUBJECT})"),
            deferred(rf"由{name}{end})(?:根据|依据|按照|结合|在|汇总|组织|综合|负责|编制|编写|统计)"),
            deferred(rf"[，。、 \n]{name}{end})(?:组织)?(?:编制|编写)"),
        ),
        contact=deferred(
            rf"(?:与|和|(?<!外)向|联系：) ?{name}{end}{_WITHIN_PLACE})(?:[^，。；：]{{0,20}}?联系|，|（)"
        ),
        signature=deferred(_SIGNATURE.format(end=end)),
        url=deferred(rf"(?:{'|'.join(data['url_labels'])})\s*[：:]?\s*(https?://[^\s，。；）)<>\"]+)"),
    )


def read_info(
    document: Document,
    sections: tuple[Section, ...],
    meta: Mapping[str, str] | None = None,
    *,
    kind: str = "",
) -> ReportInfo:
    """Read what title, page lines and preamble say of a report.

    Args:
        document: The report.
        sections: What `gxnlp.sections.find_sections` found in it.
        meta: What the file says of itself (`gxnlp.reading.Reading.meta`). Its title counts where the
            text has none, or none that names year or body as it does; its publisher where no title
            names the body; its address and date of publication before what the text prints, a date
            of writing behind it.
        kind: What the document is, where somebody knows; else title and sections tell.

    Returns:
        Kind, title, body (`agency` simplified, in full and without spaces, `agency_printed` as it
        stands), its id, place, level, year, date of publication and address; empty where not stated.
    """
    first = next((s.start for s in sections if s.code != "preamble"), len(document.text))
    head = document.folded[: min(first, 8000)]
    place = find_title(document.folded, len(head))
    meta = meta or {}
    title = _better_title(
        _squeeze(document.text[place.start : place.end]) if place else "", _title_of(meta.get("title", ""))
    )
    told = title or announced_title(document.folded, len(head))
    printed = _agency(document, head, told, sections, meta)
    published = (
        meta.get("published") or _published(document, head, place, sections) or meta.get("written", "")
    )
    year = _year(fold(told), document.folded, first)
    url = meta.get("source_url") or _url(document.text[: len(head)])
    agency = _in_full(fold(printed), head)
    publisher = fold(meta.get("publisher", ""))
    where = locate(agency, year, _evidence(document, head, place, url, publisher))
    kind = kind or kind_of(fold(told), document, sections)
    return ReportInfo(
        kind=kind,
        title=title,
        agency=agency,
        agency_printed=printed,
        agency_id=agency_id(agency, where),
        region=where.words,
        region_code=where.code,
        level=where.level,
        year=year,
        published=published,
        source_url=url,
        notes=tuple(
            filter(None, (where.note, _early(fold(title), year, published), _untold(kind, agency, year)))
        ),
    )


def _title_of(page: str) -> str:
    """The title among the words that a file gives as its own (… 年度报告-某县人民政府)."""
    if not page:
        return ""
    pieces = [page, *re.split(r"[-_|—]", page)]
    places = ((piece, find_title(fold(piece), len(piece))) for piece in pieces)
    return next((_squeeze(piece[place.start : place.end]) for piece, place in places if place), "")


def _early(title: str, year: int | None, published: str) -> str:
    """A note where a report came out before the year that it is on was over."""
    if year is None or not published or "学年" in title or published > f"{year}-12":
        return ""
    return f"published on {published}, before the year that it reports on ({year}) was over"


def _untold(kind: str, agency: str, year: int | None) -> str:
    """A note on a report that nobody could tell from others."""
    missing = [name for name, value in (("the body", agency), ("the year", year)) if not value]
    if kind != "annual_report" or not missing:
        return ""
    return f"neither title nor text tells {' or '.join(missing)} (to give it: --meta)"


def _squeeze(text: str) -> str:
    return "".join(text.replace("#", " ").replace("*", " ").split())


def _better_title(printed: str, stated: str) -> str:
    """The title printed in the text, or the one that the page states where it says more of the report."""
    if not printed or not stated:
        return printed or stated
    years = [_YEAR.findall(fold(title)) for title in (printed, stated)]
    if all(years) and years[0] != years[1]:
        return printed
    both = [
        (bool(_YEAR.search(fold(title))), bool(_agency_of_title(title)), title is printed)
        for title in (printed, stated)
    ]
    return printed if both[0] >= both[1] else stated


# ---- the body ----


def _agency(
    document: Document, head: str, title: str, sections: tuple[Section, ...], meta: Mapping[str, str]
) -> str:
    """The body's name as printed."""
    publisher, source = (_body_name(meta.get(key, "")) for key in ("publisher", "source"))
    if publisher and _OFFICE_ALONE.fullmatch(fold(publisher)):
        publisher, source = "", publisher
    named = _agency_of_title(title) or publisher
    return named or next(_other_names(document, head, sections), "") or source


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
    name = next((name for name in names if len(name) >= 2 and not _NO_NAME.fullmatch(fold(name))), "")
    if name.endswith("人民") and subjects[-1].group().startswith("政府"):
        name += "政府"  # 某县人民政府信息公开年度报告
    behind = re.search(rf"（([^（）]{{2,40}}{agency_end()})）$", fold(title))
    return name or (title[behind.start(1) : behind.end(1)] if behind else "")


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


def _in_full(agency: str, head: str) -> str:
    """A name with the place that stands before it elsewhere, and with what the law calls its body.

    石埔乡 is 清岚县石埔乡人民政府 where the page says so: the people's governments of provinces,
    counties and townships, the offices of streets (地方各级人民代表大会和地方各级人民政府组织法).
    """
    core = re.sub(r"(?:人民政府|办事处)$", "", agency)
    longer = None if locate(agency, None).start else re.search(_BEFORE_NAME.format(re.escape(core)), head)
    if agency and longer:
        agency = _BEFORE_PLACE.split(longer.group())[-1] + agency[len(core) :]
    if _NO_DISTRICT.search(agency):
        return agency
    if agency.endswith("区") and locate(agency, None).level == "county":
        return agency + "人民政府"
    return agency + next((body for end, body in _BODIES.items() if agency.endswith(end)), "")


def _evidence(document: Document, head: str, title: Interval | None, url: str, publisher: str) -> Evidence:
    """What is said beside the body's name, for a place that the name leaves open."""
    first = document.folded[: title.end] if title else ""
    host = re.match(r"https?://([^/:]+)", url)
    whole = document.folded
    near = head + whole[-_TAIL:]
    return Evidence((publisher + first, near, whole), host[1].lower() if host else "")


# ---- year and date ----


def _year(title: str, folded: str, first: int) -> int | None:
    """The year that the report is on; the date of the page is no witness of it."""
    in_title = _YEAR_IN_TITLE.search(title)
    if in_title:  # of 2021-2022学年 the second
        return _number_of_year(_YEAR.findall(in_title.group())[-1])
    head = folded[: min(first + 400, len(folded))]
    for pattern in (_PERIOD, deferred(rf"({YEAR}) ?年?度? ?{_subject()}")):
        match = pattern.search(head)
        if match:
            return _number_of_year(match[1])
    match = _YEAR_ALONE.search(folded[:200]) or _YEAR_ALONE.search(folded[first : first + 400])
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
