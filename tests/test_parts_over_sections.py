"""Parts by channel whose total stands in the subsection before them."""

from __future__ import annotations

import gxnlp

REPORT = """青坪乡2018年政府信息公开工作年度报告
一、主动公开政府信息的情况
（一）主动公开政府信息的数量
我乡2018年度主动公开政府信息{total}条。
（二）通过不同渠道和方式公开政府信息的情况
政府网站公开政府信息98条，“美丽青坪”微信公众号公开政府信息53条，“美丽青坪”微博转发政务信息161条。
"""


def measures(total: int, tmp_path) -> list[tuple[int, str]]:
    path = tmp_path / "report.txt"
    path.write_text(REPORT.format(total=total), encoding="utf8")
    found = gxnlp.extract(path, patterns_only=True).metrics
    return [(int(m.value or 0), m.measure) for m in found]


def test_what_adds_up_to_the_total_of_the_subsection_before_is_its_parts(tmp_path):
    assert measures(312, tmp_path) == [(312, "total"), (98, "part"), (53, "part"), (161, "part")]


def test_what_does_not_add_up_stands_for_itself(tmp_path):
    assert measures(313, tmp_path) == [(313, "total"), (98, "total"), (53, "total"), (161, "total")]
