"""The panel of a run: states, duplicates, the codebook."""

import csv
import tracemalloc
from pathlib import Path

import pytest
from conftest import SAMPLES
from panel_runs import TEXT, panel, report, run, write_csv

from gxnlp.errors import OutputError
from gxnlp.model import load_model
from gxnlp.ontology import default_ontology
from gxnlp.panel import write_panel
from gxnlp.panel.codebook import codebook_rows, wilson
from gxnlp.panel.columns import panel_columns
from gxnlp.panel.duplicates import Choice, Listing
from gxnlp.panel.files import read_table, writing
from gxnlp.panel.rules import panel_rules
from gxnlp.panel.store import Store


def test_every_label_has_its_figure_and_state(tmp_path):
    (row,) = panel(run(tmp_path, {"a.txt": report()})).values()
    assert [row[name] for name in ("agency", "year", "report_id", "status")] == [
        "青禾市水务局",
        "2023",
        "a",
        "ok",
    ]
    for code in default_ontology().metrics:
        assert {code, f"{code}_lower", f"{code}_upper", f"{code}_basis", f"{code}_rows"} <= row.keys()
        assert row[f"{code}_state"] in panel_rules().states
    assert [row[f"info_published{part}"] for part in ("", "_lower", "_upper", "_state")] == [
        "120", "120", "120", "value",
    ]  # fmt: skip
    assert (row["applications_received"], row["applications_received_state"]) == ("0", "stated_zero")
    assert (row["views"], row["views_state"]) == ("", "not_mentioned")


def test_a_figure_leads_back_to_its_mentions(tmp_path):
    out = run(tmp_path, {"a.txt": report()})
    (row,) = panel(out).values()
    mentions = {mention["metric_id"]: mention for mention in read_table(out / "metrics.csv")}
    assert mentions[row["trainings_rows"]]["text"] == "2次"


def test_a_label_whose_sections_are_missing_is_not_called_unmentioned(tmp_path):
    text = "青禾市水务局2023年政府信息公开工作年度报告\n五、存在的主要问题及改进情况\n公开内容不够深入。\n"
    (row,) = panel(run(tmp_path, {"a.txt": text})).values()
    assert row["views_state"] == row["applications_received_state"] == "section_missing"


def test_what_could_not_be_read_is_told_apart(tmp_path):
    out = run(tmp_path, {"a.txt": report(), "b.pdf": "no PDF"})
    assert {name: row["views_state"] for name, row in panel(out).items()} == {
        "a": "not_mentioned",
        "b": "unreadable",
    }


def test_topics_are_counted_where_problems_are_told(tmp_path):
    out = run(
        tmp_path, {"a.txt": report(), "b.txt": report("青禾市林业局", cut=(TEXT[TEXT.index("五、") :], ""))}
    )
    rows = panel(out)
    assert (rows["a"]["problems"], rows["a"]["problems.staff"], rows["a"]["remedies"]) == ("2", "1", "1")
    assert (rows["b"]["problems"], rows["b"]["problems.staff"]) == ("", "")


def test_a_document_of_another_kind_is_not_in_the_panel(tmp_path):
    assert list(panel(run(tmp_path, {"a.txt": report(), "b.txt": "会议通知\n请各单位参加。\n"}))) == ["a"]


def test_table_totals_follow_tables_csv(tmp_path):
    out = run(tmp_path, {"a.txt": report(), "b.txt": report("青禾市林业局")})
    (out / "tables.csv").unlink(missing_ok=True)
    write_panel(out)
    assert panel(out)["a"]["table.applications.new_state"] == ""
    write_csv(
        out / "tables.csv",
        "report_id,table,row,column,value,text,start,end,page,state,reason",
        "a,applications,new,total,41,41,,,,value,",
        "a,applications,carried_in,total,,,,,,blank,",
    )
    write_panel(out)
    rows = panel(out)
    names = [f"table.applications.{name}" for name in ("new", "new_state", "carried_in", "carried_in_state")]
    assert [rows["a"][name] for name in names] == ["41", "value", "", "blank"]
    assert [rows["b"][name] for name in names] == ["", "table_missing", "", "table_missing"]


