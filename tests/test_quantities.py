"""Numbers in running text: cases by construction, offsets, time on hostile input."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from gxnlp.quantities import find_quantities, read_vocabulary
from gxnlp.records import Quantity

FOLDER = Path(__file__).parent / "data" / "quantities"
KINDS = {
    "number": "", "range": "", "percent": "%", "permille": "%%", "percent_point": "pp", "fraction": "frac",
    "fold": "fold", "ordinal": "ord", "date": "date",
}  # fmt: skip


def cases():
    for path in sorted(FOLDER.glob("*.toml")):
        for text, wanted in tomllib.loads(path.read_text(encoding="utf-8"))["cases"].items():
            yield pytest.param(text, wanted, id=f"{path.stem}:{text}")


def shown(value):
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return format(value.normalize(), "f")


def bounds(q: Quantity) -> str:
    """The value as the case files write it."""
    if q.qualifier == "approx" and q.value is None:
        return f"~{shown(q.lower)}..{shown(q.upper)}"
    if q.qualifier == "approx":
        return f"~..{shown(q.upper)}" if q.upper is not None and q.lower is None else f"~{shown(q.value)}"
    if q.qualifier == "over":
        return f"{shown(q.lower)}.."
    if q.qualifier == "under":
        return f"..{shown(q.upper)}"
    return shown(q.value) if q.value is not None else f"{shown(q.lower)}..{shown(q.upper)}"


def written(q: Quantity) -> str:
    tail = KINDS[q.kind] + (f":{q.unit}" if q.unit else "")
    return f"{q.text} = {bounds(q)} {tail}".rstrip()


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_case(text, wanted):
    assert [written(q) for q in find_quantities(text)] == wanted


def test_examples_of_the_vocabulary():
    for example in read_vocabulary()["example"]:
        assert [written(q) for q in find_quantities(example["text"])] == example["quantities"]
