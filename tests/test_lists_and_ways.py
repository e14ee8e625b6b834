"""Lists of parts and ways of publishing, put together of what stands in them, as twenty officials would."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from metric_cases import AGENCY, parse, read

from gxnlp.records import Metric

Row = tuple[str, float, str, str]
"""Metric, value, measure (or aspect, of what is no level) and channel."""
EACH = 80
WHOLES = "主动公开政府信息{}条|全年公开信息{}条|2023年，我局共发布各类信息{}条|公开政府信息总数为{}条"
OPENERS = (
    "，其中|，其中：|。其中，|。其中：|（其中|（其中：|，包括|（包括|，具体为：|：|。具体为：|，主要包括|，主要为|，分别为：|（"
    "|，具体是："
)
BY_WAY = "|，按渠道分，|。按公开渠道分：|。从公开渠道看，|，按发布渠道划分，|，分渠道看："
BY_KIND = "|，按类别分，|。按信息类别分：|。从内容看，|，按内容划分，|，分类别看："
SITES = {
    "website": "县政府网站|局门户网站|官网|政府门户网|县人民政府门户网站",
    "wechat": "微信公众号|“青禾水务”微信公众号|微信公众号“青禾水务”|公众号“青禾政府网”|官方微信",
    "weibo": "政务微博|官方微博|微博“青禾水务”|“青禾水务”微博",
    "douyin": "抖音号|视频号|“青禾水务”抖音号|微信视频号",
    "new_media": "政务新媒体|新媒体账号|今日头条号",
    "offline": "政务公开栏|公示栏|电子显示屏|LED屏",
}
KINDS = "机构职能|工作动态|通知公告|财政预决算|人事|规划计划|行政许可|行政处罚|应急管理|公共服务|项目建设"
MEMBERS = (
    "{name}{n}条|通过{name}公开{n}条|{name}发布{n}条|在{name}发布信息{n}条|{n}条在{name}发布|{n}条通过{name}公开|{name}（{n}条）"
    "|{name}：{n}条|{name}为{n}条|{n}条发布于{name}|通过{name}公开的有{n}条|由{name}发布{n}条|{name}信息{n}条"
)
OF_KINDS = (
    "{name}{n}条|{name}类{n}条|{name}类信息{n}条|公开{name}信息{n}条|{name}类：{n}条|{name}类有{n}条|{n}条{name}信息"
    "|{n}条为{name}类|{name}方面信息{n}条|涉及{name}的{n}条|{name}领域{n}条"
)
SHARES = "||（占{}%）|，占{}%|，占比{}%|，占总数的{}%"


def one(random: Random, words: str) -> str:
    return random.choice(words.split("|"))


def sites(random: Random, number: int) -> list[tuple[str, str]]:
    """Names of so many sites of different kinds, each with its channel."""
    codes = random.sample(sorted(SITES), number)
    return [(one(random, SITES[code]), code) for code in codes]


def joined(random: Random, members: list[str]) -> str:
    mark = one(random, "、|，|；")
    last = one(random, f"{mark}|和|以及|及|与")
    return mark.join(members[:-1]) + last + members[-1]


def divided(
    random: Random, openers: str, forms: str, names: list[tuple[str, str]], part: str
) -> tuple[str, list[Row]]:
    """A whole and a list of its parts, with or without their shares."""
    numbers = random.sample(range(21, 900), len(names))
    form, share, opener = one(random, forms), one(random, SHARES), one(random, openers)
    members, expected = [], [("info_published", float(sum(numbers)), "total", "")]
    for (name, code), number in zip(names, numbers, strict=True):
        percent = round(number * 100 / sum(numbers), 1)
        members.append(form.format(name=name, n=number) + share.format(percent))
        expected.append((part, float(number), "part", code))
        if share:
            expected.append(("share", percent, "total", code))
    tail = "）" if "（" in opener else ""
    return one(random, WHOLES).format(sum(numbers)) + opener + joined(random, members) + tail + "。", expected


def by_way(random: Random) -> tuple[str, list[Row]]:
    names = sites(random, random.randint(2, 4))
    return divided(random, OPENERS + BY_WAY, MEMBERS, names, "info_published")


def by_kind(random: Random) -> tuple[str, list[Row]]:
    names = [(kind, "") for kind in random.sample(KINDS.split("|"), random.randint(2, 4))]
    return divided(random, OPENERS + BY_KIND, OF_KINDS, names, "info_published.part")


def over_lines(random: Random) -> tuple[str, list[Row]]:
    """按公开渠道分：, and a line for each part, with its mark or none."""
    names, numbers = sites(random, 3), random.sample(range(21, 900), 3)
    lead = one(
        random, "，其中：|。其中：|，具体如下：|，按公开渠道分：|，分类情况如下：|。具体为：|，主要包括："
    )
    form = one(random, "{}{}条|通过{}公开{}条|{}发布信息{}条|{}公开：{}条|在{}公开信息{}条|{}：{}条")
    marks, end = one(random, "///|1./2./3.|（1）/（2）/（3）|①/②/③|一是/二是/三是"), one(random, "；|。|")
    lines = [
        f"\\n{mark}{form.format(name, n)}{end}"
        for mark, (name, _), n in zip(marks.split("/"), names, numbers, strict=False)
    ]
    whole = one(random, WHOLES).format(sum(numbers))
    parts = [("info_published", float(n), "part", code) for (_, code), n in zip(names, numbers, strict=True)]
    return whole + lead + "".join(lines), [("info_published", float(sum(numbers)), "total", ""), *parts]


def summed(random: Random) -> tuple[str, list[Row]]:
    """Ways first, what they come to behind them."""
    names, numbers = sites(random, 2), random.sample(range(21, 900), 2)
    form = one(random, "通过{}公开信息{}条|{}发布信息{}条|在{}发布{}条|{}推送{}条")
    total = one(
        random,
        "，共计{}条|，合计{}条|，总数为{}条|，合计公开信息{}条|。合计{}条|。以上共计{}条|，两者合计{}条",
    )
    told = joined(random, [form.format(name, n) for (name, _), n in zip(names, numbers, strict=True)])
    expected = [("info_published", float(n), "*", c) for (_, c), n in zip(names, numbers, strict=True)]
    whole = ("info_published", float(sum(numbers)), "total", "all")
    return f"全年{told}{total.format(sum(numbers))}。", [*expected, whole]


def accounts(random: Random) -> tuple[str, list[Row]]:
    """Accounts of several kinds, then what they published together."""
    kinds = {"website": "门户网站", "wechat": "微信公众号", "weibo": "官方微博", "douyin": "抖音号"}
    codes, number = random.sample(sorted(kinds), random.randint(2, 3)), random.randint(21, 900)
    form = one(random, "{name}{n}个|{n}个{name}")
    numbers = random.sample(range(1, 9), len(codes))
    named = [form.format(name=kinds[c], n=n) for c, n in zip(codes, numbers, strict=True)]
    tail = one(random, "，全年发布信息{}条|，共推送信息{}条|，累计发布信息{}条|，发布信息{}条")
    told = one(random, "开设|运营|现有|共有|维护|建有") + joined(random, named) + tail.format(number)
    expected = [("accounts", float(n), "total", c) for c, n in zip(codes, numbers, strict=True)]
    return f"overview.platform| {told}。", [*expected, ("info_published", float(number), "total", "all")]


def one_way(random: Random) -> tuple[str, list[Row]]:
    """One way of publishing, before the verb, as its subject, or behind the number."""
    (name, code), number = sites(random, 1)[0], random.randint(21, 900)
    form = one(
        random,
        "通过{0}发布信息{1}条|在{0}上公开信息{1}条|由{0}发布信息{1}条|{0}发布信息{1}条|{1}条信息通过{0}发布|{1}条信息在{0}公开"
        "|借助{0}，发布信息{1}条|以{0}为载体发布信息{1}条|用好{0}，公开信息{1}条|推送信息{1}条到{0}|发布信息{1}条至{0}",
    )
    return f"全年{form.format(name, number)}。", [("info_published", float(number), "total", code)]


def told(metric: Metric) -> Row:
    measure = metric.measure if metric.aspect == "level" else metric.aspect
    return metric.metric, float(metric.value or 0), measure, metric.channel


def agrees(row: Row, wanted: Row) -> bool:
    return row[:2] == wanted[:2] and wanted[2] in ("*", row[2]) and row[3] == wanted[3]


@pytest.mark.parametrize("make", [by_way, by_kind, over_lines, summed, accounts, one_way])
def test_lists_and_ways_are_read_in_every_combination(make: Callable[[Random], tuple[str, list[Row]]]):
    random, wrong = Random(5), []
    for _ in range(EACH):
        sentence, expected = make(random)
        found = [told(m) for m in read(*parse(sentence, AGENCY))]
        alike = len(found) == len(expected)
        if not alike or not all(any(agrees(f, e) for f in found) for e in expected):
            wrong.append((sentence, found))
    assert wrong == []


ALIKE = [
    (
        "全县发布解读90篇，其中图解30篇、视频20部。",
        "全县发布解读90篇。其中，图解30篇、视频20部。",
        "全县发布解读90篇（其中：图解30篇、视频20部）。",
    ),
    (
        "门户网站公开信息90条，其中动态60条、公告30条；公开规章3件。",
        "门户网站公开信息90条。其中，动态60条、公告30条；公开规章3件。",
    ),
    (
        "全局有工作人员40人，其中专职12人、兼职28人。",
        "全局有工作人员40人。其中，专职12人、兼职28人。",
    ),
    (
        "公开信息90条，其中网站60条，占66.7%；公众号30条，占33.3%。",
        "公开信息90条，其中网站60条（占66.7%）、公众号30条（占33.3%）。",
        "公开信息90条（其中网站60条（占66.7%）和公众号30条（占33.3%））。",
        "公开信息90条，其中60条在网站发布（66.7%），30条在公众号发布（33.3%）。",
    ),
    (
        "“青禾政府网”微信公众号发布信息90条，粉丝2万人。",
        "微信公众号“青禾政府网”发布信息90条，粉丝2万人。",
        "公众号“青禾政府网”发布信息90条，粉丝2万人。",
    ),
    (
        "官方网站和“青禾水务”微信公众号等新媒体发布解读30篇。",
        "官方网站和微信公众号“青禾水务”等新媒体发布解读30篇。",
    ),
    (
        "公开信息90条，其中网站60条，同比增长5%；新媒体账号30条，同比增长8%。",
        "公开信息90条，其中网站60条（同比增长5%）。新媒体账号30条（同比增长8%）。",
    ),
    (
        "上传信息148条，一至四季度分别为29条、33条、41条和45条。",
        "上传信息148条，一至四季度分别达29条、33条、41条和45条。",
    ),
    (
        "其中，通过县政府网站公开信息40条。",
        "其中，通过县政府网站，公开信息40条。",
    ),
]


@pytest.mark.parametrize("sentences", ALIKE, ids=lambda told: told[0][:20])
def test_a_list_set_otherwise_gives_the_same_rows(sentences):
    readings = [sorted((*told(m), m.scope) for m in read(*parse(sentence, AGENCY))) for sentence in sentences]
    assert readings[0]
    assert readings == [readings[0]] * len(readings)
