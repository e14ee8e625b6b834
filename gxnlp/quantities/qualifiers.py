"""What surrounds a number: 约, 超过, 余, 以上, 半; and the record that comes of it.

All positions are in folded text.
"""

from __future__ import annotations

from fractions import Fraction

from gxnlp.deferred import deferred
from gxnlp.quantities.parts import Part, Span, plus
from gxnlp.quantities.vocabulary import vocabulary
from gxnlp.records import Kind, Qualifier, Quantity, Value

# ---- right behind the number ------------------------------------------------------------------

MORE_FIRST = frozenset("余多来+ \n")
_MORE = deferred(
    r"[ \n]?(余(?![额地款热下波姚杭粮量])|多(?![媒样方边功渠位]|元[化主文共参素投治渠])|[+](?![0-9A-Za-z])"
    r"|来(?![自源到访源宾函信电]))"
)


def take_more(source: str, part: Part) -> bool:
    """Take 余, 多, 来 or + behind a number into it; false where there is none.

    多 follows round numbers only (20多, 3.2万多), 来 Chinese ones (十来个).
    """
    match = _MORE.match(source, part.end)
    if not match or part.kind in ("percent_point", "fraction"):
        return False
    if match[1] == "来":
        if not part.low or part.low % 10 or not vocabulary().unit.match(source, match.end()):
            return False
        part.approx = True
    elif match[1] == "多" and (not part.low or (part.scale == 1 and part.low % 10 and part.kind == "number")):
        return False
    else:
        part.over = True
    part.end = match.end()
    if part.shape != "arabic":
        part.shape = "strong"
    return True


_NO_HALF = frozenset("径导岛截边空途")


def take_half(source: str, part: Part, unit: Span) -> Span:
    """Take 半 behind the counter into the number (一个半小时, 两年半), note 多 (一个多月).

    Returns:
        Where the counter stands now: 小时 of 一个半小时, 月 of 一个多月.
    """
    following = source[unit[1] : unit[1] + 1]
    if following not in ("半", "多", "余") or part.low != part.high:
        return unit
    words = vocabulary()
    counter = source[unit[0] : unit[1]]
    if following == "半":
        if counter not in words.half or source[unit[1] + 1 : unit[1] + 2] in _NO_HALF:
            return unit
        part.low = part.high = plus(part.low, Fraction(1, 2))
        part.end = unit[1] + 1
        inner = words.unit.match(source, part.end) if counter == "个" else None
        return inner.span(1) if inner else unit
    if counter == "个" and (inner := words.unit.match(source, unit[1] + 1)):
        part.over = True
        return inner.span(1)
    return unit


# ---- before it and behind its counter ---------------------------------------------------------

_BEFORE = deferred(
    r"(?:(?P<under>不足|不到|不满|[未没][满到]|未达到?|少于|低于|小于|[不未没]超过?|没有超过|不超出|[不未]突破"
    r"|不高于|不大于|不多于|至多|最多|不及|未及|<|≤)"
    r"|(?P<over>超过|超出|超|突破|刚刚?过|逾|多于|大于|高于|不少于|不低于|不小于|不止|不下于?|至少|最少|起码|>|≥)"
    r"|(?P<near>将近|接近|逼近|几乎|(?<![最附邻靠就相远亲临])近)"
    r"|(?P<approx>大约|大概|(?<![预节合违公制契签条邀履解特纽简集失赴如续相誓婚毁])约[为有占达合]?"
    r"|差不多|大致))[ \n]?$"
)
_BEFORE_LAST = frozenset("足到满达于过出破多及<≤超逾止下少码>≥近乎约为有占合概致 \n")
_BARE_BEFORE = deferred(
    r"(?:(?<![网线以路街会事身早晚加基])上|(?<![通经超])过)(?=[百千万亿半])|(?<![侦告攻打识揭])破(?=.)"
)
_AFTER = deferred(
    r"[ \n]?(?:(?P<over>及?以上|开外|有余|出头|之多|还要?多|还有余|余(?=$|[，。；、）])"
    r"|多(?=$|[，。；、） 的时前后来]))"
    r"|(?P<under>及?以下|以内|之内|不到)|(?P<approx>左右(?![手侧两])|上下(?![车班楼学课级游]))|(?P<within>内(?![容部设在外])))"
)
_AFTER_FIRST = frozenset("及以开有出之还余多不左上内 \n")
_TIME_LAST = frozenset("年天日周月时钟秒期")
_RECENT = frozenset(("年", "个月", "天", "日", "周", "月", "届", "期"))
_QUALIFIERS: dict[str, Qualifier] = {"over": "over", "under": "under", "near": "approx", "approx": "approx"}


