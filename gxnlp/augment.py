"""Altered copies of annotated reports, for training only: other figures, names, channels and shapes.

Each alteration is a list of edits of the text; marks move with them, and a mark whose number
changes changes its value. Copies keep the id of their report, so that cross-validation never has
a report on one side and its copy on the other.
"""

from __future__ import annotations

import random
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from gxnlp.corpus import GoldMetric, GoldReport

_PLAIN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?")
_WITH_COUNTER = re.compile(r"[条件次期篇个人名场份部]")
_PLACE = re.compile(r"(?:省|自治区|北京市|上海市|天津市|重庆市)?([一-鿿]{2,3}?)(?=[市县区旗州乡镇])")
_MARK = re.compile(
    r"(?P<one>[一二三四五六七八九十]{1,2})[、．.]\s*|[（(](?P<two>[一二三四五六七八九十]{1,2})[)）]\s*"
)
_CHINESE = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_WIDTHS = (28, 32, 36, 40)
"""Characters of a printed line."""
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of `[start, end)`; equal offsets insert."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each alteration is made, from 0 to 1: the fields are those of `[augmentation]`.

    Attributes:
        figures: Share of the numbers that get another value.
        numerals: Share of the numbers that are written otherwise.
        channels: Share of the names of channels that are exchanged.
        names: Share of the copies whose place is renamed.
        wraps: Share of the copies whose lines are broken as in print.
        headings: Share of the copies whose headings are marked otherwise.
    """

    figures: float = 0.6
    numerals: float = 0.3
    channels: float = 0.5
    names: float = 0.5
    wraps: float = 0.3
    headings: float = 0.4

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Shares:
        """Shares from a section of the configuration; what it leaves out has its default."""
        return cls(**{name: float(values[name]) for name in cls.__slots__ if name in values})


def with_copies(reports: Sequence[GoldReport], copies: int, shares: Shares, seed: int) -> list[GoldReport]:
    """The reports, and behind them so many altered copies of each.

    Args:
        reports: Annotated reports.
        copies: Number of copies of each.
        shares: How often each alteration is made.
        seed: Seed; a copy depends on it, on the report and on the number of the copy alone.
    """
    altered = [
        augment(report, shares, random.Random(f"{seed}/{report.id}/{number}"))
        for number in range(copies)
        for report in reports
    ]
    return [*reports, *altered]


def augment(report: GoldReport, shares: Shares, chance: random.Random) -> GoldReport:
    """One altered copy of a report."""
    report = _with_figures(report, shares, chance)
    report = apply(report, _channels(report, shares.channels, chance))
    if chance.random() < shares.names:
        report = _renamed(report, chance)
    if chance.random() < shares.headings:
        report = apply(report, _headings(report, chance))
    if chance.random() < shares.wraps:
        report = apply(report, _wraps(report, chance))
    return report


def apply(report: GoldReport, edits: Iterable[Edit]) -> GoldReport:
    """Edit the text of a report; its marks move along.

    Args:
        report: The report.
        edits: Edits that do not overlap, none across the edge of a mark.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    if not ordered:
        return report
    moved = _Moved(report.text, ordered)

    def sliced(item: Any) -> Any:
        start, end = moved.start(item.start), moved.end(item.end)
        return replace(item, start=start, end=end, text=moved.text[start:end])

    return replace(
        report,
        text=moved.text,
        sections=tuple(
            replace(s, start=(at := moved.line_start(s.start)), title=moved.line(at)) for s in report.sections
        ),
        metrics=tuple(map(sliced, report.metrics)),
        statements=tuple(map(sliced, report.statements)),
    )


class _Moved:
    """A text after edits, and where the offsets of the old one are in it."""

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        parts, at, shift = [], 0, 0
        self.starts = [edit.start for edit in edits]
        self.ends = [edit.end for edit in edits]
        self.shifts = [0]
        for edit in edits:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
            shift += len(edit.text) - (edit.end - edit.start)
            self.shifts.append(shift)
        self.text = "".join([*parts, text[at:]])

    def start(self, offset: int) -> int:
        """Where a mark that began at an offset begins: behind what was put in there."""
        return offset + self.shifts[bisect_right(self.ends, offset)]

    def end(self, offset: int) -> int:
        """Where a mark that ended at an offset ends: before what was put in there."""
        passed = min(bisect_right(self.ends, offset), bisect_left(self.starts, offset))
        return offset + self.shifts[passed]

    def line_start(self, offset: int) -> int:
        """Where the line of a heading begins."""
        return self.text.rfind("\n", 0, self.end(offset) + 1) + 1 if self.end(offset) else 0

    def line(self, at: int) -> str:
        """The line at an offset, without white space around it."""
        return self.text[at:].split("\n", 1)[0].strip()


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    source = files("gxnlp") / "data" / "augment.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


# ---- figures and numerals ----


