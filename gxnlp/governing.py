"""Words near a number that do not govern it, and numbers that count nothing.

公布了名单，立案96起; 20项民心工程按季公布进展; 对照5个领域的信息; 人大四次会议; 没有接到一例.
"""

from __future__ import annotations

import re

from gxnlp.candidates import Candidate
from gxnlp.lexicon import CHANNEL, COUNTED, VERB, Term

_LINKS = re.compile(
    r"[\s，；：、—（）]*(?:(?:截?至)?(?:20[0-9]{2}年|全年|本年|年度?|年内|当年|今年|学年|一年|上半年|下半年|[0-9]{1,2}月)(?:末|底|度)?"
    r"|期间|以来|其中|目前|累计|合计|共计|总计|总共|合起来|平均|分别|已|共|计|约|近|仅|只|才|就|均|各|每[日周月季年]|[日周月]均|有|为|是|达|到|了|\s)*"
)
"""What may part a number from the clause before it that it is of (更新名单，全年共12次)."""
_ENDS_CLAUSE = re.compile(r"$|[，。；：、！？）”—\s的了和并及与在于到至向给经通]")
"""上网43份 is told of pieces, 公布进展 of what becomes of them."""
_TOLD = frozenset({"v.publish", "v.process"})
_TIMES = frozenset("次轮回遍")
_PEOPLE_AND_PLACES = frozenset("个家名户位处")
_WITHIN = 2
_OF_ITS = re.compile(r"的[^，。；的]{2,}$")
_AMOUNT = re.compile(r"[数量总共有为达计近约超]|条目|分别|[^，。；]{1,6}类$")
_ABOUT = ("关于", "有关", "涉及")
_PLACED = ("里", "内", "之中", "当中")
_MEETINGS = re.compile(r"届[^，。；0-9]{0,10}$")
_DENIED = re.compile(r"(?:没有|没|未曾|从未|未|并无|无)(?!论)[^，。；、0-9]{0,6}$")
_NOT_EVEN = re.compile(r"[都也]?(?:没有?|未)(?:[收接]到|发生|受理|[发废](?=[，。；]))")
"""申请一件没收到."""
_CIRCULATED = re.compile(r"[，、]?(?:办理|制发|印发)?发文")
_CAME_IN = re.compile(r"收文[^，。；0-9]{0,6}[0-9][0-9.,万]{0,8}[余多]?[件份个]?$")
_LONGEST_BEFORE = 24


def counts_nothing(candidate: Candidate, folded: str) -> bool:
    """Whether a number is none of ours by its form: 十四届人大四次会议, 没有接到一例, 收文90件、发文12件.

    Args:
        candidate: The count in its context.
        folded: The folded text of the report.
    """
    quantity, behind = candidate.quantity, candidate.behind
    if quantity.unit == "次" and behind is not None and behind.start == quantity.outer_end:
        if "n.meeting" in behind.classes and _MEETINGS.search(candidate.between):
            return True
    if quantity.text == "一" and _NOT_EVEN.match(folded, quantity.outer_end):
        return True
    if quantity.text == "一" and not candidate.closed and _DENIED.search(candidate.between):
        return True
    if not _CIRCULATED.fullmatch(candidate.between):
        return False
    return _CAME_IN.search(folded, max(0, candidate.bound - _LONGEST_BEFORE), candidate.bound) is not None


def may_publish(head: Term, candidate: Candidate) -> bool:
    """Whether a word of publishing or for what is published may govern a number, by where it stands.

    Args:
        head: The word; any other may.
        candidate: The count in its context.
    """
    if "v.publish" not in head.classes and "n.info" not in head.classes:
        return True
    if head.start >= candidate.quantity.outer_end:
        return _may_follow(head, candidate)
    offset = candidate.quantity.outer_start - len(candidate.between)
    if head.end <= candidate.own_start:  # 发布名单，立案90起: the number has a clause of its own
        told = any(t.kinds & CHANNEL or not _TOLD.isdisjoint(t.classes) for t in candidate.own)
        return told or _LINKS.fullmatch(candidate.between, candidate.own_start - offset) is not None
    modifies = _OF_ITS.match(candidate.between, head.end - offset)
    counted = head.kinds & VERB or modifies is None or _AMOUNT.search(modifies[0])
    return bool(counted)


def _may_follow(head: Term, candidate: Candidate) -> bool:
    """Whether a word behind a number says what the number counts."""
    follows = candidate.follows[head.end - candidate.quantity.outer_end :]
    unit = candidate.quantity.unit.strip()
    if not head.kinds & COUNTED:
        return unit not in _TIMES and _ENDS_CLAUSE.match(follows) is not None
    if any(t.kinds & VERB for t in candidate.own):
        apart = head.start - candidate.quantity.outer_end > _WITHIN
        small = unit[:1] in _PEOPLE_AND_PLACES and not candidate.follows.startswith(_ABOUT)
        return not (apart and small)  # 公开12个监测站数据
    return not (follows.startswith("的") and _ENDS_CLAUSE.match(follows[1:]) is None)


def is_within(head: Term, candidate: Candidate) -> bool:
    """Whether what stands behind a number is where something is put (一条信息放在三个栏目里)."""
    if "n.column" not in head.classes or head.start < candidate.quantity.outer_end:
        return False
    return candidate.follows.startswith(_PLACED, head.end - candidate.quantity.outer_end)
