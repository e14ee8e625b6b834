"""Applications told of by a clause of their own: what became of them, and which of them they were.

收到申请9件，2件因涉及商业秘密不予公开，1件留待下年; 收到申请9件，6件来自个人: the number stands first, and
what is counted behind it, as far away as the clause goes.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import NOUN, OUTCOME, Term
from gxnlp.metrics.constructions.passed_on import passed_on
from gxnlp.metrics.constructions.plain_fates import plain_fate
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, Reading, subject_metric
from gxnlp.metrics.lists.continuing import some_of
from gxnlp.metrics.lists.listing import REFUSALS
from gxnlp.metrics.running.state import State

_RECEIVED = "applications_received"
_OUTCOMES = frozenset(f"applications_{name}" for name in ("granted", "partial", "denied", "unavailable"))
_GIVEN_OUT = {"applications_granted", "applications_partial"}
_REFUSED = ("不予公开", "不同意公开", "无法提供", "不予处理", "其他处理", "其它处理")
_JOINS = deferred(r"”?[的类]?(?:[、和及与或/]|以及|或者)(?:予以|同意)?“?|”“")
_IS_SO_MUCH = deferred(r"”?[的类]?(?:申请|事项|情形)?(?:有|<共>|为|计)?")
_PAIRED = frozenset({"w.each", "w.respective"})
_CASE = frozenset({"case"})
_CASES = frozenset({"n.review", "n.lawsuit"})
_DISPUTES = frozenset({"reviews", "lawsuits", "complaints"})
_TOLD = frozenset({_RECEIVED, "applications_handled"})
_SECTIONS = ("overview.on_request", "applications")
_LAST_YEAR = frozenset({"w.last_year", "date.before"})
_NEXT_YEAR = frozenset({"w.next_year", "date.after"})
_STAYS = frozenset({"v.carry", "w.next_year"})
_OPENS_CLAUSE = deferred(
    r"(?:^|[，；。：、（—]|申请(?:当?中|(?=有)))\s*(?:(?:截至)?年[底末])?(?:其中|另外?|尚|还|仍|余下?的?|其余的?|剩[余下]?的?|除)?[，：]?有?"
    r"(?:(?:[年月][底末初中]?|[0-9]{1,2}月[0-9日底末下旬]{0,3}|临近年底|岁末|最后)(?:才|刚|新)?(?:<收到>|提交|递交|提出|收)的)?(?:<全年>?(?:[我全本][^，。；0-9]{1,3}|[^，。；0-9]{0,6}[局委办关位])?(?:共?有|对|将))?\s*$"
)
_PUT_OFF = deferred(
    r"[^，。；0-9]{0,12}，(?:依法|依规|按规定|按照规定|依照规定)?(?:结转|转[入至到下]|顺延|留待|跨年|[尚仍]在|正在|[尚还]?未到)"
    r"|(?:于|在|系|是|为)?(?:[0-9]{1,2}月|年[底末]|岁末|临近年末)[^，。；]{0,8}(?:<收到>|提出|提交|递交|收)的?，[^，。；0-9]{0,4}(?:结转|转[入至到下]|顺延|留待|留到|跨年|跨入)"
    r"|[^，。；0-9]{0,16}征求第三方意见，[^，。；0-9]{0,4}(?:结转|转[入至到下]|顺延|留待|留到|跨年|跨入|延至)"
    r"|(?:正在|[尚仍]在)[^，。；0-9]{0,10}(?:办理|答复|处理|征求)|(?:正在)?征求第三方意见(?:中|，|。|；)"
)
_REASON = deferred(
    r"(?:均|都)?(?:属于?|因为?|由于|系|涉及|内容|[为是](?![^，。；0-9]{0,16}(?:申请|要求|请求|提出)))[^，。；：0-9]{2,30}，[^，。；：0-9]{0,20}"
)
"""3件属于个人隐私，依法不予公开: what became of them stands behind the reason."""
_GIVEN = deferred(
    r"(?:当场|全部|均|都|书面|已|依法)*(?:提供|给)了?(?:所需的?|相关|相应)?(?:信息|数据|资料|材料|文件|复印件)"
    r"|(?:已|予以|给予|依法|全部|都|均|作了|给了)*(?:提供|公开)了?(?=[，。；、])"
    r"|(?:[为属是]于?)?“?已经?(?:[在于通][^，。；0-9]{2,16})?(?:主动|全部|依法|对外)*<发布>(?!目录|指南)"
    r"|[^，。；：0-9]{0,14}(?:提供给了?申请人|向申请人提供了?(?!咨询|服务|帮助))"
)
_GIVEN_WHOLE = deferred(
    r"(?:均|都|全部|已|依法|按时|及时)*(?:完整|全文|如数|原样|照单|全部|足额|整套|按要求|当场|直接|逐一|无保留)地?(?:都|均|予以|向申请人)?"
    r"(?:提供|给|交|交付|寄|发|复印)(?:给|予|到|了)*(?:申请人|当事人|本人|对方|答复|相关|材料|资料|信息|复印件|手中|手里)*(?=[，。；、]|$)"
)
"""监测数据等10件完整提供给申请人: given, though what was asked for stands before the number."""
_NOT_AS_ASKED = deferred(
    r"(?:不(?:作为?|按|当作?|视为|算作?|列为)(?:政府|政务|信息公开|依申请公开)*申请(?:来)?(?:处理|办理|答复|受理|对待)?(?:[、，并而]*[^，。；：、0-9]{0,8}信访[^，。；：0-9]{0,6})?"
    r"|(?:转[入交至由]?|移[交送]|导入|引入|作为?|按照?|走|纳入)[^，。；：、0-9]{0,4}信访(?:部门|渠道|途径|程序|事项|件)*(?:来|去)?(?:处理|办理|解决|答复)?)"
    r"(?:了)?的(?:有|共|申请)*$"
)
"""不作申请处理并转信访的1件: rejected, in other words."""
_NOT_OURS = deferred(
    r"(?:[，；、](?:因|属于?)?(?:不归|不属于?|不由|不是|非)(?:我|本|由我|由本)[^，。；：、0-9]{0,14}(?:[管责掌]|职责|范围|掌握|制作|保存|负责|权限|公开)(?:的|，|、)*"
    r"(?:[^，。；：0-9]{0,20})?"
    r"|(?:告诉|指引|引导|提示|提醒|建议|请|指点|告知)(?:申请人|其|对方|当事人)?(?:去|到|向|找|转向|另向)[^，。；：、0-9]{2,14}"
    r"|(?:手[里头上中]|[局委厅办镇关]|档案[里中室]?|库[里中])?(?:没有|查无|未[找查]到|没[找查]到|[找查]不到|并无|查不到)(?:这份|该份|此件|此项|相关|所需|所要|该)?(?:材料|信息|文件|资料|档案|记录)?(?:、[^，。；：0-9]{2,10})?的"
    r"|翻遍[^，。；：、0-9]{1,8}(?:没有|未|没)(?:找到|查到|发现)?的?)(?:有|共)?$"
)
"""不归我委管、告诉申请人去找编制部门1件, 手里没有的1件: what the body does not have."""
_DROPPED = deferred(
    r"(?!建议|提案)[^，。；：0-9]{0,18}?(?:撤了回去|撤[回销]了?(?:申请)?(?=[，。；、]|$)|收回了?申请|放弃了?申请|不再要求公开)"
    r"|[^，。；：0-9]{0,10}?(?:逾期|到期|始终|一直|[没未]有?按[期时])(?:仍|也)?(?:没有|未)?(?:补正|补齐材料|补充材料|缴费|缴纳)"
)
"""1件申请人达成和解后自己撤了回去, 1件申请人逾期没有补正."""
_TO_COURT = deferred(
    r"(?:案件?)?(?:的?(?:当事人|申请人|原告))?(?:不服)?[，]?(?:又|再|继而|随后|其后|后|进而|已|仍|接着|后来|最终|再次|转而|并)*"
    r"(?:[诉告]至|起诉到|诉到|告到|起诉至|提起(?:了)?(?:行政)?诉讼|提起上诉|向[^，。；0-9]{0,8}法院|进入(?:行政)?诉讼|引发(?:行政)?诉讼|诉诸法院|走(?:上|进)法庭)"
)
"""复议3件，其中1件又诉至法院: a lawsuit from here on."""
_GAVE = deferred(
    r"(?:^|[，：；、])(?:其中)?[，：]?(?:(?:当场|全部)?给了|(?:(?:依申请|已|当场|全部|均|予以|给予|依法)*提供了?"
    r"(?:(?:所需|相关|相应)的?)?(?:政府)?(?:信息|材料|资料|文件)?|依申请(?:依法)?[予给][以予](?:主动)?公开)的?(?:有|为|共)?)$"
)
_MADE_PUBLIC = deferred(
    r"(?:^|[，。；：、中]|作出|决定|答复|(?:结果|情况|分别|依次)[为是])公开(?:决定|答复)?(?:的?有|为)?$"
)
_REFUSED_NEXT = deferred(
    r"[，、；和](?:占[^，、；]{2,8}[，、；])?(?:部分公开|属?于?不予?公开|不同意|无法提供|免[予于]公开|(?:本机关)?(?:信息)?不(?:存在|掌握)|(?:重复申请)?不予处理"
    r"|[0-9一两二三四五六]{1,4}[件份宗](?:系|因|属|为|由于)[^，。；0-9]{2,16}(?:，[^，。；0-9]{0,10})?(?:不予?(?:公开|处理|提供)|无法提供))"
)
_HIDDEN = deferred(
    r"(?:隐去|删除|遮盖|去除|屏蔽)[^，。；0-9]{2,16}后(?:予以|依法|向其)?(?:公开|提供)的?(?:有|为)?$"
)
"""隐去个人信息后公开3件: in part."""
_SENT_ON = r"告知(?:申请人)?(?:应?当?向|到|去)[^，。；：、0-9]{2,14}(?:申请|查询|咨询|提出|了解|办理)"
_SENT_ELSEWHERE = deferred(rf"{_SENT_ON}的?(?:有|共)?$")
_IS_SENT = deferred(rf"[^，。；：、0-9]{{0,8}}{_SENT_ON}")
"""告知向县社保局申请1件: the body does not have it."""
_ALL_ANSWERED = deferred(
    r"(?:申请)?(?:（[^（）]{1,24}）)?(?:已经?)?(?:均|全部|都|皆)[^，。；：]{0,24}(?:答复|办结|办毕|回复|办理完毕)"
)
_OF_THOSE = deferred(r"(?:申请)?(?:当?中|里|的(?:去向|结果|办理结果|答复结果|答复))")
_ANSWERED = deferred(r"(?:办结|答复|办理完毕|办理)的?$")
_HANDLED = deferred(r"(?:^|[，；])(?:全年|共)?办件$")
_TAKEN_AND_ANSWERED = deferred(
    r"[，；、](?:(?:已|共|全部|按期|按时|依法)*受理并?(?:答复|办结)(?:了|的)?|(?:均|都|全部|按期|按时|如期)*(?:已[答回办]|[答回办]了)了?)$"
)
"""受理申请9件，受理答复8件: of those that came in."""
_SOME = deferred(
    r"(?:申请)?(?:来自|出自|发自|涉及|要求公开|申请(?:公开|查阅|获取)|请求(?:公开|提供)|索要|咨询|反映"
    r"|(?:都|均|是|主要)?(?:询问|查问|查询|打听|想(?:了解|要|知道)|要的是|问的?是|问[^，。；]{2,}|要求(?:提供|查阅|了解|获取)|要(?!求)[^，。；0-9]{3,}|查阅|索取|关于|与[^，。；0-9]{2,12}有关)"
    r"|属于?[^，。；]{2,8}(?:事项|性质|类|领域|方面|材料|信息|资料|文件)(?=[，。；]|$)|[由为][^，。；0-9]{2,12}(?:申请|要求|提出|提交|递交))"
)
"""33件来自个人, 一件申请公开管网图: which of the applications they are."""
_SOME_BEFORE = deferred(
    r"(?:(?:申请|涉及|要求|咨询|索要|关于|有关|反映)[^，。；：0-9]{2,20}(?:的|类|方面|领域|最多，有?)(?:申请|信息|事项)?|同一申请人[^，。；：0-9]{0,18}"
    r"|(?:内容|事项|诉求)以[^，。；0-9]{2,20}为主，"
    r"|采[用取][^，。；：0-9]{2,10}(?:方式|形式|渠道|途径)(?:提交|提出|申请|递交)?的?(?:申请)?"
    r"|[，；：]申请(?:公开|获取|查询|了解)?[^，。；：0-9]{2,16}(?:信息|资料|文件|数据|情况))"
    r"(?:有|共|为|是)?$"
)
_APPLICANTS = deferred(
    r"(?:^|[，。；：（])(?:其中)?，?(?:申请人|申请者|申请主体|提出申请的)"
    r"(?:(?:里头?|之?中|当中|方面|构成|身份)看?[，：]?(?:有|是|为|以)?|有|是|为|分别[为是]|，|：)"
    r"(?![^，。；：、0-9]*(?:复议|诉讼|提起|起诉|投诉|举报|撤))[^，。；：、0-9]{2,10}?的?(?:有|共)?$"
)
_NEXT_APPLICANT = deferred(r"[、，和及与](?:有)?[^，。；：、0-9]{2,10}")
_ASKED_FOR = deferred(
    r"(?:申请人?|群众|公民|市民|村民|居民|企业|当事人)?(?:要求|请求|申请|索要|索取)(?:公开|获取|提供|查阅|了解)[^，。；：0-9]{2,20}的(?:有|共|为)?$"
)
"""要求公开征地批文的9宗: those who asked for it, where no whole is told."""
_OF = deferred(r"(?:^|[，；。：、])(?:其中|并|另|依法|分别)*对$")
"""对2件申请作出不予公开答复: the outcome is told behind 申请."""
_AMOUNT = deferred(r"申请(?:数?量|总[量数])[^。；0-9]{0,20}，(?:为|达到?|共)$")
"""年内申请量创新高，为34件."""
_ASKED = deferred(r"(?:提交|提出|递交|<收到>)的?(?:政府|政务)?信息公开(?:共|计)?$")
"""群众提交政府信息公开9件: 申请 is left out."""
_ON_REQUEST = deferred(
    r"依申请(?:信息)?公开(?:政府)?(?:信息)?的?办理(?:事项|件)?(?:情况)?(?:有|为|共|共?计)?[：]?$"
)
"""依申请公开办理9件: that were asked for, where nothing says how many came in."""
_DUE = deferred(
    r"应(?:当|予)?(?:办理?|答复|处理)(?:的?(?:政府信息公开)?(?:申请|件|事项))?(?:总?数|合?共计?|总计|为)*$"
)
"""上年结转2件，新收5件，应办7件: both together, of which none may be answered yet."""
_TOLD_SO = deferred(r"[，、；]告知")
_OTHERS = deferred(
    r"[，；、](?:其[他余]的?|[^，。；：、0-9]{1,12}(?:类|方面|领域)的?(?:信息|申请|事项)?)(?:有|为|共)?"
)


_APPEALED = deferred(
    r"(?:政府|政务)?(?:信息公开)?(?:申请|答复|告知书)(?:的?答复)?[^，。；0-9]{0,4}(?:申请|提起|引发|引起|进入|转入|产生)了?(?:行政)?(复议|诉讼)"
)
"""有3件信息公开申请被提起行政复议: counted as cases, not as what came in."""


def read_fate(candidate: Candidate, state: State) -> Reading | None:
    """What a number of applications is by the wording around it, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    if "case" not in state.rules.counter_groups(candidate.quantity.unit):
        return None
    if _goes_to_court(candidate, state):
        return Reading("lawsuits", "item", None, "to court", 0.9, measure="total", counters=_CASE)
    if (appealed := _appealed(candidate, state.folded)) is not None:
        return appealed
    frame = state.frame
    asked = frame is not None and frame.metric.startswith("applications_")
    if not (asked or candidate.sentence.section.code in _SECTIONS):
        return None
    return passed_on(candidate, state) or _fate(candidate, state)


