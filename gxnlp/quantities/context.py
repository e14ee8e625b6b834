"""What a number is in its context: a count, a date, a label, or no number at all.

All positions are in folded text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from gxnlp.deferred import deferred
from gxnlp.quantities.parts import Part, Span
from gxnlp.quantities.vocabulary import FILLED, NUMERALS, vocabulary
from gxnlp.records import Quantity

HALF = Decimal("0.5")

# ---- does a Chinese numeral count? ------------------------------------------------------------

_FREE_LEFT = deferred(r"(?:^|[^\u4e00-\u9fff0-9A-Za-z]|[为是于加减乘除以到至和与或比得等数选输填写])[ ]?$")
_FREE_RIGHT = deferred(r"[ ]?(?:$|[^\u4e00-\u9fff0-9A-Za-z]|[加减乘除和与或到至比的]|等于|大于|小于)")
_SLOGAN = deferred(
    r"[一二三四五六七八九两][一-鿿](?<![是为有共至到加减乘除和与或比块元])[一二三四五六七八九两双]"
    r"(?=[一-鿿])(?![点分成折零一二三四五六七八九十百千万亿])"
)
_TIMES = frozenset("年月周天日时")
_JOINERS = frozenset("是为有共至到加减乘除和与或块元、，")
_BARE_BEFORE = deferred(
    r"(?:(?<![网线以路街会事身早晚加基])上|(?<![到抵传送表通直转发])达"
    r"|过|破|超|(?<![最附邻靠就相远亲临])近|约|逾|不足|不到|几乎)[ ]?$"
)
_ADVERB = deferred(r"千万(?=[别不要记勿注小当莫没可])")


def counts(source: str, part: Part, unit: Span | None) -> bool:
    """Whether a numeral is a number here, by what it is combined with.

    Arabic digits and Chinese numerals of two or more places always are. A single digit or a
    range of two (三, 两三) needs a counter, or must stand free between marks or operators
    (五加三等于八); 百 千 万 alone need 余, 多 or a qualifier (上千人, 百余场); a digit that a
    slogan repeats (三审三校, 一事一议) is none.
    """
    shape = part.shape
    if shape in ("strong", "mixed", "digits", "arabic"):
        return True
    if shape == "single" or shape == "pair":
        if unit is None:
            return _free(source, part) and not _redoubles(source, part, unit)
        needs, counter = vocabulary().needs, source[unit[0] : unit[1]]
        needed = needs.get(counter) or needs.get(source[part.start : part.end] + counter)
        before = source[max(0, part.start - 4) : part.start].rstrip("了过近约几乎")
        if needed and not before.endswith(tuple(needed)):
            return False
        return shape == "pair" or not (_repeats(source, part) or _redoubles(source, part, unit))
    if shape == "bare":
        return _bare_counts(source, part, unit)
    if shape == "semibare":
        return not _ADVERB.match(source, part.start)
    return shape == "zero" and _zero_counts(source, part, unit)


def _bare_counts(source: str, part: Part, unit: Span | None) -> bool:
    if part.end - part.start == len(source.strip()):
        return True
    bounded = unit is not None or _FREE_RIGHT.match(source, part.end)
    return bool(bounded and _BARE_BEFORE.search(source, max(0, part.start - 3), part.start))


def _free(source: str, part: Part) -> bool:
    return bool(
        _FREE_LEFT.search(source, max(0, part.start - 2), part.start) and _FREE_RIGHT.match(source, part.end)
    )


def _repeats(source: str, part: Part) -> bool:
    at = part.start
    if (match := _SLOGAN.match(source, at)) and not vocabulary().unit.match(source, match.end()):
        return True
    for there in (at - 2, at + 2):
        if 0 <= there < len(source) and source[there] == source[at]:
            middle, second = source[(there + at) // 2], max(there, at)
            often = middle in _TIMES and vocabulary().unit.match(source, second + 1)
            if "\u4e00" <= middle <= "\u9fff" and middle not in _JOINERS and not often:
                return True
    return False


_NOUN_ENDS = frozenset("件册则例项期")
"""Last characters of nouns that are counters too: 规范性文件一件, 手册一册."""
_DISTRIBUTE = frozenset("一每逐各")
_CLOSED = deferred(r"[ ]?(?:$|[，。；：、（）和及与])")


def _redoubles(source: str, part: Part, unit: Span | None) -> bool:
    """一座座 (each of many) and 看一看 (a look) count nothing."""
    before, after = source[part.start - 1 : part.start], source[part.end : part.end + 1]
    if source[part.start] == "一" and before == after and "\u4e00" <= before <= "\u9fff":
        noun = before in _NOUN_ENDS and source[max(0, part.start - 2)] not in _DISTRIBUTE
        return not (noun and _CLOSED.match(source, part.end + 1))
    return unit is not None and unit[1] - unit[0] == 1 and source[unit[1] : unit[1] + 1] == source[unit[0]]


def _zero_counts(source: str, part: Part, unit: Span | None) -> bool:
    words = vocabulary()
    if words.zero_noun.match(source, part.end):
        return True
    if unit is None:
        return source[part.start] != "○" and _free(source, part)
    return source[unit[0]] not in words.zero_barred or source[part.start - 1 : part.start] in words.zero_left


# ---- dates ------------------------------------------------------------------------------------

_YEAR = deferred(r"[ \n]?(年代|年度?|学年|财年|赛季)")
_MONTH = deferred(r"[ \n]?(月份?(?![球亮饼]))")
_DAY = deferred(r"[ \n]?([日号])(?![常均])")
_DAYS = deferred(r"[ \n]?日(?:内|之内|以内|后|前|间|以上|左右|游|龄|多|行|余|至)")
_HOUR = deferred(
    r"[ \n]?(时(?![间长段])|点(?=[ ]?[0-9一二三四五六七八九十零]{1,3}分(?!之)|[一三]刻|半|钟|整|许"
    r"|[至到~—-][0-9一二三四五六七八九十]{1,3}[点时]))"
)
_MINUTE = deferred(r"[ \n]?([分秒])")
_POINT = deferred(r"(点)(?![多建意要])")
_ERA_BEFORE = deferred(r"公元前?$")
_ERA = deferred(r"[ \n]?(世纪|季度)")
_DAYTIME = deferred(r"(?:上午|下午|早上|晚上|中午|凌晨|傍晚|清晨|今晚|明早|昨晚|早|晚|午夜|深夜)$")
_TO_DATE = deferred(
    r"[至到~—-]+[0-9一二三四五六七八九十〇零]{1,4}(月(?!球)|日(?!内|之内|以内|后|游)|时(?!间|长)|年(?!以上|以下|左右))"
)
DATE_FIRST = frozenset("年月日号时点分秒学财赛世季至到~—-")


def date_unit(source: str, part: Part, last: Quantity | None) -> re.Match[str] | None:
    """The unit that makes a whole number a date: 2023年, 3月, 1月5日, 8时30分; group 1.

    3年, 12个月 and 5日内 are durations. A day or a minute is one behind a month or an hour.
    """
    value = part.low
    if value != part.high or value < 0 or part.over or part.kind != "number" or value != int(value):
        return None
    following = source[part.end : part.end + 1]
    if following in " \n":
        following = source[part.end + 1 : part.end + 2]
    if following in "年学财赛":
        return _year_unit(source, part)
    if following == "月":
        return _MONTH.match(source, part.end) if 1 <= value <= 12 and part.shape != "pair" else None
    if following in "日号":
        return _day_unit(source, part, last)
    if following in "世季":
        return _era_unit(source, part)
    if following in "时点":
        return _hour_unit(source, part, last)
    if following in "分秒" and last is not None and last.unit in ("时", "点", "分") and last.kind == "date":
        return _MINUTE.match(source, part.end) if last.outer_end == part.start else None
    return None


def _era_unit(source: str, part: Part) -> re.Match[str] | None:
    """世纪 of 21世纪, 季度 of 三季度; 两季度 is a duration."""
    match = _ERA.match(source, part.end)
    if match is None or (part.low > 4 if match[1] == "季度" else part.low < 10):
        return None
    return None if source[part.start] == "两" else match


def _hour_unit(source: str, part: Part, last: Quantity | None) -> re.Match[str] | None:
    """时, or 点 where a word or a number beside it tells the time of day (三点 alone may be three points)."""
    if part.low > 24:
        return None
    daytime = source[part.end] == "点" and (
        _DAYTIME.search(source, max(0, part.start - 2), part.start)
        or (last is not None and last.unit in ("点", "时") and _adjoins(source, part, last))
    )
    return (_POINT if daytime else _HOUR).match(source, part.end)


def _year_unit(source: str, part: Part) -> re.Match[str] | None:
    match, size = _YEAR.match(source, part.end), part.end - part.start
    if match is None:
        return None
    if match[1] == "年代" or _ERA_BEFORE.search(source, max(0, part.start - 3), part.start):
        return match
    if size == 4 and part.shape in ("arabic", "digits") and 1000 <= part.low <= 2200:
        return match if "," not in source[part.start : part.end] else None
    if size != 2:
        return None
    short = part.shape in ("two", "digits") or (
        part.shape == "arabic" and (source[part.start] == "0" or part.low > 69)
    )
    return match if short else None


def _adjoins(source: str, part: Part, last: Quantity) -> bool:
    """Whether a date stands before the number, with no more than 至 or 和 between."""
    return last.kind == "date" and not source[last.outer_end : part.start].strip(" \n至到-~—、和")


_DURATION = frozenset("前隔每共满达超续期约近足缩短少延长")


def _day_unit(source: str, part: Part, last: Quantity | None) -> re.Match[str] | None:
    match = _DAY.match(source, part.end)
    if match is None or part.low > 31 or part.low < 1:
        return None
    if last is not None and _adjoins(source, part, last):
        return match
    duration = (
        source[part.start - 1 : part.start] in _DURATION
        or match[1] == "号"
        or part.shape != "arabic"
        or _DAYS.match(source, part.end)
    )
    return None if duration else match


def begins_dates(source: str, part: Part) -> bool:
    """Whether a number without unit opens a span of dates: 1 in 1至3月, 2022 in 二〇二二至二〇二三年."""
    match = _TO_DATE.match(source, part.end)
    if match is None or part.kind != "number" or part.low != part.high:
        return False
    if match[1] == "年":
        return part.low >= 1000 and part.end - part.start == 4
    return part.low <= (12 if match[1] == "月" else 31) and part.shape in ("arabic", "single", "strong")


# ---- labels -----------------------------------------------------------------------------------

_LABEL_UNIT = deferred(
    r"[ ]?(号|路(?=[0-9]{1,4}号)|路公交|室|楼(?!房)|年级|等奖|等功|等座|版(?!本?权)|届(?!满))"
)
_SESSION = deferred(r"[一二三四五六七八九十]{1,2}[次中]")
_SITTING = deferred(r"(次)(?=全|会|代)")
_CONGRESS = deferred(r"(大)(?=[精报以代召提的胜开期闭重部会和及与，。、”])")
LABEL_UNIT_FIRST = frozenset("号路室楼年等版届大后次 ")
_GENERATION = deferred(r"()后(?=$|[，。、”年人员的群一])")
_GENERATIONS = frozenset((0, 5, 50, 60, 70, 75, 80, 85, 90, 95))
_HOTLINE_AFTER = deferred(r"[ \n]?[一-鿿]|[ ]?[、/和及]?[ ]?12[0-9]{3}(?![0-9])")
_EDGE = frozenset("码编话线真机打号备QR信箱：:是为 ")
_TELEPHONE = deferred(r"(?:电话|传真)[^，。；：0-9]{0,12}：$")
"""电话（办公室：62180000): a number of seven digits and more, whoever answers is named before it."""
_TELEPHONE_DIGITS = frozenset((7, 8, 11))
_TO_TELEPHONE = 16
_COUNTED = deferred("[余多]?[ ]?(?:[个次通起件宗条篇期]|人次)")
"""Counters of calls and of pieces, which no number of a telephone or an account has behind it."""


def label_unit(source: str, part: Part) -> re.Match[str] | None:
    """The unit that makes a number a name, group 1: 30号, 416室, 三年级, 二等奖, 7.0版, 二十大.

    十四届 is a name, and so are both numbers of 五届四次全会; 三届 may be a count.
    """
    if part.low in _GENERATIONS and (match := _GENERATION.match(source, part.end)):
        return match
    match = _LABEL_UNIT.match(source, part.end)
    han = part.shape not in ("arabic", "mixed")
    if match and match[1] == "届":
        return match if han and (part.low > 10 or _SESSION.match(source, match.end())) else None
    if match is None and han and 11 <= part.low <= 40:
        match = _CONGRESS.match(source, part.end)
    if match is None and source[part.start - 1 : part.start] == "届":
        match = _SITTING.match(source, part.end)
    return match


_ORDINALS_JOIN = frozenset({"、", "和", "及", "或", "与", "至", "到", "以及"})
JOIN_ENDS = frozenset(word[-1] for word in _ORDINALS_JOIN)


def goes_on(source: str, part: Part, last: Quantity) -> bool:
    """Whether a number goes on a list of ordinals: 4 in 第3、4条, 二十一条 in 第二十条、二十一条."""
    if source[last.unit_end : part.start] not in _ORDINALS_JOIN or part.low != part.high:
        return False
    counter, named = source[last.end : last.unit_end], source[last.start] == "第"
    hotlines = source.startswith("12", last.start) and part.end - part.start == 5
    if not counter and (named or hotlines):
        return True
    joined = named or source[last.start - 1] in JOIN_ENDS
    ascends = last.value is not None and part.low > last.value
    return joined and ascends and source.startswith(counter, part.end)


def is_label(source: str, part: Part) -> bool:
    """Whether a number names something: 邮编：527999, 12345热线, “1310”."""
    start, end = part.start, part.end
    before, words = source[start - 1 : start], vocabulary()
    if before in _EDGE and end - start > 2 and words.label_before.search(source, max(0, start - 12), start):
        return _COUNTED.match(source, end) is None  # 接听热线电话3200余个, 新媒体账号320条 count
    if end - start in _TELEPHONE_DIGITS and _TELEPHONE.search(source, max(0, start - _TO_TELEPHONE), start):
        return words.unit.match(source, end) is None
    after = source[end : end + 1]
    if before == "“" and after == "”":
        return True
    counted = after in ("余", "多") or words.unit.match(source, end)  # 12190余条
    if end - start == 5 and source.startswith("12", start) and not counted:
        return _HOTLINE_AFTER.match(source, end) is not None
    hotline = 3 <= end - start <= 6 and source[start] == "1" and after in words.label_heads
    return hotline and bool(words.label_after.match(source, end))


# ---- list marks -------------------------------------------------------------------------------

_ITEM = deferred(
    rf"(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:[.](?![0-9])|[.](?=(?:19|20)[0-9]{{2}}年)"
    r"|[.](?=(?:12|9[56])[0-9]{3}(?![0-9])[^，。；：0-9]{0,8}(?:热线|平台|工单|电话))"
    rf"|(?<=[一二三四五六七八九十])[ ](?=[一-鿿])|、(?![0-9{NUMERALS}]))"
)
# 1.加强: a point between a number and a Chinese character is never a decimal one.
_ITEM_ANYWHERE = deferred(r"[0-9]{1,2}\.(?=[\u4e00-\u9fff《“])")
_ITEM_BEFORE = deferred(r"(?:^|[\n。；： \t|])[ #*]*$")
_BRACKETED = deferred(r"[（(〔\[]([0-9]{1,4}|[一二三四五六七八九十]{1,3})[）)〕\]]")


def marker_end(source: str, start: int) -> int:
    """The end of the number of a list item (1. 三、), 0 where there is none."""
    if match := _ITEM_ANYWHERE.match(source, start):
        return match.end() - 1
    match = _ITEM.match(source, start)
    return match.end() - 1 if match and _ITEM_BEFORE.search(source, max(0, start - 6), start) else 0


def bracketed_end(source: str, start: int) -> int:
    """The end of a number that fills its brackets, （二） or 〔2021〕, 0 where none does."""
    match = _BRACKETED.match(source, start - 1)
    return match.end(1) if match else 0


_FILLED = deferred(
    rf"(?:(?<=[一-鿿]（)|(?<=[一-鿿]（ ))([0-9]{{1,9}})[ ]?）"
    rf"({FILLED}|(?<=[0-9]{{3}}）)(?:人次|[条件篇次期个份项宗人名场]))"
)


def filled_in(source: str, start: int) -> tuple[Span, Span] | None:
    """Where a number and its counter stand that fill the brackets of a form: 公开信息（35）条."""
    match = _FILLED.match(source, start)
    return (match.span(1), match.span(2)) if match else None


def half_counter(source: str, start: int) -> Part | None:
    """半 before a counter: 半个, 半小时."""
    words = vocabulary()
    unit = words.unit.match(source, start + 1)
    if unit is None or unit[1] not in words.half:
        return None
    return Part(start, start + 1, HALF, HALF, unit=unit.span(1))
