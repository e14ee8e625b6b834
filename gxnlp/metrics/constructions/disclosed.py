"""What was disclosed, told by a clause rather than by the noun at the number.

全镇政府信息公开90条; 权力事项共计3,000项，并将上述事项在网站公开; 公开办理行政许可90件，行政处罚8件.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import NOUN
from gxnlp.metrics.context.candidates import FIELDS, Candidate
from gxnlp.metrics.context.readings import INFORMATION, Reading
from gxnlp.metrics.lists.information_parts import ITEM
from gxnlp.metrics.running.state import State

_OPENS = deferred(r"(?:新?[建设]|新?开[设辟]|新增设?|增设|设[立置]|建[设成]|打造|推出|上线)[了有共]?$")
_COLUMNS = deferred(
    r"(?:(?!单位|部门|[乡城]镇|街道|县区)[^，。；、：0-9]){0,14}"
    r"公开(?:专题|专门)?(?:专栏|栏目|专题|板块)(?=[，。；、（]|$)"
)
_ITSELF = deferred(
    r"(?:^|[，。；：])\s?(?:20[0-9]{2}年度?|，|全年|本年度?|今年|年内|[全我本][省市县区州镇乡局委厅办校院]|街道|网站|共|累计|主动){0,6}"
    r"(?:(?:政府|政务)?信息|[政校院村党厂警]务)公开(?:总[数量]|总条数|数量|条数)?<共>?(?:有|为|达)?$"
)
"""全镇政府信息公开90条: the act stands for what was published."""
_OF_A_KIND = deferred(
    r"(?:^|[，。；：、])[^，。；：、（）0-9]{2,16}(?:情况|领域|工作|项目|结果|事项|类|资金)的?(?:信息|政务)公开$"
)
"""决策落实情况信息公开6条: the verb stands behind what is published."""
_IS_PUBLIC = deferred(
    r"(?:，)?(?:均|都|全部|现|已|及时|依法|按要求|按时){1,3}(?:[在于][^，。；0-9]{2,14}|向社会|对外|对社会|予以|主动)?<发布>(?![^，。；：、）]{1,16}[0-9])"
)
"""水价信息12条均已公开: the verb stands behind the number; in 稿件12条，及时发布视频9条 it is of the next."""
_SENT = deferred(r"(?:网站|官网|公众号|微博|微信|抖音号?|视频号|头条号?|新媒体|<共>|全年)(?:发|登|挂)了?$")
"""公众号发了90篇."""
_RESPONDED = deferred(r"回应(?!事件)[^，。；：0-9]{3,24}(?:情况|信息)$")
"""回应供水相关情况8条: told in answer to what people ask."""
_FORWARDED = deferred(r"(?<!被)(?<!媒体)(?:转发|转载|转推)了?[^，。；：0-9]{0,12}报道$")
"""转发新闻报道30篇: passed on by the body itself."""
_ASKED = frozenset({"v.receive", "v.handle", "n.apply", "n.application"})
_PIECES = ("条", "篇", "余条")
_MATTERS = deferred(r"(?:权力|权责|责任|服务|审批|许可)事项(?:清单)?(?:<共>|达)?(?:有|为)?$")
_OF_MATTERS = deferred(r"(?:“[^”]{1,8}”)?[^，。；：0-9]{0,14}(?:权力|权责|责任|服务|审批|许可)事项")
_THEN_PUBLIC = deferred(
    r"[^。；]{0,40}[，、]?并(?:将(?:上述|以上|相关|这些)?[^，。；]{0,8})?(?:[在通][^，。；]{2,16})?(?:及时|全部|均|已|对社会|对外|向社会|予以|进行){0,4}<发布>"
)
"""梳理服务事项90项并对外公布: a list that is made public."""
_KIND_OF_MATTERS = deferred(
    r"(?:服务|依申请|权力|审批|办理|即办)(?:类|政务服务)?事项(?:清单)?(?:共计?|总计|合计|达|有|为)*$"
)
_NEXT_KIND = deferred(
    r"[，、；](?:其中)?[^，。；0-9]{0,6}(?:服务|依申请|权力|审批|办理|即办)(?:类|政务服务)?事项(?:共计?|达|有)?[0-9]"
)
"""展示依申请事项90项、公共服务事项360项: entries of a catalogue by their kinds, no pieces."""
_OF_FIELDS = deferred(
    FIELDS.pattern + "的?(?:(?:各类|政府|政务|重点|相关)*信息|(?:基层|政务|公开|事项|标准化?)*(?:目录|清单))"
    "|(?:[一二三]级|公开|信息|主要|重点){1,3}(?:类别|大类|类目)"
)
"""公开财政、教育等25个重点领域信息: fields are counted, no pieces."""
_NO_PIECE = deferred(
    r"(?:公开单位|(?:<发布>|设立|开通)[^，。；0-9]{0,8}(?:监督|举报|咨询|服务|救助|联系|投诉|值班)(?:电话|邮箱|信箱))$"
)
"""公布监督电话2部: what is told of can be called, it is no piece."""
_FEW = ("个", "部", "门", "条", "家")
_FIELD_COUNTERS = ("个", "大", "大类", "类", "项", "")
_SMALL = "小项"
_ENTERED = deferred(r"(?:数据|信息|内容|资料)?的?(?:录入|上传|填报)")
_FIELDS = deferred(r"(?:领域|内容|事项|目录)[^，。；0-9]{0,6}，?<共>$")
_CONSULTED = deferred(r"(?:供|为|接待|累计)[^，。；：0-9]{0,8}查阅[^，。；：0-9条件篇]{0,14}$")
_DEPOSITED = deferred(
    r"查阅(?:中心|点|场所|室|处)[^。；0-9]{0,6}(?:接收|收存|存放|陈列|摆放|收集)[^，。；：0-9]{0,14}(?:文件|资料|材料)$"
)
"""供群众查阅资料40次; 查阅中心接收文件资料900件: what places to read count."""
_OF_KINDS = deferred(
    r"(?:[^，。；、：0-9]{1,8}类[、和及]){1,4}[^，。；、：0-9]{1,8}类(图解|图示|信息|视频|解读)(?=[，。；、]|图示|材料|作品)"
)
"""发布9个会议类、数据类图解: the noun stands behind all its kinds."""
_KINDS = {
    "图解": "graphics",
    "图示": "graphics",
    "信息": INFORMATION,
    "视频": "videos",
    "解读": "interpretations",
}
_PRESS = deferred(
    r"(?:媒体|日报|晚报|报社|电视台|电台)的?(?:密切|紧密)?(?:联系|合作|沟通|对接|协作|联络|互动)，"
    r"(?:<全年>|累计|先后|共){0,3}(?:刊发|刊登|发表|发稿|刊播|播发|见报|登载)(?:了|稿件|信息|报道)?$"
    r"|(?:邀请|组织|邀约)[^，。；0-9]{0,12}(?:记者|媒体)[^，。；]{0,10}，(?:<全年>|累计|先后|共){0,3}(?:刊发|刊登|发表|刊播|播发|登载)了?(?:新闻)?(?:稿件|报道|消息|文章)?$"
)
"""加强与日报等媒体的联系，共刊发9篇: where they were printed, the clause before says."""

_ITS_ANSWERS = deferred(
    r"<发布>[^，。；：0-9]{0,6}(?:(?:办理|办复|答复)(?:复文|结果|情况|意见|内容|函|文本|全文|信息|文件)+|复文|复函|答复件?)"
    r"(?:<共>|等|的?有)?$"
)
_PROPOSALS = frozenset({"n.proposal", "n.proposal_npc", "n.proposal_cppcc"})
"""认真办理人大建议和政协提案，公开办理结果36件: the clause before says what was answered."""


_CONGRESS = deferred(
    r"(?:人大|人代会|人民代表大会)[^，。；：、]{0,14}会议?(?:期间)?(?:代表)?(?:所?提出?的?|收到的?|交办的?|的)?(?:意见)?建议(?:、批评和意见)?(?:共|有|计)?$"
)
_LONGEST_CONGRESS = 40


def _of_congress(candidate: Candidate, state: State) -> Reading | None:
    """县十届人大三次会议建议8件: proposals, by the congress that they were made at."""
    start = candidate.quantity.outer_start
    first = max(candidate.sentence.start, start - _LONGEST_CONGRESS)
    counted = "case" in state.rules.counter_groups(candidate.quantity.unit)
    if not counted or _CONGRESS.search(state.folded, first, start) is None:
        return None
    return Reading("proposals_npc", "item", None, "congress", 0.9, counters=frozenset({"case"}))


_IN_CATALOGUE = deferred(
    r"目录(?:》|清单)?(?:内|中|所列|收录)?的?(?:事项|条目|内容|项目)?(?:数量|总数)?[，]?[由从](?:原来|原有|上年)?的?$"
)
_TURNED = deferred(r"(?:扩[充大展]|调整|增[加至到]|压[缩减]|精简|修订|更新|拓展|完善|减少|优化|细化)")


def _of_catalogue(candidate: Candidate, state: State) -> Reading | None:
    """修订《主动公开目录》，由64项扩充为79项: entries of a catalogue, before and after."""
    counted = state.rules.counts_items(candidate.quantity.unit)
    if not counted or not _IN_CATALOGUE.search(candidate.between) or not _TURNED.match(candidate.follows):
        return None
    return Reading("other_metric", "item", None, "catalogue", 0.9, counters=ITEM)


def _is_no_piece(candidate: Candidate, unit: str, state: State) -> bool:
    if unit in _FEW and _NO_PIECE.search(candidate.between):
        return True
    return unit in _FIELD_COUNTERS and bool(_OF_FIELDS.match(state.folded, candidate.quantity.outer_end))


def _opens_columns(candidate: Candidate, state: State) -> bool:
    """新建10余个重点领域信息公开专题专栏: what is opened ends a run of nouns that say what is public."""
    if not _OPENS.search(candidate.between):
        return False
    return _COLUMNS.match(state.folded, candidate.quantity.outer_end) is not None


def read_disclosed(candidate: Candidate, state: State) -> Reading | None:
    """What a number of things disclosed is by its clause, or `None`.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    between, unit = candidate.between, candidate.quantity.unit.strip()
    if unit == _SMALL:
        return _read_small(candidate, state)
    if unit == "个" and _opens_columns(candidate, state):
        return Reading("columns", "column", None, "columns", 0.9, counters=frozenset({"column"}))
    told = _of_congress(candidate, state) if "建议" in between else None
    told = told or (_of_catalogue(candidate, state) if "目录" in between else None)
    if told is not None:
        return told
    if "查阅" in between and (_CONSULTED.search(between) or _DEPOSITED.search(between)):
        return Reading("other_metric", "", None, "reading place", 0.9)
    if _is_no_piece(candidate, unit, state):
        return Reading("", "", None, "nothing", 1.0)
    if not state.rules.counts_items(unit):
        return None
    if not _PROPOSALS.isdisjoint(candidate.before) and (answers := _answers_of(candidate)):
        return Reading(answers, "item", None, "answers published", 0.9, counters=ITEM)
    if unit in _PIECES and (told := _by_clause(candidate, state)) is not None:
        return told
    if "v.publish" in candidate.before and (
        kinds := _OF_KINDS.match(state.folded, candidate.quantity.outer_end)
    ):
        return Reading(_KINDS[kinds[1]], "item", None, "of kinds", 0.9, counters=ITEM)
    if not state.listing and _is_kind_of_matters(candidate, state):
        return Reading("other_metric", "item", None, "matters", 0.85, counters=ITEM)
    if _is_list(candidate, state):
        listed = Reading(INFORMATION, "item", None, "list made public", 0.9, counters=ITEM)
        listed.body = "system" if "w.system" in candidate.near else ""
        return listed
    return None


