"""Whose number it is: the subjects of a sentence and their scopes (guideline part 2, scope)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort_right
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE, SUBJECT, VERB, Term
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.running.bodies import BY_MEANS, GOVERNING, LONGEST_SITES, name_bodies, tells_of_bodies
from gxnlp.records import ReportInfo

_AREA = deferred("我[省市县区旗州镇乡盟]")
_CLAUSE_MARKS = set("，。；：、”》 \n　．.）’及和与—●○■□◆◇▲△▪▸►★☆✓√➤①②③④⑤⑥⑦⑧⑨⑩")
_SUBJECT_BEFORE = _CLAUSE_MARKS | set("年月日前内来度间底末后")
_LEADS = deferred(
    r"(?<=[，。；：、（）’”\s])(?:第?[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}|其[一二三四五六]"
    r"|(?:首先|其次|再次|最后)是?|此外|另外?|同时|并且|而且|不过|而|目前|[据经]统计)$"
)
"""二是全县…, 此外各部门…: what leads a clause with no stop behind it."""
_LEAD_ENDS = frozenset("是一二三四五六七八九十先次后外另时且过而前计")
_LONGEST_LEAD = 6
_OWN_SITE = (
    "官方网站",
    "官网",
    "政府门户",
    "政府官",
    "政府网站",
    "人民政府门户",
    "人民政府官",
    "人民政府网",
    "门户网站",
    "政府网",
    "网站",
)
_JOINERS = set("和与及")
_LISTERS = _JOINERS | {"、"}
_WITH_BODIES = deferred(r"[省市县区州旗盟镇乡]（(?:含|包括|包含)[^（）]{0,12}$")
"""县（含各部门）共收到…: the whole area, by a bracket behind its name."""
_ALL_BODIES = deferred(r"各(?:级|地|单位|部门|乡|镇|街|区|县|市|有关|相关|职能|行政|直属|工作部门|公开)")
_PLACE = deferred(r"^.*[省市县区州旗](?=.{3})")
_COUNTED = deferred(r"(?:账号|平台)?(?:共计?|达|有|为)?(?:[0-9,]+|[一二三四五六七八九十两]+)余?[个家]")
_AND_OTHERS = deferred(
    "本级[及和与](?:其|所属|下属|下辖|各)*[0-9]+[个家][^，。；：0-9]{0,4}(?:单位|部门|机构|乡镇|街道|镇|科室)"
)
"""区本级及9个公开单位: the body and those under it together."""
_AND_BODIES = deferred(
    "(?:政府|本级)(?:办公?厅?室?)?[及和与、](?:(?:其|所属|下属|下辖|各|直属|组成|工作|职能|政府)|[省市县区州旗盟][直级属])*"
    "(?:单位|部门|机构|机关|乡镇|镇街|街镇|街道|委办局|科室)(?:单位|部门|机关)?"
)
"""省政府及省直单位, 县政府及其组成部门: the government and those under it together."""
_WORKED_WITH = deferred("[^，。；]{0,6}(?:协调|沟通|联动|对接|配合|联系|会商|协作|协同|衔接|合作)")
"""强化与各部门协调联动: whom one works with does not act."""
_ACTED_ON = deferred(r"(?:^|[，。；：\n]|\w年)对[^，。；：、0-9]{1,24}[和与及、]$")
"""对县政府网站和各单位公众号检查4次: what is checked does not act."""
_PAPERS = ("文件", "规章", "公文", "办文件", "办公室文件")
_PLACED = ("全", "各级", "各村", "各社区")
_ITS_GUIDE = deferred("的?(?:政府信息|政务|信息)公开(?:指南|目录|制度|网站?内容)")
"""我县政府信息公开指南内容完整: a guide, no subject."""
_OF_WHICH = ("其中：", "其中，")
_PLACES = "省市县区州旗"
_MANY = "各全"
BY_SITE = "own site"
"""A site that acts is the body's own; applications do not come to it (网站访问9万次，受理申请5件)."""
_SHORTEST_NAME = 3
_MAKES_ACT = deferred("指导|督促|推动|引导|督导|动员|要求")
_IS_MADE_TO = deferred(
    "[^，。；0-9]{0,6}?(?:(?:<通过>|在)[^，。；：0-9]{2,24}?)?(?:(?<!政务)(?<!信息)<发布>|编制|制作)"
)
_STAFF = deferred(
    r"(?:[、和及与](?:各|直属|所属|下属)[^，。；：、0-9]{0,8}?)?(?:领导|干部|(?:工作)?人员|职工|信息员|联络员)"
)
_OF_LEVELS = deferred(
    r"(?:各类|新闻|主流)*媒体|领导|干部|人员|政策|文件|巡察|审计|党委|信息|预算|财政|目录|清单|标准|平台"
)
"""市、区两级政策: what levels have, no subject."""
"""县政府系统领导干部: an attribute of people, no subject."""
_NAMED = deferred(
    r"[，。；：年][^，。；：、年\s“”0-9过在托用助对和与及全各]{1,6}[省市县区州旗镇乡局委厅]$|[，。；]政府(?:官方)?$"
)
AS_WAY = deferred(r"[^，。；：0-9]{0,6}等(?:其他|其它|多种|多个)?(?:途径|渠道|方式|形式)")
_LONGEST_NAME = 9
_OF_BODIES = deferred(
    r"(?:[省市县区州旗]直(?:部门|单位|机关)|各部门|各单位|乡镇|各(?:县|市|区|州|旗|盟|乡|镇|街道)[、县市区旗乡镇街道]{0,4})(?:（[^）]{0,10}）区?)?$|(?:部门|单位|镇街|街道)（[^）]{1,8}）$"
)
_AREA_ACTS = deferred(
    "(?:20[0-9]{2}年度?|全年|年内|累计|共|主动|通过[^，。；0-9]{2,30}?等?)*(?:<发布>|<收到>|新收)"
)
_LONGEST_BODIES = 16
_REACH = 200
"""Characters back to which a sentence is searched for the clause of a subject."""


