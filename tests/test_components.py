"""The spaCy pipeline gives the records of the stages, and survives being saved."""

import pytest
import spacy
from conftest import SAMPLES
from spacy.tokens import Doc, DocBin

import gxnlp
from gxnlp import components
from gxnlp.records import Document

ATTRIBUTES = ("gx_document", "gx_info", "gx_sections", "gx_quantities", "gx_metrics", "gx_statements")


@pytest.fixture(scope="module")
def report() -> gxnlp.Report:
    return gxnlp.extract(SAMPLES / "xiaxun_tax_2024.md")


@pytest.fixture(scope="module")
def nlp():
    return gxnlp.load()


@pytest.fixture(scope="module")
def doc(nlp, report) -> Doc:
    made = nlp.make_doc(report.document.text)
    made._.gx_document = report.document
    return nlp(made)


def values(doc: Doc) -> dict[str, object]:
    return {name: getattr(doc._, name) for name in ATTRIBUTES}


def test_the_pipeline_is_the_stages_in_order(nlp):
    assert nlp.lang == "zh"
    assert tuple(nlp.pipe_names) == components.NAMES
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in components.NAMES}


def test_the_records_are_those_of_extract(doc, report):
    assert doc._.gx_document is report.document
    assert doc._.gx_sections == report.sections
    assert doc._.gx_metrics == report.metrics
    assert doc._.gx_statements == report.statements
    assert (doc._.gx_info.year, doc._.gx_info.agency) == (report.info.year, report.info.agency)
    assert len(doc._.gx_metrics) > 10
    assert len(doc._.gx_quantities) > len(doc._.gx_metrics) / 2


def test_span_groups_hold_the_mentions(doc, report):
    spans = doc.spans["gx_metrics"]
    assert [span.label_ for span in spans] == [metric.metric for metric in report.metrics]
    for span, metric in zip(spans, report.metrics, strict=True):
        assert (span.start_char, span.end_char) == (metric.start, metric.end)
    roles = [span.label_ for span in doc.spans["gx_statements"]]
    assert roles == [statement.role for statement in report.statements]


def test_a_plain_text_needs_no_document(nlp):
    text = "青禾市水务局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息120条。\n"
    doc = nlp(text)
    assert doc._.gx_document.text == text
    (metric,) = doc._.gx_metrics
    assert (metric.metric, metric.text, metric.value) == ("info_published", "120条", 120)


def test_tables_of_a_plain_text_are_no_metrics(nlp, report):
    assert report.document.tables
    doc = nlp(report.document.text)
    assert isinstance(doc._.gx_document, Document)
    assert [m.text for m in doc._.gx_metrics] == [m.text for m in report.metrics]


def test_the_pipeline_is_saved_and_loaded(nlp, report, doc, tmp_path):
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    made = loaded.make_doc(report.document.text)
    made._.gx_document = report.document
    assert values(loaded(made)) == values(doc)


def test_a_doc_is_saved_with_its_records(nlp, doc):
    assert values(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == values(doc)
    (kept,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert values(kept) == values(doc)


def test_other_docs_are_saved_as_before(nlp):
    doc = nlp.make_doc("报告")
    doc.user_data["mine"] = {"__gx__": None, "list": [1, 2.5, "x"]}
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes()).user_data["mine"] == doc.user_data["mine"]


def test_two_processes_give_the_same_records(nlp, doc):
    texts = [doc.text, doc.text]
    assert [values(d) for d in nlp.pipe(texts, n_process=2)] == [values(d) for d in nlp.pipe(texts)]
