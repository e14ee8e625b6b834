"""What a quantity is: the metric and aspect of one candidate, by the rules and constructions.

Pure: a reading depends on the candidate, the rules and the mentions read before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from gxnlp.deferred import deferred
from gxnlp.lexicon import APPLICANT, CHANNEL, COUNTED, OUTCOME, TITLE, VERB, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import SITES
from gxnlp.metrics.context.governing import ACTING, ENDS_RUN, counts_things, may_govern
from gxnlp.metrics.context.in_passing import is_in_passing
from gxnlp.metrics.context.joined_nouns import JOINS
from gxnlp.metrics.context.patterns import SAME, Rule, Rules
from gxnlp.metrics.context.trades import AT_COUNTER, BUSINESS, LOOKED_UP, TRAINED
from gxnlp.ontology import default_ontology
from gxnlp.records import Interval, Qualifier, Section, Value

INFORMATION = "info_published"
PART = "info_published.part"
"""What is published, and what of it is of one kind: the labels that most constructions end in."""
CASES = ("messages", "hotline_cases", "applications_received", "proposals", "reviews", "lawsuits",
         "complaints")  # fmt: skip
"""What people bring, by how the labels begin."""
VIRAL = deferred(r"[万w]\+[^，。；：]{0,10}$")
"""其中10万+推文4篇: a part by how often it was read."""
_PERCENT = frozenset({"percent", "permille", "fold"})
_LONGEST_KIND = 4
_ABOUT = ("就", "对", "针对", "围绕")

_BUSINESS_NOUNS = frozenset(BUSINESS)
_SERVED_BY = frozenset({"ch.hotline", "n.hotline", "last.hotline_cases", *SITES})
_SUBMITTED = deferred(
    r"[向往](?![^，。；：]{0,12}(?:网|平台|系统|社会|公众|群众|市民|栏))[^，。；：0-9]{1,18}(?:报送|上报|呈报|投送)(?!并)[^，。；：]{0,20}$"
    r"|(?:上报|呈报|编报|呈送)[省市县区州旗国][^，。；：网]{0,20}$"
    r"|(?:^|[，。；：、并])[^，。；：0-9网台媒号屏]{0,24}(?:上报|呈报|编报|呈送)(?!并)[^，。；：0-9网台媒号]{0,16}$"
    r"|报送[至给到]?[^，。；：0-9网台媒号]{1,12}(?:办|办公[厅室]|委|局|厅)(?:的?(?:政务|各类)?信息)$"
)
"""往省局报送信息30篇, 上报专报12期: told to those above, not to the public."""
_FROM_TO = deferred(r"[由从][^，。；：、0-9]{0,6}$")
"""蒙古文发布由22篇增加到70篇: what a verb governs, no stop behind it."""
LONGEST_BUSINESS = 24
"""Characters before a noun that may say whose business it is of."""
_IN_FORCE = frozenset({"v.valid", "v.repeal"})
_RUNS_ON = frozenset({"v.valid"})
"""清理出现行有效的规章9件、规范性文件45件: what is in force is so with the next number."""
_COUNTED_AS = deferred(
    r"(?:(?:[只仅均都的]|信息|内容|发布|公开)计|[计算]作|计为|只算|视为)$|(?:同一|相同|重复)[^，。；]*(?:[计记算按为作]|统计)$"
)
_BOUND = deferred(
    r"(?:法定|规定|要求)的?(?:办理|答复|处理|办结)?(?:时限|期限|时间)?的?(?:为|是)?$"
    r"|(?<!平)[均都]在$|(?:时限|时间|期限|用时|周期|时长)(?:[均都皆]|全部)$|每[件页份张]$"
)
_FEW = frozenset("两二三四五六七八九十")
_KINDS_OF_PAPERS = ("n.policy", "n.normative", "n.interpretation", "n.solicitation", "n.graphic", "n.video")
_COLUMN_BEHIND = deferred(
    r"[^，。；：、0-9]{0,8}?(?:栏目|专栏|专区|栏)[”》]?(?:[中里内上]|主动|及时|共|累计|全年)*<发布>"
)
_ONE_OF = frozenset("件宗起份例篇")
_ONE_BY_ONE = deferred(
    r"、[一-鿿]{1,4}一|[^、]*(?:^|[，；：到])[一-鿿]{1,4}一[，、][一-鿿]{1,4}一[件宗起份例篇]"
)
"""受理一件、办结一件: each as it comes; 收到申请一件，办结一件 counts."""
_AMOUNTS = ("量", "数")
_APPOSED = deferred(r"[”》]?(?:[式类版]|形式)?的?")
_IN_PIECES = deferred(
    r"[类性]?的?(?:原创|专题|系列|相关|各类)*(?:信息|文章|稿件|推文|作品|帖文|专稿)(?:<共>|为|有|达)?"
)
"""政策解读推文9篇, 解读类文章9篇."""
_OF_KIND = deferred(
    r"类的?(?:政府|政务)?信息(?:共|共计|计)?"
    r"|(?:信息)?(?:发布|公开|推送|编发|更新)(?:总?数?量|总?数)(?:<共>|为|有|达到?|是|：)?"
)


@dataclass(slots=True)
class Draft:
    """A mention while it is being read; `head` is the term that decided."""

    metric: str
    start: int
    end: int
    value: Value | None
    lower: Value | None
    upper: Value | None
    unit: str
    qualifier: Qualifier
    sentence: Interval
    section: Section
    head: Term | None = None
    aspect: str = "level"
    measure: str = "total"
    scope: str = "own"
    channel: str = ""
    period: int | None = None
    detail: str = ""
    implied: bool = False
    trust: float = 0.9
    rule: str = ""
    counters: frozenset[str] = frozenset()
    body: str = ""
    part_of: Draft | None = None
    paragraph: int = 0
    of_bodies: bool = False
    extractor: str = "pattern"


@dataclass(slots=True)
class Reading:
    """A decision about a candidate before its attributes are known."""

    metric: str
    unit: str
    head: Term | None
    rule: str
    trust: float
    aspect: str = "level"
    measure: str = ""
    sign: int = 1
    counters: frozenset[str] = frozenset()
    body: str = ""


def is_aside(draft: Draft) -> bool:
    """Whether a mention tells more of the one before it: how it moved, its share, last year's figure."""
    return draft.aspect != "level" or draft.metric == "share" or draft.rule == "compared"


