"""Ask which of the locked packages have known vulnerabilities, and say plainly where nobody answered.

    python scripts/audit.py PYTHON [SERVICE]

PYTHON is an interpreter with pip-audit; SERVICE `pypi` (the default) or `osv`, both asked over the network.
pip-audit alone calls packages that no database was asked for `No known vulnerabilities found`. Exit codes:
0 every package was looked up and none is known to be vulnerable; 1 some are; 2 not all could be looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements-lock.txt"
CLEAN, VULNERABLE, NOT_AUDITED = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run pip-audit and print what follows; returns the exit code."""
    python, *service = arguments
    command = [python, "-m", "pip_audit", "-r", str(LOCK), "--require-hashes", "--disable-pip"]
    command += ["-f", "json", "--progress-spinner", "off", "-s", *(service or ["pypi"])]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    lines, code = verdict(run.stdout, run.stderr)
    sys.stdout.write("\n".join([*lines, ""]))
    return code


def verdict(output: str, errors: str = "") -> tuple[list[str], int]:
    """What to print, and the exit code, for what pip-audit wrote."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (errors.strip().splitlines() or ["it wrote nothing"])[-1]
        return [f"NOT AUDITED: pip-audit gave no answer ({reason[:300]})"], NOT_AUDITED
    looked_up = [package for package in packages if "skip_reason" not in package]
    lines = [
        f"VULNERABLE: {package['name']} {package['version']}: {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}"
        for package in looked_up
        for found in package["vulns"]
    ]
    left = len(packages) - len(looked_up)
    if left or not packages:
        lines.append(
            f"NOT AUDITED: {left} of {len(packages)} packages; no database of vulnerabilities was reached"
        )
    else:
        lines.append(f"{len(packages)} packages were looked up, {len(lines)} vulnerabilities are known")
    if lines[0].startswith("VULNERABLE"):
        return lines, VULNERABLE
    return lines, NOT_AUDITED if left or not packages else CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
