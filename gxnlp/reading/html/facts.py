"""What a web page says of its text: title, dates, index number, publisher, address.

Chinese government sites must name these in `<meta>` elements (政府网站发展指引, 国办发〔2017〕47号) and
print most of them in a table or in lines at the head of the text, which are facts and no narrative.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from gxnlp.reading.html.blocks import Names, Tree, tokens_of
from gxnlp.reading.html.tables import Block

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)", re.IGNORECASE)
_DATE = re.compile(
    r"((?:19|20)[0-9]{2})\s?[-/.年]\s?([01]?[0-9])\s?[-/.月]\s?(3[01]|[12][0-9]|0?[1-9])(?![0-9](?![0-9]?[:：]))"
)
_DATES = frozenset({"published", "written", "dated"})
_MOST_LABELS = 60
_URL = re.compile(r"https?://[^\s<>\"'，。；]+")
_SITE_END = re.compile(r"(?<![\s_—|–·,，-])\s*+[-_—|–·,，]++\s*+[^-_—|–·]{1,40}$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`data/html.toml`, compiled.

    Attributes:
        names: What `class` and `id` mean.
        cue: A numbered heading of the genre.
        furniture: Lines that are no text of a report, if they are no sentences.
        notices: Lines that are none, whatever they are.
        ends: Lines behind which there is none.
        not_found: Words of error pages.
        metas: Key of `meta` by the name of a `<meta>` element.
        label: A label with its colon; group 1 is the label.
        keys: Key of `meta` by label, empty for facts that are not kept.
    """

    names: Names
    cue: re.Pattern[str]
    furniture: re.Pattern[str]
    notices: re.Pattern[str]
    ends: re.Pattern[str]
    not_found: re.Pattern[str]
    metas: dict[str, str]
    label: re.Pattern[str]
    keys: dict[str, str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The words by which pages are read."""
    data, info = _data("html.toml"), _data("report_info.toml")
    chrome, edges, body = (frozenset(data[key]) for key in ("chrome", "edges", "body"))
    keys = dict.fromkeys(data["labels"]["none"], "")
    for key, labels in (
        ("title", info["title_labels"]),
        ("source_url", info["url_labels"]),
        ("written", info["written_labels"]),
        ("published", [label for label in info["published_labels"] if len(label) > 2]),
        ("dated", [label for label in info["published_labels"] if len(label) <= 2]),  # 日期, maybe today's
        *((key, data["labels"][key]) for key in ("source", "publisher", "index_number", "document_number")),
    ):
        keys |= {"".join(label.split()): key for label in labels}
    spaced = (r"\s*".join(map(re.escape, label)) for label in sorted(keys, key=len, reverse=True))
    return Vocabulary(
        names=Names(
            chrome=lru_cache(maxsize=4096)(lambda name: not chrome.isdisjoint(tokens_of(name))),
            edge=lru_cache(maxsize=4096)(lambda name: not edges.isdisjoint(tokens_of(name))),
            body=lru_cache(maxsize=4096)(lambda name: not body.isdisjoint(name.lower().split())),
        ),
        cue=re.compile(
            rf"(?<!\s)\s*[一二三四五六七八九十]{{1,2}}\s?[、.．\s]\s*.{{0,12}}?(?:{'|'.join(data['cues'])})"
        ),
        furniture=re.compile(rf"(?<!\s)\s*(?:{'|'.join(data['furniture'])})"),
        notices=re.compile(rf"(?<!\s)\s*(?:{'|'.join(data['notices'])})"),
        ends=re.compile(rf"(?<!\s)\s*(?:{'|'.join(data['ends'])})"),
        not_found=re.compile("|".join(data["not_found"])),
        metas=data["names"],
        label=re.compile(rf"(?<![\u4e00-\u9fa5])[【\[]?({'|'.join(spaced)})[】\]]?\s*[:：]"),
        keys=keys,
    )


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("gxnlp") / "data" / name).read_text(encoding="utf-8"))


def page_facts(markup: str, tree: Tree, aside: Sequence[Block]) -> dict[str, str]:
    """What a page says of itself.

    Args:
        markup: The page's HTML, for the address that a browser notes at its beginning.
        tree: The page.
        aside: The blocks that are not its text.

    Returns:
        Those of `title`, `published` and `written` (ISO dates), `index_number`,
        `document_number`, `publisher`, `source` (where the text was taken from), `source_url`,
        `site`, `site_domain` and `column` that it states. What is printed stands before what `<meta>`
        elements say, an address that the page gives itself before one that it prints.
    """
    found: dict[str, str] = {}
    saved = _SAVED_FROM.search(markup[:3000])
    addresses = [saved[1]] if saved else []
    addresses += [content for name, content in tree.metas if name == "canonical"]
    named = {vocabulary().metas.get(name, ""): content for name, content in reversed(tree.metas) if content}
    for key, value in (
        *(("source_url", address) for address in addresses),
        *labelled_facts(aside),
        *named.items(),
        ("title", tree.title),
    ):
        if key == "source" and _URL.match(value):
            key = "source_url"  # 来源：http://…
        if key and key not in found and (clean := _clean(key, value)):
            found[key] = clean
    if dated := found.pop("dated", ""):
        found.setdefault("published", dated)
    if found.get("title") and "title" not in named:
        found["title"] = _SITE_END.sub("", found["title"]) if "报告" in found["title"] else found["title"]
    return found


def _clean(key: str, value: str) -> str:
    value = " ".join(value.split()).strip(" ：:")
    if key in _DATES:
        match = _DATE.search(value)
        return _iso(match) if match else ""
    if key == "source_url":
        url = _URL.search(value)
        return url.group() if url else ""
    return value[:200]


def _iso(match: re.Match[str]) -> str:
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""


def labelled_facts(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Keys of `meta` and what stands behind their labels, in tables and in lines."""
    for i, block in enumerate(blocks):
        if block.rows:
            yield from (fact for row in block.rows for fact in _row_facts(row))
            continue
        yield from _line_facts(block.text)
        following = blocks[i + 1].text if i + 1 < len(blocks) and not blocks[i + 1].rows else ""
        if following and (key := _key(block.text)):
            yield key, following


def is_label(text: str) -> bool:
    """Whether a text is nothing but the label of a fact, such as 索 引 号 or 发布机构 with a colon."""
    return _squeezed(text) in vocabulary().keys


def is_fact_table(block: Block) -> bool:
    """Whether a table states facts of the page: it has two labels or more, with little between them."""
    cells = [cell for row in block.rows for cell in row if cell]
    labels = sum(is_label(cell) or vocabulary().label.match(cell) is not None for cell in cells)
    return labels >= 2 and 3 * labels >= len(cells)


def is_fact_line(text: str, *, least: int = 1) -> bool:
    """Whether a line states facts of the page: a label with its colon before it, or two in it.

    Args:
        text: The line.
        least: Labels that it must have.
    """
    found = list(vocabulary().label.finditer(text, 0, 400))
    if len(found) < least or len(text) > 60 * len(found):
        return False
    return not text[: found[0].start()].strip(" 　[【") or len(found) > 1


def _squeezed(text: str) -> str:
    return "".join(text.split()).strip("：:【】[]") if len(text) < 30 else ""


def _key(text: str) -> str:
    return vocabulary().keys.get(_squeezed(text), "")


def _row_facts(row: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    label = ""
    for cell in filter(None, row):
        if is_label(cell):
            label = _key(cell)
            continue
        if label:
            yield label, cell
            label = ""
        yield from _line_facts(cell)


def _line_facts(text: str) -> Iterator[tuple[str, str]]:
    found = list(vocabulary().label.finditer(text))[:_MOST_LABELS]
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(text)
        key = vocabulary().keys["".join(match[1].split())]
        value = re.split(r"\s{2,}|[|【\[]", text[match.end() : end].strip(), maxsplit=1)[0]
        if key and value:
            yield key, value
