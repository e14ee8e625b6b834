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
    "〝": "“", "〞": "”", "〜": "~", "～": "~", "∼": "~", "–": "-", "－": "-", "‐": "-", "−": "-",
    "﹣": "-", "．": ".", "％": "%", "﹪": "%", "･": "·", "•": "·",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ",
    "\u200b": " ", "\ufeff": " ",
}  # fmt: skip
# A comma between digits groups thousands; any other is the clause comma.
_CLAUSE_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")


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
    table[ord("＋")], table[ord("／")], table[ord("＊")] = "+", "/", "*"
    return {code: sys.intern(new) for code, new in table.items()}


def fold(text: str) -> str:
    """Fold a text one for one.

    Args:
        text: Any text.

    Returns:
        The folded text, of the same length.
    """
    folded = text.translate(fold_table())
    return _CLAUSE_COMMA.sub("，", folded) if "," in folded else folded
