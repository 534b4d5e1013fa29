"""The journeys behind a number of a checked map, as timelines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Unpack, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Progress, UnknownNameError, closest_names, phrase
from desireline.evidence.alignment import Aligned, Aligner, AlignmentAnalysis
from desireline.evidence.checking import prepare
from desireline.evidence.results import STEP_FACTS
from desireline.evidence.tables import identifiers_of
from desireline.journeys import Engine, ask
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Result, Spans
from desireline.journeys.selection import SelectionOptions, check_one_of
from desireline.kernels.alignment import Signed
from desireline.maps import JourneyMap
from desireline.store import Workspace

ExampleKind = Literal["reached", "skipped", "repeated", "out_of_order", "left", "open", "unplanned"]
Role = Literal["", "placed", "repeated", "out of order", "unplanned", "not counted again"]
ROLES: tuple[Role, ...] = ("", "placed", "repeated", "out of order", "unplanned", "not counted again")
"""What an interaction is, in the order of the kernel's codes."""
DEFAULT_COUNT = 5
MOST_EXAMPLES = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ExampleInteraction:
    """One interaction of a journey.

    Attributes
    ----------
    arrival
        Its arrival number, its place in the log.
    step
        The step at which it has its place; else the first that it counts for; ``None``: it counts for none.
    skipped
        Steps that were passed over before it, where it has a place.
    """

    at: datetime
    touchpoint: str
    channel: str
    arrival: int
    role: Role
    step: str | None = None
    skipped: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "at": self.at.isoformat(),
            "touchpoint": self.touchpoint,
            "channel": self.channel,
            "arrival": self.arrival,
            "role": self.role,
            "step": self.step,
            "skipped": list(self.skipped),
        }


@dataclass(frozen=True, slots=True)
class ExampleJourney:
    """A journey with its alignment.

    Attributes
    ----------
    customer
        The key of the customer.
    cost
        Of the alignment: interactions without a place, and mandatory steps passed over or left out at the end.
    identifier
        What its last interaction was seen under, ``type:value``; ``None`` where that is no longer known.
    """

    customer: int
    cost: int
    interactions: tuple[ExampleInteraction, ...]
    identifier: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "customer": self.customer,
            "identifier": self.identifier,
            "cost": self.cost,
            "interactions": [each.to_dict() for each in self.interactions],
        }


