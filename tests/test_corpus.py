"""The gold mark-up: read, refused with a line number, written back."""

import dataclasses
from decimal import Decimal

import pytest
from conftest import MARK_UP, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp import untrusted
from gxnlp.corpus import GoldReport, GoldSection, parse_gold, read_corpus, read_gold, write_gold
from gxnlp.errors import CorpusError
from gxnlp.ontology import default_ontology


def test_marks_give_offsets_into_the_bare_text(gold):
    assert "⟦" not in gold.text
    assert "§" not in gold.text
    for item in (*gold.metrics, *gold.statements):
        assert gold.text[item.start : item.end] == item.text
    for section in gold.sections:
        assert gold.text[section.start :].startswith(section.title)


def test_a_metric_takes_defaults_and_named_attributes(gold):
    total, part, views, none, span, nested = gold.metrics
    assert (total.value, total.measure, total.channel, total.period) == (Decimal(120), "total", "", 2023)
    assert (part.measure, part.channel) == ("part", "website")
    assert (views.text, views.value) == ("1.2万次", Decimal(12000))
    assert none.implied
    assert span.value is None
    assert nested.text == "仅2次"


def test_a_mention_by_kind_of_content_is_always_a_part():
    gold = parse_gold(_document("更新⟦3条¦info_published.part¦3¦item⟧"))
    assert gold.metrics[0].measure == "part"


def test_statements_keep_roles_topics_and_links(gold):
    assert [(s.id, s.role, s.topics, s.answers) for s in gold.statements] == [
        ("P1", "problem", ("content",), ()),
        ("P2", "problem", ("staff", "mechanism"), ()),
        ("R1", "remedy", ("staff",), ("P2",)),
        ("R2", "remedy", ("content",), ("P1",)),
    ]


def test_marks_may_run_over_lines_and_share_a_span():
    gold = parse_gold(_document("复议、诉讼⟦⟦各1\n件¦reviews¦1¦item⟧¦lawsuits¦1¦item⟧"))
    assert [(m.metric, m.text) for m in gold.metrics] == [("reviews", "各1\n件"), ("lawsuits", "各1\n件")]
    assert parse_gold(write_gold(gold)) == gold


MALFORMED = [
    ("一⟦3条¦info_published¦3¦item", 7, "do not end in"),
    ("一⟦3条", 7, "never closed"),
    ("一⟦3条⟧", 7, "stray"),
    ("一¦3条", 7, "outside of a mark"),
    ("一⟦¦info_published¦3¦item⟧", 7, "around nothing"),
    ("一⟦3条¦info_publishd¦3¦item⟧", 7, "unknown metric info_publishd"),
    ("一⟦3条¦info_published¦3¦条⟧", 7, "unknown unit"),
    ("一⟦3条¦info_published¦三¦item⟧", 7, "is no number"),
    ("一⟦3条¦info_published¦NaN¦item⟧", 7, "not finite"),
    ("一⟦3条¦info_published¦1e999999999¦item⟧", 7, "larger or smaller than any"),
    ("一⟦3条¦info_published¦" + "9" * 5000 + "¦item⟧", 7, "larger or smaller than any"),
    ("一⟦3条¦info_published¦3⟧", 7, "needs metric¦value¦unit"),
    ("一⟦3条¦info_published¦3¦item¦chanel=web⟧", 7, "unknown key"),
    ("一⟦3条¦info_published¦3¦item¦channel=web⟧", 7, "channel=web is not allowed"),
    ("一⟦3条¦info_published¦3¦item¦period=去年⟧", 7, "period=去年"),
    ("一⟦3条¦info_published¦3¦item⟫", 7, "do not end in"),
    ("\n⟪问题¦X1¦content⟫", 8, "a statement needs"),
    ("\n⟪问题¦P1¦contents⟫", 8, "unknown topic"),
    ("⟪问题¦P1¦content⟫\n⟪问题¦P1¦content⟫", 8, "stands twice"),
    ("⟪改进¦R1¦content¦P2⟫", 7, "answers P2"),
    ("§overvew§ 1\n一、", 7, "unknown section"),
    ("§overview§ 1\n§problems§ 1\n一、", 8, "follows a section mark"),
    ("§overview§ 1\n\n", 9, "no heading line"),
]


