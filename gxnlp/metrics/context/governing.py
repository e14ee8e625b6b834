"""Words near a number that do not govern it, and numbers that count nothing.

公布了名单，立案96起; 20项民心工程按季公布进展; 对照5个领域的信息; 人大四次会议; 没有接到一例.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, COUNTED, NOUN, TITLE, VERB, Term
from gxnlp.metrics.context.candidates import Candidate

_LINKS = deferred(
    r"[\s，；：、—（）]*(?:(?:截?至)?(?:20[0-9]{2}年|全年|本年|年度?|年内|当年|今年|学年|一年来?|上半年|下半年|[0-9]{1,2}月)(?:末|底|度)?"
    r"|总|[我本全][省市县区州旗镇乡街局委办厅校院]|截止|总数|总量|数量|条数|篇数|件数|次数|信息|数据|期间|以来|其中|目前|累计|合计|共计|总计|总共|合起来|平均|分别|已|共|计|约|近|仅|只|才|就|均|各|每[日周月季年]|[日周月]均|有|为|是|达|到|了|\s)*"
)
"""What may part a number from the clause before it that it is of (更新名单，全年共12次)."""
_ENDS_CLAUSE = deferred(r"$|[，。；：、！？）”—\s的了和并及与在于到至向给经通]")
"""上网43份 is told of pieces, 公布进展 of what becomes of them."""
_TOLD = frozenset({"v.publish", "v.process", "w.among", "n.part_kind", "n.content"})
_TIMES = frozenset("次轮回遍")
_PEOPLE_AND_PLACES = frozenset("个家名户位处")
_WITHIN = 2
_BUSINESS_DAYS = deferred(
    r"审批|许可|信访|开办|报[装建]|登记|住院|停[水电气]|工期|施工|注册|通关|退税|理赔|立项|竣工|贷款|补贴|[抢维]修|招标|评标|证照|建设"
)
_OTHERS = {
    "n.view": deferred(r"(?:读者|游客|顾客|客流|入馆|到馆|参观者?|门诊|展馆|场馆)$"),
    "n.follower": deferred(
        r"(?:用水|用电|用气|供水|供热|供电|供气|燃气|办证|停车|宽带|参保|缴费|储蓄|移动电话)$"
    ),
    "n.solicitation": deferred(
        r"(?:审计|巡察|巡视|督察|督查|督导|检查|评查|审核|审查|评审)[^，。；]{0,10}(?:提出|反馈)(?:整改|工作|修改|有关|相关)?的?$"
    ),
}
"""Views, users and opinions of other things, by the class of the noun."""
_PAPER = deferred(
    r"(?:[印下]发[^，。；]{0,8}《[^《》]*(?:方案|通知|意见|办法|规定|制度|要点|规划|计划|细则|批复)|《[^《》]*(?:证书?|执照|决定书|许可证))》[^，。；]{0,2}$"
)
"""印发《方案》36份, 发放《产权证书》3,200本: no leaflets."""
_AS_WAYS = frozenset({"n.leaflet", "n.meeting", "n.press"})
_IN_FORM = deferred(
    r"(?:[、和及][^，。；0-9]{1,12}){0,4}等?(?:多种|各种|不同)?(?:形式|方式|途径|渠道|载体|手段)"
)
"""利用明白纸、短信等形式发布信息90条: ways, not what is counted."""
_BY_MEETING = deferred(
    r"(?:通过|利用|借助|以|采取|运用)(?:召开|举行|各类|各种|干部|村民|职工)*(?:大会|会议|座谈会|例会|代表会)(?:[、和及等][^，。；：0-9]{1,12})?"
    r"(?:形式|方式)?(?:及时|主动|向[^，。；0-9]{1,6})*(?:公开|公布|发布|通报)[^，。；：0-9]{0,8}$"
)
"""利用会议公开22次: a way, no meetings made public."""
_SCHOLARLY = ("论文", "专著", "学术著作", "文献")
"""发表论文57篇: what an institute does besides."""
_MACHINES = frozenset({"部", "台", "套", "座", "组", "辆"})
_OF_ITS = deferred(r"的[^，。；的]{2,}$")
_AMOUNT = deferred(r"[数量总共有为达计近约超]|条目|分别|[^，。；]{1,6}类$")
_ABOUT = ("关于", "有关", "涉及")
_PLACED = deferred(r"[^，。；0-9]{0,6}(?:栏目|专栏|板块|版块|网站|平台|账号|系统|渠道|地方|部门)[里内中]")
"""一条信息放在三个栏目里: where something is put."""
_BODIES = ("个", "家", "余个", "余家")
_REACHING = ("覆盖", "覆盖了", "涉及", "涵盖", "遍布", "辐射")
_REACHED = deferred(
    r"(?:[^，。；、0-9]{0,4}(?:镇|乡|村|街道|社区|部门|单位|县|区|市|企业|小区|园区|学校|领域|方面|网点)(?!信息|事项|网站))"
)
_OF_THEM = deferred(
    r"[^，。；、0-9]{0,4}(?:部门|单位|乡镇|街道|科室|社区|企业)(?:共|近|约)?[0-9]{1,5}[余多]?[人名]"
)
_GROWS = deferred(r"(?:清单|目录)(?:事项)?[由从]")
_IS_DONE = deferred(r"(?:办理|办结|受理)(?!结果|情况)[^，。；0-9]{0,16}服务事项(?:共|共计)?$")
"""办理公共服务事项3万件: business, nothing published."""
_MEETINGS = deferred(r"届[^，。；0-9]{0,10}$")
_NOT_ONE = deferred(r"(?:没有|[并均]?无|[未没](?:收到|接到|发生|出现|发现|受理)过?)$")
"""没有1件投诉."""
_DENIED = deferred(r"(?:没有|没|未曾|从未|未|并无|无)(?!论)[^，。；、0-9]{0,6}$")
_NOT_EVEN = deferred(
    r"[都也]?(?:没有?|未)(?:[收接]到|发生|受理|[发废](?=[，。；]))|[都也](?:没有?|无|未有|不曾有)(?:过|了)?(?=[，。；、\n]|$)"
)
"""申请一件没收到."""
_ALONE = deferred(r"(?:仅|单|光|只)是?[^，。；：0-9]{2,14}$")
_BY_ITSELF = deferred(r"(?:上|里)?(?:就|便|即)")
"""仅抖音一家就有90万次: one that is told of by itself."""
_CIRCULATED = deferred(r"[，、]?(?:办理|制发|印发)?发文")
_CAME_IN = deferred(r"收文[^，。；0-9]{0,6}[0-9][0-9.,万]{0,8}[余多]?[件份个]?$")
_CLAUSES = deferred(
    r"(?:[^，。；、：（）0-9]{0,14}(?:措施|举措|硬招|实招)|[^，。；、：（）0-9]{0,4}(?:接续|一揽子|配套|支持)政策)"
    r"(?![^，。；、：0-9]{0,6}(?:信息|内容|解读|文章|推文|稿件|图解|海报|视频))"
)
_LONGEST_BEFORE = 24
_TAUGHT = frozenset({"n.trainee", "n.training"})
_STAFF = ("干部", "党员", "职工", "骨干")
_OF_A_PAPER = deferred(r"(?:方面|部分|章节?|领域|环节)[，、]?共?计?$")
_LONGEST_FIELDS = 8
ENDS_RUN = frozenset(
    {"n.review", "n.lawsuit", "n.interpretation", "n.column", "n.press", "n.interview", "n.training",
     "n.normative", "n.video", "n.graphic"}
)  # fmt: skip
_ASKED = frozenset({"n.application", "n.apply"})
_SMALL = frozenset("个项名人家次户位")
_ACTORS = frozenset("个家")
ACTING = frozenset("个家名户位处")


_FULL_MARKS = deferred(r"(?:满分|总分值?|分值)(?:为|是)?$")
"""得分4.8分（满分5分）: how many points there are to be had."""


def counts_nothing(candidate: Candidate, folded: str) -> bool:
    """Whether a number is none of ours by its form: 十四届人大四次会议, 没有接到一例, 收文90件、发文12件.

    Args:
        candidate: The count in its context.
        folded: The folded text of the report.
    """
    quantity, behind = candidate.quantity, candidate.behind
    meeting = behind is not None and behind.start == quantity.outer_end and "n.meeting" in behind.classes
    if (
        meeting
        and quantity.unit == "次"
        and _MEETINGS.search(folded, max(0, quantity.start - _LONGEST_BEFORE), quantity.start)
    ):
        return True
    if quantity.text == "一" and _NOT_EVEN.match(folded, quantity.outer_end):
        return True
    alone = quantity.text[:1] == "一" and _BY_ITSELF.match(folded, quantity.outer_end) is not None
    if alone and _ALONE.search(candidate.between):
        return True
    if quantity.unit in _BODIES and _counts_bodies(candidate, folded):
        return True
    if candidate.between.endswith(("在", "于")) and _PLACED.match(candidate.follows):
        return True
    if counts_clauses(candidate) or _FULL_MARKS.search(candidate.between):
        return True
    led = folded[candidate.bound : quantity.start]  # without the noun behind: 未发生一起责任追究事件
    denied = {"一": _DENIED, "1": _NOT_ONE}.get(quantity.text)
    if denied is not None and not candidate.closed and denied.search(led):
        return True
    if not _CIRCULATED.fullmatch(candidate.between):
        return False
    return _CAME_IN.search(folded, max(0, candidate.bound - _LONGEST_BEFORE), candidate.bound) is not None


def counts_clauses(candidate: Candidate) -> bool:
    """出台20条惠企措施, 33条一揽子政策措施: clauses of a policy, not pieces; 20条政策措施信息 are pieces."""
    return candidate.quantity.unit == "条" and _CLAUSES.match(candidate.follows) is not None


def takes_days(candidate: Candidate) -> bool:
    """审批时限平均压缩3天, 平均工期12天: days that business takes, not an answer to an application."""
    return _BUSINESS_DAYS.search(candidate.between) is not None and "公开" not in candidate.between


def _counts_bodies(candidate: Candidate, folded: str) -> bool:
    """自助终端覆盖14个镇; 36个部门50余人参加培训: those reached or represented."""
    if candidate.between.endswith(_REACHING) and _REACHED.match(candidate.follows):
        return True
    return _OF_THEM.match(folded, candidate.quantity.outer_end) is not None


def may_govern(head: Term, candidate: Candidate) -> bool:
    """Whether a word of publishing, for what is published or for a way of it may govern a number.

    Args:
        head: The word; any other may.
        candidate: The count in its context.
    """
    if head.end <= candidate.quantity.start and _is_of_others(head, candidate):
        return False
    if head.end <= candidate.quantity.start and not _AS_WAYS.isdisjoint(head.classes):
        offset = candidate.bound
        if "n.meeting" in head.classes and _BY_MEETING.search(candidate.between):
            return False
        return _IN_FORM.match(candidate.between, head.end - offset) is None
    if "v.publish" not in head.classes and "n.info" not in head.classes:
        return True
    if candidate.between.endswith(_SCHOLARLY):
        return False
    if "n.info" in head.classes and _IS_DONE.search(candidate.between):
        return False
    if head.start >= candidate.quantity.outer_end:
        return _may_follow(head, candidate)
    offset = candidate.bound
    if head.end <= candidate.own_start:  # 发布名单，立案90起: the number has a clause of its own
        told = any(t.kinds & CHANNEL or not _TOLD.isdisjoint(t.classes) for t in candidate.own)
        return told or _LINKS.fullmatch(candidate.between, candidate.own_start - offset) is not None
    if _GROWS.search(candidate.between, head.start - offset):
        return False  # 公开清单由148项增至203项
    rest = candidate.between[head.end - offset :]
    if "v.weak" in head.classes and not any(t.kinds & CHANNEL for t in candidate.own):
        return _LINKS.fullmatch(rest) is not None  # 撰写论文6篇, 录入工单90件
    machines = candidate.quantity.unit.strip() in _MACHINES and not any(
        t.kinds & CHANNEL for t in candidate.own
    )
    if machines and candidate.between.startswith("更新", head.start - offset):
        return False  # 更新老旧电梯26部, but 视频号更新26部
    modifies = _OF_ITS.match(candidate.between, head.end - offset)
    counted = head.kinds & VERB or modifies is None or _AMOUNT.search(modifies[0])
    return bool(counted)


def _is_of_others(head: Term, candidate: Candidate) -> bool:
    """Whether the words at a noun say that it is none of ours: 读者访问量, 审计提出意见, 印发《方案》36份."""
    if "w.average" in head.classes and candidate.quantity.unit.endswith(("天", "日")):
        return takes_days(candidate)
    offset = candidate.bound
    before, at = candidate.between[: max(0, head.start - offset)], max(0, head.end - offset)
    for kind, others in _OTHERS.items():
        if kind in head.classes and others.search(before):
            return True
    papers = head.kinds & TITLE and candidate.quantity.unit.strip() in ("份", "件", "本")
    return bool(papers) and _PAPER.search(candidate.between[:at]) is not None


def _may_follow(head: Term, candidate: Candidate) -> bool:
    """Whether a word behind a number says what the number counts."""
    follows = candidate.follows[head.end - candidate.quantity.outer_end :]
    unit = candidate.quantity.unit.strip()
    if not head.kinds & COUNTED:
        return unit not in _TIMES and _ENDS_CLAUSE.match(follows) is not None
    if any(t.kinds & VERB for t in candidate.own):
        apart = head.start - candidate.quantity.outer_end > _WITHIN
        small = unit[:1] in _PEOPLE_AND_PLACES and not candidate.follows.startswith(_ABOUT)
        return not (apart and small)  # 公开12个监测站数据
    return not (follows.startswith("的") and _ENDS_CLAUSE.match(follows[1:]) is None)


def counts_things(candidate: Candidate) -> bool:
    """Whether the thing counted is named and is no metric: 53个预算部门, 企业412家."""
    quantity = candidate.quantity
    bodies = quantity.unit.strip()[:1] in _ACTORS  # 36个部门50人参加
    staff = candidate.between.endswith(_STAFF)
    if staff and any(not _TAUGHT.isdisjoint(t.classes) for t in candidate.own):
        return False  # 培训镇村干部65人
    if candidate.right:
        taught = staff and not _TAUGHT.isdisjoint(candidate.right[0].classes)
        trained = any("v.train" in t.classes or "n.trainee" in t.classes for t in candidate.right)
        if taught or (not bodies and trained):
            return False  # 教职工43人参加, 200名职工参加学习, 机关干部30人参加培训
    after_fields = len(candidate.between) <= _LONGEST_FIELDS  # 多领域360条信息: no number of fields
    if after_fields and _OF_A_PAPER.search(candidate.between) and candidate.behind is not None:
        return candidate.behind.start == quantity.outer_end  # 10个方面共58条内容
    if quantity.unit[:1] in _SMALL and candidate.own:
        nearest = candidate.own[0]
        kind = candidate.between.endswith("类") and quantity.unit[:1] != "个"  # 药品类11次
        if "x.thing" in nearest.classes and not kind and quantity.outer_start - nearest.end <= 1:
            closes = nearest.end == quantity.outer_start or (
                candidate.closed and candidate.between.endswith("等")
            )
            told = nearest.kinds & NOUN and closes  # 公布权责清单3项, 权责清单等3项
            return "w.applicant" not in nearest.classes and not told
    thing, far = candidate.behind, quantity.outer_end + 6
    if not thing or candidate.closed or "x.thing" not in thing.classes or thing.start > far:
        return False
    if candidate.follows.startswith("类", thing.start - quantity.outer_end) and thing.start > far - 4:
        return False  # 44件是求助类
    ends = _ASKED if quantity.unit[:1] in ACTING else _ASKED | ENDS_RUN
    if any(t.start == thing.end and not ends.isdisjoint(t.classes) for t in candidate.right):
        return False  # 9件群众申请, 9场主题新闻发布会
    after = "v.publish" not in candidate.before and candidate.between.rstrip().endswith("等")
    return after or not any(t.kinds & COUNTED and quantity.outer_start - t.end <= 1 for t in candidate.own)
