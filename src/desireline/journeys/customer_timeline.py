"""The timeline of one customer over all channels, newest first, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.interactions import currency_of_amounts, read_interactions
from desireline.interactions import tables as interaction_tables
from desireline.journeys.customer_history import CustomerHistory, read_history
from desireline.store import Workspace

MOST_ON_A_PAGE = 200
USUAL_PAGE = 50


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One interaction as people see it; fields as in the schema of interactions, times in UTC, seconds, the workspace's currency.

    Attributes
    ----------
    arrival
        Its number in the log.
    seen_under
        The identifier that it was seen under, ``type:value``.
    """

    arrival: int
    occurred_at: datetime
    source: str
    channel: str
    touchpoint: str
    raw_touchpoint: str
    stage: str | None
    direction: str | None
    actor: str | None
    team: str | None
    agent: str | None
    case: str | None
    duration: float | None
    wait: float | None
    hold: float | None
    cost: float | None
    value: float | None
    outcome: str | None
    score: float | None
    score_kind: str | None
    sentiment: float | None
    text: str | None
    attributes: dict[str, str]
    seen_under: str | None


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How many interactions of a customer a channel has."""

    channel: str
    interactions: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of a timeline.

    Attributes
    ----------
    entries
        Newest first.
    total
        Interactions in the chosen channels.
    channels
        All channels of the customer, the most frequent first.
    next_before
        Ask with it for the next page; ``None`` on the last one.
    currency
        Of costs and values; ``None`` where the settings name none.
    """

    entries: tuple[TimelineEntry, ...]
    total: int
    channels: tuple[ChannelCount, ...]
    next_before: int | None
    currency: str | None


def timeline(
    workspace: Workspace,
    number: int,
    *,
    channels: Sequence[str] = (),
    before: int | None = None,
    count: int = USUAL_PAGE,
) -> Timeline:
    """A page of the timeline of the customer who has the identifier with this number.

    Parameters
    ----------
    channels
        Only these; all of them by default.
    before
        Only what is older than the interaction with this arrival number.
    count
        The most entries, from 1 to :data:`MOST_ON_A_PAGE`.

    Raises
    ------
    UnknownNameError
        No identifier has the number, or the workspace has no such channel.
    InputError
        The count is out of range, or the interaction of ``before`` is not the customer's.
    """
    if not 1 <= count <= MOST_ON_A_PAGE:
        raise InputError(phrase("expected a count from 1 to {most}, got {count}", most=MOST_ON_A_PAGE, count=count))
    history = read_history(workspace, number)
    places = _chosen(history, channels)
    end = len(places) if before is None else _end(history, places, before)
    page = places[max(0, end - count) : end][::-1]
    return Timeline(
        entries=_entries(workspace, history.part.arrivals[page].tolist()),
        total=len(places),
        channels=_channel_counts(history),
        next_before=int(history.part.arrivals[page[-1]]) if end > count else None,
        currency=currency_of_amounts(workspace),
    )


def _chosen(history: CustomerHistory, channels: Sequence[str]) -> NDArray[np.int64]:
    """The places of the interactions in these channels, oldest first."""
    names = history.index.names.channels
    for name in channels:
        if name not in names:
            close = closest_names(name, names)
            hint = (
                phrase("did you mean {close}?", close=", ".join(close))
                if close
                else phrase("channels: {names}", names=", ".join(names))
            )
            raise UnknownNameError(phrase("there is no channel {name!r}", name=name), hint=hint)
    if not channels:
        return np.arange(len(history), dtype=np.int64)
    wanted = np.array([name in channels for name in names], np.bool_)
    return np.flatnonzero(wanted[history.part.channels])


def _end(history: CustomerHistory, places: NDArray[np.int64], before: int) -> int:
    """How many of the places come before an interaction."""
    found = np.flatnonzero(history.part.arrivals == before)
    if not len(found):
        raise InputError(
            phrase("the customer has no interaction {before}", before=before),
            hint=phrase("the customer has changed since; load the timeline again"),
        )
    return int(np.searchsorted(places, found[0]))


def _channel_counts(history: CustomerHistory) -> tuple[ChannelCount, ...]:
    names = history.index.names.channels
    codes, counts = np.unique(history.part.channels, return_counts=True)
    found = [ChannelCount(names[code], count) for code, count in zip(codes.tolist(), counts.tolist(), strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.interactions, each.channel)))


def _entries(workspace: Workspace, arrivals: list[int]) -> tuple[TimelineEntry, ...]:
    rows = read_interactions(workspace, arrivals)
    with workspace.database.reading() as connection:
        known = interaction_tables.identifiers_with(connection, sorted({row["anchor"] for row in rows}))
    return tuple(_entry(row, known.get(row["anchor"])) for row in rows)


def _entry(row: dict[str, Any], anchor: tuple[str, str] | None) -> TimelineEntry:
    own = {name: row[name] for name in TimelineEntry.__dataclass_fields__ if name != "seen_under"}
    return TimelineEntry(**own, seen_under=None if anchor is None else ":".join(anchor))
