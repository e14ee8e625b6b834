"""Parts of published information: by channel, by who published it, by kind (guideline part 2, rule 4)."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, NOUN, VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import channel_of, channel_terms, way_by_name
from gxnlp.metrics.context.governing import counts_things
from gxnlp.metrics.context.readings import INFORMATION, PART, VIRAL, Reading
from gxnlp.metrics.running.state import State

_SUBORDINATE = deferred(
    r"(?:^|[，、；：（])(?:其中[，：]?|由)?([^，、；：（\s0-9]{1,12}"
    r"(?:省|市|县|区|旗|州|镇|乡|街道|街|局|委|厅|科|(?<!新闻)(?<!资讯)(?<!信息)(?<!互动)中心|园区|单位|级|部门|政府|机关|海关|子站|办公室|股)|街道|乡镇|部门|机关"
    r"|各(?![类项种])[^，、；：（\s0-9]{1,8}(?:[校院园站队所村]|小学|中学|社区|公司))"
    r"(?:共|分别|依次|主动|累计|各){0,3}(?:供稿|提供|报送|更新|上传|<发布>(?:(?:政府|政务)?信息)?"
    r"|(?:<发布>|提供|制作|报送)的[^，、；：（0-9]{1,12}|(?:在|通过)[^，、；：（0-9]{2,12}<发布>[^，、；：（0-9]{0,8})?\s*$"
)
"""其中县市区政府29条、镇街11条、文旅局供稿8条: a part by the body that published it."""
_OFFICES = ("局", "委", "厅", "中心", "园区")
_SHORTEST_OFFICE = 2
_OWN_OFFICE = deferred(r"[，、；：（中](?:管委会|委|局|厅|镇|乡)?(?:机关)?办公室(?:主动)?<发布>")
"""局办公室发布60条: an office of the body itself."""
_OF_WAY = deferred(r"[^，。；：0-9]{0,8}(?:平台|渠道|网站|途径|方式|媒体|载体)")
"""通过网站及其他公开平台公开信息90条: the others are ways."""
_IN_COLUMN = deferred(
    r"[，；](?:在|<通过>)[^，。；：0-9]{2,16}(?:栏目|专栏|专区|板块|版块)[^，。；：]{0,6}<发布>"
)
"""其中在专题栏目公开预算2次，在信息栏目更新2次: no total is told."""
_ALL_SORTS = deferred(r"、[^，。；：]{1,16}等(?:各类|各方面|方面)(?:的)?(?:政府|政务|公开)?信息$")
_AND_SORTS = deferred(r"、[^，。；：]{2,20}等[^，。；：、]{0,6}(?:信息|内容|稿件|文章)$")
_GENERIC = deferred(
    r"(?:政府|政务|公开|各类|新闻|图文|原创|政府公开|政务公开)?"
    r"(?:(?:信息|文章|稿件|推文|消息|内容|作品|资讯|图文)(?:总?数|数量|条数|总?量|条目)?"
    r"|(?:信息)?(?:<发布>|发稿|发文)量)"
)
_NAMESKIND = deferred(
    r"[一-鿿](?<![各这那等两几此分一二三四五种])类|[一-鿿][^的了共各类等和数关相其有发开送布新报，、；：（）“”\s0-9]"
)
"""预算信息: characters before a general noun that say which."""
KIND = deferred(r"[一-鿿]类(?:共计|合计|共|[为有是达约：:\s]){0,2}$")
"""规划类12条, 规划类为12条, 规划类：12条."""
_STOPS = r"(?=[，、；。（）]|$|(?:以及|[和及与])[0-9])"
_KIND_BEHIND = deferred(rf"(?:为|是|属于?)?[一-鿿]{{2,10}}(?:类的?|信息|方面)(?:信息)?{_STOPS}")
_NAME_BEHIND = deferred(rf"[一-鿿]{{2,16}}?{_STOPS}")
"""其中项目建设信息60条 as 其中60条项目建设信息: the name of a kind behind its number."""
_CLASS_OF = deferred(r"[一-鿿]{2}(?<![各等种门这])类(?:的)?(?:政府|政务)?(?:信息|消息|文章|稿件|内容)$")
"""官方网站政务类信息90条: a kind, whatever the noun."""
_LENGTH = deferred(r"(?:总?数量?|条数|共计|合计|总计|达到|[，共达有为是约：:\s]|（[^（）]{1,8}）){1,4}$")
_OF_VERB = deferred(r"(公开|发布|推送|公布|更新)[了的](?=(?:各类|政府|政务)*(?:信息|文章|稿件))")
_MANNER = deferred(
    r"(?:其中[，：]?<全年>?新增|其中[，：]?(?:本年度?|今年|当年|20[0-9]{2}年度?)(?:主动|新|共)?<发布>|转载|转发|采用|新制作|补录)(?:历年|往年|的)?"
    r"(?:主动)?(?:<发布>的?)?(?:政府|政务)?(?:信息|文章|稿件|作品|内容)?[为有约]?$"
    r"|(?:季度|半年)[^，；：]{0,6}$"
)
"""其中转载20篇、转发9篇: a part by how it came about, of no kind."""
_COPIED = deferred(r"[、，和；](?:转载|转发)")
"""其中原创60条、转载40条: not kinds, but how all of it came about."""
_TAKEN_BY = deferred("被[^，。；0-9]{2,18}(?:采用|录用|转载|刊用)")
"""其中75条被《简报》采用: a part by who took it."""
_SYSTEM = deferred(
    r"(?:<发布>|管理|服务|监管|监督|查询|执法|共享)(?:系统|平台)(?:（[^（）]{1,8}）)?<发布>?(?:信息)?$"
)
"""具体为门户网站90条、信用信息公示系统60条: a platform that is none of the known channels."""
_COLUMN = deferred(r"(?:专栏|栏目|板块|版块|专区|频道)(?:共|主动|累计)?<发布>?[^，；：0-9]{0,8}$")
_DISCLOSURE_COLUMN = deferred(r"(?:政府|政务)?信息公开(?:专栏|栏目|专网|平台)$")
"""其中政府信息公开专栏90条: a site of its own."""
_BY_MEANS = deferred(r"(?:<通过>|在)[^，；：。]{2,30}，(?:主动|累计|共)*<发布>(?:(?:各类|政府|政务)*信息)?$")
"""其中，通过县政府网站，公开信息40条: the way stands in a clause of its own."""
_IS_GAZETTE = deferred(r"[，、；：（中](?:其中[，：]?)?(?:政府)?公报$")
"""公开信息90条（公报6条、网站84条）: the gazette is one of the channels."""
_NAMED_SO = deferred(r"(?:“[^“”]{1,16}”|”)?(?:平台|账号)?（")
_THE_OTHERS = deferred(r"[，、；和及](?:其他|其它)(?:各类)?")
"""其中网站60条、公众号20条、其他10条: by other ways."""
_BY_WAY = deferred(r"[，；、：](?:其中)?(?:<通过>|在)[^，；：。]{2,16}<发布>")
_BY_ACCOUNT = deferred(r"[，、；：（和及]?(?:其中)?[，：]?“[^“”]{2,12}”<发布>?")
_ACCOUNTS = deferred(
    r"[2-9两三四五六七八九几][个家大](?:政务|官方|微信|新媒体)*(?:账号|公众号|新媒体|平台|微信)"
)
"""两个公众号推送90条，其中“青禾水务”60条: a part by the account that is named."""
_ONE_KIND = frozenset({"wechat", "weibo", "douyin"})
_POLICY_KIND = deferred(
    r"(?:^|[，、；：（.①-⑳]|公开|发布|其中)(?:"
    r"(?:政策|法规|规章|政策法规|法规规章|法规文件|政府文件|政策文件|规章文件|规章制度)类"
    r"(?:的?(?:栏目)?<发布>?(?:政府|政务)?信息)?"
    r"|(?:其[他它]|各类|相关|政府|部门|政策|法规|机关|上级)?文件(?:类的?)?<发布>?(?:政府|政务)?信息)$"
)
"""发布政策法规类信息40条: a kind of content that has a label of its own."""
_NAMELESS = deferred(
    r"[，；](?:<全年>|<共>|主动|已|还|并|另|同时){0,3}(?:<发布>|挂出)了?"
    r"(?:各类|政府|政务|原创|图文)*(?:信息|文章|推文|稿件|作品|资讯)共?$"
)
"""其中民生类占40%，公众号发布文章90篇: no kind is named, what the account before it published is told."""
_OTHER_SITE = deferred(r"[，；、][^，；。0-9]{0,12}网站?[^，；。0-9]{0,20}[0-9]")
_OF_THE_WHOLE = deferred(
    r"[，（]?(?:约|大约)?占(?:到)?(?:<发布>|信息|主动公开)?(?:信息)?(?:总数|总量|全部|总条数)"
)
_SHARE = deferred(r"，(?:大?约|近)?占比?[约为达近]?[0-9.]+%")
_ALL_OF_IT = deferred(
    r"(?:^|[，。；])(?:20[0-9]{2}年度?|全年|年内|本年度?|今年|[我本全][省市县区旗州镇乡局委厅办院校]|主动|累计|共)*"
    r"<发布>(?:各类|政府|政务|的|了)*(?:信息|文章|稿件|内容)?[总数量共计合条]*$"
)
"""全年公开信息80条，占总数…: no kind, channel or body is named."""
ITEM = frozenset({"item"})
_WORKED_OFF = deferred("[，；](?:<全年>|累计|共)*(?:办理|办件|受理)(?:量|总数)?(?:为|达|了)?$")
"""；可网上办事项90项，全年办理5万件: business, no kind of information."""
_TEXTED = deferred(r"[，、；中：](?:<通过>|以|用)?(?:手机)?短信(?:平台)?(?:<发布>|发送|群发)$")
"""其中以短信公开32条: a way of publishing that has no channel."""
_ACTS = ("推送", "公示")
_SITES_ONLY = frozenset({"media", "hotline"})


def part_of_information(candidate: Candidate, reading: Reading | None, state: State) -> Reading | None:
    """A part of published information: by channel, by who published it, or by kind of content."""
    between = plainly(candidate.between)
    copied = "原创" in candidate.between and _COPIED.match(state.folded, candidate.quantity.outer_end)
    copied = copied or _TAKEN_BY.match(state.folded, candidate.quantity.outer_end)
    if copied or _MANNER.search(between) or VIRAL.search(between):
        return Reading(INFORMATION, "item", None, "part by manner", 0.9, measure="part", counters=ITEM)
    cut = candidate.between[len(between) :]
    near = candidate.near | candidate.before if "，" in cut or "：" in cut else candidate.near
    if "w.cumulative" in near:  # 其中本局公开417条、历年累计2,386条
        since = Reading(INFORMATION, "item", None, "part since", 0.9, counters=ITEM)
        since.body = state.last.body if state.last is not None else ""
        return since
    if "w.average" in near and "v.publish" in near:  # 其中动态30条，日均发布量5条
        return Reading(INFORMATION, "item", None, "average", 0.9, counters=ITEM)
    if {"v.handle", "n.apply"} <= near or {"v.receive", "n.apply"} <= near:
        return None  # 公开信息90条，其中动态30条，办理申请4件
    # 其中动态30条，受理依申请公开4件，办结4件
    applied = state.last is not None and state.last.metric == "applications_received"
    if applied and "v.handle" in near and state.last_end == candidate.bound:
        return Reading("applications_handled", "item", None, "handled", 0.9, counters=frozenset({"case"}))
    if _WORKED_OFF.search(between):
        return None
    by_channel = any(n.startswith("ch.") and n[3:] not in _SITES_ONLY for n in near)
    by_channel = by_channel or (_BY_MEANS.search(between) is not None and state.channel != "")
    by_channel = by_channel or (state.frame is None and _IN_COLUMN.search(between) is not None)
    told = "》" in between or "公报" in between
    by_channel = by_channel or (told and way_by_name(between, "") in ("website", "gazette"))
    texted = "短信" in between and _TEXTED.search(between) is not None
    by_channel = (by_channel and not KIND.search(candidate.between[-7:])) or "w.other_way" in near or texted
    system = state.listed_by_channel and _SYSTEM.search(between) is not None
    system = system or (state.channel != "" and _NAMELESS.search(between) is not None)
    divided = by_channel and (_next_channel(candidate) or _divides_by_channel(candidate, state))
    by_channel = by_channel and not _is_column_of_site(candidate, state)
    other = any("n.part_kind" in t.classes and not _OF_WAY.match(state.folded, t.end) for t in candidate.own)
    plain = not other and not _kind_named(candidate, state)
    plain = plain or _is_example(candidate, state)
    divided = divided or _is_next_way(candidate, state)
    if system or (by_channel and (divided or plain)):
        head = reading.head if reading else None
        return Reading(INFORMATION, "item", head, "part", 0.9, measure="part", counters=ITEM)
    kind = KIND.search(candidate.between[-3:]) or _KIND_BEHIND.match(candidate.follows)
    if counts_things(candidate) and not kind:
        return None
    if body := _SUBORDINATE.search("，" + between):
        part = Reading(INFORMATION, "item", None, "part", 0.8, measure="part", counters=ITEM)
        named = body[1].endswith(_OFFICES) and len(body[1]) > _SHORTEST_OFFICE
        part.body = "other" if named and body[1] not in state.info.agency else ""
        if _OWN_OFFICE.search("，" + between):
            part.body = "own"
        return part
    if _POLICY_KIND.search(between):
        return Reading("policy_docs", "item", None, "policies", 0.9, measure="total", counters=ITEM)
    return Reading(PART, "item", None, "part by kind", 0.93, measure="part", counters=ITEM)


def name_behind(candidate: Candidate) -> int:
    """Where the name of a kind ends behind its number (其中60条采购信息（66%）), 0 where none stands."""
    if candidate.closed or any(t.kinds & NOUN for t in candidate.own):
        return 0
    named = _NAME_BEHIND.match(candidate.follows)
    return candidate.quantity.outer_end + named.end() if named else 0


def part_by_way(candidate: Candidate, state: State) -> Reading | None:
    """公报6条、网站84条、其他9条; 网站（84条）: ways of a list that no word of their clause names."""
    gazette = _IS_GAZETTE.search(candidate.between) is not None
    way = gazette and (state.listed_by_channel or _next_channel(candidate))
    way = way or (_by_channel_before(state) and _THE_OTHERS.fullmatch(candidate.between) is not None)
    before = candidate.left[0] if candidate.left and candidate.between.endswith("（") else None
    if before is not None and channel_terms([before]):  # 网站（84条）, 微博“青禾水务”（84条）
        way |= _NAMED_SO.fullmatch(candidate.between, before.end - candidate.bound) is not None
    head = candidate.own[0] if gazette else None
    return Reading(INFORMATION, "item", head, "part", 0.9, measure="part", counters=ITEM) if way else None


def plainly(between: str) -> str:
    """公开了信息共计90条, 公开的信息有90条 as 公开信息90条."""
    return _OF_VERB.sub(r"\1", _LENGTH.sub("", between))


def _is_example(candidate: Candidate, state: State) -> bool:
    """其中在网站专栏公开水价信息6次: where no whole is told, how it was published says what it is part of.

    So do names that are examples: 通过政府网发布水价、工程等各类信息7条.
    """
    if "v.publish" not in candidate.near:
        return False
    return state.frame is None or _ALL_SORTS.search(candidate.between) is not None


def _is_column_of_site(candidate: Candidate, state: State) -> bool:
    """网站公开信息80条，其中“乡镇之窗”栏目9条: a column of the site that the whole stands on."""
    if state.frame is None or state.frame.channel != "website" or state.channel != "website":
        return False
    if _DISCLOSURE_COLUMN.search(candidate.between):
        return False
    end = candidate.quantity.outer_end  # 省网站专栏90条，厅网站60条: several sites
    return _COLUMN.search(candidate.between) is not None and not _OTHER_SITE.match(state.folded, end)


def shares_whole(candidate: Candidate, folded: str) -> bool:
    """规划类栏目发布信息37条，占总数的4%: the share that follows says that it is a part, 其中 or not."""
    told = _OF_THE_WHOLE.match(folded, candidate.stop)
    if told is None and _SHARE.match(folded, candidate.stop):  # 各乡镇公开信息90条，占38%
        return _SUBORDINATE.search("，" + plainly(candidate.between)) is not None
    return told is not None and _ALL_OF_IT.search(candidate.between) is None


def _by_channel_before(state: State) -> bool:
    """Whether the member before this one is a part by channel."""
    last = state.last
    return last is not None and last.metric == INFORMATION and last.measure == "part" and bool(last.channel)


def _of_accounts(candidate: Candidate, state: State) -> bool:
    """两个公众号共推送信息90条: whether the whole of a list is told of several accounts by their number."""
    whole = state.frame
    if whole is not None and whole.channel in _ONE_KIND and "v.publish" in candidate.near:
        return True  # 公众号推送90条，其中“青禾税务”发布60条
    return whole is not None and _ACCOUNTS.search(state.folded, whole.sentence.start, whole.start) is not None


def _is_next_way(candidate: Candidate, state: State) -> bool:
    """其中通过网站公开60条，通过信用网公示许可信息9条: ways before and here, whatever kind is named."""
    by_way = _by_channel_before(state) and state.listed_by_channel
    return by_way and _BY_WAY.search(candidate.between) is not None


def _divides_by_channel(candidate: Candidate, state: State) -> bool:
    """；微信推送动态、解读等信息90条 in a list that began with a channel: its next channel."""
    named = "；" in candidate.between and _AND_SORTS.search(candidate.between) is not None
    return named and state.listed_by_channel and bool(state.channel)


def _next_channel(candidate: Candidate) -> bool:
    """网站发布健康信息72条，微信公众号发布95条: the next member of the list is another channel."""
    sentence, end = candidate.sentence, candidate.quantity.outer_end
    place = bisect_right(sentence.quantities, end, key=attrgetter("start"))
    following = sentence.quantities[place].start if place < len(sentence.quantities) else end
    here = {channel_of(t) for t in channel_terms(candidate.own)}
    there = {channel_of(t) for t in channel_terms(sentence.between(end, following))} - {"online"}
    return bool(there) and there.isdisjoint(here)


def _kind_named(candidate: Candidate, state: State) -> bool:
    """Whether a kind of content stands between channel or verb and the number."""
    folded = state.folded
    sites = [t for t in candidate.own if t.kinds & CHANNEL]
    words = [t for t in candidate.own if "n.info" in t.classes and not _in_name(t, candidate, folded)]
    words = [t for t in words if not folded.startswith(_ACTS, t.start)]  # 微信推送90条, 橱窗公示32条
    words = [t for t in words if not any(s.start < t.end and t.start < s.end for s in sites)]
    if any(not is_generic(t, folded) for t in words):
        return True
    if "v.publish" not in candidate.near and _CLASS_OF.search(candidate.between):
        return True
    acts = any(t.kinds & VERB for t in candidate.own)  # 网站政务类信息90条, but 网站发布审批类信息90条
    ends = {t.end for t in (*candidate.own, *candidate.left) if acts or folded[t.start : t.end] != "类"}
    return any(t.start not in ends and _NAMESKIND.match(folded, t.start - 2) for t in words)


def _in_name(term: Term, candidate: Candidate, folded: str) -> bool:
    """“数据快讯”公众号: a word within a quoted name."""
    opening = folded.rfind("“", candidate.bound, term.start)
    return opening > folded.rfind("”", candidate.bound, term.start)


def is_generic(term: Term, folded: str) -> bool:
    """Whether a word names published pieces and no kind of them (信息, 文章)."""
    return _GENERIC.fullmatch(folded, term.start, term.end) is not None


def part_by_way_alone(candidate: Candidate, state: State) -> Reading | None:
    """A part by where it stands alone: 网站90条、报纸电视12条, 另外200条通过公示牌发布."""
    own = candidate.own
    if not state.rules.counts_items(candidate.quantity.unit):
        return None
    if candidate.ways and not own:
        return Reading(INFORMATION, "item", None, "part", 0.9, measure="part", counters=ITEM)
    if (
        "”" in candidate.between
        and _BY_ACCOUNT.fullmatch(candidate.between)
        and _of_accounts(candidate, state)
    ):
        return Reading(INFORMATION, "item", None, "part", 0.9, measure="part", counters=ITEM)
    named = bool(own) and "ch.media" in own[0].classes and own[0].end == candidate.quantity.outer_start
    if named and state.listed_by_channel and not any(t.kinds & VERB for t in own):
        return Reading("media_reports", "item", own[0], "papers", 0.9, measure="total", counters=ITEM)
    return None
