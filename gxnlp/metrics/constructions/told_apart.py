"""Figures that a clause tells apart: records of views, titles that were printed, questions that were written.

阅读量最高的是《…》，达2.2万次; 《百问》印了3.5万册; 由医改科写成问答26篇; 解读18件，…专家访谈3件、问答3件.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, Reading
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.running.state import State

_SEEN = "(?:阅读|播放|点击|浏览|观看|点播|阅览|播出|访问|收看)"
_MOST = rf"(?:单[条篇个期部])?{_SEEN}?(?:量|数|次数|人次)?(?:最[高多大]|居首|排名第一|夺冠|领先|第一)"
_TITLE = r"(?:《[^》]{2,40}》|“[^”]{2,40}”)"
_RECORD = deferred(
    rf"(?:{_SEEN}(?:量|数|次数|人次)?最[高多大](?:的)?(?:一?[篇条期个部则]|单[篇条]|推文|视频|作品|稿件|文章)?(?:推文|视频|作品|稿件)?(?:(?:是|为|属|当属|要数|：)?{_TITLE}"
    rf"(?:一[文条篇])?|(?:是|为|属|当属|要数)[^，。；：《》0-9]{{2,24}})|{_TITLE}(?:一[文条篇])?[^，。；0-9]{{0,6}}?{_MOST}"
    rf"|单[条篇期部个]{_SEEN}?(?:量|数|次数)?最[高多大]的[是为][^，。；0-9]{{2,30}}|^的?{_SEEN}(?:量|数|次数)?最[高多大])"
    rf"，(?:总|累计|单[条篇])?(?:{_SEEN}(?:量|数)?)?(?:<达>|[有为]|超过?|逾|突破|约|近|共)*$"
)
"""阅读量最高的是《…》，达2.2万次, 《…》单条播放最高，达2,140万次: a record, by the clause before."""
_LED_BY_READING = deferred(
    r"(?:[^，。；：0-9]{0,8}(?:加强|做好|强化|深化|抓好|推进|开展|注重|落实|突出))?(?:政策|文件)?解读(?:工作|材料|稿件)?[^，。；：、0-9]{0,14}，"
    r"(?:<全年>|<共>|年内|已|先后)*(?:<发布>|编发|推出|制作|编写|上线|撰写)了?(?:<共>)?"
)
_READ_COUNTERS = frozenset({"篇", "件", "份", "篇次"})
_LONGEST_LEAD = 40
"""政策解读与文件同步，发布31篇: what the clause before is about is what was published."""
_VIEWS = frozenset({"次", "人次", "余次", "余人次", ""})
_PRINTED = deferred(
    r"《[^》]{2,30}》(?:等)?(?:小册子|手册|折页|读本|单行本)?(?:<全年>|先后|再次|又|一共|共)*(?:加印|重印|翻印|赶印|印|送出|派出|发到[^，。；0-9]{2,8})(?:制|刷|发)?(?:了|出|放|共)*(?:约|近)?$"
)
_NO_LEAFLET = deferred("(?:公报|年鉴|简报|日报|晚报|周报|月报|快报|专报|参考|动态|信息|志)》")
"""Titles of bulletins and yearbooks."""
_COPIES = frozenset("册本份张套")
_WRITTEN = deferred(
    r"(?:[写编做制改整拆译][写理制编解]?[成为]|梳理成|汇编成|转化[成为]|制作成|编写成)了?(?:政策|热点|简明|通俗|常见|系列|一问一答式?的?|图文|白话)*(?:问答|答问|解读|解读稿|解读文章|口语化解读|释义)(?:<共>|约)*$"
)
"""由医改科写成问答26篇: an interpretation in questions and answers."""
_PIECES = frozenset("篇条期件个则份组")
_NEXT_FORM = deferred(
    r"[，、；（](?:其中)?(?:专家|专题|负责人|部门|领导|媒体|在线|政策|文字|图文|音频|简明|热点|记者)*(?:访谈|问答|答问|解读|答记者问|评论|述评|音频|图文)(?:类|稿)?(?:的?有|共|为|各)?"
)
_ONE_FORM = deferred(
    r"(?:专家|领导|负责人|负责同志|主任|[局科处]长|文字|图文|图片|音频|媒体|在线|部门|专题|简明)[^，。；0-9]{0,2}解读[^，。；0-9]{0,6}$"
)
_NEAR = 16
_FORMS = frozenset({"interpretations", "graphics", "videos"})

_SHARED = deferred(r"[，、；（](?:其中(?:有|的)?[，：]?)?(?:约|近)?")
_OF_ALL = deferred(
    r"[，、；（]?(?:从|就)?(?:所?申请(?:的|公开的?)?|来信|留言|诉求)?(?:内容|事项|信息|方面|的?事由|的?主题)(?:上|来)?(?:看|讲|说|分析)?[，：]?"
    r"(?:其中)?(?:有|约|近|大约)*"
)
"""申请内容六成以上与征地有关; 从内容看，六成以上涉及征地: of those that the sentence before counted."""
_ASK = deferred(
    r"(?:以上)?的?(?:申请|来信|留言|诉求|工单|申请人)?(?:都|均|主要)?(?:指向|要的是|问的?是?|询问|咨询|与[^，。；0-9]{2,12}有关|关于|围绕|聚焦"
    r"|要求|索要|反映|是|来自|出自|为|属于|涉及|集中[在于]|由|通过)"
)
"""七成以上指向征地批复: what so many of the applications ask for, or whose they are."""
_ASKED = frozenset({"applications_received", "messages", "hotline_cases"})


def asked_share(candidate: Candidate, folded: str, known: Sequence[Draft]) -> Reading | None:
    """A share of the applications, letters or calls just told of, by the verb behind it, or `None`.

    Args:
        candidate: The percentage in its context.
        folded: Folded text of the report.
        known: The mentions of the sentence, none where the number just before was none of ours.
    """
    told = bool(known) and known[-1].metric in _ASKED
    told = told and (candidate.bound > candidate.sentence.start or _is_of_all(candidate))
    if not told or candidate.quantity.kind not in ("percent", "fraction"):
        return None
    if not _shares_by_verb(candidate, folded):
        return None
    return Reading("share", "percent", None, "share", 0.9)


def asks_a_fraction(candidate: Candidate, folded: str) -> bool:
    """Whether a fraction is told by the verb behind it: 收到申请9件，其中近一半问的是征地.

    Args:
        candidate: The fraction in its context.
        folded: Folded text of the report.
    """
    if candidate.quantity.kind != "fraction":
        return False
    behind = candidate.bound > candidate.sentence.start or _is_of_all(candidate)
    return behind and _shares_by_verb(candidate, folded)


def _is_of_all(candidate: Candidate) -> bool:
    return _OF_ALL.fullmatch(candidate.between) is not None


def _shares_by_verb(candidate: Candidate, folded: str) -> bool:
    if _SHARED.fullmatch(candidate.between) is None and not _is_of_all(candidate):
        return False
    return _ASK.match(folded, candidate.quantity.outer_end) is not None


def read_apart(candidate: Candidate, state: State) -> Reading | None:
    """What a figure told in a clause of its own is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    unit, between = "".join(candidate.quantity.unit.split()), candidate.between
    if unit in _VIEWS and "最" in between and _RECORD.search(between):
        views = state.rules.counter_groups("次")
        return Reading("views", "view", None, "record", 0.9, measure="maximum", counters=views)
    titled = unit[-1:] in _COPIES and "》" in between and _PRINTED.search(between)
    if titled and not _NO_LEAFLET.search(between):
        return Reading("leaflets", "copy", None, "printed title", 0.9, counters=frozenset({"copy"}))
    if unit in _PIECES and _WRITTEN.search(between):
        return Reading("interpretations", "item", None, "written", 0.9, counters=ITEM)
    if unit in _READ_COUNTERS and _is_led_by_reading(candidate, state):
        return Reading("interpretations", "item", None, "led by reading", 0.85, counters=ITEM)
    return _next_form(candidate, state)


def _is_led_by_reading(candidate: Candidate, state: State) -> bool:
    first, start = candidate.sentence.start, candidate.quantity.outer_start
    if start - first > _LONGEST_LEAD or "解读" not in state.folded[first:start]:
        return False
    return _LED_BY_READING.fullmatch(state.folded, first, start) is not None


def _next_form(candidate: Candidate, state: State) -> Reading | None:
    """解读18件，图解7件、视频5件、专家访谈3件、问答3件: kinds of interpretation, where a total is told."""
    last, whole = state.last, state.totals.get("interpretations")
    if (
        (state.listing and not candidate.between.startswith("（"))
        or last is None
        or whole is None
        or candidate.bound != state.last_end
        or last.metric not in _FORMS
    ):
        return None
    value = candidate.quantity.value
    if whole.sentence != last.sentence or value is None or whole.value is None or value >= whole.value:
        return None
    if _ONE_FORM.search(state.folded, max(0, whole.start - _NEAR), whole.start):
        return None  # 专家解读7件、文字解读5件: no whole is told
    if not state.same_counter(whole, candidate) or not _NEXT_FORM.fullmatch(candidate.between):
        return None
    return Reading("interpretations", "item", None, "form", 0.9, measure="part", counters=ITEM)
