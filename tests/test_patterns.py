"""The metric rules: their examples are their tests, and every name they use exists."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from metric_cases import known, parse, read, rows

from gxnlp.lexicon import NEGATION, SITE, TOPIC, kinds_of, metric_lexicon
from gxnlp.metrics import read_patterns
from gxnlp.metrics.context.channels import SITES
from gxnlp.metrics.context.patterns import Rule, load_rules
from gxnlp.metrics.running.paragraph_leads import LEADS_TO, TOPICS
from gxnlp.ontology import default_ontology
from gxnlp.records import Document, ReportInfo

RULES = load_rules()
ALL = (*RULES.patterns, *RULES.zeros)
DATES = {"date.before", "date.after", "date.same"}
# Classes that no word has: made by the reader from dates, titles, lists, and the mention before.
PSEUDO = (
    DATES
    | {"title", "list", "before", "joined", "submitted", "none"}
    | {"topic.normative", "topic.gazette", "topic.meeting", "topic.box", "topic.staff_congress", "n.mixture"}
    | {*LEADS_TO.values(), "lead.application"}
)
PSEUDO |= {f"last.{m}" for m in default_ontology().metrics}
WORDS = frozenset().union(*metric_lexicon().classes.values())


def name_of(rule: Rule) -> str:
    """A name that stays when rules are added before it."""
    kind = "zero" if rule.name.startswith("zero") else "pattern"
    limits = [f"{k}={'|'.join(v)}" for k, v in (("frame", rule.frame), ("section", rule.section)) if v]
    return " ".join((kind, rule.metric, "<-", *sorted(rule.heads), *limits))


def examples():
    for rule in ALL:
        for text in rule.examples:
            yield pytest.param(text, id=f"{rule.name}-{text[:24]}")


def rules():
    for rule in ALL:
        reason = known()["rule"].get(name_of(rule), "")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(rule, id=rule.name, marks=marks)


@pytest.mark.parametrize("example", list(examples()))
def test_an_example_gives_its_marks_and_nothing_else(example):
    gold, sections = parse(example)
    assert rows(read(gold, sections)) == rows(gold.metrics)


@pytest.mark.parametrize("rule", list(rules()))
def test_a_rule_decides_one_of_its_examples(rule):
    decided = set()
    for example in rule.examples:
        gold, sections = parse(example)
        info = ReportInfo(agency=gold.agency, year=gold.year)
        for reading in read_patterns(Document.from_text(gold.text), sections, info, RULES):
            decided |= {d.rule for d in (*(d for e in reading.entries for d in e.drafts), *reading.implied)}
    assert rule.name in decided


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_the_names_in_a_rule_exist(rule):
    used = {*rule.heads, *rule.without, *(name for wanted in rule.with_ for name in wanted)}
    assert rule.heads
    assert used <= WORDS | PSEUDO | set(RULES.merge)
    assert rule.counters <= set(groups())
    metrics = default_ontology().metrics
    for frame in rule.frame:
        assert any(metric.startswith(frame) for metric in metrics), frame
    for code in rule.section:
        assert any(known.startswith(code.rstrip("!")) for known in default_ontology().sections), code


def groups() -> dict[str, str]:
    raw = (files("gxnlp") / "data" / "patterns.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)["counters"]


def test_the_names_in_the_other_tables_exist():
    metrics = set(default_ontology().metrics)
    assert {name for parts in RULES.merge.values() for name in parts} <= WORDS
    assert set(RULES.subjects) <= WORDS
    assert set(RULES.subjects.values()) <= metrics
    assert set(RULES.channels) <= metrics


def test_flags_of_words_say_what_their_classes_say():
    assert {name for name in WORDS if kinds_of(frozenset({name})) & TOPIC} == TOPICS.keys()
    assert {name for name in WORDS if kinds_of(frozenset({name})) & SITE} == SITES
    assert {name for name in WORDS if kinds_of(frozenset({name})) & NEGATION} == {"w.neg"}


def test_every_metric_of_the_ontology_is_in_an_example():
    """Every label has a sentence that shows it."""
    marked = {m.metric for rule in ALL for text in rule.examples for m in parse(text)[0].metrics}
    assert marked == set(default_ontology().metrics)


def test_every_rule_has_two_examples_and_no_two_the_same():
    assert [rule.name for rule in ALL if len(rule.examples) < 2] == []
    texts = [text for rule in ALL for text in rule.examples]
    assert len(texts) == len(set(texts))


def test_a_known_failure_names_a_rule_that_is_there():
    assert set(known()["rule"]) <= {name_of(rule) for rule in ALL}
