"""Styles and automatic numbers of a Word document: what `numbering.xml` prints before a paragraph.

The rules are those of ISO/IEC 29500-1, 17.9, and where it is silent those of Word: lists on one
abstract definition count on together, a list with a start of its own begins there once, a level
begins anew behind each paragraph of a higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gxnlp.reading.numberformats import printed_number
from gxnlp.reading.ooxml import attribute, child, children, number, short, switch

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = 9
_CHAIN = 20
"""Styles that one is based on, and lists that stand for others, are followed so far."""

_NAMED = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_ZEROS = re.compile(r"0+1\b")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says itself; `None` where it leaves the matter to the style it is based on."""

    style_id: str
    name: str
    based_on: str
    num_id: str | None
    ilvl: int | None
    outline: int | None
    hidden: bool | None


class Styles:
    """The styles of a document.

    Args:
        root: `w:styles`, or `None` where the document has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        for element in children(root, "w:style"):
            style = _style(element)
            self._styles[style.style_id] = style
            if attribute(element, "w:type") == "paragraph" and attribute(element, "w:default") in (
                "1",
                "true",
            ):
                self._default = style.style_id

    def chain(self, style_id: str, *, paragraph: bool = True) -> list[Style]:
        """A style and those it is based on; for a paragraph without a known one the default style."""
        if paragraph and style_id not in self._styles:
            named = [Style(style_id, style_id, "", None, None, None, None)] if style_id else []
            return named + (self.chain(self._default) if self._default else [])
        found: list[Style] = []
        while (style := self._styles.get(style_id)) and style not in found and len(found) < _CHAIN:
            found.append(style)
            style_id = style.based_on
        return found


def _style(element: Element) -> Style:
    properties = child(element, "w:pPr")
    listed = child(properties, "w:numPr")
    num = child(listed, "w:numId")
    return Style(
        style_id=attribute(element, "w:styleId"),
        name=attribute(child(element, "w:name"), "w:val"),
        based_on=attribute(child(element, "w:basedOn"), "w:val"),
        num_id=None if num is None else attribute(num, "w:val"),
        ilvl=number(child(listed, "w:ilvl")),
        outline=number(child(properties, "w:outlineLvl")),
        hidden=switch(child(element, "w:rPr"), "w:vanish"),
    )


def heading_level(chain: list[Style], direct: int | None) -> int:
    """Heading level 1 to 6 by outline level or, failing that, by the style's name; 0 for body text."""
    outline = direct
    for style in chain:
        if outline is None:
            named = _NAMED.fullmatch(style.name.strip())
            outline = style.outline if style.outline is not None else named and int(named[1]) - 1
    return min(outline + 1, 6) if outline is not None and 0 <= outline < _LEVELS else 0


def is_contents(chain: list[Style]) -> bool:
    """Whether a paragraph belongs to a table of contents."""
    return any(_CONTENTS.match(style.name.strip()) for style in chain)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style_id: str = ""

    @property
    def is_bullet(self) -> bool:
        return self.format == "bullet"


