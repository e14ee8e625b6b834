"""What a manifest tells of the files: years, agencies, kinds; what is refused."""

import pytest
from panel_runs import panel, record, report, run, write_csv

from gxnlp import batch
from gxnlp.errors import InputError
from gxnlp.finishing import prepare
from gxnlp.inputs import find_inputs
from gxnlp.panel.files import read_table
from gxnlp.panel.manifest import read_manifest


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
