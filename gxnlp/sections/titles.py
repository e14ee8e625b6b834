"""Find the title line of a report among the lines of its web page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.ontology import default_ontology
from gxnlp.records import Interval

YEAR = r"(?:(?:19|20)[0-9]{2}|二[〇○O零0][一二三四五六七八九〇○零0]{2})"
"""A year in digits or in Chinese numerals, as a pattern without groups."""

_HEAD = 6000
"""Characters before the first heading in which a title is looked for."""
_LINE = 90
"""A longer line holds several things parted by spaces."""
_PIECES = 5
"""Lines or pieces that a title may be broken into."""
_WITHOUT_BLANKS = deferred(r"\S+")
# A line, cut where other fields stand before its title (签发人：某某 2014年…) or the text behind it.
_WITH_TEXT = deferred(
    rf"[^：\n]{{1,60}}：[^：\n]{{0,30}}?(?=[ \t]{{1,9}}{YEAR} ?年[^：\n]{{0,60}}(?:报告|年报))"
    r"|.{1,90}?(?:报告|年报|总结)(?=[ \t\u3000]{1,9}[^\s（]\S)|.+"
)
_LAST = frozenset("告报结）示单”函")
"""What a title ends with: 报告, 年报, 总结, a bracket, 公告, 公示, 函."""
_YEAR = deferred(YEAR)
UNSAID = "(?:政府|政务)信息(?:工作)?(?=年度|年报|报告)"
"""政府信息工作年度报告: a title that leaves 公开 out."""


class _Shapes(NamedTuple):
    subject: re.Pattern[str]
    title: re.Pattern[str]
    quoted: re.Pattern[str]
    year_first: re.Pattern[str]


@lru_cache(maxsize=8)
def _shapes_for(subjects: tuple[str, ...]) -> _Shapes:
    """What titles look like, on disclosure and on the further subjects of the ontology in use."""
    named = "|".join(map(re.escape, ("公开", *subjects)))
    subject = rf"(?:{named}|{UNSAID})"
    begins = "|".join(map(re.escape, ("政府", "政务", "信息", *subjects)))
    return _Shapes(
        subject=deferred(subject),
        title=deferred(
            rf"[^。；，！？>|：]{{0,60}}{subject}[^。；，！？>|：]{{0,24}}?(?:报告|年报|工作总结|“?成绩单”?)"
            r"(?:（[^）]{1,30}）)?(?:的?(?:公告|公示|通告|函))?"
        ),
        quoted=deferred(rf"《([^《》]{{4,70}}?{subject}[^《》]{{0,24}}?(?:报告|年报))》"),
        year_first=deferred(rf"(?:关于)?{YEAR}年?度?(?:{begins})"),
    )


# 特向社会公布2014年某局政府信息公开工作年度报告: the first sentence has the only title.
_ANNOUNCED = deferred(
    rf"(?:(?:现|特此?|兹)(?:向[^，。；]{{2,8}})?(?:予以)?(?:公布|发布|公开)|现将)"
    rf"([^，。；：《》\n]{{0,30}}?{YEAR}年?[^，。；：《》\n]{{0,40}}?信息公开[^，。；：《》\n]{{0,8}}?(?:报告|年报))(?![0-9])"
)
_FIRST_WORDS = 600
"""Characters from the first heading on in which a sentence announces the report."""


class _Words(NamedTuple):
    label: re.Pattern[str]
    never: re.Pattern[str]
    agency: re.Pattern[str]
    agency_line: re.Pattern[str]


@lru_cache(maxsize=1)
def info_vocabulary() -> dict[str, Any]:
    """The parsed `data/report_info.toml`."""
    source = files("gxnlp") / "data" / "report_info.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def agency_end() -> str:
    """A pattern, without groups that capture, for what a body's name ends with."""
    return f"(?:{'|'.join(sorted(info_vocabulary()['agency_ends'], key=len, reverse=True))})"


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = info_vocabulary()
    return _Words(
        label=deferred(rf"[ \t#*·|]*(?:(?:{'|'.join(data['title_labels'])})[： ])?[ \t#*]*"),
        never=deferred("|".join([*data["not_in_titles"], "通知$"])),
        agency=deferred(rf"[^0-9，。；：！？>|]{{1,40}}?{agency_end()}"),
        agency_line=deferred(rf"[^0-9，。；：！？>|/\s]{{2,40}}{agency_end()}"),
    )


