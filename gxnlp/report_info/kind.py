"""What kind of document a text is, by its title, its outline, or what its first lines call it."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.records import Document, Section
from gxnlp.sections.headings import strict_code
from gxnlp.sections.titles import YEAR

_YEAR = deferred(YEAR)
_REPORT = deferred(r"(?:报告|年报)(?:（[^）]*）)?(?:的?(?:公告|公示|通告|函))?$|“?成绩单”?$")
_PART_OF_YEAR = deferred(r"半年|季度|[0-9]月")
_OF_OVERVIEW = frozenset(
    f"overview.{name}" for name in ("proactive", "on_request", "management", "platform", "supervision")
)
_SURE = 2
_PREAMBLE = 600
_CALLED = deferred(r"信息公开(?:工作)?(?:年度)?(?:报告|年报)$")
_CALLS_ITSELF = deferred(
    r"本(?:年度)?(?:政府)?(?:信息公开)?(?:工作)?(?:年度)?报告[^。\n]{0,16}(?:根据|依据|按照|依照)[^。]{0,6}《[^》]{0,20}信息公开条例"
    r"|(?:编制|编写|<发布>|形成)[^。，；\n]{0,24}信息公开(?:工作)?年度报告"
    r"|信息公开(?:条例》)?[^。《》\n]{0,40}(?:制作|编制|编写|形成|撰写)本(?:年度)?(?:工作)?报告"
    r"|本报告[^。《》\n]{0,40}信息公开[^。《》\n]{0,20}(?:制作|编制|编写|形成|撰写)"
)
"""本报告根据《条例》编制, 编制某市2024年政府信息公开工作年度报告, 本报告按学校信息公开工作情况编制:
what a preamble says of the report."""
_CUT_SHORT = deferred(r"(?:^|\n)[^。；：\n]{0,40}信息公开(?:工作)?\s{0,4}年度?报(?=\s*\n)")
"""…政府信息公开工作年度报: a title that lost its last character."""
_TITLED = deferred(
    r"(?:^|\n)[^。；，\n]{2,60}(?:报告|总结|通知|方案|要点|指南|制度|办法|意见|计划|汇报|公告|通报|目录|清单|规定)"
    r"(?:（[^）\n]{1,20}）)?\s*(?=\n)"
)
_ON_DISCLOSURE = deferred("(?:信息|政务)公开(?!栏|指南|目录|网|年报)")
_ON_LAW = deferred("法治|依法行政")
_MIDWAY = deferred(r"[二三四]、[^\n]{0,20}情况")
_ABOUT = (("信息公开",), ("政务公开",), ("主动公开", "依申请公开"))
"""Words of which a text on disclosure has at least those of one row."""
_GUIDING = ("公开范围", "受理机构")
_REPORTS = ("年报", "年度报告")
_OPENING = 300
_OWN = frozenset({"proactive", "applications", "review"})
_FIRST = {"overview": _SURE, "problems": 1}
"""Sections that a text cut out of a report opens with, though other documents have them too: how often
disclosure must be named around their headings."""


def kind_of(title: str, document: Document, sections: tuple[Section, ...]) -> str:
    """`annual_report` where the title or the statutory outline says so, else `other`.

    Args:
        title: The title, folded; empty where there is none.
        document: The report.
        sections: What `gxnlp.sections.find_sections` found in it.
    """
    if _YEAR.search(title) and _REPORT.search(title) and not _PART_OF_YEAR.search(title):
        return "annual_report"
    strict = {strict_code(fold(section.title)) for section in sections if section.level == 1}
    own = len(strict & _OWN)
    about = any(all(word in document.folded for word in words) for words in _ABOUT)
    if not title and _is_guide(document.folded):
        return "other"
    if about and (own >= 2 or (own and (title or "overview" in strict))):
        return "annual_report"
    return "annual_report" if about and _is_headless(title, document, sections, strict) else "other"


def _is_guide(folded: str) -> bool:
    """Whether a text tells how to ask for information: a guide has the headings of a report, 公开指南."""
    return all(word in folded for word in _GUIDING) and not any(word in folded for word in _REPORTS)


def _is_headless(title: str, document: Document, sections: tuple[Section, ...], strict: set[str]) -> bool:
    """Whether a report whose title is lost or has no year, and whose tables are, shows itself otherwise.

    By the subsections of an overview that the form prescribes, by what title or preamble call it, or, where
    no line is the title of anything, by an outline that opens on disclosure.
    """
    own = len({section.code for section in sections} & _OF_OVERVIEW)
    if "overview" in strict and own >= _SURE:
        return True
    folded = document.folded
    called = _CALLED.search(fold(title)) or _CALLS_ITSELF.search(folded, 0, _PREAMBLE)
    called = called or _CUT_SHORT.search(folded, 0, _PREAMBLE)
    if called is not None and ("overview" in strict or own > 0 or strict & _OWN):
        return True
    return not title and _opens_on_disclosure(folded, sections)


def _opens_on_disclosure(folded: str, sections: tuple[Section, ...]) -> bool:
    """一、总体情况 …做好政府信息公开工作…: a report cut out of its page from a heading on."""
    first = next((s for s in sections if s.code != "preamble"), None)
    if first is None or _TITLED.search(folded, 0, first.start) is not None:
        return False
    code = strict_code(fold(first.title))
    if code in _OWN:
        return _MIDWAY.match(folded, first.start) is not None
    # What stands before the heading opens the report too (2021年，我委认真贯彻…信息公开条例…).
    stretch = (folded, max(0, first.start - _OPENING), first.start + _OPENING)
    told, law = (len(pattern.findall(*stretch)) for pattern in (_ON_DISCLOSURE, _ON_LAW))
    return code in _FIRST and told >= _FIRST[code] and told > law
