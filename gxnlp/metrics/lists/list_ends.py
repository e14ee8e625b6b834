"""Where a list of parts ends: at another matter, another way, or what its members come to."""

from __future__ import annotations

import re

from gxnlp.deferred import deferred
from gxnlp.lexicon import COUNTED, VERB, Term
from gxnlp.metrics.attributes.account_channels import names_another_way
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, PART
from gxnlp.metrics.running.state import State

_LEAD = deferred(r"\s*(?:先后|同时|另外?|[还并也]|我.|本.|积极|认真|及时|严格|已|通过|利用|依托|在|\s)*")
"""What may stand before the verb of a clause beside words of the lexicon (；我局还召开)."""
_PUBLISHED = deferred(
    r"<发布>(?:和|或|、)?<发布>?(?:各类|政务|政府|图文|原创)*(?:信息|文章|推文|稿件|作品)(?:共计?)?$"
)
_ANEW_SUBJECTS = frozenset({"w.own", "w.our_area", "ch.wechat", "ch.weibo", "ch.douyin", "ch.new_media"})
_BODIES = frozenset({"w.bodies", "w.system"})
_NAME_ENDS = deferred(r"[一-鿿](?<![年月日度底末内间前后来由])$")
_ITS_PAPERS = deferred("(?:年度)?(?:工作)?报告|文件|规章|令|公文|办公室文件")
_ANEW = ("同时", "此外", "另")
_ONE_MORE_KIND = deferred(
    r"\s*(?!公开|发布|更新|推送|公示|公布|收到|受理|办理|答复)[^，。；：0-9“]{2,20}类(?:信息|文件|事项)?"
)
"""；组织机构类信息3条: what looks like a verb is part of the name of a kind."""
_ONE_MORE_LED = deferred(
    r"\s*(?:主动)?<发布>了?(?!(?:各类|政府|政务)*(?:信息|文章|稿件)$)[^，。；：0-9“]{2,20}(?:信息|文件|公告|结果|情况|报告)"
)
_ANEW_SITE = deferred(r"\s*(?:同时|另外?)?[，]?(?:<通过>|在)[^，；：]{2,60}$")
_IN_SUM = deferred(r"[，、；](?:以上)?<全年>?<共>(?:主动)?<发布>(?:主动公开)?(?:各类|政府|政务)*(?:信息)?")
_SO_FAR = deferred(
    r"[，；](?:截[至止]|到)?目前(?:为止)?，?[^，。；0-9]{0,8}(?:总计|共计?|总共|合计|累计|<共>)"
)
_ANOTHER_PLACE = deferred(
    r"，(?:另外?|还|并|同时|此外)?(?:我?[局镇乡委办]|单位|本级)?[^，。；：0-9]{0,6}"
    r"(?:公示栏|公开栏|宣传栏|网站|公众号|微博|显示屏|电子屏)上?(?:主动)?<发布>[^，。；：0-9]{0,10}"
)
"""，单位公示栏上公开财务15条: behind parts that come to the whole."""
_ANOTHER_WAY = deferred(r"，(?:另外?|还|并|同时|此外)?(?:<通过>|在)[^，。；：]{2,20}<发布>[^，。；：]{0,8}")
_ITEM = deferred(
    r"(?:^|[，；。：\n]) {0,2}(?:第?[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}"
    r"|其[一二三四五六]|首先|其次|再次|（[一二三四五六七八九十0-9]{1,2}）|[①-⑩]|[0-9]{1,2}[.．、](?![0-9]))"
)
_FIRST_ITEM = deferred(r"第?一是|第一|其一|（[一1]）|①|(?<![0-9.])1[.．、](?![0-9])|首先")
_LONGEST_ITEM_LEAD = 60
_CASES = frozenset({"reviews", "lawsuits"})
_CASE_NOUNS = frozenset({"n.review", "n.lawsuit"})
_ACTS = frozenset(
    {"v.publish", "v.receive", "v.handle", "v.hold", "v.make", "v.issue", "v.handout", "v.charge", "v.attend"}
)
"""Verbs that a clause begins with: the others name kinds of content as often (水源管理, 项目建设)."""


_ADDED = deferred(r"(?:新增|增加|新公开|新发布|本年度?|当年|[0-9]年)[^，。；：0-9]{0,12}$")
_ADDED_WITHIN = 24


