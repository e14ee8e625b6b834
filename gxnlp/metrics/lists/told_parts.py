"""Parts that stand behind a total with no 其中: by level of the media, topic, applicant, body, reason.

媒体刊发90篇——中央级4、省级26; 来信90封，咨询户籍的就有40封; 向部门提出的9件; 理由为国家秘密的1件.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import OUTCOME
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, PART, Draft, Reading, subject_metric, subject_term
from gxnlp.metrics.lists.continuing import again, is_like, some_of
from gxnlp.metrics.running.state import State

_RECEIVED = "applications_received"
_HANDLED = "applications_handled"
_ON_REQUEST = frozenset({"overview", "overview.on_request", "applications", "review"})
_REFUSED = frozenset(f"applications_{name}" for name in ("denied", "unavailable", "rejected", "other"))
_CASES = frozenset({"hotline_cases", "messages"})
_PIECES = frozenset({"views", "info_published", "videos", "followers"})
_LEVELS = (
    r"(?:国家|中央|央|自治区|省部|省|市|州|盟|地市|县|区|旗|厅|部)(?:[、和及](?:国家|省|市|州|县|区))?(?:级|直)?"
    r"(?:及其?以上|以上|及以下|以下)?(?:(?:主流|新闻|官方)?(?:媒体|报刊))?"
)
_MEDIA_LEVEL = deferred(rf"[—，、；：（\s]{{0,4}}(?:其中|包括)?[，：]?{_LEVELS}")
"""媒体刊发90篇次——中央级4、省级26、市级60: a bare number for each level."""
_MEDIA_OF_ALL = deferred(
    rf"[，；（。]其中[，：]?(?:在|被)?{_LEVELS}(?:刊发|刊登|采用|报道|发表)?(?:的?有|的|为|共)?"
)
"""媒体用稿90篇，比上年增加30篇，其中省级以上媒体60篇: of the total, not of the rise."""
_ABOUT = r"(?:属于?|涉及|涉|关于|有关|事关|咨询|反映|询问|打听|投诉|举报|求助|要求|建议|集中[在于]|与)"
_CASE = r"(?:诉求|工单|来信|信件|留言|来电|投诉|咨询|举报|求助|问题|事项|案件|件)"
_IS = r"(?:就|也|都|还|便)?(?:[占有]了?|达到?|为|是|共)?"
_TOPIC = deferred(
    rf"[，、；：（。]?\s*(?:其中|仅|光|单)?[，：]?(?:{_ABOUT}[^，。；：、（）0-9]{{2,14}}的{_CASE}?{_IS}"
    rf"|涉[^，。；：、（）0-9的]{{1,8}}(?:类的?)?{_CASE}{_IS})"
)
"""来信90封，咨询户籍的就有40封; 诉求8万件，同比上升3%，涉疫诉求1.2万件."""
_NOT_APPLYING = deferred(
    "复议|诉讼|起诉|意见|建议|提案|投诉|举报|补正|延期|异议|重复|告知|引导|上年|去年|我[局委办县市]|本[局委办机]|年"
)
_APPLIED = deferred(
    r"[，；、。：]?\s*(?:其中|仅|光|单)?[，：]?[^，。；：、（）0-9]{2,16}?(?:一共|先后|就|共|集中|累计)*"
    r"(?:提[出交起]|递交|寄来|发来)的?(?:申请)?(?:就|也|都)?(?:有|共|达|为)?"
)
"""收到申请90件，自然人86件；职业打假人提出的60件: some that one group made."""
_TO_BODY = deferred(
    r"[，；、。：]?\s*(?:其中)?[，：]?向([^，。；：、0-9]{2,24})(?:提[出交]|递交|申请)的?(?:申请)?(?:公开)?(?:的?有|共|达|为)?"
)
"""向县政府（办公室）提出的9件，向部门提出的12件: by the body that was asked."""
_IN_TIME = deferred(
    r"[，、；：（]\s*(?:其中)?[，：]?(?:按时|按期|如期|提前|(延期|逾期|超期))(?:办结|答复|办理|回复)(?:完毕)?的?(?:数量?|总数|件数)?(?:有|共|为|达)?"
)
"""申请办结126件，按时办结124件，延期办结2件: by when, of those just counted."""
_SENT = deferred(
    r"[，、；：（]\s*(?:其中)?[，：]?(?:以|通过|采取|采用)?[^，。；：（）0-9]{2,10}(?:方式|形式)?"
    r"(?:送达|寄送|寄出|发送|领取|答复)的?(?:有|共)?"
)
_SENT_WAY = deferred(
    "邮寄|邮政|邮件|邮箱|当面|当场|现场|窗口|自取|自行|上门|直接|网上|网络|线上|平台|系统|传真|短信|EMS|挂号"
)
"""How an answer went to who had asked."""
_READ_OTHERWISE = frozenset({"w.applicant", "w.bodies", "w.system"})
_OTHER_BODIES = deferred("部门|街道|乡|镇|下属|单位|各|直属|村|社区|县区|区县")
_UNDER = (
    r"(?:各|[省市县区州旗]直)?(?:县（市、区）|县（市）区|县（区）|县市区|市县区|县区|区县|市县|部门|单位|机关|委办局|组成部门"
    r"|职能部门|工作部门|乡镇（街道）|乡（镇、街道）|镇（街道）|乡镇街道|乡镇|镇街|街镇|镇乡|街道|苏木乡?镇?|园区|开发区)"
)
_BY_BODY = deferred(
    r"(?:[，、；：（。]\s*(?:其中)?[，：]?[由向]?|^(?:其中[，：]?[由向]?|[由向]))(?:"
    r"(?P<own>[省市县区州旗盟镇乡](?:人民)?(?:政府(?:本级|机关)?|本级)(?:[及和与、]?(?:其|[省市县区州旗])?(?:政府)?办公?[室厅]?)?)"
    rf"|{_UNDER}(?:[、和及与]{_UNDER}){{0,2}})"
    r"(?:<收到>|<发布>|受理|办理|承办|办结|新收|答复|<举办>)?(?:的|了)?(?:<共>|合计|分别|有|为|约|占了?)?\s*"
)
"""全市收到申请90件，市政府6件，部门24件、县市区60件: bodies, in whatever order, of what all of them have."""
_ALSO_BODY = deferred(
    rf"(?:^|[，、；：（。\s])(?:{_UNDER})(?:<收到>|<发布>|受理|办理)?(?:政府|信息|申请|的|了|共){{0,3}}$"
)
_THE_REST = deferred(r"[，、；。]\s*(?:其余|余下|剩下|剩余|另外?)的?")
_OF_UNDER = deferred(rf"(?:则|都|均|全部|分别|主要)*(?:[由在为是属归]|来自|集中在|分布在)于?{_UNDER}")
"""余下8件在部门, 其余60件由县市区受理."""
_OF_TWO = deferred(r"[（，；：、]\s*(?:其中)?[，：]?(前|后)者(?:分别|为|有|共|是|占)?")
_BY_CONGRESS, _BY_CONFERENCE = ("人大", "代表", "建议"), ("政协", "委员", "提案")
"""建议和提案共31件（前者14件，后者17件): in the order in which the two were named."""
_REASON = deferred(
    r"[，：（—]{1,2}(?:其中|当中)?[，：]?(?![^0-9]{0,6}(?:部分公开|予以公开))(?:不予(?:公开|处理|提供)的?|拒绝的?)?"
    r"(?:(?:理由|原因|依据|事由|情形|缘由)(?:分别|主要)?(?:是|为|系|有|包括)?[：，]?(?:属于?|涉及?|因)?"
    r"|实为|实则为?|实属|实际(?:上)?(?:是|为|属于?)|均属于?|(?<=（)属于?|系)[^，。；：、（）0-9]{2,16}?的?(?:有|共)?"
)
"""不予公开7件，理由为执法案卷的4件; 不予处理9件（实为投诉5件）."""
_LEGAL = (
    r"(?:秘密|隐私|过程性|三安全|一稳定|社会稳定|公共安全|内部|执法案卷|第三方|危及|禁止公开|行政查询|所指的?政府信息|规定的?其[他它]情形)"
    r"[^，。；：、（）0-9]{0,10}?(?:有|共)?"
)
_ITS_REASON = deferred(
    r"(?:[，：（]其中(?:[，：]|因|属于?|有)*|的?(?:申请|答复|信息)*[当之]?中，(?:因|属于?|有)*)"
    rf"(?:涉及|涉|属于?|因|为|系)?[^，。；：、（）0-9]{{0,8}}{_LEGAL}"
)
"""不予公开3件，其中涉及商业秘密的2件; 不予公开的3件中，属过程性信息的2件: by the reasons of the law."""
_NEXT_REASON = deferred(
    r"[，、；](?:涉及|涉|属于?|因|为|不是|法律)?[^，。；：（）0-9]{0,10}(?:、[^，。；：、（）0-9]{2,12}){0,3}"
    + _LEGAL
    + r"|(?![^0-9]{0,6}(?:不予|无法|处理|予以|部分公开|撤回|补正))"
    r"(?:[、和及与](?:属于?|涉及?|因|实为)?[^，。；：、（）0-9]{2,16}?的?(?:有|共)?|，[^，。；：、（）0-9]{2,16}?的(?:有|共)?)"
)
_INSTANCE = deferred(
    r"[，、；：（]?(?:其中)?[，：]?(?:属于?|为)?[一二再]审(?:案件|程序|阶段)?的?(?:有|为|共)?"
)
"""行政诉讼4件，一审2件，二审2件."""
_OF_FIELD = deferred(
    r"[，；。：]?\s*(?:其中)?[，：]?(?:属于?|涉及|涉|关于|有关)[^，。；：、（）0-9]{2,14}的(?:信息|内容|文件)?(?:有|共|为|达)?"
)
_SHARED = deferred(r"(?:，|（)(?:约|近)?占")
"""公开信息90条，涉及民生的有24条，占26.7%: by what they are about, where the share says of what."""
_LONE = deferred(
    r"(?:仅|单是?|光是?|只是?)[^，。；：0-9]{2,14}?(?:这?一[家项个号地])?(?:上|里)?(?:就|便|即)已?"
    r"(?:有|达到?|占了?|为|是|贡献了?|获得?了?|带来了?|播放|浏览|阅读)*$"
)
"""总播放900万次，仅抖音一家就有500万次."""
_ADDED = deferred(
    r"[，；](?:其中)?[，：]?(?:本年度?|今年|当年|全年|年内)(?:又|共|新|累计)*(?:新增|增加|收录|归集|入库|汇集)(?:了|政策|文件)*"
)
"""文件库归集文件186件，本年度新增62件: of all that stand there."""
_LONE_WITHIN = 30
_MOST = ("为主", "居多", "最多", "次之")
_MAINLY = deferred(r"[，、；）][^，。；：0-9（）]{0,6}以?[^，。；：0-9（）]{2,12}(?:为主|居多|最多|次之)")
"""解读39条，以文字为主（17条）; 申请12件，以自然人居多（9件）: how many of the most frequent kind."""


def read_told_part(candidate: Candidate, state: State) -> Reading | None:
    """A part of what was told before, by a construction that no word of a list opens.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    last = state.last
    if last is None:
        return None
    if last.metric == "policy_docs" and "年" in candidate.between and _ADDED.fullmatch(candidate.between):
        fits = state.same_counter(last, candidate) and _fits(candidate, last)
        return some_of(last, "added") if fits and candidate.bound == state.last_end else None
    if candidate.between.endswith(_MOST) and (most := _mostly(candidate, last, state)):
        return most
    if last.metric.startswith("proposals") and (of_two := _of_two(candidate, state)) is not None:
        return of_two
    if last.metric == "media_reports":
        return _of_level(candidate, last, state)
    if (of_body := _by_body(candidate, last, state)) is not None:
        return of_body
    if last.metric == _HANDLED and (answered := _answered(candidate, last, state)) is not None:
        return answered
    if last.metric in _REFUSED:
        return _by_reason(candidate, last, state)
    if last.metric == "lawsuits" and "审" in candidate.between:
        return _by_instance(candidate, last, state)
    if last.metric in _CASES:
        return _of_topic(candidate, last, state)
    if any(word in candidate.between for word in ("提", "申请", "来", "递交")):
        return _applied(candidate, state)
    return _of_field(candidate, last, state) or _of_one(candidate, last, state)


