"""The numbers of lists, which a page does not hold as text: browsers and style sheets print them."""

from __future__ import annotations

import re

_NUMERALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
# Lists of an editor in wide use (UEditor), whose numbers are pictures of the style sheet.
_EDITOR = {"num": "{}.", "num1": "{})", "num2": "({})", "cn": "{}、", "cn1": "{}）", "cn2": "（{}）"}
_EDITOR_CLASS = re.compile(r"\bcustom_(num[12]?|cn[12]?)\b")
_CHINESE = re.compile(r"cjk-ideographic|(?:simp|trad)-chinese-(?:in)?formal|cn")


def list_style(attributes: dict[str, str | None]) -> str:
    """How a list is numbered: `decimal` unless its attributes say otherwise, empty where it is not."""
    if found := _EDITOR_CLASS.search(attributes.get("class") or ""):
        return found[1]
    if found := _STYLE.search(attributes.get("style") or ""):
        return "" if found[1].lower() in ("none", "disc", "circle", "square") else found[1].lower()
    return _TYPES.get(attributes.get("type") or "", "decimal")


def list_number(value: int, style: str) -> str:
    """The number of a list's item as browsers print it.

    Args:
        value: The number.
        style: See `list_style`.

    Returns:
        Number and stop: `3. `, `c. `, `iii. `, `三、`, `（三）`.
    """
    if _CHINESE.match(style):
        return _EDITOR.get(style, "{}、").format(_chinese(value))
    if style in _EDITOR:
        return _EDITOR[style].format(value)
    number = str(value)
    if style.endswith(("alpha", "latin")) and 1 <= value <= 26:
        number = chr(ord("a") + value - 1)
    elif style.endswith("roman") and 1 <= value <= 39:
        number = "x" * (value // 10) + _ROMAN[value % 10]
    return f"{number.upper() if style.startswith('upper') else number}. "


def _chinese(value: int) -> str:
    """A number up to 99 in Chinese numerals: 十, 十二, 二十, 二十三."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    return (_NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + _NUMERALS[ones]
