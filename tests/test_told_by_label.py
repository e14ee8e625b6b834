"""Each label in the ways in which officials state it: `data/told_by_label.txt` has the grammars."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from sentence_grammar import differences, sentence, templates

LISTS, TEMPLATES = templates(Path(__file__).parent / "data" / "told_by_label.txt")
EACH = 30


@pytest.mark.parametrize(
    ("family", "template"), TEMPLATES, ids=[f"{f}-{i}" for i, (f, _) in enumerate(TEMPLATES)]
)
def test_a_label_is_read_however_it_is_told(family, template):
    random, wrong = Random(7), []
    for _ in range(EACH):
        told, rows = sentence(random, template, LISTS)
        if different := differences(told, rows):
            wrong.append((told, different))
    assert wrong == []
