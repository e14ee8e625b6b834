"""Numbers that go on with what was just counted: its sum, some of it, the same of another level.

建议36件、提案29件，共65件; 新闻发布会9次，主要负责人出席3次; 培训：镇级2次，县级3次.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, OUTCOME, VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, Reading, exact
from gxnlp.metrics.implied.each_kind import BOTH
from gxnlp.metrics.lists.continuing import again, some_of
from gxnlp.metrics.running.state import State
from gxnlp.records import Value

_CASE = frozenset({"case"})
_FEW = 4
_LEAST_SUMMED = 2
_HELD = frozenset({"trainings", "trainees", "inspections", "press_conferences", "interviews"})
_CAME = ("applications_received", "applications_carried_in")
_SUMMED = frozenset({"open_meetings", *_HELD})
_OUTCOMES = tuple(
    f"applications_{name}" for name in ("granted", "partial", "denied", "unavailable", "rejected", "other")
)
_FEES = frozenset({"n.fee", "n.fee_notice"})
_SESSIONS = ("次", "场", "期")
_ON_AIR = deferred(
    r"(?:领导|负责人|书记|一把手|[省市县区州旗镇乡局厅委院所队]长|主任)(?:[^，。；0-9]{0,4}(?:轮值|轮流|轮番|先后|依次|带队))?"
    r"(?:接听|上线|值守)[^，。；0-9]{0,2}(?:[^，。；0-9]{0,6}(?:123[0-9]{2})?[^，。；0-9]{0,6}热线)?\s*$"
)
_OPENED = deferred(
    r"(?:会|会议)(?:的?(?:议定事项|会议内容|议题|内容|决定|纪要|情况|结果|成果))?[^，。；0-9]{0,24}(?:<发布>|开放)"
    r"（?，(?:(?:[一本全学]|上下半)*年度?|年内|全年|累计|共计|合计|先后|共|有|以[^，。；0-9]{2,8}(?:形式|方式)(?:对外|向社会)?<发布>)*\s*$"
)
"""会议内容除涉密外全部公开，全年28次: meetings, by the clause before their number."""
_ITS_ITEMS = deferred(
    r"\s*[^，。；、0-9]{0,8}会议?的?(?:议题|议程|内容|纪要|情况|决定|议定事项|信息){1,3}[^，。；0-9]{0,10}(?:<发布>|预告)"
)
"""15次局务会议题会前预告: meetings, counted before their noun."""
_OF_MEETINGS = deferred(r"(?:均已|全部|均|都|已)?(?:<发布>|开放)?[，；（][^，。；：0-9（）]{2,20}的有?")
_BEING = deferred(r"(?:(?:为|是|系|属)[^，。；0-9]{1,16})?[，；：、（](?:其中)?")
_IS = deferred(r"(?:为|是|系|属)[^，。；0-9]{1,16}(?=[，、；。）]|$)")
_DIVISIBLE = frozenset(
    {"interpretations", "videos", "graphics", "media_reports", "press_conferences", "policy_docs"}
)
_OF_OWN_LABEL = frozenset({"n.normative", "n.graphic", "n.video"})
_EXPLAINED = frozenset({"interpretations", "graphics", "videos"})
_ONE_MORE_WAY = deferred(
    r"、[^，。；：、0-9]{0,6}(?:(?:问答|评论|播报|口播|音频|朗读|解说|漫谈)[^，。；：、0-9]{0,6}|[及和与]其[他它])"
)
_EXPLAINS = frozenset({"n.interpretation", "n.graphic", "n.video"})
_CHANGED = deferred(
    r"[，；、（](?:其中)?<全年>?(?:(新增设?|新设|新开设|新开|新建)|(?:归并|撤销|关闭|下线|合并|清理|停用|撤并|优化整合|整合))(?:了|的有?)?"
)
_NUMERALS = "零一二三四五六"
_MOST_SUMMED = 8
_SEVERAL = deferred(
    r"[，；、。]?\s*(?:上述|以上|各|全年)?(?:([两二三四五六])(?:者|[个大种类]?(?:平台|渠道|账号|途径|方式)|项)|(?:平台|渠道|账号|途径|方式))?"
    r"(?:<共>|加起来|合起来|相加)(?:为|有|达|<发布>)?(?:各类|政府|政务)?(?:信息)?"
)
_PROGRAMME = deferred(
    r"(?:栏目|节目|会客厅|直播间|访谈|对话)[”》]?[^，。；]{0,6}(?:邀请|请|邀)[^，。；]{2,20}?"
    r"(?:(?:谈|说|讲|解读|做客|对话|答疑)[^，。；0-9]{0,8}|，(?:做|办|播出|开办|制作)了?)$"
)
"""“会客厅”邀请一把手谈政策10期: a programme with guests."""
_GUESTS = 40
_TAKEN_UP = deferred(r"[，、；](?:其中)?(?:已|依法|予以|实际)?(?:受理|立案)(?:了|的有?)?")
_ACTS = deferred(
    r"[，、；]行政(?:许可|处罚|强制|检查|确认|征收|给付|奖励|裁决)(?:事项|信息|结果|决定书?|案件){0,2}"
)
_PUBLISHED_ACTS = deferred(r"<发布>[^，。；0-9]{0,10}行政[^，。；0-9]{2,10}$")
_CLAUSE = 24
_SUM = deferred(r"[，、；（]?(?:总?金额)?(?:<共>|计)?(?:为|达)?")
_SUM_OF = deferred(
    r"[，、；（](?:以上|上述)?(?:[两二三四五六][项者类种])?(?:<共>|计|合起来|加起来|加在一起)(?:有|为|是)?"
)
_TWO_KINDS = deferred(
    r"[、，和及与](?:政协|委员)?提案(?:<共>|有|为|达)?(?:近|约|超过?)?[0-9一二三四五六七八九十]"
)
_SUGGESTIONS = deferred(r"建议(?:<共>|有|为|达)?$")
"""收到建议5件、提案7件: what 建议 are is said by the next number."""
_NAMED = deferred(
    r"[，；（](?:其中)?(?:除|应(?:当|该)?(?:主动)?公开的|可(?:以)?公开的|其余的?|公开(?:复文|答复)的?)"
)
_ANSWERED = deferred(
    r"[，；](?:(?:已|均|都|全部|共|面对面|当面|上门|书面|按[期时]|如期|依法|及时)*(?:答复|办结|办理|办复|回复|走访|见面|沟通))(?:完毕|办结)?(?:了|代表委员|代表和委员)?"
)
"""建议3件、提案5件，面对面答复8件: both kinds together, where they come to it."""
_PUBLIC_REPLIES = deferred(
    r"[，；。](?:[^，。；0-9]{2,12}，)?(?:其中)?[^，。；0-9提建]{0,14}?(?:公开|公布|<发布>)了?(?:办理)?"
    r"(?:答复|回复|复文|复函|结果|情况)(?:意见|文件|内容|件|的?信息)?(?:有|共|达|为)?"
)
"""建议18件、提案26件，全部办复，在网站公开答复39件: of both kinds."""
_LEVEL = deferred(r"[，；、](?:[国省市州县区乡镇街村]级|[省市州县区旗乡镇]本级|市直|县直)<举办>?")
_FORM = deferred(
    r"[，；、](?:线[上下]|网上|现场|集中|视频|实地|专题|外出)(?:培训|学习|授课|检查|自查|<举办>)?"
)
"""培训4次，其中线上3次，线下1次: the same events in another form."""
_OF_MEDIA = deferred(
    r"(?:[，；、：（]|其中[，：]?)*(?:在|被)?(?:国家|中央|省部|自治区|[国省市州县区旗盟部厅])级(?:及?以上)?"
    r"(?:(?:主流|新闻|官方)?(?:媒体|报刊|平台))?(?:<发布>|采用|报道|刊播|稿件|信息){0,2}"
)
"""媒体刊发209篇，国家级15篇，省级68篇: by the level of the media."""
_ALL_MEDIA = deferred(
    r"(?:各级|各类|各大|以上|新闻|主流|官方)[^，。；、]{0,4}(?:媒体|报刊)(?:平台)?[^，。；、]{0,12}$"
    r"|(?:媒体|宣传|新闻|外宣)报道[^，。；、]{0,4}$"
)
_NEXT_BRACKET = deferred(r"(?:等)?[、，和及与以]{1,2}[^，。；：（）0-9]{1,20}")
_NEXT_MATTER = deferred(r"[、和及与][^，。；：（）0-9]{2,16}")
_MATTER_WORDS = frozenset({"n.info", "n.content", "n.part_kind", "n.decision", "n.policy", "n.doc"})
_MATTERS = deferred(r"(?:涉及|集中[在于]|主要[为是有])[^，。；：（）0-9]{2,20}$")
_FIGURES = deferred(r"[0-9.,，一二三四五六七八九十两百千万余多 ]+")


def read_further(candidate: Candidate, state: State) -> Reading | None:
    """What a number is by the mentions just before it, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    for read in (
        _answered_calls,
        _of_meetings,
        _being,
        _one_more_way,
        _sum_of_several,
        _columns_changed,
        _sums_up,
        _by_level,
        _of_media,
        _of_fees,
        _of_proposals,
        _before_proposals,
        _accepted,
        _acts_as_well,
        _next_matter,
    ):
        if (reading := read(candidate, state)) is not None:
            return reading
    return None


