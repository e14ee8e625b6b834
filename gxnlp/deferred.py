"""Regular expressions that are compiled when they are first used.

The package has some eight hundred, and a report needs two in five of them. Compiling them all was a third of
a cold start (measured); those made here cost nothing until something is searched for.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


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
        return re.compile(self.pattern)

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


def deferred(text: str) -> re.Pattern[str]:
    """A regular expression to be compiled at its first use.

    Args:
        text: The regular expression; a mistake in it shows at that use, and in the tests, which compile all.
    """
    return cast("re.Pattern[str]", DeferredPattern(text))
