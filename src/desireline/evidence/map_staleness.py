"""How stale a map is, as a figure from data: 0 is fresh, 1 is stale. Definition with an example: docs/measured-lanes.md."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from desireline.base import InputError, Period, Phrase, Progress, joined, phrase
from desireline.evidence.bindings import StepBinding, binding_states
from desireline.evidence.checking import Prepared, prepare
from desireline.evidence.metrics import SMALL_N
from desireline.interactions import count_log
from desireline.journeys import Engine, ask
from desireline.journeys.definitions import JourneyDefinition, definition_named
from desireline.journeys.model import Result
from desireline.maps import Claim, JourneyMap
from desireline.maps.measured import Transition
from desireline.maps.storing import made_at
from desireline.store import Workspace

StalePart = Literal["drift", "bindings", "evidence", "time"]
SHORTEST_WINDOW = timedelta(days=30)
EVIDENCE_LASTS = timedelta(days=2 * 365)
REVIEW_LASTS = timedelta(days=365)
NEW_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class StalenessPart:
    """One part of the figure.

    Attributes
    ----------
    value
        From 0 to 1; ``None`` where it cannot be said.
    n
        What it is of: journeys, bindings, claims, days since the review.
    text
        In words.
    """

    name: StalePart
    value: float | None
    n: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """``{"name", "value", "n", "text"}``."""
        return {"name": self.name, "value": self.value, "n": self.n, "text": self.text}


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the ways between the steps moved.

    Attributes
    ----------
    distance
        Total variation distance of the two distributions of transitions, from 0 to 1.
    noise
        What it would be on average by chance alone.
    journeys_before, journeys_after
        With two or more steps.
    """

    distance: float
    noise: float
    journeys_before: int
    journeys_after: int

    @property
    def value(self) -> float:
        """What is beyond chance, from 0 to 1."""
        if self.noise >= 1:
            return 0.0
        return max(0.0, (self.distance - self.noise) / (1 - self.noise))


