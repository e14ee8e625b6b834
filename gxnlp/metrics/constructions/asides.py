"""Other figures of disclosure work that no noun of the lexicon names: staff, money, what was taken up.

Each is read by the construction around the number; `constructions` asks for them before the rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.folding import fold
from gxnlp.lexicon import CHANNEL
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import INFORMATION, PART, Draft, Reading, unit_of
from gxnlp.metrics.lists.continuing import again, some_of
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.running.state import State

_PEOPLE = frozenset({"人", "名", "位"})
_ASSIGNED = deferred(
    r"(?P<who>[^，。；0-9]{0,10}?(?:[和及、]?[0-9]{1,2}名[^，。；0-9]{0,8}?)?(?:同志|干部|人员|职工|民警|干警|教师|干事|主任|[局科股站所]长))"
    r"[^，。；0-9]{0,4}?(?:负责|从事|承担|承办|管理)[^，。；0-9]{0,14}?(?:<发布>|信息|网站|依申请|公众号|运维)"
)
"""抽调3名同志专门从事政务公开工作, 2名民警和1名辅警承担: staff of disclosure by what they do."""
_BY_ONE = deferred(
    r"(?:由[^，。；0-9]{0,14}|仅有|只有|现有|[、和及]|(?:办公室|全[局所校镇乡]|局内|[镇乡局]里)有?)$"
)
_RUN_BY = deferred(
    r"[^，。；、0-9]{0,8}(?:教师|学生|干事|干部|同志|职员|人员|专干|辅警|文员)?(?:(?:、|和|及)[0-9]{1,2}名[^，。；0-9]{1,6})?"
    r"(?:具体|专门|兼职|专职|共同|日常|轮流|专人|来)*(?:负责|兼管|兼办|经办|兼顾|运营|管理|维护|打理|承担)"
)
"""账号由3名教师、27名学生运营, 仅有1人兼办信息公开."""
_OF_WORK = deferred("公开|信息|账号|网站|公众号|新媒体|公文|栏目")
_WHO_ANSWERS = deferred(
    r"[^，。；0-9]{0,10}(?:为|作为|担任|任)[^，。；0-9]{0,12}(?:责任人|联络员|信息员|专管员|管理员|联系人)"
)
"""各股室确定1名股长为公开工作责任人."""
_APPOINTED = deferred(r"(?:指定|安排|明确|确定|落实|配备|抽调|选派)了?[^，。；0-9]{0,4}$")
_CHOSEN = deferred(r"(?:指定|安排|明确|确定|落实|配备|选派|选定)了?$")
_TOLD_WITHIN = 40
_CHARGE = deferred(
    r"(?:（[专兼]职）)?[^，。；（）0-9]{0,8}(?:负责|从事|承担|兼管|兼办|经办)[^，。；0-9]{0,16}(?:信息公开|政务公开|政府信息|信息发布|信息报送)"
)
"""由办公室指定2人（兼职）负责信息公开工作."""
_PETITIONS = deferred("(?:(?:回复|答复)[^，。；0-9]{0,4}信访(?:事项|案件)|信访办件)(?:共|达|约)*$")
_SHARED = deferred("(?:分享|点赞|收藏|转发)(?:人数|人次|次数|总?量|总?数)(?:共|达|约|超)*$")
_IN_CARE = deferred(r"(?:政务公开|信息公开|政府信息)[^，。；0-9]{0,16}由[^，。；0-9]{0,10}$")
_CARES = deferred(r"[^，。；0-9]{0,8}(?:具体|专门|兼职|专职)?负责")
"""政务公开工作由办公室1名同志负责."""
_QA_BASE = deferred(r"(?:问答库|知识库)[^。；0-9]{0,12}(?:问答|知识|问题|条目)[^，。；0-9]{0,4}$")
"""政策问答库已梳理问答90条: what a base holds, no interpretations that were published."""
_SCORED = deferred(
    r"(?:评估|测评|考核|考评|评议|评价|评测)[^。；0-9]{0,16}(?:获|得|获得|取得|评定?为|打分|平均|均分)了?$"
    r"|(?:评议|评估|测评|考评|公开|社会|代表|群众|机构|师生|网民)[^。；0-9]{0,16}打分[，：]?(?:为|平均分?|均分|得分)*$|[，、](?:平均得?分|均分)(?:为|达)?$"
)
"""第三方评估中得92.5分."""
_BOUND = ("的", "以下", "以上")
"""对得分低于70分的单位进行约谈: a bound, no score."""
_LEADS = ("领导", "组长")
_FUNDED = deferred(
    r"(?<!收取)(?<!收取政府)(?:公开栏|政务公开|信息公开|门户网站|政府网站|公众号|查阅)[^，。；：0-9]{0,16}(?:经费|费用|资金)[^，。；：0-9]{0,6}$"
)
_SPENT_IN_ALL = deferred(
    r"(?:^|[，。；、])(?:20[0-9]{2}年|全年|年度|今年|本年|共|每年|并|另)*(?:投入|安排|落实|列支|支出|拨付|使用)?(?:[^，。；0-9]{2,8}等)?"
    r"(?:专项|工作|运维|运行|维护|办公)*经费(?:支出|投入|预算|开支)?(?:为|共|计|达|约)*$"
)
"""兼职人员12人，全年投入经费6万元: told with the staff of disclosure, its trainings and checks."""
_STAFFED = frozenset({"trainings", "trainees", "inspections", "other_metric"})
_SPENT = deferred(r"(?:投入|投资|安排|列支|落实|拨付|支出|投入使用|花费)[^，。；0-9]{0,10}$")
_SPENT_ON = deferred(
    r"[，]?(?:专项)?(?:用于|对|开展|进行|完成|建设|升级|改造|打造|购置|更新|改版|制作)?了?[^，。；0-9]{0,10}"
    r"(?:政务公开|信息公开|政府网站|门户网站|公开栏|查阅|公众号|网站|电子屏|显示屏|触摸屏)"
)
"""投入政务公开工作经费6万元, 投入6万元用于网站改版: what disclosure costs, no fee that is charged."""
_TAKEN_UP = deferred(
    r"[，、；（](?:其中)?[，：]?已?(?:被|获|得到)?(?:市局|省局|上级|其)?(?:采用|采纳|录用|选用|刊用|用稿|采编)(?:了|信息|稿件|的)?"
)
"""报送信息90条，采用32条: of what was sent in, what those above took up."""
_SENT = deferred(r"报送|上报|投送|投稿|呈报|提供")
_SENT_WITHIN = 40

_HANDED_OVER = deferred(
    r"(?:档案馆|图书馆|查阅(?:中心|点|场所|大厅)|政务(?:服务)?(?:大厅|中心)|办事大厅)[^，。；0-9]{0,8}"
    r"(?:移交|报送|寄送|送交|交存|移送|送达|送存|提供)[^，。；0-9]{0,16}$"
    r"|(?:移交|报送|寄送|送交|移送|送达)[^，。；0-9]{0,8}(?:档案馆|图书馆|查阅(?:中心|点|场所|大厅))[^，。；0-9]{0,10}$"
    r"|(?:档案馆|图书馆|查阅(?:中心|点|场所))[^，。；0-9]{0,6}(?:<收到>|收集|收存|整理|接受)[^，。；0-9]{0,14}(?:文件|信息件?|文档|资料)$"
    r"|(?:<收到>|收存|收集|移交|移送)[^，。；0-9]{0,12}纸质(?:版|的)?(?:政府|公开|政务)*(?:信息|文件|资料|材料)(?:<共>)?$"
    r"|(?:接收|收存|收集|接受)[^，。；0-9申请意]{0,10}公开[^，。；0-9申请意]{0,6}(?:文件|资料|文档)(?:<共>)?$"
)
"""向档案馆、图书馆移交政府信息64份, 累计接收公开文件90份: papers that lie there to be read."""
_PERSONAL = "(?:现场|当面|来访|上门|来人|窗口|口头)"
_MIXED_TALK = deferred(
    rf"(?:{_PERSONAL}(?:接待|咨询)?(?:[、和及与或]|以及)?(?:电话|来电|热线)|(?:电话|来电)(?:咨询)?(?:[、和及与或]|以及)?{_PERSONAL})"
    r"[^，。；：0-9]{0,10}(?:咨询|解答|接待|来访|来电|答复)[^，。；：0-9]{0,4}$"
    r"|(?:来信、?来电|来电、?来信|来人、?来电)(?:咨询|询问|查询)[^，。；：0-9]{0,16}(?:群众|人员|市民|村民)(?:共|达|约|有)*$"
)
"""接受现场和电话咨询90人次: both together, of which no label is."""
_ITEMS = frozenset("件份条册本")
_HANDED_TO = deferred(
    r"(?:送交|报送|移交|送达|寄送|交存)[^，。；0-9]{0,14}[至给到往][^，。；0-9]{0,12}(?:公开办|档案馆|图书馆|查阅(?:中心|点|场所))$"
)
_PAPER = "(?:(?<![公政简快专通月周])报》|[校院镇区村]报|报纸|报刊|刊物|内刊|[校院]刊|期刊|杂志)"
_BULLETIN = (
    "(?:《[^》]{1,28}(?:信息|动态|报|要情|要闻|资讯|参考|摘要|政讯|工作)(?<![公政]报)》"
    "|[今每]日信息|[简专周旬快]报|手机报|要情|内刊)"
)
_NEXT_BULLETIN = deferred(
    rf"[、，；](?:编[发印写辑报])?[^，。；：、0-9《公布发刊登推]{{0,6}}{_BULLETIN}(?:<共>)?"
)
"""编发《水务信息》47期、工作专报9期: made up for the house and its superiors, not for the public."""
_PRINTED = deferred(
    rf"{_PAPER}[^，。；0-9]{{0,4}}(?:出版|编印|编辑|出刊)(?:发行)?(?:了|共)*$"
    rf"|(?:出版|编印|编辑|出刊)(?:发行)?了?[^，。；0-9]{{0,10}}{_PAPER}(?:共)?$"
    r"|(?:^|[，。；：、])[^，。；：、0-9网站微博号台]{0,20}(?:编[发印辑写报制]|汇总)(?:并?印发|刊发)?了?"
    rf"[^，。；：、0-9《]{{0,8}}{_BULLETIN}(?:<共>)?$"
)
_GIVEN_AWAY = deferred(
    r"[，、；](?:共|累计|免费|全年)*(?:发放|发行|派送|赠阅|印发|投递|印制|印刷)(?:了|约|近)?"
)
"""出版社区刊物40期，发放4万份: a paper of the body's own."""
_SHEETS = frozenset({"份", "册", "本", "张", "余份", "余册"})
_BY_KIND = frozenset("种款套类本册")
_RUN_OFF = deferred(
    r"[，、；]?(?:<共>|免费|已|全年|并)*(?:印发|发放|印制|印刷|派发|赠送|散发|投放|下发|分发|印)?(?:了|给?各单位|群众|到户|量|数)*(?:约|近|共)?"
)
_COPIES = frozenset({"份", "册", "本"})
_PLAIN = {
    **dict.fromkeys(("起", "件次"), (_PETITIONS, "petitions")),
    **dict.fromkeys(_ITEMS, (_HANDED_OVER, "handed over")),
    **dict.fromkeys(("次", "批次", "批"), (_HANDED_TO, "handed over")),  # 按月送交公开文件至省政府公开办12次
    **dict.fromkeys(("期", "版", "辑"), (_PRINTED, "printed")),
}
_RULES = deferred(r"[^，。；0-9]{0,4}(?:制度|机制|办法|措施)")
"""完善考核、责任追究三项制度: rules are counted, nobody was held to account."""
_FIELDS = deferred(
    r"(?:大?模块|栏目|板块|版块|专栏|子栏目|领域|方面)的[^，。；0-9]{0,12}(?:信息|工作|内容|<发布>|维护|建设)"
)
"""机构职能等12个模块的信息: fields of what was done, none was opened."""
_ANSWERED_BY = deferred(
    r"[，、；（](?:其中)?[，：]?(?:通过|以)?(?:公开|电话|当面|现场|书面|网上|短信|邮件|私信)(?:方式|形式)?(?:答复|回复|回访|沟通)了?"
    r"|[，、；](?:其中)?[，：]?已(?:全部|按期|按时|及时)?(?:答复|回复|办结|办理|处理|反馈)了?"
)
"""收到留言60条，公开答复28条，电话答复15条: of the letters just counted, by how they were answered."""

