"""Which words name a channel of publishing, and which of them stand in one coordination."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gxnlp.lexicon import CHANNEL, Term

_JOINER = re.compile(r"[^，。；：0-9]{0,5}[、和与及或/][^，。；：0-9]{0,6}")
RECEIPT = frozenset({"online", "letter", "in_person", "email", "website", "offline", "wechat", "app"})
_MEDIA_ONLY = frozenset({"media", "hotline", "letter", "in_person", "email"})
SITES = frozenset({"ch.website", "ch.wechat", "ch.weibo", "ch.douyin", "ch.app", "ch.new_media"})


def channel_terms(terms: Iterable[Term]) -> list[Term]:
    """Terms that name a channel of publishing, in order."""
    return [t for t in terms if t.kinds & CHANNEL and _publishes(t.classes)]


@lru_cache(maxsize=1024)
def _publishes(classes: frozenset[str]) -> bool:
    return any(n.startswith("ch.") and n[3:] not in _MEDIA_ONLY for n in classes)


def channel_of(term: Term, allowed: frozenset[str] | None = None) -> str:
    """Channel code of a term, empty where it names none of the allowed."""
    if not term.kinds & CHANNEL:
        return ""
    codes = sorted(n[3:] for n in term.classes if n.startswith("ch."))
    return next((c for c in codes if allowed is None or c in allowed), "")


def last_run(terms: list[Term], folded: str) -> list[Term]:
    """The last terms that are joined by 、 和 及: one coordination."""
    run = terms[-1:]
    for term in reversed(terms[:-1]):
        if not _JOINER.fullmatch(folded, term.end, run[0].start):
            break
        run.insert(0, term)
    return run
