"""Numbers that Word counts itself: levels, restarts, styles, formats."""

from __future__ import annotations

import pytest
from docx_builder import (
    CHAPTERS,
    NUM,
    STYLES,
    abstract,
    level,
    numbered,
)

from gxnlp.reading.numberformats import printed_number


def test_levels_count_and_begin_anew_behind_a_higher_one():
    order = ["1.0", "1.1", "1.1", "1.2", "1.3", "1.0", "1.1", "1.2"]
    found = numbered(CHAPTERS, *(f"<P n='{place}'>甲</P>" for place in order))
    assert found == ["一、甲", "（一）甲", "（二）甲", "1. 甲", "①甲", "二、甲", "（一）甲", "1. 甲"]


def test_numbers_of_higher_levels_and_legal_ones():
    numbering = abstract(
        0,
        level(0, "第%1章", "chineseCounting"),
        level(1, "%1.%2", "decimal", "<w:isLgl/>"),
        level(2, "%1-%2.%3", "lowerLetter"),
    ) + NUM.format(1, 0, "")
    found = numbered(numbering, "<P n='1.0'>甲</P>", "<P n='1.1'>乙</P>", "<P n='1.2'>丙</P>")
    assert found == ["第一章 甲", "1.1 乙", "一-1.a 丙"]


def test_a_level_that_is_passed_over_counts_as_begun():
    numbering = abstract(0, level(0, "%1"), level(1, "%1.%2")) + NUM.format(1, 0, "")
    found = numbered(numbering, "<P n='1.1'>乙</P>", "<P n='1.0'>甲</P>", "<P n='1.1'>乙</P>")
    assert found == ["1.1 乙", "2 甲", "2.1 乙"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("", "1. 丁"), ("<w:lvlRestart w:val='0'/>", "2. 丁"), ("<w:lvlRestart w:val='1'/>", "2. 丁")],
)
def test_restart_rules(restart, expected):
    numbering = abstract(0, level(0, "%1、"), level(1, "（%2）"), level(2, "%3.", more=restart))
    body = [
        "<P n='1.0'>甲</P>",
        "<P n='1.1'>乙</P>",
        "<P n='1.2'>丙</P>",
        "<P n='1.1'>乙</P>",
        "<P n='1.2'>丁</P>",
    ]
    assert numbered(numbering + NUM.format(1, 0, ""), *body)[-1] == expected


def test_lists_on_one_definition_count_on_and_one_with_a_start_of_its_own_begins_there_once():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    numbering = (
        abstract(0, level(0, "%1."))
        + NUM.format(1, 0, "")
        + NUM.format(2, 0, "")
        + NUM.format(3, 0, override.format(1))
        + NUM.format(4, 0, override.format(7))
    )
    found = numbered(numbering, *(f"<P n='{num}'>甲</P>" for num in (1, 2, 3, 3, 4, 4)))
    assert found == ["1. 甲", "2. 甲", "1. 甲", "2. 甲", "7. 甲", "8. 甲"]


def test_a_level_of_its_own_replaces_that_of_the_definition():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "chineseCounting")}</w:lvlOverride>'
    numbering = abstract(0, level(0, "%1.")) + NUM.format(1, 0, override)
    assert numbered(numbering, "<P n='1'>甲</P>") == ["（一）甲"]


def test_numbers_come_through_styles_and_none_where_the_list_is_0():
    paragraphs = (
        "<P s='1'>甲</P>",
        "<P s='2'>乙</P>",
        "<P s='3'>丙</P>",
        "<P s='4'>丁</P>",
        "<P s='1' n='0'>戊</P>",
    )
    found = numbered(CHAPTERS, *paragraphs, styles=STYLES)
    assert found == ["一、甲", "（一）乙", "（二）丙", "丁", "戊"]


