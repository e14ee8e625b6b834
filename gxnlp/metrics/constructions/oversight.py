"""Oversight told of by a construction: who was held to account, what was checked, trainings attended.

对3名责任人予以通报批评, 追究公开责任2人, 抽查各科室网页6次: the noun next to the number says something else.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading, unit_of
from gxnlp.metrics.running.state import State

_OVERVIEW = "overview"
_PERSONS = frozenset({"人", "名", "位", "人次", "名次"})
_BODIES = frozenset({"个", "家"})
_ROUNDS = frozenset({"次", "轮", "轮次", "遍", "回", "场次"})
_DISCLOSES = deferred("公开|信息|网站|更新|发布|政务|答复|栏目")
_DISCIPLINE = deferred("党纪|政纪|违纪|立案|监督执纪|纪检|作风|扶贫|酒驾|巡察")
"""给予党纪处分9人: what inspectors of discipline do besides."""
_BLAMED = "问责|追责|责任追究|追究责任|处分|诫勉|批评教育|通报批评|组织处理|效能告诫"
_ACCOUNTABLE = deferred(
    rf"[^，。；0-9]{{0,16}}?(?:予以|进行|给予|作出|作了|实施|实行|受到|被|因)?[^，。；0-9]{{0,10}}?(?:{_BLAMED})"
)
_BODY_ACCOUNTABLE = deferred(
    r"(?:责任|有关|相关)?(?:单位|部门|乡镇|街道|科室)[^，。；0-9]{0,12}?(?:问责|追责|追究)"
)
_TOWARDS = deferred(r"(?:对|将|给予|予以)[^，。；0-9]{0,28}$")
_NAMED = deferred(
    rf"(?:追究[^，。；0-9]{{0,12}}责任|{_BLAMED})(?:谈话)?的?(?:有关|相关)?(?:责任)?(?:工作人员|人员|人|干部|民警|编辑|同志|职工|经办人)?(?:共|计|了|的有?)?$"
)
"""追究信息公开责任2人, 通报批评3人."""
_OBJECT = deferred(
    r"(?:检查|抽查|巡查|督查|监测|检测|排查|核查|抽检|巡检|体检|普查|巡网|暗访)了?"
    r"[^，。；：、0-9]{0,16}(?:栏|网站|网页|栏目|账号|公众号|新媒体|平台|目录|专区|屏|屏幕|点|场所)(?:建设|更新|运行)?(?:情况)?(?:共|计|达)?$"
    r"|(?:检查|抽查|督查|督导|暗访|督促)[^，。；：、0-9]{0,10}公[示开](?:工作|情况|落实)+(?:共|计|达)?$"
)
"""抽查各科室网页6次, 检查村级公示栏3轮: checks, by what was checked."""
_WENT_OVER = deferred(
    r"(?:(?:对照|比照|对着|按照?)[^，。；0-9]{2,12}|(?:^|[，、；])(?:<全年>|<共>|一年|先后|一共|又)*(?:对[^，。；0-9]{2,12})?)"
    r"(?:自?查|检查|清查|排查)(?:过|了|看了)$|[，；](?:<全年>|<共>|一年|一共)+(?:自?查|检查)$"
)
"""对照目录查了4遍, 每季度查一遍，全年查了4回: rounds of a check that is told by its verb alone."""
_ORGANISED = deferred(r"在?[^，。；0-9]{2,16}(?:组织|开展|进行)的$")
_THEIR_CHECKS = deferred(
    r"[^，。；0-9]{0,10}(?:检测|检查|抽查|评估|测评|普查|监测|督查|考核)(?:[当之]?中|里|，|均|都|全部)"
)
"""在省厅组织的4次检测中均合格."""
_ABOUT_DISCLOSURE = deferred(
    r"(?:反映|投诉|举报)[^，。；：、0-9]{0,10}公开[^，。；：、0-9]{0,8}"
    r"(?:不到位|不及时|不规范|不全面|不完整|不够|问题|迟缓)[^，。；：、0-9]{0,3}的?(?:问题|投诉|举报)?(?:有|共|计)?$"
)
"""其中反映信息公开不到位的8件: of complaints of business, those about disclosure."""
_PROPOSED = deferred(
    r"[，、；](?:共|累计)?(?:提出|反馈|出具|给出)(?:了|修改|审查|审核|合法性|书面|法律|工作|各类|、|和)*(?:意见|建议)+(?:共)?"
)
_VETTED = deferred(
    "(?:审查|审核|审计|评审|论证)(?:规范性文件|合同|文件|草案|项目)?[^，。；0-9]{0,6}[0-9][0-9.,万余多]{0,6}[^，。；0-9]{0,2}$"
)
_NEAR = 30
"""合法性审核36件，提出意见90条: those who reviewed said so, nobody was asked."""
_SURVEYED = deferred(
    r"(?:发放|发出|派发|投放|印发|发送|收集|收到|回收|收回)(?:了|各类|(?:政[府务]|信息|公开|工作){1,4}(?=满意度|测评|评议)|满意度|测评|评议|调查|有效|线上|网络|纸质)*问卷(?:调查)?表?(?:共|计|达|约)*$"
)
_TAKEN_BACK = deferred(
    r"[，、；（](?:其中)?(?:共|实际|已)?(?:回收|收回|有效)(?:有效)?(?:问卷|答卷)?(?:共|达|计)?"
)
_NEXT_SENTENCE = 30
"""Characters of the sentence behind, where what was asked may be told (收回1,874份。师生的满意率为96%)."""
_SURVEY = deferred(r"(?:问卷|满意度|民意)(?:调查|测评)(?:活动)?(?:共|计)?$")
_ON_SATISFACTION = deferred("满意|评议|测评")
_ON_DRAFTS = deferred("草案|征求|征集|决策|意见")
"""开展问卷调查1次，发放问卷500份，回收486份，满意度95%: no opinions on a draft."""
_SAMPLED = deferred(
    r"(?:抽检|抽查|评查|抽取|评审)了?(?:[^，。；0-9]{0,8})?(?:答复书?|文书|答复文书|案卷|答复件)(?:共)?$"
)
"""抽检答复文书40份."""
_CASES = frozenset({"件", "起", "宗", "条", "例", "次"})
_ATTENDED = deferred(
    r"(?:^|[，；、。])[^，。；0-9]{0,12}(?:参训|参加(?:业务|集中|专题)?(?:培训|学习))(?:共|了|达)?$"
)
_OF_BODIES = frozenset({"家", "家次", "个", "个次"})
_BODIES_NAMED = deferred(r"(?:约谈|通报(?:批评)?)了?[^，。；、0-9]{0,12}$")
_IS_BODY = deferred("(?:网站|单位|部门|账号|新媒体|公众号|乡镇|街道)(?:共)?$")
"""通报问题网站6个, 点名通报5家次: bodies, which are none of ours (guideline part 2, rule 15)."""
_MARKET = 60
_MARKETS = deferred(
    "双随机|市场监管|事中事后|监管信息|部门联合抽查|跨部门"
    "|(?:施工|工地|安全生产|食品安全|消防安全)[^。；公信网]{0,24}检查[^。；公信网]{0,8}$"
)
_PAPERS = frozenset({"份", "张", "件", "宗"})
_SHEETS = _PAPERS | {"次", "场", "场次"}
_SURVEY_WORDS = ("卷", "表", "共", "计", "达", "约", "调查", "测评", "活动", "书", "件")
_TAUGHT = frozenset({"次", "期", "回", "场", "场次", "轮"})


def read_oversight(candidate: Candidate, state: State) -> Reading | None:
    """What a count of oversight is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    unit = "".join(candidate.quantity.unit.split())
    if _is_accountable(candidate, unit, state):
        return Reading("accountability", "item", None, "accountable", 0.9)
    if unit in _CASES and _ABOUT_DISCLOSURE.search(candidate.between):
        return Reading("complaints", "item", None, "about disclosure", 0.9, counters=frozenset({"case"}))
    if unit in _SHEETS and (surveyed := _of_survey(candidate, unit, state)) is not None:
        return surveyed
    if (
        unit in _OF_BODIES
        and _BODIES_NAMED.search(candidate.between)
        and (unit[0] == "家" or _IS_BODY.search(candidate.between))
    ):
        return Reading("", "", None, "bodies named", 0.0)
    if unit in _ROUNDS and _of_market(candidate, state):
        return Reading("", "", None, "of markets", 0.0)
    if unit in ("条", "个", "项") and _PROPOSED.fullmatch(candidate.between):
        first = max(candidate.sentence.start, candidate.bound - _NEAR)
        vetted = _VETTED.search(state.folded, first, candidate.bound)
        if vetted is not None:
            return Reading("", "", None, "proposed", 0.0)
    if unit in _ROUNDS and _is_check(candidate, state):
        return Reading("inspections", "session", None, "checked", 0.9, counters=frozenset({"round"}))
    if unit in _TAUGHT and _ATTENDED.search(candidate.between):
        return Reading("trainings", "session", None, "attended", 0.9, counters=frozenset({"session"}))
    return None


