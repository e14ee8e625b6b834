"""How a model does on what it never saw: trained without one group of reports, scored on that group.

The worst group says more about unseen reports than the test split, whose reports come from the
same hands as those trained on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from gxnlp.corpus import GoldReport
from gxnlp.corpus_stats import years_of
from gxnlp.errors import CorpusError
from gxnlp.evaluation import Scores, score
from gxnlp.ontology import default_ontology
from gxnlp.reliability import predict
from gxnlp.report_info.agencies import agency_kind
from gxnlp.splits import Corpus
from gxnlp.training import Progress, fit_model, one_thread

GROUPINGS: Mapping[str, Callable[[GoldReport], str]] = {
    "kind": lambda report: agency_kind(report.agency),
    "years": lambda report: years_of(report.year),
    "hand": lambda report: re.sub(r"[\d_-]+$", "", report.id),
}
"""What reports are grouped by: kind of agency, years of one form, who wrote them (by file name)."""


def leave_out(
    corpus: Corpus, grouping: str, settings: Mapping[str, Any], *, progress: Progress = lambda _: None
) -> dict[str, Scores]:
    """Train once for each group without it, in the ontology in use, and score on it.

    Args:
        corpus: The reports, of all splits.
        grouping: One of `GROUPINGS`.
        settings: The configuration of training.
        progress: Is told what begins.

    Returns:
        Scores by group.

    Raises:
        CorpusError: The reports are all of one group.
    """
    groups: dict[str, list[GoldReport]] = {}
    for report in corpus.reports:
        groups.setdefault(GROUPINGS[grouping](report), []).append(report)
    if len(groups) < 2:
        raise CorpusError(f"all reports are of one {grouping}; there is nothing to leave out")
    found = {}
    with one_thread():
        for name, held_out in sorted(groups.items()):
            progress(f"without {grouping} {name} ({len(held_out)} reports)")
            rest = [report for report in corpus.reports if GROUPINGS[grouping](report) != name]
            model = fit_model(rest, settings, default_ontology())
            found[name] = score(held_out, predict(held_out, model))
    return found
