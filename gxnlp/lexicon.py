"""A lexicon matched in one pass: all words by one automaton.

Measured (4,700 words, published reports): the automaton takes .10 ms a report, an alternation that was
compiled from the words as a trie .53 ms, a named group for each class a hundred times as long.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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
    **dict.fromkeys(("n.gazette", "n.meeting", "n.normative", "n.made", "n.box"), NOUN | TOPIC),
    "n.staff_congress": NOUN | TOPIC,
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
        for word in [word for word in found if word.endswith("类信息")]:  # 文件类政务信息 as 文件类信息
            for said in ("政府信息", "政务信息", "的信息"):
                found.setdefault(word.removesuffix("信息") + said, found[word])
        self.classes = {word: frozenset(names) for word, names in found.items()}
        entries = [(names, kinds_of(names)) for names in self.classes.values()]
        papers = {place for place, word in enumerate(self.classes) if word.endswith("报")}
        self._papers = {place: entries[place] for place in papers if _HIDDEN not in entries[place][0]}
        # Of a word that counts nothing, or that may be no paper, `None`: nearly all others need no question.
        self._entries = [
            None if _HIDDEN in entry[0] or place in papers else entry for place, entry in enumerate(entries)
        ]
        self._find = finder(self.classes)

    def scan(self, folded: str, start: int, end: int) -> list[Term]:
        """Terms in `folded[start:end]`, left to right, without overlap."""
        entries, terms, papers = self._entries, list[Term](), self._papers
        append, make = terms.append, tuple.__new__  # past the constructor of Term, which takes as long again
        for word, first, last in self._find(folded[start:end]):
            entry = entries[word]
            if entry is None:
                entry = papers.get(word)
                if entry is None or folded.startswith(_GOES_ON, last + start):
                    continue  # 审计报告, 统计报表: no paper
            classes, kinds = entry
            append(make(Term, (first + start, last + start, classes, kinds)))
        if folded.find(_OPENS_TITLE, start, end) >= 0:
            self._put_titles(terms, folded, start, end)
        return terms

    def _put_titles(self, terms: list[Term], folded: str, start: int, end: int) -> None:
        """A title in 《》 is a name: nothing inside it counts anything."""
        for match in _IN_TITLE.finditer(folded, start, end):
            first, last = (bisect_left(terms, (offset,)) for offset in match.span())
            if first < last and terms[first].start == match.start() and terms[first].end > match.end():
                continue  # 《条例》学习: a word that opens with a title
            terms[first:last] = [Term(*match.span(), *self._title(match[0]))]

    def _title(self, title: str) -> tuple[frozenset[str], int]:
        """A title counts as what its last word says: 《…公报》 is a gazette, 《…手册》 a leaflet."""
        name = title[1:-1]
        for size in range(min(8, len(name)), 1, -1):
            classes = self.classes.get(name[-size:]) or self.classes.get(title[-size - 1 :])  # 政报》
            if classes is not None:
                if "n.bulletin" in classes and "公报" in name:  # 《…公报政策解读专刊》
                    classes = frozenset({"n.gazette"})
                letter = "n.reply_letter" in classes  # 《不予公开告知书》 tells the outcome too
                names = _TITLE | (classes if letter else classes & _NAMING)
                return names, kinds_of(names)
        if name.endswith("报") and not name.endswith(_NO_PAPERS):
            return _PAPER, kinds_of(_PAPER)  # 《青禾报》 as 《青禾日报》
        return _TITLE, TITLE


def finder(words: Collection[str]) -> Callable[[str], list[tuple[int, int, int]]]:
    """A search for words, the longest at each place, left to right and without overlap.

    Aho and Corasick's automaton (1975) looks at each character once, however many words there are.

    Args:
        words: Plain words, none empty.

    Returns:
        A function of a text that gives the place of each word found among `words`, and its span.
    """
    longest, fast = MatchKind.LeftmostLongest, Implementation.ContiguousNFA
    automaton = AhoCorasick(words, matchkind=longest, implementation=fast, store_patterns=False)
    return automaton.find_matches_as_indexes


_NAMING = frozenset(
    {
        "n.bulletin",
        "n.gazette",
        "n.leaflet",
        "n.circular",
        "n.interview",
        "n.application",
        "n.apply",
        "ch.media",
    }
)
_HIDDEN = "_.hidden"
_GOES_ON = tuple("告表备名国送批关销警修废价请")
_TITLE = frozenset({"title"})
_PAPER = _TITLE | {"ch.media"}
_NO_PAPERS = tuple(f"{kind}报" for kind in "简公月周季年旬汇通海情战专快墙板预申举上电捷校院村镇译")
_OPENS_TITLE = "《"
_IN_TITLE = re.compile(r"《[^》\n]{1,80}》")


@lru_cache(maxsize=1)
def metric_lexicon() -> Lexicon:
    """The lexicon of the metric rules, `data/terms.toml`."""
    raw = (files("gxnlp") / "data" / "terms.toml").read_text(encoding="utf-8")
    data = tomllib.loads(raw)
    return Lexicon(
        {f"{kind}.{name}": words.split() for kind, group in data.items() for name, words in group.items()}
    )
