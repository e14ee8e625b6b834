"""Sentences of the narrative: the words of the lexicon in each, and the numbers that count something."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gxnlp.deferred import deferred
from gxnlp.lexicon import CHANNEL, NOUN, OUTCOME, TITLE, VERB, Term, metric_lexicon, term
from gxnlp.metrics.context.account_names import AccountNames
from gxnlp.metrics.context.channels import misnamed_channels, misnaming_marks
from gxnlp.quantities import find_quantities
from gxnlp.records import Document, Interval, Quantity, Section

_SENTENCE = deferred(r"[^。！？\n]+[。！？\n]*")
_QUOTED = deferred(r"“[^”。\n]{1,16}”")
_SINGLE = frozenset("一二两三四五六七八九十")
_AIM = deferred("(?:力度|机制|制度|水平|质量|流程|程序|体系|格局|能力|原则|意识|作用|关切|责任)[，；]")
"""加大主动公开力度，…: what is worked on."""
_LONGEST_AIM = 10
_EACH_TAKES = deferred("(?:工作日|[天日]|小时)(?:就|即|可)?(?:回复|答复|办结|办理|处理|办完|答)$")
_WORD = deferred("[一-鿿]")
_LIST_MARK = deferred(r"[.、．）)]")
_OF_THE_REPORT = deferred(
    r"本报告|本年报|编制|编写|汇编|组成|[个几大]部分|[个项]方面|内容(?:包括|涵盖)|统计(?:期限|时段|时限|范围|截止|数据|周期)|所列数据|电子版|下载|联系|疑问|电话|附表|浏览|点击|来源|打印"
)
"""What a preamble tells of the report itself, not of the body."""
_FEAST = deferred("“[一二三四五六七八九十]{1,3}”")
_YEAR = deferred(r"(?:19|20)[0-9]{2}")
_RATE = deferred(r"[0-9]{1,3}%")
_ANNEXES = ("附件", "附表", "附图")
_RANKED = ("位", "名")
_NOUNS = {"件": "套", "条": "目"}
"""Characters that make a noun of a counter before them."""
_BOUND = deferred(
    r"(?:次|人次)?(?:以上)?的(?:有|共|稿件|作品|文章|推文|视频|短视频|信息|单篇|爆款){0,3}[0-9]|”?[一-鿿]"
)
"""阅读量过10万的3条, “10万+”推文: a bound, behind a number that is over it."""
_APPOSED = deferred("个(?:官方|政务)?(?:新媒体)?(?:账号|帐号|平台|公众号)(?![，。；：、）\n和与及等])")
_LEVELS = ("级", "层级", "年", "学年", "学期")
_PERIODS = ("季度", "月份", "月")
_CASES = ("件", "宗", "起")
_LINKING = "了有共为仅"
_ENDS_COUNTER = frozenset("）数：为有达共计到")
_COUNTER_BEFORE = deferred(
    r"(?:（(条次|件次|人次|场次|批次|[条件篇份期次场个项部封起宗册])）|(场次|批次|[条件篇份期次场个项部封起宗册])数)"
    r"(?:[：为有达共]|<共>|达到)?$"
)
_LONGEST_COUNTER = 9
_JOINERS = ("、", "和", "及", "与")
_PAIRED_WITHIN = 24
_LONGEST_ITEM = 24
"""Characters of a line that may be an item of a list though no word of it is known (2.预算2条)."""
_DENIES = frozenset("未不没也")
_OPENS = frozenset("，；。：、中另\n ")
_DIVISION = "。其中"
_DIVIDED = deferred(r"其中|包括|具体为|如下|(?:按|从|分)[^，。；：]{1,12}[分看计][，：]")
_LONGEST_WHOLE = 240
_COUNTABLE = frozenset({"number", "fraction", "percent", "permille", "percent_point", "fold", "range"})

_WHOLE = frozenset({"number", "range"})
_NAMED = deferred(r"[\u4e00-\u9fff”》](?<![年期度月])")
"""What a bracket with a number stands behind: 建议（9件）, not 上年（9件）, 90件（80件）."""


@dataclass(slots=True)
class Sentence:
    """A sentence of the narrative with what was found in it, in order.

    Attributes:
        starts: Offset of each term; `index` sets it anew where terms are added.
        kinds: All flags of its terms.
    """

    start: int
    end: int
    section: Section
    paragraph: int
    terms: list[Term] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    kinds: int = 0

    def index(self) -> None:
        """Note where the terms start."""
        self.starts = [t.start for t in self.terms]

    def between(self, start: int, end: int) -> list[Term]:
        """Terms that stand wholly in `folded[start:end]`."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return [t for t in self.terms[first:last] if t.end <= end]


