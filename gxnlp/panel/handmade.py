"""CSV files that people make, with Excel more often than not: manifests and corrections.

Excel writes what it calls CSV as UTF-8 with a byte order mark, in the code page of the machine (GBK on
Chinese Windows), with semicolons where the comma is a decimal sign, and as UTF-16 with tabs where
"Unicode text" is chosen; rows that were emptied stay behind as lines of commas. All of these are read.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gxnlp.errors import InputError
from gxnlp.panel.files import Row

_SEPARATORS = (",", ";", "\t")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of .xlsx and .ods, and of .xls."""

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_AS_CSV = "save it as CSV UTF-8"


def read_lines(path: Path) -> tuple[tuple[str, ...], list[tuple[int, Row]]]:
    """The columns, in small letters, and the lines that are not empty, with their numbers.

    Raises:
        InputError: The file cannot be read, is no CSV, has no header or two columns of one name.
    """
    text = _decode(path)
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)  # the comma where there is one column alone
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="", restkey="", delimiter=separator)
    try:
        columns = tuple(name.strip().lower() for name in reader.fieldnames or ())
        reader.fieldnames = list(columns)
        lines = list(_filled(reader))
    except csv.Error as error:
        raise InputError(f"cannot read {path}, line {reader.line_num}: {error}; {_AS_CSV}") from error
    if not any(columns):
        raise InputError(f"{path} is empty; expected a header line")
    twice = [name for name, count in Counter(filter(None, columns)).items() if count > 1]
    if twice:
        raise InputError(f"{path}: column {twice[0]} stands twice; keep one")
    return columns, lines


def _filled(reader: csv.DictReader[str]) -> Iterator[tuple[int, Row]]:
    for row in reader:
        cells = {name: cell.strip() for name, cell in row.items() if name}
        if any(cells.values()):
            yield reader.line_num, cells


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    if data.startswith(_WORKBOOKS):
        raise InputError(f"{path} is a workbook or another packed file, no CSV; open it and {_AS_CSV}")
    encodings = ("utf-16",) if data.startswith(_UTF_16_MARKS) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(f"{path} is no text in UTF-8, GBK or UTF-16; {_AS_CSV}")
