"""A web page to blocks: paragraphs, headings and tables in reading order, nothing chosen yet.

The tree is that of the HTML standard, as browsers build it (lexbor), so missing end tags and
`<td>` without `<tr>` come out as they are seen. It is walked once, without recursion, since pages
may be nested to any depth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from gxnlp.reading.html.lists import list_number, list_style
from gxnlp.reading.html.markup import BLOCKS, tamed
from gxnlp.reading.html.tables import Block, Cell, Table
from gxnlp.reading.text import UNPRINTED

_MAX_TABLES = 30
"""Tables within tables, from which on their cells are only text."""

_UNREAD = """
audio button canvas datalist embed head iframe input map math meter noembed noframes noscript object
option progress rp script select style svg template textarea title video xml
"""
_SKIPPED = frozenset(_UNREAD.split())
_CHROME_TAGS = frozenset({"nav", "footer", "aside", "menu"})
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_INLINE = re.compile(r"display\s*:\s*inline\s*(?:;|!|$)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]++")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—·]")
_BLANKS = str.maketrans(dict.fromkeys("\xa0\u2002\u2003\u2009\x0b\x85\u2028\u2029", " "))
_DOWNLOAD = re.compile(
    r"(?<![^\s\"'<>?=])[^\s\"'<>?=]+\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar)(?=$|[?&#])", re.IGNORECASE
)
_MARKED = re.compile(
    r"(?<!\s)\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)、.．]|第[一二三四五六七八九十]|[①-⑳])"
)
_AFTER_MARK = re.compile(rf"^({_MARKED.pattern})[ \u3000]{{2,}}(?=\S)")


@dataclass(slots=True)
class Tree:
    """The blocks of a page and the elements that they stand in.

    Attributes:
        blocks: Paragraphs, headings and tables in reading order.
        parents: Of each element the number of its parent, which is smaller; of the root -1.
        chrome: Whether an element's name says that it is no text of the page.
        edge: Whether its name says that it stands around a text, or is its head.
        body: Whether its name says that it holds the text.
        metas: Names (in lower case) and contents of `<meta>` elements, and `canonical`.
        title: The text of `<title>`.
        downloads: Documents linked or embedded: words of the link and address.
        links: Words of all links.
        frames: Addresses of frames.
    """

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    chrome: list[bool] = field(default_factory=list)
    edge: list[bool] = field(default_factory=list)
    body: list[bool] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    downloads: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Names:
    """What `class` and `id` say: compiled from `data/html.toml`."""

    chrome: Callable[[str], bool]
    edge: Callable[[str], bool]
    body: Callable[[str], bool]


@dataclass(slots=True, eq=False)
class _Frame:
    """An element that is open.

    Attributes:
        key: Identity of its node.
        tag: Its name.
        number: Its number in the tree.
        skip: Whether nothing in it is printed.
        block: Whether lines end at its edges.
        table: The table that it opened.
        cell: The cell that it opened.
        count: The next number of a list.
        style: How a list is numbered.
    """

    key: int
    tag: str
    number: int
    skip: bool = False
    block: bool = False
    table: Table | None = None
    cell: Cell | None = None
    count: int = 0
    style: str = ""


def read_blocks(markup: str, names: Names, *, hidden: bool = False) -> Tree:
    """Read a page.

    Args:
        markup: The page's HTML.
        names: What names of elements mean.
        hidden: Whether to read elements that are not shown before a script runs, too.

    Returns:
        Its blocks and what its head says; time is linear in the length of the page.
    """
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(tamed(markup)).root
    walk = _Walk(names, hidden=hidden)
    if root is not None:
        for node in root.traverse(include_text=True):
            parent = node.parent
            walk.leave(parent.mem_id if parent is not None else 0)
            tag = node.tag or ""
            if tag == "-text":
                walk.text(node.text_content or "")
            elif tag and tag[0] != "-":
                walk.enter(node.mem_id, tag, node.attributes)
    return walk.finish()


class _Walk:
    """Builds a `Tree` from elements and texts in the order of the page."""

    def __init__(self, names: Names, *, hidden: bool) -> None:
        self._names, self._hidden = names, hidden
        self._tree = Tree(parents=[-1], chrome=[False], edge=[False], body=[False])
        self._open = [_Frame(0, "", 0, block=True)]
        self._sinks = [self._tree.blocks]
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0  # open <a> elements
        self._link_parts: list[str] = []
        self._address = ""
        self._heading = 0
        self._pre = 0
        self._tables = 0
        self._prefix = ""
        self._title: list[str] | None = None

    def finish(self) -> Tree:
        self.leave(-1)
        self._flush()
        return self._tree

    def leave(self, key: int) -> None:
        """Close all elements that are open within the one that has this key."""
        while len(self._open) > 1 and self._open[-1].key != key:
            self._close(self._open[-1])
            self._open.pop()

    def text(self, text: str) -> None:
        frame = self._open[-1]
        if self._title is not None:
            self._title.append(text)
        if frame.skip or frame.tag in ("table", "tbody", "tr"):
            return
        if self._pre:
            *lines, text = text.split("\n")
            for line in lines:
                self._parts.append(line)
                self._flush()
        self._parts.append(text)
        if self._links:
            self._linked += len(text.strip())
            self._link_parts.append(text)

    def enter(self, key: int, tag: str, attributes: dict[str, str | None]) -> None:
        """Open an element."""
        outer = self._open[-1]
        frame = _Frame(key, tag, outer.number, skip=outer.skip, block=tag in BLOCKS)
        self._open.append(frame)
        self._note(tag, attributes)
        if frame.block or attributes:
            self._number(frame, attributes)
        if tag in _SKIPPED:
            frame.skip = True
        if frame.skip:
            return
        if frame.block or tag == "br":
            self._flush()
        starter = _STARTERS.get(tag)
        if starter is not None:
            starter(self, frame, attributes)

    def _number(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        """Give a block, and what has a name, its number; skip what is hidden."""
        style = attributes.get("style") or ""
        if style:
            frame.block = frame.block and not _INLINE.search(style)
        if not self._hidden and ("hidden" in attributes or (style and _HIDDEN.search(style))):
            frame.skip = True
        name = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        chrome = frame.tag in _CHROME_TAGS or attributes.get("role") in _CHROME_ROLES
        if not frame.block and len(name) == 1:
            return
        tree = self._tree
        tree.parents.append(frame.number)
        tree.chrome.append(chrome or self._names.chrome(name))
        tree.edge.append(self._names.edge(name))
        tree.body.append(self._names.body(name))
        frame.number = len(tree.parents) - 1

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        """What an element says of the page, whether it is printed or not."""
        if tag == "meta":
            name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
            self._tree.metas.append((name, (attributes.get("content") or "").strip()))
        elif tag == "link" and "canonical" in (attributes.get("rel") or ""):
            self._tree.metas.append(("canonical", (attributes.get("href") or "").strip()))
        elif tag == "title" and not self._tree.title:
            self._title = []
        elif tag in ("frame", "iframe", "embed", "object"):
            address = attributes.get("src") or attributes.get("data") or ""
            self._tree.frames.append(address)
            if found := _DOWNLOAD.search(address):
                self._tree.downloads.append(("", found.group()))

    def _close(self, frame: _Frame) -> None:
        if frame.tag == "title" and self._title is not None:
            self._tree.title, self._title = " ".join("".join(self._title).split()), None
        if frame.skip:
            return
        if frame.block:
            self._flush()
        ender = _ENDERS.get(frame.tag)
        if ender is not None:
            ender(self, frame)

    # ---- what single elements do ----

    def _open_heading(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        self._heading = int(frame.tag[1])

    def _close_heading(self, frame: _Frame) -> None:
        self._heading = 0

    def _open_pre(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        self._pre += 1

    def _close_pre(self, frame: _Frame) -> None:
        self._pre -= 1

    def _open_link(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        if "href" in attributes or "onclick" in attributes:  # else a place that links lead to
            frame.count = 1
            self._links += 1
            self._address, self._link_parts = attributes.get("href") or "", []

    def _close_link(self, frame: _Frame) -> None:
        if not frame.count:
            return
        self._links -= 1
        words = " ".join("".join(self._link_parts).split())
        if words:
            self._tree.links.append(words)
        if found := _DOWNLOAD.search(self._address):
            self._tree.downloads.append((words, found.group()))
        self._address = ""

    def _open_list(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        frame.style = list_style(attributes)
        start = attributes.get("start") or ""
        frame.count = int(start) if start.isdecimal() and len(start) < 6 else 1

    def _open_item(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        holder = next((f for f in reversed(self._open[-8:-1]) if f.tag in ("ol", "ul")), None)
        if holder is None or not holder.style:
            self._prefix = ""
            return
        value = attributes.get("value") or ""
        holder.count = int(value) if value.isdecimal() and len(value) < 6 else holder.count
        self._prefix = list_number(holder.count, holder.style)
        holder.count += 1

    def _close_item(self, frame: _Frame) -> None:
        self._prefix = ""

    def _open_table(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        self._tables += 1
        if self._tables <= _MAX_TABLES:
            frame.table = Table()

    def _close_table(self, frame: _Frame) -> None:
        self._tables -= 1
        if frame.table is not None:
            self._sinks[-1] += frame.table.blocks(frame.number)

    def _table(self) -> Table | None:
        return next((f.table for f in reversed(self._open[-4:]) if f.table is not None), None)

    def _open_group(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        if table := self._table():
            table.open_group(frame.tag)

    def _open_row(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        if table := self._table():
            table.open_row()

    def _open_cell(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        if table := self._table():
            frame.cell = table.open_cell(attributes.get("colspan"), attributes.get("rowspan"))
            self._sinks.append(frame.cell.blocks)

    def _close_cell(self, frame: _Frame) -> None:
        if frame.cell is not None:
            self._sinks.pop()

    # ---- lines ----

    def _flush(self) -> None:
        """End the line."""
        if not self._parts:
            return
        text, linked = "".join(self._parts), self._linked
        self._parts, self._linked = [], 0
        text = text if self._pre else _SPACES.sub(_blank, text).strip(" ")
        text = UNPRINTED.sub("", text.translate(_BLANKS)).rstrip()
        if not text.strip():
            return
        if self._prefix:
            text = text if _MARKED.match(text) else self._prefix + text.lstrip()
            self._prefix = ""
        elif "  " in text:
            text = _AFTER_MARK.sub(_close_up, text)
        self._sinks[-1].append(
            Block(text, heading=self._heading, element=self._open[-1].number, linked=linked)
        )


def _close_up(match: re.Match[str]) -> str:
    """A list's number as Word saves it, set apart from its text by blanks."""
    return match[1] + (" " if match[1][-1] in ".．" else "")


