"""Choose the headings of a report among the candidates, with level and code.

Level 1 first, by title; then, below each, the subsections: titled series （一）（二）…, titles
known without a number, lines that the source marks, and in their place 1., 第一， or 一是.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

from gxnlp.deferred import deferred
from gxnlp.records import Document, Interval
from gxnlp.sections.headings import (
    Heading,
    bare_lines,
    body_code,
    line_headings,
    marked_heading,
    run_in_others,
    run_in_subs,
    run_in_tops,
    subsection_code,
    title_code,
    vocabulary,
)

# Between two entries of a table of contents or of a list of sections in the preamble.
_CONTENTS_GAP = deferred(r"[\s.．…·—\-0-9；、，。*#|（）]{0,60}")
# What makes a clause a sentence of a list: counts, negations, the body as its subject.
_SENTENCE = deferred(
    r"[0-9](?![0-9]{0,3}年)|未|没有|已[^知]|其中|分别|全年|^无|，.*，.*，"
    r"|^(?:我|本)(?:单位|机关|[局县市区镇乡委院校厅])"
)
_MARKDOWN = deferred(r"\n[ \t]*(?:#{1,6} +|\*\*)([^\n*#]{2,30})(?:\*\*)?[ \t]*(?=\n|$)")
# 附件1：…统计表 on its own line, or anywhere right before a table.
# A question that a line of its own asks, and the line below answers, heads what is answered.
_ASKED = deferred(r"(?:^|\n)[ \t]*(问：)([^\n]{3,40})\n\s*答：")
_ANNEX = deferred(
    r"(?P<line>\n[ \t#*]*)?附[件表]? ?[0-9一二三]{0,2} ?[：、 ]{0,2}\s{0,3}"
    r"(?P<title>[^。；，\n]{0,40}?(?:统计表|情况表|报表|统计(?=[\s（]))(?:（[^）\n]{1,12}）)?)(?P<end>[\s|]*)"
)
# The five that nearly every overview has, and in this order.
_USUAL = tuple(
    f"overview.{name}" for name in ("proactive", "on_request", "management", "platform", "supervision")
)
# 加强组织领导，认真贯彻条例: the title of a section, as older reports have it.
_PHRASES = deferred("[^，。；0-9]{4,16}，[^，。；0-9]{4,18}")
_COUNT = deferred("[一二三四五六七八九十0-9]")
_BODY = 500
"""Characters below a heading by which a title that says nothing is read."""
_LAST_WORDS = frozenset(("情况", "事项", "措施", "问题", "计表", "附表", "附件"))
_REFERRING = frozenset("见照据于“《")


class Chosen(NamedTuple):
    """A candidate chosen as heading, with its level and code."""

    heading: Heading
    level: int
    code: str


def choose_outline(document: Document) -> list[Chosen]:
    """The headings of a report in order, without those of cells, contents and references."""
    folded = document.folded
    candidates = list(line_headings(folded, text_spans(document.tables, 0, len(folded))))
    tops = _choose_tops(document, candidates)
    first = tops[0].heading.start if tops else 0
    chosen: list[Chosen] = []
    if all(top.code != "overview" for top in tops):
        chosen += _orphans(document, candidates, first if tops else len(folded))
    for top, limit in zip(tops, [*(top.heading.start for top in tops), len(folded)][1:], strict=True):
        chosen.append(top)
        chosen += _choose_subs(document, candidates, top, limit)
    return chosen


def text_spans(tables: tuple[Interval, ...], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch of text that lie outside of its tables."""
    spans = []
    for table in tables:
        if table.end > start and table.start < end:
            spans.append((start, table.start))
            start = table.end
    return [*spans, (start, end)]


# ---- level 1 ----


def _choose_tops(document: Document, candidates: list[Heading]) -> list[Chosen]:
    folded = document.folded
    tops = [h for h in candidates if _is_top(folded, h)]
    numbered = {h.strict for h in tops if h.value}
    tops = [h for h in tops if h.value or h.strict not in numbered]
    known = {h.strict for h in tops}
    if len(known) < len(vocabulary().canonical):
        spans = text_spans(document.tables, 0, len(folded))
        run_in = [h for h in run_in_tops(folded, spans) if h.strict not in known]
        if run_in:
            tops = _in_text(tops, run_in)
            candidates = _in_text(candidates, list(run_in_others(folded, spans)))
    tops = _without_contents(folded, tops)
    tops = _other_styles(candidates, tops)
    tops = _without_nested(tops)
    tops = _with_unknown_titles(folded, candidates, tops)
    chosen = [Chosen(h, 1, h.strict or title_code(folded[h.title_start : h.title_end])) for h in tops]
    return chosen + _annex(document, chosen)


