"""Clauses that only say that there are problems, and what leads to those that say which."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.statements.frames import frames
from gxnlp.statements.topics import score_topics
from gxnlp.statements.wording import deficit_spans, wording

_OF_NEEDS = deferred("主动公开|信息|内容|公开|[的与和]")
_SHORT = 25
_NAMED = 2
# 仍有不足 names nothing, 投入不足 does.
_LACKS = deferred("(?<![有些的在和、多定了干诸少])(?<![^参]与)不足$")
_STANDS = 5


def is_young(text: str, start: int, end: int) -> bool:
    """Whether a clause calls the work young or poor (起步晚、底子薄)."""
    return bool(wording()["young"].search(text, start, end))


def only_frames(text: str, start: int, end: int) -> bool:
    """Whether a first clause leads to what follows (公开的内容与公众的需求还有差距，…)."""
    plain, compared = wording()["comparison"].subn("", text[start:end])
    if compared and not _OF_NEEDS.sub("", frames().says_nothing.sub("", plain)):
        return True
    return says_nothing(text, start, end)


def says_nothing(text: str, start: int, end: int) -> bool:
    """Whether a clause only says that there are problems (离群众期待还有差距)."""
    words, clause = wording(), text[start:end]
    if not words["generic_noun"].search(clause) and len(clause) > _STANDS:
        return False
    plain = words["comparison"].sub("", clause)
    body = frames().says_nothing.sub("", plain)
    if len(body) >= _NAMED and _LACKS.search(clause):
        return False  # 设备不足
    return len(body) < _SHORT and not score_topics(body) and not _says_what(plain)


def _says_what(clause: str) -> bool:
    """Whether a word of want is more than a frame: 没有 is, though 有 alone says nothing."""
    empty = {at for match in frames().says_nothing.finditer(clause) for at in range(*match.span())}
    return any(not empty.issuperset(range(*span)) for span in deficit_spans(clause))
