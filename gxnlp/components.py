"""spaCy components around the stages: adapters only, the only place that touches `doc._`.

The text of a `Doc` is taken as a report's normalised text, such as `Report.document.text`; its
tables are set apart where normalising it again leaves it as it is. Set `doc._.gx_document`
before the pipeline runs to hand over a document that was made already, with its pages.

The stages read with the model that ships, as `gxnlp extract` does, and in its labels.

spaCy imports this file at each `spacy.blank()` wherever gxnlp is installed, so the stages are
imported when the first component is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from gxnlp import records
from gxnlp.records import Document, Line, Metric, Page, Statement

if TYPE_CHECKING:
    from gxnlp.model import Model

NAMES = ("gx_sections", "gx_quantities", "gx_metrics", "gx_statements")
"""The components in the order of the stages."""

Component = Callable[[Doc], Doc]

_SINGLE = ("gx_document", "gx_info")
_SERIES = ("gx_sections", "gx_quantities", "gx_metrics", "gx_statements")
_TYPES = {
    kind.__name__: kind
    for kind in (
        records.Document, records.Interval, records.Metric, records.ReportInfo, records.Section,
        records.Statement,
    )
}  # fmt: skip


@Language.factory("gx_sections", assigns=["doc._.gx_document", "doc._.gx_info", "doc._.gx_sections"])
def make_sections(nlp: Language, name: str) -> Component:
    """Make the component that sets the document, what the report says of itself, and its sections."""
    return annotate_sections


@Language.factory("gx_quantities", requires=["doc._.gx_document"], assigns=["doc._.gx_quantities"])
def make_quantities(nlp: Language, name: str) -> Component:
    """Make the component that sets every number of the running text."""
    return annotate_quantities


@Language.factory("gx_metrics", requires=["doc._.gx_sections"], assigns=["doc._.gx_metrics"])
def make_metrics(nlp: Language, name: str) -> Component:
    """Make the component that sets the metrics, and the span group `gx_metrics`."""
    return annotate_metrics


@Language.factory("gx_statements", requires=["doc._.gx_sections"], assigns=["doc._.gx_statements"])
def make_statements(nlp: Language, name: str) -> Component:
    """Make the component that sets problems and remedies, and the span group `gx_statements`."""
    return annotate_statements


def annotate_sections(doc: Doc) -> Doc:
    """Set `gx_document` (unless it is set), `gx_sections` and `gx_info`."""
    from gxnlp.report_info import read_info
    from gxnlp.sections import find_sections

    document = doc._.gx_document or _document(doc.text)
    doc._.gx_document = document
    with _model():
        doc._.gx_sections = find_sections(document)
        doc._.gx_info = read_info(document, doc._.gx_sections)
    return doc


def annotate_quantities(doc: Doc) -> Doc:
    """Set `gx_quantities`."""
    from gxnlp.quantities import find_quantities

    document = doc._.gx_document
    doc._.gx_quantities = tuple(find_quantities(document.text, folded=document.folded))
    return doc


def annotate_metrics(doc: Doc) -> Doc:
    """Set `gx_metrics` and its span group, each span with the metric as label."""
    from gxnlp.metrics import find_metrics

    with _model() as model:
        learned = model.metrics if model else None
        doc._.gx_metrics = find_metrics(doc._.gx_document, doc._.gx_sections, doc._.gx_info, learned)
    _add_spans(doc, "gx_metrics", ((item, item.metric) for item in doc._.gx_metrics))
    return doc


def annotate_statements(doc: Doc) -> Doc:
    """Set `gx_statements` and its span group, each span with the role as label."""
    from gxnlp.statements import find_statements

    with _model() as model:
        learned = model.statements if model else None
        doc._.gx_statements = find_statements(doc._.gx_document, doc._.gx_sections, learned)
    _add_spans(doc, "gx_statements", ((item, item.role) for item in doc._.gx_statements))
    return doc


@contextmanager
def _model() -> Iterator[Model | None]:
    """The model that ships, with its labels in use; `None` where there is none."""
    from gxnlp.model import choose_model
    from gxnlp.ontology import use_ontology

    model = choose_model(None, patterns_only=False)
    with use_ontology(model.ontology) if model else nullcontext():
        yield model


def _add_spans(doc: Doc, group: str, items: Iterable[tuple[Metric | Statement, str]]) -> None:
    spans = (doc.char_span(i.start, i.end, label=label, alignment_mode="expand") for i, label in items)
    doc.spans[group] = [span for span in spans if span is not None]


def _document(text: str) -> Document:
    """A document of a text, its tables marked if normalising it leaves every offset in place."""
    from gxnlp.layout import normalise

    page = Page(number=1, lines=tuple(Line(line) for line in text.split("\n")))
    document = normalise((page,), paged=False)
    return document if document.text == text else Document.from_text(text)


def _register_extensions() -> None:
    for name in _SINGLE:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in _SERIES:
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=_series_getter(name), setter=_series_setter(name))


def _series_getter(name: str) -> Callable[[Doc], tuple[Any, ...]]:
    # msgpack brings tuples back as lists, quantities too: what is read is always a tuple of records.
    return lambda doc: tuple(
        records.Quantity(*item) if isinstance(item, list) else item for item in doc.user_data.get(name, ())
    )


def _series_setter(name: str) -> Callable[[Doc, Iterable[Any]], None]:
    def set_series(doc: Doc, items: Iterable[Any]) -> None:
        doc.user_data[name] = tuple(items)

    return set_series


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """A record as plain data, so that `Doc.to_bytes`, `DocBin` and `n_process` work."""
    kind = type(value).__name__
    if kind in _TYPES and type(value) is _TYPES[kind]:
        return {"__gx__": kind, "fields": [getattr(value, f.name) for f in fields(value)]}
    if isinstance(value, Decimal | Fraction):
        return {"__gx__": kind, "fields": str(value)}
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    kind = value.get("__gx__") if isinstance(value, dict) else None
    if kind in _TYPES:
        return _TYPES[kind](*map(_tuples, value["fields"]))
    if kind is not None:
        return {"Decimal": Decimal, "Fraction": Fraction}[kind](value["fields"])
    return value if chain is None else chain(value)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


_register_extensions()
srsly.msgpack_encoders.register("gxnlp", func=_encode)
srsly.msgpack_decoders.register("gxnlp", func=_decode)
