"""The wording of problems and remedies: compiled from `data/statements.toml`, and how a text sounds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from gxnlp.deferred import deferred
from gxnlp.errors import OntologyError
from gxnlp.records import Role

Label = Literal["problem", "remedy", "mixed", "neutral"]
"""What a heading announces: problems, remedies, both, or neither (原因分析)."""

_USES = ("search", "match")
_CLAUSE_END = deferred("[，。；：\n]")
_SHORT_CLAUSE = 4
# Who acts, before the verb of a remedy (县政府办公室编写…).
_SUBJECT = deferred(
    "(?:我|本|全)[一-鿿]{1,3}|[^，。；：]{2,10}?(?:办公室|街道|学校|医院|中心|公司|[局委办县镇乡市区])"
)
_LONG_LABEL = 36
_STILL_TO_DO = deferred("(?:需要?|有待|亟[待需])(?:进一步)?(?:努力|改进|解决|完善)")
# 解决问题的措施 announces one side.
_MENDS = deferred("(?:解决|改进|整改|克服)[^及和与、]{0,8}(?:问题|不足|困难)的?(?:措施|办法|对策|方法|情况)")
_OUTCOME = deferred("^(?!.*(?:措施|举措)).*(?:成效|效果|时限|期限|责任(?:单位|部门|科室|人))$")
_AND_WHY = deferred("(?:问题|不足|困难)[及和与、]")
# 优化政务公开工作 is what will be done, 优化措施 a heading.
_VERB_TITLE = deferred("(?:改进|整改|解决|优化|提升|落实).")
_NOUN_TITLE = deferred(
    "(?:措施|情况|举措|思路|打算|方向|办法|方法|方案|计划|建议|意见|安排|方面|清单|要求|成效|[时期]限)$"
)


@lru_cache(maxsize=1)
def groups() -> tuple[Mapping[str, Any], ...]:
    """The groups of `data/statements.toml` as written.

    Raises:
        OntologyError: A group lacks its words or its use; the message names it.
    """
    text = (files("gxnlp") / "data" / "statements.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["group"]
    for row in rows:
        if row.get("use") not in _USES or not row.get("words"):
            name = row.get("name")
            raise OntologyError(f"statements.toml: group {name!r} needs words, and a use out of {_USES}")
    return tuple(rows)


def alternation(name: str) -> str:
    """The words of a group as the source of one alternation, without brackets around it."""
    return "|".join(next(row["words"] for row in groups() if row["name"] == name))


class _Patterns(dict[str, re.Pattern[str]]):
    """Groups of words as patterns, each compiled when it is first asked for: few reports need all of them."""

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = deferred(alternation(name))
        return self[name]


@lru_cache(maxsize=1)
def wording() -> Mapping[str, re.Pattern[str]]:
    """Each group of words as one pattern, by name."""
    return _Patterns()


@lru_cache(maxsize=1)
def _deficits() -> re.Pattern[str]:
    """What denies a deficit stands first, so that it hides the word inside it."""
    denied, said, thin = (alternation(name) for name in ("not_deficit", "deficit", "thin"))
    names = ("not_deficit", "deficit", "thin")
    first = "".join(first_of(word) for row in groups() if row["name"] in names for word in row["words"])
    return deferred(f"(?=[{first}])(?:(?:{denied})|(?P<yes>{said}|{thin}))")


def first_of(word: str) -> str:
    """The characters that an alternative may begin with, as the inside of a character class.

    They spare the engine the alternation at every other character, which is three quarters of the time.

    Raises:
        OntologyError: It begins with what is neither a character, a class nor a plain group.
    """
    group = re.match(r"\(\?:([^()]*)\)(?!\?)", word)
    heads = [
        re.match(r"\[([^\]^]+)\]|([一-鿿])", head) for head in (group[1].split("|") if group else [word])
    ]
    if not all(heads):
        raise OntologyError(f"{word!r} must begin with a character, a class or a plain group")
    return "".join(head[1] or head[2] for head in heads if head)


def deficit_spans(text: str) -> list[tuple[int, int]]:
    """Where in a folded text the words stand that say something is wanting."""
    return [match.span() for match in _deficits().finditer(text) if match.lastgroup]


def deficits(text: str) -> list[int]:
    """Offsets in a folded text of the words that say something is wanting."""
    return [start for start, _ in deficit_spans(text)]


def first_deficit(text: str) -> int:
    """Offset in a folded text of the first word that says something is wanting, -1 where there is none."""
    for match in _deficits().finditer(text):
        if match.lastgroup:
            return match.start()
    return -1


def has_deficit(text: str) -> bool:
    """Whether a folded text says that something is wanting."""
    return first_deficit(text) >= 0


@lru_cache(maxsize=1)
def _heading() -> re.Pattern[str]:
    names = ("heading_problem", "heading_remedy", "heading_other", "heading_filler")
    return deferred(f"(?>(?:{'|'.join(map(alternation, names))})+)")


def heading_label(title: str) -> Label | None:
    """What a heading announces, or `None` where a text is no heading of problems or remedies.

    Args:
        title: Folded text without its number.
    """
    if not 2 <= len(title) <= _LONG_LABEL or not _heading().fullmatch(title):
        return None
    if _VERB_TITLE.match(title) and not _NOUN_TITLE.search(title):
        return None
    words = wording()
    if title.startswith("针对") or _MENDS.match(title):
        return "remedy"
    if _STILL_TO_DO.search(title):
        return "problem"
    problem, remedy = (bool(words[f"heading_{side}"].search(title)) for side in ("problem", "remedy"))
    if words["heading_other"].search(title) and (not remedy or _OUTCOME.search(title)):
        if "因" in title:
            return "problem" if _AND_WHY.search(title) else "neutral"
        return "mixed" if problem else "neutral"
    if problem and remedy:
        return "mixed"
    return "problem" if problem else "remedy" if remedy else None


@dataclass(frozen=True, slots=True)
class Modality:
    """How a text sounds: each side from 0 (no sign) to 3 (its first clause says so).

    Attributes:
        problem: How much it sounds like a problem.
        remedy: How much it sounds like a remedy.
        wanting: Whether it says that something is wanting (`has_deficit`).
    """

    problem: int
    remedy: int
    wanting: bool

    @property
    def role(self) -> Role | None:
        """The stronger side, or `None`."""
        if self.problem == self.remedy:
            return None
        return "problem" if self.problem > self.remedy else "remedy"


def first_clause(text: str) -> str:
    """A folded text up to its first comma or stop; a clause of a few characters takes the next along."""
    end = _CLAUSE_END.search(text, _SHORT_CLAUSE)
    return text[: end.start()] if end else text


# 主要问题是答复难度增加: named a problem, whatever its words.
_NAMED = deferred(
    "[^，。；：]{0,30}(?:问题|不足|短板|困难)(?:之处)?(?:主要)?(?:是|在于)(?!否|以下|如下|什么)[^，。；：]{6,}"
)


@lru_cache(maxsize=512)
def modality(text: str) -> Modality:
    """Judge a folded text by its own words.

    A deficit in the first clause (队伍薄弱) makes a problem even behind a verb (宣传力度不够), unless the
    verb governs it (补齐短板); a verb or a promise at the head without one makes a remedy.

    Cached, since an entry, its list and the statement cut from it are judged in turn.
    """
    words = wording()
    said = wanting = first_deficit(text)
    if compared := words["comparison"].match(text):
        text = text[compared.end() :]
        wanting = first_deficit(text)
    head = first_clause(text)
    problem = 3 if 0 <= wanting < len(head) or _NAMED.match(text) else 1 if wanting >= 0 else 0
    remedy = 3 if words["promise"].match(head) else 2 if words["verb"].match(text) else 0
    if wanting < 0 and not remedy and (subject := _SUBJECT.match(text)):
        remedy = 2 if words["verb"].match(text, subject.end()) else 0
    return Modality(problem, remedy, said >= 0)
