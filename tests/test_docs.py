"""What the documentation shows exists, and what exists is documented."""

import csv
import json
import re
import shlex
from itertools import pairwise

import pytest
import typer.main
from conftest import ROOT

import gxnlp
from gxnlp.cli import app
from gxnlp.export.csv import COLUMNS, header, rows
from gxnlp.training.config import load_config

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group) -> dict[str, object]:
    """Every command by its words, those of groups with the group's name before theirs."""
    found = {}
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= {f"{name} {below}": leaf for below, leaf in commands(command).items()}
        else:
            found[name] = command
    return found


COMMANDS = commands(typer.main.get_command(app))
CODE = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def options(command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("-")} | {
        "--help"
    }


def name_of(words: list[str]) -> str:
    return next(" ".join(words[1:end]) for end in (2, 3) if " ".join(words[1:end]) in COMMANDS)


def shown_commands() -> list[list[str]]:
    lines = "".join(code for language, code in CODE if language == "console").splitlines()
    return [shlex.split(line[2:], comments=True) for line in lines if line.startswith("$ gxnlp ")]


def test_there_is_something_shown():
    assert len(shown_commands()) >= 3


@pytest.mark.parametrize("words", shown_commands(), ids=" ".join)
def test_a_command_shown_exists_with_its_options(words):
    known = options(COMMANDS[name_of(words)])
    used = {word for word in words[2:] if re.match("--?[a-z]", word)}
    values = {word[2:]: json.loads(value) for word, value in pairwise(words) if re.match(r"--\w+\.", word)}
    if name_of(words) == "train":  # which takes the values of its configuration by their names
        load_config(overrides=values)
        used -= {f"--{name}" for name in values}
    assert used <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    assert f"gxnlp {name}" in README
    assert all(f"`{option}" in README for option in options(COMMANDS[name]) - {"--help", "-o"})


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_documented_in_its_order(name):
    section = re.search(rf"^### `{name}\.csv`\n(.*?)(?=^##)", README, re.MULTILINE | re.DOTALL)
    cells = re.findall(r"^\| (`[^|]*) \|", section[1], re.MULTILINE)
    assert tuple(column for cell in cells for column in re.findall(r"`(\w+)`", cell)) == COLUMNS[name]


def test_make_targets_shown_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = set(re.findall(r"\bmake ([a-z]+)", "".join(code for _, code in CODE)))
    assert shown >= {"demo", "test"}
    assert shown <= targets


def test_the_python_shown_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    blocks = [code for language, code in CODE if language == "python"]
    assert blocks
    for code in blocks:
        exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out


@pytest.mark.parametrize("name", ["LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_files_linked_exist(name):
    assert name in README
    assert (ROOT / name).is_file()


def test_links_to_files_lead_somewhere():
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "corpus").glob("*.md")):
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page


def test_every_page_of_the_documentation_is_linked_from_the_readme():
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in README] == []


def test_output_shown_is_what_is_printed(gxnlp_command, tmp_path):
    """Figures of the summary may move with the rules, its words may not."""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    for words, shown in shown_output():
        printed = gxnlp_command(*words[1:]).stdout
        assert [figures_out(line) for line in printed.splitlines()] == [figures_out(line) for line in shown]


@pytest.mark.parametrize("patterns_only", [True, False], ids=["patterns", "model"])
def test_rows_shown_are_those_of_the_sample(patterns_only):
    (block,) = (code for language, code in CODE if language == "text" and code.startswith("metric,"))
    report = gxnlp.extract(
        ROOT / "corpus" / "samples" / "raojin_market_2022.pdf", patterns_only=patterns_only
    )
    lines = (header("metrics") + rows(report)["metrics"]).splitlines()
    found = list(csv.DictReader(lines))
    for row in csv.DictReader(block.splitlines()):
        assert any(row.items() <= other.items() for other in found), row


def shown_output():
    for language, code in CODE:
        if language == "console" and code.startswith("$ gxnlp "):
            command, *shown = code.splitlines()
            if shown and not shown[0].startswith("$ "):
                yield shlex.split(command[2:]), shown


def figures_out(line: str) -> str:
    return re.sub("[0-9][0-9.]*", "N", line.rstrip())


def test_the_version_is_the_same_everywhere():
    assert f'version = "{gxnlp.__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"## {gxnlp.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