def test_the_cells_of_the_panel_are_those_of_the_form():
    template = pytest.importorskip("gxnlp.tables.template").template()
    known = {(row.table, row.code, column) for row in template.rows.values() for column in row.columns}
    cells = {(cell.table, cell.row, cell.column) for cell in panel_rules().cells}
    assert cells <= known
    assert {place for place in known if place[0] == "proactive" or place[2] == "total"} == cells


def test_rows_in_another_order_than_the_reports_are_refused(tmp_path):
    out = run(tmp_path, {"a.txt": report(), "b.txt": report("青禾市林业局")})
    head, *lines = (out / "metrics.csv").read_text(encoding="utf-8").splitlines()
    write_csv(out / "metrics.csv", head, *reversed(lines))
    with pytest.raises(OutputError, match="do not follow"):
        write_panel(out)


def test_columns_are_unique():
    names = [column.name for column in panel_columns(default_ontology())]
    assert len(names) == len(set(names))
    assert all(column.en and column.zh for column in panel_columns(default_ontology()))


# Duplicates


def listed(report_id: str, **given: str) -> dict[str, str]:
    usual = {
        "report_id": report_id, "sha256": report_id, "kind": "annual_report", "title": "年度报告",
        "agency": "甲局", "agency_id": "", "region_code": "", "region": "", "year": "2023",
        "status": "ok", "metrics": "20", "sections": "7", "published": "2024-01-20",
    }  # fmt: skip
    return usual | given


def choose(folder: Path, *rows: dict[str, str]) -> dict[str, Choice]:
    """What stands in the panel, by the id of the report."""
    with writing(folder / "reports.csv", tuple(rows[0])) as table:
        for row in rows:
            table.write(row)
    with Store(folder) as store:
        listing = Listing(folder, store)
        choices = {name: listing.choice(name) for name in listing.ids()}
        assert listing.number_chosen() == sum(choice is not None for choice in choices.values())
    assert [path.name for path in folder.iterdir()] == ["reports.csv"]
    return {name: choice for name, choice in choices.items() if choice}


@pytest.mark.parametrize(
    ("worse", "better", "reason"),
    [
        ({"status": "partial", "metrics": "90"}, {}, "status"),
        ({"title": "年度报告（摘要）", "metrics": "90"}, {}, "abridged"),
        ({"metrics": "90"}, {"title": "年度报告（更正）"}, "corrected"),
        ({"metrics": "19", "sections": "9"}, {}, "metrics"),
        ({"sections": "6", "published": "2024-05-01"}, {}, "sections"),
        ({"published": "2024-01-19"}, {}, "published"),
        ({"published": ""}, {}, "published"),
        ({"agency_id": "x"}, {"agency_id": "x", "agency": "甲局（原名）", "metrics": "21"}, "metrics"),
        ({"sha256": "same", "agency": "", "metrics": "3"}, {"sha256": "same", "metrics": "4"}, "metrics"),
    ],
)
def test_the_better_of_two_reports_stands(tmp_path, worse, better, reason):
    chosen = choose(tmp_path, listed("worse", **worse), listed("better", **better))
    assert chosen == {"better": Choice(("worse",), reason)}


def test_many_reports_on_one_year_are_ranked_and_what_is_no_report_is_left_out(tmp_path):
    few, usual, late = listed("a", metrics="9"), listed("b"), listed("e", published="2024-03-01")
    rows = (few, usual, listed("c", kind="other"), late)
    assert choose(tmp_path, *rows, listed("d", metrics="100")) == {"d": Choice(("e", "b", "a"), "metrics")}
    assert choose(tmp_path, *rows) == {"e": Choice(("b", "a"), "published")}
    assert choose(tmp_path, usual, listed("f"), few) == {"b": Choice(("f", "a"), "order")}


def test_numbers_beyond_reason_that_a_person_set_are_taken(tmp_path):
    rows = listed("a", agency_id="x", year="9" * 30, metrics="9" * 30), listed("b", agency_id="x", year="1")
    assert choose(tmp_path, *rows) == {"a": Choice(), "b": Choice()}


def test_choosing_among_many_reports_takes_no_more_memory_than_among_few(tmp_path):
    def peak(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        with writing(folder / "reports.csv", tuple(listed(""))) as table:
            for i in range(number):
                table.write(listed(f"{i:05}", agency=f"第{i}局", year=str(2020 + i % 3)))
        tracemalloc.start()
        with Store(folder) as store:
            assert Listing(folder, store).number_chosen() == number
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)  # loads what is loaded once
    assert peak(4000) < 1.5 * peak(400)


