"""Numbers that go on with what was counted before: 365期、1102条, 由58个减到44个, 较上年的790条."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import COUNTED, VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import (
    INFORMATION,
    PART,
    Draft,
    Reading,
    is_aside,
    is_percent,
    subject_metric,
    subject_term,
)
from gxnlp.metrics.lists.coordination import Batch
from gxnlp.metrics.lists.levels_of_media import is_level_of_media
from gxnlp.metrics.lists.sums import sums_channels
from gxnlp.metrics.running.state import State
from gxnlp.numerals import year_of_digits

_JOINED = deferred(
    r"[、，和及与\s]{0,3}|[、，；]\s*(?:其中)?(?:20[0-9]{2}年度?|第?[一二三四]季度|[上下]半年|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?)的?(?:为|有|共|则为|达到?|<发布>)?"
)
"""365期、1102条, and one more year or quarter of a series (2021年310条、2022年420条)."""
_DATES = frozenset({"date.before", "date.same", "date.after", "w.reach", "w.among"})
_COMPARED = deferred(
    r"(?:(?:^|[较比与同由从])(?:上一?个?学?年|去年|前一年|20[0-9]{2}年|二[〇零○O0][一二][〇零○O0一二三四五六七八九]年)度?(?:同期|全年|末|底)?的?"
    r"|[较比与](?:上一?个?学?年|去年|前一年|20[0-9]{2}年)度?(?:同期|全年)?（"
    r"|^[，；](?:上学?年|去年|上一学?年|前一年)度?(?:同期|全年)?(?=$)"
    r"|[，；（]而?(?:上学?年|去年|上一学?年|前一年|20[0-9]{2}年)度?(?:同期|全年|末|底)?(?:还|才|也|却)?(?:只|仅|不过|为|是|：|的|有|达到?|同期|仅为|只有|仅有|才|只是|不到){1,2}|[较比]年初的"
    r"|[高低多少大小快慢]于(?:上一?年|去年|前一年|20[0-9]{2}年)度?(?:同期|全年|平均)?的"
    r"|（(?:上学?年|去年|上一年|前一年|20[0-9]{2}年)度?(?:同期|全年)?(?:为|：)?)\s*$"
)
_REACHED = deferred(r"[，、](?:为|达到?了?|降至|降到|升至|增至|减至)")
_SO_FAR = deferred(r"[，、（](?:历年)?(?:累计|总计)(?:<收到>|<发布>)?")
_YEAR = deferred(r"20[0-9]{2}|二[〇零○O0][一二][〇零○O0一二三四五六七八九]")
_PROGRAMME = deferred(
    r"[，、；和及]\s*(?:自办|新闻|品牌|特色)?(?:栏目|节目|专栏)?(?:《[^》]{2,16}》[、和]?){1,4}"
)
"""播发《…》256期、自办栏目《…》36期: one more programme of the station."""
_KIND_OF_CASE = deferred(
    r"[，、；：（）。]?(?:其中|包括|具体为)?[，：]?(?:(?:属于?|涉及)[^，。；：、（）0-9]{2,14}的|(?:属于?)?[^，。；：、（）0-9]{1,10}类(?:事项|诉求|问题|工单|信件|来信|留言|来电|件)?)(?:的?有|共|为|是|达)?"
)
_REACHES = deferred(
    r"(?:[，；]|[猛陡激跃快急]?)(?:现|已|目前|年末|年底|总数|总量|累计|共){0,3}"
    r"(?:(?:增[加长]?|上升|涨|升|提[高升]|扩[大充]|发展|跃升|攀升)[到至]|达到?了?)"
)
"""净增19.3万，达到63.1万: the level behind what it was before, or by how much it rose."""
_MADE_UP_OF = deferred(r"[、，（]?\s*(?:共?计|共|合计)")
"""编发331期、计902条: what was counted, counted once more in pieces."""
_COPIES = deferred(r"[，、（]?(?:共计?|合计|总计)?(?:印发|印制|印刷|发行|印数为?)?")
"""公报4期800册: issues, then the copies of them."""
_BOUND = frozenset("册本份")
_OF_THOSE = deferred(
    r"[，；（][^，；：。（）0-9]{1,22}?(?:(?<!有)的有?|(有|出席|参加|主持|到场|到会|主讲|主办|举行|举办|组织|召开|发布)了?过?)\s*"
)
_SESSIONS = frozenset(
    {"press_conferences", "interviews", "open_meetings", "trainings", "trainees", "inspections"}
)
_DIVISIBLE = _SESSIONS | {
    INFORMATION,
    "videos",
    "graphics",
    "interpretations",
    "media_reports",
    "policy_docs",
}
_IN_NAMES = frozenset({"n.info", "n.rate_other"})
"""新闻办, 信息中心: what stands in names of bodies; 全文电子化的: in what is said of some."""
_KEPT = deferred(
    r"[，；][^，；：。0-9]{0,10}?(?:(保留|留存|现存|剩下?|尚存|存续|留用|仅存|现有|目前共计?有?|目前总计|目前合计|目前有|现共有|现共计|(?:正常)?在?(?:运行|运营|运维)|在用)|注销|关停|关闭|清理|撤销|停用|(?:整合|合并|归并|迁移)(?![为成至到]))(?:了|下|有|为){0,3}"
)
_SUM = deferred(
    r"[，；、。（]?\s*(?:上述|以上)?(?:[两三四五六七八九几各](?:者|[级类项家](?:媒体|平台|渠道|单位)?|个层级)|[两三四五六]个(?:账号|平台|渠道)|全部)?(?:全年)?(?:<共>|合起来|加起来)"
    r"(?:共|为|有|达|达到|<发布>)?"
)
_FROM = deferred(r"[由从]|[比较](?:上一?|去|前一?|20[0-9]{2})年(?:度|同期)?的$")
"""由58个减到44个, 比上年的9.4天缩至7.8天."""
_CASES = frozenset({"reviews", "lawsuits"})
_PAIR = 2
_BODIES = deferred(
    r"[，、；（：]\s*(?:其中[，：]?)?各?(?:"
    r"[省市县区州旗盟镇乡村](?:本?级|直)(?:各?(?:部门|单位|机关)|机关单位)?|[省市县区州旗]直(?:属)?(?:部门|单位|机关)"
    r"|(?:县区|区县|市县|县市区|县（市、区）|县（市）区|县（区）|乡镇|镇街|街镇|镇乡|街道|乡镇街道|乡镇（街道）|镇（街道）|乡（镇）|部门|科室|园区|开发区)(?:和?园区)?"
    r")(?:<共>|分别|为|有|<发布>){0,2}\s*"
)
"""，县直单位27条: bodies by their level, and nothing of what they count."""

_TOLD_BEHIND = deferred(r"[^，。；：、（）\s和及与]{2}")
_RATES = frozenset({"reply_rate", "satisfaction"})
_ANSWERS = frozenset({"v.handle", "date.after", "w.next_year", "w.plan"})


_BARE_CASE = (
    r"(?:政策|业务|有效|一般|其中|市民|群众)?(?:咨询|投诉|举报|求助|建议|意见建议|意见|表扬|感谢|求决|纠错|申诉|反映问题|非警务求助|报修|报警|报障|催办|预约|查询)"
    r"(?:[、和与及](?:咨询|投诉|举报|求助|建议|意见))?(?:类|件|工单|事项|单)?"
)
_BARE_KIND_OF_CASE = deferred(
    rf"[，、；：（。]?(?:其中|包括|包含|含|里面|内)?有?[，：]?{_BARE_CASE}(?:的?有|共|为|是|达|占)?"
)
"""热线接收诉求90件，咨询60件、投诉30件: bare names of kinds, each no more than the whole."""
_NAMES_KIND = deferred(rf"{_BARE_CASE}$")
_WAY_TO_COURT = deferred(
    r"[，、；：（。]?(?:其中|包括)?[，：]?(?:未经复议(?:的|而)?直接|直接|经?复议后)(?:提起)?(?:行政)?(?:诉讼|起诉)(?:的|案件)*(?:有|共|为)?"
)
"""行政诉讼9件，未经复议直接起诉6件、复议后起诉3件: the two ways that the form asks for."""
_KINDS_OF = {
    "hotline_cases": _KIND_OF_CASE,
    "messages": _KIND_OF_CASE,
    "lawsuits": _WAY_TO_COURT,
}


def continues(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """365期、1102条 and 由58个精简到44个: a number that goes straight on keeps the metric."""
    if candidate.between.startswith("）") and (next_one := _goes_on_behind(candidate, batch, state)):
        return next_one
    return _goes_straight_on(candidate, batch, state)


def _goes_straight_on(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    if not batch or not _same_kind(batch[-1][0], candidate, batch[-1][1], state):
        return None
    last = batch[-1][1]
    names = candidate.before
    if last.metric == "gazettes" and candidate.quantity.unit in _BOUND:
        copies = batch[-1][0].quantity.unit not in _BOUND and _COPIES.fullmatch(candidate.between)
        return Reading("other_metric", "copy", last.head, "copies", 0.9) if copies else None
    alike = is_percent(batch[-1][0].quantity.kind) <= (batch[-1][0].quantity.kind == candidate.quantity.kind)
    if alike and candidate.closed and names <= _DATES and _JOINED.fullmatch(candidate.between):
        if candidate.right and _says_anew(candidate.right[0], batch[-1]):
            return None
        if last.metric.startswith("applications_") and _TOLD_BEHIND.match(candidate.follows):
            return None  # 收到申请9件，2件已提供
        return again(last, "continues")
    if last.metric == "media_reports" and _PROGRAMME.fullmatch(candidate.between):
        return again(last, "next programme")
    if _sums_up(candidate, batch):
        return _sum_of(candidate, batch, state)
    if last.metric == INFORMATION and last.aspect == "level" and _MADE_UP_OF.fullmatch(candidate.between):
        return again(last, "continues")
    if last.aspect in ("level", "change") and _REACHES.fullmatch(candidate.between):
        reached = again(last, "reaches")
        reached.aspect, reached.sign = "level", 1
        return reached
    if last.aspect == "change" and _REACHED.fullmatch(candidate.between):
        reading = again(last, "reached")  # 较上年缩短2天，为6.1天
        reading.aspect, reading.sign = "level", 1
        return reading
    moved = "w.reach" in names and _from_before(batch)
    if moved and not any(n.startswith(("n.", "o.", "v.publish", "w.among")) for n in names):
        return again(last, "reaches")
    return None


def _from_before(batch: Batch) -> bool:
    """由2011年的6万次、2012年的8万次上升到12万次: whether 由 stands before the figures that went before."""
    place = len(batch) - 1
    while place > 0 and batch[place][1].rule == "continues":
        place -= 1
    return _FROM.search(batch[place][0].between) is not None


def _goes_on_behind(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """6.3万（+0.9万）、8.8万: a number that goes on from the one that a bracket tells more of."""
    place = len(batch) - 1
    while place > 0 and is_aside(batch[place][1]):
        if not batch[place][0].between.lstrip().startswith("（"):
            place -= 1
            continue
        before, last = batch[place - 1]
        joined = candidate.closed and _JOINED.fullmatch(candidate.between[1:]) is not None
        goes_on = joined and candidate.before <= _DATES and _same_kind(before, candidate, last, state)
        return again(last, "continues") if goes_on and last.aspect == "level" else None
    return None


def _sums_up(candidate: Candidate, batch: Batch) -> bool:
    """粉丝依次为6万、2万，合计8万: a sum of the numbers before it, that are counted alike."""
    if len(batch) < 2 or not _SUM.fullmatch(candidate.between):
        return False
    (_, first), (_, second) = batch[-2:]
    return first.metric == second.metric != PART and second.aspect == "level"


def _sum_of(candidate: Candidate, batch: Batch, state: State) -> Reading:
    alike = [draft for _, draft in batch if draft.metric == batch[-1][1].metric]
    if sums_channels(candidate.quantity.value, alike):
        state.channel = "all"
    total = again(batch[-1][1], "sum")
    total.measure = "total"
    return total


def _says_anew(right: Term, last: tuple[Candidate, Draft]) -> bool:
    """1件主动撤回，8件已按期答复: what stands behind a number says what it counts."""
    if right.kinds & COUNTED or "v.carry" in right.classes:
        return True
    if last[1].metric.startswith("applications_") and not _ANSWERS.isdisjoint(right.classes):
        return True  # 收到申请9件，8件已办结，1件于下年办结
    head, quantity = last[1].head, last[0].quantity
    return bool(right.kinds & VERB) and head is not None and head.start >= quantity.end


def kind_of_case(candidate: Candidate, batch: Batch) -> Reading | None:
    """热线受理诉求900件，咨询类600件、投诉类300件: kinds of the cases just counted."""
    if not batch or candidate.bound != batch[-1][0].told_to:
        return None
    before, last = batch[-1]
    if _is_bare_kind(candidate, batch, last) or is_level_of_media(candidate, before, last):
        return some_of(last, "kind of case")
    kind = _KINDS_OF.get(last.metric)
    if kind is None or last.aspect != "level" or is_percent(candidate.quantity.kind):
        return None
    if not kind.fullmatch(candidate.between):
        return None
    if last.measure != "part" and kind.search(before.between):
        return None  # 咨询类来信20封，投诉类来信9封: no whole is told
    return some_of(last, "kind of case")


def _is_bare_kind(candidate: Candidate, batch: Batch, last: Draft) -> bool:
    """Whether a number counts some of the calls or letters before it, by the bare name of their kind."""
    if last.metric not in ("hotline_cases", "messages") or last.aspect != "level":
        return False
    if is_percent(candidate.quantity.kind) or not _BARE_KIND_OF_CASE.fullmatch(candidate.between):
        return False
    if last.measure == "part":
        return last.rule == "kind of case"
    value, whole = candidate.quantity.value, last.value
    fits = value is not None and whole is not None and value <= whole
    return fits and last.measure == "total" and not _NAMES_KIND.search(batch[-1][0].between)


def kept(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """关停账号28个，保留15个: what is left of accounts; 账号96个，注销38个: what was taken from them."""
    if not batch or batch[-1][1].unit != "account" or not state.same_counter(batch[-1][1], candidate):
        return None
    last = batch[-1][1]
    told = _KEPT.fullmatch(candidate.between)
    if told is None or candidate.bound != batch[-1][0].told_to:
        return None
    reading = again(last, "kept")
    reading.metric, reading.aspect, reading.sign = "accounts" if told[1] else "other_metric", "level", 1
    return reading


def of_body(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """发布会95场，市级部门38场、县级57场: bodies and their numbers, of what was just counted."""
    if not batch or candidate.bound != batch[-1][0].told_to or not candidate.closed:
        return None
    last = batch[-1][1]
    if last.scope != "system" or last.aspect != "level" or not state.same_counter(last, candidate):
        return None
    return again(last, "of body") if tells_of_bodies(candidate.between) else None


def tells_of_bodies(between: str) -> bool:
    """Whether the words before a number are nothing but bodies (；县直部门, 、乡镇（街道）共).

    Args:
        between: The words behind the number before.
    """
    return _BODIES.fullmatch(between) is not None


def of_those(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """新闻发布会4次，主要负责人出席3次; 信息90条，全文电子化的有80条: some of those just counted."""
    if not batch or candidate.bound != batch[-1][0].told_to or not candidate.closed:
        return None
    last = batch[-1][1]
    told = _OF_THOSE.fullmatch(candidate.between.replace("（市、区）", ""))
    if told is None or last.aspect != "level" or not state.same_counter(last, candidate):
        return None
    if last.metric not in _DIVISIBLE or (told[1] and last.metric not in _SESSIONS):
        return None
    if any(n.startswith(("n.", "o.")) and n not in _IN_NAMES for t in candidate.own for n in t.classes):
        return None
    reading = again(last, "of those")
    value, whole = candidate.quantity.value, last.value
    others = not {"w.bodies", "w.system"}.isdisjoint(candidate.before)
    fits = value is not None and whole is not None and value <= whole
    reading.measure = "part" if fits and not others else "total"
    return reading


def accumulated(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """公开文件60份，历年累计720份: the same thing since the start."""
    if not batch or not ("w.cumulative" in candidate.near or _is_more(candidate, batch[-1][1])):
        return None
    named = any(t.kinds & COUNTED for t in candidate.own)
    if named or not _same_kind(batch[-1][0], candidate, batch[-1][1], state):
        return None
    reading = again(batch[-1][1], "accumulated")
    reading.measure = "cumulative"
    return reading


def _is_more(candidate: Candidate, last: Draft) -> bool:
    """受理申请90件，累计400件: more than the year's total, so that it is since the start."""
    value = candidate.quantity.value
    told = _SO_FAR.fullmatch(candidate.between) is not None and last.measure == "total"
    return told and value is not None and last.value is not None and value > last.value