def _blank(match: re.Match[str]) -> str:
    """White space of the source: nothing at a line's end beside a Chinese character or bracket."""
    run, text = match.group(), match.string
    before = text[match.start() - 1 : match.start()]
    if "\n" in run and (before == "(" or _WIDE.match(before) or _WIDE.match(text, match.end())):
        return ""
    return " "


_Starter = Callable[[_Walk, _Frame, dict[str, str | None]], None]
_STARTERS: dict[str, _Starter] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Walk._open_heading),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _Walk._open_group),
    **dict.fromkeys(("td", "th"), _Walk._open_cell),
    "pre": _Walk._open_pre,
    "a": _Walk._open_link,
    "ol": _Walk._open_list,
    "li": _Walk._open_item,
    "table": _Walk._open_table,
    "tr": _Walk._open_row,
}
_ENDERS: dict[str, Callable[[_Walk, _Frame], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Walk._close_heading),
    **dict.fromkeys(("td", "th"), _Walk._close_cell),
    "pre": _Walk._close_pre,
    "a": _Walk._close_link,
    "li": _Walk._close_item,
    "table": _Walk._close_table,
}


@lru_cache(maxsize=4096)
def tokens_of(name: str) -> frozenset[str]:
    """The words of a `class` or `id`, in lower case, whole and cut at hyphens and capitals."""
    whole = name.split()
    cut = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)
    return frozenset(word.lower() for word in (*whole, *cut))
