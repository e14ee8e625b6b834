"""From entries to statements: lead-ins, praise and stops off; series, pairs and named problems apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gxnlp.deferred import deferred
from gxnlp.records import Role
from gxnlp.statements.announced import ENUMERATES, announcer, joined, series
from gxnlp.statements.emptiness import is_young, only_frames, says_nothing
from gxnlp.statements.entry import BY_LEAD, LABELLED, TURNED, Entry
from gxnlp.statements.frames import BODY_FIRST, DOER, NOW_DONE, SOLVED, TAKEN, counted, frames
from gxnlp.statements.leads import names_fault
from gxnlp.statements.series import judged_members, members, quoted, short_members, trim, unquote
from gxnlp.statements.topics import score_topics
from gxnlp.statements.wording import first_clause, has_deficit, modality, wording

# 主要问题是停水信息靠物业转告，: the clause states a problem, without a word of want.
_NAMES = deferred("(?:问题|不足|短板|困难)(?:之处)?(?:主要)?(?:是|有|为)[^，。；]{6,}")
_TAIL = 28
_SHORTEST = 3
_STANDS = 5
_SHORTEST_PROMISE = 6
_PREPOSITION = deferred("[在于与同由从用以为向按]|通过")
_ADVERBIAL_LENGTH = 14
# 上年的渠道单一、解读不足两个问题
_SEVERAL = deferred("的?(?:这|等)?[两二三四五六七八][个项类点](?:方面)?的?(?:问题|不足)")
# P。下一步，我们将R: 下一步 is of neither.
_LAST_LEAD_IN = deferred("。(?:下一?步|今后|为此|对此|接下来)$")
_CONJUNCTION = deferred("[并而]?且(?=[^，。；]{3})|以及(?=[^，。；]{3})")
_MEANT = ("解决", "破解", "改变", "扭转", "克服", "消除")
_SHORT = 25


@dataclass(slots=True)
class Draft:
    """A statement without topics and links.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        role: Problem or remedy.
        entry: What it was cut from.
        agrees: Whether its own words sound like its role: 1, 0 (no sign), -1 (the other).
        aim: What its own lead-in (针对…) names, empty where it has none.
        aim_orders: Which problems its lead-in counts (针对第二、三个问题), empty where it counts none.
        answers: The problems that stand in the same sentence or item.
    """

    start: int
    end: int
    role: Role
    entry: Entry
    agrees: int = 0
    aim: str = ""
    aim_orders: tuple[int, ...] = ()
    answers: tuple[Draft, ...] = ()

    @property
    def says(self) -> bool:
        """Whether it says itself which problems it answers: by where it stands or by their numbers."""
        return bool(self.answers or self.aim_orders)


@dataclass(slots=True)
class _Aim:
    """What the lead-in of a remedy says of its problem."""

    what: str = ""
    orders: tuple[int, ...] = ()
    problems: tuple[Draft, ...] = ()

    def give(self, draft: Draft | None) -> None:
        if draft:
            draft.aim, draft.aim_orders, draft.answers = self.what, self.orders, self.problems


class Drafter:
    """Turns the settled entries of a region into statements."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[Draft] = []
        self.listed = False
        self.row = 0
        self.meant: list[Draft] = []

    def read(self, entries: Sequence[Entry]) -> list[Draft]:
        """Statements of a region, in order of the text.

        Args:
            entries: Entries with roles, in order.
        """
        heads: dict[int, list[Draft]] = defaultdict(list)
        for entry in entries:
            first = len(self.drafts)
            if not self._other_year(entry):
                if entry.marked:
                    self._item(entry)
                elif not wording()["none_stated"].match(self.text[entry.start : entry.end]):
                    (self._problem if entry.role == "problem" else self._remedy)(entry)
            for draft in self.drafts[first:]:
                self._pair(draft, heads[draft.entry.item_id])
        self._settle_meant()
        return sorted(self.drafts, key=lambda draft: draft.start)

    def _pair(self, draft: Draft, heads: list[Draft]) -> None:
        """The remedy part of an item answers its problem part."""
        if not draft.entry.item_id:
            return
        if draft.role == "problem":
            heads.append(draft)
        elif not draft.answers:
            draft.answers = tuple(heads)

    def _put(self, entry: Entry, start: int, end: int, role: Role | None = None) -> Draft | None:
        """Add the statement between two offsets, without stops at its edges."""
        start, end = trim(self.text, start, end)
        if joint := _CONJUNCTION.match(self.text, start, end):
            start = joint.end()
        role = role or entry.role
        if end - start < _SHORTEST or not role:
            return None
        sound = modality(self.text[start:end]).role
        draft = Draft(start, end, role, entry, 0 if not sound else 1 if sound == role else -1)
        self.drafts.append(draft)
        return draft

    # List items

    def _item(self, entry: Entry) -> None:
        if entry.role == "problem":
            self.listed = self.listed or not entry.last_year
            titled = frames().titled.match(self.text, entry.start, entry.end)
            if titled or not self._mid_turn(entry):
                self._put(entry, *(self._named(*titled.span("p")) if titled else (entry.start, entry.end)))
        else:
            start, aim = self._aim(entry, self._lead_in(entry.start, entry.end), entry.end)
            if entry.strength == TURNED and BODY_FIRST.match(self.text, start, entry.end):
                start = self._promised(start, entry.end)  # 一是P。我局将R。
            aim.give(self._put(entry, start, entry.end))

    def _mid_turn(self, entry: Entry) -> bool:
        """Cut P，为此R; whether the entry is such."""
        turn = frames().mid_turn.search(self.text, entry.start, entry.end)
        lead = wording()["lead_in"].match(self.text, entry.start, entry.end)
        if not turn or (lead and lead.end() > turn.start()):
            return False
        if turn["bare"] and not self._promises(turn.end(), entry.end):
            return False
        lead_in = _LAST_LEAD_IN.search(self.text, entry.start, turn.start())
        close = lead_in.start() if lead_in else turn.start()
        left = self.text[entry.start : close]
        # 目前已 may go on with the problem, 今后 may not.
        said = turn.end() - close > 1 and len(left) > _STANDS and not turn["bare"]
        if not said and not has_deficit(left):
            return False
        start = self._behind_praise(self._lead_in(entry.start, close), close)
        problems = [
            self._put(entry, *span)
            for span in series(self.text, start, close, 0, False)
            if not says_nothing(self.text, *span)
        ]
        start = self._promised(turn.end(), entry.end)
        remedy = self._put(entry, start, entry.end, "remedy")
        if remedy:
            remedy.answers = tuple(problem for problem in problems if problem)
        return True

    def _promised(self, start: int, end: int) -> int:
        """Offset behind who promises (我局将)."""
        promiser = wording()["promiser"].match(self.text, start, end)
        if not promiser:
            return start
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

    # Remedies that name their problem

    def _aim(self, entry: Entry, start: int, end: int) -> tuple[int, _Aim]:
        """Offset behind the lead-in 针对…问题 of a remedy, and what that names.

        A problem that was not listed before becomes a statement.
        """
        text, found = self.text, frames()
        match = found.aimed.match(text, start, end) or found.aimed_short.match(text, start, end)
        if not match:
            return start, _Aim()
        at, close = self._named(match.start("what"), self._what_ends(match))
        what, by_name = text[at:close], match["lead"].endswith(("针对", "聚焦", "紧盯"))
        old = entry.last_year or found.other_year.search(text, match.start(), at)
        by_name = by_name or bool(old and match.re is found.aimed)  # 关于P的问题，今年由…
        orders = counted(what)
        aim = _Aim(what, orders)
        if found.generic_aim.match(what):
            return match.end(), replace(aim, what="")
        if orders and by_name:
            return match.end(), aim
        meant = match["lead"].endswith(_MEANT)
        if match["lead"] in ("对", "就") and match.re is found.aimed_short and not names_fault(what):
            return start, _Aim()  # 对薄弱村开展帮扶，
        if not has_deficit(what) and not ((by_name or meant) and match.re is found.aimed):
            # 围绕中心工作， is of the remedy itself.
            return (match.end() if match["lead"].endswith("让") else start), aim
        if meant:
            aim.problems = self._put_problems(entry, [(at, close)])
            self._only_meant(aim.problems)
        if by_name and (old or not self.listed):
            several = match.groupdict().get("several") or match["close"].startswith("等")
            spans = members(text, at, close, closed=True) if several else [(at, close)]
            aim.problems = self._put_problems(entry, spans)
            return self._behind_doer(DOER, match.end(), end), aim
        return match.end(), aim

    def _what_ends(self, match: re.Match[str]) -> int:
        """Offset behind what an aim names: 三个 of 第一、三个问题 is of it."""
        close = match.end("what")
        counts = self.text[close - 1] in "、和与及" and match.groupdict().get("several")
        return match.end("several") if counts else close

    def _behind_doer(self, pattern: re.Pattern[str], start: int, end: int) -> int:
        """Offset behind who did it and when (今年以来，我局已), before what was done."""
        doer = pattern.match(self.text, start, end)
        return doer.end() if doer and not has_deficit(first_clause(self.text[doer.end() : end])) else start

    def _named(self, start: int, end: int) -> tuple[int, int]:
        """A problem's name without when and by whom it was named (上年度提出的“P”), and without quotes."""
        before = frames().named_before.match(self.text, start, end)
        return unquote(self.text, before.end() if before else start, end)

    def _put_problems(self, entry: Entry, spans: Sequence[tuple[int, int]]) -> tuple[Draft, ...]:
        """Problems that a remedy names."""
        entry = replace(entry, item_id=0)
        return tuple(draft for span in spans if (draft := self._put(entry, *span, "problem")))

    def _only_meant(self, problems: Sequence[Draft]) -> None:
        """为解决P的问题，R: states P where the report states no problem otherwise."""
        self.meant += problems
        self.drafts = [draft for draft in self.drafts if draft not in problems]

    def _settle_meant(self) -> None:
        """Keep the problems that one only meant to solve if there are no others."""
        if not any(draft.role == "problem" for draft in self.drafts):
            self.drafts += self.meant
            return
        for draft in self.drafts:
            draft.answers = tuple(p for p in draft.answers if not any(p is m for m in self.meant))

    def _other_year(self, entry: Entry) -> bool:
        """Cut P已通过R基本解决 and 上年度提出的P，今年R; whether the entry is such."""
        text, end, found = self.text, entry.end, frames()
        opener = found.of_other_year.match(text, entry.start, end)
        at = opener.end() if opener else entry.start
        better = found.bettered.search(text, max(at, end - _TAIL), end)
        match = found.resolved.match(text, at, end) if better else None
        old = opener or entry.last_year
        if not match and old and (entry.strength < LABELLED or entry.role == "remedy"):
            match = found.done.match(text, at, end)
        named = match and (match.groupdict().get("named") or quoted(text, *match.span("p")))
        if match and (named or has_deficit(match["p"])):
            self._resolved(entry, match)
            return True
        done = opener and found.just_done.search(text, at, end)
        if done:
            for left, right in members(text, at, done.start()):
                self._put(replace(entry, last_year=True), *unquote(text, left, right), "problem")
        return bool(done)

    def _resolved(self, entry: Entry, match: re.Match[str]) -> None:
        old = replace(entry, last_year=True, item_id=0)
        spans = quoted(self.text, *match.span("p")) or [match.span("p")]
        if _SEVERAL.match(self.text, match.end("p")):
            spans = [part for span in spans for part in members(self.text, *span)]
        problems = [self._put(old, *unquote(self.text, *span), "problem") for span in spans]
        # Behind a comma (P的问题，通过R得到解决) the whole clause is the remedy.
        whole = match.groupdict().get("comma")
        start, end = (match.start("by"), entry.end) if whole else match.span("r")
        if means := frames().by_means.match(self.text, start, end):
            start, end = means.span("r")
        elif not match.groupdict().get("named"):
            start = self._behind_doer(NOW_DONE, start, end)
        only_done = frames().just_done.match(self.text, start, entry.end)
        remedy = None if only_done else self._put(old, start, end, "remedy")
        if remedy:
            remedy.answers = tuple(problem for problem in problems if problem)

    # Unmarked sentences

    def _remedy(self, entry: Entry) -> None:
        start, end, aim = entry.start, entry.end, _Aim()
        while True:
            at = self._lead_in(start, end)
            if not (aim.what or aim.orders):
                at, aim = self._aim(entry, at, end)
            at = self._promised(at, end)
            if at == start:
                break
            start = at
        if not self.listed and (solves := frames().solves.search(self.text, start, end)):
            aim.problems = self._put_problems(entry, [solves.span("p")])
            end = solves.start()
        if solved := SOLVED.search(self.text, start, end):
            end = solved.start()
        body = self.text[start:end]
        if has_deficit(body) and says_nothing(self.text, self._behind_praise(start, end), end):
            return
        if len(body) < _SHORT and wording()["resolve"].search(body) and not score_topics(body):
            return
        # 针对P，R，同时R: both are of the one problem, as in an item.
        spans = [(start, end)] if aim.what else joined(self.text, start, end)
        for left, right in (entry.announced and short_members(self.text, start, end)) or spans:
            aim.give(self._put(entry, left, right))

    def _problem(self, entry: Entry) -> None:
        if self._mid_turn(entry):
            return
        first = self._lead_in(entry.start, entry.end)
        named = frames().of_other_year.match(self.text, first, entry.end)
        if named and named.group().endswith(("是", "为", "有", "：")):
            first = named.end()
        whole = self._behind_praise(first, entry.end)
        start, end = self._without_frame(whole, entry.end)
        if says_nothing(self.text, start, end):
            return
        if unsolved := frames().unsolved.match(self.text, start, end):
            start, end = unquote(self.text, *unsolved.span("p"))
        # 表现为A，B；C，D: what goes on behind the semicolon is parted likewise.
        goes_on = 0 < self.row < start and not self.text[self.row + 1 : start].strip()
        for left, right in joined(self.text, start, end):
            framed = entry.announced > 0 or start > whole
            at = self._lead_in(left, right)
            by_example = at > left and ENUMERATES.search(self.text, left, at)
            announced = entry.announced or (BY_LEAD if by_example else 0)
            parts = list(series(self.text, at, right, announced, framed))
            if goes_on and not announced:
                parts = judged_members(self.text, at, right) or parts
            self.row = right if len(parts) > 1 and self.text.startswith("；", right) else 0
            for a, b in parts:
                if not says_nothing(self.text, a, b):
                    self.listed = self.listed or not entry.last_year
                    self._put(entry, a, b)

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