def _fits(candidate: Candidate, whole: Draft) -> bool:
    value = candidate.quantity.value
    return value is not None and whole.value is not None and value <= whole.value


def _mostly(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """The most frequent kind, named before a bracket with its number."""
    told = (
        last.aspect == "level" and candidate.bound == state.last_end and _MAINLY.fullmatch(candidate.between)
    )
    if not told or not state.same_counter(last, candidate) or not _fits(candidate, last):
        return None
    noun = subject_term(candidate, state.rules)
    of_pieces = last.metric in (INFORMATION, PART)
    if noun is not None and subject_metric(noun, state.rules) != (INFORMATION if of_pieces else last.metric):
        return None  # 以图解为主（7条）: a label of its own
    reading = some_of(last, "mostly")
    if of_pieces:
        reading.metric = PART
    return reading


def _of_level(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """Pieces in the media of one level."""
    whole = last if last.aspect == "level" else state.totals.get(last.metric)
    if whole is None or whole.sentence != last.sentence or candidate.bound != state.last_end:
        return None
    if last.aspect != "level":
        more = is_like(whole, candidate, state) and _MEDIA_OF_ALL.fullmatch(candidate.between)
        return some_of(whole, "of media") if more and _fits(candidate, whole) else None
    bare = not candidate.quantity.unit and candidate.closed and candidate.quantity.kind == "number"
    if not bare or not _MEDIA_LEVEL.fullmatch(candidate.between):
        return None
    return some_of(last, "of media") if last.measure == "part" or _fits(candidate, last) else None


def _of_topic(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """Cases of one topic, behind their total, its rise, or another topic."""
    whole = last if last.aspect == "level" else state.totals.get(last.metric)
    if whole is None or whole.sentence != last.sentence or candidate.bound != state.last_end:
        return None
    if not state.same_counter(whole, candidate) or not (whole.measure == "part" or _fits(candidate, whole)):
        return None
    if "信息公开" in candidate.between:
        return None  # 其中反映信息公开不到位的8件: complaints, with a label of their own
    return some_of(whole, "kind of case") if _TOPIC.fullmatch(candidate.between) else None


def _in_time(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """Applications by when they were answered, behind all that were."""
    whole = state.totals.get(_HANDLED)
    if whole is None or whole.sentence != last.sentence or candidate.bound != state.last_end:
        return None
    told = _IN_TIME.fullmatch(candidate.between) if candidate.quantity.value != whole.value else None
    if not told or not state.same_counter(whole, candidate) or not _fits(candidate, whole):
        return None
    return None if told[1] and last.rule != "in time" else some_of(whole, "in time")


def _answered(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """Some of those answered, by the way their answers went or by when."""
    return _sent_by(candidate, last, state) or _in_time(candidate, last, state)


def _sent_by(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """答复书46份：邮寄送达30份，当面送达16份: answers by the way they went, which is no way of asking."""
    if candidate.bound != state.last_end or not state.same_counter(last, candidate):
        return None
    if not _SENT.fullmatch(candidate.between) or not _SENT_WAY.search(candidate.between):
        return None
    goes_on = last.rule == "sent by" or bool(last.channel)
    if not goes_on and not _fits(candidate, last):
        return None
    sent = some_of(last, "sent by")
    sent.measure = last.measure if goes_on else "part"
    return sent


def _of_two(candidate: Candidate, state: State) -> Reading | None:
    """Suggestions and proposals told by the order of their names."""
    told, whole = _OF_TWO.fullmatch(candidate.between), state.totals.get("proposals")
    if not told or whole is None or not state.same_counter(whole, candidate) or not _fits(candidate, whole):
        return None
    named = state.folded[whole.sentence.start : whole.start]
    congress, conference = (
        min((at for word in words if (at := named.find(word)) >= 0), default=-1)
        for words in (_BY_CONGRESS, _BY_CONFERENCE)
    )
    if min(congress, conference) < 0:
        return None
    first = (congress < conference) == (told[1] == "前")
    reading = again(whole, "of two")
    reading.metric = "proposals_npc" if first else "proposals_cppcc"
    return reading


def _by_body(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """The share of the body itself, or of those under it, in what all of them have."""
    whole = state.totals.get(last.metric)
    if whole is None or whole.scope != "system" or not state.same_counter(whole, candidate):
        return None
    if whole is last and _ALSO_BODY.search(state.folded[whole.sentence.start : whole.start]):
        return None  # 县直部门公开90条，乡镇公开60条: no whole is told
    divided = last.rule == "part by body"
    goes_on = candidate.bound == state.last_end and (divided or whole.sentence == last.sentence)
    opens = candidate.bound == candidate.sentence.start and whole.paragraph == candidate.sentence.paragraph
    if not (goes_on or opens) or not _fits(candidate, whole):
        return None
    told = _BY_BODY.fullmatch(candidate.between)
    rest = divided and _THE_REST.fullmatch(candidate.between)
    if not told and not (rest and _OF_UNDER.match(state.folded, candidate.quantity.outer_end)):
        return None
    part = some_of(whole, "part by body")
    part.body = "own" if told and told["own"] else "system"
    return part


def _by_instance(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """Lawsuits by the instance that heard them."""
    whole = state.totals.get("lawsuits", last)
    if (
        candidate.bound != state.last_end
        or not _fits(candidate, whole)
        or not _INSTANCE.fullmatch(candidate.between)
    ):
        return None
    return some_of(whole, "by instance") if state.same_counter(whole, candidate) else None


def _by_reason(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """Some of those refused, by the reason."""
    if last.aspect != "level" or candidate.bound != state.last_end or not state.same_counter(last, candidate):
        return None
    goes_on = last.rule == "by reason"
    told = (_NEXT_REASON if goes_on else _REASON).fullmatch(candidate.between)
    if not goes_on and last.metric == "applications_denied":
        told = told or _ITS_REASON.fullmatch(candidate.between)
    return some_of(last, "by reason") if told and (goes_on or _fits(candidate, last)) else None


def _applied(candidate: Candidate, state: State) -> Reading | None:
    """Applications of one group of applicants, or to one of the bodies."""
    whole = state.totals.get(_RECEIVED)
    if whole is None or candidate.sentence.section.code not in _ON_REQUEST:
        return None
    if not state.same_counter(whole, candidate) or not _fits(candidate, whole):
        return None
    if asked := _TO_BODY.fullmatch(candidate.between):
        part = some_of(whole, "part by body")
        part.body = "system" if _OTHER_BODIES.search(asked[1]) else "own"
        return part
    if any(t.kinds & OUTCOME for t in candidate.own) or not _APPLIED.fullmatch(candidate.between):
        return None
    named = any(n in _READ_OTHERWISE or n.startswith("ch.") for n in candidate.near)
    if named or _NOT_APPLYING.search(candidate.between):
        return None
    part = some_of(whole, "part by applicant")
    part.body = whole.scope  # an applicant is no subject
    return part


def _of_field(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """Pieces about one field, of those just counted, whose share stands behind."""
    whole = state.totals.get(INFORMATION)
    if (
        whole is None
        or last.metric not in (INFORMATION, PART)
        or whole.paragraph != candidate.sentence.paragraph
    ):
        return None
    if not state.same_counter(whole, candidate) or not _fits(candidate, whole):
        return None
    told = _OF_FIELD.fullmatch(candidate.between)
    if not told or not _SHARED.match(state.folded, candidate.quantity.outer_end):
        return None
    reading = some_of(whole, "of field")
    reading.metric = PART
    return reading


def _of_one(candidate: Candidate, last: Draft, state: State) -> Reading | None:
    """What one account alone had of all of them."""
    if last.metric not in _PIECES or last.aspect != "level" or not _fits(candidate, last):
        return None
    if not candidate.between.startswith(("就", "便", "即", "，")) or not state.same_counter(last, candidate):
        return None
    start = candidate.quantity.outer_start
    told = _LONE.search(state.folded, max(candidate.sentence.start, start - _LONE_WITHIN), start)
    return some_of(last, "of one") if told else None