def _of_market(candidate: Candidate, state: State) -> bool:
    """开展“双随机、一公开”抽查90次: checks of firms, whatever is public of them."""
    if not candidate.between.endswith(("查", "检查", "监管", "共")) or "网站" in candidate.between:
        return False
    first = max(candidate.sentence.start, candidate.bound - _MARKET)
    return _MARKETS.search(state.folded, first, candidate.quantity.outer_start) is not None


def _of_survey(candidate: Candidate, unit: str, state: State) -> Reading | None:
    """What a count of papers is: those of a survey of satisfaction, answers that were looked at again."""
    between, sentence = candidate.between, candidate.sentence
    last = state.last if candidate.bound == state.last_end else None
    back = last is not None and last.rule == "survey" and _TAKEN_BACK.fullmatch(between)
    if not back and not between.endswith(_SURVEY_WORDS):
        return None
    told = state.folded[sentence.start : sentence.end]
    asked = (_SURVEYED if unit in _PAPERS else _SURVEY).search(between) is not None
    pleased = _ON_SATISFACTION.search(state.folded, sentence.start, sentence.end + _NEXT_SENTENCE)
    asked &= _ON_DRAFTS.search(told) is None and pleased is not None
    if back or asked:
        return Reading("other_metric", unit_of("other_metric", unit), None, "survey", 0.85)
    if unit in _PAPERS and _SAMPLED.search(between):
        return Reading("other_metric", unit_of("other_metric", unit), None, "sampled", 0.85)
    return None


