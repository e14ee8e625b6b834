"""The checker finds each kind of mistake where it stands, and none in reports without any."""

import pytest
from conftest import MARK_UP, ROOT

from gxnlp.cli.corpus import BEGIN, END, counts_of, markdown
from gxnlp.corpus_check import check_corpus
from gxnlp.corpus_stats import count_corpus
from gxnlp.errors import CorpusError
from gxnlp.report_info.agencies import agency_kind
from gxnlp.splits import load_corpus


@pytest.fixture
def findings(tmp_path):
    """Check the report of the tests with one place changed: (line, severity, check) of each finding."""

    def check(old: str = "", new: str = "", *, other: str = "") -> list[tuple[int, str, str]]:
        assert old in MARK_UP
        (tmp_path / "t1.txt").write_text(MARK_UP.replace(old, new) if old else MARK_UP, encoding="utf-8")
        if other:
            (tmp_path / "t2.txt").write_text(other, encoding="utf-8")
        return [(f.line, f.severity, f.check) for f in check_corpus(tmp_path)]

    return check


def test_a_clean_report_has_no_finding(findings):
    assert findings() == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("⟦120条¦info_published¦120", "⟦120条¦info_publishd¦120", (10, "error", "syntax")),
        ("¦staff¦P2⟫", "¦staff¦P9⟫", (15, "error", "syntax")),
        ("公开信息⟦120条", "公开信息⟦ 120条", (10, "error", "edges")),
        ("不够深入¦P1¦content⟫；", "不够深入；¦P1¦content⟫", (14, "error", "edges")),
        ("⟦120条¦info_published¦120¦item⟧", "⟦120条¦info_published¦120¦view⟧", (10, "error", "unit")),
        ("⟦120条¦info_published¦120¦item⟧", "⟦⟦120条¦info_published¦120¦item⟧¦info_published¦120¦item⟧",
         (10, "error", "repeated")),
        ("¦P1¦content⟫", "¦P1¦content¦P2⟫", (14, "error", "statement")),
        ("¦staff,mechanism⟫", "¦staff,staff⟫", (14, "error", "statement")),
        ("⟪公开内容不够深入¦P1¦content⟫", "⟪公开内容⟪不够深入¦P1¦content⟫¦P3¦content⟫",
         (14, "error", "overlap")),
        ("⟦120条¦info_published¦120¦item⟧", "⟦120条¦info_published¦210¦item⟧", (10, "note", "value")),
        ("⟦120条¦", "⟦120余条¦", (10, "note", "qualifier")),
        ("⟦120条¦info_published¦120¦item⟧", "120条", (10, "note", "unmarked")),
        ("#! id: t1", "#! id: t9", (1, "note", "id")),
    ],
)  # fmt: skip
def test_a_mistake_is_found_in_its_line(findings, old, new, found):
    assert findings(old, new) == [found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("⟦120条¦info_published¦120", "⟦200条¦videos¦200"),
        ("⟪公开内容不够深入¦P1¦content⟫", "⟪公开内容不够深入¦P1¦timeliness⟫"),
    ],
)
def test_one_wording_annotated_in_two_ways_is_found(findings, old, new):
    other = MARK_UP.replace("#! id: t1", "#! id: t2")
    assert findings(other=other) == []
    kinds = {check for _, severity, check in findings(other=other.replace(old, new)) if severity == "note"}
    assert "two ways" in kinds


def test_a_blind_check_keeps_the_readings_of_the_tool_to_itself(findings, tmp_path):
    assert findings("⟦120条¦info_published¦120¦item⟧", "120条") != []
    assert check_corpus(tmp_path, blind=True) == []


def test_an_id_may_stand_once(findings):
    assert (1, "error", "id") in findings(other=MARK_UP)


def test_a_folder_without_reports_is_told(tmp_path):
    with pytest.raises(CorpusError, match="no annotated report"):
        check_corpus(tmp_path)


def test_the_corpus_has_no_error():
    assert [f for f in check_corpus(ROOT / "corpus") if f.severity == "error"] == []


def test_the_command_tells_file_and_line_and_fails_on_errors(gxnlp_command, tmp_path):
    (tmp_path / "t1.txt").write_text(MARK_UP.replace("⟦120条", "⟦ 120条"), encoding="utf-8")
    done = gxnlp_command("corpus", "check", tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path}/t1.txt:10: error: edges: info_published" in done.stdout
    assert "1 errors, 0 notes" in done.stdout
    assert gxnlp_command("corpus", "check", tmp_path / "none").returncode == 2


def test_counts_add_up():
    corpus = load_corpus(ROOT / "corpus")
    tables = count_corpus(corpus)
    rows = tables["Reports"]
    assert rows["reports"]["all"] == len(corpus.reports)
    for row in rows.values():
        assert row["all"] == row["train"] + row["dev"] + row["test"]
    mentions = sum(row["mentions"] for row in tables["Metric mentions"].values())
    assert mentions == rows["metric mentions"]["all"]
    assert sum(row["remedies"] for row in tables["Links"].values()) == sum(
        s.role == "remedy" for r in corpus.reports for s in r.statements
    )


def test_the_data_card_counts_the_corpus_as_it_is():
    """`gxnlp corpus stats --into corpus/README.md` puts this right."""
    card = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    assert f"{BEGIN}\n\n{counts_of(ROOT / 'corpus')}\n\n{END}" in card


def test_counts_go_into_a_card_that_has_a_place_for_them(gxnlp_command, tmp_path):
    (tmp_path / "t1.txt").write_text(MARK_UP, encoding="utf-8")
    card = tmp_path / "CARD.md"
    card.write_text(f"before\n{BEGIN}\nold\n{END}\nbehind\n", encoding="utf-8")
    assert gxnlp_command("corpus", "stats", tmp_path, "--into", card).returncode == 0
    written = card.read_text(encoding="utf-8")
    assert written.startswith("before\n") and written.endswith(f"{END}\nbehind\n")
    assert "| views | 1 | 1 |" in written
    assert "old" not in written
    card.write_text("nothing", encoding="utf-8")
    assert gxnlp_command("corpus", "stats", tmp_path, "--into", card).returncode == 2


def test_a_table_is_markdown():
    assert markdown({"a": {"x": 1}, "b": {"x": 2, "y": 3}}) == [
        "| | x | y |",
        "|---|---:|---:|",
        "| a | 1 | 0 |",
        "| b | 2 | 3 |",
    ]


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("青禾市人民政府", "government"),
        ("辽锦县人民政府办公室", "government"),
        ("松河县白石镇人民政府", "township"),
        ("滨海区人民政府东桥街道办事处", "township"),
        ("高新技术产业开发区管理委员会", "zone"),
        ("青禾市第六中学", "institution"),
        ("青禾县妇幼保健院", "institution"),
        ("青禾市水务局|青禾市水务和湖泊局", "department"),
    ],
)
def test_kinds_of_agencies(agency, kind):
    assert agency_kind(agency) == kind
