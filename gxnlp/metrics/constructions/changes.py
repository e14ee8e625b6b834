"""Growth, shares and rates: what a percentage or a rise by a count says of what was counted.

Pure, as `readings`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, COUNTED, Term
from gxnlp.metrics.constructions.rates import last_rate, named_rate, rate_reading, rate_term
from gxnlp.metrics.constructions.signs import bracketed, moved_too, signed, told_in_percent
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.governing import takes_days
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import (
    Draft,
    Reading,
    subject_metric,
    subject_term,
    unit_of,
)
from gxnlp.records import Value

_MOST_DOUBLINGS = 9
_RECEIVED, _CARRIED = "applications_received", "applications_carried_in"
_LEGAL = deferred(r"规定|法定|时限|期限|要求|标准")
_THAN_LEGAL = deferred(
    r"[较比][^，。；0-9]{0,6}(?:法定|规定|承诺)[^，。；0-9]{0,6}(?:时限|期限|时间|要求|标准)"
)
"""比法定时限压减43%: no change of what was counted."""
_TURNS = frozenset({"w.up", "w.down"})
_MOVES = _TURNS | {"w.reach"}
_WEIGHED = deferred(r"考核|绩效|分值|权重|(?:缴费|办件|业务量?|即办件|就业|入库)占比")
_SATISFIED = deferred(
    r"(?:“(?:非常|比较|基本)?满意”|(?:表示|评价为?|回答)(?:非常|比较|基本)?满意"
    r"|(?<!不)(?:非常|比较|基本|很)?满意(?:[和、及与](?:非常|比较|较为?|基本)?满意)?的)[^，。；]{0,16}$"
)
"""表示“满意”的占96%, 满意和基本满意的占88.9%: satisfaction told as the share of those who say so."""
_RATIO = deferred(
    r"占(?!领|据|用地|地|道|线)[^，。；：]{0,24}$|(?:总数|总量)的$|占比[^，。；：]{0,12}$|比重[^，。；：]{0,8}$"
    r"|(?:类(?:信息|文件)?|所占|[，（])的?比例(?:约?为|是|达到?)?$|占比最[高大多]，(?:为|达到?)$"
)
_IN_DAYS = deferred(r"(?:予以|作出|完成)?(?:答复|办结|办复|回复|反馈)的[^，。；0-9]{0,4}占比?(?:为|达)?$")
"""10个工作日内答复的占62%: the days are no figure, the share is."""
_MOVED_IN_BRACKET = deferred(r"（\s*(?:增[加长]|减少|下降|上升|[多少增减])了?\s*")
"""收到申请9件（减少2件）: with what it is compared is left out."""
_MOVED_BARELY = deferred(
    r"[，；]\s*(?:总量|总数|数量)?(?:(?:增加|增长|增多|上升|减少|下降|下滑|压减|缩减|缩短|压缩|提速)了?|[少多快涨跌掉]了)\s*"
)
"""公开信息980条，减少120条: the same where the number itself has just been told."""
_LAST = "(?:(?:上一?|去|前一?|20[0-9]{2})年(?:度|同期|末|底)*|年初|同期)"
_STANDS_OFF = deferred(
    rf"(?:[较比]{_LAST}|与{_LAST}相比|[同环]比)[^，。；0-9]{{0,6}}?(?P<by>[高低快慢]|新增加?)(?:出|了)?\s*$"
    rf"|(?P<over>[高低快慢多少超])[于出过]{_LAST}\s*$"
)
"""比上年低0.2个百分点, 比2022年快2.3个工作日, 比上年新增9件, 高于上年2个百分点."""
_AT_ONCE = deferred(r"(?:增加|增长|增多|上升|减少|下降)了?")
"""申请数比2012年的20件增加6件: last year's figure stands between."""
_ENDS_APART = tuple("高低快慢增加出了年度期末底初的")
"""Characters that `_STANDS_OFF` may end with."""
_RISES = frozenset({*"高慢多超", "新增", "新增加"})
_HANDLING = frozenset({"n.handling", "w.average"})
_RATED_IN = frozenset({"percent", "score"})
_PLACES = frozenset({"位", "名"})
_RANKS = deferred("排名第|[列居排]第|第[一二三四五六七八九十]{1,3}[位名]|排名[前第末]")
_SPLIT = frozenset({"proposals_npc", "proposals_cppcc"})
_NEXT_SHARE = deferred(r"[，、][^，。；：、0-9率]{2,10}")
"""数据类占六成，动态类三成: the next share of the same whole."""