def _in_text(first: list[Heading], second: list[Heading]) -> list[Heading]:
    return sorted([*first, *second], key=_start) if first and second else first or second


def _start(heading: Heading) -> int:
    return heading.start


def _is_top(folded: str, heading: Heading) -> bool:
    """Whether number and title alone make it a heading of level 1."""
    if not heading.strict or folded[max(0, heading.start - 9) : heading.start].rstrip()[-1:] in _REFERRING:
        return False
    if heading.style in ("cn", "part"):
        return True
    # Without a number only the full titles of the form; the short ones are subsections.
    title = folded[heading.title_start : heading.title_end]
    if heading.style != "bare" or not heading.own_line or title in ("基本情况", "概况"):
        return False
    if heading.strict == "problems":
        return "问题" in title and ("改进" in title or "措施" in title)
    return heading.strict not in ("proactive", "applications") or "政府信息" in title


def _without_contents(folded: str, tops: list[Heading]) -> list[Heading]:
    """Drop a table of contents or a list of sections, and repeats at the top of a page."""
    keys = [(h.strict, h.value) for h in tops]
    last = {key: at for at, key in enumerate(keys)}
    if sum(times > 1 for times in Counter(keys).values()) >= 3:
        return [heading for at, heading in enumerate(tops) if last[keys[at]] == at]
    kept: list[Heading] = []
    for at, (heading, key) in enumerate(zip(tops, keys, strict=True)):
        following = tops[at + 1].start if at + 1 < len(tops) else len(folded)
        if last[key] > at and _CONTENTS_GAP.fullmatch(folded, heading.end, following):
            continue
        if kept and heading.value and (kept[-1].strict, kept[-1].value) == key:
            if kept[-1].own_line or not heading.own_line:
                continue
            kept.pop()
        kept.append(heading)
    return kept


def _other_styles(candidates: list[Heading], tops: list[Heading]) -> list[Heading]:
    """Take statutory titles with other numbers, 1. or （一）, where 一、 is missing."""
    known = {h.strict for h in tops}
    canonical = vocabulary().canonical
    for style in ("paren", "num"):
        others = [h for h in candidates if h.style == style and h.strict and h.strict not in known]
        if len(known) < 3 and len({h.strict for h in others}) >= 3:
            return _in_text(tops, others)
        # A single misprint: （五） for 五、, between its neighbours.
        for h in others:
            if h.own_line and h.value == canonical[h.strict] >= 3 and _in_order(tops, h, canonical):
                tops = _in_text(tops, [h])
                known.add(h.strict)
    return tops


def _in_order(tops: list[Heading], heading: Heading, canonical: dict[str, int]) -> bool:
    before = [canonical[h.strict] for h in tops if h.start < heading.start]
    after = [canonical[h.strict] for h in tops if h.start > heading.start]
    own = canonical[heading.strict]
    return bool(before) and max(before) == own - 1 and all(value > own for value in after)


def _without_nested(tops: list[Heading]) -> list[Heading]:
    """Drop 一、存在的问题 二、改进措施 inside a section of the same code: numbers start again."""
    kept: list[Heading] = []
    for heading in tops:
        last = kept[-1] if kept else None
        if last is None or last.strict != heading.strict or heading.value > last.value:
            kept.append(heading)
    return kept


def _with_unknown_titles(folded: str, candidates: list[Heading], tops: list[Heading]) -> list[Heading]:
    """Add 四、收费及减免情况 and the like, where the numbers run on."""
    style = tops[0].style if tops and tops[0].style != "bare" else "cn"
    starts = {h.start for h in tops}
    result: list[Heading] = []
    taken = 0
    for heading in candidates:
        while taken < len(tops) and tops[taken].start <= heading.start:
            result.append(tops[taken])
            taken += 1
        if heading.style != style or heading.start in starts:
            continue
        title = folded[heading.title_start : heading.title_end]
        if heading.at_line and not heading.own_line and title[-2:] not in _LAST_WORDS:
            continue
        if not 2 <= len(title) <= 36 or title[-1] in "；、":
            continue
        if "，" in title and not (heading.own_line and _PHRASES.fullmatch(title)):
            continue
        last = result[-1].value if result else 0
        following = next((h.value for h in tops[taken : taken + 3] if h.value), None)
        if heading.value == last + 1 and (following is None or following > heading.value):
            result.append(heading)
    return result + tops[taken:]


