"""Feed gxnlp what nobody would write, guided by what code that reaches, and stop at what breaks.

    python scripts/fuzz.py TARGET [--seconds N] [--into FOLDER] [--seed N]

TARGET is one of `fuzz_targets.TARGETS`, or `all`, which gives each its share of the seconds. Needs
atheris (`pip install 'gxnlp[fuzz]'`; Linux alone). What reaches new code is kept in FOLDER/found and taken
up by the next run. An input that breaks something is written to FOLDER as `crash-…`, and the exit code is
not 0: cut it down, mend the code, keep it in `tests/fuzz_seeds/TARGET/`, where the tests replay it.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
SEEDS = SCRIPTS.parent / "tests" / "fuzz_seeds"
DATA = SCRIPTS.parent / "gxnlp" / "data"
NAMES = ("files", "model", "numbers", "pages", "tables")
_HUNG = 120
"""Seconds after which an input is taken to hang; what is merely slow, the targets find themselves."""
_MEMORY = 3000
"""Megabytes that the whole process may take."""
_TOLD_LINES = 40
_WORDS = ("quantities", "patterns", "terms", "sections", "table_blocks", "statements", "html", "tables")
_QUOTED = re.compile(r'"([^"\n]{1,12})"')
_PARTS = (
    *"0123456789.,-%/~^eE年月日第一二两三十百千万亿几数半余多来约近超不足至到、，。；：（）《》“”|\t\n #*<>&",
    "百分之", "分之", "1e400", "万亿", "以上", "左右", "其中", "分别", "同比增长", "<td>", "</table>", "<tr>",
    "<p>", "\u3000", "二〇二三", "2023", "一、", "（一）", "一是", "\x0c", "\u202e", "\u200b", "\r\n",
)  # fmt: skip


def main() -> int:
    """Run one target in this process, or all in processes of their own; the exit code."""
    options = _options()
    if options.target != "all":
        return _run(options)
    into = options.into or Path(tempfile.mkdtemp(prefix="gxnlp-fuzz-"))
    share = max(1, options.seconds // len(NAMES))
    return int(sum([_run_apart(name, share, options.seed, into / name) for name in NAMES]) > 0)


def _run_apart(name: str, seconds: int, seed: int, into: Path) -> bool:
    """Run a target in a process of its own and tell what became of it; whether something broke."""
    command = [sys.executable, __file__, name, "--seconds", str(seconds), "--seed", str(seed)]
    command += ["--into", str(into)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
    runs = re.search(r"number_of_executed_units: ([0-9]+)", run.stderr)
    told = f"{name}: {seconds} s, {runs[1] if runs else 'no'} inputs"
    if run.returncode == 0:
        sys.stdout.write(f"{told}, nothing broke\n")
        return False
    lines = [line for line in run.stderr.splitlines() if not line.startswith(("INFO", "#"))]
    sys.stdout.write("\n".join([f"{told}, BROKEN, see {into}", *lines[-_TOLD_LINES:], ""]))
    return True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", choices=[*NAMES, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="how long to run (0: until something breaks)")
    parser.add_argument("--into", type=Path, help="folder for what is found (default: a temporary one)")
    parser.add_argument(
        "--seed", type=int, default=0, help="of the random numbers (default: another each run)"
    )
    return parser.parse_args()


def _run(options: argparse.Namespace) -> int:
    """Hand over to libFuzzer, which ends the process itself; returns only where it cannot begin."""
    try:
        import atheris
    except ImportError:
        sys.stderr.write("fuzz.py needs atheris: pip install 'gxnlp[fuzz]' (Linux alone)\n")
        return 2
    with atheris.instrument_imports(include=["gxnlp"]):
        import fuzz_targets
    target = fuzz_targets.TARGETS[options.target]
    for seed in sorted((SEEDS / options.target).iterdir()):
        target(seed.read_bytes())  # loads what is loaded once, outside of the count of seconds
    into = options.into or Path(tempfile.mkdtemp(prefix="gxnlp-fuzz-"))
    into.mkdir(parents=True, exist_ok=True)
    found, words = into / "found", _words()
    found.mkdir(exist_ok=True)
    for seed in sorted((SEEDS / options.target).iterdir()):
        shutil.copy(seed, found / f"seed-{seed.name}")

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        """Change bytes as libFuzzer does, or put words of the genre where others were."""
        rng = random.Random(seed)
        if rng.random() < 0.3:
            changed: bytes = atheris.Mutate(data, size)
            return changed
        return _reworded(data, words, rng)[:size]

    arguments = [sys.argv[0], str(found), f"-max_total_time={options.seconds}", f"-timeout={_HUNG}"]
    arguments += [f"-max_len={fuzz_targets.MAX_BYTES}", f"-rss_limit_mb={_MEMORY}", "-print_final_stats=1"]
    arguments += [f"-artifact_prefix={into}/", "-len_control=20"]
    if options.seed:
        arguments.append(f"-seed={options.seed}")
    atheris.Setup(arguments, target, custom_mutator=mutate)
    atheris.Fuzz()
    return 0


def _words() -> list[str]:
    """What reports are made of: single signs, and the words and examples of the package's own data."""
    texts = (DATA.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in _WORDS)
    return [*_PARTS * 8, *sorted({word for text in texts for word in _QUOTED.findall(text)})]


def _reworded(data: bytes, words: list[str], rng: random.Random) -> bytes:
    """A text with a few of its pieces taken out, doubled, moved or replaced by words."""
    text = data.decode("utf-8", "ignore")
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        at = rng.randint(0, len(text))
        end = min(len(text), at + rng.choice((0, 0, 1, 1, 2, 5, 20, 80)))
        piece, to = text[at:end], rng.randint(0, len(text))
        word, repeated = rng.choice(words), piece * rng.choice((2, 3, 40))
        new = rng.choice((word, "", repeated, word + piece, text[to : to + 30]))
        text = text[:at] + new + text[end:]
    return text.encode("utf-8", "ignore")


if __name__ == "__main__":
    sys.exit(main())
