"""Cut a series into members that can stand alone (存在A，B，C等问题)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gxnlp.deferred import deferred
from gxnlp.statements.topics import pick_topics, score_topics
from gxnlp.statements.wording import has_deficit, wording

_EDGE = " \n\t，、；。：！？*#"

_SEPARATORS = (deferred("，"), deferred("、|以及"))
# 不全面 behind 不及时、 is the second half of a pair.
_HANGING = deferred("[不未缺没少慢][^，、。；]{0,3}$")
_ADVERBIAL = deferred("由于|因|受|随着|鉴于|面对|虽|在[^，。；]{0,20}[中下]，")
# A cause is of the member that follows it (由于地处偏远，群众查阅不便).
_CAUSE = deferred("(?:由于|因为|随着|鉴于|面对)[^，。；]*$|受[^，。；]{2,20}(?:影响|制约|限制)$")
_QUOTES = deferred(r"“[^“”]*”|《[^《》]*》|（[^（）]*）")
_STANDS = 7
"""Characters that a member without a word of want must have."""
_OPEN_QUOTE = "“"
# 及时性、 in a closed series shares the predicate of what follows.
_NOMINAL = deferred("(?:[性度力面率量]|水平|方面|工作|内容|形式|渠道|机制)$")
# What begins a member of its own behind 、: no second predicate (年龄大; 不会用电脑).
_WHOLE = deferred("(?!不|[未没无难缺少慢][^，、。；]{0,3}(?:[，、]|$))(?:[^，、。；]{2,4}、)?[^，、。；]{5,}")
_CONSEQUENCE = deferred(
    "(?:究其|其|主要)?原因(?:主要)?(?:是|在于|为)|究其原因|尤其|特别是|导致|造成|致使|以致|从而|因而|因此|影响了?|使得"
)
# 审核不严，时有错字; 名单不全，有结果没有过程: of the fault before it.
_INSTANCE = deferred(
    "[时偶常]有[^，、。；]{2,8}$|有[的些][^，、。；]{0,6}(?:[没无]有?|空白)|有[^，、。；]{1,5}(?:没有|无|却|缺)"
)
_INSTANCE_LENGTH = 20
_NO_SUBJECT = deferred("未能|难以|无法|不能|不便")
_AND = deferred("[和及与](?![其个])")
_EXPLAINS = deferred(
    "(?:究其|其|主要)?原因|群众|公众|企业|百姓|居民|市民|村民|用户|申请人|纳税人|师生|学生|家长(?!委)|患者|农户|牧民|游客|商户|外出|老年人?|老人|尤其|特别|导致|造成|影响|致使|使得?|以致|如|其中|主要|从而|因而|因此"
)
# 个别栏目无信息，个别领导信息未更新: each has what it is of.
_SOME = deferred("(?:[^，、。；]{2,6}?)??(?:部分|个别|有[的些]|少数|一些)[一-鿿]")
# A thing, then by how much it falls short.
_JUDGED = deferred(
    "(?!部分|个别|有[的些]|少数|一些)[^，。；]{2,30}?"
    "(?:(?:有待|亟待|仍需|还需|尚需|不够|不足|欠缺|过于|偏|较)[^，。；]{0,12}|不[一-鿿]{1,2})$"
)
# The end of 标准不够高 where the next member follows without a mark.
_FELL_SHORT = deferred(
    "(?:不够(?:及时|全面|深入|丰富|规范|到位|完善|健全|充分|通俗(?:易懂)?|准确|具体|主动|细致|积极|严格|完整|多样"
    "|[高细快深广强宽多大足准实严密紧全])"
    "|有待(?:进一步)?(?:加强|增强|提[高升]|完善|充实|改进|规范|拓[宽展]|丰富|深化|健全|优化|强化))"
    " ?(?=[一-鿿]{2,20}(?:不够|有待))"
)
_BY_WHOM = deferred("专人|每[月季周年]|[由请让]")
_LISTED, _LONGEST = 3, 16
_LONG, _TAG = 7, 5
"""Characters of a member that 、 may part though it has no word of want; of one that stands alone."""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, marks and stops at its edges."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def unquote(text: str, start: int, end: int) -> tuple[int, int]:
    """The trimmed span, or the inside of a quotation that is all there is."""
    start, end = trim(text, start, end)
    if end - start > 2 and text[start] == _OPEN_QUOTE and text.find("”", start, end) == end - 1:
        return start + 1, end - 1
    return start, end


def quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The quotations of a span that begins with one (“A”“B”两个问题); else nothing."""
    if not text.startswith(_OPEN_QUOTE, start):
        return []
    return [match.span() for match in _QUOTES.finditer(text, start, end)]


