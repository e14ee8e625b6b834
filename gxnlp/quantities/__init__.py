"""Every number in Chinese running text, with bounds, counter, qualifier and kind.

Conventions, beyond those of `gxnlp.records.Quantity`:

* `text` holds the number with its sign, multiplier, 余/多/来 and what makes its kind (百分之, %,
  成, 折, 第); the counter behind it is `unit`, a qualifier before or behind is in `outer_start`
  to `outer_end`. Only 半 behind a counter takes the counter in (一个半 of 一个半小时).
* 20%, 百分之二十, 两成 and 二折 are `percent` 20; 5‰ is `permille` 5; 20个百分点 `percent_point` 20;
  三分之二, 1/3, 一半 are `fraction`; 3倍, 两番 are `fold`.
* Ranges have no value and both bounds: 3至5 (`range`), 10%至20% (`percent`), 两三, 三五百.
  几十 is 20 to 90, 数百 is 200 to 900, 十几 is 11 to 19.
* Bounds follow the wording: 余 多 来 超 突破 逾 以上 至少 make a lower bound, 不足 不到 以内 以下 至多 an
  upper one, 近 将近 too (but `approx`); 约 左右 leave both open. 近三年 is a plain three years.
* 打 is a dozen (半打 6); 双 and 对 are counters.
* `ordinal` holds what ranks or names: 第三, 30号, 416室, 二等奖, list marks 一、 and （二）, postcodes and
  other numbers behind 邮编 or 电话, 12345热线, “1310”.
* `date` holds each number of a date or clock time by itself (2023 with unit 年, 1 with 月), also
  2023-01-16 and 8:30; 3年 and 12个月 are durations.
* Nothing is found in names (H5, 5G, COVID-19), addresses, telephone numbers with hyphens, serial
  codes and versions (192.168.1.1), nor in words that merely hold a numeral (统一, 三审三校).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.numerals import RUN, evaluate
from gxnlp.quantities.context import (
    DATE_FIRST,
    HALF,
    JOIN_ENDS,
    LABEL_UNIT_FIRST,
    begins_dates,
    bracketed_end,
    counts,
    date_unit,
    filled_in,
    goes_on,
    half_counter,
    is_label,
    label_unit,
    marker_end,
)
from gxnlp.quantities.parts import TO_FIRST, Part, Span, bare_number, number, spanned
from gxnlp.quantities.qualifiers import MORE_FIRST, bounded, exact, qualified, take_half, take_more
from gxnlp.quantities.vocabulary import read_vocabulary, unit_of_one, vocabulary
from gxnlp.records import Interval, Kind, Quantity

__all__ = ["find_quantities", "read_vocabulary"]


def find_quantities(text: str, *, folded: str | None = None, skip: Sequence[Interval] = ()) -> list[Quantity]:
    """Find every number in Chinese running text.

    Args:
        text: Any text.
        folded: `gxnlp.folding.fold(text)`, where the caller has it already.
        skip: Stretches to leave out (tables), in order, without overlap.

    Returns:
        The numbers in order, without overlap; offsets are into `text`.
    """
    reader = _Reader(text, fold(text) if folded is None else folded)
    at = 0
    for interval in skip:
        reader.read(at, interval.start)
        at = interval.end
    reader.read(at, len(text))
    return reader.found


_CODE = deferred(
    r"[0-9]+(?:\.[0-9]+){2,}"
    r"|0[0-9]{2,3}-[0-9]{5,8}(?:-[0-9]+)?|[0-9]+(?:-[0-9]+){2,}|[0-9]+-0[0-9]+"
    r"|[0-9]+/[0-9]{4,}-[0-9]+|[0-9]+(?:/[0-9]+){2,}|[0-9]+@[0-9A-Za-z.]+"
)
_POWER = deferred(r"[0-9]+(?:\.[0-9]+)?\^[+-]?[0-9]+")
_NAME = deferred(r"[0-9]+(?:[.,][0-9]+){0,8}([A-Za-z])[0-9A-Za-z]*(?:[.\-/_@][0-9A-Za-z]+)*")
_NAME_REST = deferred(r"[0-9A-Za-z]*(?:[.\-/_@][0-9A-Za-z]+)*")
_WORD_BEFORE = deferred(r"(?<![A-Za-z0-9.\-])[A-Za-z]{3,}$")
_TOUCHING = frozenset("-./_@=#&?：~^")
_ISO = deferred(r"((?:19|20)[0-9]{2})([-/.])([01]?[0-9])\2([0-3]?[0-9])(?![0-9])")
_YEARS = deferred(
    r"((?:19|20)[0-9]{2})[ ]?(?:-|~|—{1,2}|/|至|到)[ ]?((?:19|20)[0-9]{2})"
    r"(?:(?=[ ]?(学年度?|年度?|赛季|财年))|(?=[）”》]))"
)
_CLOCK = deferred(r"([01]?[0-9]|2[0-4])：([0-5][0-9])(?:：([0-5][0-9]))?(?![0-9：])")
_YEAR_MONTH = deferred(r"((?:19|20)[0-9]{2})[-/.](0[1-9]|1[0-2])(?![0-9万亿条件个次人.%-])")
_HOLIDAY = deferred(r"([0-9]{1,2})·([0-9]{1,2})(?![0-9])")
_MONTH_AND_DAY = deferred(r"(1[0-2]|0?[1-9])(月)(?![份球亮饼])(?:([12][0-9]|3[01]|0?[1-9])(日)(?![常均]))?")
_SIGN_SPACE = deferred(r"(?:^|[，。：（为是达到])- $")
_PAGE_NUMBER = deferred(r"[0-9]{1,3} -")
_ONE_HALF = deferred(r"一半(?![径导岛截边天儿])|半(?=$|[，。；、）])")
_NOT_HALF = frozenset("另下上前后大小多夜月")
_HALF_BEFORE = frozenset(("过", "超", "近", "足", "到", ""))
_IDIOM_ORDINAL = deferred(r"第一(?:时间|手|线)")


# What the groups of `Vocabulary.scan` have found by themselves.
_SETTLED: tuple[Kind, ...] = ("number", "number", "date", "ordinal", "ordinal")


class _Reader:
    """Reads the numbers of one text from left to right.

    Each method that begins at a candidate appends what it finds to `found` and returns the
    offset to go on from.
    """

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.source = source
        self.found: list[Quantity] = []

    def read(self, at: int, end: int) -> None:
        """Read a stretch; what the scan settles by itself is written here, without a call."""
        words = vocabulary()
        search, quick = words.scan.search, words.quick.match
        source, text, append = self.source, self.text, self.found.append
        while match := search(source, at, end):
            start, at = match.span()
            settled = match.lastindex
            if settled is None:
                if not source[start].isascii():
                    at = self._ordinal(start) if source[start] == "第" else self._han(start)
                    continue
                short = quick(source, start, end)
                ranked = source[start - 1] in JOIN_ENDS and self.found and self.found[-1].kind == "ordinal"
                if ranked or short is None or (numeral := evaluate(short[1])) is None:
                    at = self._arabic(start)
                    continue
                kind: Kind
                if short.lastindex == 3:
                    kind, (unit, after) = "percent", short.span(3)
                    at = after
                else:
                    kind, (unit, after) = "number", short.span(2)
                    at = unit
            else:
                if settled >= len(_SETTLED) or (numeral := evaluate(match[0])) is None:
                    continue
                kind = _SETTLED[settled]
                unit, after = at, at
                if kind == "date":
                    after += 2 if source.startswith("年度", at) else 1
            value = numeral.low
            append(
                Quantity(
                    text[start:at], start, at, value, value, value, text[unit:after], unit, after,
                    "exact", kind, start, after,
                )
            )  # fmt: skip
            at = self._month_and_day(after, end) if kind == "date" else after

    def _month_and_day(self, at: int, end: int) -> int:
        """12月 or 12月31日 right behind a year; the offset to go on from."""
        if match := _MONTH_AND_DAY.match(self.source, at, end):
            for group in range(1, (match.lastindex or 0), 2):
                self._append(*match.span(group), None, "date", match.span(group + 1))
            return match.end()
        return at

    def _append(
        self, start: int, end: int, value: Decimal | None, kind: Kind, unit: Span | None = None
    ) -> None:
        if value is None:
            numeral = evaluate(self.source[start:end])
            value = numeral.low if numeral else Decimal(0)
        self.found.append(exact(self.text, (start, end), unit, value, kind))

    # ---- Arabic digits ------------------------------------------------------------------------

    def _arabic(self, start: int) -> int:
        """What begins at an ASCII digit or point."""
        source = self.source
        before = source[start - 1 : start]
        if before.isascii() and (before.isalpha() or before in _TOUCHING) and self._in_name(start):
            return _end(_NAME_REST, source, start)
        run = RUN.match(source, start)
        after = source[run.end() : run.end() + 1] if run else ""
        if after and (after in "-./：·至到~—eE@^" or (after.isascii() and after.isalpha())):
            if end := self._code_end(start):
                return end
            if end := self._written_date(start):
                return end
        if (after in (".", "、") or (run and "." in run[0])) and (end := marker_end(source, start)):
            self._append(start, end, None, "ordinal")
            return end
        if before in ("（", " ") and (filled := filled_in(source, start)):
            self._append(*filled[0], None, "number", filled[1])
            self.found[-1] = self.found[-1]._replace(outer_start=source.rindex("（", 0, start))
            return filled[1][1]
        if before in ("（", "(", "〔", "[") and (end := bracketed_end(source, start)):
            size = end - start
            if size <= 2 or (size == 4 and "1900" <= source[start:end] <= "2100"):
                self._append(start, end, None, "date" if size == 4 else "ordinal")
                return end
        return max(self._number(self._signed(start)), start + 1)

    def _in_name(self, start: int) -> bool:
        """Whether digits go on a Latin word or an address: H5, COVID-19, www.a.cn/2023.

        A word of three letters and more may stand before a count that has a counter (GDP3万亿元).
        """
        source = self.source
        if source[start - 1].isalpha():
            if not _WORD_BEFORE.search(source, max(0, start - 20), start):
                return True
            end = _end(RUN, source, start)
            return not (
                vocabulary().unit.match(source, end)
                or source[end : end + 1] == "%"
                or source[end - 1] in "万亿"
            )
        if source[start - 1] == "-" and not source[max(0, start - 2)].isalnum():
            return False
        at, stop = start - 1, max(0, start - 60)
        while at >= stop and "!" <= source[at] <= "~":
            if source[at].isalpha():
                return True
            at -= 1
        return False

    def _code_end(self, start: int) -> int:
        """The end of a serial code, telephone number, address or name (5G), 0 where there is none."""
        source = self.source
        if (match := _CODE.match(source, start)) and not _ISO.match(source, start):
            return match.end()
        if match := _POWER.match(source, start):
            part = bare_number(source, start)
            return 0 if part and part.end >= match.end() else match.end()
        match = _NAME.match(source, start)
        if match is None or vocabulary().unit.match(source, match.start(1)):
            return 0
        part = bare_number(source, start)
        return 0 if part and part.end > match.start(1) else match.end()

    def _written_date(self, start: int) -> int:
        """The components of 2023-01-16, 2023.01, 8:30, 12·4, 2022-2023学年; 0 where there are none."""
        for pattern in (_ISO, _YEARS, _CLOCK, _YEAR_MONTH, _HOLIDAY):
            if match := pattern.match(self.source, start):
                groups = [g for g in range(1, pattern.groups + 1) if match[g] and match[g].isdigit()]
                unit = match.span(3) if pattern is _YEARS and match[3] else None
                for group in groups:
                    self._append(*match.span(group), None, "date", unit if group == groups[-1] else None)
                return self.found[-1].unit_end
        return 0

    def _signed(self, start: int) -> int:
        """Where the number begins with its minus sign, if it has one.

        A hyphen between two numbers is none, nor one behind a Latin word, nor that of - 1 -.
        """
        source, at = self.source, start - 1
        if at > 0 and source[at] == " " and _SIGN_SPACE.search(source, max(0, start - 3), start):
            at -= 1
        if at < 0 or source[at] != "-" or _PAGE_NUMBER.match(source, start):
            return start
        if self.found and self.found[-1].outer_end >= at:
            return start
        before = source[at - 1 : at]
        joined = (before.isascii() and before.isalnum()) or before in ("-", "—", "）", ")", "”")
        return start if joined else at

    # ---- Chinese numerals, ordinals -----------------------------------------------------------

    def _han(self, start: int) -> int:
        """What begins at a Chinese numeral, 半, 俩, 负 or a fraction of one character."""
        source = self.source
        char = source[start]
        if char in "半一" and (part := self._half(start)):
            if part.end > start:
                self.found.append(qualified(self.text, source, part, None))
            return max(part.end, start + 1)
        if char in "俩仨":
            if source[start - 1 : start] != "伎":
                value = Decimal(2 if char == "俩" else 3)
                self.found.append(qualified(self.text, source, Part(start, start + 1, value, value), None))
            return start + 1
        end = marker_end(source, start)
        if not end and source[start - 1 : start] in ("（", "〔", "["):
            end = bracketed_end(source, start)
        if end:
            self._append(start, end, None, "ordinal")
            return end
        return max(self._number(self._signed(start)), start + 1)

    def _half(self, start: int) -> Part | None:
        """一半, 过半; an empty part where 半 is no number (下半年)."""
        source = self.source
        before = source[start - 1 : start]
        if before in _NOT_HALF:
            return Part(start, start, HALF, HALF) if "半" in source[start : start + 2] else None
        match = _ONE_HALF.match(source, start)
        if match and (source[start] == "一" or before in _HALF_BEFORE):
            return Part(start, match.end(), HALF, HALF, kind="fraction")
        return None

    def _ordinal(self, start: int) -> int:
        source = self.source
        if match := _IDIOM_ORDINAL.match(source, start):
            return match.end()
        at = start + 1
        while source[at : at + 1] == " ":
            at += 1
        part = bare_number(source, at) if at < len(source) else None
        if part is None or part.kind != "number":
            return start + 1
        part = spanned(source, part, None) or part
        part.start, part.kind = start, "ordinal"
        unit = label_unit(source, part) or vocabulary().unit.match(source, part.end)
        span = unit.span(1) if unit else (part.end, part.end)
        self.found.append(bounded(self.text, part, span, (start, span[1]), ""))
        return span[1]  # a counter may be a numeral (两) and is not read as one

    # ---- any number ---------------------------------------------------------------------------

    def _number(self, start: int) -> int:
        """A cardinal, fraction, percentage, date component or label, with its sign."""
        source = self.source
        part = number(source, start) or (half_counter(source, start) if source[start] == "半" else None)
        if part is None:
            return _end(RUN, source, start) or start + 1
        if part.kind == "number" and (end := self._name(part)):
            return end
        quantity = _counted(self.text, source, part)
        if quantity is None:
            return part.end
        self.found.append(quantity)
        return max(quantity.end, quantity.unit_end)

    def _name(self, part: Part) -> int:
        """A part of a date, or a label; 0 where the number is neither."""
        source = self.source
        following = source[part.end : part.end + 1]
        if following in (" ", "\n"):
            following = source[part.end + 1 : part.end + 2]
        if following in DATE_FIRST:
            if match := date_unit(source, part, self.found[-1] if self.found else None):
                self.found.append(exact(self.text, (part.start, part.end), match.span(1), part.low, "date"))
                return match.end(1)
            if begins_dates(source, part):
                self.found.append(exact(self.text, (part.start, part.end), None, part.low, "date"))
                return part.end
        last = self.found[-1] if self.found else None
        if last and last.kind == "ordinal" and goes_on(source, part, last):
            unit = words.span(1) if (words := vocabulary().unit.match(source, part.end)) else None
            self.found.append(exact(self.text, (part.start, part.end), unit, part.low, "ordinal"))
            return self.found[-1].unit_end
        if part.shape == "arabic" and is_label(source, part):
            match = label_unit(source, part)
            unit = match.span(1) if match else None
            self.found.append(exact(self.text, (part.start, part.end), unit, part.low, "ordinal"))
            return self.found[-1].unit_end
        return part.end if part.shape == "two" else 0


def _end(pattern: re.Pattern[str], source: str, start: int) -> int:
    match = pattern.match(source, start)
    return match.end() if match else 0


def _unit(source: str, part: Part) -> Span | None:
    """Where the counter behind a number stands."""
    if part.unit is not None or part.kind in ("percent", "permille"):
        return part.unit
    words = vocabulary()
    if part.shape == "zero" and (noun := words.zero_noun.match(source, part.end)):
        return noun.span()
    one = part.shape == "single" and source[part.end - 1] == "一"
    match = unit_of_one(source, part.end) if one else words.unit.match(source, part.end)
    return match.span(1) if match else None


def _counted(text: str, source: str, part: Part) -> Quantity | None:
    """A number with its counter and qualifiers, `None` where it does not count."""
    unit = _unit(source, part)
    end = max(part.end, unit[1]) if unit else part.end
    ranges = source[part.end : part.end + 1] in TO_FIRST or source[end : end + 1] in TO_FIRST
    if ranges and (joined := spanned(source, part, unit)):
        part = joined
        unit = _unit(source, part)
    if source[part.end : part.end + 1] in MORE_FIRST and take_more(source, part):
        unit = _unit(source, part)
    if (
        part.kind == "number"
        and part.low == part.high
        and source[part.end : part.end + 1] in LABEL_UNIT_FIRST
    ) and (match := label_unit(source, part)):
        return exact(text, (part.start, part.end), match.span(1), part.low, "ordinal")
    if part.shape != "arabic" and not counts(source, part, unit):
        return None
    if part.kind == "number" and unit is not None:
        unit = take_half(source, part, unit)
        if source[unit[0] : unit[1]] in ("倍", "番"):
            part.kind = "fold"
    return qualified(text, source, part, unit)