def qualified(text: str, source: str, part: Part, unit: Span | None) -> Quantity:
    """The quantity of a part, with the qualifiers that adjoin it.

    Args:
        text: The text as printed.
        source: The text folded.
        part: The number.
        unit: Its counter.
    """
    unit_span = unit or (part.end, part.end)
    outer_start, outer_end = part.start, max(part.end, unit_span[1])
    how = "over" if part.over else "approx" if part.approx else ""
    if outer_start and source[outer_start - 1] in _BEFORE_LAST:
        match = _BEFORE.search(source, max(0, outer_start - 6), outer_start)
        if match and not _is_recent(source, part, unit, match[0]):
            outer_start = match.start()
            if not (part.over and match.lastgroup in ("near", "approx")):
                how = match.lastgroup or how
    if outer_start == part.start and (part.scale >= 10**4 or _is_bare(source, part)):
        match = _BARE_BEFORE.match(source, outer_start - 1)
        if match:
            how, outer_start = "over", match.start()
    if source[outer_end : outer_end + 1] in _AFTER_FIRST and (match := _AFTER.match(source, outer_end)):
        name = match.lastgroup or ""
        if name != "within" or (unit and source[unit_span[1] - 1] in _TIME_LAST):
            how, outer_end = "under" if name == "within" else name, match.end()
    return bounded(text, part, unit_span, (outer_start, outer_end), how)


def _is_bare(source: str, part: Part) -> bool:
    """百, 万, 百万 and 半, which 上, 过, 破 make a lower bound (上千人, 过半)."""
    shape = part.shape in ("bare", "semibare") or part.kind == "fraction"
    return shape and source[part.start] in "百千万亿半"


def _is_recent(source: str, part: Part, unit: Span | None, before: str) -> bool:
    """近三年: the last three years, not almost three."""
    near = unit is not None and before.strip() == "近" and part.low <= 20
    return near and unit is not None and source[unit[0] : unit[1]] in _RECENT


def bounded(text: str, part: Part, unit: Span, outer: Span, how: str) -> Quantity:
    """The record of a number, its bounds by the qualifier `how` (over, under, near, approx or empty)."""
    low: Value | None = part.low
    high: Value | None = part.high
    value = low if low == high else None
    kind: Kind = "range" if value is None and part.kind == "number" else part.kind
    if how == "over":
        high = None
    elif how in ("under", "near"):
        low = None
    elif how == "approx" and value is not None:
        low = high = None
    return Quantity(
        text[part.start : part.end], part.start, part.end, value, low, high, text[unit[0] : unit[1]], *unit,
        _QUALIFIERS.get(how, "exact"), kind, *outer,
    )  # fmt: skip


def exact(text: str, span: Span, unit: Span | None, value: Value, kind: Kind) -> Quantity:
    """The record of one exact number without qualifiers: a plain count, an ordinal, a date."""
    start, end = span
    first, after = unit or (end, end)
    return Quantity(
        text[start:end],
        start,
        end,
        value,
        value,
        value,
        text[first:after],
        first,
        after,
        "exact",
        kind,
        start,
        after,
    )
