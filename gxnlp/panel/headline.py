"""The headline rule: of all mentions of a label in a report, the one figure for its year.

Mentions that rise, fall, average or peak, those of other years and those that others of their
sentence started from (由14.1天减至12.7天) are never a headline. Of the rest the best rank stands, and what
it lacks is told in `basis`:

1. the unit of the label;
2. totals, of the agency itself before those of its subordinates together (unless only these are
   worded as the whole); where there are only parts, the largest is a lower bound, where there are
   only counts over several years, the largest is an upper bound, and there is no value;
3. figures of another body, where the report has none of its own;
4. a figure over all channels, unless a single channel has more; else the sum over channels
   (of rates and durations, which do not add up and of which one of no channel goes before all
   others, the first);
5. where several figures remain, what is worded as the whole (公开政府信息503条) before kinds of
   content (公开执法信息2417条), the whole of the report (主动公开政府信息503条) before that of a column,
   and then what `data/panel.toml` says for the label: the sum of what is listed, the largest, the
   first or the last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gxnlp.folding import fold
from gxnlp.ontology import Label
from gxnlp.panel.rules import PanelRules, panel_rules

Row = Mapping[str, str]
"""A row of `metrics.csv`."""

SCOPES = ("own", "system", "other")
MEASURES = ("total", "part", "cumulative")
"""Measures that can stand for the year, the best first; `average` and `maximum` cannot."""

_OVER_ALL = ("", "all")
_ACCOUNTS = ("wechat", "weibo", "douyin", "app")
_OVER_ACCOUNTS = ("all", "new_media")
_NOT_ADDITIVE = ("percent", "day", "score")
_ANOTHER: Row = {"scope": "other", "measure": "total"}
_TOLD_AGAIN = "problems"
"""The section that tells figures of others again, or a part of them."""
_WORDS_BEFORE = 40
_FROM = re.compile(r"[由从][^，。；、0-9]{0,12}(?:20[0-9]{2})?[^，。；、0-9]{0,8}$")
_TO = re.compile(r"[^，。；、0-9]{0,12}[至到为]")


@dataclass(frozen=True, slots=True)
class Headline:
    """The figure of a label for a report's year.

    Attributes:
        value: The number; `None` for a range, and for `several` figures.
        lower: What it is at least, `None` where the wording leaves that open.
        upper: What it is at most.
        rows: The `metric_id` of the mentions that it is made from.
        basis: What it is instead of a plain own total of the year; keys of `[basis]` in `panel.toml`.
    """

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    rows: tuple[str, ...]
    basis: tuple[str, ...] = ()

    @property
    def size(self) -> Decimal:
        """What figures are compared by: the value, or a bound of a range."""
        return next((x for x in (self.value, self.upper, self.lower) if x is not None), Decimal(0))

    @property
    def bounds(self) -> tuple[Decimal | None, ...]:
        """What makes two mentions tell the same."""
        return (self.value, self.lower, self.upper)

    def but(self, *basis: str) -> Headline:
        """The same, with more that it is instead of a plain figure."""
        return replace(self, basis=tuple(dict.fromkeys((*self.basis, *basis))))


def headline(
    label: Label, mentions: Iterable[Row], year: str, rules: PanelRules | None = None
) -> Headline | None:
    """Choose the figure of a label.

    Args:
        label: The label, of which unit and code count.
        mentions: Rows of `metrics.csv` of one report with this label, in the order of the text.
        year: The report's year as its cell has it, empty where it is not known.
        rules: Rules other than those that ship.

    Returns:
        The figure, or `None` where no mention can stand for the year.
    """
    rules = rules or panel_rules()
    rows = [row for row in mentions if _can_stand(row, year)]
    if not rows:
        return None
    rows = [row for row in rows if not _was_before(row, rows)] or rows
    if rules.policy(label.code) == "open":
        return _open(rows)
    basis: list[str] = []
    in_unit = [row for row in rows if not label.unit or row["unit"] == label.unit]
    if not in_unit:
        basis.append("unit")
    rows = in_unit or rows
    if label.unit in _NOT_ADDITIVE:
        rows = [row for row in rows if not row["channel"] and _rank(row) < _rank(_ANOTHER)] or rows
    rows = _of_all(label, rows, rules) or rows
    best = min(map(_rank, rows))
    rows = [row for row in rows if _rank(row) == best]
    measure, scope = rows[0]["measure"], rows[0]["scope"]
    basis += [name for name in (scope, measure) if name not in (SCOPES[0], MEASURES[0])]
    figure = _over_channels(label, rows, rules) if measure == MEASURES[0] else _bound(rows, measure)
    return figure.but(*basis)


def _rank(row: Row) -> tuple[bool, int, int]:
    """Smaller is better: whether it is of another body, how much of the year it is, whose it is."""
    return row["scope"] == "other", MEASURES.index(row["measure"]), SCOPES.index(row["scope"])


def _can_stand(row: Row, year: str) -> bool:
    return (
        row["aspect"] == "level"
        and row["measure"] in MEASURES
        and row["scope"] in SCOPES
        and (row["period"] in ("", year) or not year)
    )


def _was_before(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a figure is what another of its sentence started from: 由14.1天减至12.7天."""
    if not any(other is not row and other["sentence"] == row["sentence"] for other in rows):
        return False
    before, found, behind = fold(row["sentence"]).partition(fold(row["text"]))
    return bool(found and _FROM.search(before[-_WORDS_BEFORE:]) and _TO.match(behind))


