"""The narrative against the tables, and against itself.

A false alarm costs a researcher more than a missed error, so only what is certain to count
the same thing is compared: the whole year, all of it, the report's own year, one scope.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from gxnlp.checks.cells import Cells, Sum
from gxnlp.checks.clauses import other_words
from gxnlp.deferred import deferred
from gxnlp.records import CheckStatus, Document, Finding, Metric

_SURE = 0.6
"""Readings less sure than this are compared with nothing."""

_LISTED = 2
"""Parts said to be of one whole that make a list."""

_PARTS = 4
"""Parts that a list must have to be read as complete."""

_SLIP = Decimal("0.02")
"""A list of parts further than this share from its total is a choice of examples, no slip."""

_NEAR = 12
"""Characters between a count and the percentage that is said of it."""

_SHARES = 3
_SECTIONS = ("overview", "proactive", "applications", "review", "preamble")
# Words of a body within the body that reports.
_NARROWER = deferred("本级|办公室|政府办|本机关|其中")
_INFORMATION = "info_published"
# What may stand between 行政许可 and the number that is said of it alone.
_JOINT = deferred("(?:决定|案件|事项|收费|金额|总额|数量|共|总计|合计|计|办理|作出|处理|为|：|，| )*")
# What is told beside a list of parts, no longer of its total.
_BESIDE = deferred("[，；、](?:另外?|此外|同时|还)")
_GROWTH_SLACK = Decimal("0.06")
_TEN_THOUSAND = 10_000


class _Rule(NamedTuple):
    cells: tuple[str, ...]
    also: tuple[tuple[str, ...], ...]
    named: str
    unless: re.Pattern[str] | None
    must: str


class _Told(NamedTuple):
    words: str
    cell: str
    unit: str


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("gxnlp") / "data" / "checks.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _rules() -> tuple[Mapping[str, _Rule], tuple[_Told, ...]]:
    data = _data()
    rules = {
        rule["metric"]: _Rule(
            cells=tuple(rule["cells"]),
            also=tuple(map(tuple, rule.get("also", ()))),
            named=rule.get("named", ""),
            unless=deferred(rule["unless"]) if "unless" in rule else None,
            must=rule.get("must", ""),
        )
        for rule in data["narrative"]
    }
    return rules, tuple(_Told(told["words"], told["cell"], told["unit"]) for told in data["told"])


@lru_cache(maxsize=1)
def _neutral() -> Mapping[str, re.Pattern[str]]:
    """By metric the words that leave a total a total; compiled for the first figure that tables deny."""
    data = _data()
    words = [word for words in data["neutral"].values() for word in words]
    return {rule["metric"]: deferred("|".join((*rule["words"], *words))) for rule in data["narrative"]}


def check_narrative(
    document: Document, metrics: Sequence[Metric], cells: Cells, year: int | None
) -> Iterator[Finding]:
    """Compare the figures of the narrative with the tables and with each other.

    Args:
        document: The report.
        metrics: Its metrics, in the order of the text.
        cells: Its tables.
        year: The report's year.

    Yields:
        Findings; nothing for figures that have no counterpart, for ranges (3至5件) and for fractions that
        no decimal is (三分之一).
    """
    plain = [metric for metric in metrics if isinstance(metric.value, Decimal)]
    sure = [metric for metric in plain if metric.confidence >= _SURE]
    if cells:
        yield from _against_tables(document, plain, cells, year)
        yield from _told(document, sure, cells)
    yield from _parts(document, plain)
    yield from _shares(sure)
    yield from _growth(sure, year)


# ---- against the tables ----


def _against_tables(
    document: Document, metrics: Sequence[Metric], cells: Cells, year: int | None
) -> Iterator[Finding]:
    wholes: dict[str, list[Metric]] = {}
    for metric in metrics:
        if _is_whole(metric):
            wholes.setdefault(metric.metric, []).append(metric)
    for name, rule in _rules()[0].items():
        mentions = wholes.get(name, [])
        for metric in mentions:
            if metric.confidence >= _SURE and metric.section_code.startswith(_SECTIONS):
                yield _against(metric, mentions, rule, _Context(document, cells, year))


def _is_whole(metric: Metric) -> bool:
    return (metric.aspect, metric.measure) == ("level", "total") and not metric.part_of


class _Context(NamedTuple):
    document: Document
    cells: Cells
    year: int | None


def _against(metric: Metric, mentions: Sequence[Metric], rule: _Rule, context: _Context) -> Finding:
    right = context.cells.sum(rule.cells)
    check, left = f"narrative.{metric.metric}", f"{metric.text} ({metric.value})"
    refs = (metric.metric_id, *right.refs)
    reason = _not_comparable(metric, right, context)
    if reason:
        return Finding(check, "not_applicable", left, right.words, reason, refs)
    status, detail = _compared(metric, mentions, rule, right, context)
    return Finding(check, status, left, right.words, detail, refs)


def _compared(
    metric: Metric, mentions: Sequence[Metric], rule: _Rule, right: Sum, context: _Context
) -> tuple[CheckStatus, str]:
    if _agrees(metric, right.value):
        return "ok", ""
    for other in rule.also:
        meant = context.cells.sum(other)
        if meant.numbers and _agrees(metric, meant.value):
            return "ok", f"with {meant.words} ({', '.join(meant.refs)})"
    if len(mentions) > 1 and sum(Decimal(str(other.value)) for other in mentions) == right.value:
        return "ok", "together with the other mentions"
    if any(_agrees(other, right.value) for other in mentions if other is not metric):
        return "not_applicable", "another mention agrees with the table: this one counts something else"
    if len({other.scope for other in mentions}) > 1:
        return "not_applicable", "figures for several scopes: the table's is not known"
    text, sentence = context.document.folded, metric.sentence
    less = Decimal(str(metric.value)) < right.value
    if less and rule.named and rule.named not in text[max(0, metric.start - _NEAR) : metric.start]:
        return "not_applicable", "may be one kind of what the table sums up"
    if less and _NARROWER.search(text, sentence.start, metric.start):
        return "not_applicable", "may be said of one office of the body that the table is for"
    if rule.unless and rule.unless.search(text, sentence.start, sentence.end):
        return "not_applicable", "may be said of other bodies than the table"
    if not less and "累计" in text[sentence.start : metric.end]:
        return "not_applicable", "may be summed up over years"
    if words := other_words(context.document, metric, _neutral()[metric.metric], rule.must):
        return "not_applicable", f"may not be the whole year's total: {words}"
    return "fail", ""


def _not_comparable(metric: Metric, right: Sum, context: _Context) -> str:
    if not right.numbers:
        return "the table has no number there"
    if lacking := context.cells.lacking(right.refs):
        return f"cells without a number: {', '.join(lacking)}"
    if metric.period is not None and context.year is not None and metric.period != context.year:
        return f"said of {metric.period}"
    if metric.channel not in ("", "all"):
        return f"said of one channel ({metric.channel})"
    if metric.scope == "other":
        return "said of another body"
    return ""


def _agrees(metric: Metric, value: Decimal) -> bool:
    if metric.qualifier == "exact":
        return metric.value == value
    lower, upper = metric.lower, metric.upper
    if lower is None and upper is None:  # 约: within a tenth
        return abs(Decimal(str(metric.value)) - value) <= abs(value) / 10
    return (lower is None or lower <= value) and (upper is None or value <= upper)


def _told(document: Document, metrics: Sequence[Metric], cells: Cells) -> Iterator[Finding]:
    """Cells of table one that the narrative tells under a label of no own: `行政许可212件`."""
    for metric in metrics:
        if metric.metric != "other_metric" or not _is_whole(metric) or metric.qualifier != "exact":
            continue
        before = document.folded[max(0, metric.start - 14) : metric.start]
        for told in _rules()[1]:
            at = before.rfind(told.words)
            if at < 0 or metric.unit != told.unit or not _JOINT.fullmatch(before[at + len(told.words) :]):
                continue
            value = cells.value(told.cell)
            if value is None:
                continue
            number = Decimal(str(metric.value)) / (_TEN_THOUSAND if told.unit == "yuan" else 1)
            near = abs(number - value) <= Decimal("0.01")  # 万元 with two places
            yield Finding(
                f"narrative.{told.cell.split('/')[1]}",
                "ok" if near else "not_applicable",
                f"{metric.text} ({metric.value})",
                f"{value:f}",
                "" if near else "the narrative may count other decisions than the table",
                (metric.metric_id, told.cell),
            )


# ---- against itself ----


def _sentences(metrics: Sequence[Metric]) -> Iterator[list[Metric]]:
    """The metrics of each sentence."""
    for _, group in groupby(metrics, key=lambda metric: (metric.sentence.start, metric.sentence.end)):
        yield list(group)


def _parts(document: Document, metrics: Sequence[Metric]) -> Iterator[Finding]:
    """Lists of parts behind 其中, in one sentence with their total.

    All that was read is looked at: a part left out for doubt would be missed in the sum.
    """
    if sum(bool(metric.part_of) for metric in metrics) < _LISTED:
        return
    for sentence in _sentences(metrics):
        for i, whole in enumerate(sentence):
            if (
                not _is_whole(whole)
                or not whole.value
                or whole.qualifier != "exact"
                or whole.confidence < _SURE
            ):
                continue
            among = document.folded.find("其中", whole.end, sentence[-1].start)
            stop = _BESIDE.search(document.folded, whole.end, sentence[-1].end)
            end = stop.start() if stop else sentence[-1].end
            behind = [m for m in sentence[i + 1 :] if end > m.start > among >= 0 and _is_like(m, whole)]
            direct = [m for m in behind if m.part_of == whole.metric_id]
            if len(direct) >= _LISTED:
                listed = [m for m in behind if m.start <= direct[-1].start]
                parts = _first_clause(document, whole, listed) or _to_the_end(whole, behind, listed)
                yield _listing(whole, parts)


def _counts(metric: Metric) -> bool:
    return metric.aspect == "level" and metric.qualifier == "exact"


def _first_clause(document: Document, whole: Metric, listed: Sequence[Metric]) -> list[Metric]:
    """The parts up to a semicolon, where they add up: what is behind it is told of something else."""
    stop = document.folded.find("；", whole.end, listed[-1].start)
    first = [part for part in listed if part.start < stop]
    return first if first and sum(Decimal(str(m.value)) for m in first) == whole.value else []


def _to_the_end(whole: Metric, behind: Sequence[Metric], listed: list[Metric]) -> list[Metric]:
    """The parts with those behind them that have labels of their own, where they then add up."""
    for end in range(len(listed) + 1, len(behind) + 1):
        if sum(Decimal(str(part.value)) for part in behind[:end]) == whole.value:
            return list(behind[:end])
    return listed


def _is_like(part: Metric, whole: Metric) -> bool:
    """Whether a figure may be a part; of information published also one with its own label (政策文件12份)."""
    kind = part.metric == whole.metric or whole.metric == _INFORMATION
    elsewhere = part.part_of not in ("", whole.metric_id)
    alike = part.unit == whole.unit and part.period == whole.period
    return _counts(part) and kind and alike and not elsewhere


def _listing(whole: Metric, parts: Sequence[Metric]) -> Finding:
    values = [Decimal(str(part.value)) for part in parts]
    total, of = sum(values, Decimal(0)), Decimal(str(whole.value))
    left = " + ".join(f"{value:f}" for value in values) + f" = {total:f}"
    check, right = f"narrative.parts.{whole.metric}", f"{whole.text} ({whole.value})"
    refs = (whole.metric_id, *(part.metric_id for part in parts))
    if total == of:
        return Finding(check, "ok", left, right, "", refs)
    if any(value > of and part.text[-1] == whole.text[-1] for value, part in zip(values, parts, strict=True)):
        return Finding(check, "fail", left, right, "a part is larger than the whole", refs)
    if len(values) >= _PARTS and abs(total - of) <= max(_SLIP * of, Decimal(1)):
        return Finding(check, "fail", left, right, f"off by {abs(total - of):f}", refs)
    return Finding(check, "not_applicable", left, right, "not all parts are listed, or some overlap", refs)


def _shares(metrics: Sequence[Metric]) -> Iterator[Finding]:
    """Series of counts with percentages: `54件，占41.5%；11件，占8.5%；7件，占5.4%`."""
    if sum(metric.metric == "share" for metric in metrics) < _SHARES:
        return
    for sentence in _sentences(metrics):
        pairs = [
            (count, share)
            for count, share in pairwise(sentence)
            if share.metric == "share"
            and share.qualifier == "exact"
            and _counts(count)
            and count.unit != "percent"
            and share.start - count.end <= _NEAR
        ]
        if len(pairs) >= _SHARES:
            yield _series(pairs)


def _series(pairs: Sequence[tuple[Metric, Metric]]) -> Finding:
    """The totals that each percentage allows; the one that most allow is meant."""
    ranges = [_wholes(count, share) for count, share in pairs]
    edges = sorted({edge for low, high in ranges for edge in (low, high)})
    best = max(edges, key=lambda edge: sum(low <= edge <= high for low, high in ranges))
    off = [pair for pair, (low, high) in zip(pairs, ranges, strict=True) if not low <= best <= high]
    left = "; ".join(f"{count.text}: {share.text}" for count, share in pairs)
    refs = tuple(metric.metric_id for pair in pairs for metric in pair)
    right = f"shares of about {best:.0f}"
    if not off:
        return Finding("narrative.shares", "ok", left, right, "", refs)
    if len(off) <= len(pairs) // 3:
        detail = "not of that total: " + "; ".join(f"{count.text}: {share.text}" for count, share in off)
        return Finding("narrative.shares", "fail", left, right, detail, refs)
    return Finding("narrative.shares", "not_applicable", left, right, "the shares are not of one total", refs)


def _wholes(count: Metric, share: Metric) -> tuple[Decimal, Decimal]:
    """The totals of which a count is that percentage, rounded or cut off."""
    number, percent = Decimal(str(count.value)), Decimal(str(share.value))
    step = Decimal(1).scaleb(int(percent.normalize().as_tuple().exponent)) if percent % 1 else Decimal(1)
    step = min(step, Decimal(1))
    low, high = percent - step * Decimal("0.55"), percent + step
    if not number or low <= 0:
        return Decimal(0), Decimal("1e12")
    return number * 100 / high, number * 100 / low


def _growth(metrics: Sequence[Metric], year: int | None) -> Iterator[Finding]:
    """A growth rate with the figure and its change, or with both years' figures, in one sentence."""
    if all(metric.aspect != "growth" for metric in metrics):
        return
    for _, group in groupby(metrics, key=lambda metric: (metric.sentence, metric.metric, metric.channel)):
        said = list(group)
        rates = [m for m in said if m.aspect == "growth" and m.qualifier == "exact"]
        levels = [m for m in said if _counts(m) and m.period in (None, year) and m.measure == "total"]
        if len(rates) != 1 or len(levels) != 1 or not levels[0].value:
            continue
        if levels[0].start > rates[0].start:  # 增长5%；…达到219条 is another figure's
            continue
        before = _year_before(said, levels[0], year)
        if before is None:
            continue
        now, rate = Decimal(str(levels[0].value)), Decimal(str(rates[0].value))
        true = (now - before) / before * 100
        step = Decimal(1).scaleb(min(0, int(rate.as_tuple().exponent)))
        fits = abs(abs(true) - abs(rate)) <= step + _GROWTH_SLACK
        yield Finding(
            f"narrative.growth.{levels[0].metric}",
            "ok" if fits else "fail",
            f"{before:f} to {now:f}: {true.quantize(Decimal('0.01'), ROUND_FLOOR):f}%",
            f"{rates[0].text} ({rates[0].value})",
            "",
            tuple(metric.metric_id for metric in said),
        )


def _year_before(said: Sequence[Metric], level: Metric, year: int | None) -> Decimal | None:
    changes = [m for m in said if m.aspect == "change" and m.qualifier == "exact" and m.unit == level.unit]
    earlier = [m for m in said if _counts(m) and year is not None and m.period == year - 1]
    if len(changes) == 1:
        before = Decimal(str(level.value)) - Decimal(str(changes[0].value))
    elif len(earlier) == 1:
        before = Decimal(str(earlier[0].value))
    else:
        return None
    return before if before > 0 else None