def _accepted(candidate: Candidate, state: State) -> Reading | None:
    """收到行政复议申请9件，受理7件: of those that came in, the ones that were taken up."""
    last = state.last
    if last is None or last.metric not in ("reviews", "lawsuits") or not _follows_on(candidate, last, state):
        return None
    return some_of(last, "accepted") if _TAKEN_UP.fullmatch(candidate.between) else None


def _next_matter(candidate: Candidate, state: State) -> Reading | None:
    """主要集中在招投标（4件）、水价（3件）; 涉及补偿6件、预算2件: the next of what the last was one of."""
    last, own = state.last, candidate.own
    if last is None or state.listing or candidate.bound != state.last_end or last.aspect != "level":
        return None
    if not state.same_counter(last, candidate):
        return None
    if state.folded.startswith("（", candidate.quantity.outer_start):
        if not _NEXT_BRACKET.fullmatch(candidate.between) or state.folded[last.start - 1] != "（":
            return None
        labels = state.rules.by_head.keys() - _MATTER_WORDS
        named = _names_other(own, last) or any(not labels.isdisjoint(t.classes) for t in own)
        return None if named else again(last, "next matter")
    if last.metric != "applications_received" or not _NEXT_MATTER.fullmatch(candidate.between):
        return None
    first = max(last.sentence.start, last.start - _CLAUSE)
    told = last.rule == "next matter" or _MATTERS.search(state.folded, first, last.start)
    return again(last, "next matter") if told and not _names_other(own, last) else None


