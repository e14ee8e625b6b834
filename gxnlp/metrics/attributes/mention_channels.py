"""Which channel a mention has: named for its number, running, or that of what it is of.

Guideline part 2, rule 16.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE, Term
from gxnlp.metrics.attributes.account_channels import (
    account_channel,
    accounts_before,
    counted_channel,
    counts_accounts,
    is_reaction,
    makes_columns,
    talk_channel,
    told_of_all,
    views_of_one,
    visited_site,
)
from gxnlp.metrics.attributes.gazettes import stands_in_gazette
from gxnlp.metrics.attributes.service_channels import (
    INHERITED,
    channel_of_target,
    is_service_rate,
    message_channel,
    opinion_channel,
    receipt_behind,
    receipt_channel,
    service_channel,
)
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import channel_of, channel_terms, outside_names
from gxnlp.metrics.context.readings import Draft, is_of_gazette
from gxnlp.metrics.running.state import State

_PIECES = frozenset(
    {"normative_docs", "normative_docs_valid", "open_meetings", "gazettes", "interviews", "proposals",
     "opinion_solicitations", "proposals_npc", "proposals_cppcc", "policy_docs", "interpretations",
     "graphics", "videos"}
)  # fmt: skip
"""What takes the channel of the pieces of what one published (网站公开信息80条，其中建议提案9条)."""
_GAZETTES = frozenset({"n.gazette", "ch.gazette"})
_EVENTS = frozenset({"interviews", "opinion_solicitations"})
_NAMED_ELSEWHERE = frozenset({"ch.media", "ch.hotline", "w.own", "v.accept"})
"""网站发布信息90条，接受媒体采访12次: what is the doing of others is none of the site's."""
_MEANS = deferred(r"(?:平台)?[^，；。、0-9]{0,12}，")
_PRINTED_PIECES = frozenset({"policy_docs", "normative_docs"})
"""What a list behind the issues of a gazette says to stand in it (公报6期，其中文件15件)."""
_MADE = frozenset({"policy_docs", "interpretations", "graphics", "videos"})
_BY_FORM = deferred(r"采用[^，。；]{2,14}(?:形式|方式)")
"""采用图文等形式解读12件: a form is taken, nothing is made anew."""
_OF_OTHERS = deferred(r"[^，。；：0-9]{2,20}(?:解读|作品|产品)[，：]其中")
_KINDS_ON_SITE = deferred(
    r"(?:在|<通过>)[^，。；：0-9]{2,20}<发布>了?(?!(?:政府|各类|各种)*信息[共计有]*$)[^，；：。0-9]{2,12}$"
)
_OF_SITE = deferred(
    r"[；。](?:在|<通过>)?[^，。；0-9]{2,16}<发布>的[^，。；0-9]{0,4}(?:信息|内容)[里中]?，?(?:主要|具体)?(?:包括|有|涵盖|涉及|为|是)"
)
"""；门户网站公开的信息，包括文件40件: a site named anew divides what it published, not the last one."""
_MAKES = frozenset({"v.make", "v.hold"})
_APART = deferred("[；）]")
_TOGETHER = deferred(
    r"(?:[，；]\s*(?:粉丝|用户|关注|阅读|浏览|播放|点击)?(?:<共>|总)|全网|全平台)[^，；]{0,12}$"
)
"""，总阅读量: over all that was named before."""
_OF_DOCUMENTS = deferred("公开的[^，；。]{0,16}文件[里之当]?中[^；。]{0,60}$")
"""网站公开的规范性文件中，新制定3件、废止4件: what became of those that stand there."""
_LONGEST_FATE = 90
_EDITS = deferred("，[^，；]{0,4}(?:编发|编印|编写|编撰|编辑|印发|汇编)")
_THE_OTHERS = deferred("[，、；和及](?:其他|其它)(?:平台|账号)?")
_PUT_UP = deferred("张(?:贴|榜)[^，；：]{0,14}$")


