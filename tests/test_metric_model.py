"""The metric model: its arrays, its features, and the arbitration between it and the patterns."""

import numpy as np
import pytest

from gxnlp.corpus.parsing import parse_gold
from gxnlp.errors import ModelError
from gxnlp.learned.feature_rows import in_row, names_of
from gxnlp.learned.linear import LinearModel
from gxnlp.learned.metric_model import NONE, Opinion, label_of
from gxnlp.metrics import KEEP, KEEP_NAMED, LEAST, TOTAL, arbitrate, read_patterns
from gxnlp.metrics.context.patterns import load_rules
from gxnlp.metrics.features import describe, describe_negation
from gxnlp.records import Document, ReportInfo, Section
from gxnlp.training.examples import Examples
from gxnlp.training.fitting import Settings, fit
from gxnlp.training.metrics import collect

INFO = ReportInfo(kind="annual_report", agency="青禾县水务局", year=2023)
PUBLISHED, FILMED = label_of("info_published", "level"), label_of("videos", "level")


def readings_of(text):
    section = Section("s1", "", 2, "overview.proactive", "", "主动公开", 0, len(text), 0)
    return read_patterns(Document.from_text(text), (section,), INFO, load_rules())


def entry_of(text):
    return readings_of(text)[0].entries[0]


def opinion(**odds):
    labels = (NONE, PUBLISHED, FILMED)
    row = np.array([odds.get(n, 0.0) for n in ("none", "published", "filmed")], dtype=np.float32)
    return Opinion(labels, row, row)


def test_what_both_read_is_the_surer_the_likelier_the_model_finds_it():
    text, sure = "全年发布信息300条。", []
    for odds in (0.2, 0.5, 0.9, 1.0):
        (draft,) = arbitrate(entry_of(text), opinion(none=1 - odds, published=odds), text)
        assert (draft.metric, draft.extractor) == ("info_published", "both")
        sure.append(draft.trust)
    assert sure == sorted(sure)
    assert sure[-1] == pytest.approx(TOTAL)


@pytest.mark.parametrize(
    ("text", "limit"), [("全年主动公开了300条。", KEEP), ("全年公开工作动态300条。", KEEP_NAMED)]
)
@pytest.mark.parametrize("above", [True, False])
def test_what_the_model_doubts_stays_down_to_a_limit(text, limit, above):
    odds, rows = (limit + 0.01, 1) if above else (limit - 0.01, 0)
    assert len(arbitrate(entry_of(text), opinion(none=1 - odds, published=odds), text)) == rows


def test_a_better_reading_of_the_model_stands_alone():
    text = "全年主动公开了300条。"
    (draft,) = arbitrate(entry_of(text), opinion(published=0.05, filmed=0.95), text)
    assert (draft.metric, draft.unit, draft.rule, draft.value) == ("videos", "item", "model", 300)


def test_the_model_counts_nothing_by_a_counter_that_no_rule_has_for_it():
    text = "局领导出席新闻发布会14人次。"
    labels = ("other_metric|level", "press_conferences|level")
    sure = np.array([0.01, 0.99], dtype=np.float32)
    (draft,) = arbitrate(entry_of(text), Opinion(labels, sure, sure), text)
    assert (draft.metric, draft.unit) == ("other_metric", "person")


def test_what_a_construction_reads_stays_whatever_the_model_finds_likelier():
    text = "公开规章12件（含新制定4件，修改5件，废止3件）。"
    repealed = readings_of(text)[0].entries[3]
    labels = ("policy_docs|level", "normative_docs_repealed|level")
    doubted = np.array([0.01, 0.99], dtype=np.float32)
    (draft,) = arbitrate(repealed, Opinion(labels, doubted, doubted), text)
    assert (draft.metric, draft.measure, draft.extractor) == ("policy_docs", "part", "both")
    assert draft.trust < 0.5


@pytest.mark.parametrize(("odds", "rows"), [(LEAST + 0.01, 1), (LEAST - 0.01, 0)])
def test_a_reading_of_the_model_alone_needs_its_odds(odds, rows):
    text = "下发简报式材料若干，另有300条。"
    entry = entry_of(text)
    entry.drafts = []
    assert len(arbitrate(entry, opinion(filmed=odds, none=0.0), text)) == rows


@pytest.mark.parametrize(
    ("code", "rows"), [("overview.platform", 0), ("overview.on_request", 1), ("applications", 1)]
)
def test_applications_are_not_read_by_the_model_alone_where_business_is_told(code, rows):
    text = "窗口全年受理各类申请121,510件。"
    section = Section("s1", "", 2, code, "", "", 0, len(text), 0)
    entry = read_patterns(Document.from_text(text), (section,), INFO, load_rules())[0].entries[0]
    entry.drafts = []
    labels = (NONE, "applications_received|level")
    assert (
        len(
            arbitrate(
                entry,
                Opinion(
                    labels, np.array([0.01, 0.99], dtype=np.float32), np.array([0.5, 0.5], dtype=np.float32)
                ),
                text,
            )
        )
        == rows
    )


def test_fields_are_not_counted_by_the_model_alone():
    text = "公开文件、便民政策、31个领域信息等共计15条。"
    entry = readings_of(text)[0].entries[0]
    assert entry.drafts == []
    assert arbitrate(entry, opinion(filmed=0.99, none=0.0), text) == []


def test_a_label_that_no_training_report_had_stays_with_the_patterns():
    text = "办理人大代表建议和政协提案45件，同比增加7件。"
    entry = readings_of(text)[0].entries[1]
    (draft,) = arbitrate(entry, opinion(none=1.0), text)
    assert (draft.metric, draft.aspect) == ("proposals", "change")


