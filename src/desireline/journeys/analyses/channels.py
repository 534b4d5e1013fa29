"""Moves between channels, and the channels in which spans start and end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import ChannelCount, ChannelMove, Channels, Names, Spans
from desireline.kernels.channels import count_ends, count_moves


@dataclass(frozen=True, slots=True)
class ChannelsAnalysis:
    """Moves between channels, and the channels in which spans start and end.

    A move: two directly following interactions of a span, in different channels; how often, and for how many
    distinct customers. Starts and ends: how many spans begin and end in each channel. All come most frequent
    first, then by name.

    Parameters
    ----------
    top
        Only so many moves. Starts and ends are not cut. ``None``: all.
    """

    top: int | None = None

    def begin(self, names: Names) -> Pass[Any, Channels]:
        """One pass counts everything."""
        return ChannelsPass(names.channels, self.top)


@dataclass(frozen=True, slots=True)
class ChannelCounts:
    """``moves`` and ``customers``: int64[c, c] by source and target; ``starts`` and ``ends``: int64[c]."""

    moves: NDArray[np.int64]
    customers: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ChannelsPass(Pass[ChannelCounts, Channels]):
    """Counts moves, starts and ends."""

    names: tuple[str, ...]
    top: int | None

    def partial(self, spans: Spans) -> ChannelCounts:
        """The counts of one part."""
        channels = spans.part.channels
        return ChannelCounts(
            *count_moves(channels, spans.starts, spans.ends, spans.owners, len(self.names)),
            *count_ends(channels, spans.starts, spans.ends, len(self.names)),
        )

    def combine(self, first: ChannelCounts, second: ChannelCounts) -> ChannelCounts:
        """The sums."""
        return ChannelCounts(
            first.moves + second.moves,
            first.customers + second.customers,
            first.starts + second.starts,
            first.ends + second.ends,
        )

    def conclude(self, state: ChannelCounts) -> Answer[Channels]:
        """Name and sort what occurs."""
        moves = [
            ChannelMove(
                self.names[source],
                self.names[target],
                int(state.moves[source, target]),
                int(state.customers[source, target]),
            )
            for source, target in np.argwhere(state.moves).tolist()
        ]
        moves.sort(key=lambda move: (-move.count, move.source, move.target))
        starts, ends = _counts(state.starts, self.names), _counts(state.ends, self.names)
        return Answer(Channels(tuple(moves[: self.top]), starts, ends))


def _counts(counts: NDArray[np.int64], names: tuple[str, ...]) -> tuple[ChannelCount, ...]:
    found = [ChannelCount(name, count) for name, count in zip(names, counts.tolist(), strict=True) if count]
    return tuple(sorted(found, key=lambda each: (-each.count, each.channel)))
