"""Which words name a channel of publishing, and which of them stand in one coordination."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, PUBLISHES, Term

_NAMED = "(?:“[^”，。；]{1,16}”)?"
_AND_SUCH = deferred(rf"{_NAMED}等(?:政务|官方|各类)?")
_NEW = frozenset({"ch.wechat", "ch.weibo", "ch.douyin", "ch.new_media", "ch.app"})
_ALONE = frozenset({"ch.wechat", "ch.weibo", "ch.douyin"})
_JOINER = deferred(rf"{_NAMED}[^，。；：0-9]{{0,5}}[、和与及或/]{_NAMED}[^，。；：0-9]{{0,9}}")
_EXPLAINS = deferred(rf"(?:平台|账号)?（{_NAMED}[^，。；：（）0-9]{{0,6}}")
"""网站、新媒体（微信公众号）: a bracket says which, and what is joined stays joined."""
RECEIPT = frozenset({"online", "letter", "in_person", "email", "website", "offline", "wechat", "app", "all"})
SITES = frozenset({"ch.website", "ch.wechat", "ch.weibo", "ch.douyin", "ch.app", "ch.new_media"})
_MEDIA_TOGETHER = deferred(
    r"(?:等[^，。；、0-9]{0,10}|[和及与](?:各级|主流|新闻|中央|省级|市级)[^，。；、0-9]{0,4})"
    r"(?<![新自融])媒体(?!平台|号|矩阵)(?:（[^）]{0,14}）)?"
)
"""新华社、快手等媒体: what closes a run of names says what they are."""
_PUBLISHED_ALIKE = deferred(
    r"(?:途径|渠道|平台)?[^，。；：0-9采报]{0,6}(?:公开|公布|公示|发布[^，。；：0-9]{0,6}信息)"
)
"""在县政府网站、青禾日报等媒体公开信息90条: the site of a body is no paper among the others."""
_COLUMNS_NAMED = deferred(
    r"(?:下设|分设|内设|设有|设置)[^，。；0-9]{2,80}?(?:栏目|专栏|板块|版块)"
    r"|(?:开设|开辟|推出|新增|增设|设立)[^，。；0-9]{2,60}?等[^，。；、0-9]{0,6}(?:栏目|专栏|板块|版块)"
)
_NAMES_OF_COLUMNS = frozenset({"ch.online", "ch.new_media", "ch.hotline", "ch.offline"})
_LEFT_OUT = deferred(r"（不(?:包括|包含|含|计)[^（）]{2,60}）")
"""专项经费（不包括网站建设经费）3万元: what a bracket leaves out."""
_MISNAMING = deferred("媒体|栏目|专栏|板块|版块|（不[包含计]")
_RUN_START = deferred(r"[，。；：（在过被由]|[0-9][万余多]?[条篇次件期个部集张项]")
_LONGEST_RUN = 80
_PAIR = 2

_ACCOUNT_NAME = deferred(
    r"(?:^|[，；：、])[^，；：“0-9]{0,4}“(?:[^”]{1,8}(发布|融媒)|[^”+]{2,10})”(?:各?(?:平台|账号))?"
    r"(?:共|累计|<全年>)*(?:<发布>|发文|推文|总?粉丝)"
)
"""“青禾发布”推送120条: an account by its name alone."""
_READING_PLACE = deferred(
    r"(?:<通过>|在|于)[^，。；：、]{0,8}(?:(?:图书馆|档案馆|两馆)[^；0-9]{0,40}|(?:查阅(?:点|室|场所|区)|公开专区|(?:办事|服务)(?:大厅|窗口)"
    r"|(?:政务|行政|便民|党群|群众)(?:服务)?(?:中心|大厅|站))[^，；0-9]{0,20})"
    r"(?:公开(?![专栏窗区查体])|公布|公示(?!栏)|发布|提供|摆放|展示|张贴)"
)
"""在市图书馆、市档案馆公开文件40件: places to read."""
_GAZETTE = deferred(
    r"(?<!统计)(?<!状况)(?<!资源)(?<!质量)(?<!环境)(?<!保持)公报》?(?:上|平台|渠道|主要?|第一|载体|阵地|作用|为)*[，：]?"
    r"(?:<全年>|主动|集中|统一|及时|共|累计|全文)*(?!编发|更新)<发布>"
)
"""通过《青禾县人民政府公报》公开信息9条, 县政府公报刊登文件9件: a gazette is where it stands."""
_SITE_NAME = deferred(
    r"[在过]《[^》]{2,14}(?:网|网站)》|[在过]“(?:(?:中国[·•．.—-][^”]{1,8}|[^”]{1,14}(?:网|网站|在线|门户))”(?:上|首页)?<发布>|[^”]{2,20}”网(?![络民友上格红页址]))"
    r"|(?:在|<通过>)[^，。；、“”：0-9]{1,12}(?<![互人新])(?<!联)网(?:<发布>|公告)"
    r"|(?:^|[，。；])[^，。；、“”：0-9在过用]{1,10}(?<![互上新络人])(?<!联)网(?:在[^，。；：0-9]{1,8}|<全年>|主动|<共>){0,3}<发布>"
    r"|(?:在|<通过>)[^，。；、“”：0-9]{2,20}(?:页面|网页)(?:（[^（）]{1,16}）)?(?:[中里上内]，?)?(?:全年|主动|累计|共)*<发布>"
    r"|(?:在|<通过>)[^，。；、“”：0-9]{0,10}(?:[息务]公开栏目|“[^”]{2,10}”(?:栏目|专栏|频道|版块|板块))(?:[中里上内]，)?[^，；0-9]{0,6}<发布>"
)
"""在“中国·青禾”公开: a site by its name."""
_BY_ADDRESS = deferred(r"(?:<通过>|在)[^，。；、（]{2,24}（[^（）]{0,12}(?:https?：|www\.)[^（）]{1,60}）")
"""通过水务阳光平台（http://…）公开: what has an address is a site."""
_COLUMN_ACTS = deferred(
    r"(?:^|[，；：。、])(?![^，；：。、]{0,12}(?:电视|广播|电台|报纸|日报|晚报))[^，；：。0-9]{2,24}(?:栏目|专栏|板块|版块|专区)(?:[中内里上])?(?:<全年>|累计|共|主动)*"
    r"<发布>"
)
"""网站发布信息90条；政策执行栏目发布21条: a column behind a site is one of it."""
_SYSTEM = deferred(
    r"(?:^|[，；：、）])[^，。；：、（0-9在过]{2,14}(?:公示|公开|发布)(?:系统|平台)(?:（[^（）]{1,8}）)?(?:<全年>|累计|共)*(?:<发布>)?[^，；：、0-9]{0,6}$"
)
"""网站40条、企业信用信息公示系统90条: a system that holds what everybody may see, as a way beside others."""
_EVERYWHERE = deferred(r"全平台(?:<全年>|累计|共|主动)*<发布>")


