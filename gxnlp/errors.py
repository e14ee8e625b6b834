"""Errors that gxnlp raises: one base, a few causes.

Every message says what was found, what was expected and what to do.
"""

from __future__ import annotations


class GxError(Exception):
    """Base of every error that gxnlp raises on purpose."""


class InputError(GxError):
    """An input cannot be read: missing, empty, encrypted, of an unknown format."""


class UnsupportedFormatError(InputError):
    """The format is known, but this version does not read it; the message names the way out."""


class OntologyError(GxError):
    """The ontology or a rule file is malformed or names an unknown label."""


class CorpusError(GxError):
    """An annotated report is malformed; the message names the line."""


class OutputError(GxError):
    """The output folder cannot be written."""


class ModelError(GxError):
    """A trained model is missing, damaged or made for another ontology."""


class ConfigError(GxError):
    """A configuration cannot be read, or sets what there is not."""


class FormatError(GxError):
    """An output format is unknown, or the library that writes it is not installed."""
