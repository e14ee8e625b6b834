"""Corrections by hand: rows set, deleted and added, and what is refused."""

from pathlib import Path

import pytest
from panel_runs import panel, record, report, run, write_csv

from gxnlp.errors import InputError
from gxnlp.finishing import finish, prepare
from gxnlp.ontology import default_ontology
from gxnlp.panel.files import read_reports, read_table
from gxnlp.panel.fixes import read_fixes

HEAD = "sha256,file,action,was,start,end,table,row,column,metric,value,channel,text,topics,year"


@pytest.fixture
def fixed(tmp_path):
    """Extract one report, make corrections from its files, and extract it again with them."""

    def fix(*lines: str) -> Path:
        out = run(tmp_path, {"a.txt": report()})
        digest = read_table(out / "reports.csv")[0]["sha256"]
        places = {row["metric"]: f"{row['start']},{row['end']}" for row in read_table(out / "metrics.csv")}
        places |= {row["role"]: f"{row['start']},{row['end']}" for row in read_table(out / "statements.csv")}
        filled = [line.format(sha=digest, short=digest[:8], **places) for line in lines]
        return run(tmp_path, {"a.txt": report()}, overrides=write_csv(tmp_path / "fixes.csv", HEAD, *filled))

    return fix


def test_a_row_is_set_and_marked(fixed):
    out = fixed("{sha},metrics,set,,{info_published},,,,,130,website,,,")
    (row,) = [row for row in read_table(out / "metrics.csv") if row["metric"] == "info_published"]
    names = ("value", "lower", "upper", "channel", "extractor", "confidence", "text")
    assert [row[name] for name in names] == ["130", "130", "130", "website", "human", "1", "120条"]
    assert panel(out)["a"]["info_published"] == "130"
    assert record(out)["overrides"] == {"applied": 1, "unmatched": []}


def test_a_row_is_deleted_and_counted_no_more(fixed):
    out = fixed("{short},metrics,delete,trainings,{trainings},,,,,,,,,")
    assert not [row for row in read_table(out / "metrics.csv") if row["metric"] == "trainings"]
    assert panel(out)["a"]["trainings_state"] == "not_mentioned"
    (listed,) = read_table(out / "reports.csv")
    assert listed["metrics"] == str(len(read_table(out / "metrics.csv")))


def test_a_row_is_added_at_its_place(fixed):
    out = fixed("{sha},metrics,add,,30,34,,,,views,500,,,,")
    rows = read_table(out / "metrics.csv")
    (row,) = [row for row in rows if row["metric"] == "views"]
    text = (out / "texts" / "a.txt").read_text(encoding="utf-8")
    assert (row["metric_id"], row["unit"], row["extractor"], row["period"]) == ("h2", "view", "human", "2023")
    assert row["text"] == text[30:34]
    assert row["section_code"] == "overview"
    assert [int(row["start"]) for row in rows] == sorted(int(row["start"]) for row in rows)
    assert panel(out)["a"]["views"] == "500"


def test_files_that_are_finished_twice_are_as_if_finished_once(fixed, tmp_path):
    out = fixed(
        "{sha},metrics,add,,30,34,,,,views,500,,,,", "{sha},metrics,delete,trainings,{trainings},,,,,,,,,"
    )
    before = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    finish(out, prepare(overrides=tmp_path / "fixes.csv"))
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == before


def test_statements_and_reports_are_corrected_too(fixed):
    out = fixed("{sha},statements.csv,set,,{remedy},,,,,,,,digital,", "{sha},reports,set,,,,,,,,,,,,2021")
    assert {row["topics"] for row in read_table(out / "statements.csv") if row["role"] == "remedy"} == {
        "digital"
    }
    assert panel(out)["a"]["year"] == "2021"


