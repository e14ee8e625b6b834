"""Whose number it is by the words right before it: a named office, boards of the villages, several bodies."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.running.state import State

_BOARDS = deferred(
    r"(?:(?<![0-9])[0-9]+个[^，。；：]{1,6}|(?<!乡)村(?:[居社]|（[^（）0-9]{1,4}）)?(?:级|务|民)?)(?:“[^”]{1,6}”)?[^，。；：0-9]{0,4}(?:公开栏|公示栏|宣传栏|广播|大喇叭)[^，。；：0-9]{0,10}$|(?<!、)村村[响通]”?(?!等)[^，。；：0-9]{0,12}$"
)
"""26个村公开栏, 村务公开栏: boards of all the villages together."""
_OWN_SITE = deferred(
    r"[，、；：](?:其中[，：]?)?(?:[一-鿿]{2,6}(?=[市县区旗]人民))?[省市县区州旗](?:人民)?政府(?:门户|官方)?(?:网站?|官网)(?:主动|共|累计){0,3}<发布>?(?:各类|政府|政务){0,2}(?:信息)?$"
)
"""全县公开信息900条，其中县政府网站公开500条: the site of the government is its own."""
_OWN_OFFICE = deferred(
    r"[，、；：（](?:其中[，：]?)?(?:[省市县区州旗](?:人民)?政府|行署|管委会)(?:(?:以?及|[和与、])(?:其|[省市县区州旗](?:人民)?政府|行署)?)?"
    r"办公[室厅](?:共|主动|累计)*(?:<发布>|印发|制发|出台)?[^，。；：、0-9及和与]{0,8}$"
)
"""全县公开信息900条，其中县政府及县政府办公室文件42件: its own."""
_OF_LEVEL = deferred(
    r"[，、；：](?:其中[，：]?)?([省市县区州旗])本?级(?:人民)?政府(?:门户|官方)?(?:网站?|官网)[^，。；：0-9]{0,12}$"
)
_LEVEL = deferred(r"([省市县区州旗])(?:人民)?(?:政府)?(?:办公[室厅])?$")
"""其中市级政府网站公开90条, in the report of a city: its own site."""
_SITES_OF_BODIES = deferred(
    r"[，、；（](?:各)?(?:部门|单位|乡镇|镇街|街道|[市县区州旗]直)(?:（[^）]{1,8}）)?(?:政务)?(?:新媒体|网站|公众号|账号)[^，。；0-9]{0,6}$"
)
"""县政府网站42条，部门（街道）新媒体28条: of those under the government."""
_BY_MEDIA = deferred("媒体(?:共|累计)?(?:<发布>|报道|刊播|播发)")
_ALL_ACCOUNTS = deferred(
    r"(?:^|[，。；：年月\n])(?:<全年>)?(?:对|将|把)?(?:全[省市县区旗州盟镇乡]|全系统|各[级部单][^，。；0-9]{0,8}|[省市县区旗州]直[^，。；0-9]{0,6})的?"
    r"[^，。；、0-9（]{0,8}(?:新媒体|网站|公众号|账号|账户|微博)[^，。；0-9]{0,6}"
    r"(?:(?:进行|开展|实施|予以|加以|逐一|集中|全面)?[^，。；0-9]{0,4}(?:清理|整合|整顿|排查|摸底|归并|摸排|清查|整治)[^；。]{0,30})$"
)
"""对全市政务新媒体进行清理整合，关停9个，保留14个: those of the whole area."""
_EACH_OF = deferred("每个?(?:行政村|村|社区|嘎查|乡镇|镇|街道|部门|单位|[县区]局)")
"""平均每个村30条: of the subordinates."""
_MANY_BODIES = deferred(
    r"[，。；：\n][^，。；：0-9在过对向为给]{0,4}[0-9]{1,4}[个家][^，。；：0-9的]{0,6}(?:部门|单位|机构|乡镇|镇街|街道|县区)(?:（[^（）0-9]{1,14}）)?"
    r"(?:(?:全年)?(?:<共>|主动|全部|均)+|(?:全年)?<发布>)[^，。；：0-9]{0,16}$"
)
_LONGEST_MANY = 48
_DOCUMENTS = frozenset(
    {
        "info_published",
        "policy_docs",
        "normative_docs",
        "applications_received",
        "interpretations",
        "graphics",
        "videos",
    }
)
_ASKED = frozenset({"applications_received", "applications_handled", "hotline_cases", "messages"})
_RANKED = deferred(
    r"(?:前[一二三四五六七八九十0-9列]|最多|较多|较大|靠前|居前)[^，。；0-9]{0,14}(?:是|为|有|依次|分别){1,3}：?"
    r"[^，、；：（\s0-9]{1,12}(?:省|市|县|区|旗|州|镇|乡|街道|局|委|厅)（?$"
)
"""申请量居前三位的县区是青禾县（96件）: the first of those that are named."""
_GOVERNS = ("政府", "政府办公室", "政府办公厅", "管理委员会", "管委会")
_OFFICE = deferred(
    r"(?:^|[，；。])(?:第?[一二三四五六七八九十]{1,2}是|此外|另外?|同时|<全年>|20[0-9]{2}年度?)?[省市县区州旗]([一-鿿]{2,10}(局|委员会|中心))(?:在[^，；。]{2,8})?(?:主动)?<发布>[^，；。0-9]{0,24}$"
)
_ORGAN = deferred(
    r"(?:^|[，、；：（])\s*[^，、；：（\s0-9]{1,12}(?:省|市|县|区|旗|州|镇|乡|街道|局|委|厅|科|(?<!新闻)(?<!资讯)(?<!信息)(?<!互动)中心|园区)\s*$"
)


def named_scope(draft: Draft, candidate: Candidate, near: frozenset[str], state: State) -> str:
    """Scope that the words right before a number fix, empty where they fix none."""
    last = state.last
    if draft.metric == "fee_amount" and last is not None and last.measure == "part" and last.body:
        return last.scope if candidate.bound == state.last_end else ""  # 其中县局1件，收取420元
    if draft.metric == "info_published" and _is_of_another_body(draft, candidate, state):
        return "other"
    before = "，" + candidate.between.rstrip()
    if draft.metric == "info_published" and _OWN_SITE.search(before):
        return "own"
    if draft.metric in _DOCUMENTS and "办公" in before and _OWN_OFFICE.search(before):
        return "own"
    if draft.metric == "info_published" and _is_own_level(candidate, state):
        return "own"
    if draft.measure == "part" and _is_by_sites_of_bodies(candidate, state):
        return "system"
    if draft.metric == "media_reports" and state.listing and (told := _told_by_media(candidate, state)):
        return told
    if draft.unit == "account" and _is_of_all_accounts(candidate, state.folded):
        return "system"
    if draft.measure == "average" and _EACH_OF.search(candidate.between):
        return "system"
    if draft.metric == "info_published" and _on_boards(candidate, near, state):
        return "system"
    if draft.measure == "total" and _is_of_many(candidate, state.folded):
        return "system"
    return "other" if draft.measure == "part" and _names_one(draft, candidate) else ""


def _names_one(draft: Draft, candidate: Candidate) -> bool:
    """Whether one body is named for a part, as its subject or as the first of those that had most."""
    ranked = draft.metric in _ASKED and _RANKED.search(candidate.between)
    return bool(ranked or _ORGAN.search("，" + candidate.between))


def _on_boards(candidate: Candidate, near: frozenset[str], state: State) -> bool:
    """Whether a number is of boards of villages: 各村公示栏张贴低保公示56份、补贴公示98份."""
    if "ch.offline" in near and _BOARDS.search(candidate.between):
        return True
    last = state.last
    if last is None or candidate.bound != state.last_end or not candidate.between.startswith("、"):
        return False
    if any(word.startswith("ch.") for word in near):
        return False  # 村级公开栏公示460条次、微信群推送90条
    return last.channel == "offline" and last.metric == "info_published" and last.scope == "system"


def _is_of_all_accounts(candidate: Candidate, folded: str) -> bool:
    first = max(candidate.sentence.start - 1, candidate.quantity.outer_start - _LONGEST_MANY)
    return _ALL_ACCOUNTS.search(folded, max(0, first), candidate.quantity.outer_start) is not None


def _is_by_sites_of_bodies(candidate: Candidate, state: State) -> bool:
    governs = state.info.agency.endswith(_GOVERNS)
    return governs and _SITES_OF_BODIES.search("，" + candidate.between) is not None


def _told_by_media(candidate: Candidate, state: State) -> str:
    """其中部门网站28条，省级媒体发布报道90篇（中央级8篇）: papers have the scope of the whole."""
    if state.listing == "bracket" and state.parent is not None:
        return state.parent.scope
    by_media = state.frame is not None and _BY_MEDIA.search(candidate.between) is not None
    return state.frame.scope if by_media and state.frame is not None else ""


def _is_own_level(candidate: Candidate, state: State) -> bool:
    """Whether the site of the level that reports is named (其中市级政府网站公开90条)."""
    if "级" not in candidate.between:
        return False
    site, own = _OF_LEVEL.search("，" + candidate.between), _LEVEL.search(state.info.agency)
    return site is not None and own is not None and site[1] == own[1]


def _is_of_many(candidate: Candidate, folded: str) -> bool:
    """44个部门共公布6343项: of several bodies together, by their number."""
    start = candidate.quantity.outer_start
    first = max(candidate.sentence.start, start - _LONGEST_MANY)
    words = folded[first:start]
    return ("个" in words or "家" in words) and _MANY_BODIES.search("，" + words.lstrip()) is not None


def _is_of_another_body(draft: Draft, candidate: Candidate, state: State) -> bool:
    """县教育局公开信息40条, in a government's report: one named office, which is another body."""
    if draft.measure != "total" or state.listing:
        return False
    own = state.info.agency
    if not own.endswith(_GOVERNS) and "中心" not in candidate.between:
        return False
    organ = _OFFICE.search(candidate.between)
    if organ is None or organ[1] in own:
        return False
    return own.endswith(_GOVERNS) or organ[2] == "中心"
