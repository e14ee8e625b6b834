"""What strangers give, models, labels and records of runs: parsed within bounds, and nothing in it is run.

A file that is too large, nests too deep or says more than it holds costs a message, not the machine.
Every fault is a `ValueError`; who reads the file makes it an error of its own.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TEXT = 8 * 2**20
"""Bytes of a text that is parsed: the largest `meta.json` has some hundred thousand."""
MAX_PART = 2**30
"""Bytes of one file of a model, and of its arrays once unpacked: the largest have some ten million."""

# Keys in the manner of a.a.a…: a parser takes memory in the square of their length.
_DOTTED = re.compile(r"(?:\.[^.=\n]*+){64}")
_BROKEN = (
    BadZipFile, zlib.error, EOFError, ValueError, OverflowError, MemoryError, TypeError, SyntaxError,
    RuntimeError,  # encrypted, packed in an unknown way, or nested too deep
)  # fmt: skip
_LONGEST_REASON = 160
_SUBSTITUTED = re.compile(r"\$\{")
_SUBSTITUTIONS = 16
"""Values that stand for others, of which a few steps can make any length."""


def read_limited(path: Path, most: int = MAX_TEXT) -> bytes:
    """The content of a file of at most so many bytes.

    Raises:
        OSError: It cannot be read.
        ValueError: It is larger.
    """
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"it has more than {most >> 20} MB")
    return data


def digest_of_part(path: Path) -> str:
    """SHA-256 of a file of a model.

    Raises:
        OSError: It cannot be read.
        ValueError: It is larger than any part of a model.
    """
    if path.stat().st_size > MAX_PART:
        raise ValueError(f"{path.name} has more than {MAX_PART >> 20} MB")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parse_json(data: bytes) -> Any:
    """What a JSON text says.

    Raises:
        ValueError: It is none, or nests too deep.
    """
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("it nests too deep") from error


def parse_toml(data: bytes) -> dict[str, Any]:
    """What a TOML text in UTF-8 says.

    Raises:
        ValueError: It is none, nests too deep, or has keys of more parts than any label has.
    """
    text = check_keys(data.decode("utf-8"))
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it nests too deep") from error


def check_keys(text: str) -> str:
    """A text of keys and values as it is, but for one whose keys or references multiply.

    Raises:
        ValueError: A key has more parts, or there are more references, than any honest file has.
    """
    if _DOTTED.search(text):
        raise ValueError("a key has more than 64 parts")
    if len(_SUBSTITUTED.findall(text)) > _SUBSTITUTIONS:
        raise ValueError(f"more than {_SUBSTITUTIONS} values refer to others")
    return text


def load_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of an `.npz` file, by name.

    Raises:
        OSError: It cannot be read.
        ValueError: It is none, its arrays are larger than any model's or than their headers say, or
            hold objects, which are never unpickled.
    """
    try:
        with ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_PART:
                raise ValueError(f"its arrays have more than {MAX_PART >> 20} MB")
            return {name.removesuffix(".npy"): _array(archive, name) for name in archive.namelist()}
    except _BROKEN as error:
        first = (str(error) or type(error).__name__).splitlines()[0]  # others quote the file at length
        raise ValueError(first[:_LONGEST_REASON]) from error


def _array(archive: ZipFile, name: str) -> NDArray[Any]:
    from numpy.lib import format as npy

    with archive.open(name) as stream:
        version = npy.read_magic(stream)
        header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = header(stream)
    if math.prod(shape) * dtype.itemsize > archive.getinfo(name).file_size:
        raise ValueError(f"{name} says that it holds {shape}, which is more than there is")
    with archive.open(name) as stream:
        array: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
    return array
