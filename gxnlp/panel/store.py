"""What is known of all reports together, in a file, so that a country's need no more memory than a town's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_FILE = "listing.sqlite"
_SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000")
"""The file is thrown away whatever happens, so nothing is done for its safety; 1 MB of it is in memory."""


class Store:
    """Tables of one run; used as a context, at the end of which they are gone.

    Args:
        folder: A folder that may be written.

    Raises:
        OSError: The folder cannot be written; so do the methods, what SQLite says of a full disk too.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def __enter__(self) -> Store:
        with _as_system_error():
            self._path.unlink(missing_ok=True)
            # One process alone uses it, and network drives may know no locks.
            self._tables = sqlite3.connect(f"{self._path.absolute().as_uri()}?nolock=1", uri=True)
            for setting in _SETTINGS:
                self._tables.execute(f"PRAGMA {setting}")
        return self

    def __exit__(self, *_: object) -> None:
        self._tables.close()
        with suppress(OSError):
            self._path.unlink()

    def put(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Make or fill a table."""
        with _as_system_error():
            self._tables.execute(statement, values)

    def one(self, query: str, *values: Any) -> Any:
        """The first row of what is asked for; `None` where there is none."""
        with _as_system_error():
            return self._tables.execute(query, values).fetchone()

    def rows(self, query: str) -> Iterator[Any]:
        """All rows of what is asked for, one after the other."""
        with _as_system_error():
            yield from self._tables.execute(query)


@contextmanager
def _as_system_error() -> Iterator[None]:
    """What SQLite says of a full disk is told like what the system says of one."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
