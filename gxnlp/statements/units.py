"""Cut a region into units: list marks (一是), labels (存在的问题：), sentences.

A unit is a sentence, or the part of one that a list mark or a label cuts off. All offsets are into the
folded text of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gxnlp.deferred import deferred
from gxnlp.folding import BULLETS
from gxnlp.statements.wording import Label, has_deficit, heading_label, wording

_CJK_NUMBER = {char: value for value, char in enumerate("一二三四五六七八九十", 1)}
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}
_CIRCLED = (0x3220, 0x2488, 0x2474, 0x2460)
_DIGITS = deferred("[0-9]+")
_N = "[一二三四五六七八九十]{1,3}"

RANKS = {"dun": 0, "cn_paren": 1, "arabic": 2, "ar_paren": 3, "circled": 4}
"""Styles of marks that nest in a known order; 一是 and the like stand at any depth."""

_STYLES = frozenset({*RANKS, "named", "di", "shi", "yao", "seq", "one", "bare", "bullet"})
_TOKEN = deferred(
    # What a token may begin with: the engine would else try every alternative at every character.
    rf"(?=[（㈠-㈩0-9①-⒛存主突问不措举整改解应对第其一二三四五六七八九十首再最另还又是{BULLETS}—·*“《。；！？：\s-])(?:"
    rf"(?P<cn_paren>（{_N}）|[㈠-㈩])|(?P<ar_paren>（[0-9]{{1,2}}）|[0-9]{{1,2}}）)|(?P<circled>[①-⑳⑴-⒇⒈-⒛])"
    r"|(?P<arabic>[0-9]{1,2}(?:\.(?![0-9])|\.(?=(?:1[0-2]|[1-9])月|20[0-9]{2} ?年)|、))"
    rf"|(?P<named>(?:问题|不足|措施|举措|整改)(?:{_N}|[0-9]{{1,2}})(?=[：、.。 ])"
    # 存在问题1：…改进措施1：…
    rf"|(?:(?:存在|主要|突出)的?){{0,2}}(?:问题|不足)(?:{_N}|[0-9]{{1,2}})(?=：)"
    rf"|(?:整改|改进|解决|应对|对策)的?(?:措施|举措|办法|对策|情况)?(?:{_N}|[0-9]{{1,2}})(?=：))"
    rf"|(?P<di>第{_N}(?:[项个条点件](?:工作|措施|问题|不足)?是|是|(?=[，、： ]))|其{_N}(?:是|(?=[，、：])))"
    # 一个是…，再一个是…
    r"|(?P<one>(?:再|另|还有?|又|最后)?一个(?:问题|方面|原因)?(?:就)?是)"
    # 首先修订办法，其次听取意见
    r"|(?P<seq>(?:首先|其次|再次|再者|最后)(?=[，是])|(?<=[，；。])(?:首先|其次)(?=[一-鿿]{2}))"
    # 是加强…是健全…: the numbers were lost.
    r"|(?P<bare>(?<=[。；：\s])是(?![否因由以的日]|[^，。；]{0,20}的[。；]))"
    rf"|(?P<shi>{_N}是)|(?P<yao>{_N}要)|(?P<dun>{_N}、(?!{_N}))"
    rf"|(?P<bullet>[{BULLETS}]|——|[-·*] )"
    # Quotations and brackets are stepped over: a stop inside them ends no sentence.
    r"|(?P<skip>“[^”\n]{0,80}”|《[^》\n]{0,80}》|（[^（）\n]{0,80}）)"
    r"|(?P<stop>[。；！？])|(?P<colon>(?<![0-9])：)|(?P<newline>[ \t]*\n\s*)|(?P<space>[ \t]+))"
)
# （一）是加强… has two marks in one.
_AFTER_MARK = deferred(r"[，、：.*\s]*(?:是(?!否)[，：]?\s*)?")
_EDGE = " \n\t，、#*"
_ASKED = ("问：", "答：")
_LABEL_EDGE = " \n\t，、#*："
_STOPS = frozenset("。；！？：，、…”）")
_LINE = deferred("[^\n]+")
_OPENS = frozenset("。；：！？，、\n \t）”*#")
_NUMBERED = frozenset({"arabic", "dun", "circled"})
_WEAK = frozenset({"shi", "di", "arabic", "yao", "one"})
_NOT_BEFORE_MARK = frozenset("第统唯之单专同惟逐唯万附表图款条项至到0123456789")
# Behind 针对（2）（3）， a number is no mark.
_AIMED_AT = deferred("(?:针对|对于?|围绕|就)(?:（[0-9一二三四五六七八九十]{1,2}）[、和及与]?)+$")
_AIM_LENGTH = 30
# 针对内容不全面的问题：补录信息: the colon stands for a comma.
_AIMED_FAULT = deferred("(?:针对|关于|对于|围绕)(?P<what>[^，。；：]{3,40}?)等?的?(?:问题|不足|情况|现象)$")
_FAR = 800
"""Characters within which the second mark of a list must follow a glued first one."""
_LONG_LEAD = 120
_TAIL = 30
"""Characters at the end of a lead that announce what follows."""
_SHORT_LEAD = 40
_LISTED = deferred("[^。；！？\n]{6,120}；")
_LONG_TITLE = 24
_ROW = 2
"""Marks without a number that make a list."""

_LAST_YEAR = deferred("上一?年|去年|过去|20[0-9]{2}")
# A line that is no continuation of the one before it, which lacks its stop: a date, a signature, a new start.
_NEW_LINE = deferred(
    r"\s*(?:20[0-9]{2} ?年 ?[0-9]{1,2} ?月|二[〇○零0][^\n]{2,4}年"
    r"|[^\n，。；：]{2,24}(?:局|委员会|政府|办公室|办事处|委|厅|院|中心) *(?:\n|$)"
    r"|下一?步|今后|针对|改进|整改|为此|  )"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark: its style, its place in the list, where it starts, and where its item does."""

    style: str
    ordinal: int
    start: int
    end: int


