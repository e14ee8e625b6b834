"""The command line: exit codes, what it prints, and what it must not import or show."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import SAMPLES

from gxnlp import __version__
from gxnlp.ontology import default_ontology

TEXT = SAMPLES / "huochuan_emergency_2022_wrapped.txt"
PDF = SAMPLES / "raojin_market_2022.pdf"
HEAVY = (
    "spacy", "sklearn", "scipy", "jieba", "pandas", "pyarrow", "duckdb", "openpyxl", "pdfplumber",
    "pypdfium2",
)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], ()),
        (["extract", "--help"], ()),
        (["train", "--help"], ()),
        (["evaluate", "--help"], ()),
        (["corpus", "--help"], ()),
        (["labels"], ()),
        (["codebook", "--help"], ()),
        (["compare", "--help"], ()),
        (["cite", "--help"], ()),
        (["extract", TEXT, "-o", "out", "--patterns-only"], ("numpy",)),
        (["extract", TEXT, "-o", "out"], ("numpy",)),  # what applies the model
    ],
)
def test_nothing_heavy_is_imported(tmp_path, arguments, allowed):
    heavy = sorted({*HEAVY, "numpy"}.difference(allowed))
    code = (
        "import sys\nfrom gxnlp.cli import app\n"
        f"try: app({[str(argument) for argument in arguments]!r})\n"
        "except SystemExit as end: code = end.code\n"
        f"print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stderr.splitlines()[-1] == "0 []"


def test_the_version_is_printed(gxnlp_command):
    assert gxnlp_command("--version").stdout == f"gxnlp {__version__}\n"


def test_reports_are_extracted_and_summed_up(gxnlp_command, tmp_path):
    (tmp_path / "x.html").write_text("<html><body>年报</body></html>", encoding="utf-8")
    result = gxnlp_command("extract", TEXT, PDF, "x.html", "-o", "out", "--keep-text", "--workers", "2")
    assert result.returncode == 1
    assert "3 files: 2 ok, 0 partial, 1 failed" in result.stdout
    assert (
        "written to out: reports.csv sections.csv metrics.csv statements.csv tables.csv checks.csv panel.csv "
        "codebook.csv codebook.md run.json texts/" in result.stdout
    )
    assert "failed: x.html: a web page without a report" in result.stdout
    assert result.stderr == ""
    rows = _table(tmp_path / "out" / "reports.csv")
    assert [(row["report_id"], row["status"]) for row in rows] == [
        (TEXT.stem, "ok"), (PDF.stem, "ok"), ("x", "failed"),
    ]  # fmt: skip
    assert [row["pages"] != "" for row in rows] == [False, True, False]
    assert {path.stem for path in (tmp_path / "out" / "texts").iterdir()} == {TEXT.stem, PDF.stem}


def test_exit_code_0_where_every_file_was_read(gxnlp_command, tmp_path):
    result = gxnlp_command("extract", TEXT, "-o", "out")
    assert (result.returncode, result.stderr) == (0, "")
    assert not (tmp_path / "out" / "texts").exists()


def test_without_a_model_every_row_is_from_patterns(gxnlp_command, tmp_path):
    assert gxnlp_command("extract", TEXT, "-o", "out", "--patterns-only").returncode == 0
    assert {row["extractor"] for row in _table(tmp_path / "out" / "metrics.csv")} == {"pattern"}
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["model"] is None


def test_a_folder_says_what_it_passed_over(gxnlp_command, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(TEXT.read_bytes())
    (tmp_path / "in" / "b.csv").write_text("x")
    assert "passed over, by suffix: 1 .csv" in gxnlp_command("extract", "in", "-o", "out").stdout


def test_standard_input_is_read(gxnlp_command, tmp_path):
    with TEXT.open("rb") as source:
        assert gxnlp_command("extract", "-", "-o", "out", stdin=source).returncode == 0
    (row,) = _table(tmp_path / "out" / "reports.csv")
    assert (row["report_id"], row["source"], row["kind"]) == ("stdin", "-", "annual_report")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "nowhere", "-o", "out"], "gxnlp: no such file or folder: nowhere"),
        (["extract", "*.pdf", "-o", "out"], "gxnlp: nothing matches *.pdf"),
        (
            ["extract", "empty", "-o", "out"],
            "gxnlp: nothing to read in empty: passed over, by suffix: 1 .csv; expected PDF, web pages, "
            "Word (.docx), text (.txt) or Markdown",
        ),
        (["extract", TEXT, "-o", "file"], "gxnlp: cannot write to file: Not a directory"),
        (["extract", TEXT, "-o", "/dev/null/out"], "gxnlp: cannot write to /dev/null/out: Not a directory"),
        (
            ["extract", TEXT, "-o", "out", "--model", "empty"],
            "gxnlp: empty: no model is there (meta.json: No such file or directory); expected a folder that "
            "`gxnlp train` wrote",
        ),
        (
            ["extract", TEXT, "-o", "out", "--model", "empty", "--patterns-only"],
            "gxnlp: --model and --patterns-only exclude each other; leave one out",
        ),
        (
            ["segment", "empty"],
            "gxnlp: empty is a folder; expected one file (`gxnlp extract` reads folders)",
        ),
        (
            ["cite", "empty"],
            "gxnlp: cannot read empty/run.json: No such file or directory; expected the output folder of "
            "`gxnlp extract`",
        ),
        (["segment", "nowhere"], "gxnlp: cannot read nowhere: No such file or directory"),
    ],
)
def test_a_mistake_is_told_in_one_line(gxnlp_command, tmp_path, arguments, message):
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "x.csv").write_text("x")
    result = gxnlp_command(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [message]


@pytest.mark.parametrize(
    "arguments",
    [["extract", TEXT], ["extract", "-o", "out"], ["extract", TEXT, "-o", "o", "--workers", "0"], ["nix"]],
)
def test_wrong_usage_exits_with_2(gxnlp_command, arguments):
    result = gxnlp_command(*arguments)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_segment_shows_the_tree_and_what_is_missing(gxnlp_command, tmp_path):
    result = gxnlp_command("segment", TEXT)
    assert result.returncode == 0
    for word in ("总体情况", "overview", "problems"):
        assert word in result.stdout
    assert "missing" not in result.stdout
    (tmp_path / "cut.txt").write_text(
        "青禾市水务局2023年政府信息公开工作年度报告\n一、总体情况\n全年公开信息3条。\n", encoding="utf-8"
    )
    cut = gxnlp_command("segment", "cut.txt").stdout
    assert [line for line in cut.splitlines() if line.startswith("missing: ")][-1].endswith("(other)")


def test_segment_of_what_cannot_be_read_exits_with_1(gxnlp_command, tmp_path):
    (tmp_path / "empty.txt").touch()
    result = gxnlp_command("segment", "empty.txt")
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)


def test_labels_lists_every_label(gxnlp_command):
    ontology = default_ontology()
    printed = gxnlp_command("labels").stdout
    record = json.loads(gxnlp_command("labels", "--json").stdout)
    for group in ("metrics", "sections", "topics", "channels"):
        codes = list(getattr(ontology, group))
        assert [label["code"] for label in record[group]] == codes
        assert all(code in printed for code in codes)
    assert record["attributes"]["measure"] == list(ontology.attributes["measure"])


def test_a_reader_that_closes_the_pipe_is_no_error(gxnlp_command):
    command = [str(Path(sys.executable).parent / "gxnlp"), "labels"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(timeout=60)


def test_a_closed_standard_output_does_not_keep_the_files_from_being_written(tmp_path):
    command = f"'{Path(sys.executable).parent}/gxnlp' extract '{TEXT}' -o out >&-"
    result = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, stderr=subprocess.PIPE, timeout=60, check=False
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert _table(tmp_path / "out" / "reports.csv")


def test_an_interrupt_before_the_first_row_ends_quietly_and_leaves_nothing(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")  # reading it blocks: nobody writes
    command = [str(Path(sys.executable).parent / "gxnlp"), "extract", "pipe.txt", "-o", "out"]

    def heed_interrupts():  # which a shell tells what it starts in the background to ignore
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts
    ) as process:
        try:
            deadline = time.monotonic() + 30
            while not list(tmp_path.glob("out/.gxnlp-*/*.csv")) and time.monotonic() < deadline:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode != 0
    assert b"Traceback" not in stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_contradictions_are_printed_with_the_sentence(gxnlp_command, tmp_path):
    text = (
        "清水县林业局2022年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开。全年公开政府信息100条，其中"
        "工作动态60条、通知公告23条、财政信息10条、人事信息5条。\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    result = gxnlp_command("check", "a.txt")
    assert result.returncode == 1
    assert (
        "narrative.parts.info_published: 60 + 23 + 10 + 5 = 98 is not 100条 (100) (off by 2)" in result.stdout
    )
    assert "其中工作动态60条" in result.stdout
    assert result.stdout.endswith("contradictions: 1; files that could not be read: 0\n")
    (tmp_path / "a.txt").write_text(text.replace("23条", "25条"), encoding="utf-8")
    agreeing = gxnlp_command("check", "a.txt", "--all")
    assert agreeing.returncode == 0
    assert "60 + 25 + 10 + 5 = 100 is 100条 (100)" in agreeing.stdout


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))
