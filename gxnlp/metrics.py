"""Metrics of the narrative: one row a mention, with all attributes.

The order of things, once: sentences with terms and quantities (`candidates`), what the
patterns read (`pattern_reader`), and the rows made of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxnlp.attributes import State
from gxnlp.candidates import read_sentences
from gxnlp.pattern_reader import PatternReader
from gxnlp.patterns import load_rules
from gxnlp.readings import Draft
from gxnlp.records import Document, Metric, ReportInfo, Section


def find_metrics(document: Document, sections: Sequence[Section], info: ReportInfo) -> tuple[Metric, ...]:
    """Find every metric mention in the narrative of a report.

    Args:
        document: The normalised report; its tables hold no mention.
        sections: The section tree; the preamble holds no mention.
        info: Year (the default period) and agency of the report.

    Returns:
        Mentions in the order of their places; `text` of each is `document.text[start:end]`.
    """
    rules = load_rules()
    reader = PatternReader(document, rules, State(rules, info))
    for sentence in read_sentences(document, sections, info.year):
        reader.read(sentence)
    drafts = sorted(reader.mentions, key=lambda d: (d.start, d.end, d.metric))
    ids = {id(draft): f"m{place}" for place, draft in enumerate(drafts, 1)}
    return tuple(_metric(draft, ids, document) for draft in drafts)


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
        sentence=draft.sentence,
        part_of=ids.get(id(draft.part_of), ""),
        extractor="pattern",
        confidence=round(draft.trust, 3),
    )