def _names_other(own: Sequence[Term], last: Draft) -> bool:
    """Whether a word of the clause has a metric of its own."""
    return any(
        t.kinds & (OUTCOME | VERB | CHANNEL) or "n.complaint" in t.classes for t in own if t != last.head
    )


def _acts_as_well(candidate: Candidate, state: State) -> Reading | None:
    """公示行政许可事项31项，行政处罚事项8项: what the verb before the first of them holds for as well."""
    last = state.last
    if last is None or last.metric != "info_published" or candidate.bound != state.last_end or state.listing:
        return None
    first = max(last.sentence.start, last.start - _CLAUSE)
    published = last.rule == "acts" or _PUBLISHED_ACTS.search(state.folded, first, last.start)
    if not published or not _ACTS.fullmatch(candidate.between):
        return None
    return again(last, "acts") if state.rules.counts_items(candidate.quantity.unit) else None


def _of_meetings(candidate: Candidate, state: State) -> Reading | None:
    """会议内容全部公开，全年28次; 15次局务会议题会前预告; 会议24次，请代表到会的6次."""
    last, unit = state.last, candidate.quantity.unit.strip()
    if unit not in _SESSIONS:
        return None
    counted = _OPENED.search(candidate.between) or _ITS_ITEMS.match(candidate.follows)
    if counted and not state.listing:
        return Reading("open_meetings", "session", None, "meetings", 0.9, counters=frozenset({"round"}))
    if last is None or last.metric != "open_meetings" or not _follows_on(candidate, last, state):
        return None
    return some_of(last, "meetings") if _OF_MEETINGS.fullmatch(candidate.between) else None


def _follows_on(candidate: Candidate, last: Draft, state: State) -> bool:
    """Whether a number stands right behind a level, is counted by the same word and no larger."""
    value = candidate.quantity.value
    fits = value is not None and last.value is not None and value <= last.value
    return (
        fits
        and last.aspect == "level"
        and candidate.bound == state.last_end
        and state.same_counter(last, candidate)
    )


