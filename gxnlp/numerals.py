"""Numerals to numbers: 一百二十三 · 1.2万 · ３，４５６ · 两万三 · 十七八 · 三百余万.

`RUN` finds the longest stretch of characters that may be one numeral; `evaluate` reads such
a stretch or says that it is none (十三五). Both work on text folded by `gxnlp.folding.fold`.
Neither knows counters or context; that is the business of `gxnlp.quantities`.

How a numeral is read:

* positional: 一百零五 105, 3亿5000万, 1万2 12000; a last digit right behind 百 千 万 亿 without
  零 counts in the next lower unit (一百五 150, 两万三 23000);
* by digits: 二〇二三, 一九九八, also with 0, O or ○ for the zero;
* two neighbouring digits are a range (两三 2 to 3, 十七八 17 to 18, 三五百 300 to 500);
* 几 and 数 stand for 2 to 9 (几百 and 数百 200 to 900), 几 behind ten for 1 to 9 (十几 11 to 19);
* 余 and 多 before 万 or 亿 make the number a lower bound (300余万).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from gxnlp.folding import fold

MAX_DIGITS = 60
"""A longer run of digits is no number (serial codes, rules of dots); it is passed over."""
_MAX_TOKENS = 24

_DIGIT = {char: value for value, chars in enumerate(
    ("零〇○", "一壹", "二两贰", "三叁叄参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}

ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""Digits with or without thousands commas (also full-width ones) and a decimal part."""
_UNIT_GUARD = r"百(?!分点)|千(?![瓦克伏帕卡赫])(?!米(?<=[0-9]千米))|兆(?![瓦赫字比帕欧])"
# 两 is a digit before 百 千 万 亿, at the start, and in 一两个, 三两天; else a weight (半斤八两).
_TWO = (
    r"两(?=[百千万亿])|(?<![一二三四五六七八九十百千万亿两几0-9])两"
    r"|(?<=[一三])两(?=[个天年次位件条名人家种项样回杯句步点日月周小分秒元块篇])"
)
_ZERO = r"[〇○零Oo0]"
BY_DIGITS = rf"[一二三四五六七八九](?:[一二三四五六七八九]|{_ZERO}){{2,}}(?![十百千万亿点])"
"""Three digits or more read one by one (二〇二三)."""
RUN = re.compile(
    rf"{BY_DIGITS}|(?:{ARABIC}|[零〇○一二三四五六七八九十万亿廿卅卌壹贰叁叄参肆伍陆柒捌玖拾佰仟]"
    rf"|{_TWO}|{_UNIT_GUARD}|几(?=[十百千万亿])|(?<=[十百千万亿0])几|数(?=[十百千万亿])"
    rf"|(?<=[0-9])[ \n](?=[余多]?[万亿])|[余多](?=[万亿])|点(?=[零〇○一二三四五六七八九0-9])){{1,{_MAX_TOKENS}}}"
)
"""One stretch of numeral characters; never empty, bounded."""
_TOKEN = re.compile(rf"{ARABIC}|.", re.DOTALL)
_BY_DIGITS = re.compile(rf"{BY_DIGITS}|[一二三四五六七八九]{_ZERO}")

Shape = Literal["arabic", "mixed", "single", "pair", "zero", "bare", "semibare", "two", "digits", "strong"]
"""How a numeral is built, from which context decides whether it counts:

`arabic` 1,286 · `mixed` 1.2万 · `single` 三, 十 · `pair` 两三 · `zero` 零 · `bare` 百 ·
`semibare` 百万 · `two` 九五 · `digits` 二〇二三 · `strong` any other Chinese numeral.
"""


class Numeral(NamedTuple):
    """What a numeral says.

    Attributes:
        low: Least number meant.
        high: Greatest number meant; equal to `low` unless the numeral is a range (两三).
        over: Whether 余 or 多 inside makes it a lower bound.
        shape: How it is built.
        scale: The last multiplier (30万 has 10000), 1 where there is none.
    """

    low: Decimal
    high: Decimal
    over: bool
    shape: Shape
    scale: int


Number = int | Decimal
Pair = tuple[Number, Number]