def channel_terms(terms: Iterable[Term]) -> list[Term]:
    """Terms that name a channel of publishing, in order."""
    return [t for t in terms if t.kinds & PUBLISHES]


def channel_of(term: Term, allowed: frozenset[str] | None = None) -> str:
    """Channel code of a term, empty where it names none of the allowed."""
    if not term.kinds & CHANNEL:
        return ""
    return _code_of(term.classes, allowed)


@lru_cache(maxsize=1024)
def _code_of(classes: frozenset[str], allowed: frozenset[str] | None) -> str:
    codes = sorted(n[3:] for n in classes if n.startswith("ch."))
    return next((c for c in codes if allowed is None or c in allowed), "")


def outside_names(terms: list[Term], folded: str) -> list[Term]:
    """Terms without those in the name behind an account (微信公众号“青禾政府网”)."""
    kept: list[Term] = []
    for term in terms:
        named = bool(kept) and folded.startswith("“", kept[-1].end)
        if not named or term.start > folded.find("”", kept[-1].end):
            kept.append(term)
    return kept


def last_run(terms: list[Term], folded: str) -> list[Term]:
    """The last terms that are joined by 、 和 及: one coordination.

    门户网站和微信公众号等新媒体, 微信、微博等新媒体 are those that are named; 微信等新媒体 are new media.
    """
    run = _joined(terms, folded)
    if len(run) == 1 < len(terms) and _AND_SUCH.fullmatch(folded, terms[-2].end, run[0].start):
        named = _joined(terms[:-1], folded)
        one = len({channel_of(t) for t in named}) == 1  # 微信等新媒体: not named one by one
        return run if one and not named[0].classes.isdisjoint(_NEW) else named
    explained = terms[-len(run) - 1] if len(run) < len(terms) else None
    if (
        explained is not None
        and "ch.new_media" in explained.classes
        and _EXPLAINS.fullmatch(folded, explained.end, run[0].start)
    ):
        return [*_joined(terms[: -len(run)], folded)[:-1], *run]
    return run