@dataclass(slots=True)
class Unit:
    r"""A piece of text.

    Attributes:
        start: Offset of its first character, behind its mark.
        end: Offset after its last character, before its stop.
        mark: The list mark that it opens with, if any.
        para: Whether it begins a line.
        stop: What ended it: 。；！？： or a line end (`\n`), empty where a list mark follows.
        label: What it announces, if it is a heading.
        lead: Whether it only leads to what follows.
        last_year: Whether it is a heading that names another year.
        silent: Whether it stands under a heading of neither problems nor remedies (原因分析).
    """

    start: int
    end: int
    mark: Mark | None
    para: bool
    stop: str
    label: Label | None = None
    lead: bool = False
    last_year: bool = False
    silent: bool = False


def _ordinal(style: str, text: str) -> int:
    if style == "bullet":
        return 0
    if style == "seq":
        return _SEQUENCE[text[:2]]
    if style == "one":
        return 1 if text.startswith("一") else 2
    if ord(text[0]) >= _CIRCLED[-1] and len(text) == 1:
        return next(ord(text) - base + 1 for base in _CIRCLED if ord(text) >= base)
    if digits := _DIGITS.search(text):
        return int(digits.group())
    number = [char for char in text if char in _CJK_NUMBER]
    value = _CJK_NUMBER[number[-1]]
    if len(number) == 1:
        return value
    tens = 1 if number[0] == "十" else _CJK_NUMBER[number[0]]
    return 10 * tens + (0 if number[-1] == "十" else value)


def _follows_stop(text: str, start: int, style: str, first: int) -> bool:
    """Whether what precedes a mark lets it open an item."""
    before = text[start - 1] if start > first else "\n"
    if style == "bullet":
        return start == first or text[max(first, start - 8) : start].rstrip(" \t").endswith("\n")
    if before == "）" and _AIMED_AT.search(text, max(first, start - _AIM_LENGTH), start):
        return False
    return before in _OPENS and not (style in _NUMBERED and before in "，、”）")