def _goes_to_court(candidate: Candidate, state: State) -> bool:
    """Whether some of the reviews that were just told of went on to a court."""
    frame, last = state.frame, state.last
    if not any(m is not None and m.metric == "reviews" for m in (frame, last)):
        return False
    return _TO_COURT.match(state.folded, candidate.quantity.outer_end) is not None


def _appealed(candidate: Candidate, folded: str) -> Reading | None:
    """Cases that arose from so many applications."""
    if all(_CASES.isdisjoint(t.classes) for t in candidate.right):
        return None
    told = _APPEALED.match(folded, candidate.quantity.outer_end)
    metric = {"复议": "reviews", "诉讼": "lawsuits"}[told[1]] if told is not None else ""
    return Reading(metric, "item", None, "appealed", 0.9, counters=_CASE) if metric else None


def _fate(candidate: Candidate, state: State) -> Reading | None:
    """What a number is where applications are told of."""
    led = state.folded[candidate.bound : candidate.written]  # with the word that links the number
    opens = bool(_OPENS_CLAUSE.search(led) or _OF.search(candidate.between))
    came = state.totals.get(_RECEIVED)
    if came is None and _ASKED_FOR.search(candidate.between):
        return Reading(_RECEIVED, "item", None, "asked for", 0.9, counters=_CASE)
    if _AMOUNT.search(candidate.between) or _ASKED.search(candidate.between):
        return Reading(_RECEIVED, "item", None, "amount", 0.9, counters=_CASE)
    told = _RECEIVED in state.totals or "未" in candidate.between  # 未收到申请，依申请公开办理0件
    if not told and _ON_REQUEST.search(candidate.between):
        return Reading(_RECEIVED, "item", None, "on request", 0.85, counters=_CASE)
    if _DUE.search(candidate.between):
        return Reading("other_metric", "item", None, "due", 0.9, counters=_CASE)
    if (several := _of_several(candidate, state)) is not None:
        return several
    if (applicants := _of_applicants(candidate, state)) is not None:
        return applicants
    metric = "applications_unavailable" if _SENT_ELSEWHERE.search(candidate.between) else ""
    if _GAVE.search(candidate.between) or _is_first_outcome(candidate, state):
        metric = metric or "applications_granted"
    if _HIDDEN.search(candidate.between):
        metric = metric or "applications_partial"
    told |= "applications_handled" in state.totals
    metric = metric or _told_in_words(candidate, state, told=told)
    last = state.last
    if last is not None and last.metric in _OUTCOMES and _TOLD_SO.fullmatch(candidate.between):
        metric = "applications_other"
    metric = metric or _plainly(candidate, state, opens=opens)
    metric = metric or (_told_behind(candidate, state) if opens else "") or _told_again(candidate, state)
    if metric:
        return Reading(metric, "item", None, "fate", 0.9, counters=_CASE)
    return _some(candidate, state, opens=opens)


