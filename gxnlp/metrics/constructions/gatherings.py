"""Who came to what a body held, and what was asked there: guests, people reached, broadcasts, lessons.

邀请市民代表20名走进水厂, 宣讲18场覆盖群众2400人, 活动当天解答问题60个: figures of disclosure work that the
nouns at the number alone do not tell from business.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading, unit_of
from gxnlp.metrics.running.state import State

_PEOPLE = frozenset({"人", "名", "位", "人次", "余人", "名次", "群众"})
_CAME_AS = _PEOPLE | {"家", "家次"}
_SESSIONS = frozenset({"次", "场", "期", "轮", "场次", "期次", "轮次", "堂", "节", "课", "回", "讲", "遍"})
_SENDS = ("派员", "派人", "派出", "选派")
_ASKED = frozenset({"个", "条", "件", "次", "人次", "余个", "项"})
_PUBLIC = (
    "(?:代表|群众|市民|居民|村民|师生|学生|家长|企业家?|业主|委员|公众|媒体|记者|监督员|人士"
    "|网[民友]|用户|商户|农户|职工)"
)
_INVITED = deferred(r"邀请[^，。；0-9]{0,40}$")
_CAME = deferred(
    r"[^，。；0-9]{0,16}?(?:参观|走进|走入|体验|观摩|座谈|列席|旁听|视察|监督|评议|建言|(?:参加|参与)[^，。；0-9]{0,10}"
    r"(?:开放|会议|听证|政务|公开|意见|决策|活动))"
)
_IS_PUBLIC = deferred(_PUBLIC)
_PUBLIC_CAME = deferred(rf"[^，。；0-9]{{0,6}}{_PUBLIC}[^，。；0-9]{{0,4}}(?:参加|参与|到会|出席|到场)")
"""听证会1次，28名代表参加."""
_STOP = deferred("[，。；）]")
_ATTENDED = deferred("列席|旁听|听证|座谈|恳谈|参观|走进|观摩|体验|开放|会议|常务会")
"""列席会议8次，邀请市民代表、企业家等20人次."""
_TAUGHT = deferred("培训|学习|讲座|授课")
_EVENT = deferred(
    r"听证会|议事协商|协商活动|开放[日周月]|公开[日周月]|主题日|宣讲|宣传活动|咨询活动|现场活动|恳谈|说明会|见面会|(?<!文化)(?<!文艺)(?<!体育)(?<!志愿)(?<!服务)(?<!慰问)活动(?:期间|当[天日]|现场|中[，共]|[0-9]{1,4}余?[场次期])"
)
"""What a body holds for the public; its figures stand in the same sentence."""
_REACHED = deferred(
    rf"(?:覆盖|服务|惠及|吸引|受益|参与|参加|受众|面向|宣传|接待|迎来)(?:的?{_PUBLIC}|人数|人次|人员|达|约|共|近|超|了|各类)*$"
)
_TAKES_PART = deferred(r"吸引(?:了)?[^，。；0-9]{0,10}$")
_PART = deferred(r"[^，。；0-9]{0,10}(?:参与|参加)(?!观看|收看|[^，。；]{0,4}观看)")
_ANSWERED = deferred(
    r"(?:解答|答复|回答|回应|解决)(?:了)?(?:各类|有关|相关|群众|企业|公众|市民|现场|提出的?|政策|咨询|的)*(?:问题|疑问|疑惑|困惑|咨询|难题|诉求)(?:共|达|约|近)?$"
)
_BROADCAST = deferred(
    r"(?:抖音|视频号|快手|微信|网络|网上|在线|线上|视频|现场|户外|公益|专题|活动|文旅|仪式|会)?直播(?:活动|宣传|推介|带货|带岗)?(?:共|累计|达|了|计)?$"
)
_TALK = deferred(
    r"[省市县区镇乡局厅委院所校]长|主任|书记|负责人|领导|一把手|嘉宾|专家|政策|解读|访谈|问政|热线|答疑|答问|连线|对话|互动|走进|做客"
    r"|直播间|节目|栏目|电台|电视|广播|政务|“[^”，。；]{0,12}[讲说谈聊问]"
)
_HELD = deferred(r"(?:<举办>|进行)(?:了|有|过|共|累计)?$")
_LECTURED = deferred(
    r"(?:请|邀|聘)[^，。；0-9]{2,20}?(?:讲|辅导|解读)[^，。；0-9]{0,6}(?:《[^》]{2,24}》|条例|公开|保密)[^，。；0-9]{0,10}$"
    r"|(?:^|[，；]|集中|集体|专题|系统|干部|人员|职工|全员|组织|统一|会前)学习?了?[^，。；、0-9》]{0,4}"
    r"(?:《[^》]{0,20}条例》|条例|公开(?:业务|知识|制度|规定|工作|文件|政策|要求))(?:文件|精神|内容)?$"
    r"|(?<!宣)讲(?:了|授|解)?(?:政务|信息)?(?:公开[^，。；0-9]{0,6}|《[^》]{0,20}条例》|条例)$"
)
"""请律师给社区书记讲《条例》2次, 乡干部集中学《条例》3次, 夜校讲公开业务5课."""
_TEACHES = deferred("[学讲请邀聘]")
_WENT = deferred(
    r"(?:派员|派人|派出|选派|组织(?:人员|干部|工作人员|业务人员|信息员))[^，。；0-9]{0,8}?(?:赴|到|去|往)[^，。；0-9]{1,12}?"
    r"(?:参训|听课|学习|参加|跟班|培训|进修)[^，。；0-9]{0,6}"
)
"""派人到县里听课3次, and with the number before it 两次派员到县里听课."""
_OFTEN = deferred(r"(?:先后|前后|相继|累计|<全年>|共|已)$")
_CHECKED_LATER = deferred(
    r"[对赴到深入下组织开展进行带队]{1,4}[^，。；0-9]{0,18}?(?:督导|检查|督查|抽查|巡查|暗访|自查|排查)(?!组|员|室)"
)
_TAUGHT_LATER = deferred(
    r"(?:<举办>|召集|集中|参加)[^，。；0-9]{0,24}?(?:学习|培训|轮训|讲座|授课)(?!型|强国|班子|中心)"
)
"""先后12次深入乡镇督导信息公开, 先后4次组织干部学习《条例》."""
_LESSONS = deferred(
    r"(?:(?!、[一两二三四五六七八九十])[^，。；0-9]){2,60}?的[^，。；、0-9]{0,8}(?:培训|讲座|授课|轮训)"
)
_GUIDED = deferred(
    r"(?<!检查)(?<!督促)(?<!督查)(?<!领导)(?<!技术)(?<!种植)(?<!生产)指导(?:服务|培训|帮助|工作)?(?:了|共|达|累计|重点单位|各单位|有关单位|[县区市]直单位|乡镇|各科室)*$"
)
_GUIDES = deferred("公开|信息|网站|答复|申请|公文|公众号|政务|栏目")
_TIMES = frozenset({"次", "人次", "家次", "余次", "批次"})
"""对各单位答复工作给予指导30次: no hotline, no lesson."""
_AT_MEETING = ("会", "会议", "决策", "讨论", "共")
_SAT_IN = deferred(
    r"(?:公众|群众|市民|居民|村民|代表|委员|相关方)[^，。；0-9]{0,8}(?:参与|参加|旁听)[^，。；0-9]{0,12}"
    r"(?:常务会议?|全体会议|办公会议?|[局委厅]务会议?)(?:决策|讨论)?(?:共)?$"
)
"""公众参与区政府常务会议决策8次."""
_SAT = deferred("会|涉及")
_TOPICS = ("议题", "议题共", "议定事项")
_LOOKED_UP = ("查询", "查阅", "服务")
_QUERIED = deferred(
    r"(?:提供|接待|受理)[^，。；0-9]{0,6}(?:信息|文件|公报|目录|政策|档案)[^，。；0-9]{0,4}(?:查询|查阅)(?:服务)?$"
)
"""提供信息查询服务90次."""
_GUESTS = deferred(
    r"(?:访谈|节目|做客|直播|对话|发布会|吹风会)[^。；]{0,16}(?:邀请|请|受邀)[^，。；0-9]{0,8}嘉宾$"
)
_CHECKS = deferred(
    r"[^，。；、0-9的]{2,18}?(?:检查|督查|抽查|自查|排查|巡查|监测|普查|督导|自检)(?=[，。；、（]|工作|活动|$)"
)
_OWN_CHECKS = deferred("网站|信息|公开|栏目|内容|新媒体|保密|错敏词|账号|目录|更新|专栏|政务")
_PLAIN_LESSONS = deferred(r"[^，。；、0-9的]{2,18}?(?:培训班?会?|讲座|轮训)(?=[，。；、（]|工作|活动|$)")
"""4次网站信息内容专项检查, 2期政务信息写作培训: what is counted ends a run of nouns."""
_TEACHERS = deferred(r"(?:邀请|聘请|请)了?[^，。；0-9]{0,8}(?:专家|讲师|教授|老师|教官|授课人)$")
"""邀请专家2名: who taught was not taught."""
_HEARERS = deferred(r"(?:为|给|对|向)[^，。；0-9]{0,8}$")
_TAUGHT_THEM = deferred(r"[^，。；0-9]{0,14}(?:授课|讲课|上课|作辅导|进行辅导|讲解)")
_SENT = deferred(r"(?:组织|选派|选送|派出?|安排|推荐|抽调|先后|共有?|有)[^，。；0-9]{0,10}$")
_TO_LESSONS = deferred(
    r"[^，。；0-9]{0,14}(?:参加|参与|到|赴|前往)[^，。；0-9]{0,20}?(?:培训|学习班?|轮训|讲座|跟班)"
)
_LEARNED = deferred(
    r"(?:政务公开|信息公开|《条例》|网站)[^。；0-9]{0,16}(?:学习|培训)[^。；0-9，]{0,6}，(?:参加|参训|参学|受训)(?:人数|人员)(?:共|达到|达|近|约|超过)*$"
)
_OTHER_LESSONS = deferred(
    "技能|创业|就业|安全生产|消防|急救|种植|养殖|农民|农户|企业家|电商|普法|驾驶|护理|居民|村民|市民|家长"
)
_ASK = deferred(
    "(?:群众|公众|市民|居民)?(?:通过|到|来|前来|向)[^。；0-9]{0,30}?(?:咨询|查阅|查询)(?![^，。；]{0,8}(?:业务|水价|政策补贴))"
)
_COUNTED_FIRST = deferred(r"(?:^|[，。；有年内])(?:共有?|累计有?|约)?$")
_ENTRIES = deferred("(?:基层)?(?:主动|政务|政府信息|信息)?公开(?:事项|子目录)(?=[，。；、（的标目清编])")
_COVERED = deferred(
    "(?:涉及|下设|设有?|编制|确定|细化|梳理|制定|公开类别、|事项、|(?:领域|部门|单位|大类|类别|方面)[、，]?)(?:完成|完善|了|共|计|出)*$"
)
_ENTRY = frozenset({"个", "项", "条"})
"""设18个公开子目录, 26个领域、245项公开事项标准目录: entries of a catalogue."""
_INTERACTED = deferred("互动(?:量|次数|总量)?(?:共|达|超|约)*$")
_FOLLOWED = deferred("粉丝|阅读|播放|浏览|点赞|转发")

_REPORTERS_CAME = deferred(
    r"(?:境内外|各类|中外|各级|主流|新闻|中央|省市)*(?:媒体|记者)[^，。；、0-9]{0,6}(?:、[^，。；、]{1,16})?(?:参加|出席|到会|参会)"
)
_GATHERED = deferred(r"<举办>了?(?:各类|系列|相关|主题|宣传|线上线下|各种)*活动(?:共|达|累计)?$")
_NAMED_EVENT = deferred(
    r"<举办>了?[^，。；0-9“]{0,8}“[^”]{0,16}(?:[局镇区县市处院校]长|公开|政务|政策|流程|开放|面对面|恳谈|接待日|问政|阳光)[^”]{0,12}”"
    r"[^，。；0-9]{0,6}活动(?:共|达|累计)?$"
)
_OURS = frozenset({"overview.supervision", "overview.management", "overview.on_request"})
_LONGEST = 60
_BACK = 80


def read_gathering(candidate: Candidate, state: State) -> Reading | None:
    """What a count is that an event of disclosure explains, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    unit = "".join(candidate.quantity.unit.split())
    if unit in _PEOPLE and (people := _of_people(candidate, state)) is not None:
        return people
    if unit in _ASKED and _ANSWERED.search(candidate.between) and _at_event(candidate, state):
        return Reading("other_metric", unit_of("other_metric", unit), None, "asked there", 0.85)
    if (
        unit in _ENTRY
        and _ENTRIES.match(state.folded, candidate.quantity.outer_end)
        and _COVERED.search(candidate.between)
    ):
        return Reading("other_metric", "item", None, "entries", 0.85)
    if unit == "次" and _INTERACTED.search(candidate.between) and _is_followed(candidate, state):
        return Reading("other_metric", "session", None, "interacted", 0.85)
    if (aside := _of_talk(candidate, unit, state)) is not None:
        return aside
    if unit in _CAME_AS and _are_reporters(candidate, state):
        metric = "other_metric" if unit in _PEOPLE else ""  # 90家次媒体 are bodies
        return Reading(metric, unit_of("other_metric", unit), None, "reporters", 0.85)
    if unit not in _SESSIONS:
        return None
    gathered = _GATHERED.search(candidate.between) is not None and _at_event(candidate, state)
    gathered |= _NAMED_EVENT.search(candidate.between) is not None
    if gathered or _is_broadcast(candidate, state):
        return Reading("other_metric", unit_of("other_metric", unit), None, "broadcast", 0.85)
    if _is_check(candidate, state):
        head = _behind(candidate, "n.inspection")
        return Reading("inspections", "session", head, "check", 0.9, counters=frozenset({"round"}))
    if _is_lesson(candidate, state):
        head = _behind(candidate, "n.training")
        return Reading("trainings", "session", head, "lesson", 0.9, counters=frozenset({"session"}))
    return None


