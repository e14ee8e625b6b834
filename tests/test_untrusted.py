"""Models, labels and configurations from strangers cost a message: no traceback, memory or endless time."""

import hashlib
import json
import shutil
import struct
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from conftest import MARK_UP

from gxnlp import untrusted
from gxnlp.errors import ConfigError, CorpusError, InputError, ModelError, OntologyError
from gxnlp.export.run import read_run
from gxnlp.model import META, default_model, load_model
from gxnlp.ontology import extend_ontology, read_ontology
from gxnlp.splits import SPLITS_FILE, load_corpus
from gxnlp.training.config import load_config

PART = "metrics/label.npz"
DEEP = "[" * 100_000
DOTTED = ".".join("a" * 50_000)


@pytest.fixture
def model(tmp_path):
    """A copy of the model that ships."""
    source = default_model()
    assert source is not None
    shutil.copytree(source, tmp_path / "model")
    return tmp_path / "model"


def sign(folder: Path) -> Path:
    """Renew the digests, as a careful stranger would."""
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    meta["files"] = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in meta["files"]}
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    return folder


def with_arrays(folder: Path, **changes) -> None:
    with np.load(folder / PART) as data:
        arrays = dict(data)
    arrays |= {name: change(arrays) for name, change in changes.items()}
    np.savez(folder / PART, **arrays)


def with_header(folder: Path, shape: str) -> None:
    """An array whose header says what it likes."""
    with zipfile.ZipFile(folder / PART) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    header = f"{{'descr': '<f2', 'fortran_order': False, 'shape': {shape}}}\n".encode()
    parts["weights.npy"] = b"\x93NUMPY\x02\x00" + struct.pack("<I", len(header)) + header + b"\0" * 10
    with zipfile.ZipFile(folder / PART, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def names(*values: str):
    return np.frombuffer("\0".join(values).encode(), dtype=np.uint8)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weights": lambda a: a["weights"] * np.float16("nan")}, "no finite numbers"),
        ({"weights": lambda a: a["weights"].astype(np.complex64)}, "no finite numbers"),
        ({"weights": lambda a: np.array(["a"])}, "no finite numbers"),
        ({"bias": lambda a: a["bias"] + np.inf}, "no finite numbers"),
        ({"temperature": lambda a: np.float32("nan")}, "no finite numbers"),
        ({"temperature": lambda a: np.float32(0)}, "found temperature 0.0"),
        ({"temperature": lambda a: np.zeros(3)}, "no readable model part"),
        ({"labels": lambda a: names(*(f"x{i}" for i in range(len(a["bias"]))))}, "found label 'x0'"),
    ],
)
def test_arrays_that_no_probability_can_be_made_of_are_refused(model, changes, message):
    with_arrays(model, **changes)
    with pytest.raises(ModelError, match=message):
        load_model(sign(model))


@pytest.mark.parametrize(
    "shape",
    ["(1000000000000,)", f"({10**30},)", "(-5, 3)", "(" * 500 + ")" * 500, "(1,) + (" + "1," * 100_000 + ")"],
)
def test_an_array_that_says_more_than_it_holds_is_refused_before_room_is_made(model, shape):
    with_header(model, shape)
    with pytest.raises(ModelError, match="no readable model part") as refused:
        load_model(sign(model))
    assert len(str(refused.value)) < 500


def test_arrays_that_unpack_to_more_than_any_model_are_refused(model, monkeypatch):
    monkeypatch.setattr(untrusted, "MAX_PART", (model / PART).stat().st_size)
    with pytest.raises(ModelError, match="its arrays have more than"):
        load_model(model)
    monkeypatch.setattr(untrusted, "MAX_PART", 100_000)
    with pytest.raises(ModelError, match=r"label\.\S*npz has more than"):
        load_model(model)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (META, DEEP, "damaged .it nests too deep"),
        (META, " " * (untrusted.MAX_TEXT + 1), "damaged .it has more than 8 MB"),
        ("statements/thresholds.json", '{"a":' * 100_000, "no readable thresholds"),
    ],
)
def test_texts_of_a_model_are_parsed_within_bounds(model, name, text, message):
    (model / name).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        load_model(model if name == META else sign(model))


@pytest.mark.parametrize(
    "scores",
    [
        {"labels": {"test": {"metrics": "no"}}},
        {"labels": [1]},
        {"labels": {"test": {"metrics": {"views": [3, 2, 2]}}}},
        {"labels": {"test": {"metrics": {"views": ["a", 2, 2]}}}},
        {"scores": {"test": {"both": {"reports": float("nan")}}}},
        {"scores": [1]},
    ],
)
def test_scores_that_the_codebook_could_not_tell_are_refused_before_the_run(model, scores):
    meta = json.loads((model / META).read_text(encoding="utf-8"))
    (model / META).write_text(json.dumps(meta | scores), encoding="utf-8")
    with pytest.raises(ModelError, match=r"the scores in meta\.json are malformed"):
        load_model(model)


LABELS = {
    f"a = {DEEP}": "nests too deep",
    f"{DOTTED} = 1": "more than 64 parts",
    f"[{DOTTED}]": "more than 64 parts",
    f"x = {'9' * 10_000}": "limit",
    "metric = 5": "no list of entries",
    "[metric]\na = 5": "no list of entries",
    "metric = [5]": "malformed",
    '[[metric]]\ncode = ["a"]\nen = "x"\nzh = "y"': "code is no text",
    '[[metric]]\ncode = "a"\nen = 5\nzh = "y"': "en is no text",
    '[[metric]]\ncode = "../a\\n"\nen = "x"\nzh = "y"': "use letters",
    "report = 5": "a list of words",
    '[report]\nsubjects = "公开"': "a list of words",
}


@pytest.mark.parametrize(("text", "message"), LABELS.items(), ids=range(len(LABELS)))
def test_labels_of_strangers_are_parsed_within_bounds(tmp_path, text, message):
    path = tmp_path / "labels.toml"
    path.write_text(text, encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(OntologyError, match=message):
        extend_ontology(path)
    assert time.process_time() - begun < 2


def test_the_labels_that_ship_are_no_stranger_than_allowed():
    assert read_ontology(Path(untrusted.__file__).parent / "data" / "ontology.toml").metrics
    untrusted.check_keys((Path(untrusted.__file__).parent / "data" / "train.cfg").read_text(encoding="utf-8"))


def test_a_configuration_cannot_multiply(tmp_path):
    steps = "".join(f"x{i} = " + f"${{a.x{i + 1}}}" * 10 + "\n" for i in range(9))
    for text, message in ((f"[a]\n{steps}x9 = 1\n", "refer to others"), (f"[{DOTTED}]\n", "64 parts")):
        (tmp_path / "mine.cfg").write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match=message):
            load_config(tmp_path / "mine.cfg")


def test_splits_and_records_of_strangers_are_parsed_within_bounds(tmp_path):
    (tmp_path / "run.json").write_text(DEEP, encoding="utf-8")
    with pytest.raises(InputError, match="nests too deep"):
        read_run(tmp_path)
    (tmp_path / "a.txt").write_text(MARK_UP, encoding="utf-8")
    (tmp_path / SPLITS_FILE).write_text(f"salt = {DEEP}", encoding="utf-8")
    with pytest.raises(CorpusError, match="nests too deep"):
        load_corpus(tmp_path)
