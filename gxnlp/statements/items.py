"""From units to entries: which sentences belong to which list item, and what role their surroundings give.

Rules of the guideline (part 3): an item of the lowest level is one entry with all its sentences; the lead of
an item that has marked items under it is none; unmarked sentences are entries of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gxnlp.deferred import deferred
from gxnlp.records import Role
from gxnlp.statements.entry import HEARD, LABELLED, LED, TURNED, Context, Entry
from gxnlp.statements.frames import frames
from gxnlp.statements.leads import STILL, aimed_at, closes, lead_role, says_why, still_wanting, turn_of
from gxnlp.statements.shapes import TITLE_LENGTH, Shapes
from gxnlp.statements.topics import score_topics
from gxnlp.statements.units import RANKS, Mark, Unit
from gxnlp.statements.wording import Label, has_deficit, modality

_EXTRA = deferred("(?:此外|另外|同时|与此同时|除此之外|再者)[，、]?")
_APART = deferred("(?:此外|另外|除此之外)[，、]")
_BESIDES = deferred("(?:与此)?同时，")
_TURN = deferred("，但")
# 我局存在A、B等问题，将采取以下措施： names the problems that its list mends.
_NAMED_BEFORE = deferred(
    "[^。；：]{0,30}?存在(?!的?(?:以下|如下|上述|问题|不足))[^。；：]{4,80}?(?:的|等)[^，。；：]{0,4}(?:问题|不足|现象)(?=，)"
)
_AIMS = deferred("[^。；]{0,10}针对|对[^，。；]{3,40}?的(?:问题|不足)，")
_NAMES_A_SIDE = deferred("方面$")
_ONLY_A_YEAR = deferred("(?:在)?20[0-9]{2} ?年度?[里中内]?")
_FAULTS = deferred("问题|不足")
_TITLE = "title"
_TO_COME = deferred("改进|整改|解决|对策|下一?步|下一?阶段|今后|打算|计划|思路|方向|明年|来年")


@dataclass(slots=True)
class _Part:
    """The sentences of an item under one role."""

    role: Role | None = None
    strength: int = 0
    units: list[Unit] = field(default_factory=list)
    silent: bool = False


@dataclass(slots=True)
class _Item:
    """An open list item; without parts it only holds other items.

    Attributes:
        in_row: Whether the item before it was one sentence, up to a semicolon: so is this one.
    """

    mark: Mark
    list_id: int
    parts: list[_Part] = field(default_factory=list)
    split: bool = False
    in_row: bool = False


class _Reader:
    """Walks over units once and keeps the open items on a stack."""

    def __init__(self, text: str, units: Sequence[Unit], role: Role | None) -> None:
        self.text = text
        self.units = units
        self.shapes = Shapes(text, units)
        self.context = Context(role, LABELLED if role else 0)
        self.stack: list[_Item] = []
        self.entries: list[Entry] = []
        self.leads_from = 0
        self.lists = 0
        self.items = 0
        self.was_split = False

    def read(self) -> list[Entry]:
        for i, unit in enumerate(self.units):
            if unit.mark:
                self._open(unit, unit.mark)
                before = self.units[i - 1] if i else unit
                self.stack[-1].in_row = bool(before.mark) and before.stop == "；"
            elif unit.label:
                self._label(i, unit, unit.label)
            else:
                self._sentence(i, unit)
        self._pop(0)
        return sorted(self.entries, key=lambda entry: entry.start)

    # Headings, openings and leads

    def _turn(
        self, role: Role | None, strength: int, *, last_year: bool = False, silent: bool = False
    ) -> None:
        """From here on the text is of a role."""
        self.context = Context(role, strength, last_year, silent)
        self.leads_from = len(self.entries)

    def _head(self, label: Label, unit: Unit) -> None:
        role: Role | None = label if label in ("problem", "remedy") else None
        done = role == "remedy" and self._is_of_the_year(unit)
        self._turn(role, LABELLED if role else 0, last_year=unit.last_year, silent=done or label == "neutral")

    def _is_of_the_year(self, unit: Unit) -> bool:
        """Whether 主要措施 before the problems tells what was done in the year."""
        if self.entries or self.context.last_year or _TO_COME.search(self.shapes.said(unit)):
            return False
        ahead = [u for u in self.units if u.label == "problem"]
        return bool(ahead) and all(u.start > unit.start for u in ahead)

    def _label(self, i: int, unit: Unit, label: Label) -> None:
        depth = self._goes_on(i)
        if depth is None or not self.stack[depth].parts:
            self._pop(0 if depth is None else depth + 1)
            self._head(label, unit)
            return
        self._pop(depth + 1)
        item = self.stack[depth]
        item.split = True
        if self._is_bare_title(item):
            item.parts.clear()
        role: Role | None = label if label in ("problem", "remedy") else None
        item.parts.append(_Part(role, LABELLED if role else 0, silent=label == "neutral"))

    def _is_bare_title(self, item: _Item) -> bool:
        """Whether an item so far is a title that states nothing (（一）公开意识方面)."""
        units = [unit for part in item.parts for unit in part.units]
        if len(units) != 1 or units[0].end - units[0].start > TITLE_LENGTH:
            return False
        title = self.shapes.said(units[0])
        return bool(_NAMES_A_SIDE.search(title)) or modality(title).role is None

    def _lead(self, unit: Unit) -> None:
        """A lead gives the role of the list that it announces."""
        text = self.shapes.said(unit)
        if says_why(text):
            self._turn(None, 0, silent=True)
            return
        role = lead_role(text)
        if not role and _ONLY_A_YEAR.fullmatch(text) and (self.context.has_list or self._after_problem()):
            role = "remedy"
        if frames().of_other_year.match(text) and (turn := _TURN.search(text)):
            self._add_sentence(unit, unit.start + turn.start())
        named = _NAMED_BEFORE.match(text) if role == "remedy" and not self._after_problem() else None
        if named and has_deficit(named.group()):
            self._turn("problem", LED)
            self._add_sentence(unit, unit.start + named.end())
        if role and (self.context.strength < LABELLED or role != self.context.role):
            self._turn(role, LED, last_year=role == "remedy" and bool(frames().of_other_year.search(text)))
        self.context.silent = False

    def _name_aim(self, unit: Unit) -> None:
        """针对上年度存在的A、B等问题，采取以下措施： states what its list mends, if nothing did before."""
        aim = aimed_at(self.text, unit.start, unit.end)
        if aim and not self._after_problem() and (aim.of_other_year or not self.entries):
            self.entries.append(
                Entry(aim.start, aim.end, False, "problem", TURNED, last_year=aim.of_other_year)
            )

    def _after_problem(self) -> bool:
        """Whether the text so far speaks of problems."""
        if self.context.strength or self.context.role:
            return self.context.role == "problem"
        parts = [part for item in self.stack for part in item.parts if part.units]
        spans = [(entry.start, entry.end) for entry in self.entries[-1:]]
        spans += [(part.units[0].start, part.units[-1].end) for part in parts[-1:]]
        return bool(spans) and modality(self.text[slice(*spans[-1])]).role == "problem"

    def _follow(self, text: str) -> None:
        """Without a heading, a sentence that sounds otherwise turns the role by itself."""
        sounds = modality(text)
        if sounds.role is None or sounds.role == self.context.role:
            return
        anew = self.shapes.by_turns or STILL.match(text)
        if sounds.role == "problem" and self.context.strength >= LED and not anew:
            return
        if max(sounds.problem, sounds.remedy) >= 2 or not sounds.remedy:
            still = sounds.role == "problem" and STILL.match(text)
            self._turn(sounds.role, HEARD, last_year=self.context.last_year and not still)

    # List items

    def _open(self, unit: Unit, mark: Mark) -> None:
        list_id = self._close_for(mark)
        if self.stack and self.stack[-1].parts:
            self.stack[-1].parts.pop()
        elif not self.stack and not list_id:
            leads = self.entries[self.leads_from :]
            turns = modality(self.shapes.said(unit)).role == "remedy"
            # 我局将加强培训；二是…: the first item lacks its mark.
            first = mark.ordinal == 2 and not unit.para
            kept = [e for e in leads if e.recalls or first or (turns and self._states(e))]
            self.entries[self.leads_from :] = kept
        if not list_id:
            list_id = self._begin_list(unit)
        item = _Item(mark, list_id)
        self.stack.append(item)
        if unit.label:
            self._head(unit.label, unit)
        elif unit.lead:
            self._lead(unit)
        elif _NAMES_A_SIDE.search(self.shapes.said(unit)) and unit.end - unit.start <= TITLE_LENGTH:
            # （一）公开质量方面 only holds what follows: items of its own, or its sentences.
            if unit.stop == "。":
                item.parts.append(_Part())
            else:
                self._turn(None, 0)
        else:
            role = self._named_role(mark)
            item.parts.append(_Part(role, LABELLED if role else 0, [unit]))
        self.leads_from = len(self.entries)

    def _states(self, entry: Entry) -> bool:
        """Whether a sentence before a list of remedies states a problem itself."""
        text = self.text[entry.start : entry.end]
        return entry.role != "remedy" and modality(text).role == "problem" and bool(score_topics(text))

    def _begin_list(self, unit: Unit) -> int:
        """Number a new list; a second one under the same lead is of the other role."""
        self.lists += 1
        if not self.stack and not unit.label:
            if self.context.has_list and self.context.role == "problem":
                self._turn("remedy", HEARD)
            self.context.has_list = True
        return self.lists

    def _named_role(self, mark: Mark) -> Role | None:
        """问题一： and 措施一： name the role of their item."""
        if mark.style != "named":
            return None
        return "problem" if _FAULTS.search(self.text, mark.start, mark.end) else "remedy"

    def _close_for(self, mark: Mark) -> int:
        """Close the items that a mark ends; its list's number if it goes on with one, else 0."""
        for depth, item in enumerate(self.stack):
            if item.mark.style == mark.style:
                goes_on = mark.ordinal != 1 or item.mark.ordinal == 0
                self._pop(depth)
                return item.list_id if goes_on else 0
        rank = RANKS.get(mark.style)
        if rank is not None:
            depths = [d for d, item in enumerate(self.stack) if RANKS.get(item.mark.style, -1) > rank]
            if depths or (mark.ordinal > 1 and rank <= RANKS["cn_paren"]):
                self._pop(depths[0] if depths else 0)  # （二） behind 一是 begins no list within it
        return 0

    def _pop(self, depth: int) -> None:
        """Close the open items from a depth on."""
        while len(self.stack) > depth:
            item = self.stack.pop()
            self.items += 1
            self.was_split = item.split
            for part in item.parts:
                if part.units:
                    self._add(item, part)
            self.leads_from = len(self.entries)

    def _add(self, item: _Item, part: _Part) -> None:
        """Add a part of an item, unless it stands under a heading such as 原因分析."""
        given = part if part.strength else self.context
        if not part.silent and (part.strength or not self.context.silent):
            entry = Entry(part.units[0].start, part.units[-1].end, True, given.role, given.strength)
            entry.list_id, entry.item_id, entry.last_year = item.list_id, self.items, self.context.last_year
            self.entries.append(entry)
        else:
            for unit in part.units:
                unit.silent = True

    def _add_sentence(self, unit: Unit, end: int, *, announced: int = 0) -> None:
        context, start = self.context, unit.start
        if context.silent or (says_why(self.shapes.said(unit)) and self._after_problem()):
            unit.silent = True
            return
        entry = Entry(start, end, False, context.role, context.strength, last_year=context.last_year)
        entry.item_id = self.items if self.shapes.by_paragraph else 0
        entry.extra = bool(_EXTRA.match(self.text, start))
        entry.recalls = bool(frames().of_other_year.match(self.text, start, end))
        entry.announced = announced
        self.entries.append(entry)

    def _goes_on(self, i: int) -> int | None:
        """The depth of the innermost open item that has a next one behind unit `i`: what follows is in it."""
        ahead = self.shapes.next_mark[i]
        for depth in range(len(self.stack) - 1, -1, -1):
            mark = self.stack[depth].mark
            if ahead.get(mark.style) == mark.ordinal + 1:
                return depth
        if self.stack and self.was_split and self.stack[-1].parts and not ahead:
            return len(self.stack) - 1
        return None

    # Sentences

    def _sentence(self, i: int, unit: Unit) -> None:
        text = self.shapes.said(unit)
        turn = turn_of(text, is_lead=unit.lead, after_problem=self._after_problem())
        item = self.stack[-1] if self.stack and self.stack[-1].parts else None
        closing = not unit.lead and closes(text, turn)
        if item:
            depth = self._goes_on(i)
            inside = depth is not None and self.stack[depth] is item
            own = not turn or (turn == "remedy" and self._aims_on(item, text))
            if inside or (own and not closing and self._belongs(item, unit, text)):
                self._attach(item, unit, turn)
                return
            self._pop(0 if depth is None else depth + 1)
        if not closing:
            self._free(i, unit, text, turn)

    def _aims_on(self, item: _Item, text: str) -> bool:
        """Whether a sentence tells the aim of the remedy before it (一是加强培训。针对业务不熟的问题，…)."""
        listed = item.mark.style != _TITLE and self._role_of(item.parts[-1]) == "remedy"
        return listed and bool(_AIMS.match(text))

    def _belongs(self, item: _Item, unit: Unit, text: str) -> bool:
        """Whether a sentence is one more of the last open item."""
        if unit.lead:
            return False
        if not unit.para:
            apart = _APART.match(text) or (_BESIDES.match(text) and item.in_row)
            return not (apart or self._is_left_over(item, text))
        units = item.parts[-1].units
        return len(units) == 1 and units[0].para and units[0].end - units[0].start <= TITLE_LENGTH + 5

    def _is_left_over(self, item: _Item, text: str) -> bool:
        """Whether a sentence behind the last of several remedies says what still is wanting (目前还存在P)."""
        row = self.entries and self.entries[-1].list_id == item.list_id
        remedies = row and self._role_of(item.parts[-1]) == "remedy"
        return bool(remedies) and still_wanting(text)

    def _attach(self, item: _Item, unit: Unit, turn: Role | None) -> None:
        """Add a sentence to an item; one that turns from problem to remedy begins its remedy."""
        part = item.parts[-1]
        if not turn and (self.shapes.turning or self._answers_title(part, unit)) and self.shapes.mends(unit):
            turn = "remedy"
        if not turn and len(part.units) == 1 and frames().titled.match(self.shapes.said(part.units[0])):
            # 关于更新不及时的问题。已安排专人巡查。
            turn = None if has_deficit(self.shapes.said(unit)) else "remedy"
        if turn and part.units and self._role_of(part) != "remedy":
            item.split = True
            if not part.strength:
                part.role, part.strength = "problem", LED
            item.parts.append(_Part(turn, TURNED))
        elif turn and not part.units:
            part.role, part.strength = turn, TURNED
        if not unit.lead:
            item.parts[-1].units.append(unit)

    def _answers_title(self, part: _Part, unit: Unit) -> bool:
        """Whether a paragraph stands behind a title of its own line that states a fault."""
        if len(part.units) != 1 or not unit.para or part.units[0].stop != "\n":
            return False
        return modality(self.shapes.said(part.units[0])).role == "problem"

    def _role_of(self, part: _Part) -> Role | None:
        if not part.units:
            return part.role
        sounds = modality(self.text[part.units[0].start : part.units[-1].end]).role
        return part.role or (self.context.role if self.context.strength >= LED else sounds)

    def _free(self, i: int, unit: Unit, text: str, turn: Role | None) -> None:
        if unit.para and self.context.strength != TURNED:
            self.leads_from = len(self.entries)
        if unit.lead and turn == "remedy":
            self._name_aim(unit)
        if turn:
            if turn != self.context.role or self.context.strength < TURNED:
                old = unit.lead and frames().of_other_year.search(text)  # 针对上年提出的问题，做了三项工作：
                self._turn(turn, TURNED, last_year=bool(old) or self.context.last_year)
            self.context.silent = False
        elif self.shapes.by_paragraph and unit.para:
            self._turn("problem", LED)
            self.items += 1
        if unit.lead:
            if not turn:
                self._lead(unit)
        elif not turn and self.shapes.is_title(i):
            self.lists += 1
            mark = Mark(_TITLE, 0, unit.start, unit.start)
            self.stack.append(_Item(mark, self.lists, [_Part(units=[unit])]))
        else:
            if not turn and not self.context.silent and self.context.strength < LABELLED:
                self._follow(text)
            before = self.units[i - 1] if i else None
            row = unit.stop == "；" and i + 1 < len(self.units) and not self.shapes.turns_at(i + 1)
            announced = self.shapes.announces(before) if before and not row else 0
            self._add_sentence(unit, unit.end, announced=announced)


def read_entries(text: str, units: Sequence[Unit], role: Role | None) -> list[Entry]:
    """Gather units into entries, in order of the text.

    Args:
        text: Folded text of the document.
        units: Units of one region.
        role: What the region's heading announces, if it is only one side.
    """
    return _Reader(text, units, role).read()
