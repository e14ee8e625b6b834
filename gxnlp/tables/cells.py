"""The text of a table block to labels and the cells behind them, whatever the layout.

A table comes as rows between tabs or pipes, as one cell a line, as columns set apart by
blanks, or with all its cells fused into one string of characters. Read from left to right
and from top to bottom it is always the same: a label, then its figures. Only where cells
stand between tabs or pipes can an empty one be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal, NamedTuple

from gxnlp.deferred import deferred
from gxnlp.records import Interval

Kind = Literal["text", "number", "dash", "blank"]

_RULE = deferred(r"[\s|:：\-—─━+=]*-[\s|:：\-—─━+=]*")
_UNITS = "(?:万元|[元件条个项宗份次起])"
# A figure, behind which a label's own number may follow without a gap (…00000002.其他法律…).
_TOKEN = deferred(
    r"(?P<text>第[0-9]{1,3}[条项]|[1-9][.、]\s*(?=[^\d\s.])|（[0-9]）|(?:19|20)[0-9]{2} ?年度?)"
    r"|(?P<number>[-+]?(?:[0-9][0-9,]*?(?=[1-9][.、]\s*[^\d\s.])|[0-9][0-9,]*(?:\.[0-9]+)?))"
    rf"|(?P<unit>(?<=[0-9]){_UNITS}(?=[\s0-9]|$))"
    r"|(?P<dash>(?<![^\s])(?:[-—─/]{1,3}(?![^\s])|无(?=\s*(?:[-—─/\d]|$))))"
    r"|(?P<blank>\s+)"
    r"|(?P<word>[^\d\s（第+-]+|.)"
)
# What fills a cell: a figure, one number over two lines of a narrow cell or two numbers (the row must
# tell), a dash.
_FILLING = deferred(
    rf"(?P<figure>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?) ?(?P<unit>{_UNITS})?"
    r"|(?P<wrapped>[1-9][0-9]*(?: [0-9]+)+)|(?P<dash>[-—─/]+|无)"
)
_LABEL = deferred(r"[^\W\d_]{2}|（")
_SPACE = deferred(r"\s+")
_BLANKS = deferred(r"\s*")
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


_BLANK = Token("blank", "", -1, -1)
"""An empty cell; where it stands is of no account."""


@dataclass(slots=True)
class Run:
    """A stretch of labels and the cells behind it.

    Attributes:
        label: All text before the cells, folded, without white space.
        start: Offset of the label's first character.
        cells: What stands behind it, blanks only where the layout shows them.
        figures: The cells that are not empty.
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
    figures: list[Token] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = [cell for cell in self.cells if cell.kind != "blank"] if self.cells else []


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
                line.groups[-1].cells.pop()  # this pipe closes the cell above
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
    if lines.count("总计") != 1 or len(lines) < _MANY_LINES:
        return False
    figures = [line for line in lines if line.isdecimal()]
    once = len(set(figures)) == len(figures)
    return once and not any("|" in line for line in lines)


def _line_ends_before(folded: str, end: int) -> int:
    start = end
    while start and folded[start - 1].isspace():
        start -= 1
    return folded.count("\n", start, end)


class _Group(NamedTuple):
    """Words and the cells behind them.

    Empty cells between words are the width of a label or header that spans columns, those before the
    first word the height of one that spans rows.

    Attributes:
        words: May be none in the first group of a line.
        cells: What stands behind them.
        figures: The cells that are not empty.
    """

    words: list[Token]
    cells: list[Token]
    figures: list[Token]


def _add_pieces(groups: list[_Group], pieces: Sequence[_Piece], offset: int) -> None:
    """Add words and figures to the groups of a line."""
    words, cells, figures = groups[-1]
    for kind, text, start, end, unit in pieces:
        token = Token(kind, text, offset + start, offset + end, unit)
        if kind != "text":
            cells.append(token)
            figures.append(token)
        elif figures:
            words, cells, figures = [token], [], []
            groups.append(_Group(words, cells, figures))
        else:
            words.append(token)
            cells.clear()