def _find_marks(text: str, start: int, end: int, tokens: Iterable[re.Match[str]]) -> dict[int, Mark]:
    """List marks by offset.

    A mark glued to the word before it (主要问题一是…；二是…, archive text) counts if it is the first of its
    list and the second stands where a mark should.
    """
    strong: list[Mark] = []
    weak: list[Mark] = []
    for match in tokens:
        style = match.lastgroup or ""
        if style not in _STYLES:
            continue
        behind = _AFTER_MARK.match(text, match.end(), end)
        mark = Mark(
            style, _ordinal(style, match.group()), match.start(), behind.end() if behind else match.end()
        )
        if _follows_stop(text, match.start(), style, start):
            strong.append(mark)
        elif style in _WEAK and mark.ordinal == 1 and text[match.start() - 1] not in _NOT_BEFORE_MARK:
            weak.append(mark)
    strong = _renumbered(text, strong, start)
    if not any(mark.style == "seq" and mark.ordinal == 1 for mark in strong):
        strong = [mark for mark in strong if mark.style != "seq"]
    seconds = [mark for mark in strong if mark.ordinal == 2]
    strong += [w for w in weak if any(m.style == w.style and 0 < m.start - w.start < _FAR for m in seconds)]
    return {mark.start: mark for mark in _counted(strong)}


def _renumbered(text: str, marks: list[Mark], first: int) -> list[Mark]:
    """The marks with each bare 是 numbered behind the one before it; without them where one stands alone.

    Behind a colon or a heading a list begins anew.
    """
    bare = [mark for mark in marks if mark.style == "bare"]
    if not bare or len(bare) + any(mark.style == "shi" for mark in marks) < _ROW:
        return [mark for mark in marks if mark.style != "bare"]
    found, last = [], 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.style == "bare":
            before = text[max(first, mark.start - _LONG_TITLE) : mark.start].rstrip()
            heads = before.endswith("：") or heading_label(before.rpartition("\n")[2].strip(_EDGE))
            mark = replace(mark, style="shi", ordinal=1 if heads else last + 1)
        last = mark.ordinal if mark.style == "shi" else last
        found.append(mark)
    return found


def _counted(marks: list[Mark]) -> list[Mark]:
    """The marks with 一个是 numbered in order, without them where there is but one."""
    ones = sorted((mark for mark in marks if mark.style == "one"), key=lambda mark: mark.start)
    others = [mark for mark in marks if mark.style != "one"]
    if len(ones) < 2:
        return others
    return [*others, *(replace(mark, ordinal=min(place, 2)) for place, mark in enumerate(ones, 1))]


