"""PDF through pypdfium2's raw calls: the default backend, ten times as fast as pdfplumber.

Every call crosses from Python to C, so each character costs four of them, by the shortest way, and
each path few: bounds first, its points only where the bounds are not those of one line.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from gxnlp.reading.pdf_fonts import give_box_font, give_fonts_of_machine
from gxnlp.reading.rawpage import (
    MAX_GLYPHS,
    MAX_OBJECTS,
    MAX_RULES,
    MIN_RULE,
    RULE_THICKNESS,
    Glyph,
    RawPage,
    Rule,
)

Point = tuple[float, float]
_WHITE = 250
_MAX_DEPTH = 4
_MAX_SEGMENTS = 2_000
_USUAL_HEIGHT = (3.0, 45.0)
_HYPHEN = 0x02  # PDFium's mark for a hyphen at a line end


def _by_address(function: Any, result: Any, *more: Any) -> Callable[..., Any]:
    """A call of PDFium that takes addresses as plain numbers, and keeps the interpreter's lock.

    The typed calls of `pypdfium2.raw` check every argument and free the lock for what takes C a few
    nanoseconds: a character costs 1.6 times as much by them.
    """
    make = ctypes.PYFUNCTYPE
    if sys.platform == "win32" and ctypes.sizeof(ctypes.c_void_p) == 4:
        make = ctypes.WINFUNCTYPE  # PDFium's convention there
    address = ctypes.cast(function, ctypes.c_void_p).value
    return make(result, ctypes.c_void_p, *more)(address or 0)


_UNICODE_AT = _by_address(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_int)
_IS_GENERATED = _by_address(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_int)
_ANGLE_AT = _by_address(pdfium.FPDFText_GetCharAngle, ctypes.c_float, ctypes.c_int)
_LOOSE_BOX = _by_address(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
_ORIGIN = _by_address(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)
_KIND_OF = _by_address(pdfium.FPDFPageObj_GetType, ctypes.c_int)
_OBJECT_OF_PAGE = _by_address(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_int)
_OBJECT_OF_FORM = _by_address(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_ulong)


class PasswordError(Exception):
    """The document is encrypted and opens only with a password."""


class PdfiumBackend:
    """An open document.

    Args:
        data: The whole file.

    Raises:
        PasswordError: It is encrypted.
        pypdfium2.PdfiumError: PDFium cannot open it.
    """

    def __init__(self, data: bytes) -> None:
        give_box_font()
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            give_fonts_of_machine()
            # PDFium says so of a document without pages too.
            if "password" in str(error).lower() and b"/Encrypt" in data:
                raise PasswordError(str(error)) from error
            raise

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Free the document."""
        self._document.close()
        give_fonts_of_machine()

    def title(self) -> str:
        """Title from the document's properties, empty where there is none."""
        return str(self._document.get_metadata_value("Title") or "").strip()

    def page(self, index: int) -> RawPage:
        """Glyphs and rules of one page.

        Args:
            index: Page index from 0.

        Raises:
            pypdfium2.PdfiumError: The page is damaged.
        """
        page = self._document[index]
        try:
            return _read_page(page)
        finally:
            page.close()


def _read_page(page: Any) -> RawPage:
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        raw = textpage.raw
        turn = _upright_turn(raw, count)
        box = page.get_bbox()
        across, along = box[2] - box[0], box[3] - box[1]
        result = RawPage(*((across, along) if turn % 2 == 0 else (along, across)))
        frame = _Frame.of(turn, box)
        if count > MAX_GLYPHS:
            result.notes.append(f"only the first {MAX_GLYPHS} of {count} characters were read")
        _read_glyphs(raw, min(count, MAX_GLYPHS), turn, frame, result)
    finally:
        textpage.close()
    _read_rules(page.raw, frame, result)
    return result


class _Frame(NamedTuple):
    """Page space to the frame in which the text stands upright: x' = xx x + xy y + dx, and so y'.

    Page space has its origin bottom left and knows nothing of the page's rotation. Frames are
    by the quarter turns (clockwise, as PDFium counts) that the text makes in page space, so that it
    stands upright in the result whether the page is rotated, or the text on it.
    """

    xx: float
    xy: float
    dx: float
    yx: float
    yy: float
    dy: float

    def place(self, point: Point) -> Point:
        """A point of page space in the frame."""
        x, y = point
        return self.xx * x + self.xy * y + self.dx, self.yx * x + self.yy * y + self.dy

    @classmethod
    def of(cls, turn: int, box: tuple[float, float, float, float]) -> _Frame:
        """The frame for a number of quarter turns and the page's box (left, bottom, right, top)."""
        left, bottom, right, top = box
        return (
            cls(1, 0, -left, 0, -1, top),
            cls(0, -1, top, -1, 0, right),
            cls(-1, 0, right, 0, 1, -bottom),
            cls(0, 1, -bottom, 1, 0, -left),
        )[turn]


def _quarter(angle: float) -> int:
    return round(angle / (math.pi / 2)) % 4