def channel_of_mention(
    draft: Draft, candidate: Candidate, near: frozenset[str], state: State, target: Draft | None
) -> str:
    """Channel code of a mention, empty where the text names none.

    Args:
        draft: The mention, with its measure and scope.
        candidate: Its quantity in its context.
        near: Classes of the words of its clause.
        state: What holds where it stands.
        target: What a change, growth or share is of.
    """
    if draft.rule == "guest":
        return "media"  # the station or paper whose programme it is
    policy = state.rules.channels.get(draft.metric, "")
    if piece := _piece_channel(draft, candidate, near, state, policy):
        return piece
    if draft.metric in _PIECES and _is_listed(draft, candidate, state):
        return _listed_channel(draft, candidate, state)
    if policy not in ("inherit", "named", "receipt"):
        return policy
    if policy == "receipt":
        told = receipt_channel(candidate) or receipt_behind(draft, candidate, state)
        return told or _of_what_came(draft, target)
    rate = draft.metric in INHERITED - {"share"} and draft.aspect == "level"
    if rate or is_service_rate(draft, candidate, state):
        return service_channel(draft, candidate, near, state)
    if counted := counted_channel(draft, candidate):
        return counted
    if draft.metric == "opinion_solicitations" and (forms := opinion_channel(candidate)):
        return forms
    own = channel_terms(candidate.own[::-1])
    if counts_accounts(candidate, state):
        return state.channel_run[0] if len(set(state.channel_run)) == 1 else "all"
    if target is not None:
        return channel_of_target(draft, candidate, state, target, named=bool(own))
    if not own:
        return _unnamed_channel(draft, candidate, state, policy)
    return _own_channel(draft, candidate, state, own)


def _of_what_came(draft: Draft, target: Draft | None) -> str:
    """当面提出的申请3件，较上年多1件，2件询问补助: a change and a part came by the way of their whole."""
    whole = target or (draft.part_of if draft.measure == "part" else None)
    if whole is None or whole.metric != draft.metric or whole.channel == "all":
        return ""
    return "" if target is not None and target.sentence != draft.sentence else whole.channel


def _own_channel(draft: Draft, candidate: Candidate, state: State, own: list[Term]) -> str:
    if draft.metric == "accounts":
        return account_channel(draft, state)
    if draft.metric == "messages":
        return message_channel(own, candidate, state)
    return state.channel


def _whole_of_last(draft: Draft, state: State) -> Draft | None:
    """新媒体账号9个，其中公众号6个、微博3个；关停2个: of all of them, not of the last kind."""
    whole = state.totals.get(state.last.metric) if state.last is not None else None
    return whole if whole is not None and whole.sentence == draft.sentence else state.last


def _unnamed_channel(draft: Draft, candidate: Candidate, state: State, policy: str) -> str:
    """Channel of a mention whose clause names none: it stands behind, or runs on from before."""
    if elsewhere := _elsewhere(draft, candidate, state):
        return elsewhere
    if draft.metric == "other_metric" and is_reaction(draft, candidate, state):
        last = state.last if not candidate.between.startswith("；") else _whole_of_last(draft, state)
        return last.channel if last is not None else ""
    if policy == "named" or (draft.metric == "other_metric" and draft.unit != "account"):
        return ""  # but 对全市政务新媒体进行清理，关停12个
    letters = draft.metric == "messages" and state.frame is not None and state.frame.metric != draft.metric
    if draft.measure == "part" and state.frame is not None and state.listing and not letters:
        if draft.metric == "info_published" and candidate.bound < state.named_at < candidate.own_start:
            return state.channel  # 其中，通过县政府网站，公开信息40条
        return _listed_channel(draft, candidate, state)
    if draft.metric == "columns" and makes_columns(candidate, state):
        return ""
    if _issues_bulletin(draft, candidate, state) or _stands_by_boards(draft, candidate, state):
        return ""
    if draft.metric == "accounts" and _THE_OTHERS.fullmatch(candidate.between) and state.frame is not None:
        return state.frame.channel  # 公众号6个、微博5个、其他8个
    if draft.metric in ("accounts", "messages"):
        return _own_channel(draft, candidate, state, [])
    if draft.metric.endswith(".part") and _is_next_kind(candidate, state):
        return state.last.channel if state.last else ""
    if (draft.metric == "info_published" and state.kept) or _acts_anew(draft, candidate, state):
        return ""
    return _together(draft, candidate, state)