def plain(value: Number) -> Decimal:
    """A number as `Decimal`, without decimals where whole."""
    if isinstance(value, int):
        return Decimal(value)
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value and whole.adjusted() < MAX_DIGITS else value


def read_arabic(text: str) -> Number | None:
    """The number of a text that `ARABIC` matches, `None` where it has too many digits."""
    if len(text) > MAX_DIGITS:
        return None
    text = text.replace(",", "").replace("，", "")
    return Decimal(text) if "." in text else int(text)


class _Reader:
    """Reads the tokens of one positional numeral from left to right."""

    def __init__(self) -> None:
        self.total: Pair = (0, 0)
        self.section: Pair = (0, 0)
        self.pending: Pair | None = None
        self.small = 10**4
        self.big = 10**16
        self.last = ""
        self.over = False
        self.bare = False
        self.scale = 1

    def digit(self, value: Number, token: str) -> bool:
        """A digit, or a number in Arabic digits."""
        if self.pending is None:
            self.pending = (value, value)
            return not self.bare
        low, high = self.pending
        neighbours = value == low + 1 or (low, value) == (3, 2) or (low, value) == (3, 5) and self.small > 10
        if low != high or not neighbours or self.last not in _DIGIT or token not in _DIGIT or not low:
            return False
        self.pending = (min(low, value), max(low, value))
        return True

    def several(self) -> bool:
        """几 or 数."""
        if self.pending is None:
            low = 1 if self.total[1] or self.section[1] else 2
            self.pending = (low, 9)
            return True
        if self.pending[0] != self.pending[1] or self.pending[0] % 10 or self.last in _DIGIT:
            return False
        self.pending = (self.pending[0] + 1, self.pending[1] + 9)
        return True

    def zero(self) -> bool:
        """零 between two places."""
        return self.pending is None and not self.last.startswith(("零", "〇", "○"))

    def tens(self, value: int) -> bool:
        """廿 or 卅."""
        if self.pending is not None or self.small <= 10:
            return False
        self.section = (self.section[0] + value, self.section[1] + value)
        self.small = 10
        return True

    def small_unit(self, unit: int) -> bool:
        """十, 百 or 千."""
        if self.small <= unit:
            return False
        if self.pending is None and (unit != 10 and self.last):
            return False
        self.bare = unit != 10 and self.pending is None
        low, high = self.pending or (1, 1)
        self.section = (self.section[0] + low * unit, self.section[1] + high * unit)
        self.pending, self.small, self.scale = None, unit, unit
        return True

    def big_unit(self, unit: int) -> bool:
        """万, 亿 or 兆."""
        low, high = self._close()
        if not high:
            if self.last in _BIG and unit > self.big:
                self.total = (self.total[0] * unit, self.total[1] * unit)
            elif not self.last:
                self.total, self.bare = (unit, unit), True
            else:
                return False
        elif unit > self.big:
            self.total = ((self.total[0] + low) * unit, (self.total[1] + high) * unit)
        elif unit == self.big:
            return False
        else:
            self.total = (self.total[0] + low * unit, self.total[1] + high * unit)
        self.section, self.pending, self.small, self.big = (0, 0), None, 10**4, unit
        self.scale = self.scale * unit if self.last in _BIG else unit
        return True

    def _close(self) -> Pair:
        low, high = self.pending or (0, 0)
        return self.section[0] + low, self.section[1] + high

    def point(self, digits: str) -> bool:
        """点 with the digits behind it."""
        if self.total != (0, 0) and self.big != 10**16 and self.last in _BIG:
            return False
        low, high = self._close()
        if low != high or isinstance(low, Decimal) or self.last == "点":
            return False
        fraction = Decimal("0." + "".join(str(_DIGIT.get(char, char)) for char in digits))
        value = self.total[0] + low + fraction
        self.total, self.section, self.pending = (0, 0), (0, 0), (value, value)
        self.small, self.big = 10**4, 10**16
        return True

    def end(self) -> Pair:
        """The numeral's bounds, a last digit behind 百 千 万 亿 taken as the next lower place."""
        if self.pending is not None and self.last != "零":
            unit = self.small if self.small < 10**4 else self.big if self.big < 10**16 else 10
            low, high = self.pending
            if self.spoken and unit > 10:
                self.pending = (low * unit // 10, high * unit // 10)
        low, high = self._close()
        return self.total[0] + low, self.total[1] + high

    spoken = False


def _feed(reader: _Reader, tokens: list[str]) -> bool:
    """Feed all tokens; false where the numeral is malformed."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        if token == "点":
            rest = index + 1
            while rest < len(tokens) and (tokens[rest] in _DIGIT or tokens[rest].isdigit()):
                rest += 1
            ok, following = reader.point("".join(tokens[index + 1 : rest])), ""
            index = rest - 1
        elif token in "余多":
            ok, reader.over = reader.last != "", True
        elif token in "几数":
            ok = reader.several()
        elif token in "零〇○":
            ok = reader.zero()
        elif token in _DIGIT:
            reader.spoken = reader.last in "百千万亿佰仟" and reader.last != "" or (
                reader.spoken and reader.last in _DIGIT
            )
            ok = reader.digit(_DIGIT[token], token)
        elif token in _TENS:
            ok = reader.tens(_TENS[token])
        elif token in _SMALL:
            ok = reader.small_unit(_SMALL[token])
        elif token in _BIG:
            ok = reader.big_unit(_BIG[token])
        else:
            number = read_arabic(token)
            reader.spoken = len(token) == 1 and reader.last != "" and reader.last in "百千万亿"
            ok = number is not None and reader.pending is None and reader.digit(number, token)
        if not ok:
            return False
        if token not in "余多":
            reader.last = token
        index += 1
    return True


def _shape(run: str, low: Number, high: Number) -> Shape:
    if run[0].isdigit():
        return "mixed"
    if len(run) == 1:
        return "zero" if run in "零〇○" else "bare" if run in "百千万亿兆佰仟" else "single"
    if all(char in "百千万亿兆" for char in run):
        return "semibare"
    if len(run) == 2 and low != high and all(char in _DIGIT for char in run):
        return "pair"
    return "strong"


def _neighbours(run: str) -> bool:
    first, second = (_DIGIT[char] for char in run)
    return second == first + 1 and first > 0 or (first, second) == (3, 5)


@lru_cache(maxsize=8192)
def evaluate(run: str) -> Numeral | None:
    """Read one numeral.

    Args:
        run: Folded text that `RUN` matches as a whole.

    Returns:
        What it says, or `None` where it is malformed (十三五, 百千万, 二三).
    """
    if run[0].isdigit() and run[-1].isdigit() and len(run) == len(_TOKEN.match(run)[0]):  # type: ignore[index]
        number = read_arabic(run)
        return None if number is None else Numeral(Decimal(number), Decimal(number), False, "arabic", 1)
    if _BY_DIGITS.fullmatch(run):
        value = Decimal("".join(str(_DIGIT.get(char, 0)) for char in run))
        return Numeral(value, value, False, "digits", 1)
    if len(run) == 2 and run[0] in _DIGIT and run[1] in _DIGIT and "两" not in run and not _neighbours(run):
        value = Decimal(10 * _DIGIT[run[0]] + _DIGIT[run[1]])
        return Numeral(value, value, False, "two", 1)
    reader = _Reader()
    if not _feed(reader, _TOKEN.findall(run.replace(" ", "").replace("\n", ""))):
        return None
    low, high = reader.end()
    shape = _shape(run, low, high)
    return Numeral(plain(low), plain(high), reader.over, shape, reader.scale)


def parse_numeral(text: str) -> Decimal | None:
    """The number that one numeral says.

    Args:
        text: A numeral and nothing else, with or without a sign; any script or width.

    Returns:
        The number, or `None` where the text is no numeral or says no single number (两三).
    """
    folded = fold(text).strip()
    negative = folded[:1] in ("-", "负")
    body = folded[1:].strip() if negative else folded
    if len(body) > MAX_DIGITS or not RUN.fullmatch(body):
        return None
    numeral = evaluate(body)
    if numeral is None or numeral.low != numeral.high:
        return None
    return -numeral.low if negative else numeral.low
