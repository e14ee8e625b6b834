"""What the short lead of a paragraph names, which the sentences behind it leave out.

1.政府网站公开。全年发布信息148条; 政策解读。全年发布50篇; 依申请公开工作方面，收到35件.
"""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.channels import channel_of, channel_terms
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.running.over_lines import LEAD_MARK, LONGEST_LEAD

_ASPECT = deferred(
    r"\s*(?:（[一二三四五六七八九十0-9]{1,2}）|[0-9]{1,2}[.、．]|[①-⑩]|[一二三四五六七八九十]{1,2}[是、]|第[一二三四五六七八九十]，)?"
    r"(?:在|关于)?(?=[^，。；：—0-9]{2,14}+[，：—])([^，。；：—0-9]{2,12})(?:方面[，：]|(：|——))"
)
"""政府网站方面，强化管理。…: an aspect that opens a sentence leads those behind it.

What stands before a colon (政策解读：全年发布50篇) says what its own sentence is about, no channel."""
_NO_LEAD = deferred(
    r"建设|管理|保障|维护|加强|整合|规范|优化|提升|完善|强化|集约|推进|安全|监管|升级|改版|更新|开设"
)
_PAPERS = deferred(
    r"(?:<通过>)?(?:新闻|主流|传统|报刊|报纸|广播|电视|电台|[、和及与等])*(?:媒体|报刊|报纸|杂志|电视|电视台|广播电视|广播)"
    r"(?:公开|发布|宣传|报道|方式|渠道)*[。：]?\s*"
)
"""3.新闻媒体。刊登文章42篇: where what follows was printed or broadcast."""
TOPICS = {
    "n.gazette": "topic.gazette",
    "n.meeting": "topic.meeting",
    "n.normative": "topic.normative",
    "n.made": "topic.made",
    "n.box": "topic.box",
    "n.staff_congress": "topic.staff_congress",
}
"""Nouns that a later clause of the sentence leaves out (公报由季刊改为双月刊，全年编发6期); each is
flagged as a TOPIC in `gxnlp.lexicon`."""
LEADS_TO = {
    "n.interpretation": "lead.interpretation",
    "n.training": "lead.training",
    "n.press": "lead.press",
    "n.hotline": "lead.hotline",
    "ch.hotline": "lead.hotline",
    "n.normative": "lead.normative",
}
"""What a short lead names that its paragraph counts by the verb alone (政策解读。全年发布50篇)."""
_LEAD_WORDS = {
    **dict.fromkeys(("依申请公开", "公开申请", "申请办理"), "lead.application"),
    "解读": "lead.interpretation",
}
"""Words of compounds that the lexicon hides, since they count nothing elsewhere (政策解读工作)."""


def lead_of(sentence: Sentence, folded: str, *, led: bool) -> tuple[tuple[str, ...], str | None] | None:
    """Topics and channel that a sentence sets for those behind it, `None` where it is no lead.

    The channel is `None` where what ran on before is left as it is.

    Args:
        sentence: A sentence of the narrative.
        folded: The folded text of the report.
        led: Whether a lead holds already: what follows in two clauses and without a mark takes not its place
            (规范依申请公开办理。充分考虑诉求，依法答复。收到90件申请).
    """
    aspect = _ASPECT.match(folded, sentence.start, sentence.end)
    if sentence.quantities and not aspect:
        return None
    terms = sentence.between(sentence.start, aspect.end()) if aspect else sentence.terms
    text = aspect[1] if aspect else folded[sentence.start : sentence.end].strip()
    if mark := LEAD_MARK.match(text):
        text = text[mark.end() :]
    goes_on = led and not (mark or aspect) and "，" in text
    if goes_on or len(text) > LONGEST_LEAD:
        return None
    classes = [name for t in terms for name in t.classes]
    topics = tuple(TOPICS[name] for name in classes if name in TOPICS)
    told = {LEADS_TO[name] for name in classes if name in LEADS_TO}
    told |= {name for word, name in _LEAD_WORDS.items() if word in text}
    topics += tuple(told) if len(told) == 1 else ()
    if aspect and aspect[2]:
        return topics, None
    codes = {channel_of(t) for t in channel_terms(terms)} - {"online"}
    if not codes and _PAPERS.fullmatch(text):
        return topics, "media"
    return topics, codes.pop() if len(codes) == 1 and not _NO_LEAD.search(text) else ""
