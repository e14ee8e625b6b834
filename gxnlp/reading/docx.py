"""Word documents (.docx, .docm): what is printed, paragraph by paragraph, row by row.

The XML is read here and not by a library for Word files, because what those leave out is what
this genre needs: automatic numbers of headings, text boxes, tracked changes, merged cells
(`docs/reading_word.md` has the comparison). Macros, headers, footers, notes, comments and
tables of contents are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gxnlp.errors import InputError
from gxnlp.reading.docx_numbering import Numbering, Style, Styles, heading_level, is_contents
from gxnlp.reading.docx_tables import Cell, table_lines
from gxnlp.reading.docx_text import THROUGH, TextReader, looked_into
from gxnlp.reading.ooxml import Package, PartError, attribute, child, number, short, switch
from gxnlp.reading.text import tabbed_rows
from gxnlp.records import Line, Page

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_CHARS = 2_000_000
"""Characters read: the longest reports have some hundred thousand."""

MAX_ITEMS = 300_000
"""Paragraphs, tables and cells read, empty ones too: those of some thousand pages."""

_MAX_SPAN = 63
"""Columns that a table of Word has at most."""

_LONGEST_HEADING = 60
_LONGEST_TITLE = 100
_ELSEWHERE = {"w:altChunk": "an embedded document (altChunk)", "w:subDoc": "a subdocument"}
_NO_TITLE = re.compile(
    r"(?:Microsoft Word|WPS|PowerPoint|文档|新建|无标题|标题|模板|Document|Untitled)", re.IGNORECASE
)
_CHINESE = re.compile("[一-鿿]{4}")
_AFTER_NUMBER = re.compile(
    r"^\s*((?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]+)|第[一二三四五六七八九十]+[章节条])\t+"
)
# Marks that Word, WPS and LibreOffice set at headings for their tables of contents.
_CONTENTS_LINK = re.compile(r"(?:\b|_)_Toc[0-9]")
_TABS = re.compile(r"(?<! ) *\t[\t ]*")


def read_docx(data: bytes, *, name: str) -> tuple[tuple[Page, ...], tuple[str, ...], dict[str, str]]:
    """Read a Word document.

    Args:
        data: The whole file.
        name: What to call the file in messages.

    Returns:
        One page, notes on what could not be read, and what the file says of itself (`title`,
        `created`, `modified`).

    Raises:
        InputError: The file is damaged, encrypted, larger or deeper than any document, or has no text.
    """
    notes: list[str] = []
    try:
        package = Package(data)
        main = _main_part(package)
        root = package.xml(main)
    except PartError as error:
        raise InputError(
            f"{name}: the Word document cannot be read: {error}. Fetch it again, or open it in Word or WPS "
            "and save it anew."
        ) from error
    body = child(root, "w:body")
    if body is None:
        state = "missing" if root is None else "of another kind"
        raise InputError(
            f"{name}: found a Word document without a body ({main} is {state}); expected a report. Fetch it "
            "again, or open it in Word or WPS and save it anew."
        )
    styles = Styles(_optional(package, main, "styles", notes))
    reader = _BodyReader(styles, Numbering(_optional(package, main, "numbering", notes), styles))
    lines = _lines(reader, body, name, notes)
    return (Page(1, lines),), tuple(notes), _properties(package)


def _main_part(package: Package) -> str:
    return next(iter(package.related("", "officeDocument")), "word/document.xml")


def _optional(package: Package, main: str, kind: str, notes: list[str]) -> Element | None:
    """Root of a part beside the text, which is read without it where it is damaged."""
    try:
        part = next(iter(package.related(main, kind)), f"word/{kind}.xml")
        return package.xml(part)
    except PartError as error:
        notes.append(f"automatic numbers or headings may be missing: {error}")
        return None


def _lines(reader: _BodyReader, body: Element, name: str, notes: list[str]) -> tuple[Line, ...]:
    lines: list[Line] = []
    total = 0
    try:
        for line in reader.lines(body):
            total += len(line.text)
            if total > MAX_CHARS:
                raise _TooLongError(f"only the first {MAX_CHARS} characters were read")
            lines.append(line)
    except _TooLongError as reason:
        notes.append(str(reason))
    if not any(line.text for line in lines):
        _refuse_empty(reader, name)
    notes += reader.notes()
    return _settled(lines)


def _refuse_empty(reader: _BodyReader, name: str) -> None:
    pictures = reader.text.pictures
    if pictures:
        raise InputError(
            f"{name}: the Word document holds {pictures} picture{'s' * (pictures != 1)}, but no text (a "
            "scan?); expected a report's text. Run character recognition (OCR) over it and give the result."
        )
    found = "; ".join(reader.notes()) or "nothing is printed in it"
    raise InputError(f"{name}: the Word document holds no text ({found}); expected a report. Fetch it again.")


def _settled(lines: list[Line]) -> tuple[Line, ...]:
    """Lines with headings that are none taken back, and tabs that part no cells as blanks.

    An outline level that most of its paragraphs have as sentences is one of the body: some
    writers set all their text so, to see it in the navigation pane.
    """
    titles: dict[int, list[bool]] = {}
    for line in lines:
        if line.heading:
            titles.setdefault(line.heading, []).append(_reads_as_title(line.text))
    levels = {level for level, short_ones in titles.items() if 2 * sum(short_ones) >= len(short_ones)}
    tabbed = tabbed_rows([line.text for line in lines])
    return tuple(
        line._replace(
            text=line.text if line.table or row else _TABS.sub(" ", line.text).strip(),
            heading=line.heading if line.heading in levels and _reads_as_title(line.text) else 0,
            table=line.table or row,
        )
        for line, row in zip(lines, tabbed, strict=True)
    )


def _reads_as_title(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not any(stop in text for stop in "。；！？")


def _properties(package: Package) -> dict[str, str]:
    """Title and dates; the title only where it is one, not a file's name or a template's."""
    try:
        part = next(iter(package.related("", "core-properties")), "docProps/core.xml")
        root = package.xml(part)
    except PartError:
        return {}
    found = {}
    for key, tag in (("title", "dc:title"), ("created", "dcterms:created"), ("modified", "dcterms:modified")):
        element = child(root, tag)
        found[key] = " ".join((element.text or "").split()) if element is not None else ""
    title = found["title"]
    if len(title) > _LONGEST_TITLE or not _CHINESE.search(title) or _NO_TITLE.match(title):
        found["title"] = ""
    return {key: value for key, value in found.items() if value}


class _TooLongError(Exception):
    """A document is longer than is read; the message says where it was cut."""


class _BodyReader:
    """Reads paragraphs and tables in the order in which they are printed, so that lists count right."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.text = TextReader(styles)
        self._styles = styles
        self._numbering = numbering
        self._elsewhere: dict[str, int] = {}
        self._items = 0
        self._before_number = self._behind_number = ""

    def notes(self) -> list[str]:
        """What was passed over, in words."""
        passed = dict(self._elsewhere)
        if self.text.objects:
            passed["an embedded file (such as a spreadsheet)"] = self.text.objects
        return [f"{what} was not read" + f" ({count} times)" * (count > 1) for what, count in passed.items()]

    def lines(self, container: Element) -> Iterator[Line]:
        """Lines of a body, a cell or a text box."""
        for item in _blocks(container):
            self._count()
            tag = short(item.tag)
            if tag == "w:p":
                yield from self._paragraph(item)
            elif tag == "w:tbl":
                yield from self._left_over()
                yield from self._table(item)
            elif tag in _ELSEWHERE:
                what = _ELSEWHERE[tag]
                self._elsewhere[what] = self._elsewhere.get(what, 0) + 1
        yield from self._left_over()

    def _count(self) -> None:
        self._items += 1
        if self._items > MAX_ITEMS:
            raise _TooLongError(f"only the first {MAX_ITEMS} paragraphs and cells were read")

    def _left_over(self) -> Iterator[Line]:
        """Text that was to run on into a next paragraph, where none came."""
        text = self._before_number + self._behind_number
        self._before_number = self._behind_number = ""
        if text:
            yield Line(text)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        properties = child(paragraph, "w:pPr")
        chain = self._styles.chain(attribute(child(properties, "w:pStyle"), "w:val"))
        text = self.text.read(paragraph, chain)
        boxes = self.text.boxes
        if not is_contents(chain) and not _points_at_contents(paragraph):
            yield from self._printed(properties, chain, text)
        for box in boxes:
            if isinstance(box, str):
                yield Line(box)
            else:
                yield from self._box(box)

    def _printed(self, properties: Element | None, chain: list[Style], text: str) -> Iterator[Line]:
        mark = child(properties, "w:rPr")
        if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None:
            self._behind_number += text  # runs on into the next paragraph, which gives the number
            return
        if switch(mark, "w:vanish") or switch(mark, "w:specVanish"):
            if text:
                self._before_number += self._numbering.printed(properties, chain) + text
            return
        label = self._numbering.printed(properties, chain)
        run_in, behind = self._before_number, self._behind_number + text
        self._before_number = self._behind_number = ""
        text = run_in + (label + behind.lstrip() if behind.strip() else "")
        level = 0 if run_in else heading_level(chain, number(child(properties, "w:outlineLvl")))
        for line in text.split("\n"):
            yield Line(_AFTER_NUMBER.sub(r"\1 ", line).strip(), heading=level if line.strip() else 0)

    def _box(self, content: Element) -> Iterator[Line]:
        outer, running_on = self.text, (self._before_number, self._behind_number)
        self.text, self._before_number, self._behind_number = outer.another(), "", ""
        yield from self.lines(content)
        outer.pictures, outer.objects = self.text.pictures, self.text.objects
        self.text, (self._before_number, self._behind_number) = outer, running_on

    def _table(self, table: Element) -> list[Line]:
        widths = [number(column, "w:w") or 0 for column in _within(child(table, "w:tblGrid"), "w:gridCol")]
        rows: list[list[Cell]] = []
        merged: set[int] = set()
        for row in _within(table, "w:tr"):
            properties = child(row, "w:trPr")
            if child(properties, "w:del") is None and not switch(properties, "w:hidden"):
                cells, merged = self._row(row, properties, merged)
                rows.append(cells)
        return table_lines(rows, widths)

    def _row(self, row: Element, properties: Element | None, above: set[int]) -> tuple[list[Cell], set[int]]:
        """The cells of a row, and the columns at which merged cells may go on below."""
        cells: list[Cell] = []
        merged: set[int] = set()
        column = _bounded(number(child(properties, "w:gridBefore")), least=0)
        for item in _within(row, "w:tc"):
            self._count()
            setting = child(item, "w:tcPr")
            span = _bounded(number(child(setting, "w:gridSpan")), least=1)
            down, across = child(setting, "w:vMerge"), child(setting, "w:hMerge")
            goes_on = down is not None and attribute(down, "w:val") != "restart"
            if down is not None:
                merged.add(column)
            covered = (goes_on and column in above) or (
                across is not None and attribute(across, "w:val") != "restart" and bool(cells)
            )
            if not covered:
                deleted = child(setting, "w:cellDel") is not None
                cells.append(Cell(column, span, [] if deleted else list(self.lines(item))))
            column += span
        return cells, merged


def _bounded(value: int | None, *, least: int) -> int:
    return min(max(value or 0, least), _MAX_SPAN)


def _blocks(container: Element) -> Iterator[Element]:
    """Children of a container, those within content controls, insertions and alternatives included."""
    for item in container:
        tag = short(item.tag)
        if tag in THROUGH:
            yield from _blocks(item)
        elif tag in ("w:sdt", "mc:AlternateContent"):
            branch = looked_into(item)
            if branch is not None:
                yield from _blocks(branch)
        else:
            yield item


def _within(container: Element | None, name: str) -> Iterable[Element]:
    """Rows of a table, or cells of a row, content controls around them looked through."""
    return (item for item in _blocks(container) if short(item.tag) == name) if container is not None else ()


def _points_at_contents(paragraph: Element) -> bool:
    """Whether a paragraph is an entry of a table of contents: a link to the place of a heading."""
    for item in paragraph.iter():
        tag = short(item.tag)
        target = attribute(item, "w:anchor") if tag == "w:hyperlink" else ""
        if tag == "w:instrText":
            target = item.text or ""
        if target and _CONTENTS_LINK.search(target):
            return True
    return False
