"""Runs of the tool over short reports, for the tests of the panel and of what goes with it."""

import json
from pathlib import Path

from gxnlp import batch
from gxnlp.finishing import prepare
from gxnlp.inputs import find_inputs
from gxnlp.panel.files import read_table

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
