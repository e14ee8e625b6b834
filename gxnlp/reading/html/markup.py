"""The markup of a web page made safe for a parser: what costs time and says nothing is taken out.

Tree building by the HTML standard takes time in the square of the depth, of the number of unclosed
elements of form (`<font>`) and of the number of attributes. Pages in use have little of each.
"""

from __future__ import annotations

import re

MAX_MARKUP = 5_000_000
"""Characters of markup that are read, without pictures written into it."""

_MAX_DEPTH = 400
_FEW_TAGS = 10_000
"""A page with fewer tags cannot be nested so deeply that it matters."""

_LINES = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary
table tbody td tfoot th thead tr ucapcontent ucaptitle ul
"""
BLOCKS = frozenset(_LINES.split())
"""Elements at whose edges lines end."""

# Pictures written into the page.
_DATA = re.compile(r"data:[a-zA-Z0-9/+.;=-]{0,100};base64,[a-zA-Z0-9+/=%\s]*+")
_FORMAT = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
# Elements of form alone: without them the tree is half as large, and never grows by their reopening.
_FORMATTED = re.compile(rf"</?(?:{_FORMAT})(?:\s[^<>]{{0,2000}})?>", re.IGNORECASE)
_FORMAT_LEFT = re.compile(rf"<(/?)(?:{_FORMAT})(?=[\s/>])", re.IGNORECASE)
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:]{0,30})\s[^<>]{4000,}+>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
_CODE = re.compile(r"<(script|style)(?=[\s>])", re.IGNORECASE)
_CODE_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_AUTOMATIC = """
area base br col colgroup dd dt embed hr img input li link meta option p param source table tbody td
tfoot th thead tr track wbr
"""
# Ended by the standard itself, or harmless at any depth.
_UNCOUNTED = frozenset(_AUTOMATIC.split())


def tamed(markup: str) -> str:
    """The markup without what costs time or memory and says nothing: at most `MAX_MARKUP` characters."""
    if "base64" in markup:
        markup = _DATA.sub("data:", markup)
    if len(markup) > MAX_MARKUP:
        markup = _without_code(markup)
    markup = _LONG_TAG.sub(r"<\1>", _FORMATTED.sub("", markup[:MAX_MARKUP]))
    markup = _FORMAT_LEFT.sub(r"<\1span", markup)
    return _flattened(markup) if markup.count("<") > _FEW_TAGS else markup


def _without_code(markup: str) -> str:
    """The markup without scripts and style sheets; one that does not end is left to the parser."""
    parts: list[str] = []
    place = 0
    for opening in _CODE.finditer(markup):
        if opening.start() < place:
            continue
        ending = _CODE_ENDS[opening[1].lower()].search(markup, opening.end())
        if ending is None:
            break
        parts.append(markup[place : opening.start()])
        place = ending.end()
    return "".join(parts) + markup[place:]


def _flattened(markup: str) -> str:
    """The markup without elements nested deeper than any page needs: their cost grows with the square."""
    depth = 0

    def limit(match: re.Match[str]) -> str:
        nonlocal depth
        name = match[2].lower()
        if name in _UNCOUNTED:
            return match.group()
        if match[1]:
            depth = max(0, depth - 1)
        elif depth >= _MAX_DEPTH:
            return "<br" if name in BLOCKS else "<wbr"
        else:
            depth += 1
        return match.group()

    return _TAG.sub(limit, markup)
