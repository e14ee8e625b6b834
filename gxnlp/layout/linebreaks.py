"""Whether a line end is a break in the text: the rules, in the order in which they decide.

All of them read folded text, in which punctuation is full-width and characters simplified.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.layout.rows import MARK, Row
from gxnlp.layout.settings import Setting

# How new paragraphs and list items begin that have no number.
_OPENER = deferred(
    r"[一二三四五六七八九十](?:是|要)|20[0-9]{2}\s?年|今[年后]|去年|近年|一年来|目前|下一步|同时|此外|另外"
    r"|针对|根据|按照|依据|我[局县市区镇乡委办处厅省院]|本[局县市区镇乡委办处厅省院机单年报]"
    r"|全[年市县区省局]|首先|其次|再次|最后|特此"
)
_STOPS = "。！？；…"
_CLOSERS = '”’）〉》】〕"'
_OPEN_ENDS = "（〔《“‘【〈第"
_GOES_ON = "，、,"
_CANNOT_BEGIN = "，。、；：！？）》”’】〕〉%"
_CLAUSE = deferred(r"[，。；！？]|,(?![0-9])")
# Fields of a web page's head, trails of links, dates and signatures: no sentence.
_FIELDS = deferred(r"[>»|]|：[^，。；]{0,24}\s{1,4}[^\s，。；：]{1,10}：|^[-·]|打印|https?：")
_TRAIL = deferred(r"[>»|]")
# What is left of a title when a line break cuts it: 报告, 度报告, 工作年度报告. A line that begins
# with 政府 or 信息 may be a link of its own, unless the year or 的 stands before it.
_TITLE_TAIL = deferred(r"[政府信息公开工作年度的\s]{0,14}报\s?告")
_TITLE_HEAD = deferred(r"(?:局|府|委|会|厅|办|院|处|镇|乡|街道|区|县|市|省|[0-9]{2}\s?年|信息公开).{0,20}$")
_WANTS_TAIL = deferred(r"(?:[0-9]{2}\s?年度?|的)$")
_TITLE = deferred(r"(?!根据|按照|依据|现|本|为|《)[^，。；]{2,60}[0-9]{2}\s?年[^，。；]{0,30}报\s?告")
# How titles and headings end that are whole; one that is cut goes on with 及, 和, 、.
_WHOLE = deferred(r"(?:情况|事项|问题|措施|思路|方面|报告|年报|概述|说明|建议|打算)$")
_DATE = deferred(r"[0-9 ]{4,6}年[0-9 ]{1,4}月(?:[0-9 ]{1,4}日)?")
_AND = "及和与、的"
# Lines of a web page's head and foot.
_FIELD = deferred(
    r"[-·*【<]|(?:索引号|(?:信息)?来源|时间|日期|作者|字[号体]|发(?:布|文|稿)[^，。：]{0,4}|公开[^，。：]{2,4}"
    r"|(?:浏览|点击|阅读)[^，。：]{0,3})\s?："
)
_COUNTER = deferred(
    r"(?:人次|万?[条件篇次份个项宗场期元名])(?=[，。；、（）的\s]|相比|$)|[条件](?:因|均|已|申请|信息)"
)
_COUNTED = deferred(
    r"[0-9][0-9,]{0,9}(?:\.[0-9]+)?[ ]?[余多万]{0,2}(?:人次|[条件篇次份个项宗场期元名%])[，。；、）]"
)
_COUNTS_ON = deferred(r"[0-9%][余多万]{0,2}(?:人次|[条件篇次份个项宗场期元名])?）?[；，、]$")
"""公开信息90条；: what the next line counts goes on from here, unless a mark begins it."""
_TITLE_CHARS = 80
_PROSE = 30
"""A line of a text without broken lines is prose, not a title, from this length on."""

_CUT_PROSE = 12
"""The same at a page's end, which is a reason to expect a cut."""


