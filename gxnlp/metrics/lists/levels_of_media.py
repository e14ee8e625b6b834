"""Pieces in papers of one level: some of those just told, or one more level beside."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.metrics.context.candidates import Candidate
from gxnlp.metrics.context.readings import Draft

_ONE_LEVEL = deferred(
    r"(?:^|[，、；（在于被由从])(?:国家|中央|央|自治区|省部?|市|州|盟|地|县|区|旗)级(?:主流|新闻|官方)?(?:媒体|报刊)?(?:平台)?(?:<共>|<发布>|采用|报道)*$"
)
_LEVEL_OF_MEDIA = deferred(
    r"[，、；（]?(?:其中)?[，：]?(?:<发布>于|被|在)?(?:国家|中央|央|自治区|省部?|市|州|盟|地|县|区|旗)[、和及以上]{0,3}(?:省|市|县)?级?(?:以上|及以上)?"
    r"(?:的|媒体的?|主流媒体的?|报刊的)(?:稿件)?(?:就?占了?|也?有|为|是|达|<共>)*"
)
"""媒体采用稿件90篇，省级的占了60篇，国家级的也有9篇: some of them, by the level of the papers."""


def is_level_of_media(candidate: Candidate, before: Candidate, last: Draft) -> bool:
    """Whether a number counts some of the pieces before it, by the level of the papers that took them."""
    value, whole = candidate.quantity.value, last.value
    if last.metric != "media_reports" or value is None or whole is None:
        return False
    beside = _ONE_LEVEL.search(before.between) is not None  # 省级媒体90篇，市级媒体60篇: no whole is told
    if last.measure != "part" and (value > whole or beside):
        return False
    return last.aspect == "level" and _LEVEL_OF_MEDIA.fullmatch(candidate.between) is not None
