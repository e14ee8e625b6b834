"""Metrics of the narrative: one row a mention, with all attributes.

The order of things, once: sentences with terms and quantities (`sentences`), what the
patterns read (`pattern_reader`), what the model thinks of the same candidates
(`metric_model`), the arbitration between them (`arbitrate`, `arbitrate_zeros`), and the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from gxnlp.learned.metric_model import NONE, MetricModel, Opinion, label_of
from gxnlp.lexicon import COUNTED
from gxnlp.metrics.attributes import resolve
from gxnlp.metrics.constructions.changes import direction
from gxnlp.metrics.context.candidates import FIELDS
from gxnlp.metrics.context.governing import counts_clauses
from gxnlp.metrics.context.patterns import Rules, load_rules
from gxnlp.metrics.context.readings import INFORMATION, PART, Draft, Reading, counts_a_name, is_rule, unit_of
from gxnlp.metrics.context.sentences import join_parts, read_sentences
from gxnlp.metrics.drafting import draft_of
from gxnlp.metrics.features import describe, describe_negation
from gxnlp.metrics.implied import Negation, zero_draft
from gxnlp.metrics.implied.each_kind import BOTH_KINDS
from gxnlp.metrics.lists.sums import mark_parts
from gxnlp.metrics.pattern_reader import Entry, PatternReader, SentenceReading
from gxnlp.metrics.running.state import State
from gxnlp.records import Document, Interval, Metric, ReportInfo, Section

KEEP = 0.1
"""What the patterns read stays where the model gives it this probability. Chosen on reports of hands that
the model had not seen: there it is oftener wrong than the patterns where the two differ."""
KEEP_NAMED = 0.02
"""The same where the noun that is counted touches the number (信息300条, 300条信息)."""
KEEP_PART = 0.02
"""The same for a part by kind of what was published: that a list goes on the patterns know, the model does
not (chosen as `KEEP`)."""
LEAST = 0.7
"""A model's own reading below this probability is no row (chosen as `KEEP`)."""
LEAST_OPEN = 0.35
"""The same for `other_metric`, which the patterns know little of."""
LEAST_PUBLISHED = 0.92
"""The same for pieces published, which the model takes any count for: of 21 that it alone read in published
excerpts 7 were, 6 of the 8 above this and one of the 13 below."""
ALONE = 0.8
"""Confidence in what the model alone reads, as a part of its probability: on wording that it has not learned
from it is wrong more often than it says."""
TOTAL = 0.96
"""What is left of the confidence in a total of publication: numbers that count something else are taken for
one oftener than both sides know. Chosen, as the halved doubt in zeros that the patterns read, on 204 excerpts
of published reports before anyone had read their errors (expected calibration error .028 to .016)."""
UNLED = 0.25
"""How much of the confidence goes by the words without the patterns' vote. On the bench and on eight older
reports, of which the model knew none, right was told from wrong better by it (area under the curve .950 to
.953 and .926 to .933), and of the surest 80% three were wrong before, one after."""
LEAST_CHANGE = 0.6
"""A change or growth that only the model reads needs this probability: the patterns know comparisons with
legal limits, which are none."""
LEAST_ZERO = 0.6
"""A zero that only the model reads needs this probability (chosen on the dev split)."""


_LEAST = {"other_metric": LEAST_OPEN, INFORMATION: LEAST_PUBLISHED}
_GENERAL = frozenset({"info_published|level", "info_published.part|level"})
_LOOSE = frozenset({INFORMATION, PART, "policy_docs", "other_metric"})
_MEDIA = "media_reports"
_PUBLISHED = "info_published|level"
_COUNTS = frozenset({"number", "range"})
_APPLICATIONS = "applications_"
_ON_REQUEST = frozenset({"overview", "overview.on_request", "applications", "review"})


def find_metrics(
    document: Document, sections: Sequence[Section], info: ReportInfo, model: MetricModel | None = None
) -> tuple[Metric, ...]:
    """Find every metric mention in the narrative of a report.

    Args:
        document: The normalised report; its tables hold no mention.
        sections: The section tree; what a preamble tells of the report itself is no mention.
        info: Year (the default period) and agency of the report.
        model: The learned extractor; `None` leaves the patterns alone.

    Returns:
        Mentions in the order of their places; `text` of each is `document.text[start:end]`.
    """
    rules = load_rules()
    readings = read_patterns(document, sections, info, rules)
    if model is None:
        drafts = [d for r in readings for d in (*(d for e in r.entries for d in e.drafts), *r.implied)]
    else:
        drafts = list(_judge(readings, document, rules, model))
    drafts.sort(key=lambda d: (d.start, d.end, d.metric))
    mark_parts(drafts)
    ids = {id(draft): f"m{place}" for place, draft in enumerate(drafts, 1)}
    return tuple(_metric(draft, ids, document) for draft in drafts)


