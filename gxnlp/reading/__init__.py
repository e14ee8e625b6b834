"""File to pages: one module a format behind one function, `read`.

PDF (with text), saved web pages, Word (.docx), plain text and Markdown are read; other formats are
named and refused with the way out. The result keeps what was printed, line by line; joining lines and
dropping page numbers is the business of `gxnlp.layout`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from gxnlp.errors import InputError
from gxnlp.reading.sniff import is_docx, is_pdf, page_kind, refuse_unsupported
from gxnlp.records import Page

_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one file.

    Attributes:
        format: What the file is by its content (`md` by its suffix).
        pages: The pages in order. A text is cut into pages at its form feeds only.
        paged: Whether the pages are those of a printed document, with numbers worth quoting.
        notes: What could not be read, in words; a report with notes is `partial`.
        meta: What the file says of itself: `title`; of a web page see `gxnlp.reading.html.facts.page_facts`.
    """

    format: Literal["txt", "md", "pdf", "html", "docx"]
    pages: tuple[Page, ...]
    paged: bool
    notes: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)


def read(data: bytes, *, name: str) -> Reading:
    """Read a report.

    Args:
        data: The whole file.
        name: Its name or path: the suffix helps where the content does not tell, and messages use it.

    Returns:
        The pages, with notes on what could not be read.

    Raises:
        UnsupportedFormatError: The format is known, but not read here.
        InputError: The file is empty, damaged, encrypted, without text, or no text at all.
    """
    if not data.strip(b"\x00\t\n\r\x0b\x0c \xef\xbb\xbf\xff\xfe"):
        raise InputError(
            f"{name}: the file is empty; expected a report as PDF, Word, web page or text. Fetch it again."
        )
    if is_pdf(data):
        from gxnlp.reading.pdf import read_pdf

        pages, notes, meta = read_pdf(data, name=name)
        return Reading(format="pdf", pages=pages, paged=True, notes=notes, meta=meta)
    if is_docx(data):
        from gxnlp.reading.docx import read_docx

        pages, notes, meta = read_docx(data, name=name)
        return Reading(format="docx", pages=pages, paged=False, notes=notes, meta=meta)
    suffix = PurePath(name).suffix.lower()
    if suffix == ".pdf":
        raise InputError(
            f"{name}: the suffix says PDF, but the file does not begin as one (a cut download, or an error "
            "page saved as PDF?). Fetch it again, or give it the suffix of what it is."
        )
    if kind := page_kind(data, suffix):
        from gxnlp.reading.html import read_html, read_mhtml

        page, notes, meta = (read_html if kind == "html" else read_mhtml)(data, name=name)
        return Reading(format="html", pages=(page,), paged=False, notes=notes, meta=meta)
    refuse_unsupported(data, name=name, suffix=suffix)
    from gxnlp.reading.text import read_text

    markdown = suffix in _MARKDOWN_SUFFIXES
    pages, notes = read_text(data, name=name, markdown=markdown)
    return Reading(format="md" if markdown else "txt", pages=pages, paged=False, notes=notes)
