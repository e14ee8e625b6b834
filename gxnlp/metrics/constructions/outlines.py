"""Figures that the outlines before 2019 ask for: consultations by way, catalogues, papers in reading places.

当面咨询350人次; 依申请公开目录12条; 县档案馆接收文件186件，县图书馆接收172件; 发送手机短信12万条.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, Reading, exact, unit_of
from gxnlp.metrics.lists.continuing import again
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.running.state import State

_LONGEST = 40
_IN_PERSON = deferred(
    r"[，、；：（。]?(?:其中)?[，：]?(?:现场|当面|来访|上门|窗口|大厅|柜台|口头|面对面)(?:接待|接受|解答)?(?:群众|公众)?"
    r"(?:咨询|问询|答疑)(?:接待|解答|的|人数|人次|次数|数量|数|量)*(?:<共>|有|为)*"
)
"""电话咨询1200人次，当面咨询350人次: asked at the counter, behind those of another way."""
_ASKED = frozenset({"人次", "人", "次", "件次", "件", "余人次", "余次", "批", "批次"})
_ENTRIES = deferred(
    r"(?:主动公开的?(?:政府)?(?:信息)?(?:事项)?目录|(?:依申请|不予|免予|不)公开的?(?:政府)?(?:信息)?(?:事项)?目录(?:信息)?)(?:<共>|数|有|为|达)*$"
)
"""依申请公开目录12条: entries of a catalogue, nobody applied."""
_COPIED = deferred(
    r"(?:复印|打印|复制|影印)(?:了|各类|相关|政府|公开)*(?:文件|资料|材料|信息|档案)(?:<共>|约)*$"
)
_SHEETS = frozenset({"页", "张", "份", "余页", "余张"})
"""复印资料420页: for those who came to read, nothing that was handed out."""
_TEXTED = deferred(
    r"(?:发送|群发|发出|编发|推送|发布)(?:了|各类|有关|公益|服务|提醒|手机|便民|政务|预警|惠民|[、和及])*短信息?(?:<共>|约|近)*$"
)
"""发送手机短信12万条: told to the public as well, by no channel that has a name."""
_NEXT_PLACE = deferred(
    r"[，、；]?[^，。；：、0-9]{0,8}(?:档案馆|图书馆|文化馆|查阅[点室]|查阅中心|服务中心|[政办]事?务?大厅)"
    r"(?:<收到>|收存|收集|移交|移送)?了?(?:<共>)?"
)
_IN_ALL = deferred(r"[，、；（](?:历年|至今|目前)?累计(?:<收到>|移交|移送|收集)?(?:了|达|为|已)*")
"""县档案馆接收文件186件，县图书馆接收172件; 接收126份，累计接收860份."""
_REVISED = deferred(r"[，、](?:修订|修改|完善|修订完善|新建|细化|健全|废止)了?")
_IS_RULES = deferred(r"(?:制度|机制|办法|规定|规程)(?:<共>)?$")
"""出台制度8项，修订3项: rules of the work, as those before."""
_TAKEN_NEXT = deferred(
    r"[，、；](?:被)?(?:[国省市县区州]|自治区)(?:委|政府|委办|政府办|厅|局|级)(?:办公[厅室])?(?:信息)?(?:采用|采纳|录用|采编)了?"
)
"""被市政府采用26条、省政府采用6条: those above are no papers."""
_SUM = deferred(
    r"\s*[，、；]?(?:以上|上述)?(?:各类|各项|几类|[三四五六七八九十]类|信息)?(?:<共>|总数)(?:主动|<发布>|政府|政务|信息|的|为|有)*"
)
_SUMMED = frozenset({INFORMATION, "policy_docs", "normative_docs", "interpretations", "media_reports"})
_MOST = 16
"""工作动态类140条，政策法规类21条，共计161条: kinds, one of which has a label of its own, and their sum."""
_OWN_YEAR = deferred(
    r"\s*(?:其中[，：]?)?(?:20[0-9]{2}年度?|本年度?|今年|当年)[，：]?(?:我[^，。；：0-9]|本[^，。；：0-9年])?(?:新增|净增)(?:主动|的|了)*"
)
"""总计公开信息2731条。2013年新增606条: what the year added, with nothing that is counted."""
_SENDS = deferred(
    r"(?:^|[，、；。])\s*(?:<全年>|共|累计|先后|并|已|在[^，。；：0-9]{2,12})*(?:刊登|刊发|发表|播出|播发|刊播|登载|刊载|发布|播放)了?"
    r"[^，。；：、0-9视短图解]{0,6}(?:文章|稿件|新闻|信息|消息|报道)?(?:<共>)?"
)
"""新闻媒体。刊登文章42篇: what papers and stations took, the lead of the paragraph says."""
_CHANGED = deferred(
    r"(?:^|[，、；。])\s*(?:<全年>|共|累计|先后|及时|定期|已)*(?:更换|更新|制作|刊出|出|办|张贴)(?:了|版面|内容|公告|信息|公开栏|展板)*"
)
"""公开栏。全年更换26期."""
_ISSUES = frozenset({"期", "次", "版", "块"})
_PLACES = ("馆", "查阅", "大厅", "中心")
_TAKES = ("采用", "采纳", "录用", "采编")
_TOOK_IN = deferred(r"(?:<收到>|收存|收集|移交|移送)[^，。；：申请]{0,14}[0-9]")


def read_outline(candidate: Candidate, state: State) -> Reading | None:
    """What a number of a consultation, a catalogue, a reading place or a text message is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    between, unit = candidate.between[-_LONGEST:], "".join(candidate.quantity.unit.split())
    if "咨询" in between or "问询" in between or "答疑" in between:
        return _in_person(candidate, unit, state)
    if "目录" in between and _ENTRIES.search(between) and state.rules.counts_items(unit):
        return Reading("other_metric", "item", None, "entries", 0.9, counters=ITEM)
    if unit in _SHEETS and ("印" in between or "复制" in between) and _COPIED.search(between):
        return Reading("other_metric", unit_of("other_metric", unit), None, "copied", 0.9)
    if "短信" in between and not state.listing and _TEXTED.search(between) and state.rules.counts_items(unit):
        return Reading(INFORMATION, "item", None, "texted", 0.85, counters=ITEM)
    if (led := _below_lead(candidate, unit, state)) is not None:
        return led
    if (summed := _sum_of_kinds(candidate, state)) is not None:
        return summed
    return _added(candidate, state) or _like_the_last(candidate, state)


