"""Other formats, each read back by a reader of its own and compared with the CSV files."""

import csv
import json
import math
import sys
import warnings
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from conftest import SAMPLES
from pandas.io.stata import StataReader

from gxnlp import batch
from gxnlp.errors import FormatError
from gxnlp.export.csv import COLUMNS, header
from gxnlp.export.schema import KEYS, Column, columns_of
from gxnlp.finishing import prepare
from gxnlp.formats import FORMATS, TableFile, check_formats, dta, file_names, table_files, write_formats
from gxnlp.inputs import find_inputs
from gxnlp.ontology import default_ontology
from gxnlp.panel.columns import panel_columns
from gxnlp.panel.files import read_table

INPUTS = ("raojin_market_2022.pdf", "huochuan_emergency_2022_wrapped.txt")
AWKWARD = ("=1+1", "+86 20", "-5", "@name", '"quoted", and\nbroken', "'apostrophe", "𠀀生僻字", "x" * 5000)
TABLES = """\
report_id,table,row,column,value,text,start,end,page,state,reason
raojin_market_2022,applications,new,total,57,57,3,5,2,value,
raojin_market_2022,applications,granted,total,,,,,,blank,nothing is printed
raojin_market_2022,review,review,total,,–,7,8,2,dash,
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    """An output folder in every format, with cells that are hard to write."""
    folder = tmp_path_factory.mktemp("formats")
    inputs = find_inputs([str(SAMPLES / name) for name in INPUTS], exclude=folder / "texts", stdin=None)
    batch.run(inputs, folder)
    rows = read_table(folder / "statements.csv")
    for row, text in zip(rows, AWKWARD, strict=False):
        row["text"] = text
    assert len(rows) >= len(AWKWARD)
    with (folder / "statements.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS["statements"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "tables.csv").write_text(TABLES, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # pandas warns where it alters a name or a value
        written = write_formats(folder, default_ontology(), tuple(FORMATS))
    assert all((folder / name).is_file() for name in written)
    assert set(written) <= file_names()
    return folder


@pytest.fixture
def tables(out) -> list[TableFile]:
    """The tables of the folder, what `gxnlp.export.csv` does not describe yet among them."""
    return table_files(out, default_ontology())


def typed(column: Column, cell: str) -> object:
    if not cell:
        return None
    kinds = {"integer": int, "number": float, "boolean": lambda text: text == "1", "text": str}
    return kinds[column.type](cell)


def expected(table: TableFile) -> list[list[object]]:
    return [[typed(c, row[c.name]) for c in table.columns] for row in read_table(table.path)]


def test_there_is_something_to_compare(tables):
    assert {"panel", "reports", "metrics", "statements", "codebook"} <= {table.name for table in tables}
    assert all(expected(table) for table in tables)


def test_jsonl(out, tables):
    for table in tables:
        lines = (out / f"{table.name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        rows = [json.loads(line) for line in lines]
        assert [list(row.values()) for row in rows] == expected(table)
        assert all(list(row) == [c.name for c in table.columns] for row in rows)


def test_parquet(out, tables):
    types = {"text": "string", "integer": "int64", "number": "double", "boolean": "bool"}
    for table in tables:
        read = pyarrow.parquet.read_table(out / f"{table.name}.parquet")
        assert [str(field.type) for field in read.schema] == [types[c.type] for c in table.columns]
        assert [list(row.values()) for row in read.to_pylist()] == expected(table)
        assert read.schema.field(0).metadata[b"zh"].decode() == table.columns[0].zh


def test_duckdb(out, tables):
    with duckdb.connect(str(out / "gxnlp.duckdb"), read_only=True) as connection:
        for table in tables:
            assert [list(row) for row in connection.execute(f"FROM {table.name}").fetchall()] == expected(
                table
            )
        keys = connection.execute(
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() "
            "WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        names = {table.name for table in tables}
        assert {name: tuple(columns) for name, columns in keys} == {
            name: columns for name, columns in KEYS.items() if name in names
        }
        view = connection.execute("SELECT unit, year, views FROM panel_by_agency").fetchall()
        assert [row[:2] for row in view] == [
            ("霍川市.department.应急管理局", 2022),
            ("饶锦市.department.市场监督管理局", 2022),
        ]
        mean = "SELECT count(*), count(views) FROM panel"
        assert connection.execute(mean).fetchone() == (2, sum(row[2] is not None for row in view))


def test_xlsx(out, tables):
    workbook = openpyxl.load_workbook(out / "gxnlp.xlsx")
    assert workbook.sheetnames == [table.name for table in tables]
    for table in tables:
        sheet = workbook[table.name]
        names, labels, *rows = sheet.iter_rows(values_only=True)
        assert (list(names), list(labels)) == ([c.name for c in table.columns], [c.zh for c in table.columns])
        assert [list(row) for row in rows] == expected(table)
        assert sheet.freeze_panes == "A3"
        assert sheet.auto_filter.ref.startswith("A2:")
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_table_longer_than_a_sheet_goes_on_in_another(out, monkeypatch, tmp_path, tables):
    from gxnlp.formats import xlsx

    metrics = next(table for table in tables if table.name == "metrics")
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 30)
    xlsx.write(tmp_path, [metrics])
    sheets = openpyxl.load_workbook(tmp_path / "gxnlp.xlsx").worksheets
    rows = [list(row) for sheet in sheets for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert len(sheets) == math.ceil(len(rows) / 30) > 1
    assert rows == expected(metrics)


def test_stata(out, tables):
    for table in tables:
        with StataReader(out / f"{table.name}.dta") as reader:
            frame = reader.read(convert_categoricals=True)
            labels = reader.variable_labels()
        names = dta.stata_names(table.columns)
        assert list(frame.columns) == names
        assert [labels[name] for name in names] == [f"{c.en} {c.zh}"[:80] for c in table.columns]
        rows = [[plain(cell) for cell in row] for row in frame.itertuples(index=False)]
        assert rows == [[plain(cell) for cell in row] for row in expected(table)]


def plain(cell: object) -> object:
    """A value as Stata has it: no booleans, and no text is an empty one."""
    if cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return float(cell) if isinstance(cell, int | float) else cell


def test_states_are_labelled_values_in_stata(out):
    with StataReader(out / "panel.dta") as reader:
        reader.read()
        states = reader.value_labels()["views_state"]
    assert states == dict(
        enumerate(["value", "stated_zero", "not_mentioned", "section_missing", "unreadable"])
    )


def test_stata_names_are_legal_and_unique():
    every = [panel_columns(default_ontology()), *(columns_of(name, cells) for name, cells in COLUMNS.items())]
    for columns in every:
        names = dta.stata_names(columns)
        assert len(set(names)) == len(names)
        assert all(name.isascii() and name.isidentifier() and len(name) <= 32 for name in names)
    long = [Column("denied." + "x" * 40 + end) for end in "ab"]
    assert dta.stata_names(long) == ["denied_" + "x" * 25, "denied_" + "x" * 23 + "_2"]
    awkward = [Column(name) for name in ("if", "2020", "a.b", "a_b", "str9")]
    assert dta.stata_names(awkward) == ["if_", "_2020", "a_b", "a_b_2", "str9_"]


def test_columns_are_described(out):
    described = {name: columns_of(name, cells) for name, cells in COLUMNS.items()}
    for name, columns in described.items():
        assert all(column.zh != column.name for column in columns), name
    assert [c.type for c in columns_of("metrics", ("value", "start", "implied", "text"))] == [
        "number", "integer", "boolean", "text",
    ]  # fmt: skip


def test_excel_gets_a_byte_order_mark_and_no_formulas(tmp_path, out):
    for path in out.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    write_formats(tmp_path, default_ontology(), (), excel=True)
    for path in sorted(tmp_path.glob("*.csv")):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        before, after = read_table(out / path.name), read_table(path)
        assert len(before) == len(after)
        for old, new in zip(before, after, strict=True):
            numbers = {name for name in old if old[name] != new[name]}
            assert all(new[name] == f"'{old[name]}" and old[name][0] in "=+-@" for name in numbers)
    assert [row["text"][:2] for row in read_table(tmp_path / "statements.csv")[:4]] == [
        "'=",
        "'+",
        "'-",
        "'@",
    ]
    change = next(row for row in read_table(tmp_path / "metrics.csv") if row["value"].startswith("-"))
    assert float(change["value"]) < 0


def test_a_format_that_is_unknown_or_has_no_library_is_refused_before_the_run(monkeypatch):
    assert check_formats(["csv", "jsonl", "JSONL"]) == ("jsonl",)
    with pytest.raises(FormatError, match="format 'docx' is unknown; expected some of csv, parquet"):
        check_formats(["docx"])
    monkeypatch.setattr("gxnlp.formats.find_spec", lambda _: None)
    with pytest.raises(FormatError, match=r"--format xlsx needs openpyxl: pip install 'gxnlp\[xlsx\]'"):
        prepare(formats=["xlsx"])
    with pytest.raises(FormatError, match=r"needs openpyxl, duckdb: pip install 'gxnlp\[xlsx,duckdb\]'"):
        prepare(formats=["xlsx", "csv", "duckdb"])


def test_no_library_is_imported_unless_it_is_asked_for(gxnlp_command, tmp_path):
    result = gxnlp_command("extract", SAMPLES / INPUTS[1], "-o", "out", "--format", "jsonl,docx")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("gxnlp: format 'docx' is unknown")
    assert gxnlp_command("extract", SAMPLES / INPUTS[1], "-o", "out", "--format", "jsonl").returncode == 0
    assert (tmp_path / "out" / "panel.jsonl").is_file()
    assert gxnlp_command("extract", SAMPLES / INPUTS[1], "-o", "out", "--excel").returncode == 0
    assert not (tmp_path / "out" / "panel.jsonl").exists()  # of the run before: it would mislead
    assert (tmp_path / "out" / "panel.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_header_and_files_agree(out):
    for name in ("reports", "metrics"):
        assert (out / f"{name}.csv").read_text(encoding="utf-8").startswith(header(name))
    assert isinstance(pd.read_parquet(out / "panel.parquet"), pd.DataFrame)
    assert "gxnlp.formats.parquet" in sys.modules