def _annex(document: Document, tops: list[Chosen]) -> list[Chosen]:
    """附件：…统计表 behind the last section."""
    if not tops:
        return []
    starts = {table.start for table in document.tables}
    for match in _ANNEX.finditer(document.folded, tops[-1].heading.end):
        start, end = match.span("title")
        own_line = match["line"] is not None and (
            match["end"].startswith("\n") or match.end() == len(document.folded)
        )
        if own_line or not starts.isdisjoint(range(end, match.end() + 1)):
            first = match.end("line") if match["line"] else match.start()
            heading = Heading(first, "", 0, "bare", start, end, end, own_line, own_line, "")
            return [Chosen(heading, 1, "other_heading")]
    return []


# ---- levels below ----


def _orphans(document: Document, candidates: list[Heading], limit: int) -> list[Chosen]:
    """Subsections of an overview whose own heading is missing."""
    lost = Heading(0, "", 0, "bare", 0, 0, 0, True, True, "overview")
    found = _choose_subs(document, candidates, Chosen(lost, 1, "overview"), limit)
    codes = {item.code for item in found} & {"overview.proactive", "overview.on_request"}
    return found if codes and len(found) >= 2 else []


def _choose_subs(document: Document, candidates: list[Heading], top: Chosen, limit: int) -> list[Chosen]:
    """The headings below one of level 1, in order."""
    folded = document.folded
    start = top.heading.end
    if top.code == "other_heading" and "附" in folded[top.heading.start : start]:
        return []
    inside = candidates[
        bisect_left(candidates, start, key=_start) : bisect_left(candidates, limit, key=_start)
    ]
    parens = _titled_series(folded, [h for h in inside if h.style == "paren"], top, limit)
    series = {h.start for h in parens}
    run_in = list(run_in_subs(folded, text_spans(document.tables, start, limit), series))
    parens = _going_on(folded, parens, run_in, top) or _titled_series(folded, run_in, top, limit)
    bare = [h for h in inside if h.style == "bare" and h.own_line and _is_known(folded, h, top)]
    asked = _questions(folded, start, limit)
    second = sorted([*parens, *bare, *asked, *_marked(document, inside, start, limit)], key=_start)
    if not second and inside:
        second = _replacement_series(folded, inside, top, limit)
    if top.code == "overview" and all(h.style == "bare" for h in second):
        known = {h.start for h in second}
        lines = [h for h in bare_lines(folded, start, limit) if h.start not in known]
        second = _in_text(second, lines) if len(second) + len(lines) >= 3 else second
    under = _levels_of_parens(second)
    codes = _sub_codes(folded, second, top, limit)
    chosen = [Chosen(h, under.get(h.start, 2), code) for h, code in zip(second, codes, strict=True)]
    return _with_third_level(folded, inside, chosen, limit)


def _questions(folded: str, start: int, limit: int) -> list[Heading]:
    """问：…？ before 答：…."""
    if folded.find("答：", start, limit) < 0:
        return []
    return [
        Heading(match.start(1), "", 0, "bare", match.start(2), match.end(2), match.end(2), True, True, "")
        for match in _ASKED.finditer(folded, max(0, start - 1), limit)
    ]


def _going_on(folded: str, series: list[Heading], run_in: list[Heading], top: Chosen) -> list[Heading]:
    """A series with the known titles that go on with its numbers inside a line (更新慢。（二）改进：…)."""
    found = list(series)
    for heading in run_in if series else ():
        before = [h for h in found if h.start < heading.start]
        goes_on = bool(before) and before[-1].value + 1 == heading.value
        if goes_on and heading.start not in {h.start for h in found} and _is_known(folded, heading, top):
            found = sorted([*found, heading], key=_start)
    return found


def _sub_codes(folded: str, series: list[Heading], top: Chosen, limit: int) -> list[str]:
    """Codes of subsections: the section's own, in `overview` by title, else by body."""
    if top.code != "overview":
        return [top.code] * len(series)
    codes = [subsection_code(folded[h.title_start : h.title_end]) for h in series]
    taken = set(codes)
    missing = [code for code in _USUAL if code not in taken]
    for at, (heading, code) in enumerate(zip(series, codes, strict=True)):
        if not code:
            end = series[at + 1].start if at + 1 < len(series) else limit
            place = {0: "overview.proactive", len(series) - 1: "overview.supervision"}.get(at, "")
            likely = missing[0] if len(missing) == 1 else place
            codes[at] = body_code(folded[heading.end : min(heading.end + _BODY, end)], taken, likely)
    return codes


