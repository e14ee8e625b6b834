"""Every number in running text, with bounds, counter, qualifier and kind."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any

from gxnlp.folding import fold
from gxnlp.numerals import MAX_DIGITS, RUN, Numeral, evaluate, plain
from gxnlp.records import Kind, Qualifier, Quantity, Value

_DIGITS = "零〇○一二三四五六七八九两壹贰叁叄参肆伍陆柒捌玖"
_HAN = _DIGITS + "十百千万亿兆廿卅卌拾佰仟"
_VULGAR = {c: Fraction(n, d) for c, n, d in (
    ("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅛", 1, 8), ("⅜", 3, 8),
    ("⅝", 5, 8), ("⅞", 7, 8),
)}  # fmt: skip


def _trie(words: list[str], gap: str = "") -> str:
    """An alternation of words as nested groups, longest first.

    Args:
        words: The words; `甲/乙丙` is 甲 not followed by 乙 or 丙.
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
        ways = [gap_here + re.escape(char) + build(below, gap) for char, below in node.items() if char]
        if "" in node:
            ways.append(f"(?![{node['']}])" if node[""] else "")
        return ways[0] if len(ways) == 1 else "(?:" + "|".join(ways) + ")"

    return build(tree, "")


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The compiled vocabulary."""

    scan: re.Pattern[str]
    unit: re.Pattern[str]
    unit_of_one: re.Pattern[str]
    zero_noun: re.Pattern[str]
    zero_left: str
    label_before: re.Pattern[str]
    label_after: re.Pattern[str]


def read_vocabulary() -> dict[str, Any]:
    """The vocabulary and its examples, `data/quantities.toml`."""
    return tomllib.loads((files("gxnlp") / "data" / "quantities.toml").read_text(encoding="utf-8"))


def _unit_pattern(words: list[str], latin: list[str], barred: dict[str, str]) -> re.Pattern[str]:
    marked = [f"{word}/{barred[word]}" if barred.get(word) else word for word in dict.fromkeys(words)]
    counter = _trie(marked, r"[ \n]?")
    latins = "|".join(sorted(map(re.escape, latin), key=len, reverse=True))
    return re.compile(
        rf"[ \n]{{0,2}}((?:{counter})(?:（{counter}）|/{counter})?"
        rf"|(?:{latins})(?![A-Za-z0-9])(?:/(?:{latins})(?![A-Za-z0-9]))?)"
    )


def _scan_pattern(words: list[str], left: list[str]) -> re.Pattern[str]:
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word[1:])
    idioms = "|".join(rf"(?<={head}){_trie(rest)}" for head, rest in heads.items())
    behind = "".join(rf"(?<!{word}一)" for word in left)
    vulgar = "".join(_VULGAR)
    return re.compile(
        rf"[0-9{vulgar}.半几数第负俩仨对{_HAN}]"
        rf"(?:(?<=[0-9{vulgar}])|(?<=\.)(?=[0-9])|(?<=第)(?=[ 0-9几{_HAN}])|(?<=负)(?=[ 0-9{_HAN}])"
        rf"|(?<=[几数])(?=[十百千万亿])|(?<=对)(?=折)"
        rf"|(?<![0-9.第负几数对{vulgar}])(?:({idioms})|{behind}))"
    )


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    data = read_vocabulary()
    counters, words = data["counters"], data["words"]
    barred = counters["not_before"]
    always, plural = counters["any"].split(), counters["plural"].split()
    latin = counters["latin"].split()
    before = "|".join(sorted(map(re.escape, words["label_before"].split()), key=len, reverse=True))
    return _Grammar(
        scan=_scan_pattern(words["not_numbers"].split(), words["left"].split()),
        unit=_unit_pattern(always + plural, latin, barred),
        unit_of_one=_unit_pattern(always, latin, barred),
        zero_noun=re.compile(_trie(words["zero_nouns"].split())),
        zero_left=words["zero_counter_left"],
        label_before=re.compile(rf"(?:{before})[ ：]{{0,3}}(?:是|为)?[ ：]?$"),
        label_after=re.compile(rf"”?(?:{_trie(words['label_after'].split())})"),
    )


@dataclass(slots=True)
class _Part:
    """A number being read: what it says and where its pieces stand."""

    start: int
    end: int
    low: Value
    high: Value
    over: bool = False
    approx: bool = False
    kind: Kind = "number"
    shape: str = "strong"
    scale: int = 1
    unit_start: int = 0
    unit_end: int = 0


def _tidy(value: Value) -> Value:
    """A `Fraction` where the decimal would not terminate, else a `Decimal`."""
    if isinstance(value, Decimal):
        return value
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return value if rest != 1 else Decimal(value.numerator) / Decimal(value.denominator)


# ---- one number -------------------------------------------------------------------------------

_CODE = re.compile(
    r"[0-9]+(?:\.[0-9]+){2,}"  # 192.168.1.1, 1.2.3
    r"|0[0-9]{2,3}-[0-9]{7,8}(?:-[0-9]+)?|[0-9]+(?:-[0-9]+){2,}|[0-9]+-0[0-9]+"  # telephone, serial
    r"|[0-9]+/[0-9]{4,}-[0-9]+"
)
_POWER = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)(?:[eE]([+-]?[0-9]{1,4})(?![0-9A-Za-z])"
    r"|[ ]?[×xX*·][ ]?10(?:\^([+-]?[0-9]{1,4})|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))"
    r"|\^([+-]?[0-9]{1,4})(?![0-9A-Za-z])|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))"
)
_SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_MAX_EXPONENT = 300
_SLASH = re.compile(r"(?:([0-9]+) )?([0-9]{1,9})/([0-9]{1,9})(?![0-9/.-])")
_LETTER = re.compile(r"(?:[kwWM]|K(?![超高视画清电屏分]))(?![A-Za-z0-9])")
_LETTERS = {"k": 1000, "K": 1000, "w": 10**4, "W": 10**4, "M": 10**6}
_AGAIN = re.compile(r"([一二三四五六七八九])[\u4e00-\u9fff]\1")


def _power(match: re.Match[str], start: int) -> _Part | None:
    base = Decimal(match[1])
    exponent = int(match[2] or match[3] or (match[4] or "").translate(_SUPERSCRIPT) or "0")
    other = match[5] or (match[6] or "").translate(_SUPERSCRIPT)
    if abs(exponent) > _MAX_EXPONENT or other and abs(int(other)) > _MAX_EXPONENT or len(match[1]) > 9:
        return None
    value = base ** int(other) if other else base.scaleb(exponent)
    return _Part(start, match.end(), plain(value), plain(value), shape="arabic")


def _bare_number(text: str, start: int) -> _Part | None:
    """A numeral without sign: Arabic, Chinese or mixed."""
    char = text[start]
    if char in _VULGAR:
        value = _tidy(_VULGAR[char])
        return _Part(start, start + 1, value, value, kind="fraction")
    if char == ".":
        match = re.compile(r"\.[0-9]+").match(text, start)
        if not match or len(match[0]) > MAX_DIGITS:
            return None
        value = Decimal(match[0])
        return _Part(start, match.end(), value, value, shape="arabic")
    match = RUN.match(text, start)
    if not match:
        return None
    run, end = match[0], match.end()
    numeral = evaluate(run)
    if numeral is None and run[0].isdigit():
        end = start + len(re.match(r"[0-9]+(?:\.[0-9]+)?", run)[0])  # type: ignore[index]
        numeral = evaluate(text[start:end])
    if numeral is None:
        return None
    if numeral.shape == "arabic":
        special = _special(text, start, end, numeral)
        if special:
            return special
    return _Part(
        start, end, numeral.low, numeral.high, numeral.over, False, "number", numeral.shape, numeral.scale
    )


def _special(text: str, start: int, end: int, numeral: Numeral) -> _Part | None:
    """Powers, written fractions and k, M behind Arabic digits."""
    following = text[end : end + 2]
    if following[:1] and following[0] in "eE×xX*·^⁻⁰¹²³⁴⁵⁶⁷⁸⁹ /kKwWM":
        if match := _POWER.match(text, start):
            return _power(match, start)
        if (match := _SLASH.match(text, start)) and int(match[3]):
            value = _tidy(int(match[1] or 0) + Fraction(int(match[2]), int(match[3])))
            return _Part(start, match.end(), value, value, kind="fraction", shape="arabic")
        if match := _LETTER.match(text, end):
            value = plain(numeral.low * _LETTERS[match[0]])
            return _Part(start, match.end(), value, value, shape="mixed", scale=_LETTERS[match[0]])
        # fall through: a Latin unit, or part of a name
    elif following[:1] and following[0] in _VULGAR:
        value = _tidy(Fraction(numeral.low) + _VULGAR[following[0]])
        return _Part(start, end + 1, value, value, kind="fraction", shape="arabic")
    return None


def _ratio(of: Value, part: _Part, start: int) -> _Part:
    """甲分之乙: a percentage for 百, a permille for 千, else a fraction."""
    if of in (100, 1000):
        kind: Kind = "percent" if of == 100 else "permille"
        return _Part(start, part.end, part.low, part.high, part.over, part.approx, kind)
    low, high = (_tidy(Fraction(value) / Fraction(of)) for value in (part.low, part.high))
    return _Part(start, part.end, low, high, part.over, part.approx, "fraction")


_HALF_TAIL = "径导岛截边空途"


def _tenths(text: str, part: _Part) -> _Part | None:
    """成 and 折 behind a number: tenths as percent (三成五 35, 八五折 85)."""
    char, end = text[part.end], part.end + 1
    if char == "成":
        if text[end : end + 1] in ("立", "功", "不") or part.shape == "single" and text.startswith("熟", end):
            return None
        low, high = part.low * 10, part.high * 10
        extra = text[end : end + 1]
        if extra == "半" and not text[end + 1 : end + 2] in tuple(_HALF_TAIL):
            low, high, end = low + 5, high + 5, end + 1
        elif extra and extra in "一二三四五六七八九" and low == high and not _counted(text, end + 1):
            digit = evaluate(extra)
            low = high = low + (digit.low if digit else 0)
            end += 1
        return _Part(part.start, end, low, high, part.over, False, "percent", "strong")
    if text[end : end + 1] and text[end : end + 1] in "页叠腾旧射返算合线痕扇扣中":
        return None
    low, high = part.low, part.high
    if part.shape == "arabic":
        if low >= 100:
            return None
        if low < 10:
            low, high = low * 10, high * 10
    else:
        run = text[part.start : part.end]
        if "点" in run or len(run) == 1 or part.low != part.high and part.shape == "pair" and "两" in run:
            low, high = low * 10, high * 10
        elif part.shape == "pair":
            low = high = low * 10 + high
    return _Part(part.start, end, low, high, part.over, False, "percent", "strong")


def _counted(text: str, at: int) -> bool:
    return bool(_grammar().unit.match(text, at)) or text[at : at + 1] in tuple(_HAN)


_POINTS = re.compile(r"[ \n]?((?:个[ \n]?)?百[ \n]?分[ \n]?点)")
_PERCENT_SIGN = re.compile(r"[ ]?([%‰‱])")


def _number(text: str, start: int) -> _Part | None:
    """A number with its sign and its own kind: fraction, percent, tenths."""
    at, negative = start, False
    if text[at] in "负-" or text.startswith("零下", at):
        negative = True
        at += 2 if text[at] == "零" else 1
        while text[at : at + 1] == " ":
            at += 1
    if at >= len(text):
        return None
    special = _fixed(text, at)
    part = special or _bare_number(text, at)
    if part is None:
        return None
    if not special:
        part = _extended(text, part)
        if part is None:
            return None
    if negative:
        part.start, part.low, part.high = start, -part.high, -part.low
    return part


_FIXED = re.compile(r"百分(?:之)?百|对折|半价|半折|半成|半打|半数")
_FIXED_VALUE: dict[str, tuple[Value, Kind]] = {
    "百分百": (Decimal(100), "percent"), "百分之百": (Decimal(100), "percent"),
    "对折": (Decimal(50), "percent"), "半价": (Decimal(50), "percent"),
    "半折": (Decimal(5), "percent"), "半成": (Decimal(5), "percent"),
    "半打": (Decimal(6), "number"), "半数": (Decimal("0.5"), "fraction"),
}  # fmt: skip


def _fixed(text: str, at: int) -> _Part | None:
    if text[at] not in "百对半":
        return None
    match = _FIXED.match(text, at)
    if not match:
        return None
    if match[0] == "半成" and text[match.end() : match.end() + 1] in tuple("品熟"):
        return None
    value, kind = _FIXED_VALUE[match[0]]
    return _Part(at, match.end(), value, value, kind=kind)


_DOZEN_BARRED = "开听电算造印击败仗架扫破通赢输折扮扰工球牌分字卡车招探消断压交包入出动磨理"


def _extended(text: str, part: _Part) -> _Part | None:
    """What may follow a bare numeral and changes it: 分之, 又, %, 成, 折, 打, 个百分点."""
    end = part.end
    char = text[end : end + 1]
    if char == "分" and text.startswith("分之", end):
        over = _numerator(text, end + 2)
        return _ratio(part.low, over, part.start) if over and part.low == part.high and part.low > 0 else None
    if char == "又" and (rest := _fraction_at(text, end + 1)) is not None:
        value = _tidy(Fraction(part.low) + Fraction(rest.low))
        return _Part(part.start, rest.end, value, value, kind="fraction")
    if char in ("%", "‰", "‱", " ") and (match := _PERCENT_SIGN.match(text, end)):
        return _with_sign(part, match)
    if char in ("成", "折") and (part.shape != "bare"):
        return _tenths(text, part) or part
    if char == "打" and part.shape not in ("arabic", "bare") and text[end + 1 : end + 2] not in tuple(_DOZEN_BARRED):
        return _Part(part.start, end + 1, part.low * 12, part.high * 12)
    if char in ("个", "百", " ", "\n") and (match := _POINTS.match(text, end)):
        part.kind, part.unit_start, part.unit_end, part.shape = "percent_point", *match.span(1), "strong"
    return part


def _with_sign(part: _Part, match: re.Match[str]) -> _Part:
    part.kind = "percent" if match[1] == "%" else "permille"
    if match[1] == "‱":
        part.low, part.high = part.low / 10, part.high / 10
    part.end = match.end()
    part.unit_start, part.unit_end = match.span(1)
    part.shape = "strong"
    return part


def _numerator(text: str, at: int) -> _Part | None:
    """The number behind 分之, with its own sign."""
    negative = text[at : at + 1] in ("负", "-")
    part = _bare_number(text, at + negative) if at + negative < len(text) else None
    if part and negative:
        part.low, part.high = -part.high, -part.low
    return part


def _fraction_at(text: str, at: int) -> _Part | None:
    """A proper fraction behind 又: 二分之一, 1/2."""
    part = _bare_number(text, at) if at < len(text) else None
    if part is None or part.kind == "fraction":
        return part
    if not text.startswith("分之", part.end) or part.low <= 0:
        return None
    over = _numerator(text, part.end + 2)
    if over is None:
        return None
    value = _tidy(Fraction(over.low) / Fraction(part.low))
    return _Part(at, over.end, value, value, kind="fraction")


# ---- ranges -----------------------------------------------------------------------------------

_TO = re.compile(r"[ ]?(?:至|到|-|~|—{1,2}|―)[ ]?(?=[0-9.负-]|第?[半几" + _HAN + "])")
_OR = re.compile(r"、(?=[二三四五六七八九](?:[十百千万个条件名天年次位家人岁日月种项]))")


def _range(text: str, first: _Part) -> _Part | None:
    """A range that begins with a number: 3至5, 20-30万, 10%至20%, 3天到5天."""
    middle, unit = first.end, _unit(text, first)
    match = _TO.match(text, middle)
    if match is None and unit:
        match = _TO.match(text, unit[1])
    if match is None:
        match = _OR.match(text, middle) if first.shape == "single" else None
        if match is None:
            return None
    at = match.end()
    if text[at : at + 1] == "第":
        at += 1
    second = _number(text, at) if match[0].strip() != "-" or text[at : at + 1] != "-" else None
    if second is None or second.start == match.start():
        return None
    if match[0] == "、" and (second.low != first.low + 1 or text[first.start - 1 : first.start] in tuple("、第")):
        return None
    low, high = first.low, second.high
    if middle == match.start() and first.scale == 1 and first.kind == "number":
        low = _spread(first, second)
    if unit and middle != match.start() and (other := _unit(text, second)):
        if text[unit[0] : unit[1]] != text[other[0] : other[1]] and not text[unit[1] :].startswith("个"):
            return None
    same = first.kind == second.kind or first.kind in ("number", "arabic")
    if not low < high or not same or second.kind in ("date",):
        return None
    kind: Kind = "range" if second.kind == "number" else second.kind
    return _Part(
        first.start, second.end, low, high, second.over, False, kind, "strong", 1,
        second.unit_start, second.unit_end,
    )  # fmt: skip


def _spread(first: _Part, second: _Part) -> Value:
    """The lower bound, with the multiplier of the upper where it is shared (20-30万)."""
    if second.kind == "percent" and first.shape in ("single", "pair") and second.high > 10 >= first.low:
        return first.low * 10
    if second.scale < 100 or first.low >= second.high / second.scale:
        return first.low
    return first.low * second.scale


# ---- counters, qualifiers ---------------------------------------------------------------------


def _unit(text: str, part: _Part) -> tuple[int, int] | None:
    """Where the counter behind a number stands."""
    if part.unit_end > part.unit_start:
        return part.unit_start, part.unit_end
    grammar = _grammar()
    one = part.shape == "single" and text[part.start : part.end] == "一"
    match = (grammar.unit_of_one if one else grammar.unit).match(text, part.end)
    return match.span(1) if match else None


_BEFORE = re.compile(
    r"(?:(?P<under>不足|不到|不满|未满|未到|未达到?|少于|低于|小于|[不未没]超过?|没有超过|不超出|[不未]突破|不高于|不大于|不多于|至多|最多|不及|"
    r"未及|<|≤)"
    r"|(?P<over>超过|超出|超|突破|逾|多于|大于|高于|不少于|不低于|不小于|不止|不下于?|至少|最少|起码|>|≥)"
    r"|(?P<near>将近|接近|逼近|几乎|(?<![最附邻靠就相远亲临])近)"
    r"|(?P<approx>大约|大概|约[为有占达合]?(?<![预节合违公制契签条邀履解特纽简集失赴如续相誓婚毁]约)|差不多|大致))[ \n]?$"
)
_BEFORE_LAST = frozenset("足到满达于过出破多及<≤超逾止下少码>≥近乎约为有占合概不致")
_BARE_BEFORE = re.compile(r"(?:上|过|破|满|超|近|约|逾|达|不足|突破|超过|不到|将近|接近|成)[ ]?$")
_AFTER = re.compile(
    r"[ ]?(?:(?P<over>[及]?以上|开外|有余|出头|之多|余(?=$|[，。；、）])|多(?=$|[，。；、） 的时前后来]))"
    r"|(?P<under>[及]?以下|以内|之内|不到)|(?P<approx>左右|上下(?![车班楼学课级游]))"
    r"|(?P<within>内))"
)
_AFTER_FIRST = frozenset("及以开有出之余多不左上内 ")
_MORE = re.compile(r"余(?![额地款热下波姚杭粮量])|多(?![媒样方元边功渠位])|来(?=[ ]?[个条件名位人次场天年岁家种项户页米公斤分里亩张万亿])|[+](?![0-9])")
_TIME = frozenset("年天日周月时钟秒期")


def _more(text: str, part: _Part) -> None:
    """余, 多, 来 or + right behind the number."""
    at = part.end + (text[part.end : part.end + 1] in (" ", "\n"))
    if text[at : at + 1] not in ("余", "多", "来", "+"):
        return
    match = _MORE.match(text, at)
    if not match or part.kind in ("percent_point", "fraction"):
        return
    if match[0] == "来":
        if part.shape == "arabic" or part.low % 10:
            return
        part.approx = True
    elif match[0] == "多" and (part.scale == 1 and part.low % 10 and part.kind != "percent" or not part.low):
        return
    else:
        part.over = True
    part.end = match.end()
    if part.shape in ("bare", "semibare", "single"):
        part.shape = "strong"


# ---- does a numeral count? --------------------------------------------------------------------

_OPERATOR_LEFT = re.compile(
    r"(?:^|[^\u4e00-\u9fff0-9A-Za-z]|[为是于加减乘除以到至和与或比得等负数号选输填写字]|是非)[ ]?$"
)
_OPERATOR_RIGHT = re.compile(r"[ ]?(?:$|[^\u4e00-\u9fff0-9A-Za-z]|[加减乘除和与或到至比的是]|等于|大于|小于)")
_JOINERS = frozenset("是为有共至到加减乘除和与或、，")
_ADVERB = re.compile(r"千万(?=[别不要记勿注小当莫没可])")


def _alone(text: str, part: _Part) -> bool:
    """Whether a numeral stands free: between marks, or beside operators (五加三等于八)."""
    return bool(
        _OPERATOR_LEFT.search(text, max(0, part.start - 2), part.start)
        and _OPERATOR_RIGHT.match(text, part.end)
    )


def _repeats(text: str, part: _Part) -> bool:
    """A pattern such as 一事一议, 三审三校: rhetoric, not a count."""
    char, at = text[part.start], part.start
    return any(
        0 <= there < len(text) and text[there] == char and text[(there + at) // 2] not in _JOINERS
        and "\u4e00" <= text[(there + at) // 2] <= "\u9fff"
        for there in (at - 2, at + 2)
    )


def _counts(text: str, part: _Part, unit: tuple[int, int] | None) -> bool:
    """Whether a Chinese numeral is a number here, by what it is combined with."""
    shape = part.shape
    if shape in ("arabic", "mixed", "strong", "digits"):
        return True
    if shape == "bare":
        before = _BARE_BEFORE.search(text, max(0, part.start - 3), part.start)
        return bool(before and (unit or _OPERATOR_RIGHT.match(text, part.end))) or len(text.strip()) == 1
    if shape == "semibare":
        return not _ADVERB.match(text, part.start)
    if shape == "zero":
        return _zero_counts(text, part, unit)
    if unit is None:
        return _alone(text, part)
    return shape == "pair" or not _repeats(text, part)


def _zero_counts(text: str, part: _Part, unit: tuple[int, int] | None) -> bool:
    if _grammar().zero_noun.match(text, part.end):
        return True
    return unit is not None or _alone(text, part)


# ---- ordinals, labels, dates ------------------------------------------------------------------

_ITEM = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[.](?![0-9])|[.](?=(?:19|20)[0-9]{2}年)|、(?![0-9" + _HAN + "]))")
_ITEM_BEFORE = re.compile(r"(?:^|[\n。；：])[ #*]*$")
_BRACKET = re.compile(r"[（(〔]([0-9]{1,4}|[一二三四五六七八九十]{1,3})[）)〕]")
_ISO = re.compile(r"((?:19|20)[0-9]{2})([-/.])([01]?[0-9])\2([0-3]?[0-9])(?![0-9])")
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})([-/.])(0[1-9]|1[0-2])(?![0-9万亿条件个次人.-])")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])：([0-5][0-9])(?:：([0-5][0-9]))?(?![0-9：])")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})[ ]?(?:-|~|—{1,2}|/|至|到)[ ]?((?:19|20)[0-9]{2})(?=[ ]?(?:学年|年|赛季|财年))")
_YEAR_UNIT = re.compile(r"[ \n]?(年度?|学年)")
_MONTH_UNIT = re.compile(r"[ \n]?(月份?)")
_DAY_UNIT = re.compile(r"[ \n]?([日号])(?![常均])")
_DAYS = re.compile(r"[ \n]?日(?:内|之内|以内|后|前|间|以上|左右|游|龄|多|行|余|至)")
_HOUR_UNIT = re.compile(r"[ \n]?(时(?!间|长|段)|点(?=[ ]?[0-9一二三四五六七八九十]{1,3}分|半|钟|整|许|前|后))")
_MINUTE_UNIT = re.compile(r"[ \n]?([分秒])")
_DAYTIME = re.compile(r"(?:上午|下午|早上|晚上|中午|凌晨|傍晚|清晨|今晚|明早|早|晚|午夜|深夜|夜里)$")
_LABEL_UNIT = re.compile(r"[ ]?(号|路公交|室|栋|幢|楼|年级|等奖|等功|等座|版)")
_NAME = re.compile(r"[0-9]+(?:[.,][0-9]+)*([A-Za-z])[0-9A-Za-z]*(?:[.\-/_][0-9A-Za-z]+)*")
_LATIN_TAIL = re.compile(r"[0-9A-Za-z]*(?:[.\-/_][0-9A-Za-z]+)*")
_ASCII_WORD = re.compile(r"[!-~]*")
_EDGE = frozenset("码编话线真机打号备QR信箱")


def _is_day_or_clock(text: str, part: _Part, last: Quantity | None) -> re.Match[str] | None:
    after_date = last is not None and last.kind == "date" and not text[last.outer_end : part.start].strip(" \n至到-~—")
    if match := _MONTH_UNIT.match(text, part.end):
        return match if 1 <= part.low <= 12 and part.shape != "pair" else None
    if match := _DAY_UNIT.match(text, part.end):
        if after_date and part.low <= 31:
            return match
        if match[1] == "号" or part.shape != "arabic" or part.low > 31 or _DAYS.match(text, part.end):
            return None
        return match
    if match := _HOUR_UNIT.match(text, part.end):
        return match if part.low <= 24 else None
    if text[part.end : part.end + 1] == "点" and _DAYTIME.search(text, max(0, part.start - 2), part.start):
        return re.compile("(点)").match(text, part.end)
    if after_date and last is not None and last.unit in ("时", "点", "分") and (match := _MINUTE_UNIT.match(text, part.end)):
        return match
    return None


def _date_unit(text: str, part: _Part, last: Quantity | None) -> re.Match[str] | None:
    """The unit that makes a number a date: 2023年, 3月, 1月5日, 8时30分."""
    if part.low != part.high or part.low < 0 or part.kind != "number" or part.low != int(part.low):
        return None
    match = _YEAR_UNIT.match(text, part.end)
    if not match:
        return _is_day_or_clock(text, part, last)
    digits = part.end - part.start
    if part.shape in ("arabic", "digits") and digits == 4 and 1000 <= part.low <= 2200 and "," not in text[part.start : part.end]:
        return match
    return match if part.shape == "two" or part.shape == "arabic" and digits == 2 and (text[part.start] == "0" or part.low >= 70) else None


def _is_label(text: str, part: _Part) -> bool:
    """Whether a number names something: 邮编：527999, 12345热线, “1310”."""
    start, end = part.start, part.end
    before = text[start - 1 : start]
    if before and (before in "： 是为" or before in _EDGE) and end - start > 2 and _grammar().label_before.search(text, max(0, start - 12), start):
        return True
    if before == "“" and text[end : end + 1] == "”":
        return True
    return 3 <= end - start <= 6 and text[start] == "1" and bool(_grammar().label_after.match(text, end))


# ---- assembling -------------------------------------------------------------------------------


def _quantity(text: str, source: str, part: _Part, unit: tuple[int, int] | None) -> Quantity:
    """The quantity of a part: bounds by its qualifiers, outer offsets."""
    unit_start, unit_end = unit or (part.end, part.end)
    outer_start, outer_end = part.start, max(part.end, unit_end)
    how = "over" if part.over else "approx" if part.approx else ""
    if text_before := source[part.start - 1 : part.start]:
        if text_before in _BEFORE_LAST or text_before == " ":
            match = _BEFORE.search(source, max(0, part.start - 6), part.start)
            if match and not _recent(source, part, unit, match):
                how = match.lastgroup or how
                outer_start = match.start()
        if text_before in "上过破满达" and part.shape == "bare" or text_before in "过超" and part.kind == "fraction":
            how, outer_start = "over", part.start - 1
    if source[outer_end : outer_end + 1] in _AFTER_FIRST and (match := _AFTER.match(source, outer_end)):
        if match.lastgroup != "within" or source[unit_end - 1 : unit_end] in _TIME:
            how = {"within": "under"}.get(match.lastgroup or "", match.lastgroup or "")
            outer_end = match.end()
    return _bounded(text, part, (unit_start, unit_end), (outer_start, outer_end), how)


def _recent(source: str, part: _Part, unit: tuple[int, int] | None, match: re.Match[str]) -> bool:
    """近三年: the last three years, not almost three."""
    return match.lastgroup == "near" and match[0] == "近" and unit is not None and part.low <= 20 and (
        source[unit[0] : unit[1]] in ("年", "个月", "天", "日", "周", "月", "届", "期")
    )


_QUALIFIERS: dict[str, Qualifier] = {"over": "over", "under": "under", "near": "approx", "approx": "approx"}


def _bounded(
    text: str, part: _Part, unit: tuple[int, int], outer: tuple[int, int], how: str
) -> Quantity:
    low: Value | None = part.low
    high: Value | None = part.high
    value = part.low if part.low == part.high else None
    if how == "over":
        high = None
    elif how in ("under", "near"):
        low = None
    elif how == "approx" and value is not None:
        low = high = None
    kind: Kind = "range" if value is None and part.kind == "number" else part.kind
    return Quantity(
        text=text[part.start : part.end], start=part.start, end=part.end, value=value, lower=low, upper=high,
        unit=text[unit[0] : unit[1]], unit_start=unit[0], unit_end=unit[1], qualifier=_QUALIFIERS.get(how, "exact"),
        kind=kind, outer_start=outer[0], outer_end=outer[1],
    )  # fmt: skip


def _plain_quantity(text: str, start: int, end: int, value: Value, kind: Kind, unit_end: int = 0) -> Quantity:
    """An ordinal or a date: exact, no qualifiers."""
    unit_end = max(end, unit_end)
    unit_start = unit_end - len(text[end:unit_end].strip())
    if unit_start == unit_end:
        unit_start = unit_end = end
    return Quantity(
        text[start:end], start, end, value, value, value, text[unit_start:unit_end], unit_start, unit_end,
        "exact", kind, start, unit_end,
    )  # fmt: skip


def find_quantities(text: str, *, folded: str | None = None) -> list[Quantity]:
    """Find every number in Chinese running text.

    Args:
        text: Any text.
        folded: `gxnlp.folding.fold(text)`, where the caller has it already.

    Returns:
        The numbers in order, without overlap; offsets are into `text`.
    """
    source = fold(text) if folded is None else folded
    scan = _grammar().scan
    found: list[Quantity] = []
    at = 0
    while match := scan.search(source, at):
        at = match.end()
        if match.lastindex:
            continue
        start = match.start()
        quantities, at = _read(text, source, start, found[-1] if found else None)
        found += quantities
    return found


def _read(text: str, source: str, start: int, last: Quantity | None) -> tuple[list[Quantity], int]:
    """What begins at a candidate, and where to go on."""
    char = source[start]
    if char == "第":
        return _ordinal(text, source, start)
    if char.isascii():
        skip = _no_number(source, start)
        if skip:
            return [], skip
        if dates := _written_date(text, source, start):
            return dates, dates[-1].end
        start = _sign(source, start, last)
    if marker := _marker(text, source, start):
        return [marker], marker.end
    return _count(text, source, start, last)


def _no_number(source: str, start: int) -> int:
    """The end of a code, an address or a Latin word with digits, 0 where there is none."""
    before = source[start - 1 : start]
    if before and before.isascii() and (before.isalpha() or before in "/_@=#&?.-" and _in_ascii_word(source, start)):
        return _LATIN_TAIL.match(source, start).end()  # type: ignore[union-attr]
    if source[start] == ".":
        return 0
    if (match := _CODE.match(source, start)) and not _ISO.match(source, start):
        return match.end()
    match = _NAME.match(source, start)
    if match and not (_grammar().unit.match(source, match.start(1)) or _LETTER.match(source, match.start(1)) or _POWER.match(source, start)):
        return match.end()
    return 0


def _in_ascii_word(source: str, start: int) -> bool:
    at = start - 1
    stop = max(0, start - 60)
    while at >= stop and "!" <= source[at] <= "~":
        if source[at].isalpha():
            return True
        at -= 1
    return False


def _sign(source: str, start: int, last: Quantity | None) -> int:
    """Where the number begins with its minus sign, if it has one."""
    at = start - 1
    if at >= 0 and source[at] == " " and source[at - 1 : at] == "-" and (at == 1 or source[at - 2] in "，。：（为是达到"):
        at -= 1
    if at < 0 or source[at] != "-" or last is not None and last.outer_end >= at:
        return start
    before = source[at - 1 : at]
    return start if before and (before.isalnum() and before.isascii() or before in "-）)”\n") and at else at


def _marker(text: str, source: str, start: int) -> Quantity | None:
    """The number of a list item or in brackets: 1. （二） 三、."""
    if match := _ITEM.match(source, start):
        end = match.end() - 1
        if _ITEM_BEFORE.search(source, max(0, start - 6), start):
            numeral = evaluate(source[start:end])
            return _plain_quantity(text, start, end, numeral.low, "ordinal") if numeral else None
    if start and source[start - 1] in "（(〔" and (match := _BRACKET.match(source, start - 1)):
        numeral = evaluate(match[1])
        if numeral is None or numeral.low != numeral.high or len(match[1]) == 3 and match[1].isdigit():
            return None
        if len(match[1]) == 4 and not 1900 <= numeral.low <= 2100:
            return None
        return _plain_quantity(text, start, match.end(1), numeral.low, "date" if len(match[1]) == 4 else "ordinal")
    return None


def _written_date(text: str, source: str, start: int) -> list[Quantity]:
    """The components of 2023-01-16, 2023.1, 8:30, 2022-2023学年."""
    for pattern in (_ISO, _YEARS, _CLOCK, _YEAR_MONTH):
        match = pattern.match(source, start)
        if match:
            groups = [g for g in range(1, (match.lastindex or 0) + 1) if match[g] and match[g].isdigit()]
            found = [_plain_quantity(text, *match.span(g), Decimal(match[g]), "date") for g in groups]
            if pattern is _YEARS and (unit := _YEAR_UNIT.match(source, match.end())):
                found[-1] = _plain_quantity(text, *match.span(2), Decimal(match[2]), "date", unit.end())
            return found
    return []


_IDIOM_ORDINAL = re.compile(r"第一(?:时间|手|线)")


def _ordinal(text: str, source: str, start: int) -> tuple[list[Quantity], int]:
    at = start + 1
    if match := _IDIOM_ORDINAL.match(source, start):
        return [], match.end()
    while source[at : at + 1] == " ":
        at += 1
    part = _bare_number(source, at) if at < len(source) else None
    if part is None:
        return [], start + 1
    part = _range(source, part) or part
    part.start, part.kind = start, "ordinal"
    part.shape = "strong"
    return [_bounded(text, part, _unit(source, part) or (part.end, part.end), (start, part.end), "")], part.end


def _count(text: str, source: str, start: int, last: Quantity | None) -> tuple[list[Quantity], int]:
    """A cardinal, fraction, percentage, date component or label that begins at `start`."""
    part = _half(source, start) if source[start] in "半一俩仨" else None
    part = part or _number(source, start)
    if part is None:
        run = RUN.match(source, start)
        return [], max(start + 1, run.end() if run else 0)
    if part.shape == "two" and source[part.end : part.end + 1] != "年":
        return [], part.end
    if match := _date_unit(source, part, last):
        quantity = _plain_quantity(text, part.start, part.end, part.low, "date", match.end())
        return [quantity], match.end()
    if part.kind == "number" and part.shape == "arabic" and _is_label(source, part):
        return [_plain_quantity(text, part.start, part.end, part.low, "ordinal")], part.end
    part = _range(source, part) or part
    _more(source, part)
    unit = _unit(source, part)
    if not _counts(source, part, unit):
        return [], part.end
    if part.kind == "number" and (match := _LABEL_UNIT.match(source, part.end)):
        return [_plain_quantity(text, part.start, part.end, part.low, "ordinal", match.end())], match.end()
    unit = _halves(source, part, unit)
    if unit and source[unit[0] : unit[1]] in ("倍", "番"):
        part.kind = "fold"
    quantity = _quantity(text, source, part, unit)
    return [quantity], max(quantity.end, quantity.unit_end)


_ONE_HALF = re.compile(r"一半(?![径导岛截边天])|半(?=数|$|[，。；、）])")
_HALF_UNIT = frozenset(("个", "年", "天", "倍", "小时", "米", "里", "斤", "公里", "公斤", "度", "岁", "个月", "分", "吨", "钟头", "亩", "周"))


def _half(source: str, start: int) -> _Part | None:
    """半个, 一半, 过半; 俩 and 仨."""
    char = source[start]
    half = Decimal("0.5")
    if char in "俩仨":
        if source[start - 1 : start] == "伎":
            return None
        value = Decimal(2 if char == "俩" else 3)
        return _Part(start, start + 1, value, value)
    if match := _ONE_HALF.match(source, start):
        if source[start - 1 : start] in ("另", "下", "上", "前", "后", "大", "小", "多", "夜", "月"):
            return None
        if char == "一" or source[start - 1 : start] in ("过", "超", "近", "足", "到", "") or source[start + 1 : start + 2] == "数":
            return _Part(start, match.end(), half, half, kind="fraction")
        return None
    if char != "半" or source[start - 1 : start] in ("下", "上", "前", "后", "大", "小", "多", "夜"):
        return _fixed(source, start) if char == "半" else None
    if part := _fixed(source, start):
        return part
    part = _Part(start, start + 1, half, half, shape="single")
    return part if _unit(source, part) else None


def _halves(source: str, part: _Part, unit: tuple[int, int] | None) -> tuple[int, int] | None:
    """半 or 多 behind a counter: 一个半小时, 两年半, 一个多月."""
    if unit is None or part.kind not in ("number",) or part.low != part.high:
        return unit
    counter, following = source[unit[0] : unit[1]], source[unit[1] : unit[1] + 1]
    if following == "半" and counter in _HALF_UNIT and source[unit[1] + 1 : unit[1] + 2] not in tuple(_HALF_TAIL):
        part.low = part.high = _tidy(Fraction(part.low) + Fraction(1, 2))
        part.end = unit[1] + 1
        inner = _grammar().unit.match(source, part.end) if counter == "个" else None
        return inner.span(1) if inner else unit
    if following and following in "多余" and counter == "个" and (inner := _grammar().unit.match(source, unit[1] + 1)):
        part.over = True
        return inner.span(1)
    return unit
