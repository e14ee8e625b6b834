"""Single numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.numerals import MAX_DIGITS, parse_numeral

DIGITS = "零一二三四五六七八九"


def section(number: int) -> str:
    """A number below 10000 in Chinese."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text


def chinese(number: int) -> str:
    """A number below 10^16 in Chinese, with 零 where a place is left out."""
    text = ""
    for unit, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, unit)
        if part:
            text += ("零" if text and part < 1000 else "") + section(part) + name
    return text or "零"


@given(st.integers(0, 10**12 - 1))
@settings(max_examples=200, deadline=None)
def test_positional_numerals_come_back(number):
    assert parse_numeral(chinese(number)) == number


@given(st.integers(0, 10**12 - 1))
@settings(max_examples=100, deadline=None)
def test_formal_numerals_come_back(number):
    formal = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    assert parse_numeral(chinese(number).translate(formal)) == number


@given(st.decimals(-(10**9), 10**9, places=3))
@settings(max_examples=100, deadline=None)
def test_arabic_numerals_come_back(number):
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    assert parse_numeral(f"{number:f}") == number
    assert parse_numeral(f"{number:,f}") == number
    assert parse_numeral(f"{abs(number):,f}".translate(wide)) == abs(number)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二十三", "123"),
        ("1.2万", "12000"),
        ("３，４５６", "3456"),
        ("两万三", "23000"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("百万", "1000000"),
        ("廿三", "23"),
        ("二〇二三", "2023"),
        ("二0二三", "2023"),
        ("壹佰贰拾叁萬", "1230000"),
        ("3亿5000万", "350000000"),
        ("一万二千亿", "1200000000000"),
        ("十二万亿", "12000000000000"),
        ("三点一四", "3.14"),
        ("五点三亿", "530000000"),
        ("负三", "-3"),
        ("-5", "-5"),
        (" 140 万 ", "1400000"),
        ("0万", "0"),
    ],
)
def test_one_number(text, value):
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "十三五",
        "百千万",
        "亿万",
        "万一",
        "两三",
        "几十",
        "十百",
        "一万万",
        "三条",
        "1.2.3",
        "一百点",
    ],
)
def test_no_single_number(text):
    assert parse_numeral(text) is None


def test_whole_values_have_no_decimals():
    assert str(parse_numeral("1.20万")) == "12000"


def test_too_many_digits_are_no_number():
    assert parse_numeral("9" * MAX_DIGITS) == Decimal("9" * MAX_DIGITS)
    assert parse_numeral("9" * (MAX_DIGITS + 1)) is None