def test_a_level_that_names_the_style_goes_before_the_level_in_the_style():
    styles = (
        "<w:style w:type='paragraph' w:styleId='x'><w:name w:val='x'/><w:pPr><w:numPr><w:ilvl w:val='0'/>"
        "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    levels = (level(0, "%1、"), level(1, "（%2）", more="<w:pStyle w:val='x'/>"))
    assert numbered(abstract(0, *levels) + NUM.format(1, 0, ""), "<P s='x'>甲</P>", styles=styles) == [
        "（1）甲"
    ]


def test_a_list_by_way_of_a_numbering_style():
    styles = (
        "<w:style w:type='numbering' w:styleId='L'><w:name w:val='L'/><w:pPr><w:numPr><w:numId w:val='1'/>"
        "</w:numPr></w:pPr></w:style>"
    )
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = CHAPTERS + linked + NUM.format(2, 5, "")
    assert numbered(numbering, "<P n='1'>甲</P>", "<P n='2'>乙</P>", styles=styles) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("form", "text", "more", "expected"),
    [
        ("bullet", "\uf06c", "", "甲"),
        ("none", "附件：", "", "附件：甲"),
        ("decimal", "%1.", "<w:suff w:val='nothing'/>", "1.甲"),
        ("decimal", "%1", "<w:suff w:val='space'/>", "1 甲"),
        ("decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>", "甲"),
        ("decimal", "", "", "甲"),
        ("upperLetter", "%1）", "", "A）甲"),
        ("ideographDigital", "%1是", "", "一是甲"),
        ("japaneseCounting", "%1", "", "一 甲"),
    ],
)
def test_what_stands_around_a_number(form, text, more, expected):
    assert numbered(abstract(0, level(0, text, form, more)) + NUM.format(1, 0, ""), "<P n='1'>甲</P>") == [
        expected
    ]


def test_a_custom_format_with_zeros():
    custom = (
        "<w:lvl w:ilvl='0'><mc:AlternateContent><mc:Choice Requires='w14'><w:numFmt w:val='custom' "
        "w:format='001, 002, 003, ...'/></mc:Choice></mc:AlternateContent><w:lvlText w:val='%1、'/></w:lvl>"
    )
    assert numbered(abstract(0, custom) + NUM.format(1, 0, ""), "<P n='1'>甲</P>") == ["001、甲"]


def test_empty_paragraphs_count_and_deleted_or_hidden_ones_do_not():
    gone = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:rPr><w:{}/></w:rPr></w:pPr></w:p>"
    found = numbered(CHAPTERS, "<P n='1'/>", gone.format("del"), gone.format("vanish"), "<P n='1'>甲</P>")
    assert found == ["二、甲"]


def test_a_paragraphs_former_properties_give_no_number():
    former = "<w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange>"
    assert numbered(CHAPTERS, f"<w:p><w:pPr>{former}</w:pPr><R>甲</R></w:p>") == ["甲"]


@pytest.mark.parametrize(
    ("form", "printed"),
    {
        "decimalZero": {1: "01", 12: "12"},
        "decimalFullWidth": {12: "１２"},
        "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"},
        "decimalEnclosedParen": {3: "⑶"},
        "decimalEnclosedFullstop": {3: "⒊"},
        "upperRoman": {4: "IV", 1999: "MCMXCIX", 10**8: "100000000"},
        "lowerLetter": {1: "a", 26: "z", 27: "aa", 10**8: "100000000"},
        "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一〇一"},
        "chineseCountingThousand": {
            10: "十",
            101: "一百零一",
            110: "一百一十",
            1000: "一千",
            2003: "二千零三",
        },
        "japaneseCounting": {12: "十二", 30: "三十"},
        "ideographDigital": {10: "一〇", 23: "二三"},
        "chineseLegalSimplified": {10: "壹拾", 23: "贰拾叁"},
        "ideographTraditional": {1: "甲", 11: "11"},
        "ideographZodiac": {12: "亥"},
        "ideographZodiacTraditional": {1: "甲子", 13: "丙子"},
        "ideographEnclosedCircle": {2: "㊁"},
        "numberInDash": {3: "- 3 -"},
        "ordinal": {1: "1st", 12: "12th", 22: "22nd"},
        "unheardOf": {7: "7"},
        "none": {7: ""},
    }.items(),
)
def test_number_formats(form, printed):
    assert {value: printed_number(value, form) for value in printed} == printed
