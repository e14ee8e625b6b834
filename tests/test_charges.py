"""What a section of charges tells, in the outlines before 2019: the title says what its few words are of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from metric_cases import parse, read, rows
from sentence_grammar import fill, templates

LINES = templates(Path(__file__).parent / "data" / "charges.txt")[1]
TITLES = ("政府信息公开的收费及减免情况", "收费情况", "依申请公开收费、减免情况")
EACH = 8


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("told", "line"), LINES)
def test_sentences_of_a_section_of_charges_are_read_as_marked(told, line, title):
    random, wrong = Random(line), {}
    for sentence in dict.fromkeys(fill(random, line) for _ in range(EACH)):
        gold, sections = parse(sentence)
        found = rows(read(gold, (replace(sections[0], title=title),)))
        if found != rows(gold.metrics):
            wrong[sentence] = found
    assert wrong == {}, told


@pytest.mark.parametrize(
    "sentence",
    [
        "展览门票每张20元，全年减免1.1万人。",
        "复制费按每页0.2元计。",
        "学费每学期3500元。",
        "年内用于公示的经费12万元。",
    ],
)
def test_what_a_body_charges_beside_is_none_of_it(sentence):
    gold, sections = parse(f"other_heading| {sentence}")
    found = read(gold, (replace(sections[0], title=TITLES[0]),))
    assert not any(m.metric == "fee_amount" or m.unit == "CNY" for m in found)
