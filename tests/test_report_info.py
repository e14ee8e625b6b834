"""What a report says of itself: constructions as data."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp.folding import fold
from gxnlp.layout.tableblocks import find_table_blocks
from gxnlp.records import Document, ReportInfo
from gxnlp.report_info import read_info
from gxnlp.sections import find_sections

CASES = tomllib.loads((Path(__file__).parent / "data/report_info/cases.toml").read_text(encoding="utf-8"))[
    "case"
]


def info_of(text: str) -> ReportInfo:
    document = Document.from_text(text, tables=tuple(find_table_blocks(fold(text))))
    return read_info(document, find_sections(document))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_construction(case):
    info = info_of(case["text"].lstrip("\n"))
    got = {name: getattr(info, name) for name in case["expect"]}
    got |= {"notes": list(info.notes)} if "notes" in got else {}
    assert got | ({"year": got["year"] or 0} if "year" in got else {}) == case["expect"]


@given(
    st.lists(
        st.sampled_from(
            [
                "2023年",
                "二〇二三年",
                "政府信息公开",
                "年度报告",
                "青柳县",
                "人民政府",
                "\n",
                " ",
                "《",
                "》",
                "：",
                "发布时间",
                "2024-02-31",
                "由",
                "编制",
                "#",
            ]
        ),
        max_size=25,
    )
)
@settings(max_examples=80, deadline=None)
def test_any_text_has_an_info(pieces):
    info = info_of("".join(pieces))
    assert info.kind in ("annual_report", "other")
    assert info.year is None or 1900 <= info.year <= 2099
    assert bool(info.agency) == bool(info.agency_printed)
    assert info.agency.startswith(info.region) or info.region in info.agency
    assert not info.agency_id or info.agency


def test_what_the_file_says_fills_gaps_alone():
    text = "根据条例编制本报告。\n一、总体情况\n平稳。\n二、主动公开政府信息情况\n见表。\n"
    said = {
        "title": "鼓楼区2023年政府信息公开工作年度报告-福州市鼓楼区人民政府",
        "publisher": "福州市鼓楼区人民政府",
        "source_url": "https://www.example.gov.cn/1.html",
        "published": "2024-01-20",
    }
    document = Document.from_text(text)
    info = read_info(document, find_sections(document), said)
    assert (info.agency, info.region_code) == ("鼓楼区人民政府", "350102")
    assert (info.year, info.published, info.source_url) == (2023, said["published"], said["source_url"])
    text = "沭阳县水利局2022年政府信息公开工作年度报告\n" + text
    document = Document.from_text(text)
    info = read_info(document, find_sections(document), said)
    assert (info.agency, info.year, info.published) == ("沭阳县水利局", 2022, "2024-01-20")