def _with_figures(report: GoldReport, shares: Shares, chance: random.Random) -> GoldReport:
    """Give numbers other values, the same to equal numbers, and write some of them otherwise."""
    edits: dict[tuple[int, int], Edit] = {}
    values: dict[tuple[int, int], Decimal] = {}
    other: dict[str, str] = {}
    for metric in report.metrics:
        number = _number_of(metric, report.text)
        place = (metric.start, metric.end)
        if number is None or place in edits:
            continue
        written = number[0]
        if written not in other:
            other[written] = _another(written, chance) if chance.random() < shares.figures else written
        value = Decimal(other[written].replace(",", ""))
        text = other[written]
        behind = report.text[metric.start + number.end()]
        if chance.random() < shares.numerals and _WITH_COUNTER.match(behind):
            text = _otherwise(value, chance) or text
        start = metric.start + number.start()
        edits[place] = Edit(start, start + len(written), text)
        values[place] = value
    report = replace(report, metrics=tuple(_valued(m, values.get((m.start, m.end))) for m in report.metrics))
    return apply(report, edits.values())


def _number_of(metric: GoldMetric, text: str) -> re.Match[str] | None:
    """The number of a mention, where it is one in plain digits that says the value as it is."""
    found = list(_PLAIN.finditer(text[metric.start : metric.end]))
    if metric.implied or len(found) != 1 or metric.value in (None, _FULL) or metric.end >= len(text):
        return None
    number = found[0]
    if Decimal(number[0].replace(",", "")) != abs(metric.value or 0) or metric.start + number.end() >= len(
        text
    ):
        return None
    before = text[max(0, metric.start + number.start() - 1) : metric.start + number.start()]
    return None if before.isdigit() or before in tuple("-.,") else number


def _another(written: str, chance: random.Random) -> str:
    """A number of as many digits; 0, 1 and 2 stay, they are words as much as figures."""
    if written in ("0", "1", "2"):
        return written
    whole, point, rest = written.partition(".")
    digits = [char if char == "," else str(chance.randint(0, 9)) for char in whole]
    digits[0] = str(chance.randint(1 if len(whole) > 1 or point else 3, 9))
    return "".join(digits) + point + "".join(str(chance.randint(1, 9)) for _ in rest)


def _otherwise(value: Decimal, chance: random.Random) -> str:
    """Another way to write a whole number: 12 as 十二 or １２, 1234 as 1,234; empty where there is none."""
    if value != value.to_integral_value():
        return ""
    number = int(value)
    ways = [str(number).translate(_WIDE)]
    if number >= 1000:
        ways += [f"{number:,}", str(number)]
    if number >= 10000 and number % 100 == 0:
        ways.append(f"{(value / 10000).normalize():f}万")
    if 3 <= number <= 99:
        ways += [_chinese(number)] * 2
    return chance.choice(ways)


def _chinese(number: int) -> str:
    """3 to 99 in Chinese: 十二, 四十, 八十六."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones]
    return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[ones] if ones else "")


def _valued(metric: GoldMetric, value: Decimal | None) -> GoldMetric:
    if value is None or metric.value is None:
        return metric
    return replace(metric, value=-value if metric.value < 0 else value)


# ---- words ----


def _channels(report: GoldReport, share: float, chance: random.Random) -> Iterator[Edit]:
    for same in _vocabulary()["channels"]:
        pattern = "|".join(sorted(map(re.escape, same), key=len, reverse=True))
        for found in re.finditer(pattern, report.text):
            if chance.random() < share:
                yield from _within(report, Edit(*found.span(), chance.choice(same)))


def _renamed(report: GoldReport, chance: random.Random) -> GoldReport:
    """Rename the place of the agency, in text and header, wherever it is followed by what it was."""
    place = _PLACE.match(report.agency)
    if place is None:
        return report
    old, new = place[1], chance.choice(_vocabulary()["places"])
    named = re.compile(re.escape(old) + r"(?=[市县区旗州乡镇])")
    agency = named.sub(new, report.agency)
    edits = [e for m in named.finditer(report.text) for e in _within(report, Edit(*m.span(), new))]
    return apply(replace(report, agency=agency), edits)


# ---- shapes ----


def _headings(report: GoldReport, chance: random.Random) -> Iterator[Edit]:
    """Mark the headings of a level in another way, one way a level and report."""
    ways = {level: chance.choice(marks) for level, marks in _vocabulary()["headings"].items()}
    for section in report.sections:
        line = report.text[section.start :].split("\n", 1)[0]
        skip = len(line) - len(line.lstrip())
        mark = _MARK.match(line.lstrip())
        number = mark and (mark["one"] if section.level == 1 else mark["two"])
        if mark is None or not number or str(section.level) not in ways:
            continue
        written = ways[str(section.level)].format(n=number, i=_arabic(number))
        start = section.start + skip
        yield from _within(report, Edit(start, start + mark.end(), written))


def _arabic(number: str) -> int:
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _CHINESE.index(number)
    return 10 * (_CHINESE.index(tens) if tens else 1) + (_CHINESE.index(ones) if ones else 0)


def _wraps(report: GoldReport, chance: random.Random) -> Iterator[Edit]:
    """Break long paragraphs into lines of one width, as a printed page does; headings stay whole."""
    width = chance.choice(_WIDTHS)
    headings = {section.start for section in report.sections}
    at = 0
    for line in report.text.split("\n"):
        if at not in headings and len(line) > width and "\t" not in line and "|" not in line:
            yield from (Edit(at + place, at + place, "\n") for place in range(width, len(line) - 1, width))
        at += len(line) + 1


def _within(report: GoldReport, edit: Edit) -> Iterator[Edit]:
    """The edit, unless it lies across the edge of a mark."""
    items: Iterable[Any] = (*report.metrics, *report.statements)
    if not any(edit.start < edge < edit.end for item in items for edge in (item.start, item.end)):
        yield edit
