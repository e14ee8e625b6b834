"""Channels of what the public sends in and of how it is served: applications, messages, calls, their rates.

Guideline part 2, rules 13, 14 and 16.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, COUNTED, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import RECEIPT, channel_of
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.running.state import State

_BOARDS = deferred(
    r"信箱[、和及与](?:[^，。；0-9、]{0,8}、)?(?:微信|微博|公众号|网站)[^，。；0-9、]{0,4}(?:留言|来信|咨询|信件)|"
    r"网站?(?:留言板|信箱)?[和、及与](?![^，。；0-9]{0,8}网站)[^，。；0-9]{0,9}(?:留言|问政|信箱|阳光|连线)"
    r"|(?:信箱|话”)[和、及与][^，。；0-9]{0,4}网站(?:的)?(?:留言|来信|咨询)"
)
"""网站和人民网留言板: boards of several sites together."""
_ASKED_BY_LETTER = deferred(r"(?:信函|信件|书信|来函|函件)(?:方式|形式)?咨询[^，。；：0-9]{0,4}$")
"""网站咨询86件，信函咨询6件."""
_THE_REST = deferred("[，、；和及]其[他它余]")
_BOX_FIRST = deferred(r"信箱[”》]?[、和及与][^，。；0-9]{0,8}(?:微信|微博|公众号)[^，。；0-9]{0,8}$")
"""县长信箱、微信留言: a box beside accounts."""
_MOSTLY = deferred("大部分|大多|多数|主要|多为|以[^，。；]{2,8}为主")
_RANKED = deferred(
    r"[^，。；：（）]{2,14}(?:为主|次之|其次|为辅|最[多少高低]|居[多首次]|较[多少])[，（](?:约|共|有|仅|占比|占(?:申请)?总[数量]的|占|比例|为|达到?)*$"
)
_BOTH_WAYS = deferred(
    r"(?:网上|网络|线上)[^，；]{0,4}[及和与、](?:书面|线下|当面|信函)"
    r"|书面(?:形式|方式)?(?:或者?|[和及与、])(?:电子邮件|网[络上]|线上|在线|数据电文)"
)
_SUBMITTED = deferred(
    r"(?:，(?:均已?|全部|都已?|已)[^，。；（）0-9]{2,12}(?=，[均都皆全]))?[，（](?:这些|上述)?(?:申请人?)?(?:[均都皆全]|全部)?"
    r"(?:为|是|系|来自|由|通过|以|采用)?[^，。；（）0-9]{0,8}$"
)
_CAME_BY = deferred(
    r"(?:(?<=[提递]交)|(?<=申请)(?=[，。；）并且])|[^，。；（）0-9]{0,4}(?:提交|提出|递交|申请|方式|形式|渠道|寄来)|）)"
    r"(?!的?(?:有|共)?(?:[0-9]|[一二两三四五六七八九十]{1,3}[件宗条份]))"
)
"""申请4件，均为当面提交: how all of them came, told behind the number."""
_LONGEST_MANNER = 24
_FORM = "(?:书面|信函|来信|来函|电话|来电|电子邮件|邮件|来邮|传真|网络|网上|线上|在线|现场|当面)"
_IN_FORMS = deferred(
    rf"{_FORM}(?:[、和及与或]?{_FORM})+(?:等|反馈|提出|方式|形式|的|有效)*(?:意见|建议|征求|征集|$)"
)
"""收到书面和网络意见90条: opinions in several forms together."""
INHERITED = frozenset({"reply_rate", "satisfaction", "handling_days", "share"})
PROPOSALS = ("proposals", "proposals_npc", "proposals_cppcc")
CASES = frozenset({"messages", "hotline_cases", "complaints", *PROPOSALS})
_RATES = frozenset({"n.rate_reply", "n.rate_satisfaction", "n.rate_other"})
_GOES_ON = deferred(r"[、，和及（）]")
_CLAUSE_STOP = deferred(r"[，；]")
_ENDS_CLAUSE = deferred(r"[，。；）]")
_NEW_CLAUSE = deferred(r"\s*[，；]")
_OF_THE_CASES = deferred(
    r"\s*(?:其中)?(?:按[时期])?(?:办结|答复|回复|办复|满意|处理|反馈)[率度][达为约到至]{0,2}"
)
"""办结率100% at the start of a sentence: of the cases that were counted last."""
_ACCOUNTS = frozenset({"wechat", "weibo", "douyin", "app", "new_media"})
_HOTLINE = frozenset({"n.hotline", "ch.hotline"})
_SERVICE_RATE = deferred("接[通听诉]|响应|解决|签收|回访|联系|转办|认领|重办|退单|催办|差评")


def message_channel(own: list[Term], candidate: Candidate, state: State) -> str:
    """Channel of messages: the account or site that is named, else they came online.

    通过网站公开信息67条，县长信箱办理54件: a site that was the means of another number says nothing of them.
    """
    if "topic.box" in state.topics_at(candidate.quantity.start):
        return "offline"  # 设意见箱，收到意见18条
    if "咨询" in candidate.between and _ASKED_BY_LETTER.search(candidate.between):
        return "letter"
    if _BOARDS.search(candidate.between) or _BOX_FIRST.search(candidate.between):
        return "online"
    last = state.last
    told = last is not None and last.metric == "messages" and candidate.bound == state.last_end
    if not own and told and last is not None and last.channel == "online":
        return "online"
    if told and last is not None and last.channel == "website" and "n.message" not in candidate.before:
        return "website"
    answered = told and not own and "n.message" not in candidate.before
    if answered and last is not None and last.channel in _ACCOUNTS and candidate.between.startswith("，"):
        return last.channel  # 微博私信42条，回复42条
    apart = state.folded.find("；", state.named_at, candidate.quantity.outer_start) >= 0
    means = state.named_at <= candidate.bound and "信箱" in candidate.between
    means = means and (not state.as_subject or state.channel != "website")
    if not own and (apart or means):
        return "online"
    if not own and "信箱" in candidate.between and state.channel in _ACCOUNTS:
        return "online"  # 公众号发布90条，局长信箱收到来信2件
    vague = {"", "all"} if any("ch.new_media" in t.classes for t in own) else {"", "new_media", "all"}
    return "online" if state.channel in vague else state.channel


def channel_of_target(draft: Draft, candidate: Candidate, state: State, target: Draft, *, named: bool) -> str:
    """Channel of a change, growth or share: that of what it is of, unless its clause names another."""
    asked = draft.metric == "share" and target.metric in ("applications_received", "share")
    if draft.metric == "share" and _THE_REST.match(candidate.between):
        told = candidate.sentence.between(candidate.sentence.start, candidate.bound)
        if len({channel_of(t) for t in told if t.kinds & CHANNEL}) > 1:
            return ""  # 网站公开占82%，微博公开占12%，其他方式占6%
    by_way = receipt_channel(candidate) if asked else ""  # 收到申请9件，网络申请占三分之一
    return by_way or (state.channel if named else target.channel)  # 网站发布90条。公众号发布量下降9%


def opinion_channel(candidate: Candidate) -> str:
    """`all` for opinions that came in several forms, empty where the wording names fewer."""
    return "all" if _IN_FORMS.search(candidate.between) else ""


def is_service_rate(draft: Draft, candidate: Candidate, state: State) -> bool:
    """Whether a rate with no label of its own is of a hotline's cases or of messages (接通率, 解决率)."""
    if draft.metric != "other_metric" or draft.head is None or "n.rate_other" not in draft.head.classes:
        return False
    if not _SERVICE_RATE.search(state.folded, draft.head.start, draft.head.end):
        return False
    named = not _HOTLINE.isdisjoint(candidate.before)
    rate = _rate_before(candidate, state)
    if rate is not None and rate.channel == "hotline" and rate.unit == "percent":
        return True  # 热线办结率100%，诉求解决率93%
    last = state.served[-1] if state.served else None
    return named or (last is not None and last.metric in CASES and last.start >= candidate.sentence.start)


