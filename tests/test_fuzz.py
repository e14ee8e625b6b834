"""What fuzzing found stays mended, and records of any report keep what the output contract says."""

import subprocess
import sys

import hostile
import pytest
from conftest import MARK_UP, ROOT, SAMPLES, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from gxnlp import batch
from gxnlp.batch import Manner
from gxnlp.corpus import parse_gold
from gxnlp.inputs import find_inputs
from gxnlp.panel.files import read_reports
from gxnlp.pipeline import ANNUAL_REPORT, read_report

sys.path.insert(0, str(ROOT / "scripts"))
import fuzz
import fuzz_targets

SEEDS = ROOT / "tests" / "fuzz_seeds"
CASES = [f"{path.parent.name}/{path.name}" for path in sorted(SEEDS.glob("*/*"))]
FUZZ = [sys.executable, str(ROOT / "scripts" / "fuzz.py")]


@pytest.mark.parametrize("case", CASES)
def test_seeds_are_read_as_the_contract_says(case):
    fuzz_targets.TARGETS[case.partition("/")[0]]((SEEDS / case).read_bytes())


def test_every_target_has_seeds_and_every_seed_a_target():
    assert {case.partition("/")[0] for case in CASES} == set(fuzz_targets.TARGETS) == set(fuzz.NAMES)


@pytest.mark.parametrize("target", sorted(fuzz_targets.TARGETS))
@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe\x00", b"docx", "一".encode() * 2000])
def test_targets_take_any_bytes(target, data):
    fuzz_targets.TARGETS[target](data)


# Records of whole reports

PIECES = [
    "一、总体情况\n", "（一）主动公开。", "二、主动公开政府信息情况\n", "三、收到和处理申请情况\n",
    "五、存在的主要问题及改进情况\n", "一是", "二是", "其中", "分别为", "同比增长", "未收到", "全年公开信息",
    "收到申请", "办结", "召开新闻发布会", "培训", "门户网站", "微信公众号", "公开不够及时", "加强培训",
    "下一步，", "1,286条", "12.5%", "近三百次", "3至5", "１．５万", "十余", *"0件万余约，。；、\n\t|\r=\"",
    "第二十条第（一）项\n", "规章\t0\t1\t2\n", "自然人\t1\n", "行政许可", "\u3000", "\u202e", "\U00020000",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=60)
def test_records_of_any_report_keep_the_contract(text):
    data = f"青禾市水务局2023年政府信息公开工作年度报告\n{text}".encode()
    report = read_report(data, name="a.txt", report_id="a", source="a.txt", kind=ANNUAL_REPORT)
    fuzz_targets.check_report(report)


def test_what_a_run_writes_keeps_the_contract(tmp_path):
    (tmp_path / "in").mkdir()
    for name, data in hostile.texts():
        (tmp_path / "in" / name).write_bytes(data[:3000])
    out = tmp_path / "out"
    batch.run(find_inputs([str(tmp_path / "in"), str(SAMPLES)]), out, manner=Manner(keep_text=True))
    ids = []
    for report in read_reports(out):
        ids.append(report.report["report_id"])
        text = out / "texts" / f"{ids[-1]}.txt"
        if report.report["status"] == "failed":
            assert not text.exists() and not any(report.rows.values())
            continue
        tables = {"reports": [report.report], **report.rows}
        fuzz_targets.check_cells(tables, text.read_bytes().decode())
    assert len(ids) == len(set(ids)) > len(list(SAMPLES.iterdir()))


def test_the_check_of_records_can_fail(gold):
    report = report_of(gold)
    text = report.document.text
    rows = fuzz_targets.rows(report)
    for old, new in (
        (",120条,", ",121条,"),
        (",120,120,120,", ",NaN,120,120,"),
        (",pattern,0.9", ",pattern,1.9"),
    ):
        assert old in rows["metrics"]
        with pytest.raises(AssertionError):
            fuzz_targets.check_rows({"metrics": rows["metrics"].replace(old, new)}, text)
    with pytest.raises(AssertionError, match="twice"):
        fuzz_targets.check_rows({"metrics": rows["metrics"] * 2}, text)


def test_records_of_the_annotated_report_keep_the_contract():
    gold = parse_gold(MARK_UP)
    report = read_report(gold.text.encode(), name="a.txt", report_id="a", source="a.txt")
    assert report.metrics and report.statements and report.sections
    fuzz_targets.check_report(report)


# The fuzzer itself


def run_fuzzer(code: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the fuzzer with code before it."""
    code = f"import sys\n{code}\nimport fuzz\nsys.argv = ['fuzz.py', *{arguments!r}]\nsys.exit(fuzz.main())"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT / "scripts", timeout=300)


def test_the_fuzzer_says_what_it_needs():
    run = run_fuzzer("sys.modules['atheris'] = None", "numbers")
    assert run.returncode == 2
    assert run.stderr.decode() == "fuzz.py needs atheris: pip install 'gxnlp[fuzz]' (Linux alone)\n"


@pytest.mark.slow
def test_the_fuzzer_finds_what_breaks(tmp_path):
    pytest.importorskip("atheris")
    code = """
import fuzz_targets
def fail(data):
    assert "百分之分之" not in data.decode("utf-8", "ignore")
fuzz_targets.TARGETS["numbers"] = fail
"""
    run = run_fuzzer(code, "numbers", "--seconds", "60", "--seed", "1", "--into", str(tmp_path))
    assert run.returncode != 0
    (crash,) = tmp_path.glob("crash-*")
    assert "百分之分之" in crash.read_text(encoding="utf-8", errors="ignore")