_OF_MONEY = deferred(
    r"(?:经费|支出|收入|资金|费用|投资|产值|总额|金额|税收|销售额|成本)(?:总额|总量|决算|预算)?[^，。；0-9]{0,2}"
    r"(?:同比|环比|[比较与](?:上年|去年|上一年|前一年|年初|20[0-9]{2}年))[^，。；0-9]{0,10}$"
)
"""“三公”经费较上年下降11%: money, told beside what was published of it."""
_MORE = deferred(
    r"^[，、（；][^，；：0-9]{0,6}(?:新增|净增|增粉|涨粉|(?:<全年>|一年[里间内中]?|[比较](?:年初|上年|去年))(?:(?:多|涨|增|长)(?:出|了)|增[加长]了?))"
    r"(?:关注|粉丝|用户|订阅)?(?:人数|数|量)?(?:约|达|为|了|近)?$"
)
"""公众号关注人数8,600人，新增1,100人; 一年涨了1,100人."""
_ADDED = deferred(r"年[内度]?新增(?:关注|粉丝|用户|订阅)(?:用户|人数|者|数|量)?(?:约|近|为)?$")
"""年内新增粉丝740人: by how many they grew, with nobody counted before."""
_FEWER = deferred(
    r"^[，、（；](?:但|却|还|反而|反倒|又|倒){0,2}[^，；：0-9]{0,6}(?:掉粉|掉了?|净?流失了?|净?减少?了?|少了|跌了?|下降了?|取关|取消关注|脱粉)"
    r"(?:的|了)?(?:关注|粉丝|用户|订阅)?(?:人数|数|量)?(?:约|达|为|了|近)?$"
)
"""粉丝4.7万人，还掉了1,200人: the same of a fall."""
_MORE_DONE = deferred(
    r"(?:^|[，、；年期会班训读议])(?P<by>[多少])(?:<举办>|<发布>|<收到>|办理|受理|办结|开设)了?[^，。；：0-9]{0,10}$"
)
"""较上年多举办发布会3场, 培训多开展2次: more was done by so many."""
_FURTHER = deferred(
    r"^(?:[，、；](?:其中)?|[和与及])[^，。；：0-9]{0,12}(?:(?:增加|减少|上升|下降|增长)了?|[多少](?:<举办>|<发布>|<收到>|办理|受理|开设)了?[^，。；：0-9]{0,10})$"
)
"""总量增加75条，其中网站减少14条: a change told among others."""
_OF_WHOLE = deferred(
    r"(?:^|[，；。])\s*(?:主动|公开|发布|推送|信息)*总(?:量|数量?|条数)(?:上|，)?(?:同比|环比|较|比|相?较|与|[增减升降])"
)
"""网站90条，其中公告20条。总量比上年增加9条: of all of them, not of the part told last."""
_HOUSEHOLDS = ("户", "家")
_NOMINAL = ("幅", "率", "幅度", "增速", "比例")