def closes(state: State, candidate: Candidate) -> bool:
    """Whether a number is none of the list of parts that is open."""
    between = candidate.between
    elsewhere = _ANOTHER_WAY.fullmatch(between) or _ANOTHER_PLACE.fullmatch(between)
    if state.rest == 0 and (elsewhere or names_another_way(candidate, state)):
        return True  # 其中局办60条、分局39条，通过档案馆公开99条
    if _comes_to(state, candidate) or _is_next_item(state, candidate) or _is_so_far(state, candidate):
        return True
    if _is_beside_this_year(state, candidate):
        return True
    if _belongs(state, candidate):
        return False
    if "；" in between and _other_noun(state, candidate.before):
        return True
    if between.startswith("，") and _is_other_case(state, candidate):
        return True
    if state.rest == 0 and _goes_beyond(candidate):
        return True  # the parts have come to the whole
    if "；" not in between or state.listed_by_channel or _repeats_verb(state, candidate):
        return False
    return _acts_anew(state, candidate)


def _comes_to(state: State, candidate: Candidate) -> bool:
    """其中网站更新14条，新媒体更新86条，全年总计更新100条: what they come to, where no whole was told."""
    last, value = state.last, candidate.quantity.value
    if last is None or value is None or not _IN_SUM.fullmatch(candidate.between):
        return False
    if state.frame is not None:
        return False
    return last.metric in (INFORMATION, PART) and value > (last.value or 0)


def _is_beside_this_year(state: State, candidate: Candidate) -> bool:
    """累计公开信息1560条，其中今年新增312条，主页发布486条: of all there is only the year is told."""
    whole, last = state.frame, state.last
    if whole is None or last is None or whole.measure != "cumulative" or last.part_of is not whole:
        return False
    publishes = any("v.publish" in t.classes for t in candidate.own)
    added = _ADDED.search(state.folded, max(0, last.start - _ADDED_WITHIN), last.start)
    return publishes and candidate.between.startswith(("，", "；")) and added is not None


def _is_so_far(state: State, candidate: Candidate) -> bool:
    """公开信息90条，其中电子化率100%，目前总计公开2614条: more than the whole, since the start."""
    whole, value = state.frame, candidate.quantity.value
    if whole is None or value is None or "目前" not in candidate.between:
        return False
    return value > (whole.value or value) and _SO_FAR.match(candidate.between) is not None


def _is_next_item(state: State, candidate: Candidate) -> bool:
    """一是公开信息90条，其中动态50条；二是…: a list that an item holds ends with it.

    Where the first mark stands behind the whole, the marks are those of its members.
    """
    whole = state.frame
    if whole is None or "；" not in candidate.between or not _ITEM.search(candidate.between):
        return False
    first = max(candidate.sentence.start, whole.start - _LONGEST_ITEM_LEAD)
    marked = _ITEM.search(state.folded, max(0, first - 1), whole.start) is not None
    last = min(candidate.bound, whole.end + _LONGEST_ITEM_LEAD)
    return marked and _FIRST_ITEM.search(state.folded, whole.end, last) is None


def _repeats_verb(state: State, candidate: Candidate) -> bool:
    """其中，省级受理90件；市级受理60件: each member has the verb of the one before."""
    verb = candidate.own[0] if candidate.own else None
    if verb is None or not verb.kinds & VERB or "v.publish" in verb.classes:
        return False
    if verb.end != candidate.quantity.outer_start or state.frame is None:
        return False
    word, told = state.folded[verb.start : verb.end], state.folded[state.frame.end : candidate.bound]
    return re.search(word + "[0-9]", told) is not None


def _belongs(state: State, candidate: Candidate) -> bool:
    """Whether a number is of the list whatever begins it: all come to the whole, or it goes on by bodies."""
    if candidate.quantity.start < state.adds_up:
        return True
    if state.last is not None and state.last.metric == "share" and _has_room(state, candidate):
        return True  # 其中省级受理9件，占三成；市级受理7件
    by_body = state.last is not None and state.last.body  # 其中县政府公开40条；各部门公开80条
    return bool(by_body) and not _BODIES.isdisjoint(candidate.near)


def _has_room(state: State, candidate: Candidate) -> bool:
    """Whether what a list has left of its whole holds a number that the same word counts."""
    value, rest, whole = candidate.quantity.value, state.rest, state.frame
    if value is None or rest is None or whole is None or not 0 < value <= rest:
        return False
    acts = "v.receive" in candidate.near or "v.publish" in candidate.near
    return acts and "；" in candidate.between and state.same_counter(whole, candidate)