def _being(candidate: Candidate, state: State) -> Reading | None:
    """解读3篇，一篇为署名文章，两篇为问答: of what was just counted, some that are told by 为."""
    last = state.last
    if last is None or last.metric not in _DIVISIBLE or not _BEING.fullmatch(candidate.between):
        return None
    value, whole = candidate.quantity.value, state.totals.get(last.metric)
    if (
        whole is None
        or whole.value is None
        or value is None
        or value >= whole.value
        or not _IS.match(candidate.follows)
    ):
        return None
    if any(_OF_OWN_LABEL.intersection(t.classes) for t in candidate.right) and state.listing:
        return None  # 出台政策文件9件，其中2件为规范性文件
    near = candidate.bound == state.last_end or whole.sentence == last.sentence
    return some_of(last, "being") if near and state.same_counter(last, candidate) else None


def _one_more_way(candidate: Candidate, state: State) -> Reading | None:
    """解读88篇，图解46篇、视频19篇、问答及其他23篇: a way of explaining that has no label of its own."""
    last, whole, value = state.last, state.totals.get("interpretations"), candidate.quantity.value
    if (
        last is None
        or whole is None
        or last.metric not in _EXPLAINED
        or whole.sentence.start != candidate.sentence.start
    ):
        return None
    if value is None or whole.value is None or value >= whole.value or candidate.bound != state.last_end:
        return None
    named = _ONE_MORE_WAY.fullmatch(candidate.between) and state.rules.counts_items(candidate.quantity.unit)
    return some_of(whole, "one more way") if named and _EXPLAINS.isdisjoint(candidate.near) else None


def _sum_of_several(candidate: Candidate, state: State) -> Reading | None:
    """网站90条，微信60条。两者合计150条: what the last so many figures come to."""
    told, value = _SEVERAL.fullmatch(candidate.between), candidate.quantity.value
    if told is None or value is None:
        return None
    number = 2 if told[1] == "两" else _NUMERALS.index(told[1]) if told[1] else _MOST_SUMMED
    levels = [m for m in state.recent if m.metric == "info_published" and m.measure != "average"][-number:]
    if not told[1]:
        levels = _that_come_to(value, [m for m in levels if m.paragraph == candidate.sentence.paragraph])
    summed = len(levels) > 1 and sum(m.value or 0 for m in levels) == value
    summed &= len(levels) == number or not told[1]
    if summed and len({m.channel for m in levels}) > 1:
        state.channel = "all"  # of a sum over named channels
    return again(levels[-1], "sum of several") if summed else None


def _that_come_to(value: Value, levels: list[Draft]) -> list[Draft]:
    """The last mentions that come to a sum at least, in order."""
    rest, place = exact(value), len(levels)
    while place and rest > 0:
        place -= 1
        rest -= exact(levels[place].value)
    return levels[place:]


def _columns_changed(candidate: Candidate, state: State) -> Reading | None:
    """设置专题12个，新增4个，归并3个: columns that came, and others that went."""
    last, told = state.last, _CHANGED.fullmatch(candidate.between)
    if (
        last is None
        or told is None
        or candidate.bound != state.last_end
        or not state.same_counter(last, candidate)
    ):
        return None
    if last.unit not in ("column", "item") or "columns" not in (last.metric, *state.totals):
        return None
    if told[1]:
        return some_of(last, "columns") if last.metric == "columns" else None
    return Reading("other_metric", "item", None, "columns", 0.9, counters=frozenset({"column"}))


def _answered_calls(candidate: Candidate, state: State) -> Reading | None:
    """局领导接听民生热线1次, 负责人轮值接听36场: a head of the body on the air."""
    unit, end = candidate.quantity.unit.strip(), candidate.quantity.outer_start
    guests = unit == "期" and _PROGRAMME.search(
        state.folded, max(candidate.sentence.start, end - _GUESTS), end
    )
    if not guests and (unit not in _SESSIONS or not _ON_AIR.search(candidate.between)):
        return None
    return Reading("interviews", "session", None, "on the air", 0.9, counters=frozenset({"session"}))


def _sums_up(candidate: Candidate, state: State) -> Reading | None:
    """予以公开3件、不予公开2件，共5件: a sum that the figures before it come to says what they are."""
    last, value = state.last, candidate.quantity.value
    if last is None or value is None or not _SUM_OF.fullmatch(candidate.between):
        return None
    if candidate.bound != state.last_end or not state.same_counter(last, candidate):
        return None
    if last.metric in _OUTCOMES:
        parts = [state.totals[name].value or 0 for name in _OUTCOMES if name in state.totals]
        if len(parts) > 1 and sum(parts) == value:
            return Reading("applications_handled", "item", None, "sum", 0.95, counters=_CASE)
    if last.metric in _CAME:
        came = [state.totals[name].value for name in _CAME if name in state.totals]
        if len(came) == len(_CAME) and None not in came and sum(v for v in came if v is not None) == value:
            return Reading("other_metric", "item", None, "due", 0.95, counters=_CASE)
    alike = [m.value or 0 for m in state.recent if m.metric == last.metric and m.sentence == last.sentence]
    if last.metric not in (*_SUMMED, _CAME[0]) or len(alike) < _LEAST_SUMMED or sum(alike) != value:
        return None
    reading = again(last, "sum")
    reading.measure = "total" if last.metric == _CAME[0] else reading.measure
    return reading


