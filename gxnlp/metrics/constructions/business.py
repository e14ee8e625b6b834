"""Runs of business: figures of what a body does beside disclosure, told one after another.

企业技改46个、报装12件，培训企业家2期: what stands in such a run is none of ours, unless its clause says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from gxnlp.deferred import deferred
from gxnlp.lexicon import COUNTED, NOUN
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading, is_percent

_DEALT = frozenset("元吨里亩辆艘户宗笔起件次张本台株头只米座")
_EVENTS = frozenset("起例人名户家笔宗亩吨台辆件单")
_SERVED = frozenset("件笔宗户起次")
_RUN = 2
"""Figures of business in a row from which one more is business too."""
_BUSINESSLIKE = frozenset(
    {"reply_rate", "satisfaction", "handling_days", "trainings", "trainees", "complaints", "inspections",
     "reviews", "lawsuits", "share", "hotline_cases", "messages"}
)  # fmt: skip
_OWN_SECTIONS = ("overview.supervision", "overview.on_request", "applications", "review", "overview.interp")
_ON_REQUEST = ("overview.on_request", "applications")
_DISCLOSES = deferred(
    "公开|信息|政务|网站|媒体|公众号|热线|12345|留言|信箱|来信|网民|提案|建议|申请|工单|问政|答复|条例|保密"
)
_CLAUSE = deferred("[，；。]")
_SERVED_RATES = frozenset({"n.rate_reply", "n.rate_satisfaction", "n.handling", "w.average"})
_SERVICES = frozenset(
    {"n.hotline", "ch.hotline", "n.message", "n.application", "n.apply", "n.proposal", "n.proposal_npc",
     "n.proposal_cppcc", "n.complaint", "n.transfer", "n.demand"}
)  # fmt: skip

_STOPS = ("，", "、", "；")
_FEW_WORDS = 30
_NUMBER = r"[0-9][0-9.,万千百余多]{0,8}[^，。；0-9]{0,3}$"
_TRADES = {
    "trainees": deferred(rf"(?:培训|讲座|轮训|授课)(?:班|会|活动)?[^，。；0-9]{{0,4}}{_NUMBER}"),
    "n.circular": deferred(
        rf"(?:检查|执法|巡查|督查|抽查|排查|整治|经营户|企业)[^，。；0-9]{{0,6}}{_NUMBER}"
    ),
    "n.adopted": deferred(rf"建议{_NUMBER}"),
    "v.adopt": deferred(rf"建议{_NUMBER}"),
}
"""What a number tells that is none of ours, by what follows from it."""

_COPIED = deferred(r"复印(?:病历|档案|资料|材料|证照|图纸)?(?:共|了|达|计)*$")
"""病历复印由病案室受理，全年复印900份: copies at a counter, no applications."""


@dataclass(slots=True)
class Business:
    """How many figures of business a paragraph has told in a row.

    Attributes:
        run: Figures since the last one that was none.
        paragraph: The paragraph they stand in.
    """

    run: int = 0
    paragraph: int = -1

    def count(self, candidate: Candidate, *, unread: bool, promised: bool) -> None:
        """Take in a figure; one that was read, or a new paragraph, ends the run."""
        if candidate.sentence.paragraph != self.paragraph or not unread:
            self.paragraph, self.run = candidate.sentence.paragraph, 0
        quantity = candidate.quantity
        dealt = is_percent(quantity.kind) or quantity.unit[-1:] in _DEALT
        self.run += unread and not promised and dealt

    def runs_on(self, reading: Reading, candidate: Candidate, folded: str) -> bool:
        """Whether a reading is one more figure of the run.

        Args:
            reading: A label that business has as well (rates, trainings, cases).
            candidate: The figure in its context.
            folded: The folded text of the report.
        """
        sentence = candidate.sentence
        if self.run < _RUN or sentence.paragraph != self.paragraph:
            return False
        if reading.metric not in _BUSINESSLIKE or sentence.section.code.startswith(_OWN_SECTIONS):
            return False
        stop = _CLAUSE.search(folded, candidate.quantity.outer_end, sentence.end)
        end = stop.start() if stop else sentence.end
        return _DISCLOSES.search(folded, candidate.bound, end) is None


def goes_with_business(reading: Reading, candidate: Candidate) -> bool:
    """办理不动产登记3.2万件，办结3.1万件，办结率98%: whether a rate or those done are of the business before.

    Args:
        reading: A figure behind one that was none of ours.
        candidate: The figure in its context.
    """
    head = reading.head
    if head is None:
        return False
    if reading.metric == "handling_days" and candidate.sentence.section.code.startswith(_ON_REQUEST):
        return False  # 当面沟通60次，平均答复时间11天
    rated = not _SERVED_RATES.isdisjoint(head.classes)
    rated &= reading.unit == "percent" or reading.metric == "handling_days"
    if not rated and (reading.metric != "applications_handled" or head.kinds & NOUN):
        return False
    others = [t for t in candidate.own if t != head and "n.paper" not in t.classes]
    alone = not any(t.kinds & COUNTED for t in others)  # not 社会评议满意度
    return alone and _SERVICES.isdisjoint(candidate.before) and not candidate.left


def follows_trade(reading: Reading, candidate: Candidate, folded: str) -> bool:
    """技能培训32期，培训学员860人; 安全检查620次，下发整改通知40份: what came of a number of business.

    Args:
        reading: The figure right behind that number.
        candidate: The figure in its context.
        folded: The folded text of the report.
    """
    kinds = reading.head.classes if reading.head else frozenset[str]()
    kind = "trainees" if reading.metric == "trainees" else next((k for k in _TRADES if k in kinds), "")
    if not kind or not candidate.between.startswith(_STOPS) or "公开" in candidate.between:
        return False
    if kind == "n.circular" and candidate.sentence.section.code == "overview.supervision":
        return False  # 季度检查4次，抽查单位36家次，下发整改通知23份
    return _TRADES[kind].search(folded, max(0, candidate.bound - _FEW_WORDS), candidate.bound) is not None


_CAN_BE_DONE = deferred(
    r"可以?(?:全程|全部|在线|网上|线上|掌上|一网|一窗|自助|就近)+(?:通?办理?)(?:的|了)?[^，。；0-9开布]{0,12}$"
)


def counts_services(candidate: Candidate) -> bool:
    """Whether services are counted that can be had, however they are offered: 可在线办理事项900项."""
    return _CAN_BE_DONE.search(candidate.between) is not None


def counts_events(candidate: Candidate) -> bool:
    """Whether a number counts events, people or services, not pieces (事故214起，其中…)."""
    end = candidate.quantity.outer_start
    touching = [t for t in candidate.own[:1] if t.end == end and "x.thing" in t.classes]
    unit = candidate.quantity.unit
    return bool(touching) or (unit.rstrip("次") or unit)[-1:] in _EVENTS


def counts_business(candidate: Candidate, before: bool) -> bool:
    """Whether a rate behind this number, where it is none of ours, is of business as well.

    Args:
        candidate: A number that was read or not.
        before: What held before it.
    """
    if is_percent(candidate.quantity.kind):
        return before
    summed = candidate.between.endswith(("合计", "总计", "共计"))
    return candidate.quantity.unit[-1:] in _SERVED and not summed


def is_copied(reading: Reading, candidate: Candidate) -> bool:
    """Whether copies made at a counter were taken for applications (病历复印由病案室受理，全年复印900份)."""
    return reading.metric.startswith("applications_") and _COPIED.search(candidate.between) is not None
