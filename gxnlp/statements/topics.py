"""The topics of a statement, by weighted words: `data/topics.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from gxnlp.deferred import deferred
from gxnlp.errors import OntologyError
from gxnlp.lexicon import finder
from gxnlp.ontology import default_ontology
from gxnlp.statements.wording import first_of

_WEIGHTS = {"strong": 3.0, "medium": 2.0, "weak": 1.0}
_MOST = 2
_TITLE_END = deferred("[。：\n]")
_LONG_TITLE = 30


class TopicCues(NamedTuple):
    """The words of `data/topics.toml`, compiled.

    Attributes:
        find: Finds the words, by their places in `weights`.
        weights: For each word its topics with their weights.
        forms: Turns that tell a topic, a named group each (`timeliness_0`): as strong as a strong word.
        owners: For some topics what follows a word that only says whose attribute it is (内容|不够及时).
        order: Topics in the order of the ontology.
        settings: How the scores are cut.
    """

    find: Callable[[str], list[tuple[int, int, int]]]
    weights: Sequence[Mapping[str, float]]
    forms: re.Pattern[str]
    owners: Mapping[str, re.Pattern[str]]
    order: Mapping[str, int]
    settings: Mapping[str, float]


@lru_cache(maxsize=1)
def topic_rows() -> Mapping[str, Any]:
    """`data/topics.toml` as written."""
    return tomllib.loads((files("gxnlp") / "data" / "topics.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def topic_cues() -> TopicCues:
    """The topic words that ship with the package.

    Raises:
        OntologyError: A topic is not one of the ontology.
    """
    data, known = topic_rows(), default_ontology().topics
    found: dict[str, dict[str, float]] = {word: {} for word in data["hidden"]}
    for row in data["topic"]:
        if row["code"] not in known:
            raise OntologyError(f"topics.toml: {row['code']!r} is no topic of the ontology")
        for grade, weight in _WEIGHTS.items():
            for word in row.get(grade, ()):
                scores = found.setdefault(word, {})
                scores[row["code"]] = max(weight, scores.get(row["code"], 0.0))
    forms = [(row["code"], form) for row in data["topic"] for form in row.get("forms", ())]
    turns = "|".join(f"(?P<{code}_{i}>{form})" for i, (code, form) in enumerate(forms))
    return TopicCues(
        finder(found),
        list(found.values()),
        deferred(f"(?=[{''.join(first_of(form) for _, form in forms)}])(?:{turns})"),
        {row["code"]: deferred("|".join(row["owner_of"])) for row in data["topic"] if row.get("owner_of")},
        {code: i for i, code in enumerate(known)},
        data["settings"],
    )


def title_length(text: str) -> int:
    """Length of the title of a titled text (深化公开内容。具体…), 0 where it has none."""
    end = _TITLE_END.search(text, 0, _LONG_TITLE)
    return end.start() if end and end.end() < len(text) else 0


def score_topics(text: str) -> dict[str, float]:
    """Score of each topic that a folded text has a word for.

    Each further word of a topic counts less than the one above it: length is no topic.
    """
    cues, title = topic_cues(), title_length(text)
    double, weights_of, owners = cues.settings["title"], cues.weights, cues.owners
    signs: dict[str, list[float]] = {}
    for word, start, end in cues.find(text):
        factor = double if start < title else 1.0
        for topic, weight in weights_of[word].items():
            if topic in owners and owners[topic].match(text, end):
                continue
            signs.setdefault(topic, []).append(weight * factor)
    for match in cues.forms.finditer(text):
        signs.setdefault(str(match.lastgroup).rpartition("_")[0], []).append(_WEIGHTS["strong"])
    decay = cues.settings["decay"]
    scores: dict[str, float] = {}
    for topic, weights in signs.items():
        weights.sort()
        total = 0.0
        for weight in weights:
            total = total * decay + weight
        scores[topic] = total
    return scores


def pick_topics(scores: Mapping[str, float]) -> tuple[str, ...]:
    """The one or two topics that stand out, in the order of their scores; `other` where none does.

    Args:
        scores: What `score_topics` found.
    """
    cues = topic_cues()
    ranked = sorted(scores, key=lambda code: (-scores[code], cues.order[code]))
    if not ranked:
        return ("other",)
    floor = max(cues.settings["score"], cues.settings["share"] * scores[ranked[0]])
    return (ranked[0], *(code for code in ranked[1:_MOST] if scores[code] >= floor))