def receipt_channel(candidate: Candidate) -> str:
    """How applications came, by the words of their clause; `all` where several ways are named."""
    if _BOTH_WAYS.search(candidate.between):
        return "all"
    terms = (*candidate.own[::-1], *candidate.right)
    if not candidate.own and candidate.left and candidate.between.rstrip().endswith("："):
        terms = (candidate.left[0], *terms)  # 网络：9件
    terms = (*_ranked_way(candidate), *terms)
    codes = list(dict.fromkeys(filter(None, (channel_of(t, RECEIPT) for t in terms))))
    if "website" in codes and "online" in codes:  # 网站在线提交: a site says more than 网上
        codes.remove("online")
    return "" if not codes else codes[0] if len(codes) == 1 else "all"


def _ranked_way(candidate: Candidate) -> list[Term]:
    """信函次之，占18.1%; 网络申请最多，达72件: the way that the clause before ranks."""
    if any(t.kinds & CHANNEL for t in candidate.own):
        return []
    ranked = _RANKED.search(candidate.between)
    if ranked is None:
        return []
    return [t for t in candidate.left if t.start >= candidate.bound + ranked.start()]


def receipt_behind(draft: Draft, candidate: Candidate, state: State) -> str:
    """申请4件，均为自然人通过网络提交, 1件（当面）: how they came, told before the next number."""
    first = candidate.told_to
    sentence = candidate.sentence
    behind = sentence.between(first, min(sentence.end, first + _LONGEST_MANNER))
    way = next((t for t in behind if channel_of(t, RECEIPT)), None)
    if way is None or draft.measure != "total" or draft.aspect != "level":
        return ""
    stop = _ENDS_CLAUSE.search(state.folded, way.end, sentence.end)
    following = bisect_left(sentence.quantities, first, key=_start_of)
    end = stop.start() if stop else sentence.end
    if following < len(sentence.quantities) and sentence.quantities[following].start < end:
        return ""  # 申请9件，其中以网络方式提出申请7件: of another number
    if _MOSTLY.search(state.folded, first, way.start):
        return ""
    if "其中" in state.folded[first : way.start]:
        return ""  # 申请9件，其中通过网站申请的最多，达7件
    told = _SUBMITTED.match(state.folded, first, way.start) and _CAME_BY.match(state.folded, way.end)
    return channel_of(way, RECEIPT) if told else ""