def _issues_bulletin(draft: Draft, candidate: Candidate, state: State) -> bool:
    """公众号推送90条，编发简报24期: a bulletin that a later clause issues did not come that way."""
    named = draft.head is not None and "n.bulletin" in draft.head.classes and not state.listing
    return named and _EDITS.match(candidate.between) is not None


def _stands_by_boards(draft: Draft, candidate: Candidate, state: State) -> bool:
    """制作展板40块、海报90张、视频6个: what is made beside boards is not shown on them."""
    last = state.last
    if last is None or draft.metric not in _MADE or candidate.bound != state.last_end:
        return False
    boards = last.metric == "other_metric" and last.channel == "offline"
    return boards or (last.metric in _MADE and not last.channel and state.channel == "offline")


def _piece_channel(
    draft: Draft, candidate: Candidate, near: frozenset[str], state: State, policy: str
) -> str:
    """Channel of what has one only where its clause, or the piece that it goes on from, names it."""
    opened = draft.metric == "open_meetings" and "v.publish" in near and not state.as_subject
    if opened and _goes_on_with_site(candidate, state):
        return "website"
    if draft.metric == "open_meetings" and _is_joined(draft, candidate, state):
        return state.last.channel if state.last is not None else ""
    if draft.metric.startswith("normative_docs") and (stand := _of_documents(candidate, state)):
        return stand
    if draft.metric not in _PIECES:  # 通过门户网站公布新闻发布会25次
        named = draft.metric == "press_conferences" and any(t.kinds & SITE for t in candidate.own)
        return state.channel if named else ""
    if draft.metric in _EVENTS and _goes_on_with_site(candidate, state):
        return "website"
    listed = state.listing and state.parent is not None and is_of_gazette(state.parent)
    if draft.metric in _PRINTED_PIECES and (listed or stands_in_gazette(draft, candidate, state)):
        return "gazette"
    if draft.metric == "interviews" and (told := talk_channel(candidate, state)):
        return told
    if draft.metric == "opinion_solicitations" and (asked := _asked_channel(candidate, state)):
        return asked
    if policy in ("", "named") and not _is_listed(draft, candidate, state):
        published = "v.publish" in near or draft.rule == "answers published"
        if not policy and published and any(_is_way(t, draft) for t in candidate.own):
            return state.channel
        if state.last is not None and _is_joined(draft, candidate, state):
            return state.last.channel
    return ""


def _is_way(term: Term, draft: Draft) -> bool:
    """Whether a word names a site, or the gazette, where that is the way and not what is counted."""
    return bool(term.kinds & SITE) or (draft.metric != "gazettes" and not _GAZETTES.isdisjoint(term.classes))


def _goes_on_with_site(candidate: Candidate, state: State) -> bool:
    """门户网站发布信息90条；开展意见征集6期; 依托门户网站，发布解读9篇、征集意见6期: one series of a site."""
    at = state.named_at
    if state.channel != "website" or state.kept or at < candidate.sentence.start or state.last is None:
        return False
    if state.as_subject:
        return state.last_end > at and not candidate.near & _NAMED_ELSEWHERE
    governs = _MEANS.match(state.folded, at) is not None
    governs &= state.folded.find("；", at, candidate.bound) < 0
    goes_on = candidate.bound == state.last_end and candidate.between[:1] in ("、", "，")
    return governs and goes_on and state.last.channel in ("website", "")


def _of_documents(candidate: Candidate, state: State) -> str:
    """Channel of the documents of which a number says what became."""
    start, last = candidate.quantity.outer_start, state.last
    first = max(candidate.sentence.start, start - _LONGEST_FATE)
    if "；" in candidate.between or not _OF_DOCUMENTS.search(state.folded, first, start):
        return ""
    if "文件" in candidate.between:
        return state.channel if candidate.left and state.named_at > candidate.bound else ""
    goes_on = last is not None and last.metric.startswith("normative_docs")
    return last.channel if goes_on and last is not None and candidate.bound == state.last_end else ""