def read_patterns(
    document: Document, sections: Sequence[Section], info: ReportInfo, rules: Rules
) -> list[SentenceReading]:
    """What the patterns read, sentence by sentence: the candidates that the model judges too."""
    document = join_parts(document)
    reader = PatternReader(document, rules, State(rules, info))
    readings = map(reader.read, read_sentences(document, sections, info.year))
    return [reading for reading in readings if reading is not None]


def _judge(
    readings: Sequence[SentenceReading], document: Document, rules: Rules, model: MetricModel
) -> Iterator[Draft]:
    """Let the model judge all candidates of a report at once, then arbitrate one by one."""
    entries = [entry for reading in readings for entry in reading.entries]
    features = [row for r in readings for row in describe(r.entries, document.folded, rules)]
    for entry, opinion in zip(entries, model.opinions(features), strict=True):
        yield from arbitrate(entry, opinion, document.text)
    negated = [reading for reading in readings if reading.negations]
    zeros = iter(
        model.zeros([describe_negation(n, r.sentence, document.folded) for r in negated for n in r.negations])
    )
    for reading in readings:
        yield from arbitrate_zeros(reading, list(islice(zeros, len(reading.negations))))


def arbitrate(entry: Entry, opinion: Opinion, text: str) -> list[Draft]:
    """Decide between patterns and model on one candidate.

    The model has seen the patterns' vote among its features. Where its likeliest label is what
    the patterns read, their mentions stay (with all that 各 or 均为 gave); where it is not, they
    still stay if the model gives them at least `KEEP`; else the model's reading stands alone, or
    none does. Probabilities become the rows' confidence.

    Args:
        entry: The candidate with the patterns' mentions.
        opinion: The model's probabilities.
        text: The text of the report.

    Returns:
        The mentions that become rows, possibly none.
    """
    if any(label_of(d.metric, d.aspect) not in opinion.labels for d in entry.drafts):
        return entry.drafts  # a label that no training report had: the model cannot judge it
    if entry.candidate.quantity.kind == "fold":
        return entry.drafts  # 增长1倍, 是上年的1.5倍: which of them is a growth, the patterns know
    label, odds = opinion.best()
    voted = [opinion.odds_of(label_of(d.metric, d.aspect)) for d in entry.drafts]
    unled = max((opinion.unled_of(label_of(d.metric, d.aspect)) for d in entry.drafts), default=0.0)
    moved = entry.drafts[0].aspect if entry.drafts else "level"
    if moved != "level" and label.endswith(f"|{moved}"):
        for draft in entry.drafts:  # what rose, the sentence says; the model saw only that it rose
            draft.trust, draft.extractor = _agreed(draft, odds, opinion.unled_of(label)), "both"
        return entry.drafts
    if voted and (
        label_of(entry.drafts[0].metric, entry.drafts[0].aspect) == label
        or max(voted) >= _least_kept(entry, label)
    ):
        for draft, own in zip(entry.drafts, voted, strict=True):
            # Further mentions on one number share its odds: the model has one label a number.
            shared = max(voted) if len(voted) > 1 else own
            draft.trust, draft.extractor = _agreed(draft, shared, unled), "both"
        return entry.drafts
    if label == NONE:
        return []
    metric, aspect = label.split("|")
    if odds < _LEAST.get(metric, LEAST) or _elsewhere(metric, entry):
        return _unsure(entry, max(voted, default=0.0), unled)
    if aspect != "level" and odds < LEAST_CHANGE:
        return []
    quantity = entry.candidate.quantity
    unit = "percent" if quantity.kind in ("percent", "percent_point") else ""
    sign = direction(entry.candidate) if aspect != "level" else 1
    reading = Reading(metric, unit or unit_of(metric, quantity.unit), None, "model", odds * ALONE, aspect)
    reading.sign = sign or 1
    draft = draft_of(reading, entry.candidate, text)
    draft.extractor = "model"
    resolve(draft, entry.candidate, entry.state)
    if entry.drafts:  # whose number and of what whole it is, the patterns saw even if not what it counts
        draft.scope = entry.drafts[0].scope
        if not metric.endswith(".part"):
            draft.measure = entry.drafts[0].measure
    return [draft]


def _elsewhere(metric: str, entry: Entry) -> bool:
    """Whether applications are read where none are told of (窗口受理申请1,200件), or what is no metric.

    That is what a name or a rule counts, what has a counter that the metric never has, or, where no rule has
    read it, a number of fields (31个领域信息) or of points, which weigh in an appraisal (占考核3分).
    """
    candidate, frame = entry.candidate, entry.state.frame
    if counts_a_name(candidate) or counts_clauses(candidate) or is_rule(candidate):
        return True
    quantity = candidate.quantity
    if not entry.drafts and (quantity.unit == "分" or FIELDS.match(candidate.follows)):
        return True
    if quantity.kind in _COUNTS and not load_rules().may_count(metric, quantity.unit):
        return True
    if not metric.startswith(_APPLICATIONS) or candidate.sentence.section.code in _ON_REQUEST:
        return False
    framed = frame is not None and frame.metric.startswith(_APPLICATIONS)
    return not entry.drafts and not framed and "n.application" not in candidate.window()


