"""Write `gxnlp/data/fold.txt` from OpenCC: pairs of traditional and simplified characters.

Needs the `dev` extra (OpenCC, Apache 2.0). Only characters that OpenCC maps to one other
character on their own are taken. A few whose simplified form is also a different word in
modern text (著, 乾, 藉, 瞭) are left out, since reports printed in simplified characters use
them as they are; 于 in names is not affected.
"""

from pathlib import Path

import opencc

KEEP = set("著乾藉瞭覆甚夥鍾")
TARGET = Path(__file__).parent.parent / "gxnlp" / "data" / "fold.txt"


def main() -> None:
    """Build the table and write it, forty pairs a line."""
    convert = opencc.OpenCC("t2s").convert
    pairs = []
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        char = chr(code)
        new = convert(char)
        if new != char and len(new) == 1 and char not in KEEP:
            pairs.append(char + new)
    # Radicals whose NFKC form is traditional or that have no decomposition of their own.
    for row in (
        "⺠民⻔门⻅见⻋车⻓长⻛风⻚页⻜飞⻢马⻥鱼⻦鸟⻬齐⻮齿⻰龙",
        "⻩黄⻝食⻄西⺟母⺋已⺒巳⻆角⻘青⼾户戶户內内說说衆众",
    ):
        pairs += [row[i : i + 2] for i in range(0, len(row), 2)]
    lines = ["".join(pairs[i : i + 40]) for i in range(0, len(pairs), 40)]
    made = f"Made by scripts/build_fold_table.py with OpenCC {opencc.__version__}."
    head = f"# Pairs of old and new character. {made}"
    TARGET.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
