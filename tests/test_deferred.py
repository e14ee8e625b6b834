"""Patterns that are compiled when they are first used, without the tables that `re` would lay out."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from patterns_of_the_package import patterns

from gxnlp import deferred
from gxnlp.corpus import read_gold

DOCS = Path(__file__).parent.parent / "corpus" / "docs"
CLASSES = ("，。；：0-9", "，", "一二三四五六七八九十百千万", "a-z，\\d。", "\U0001f600，。")


def test_every_pattern_finds_what_re_itself_finds():
    texts = [read_gold(path).text[:1500] for path in sorted(DOCS.glob("*.txt"))[::200]]
    found = 0
    for pattern, name in patterns().items():
        if isinstance(pattern.pattern, bytes):
            continue
        own = re.compile(pattern.pattern, pattern.flags)
        for text in texts:
            spans = [match.span() for match in pattern.finditer(text)]
            assert spans == [match.span() for match in own.finditer(text)], name
            found += len(spans)
    assert found > 10_000


@pytest.mark.parametrize("members", CLASSES)
@pytest.mark.parametrize("but", ["", "^"])
def test_a_class_has_the_members_that_re_gives_it(members, but):
    text = "".join(map(chr, range(0x80))) + "，。；：、（）一二三百千万公开ａＡ\U0001f600\U0001f601"
    pattern = f"[{but}{members}]"
    assert deferred.deferred(pattern).findall(text) == re.findall(pattern, text)


def test_a_python_with_another_compiler_keeps_its_own(monkeypatch):
    make = deferred._compiler.__wrapped__
    monkeypatch.setattr(deferred, "find_spec", lambda name: None)
    assert make() is re.compile
    monkeypatch.setattr(deferred, "find_spec", lambda name: importlib.util.find_spec("re._parser"))
    assert make() is re.compile