def _of_people(candidate: Candidate, state: State) -> Reading | None:
    """Guests, people reached, teachers (who are none of ours), those who were taught."""
    if any(read(candidate, state) for read in (_are_guests, _are_reached, _are_asking)):
        return Reading("other_metric", "person", None, "guests", 0.85)
    if _TEACHERS.search(candidate.between):
        return Reading("", "", None, "teachers", 0.0)
    if _are_taught(candidate, state):
        return Reading("trainees", "person", None, "taught", 0.9, counters=frozenset({"person"}))
    return None


def _of_talk(candidate: Candidate, unit: str, state: State) -> Reading | None:
    """Guidance given, matters of meetings, guests of a programme."""
    between = candidate.between
    if unit in _TIMES and "指导" in between and _GUIDED.search(between):
        ours = candidate.sentence.section.code in _OURS or _GUIDES.search(_told_before(candidate, state))
        return Reading("other_metric", "session", None, "guided", 0.85) if ours else None
    if unit in _SESSIONS and between.endswith(_AT_MEETING) and _SAT_IN.search(between):
        return Reading("open_meetings", "session", None, "sat in", 0.9, counters=frozenset({"meeting"}))
    if (
        unit in ("个", "项", "件")
        and between.endswith(_TOPICS)
        and _SAT.search(_told_before(candidate, state))
    ):
        return Reading("other_metric", "item", None, "topics", 0.85)
    if unit in ("次", "人次") and between.endswith(_LOOKED_UP) and _QUERIED.search(between):
        return Reading("other_metric", unit_of("other_metric", unit), None, "queries", 0.85)
    if unit in _PEOPLE and between.endswith("嘉宾") and _GUESTS.search(_told_before(candidate, state)):
        return Reading("other_metric", "person", None, "programme guests", 0.85)
    return None


