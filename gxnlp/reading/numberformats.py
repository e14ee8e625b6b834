"""Numbers as Word prints them in automatic numbering: `w:numFmt` of ISO/IEC 29500-1, 17.18.59."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def printed_number(value: int, numbering: str) -> str:
    """A number as printed.

    Args:
        value: The number.
        numbering: Name of the format, such as `chineseCounting`.

    Returns:
        What is printed; Arabic digits where the format is unknown or does not reach so far, and
        nothing for `none` and `bullet`.
    """
    if numbering in ("none", "bullet"):
        return ""
    form = _FORMATS.get(numbering)
    return (form(value) if form and value >= 0 else "") or str(value)


def _spelt(value: int, digits: str, units: tuple[str, ...], *, ten: bool) -> str:
    """一百二十三; `ten` prints 十一 for 一十一. Empty from ten thousand on."""
    if value > 9999:
        return ""
    if not value:
        return digits[0]
    text = ""
    for unit in (3, 2, 1, 0):
        digit = value // 10**unit % 10
        if digit:
            text += digits[digit] + units[unit]
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    text = text.rstrip(digits[0])
    return text[1:] if ten and 10 <= value < 20 else text


def _counting(value: int) -> str:
    return _spelt(value, _DIGITS, _UNITS, ten=True)


def _digital(value: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))


def _short_counting(value: int) -> str:
    """Counting up to 99, digit by digit from there on (17.18.59, chineseCounting)."""
    return _counting(value) if value < 100 else _digital(value)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN if 0 < value < 4000 else ():
        text += letters * (value // worth)
        value %= worth
    return text


def _letters(value: int) -> str:
    """From a to z, then aa, bb and so on."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else ""


def _ordinal(value: int) -> str:
    teens = 10 <= value % 100 < 20
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _among(*runs: tuple[int, str, int]) -> Callable[[int], str]:
    """Single characters that stand in a row in Unicode: first number, its character, how many."""

    def form(value: int) -> str:
        for first, char, count in runs:
            if first <= value < first + count:
                return chr(ord(char) + value - first)
        return ""

    return form


def _of(chars: str) -> Callable[[int], str]:
    return lambda value: chars[value - 1] if 0 < value <= len(chars) else ""


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


_CIRCLED = _among((0, "⓪", 1), (1, "①", 20), (21, "㉑", 15), (36, "㊱", 15))
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _among((1, "⒈", 20)),
    "decimalEnclosedParen": _among((1, "⑴", 20)),
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "chineseCounting": _short_counting,
    "chineseCountingThousand": _counting,
    "chineseLegalSimplified": lambda value: _spelt(value, _LEGAL, _LEGAL_UNITS, ten=False),
    "taiwaneseCounting": _short_counting,
    "taiwaneseCountingThousand": _counting,
    "taiwaneseDigital": _digital,
    "japaneseCounting": _counting,
    "japaneseDigitalTenThousand": _digital,
    "koreanCounting": _counting,
    "ideographDigital": _digital,
    "ideographEnclosedCircle": _among((1, "㊀", 10)),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": lambda n: f"{_STEMS[(n - 1) % 10]}{_BRANCHES[(n - 1) % 12]}",
}