_BY_HOTLINE = deferred(r"(?:<通过>|经)[^，。；、和及与0-9]{0,8}(?:12[0-9]{3}|热线)[^，。；、和及与]{0,24}$")
_THROUGH = deferred(
    r"(?:<通过>|经)[^，。；、和及与0-9]{0,8}12[0-9]{3}[^，。；和及与]{0,30}等(?:平台|渠道|途径|方式)[^，。；、]{0,16}$"
    r"|12[0-9]{3}[^，。；、0-9]{0,14}(?:平台|热线)(?:共|累计|全年)*(?:答复|回复|办理|处理|解答|回应)[^，。；、0-9]{0,10}$"
)
_BY_PLATFORM = deferred(
    r"(?:(?:线上|网上|在线|网络|云上|掌上)(?:服务|互动|诉求|办理)?(?:平台|系统|窗口|专区|端口|渠道)|小程序|[Aa][Pp][Pp]|客户端)"
    r"(?:<共>|<全年>)*(?:<收到>|收集|征集|办理|转办|处理)了?[^，。；：、0-9热话]{0,10}(?:诉求|来件|事项诉求|反映)(?:事项|问题)?(?:<共>)?$"
)
"""“企业直通车”线上平台收到诉求26件: a platform is no hotline."""
_HANDLED = deferred(r"(?:处理|回复|答复|办理|受理|办结|解答)[^，。；、0-9]{0,10}信息$")
_TAKEN_BACK = deferred(
    r"[，、；](?:共|实际|已)?(?:回收|收回|收到)(?:有效)?(?:的?(?:调查)?(?:问卷|答卷))?(?:共|达|计)?"
)
"""发放问卷300份，回收286份."""
_GOT = deferred(r"[，、；](?:共|累计|已)?(?:收到|收集|征集|征得|汇总)(?:到|有效)?")
_FEEDBACK = deferred("(?:有效)?(?:反馈|回复|参与)")
"""开展调查征集16次，共收到30条有效反馈信息."""
_OWN_NOUNS = frozenset({"n.policy", "n.normative", "n.interpretation"})
_OF_KIND = deferred(r"[一-鿿]类(?:政府|政务)?(?:信息|文件)?(?:的?有|共|为)?$")
_KINDS_TITLE = deferred(r"(?:信息|公开)[^，。；]{0,4}(?:类别|分类|种类|构成)")
"""（二）主动公开信息的主要类别: a heading under which the parts of the total before it stand."""

