"""What strangers give is data: loading a model runs nothing, and reading reports touches no network."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SAMPLES

from gxnlp.errors import ModelError
from gxnlp.model import default_model, load_model

_WATCHED = """
import sys
seen = []
NETWORK = {"connect", "getaddrinfo", "gethostbyname", "gethostbyaddr", "bind", "sendto", "sendmsg"}
def watch(event, arguments):
    kind, _, what = event.partition(".")
    if kind in {"urllib", "http", "ftplib", "smtplib"} or (kind == "socket" and what in NETWORK):
        seen.append(event)
    elif listen_to_code and (kind in {"pickle", "subprocess"} or event in {"os.system", "os.exec"}):
        seen.append(event)
sys.addaudithook(watch)
"""


def watched(code: str, *arguments: str | Path, listen_to_code: bool = True) -> list[str]:
    """Run code with an ear on what the interpreter tells of the network, and of processes and pickles."""
    tell = "import os\nif seen:\n    os.write(2, ('SEEN ' + ' '.join(seen)).encode())\n"
    parts = [f"listen_to_code = {listen_to_code}", _WATCHED, code, tell]
    command = [sys.executable, "-c", "\n".join(parts), *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    return re.findall(r"SEEN (.*)", run.stderr)


def test_loading_a_model_runs_nothing_and_fetches_nothing():
    assert watched("from gxnlp.model import load_model\nassert load_model() is not None") == []


def test_reading_reports_touches_no_network(tmp_path):
    code = """
from gxnlp.inputs import find_inputs
from gxnlp import batch
from gxnlp.batch import rendering
real = rendering.render_item
def told(item, manner):
    done = real(item, manner)
    if seen:
        raise SystemExit("in the process: " + " ".join(seen))
    return done
rendering.render_item = told
summary = batch.run(find_inputs([sys.argv[1]]), __import__("pathlib").Path(sys.argv[2]), workers=2)
assert summary.statuses["ok"] == summary.statuses.total() > 1
"""
    # Rows come back from the processes as pickles of our own; those of others are not listened to here.
    assert watched(code, SAMPLES, tmp_path / "out", listen_to_code=False) == []


def test_the_ear_hears():
    assert watched("import pickle\npickle.loads(pickle.dumps(print))") == ["pickle.find_class"]
    lookup = "import socket\ntry:\n    socket.getaddrinfo('localhost', 1)\nexcept OSError:\n    pass"
    assert watched(lookup, listen_to_code=False) == ["socket.getaddrinfo"]


class _Evil:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self):
        return Path.touch, (self.marker,)


@pytest.mark.parametrize("part", ["weights", "labels", "features", "bias"])
def test_a_pickle_in_a_model_is_refused_and_not_run(tmp_path, part):
    folder, marker = tmp_path / "model", tmp_path / "ran"
    source = default_model()
    assert source is not None
    shutil.copytree(source, folder)
    path = folder / "metrics" / "label.npz"
    with np.load(path) as data:
        arrays = {**data, part: np.array([_Evil(marker)], dtype=object)}
    np.savez(path, **arrays)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    meta["files"]["metrics/label.npz"] = hashlib.sha256(path.read_bytes()).hexdigest()  # a careful stranger
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(ModelError, match="no readable model part"):
        load_model(folder)
    assert not marker.exists()


def test_every_dependency_is_locked_and_its_licence_is_known():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")
    licences = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    locked = {_plain(n): v for n, v in re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", lock, re.MULTILINE)}
    assert lock.count("--hash=sha256:") >= len(locked) > len(project["dependencies"])
    for line in project["dependencies"]:
        name = re.split(r"[^\w.-]", line)[0]
        least = re.search(r">=([0-9.]+)", line)
        assert least is not None
        assert _version(locked[_plain(name)]) >= _version(least[1])
    listed = {_plain(name) for name in re.findall(r"^\| ([A-Za-z0-9._-]+) ", licences, re.MULTILINE)}
    assert set(map(_plain, locked)) <= listed
    assert not re.search(r"\b(?:AGPL|GPL-3|GPLv3|UNKNOWN)\b", licences)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"[0-9]+", text)[:3]))
