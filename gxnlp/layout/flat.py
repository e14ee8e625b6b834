"""Texts that lost their line ends: a line that holds a whole report is cut into paragraphs again.

Pages copied through a form or a spreadsheet come as one line, the line ends gone or blanks. Such
a line shows itself by three or more headings 一、 二、 三、 inside it. It is cut before headings
and list items behind the end of a sentence, around tables, and at the blanks that part what is
whole: a title, a heading, a paragraph. No character goes but blanks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.layout.rows import MARK, Row
from gxnlp.layout.tableblocks import find_table_blocks
from gxnlp.records import Interval

_SHORTEST = 200
"""No report of three sections is shorter; shorter lines are not looked at."""
_TOPS = 3
_CN = "一二三四五六七八九十"
# Numbers of headings of level 1, as far as they can stand inside a line.
_TOP = deferred(
    rf"[{_CN}](?<![^。；！？：”）》\s0-9a-zA-Z况项题施告报][{_CN}])(?=[、.]|\s[^\s{_CN}、，]{{2}})|第[{_CN}](?=部分)"
)
_ANY_TOP = deferred(rf"[{_CN}⼀⼆⼋⼗第](?:(?<!第)[、.．\s]|(?<=第)[{_CN}]部分)")
"""The same before folding, without regard to what stands before it; one class first is found fastest."""
_ENDS = "。！？"
_CLOSERS = "”）》】"
_NUMBER = deferred(rf"(?:（?[{_CN}0-9]{{1,3}}[）、.．]?|第[{_CN}]{{1,2}}(?:部分|章|节)?[、，]?)")
# What stands without a blank behind the end of a sentence and begins a line of its own.
_GLUED_MARK = deferred(
    rf"(?P<top>[{_CN}]{{1,2}}、(?![{_CN}])|第[{_CN}]{{1,2}}部分"
    rf"|[{_CN}] (?=[^\s，。；：]{{2,24}}(?:情况|事项|问题|措施)))"
    r"|(?P<first>（一）|(?<![0-9])1[、.](?![0-9]))"
    rf"|（[{_CN}]{{1,2}}）|第[{_CN}]{{1,2}}[，、]|[1-9][0-9]?[、.](?![0-9])|附件?[0-9]?："
)
# A title of level 1 and words that only a sentence begins with.
_TOP_TITLE = deferred(
    r"[^，。；：0-9]{4,40}?(?:情况|事项|问题|措施|概述)"
    r"(?=20[0-9]{2} ?年|[本今全去]年|[我本][局县市区镇乡委院校街厅办单机]|没有|未|无|下一步"
    r"|当前|目前|随着|根据|按照|一年来|一是)"
)
# A title among words that only ran into it: those of the page before it, the first sentence behind it.
_GLUED_TITLE = deferred(
    r"20[0-9]{2} ?年[^，。；：《》>]{0,24}公开[^，。；：《》>\s]{0,8}?(?:报告|年报)(?:（[^（）]{1,20}）)?"
    r"(?![》”，。；：的格公编由予向如内电])"
)
_PAGE_WORD = deferred(r"年报|报告|网站|注册|登录|首页|邮箱|公开|正文|打印|有效|[0-9a-zA-Z>：】）]")
_BEFORE_TITLE = 40
_TITLE = deferred(r"[^，。；>]*公开[^，。；>]{0,16}(?:报告|年报)(?:（[^（）]{1,20}）)?")
_STOP = deferred("[，。；：！？]")
_GAP = deferred(r"\s+")
_YEAR = deferred(r"20[0-9]{2} ?年")
_ITEM = deferred(rf"[{_CN}](?:是|、)|首先|第一")
_ANNOUNCES = deferred("(?:以下|如下|措施|问题|方面|改进)[^，。；]{0,6}：$")
_LAST_WORDS = frozenset(("情况", "事项", "措施", "问题"))
_BEFORE_TOP = _LAST_WORDS | {"报告", "年报"}
_LONGEST_TITLE = 40
_NO_TITLE = 120
"""Characters of a line that are looked at: one so long is neither a title nor a heading."""
_LONGEST_ITEM = 2000
_PROSE = 25


def restore_line_ends(rows: list[Row]) -> list[Row]:
    """Cut the rows that hold a whole report; the others stay as they are.

    Args:
        rows: All rows, not folded yet.

    Returns:
        The rows, a paragraph, heading or flattened table each where one was cut.
    """
    if all(len(row.text) < _SHORTEST for row in rows):
        return rows
    return [piece for row in rows for piece in (_pieces(row) if _may_be_flat(row) else (row,))]


def _may_be_flat(row: Row) -> bool:
    """The cheap test: to fold every long paragraph and look for headings in it takes longer than all else."""
    if len(row.text) < _SHORTEST or row.boxes is not None or row.heading:
        return False
    return len(_ANY_TOP.findall(row.text)) >= _TOPS


def _pieces(row: Row) -> Iterator[Row]:
    folded = fold(row.text)
    tops = [match.start() for match in _TOP.finditer(folded)]
    if not _rises(tops, folded):
        yield row
        return
    tables = find_table_blocks(folded)
    starts = [block.start for block in tables]
    tops = [at for at in tops if not _inside(tables, starts, at)]
    if not _rises(tops, folded):
        yield row
        return
    blanks = sum(folded[at - 1 : at].isspace() for at in tops)
    cuts = sorted({0, len(folded), *_cuts(folded, tables, by_blanks=2 * blanks >= len(tops))})
    for start, end in pairwise(cuts):
        if text := row.text[start:end].strip():
            yield replace(
                row,
                text=text,
                table=False,
                blanks=0 if start else row.blanks,
                cut=row.cut and not start,
                tail=False,
            )


def _rises(tops: Sequence[int], folded: str) -> bool:
    """Whether numbers of headings count up from 一 or 二 to three headings."""
    value = 0
    count = 0
    for at in tops:
        char = folded[at + 1] if folded[at] == "第" else folded[at]
        if _CN.index(char) + 1 in range(value + 1, value + 4):
            value, count = _CN.index(char) + 1, count + 1
    return count >= _TOPS


def _inside(tables: Sequence[Interval], starts: Sequence[int], at: int) -> bool:
    i = bisect_right(starts, at) - 1
    return i >= 0 and at < tables[i].end


def _cuts(folded: str, tables: Sequence[Interval], *, by_blanks: bool) -> Iterator[int]:
    """Offsets at which a line of its own begins; `by_blanks`: where lines ended, blanks are left."""
    begin = 0
    for table in [*tables, Interval(len(folded), len(folded))]:
        yield from (table.start, table.end)
        if not by_blanks:
            yield from _glued(folded, begin, table.start)
        yield from _at_blanks(folded, begin, table.start)
        begin = table.end


def _glued(folded: str, begin: int, end: int) -> Iterator[int]:
    """Cuts where not even a blank is left: before numbers behind a sentence or a heading, at the title."""
    start = begin
    for match in _GLUED_MARK.finditer(folded, begin + 1, end):
        if _begins_line(folded, start, match):
            start = match.start()
            yield start
            title = _TOP_TITLE.match(folded, start, end) if match["top"] else None
            if title:
                yield title.end()
    if not begin:
        yield from _title(folded, end)


def _title(folded: str, end: int) -> Iterator[int]:
    """Where a title begins and ends among words that ran into it."""
    title = _GLUED_TITLE.search(folded, 0, end)
    if not title:
        return
    yield title.end()
    name = max(0, title.start() - _BEFORE_TITLE)
    ends = [match.end() for match in _PAGE_WORD.finditer(folded, name, title.start())]
    if ends and ends[-1] < title.start():
        yield ends[-1]


def _begins_line(folded: str, start: int, mark: re.Match[str]) -> bool:
    """Whether a number, in a line that began at `start`, begins the next one."""
    at = mark.start()
    before = folded[at - 1]
    last = folded[at - 2] if before in _CLOSERS else before
    if last in _ENDS:
        return True
    if mark["top"] and (before in "；：”）" or before.isascii() or folded[at - 2 : at] in _BEFORE_TOP):
        return True
    if before == "：" and mark.group() == "（一）":  # a list of paragraphs, not of clauses
        second = folded.find("（二）", at, at + _LONGEST_ITEM)
        return second > 0 and folded[second - 1] in _ENDS
    heading = folded[start:at] if at - start <= _LONGEST_TITLE and mark["first"] else ""
    return (
        bool(heading)
        and MARK.match(heading) is not None
        and _STOP.search(heading.replace("，", "", 2)) is None
    )


def _at_blanks(folded: str, begin: int, end: int) -> Iterator[int]:
    """Cuts at those blanks that part two lines."""
    start = begin
    gaps = list(_GAP.finditer(folded, begin, end))
    for gap, following in zip(gaps, [*(g.start() for g in gaps[1:]), end], strict=False):
        if gap.start() == begin:
            start = gap.end()
        elif gap.end() < end and _parts(folded, Interval(start, gap.start()), Interval(gap.end(), following)):
            yield gap.end()
            start = gap.end()


def _parts(folded: str, line: Interval, piece: Interval) -> bool:
    """Whether the gap between the line so far and the next piece without blanks ends the line."""
    before = folded[max(line.start, line.end - _NO_TITLE) : line.end]
    after = folded[piece.start : min(piece.end, piece.start + _NO_TITLE)]
    if not before or _NUMBER.fullmatch(before):
        return False
    last = before.rstrip(_CLOSERS)[-1:]
    if last in _ENDS or MARK.match(folded, piece.start):
        return True
    short = len(before) < _NO_TITLE
    if (short and _TITLE.fullmatch(before)) or (_TITLE.fullmatch(after) and _YEAR.search(after, 1)):
        return True
    if last in "；：":
        return piece.start - line.end > 1 or _ANNOUNCES.search(before) is not None
    return short and _ends_heading(before, after)


def _ends_heading(before: str, after: str) -> bool:
    """Whether a line is a heading as far as a blank, and what stands behind it the text below."""
    mark = MARK.match(before)
    title = before[mark.end() :].strip() if mark else before
    if not 2 <= len(title) <= _LONGEST_TITLE or _STOP.search(title.replace("，", "", 2) if mark else title):
        return False
    if before[-1].isascii() or after[0].isascii():
        return _YEAR.match(after) is not None
    return (
        len(after) >= _PROSE
        or _ITEM.match(after) is not None
        or (mark is not None and title[-2:] in _LAST_WORDS)
    )
