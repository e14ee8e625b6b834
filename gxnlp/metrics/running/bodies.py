"""Bodies under the one that reports, where they act by words of no list (guideline part 2, scope)."""

from __future__ import annotations

from bisect import bisect_right

from gxnlp.deferred import deferred
from gxnlp.lexicon import NEGATION
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.records import ReportInfo

GOVERNING = ("政府", "管理委员会", "管委会")
"""How the names of those end that have departments under them."""
BY_MEANS = deferred("(?:<通过>|在|向|为|对|由|从|将)[^，。；：]{0,40}$")
LONGEST_SITES = 60
_BODIES_ACT = deferred(
    r"(?:(?<=[，。；、：\n\s年日由])|(?<=其中))(((?:[省市县区州旗]直)?(?:部门|单位|乡镇|镇街|街道|乡镇街道|乡镇（街道）|镇（街道）|科室)|县（市、区）|县（市）区|县（区）|县市区|县区|区县)"
    r"|各(?![类种项方界级]|渠道|平台|栏目|账号|环节|阶段|领域|媒体|新媒体|自)[^，。；：、0-9“”在通过的]{0,8}"
    r"(?:[局委办厅校院园所站队科处室镇乡村]|单位|部门|机构|街道|社区|中心|公司|小学|中学)(?:（[^（）]{1,8}）)?"
    r"|[一-鿿]{0,4}?[两二三四五六七八九十]{1,2}[市县区旗州](?:[两二三四五六七八九十]{1,2}[市县区旗州])?(?!联|合|共)[^，。；：、0-9“”在通过的对]{0,6}"
    r"(?:[局委办站]|部门|单位|机构|机关|政府|中心|公司)"
    r"|(?:[局委厅院校处所]属|所属|下属|下辖|直属|所辖)[两二三四五六七八九十]{1,2}[个家][^，。；：、0-9“”的]{0,6}(?:[局委办厅校院园所站队]|单位|部门|机构|医院|学校|中心|公司)"
    r"|(?:[局委厅院校处所]属|所属|直属|下属|下辖|二级|基层|派出)(?:各|各类)?(?:企?事业|预算)?(?:单位|机构|学校|站所|医院|分局|支队|大队)(?:和[^，。；：、0-9]{2,6})?)"
    r"(?:(?:政务)?(?:网站|公众号|微信|新媒体)|(?:<通过>|在)[^，。；：0-9]{2,14})?"
    r"(?:全年|年内|累计|合计|共|主动|新|均|都|还|已|按[时期]|未|没有|尚未|无)*"
    r"(?:<收到>|新收|办理|答复|<发布>|报送|制作|<举办>|办班|组织)"
    r"(?!会|栏|平台|的|[^，。；0-9]{0,8}(?:制度|机制|工作的))"
)
"""部门新收申请4件, in a government's report; 各中学公开信息90条, 三县两区水务局, 局属单位报送信息90条."""
_UNDER_GOVERNMENT = deferred("直|（街道）")
_BODY_WORDS = deferred("各|属|[两二三四五六七八九十][市县区旗]|辖|部门|单位|乡镇|街道|镇街|科室")


def name_bodies(
    sentence: Sentence, folded: str, info: ReportInfo, ends: list[int], scopes: list[str]
) -> None:
    """Add bodies under the one that reports by words of no list (；部门新收申请4件, 各中学公开90条)."""
    if not tells_of_bodies(sentence, folded):
        return
    governs = info.agency.endswith(GOVERNING)
    for bodies in _BODIES_ACT.finditer(folded, sentence.start, sentence.end):
        if not governs and bodies[2] and not _UNDER_GOVERNMENT.search(bodies[2]):
            continue
        end = bodies.end(1)
        place = bisect_right(ends, end)
        while place and ends[place - 1] > bodies.start(1):  # 局属单位: 局 is no subject of its own
            place -= 1
            del ends[place], scopes[place]
        stop = folded.find("；", bodies.end(), sentence.end)
        # 各部门新收申请9件；不予公开3件
        leads = not place and all(q.start > end for q in sentence.quantities[:1])
        first = max(sentence.start, bodies.start(1) - LONGEST_SITES)
        leads &= BY_MEANS.search(folded, first, bodies.start(1)) is None  # 对市直单位检查4次
        again = stop >= 0 and not leads and (place == len(ends) or ends[place] > stop)
        before = scopes[place - 1] if place else "own"
        ends[place:place] = [end, stop] if again else [end]
        scopes[place:place] = ["system", before] if again else ["system"]


def tells_of_bodies(sentence: Sentence, folded: str) -> bool:
    """Whether a sentence has words for such bodies, and a number or what denies that there was one."""
    if not (sentence.quantities or sentence.kinds & NEGATION):
        return False
    return _BODY_WORDS.search(folded, sentence.start, sentence.end) is not None
