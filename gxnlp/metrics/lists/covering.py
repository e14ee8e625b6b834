"""Words that say what a total covers: 内容涵盖…, 申请内容主要涉及… open a list of its parts."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import OUTCOME
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, Draft
from gxnlp.metrics.running.state import State

_COVERS = deferred(
    r"[，；]\s*(?:<发布>|信息|申请人?|诉求|反映|留言|来信|咨询)?(?:的?(?:内容|类型|类别|范围|事项|问题|诉求))?(?:(?:主要|具体|分别)?"
    r"(?:涵盖|涵括|覆盖|囊括|涉及|分为|集中在|集中于)|(?:主要|具体|分别)(?:为|是|有|由)|既有)：?[^，；：0-9]+$"
)
"""公开信息52条，内容涵盖政务信息14条: words that open a list of parts where they are counted alike."""
_TIMES = deferred(
    r"[，（](?:约|近)?(?:是|为|达到?)?[^，。；0-9]{0,2}(?:上年|去年|上一年|20[0-9]{2}年)(?:度|同期)?的近?"
    r"[0-9.]{1,5}倍）?"
)
"""，是上年的1.6倍: what stands between a total and what it covers."""
_FIELDS = deferred(
    r"[，；（](?:申请|诉求|反映|咨询)?的?(?:内容|事项|类型|信息|问题)?(?:主要|大致|具体|可)*(?:涉及|涵盖|集中[在于]|分为|包括|有|为)"
    r"(?:以下|如下)?[一二两三四五六七八九十0-9]{1,2}个?(?:大类|方面|领域|类)[^，。；：0-9]{0,4}："
    r"(?:一是|1[.、．]|（一）|①)?[^，。；：0-9]{2,16}"
)
_FAR = 60
_HAD = frozenset({"applications_received", "info_published", "hotline_cases", "messages"})
_BROUGHT = frozenset({"applications_received", "hotline_cases", "messages"})
_ABOUT = deferred(
    r"\s*(?:(?:申请|诉求|反映|留言|来信|咨询|工单)(?:公开)?的?(?:政府)?(?:信息)?(?:内容|类型|类别|事项|问题|诉求)?|(?:信息)?(?:内容|事项|类别))(?:主要|具体)?"
    r"(?:涉及|涵盖|集中[在于]|包括|是|为)[^，；。0-9]+$"
)
_RANKED = deferred(
    r"\s*从?(?:申请|诉求|反映|留言|来信|咨询|工单|受理|办理)?的?(?:内容|类型|类别|事项|问题|诉求|数?量)*(?:来看|看)?，?(?:数?量)?"
    r"(?:(?:排名|排在|居于?|位居|位列|列)?在?前(?:[一二三四五六七八九十0-9]{1,2}[位名类个项大]?|列)|较多|较大|最多|靠前|居前|排名靠前)的?"
    r"(?:[一二三四五六七八九十两0-9]{0,2}[个类项大])?(?:部门|领域|事项|类别|方面|单位)?(?:分别|依次|主要)?"
    r"(?:涉及|集中[在于]|包括|是|为|有)：?[^，。；0-9]+(?:，(?:分别|依次)(?:为|是|有)?)?$"
)
"""申请数量排名前三位的是：房屋征收28件、财政12件; 申请内容前两类是甲、乙，分别为9件、7件."""
_BODIES_RANKED = deferred(
    r"(?:[，；]|^)\s*(?:信息)?(?:主动)?(?:<发布>|申请|受理|上报|报送)?(?:信息)?(?:的)?(?:总?数?量|条数|件数)?"
    r"(?:(?:排名|排在|居于?|位居|位列|列)?在?前(?:[一二三四五六七八九十0-9]{1,2}[位名家个]?|列)|较多|较大|最多|居前|靠前|排名靠前)的?"
    r"(?:[一二三四五六七八九十0-9]{1,2}[个家])?(?:部门|单位|乡镇|镇街|街道|县区|区县|科室)?(?:分别|依次|主要)?(?:是|为|有)：?[^，。；0-9]+$"
)
"""公开数量较大的部门为：县发改局20条、县财政局8条."""
_SPLIT_BY_LEVEL = frozenset({"media_reports", "proposals_npc", "proposals_cppcc"})
_OUTCOMES = frozenset({"granted", "partial", "denied", "unavailable", "rejected", "other"})


def covers(state: State, candidate: Candidate) -> bool:
    """Whether the last total is said to cover what follows, counted by the same word."""
    if _brought_about(state, candidate) or _names_bodies(state, candidate):
        return True
    if _in_fields(state, candidate):
        return True
    if state.last is None or not _COVERS.match(candidate.between):
        return False
    if candidate.bound != state.last_end and not _TIMES.fullmatch(
        state.folded, state.last_end, candidate.bound
    ):
        return False
    if divides_alone(state.last) and any(t.kinds & OUTCOME for t in candidate.own):
        return False  # 不公开9件，涉及商业秘密不予公开7件
    pieces = state.last.metric == INFORMATION and candidate.between.startswith("，分别")
    alike = state.same_counter(state.last, candidate)
    alike |= pieces and state.rules.counts_items(candidate.quantity.unit)  # 信息33条，分别为公告4篇
    if state.last.aspect == "level" and alike:
        return True
    whole = state.frame  # 信息90条，全文电子化率100%，内容涵盖机构类12条
    told = whole is not None and whole.sentence.start == candidate.sentence.start
    return told and whole is not None and state.same_counter(whole, candidate)


def _in_fields(state: State, candidate: Candidate) -> bool:
    """收到申请88件，主要集中在三个方面：一是征地类46件: fields are counted between a total and its parts."""
    last, start = state.last, candidate.quantity.outer_start
    if last is None or last.metric not in _BROUGHT or "：" not in candidate.between:
        return False
    between = last.aspect == "level" and candidate.bound > state.last_end > start - _FAR
    told = between and _FIELDS.fullmatch(state.folded, state.last_end, start)
    return bool(told) and state.same_counter(last, candidate)


def _brought_about(state: State, candidate: Candidate) -> bool:
    """收到申请9件。申请内容主要涉及：甲5件，乙4件: the next sentence says what they were about."""
    whole, first = state.frame, candidate.bound == candidate.sentence.start
    if not first or whole is None or whole.metric not in _BROUGHT:
        return False
    if not _ABOUT.match(candidate.between) and not _RANKED.match(candidate.between):
        return False
    near = whole.paragraph == candidate.sentence.paragraph
    return near and state.same_counter(whole, candidate)


def _names_bodies(state: State, candidate: Candidate) -> bool:
    """公开信息900条，公开量居前的部门是甲20条、乙8条: those of all that had most."""
    whole, between = state.frame, candidate.between
    if whole is None or not ("多" in between or "前" in between or "大" in between):
        return False
    near = whole.paragraph == candidate.sentence.paragraph and state.same_counter(whole, candidate)
    return near and whole.metric in _HAD and _BODIES_RANKED.match(between) is not None


def divides_alone(draft: Draft) -> bool:
    """Whether a bracket behind a member divides that member: outcomes, and 媒体报道92篇（国家级3篇）.

    So it does behind 建议21件（省级2件、市级6件).
    """
    outcome = draft.metric.startswith("applications_") and draft.metric[13:] in _OUTCOMES
    return outcome or draft.metric in _SPLIT_BY_LEVEL