_SEEN_FROM = deferred(r"(?:范围|情况|面上|整体|总体|层面)*(?:内|上)?(?:来看|来说|来讲|看|而言|来讲)，?")
"""从全市来看，新收申请90件: of all of them."""
_SERVED_AREA = deferred(r"(?:<全年>|<共>){0,3}(?:<收到>|办理|接听|接办|转办)")
_SERVICES = ("平台", "热线", "12345")
_IN_NAME_OF = deferred(
    r"(?<=[，。；：、\n年\s])以(?!各)[^，。；：0-9部门]{1,24}?(?:政府|委|局|办公[室厅]|政府办|单位|机关|本级)(?:的)?名义"
)
"""以市政府名义制发文件9件: the body's own, whatever was told of the area before."""


def may_name_subjects(sentence: Sentence, folded: str, info: ReportInfo) -> bool:
    """Whether a sentence can name one whose numbers it tells, by a word of the lexicon or by another."""
    if sentence.kinds & SUBJECT or info.agency.endswith("人民政府"):
        return True
    return tells_of_bodies(sentence, folded)


def find_subjects(
    sentence: Sentence, folded: str, info: ReportInfo, running: str
) -> tuple[list[int], list[str]]:
    """Where the subjects of a sentence end, ascending, and their scopes.

    Args:
        sentence: A sentence that has words for subjects.
        folded: The folded text of the report.
        info: What title and preamble say of the report.
        running: Scope that runs on from the sentence before.
    """
    ends: list[int] = []
    scopes: list[str] = []
    made, made_by = None, "own"
    closing, outside = -1, running
    for term in sentence.terms:
        if 0 <= closing < term.start:  # 动态90条（市局30条、各县局60条），通知40条: whose the rest is
            ends.append(closing)
            scopes.append(outside)
            closing = -1
        if (
            term.kinds & SUBJECT
            and not (ends and term.kinds & SITE and _explains(term, ends[-1], folded))
            and (_is_subject(term, sentence, folded) or _is_named_area(term, sentence, folded, info))
            and (scope := _scope_of(term, folded, info))
        ):
            made_by = scopes[-1] if scopes else running
            if closing < 0 and (closing := _ends_with(term, sentence, folded)) >= 0:
                outside = made_by
            elif scope == "other":  # 个别单位报送少；收到申请9件
                closing, outside = folded.find("；", term.end, sentence.end), made_by
            ends.append(term.end)
            scopes.append(scope)
            made = term if "w.system" in term.classes and _is_made_to_act(term, folded) else None
    if closing >= 0:
        ends.append(closing)
        scopes.append(outside)
    if made is not None:  # who made them act is the subject of the next sentence again
        ends.append(sentence.end)
        scopes.append(made_by)
    _name_area(sentence, folded, info, ends, scopes)
    name_bodies(sentence, folded, info, ends, scopes)
    if "system" in scopes or running == "system":
        _name_itself(sentence, folded, info, ends, scopes)
        _name_signers(sentence, folded, ends, scopes)
    return ends, scopes