def exact(value: Value | None) -> Fraction | int:
    """A value that sums are made of, 0 where there is none: a whole number, as nearly all are, is quick."""
    if value is None:
        return 0
    above, below = value.as_integer_ratio()
    return above if below == 1 else Fraction(above, below)


def heads(candidate: Candidate) -> Iterator[Term]:
    """Words that may govern the quantity, the likeliest first."""
    if candidate.between.rstrip().endswith(_ABOUT):  # 就9项政策草案公开征求意见
        yield from (t for t in candidate.right if "n.solicitation" in t.classes)
    nouns = [t for t in candidate.own if t.kinds & (COUNTED | TITLE | APPLICANT)]
    if len(nouns) > 1 and ("栏" in candidate.between or "专区" in candidate.between):
        nouns = [t for t in nouns if not _names_column(t, candidate)]
    # 13个营业厅公示服务承诺: those that a small counter counts act, they are not published
    acting = candidate.quantity.unit.lstrip()[:1] in ACTING
    right = next((t for t in candidate.right if t.kinds & COUNTED and not (acting and t.kinds & VERB)), None)
    distance = _distance(right, candidate) if right else 99
    if candidate.names_follow or (right and distance <= _LONGEST_KIND and candidate.between.endswith("”")):
        nouns = []  # “水务动态”和“公开专栏”两个重点栏目: names of what is counted behind
    touching = bool(nouns) and nouns[0].end == candidate.quantity.outer_start
    # 解读、办事两个专栏; 推送6部视频
    apart = right and distance == 0 and ("n.column" in right.classes or (nouns and nouns[0].kinds & VERB))
    touching = touching and not apart
    if right and distance <= 1 and not touching:
        yield from _compound(right, candidate)
    if touching and (outcome := _outcome_of(nouns, candidate)) is not None:
        yield outcome
    nouns = _kind_first(nouns, candidate)
    yield from (t for t in nouns if not _listed_apart(t, candidate))
    if right and 1 < distance <= 14:
        yield right
    if not candidate.names_follow:
        yield from (t for t in candidate.own if t.kinds & (VERB | CHANNEL) or "w.average" in t.classes)
    if not (right and distance <= _LONGEST_KIND):  # 两个重点栏目常年更新: the verb is not of the number
        yield from (
            t
            for t in candidate.right
            if t.kinds & (VERB | CHANNEL | APPLICANT) and not (acting and t.kinds & VERB)
        )
    if acting and not candidate.closed:
        return
    yield from _kind_first([t for t in candidate.left if t.kinds & COUNTED], candidate)
    if not any(t.kinds & VERB for t in candidate.own):
        yield from (t for t in candidate.left if t.kinds & (VERB | CHANNEL))