def compared(candidate: Candidate, known: Sequence[Draft], state: State) -> Reading | None:
    """较2021年的790条: last year's figure of the metric just named."""
    if "年" not in candidate.between:
        return None
    level = next((m for m in reversed(known) if m.aspect == "level"), None)
    told = _COMPARED.search(candidate.between)
    if told is not None and known and level is None and told[0].startswith("（"):
        return _before_growth(known[-1], told[0], candidate, state)
    if level is None or told is None:
        return None
    subject = subject_term(candidate, state.rules)
    if subject is not None:  # 申请量较上年的9件: of what the clause names
        named_metric = subject_metric(subject, state.rules)
        rate = is_percent(candidate.quantity.kind) and named_metric in _RATES
        if rate and level.metric != named_metric:  # 办结率99%。满意率从上年的93%
            return Reading(named_metric, "percent", subject, "compared", 0.9)
        named_before = state.totals.get(named_metric)
        if named_before is None and level.metric != named_metric and level.start < candidate.sentence.start:
            return None  # 新闻发布会4次。政务新媒体由2022年的58个精简到44个
        level = named_before or level
        if level.metric == "other_metric":
            return None  # 专题会议5次；政务新媒体由上年41个…
    if not is_like(level, candidate, state):
        return None
    if "；" in candidate.between and candidate.near and not state.same_counter(level, candidate):
        return None  # 列席会议1次；公开清单由2017年的148项增至203项
    named = _YEAR.search(told[0])
    if named and (state.info.year is None or year_of_digits(named[0]) >= state.info.year):
        return None
    reading = again(level, "compared")
    reading.aspect, reading.measure, reading.sign = "level", "total", 1
    return reading


