"""Words that say the same: each is read as the others are, and each name stands in a construction."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from metric_cases import AGENCY, parse, read

import gxnlp
from gxnlp.deferred import synonyms

SENTENCES = {
    "发布": (
        "年内全县{}政府信息906条。",
        "政务新媒体账号共{}信息660条，阅读量3万次。",
        "全平台{}信息共932条。",
    ),
    "通过": ("{}“青禾水务”微信公众号推送信息58条。", "全县{}政府网站公开信息58条。"),
    "共": ("网站公开信息90条、公众号推送信息60条，{}150条。",),
    "全年": ("{}全县主动公开政府信息906条。", "{}我局公开信息906条。"),
    "举办": ("{}政务公开业务培训3次，96人参加。",),
    "达": ("公开规范性文件9件，规范性文件解读率{}82.5%。", "抽检答复文书40份，优秀率{}82.5%。"),
    "收到": ("overview.on_request| 全县{}政府信息公开申请9件。",),
}


@pytest.mark.parametrize(("name", "sentence"), [(n, s) for n, told in SENTENCES.items() for s in told])
def test_words_that_say_the_same_are_read_alike(name, sentence):
    readings = {}
    for word in synonyms()[name].split("|"):
        gold, sections = parse(sentence.format(word), AGENCY)
        readings[word] = [
            (m.metric, m.value, m.measure, m.scope, m.channel, m.period) for m in read(gold, sections)
        ]
    wanted = readings[name]
    assert wanted
    assert {word: found for word, found in readings.items() if found != wanted} == {}


def test_every_name_of_a_list_stands_in_a_construction():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(gxnlp.__path__[0]).rglob("*.py"))
    assert set(synonyms()) == set(SENTENCES) == set(re.findall("<([一-鿿]+)>", source)) - {"名"}