def _told_in_words(candidate: Candidate, state: State, *, told: bool) -> str:
    """What became of a number where no word of the form is used: 转信访的1件, 1件自己撤了回去."""
    if not told:
        return ""
    end = candidate.quantity.outer_end
    if _NOT_AS_ASKED.search(candidate.between):
        return "applications_rejected"
    if _NOT_OURS.search(candidate.between) and not any(t.kinds & OUTCOME for t in candidate.own):
        return "applications_unavailable"
    if _DROPPED.match(state.folded, end) and not any(t.kinds & OUTCOME for t in candidate.own):
        return "applications_other"
    return "applications_granted" if _GIVEN_WHOLE.match(state.folded, end) else ""


def _of_several(candidate: Candidate, state: State) -> Reading | None:
    """无法提供、不予处理及其他处理13件: several outcomes with one number, that is of all of them."""
    told = [t for t in candidate.own if t.kinds & OUTCOME][:2]
    if len(told) < 2 or not candidate.quantity.value or not candidate.near.isdisjoint(_PAIRED):
        return None
    last, first = told
    if not _IS_SO_MUCH.fullmatch(state.folded, last.end, candidate.quantity.outer_start):
        return None
    if not _JOINS.fullmatch(state.folded, first.end, last.start):
        return None
    metrics = {subject_metric(t, state.rules) for t in told}
    if metrics == _GIVEN_OUT:
        return Reading("applications_granted", "item", last, "several", 0.9, counters=_CASE)
    named = all(state.folded.endswith(_REFUSED, t.start, t.end) for t in told)
    if not named or len(metrics) < 2 or not metrics <= REFUSALS:
        return None
    return Reading("applications_handled", "item", None, "several", 0.9, measure="part", counters=_CASE)


