"""What a sentence leads to: problems, remedies, or what a year will bring."""

from __future__ import annotations

from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.records import Role
from gxnlp.statements.frames import SOLVED, frames
from gxnlp.statements.wording import deficits, first_clause, has_deficit, modality, wording

_ENDS_IN_PROBLEMS = deferred(
    "(?:有待|亟[待需]|[仍还尚]需)(?:进一步)?(?:改进|加强|完善|提[高升]|努力|改善|解决)$"
    "|(?:问题|不足|差距|短板|薄弱环节|弱项|空间)(?:主要)?(?:是|有|为|如下)?$"
)
# 仍需在以下方面加强: what is wanting, though it speaks of what to do.
_STILL_NEEDED = deferred(
    "(?:仍|还|尚)(?:需|有待|须|要)[^，。；：]{0,4}(?:以下|如下|下列)[^，。；：]{0,12}$"
    # 有三个方面需要改进
    "|(?:[一二两三四五六几]|以下|如下|一些|不少)个?(?:方面|地方|环节|[项点])(?:的?工作|问题)?"
    "(?:亟[待需]|有待|[仍还尚]?需要?)(?:进一步)?(?:改进|加强|完善|提[高升]|努力|改善|解决|规范)$"
)
# 存在以下问题，并已整改：
_MENDED = deferred(
    "(?:以下|如下|一些|[两二三四五六几][个项点]方?面?的?)[^，。；：]{0,4}(?:问题|不足)"
    "，[并均都现]?已(?:经|全部|逐[一项条])*(?:整改|改进|解决|落实)[^，。；：]{0,4}$"
)
_LEAD_TAIL = 14
_END = 5
# 2024年，… and 2024年由…
_YEAR_FIRST = deferred(
    "(?:在)?20[0-9]{2} ?年度?(?:里|起|[上下]半年|第?[一二三四1-4]季度|[0-9]{1,2} ?月)?(?:内|底?之?前)?"
    "(?:，|(?=[由把请对与向在会为完力争])|，?(?:我们|我[局镇县市区乡委院校厅办所站])(?=把))"
)
_AIMS = deferred(
    "[^。；]{0,10}针对|对[^，。；]{3,40}?的(?:问题|不足)，"
    "|(?:就|对于?|关于)(?:20[0-9]{2} ?年|上一?年|去年)[^。；：]{3,60}?(?:问题|不足)，"
)
# 针对作品内容失衡，调整选题； not 针对群众诉求，少数单位推诿, which is wanting itself.
_AIMED_SHORT = deferred(
    "(?:20[0-9]{2} ?年度?，?)?(?:我们|[我本][一-鿿]{1,2})?针对(?!性)[^，。；：]{2,40}，(?=[^，。；])"
)
# 网站搜索形同虚设。已报请县里重做索引。
# 对更新慢，实行周报制： a fault and at once what mends it.
_AT_ONCE = deferred("(?:就|对(?!照|标|接|比|外|此)|面对|聚焦|紧盯)(?P<what>[^，。；：]{2,24})，")
_BY_NOW = deferred(
    "(?:我们|[我本][局镇县市区乡委院校厅办所站]|现|目前|眼下|今年|近期|镇里|局里)?(?:已经?|正在?|现正)(?=[一-鿿])"
    "|(?:我们|[我本][局镇县市区乡委院校厅办])?(?:立即|立刻|迅速|第一时间)(?=[一-鿿]{2}[^。；]*[，、])"
    # 今年以来，我镇组织…
    "|(?:今年|本年度?|20[0-9]{2} ?年度?|一年来)(?:以来|内)?，?(?:我们|[我本][一-鿿]|全[市县区镇乡])"
    "(?:先后|已)?(?=[一-鿿]{2})"
)
# 究其原因，一是…
_WHY_SO = deferred(
    "(?:究其|分析其?|其中?)?(?:以上|上述|这些|产生|存在|造成|出现)*(?:问题|不足|现象)?的?(?:主要|根本|客观|主观)*"
    "原因(?:主要)?(?:，|是|有|为|在于|$)"
)
# How what is wanting still, or anew, begins behind remedies.
STILL = deferred(
    "(?:(?:虽然?|尽管)[^，。；]{2,30}，)?(?:但|仍|还)|目前|当前|仍|还|也|不过|然而|同时，?(?:也|仍|还)"
    # 本年度新发现的问题是…, behind what became of last year's.
    "|(?:本年度?|今年|20[0-9]{2} ?年度?)?，?(?:工作中)?"
    "[又新](?:发现|出现|产生|查摆|暴露)[^，。；]{0,6}(?:问题|不足)"
    "|(?:本年度?|今年)(?:工作)?(?:存在|主要|突出)的?[^，。；]{0,4}(?:问题|不足)"
)
_STILL_WANTING = deferred(
    "(?:(?:虽然?|尽管)[^，。；]{2,30}，)?(?:但是?|不过|然而)?，?(?:目前|当前|今年|本年度?|同时)?，?(?:我[局镇县市区乡委院校厅办]|工作中)?也?(?:仍然?|还|依然|尚)(?:存在|有)"
)
_PLAN = 20
"""Characters of a plan that a courtesy may follow in its sentence."""
_PAST = deferred("了(?!解)|已|累计|全年共")