def _by_level(candidate: Candidate, state: State) -> Reading | None:
    """培训：镇级2次、61人次；县级3次、4人次: the same events of another level."""
    last = state.last
    held = last is not None and last.metric in _HELD and candidate.bound == state.last_end
    if (
        held
        and last is not None
        and state.same_counter(last, candidate)
        and _FORM.fullmatch(candidate.between)
    ):
        return again(last, "by form")
    if state.listing or not _LEVEL.fullmatch(candidate.between):
        return None
    counter = "".join(candidate.quantity.unit.split())
    alike = (m for m in reversed(state.recent[-_FEW:]) if m.metric in _HELD)
    last = next((m for m in alike if _FIGURES.sub("", state.folded[m.start : m.end]) == counter), None)
    return None if last is None else again(last, "by level")


def _of_media(candidate: Candidate, state: State) -> Reading | None:
    """媒体刊发209篇，国家级15篇，省级68篇: what media of one level took, a part of what all took."""
    last = state.last
    if last is None or last.metric != "media_reports" or candidate.bound != state.last_end:
        return None
    if not _OF_MEDIA.fullmatch(candidate.between) or not state.same_counter(last, candidate):
        return None
    reading = again(last, "of media")
    whole = state.totals.get(last.metric)
    if whole is not None and whole.sentence == last.sentence and (last is whole or last.measure == "part"):
        general = _ALL_MEDIA.search(state.folded, max(0, whole.start - 24), whole.start) is not None
        fits = (candidate.quantity.value or 0) <= (whole.value or 0)
        reading.measure = "part" if general and fits else ""
    return reading


def _of_fees(candidate: Candidate, state: State) -> Reading | None:
    """收取信息处理费2笔、共190元: the money, behind how often it was paid."""
    last = state.last
    if last is None or last.head is None or candidate.bound != state.last_end:
        return None
    money = "money" in state.rules.counter_groups(candidate.quantity.unit)
    if not money or _FEES.isdisjoint(last.head.classes) or not _SUM.fullmatch(candidate.between):
        return None
    return Reading("fee_amount", "CNY", last.head, "of fees", 0.95, counters=frozenset({"money"}))


def _before_proposals(candidate: Candidate, state: State) -> Reading | None:
    """收到建议5件、提案7件: suggestions of deputies, by the number behind."""
    behind = _TWO_KINDS.match(state.folded, candidate.quantity.outer_end)
    told = state.last is not None and state.last.metric.startswith("proposals")  # 建议提案9件，其中建议…
    if told or behind is None or not _SUGGESTIONS.search(candidate.between):
        return None
    if "case" not in state.rules.counter_groups(candidate.quantity.unit) or not candidate.own:
        return None
    return Reading("proposals_npc", "item", candidate.own[0], "two kinds", 0.9, counters=_CASE)


def _of_proposals(candidate: Candidate, state: State) -> Reading | None:
    """建议36件、提案29件，共65件; 应公开的60件, 除6件: of both kinds together."""
    last, value = state.last, candidate.quantity.value
    if last is None or not last.metric.startswith("proposals") or not state.same_counter(last, candidate):
        return None
    both = [state.totals[name].value for name in BOTH if name in state.totals]
    summed = len(both) == len(BOTH) and None not in both and value == sum(v for v in both if v is not None)
    if summed and (_SUM.fullmatch(candidate.between) or _SUM_OF.fullmatch(candidate.between)):
        return Reading("proposals", "item", last.head, "sum", 0.95, measure="total", counters=_CASE)
    answered = summed and _ANSWERED.fullmatch(candidate.between)
    told = len(both) == len(BOTH) and _PUBLIC_REPLIES.fullmatch(candidate.between)
    if not answered and not told and not _NAMED.fullmatch(candidate.between):
        return None
    metric = "proposals" if len(both) == len(BOTH) else last.metric
    return Reading(metric, "item", last.head, "named", 0.9, measure="part", counters=_CASE)
