"""Other figures of disclosure work that no noun of the lexicon names: staff, money, what was taken up.

Each is read by the construction around the number; `constructions` asks for them before the rules.
"""

from __future__ import annotations

import re

from gxnlp.candidates import Candidate
from gxnlp.continuing import again
from gxnlp.lexicon import CHANNEL
from gxnlp.readings import INFORMATION, Reading
from gxnlp.running import State

_PEOPLE = frozenset({"人", "名", "位"})
_ASSIGNED = re.compile(
    r"(?P<who>[^，。；0-9]{0,10}?(?:同志|干部|人员|职工|民警|干警|教师|干事|主任|[局科股站所]长))"
    r"[^，。；0-9]{0,4}?(?:负责|从事|承担|承办|管理)[^，。；0-9]{0,14}?(?:公开|信息|网站|依申请|上传|更新|发布|公众号|运维)"
)
"""抽调3名同志专门从事政务公开工作: staff of disclosure by what they do."""
_LEADS = ("领导", "组长")
_FUNDED = re.compile(
    r"(?:公开栏|政务公开|信息公开|门户网站|政府网站|公众号|查阅)[^，。；：0-9]{0,16}(?:经费|费用|资金)[^，。；：0-9]{0,6}$"
)
"""投入政务公开工作经费6万元: what disclosure costs, no fee that is charged."""
_TAKEN_UP = re.compile(
    r"[，、；（](?:其中)?[，：]?已?(?:被|获|得到)?(?:市局|省局|上级|其)?(?:采用|采纳|录用|选用|刊用|用稿|采编)(?:了|信息|稿件|的)?"
)
"""报送信息90条，采用32条: of what was sent in, what those above took up."""
_SENT = re.compile(r"报送|上报|投送|投稿|呈报|提供")
_SENT_WITHIN = 40


def by_aside(candidate: Candidate, state: State) -> Reading | None:
    """What a count of other work is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    unit = candidate.quantity.unit
    if unit in _PEOPLE and _is_assigned(candidate, state.folded):
        return Reading("other_metric", "person", None, "assigned", 0.9)
    if unit == "元" and _FUNDED.search(candidate.between):
        return Reading("other_metric", "元", None, "funded", 0.9)
    if _is_taken_up(candidate, state):
        assert state.last is not None
        part = again(state.last, "taken up")
        part.measure = "part"
        return part
    return None


def _is_assigned(candidate: Candidate, folded: str) -> bool:
    """Whether those counted do disclosure work; its leaders are not counted (guideline part 2)."""
    found = _ASSIGNED.match(folded, candidate.quantity.outer_end)
    return found is not None and not any(word in found["who"] for word in _LEADS)


def _is_taken_up(candidate: Candidate, state: State) -> bool:
    last, start = state.last, candidate.bound
    if last is None or start != state.last_end or last.metric not in (INFORMATION, "other_metric"):
        return False
    if not state.same_counter(last, candidate) or not _TAKEN_UP.fullmatch(candidate.between):
        return False
    named = any(t.kinds & CHANNEL for t in candidate.own)
    return not named and _SENT.search(state.folded, max(0, last.start - _SENT_WITHIN), last.start) is not None
