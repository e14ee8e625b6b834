"""The sections of a report: the tree of its headings, and an audit of each.

The title decides what a section is; its number, its place and its neighbours decide whether
a candidate is a heading at all. Rules are those of part 1 of the annotation guideline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from gxnlp.deferred import deferred
from gxnlp.records import Audit, Document, Interval, Section
from gxnlp.sections.headings import number_value, read_vocabulary_file, vocabulary
from gxnlp.sections.outline import Chosen, choose_outline
from gxnlp.sections.titles import find_title

STATUTORY = ("overview", "proactive", "applications", "review", "problems", "other")
"""Codes of the six statutory sections, in their order."""

_LINE_BREAK = deferred(r"(?<![ \t#*])[ \t#*]*\n[\s#*]*")
_INK = deferred(r"[^\s#*]")
# What only one statutory section holds: found elsewhere, its heading is missing.
_SIGNATURES = {
    "proactive": deferred(r"第二十条第（一）项"),
    "applications": deferred(r"本列数据的勾稽关系|申请人情况\s*\|?\s*自然人"),
    "review": deferred(r"结果\s*维持[\s|]*结果\s*纠正"),
    "problems": deferred(r"存在的?(?:主要|一些|以下)?(?:问题|不足)"),
}


def find_sections(document: Document) -> tuple[Section, ...]:
    """Find the sections of a report.

    Args:
        document: The report; headings inside `document.tables` are cells, not headings.

    Returns:
        Sections in the order of the text, each after its parent: `preamble` (from the title
        line on), the statutory and other top sections, and their subsections. What the web
        page adds behind the report is in none of them. Of a text without a heading what follows
        its title is the overview, without a title of its own; of a blank text none.
    """
    chosen = choose_outline(document)
    return _audit(document, _build(document, chosen, _body_end(document, chosen)))


def missing_sections(sections: Iterable[Section]) -> tuple[str, ...]:
    """Codes of the statutory sections that have no heading of their own, in statutory order."""
    found = {section.code for section in sections if section.level == 1}
    return tuple(code for code in STATUTORY if code not in found)


# ---- the tree ----


@lru_cache(maxsize=1)
def _footer() -> re.Pattern[str]:
    data = read_vocabulary_file()["footer"]
    lines = rf"\s[ \t【〖\[]{{0,80}}+(?:{'|'.join(map(re.escape, data['lines']))})"
    files = rf"\n[^\n。；]{{1,80}}(?:{'|'.join(map(re.escape, data['ends']))})[ \t]*(?=\n|$)"
    return deferred(rf"{lines}|\n[^\n]{{0,30}}(?:{'|'.join(data['anywhere'])})|{files}")


def _body_end(document: Document, chosen: list[Chosen]) -> int:
    """Offset behind the report's last words: what the web page adds stays outside."""
    if not chosen:
        return len(document.folded)
    last = chosen[-1].heading.end
    match = _footer().search(document.folded, last)
    if match is None:
        return len(document.folded)
    return last + len(document.folded[last : match.start()].rstrip())


def _build(document: Document, chosen: list[Chosen], end: int) -> list[Section]:
    first = chosen[0].heading.start if chosen else end
    sections: list[Section] = []
    preamble = _preamble(document, first)
    if preamble is not None:
        sections.append(preamble)
    if preamble is not None and not chosen:
        return _without_headings(document, preamble)
    stack: list[Section] = []
    ends = _ends(chosen, end)
    for item, stop in zip(chosen, ends, strict=True):
        heading = item.heading
        while stack and stack[-1].level >= item.level:
            stack.pop()
        section = Section(
            section_id=f"s{len(sections) + 1}",
            parent_id=stack[-1].section_id if stack else "",
            level=item.level,
            code=item.code,
            number=heading.number,
            title=_one_line(document.text[heading.title_start : min(heading.title_end, stop)]),
            start=heading.start,
            end=stop,
            heading_end=min(heading.end, stop),  # a run-in heading may cut the title before it
        )
        sections.append(section)
        stack.append(section)
    return sections