def _is_accountable(candidate: Candidate, unit: str, state: State) -> bool:
    """Whether a number counts those who were held to account over disclosure."""
    if unit not in _PERSONS and unit not in _BODIES:
        return False
    sentence, end = candidate.sentence, candidate.quantity.outer_end
    told = state.folded[sentence.start : sentence.end]
    after = state.last is not None and state.last.metric == "accountability"
    ours = after or sentence.section.code == "overview.supervision" or _DISCLOSES.search(told)
    if _DISCIPLINE.search(told) or not ours:
        return False
    if unit in _PERSONS and _NAMED.search(candidate.between):
        return True
    if not _TOWARDS.search(candidate.between):
        return False
    behind = _ACCOUNTABLE if unit in _PERSONS else _BODY_ACCOUNTABLE
    return behind.match(state.folded, end, sentence.end) is not None


def _is_check(candidate: Candidate, state: State) -> bool:
    """Whether rounds are of checks, by what was checked or by who held them."""
    if _OBJECT.search(candidate.between):
        return True
    if candidate.between.endswith(("了", "过", "查")) and _WENT_OVER.search(candidate.between):
        told = state.folded[candidate.sentence.start : candidate.sentence.end]
        return _DISCLOSES.search(told) is not None or candidate.sentence.section.code.startswith(_OVERVIEW)
    organised = _ORGANISED.search(candidate.between)
    return bool(organised) and _THEIR_CHECKS.match(state.folded, candidate.quantity.outer_end) is not None