def join_parts(document: Document) -> Document:
    """The document with 公开信息90条。其中… read as 公开信息90条，其中…: a division is told with its whole.

    Where the sentence before is a division already, another one of the same whole follows it.
    """
    folded, at = document.folded, document.folded.find(_DIVISION)
    while at >= 0:
        first = max(folded.rfind(stop, max(0, at - _LONGEST_WHOLE), at) for stop in "。；\n") + 1
        if _DIVIDED.search(folded, first, at) is None:
            folded = folded[:at] + "，" + folded[at + 1 :]
        at = folded.find(_DIVISION, at + 1)
    return document if folded is document.folded else replace(document, folded=folded)


def narrative(document: Document, sections: Sequence[Section]) -> Iterator[tuple[int, int, Section]]:
    """Stretches of running text with their innermost section: no table, no lines of the page at the head."""
    starts = sorted({s.start for s in sections} | {s.end for s in sections})
    tables = iter((*document.tables, Interval(len(document.text) + 1, len(document.text) + 1)))
    table = next(tables)
    innermost: Section | None = None
    by_start = {s.start: s for s in sorted(sections, key=lambda s: s.level)}
    for start, end in pairwise(starts):
        innermost = by_start.get(start) or _parent_at(start, sections)
        if innermost is None:
            continue
        if innermost.code == "preamble":
            start = _first_told(document.folded, innermost.heading_end, end)
        while table.end <= start:
            table = next(tables)
        while table.start < end:
            if table.start > start:
                yield start, table.start, innermost
            start = table.end
            if table.end > end:
                break
            table = next(tables)
        if start < end:
            yield start, end, innermost


def _first_told(folded: str, start: int, end: int) -> int:
    """Where the running text of a preamble begins: behind the lines of the page (来源, 浏览次数)."""
    stop = folded.find("。", start, end)
    return end if stop < 0 else max(start, folded.rfind("\n", start, stop) + 1)


def _parent_at(offset: int, sections: Sequence[Section]) -> Section | None:
    holding = [s for s in sections if s.start <= offset < s.end]
    return max(holding, key=lambda s: s.start, default=None)


def read_sentences(document: Document, sections: Sequence[Section], year: int | None) -> Iterator[Sentence]:
    """Sentences of the narrative with terms and quantities.

    Args:
        document: The normalised report.
        sections: Its section tree.
        year: The report's year; a date of another year becomes a term `date.before` or
            `date.after`, so that rules can see it.
    """
    folded = document.folded
    # Of the folded text: 78條 of a traditional text counts as 78条 does, the ⼀ of a font as 一.
    quantities = _share_units(find_quantities(folded, folded=folded, skip=document.tables), folded)
    offsets = [q.start for q in quantities]
    lexicon = metric_lexicon()
    opened = any(s.code.startswith("overview") for s in sections)
    paragraph, names = 0, AccountNames()
    for start, end, section in narrative(document, sections):
        terms, marks = lexicon.scan(folded, start, end), misnaming_marks(folded, start, end)
        if folded.find("“", start, end) >= 0:
            terms = names.place(terms, folded, start, end)
        starts = [t.start for t in terms]
        here, at = 0, bisect_left(offsets, start)
        paragraph += 1
        for match in _SENTENCE.finditer(folded, start, end):
            first, stop = match.span()
            last, until = bisect_left(starts, stop, here), bisect_left(offsets, stop, at)
            # Where no heading opens the overview the preamble holds it: then all of it counts.
            if opened and section.code == "preamble" and _OF_THE_REPORT.search(folded, first, stop):
                here, at = last, until
            if last > here or until > at:
                sentence = Sentence(first, stop, section, paragraph, terms[here:last], [], starts[here:last])
                if marks and bisect_left(marks, first) < bisect_left(marks, stop):
                    _drop_misnamed(sentence, folded)
                if sentence.terms and folded.find("“", first, stop) >= 0:
                    _drop_quoted(sentence, folded)
                if until > at:
                    _drop_aims(sentence, folded)
                    _place(quantities[at:until], sentence, folded, year)
                for one in sentence.terms:
                    sentence.kinds |= one.kinds
                if sentence.terms or (sentence.quantities and stop - first <= _LONGEST_ITEM):
                    yield sentence
            here, at = last, until
            if "\n" in match[0]:
                paragraph += 1


def _share_units(quantities: Sequence[Quantity], folded: str) -> list[Quantity]:
    """提高0.3、1.2个百分点, 分别发布300、20条: bare numbers have the counter of the next, which they join.

    Or the one that is told before them: 公开信息（条）：90, 培训次数为6.
    """
    shared = [q if q.unit or q.kind != "number" else _counted_before(q, folded) for q in quantities]
    for place in range(len(shared) - 2, -1, -1):
        one, following = shared[place], shared[place + 1]
        if one.kind != "number" or one.unit or folded[one.outer_end : following.outer_start] not in _JOINERS:
            continue
        if following.kind == "percent_point":
            shared[place] = one._replace(kind="percent_point", unit=following.unit)
        elif following.kind == "number" and "分别" in folded[max(0, one.start - _PAIRED_WITHIN) : one.start]:
            shared[place] = one._replace(unit=following.unit)
    return shared


