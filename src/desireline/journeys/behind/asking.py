"""Asking for the journeys behind a number, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from desireline.base import InputError, Progress, phrase
from desireline.journeys.behind.finding import NOWHERE, Finder, Number
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Result, Spans
from desireline.journeys.naming import identifiers_of
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection
from desireline.kernels.sessions import count_customers
from desireline.store import Workspace

DEFAULT_COUNT = 12
MOST_EXAMPLES = 100
MOST_SHOWN = 200
"""Of a longer journey so many interactions are shown: those around what the number is about."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BehindInteraction:
    """One interaction of a journey; ``is_it``: what the number is about."""

    at: datetime
    touchpoint: str
    channel: str
    arrival: int
    is_it: bool

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "at": self.at.isoformat(),
            "touchpoint": self.touchpoint,
            "channel": self.channel,
            "arrival": self.arrival,
            "is_it": self.is_it,
        }


@dataclass(frozen=True, slots=True)
class BehindJourney:
    """A journey behind a number.

    Attributes
    ----------
    customer
        The key of the customer.
    identifier
        What its last interaction was seen under, ``type:value``; ``None`` where that is no longer known.
    earlier, later
        How many interactions come before and after those that are shown.
    """

    customer: int
    interactions: tuple[BehindInteraction, ...]
    earlier: int
    later: int
    identifier: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON; the key is a text, for some readers of JSON know no such large numbers."""
        return {
            "customer": str(self.customer),
            "identifier": self.identifier,
            "earlier": self.earlier,
            "later": self.later,
            "interactions": [each.to_dict() for each in self.interactions],
        }


@dataclass(frozen=True, slots=True)
class JourneysBehind(Result):
    """How many journeys of how many customers are behind a number, and the latest of them.

    ``times``: how often what the number is about happened in them.
    """

    times: int
    journeys: int
    customers: int
    examples: tuple[BehindJourney, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each interaction of each journey, numbered from 1."""
        return [
            {"journey": number, "customer": str(each.customer), "identifier": each.identifier, **interaction.to_dict()}
            for number, each in enumerate(self.examples, start=1)
            for interaction in each.interactions
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"times", "journeys", "customers", "examples": [{"customer", "identifier", "earlier", "later", "interactions"}]}``."""
        return {
            "times": self.times,
            "journeys": self.journeys,
            "customers": self.customers,
            "examples": [each.to_dict() for each in self.examples],
        }


def behind(
    workspace: Workspace,
    number: Number,
    selection: Selection,
    *,
    n: int = DEFAULT_COUNT,
    progress: Progress | None = None,
) -> JourneysBehind:
    """The latest journeys behind a number of an answer that was asked with the same selection.

    Parameters
    ----------
    n
        How many, 1 to 100.

    Raises
    ------
    InputError
        The number, or the selection, cannot be had.
    """
    if not 1 <= n <= MOST_EXAMPLES:
        raise InputError(phrase("n: expected 1 to {most}, got {n}", most=MOST_EXAMPLES, n=n))
    found = ask(workspace, _BehindAnalysis(workspace, number, n), selection, engine="local", progress=progress)
    known = identifiers_of(workspace, [each.interactions[-1].arrival for each in found.examples])
    named = (replace(each, identifier=known.get(each.interactions[-1].arrival)) for each in found.examples)
    return replace(found, examples=tuple(named))


@dataclass(frozen=True, slots=True, eq=False)
class _BehindAnalysis:
    workspace: Workspace
    number: Number
    n: int

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(getattr(self.number, "fields", ()))

    def begin(self, names: Names) -> Pass[Any, JourneysBehind]:
        return _BehindPass(self.number.finder(self.workspace, names), names, self.n)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """How many there are, and the latest with the time of their last interaction."""

    times: int
    journeys: int
    customers: int
    latest: tuple[tuple[int, BehindJourney], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _BehindPass(Pass[_Found, JourneysBehind]):
    find: Finder
    names: Names
    n: int

    def partial(self, spans: Spans) -> _Found:
        found = self.find(spans)
        last = spans.ends[found.spans] - 1
        order = np.lexsort((-spans.part.arrivals[last], -spans.part.times[last]))[: self.n]
        latest = tuple(
            (int(spans.part.times[spans.ends[span] - 1]), self._journey(spans, span, place))
            for span, place in zip(found.spans[order].tolist(), found.places[order].tolist(), strict=True)
        )
        times = len(found.spans) if found.times is None else found.times
        return _Found(times, len(found.spans), count_customers(spans.owners[found.spans]), latest)

    def combine(self, first: _Found, second: _Found) -> _Found:
        both = sorted(first.latest + second.latest, key=_latest_first)
        return _Found(
            times=first.times + second.times,
            journeys=first.journeys + second.journeys,
            customers=first.customers + second.customers,
            latest=tuple(both[: self.n]),
        )

    def conclude(self, state: _Found) -> Answer[JourneysBehind]:
        latest = tuple(journey for _, journey in state.latest)
        return Answer(JourneysBehind(state.times, state.journeys, state.customers, latest))

    def _journey(self, spans: Spans, span: int, place: int) -> BehindJourney:
        start, end = int(spans.starts[span]), int(spans.ends[span])
        around = end - 1 if place == NOWHERE else place
        first = max(start, min(around - MOST_SHOWN // 2, end - MOST_SHOWN))
        beyond = min(end, first + MOST_SHOWN)
        part = spans.part
        interactions = tuple(
            BehindInteraction(
                at=_EPOCH + timedelta(microseconds=int(part.times[at])),
                touchpoint=self.names.touchpoints[part.touchpoints[at]],
                channel=self.names.channels[part.channels[at]],
                arrival=int(part.arrivals[at]),
                is_it=at == place,
            )
            for at in range(first, beyond)
        )
        customer = int(part.customers[spans.owners[span]])
        return BehindJourney(customer, interactions, first - start, end - beyond)


def _latest_first(each: tuple[int, BehindJourney]) -> tuple[int, int, int]:
    time, journey = each
    return -time, -journey.interactions[-1].arrival, journey.customer
