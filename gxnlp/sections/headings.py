"""Heading candidates: every place of a text that may be a heading, with its number and title.

Nothing is decided here. `gxnlp.sections.outline` chooses among the candidates by number, title,
position and neighbours.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from gxnlp.deferred import deferred
from gxnlp.folding import BULLETS

Style = Literal["cn", "part", "paren", "pnum", "num", "ord", "is", "bare"]

_CN = "一二三四五六七八九十"
_VALUES = {char: value for signs in (_CN, "㈠㈡㈢㈣㈤㈥㈦㈧㈨") for value, char in enumerate(signs, 1)}
_VALUES |= {char: value for value, char in enumerate("⒈⒉⒊⒋⒌⒍⒎⒏⒐", 1)}
_MARK = (
    rf"(?P<part>第[{_CN}]{{1,3}}(?:部分|章)[、：. ]*)"
    rf"|(?P<ord>第[{_CN}]{{1,2}}[，、])"
    rf"|(?P<is>[{_CN}]{{1,2}}是)"
    rf"|(?P<cn>[{_CN}]{{1,3}}(?: ?[、.，：] *| +|(?=总体|主动公开政|收到和|政府信息公开行|存在的?主|其他需)))"
    rf"|(?P<paren>（ ?[{_CN}]{{0,3}} ?）[、.]? *|[{_CN}]{{1,2}}）|[㈠-㈩] *)"
    r"|(?P<pnum>（ ?[1-9] ?）[、.]? *)"
    r"|(?P<num>(?:[1-9][0-9]? ?[.、](?![0-9])|[⒈-⒛]) *)"
)
_NEXT_HEADING = deferred(rf"\s*+(?:[#*]++\s*+)?(?:{re.sub('[?]P<[a-z]+>', '?:', _MARK)})")
_WINDOW = 80
_ENOUGH = 3
"""Kinds of words by which a body is known; measured on written reports, 2 takes in 其他."""
_CLAUSE = deferred(r"[^\n。；：！？]{0,60}")
# What is searched for in all of a text begins with a class of characters: the engine skips to the next one.
_RUN_IN_CN = deferred(rf"[{_CN}][{_CN}]{{0,2}} ?[、.] ?")
_RUN_IN_PAREN = deferred(rf"[（㈠-㈩](?:(?<=（)[{_CN}]{{1,3}}）|(?<!（))")
# Text may run on directly behind a title where the line ends were lost.
_GLUED = deferred(
    r"[^，。；：0-9\s]{2,24}?"
    r"(?:方面|情况|做法|数量|类别|形式|途径|(?=20[0-9]{2} ?年|[1-9][、.]|一是|今年|我[局区县市]))"
    r"(?![的和与及、])"
)
# The same before what only a sentence begins with, however short the clause is.
_GLUED_TO_SENTENCE = deferred(
    r"[^，。；：0-9\s]{2,24}?(?:方面|情况|做法|数量|类别|形式|途径)"
    r"(?=20[0-9]{2} ?年|[本今全去]年|截[至止]|[我本][局县市区镇乡委院校街厅办单机]|通过|共(?!同)|没有|未)"
)
_RUN_IN_OTHER = deferred(
    rf"([{_CN}][{_CN}]{{0,2}}(?= ?、)) ?、 ?"
    r"([^，。；：0-9\s]{2,30}?(?:情况统计表|统计表|情况表|情况|附表|事项)(?![的和与及、表统]))"
)
# A short line before a paragraph, with no mark at its end.
_BARE_LINE = deferred(
    r"(?:[。；：！？”）]|\n)[ \t]*\n[ \t]*"
    r"([^\n，。；：、！“（0-9\s#*—-][^\n，。；：]{1,18}[^\n，。；：！”）0-9\s])[ \t]*(?=\n\s*[^\n]{25})"
)
_TELLS = deferred(
    "[0-9](?![0-9]{0,3}年)|未|没有|全年|[^知]已|均|[一二两三四五六七八九十百]余?[次场期件条个项名]"
)
# What a title may say of the work before it names it (强化监督保障, 认真做好主动公开).
_LED = deferred(
    "(?:(?:认真|扎实|切实|持续|不断|积极|全面|着力|进一步|大力|严格|深入|依法)(?:做好|抓好|推进|推动|加强|强化|规范|深化|优化|提升|完善)"
    "|做好|抓好|推进|推动|加强|强化|规范|深化|优化|提升|完善|健全|严格|加大|用好|夯实|拓展|狠抓|抓实|做实)?"
)
_GOES_ON = frozenset("的和与及、，有更再提质得")
# A title that ends so ends there, whatever stands behind it on its line.
_NOUN_TITLE = deferred(r"[^，。；：0-9\s]{0,30}?(?:情况|事项|措施|问题|统计表|附表|附件)(?= )")
# What a statutory title is one half of (依申请公开、不予公开及咨询政府信息情况).
_OTHER_HALF = deferred(r"[、和与及][^，。；：0-9\s]{2,30}?(?:情况|事项|问题|措施)(?=[\s（]|20[0-9]{2} ?年|$)")
# Behind a statutory title these belong to the body, other characters to the title.
_TAIL_OF_BODY = deferred(r"[，（0-9\s]")
_STOPS = frozenset("。：！")
_SENTENCE_END = frozenset("。；！？：”）】》> \n\t|…")


class Heading(NamedTuple):
    """A place that may be a heading.

    Attributes:
        start: Offset of the first character (of the number, where there is one).
        number: The number as printed, without its separator.
        value: The number's value, 0 where there is none.
        style: Kind of number.
        title_start: Offset of the title.
        title_end: Offset after the title.
        end: Offset after the title and its stop.
        at_line: Whether it opens a line.
        own_line: Whether nothing else stands on its line.
        strict: Section code where the title is a statutory one, else empty.
    """

    start: int
    number: str
    value: int
    style: Style
    title_start: int
    title_end: int
    end: int
    at_line: bool
    own_line: bool
    strict: str


class Vocabulary(NamedTuple):
    """The heading vocabulary of `data/sections.toml`, compiled."""

    strict: re.Pattern[str]
    words: tuple[tuple[str, re.Pattern[str]], ...]
    subsection: re.Pattern[str]
    plain: re.Pattern[str]
    body: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
    bare_overview: re.Pattern[str]
    bare_problems: re.Pattern[str]
    line: re.Pattern[str]
    codes: tuple[str, ...]
    subsection_codes: tuple[str, ...]
    canonical: dict[str, int]


def read_vocabulary_file() -> dict[str, Any]:
    """The parsed `data/sections.toml`, with its examples."""
    source = files("gxnlp") / "data" / "sections.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The heading vocabulary; group `tN` of `strict` is the code `codes[N]`."""
    data = read_vocabulary_file()
    titles, subsections = data["title"], data["subsection"]
    strict = "|".join(
        f"(?P<t{i}>{'|'.join(title['strict'])})" for i, title in enumerate(titles) if "strict" in title
    )
    unnamed = re.sub(r"\?P<t[0-9]+>", "?:", strict)
    overview, problems = "|".join(data["bare"]["overview"]), "|".join(data["bare"]["problems"])
    sub = "|".join(f"(?P<s{i}>{'|'.join(s['words'])})" for i, s in enumerate(subsections) if s["words"])
    bare = rf"(?=[^\n，；]{{2,44}}+(?:\n|$))(?P<bare>{unnamed}|{overview}|{problems})[：。]?[ \t*]*(?=\n|$)"
    return Vocabulary(
        strict=deferred(strict),
        words=tuple((title["code"], deferred("|".join(title["words"]))) for title in titles),
        subsection=deferred(sub),
        plain=deferred("|".join(subsections[-1]["plain"])),
        body=tuple((s["code"], tuple(map(re.compile, s["body"]))) for s in subsections if "body" in s),
        bare_overview=deferred(overview),
        bare_problems=deferred(problems),
        line=deferred(rf"\n[ \t#*>{BULLETS}·—-]*+(?:{_MARK}|{bare})"),
        codes=tuple(title["code"] for title in titles),
        subsection_codes=tuple(s["code"] for s in subsections),
        canonical={title["code"]: title["number"] for title in titles if "number" in title},
    )