def _counted_before(quantity: Quantity, folded: str) -> Quantity:
    start = quantity.outer_start
    if folded[start - 1] not in _ENDS_COUNTER:
        return quantity
    told = _COUNTER_BEFORE.search(folded, max(0, start - _LONGEST_COUNTER), start)
    return quantity._replace(unit=told[1] or told[2]) if told else quantity


def _drop_misnamed(sentence: Sentence, folded: str) -> None:
    if misnamed := misnamed_channels(sentence.between, folded, sentence.start, sentence.end):
        sentence.terms = [t for t in sentence.terms if t not in misnamed]
        sentence.index()


def _drop_aims(sentence: Sentence, folded: str) -> None:
    """加大主动公开力度，制作展板9块: a verb of what is worked on is no verb of the clauses behind it."""
    aims = {_named_till(aim.start(), folded) for aim in _AIM.finditer(folded, sentence.start, sentence.end)}
    kept = [t for t in sentence.terms if not (t.end in aims and t.kinds & VERB)] if aims else sentence.terms
    if len(kept) < len(sentence.terms):
        sentence.terms = kept
        sentence.index()


def _named_till(aim: int, folded: str) -> int:
    """Where the verb of an aim ends: behind it 工作 or a name in quotes (信息发布“三审”制度)."""
    if folded[aim - 1] == "”":
        aim = max(folded.rfind("“", max(0, aim - _LONGEST_AIM), aim), 0)
    return aim - len("工作") if folded.endswith("工作", 0, aim) else aim


def _drop_quoted(sentence: Sentence, folded: str) -> None:
    """“三农公开”栏目4个: a verb inside a quoted name is no verb of the sentence."""
    quoted = [m.span() for m in _QUOTED.finditer(folded, sentence.start, sentence.end)]
    named = {t for span in quoted for t in sentence.between(*span) if t.kinds & VERB}
    if named:
        sentence.terms = [t for t in sentence.terms if t not in named]
        sentence.index()


def _place(quantities: Sequence[Quantity], sentence: Sentence, folded: str, year: int | None) -> None:
    """Put each quantity where it belongs: among the quantities, as a date among the terms, or nowhere."""
    dates = []
    for quantity in quantities:
        if quantity.kind in _COUNTABLE:
            if _counts(quantity, sentence, folded):
                sentence.quantities.append(_with_bracket(quantity, sentence, folded))
        elif quantity.kind == "date" and year and (found := _YEAR.match(quantity.text)):
            shift = int(found[0]) - year
            name = "date.before" if shift < 0 else "date.after" if shift > 0 else "date.same"
            dates.append(term(quantity.start, quantity.end, frozenset({name})))
    if dates:
        sentence.terms = sorted(sentence.terms + dates)
        sentence.index()


def _with_bracket(quantity: Quantity, sentence: Sentence, folded: str) -> Quantity:
    """办理建议（9件）、提案（8件）: a bracket that holds a number alone parts it from no noun before it."""
    opening, end = quantity.outer_start - 1, quantity.outer_end
    if not (folded.startswith("（", opening) and folded.startswith("）", end) and quantity.unit):
        return quantity
    if quantity.kind not in _WHOLE or not _NAMED.match(folded, opening - 1):
        return quantity
    last = sentence.quantities[-1].outer_end if sentence.quantities else sentence.start
    return quantity._replace(outer_start=opening, outer_end=end + 1) if last < opening else quantity


