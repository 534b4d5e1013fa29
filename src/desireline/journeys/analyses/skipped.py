"""Stages that spans reach without an earlier one: what is counted in a part, how it adds up, how it is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.examples import (
    NOTHING_BEFORE,
    Candidates,
    Examples,
    by_group,
    latest_of_both,
    latest_of_part,
    moment,
)
from desireline.journeys.model import FirstSeen, Names, SkippedStage, Spans, StageSkips
from desireline.kernels.arrays import read_only
from desireline.kernels.counting import count_rows
from desireline.kernels.gaps import first_of_stages, skipped_stages
from desireline.kernels.proportions import wilson_intervals

MOST_FIRST_SEEN = 3
_NEVER = np.iinfo(np.int64).max
_SETTLING, _SETTLED = 0, 1


@dataclass(frozen=True, slots=True)
class SkipCounts:
    """The state; a pair of stages is ``missing * stages + reached``.

    Attributes
    ----------
    reached
        int64[2, stages]: spans that reach each stage; those that begin while the record settles, and the others.
    without
        int64[2, pairs]: those of them without the earlier stage.
    customers
        int64[pairs]: distinct customers of the others.
    since
        int64[stages]: time of the first interaction of each stage.
    beginnings
        By ``pair * touchpoints + touchpoint``: how many of the others begin with it.
    examples
        The latest of the others, by pair.
    """

    reached: NDArray[np.int64]
    without: NDArray[np.int64]
    customers: NDArray[np.int64]
    since: NDArray[np.int64]
    beginnings: Counter[int]
    examples: Examples


def stage_codes(names: Names) -> NDArray[np.int16]:
    """int16[touchpoints]: the stage of each; -1 for none."""
    codes = np.full(len(names.touchpoints), -1, np.int16)
    codes[: len(names.stage_of)] = names.stage_of
    return read_only(codes)


def count_skips(spans: Spans, stage_of: NDArray[np.int16], stages: int, *, settled_from: int) -> SkipCounts:
    """The counts of one part.

    Parameters
    ----------
    stage_of
        See :func:`stage_codes`.
    stages
        How many there are.
    settled_from
        Spans that begin before this time (microseconds) are counted apart.
    """
    part = spans.part
    firsts = first_of_stages(part.touchpoints, spans.starts, spans.ends, stage_of, stages)
    found, pairs = skipped_stages(firsts, part.times)
    settled = part.times[spans.starts] >= settled_from
    without = np.stack(
        [np.bincount(pairs[settled[found] == group], minlength=stages * stages) for group in (False, True)]
    )
    found, pairs = found[settled[found]], pairs[settled[found]]
    owners = spans.owners[found]
    begun, counts = np.unique(
        pairs.astype(np.int64) * len(stage_of) + part.touchpoints[spans.starts[found]], return_counts=True
    )
    rows = Candidates(pairs, firsts[found, pairs % max(stages, 1)], np.full(len(pairs), NOTHING_BEFORE), owners)
    return SkipCounts(
        reached=np.stack([(firsts[settled == group] >= 0).sum(axis=0) for group in (False, True)]),
        without=without,
        customers=count_rows(pairs, owners, stages * stages)[1],
        since=np.array([_first_time(part.times, firsts[:, stage]) for stage in range(stages)], np.int64),
        beginnings=Counter(dict(zip(begun.tolist(), counts.tolist(), strict=True))),
        examples=latest_of_part(part, rows, np.arange(stages * stages)),
    )


def _first_time(times: NDArray[np.int64], places: NDArray[np.int64]) -> int:
    return int(times[places[places >= 0]].min(initial=_NEVER))


def add_skips(first: SkipCounts, second: SkipCounts) -> SkipCounts:
    """The counts of two sets of customers."""
    return SkipCounts(
        first.reached + second.reached,
        first.without + second.without,
        first.customers + second.customers,
        np.minimum(first.since, second.since),
        first.beginnings + second.beginnings,
        latest_of_both(first.examples, second.examples),
    )


def unrecorded_stages(state: SkipCounts, names: Names) -> tuple[str, ...]:
    """The stages without a single interaction."""
    return tuple(name for name, since in zip(names.stages, state.since.tolist(), strict=True) if since == _NEVER)


def name_skips(state: SkipCounts, names: Names, top: int | None) -> tuple[SkippedStage, ...]:
    """Every pair of stages with a span that skips, most frequent first, then in the order of the stages.

    Stages without a single interaction are left out: everybody would skip them.
    """
    stages = len(names.stages)
    recorded = np.repeat(state.since != _NEVER, stages)
    pairs = np.flatnonzero((state.without.sum(axis=0) > 0) & recorded)
    pairs = pairs[np.argsort(-state.without[_SETTLED, pairs], kind="stable")][:top]
    missing, reached = np.divmod(pairs, max(stages, 1))
    without, spans = state.without[_SETTLED, pairs], state.reached[_SETTLED, reached]
    lows, highs = wilson_intervals(without, spans)
    shares = np.where(spans > 0, without / np.maximum(spans, 1), np.nan)
    examples, beginnings = by_group(state.examples), _most_common(state.beginnings, names)
    stageless = _begin_without_stage(state.beginnings, names)
    return tuple(
        SkippedStage(
            missing=names.stages[missing[place]],
            reached=names.stages[reached[place]],
            spans=int(spans[place]),
            without=int(without[place]),
            customers=int(state.customers[pair]),
            share=float(shares[place]),
            share_low=float(lows[place]),
            share_high=float(highs[place]),
            settling=int(state.reached[_SETTLING, reached[place]]),
            settling_without=int(state.without[_SETTLING, pair]),
            missing_since=moment(int(state.since[missing[place]])),
            begin_without_stage=stageless[pair],
            first_seen=beginnings.get(pair, ()),
            examples=examples.get(pair, ()),
        )
        for place, pair in enumerate(pairs.tolist())
    )


def count_pairs(state: SkipCounts, names: Names) -> tuple[StageSkips, ...]:
    """Every pair of stages of which something is recorded, in their order."""
    recorded = np.flatnonzero(state.since != _NEVER).tolist()
    pairs = [(missing, reached) for reached in recorded for missing in recorded if missing < reached]
    return tuple(
        StageSkips(
            names.stages[missing],
            names.stages[reached],
            int(state.reached[_SETTLED, reached]),
            int(state.without[_SETTLED, missing * len(names.stages) + reached]),
        )
        for missing, reached in pairs
    )


def _begin_without_stage(beginnings: Counter[int], names: Names) -> Counter[int]:
    """By pair: how many begin with a touchpoint that has no stage."""
    stage_of = stage_codes(names)
    found: Counter[int] = Counter()
    for key, spans in beginnings.items():
        pair, touchpoint = divmod(key, len(stage_of))
        if stage_of[touchpoint] < 0:
            found[pair] += spans
    return found


def _most_common(beginnings: Counter[int], names: Names) -> dict[int, tuple[FirstSeen, ...]]:
    found: dict[int, list[FirstSeen]] = {}
    for key, spans in beginnings.items():
        pair, touchpoint = divmod(key, len(names.touchpoints))
        found.setdefault(pair, []).append(FirstSeen(names.touchpoints[touchpoint], spans))
    return {
        pair: tuple(sorted(seen, key=lambda each: (-each.spans, each.touchpoint))[:MOST_FIRST_SEEN])
        for pair, seen in found.items()
    }
