"""Fixtures of several tests: a report made by hand, an annotated one, the command line."""

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import settings

from gxnlp.corpus import GoldReport, parse_gold
from gxnlp.records import Document, Interval, Metric, Report, ReportInfo, Section, Statement
from gxnlp.training.config import load_config

# The same examples each time: a run that finds something new belongs at a desk, not in CI.
settings.register_profile("gxnlp", derandomize=True, deadline=None)
settings.load_profile("gxnlp")

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "corpus" / "samples"

# Few folds and steps for every classifier of the configuration.
QUICK = {
    f"{group}.{part}.{name}": value
    for group in ("metrics", "statements")
    for part, options in load_config()[group].items()
    if isinstance(options, dict)
    for name, value in (("folds", 2), ("iterations", 12), ("least", 4), ("units", 8), ("rounds", 4))
    if name in options
}

MARK_UP = """\
#! id: t1
#! agency: 青禾市水务局|青禾市水务和湖泊局
#! year: 2023
#! note: written for the tests

§preamble§ 1
青禾市水务局2023年政府信息公开工作年度报告
§overview§ 1
一、总体情况
全年公开信息⟦120条¦info_published¦120¦item⟧，其中通过网站⟦100条¦info_published¦100¦item¦channel=website,measure=part⟧，
网站访问⟦1.2万次¦views¦12000¦view¦channel=website⟧，⟦未收到申请¦applications_received¦0¦item¦implied=1⟧，答复时限⟦3至5天¦handling_days¦¦day⟧。
§problems§ 1
五、存在的主要问题及改进情况
一是⟪公开内容不够深入¦P1¦content⟫；二是⟪培训⟦仅2次¦trainings¦2¦session⟧，队伍不稳¦P2¦staff,mechanism⟫。
下一步，⟪加强培训¦R1¦staff¦P2⟫，⟪充实内容¦R2¦content¦P1⟫。
"""


@pytest.fixture
def gold() -> GoldReport:
    return parse_gold(MARK_UP)


def report_of(gold: GoldReport) -> Report:
    """A report that agrees with an annotated one in everything."""
    document = Document.from_text(gold.text)
    ends = [*(s.start for s in gold.sections[1:]), len(gold.text)]
    sections = tuple(
        Section(f"s{i}", "", s.level, s.code, "", s.title, s.start, end, s.start + len(s.title))
        for i, (s, end) in enumerate(zip(gold.sections, ends, strict=True))
    )
    metrics = tuple(
        Metric(
            metric_id=f"m{i}", metric=m.metric, value=m.value, lower=m.value, upper=m.value, unit=m.unit,
            qualifier=m.qualifier, aspect=m.aspect, measure=m.measure, scope=m.scope, channel=m.channel,
            period=m.period, detail="", implied=m.implied, text=m.text, start=m.start, end=m.end,
            section_id="s1", section_code="overview", sentence=Interval(m.start, m.end), part_of="",
            extractor="pattern", confidence=0.9,
        )
        for i, m in enumerate(gold.metrics)
    )  # fmt: skip
    statements = tuple(
        Statement(s.id, s.role, s.topics, s.text, s.start, s.end, "s2", "problems", s.answers, 0.8)
        for s in gold.statements
    )
    info = ReportInfo(kind="annual_report", agency=gold.agency.split("|")[0], year=gold.year)
    return Report(gold.id, f"{gold.id}.txt", "", "txt", info, document, sections, metrics, statements)


@pytest.fixture
def report(gold: GoldReport) -> Report:
    return report_of(gold)


@pytest.fixture
def awkward_metric() -> Metric:
    """Every kind of value that a cell has to write."""
    return Metric(
        metric_id="m1", metric="views", value=Fraction(2, 3), lower=Decimal("1.50"), upper=None, unit="view",
        qualifier="over", aspect="level", measure="total", scope="own", channel="", period=None, detail='a"b',
        implied=True, text="一,二\n三", start=0, end=5, section_id="", section_code="", part_of="",
        sentence=Interval(0, 5), extractor="pattern", confidence=1.0,
    )  # fmt: skip


@pytest.fixture
def gxnlp_command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the installed command in a process of its own, from an empty folder."""

    def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / "gxnlp"), *map(str, arguments)]
        settings = {"cwd": tmp_path, "capture_output": True, "text": True, "timeout": 120, **options}
        return subprocess.run(command, check=False, **settings)

    return run
