"""Channels of accounts, and of what the accounts that are counted published (guideline part 2, rule 16)."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import channel_of, channel_terms
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.running.state import State

_ON_AIR = deferred(
    r"(?:电视台|电台|卫视|广播(?!间)|日报|晚报|[快时]报|融媒体中心|广电)[^，。；]{0,30}$|(?:媒体专访|电视问政)[^，。；]{0,8}$"
)
"""做客县电台《…》2期: the station or paper that is named holds the talk."""
_HELD_ON = deferred("在$|<通过>$")
"""在抖音开办直播访谈26场: the account that is named holds the talk."""
_NEAR_ACCOUNTS = 30
_IS = ("为", "是", "系", "属于")
_ACCOUNTS = deferred(r"[两三四五几][个大](?:官方)?(?:账号|帐号|平台|新媒体)")
_PUBLISH = deferred(
    "(?:平台|账号)?，?(?:全年|年内|累计|共|主动|公开|及时|[，、])*(?:<发布>|宣传|解读)[^，。；：、0-9]{0,10}"
)
_VISITS = deferred("(?:浏览|访问|点击|登录|登陆|阅读|查看|关注)了?[^，。；、0-9]{0,10}")

_CLOSED = deferred(
    r"[，、；](?:[^，。；：0-9]{2,8}，)?(?:<全年>|已|共|累计)*(?:注销|关停|关闭|撤销|停用|归并|整合)了?"
)
_REACTIONS = deferred(
    r"[，、；和及]?(?:总|累计|获得?|用户|共)*(?:点赞|获赞|转发|分享|收藏|评论|在看|下载|转赞评)[^，。；：0-9]{0,6}"
)


def counts_accounts(candidate: Candidate, state: State) -> bool:
    """Whether the words before a number say how many accounts it is of (三个账号共发布…)."""
    start = candidate.quantity.outer_start
    first = max(candidate.sentence.start, candidate.own_start - 2, start - _NEAR_ACCOUNTS)
    return _ACCOUNTS.search(state.folded, first, start) is not None


def _right_behind(candidate: Candidate) -> str:
    """包括4个微信公众号，2个是抖音号: the kind of account that touches its number."""
    behind = candidate.behind
    if candidate.follows.startswith(_IS):
        behind = next((t for t in candidate.right if t.kinds & SITE), None)
    if behind is None:
        return ""
    parted = candidate.follows[: behind.start - candidate.quantity.outer_end]
    return channel_of(behind) if not parted or parted in _IS else ""


def counted_channel(draft: Draft, candidate: Candidate) -> str:
    """390篇微博、微信图文, 公众号等7个新媒体平台: the accounts right behind the number are what it counts."""
    if draft.metric == "info_published" and candidate.sites:
        codes = {channel_of(t) for t in candidate.sites}
        return "all" if len(codes) > 1 else codes.pop()
    code = _right_behind(candidate) if draft.metric == "accounts" else ""
    return "" if code == "new_media" and not candidate.between.endswith("等") else code


def account_channel(draft: Draft, state: State) -> str:
    """Channel of accounts: that of the noun behind the number, else the one that runs."""
    behind = draft.head if draft.head is not None and draft.head.start >= draft.end else None
    code = channel_of(behind) if behind is not None else ""
    if code == "new_media" and draft.value == len(set(state.channel_run)) > 1 and state.channel == "all":
        return "all"  # 微信公众号和微博两个政务新媒体: named one by one
    named = behind is not None and "n.account" in behind.classes
    return code or ("new_media" if named else state.channel) or "new_media"


def visited_site(candidate: Candidate, state: State) -> str:
    """96万人次访问了门户网站: the site that the number visited."""
    site = next((t for t in candidate.right if t.kinds & SITE), None)
    if site is None or not _VISITS.fullmatch(state.folded, candidate.quantity.outer_end, site.start):
        return ""
    return channel_of(site)


def accounts_before(candidate: Candidate, state: State) -> str:
    """40个政务新媒体发布信息900条: the accounts just counted are those that publish."""
    last = state.last
    if last is None or last.metric != "accounts" or not 0 < candidate.bound - last.end <= _NEAR_ACCOUNTS:
        return ""
    channel = state.channel if state.channel == "all" else last.channel  # 公众号1个、微博2个，发布信息90条
    return channel if _PUBLISH.fullmatch(candidate.between) else ""


def makes_columns(candidate: Candidate, state: State) -> bool:
    """通过微信、抖音发布信息90条，制作专题6个: columns are made on the site, not on the accounts before."""
    if state.channel == "website" or state.as_subject or not state.named_at <= candidate.bound:
        return False
    return any(not t.classes.isdisjoint(("v.make", "v.open")) for t in candidate.own)


def is_reaction(draft: Draft, candidate: Candidate, state: State) -> bool:
    """公众号阅读量3万次，点赞900次、转发300次: what readers did there."""
    last = state.last
    goes_on = last is not None and last.sentence == draft.sentence and candidate.bound == state.last_end
    if goes_on and last is not None and last.metric == "accounts":
        return _CLOSED.fullmatch(candidate.between) is not None  # 新媒体账号9个，关停2个
    return goes_on and _REACTIONS.fullmatch(candidate.between) is not None


def names_another_way(candidate: Candidate, state: State) -> bool:
    """网站公开40条，其中法规类10条、执法类30条，公示栏公开财务15条: another way, all parts being told."""
    whole = state.frame
    if whole is None or state.listed_by_channel or not candidate.between.startswith(("，", "；")):
        return False
    codes = {channel_of(t) for t in channel_terms(candidate.own)}
    return bool(codes) and whole.channel not in codes


def talk_channel(candidate: Candidate, state: State) -> str:
    """Channel of an interview: a station, paper or site that its own clause names."""
    if _ON_AIR.search(candidate.between):
        return "media"
    if any(t.kinds & SITE and _HELD_ON.search(state.folded, t.start - 3, t.start) for t in candidate.own):
        return state.channel
    sites = [t for t in candidate.own if "ch.website" in t.classes]
    runs = state.channel == "website" and state.as_subject and candidate.sentence.start <= state.named_at
    runs &= state.folded.find("；", state.named_at, candidate.quantity.start) < 0 and not state.kept
    runs &= "接受" not in candidate.between
    return "website" if sites or runs else ""


_OVER_ALL = deferred(r"[，；]\s*(?:<全年>)?(?:总|<共>|合)|全网|全平台")


def views_of_one(whole: Draft, candidate: Candidate, state: State) -> bool:
    """新媒体发布信息900条，其中公众号120条，阅读量9万次: views of the only account that was told of."""
    last = state.last
    if last is None or not last.channel or candidate.bound != state.last_end or last is whole:
        return False
    if _OVER_ALL.match(candidate.between) or not last.metric.startswith(("info_published", "videos")):
        return False
    joined = candidate.between.startswith("、")  # 其中微信90条、阅读量9万次，微博60条、阅读量3万次
    # 发布信息900条，阅读量80万次，其中公众号120条，阅读量9万次
    first = max(whole.end, state.folded.find("其中", whole.end, last.start))
    return joined or not any(first <= q.start < last.start for q in candidate.sentence.quantities)


_STOCK_OF_ALL = deferred(r"(?:粉丝|关注|用户|订阅)[^，。；0-9]{0,6}<共>(?:达|为|有|近|超)?$")
_BRACKET = deferred(r"[^（，。；]{0,2}（[^）]{4,80}）")


def told_of_all(draft: Draft, candidate: Candidate, state: State) -> str:
    """Channel of what is told of several accounts that its clause does not name, empty where it is not.

    粉丝合计38万（抖音20万、微博18万）; 公众号40条，抖音50条，合计90条。播放过万的4条.

    Args:
        draft: The mention.
        candidate: Its quantity in its context.
        state: What holds where it stands.
    """
    if draft.metric == "followers" and draft.aspect == "level" and _STOCK_OF_ALL.search(candidate.between):
        end = candidate.quantity.outer_end
        behind = _BRACKET.match(state.folded, end)
        sites = channel_terms(candidate.sentence.between(end, behind.end())) if behind else []
        return "all" if len({channel_of(t) for t in sites}) > 1 else ""
    if draft.rule != "past a bound" or state.named_at >= candidate.sentence.start:
        return ""
    told = (m for m in reversed(state.recent) if m.metric == draft.metric)
    return next((m.channel for m in told if m.paragraph == draft.paragraph), "")
