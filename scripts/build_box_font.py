"""Write `gxnlp/data/box.ttf`: a font that draws every character as the same narrow box.

Needs the `dev` extra (fontTools, MIT). The box is narrower than the narrowest letter, so that the
widths that a PDF gives decide where a character ends (`gxnlp/reading/pdf_fonts.py`).
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

EM, ASCENT, DESCENT = 1000, 880, -120
BOX = ((0, 0), (0, 700), (150, 700), (150, 0))
TARGET = Path(__file__).parent.parent / "gxnlp" / "data" / "box.ttf"


def main() -> None:
    """Build the font and write it."""
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupCharacterMap({0x4E00: "box"})
    font.font["cmap"].tables = [_every_character()]
    pen = TTGlyphPen(None)
    pen.moveTo(BOX[0])
    for corner in BOX[1:]:
        pen.lineTo(corner)
    pen.closePath()
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (EM, 0), "box": (EM, 0)})
    font.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    font.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    font.setupNameTable({"familyName": "gxnlp box", "styleName": "Regular"})
    font.setupPost(keepGlyphNames=False)
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    font.save(TARGET)


def _every_character() -> CmapSubtable:
    """One range of all characters but the blank, all of them the box (format 13, many to one)."""
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = dict.fromkeys(range(0x21, 0x110000), "box")
    return table


if __name__ == "__main__":
    main()
