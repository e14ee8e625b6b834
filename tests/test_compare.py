"""Two runs compared, and a run cited."""

import json
import re
from pathlib import Path

import pytest
from conftest import SAMPLES

from gxnlp import __version__, batch
from gxnlp.errors import InputError
from gxnlp.inputs import find_inputs
from gxnlp.model import load_model
from gxnlp.ontology import default_ontology
from gxnlp.panel.cite import cite_run
from gxnlp.panel.compare import compare_folders, pair
from gxnlp.panel.files import read_table

TEXT = """\
青禾市水务局{year}年政府信息公开工作年度报告
一、总体情况
全年主动公开政府信息{info}条，举办培训2次。
"""


def run(folder: Path, out: str, **texts: str) -> Path:
    (folder / f"{out}-in").mkdir()
    for name, text in texts.items():
        (folder / f"{out}-in" / f"{name}.txt").write_text(text, encoding="utf-8")
    inputs = find_inputs([str(folder / f"{out}-in")], exclude=folder / "none", stdin=None)
    batch.run(inputs, folder / out, manner=batch.Manner(patterns_only=True))
    return folder / out


@pytest.fixture
def compared(tmp_path):
    """Compare two folders and give the differences."""

    def compare(old: Path, new: Path):
        found = compare_folders(old, new, tmp_path / "differences.csv")
        return found, read_table(tmp_path / "differences.csv")

    return compare


def test_equal_runs_do_not_differ(tmp_path, compared):
    text = TEXT.format(year=2023, info=120)
    found, rows = compared(run(tmp_path, "old", a=text), run(tmp_path, "new", a=text))
    assert (found.differs, found.paired, found.alone, rows) == (False, 1, 0, [])


def test_a_file_under_another_name_is_the_same_report(tmp_path, compared):
    text = TEXT.format(year=2023, info=120)
    found, rows = compared(run(tmp_path, "old", a=text), run(tmp_path, "new", b=text))
    assert (found.paired, found.alone) == (1, 0)
    assert rows == []


def test_cells_rows_and_panel_that_differ_are_told(tmp_path, compared):
    old = run(tmp_path, "old", a=TEXT.format(year=2023, info=120))
    new = run(tmp_path, "new", a=TEXT.format(year=2023, info=120).replace("培训2次", "培训2次、发布会1场"))
    found, rows = compared(old, new)
    added = [row for row in rows if row["file"] == "metrics" and row["change"] == "added"]
    assert [(row["report_id"], row["agency"], row["year"], row["new"]) for row in added] == [
        ("a", "青禾市水务局", "2023", "1场")
    ]
    cells = {row["column"]: (row["old"], row["new"]) for row in rows if row["file"] == "panel"}
    assert cells["press_conferences"] == ("", "1")
    assert cells["press_conferences_state"] == ("not_mentioned", "value")
    assert found.changes["panel", "changed"] == len([row for row in rows if row["file"] == "panel"])
    assert found.columns["panel", "press_conferences"] == 1


def test_another_layout_of_the_same_words_is_no_difference_of_rows(tmp_path, compared):
    text = TEXT.format(year=2023, info=120)
    _, rows = compared(run(tmp_path, "old", a=text), run(tmp_path, "new", a=text.replace("一、", "\n\n一、")))
    assert not [row for row in rows if row["file"] in ("metrics", "panel") and row["column"] != "sha256"]


def test_years_are_compared_in_the_panel(tmp_path, compared):
    old = run(tmp_path, "old", a=TEXT.format(year=2022, info=100))
    new = run(tmp_path, "new", b=TEXT.format(year=2023, info=120))
    found, rows = compared(old, new)
    assert (found.paired, found.alone) == (0, 2)
    cells = {row["column"]: (row["old"], row["new"]) for row in rows if row["file"] == "panel"}
    assert (cells["year"], cells["info_published"]) == (("2022", "2023"), ("100", "120"))