@dataclass(frozen=True, slots=True)
class Staleness(Result):
    """How stale a map is: the mean of the parts that are known, each with the same weight.

    Attributes
    ----------
    parts
        drift, bindings, evidence, time.
    drift
        ``None`` where it cannot be said.
    silent, broken
        Ids of steps whose bindings are.
    """

    map: str
    parts: tuple[StalenessPart, ...]
    drift: Drift | None
    silent: tuple[str, ...]
    broken: tuple[str, ...]

    @property
    def value(self) -> float:
        """From 0 to 1."""
        known = [each.value for each in self.parts if each.value is not None]
        return math.fsum(known) / len(known)

    def part(self, name: StalePart) -> StalenessPart:
        """One of the parts."""
        return next(each for each in self.parts if each.name == name)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each part."""
        return [each.to_dict() for each in self.parts]

    def to_dict(self) -> dict[str, Any]:
        """``{"map", "staleness", "parts": […], "drift": {…} or null, "silent": […], "broken": […]}``."""
        drift = self.drift
        return {
            "map": self.map,
            "staleness": self.value,
            "parts": self.rows(),
            "drift": None
            if drift is None
            else {
                "distance": drift.distance,
                "noise": drift.noise,
                "journeys_before": drift.journeys_before,
                "journeys_after": drift.journeys_after,
            },
            "silent": list(self.silent),
            "broken": list(self.broken),
        }


def staleness(
    workspace: Workspace,
    journey_map: JourneyMap,
    *,
    today: date,
    with_days: bool = True,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> Staleness:
    """How stale a map is.

    Parameters
    ----------
    today
        What dates are compared with.
    with_days
        Whether it is told since when a step is silent: for whoever may see customers.
    """
    since = _since(workspace, journey_map)
    bindings = binding_states(workspace, journey_map, engine=engine, progress=progress)
    drift, said = _drift(workspace, journey_map, bindings, engine=engine, progress=progress)
    parts = (
        _drift_part(drift, said),
        _bindings_part(journey_map, bindings, with_days=with_days),
        _evidence_part(journey_map, today, since),
        _time_part(journey_map, today, since),
    )
    silent, broken = (tuple(each.step for each in bindings if each.state == state) for state in ("silent", "broken"))
    return Staleness(journey_map.id, parts, drift, silent, broken)


def drift_between(
    before: Sequence[Transition], after: Sequence[Transition], journeys_before: int, journeys_after: int
) -> Drift:
    """The total variation distance of two distributions of transitions, and what chance alone makes of it.

    With ``p`` the share of a transition in both together, the difference of two shares has a standard deviation of
    ``s = sqrt(p (1 - p) (1 / n + 1 / m))`` by chance, and is ``s sqrt(2 / pi)`` on average; half the sum of these is the
    noise. ``n`` and ``m`` are journeys, for the transitions of a journey are no independent draws.

    Parameters
    ----------
    before, after
        At least one each.
    journeys_before, journeys_after
        How many of them there are; from 1.
    """
    counts = [{(each.source, each.target): each.count for each in some} for some in (before, after)]
    first, second = (sum(each.values()) for each in counts)
    pairs = sorted(set(counts[0]) | set(counts[1]))
    shares = [(counts[0].get(pair, 0) / first, counts[1].get(pair, 0) / second) for pair in pairs]
    both = [(counts[0].get(pair, 0) + counts[1].get(pair, 0)) / (first + second) for pair in pairs]
    scale = (1 / journeys_before + 1 / journeys_after) / (2 * math.pi)
    return Drift(
        distance=math.fsum(abs(a - b) for a, b in shares) / 2,
        noise=math.fsum(math.sqrt(p * (1 - p) * scale) for p in both),
        journeys_before=journeys_before,
        journeys_after=journeys_after,
    )


def _drift(
    workspace: Workspace,
    journey_map: JourneyMap,
    bindings: Sequence[StepBinding],
    *,
    engine: Engine | str | None,
    progress: Progress | None,
) -> tuple[Drift | None, Phrase]:
    """The drift since the review, or why there is none."""
    if journey_map.reviewed is None:
        return None, phrase("never reviewed")
    if not any(each.is_measured for each in bindings):
        return None, phrase("no step can be measured")
    try:
        prepared = prepare(workspace, journey_map, {}, engine=engine, progress=progress)
    except InputError as error:
        return None, joined([error.message])
    windows = _windows(prepared, journey_map.reviewed)
    if windows is None:
        return None, phrase("nothing is known from after the review")
    before, after = (
        ask(workspace, prepared.analysis, replace(prepared.selection, period=each), engine=engine, progress=progress)
        for each in windows
    )
    sizes = [figures.process.journeys for figures in (before, after)]
    if min(sizes) < SMALL_N:
        said = phrase(
            "too few journeys with two steps to say: {before} before the review, {after} after",
            before=sizes[0],
            after=sizes[1],
        )
        return None, said
    if not before.transitions or not after.transitions:
        return None, phrase("no journey goes from one place to another")
    found = drift_between(before.transitions, after.transitions, *sizes)
    return found, phrase(
        "{share:.1%} of the ways between steps moved beyond chance since {day}",
        share=found.value,
        day=journey_map.reviewed,
    )


def _windows(prepared: Prepared, reviewed: date) -> tuple[Period, Period] | None:
    """As long after the review as there is data, and as long before it; at least a month before."""
    workspace = prepared.workspace
    end = count_log(workspace).record_end
    start = datetime.combine(reviewed, time(), workspace.zone).astimezone(UTC)
    if end is None:
        return None
    end += timedelta(microseconds=1)
    said = prepared.selection.journey
    if said is not None:
        definition = said if isinstance(said, JourneyDefinition) else definition_named(workspace, str(said))
        end -= definition.time_out
    if end <= start:
        return None
    return Period(start - max(end - start, SHORTEST_WINDOW), start), Period(start, end)


def _drift_part(drift: Drift | None, said: Phrase) -> StalenessPart:
    if drift is None:
        return StalenessPart("drift", None, 0, said)
    return StalenessPart("drift", drift.value, drift.journeys_before + drift.journeys_after, said)


def _bindings_part(journey_map: JourneyMap, bindings: Sequence[StepBinding], *, with_days: bool) -> StalenessPart:
    bound = [each for each in bindings if each.state != "unbound"]
    if not bound:
        return StalenessPart("bindings", None, 0, phrase("no step is bound"))
    name_of = {step.id: step.name for step in journey_map.steps}
    gone = [
        phrase("“{step}” is {state}", step=name_of[each.step], state=each.text(with_day=with_days))
        for each in bound
        if each.state in ("silent", "broken")
    ]
    said = joined(gone, "; ") if gone else phrase("all bindings are met")
    return StalenessPart("bindings", len(gone) / len(bound), len(bound), said)


def _since(workspace: Workspace, journey_map: JourneyMap) -> date | None:
    """The day of the review; of a map that was never reviewed that on which it was made, where the workspace knows it."""
    if journey_map.reviewed is not None:
        return journey_map.reviewed
    made = made_at(workspace, "map", journey_map.id)
    return None if made is None else made.astimezone(workspace.zone).date()


def _evidence_part(journey_map: JourneyMap, today: date, since: date | None) -> StalenessPart:
    claims = list(_claims(journey_map))
    if not claims:
        return StalenessPart("evidence", None, 0, phrase("the map claims nothing"))
    if journey_map.reviewed is None and since is not None and today - since <= NEW_FOR:
        return StalenessPart("evidence", None, len(claims), phrase("the map is new: no evidence is asked for yet"))
    old = sum(not _is_known(claim, today) for claim in claims)
    said = phrase(
        "{old} of 1 claim without evidence of the last two years"
        if len(claims) == 1
        else "{old} of {claims} claims without evidence of the last two years",
        old=old,
        claims=len(claims),
    )
    return StalenessPart("evidence", old / len(claims), len(claims), said)


def _claims(journey_map: JourneyMap) -> Iterator[Claim]:
    for lane in journey_map.lanes:
        for cell in lane.cells:
            yield from cell.claims


def _is_known(claim: Claim, today: date) -> bool:
    return any(each.date is not None and today - each.date <= EVIDENCE_LASTS for each in claim.evidence)


def _time_part(journey_map: JourneyMap, today: date, since: date | None) -> StalenessPart:
    if since is None:
        return StalenessPart("time", 1.0, 0, phrase("never reviewed"))
    days = max((today - since).days, 0)
    said = phrase("reviewed 1 day ago" if days == 1 else "reviewed {days:,} days ago", days=days)
    if journey_map.reviewed is None:
        said = phrase(
            "never reviewed, made 1 day ago" if days == 1 else "never reviewed, made {days:,} days ago", days=days
        )
    return StalenessPart("time", min(1.0, days / REVIEW_LASTS.days), days, said)