@dataclass(slots=True)
class _List:
    """One `w:num`: its abstract definition, and the levels and starts that it has of its own."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, counting as paragraphs go by.

    Args:
        root: `w:numbering`, or `None` where the document has none.
        styles: Its styles.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in children(root, "w:abstractNum"):
            abstract = attribute(element, "w:abstractNumId")
            self._abstract[abstract] = _levels(element)
            if link := attribute(child(element, "w:numStyleLink"), "w:val"):
                self._links[abstract] = link
        for element in children(root, "w:num"):
            self._lists[attribute(element, "w:numId")] = _list(element)

    def printed(self, properties: Element | None, chain: list[Style]) -> str:
        """The number of the next paragraph with the blank behind it, empty where it has none.

        Args:
            properties: The paragraph's `w:pPr`.
            chain: Its style and those it is based on.

        Returns:
            What Word prints before the text; symbols of bulleted lists are left out.
        """
        num_id, ilvl = self._place(properties, chain)
        found = self._lists.get(num_id)
        if found is None:
            return ""
        abstract = self._resolved(found.abstract)
        levels = self._abstract.get(abstract, {}) | found.levels
        if ilvl not in levels:
            return ""
        self._count(num_id, found, abstract, levels, ilvl)
        return _label(levels, self._counts[abstract], ilvl)

    def _place(self, properties: Element | None, chain: list[Style]) -> tuple[str, int]:
        """List and level of a paragraph: its own, else those of its style.

        A style's level is the one that names the style (17.9.23), whatever `w:ilvl` it has.
        """
        listed = child(properties, "w:numPr")
        own = child(listed, "w:numId")
        own_level = number(child(listed, "w:ilvl"))
        num_id = attribute(own, "w:val")
        if own is None:
            num_id = next((style.num_id for style in chain if style.num_id is not None), "")
        if own_level is None and (found := self._lists.get(num_id)):
            levels = self._abstract.get(self._resolved(found.abstract), {}) | found.levels
            by_style = {level.style_id: i for i, level in levels.items() if level.style_id}
            own_level = next(
                (by_style[style.style_id] for style in chain if style.style_id in by_style), None
            )
        if own_level is None:
            own_level = next((style.ilvl for style in chain if style.ilvl is not None), 0)
        return num_id, own_level

    def _resolved(self, abstract: str) -> str:
        """The definition that another stands for by way of a numbering style."""
        for _ in range(_CHAIN):
            chain = self._styles.chain(self._links.get(abstract, ""), paragraph=False)
            found = next((self._lists.get(style.num_id) for style in chain if style.num_id), None)
            if found is None or found.abstract == abstract:
                break
            abstract = found.abstract
        return abstract

    def _count(self, num_id: str, found: _List, abstract: str, levels: dict[int, _Level], ilvl: int) -> None:
        counts = self._counts.setdefault(abstract, {})
        fresh = ilvl in found.starts and (num_id, ilvl) not in self._begun
        self._begun.add((num_id, ilvl))
        if fresh or ilvl not in counts:
            counts[ilvl] = found.starts.get(ilvl, levels[ilvl].start)
        else:
            counts[ilvl] += 1
        for above in range(ilvl):  # a level passed over counts as begun
            counts.setdefault(above, found.starts.get(above, levels.get(above, _Level()).start))
        for below in [i for i in counts if i > ilvl]:
            restart = levels[below].restart if below in levels else None
            if ilvl < (below if restart is None else restart):
                del counts[below]


def _levels(element: Element) -> dict[int, _Level]:
    levels = {}
    for item in children(element, "w:lvl"):
        ilvl = number(item, "w:ilvl")
        if ilvl is not None and 0 <= ilvl < _LEVELS:
            levels[ilvl] = _level(item)
    return levels


def _level(element: Element) -> _Level:
    start = number(child(element, "w:start"))
    text = attribute(child(element, "w:lvlText"), "w:val")
    return _Level(
        start=1 if start is None else start,
        format=_format(element),
        text="" if switch(child(element, "w:rPr"), "w:vanish") else text,
        suffix=attribute(child(element, "w:suff"), "w:val") or "tab",
        restart=number(child(element, "w:lvlRestart")),
        legal=switch(element, "w:isLgl") or False,
        style_id=attribute(child(element, "w:pStyle"), "w:val"),
    )


def _format(element: Element) -> str:
    """The number format; a custom one is `decimal` with its zeros before it, such as `0decimal`."""
    found = child(element, "w:numFmt")
    if found is None:  # only Word 2010 and later know custom formats
        branches = child(element, "mc:AlternateContent")
        found = next((item for branch in branches for item in branch), None) if branches is not None else None
    if found is None or short(found.tag) != "w:numFmt":
        return "decimal"
    name = attribute(found, "w:val")
    if name == "custom":
        zeros = _ZEROS.match(attribute(found, "w:format"))
        return "0" * (len(zeros[0]) - 1 if zeros else 0) + "decimal"
    return name


def _list(element: Element) -> _List:
    found = _List(attribute(child(element, "w:abstractNumId"), "w:val"))
    for override in children(element, "w:lvlOverride"):
        ilvl = number(override, "w:ilvl")
        if ilvl is None:
            continue
        level, start = child(override, "w:lvl"), number(child(override, "w:startOverride"))
        if level is not None:
            found.levels[ilvl] = _level(level)
        if start is not None:
            found.starts[ilvl] = start
    return found


def _label(levels: dict[int, _Level], counts: dict[int, int], ilvl: int) -> str:
    level = levels[ilvl]
    if level.is_bullet:
        return ""

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = levels.get(at, _Level())
        return _printed(counts.get(at, other.start), "decimal" if level.legal else other.format)

    label = _PLACE.sub(place, level.text).strip()
    if not label or level.suffix == "nothing":
        return label
    last = label[-1]
    # Behind Chinese stops and circled numbers the gap is part of the setting, not of the text.
    return (
        f"{label} " if last.isascii() or ((last.isalpha() or last == "〇") and last not in "是要") else label
    )


def _printed(value: int, numbering: str) -> str:
    name = numbering.lstrip("0")
    zeros = len(numbering) - len(name)
    return f"{value:0{zeros + 1}d}" if zeros else printed_number(value, name)
