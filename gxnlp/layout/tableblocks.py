"""Find the tables in plain text, however flattened, so that no cell passes for narrative.

Five signs, each a pass of one compiled pattern, their finds joined where only white space
or a page number lies between:

1. rows: lines of cells between tabs or pipes;
2. runs: cells of the statutory tables one after another, with numbers and nothing else between
   (one line, one cell a line, fused without any separator);
3. annex: the statistics annex used before 2019, rows `指标 单位 数` behind its header cells;
4. grids: lines of numbers, or one short cell a line, of tables that no list knows;
5. rows of many figures with the pieces of broken labels between them, as text taken off
   unruled tables has them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from gxnlp.deferred import deferred
from gxnlp.records import Interval

_MAX_GAP = 40
"""Characters of unknown cell text that a run may step over."""
_LONG_CELL = 60
_TELLS = deferred("[0-9]{1,6} ?[件宗起条个项份部][，。；（]")
"""What goes on behind the name of a cell where it is a sentence."""
_ONE_LABEL = 8
"""A run of no more characters is one label."""
_ENOUGH = 160
"""Characters of a run in which labels are counted: enough to tell a table from prose."""
# Patterns of lines start with \n, not ^, which the engine would test at every character.
# Groups that give nothing back are atomic, (?>(?:…)*), not possessive, (?:…)*+: up to Python 3.11.4 the
# latter keep what a last round began and did not end (cpython issue 106052).
_ROW = deferred(r"\n[^\n\t|]*+[\t|][^\n]*")
_DIGIT = deferred("[0-9]")
_CELL_EDGE = deferred(r"[\t|]")
_RULE = deferred(r"[\s|:：\-—]*")
# A page number between two parts of a table: 12, - 3 -, — 4 —, 第 5 页, 第 5 页 共 9 页, 3/6.
_PAGE_NUMBER = r"(?:[-—·]{0,2} ?[0-9]{1,3} ?[-—·]{0,2}|第 ?[0-9]{1,3} ?页[^\n]{0,10}|[0-9]{1,3}/[0-9]{1,3})"
_BREAK = deferred(rf"\s*(?:\n[ \t]*{_PAGE_NUMBER}[ \t]*\n\s*)*")
_LAST_PAGE_NUMBER = deferred(r"\s{0,20}\n[ \t]{0,20}[-—·]{1,2} ?[0-9]{1,3}(?: ?[-—·]{1,2})?$")
# What a heading looks like, whatever its title: no block may run over one.
_HEADING = deferred(
    r"(?:[一二三四五六七八九十]{1,3} ?[、.．]|（[一二三四五六七八九十]{1,3}）|^[一二三四五六七八九十] )"
    r"|(?:情况|事项|问题|措施|方面|如下)[:：。]?\s*$"
)
_ANNEX_TAIL = deferred(r"[一二三四五六七八九十]{1,2}、[^\s、]{0,24}?(?:事项|问题|措施|打算)")
# Up to three words and three or more numbers: a row of a table without rules.
_NUMBER_LINE = deferred(
    r"\n(?>(?:[^\s，。；、：！？0-9]{1,20}+[ \t]+){0,3})-?[0-9][0-9.,]*+%?"
    r"(?:[ \t]+-?[0-9][0-9.,]*+%?){2,}[ \t]*(?=\n|$)"
)
# One short cell a line; a line with a heading's number or last word ends the run.
_SHORT_LINES = deferred(
    r"(?:\n\s{0,100}+(?![ #*]*(?:[一二三四五六七八九十]{1,3} ?[、.]|（[一二三四五六七八九十]）))"
    r"[^\n，。；！？]{1,20}+(?<!情况)(?<!事项)(?<!问题)(?<!措施)(?<!方面)(?=\n|$)){6,}"
)
# The end of a row of table two without rules: six figures or more.
_FIGURES = deferred(r"[0-9](?<![^ \t\n][0-9])[0-9.,]*+(?>(?:[ \t]++[0-9][0-9.,]*+){5,})[ \t]*+(?=\n|$)")
_ALONE = 12
"""Figures in a line of nothing else that make it a table by itself (table three has fifteen)."""
_PIECE = 34
"""Characters of a line that is a piece of a broken label, at most."""
_SENTENCE = deferred("[。；！？]")
_HEADING_TITLE = deferred("(?:情况|事项|问题|措施)$")
_NEXT_SECTION = deferred(
    r"\n[ \t#*]*[一二三四五六七八九十]{1,3}[、.][^\n]{4,30}(?:情况|事项|问题|措施|复议|诉讼)[ \t]*(?=\n)"
)
"""The heading of a section between two tables; a heading cut by the paper ends at 复议 or 诉讼 too."""
_CELL = deferred(r"\n[^\n]+")
_NUMBER_CELL = deferred(r"\n[ \t]*-?[0-9][0-9.,]*%?[ \t]*(?=\n|$)")


class _Run(NamedTuple):
    """A run of table cells: its place and how many known labels and numbers it holds."""

    start: int
    end: int
    labels: int
    numbers: bool

    @property
    def is_table(self) -> bool:
        return self.labels >= 5 or (self.labels >= 3 and self.numbers)

    @property
    def is_lone(self) -> bool:
        return self.labels == 1 and not self.numbers


class _Patterns(NamedTuple):
    label: str
    run: re.Pattern[str]
    annex: re.Pattern[str]


def find_table_blocks(folded: str) -> list[Interval]:
    """Find the table blocks of a text.

    Args:
        folded: Text folded by `gxnlp.folding.fold`; it may still hold page-number lines.

    Returns:
        Half-open intervals in ascending order, without overlap, without white space at their
        ends. Headings and the narrative before and behind a table stay outside.
    """
    known = list(_runs(folded))
    found: list[_Run | Interval] = [
        *_rows(folded, known),
        *known,
        *_annexes(folded),
        *_grids(folded, known),
        *_broken_rows(folded),
    ]
    return _join(folded, sorted(found, key=lambda item: (item.start, item.end)))


def _one_of(words: Iterable[str]) -> str:
    """A trie-compiled pattern for words that may have white space between their characters."""
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return f"(?:{'|'.join(_branches(trie))})"


def _branches(node: dict[str, Any]) -> list[str]:
    """The longest of the words that go on from a node of the trie."""
    alike: dict[str, list[str]] = {}
    for char, rest in node.items():
        if char:
            alike.setdefault(_tail(rest), []).append(re.escape(char))
    return [(chars[0] if len(chars) == 1 else f"[{''.join(chars)}]") + tail for tail, chars in alike.items()]


def _tail(node: dict[str, Any]) -> str:
    """What follows a character; without classes and groups of one, which take half of the compiling."""
    branches = _branches(node)
    if not branches:
        return ""
    one = rf"\s*+{branches[0]}" if len(branches) == 1 else rf"\s*+(?:{'|'.join(branches)})"
    return f"(?:{one})?" if "" in node else one


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    source = files("gxnlp") / "data" / "table_blocks.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    label = _one_of(data["cells"])
    heads = _one_of(cell[:3] for cell in data["cells"])
    units = _one_of(data["annex_units"])
    headers = _one_of(data["annex_headers"])
    # A number of the table is followed by another cell, a heading or the end; one that is
    # followed by a counter and more words (2021年以本局…, 3件申请) begins the narrative.
    plain = r"[+-]?[0-9][0-9.,]*+[\s|]++(?![年月日万元件条个项宗次%])"
    glued = (
        r"[+-]?(?:[0-9][0-9.,]*?(?=20[0-9]{2} ?年)|[0-9][0-9.,]*+(?>(?: ?(?:万元|[元件条个项宗次%]))?)"
        rf"(?! ?[年月日])(?=[\s|/—-]|$|[一二三四五六七八九十]{{1,3}} ?[、.]|[（第注备附]|{heads})"
        rf"|[0-9]{{7,}}+、(?={heads}))"  # a row of seven cells, and the number 2、 of the next label
    )
    between = r"(?>(?:[\s|:：]++|[-—/]++(?![\w（]))*)"
    enumerator = r"(?:[1-9][.、．]\s*+|（[一二三四五六七八九十]）\s*+)?"
    run = rf"(?:{label})(?>(?:{plain}|{between}(?:{glued}|{enumerator}(?:{label})))*)"
    value = r"[\s|—-]*+(?:-?[0-9][0-9., ]*+)?"
    annex = (
        r"(?:指\s*标\s*名\s*称|统\s*计\s*指\s*标|统\s*计\s*项\s*目|指\s*标(?=[\s|]*(?:计\s*量\s*)?单\s*位))"
        rf"[\s|]*+(?:{headers})"
        rf"(?>(?:[\s|]*+(?:20[0-9]{{2}} ?年度?|{headers}))*)"
        rf"(?:[^。；！？，]{{2,90}}?(?:{units})(?=[\s|—0-9-]|$){value})+"
    )
    return _Patterns(label, deferred(run), deferred(annex))


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    """The name of a cell: compiled apart, since most texts without a table never ask for it."""
    return deferred(_patterns().label)


def _runs(folded: str) -> Iterator[_Run]:
    """Runs of statutory cells, those that a few unknown words part joined again."""
    cluster: list[_Run] = []
    for match in _patterns().run.finditer(folded):
        start, end = match.start(), _before_prose(folded, *match.span())
        if not cluster and end - start <= _ONE_LABEL and _DIGIT.search(folded, start, end) is None:
            continue  # a word of the narrative: the common case
        run = _measure(folded, start, end)
        if run.is_lone and not cluster:
            continue
        if cluster and not _may_join(folded, cluster[-1], run):
            yield from _as_table(cluster)
            cluster = []
        cluster.append(run)
    yield from _as_table(cluster)


def _before_prose(folded: str, start: int, end: int) -> int:
    """The end of a run without the label that begins the narrative behind it (行政复议17件，维持11件)."""
    if _TELLS.match(folded, end) is None:
        return end
    line = folded.rfind("\n", start, end)
    return line if line > start and _label().fullmatch(folded, line + 1, end) else end


def _measure(folded: str, start: int, end: int) -> _Run:
    numbers = _DIGIT.search(folded, start, end) is not None
    if end - start <= _ONE_LABEL:
        return _Run(start, end, 1, numbers)
    labels = _label().findall(folded, start, min(end, start + _ENOUGH))
    return _Run(start, end, len(labels), numbers)


def _as_table(cluster: list[_Run]) -> Iterator[_Run]:
    """The cluster as one run, without lone words of the narrative at its ends."""
    while cluster and cluster[-1].is_lone:
        cluster.pop()
    first = next((i for i, run in enumerate(cluster) if not run.is_lone), 0)
    if cluster:
        kept = cluster[first:]
        whole = _Run(
            kept[0].start, kept[-1].end, sum(run.labels for run in kept), any(run.numbers for run in kept)
        )
        if whole.is_table:
            yield whole


def _may_join(folded: str, left: _Run, right: _Run) -> bool:
    if right.start - left.end > _MAX_GAP:
        return False
    gap = folded[left.end : right.start]
    if _SENTENCE.search(gap) or _HEADING.search(gap.strip(" \n\t|#*")):
        return False
    if "，" in gap or "、" in gap:
        return left.labels >= 3 and right.labels >= 3
    return True


def _rows(folded: str, known: list[_Run]) -> Iterator[Interval]:
    """Blocks of at least two neighbouring rows, one of them with two cells."""
    if "\t" not in folded and "|" not in folded:
        return
    start = end = rows = 0
    strong = False
    inside = iter(known)
    run = next(inside, None)
    for match in _ROW.finditer("\n" + folded):
        first, last = match.start(), match.end() - 1  # offsets into `folded`
        while run is not None and run.end <= first:
            run = next(inside, None)
        in_run = run is not None and run.start <= first and last <= run.end
        cells = 2 if in_run else _row_cells(match.group())
        if rows and (not cells or not _is_break(folded, end, first)):
            if strong and rows >= 2:
                yield Interval(start, end)
            rows, strong = 0, False
        if not cells:
            continue
        if not rows:
            start = first
        rows, end, strong = rows + 1, last, strong or cells >= 2
    if strong and rows >= 2:
        yield Interval(start, end)


def _row_cells(line: str) -> int:
    """Number of cells with text, 0 where the line is no row but indented or listed prose."""
    if len(_RULE.match(line).group()) == len(line):  # type: ignore[union-attr]
        return 1
    cells = [cell for cell in map(str.strip, _CELL_EDGE.split(line)) if cell]
    if any(len(cell) > _LONG_CELL and "。" in cell for cell in cells):
        return 0
    if _HEADING.match(cells[0]) and not _label().match(cells[0].lstrip("（）一二三四五六七八九十、")):
        return 0
    return 0 if len(cells) == 1 and len(cells[0]) > _LONG_CELL else len(cells)


def _is_break(folded: str, start: int, end: int) -> bool:
    """Whether only white space and page numbers lie between two offsets."""
    return folded[start:end].isspace() or _BREAK.fullmatch(folded, start, end) is not None


def _annexes(folded: str) -> Iterator[Interval]:
    for match in _patterns().annex.finditer(folded):
        heading = _ANNEX_TAIL.search(folded, match.start(), match.end())
        yield Interval(match.start(), heading.start() if heading else match.end())


def _grids(folded: str, known: list[_Run]) -> Iterator[Interval]:
    """Two or more lines of numbers with a name, and runs of one cell a line, between the runs."""
    starts = [0, *(run.end for run in known)]
    ends = [*(run.start for run in known), len(folded)]
    for start, end in zip(starts, ends, strict=True):
        yield from _number_lines(folded, start, end)
        if _NUMBER_CELL.search(folded, start, end) is None:
            continue
        for match in _SHORT_LINES.finditer(folded, start, end):
            if 3 * len(_NUMBER_CELL.findall(match.group())) > len(_CELL.findall(match.group())):
                yield Interval(match.start(), match.end())


def _number_lines(folded: str, start: int, end: int) -> Iterator[Interval]:
    first = last = count = 0
    for match in _NUMBER_LINE.finditer(folded, start, end):
        if count and not _is_break(folded, last, match.start()):
            if count >= 2:
                yield Interval(first, last)
            count = 0
        if not count:
            first = match.start()
        count, last = count + 1, match.end()
    if count >= 2:
        yield Interval(first, last)


def _broken_rows(folded: str) -> Iterator[Interval]:
    """Three or more lines of six figures, or one of a dozen, with pieces of labels around them."""
    start = end = count = 0
    for match in _FIGURES.finditer(folded):
        if count and not _are_pieces(folded[end : match.start()]):
            if count >= 3:
                yield Interval(start, _with_piece_below(folded, end))
            count = 0
        if not count:
            line = folded.rfind("\n", 0, match.start() + 1) + 1
            alone = line == match.start() and len(match.group().split()) >= _ALONE
            count, start = 2 * alone, _with_pieces_above(folded, line, 8 if alone else 2)
        count, end = count + 1, match.end()
    if count >= 3:
        yield Interval(start, _with_piece_below(folded, end))


def _are_pieces(text: str) -> bool:
    lines = text.split("\n")
    if len(lines) > 8 or any(len(line) > _PIECE or _SENTENCE.search(line) for line in lines):
        return False
    return _NEXT_SECTION.search(text) is None


def _with_pieces_above(folded: str, start: int, most: int) -> int:
    """The start of a first row, with the lines of its label or header above its figures."""
    for _ in range(most):
        above = folded.rfind("\n", 0, max(0, start - 1)) + 1
        line = folded[above:start].strip()
        if not 0 < len(line) <= _PIECE or _SENTENCE.search(line) or _HEADING_TITLE.search(line):
            break
        start = above
    return start


def _with_piece_below(folded: str, end: int) -> int:
    """The end of a last row, with the rest of its label below its figures."""
    below = folded.find("\n", end + 1)
    line = folded[end : below if below >= 0 else len(folded)].strip()
    if 0 < len(line) <= _PIECE // 2 and not _SENTENCE.search(line) and not _HEADING.search(line):
        return below if below >= 0 else len(folded)
    return end


def _join(folded: str, found: list[_Run | Interval]) -> list[Interval]:
    """Join what overlaps or what only white space and page numbers part; trim the ends."""
    blocks: list[tuple[int, int]] = []
    for item in found:
        if blocks and (item.start <= blocks[-1][1] or _is_break(folded, blocks[-1][1], item.start)):
            blocks[-1] = (blocks[-1][0], max(item.end, blocks[-1][1]))
        else:
            blocks.append((item.start, item.end))
    return [trimmed for start, end in blocks if (trimmed := _trim(folded, start, end)) is not None]


def _trim(folded: str, start: int, end: int) -> Interval | None:
    # Tabs at the ends are empty cells of the first and the last row.
    block = folded[start:end].rstrip(" \n\r")
    number = _LAST_PAGE_NUMBER.search(block, max(0, len(block) - 20))
    block = block[: number.start()].rstrip(" \n\r") if number else block
    begin = start + len(block) - len(block.lstrip(" \n\r"))
    return Interval(begin, start + len(block)) if block.strip() else None
