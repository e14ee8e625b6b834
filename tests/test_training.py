"""Training gives the same bytes again, what it gives can be trusted, and it learns new labels."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import QUICK, ROOT

from gxnlp.errors import ConfigError, CorpusError, GxError, ModelError, OntologyError
from gxnlp.evaluation import score
from gxnlp.model import CONFIG, META, ONTOLOGY, load_model
from gxnlp.ontology import default_ontology, extend_ontology, use_ontology
from gxnlp.pipeline import read_report
from gxnlp.reliability import predict
from gxnlp.splits import load_corpus
from gxnlp.training import train
from gxnlp.training.config import load_config

pytestmark = pytest.mark.filterwarnings("ignore:lbfgs failed to converge")

EXTEND = ROOT / "corpus" / "extend"
NEW = {"penalty_cases", "law_trainings", "legal_reviews"}


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A corpus of six reports, without splits."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("b001", "b004", "b009", "c001", "d001", "e001"):
        shutil.copy(ROOT / "corpus" / "docs" / f"{name}.txt", folder)
    return folder


@pytest.fixture(scope="module")
def base(few, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "base"
    train(few, folder, overrides=QUICK)
    return folder


@pytest.fixture(scope="module")
def adapted(base, tmp_path_factory):
    """The base with the ten reports of the walk-through, and the result of training."""
    folder = tmp_path_factory.mktemp("models") / "law"
    labels = EXTEND / "labels.toml"
    return folder, train(EXTEND, folder, base=base, ontology=labels, overrides=QUICK)


@pytest.fixture
def copied(base, tmp_path):
    return shutil.copytree(base, tmp_path / "model")


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_reports_give_the_same_bytes(few, base, tmp_path):
    train(few, tmp_path / "again", overrides=QUICK)
    assert contents(tmp_path / "again") == contents(base)


def test_a_model_says_what_it_is(few, base):
    meta = json.loads((base / META).read_text(encoding="utf-8"))
    assert meta["corpus"] == {"sha256": load_corpus(few).digest, "reports": 6, "trained_on": 6}
    assert meta["scores"] == {}  # nothing was held out
    assert meta["ontology"]["digest"] == default_ontology().digest
    assert set(meta["files"]) == set(contents(base)) - {META}
    assert not [name for name in contents(base) if name.endswith((".pkl", ".joblib", ".pickle"))]
    assert load_config(base / CONFIG).to_str() + "\n" == (base / CONFIG).read_text(encoding="utf-8")


def test_held_out_reports_are_scored_with_and_without_the_model(adapted):
    folder, result = adapted
    scores = json.loads((folder / META).read_text(encoding="utf-8"))["scores"]
    assert list(scores) == ["test"]
    assert scores["test"]["both"]["reports"] == result.scores["test"]["both"].reports >= 2
    assert scores["test"]["both"]["metrics.f1"] > scores["test"]["patterns"]["metrics.f1"]
    labels = json.loads((folder / META).read_text(encoding="utf-8"))["labels"]["test"]
    named = [counts for code, counts in labels["metrics"].items() if code != "other_metric"]
    tally, topics = result.scores["test"]["both"].metrics, result.scores["test"]["both"].topics
    assert [sum(column) for column in zip(*named, strict=True)] == [tally.right, tally.found, tally.wanted]
    assert sum(right for right, _, _ in labels["topics"].values()) == topics.right
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert f"{scores['test']['both']['metrics.f1']:.4f}" in card


def test_labels_of_ones_own_are_learned_beside_those_that_ship(adapted, base):
    folder, _ = adapted
    model = load_model(folder)
    assert set(model.ontology.metrics) >= NEW
    assert (folder / ONTOLOGY).read_bytes() == (EXTEND / "labels.toml").read_bytes()
    known = set(load_model(base).metrics.parts["label"].labels)
    assert known < set(model.metrics.parts["label"].labels)
    with use_ontology(model.ontology):
        held_out = load_corpus(EXTEND).select(["test"])
    scores = score(held_out, predict(held_out, model))
    assert sum(scores.by_metric[name].right for name in NEW) >= 5
    assert default_ontology().metrics.keys().isdisjoint(NEW)  # what a model brings ends with its use


def test_a_report_of_another_genre_is_read_with_its_model_alone(adapted):
    title = "沙棘县财政局2024年法治政府建设年度报告"
    text = f"{title}\n一、主要工作\n全年作出行政处罚决定15件，合法性审核合同32件。\n"
    model = load_model(adapted[0])
    report = read_report(text.encode(), name="a.txt", report_id="a", source="a", model=model)
    assert (report.info.kind, report.info.agency, report.info.year) == ("annual_report", "沙棘县财政局", 2024)
    assert {row.metric for row in report.metrics} & NEW
    alone = read_report(text.encode(), name="a.txt", report_id="a", source="a")
    assert (alone.info.kind, alone.metrics) == ("other", ())


def test_an_adapted_model_keeps_the_labels_of_its_base(adapted, tmp_path):
    labels = tmp_path / "labels.toml"
    labels.write_text('[report]\nsubjects = ["法治政府建设"]\n', encoding="utf-8")
    with pytest.raises(ModelError, match="label law_trainings of"):
        train(EXTEND, tmp_path / "x", base=adapted[0], ontology=labels, overrides=QUICK)
    assert not (tmp_path / "x").exists()


def damage_bytes(model: Path) -> None:
    path = model / "metrics" / "label.npz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def damage_meta(**changes):
    def change(model: Path) -> None:
        meta = json.loads((model / META).read_text(encoding="utf-8"))
        (model / META).write_text(json.dumps({**meta, **changes}), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (damage_bytes, "label.npz is not the file that was trained"),
        (lambda model: (model / "metrics" / "zero.npz").unlink(), "zero.npz is missing"),
        (lambda model: (model / "metrics" / "more.npz").write_bytes(b""), "more.npz is not the file"),
        (lambda model: (model / ONTOLOGY).write_text("x = 1", encoding="utf-8"), "ontology.toml is not"),
        (lambda model: (model / META).write_text("{", encoding="utf-8"), "meta.json is damaged"),
        (lambda model: (model / META).unlink(), "no model is there"),
        (damage_meta(format=99), "found format 99, expected"),
        (damage_meta(ontology={"version": "0.9", "digest": "0"}), "trained for ontology 0.9"),
        (damage_meta(files=None), "lists no files"),
    ],
)
def test_a_model_that_is_not_what_was_trained_is_refused(copied, damage, message):
    damage(copied)
    with pytest.raises(ModelError, match=message):
        load_model(copied)


def test_what_is_no_model_is_never_replaced(few, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ModelError, match="is no model"):
        train(few, tmp_path, overrides=QUICK)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_run_that_fails_leaves_the_old_model(copied, tmp_path):
    before = contents(copied)
    with pytest.raises(CorpusError):
        train(tmp_path / "none", copied)
    assert contents(copied) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[metrics]\nwieght = 3\n", "metrics.wieght: no such value"),
        ("[metrics]\nweight = many words\n", "weight is 'many words'"),
        ("[metrics]\nweight = true\n", "weight is True"),
        ("weight = 3\n", "not a configuration"),
        ("[metrics]\n[metrics]\n", "not a configuration"),
        ("[metrics]\nweight = ${nothing.there}\n", "not a configuration"),
    ],
)
def test_a_configuration_that_says_nothing_known_is_refused(tmp_path, text, message):
    path = tmp_path / "mine.cfg"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load_config(path)


def test_a_configuration_changes_what_it_names_and_leaves_the_rest(tmp_path):
    path = tmp_path / "mine.cfg"
    path.write_text("[metrics.label]\nstrength = ${metrics.zero.strength}\n", encoding="utf-8")
    config = load_config(path, {"metrics.zero.strength": 2.5})
    assert config["metrics"]["label"]["strength"] == config["metrics"]["zero"]["strength"] == 2.5
    assert config["metrics"]["label"]["folds"] == load_config()["metrics"]["label"]["folds"]
    with pytest.raises(ConfigError, match=r"metrics\.depth: no such value"):
        load_config(overrides={"metrics.depth": 3})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[metric]]\ncode = "videos"\nunit = "item"\nen = "V"\nzh = "视频"\n', "videos ships with gxnlp"),
        ('[[metric]]\ncode = "Two Words"\nen = "V"\nzh = "视频"\n', "use letters, digits"),
        ('[[metric]]\ncode = "v"\nunit = "metre"\nen = "V"\nzh = "视频"\n', "has unit 'metre'"),
        ('[[section]]\ncode = "x"\nen = "X"\nzh = "某"\n', "section cannot be extended"),
        ('[report]\nsubjects = "法治政府建设"\n', "a list of words"),
        ("[report]\ntitles = []\n", "takes `subjects`"),
        ("= 1", "not a UTF-8 TOML file"),
    ],
)  # fmt: skip
def test_labels_that_cannot_be_added_are_refused(tmp_path, text, message):
    path = tmp_path / "labels.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        extend_ontology(path)


def test_a_missing_ontology_is_told(tmp_path):
    with pytest.raises(GxError, match="cannot read"):
        extend_ontology(tmp_path / "none.toml")


def test_options_are_values_of_the_configuration(few, gxnlp_command, tmp_path):
    done = gxnlp_command("train", few, "-o", "m", "--metrics.label.foldz", "2")
    assert done.returncode == 2
    assert "metrics.label.foldz: no such value" in done.stderr
    assert gxnlp_command("train", few, "-o", "m", "--folds", "2").returncode == 2
    options = [word for name, value in QUICK.items() for word in (f"--{name}", str(value))]
    done = gxnlp_command("train", few, "-o", "m", *options, "--metrics.weight=5")
    assert done.returncode == 0, done.stderr
    assert "trained on 6 reports" in done.stdout
    assert load_config(tmp_path / "m" / CONFIG)["metrics"]["weight"] == 5


WALK = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
SHOWN = [
    shlex.split(line[2:])
    for block in re.findall(r"^```console\n(.*?)^```", WALK, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]
"""The commands that the walk-through shows, in order."""


def test_the_walk_through_shows_the_files_that_it_is_about():
    labels = (EXTEND / "labels.toml").read_text(encoding="utf-8")
    assert 'subjects = ["法治政府建设"]' in labels
    assert 'subjects = ["法治政府建设"]' in WALK
    assert all(f'code = "{name}"' in labels for name in NEW)
    shown = [words[1] for words in SHOWN]
    assert shown == ["corpus", "corpus", "train", "train", "evaluate", "extract", "train"]


@pytest.fixture
def desk(tmp_path):
    """A folder with what the walk-through needs, and reports to extract."""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "models").mkdir()
    (tmp_path / "reports").mkdir()
    for report in load_under_labels():
        (tmp_path / "reports" / f"{report.id}.txt").write_text(report.text, encoding="utf-8")
    return tmp_path


def load_under_labels():
    with use_ontology(extend_ontology(EXTEND / "labels.toml")):
        return load_corpus(EXTEND).select(["test"])


def test_the_walk_through_runs_on_a_small_base(desk, base, gxnlp_command):
    shutil.copytree(base, desk / "models" / "default")
    quick = [word for name, value in QUICK.items() for word in (f"--{name}", str(value))]
    for words in SHOWN[:3] + SHOWN[4:6]:
        done = gxnlp_command(*words[1:], *(quick if words[1] == "train" else ()))
        assert done.returncode == 0, (words, done.stderr)
    rows = (desk / "out" / "metrics.csv").read_text(encoding="utf-8")
    assert any(f",{name}," in rows for name in NEW)
    assert (desk / "errors.txt").is_file()
    run = json.loads((desk / "out" / "run.json").read_text(encoding="utf-8"))
    assert "law" in json.dumps(run["model"])


@pytest.mark.slow
def test_the_model_that_ships_is_what_its_corpus_gives(tmp_path):
    shipped = ROOT / "models" / "default"
    result = train(ROOT / "corpus", tmp_path / "default")
    before, now = load_model(shipped), load_model(tmp_path / "default")
    assert now.meta["scores"] == before.meta["scores"]
    assert now.meta["corpus"] == before.meta["corpus"]
    gold = load_corpus(ROOT / "corpus").select(["dev"])
    found, wanted = predict(gold, result.model), predict(gold, before)
    for report in gold:
        assert rows_of(found[report.id]) == rows_of(wanted[report.id])
    assert sum(len(data) for data in contents(shipped).values()) < 10_000_000


def rows_of(report):
    """What was extracted, without the confidence, whose last digits differ between processors."""
    metrics = [(m.metric, m.value, m.aspect, m.channel, m.scope, m.start, m.end) for m in report.metrics]
    return metrics, [(s.role, s.topics, s.answers, s.start, s.end) for s in report.statements]
