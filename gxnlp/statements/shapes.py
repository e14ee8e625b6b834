"""What units look like by themselves and beside their neighbours, whatever role the text has there."""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.statements.entry import BY_HEADING, BY_LEAD
from gxnlp.statements.leads import turn_of
from gxnlp.statements.topics import score_topics
from gxnlp.statements.units import Unit
from gxnlp.statements.wording import has_deficit, modality, wording

TITLE_LENGTH = 20
"""Characters that a title has at most."""
_BODY_LENGTH = 10
_SHORT_TITLE = 8
_PHRASE_LENGTH = 10
# 今年改由办公室发布情况表
_NOW = deferred("^(?:今年|目前|现|年内|本年度?)，?(?:已|已经)?")
_NAMES_ITS_PROBLEM = ("针对", "围绕", "对于", "关于", "为解决", "为了解决")
_ENUMERATES = deferred("(?:是|为|有|如下|在)$")


class Shapes:
    """The units of one region and what their shape tells.

    Attributes:
        by_paragraph: Whether each paragraph is a problem with its remedy, since turns stand within them.
        next_mark: For each unit, the ordinal of the next mark of each style behind it.
        turning: Whether items state a problem and mend it in the next sentence.
        by_turns: Whether sentences do (P。为此R。P。已R): a fault behind a remedy is then stated anew.
    """

    def __init__(self, text: str, units: Sequence[Unit]) -> None:
        """Look at all units once.

        Args:
            text: Folded text of the document.
            units: Units of one region.
        """
        self.text = text
        self.units = units
        inline = [unit for unit in units if unit.label == "remedy" and not unit.para and not unit.mark]
        self.by_paragraph = len(inline) > 1 and not any(unit.mark for unit in units)
        self.next_mark = self._next_marks()
        self._titled = sum(map(self._looks_titled, range(len(units))))
        self.by_turns = sum(map(self._answers_at_once, range(len(units) - 1))) > 1
        self.turning = sum(map(self._mends_at_once, range(len(units) - 1))) > 1

    def _next_marks(self) -> list[dict[str, int]]:
        """For each unit, the ordinal of the next mark of each style behind it."""
        found: list[dict[str, int]] = []
        ahead: dict[str, int] = {}
        for unit in reversed(self.units):
            found.append(ahead)
            if unit.mark:
                ahead = {**ahead, unit.mark.style: unit.mark.ordinal}
        return found[::-1]

    def said(self, unit: Unit) -> str:
        """The words of a unit."""
        return self.text[unit.start : unit.end]

    def mends(self, unit: Unit) -> bool:
        """Whether a sentence sounds like a remedy and names no fault before what it does."""
        sounds = modality(_NOW.sub("", self.said(unit)))
        return not unit.lead and sounds.remedy > 1 and sounds.problem < 2

    def _mends_at_once(self, i: int) -> bool:
        """Whether a problem and what mends it are two sentences of one item."""
        unit, after = self.units[i], self.units[i + 1]
        return (
            bool(unit.mark)
            and not after.mark
            and not after.label
            and self.mends(after)
            and not self.mends(unit)
        )

    def _answers_at_once(self, i: int) -> bool:
        """Whether a sentence states a problem and the next turns to its remedy without naming it."""
        unit, after = self.units[i : i + 2]
        if any(u.mark or u.label or u.lead for u in (unit, after)):
            return False
        if modality(self.said(unit)).role != "problem":
            return False
        turns = [turn_of(self.said(u), is_lead=False, after_problem=True) for u in (unit, after)]
        return turns == [None, "remedy"] and not self.said(after).startswith(_NAMES_ITS_PROBLEM)

    def announces(self, unit: Unit) -> int:
        """How a lead or heading announces the one sentence behind it (不足主要是：A，B), 0 if it does not."""
        if unit.stop != "：":
            return 0
        if unit.lead or _ENUMERATES.search(self.said(unit)):
            return BY_LEAD
        return BY_HEADING if unit.label in ("problem", "remedy") else 0

    def is_title(self, i: int) -> bool:
        """Whether an unmarked paragraph opens with a short titled lead (提高思想认识。把…)."""
        if not self._looks_titled(i):
            return False
        unit, text = self.units[i], self.said(self.units[i])
        words, phrases = wording(), text.split("，")
        if has_deficit(text):
            announces = words["problem_announcer"].search(text) and not score_topics(text)
            plain = len(phrases) == 1 and not announces
            after = self.said(self.units[i + 1])
            return plain and bool(self._titled > 1 or words["elaboration"].match(after))
        lengths = [len(phrase) for phrase in phrases]
        balanced = len(phrases) == 1 or max(lengths) <= min(_PHRASE_LENGTH, min(lengths) + 2)
        # 守住底线。 and 走近街坊。 in a row of such: what they announce is no verb of remedies.
        short = self._titled > 1 and len(text) <= _SHORT_TITLE and self.text[unit.end] == "。"
        return balanced and (bool(words["verb"].match(text)) or short)

    def _looks_titled(self, i: int) -> bool:
        """Whether a paragraph has the shape of a titled one: a short sentence, then a longer one."""
        unit = self.units[i]
        length = unit.end - unit.start
        if (
            not unit.para
            or unit.stop == "；"
            or unit.mark
            or unit.label
            or length > TITLE_LENGTH
            or i + 1 >= len(self.units)
        ):
            return False
        after = self.units[i + 1]
        if after.mark or after.label or after.lead or after.end - after.start < max(_BODY_LENGTH, length):
            return False
        quantified = wording()["elaboration"].match(self.text, unit.start, unit.end)
        return after.para == (unit.stop == "\n") and not quantified

    def turns_at(self, i: int) -> bool:
        """Whether a unit opens with remedies (；改进措施有：…)."""
        unit = self.units[i]
        return not unit.mark and bool(wording()["remedy_opener"].match(self.said(unit)))