def _answers_of(candidate: Candidate) -> str:
    """Label of the proposals whose published answers a number counts, empty where it counts none."""
    if not _ITS_ANSWERS.search(candidate.between):
        return ""
    nouns = [t for t in candidate.left if t.kinds & NOUN and t.start < candidate.own_start]
    kinds: set[str] = set()
    for noun in nouns:
        if _PROPOSALS.isdisjoint(noun.classes):
            break
        kinds |= noun.classes & _PROPOSALS
    return f"proposals{kinds.pop()[len('n.proposal') :]}" if len(kinds) == 1 else "proposals" if kinds else ""


def _by_clause(candidate: Candidate, state: State) -> Reading | None:
    """Pieces whose clause says that they were published, by other means than a noun and a verb."""
    between, papers = candidate.between, "ch.media" in candidate.near
    if not papers and _FORWARDED.search(between):
        return Reading(INFORMATION, "item", None, "forwarded", 0.9, counters=ITEM)
    if _PRESS.search(between):
        return Reading("media_reports", "item", None, "press", 0.9, counters=ITEM)
    if state.listing:
        return None
    if not papers and _is_public(candidate, state):
        return Reading(INFORMATION, "item", candidate.own[0], "is public", 0.9, counters=ITEM)
    answered = _RESPONDED.search(between) and candidate.quantity.unit.strip() == "条"
    if answered or any(p.search(between) for p in (_ITSELF, _SENT)) or _is_of_a_kind(candidate):
        return Reading(INFORMATION, "item", None, "itself", 0.9, counters=ITEM)
    return None


