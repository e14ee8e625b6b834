"""Scores of reports against annotated ones, with every error listed.

Positions are compared after aligning the normalised text with the gold text on characters
without white space, so joined lines and dropped page numbers cost nothing.

metrics      over the named labels: right when metric, value, unit and aspect are equal and the
             spans overlap; each gold mention is matched once. Attributes: over matched mentions,
             the share right in each and in all. `other_metric` is open-ended and scored apart.
calibration  of the confidence of named rows: expected calibration error (ten bins), area under
             the ROC curve of right against wrong, precision of the most confident 80%.
sections     levels 1 and 2: right when code, level and place of the heading agree.
statements   right when the role is equal and intersection over union of the spans is 0.6 or
             more; topics over matched statements, links over all problem-remedy pairs.
grounded     share of metrics and statements with start < end whose offsets give their text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from gxnlp.alignment import Alignment, Squeezed
from gxnlp.corpus import GoldMetric, GoldReport, GoldSection, GoldStatement
from gxnlp.records import Document, Metric, Report, ReportInfo, Section, Statement, Value

ATTRIBUTES = ("qualifier", "measure", "scope", "channel", "period", "implied")
OPEN_METRIC = "other_metric"
MIN_OVERLAP = 0.6
"""Intersection over union from which a statement counts as found."""
HEADING_SLACK = 6
"""Characters by which the place of a heading may differ."""
_ANCHOR = 15
"""Characters of a heading searched for one that was aligned."""

_AROUND = 18
"""Characters shown left and right of an error."""
_LONG = 60

_Key = tuple[str, float | None, str, str]


@dataclass(slots=True)
class F1:
    """Counts of right, found and wanted items, and what follows from them; 0 where undefined."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that is found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well the confidence tells right rows from wrong ones.

    Attributes:
        ece: Expected calibration error, ten bins.
        auroc: Chance that a right row has a higher confidence than a wrong one; `None` where
            all rows are right, or all wrong.
        precision_top_80: Precision of the 80% of rows with the highest confidence.
        rows: Number of rows.
    """

    ece: float
    auroc: float | None
    precision_top_80: float
    rows: int


@dataclass(slots=True)
class Scores:
    """The scores of a set of reports.

    Attributes:
        attributes: Matched mentions right in each of `ATTRIBUTES`, and in `all`.
        by_metric: Metrics by label, `other_metric` too; `by_section`, `by_topic` likewise.
        confidences: Confidence of each named row, and whether it is right.
        spans: Metrics and statements; `spans_right` those whose offsets give their text.
        years: Reports with the right year; `agencies` with the right agency.
        notes: Errors in words: `-` missed, `+` wrongly found, `~` found with a wrong attribute.
    """

    reports: int = 0
    metrics: F1 = field(default_factory=F1)
    attributes: Counter[str] = field(default_factory=Counter)
    open: F1 = field(default_factory=F1)
    sections: F1 = field(default_factory=F1)
    statements: F1 = field(default_factory=F1)
    topics: F1 = field(default_factory=F1)
    links: F1 = field(default_factory=F1)
    by_metric: dict[str, F1] = field(default_factory=lambda: defaultdict(F1))
    by_section: dict[str, F1] = field(default_factory=lambda: defaultdict(F1))
    by_topic: dict[str, F1] = field(default_factory=lambda: defaultdict(F1))
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    spans: int = 0
    spans_right: int = 0
    years: int = 0
    agencies: int = 0
    notes: list[str] = field(default_factory=list)

    def attribute_share(self, name: str) -> float:
        """Share of the matched mentions that are right in an attribute, or in `all`."""
        return self.attributes[name] / self.metrics.right if self.metrics.right else 0.0

    def calibration(self) -> Calibration | None:
        """Calibration of the named rows, `None` where there are none."""
        return calibrate(self.confidences)

    def figures(self) -> dict[str, float]:
        """The figures that floors are set on, each from 0 to 1, by a dotted name."""
        figures: dict[str, float] = {}
        for name in ("metrics", "open", "sections", "statements", "topics", "links"):
            score: F1 = getattr(self, name)
            figures |= {f"{name}.p": score.precision, f"{name}.r": score.recall, f"{name}.f1": score.f1}
        figures |= {f"attributes.{name}": self.attribute_share(name) for name in ("all", *ATTRIBUTES)}
        figures["grounded"] = self.spans_right / self.spans if self.spans else 0.0
        figures["year"] = self.years / self.reports if self.reports else 0.0
        figures["agency"] = self.agencies / self.reports if self.reports else 0.0
        return {name: round(figure, 4) for name, figure in figures.items()}


def score(gold: Iterable[GoldReport], reports: Mapping[str, Report]) -> Scores:
    """Score reports against gold.

    Args:
        gold: Annotated reports.
        reports: What was extracted, by the id of the gold report; one that is missing scores 0.
    """
    scores = Scores()
    for wanted in gold:
        _Comparison(wanted, reports.get(wanted.id) or _nothing(wanted.id), scores).run()
    return scores


def calibrate(confidences: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Calibration of (confidence, right) pairs, `None` where there are none."""
    pairs = sorted(confidences)
    if not pairs:
        return None
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[min(int(confidence * 10), 9)].append((confidence, right))
    gaps = (abs(sum(c for c, _ in members) - sum(r for _, r in members)) for members in bins.values())
    top = pairs[len(pairs) // 5 :]
    return Calibration(
        ece=sum(gaps) / len(pairs),
        auroc=_auroc(pairs),
        precision_top_80=sum(right for _, right in top) / len(top),
        rows=len(pairs),
    )


def _auroc(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Area under the ROC curve of sorted pairs, by ranks; equal confidences share their mean rank."""
    good = sum(right for _, right in pairs)
    bad = len(pairs) - good
    if not good or not bad:
        return None
    values = [confidence for confidence, _ in pairs]
    total, start = 0.0, 0
    while start < len(pairs):
        end = start
        while end < len(pairs) and values[end] == values[start]:
            end += 1
        total += (start + end + 1) / 2 * sum(right for _, right in pairs[start:end])
        start = end
    return (total - good * (good + 1) / 2) / (good * bad)


def _nothing(report_id: str) -> Report:
    return Report(report_id, "", "", "", ReportInfo(kind=""), Document.from_text(""), status="failed")


def _number(value: Value | None) -> float | None:
    return None if value is None else round(float(value), 6)


class _Comparison:
    """One gold report against what was extracted; adds to the scores."""

    def __init__(self, gold: GoldReport, report: Report, scores: Scores) -> None:
        self.gold = gold
        self.report = report
        self.scores = scores
        self.alignment = Alignment(gold.text, report.document.text)
        self.wanted, self.found = self.alignment.wanted, self.alignment.found

    def run(self) -> None:
        self.scores.reports += 1
        self._metrics()
        self._sections()
        self._statements()
        self._grounding()
        self._info()

    def note(self, sign: str, text: str, place: Metric | Statement | GoldMetric | GoldStatement) -> None:
        """Tell an error with the words around it, in the gold text or in what was extracted."""
        is_gold = isinstance(place, GoldMetric | GoldStatement)
        source = self.gold.text if is_gold else self.report.document.text
        self.scores.notes.append(f"{sign} {self.gold.id} {text}  {_context(source, place.start, place.end)}")

    def note_briefly(self, sign: str, text: str) -> None:
        """Tell an error that needs no words around it."""
        self.scores.notes.append(f"{sign} {self.gold.id} {text}")

    def gold_places(self, item: GoldMetric | GoldStatement) -> set[int]:
        return self.alignment.places(item.start, item.end)

    def found_places(self, item: Metric | Statement) -> set[int]:
        return set(self.found.places(item.start, item.end))

    def _metrics(self) -> None:
        pool: dict[_Key, list[tuple[Metric, set[int]]]] = defaultdict(list)
        for row in self.report.metrics:
            self._tally(row.metric).found += 1
            self.scores.by_metric[row.metric].found += 1
            pool[_key(row)].append((row, self.found_places(row)))
        for mention in self.gold.metrics:
            self._tally(mention.metric).wanted += 1
            self.scores.by_metric[mention.metric].wanted += 1
            self._match(mention, pool[_key(mention)])
        for key, left in pool.items():
            for row, _ in left:
                self.note("+", f"metric {_words(key)} {row.text}", row)
                if row.metric != OPEN_METRIC:
                    self.scores.confidences.append((row.confidence, False))

    def _tally(self, metric: str) -> F1:
        return self.scores.open if metric == OPEN_METRIC else self.scores.metrics

    def _match(self, mention: GoldMetric, candidates: list[tuple[Metric, set[int]]]) -> None:
        places = self.gold_places(mention)
        near = [item for item in candidates if item[1] & places]
        if not near:
            self.note("-", f"metric {_words(_key(mention))} {mention.text}", mention)
            return
        best = max(
            near, key=lambda item: (len(ATTRIBUTES) - len(_wrong(item[0], mention)), _iou(item[1], places))
        )
        candidates.remove(best)
        self._tally(mention.metric).right += 1
        self.scores.by_metric[mention.metric].right += 1
        if mention.metric == OPEN_METRIC:
            return
        wrong = _wrong(best[0], mention)
        self.scores.attributes.update(name for name in ATTRIBUTES if name not in wrong)
        self.scores.attributes["all"] += not wrong
        self.scores.confidences.append((best[0].confidence, True))
        if wrong:
            pairs = (f"{n} {getattr(best[0], n)!r} for {getattr(mention, n)!r}" for n in wrong)
            self.note("~", f"{mention.metric} {mention.text}: {', '.join(pairs)}", mention)

    def _sections(self) -> None:
        found = [s for s in self.report.sections if _is_scored(s)]
        wanted = [s for s in self.gold.sections if _is_scored(s)]
        self.scores.sections.found += len(found)
        self.scores.sections.wanted += len(wanted)
        for item in found:
            self.scores.by_section[item.code].found += 1
        for section in wanted:
            self.scores.by_section[section.code].wanted += 1
            match = next((s for s in found if self._is_same_heading(section, s)), None)
            if match is None:
                self.note_briefly("-", f"section {section.level} {section.code} {section.title[:30]}")
            else:
                found.remove(match)
                self.scores.sections.right += 1
                self.scores.by_section[section.code].right += 1
        for left in found:
            self.note_briefly("+", f"section {left.level} {left.code} {left.title[:30]}")

    def _is_same_heading(self, gold: GoldSection, section: Section) -> bool:
        if (section.code, section.level) != (gold.code, gold.level):
            return False
        begin = self.wanted.places(gold.start, gold.start).start
        index = self.alignment.index
        anchors = (index[i] - (i - begin) for i in range(begin, begin + _ANCHOR) if i in index)
        place = next(anchors, None)
        here = self.found.places(section.start, section.start).start
        return place is not None and abs(here - place) <= HEADING_SLACK

    def _statements(self) -> None:
        left = [(row, self.found_places(row)) for row in self.report.statements]
        self.scores.statements.found += len(left)
        self.scores.statements.wanted += len(self.gold.statements)
        gold_ids: dict[str, str] = {}
        for statement in self.gold.statements:
            places = self.gold_places(statement)
            same_role = [item for item in left if item[0].role == statement.role]
            best = max(same_role, key=lambda item: _iou(item[1], places), default=None)
            if best is None or _iou(best[1], places) < MIN_OVERLAP:
                self.note("-", f"{statement.role} {statement.id}", statement)
                continue
            left.remove(best)
            gold_ids[best[0].statement_id] = statement.id
            self.scores.statements.right += 1
            self._topics(best[0], statement)
        for row, _ in left:
            self.note("+", f"{row.role} {row.statement_id}", row)
        self._links(gold_ids)

    def _topics(self, row: Statement, statement: GoldStatement) -> None:
        _add(self.scores.topics, set(row.topics), set(statement.topics))
        for topic in {*row.topics, *statement.topics}:
            _add(
                self.scores.by_topic[topic],
                {topic}.intersection(row.topics),
                {topic}.intersection(statement.topics),
            )
        if set(row.topics) != set(statement.topics):
            pair = f"{','.join(sorted(row.topics))} for {','.join(sorted(statement.topics))}"
            self.note("~", f"{statement.role} {statement.id} topics {pair}", statement)

    def _links(self, gold_ids: Mapping[str, str]) -> None:
        """Compare links; one from or to a statement that is not in gold is wrong."""
        name = {
            s.statement_id: gold_ids.get(s.statement_id, f"?{s.statement_id}") for s in self.report.statements
        }
        found = {
            (name[s.statement_id], name.get(a, f"?{a}")) for s in self.report.statements for a in s.answers
        }
        wanted = {(s.id, a) for s in self.gold.statements for a in s.answers}
        _add(self.scores.links, found, wanted)
        for sign, pairs in (("-", wanted - found), ("+", found - wanted)):
            for remedy, problem in sorted(pairs):
                self.note_briefly(sign, f"link {remedy} answers {problem}")

    def _grounding(self) -> None:
        text = self.report.document.text
        rows: list[Metric | Statement] = [*self.report.metrics, *self.report.statements]
        self.scores.spans += len(rows)
        self.scores.spans_right += sum(r.start < r.end and text[r.start : r.end] == r.text for r in rows)

    def _info(self) -> None:
        names = {Squeezed(name).text for name in self.gold.agency.split("|")}
        info = self.report.info
        is_year, is_agency = info.year == self.gold.year, Squeezed(info.agency).text in names
        self.scores.years += is_year
        self.scores.agencies += is_agency
        if not (is_year and is_agency):
            self.note_briefly("~", f"{info.agency} {info.year} for {self.gold.agency} {self.gold.year}")


def _key(item: Metric | GoldMetric) -> _Key:
    """What has to be equal; of the open-ended metric only its value."""
    if item.metric == OPEN_METRIC:
        return (OPEN_METRIC, _number(item.value), "", "")
    return (item.metric, _number(item.value), item.unit, item.aspect)


def _words(key: _Key) -> str:
    return " ".join(str(part) for part in key if part != "")


def _context(text: str, start: int, end: int) -> str:
    """The words of a place in 【】, with some left and right, in one line."""
    left, right = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    words = text[start:end] if end - start <= _LONG else f"{text[start : start + _LONG]}…"
    return " ".join(f"{left}【{words}】{right}".split())


def _wrong(row: Metric, mention: GoldMetric) -> list[str]:
    return [name for name in ATTRIBUTES if getattr(row, name) != getattr(mention, name)]


def _iou(one: set[int], other: set[int]) -> float:
    union = one | other
    return len(one & other) / len(union) if union else 0.0


def _is_scored(section: Section | GoldSection) -> bool:
    return section.level <= 2 and section.code != "preamble"


def _add(tally: F1, found: Set[object], wanted: Set[object]) -> None:
    tally.right += len(found & wanted)
    tally.found += len(found)
    tally.wanted += len(wanted)
