"""Write the lowest version of each dependency that `pyproject.toml` allows, one a line as `NAME==VERSION`.

Usage: python scripts/lowest_versions.py [GROUP...] > FILE       (GROUP: an extra, such as dev)
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path


def main(groups: Sequence[str]) -> int:
    """Write the versions; returns the exit code."""
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"], *(d for g in groups for d in project["optional-dependencies"][g])]
    for line in wanted:
        name, least = re.match(r"([\w.-]+)[^>]*>=([0-9.]+)", line).groups()  # type: ignore[union-attr]
        sys.stdout.write(f"{name}=={least}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
