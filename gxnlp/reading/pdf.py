"""PDF: the fast backend, the patient one where it fails, and bounds against hostile files."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from gxnlp.errors import InputError
from gxnlp.reading.pagelines import page_lines
from gxnlp.reading.rawpage import RawPage
from gxnlp.records import Page

MAX_PAGES = 500
"""Pages read: the longest annual reports have some dozens."""

MAX_CHARS = 2_000_000
"""Characters read from all pages together."""

_UNREADABLE = 0.3
"""Share of characters without a Unicode value from which a page's text is no text."""

# An object that refers to another alone: pdfminer follows such references without end.
_ENDLESS = re.compile(rb"\bobj\s{0,9}[0-9]{1,9}\s{1,9}[0-9]{1,9}\s{1,9}R\s{0,9}endobj")


class Backend(Protocol):
    """What a PDF library has to give."""

    def __len__(self) -> int:
        """Number of pages."""
        ...

    def title(self) -> str:
        """Title from the document's properties, empty where there is none."""
        ...

    def page(self, index: int) -> RawPage:
        """Glyphs and rules of the page of an index from 0."""
        ...

    def close(self) -> None:
        """Free the document."""
        ...


def read_pdf(data: bytes, *, name: str) -> tuple[tuple[Page, ...], tuple[str, ...], dict[str, str]]:
    """Read a PDF.

    Args:
        data: The whole file.
        name: What to call the file in messages.

    Returns:
        Pages, notes on what could not be read, and what the file says of itself (`title`).

    Raises:
        InputError: The file is encrypted, damaged, or has no text at all (a scan).
    """
    with _open(data, name) as document:
        notes: list[str] = []
        pages = _pages(document, notes)
        if not any(page.lines for page in pages):
            raise InputError(
                f"{name}: {len(pages)} page{'s' * (len(pages) != 1)}, but no text on them (a scan, or text "
                "drawn as pictures?); expected a PDF with text. Run character recognition (OCR) over it and "
                "give the result."
            )
        title = document.title()
    return tuple(pages), tuple(notes), {"title": title} if title else {}


@contextmanager
def _open(data: bytes, name: str) -> Iterator[Backend]:
    document = _backend(data, name)
    try:
        yield document
    finally:
        with suppress(Exception):
            document.close()


def _backend(data: bytes, name: str) -> Backend:
    """The document in PDFium, or in pdfplumber where PDFium refuses it."""
    import pypdfium2

    from gxnlp.reading.pdf_pdfium import PasswordError, PdfiumBackend

    try:
        return PdfiumBackend(data)
    except PasswordError as error:
        raise InputError(
            f"{name}: the PDF is encrypted and opens only with a password. Open it with the password and "
            "save it without one."
        ) from error
    except pypdfium2.PdfiumError as error:
        reason = str(error)
    if _ENDLESS.search(data):
        raise InputError(
            f"{name}: the PDF is damaged (an object is nothing but a reference). Fetch it again."
        )
    from gxnlp.reading.pdf_plumber import PlumberBackend

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what is damaged, the report's row says
    try:
        document = PlumberBackend(data)
        if len(document):
            return document
    except Exception as error:  # pdfminer raises anything on a damaged file
        reason += f"; {type(error).__name__}: {error}"
    raise InputError(f"{name}: the PDF is damaged ({reason}). Fetch it again, or print it to a new PDF.")


def _pages(document: Backend, notes: list[str]) -> list[Page]:
    pages: list[Page] = []
    total = 0
    for index in range(len(document)):
        if index >= MAX_PAGES or total > MAX_CHARS:
            notes.append(f"only the first {index} of {len(document)} pages were read")
            break
        page = _page(document, index, notes)
        total += sum(len(line.text) for line in page.lines)
        pages.append(page)
    return pages


def _page(document: Backend, index: int, notes: list[str]) -> Page:
    number = index + 1
    try:
        raw = document.page(index)
    except Exception as error:  # a damaged page must not cost the others
        notes.append(f"page {number} is damaged and was left out ({type(error).__name__}: {error})")
        return Page(number, ())
    notes.extend(f"page {number}: {note}" for note in raw.notes)
    lines = page_lines(raw)
    if not lines and raw.images:
        notes.append(f"page {number} has no text (a scanned image?)")
    elif _unmapped(raw) > _UNREADABLE * len(raw.glyphs) > 0:
        notes.append(
            f"page {number}: its fonts do not say which characters they print; the text is not readable"
        )
    return Page(number, lines, raw.width, raw.height)


def _unmapped(raw: RawPage) -> int:
    chars = [glyph[0] for glyph in raw.glyphs]
    return sum(
        map(chars.count, {char for char in set(chars) if char == "\ufffd" or "\ue000" <= char <= "\uf8ff"})
    )