@pytest.mark.parametrize(("body", "line", "message"), MALFORMED)
def test_what_is_malformed_is_refused_with_its_line(body, line, message):
    with pytest.raises(CorpusError, match=rf"^here:{line}: .*{message}"):
        parse_gold(_document(body), name="here")


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("#! id: x\n#! year: 2023\n", "agency is missing"),
        ("#! id: x\n#! agency: 局\n#! year: 二〇二三\n", "header year"),
        ("#! id: x\n#! agency: 局\n#! year: " + "9" * 5000 + "\n", "header year"),
        ("#! id: x\n#! id: y\n", "twice"),
        ("", "id, agency, year is missing"),
    ],
)
def test_headers_are_checked(head, message):
    with pytest.raises(CorpusError, match=message):
        parse_gold(head + "§preamble§ 1\n报告\n")


def test_a_report_without_sections_is_refused():
    with pytest.raises(CorpusError, match="no section is marked"):
        parse_gold("#! id: x\n#! agency: 局\n#! year: 2023\n报告")


def test_the_mark_up_is_read_from_files(tmp_path):
    (tmp_path / "a.txt").write_text(MARK_UP, encoding="utf-8")
    assert [report.id for report in read_corpus(tmp_path)] == ["t1"]
    (tmp_path / "b.txt").write_text(MARK_UP, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"b\.txt:1: id t1"):
        read_corpus(tmp_path)
    (tmp_path / "c.txt").write_bytes(MARK_UP.encode("gb18030"))
    with pytest.raises(CorpusError, match=r"c\.txt: not UTF-8"):
        read_gold(tmp_path / "c.txt")


def test_every_report_of_the_corpus_is_written_back_as_it_was_read():
    reports = read_corpus(ROOT / "corpus" / "docs")
    assert reports
    for report in reports:
        assert parse_gold(write_gold(report)) == report


def test_overlapping_marks_cannot_be_written(gold):
    first, second = gold.metrics[:2]
    crossing = dataclasses.replace(second, start=first.end - 1, text="条，其中通过网站100条")
    with pytest.raises(CorpusError, match="without nesting"):
        write_gold(dataclasses.replace(gold, metrics=(first, crossing)))


@pytest.mark.parametrize("text", ["#! 报告", "报⟦告", "报¦告"])
def test_a_text_that_holds_marks_cannot_be_written(text):
    section = GoldSection("preamble", 1, text, 0)
    with pytest.raises(CorpusError, match="the text holds"):
        write_gold(GoldReport("x", "局", 2023, text, sections=(section,)))


def test_a_heading_that_is_no_line_cannot_be_written(gold):
    moved = dataclasses.replace(gold.sections[1], start=gold.sections[1].start + 2)
    with pytest.raises(CorpusError, match="does not agree with the text"):
        write_gold(dataclasses.replace(gold, sections=(gold.sections[0], moved)))


@st.composite
def mark_up(draw: st.DrawFn) -> str:
    """Nested, adjoining and multi-line marks around any text."""
    ontology = default_ontology()
    words = st.text("一二三，。 \n0123条", min_size=1, max_size=6)
    numbers = iter(range(1, 1000))

    def mention(inner: str) -> str:
        metric = draw(st.sampled_from(sorted(ontology.metrics)))
        value = draw(st.sampled_from(["", "0", "-3", "12.5", "40000"]))
        extra = draw(st.sampled_from(["", "¦qualifier=over,measure=part", "¦period=2022", "¦implied=1"]))
        return f"⟦{inner}¦{metric}¦{value}¦item{extra}⟧"

    def statement(inner: str) -> str:
        topic = draw(st.sampled_from(sorted(ontology.topics)))
        return f"⟪{inner}¦P{next(numbers)}¦{topic}⟫"

    def pieces(depth: int) -> str:
        parts = []
        for _ in range(draw(st.integers(1, 3))):
            inner = pieces(depth - 1) if depth and draw(st.booleans()) else draw(words)
            parts.append(draw(st.sampled_from([str, mention, statement]))(inner))
        return "".join(parts)

    return _document(pieces(2))


@settings(max_examples=60, deadline=None)
@given(mark_up())
def test_reading_what_was_written_gives_the_same(raw):
    gold = parse_gold(raw)
    assert parse_gold(write_gold(gold)) == gold


def test_a_file_larger_than_any_annotated_report_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("一" * untrusted.MAX_TEXT, encoding="utf-8")
    with pytest.raises(CorpusError, match="more than 8 MB; expected one annotated report"):
        read_gold(tmp_path / "a.txt")


def _document(body: str) -> str:
    """A report of which `body` starts on line 7."""
    return f"#! id: x\n#! agency: 局\n#! year: 2023\n\n§preamble§ 1\n局2023年报告\n{body}"
