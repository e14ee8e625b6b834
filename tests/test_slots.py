"""One thing as twenty officials write it: sentences put together of slots are read as their marks say."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from metric_cases import parse, read, rows
from sentence_grammar import fill, templates

from gxnlp.model import load_model

FOLDER = Path(__file__).parent / "data" / "slots"
LINES = [line for path in sorted(FOLDER.glob("*.txt")) for line in templates(path)[1]]
EACH = 16
"""Sentences of a line that are read; a line has up to some hundred."""
UNDONE = 0.01
"""Share of the marks that the model may undo, though the patterns read them rightly: it has seen
few of these constructions."""


@pytest.mark.parametrize(("told", "line"), LINES)
def test_sentences_of_slots_are_read_as_marked(told, line):
    random, wrong = Random(line), {}
    for sentence in dict.fromkeys(fill(random, line) for _ in range(EACH)):
        gold, sections = parse(sentence)
        found = rows(read(gold, sections))
        if found != rows(gold.metrics):
            wrong[sentence] = found
    assert wrong == {}, told


def test_the_model_leaves_what_constructions_read():
    model = load_model()
    kept, undone = 0, []
    for _, line in LINES:
        gold, sections = parse(fill(Random(line), line))
        both = {(m.start, m.end, m.metric, m.aspect) for m in read(gold, sections, model.metrics)}
        for mark in {(m.start, m.end, m.metric, m.aspect) for m in gold.metrics}:
            kept += mark in both
            undone += [] if mark in both else [gold.text[max(0, mark[0] - 12) : mark[1] + 6]]
    assert len(undone) < UNDONE * kept, undone
