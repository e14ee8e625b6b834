"""List the licences of all packages of an environment, by their own word, as a Markdown table.

Usage: python scripts/list_licences.py PYTHON > docs/licences.md

PYTHON is the interpreter of an environment that holds what `requirements-lock.txt` names.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence

_OURS = frozenset({"pip", "setuptools", "wheel", "gxnlp"})
_ASK = """
import json
from importlib.metadata import distributions
print(json.dumps([
    {
        "name": d.metadata["Name"], "version": d.version, "expression": d.metadata.get("License-Expression"),
        "licence": d.metadata.get("License"),
        "classifiers": [c for c in d.metadata.get_all("Classifier") or () if c.startswith("License ::")],
    }
    for d in distributions()
]))
"""


def main(arguments: Sequence[str]) -> int:
    """Ask the interpreter named and write the table; returns the exit code."""
    (python,) = arguments
    asked = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=True)
    packages = sorted(json.loads(asked.stdout), key=lambda package: package["name"].lower())
    lines = [
        "# Licences",
        "",
        "gxnlp is under the Apache License 2.0. What it needs (`requirements-lock.txt`) is under these, by",
        "the packages' own word; `make lock` writes this list anew.",
        "",
        "| package | version | licence |",
        "|---|---|---|",
    ]
    rows = [p for p in packages if p["name"].lower() not in _OURS]
    lines += [f"| {p['name']} | {p['version']} | {licence(p)} |" for p in rows]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def licence(package: Mapping[str, object]) -> str:
    """What a package says of its licence, in one line.

    Args:
        package: Its metadata: `expression`, `classifiers` and `licence`, the surest first.
    """
    if package["expression"]:
        return str(package["expression"])
    classifiers = package["classifiers"]
    names = [str(c).split(" :: ")[-1] for c in classifiers] if isinstance(classifiers, list) else []
    names = [name for name in names if name != "OSI Approved"]
    if names:
        return "; ".join(names)
    first = str(package["licence"] or "").strip().splitlines()
    return re.sub(r"\s+", " ", first[0]) if first else "UNKNOWN"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
