"""Cases by how those who brought them took the answer: 满意20件、基本满意1件."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading, is_percent
from gxnlp.metrics.lists.continuing import some_of
from gxnlp.metrics.lists.coordination import Batch

_PROPOSALS = frozenset({"proposals", "proposals_npc", "proposals_cppcc"})
_PLEASED = deferred(
    r"[，、；：（。]?(?:其中|代表|委员|代表委员|评价|表示|反馈|对|办理结果|答复)*(?:为|“)?(?:非常|很|比较|较|基本|不)?满意”?(?:的|为|有|共)*"
)


def pleased_with(candidate: Candidate, batch: Batch) -> Reading | None:
    """建议9件、提案12件，答复100%、满意20件、基本满意1件: the proposals that were found well answered."""
    if not batch or "满意" not in candidate.between or not _PLEASED.fullmatch(candidate.between):
        return None
    cases = [d for _, d in batch if d.metric in _PROPOSALS and d.aspect == "level" and d.measure == "total"]
    counts = not is_percent(candidate.quantity.kind) and candidate.quantity.unit == batch[0][0].quantity.unit
    if not (cases and counts):
        return None
    some = some_of(cases[-1], "pleased")
    some.metric = some.metric if len({d.metric for d in cases}) == 1 else "proposals"
    return some
