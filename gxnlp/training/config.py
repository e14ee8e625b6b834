"""The configuration of training, in the format of spaCy's: the default, a file, dotted overrides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxnlp.errors import ConfigError
from gxnlp.untrusted import check_keys, read_limited

if TYPE_CHECKING:
    from thinc.api import Config

_SECTION = re.compile(r"^\[([\w.]+)\]\s*$", re.MULTILINE)


def load_config(path: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Config:
    """Put the configuration of a run together: the default, what a file says, single values.

    Args:
        path: A file in the format of `gxnlp/data/train.cfg` with what differs from it.
        overrides: Values by dotted name, such as `{"metrics.label.strength": 2.0}`.

    Returns:
        The full configuration with variables resolved; `to_str()` gives what the model keeps.

    Raises:
        ConfigError: The file cannot be read, or names a value that the default does not have or
            that is of another type; the message names it.
    """
    default = _read((files("gxnlp") / "data" / "train.cfg").read_text(encoding="utf-8"), "the default", {})
    known = dict(_values(default.interpolate()))
    changed = default.merge(_of_file(path)) if path is not None else default
    unknown = (overrides or {}).keys() - known.keys()
    if unknown:
        raise ConfigError(f"{min(unknown)}: no such value; expected one of {', '.join(known)}")
    config = _read(changed.to_str(), str(path or "the default"), overrides or {})
    for name, value in _values(config):
        if name not in known:
            raise ConfigError(f"{path}: {name}: no such value; expected one of {', '.join(known)}")
        _check_type(name, value, known[name])
    return config


def _of_file(path: Path) -> Config:
    try:
        text = check_keys(read_limited(path).decode("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read {path}: {error}") from error
    return _read(_with_parents(text), str(path), {}, interpolate=False)


def _with_parents(text: str) -> str:
    """Name the sections that others stand in: thinc asks for `[metrics]` above `[metrics.label]`."""
    named = _SECTION.findall(text)
    parents = {name.rsplit(".", depth)[0] for name in named for depth in range(1, name.count(".") + 1)}
    return "".join(f"[{name}]\n\n" for name in sorted(parents - set(named))) + text


def _read(text: str, name: str, overrides: Mapping[str, Any], *, interpolate: bool = True) -> Config:
    from configparser import Error

    from thinc.api import Config
    from thinc.config import ConfigValidationError

    try:
        return Config().from_str(text, interpolate=interpolate, overrides=dict(overrides))
    except (ConfigValidationError, Error, ValueError) as error:
        cause = " ".join(str(error).split())
        raise ConfigError(f"{name}: not a configuration ({cause}); see gxnlp/data/train.cfg") from error


def _values(section: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in section.items():
        if isinstance(value, Mapping):
            yield from _values(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _check_type(name: str, value: Any, default: Any) -> None:
    wanted = (int, float) if isinstance(default, float) else type(default)
    if not isinstance(value, wanted) or isinstance(value, bool) != isinstance(default, bool):
        raise ConfigError(f"{name} is {value!r}; expected a value like {default!r}")