def joins(row: Row, following: Row, *, before: str, setting: Setting) -> bool:
    """Whether a row goes on in the following one.

    Args:
        row: A row outside of tables.
        following: The next one, outside of tables too.
        before: The paragraph up to and with `row`, folded; of a long one its beginning.
        setting: How the text is set.

    Returns:
        True where the line end is no break in the text.
    """
    text, rest = row.folded, following.folded
    if row.heading or following.heading:
        return False
    if _TITLE_TAIL.fullmatch(rest):
        return _is_cut_title(row, following, before, setting)
    if rest[0] in _CANNOT_BEGIN:
        return following.blanks == 0 or following.cut or len(before) >= _PROSE
    # Blank lines that stand between all lines part nothing.
    parted = following.blanks and not (setting.wrapped and setting.sign(row, following) in ("no", None))
    if not parted and _cuts_count(text, rest, before):
        return True
    if MARK.match(rest):
        return _marks_by_chance(row, following, before, setting)
    sentence = _within_sentence(before)
    if (not sentence or _ends_sentence(text)) and (_TITLE.fullmatch(rest) or _FIELD.match(rest)):
        return False
    if not sentence and _is_whole_heading(before) and rest[0] not in _AND:
        return False
    if setting.centred_pair(row, following):
        return rest[0] not in "（〔—-" and not _DATE.fullmatch(rest)
    if setting.wrapped:
        return _joins_on_paper(row, following, sentence, setting)
    return sentence and _joins_paragraphs(text, rest, cut=following.cut)


def _cuts_count(text: str, rest: str, before: str) -> bool:
    """Whether a line end parts a number from its counter (461 条) or a noun from its number (申请 3件，)."""
    if text[-1].isdigit() and not text.rstrip("0123456789.").endswith(("—", "-", "年", "月")):
        return _COUNTER.match(rest) is not None and _within_sentence(before)
    counted = _COUNTED.match(rest) is not None and text[-1] >= "一"
    return counted and text[-1] not in _STOPS and _within_sentence(before)


def _is_cut_title(row: Row, following: Row, before: str, setting: Setting) -> bool:
    if before.endswith("报告") or len(before) > _TITLE_CHARS or _CLAUSE.search(before):
        return False
    if following.folded[0] in "政信" and not _WANTS_TAIL.search(before):
        return setting.wrapped and setting.full(row, following)
    return _TITLE_HEAD.search(before) is not None


def _is_whole_heading(before: str) -> bool:
    return (MARK.match(before) is not None and _WHOLE.search(before) is not None) or (
        _TITLE.fullmatch(before) is not None
    )


def _within_sentence(before: str) -> bool:
    mark = MARK.match(before)
    return len(before) >= 8 and _CLAUSE.search(before, mark.end() if mark else 0) is not None


def _ends_sentence(text: str) -> bool:
    last = text.rstrip(_CLOSERS)
    return bool(last) and last[-1] in _STOPS


def _marks_by_chance(row: Row, following: Row, before: str, setting: Setting) -> bool:
    """Whether a line that begins with a list number is yet no item: it stands where the paper broke it."""
    open_end = row.folded[-1] in _OPEN_ENDS and _within_sentence(before)
    if not setting.wrapped:
        return open_end and not following.blanks
    sign = setting.sign(row, following)
    return setting.full(row, following) and (sign == "no" or (sign is None and open_end))


def _joins_on_paper(row: Row, following: Row, sentence: bool, setting: Setting) -> bool:
    """The rule for lines that the paper's edge breaks."""
    full, sign = setting.full(row, following), setting.sign(row, following)
    if sign == "indent":
        return False
    if _ends_sentence(row.folded):
        return full and (
            sign == "no" or (sign is None and not following.cut and _reads_as_prose(following.folded))
        )
    if row.folded[-1] == "：" and following.cut:
        return False
    if sign == "space":  # white space within a sentence is the end of a page, not of a paragraph
        return full and sentence
    if not sentence:
        return full and not following.cut and (sign == "no" or not _TRAIL.search(row.folded))
    return full or row.folded[-1] in _GOES_ON


def _joins_paragraphs(text: str, rest: str, *, cut: bool) -> bool:
    """The rule for a paragraph a line: what a page's end cut in two is joined, and counts that go on."""
    if _COUNTS_ON.search(text) and _COUNTED.search(rest):
        return True
    if _ends_sentence(text) or text[-1] == "：" or len(text) < (_CUT_PROSE if cut else _PROSE):
        return False
    if _FIELDS.search(text) or _FIELDS.search(rest):
        return False
    if cut or text[-1] in _GOES_ON:
        return True
    return text[-1] not in _CLOSERS and not _OPENER.match(rest) and _reads_as_prose(rest)


def _reads_as_prose(rest: str) -> bool:
    """Whether a line reads as a sentence or the rest of one: not a title, a signature, a date."""
    return len(rest) >= _PROSE or _CLAUSE.search(rest) is not None
