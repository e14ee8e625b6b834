"""Documents that were made, filed, gone through, and those of them that are public.

制作政府信息90条，其中主动公开70条; 产生公文90件，不予公开20件; 印发文件64件，主动公开51件，需要解读的8件.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import INFORMATION, Draft, Reading
from gxnlp.metrics.lists.continuing import some_of
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.running.state import State

_MADE = deferred(
    r"(?:(主动公开|予以公开|全部公开)|依申请公开|依申请提供|不予公开|免予公开|不公开)的?(?:类|属性)?的?"
    r"(?:政府)?(?:信息|文件|公文)?(?:总?数量?|条数)?[：:为有共达]{0,2}\s?$"
)
"""制作政府信息90条，其中主动公开70条、不予公开20条: of what was made, what is public."""
_PUBLIC = deferred(
    r"[，；（](?:其中)?[，：]?(?:(?:<通过>|在)[^，。；：0-9]{2,24})?已?(?:标?注明?|确定为|核定为|认定为|划定为|定为|列为|标为|属性为|转为)?主动公开的?(?:文件|公文)?(?:有|为|共)?"
)
"""印发文件64件，主动公开51件: of the documents, those that are public."""
_FILED = deferred(r"(?:备案|审核|审签|核稿|核发)[^，。；：0-9公]{0,10}(?:公文|文件|发文)(?:共计?)?$")
"""备案公文90件，主动公开80件: what was gone through; of it what is public are documents."""
_ON_FILE = deferred(
    r"备案了?公文类(?:政府)?信息(?:<共>)?$"
    r"|公文(?:类(?:的?(?:政府)?信息)?)?(?:目录)?(?:备案|报备)(?:总?[数量])?(?:<共>|为|达)?$"
)
"""公文类政府信息备案126件: the step behind its object."""
_CLEARED = deferred(
    r"(?:共|全面|集中|累计|全年|逐件)清理(?:了|出|历年|历史|以往|政府|行政|现行|[、和])*(?:公文|文件|发文)(?:<共>)?$"
)
"""共清理文件312份: gone through, not issued."""
_SORTED = deferred(r"[清梳]理(?:出|了|历年|各类|以往|的)*(?:政府|政务|可公开|应公开)?的?信息(?:<共>|有)?$")
"""清理政府信息900条，其中主动公开700条、依申请公开150条: gone through, no applications."""
_PRODUCED = deferred(r"(?:产生|形成)[^，。；：0-9信]{0,8}文件(?:共计?|合计)?$")
"""全年产生行政文件90件: as those that are issued."""
_GIVEN_STATUS = deferred(
    r"(?:[公发]文|文件|信息|^|[，、；。：])(?:的|主动公开|依申请公开|不予公开|公开|源头|全年|<共>)*属性(?:源头|审核|的|进行)*(?:认定|标注|界定|核定|确定)(?:公文|文件|<共>|为|数)*$"
)
"""公文公开属性认定90件, 依申请公开属性认定40件: a step that papers pass."""
_FILED_WITHIN = 24
_OFFICIAL = deferred(
    r"(?:产生|形成|生成|制作|拟制|新增)了?(?:各类|各种|行政)?公文(?:类的?)?(?:政府|政务)?(?:信息)?(?:<共>|总[数量]|有|为|达)*$"
)
"""产生公文类政府信息90件: what was written, public or not."""
_LAID_OPEN = deferred(r"[，、；（](?:均?已)?(?:全部|对外|向社会)?公开了?(?:的有|的)?")
"""出台政策15项，公开12项: of the documents, as long as there are no more of them."""
_DOCUMENTS = frozenset({"last.policy_docs", "last.normative_docs", "last.other_metric"})
_MARKED = deferred(
    r"(?:印发|制发|下发|出台)[^，。；0-9]{0,12}(?:文件|公文)[中里]，?(?:标?注明?|确定|认定|属于|属性)?为?主动公开的(?:有|共|为)?$"
)
"""印发的文件中，标注主动公开的24件: documents that are public."""
_REVIEWED = deferred(r"[对将把][^，。；]{0,18}(?:制发|印发|制定|形成|产生)的(?:历史)?$")
_IS_REVIEWED = deferred(
    r"(?:历史)?(?:公文|文件)(?:逐[件一份]|全面|集中|重新)?(?:开展|进行|予以|作)[^，。；]{0,8}(?:回溯|审核|审查|清理|梳理|认定|复核|评估|标注)"
)
"""对历年制发的264件文件开展属性回溯: documents gone through, not issued."""
_STOCK = deferred(
    r"(?:^|[，。；：、])[对将把][^，。；：]{2,30}(?:文件|公文|批复|档案|发文|制度)(?:<共>|约|等)*$"
)
_IS_GONE_THROUGH = deferred(
    r"(?:逐[件一份]|全面|集中|重新|统一|再次)*(?:开展|进行|予以|作)?了?(?:全面|集中|逐[件一份])?"
    r"(?:回溯|审核|审查|清理|清点|梳理|认定|甄别|鉴定|筛查|排查|复核|核定|归档|编目|清查)"
)
"""对历年形成的批复文件90件进行清点: gone through, not issued."""
_LONGEST_STOCK = 36
_ISSUED = frozenset({"policy_docs", "normative_docs"})
_TO_INTERPRET = deferred(
    r"[，、；（]?(?:(?:政策)?文件)?(?:里面?|当?中)?[，：]?(?:其中)?[，：]?(?:属于?)?(?:需要?|应当?|应予|应该|可以?|适宜|须|必须|未|列入|已)(?:同步|配发|配套|进行|作出|开展)*解读(?:范围|清单)?的(?:文件)?(?:有|为|共)?"
)
"""出台的31件文件里，需要解读的8件: documents, no interpretations."""
_ON_REQUEST = frozenset({"overview.on_request", "applications", "review"})
_DONE = deferred(
    r"(?:^|[，。；：、局委办县市区州机关单位])(?:政府信息公开|对)?申请(?:答复|办结|处理|办理(?=[总数量]))(?:总?数?量?)(?:为|共|计|达|：)?$"
)
_LONGEST_TAIL = 24
_PAPERS = deferred(
    r"公文(?:类(?:政府)?信息)?(?:备案|报备)?(?:共计?|有)?[0-9]|(?:制发|印发|制作|拟制|办理|审核|出台|产生|形成|生成)[^，。；]{0,8}(?:公文|文件)|(?:认定|标注|审查|确定|明确|界定)[^，。；]{0,8}属性"
    r"|(?:公文|文件)[^，。；]{0,6}属性[^，。；]{0,6}(?:认定|标注|审核|审查)|公文类[^，。；0-9]{0,8}属性|[清梳]理(?:出|了)?[^，。；0-9]{0,6}信息[0-9]"
)
_IN_FORCE = deferred("(?:现行|继续|仍然?|依然|保留|现)有效的?(?:文件)?(?:共|共有|为)?$")
"""规范性文件废止3件，现行有效的40件文件全部上网: of the same kind."""


def read_documents(candidate: Candidate, said: frozenset[str], state: State) -> Reading | None:
    """Applications done, papers made, documents of which some are public."""
    rules, last, tail = state.rules, state.last, candidate.between[-_LONGEST_TAIL:]
    if "申请" in tail and _DONE.search(tail) and "case" in rules.counter_groups(candidate.quantity.unit):
        return Reading("applications_handled", "item", None, "done", 0.9, counters=frozenset({"case"}))
    if "属性" in tail and _GIVEN_STATUS.search(tail) and rules.counts_items(candidate.quantity.unit):
        return Reading("other_metric", "item", None, "status", 0.9, counters=ITEM)
    if _of_papers(candidate, state):
        return Reading("other_metric", "item", None, "papers", 0.9, measure="part", counters=ITEM)
    if _MARKED.search(candidate.between) and "document" in rules.counter_groups(candidate.quantity.unit):
        return Reading("policy_docs", "item", None, "marked", 0.9, counters=frozenset({"document"}))
    standing = last is not None and last.metric.startswith("normative_docs") and _IN_FORCE.search(tail)
    if standing and "document" in rules.counter_groups(candidate.quantity.unit):
        return Reading(
            "normative_docs_valid", "item", None, "in force", 0.9, counters=frozenset({"document"})
        )
    if (
        "理" in tail and _SORTED.search(tail) and rules.counts_items(candidate.quantity.unit)
    ) or _is_reviewed(candidate, state):
        return Reading("other_metric", "item", None, "reviewed", 0.9, counters=ITEM)
    if "document" in rules.counter_groups(candidate.quantity.unit) and (read := _of_step(candidate, state)):
        return read
    if "topic.made" in said and (made := _of_made(candidate, rules)):
        return made
    if not _DOCUMENTS.isdisjoint(said) and last is not None and _is_public(candidate, last, state):
        whole, value = state.totals.get("policy_docs", last), candidate.quantity.value or 0
        beyond = last.value is not None and value > last.value and whole.sentence == last.sentence
        return some_of(whole if beyond else last, "public")  # 印发文件40件，其中规范性文件5件，主动公开30件
    return None


def _of_step(candidate: Candidate, state: State) -> Reading | None:
    """Documents by the step of their making that is told: written, filed, issued."""
    between = candidate.between
    tail = between[-_LONGEST_TAIL:]
    if "公文" in tail and _OFFICIAL.search(between):
        return Reading("other_metric", "item", None, "official", 0.9, counters=ITEM)
    if "文" in tail and any(step.search(tail) for step in (_FILED, _ON_FILE, _CLEARED)):
        return Reading("other_metric", "item", None, "filed", 0.9, counters=ITEM)
    if "文" in tail and _PRODUCED.search(tail):
        return Reading("policy_docs", "item", None, "produced", 0.9, counters=ITEM)
    if _is_of_filed(candidate, state):
        return Reading("policy_docs", "item", None, "of filed", 0.9, measure="total", counters=ITEM)
    last = state.last
    if last is None or last.metric not in _ISSUED or candidate.bound != state.last_end:
        return None
    asked = "解读的" in tail and _TO_INTERPRET.fullmatch(between) is not None
    return some_of(last, "to interpret") if asked and state.same_counter(last, candidate) else None


def _is_reviewed(candidate: Candidate, state: State) -> bool:
    """Whether papers of earlier years were gone through, counted before or behind their noun."""
    start = candidate.quantity.outer_start
    told = state.folded[max(candidate.sentence.start, start - _LONGEST_STOCK) : start]
    if _STOCK.search(told) and _IS_GONE_THROUGH.match(state.folded, candidate.quantity.outer_end):
        return True
    return bool(_REVIEWED.search(told[-_LONGEST_TAIL:]) and _IS_REVIEWED.match(candidate.follows))


def _of_papers(candidate: Candidate, state: State) -> bool:
    """印发公文120件，依申请公开10件、不予公开65件: papers that are not public, no applications."""
    part = _MADE.search(candidate.between) if "公开" in candidate.between[-_LONGEST_TAIL:] else None
    if part is None or part[1] or candidate.sentence.section.code in _ON_REQUEST:
        return False
    told = state.folded[candidate.sentence.start : candidate.bound]
    return _PAPERS.search(told) is not None and state.rules.counts_items(candidate.quantity.unit)


def _of_made(candidate: Candidate, rules: Rules) -> Reading | None:
    """A part of the information that was made: what of it was published, and the rest."""
    part = _MADE.search(candidate.between)
    if part is None or not rules.counts_items(candidate.quantity.unit):
        return None
    metric = INFORMATION if part[1] else "other_metric"
    return Reading(metric, "item", None, "made", 0.9, measure="total", counters=ITEM)


def _is_public(candidate: Candidate, last: Draft, state: State) -> bool:
    """Whether a number says how many of the documents just counted are public."""
    if not state.same_counter(last, candidate):
        return False
    value = candidate.quantity.value
    fits = value is not None and last.value is not None and value <= last.value
    if fits and last.metric in ("policy_docs", "normative_docs") and _LAID_OPEN.fullmatch(candidate.between):
        return True
    return _PUBLIC.fullmatch(candidate.between) is not None


def _is_of_filed(candidate: Candidate, state: State) -> bool:
    """备案公文90件，其中规范性文件1件，主动公开80件: documents, by what the sentence began with."""
    if not (_PUBLIC.fullmatch(candidate.between) or _LAID_OPEN.fullmatch(candidate.between)):
        return False
    told = state.unnamed or state.last
    if told is None or told.metric != "other_metric" or told.sentence.start != candidate.sentence.start:
        return False
    first = max(candidate.sentence.start, told.start - _FILED_WITHIN)
    return _FILED.search(state.folded, first, told.start) is not None
