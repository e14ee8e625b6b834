"""Write the lowest version of each dependency that `pyproject.toml` allows, one a line as `NAME==VERSION`.

Usage: python scripts/lowest_versions.py [GROUP...] > FILE       (GROUP: an extra, such as dev)
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_OWN = re.compile(r"gxnlp\[([\w,-]+)\]")  # dev asks for other extras of the project by its name
_LEAST = re.compile(r"([\w.-]+)[^>]*>=([0-9.]+)")


def main(groups: Sequence[str]) -> int:
    """Write the versions; returns the exit code."""
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"], *_extras(groups, project["optional-dependencies"])]
    for line in dict.fromkeys(wanted):
        found = _LEAST.match(line)
        if found is None:
            raise SystemExit(f"no lowest version in {line!r} of pyproject.toml; give it one with >=")
        sys.stdout.write(f"{found[1]}=={found[2]}\n")
    return 0


def _extras(groups: Sequence[str], extras: Mapping[str, list[str]]) -> Iterator[str]:
    for line in (line for group in groups for line in extras[group]):
        own = _OWN.fullmatch(line)
        if own:
            yield from _extras(own[1].split(","), extras)
        else:
            yield line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
