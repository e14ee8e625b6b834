"""The panel of a run: states, duplicates, what is known of the files, corrections by hand, the codebook."""

import csv
import json
import tracemalloc
from pathlib import Path

import pytest
from conftest import SAMPLES

from gxnlp import batch
from gxnlp.errors import InputError, OutputError
from gxnlp.finishing import finish, prepare
from gxnlp.inputs import find_inputs
from gxnlp.model import load_model
from gxnlp.ontology import default_ontology
from gxnlp.panel import write_panel
from gxnlp.panel.codebook import codebook_rows, wilson
from gxnlp.panel.columns import panel_columns
from gxnlp.panel.duplicates import Choice, Listing
from gxnlp.panel.files import read_reports, read_table, writing
from gxnlp.panel.fixes import read_fixes
from gxnlp.panel.manifest import read_manifest
from gxnlp.panel.rules import panel_rules
from gxnlp.panel.store import Store

TEXT = """\
{agency}{year}年政府信息公开工作年度报告
一、总体情况
全年主动公开政府信息120条。举办培训2次。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
全年未收到政府信息公开申请。
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
一是公开内容不够深入；二是队伍不稳。下一步，加强培训。
"""


def run(tmp_path, texts: dict[str, str], **finishing) -> Path:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    inputs = find_inputs([str(folder)], exclude=out / "texts", stdin=None)
    batch.run(
        inputs, out, manner=batch.Manner(keep_text=True, patterns_only=True), finishing=prepare(**finishing)
    )
    return out


def report(agency: str = "青禾市水务局", year: int = 2023, **changes: str) -> str:
    text = TEXT.format(agency=agency, year=year)
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return text


def write_csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def panel(out: Path) -> dict[str, dict[str, str]]:
    return {row["report_id"]: row for row in read_table(out / "panel.csv")}


def record(out: Path) -> dict[str, object]:
    return json.loads((out / "run.json").read_text(encoding="utf-8"))


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


# What is known of the files


def test_a_manifest_overrides_what_was_read_and_conflicts_are_told(tmp_path):
    manifest = write_csv(
        tmp_path / "manifest.csv",
        "file,agency,region_code,year,gdp",
        "a.txt,,330100,2022,1",
        "gone.txt,丙局,,2020,2",
    )
    out = run(tmp_path, {"a.txt": report()}, meta=manifest)
    (row,) = panel(out).values()
    assert (row["agency"], row["region_code"], row["year"]) == ("青禾市水务局", "330100", "2022")
    assert row["info_published"] == "120"  # its year was taken from the report, and goes along
    told = record(out)["meta"]
    assert told["conflicts"] == [{"report_id": "a", "column": "year", "read": "2023", "given": "2022"}]
    assert (told["matched"], told["unmatched"], told["ignored_columns"]) == (1, ["gone.txt"], ["gdp"])
    assert record(out)["options"]["meta"]["sha256"]


def test_what_a_manifest_says_of_a_file_that_cannot_be_read_is_in_the_panel(tmp_path):
    manifest = write_csv(tmp_path / "manifest.csv", "file,agency,year", "b.pdf,乙局,2021")
    row = panel(run(tmp_path, {"a.txt": report(), "b.pdf": "no PDF"}, meta=manifest))["b"]
    assert (row["agency"], row["year"], row["views_state"]) == ("乙局", "2021", "unreadable")


NOTES = "公开工作的几点情况\n一、总体情况\n全年主动公开政府信息120条。举办培训2次。\n二、下一步\n加强培训。\n"


def test_a_document_that_was_misjudged_is_read_where_the_manifest_says_what_it_is(tmp_path):
    texts = {"a.txt": report(), "b.txt": NOTES}
    out = run(tmp_path, texts)
    assert [row["kind"] for row in read_table(out / "reports.csv")] == ["annual_report", "other"]
    manifest = write_csv(
        tmp_path / "m.csv", "file,agency,year,kind", "b.txt,青禾市水务局,2022,annual_report", "a.txt,,,other"
    )
    out = run(tmp_path, texts, meta=manifest)
    rows = {row["report_id"]: row for row in read_table(out / "reports.csv")}
    assert (rows["a"]["kind"], rows["a"]["metrics"]) == ("other", "0")
    assert rows["a"]["message"] == "given as `other`, not as an annual report; nothing extracted"
    assert (rows["b"]["kind"], rows["b"]["metrics"]) == ("annual_report", "2")
    assert {row["period"] for row in read_table(out / "metrics.csv")} == {"2022"}
    assert (panel(out)["b"]["info_published"], list(panel(out))) == ("120", ["b"])


def test_a_run_taken_up_with_another_kind_reads_that_file_anew(tmp_path):
    texts = {f"{number}.txt": NOTES for number in range(3)}
    manifest = write_csv(tmp_path / "m.csv", "file,kind", "1.txt,annual_report")
    run(tmp_path, texts)
    inputs, out = find_inputs([str(tmp_path / "in")]), tmp_path / "out"
    manner = batch.Manner(keep_text=True, patterns_only=True)

    def stop(outcome):
        if outcome.report_id == "2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(inputs, out, manner=manner, on_outcome=stop)
    summary = batch.run(inputs, out, manner=manner, resume=True, finishing=prepare(meta=manifest))
    assert (summary.resumed, summary.metrics, summary.others) == (1, 2, 2)