def members(text: str, start: int, end: int, *, closed: bool = False) -> list[tuple[int, int]]:
    """Cut a series so that each member has a predicate of its own (及时性、全面性不够 is one).

    Where commas part the members, 、 stands inside them, unless there are many more of them.

    Args:
        text: Folded text of the document.
        start: Offset of the first member.
        end: Offset after the last one.
        closed: Whether 等问题 or 的问题 closes the series: then every comma parts members.
    """
    hidden = [match.span() for match in _QUOTES.finditer(text, start, end)]
    commas, pauses = (
        [
            m.span()
            for m in separator.finditer(text, start, end)
            if not any(a <= m.start() < b for a, b in hidden)
        ]
        for separator in _SEPARATORS
    )
    near = [(a, b, min(end, b + _INSTANCE_LENGTH)) for a, b in commas]
    commas = [(a, b) for a, b, far in near if not _INSTANCE.match(text, b, _next_cut(text, b, far))]
    if len(commas) == len(pauses) == 1:
        # 公开不够及时，覆盖面不够广、有栏目没有公开: three that stand alone, whatever parts them.
        mixed = _cut(text, start, end, sorted(commas + pauses), always=False)
        if len(mixed) == 3 and min(b - a for a, b in mixed) > _TAG:
            return mixed
    inside = closed and _pauses_part(text, start, end, commas, pauses)
    for cuts in (pauses, commas) if inside or len(pauses) > 2 * len(commas) else (commas, pauses):
        always = closed and (cuts is commas or inside or _are_clauses(text, start, end, cuts))
        found = _cut(text, start, end, cuts, always=always)
        if len(found) > 1:
            return [*found[:-1], *(in_two(text, *found[-1]) or found[-1:] if closed else found[-1:])]
    if (
        closed
        and not commas
        and not pauses
        and (found := _glued(text, start, end) or in_two(text, start, end))
    ):
        return found
    return [(start, end)] if end > start else []


def _glued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a closed series that lost what parted them (标准不够高内容不够全更新不够快), if any."""
    bounds = [start, *(match.end() for match in _FELL_SHORT.finditer(text, start, end)), end]
    joints = (_AND.match(text, at, end) for at in bounds)
    heads = [joint.end() if joint else at for joint, at in zip(joints, bounds, strict=True)]
    found = [trim(text, a, b) for a, b in zip(heads, bounds[1:], strict=False)]
    whole = all(b - a >= _TAG and has_deficit(text[a:b]) for a, b in found)
    return found if len(found) > 1 and whole else []


def in_two(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A member cut at 和 where both sides say what is wanting (内容不全和渠道不宽); nothing where none does.

    Args:
        text: Folded text of the document.
        start: Offset of its first character.
        end: Offset after its last one.
    """
    for joint in _AND.finditer(text, start, end):
        sides = (start, joint.start()), (joint.end(), end)
        whole = all(b - a >= _TAG - 1 and has_deficit(text[a:b]) for a, b in sides)
        if whole and not _HANGING.match(text, joint.end(), end):
            return list(sides)
    return []


def _pauses_part(
    text: str, start: int, end: int, commas: list[tuple[int, int]], pauses: list[tuple[int, int]]
) -> bool:
    """Whether 、 parts the members though commas are as many: each comma goes on with the member before it.

    解读只讲怎么申报，不讲为什么、土办法用得少、群众多在外，公开的事不知道、反馈迟缓
    """
    if len(pauses) < max(2, len(commas)) or not commas:
        return False
    found = _cut(text, start, end, pauses, always=True)
    return len(found) > 2 and all(_WHOLE.match(text, a, b) for a, b in found[1:])