def _ends_with(subject: Term, sentence: Sentence, folded: str) -> int:
    """Where a subject ends: with its number (村级公开栏公示60条), with the bracket of parts it stands in.

    -1 where it runs on.
    """
    papers = "w.own" in subject.classes and folded.startswith(_PAPERS, subject.end)
    board = folded.endswith(("栏", "墙"), subject.start, subject.end)
    # 其中县政府文件9件，解读8件; 其中：县政府本级38件；上年结转2件
    if papers or board or folded.endswith(_OF_WHICH, sentence.start, subject.start):
        place = bisect_left(sentence.quantities, subject.end, key=attrgetter("start"))
        return sentence.quantities[place].end if place < len(sentence.quantities) else -1
    opening = folded.rfind("（", sentence.start, subject.start)
    if _WITH_BODIES.search(folded, max(sentence.start, subject.start - LONGEST_SITES), subject.start):
        return -1  # 县（含各部门）
    if opening < 0 or folded.find("）", opening, subject.start) >= 0:
        return -1
    closing = folded.find("）", subject.end, sentence.end)
    counts = closing >= 0 and any(opening < q.start < closing for q in sentence.quantities)
    return closing if counts else -1


def _explains(site: Term, last: int, folded: str) -> bool:
    """我县（县政府网、政务平台）累计公开: sites in the bracket behind a subject leave it as it is."""
    near = site.start - last < LONGEST_SITES
    return near and folded.startswith("（", last) and folded.find("）", last, site.start) < 0


def _name_area(sentence: Sentence, folded: str, info: ReportInfo, ends: list[int], scopes: list[str]) -> None:
    """Add the area of a government where it is the subject by its name (青禾市共公开…), as 我市 is."""
    name = info.agency.removesuffix("人民政府")
    if name == info.agency or len(name) < _SHORTEST_NAME or name.endswith(("镇", "乡", "街道")):
        return
    at = folded.find(name, sentence.start, sentence.end)
    if at < 0 or not _AREA_ACTS.match(folded, at + len(name)):
        return
    place = bisect_right(ends, at)
    ends.insert(place, at + len(name))
    scopes.insert(place, "system")


def _name_itself(
    sentence: Sentence, folded: str, info: ReportInfo, ends: list[int], scopes: list[str]
) -> None:
    """Add the body that reports where a sentence names it (guideline part 2: a named organ is own)."""
    name = _PLACE.sub("", info.agency)
    if len(name) < _SHORTEST_NAME or name.endswith(GOVERNING):
        return
    at = folded.find(name, sentence.start, sentence.end)
    if at < 0 or folded[at - 1] not in _PLACES or folded[max(0, at - 2)] in _MANY:
        return
    place = bisect_right(ends, at)
    ends.insert(place, at + len(name))
    scopes.insert(place, "own")


def _name_signers(sentence: Sentence, folded: str, ends: list[int], scopes: list[str]) -> None:
    """Add the body in whose name something is issued (以市政府名义制发文件9件), until another acts."""
    for signed in _IN_NAME_OF.finditer(folded, max(0, sentence.start - 1), sentence.end):
        scopes.insert(bisect_right(ends, signed.end()), "own")
        insort_right(ends, signed.end())


def _is_subject(term: Term, sentence: Sentence, folded: str) -> bool:
    """Whether a word stands where a subject does; 公开我区各级单位信息 names those that published."""
    if "w.our_area" in term.classes and _ITS_GUIDE.match(folded, term.end):
        return False
    if "w.our_area" in term.classes and _ALL_BODIES.match(folded, term.end):
        return True
    if "w.system" in term.classes and _WITH_BODIES.search(folded, sentence.start, term.start):
        return True
    if "w.system" in term.classes and folded[term.start] == "全":
        seen = folded.startswith(("从", "就"), term.start - 1) and _SEEN_FROM.match(folded, term.end)
        if seen or (folded.endswith(_SERVICES, 0, term.start) and _SERVED_AREA.match(folded, term.end)):
            return True
    if _with_others(term, folded):
        first = max(sentence.start, term.start - LONGEST_SITES)
        return BY_MEANS.search(folded, first, term.start) is None
    return _stands_first(term, sentence, folded)


def _is_named(first: int, start: int, folded: str) -> bool:
    """Whether the body whose site it is opens the clause (青禾新区网站更新信息)."""
    name = folded[max(first, start - _LONGEST_NAME) : start]
    return _NAMED.search(name if len(name) == _LONGEST_NAME else "，" + name) is not None


def _is_object(joint: int, sentence: Sentence, folded: str) -> bool:
    """Whether the area that another is joined to stands where no subject does (发布全国及全省政策)."""
    last = bisect_right(sentence.starts, joint - 1) - 1
    first = sentence.terms[last] if last >= 0 else None
    joined = first is not None and first.end == joint and folded[first.start] == "全"
    return joined and first is not None and not _stands_first(first, sentence, folded)