class _Line(NamedTuple):
    """A line of a table.

    Attributes:
        groups: Its words and cells.
        ruled: Whether they stand between tabs or pipes.
        is_empty: Whether it has pipes and nothing else.
        is_one_cell: Whether it is one cell with a pipe behind it.
    """

    groups: list[_Group]
    ruled: bool
    is_empty: bool = False
    is_one_cell: bool = False


def _add_line(line: _Line, runs: list[Run], block: int, *, by_cell: bool) -> None:
    """Add a line to the runs of a block; where each cell has a line, an empty one counts."""
    for words, cells, figures in line.groups:
        run = runs[-1]
        if words and run.cells:
            run = Run("", words[0].start, block)
            runs.append(run)
        elif by_cell:
            pass
        elif figures and not run.figures:
            run.cells.clear()  # the empty cells beside a label whose figures stand on a line of their own
        elif not words and not figures:
            continue
        run.label += "".join([word.text for word in words])
        run.ruled = line.ruled if not run.cells else run.ruled and line.ruled
        if words and cells and words[-1].end == cells[0].start:
            run.glued = cells[0].kind == "number"
        run.cells += cells
        run.figures += figures


def _lines(folded: str, block: Interval) -> Iterator[_Line]:
    offset = block.start
    for text in folded[block.start : block.end].split("\n"):
        if text and not text.isspace() and not (text.count("-") >= 3 and _RULE.fullmatch(text)):
            pipes = text.count("|")
            if pipes:
                is_empty = pipes == len(text) - text.count(" ")
                is_one_cell = pipes == 1 and text.rstrip().endswith("|") and len(text) > 1
                yield _Line(_fields(text, offset), True, is_empty, is_one_cell)
            elif "\t" in text:
                yield _Line(_fields(text, offset), True)
            else:
                groups = [_Group([], [], [])]
                _add_pieces(groups, _loose(text), offset)
                yield _Line(groups, False)
        offset += len(text) + 1


def _fields(text: str, offset: int) -> list[_Group]:
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
    groups = [_Group([], [], [])]
    _, cells, figures = groups[0]
    for cell in text[begin:end].replace("|", "\t").split("\t"):
        after = at + len(cell)
        if cell.isdecimal():
            token = Token("number", cell, at, after)
            cells.append(token)
            figures.append(token)
        elif bare := cell.strip():
            _add_pieces(groups, _cell(bare), at if bare == cell else at + cell.index(bare[0]))
            _, cells, figures = groups[-1]
        else:
            cells.append(_BLANK)
        at = after + 1
    return groups


def _cell(text: str) -> Sequence[_Piece]:
    """What stands in a cell between edges: a figure or a dash that fills it, else words and figures."""
    if text.isdecimal():
        return (("number", text, 0, len(text), ""),)
    if text.isalpha() and len(text) > 1:
        return (("text", text, 0, len(text), ""),)
    found = None if _LABEL.match(text) else _FILLING.fullmatch(text)
    if found is None:
        return _loose(text)
    if figure := found["figure"]:
        return (("number", figure, 0, len(figure), found["unit"] or ""),)
    return (("dash" if found["dash"] else "number", text, 0, len(text), ""),)


def _loose(text: str) -> Sequence[_Piece]:
    """Words and figures of a text without cell edges."""
    return _known(text) if len(text) <= _LABEL_CHARS else _pieces(text)


@lru_cache(maxsize=1024)
def _known(text: str) -> list[_Piece]:
    """Pieces of a label: reports print the same ones."""
    return _pieces(text)


def _pieces(text: str) -> list[_Piece]:
    """Words and figures of a text, neighbouring words as one."""
    pieces: list[_Piece] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "blank":
            continue
        word = match.group()
        start, end = match.span()
        if kind == "word" or kind == "text":
            if kind == "text":
                word = _SPACE.sub("", word)
            if pieces and pieces[-1][0] == "text":
                _, before, start, _, _ = pieces.pop()
                word = before + word
            pieces.append(("text", word, start, end, ""))
        elif kind == "unit":
            if pieces and pieces[-1][0] == "number":
                pieces[-1] = (*pieces[-1][:4], word)
        else:
            pieces.append(("number" if kind == "number" else "dash", word, start, end, ""))
    return pieces
