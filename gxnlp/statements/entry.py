"""An entry: a stretch of text that is one list item or one sentence, with what its surroundings say of it."""

from __future__ import annotations

from dataclasses import dataclass

from gxnlp.records import Role

LABELLED, TURNED, LED, HEARD = 4, 3, 2, 1
"""How firmly a role is given: by a heading; by an opening (下一步, 针对上述问题); by the lead of a list;
by how the sentence before sounds."""
BY_LEAD, BY_HEADING = 2, 3
"""不足主要是：A，B lists two, 存在问题：A，B may be one fault in two clauses."""


@dataclass(slots=True)
class Entry:
    """A stretch of text that is one item or one sentence.

    Attributes:
        start: Offset of its first character, behind its mark.
        end: Offset after its last character, before its final stop.
        marked: Whether it is a list item or a titled paragraph (else a sentence).
        role: What its surroundings make it.
        strength: How firmly: `LABELLED`, `TURNED`, `LED`, `HEARD`, or 0.
        list_id: Which list it is of, 0 for sentences.
        item_id: Which item it is of: a problem and its remedy may share one; 0 for none.
        last_year: Whether it stands under a heading about another year.
        extra: Whether it is introduced as an addition (此外).
        recalls: Whether it opens with another year's problem (2022年提出的…问题).
        announced: From how many members on the one sentence behind a colon is a list: `BY_LEAD`,
            `BY_HEADING`, 0 where no colon announces it.
    """

    start: int
    end: int
    marked: bool
    role: Role | None = None
    strength: int = 0
    list_id: int = 0
    item_id: int = 0
    last_year: bool = False
    extra: bool = False
    recalls: bool = False
    announced: int = 0


@dataclass(slots=True)
class Context:
    """What the last heading, opening or lead says of the text behind it."""

    role: Role | None = None
    strength: int = 0
    last_year: bool = False
    silent: bool = False
    has_list: bool = False