def _scope_of(term: Term, folded: str, info: ReportInfo) -> str:
    if "w.system" in term.classes:
        told = _STAFF if folded[term.end - 1] != "级" else _OF_LEVELS
        return "" if told.match(folded, term.end) else "system"
    if "w.our_area" in term.classes and _ALL_BODIES.match(folded, term.end):
        return "system"  # 我区各级单位
    if "w.our_area" in term.classes and folded.startswith(_OWN_SITE, term.end):
        return "own"  # 我区政府门户网站
    if "w.our_area" in term.classes and folded[term.end : term.end + 1] != "的":
        return "system"
    if "w.one_of" in term.classes:
        return "other"
    if _with_others(term, folded):
        return "system"
    if "w.own" in term.classes:
        if folded.startswith("街道", term.start) and folded[term.start - 1] in "、和及与（":
            return ""  # 各乡镇、街道
        if folded.startswith(_OWN_SITE, term.end):
            return BY_SITE  # 市政府门户网站
        return "" if folded.startswith("的", term.end) else "own"
    if term.kinds & SITE and _OF_BODIES.search(folded, max(0, term.start - _LONGEST_BODIES), term.start):
        return "system"  # 县直部门（含园区）网站
    # 全县微博43个、微信67个: a site behind 、 goes on with the subject before it.
    joined = term.start > 0 and folded[term.start - 1] in "、及和与"
    if _COUNTED.match(folded, term.end):
        return ""  # 全市共有网站12个，新媒体96个: counted, not those that count
    return BY_SITE if not joined and term.kinds & SITE else ""


def _is_named_area(term: Term, sentence: Sentence, folded: str, info: ReportInfo) -> bool:
    """青禾县政府系统: all bodies of the area, which is named."""
    if "w.system" not in term.classes or folded[term.start] not in _PLACES:
        return False
    for size in (1, 2, 3):
        start = term.start - size
        if start < sentence.start or folded[start : term.start + 1] not in info.agency:
            return False
        if start == sentence.start or folded[start - 1] in _CLAUSE_MARKS:
            return size > 1
    return False


def _with_others(term: Term, folded: str) -> bool:
    """县政府及其组成部门, 区本级及9个公开单位: the body with those under it."""
    if "w.own" not in term.classes or not folded.startswith(("政府", "本级"), term.end - 2):
        return False
    return bool(_AND_OTHERS.match(folded, term.end - 2) or _AND_BODIES.match(folded, term.end - 2))


def _is_made_to_act(term: Term, folded: str) -> bool:
    """指导各单位发布信息90条: who is made to publish is the subject of it."""
    made = _MAKES_ACT.match(folded, max(0, term.start - 2))
    return made is not None and _IS_MADE_TO.match(folded, term.end) is not None


def _is_beside(term: Term, start: int, sentence: Sentence, folded: str) -> bool:
    """Whether a joined word goes with what is told of, used or worked with, not with those that act."""
    if folded[start] == "全" and _is_object(start - 1, sentence, folded):
        return True
    if folded[start - 1] in _JOINERS and "w.system" in term.classes and _WORKED_WITH.match(folded, term.end):
        return True
    first = max(sentence.start, start - LONGEST_SITES)
    if _ACTED_ON.search(folded, max(0, first - 1), start):
        return True
    placed = folded.startswith(_PLACED, start)
    return placed and BY_MEANS.search(folded, first, start) is not None  # 通过报纸、各村公开栏


def _is_led(term: Term, start: int, folded: str) -> bool:
    """Whether a lead of the clause stands right before a word: 二是全县公开…, or a heading run into it."""
    if folded.startswith(("情况", "方面"), start - 2) and "w.system" in term.classes:
        return True  # （一）主动公开情况全区公开信息90条
    return (
        folded[start - 1] in _LEAD_ENDS
        and _LEADS.search(folded, max(0, start - _LONGEST_LEAD), start) is not None
    )


def _stands_first(term: Term, sentence: Sentence, folded: str) -> bool:
    if term.start == sentence.start:
        return True
    start = term.start
    if "w.system" in term.classes and _AREA.match(folded, max(sentence.start, start - 2), start):
        start -= 2  # 我区各级单位
    if start == sentence.start:
        return True
    before = folded[start - 1]
    if "w.system" in term.classes and _is_made_to_act(term, folded):
        return True
    if term.kinds & SITE and AS_WAY.match(folded, term.end):
        return False  # ，官方微信等其他途径发布
    first = max(sentence.start, start - LONGEST_SITES)
    if term.kinds & SITE and before == "”" and BY_MEANS.search(folded, first, start):
        return False  # 通过“中国·青禾”政府网站、“智慧青禾”APP
    if term.kinds & SITE and _is_named(sentence.start, start, folded):
        return True
    if _is_led(term, start, folded):
        return True
    if before not in _SUBJECT_BEFORE:
        return False
    if before in _LISTERS and _is_beside(term, start, sentence, folded):
        return False
    if before in _CLAUSE_MARKS:
        return True
    reach = max(sentence.start, start - _REACH)
    clause = max(folded.rfind(mark, reach, start) for mark in "，。；：（")
    earlier = sentence.between(max(clause, reach), start)
    # 公布前一日全省疫情动态: behind a verb the area is what is told of.
    return not any(t.kinds & VERB for t in earlier)
