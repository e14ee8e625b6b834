"""Figures that lost the edges of their cells: which splits the form's identities allow.

A row of table two prints seven numbers whose last is the sum of the others, table three
groups of five. Fused to `640020470` they can still be told apart where one split alone adds
up; where several do, the columns (第一项加第二项之和，等于第三项加第四项之和) may leave one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, islice, product

Row = tuple[int, ...]

MAX_DIGITS = 60
"""Longer strings of digits are no fused row."""

MAX_SPLITS = 400
"""Splits of one row kept: more say that nothing is certain."""

_LONGEST = 8
"""Digits of a sum that is looked for: no body has a hundred million applications."""

_MAX_COMBINATIONS = 50_000
_MAX_ROUNDS = 40


def splits(pieces: Sequence[str], count: int, *, total: bool, most: int = MAX_SPLITS) -> list[Row]:
    """All ways to read pieces of digits as a number of cells.

    Args:
        pieces: Strings of digits between which there is a cell's edge for certain.
        count: Cells that there are.
        total: Whether the last cell must be the sum of the others.
        most: How many ways there may be.

    Returns:
        The rows, none with a number that begins with a zero; empty where there is none, or
        more than `most`.
    """
    if not pieces or sum(map(len, pieces)) > MAX_DIGITS or any(not piece.isdecimal() for piece in pieces):
        return []
    digits = "".join(pieces)
    if len(digits) == count:  # a digit a cell: the zeros that most rows are
        row = tuple(map(int, digits))
        return [row] if not total or sum(row[:-1]) == row[-1] else []
    rows = _summing(pieces, count) if total else _pieces(tuple(pieces), count)
    found = list(islice(rows, most + 1))
    return found if len(found) <= most else []


def group_splits(pieces: Sequence[str], groups: int, size: int) -> list[Row]:
    """All ways to read pieces of digits as groups of cells, each of which ends with its sum.

    Args:
        pieces: Strings of digits between which there is a cell's edge for certain.
        groups: Number of groups.
        size: Cells a group.

    Returns:
        Rows of `groups * size` numbers; empty where there is none, or more than `MAX_SPLITS`.
    """
    text = "".join(pieces)
    edges = _edges(pieces)
    if not text.isdecimal() or len(text) > MAX_DIGITS:
        return []
    reached: dict[int, list[Row]] = {0: [()]}
    for number in range(1, groups + 1):
        spare = (groups - number) * size
        following: dict[int, list[Row]] = {}
        for start, rows in reached.items():
            for end, group in _groups(text, start, size, edges, len(text) - spare):
                following.setdefault(end, []).extend(row + group for row in rows)
        reached = following
        if sum(map(len, reached.values())) > 10 * MAX_SPLITS:
            return []
    found = reached.get(len(text), [])
    return found if len(found) <= MAX_SPLITS else []


def _groups(text: str, start: int, size: int, edges: set[int], stop: int) -> Iterator[tuple[int, Row]]:
    """Groups that begin at a place and leave the digits from `stop` on to those behind, a digit a cell."""

    def extend(at: int, row: Row) -> Iterator[tuple[int, Row]]:
        if len(row) == size - 1:
            total = str(sum(row))
            end = at + len(total)
            if end <= stop and text.startswith(total, at) and not any(at < edge < end for edge in edges):
                yield end, (*row, int(total))
            return
        for end in range(at + 1, min(stop - (size - 1 - len(row)), at + 9) + 1):
            if any(at < edge < end for edge in edges) or (text[at] == "0" and end > at + 1):
                break
            yield from extend(end, (*row, int(text[at:end])))

    return extend(start, ())


def _edges(pieces: Sequence[str]) -> set[int]:
    """Where pieces meet in the string of all."""
    return set(accumulate(map(len, pieces[:-1])))


def _summing(pieces: Sequence[str], count: int) -> Iterator[Row]:
    """Splits of all pieces into so many numbers, the last the sum of the others."""
    text, edges = "".join(pieces), _edges(pieces)
    for length in range(1, min(_LONGEST, len(text) - count + 1) + 1):
        start = len(text) - length
        if text[start] != "0" or length == 1:
            total = int(text[start:])
            for row in _parts(text[:start], edges, count - 1, total):
                yield (*row, total)
        if start in edges:
            return  # no number goes over the edge of a piece


def _parts(text: str, edges: set[int], count: int, total: int) -> Iterator[Row]:
    """Splits of a string of digits into so many numbers with that sum, its halves matched by their sums."""
    longest, half = len(str(total)), count // 2
    for middle in range(half, min(len(text) - count + half, half * longest) + 1):
        behind: dict[int, list[Row]] = {}
        for row in _within(text, middle, len(text), count - half, longest, edges):
            behind.setdefault(sum(row), []).append(row)
        if behind:
            for before in _within(text, 0, middle, half, longest, edges):
                yield from (before + row for row in behind.get(total - sum(before), ()))


def _within(text: str, start: int, end: int, count: int, longest: int, edges: set[int]) -> Iterator[Row]:
    """Splits of a stretch of digits into so many numbers of a length at most."""
    if not count:
        if start == end:
            yield ()
        return
    room = end - start
    if not count <= room <= count * longest:
        return
    for stop in range(start + 1, min(start + longest, end - count + 1) + 1):
        for row in _within(text, stop, end, count - 1, longest, edges):
            yield (int(text[start:stop]), *row)
        if stop in edges or text[start] == "0":
            return


def _pieces(pieces: tuple[str, ...], count: int) -> Iterator[Row]:
    """Splits of all pieces into so many numbers."""
    first, rest = pieces[0], pieces[1:]
    if not rest:
        yield from _numbers(first, count)
        return
    for of_first in range(1, min(len(first), count - len(rest)) + 1):
        for row in _numbers(first, of_first):
            for others in _pieces(rest, count - of_first):
                yield row + others


def _numbers(digits: str, count: int) -> Iterator[Row]:
    """Splits of a string of digits into so many numbers without leading zeros."""
    if len(digits) < count:
        return
    if count == 1:
        if digits == "0" or digits[0] != "0":
            yield (int(digits),)
        return
    longest = 1 if digits[0] == "0" else len(digits) - count + 1
    for length in range(1, longest + 1):
        for row in _numbers(digits[length:], count - 1):
            yield (int(digits[:length]), *row)


def consistent(
    candidates: Mapping[str, Sequence[Row]], outcomes: Sequence[str], columns: int
) -> Mapping[str, Sequence[Row]] | None:
    """Drop the readings of rows of table two with which its columns cannot add up.

    Column by column 总计 is the sum of the outcomes, and new plus carried in is 总计 plus carried
    out. An identity is used where all its rows are there.

    Args:
        candidates: Readings of each row, by its code.
        outcomes: Codes of the rows that `total` sums up.
        columns: Cells a row.

    Returns:
        The readings that remain; `None` where the identities leave none: something is misprinted,
        and sums no longer tell how digits are to be split.
    """
    left = {code: list(rows) for code, rows in candidates.items()}
    given = [code for code in outcomes if code in left]
    identities: list[dict[str, int]] = []
    if "total" in left and given:
        identities.append(dict.fromkeys(given, 1) | {"total": -1})
    if all(code in left for code in ("new", "carried_in", "total", "carried_out")):
        identities.append({"new": 1, "carried_in": 1, "total": -1, "carried_out": -1})
    for _ in range(_MAX_ROUNDS):
        before = sum(map(len, left.values()))
        for identity in identities:
            for column in range(columns):
                _narrow(left, identity, column)
        if any(not rows for rows in left.values()):
            return None
        if sum(map(len, left.values())) == before:
            break
    return _jointly(left, identities, columns)


def _narrow(left: dict[str, list[Row]], identity: Mapping[str, int], column: int) -> None:
    """Drop the readings of a row whose value in a column no choice of the others balances."""
    open_rows = [code for code in identity if len(left[code]) > 1]
    if not open_rows:
        return
    fixed = sum(sign * left[code][0][column] for code, sign in identity.items() if len(left[code]) == 1)
    values = {code: {identity[code] * row[column] for row in left[code]} for code in open_rows}
    for code in open_rows:
        others = {fixed}
        for other in open_rows:
            if other != code:
                others = {total + value for total in others for value in values[other]}
                if len(others) > _MAX_COMBINATIONS:
                    return
        left[code] = [row for row in left[code] if -identity[code] * row[column] in others]
        values[code] = {identity[code] * row[column] for row in left[code]}
        if not left[code]:
            return


def _jointly(
    left: dict[str, list[Row]], identities: Sequence[Mapping[str, int]], columns: int
) -> Mapping[str, Sequence[Row]] | None:
    """The readings that stand in at least one choice for all rows in which every column adds up."""
    open_rows = [code for code, rows in left.items() if len(rows) > 1]
    combinations = 1
    for code in open_rows:
        combinations *= len(left[code])
    if combinations > _MAX_COMBINATIONS:
        return left
    kept: dict[str, set[Row]] = {code: set() for code in open_rows}
    balanced = False
    fixed = {code: rows[0] for code, rows in left.items() if len(rows) == 1}
    for choice in product(*(left[code] for code in open_rows)):
        rows = fixed | dict(zip(open_rows, choice, strict=True))
        if all(
            sum(sign * rows[code][column] for code, sign in identity.items()) == 0
            for identity in identities
            for column in range(columns)
        ):
            for code, row in zip(open_rows, choice, strict=True):
                kept[code].add(row)
            balanced = True
    if not balanced:
        return None
    return {code: sorted(kept[code]) if code in kept else rows for code, rows in left.items()}
