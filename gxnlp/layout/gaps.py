"""Blanks within Chinese text that setting left there: 公开 123 条, 主动公 开, 2 0 2 3 年, 99. 5%.

Word processors part digits and Latin letters from Chinese characters, and the gaps of justified
lines are read as blanks. They mean nothing, while two blanks or more part columns and fields, and
so does one in a line without clauses (a title, a field, a row of names).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.layout.rows import MARK, Row

_HAN = "一-鿿〇"
_STOP = "，。；：、（）《》“”%"
_BY_DIGITS = deferred(f"(?<=[{_HAN}]) (?=[0-9])|(?<=[0-9]) (?=[{_HAN}%])")
_BY_LATIN = deferred(f"(?<=[{_HAN}]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[{_HAN}])")
_BY_HAN = deferred(f"(?<=[{_HAN}]) (?=[{_HAN}])")
# 12, 345: without its blank the comma would be one of thousands.
_BY_STOPS = deferred(
    f"(?<=[{_STOP}])(?<![0-9]，) (?=[{_HAN}{_STOP}0-9])|(?<=，) (?=[{_HAN}{_STOP}])"
    f"|(?<=[{_HAN}0-9]) (?=[{_STOP}])(?!，[0-9])"
)
_UNPARTED = deferred(f"[{_HAN}][0-9]|[0-9][{_HAN}]")
_CLAUSE = deferred("[，。；]")
_TITLE_ENDS = ("情况", "事项", "问题", "措施", "方面", "概述", "说明", "表")
# A number with a blank in it, and a year whose digits are set apart. What is counted stands behind it:
# rows of a table that lost its lines run on with names.
_COUNTED = "条件次篇个份人项宗期场家元户年名种类部起例批余多万亿%月日天分位张字，。；、）"
_CUT_NUMBER = deferred(
    rf"(?<![0-9A-Za-z.,%\s])(?:[0-9][0-9.,]{{0,14}} [0-9.,]{{1,14}}|[12] [0-9] [0-9] [0-9])(?= ?[{_COUNTED}])"
    # The number of a hotline.
    rf"|(?<=[{_HAN}、，])(?:1 2[0-9]{{3}}|12 [0-9]{{3}}|12[0-9] [0-9]{{2}}|12[0-9]{{2}} [0-9])(?=[{_HAN}])"
)
_WHOLE_NUMBER = deferred(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_YEAR = deferred(r"(?:19|20)[0-9]{2} |[0-9.,]+ (?:19|20)[0-9]{2}$")
_OFTEN = 0.3
"""Share of parted digits from which on a document is taken to part them everywhere."""
_SCATTERED = 3
"""So many blanks between Chinese characters within sentences are no separators."""


def close_gaps(rows: Sequence[Row], glue: list[str], prose: Sequence[bool]) -> bool:
    """Take the blanks that mean nothing out of paragraphs of prose.

    A blank in the first clause of a paragraph may part a run-in heading from its text, so there
    only what the document does throughout is undone. The blank behind a list number stays.

    Args:
        rows: Folded rows; changed in place.
        glue: What stands before each row; changed in place.
        prose: For each row, whether it is outside of tables.

    Returns:
        Whether any blank was taken out.
    """
    paragraphs = [p for p in _paragraphs(rows, glue, prose) if p.first >= 0]
    gaps = [p for p in paragraphs if " " in p.folded]
    if not gaps:
        return False
    parted = sum(len(_BY_DIGITS.findall(p.folded)) for p in gaps)
    unparted = sum(len(_UNPARTED.findall(p.folded)) for p in paragraphs) if parted else 0
    throughout = parted >= _OFTEN * (parted + unparted) > 0
    scattered = sum(len(_BY_HAN.findall(p.folded, p.first)) for p in gaps) >= _SCATTERED
    closed = False
    for paragraph in gaps:
        drop = _meaningless(paragraph, throughout=throughout, scattered=scattered)
        if drop:
            paragraph.drop(drop, rows, glue)
            closed = True
    return closed


class _Paragraph:
    """Rows `[begin, end)` that are glued to one line."""

    def __init__(self, begin: int, end: int, rows: Sequence[Row], glue: Sequence[str]) -> None:
        self.begin = begin
        parts = [rows[begin].folded]
        self.starts, offset = [0], len(parts[0])  # where each row begins in it
        for i in range(begin + 1, end):
            self.starts.append(offset + len(glue[i]))
            offset = self.starts[-1] + len(rows[i].folded)
            parts += (glue[i], rows[i].folded)
        self.folded = "".join(parts)
        clause = _CLAUSE.search(self.folded)
        self.first = clause.start() if clause else -1
        """Where its first clause ends, -1 in a line without clauses."""

    def drop(self, gone: set[int], rows: Sequence[Row], glue: list[str]) -> None:
        """Take characters out of the rows and out of what is between them."""
        places = sorted(gone)
        for i, place in enumerate(self.starts, self.begin):
            if i > self.begin and glue[i] and place - 1 in gone:
                glue[i] = ""
            first, last = bisect_left(places, place), bisect_left(places, place + len(rows[i].folded))
            _take_out([at - place for at in places[first:last]], rows[i])


def _paragraphs(rows: Sequence[Row], glue: Sequence[str], prose: Sequence[bool]) -> list[_Paragraph]:
    begins = [i for i, between in enumerate(glue) if not i or "\n" in between]
    ends = [*begins[1:], len(rows)] if begins else []
    return [_Paragraph(i, j, rows, glue) for i, j in zip(begins, ends, strict=True) if all(prose[i:j])]


def _meaningless(paragraph: _Paragraph, *, throughout: bool, scattered: bool) -> set[int]:
    """Offsets of the blanks to drop."""
    folded, mark = paragraph.folded, MARK.match(paragraph.folded)
    begin = mark.end() + 1 if mark else 0
    drop = {m.start() for m in _BY_STOPS.finditer(folded, begin)}
    for pattern, anywhere in ((_BY_DIGITS, throughout), (_BY_HAN, scattered), (_BY_LATIN, throughout)):
        first = begin if anywhere else max(begin, paragraph.first)
        drop |= {m.start() for m in pattern.finditer(folded, first)}
    if mark is not None:  # 六、统计表 指标名称…: the blank parts a title from what it heads
        drop = {i for i in drop if i > paragraph.first or not folded.endswith(_TITLE_ENDS, begin, i)}
    at: Sequence[int] = range(len(folded))
    bare = folded
    if drop:
        at = [i for i in at if i not in drop]
        bare = "".join([folded[i] for i in at])
    for number in _CUT_NUMBER.finditer(bare):
        if _is_one(number[0], bare[number.end()]):
            drop |= {at[i] for i in range(*number.span()) if bare[i] == " " and at[i] >= begin}
    return drop


def _is_one(parts: str, behind: str) -> bool:
    """Whether digits with blanks are one number: 31 2篇, 99. 5%, 2 0 2 3年; not 2023 12月, 1. 3次."""
    if _WHOLE_NUMBER.fullmatch(parts.replace(" ", "")) is None or _YEAR.match(parts):
        return False
    return behind in "%万亿" or not (". " in parts or " ." in parts)


def _take_out(gone: Sequence[int], row: Row) -> None:
    """Take characters out of a row, at ascending places."""
    if not gone:
        return
    kept = [slice(a, b) for a, b in zip([0, *(at + 1 for at in gone)], [*gone, None], strict=True)]
    row.folded = "".join([row.folded[part] for part in kept])
    row.text = "".join([row.text[part] for part in kept])
    row.boxes = row.boxes and tuple(box for part in kept for box in row.boxes[part])
