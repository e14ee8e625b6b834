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
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from gxnlp.deferred import deferred
from gxnlp.folding import fold

MAX_DIGITS = 24
"""A longer run of digits is no number (serial codes, rules of dots), nor is what multiplies to more (万亿兆);
it is passed over. What there is to count has fewer, and decimal arithmetic is exact up to 28."""
_MAX_TOKENS = 24
_TOO_MANY = 10**MAX_DIGITS

_DIGIT = {char: value for value, chars in enumerate(
    ("零〇○", "一壹", "二两贰", "三叁叄参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_NO_BIG = 10**16
_SPOKEN_AFTER = frozenset("百千万亿佰仟")

ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,12}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""Digits with or without thousands commas (also full-width ones) and a decimal part."""
_UNIT_GUARD = r"百(?!分点)|千(?![瓦克伏帕卡赫])(?!米(?<=[0-9]千米))|兆(?![瓦赫字比帕欧宽带流网光])"
# 两 is a digit before 百 千 万 亿, at the start, and in 一两个, 三两天; else a weight (半斤八两).
_TWO = (
    r"两(?=[百千万亿])|(?<![一二三四五六七八九十百千万亿两几0-9])两"
    r"|(?<=[一三])两(?=[个天年次位件条名人家种项样回杯句步点日月周小分秒元块篇])"
)
_ZERO = r"[〇○零Oo0]"
BY_DIGITS = rf"[一二三四五六七八九](?:[一二三四五六七八九]|{_ZERO}){{2,}}(?![十百千万亿点])"
"""Three digits or more read one by one (二〇二三)."""
RUN = deferred(
    rf"{BY_DIGITS}|(?:{ARABIC}|[零〇○一二三四五六七八九十万亿廿卅卌壹贰叁叄参肆伍陆柒捌玖拾佰仟]"
    rf"|{_TWO}|{_UNIT_GUARD}|几(?=[十百千万亿])|(?<=[十百千万亿0])几|数(?=[十百千万亿])"
    rf"|(?<=[0-9])[ \n]{{1,2}}(?=[余多]?[万亿])|[余多](?=[万亿])"
    rf"|点(?=[零〇○一二三四五六七八九0-9])){{1,{_MAX_TOKENS}}}"
)
"""One stretch of numeral characters; never empty, bounded."""
_TOKEN = re.compile(rf"{ARABIC}|点[零〇○一二三四五六七八九0-9]+|.", re.DOTALL)
_BY_DIGITS = deferred(rf"{BY_DIGITS}|[一二三四五六七八九]{_ZERO}")

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
    """Reads the tokens of one positional numeral from left to right.

    `total` holds the finished sections (亿, 万), `section` the one being read, `pending` a digit
    that waits for its unit. Every value is a pair: bounds of a range (两三百 is 200, 300).
    """

    def __init__(self) -> None:
        self.total: Pair = (0, 0)
        self.section: Pair = (0, 0)
        self.pending: Pair | None = None
        self.small = _BIG["万"]
        self.big = _NO_BIG
        self.last = ""
        self.over = False
        self.bare = False
        self.pointed = False
        self.spoken = False
        self.scale = 1

    def take(self, token: str) -> bool:
        """Read one token; false where it cannot stand here."""
        if token[0] == "点":
            done = self._point(token[1:])
        elif token in _DIGIT:
            done = self._digit(_DIGIT[token]) if _DIGIT[token] else self._zero()
        elif token in _SMALL:
            done = self._small_unit(_SMALL[token])
        elif token in _BIG:
            done = self._big_unit(_BIG[token])
        elif token in _OTHER:
            done = _OTHER[token](self)
        elif token[0].isdigit():
            done = self._arabic(read_arabic(token), token)
        else:  # the point of 十点0.5, whose first digit belongs to 点
            done = False
        if token not in ("余", "多"):
            self.last = token
        return done

    def bounds(self) -> Pair:
        """The bounds of all that was read; a last digit behind 百 千 万 亿 is of the next lower place."""
        if self.pending is not None and self.spoken:
            unit = self.small if self.small < _BIG["万"] else self.big
            low, high = self.pending
            self.pending = (low * unit // 10, high * unit // 10)
        low, high = self._close()
        return self.total[0] + low, self.total[1] + high

    def _close(self) -> Pair:
        low, high = self.pending or (0, 0)
        return self.section[0] + low, self.section[1] + high

    def _digit(self, value: int) -> bool:
        if self.pending is None:
            self.pending = (value, value)
            self.spoken = self.last in _SPOKEN_AFTER
            return not self.bare
        low, high = self.pending
        pair = self.last in _DIGIT and _neighbours(int(low), value, after_ten=self.small == 10)
        if low != high or not pair:
            return False
        self.pending = (min(low, value), max(low, value))
        return True

    def _zero(self) -> bool:
        return self.pending is None and _DIGIT.get(self.last) != 0

    def _arabic(self, value: Number | None, token: str) -> bool:
        if value is None or self.pending is not None:
            return False
        self.pending = (value, value)
        self.spoken = len(token) == 1 and self.last in _SPOKEN_AFTER
        return not self.bare

    def _several(self) -> bool:
        """几 or 数: 2 to 9, behind a higher place 1 to 9; 20几 is 21 to 29."""
        self.spoken = False
        if self.pending is None:
            self.pending = (1 if self.total[1] or self.section[1] else 2, 9)
            return True
        low, high = self.pending
        self.pending = (low + 1, high + 9)
        return low == high and low % 10 == 0 and self.last not in _DIGIT

    def _more(self) -> bool:
        """余 or 多 before 万 or 亿."""
        self.over = True
        return self.last != ""

    def _tens(self, value: int) -> bool:
        """廿, 卅, 卌."""
        done = self.pending is None and self.small > 10
        self.section = (self.section[0] + value, self.section[1] + value)
        self.small = 10
        return done

    def _small_unit(self, unit: int) -> bool:
        """十, 百 or 千; 百 and 千 without a digit only at the start."""
        if self.small <= unit or (self.pointed and unit == 10):
            return False
        if self.pending is None and unit != 10 and self.last:
            return False
        self.bare = self.pending is None and unit != 10
        low, high = self.pending or (1, 1)
        self.section = (self.section[0] + low * unit, self.section[1] + high * unit)
        self.pending, self.small, self.scale = None, unit, unit
        return True

    def _big_unit(self, unit: int) -> bool:
        """万, 亿 or 兆: closes the section, or multiplies what a lower one closed (万亿)."""
        low, high = self._close()
        if not high and self.pending is None:
            if self.last in _BIG and unit > self.big:
                self.total = (self.total[0] * unit, self.total[1] * unit)
            elif not self.last:
                self.total, self.bare = (unit, unit), True
            else:
                return False
        elif unit == self.big:
            return False
        elif unit > self.big:
            self.total = ((self.total[0] + low) * unit, (self.total[1] + high) * unit)
        else:
            self.total = (self.total[0] + low * unit, self.total[1] + high * unit)
        self.scale = self.scale * unit if self.last in _BIG else unit
        self.section, self.pending, self.small, self.big = (0, 0), None, _BIG["万"], unit
        return True

    def _point(self, digits: str) -> bool:
        """点 with the digits behind it."""
        low, high = self._close()
        if low != high or isinstance(low, Decimal) or self.last in _BIG or self.pointed:
            return False
        fraction = Decimal("0." + "".join(str(_DIGIT.get(char, char)) for char in digits))
        value = self.total[0] + low + fraction
        self.total, self.section, self.pending = (0, 0), (0, 0), (value, value)
        self.small, self.big, self.pointed, self.spoken = _BIG["万"], _NO_BIG, True, False
        return True


_OTHER: dict[str, Callable[[_Reader], bool]] = {
    "几": _Reader._several,
    "数": _Reader._several,
    "余": _Reader._more,
    "多": _Reader._more,
    "廿": lambda reader: reader._tens(20),
    "卅": lambda reader: reader._tens(30),
    "卌": lambda reader: reader._tens(40),
}


def _neighbours(low: int, high: int, *, after_ten: bool = False) -> bool:
    """Whether two digits make a range: 两三, 三两, and 三五 but not in 十三五."""
    if not low:
        return False
    return high == low + 1 or (low, high) == (3, 2) or ((low, high) == (3, 5) and not after_ten)


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
        if len(run) > MAX_DIGITS:
            return None
        value = Decimal("".join(str(_DIGIT.get(char, 0)) for char in run))
        return Numeral(value, value, False, "digits", 1)
    if len(run) == 2 and run[0] in _DIGIT and run[1] in _DIGIT and "两" not in run:
        first, second = _DIGIT[run[0]], _DIGIT[run[1]]
        if not _neighbours(first, second):
            value = Decimal(10 * first + second)
            return Numeral(value, value, False, "two", 1)
    reader = _Reader()
    if not all(reader.take(token) for token in _TOKEN.findall(run.replace(" ", "").replace("\n", ""))):
        return None
    low, high = reader.bounds()
    if high >= _TOO_MANY:
        return None
    return Numeral(plain(low), plain(high), reader.over, _shape(run, low, high), reader.scale)


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


def year_of_digits(text: str) -> int:
    """The year that four digits say, in either script (2013, 二〇一三)."""
    return int(parse_numeral(text) or 0)
