"""Places of an annotated text in the normalised text of the same report.

Layout joins lines and drops page numbers, so offsets differ; both texts are compared on
their characters without white space, folded by NFKC where that gives one character.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from difflib import SequenceMatcher


class Squeezed:
    """A text without white space, with the offset of each of its characters."""

    def __init__(self, text: str) -> None:
        """Keep the characters that are no white space."""
        self.at = [i for i, char in enumerate(text) if not char.isspace()]
        self.text = "".join(_plain(text[i]) for i in self.at)

    def places(self, start: int, end: int) -> range:
        """Indices into `self.text` of the characters of `[start, end)` of the full text."""
        return range(bisect_left(self.at, start), bisect_left(self.at, end))


class Alignment:
    """Where the characters of one text stand in another."""

    def __init__(self, wanted: str, found: str) -> None:
        """Align two versions of a text; where they are equal squeezed, that costs nothing."""
        self.wanted, self.found = Squeezed(wanted), Squeezed(found)
        if self.wanted.text == self.found.text:
            self.index = {i: i for i in range(len(self.wanted.text))}
            return
        matcher = SequenceMatcher(None, self.wanted.text, self.found.text, autojunk=False)
        self.index = {b.a + i: b.b + i for b in matcher.get_matching_blocks() for i in range(b.size)}

    def places(self, start: int, end: int) -> set[int]:
        """Squeezed indices in the found text of a span of the wanted one."""
        return {self.index[i] for i in self.wanted.places(start, end) if i in self.index}

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Offsets in the found text of a span of the wanted one, `None` where it is gone."""
        places = self.places(start, end)
        if not places:
            return None
        return self.found.at[min(places)], self.found.at[max(places)] + 1


def _plain(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
