"""What a file is, by its first bytes and its suffix."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from gxnlp.errors import InputError, UnsupportedFormatError

_SAVE_AS_PDF = "open it in Word or WPS and save it as PDF or plain text (.txt)"
_SAVE_AS_DOCX = "open it in Word, WPS or LibreOffice and save it as .docx, PDF or plain text (.txt)"
_NEEDS_OCR = "run character recognition (OCR) over it and give the text, as .txt or as a searchable PDF"
_UNPACK = "unpack it and give the reports inside"

_WAY_OUT = {
    "old Word or WPS document (.doc, .wps)": _SAVE_AS_DOCX,
    "encrypted Office document": "open it with its password and save it without one",
    "Word document in one XML file": _SAVE_AS_DOCX,
    "RTF document": _SAVE_AS_DOCX,
    "OpenDocument text (.odt)": _SAVE_AS_DOCX,
    "spreadsheet": "save the sheet with the report's text as .txt",
    "presentation": _SAVE_AS_PDF,
    "OFD document": "open it in an OFD reader and save it as PDF",
    "CAJ document": "open it in its reader and save it as PDF",
    "image": _NEEDS_OCR,
    "archive": _UNPACK,
    "report in annotation mark-up": "score it with `gxnlp evaluate MODEL FOLDER`, or give its text unmarked",
}
_SUFFIXES = {
    ".doc": "old Word or WPS document (.doc, .wps)", ".wps": "old Word or WPS document (.doc, .wps)",
    ".rtf": "RTF document", ".odt": "OpenDocument text (.odt)",
    ".xls": "spreadsheet", ".xlsx": "spreadsheet", ".et": "spreadsheet", ".ods": "spreadsheet",
    ".ppt": "presentation", ".pptx": "presentation", ".dps": "presentation",
    ".ofd": "OFD document", ".caj": "CAJ document",
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".gif": "image", ".bmp": "image",
    ".tif": "image", ".tiff": "image", ".webp": "image",
    ".zip": "archive", ".rar": "archive", ".7z": "archive", ".gz": "archive", ".tar": "archive",
}  # fmt: skip
_MAGIC = (
    (b"{\\rtf", "RTF document"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"CAJ\x00", "CAJ document"),
    # Read as text, its marks would become figures and statements.
    (b"#! id:", "report in annotation mark-up"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE container, which are written in UTF-16; the first that is there.
_STREAMS = tuple(
    (name.encode("utf-16-le"), kind)
    for name, kind in (
        ("EncryptedPackage", "encrypted Office document"),
        ("WordDocument", "old Word or WPS document (.doc, .wps)"),
        ("Workbook", "spreadsheet"),
        ("PowerPoint Document", "presentation"),
    )
)
# What is inside a zip container tells its format; the first that fits.
_MEMBERS = (
    ("xl/", "spreadsheet"),
    ("ppt/", "presentation"),
    ("OFD.xml", "OFD document"),
    ("content.xml", "OpenDocument text (.odt)"),
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</(?:p|div|span|td|tr|table|a|font)>", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_WORD_PART = re.compile(r"word/document[0-9]*\.xml")
_WORD_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_HEAD = 4096
_HTML_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_MHTML_SUFFIXES = frozenset({".mht", ".mhtml"})


def is_pdf(data: bytes) -> bool:
    """Whether the file is a PDF; the mark may stand behind some junk."""
    return b"%PDF-" in data[:1024]


def is_docx(data: bytes) -> bool:
    """Whether the file is a Word document in a zip container, whole or cut off."""
    if not data.startswith(_ZIP):
        return False
    try:
        with ZipFile(BytesIO(data)) as container:
            names = {name.replace("\\", "/").lower() for name in container.namelist()}
    except (BadZipFile, ValueError, NotImplementedError):
        return b"word/" in data and (b"[Content_Types].xml" in data or b"word/document.xml" in data)
    return any(_WORD_PART.fullmatch(name) for name in names)


def page_kind(data: bytes, suffix: str) -> Literal["html", "mhtml", ""]:
    """Whether the file is a web page or a web archive, by content first, then by suffix; else empty."""
    if _kind_by_content(data):
        return ""
    head = data[:_HEAD].replace(b"\x00", b"")  # UTF-16 is searched like ASCII
    if re.match(rb"\s*(?:From|MIME-Version|Snapshot-Content-Location):", head) and b"multipart/" in head:
        return "mhtml"
    tagged = b"<" in head and (_HTML.search(head) or len(_TAG.findall(head)) >= 3)
    if tagged or suffix in _HTML_SUFFIXES:
        return "html"
    if data.count(b"</td>") >= 3:  # Markdown of converters, with tables as HTML
        return "html"
    return "mhtml" if suffix in _MHTML_SUFFIXES else ""


def refuse_unsupported(data: bytes, *, name: str, suffix: str) -> None:
    """Refuse a format that is known but not read here, by content first, then by suffix.

    Args:
        data: The whole file.
        name: What to call the file in the message.
        suffix: The file's suffix in lower case, with its dot.

    Raises:
        UnsupportedFormatError: The file is an old office document, an image, an archive.
        InputError: The suffix says Word, and the content says nothing.
    """
    by_content = _kind_by_content(data)
    if by_content is None and suffix in _WORD_SUFFIXES:
        raise InputError(
            f"{name}: the suffix says Word, but the file does not begin as a Word document does (a cut "
            "download, or text?). Fetch it again, or give it the suffix of what it is."
        )
    kind = by_content or _SUFFIXES.get(suffix)
    if kind is None:
        return
    seen = "by its content" if by_content else "by its suffix"
    raise UnsupportedFormatError(
        f"{name}: found {_article(kind)} {kind} ({seen}); gxnlp reads PDF with text, web pages, "
        f"Word (.docx), plain text, Markdown. To use it, {_WAY_OUT[kind]}."
    )


def _article(kind: str) -> str:
    return "an" if kind[0] in "aeioO" or kind.startswith("RTF") else "a"


def _kind_by_content(data: bytes) -> str | None:
    bare = data.removeprefix(BOM_UTF8)
    for magic, kind in _MAGIC:
        if bare.startswith(magic):
            return kind
    if data.startswith(_OLE):
        old = "old Word or WPS document (.doc, .wps)"
        return next((kind for stream, kind in _STREAMS if stream in data), old)
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    head = data[:_HEAD].replace(b"\x00", b"")  # UTF-16 is searched like ASCII
    if b"<?mso-application" in head and b"Word.Document" in head:
        return "Word document in one XML file"
    return None


def _kind_of_zip(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as container:
            names = container.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return "archive"
    return next((kind for start, kind in _MEMBERS if any(n.startswith(start) for n in names)), "archive")
