"""`run.json`: what ran, with what, over how much, when and where."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from gxnlp.errors import InputError
from gxnlp.export.csv import CONTRACT
from gxnlp.model import Model
from gxnlp.ontology import default_ontology
from gxnlp.untrusted import parse_json, read_limited

RUN = "run.json"


def run_record(
    options: Mapping[str, object],
    counts: Mapping[str, object],
    started: datetime,
    model: Model | None,
    finished: Mapping[str, object] | None = None,
) -> str:
    """Render `run.json`.

    Args:
        options: What the user asked for.
        counts: Files, characters and rows.
        started: When the run began, with its time zone; it ends now.
        model: The model that read; `None` where every row is from patterns.
        finished: What else is told of the run: the files read, the panel, corrections.

    Returns:
        A JSON object.
    """
    ontology = model.ontology if model else default_ontology()
    end = datetime.now(UTC)
    record = {
        "gxnlp": version(),
        "contract": CONTRACT,
        "model": {"name": model.name, "digest": model.digest} if model else None,
        "ontology": {"version": ontology.version, "digest": ontology.digest},
        "options": options,
        "counts": counts,
        **(finished or {}),
        "times": {
            "started": started.isoformat(timespec="seconds"),
            "finished": end.isoformat(timespec="seconds"),
            "seconds": round((end - started).total_seconds(), 3),
        },
        "environment": {
            "python": platform.python_version(),
            "platform": platform.platform(),
            "packages": _packages(),
        },
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


@lru_cache(maxsize=1)
def version() -> str:
    """Version of gxnlp as installed."""
    return metadata.version("gxnlp")


def read_run(folder: Path) -> dict[str, Any]:
    """The `run.json` of an output folder.

    Raises:
        InputError: There is none, or it is no record of a run.
    """
    path = folder / RUN
    try:
        run: dict[str, Any] = parse_json(read_limited(path))
    except OSError as error:
        raise InputError(
            f"cannot read {path}: {error.strerror or error}; expected the output folder of `gxnlp extract`"
        ) from error
    except ValueError as error:
        raise InputError(f"{path} is damaged: {error}") from error
    wanted = ("gxnlp", "contract", "model", "ontology", "options", "counts", "times")
    missing = [name for name in wanted if not isinstance(run, dict) or name not in run]
    if missing:
        raise InputError(f"{path} is no record of a run of gxnlp: it has no {missing[0]}")
    return run


def _packages() -> dict[str, str]:
    """Version of each package that gxnlp requires, extras left out."""
    wanted = [line for line in metadata.requires("gxnlp") or () if "extra ==" not in line]
    names = sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted)
    return {name: metadata.version(name) for name in names}
