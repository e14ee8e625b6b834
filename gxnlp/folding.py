"""Folding one for one: look-alike characters to the one that rules are written in.

Full-width digits and letters become ASCII, Kangxi radicals and compatibility forms the
plain character, traditional characters simplified ones, half-width punctuation of Chinese
text its full-width form. Every character maps to exactly one, so offsets stay valid.

The table of traditional characters, `data/fold.txt`, is made from OpenCC's `t2s` by
`scripts/build_fold_table.py`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from importlib.resources import files

_PUNCTUATION = {
    ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）",
    "﹝": "〔", "﹞": "〕", "［": "〔", "］": "〕", "「": "“", "」": "”", "『": "“", "』": "”",
    "∶": "：", "︰": "：", "﹕": "：", "﹐": "，", "﹑": "、", "﹒": ".", "﹔": "；",
    "･": "·", "•": "·", "‧": "·", "∙": "·", "⋅": "·",
    "〝": "“", "〞": "”", "〜": "~", "～": "~", "∼": "~", "–": "-", "－": "-", "‐": "-", "−": "-",
    "﹣": "-", "．": ".", "％": "%", "﹪": "%",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ",
    "\u200b": " ", "\ufeff": " ",
}  # fmt: skip
_FEW = 24
"""So many different characters are replaced one after the other."""
BULLETS = "●■◆▪◼○□◇★▲▶➢➤◎✦"
"""What lists and headings are marked with in place of a number, or before it."""
_PRIVATE = (0xE000, 0xF900)
"""Code points without a meaning of their own: bullets of symbol fonts, blanks of old encodings."""
_STRAIGHT_QUOTES = re.compile(r'"([^"“”\n]{1,40})"')
# A comma between digits groups thousands; any other is the clause comma.
_CLAUSE_COMMA = re.compile(r",(?:(?<![0-9],)|(?![0-9]))")


@lru_cache(maxsize=1)
def fold_table() -> dict[int, str]:
    """Code point to folded character, for `str.translate`."""
    table: dict[int, str] = {}
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0xFF01, 0xFFEF)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code) and unicodedata.category(plain)[0] != "P":
            table[code] = plain
    lines = (files("gxnlp") / "data" / "fold.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            table.update({ord(old): new for old, new in zip(line[::2], line[1::2], strict=True)})
    table.update({ord(old): new for old, new in _PUNCTUATION.items()})
    table.update(dict.fromkeys(range(*_PRIVATE), " "))
    table[ord("＋")], table[ord("／")], table[ord("＊")] = "+", "/", "*"
    # A radical or a compatibility form may give a traditional character, which is folded in turn.
    return {code: sys.intern(table.get(ord(new), new)) for code, new in table.items()}


@lru_cache(maxsize=1)
def _foldable() -> re.Pattern[str]:
    """Any character that is folded: a class of characters is found ten times as fast as a set is asked."""
    private = range(*_PRIVATE)
    plain = "".join(re.escape(chr(code)) for code in fold_table() if code not in private)
    return re.compile(f"[{plain}{chr(private[0])}-{chr(private[-1])}]")


def fold(text: str) -> str:
    """Fold a text one for one.

    Args:
        text: Any text.

    Returns:
        The folded text, of the same length.
    """
    table = fold_table()
    foreign = set(_foldable().findall(text))
    if len(foreign) <= _FEW:  # a text of today, which has three or four of them: faster than translating
        folded = text
        for char in foreign:  # in any order: what a character is folded to stays as it is
            folded = folded.replace(char, table[ord(char)])
    else:
        folded = text.translate(table)
    if '"' in folded:
        folded = _STRAIGHT_QUOTES.sub(r"“\1”", folded)
    return _CLAUSE_COMMA.sub("，", folded) if "," in folded else folded
