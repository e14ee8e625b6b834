"""Lists of parts: which words open one and close it, and the whole it is of (guideline part 2, rule 4).

What its members are is read in `listing`.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import COUNTED, VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import CASES, INFORMATION, PART, Draft, exact, is_of_gazette
from gxnlp.metrics.lists.covering import covers, divides_alone
from gxnlp.metrics.lists.list_ends import closes
from gxnlp.metrics.running.state import State

_start_of = attrgetter("start")
_MOST_MEMBERS = 40
"""Numbers behind the first member that are added up."""
_RECEIVED = "applications_received"
_CHARGED = ("fee_notices", _RECEIVED)
_BARE_NAME = deferred(r"\s*(?!全年|年内|今年|本年|共|累计|我|截至)[^，；：。0-9]{2,12}[为共有]?")
_EXPLAINS = deferred(r"（(?:含|包括|包含)[^（）]*$")
_OPENS = deferred(r"\s*（[^）]*$")
_COLON = deferred(r"(?:其中|包括|如下|为)：|其中，?主动公开(?!的)")
_ANNOUNCES = deferred(r"\s*）?[：—]")
_INTO_KINDS = deferred(
    r"[，；（][^，。；：0-9]{0,12}[0-9一二三四五六七八九十两]{1,3}个?(?:大类|类别|类型|方面|类|种)"
)
"""公开信息90条，类别有四类：…: a list of parts, by a number of kinds."""
_SUMS_UP = deferred(r"等[^，。；：]{0,16}，?<共><发布>?$")
"""包括补助领取等内容共计90条: what the names before it come to, a total."""
_IN_ALL = deferred(
    r"年度?(?:共|累计|主动)*<发布>了?(?:政府|政务|各类)?信息(?:总?数量?|条数)?[，：]?(?:<共>|为|有|达到?)?\s?$"
)
"""主要包括2023年度主动公开政府信息90条: a total, where nothing was told before."""
_CLOSES_NAMES = deferred(r"、[^，。；：]{1,16}等[^，。；：、]{0,8}(?:信息|内容)$")
"""公开的信息包括机构、人事、财政等多领域信息90条: no total was told, this is it."""
_SORT = (
    "类|类别|类型|种类|分类|性质|渠道|方式|形式|途径|载体|媒介|平台|来源|内容|主题|事由|诉求|栏目|领域|行业|(?<!统计)结果|申请人|申请者"
    "|申请主体|发布主体|公开主体|责任主体|主体|身份|对象|层级|级别|结构|分布|构成|部门|单位|地区|区域|用途|事项|时间|月份|季度|板块"
)
_AS_SEEN = (
    rf"(?:(?:从|就)[^，。；：]{{0,8}}(?:{_SORT})(?:<发布>|<收到>|办理)?(?:情况|统计|数据)?(?:来|上|进行){{0,2}}(?:看|说|讲|分|划分|区分|分析|而言)，"
    rf"|(?:按照?|依|根据|以)[^，。；：]{{0,8}}(?:{_SORT})(?:情况)?(?:来|上|进行)?(?:分类|划分|区分|归类|分|统计|计)[，：]"
    r"|(?:渠道|途径|方式|载体|类别|类型|来源|分类)(?:方面|上)[，：])"
)
"""从公开渠道看，… 按照信息内容分类，… 公开渠道方面，…: by what divides; 从全年情况看 divides nothing."""
_OF_WHICH = deferred(
    r"^\s*其中[，：]?(?:无|没有)[^，。；0-9]{2,16}；|^(?:里面?|当?中)[，：]|^[，；（]\s*(?:当中|里面|里头)[，：]?|^[，；（]\s*(?:内[有含]|里有)|^[，；（]?[^，；。0-9]{0,10}(?:季度|半年|月)(?:信息)?(?:依次|分别)(?:为|是|有|达|<发布>)?$|^[，；（\s]*(?:具体|分别|主要|依次)(?:为|是|有)?：|(?:信息|总[数量]|数据|文件|稿件|条|件|宗|申请|案件|网站|公众号|平台|工单|来信|信件|留言|诉求|来电|投诉|提案)(?:里面?|当?中)[，：]|按[^，。；：]{1,12}(?:分|看|划分|统计|类别|来源)(?:（[^）]{1,8}）)?[，：]"
    r"|(?:类别|类型|分类|构成|内容|分布|如下|种类)(?:及其?(?:数量|条数|占比))?(?:（[^）]{1,8}）)?(?:有|为|是|如下|包括|涵盖|涉及)?：|"
    rf"{_AS_SEEN}"
    r"|^\s*(?:其他|其它|其余|余下)的?(?:信息|文件)?(?:(?:分别|依次|主要)(?:为|是|有|包括)：?|(?:为|是|有|包括)?：)"
    r"|分(?:类|项|栏|季度|月份?|月度|[^，。；：0-9]{1,3}[类别渠道目域型式体台])(?:来)?看[，：]|信息中(?=[^，。；：0-9]{2,12}类(?:信息)?$)"
    r"|^[，；。]?在?[后前]者当?中[，：]"
    r"|^，?(?:又|还|再|可以?|能|大致|主要|具体|进一步)*(?:细?分为|划分为|分成)[：，]?(?=[^，。；：0-9]{2,16}$)"
    r"|公开的(?:政府|政务)?信息中(?=[^，。；：0-9]{2,40}信息有?$)"
    r"|其中[，：]?(?:无|没有)[^，。；：0-9]{2,12}[；，、](?=[^；。0-9]{2,16}$)"
    r"|公开(?:政府|政务)?信息：(?=[^，。；：0-9]{2,16}类(?:信息)?[数量]?(?:为|有)?$)"
    r"|按(?:受理|办理|承办|申请|来件|答复|发布|公开|提交|业务|诉求|信息)?(?:单位|机关|部门|层级|渠道|载体|类型|类别|主体|内容|方式|身份|领域|体裁|形式)[，：]"
    r"|按[^，。；：、0-9]{1,12}(?:分为|划分为|分成|可分为)(?=[^，。；：0-9]{2,16}$)"
)
_OF_INFORMATION = deferred(
    r"(?:公开|公布|发布|推送|更新)的?(?:各类|有关|相关)?(?:政府|政务)?信息(?!公开|平台|工作|网|员|处理)|(?<!申请)公开的?内容"
)
_ASPECTS = ("方面，", "方面：", "上，", "上：")
_MAY_DIVIDE = deferred("中|内|里|看|：|其|余|从|按|就|依|分类|方面|上，|季度|半年")
_DIVIDES = ("其中", "里头", "里面", "分别", "具体")
_HAVING = deferred("(?:包?含)有?[^，。；：0-9]{2,24}的")
_BEGINS = frozenset("，；：（、。 \n")
_LED = deferred(r"<发布>了?$")
_DIVIDED = frozenset({INFORMATION, PART, "policy_docs", "media_reports", "messages", "hotline_cases"})
_DISPUTES = frozenset({"n.review", "n.lawsuit", "n.complaint"})


def open_or_close(state: State, candidate: Candidate) -> None:
    """Note whether a list of parts is open at a quantity, and of which whole its members are.

    Sets `listing` and what goes with it in the state, before the state takes in the words.
    """
    between, near, before = candidate.between, candidate.before, state.listing
    _close_bracket(state, between)
    if state.last is not None and candidate.bound == state.last_end and _OPENS.match(between):
        if state.listing != "bracket":
            state.depth = _brackets(between)
        if state.listing == "word" and (state.last.metric in _DIVIDED or divides_alone(state.last)):
            state.outer = state.parent
            divides = state.last.metric == INFORMATION or divides_alone(state.last)
            state.parent = state.last if divides else state.parent
        if divides_alone(state.last) and state.held is None:
            state.held, state.frame = state.frame, state.last
        state.listing = "bracket"
    elif _ANNOUNCES.match(between) and _announced(state, candidate):
        state.listing = "word"
    elif _goes_on(state, candidate):
        state.listing, state.parent = "word", state.frame
        return
    elif _opens(state, candidate) or _divides(state, candidate):
        state.listing = state.listing or "word"
    elif state.listing == "word" and closes(state, candidate):
        state.listing = ""
    if not state.listing:
        _leave_list(state, between, left=bool(before))
    elif not before:
        state.unnamed = _unnamed_whole(state, candidate)
        _begin_list(state, candidate, near)
    elif "w.among" in near and state.last is not None and candidate.bound == state.last_end:
        state.unnamed = _unnamed_whole(state, candidate) or state.unnamed
        _divide_again(state, candidate, near)


def _leave_list(state: State, between: str, *, left: bool) -> None:
    """Forget a list, and behind a semicolon the channel of its last part."""
    if left and state.listed_by_channel:
        # 其中网站90条，公众号60条；全年公开文件12件: the account was no subject.
        state.as_subject = False
        if "；" in between and state.frame is not None and state.frame.metric == INFORMATION:
            state.channel = ""  # 其中网站90条，公众号60条；政策解读9篇
    state.parent = state.unnamed = None


def _divide_again(state: State, candidate: Candidate, near: frozenset[str]) -> None:
    """Begin a list within a list: 其中 right behind a member is of that member."""
    if _divides_cases(state, candidate):
        state.frame = state.last
        _begin_list(state, candidate, near)
    state.parent = state.last


def _divides_cases(state: State, candidate: Candidate) -> bool:
    """其中动态500条，收到来信359件，其中答复351件: cases told behind the parts of what was published."""
    last, frame = state.last, state.frame
    if last is None or last.value is None or frame is None or frame.metric not in (INFORMATION, PART):
        return False
    cases = last.measure == "total" and last.metric.startswith(CASES)
    return cases and candidate.quantity.value is not None and candidate.quantity.value <= last.value


def _goes_on(state: State, candidate: Candidate) -> bool:
    """其中甲类2条，乙类5条。丙类9条: whether a sentence goes on with the list that the last one left open.

    It begins with the bare name of a kind, and the whole has room for it.
    """
    whole, value, rest = state.left_open, candidate.quantity.value, state.rest
    if whole is None or candidate.bound != candidate.sentence.start or state.listing:
        return False
    if value is None or rest is None or value > rest or not state.same_counter(whole, candidate):
        return False
    if not candidate.near.isdisjoint(_DISPUTES):
        return False  # 其中公开9件。行政复议7件
    if any(t.kinds & VERB and not t.kinds & COUNTED for t in (*candidate.own, *candidate.left)):
        return value == rest and _BARE_NAME.fullmatch(candidate.between) is not None
    return _BARE_NAME.fullmatch(candidate.between) is not None


def _brackets(between: str) -> int:
    """How many brackets more are opened in a text than closed."""
    return between.count("（") - between.count("）")


def _close_bracket(state: State, between: str) -> None:
    """Note that a bracket closes its list; that of a share within it does not (（网站72条（占60%）和…）)."""
    if state.listing == "bracket":
        state.depth += _brackets(between)
    state.closed = state.listing == "bracket" and "）" in between and state.depth <= 0
    if state.closed:
        state.listing = ""
        if state.held is not None:  # 不予公开17件（涉及国家秘密1件），其他处理2件
            state.frame, state.held = state.held, None
        if state.outer is not None:  # 其中网站72条（动态52条、公告20条），公众号30条
            state.listing, state.parent, state.outer = "word", state.outer, None


def _announced(state: State, candidate: Candidate) -> bool:
    """公开信息90条：… and 公开信息90条，分四类：…: a colon behind the whole, or behind its kinds."""
    if state.last is None or state.sentence is None or state.last.start < state.sentence.start:
        return False
    kinds = _INTO_KINDS.fullmatch(state.folded, state.last_end, candidate.bound)
    return candidate.bound == state.last_end or kinds is not None


def _unnamed_whole(state: State, candidate: Candidate) -> Draft | None:
    """办结行政许可109件，其中甲类101件: what the parts are of where no label names it."""
    last, value = state.last, candidate.quantity.value
    if last is None or last.metric != "other_metric" or candidate.bound != state.last_end:
        return None
    if last.aspect != "level" or last.unit == "percent":
        return None
    beyond = value is not None and last.value is not None and value > last.value
    return None if beyond else last


def _opens(state: State, candidate: Candidate) -> bool:
    """Whether 其中 or 包括 opens a list; （含三区） only explains, its number counts no members."""
    if not _says_among(state, candidate):
        return False
    if candidate.bound == candidate.sentence.start and _SUMS_UP.search(candidate.between):
        return False
    first = candidate.bound == candidate.sentence.start
    if (
        first
        and state.frame is None
        and (_IN_ALL.search(candidate.between) or _CLOSES_NAMES.search(candidate.between))
    ):
        return False
    explains = _EXPLAINS.search(candidate.between) is not None
    return not explains or bool(state.rules.counter_groups(candidate.quantity.unit))


def _says_among(state: State, candidate: Candidate) -> bool:
    """Whether 其中 or 包括 opens a list here; inside a bracket that is closed again it does not."""
    if "w.among" not in candidate.before:
        return False
    closed = candidate.bound + candidate.between.rfind("）")
    opened = state.folded.rfind("（", candidate.bound, max(closed, candidate.bound))
    inside = range(opened, closed) if opened >= 0 else range(candidate.bound, closed)
    acts = any(t.kinds & VERB for t in candidate.own)  # 栏目包括规划、计划，主动公开信息90条
    left = [t for t in candidate.left if not acts or _leads_list(state, t)]
    words = (*candidate.own, *left)
    return any("w.among" in t.classes and t.start not in inside and _opens_list(state, t) for t in words)


def _leads_list(state: State, among: Term) -> bool:
    """Whether 其中, or 包括 with a colon, divides whatever verb stands in the names behind it."""
    return state.folded.startswith("其中", among.start) or state.folded.startswith(("：", "，"), among.end)


def _opens_list(state: State, among: Term) -> bool:
    """公开包含方案、预告等67条信息: 包含 behind a verb says what is in them, it divides no total."""
    assert state.sentence is not None
    if state.folded.startswith(_DIVIDES, among.start):
        return True
    if state.folded[among.start - 1] not in _BEGINS and _HAVING.match(state.folded, among.start):
        return False  # 撤回含身份证号的公告2件
    return _LED.search(state.folded, max(state.sentence.start, among.start - 3), among.start) is None


def _divides(state: State, candidate: Candidate) -> bool:
    """Whether other words than 其中 open a list of parts."""
    between = candidate.between
    words = _OF_WHICH.search(between) if _MAY_DIVIDE.search(between) else None
    divided = words is not None
    if divided and "信息：" in between:  # 2023年公开信息：机构类12条, behind a total
        divided = state.frame is not None and state.frame.metric == INFORMATION
    if divided and "内容：" in between:  # 主动公开内容：…, where no whole is told
        divided = state.frame is not None
    if words is not None and words[0].endswith(_ASPECTS):  # 平台渠道方面，…, where no total was told
        divided = state.last is not None and state.last.metric == INFORMATION
    if divided and between.startswith("里"):  # 信息90条里，动态50条, but 一年里，发布…
        divided = state.last is not None and state.last.start >= candidate.sentence.start
    return divided or covers(state, candidate)


def _which_came(state: State, candidate: Candidate) -> Draft:
    """上年结转13宗，其中公民申请12宗: those carried in where the part is no larger, else those that came."""
    last, value = state.frame, candidate.quantity.value
    whole = last.value if last is not None and last.metric == "applications_carried_in" else None
    if last is not None and whole is not None and value is not None and value <= whole:
        return last
    return state.totals[_RECEIVED]


def _is_of_untold(state: State, candidate: Candidate) -> bool:
    """图解14份。通过网站公开信息，其中网站88条: parts of what no number tells, not of the last whole."""
    frame, last, start = state.frame, state.last, candidate.sentence.start
    told = last is not None and last.start >= start
    if frame is None or frame.metric in (INFORMATION, PART) or told:
        return False
    return _OF_INFORMATION.search(state.folded, start, candidate.quantity.start) is not None


def _whole_with_room(state: State, candidate: Candidate, alike: list[Draft]) -> Draft | None:
    """公开信息900条，公众号发布80条; behind it 公开的信息中，动态510条: no part is larger than its whole."""
    frame, value = state.frame, candidate.quantity.value
    if frame is None or frame.value is None or value is None or frame.metric != INFORMATION:
        return frame
    if frame.paragraph == candidate.sentence.paragraph or value <= frame.value or not frame.channel:
        return frame
    wholes = (m for m in alike if m.metric == INFORMATION and m.value is not None and m.value >= value)
    return next(wholes, frame)


def _begin_list(state: State, candidate: Candidate, near: frozenset[str]) -> None:
    """Choose the whole that a list of parts is of: the latest that is counted alike."""
    state.listed_by_channel = any(n.startswith("ch.") for n in near)
    verbs = any("v.publish" in t.classes and not t.kinds & COUNTED for t in candidate.own)
    state.list_led = verbs and _COLON.search(candidate.between) is not None
    groups = state.rules.counter_groups(candidate.quantity.unit)
    alike = [m for m in reversed(state.recent) if not m.counters.isdisjoint(groups)]
    last = state.last
    if last is not None and last.metric == "fee_amount" and candidate.bound == state.last_end:
        # 收取信息处理费390元。其中，林业局2件，收取150元
        state.frame = next((m for m in alike if m.metric in _CHARGED), last)
    elif _is_of_untold(state, candidate):
        state.frame = state.totals.get(INFORMATION)
    elif last is not None and last.metric == PART and state.same_counter(last, candidate):
        state.frame = last  # 业务类860条。其中县级120条: a part that is divided in its turn
    elif _RECEIVED in state.totals and "n.apply" in candidate.before:
        state.frame = _which_came(state, candidate)
    elif state.frame is None or (candidate.quantity.unit and state.frame.counters.isdisjoint(groups)):
        state.frame = next(iter(alike), state.frame)
    elif state.frame.unit != "item" and not state.same_counter(state.frame, candidate):
        # 信息640条，点击3万次。其中政策40条
        state.frame = next((m for m in alike if state.same_counter(m, candidate)), state.frame)
    elif state.frame.value == 0 and candidate.quantity.value:  # 复议9宗、诉讼0宗，其中4宗维持
        state.frame = next((m for m in alike if m.value), state.frame)
    state.frame = _whole_with_room(state, candidate, alike)
    state.parent = state.frame
    next_to = candidate.bound == state.last_end or candidate.between.lstrip().startswith("其中")
    next_to &= last is not None and last.paragraph == candidate.sentence.paragraph
    if last is not None and next_to and is_of_gazette(last):
        state.parent = last  # 公报出刊3期，其中发布讲话9条
    divided = state.unnamed or state.frame
    whole = divided.value if divided is not None else None
    state.rest, state.summed = None if whole is None else exact(whole), 0
    state.parts_moved = False
    divides = state.frame is not None and state.frame.metric == INFORMATION
    state.adds_up = _end_of_sum(candidate, state) if divides else -1


def _end_of_sum(candidate: Candidate, state: State) -> int:
    """Where the numbers from here on come to the whole exactly, -1 where they do not.

    What stands in a bracket of a member divides that in its turn.
    """
    rest, quantities, first = state.rest, candidate.sentence.quantities, candidate.quantity
    if rest is None or first.value is None or rest <= first.value:
        return -1
    place = bisect_left(quantities, first.start, key=_start_of)
    depth, at = 0, first.start
    for quantity in quantities[place : place + _MOST_MEMBERS]:
        depth += state.folded.count("（", at, quantity.start) - state.folded.count("）", at, quantity.start)
        at = quantity.start
        if depth > 0 or quantity.value is None or not state.rules.counts_items(quantity.unit):
            continue
        rest -= exact(quantity.value)
        if rest <= 0:
            return quantity.outer_end if rest == 0 else -1
    return -1
