"""Saved web pages: the report's text and tables out of what a site puts around them.

General extractors of main text keep a third of the furniture and lose the columns of tables (measured:
docs/reading.md), so the text is found here by what such pages have in common. Numbered headings
of the genre, sentences and tables weigh, links do not; the innermost element that holds nearly all
of the weight is the text, and short lines outside of it are a site's furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy

from gxnlp.errors import InputError
from gxnlp.folding import fold
from gxnlp.reading.html.blocks import Tree, read_blocks
from gxnlp.reading.html.facts import is_fact_line, is_fact_table, is_label, page_facts, vocabulary
from gxnlp.reading.html.markup import MAX_MARKUP
from gxnlp.reading.html.tables import Block
from gxnlp.reading.markdown import markdown_line
from gxnlp.reading.text import decode
from gxnlp.records import Line, Page

MAX_BYTES = 100_000_000
"""Longer files are cut here."""

_HEADING_WEIGHT = 80
_TABLE_WEIGHT = 600
_SENTENCE = 25
"""A line from this length on, or one with a stop in it, is text; a shorter one may be a menu's."""

_SHORT_SENTENCE = 12

_CORE = 0.9
"""Share of the page's weight that the innermost element taken as its text holds."""

_NAMED_CORE = 0.6
"""The same where its name says that it holds the text."""

_CHROME = 0.25
"""Share of the weight from which on an element is no furniture, whatever its name."""

_LEAST = 120
"""Weight of the shortest text that a page without headings of the genre may be."""

_LEAST_BESIDE = 300
"""The same beside the link of a document, which the text may only announce."""

_TITLE = re.compile(
    r"[^。；！？，：:|>»《》〔]{0,60}(?:公开|政务)[^。；！？，：:|>»《》〔]{0,30}(?:报告|年报)"
    r"[^。；！？，：:|>»《》〔]{0,20}"
)
_TITLE_END = re.compile(r"\s*[政府务信息公开工作年度的\s]{0,14}报\s?告\s*")
"""What is left of a title on its second line."""

_YEAR = re.compile(r"20[0-9]{2}|二[〇○O零0][一二三四五六七八九〇○零]{2}")
_SURE_TITLE = 3
"""Score of a title that states its year, which counts wherever it stands."""

_FURNITURE_CHARS = 160
_HEADING_CHARS = 60
_FOREIGN = re.compile(rb"[\x80-\xff]+[\x00-\x7f]?")
_SAMPLE = 20_000
# What every page has, and a text with some tables in HTML has not.
_PAGE = re.compile(r"<(?:!doctype|head|p|div|frameset|script|meta|title)[\s>]", re.IGNORECASE)
_SHELL = re.compile(r"</?(?:html|body)>", re.IGNORECASE)
_SCRIPT_SHELL = re.compile(r"<script", re.IGNORECASE)


def read_html(data: bytes, *, name: str) -> tuple[Page, tuple[str, ...], dict[str, str]]:
    """Read a web page.

    Args:
        data: The page's HTML in UTF-8, GB18030, UTF-16 or Big5, whatever it declares.
        name: What to call the file in messages.

    Returns:
        The text on one page: a paragraph a line, table rows with one field a column; notes; what
        the page says of itself (see `gxnlp.reading.html.facts.page_facts`).

    Raises:
        InputError: There is no text of a report on the page; the message says what there is.
    """
    markup = _decoded(data[:MAX_BYTES], name)
    tree = _tree(markup)
    choice = _choose(tree)
    if not choice.cues:
        unhidden = _tree(markup, hidden=True)
        other = _choose(unhidden)
        if other.cues > choice.cues or choice.weight < _LEAST <= other.weight:
            tree, choice = unhidden, other
    if not choice.cues and choice.weight < (_LEAST_BESIDE if tree.downloads else _LEAST):
        raise InputError(f"{name}: {_what_there_is(tree, markup)}")
    lines = tuple(_lines([tree.blocks[i] for i in choice.kept]))
    kept = set(choice.kept)
    aside = [block for i, block in enumerate(tree.blocks) if i not in kept]
    notes = [f"only the first {MAX_MARKUP} characters were read"] if len(markup) > MAX_MARKUP else []
    if lost := sum(line.text.count("\ufffd") for line in lines):
        notes.append(f"{lost} characters could not be decoded")
    return Page(1, lines), tuple(notes), page_facts(markup, tree, aside)