class _Cutter:
    """Walks over the tokens of a region and cuts it into units."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.end = end
        self.tokens = list(_TOKEN.finditer(text, start, end))
        self.marks = _find_marks(text, start, end, self.tokens)
        self.units: list[Unit] = []
        self.at = start
        self.para = True
        self.mark: Mark | None = None
        self.run_end, self.unstopped = start, False

    def cut(self) -> list[Unit]:
        for token in self.tokens:
            kind, at = token.lastgroup or "", token.start()
            if at in self.marks:
                self.open(self.marks[at])
            elif kind == "stop":
                self.close(at, token.group(), token.end())
            elif kind == "colon" and self.announces(at, token.end()):
                self.close(at, "：", token.end())
            elif kind == "newline":
                self.end_line(at, token)
            elif (
                kind == "space" and 0 < at - self.at < _LONG_TITLE and heading_label(self.text[self.at : at])
            ):
                self.close(at, " ", token.end())
        self.close(self.end, "\n", self.end)
        return self.units

    def open(self, mark: Mark) -> None:
        para = "\n" in self.text[self.at : mark.start] or (
            self.para and not self.text[self.at : mark.start].strip()
        )
        self.close(mark.start, "", mark.end)
        self.mark, self.para = mark, para

    def end_line(self, at: int, token: re.Match[str]) -> None:
        """A line end ends a unit unless the line is a broken one."""
        body = self.text[self.at : at].strip(_EDGE)
        is_title = self.para and len(body) <= _LONG_TITLE and "，" not in body
        ends = (
            not body
            or is_title
            or token.end() in self.marks
            or self._is_unstopped(token.end())
            or bool(_NEW_LINE.match(self.text, token.end(), self.end))
        )
        if ends or "\n  " in token.group():
            if body:
                self.close(at, "\n", token.end())
            self.at = max(self.at, token.end())
            self.para = True

    def _is_unstopped(self, start: int) -> bool:
        """Whether the lines from here to the next mark or heading end without a stop.

        They are paragraphs then, and no broken lines: what print breaks has its stop at the end.
        """
        if start >= self.run_end:
            last, self.run_end = "", self.end
            for line in _LINE.finditer(self.text, start, self.end):
                if line.start() in self.marks or heading_label(line.group().strip(_LABEL_EDGE)):
                    self.run_end = line.start()
                    break
                last = line.group().rstrip(_EDGE) or last
            self.unstopped = bool(last) and last[-1] not in _STOPS
        return self.unstopped

    def announces(self, at: int, after: int) -> bool:
        """Whether a colon ends a label or the lead of a list."""
        body = self.text[self.at : at].strip(_EDGE)
        if heading_label(body) or any(after + gap in self.marks for gap in range(3)):
            return True
        if self.mark or len(body) > _LONG_LEAD:
            return False
        if (aimed := _AIMED_FAULT.match(body)) and has_deficit(aimed["what"]):
            return False
        words = wording()
        ends = words["list_announcer"].search(body, max(0, len(body) - _TAIL))
        if ends and (words["problem_announcer"].search(body) or words["remedy_announcer"].search(body)):
            return True
        # A list that its semicolons show: 2023年要办好这几件事：A；B。
        return self._only_announces(body) and bool(_LISTED.match(self.text, after, self.end))

    def _announces_itself(self, text: str) -> bool:
        return bool(wording()["self_announcing"].search(text, max(0, len(text) - _TAIL)))

    def _only_announces(self, body: str) -> bool:
        """Whether a short piece announces rather than states: it opens with no verb of a remedy."""
        words = wording()
        if words["problem_announcer"].search(body):
            return True
        return len(body) <= _SHORT_LEAD and not words["verb"].match(body)

    def close(self, at: int, stop: str, after: int) -> None:
        body = self.text[self.at : at]
        left = len(body) - len(body.lstrip(_EDGE))
        text = body.strip(_EDGE)
        asks = text.startswith(_ASKED[0])
        if text.startswith(_ASKED):
            left, text = left + len(_ASKED[0]), text[len(_ASKED[0]) :]
        if text:
            label = heading_label(text)
            lead = not label and (
                stop == "：" or asks or (not self.mark and (not stop or self._announces_itself(text)))
            )
            last_year = bool(label) and bool(_LAST_YEAR.search(text))
            start = self.at + left
            self.units.append(
                Unit(start, start + len(text), self.mark, self.para, stop, label, lead, last_year)
            )
            self.mark, self.para = None, False
        elif stop == "" and self.mark:
            # Two marks in a row (（一）1.): the outer one opens an item of its own.
            self.units.append(Unit(at, at, self.mark, self.para, "", None, True))
            self.mark = None
        self.at = after


def read_units(text: str, start: int, end: int) -> list[Unit]:
    """Cut `text[start:end]` into units, in order.

    Args:
        text: Folded text of the document.
        start: Offset of the region's body.
        end: Offset after the region.
    """
    return _Cutter(text, start, end).cut()