def short_members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a closed list of remedies (改进方向：定期更新、充实栏目、培训人员); none if it is none.

    Each begins with what is done; what does not is one more object of the verb before it.

    Args:
        text: Folded text of the document.
        start: Offset of the first member.
        end: Offset after the last one.
    """
    pauses, verb = _SEPARATORS[1], wording()["verb"]
    bounds = [start, *(match.end() for match in pauses.finditer(text, start, end)), end]
    starts = [at for at in bounds[:-1] if _BY_WHOM.match(text, at, end) or verb.match(text, at, end)]
    if text.find("，", start, end) >= 0 or len(starts) < _LISTED or starts[0] != start:
        return []
    found = [trim(text, a, b) for a, b in pairwise([*starts, end])]
    return found if all(b - a + 1 >= _TAG and b - a <= _LONGEST for a, b in found) else []


def with_explanations(text: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put 尤其是… and 导致… , and what goes on with them, to the fault that they explain.

    Args:
        text: Folded text of the document.
        parts: The members of a series, in order.
    """
    joined: list[tuple[int, int]] = []
    explained = False
    for start, end in parts:
        explains = bool(_CONSEQUENCE.match(text, start, end))
        if joined and (explains or (explained and _NO_SUBJECT.match(text, start, end))):
            joined[-1] = (joined[-1][0], end)
            explained = True
        else:
            joined.append((start, end))
            explained = False
    return joined


def _are_clauses(text: str, start: int, end: int, cuts: list[tuple[int, int]]) -> bool:
    """Whether what 、 parts is long enough to be clauses, and no row of nouns (及时性、全面性不够).

    Where the first and others say what is wanting, the rest have predicates of their own too.
    """
    bounds = [(start, start), *cuts, (end, end)]
    parts = [(left[1], right[0]) for left, right in pairwise(bounds)]
    wanting = [has_deficit(text[a:b]) for a, b in parts]
    if wanting[0] and sum(wanting) > 1:
        return True
    return all(b - a >= _LONG and not _NOMINAL.search(text, a, b) for a, b in parts)


def _cut(
    text: str, start: int, end: int, cuts: list[tuple[int, int]], *, always: bool
) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    left = start
    for cut_start, cut_end in (*cuts, (end, end)):
        stands = always and _stands(text, left, cut_start)
        if not stands and not has_deficit(text[left:cut_start]):
            continue
        if cut_end < end and _CAUSE.match(text, left, cut_start):
            continue
        if cut_end < end and _HANGING.match(text, cut_end, _next_cut(text, cut_end, end)):
            continue
        if spans and cut_start - left < _TAG <= (spans[-1][1] - spans[-1][0]) // 2:
            spans[-1] = (spans[-1][0], cut_start)
        else:
            spans.append((left, cut_start))
        left = cut_end
    if left < end and spans:
        spans[-1] = (spans[-1][0], end)
    return spans


def _stands(text: str, start: int, end: int) -> bool:
    """Whether a member without a word of want can stand alone: it is long, or speaks of the work."""
    if _ADVERBIAL.match(text, start) or _NOMINAL.search(text, start, end):
        return False
    return end - start >= _STANDS or (end - start > _TAG and bool(score_topics(text[start:end])))


def _next_cut(text: str, start: int, end: int) -> int:
    places = [at for at in (text.find("，", start, end), text.find("、", start, end)) if at >= 0]
    return min(places, default=end)


def are_judged(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether each member names something and says how far it falls short (意识有待增强，内容不够丰富).

    Args:
        text: Folded text of the document.
        parts: The members of a series, in order.
    """
    return all(_JUDGED.match(text, *part) for part in parts) and not any(
        _EXPLAINS.match(text, *part) for part in parts[1:]
    )


def judged_members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of what goes on with a series behind a semicolon; none if it is one sentence.

    Args:
        text: Folded text of the document.
        start: Offset of the first member.
        end: Offset after the last one.
    """
    parts = members(text, start, end)
    return parts if len(parts) > 1 and are_judged(text, parts) else []


def differ(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether two members name different faults, by their topics, and the second explains nothing.

    Args:
        text: Folded text of the document.
        parts: The members of a series, in order.
    """
    if len(parts) != 2 or _EXPLAINS.match(text, *parts[1]):
        return False
    if all(_SOME.match(text, *part) for part in parts):
        return True
    topics = [pick_topics(score_topics(text[a:b]))[0] for a, b in parts]
    return topics[0] != topics[1] and min(b - a for a, b in parts) >= _TAG
