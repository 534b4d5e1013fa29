"""Whether the steps of a map can be measured: bound, unbound, silent, broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import Progress, closest_names, format_day, phrase
from desireline.evidence.signatures import CODED, MarksOf, Signatures, make_signatures, marks_in
from desireline.evidence.tables import filled_fields
from desireline.interactions import All, Any_, Comparison, Condition, Not, condition_test, count_log, fields_of
from desireline.journeys import Engine, Selection, ask
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.selection import read_duration
from desireline.kernels.alignment import last_times
from desireline.maps import JourneyMap
from desireline.maps.measured import BindingState, Measured, StepMeasures
from desireline.store import Workspace

DEFAULT_SILENT_AFTER = timedelta(days=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StepBinding:
    """What is known of a step's binding.

    Attributes
    ----------
    step
        Id of the step.
    state
        ``unbound``: it has no condition. ``broken``: its condition names what the workspace does not have. ``silent``: nothing has met it
        for a long time before the end of the data, or ever. Else ``bound``.
    interactions
        How many in all of the data meet the condition.
    last
        The day of the last of them, by the clock of the workspace.
    broken_by
        What is gone, with the nearest names that are there.
    """

    step: str
    state: BindingState
    interactions: int = 0
    last: date | None = None
    broken_by: str | None = None

    @property
    def is_measured(self) -> bool:
        """Whether interactions can be counted: it is bound, and where something that it names is gone, something else still meets it."""
        return self.state in ("bound", "silent") or self.interactions > 0

    def text(self, *, with_day: bool = True) -> str:
        """The state for people; the day since when it is silent is that of somebody's interaction."""
        if self.state == "silent" and self.last is not None and not with_day:
            return phrase("silent")
        if self.state == "silent":
            return (
                phrase("silent: never met")
                if self.last is None
                else phrase("silent since {day}", day=format_day(self.last))
            )
        return phrase("broken: {broken_by}", broken_by=self.broken_by) if self.state == "broken" else self.state

    def measures(self) -> StepMeasures:
        """What a map shows of it."""
        return StepMeasures(self.step, self.state, self.last if self.state == "silent" else None, self.broken_by)

    def to_dict(self) -> dict[str, Any]:
        """``{"state", "last", "broken_by"}``."""
        return {
            "state": self.state,
            "last": None if self.last is None else self.last.isoformat(),
            "broken_by": self.broken_by,
        }