def _behind(candidate: Candidate, noun: str) -> Term | None:
    """The noun behind a number that it counts: the next number does not count it as well."""
    return next((t for t in candidate.right if noun in t.classes), None)


def _are_guests(candidate: Candidate, state: State) -> bool:
    """邀请20名市民代表参观水厂, 邀请群众代表20人次走进大厅."""
    invited, event = _INVITED.search(candidate.between), _at_event(candidate, state)
    if invited is None and not event:
        return False
    told = state.folded[candidate.quantity.outer_end : candidate.quantity.outer_end + _LONGEST]
    if event and _PUBLIC_CAME.match(told):
        return True
    came = _CAME.match(told)
    if came is None and invited is not None and _STOP.match(told):
        came = _ATTENDED.search(_told_before(candidate, state))
    if came is None or _TAUGHT.search(came[0]):
        return False
    return bool((invited and _IS_PUBLIC.search(invited[0])) or _IS_PUBLIC.search(came[0]))


def _are_reached(candidate: Candidate, state: State) -> bool:
    """宣讲18场，覆盖群众2400人; 吸引6万名用户参与: the people of an event."""
    if _REACHED.search(candidate.between):
        return _at_event(candidate, state)
    if _TAKES_PART.search(candidate.between) is None and not (
        _COUNTED_FIRST.search(candidate.between)
        and _at_event(candidate, state)
        and _TAUGHT.search(_told_before(candidate, state)) is None
    ):
        return False
    return _PART.match(state.folded, candidate.quantity.outer_end) is not None