def _is_first_outcome(candidate: Candidate, state: State) -> bool:
    """公开9件，不予公开7件: the first of a list of outcomes, before which nothing says so."""
    end = candidate.quantity.outer_end
    return bool(_MADE_PUBLIC.search(candidate.between) and _REFUSED_NEXT.match(state.folded, end))


def _plainly(candidate: Candidate, state: State, *, opens: bool) -> str:
    """What became of a number by plain words, where applications were counted before it."""
    last = state.last
    if (
        last is None
        or last.metric in _DISPUTES
        or _TOLD.isdisjoint(state.totals)
        or any(t.kinds & NOUN for t in _touching(candidate))
    ):
        return ""
    return plain_fate(candidate, state.folded, opens=opens)


def _touching(candidate: Candidate) -> list[Term]:
    """The word that touches a number from behind."""
    return [
        t
        for t in candidate.right[:1]
        if t.start == candidate.quantity.outer_end and "n.apply" not in t.classes
    ]


def _of_applicants(candidate: Candidate, state: State) -> Reading | None:
    """申请人里有校友3件、在校生2件: of those that came in, by who asked."""
    whole, last, value = state.totals.get(_RECEIVED), state.last, candidate.quantity.value
    if whole is None or whole.value is None or value is None or value > whole.value:
        return None
    goes_on = last is not None and last.rule == "applicants" and _NEXT_APPLICANT.fullmatch(candidate.between)
    if not goes_on and not _APPLICANTS.search(candidate.between):
        return None
    if any(t.kinds & OUTCOME for t in candidate.own):
        return None
    return some_of(whole, "applicants")