def read_mhtml(data: bytes, *, name: str) -> tuple[Page, tuple[str, ...], dict[str, str]]:
    """Read a web archive (MHTML): its first page, as `read_html` does.

    Raises:
        InputError: There is no page in it, or no text of a report on the page.
    """
    message = message_from_bytes(data[:MAX_BYTES], policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            page, notes, meta = read_html(payload if isinstance(payload, bytes) else b"", name=name)
            address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
            if address.startswith("http"):
                meta.setdefault("source_url", address)
            return page, notes, meta
    raise InputError(
        f"{name}: a web archive (MHTML) without a page in it; expected a saved page. Save it again."
    )


def _tree(markup: str, *, hidden: bool = False) -> Tree:
    """The page; a text or Markdown with tables as HTML, as converters write it, is read line by line."""
    if _PAGE.search(markup):
        return read_blocks(markup, vocabulary().names, hidden=hidden)
    tree = read_blocks(f"<pre>\n{_SHELL.sub('', markup)}", vocabulary().names, hidden=hidden)
    lines = [block if block.rows else _unmarked(block) for block in tree.blocks]
    tree.blocks[:] = [line for line in lines if line is not None]
    return tree


def _unmarked(block: Block) -> Block | None:
    line = markdown_line(block.text)
    return None if line is None else replace(block, text=line.text, heading=line.heading)


def _decoded(data: bytes, name: str) -> str:
    """The markup; what is not ASCII decides on the encoding, as it may stand far down in the file."""
    sample = b"".join(match.group() for match in _FOREIGN.finditer(data, 0, 50 * _SAMPLE))[:_SAMPLE]
    return decode(data, name=name, sample=sample or None)[0]


# ---- what is the text ----


@dataclass(slots=True)
class _Choice:
    """The blocks that are the text: their numbers, how many headings of the genre, what they weigh."""

    kept: list[int]
    cues: int
    weight: int


def _choose(tree: Tree) -> _Choice:
    blocks = tree.blocks
    cues = [not block.rows and len(block.text) <= _HEADING_CHARS and _is_cue(block) for block in blocks]
    begun = next((i for i, cue in enumerate(cues) if cue), len(blocks))
    drop = [_is_furniture(block, begun=i > begun) for i, block in enumerate(blocks)]
    weights = [0 if out else _weight(block, cue) for block, out, cue in zip(blocks, drop, cues, strict=True)]
    chrome = _in_chrome(tree, weights, cues)
    drop = [out or hit for out, hit in zip(drop, chrome, strict=True)]
    weights = [0 if out else weight for weight, out in zip(weights, drop, strict=True)]
    inside = _in_core(tree, weights)
    text = [_is_text(block, weight) for block, weight in zip(blocks, weights, strict=True)]
    first = next((i for i, is_text in enumerate(text) if is_text), len(blocks))
    last_cue = max((i for i, cue in enumerate(cues) if cue and not drop[i]), default=first)
    end = next((i for i in range(last_cue + 1, len(blocks)) if _is_end(blocks[i])), len(blocks))
    start = _start(tree, drop, cues, first)
    kept = [i for i in range(start, end) if not drop[i] and (inside[i] or text[i] or i == start)]
    kept = _without_link_lists(blocks, kept)
    return _Choice(kept, sum(cues[i] for i in kept), sum(weights[i] for i in kept))


def _is_cue(block: Block) -> bool:
    return 2 * block.linked < len(block.text) and vocabulary().cue.match(fold(block.text)) is not None


def _is_furniture(block: Block, *, begun: bool) -> bool:
    """Whether a block is none of a text: facts of the page, tools, the site's head and foot.

    Once the text has `begun`, a line such as 单位：件 belongs to it.
    """
    if block.rows:
        return is_fact_table(block)
    if len(block.text) > _FURNITURE_CHARS:
        return False
    if vocabulary().notices.match(block.text):
        return True
    if "。" not in block.text and vocabulary().furniture.match(block.text):
        return True
    if is_label(block.text):
        return not begun or block.text.rstrip().endswith(("：", ":"))
    return is_fact_line(block.text, least=2 if begun else 1)


def _is_end(block: Block) -> bool:
    return (
        not block.rows and len(block.text) <= _FURNITURE_CHARS and bool(vocabulary().ends.match(block.text))
    )


def _weight(block: Block, cue: bool) -> int:
    length = len(block.text) - block.linked
    if length < block.linked:
        return 0
    if block.rows:
        return min(length, _TABLE_WEIGHT)
    if cue:
        return _HEADING_WEIGHT
    return length if length >= _SENTENCE or "。" in block.text else length // 5


def _is_text(block: Block, weight: int) -> bool:
    """Whether a block is text wherever on the page it stands: a heading, a table, a sentence."""
    return weight >= _SENTENCE or (weight >= _SHORT_SENTENCE and "。" in block.text)


def _sums(tree: Tree, values: list[int]) -> list[int]:
    """For each element the sum over the blocks in it."""
    sums = [0] * len(tree.parents)
    for block, value in zip(tree.blocks, values, strict=True):
        sums[block.element] += value
    for number in range(len(sums) - 1, 0, -1):
        sums[tree.parents[number]] += sums[number]
    return sums


def _inherited(tree: Tree, marked: list[bool]) -> list[bool]:
    """For each block whether an element that it stands in is marked."""
    for number in range(1, len(marked)):
        marked[number] = marked[number] or marked[tree.parents[number]]
    return [marked[block.element] for block in tree.blocks]


def _in_chrome(tree: Tree, weights: list[int], cues: list[bool]) -> list[bool]:
    """Which blocks stand in an element named for furniture that holds little text and no headings."""
    sums, heads = _sums(tree, weights), _sums(tree, list(map(int, cues)))
    limit = _CHROME * sums[0]
    light = [weight < limit and head < 2 for weight, head in zip(sums, heads, strict=True)]
    inside = _inherited(tree, [chrome and low for chrome, low in zip(tree.chrome, light, strict=True)])
    around = _inherited(tree, [edge and low for edge, low in zip(tree.edge, light, strict=True)])
    return [
        hit or (near and not _is_text(block, weight))
        for block, weight, hit, near in zip(tree.blocks, weights, inside, around, strict=True)
    ]


def _in_core(tree: Tree, weights: list[int]) -> list[bool]:
    """Which blocks stand in the innermost element that holds nearly all of the text."""
    sums = _sums(tree, weights)
    core = max(i for i, weight in enumerate(sums) if weight >= _CORE * sums[0])
    named = [i for i, weight in enumerate(sums) if tree.body[i] and weight >= _NAMED_CORE * sums[0]]
    core = max([core, *named])
    return _inherited(tree, [number == core for number in range(len(sums))])


def _start(tree: Tree, drop: list[bool], cues: list[bool], first: int) -> int:
    """Where the text begins: at its title with a short line or two above it, else at its first sentence."""
    blocks = tree.blocks
    cue = next((i for i, is_cue in enumerate(cues) if is_cue and not drop[i]), first)
    title, best = -1, 0
    for i in range(min(max(cue, first) + 1, len(blocks))):
        score = max(_title_score(tree, blocks[i : i + 1]), _title_score(tree, blocks[i : i + 2]))
        if drop[i] and not blocks[i].heading and score < _SURE_TITLE:
            continue
        if score and score >= best:
            title, best = i, score
    if title < 0:
        return first
    start = title
    drop[title] = False
    while start and not drop[start - 1] and _is_name(blocks[start - 1]) and title - start < 2:
        start -= 1
    return start


def _title_score(tree: Tree, parts: list[Block]) -> int:
    """How good a title a line, or two lines together, are; 0 for none."""
    length = sum(len(part.text) for part in parts)
    if length > 120 or any(part.rows for part in parts) or 2 * sum(part.linked for part in parts) > length:
        return 0
    text = "".join("".join(part.text for part in parts).split())
    if not _TITLE.fullmatch(fold(text)) or (len(parts) > 1 and not _TITLE_END.fullmatch(parts[1].text)):
        return 0
    stated = [content for name, content in tree.metas if name == "articletitle"]
    known = any(text in "".join(one.split()) for one in (*stated, tree.title))
    return 1 + 2 * bool(_YEAR.search(text)) + 2 * known + (parts[0].heading in (1, 2))


def _is_name(block: Block) -> bool:
    """Whether a line above a title may be the first part of it: a body's name, no link."""
    return (
        not block.rows and not block.linked and 3 <= len(block.text.strip()) <= 30 and "：" not in block.text
    )


def _without_link_lists(blocks: list[Block], kept: list[int]) -> list[int]:
    """The blocks without lines of links one below the other, which are lists of other pages."""
    link = [not blocks[i].rows and 5 * blocks[i].linked >= 4 * len(blocks[i].text.strip()) for i in kept]
    padded = [False, *link, False]
    return [
        i
        for place, i in enumerate(kept)
        if not (link[place] and (padded[place] or padded[place + 2]) and not _DOCUMENT.search(blocks[i].text))
    ]


_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|ofd)\b|附件", re.IGNORECASE)


