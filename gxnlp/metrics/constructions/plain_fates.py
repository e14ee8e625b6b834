"""What became of applications in plain words: 2件照实给了, 给了一部分的1件, 1件乡里没有现成的，书面作了说明.

Words of the form (予以公开, 无法提供) are terms of the lexicon; these are how people say the same.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate

_LONGEST = 60
"""Characters behind a number in which what became of it is told."""
_LED_ON = deferred(r"^[，、；。：的]")
_UP_TO_NEXT = deferred(r"[，、；](?:其中|另有|另外|余下的?|剩下的?|其余)?[^，；：。、]{0,24}$")
"""2件给了，没给的1件: the last clause is of the number behind it."""
_NEXT_NUMBER = deferred(r"[0-9]|[一二两三四五六七八九十]{1,3}[件份宗例]")
_STOP = deferred(r"[。；\n]")
_ENDS = r"(?=[，。；、（）]|$)"
_MADE = r"(?:制作|制发|保存|存有|获取|形成|掌握|留存|编制|存档|收集|统计|建立|产生)"
_NOT = r"(?:没有|没|未|从未|未曾|不曾|并未|从没有?|从来没有?)"
_PAPER = r"(?:材料|资料|信息|文件|数据|表格?|台账|档案|记录|东西|规划|图纸|清单|件)"
_HIDDEN = (
    r"(?:遮[去住盖掉]|抹[去掉]|隐去|隐藏|删[去除掉]|盖住|去[除掉]|屏蔽|涂[去黑掉]|略去)"
    r"[^，。；0-9]{2,16}[后，](?:再|才|予以|依法|向其|都|已)*(?:作了?)?(?:提供|给|公开|交)"
)
_IN_PART = deferred(
    rf"{_HIDDEN}|(?:给|提供|公开)了?(?:他|其|申请人)?(?:其中)?的?(?:一部分|一半|部分)|部分(?:给|提供)了?{_ENDS}"
)
_LACKED = deferred(
    rf"{_NOT}{_MADE}过?|(?:没有|并无|无)(?:现成|(?:这|此|该|那|相关|相应|对应|所要|要的|所需)[^，。；、0-9]{{0,6}}{_PAPER})"
    r"|(?:查无|查不到|没有?查到|没有?找到|找不到|遍寻不[着得])|手[里头上]没有"
    r"|补正[^，。；0-9]{0,6}，?(?:仍|还)[^，。；0-9]{0,10}(?:不清|不明|不出)"
)
_REFUSED = deferred(
    rf"(?:没有|没|未|未予|没有予以|不|未能)(?:同意|答应)(?:公开|提供|给){_ENDS}|(?:没有?|未)(?:予以?)?(?:公开|给){_ENDS}"
)
_GIVEN = deferred(
    r"(?:(?!作了)[^，。；：、0-9由请要应未没无不难拒非待被将可能]){0,8}(?:提供|给|交付|交给)了?(?:他|其|对方|申请人|群众|本人)?(?:有关|相关|所需)?的?"
    rf"{_PAPER}?{_ENDS}"
)
_OPENS = r"(?:^|[，。：；、])\s*(?:其中|另有|另)?[，：]?(?:对|对于)?"
_HAVE = r"(?:有|是|共|计|为)?$"
_WHOLE = r"(?:全部|全都|全|都|已|如数|悉数|照实|当即|当场|当面|随即|按时|同意|答应|完整|直接|现场|一次)*"
_GIVEN_BEFORE = deferred(rf"{_OPENS}{_WHOLE}(?:给|提供)(?:全|足|齐)?了?的{_HAVE}")
_IN_PART_BEFORE = deferred(
    rf"{_OPENS}(?:只|仅|先)?(?:能)?(?:(?:给|提供|公开)了?(?:其中)?的?(?:一部分|一半|部分)|部分(?:给|提供)了?)的{_HAVE}"
    rf"|{_HIDDEN}了?的{_HAVE}"
)
_REFUSED_BEFORE = deferred(
    rf"{_OPENS}(?:[^，。；：、0-9]{{2,14}})?(?:没有?|未|不)(?:予以?)?(?:同意|能)?(?:给|公开)的{_HAVE}"
)
_LACKED_BEFORE = deferred(
    rf"{_OPENS}[^，。；：、0-9]{{0,14}}(?:{_NOT}{_MADE}过?(?:这[份类种]|该|此类|相关)?{_PAPER}?"
    rf"|(?:手[里头上]|[里中内库]|本身|压根|根本)没有(?:(?:这|此|该|那|相关|现成)[^，。；、0-9]{{0,6}}{_PAPER})?"
    rf"|没有(?:现成|(?:这|此|该|那|相关)[^，。；、0-9]{{0,4}}{_PAPER})|查无此[件项]|(?:查|找)不到"
    rf"|补正[^，。；0-9]{{0,6}}(?:仍|还)[^，。；0-9]{{0,10}}(?:不清|不明|不出)[^，。；0-9]{{0,6}})的{_HAVE}"
)
_REPEATED = deferred(
    rf"{_OPENS}(?:(?:实|本|应)?[为属是]于?)?(?:重复|多次重复|反复|信访|咨询|投诉|举报)(?:提出|提交|递交|申请|要求|性质|事项|类|诉求)?的{_HAVE}"
)
_NOT_HANDLED = deferred(
    r"(?:[、，和及]?[^，。；、0-9]{2,16}的?(?:有)?[0-9]{1,4}[件份宗])*，(?:均|都|一律)?(?:依法|按规定|依规|依照规定)?(?:均|都|一律)?不(?:予|再|作|做)(?:重复)?处理"
)
_LED_AWAY = deferred(
    rf"{_OPENS}(?:依法)?(?:作为|以|按照?|属于?|涉及?|因)?(?:(?:信访|投诉|举报|咨询|申诉|复议|诉讼)(?:和|或)?){{1,3}}(?:类|事项|性质|申请|内容|途径|渠道|程序){{0,3}}"
    rf"(?:予以|被|而)?(?:引导|告知|转[交办送入]?|导入|分流|移送|处理)[^，。；：、0-9]{{0,12}}?的?{_HAVE}"
    rf"|{_OPENS}(?:依法)?(?:引导|告知)(?:其|申请人)?(?:通过|走|以)?(?:(?:信访|投诉|举报|咨询|申诉)(?:和|或)?){{1,3}}(?:途径|渠道|程序|解决|处理|办理|反映){{0,2}}的?{_HAVE}"
)
"""按投诉举报引导4件: dealt with as something else."""
_TO_OTHERS = deferred(
    rf"{_OPENS}(?:依法)?(?:告知|引导|建议|指引)(?:其|申请人)?(?:向|到|找|由)?(?:其[他它]|有关|相关|有权|职能|主管)(?:行政)?(?:机关|单位|部门)"
    rf"(?:另行)?(?:申请|提出|获取|咨询|查询|了解|公开|办理){{0,2}}的?{_HAVE}"
)
"""告知其他机关2件: others have it."""
_GRANTED, _PARTIAL = "applications_granted", "applications_partial"
_REJECTED = "applications_rejected"
_UNAVAILABLE, _DENIED = "applications_unavailable", "applications_denied"
_BEFORE = {
    _PARTIAL: _IN_PART_BEFORE,
    _UNAVAILABLE: _LACKED_BEFORE,
    _DENIED: _REFUSED_BEFORE,
    _GRANTED: _GIVEN_BEFORE,
    _REJECTED: _LED_AWAY,
}
"""What the words before a number say; the first that is found decides."""
_BEHIND = {_PARTIAL: _IN_PART, _UNAVAILABLE: _LACKED, _DENIED: _REFUSED}
"""The same of the words behind it."""


def plain_fate(candidate: Candidate, folded: str, *, opens: bool) -> str:
    """Metric of what became of a number of applications by plain words, empty where none say it.

    Args:
        candidate: The count in its context.
        folded: The folded text of the report.
        opens: Whether the number opens its clause, so that what is behind it tells of it.
    """
    before, end = candidate.between, candidate.quantity.outer_end
    if told := next((metric for metric, words in _BEFORE.items() if words.search(before)), ""):
        return told
    if _TO_OTHERS.search(before):
        return _UNAVAILABLE
    if _REPEATED.search(before) and _NOT_HANDLED.match(folded, end):
        return _REJECTED
    return _told_behind(candidate, folded) if opens else ""


def _told_behind(candidate: Candidate, folded: str) -> str:
    """What the words up to the next number, or the end of the clauses, say."""
    end = candidate.quantity.outer_end
    limit = min(candidate.sentence.end, end + _LONGEST)
    for mark in (_STOP, _NEXT_NUMBER):
        if (found := mark.search(folded, end, limit)) is not None:
            limit = found.start()
    words = folded[end:limit]
    if not words or _LED_ON.match(words):
        return ""
    if _NEXT_NUMBER.match(folded, limit):
        words = _UP_TO_NEXT.sub("", words)
    if told := next((metric for metric, said in _BEHIND.items() if said.search(words)), ""):
        return told
    return _GRANTED if _GIVEN.match(words) else ""