def _told_behind(candidate: Candidate, state: State) -> str:
    """Metric of what is said to have become of a number, empty where nothing is."""
    end, right = candidate.quantity.outer_end, candidate.right
    if _OF.search(candidate.between):
        right = [t for t in right if "n.apply" not in t.classes and "n.application" not in t.classes]
    told = [t for t in right if t.kinds & OUTCOME or not _STAYS.isdisjoint(t.classes)]
    if _PUT_OFF.match(state.folded, end) or (told and not told[-1].kinds & OUTCOME):
        following = not candidate.near.isdisjoint(_NEXT_YEAR)
        if not following and not candidate.near.isdisjoint(_LAST_YEAR):
            return "applications_carried_in"
        stays = following or not told or any("v.carry" in t.classes for t in told)
        return "applications_carried_out" if stays else ""
    if told:
        names = told[-1].classes
        return next((metric for name, metric in state.rules.subjects.items() if name in names), "")
    if reason := _REASON.match(state.folded, end):
        comma = state.folded.index("，", end)
        fates = (t for t in candidate.sentence.between(comma, reason.end()) if t.kinds & OUTCOME)
        if (fate := next(fates, None)) is not None:
            return subject_metric(fate, state.rules)
    if right and right[0].start - end <= 1 and right[0].kinds & NOUN:
        return ""  # 3件申请…: another noun is counted
    if _GIVEN.match(state.folded, end):
        return "applications_granted"
    return "applications_unavailable" if _IS_SENT.match(state.folded, end) else ""


