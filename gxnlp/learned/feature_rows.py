"""Features of items, and the rows that they have in the weights of a linear model.

Features are names, and a model knows each by the row of its weights. Finding the rows is most of
the work of applying a model, so it is done for all items of a report at once, with numbers in
place of names as soon as can be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, repeat

import numpy as np

from gxnlp.learned.pairs import PairTable, Places, pairs_of

Features = Sequence[tuple[str, Collection[str]]]
"""Features of one item, in groups that share the beginning of their names: the beginning, and the rests.
A text in place of the rests stands for each two neighbouring characters of it (`gxnlp.learned.pairs`): most
features are such, and a text spares making a name of each. A frozen set is one of few that come again and
again, so that its rows are kept."""
BEFORE, AFTER, EDGE = "-1:", "1:", "end"
"""What the names of features begin with that an item in a row has from the one before it and from the one
behind it, and what stands for these at both ends of the row."""
_WHOSE = np.array([0, 1, -1])
"""Whose features the three rows of a rest are, counted from the item that has the rest."""


def names_of(features: Features) -> list[str]:
    """The names of features in full, as training counts them."""
    return [
        beginning + rest
        for beginning, rests in features
        for rest in (pairs_of(rests) if isinstance(rests, str) else rests)
    ]


def in_row(items: Sequence[Features], seen: Sequence[Sequence[str]]) -> list[Features]:
    """The features of items that stand in a row, with what an item and its neighbours share.

    Args:
        items: Features that an item has alone.
        seen: Rests of those that it has of itself and that its neighbours have of it.
    """
    edge: Sequence[str] = (EDGE,)
    around = zip(items, seen, (edge, *seen), (*seen[1:], edge), strict=False)
    return [(*own, ("", here), (BEFORE, last), (AFTER, behind)) for own, here, last, behind in around]


class FeatureRows:
    """Finds the rows of features in the weights of one model."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Begin with the names in full.

        Args:
            vocabulary: Row of the weights for each feature name.
        """
        self._vocabulary = vocabulary
        self._pairs = PairTable(vocabulary)
        # By the beginnings, by the sets and, for items in a row, by the rests: made when first asked for.
        self._groups: dict[str, Mapping[str, int]] = {"": vocabulary}
        self._sets: dict[tuple[str, frozenset[str]], list[int]] = {}
        self._threefold: dict[str, int] = {}
        self._three_rows = np.zeros((0, len(_WHOSE)), dtype=np.intp)

    def find(self, items: Sequence[Features], seen: Sequence[Sequence[str]] = ()) -> tuple[Places, Places]:
        """The features of items that the model knows.

        Args:
            items: Features of each item.
            seen: What items in a row share with their neighbours (see `in_row`), one for each item.

        Returns:
            Places of items and rows, ascending by item and row: a feature holds or does not, however
            often it is named.
        """
        parts = list(self._of_items(items))
        if seen:
            parts.append(self._shared(seen))
        size = len(self._vocabulary)
        places = np.concatenate([(owners * size + rows)[rows >= 0] for owners, rows in parts])
        places.sort()
        first = np.ones(len(places), dtype=bool)
        np.not_equal(places[1:], places[:-1], out=first[1:])
        places = places[first]
        owners = places // max(size, 1)
        return owners, places - owners * size

    def _of_items(self, items: Sequence[Features]) -> Iterator[tuple[Places, Places]]:
        rows: list[int] = []
        ends: list[int] = [0]
        texts: list[tuple[int, str, str]] = []
        groups, sets = self._groups, self._sets
        for place, features in enumerate(items):
            for beginning, rests in features:
                if isinstance(rests, str):
                    texts.append((place, beginning, rests))
                    continue
                if beginning not in groups:
                    groups[beginning] = self._group(beginning)
                if not isinstance(rests, frozenset):
                    rows += map(groups[beginning].get, rests, repeat(-1))
                    continue
                if (beginning, rests) not in sets:
                    sets[beginning, rests] = [groups[beginning].get(rest, -1) for rest in rests]
                rows += sets[beginning, rests]
            ends.append(len(rows))
        bounds = np.array(ends)
        yield np.arange(len(items)).repeat(bounds[1:] - bounds[:-1]), np.array(rows, dtype=np.intp)
        if texts:
            places, beginnings, written = zip(*texts, strict=True)
            of_text, found = self._pairs.find(written, beginnings)
            yield np.array(places, dtype=np.intp).take(of_text), found

    def _shared(self, seen: Sequence[Sequence[str]]) -> tuple[Places, Places]:
        """Each rest is looked up once for the three items that have it."""
        if not self._threefold:
            self._find_threefold()
        rests = map(self._threefold.get, chain((EDGE,), *seen, (EDGE,)), repeat(-1))
        rows = self._three_rows.take(np.fromiter(rests, dtype=np.intp), axis=0)
        holders = np.arange(-1, len(seen) + 1).repeat([1, *map(len, seen), 1])
        owners = holders[:, None] + _WHOSE
        rows[(owners < 0) | (owners >= len(seen))] = -1
        return owners.ravel(), rows.ravel()

    def _group(self, beginning: str) -> dict[str, int]:
        size = len(beginning)
        return {name[size:]: row for name, row in self._vocabulary.items() if name.startswith(beginning)}

    def _find_threefold(self) -> None:
        """Rows of what an item has of itself, of the one before it and of the one behind it, by the rests."""
        groups = [self._group(beginning) for beginning in ("", BEFORE, AFTER)]
        self._threefold = {rest: place for place, rest in enumerate(dict.fromkeys(chain(*groups)))}
        rows = [[group.get(rest, -1) for group in groups] for rest in self._threefold]
        self._three_rows = np.array([*rows, [-1] * len(_WHOSE)], dtype=np.intp)  # the last of what is unknown