def _joined(terms: list[Term], folded: str) -> list[Term]:
    """The last terms that nothing but a joining word parts."""
    run = _touching(terms)
    for term in reversed(terms[: -len(run)]):
        touching = term.end == run[0].start and not (  # 微博微信稿件
            term.classes.isdisjoint(_ALONE) or run[0].classes.isdisjoint(_ALONE)
        )
        if not touching and not _JOINER.fullmatch(folded, term.end, run[0].start):
            break
        run.insert(0, term)
    return run


def _touching(terms: list[Term]) -> list[Term]:
    """微博微信网站: three names and more with nothing between are joined, else the last one alone."""
    run = terms[-1:]
    for term in reversed(terms[:-1]):
        if term.end != run[0].start:
            break
        run.insert(0, term)
    return run if len(run) > _PAIR else terms[-1:]


def misnaming_marks(folded: str, start: int, end: int) -> list[int]:
    """Offsets of the words without which a sentence has nothing for `misnamed_channels`, ascending."""
    return [mark.start() for mark in _MISNAMING.finditer(folded, start, end)]


def misnamed_channels(
    between: Callable[[int, int], list[Term]], folded: str, start: int, end: int
) -> set[Term]:
    """Words of a sentence that name a channel elsewhere and none here.

    新华社、今日头条等媒体 are media, all of them; 下设工作动态、网上咨询等栏目 are names of columns.

    Args:
        between: Gives the words between two offsets.
        folded: The folded text of the report.
        start: Offset of the sentence.
        end: Offset after it.
    """
    misnamed: set[Term] = set()
    for match in _MEDIA_TOGETHER.finditer(folded, start, end):
        first = start
        for stop in _RUN_START.finditer(folded, max(start, match.start() - _LONGEST_RUN), match.start()):
            first = stop.end()
        run = [t for t in between(first, match.end()) if t.kinds & CHANNEL]
        if any("ch.media" in t.classes for t in run):
            kept = {"ch.media"}
            if _PUBLISHED_ALIKE.match(folded, match.end()):
                kept.add("ch.website")
            misnamed.update(t for t in run if kept.isdisjoint(t.classes) or _is_any_site(t, run))
    for match in _COLUMNS_NAMED.finditer(folded, start, end):
        named = between(match.start(), match.end())
        misnamed.update(t for t in named if not t.classes.isdisjoint(_NAMES_OF_COLUMNS))
    for match in _LEFT_OUT.finditer(folded, start, end):
        misnamed.update(between(match.start(), match.end()))
    return misnamed


def _is_any_site(site: Term, run: list[Term]) -> bool:
    """报纸、电视、网站等媒体: a bare word behind papers, which is no site of the body."""
    return "ch.website" in site.classes and site.end - site.start == len("网站") and site is not run[0]


def way_by_name(between: str, running: str) -> str | None:
    """Channel that a name gives which is no word of the lexicon, `None` where there is no such name.

    Args:
        between: The words before a number.
        running: Channel that was named last.
    """
    if running == "website" and "栏" in between and _COLUMN_ACTS.search(between):
        return "website"
    if "公报" in between and _GAZETTE.search(between):
        return "gazette"
    if _READING_PLACE.search(between):
        return "offline"
    if any(word in between for word in ("网", "”", "栏目", "页面")) and _SITE_NAME.search(between):
        return "website"
    if "挂网" in between and not running:
        return "website"
    if "（" in between and _BY_ADDRESS.search(between):
        return "website"
    if running and ("系统" in between or "平台" in between) and _SYSTEM.search(between):
        return "website"
    if "平台" in between and _EVERYWHERE.search(between):
        return "all"
    account = _ACCOUNT_NAME.search(between) if "”" in between else None
    return None if account is None else "new_media" if account[1] else ""