_IN_FULL = deferred(
    r"的?(?:全覆盖|全面覆盖|(?:配套|同步|多元化|多样化)?解读|(?:主动|依法|及时|全面)?公开|全文电子化)"
)
_ELECTRONIC = "全文电子化"
_OWN_RATE = deferred(
    r"^[，；、（](?:其中)?[，：]?(?:(?![产食药水]|[抽送]检|质量)[^，。；、0-9]){0,10}?(?:合格|优秀|良好|回收|维持|纠错|被纠正|准确|打开|到会|出席|参与|整改"
    r"|到位|覆盖|通过|采纳|采用|解读|公开|及时|完成|应诉|败诉|见面|接通|应答|转化|归档|备案|送达|命中|查收|触达|完好|点开)率"
    r"(?:<达>|仅|只有|超过|约|近)*$"
)
_BRACKET = 3
_OF_THEM = deferred(r"[，；、（]其中(?:有|的)?[，：]?")
_ARE = deferred(
    r"(?:以上)?的?(?:申请|信息|文件|来信|留言|诉求|工单)?(?:来自|出自|为|是|属于|涉及|集中[在于]|由|通过)"
)
"""收到申请90件，其中八成来自个人: a share by the verb behind it."""
_OF_DISCLOSURE = deferred(r"(?:<发布>|信息|政策|文件|解读|网站|栏目|目录|查阅|专区)[^，。；]{0,16}$")
"""规范性文件实现100%解读, 公开专区100%全覆盖: a rate told by its verb behind the number."""


