"""Which features of a linear model the pairs of characters of many texts are, all texts at once.

Most features are two neighbouring characters in some place. A dictionary would be asked for each
pair of each text; here a character gives a row and a column of a grid, and the grid the feature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
_PLANE = 0x10000
_LAST = "\uffff"
"""Characters beyond the basic plane count as none."""
_APART = "\n"
"""Stands between texts, and in them between what is no pair."""


def pairs_of(text: str) -> list[str]:
    """Each two neighbouring characters of a text, none over a line end."""
    return [a + b for a, b in pairwise(text) if _APART not in (a, b)]


class PairTable:
    """The features of a vocabulary that are one of some beginnings and two characters."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Begin with no beginning; each is laid out when it is first asked for.

        Args:
            vocabulary: Row of the weights for each feature name.
        """
        self._vocabulary = vocabulary
        self._numbers: dict[str, int] = {}
        # Of each beginning and character: where its row of cells begins, and which column is its.
        self._firsts = self._seconds = np.zeros(0, dtype=np.int32)
        self._cells: NDArray[np.unsignedinteger[Any]] = np.zeros(0, dtype=np.uint8)

    def find(self, texts: Sequence[str], beginnings: Sequence[str]) -> tuple[Places, Places]:
        """The features that the pairs of texts are.

        Args:
            texts: Any texts.
            beginnings: What the names of the features begin with, for each text.

        Returns:
            Places of texts and rows of features, as often as they occur.
        """
        if not self._numbers.keys() >= set(beginnings):
            self._lay_out(sorted(self._numbers.keys() | set(beginnings)))
        lengths = np.array(list(map(len, texts)), dtype=np.intp) + 1
        planes = np.array(list(map(self._numbers.__getitem__, beginnings)), dtype=np.intp) * _PLANE
        codes = _codes_of(_APART.join(texts) + _APART) + planes.repeat(lengths)
        rows = self._cells.take(self._firsts.take(codes[:-1]) + self._seconds.take(codes[1:]))
        known = rows.nonzero()[0]
        owners = np.arange(len(texts)).repeat(lengths).take(known)
        return owners, rows.take(known).astype(np.intp) - 1

    def _lay_out(self, beginnings: Sequence[str]) -> None:
        """Make a grid for each beginning: a row a first character, a column a second one."""
        self._numbers = {beginning: number for number, beginning in enumerate(beginnings)}
        self._firsts, self._seconds = np.zeros((2, len(beginnings) * _PLANE), dtype=np.int32)
        found = _pairs_behind(beginnings, self._vocabulary)
        # A character in no pair is in the row before all grids, or in the column before its grid; a cell
        # holds a row of the weights plus one.
        base = 1 + max(map(len, found))
        kind = np.min_scalar_type(len(self._vocabulary))
        cells = [np.zeros(base, dtype=kind)]
        for plane, pairs in enumerate(found):
            codes = _codes_of("".join(pairs)).reshape(-1, 2)
            firsts, rows = np.unique(codes[:, 0], return_inverse=True)
            seconds, columns = np.unique(codes[:, 1], return_inverse=True)
            grid = np.zeros((len(firsts), 1 + len(seconds)), dtype=kind)
            grid[rows, columns + 1] = np.array(list(pairs.values()), dtype=kind) + 1
            self._firsts[firsts + plane * _PLANE] = base + np.arange(len(firsts)) * grid.shape[1]
            self._seconds[seconds + plane * _PLANE] = np.arange(1, grid.shape[1])
            cells.append(grid.ravel())
            base += grid.size
        self._cells = np.concatenate(cells)


def _codes_of(text: str) -> Places:
    """The characters of a text as numbers; those beyond the basic plane are 0."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.intp)
    codes[codes >= _PLANE] = 0
    return codes


def _pairs_behind(beginnings: Sequence[str], vocabulary: Mapping[str, int]) -> list[dict[str, int]]:
    """For each beginning the rows of the features that are it and two characters, by these."""
    found: dict[str, dict[str, int]] = {beginning: {} for beginning in beginnings}
    for name, row in vocabulary.items():
        if (pairs := found.get(name[:-2])) is not None:
            pairs[name[-2:]] = row
    return [_in_plane(pairs) for pairs in found.values()]


def _in_plane(pairs: dict[str, int]) -> dict[str, int]:
    """Those that are two characters of the basic plane: nearly always all."""
    together = "".join(pairs)
    if len(together) == 2 * len(pairs) and max(together, default="") <= _LAST:
        return pairs
    return {pair: row for pair, row in pairs.items() if len(pair) == 2 and max(pair) <= _LAST}