def _unsure(entry: Entry, odds: float, unled: float) -> list[Draft]:
    """What the patterns read, where the model thinks of something else and is not sure of that either."""
    for draft in entry.drafts:
        draft.trust, draft.extractor = _agreed(draft, odds, unled), "both"
    return entry.drafts


def _agreed(draft: Draft, odds: float, unled: float) -> float:
    """Confidence in what the patterns read, by the model's probability of it: never that low (measured).

    A part of it goes by the words alone: what the patterns say sways the model too, right or wrong.
    """
    trust = 0.3 + 0.7 * float((1 - UNLED) * odds**0.6 + UNLED * unled**0.6)
    return trust * TOTAL if draft.metric == INFORMATION else trust


def _least_kept(entry: Entry, label: str) -> float:
    """Odds at which the patterns' mentions stay: few where the noun counted touches the number.

    None are asked of what a construction reads: there are hundreds of which the model has learned little.
    Of 1,970 mentions that published constructions gave and the patterns read rightly it changed forty,
    seven since; in reports of other hands no more than three of two thousand were worse by it.
    None either where the model says no more than that something was published, and the patterns
    name what, by a noun of the same clause, nor between suggestions and proposals.
    """
    draft = entry.drafts[0]
    head = draft.head
    if ":" not in draft.rule:  # no rule of data/patterns.toml, each of which is named NUMBER:METRIC
        return 0.0
    if label in _GENERAL and (draft.metric == _MEDIA or (_in_clause(entry) and draft.metric not in _LOOSE)):
        return 0.0
    if label == _PUBLISHED and draft.metric == PART:
        return KEEP_PART
    if label.startswith(BOTH_KINDS) and draft.metric.startswith(BOTH_KINDS):
        return 0.0  # of which of the two totals a part is, the patterns follow over the sentence
    if head is None or not head.kinds & COUNTED:
        return KEEP
    touches = head.end == draft.start or 0 <= head.start - draft.end <= 1
    return KEEP_NAMED if touches else KEEP


def _in_clause(entry: Entry) -> bool:
    """Whether the noun that decided stands in the clause of the number."""
    head = entry.drafts[0].head
    return head is not None and head.start >= entry.candidate.own_start


def arbitrate_zeros(reading: SentenceReading, zeros: Sequence[Mapping[str, float]]) -> list[Draft]:
    """Zeros of a sentence: those of the patterns with the model's odds, and those it adds.

    Args:
        reading: What the patterns read.
        zeros: For each negated clause the metrics whose zero it may state, with probabilities.
    """
    drafts = list(reading.implied)
    for negation, found in zip(reading.negations, zeros, strict=True):
        for draft in drafts:
            if draft.start == negation.start and draft.value == 0:
                draft.trust, draft.extractor = (1.0 + max(found.get(draft.metric, 0.05), 0.5)) / 2, "both"
        for metric, odds in found.items():
            if odds >= LEAST_ZERO and not any(_is_kin(metric, voted) for voted in negation.voted):
                drafts.append(_zero(metric, odds, negation, reading))
    return drafts


def _is_kin(metric: str, voted: str) -> bool:
    """未废止规范性文件: one noun is denied once, as documents repealed and not as documents too."""
    return metric.startswith(voted) or voted.startswith(metric)


def _zero(metric: str, odds: float, negation: Negation, reading: SentenceReading) -> Draft:
    draft = zero_draft(metric, negation.start, negation.end, reading.sentence, reading.state)
    draft.trust, draft.extractor = odds, "model"
    return draft


def _outgrows(draft: Draft) -> bool:
    """Whether a part is larger than a whole told in another sentence: then it is not its whole.

    Within one sentence it stays, since the report may contradict itself there.
    """
    whole = draft.part_of
    if whole is None or whole.value is None or draft.value is None or draft.aspect != "level":
        return False
    return draft.sentence != whole.sentence and draft.unit == whole.unit and draft.value > whole.value


def _metric(draft: Draft, ids: dict[int, str], document: Document) -> Metric:
    return Metric(
        metric_id=ids[id(draft)],
        metric=draft.metric,
        value=draft.value,
        lower=draft.lower,
        upper=draft.upper,
        unit=draft.unit,
        qualifier=draft.qualifier,
        aspect=draft.aspect,
        measure=draft.measure,
        scope=draft.scope,
        channel=draft.channel,
        period=draft.period,
        detail=draft.detail,
        implied=draft.implied,
        text=document.text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        section_id=draft.section.section_id,
        section_code=draft.section.code,
        # A line may end between a number and its counter, and ends the sentence.
        sentence=Interval(min(draft.sentence.start, draft.start), max(draft.sentence.end, draft.end)),
        part_of="" if _outgrows(draft) else ids.get(id(draft.part_of), ""),
        extractor=draft.extractor,
        confidence=round(draft.trust, 3),
    )
