"""Two years of one agency against each other, and what becomes of the findings in a run."""

import csv
import sqlite3
from decimal import Decimal

import pytest

from gxnlp import batch
from gxnlp.checks.series import Year, compare_years, compared_cells, year_of
from gxnlp.errors import OutputError
from gxnlp.finishing import Finishing
from gxnlp.inputs import find_inputs
from gxnlp.panel.files import Table

METRIC = {
    "metric": "followers", "value": "5000", "unit": "person", "channel": "wechat", "measure": "total",
    "aspect": "level", "scope": "own", "qualifier": "exact", "period": "", "part_of": "", "metric_id": "m1",
}  # fmt: skip


def year(number: int, cells: dict[str, int] | None = None, *metrics: dict[str, str]) -> Year:
    tables = [
        {**dict(zip(("table", "row", "column"), ref.split("/"), strict=True)), "value": str(value)}
        for ref, value in (cells or {}).items()
    ]
    report = {"report_id": f"r{number}", "year": str(number)}
    return year_of(report, [METRIC | metric for metric in metrics], tables)


def findings(before: Year, after: Year) -> dict[str, str]:
    return {finding.check: finding.status for finding in compare_years(before, after)}


@pytest.mark.parametrize(("carried_in", "status"), [(3, "ok"), (2, "fail")])
def test_what_is_carried_out_is_carried_in(carried_in, status):
    before = year(2021, {"applications/carried_out/total": 3})
    after = year(2022, {"applications/carried_in/total": carried_in})
    assert findings(before, after) == {"series.carried.total": status}


@pytest.mark.parametrize(("in_force", "status"), [(43, "ok"), (40, "fail")])
def test_documents_in_force_follow(in_force, status):
    place = "proactive/normative_documents"
    before = year(2021, {f"{place}/in_force": 40})
    after = year(2022, {f"{place}/issued": 5, f"{place}/repealed": 2, f"{place}/in_force": in_force})
    assert findings(before, after) == {"series.in_force.normative_documents": status}


def test_a_cell_without_a_number_is_compared_with_nothing():
    before = year(2021, {"applications/carried_out/total": 3})
    assert findings(before, year(2022)) == {}


@pytest.mark.parametrize(
    ("now", "status"), [("5600", "ok"), ("56000000", "fail"), ("2000", "fail"), ("20000", "ok")]
)
def test_followers_that_fall_or_leap(now, status):
    before, after = year(2021, None, {}), year(2022, None, {"value": now, "metric_id": "m7"})
    assert findings(before, after) == {"series.followers.wechat": status}
    (finding,) = compare_years(before, after)
    assert finding.refs == ("r2021:m1", "m7")


@pytest.mark.parametrize(("stated", "status"), [("118", "ok"), ("121", "fail")])
def test_a_figure_for_the_year_before_is_that_years(stated, status):
    received = {"metric": "applications_received", "unit": "item", "channel": ""}
    before = year(2021, None, received | {"value": "118"})
    after = year(2022, None, received | {"value": stated, "period": "2021"})
    assert findings(before, after) == {"series.restated.applications_received": status}


def test_what_is_compared_is_in_the_form():
    assert len(compared_cells()) == 7 + 7 + 3 + 3
    assert Decimal(3) in year(2021, {"applications/carried_out/total": 3}).cells.values()


@pytest.fixture
def three_years(tmp_path):
    """A folder with the reports of three years of one agency."""
    (tmp_path / "in").mkdir()
    for number, carried_in in ((2021, 0), (2022, 5), (2023, 0)):
        text = (
            f"江苏省沭阳县水利局{number}年政府信息公开工作年度报告\n一、总体情况\n全年公开信息20条。\n"
            "三、收到和处理政府信息公开申请情况\n"
            "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
            f"一、本年新收政府信息公开申请数量\t4\t0\t0\t0\t0\t0\t4\n"
            f"二、上年结转政府信息公开申请数量\t{carried_in}\t0\t0\t0\t0\t0\t{carried_in}\n"
            f"（一）予以公开\t{4 + carried_in}\t0\t0\t0\t0\t0\t{4 + carried_in}\n"
            f"（七）总计\t{4 + carried_in}\t0\t0\t0\t0\t0\t{4 + carried_in}\n"
            "四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0\n"
        )
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path / "in"


def test_a_run_over_years_says_where_they_disagree(tmp_path, three_years, monkeypatch):
    opened = []
    read = Table.__init__
    monkeypatch.setattr(Table, "__init__", lambda self, path: (opened.append(path.stem), read(self, path))[1])
    batch.run(find_inputs([str(three_years)]), tmp_path / "out")
    assert {name: opened.count(name) for name in ("reports", "metrics", "tables", "checks")} == {
        "reports": 2,  # once to choose among all of them, once beside the other rows
        "metrics": 1,
        "tables": 1,
        "checks": 1,
    }
    with (tmp_path / "out/checks.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["check"].startswith("series.")]
    assert {row["report_id"] for row in rows} == {"2022", "2023"}
    failed = [(row["report_id"], row["check"]) for row in rows if row["status"] == "fail"]
    assert failed == [("2022", "series.carried.natural_person"), ("2022", "series.carried.total")]
    assert {row["refs"].split(":")[0] for row in rows if row["report_id"] == "2023"} == {"2022"}
    assert not list((tmp_path / "out").glob("*.sqlite"))
    batch.run(find_inputs([str(three_years)]), tmp_path / "alone", finishing=Finishing(panel=False))
    assert (tmp_path / "alone/checks.csv").read_bytes() == (tmp_path / "out/checks.csv").read_bytes()
    assert {path.name for path in (tmp_path / "out").iterdir()} - {
        path.name for path in (tmp_path / "alone").iterdir()
    } == {"panel.csv", "codebook.csv", "codebook.md"}


def test_a_disk_that_is_full_while_years_are_compared_is_told_like_any(tmp_path, three_years, monkeypatch):
    class Full:
        def execute(self, *_):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: Full())
    with pytest.raises(OutputError, match=r"cannot write to .*: database or disk is full; .*--resume"):
        batch.run(find_inputs([str(three_years)]), tmp_path / "out")