def read_percent(candidate: Candidate, rules: Rules, mentions: Sequence[Draft]) -> Reading | None:
    """Growth, share or rate of a percentage, or `None`.

    Args:
        candidate: The percentage in its context.
        rules: The metric rules.
        mentions: What may be grown or shared: the mentions of the sentence, none where the number
            just before was none of ours.
    """
    mentions = _of_whole(candidate, mentions)
    last = mentions[-1] if mentions else None
    moved = direction(candidate) or signed(candidate, last)
    if moved and _THAN_LEGAL.search(candidate.between):
        return None
    if candidate.quantity.kind == "percent_point":
        return _points(candidate, rules, mentions, moved)
    if _SATISFIED.search(candidate.between):
        return Reading("satisfaction", "percent", None, "satisfied", 0.9)
    if last is not None and not moved and (again := told_in_percent(candidate, last)):
        return _growth_of(last, again)  # 比上年增加7件（31.8%）
    if candidate.quantity.kind == "fraction" and moved and "w.compare" in candidate.before:
        return _growth(candidate, rules, mentions, subject_term(candidate, rules), moved)
    if _is_share(candidate, last):
        named = _IN_DAYS.match(candidate.between) is not None
        named |= any(t.kinds & (COUNTED | CHANNEL) for t in (*candidate.own, *candidate.left))
        weighed = _WEIGHED.search(candidate.between)
        return Reading("share", "percent", None, "share", 0.95) if (last or named) and not weighed else None
    rate = rate_term(candidate)
    shared = last is not None and last.metric == "share" and rate is None and not moved
    if shared and _NEXT_SHARE.fullmatch(candidate.between):
        return Reading("share", "percent", None, "share", 0.9)
    if moved and _OF_MONEY.search(candidate.between):
        return None
    if moved:
        return _growth(candidate, rules, mentions, rate or subject_term(candidate, rules), moved)
    if rate is not None:
        return rate_reading(rate, rules, "level", 1)
    return named_rate(candidate, rules, last)


def _points(candidate: Candidate, rules: Rules, mentions: Sequence[Draft], moved: int) -> Reading | None:
    """Percentage points by which a rate, or what was just counted, rose or fell."""
    target, last = rate_term(candidate) or last_rate(mentions), mentions[-1] if mentions else None
    if moved and target:
        return rate_reading(target, rules, "change", moved)
    if moved and last is not None and last.aspect == "level" and "w.compare" in candidate.before:
        return Reading(last.metric, "percent", last.head, "points", 0.85, "change", sign=moved)
    return None


def _is_share(candidate: Candidate, last: Draft | None) -> bool:
    """占42.9%, 约占42.9%, 占总量的四分之一, 9件（42.9%）."""
    ratio = _RATIO.search(candidate.between)
    if "的" in candidate.between and _IN_DAYS.match(candidate.between):
        return True
    told = ratio is not None and not (ratio[0].endswith("的") and candidate.quantity.kind == "fold")
    told |= any("w.ratio" in t.classes and t.start >= candidate.quantity.outer_start for t in candidate.own)
    return told or candidate.quantity.kind == "fraction" or (last is not None and bracketed(candidate))


def _growth(
    candidate: Candidate, rules: Rules, mentions: Sequence[Draft], target: Term | None, moved: int
) -> Reading | None:
    """Growth of what the sentence names, else of what was counted last."""
    if target is not None:
        return rate_reading(target, rules, "growth", moved)
    last = mentions[-1] if mentions else None
    if (
        last is not None
        and last.aspect == "change"
        and last.end == candidate.bound
        and last.unit != "percent"
    ):
        return _growth_of(last, moved)  # 总量增加9条，增长5%
    levels = _levels(candidate, mentions)
    if candidate.between.startswith("）"):  # 受理申请9件（含结转2件），同比增长5%
        levels = [m for m in levels if m.metric != "applications_carried_in"]
    level = next(iter(levels), mentions[-1] if mentions else None)
    if level is None:
        return None
    if level.metric.startswith("applications_") and candidate.bound == candidate.sentence.start:
        level = next((m for m in reversed(mentions) if m.metric == "applications_received"), level)
    return _growth_of(level, moved)


def _levels(candidate: Candidate, mentions: Sequence[Draft]) -> list[Draft]:
    """Levels, latest first; 新收36件，上年结转4件，同比增长12%: what came in is compared, not the rest."""
    levels = [m for m in reversed(mentions) if m.aspect == "level"]
    carried = bool(levels) and levels[0].metric == _CARRIED and not candidate.between.startswith("（")
    came = next((m for m in levels if m.metric == _RECEIVED), None) if carried else None
    if came is None or came.sentence != levels[0].sentence:
        return levels
    told = any(m.metric == _RECEIVED and m.aspect != "level" and m.start > came.start for m in mentions)
    return levels if told else [m for m in levels if m.metric != _CARRIED]