def _without_headings(document: Document, preamble: Section) -> list[Section]:
    """The title and, where a report has no heading at all, what it tells as its overview."""
    body = _INK.search(document.text, preamble.heading_end, preamble.end)
    if body is None or preamble.heading_end == preamble.start:
        return [preamble]
    stop = document.folded.find("。", body.start(), preamble.end)
    # Lines of the page (来源, 浏览次数) stand between the title and what is told.
    start = max(body.start(), document.folded.rfind("\n", body.start(), max(stop, body.start())) + 1)
    overview = Section("s2", "", 1, "overview", "", "", start, preamble.end, start)
    return [replace(preamble, end=start), overview]


def _ends(chosen: list[Chosen], end: int) -> list[int]:
    """Where each section ends: at the next heading of its level or higher."""
    ends = [end] * len(chosen)
    open_at: list[int] = []
    for at, item in enumerate(chosen):
        while open_at and chosen[open_at[-1]].level >= item.level:
            ends[open_at.pop()] = item.heading.start
        open_at.append(at)
    return ends


def _preamble(document: Document, end: int) -> Section | None:
    if not document.text[:end].strip():
        return None
    title = find_title(document.folded, end)
    if title is None or document.folded[: title.start].endswith("《"):  # quoted in a sentence
        title = Interval(*[len(document.text) - len(document.text.lstrip())] * 2)
    start, heading_end = title.start, title.end
    words = _one_line(document.text[start:heading_end])
    return Section("s1", "", 1, "preamble", "", words, start, end, heading_end)


def _one_line(title: str) -> str:
    return _LINE_BREAK.sub("", title) if "\n" in title else title


# ---- the audit ----


def _audit(document: Document, sections: list[Section]) -> tuple[Section, ...]:
    missing = missing_sections(sections)
    result = []
    numbering: dict[str, _Numbering] = {}
    rank = 0
    for at, section in enumerate(sections):
        if section.code == "preamble":
            result.append(section)
            continue
        finding: Audit = "ok"
        if not numbering.setdefault(section.parent_id, _Numbering()).accepts(section):
            finding = "renumbered"
        if section.level == 1 and section.code in STATUTORY:
            own = STATUTORY.index(section.code)
            finding = "out_of_order" if own < rank else finding
            rank = max(rank, own)
        if not _has_body(document, sections, at):
            finding = "empty"
        if section.level == 1 and _is_merged(document, section, missing):
            finding = "merged"
        result.append(replace(section, audit=finding) if finding != "ok" else section)
    return tuple(result)


class _Numbering:
    """The numbers of the children of one section, as they come."""

    def __init__(self) -> None:
        self._last = 0
        self._count = 0

    def accepts(self, section: Section) -> bool:
        """Whether the number printed follows the last one, or is the statutory one."""
        value = number_value(section.number)
        self._count += 1
        expected = {self._last + 1, self._count}
        if section.level == 1:
            expected.add(vocabulary().canonical.get(section.code, 0))
        self._last = value or self._last + 1
        return not value or value in expected


def _has_body(document: Document, sections: list[Section], at: int) -> bool:
    """Whether anything but headings stands in a section."""
    section = sections[at]
    offset = section.heading_end
    for child in sections[at + 1 :]:
        if child.start >= section.end:
            break
        if _INK.search(document.text, offset, child.start):
            return True
        offset = child.heading_end
    return _INK.search(document.text, offset, section.end) is not None


def _is_merged(document: Document, section: Section, missing: tuple[str, ...]) -> bool:
    """Whether the section also holds what belongs to the missing ones right behind it."""
    if section.code not in STATUTORY:
        return False
    if section.code in ("applications", "review") and len({"applications", "review"} & set(missing)) == 1:
        title = section.title
        if "申请" in title and "诉讼" in title and ("收到" in title or "依申请" in title):
            return True
    for code in STATUTORY[STATUTORY.index(section.code) + 1 :]:
        if code not in missing:
            return False
        signature = _SIGNATURES.get(code)
        if signature and signature.search(document.folded, section.heading_end, section.end):
            return True
    return False
