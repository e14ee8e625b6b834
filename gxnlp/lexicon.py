"""A lexicon matched in one pass: all words as one trie-compiled alternation.

Measured (2,300 words, running text of reports): a trie-compiled alternation runs at several
million characters a second, a named group for each class a hundred times slower.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

NOUN, OUTCOME, VERB, CHANNEL, TITLE, APPLICANT, SUBJECT, SITE, PUBLISHES, NEGATION, TOPIC = (
    1 << place for place in range(11)
)
"""What a word is, as flags of `Term.kinds`: tested at every turn, so computed once a word.
A SITE is a channel of its own; one that PUBLISHES is none that only receives or reports; a TOPIC is a
noun that later clauses leave out."""
COUNTED = NOUN | OUTCOME
_KINDS = {"n": NOUN, "o": OUTCOME, "v": VERB, "ch": CHANNEL | PUBLISHES}
_KINDS_OF_ONE = {
    "title": TITLE, "w.applicant": APPLICANT, "w.neg": NEGATION,
    **dict.fromkeys(("n.gazette", "n.meeting", "n.made"), NOUN | TOPIC),
    **dict.fromkeys(("w.system", "w.our_area", "w.one_of", "w.own"), SUBJECT),
    **dict.fromkeys(
        ("ch.website", "ch.wechat", "ch.weibo", "ch.douyin", "ch.app", "ch.new_media"),
        CHANNEL | PUBLISHES | SUBJECT | SITE,
    ),
    **dict.fromkeys(("ch.media", "ch.hotline", "ch.letter", "ch.in_person", "ch.email"), CHANNEL),
}  # fmt: skip


@lru_cache(maxsize=1024)
def kinds_of(classes: frozenset[str]) -> int:
    """The flags of a word with these classes: those of its kinds, and of some single classes."""
    kinds = 0
    for name in classes:
        kinds |= _KINDS_OF_ONE[name] if name in _KINDS_OF_ONE else _KINDS.get(name.partition(".")[0], 0)
    return kinds


class Term(NamedTuple):
    """A word of the lexicon in a text, with all its classes; make it with `term`."""

    start: int
    end: int
    classes: frozenset[str]
    kinds: int


def term(start: int, end: int, classes: frozenset[str]) -> Term:
    """A word with the flags of its classes."""
    return Term(start, end, classes, kinds_of(classes))


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression that matches the longest of the words at a place.

    Args:
        words: Plain words, none empty.

    Returns:
        A pattern without capturing groups.
    """
    trie: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, object] = trie  # type: ignore[assignment]
        for char in word:
            node = node.setdefault(char, {})  # type: ignore[assignment]
        node[""] = {}
    return _alternation(trie)


def _alternation(node: Mapping[str, object]) -> str:
    branches: dict[str, list[str]] = {}
    for char, rest in node.items():
        if char:
            branches.setdefault(_alternation(rest), []).append(char)  # type: ignore[arg-type]
    parts = []
    for rest, chars in branches.items():
        first = re.escape(chars[0]) if len(chars) == 1 else f"[{''.join(map(re.escape, chars))}]"
        parts.append(first + rest)
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 else _buckets(parts, ["".join(chars) for chars in branches.values()])
    if "" not in node:
        return body
    return f"(?:{body})?" if len(parts) == 1 else body + "?"


def _buckets(parts: Sequence[str], firsts: Sequence[str]) -> str:
    """An alternation that does not try its branches one by one.

    The engine tests branches in turn, so a root of 700 branches costs 350 tests a character; a
    look-ahead on the first character in front of every bucket, and of every bucket of buckets,
    makes it a few dozen.
    """
    if len(parts) <= _BUCKET:
        return "(?:" + "|".join(parts) + ")"
    size = _BUCKET
    while size * _BUCKETS < len(parts):
        size *= _BUCKETS
    groups = []
    for i in range(0, len(parts), size):
        chars = "".join(map(re.escape, "".join(firsts[i : i + size])))
        groups.append(f"(?=[{chars}])" + _buckets(parts[i : i + size], firsts[i : i + size]))
    return "(?:" + "|".join(groups) + ")"


class Lexicon:
    """Words with their classes (`kind.name`), matched longest first in one pass."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        """Compile the words.

        Args:
            classes: Words by class; a word may stand in several.
        """
        found: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                found.setdefault(word, set()).add(name)
        self.classes = {word: frozenset(names) for word, names in found.items()}
        self._entries = {
            word: (names, kinds_of(names)) if _HIDDEN not in names else None
            for word, names in self.classes.items()
        }
        # A title in 《》 is a name: nothing inside it counts anything.
        title, words = "《[^》\\n]{1,80}》", trie_pattern(self.classes)
        self._find = re.compile(f"{guard([_OPENS_TITLE, *self.classes])}(?:{title}|{words})").finditer

    def scan(self, folded: str, start: int, end: int) -> list[Term]:
        """Terms in `folded[start:end]`, left to right, without overlap."""
        entries, terms = self._entries, list[Term]()
        append, make = terms.append, tuple.__new__  # past the constructor of Term, which takes as long again
        for match in self._find(folded, start, end):
            word = match[0]
            entry = entries[word] if word in entries else self._title(word)
            if entry is not None:
                append(make(Term, (*match.span(), *entry)))
        return terms

    def _title(self, title: str) -> tuple[frozenset[str], int]:
        """A title counts as what its last word says: 《…公报》 is a gazette, 《…手册》 a leaflet."""
        name = title[1:-1]
        for size in range(min(8, len(name)), 1, -1):
            classes = self.classes.get(name[-size:])
            if classes is not None:
                names = _TITLE | (classes & _NAMING)
                return names, kinds_of(names)
        return _TITLE, TITLE


def guard(words: Collection[str]) -> str:
    """A look-ahead that most places fail: two characters that may begin a word, or a word of one.

    It makes the search twice as fast, as the alternation behind it is seldom entered.
    """
    firsts = _any_of(word[0] for word in words)
    seconds = _any_of(word[1] for word in words if len(word) > 1)
    alone = _any_of(word for word in words if len(word) == 1)
    return f"(?=[{firsts}][{seconds}]{f'|[{alone}]' if alone else ''})"


def _any_of(chars: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(set(chars))))


_NAMING = frozenset({"n.gazette", "n.leaflet", "n.interview", "n.application", "n.apply", "ch.media"})
_BUCKET, _BUCKETS = 24, 6
_HIDDEN = "_.hidden"
_TITLE = frozenset({"title"})
_OPENS_TITLE = "《"


@lru_cache(maxsize=1)
def metric_lexicon() -> Lexicon:
    """The lexicon of the metric rules, `data/terms.toml`."""
    raw = (files("gxnlp") / "data" / "terms.toml").read_text(encoding="utf-8")
    data = tomllib.loads(raw)
    return Lexicon(
        {f"{kind}.{name}": words.split() for kind, group in data.items() for name, words in group.items()}
    )
