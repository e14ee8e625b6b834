"""The text of a region in small pieces, for the model that says where statements begin and end.

A segment is what stands between two marks of punctuation, list marks or edges of what the rules
have cut. A statement is a row of segments: the first begins it (`begin`), the others are inside.
The model labels each segment by its own words and its neighbours', without knowing what the rules
make of it, so that its errors are its own; how both are weighed is in `gxnlp.statements.judging`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.learned.feature_rows import Features
from gxnlp.records import Role
from gxnlp.statements.clauses import Draft
from gxnlp.statements.series import trim
from gxnlp.statements.units import Unit
from gxnlp.statements.wording import modality, wording

OUTSIDE = "outside"
LABELS = ("problem begin", "remedy begin", "problem inside", "remedy inside", OUTSIDE)
"""What a segment may be; `begin` and `inside` follow the role."""

_STOPS = deferred("[，。；：！？\n]")
_FIRST, _LAST = (1, 2, 3, 4), (1, 2, 3)
"""Lengths of the pieces of its beginning and end by which a segment is known."""
_LENGTH = 8
_LONGEST = 5
_SINCE = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A region of a report with what the rules make of it.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last one.
        role: What its heading announces, if that is one side only.
        units: Its units in order.
        drafts: The statements that the rules cut from it, in order.
    """

    start: int
    end: int
    role: Role | None
    units: Sequence[Unit]
    drafts: Sequence[Draft]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a passage.

    Attributes:
        start: Offset of its first character, no white space or punctuation.
        end: Offset after its last one.
        unit: The unit that it stands in.
        draft: The rules' statement that it is of, if any.
    """

    start: int
    end: int
    unit: Unit
    draft: Draft | None

    @property
    def by_rules(self) -> str:
        """The label that the rules give it."""
        if self.draft is None:
            return OUTSIDE
        return f"{self.draft.role} {'begin' if self.start == self.draft.start else 'inside'}"


def cut_segments(text: str, passage: Passage) -> list[Segment]:
    """Cut a passage into segments, in order; list marks and punctuation are in none.

    Args:
        text: Folded text of the document.
        passage: The passage.
    """
    cuts = {stop.start() for stop in _STOPS.finditer(text, passage.start, passage.end)}
    cuts |= {at for unit in passage.units for at in (unit.start, unit.end)}
    cuts |= {at for draft in passage.drafts for at in (draft.start, draft.end)}
    places = sorted(cuts | {passage.end})
    starts = [unit.start for unit in passage.units]
    heads = [draft.start for draft in passage.drafts]
    segments, at = [], passage.start
    for place in places:
        start, end = trim(text, at, place)
        at = place
        unit = passage.units[bisect_right(starts, start) - 1] if starts and start >= starts[0] else None
        if start >= end or unit is None or start >= unit.end:
            continue
        draft = passage.drafts[bisect_right(heads, start) - 1] if heads and start >= heads[0] else None
        segments.append(Segment(start, end, unit, draft if draft and start < draft.end else None))
    return segments


class _Look(NamedTuple):
    """How a segment looks.

    Attributes:
        words: Its words.
        sound: How they sound, as two digits.
        seen: What its neighbours see of it.
        own: What it alone sees of itself.
    """

    words: str
    sound: str
    seen: Sequence[str]
    own: Sequence[str]


def segment_features(
    text: str, passage: Passage, segments: Sequence[Segment]
) -> tuple[list[Features], list[Sequence[str]]]:
    """Features of each segment of a passage.

    Args:
        text: Folded text of the document.
        passage: The passage.
        segments: All its segments, in order.

    Returns:
        What each has alone, and what it shares with its neighbours (see `gxnlp.learned.feature_rows.in_row`).
    """
    looks = [_look(text, segment) for segment in segments]
    around = _surroundings(segments, looks)
    region = f"region:{passage.role}"
    own: list[Features] = [
        (("", (region, *look.own, *near)),) for look, near in zip(looks, around, strict=True)
    ]
    return own, [look.seen for look in looks]


def _look(text: str, segment: Segment) -> _Look:
    words = text[segment.start : segment.end].replace("\n", " ")
    unit, heard = segment.unit, modality(words)
    sound = f"{heard.problem}{heard.remedy}"
    sounds = f"{sound}:{heard.wanting}"
    before = repr(text[segment.start - 1] if segment.start else "\n")
    opens = segment.start == unit.start
    mark = unit.mark.style if unit.mark and opens else ""
    seen = [
        f"sound:{sounds}",
        f"mark:{mark}:{unit.mark.ordinal == 1 if unit.mark else ''}",
        f"label:{unit.label}:{unit.lead}",
        f"opens:{opens}:{unit.para}",
        *["^" + words[:n] for n in _FIRST],
        *[words[-n:] + "$" for n in _LAST],
    ]
    own = [
        f"before:{before}",
        f"before:{before}:{sounds}",
        f"after:{text[segment.end : segment.end + 1]!r}:{opens}",
        f"long:{min(len(words) // _LENGTH, _LONGEST)}",
    ]
    return _Look(words, sound, seen, own)


def _surroundings(segments: Sequence[Segment], looks: Sequence[_Look]) -> Iterator[list[str]]:
    """What the last heading or opening before each segment said, and the list that it is in."""
    opener = wording()["remedy_opener"]
    seen, since, style = "nothing", 0, ""
    for i, (segment, look) in enumerate(zip(segments, looks, strict=True)):
        since += 1
        if segment.unit.label:
            seen, since = segment.unit.label, 0
        elif opener.match(look.words):
            seen, since = "opener", 0
        if segment.unit.mark:
            style = segment.unit.mark.style
        yield [
            f"seen:{seen}:{min(since, _SINCE)}",
            f"seen:{seen}:{look.sound}",
            f"list:{style}:{segment.start == segment.unit.start}",
            f"place:{4 * i // len(segments)}",
        ]