def _upright_turn(raw: Any, count: int) -> int:
    """Quarter turns of most characters, from a sample over the page."""
    step = max(1, count // 40)
    turns = Counter(_quarter(pdfium.FPDFText_GetCharAngle(raw, i)) for i in range(0, count, step))
    return turns.most_common(1)[0][0] if turns else 0


def _read_glyphs(raw: Any, count: int, turn: int, frame: _Frame, result: RawPage) -> None:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    pointer, at_x, at_y = ctypes.addressof(box), ctypes.addressof(x), ctypes.addressof(y)
    page = ctypes.cast(raw, ctypes.c_void_p).value
    unicode_at, loose_box, origin, angle_at = _UNICODE_AT, _LOOSE_BOX, _ORIGIN, _ANGLE_AT
    straight = turn * math.pi / 2
    xx, xy, dx, yx, yy, dy = frame
    shortest, tallest = _USUAL_HEIGHT
    add, make = result.glyphs.append, tuple.__new__  # past Glyph's constructor, which takes as long again
    high, upright = 0, math.inf
    for i in range(count):
        code = unicode_at(page, i)
        if code <= 32:
            if code != _HYPHEN and (code != 32 or _IS_GENERATED(page, i)):
                continue
            code = 45 if code == _HYPHEN else 32
        elif 0xD800 <= code < 0xE000:  # one half of a surrogate pair
            if code < 0xDC00:
                high = code
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        origin(page, i, at_x, at_y)
        base = yx * x.value + yy * y.value + dy
        # A watermark across the page is no text of the report. What goes on along a base line is as upright
        # as what stood there before.
        if abs(base - upright) > 0.01:
            slant = abs(angle_at(page, i) - straight)
            if 0.1 < slant < 6.18:
                continue
            upright = base
        if not loose_box(page, i, pointer):
            continue
        # Written out for speed: with quarter turns each edge depends on one edge of the box alone.
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if not shortest < top - bottom < tallest:
            _mend(raw, i, box)
            left, right, bottom, top = box.left, box.right, box.bottom, box.top
        xa, xb = xx * left + xy * top + dx, xx * right + xy * bottom + dx
        ya, yb = yx * left + yy * top + dy, yx * right + yy * bottom + dy
        if xa > xb:
            xa, xb = xb, xa
        if ya > yb:
            ya, yb = yb, ya
        add(make(Glyph, (chr(code), xa, ya, xb, yb, base)))


def _mend(raw: Any, i: int, box: Any) -> None:
    """Take the drawn box where the loose one is wrong.

    For vertical writing PDFium forgets the text matrix, so that a loose box may be as large as
    half a page.
    """
    matrix = pdfium.FS_MATRIX()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetMatrix(raw, i, matrix):
        return
    size = pdfium.FPDFText_GetFontSize(raw, i) * math.hypot(matrix.c, matrix.d)
    if 0.5 * size < box.top - box.bottom < 2 * size or not pdfium.FPDFText_GetCharBox(
        raw, i, left, right, bottom, top
    ):
        return
    box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value


def _read_rules(page: Any, frame: _Frame, result: RawPage) -> None:
    objects = _objects(page, pdfium.FPDFPage_CountObjects, _OBJECT_OF_PAGE, None, 0)
    for looked_at, (item, matrix) in enumerate(objects):
        if looked_at > MAX_OBJECTS or len(result.horizontal) + len(result.vertical) > MAX_RULES:
            result.horizontal, result.vertical = [], []
            result.notes.append("too many drawn lines to look for tables")
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            result.images = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            for start, end in _strokes(item):
                if matrix is not None:
                    start, end = _apply(matrix, start), _apply(matrix, end)
                _add_rule(frame.place(start), frame.place(end), result)


def _objects(
    owner: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], matrix: Any, depth: int
) -> Iterator[tuple[Any, Any]]:
    """Objects of a page and of the forms on it, each with its form's matrix."""
    whose = ctypes.cast(owner, ctypes.c_void_p).value
    for i in range(count(owner)):
        address = get(whose, i)
        kind = _KIND_OF(address)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:  # by far the most
            continue
        item = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _matrix_of(item)
            if matrix is not None:
                inner = _multiply(inner, matrix)
            yield from _objects(item, pdfium.FPDFFormObj_CountObjects, _OBJECT_OF_FORM, inner, depth + 1)
        else:
            yield item, matrix


Matrix = tuple[float, float, float, float, float, float]


def _matrix_of(item: Any) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, raw):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    a, b = m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3]
    c, d = m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3]
    return a, b, c, d, m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5]


def _apply(m: Matrix, point: Point) -> Point:
    x, y = point
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _strokes(item: Any) -> Iterator[tuple[Point, Point]]:
    """Straight lines that a path draws: its strokes, or the middles of thin filled boxes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    stroked = bool(stroke.value)
    if not stroked and (not fill.value or _is_white(item)):
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
    if min(x1 - x0, y1 - y0) <= RULE_THICKNESS:
        yield _middle(x0, y0, x1, y1)
        return
    segments = pdfium.FPDFPath_CountSegments(item)
    if segments <= _MAX_SEGMENTS and (stroked or segments > 5):
        matrix = _matrix_of(item)
        for points in _subpaths(item, segments, matrix):
            yield from _lines_of(points, stroked=stroked)


def _is_white(item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _middle(x0: float, y0: float, x1: float, y1: float) -> tuple[Point, Point]:
    if x1 - x0 >= y1 - y0:
        return (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    return ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)


def _subpaths(item: Any, segments: int, matrix: Matrix) -> Iterator[list[Point]]:
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_apply(matrix, (x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _lines_of(points: list[Point], *, stroked: bool) -> Iterator[tuple[Point, Point]]:
    if stroked:
        yield from pairwise(points)
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if min(max(xs) - min(xs), max(ys) - min(ys)) <= RULE_THICKNESS:
        yield _middle(min(xs), min(ys), max(xs), max(ys))


def _add_rule(start: Point, end: Point, result: RawPage) -> None:
    (xa, ya), (xb, yb) = start, end
    width, height = abs(xa - xb), abs(ya - yb)
    if height <= 1.0 and width >= MIN_RULE:
        result.horizontal.append(Rule((ya + yb) / 2, min(xa, xb), max(xa, xb)))
    elif width <= 1.0 and height >= MIN_RULE:
        result.vertical.append(Rule((xa + xb) / 2, min(ya, yb), max(ya, yb)))
