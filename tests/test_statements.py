"""Problems and remedies: the wording data's own examples, then whole sections in `data/statements`.

The section files are annotated by the guideline: cases part by `=== name`, in the mark-up of the corpus.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.corpus import parse_gold
from gxnlp.folding import fold
from gxnlp.ontology import default_ontology
from gxnlp.records import Document, Interval, Section
from gxnlp.sections import find_sections
from gxnlp.statements import find_statements
from gxnlp.statements.topics import pick_topics, score_topics, topic_rows
from gxnlp.statements.units import read_units
from gxnlp.statements.wording import groups, heading_label, wording

WORDING = [
    pytest.param(row["name"], text, expected, id=f"{row['name']}-{text}")
    for row in groups()
    for key, expected in (("examples", True), ("counter", False))
    for text in row[key]
]
HEADER = "#! id: case\n#! agency: 某局\n#! year: 2023\n"
PROBLEMS = "五、存在的主要问题及改进情况\n"


def read_cases():
    for path in sorted((Path(__file__).parent / "data" / "statements").glob("*.txt")):
        for case in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = case.partition("\n")
            yield name, parse_gold(HEADER + body, name=name)


CASES = dict(read_cases())


def sections_of(report):
    """Sections of level 1, as the outline gives them: the title of a heading line, glued text behind it."""
    starts = [s.start for s in report.sections]
    for number, (section, end) in enumerate(zip(report.sections, [*starts[1:], len(report.text)], strict=True)):
        title = re.match(r"([一-鿿]、)([^（\n]*)", section.title)
        heading_end = section.start + title.end()
        yield Section(
            f"s{number}", "", section.level, section.code, title[1], title[2], section.start, end, heading_end
        )


def find_in(report):
    return find_statements(Document.from_text(report.text), tuple(sections_of(report)))


def statements_of(text, *, tables=()):
    """Statements of the body of a section `problems`."""
    text = PROBLEMS + text
    section = Section("s0", "", 1, "problems", "五", PROBLEMS[2:-1], 0, len(text), len(PROBLEMS))
    return find_statements(Document.from_text(text, tables=tables), (section,))


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


@pytest.mark.parametrize("name", CASES)
def test_a_section_is_cut_into_its_statements(name):
    report = CASES[name]
    expected = [(s.role, s.text) for s in report.statements]
    assert [(s.role, s.text) for s in find_in(report)] == expected


@pytest.mark.parametrize("name", CASES)
def test_a_remedy_answers_its_problems(name):
    report = CASES[name]
    texts = {s.id: s.text for s in report.statements}
    expected = {(s.text, texts[a]) for s in report.statements for a in s.answers}
    found = find_in(report)
    texts = {s.statement_id: s.text for s in found}
    assert {(s.text, texts[a]) for s in found for a in s.answers} == expected


def test_topics_of_the_sections_are_mostly_right():
    right = found = expected = 0
    for report in CASES.values():
        topics = {s.text: set(s.topics) for s in find_in(report)}
        for statement in report.statements:
            got = topics.get(statement.text, set())
            right += len(got & set(statement.topics))
            found += len(got)
            expected += len(statement.topics)
    assert 2 * right / (found + expected) >= 0.8
