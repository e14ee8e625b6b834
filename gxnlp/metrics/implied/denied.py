"""Denials that are no plain zero: of an outcome of reviews and lawsuits, of something about messages.

未发生复议被纠错、诉讼败诉情况; 无行政复议、行政诉讼纠错案件 (guideline part 2, rules 2 and 13); 无留言积压.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.lexicon import Term

_LOST = deferred(
    r"(?:案件?|决定|事项|申请)?(?:中)?(?:结果)?(?:而)?(?:被(?:判决?|裁定|法院|复议机关|依法)?|判决|予以|为)?"
    r"(败诉|纠错|纠正|撤销|变更|确认违法|责令(?:[履重限][^，。；、0-9]{1,8})?)"
)
_JOINS = deferred(r"(?:案件?)?[、和与及或](?:者)?")
LOST_AT_ONCE = deferred(r"(?:被)?(?:败诉|纠错|纠正|撤销)")
"""行政复议零纠错、行政诉讼零败诉: what is denied stands before the word that denies."""
_DEFEAT = "败诉"
_CAME = ("收", "接")
_ENDS = deferred(r"(?:的?(?:情况|情形|现象))?(?:[，。；：、）！\n]|和|与|及|或|以及|$)")
_NEAR = 8


def lost_cases(nouns: Sequence[Term], folded: str) -> list[tuple[Term, int, bool]]:
    """The reviews and lawsuits of which a clause denies an outcome.

    Args:
        nouns: The nouns for reviews and lawsuits behind the word that denies, in order.
        folded: The folded text of the report.

    Returns:
        Each noun with the offset behind what is said of it, and whether it is a defeat that is denied. What
        stands joined before such a noun shares its outcome, and ends where it ends itself.
    """
    found: list[tuple[Term, int, bool]] = []
    for noun in reversed(nouns):
        if (lost := _LOST.match(folded, noun.end)) is not None:
            found.append((noun, lost.end(), lost[1] == _DEFEAT))
        elif found and _JOINS.fullmatch(folded, noun.end, found[-1][0].start):
            found.append((noun, noun.end, found[-1][2]))
    return found[::-1]


def denies_messages(neg: Term, noun: Term, folded: str) -> bool:
    """Whether a clause denies that messages came: 无网民留言, 没有收到咨询; not 无留言积压, 没有留言板.

    未收到有关信息公开方面的咨询 asks about one matter alone, by whatever way.
    """
    between = folded[neg.end : noun.start]
    if any(word in between for word in _CAME):
        return "n.ask" not in noun.classes or len(between) <= _NEAR
    return _ENDS.match(folded, noun.end) is not None and not folded.endswith("板", noun.start, noun.end)
