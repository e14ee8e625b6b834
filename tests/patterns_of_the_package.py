"""Every compiled pattern of the package, with strings made to slow it down."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import lru_cache
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import gxnlp
from gxnlp.deferred import DeferredPattern
from gxnlp.statements.wording import groups, wording

_DEPTH = 4


def patterns() -> dict[re.Pattern[Any], str]:
    """Each pattern with the place where it was found first."""
    found: dict[re.Pattern[Any], str] = {}
    for row in groups():
        wording()[row["name"]]  # compiles it, if no report has
    for info in pkgutil.walk_packages(gxnlp.__path__, "gxnlp."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for pattern in _within(value, _DEPTH):
                found.setdefault(pattern, f"{info.name}.{name}")
    return found


def _within(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    """Patterns in a value: itself, in containers and records, and in what a cached function gives."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, DeferredPattern):
        yield value.compiled()
    elif depth == 0 or isinstance(value, (str, bytes, type)):
        return
    elif hasattr(value, "cache_info") and not value.__wrapped__.__code__.co_argcount:
        yield from _within(value(), depth - 1)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _within(item, depth - 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from _within(item, depth - 1)
    elif is_dataclass(value) or type(value).__module__.startswith("gxnlp."):
        names = getattr(value, "__slots__", None) or getattr(value, "__dict__", {})
        for name in names:
            yield from _within(getattr(value, name, None), depth - 1)
    elif isinstance(getattr(value, "__self__", None), re.Pattern):  # a bound method of a pattern
        yield value.__self__


def is_searched(name: str) -> bool:
    """Whether a pattern is searched for anywhere, not just matched in place, by the package's source."""
    module, _, attribute = name.rpartition(".")
    matched = r"\.(?:match|fullmatch)\b"
    assigned = r"(?:: [^=\n]+)? = "
    use = rf"\b{re.escape(attribute)}\b(?!{matched})(?!{assigned})"
    return re.search(use, _source(module if attribute.startswith("_") else "")) is not None


@lru_cache
def _source(module: str) -> str:
    """Source of one module, or of the whole package."""
    if module:
        return Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")
    folder = Path(gxnlp.__path__[0])
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))


PUMPS = (
    " ", "\n", "\t", "|", "\x0c", "0", "1", "一", "十", "万", "年", "第", "（", "）", "“", "”", "《", "、",
    "，", "。", "；", "：", "#", "*", "-", "—", ".", "a", "公", "的", "是", " \n", "\n ", "\t|", "1 ", "1,",
    "1.", "1-", "、 ", "一 ", "（一", "公 ", "公\n", "局、", "政府",
)  # fmt: skip
"""Short strings whose repetition makes careless patterns slow."""


def own_pumps(pattern: re.Pattern[Any]) -> list[str]:
    """Strings that a pattern likes: what it matches, whole, and without its last and first character."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    sample = "".join(_sample(parser.parse(source, pattern.flags & ~re.UNICODE)))[:200]
    return [pump for pump in dict.fromkeys((sample, sample[:-1], sample[1:])) if pump]


def _sample(tree: Any) -> Iterator[str]:
    for op, value in tree:
        if op is sre.LITERAL:
            yield chr(value)
        elif op is sre.NOT_LITERAL:
            yield "公" if chr(value) != "公" else "开"
        elif op is sre.ANY:
            yield "公"
        elif op is sre.IN:
            yield _one_of(value)
        elif op is sre.BRANCH:
            yield from _sample(value[1][0])
        elif op is sre.SUBPATTERN:
            yield from _sample(value[-1])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            low, high, inner = value
            yield from list(_sample(inner)) * max(low, min(2, high))
        elif op is sre.ATOMIC_GROUP:
            yield from _sample(value)


def _one_of(items: Any) -> str:
    negated = items[0][0] is sre.NEGATE
    for op, value in items:
        if negated:
            break
        if op is sre.LITERAL:
            return chr(value)
        if op is sre.RANGE:
            return chr(value[0])
        if op is sre.CATEGORY:
            return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a"}.get(value, "公")
    return "公"
