"""Names that go on with what was published, with no verb of their own: 发布公告37条，采购信息12条."""

from __future__ import annotations

from itertools import islice

from gxnlp.deferred import deferred
from gxnlp.lexicon import VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.governing import counts_things
from gxnlp.metrics.context.readings import INFORMATION, PART, Draft, Reading
from gxnlp.metrics.lists.continuing import again
from gxnlp.metrics.lists.coordination import Batch
from gxnlp.metrics.running.over_lines import LEAD_MARK
from gxnlp.metrics.running.state import State

_GOES_ON = deferred(
    r"）?(?:以及|以至|[，、；和及与])\s*(?:20[0-9]{2}年度?)?[^，；：。（）0-9]{2,24}(?:（[^（）0-9]{1,16}）)?"
)
"""A name behind a number, joined to it: it is counted as the name before."""
_CLOSING = deferred(r"[，、；](?:<共>(?:主动)?<发布>|共计|合计|总计)(?:政府|政务)?(?:信息)?(?:<共>)?[0-9]")
"""公告11条、动态6条，共发布17条: a sum that says what its members are."""
_NAMES = deferred(
    r"\s*(?:[0-9]{1,2}[.、．]|（[0-9一二三四五六七八九十]{1,2}）|[①-⑳]|[一二三四五六七八九]是)?\s*[^，；：。、（）0-9]{2,16}"
)
_NOMINAL = deferred(
    r"(?:结果|名单|清单|目录|方案|标准|报告[书表]?|信息|材料|数据|预案|规划|计划|须知|指南|公告|情况|预告|年鉴》?|统计分析|月报|季报|快报)$"
)
"""A name that ends so is a thing, whatever verbs stand in it (资质审批结果)."""
_KIND_OF_INFORMATION = deferred(
    r"[一-鿿](?<!政府)(?<!政务)(?<!公开)(?<!各类)(?<!的)信息(?:[：共有为]|共计)?$"
)
_LINE_ENDS = deferred(r"\s*(?:[。；]|\n|$)")
_NEXT_KIND = deferred(r"[，；、]\s*[^，。；：、0-9]{2,14}信息(?:[：共有为]|共计)?[0-9]")
_CONTENT = frozenset(
    {"n.info", "n.content", "n.part_kind", "n.policy", "n.decision", "n.place", "n.directory", "x.thing"}
)
_KINDS = frozenset({"n.info", "n.part_kind", "n.content"})
_TOLD = frozenset({"n.info", "n.content"})
OWN_PARTS = frozenset(
    {"policy_docs", "normative_docs", "normative_docs_valid", "normative_docs_repealed", "interpretations",
     "graphics", "videos", "proposals", "proposals_npc", "proposals_cppcc", "media_reports", "gazettes"}
)  # fmt: skip
"""Pieces that have a metric of their own as parts of what was published (guideline part 2, rule 4)."""
_PIECES = frozenset({"条", "篇"})
"""Counters of what is published and of little else: any name may stand before them."""
_EVENTS = frozenset({"次", "场", "起", "个", "人次", "场次"})
_HALF_NAME = deferred(
    r"[、]\s*(?!正在|已|先后|积极|及时|集中|联合|共同|同步|分别|依法|累计|全年|年内|还|并|督促|主动|另|严格|认真|持续|不断|各|我|本)[^，；：。（）0-9]{2,}"
)
_FIELD_NAME = deferred(
    r"\s?(?!全年|年内|今年|累计|先后|共|已|还|并|另|集中|及时|本|我|各|对|将|经)[一-鿿]{2,6}"
)
_NAME_BETWEEN = deferred(r"[一-鿿]{2,14}(?:[、，；和及与]|以及)")
_NAME_BEHIND = deferred(
    r"([一-鿿]{2,14}?(?:信息|动态|公告|公示|通知|资讯|新闻|内容|文章|消息|稿件))(?=[，、；。和及与]|以及|$)"
)
"""公开5条人事信息、12条财政信息: the names stand behind their numbers."""
_ACTS = frozenset(
    {"v.publish", "v.receive", "v.handle", "v.charge", "v.attend", "v.handout", "v.issue", "v.make", "v.fix"}
)
_NAMES_OF_PARTS = ("first name", "next part")
"""其中机构职能9条。应急管理类6条、环境保护类7条: parts over the full stop, which 其中 does not lead."""
_CHAIN = 8
"""Members of a chain of kinds that may have metrics of their own between two that have none."""


