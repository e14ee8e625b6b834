"""From entries to statements: lead-ins, praise and stops off; series, pairs and named problems apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gxnlp.deferred import deferred
from gxnlp.records import Role
from gxnlp.statements.announced import ENUMERATES, joined, series
from gxnlp.statements.edges import Edges
from gxnlp.statements.emptiness import says_nothing
from gxnlp.statements.entry import BY_LEAD, LABELLED, TURNED, Entry
from gxnlp.statements.frames import BODY_FIRST, BY_US, DOER, NOW_DONE, SOLVED, counted, frames
from gxnlp.statements.leads import names_fault
from gxnlp.statements.series import judged_members, members, quoted, short_members, trim, unquote
from gxnlp.statements.topics import score_topics
from gxnlp.statements.wording import has_deficit, modality, wording

_TAIL = 28
_SHORTEST = 3
_STANDS = 5
# 上年的渠道单一、解读不足两个问题
_SEVERAL = deferred("的?(?:这|等)?[两二三四五六七八2-9][个项类点](?:方面)?的?(?:问题|不足)")
# P。下一步，我们将R: 下一步 is of neither.
_LAST_LEAD_IN = deferred("。(?:下一?步|今后|为此|对此|接下来)$")
# 与先进县区相比还有差距，特别是P
_ABOVE_ALL = deferred("(?:特别|尤其)是")
# P，建议上级加大投入: asked of others, no remedy of one's own.
_WISH = deferred("，(?:建议|希望|恳请|盼望)(?:上级|省|市|县|区|有关)[^。；]*$")
# 通过R，问题已得到解决
_BY_MEANS = deferred(
    "通过(?P<r>[^。；]{4,80}?)，(?:该|这一|上述|以上|相关)?问题(?:目前|现)?(?:已|均|得到|基本|有所)[^，。；]{0,12}$"
)
# R，欢迎社会各界监督
_COURTESY = deferred(
    "，(?:同时|也)?(?:热忱|诚挚|真诚)?(?:欢迎|恳请|敬请|希望)[^，。；]{0,30}(?:社会|公众|群众|各界|市民)[^。；]*$"
)
_CLAUSES = deferred("，|(?<![委省市])、")  # 县委、县政府 is one
_ALL_THOSE = deferred("上述|以上|这些")
# P的问题(已解决)
_NAMED_AFTER = deferred("(?:的|等)?(?P<many>[两二三四五六七八2-9][个项类点](?:方面)?的?)?(?:问题|不足)$")
# 经过一年的努力，已基本解决: no remedy is told.
_EFFORTS = deferred("(?:[^，。；]{0,10}(?:努力|整改)|不懈努力)$")
# （一）P。下一步将R; 一是要R
_PROMISING = ("将", "拟", "要")
_CONJUNCTION = deferred(
    "[并而]?且(?=[^，。；]{3})|以及(?=[^，。；]{3})|并(?![入轨联行网案购存举发排重非不无])(?=[^，。；]{3})"
)
# 针对工作中还存在的P问题
_STILL = deferred("(?:目前|当前|工作中)?(?:仍然?|还|尚)存在的")
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


class Drafter(Edges):
    """Turns the settled entries of a region into statements."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
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
        for entry in (part for whole in entries for part in self._years(whole)):
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

    def _years(self, entry: Entry) -> list[Entry]:
        """Last year's problem that was solved, and the one behind it that was not (…，但Q的问题依然存在)."""
        still = None if entry.marked else frames().still.search(self.text, entry.start, entry.end)
        if not still or not frames().got_better.search(self.text, entry.start, still.start()):
            return [entry]
        behind = replace(entry, start=still.end(), role="problem", strength=TURNED, recalls=False)
        return [replace(entry, end=still.start()), behind]

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
            turned = entry.strength == TURNED and BODY_FIRST.match(self.text, start, entry.end)
            led = start > entry.start and self.text[start - 1] != "年"
            if turned or self.text.startswith(_PROMISING if led else "要", start):
                start = self._promised(start, entry.end)  # 一是P。我局将R。
            if start > entry.start:
                start = self._behind_doer(DOER, start, entry.end)  # 针对此问题，我局已R。
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
        called = self._called(start, close)
        spans = series(self.text, start, close, 0, False) if called == (start, close) else [called]
        problems = [
            self._put(entry, *self._of_now(*span)) for span in spans if not says_nothing(self.text, *span)
        ]
        start = self._behind_doer(DOER, self._promised(turn.end(), entry.end), entry.end)
        done = frames().just_done.fullmatch(self.text, start, entry.end)  # P，已全部整改到位
        remedy = None if done else self._put(entry, start, entry.end, "remedy")
        if remedy:
            remedy.answers = tuple(problem for problem in problems if problem)
        return True

    # Remedies that name their problem

    def _aim(self, entry: Entry, start: int, end: int) -> tuple[int, _Aim]:
        """Offset behind the lead-in 针对…问题 of a remedy, and what that names.

        A problem that was not listed before becomes a statement.
        """
        text, found = self.text, frames()
        in_full = found.aimed.match(text, start, end)
        match = in_full or found.aimed_short.match(text, start, end)
        if not match:
            return start, _Aim()
        at, close = self._named(match.start("what"), self._what_ends(match))
        what, by_name = text[at:close], match["lead"].endswith(("针对", "聚焦", "紧盯"))
        old = entry.last_year or found.other_year.search(text, match.start(), at)
        old = old or _STILL.match(text, match.start("what"), at)
        told = old or match["lead"].endswith(("对于", "关于"))
        by_name = by_name or bool(told and in_full)  # 关于P的问题，今年由…
        orders = counted(what)
        aim = _Aim(what, orders)
        if found.generic_aim.match(what):
            return match.end(), replace(aim, what="")
        if orders and by_name:
            return match.end(), aim
        meant = match["lead"].endswith(_MEANT)
        if match["lead"] in ("对", "就") and not in_full and not names_fault(what):
            return start, _Aim()  # 对薄弱村开展帮扶，
        if not has_deficit(what) and not ((by_name or meant) and in_full):
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
            named = _NAMED_AFTER.search(text, at, done.start())
            last, many = (named.start(), bool(named["many"])) if named else (done.start(), False)
            for left, right in quoted(text, at, last) or members(text, at, last, closed=many):
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
        only_done = frames().just_done.match(self.text, start, entry.end) or _EFFORTS.match(
            self.text, start, end
        )
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
        start, end = self._what_is_done(entry, start, end, aim)
        if not self._is_empty(start, end):
            # 针对P，R，同时R: both are of the one problem, as in an item.
            spans = [(start, end)] if aim.what else joined(self.text, start, end)
            for left, right in (entry.announced and short_members(self.text, start, end)) or spans:
                aim.give(self._put(entry, left, right))

    def _what_is_done(self, entry: Entry, start: int, end: int, aim: _Aim) -> tuple[int, int]:
        """A remedy without who does it, what became of the problem, and courtesies."""
        if courtesy := _COURTESY.search(self.text, start, end):
            end = courtesy.start()
        if means := _BY_MEANS.match(self.text, start, end):
            return means.span("r")
        if solved := SOLVED.search(self.text, start, end):
            end = solved.start()
            if _ALL_THOSE.search(solved.group()) and not (aim.what or aim.orders):
                aim.problems = tuple(draft for draft in self.drafts if draft.role == "problem")
        if solved or (start > entry.start and not aim.what):
            return self._behind_doer(DOER, start, end), end
        return self._behind_doer(BY_US, start, end) if entry.strength == TURNED else start, end

    def _is_empty(self, start: int, end: int) -> bool:
        """Whether a remedy is a resolve that says nothing of what will be done."""
        body = self.text[start:end]
        if has_deficit(body) and says_nothing(self.text, self._behind_praise(start, end), end):
            return True
        if len(body) < _SHORT and wording()["resolve"].search(body) and not score_topics(body):
            return True
        return all(map(wording()["empty_promise"].fullmatch, _CLAUSES.split(body)))

    def _problem(self, entry: Entry) -> None:
        if self._mid_turn(entry):
            return
        if wish := _WISH.search(self.text, entry.start, entry.end):
            entry = replace(entry, end=wish.start())
        first = self._lead_in(entry.start, entry.end)
        named = frames().of_other_year.match(self.text, first, entry.end)
        by_name = bool(named and named.group().endswith(("是", "为", "有", "：")))
        if named and by_name:
            first = named.end()
        whole = self._behind_praise(first, entry.end)
        start, end = self._without_frame(whole, entry.end)
        if start > whole and (above := _ABOVE_ALL.match(self.text, start, end)):
            start = above.end()
        if says_nothing(self.text, start, end):
            return
        start, end = self._called(start, end)
        # 表现为A，B；C，D: what goes on behind the semicolon is parted likewise.
        goes_on = 0 < self.row < start and not self.text[self.row + 1 : start].strip()
        for left, right in joined(self.text, start, end):
            framed = entry.announced > 0 or start > whole or (by_name and left == start)
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
                    self._put(entry, *self._of_now(a, b))
