"""The text of a table block to labels and the cells behind them, whatever the layout.

A table comes as rows between tabs or pipes, as one cell a line, as columns set apart by
blanks, or with all its cells fused into one string of characters. Read from left to right
and from top to bottom it is always the same: a label, then its figures. Only where cells
stand between tabs or pipes can an empty one be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from gxnlp.records import Interval

Kind = Literal["text", "number", "dash", "blank"]

_EDGE = re.compile(r"[\t|]")
_RULE = re.compile(r"[\s|:：\-—─━+=]*-[\s|:：\-—─━+=]*")
_UNITS = "(?:万元|[元件条个项宗份次起])"
# A figure, behind which a label's own number may follow without a gap (…00000002.其他法律…).
_TOKEN = re.compile(
    r"(?P<text>第[0-9]{1,3}[条项]|[1-9][.、]\s*(?=[^\d\s.])|（[0-9]）|(?:19|20)[0-9]{2} ?年度?)"
    r"|(?P<number>[-+]?(?:[0-9][0-9,]*?(?=[1-9][.、]\s*[^\d\s.])|[0-9][0-9,]*(?:\.[0-9]+)?))"
    rf"|(?P<unit>(?<=[0-9]){_UNITS}(?=[\s0-9]|$))"
    r"|(?P<dash>(?<![^\s])(?:[-—─/]{1,3}(?![^\s])|无(?=\s*(?:[-—─/\d]|$))))"
    r"|(?P<blank>\s+)"
    r"|(?P<word>[^\d\s（第+-]+|.)"
)
_FIGURE = re.compile(rf"([-+]?[0-9][0-9,]*(?:\.[0-9]+)?) ?({_UNITS})?")
# One number over two lines of a narrow cell, or two numbers: the row must tell.
_WRAPPED = re.compile(r"[1-9][0-9]*(?: [0-9]+)+")
_DASH = re.compile(r"[-—─/]+|无")
_LABEL = re.compile(r"[^\W\d_]{2}|（")
_SPACE = re.compile(r"\s+")
_BLANKS = re.compile(r"\s*")
_MANY_LINES = 30
_LABEL_CHARS = 60
_LONGEST_FIGURE = 40
"""Characters from which on digits and commas are a rule or a code, no figure."""
_Piece = tuple[Kind, str, int, int, str]
"""Kind, text, start and end within its text, unit."""


@dataclass(slots=True)
class Token:
    """A piece of a table: a word of a label, or a cell.

    Attributes:
        kind: `text` is a word of a label, everything else a cell.
        text: The folded characters, without blanks around them.
        start: Offset into the document.
        end: Offset after it.
        unit: Counter printed behind the figure.
    """

    kind: Kind
    text: str
    start: int
    end: int
    unit: str = ""

    @property
    def value(self) -> Decimal | None:
        """The figure, `None` for what is no single figure."""
        return parse_number(self.text) if self.kind == "number" else None

    @property
    def is_wrapped(self) -> bool:
        """Whether it is digits in one cell with a blank between them, as a line's end leaves."""
        return " " in self.text


@dataclass(slots=True)
class Run:
    """A stretch of labels and the cells behind it.

    Attributes:
        label: All text before the cells, folded, without white space.
        start: Offset of the label's first character.
        cells: What stands behind it, blanks only where the layout shows them.
        ruled: Whether the cells stand between tabs or pipes, so that places count.
        block: Which block of the document it is from.
        glued: Whether the first figure follows the label without a gap, as where cells lost their edges.
        gaps: Line ends before each figure and behind the last one (0 at the block's end), where
            the text has one cell a line and blank lines between.
    """

    label: str
    start: int
    block: int
    cells: list[Token] = field(default_factory=list)
    ruled: bool = False
    glued: bool = False
    gaps: tuple[int, ...] = ()

    @property
    def figures(self) -> list[Token]:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell.kind != "blank"]


@lru_cache(maxsize=1024)
def parse_number(text: str) -> Decimal | None:
    """The value of a figure as printed: `1,234`, `59237.2449`, `1808 595`; `None` for what is none."""
    if len(text) > _LONGEST_FIGURE:
        return None
    try:
        return Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None


def runs_of(folded: str, blocks: Sequence[Interval]) -> list[Run]:
    """Labels and cells of the tables of a document.

    Args:
        folded: The folded text.
        blocks: Its table blocks.

    Returns:
        Runs in order; a block's text before its first figure is the label of its first run.
    """
    runs: list[Run] = []
    for number, block in enumerate(blocks):
        first = len(runs)
        runs.append(Run("", block.start, number))
        by_cell = open_cell = False
        for line in _lines(folded, block):
            if line.is_empty and open_cell:
                line.tokens.pop()  # this pipe closes the cell above
            by_cell = line.is_one_cell or (line.is_empty and (by_cell or open_cell))
            _add_line(line, runs, number, by_cell=by_cell)
            open_cell = not line.ruled
        if "\n\n" in folded[block.start : block.end]:
            for run in runs[first:]:
                run.gaps = () if run.ruled else _gaps(folded, run.figures, block.end)
    return [run for run in runs if run.label or run.cells]


def _gaps(folded: str, figures: Sequence[Token], end: int) -> tuple[int, ...]:
    """Line ends before each figure and behind the last; none where two stand on one line.

    Behind the last figure of a block there is nothing to count: 0.
    """
    before = [_line_ends_before(folded, figure.start) for figure in figures]
    if not before or not all(before):
        return ()
    behind = _BLANKS.match(folded, figures[-1].end, end)
    return (*before, behind.group().count("\n") if behind else 0)


