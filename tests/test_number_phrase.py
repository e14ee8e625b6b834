"""One fact in the many ways in which number, counter and noun are put: each is read as the plain one."""

from __future__ import annotations

from itertools import product

import pytest
from metric_cases import AGENCY, parse, read

FACTS = {
    "info_published": ("", "发布", "政府信息", "条"),
    "policy_docs": ("", "印发", "政策文件", "件"),
    "normative_docs": ("overview.management| ", "制定", "规范性文件", "件"),
    "interpretations": ("", "发布", "政策解读", "篇"),
    "press_conferences": ("", "召开", "新闻发布会", "场"),
    "videos": ("", "制作", "短视频", "部"),
    "hotline_cases": ("", "受理", "12345热线工单", "件"),
    "messages": ("", "回复", "网民留言", "条"),
    "applications_received": ("overview.on_request| ", "收到", "政府信息公开申请", "件"),
    "applications_handled": ("overview.on_request| ", "答复", "政府信息公开申请", "件"),
    "reviews": ("review| ", "发生", "行政复议案件", "起"),
    "proposals_npc": ("", "办理", "人大代表建议", "件"),
    "trainings": ("overview.supervision| ", "举办", "政务公开培训", "期"),
}
"""Section, verb, noun and counter of each metric."""
ORDERS = (
    "{v}{n}{q}|{v}{q}{n}|{v}了{q}{n}|{n}{v}{q}|{v}的{n}有{q}|{v}的{n}共{q}|{v}{n}共计{q}|{v}{n}达{q}|{v}{n}总数为{q}"
    "|{n}{v}数为{q}|{n}{v}量达{q}|{v}{n}数：{q}|{v}{n}（{q}）|{v}{n}，共计{q}|先后{v}{n}{q}|{v}{n}（{c}）：{b}|{v}{n}数（{c}）为{b}"
)
NUMBERS = {
    "46": 46,
    "近90": 90,
    "将近90": 90,
    "90多": 90,
    "超过90": 90,
    "一百二十余": 120,
    "1,286": 1286,
    "1.2万余": 12000,
    "十四": 14,
}
RISES = (
    "比上年增加{}|较上年新增{}|同比净增{}|在上年基础上增加{}|与上年相比增加了{}|多于去年{}"
    "|比2022年多{}|较上年度多出{}"
)
GROWTHS = "同比增长{}|增幅达{}|增长率为{}|增长比例为{}|较上年上升{}|与去年同期相比增长{}|涨幅{}"


def found(sentence: str) -> list[tuple[str, float | None, str]]:
    gold, sections = parse(sentence, AGENCY)
    return [(m.metric, None if m.value is None else float(m.value), m.aspect) for m in read(gold, sections)]


@pytest.mark.parametrize("metric", FACTS)
def test_every_order_of_noun_and_number_is_read_alike(metric):
    section, verb, noun, counter = FACTS[metric]
    wrong = {}
    for order, (number, value) in product(ORDERS.split("|"), NUMBERS.items()):
        words = {"v": verb, "n": noun, "q": number + counter, "b": number, "c": counter}
        sentence = f"{section}全年{order.format(**words)}。"
        if (told := found(sentence)) != [(metric, value, "level")]:
            wrong[sentence] = told
    assert wrong == {}


@pytest.mark.parametrize("metric", FACTS)
def test_every_way_to_tell_a_rise_is_read_alike(metric):
    section, verb, noun, counter = FACTS[metric]
    level = (metric, 46.0, "level")
    told = dict.fromkeys(RISES.split("|"), ("7" + counter, (metric, 7.0, "change")))
    told |= dict.fromkeys(GROWTHS.split("|"), ("20%", (metric, 20.0, "growth")))
    sentences = {
        f"{section}全年{verb}{noun}46{counter}{open_}{rise.format(by)}{close}。": [level, moved]
        for rise, (by, moved) in told.items()
        for open_, close in (("，", ""), ("（", "）"))
    }
    assert {s: found(s) for s, wanted in sentences.items() if found(s) != wanted} == {}