def _counts(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """Whether a number can be a count by the words and marks that touch it."""
    if folded.startswith("所列", quantity.outer_start - 2) or _is_bound(quantity, folded):
        return False  # 清单所列62条: entries of a list
    noun = _NOUNS.get(quantity.unit)
    if noun is not None and folded.startswith(noun, quantity.unit_end):
        return False  # 四件套, 20余条目
    if not quantity.unit:
        if folded.startswith(_ANNEXES, quantity.start - 2):
            return False  # 详见附件2
        if quantity.text in _SINGLE or _FEAST.match(folded, quantity.start - 1):
            return False  # 三是, 四 (a heading), “十一”期间: a numeral that counts nothing
        if _YEAR.fullmatch(quantity.text) and _WORD.match(folded, quantity.end):
            return False  # 2019上海再出发: a year within a name
        opens = quantity.start == sentence.start or folded[quantity.start - 1] in " \n（("
        if opens and _LIST_MARK.match(folded, quantity.end):
            return False
    around = bisect_right(sentence.starts, quantity.start) - 1
    # A word of the lexicon that holds the number (12345热线, a title) is a name, not a count.
    if quantity.text == "零":
        return not _opens_noun(quantity, sentence)
    if around >= 0 and _holds(sentence.terms[around], quantity):
        return False
    if quantity.unit == "个" and _RATE.match(folded, quantity.unit_end):
        return False  # 三个100%: the rates are counted, not what they are of
    may_pick = quantity.text == "一" and quantity.kind != "fold"  # 翻了一番多
    if may_pick and (_picks(quantity, sentence, folded) or _idle(quantity, sentence, folded)):
        return False
    return not _quoted(quantity, sentence, folded)


def _is_bound(quantity: Quantity, folded: str) -> bool:
    """Whether a number that something passed says which are counted, not how many, or names a level."""
    if quantity.text in _SINGLE and _APPOSED.match(folded, quantity.end):
        return folded[quantity.start - 2] not in "我本"  # 微信、微博两个账号粉丝总量, but 我局十个新媒体账号
    if quantity.unit == "类" and quantity.text in _SINGLE and _WORD.match(folded, quantity.unit_end):
        return True  # 公开单招、统招两类简章8条
    if quantity.unit in _RANKED and folded[quantity.start - 1] == "前":
        return True  # 排名前三位的是甲9件
    if quantity.unit in _LEVELS or (quantity.kind == "range" and quantity.unit in _PERIODS):
        return True  # 省、市两级文件, 一至四季度
    if quantity.qualifier != "over" and folded[quantity.outer_start - 1] not in "过超破逾达":
        return False
    behind = _BOUND.match(folded, quantity.outer_end)
    if behind is None:
        return False
    return folded[quantity.outer_end - 1] == "+" or behind[0][-1].isdigit()


def _opens_noun(quantity: Quantity, sentence: Sentence) -> bool:
    """零复议、零诉讼: a negation of the noun that touches it; 为零 and 零件 are numbers."""
    behind = bisect_left(sentence.starts, quantity.end)
    return behind < len(sentence.starts) and sentence.starts[behind] == quantity.end


def _holds(term: Term, quantity: Quantity) -> bool:
    if term.kinds & TITLE and term.start < quantity.start < term.end:
        return True
    return quantity.end <= term.end


def _quoted(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """“十年禁渔”专栏7个: a number inside a quoted name counts nothing."""
    closing = folded.find("”", quantity.end, min(sentence.end, quantity.end + 20))
    if closing < 0:
        return False
    closed = folded.rfind("”", sentence.start, quantity.start)
    opening = folded.rfind("“", max(sentence.start, closed + 1), quantity.start)
    inside = closing - opening - 1 - len(quantity.text) - len(quantity.unit)
    named = inside == 0 and quantity.value != 0 and bool(quantity.unit)  # 稳经济“43条”措施
    return opening >= 0 and (inside > 0 or named)


def _picks(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """最长的一次: one of several is picked; 不予公开的一件 counts, as 不予公开的1件 does."""
    if folded[quantity.start - 1] != "的":
        return False
    before = bisect_left(sentence.starts, quantity.start - 1) - 1
    fate = before >= 0 and sentence.terms[before].end == quantity.start - 1
    fate = fate and bool(sentence.terms[before].kinds & OUTCOME)
    return not (fate and quantity.unit in _CASES)


def _idle(quantity: Quantity, sentence: Sentence, folded: str) -> bool:
    """最高一篇阅读1.7万, 一次公开到位: 一 with its counter picks out, it does not count."""
    if quantity.unit in _CASES and folded[quantity.start - 1] in _OPENS:
        return (
            folded[quantity.unit_end : quantity.unit_end + 1] in _DENIES
        )  # 一件申请公开管网图，一件…; but 一件未发
    if _EACH_TAKES.search(folded, max(0, quantity.start - _LONGEST_AIM), quantity.start):
        return True  # 平均2.5个工作日回复一件
    starts, terms = sentence.starts, sentence.terms
    before = bisect_left(starts, quantity.start) - 1
    touches = before >= 0 and not folded[terms[before].end : quantity.start].strip(_LINKING)
    if touches and "w.maximum" in terms[before].classes:
        return True  # 最高一篇11.8万次
    behind = bisect_left(starts, quantity.unit_end)
    if behind == len(starts) or starts[behind] != quantity.unit_end or terms[behind].kinds & OUTCOME:
        return False  # 一件予以公开
    if terms[behind].kinds & NOUN and (quantity.unit in _CASES or folded[quantity.start - 1] == "了"):
        return False  # 发生一起行政复议, 出版了一期公报
    return not (touches and terms[before].kinds & (NOUN | VERB | CHANNEL))