def _is_next_kind(candidate: Candidate, state: State) -> bool:
    """网站公开信息90条，动态类50条；建设类40条: one more kind of what a site published."""
    last = state.last
    return last is not None and last.sentence.start == candidate.sentence.start and not state.listing


def _listed_channel(draft: Draft, candidate: Candidate, state: State) -> str:
    """Channel of a piece in a list of parts that names none for it.

    That of the whole; behind a member with a channel and a kind of its own (网站发布新闻65条，通知39条) that
    one's, up to a semicolon.
    """
    whole = state.parent or state.frame
    if not state.listing or whole is None:
        return ""
    last, sentence = state.last, candidate.sentence
    if candidate.bound < state.named_at <= candidate.own_start and _OF_SITE.search(candidate.between):
        return state.channel
    if "w.other_way" in candidate.before:
        return ""
    if last is not None and draft.metric == "views" and views_of_one(whole, candidate, state):
        return last.channel
    if whole.sentence.start != sentence.start and _OF_OTHERS.match(state.folded, sentence.start):
        return state.channel  # 公开信息90条。发布多种解读，其中图解9件
    if whole.sentence.end <= sentence.start <= state.named_at and state.named_at <= candidate.own_start:
        return state.channel  # 发布类别（网站）：动态26条
    if (
        last is None
        or not last.channel
        or candidate.bound != state.last_end
        or _APART.search(candidate.between)
    ):
        return whole.channel
    if last.metric in _EVENTS and draft.metric != last.metric:
        return whole.channel  # 其中网站在线访谈9次，解读稿件60篇
    if last.metric in _PIECES or last.metric.endswith(".part") or _is_led_by_site(last, state):
        return last.channel
    if candidate.between.startswith("、") and draft.metric.endswith(".part") and state.listed_by_channel:
        return last.channel  # 官方网站政务信息73条、动态类消息60条, but 预决算40条、新媒体36条、公告22条
    by_channel = last.measure == "part" and draft.measure != "part"
    return "" if by_channel and last is not whole else whole.channel  # 其中网站94条，公众号40条，建议2条


def _is_led_by_site(last: Draft, state: State) -> bool:
    """其中在门户网站公开政务信息47条、文件16个，决算20条: a means whose verb has several kinds."""
    led = last.channel == "website" and last.metric == "info_published"
    return led and _KINDS_ON_SITE.search(state.folded, last.sentence.start, last.start) is not None


def _asked_channel(candidate: Candidate, state: State) -> str:
    """开展网上征集7期，收到意见90条, 4期网上意见征集: what was asked online is answered online."""
    behind = [t for t in candidate.right if t.start <= candidate.quantity.outer_end + 1]
    if any("ch.online" in t.classes for t in behind):
        return "online"
    last = state.last
    told = last is not None and last.metric == "opinion_solicitations" and candidate.bound == state.last_end
    if told and last is not None and not channel_terms(candidate.own) and "征集" not in candidate.between:
        return last.channel
    if state.channel == "website" and state.as_subject and _holds(candidate, state):
        return "website"  # 网站公开文件9件，“征集”栏目征求意见6条
    return ""


def _holds(candidate: Candidate, state: State) -> bool:
    """Whether a subject that was named in the sentence holds still: no semicolon parts it from here."""
    if state.named_at < candidate.sentence.start:
        return False
    return state.folded.find("；", state.named_at, candidate.quantity.start) < 0