def find_title(folded: str, end: int) -> Interval | None:
    """Find the title of a report on information disclosure, or on a subject of the ontology in use.

    Args:
        folded: Folded text.
        end: Offset of the first heading: the title stands before it.

    Returns:
        The title from its first to its last character (it may run over line breaks): the best
        line that names a year and a body, else a title quoted in 《》; `None` where there is none.
    """
    return _title_in(folded[:end], tuple(map(fold, default_ontology().subjects)))


def announced_title(folded: str, first: int) -> str:
    """What the sentence that announces a report without a title says in its place; empty where none does.

    Args:
        folded: Folded text.
        first: Offset of the first heading.
    """
    match = _ANNOUNCED.search(folded, 0, first + _FIRST_WORDS)
    return "".join(match[1].split()) if match else ""


@lru_cache(maxsize=2)
def _title_in(head: str, subjects: tuple[str, ...]) -> Interval | None:
    """`find_title`, kept: the sections and the info of a report ask for the same title."""
    shapes = _shapes_for(subjects)
    segments = list(_segments(head[:_HEAD]))
    best: tuple[int, int, Interval] | None = None
    for at, (start, stop) in enumerate(segments):
        pieces = 1 if "。" in head[start:stop] else _PIECES
        for _, end in segments[at : at + pieces]:
            if end - start > _LINE + 20:
                break
            score = _score(head[start:end], shapes) if head[end - 1] in _LAST else 0
            sentence = head.startswith("。", end)  # a title with a full stop, if there is no other
            if score and (best is None or (score >= best[0] and not sentence)):
                best = score, at, Interval(start, end)
            if score:
                break
    if best is not None:
        return _with_agency_line(head, segments, best[1], best[2], shapes)
    quoted = shapes.quoted.search(head)
    return Interval(*quoted.span(1)) if quoted else None


def _segments(head: str) -> Iterator[tuple[int, int]]:
    """Lines without marks and labels; a long line is cut at its spaces, a short one behind a title."""
    for line in re.finditer(r"[^\n]+", head):
        pieces = _WITH_TEXT if len(line.group()) <= _LINE else _WITHOUT_BLANKS
        for piece in pieces.finditer(line.group()):
            start = line.start() + piece.start()
            text = piece.group().rstrip(" \t#*|")
            if text.endswith("报告。"):
                text = text[:-1]
            label = _words().label.match(text)
            skip = label.end() if label else 0
            if len(text) > skip:
                yield start + skip, start + len(text)


def _score(text: str, shapes: _Shapes) -> int:
    """How good a title a text is, 0 for none."""
    if not shapes.subject.search(text) and "\n" not in text and " " not in text:
        return 0
    squeezed = "".join(text.split())
    if not shapes.title.fullmatch(squeezed) or _words().never.search(squeezed):
        return 0
    return 1 + 4 * bool(_YEAR.search(squeezed)) + 2 * bool(_words().agency.search(squeezed))


def _with_agency_line(
    head: str, segments: list[tuple[int, int]], at: int, title: Interval, shapes: _Shapes
) -> Interval:
    """Take in the line above where it alone names the body."""
    text = "".join(head[title.start : title.end].split())
    while at and "".join(head[slice(*segments[at - 1])].split()) == text:  # printed twice
        at -= 1
        title = Interval(*segments[at])
    if not at or not shapes.year_first.match(text):
        return title
    start, stop = segments[at - 1]
    if head[stop : title.start].strip(" \n\t#*") or not _words().agency_line.fullmatch(head[start:stop]):
        return title
    return Interval(start, title.end)
