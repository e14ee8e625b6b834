"""Which files are read, and the ids of their rows."""

import io
import os
from pathlib import Path

import pytest

from gxnlp.errors import InputError
from gxnlp.inputs import find_inputs


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name in (
        "2022/市局.txt", "2022/区局.pdf", "2022/区局.md", "2023/市局.txt", "2023/镇/年报.TXT",
        "2023/page.html", "2023/scan.png", "2023/data.csv", "2023/无后缀", ".hidden/x.txt", "2022/.x.txt",
    ):  # fmt: skip
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("报告", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ids(*names: str, **options: object) -> list[str]:
    return [file.report_id for file in find_inputs(names, **options).files]


def test_what_word_lays_beside_an_open_document_is_no_report(tree):
    for name in ("in/2023/年报.docx", "in/2023/~$年报.docx"):
        (tree / name).write_text("x", encoding="utf-8")
    assert ids("in/2023") == ["page", "市局", "年报", "镇__年报"]


def test_a_folder_is_searched_with_its_folders(tree):
    found = find_inputs(["in"])
    assert {file.report_id: file.source for file in found.files} == {
        "2022__区局.md": "in/2022/区局.md",
        "2022__区局.pdf": "in/2022/区局.pdf",
        "2022__市局": "in/2022/市局.txt",
        "2023__page": "in/2023/page.html",
        "2023__市局": "in/2023/市局.txt",
        "2023__镇__年报": "in/2023/镇/年报.TXT",
    }
    assert found.skipped == {"(none)": 1, ".csv": 1, ".png": 1}


def test_a_file_has_its_name_and_any_suffix_is_taken(tree):
    assert ids("in/2022/市局.txt") == ["市局"]
    assert ids("in/2023/data.csv") == ["data"]
    assert ids("in/2023/无后缀") == ["无后缀"]


def test_a_dot_in_a_title_is_no_suffix(tree):
    Path("某局2023.12月报").write_text("x", encoding="utf-8")
    assert ids("某局2023.12月报") == ["某局2023.12月报"]


def test_inputs_that_would_share_an_id_are_told_apart(tree):
    assert ids("in/2022", "in/2023") == [
        "2022__市局", "2023__市局", "page", "区局.md", "区局.pdf", "镇__年报",
    ]  # fmt: skip
    assert ids("in/2022/市局.txt", "in/2023/市局.txt") == ["2022__市局", "2023__市局"]
    other = tree / "other" / "2022"
    other.mkdir(parents=True)
    (other / "市局.txt").write_text("x", encoding="utf-8")
    assert ids("in/2022/市局.txt", "other/2022/市局.txt") == ["2022__市局.txt", "2022__市局.txt~2"]


def test_a_file_named_twice_is_read_once(tree):
    assert ids("in/2022/市局.txt", "./in/2022/市局.txt", "in/2022/*.txt") == ["市局"]


def test_the_order_of_arguments_does_not_matter(tree):
    assert ids("in/2023", "in/2022") == ids("in/2022", "in/2023")


def test_quoted_globs(tree):
    assert ids("in/*/市局.txt") == ["2022__市局", "2023__市局"]
    assert ids("in/**/*.TXT") == ["2023__镇__年报"]
    assert ids("in/202?") == ids("in/2022", "in/2023")
    assert ids(str(tree / "in" / "2022" / "*")) == ["区局.md", "区局.pdf", "市局"]


def test_a_name_with_brackets_that_exists_is_a_file(tree):
    Path("年报[1].txt").write_text("x", encoding="utf-8")
    assert ids("年报[1].txt") == ["年报[1]"]


@pytest.mark.parametrize("name", ["nowhere", "in/nowhere.txt", "in/*.docx"])
def test_a_name_for_nothing_is_an_error(tree, name):
    with pytest.raises(InputError, match=name.replace("*", r"\*")):
        find_inputs(["in", name])


def test_standard_input_is_read_once(tree):
    found = find_inputs(["-"], stdin=io.BytesIO("报告".encode()))
    assert [(f.report_id, f.source, f.read()) for f in found.files] == [("stdin", "-", "报告".encode())]
    with pytest.raises(InputError, match="not open"):
        find_inputs(["-"], stdin=None)


def test_linked_folders_do_not_loop(tree):
    (tree / "in" / "2022" / "loop").symlink_to(tree / "in", target_is_directory=True)
    assert len(ids("in")) == 6
    assert ids("in/**/年报.TXT") == ["2023__镇__年报"]


def test_a_broken_link_is_taken_and_cannot_be_read(tree):
    (tree / "in" / "2022" / "gone.txt").symlink_to(tree / "nowhere.txt")
    broken = next(file for file in find_inputs(["in"]).files if file.report_id == "2022__gone")
    with pytest.raises(InputError, match=r"cannot read in/2022/gone\.txt: No such file"):
        broken.read()


def test_a_pipe_in_a_folder_is_not_opened(tree):
    os.mkfifo(tree / "in" / "2022" / "pipe.txt")
    assert "2022__pipe" not in ids("in")


def test_the_texts_of_an_earlier_run_are_not_inputs(tree):
    texts = tree / "in" / "out" / "texts"
    texts.mkdir(parents=True)
    (texts / "市局.txt").write_text("x", encoding="utf-8")
    assert "out__texts__市局" in ids("in")
    assert "out__texts__市局" not in ids("in", exclude=Path("in/out/texts"))
    assert "out__texts__市局" not in ids("in/**/*.txt", exclude=Path("in/out/texts"))


def test_what_an_earlier_run_wrote_is_no_report(tree):
    before = ids("in")
    for name in ("in", "in/out"):
        (tree / name / "texts").mkdir(parents=True)
        for file in ("run.json", "reports.csv", "codebook.md", "texts/市局.txt"):
            (tree / name / file).write_text("x", encoding="utf-8")
    assert ids("in") == before
    assert ids("in/**/*") == before
    assert ids("in/texts") == ids("in/texts/*.txt") == ["市局"]  # asked for by name
    (tree / "in" / "run.json").unlink()
    assert {"codebook", "texts__市局"} <= set(ids("in"))  # a folder of that name that no run wrote


def test_an_id_fits_into_a_file_name(tree):
    deep = tree / "in" / ("政" * 80) / ("务" * 80)
    deep.mkdir(parents=True)
    for name in ("甲.txt", "乙.txt"):
        (deep / name).write_text("x", encoding="utf-8")
    long_ids = [i for i in ids("in") if i.startswith("政")]
    assert len(set(long_ids)) == 2
    assert all(len(f"{i}.txt".encode()) <= 255 for i in long_ids)


def test_a_name_that_is_no_utf8_can_be_written(tree):
    Path(os.fsdecode(b"in/2022/\xce\xde.txt")).write_text("x", encoding="utf-8")
    assert r"2022__\xce\xde" in ids("in")


def test_a_folder_that_cannot_be_listed_costs_a_row(tree, monkeypatch, tmp_path):
    listed = os.scandir

    def refuse(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    (tree / "closed").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    (item,) = [item for item in find_inputs([str(tree)]).files if item.name == "closed"]
    assert item.report_id == "closed"
    with pytest.raises(
        InputError, match=r"closed: .*; expected a folder that may be listed.* \(chmod u\+rx\)"
    ):
        item.read()
    assert find_inputs([str(tree / "closed")]).files[0].report_id == "closed"


def test_what_is_in_a_closed_folder_is_asked_for_without_a_crash(tree, monkeypatch):
    """Nobody but the superuser gets this far with a real one, so the test needs another user."""
    if os.geteuid():
        (tree / "closed").mkdir(mode=0o000)
        (item,) = find_inputs([str(tree / "closed" / "a.txt")]).files
        with pytest.raises(InputError, match="Permission denied"):
            item.read()
    else:
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tree)
        (item,) = find_inputs([str(tree / "not_there.txt")]).files
        with pytest.raises(InputError, match="No such file"):
            item.read()