def _names_column(noun: Term, candidate: Candidate) -> bool:
    """在惠企政策栏目发布信息21条: the name of the place where it is published."""
    return _COLUMN_BEHIND.match(candidate.between, max(0, noun.end - candidate.bound)) is not None


def _kind_first(nouns: list[Term], candidate: Candidate) -> list[Term]:
    """“政策解读”类信息2条, 政策解读发布量2条: the kind says more than the general noun behind it."""
    if len(nouns) < 2 or not _is(nouns[1], *_KINDS_OF_PAPERS):
        return nouns
    offset = candidate.bound
    amount = nouns[0].kinds & VERB or candidate.between.endswith(_AMOUNTS, 0, nouns[0].end - offset)
    if amount and _is(nouns[0], "n.info") and nouns[0].start == nouns[1].end:
        return nouns[1:]  # 短视频推送6部, 政策解读发布量9篇
    if _is(nouns[0], "n.interpretation") and _is(nouns[1], "n.graphic", "n.video"):
        parted = candidate.between[nouns[1].end - offset : nouns[0].start - offset]
        return nouns[1:] if _APPOSED.fullmatch(parted) else nouns
    kind = candidate.between[nouns[1].end - offset :].lstrip("”》")
    if _is(nouns[1], "n.interpretation", "n.graphic", "n.video") and _IN_PIECES.fullmatch(kind):
        return nouns[1:]
    return nouns[1:] if _OF_KIND.fullmatch(kind) else nouns


def _outcome_of(nouns: Sequence[Term], candidate: Candidate) -> Term | None:
    """不予受理的申请3件, 不予受理申请3件: the outcome that modifies the noun says more than the noun."""
    if len(nouns) < 2 or not nouns[1].kinds & OUTCOME or not _is(nouns[0], "n.application", "n.apply"):
        return None
    offset = candidate.bound
    parted = candidate.between[nouns[1].end - offset : nouns[0].start - offset]
    refused = not parted and _is(nouns[1], "o.rejected", "o.denied")
    return nouns[1] if parted == "的" or refused else None


def _compound(first: Term, candidate: Candidate) -> Iterator[Term]:
    """2次专题线上培训, 2件依申请公开类行政复议: the nouns of a run, one that tells most first."""
    run, after = [first], candidate.quantity.outer_end
    for term in candidate.right:
        parted = candidate.follows[run[-1].end - after : term.start - after]
        if term.kinds & COUNTED and term.start >= run[-1].end and parted in ("", "类"):
            run.append(term)
    if len(run) > 1 and not ENDS_RUN.isdisjoint(run[-1].classes):
        yield run.pop()
    yield from run


def _distance(noun: Term, candidate: Candidate) -> int:
    """Characters from the number to a noun behind it; what 的 sets before the noun does not part them."""
    return 2 if noun.start == candidate.modified else noun.start - candidate.quantity.outer_end


