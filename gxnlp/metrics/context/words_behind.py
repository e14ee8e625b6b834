"""What stands behind a number in its clause: the noun that it counts there, ways, accounts, names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, COUNTED, NOUN, OUTCOME, PUBLISHES, SITE, VERB, Term
from gxnlp.metrics.context.joined_nouns import JOINS, merged_behind
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.records import Quantity

_MATTERS = ("内容", "事项")
"""对照目录列出90项内容: what is listed is not published."""
_RIGHT_END = deferred(r"[，、；。：（）！？—\n]")
_RUN_END = deferred(r"[，；。：（）！？—\n]")
LONGEST_BRACKET = 40
ACCOUNTS = frozenset("个家类种款大")
_ACTED_ON = deferred(r"[^，。；]{0,3}(?:进行|开展|予以|加以|作出|作了|实施)")
_OF = deferred(r"的[^，。；的]{0,4}$")
_LEVELS = tuple("省市县区州旗镇乡")
_OF_LEVELS = deferred(r"[省市县区州旗镇乡](?:[、和][省市县区州旗镇乡](?=[级两人政]))+")
"""9件省、市政协提案: the stop between two levels ends nothing."""
SITES_JOIN = deferred("[、和及与]")
_SITES_END = deferred(
    r"(?:信息|图文|稿件|推文|文章|动态|资讯|作品|内容|消息)?(?=\s*(?:[，。；、）！]|[和及与并]|$))"
)
"""120条微信、36条微博, 90条微博和微信信息: the accounts are what is counted."""
_WHO_ACTS = deferred(
    r"[^，。；：、0-9]{0,8}(?:窗口|中心|单位|部门|乡镇|街道|社区|科室|学校|医院|[厅镇乡村局所站])(?:（[^（）]{1,8}）)?(?:均|都|统一|全部|分别|已)*(?:<通过>|在)"
)
"""34个办税服务厅通过公告栏…: those that publish, by their number."""
_BY_WAY = deferred(r"[^，。；：、（“0-9]{0,8}(?:登|见|刊|载|由|经|<通过>|在|于|到|至)")
_WAY_ENDS = deferred(
    r"(?:“[^“”]{1,16}”|”)?(?:[上里内]|平台|渠道|账号)?(?:统一|同步|及时|主动|集中|首发|对外|向社会)*(?:<发布>)?(?:以|并)?\s*"
)
"""72条在网站发布、60条由公众号推出: by which way stands behind the number."""
_PUBLISHING = frozenset({"v.publish", "v.push", "v.publish_info"})
_LONGEST_MODIFIER = 40
_NAMING = NOUN | CHANNEL
_GOVERNING = _NAMING | VERB
_BODIES = frozenset("个家名")
_AS_MEANS = ("向", "通过", "利用", "依托", "借助")
"""向3件申请收取180元, 通过8个专题发布90条: what is counted is no object."""


class Ahead(NamedTuple):
    """What stands behind a quantity.

    Attributes:
        words: Terms that may be what it counts.
        first: The next term, whatever stands between; `None` where the sentence has no more.
        place: Its place among the sentence's terms.
        stopped: Whether a stop, or the end, comes before the next quantity.
        reach: Where that is.
        modified: Offset of the noun behind 的 that it counts, -1 where none is.
    """

    words: list[Term]
    first: Term | None
    place: int
    stopped: bool
    reach: int
    modified: int


def words_behind(
    quantity: Quantity,
    sentence: Sentence,
    own: list[Term],
    following: int,
    folded: str,
    merge: Mapping[str, tuple[str, ...]],
) -> Ahead:
    """The words behind a quantity: its own where a stop comes before the next number.

    Args:
        quantity: The quantity.
        sentence: Its sentence.
        own: Terms of its clause before it, nearest first.
        following: Where the next quantity starts, or the sentence ends.
        folded: The folded text of the report.
        merge: Classes of words that count together where they are joined, by the class of both.
    """
    after = quantity.outer_end
    place = bisect_left(sentence.starts, after)
    behind = sentence.terms[place] if place < len(sentence.terms) else None
    # 40件人大代表建议、政协提案: a stop within a word ends nothing
    word = behind.end if behind and behind.start == after and behind.kinds & COUNTED else after
    if folded.startswith(_LEVELS, after) and (levels := _OF_LEVELS.match(folded, after)):
        word = levels.end()
    pair = None
    if behind is not None and after <= behind.start <= word:  # 9件人大建议、政协提案
        pair = merged_behind(place, sentence, folded, merge)
        word = pair.end if pair is not None else word
    stop = _RIGHT_END.search(folded, word, max(word, min(following + 1, sentence.end)))
    joined = stop is None and following < sentence.end and folded[following - 1] in JOINS
    stopped = stop is not None or joined or following == sentence.end
    reach = stop.start() if stop else following - 1 if joined else sentence.end
    right = sentence.between(after, reach) if stopped else []
    if behind is not None and not stopped and _touches(behind, quantity, own, following, folded):
        right = [behind]
    if pair is not None and right:
        right = [pair, *(t for t in right if t.start >= pair.end)]
    modified = _modified(right, folded, after)
    if folded.startswith((*JOINS, "以及"), after):
        right = []  # 微博60条和电子屏：30条
    right = [t for t in right if t.start >= modified and not _acted_on(t, after, folded)]
    return Ahead(right, behind, place, stopped, reach, modified)


def closes(ahead: Ahead, quantity: Quantity, folded: str) -> bool:
    """Whether the noun behind a number ends its clause (公开90条信息，其中…)."""
    noun, after = ahead.first, quantity.outer_end
    if noun is None or noun.start != after or ahead.reach != noun.end or not quantity.unit:
        return False
    if not noun.kinds & NOUN or noun.kinds & OUTCOME or folded.endswith(_MATTERS, after, noun.end):
        return False
    return _RIGHT_END.match(folded, noun.end) is not None


def _touches(behind: Term, quantity: Quantity, own: list[Term], following: int, folded: str) -> bool:
    """Whether the noun behind a number is what it counts, though more follows (76件申请来自31人)."""
    counted = NOUN | SITE if quantity.unit[-1:] in ACCOUNTS else NOUN  # 本局两个公众号全年推送信息906条
    if behind.start > quantity.outer_end + 1 or not behind.kinds & counted or not quantity.unit:
        return False
    if folded.endswith(_AS_MEANS, 0, quantity.outer_start):
        return False
    # 制作5种图解21张, 组织3个督查组检查26个县
    again = behind.end == following or quantity.unit[:1] in _BODIES
    barring = _GOVERNING if again else _NAMING  # 举办的5次培训有90人参加
    return not any(t.kinds & barring for t in own)


def sites_counted(sentence: Sentence, place: int, folded: str) -> tuple[list[Term], int]:
    """The accounts from a place on that stand joined before a stop, and where what they are of ends."""
    run = [sentence.terms[place]]
    for site in sentence.terms[place + 1 :]:
        if not site.kinds & SITE or not SITES_JOIN.fullmatch(folded, run[-1].end, site.start):
            break
        run.append(site)
    closed = _SITES_END.match(folded, run[-1].end, sentence.end)
    return (run, closed.end()) if closed else ([], run[-1].end)


def clause_end(stop: int, following: int, folded: str) -> int:
    """Where a clause ends whose first stop joins words before the next number (90条在网站、微信发布，…)."""
    end = _RUN_END.search(folded, stop, following) if folded.startswith("、", stop) else None
    return end.start() if end else stop


def ways_behind(own: list[Term], behind: list[Term], after: int, end: int, folded: str) -> list[Term]:
    """Ways of publishing behind a number in its clause; behind a verb (推送90条到网站) no more may follow."""
    ways = [t for t in behind if t.kinds & PUBLISHES]
    if not ways or not _BY_WAY.match(folded, after, ways[0].start):
        return []
    if _WHO_ACTS.match(folded, after, ways[0].start):
        return []
    acts = {n for t in own if t.kinds & VERB for n in t.classes if n.startswith("v.")}
    alone = _WAY_ENDS.fullmatch(folded, ways[-1].end, end) is not None
    return ways if not acts or (alone and acts <= _PUBLISHING) else []


def names_account(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """96万余次“青禾水务”微信公众号推送: an account with whose name a new clause begins, its stop left out."""
    after = quantity.outer_end
    close = folded.find("”", after, min(sentence.end, after + LONGEST_BRACKET)) + 1
    first = bisect_left(sentence.starts, close)
    if not close or first == len(sentence.terms) or quantity.unit[-1:] in ACCOUNTS:
        return False
    return sentence.terms[first].start == close and bool(sentence.terms[first].kinds & SITE)


def _acted_on(noun: Term, after: int, folded: str) -> bool:
    """两次对政务信息进行梳理: what something is done to is not what a number before it counts."""
    if not noun.kinds & NOUN or not _ACTED_ON.match(folded, noun.end):
        return False
    return any(folded.find(word, after, noun.start) >= 0 for word in "对将把")


def _modified(right: list[Term], folded: str, after: int) -> int:
    """Offset of the noun behind 的 that ends what stands behind a number, -1 where there is none."""
    if not right or not right[-1].kinds & NOUN or not 2 < right[-1].start - after <= _LONGEST_MODIFIER:
        return -1
    return right[-1].start if _OF.search(folded[after : right[-1].start]) else -1