def service_channel(draft: Draft, candidate: Candidate, near: frozenset[str], state: State) -> str:
    """Channel of a rate or a time: that of the cases it is of."""
    if not _HOTLINE.isdisjoint(near) or not _HOTLINE.isdisjoint(candidate.before):
        return "hotline"
    assert state.sentence is not None
    if draft.rule == "reaches" and state.last is not None and state.last.metric == draft.metric:
        return state.last.channel  # 由4.6天缩短到3.1天
    if (rate := _rate_before(candidate, state)) is not None and rate.channel:
        return rate.channel
    called = bool(state.served) and state.served[-1].end >= candidate.sentence.start
    if "n.message" in candidate.before and draft.metric != "share" and not called:
        return message_channel([], candidate, state)  # 网民留言回复率100%
    last = state.served[-1] if state.served else None
    if last is None or last.start < state.sentence.start:
        told = last is not None and last.paragraph == candidate.sentence.paragraph
        asked = candidate.sentence.section.code.endswith(("on_request", "applications"))
        alone = not asked and bool(_OF_THE_CASES.fullmatch(candidate.between))
        rated = draft.unit == "percent" and _opens_with_rate(candidate)
        told &= alone or rated or "回访" in candidate.between
        # 热线办理咨询90件。回访满意率95%; 留言40条，办结40条。办结率100%
        return last.channel if last and told and last.metric in CASES else state.channel
    joined = [last]
    for mention in islice(reversed(state.served), 1, None):
        apart = _CLAUSE_STOP.search(state.folded, mention.end, joined[-1].start)
        if apart or mention.start < state.sentence.start:
            break
        joined.append(mention)
    codes = {m.channel for m in joined if m.metric in ("hotline_cases", "messages")}
    if last.metric not in ("hotline_cases", "messages"):
        ways = {m.channel for m in state.served if m.start >= state.sentence.start}
        return last.channel if last.metric.startswith("applications") and len(ways) == 1 else ""
    return last.channel if len(codes) == 1 or not _NEW_CLAUSE.match(candidate.between) else "all"


def _opens_with_rate(candidate: Candidate) -> bool:
    """热线办理咨询90件。办结率95%: nothing but the name of a rate opens the sentence."""
    named = any(t.kinds & (COUNTED | CHANNEL) and _RATES.isdisjoint(t.classes) for t in candidate.own)
    return candidate.bound == candidate.sentence.start and not named and not candidate.left


def _rate_before(candidate: Candidate, state: State) -> Draft | None:
    """The rate that a number goes straight on from: 12345热线办结率100%、满意率99%."""
    rate = state.last
    if rate is None or candidate.bound != state.last_end:
        return None
    if rate.metric not in INHERITED - {"share"} and (rate.metric, rate.unit) != ("other_metric", "percent"):
        return None
    named = any(t.kinds & (COUNTED | CHANNEL) and _RATES.isdisjoint(t.classes) for t in candidate.own)
    return rate if _GOES_ON.match(candidate.between) and not named and not candidate.left else None


_start_of = attrgetter("start")
