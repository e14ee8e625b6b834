"""Contradictions are found, and nothing that agrees is called one."""

import random
import tomllib
from decimal import Decimal

import pytest
from conftest import ROOT
from table_forms import figures, report, tabs

from gxnlp.checks import find_contradictions
from gxnlp.layout import normalise
from gxnlp.pipeline import analyse
from gxnlp.reading import read
from gxnlp.records import Finding
from gxnlp.tables import PROACTIVE, REVIEW, find_tables

CASES = tomllib.loads((ROOT / "tests/data/checks/narrative.toml").read_text(encoding="utf-8"))["case"]
CLAUSES = tomllib.loads((ROOT / "tests/data/checks/clauses.toml").read_text(encoding="utf-8"))
CODES = tomllib.loads((ROOT / "gxnlp/data/checks.toml").read_text(encoding="utf-8"))["checks"]


def document_of(text: str):
    return normalise(read(text.encode(), name="report.txt").pages, paged=False)


def identities(cells: dict) -> tuple[Finding, ...]:
    document = document_of(report(tabs(cells)))
    return find_contradictions(document, (), find_tables(document), 2022)


@pytest.mark.parametrize("seed", range(40))
def test_tables_that_add_up_raise_no_alarm(seed):
    findings = identities(figures(seed, most=[20, 400, 4000][seed % 3]))
    assert {finding.status for finding in findings} == {"ok"}
    assert len(findings) == 7 + 7 + 25 + 3


def test_one_changed_cell_is_found_every_time():
    missed = []
    for seed in range(500):
        cells = figures(seed % 60, most=[20, 400, 4000][seed % 3])
        random_ = random.Random(seed)
        key = random_.choice([key for key in cells if key[0] != PROACTIVE])
        cells[key] += random_.choice([1, 2, 5, 10, 100])
        if not any(_names(finding, key) for finding in identities(cells)):
            missed.append((seed, key))
    assert missed == []


def _names(finding: Finding, key: tuple[str, str, str]) -> bool:
    return finding.status == "fail" and "/".join(key) in finding.refs


def test_a_missing_row_is_no_error():
    cells = figures(9, most=400, busy=0.9)
    tables = tabs(cells)
    lines = [line for line in tables["applications"].split("\n") if "重复申请" not in line]
    document = document_of(report(tables | {"applications": "\n".join(lines)}))
    findings = find_contradictions(document, (), find_tables(document), 2022)
    assert {finding.status for finding in findings} == {"ok", "not_applicable"}
    reasons = [f.detail for f in findings if f.status == "not_applicable"]
    assert all("rejected.repeated" in reason or "no number" in reason for reason in reasons)


def test_both_sides_are_named():
    cells = figures(10)
    cells[REVIEW, "review", "total"] += 3
    (failed,) = [finding for finding in identities(cells) if finding.status == "fail"]
    assert failed.check == "review.total.review"
    assert Decimal(failed.left.split("=")[-1]) + 3 == Decimal(failed.right)
    assert failed.refs[-1] == "review/review/total"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_narrative(case):
    found = {(finding.check, finding.status) for finding in said(case["text"], case.get("cells", {}))}
    assert found == {tuple(pair) for pair in case["findings"]}


def said(text: str, places: dict[str, int]) -> list[Finding]:
    """Findings of the narrative for a sentence, beside tables with some cells that are not 0."""
    cells = figures(0, busy=0)
    for place, value in places.items():
        table, row, column = place.split("/")
        cells[table, row, column] = Decimal(value)
    whole = report(tabs(cells)).replace("全年通过县政府网站公开政府信息312条。", text)
    return [finding for finding in analyse(document_of(whole)).findings if finding.check.startswith("narr")]


@pytest.mark.parametrize("sentence", CLAUSES["agreeing"])
def test_what_counts_something_else_raises_no_alarm(sentence):
    findings = said(f"（二）依申请公开。{sentence}", CLAUSES["cells"])
    assert [finding for finding in findings if finding.status == "fail"] == []


@pytest.mark.parametrize("sentence", CLAUSES["listing"])
def test_a_list_that_is_no_error_raises_no_alarm(sentence):
    findings = said(f"（一）主动公开。{sentence}", CLAUSES["cells"])
    assert [finding for finding in findings if finding.status == "fail"] == []


@pytest.mark.parametrize("sentence", CLAUSES["contradicting"])
def test_a_total_that_the_tables_do_not_have_is_found(sentence):
    findings = said(f"（二）依申请公开。{sentence}", CLAUSES["cells"])
    assert "fail" in {finding.status for finding in findings}


def test_every_code_is_in_the_list_and_in_the_documentation():
    shapes = {code["code"].split("{")[0].rstrip(".") for code in CODES}
    documented = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    assert all(f"`{code['code']}`" in documented for code in CODES)
    findings = identities(figures(1))
    assert all(any(finding.check.startswith(shape) for shape in shapes) for finding in findings)
