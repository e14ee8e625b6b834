"""How a clause opens and how two are joined says nothing of what they count: the rows stay the same."""

from __future__ import annotations

from itertools import product

import pytest
from metric_cases import AGENCY, parse, read

GOVERNMENT = "青禾县人民政府"
Row = tuple[str, object, str, str, str]

OPENINGS = (
    "据统计，|据不完全统计，|经梳理，|统计数据显示，|总体来看，|从全年情况看，|从总体数据看，|从统计结果看，|从工作成效来看，"
    "|就全年工作而言，|总的来说，|二是|第二，|其二，|第二是|首先，|（2）"
    "|2.|2、|②|● |★|——|此外|此外，|同时|另外，|与此同时，|一方面，"
)
TIMES = (
    "2023年，|2023年度，|2023年|截至2023年12月31日，|截至年末，|年度内，|一年来，|报告期内，|上述时段内，|过去的一年，"
    "|2023年1月1日至12月31日，|2023年1-12月，|本报告期内，|截止12月底，|统计期限内，"
)
MANNERS = (
    "按照上级要求，|在县委、县政府的正确领导下，|根据《条例》规定，|严格按照“应公开尽公开”的原则，"
    "|坚持以公开为常态、不公开为例外，|加大主动公开力度，|严格执行信息发布“三审三校”制度，|以群众需求为导向，|依法依规"
)
FACTS = (
    "公开政府信息906条",
    "通过局门户网站发布信息58条",
    "通过抖音号发布信息193条",
    "举办政务公开培训3次，96人参加",
    "收到政府信息公开申请9件",
    "受理12345热线工单30件，办结29件",
    "办理人大代表建议4件、政协提案5件",
    "制发规范性文件6件",
)
BODIES = "全县|全县各级各部门|各乡镇、各部门|县直各部门"
JOINTS = (
    "。|；|。同时，|。此外，|；同时，|。另外，|。二是|；二是|。2.|；（2）|。②|。第二，"
    "|。其次，|；此外|。与此同时，|\n|\n2.|\n● "
)
BY_KIND = (
    "其中，|其中：|从信息类别看，|从公开内容来看，|按内容分，|按照信息内容分类，|就公开内容而言，|从信息类别情况看，|按公开类别统计，"
    "|内容涵盖：|具体为：|从类别上看，|按信息类型划分，"
)
BY_WAY = (
    "其中，|从公开渠道看，|从发布渠道来看，|按渠道分，|分渠道看，|就公开渠道而言，|从载体上来看，|公开渠道方面，|按照公开渠道分类，"
    "|从各渠道发布情况看，"
)


def rows(text: str, agency: str = AGENCY) -> list[Row]:
    gold, sections = parse(text, agency)
    return [(m.metric, m.value, m.measure, m.scope, m.channel) for m in read(gold, sections)]


@pytest.mark.parametrize("frames", [OPENINGS, TIMES, MANNERS], ids=["openings", "times", "manners"])
def test_what_stands_before_a_clause_changes_no_row(frames):
    wrong = []
    for frame, fact in product(frames.split("|"), FACTS):
        if rows(f"工作稳步推进。{frame}我局{fact}。") != rows(f"工作稳步推进。我局{fact}。"):
            wrong.append(frame + fact)
    assert wrong == []


@pytest.mark.parametrize("frames", [OPENINGS, TIMES], ids=["openings", "times"])
def test_a_wider_subject_is_one_whatever_opens_its_clause(frames):
    facts = [f for f in FACTS if not f.startswith(("通过", "举办"))]
    wrong = [
        frame + bodies + fact
        for frame, bodies, fact in product(frames.split("|"), BODIES.split("|"), facts)
        if {scope for *_, scope, _ in rows(f"工作稳步推进。{frame}{bodies}{fact}。", GOVERNMENT)}
        != {"system"}
    ]
    assert wrong == []


def test_clauses_that_each_count_something_are_read_however_they_are_joined():
    wrong = []
    for joint, first, second in product(JOINTS.split("|"), FACTS, FACTS):
        alone = rows(f"我局{first}。") + rows(f"我局{second}。")
        told = rows(f"我局{first}{joint}{second}。".replace("\n", "\\n"))
        if first != second and [r[:2] for r in told] != [r[:2] for r in alone]:
            wrong.append(first + joint + second)
    assert wrong == []


@pytest.mark.parametrize("stop", ["，", "。", "；"])
def test_parts_are_parts_by_whatever_they_are_told_apart(stop):
    total = ("info_published", 90, "total", "own", "")
    kinds = [total] + [("info_published.part", n, "part", "own", "") for n in (60, 30)]
    ways = [
        total,
        ("info_published", 60, "part", "own", "website"),
        ("info_published", 30, "part", "own", "wechat"),
    ]
    wrong = [
        lead
        for lead in BY_KIND.split("|")
        if rows(f"我局公开信息90条{stop}{lead}工作动态60条、规划计划30条。") != kinds
    ]
    wrong += [
        lead
        for lead in BY_WAY.split("|")
        if rows(f"我局公开信息90条{stop}{lead}县政府网站60条、微信公众号30条。") != ways
    ]
    assert wrong == []
