"""Which words that name a channel name a way of publishing where they stand (guideline part 2, rule 16).

A site that pieces are taken from, that is looked after, or where something can be done, is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import channel_of, channel_terms, outside_names

_MANY_WAYS = deferred(r"、[^，；：。]{2,24}等(?:多种|多个|各种|各类)?(?:形式|渠道|方式|途径|载体|平台|媒介)")
_WAYS_LISTED = deferred(
    r"(?:<通过>|采取|以|在)[^，；：。0-9]{2,30}[、和及与][^，；：。0-9]{2,40}等(?:多种|各种|多个)?"
    r"(?:形式|渠道|方式|途径|载体|媒介)"
)
_BY_NAME_TOO = deferred(
    r"(?:[、和及与]|以及)(?:(?:(?:“[^”]{2,10}”[、和及与]?)+|[^，。；：、“”0-9]{2,8}(?<![栏区网页题块统台站]))"
    r"等(?:多个|多种|各类|政务|新媒体|信息)*(?:平台|渠道|载体|媒介|途径)"
    r"|(?:“[^”]{2,10}”[、和及与]?)+(?:<共>|共同|同步|累计|全年|主动)*(?:<发布>|推送))"
)
"""县政府网站、“青禾发布”等平台, 网站和“青禾发布”共发布: a further way, that has a name alone."""
_LONGEST_NAME = 5
"""Characters before 热线 in its name, with the comma."""
_PLACES_AND_AIR = deferred(
    r"查[阅询](?:点|室|区|场所)|档案|图书馆|大厅|服务中心|窗口|电视|广播|报[纸刊]|公示栏|公开栏|宣传栏"
)
_EXAMPLES = deferred(r"等[^（）]{0,8}）")
_TAKEN_FROM = deferred(r"(?:转载|转发|转播|链接|转引)(?:自|了)?[^，；）0-9到至在给往向通过]{0,8}$")
_CAN = deferred("[可能][^，。；]{0,4}$")
_KEEPS = deferred(
    r"(?:更新|维护|增强|强化|健全|加强|优化|完善|规范|重视|抓好|办好|升级|改版|推进)[^，。；、]{0,4}$"
)
_BUILT = deferred(r"(?:构建|搭建|打造|用活|建强|织密|形成)[^，。；、]{0,6}$")
_IS_BUILT = deferred(r"[^，。；0-9]{0,8}(?:矩阵|格局|体系|阵地|渠道|网络)")
"""构建“线上+线下”传播矩阵, 用活新媒体宣传阵地: what is built has not published yet."""
_KEPT = deferred(r"的?(?:信息|内容|栏目|政务|服务)*(?:管理|建设|维护|运维|改版|改造|升级|安全)")
_HELD_BY_SITES = frozenset({"n.interview", "n.message", "n.solicitation"})
_ASKED_ONLINE = frozenset({"n.solicitation", "ch.online"})
"""政府网站发布信息90条，开展在线调查6个: on the site."""
_OTHER_WAYS = frozenset({"n.gazette", "ch.media"})
_JOINS = deferred(r"[》”]?[、和与及](?:[《“](?:[^《》“”，。；]{1,12}”)?)?")
_JOINS_PAPERS = deferred(
    r"[》”]?(?:[、和与及]|以及)[^，。；：、“”0-9通在被由]{0,5}(?:[、和与及][省市县区州旗][^，。；：、0-9]{0,2})?"
)
"""官网和青禾日报, 门户网站及市、县媒体: a paper or station by its name, media by their levels."""


def ways_named(candidate: Candidate, folded: str, running: str, *, acts: bool) -> tuple[list[Term], str]:
    """Channels that the words before a number name as ways of publishing, and the one that runs on.

    Args:
        candidate: The number in its context.
        folded: The folded text of the report.
        running: Channel named last.
        acts: Whether it is what acts, not a means.
    """
    named = channel_terms((*candidate.left[::-1], *candidate.own[::-1]))
    if "转" in candidate.between or "链接" in candidate.between:
        ways = [t for t in named if not is_source(t, folded, candidate.sentence.start)]
        running = running if len(ways) == len(named) else ""
        named = ways
    if "可" in candidate.between or "能" in candidate.between:
        named = [t for t in named if not is_ability(t, folded)]
    if len(named) > 1:
        named = outside_examples(outside_names(named, folded), folded)
    goes_on = acts and "；" not in candidate.between
    if running == "website" and (goes_on or candidate.between.startswith("、")):
        named = [t for t in named if not t.classes >= _ASKED_ONLINE]
    if any(t.kinds & SITE for t in named):  # a site says more than 网上
        named = [t for t in named if "ch.online" not in t.classes]
    return named, running


def holds(site: Term, candidate: Candidate) -> bool:
    """Whether a site only modifies what it holds (政府网站在线访谈)."""
    return any(t.start == site.end and t.classes & _HELD_BY_SITES for t in candidate.own)


def led_by_hotline(candidate: Candidate, *, acts: bool) -> bool:
    """公众号推送90条，12345热线受理9件，发布解读8篇: a hotline that is a subject of its own ends what ran.

    What was only a means ends with any number of such cases.

    Args:
        candidate: The number of its cases.
        acts: Whether the channel that runs acts, and is no means.
    """
    if not acts:
        return True
    first = candidate.own[-1] if candidate.own else None
    if first is None:
        return False
    opens = 0 < first.start - candidate.bound <= _LONGEST_NAME and candidate.between.startswith("，")
    return opens and "ch.hotline" in first.classes


def is_ability(term: Term, folded: str) -> bool:
    """可全程在线办理的事项: where something can be done is no way of publishing."""
    online = "ch.online" in term.classes
    return online and _CAN.search(folded, max(0, term.start - 5), term.start) is not None


def is_source(term: Term, folded: str, start: int) -> bool:
    """转载中国政府网重要信息90条: a site that pieces are taken from is no way of publishing.

    Args:
        term: The site.
        folded: The folded text of the report.
        start: Offset of the sentence.
    """
    return _TAKEN_FROM.search(folded, max(start, term.start - 12), term.start) is not None


def outside_examples(named: list[Term], folded: str) -> list[Term]:
    """新媒体（公众号等）公开90条: an example in a bracket behind a channel does not name another."""
    opening = folded.rfind("（", named[0].end, named[-1].start)
    if opening < 0 or not _EXAMPLES.match(folded, named[-1].end):
        return named
    outer = [t for t in named if t.end <= opening]
    return outer if outer and outer[-1].end == opening else named


def is_kept(term: Term, folded: str) -> bool:
    """及时更新网站信息，全年公开…: a site that is looked after is no way of publishing."""
    before = folded[max(0, term.start - 10) : term.start]
    kept = term.kinds & SITE and _KEEPS.search(before)
    kept = kept or (_BUILT.search(before) and _IS_BUILT.match(folded, term.end))
    return bool(kept) or _KEPT.match(folded, term.end) is not None


def code_of_way(term: Term, folded: str, start: int) -> str:
    """Channel code of a way; 官微 is the microblog where that and no 微信 was named before in the sentence.

    Args:
        term: The word.
        folded: The folded text of the report.
        start: Offset of the sentence.
    """
    if folded.startswith("官微", term.start) and folded.find("微博", start, term.start) >= 0:
        named = folded[start : term.start]
        return "wechat" if "微信" in named or "公众号" in named else "weibo"
    return channel_of(term)


def _follows(way: Term, site: Term, folded: str) -> bool:
    """官网和青禾日报; 政府网站、青禾新闻网 are two sites."""
    if _JOINS.fullmatch(folded, site.end, way.start):
        return True
    return folded[way.end - 1] != "网" and _JOINS_PAPERS.fullmatch(folded, site.end, way.start) is not None


def joins_others(words: Iterable[Term], run: Sequence[Term], folded: str) -> bool:
    """在政府网站、《…公报》公开, 网站、新闻媒体: gazette and papers are further ways."""
    return any(
        not _OTHER_WAYS.isdisjoint(t.classes)
        and (_JOINS.fullmatch(folded, t.end, run[0].start) or _follows(t, run[-1], folded))
        for t in words
    )


def _stands_with_names(site: Term, last: Term, between: str, bound: int) -> bool:
    """县政府网站、“青禾发布”等新媒体平台: what closes the run is the last word for a way."""
    closes = _BY_NAME_TOO.match(between, site.end - bound) if site.end >= bound else None
    return closes is not None and last.end <= bound + closes.end()


def listed_with_others(named: Sequence[Term], run: Sequence[Term], between: str, bound: int) -> bool:
    """通过查阅点、网站等渠道, 网站、档案馆、公众号等形式: whether further ways stand beside the last ones.

    Args:
        named: Words that name ways of publishing, in order.
        run: The last of them, which are joined.
        between: The words before the number.
        bound: Offset of `between`.
    """
    if "等" not in between and "“" not in between:
        return False
    if any(_stands_with_names(t, run[-1], between, bound) for t in named if "ch.website" in t.classes):
        return True
    if len(named) > len(run) and (ways := _MANY_WAYS.search(between)):
        several = run[-1].end <= bound + ways.end()
        if several and len({channel_of(t) for t in named}) > 1:
            return True
    listed = _WAYS_LISTED.search(between) if run[0].kinds & SITE else None
    if listed is None or not listed.start() <= run[0].start - bound < listed.end():
        return False
    return _PLACES_AND_AIR.search(listed[0]) is not None
