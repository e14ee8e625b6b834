"""Where a statement begins and ends within its sentence: behind lead-ins, praise and who acts."""

from __future__ import annotations

import re

from gxnlp.deferred import deferred
from gxnlp.statements.announced import announcer
from gxnlp.statements.emptiness import is_young, only_frames, says_nothing
from gxnlp.statements.frames import TAKEN, frames
from gxnlp.statements.series import members, unquote
from gxnlp.statements.wording import first_clause, has_deficit, wording

# 主要问题是停水信息靠物业转告，: the clause states a problem, without a word of want.
_NAMES = deferred("(?:问题|不足|短板|困难)(?:之处)?(?:主要)?(?:是|有|为)[^，。；]{6,}")
_SHORTEST_PROMISE = 6
_PREPOSITION = deferred("[在于与同由从用以为向按]|通过")
_ADVERBIAL_LENGTH = 14
# A、B等问题, A和B两方面问题
_IN_A_ROW = deferred("[、，]|等$|[两二三四五六七八几]个?(?:方面|[项类点个])|方面$")


class Edges:
    """Offsets within a folded text, moved past what is of no statement."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _promised(self, start: int, end: int) -> int:
        """Offset behind who promises (我局将)."""
        promiser = wording()["promiser"].match(self.text, start, end)
        if not promiser:
            # 今后，要R；要R
            bare = self.text.startswith("要", start) and wording()["verb"].match(self.text, start + 1, end)
            return start + 1 if bare and not self.text.startswith("求", start + 1) else start
        at = promiser.end()
        takes = self.text[at - 1] == "将" and TAKEN.match(self.text, at, end)
        return at - 1 if takes and not wording()["verb"].match(self.text, at, end) else at

    def _promises(self, start: int, end: int) -> bool:
        """Whether what stands behind P，将 or P，要 is a remedy: a verb first, and nothing wanting."""
        verb, first = wording()["verb"], start + 1
        # 将在网站开设…, 拟与高校合作开展…
        last = min(end, first + _ADVERBIAL_LENGTH) if _PREPOSITION.match(self.text, start, end) else first
        does = any(verb.match(self.text, at, end) for at in range(start, last))
        return does and end - start >= _SHORTEST_PROMISE and not has_deficit(self.text[start:end])

    def _behind_doer(self, pattern: re.Pattern[str], start: int, end: int) -> int:
        """Offset behind who did it and when (今年以来，我局已), before what was done."""
        doer = pattern.match(self.text, start, end)
        return doer.end() if doer and not has_deficit(first_clause(self.text[doer.end() : end])) else start

    def _named(self, start: int, end: int) -> tuple[int, int]:
        """A problem's name without when and by whom it was named (上年度提出的“P”), and without quotes."""
        before = frames().named_before.match(self.text, start, end)
        return unquote(self.text, before.end() if before else start, end)

    def _called(self, start: int, end: int) -> tuple[int, int]:
        """A problem without what only calls it one (P问题, P问题依然存在), if it is but one."""
        called = frames().unsolved.match(self.text, start, end) or frames().titled.match(
            self.text, start, end
        )
        if not called or _IN_A_ROW.search(called["p"]):
            return start, end
        alone = len(members(self.text, *called.span("p"), closed=True)) == 1
        return unquote(self.text, *called.span("p")) if alone else (start, end)

    def _of_now(self, start: int, end: int) -> tuple[int, int]:
        """A problem without when it was named before (仍是上年报告提到的P)."""
        before = frames().named_before.match(self.text, start, end)
        named = before and before.group().endswith("的") and frames().other_year.search(before.group())
        return (before.end(), end) if before and named else (start, end)

    def _lead_in(self, start: int, end: int) -> int:
        """Offset behind the lead-ins at the start."""
        pattern = wording()["lead_in"]
        if why := wording()["why"].match(self.text, start, end):
            return why.end()
        while (match := pattern.match(self.text, start, end)) and match.end() > start:
            start = match.end()
        return start

    def _behind_praise(self, start: int, end: int) -> int:
        """Offset behind 取得了一定成效，但, if what stands before the turn names no problem."""
        if conceded := frames().conceded.match(self.text, start, end):
            start = conceded.end()  # 虽然按时完成，取得了成效，但…
        turn = wording()["turn"].search(self.text, start, end)
        return turn.end() if turn and not has_deficit(self.text[start : turn.start()]) else start

    def _without_frame(self, start: int, end: int) -> tuple[int, int]:
        """Take off a first or last clause that only says that something is wanting."""
        first, last = self.text.find("，", start, end), self.text.rfind("，", start, end)
        names = _NAMES.search(self.text, start, max(start, first))
        if (
            first >= 0
            and not names
            and only_frames(self.text, start, first)
            and has_deficit(self.text[first:end])
        ):
            # 公开工作底子薄，没有专门机构： a reason; 公开内容与需求有差距，数量偏少： a fault.
            # Neither where what is wanting is announced (底子薄，还存在A).
            says = is_young(self.text, start, first) or not says_nothing(self.text, start, first)
            reason = says and announcer(self.text, first + 1, end) is None
            start = start if reason else first + 1
        compares = last > start and wording()["comparison"].match(self.text, last + 1, end)
        return (start, last) if compares and says_nothing(self.text, last + 1, end) else (start, end)

    def _what_ends(self, match: re.Match[str]) -> int:
        """Offset behind what an aim names: 三个 of 第一、三个问题 is of it."""
        close = match.end("what")
        counts = self.text[close - 1] in "、和与及" and match.groupdict().get("several")
        return match.end("several") if counts else close