@pytest.mark.parametrize(
    "other",
    [
        {"year": "2022"},
        {"agency": "乙局"},
        {"region": "乙市"},
        {"agency": ""},
        {"year": ""},
        {"agency_id": "x"},
    ],
)
def test_other_agencies_years_and_unknown_ones_are_no_duplicates(tmp_path, other):
    rows = listed("a", region="甲市"), listed("b", **({"region": "甲市"} | other))
    assert choose(tmp_path, *rows) == {"a": Choice(), "b": Choice()}


def test_duplicates_are_listed_in_the_panel(tmp_path):
    shorter = report(cut=("举办培训2次。", ""))
    (row,) = panel(run(tmp_path, {"a.txt": shorter, "b.md": report(), "c.txt": shorter})).values()
    assert (row["report_id"], row["duplicates"], row["chosen_by"]) == ("b", "a;c", "metrics")


# Codebook


@pytest.mark.parametrize(
    ("right", "trials", "low", "high"),
    [(0, 0, 0, 1), (3, 3, 0.4385, 1), (0, 4, 0, 0.4899), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_intervals(right, trials, low, high):
    # Newcombe (1998), Statistics in Medicine 17, table I, for 81 of 263.
    assert wilson(right, trials) == pytest.approx((low, high), abs=1e-4)


def test_the_codebook_has_every_label_and_the_scores_of_the_model():
    meta = {"labels": {"test": {"metrics": {"views": [8, 10, 9]}, "topics": {"staff": [0, 0, 4]}}}}
    rows = {(row["group"], row["code"]): row for row in codebook_rows(default_ontology(), meta)}
    ontology = default_ontology()
    for group in ("metric", "topic", "section", "channel"):
        assert {code for of, code in rows if of == group} == set(getattr(ontology, f"{group}s"))
    views = rows["metric", "views"]
    assert (views["zh"], views["unit"], views["several"]) == ("浏览量", "view", "largest")
    assert [views[name] for name in ("scored_on", "wanted", "found", "precision", "recall")] == [
        "test", "9", "10", "0.8", "0.8889",
    ]  # fmt: skip
    assert float(views["precision_low"]) < 0.8 < float(views["precision_high"])
    assert "precision" not in rows["topic", "staff"]  # nothing was found, so nothing is known of it
    assert rows["topic", "staff"]["recall"] == "0"


def test_the_codebook_stands_beside_the_panel_and_is_written_alone(tmp_path, gxnlp_command):
    out = run(tmp_path, {"a.txt": report()})
    with (out / "codebook.csv").open(encoding="utf-8", newline="") as source:
        codes = {row["code"] for row in csv.DictReader(source)}
    assert set(default_ontology().metrics) <= codes
    assert gxnlp_command("codebook", "-o", "book").returncode == 0
    words = (tmp_path / "book" / "codebook.md").read_text(encoding="utf-8")
    assert "| views | 浏览量 |" in words
    model = load_model()
    assert ("Wilson" in words) == bool(model and model.meta and model.meta.get("labels"))


def test_the_command_tells_of_manifest_and_corrections(gxnlp_command, tmp_path):
    write_csv(tmp_path / "m.csv", "file,year,x", "raojin_market_2022.pdf,2021,", "b,2020,")
    write_csv(tmp_path / "f.csv", "sha256,file,action,start,end,value", "00000000,metrics,set,1,2,3")
    command = [
        "extract",
        SAMPLES / "raojin_market_2022.pdf",
        "-o",
        "out",
        "--meta",
        "m.csv",
        "--overrides",
        "f.csv",
    ]
    result = gxnlp_command(*command)
    assert result.returncode == 0, result.stderr
    assert "raojin_market_2022: year is 2021, was read as 2022" in result.stdout
    assert "--meta names no input (1): b" in result.stdout
    assert "--meta has columns that reports.csv does not have (1): x" in result.stdout
    assert "--overrides did not fit (1): line 2: metrics 1/2" in result.stdout
    assert "panel.csv codebook.csv codebook.md run.json" in result.stdout
