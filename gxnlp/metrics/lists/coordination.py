"""Coordination over several numbers or names: 分别, 各, 均为, A率、B率.

分别 pairs names and numbers in order (guideline part 2, rule 1); 各 and 均为 give one mention
for each thing named on the same number (rules 3 and 10).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from gxnlp.deferred import deferred
from gxnlp.lexicon import NEGATION, SITE, Term
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.channels import RECEIPT, channel_of, channel_terms, last_run
from gxnlp.metrics.context.patterns import Rules
from gxnlp.metrics.context.readings import INFORMATION, Draft, is_aside, subject_metric
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.implied.each_kind import names_each_kind
from gxnlp.metrics.lists.in_turn import (
    OWN_CHANNEL,
    SERVICES,
    of_letters,
    of_services,
    pair_disputes,
    pair_proposals,
    rename,
)
from gxnlp.metrics.running.state import State

_NEXT = deferred(r"[、，和及与以\s]{0,4}")
_NEXT_MOVE = deferred(r"[、，和与及]\s*(?:增[加长多]|减少|下降|上升|提[高升]|降低|回落)了?")
_JOINS = deferred(r"(?:和|、|及|与|，)\s*")
_RATES = frozenset({"n.rate_reply", "n.rate_satisfaction", "n.rate_other"})
_APART = deferred(r"[。；]")
_BOTH_OUTCOMES = {"o.granted_partial": ("applications_granted", "applications_partial")}
_OF_SITES = frozenset({"followers", "views", "info_published", "videos"})
_IN_ORDER = frozenset({"w.respective", "w.in_turn"})
"""分别, and 先后 where it stands before as many numbers as things are named."""
_APART_EACH = frozenset({"w.each", "w.respective"})
_FLOWS = {
    "applications_received": frozenset({"v.receive", "w.added"}),
    "applications_carried_in": frozenset({"w.last_year", "date.before"}),
    "applications_carried_out": frozenset({"w.next_year", "date.after"}),
}
_OF_SERVICES = frozenset({"reply_rate", "satisfaction", "handling_days"})
_SPLIT = {"proposals": ("proposals_npc", "proposals_cppcc")}
_EDITION = deferred(r"[一-鿿]{1,2}[文语]版?")
_EDITIONS = deferred(rf"(?:{_EDITION.pattern}[、和及与]){{1,4}}{_EDITION.pattern}[^，。；、：0-9]{{0,8}}$")
"""汉文版、蒙文版各3期: one for each edition."""

_STAGES = {
    "v.amend": "other_metric",
    "v.repeal": "normative_docs_repealed",
    "v.valid": "normative_docs_valid",
    "v.issue": "normative_docs",
}
_STEPS = {"v.receive": "applications_received", "v.handle": "applications_handled"}
_CAME = frozenset(_STEPS.values())

Batch = list[tuple[Candidate, Draft]]


def coordinate(batch: Batch, sentence: Sentence, folded: str, rules: Rules, state: State) -> list[Draft]:
    """Resolve 分别 and 各 over the mentions of a sentence.

    Mentions that 分别 governs are changed in place.

    Args:
        batch: Candidates and their mentions, in order.
        sentence: The sentence they stand in.
        folded: The folded text of the report.
        rules: The metric rules.
        state: The running state (channels named in this sentence).

    Returns:
        Further mentions on the same numbers, one for each other thing that 各 or 均为 names.
    """
    if not batch:
        return []
    plain = _without_asides(batch)
    pairs = [t for t in sentence.terms if not _IN_ORDER.isdisjoint(t.classes)]
    groups = [_group_after(term, plain) for term in pairs]
    for term, group in zip(pairs, groups, strict=True):
        if len(group) > 1:
            _distribute(term, group, batch, sentence, folded, rules, state)
    _pair_channels(plain, folded)
    _pair_on(plain)
    if len(plain) < len(batch):
        _inherit(batch, plain)
    _pair_changes(batch)
    pair_disputes(_groups(batch), state)
    pair_proposals(batch, folded)
    taken = {id(d) for group in groups if len(group) > 1 for _, d in group}
    drafts: list[Draft] = []
    for candidate, draft in batch:
        if id(draft) not in taken:
            drafts += _each(candidate, draft, sentence, folded, rules)
    return drafts


def _without_asides(batch: Batch) -> Batch:
    """6.3万（+0.9万）、8.8万（+2.1万）: the numbers that brackets tell more of."""
    plain: Batch = []
    inside = False
    for candidate, draft in batch:
        opens = bool(plain) and candidate.between.lstrip().startswith("（")
        inside = opens or (inside and "）" not in candidate.between)
        if not (inside and is_aside(draft)):
            plain.append((candidate, draft))
    return plain


def _inherit(batch: Batch, plain: Batch) -> None:
    """What a bracket tells of a number is of its metric and channel."""
    numbers = {id(draft) for _, draft in plain}
    of = batch[0][1]
    for _, draft in batch:
        if id(draft) in numbers:
            of = draft
        elif draft.channel in ("", "all"):
            draft.channel, draft.scope = of.channel, of.scope
            draft.metric = draft.metric if draft.metric == "share" else of.metric


def _pair_channels(batch: Batch, folded: str) -> None:
    """微信、微博发布300条、20条: as many bare numbers as accounts go with them in order."""
    for place, (candidate, draft) in enumerate(batch):
        sites = [t for t in candidate.own[::-1] if t.kinds & SITE]
        if draft.channel != "all" or len(sites) < 2:
            continue
        codes = [channel_of(t) for t in last_run(sites, folded)]
        group = [pair for pair in batch[place + 1 : place + len(codes)] if pair[1].rule == "continues"]
        unit = candidate.quantity.unit
        group = [pair for pair in group if pair[0].quantity.unit == unit]
        bare = all(_NEXT.fullmatch(_joint(one)) and "、" in one.between for one, _ in group)
        following = batch[place + len(codes)] if place + len(codes) < len(batch) else None
        ends = following is None or following[1].rule != "continues"
        if bare and ends and len(group) + 1 == len(codes) > 1:
            for (_, member), code in zip([(candidate, draft), *group], codes, strict=True):
                member.channel = code


def _pair_on(batch: Batch) -> None:
    """微博、微信发布300条、20条，粉丝3.4万、8.9万: the pairs go on in order, until a site is named again."""
    codes: list[str] = []
    for group in _groups(batch):
        channels = [draft.channel for _, draft in group]
        if "" not in channels and "all" not in channels and len(set(channels)) == len(group) > 1:
            codes = channels
        elif any(t.kinds & SITE for candidate, _ in group for t in candidate.own):
            codes = []
        elif len(group) == len(codes) and set(channels) == {"all"}:
            for (_, draft), code in zip(group, codes, strict=True):
                draft.channel = code


def _groups(batch: Batch) -> list[Batch]:
    """Runs of numbers of one metric and aspect that go straight on from each other."""
    groups: list[Batch] = []
    for candidate, draft in batch:
        last = groups[-1][-1][1] if groups else None
        goes_on = last is not None and (last.metric, last.aspect) == (draft.metric, draft.aspect)
        if goes_on and _JOINS.fullmatch(_joint(candidate)):
            groups[-1].append((candidate, draft))
        else:
            groups.append([(candidate, draft)])
    return groups


def _pair_changes(batch: Batch) -> None:
    """办结率、满意率分别为99%、98%，提高0.4个和1.2个百分点: as many changes as rates, in order."""
    for place, (first, draft) in enumerate(batch):
        if draft.aspect != "change" or draft.unit != "percent" or _joins_last(batch, place):
            continue
        group = [draft]
        while place + len(group) < len(batch) and _joins_last(batch, place + len(group)):
            group.append(batch[place + len(group)][1])
        rates = _levels_before(first, batch, len(group))
        if len(group) > 1 and len({m.metric for m in rates}) == len(group):
            for member, rate in zip(group, rates, strict=True):
                member.metric, member.channel, member.scope = rate.metric, rate.channel, rate.scope


def _joins_last(batch: Batch, place: int) -> bool:
    """Whether a change in percentage points goes straight on from another."""
    if place == 0 or batch[place][1].aspect != "change" or batch[place - 1][1].aspect != "change":
        return False
    return _JOINS.fullmatch(batch[place][0].between) is not None


def _group_after(term: Term, batch: Batch) -> Batch:
    """The numbers that 分别 governs: the first behind it and those that go straight on."""
    group: Batch = []
    first = bisect_left(batch, term.end, key=lambda pair: pair[0].quantity.start)
    for candidate, draft in islice(batch, first, None):
        if group and not (_NEXT.fullmatch(_joint(candidate)) or _moves_on(candidate, draft)):
            break
        gap = candidate.between[term.end - candidate.bound :] if term.start >= candidate.bound else "；"
        if not group and _APART.search(gap):
            break
        group.append((candidate, draft))
    return group


def _moves_on(candidate: Candidate, draft: Draft) -> bool:
    """较上年分别增加2件和减少1件, 分别增长12%和下降5%: the second goes the other way."""
    return draft.aspect != "level" and _NEXT_MOVE.fullmatch(_joint(candidate)) is not None


def _joint(candidate: Candidate) -> str:
    """What joins a number to the one before, behind the bracket that tells more of that."""
    return candidate.between.removeprefix("）")


def _distribute(
    term: Term, group: Batch, batch: Batch, sentence: Sentence, folded: str, rules: Rules, state: State
) -> None:
    first = group[0][0]
    before = sentence.between(first.bound, term.start)
    behind = sentence.between(term.end, first.quantity.outer_start)
    if of_letters(group, folded[first.bound : term.start]) or of_services(group, sentence, folded):
        return
    for named in (before, behind):  # 分别发布文字解读、图片解读12条、6条
        names = _stages(named, group) or _names(named, folded, rules)
        if len(names) == len(group) > 1 and group[0][1].metric != "share":
            for (candidate, draft), metric in zip(group, names, strict=True):
                rename(draft, metric, candidate)
            return
    if group[0][1].metric in _OF_SERVICES and _pair_services(group, before, term.start, folded, state):
        return
    sites = [t for t in channel_terms(before) if not folded.startswith("”", t.end)]  # “青禾政府网”公众号
    sites = [t for t in sites if not _says_which(t, sites)]
    ways = [code for t in before if (code := channel_of(t, RECEIPT))]
    came = group[0][1].metric == "applications_received"  # 网络、信函分别为9件、7件
    channels = ways if came else [channel_of(t) for t in sites] or state.channel_run
    if len(channels) == len(group) - 1 and any("w.other_way" in t.classes for t in before):
        channels = [*channels, ""]
    if len(channels) != len(group):  # but 抖音、快手 are two of one kind
        channels = list(dict.fromkeys(channels))
    if len(channels) == len(group):
        for (_, draft), channel in zip(group, channels, strict=True):
            draft.channel = OWN_CHANNEL.get(draft.metric, channel)
        return
    _pair_levels(group, _levels_before(first, batch, len(group)))


def _pair_levels(group: Batch, earlier: Sequence[Draft]) -> None:
    """Give what moved, or was told again in order, to as many levels before it."""
    if len(earlier) != len(group):
        return
    for (_, draft), source in zip(group, earlier, strict=True):
        draft.channel, draft.scope = source.channel, source.scope
        if draft.aspect != "level":
            draft.metric = source.metric


def _says_which(site: Term, sites: Sequence[Term]) -> bool:
    """网站和政务新媒体微信公众号: new media, right before the account that it is."""
    return "ch.new_media" in site.classes and any(other.start == site.end for other in sites)


def _pair_services(group: Batch, before: Sequence[Term], end: int, folded: str, state: State) -> bool:
    """热线812件、信箱90件，办结率依次为98%、100%: each of its service, named there or counted before."""
    named = [t for t in before if not SERVICES.keys().isdisjoint(t.classes)]
    run = last_run(named, folded) if named else []
    if len(run) == len(group):
        for (_, draft), service in zip(group, run, strict=True):
            draft.channel = next(code for name, code in SERVICES.items() if name in service.classes)
        return True
    counted = _services_before(end, state)
    if named or len(counted) < len(group) or any(t.kinds & SITE for t in before):
        return False
    for (_, draft), cases in zip(group, counted[-len(group) :], strict=True):
        draft.channel, draft.scope = cases.channel, cases.scope
    return True


def _services_before(end: int, state: State) -> list[Draft]:
    """The services whose cases the last sentence with any counts before an offset, each once, in order."""
    cases = [m for m in state.served if m.measure != "part" and m.end <= end]
    near = [m for m in cases if m.sentence == cases[-1].sentence and m.paragraph == state.paragraph]
    return list({(m.metric, m.channel, m.head and m.head.classes): m for m in near}.values())


def _stages(terms: Sequence[Term], group: Batch) -> list[str]:
    """规范性文件制定、废止数量, 申请受理量、办结量: the metric of each thing that was done with them."""
    metric = group[0][1].metric
    stages = _STAGES if metric.startswith("normative_docs") else _STEPS if metric in _CAME else {}
    done = (next((m for n, m in stages.items() if n in t.classes), "") for t in terms)
    found = [metric for metric in done if metric]
    return found if len(found) == len(group) else []


def _names(terms: Sequence[Term], folded: str, rules: Rules) -> list[str]:
    """Metrics of the last nouns that are joined among some terms."""
    subjects = rules.subjects.keys() | _BOTH_OUTCOMES.keys()
    # 政府网站、公众号信息量分别为9条、7条: a site says where, though sites are counted too
    nouns = [t for t in terms if not (t.kinds & SITE or subjects.isdisjoint(t.classes))]
    return _metrics_of(last_run(nouns, folded), rules) if nouns else []


def _levels_before(candidate: Candidate, batch: Batch, number: int) -> list[Draft]:
    """The last mentions of a level before a number, at most so many, in order."""
    end = bisect_left(batch, candidate.quantity.start, key=lambda pair: pair[0].quantity.start)
    levels = (batch[place][1] for place in range(end - 1, -1, -1) if batch[place][1].aspect == "level")
    return list(islice(levels, number))[::-1]


def _metrics_of(run: Sequence[Term], rules: Rules) -> list[str]:
    """Metric of each member of a run; 建议、提案 as one word is two members."""
    names: list[str] = []
    for member in run:
        both = next((_BOTH_OUTCOMES[n] for n in member.classes if n in _BOTH_OUTCOMES), None)
        names += both or (subject_metric(member, rules),)
    if names and names[-1] == INFORMATION:  # 行政许可、人事信息分别为9条、7条: information, all of it
        names = [INFORMATION if name == "other_metric" else name for name in names]
    if len(names) == 1 and names[0] in _SPLIT:
        return list(_SPLIT[names[0]])
    return names


def _each(candidate: Candidate, draft: Draft, sentence: Sentence, folded: str, rules: Rules) -> list[Draft]:
    """Further mentions on the same number: one for each other member of the run before it."""
    # 网站、公众号分别发布500条: with one number 分别 says what 各 says
    words = [] if _APART_EACH.isdisjoint(candidate.near) else candidate.own
    words = [t for t in words if not _APART_EACH.isdisjoint(t.classes)]
    if draft.metric == "share":  # 公告、文件各占11%、24%: of each kind how much, no kinds
        return []
    rates = draft.unit == "percent" and draft.aspect == "level"
    nothing = draft.value == 0  # 行政复议、行政诉讼数量为0件
    if not words and not rates and not nothing:
        return []
    stop = words[0].start if words else candidate.quantity.outer_start
    before = sentence.between(candidate.bound, stop)
    if words and (editions := _EDITIONS.search(folded, candidate.bound, stop)):
        return [replace(draft) for _ in range(len(_EDITION.findall(editions[0])) - 1)]
    if rates:
        members = [t for t in before if not _RATES.isdisjoint(t.classes)]
        run = last_run(members, folded) if members else []
        return _copies(draft, [subject_metric(t, rules) for t in run], candidate)
    ways = [t for t in before if channel_of(t, RECEIPT)]
    if draft.metric == "applications_received" and len(ways) > 1 and words:
        codes = [channel_of(t, RECEIPT) for t in last_run(ways, folded)]
        draft.channel = codes[0]
        return [replace(draft, channel=code) for code in codes[1:]]
    if draft.metric == "accounts" or (draft.metric in _OF_SITES and words):
        sites = list(dict.fromkeys(channel_of(t) for t in channel_terms(before)))
        draft.channel = sites[0] if len(sites) > 1 else draft.channel
        return [replace(draft, channel=site) for site in sites[1:]]
    if nothing and draft.metric == "fee_notices" and "金额" in candidate.between:
        return _copies(draft, ["fee_notices", "fee_amount"], candidate)  # 收费通知的件数、总金额均为0
    if nothing and (flows := _flows(before)):
        return _copies(draft, flows, candidate)
    subjects = rules.subjects.keys() | _BOTH_OUTCOMES.keys() if words else rules.subjects.keys()
    if draft.metric in _SPLIT and words and names_each_kind(folded[candidate.bound : stop]):
        return _copies(draft, list(_SPLIT[draft.metric]), candidate)  # 人大建议、政协提案各4件
    denied = max((t.end for t in before if t.kinds & NEGATION), default=0)  # 诉讼案未发生、申诉案为0件
    nouns = [t for t in before if t.start >= denied and not subjects.isdisjoint(t.classes)]
    metrics = _metrics_of(last_run(nouns, folded), rules) if nouns else []
    copies = _copies(draft, metrics, candidate)
    return (
        copies if words else [c for c in copies if c.metric != draft.metric]
    )  # 申请、依申请公开0件: one zero


def _flows(before: Sequence[Term]) -> list[str]:
    """上年结转和结转下年度的申请均为0件: the ways into and out of the year that are named together."""
    if not any("v.carry" in t.classes for t in before):
        return []
    named = frozenset().union(*[t.classes for t in before])
    flows = [metric for metric, words in _FLOWS.items() if not words.isdisjoint(named)]
    return flows if len(flows) > 1 else []


def _copies(draft: Draft, metrics: list[str], candidate: Candidate) -> list[Draft]:
    """The draft takes the first metric, copies take the others."""
    if len(metrics) < 2:
        return []
    copies = []
    for metric in metrics[1:]:
        copy = replace(draft)
        rename(copy, metric, candidate)
        copies.append(copy)
    rename(draft, metrics[0], candidate)
    return copies