def _goes_beyond(candidate: Candidate) -> bool:
    """；办理… and ，通过档案馆公开99条, behind parts that are all told."""
    between = candidate.between
    return ("；" in between and candidate.quantity.value != 0) or _ANOTHER_WAY.fullmatch(between) is not None


def _acts_anew(state: State, candidate: Candidate) -> bool:
    """；召开发布会3次 begins another matter, ；水源管理40项 is one more kind of content."""
    at = candidate.bound + candidate.between.rfind("；") + 1
    clause = state.folded[at : candidate.quantity.outer_start]
    published = _PUBLISHED.search(clause) is not None
    if _ONE_MORE_KIND.fullmatch(clause) or (candidate.own and published):
        return published  # ；分局子站发布信息90条
    if _names_member(state, candidate, clause):
        return False
    verb = next((t for t in candidate.own if "v.publish" in t.classes), None)
    if verb is not None and _ANEW_SITE.fullmatch(state.folded, at, verb.start):
        return True  # ；通过青禾政务服务网公布事项30条
    if state.folded.startswith("“", at):  # ；“青禾发布”微信公众号: the name says nothing
        at = max(at, state.folded.find("”", at, candidate.quantity.outer_start) + 1)
    for word in (*candidate.left[::-1], *candidate.own[::-1]):
        if word.start < at:
            continue
        lead = state.folded[at : word.start].strip()
        if lead.startswith(_ANEW) or _is_new_subject(word, lead, candidate):
            return True
        if not _LEAD.fullmatch(lead):
            return False
        if word.kinds & COUNTED and state.folded.startswith("类", word.end):
            return False  # ；公告类信息50条
        if not _ACTS.isdisjoint(word.classes):
            return True
        if word.kinds & COUNTED:
            return False
        at = word.end
    return False


def _names_member(state: State, candidate: Candidate, clause: str) -> bool:
    """；主动公开预决算信息50条: one more kind, of which what is left of the whole has room.

    So where each member has the verb: 其中：发布动态58条；发布人事信息3条.
    """
    led = state.list_led and not any(n.startswith("ch.") for n in candidate.near)
    if led and not candidate.near.isdisjoint(("v.publish", "v.issue")):
        return True
    value, rest = candidate.quantity.value, state.rest
    if value is None or rest is None or value > rest or state.listed_by_channel:
        return False
    last = state.last
    by_kind = last is not None and last.metric in (PART, "policy_docs", "normative_docs")
    return by_kind and _ONE_MORE_LED.fullmatch(clause) is not None


def _is_new_subject(word: Term, lead: str, candidate: Candidate) -> bool:
    """Whether a word is a subject; of ；县政府职能信息4条 it only says whose kind of content is counted."""
    if word.classes.isdisjoint(_ANEW_SUBJECTS):
        return False
    if "w.own" not in word.classes:
        return True
    named = _NAME_ENDS.search(lead) is not None  # 青禾县自然资源局
    papers = _ITS_PAPERS.match(candidate.between, word.end - candidate.bound)  # 县政府工作报告2条
    return not (named or papers or candidate.near.isdisjoint(_ACTS))


def _is_other_case(state: State, candidate: Candidate) -> bool:
    """复议5件，含上年未审结1件，诉讼3件: what became of reviews divides no lawsuits."""
    whole, last = state.frame, state.last
    if whole is None or last is None or whole.metric not in _CASES:
        return False
    named = last.head is not None and not _CASE_NOUNS.isdisjoint(last.head.classes)  # 其中复议5件，诉讼3件
    return not named and _other_noun(state, candidate.near & _CASE_NOUNS)


def _other_noun(state: State, near: frozenset[str]) -> bool:
    """；行政诉讼7件 behind a list of reviews: another thing is counted from here."""
    if state.frame is not None and state.frame.metric.startswith("info_published"):
        return False  # any noun can be a kind of content
    if state.frame is not None and state.frame.metric == "media_reports" and "ch.media" in near:
        return False  # 国家级媒体44篇；省级媒体刊发稿件96篇
    subjects = {state.rules.subjects[n] for n in near if n in state.rules.subjects}
    return bool(subjects) and state.frame is not None and state.frame.metric not in subjects
