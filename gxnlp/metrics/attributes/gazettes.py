"""What stands in a gazette: the pieces that are counted behind its issues."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft, is_of_gazette
from gxnlp.metrics.running.state import State

_PRINTED = deferred(r"(?:刊登|刊载|登载|收录|刊发)[^，；：]{0,14}$")
_CLAUSE = deferred(r"，[^，；：]+")
_IN_ALL = deferred(r"\s*<全年>?共<发布>[^，。；：]{0,14}")
"""编发公报6期，赠阅3万份。共公布文件40件: what a sentence behind a gazette sums up stands in it."""
_AS_BEFORE = deferred(r"[，；](?:公开|主动|及时|集中)*(?:发布|公开)")
_ISSUED = deferred(r"发布[^，。；]{0,20}公报》?$")
"""发布《县政府公报》5期，发布通稿9篇: what is told by the same verb stands beside the gazette."""


def stands_in_gazette(draft: Draft, candidate: Candidate, state: State) -> bool:
    """编印政府公报6期，刊载文件40件: what the clause behind a gazette counts stands in it."""
    last = state.last
    pieces = draft.metric in ("policy_docs", "info_published", "normative_docs")
    if last is None or not pieces or not is_of_gazette(last):
        return False
    if last.paragraph == draft.paragraph and candidate.bound == candidate.sentence.start:
        return bool(_IN_ALL.fullmatch(candidate.between) or _PRINTED.search(candidate.between))
    if _PRINTED.search(candidate.between):
        return True
    start = max(0, last.start - 24)
    if _AS_BEFORE.match(candidate.between) and _ISSUED.search(state.folded, start, last.start):
        return False
    return bool(_CLAUSE.fullmatch(candidate.between)) and "v.publish" in candidate.near