def _figure(row: Row) -> Headline:
    value, lower, upper = (Decimal(row[name]) if row[name] else None for name in ("value", "lower", "upper"))
    return Headline(value, lower, upper, (row["metric_id"],))


def _bound(rows: Sequence[Row], measure: str) -> Headline:
    """What parts, or counts over several years, say of the year: a bound."""
    largest = max(map(_figure, rows), key=lambda figure: figure.size)
    if measure == "part":
        return Headline(None, largest.lower, None, largest.rows)
    return Headline(None, None, largest.upper, largest.rows)


def _open(rows: Sequence[Row]) -> Headline:
    """A label that no figure can stand for: a value where one alone is stated, else bounds around all."""
    told = _distinct(rows)
    if len(told) == 1:
        return told[0]
    known = [x for figure in told for x in figure.bounds if x is not None]
    ids = tuple(row["metric_id"] for row in rows)
    return Headline(None, min(known, default=None), max(known, default=None), ids, ("several",))


def _over_channels(label: Label, rows: Sequence[Row], rules: PanelRules) -> Headline:
    if label.unit in _NOT_ADDITIVE:
        return _rate(label, rows, rules)
    over_all = [row for row in rows if row["channel"] in _OVER_ALL]
    channels = {name: _of_rank(label, found, rules) for name, found in _by_channel(rows).items()}
    whole = _of_rank(label, over_all, rules) if over_all else None
    if whole and (not channels or _wholes(label, over_all, rules)):
        return whole
    if whole and not _wholes(label, rows, rules):
        # What is no kind of content, or is told of all channels, is no less than any channel alone.
        sizes = [figure.size for figure in channels.values()]
        if whole.size >= (sum(sizes) if label.code in rules.whole else max(sizes)):
            return whole
    some = [row for row in over_all if row["channel"]]
    if some:  # less than a channel: it is over the other channels
        channels["all"] = _of_rank(label, some, rules)
    return _add_channels(channels)