def test_a_manifest_names_files_by_the_end_of_their_path(tmp_path):
    manifest = read_manifest(
        write_csv(tmp_path / "m.csv", "file,level", "x/a.txt,county", "b.txt,city", "c,town")
    )
    sources = {"x__a": "in/x/a.txt", "y__a": "in/y/a.txt", "b": "b.txt", "i__b": "in/b.txt", "c": "c.pdf"}
    reports = [
        {"source": source, "report_id": name, "year": "2023", "level": ""} for name, source in sources.items()
    ]
    for row in reports:
        manifest.apply(row, [])
    assert [row["level"] for row in reports] == ["county", "", "city", "city", "town"]
    assert (manifest.ambiguous(), manifest.unmatched()) == (["b.txt"], [])


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name,year", "a,2020"], "expected file and some of"),
        (["file,gdp", "a,1"], "expected file and some of"),
        (["file,year", "a,2020", "a,2021"], "line 3: a stands twice"),
        (["file,year", "a,last"], "line 2: year 'last'; expected four digits"),
        (["file,year", ",2020"], "line 2: no file is named"),
        (["file,region_code", "a,3301"], "region_code '3301'; expected six digits"),
        (["file,year,Year", "a,2020,2021"], "column year stands twice"),
        ([""], "expected"),
    ],
)
def test_a_malformed_manifest_is_refused(tmp_path, lines, message):
    with pytest.raises(InputError, match=message):
        read_manifest(write_csv(tmp_path / "m.csv", *lines))


@pytest.mark.parametrize(
    ("line", "identified"),
    [
        ("a.txt,沭阳县水利局,,", ("321322.department.水利局", "沭阳县", "321322", "county")),
        ("a.txt,鼓楼区教育局,,", ("", "鼓楼区", "", "county")),  # several places have the name
        ("a.txt,鼓楼区教育局,320106,", ("320106.department.教育局", "鼓楼区", "320106", "county")),
        ("a.txt,教育局,320106,", ("320106.department.教育局", "鼓楼区", "320106", "county")),
        ("a.txt,档案局,,", ("", "青禾市", "", "")),  # a name without a place
        ("a.txt,沭阳县水利局,,mine", ("mine", "沭阳县", "321322", "county")),
        ("a.txt,青禾市水务局,,", ("青禾市.department.水务局", "青禾市", "", "")),  # as it was read
    ],
)
def test_a_corrected_name_has_its_own_id_and_place(tmp_path, line, identified):
    """Else two reports that were read as one body stay one in the panel, whatever the manifest says."""
    manifest = write_csv(tmp_path / "m.csv", "file,agency,region_code,agency_id", line)
    (row,) = panel(run(tmp_path, {"a.txt": report()}, meta=manifest)).values()
    assert tuple(row[name] for name in ("agency_id", "region", "region_code", "level")) == identified


def test_reports_that_were_read_as_one_body_are_two_once_a_name_is_corrected(tmp_path):
    texts = {"a.txt": report(), "b.txt": report() + "另一份。\n"}
    assert len(panel(run(tmp_path, texts))) == 1
    manifest = write_csv(tmp_path / "m.csv", "file,agency", "b.txt,青禾市教育局")
    assert len(panel(run(tmp_path, texts, meta=manifest))) == 2
    digest = read_table(tmp_path / "out" / "reports.csv")[1]["sha256"]
    fixes = write_csv(tmp_path / "f.csv", "sha256,file,action,agency", f"{digest},reports,set,青禾市教育局")
    assert len(panel(run(tmp_path, texts, overrides=fixes))) == 2


MADE = "文件,file,year,title\n甲,2023\\甲.txt,2022.0,乙\n,,,\n乙,乙.txt,2021年,\n"


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (",", "utf-8-sig"), (",", "gbk"), (";", "gbk"), ("\t", "utf-16"), (";", "utf-8-sig")],
)
def test_what_spreadsheets_write_as_csv_is_read(tmp_path, separator, encoding):
    """Code pages, semicolons, tabs, emptied rows, years as 2022.0 and 2021年, paths of Windows."""
    path = tmp_path / "m.csv"
    path.write_text(MADE.replace(",", separator).replace("file", "File"), encoding=encoding)
    manifest = read_manifest(path)
    assert {name: (row["year"], row["title"]) for name, row in manifest.rows.items()} == {
        "2023/甲.txt": ("2022", "乙"),
        "乙.txt": ("2021", ""),
    }
    row = {"source": "in/2023/甲.txt", "report_id": "x", "year": "2023", "title": ""}
    manifest.apply(row, [])
    assert row["title"] == "乙"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04rest", "no CSV; open it and save it as CSV UTF-8"),
        (b"file,year\n\x89\xff,1\n", "no text in UTF-8, GBK or UTF-16; save it"),
        (b"file,year\n\0\0,1\n", "no text in UTF-8, GBK or UTF-16; save it"),
        (None, "cannot read .*: No such file"),
    ],
)
def test_what_is_no_csv_is_told_with_what_to_do(tmp_path, data, message):
    if data is not None:
        (tmp_path / "m.csv").write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_manifest(tmp_path / "m.csv")


# Corrections by hand

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
