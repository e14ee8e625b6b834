"""One number as written: numeral, sign, fraction, percentage, tenths, power, range.

Nothing here asks whether the number counts in its context; see `gxnlp.quantities.context`.
All positions are in folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gxnlp.deferred import deferred
from gxnlp.numerals import MAX_DIGITS, RUN, Numeral, evaluate, plain
from gxnlp.quantities.vocabulary import NUMERALS, VULGAR, vocabulary
from gxnlp.records import Kind, Value

Span = tuple[int, int]


@dataclass(slots=True)
class Part:
    """A number being read: what it says and where its pieces stand.

    Attributes:
        low: Least value meant, equal to `high` unless it is a range.
        over: Whether 余, 多 or + makes it a lower bound.
        approx: Whether 来 makes it approximate.
        shape: How it is built (`gxnlp.numerals.Shape`); decides whether it needs a counter.
        scale: The last multiplier, which a range shares (20-30万).
        unit: Where a counter or sign that belongs to the kind stands (%, 个百分点).
    """

    start: int
    end: int
    low: Value
    high: Value
    over: bool = False
    approx: bool = False
    kind: Kind = "number"
    shape: str = "strong"
    scale: int = 1
    unit: Span | None = None


def tidy(value: Value) -> Value:
    """A `Fraction` where the decimal would not terminate, else the exact `Decimal`."""
    if isinstance(value, Decimal):
        return value
    rest, places = value.denominator, 0
    for factor in (2, 5):
        times = 0
        while rest % factor == 0:
            rest, times = rest // factor, times + 1
        places = max(places, times)
    return value if rest != 1 else Decimal(f"{value.numerator * 10**places // value.denominator}E-{places}")


def plus(first: Value, second: Value) -> Value:
    """The exact sum."""
    return tidy(Fraction(first) + Fraction(second))


_DIGITS_ONLY = deferred(r"[0-9]+(?:\.[0-9]+)?")
# 8点30分 is a time of day, 8点3分 and 20点5 may be decimals.
_CLOCK = deferred(
    r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?=点(?:(?:[0-9]{2}|[一二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])分(?!之)|[一三]刻))"
)
_POINT_FIVE = deferred(r"\.[0-9]+")
_SUPERSCRIPTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = str.maketrans(_SUPERSCRIPTS, "-0123456789")
_POWER = deferred(
    rf"([0-9]+(?:\.[0-9]+)?)(?:[eE]([+-]?[0-9]{{1,4}})(?![0-9A-Za-z])"
    rf"|[ ]?[×xX*·][ ]?10(?:\^([+-]?[0-9]{{1,4}})|([{_SUPERSCRIPTS}]{{1,4}}))"
    rf"|\^([+-]?[0-9]{{1,4}})(?![0-9A-Za-z])|([{_SUPERSCRIPTS}]{{1,4}}))"
)
MAX_EXPONENT = 100
"""A greater exponent is no count, and its value would only cost memory."""
_SLASH = deferred(r"(?:([0-9]{1,6}) )?([0-9]{1,9})/([0-9]{1,9})(?![0-9/.-])")
_LETTER = deferred(r"(?:[kw]|[WM](?!公)|K(?![超高视画清电屏分金]))(?![A-Za-z0-9/])")
_LETTERS = {"k": 1000, "K": 1000, "w": 10**4, "W": 10**4, "M": 10**6}
# Thousands set off by a space, or a comma with the line broken behind it; only certain ones.
_GROUPED = deferred(r"[0-9]{1,3}(?: [0-9]{3}|[,，][ \n]?[0-9]{3}){1,12}(?![0-9])(?:\.[0-9]+)?")
_GROUPED_BEFORE = deferred(r"(?:^|[\u4e00-\u9fff（“])(?<![图表第附页年])$")


def bare_number(source: str, start: int) -> Part | None:
    """A numeral without sign: Arabic, Chinese or mixed; also a power, a written fraction, 10k."""
    char = source[start]
    if char in VULGAR:
        value = tidy(VULGAR[char])
        return Part(start, start + 1, value, value, kind="fraction", shape="arabic")
    if char == ".":
        match = _POINT_FIVE.match(source, start)
        if not match or len(match[0]) > MAX_DIGITS:
            return None
        return Part(start, match.end(), Decimal(match[0]), Decimal(match[0]), shape="arabic")
    match = RUN.match(source, start)
    if not match:
        return None
    if "点" in match[0] and (hour := _CLOCK.match(source, start)):
        match = hour
    end, numeral = match.end(), evaluate(match[0])
    if numeral is None:
        numeral, end = _shorter(match[0], start)
        if numeral is None:
            return None
    low, high, over, shape, scale = numeral
    if (
        shape == "arabic"
        and source[end : end + 1] in _AFTER_ARABIC
        and (part := _arabic(source, start, end, low))
    ):
        return part
    return Part(start, end, low, high, over, False, "number", shape, scale)


def _shorter(run: str, start: int) -> tuple[Numeral | None, int]:
    """What is left of a malformed run: its Arabic digits, or the hour before 点."""
    if match := _DIGITS_ONLY.match(run):
        return evaluate(match[0]), start + match.end()
    hour, point, _ = run.partition("点")
    return (evaluate(hour), start + len(hour)) if point and hour else (None, start)


_AFTER_ARABIC = frozenset("eE×xX*·^ ，\n/kKwWM" + _SUPERSCRIPTS + "".join(VULGAR))


def _arabic(source: str, start: int, end: int, number: Decimal) -> Part | None:
    """Powers, written fractions, k and M behind Arabic digits, digits in groups."""
    following = source[end]
    if following in VULGAR:
        value = plus(number, VULGAR[following])
        return Part(start, end + 1, value, value, kind="fraction", shape="arabic")
    if following in " ，\n":
        return _grouped(source, start) or (_written_fraction(source, start) if following == " " else None)
    if following == "/":
        return _written_fraction(source, start)
    if match := _POWER.match(source, start):
        return _power(match, start)
    if match := _LETTER.match(source, end):
        scale = _LETTERS[match[0]]
        value = plain(number * scale)
        return Part(start, match.end(), value, value, shape="mixed", scale=scale)
    return None


def _written_fraction(source: str, start: int) -> Part | None:
    match = _SLASH.match(source, start)
    if not match or not int(match[3]):
        return None
    value = tidy(int(match[1] or 0) + Fraction(int(match[2]), int(match[3])))
    return Part(start, match.end(), value, value, kind="fraction", shape="arabic")


def _power(match: re.Match[str], start: int) -> Part | None:
    base = Decimal(match[1])
    ten = match[2] or match[3] or (match[4] or "").translate(_SUPERSCRIPT)
    own = match[5] or (match[6] or "").translate(_SUPERSCRIPT)
    exponent = int(ten or own) if (ten or own).lstrip("+-") else 0
    if abs(exponent) > MAX_EXPONENT or len(match[1]) > 9 or (own and not base and exponent <= 0):
        return None
    value = plain(base.scaleb(exponent) if ten else base**exponent)
    if value and abs(value.adjusted()) >= MAX_DIGITS:
        return None
    return Part(start, match.end(), value, value, shape="arabic")


def _grouped(source: str, start: int) -> Part | None:
    match = _GROUPED.match(source, start)
    if not match or not _GROUPED_BEFORE.search(source, max(0, start - 1), start):
        return None
    end = match.end()
    whole = start == 0 and end == len(source)
    if (
        not whole
        and not vocabulary().unit.match(source, end)
        and source[end : end + 1] not in ("万", "亿", "余", "多")
    ):
        return None
    numeral = evaluate(re.sub(r"[ \n,，]", "", match[0]))
    return Part(start, end, numeral.low, numeral.low, shape="arabic") if numeral else None


# ---- sign, fraction, percentage, tenths -------------------------------------------------------

_PERCENT_SIGN = deferred(r"[ \n]?([%‰‱])")
_POINTS = deferred(r"[ \n]?((?:个[ \n]?)?百[ \n]?分[ \n]?点)")
_WHOLE = deferred(
    r"百分(?:之)?百|(?:(?<=打)对折|对折(?=优惠|价|后|起|销|出)|^对折$)|半价|半折|半成(?![品熟])|半打(?!开)|半数"
)
_WHOLE_VALUE: dict[str, tuple[str, Kind]] = {
    "百分百": ("100", "percent"), "百分之百": ("100", "percent"), "对折": ("50", "percent"),
    "半价": ("50", "percent"), "半折": ("5", "percent"), "半成": ("5", "percent"),
    "半打": ("6", "number"), "半数": ("0.5", "fraction"),
}  # fmt: skip
_CHANGERS = frozenset("分又%‰‱成折打个百 \n")
# 打 behind a numeral is a dozen unless it begins one of these verbs: 一打开, 三打白骨精.
_NO_DOZEN = frozenset("开听电算造印击败仗架扫破通赢输折扮扰工球牌分字卡车招探消断压交包入出动磨理白")


def number(source: str, start: int) -> Part | None:
    """A number with its sign and its own kind, which begins at `start`; no range."""
    at, negative = start, False
    if source[at] in "负-零":
        negative = source[at] != "零" or source.startswith("零下", at)
        at += (2 if source[at] == "零" else 1) if negative else 0
        while negative and source[at : at + 1] == " ":
            at += 1
        if at >= len(source):
            return None
    if source[at] in "百对半" and (match := _WHOLE.match(source, at)):
        value, kind = _WHOLE_VALUE[match[0]]
        part: Part | None = Part(at, match.end(), Decimal(value), Decimal(value), kind=kind)
    else:
        part = bare_number(source, at)
        if part is not None and source[part.end : part.end + 1] in _CHANGERS:
            part = _changed(source, part)
    if part is not None and negative:
        part.start, part.low, part.high = start, -part.high, -part.low
        part.shape = "strong" if part.shape != "arabic" else part.shape
    return part


def _changed(source: str, part: Part) -> Part | None:
    """What may follow a bare numeral and changes it: 分之, 又, %, 成, 折, 打, 个百分点."""
    end = part.end
    char = source[end]
    if char == "分":
        return _over(source, part) if source.startswith("分之", end) else part
    if char == "又":
        rest = _proper_fraction(source, end + 1)
        if rest is None:
            return part
        value = plus(part.low, rest.low)
        return Part(part.start, rest.end, value, value, kind="fraction")
    if char == "成":
        return _tenths(source, part) or part
    if char == "折":
        return _discount(source, part) or part
    if char == "打":
        barred = part.shape in ("arabic", "bare", "zero") or source[end + 1 : end + 2] in _NO_DOZEN
        return part if barred else Part(part.start, end + 1, part.low * 12, part.high * 12)
    if char != "个" and (match := _PERCENT_SIGN.match(source, end)):
        return _percent(part, match)
    if match := _POINTS.match(source, end):
        part.kind, part.unit, part.shape = "percent_point", match.span(1), "strong"
    return part


def _percent(part: Part, match: re.Match[str]) -> Part:
    part.kind = "percent" if match[1] == "%" else "permille"
    if match[1] == "‱":
        part.low, part.high = part.low / 10, part.high / 10
    part.end, part.unit, part.shape = match.end(), match.span(1), "strong"
    return part


def _numerator(source: str, at: int) -> Part | None:
    """The number behind 分之, with its own sign."""
    at += source[at : at + 1] == " "
    negative = source[at : at + 1] in ("负", "-")
    part = bare_number(source, at + negative) if at + negative < len(source) else None
    if part is None or part.kind != "number":
        return None
    if negative:
        part.low, part.high = -part.high, -part.low
    return part


def _over(source: str, under: Part) -> Part | None:
    """甲分之乙: a percentage where 甲 is 百, a permille where it is 千, else a fraction."""
    part = _numerator(source, under.end + 2)
    if part is None or under.low != under.high or under.low <= 0:
        return None
    if under.low in (100, 1000):
        kind: Kind = "percent" if under.low == 100 else "permille"
        return Part(under.start, part.end, part.low, part.high, part.over, kind=kind)
    low, high = (tidy(Fraction(value) / Fraction(under.low)) for value in (part.low, part.high))
    return Part(under.start, part.end, low, high, part.over, kind="fraction")


def _proper_fraction(source: str, at: int) -> Part | None:
    """A fraction behind 又: 二分之一, 1/2."""
    part = bare_number(source, at) if at < len(source) else None
    if part is not None and part.kind != "fraction":
        part = _over(source, part) if source.startswith("分之", part.end) else None
    return part if part is not None and part.kind == "fraction" else None


_NO_TENTHS = frozenset("立功不")


def _tenths(source: str, part: Part) -> Part | None:
    """成: tenths as percent (三成 30, 三成五 35, 六成半 65)."""
    end = part.end + 1
    extra = source[end : end + 1]
    if part.shape == "bare" or part.high > 10 or extra in _NO_TENTHS:
        return None
    low, high = part.low * 10, part.high * 10
    if extra == "半":
        low, high, end = low + 5, high + 5, end + 1
    elif extra and extra in "123456789一二三四五六七八九" and low == high and not _counted(source, end + 1):
        digit = evaluate(extra)
        low = high = plus(low, digit.low if digit else Decimal(0))
        end += 1
    return Part(part.start, end, low, high, part.over, kind="percent", scale=10)


def _counted(source: str, at: int) -> bool:
    return source[at : at + 1] in frozenset(NUMERALS) or bool(vocabulary().unit.match(source, at))


_NO_DISCOUNT = frozenset("页叠腾旧射返算合线痕扇扣中")


def _discount(source: str, part: Part) -> Part | None:
    """折: tenths as percent (八折 80, 八五折 85, 7.5折 75, 88折 88)."""
    if part.shape == "bare" or part.high >= 100 or source[part.end + 1 : part.end + 2] in _NO_DISCOUNT:
        return None
    low, high = part.low, part.high
    if part.shape == "pair" and "两" not in source[part.start : part.end]:
        low = high = plus(low * 10, high)
    elif low <= 10:
        low, high = low * 10, high * 10
    return Part(part.start, part.end + 1, low, high, part.over, kind="percent", scale=10)


# ---- ranges -----------------------------------------------------------------------------------

TO = deferred(rf"[ \n]?(?:至|到|-|~|—{{1,2}}|―)[ \n]?(?=[0-9.负-]|零下|第?[半几{NUMERALS}])")
_OR = deferred(r"、(?=[二三四五六七八九][十百千万个条件名天年次位家人岁日月种项])")
TO_FIRST = frozenset("至到-~—―、 \n")


def spanned(source: str, first: Part, unit: Span | None) -> Part | None:
    """A range that begins with a number: 3至5, 20-30万, 10%至20%, 3天到5天, 三、四个.

    Args:
        source: Folded text.
        first: The number.
        unit: Its counter.
    """
    match = TO.match(source, first.end)
    inner = False
    if match is None and unit and unit[1] > first.end:
        match, inner = TO.match(source, unit[1]), True
    if match is None:
        return _listed(source, first)
    at = match.end() + source.startswith("第", match.end())
    second = number(source, at) if at < len(source) else None
    if second is None or not first.low < second.high:
        return None
    if inner and unit:
        other = vocabulary().unit.match(source, second.end)
        if other is None or other[1] != source[unit[0] : unit[1]]:
            return None
    return _joined(source, first, second, shared=not inner)


def _listed(source: str, first: Part) -> Part | None:
    match = _OR.match(source, first.end) if first.shape == "single" else None
    if match is None or source[first.start - 1 : first.start] in ("、", "第"):
        return None
    second = number(source, match.end())
    if second is None or second.low / second.scale != first.low + 1:
        return None
    return _joined(source, first, second, shared=True)


def _joined(source: str, first: Part, second: Part, *, shared: bool) -> Part | None:
    kind = second.kind
    if first.kind != kind and first.kind != "number":
        # 百分之十至二十 shares what stands before, 10%至20 does not.
        if kind != "number" or first.unit is not None or first.kind not in ("percent", "permille"):
            return None
        kind = first.kind
    low = first.low
    if shared and first.kind == "number" and first.scale == 1 and second.scale >= 10:
        low = _spread(first, second)
        if low >= second.high:  # 九-八成
            return None
    return Part(first.start, second.end, low, second.high, second.over, kind=kind, unit=second.unit)


def _spread(first: Part, second: Part) -> Value:
    """The lower bound, with the multiplier of the upper where it is shared (20-30万, 三到五成)."""
    if second.kind == "percent":
        return first.low * 10 if first.low < 10 else first.low
    if second.scale < 100 or first.low >= second.high / second.scale:
        return first.low
    return first.low * second.scale