def _told_again(candidate: Candidate, state: State) -> str:
    """收到申请9件，9件均按期答复; 办结的9件中: those answered, once more, before they are divided."""
    end = candidate.quantity.outer_end
    if _HANDLED.search(candidate.between):
        return "applications_handled"
    came = state.last is not None and state.last.metric == _RECEIVED
    if came and _TAKEN_AND_ANSWERED.fullmatch(candidate.between):
        return "applications_handled"
    if _ALL_ANSWERED.match(state.folded, end) and state.totals.get(_RECEIVED) and candidate.quantity.value:
        return "applications_handled"
    whole = state.totals.get("applications_handled")
    same = whole is not None and whole.value == candidate.quantity.value
    if not _OF_THOSE.match(state.folded, end):
        return ""
    return "applications_handled" if same or _ANSWERED.search(candidate.between) else ""


def _some(candidate: Candidate, state: State, *, opens: bool) -> Reading | None:
    """Some of the applications that came in: by who made them, and what for."""
    whole, value = state.totals.get(_RECEIVED), candidate.quantity.value
    if whole is None or whole.value is None or value is None or value > whole.value:
        return None
    if any(t.kinds & OUTCOME for t in candidate.own):
        return None
    by_clause = opens and _SOME.match(state.folded, candidate.quantity.outer_end)
    if not (by_clause or _SOME_BEFORE.search(candidate.between) or _is_rest(candidate, state.last)):
        return None
    return some_of(whole, "some")


def _is_rest(candidate: Candidate, last: Draft | None) -> bool:
    """涉及征地的9件、规划类2件，其他3件: the next of those that came in, and what is left of them."""
    divided = last is not None and last.metric == _RECEIVED and last.measure == "part"
    return divided and _OTHERS.fullmatch(candidate.between) is not None
