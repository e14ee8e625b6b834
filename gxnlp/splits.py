"""An annotated corpus as a folder, divided into train, dev and test by agency.

The folder holds marked-up reports (`*.txt`, in it or in its sub-folder `docs/`) and may hold
`splits.toml`:

    salt = "any words"    # changes how agencies fall
    dev = 0.15            # share of the agencies, on average
    test = 0.15

The split of an agency follows from its name alone, by a hash: new reports never move old ones,
and no agency stands on both sides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gxnlp.corpus import GoldReport, read_corpus
from gxnlp.errors import CorpusError
from gxnlp.untrusted import parse_toml, read_limited

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")
SPLITS_FILE = "splits.toml"


@dataclass(frozen=True, slots=True)
class SplitRule:
    """How agencies are divided: the fields are those of `splits.toml`."""

    salt: str
    dev: float
    test: float

    def split_of(self, agency: str) -> Split:
        """The split of an agency as a header names it; of alternatives the first counts."""
        name = f"{self.salt}\t{agency.split('|')[0].strip()}"
        place = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) / 2**64
        if place < self.test:
            return "test"
        return "dev" if place < self.test + self.dev else "train"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The reports of a folder.

    Attributes:
        reports: All of them, sorted by file name.
        rule: How they are divided; `None` where the folder does not say.
        digest: SHA-256 over names and contents of the files.
    """

    reports: tuple[GoldReport, ...]
    rule: SplitRule | None
    digest: str

    def select(self, splits: Sequence[str]) -> list[GoldReport]:
        """The reports of some splits, in the order of the corpus; it has to have a rule."""
        if self.rule is None:
            raise CorpusError(f"the corpus has no {SPLITS_FILE}, so no split {', '.join(splits)}")
        return [report for report in self.reports if self.rule.split_of(report.agency) in splits]


def docs_of(folder: Path) -> Path:
    """Where the reports of a corpus folder stand: in `docs/` if it has that, else in itself."""
    return folder / "docs" if (folder / "docs").is_dir() else folder


def load_corpus(folder: Path) -> Corpus:
    """Read a corpus folder.

    Raises:
        CorpusError: No report is there, one is malformed, or `splits.toml` is.
    """
    docs = docs_of(folder)
    reports = read_corpus(docs)
    if not reports:
        raise CorpusError(f"{folder}: no annotated report (*.txt) is there or in docs/")
    rule_file = folder / SPLITS_FILE
    digest = hashlib.sha256()
    for path in sorted(docs.glob("*.txt")) + [rule_file] * rule_file.is_file():
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return Corpus(tuple(reports), _read_rule(rule_file), digest.hexdigest())


def _read_rule(path: Path) -> SplitRule | None:
    if not path.is_file():
        return None
    try:
        values = parse_toml(read_limited(path))
        rule = SplitRule(str(values.pop("salt")), float(values.pop("dev")), float(values.pop("test")))
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"{path}: expected salt, dev and test, see gxnlp/splits.py ({error})") from error
    if values or min(rule.dev, rule.test) < 0 or rule.dev + rule.test > 1:
        raise CorpusError(f"{path}: expected salt and the shares dev and test (together 1 or less) alone")
    return rule