def _sum_of_kinds(candidate: Candidate, state: State) -> Reading | None:
    """What kinds of content come to, told behind them."""
    value, rest, metrics = candidate.quantity.value, exact(candidate.quantity.value), set[str]()
    if not value or state.listing or not state.recent or not _SUM.fullmatch(candidate.between):
        return None
    for draft in reversed(state.recent[-_MOST:]):
        if draft.metric not in _SUMMED or draft.channel != state.recent[-1].channel:
            break
        metrics.add(draft.metric)
        rest -= exact(draft.value)
        if rest <= 0:
            break
    if rest != 0 or INFORMATION not in metrics or (len(metrics) == 1 and candidate.bound == state.last_end):
        return None
    if not state.rules.counts_items(candidate.quantity.unit):
        return None
    return Reading(INFORMATION, "item", None, "sum of kinds", 0.9, measure="total", counters=ITEM)


def _below_lead(candidate: Candidate, unit: str, state: State) -> Reading | None:
    """What papers took and how often boards changed, by the verb below a lead that names them."""
    if not state.lead or state.channel not in ("", state.lead) or state.listing or not candidate.closed:
        return None
    if state.lead == "media" and state.rules.counts_items(unit) and _SENDS.fullmatch(candidate.between):
        return Reading("media_reports", "item", None, "below lead", 0.85, counters=ITEM)
    if state.lead == "offline" and unit in _ISSUES and _CHANGED.fullmatch(candidate.between):
        return Reading(INFORMATION, "item", None, "below lead", 0.85, counters=ITEM)
    return None


def _added(candidate: Candidate, state: State) -> Reading | None:
    """What the year added to all that was published, a sentence of its own."""
    whole = state.frame
    if whole is None or whole.metric != INFORMATION or candidate.bound != candidate.sentence.start:
        return None
    if "增" not in candidate.between or not _OWN_YEAR.fullmatch(candidate.between):
        return None
    near = whole.paragraph == candidate.sentence.paragraph and state.same_counter(whole, candidate)
    fits = (candidate.quantity.value or 0) < (whole.value or 0)
    reading = again(whole, "added")
    reading.measure = ""
    return reading if near and fits else None


def _in_person(candidate: Candidate, unit: str, state: State) -> Reading | None:
    if unit not in _ASKED or not _IN_PERSON.fullmatch(candidate.between):
        return None
    counted = unit_of("other_metric", unit)
    reading = Reading("other_metric", counted, None, "in person", 0.9)
    reading.measure = "part" if state.listing else "total"
    reading.counters = state.rules.counter_groups(unit)
    return reading


def _like_the_last(candidate: Candidate, state: State) -> Reading | None:
    """One more of what stands in reading places, of rules, or of what those above took up."""
    last = state.last
    if last is None or last.metric != "other_metric" or not candidate.closed:
        return None
    if any(place in candidate.between for place in _PLACES):
        return _next_place(candidate, state)
    if candidate.bound != state.last_end or not state.same_counter(last, candidate):
        return None
    value = candidate.quantity.value
    if last.rule == "handed over" and _IN_ALL.fullmatch(candidate.between):
        more = value is not None and value > (last.value or 0)
        return again(last, "in all" if more else "handed over")
    told = state.folded[max(last.sentence.start, last.start - _LONGEST) : last.start]
    revised = _REVISED.fullmatch(candidate.between) and _IS_RULES.search(told)
    taken = told.endswith(_TAKES) and _TAKEN_NEXT.fullmatch(candidate.between)
    return again(last, "one more") if revised or taken else None


def _next_place(candidate: Candidate, state: State) -> Reading | None:
    """县档案馆接收文件186件，接待查阅90人次；县图书馆接收172件."""
    if not _NEXT_PLACE.fullmatch(candidate.between) or not state.rules.counts_items(candidate.quantity.unit):
        return None
    if not _TOOK_IN.search(state.folded, candidate.sentence.start, candidate.bound):
        return None
    return Reading("other_metric", "item", None, "handed over", 0.85, counters=ITEM)
