"""Nouns that are joined and count together: 人大代表建议、政协提案27件, 27件人大代表建议和政协提案."""

from __future__ import annotations

from collections.abc import Mapping

from gxnlp.deferred import deferred
from gxnlp.lexicon import COUNTED, NOUN, Term, term
from gxnlp.metrics.context.sentences import Sentence

JOINS = ("、", "和", "及", "与")
_JOINED_NOUNS = deferred(r"[^，。；：0-9]{0,3}[、和与及以/（][^，。；：0-9]{0,4}")
_JOINED_BEHIND = deferred(r"(?:[、和与]|以?及)(?:[省市县区州]级?)?(?![0-9])")
_AS_MANNER = ("以", "用", "采用", "采取", "通过", "运用")
_MIXTURE = frozenset({"n.mixture"})
_DOCUMENTS = frozenset({"n.policy", "n.normative"})
_EXPLAINING = frozenset({"n.interpretation", "n.graphic", "n.video"})
_LONGEST_MIXTURE = 4
_INFORMING = frozenset({"n.info"})
_PIECES = frozenset({"n.info", "n.interview"})
_WRITTEN = ("图文", "文章", "稿件", "推文", "文字")
"""图文、直播、短视频900条: pieces of all sorts."""
_NOTICES = ("通知", "公告", "通告", "公示")
"""通知、公告、文件52条: papers named behind notices are notices too."""


def merged(own: list[Term], folded: str, after: int, merge: Mapping[str, tuple[str, ...]]) -> list[Term]:
    """人大代表建议、政协提案27件: the two nearest nouns count together."""
    nouns = [t for t in own if t.kinds & NOUN and "n.answer" not in t.classes][:_LONGEST_MIXTURE]
    pairs = folded.startswith(JOINS, after)
    apart = any("w.each" in t.classes or _respective(t, folded, pairs) for t in own)
    if len(nouns) < 2 or apart:
        return own
    last, first = nouns[:2]
    if not _JOINED_NOUNS.fullmatch(folded, first.end, last.start):
        return own
    if mixed := _mixed(nouns, folded):
        both = term(mixed[-1].start, last.end, _first_kind(mixed))
        return [both if t is last else t for t in own if t is last or t not in mixed]
    for name, parts in merge.items():
        if any(a in first.classes and b in last.classes for a, b in (parts, parts[::-1])):
            both = term(first.start, last.end, frozenset({name}))
            return [both if t is last else t for t in own if t is not first]
    return own


def _respective(word: Term, folded: str, pairs: bool) -> bool:
    """Whether 分别 pairs names with numbers: not where it says how (分别以文字和图片解读3条)."""
    return "w.respective" in word.classes and (pairs or not folded.startswith(_AS_MANNER, word.end))


def _mixed(nouns: list[Term], folded: str) -> list[Term]:
    """The nouns of a mixture, the nearest first: 政策文件及解读, 解读文章、图解、动画, 发布会、座谈会."""
    last = nouns[0].classes
    for kinds, others in (
        (_DOCUMENTS, frozenset({"n.interpretation"})),
        (frozenset({"n.policy"}), frozenset({"n.normative"})),
        (_EXPLAINING, _EXPLAINING),
        (frozenset({"n.press"}), frozenset({"n.meeting"})),
        (_INFORMING, frozenset({"n.policy"})),
        (_PIECES, frozenset({"n.video"})),
    ):
        if last.isdisjoint(others):
            continue
        if kinds is _INFORMING and not folded.startswith(_NOTICES, nouns[1].start):
            continue
        run = [nouns[0]]
        for noun in nouns[1:]:
            if noun.classes.isdisjoint(kinds) or not _JOINED_NOUNS.fullmatch(folded, noun.end, run[-1].start):
                break
            run.append(noun)
        if kinds is _PIECES and not folded.startswith(_WRITTEN, run[-1].start):
            continue
        if len(run) > 1 and (run[-1].classes & kinds).isdisjoint(last):
            return run
    return []


def _first_kind(mixed: list[Term]) -> frozenset[str]:
    """Classes of a mixture: those of its first kind (guideline part 2, rule 12)."""
    first = mixed[-1].classes
    return first | _MIXTURE if "n.policy" in first else first


def merged_behind(
    place: int, sentence: Sentence, folded: str, merge: Mapping[str, tuple[str, ...]]
) -> Term | None:
    """27件省、市人大代表建议和政协提案: the noun behind a number with the one it is joined to, or `None`."""
    first, *rest = sentence.terms[place : place + 2]
    if (
        not rest
        or not first.kinds & COUNTED
        or not _JOINED_BEHIND.fullmatch(folded, first.end, rest[0].start)
    ):
        return None
    for name, parts in merge.items():
        if any(a in first.classes and b in rest[0].classes for a, b in (parts, parts[::-1])):
            return term(first.start, rest[0].end, frozenset({name}))
    return None