def test_reports_of_one_side_are_told(tmp_path, compared):
    text = TEXT.format(year=2023, info=120)
    more = {"a": text, "b": text.replace("水务局", "林业局")}
    found, rows = compared(run(tmp_path, "old", **more), run(tmp_path, "new", a=text))
    assert found.alone == 1
    assert {(row["file"], row["change"], row["row"]) for row in rows} == {
        ("reports", "removed", "b"), ("panel", "removed", "青禾市林业局"),
    }  # fmt: skip


def test_rows_pair_by_the_first_key_that_fits_and_in_order():
    old = [{"n": "1", "k": "x", "w": "u"}, {"n": "2", "k": "x", "w": "v"}, {"n": "3", "k": "y", "w": "w"}]
    new = [{"n": "4", "k": "x", "w": "v"}, {"n": "5", "k": "z", "w": "w"}, {"n": "6", "k": "x", "w": "?"}]
    pairs, removed, added = pair(old, new, (lambda row: (row["k"], row["w"]), lambda row: row["k"]))
    assert [(mine["n"], theirs["n"]) for mine, theirs in pairs] == [("2", "4"), ("1", "6")]
    assert ([row["n"] for row in removed], [row["n"] for row in added]) == (["3"], ["5"])


def test_the_command_sums_up_and_its_exit_code_tells(gxnlp_command, tmp_path):
    text = TEXT.format(year=2023, info=120)
    run(tmp_path, "old", a=text)
    run(tmp_path, "same", a=text)
    run(tmp_path, "new", a=text.replace("120", "130"))
    same = gxnlp_command("compare", "old", "same", "--into", "d.csv")
    assert (same.returncode, same.stdout) == (0, "1 reports in both, 0 in one alone\nnothing differs\n")
    other = gxnlp_command("compare", "old", "new")
    assert other.returncode == 1
    assert "info_published" in other.stdout
    assert (tmp_path / "differences.csv").is_file()
    wrong = gxnlp_command("compare", "old", "old-in")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "gxnlp: old-in is no output of gxnlp: it has no reports.csv (see `gxnlp extract`)\n",
    )


def test_a_run_is_cited_by_what_read_it(gxnlp_command, tmp_path):
    out = run(tmp_path, "out", a=TEXT.format(year=2023, info=120))
    words = gxnlp_command("cite", "out").stdout
    assert f"gxnlp {__version__} (output contract" in words
    assert "patterns alone, no model" in words
    assert default_ontology().digest in words
    assert " from 1 files on 20" in words
    assert re.search(r"^@software\{gxnlp,$", words, re.MULTILINE)
    run_record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    run_record["model"] = {"name": "law", "digest": "0123"}
    (out / "run.json").write_text(json.dumps(run_record), encoding="utf-8")
    assert "model law, SHA-256 0123" in cite_run(out).text()


def test_what_is_installed_is_cited(gxnlp_command):
    words, model = gxnlp_command("cite").stdout, load_model()
    assert model is None or model.digest in words
    assert "from" not in words.splitlines()[2]


@pytest.mark.parametrize("content", [None, "{", "{}", "[]"])
def test_a_folder_without_a_record_cannot_be_cited(tmp_path, content):
    if content is not None:
        (tmp_path / "run.json").write_text(content)
    with pytest.raises(InputError, match=re.escape(str(tmp_path / "run.json"))):
        cite_run(tmp_path)


def test_two_runs_of_the_same_files_have_one_digest_of_inputs(tmp_path):
    text = TEXT.format(year=2023, info=120)
    outs = [
        run(tmp_path, "one", a=text),
        run(tmp_path, "two", a=text),
        run(tmp_path, "three", a=text + "完。"),
    ]
    digests = [json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]["sha256"] for out in outs]
    assert digests[0] == digests[1] != digests[2]


def test_samples_are_compared_with_and_without_a_model(tmp_path, compared):
    inputs = find_inputs([str(SAMPLES / "liwan_transport_2020.md")], exclude=tmp_path / "none", stdin=None)
    batch.run(inputs, tmp_path / "old", manner=batch.Manner(patterns_only=True))
    batch.run(inputs, tmp_path / "new")
    found, rows = compared(tmp_path / "old", tmp_path / "new")
    assert found.paired == 1
    assert found.changes.total() == len(rows) > 0
