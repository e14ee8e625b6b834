"""The text of a Word paragraph: runs, fields, changes and symbols, as a reader of the paper sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gxnlp.reading.docx_numbering import Style, Styles
from gxnlp.reading.numberformats import printed_number
from gxnlp.reading.ooxml import attribute, child, chosen, short, switch
from gxnlp.reading.text import UNPRINTED

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Wrappers that are printed. What is not named here is not read: deleted and moved runs, the upper
# line of ruby, properties, references to notes and comments.
THROUGH = frozenset(
    {"w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo",
     "w:fldSimple", "w:ruby", "w:rubyBase"}
)  # fmt: skip
_FIELD_PARTS = frozenset({"w:fldChar", "w:instrText"})
_MATHS = frozenset({"m:oMath", "m:oMathPara"})
_DRAWINGS = frozenset({"w:drawing", "w:pict", "w:object"})
_BREAKS = {"w:br": "\n", "w:cr": "\n", "w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-"}
_WHITE = str.maketrans("\t\r\n", "   ")
_EQUATIONS = ("Equation", "MathType")
# A number in a circle that the field puts together: EQ \o\ac(○,3).
_ENCIRCLED = re.compile(r"\s*EQ\s*\\o\s*\\ac\s*\(\s*[○〇]\s*[,，;]\s*([0-9]{1,2})\s*\)", re.IGNORECASE)
# Places of a symbol font: first place, the character that is printed there, how many in a row.
_SYMBOLS: dict[str, tuple[tuple[int, str, int], ...]] = {
    "Wingdings": (
        (0x80, "⓪", 1), (0x81, "①", 10), (0x8B, "⓿", 1), (0x8C, "❶", 10), (0xA8, "□", 1), (0x6F, "□", 1),
        (0xFE, "☑", 1), (0xFC, "✓", 1), (0xFB, "✗", 1),
    ),
    "Wingdings 2": (
        (0x69, "⓪", 1), (0x6A, "①", 10), (0x74, "⓿", 1), (0x75, "❶", 10), (0x52, "☑", 1), (0xA3, "□", 1),
        (0x50, "✓", 1), (0x4F, "✗", 1),
    ),
    "Symbol": (
        (0x30, "0", 10), (0x25, "%", 1), (0x2B, "+", 1), (0x2D, "−", 1), (0xB4, "×", 1), (0xB8, "÷", 1),
    ),
}  # fmt: skip


@dataclass(slots=True)
class _Field:
    code: str = ""
    has_result: bool = False


class TextReader:
    """Reads paragraphs of one story (the body, or one text box), fields running on from one to the next.

    Args:
        styles: Styles of the document, which may hide text.

    Attributes:
        boxes: What text boxes of the last paragraph hold: their contents, or the words of drawn text.
        pictures: How many pictures were passed.
        objects: How many embedded files, such as spreadsheets, were passed.
    """

    def __init__(self, styles: Styles) -> None:
        self.boxes: list[Element | str] = []
        self.pictures = 0
        self.objects = 0
        self._styles = styles
        self._fields: list[_Field] = []
        self._hidden = False

    def another(self) -> TextReader:
        """A reader for a text box, whose fields are its own; it counts on from here."""
        reader = TextReader(self._styles)
        reader.pictures, reader.objects = self.pictures, self.objects
        return reader

    def read(self, paragraph: Element, chain: list[Style]) -> str:
        """Text of a paragraph.

        Args:
            paragraph: `w:p`.
            chain: Its style and those it is based on.

        Returns:
            The printed characters; a line feed for a line end within, a tab for a tab.
        """
        self.boxes = []
        self._hidden = _hides(chain)
        text = "".join(self._inside(paragraph))
        # A field's code does not run over a paragraph's end, but where its end is missing.
        self._fields = [item for item in self._fields if item.has_result]
        return UNPRINTED.sub("", text)

    def _inside(self, element: Element) -> Iterator[str]:
        for item in element:
            tag = short(item.tag)
            if tag in THROUGH or (tag == "w:r" and not self._is_hidden(item)):
                yield from self._inside(item)
            elif tag in ("w:sdt", "mc:AlternateContent"):
                branch = looked_into(item)
                if branch is not None:
                    yield from self._inside(branch)
            elif tag in _DRAWINGS:
                self._drawing(item)
            elif tag in _FIELD_PARTS:
                yield self._field(item, tag)
            elif all(field.has_result for field in self._fields):
                yield _printed(item, tag)

    def _is_hidden(self, run: Element) -> bool:
        properties = child(run, "w:rPr")
        if properties is None:
            return self._hidden
        own = switch(properties, "w:vanish")
        if own is None:
            style = attribute(child(properties, "w:rStyle"), "w:val")
            own = _hides(self._styles.chain(style, paragraph=False), unless=self._hidden)
        return own

    def _field(self, mark: Element, tag: str) -> str:
        """Note where a field begins and ends; what it prints without having a result."""
        kind = attribute(mark, "w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and tag == "w:instrText":
            self._fields[-1].code += mark.text or ""
        elif self._fields and kind == "separate":
            self._fields[-1].has_result = True
        elif self._fields and kind == "end":
            field = self._fields.pop()
            circled = None if field.has_result else _ENCIRCLED.match(field.code)
            if circled and all(field.has_result for field in self._fields):
                return printed_number(int(circled[1]), "decimalEnclosedCircle")
        return ""

    def _drawing(self, element: Element) -> None:
        """Count pictures and keep the contents of text boxes, those of a group in their order."""
        for item in element:
            tag = short(item.tag)
            if tag == "mc:AlternateContent":
                branch = chosen(item)
                if branch is not None:
                    self._drawing(branch)
                continue
            if tag == "w:txbxContent":
                self.boxes.append(item)
                continue
            if tag == "v:textpath" and item.get("string"):
                self.boxes.append(str(item.get("string")))
            self.pictures += tag in ("pic:pic", "v:imagedata")
            self.objects += tag == "o:OLEObject" and not item.get("ProgID", "").startswith(_EQUATIONS)
            self._drawing(item)


def looked_into(element: Element) -> Element | None:
    """What to read of a content control or of alternatives; `None` where that is only a prompt to type."""
    if short(element.tag) == "mc:AlternateContent":
        return chosen(element)
    prompt = switch(child(element, "w:sdtPr"), "w:showingPlcHdr")
    return None if prompt else child(element, "w:sdtContent")


def _hides(chain: list[Style], *, unless: bool = False) -> bool:
    """Whether a style hides its text; `unless` where it says nothing."""
    return next((style.hidden for style in chain if style.hidden is not None), unless)


def _printed(item: Element, tag: str) -> str:
    """What a child of a run prints."""
    if tag == "w:t":
        text = (item.text or "").translate(_WHITE)
        return text if attribute(item, "xml:space") == "preserve" else text.strip(" ")
    if tag == "w:sym":
        return _symbol(attribute(item, "w:char"), attribute(item, "w:font"))
    if tag in _MATHS:
        return _formula(item)
    return _BREAKS.get(tag, "")


def _symbol(code: str, font: str) -> str:
    """A character of a symbol font; nothing where it is an ornament."""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if not 0xF000 <= place <= 0xF0FF:
        return chr(place) if 0x20 <= place < 0xD800 or 0xF900 <= place <= 0xFFFD else ""
    for first, char, count in _SYMBOLS.get(font, ()):
        if first <= place - 0xF000 < first + count:
            return chr(ord(char) + place - 0xF000 - first)
    return ""


def _formula(element: Element) -> str:
    """An equation in one line: `a/b` for a fraction, the rest as it follows."""
    if short(element.tag) == "m:t":
        return (element.text or "").translate(_WHITE)
    parts = [_formula(item) for item in element]
    return "/".join(filter(None, parts)) if short(element.tag) == "m:f" else "".join(parts)
