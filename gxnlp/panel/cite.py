"""What to put into a paper: the version, and the digests that make a run repeatable."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from gxnlp.export.csv import CONTRACT
from gxnlp.export.run import read_run
from gxnlp.model import Model
from gxnlp.ontology import default_ontology

_TEXT = """\
Figures were extracted with gxnlp {version} (output contract {contract}; {model}; ontology {ontology},
SHA-256 {ontology_digest}){run}."""
_BIBTEX = """\
@software{{gxnlp,
  title = {{gxnlp: figures and statements from Chinese annual reports on government information disclosure}},
  version = {{{version}}},
  year = {{{year}}},
  note = {{{model}; ontology {ontology}, SHA-256 {ontology_digest}}}
}}"""


@dataclass(frozen=True, slots=True)
class Citation:
    """What read a set of reports.

    Attributes:
        version: Version of gxnlp; `contract` that of the output.
        model: The model in words, with its digest.
        ontology: Version of the labels; `ontology_digest` their SHA-256.
        run: How many files were read and when, in words; empty where no run is cited.
        year: Year of the run, or empty.
    """

    version: str
    contract: str
    model: str
    ontology: str
    ontology_digest: str
    run: str = ""
    year: str = ""

    def text(self) -> str:
        """A sentence for a section on methods."""
        return _TEXT.format(**self._words())

    def bibtex(self) -> str:
        """An entry for BibTeX."""
        return _BIBTEX.format(**self._words())

    def _words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__slots__}


def cite_installed(model: Model | None, year: str) -> Citation:
    """Cite what is installed.

    Args:
        model: The model that ships, `None` where none does.
        year: The year to cite.
    """
    ontology = model.ontology if model else default_ontology()
    found = {"name": model.name, "digest": model.digest} if model else None
    return Citation(
        metadata.version("gxnlp"), CONTRACT, _model(found), ontology.version, ontology.digest, year=year
    )


def cite_run(folder: Path) -> Citation:
    """Cite a run by the `run.json` of its output folder.

    Raises:
        InputError: There is none, or it is no record of a run.
    """
    run = read_run(folder)
    finished = run["times"]["finished"]
    return Citation(
        version=run["gxnlp"],
        contract=run["contract"],
        model=_model(run["model"]),
        ontology=run["ontology"]["version"],
        ontology_digest=run["ontology"]["digest"],
        run=f" from {run['counts']['files']} files on {finished[:10]}",
        year=finished[:4],
    )


def _model(found: dict[str, Any] | None) -> str:
    return f"model {found['name']}, SHA-256 {found['digest']}" if found else "patterns alone, no model"