def _growth_of(level: Draft, moved: int) -> Reading:
    return Reading(level.metric, "percent", level.head, "growth", 0.9, "growth", sign=moved)


def shares_a_fraction(candidate: Candidate, folded: str) -> bool:
    """占总量的四分之一, 约占一半, 减少近四分之一: a fraction of a whole, or by which it moved."""
    quantity = candidate.quantity
    if quantity.kind != "fraction":
        return False
    if "占" in folded[quantity.outer_start : quantity.start] or _RATIO.search(candidate.between):
        return True
    if "w.compare" in candidate.before and direction(candidate) != 0:
        return True
    asked = candidate.closed and bool(candidate.own) and "n.apply" in candidate.own[0].classes
    return asked and candidate.own[0].end == quantity.outer_start  # 企业提交的申请接近半数


def direction(candidate: Candidate) -> int:
    """1 for a rise, -1 for a fall, 0 where the wording says the level (增至, 达到)."""
    if (apart := _stands_off(candidate)) is not None:
        return 1 if (apart["by"] or apart["over"]) in _RISES else -1
    may_do = "多" in candidate.between or "少" in candidate.between
    if may_do and (done := _MORE_DONE.search(candidate.between)) is not None:
        return 1 if done["by"] == "多" else -1
    if _MOVES.isdisjoint(candidate.before):
        return 0
    words = [t for t in candidate.own if not _MOVES.isdisjoint(t.classes)]
    if not words or candidate.quantity.outer_start - words[0].end > 4:
        return 0
    if "w.reach" in words[0].classes:
        named = len(words) > 1 and _text(words[1], candidate).endswith(_NOMINAL)  # 降幅为20%
        if not _is_rate_of_rise(words) or not (named or "达" in _text(words[0], candidate)):
            return 0
    word = words[1] if "w.reach" in words[0].classes else words[0]
    return 1 if "w.up" in word.classes else -1 if "w.down" in word.classes else 0


def _stands_off(candidate: Candidate) -> re.Match[str] | None:
    """By how much it is more or less than another year's."""
    may_end = candidate.between.rstrip().endswith(_ENDS_APART)
    return _STANDS_OFF.search(candidate.between) if may_end else None


def in_percent(value: Value | None, unit: str) -> Value | None:
    """Growth by so many times in percent: 增长1.2倍 is 120, 翻两番 300."""
    if value is None:
        return None
    doubled = unit == "番" and value == int(value) <= _MOST_DOUBLINGS
    return (2 ** int(value) - 1 if doubled else value) * 100


def _is_rate_of_rise(words: list[Term]) -> bool:
    """增长率达40%, 增幅为16.8%: the reach word only links."""
    return len(words) > 1 and not words[1].classes.isdisjoint(_TURNS) and words[0].start - words[1].end <= 1


def _text(term: Term, candidate: Candidate) -> str:
    offset = candidate.bound
    return candidate.between[term.start - offset : term.end - offset]