def in_full(candidate: Candidate, folded: str) -> Reading | None:
    """A rate whose name, or a share whose part, stands behind the percentage, or `None`.

    Args:
        candidate: The percentage in its context.
        folded: Folded text of the report.
    """
    end, told = candidate.quantity.outer_end, candidate.bound > candidate.sentence.start
    if told and _OF_THEM.fullmatch(candidate.between) and _ARE.match(folded, end):
        return Reading("share", "percent", None, "share", 0.9)
    if candidate.quantity.kind != "percent" or not _IN_FULL.match(folded, end):
        return None
    if not folded.startswith(_ELECTRONIC, end) and not _OF_DISCLOSURE.search(candidate.between):
        return None
    return Reading("other_metric", "percent", None, "in full", 0.85)


def rate_of(candidate: Candidate, known: Sequence[Draft]) -> Reading | None:
    """抽检答复文书40份，优秀率82.5%: a rate of its own name, of what was just counted; or `None`.

    Args:
        candidate: The percentage in its context.
        known: The mentions of the sentence, none where the number just before was none of ours.
    """
    if not known or candidate.quantity.kind != "percent" or known[-1].end + _BRACKET < candidate.bound:
        return None
    if _OWN_RATE.search(candidate.between) is None:
        return None
    return Reading("other_metric", "percent", None, "rate", 0.85)


