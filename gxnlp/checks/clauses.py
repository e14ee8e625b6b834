"""What a figure of the narrative is said of, as far as its clause tells.

A figure may count less than the table (第一季度, 涉及征地的, 乡镇) or more (近三年) in more ways than
can be listed. So it is the other way round: words that leave the whole year's total of the
reporting body what it is are listed, and any other word makes it doubtful.
"""

from __future__ import annotations

import re

from gxnlp.deferred import deferred
from gxnlp.records import Document, Metric

_HEAD = 160
"""Characters at the beginning of a report in which its own name stands."""

_END = deferred(r"[，；：。（）！？\n]|(?<=[0-9件宗条份次起例项个%])、")
_FIGURE = deferred(r"[0-9][0-9.,]*[余多]? ?[件宗条份次起例项个%]?")
_COUNTED = deferred(r"[0-9][余多]? ?[件宗条份次起例项个%]")
_BODY = deferred(r"[^\W\d_]{2,}(?:[局委办厅院府县市区州省镇乡处旗盟站队社会司室]|街道|中心)")
# Other spans of time than the year, and topics, in the clauses before.
_OTHER_SPAN = deferred(
    r"以来|历[年次]|近[一二两三四五六七八九十几0-9]+年|[一二三四1-4]季度|[上下前后]半年|五年"
    r"|[0-9]{1,2} ?月(?:份|[，、至到—-])|每[年月]|每季"
)
_OTHER_TOPIC = deferred(r"(?:领域|案件中|申请中|之中|上述|前述|以上|同一|街道|乡镇|部门中)")
_TITLE_END = deferred("政府信息|信息公开|政务公开")
_ASIDE = deferred(r" ?（([^（）0-9]{1,40})）")
_QUALIFIED = deferred(r"[，；]?(?:系|均系|均属|属于?|另有|另外|以及|涉及)")


def other_words(document: Document, metric: Metric, neutral: re.Pattern[str], must: str) -> str:
    """Words with which a figure may count something else than the whole year's total.

    Args:
        document: The report.
        metric: The figure.
        neutral: Words that leave the total a total.
        must: A pattern for words that must stand with it, empty where there are none.

    Returns:
        The words that stand in doubt's place; empty where the figure is the total for certain.
    """
    text, sentence = document.folded, metric.sentence
    before = text[sentence.start : metric.start]
    for pattern in (_OTHER_SPAN, _OTHER_TOPIC):
        if found := pattern.search(before):
            return found.group()
    starts = [match.end() for pattern in (_END, _COUNTED) for match in pattern.finditer(before)]
    clause = before[max(starts, default=0) :]
    end = _END.search(text, metric.end, sentence.end)
    behind = text[metric.end : end.start() if end else sentence.end]
    said = f"{clause} {metric.text} {behind}"
    rest = [word for part in (clause, metric.text, behind) for word in _rest(part, neutral)]
    aside = _ASIDE.match(text, metric.end, sentence.end)
    rest += _rest(aside[1], neutral) if aside else []
    if end and (qualified := _QUALIFIED.match(text, end.start())):
        rest.append(qualified.group())
    if must and not re.search(must, said):
        rest.append("no verb of its own")
    name = _TITLE_END.split(text[:_HEAD], maxsplit=1)[0]
    return " ".join(word for word in rest if not (_BODY.fullmatch(word) and word in name))


def _rest(part: str, neutral: re.Pattern[str]) -> list[str]:
    return re.findall(r"[^\W\d_]+", _FIGURE.sub(" ", neutral.sub(" ", part)))
