"""The constructions around problems and remedies; their vocabulary is in `data/statements.toml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.statements.wording import alternation

_NOUN = "(?:问题|不足|短板|差距|薄弱环节|困难|现象|弱项|现状|情况|情形|实际|瓶颈|环节|挑战|难题|矛盾)"
_AIMED_NOUN = f"(?:{_NOUN}|状况|局面)"
_YEAR = "(?:20[0-9]{2} ?年度?|[上前]一?年度?|去年)"
_NOW = "(?:目前|现|今年|本年度?)"
_DONE = "(?:均|都|已经?|也|较[好大]|得到|予以|基本|彻底|妥善|圆满|全部|有效|初步|逐步|完成|有所|明显|大幅|有)"
_SAID = "(?:存在|提出|反映(?:强烈)?|查[摆找]出?来?|发现|指出|列出|提到)"
_WE = "(?:我们|我[局委镇县市区乡厅院校办])"
# 我局已R, 我局正R; not 我局已有…, 我局已连续两年….
_DOES = (
    "(?:已经?(?!经?(?:有|达|成为|是|连续|多次|超|久))"
    "|正(?:在|(?=抓紧|积极|着手|联系|会同|协调|申请|组织|筹|研究|修订)))"
)
_SOON = "(?:20[0-9]{2} ?年度?|明年|来年|下一?年度?|下一?学年|[上下]半年|年底之?前|年内|[0-9]{1,2} ?月底?前)"
_COUNT = "[一二两三四五六七八九十0-9]{1,4}[个项类点]"
_HOW_MANY = (
    "(?>(?:诸如|以下|如下|一些|一定的?|不少|诸多|[不很]小的?|[较很]大的?|较多的?|若干"
    "|不同程度的?|主要|的|着|了)*)"
)
_IS = (
    "(?:仍然?|还|依然)?(?:主要|具体|集中|突出)?的?"
    "(?:是|有|为|在于|表现[在为]|[体反][现映][在为]|如|比如|例如|包括)"
)

_ADVERBIAL = (
    "(?:由于|因|受|随着|鉴于|面对|对照|对标|按照|根据|结合)[^，。；]{1,40}，|在[^，。；]{0,20}[中下]，"
)
# 一些短板也显现出来，存在A; 工作还处在摸索阶段，存在A: what is wanting comes behind.
_MODEST = (
    "[^，。；]{0,16}?(?:(?:问题|不足|短板|矛盾|弱项|差距)[^，。；]{0,4}(?:显现|暴露|凸显|显露|突出|浮现)"
    "|处[于在](?:探索|起步|摸索|初始|初级)|起步[较很]?[晚迟]|底子[较很]?薄|基础[较很]?(?:差|薄弱)|刚刚?起步)"
    "[^，。；]{0,6}，"
)
_BODY = (
    "[县市区省州旗]?(?:人民|中心|中)?医院|[^，。；的]{2,12}?(?:医院|卫生院|集团|公司|[总支大中]队|管理处|事务所|派出所"
    "|供电所|服务站|管理站|局|镇|乡|县|区|市|街道|办事处|委员会|海关|政府|学校|学院|大学|中心)"
)

# 针对上年的P问题，今年以来我局R: who did it is of no remedy; when (今年R) is.
_WHEN = "(?:今年|本年度?|20[0-9]{2} ?年度?|一年来)(?:以来|内|里)?，?"
_BY_WHOM = "(?:我们|[我本][局委镇县市区乡厅院校办关]|学校|街道)，?"
DOER = deferred(f"(?:{_WHEN})?{_BY_WHOM}(?:{_WHEN})?(?:{_DOES}|先后)?(?=[一-鿿][一-鿿0-9])")
BODY_FIRST = deferred("我们|[我本][一-鿿]|学校|公司|街道")
# 今年以来，我镇R, in a sentence of its own.
BY_US = deferred(f"{_WHEN}{_BY_WHOM}(?:{_DOES}|先后)?(?=[一-鿿]{{2}})")
# P，今年已R
NOW_DONE = deferred(f"(?:{_WHEN}(?:{_BY_WHOM})?|{_BY_WHOM})(?:已经?|先后)?(?=[一-鿿]{{2}})")
# R，上述问题得到有效改善: what became of the problem is of no remedy.
SOLVED = deferred(
    "，(?:目前|现)?，?(?:上述|以上|该|这些|相关|存在的?)?问题[^，。；]{0,2}(?:已|均|都|得到|基本|有所)[^，。；]{0,8}"
    "(?:解决|整改|改善|缓解|改进|好转|改观)[^，。；]{0,4}$"
)
# 将信息公开纳入考核: 将 is no promise there, but 把.
TAKEN = deferred(
    "(?![以为在于对从按]|通过|围绕|[^，。；]{0,6}[把将])[^，。；]{2,24}?(?:[由从][^，。；]{1,12}(?:压缩|缩短|压减|调整|提高|增加|扩大|扩展|改)[为至到成]|纳入|列入|列为|作为|融入|嵌入|延伸[到至]|落实[到至]|细化[到至]|分解[到至]|[一-鿿][到至为成入进给](?=[^，。；的]))"
)


class Frames(NamedTuple):
    """Compiled constructions.

    Attributes:
        aimed: 针对P的问题，R: `lead`, `what` and `close`; `several` where they are counted (P、P两个问题).
        aimed_short: 针对P，R.
        named_before: What tells when and by whom P was named (上年度提出的).
        generic_aim: A `what` that names nothing (上述).
        ordinal_aim: A `what` that counts (第二个, ②③; `first`: 前两个).
        other_year: The name of another year.
        bettered: What became of a problem, near the end of a sentence.
        resolved: P已通过R基本解决: `p`, `comma`, `by`, `r`.
        done: Of last year: P的问题，R; P，今年R.
        by_means: Of last year: 通过R，已解决: `r`.
        got_better: The end of P已通过R得到改进.
        just_done: The end of 上年问题P、P，均已改.
        of_other_year: The opening 2022年提出的…问题.
        mid_turn: Where P，为此R turns.
        solves: R，解决P的问题.
        announcer: The announcing words of a series: 存在, 主要是, 如.
        series_end: What closes a series: 等问题.
        of_end: What closes one that is announced: 的问题.
        unsolved: “P”问题仍未解决.
        still: Where a second problem of a year that is not solved begins (P已解决，但Q的问题依然存在).
        titled: The title 关于P的问题 or P问题, nothing behind it.
        generic_subject: What may stand before the announcer: the body and its work.
        modest: Ends what may stand there: the work is young, what is wanting has come to light.
        says_nothing: Words that say nothing of what is wanting.
        conceded: 虽然…，但.
        joined: Where 加之 and 同时 join two statements.
    """

    aimed: re.Pattern[str]
    aimed_short: re.Pattern[str]
    named_before: re.Pattern[str]
    generic_aim: re.Pattern[str]
    ordinal_aim: re.Pattern[str]
    other_year: re.Pattern[str]
    bettered: re.Pattern[str]
    resolved: re.Pattern[str]
    done: re.Pattern[str]
    by_means: re.Pattern[str]
    got_better: re.Pattern[str]
    just_done: re.Pattern[str]
    of_other_year: re.Pattern[str]
    mid_turn: re.Pattern[str]
    solves: re.Pattern[str]
    announcer: re.Pattern[str]
    series_end: re.Pattern[str]
    of_end: re.Pattern[str]
    unsolved: re.Pattern[str]
    still: re.Pattern[str]
    titled: re.Pattern[str]
    generic_subject: re.Pattern[str]
    modest: re.Pattern[str]
    says_nothing: re.Pattern[str]
    conceded: re.Pattern[str]
    joined: re.Pattern[str]


@lru_cache(maxsize=1)
def frames() -> Frames:
    """The constructions, compiled at their first use."""
    generic, bettered = alternation("generic_word"), alternation("bettered")
    problem = "(?:问题|不足(?:之处)?|差距|短板|困难|薄弱(?:环节|之处|点)|弱项|欠缺)"
    still = "(?:(?:仍然?|依然|还|普遍|时有|不同程度地?)*(?:存在|发生|出现))?"
    behind = "均|都|需|有待|亟|影响|这些|今后|在今后|(?:究其|其|主要)?原因|希望|建议|恳请"
    urgent = (
        "(?:(?:仍|还|尚)?(?:亟[待需]|有待|急需|需要?|待)(?:进一步|加以|予以|逐步|着力|切实){0,2}"
        "(?:解决|改进|改善|破解|克服)(?=$))?"
    )
    tail = rf"(?:[和与及、]?{_NOUN})?{still}{urgent}(?=$|，(?:{behind}))"
    sources = {
        "aimed": rf"(?P<lead>(?:[^，。；：]{{0,14}}，|{_YEAR}(?=主要|重点|针对))?{_WE}?"
        "(?:(?:主要|重点)(?=针对))?"
        "(?:针对|围绕(?:解决)?|聚焦(?:解决)?|紧盯|关于|对于|对(?!照|标|接|比|外)|就|面对|(?:为了?|着眼于?)(?:解决|破解|改变|扭转|克服|消除)))"
        rf"(?P<what>[^。；：]{{2,70}}?)(?P<close>(?:等(?:方面)?)?的?"
        rf"(?P<several>[这等]?[两二三四五六七八]个(?:方面)?的?)?(?:突出|主要|共性)?{_AIMED_NOUN}(?:[、和与及]{_NOUN})?[，：])",
        "aimed_short": rf"(?P<lead>{_WE}?针对|围绕(?:让)?|对(?!照|标|接|比|外|此)|就)"
        r"(?P<what>[^，。；：]{3,40}|[①-⑨]{1,2}|[一二三四五六七八九])(?P<close>，)",
        "named_before": "(?:目前|当前|工作中)?(?:仍然?|还|尚)存在的(?!问题|不足)"
        rf"|在?(?:(?:{_YEAR}|今年|本年度?)(?:政府信息公开|政务公开)?(?:工作(?!人))?"
        r"(?:年度报告|年?报告?)?(?:工作(?!人))?[中里]?)?"
        rf"(?:(?>(?:群众|公众|社会|第三方|自查|测评|评估|督查|检查)*)[所曾]?{_SAID})?的?",
        "generic_aim": "(?:以上|上述|前述|这些|这一|此类|存在|该|此|第[一二三四五六七八九十0-9]+[个项条]?"
        "|目前|当前|工作中|发现|查摆|现有)[^，。；]{0,12}$",
        "ordinal_aim": "(?:上述|以上|前述)?(?:前(?P<first>[两二三四五六])[个项条点]?|"
        "(?:[、和及与以]?(?:第|（|问题|不足)?[一二三四五六七八九十1-9①-⑨](?:[个项条点类](?:方面)?|方面)?）?)+)的?(?:问题|不足)?$",
        "other_year": _YEAR,
        "bettered": f"(?:{bettered})[^。；]{{0,24}}$",
        "resolved": rf"(?P<p>[^。；]{{3,80}}?)(?:的|{_COUNT}|等)?(?P<named>问题|不足(?=，))?(?P<comma>，)?"
        rf"(?:{_NOW}|{_YEAR}|一年来)?，?(?P<now>已经?|均已|现已|都已|虽)?(?:分别|逐[一项]|先后)?(?P<by>通过|采取|借助|采用|经过?)(?P<r>[^。；]{{4,120}}?)"
        r"(?:等(?:方式|措施|举措|手段|办法|形式|途径))?，?(?:目前|现)?"
        rf"(?(now)|(?={_DONE}))(?>{_DONE}*)(?:{bettered})[^。；]{{0,24}}$",
        "done": r"(?P<p>(?!针对|对于|关于|围绕)[^。；]{4,80}?)"
        rf"(?:(?P<named>(?:的|等|{_COUNT})?问题(?:，|(?=(?:目前|现)?(?:均|都|已|得到))))|，(?={_NOW}|{_YEAR}|我[局委镇县区市]|已))(?P<r>[^。；]{{4,}})$",
        "by_means": rf"(?:{_NOW}|{_YEAR}|一年来)?，?(?:已经?|均|分别)?(?:通过|经过?|采取了?|采用了?|借助)"
        r"(?P<r>[^。；]{4,120}?)等?的?(?:方式|措施|举措|手段|办法|做法)?"
        r"(?:，(?:目前|现)?(?:已|也|均|都|现|问题|情况|现象|意见|效果|群众|投诉|得到)|(?:已经?|均|都|基本)*(?:得到|予以))"
        rf"[^，。；]{{0,10}}(?:{bettered}|减少|下降|满意)[^，。；]{{0,4}}$",
        "got_better": rf"(?:已|均|都|得到|基本|有所)[^，。；]{{0,8}}(?:{bettered})[^，。；]{{0,4}}$",
        "just_done": rf"[，、]?{_WE}?(?:目前|现)?(?:(?:均|都|已)*于[^，。；]{{2,10}}?)?"
        r"(?>(?:均|都|已|全部)+)[^，。；]{0,6}"
        rf"(?:{bettered})[^，。；]{{0,4}}$",
        "of_other_year": rf"(?:[^，。；]{{0,12}}，|回头看|回顾|对照)?{_YEAR}[^，。；“]{{0,14}}?"
        rf"(?:{_SAID}[了的]?(?:{_COUNT})?(?:主要)?(?:问题|不足)?|问题|不足|报告[中里]?的?(?=“))(?:中|里|是|为|有)?[，：]?",
        "mid_turn": "，(?:(?=我们将|[我本][一-鿿]{1,3}将(?!近|来|要|会))"
        f"|(?:(?:今年|本年度?)以来，)?(?={_WE}(?:目前|现|今年)?{_DOES})"
        # …等问题，目前栏目已全部更新
        "|(?<=(?:问题|不足|情况|现象)，)(?:目前|现)，?(?!均|都|已|正|全部|(?:上述|以上|这些|该|相关)问题)(?=[^，。；]{1,14}?(?:已|正在))"
        "|(?:为此|对此|下一?步|今后|接下来"
        "|针对(?:这一|这些|该|此|上述|以上)[^，。；]{0,4}(?:问题|不足|情况))，?"
        "|(?:改进|整改|解决)的?(?:办法|措施|举措|做法|打算|对策)(?:主要)?(?:是|为)：?|(?=目前(?:已|正)|现已|现正)"
        rf"|(?P<bare>(?:今年|本年度?)以来，{_WE}|已(?!经|有|达|成为|公开的|发布的|是|不|无|久|超|过|形|影)|(?:还|也|近期|{_SOON})?(?:将(?!近|来|会)|拟(?!定|人|稿)|计划|要(?!求|点|素|件|么)"
        "|正(?:在|(?=抓紧|积极|着手|联系|会同|协调|申请|组织|筹|研究|请))|准备|打算)))",
        "solves": "，(?:着力|切实|有效|重点|努力|逐步)?(?:解决|破解|改变|扭转)"
        "(?P<p>[^，。；]{4,40}?)等?的?(?:问题|状况|局面|现象)$",
        "announcer": rf"(?:(?:存在|面临|暴露出?|[又还也新](?:发现|出现|查摆出)){_HOW_MANY}"
        rf"|有{_HOW_MANY}(?={problem}))"
        rf"(?>(?:{problem}[和与及的]?)*)(?:[，：]?{_IS}[：，]?|[，：])?"
        rf"|{problem}{_IS}(?:(?:以下|如下)?[两二三四五六几]个?[点项条方]面?)?[，：]?"
        "|(?:即|分别[是为])(?=[^，。；]{2,24}[、，])[：，]?"
        "|(?:主要|具体|集中|突出)的?(?:是|有|为|表现[在为]|[体反][现映][在为])[：，]?"
        "|(?:表现|体现)[在为于][：，]?"
        "|(?:自查|检查|巡查|排查|抽查|测评)中?[也还]?发现(?!的|问题|[以如]下|[了一]些?|[0-9一二两三四五六七八九十]+[个处项]问题)"
        "|(?:比如|例如|诸如|如(?!何|果|期|实|同))[：，]?|(?:仍|还|尚)有(?!(?:(?:[不很]小|[较很]大|一定|一些|不少)的?)?(?:问题|不足|差距|短板))(?=[^。；]{8,}等|[^，。；]{3,}的(?:问题|现象|情况)$)",
        "series_end": rf"等等?(?:方面)?的?(?:诸多|一些|主要|突出|实际|现实|具体)?{_NOUN}?{tail}",
        "of_end": rf"(?:的|[这等]?[两二三四五六七八]个?(?:方面|[项类点])?的?)(?:主要|突出)?{_NOUN}{tail}",
        "unsolved": rf"(?P<p>[^，。；]{{3,60}}?)(?:的|等)?{_NOUN}"
        "(?>(?:目前|今年|本年度?|至今|仍然?|还|尚|依然|均|也)*)(?:(?:未|没有?)"
        "(?>(?:能|得到|完全|彻底|根本|有效|真正)*)(?:解决|整改|改善|缓解|改变|扭转|消除)"
        "|已?经?(?:列入|纳入)[^，。；]{0,14}(?:整改|清单|计划|台账)(?:事项|内容|任务|范围)?"
        "|(?<=[仍然还])(?:不同程度地?)?(?:存在|(?:较为?|比较|很|十分)?突出))[^，。；]{0,4}$",
        "titled": r"(?:(?:关于|针对|对于)|(?!有|主要|[^，。；]{0,40}(?:存在|[仍还尚]|出现|面临)))"
        r"(?P<p>[^，。；]{3,40}?)(?:的|等|等方面)?问题$",
        "generic_subject": f"(?>(?:{_ADVERBIAL}|{_MODEST}|{generic}|{_BODY})*)",
        "modest": f"{_MODEST}(?:主要)?$",
        "says_nothing": f"{generic}|{alternation('empty_word')}",
        "conceded": rf"(?>(?:(?!虽|尽管)(?:{generic}|{_BODY})){{0,6}})(?:虽然?|尽管)"
        "[^，。；]{2,50}，(?:但是?|却|然而)?，?",
        "joined": "，(?:再?加上|加之|以及|同时|此外|另外|与此同时|另一方面(?:要|将|是)?)，?",
    }
    sources["still"] = f"，(?:但是?|而|不过|然而)?(?={sources['unsolved']})"
    return Frames(**{name: deferred(source) for name, source in sources.items()})


_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_COUNTS = deferred("[一二三四五六七八九十1-9①-⑨]")


def counted(what: str) -> tuple[int, ...]:
    """Which problems an aim counts, from 1 on (第二、三个: 2 and 3; 前两个: 1 and 2); empty if none.

    Args:
        what: Folded text between 针对 and 问题.
    """
    found = frames().ordinal_aim.match(what)
    if not found:
        return ()
    if found["first"]:
        return tuple(range(1, _place(found["first"].replace("两", "二")) + 1))
    return tuple(_place(numeral) for numeral in _COUNTS.findall(what))


def _place(numeral: str) -> int:
    """What a numeral counts: 二, 2, ②."""
    return int(numeral) if numeral.isdecimal() else _CIRCLED.find(numeral) + 1 or _NUMERALS.index(numeral) + 1
