"""Regular expressions that are compiled when they are first used.

The package has over a thousand, and a report needs two in five of them. Compiling them all was a third of
a cold start (measured); those made here cost nothing until something is searched for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec, module_from_spec
from typing import Any, cast

_HAN, _LETTER = "[一-鿿]", r"[^\W\x00-ÿ]"
"""`re` steps through the 20,992 characters of the class wherever it stands, which takes a millisecond.
Letters beyond those of Latin script are Chinese characters, next to nothing else in these reports (①, 〇)."""
_NAMED = re.compile(f"<({_LETTER}+)>")
_FEW = 7
"""Members of a class that are compared one by one about as fast as the class is looked up in a table."""
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups")


class DeferredPattern:
    """Stands for a pattern until one of its methods is asked for, and has them as its own from then on."""

    def __init__(self, text: str) -> None:
        """Keep the text.

        Args:
            text: The regular expression.
        """
        self.pattern = text

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return _compiler()(_NAMED.sub(_words, self.pattern).replace(_HAN, _LETTER))

    def __getattr__(self, name: str) -> Any:
        """A method of the pattern, which is compiled for it.

        Raises:
            AttributeError: It is none that the package uses of a pattern.
        """
        if name not in _METHODS:
            raise AttributeError(f"a deferred pattern has no {name!r}")
        found = self.compiled()
        self.__dict__.update((method, getattr(found, method)) for method in _METHODS)
        return self.__dict__[name]


@lru_cache(maxsize=1)
def _compiler() -> Callable[[str], re.Pattern[str]]:
    """`re.compile`, without what took it half of its time on these patterns.

    For a class with a character beyond Latin script `re` lays out a table of 65,536 characters whenever the
    class occurs, and a report's patterns have over 4,000 (measured: an eighth of a cold start). A copy of its
    compiler leaves classes of few members as they are, which means the same, and lays out the others once.
    A Python whose compiler is made otherwise keeps its own.
    """
    spec = find_spec("re._compiler")
    if spec is None or spec.loader is None:
        return re.compile
    copy: Any = module_from_spec(spec)
    spec.loader.exec_module(copy)
    lay_out = getattr(copy, "_optimize_charset", None)
    if lay_out is None:
        return re.compile
    known: dict[tuple[Any, ...], tuple[Any, bool]] = {}

    def lay_out_once(members: list[Any], *case: Any, **more: Any) -> tuple[Any, bool]:
        if any(case) or more:
            return cast("tuple[Any, bool]", lay_out(members, *case, **more))
        if len(members) <= _FEW:
            return members, False
        if (key := tuple(members)) not in known:
            known[key] = lay_out(members)
        return known[key]

    copy._optimize_charset = lay_out_once
    return cast("Callable[[str], re.Pattern[str]]", copy.compile)


@lru_cache(maxsize=1)
def synonyms() -> dict[str, str]:
    """The alternatives that stand for each name of `data/synonyms.toml`, the longer first."""
    data = tomllib.loads((files("gxnlp") / "data" / "synonyms.toml").read_text(encoding="utf-8"))
    return {name: "|".join(sorted(words.split(), key=len, reverse=True)) for name, words in data.items()}


def _words(named: re.Match[str]) -> str:
    return f"(?:{synonyms()[named[1]]})"


def deferred(text: str) -> re.Pattern[str]:
    """A regular expression to be compiled at its first use.

    Args:
        text: The regular expression; `<发布>` in it stands for any word of that name in `data/synonyms.toml`,
            `[一-鿿]` for a Chinese character. A mistake shows at that use, and in the tests that compile all.
    """
    return cast("re.Pattern[str]", DeferredPattern(text))
