"""One thing as twenty officials write it: sentences put together of slots are read as their marks say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from metric_cases import parse, read, rows

FOLDER = Path(__file__).parent / "data" / "slots"
EACH = 16
"""Sentences of a line that are read; a line has up to some hundred."""
SLOT = re.compile(r"\{([^{}]*)\}")


def lines() -> Iterator[tuple[str, str]]:
    """What each line tells, and the line."""
    for path in sorted(FOLDER.glob("*.txt")):
        told = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("=== "):
                told = line[4:]
            elif line and not line.startswith("#"):
                yield told, line


def sentences(line: str) -> list[str]:
    """Some of the sentences of a line, the same ones at every run."""
    random = Random(line)
    found = (SLOT.sub(lambda slot: random.choice(slot[1].split("|")), line) for _ in range(EACH))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("told", "line"), list(lines()))
def test_sentences_of_slots_are_read_as_marked(told, line):
    wrong = {}
    for sentence in sentences(line):
        gold, sections = parse(sentence)
        found = rows(read(gold, sections))
        if found != rows(gold.metrics):
            wrong[sentence] = found
    assert wrong == {}, told
