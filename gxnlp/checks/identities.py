"""The identities of the statutory tables, by column and by row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gxnlp.checks.cells import Cells, Sum
from gxnlp.records import CheckStatus, Finding
from gxnlp.tables import APPLICATIONS, REVIEW, template


def check_identities(cells: Cells) -> Iterator[Finding]:
    """Compare what the form says is equal.

    Empty cells count as zero. Where cells are missing, ambiguous or unreadable a sum that comes
    out is `ok`; one that does not is `not_applicable`, since the missing cell may make it good.

    Args:
        cells: The tables of one report.

    Yields:
        A finding an identity.
    """
    if cells:
        for check, left, right, names in _identities():
            one, other = cells.add_up(left), cells.add_up(right)
            status, detail = _outcome(cells, one, other)
            yield Finding(check, status, one.words, other.words, names + detail, left + right)


_Identity = tuple[str, tuple[str, ...], tuple[str, ...], str]


@lru_cache(maxsize=1)
def _identities() -> tuple[_Identity, ...]:
    """Code, cells of both sides, and what they are."""
    form = template()
    found: list[_Identity] = []
    columns = form.of_table(APPLICATIONS)[0].columns
    for column in columns:
        came = (f"applications/new/{column}", f"applications/carried_in/{column}")
        went = (f"applications/total/{column}", f"applications/carried_out/{column}")
        names = "new and carried in; handled and carried out"
        found.append((f"applications.balance.{column}", came, went, names))
    for column in columns:
        parts = tuple(f"applications/{code}/{column}" for code in form.outcomes)
        names = "outcomes; their sum as printed"
        found.append((f"applications.sum.{column}", parts, (f"applications/total/{column}",), names))
    for table in (APPLICATIONS, REVIEW):
        for row in form.of_table(table):
            *cells, total = (f"{table}/{row.code}/{column}" for column in row.columns)
            found.append((f"{table}.total.{row.code}", tuple(cells), (total,), "parts; 总计 as printed"))
    return tuple(found)


def _outcome(cells: Cells, one: Sum, other: Sum) -> tuple[CheckStatus, str]:
    if not one.numbers or not other.numbers:
        return "not_applicable", ": one side has no number"
    if one.value == other.value:
        return "ok", ""
    if lacking := cells.lacking(one.refs + other.refs):
        return "not_applicable", f": without a number: {', '.join(lacking)}"
    return "fail", ""
