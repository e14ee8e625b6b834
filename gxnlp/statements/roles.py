"""Give every entry a role: by its surroundings, by the vote of its list, by its own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gxnlp.deferred import deferred
from gxnlp.records import Role
from gxnlp.statements.entry import HEARD, LED, TURNED, Entry
from gxnlp.statements.frames import frames
from gxnlp.statements.wording import has_deficit, modality, wording

_AIMED = deferred(
    "(?:[^，。；]{0,10}，)?(?:我们|[我本][一-鿿]{1,2})?(?:针对(?!性)|为了?解决|(?:聚焦|紧盯|围绕解决)(?=[^，。；]*存在))"
    "[^，。；]{3,40}?(?:问题|不足|短板|情况)[，：]|针对(?:第|（|问题)?[一二三四五六七八九1-9①-⑨][^，。；]{0,3}，"
)
_OF_LAST_YEAR = deferred(
    "(?:关于|对于?(?!照|标|接|比|外)|就)[^。；]{3,60}?的(?:问题|不足|情况)，(?!仍|还|尚|依然|目前仍)"
)
"""Under a heading on last year's: 关于P的问题，今年由…"""
_REFERS = deferred("为此|对此(?![项类前次外事种])|针对这")
_DONE = deferred("了(?!解)|取得|得到|进一步提[升高]|稳步|扎实|成效|良好|有序")


def settle_roles(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Set the roles of entries; those that get none are left out.

    Args:
        text: Folded text of the document.
        entries: Entries of one region, in order.
    """
    sounds = [_sound(text, entry) for entry in entries]
    votes: dict[int, list[Role | None]] = defaultdict(list)
    for entry, sound in zip(entries, sounds, strict=True):
        votes[entry.list_id].append(sound)
    votes[0] = []
    settled: list[Entry] = []
    for i, (entry, sound) in enumerate(zip(entries, sounds, strict=True)):
        follows = any(e.role == "problem" for e in settled)
        role = _role(entry, sound, votes[entry.list_id], follows)
        ahead = entries[i + 1] if i + 1 < len(entries) else None
        answered = ahead and ahead.strength >= TURNED and _REFERS.match(text, ahead.start)
        if not role and (answered or sounds[i + 1 : i + 2] == ["problem"]):
            # A plain complaint without a word of want, in a row of others or before what answers it.
            praises = wording()["praise"].search(text, entry.start, entry.end)
            role = None if praises else "problem"
        if role == "remedy" and not follows and entry.strength <= HEARD and "problem" in sounds[i + 1 :]:
            # 我局扎实推进公开，保障了知情权。但…: praise before the problems.
            role = None if _is_praise(text, entry) else role
        if role:
            entry.role = role
            settled.append(entry)
    return settled


def _sound(text: str, entry: Entry) -> Role | None:
    """How an entry sounds; what is aimed at a fault (针对P的问题，R) is a remedy whatever it quotes."""
    if _AIMED.match(text, entry.start, entry.end):
        return "remedy"
    # 2023年，我局R，解决P的问题
    if (aim := frames().solves.search(text, entry.start, entry.end)) and not has_deficit(
        text[entry.start : aim.start()]
    ):
        return "remedy"
    if entry.last_year and _OF_LAST_YEAR.match(text, entry.start, entry.end):
        return "remedy"
    return modality(text[entry.start : entry.end]).role


def _role(entry: Entry, sound: Role | None, votes: Sequence[Role | None], follows: bool) -> Role | None:
    if entry.role and (
        entry.strength >= TURNED or (entry.strength == LED and not _denied(entry.role, votes))
    ):
        return entry.role
    if entry.last_year or not votes:
        return sound or entry.role or ("problem" if entry.recalls else None)
    leaning = votes.count("problem") - votes.count("remedy")
    if leaning:
        return "problem" if leaning > 0 else "remedy"
    return entry.role or sound or ("remedy" if follows else "problem")


def _is_praise(text: str, entry: Entry) -> bool:
    """Whether a sentence before all problems says what was done."""
    done = _DONE.search(text, entry.start, entry.end)
    aimed = _AIMED.match(text, entry.start, entry.end)
    return bool(done) and not (entry.marked or entry.last_year or entry.recalls or aimed)


def _denied(role: Role, votes: Sequence[Role | None]) -> bool:
    """Whether all items of a list that a lead gave a role sound like the other."""
    other = "remedy" if role == "problem" else "problem"
    return len(votes) > 1 and votes.count(other) == len(votes)
