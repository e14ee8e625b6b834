"""An Office Open XML package: parts in a zip container, read within bounds by a parser that fetches nothing.

Nothing is unpacked to disk, so that names such as `../../x` are names and no more. A part is
read up to a limit whatever the container says of its size. The parser expands no entities,
opens no files and stops at 256 levels of nesting.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_PART = 32 * 2**20
"""Bytes of one part, uncompressed: the text of a thousand pages takes a third of it."""

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
# Both spellings of each namespace: ISO/IEC 29500 transitional and strict.
_NAMESPACES = {
    "w": (f"{_TRANSITIONAL}wordprocessingml/2006/main", f"{_STRICT}wordprocessingml/main"),
    "m": (f"{_TRANSITIONAL}officeDocument/2006/math", f"{_STRICT}officeDocument/math"),
    "r": (f"{_TRANSITIONAL}officeDocument/2006/relationships", f"{_STRICT}officeDocument/relationships"),
    "pic": (f"{_TRANSITIONAL}drawingml/2006/picture", f"{_STRICT}drawingml/picture"),
    "rel": (f"{_TRANSITIONAL}package/2006/relationships",),
    "mc": (f"{_TRANSITIONAL}markup-compatibility/2006",),
    "dc": ("http://purl.org/dc/elements/1.1/",),
    "dcterms": ("http://purl.org/dc/terms/",),
    "v": ("urn:schemas-microsoft-com:vml",),
    "o": ("urn:schemas-microsoft-com:office:office",),
    "xml": ("http://www.w3.org/XML/1998/namespace",),
}
_PREFIXES = {name: prefix for prefix, names in _NAMESPACES.items() for name in names}
_OFF = frozenset({"0", "false", "off", "none"})


class PartError(Exception):
    """A part of a package cannot be read; the message says why."""


class Package:
    """The parts of a package by name.

    Args:
        data: The whole file.

    Raises:
        PartError: The container is damaged or cut off.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise PartError(f"its zip container is damaged or cut off ({error})") from error
        # Names differ in case from those asked for, and some writers use backslashes.
        self._names = {_plain(info.filename): info for info in reversed(self._zip.infolist())}

    def xml(self, part: str) -> Element | None:
        """Root element of a part.

        Args:
            part: Name of the part within the container.

        Returns:
            The root, or `None` where the container has no such part.

        Raises:
            PartError: The part is damaged, encrypted, too large, no XML, or has a DTD.
        """
        data = self._bytes(part)
        return None if data is None else _parse(data, part)

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that a part refers to.

        Args:
            part: Name of the part, empty for the package itself.
            kind: Last word of the relationship's type, such as `styles`.

        Returns:
            The names of the parts inside the container, in order.

        Raises:
            PartError: The list of relationships is damaged.
        """
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [
            posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            for link in (() if root is None else root)
            if short(link.tag) == "rel:Relationship"
            and link.get("TargetMode") != "External"
            and link.get("Type", "").rpartition("/")[2] == kind
        ]

    def _bytes(self, part: str) -> bytes | None:
        info = self._names.get(_plain(part))
        if info is None:
            return None
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except RuntimeError as error:
            raise PartError(f"{part} is encrypted") from error
        except (BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise PartError(f"{part} is damaged ({error})") from error
        if len(data) > MAX_PART:
            raise PartError(f"{part} has more than {MAX_PART >> 20} MB uncompressed")
        return data


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _parse(data: bytes, part: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PartError(f"{part} is damaged ({error})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PartError(f"{part} has a document type definition, which no Word document has")
    return root


@lru_cache(maxsize=1024)
def short(tag: str) -> str:
    """A tag with the usual prefix of its namespace, such as `w:p`; one of an unknown namespace as it is."""
    namespace, _, name = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{name}" if prefix else tag


@lru_cache(maxsize=256)
def _spellings(name: str) -> tuple[str, ...]:
    prefix, _, local = name.partition(":")
    return tuple(f"{{{namespace}}}{local}" for namespace in _NAMESPACES[prefix])


def attribute(element: Element | None, name: str) -> str:
    """An attribute such as `w:val`, empty where there is none."""
    if element is not None:
        for spelling in _spellings(name):
            value = element.get(spelling)
            if value is not None:
                return str(value)
    return ""


def number(element: Element | None, name: str = "w:val") -> int | None:
    """An attribute that is a whole number of at most nine digits, else `None`."""
    value = attribute(element, name).strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, or the one at the end of a path of names; `None` where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if short(item.tag) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name."""
    for item in () if element is None else element:
        if short(item.tag) == name:
            yield item


def switch(element: Element | None, name: str) -> bool | None:
    """Whether a property such as `w:vanish` is on; `None` where nothing is said of it."""
    found = child(element, name)
    return None if found is None else attribute(found, "w:val").lower() not in _OFF


def chosen(alternatives: Element) -> Element | None:
    """The branch of `mc:AlternateContent` to read: the first that has text, so that none is read twice."""
    branches = list(alternatives)
    texts = (*_spellings("w:t"), *_spellings("m:t"))
    with_text = (branch for branch in branches if next(branch.iter(*texts), None) is not None)
    return next(with_text, branches[0] if branches else None)
