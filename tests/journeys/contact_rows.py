"""Interactions with the fields that contacts are made of, and contacts found in them without any kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from hypothesis import strategies as st

from desireline.journeys.engine import Analysis
from desireline.journeys.engines import LocalEngine, SpanSource
from desireline.journeys.fields import PartFields, values_of
from desireline.journeys.model import Names
from desireline.journeys.spans import life

from .rows import SECOND, Row, make_part

R = TypeVar("R")
TEXTS: dict[str, tuple[str, ...]] = {
    "direction": ("outbound", "internal", "inbound"),
    "actor": ("system", "customer", "agent", "bot"),
    "team": ("North", "South", "East"),
    "agent": ("Ann", "Bob"),
    "outcome": ("left", "solved"),
    "source": ("desk", "calls"),
    "attributes.reason": ("bill", "fault"),
    "attributes.to": ("West", "South", "North"),
}
NAMES = Names(touchpoints=("Ask", "Talk", "Help read"), channels=("web", "phone", "email"), values=TEXTS)
LIVE = ("phone",)
NUMBERS = ("wait", "hold", "duration", "cost")


class Entry(NamedTuple):
    """``time`` in microseconds; the arrival number is the place in the list. ``None``: not given."""

    customer: int = 0
    time: int = 0
    channel: str = "phone"
    case: int | None = None
    touchpoint: str = "Ask"
    direction: str | None = None
    actor: str | None = None
    team: str | None = None
    agent: str | None = None
    outcome: str | None = None
    source: str = "calls"
    reason: str | None = None
    to: str | None = None
    wait: float | None = None
    hold: float | None = None
    duration: float | None = None
    cost: float | None = None

    def said(self, name: str) -> Any:
        """A field by its name."""
        return getattr(self, name.removeprefix("attributes."))


def _maybe(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


def some_entries(*, most: int = 25) -> st.SearchStrategy[list[Entry]]:
    """Few customers, cases and moments: ties, shared cases, several sources."""
    entry = st.builds(
        Entry,
        customer=st.integers(0, 2),
        time=st.integers(0, 9).map(lambda moment: moment * SECOND),
        channel=st.sampled_from(NAMES.channels),
        case=_maybe((1, 2)),
        touchpoint=st.sampled_from(NAMES.touchpoints),
        **{name: _maybe(texts) for name, texts in TEXTS.items() if "." not in name and name != "source"},
        source=st.sampled_from(TEXTS["source"]),
        reason=_maybe(TEXTS["attributes.reason"]),
        to=_maybe(TEXTS["attributes.to"]),
        **{name: _maybe((0.0, 1.5, 20.0)) for name in NUMBERS},
    )
    return st.lists(entry, max_size=most)


@dataclass(frozen=True)
class Contact:
    """The interactions of one, in order, and the one it begins with."""

    rows: list[Entry]
    begin: Entry

    @property
    def turned(self) -> list[Entry]:
        return [row for row in self.rows if row.direction != "internal"]

    def first(self, name: str) -> Any:
        """The first value of a field that it names; channel and touchpoint are those of the begin."""
        if name in ("channel", "touchpoint"):
            return self.begin.said(name)
        return next((row.said(name) for row in self.turned if row.said(name) is not None), None)

    def steps(self, name: str) -> list[Any]:
        """The values of a field, no two equal ones in a row."""
        said = [row.said(name) for row in self.turned if row.said(name) is not None]
        return [value for place, value in enumerate(said) if place == 0 or value != said[place - 1]]

    def teams(self, *, told: bool) -> list[str]:
        """The teams it goes through; those that it is transferred to, where that is told."""
        found: list[str] = []
        for row in self.turned:
            if row.team is not None and (not found or found[-1] != row.team):
                found.append(row.team)
            if told and row.to is not None:
                found += [row.to] if found else ["(not known)", row.to]
        return found

    def most(self, *names: str) -> float | None:
        """Of the sums of these fields by source the largest."""
        sums: dict[str, float] = {}
        for row in self.rows:
            told = [row.said(name) for name in names if row.said(name) is not None]
            if told:
                sums[row.source] = sums.get(row.source, 0) + sum(told)
        return max(sums.values(), default=None)

    def answers(self) -> tuple[list[tuple[int, int]], bool]:
        """When the customer asked and was answered; and whether they wait at the end."""
        found, since = [], None
        for row in self.turned:
            talks = row.duration is not None and row.duration > 0
            asks = not talks and (
                row.direction != "outbound"
                if row.actor == "customer"
                else row.actor is None and row.direction == "inbound"
            )
            replies = row.actor == "agent" or (row.actor is None and row.direction == "outbound")
            if asks and since is None:
                since = row.time
            if replies and since is not None:
                found.append((since, row.time))
                since = None
        return found, since is not None


def is_abandoned(contact: Contact, ends: tuple[str, ...]) -> bool:
    """Whether nobody answered: it ends with one of these words, and nobody talked."""
    said = [contact.rows[place].outcome for place in last_told(contact)] + [row.touchpoint for row in contact.rows]
    talked = any(row.duration is not None and row.duration > 0 for row in contact.rows)
    return not talked and any(each is not None and f" {each}".endswith(f" {end}") for each in said for end in ends)


def last_told(contact: Contact) -> list[int]:
    """The place of the last interaction with an outcome."""
    return [place for place, row in enumerate(contact.rows) if row.outcome is not None][-1:]


def is_need(entry: Entry) -> bool:
    """Whether a visit to self-service is about a need, as the usual rule says."""
    return entry.channel != "web" or entry.touchpoint == "Help read"


def contacts_of(
    entries: Sequence[Entry],
    channels: tuple[str, ...] | None,
    self_service: tuple[str, ...] = (),
    *,
    is_need: Callable[[Entry], bool] = is_need,
) -> dict[int, list[Contact]]:
    """The service contacts of each customer, by begin, and visits to these self-service channels that are about a need."""
    found: dict[int, list[Contact]] = {}
    for customer in sorted({entry.customer for entry in entries}):
        own = sorted((entry for entry in entries if entry.customer == customer), key=lambda entry: entry.time)
        grouped: dict[Any, list[Entry]] = {}
        for place, entry in enumerate(own):
            key = (entry.case, entry.channel) if entry.case is not None else ("alone", place)
            grouped.setdefault(key, []).append(entry)
        made = []
        for rows in grouped.values():
            if channels is not None:
                rows = [row for row in rows if _counts_alone(row, channels, self_service, is_need)]
            turned = [row for row in rows if row.direction != "internal"]
            if not turned or turned[0].direction == "outbound" or turned[0].actor == "system":
                continue
            handled = any(row.team is not None or row.agent is not None for row in rows)
            alone = any(
                _counts_alone(row, LIVE if channels is None else channels, self_service, is_need) for row in rows
            )
            if alone or (channels is None and handled):
                place = next(place for place, row in enumerate(own) if row is turned[0])
                made.append((place, Contact(rows, turned[0])))
        found[customer] = [contact for _, contact in sorted(made, key=lambda pair: pair[0])]
    return found


def _counts_alone(
    row: Entry, channels: tuple[str, ...], self_service: tuple[str, ...], is_need: Callable[[Entry], bool]
) -> bool:
    return is_need(row) if row.channel in self_service else row.channel in channels


def unique(entries: Sequence[Entry]) -> list[Entry]:
    """The same entries, each an object of its own."""
    return [Entry(*entry) for entry in entries]


def sources(entries: Sequence[Entry], *, parts: int = 1, names: Names = NAMES) -> list[SpanSource]:
    """The entries in so many parts (whole customers), as life cycles."""
    made = []
    for part in range(parts):
        numbers = [place for place, entry in enumerate(entries) if entry.customer % parts == part]
        own = [entries[place] for place in numbers]
        rows = [
            Row(each.customer, each.time, names.touchpoints.index(each.touchpoint), names.channels.index(each.channel))
            for each in own
        ]
        columns = {name: _column(name, own, names) for name in (*TEXTS, *NUMBERS, "case")}
        fields = PartFields(np.array(numbers, np.int64), columns)
        made.append(partial(life, replace(make_part(rows, numbers), source=fields)))
    return made


def _column(name: str, entries: Sequence[Entry], names: Names) -> Any:
    if name == "case":
        keys = [-1 if each.case is None else 10 * each.case + names.channels.index(each.channel) for each in entries]
        return np.array(keys, np.int64)
    said = [each.said(name) for each in entries]
    if values_of(name) == "number":
        return np.array([np.nan if value is None else value for value in said], np.float64)
    texts = names.values[name]
    return np.array([-1 if value is None else texts.index(value) for value in said], np.int32)


def answer(analysis: Analysis[R], entries: Sequence[Entry], *, parts: int = 1, names: Names = NAMES) -> R:
    return LocalEngine(threads=2).run(analysis, sources(entries, parts=parts, names=names), names=names)