def _read_small(candidate: Candidate, state: State) -> Reading | None:
    """公开两大领域内容，共计60小项，完成教育领域7小项数据录入: items of what is to be disclosed."""
    last = state.last
    entered = _ENTERED.match(state.folded, candidate.quantity.outer_end)
    if not entered and not _FIELDS.search(candidate.between):
        return None
    part = entered and last is not None and last.metric == "other_metric"
    return Reading("other_metric", "item", None, "small items", 0.9, measure="part" if part else "")


def _is_of_a_kind(candidate: Candidate) -> bool:
    """Whether a kind of content and the act of publishing it stand at a number, nothing asked for."""
    return _ASKED.isdisjoint(candidate.near) and _OF_A_KIND.search(candidate.between) is not None


def _is_public(candidate: Candidate, state: State) -> bool:
    """Whether pieces stand before their number, and behind it that they are public."""
    own, end = candidate.own, candidate.quantity.outer_end
    named = bool(own) and "n.info" in own[0].classes and own[0].end == candidate.quantity.outer_start
    if not named or not _ASKED.isdisjoint(candidate.near):
        return False
    return _IS_PUBLIC.match(state.folded, end) is not None


def _is_kind_of_matters(candidate: Candidate, state: State) -> bool:
    """Whether a number counts matters of one kind next to those of another."""
    if "事项" not in candidate.between or not _KIND_OF_MATTERS.search(candidate.between):
        return False
    last = state.last
    if last is not None and last.rule == "matters" and candidate.bound == state.last_end:
        return True
    told = "v.publish" in candidate.before or "展示" in candidate.between
    return told and _NEXT_KIND.match(state.folded, candidate.quantity.outer_end) is not None


def _is_list(candidate: Candidate, state: State) -> bool:
    """Whether a number counts the matters of a list that the sentence then says is public."""
    end = candidate.quantity.outer_end
    named = _MATTERS.search(candidate.between) or _OF_MATTERS.match(state.folded, end)
    return named is not None and _THEN_PUBLIC.match(state.folded, end) is not None