def _are_asking(candidate: Candidate, state: State) -> bool:
    """有49人次到查阅点咨询: those who asked, counted before what they did."""
    if candidate.quantity.unit not in ("人次", "人") or not _COUNTED_FIRST.search(candidate.between):
        return False
    return _ASK.match(state.folded, candidate.quantity.outer_end) is not None


def _at_event(candidate: Candidate, state: State) -> bool:
    """Whether the sentence tells of something held for the public before the number."""
    return _EVENT.search(_told_before(candidate, state)) is not None


def _told_before(candidate: Candidate, state: State) -> str:
    """The last words of the sentence before a number."""
    start = candidate.quantity.outer_start
    return state.folded[max(candidate.sentence.start, start - _BACK) : start]


def _are_reporters(candidate: Candidate, state: State) -> bool:
    """新闻发布会30场，2500余人次记者参加."""
    held = "发布会" in _told_before(candidate, state)
    return held and _REPORTERS_CAME.match(state.folded, candidate.quantity.outer_end) is not None


def _is_followed(candidate: Candidate, state: State) -> bool:
    """Whether the sentence tells what the readers of an account did."""
    return _FOLLOWED.search(_told_before(candidate, state)) is not None


def _is_broadcast(candidate: Candidate, state: State) -> bool:
    """开工仪式直播4场: sent live, with nobody of the body that answers."""
    if not _BROADCAST.search(candidate.between):
        return False
    return _TALK.search(state.folded, candidate.own_start, candidate.stop) is None


