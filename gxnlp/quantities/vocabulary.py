"""The vocabulary of `data/quantities.toml`, compiled: counters, idioms, labels."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from gxnlp.deferred import deferred

DIGITS = "零〇○一二三四五六七八九两"
FORMAL = "壹贰叁叄肆伍陆柒捌玖"
NUMERALS = DIGITS + FORMAL + "十百千万亿兆廿卅卌拾佰仟"
VULGAR = {
    char: Fraction(int(over), int(under))
    for char, over, under in zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞", "11213123411357", "23344555568888", strict=True)
}
"""Fractions that are one character."""
_VULGAR = "".join(VULGAR)


def trie(words: list[str], gap: str = "") -> str:
    """A regular expression for any of the words, the longest first, without trying each in turn.

    Args:
        words: The words; `甲/乙丙` is 甲 where neither 乙 nor 丙 follows.
        gap: Pattern allowed between two characters of a word (a broken line).
    """
    tree: dict[str, Any] = {}
    for word in words:
        stem, _, barred = word.partition("/")
        node = tree
        for char in stem:
            node = node.setdefault(char, {})
        node[""] = barred

    def build(node: dict[str, Any], gap_here: str) -> str:
        # Characters that end alike share a branch, which makes the pattern a third as long to compile.
        alike: dict[str, list[str]] = {}
        for char, below in node.items():
            if char:
                alike.setdefault(build(below, gap), []).append(re.escape(char))
        ways = [
            gap_here + (chars[0] if len(chars) == 1 else f"[{''.join(chars)}]") + rest
            for rest, chars in alike.items()
        ]
        if "" in node:
            ways.append(f"(?![{node['']}])" if node[""] else "")
        return ways[0] if len(ways) == 1 else "(?:" + "|".join(ways) + ")"

    return build(tree, "")


class Counters(NamedTuple):
    """Counters behind numbers.

    Nearly all are plain words. Those in brackets, with another in brackets and those of two words (元/人)
    take five times as long to compile: that is done where a text asks for it.

    Attributes:
        plain: A counter, group 1.
        combined: What begins like one of the others, behind a number or a plain counter.
    """

    plain: re.Pattern[str]
    combined: re.Pattern[str]

    def match(self, source: str, at: int) -> re.Match[str] | None:
        """The counter behind a number, group 1, after a space, at most one line end.

        Args:
            source: Folded text.
            at: Offset after the number.
        """
        found = self.plain.match(source, at)
        after = found.end() if found else at
        if source[after : after + 1] in "（/ \n" and self.combined.match(source, after):
            return _combined_unit().match(source, at)
        return found


class Vocabulary(NamedTuple):
    """The compiled vocabulary.

    Attributes:
        quick: An Arabic number (group 1) with its counter (group 2) or % (group 3), where nothing on either
            side can change it; the short way for most numbers of a report.
        scan: Finds where a number may begin. Group 1 is set where it is a number that fills its
            table cell, 2 where it is a year before 年, 3 and 4 where it marks a list item, another
            group where it is an idiom, to pass over.
        unit: The counter behind a number.
        of_one: Counters that behind 一 make a count too; others may not (一省): see `unit_of_one`.
        half: A counter that 半 may stand before.
        needs: Words one of which must stand before the number, by its counter, or by 一 with it (翻 一番).
        zero_noun: A noun that 零 counts none of (零投诉).
        zero_barred: Counters that make a word with 零 (零件, 零点).
        zero_left: Characters behind which they count all the same (申请零件).
        label_before: A word that makes the number behind it a name (邮编：), at the end of a slice.
        label_after: A word that makes the number before it a name (12345热线).
        label_heads: First characters of `label_after`.
    """

    quick: re.Pattern[str]
    scan: re.Pattern[str]
    unit: Counters
    of_one: frozenset[str]
    half: frozenset[str]
    needs: dict[str, list[str]]
    zero_noun: re.Pattern[str]
    zero_barred: frozenset[str]
    zero_left: frozenset[str]
    label_before: re.Pattern[str]
    label_after: re.Pattern[str]
    label_heads: frozenset[str]


def read_vocabulary() -> dict[str, Any]:
    """The vocabulary with its examples, as it stands in `data/quantities.toml`."""
    text = (files("gxnlp") / "data" / "quantities.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _any_of(words: list[str], barred: dict[str, str]) -> str:
    """A pattern for counters, whose characters a broken line may part."""
    marked = [f"{word}/{barred[word]}" if barred.get(word) else word for word in dict.fromkeys(words)]
    return trie(marked, r"[ \n]?")


_TIMES = "次(?![数要品]|之(?!多))"
"""次 behind a counter (件次), but in 次数, 次要, 次品, 次之; 13次日常检查 are 次."""
_LATIN_END = "(?![A-Za-z0-9])"


def _plain_unit(words: list[str], latin: list[str], barred: dict[str, str]) -> Counters:
    longest = 2 * max(map(len, words))
    return Counters(
        plain=deferred(rf"[ ]?\n?[ ]?((?:{_any_of(words, barred)})(?:{_TIMES})?|{trie(latin)}{_LATIN_END})"),
        combined=deferred(rf"[ ]?\n?[ ]?(?:/|（[^（）]{{1,{longest}}}）)"),
    )


def _unit_pattern(words: list[str], latin: list[str], barred: dict[str, str]) -> re.Pattern[str]:
    counter = _any_of(words, barred)
    foreign = trie(latin) + _LATIN_END
    return deferred(
        rf"[ ]?\n?[ ]?(?:（(?={counter}）)|/(?=[人件篇场]次))?"
        rf"((?:{counter})(?:{_TIMES}|（{counter}）|/{counter})?"
        rf"|{foreign}(?:/(?:{foreign}|{counter}))?)"
    )


# Characters beside a number and its counter that may change what it says.
_LOUD_BEFORE = (
    "0-9A-Za-z.,，/_@=#&?：:~^（(〔“” \n足到满达于过出破多及<≤超逾止下少码>≥近乎约为有占合概致话编真机号备是-"
)
# Those of them that say nothing by themselves, only behind 约 or 未.
_QUIET_BEFORE = "(?<=[^约][有占])|(?<=[^约未没]达)|(?<=[^未]达到)"
_LOUD_FIRST = "年月日号时点分秒学财赛世季分又成折打个百余多来万亿路室栋幢楼等版届大后里兆倍番"
_LOUD_AFTER = "半多余及以开有出之左上不内至到~—―（/ \n-"


def _quick_pattern(counters: list[str], barred: dict[str, str]) -> re.Pattern[str]:
    quiet = [word for word in dict.fromkeys(counters) if word[0] not in _LOUD_FIRST]
    marked = [f"{word}/{barred[word]}" if barred.get(word) else word for word in quiet]
    return deferred(
        rf"(?:(?<![{_LOUD_BEFORE}])|{_QUIET_BEFORE})(?<![0-9]、)((?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}}|[0-9]{{1,9}})(?:\.[0-9]{{1,9}})?万?)"
        rf"(?:((?>{trie(marked)}(?:{_TIMES})?))(?![{_LOUD_AFTER}])|(?<!万)(%)(?![{_LOUD_AFTER}来+]))"
    )


# A number that fills its table cell or its line: nothing beside it can change it.
_CELL = (
    r"(?:(?<=[\t|][0-9])(?=[0-9]{0,8}\n)|(?:(?<=[\t\n|][0-9])|(?<=[0-9|\t\n\u4e00-\u9fff） ] [0-9])"
    r"(?<![近约超逾足过到破达于] [0-9]))"
    r"(?=[0-9]{0,8}(?:\t|[ ]?\||[ ][0-9]{1,9}[ \n\t]|\n[\n\t0-9]|[ ]（[一二三四五六七八九十])))([0-9]{0,8})"
)
_YEAR = r"(?<![0-9,.\-~/〔A-Za-z][12])((?:(?<=1)9|(?<=2)0)[0-9]{2})(?=年(?!代))"
_MARKS = "一二三四五六七八九十"
_MARK = rf"((?<=（[{_MARKS}])(?=）)|(?<=\n[{_MARKS}])(?=、[^0-9{NUMERALS}]))"
FILLED = r"(?:人次|[条件篇次期个份项宗人名场](?=$|[，。；、）\n]|其中|全部))"
"""The counter behind a number that fills the brackets of a form: 公开信息（35）条."""
_ITEM = (
    r"((?<![0-9.,\-/A-Za-z][0-9])[0-9]?(?=\.[\u4e00-\u9fff《“])"
    rf"|(?<=（[0-9])[0-9]?(?=）(?!{FILLED})))"
)


def _not_behind(word: str) -> str:
    """`甲/乙丙` as 甲 that neither 乙 nor 丙 stands before: 单一, but 工单一件."""
    char, _, others = word.partition("/")
    return f"(?<![{others}]){char}" if others else char


def _scan_pattern(words: list[str], left: list[str], firsts: set[str]) -> re.Pattern[str]:
    heads: dict[str, list[str]] = {}
    for word in words:
        at = next(at for at, char in enumerate(word) if char in NUMERALS + "半双")
        heads.setdefault(word[: at + 1], []).append(word[at + 1 :])

    def idioms(last: str) -> str:
        return "|".join(rf"(?<={head}){trie(rest)}" for head, rest in heads.items() if head[-1] in last)

    digit, place = "一二三四五六七八九两", "十百千万亿兆零半"
    behind = "".join(rf"(?<!{_not_behind(word)}一)" for word in left)
    beside = "".join(sorted(firsts)) + "点分成折又打半到至几余多等年号版届楼室路栋幢" + NUMERALS
    # A single digit only where a counter, a numeral or no Chinese character at all follows.
    # Before 是 it is the head of a list item (一是), unless it goes on a list (第三、四是).
    follows = (
        rf"(?:(?=[{re.escape(beside)}]|[^\u4e00-\u9fff]|[加减乘除和与或比的等大小]|$)"
        r"|(?<=[、和及或].)(?=是))"
    )
    return deferred(
        rf"[0-9{_VULGAR}.半几数第负俩仨对参{NUMERALS}]"
        rf"(?:(?<=[0-9])(?:{_CELL}|{_YEAR}|{_ITEM}|[0-9]*(?:[.,][0-9]+){{0,8}})|(?<=[{_VULGAR}])|(?<=\.)(?<![0-9]\.)(?=[0-9])"
        rf"|{_MARK}|(?<=[{digit}])(?:({idioms(digit)})|{behind}{follows})"
        rf"|(?<=[{place}])(?:({idioms(place)})|)|(?<=[〇○廿卅卌俩仨])"
        rf"|(?<=[{FORMAL}])(?=[{FORMAL}拾佰仟万亿元圆分个整]|[^\u4e00-\u9fff]|$)|(?<=[拾佰仟])(?=[{FORMAL}万亿元圆整]|[^\u4e00-\u9fff]|$)"
        rf"|(?<=参)(?=[拾佰仟])|(?<=第)(?=[ 0-9{NUMERALS}])|(?<=负)(?=[ 0-9{NUMERALS}])"
        rf"|(?<=几)(?=[十百千万亿])|(?<=数)(?<![次人件总户条量丝读问击播赞友注函指参倍系度无多少分整负基奇偶常频字页]数)"
        rf"(?=十(?![一二三四五六七八九])|[百千万亿])|(?<=对)(?=折))"
    )


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the package, compiled once."""
    data = read_vocabulary()
    counters, words = data["counters"], data["words"]
    always, plural, latin = (counters[name].split() for name in ("any", "plural", "latin"))
    before = "|".join(sorted(map(re.escape, words["label_before"].split()), key=len, reverse=True))
    after = words["label_after"].split()
    barred = counters["not_before"]
    return Vocabulary(
        quick=_quick_pattern(always + plural, barred),
        scan=_scan_pattern(
            words["not_numbers"].split(), words["left"].split(), {word[0] for word in always + plural}
        ),
        unit=_plain_unit(always + plural, latin, barred),
        of_one=frozenset((*always, *latin)),
        half=frozenset(counters["half"].split()),
        needs=counters["needs"],
        zero_noun=deferred(trie(words["zero_nouns"].split())),
        zero_barred=frozenset(words["zero_barred"]),
        zero_left=frozenset(words["zero_counter_left"]),
        label_before=deferred(rf"(?:{before})[ ：]{{0,3}}(?:是|为)?[ ：]?$"),
        label_after=deferred(rf"”?(?:{trie(after)})"),
        label_heads=frozenset(word[0] for word in after) | {"”"},
    )


def unit_of_one(source: str, end: int) -> re.Match[str] | None:
    """The counter behind 一, as by `Vocabulary.unit`, but of those alone that make a count with it.

    Args:
        source: Folded text.
        end: Offset after 一.
    """
    words = vocabulary()
    found = words.unit.match(source, end)
    if found is None or found[1] in words.of_one:
        return found
    return _unit_of_one().match(source, end)


@lru_cache(maxsize=1)
def _combined_unit() -> re.Pattern[str]:
    counters = read_vocabulary()["counters"]
    words = counters["any"].split() + counters["plural"].split()
    return _unit_pattern(words, counters["latin"].split(), counters["not_before"])


@lru_cache(maxsize=1)
def _unit_of_one() -> re.Pattern[str]:
    """Compiled where a text asks for it: few do, and it takes as long as all else of the vocabulary."""
    counters = read_vocabulary()["counters"]
    return _unit_pattern(counters["any"].split(), counters["latin"].split(), counters["not_before"])