# ---- lines ----


def _lines(blocks: list[Block]) -> Iterator[Line]:
    """Lines of the text; headings are marked where the page marks those alone."""
    prose = [block for block in blocks if not block.rows]
    marked = sum(bool(block.heading) for block in prose)
    trusted = 2 * marked <= len(prose) or not any(len(block.text) > _HEADING_CHARS for block in prose)
    seen_title = ""
    for block in blocks:
        if block.rows:
            yield from (Line("\t".join(row), table=True) for row in block.rows)
            continue
        text = block.text.strip()
        if text == seen_title:
            continue  # the title of the page, printed in the text again
        seen_title = seen_title or (text if _TITLE.fullmatch(text) else "")
        level = block.heading if trusted and len(text) <= _HEADING_CHARS and "。" not in text else 0
        yield Line(block.text, heading=level)


# ---- pages without a report ----


def _what_there_is(tree: Tree, markup: str) -> str:
    """What a page holds that holds no report, and what to do."""
    if tree.downloads:
        names = ", ".join(
            dict.fromkeys(f"{words or 'embedded'} ({url})" for words, url in tree.downloads[:5])
        )
        return (
            f"a page whose report is attached, not printed on it: {names}. Expected the report's text. "
            "Fetch the document and give that."
        )
    text = "".join(block.text for block in tree.blocks)
    if vocabulary().not_found.search(tree.title + text[:500]) and len(text) < 2000:
        said = (tree.title or text)[:40]
        return f"an error page of the site ({said}); expected a report's text. Fetch the page again."
    if tree.frames and len(text) < 500:
        return (
            f"a page that only shows others in frames ({', '.join(tree.frames[:3])}); expected a report's "
            "text. Save the page in the frame."
        )
    about = [words for words in tree.links if _TITLE.fullmatch(words)]
    if len(tree.links) >= 5 and sum(map(len, tree.links)) > 0.4 * len(text):
        found = f", {len(about)} of them to reports" if about else ""
        return (
            f"a list of {len(tree.links)} links{found}; expected the text of one report. Open the link of "
            "the report and save that page."
        )
    if _SCRIPT_SHELL.search(markup):
        return (
            "a page whose text is put in by scripts, without any of its own; expected a report's text. Save "
            "it from the browser once it is shown, or print it to PDF."
        )
    return (
        "a web page without a report's text (no section headings, hardly a sentence). Save the report's page."
    )