def _is_lesson(candidate: Candidate, state: State) -> bool:
    """组织4场涵盖公文写作、保密审查的专题培训: the noun stands far behind its number."""
    if _is_told_by_verb(candidate, state):
        return True
    if _OFTEN.search(candidate.between):
        later = _TAUGHT_LATER.match(state.folded, candidate.quantity.outer_end)
        return later is not None and _OTHER_LESSONS.search(later[0]) is None
    if not _HELD.search(candidate.between):
        return False
    told = [p.match(state.folded, candidate.quantity.outer_end) for p in (_LESSONS, _PLAIN_LESSONS)]
    return any(t is not None and _OTHER_LESSONS.search(t[0]) is None for t in told)


def _is_told_by_verb(candidate: Candidate, state: State) -> bool:
    """A lesson by what was taught, or by where staff was sent to learn."""
    between, follows = candidate.between, candidate.follows
    if _TEACHES.search(between) and _LECTURED.search(between):
        return "宣讲" not in between
    sent = _WENT.match(follows) if follows.startswith(_SENDS) else None
    if sent is None and ("派" in between or "组织" in between):
        found = _WENT.search(between)
        sent = found if found is not None and found.end() == len(between) else None
    return sent is not None and _OTHER_LESSONS.search(sent[0]) is None


def _is_check(candidate: Candidate, state: State) -> bool:
    """开展4次网站信息内容专项检查."""
    if _OFTEN.search(candidate.between):
        later = _CHECKED_LATER.match(state.folded, candidate.quantity.outer_end)
        around = state.folded[candidate.sentence.start : candidate.quantity.outer_end + _LONGEST]
        return later is not None and _OWN_CHECKS.search(around) is not None
    if not _HELD.search(candidate.between):
        return False
    told = _CHECKS.match(state.folded, candidate.quantity.outer_end)
    return told is not None and _OWN_CHECKS.search(told[0]) is not None


def _are_taught(candidate: Candidate, state: State) -> bool:
    """组织25人次参加省、市级培训; 参加在线学习和考试，参加人数达到3500余人."""
    if _LEARNED.search(_told_before(candidate, state)) is not None:
        return True
    if _HEARERS.search(candidate.between):
        heard = _TAUGHT_THEM.match(state.folded, candidate.quantity.outer_end)
        return heard is not None and _OTHER_LESSONS.search(heard[0]) is None
    if not _SENT.search(candidate.between):
        return False
    told = _TO_LESSONS.match(state.folded, candidate.quantity.outer_end)
    return told is not None and _OTHER_LESSONS.search(told[0]) is None
