"""Parts that no word marks: figures that add up to the total told before them (guideline part 2, measure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gxnlp.readings import INFORMATION, PART, Draft

_ADDED = frozenset({INFORMATION, "media_reports", "videos"})
_MOST = 12
"""Members that a division by channel has at most."""
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
    for place, total in enumerate(drafts):
        if total.metric == INFORMATION and _whole(total) and total.value and total.channel in ("", "all"):
            behind = drafts[place + 1 : place + 1 + _REACH]
            members = list(_members(total, behind)) or list(_members(total, behind, kinds=True))
            for member in members:
                if member.metric == INFORMATION:
                    member.measure, member.part_of = "part", total
                    member.scope = total.scope if total.scope == "system" else member.scope


def _members(total: Draft, behind: Sequence[Draft], *, kinds: bool = False) -> Iterator[Draft]:
    """The mentions behind a total that add up to it, none where they do not.

    With `kinds` its parts by kind are added too (公开信息90条，其中动态50条。公众号推送40条).
    """
    rest, found = Fraction(total.value or 0), list[Draft]()
    for draft in behind:
        if draft.section is not total.section or len(found) == _MOST:
            return
        if draft.paragraph != total.paragraph and found and found[0].paragraph == total.paragraph:
            return
        kind = kinds and draft.metric == PART and draft.part_of is total
        if (not kind and draft.metric not in _ADDED) or not (_whole(draft) or draft.part_of is total):
            continue
        found.append(draft)
        rest -= Fraction(draft.value or 0)
        if rest <= 0:
            break
    divided = len({draft.channel for draft in found}) > 1 or any(draft.part_of is total for draft in found)
    if rest == 0 and len(found) > 1 and divided:
        yield from found


def _whole(draft: Draft) -> bool:
    return draft.aspect == "level" and draft.measure == "total" and not draft.implied
