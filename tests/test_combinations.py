"""Ordinary sentences, put together of words that every report has: whatever stands beside whatever."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from metric_cases import AGENCY, parse, read

Expected = list[tuple[str, int, str | None]]
"""Metric, value and, where the sentence names it, channel."""
EACH = 60
TIMES = "|全年|2023年，|一年来，|本年度|年内，|今年以来，|截至12月底，|过去一年，"
BODIES = "|我局|本局|局机关|我单位|全县|各乡镇、各部门"
MEANS = "通过|在|依托|利用|借助"
CHANNELS = {
    **dict.fromkeys(("县政府网站", "局门户网站", "官方网站", "局官网", "县人民政府门户网站"), "website"),
    **dict.fromkeys(("微信公众号", "“青禾水务”微信公众号", "官方微信"), "wechat"),
    **dict.fromkeys(("政务微博", "官方微博"), "weibo"),
    **dict.fromkeys(("抖音号", "政务抖音"), "douyin"),
    **dict.fromkeys(("政务新媒体", "新媒体平台"), "new_media"),
    **dict.fromkeys(("政务公开栏", "电子显示屏"), "offline"),
}
ACCOUNTS = [name for name, code in CHANNELS.items() if code in ("wechat", "weibo", "douyin")]
PUBLISHED = "公开|发布|主动公开|公布|更新|推送|发布了|共发布|上传|公示"
INFORMATION = "信息|政府信息|各类信息|政务信息|水务信息|文章|稿件|图文信息"
FOLLOWERS = (
    "粉丝{}人|粉丝数达{}人|粉丝量{}|关注人数{}人|关注用户{}人|关注量{}人|粉丝总数为{}人"
    "|拥有粉丝{}名|用户关注数{}人|吸引粉丝{}人"
)


def one(random: Random, words: str) -> str:
    return random.choice(words.split("|"))


def by_channel(random: Random) -> tuple[str, Expected]:
    channel, number = random.choice(list(CHANNELS)), random.randint(20, 900)
    led = one(random, TIMES) + one(random, BODIES) + one(random, MEANS)
    told = one(random, PUBLISHED) + one(random, INFORMATION)
    return f"{led}{channel}{told}{number}{one(random, '条|篇|余条')}。", [
        ("info_published", number, CHANNELS[channel])
    ]


def followers(random: Random) -> tuple[str, Expected]:
    account, number = random.choice(ACCOUNTS), random.randint(1000, 90000)
    return f"{account}{one(random, FOLLOWERS).format(number)}。", [("followers", number, CHANNELS[account])]


def proposals(random: Random) -> tuple[str, Expected]:
    npc, cppcc = random.randint(2, 40), random.randint(41, 90)
    verb = one(random, "办理|承办|办复|答复|收到|共承办|受理|办结")
    first = one(random, "人大代表建议|人大建议|县人大代表建议|人大代表议案建议|代表建议")
    second = one(random, "政协提案|政协委员提案|县政协提案|委员提案")
    end = one(random, "，办结率100%|，答复率100%|，办复率、满意率均为100%|，均已按期答复|")
    return f"{verb}{first}{npc}件{one(random, '、|，|和')}{second}{cppcc}件{end}。", [
        ("proposals_npc", npc, None),
        ("proposals_cppcc", cppcc, None),
    ]


def hotline(random: Random) -> tuple[str, Expected]:
    number, verb = random.randint(20, 9000), one(random, "受理|办理|接收|收到|承办|办结|处理")
    cases = one(random, "12345热线工单|市民热线工单|12345平台工单|热线转办件|便民热线来电")
    counter, done = one(random, "件|余件|个|宗"), one(random, "办结率|按期办结率|回复率|答复率")
    pleased = one(random, "满意率|满意度|群众满意率")
    return f"{verb}{cases}{number}{counter}，{done}99%，{pleased}97%。", [
        ("hotline_cases", number, "hotline"),
        ("reply_rate", 99, "hotline"),
        ("satisfaction", 97, "hotline"),
    ]


def trainings(random: Random) -> tuple[str, Expected]:
    times, people = random.randint(2, 12), random.randint(20, 400)
    verb = one(random, "举办|组织|开展|召开|组织开展|举行|共开展|先后举办")
    what = one(random, "政务公开培训|政务公开业务培训|政府信息公开培训班|业务培训会|信息公开工作培训")
    who = one(random, "培训人员{}人次|参训{}人次|{}人参加|共{}人参训|参训人员{}人|累计培训{}余人次")
    return f"{verb}{what}{times}{one(random, '次|期|场|场次')}，{who.format(people)}。", [
        ("trainings", times, None),
        ("trainees", people, None),
    ]


def documents(random: Random) -> tuple[str, Expected]:
    made, repealed, valid = random.randint(2, 9), random.randint(10, 19), random.randint(20, 90)
    first = one(random, "制发|制定|出台|印发|新制定|公开") + one(random, "行政规范性文件|规范性文件")
    second, third = one(random, "废止|宣布废止|废止失效"), one(random, "现行有效|目前有效|继续有效")
    return f"{first}{made}件，{second}{repealed}件，{third}{valid}件。", [
        ("normative_docs", made, None),
        ("normative_docs_repealed", repealed, None),
        ("normative_docs_valid", valid, None),
    ]


def applications(random: Random) -> tuple[str, Expected]:
    came, given, denied = random.randint(30, 60), random.randint(2, 5), random.randint(6, 9)
    unit = one(random, "件|宗|份|起")
    verb = one(random, "收到|受理|新收|接收|接到|共收到|依法受理")
    what = one(random, "政府信息公开申请|依申请公开|信息公开申请|依申请公开事项|公开申请")
    fates = f"{one(random, '予以公开|同意公开')}{given}{unit}，{one(random, '不予公开|不公开')}{denied}{unit}"
    rest = f"{one(random, '无法提供|信息不存在')}{came - given - denied}{unit}"
    return f"overview.on_request| {verb}{what}{came}{unit}，{fates}，{rest}。", [
        ("applications_received", came, None),
        ("applications_granted", given, None),
        ("applications_denied", denied, None),
        ("applications_unavailable", came - given - denied, None),
    ]


@pytest.mark.parametrize(
    "make", [by_channel, followers, proposals, hotline, trainings, documents, applications]
)
def test_ordinary_words_are_read_in_every_combination(make: Callable[[Random], tuple[str, Expected]]):
    random, wrong = Random(11), []
    for _ in range(EACH):
        sentence, expected = make(random)
        gold, sections = parse(sentence, AGENCY)
        found = [(m.metric, m.value, m.channel) for m in read(gold, sections)]
        told = [any(f[:2] == e[:2] and e[2] in (None, f[2]) for f in found) for e in expected]
        if not all(told) or len({f[1] for f in found}) > len(expected) + (
            "100%" in sentence or "均" in sentence
        ):
            wrong.append((sentence, found))
    assert wrong == []