def _is_known(folded: str, heading: Heading, top: Chosen) -> bool:
    """Whether the title is one that needs no number to be known in its section."""
    title = "".join(folded[heading.title_start : heading.title_end].split())
    words = vocabulary()
    if top.code == "overview":
        return words.bare_overview.fullmatch(title) is not None
    return top.code == "problems" and words.bare_problems.fullmatch(title) is not None


def _marked(document: Document, inside: list[Heading], start: int, limit: int) -> list[Heading]:
    """Short lines marked as headings in the source that no number announces."""
    lines = [line for line in document.headings if start <= line.start < limit]
    if document.folded.find("#", start, limit) >= 0 or document.folded.find("**", start, limit) >= 0:
        for span in text_spans(document.tables, start, limit):
            lines += [Interval(*match.span(1)) for match in _MARKDOWN.finditer(document.folded, *span)]
    if not lines:
        return []
    taken = {h.start for h in inside} | {h.title_start for h in inside}
    found = {}
    for line in lines:
        text = document.folded[line.start : line.end]
        short = 2 <= len(text) <= 30 and text[-1] not in "。；，" and not re.search("[0-9]", text[:4])
        if short and taken.isdisjoint(range(line.start, line.start + 4)):
            found[line.start] = marked_heading(line.start, line.end)
    return list(found.values())


def _titled_series(folded: str, series: list[Heading], top: Chosen, limit: int) -> list[Heading]:
    """The titled ones of a series （一）（二）…, none where most are sentences of a list."""
    if not series:
        return []
    following = [*(h.start for h in series), limit][1:]
    titled = [h for h, end in zip(series, following, strict=True) if _is_titled(folded, h, end, top)]
    names = {_COUNT.sub("", folded[h.title_start : h.title_end]) for h in titled}
    if len(titled) * 10 < len(series) * 6 or len(names) == 1 < len(titled):  # （一）问题一 （二）问题二
        return []
    return titled


def _is_titled(folded: str, heading: Heading, end: int, top: Chosen) -> bool:
    """Whether a short title stands before a body, not a sentence of a list."""
    title = "".join(folded[heading.title_start : heading.title_end].split())
    if not title or title[-1] in "，；、":
        return False
    if heading.strict or _is_known(folded, heading, top):
        return True
    is_overview = top.code == "overview"
    longest = 40 if is_overview else 18 if "，" in title else 26
    if _SENTENCE.search(title) or len(title) > longest:
        return False
    body = folded[heading.end : end].strip(" \n\t*#。")
    if heading.own_line:
        return bool(body) or (is_overview and heading.at_line)
    return len(body) >= 8 and folded[heading.title_end : heading.title_end + 1] not in "；，"


def _levels_of_parens(second: list[Heading]) -> dict[int, int]:
    """Level 3 for （一） that counts anew under several titles without a number."""
    parens = [h for h in second if h.style == "paren"]
    if len(parens) == len(second) or sum(h.value == 1 for h in parens) < 2:
        return {}
    return {h.start: 3 for h in parens if h.start > second[0].start}


def _replacement_series(folded: str, inside: list[Heading], top: Chosen, limit: int) -> list[Heading]:
    """Titles numbered 1., 第一，, （1） or 一是 that stand directly under level 1 in place of （一）."""
    for style in ("num", "ord", "cn", "pnum", "is"):
        titled = _titled_series(folded, [h for h in inside if h.style == style], top, limit)
        if len(titled) >= 2 and (style not in ("pnum", "is") or _are_subsections(folded, titled, top)):
            return titled
    return []


def _are_subsections(folded: str, series: list[Heading], top: Chosen) -> bool:
    """Whether 一是 or （1） items stand for the statutory subsections: most others are list items."""
    codes = {subsection_code(folded[h.title_start : h.title_end]) for h in series}
    return top.code == "overview" and {"overview.proactive", "overview.on_request"} <= codes


def _with_third_level(folded: str, inside: list[Heading], chosen: list[Chosen], limit: int) -> list[Chosen]:
    """Add titles numbered 1. below the chosen ones."""
    if not chosen or chosen[0].heading.style == "num":
        return chosen
    result: list[Chosen] = []
    ends = [*(item.heading.start for item in chosen), limit][1:]
    numbered = [h for h in inside if h.style == "num"]
    for parent, end in zip(chosen, ends, strict=True):
        result.append(parent)
        lines = [h for h in numbered if parent.heading.end <= h.start < end]
        below = _titled_series(folded, lines, parent, end)
        result += [Chosen(h, parent.level + 1, parent.code) for h in below]
    return result