def next_name(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """发布通知公告37条，采购信息12条: a second name with no verb of its own."""
    if not batch:
        return None
    if (named := _named_behind(candidate, batch, state)) is not None:
        return named
    before, last = _past_share(batch)
    if last.metric == PART and candidate.between.startswith("）") and state.frame is not None:
        last = state.frame  # behind the bracket that held its parts
    decided = last.metric == "other_metric" and last.head is not None and "n.decision" in last.head.classes
    if (last.metric in OWN_PARTS or decided) and last.aspect == "level":  # 动态68条、解读9条、预决算4条
        earlier = islice(reversed(batch), _CHAIN)
        published = next((pair for pair in earlier if pair[1].metric == INFORMATION), None)
        if published is None and _continues_publishing(candidate, batch):
            return Reading(INFORMATION, last.unit, None, "next name", 0.85, counters=last.counters)
        before, last = published or (before, last)
    parts = last.metric == PART and last.rule in _NAMES_OF_PARTS
    alike = (last.metric == INFORMATION or parts) and last.aspect == "level"
    thing = _NOMINAL.search(candidate.between) is not None
    joined = (thing or candidate.between.startswith("、")) and state.rules.counts_items(
        candidate.quantity.unit
    )
    same = before.quantity.unit == candidate.quantity.unit or _in_other_counter(candidate, state)
    same = same or _is_bare(candidate, thing=thing)
    if not alike or not (joined or same):
        return None
    if candidate.bound != batch[-1][0].told_to or counts_things(candidate):
        return None
    if not _GOES_ON.fullmatch(candidate.between) or not candidate.closed:
        return None
    kinds = _kinds_named(candidate, same=same, thing=thing)
    if not kinds <= _CONTENT:
        return None
    if candidate.quantity.unit in _EVENTS and not joined and kinds.isdisjoint(_KINDS):
        return None  # 发布预警120次，启动响应3次
    reading = again(last, "next part" if parts else "next name")
    reading.head, reading.measure, reading.trust = None, "part" if parts else "", 0.85
    if _names_policy(candidate, state):
        reading.metric = "policy_docs"
    return reading


def _past_share(batch: Batch) -> tuple[Candidate, Draft]:
    """概况信息3条，占2.1%，工作动态140条: the number before, or the one whose share stands between."""
    if len(batch) > 1 and batch[-1][1].metric == "share" and batch[-2][1].aspect == "level":
        return batch[-2]
    return batch[-1]


def _named_behind(candidate: Candidate, batch: Batch, state: State) -> Reading | None:
    """公开5条人事信息、12条财政信息: one more of what was published, its name behind it as with the first."""
    if not batch or batch[-1][1].metric != INFORMATION or batch[-1][1].aspect != "level":
        return None
    before, last = batch[-1]
    behind = last.rule == "name behind" or (last.head is not None and last.head.start >= last.end)
    if not behind or before.quantity.unit != candidate.quantity.unit:
        return None
    if not _NAME_BETWEEN.fullmatch(state.folded, last.end, candidate.quantity.outer_start):
        return None
    name = _NAME_BEHIND.match(state.folded, candidate.quantity.outer_end)
    words = candidate.sentence.between(candidate.quantity.outer_end, name.end(1)) if name else []
    if name is None or any(t.kinds & VERB and not _ACTS.isdisjoint(t.classes) for t in words):
        return None
    reading = again(last, "name behind")
    reading.head, reading.measure = None, ""
    return reading


def _kinds_named(candidate: Candidate, *, same: bool, thing: bool) -> set[str]:
    """Classes of the words of a name, without those that say nothing of what it is."""
    words = (
        t
        for t in (*candidate.own, *candidate.left)
        if not (_stands_in_name(t, candidate) or (same and _ends_name(t, candidate)))
    )
    kinds = {n for t in words for n in t.classes if n[0] in "nvox"}
    if candidate.quantity.unit in _PIECES:
        kinds.discard("n.account")  # 网站公开信息90条、新媒体60条
    return {n for n in kinds if n[0] != "v"} if thing else kinds


def _is_bare(candidate: Candidate, *, thing: bool) -> bool:
    """职能信息1条，预决算信息2，年度报告1: a name whose counter is left out."""
    quantity = candidate.quantity
    counted = not quantity.unit and quantity.kind == "number" and candidate.closed
    return counted and (thing or _names_kind(candidate))


def _names_policy(candidate: Candidate, state: State) -> bool:
    """公开信息29条；联合发文2条: documents, though no verb of their own issues them."""
    own = candidate.own
    named = bool(own) and "n.policy" in own[0].classes and own[0].end == candidate.quantity.outer_start
    return named and "document" in state.rules.counter_groups(candidate.quantity.unit)


def _stands_in_name(word: Term, candidate: Candidate) -> bool:
    """、户籍管理8条: a verb behind the first half of a name that 、 joins acts no more than a noun does."""
    if not word.kinds & VERB or not _ACTS.isdisjoint(word.classes):
        return False
    return _HALF_NAME.fullmatch(candidate.between, 0, word.start - candidate.bound) is not None


def _ends_name(word: Term, candidate: Candidate) -> bool:
    """，城市管理12条: the name of a field that ends in what is elsewhere a verb."""
    if not word.kinds & VERB or not _ACTS.isdisjoint(word.classes):
        return False
    start, number = candidate.bound + 1, candidate.quantity.outer_start
    others = any(t.kinds & VERB and t is not word for t in candidate.own)
    alone = not (others or candidate.left) and candidate.quantity.unit in _PIECES
    named = _FIELD_NAME.fullmatch(candidate.between, 1, word.start - start + 1)
    return alone and word.end == number and named is not None


def first_name(candidate: Candidate, state: State) -> Reading | None:
    """公开文件40份。政务动态类信息90条，…: kinds of what the paragraph tells of, with no verb."""
    quantity, sentence = candidate.quantity, candidate.sentence
    if not candidate.closed or not sentence.section.code.startswith(("overview", "proactive")):
        return None
    if not _NAMES.fullmatch(candidate.between) or not state.rules.counts_items(quantity.unit):
        return None
    as_item = sentence.section.code.endswith("proactive") and _stands_as_item(candidate, state)
    if as_item and "n.policy" in candidate.own[0].classes:
        return Reading("policy_docs", "item", None, "first name", 0.85, counters=frozenset({"item"}))
    if not _names_kind(candidate):
        return None
    published = (m for m in reversed(state.recent) if m.metric in (INFORMATION, "policy_docs"))
    told = next(published, None)
    alone = told is None or told.paragraph != sentence.paragraph
    if alone and not (as_item or _CLOSING.search(state.folded, quantity.outer_end, sentence.end)):
        return None
    value = quantity.value
    goes_on = state.rest is not None and value is not None and 0 < value <= state.rest
    metric = PART if goes_on else INFORMATION
    reading = Reading(metric, "item", None, "first name", 0.85, counters=frozenset({"item"}))
    reading.measure = "part" if goes_on else ""
    return reading


def _stands_as_item(candidate: Candidate, state: State) -> bool:
    """1.机构概况类信息12条。 as a line of its own, or the first of several kinds that end in 信息."""
    own = candidate.own
    named = bool(own) and own[0].end == candidate.quantity.outer_start
    if not named or not _KIND_OF_INFORMATION.search(candidate.between):
        return False
    end = candidate.quantity.outer_end
    marked = LEAD_MARK.match(candidate.between.lstrip()) is not None
    return (marked and _LINE_ENDS.match(state.folded, end) is not None) or _NEXT_KIND.match(
        state.folded, end
    ) is not None


def _names_kind(candidate: Candidate) -> bool:
    """Whether nothing but the name of a kind of content stands at a number (工作动态, 执法类信息)."""
    own = candidate.own
    if not own or own[0].end != candidate.quantity.outer_start or _KINDS.isdisjoint(own[0].classes):
        return False
    return all(n in _KINDS or n[0] not in "nvo" for t in own[1:] for n in t.classes)


def _continues_publishing(candidate: Candidate, batch: Batch) -> bool:
    """公开政策文件19件，政策解读36条、提示93条: published as those before, whose labels are others."""
    if candidate.bound != batch[-1][0].told_to or counts_things(candidate) or not candidate.closed:
        return False
    own, unit = candidate.own, candidate.quantity.unit
    named = len(own) == 1 and own[0].end == candidate.quantity.outer_start and not candidate.left
    if not (named and not _TOLD.isdisjoint(own[0].classes)):
        classes = {n for t in (*own, *candidate.left) for n in t.classes if n[0] in "nvox"}
        if unit not in _PIECES or unit != batch[-1][0].quantity.unit or not classes <= _CONTENT:
            return False
    chain = islice(reversed(batch), _CHAIN)
    leads = (one for one, draft in chain if draft.metric not in OWN_PARTS or "v.publish" in one.window())
    first = next(leads, None)
    goes_on = _GOES_ON.fullmatch(candidate.between) is not None
    return goes_on and first is not None and "v.publish" in first.window()


def _in_other_counter(candidate: Candidate, state: State) -> bool:
    """通知公告37条，工作简报12份: the name of a kind, counted by another word."""
    return _names_kind(candidate) and state.rules.counts_items(candidate.quantity.unit)