@dataclass(frozen=True, slots=True)
class MapExamples(Result):
    """Journeys behind one number: the latest first.

    Attributes
    ----------
    what, step, touchpoint
        Which number.
    journeys
        How many journeys are behind it.
    """

    map: str
    what: ExampleKind
    step: str | None
    touchpoint: str | None
    journeys: int
    examples: tuple[ExampleJourney, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each interaction of each journey, numbered from 1."""
        return [
            {"journey": number, "customer": each.customer, "identifier": each.identifier, **interaction.to_dict()}
            for number, each in enumerate(self.examples, start=1)
            for interaction in each.interactions
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"map", "what", "step", "touchpoint", "journeys", "examples": [{"customer", "identifier", "cost", "interactions"}]}``."""
        return {
            "map": self.map,
            "what": self.what,
            "step": self.step,
            "touchpoint": self.touchpoint,
            "journeys": self.journeys,
            "examples": [each.to_dict() for each in self.examples],
        }


def examples(
    workspace: Workspace,
    journey_map: JourneyMap,
    what: ExampleKind,
    *,
    step: str | None = None,
    touchpoint: str | None = None,
    n: int = DEFAULT_COUNT,
    time_out: timedelta | str | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> MapExamples:
    """The latest journeys behind a number that :func:`check` gives with the same options.

    Parameters
    ----------
    what
        Which number of a step; or "unplanned": interactions that no step counts, after a step, ``None`` for those before the first.
    step
        Id of the step.
    touchpoint
        Of unplanned interactions: only these.
    n
        How many, from 1 to 100.

    Raises
    ------
    InputError
        The number cannot be had.
    UnknownNameError
        There is no such step or touchpoint.
    """
    check_one_of("what", what, get_args(ExampleKind))
    if not 1 <= n <= MOST_EXAMPLES:
        raise InputError(phrase("expected 1 to {most} examples, got {n}", most=MOST_EXAMPLES, n=n))
    if what != "unplanned" and touchpoint is not None:
        raise InputError(
            phrase(
                "expected a touchpoint only of unplanned interactions, got {touchpoint!r} and {what}",
                touchpoint=touchpoint,
                what=what,
            )
        )
    prepared = prepare(workspace, journey_map, selection, time_out=time_out, engine=engine, progress=progress)
    _check_step(journey_map, prepared.analysis, what, step)
    analysis = ExamplesAnalysis(prepared.analysis, Wanted(what, step, touchpoint, n))
    found = ask(workspace, analysis, prepared.selection, engine=engine, progress=progress)
    return replace(_named(workspace, found), map=journey_map.id)


def _check_step(journey_map: JourneyMap, analysis: AlignmentAnalysis, what: ExampleKind, step: str | None) -> None:
    known = [each.id for each in journey_map.steps]
    if step is None:
        if what != "unplanned":
            raise InputError(
                phrase("expected a step, of which journeys {what}", what=what.replace("_", " ")),
                hint=phrase("steps: {listed}", listed=_listed(known)),
            )
        return
    if step not in known:
        close = closest_names(step, known)
        hint = (
            phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("steps: {listed}", listed=_listed(known))
        )
        raise UnknownNameError(
            phrase("there is no step {step!r} in the map {id!r}", step=step, id=journey_map.id), hint=hint
        )
    if step not in {each.id for each in analysis.graph.steps}:
        raise InputError(
            phrase(
                "the step {step!r} of the map {id!r} cannot be measured: it is unbound or broken",
                step=step,
                id=journey_map.id,
            )
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (" …" if len(names) > 20 else "")


def _named(workspace: Workspace, found: MapExamples) -> MapExamples:
    known = identifiers_of(workspace, [each.interactions[-1].arrival for each in found.examples])
    named = (replace(each, identifier=known.get(each.interactions[-1].arrival)) for each in found.examples)
    return replace(found, examples=tuple(named))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which number, and how many of the journeys behind it; see :func:`examples`."""

    what: ExampleKind
    step: str | None
    touchpoint: str | None
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class ExamplesAnalysis:
    """The latest journeys of which something is true: by their last interaction, then by arrival, then by customer."""

    alignment: AlignmentAnalysis
    wanted: Wanted

    def begin(self, names: Names) -> Pass[Any, MapExamples]:
        """One reading.

        Raises
        ------
        UnknownNameError
            There is no such touchpoint.
        """
        step, touchpoint = self.wanted.step, self.wanted.touchpoint
        if touchpoint is not None and touchpoint not in names.touchpoints:
            close = closest_names(touchpoint, names.touchpoints)
            hint = phrase("did you mean {close}?", close=", ".join(close)) if close else None
            raise UnknownNameError(phrase("there is no touchpoint {touchpoint!r}", touchpoint=touchpoint), hint=hint)
        steps = tuple(each.id for each in self.alignment.graph.steps)
        code = -1 if touchpoint is None else names.touchpoints.index(touchpoint)
        place = -1 if step is None else steps.index(step)
        return ExamplesPass(self.wanted, self.alignment.aligner(names), names, steps, place, code)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """How many journeys there are, and the latest of them with the time of their last interaction."""

    journeys: int
    latest: tuple[tuple[int, ExampleJourney], ...]


@dataclass(frozen=True, slots=True, eq=False)
class ExamplesPass(Pass[Found, MapExamples]):
    """Finds journeys; ``place`` and ``code``: numbers of the step and the touchpoint, -1 of none."""

    wanted: Wanted
    aligner: Aligner
    names: Names
    steps: tuple[str, ...]
    place: int
    code: int

    def partial(self, spans: Spans) -> Found:
        """Of one part."""
        found = self.aligner.align(spans)
        chosen = self._chosen(spans, found)
        last = spans.ends[chosen] - 1
        order = np.lexsort((-spans.part.arrivals[last], -spans.part.times[last]))[: self.wanted.n]
        latest = tuple(
            (int(spans.part.times[spans.ends[span] - 1]), self._journey(spans, found, span))
            for span in chosen[order].tolist()
        )
        return Found(len(chosen), latest)

    def combine(self, first: Found, second: Found) -> Found:
        """The latest of both."""
        both = sorted(first.latest + second.latest, key=_latest_first)
        return Found(first.journeys + second.journeys, tuple(both[: self.wanted.n]))

    def conclude(self, state: Found) -> Answer[MapExamples]:
        """The latest first."""
        asked, found = self.wanted, tuple(journey for _, journey in state.latest)
        return Answer(MapExamples("", asked.what, asked.step, asked.touchpoint, state.journeys, found))

    def _chosen(self, spans: Spans, found: Aligned) -> NDArray[np.int64]:
        """The numbers of the spans, ascending."""
        facts = found.facts
        if self.wanted.what != "unplanned":
            code = STEP_FACTS.index(self.wanted.what) * len(self.steps) + self.place
            return np.sort(facts.spans[facts.codes == code])
        chosen = facts.after == self.place
        if self.code >= 0:
            chosen &= spans.part.touchpoints[facts.unplanned] == self.code
        return np.unique(np.searchsorted(spans.starts, facts.unplanned[chosen], side="right") - 1)

    def _journey(self, spans: Spans, found: Aligned, span: int) -> ExampleJourney:
        before = len(self.steps)
        interactions = []
        for place in range(int(spans.starts[span]), int(spans.ends[span])):
            interactions.append(self._interaction(spans, found, place, before))
            before = int(found.alignments.placed[place]) if found.alignments.placed[place] >= 0 else before
        customer = int(spans.part.customers[spans.owners[span]])
        return ExampleJourney(customer, int(found.alignments.costs[span]), tuple(interactions))

    def _interaction(self, spans: Spans, found: Aligned, place: int, before: int) -> ExampleInteraction:
        part, at = spans.part, int(found.alignments.placed[place])
        own = at if at >= 0 else _first_step(found.signed, place)
        return ExampleInteraction(
            at=_EPOCH + timedelta(microseconds=int(part.times[place])),
            touchpoint=self.names.touchpoints[part.touchpoints[place]],
            channel=self.names.channels[part.channels[place]],
            arrival=int(part.arrivals[place]),
            role=ROLES[found.facts.roles[place]],
            step=None if own < 0 else self.steps[own],
            skipped=() if at < 0 else self._passed(before, at),
        )

    def _passed(self, before: int, at: int) -> tuple[str, ...]:
        passed = self.aligner.rules.ways.passed
        found, missed = [], int(passed[before, at])
        while missed >= 0:
            found.append(self.steps[missed])
            missed = int(passed[before, missed])
        return tuple(reversed(found))


def _first_step(signed: Signed, place: int) -> int:
    signature = signed.signatures[place]
    low, high = signed.offsets[signature], signed.offsets[signature + 1]
    return int(signed.steps[low]) if low < high else -1


def _latest_first(each: tuple[int, ExampleJourney]) -> tuple[int, int, int]:
    time, journey = each
    return -time, -journey.interactions[-1].arrival, journey.customer