def strict_code(title: str) -> str:
    """Code of a title that is a statutory one as a whole, else empty. `title`: folded."""
    match = vocabulary().strict.fullmatch("".join(title.split()))
    return _code(match)


def title_code(title: str) -> str:
    """Nearest section code of a level 1 title, `other_heading` where none is near."""
    squeezed = "".join(title.split())
    known = _code(vocabulary().strict.fullmatch(squeezed))
    if known:
        return known
    found = (code for code, words in vocabulary().words if words.search(squeezed))
    return next(found, "other_heading")


def subsection_code(title: str) -> str:
    """Code of a subsection of `overview` by the word that stands first in the title, else empty."""
    squeezed = "".join(title.split())
    words = vocabulary()
    match = words.subsection.search(squeezed)
    if match and match.lastgroup:
        return words.subsection_codes[int(match.lastgroup[1:])]
    return words.subsection_codes[-1] if words.plain.search(squeezed) else ""


def body_code(body: str, taken: set[str], likely: str) -> str:
    """Code of a subsection whose title says nothing: that with most kinds of words in its body.

    Args:
        body: Folded text below the heading.
        taken: Codes that other subsections have by their titles.
        likely: The code that the place of the subsection suggests.
    """
    words = vocabulary()
    kinds = Counter({likely: 1} if likely not in taken else {})
    for code, patterns in words.body:
        if code not in taken:
            kinds[code] += sum(pattern.search(body) is not None for pattern in patterns)
    (best, most), (_, second) = [*kinds.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= _ENOUGH and most > second else words.subsection_codes[-1]


def line_headings(folded: str, spans: Iterable[tuple[int, int]]) -> Iterator[Heading]:
    """Candidates that open a line: a number of any style, or a title known without one.

    Args:
        folded: Folded text.
        spans: Where to look, in order: the text without its tables.
    """
    padded = "\n" + folded
    for match in (m for a, b in spans for m in vocabulary().line.finditer(padded, a, b + 1)):
        style: Any = match.lastgroup
        start, end = match.start(style) - 1, match.end(style) - 1  # offsets into `folded`
        title_start = start if style == "bare" else end
        yield _read(folded, start, title_start, style, at_line=True)


def run_in_tops(folded: str, spans: Iterable[tuple[int, int]]) -> Iterator[Heading]:
    """Numbers with a statutory title inside a line, behind the end of a sentence or a table."""
    for match in _behind_sentences(_RUN_IN_CN, folded, spans):
        heading = _read(folded, match.start(), match.end(), "cn", at_line=False)
        if heading.strict:
            yield heading


def run_in_others(folded: str, spans: Iterable[tuple[int, int]]) -> Iterator[Heading]:
    """Numbers 四、 inside a line with a title that only its last word shows (…情况, …统计表)."""
    for match in _behind_sentences(_RUN_IN_OTHER, folded, spans):
        number, (start, end) = match.group(1), match.span(2)
        yield Heading(match.start(), number, number_value(number), "cn", start, end, end, False, False, "")


def run_in_subs(folded: str, spans: Iterable[tuple[int, int]], known: Set[int]) -> Iterator[Heading]:
    """Numbers （一） inside a line, behind a sentence or glued to a title, without those `known`."""
    for match in _behind_sentences(_RUN_IN_PAREN, folded, spans):
        if match.start() not in known:
            yield _read(folded, match.start(), match.end(), "paren", at_line=False)


def _behind_sentences(
    pattern: re.Pattern[str], folded: str, spans: Iterable[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """Matches at the start of a span or behind the end of a sentence, a space or a number."""
    for start, end in spans:
        for match in pattern.finditer(folded, start, end):
            before = folded[match.start() - 1] if match.start() > start else " "
            if before in _SENTENCE_END or before.isdigit():
                yield match


def bare_lines(folded: str, start: int, end: int) -> list[Heading]:
    """Short lines without number or mark that each stand alone before a paragraph."""
    spans = (match.span(1) for match in _BARE_LINE.finditer(folded, max(0, start - 1), end))
    return [marked_heading(*span) for span in spans]


def marked_heading(start: int, end: int) -> Heading:
    """A line that the source marks as a heading, as a candidate without a number."""
    return Heading(start, "", 0, "bare", start, end, end, True, True, "")


@lru_cache(maxsize=256)
def number_value(number: str) -> int:
    """Value of `一`, `（十二）`, `3.`; 0 where there is no digit."""
    digits = "".join(char for char in number if char.isdigit() and char.isascii())
    if digits:
        return int(digits)
    signs = [_VALUES[char] for char in number if char in _VALUES]
    if not signs:
        return 0
    if 10 in signs:
        at = signs.index(10)
        return (signs[at - 1] if at else 1) * 10 + (signs[at + 1] if at + 1 < len(signs) else 0)
    return signs[0]


def _code(match: re.Match[str] | None) -> str:
    return vocabulary().codes[int(match.lastgroup[1:])] if match and match.lastgroup else ""


def _read(folded: str, start: int, title_start: int, style: Style, *, at_line: bool) -> Heading:
    """Read the title behind a number: to its stop, or to where a known title ends."""
    printed = folded[start:title_start].rstrip(" 、.，：") if style != "is" else folded[start:title_start]
    clause_end = _CLAUSE.match(folded, title_start).end()  # type: ignore[union-attr]
    title_end, code = _title_end(folded, title_start, clause_end, at_line=at_line)
    title_end = title_start + len(folded[title_start:title_end].rstrip(" *#"))
    end = title_end + 1 if folded[title_end : title_end + 1] in _STOPS else title_end
    rest = folded[end : end + 12].lstrip(" \t*#")
    own_line = at_line and (not rest or rest[0] == "\n")
    value = number_value(printed)
    return Heading(start, printed, value, style, title_start, title_end, end, at_line, own_line, code)


def _title_end(folded: str, start: int, clause_end: int, *, at_line: bool) -> tuple[int, str]:
    """Offset after the title and, where it is a statutory one, its code."""
    words = vocabulary()
    clause = folded[start:clause_end]
    squeezed = "".join(clause.split())
    strict = words.strict.match(squeezed)
    if strict and strict.end() == len(squeezed):
        return clause_end, _code(strict)
    cut = _cut_title(folded, start, clause_end, len(squeezed))
    if cut:
        return cut
    if strict and strict.end():
        strict_end = start + _unsqueeze(clause, strict.end())
        tail = folded[strict_end:clause_end]
        if half := _OTHER_HALF.match(tail):
            strict_end += half.end()
        elif at_line and len(tail) <= 12 and not _TAIL_OF_BODY.search(tail):
            strict_end = clause_end
        return strict_end, _code(strict)
    noun = _NOUN_TITLE.match(clause)
    if noun:
        return start + noun.end(), ""
    glued = _glued_title(folded, start, clause_end) if _TELLS.search(clause) else start
    if glued > start:
        return glued, ""
    if len(clause) <= 36 and clause.count("，") <= 2 and clause_end < len(folded):
        return clause_end, ""
    for known in (words.bare_overview, words.bare_problems, _GLUED):
        match = known.match(folded, start)
        if match and match.end() > start:
            return match.end(), ""
    return clause_end, ""


def _glued_title(folded: str, start: int, end: int) -> int:
    """Offset after a title, known without a number, that a sentence runs on behind (监督保障开展培训2次)."""
    match = vocabulary().bare_overview.match(folded, _LED.match(folded, start, end).end(), end)  # type: ignore[union-attr]
    if match and match.end() < end and folded[match.end()] not in _GOES_ON:
        return match.end()
    words = _GLUED_TO_SENTENCE.match(folded, start, end)
    return words.end() if words else start


def _cut_title(folded: str, start: int, clause_end: int, length: int) -> tuple[int, str] | None:
    """A statutory title that a line break cuts: it ends where the next line ends."""
    if folded[clause_end : clause_end + 1] != "\n" or _NEXT_HEADING.match(folded, clause_end):
        return None
    window = folded[start : start + _WINDOW]
    whole = vocabulary().strict.match("".join(window.split()))
    if not whole or whole.end() <= length:
        return None
    end = start + _unsqueeze(window, whole.end())
    rest = folded[end : end + 4].lstrip(" \t*#。：")
    one_break = folded.find("\n", clause_end + 1, end) < 0
    return (end, _code(whole)) if one_break and (not rest or rest[0] == "\n") else None


def _unsqueeze(window: str, length: int) -> int:
    """Length in `window` of its first `length` characters that are no white space."""
    for offset, char in enumerate(window):
        if not char.isspace():
            length -= 1
            if not length:
                return offset + 1
    return len(window)