def _is_joined(draft: Draft, candidate: Candidate, state: State) -> bool:
    """网站发布要闻78条、访谈3条: a piece that goes straight on from others, with no verb of its own."""
    last = state.last
    if last is None or not last.channel or candidate.bound != state.last_end or draft.aspect != "level":
        return False
    if last.aspect != "level" or not (last.metric in _PIECES or last.metric.startswith("info_published")):
        return False
    goes_on = candidate.between.lstrip("）").startswith(("、", "，"))  # 规章9件（含修改4件），规范性文件2件
    talks = "接受" in candidate.between  # 网站公开信息9条，接受采访3次
    if not goes_on or talks or any(n.startswith("v.") for n in candidate.before):
        return False
    alike = not last.counters.isdisjoint(state.rules.counter_groups(candidate.quantity.unit))
    return alike and not channel_terms((*candidate.own, *candidate.left))


def _is_listed(draft: Draft, candidate: Candidate, state: State) -> bool:
    """Whether a piece with a label of its own is one of those that a total of information holds."""
    whole = state.parent or state.frame
    if not state.listing or whole is None or draft.aspect != "level":
        return False
    held = whole.metric.startswith("info_published")
    held |= whole.metric == "policy_docs" and draft.metric.startswith("normative_docs")
    if not held or channel_terms(candidate.own):
        return False
    groups = state.rules.counter_groups(candidate.quantity.unit)
    return draft.metric == "interviews" or not whole.counters.isdisjoint(groups)


def _together(draft: Draft, candidate: Candidate, state: State) -> str:
    """The running channel; of views over all that was named before, all of them."""
    if draft.metric not in ("views", "followers") or not _TOGETHER.search(candidate.between):
        return state.channel
    if state.listing and state.listed_by_channel and state.frame is not None:
        return state.frame.channel or "all"  # 网站40条、公众号50条，总浏览量2万次
    return _joined_sites(candidate, state) or ("" if "全网" in candidate.between else state.channel)


def _joined_sites(candidate: Candidate, state: State) -> str:
    """`all` where several sites stand joined in the clause before (微信12条、微博9条，总阅读量…)."""
    sentence, folded = candidate.sentence, state.folded
    stops = [folded.rfind(stop, sentence.start, candidate.bound) for stop in "，；："]
    sites = channel_terms(sentence.between(max(*stops, sentence.start), candidate.bound))
    sites = [t for t in sites if not folded.startswith("”", t.end)]  # “青禾政府网”微信公众号
    return "all" if len({channel_of(t) for t in sites}) > 1 else ""


def _acts_anew(draft: Draft, candidate: Candidate, state: State) -> bool:
    """在网站发布信息90条，组织解读9件: what a later clause makes or issues did not come that way."""
    if state.listing or draft.metric not in _MADE or not candidate.between.startswith("，"):
        return False
    made = any(not _MAKES.isdisjoint(t.classes) for t in candidate.own)
    made &= _BY_FORM.search(candidate.between) is None
    return made and candidate.bound == state.last_end


def _elsewhere(draft: Draft, candidate: Candidate, state: State) -> str:
    """Channel that no word before the number names: it stands behind, or a gazette holds what is counted."""
    if draft.metric == "share" and candidate.sentence.section.code.endswith(("applications", "on_request")):
        return receipt_channel(candidate)  # 当面申请占20%
    if draft.metric == "info_published" and (behind := _behind(candidate, state)):
        return behind
    if told := told_of_all(draft, candidate, state):
        return told
    if draft.metric == "views" and (visited := visited_site(candidate, state)):
        return visited
    if draft.metric == "info_published" and (counted := accounts_before(candidate, state)):
        return counted
    if draft.metric == "info_published" and _PUT_UP.search(candidate.between):
        return "offline"
    named = draft.metric == "info_published" and draft.head is not None and "n.gazette" in draft.head.classes
    return "gazette" if named or stands_in_gazette(draft, candidate, state) else ""


def _behind(candidate: Candidate, state: State) -> str:
    """300条登在网站，600条由微信推出: a channel named behind the number, in its own clause."""
    right = candidate.right[0] if candidate.right else None
    if right is not None and right.start == candidate.quantity.outer_end and right.kinds & SITE:
        return channel_of(right)  # 2,400条微博
    codes = {channel_of(t) for t in outside_names(candidate.ways, state.folded)}
    return "all" if len(codes) > 1 else codes.pop() if codes else ""
