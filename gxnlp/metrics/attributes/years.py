"""Numbers told one for each of several years: 近三年分别为56件、71件、97件; 2021年至2023年，… 分别为…."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.running.state import State
from gxnlp.numerals import parse_numeral, year_of_digits

NAMED_YEAR = deferred(r"(?:19|20)[0-9]{2}|二[〇零○O0][一二][〇零○O0一二三四五六七八九]")
EARLIER = frozenset({"date.before", "w.last_year"})
_IN_BRACKET = deferred(r"年?(?:度|同期|全年|的)?（")
"""申请量较2022年（45件）下降20%: the number of the year that it stands behind."""
_SERIES = deferred(
    r"(?:近([两二三四五2-5])年来?|(20[0-9]{2})年?(?:至|到|—+|-|~)(20[0-9]{2})年"
    r"|((?:20[0-9]{2}年?(?:度|、|和|及)+){1,4}20[0-9]{2}年))[^。；0-9]{0,40}?分别"
)
_LED = deferred(r"[^。；，：0-9]{0,16}")
_JOINED = deferred(r"[ \n]?[、，和及与][ \n]?")
_YEAR = deferred(r"20[0-9]{2}")
_LATER = deferred(r"[，；][^，。；：、0-9]{2,20}$")
"""…，网站访问量分别为90万次、120万次: one more series over the same years."""
_FAR = 60
_FARTHEST = 160
_start_of = attrgetter("start")
_SINCE = deferred(
    r"(?:近[两二三四五六]年|[两二三四五六七八九十]年来|(?:自|从|(?<!\w)|(?<=[号站台户博信网]))(20[0-9]{2})年(?:[0-9]{1,2}月份?(?:[0-9]{1,2}日)?)?(?:[^，。；年]{0,8}(?:以来|至今)(?!的(?!累|总|访|浏|点))|起"
    r"|[^，。；年]{0,8}(?:上线|开通|运行|开设|创办|创刊|改版|注册|入驻|启用)[^。；年]{0,14}(?:累计|已|现有?|总|目前|至今|迄今|截[至止]20[0-9]{2}年(?:年?[底末]|[0-9]{1,2}月[底末]?(?:[0-9]{1,2}日)?))))[^。；年]{0,16}$"
)
_FAR_BEFORE = 40
_SO_FAR = deferred(r"目前(?:为止)?[^，。；0-9]{0,8}(?:总计|共计?|总共|合计)[^，。；0-9]{0,12}$")
"""主动公开90条，目前我委总计主动公开2614条."""
_ADDS_UP = frozenset({"info_published", "policy_docs", "interpretations", "views", "applications_received"})
_SUMMED = deferred(r"(?<!今年)(?<!本年)(?<!全年)(?<!年度)(?<!年内)累计[^，。；累]{0,6}$")


def set_year_of_series(draft: Draft, candidate: Candidate, state: State) -> None:
    """Give a number of a series the year it is for; it is that year's total."""
    if draft.aspect != "level" or state.info.year is None:
        return
    year = _year_in_series(candidate, state.folded, state.info.year)
    if year is not None:
        draft.period, draft.measure = year, "total"


def _year_in_series(candidate: Candidate, folded: str, year: int) -> int | None:
    """The year of a number that stands in a series of as many numbers as years, `None` where it does not."""
    start, sentence = candidate.quantity.start, candidate.sentence
    first = max(sentence.start, start - _FAR)
    if folded.find("分别", first, start) < 0:
        return None
    told = _SERIES.search(folded, max(sentence.start, start - _FARTHEST), start)
    if told is None:
        return None
    at = told.end()
    if (later := folded.rfind("分别", at, start)) >= 0 and _LATER.search(folded, at, later):
        at = later + 2
    years = _years_of(told.groups(), year)
    numbers = sentence.quantities[bisect_right(sentence.quantities, at - 1, key=_start_of) :]
    run = 0
    for number in numbers:
        if not (_JOINED if run else _LED).fullmatch(folded, at, number.outer_start):
            break
        run, at = run + 1, number.outer_end
    place = bisect_left(numbers, start, key=_start_of)
    return years[place] if run == len(years) and place < run else None


def _years_of(told: tuple[str | None, ...], year: int) -> list[int]:
    count, first, last, listed = told
    many = parse_numeral(count) if count else None
    if many is not None:
        return list(range(year - int(many) + 1, year + 1))
    if first is not None and last is not None:
        return list(range(int(first), int(last) + 1))
    return [year_of_digits(named) for named in _YEAR.findall(listed or "")]


def bracketed_year(candidate: Candidate, folded: str) -> Term | None:
    """较2022年（45件）: the earlier year that a bracket stands behind."""
    if candidate.own or not candidate.left or not candidate.between.endswith("（"):
        return None
    past = candidate.left[0]
    bracketed = _IN_BRACKET.fullmatch(folded, past.end, candidate.quantity.outer_start)
    return past if bracketed and not EARLIER.isdisjoint(past.classes) else None


def year_of(term: Term, folded: str, year: int) -> int:
    """The year that a word names, last year where it only says so (上年)."""
    found = NAMED_YEAR.match(folded, term.start, term.end)
    return year_of_digits(found[0]) if found else year - 1


def since_earlier(candidate: Candidate, state: State) -> bool:
    """近三年累计64件, 2020年以来共14件: more years than the report's."""
    start = candidate.quantity.outer_start
    first = max(candidate.sentence.start, start - _FAR_BEFORE)
    if state.folded.find("年", first, start) < 0:
        return False
    since = _SINCE.search(state.folded, first, start)
    if since is None:
        return False
    return not since[1] or (state.info.year is not None and int(since[1]) < state.info.year)


def exceeds_year(draft: Draft, candidate: Candidate, state: State) -> bool:
    """全年编发6期，累计编发118期: more than the year's total is the count since the start."""
    year = state.totals.get(draft.metric)
    if year is None or year.value is None or draft.value is None:
        return False
    summed = "累计" in candidate.between and _SUMMED.search(candidate.between)
    so_far = "目前" in candidate.between and draft.metric in _ADDS_UP and _SO_FAR.search(candidate.between)
    if not (summed or so_far):
        return False
    if f"{state.info.year}年" in state.folded[candidate.own_start : candidate.quantity.outer_start]:
        return False
    if not state.same_counter(year, candidate):
        return False
    return bool(year.value) and draft.value > year.value and year.channel == state.channel
