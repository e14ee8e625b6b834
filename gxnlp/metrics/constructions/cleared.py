"""What became of normative documents gone over: 新增1件, 清单列有38件, 《…清理结果》，保留26件."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Reading
from gxnlp.metrics.running.state import State

_LISTED = deferred(
    r"(?:现行)?有效的?(?:行政)?规范性文件(?:目录|清单|库|汇编)(?:共|已)?(?:收录|列有|列入|收入|列示|登载|汇集)?(?:了|有)?$"
)
_ADDED = deferred(
    r"[，；](?:其中[，：]?)?(?:<全年>|20[0-9]{2}年)?(?:新增加?|新制[定发]|新出台|新印发)(?:了|的有?)?$"
)
_RESULT = deferred(
    r"《[^》]{0,24}规范性文件[^》]{0,6}清理[^》]{0,8}》[，：](?:其中|决定|经清理)?[，：]?(?:<共>)?(?:(保留|继续有效|现行有效)|(?:宣布)?(?:废止|失效))(?:文件)?(?:的?有)?$"
)
_DOCUMENT = frozenset({"document"})


def read_cleared(candidate: Candidate, state: State) -> Reading | None:
    """What a number of normative documents is by the list or the review that it stands in.

    Args:
        candidate: The count in its context.
        state: What held before the count.
    """
    between, last = candidate.between, state.last
    told = "规范性文件" in between
    added = "新" in between and last is not None and last.metric == "normative_docs_valid"
    if not (told or added) or "document" not in state.rules.counter_groups(candidate.quantity.unit):
        return None
    metric = "normative_docs_valid" if told and _LISTED.search(between) else ""
    if told and (result := _RESULT.search(between)) is not None:
        metric = "normative_docs_valid" if result[1] else "normative_docs_repealed"
    if added and _ADDED.fullmatch(between):
        metric = "normative_docs"
    return Reading(metric, "item", None, "cleared", 0.9, counters=_DOCUMENT) if metric else None