class Aim(NamedTuple):
    """What a lead aims at: the span of the faults, and whether they are of another year."""

    start: int
    end: int
    of_other_year: bool


def aimed_at(text: str, start: int, end: int) -> Aim | None:
    """The faults that a lead names (针对上年度存在的A、B等问题，采取以下措施), if it names any.

    Args:
        text: Folded text of the document.
        start: Offset of the lead.
        end: Offset after it.
    """
    aim = frames().aimed.match(text, start, end)
    if not aim or not has_deficit(aim["what"]) or frames().generic_aim.match(aim["what"]):
        return None
    named = frames().named_before.match(text, *aim.span("what"))
    old = bool(frames().other_year.search(aim["what"]))
    return Aim(named.end() if named else aim.start("what"), aim.end("close") - 1, old)


def closes(text: str, turn: Role | None) -> bool:
    """Whether a sentence is a courtesy; one behind a plan (我局将R，欢迎社会各界监督) only ends it.

    Args:
        text: Folded text of the sentence.
        turn: What its opening turns to.
    """
    found = wording()["closing"].search(text)
    ends_plan = found and turn == "remedy" and found.start() > _PLAN and text[found.start() - 1] == "，"
    return bool(found) and not ends_plan


def lead_role(text: str) -> Role | None:
    """What a lead announces: problems (也存在以下问题) or remedies (将采取以下措施), or `None`.

    Args:
        text: Folded text of the lead.
    """
    words = wording()
    if words["remedy_opener"].match(text):
        return "remedy"
    if _MENDED.search(text):
        return "problem"
    if _ENDS_IN_PROBLEMS.search(text) or _STILL_NEEDED.search(text):
        return "problem"
    if words["problem_announcer"].search(text):
        return (
            "remedy" if words["remedy_announcer"].search(text, max(0, len(text) - _LEAD_TAIL)) else "problem"
        )
    return "remedy" if words["remedy_announcer"].search(text) else None


def says_why(text: str) -> bool:
    """Whether a sentence or lead tells why things are so: what it tells is of neither side.

    Args:
        text: Folded text of the sentence.
    """
    return "原因" in text and bool(_WHY_SO.match(text))


def still_wanting(text: str) -> bool:
    """Whether a sentence says what is wanting still (目前还存在P的问题).

    Args:
        text: Folded text of the sentence.
    """
    return bool(_STILL_WANTING.match(text)) and modality(text).role == "problem"


def plans(text: str, *, after_problem: bool) -> bool:
    """Whether a sentence says what a year will bring (2024年，推进…).

    Args:
        text: Folded text of the sentence.
        after_problem: Whether it stands behind problems: then it need not begin with a verb.
    """
    year = _YEAR_FIRST.match(text)
    if not year or _PAST.search(text):
        return False
    if wording()["verb"].match(text, year.end()):
        return modality(text[year.end() :]).problem < 3
    return after_problem and not has_deficit(text)


def turn_of(text: str, *, is_lead: bool, after_problem: bool) -> Role | None:
    """The role that a sentence's opening turns to, if any.

    Args:
        text: Folded text of the sentence.
        is_lead: Whether it only leads to what follows.
        after_problem: Whether it stands behind problems.
    """
    if text.startswith("围绕") and has_deficit(first_clause(text)):
        return "remedy"
    if (aim := _AIMED_SHORT.match(text)) and _mends(text[aim.end() :]):
        return "remedy"
    if (aim := _AT_ONCE.match(text)) and names_fault(aim["what"]) and _acts(text[aim.end() :]):
        return "remedy"
    words = wording()
    if not is_lead and words["why"].match(text):
        return "problem"
    if after_problem and SOLVED.search(text):
        return "remedy"  # 2023年，我局组织培训，上述问题均已整改到位
    now = after_problem and _BY_NOW.match(text)
    if now and words["verb"].match(text, now.end()) and not has_deficit(first_clause(text)):
        return "remedy"
    announces = is_lead and lead_role(text) == "problem"  # 2021年，对照要求，仍有以下问题：
    planned = not announces and plans(text, after_problem=after_problem)
    if not planned and not words["remedy_opener"].match(text):
        return None
    lead = words["lead_in"].match(text)  # 对于这些问题和不足， names no problem
    rest = text[lead.end() :] if lead else text
    return "remedy" if is_lead or _AIMS.match(text) or modality(rest).problem < 3 else None


def _mends(rest: str) -> bool:
    """Whether what stands behind 针对X， does not begin with what is wanting."""
    return modality(rest).role == "remedy" or not has_deficit(first_clause(rest))


def names_fault(what: str) -> bool:
    """Whether what stands behind 对 ends in what is wanting (更新慢, not 薄弱村开展帮扶)."""
    return any(len(what) - at <= _END for at in deficits(what))


def _acts(rest: str) -> bool:
    """Whether what stands behind 对P， begins with a verb and nothing wanting."""
    return modality(rest).role == "remedy" and not has_deficit(first_clause(rest))
