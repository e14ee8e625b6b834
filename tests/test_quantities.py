"""Numbers in running text: cases by construction, offsets, time on hostile input."""

from __future__ import annotations

import time
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.folding import fold
from gxnlp.quantities import find_quantities, read_vocabulary
from gxnlp.records import Interval, Quantity

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


@pytest.mark.parametrize(("text", "wanted"), list(cases()))
def test_case(text, wanted):
    assert [written(q) for q in find_quantities(text)] == wanted


def test_examples_of_the_vocabulary():
    for example in read_vocabulary()["example"]:
        assert [written(q) for q in find_quantities(example["text"])] == example["quantities"]


PIECES = [
    *"一二两三十百千万亿零半几数第负约近超余多来个条件年月日点分之成折又至到、，。（） \n\t|",
    *"0123456789.,-%/~^eEkA：",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_offsets_hold_on_any_text(text):
    end = 0
    for q in find_quantities(text):
        assert end <= q.start < q.end <= len(text)
        assert text[q.start : q.end] == q.text
        assert text[q.unit_start : q.unit_end] == q.unit
        assert q.outer_start <= q.start and q.end <= q.outer_end and q.unit_end <= q.outer_end
        assert q.value is not None or q.lower is not None or q.upper is not None
        end = max(q.end, q.unit_end)


def test_folded_text_may_be_passed():
    text = "發布１，２８６條，佔６２％"
    assert find_quantities(text, folded=fold(text)) == find_quantities(text)


def test_skipped_stretches_are_left_out():
    text = "公开5条\n1\t2\t3\n办结6件"
    found = find_quantities(text, skip=[Interval(5, 11)])
    assert [q.text for q in found] == ["5", "6"]


def test_paragraph_break_parts_number_and_counter():
    (found,) = find_quantities("浏览次数：208\n\n本年报")
    assert (found.text, found.unit) == ("208", "")


HOSTILE = [
    *[
        "万",
        "一",
        "9",
        ".",
        "1,",
        "1,111",
        "1.",
        "1-",
        "1/",
        "三分之",
        "三又",
        "第",
        "半",
        "（1",
        "a1",
        "亿万",
        "点",
    ],
    *["一点", "1e400 ", "9^99 ", "-" + "9" * 70, "三至", "约", "1\n", "一个", "每一", "http://a/1", "\t1"],
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_in_length(piece):
    text = (piece * 40_000)[:40_000]
    begun = time.process_time()
    find_quantities(text)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("text", ["1e400", "1e99999999", "9^9999", "10^100000", "2^999999999", "1.5×10^9999"])
def test_huge_powers_are_not_worked_out(text):
    assert all(q.value is not None and abs(q.value) < 10**6 for q in find_quantities(text))