def _listed_apart(term: Term, candidate: Candidate) -> bool:
    """88件行政复议、31件行政诉讼: a noun before 、 belongs to what came before."""
    start = candidate.bound
    return candidate.between[term.end - start :].strip() in ("、", "和", "及", "与")


def _is(term: Term, *kinds: str) -> bool:
    return any(name.startswith(kinds) for name in term.classes)


def read_level(
    candidate: Candidate, rules: Rules, frame: str, said: frozenset[str], listing: bool
) -> Reading | None:
    """The metric that the rules give a count, or `None`.

    Args:
        candidate: The quantity in its context.
        rules: The metric rules.
        frame: Metric of the last whole, empty where there is none.
        said: What the sentence said before: `last.METRIC` of its last mention, `topic.NAME`
            of what it is about.
        listing: Whether the quantity stands in a list of parts.
    """
    quantity, section = candidate.quantity, candidate.sentence.section.code
    section = "overview" if section == "preamble" else section  # what comes before it counts as it does
    groups = rules.counter_groups(quantity.unit)
    if not groups:
        return None
    if counts_things(candidate) or counts_a_name(candidate):
        return None
    at = Term(quantity.outer_start, quantity.outer_start, said, 0)
    window = candidate.window() | _marks(candidate, listing) | said
    for head in chain(heads(candidate), (at,)):
        if not _BUSINESS_NOUNS.isdisjoint(head.classes) and _of_business(head, candidate, said):
            return None
        opened = rules.for_head(head.classes, groups)
        if not opened or (head is not at and not _governs(head, candidate)):
            continue
        stands = candidate.stands if head.end <= candidate.stands else quantity.outer_start
        gap = max(stands - head.end, _distance(head, candidate))
        near = _near(head, candidate) | (candidate.inherited & _RUNS_ON)
        for rule in opened:
            if gap <= rule.gap and rule.accepts(window, near, frame, section):
                return _reading(rule, head, frame, quantity.unit)
    return None


def is_rule(candidate: Candidate) -> bool:
    """同一信息在多个渠道公开计1条: how things are counted; 法定的20天, 每件10元: a bound; 一批好稿: some."""
    if is_in_passing(candidate):
        return True
    if candidate.quantity.unit.endswith(("日", "天", "元")) and _BOUND.search(candidate.between):
        return True
    if candidate.quantity.value != 1:
        return False
    some = candidate.quantity.text == "一" and candidate.quantity.unit == "批" and not candidate.closed
    return some or _COUNTED_AS.search(candidate.between) is not None


def counts_a_name(candidate: Candidate) -> bool:
    """启动三个“100”行动: what is quoted is counted, no noun of ours."""
    return candidate.names_follow and not any(t.kinds & COUNTED for t in candidate.right)


def _near(head: Term, candidate: Candidate) -> frozenset[str]:
    """Words of the clause; of 开设25个专栏集中发布… none behind the noun, the number has its verb."""
    start, end = candidate.quantity.outer_start, candidate.quantity.outer_end
    verb = candidate.own[0] if candidate.own else None
    if head.start == end and "n.apply" in head.classes:  # 8件申请的内容不属于公开范围
        return head.classes.union(*[t.classes for t in candidate.own])
    governed = verb is not None and verb.kinds & VERB
    if governed and verb is not None:  # 答复了9件申请
        governed = candidate.between[verb.end - candidate.bound : start - candidate.bound] in ("", "了")
    if not governed or not head.kinds & COUNTED or not 0 <= head.start - end <= 1:
        return candidate.near
    return head.classes.union(*[t.classes for t in candidate.own])


def _marks(candidate: Candidate, listing: bool) -> set[str]:
    """What rules may ask for beside the classes of words: `list`, `before`, `joined`, `submitted`."""
    marks = set()
    if candidate.between.startswith(JOINS):
        marks.add("joined")
    if listing or candidate.between.endswith("类"):
        marks.add("list")
    between = candidate.between
    if ("报" in between or "送" in between) and _SUBMITTED.search(between):
        marks.add("submitted")
    if candidate.own and (candidate.own[0].kinds & CHANNEL or _is(candidate.own[0], "n.account")):
        marks.add("before")
    return marks


