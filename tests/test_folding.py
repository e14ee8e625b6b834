"""Folding one for one: the same length, and nothing left to fold."""

from gxnlp.folding import _FEW, fold, fold_table


def test_what_is_folded_is_folded_for_good():
    every = "".join(map(chr, fold_table()))
    assert fold(fold(every)) == fold(every)
    assert fold("⾒⾞⿂") == "见车鱼"  # a radical gives a traditional character, which is folded too


def test_straight_quotes_are_paired_and_marks_of_other_blocks_are_the_usual_ones():
    assert fold('开设"回音壁"、"开放日"栏目∶3个') == "开设“回音壁”、“开放日”栏目：3个"
    assert fold('屏幕27"') == '屏幕27"'
    assert fold("\uf06c公开\ue5e5情况") == " 公开 情况"


def test_few_and_many_foreign_characters_fold_alike():
    table = fold_table()
    foreign = [chr(code) for code in table if chr(code) != ","][: 3 * _FEW]
    for text in ("".join(foreign[:_FEW]), "".join(foreign)):
        assert fold(f"公{text}开") == "公" + "".join(table[ord(char)] for char in text) + "开"
