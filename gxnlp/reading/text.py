"""Plain text and Markdown: bytes to characters, characters to lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress

from gxnlp.errors import InputError
from gxnlp.reading.markdown import looks_like_markdown, markdown_line
from gxnlp.records import Line, Page

MAX_CHARS = 5_000_000
"""Longer texts are cut here: the longest reports have some hundred thousand characters."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The commonest characters of the genre, simplified and traditional, and Chinese punctuation:
# every Chinese page has many of them, and a wrong decoding nearly none.
_COMMON = frozenset(
    "的，。、：（）一不人有年工作政府信息公开情况開報告主动動和为為上中大国國民行市县縣区區第其0123456789 \n"
)
_WIDE = ("utf-16-le", "utf-16-be")
_SAMPLE = 20_000
_MAX_LOST = 0.01
# Line ends but the plain one (vertical tab is Word's soft break); form feeds are page breaks.
_LINE_END = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
# Not printed: control characters, soft hyphens, zero-width and direction marks.
UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]+"
)
_RARE = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
"""What either of the two above begins with: most texts have none."""
# What a decoded text has hardly any of: control characters but white space, and private use.
_BINARY = re.compile("[\x01-\x08\x0e-\x1f\ue000-\uf8ff]")
_NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]+\t")
_MARK_END = re.compile(r"[）)、.．]\t")
_PIPES = re.compile(r"[|｜][^|｜\n]*[|｜]")


def read_text(data: bytes, *, name: str, markdown: bool) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """Read a text file.

    Args:
        data: The whole file, in UTF-8, GB18030, UTF-16 or Big5.
        name: What to call the file in messages.
        markdown: Whether it is Markdown for certain; else its content decides.

    Returns:
        Pages (cut at form feeds) and notes. Empty lines are kept as empty `Line`s.

    Raises:
        InputError: It is no text in a known encoding.
    """
    text, notes = decode(data, name=name)
    if len(text) > MAX_CHARS:
        notes += (f"only the first {MAX_CHARS} of {len(text)} characters were read",)
        text = text[:MAX_CHARS]
    if _RARE.search(text):
        text = _LINE_END.sub("\n", UNPRINTED.sub("", text))
    if not text.strip():
        raise InputError(f"{name}: the file holds only blanks; expected a report's text. Fetch it again.")
    markdown = markdown or looks_like_markdown(text)
    pages = [_lines(page.split("\n"), markdown=markdown) for page in text.split("\x0c")]
    return tuple(Page(number, lines) for number, lines in enumerate(pages, 1)), notes


def decode(data: bytes, *, name: str, sample: bytes | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode a text of unknown encoding.

    A byte order mark decides; else UTF-8 where it is valid (and no ASCII text in UTF-16, which
    is valid too but for its zero bytes); else the encoding that gives the most of the
    characters common in Chinese.

    Args:
        data: The bytes.
        name: What to call the file in messages.
        sample: Those of the bytes by which to choose an encoding, where not the first.

    Returns:
        The text, and a note where bytes were lost.

    Raises:
        InputError: No encoding gives a plausible text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, name)
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
        if not (text.isascii() and _zeros(data)):
            return _plausible(text, name), ()
    wide = _zeros(data)
    encodings = _WIDE if wide else ("utf-8", "gb18030", "big5", *_WIDE)
    sample = data[:_SAMPLE] if wide or sample is None else sample
    best = max(encodings, key=lambda encoding: _familiar(sample.decode(encoding, "replace")))
    return _decode_as(data, best, name)


def _zeros(data: bytes) -> bool:
    """Whether many zero bytes sit on one side of the 16-bit units, as in UTF-16."""
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    return max(even, odd) > 8 * min(even, odd) + 0.01 * min(len(data), _SAMPLE)


def _familiar(text: str) -> float:
    """Share of common characters of a Chinese text, less what could not be decoded."""
    common = sum(char in _COMMON for char in text)
    return (common - 4 * text.count("\ufffd")) / max(1, len(text))


def _decode_as(data: bytes, encoding: str, name: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > max(2, _MAX_LOST * len(text)):
        raise InputError(
            f"{name}: no text in UTF-8, GB18030, Big5 or UTF-16 ({lost} of {len(text)} characters "
            f"undecodable even as {encoding}). Save it as UTF-8 text, or give it the suffix of what it is."
        )
    note = (f"{lost} characters could not be decoded as {encoding}",) if lost else ()
    return _plausible(text, name), note


def _plausible(text: str, name: str) -> str:
    sample = text[:_SAMPLE]
    odd = len(_BINARY.findall(sample))
    if odd > max(8, 0.1 * len(sample)):
        raise InputError(
            f"{name}: binary data, not text ({odd} control characters in the first {len(sample)}). "
            "Expected a report as PDF or text."
        )
    return text


def _lines(raw: list[str], *, markdown: bool) -> tuple[Line, ...]:
    if not markdown:
        return tuple([Line(text, None, 0, table) for text, table in zip(raw, tabbed_rows(raw), strict=True)])
    lines = [line for line in map(markdown_line, raw) if line is not None]
    tables = tabbed_rows([line.text for line in lines])
    return tuple([line._replace(table=table) for line, table in zip(lines, tables, strict=True)])


def tabbed_rows(lines: Sequence[str]) -> list[bool]:
    """Which lines are table rows: cells between tabs or pipes.

    A single tab may part two fields, and leading tabs may be an indent, so they count only
    beside another row.
    """
    inner = [_inner_tabs(line) if "\t" in line else 0 for line in lines]
    sure = [count >= 2 or _is_piped(line) for count, line in zip(inner, lines, strict=True)]
    if not any(inner) and not any(sure):  # leading tabs alone
        return sure
    beside = [False, *(row or count == 1 for row, count in zip(sure, inner, strict=True)), False]
    return [
        row or ((count == 1 or line.startswith("\t\t")) and (beside[i] or beside[i + 2]))
        for i, (row, count, line) in enumerate(zip(sure, inner, lines, strict=True))
    ]


def _is_piped(line: str) -> bool:
    """Whether a line is a row of cells between pipes."""
    return ("|" in line or "｜" in line) and _PIPES.search(line) is not None and "。" not in line


def _inner_tabs(line: str) -> int:
    """Tabs that part cells: not those before the text, nor one behind a list number."""
    line = line.lstrip()
    if _MARK_END.search(line):
        line = _NUMBERED.sub("", line, count=1)
    return line.count("\t")
