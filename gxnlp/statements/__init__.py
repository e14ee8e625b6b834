"""Problems and remedies: found, cut, named by topic, and linked.

Only the regions that list them are read: sections of code `problems`, sections whose title announces
problems or remedies, and lists that a sentence elsewhere announces (仍存在以下问题：一是…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gxnlp.deferred import deferred
from gxnlp.records import Document, Role, Section, Statement
from gxnlp.statements.clauses import Draft, Drafter
from gxnlp.statements.entry import LABELLED, LED
from gxnlp.statements.grids import read_grid
from gxnlp.statements.items import read_entries
from gxnlp.statements.judging import Reading, judge, read_by_rules
from gxnlp.statements.roles import settle_roles
from gxnlp.statements.segments import Passage
from gxnlp.statements.units import read_units
from gxnlp.statements.wording import heading_label

if TYPE_CHECKING:
    from gxnlp.learned.statement_model import StatementModel

__all__ = ["find_passages", "find_statements"]

_PROBLEMS = "problems"
# A list of problems outside its section: the announcing words, then a list.
_ELSEWHERE = deferred(
    "(?:存在|发现|暴露出?|查[摆找]出)(?:的|着|了|以下|如下|一些|一定的?|不少|几个方面的?|几[点个]|主要|突出){0,3}(?:问题|不足|短板|困难|薄弱环节|差距)"
    r"(?:和不足|与不足|及不足)?[，。：\s]{0,2}(?:(?:主要|具体|集中)?(?:是|有|为|表现[在为]|体现在)[^。；]{0,10}?[：，])?\s*"
    "(?:一是|1[.、]|（[一1]）|①|第一[，是])"
)
# What a report without such lists and sections says of its want, behind what went well.
_TURN = deferred(
    "(?:取得|做了|开展|成效|成绩|进展|推进)[^。；\n]{0,60}[，；]\\s*(?:但是?|然而|不过|同时|也)[^。；\n]{0,60}?(?:存在|有)"
    "[^。；\n]{0,14}(?:问题|不足|差距|薄弱|困难)"
)
# In a text without section boundaries, the heading behind the list.
_NEXT_HEADING = deferred("[。；！\\s][五六七八九十]、(?=其他|需要|附)")
_SENTENCE_START = deferred("[。；！？\n]")


@dataclass(frozen=True, slots=True)
class _Region:
    """A stretch of text that lists statements, and the only role in it, if its heading says so."""

    start: int
    end: int
    role: Role | None = None


def find_statements(
    document: Document, sections: Sequence[Section], model: StatementModel | None = None
) -> tuple[Statement, ...]:
    """Find the problems and remedies of a report.

    Args:
        document: The report.
        sections: Its sections in order of the text, nested ones among them.
        model: The learned extractor; `None` leaves the rules alone.

    Returns:
        Statements in order of the text: P1, P2 … and R1, R2 …, each with its topics (one at least)
        and the problems that it answers. Empty where the report states no problem and no remedy.
    """
    text, passages = document.folded, find_passages(document, sections)
    readings = judge(text, passages, model) if model and model.parts else read_by_rules(text, passages)
    return tuple(_number(document, sections, readings))


def find_passages(document: Document, sections: Sequence[Section]) -> list[Passage]:
    """The regions that list statements, in order, with what the rules cut from them.

    The model is trained on the same passages.
    """
    regions = _regions(document, sections)
    plain = [_read(document.folded, region) for region in _outside_tables(document, regions)]
    return sorted([*plain, *_grids(document, regions)], key=lambda passage: passage.start)


def _read(text: str, region: _Region) -> Passage:
    units = read_units(text, region.start, region.end)
    entries = read_entries(text, units, region.role)
    drafts = Drafter(text).read(settle_roles(text, entries))
    return Passage(region.start, region.end, region.role, units, drafts)


def _regions(document: Document, sections: Sequence[Section]) -> list[_Region]:
    regions: list[_Region] = []
    for section in sections:
        if regions and section.start < regions[-1].end:
            continue
        label = heading_label(document.folded[section.start : section.heading_end].strip()) or heading_label(
            section.title
        )
        if section.code == _PROBLEMS or label in ("problem", "remedy", "mixed"):
            role: Role | None = label if label in ("problem", "remedy") else None
            regions.append(_Region(section.heading_end, section.end, role))
    known = [(region.start, region.end) for region in regions]
    for region in _announced(document, sections, _ELSEWHERE):
        if not any(start < region.end and region.start < end for start, end in known):
            regions.append(region)
    regions = regions or list(_announced(document, sections, _TURN))
    return sorted(regions, key=lambda region: region.start)


def _announced(
    document: Document, sections: Sequence[Section], announcement: re.Pattern[str]
) -> Iterator[_Region]:
    """Lists of problems that a sentence announces, to the end of their section."""
    text, done = document.folded, 0
    for match in announcement.finditer(text):
        if match.start() < done:
            continue
        start = max(
            (m.end() for m in _SENTENCE_START.finditer(text, max(0, match.start() - 120), match.start())),
            default=max(0, match.start() - 120),
        )
        inner = _innermost(sections, start)
        done = inner.end if inner else len(text)
        if heading := _NEXT_HEADING.search(text, match.end(), done):
            done = heading.start() + 1
        yield _Region(start, done)


def _outside_tables(document: Document, regions: Sequence[_Region]) -> Iterator[_Region]:
    for region in regions:
        start = region.start
        for table in document.tables:
            if table.end <= start or table.start >= region.end:
                continue
            if table.start > start:
                yield _Region(start, table.start, region.role)
            start = max(start, table.end)
        if start < region.end:
            yield _Region(start, region.end, region.role)


def _grids(document: Document, regions: Sequence[_Region]) -> Iterator[Passage]:
    """The tables of the regions that list problems or remedies."""
    for table in document.tables:
        if any(region.start <= table.start and table.end <= region.end for region in regions):
            units, drafts = read_grid(document.folded, table.start, table.end)
            if drafts:
                yield Passage(table.start, table.end, None, units, drafts)


def _innermost(sections: Sequence[Section], offset: int) -> Section | None:
    """The last section that holds an offset: inner ones come behind the outer."""
    return next((s for s in reversed(sections) if s.start <= offset < s.end), None)


def _number(
    document: Document, sections: Sequence[Section], readings: Sequence[Reading]
) -> Iterator[Statement]:
    ids, counts = [], {"problem": 0, "remedy": 0}
    for reading in readings:
        role = reading.draft.role
        counts[role] += 1
        ids.append(f"{role[0].upper()}{counts[role]}")
    for name, reading in zip(ids, readings, strict=True):
        draft = reading.draft
        section = _innermost(sections, draft.start)
        sure = reading.confidence if reading.confidence is not None else _confidence(draft)
        yield Statement(
            statement_id=name,
            role=draft.role,
            topics=reading.topics,
            text=document.text[draft.start : draft.end],
            start=draft.start,
            end=draft.end,
            section_id=section.section_id if section else "",
            section_code=section.code if section else "",
            answers=tuple(ids[problem] for problem in reading.answers),
            confidence=round(sure, 3),
        )


def _confidence(draft: Draft) -> float:
    """How sure the rules are of a statement, from 0 to 1: by the cues of its role and by its form."""
    score = 0.62
    score += {LABELLED: 0.14, LED: 0.1}.get(draft.entry.strength, 0.0)
    score += 0.1 * draft.agrees
    score += 0.1 if draft.entry.marked else 0.0
    return min(max(score, 0.05), 0.98)
