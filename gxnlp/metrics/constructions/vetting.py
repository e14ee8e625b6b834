"""What was gone through before or after it was public: drafts reviewed, sent back, blacked out, guides.

审核信息160条，退回12条; 隐去身份证号730处; 更新公开指南1次: work of disclosure, none of it pieces published.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.constructions.cleared import read_cleared
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.patterns import OPEN
from gxnlp.metrics.context.readings import Reading, unit_of
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.running.state import State

_PIECES = frozenset("条篇件份个项则期")
_PLACES = frozenset("处条个件份项张")
_TIMES = frozenset({"次", "版", "轮", "轮次", "版次"})
_DRAFTS = (
    r"(?:(?:各?类|各单位|各科室|各部门|全镇|全局|政府|政务|网站|上网|[拟待]公开|[拟待]发布|[报上]送|上报|公众号|新媒体|宣传|有关|相关|的)*"
    r"(?:稿件|文稿|信息|推文|内容|文章|材料|(?:政办|府办|局|办|委)?发?文件|公文|公示件))"
)
_VETTED = deferred(
    rf"(?:审核|审签|审阅|审校|校审|校对|核稿|审发|签发|(?:保密|合规|发布前|上网前|事前|公开前)审[查核]|(?<=[，、；共])登记(?:发布)?)(?:了|把关)?{_DRAFTS}?"
    r"(?:发布申请|发布)?(?:共计?|累计|达|约|：)*$"
)
"""审核信息160条, 分管领导签发195件."""
_ABOUT = deferred(r"[对将把][^，。；0-9]{0,16}$")
_THEN_VETTED = deferred(
    r"(?:拟公开的?|拟发布的?|历史|存量|公开)*(?:信息|稿件|文件|公文|内容)(?:逐[条件篇]|全部|全面|均)*"
    r"(?:进行|开展|实施|作|做|予以)了?[^，。；0-9]{0,6}(?:审查|审核|复核|校对|核验|属性(?:认定|标注|界定|核定))"
)
"""对拟公开的320条信息进行保密审查."""
_SIGNED = ("签发", "审签", "核稿", "校对")
_SENT_BACK = deferred(
    r"(?:退回|退改|退稿|撤稿|打回|驳回|撤回|撤下|拦截|暂缓发布|不予发布|压下)(?:修改|重写|重拟|补充|完善|整改|更正)*"
    rf"(?:了|不规范|不合格|不符合要求|有误|问题|的)*{_DRAFTS}?(?:共|：)*$"
)
"""退回修改12条, 撤稿3件: where drafts were told of before, or are named."""
_OLD = (
    "(?:[旧老](?:指南|公告|稿件?|信息|文件|通知|政策|内容|页面|网页|链接|新闻)|(?:过期|过时|失效|陈旧|重复|错误|无效|冗余|废止|到期|不规范|涉密|不实|僵尸|历史)的?"
    "(?:指南|公告|公示|稿件?|信息|文件|通知|政策|内容|页面|网页|链接|条目|文章|推文|数据))"
)
_TAKEN_OFF = deferred(
    rf"(?:到期|定期|集中|及时|批量|主动|按期|统一|清理)*(?:下线|撤下|下架|归档|清除|撤除|清退|移除|删除|隐藏|存档|封存|撤稿|下网)(?:处理|存档)?了?"
    rf"(?:(?:网站|公众号|栏目|平台|各类)?{_OLD}[、和及]?){{1,4}}(?:等)?(?:<共>|约)*$"
)
"""到期下线旧指南、旧公告65条: what was taken off the site, not published."""
_MADE_PUBLIC = deferred(r"[，、；](?:其中)?(?:主动|对外|向社会|予以)?公开(?:了|的有)?")
_BLACKED = (
    "(?:隐去|遮盖|遮挡|遮蔽|脱敏|打码|隐名|涂黑|删改|去标识化|匿名化|隐私处理|模糊处理|隐匿|做?黑框遮盖)"
)
_IS_BLACKED = deferred(
    rf"{_BLACKED}(?:处理)?(?:了|涉及?)?(?:[^，。；0-9后]{{0,6}}[、和及])*[^，。；0-9后]{{0,14}}$"
)
_THEN_BLACKED = deferred(
    rf"[^，。；0-9]{{0,16}}?(?:进行|作|做|予以|实施|开展|逐条)(?:了|技术|逐一)*{_BLACKED}"
)
"""隐去身份证号、手机号730处, 对168条信息作脱敏处理."""
_PRIVATE = deferred(r"信息|公示|公开|名单|文件|身份证|手机号|账号|姓名|号码|文书|公布|上网|裁决书|隐私")
_RENEWED = deferred(
    r"(?:更新|修订|调整|完善|修改|编制|重编|动态调整)(?:了|完善|发布)*[^，。；、0-9]{0,8}(?:公开|基本|标准|事项)(?:指南|目录)(?:内容)?(?:共|累计|各)*$"
)
"""更新公开指南1次: the guide was renewed, no piece was published."""
_GUIDES = ("指南", "目录", "内容", "共", "累计", "各")
_CHECKED = "(?:检测|监测|扫描|巡查|巡检|抽查|抽检|检查|筛查|排查|体检)"
_ACCOUNTS = "(?:网站|账号|公众号|新媒体|平台)"
_SCANNED = deferred(
    rf"(?:^|[，。；：])(?:<全年>|<共>|先后|已|各季度|每季度|我[局委县市区]|[省市县区]政府办公?[厅室]?)*{_CHECKED}了?(?:"
    rf"[^，。；：、0-9公布]{{0,12}}?(?:{_ACCOUNTS}(?:账号)?|栏目|专栏|网页|页面|链接|(?:网站|历史|存量|新媒体|平台)(?:内容|信息|稿件|文章))"
    r"|(?<=扫描)信息|(?<=检测)信息|(?<=[筛排]查)信息)(?:<共>|达)*$"
)
_NEXT_SCANNED = deferred(
    rf"[，、；](?:其中|以及|和|并|累计|涉及|包括|覆盖|包含|{_CHECKED}了?)*[^，。；：、0-9公布更推传转发改]{{0,8}}?"
    rf"(?:{_ACCOUNTS}|账号|栏目|专栏|网页|页面|链接|信息|稿件|文章|数据)(?:<共>|达)*"
)
"""检测网站栏目140个，新媒体48家，涉及信息4,600条: what a check went over was not opened or published."""
_WAS_SCANNED = deferred(
    rf"{_CHECKED}了?[^，。；：、0-9公布]{{0,12}}{_ACCOUNTS}(?:<共>|达)*[0-9]{{1,5}}余?[个家](?:次)?$"
)
_IS_ACCOUNT = deferred(rf"{_ACCOUNTS}(?:<共>|达)*$")
_CHECKS = frozenset("检监扫巡抽筛排体")
_OVER = frozenset("个家条篇项款")
_DRAFTED = ("信息", "稿件", "文件", "公文", "内容", "拟", "历史", "存量", "公开")
_WORDS = deferred("[审签校核登退撤打驳拦缓压公]")
_BLACK = deferred("[隐遮脱打涂删去匿模黑]")
_LONGEST = 40


def read_vetting(candidate: Candidate, state: State) -> Reading | None:
    """What a count of drafts or of renewals is, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    return read_cleared(candidate, state) or _vetted(candidate, state)