def came_by_hotline(reading: Reading, candidate: Candidate) -> bool:
    """通过12345平台回复网上诉求信件76条, 12345热线咨询90条: a hotline is how they came."""
    told = reading.metric == "messages" or (reading.metric == "other_metric" and _is_concern(reading))
    if not told and not (reading.metric == INFORMATION and _HANDLED.search(candidate.between)):
        return False
    named = [t for t in candidate.own if "n.hotline" in t.classes and t.start < candidate.quantity.start]
    if not named:
        return False
    if reading.metric == "messages" and candidate.own[0].start == named[0].end:
        return True
    return any(way.search(candidate.between) for way in (_BY_HOTLINE, _THROUGH))


def _is_concern(reading: Reading) -> bool:
    return reading.head is not None and not {"n.concern", "n.problem"}.isdisjoint(reading.head.classes)


def by_aside(candidate: Candidate, state: State) -> Reading | None:
    """What a count of other work is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    unit = candidate.quantity.unit
    if unit in _PEOPLE and _is_assigned(candidate, state.folded):
        return Reading("other_metric", "person", None, "assigned", 0.9)
    if unit.endswith(("人次", "人")) and _MIXED_TALK.search(candidate.between):
        return Reading("other_metric", "person", None, "mixed talk", 0.9)
    if (plain := _asked_online(candidate, state) or _plain(candidate, state)) is not None:
        return plain
    if unit in _SHEETS and _is_run_off(candidate, state):
        return Reading("leaflets", "copy", None, "run off", 0.9, counters=frozenset({"copy"}))
    if unit == "元" and (_is_spent(candidate, state.folded) or _is_spent_in_all(candidate, state)):
        return Reading("other_metric", "元", None, "funded", 0.9)
    if unit == "分" and (scored := _score(candidate)) is not None:
        return scored
    if _QA_BASE.search(candidate.between) and state.rules.counts_items(unit):
        return Reading("other_metric", "item", None, "questions kept", 0.9)
    if _stands_under_kinds(candidate, state):
        return Reading(PART, "item", None, "under kinds", 0.9, measure="part", counters=ITEM)
    if _names_rules(candidate, state.folded) or _names_fields(candidate, state.folded):
        return Reading("", "", None, "rules", 0.0)
    if _is_taken_back(candidate, state):
        assert state.last is not None
        return again(state.last, "taken back")
    if _is_answered_by(candidate, state) or _is_taken_up(candidate, state):
        assert state.last is not None
        return some_of(state.last, "taken up")
    return None


def _plain(candidate: Candidate, state: State) -> Reading | None:
    """Figures that the words before them and their counter tell."""
    unit, between, last = candidate.quantity.unit, candidate.between, state.last
    pattern, named = _PLAIN.get(unit, (_SHARED, "shared"))
    if not pattern.search(between):
        after = last is not None and last.rule == "printed" and candidate.bound == state.last_end
        if after and unit in _COPIES and _GIVEN_AWAY.fullmatch(between):
            named = "given away"
        elif after and pattern is _PRINTED and _NEXT_BULLETIN.fullmatch(between):
            named = "printed"
        else:
            named = "shared" if pattern is not _SHARED and _SHARED.search(between) else ""
    if not named:
        return None
    counted = "copy" if named == "given away" else unit_of("other_metric", unit)
    groups = state.rules.counter_groups(unit) if named in ("handed over", "printed") else frozenset()
    return Reading("other_metric", counted, None, named, 0.85, counters=groups)


def _asked_online(candidate: Candidate, state: State) -> Reading | None:
    """What people asked for on a platform is no call of a hotline."""
    unit, between = candidate.quantity.unit, candidate.between
    if "诉求" not in between or "12345" in between or "热线" in between:
        return None
    if not state.rules.counts_items(unit) or not _BY_PLATFORM.search(between):
        return None
    groups = state.rules.counter_groups(unit)
    return Reading("messages", "item", None, "came online", 0.9, counters=groups)


def _is_run_off(candidate: Candidate, state: State) -> bool:
    """制作折页3种，印发2000份: the copies of what was just counted by its kinds."""
    last = state.last
    if last is None or last.head is None or candidate.bound != state.last_end:
        return False
    kinds = "n.leaflet" in last.head.classes and state.folded[last.end - 1] in _BY_KIND
    more = kinds and (candidate.quantity.value or 0) > (last.value or 0)
    return more and _RUN_OFF.fullmatch(candidate.between) is not None


def _score(candidate: Candidate) -> Reading | None:
    """What a number of points is: a bound is nothing."""
    if candidate.follows.startswith(_BOUND):
        return Reading("", "", None, "bound", 0.0)
    scored = "满意" not in candidate.between and _SCORED.search(candidate.between) is not None
    return Reading("other_metric", "score", None, "scored", 0.9) if scored else None


def _is_assigned(candidate: Candidate, folded: str) -> bool:
    """Whether those counted do disclosure work; its leaders are not counted (guideline part 2)."""
    end = candidate.quantity.outer_end
    if _IN_CARE.search(candidate.between) and _CARES.match(folded, end):
        return True
    if _APPOINTED.search(candidate.between) and _CHARGE.match(folded, end):
        return True
    run = _RUN_BY.match(folded, end) if _BY_ONE.search(candidate.between) else None
    if run is not None and not any(word in run[0] for word in _LEADS):
        told = folded[max(candidate.sentence.start, end - _TOLD_WITHIN) : end + _TOLD_WITHIN]
        return _OF_WORK.search(told) is not None
    if _CHOSEN.search(candidate.between) and _WHO_ANSWERS.match(folded, end):
        return True
    found = _ASSIGNED.match(folded, end)
    return found is not None and not any(word in found["who"] for word in _LEADS)


def _is_spent(candidate: Candidate, folded: str) -> bool:
    """Whether a sum of money was spent on disclosure."""
    if _FUNDED.search(candidate.between):
        return True
    return bool(_SPENT.search(candidate.between) and _SPENT_ON.match(folded, candidate.quantity.outer_end))


def _is_spent_in_all(candidate: Candidate, state: State) -> bool:
    """Whether money is told of next to what else disclosure took."""
    last = state.last
    near = last is not None and last.paragraph == candidate.sentence.paragraph and last.metric in _STAFFED
    return near and _SPENT_IN_ALL.search(candidate.between) is not None


def _stands_under_kinds(candidate: Candidate, state: State) -> bool:
    """Whether a kind of content is counted under a heading that announces the kinds of the total."""
    frame, section = state.frame, state.section
    if frame is None or frame.metric != INFORMATION or section is None or frame.section is section:
        return False
    if not _OWN_NOUNS.isdisjoint(candidate.near):
        return False  # 政策法规类12条
    counted = state.same_counter(frame, candidate) and _OF_KIND.search(candidate.between) is not None
    return counted and _KINDS_TITLE.search(fold(section.title)) is not None


def _names_rules(candidate: Candidate, folded: str) -> bool:
    touches = candidate.own and candidate.own[0].end == candidate.quantity.outer_start
    if not touches or "n.accountability" not in candidate.own[0].classes:
        return False
    return _RULES.match(folded, candidate.quantity.outer_end) is not None


def _names_fields(candidate: Candidate, folded: str) -> bool:
    """Whether what is counted only says where or by whom something was published."""
    end, unit = candidate.quantity.outer_end, candidate.quantity.unit
    if unit not in ("个", "家", "类") or not candidate.between.endswith("等"):
        return False
    return _FIELDS.match(folded, end) is not None


def _is_taken_back(candidate: Candidate, state: State) -> bool:
    last = state.last
    asked = last is not None and last.metric == "opinion_solicitations" and candidate.bound == state.last_end
    if not asked:
        return False
    if candidate.quantity.unit in ("份", "张") and _TAKEN_BACK.fullmatch(candidate.between):
        return True
    got = candidate.quantity.unit in ("条", "份", "件", "个") and _GOT.fullmatch(candidate.between)
    return bool(got) and _FEEDBACK.match(state.folded, candidate.quantity.outer_end) is not None


def _is_answered_by(candidate: Candidate, state: State) -> bool:
    last = state.last
    if last is None or last.metric not in ("messages", "hotline_cases") or candidate.bound != state.last_end:
        return False
    return state.same_counter(last, candidate) and _ANSWERED_BY.fullmatch(candidate.between) is not None


def _is_taken_up(candidate: Candidate, state: State) -> bool:
    last, start = state.last, candidate.bound
    if last is None or start != state.last_end or last.metric not in (INFORMATION, "other_metric"):
        return False
    if not state.same_counter(last, candidate) or not _TAKEN_UP.fullmatch(candidate.between):
        return False
    named = any(t.kinds & CHANNEL for t in candidate.own)
    return not named and _SENT.search(state.folded, max(0, last.start - _SENT_WITHIN), last.start) is not None
