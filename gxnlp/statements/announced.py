"""What announces a series, and the members that it announces (存在A、B等问题; 表现为A，B；C)."""

from __future__ import annotations

from collections.abc import Iterator

from gxnlp.deferred import deferred
from gxnlp.statements.entry import BY_HEADING
from gxnlp.statements.frames import frames
from gxnlp.statements.series import are_judged, differ, in_two, members, with_explanations
from gxnlp.statements.topics import score_topics
from gxnlp.statements.wording import has_deficit, wording

ENUMERATES = deferred("(?:：|如|比如|例如|即|分别[是为])$")
_PROBLEM_IS = deferred("(?:问题|不足|短板|困难)(?:之处)?(?:主要)?(?:是|在于)[：，]?$")
# 内容专业、贴近群众不够和覆盖面有限两方面问题: two, however many commas there are.
_TWO = deferred("的?[这等]?[两二]个?(?:方面|[项类点个])?的?(?:主要|突出)?(?:问题|不足)")
_GOVERNED = deferred("(?:仍然?|还|也|时有|容易)?(?:存在|出现|发生)")
# 问题为：认识不足，存在主动性不够、内容不全等问题
_EXISTS = deferred("(?:仍然?|还|也)?存在(?:着|有)?(?=[^，。；]{4})")
_PAIR = 2
_STANDS = 5
_SUBSTANCE = 3


def joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at 加之 and 同时 where both sides can stand alone."""
    spans = [(start, end)]
    for match in frames().joined.finditer(text, start, end):
        left, right = spans[-1]
        sides = text[left : match.start()], text[match.end() : right]
        alike = all(map(has_deficit, sides)) or wording()["verb"].match(sides[1])
        if min(map(len, sides)) >= (_STANDS if alike else 2 * _STANDS):
            spans[-1:] = [(left, match.start()), (match.end(), right)]
    return spans


def series(text: str, start: int, end: int, announced: int, framed: bool) -> Iterator[tuple[int, int]]:
    """The members of an announced or closed series; else the sentence itself."""
    found = frames()
    opened = announcer(text, start, end)
    is_frame = opened is None and framed
    if is_frame:
        opened = start
    first = start if opened is None else opened
    closed = found.series_end.search(text, first, end)
    ended = closed or (opened is not None and found.of_end.search(text, first, end))
    if ended and is_frame and not closed and _GOVERNED.match(text, _last_clause(text, first, ended.start())):
        ended = None  # 存在问题：解读简单，存在照抄文件的现象
    last = ended.start() if ended else end
    if opened is not None and not ended and (done := found.just_done.search(text, first, end)):
        last = done.start()  # 发现的问题有：A，B，均已整改完毕
    parts = members(text, first, last, closed=bool(ended)) if opened is not None or closed else []
    if opened is not None and text.endswith("在于", start, opened):
        parts = []  # 短板在于人手少，采编能力不强: one fault in two clauses
    parts = with_explanations(text, parts)
    if closed and len(parts) > 1:
        parts = [(_behind_exists(text, *part), part[1]) for part in parts]
    if opened is not None and len(parts) == 1:
        parts = in_two(text, first, last) or parts  # 主要问题是A和B
    if text.startswith("；", end) and not ended and not are_judged(text, parts) and not _turns(text, end):
        parts = []  # 主要是A，a；B，b： a row of sentences, a statement each
    if ended and _TWO.match(text, ended.start()) and len(parts) != _PAIR:
        parts = in_two(text, first, last) or parts
    # Without a colon or a close (主要是A，B) only three make a series.
    colon = bool(opened and ENUMERATES.search(text, start, opened))
    listed = bool(ended) or colon or 0 < announced <= len(parts)
    differs = announced != BY_HEADING and differ(text, parts)
    if len(parts) > (1 if listed or differs else 2) and (listed or differs or not is_frame):
        yield from parts
    else:
        yield (
            first,
            last if opened is not None or (closed and closed.end() - closed.start() <= 2) else end,
        )


def _last_clause(text: str, start: int, end: int) -> int:
    """Offset of the last clause of a span."""
    return max(start, text.rfind("，", start, end) + 1)


def _behind_exists(text: str, start: int, end: int) -> int:
    """Offset behind 存在 at the head of a member, which the close of the list (等问题) belongs to."""
    found = _EXISTS.match(text, start, end)
    return found.end() if found else start


def _turns(text: str, end: int) -> bool:
    """Whether what goes on behind a semicolon speaks of remedies (；改进措施有…)."""
    return bool(wording()["remedy_opener"].match(text, end + 1))


def announcer(text: str, start: int, end: int) -> int | None:
    """Offset behind 存在, 主要是, 如, if nothing but the body and its work stands before it."""
    found, compared = frames(), wording()["comparison"]
    at, behind = None, start
    for match in found.announcer.finditer(text, start, end):
        before = compared.sub("", text[behind : match.start()])
        # 由于人员较少，存在… states its reason too.
        reasons = has_deficit(before) and max(score_topics(before).values(), default=0) >= _SUBSTANCE
        if (reasons and not found.modest.search(before)) or not found.generic_subject.fullmatch(before):
            break
        if not has_deficit(text[match.end() : end]) and not _PROBLEM_IS.search(match.group()):
            break
        at = behind = match.end()
    return at