def read_change(candidate: Candidate, rules: Rules, mentions: Sequence[Draft]) -> Reading | None:
    """A rise or fall by a count (比上年增加22件), or `None`."""
    mentions = _of_whole(candidate, mentions)
    sign = signed(candidate, mentions[-1] if mentions else None)
    told = _gained(candidate, mentions)
    moved = sign or told or direction(candidate)
    if not moved:
        return None
    compared = bool(sign) or _stands_off(candidate) is not None
    compared |= "w.compare" in candidate.before or bool(mentions and mentions[-1].rule == "compared")
    compared |= bool(mentions) and _MOVED_IN_BRACKET.fullmatch(candidate.between) is not None
    compared |= bool(mentions) and _goes_on_barely(candidate, mentions[-1], rules)
    compared |= (
        bool(mentions)
        and mentions[-1].end == candidate.bound
        and _AT_ONCE.fullmatch(candidate.between) is not None
    )
    moved_on = bool(mentions) and mentions[-1].aspect != "level"
    further = moved_on and _FURTHER.search(candidate.between) is not None
    compared |= further
    net = "净" in candidate.between or re.search(r"[涨增]粉|(?:年|年内|全年)[新净]?增$", candidate.between)
    subject = subject_term(candidate, rules)
    gained = subject is not None and "n.follower" in subject.classes and "新增" in candidate.between
    gained = gained and (
        candidate.quantity.unit not in _HOUSEHOLDS or any(t.kinds & CHANNEL for t in candidate.own)
    )
    quicker = _is_quicker(candidate, rules)
    gained |= told != 0
    if not (compared or net or gained or quicker):
        return None
    if (compared or quicker) and _LEGAL.search(candidate.between):
        return Reading("", "", None, "legal limit", 0.0)
    if quicker:
        return Reading("handling_days", "day", subject, "change", 0.9, "change", sign=moved)
    if subject is not None:
        metric = subject_metric(subject, rules)
        if metric == "other_metric" or "n.rate_reply" in subject.classes:
            return None
        return Reading(metric, unit_of(metric, ""), subject, "change", 0.9, "change", sign=moved)
    levels = _levels(candidate, mentions)
    groups = rules.counter_groups(candidate.quantity.unit)  # 公报12期，刊登文件74件，比上年增加2期
    level = next((m for m in levels if not m.counters.isdisjoint(groups)), levels[0] if levels else None)
    level = level or (mentions[-1] if further else None)
    if level is None:
        return None
    if _moves_in_rank(candidate, level):
        return Reading("", "", None, "rank", 0.0)
    apart = "分别" in candidate.between
    metric = "proposals" if not apart and _ends_split(mentions) else level.metric
    unit = unit_of(level.metric, "") if level.unit == "percent" else level.unit
    return Reading(metric, unit, level.head, "change", 0.9, "change", sign=moved)


def _moves_in_rank(candidate: Candidate, level: Draft) -> bool:
    """满意率98%，较上年上升3位; 得分92分，排名第4，较上年上升6名: places, nothing that is counted."""
    if candidate.quantity.unit not in _PLACES:
        return False
    return level.unit in _RATED_IN or _RANKS.search(candidate.between) is not None


def _of_whole(candidate: Candidate, mentions: Sequence[Draft]) -> Sequence[Draft]:
    """The mentions, and behind parts their whole where the clause says that it moved."""
    whole = mentions[-1].part_of if mentions and "总" in candidate.between else None
    return [*mentions, whole] if whole is not None and _OF_WHOLE.match(candidate.between) else mentions


def _gained(candidate: Candidate, mentions: Sequence[Draft]) -> int:
    """1 where followers were won, -1 where some were lost, with no other year told; else 0."""
    if mentions and mentions[-1].metric == "followers":
        if _FEWER.search(candidate.between):
            return -1
        if _MORE.search(candidate.between):
            return 1
    if mentions and mentions[-1].aspect == "change" and (too := moved_too(candidate)):
        return too
    return int("新增" in candidate.between and _ADDED.search(candidate.between) is not None)


def _is_quicker(candidate: Candidate, rules: Rules) -> bool:
    """平均办理时长缩短2天: by how many days, though nothing says since when."""
    if "day" not in rules.counter_groups(candidate.quantity.unit):
        return False
    return not _HANDLING.isdisjoint(candidate.before) and not takes_days(candidate)


def _goes_on_barely(candidate: Candidate, last: Draft, rules: Rules) -> bool:
    """Whether nothing but a rise or fall stands between a number and the one that it moved by."""
    if last.aspect != "level" or _MOVED_BARELY.fullmatch(candidate.between) is None:
        return False
    if last.metric == "handling_days" and (candidate.quantity.value or 0) > (last.value or 0):
        return False  # 平均办理时间4.6天，压缩15.4天: of what the law allows
    return not last.counters.isdisjoint(rules.counter_groups(candidate.quantity.unit))


def _ends_split(mentions: Sequence[Draft]) -> bool:
    """建议9件、提案12件，较上年减少4件: both kinds together."""
    pair = mentions[-2:]
    return {m.metric for m in pair} == _SPLIT and all(m.aspect == "level" for m in pair)
