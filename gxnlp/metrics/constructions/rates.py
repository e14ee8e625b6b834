"""Rates: their nouns, rates told by a verb or by those who say so, and by how much several moved at once.

Pure, as `readings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gxnlp.deferred import deferred
from gxnlp.lexicon import Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import LONGEST_BUSINESS, Draft, Reading, subject_metric
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.records import Interval

_CASES = frozenset(
    {"messages", "hotline_cases", "proposals", "proposals_npc", "proposals_cppcc", "applications_received"}
)
_RATES = frozenset({"n.rate_reply", "n.rate_satisfaction", "n.rate_other"})
_SAY_SO = deferred(
    r"(?:以上|左右)?的[^，。；：0-9]{1,10}?(?:表示|感到|认为|评价为?|反映|回答|都?说)(?:非常|比较|基本|很|总体)?满意"
)
"""99.2%的来电人表示满意."""
_RATED = deferred(
    r"(?:审计|隐患|门诊|住院|患者|病人|审批|许可|登记|报装|供[水电气热]|案件|结案|企业|培训|学员|就业|毕业|顾客|游客|家长|业务|事项|信访"
    r"|窗口(?:服务|群众|评价|办件)?|登记(?:当[日场天])?|(?:现场|窗口|群众)评价)(?:事项)?$"
)
_NAMED_RATE = deferred(
    r"(?:上墙|公示|亮牌|晒出|上网|公布|知晓|政策知晓|张贴)率(?:均|都|已|始终)?(?:<达>|实现)?$"
    r"|(?:公示|收费项目|公开栏|公示牌|明白卡|明白纸|查阅点|显示屏|公开专区)[^，。；：、0-9]{0,6}(?:覆盖|完好|更新)率(?:均|都|已)?(?:<达>|实现)?$"
    r"|(?:公开|解读|电子化|栏目|目录|网站|网页|政策|文件|决策|公文|新媒体|信息)[^，。；：、0-9]{0,10}(?:率|比例)"
    r"(?:均|都|已|分别|始终|一直)?(?:<达>|实现)?$|解读(?:达到?|为)$"
)
"""目录编制完成率100%, 图解比例达60%, 多样化解读达30%: rates of disclosure that no list names."""
_OF_GOODS = deferred(r"食品|产品|商品|药品|农产品|水质|质量|农药|种子|作业|监督抽检")
_DONE_IN_TIME = deferred(
    r"(?:按[期时]|如期|及时|限[期时]|依法|全部|均|都|已|[期时]限内)(?:予以|进行|作出|办理)?(?:答[复覆]|办[复结]|回[复覆])(?:达到?)?$"
)
_DONE = deferred(r"[，；、](?:已|均|都|全部)*(?:答[复覆]|办[复结]|回[复覆])(?:达到?|了|为)?")
_NO_RATE = deferred(r"(?:增长|增幅|同比|环比|下降|提高|上升)[^，。；]{0,8}$")
_LINKS = ("率", "为", "是", "持", "现", "达", "到", "：")
_NOTHING = deferred(r"率(?:均|都|仍|依然|始终|一直|继续)?(?:保持|实现|为|是|达到?|：){0,2}$")
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_POINTS = "百分点"
_MOVED = deferred(
    r"(?:分别|依次)(?:较上年|比上年|同比|较去年|比去年)?(上升|提[高升]|增[加长]|提升|涨|高|下降|降低|减少|回落|低)了?"
    rf"({_NUMBER}个?(?:百分点)?(?:[、，]{_NUMBER}个?(?:百分点)?)*[和及与、，]{_NUMBER}个?百分点)"
)
_EACH = deferred(rf"{_NUMBER}(?:个?百分点|个)?")
_FALLS = frozenset({"下降", "降低", "减少", "回落", "低"})


def named_rate(candidate: Candidate, rules: Rules, last: Draft | None) -> Reading | None:
    """The level of a rate that no noun of the lexicon names before the percentage, or `None`.

    Args:
        candidate: The percentage in its context.
        rules: The metric rules.
        last: The mention before it.
    """
    return (
        _said_behind(candidate, rules)
        or _done(candidate, last)
        or _named_rate(candidate)
        or _rate_of_checks(candidate, last)
    )


def _said_behind(candidate: Candidate, rules: Rules) -> Reading | None:
    """百分之百按时办结, 以98.6%的满意率, 及时办复100%: a rate named behind its figure, or by its verb."""
    behind = candidate.right[0] if candidate.right else None
    between = behind.start - candidate.quantity.outer_end if behind is not None else -1
    if behind is not None and between == 0 and "v.handle" in behind.classes:
        return Reading("reply_rate", "percent", behind, "done", 0.9)
    if behind is not None and between == 1 and not _RATES.isdisjoint(behind.classes):
        return rate_reading(behind, rules, "level", 1)
    if "满意" in candidate.follows and _SAY_SO.match(candidate.follows):
        return Reading("satisfaction", "percent", None, "satisfied", 0.9)
    if _DONE_IN_TIME.search(candidate.between):
        return Reading("reply_rate", "percent", candidate.own[0] if candidate.own else None, "done", 0.9)
    return None


def _done(candidate: Candidate, last: Draft | None) -> Reading | None:
    """建议9件，答复100%: how many of the cases just counted were answered."""
    counted = last is not None and last.metric in _CASES and last.aspect == "level"
    if not counted or _DONE.fullmatch(candidate.between) is None:
        return None
    return Reading("reply_rate", "percent", candidate.own[0] if candidate.own else None, "done", 0.9)


def _named_rate(candidate: Candidate) -> Reading | None:
    """A rate by its own name that is no word of the lexicon (guideline part 2, rule 11)."""
    found = _NAMED_RATE.search(candidate.between)
    if found is None or _NO_RATE.search(candidate.between) or not _RATES.isdisjoint(candidate.before):
        return None
    if _RATED.search(candidate.between[max(0, found.start() - LONGEST_BUSINESS) : found.start()]):
        return None
    return Reading("other_metric", "percent", None, "named rate", 0.85)


def _rate_of_checks(candidate: Candidate, last: Draft | None) -> Reading | None:
    """开展网站普查4次，合格率100%; 季度抽查中合格率均为100%: of the sites that are checked, not of goods."""
    rate = next((t for t in candidate.own if "n.rate_any" in t.classes), None)
    if rate is None or _OF_GOODS.search(candidate.between):
        return None
    checked = last is not None and last.metric == "inspections"
    if not checked and not any("n.inspection" in t.classes for t in candidate.own):
        return None
    return Reading("other_metric", "percent", rate, "rate of checks", 0.85)


def rate_reading(target: Term | Draft, rules: Rules, aspect: str, sign: int) -> Reading:
    """A rate, or by how much it moved, of the noun that names it or of a mention of it."""
    if isinstance(target, Draft):
        return Reading(target.metric, "percent", target.head, aspect, 0.95, aspect, sign=sign)
    metric = subject_metric(target, rules)
    return Reading(metric, "percent", target, f"rate {aspect}", 0.97, aspect, sign=sign)


def last_rate(mentions: Sequence[Draft]) -> Draft | None:
    """The rate that was told last, shares left out."""
    return next((m for m in reversed(mentions) if m.unit == "percent" and m.metric != "share"), None)


def is_rate_of_nothing(candidate: Candidate) -> bool:
    """败诉率为0: a rate with no sign of percent behind its figure."""
    quantity = candidate.quantity
    bare = not quantity.unit and quantity.value == 0 and candidate.between.endswith(_LINKS)
    return bare and _NOTHING.search(candidate.between) is not None


def rate_term(candidate: Candidate) -> Term | None:
    """The nearest rate noun before the quantity; 审批办结率 and 门诊满意度 are none of ours."""
    if _RATES.isdisjoint(candidate.before):
        return None
    rate = next((t for t in (*candidate.own, *candidate.left) if not _RATES.isdisjoint(t.classes)), None)
    if rate is None:
        return None
    here = max(0, rate.start - candidate.bound)
    of_business = _RATED.search(candidate.between[max(0, here - LONGEST_BUSINESS) : here])
    return None if of_business else rate


def rates_moved(sentence: Sentence, folded: str, mentions: Sequence[Draft]) -> dict[int, Draft]:
    """Changes of the rates that were told last, as many as there are figures, by where each figure starts.

    Args:
        sentence: Any sentence.
        folded: The folded text of the report.
        mentions: The mentions before it and in it, in order.
    """
    if folded.find(_POINTS, sentence.start, sentence.end) < 0:
        return {}
    return {draft.start: draft for draft in _find(sentence, folded, mentions)}


def _find(sentence: Sentence, folded: str, mentions: Sequence[Draft]) -> Iterator[Draft]:
    for told in _MOVED.finditer(folded, sentence.start, sentence.end):
        figures = list(_EACH.finditer(folded, told.start(2), told.end(2)))
        rates = [m for m in mentions if _is_rate(m) and m.end <= told.start()][-len(figures) :]
        near = all(m.paragraph == sentence.paragraph for m in rates)
        if len(rates) == len(figures) > 1 and near and len({m.metric for m in rates}) == len(rates):
            sign = -1 if told[1] in _FALLS else 1
            pairs = zip(rates, figures, strict=True)
            yield from (_change(rate, figure, sign, sentence) for rate, figure in pairs)


def _is_rate(mention: Draft) -> bool:
    return mention.unit == "percent" and mention.metric != "share" and mention.aspect == "level"


def _change(rate: Draft, figure: re.Match[str], sign: int, sentence: Sentence) -> Draft:
    digits = re.match(_NUMBER, figure[0])
    value = sign * Decimal(digits[0] if digits is not None else 0)
    return replace(
        rate,
        start=figure.start(),
        end=figure.end(),
        value=value,
        lower=value,
        upper=value,
        aspect="change",
        measure="total",
        qualifier="exact",
        sentence=Interval(sentence.start, sentence.end),
        section=sentence.section,
        implied=False,
        trust=0.9,
        rule="rates moved",
        paragraph=sentence.paragraph,
    )
