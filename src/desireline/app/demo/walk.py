"""Journeys as small semi-Markov scripts, and walking many of them at once.

A script names states; a state may leave an interaction behind (its kind), says how the journey is called when
it ends there, and where it goes on: to which state, how often, after what median wait. Waits are log-normal.
All journeys of one script take their next step together, so the cost is a few array operations a step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from desireline.app.demo.catalogue import WEB_INSTEAD_OF_APP, Department, Kind
from desireline.app.demo.company import People, draw_browser
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import END, HOUR, START, Flags, Integers
from desireline.app.demo.rhythm import Hours, settle

_MOST_STEPS = 60
_NO_KIND = -1
_CHANGES_BROWSER = 0.3


@dataclass(frozen=True)
class Step:
    """Where a journey goes on: the state, the share that takes this way, the median wait in seconds."""

    to: str
    share: float
    seconds: float
    spread: float = 0.8


@dataclass(frozen=True)
class State:
    """Where a journey can be; without a kind it is a fork that leaves nothing behind."""

    kind: Kind | None
    ends: str
    steps: Sequence[Step] = ()
    detail: int = 0
    hours: Hours = Hours.WAKING


@dataclass(frozen=True)
class Arrivals:
    """Journeys that arrive in a state: who, when, by which browser."""

    people: People
    person: NDArray[np.int32]
    at: Integers
    slot: NDArray[np.int8]


Condition: TypeAlias = Callable[[Arrivals], Flags]


@dataclass(frozen=True)
class Redirect:
    """A planted problem at work: arrivals in one state go to another where the condition holds."""

    script: str
    state: str
    to: str
    where: Condition


@dataclass(frozen=True)
class Script:
    """One kind of journey: its states by name; the first one is where it begins."""

    name: str
    states: Mapping[str, State]

    @cached_property
    def tables(self) -> "ScriptTables":
        """The script as arrays."""
        return _compile(self)


@dataclass(frozen=True)
class ScriptTables:
    """A script as arrays, a row for each state; `ways` counts the steps, `bound` is their
    cumulative shares, `target` the states they lead to."""

    names: tuple[str, ...]
    kind: Integers
    detail: Integers
    hours: Integers
    ways: Integers
    bound: NDArray[np.float64]
    target: Integers
    log_wait: NDArray[np.float64]
    spread: NDArray[np.float64]


@dataclass(frozen=True)
class Begins:
    """Journeys about to begin: who, when (UTC ms), by which device slot, what about (campaign, product)."""

    person: NDArray[np.int32]
    at: Integers
    slot: NDArray[np.int8]
    payload: NDArray[np.int16]

    def __len__(self) -> int:
        """How many journeys."""
        return len(self.person)

    def only(self, keep: Flags) -> "Begins":
        """Those journeys where `keep` holds."""
        return Begins(self.person[keep], self.at[keep], self.slot[keep], self.payload[keep])


@dataclass(frozen=True)
class Happenings:
    """Interactions as they really happened, before departments write them down: one entry for each."""

    person: NDArray[np.int32]
    at: Integers
    kind: NDArray[np.int16]
    detail: NDArray[np.int8]
    payload: NDArray[np.int16]
    slot: NDArray[np.int8]
    journey: NDArray[np.int32]

    def __len__(self) -> int:
        """How many interactions."""
        return len(self.person)

    def only(self, keep: NDArray[np.bool_] | NDArray[np.int64]) -> "Happenings":
        """Those where `keep` holds, or those at the places `keep` lists, in that order."""
        return Happenings(*(getattr(self, field.name)[keep] for field in fields(self)))


@dataclass(frozen=True)
class Walked:
    """Journeys that were walked: what happened, and how each ended; `cut_off` by the end of the half year."""

    script: Script
    person: NDArray[np.int32]
    started_at: Integers
    ended_at: Integers
    last_state: Integers
    cut_off: Flags
    happenings: Happenings

    @property
    def outcomes(self) -> list[str]:
        """How journeys of this script end, one for each state."""
        return [state.ends for state in self.script.states.values()]


def walk(
    script: Script,
    begins: Begins,
    people: People,
    redirects: Sequence[Redirect],
    rng: np.random.Generator,
) -> Walked:
    """Walk every journey to its end or to the end of the half year.

    `Happenings.journey` counts within this call. People without the app do on the web what can be done there.
    """
    tables = script.tables
    active, at, slot = np.arange(len(begins)), begins.at.copy(), begins.slot.copy()
    state = np.zeros(len(begins), dtype=np.int64)
    ended_at, last_state, cut_off = at.copy(), state.copy(), np.zeros(len(begins), dtype=np.bool_)
    trail: list[Happenings] = []
    for _ in range(_MOST_STEPS):
        inside = (at < END) & (at >= START)
        cut_off[active[~inside]] = True
        active, at, slot, state = active[inside], at[inside], slot[inside], state[inside]
        if not len(active):
            break
        arrivals = Arrivals(people, begins.person[active], at, slot)
        state = _redirected(script, state, arrivals, redirects)
        ended_at[active], last_state[active] = at, state
        trail.append(_leave_behind(tables, state, arrivals, begins.payload[active], active))
        way, goes_on = _draw_ways(tables, state, rng)
        active, state, way = active[goes_on], state[goes_on], way[goes_on]
        before = at[goes_on]
        at, state = _step(tables, before, state, way, rng)
        slot = _change_browser(people, begins.person[active], slot[goes_on], at - before, rng)
    return Walked(script, begins.person, begins.at, ended_at, last_state, cut_off, concatenate(trail))


def concatenate(parts: Sequence[Happenings]) -> Happenings:
    """All parts after one another."""
    columns = (
        np.concatenate([getattr(part, field.name) for part in (_nothing(), *parts)]) for field in fields(Happenings)
    )
    return Happenings(*columns)


def _nothing() -> Happenings:
    return Happenings(
        np.zeros(0, np.int32),
        np.zeros(0, np.int64),
        np.zeros(0, np.int16),
        np.zeros(0, np.int8),
        np.zeros(0, np.int16),
        np.zeros(0, np.int8),
        np.zeros(0, np.int32),
    )


def _compile(script: Script) -> ScriptTables:
    names = tuple(script.states)
    states = list(script.states.values())
    width = max(1, *(len(state.steps) for state in states))
    bound = np.full((len(states), width), np.inf)
    target = np.zeros((len(states), width), dtype=np.int64)
    log_wait, spread = np.zeros((len(states), width)), np.zeros((len(states), width))
    for row, state in enumerate(states):
        shares = np.cumsum([step.share for step in state.steps])
        if len(shares) and shares[-1] > 1.0 + 1e-9:
            raise AssertionError(f"{script.name}: shares after state {names[row]!r} sum to {shares[-1]}")
        for column, step in enumerate(state.steps):
            bound[row, column], target[row, column] = shares[column], names.index(step.to)
            log_wait[row, column], spread[row, column] = np.log(max(step.seconds, 0.001) * 1000), step.spread
    return ScriptTables(
        names=names,
        kind=np.array([_NO_KIND if state.kind is None else state.kind for state in states]),
        detail=np.array([state.detail for state in states]),
        hours=np.array([int(state.hours) for state in states]),
        ways=np.array([len(state.steps) for state in states]),
        bound=bound,
        target=target,
        log_wait=log_wait,
        spread=spread,
    )


def _redirected(script: Script, state: Integers, arrivals: Arrivals, redirects: Sequence[Redirect]) -> Integers:
    names = script.tables.names
    redirected = state.copy()
    for redirect in redirects:
        if redirect.script == script.name:
            there = state == names.index(redirect.state)
            redirected[there & redirect.where(arrivals)] = names.index(redirect.to)
    return redirected


def _leave_behind(
    tables: ScriptTables,
    state: Integers,
    arrivals: Arrivals,
    payload: NDArray[np.int16],
    journey: Integers,
) -> Happenings:
    kind = tables.kind[state]
    at_kiosk = arrivals.slot == Slot.KIOSK
    without_app = ~arrivals.people.has_app[arrivals.person] & ~at_kiosk
    for of_app, of_web in WEB_INSTEAD_OF_APP.items():
        kind = np.where(without_app & (kind == of_app), of_web, kind)
    in_app = kind // 100 == Department.APP
    slot = np.where(in_app & ~at_kiosk, Slot.APP_DEVICE, arrivals.slot).astype(np.int8)
    seen = (kind != _NO_KIND) & ~(in_app & without_app)
    return Happenings(
        arrivals.person,
        arrivals.at,
        kind.astype(np.int16),
        tables.detail[state].astype(np.int8),
        payload,
        slot,
        journey.astype(np.int32),
    ).only(seen)


def _draw_ways(tables: ScriptTables, state: Integers, rng: np.random.Generator) -> tuple[Integers, Flags]:
    """Which step each journey takes, and whether it takes one at all."""
    draw = rng.random(len(state))
    way = (draw[:, None] >= tables.bound[state]).sum(axis=1)
    return way, way < tables.ways[state]


def _step(
    tables: ScriptTables, before: Integers, state: Integers, way: Integers, rng: np.random.Generator
) -> tuple[Integers, Integers]:
    """When each journey arrives next, and in which state."""
    target = tables.target[state, way]
    noise = rng.normal(0.0, 1.0, len(state)) * tables.spread[state, way]
    wait = np.exp(tables.log_wait[state, way] + noise).astype(np.int64)
    return settle(before, before + wait, tables.hours[target], rng), target


def _change_browser(
    people: People,
    person: NDArray[np.int32],
    slot: NDArray[np.int8],
    waited: Integers,
    rng: np.random.Generator,
) -> NDArray[np.int8]:
    changes = (waited > HOUR) & (rng.random(len(slot)) < _CHANGES_BROWSER) & (slot != Slot.KIOSK)
    return np.where(changes, draw_browser(people, person, rng), slot).astype(np.int8)