def repeats_left_out(folded: str, blocks: Sequence[Interval]) -> bool:
    """Whether the text, one cell a line, was rid of every line that had stood in it before.

    Some converters do that: of all the zeros of the tables one is left. It shows where the tables, which
    have a 总计 each, print it once, and no figure twice.
    """
    lines = [line for block in blocks for line in folded[block.start : block.end].split()]
    figures = [line for line in lines if line.isdecimal()]
    once = lines.count("总计") == 1 and len(set(figures)) == len(figures)
    return once and len(lines) >= _MANY_LINES and not any(_EDGE.search(line) for line in lines)


def _line_ends_before(folded: str, end: int) -> int:
    start = end
    while start and folded[start - 1].isspace():
        start -= 1
    return folded.count("\n", start, end)


@dataclass(slots=True)
class _Line:
    """A line of a table.

    Attributes:
        tokens: Its words and cells.
        ruled: Whether they stand between tabs or pipes.
        is_empty: Whether it has pipes and nothing else.
        is_one_cell: Whether it is one cell with a pipe behind it.
    """

    tokens: list[Token]
    ruled: bool
    is_empty: bool = False
    is_one_cell: bool = False

    def groups(self) -> Iterator[tuple[list[Token], list[Token]]]:
        """Words and the cells behind them; the first group may have no words.

        Empty cells between words are the width of a label or header that spans columns, those
        before the first word the height of one that spans rows.
        """
        words: list[Token] = []
        cells: list[Token] = []
        for token in self.tokens:
            if token.kind != "text":
                cells.append(token)
            elif any(cell.kind != "blank" for cell in cells):
                yield words, cells
                words, cells = [token], []
            else:
                words.append(token)
                cells = []
        yield words, cells


def _add_line(line: _Line, runs: list[Run], block: int, *, by_cell: bool) -> None:
    """Add a line to the runs of a block; where each cell has a line, an empty one counts."""
    for words, cells in line.groups():
        run = runs[-1]
        if words and run.cells:
            run = Run("", words[0].start, block)
            runs.append(run)
        elif by_cell:
            pass
        elif any(cell.kind != "blank" for cell in cells) and not run.figures:
            run.cells.clear()  # the empty cells beside a label whose figures stand on a line of their own
        elif not words and not any(cell.kind != "blank" for cell in cells):
            continue
        run.label += "".join(word.text for word in words)
        run.ruled = line.ruled if not run.cells else run.ruled and line.ruled
        if words and cells and words[-1].end == cells[0].start:
            run.glued = cells[0].kind == "number"
        run.cells += cells


def _lines(folded: str, block: Interval) -> Iterator[_Line]:
    offset = block.start
    for text in folded[block.start : block.end].split("\n"):
        if text.strip() and not (_RULE.fullmatch(text) and text.count("-") >= 3):
            if _EDGE.search(text):
                pipes = text.count("|")
                yield _Line(
                    _fields(text, offset),
                    ruled=True,
                    is_empty=0 < pipes == len(text) - text.count(" "),
                    is_one_cell=pipes == 1 and text.rstrip().endswith("|") and len(text) > 1,
                )
            else:
                yield _Line(_loose(text, offset), ruled=False)
        offset += len(text) + 1


def _fields(text: str, offset: int) -> list[Token]:
    """The cells of a line between tabs or pipes, each label cut from figures that are fused to it."""
    begin, end = 0, len(text)
    if "|" in text:
        bare = text.strip()
        end = text.index(bare) + len(bare)
        begin = end - len(bare)
        if bare.replace("|", "").strip():  # the outer pipes close the row; alone each is an empty cell
            begin, end = begin + bare.startswith("|"), end - bare.endswith("|")
        else:
            end -= 1
    at = offset + begin
    tokens: list[Token] = []
    for cell in _EDGE.split(text[begin:end]):
        bare = cell.strip()
        if not bare:
            tokens.append(Token("blank", "", at, at))
        else:
            start = at if bare == cell else at + cell.index(bare[0])
            if bare.isdecimal():
                tokens.append(Token("number", bare, start, start + len(bare)))
            else:
                tokens += _cell(bare, start)
        at += len(cell) + 1
    return tokens


def _cell(text: str, start: int) -> list[Token]:
    if _LABEL.match(text):
        return _loose(text, start)
    figure = _FIGURE.fullmatch(text)
    if figure:
        return [Token("number", figure[1], start, start + len(figure[1]), figure[2] or "")]
    if _WRAPPED.fullmatch(text):
        return [Token("number", text, start, start + len(text))]
    if _DASH.fullmatch(text):
        return [Token("dash", text, start, start + len(text))]
    return _loose(text, start)


def _loose(text: str, offset: int) -> list[Token]:
    """Words and figures of a text without cell edges."""
    pieces = _known(text) if len(text) <= _LABEL_CHARS else _pieces(text)
    return [
        Token(kind, piece, offset + start, offset + end, unit) for kind, piece, start, end, unit in pieces
    ]


@lru_cache(maxsize=1024)
def _known(text: str) -> list[_Piece]:
    """Pieces of a label: reports print the same ones."""
    return _pieces(text)


def _pieces(text: str) -> list[_Piece]:
    """Words and figures of a text, neighbouring words as one."""
    pieces: list[_Piece] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind in ("text", "word"):
            word = _SPACE.sub("", match.group())
            if pieces and pieces[-1][0] == "text":
                _, before, start, _, _ = pieces.pop()
                word = before + word
            pieces.append(("text", word, start, end, ""))
        elif kind == "unit" and pieces and pieces[-1][0] == "number":
            pieces[-1] = (*pieces[-1][:4], match.group())
        elif kind == "number":
            pieces.append(("number", match.group(), start, end, ""))
        elif kind == "dash":
            pieces.append(("dash", match.group(), start, end, ""))
    return pieces
