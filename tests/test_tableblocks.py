"""Table blocks: layouts as data, invariants as properties."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.folding import fold
from gxnlp.layout.tableblocks import find_table_blocks
from gxnlp.records import Interval

CASES = tomllib.loads((Path(__file__).parent / "data/tableblocks/cases.toml").read_text(encoding="utf-8"))[
    "case"
]


def unmark(marked: str) -> tuple[str, list[Interval]]:
    """The text without ⟦ ⟧, and the intervals that they enclosed."""
    text, starts, blocks = "", [], []
    for char in marked:
        if char == "⟦":
            starts.append(len(text))
        elif char == "⟧":
            blocks.append(Interval(starts.pop(), len(text)))
        else:
            text += char
    return text, blocks


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_layout(case):
    text, wanted = unmark(case["text"])
    found = find_table_blocks(fold(text))
    assert [text[b.start : b.end] for b in found] == [text[b.start : b.end] for b in wanted]
    assert found == wanted


@given(
    st.lists(
        st.sampled_from(
            [
                "规章",
                "0",
                " ",
                "\n",
                "\t",
                "|",
                "2021年",
                "结果维持",
                "行政复议",
                "、",
                "情况",
                "。",
                "（一）",
                "- 3 -",
                "指标名称",
                "单位",
                "条",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=100, deadline=None)
def test_blocks_are_ordered_trimmed_and_apart(pieces):
    text = "".join(pieces)
    end = 0
    for block in find_table_blocks(fold(text)):
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        end = block.end


@pytest.mark.parametrize(
    "unit",
    [
        "0 ",
        "0",
        "0\n",
        "规章",
        "规章，",
        "规章0甲",
        "a\tb\n",
        "|",
        "ab\n",
        "指标名称单位条0",
        " ",
        "\n",
        "本 年 ",
        "1 2 3\n",
        "---\n",
    ],
)
def test_time_is_linear(unit):
    text = unit * (60_000 // len(unit))
    start = time.process_time()
    find_table_blocks(text)
    assert time.process_time() - start < 2
