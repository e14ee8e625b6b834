"""How a thing was made known says what it is: told by speakers, printed in papers, handed out, shown twice.

利用大喇叭宣传政策120次; 《日报》刊发专版6个; 发放招生简章2.6万份; “双公示”信息90条.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, Reading
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.running.state import State

_ALOUD = deferred(
    r"(?:村村[响通]|喇叭|音响|广播)(?!电视|电台|[台站剧])”?(?:系统|平台)?[^，。；：0-9]{0,8}?"
    r"(?:宣传|宣讲|播报|播送|广播|普及|讲解|喊话)[^，。；：0-9]{0,16}$"
)
_TIMES = frozenset({"次", "遍", "轮次"})
"""利用大喇叭宣传惠农政策120次: what speakers tell is published, whatever the verb."""
_BOTH_SHOWN = deferred(r"“?双公示”?(?:(?:信息|数据|内容)(?:总[数量]|条数)?)?<共>?(?:达|为|有)?$")
"""行政许可、行政处罚“双公示”信息90条: decisions that are shown, whatever noun names them."""
_IN_PAPERS = deferred(
    r"(?:报[纸刊]|[日晚周时快早晨]报|报》|县报|市报)[^，。；：0-9]{0,6}(?:<发布>|推出)了?[^，。；：0-9]{0,10}"
    r"(?:专版|整版|专刊|专页|专题)$"
)
_PAGES = frozenset({"个", "版", "期", "块", "次", "篇"})
"""《日报》刊发专版6个: pages of a paper, no columns of a site."""
_HANDED = deferred(
    r"(?:发放|派发|分发|散发|赠送|赠阅|印发|印制|送达|发送)[^，。；：0-9]{0,12}"
    r"(?:简章|须知|指南|家长书|处方|指导单|宣教单|一封信|家长信|告知信|读本|绘本|图册|单页|知识卡)等?$"
)
_COPIES = frozenset({"份", "册", "本", "张", "封", "页"})
"""发放招生简章2.6万份: leaflets where they are handed out, matters to publish elsewhere."""


_AT_SITE = deferred(
    r"(?:网站|官网|公众号|微信|微博|抖音|平台|新媒体|公[开示]栏|媒体|客户端|专栏)上?(?:主动|集中|首次|公开|及时){0,2}(?:公开|公布)的(?:共|有)?$"
)
_ON_REQUEST = frozenset({"overview.on_request", "applications", "review"})
"""在网站公开的58条，按类别分：…: what a site has, no outcome of applications."""


_BY_WORD = deferred(
    r"(?:通过|利用|借助|以|采取|运用)(?:召开|举行|各类|各种|干部|村民|职工)*(?:代表)?(?:大会|会议|座谈会|例会|代表会|张榜|上墙|入户)"
    r"(?:[、和及等][^，。；：0-9]{1,12})?(?:形式|方式)?(?:及时|主动|向[^，。；0-9]{1,6})*(?:公开|公布|发布|通报)(?:信息|政务|事项|内容|政府信息)*(?:共|达)*$"
)
_ROUNDS = frozenset({"次", "场", "期", "余次", "次数"})
"""利用会议公开22次, 利用张榜公开36次: pieces, by how they were told."""


def read_published(candidate: Candidate, state: State) -> Reading | None:
    """What was made known by the way that its clause tells, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    between, unit = candidate.between, candidate.quantity.unit.strip()
    if unit in _TIMES and _ALOUD.search(between):
        return Reading(INFORMATION, "item", None, "aloud", 0.9, counters=ITEM)
    if unit in _COPIES and "n.leaflet" not in candidate.before and _HANDED.search(between):
        return Reading("leaflets", "copy", None, "handed", 0.9, counters=ITEM)
    if unit in _PAGES and "报" in between and _IN_PAPERS.search(between):
        return Reading("media_reports", "item", None, "in papers", 0.9, counters=ITEM)
    pieces = between.endswith(("的", "的共", "的有")) and candidate.sentence.section.code not in _ON_REQUEST
    if pieces and state.rules.counts_items(unit) and _AT_SITE.search(between):
        return Reading(INFORMATION, "item", None, "at a site", 0.9, counters=ITEM)
    if unit in _ROUNDS and ("公" in between or "通报" in between) and _BY_WORD.search(between):
        return Reading(INFORMATION, "item", None, "by word", 0.9, counters=ITEM)
    shown = "双公示" in between and state.rules.counts_items(unit)
    if shown and not state.listing and _BOTH_SHOWN.search(between):
        return Reading(INFORMATION, "item", None, "both shown", 0.9, counters=ITEM)
    return None