def test_what_no_row_is_found_for_is_told(fixed):
    out = fixed(
        "{sha},metrics,set,,1,2,,,,,1,,,,", "00000000,metrics,set,,1,2,,,,,1,,,,",
        "{sha},metrics,set,views,{trainings},,,,,3,,,,", "{sha},metrics,add,,1,5,,,,visits,3,,,,",
    )  # fmt: skip
    assert record(out)["overrides"]["applied"] == 0
    unmatched = record(out)["overrides"]["unmatched"]
    assert [line[:7] for line in unmatched] == ["line 2:", "line 3:", "line 4:", "line 5:"]
    assert "no row is there in" in unmatched[0]
    assert unmatched[1].endswith("no file of this run has the sha256 00000000")
    assert "no views row is there in" in unmatched[2]
    assert "no label is called visits" in unmatched[3]


def test_without_corrections_that_fit_every_byte_is_as_before(tmp_path, fixed):
    before = run(tmp_path, {"a.txt": report()})
    bytes_before = {path.name: path.read_bytes() for path in before.glob("*.csv")}
    after = fixed("00000000,metrics,set,,1,2,,,,,1,,,,")
    assert {path.name: path.read_bytes() for path in after.glob("*.csv")} == bytes_before


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["sha256,file", "a,b"], "column action is missing"),
        (["sha256,file,action,colour", "a,b,c,d"], "colour is no column"),
        (["sha256,file,action", "abc,metrics,set"], "give 8 characters"),
        (["sha256,file,action", "9.21E+11,metrics,set"], "Excel makes a number of some"),
        (["sha256,file,action", "00000000,panel,set"], "file 'panel' is none of"),
        (["sha256,file,action", "00000000,metrics,change"], "action 'change'; expected set, delete, add"),
        (["sha256,file,action", "00000000,reports,delete"], "action 'delete'; expected set"),
        (["sha256,file,action", "00000000,metrics,set"], "start, end is empty"),
        (
            ["sha256,file,action,start,end,scope", "00000000,metrics,set,1,2,mine"],
            "'mine' is none of own, system",
        ),
        (
            ["sha256,file,action,start,end,value", "00000000,metrics,set,1.5,2,3"],
            "start '1.5' is no whole number",
        ),
        (["sha256,file,action,start,end", "00000000,metrics,delete,3,3"], "end is not behind start"),
        (
            ["sha256,file,action,start,end,value", "00000000,metrics,set,1,2,many"],
            "value 'many' is no number",
        ),
        (
            ["sha256,file,action,start,end,topics", "00000000,metrics,set,1,2,staff"],
            "metrics.csv has no column topics",
        ),
        (["sha256,file,action,start,end", "00000000,metrics,add,1,2"], "metric is empty; say what is added"),
    ],
)
def test_malformed_corrections_are_refused(tmp_path, lines, message):
    with pytest.raises(InputError, match=message):
        read_fixes(write_csv(tmp_path / "f.csv", *lines))


def test_a_cell_of_a_table_is_corrected(tmp_path):
    out = run(tmp_path, {"a.txt": report()})
    columns = "report_id,table,row,column,value,text,start,end,page,state,reason"
    write_csv(out / "tables.csv", columns, "a,review,review,total,,–,3,4,,dash,a dash")
    digest = read_table(out / "reports.csv")[0]["sha256"]
    fixes = read_fixes(
        write_csv(tmp_path / "f.csv", HEAD, f"{digest},tables,set,,,,review,review,total,,2,,,,")
    )
    (rows,) = read_reports(out)
    fixes.apply(rows, default_ontology())
    (cell,) = rows.rows["tables"]
    assert (cell["value"], cell["state"], cell["reason"]) == ("2", "value", "corrected by hand")
    emptied = f"{digest},tables,set,,,,review,review,total,,(empty),,,,"
    read_fixes(write_csv(tmp_path / "f.csv", HEAD, emptied)).apply(rows, default_ontology())
    assert (cell["value"], cell["state"]) == ("", "blank")  # no value, so its state is not `value`
