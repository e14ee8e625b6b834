"""Numbers of plans, remedies and frequencies, which are no metrics (guideline part 2, rule 15)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gxnlp.deferred import deferred
from gxnlp.lexicon import VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.records import Quantity

_REMEDY = deferred(
    r"改进(?:措施|情况|方向|打算|思路|计划|方面)|下一步|今后|整改措施|针对|将|要[^求]|拟|工作打算|对策"
)
_PROBLEM = deferred(r"问题|不足[^之]|差距|短板|[\n。；](?:（[一二三四五六]）|[1-9][.、．])|薄弱环节")
_LONGEST_TURN = 4
"""Characters of the longest match of `_REMEDY` and `_PROBLEM`."""
_PLAN = frozenset({"w.plan", "w.every", "w.weight"})
_NAMES = deferred(r"[一-鿿]{2}、[一-鿿]{2}")
"""公开每周食谱、招生简章等50条: how often a thing comes is in its name."""
_TITLED = deferred(r"[一-鿿]{2,8}(?:信息|动态|食谱|简报|快讯|报告|指数|价格)")
_PUBLISHED = ("发布", "公开", "公布", "推送", "更新", "刊发")
_PLANS = ("计划", "目标")
_SETTLED = deferred(
    r"(?:[，；、：或和及\n]|[列纳]入)(?:工作)?(?:计划|规划)(?:[^，。；：0-9]{0,6})(?:解决|落实|办理|采纳|实施)(?:的|问题){0,3}"
    r"(?:（[^（）]{1,4}）)?(?:建议|提案|共|有|为){0,2}$"
)
_ONCE_IN = deferred(r"每(?:隔)?[0-9两二三四五六]{1,2}个?(?:月|周|星期|季度|天|日)[^，。；：0-9]{0,14}$")
"""每2个月编发一期: how often, no number of a year."""
_LONGEST_ROUND = 24
_LIMITS = frozenset({"少于", "低于", "小于", "不少于", "不低于", "不小于", "不下于", "不超出", "不超过"})
"""What stands at a number that is asked for or allowed: 培训学时不低于8次."""
_NAMED = deferred(r"[、：及和与等类书表]|信息|内容|规划|总结|生育|[0-9](?![0-9]{3}年)")


def _is_title(start: int, end: int, number: int, folded: str) -> bool:
    """发布每周工作动态信息29条: what is published has the word in its name."""
    return folded.endswith(_PUBLISHED, 0, start) and _TITLED.fullmatch(folded, end, number) is not None


@dataclass(slots=True)
class _LastMatch:
    """Where a pattern matched last before an offset that only moves on: no text is searched twice."""

    pattern: re.Pattern[str]
    first: int = -1
    start: int = -1
    at: int = 0

    def before(self, folded: str, first: int, offset: int) -> int:
        """Start of the last match within `folded[first:offset]`, -1 where there is none."""
        if first != self.first:
            self.first, self.start, self.at = first, -1, first
        for match in self.pattern.finditer(folded, self.at, offset):
            self.start, self.at = match.span()
        # What was cut short at the offset may match when there is more.
        self.at = max(self.at, offset - _LONGEST_TURN)
        return self.start


@dataclass(slots=True)
class Plans:
    """Tells plans from what was done, in one report read from its beginning.

    Attributes:
        folded: The folded text of the report.
    """

    folded: str
    remedies: _LastMatch = field(default_factory=lambda: _LastMatch(_REMEDY))
    problems: _LastMatch = field(default_factory=lambda: _LastMatch(_PROBLEM))

    def promises(self, candidate: Candidate) -> bool:
        """Whether a number stands in a plan, a bound or among the remedies: those are no metrics."""
        if self._is_limit(candidate.quantity):
            return True
        planned = [] if _PLAN.isdisjoint(candidate.before) else candidate.own
        planned = [
            t
            for t in planned
            if not _PLAN.isdisjoint(t.classes)
            and not self._takes_object(t, candidate)
            and not self._is_named(t)
            and not self._is_settled(t, candidate)
        ]
        one_each = candidate.quantity.unit.strip() in ("名", "位")  # 每个科室1名信息员
        if one_each or "w.average" in candidate.before:  # 平均每个村30条
            planned = [t for t in planned if "w.every" not in t.classes]
        folded, start = self.folded, candidate.quantity.start
        planned = [
            t
            for t in planned
            if "w.every" not in t.classes
            or not (_NAMES.search(folded, t.end, start) or _is_title(t.start, t.end, start, folded))
        ]
        if "v.carry" in candidate.near:  # 留待明年答复1件
            planned = [t for t in planned if "w.next_year" not in t.classes]
        first = max(candidate.sentence.start, start - _LONGEST_ROUND)
        if planned or _ONCE_IN.search(folded, first, candidate.quantity.outer_start):
            return True
        section = candidate.sentence.section
        if section.code != "problems":
            return False
        stretch = (self.folded, section.start, candidate.quantity.start)
        return self.remedies.before(*stretch) > self.problems.before(*stretch)

    def _is_limit(self, quantity: Quantity) -> bool:
        """图解不超过3张: a bound; 平均办理时长不超过2天 tells what was reached."""
        if quantity.outer_start == quantity.start:
            return False
        word = self.folded[quantity.outer_start : quantity.start].strip()
        return word in _LIMITS and not (word == "不超过" and quantity.unit.endswith(("天", "日")))

    def _is_named(self, term: Term) -> bool:
        """公布招生计划、录取办法9条: a plan that is told of is no promise."""
        folded = self.folded
        return folded.startswith(_PLANS, term.start) and _NAMED.match(folded, term.end) is not None

    def _is_settled(self, term: Term, candidate: Candidate) -> bool:
        """列入计划逐步解决的4件, 基本落实或计划落实的4件: what became of proposals, not what will be done."""
        if not self.folded.startswith(_PLANS, term.start):
            return False
        return (
            _SETTLED.search(self.folded, max(0, term.start - 2), candidate.quantity.outer_start) is not None
        )

    def _takes_object(self, term: Term, candidate: Candidate) -> bool:
        """及时将19件建议办理情况公开: 将 sets the object before its verb and promises nothing."""
        if candidate.closed or not self.folded.startswith("将", term.start):
            return False
        before = any(t.kinds & VERB and t.start > term.start for t in candidate.own)
        return not before and any(t.kinds & VERB for t in candidate.right)