def _vetted(candidate: Candidate, state: State) -> Reading | None:
    unit = "".join(candidate.quantity.unit.split())
    between = candidate.between
    if unit in _TIMES:
        renewed = between.endswith(_GUIDES) and _RENEWED.search(between) is not None
        return _reading(unit, "renewed") if renewed else None
    if unit[-1:] == "次":
        unit = unit[:-1]
    if unit in _PLACES and _is_blacked(candidate, state):
        return _reading(unit, "blacked out")
    behind = candidate.follows.startswith(_DRAFTED) and _ABOUT.search(between) is not None
    if behind and unit in _PIECES and _THEN_VETTED.match(state.folded, candidate.quantity.outer_end):
        return _reading(unit, "vetted")
    if unit in _OVER and not state.listing and (scanned := _scanned(candidate, state)) is not None:
        return scanned
    if unit in _PIECES and _TAKEN_OFF.search(between):
        return _reading(unit, "taken off")
    if unit not in _PIECES or not _WORDS.search(between):
        return None
    last = state.last if candidate.bound == state.last_end else None
    vetted = last is not None and last.rule in ("vetted", "sent back")
    if vetted and last is not None and last.rule == "vetted" and _MADE_PUBLIC.fullmatch(between):
        papers = "文" in state.folded[max(0, last.start - 6) : last.start]
        metric = "policy_docs" if papers else "info_published"
        return Reading(metric, "item", None, "let through", 0.9, counters=ITEM)
    back, published = _SENT_BACK.search(between), last is not None and last.metric == "info_published"
    if back is not None and (vetted or published or _names_drafts(back[0])):
        return _reading(unit, "sent back", "part" if vetted else "")
    found = _VETTED.search(between)
    if found is None:
        return None
    named = _names_drafts(found[0]) or (unit != "个" and (vetted or found[0].startswith(_SIGNED)))
    if not named:
        return None
    return _reading(unit, "vetted")


def _scanned(candidate: Candidate, state: State) -> Reading | None:
    """What a check went over: pages and pieces are counted, of bodies and their accounts nothing is."""
    between, last = candidate.between, state.last
    accounts = _IS_ACCOUNT.search(between) is not None
    if _CHECKS.isdisjoint(between) or not _SCANNED.search(between):
        after = (
            last is not None and last.rule == "scanned" and last.sentence.start == candidate.sentence.start
        )
        after |= accounts and _follows_scanned(candidate, state)
        if not after or not _NEXT_SCANNED.fullmatch(between):
            return None
    if accounts:
        return Reading("", "", None, "accounts", 0.0)
    return _reading(candidate.quantity.unit.strip(), "scanned")


def _follows_scanned(candidate: Candidate, state: State) -> bool:
    """抽检网站12家，政务新媒体48家: whether accounts that were checked stand right before."""
    first = max(candidate.sentence.start, candidate.bound - _LONGEST)
    return _WAS_SCANNED.search(state.folded, first, candidate.bound) is not None


def _reading(unit: str, rule: str, measure: str = "") -> Reading:
    return Reading(OPEN, unit_of(OPEN, unit), None, rule, 0.85, measure=measure, counters=ITEM)


def _names_drafts(words: str) -> bool:
    return any(noun in words for noun in ("稿", "信息", "推文", "内容", "文章", "文件", "公文", "公示件"))


def _is_blacked(candidate: Candidate, state: State) -> bool:
    """Whether a number counts what of the persons named was made unreadable."""
    folded, start, end = state.folded, candidate.quantity.outer_start, candidate.quantity.outer_end
    before = _BLACK.search(candidate.between) and _IS_BLACKED.search(candidate.between)
    may_follow = _BLACK.search(folded, end, end + _LONGEST)
    if not before and not (may_follow and _THEN_BLACKED.match(folded, end)):
        return False
    return (
        _PRIVATE.search(folded, max(candidate.sentence.start, start - _LONGEST), end + _LONGEST) is not None
    )