def binding_states(
    workspace: Workspace,
    journey_map: JourneyMap,
    *,
    silent_after: timedelta | str = DEFAULT_SILENT_AFTER,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> tuple[StepBinding, ...]:
    """The bindings of all steps of a map, in its order, whatever period or journeys one looks at.

    Parameters
    ----------
    silent_after
        A step is silent where nothing has met its condition for longer than this before the end of the record; also as text, ``30d``.
    """
    quiet = read_duration("silent after", silent_after)
    bound = [(step.id, step.binding.where) for step in journey_map.steps if step.binding is not None]
    if not bound:
        return tuple(StepBinding(step.id, "unbound") for step in journey_map.steps)
    asked = {name for _, condition in bound for name in fields_of(condition)} - CODED
    empty = tuple(sorted(asked - set(filled_fields(workspace, sorted(asked)))))
    analysis = BindingsAnalysis(
        tuple(BoundStep(ident, condition, marks_in(workspace, condition)) for ident, condition in bound), empty
    )
    found = {each.step: each for each in ask(workspace, analysis, Selection(), engine=engine, progress=progress)}
    end = count_log(workspace).record_end
    return tuple(
        _judged(found[step.id], end, quiet, workspace) if step.id in found else StepBinding(step.id, "unbound")
        for step in journey_map.steps
    )


def measured_bindings(
    workspace: Workspace,
    journey_map: JourneyMap,
    *,
    silent_after: timedelta | str = DEFAULT_SILENT_AFTER,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> Measured | None:
    """The bindings of a map, and nothing else of what was measured, for the linter; ``None``: there are no interactions.

    Parameters are those of :func:`binding_states`.
    """
    if count_log(workspace).last_at is None:
        return None
    found = binding_states(workspace, journey_map, silent_after=silent_after, engine=engine, progress=progress)
    return Measured(journey_map.id, journeys=0, fit=None, steps=tuple(each.measures() for each in found))


def _judged(seen: SeenStep, end: datetime | None, quiet: timedelta, workspace: Workspace) -> StepBinding:
    last = None if seen.last_us is None else _EPOCH + timedelta(microseconds=seen.last_us)
    is_silent = last is None or (end is not None and end - last > quiet)
    state: BindingState = "broken" if seen.gone else "silent" if is_silent else "bound"
    day = None if last is None else last.astimezone(workspace.zone).date()
    return StepBinding(seen.step, state, seen.interactions, day, "; ".join(seen.gone) or None)


def missing_names(condition: Condition, names: Names, empty: Sequence[str] = ()) -> tuple[str, ...]:
    """What a condition names that the workspace does not have, each once, with the nearest names that it has.

    Parameters
    ----------
    empty
        Fields that no interaction has.
    """
    known = {"touchpoint": names.touchpoints, "channel": names.channels, "stage": names.stages}
    found: list[str] = []
    for comparison in _comparisons(condition):
        if comparison.field in empty:
            found.append(phrase("no interaction has {field}", field=comparison.field))
        elif comparison.field in known:
            found += _gone(comparison, known[comparison.field])
    return tuple(dict.fromkeys(found))


def _gone(comparison: Comparison, known: Sequence[str]) -> Iterator[str]:
    match comparison.operator, comparison.value:
        case (("equals" | "not_equals"), str() as value):
            values: tuple[Any, ...] = (value,)
        case "in", tuple() as several:
            values = several
        case (("contains" | "starts_with" as word), str() as part):
            test = condition_test(comparison)
            if not any(test({comparison.field: name}) for name in known):
                yield (
                    phrase("no {field} contains {part!r}", field=comparison.field, part=part)
                    if word == "contains"
                    else phrase("no {field} starts with {part!r}", field=comparison.field, part=part)
                )
            return
        case _:
            return
    for value in values:
        if value not in known:
            close = closest_names(str(value), known)
            near = phrase(" (near: {close})", close=", ".join(close)) if close else ""
            yield phrase("no {field} {value!r}{near}", field=comparison.field, value=value, near=near)


def _comparisons(condition: Condition) -> Iterator[Comparison]:
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from _comparisons(part)
        case All(parts) | Any_(parts):
            for part in parts:
                yield from _comparisons(part)


@dataclass(frozen=True, slots=True)
class BoundStep:
    """A step with its condition."""

    step: str
    condition: Condition
    marks: MarksOf


@dataclass(frozen=True, slots=True)
class SeenStep:
    """How many interactions met a step's condition, the time of the last (microseconds since 1970, UTC), and what is gone."""

    step: str
    interactions: int
    last_us: int | None
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BindingsAnalysis:
    """How often and when last the conditions of steps were met.

    Parameters
    ----------
    steps
        At least one.
    empty
        Fields that no interaction has.
    """

    steps: tuple[BoundStep, ...]
    empty: tuple[str, ...] = ()

    def begin(self, names: Names) -> Pass[Any, tuple[SeenStep, ...]]:
        """One reading."""
        gone = tuple(missing_names(each.condition, names, self.empty) for each in self.steps)
        signatures = make_signatures([each.marks(names) for each in self.steps], names)
        return BindingsPass(tuple(each.step for each in self.steps), gone, signatures)


@dataclass(frozen=True, slots=True)
class BindingsPass(Pass[NDArray[np.int64], "tuple[SeenStep, ...]"]):
    """Counts, and takes the latest time: int64[2, steps]."""

    steps: tuple[str, ...]
    gone: tuple[tuple[str, ...], ...]
    signatures: Signatures

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """Of one part."""
        signed = self.signatures.of(spans.part)
        return np.stack(last_times(signed, spans.part.times, spans.starts, spans.ends, len(self.steps)))

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums, and the later times."""
        return np.stack([first[0] + second[0], np.maximum(first[1], second[1])])

    def conclude(self, state: NDArray[np.int64]) -> Answer[tuple[SeenStep, ...]]:
        """In the order of the steps."""
        rows = zip(self.steps, state[0].tolist(), state[1].tolist(), self.gone, strict=True)
        return Answer(tuple(SeenStep(step, count, last if count else None, gone) for step, count, last, gone in rows))
