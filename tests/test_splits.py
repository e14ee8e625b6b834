"""Splits follow from the agency's name alone, and a corpus folder says what it is."""

from collections import Counter

import pytest
from conftest import MARK_UP, ROOT

from gxnlp.errors import CorpusError
from gxnlp.splits import SPLITS, SplitRule, load_corpus

RULE = SplitRule("salt", 0.15, 0.15)


def write(folder, name, agency):
    text = MARK_UP.replace("#! id: t1", f"#! id: {name}").replace("青禾市水务局|青禾市水务和湖泊局", agency)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_shares_are_met_on_average():
    counts = Counter(RULE.split_of(f"某{i}局") for i in range(4000))
    assert counts["dev"] / 4000 == pytest.approx(0.15, abs=0.02)
    assert counts["test"] / 4000 == pytest.approx(0.15, abs=0.02)
    assert set(counts) == set(SPLITS)


def test_a_split_never_moves():
    """Pinned: a change here would make every reported score void."""
    rule = SplitRule("a", 0.3, 0.3)
    splits = [rule.split_of(name) for name in ("甲局", "乙局", "丙局", "丁局", "戊局", "己局")]
    assert splits == ["dev", "test", "train", "train", "train", "dev"]


def test_alternative_names_of_an_agency_fall_together():
    assert all(RULE.split_of(f"{i}局") == RULE.split_of(f"{i}局|{i}委") for i in range(50))


def test_new_files_never_move_old_ones(tmp_path):
    (tmp_path / "splits.toml").write_text('salt = "s"\ndev = 0.3\ntest = 0.3\n', encoding="utf-8")
    for i in range(6):
        write(tmp_path, f"r{i}", f"青{i}市水务局")
    before = {split: {r.id for r in load_corpus(tmp_path).select([split])} for split in SPLITS}
    for i in range(6, 12):
        write(tmp_path, f"a{i}", f"青{i}市水务局")
    after = load_corpus(tmp_path)
    assert all(ids <= {r.id for r in after.select([split])} for split, ids in before.items())
    assert sum(len(after.select([split])) for split in SPLITS) == 12


def test_the_corpus_is_divided_by_agency_in_about_the_shares_meant():
    corpus = load_corpus(ROOT / "corpus")
    shares = {split: len(corpus.select([split])) / len(corpus.reports) for split in SPLITS}
    assert shares["dev"] == pytest.approx(0.15, abs=0.04)
    assert shares["test"] == pytest.approx(0.15, abs=0.04)
    agencies = {split: {r.agency.split("|")[0] for r in corpus.select([split])} for split in SPLITS}
    assert not agencies["train"] & (agencies["dev"] | agencies["test"])


def test_the_digest_is_of_names_and_contents(tmp_path):
    write(tmp_path, "r1", "青禾市水务局")
    first = load_corpus(tmp_path).digest
    assert load_corpus(tmp_path).digest == first
    write(tmp_path, "r1", "青禾市财政局")
    second = load_corpus(tmp_path).digest
    (tmp_path / "r1.txt").rename(tmp_path / "r2.txt")
    assert len({first, second, load_corpus(tmp_path).digest}) == 3


def test_docs_are_looked_for_in_their_folder(tmp_path):
    (tmp_path / "docs").mkdir()
    write(tmp_path / "docs", "r1", "青禾市水务局")
    corpus = load_corpus(tmp_path)
    assert [r.id for r in corpus.reports] == ["r1"]
    assert corpus.rule is None
    with pytest.raises(CorpusError, match=r"no splits\.toml"):
        corpus.select(["test"])


@pytest.mark.parametrize(
    "text",
    ["", "salt = 1", 'salt = "s"\ndev = 0.6\ntest = 0.6', 'salt = "s"\ndev = -1\ntest = 0', "not toml",
     'salt = "s"\ndev = 0.1\ntest = 0.1\ntset = 0.2'],
)  # fmt: skip
def test_a_malformed_rule_is_refused(tmp_path, text):
    write(tmp_path, "r1", "青禾市水务局")
    (tmp_path / "splits.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"splits\.toml"):
        load_corpus(tmp_path)