def _before_growth(last: Draft, told: str, candidate: Candidate, state: State) -> Reading | None:
    """网站发布量翻了一番（2021年：41条）: last year's figure of what is said to have grown."""
    named = _YEAR.search(told)
    later = named is not None and (state.info.year is None or year_of_digits(named[0]) >= state.info.year)
    if later or last.metric != INFORMATION or not state.rules.counts_items(candidate.quantity.unit):
        return None
    counters = frozenset({"item"})
    return Reading(INFORMATION, "item", last.head, "compared", 0.9, measure="total", counters=counters)


def again(last: Draft, rule: str) -> Reading:
    """The reading of one more number of what a mention counts."""
    value = last.value
    sign = -1 if last.aspect != "level" and value is not None and value < 0 else 1
    counted_anew = rule == "continues" and last.metric == "other_metric" != last.unit != "percent"
    unit = "" if counted_anew else last.unit  # 来访62批、120人次
    reading = Reading(last.metric, unit, last.head, rule, last.trust * 0.97, last.aspect)
    reading.measure = last.measure if last.measure == "part" else ""
    reading.sign, reading.counters = sign, last.counters
    return reading


def some_of(whole: Draft, rule: str) -> Reading:
    """The reading of a number that counts some of what a mention does."""
    part = again(whole, rule)
    part.measure = "part"
    return part


