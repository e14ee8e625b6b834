"""Parts that no word marks, those that add up to a total, and parts of none (guideline part 2, measure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile, zip_longest

from gxnlp.metrics.context.readings import INFORMATION, PART, Draft, exact, is_aside
from gxnlp.records import Section, Value

_ADDED = frozenset({INFORMATION, "media_reports", "videos"})
_OF_ANY_LABEL = _ADDED | {"interpretations", "policy_docs", "normative_docs", "graphics"}
"""网站52条、公众号175条，政策解读7条 come to the total as well."""
_RECEIVED = "applications_received"
_SUMMED = frozenset({INFORMATION, "followers", "views"})
_STOCKS = frozenset({"followers"})
_SUMMED_BEHIND = frozenset({"media_reports", _RECEIVED})
_CASES = frozenset({"reviews", "lawsuits", "proposals", "proposals_npc", "proposals_cppcc"})
_INTERPRETED = "interpretations"
_FORMS = frozenset({_INTERPRETED, "graphics", "videos"})
_LEAST_KINDS = 3
"""So many figures do not come to another by chance."""
_MOST = 12
"""Members that a division by channel has at most."""
_ASIDES = 4
"""Mentions behind a sum that may say what it was last year, and how it moved."""
_REACH = 3 * _MOST
"""Mentions behind a total among which they stand."""


def mark_parts(drafts: Sequence[Draft]) -> None:
    """Make parts of the mentions that divide a total by channel without saying so.

    报送信息511条。政府网站报送88条，媒体刊用423篇: in one paragraph, the figures behind a total of published
    information that have different channels and add up to it exactly are its parts. What has
    a label of its own keeps measure total (guideline part 2, rule 4).

    Args:
        drafts: Mentions of a report in the order of their places; changed in place.
    """
    freed = _free_parts(drafts)
    _mark_bodies(drafts)
    for place, total in enumerate(drafts):
        before = drafts[max(0, place - _MOST) : place]
        _mark_sum(total, before, drafts[place + 1 : place + 1 + _ASIDES], freed)
        _mark_summed(total, before)
        _mark_interpretations(total, drafts[place + 1 : place + 1 + _MOST])
        _mark_cases(total, drafts[place + 1 : place + 1 + _MOST])
        if total.metric == INFORMATION and _whole(total) and total.value and total.channel in ("", "all"):
            behind = drafts[place + 1 : place + 1 + _REACH]
            members = (
                list(_members(total, behind))
                or list(_members(total, behind, kinds=True))
                or list(_members(total, behind, added=_OF_ANY_LABEL))
            )
            following = [d for d in behind if d.section is not total.section]
            for member in (*members, *_members(total, following)):
                if member.metric == INFORMATION:
                    member.measure, member.part_of = "part", total
                if total.scope == "system" and not member.body:
                    member.scope = "system"
            _mark_kinds(total, members, behind)
        if total.metric == INFORMATION:
            _mark_listed(total, drafts[place + 1 : place + 1 + _REACH])


def sums_channels(value: Value | None, drafts: Sequence[Draft]) -> bool:
    """Whether a number is the sum of the last levels before it, which have several channels.

    Args:
        value: The number.
        drafts: The mentions before it, of one metric, in order.
    """
    rest, channels = exact(value), set[str]()
    for draft in reversed([draft for draft in drafts if draft.aspect == "level"]):
        rest -= exact(draft.value)
        channels.add(draft.channel)
        if rest <= 0:
            break
    return bool(value) and rest == 0 and len(channels) > 1 and "" not in channels


def _mark_bodies(drafts: Sequence[Draft]) -> None:
    """全市召开发布会95场，市级部门38场、县级57场: by body, in the sentence of their total."""
    for place, total in enumerate(drafts):
        if total.of_bodies or total.scope != "system" or not _whole(total) or not total.value:
            continue
        members = _bodies_behind(total, drafts[place + 1 : place + 1 + _MOST])
        if len(members) > 1 and sum(exact(member.value) for member in members) == total.value:
            _divide(total, members)
            for member in members:
                member.scope = "system"


def _bodies_behind(total: Draft, behind: Sequence[Draft]) -> list[Draft]:
    return list(takewhile(lambda draft: draft.of_bodies and _alike(draft, total), behind))


def _free_parts(drafts: Sequence[Draft]) -> frozenset[int]:
    """Make totals of parts of nothing that is told (其中网站公开90条，公众号60条); give their `id`s."""
    section, told, freed = None, False, set[int]()
    for draft, behind in zip_longest(drafts, drafts[1:]):
        if draft.section is not section:
            section, told = draft.section, False
        if draft.metric != INFORMATION or draft.aspect != "level":
            continue
        shared = behind is not None and behind.metric == "share"  # 网站公开90条，占总数的60%
        if draft.measure == "part" and not (told or shared):
            draft.measure, draft.part_of = "total", None
            freed.add(id(draft))
        else:
            told = True
    return frozenset(freed)


def _mark_sum(total: Draft, before: Sequence[Draft], behind: Sequence[Draft], freed: frozenset[int]) -> None:
    """网站发布320条，微信210条，抖音35条，共计565条: the sum is of all of them, it is not the last one's.

    They are its parts, of a stock excepted.
    """
    members = _sum_before(total, before) if total.metric in _SUMMED else []
    channels = [member.channel for member in members]
    if len(set(channels)) > 1 and total.channel == channels[0]:
        last, total.channel = total.channel, "all" if all(channels) else ""
        for aside in takewhile(lambda d: is_aside(d) and d.metric in (total.metric, "share"), behind):
            aside.channel = total.channel if aside.channel == last else aside.channel
    of_several = len(set(channels)) > 1 and total.metric not in _STOCKS
    of_all = total.metric == INFORMATION and total.channel == "all"  # 网站90条，微信60条，全年公开150条
    if of_several and (total.rule == "sum" or of_all or any(id(member) in freed for member in members)):
        _divide(total, members)


def _mark_summed(total: Draft, before: Sequence[Draft]) -> None:
    """当面提出的4件，网上提交的6件，共10件; 中央媒体41篇、省级208篇，两级合计249篇: parts before a sum."""
    if total.rule == "sum" and total.metric in _CASES:
        _divide(total, _cases_before(total, before))
        return
    told = total.rule == "sum" and total.metric not in _SUMMED
    summed = total.metric in _SUMMED_BEHIND or told
    members = _sum_before(total, before) if summed else []
    if members and all(member.period == total.period for member in members):
        total.channel = "" if total.metric == _RECEIVED else total.channel
        _divide(total, members)


def _cases_before(total: Draft, before: Sequence[Draft]) -> list[Draft]:
    """维持2件、纠正1件，合计3件: those before a sum that come to it, whatever the first was taken for."""
    near = [d for d in before if d.sentence == total.sentence and d.aspect == "level"]
    cases = list(takewhile(lambda d: d.metric == total.metric, reversed(near)))
    return cases if len(cases) > 1 and sum(exact(d.value) for d in cases) == total.value else []


def _mark_cases(total: Draft, behind: Sequence[Draft]) -> None:
    """诉讼9件，直接起诉6件（维持4件、未结2件），复议后起诉3件: what stands behind the parts of a part too."""
    if total.metric not in _CASES or not _whole(total):
        return
    same = takewhile(lambda d: d.sentence == total.sentence and d.metric == total.metric, behind)
    near = [draft for draft in same if draft.aspect == "level"]
    if _first_to(total.value, near) == len(near) > 0:
        _divide(total, near)
        return
    within: list[tuple[Draft, list[Draft]]] = []
    while near:
        inner = 1 + _first_to(near[0].value, near[1:])
        within.append((near[0], near[1:inner]))
        near = near[inner:]
    if len(within) > 1 and sum(exact(member.value) for member, _ in within) == total.value:
        _divide(total, [member for member, _ in within])
        for member, parts in within:
            _divide(member, parts)


def _first_to(value: Value | None, drafts: Sequence[Draft]) -> int:
    """How many of the first mentions come to a value exactly, two at least; 0 where they do not."""
    sums = accumulate(exact(draft.value) for draft in drafts)
    return next((count for count, reached in enumerate(sums, 1) if count > 1 and reached == value), 0)


def _mark_interpretations(total: Draft, behind: Sequence[Draft]) -> None:
    """解读18件，图解7件、视频5件、访谈3件、问答3件: what adds up to a total of interpretations is of it."""
    if total.metric != _INTERPRETED:
        return
    forms = takewhile(
        lambda d: d.sentence == total.sentence and d.metric in _FORMS and d.aspect == "level", behind
    )
    _divide(total, [member for member in _adding_up(total, forms) if member.metric == _INTERPRETED])


def _sum_before(total: Draft, before: Sequence[Draft]) -> list[Draft]:
    """The mentions right before a total, like it and in its sentence, that come to it, the last first."""
    # 微信90条（原创40条，增长5%），微博60条，合计150条
    near = takewhile(lambda d: _alike(d, total) or _tells_more(d, total), reversed(before))
    return _adding_up(total, (draft for draft in near if _alike(draft, total) and not is_aside(draft)))


def _tells_more(draft: Draft, total: Draft) -> bool:
    """Whether a mention tells of one of the members of a sum, and is none of them."""
    return draft.sentence == total.sentence and (is_aside(draft) or draft.metric == PART)


def _alike(draft: Draft, total: Draft) -> bool:
    return draft.sentence == total.sentence and draft.metric == total.metric and _whole(draft)


def _adding_up(total: Draft, drafts: Iterable[Draft]) -> list[Draft]:
    """The first two or more of some mentions that come to a total exactly; none where they do not."""
    if not _whole(total) or not total.value:
        return []
    rest, members = exact(total.value), list[Draft]()
    for draft in drafts:
        members.append(draft)
        rest -= exact(draft.value)
        if rest <= 0:
            break
    return members if rest == 0 and len(members) > 1 else []


def _divide(total: Draft, members: Iterable[Draft]) -> None:
    for member in members:
        member.measure, member.part_of = "part", total


def _mark_kinds(total: Draft, members: Sequence[Draft], behind: Sequence[Draft]) -> None:
    """全市公开信息90条，其中文件9件。市级60条，其中文件5件。…: of a kind it is part too."""
    for kind in (d for d in behind if d.sentence == total.sentence and _whole(d) and d.metric != INFORMATION):
        sentences = {m.sentence for m in members} - {total.sentence}
        parts = [d for d in behind if d.metric == kind.metric and d.sentence in sentences and _whole(d)]
        if len(parts) > 1 and sum(exact(d.value) for d in parts) == kind.value:
            for part in parts:
                part.measure, part.part_of = "part", kind


def _mark_listed(total: Draft, behind: Sequence[Draft]) -> None:
    """公开信息141条。决策公开29条、执行公开8条、…: three or more that come to a total are its kinds."""
    near = takewhile(
        lambda d: d.paragraph == total.paragraph and d.unit == total.unit and _whole(d),
        behind,
    )
    members = _adding_up(total, near)
    if len(members) < _LEAST_KINDS or any(m.channel not in ("", total.channel) for m in members):
        return
    for member in members:
        if member.metric == INFORMATION:
            member.metric, member.measure, member.part_of = PART, "part", total


def _members(
    total: Draft, behind: Sequence[Draft], *, kinds: bool = False, added: frozenset[str] = _ADDED
) -> Iterator[Draft]:
    """The mentions behind a total that add up to it, none where they do not: those of the labels `added`.

    With `kinds` its parts by kind are added too (公开信息90条，其中动态50条。公众号推送40条).
    """
    rest, found = exact(total.value), list[Draft]()
    for draft in behind:
        if not _goes_on(total.section, draft.section) or len(found) == _MOST:
            return
        if draft.paragraph != total.paragraph and found and found[0].paragraph == total.paragraph:
            return
        kind = kinds and draft.metric == PART and draft.part_of is total
        other = (not kind and draft.metric not in added) or draft.period != total.period
        if other or not (_whole(draft) or draft.part_of is total):
            continue
        found.append(draft)
        rest -= exact(draft.value)
        if rest <= 0:
            break
    by_body = total.scope == "system" and all(draft.sentence != total.sentence for draft in found)
    divided = (
        by_body
        or len({draft.channel for draft in found}) > 1
        or any(draft.part_of is total for draft in found)
        or (not total.channel and all(draft.channel for draft in found))  # two columns of one site
    )
    if rest == 0 and len(found) > 1 and divided:
        yield from found


def _goes_on(section: Section, behind: Section) -> bool:
    """Whether what is behind is of one section, of a subsection that it opens, or of the next.

    一、总体情况 … （一）…; （一）公开的数量 has the total, （二）公开的渠道 its parts.
    """
    opened = behind.level > section.level and section.end > behind.start
    following = behind.start == section.end and (behind.level, behind.code) == (section.level, section.code)
    return behind is section or opened or following


def _whole(draft: Draft) -> bool:
    return draft.aspect == "level" and draft.measure == "total" and not draft.implied