def _governs(head: Term, candidate: Candidate) -> bool:
    """Whether a word may govern the number: 一 takes no verb before it, nor does an open number."""
    quantity = candidate.quantity
    if "v.carry" in head.classes:
        return True
    if not may_govern(head, candidate):
        return False
    if not _IN_FORCE.isdisjoint(head.classes) and candidate.between.endswith("的"):
        return True  # 现行有效的12件文件
    if quantity.text == "一" and not (head.kinds & (COUNTED | TITLE) or head.start > quantity.start):
        if head.kinds & VERB and candidate.closed and head.end == quantity.outer_start:
            return quantity.unit in _ONE_OF and not _ONE_BY_ONE.match(
                candidate.between + "一" + candidate.follows
            )
        each = candidate.between.endswith("各")  # 微信、微博各一个
        return bool(head.kinds & CHANNEL) and candidate.closed and head.end == quantity.outer_start - each
    moved = "v.publish" in head.classes and _FROM_TO.search(candidate.between) is not None
    if candidate.closed or head.end > quantity.start or moved:
        return True
    if head.kinds & CHANNEL and quantity.text in _FEW:
        return False  # 广播、微信三条线
    return head.kinds & (VERB | COUNTED) != VERB


def _of_business(head: Term, candidate: Candidate, said: frozenset[str]) -> bool:
    """取水许可申请77件, 执法检查126次, 技能培训6期: business, by the word right before."""
    kind = next(name for name in BUSINESS if name in head.classes)
    if "n.application" in head.classes or head.start >= candidate.quantity.start:
        return False
    offset = candidate.bound
    here = max(0, head.start - offset)
    behind = max(0, head.end - offset)
    if kind == "n.consult":  # 接待外地游客12万人次: who came is named behind the word
        counter = AT_COUNTER.search(candidate.between[:here]) and not LOOKED_UP.search(candidate.between)
        return bool(counter or BUSINESS[kind].match(candidate.between, behind, behind + LONGEST_BUSINESS))
    if kind == "n.training" and TRAINED.match(candidate.between[behind : behind + LONGEST_BUSINESS]):
        return True
    if kind == "n.complaint" and not _SERVED_BY.isdisjoint(candidate.window() | said):
        return False  # of a hotline or an account, whatever it is about
    if kind == "n.complaint" and "公开" in candidate.between[here:]:
        return False  # 企业投诉公开不到位2件
    return BUSINESS[kind].search(candidate.between[max(0, here - LONGEST_BUSINESS) : here]) is not None


def _reading(rule: Rule, head: Term, frame: str, counter: str) -> Reading:
    metric = frame if rule.metric == SAME else rule.metric
    reading = Reading(metric, rule.set.get("unit") or unit_of(metric, counter), head, rule.name, rule.trust)
    reading.counters, reading.measure = rule.counters, rule.set.get("measure", "")
    return reading


def unit_of(metric: str, counter: str) -> str:
    """Canonical unit of a metric; of `other_metric` by its counter."""
    ontology = default_ontology()
    return ontology.metrics[metric].unit or ontology.unit_of_counter("".join(counter.split()))


def subject_term(candidate: Candidate, rules: Rules) -> Term | None:
    """The nearest noun before the quantity that has a metric of its own."""
    terms = (*candidate.own, *candidate.left)
    return next((t for t in terms if not rules.subjects.keys().isdisjoint(t.classes)), None)


def subject_metric(term: Term, rules: Rules) -> str:
    """Metric of a noun in `[subjects]`, in the order of that table."""
    return next(metric for name, metric in rules.subjects.items() if name in term.classes)


def is_percent(kind: str) -> bool:
    """Whether a quantity's kind is a percentage."""
    return kind in _PERCENT or kind == "percent_point"


def is_of_gazette(draft: Draft) -> bool:
    """Whether a mention counts issues of a gazette or the copies of it that were given away."""
    return draft.metric == "gazettes" or (draft.metric == "other_metric" and draft.unit == "copy")