def is_like(draft: Draft, candidate: Candidate, state: State) -> bool:
    """Whether a quantity can be of the same metric as a mention, by its counter."""
    if is_percent(candidate.quantity.kind):
        return draft.unit == "percent"
    return not draft.counters.isdisjoint(state.rules.counter_groups(candidate.quantity.unit))


def _same_kind(before: Candidate, candidate: Candidate, last: Draft, state: State) -> bool:
    old, new = before.quantity, candidate.quantity
    if is_percent(old.kind) or is_percent(new.kind):
        # 满意率提升1.2个百分点，达98.4%
        reached = last.aspect == "change" and (old.kind, new.kind) == ("percent_point", "percent")
        return old.kind == new.kind or reached
    groups = state.rules.counter_groups(new.unit)
    if last.counters:
        return not last.counters.isdisjoint(groups)
    return not groups.isdisjoint(state.rules.counter_groups(old.unit))


def counted_last(batch: Batch) -> str:
    """What was counted last; of 复议9件、诉讼0件 the cases that there are, whose outcomes follow."""
    last = batch[-1][1]
    if last.metric == "share" and len(batch) >= _PAIR and batch[-2][1].metric.startswith("applications_"):
        return batch[-2][1].metric  # 予以公开9件，占三成；其他7件
    if last.unit == "account":
        return "accounts"  # 关停账号2个，新增1个
    if last.value != 0 or last.metric not in _CASES or len(batch) < _PAIR:
        return last.metric
    before = batch[-2][1]
    return before.metric if before.metric in _CASES and before.value else last.metric