def test_features_hold_no_line_break_and_depend_on_nothing_but_the_text():
    text = "全年发布\n信息300条，未收到申请，\n培训两期。"
    first, second = readings_of(text), readings_of(text)
    rules = load_rules()
    named = [
        [[names_of(row) for row in describe(r.entries, text, rules)] for r in readings]
        for readings in (first, second)
    ]
    assert [[set(row) for row in rows] for rows in named[0]] == [
        [set(row) for row in rows] for rows in named[1]
    ]
    negations = [names_of(describe_negation(n, r.sentence, text)) for r in first for n in r.negations]
    assert negations
    assert not any("\n" in name for row in (*named[0], *negations) for name in row)


def test_a_feature_counts_once_however_often_it_is_named():
    model = LinearModel(("a", "b"), {"xy": 0}, np.ones((1, 2), np.float32), np.zeros(2, np.float32))
    once, twice, written = model.scores(
        [(("", ["xy"]),), (("", ["xy", "xy"]),), (("", "xyxy"), ("x", ["y"]))]
    )
    assert once.tolist() == twice.tolist() == written.tolist() == [1, 1]


def test_a_group_of_features_is_the_same_as_their_names_in_full():
    rng = np.random.default_rng(1)
    names = [f"{beginning}{n}" for beginning in ("", "c=", "1:") for n in range(40)]
    names += [f"{beginning}{a}{b}" for beginning in ("d=", "") for a in "信息公" for b in "公开"]
    for labels in (("a",), ("a", "b", "c")):
        weights = rng.normal(size=(len(names), len(labels))).astype(np.float32)
        vocabulary = {name: row for row, name in enumerate(names)}
        model = LinearModel(labels, vocabulary, weights, np.zeros(len(labels), np.float32), "sigmoid")
        items = [
            (
                *((b, [str(n) for n in rng.integers(0, 60, size)]) for b in ("", "c=", "1:")),
                *((b, "".join(rng.choice([*"政府信息公开\n𠮷"], size))) for b in ("d=", "", "none=")),
            )
            for size in (0, 3, 30, 7)
        ]
        # To the bit: what stands beside an item in its batch must not change its sums.
        alone = np.concatenate([model.scores([(("", names_of(item)),)]) for item in items])
        assert np.array_equal(model.scores(items), alone)


def test_what_neighbours_share_is_the_same_as_their_features_in_full():
    rng = np.random.default_rng(2)
    names = [f"{beginning}{rest}" for beginning in ("", "-1:", "1:") for rest in ("end", *range(20))]
    weights = rng.normal(size=(len(names), 3)).astype(np.float32)
    model = LinearModel(
        ("a", "b", "c"), {n: i for i, n in enumerate(names)}, weights, np.zeros(3, np.float32)
    )
    for size in (0, 1, 5):
        seen = [[str(n) for n in rng.integers(0, 25, 6)] for _ in range(size)]
        own = [(("", [str(n) for n in rng.integers(0, 25, 4)]),) for _ in range(size)]
        assert np.array_equal(model.scores(own, seen), model.scores(in_row(own, seen)))


def test_a_model_comes_back_from_disk_with_its_probabilities(tmp_path):
    examples = Examples()
    for place in range(12):
        examples.add(["x", f"line\nbreak{place % 2}"], ["yes" if place % 2 else "no"], f"r{place}")
    model, held_out = fit(examples, link="softmax", settings=Settings(folds=3), seed=0)
    model.to_disk(tmp_path / "part.npz")
    again = LinearModel.from_disk(tmp_path / "part.npz")
    assert again.labels == ("no", "yes")
    items = [(("", features),) for features in examples.features]
    assert np.allclose(again.probabilities(items), model.probabilities(items), atol=1e-3)
    assert held_out.shape == (12, 2)
    assert np.allclose(held_out.sum(axis=1), 1)
    examples.to_disk(tmp_path / "examples.npz", model.feature_names)
    assert Examples.from_disk(tmp_path / "examples.npz").labels == examples.labels


def test_a_damaged_model_file_is_refused(tmp_path):
    (tmp_path / "part.npz").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(ModelError, match="train it again"):
        LinearModel.from_disk(tmp_path / "part.npz")


def test_examples_on_disk_do_not_depend_on_the_order_of_their_features(tmp_path):
    written = []
    for features in (("a", "c", "b"), ("b", "a", "c")):
        examples = Examples()
        examples.add(features, ["x"], "r1")
        examples.to_disk(tmp_path / "examples.npz", ("a", "b", "c"))
        written.append((tmp_path / "examples.npz").read_bytes())
    assert written[0] == written[1]
    assert Examples.from_disk(tmp_path / "examples.npz").features == [("a", "b", "c")]


def test_hidden_readings_are_seen_by_no_example_and_are_the_same_each_time():
    text = (
        "#! id: r1\n#! agency: 青禾县水务局\n#! year: 2023\n\n§preamble§ 1\n"
        "青禾县水务局2023年政府信息公开工作年度报告\n\n§overview§ 1\n一、总体情况\n"
    )
    told = (
        "公开信息⟦90条¦info_published¦90¦item⟧，政策解读⟦9篇¦interpretations¦9¦item⟧，"
        "培训⟦2期¦trainings¦2¦session⟧。\n"
    )
    report = parse_gold(text + told)
    votes = {}
    for share in (0, 1):
        features = collect([report], unvoted=share)["label"].features
        votes[share] = [[n for n in names if n.startswith("vote=")] for names in features]
    assert [v[0] for v in votes[0]] == [
        f"vote={m}:level" for m in ("info_published", "interpretations", "trainings")
    ]
    assert votes[1] == [["vote="]] * 3
    some = [collect([report], unvoted=0.5, seed=3)["label"].features for _ in range(2)]
    assert some[0] == some[1]
