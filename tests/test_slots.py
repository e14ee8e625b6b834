"""One thing as twenty officials write it: sentences put together of slots are read as their marks say."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from metric_cases import parse, read, rows
from sentence_grammar import fill, templates

FOLDER = Path(__file__).parent / "data" / "slots"
LINES = [line for path in sorted(FOLDER.glob("*.txt")) for line in templates(path)[1]]
EACH = 16
"""Sentences of a line that are read; a line has up to some hundred."""


@pytest.mark.parametrize(("told", "line"), LINES)
def test_sentences_of_slots_are_read_as_marked(told, line):
    random, wrong = Random(line), {}
    for sentence in dict.fromkeys(fill(random, line) for _ in range(EACH)):
        gold, sections = parse(sentence)
        found = rows(read(gold, sections))
        if found != rows(gold.metrics):
            wrong[sentence] = found
    assert wrong == {}, told
