"""Saying who the examples of a result are, what their interactions were seen under; or leaving them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desireline.interactions import tables as interaction_tables
from desireline.interactions.log import query_log
from desireline.journeys.model import GapExample, Gaps
from desireline.store import Workspace

MOST_NAMED = 1_000
_ANCHORS = "SELECT arrival, anchor FROM {log} WHERE arrival IN (SELECT unnest($arrivals::BIGINT[]))"


def name_examples(workspace: Workspace, gaps: Gaps) -> Gaps:
    """The same gaps; examples have the identifier that their interaction was seen under, where it is still known.

    Of each list those of the first :data:`MOST_NAMED` are looked up: nobody asks about more.
    """
    skipped, switches = gaps.skipped[:MOST_NAMED], gaps.switches[:MOST_NAMED]
    shown = [*(each.examples for each in skipped), *(each.examples for each in switches)]
    arrivals = {example.arrival for examples in shown for example in examples}
    if not arrivals:
        return gaps
    known = identifiers_of(workspace, sorted(arrivals))
    named_skips = [replace(each, examples=_named(each.examples, known)) for each in skipped]
    named_switches = [replace(each, examples=_named(each.examples, known)) for each in switches]
    return replace(
        gaps,
        skipped=(*named_skips, *gaps.skipped[MOST_NAMED:]),
        switches=(*named_switches, *gaps.switches[MOST_NAMED:]),
    )


def without_examples(gaps: Gaps) -> Gaps:
    """The same gaps without a word on single customers."""
    return replace(
        gaps,
        skipped=tuple(replace(each, examples=()) for each in gaps.skipped),
        switches=tuple(replace(each, examples=()) for each in gaps.switches),
    )


def _named(examples: Sequence[GapExample], known: Mapping[int, str]) -> tuple[GapExample, ...]:
    return tuple(replace(each, identifier=known.get(each.arrival)) for each in examples)


def identifiers_of(workspace: Workspace, arrivals: list[int]) -> dict[int, str]:
    """``type:value`` of the anchors of interactions, by arrival number."""
    anchors = dict(query_log(workspace, _ANCHORS, arrivals=arrivals))
    with workspace.database.reading() as connection:
        values = interaction_tables.identifiers_with(connection, sorted(set(anchors.values())))
    return {arrival: ":".join(values[anchor]) for arrival, anchor in anchors.items() if anchor in values}
