"""Accounts by their own name in quotes, once the report has said of what kind they are.

微信公众号“青禾水务”推送90条。“青禾水务”年末粉丝3万: behind its introduction the name alone is the account.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE, Term, term

_NAME = deferred("“([^“”，。；：\n]{2,16})”")
_RUN_BEHIND = deferred("“[^“”，。；：\n]{2,16}”(?:[、和与及]?“[^“”，。；：\n]{2,16}”){0,5}")
_RUN_BEFORE = deferred(
    "(?:“[^“”，。；：\n]{2,16}”[、和与及]?){0,5}“[^“”，。；：\n]{2,16}”(?:等)?(?:[0-9两三四五六七八九十]+个)?"
    "(?:官方|政务|政府|认证|企业)*$"
)
_LONGEST_RUN = 100
_NEAR = 12
_JOINS = deferred("[、和与及/]?")
_THING = deferred(
    "”(?:[^，。；：、0-9“]{0,4})(?:栏|专题|专区|专版|板块|版块|模块|频道|节目|活动|行动|品牌|系列|矩阵|主题|话题|制度|机制|模式|工程|平台|系统"
    "|服务|功能|直播|访谈|政策|精神|信箱|热线|窗口|大厅|指南|清单|手册)"
)
"""“青禾水务”专栏: something else of the same name."""
_UNNAMED = frozenset({"ch.new_media"})


class AccountNames:
    """Names of accounts with what they are, taken in as a report is read.

    A name that two kinds have (微信公众号、抖音号“青禾水务”) says of neither.
    """

    def __init__(self) -> None:
        self._kinds: dict[str, frozenset[str] | None] = {}

    def place(self, terms: list[Term], folded: str, start: int, end: int) -> list[Term]:
        """The words of a stretch of text, with the names of accounts among them that stand alone.

        Args:
            terms: The words of the lexicon in `folded[start:end]`, in order.
            folded: The folded text of the report.
            start: Offset of the stretch.
            end: Offset after it.
        """
        told = self._learn(terms, folded, start, end)
        known = {name: kinds for name, kinds in self._kinds.items() if kinds}
        if not known:
            return terms
        named: list[Term] = []
        for match in _NAME.finditer(folded, start, end):
            kinds = known.get(match[1])
            if kinds and match.start() not in told and _THING.match(folded, match.end() - 1) is None:
                named.append(term(*match.span(), kinds))
        if not named:
            return terms
        starts = [t.start for t in terms]
        held = {
            terms[place]
            for one in named
            for place in range(bisect_left(starts, one.start), bisect_left(starts, one.end))
        }
        return sorted([t for t in terms if t not in held] + named)

    def _learn(self, terms: Sequence[Term], folded: str, start: int, end: int) -> set[int]:
        """Take in the names that a stretch introduces; where those stand, and all with a kind beside them."""
        told: set[int] = set()
        for place, kind in enumerate(terms):
            if not kind.kinds & SITE or _is_quoted(kind, folded):
                continue
            joined = _is_joined(place, terms, folded)
            for name, at in _names_beside(kind, folded, start, end):
                told.add(at)
                kinds = None if joined or not _UNNAMED.isdisjoint(kind.classes) else kind.classes
                known = self._kinds.setdefault(name, kinds)
                if known != kinds:
                    self._kinds[name] = None
        return told


def _names_beside(kind: Term, folded: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The names in quotes that touch a kind of account, else those right before it, each with its offset."""
    if folded.startswith("“", kind.end):
        span = _RUN_BEHIND.match(folded, kind.end, end)
    else:
        if folded.find("”", max(start, kind.start - _NEAR), kind.start) < 0:
            return
        span = _RUN_BEFORE.search(folded, max(start, kind.start - _LONGEST_RUN), kind.start)
    if span is not None:
        for match in _NAME.finditer(folded, *span.span()):
            yield match[1], match.start()


def _is_quoted(kind: Term, folded: str) -> bool:
    """“两微一端”, “青禾网站群”: a word within a name introduces none."""
    return folded.startswith("“", kind.start - 1) or folded.startswith("”", kind.end)


def _is_joined(place: int, terms: Sequence[Term], folded: str) -> bool:
    """“青禾水务”公众号、抖音号, 微信、微博“青禾水务”: one name of several kinds.

    “青禾水务”公众号和微博“水润青禾” is not: the other kind has a name of its own.
    """
    kind = terms[place]
    if folded.startswith("“", kind.end):
        before = terms[place - 1] if place else None
        joined = before is not None and before.kinds & SITE and not folded.endswith("”", 0, before.start)
        return bool(joined and before and _JOINS.fullmatch(folded, before.end, kind.start))
    behind = terms[place + 1] if place + 1 < len(terms) else None
    joined = behind is not None and behind.kinds & SITE and not folded.startswith("“", behind.end)
    return bool(joined and behind and _JOINS.fullmatch(folded, kind.end, behind.start))
