"""Places, their codes and the ids of bodies: cases as data."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

from gxnlp.folding import fold
from gxnlp.report_info.agencies import KINDS, agency_id, agency_kind
from gxnlp.report_info.places import Evidence, locate
from gxnlp.report_info.regions import register

NAMES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data/regions/names.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SHORT = tomllib.loads((ROOT / "gxnlp/data/agencies.toml").read_text(encoding="utf-8"))["short"]


def id_of(agency: str, year: int | None = 2020, said: str = "") -> str:
    name = fold(agency)
    return agency_id(name, locate(name, year, Evidence((said, said, said))))


@pytest.mark.parametrize("case", NAMES, ids=["-".join(case) for case in NAMES])
def test_code_of_a_name(case):
    agency, year, code, *said = case
    text = "".join(said)
    place = locate(agency, int(year), Evidence((text, text, text)))
    assert place.code == code.strip("-")


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        (Evidence(("", "电话：0591-87654321", ""), ""), "350102"),
        (Evidence(("", "电话（0516）23456789", ""), ""), "320302"),
        (Evidence(("", "", ""), "www.nanjing.gov.cn"), "320106"),
        (Evidence(("", "", ""), "glq.fuzhou.gov.cn"), "350102"),
        (Evidence(("", "可在http://www.xuzhou.gov.cn/xxgk下载", ""), ""), "320302"),
        (Evidence(("", "", "开封市统一部署"), ""), "410204"),
        (Evidence(("", "地址：上海市徐州路12号", ""), ""), ""),
        (Evidence(("", "徐州的实践", "南京市也有"), ""), "320302"),
        (Evidence(("", "", "徐州市和南京市"), ""), ""),
    ],
)
def test_evidence_for_a_name_of_several_places(evidence, code):
    assert locate("鼓楼区人民政府", 2020, evidence).code == code


@pytest.mark.parametrize(
    ("agency", "evidence", "code"),
    [
        ("平潭综合实验区", Evidence(("", "", ""), "www.pingtan.gov.cn"), "350128"),
        ("平潭综合实验区", Evidence(("", "在门户网站（www.pingtan.gov.cn）下载", ""), ""), "350128"),
        ("平潭综合实验区", Evidence(("", "在门户网站（www.qingliu.gov.cn）下载", ""), ""), ""),
        ("湖滨新区管委会", Evidence(("", "", "江苏省"), "www.suqian.gov.cn"), ""),
        ("朝阳县水务局", Evidence(("", "", ""), "www.chaoyang.gov.cn"), "211321"),
    ],
)
def test_the_host_of_a_county_is_evidence(agency, evidence, code):
    assert locate(agency, 2022, evidence).code == code


def test_a_slip_in_the_place_is_told_and_not_changed():
    said = "沐阳县发展和改革局。沭阳县发展和改革局地处沭阳县城。"
    place = locate("沐阳县发展和改革局", 2023, Evidence(("", said, said)))
    assert (place.words, place.code) == ("沐阳县", "321322")
    assert "沐阳县" in place.note and "沭阳县" in place.note


def test_a_made_up_place_is_no_slip():
    said = "青岚县发改局与沭阳县、沭阳县交流。"
    assert not locate("青岚县发改局", 2023, Evidence(("", said, said))).note


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("沭阳县人民政府", "321322.government"),
        ("江苏省沭阳县人民政府", "321322.government"),
        ("沭阳县", "321322.government"),
        ("沭阳县人民政府办公室", "321322.government.办公室"),
        ("沭阳县政府办公室", "321322.government.办公室"),
        ("江苏省人民政府办公厅", "320000.government.办公室"),
        ("沭阳县马厂镇人民政府", "321322.township.马厂镇"),
        ("沭阳县马厂镇", "321322.township.马厂镇"),
        ("沭阳县沭城街道办事处", "321322.township.沭城街道"),
        ("沭阳县沭城街道办", "321322.township.沭城街道"),
        ("沭阳县人民政府沭城街道办事处", "321322.township.沭城街道"),
        ("国家税务总局沭阳县税务局", "321322.vertical.税务局"),
        ("沭阳县国家税务局", "321322.vertical.国家税务局"),
        ("天津市静海县教育局", "120223.department.教育局"),
        ("天津市静海区教育局", "120223.department.教育局"),
        ("平潭县人民政府", "350128.government"),
        ("福建省平潭综合实验区管委会", "350128.zone.综合实验区"),
        ("福建省平潭综合实验区", "350128.zone.综合实验区"),
        ("福建省平潭综合实验区财政局", "350128.department.综合实验区财政局"),
        ("宿迁市第一人民医院", "321300.institution.第一人民医院"),
        ("江苏大学", "320000.institution.江苏大学"),
        ("青柳师范学院", "cn.institution.青柳师范学院"),
        ("教育部", "cn.department.教育部"),
        ("中华人民共和国南京海关", "cn.vertical.南京海关"),
        ("云梧市水务局", "云梧市.department.水务局"),
        ("渭川经济技术开发区管理委员会", "渭川经济技术开发区.zone"),
        ("朝阳区教育局", ""),
        ("水利局", ""),
        ("石埔乡人民政府", ""),
        ("经济技术开发区管理委员会", ""),
        ("", ""),
    ],
)
def test_id_of_a_body(agency, expected):
    assert id_of(agency) == expected


@pytest.mark.parametrize("names", [pair for entry in SHORT for pair in entry["examples"]])
def test_short_names_are_the_body_of_the_full_name(names):
    short, full = map(id_of, names)
    assert short == full != ""


def test_every_short_name_has_an_example():
    for entry in SHORT:
        assert all(
            any(entry["from"] + unit in short for unit in entry["units"]) for short, _ in entry["examples"]
        )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("沭阳县国土资源局", "沭阳县自然资源局"),
        ("沭阳县文旅局", "沭阳县文化和旅游局"),
        ("沭阳县卫生和计划生育委员会", "沭阳县卫生健康委员会"),
        ("沭阳县国家税务局", "国家税务总局沭阳县税务局"),
        ("平潭县人民政府", "福建省平潭综合实验区管委会"),
        ("莱芜市人民政府", "济南市莱芜区人民政府"),
        ("北京市朝阳区教育局", "长春市朝阳区教育局"),
        ("沭阳县人民政府", "沭阳县人民政府办公室"),
    ],
)
def test_other_bodies_have_other_ids(one, other):
    assert id_of(one) != id_of(other)


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("青禾市", "government"),
        ("锡林郭勒盟行政公署", "government"),
        ("青禾县政府办", "government"),
        ("国家税务总局青禾县税务局", "vertical"),
        ("青禾海关", "vertical"),
        ("青禾市统计局", "department"),
        ("青禾综合实验区", "zone"),
        ("上海市浦东新区", "government"),
        ("青禾市城管局", "department"),
        ("北京市青禾区城市管理委员会", "department"),
        ("青禾市国有资产监督管理委员会", "department"),
        ("青禾山风景名胜区管委会", "zone"),
        ("青禾县白石镇", "township"),
    ],
)
def test_kind_of_a_body(agency, kind):
    assert agency_kind(agency) == kind
    assert kind in KINDS


def test_codes_have_one_name_a_year():
    seen = set()
    for places in register()._codes.values():
        for place in places:
            years = {(place.code, year) for year in range(place.first, min(place.last, 2030) + 1)}
            assert years and not years & seen
            seen |= years


def test_the_register_is_read_late_and_fast():
    code = "import gxnlp.report_info.regions as r; assert not r.register.cache_info().currsize"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    register()
    start = time.process_time()
    for agency, year, *_ in NAMES:
        locate(agency, int(year))
    assert (time.process_time() - start) / len(NAMES) < 0.003  # ten times what a slow machine takes
