"""Problems and remedies: the wording data's own examples, then whole sections."""

from __future__ import annotations

import pytest

from gxnlp.folding import fold
from gxnlp.ontology import default_ontology
from gxnlp.statements.topics import pick_topics, score_topics, topic_rows
from gxnlp.statements.wording import groups, wording

WORDING = [
    pytest.param(row["name"], text, expected, id=f"{row['name']}-{text}")
    for row in groups()
    for key, expected in (("examples", True), ("counter", False))
    for text in row[key]
]


@pytest.mark.parametrize(("name", "text", "expected"), WORDING)
def test_a_group_of_words_finds_its_examples_only(name, text, expected):
    use = next(row["use"] for row in groups() if row["name"] == name)
    find = getattr(wording()[name], use)
    assert bool(find(fold(text))) is expected


@pytest.mark.parametrize("row", topic_rows()["topic"], ids=lambda row: row["code"])
def test_a_topic_is_found_in_its_examples(row):
    for text in row["examples"]:
        assert row["code"] in pick_topics(score_topics(fold(text)))


def test_every_topic_of_the_ontology_has_words():
    assert {row["code"] for row in topic_rows()["topic"]} == set(default_ontology().topics)
