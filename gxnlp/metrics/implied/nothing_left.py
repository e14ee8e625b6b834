"""Applications of which none was left for the next year, in other words than the form's.

未留尾巴转入下年, 没有拖到下一年的, 无一件跨年, 年末没有未办结的.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gxnlp.deferred import deferred
from gxnlp.metrics.context.readings import Draft
from gxnlp.metrics.context.sentences import Sentence
from gxnlp.metrics.implied import zero_draft
from gxnlp.metrics.running.state import State

_METRIC = "applications_carried_out"
_SECTIONS = ("overview.on_request", "applications")
_NOT = r"(?:没有|没|未|无|不)(?:有|曾)?(?:任何|一[件宗份例]|1[件宗份例])?(?:申请|件)?(?:被)?"
_NEXT = r"(?:下一?年度?|下一?学年度?|次年|明年|来年|翌年|(?<!当)年)"
_BEHIND = r"(?:继续|接着|再)?(?:办理?|处理|答复)?的?(?:申请|情况|情形|事项|件)?"
_LEFT = deferred("尾巴|拖|跨|[转留推延][到至入给]|未办|没办|没有办|在办|待办|未结|未答复")
"""Words without which no sentence is asked."""
_LEFT_OVER = deferred(
    rf"{_NOT}(?:留下?|拖|拉下)了?(?:任何)?(?:一[条点])?尾巴(?:[转拖留带][入到至给]{_NEXT})?"
    rf"|{_NOT}(?:拖|推|留|转|延|结转|顺延|遗留|推迟|延续|拖延)[到至入给]了?{_NEXT}{_BEHIND}"
)
_UNDONE = deferred(
    r"(?:年[末底终]|12月31日|岁末)(?:时|前)?，?(?:已|均|也|亦|全[部都])?"
    r"((?:没有|并无|无)(?:一件)?(?:尚未|还没有?|未|没有?)(?:办[结完理]|答复|了结)完?(?:的|件)?(?:申请|事项|件)?)"
)


def find_nothing_left(sentence: Sentence, folded: str, state: State, read: Sequence[Draft]) -> list[Draft]:
    """Zeros of applications carried out, said in plain words that no other rule has read.

    Args:
        sentence: Any sentence.
        folded: The folded text of the report.
        state: What held before the sentence's end.
        read: What was read in it already: a sentence says only once that none is left.
    """
    if not _LEFT.search(folded, sentence.start, sentence.end):
        return []
    told = state.frame is not None and state.frame.metric.startswith("applications_")
    if not (told or sentence.section.code in _SECTIONS) or any(d.metric == _METRIC for d in read):
        return []
    spans = [m.span() for m in _LEFT_OVER.finditer(folded, sentence.start, sentence.end)]
    spans += [m.span(1) for m in _UNDONE.finditer(folded, sentence.start, sentence.end)]
    zeros = (zero_draft(_METRIC, start, end, sentence, state) for start, end in spans[:1])
    return [replace(zero, trust=0.93, rule="nothing left") for zero in zeros]