def _by_channel(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["channel"] not in _OVER_ALL:
            found[row["channel"]].append(row)
    return found


def _rate(label: Label, rows: Sequence[Row], rules: PanelRules) -> Headline:
    """A rate or a duration: of no channel, else over several, else of the first channel."""
    for channel in _OVER_ALL:
        found = [row for row in rows if row["channel"] == channel]
        if found:
            return _of_rank(label, found, rules)
    return _of_rank(label, rows, rules).but("channel")


def _add_channels(channels: Mapping[str, Headline]) -> Headline:
    """The sum over channels; new media that are no fewer than the accounts named stand for them."""
    named = [channels[name].size for name in _ACCOUNTS if name in channels]
    if any(channels[name].size >= sum(named) for name in _OVER_ACCOUNTS if name in channels):
        channels = {name: figure for name, figure in channels.items() if name not in _ACCOUNTS}
    figures = list(channels.values())
    if len(figures) == 1:
        return figures[0].but("channel")
    return _sum(figures).but("channels")


def _of_rank(label: Label, rows: Sequence[Row], rules: PanelRules) -> Headline:
    """One figure of mentions that do not differ in rank or channel."""
    rows = _wholes(label, rows, rules) or rows
    told = _distinct(rows)
    if len(told) == 1 and rules.policy(label.code) not in ("sum", "list"):
        return told[0]
    return _CHOICES[rules.policy(label.code)](label, rows, rules)


def _wholes(label: Label, rows: Sequence[Row], rules: PanelRules) -> list[Row]:
    """Mentions whose words say that they are the whole, not a kind of content."""
    pattern, grand = rules.whole.get(label.code), rules.grand.get(label.code)
    found = [row for row in rows if _follows(pattern, row)] if pattern else []
    best = [row for row in found if _follows(grand, row)] if grand else []
    sizes = [_figure(row).size for row in found]
    return best if best and max(_figure(row).size for row in best) == max(sizes) else found


def _of_all(label: Label, rows: Sequence[Row], rules: PanelRules) -> list[Row]:
    """The whole of the area, where what the agency itself is said to have is kinds of content alone."""
    grand = rules.grand.get(label.code)
    totals = [row for row in rows if row["measure"] == MEASURES[0]]
    if not grand or _wholes(label, [row for row in totals if row["scope"] == SCOPES[0]], rules):
        return []
    return [row for row in totals if row["scope"] == SCOPES[1] and _follows(grand, row)]


def _follows(pattern: re.Pattern[str], row: Row) -> bool:
    sentence, text = (fold(row[name]).replace(" ", "") for name in ("sentence", "text"))
    at = sentence.find(text)
    while text and at >= 0:
        if pattern.search(sentence[max(0, at - _WORDS_BEFORE) : at]):
            return True
        at = sentence.find(text, at + 1)
    return False


def _distinct(rows: Iterable[Row]) -> list[Headline]:
    """The figures of mentions, those that tell the same as one."""
    told: dict[tuple[Decimal | None, ...], Headline] = {}
    for row in rows:
        figure = _figure(row)
        old = told.get(figure.bounds)
        told[figure.bounds] = replace(old, rows=old.rows + figure.rows) if old else figure
    return list(told.values())


def _largest(_label: Label, rows: Sequence[Row], _rules: PanelRules) -> Headline:
    return max(_distinct(rows), key=lambda figure: figure.size).but("conflict")


def _first(_label: Label, rows: Sequence[Row], _rules: PanelRules) -> Headline:
    """The first that is not zero: what is denied of one kind may be told of another."""
    told = _distinct(rows)
    return next((figure for figure in told if figure.size), told[0]).but("conflict")


def _last(_label: Label, rows: Sequence[Row], _rules: PanelRules) -> Headline:
    return _distinct(rows)[-1].but("conflict")


def _sum_in_section(label: Label, rows: Sequence[Row], rules: PanelRules) -> Headline:
    """The largest sum over a section."""
    told = [row for row in rows if row["section_code"] != _TOLD_AGAIN] or rows
    sums = _sums(label, told, rules, "section_code")
    return _or_conflict(max(sums, key=lambda figure: figure.size), rows)


def _sum_in_sentence(label: Label, rows: Sequence[Row], rules: PanelRules) -> Headline:
    """The sum of the first sentence that does not say that there was none."""
    sums = _sums(label, rows, rules, "sentence")
    return _or_conflict(next((figure for figure in sums if figure.size), sums[0]), rows)


def _sums(label: Label, rows: Sequence[Row], rules: PanelRules, place: str) -> list[Headline]:
    """The sum of each place (a column of the rows), over mentions that are counted alike."""
    lots: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        in_rounds = label.code in rules.in_rounds and bool(rules.rounds.search(fold(row["text"])))
        lots[row[place], in_rounds].append(row)
    return [_sum_of_lot(lot, rules) for lot in lots.values()]


def _or_conflict(best: Headline, rows: Sequence[Row]) -> Headline:
    """Say where a figure that is not in the sum tells something else than the sum or a member of it."""
    members = {figure.bounds for figure in map(_figure, rows) if figure.rows[0] in best.rows}
    others = {figure.bounds for figure in map(_figure, rows)} - members - {best.bounds}
    return best.but("conflict") if others else best


def _sum_of_lot(rows: Sequence[Row], rules: PanelRules) -> Headline:
    """Add up what is listed; a later sentence that tells a figure again, or a part, adds nothing."""
    told: dict[tuple[Decimal | None, ...], str] = {}
    listed: list[Headline] = []
    for row in rows:
        figure = _figure(row)
        first_told = told.setdefault(figure.bounds, row["sentence"]) == row["sentence"]
        if first_told and not _is_part(row, rows[0], rules):
            listed.append(figure)
    largest = max(listed, key=lambda figure: figure.size)
    rest = sum(figure.size for figure in listed) - largest.size
    if not rest or (len(listed) > 2 and rest == largest.size):
        return largest  # nothing to add, or a whole and its parts that are not told as such
    return _sum(listed).but("sum")


def _is_part(row: Row, whole: Row, rules: PanelRules) -> bool:
    """Whether the words between two figures of a sentence make one a part of the other."""
    if row is whole or row["sentence"] != whole["sentence"]:
        return False
    _, _, behind = fold(whole["sentence"]).partition(fold(whole["text"]))
    between, found, _ = behind.partition(fold(row["text"]))
    return bool(found and rules.part.search(between))


def _sum(figures: Sequence[Headline]) -> Headline:
    value, lower, upper = (_sum_known(column) for column in zip(*(f.bounds for f in figures), strict=True))
    ids = tuple(name for figure in figures for name in figure.rows)
    basis = tuple(dict.fromkeys(name for figure in figures for name in figure.basis))
    return Headline(value, lower, upper, ids, basis)


def _sum_known(numbers: Sequence[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None


_CHOICES: Mapping[str, Callable[[Label, Sequence[Row], PanelRules], Headline]] = {
    "largest": _largest,
    "first": _first,
    "last": _last,
    "sum": _sum_in_section,
    "list": _sum_in_sentence,
}
