"""Markdown as converters write it: marks off, printed characters on.

Converters and web-page savers write a loose Markdown: headings at random levels, bold for
headings, pipe tables with a rule under the head. Only what is surely markup is taken off.
"""

from __future__ import annotations

import re

from gxnlp.records import Line

BOLD_LEVEL = 6
"""Heading level given to a line that is bold as a whole: below all `#` levels that are used."""

_BOLD_TITLE_CHARS = 40
_HEADING = re.compile(r"^ {0,3}(?:(#{1,6})[ \t]+|(#{2,6})(?=[^\s#]))(.*?)[ \t]*#*[ \t]*$")
_BOLD = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n]*?[^\s*_])\1")
_BOLD_LINE = re.compile(r"^\s*(\*\*|__)(?=\S)([^*_]+)\1\s*$")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?: \"[^\"]*\")?\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
# The rule under a table's head, thematic breaks and underlined headings: nothing printed.
_RULE = re.compile(
    r"^\s*+(?:\|?\s*+:?-{2,}+:?\s*+(?>(?:\|\s*+:?-{2,}+:?\s*+)*)\|?|(?>(?:[-*_]\s*+){3,})|={3,}+|`{3,}+\w*+)\s*+$"
)
_ENTITIES = (
    ("&nbsp;", " "),
    ("&emsp;", " "),
    ("&ensp;", " "),
    ("<br>", " "),
    ("<br/>", " "),
    ("<br />", " "),
)
_SIGNS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}#{2,6}[^\s#]|\*\*[^\s*][^*\n]{0,80}\*\*"
    r"|^[^\S\n]*+\|?[^\S\n]*+:?-{3,}+:?[^\S\n]*+\|(?>(?:[^\S\n]|[:|-])*)$",
    re.MULTILINE,
)


def looks_like_markdown(text: str) -> bool:
    """Whether a text has headings, bold marks or table rules of Markdown."""
    signs = "#" in text or "**" in text or "---" in text  # every one of them has one of these
    return signs and _SIGNS.search(text) is not None


def markdown_line(raw: str) -> Line | None:
    """A line without its Markdown marks.

    Args:
        raw: The line as in the file.

    Returns:
        The line, with its heading level where it is marked as one (`#` counts, a line bold as
        a whole has `BOLD_LEVEL`); `None` for a line that is markup only.
    """
    if not raw or raw.isspace():
        return Line("")
    text = raw
    if _RULE.match(text):
        return None
    level, text = _heading(text)
    if not level and (bold := _BOLD_LINE.match(text)) and len(bold[2]) <= _BOLD_TITLE_CHARS:
        level = BOLD_LEVEL
    return Line(_without_marks(text), heading=level)


def _heading(text: str) -> tuple[int, str]:
    found = _HEADING.match(text) if "#" in text else None
    if found is None:
        return 0, text
    return len(found[1] or found[2]), found[3]


def _without_marks(text: str) -> str:
    if "*" in text or "__" in text:
        text = _BOLD.sub(r"\2", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    for mark, plain in _ENTITIES:
        text = text.replace(mark, plain)
    return text
