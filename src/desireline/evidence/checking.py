"""Asking how journeys follow a map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Unpack

from desireline.base import InputError, Progress, UnknownNameError, phrase
from desireline.evidence.alignment import AlignmentAnalysis, OpenRule
from desireline.evidence.bindings import DEFAULT_SILENT_AFTER, StepBinding, binding_states
from desireline.evidence.graph import graph_of
from desireline.evidence.results import AlignmentFigures, MapCheck, PersonaCheck, StepCheck
from desireline.evidence.signatures import marks_in
from desireline.interactions import All, count_log
from desireline.journeys import Engine, Selection, ask
from desireline.journeys.definitions import definition_named
from desireline.journeys.selection import SelectionOptions, read_condition, read_duration, read_period
from desireline.maps import JourneyMap, Persona
from desireline.store import Workspace

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def check(
    workspace: Workspace,
    journey_map: JourneyMap,
    *,
    personas: bool = False,
    silent_after: timedelta | str = DEFAULT_SILENT_AFTER,
    time_out: timedelta | str | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> MapCheck:
    """How the journeys of customers follow a map. See :class:`AlignmentAnalysis`.

    Parameters
    ----------
    journey_map
        It is looked at in its own scope. Its journey definition cuts the journeys, unless ``journey`` or ``span`` say otherwise.
    personas
        Whether to give the same figures for the customers of each persona that has a segment.
    silent_after
        A step is silent where nothing has met its condition for longer before the end of the record; also as text, ``30d``.
    time_out
        Of life cycles: one whose last interaction is at most this long before the end of the data may still go on; also as text, ``30d``.
        ``None``: none may. Sessions have their gap, journeys of a definition its time-out.

    Raises
    ------
    InputError
        No step of the map can be measured, or the selection cannot be read.
    UnknownNameError
        There is no such journey definition.
    """
    prepared = prepare(
        workspace,
        journey_map,
        selection,
        silent_after=silent_after,
        time_out=time_out,
        engine=engine,
        progress=progress,
    )
    return _check(prepared, personas=personas, engine=engine, progress=progress)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A question about a map.

    Attributes
    ----------
    bindings
        Of all steps.
    """

    workspace: Workspace
    journey_map: JourneyMap
    bindings: tuple[StepBinding, ...]
    analysis: AlignmentAnalysis
    selection: Selection


def prepare(
    workspace: Workspace,
    journey_map: JourneyMap,
    selection: SelectionOptions,
    *,
    silent_after: timedelta | str = DEFAULT_SILENT_AFTER,
    time_out: timedelta | str | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Find out which steps can be measured, and over which journeys.

    Raises
    ------
    InputError
        No step can be measured, or the selection cannot be read.
    """
    chosen = select(workspace, journey_map, selection)
    open_rule = open_rule_of(workspace, chosen, time_out)
    if not any(step.binding for step in journey_map.steps):
        raise InputError(
            phrase("no step of the map {id!r} is bound to interactions", id=journey_map.id),
            hint=phrase("say for at least one step which interactions count as reaching it: its binding"),
        )
    found = binding_states(workspace, journey_map, silent_after=silent_after, engine=engine, progress=progress)
    measured = [each.step for each in found if each.is_measured]
    if not measured:
        listed = "\n".join(f"  {each.step}: {each.text()}" for each in found if each.state == "broken")
        raise InputError(
            phrase("no step of the map {id!r} can be measured:\n{listed}", id=journey_map.id, listed=listed),
            hint=phrase("name touchpoints and channels as the workspace does"),
        )
    graph = graph_of(journey_map, measured)
    marks = tuple(marks_in(workspace, step.binding.where) for step in graph.steps if step.binding is not None)
    return Prepared(workspace, journey_map, found, AlignmentAnalysis(graph, marks, open_rule), chosen)


def select(workspace: Workspace, journey_map: JourneyMap, options: SelectionOptions) -> Selection:
    """The journeys that a map is about: cut by its definition unless the options say otherwise, of its scope.

    Raises
    ------
    UnknownNameError
        The map names a journey definition that the workspace does not have.
    """
    asked = Selection(**options)
    if asked.journey is None and "span" not in options and journey_map.journey is not None:
        try:
            asked = replace(asked, journey=definition_named(workspace, journey_map.journey))
        except UnknownNameError as error:
            named = f"the map {journey_map.id!r} looks at a journey that is not defined: {error.message}"
            raise UnknownNameError(named, hint=error.hint) from None
    scope = journey_map.scope.where
    if scope is None:
        return asked
    where = read_condition(asked.where)
    return replace(asked, where=scope if where is None else All((scope, where)))


def open_rule_of(workspace: Workspace, selection: Selection, time_out: timedelta | str | None) -> OpenRule:
    """Which spans of a selection may still go on."""
    if selection.journey is not None:
        return OpenRule()
    if selection.span == "session":
        patience = read_duration("gap", selection.gap)
    elif time_out is None:
        return OpenRule()
    else:
        patience = read_duration("time out", time_out)
    last, end = count_log(workspace).record_end, read_period(workspace, selection.period).end
    if last is None:
        return OpenRule()
    known = last if end is None else min(last, end - _MICROSECOND)
    return OpenRule(patience // _MICROSECOND, (known - _EPOCH) // _MICROSECOND)


def _check(prepared: Prepared, *, personas: bool, engine: Engine | str | None, progress: Progress | None) -> MapCheck:
    workspace, selection = prepared.workspace, prepared.selection
    segments = segments_of(prepared) if personas else ()
    everybody = checked(prepared, ask(workspace, prepared.analysis, selection, engine=engine, progress=progress))
    found = []
    for persona in segments:
        own = replace(selection, segment=persona.segment)
        figures = ask(workspace, prepared.analysis, own, engine=engine, progress=progress)
        found.append(PersonaCheck(persona.id, persona.name, checked(prepared, figures)))
    return replace(everybody, personas=tuple(found))


def segments_of(prepared: Prepared) -> tuple[Persona, ...]:
    """The personas of a map that are tied to customers.

    Raises
    ------
    InputError
        There is none, or the question is about a segment already.
    """
    found = tuple(each for each in prepared.journey_map.personas if each.segment is not None)
    if prepared.selection.segment is not None:
        raise InputError(phrase("expected either a segment or personas, which are segments themselves, got both"))
    if not found:
        raise InputError(
            phrase("no persona of the map {id!r} is tied to customers", id=prepared.journey_map.id),
            hint=phrase('say who they are: segment: "channel = app"'),
        )
    return found


def checked(prepared: Prepared, figures: AlignmentFigures) -> MapCheck:
    """What was counted, with the steps that cannot be measured."""
    counts = dict(zip((step.id for step in prepared.analysis.graph.steps), figures.steps, strict=True))
    known = {each.step: each for each in prepared.bindings}
    steps = tuple(
        StepCheck(step.id, step.name, step.optional, known[step.id], figures.journeys, counts.get(step.id))
        for step in prepared.journey_map.steps
    )
    zone = prepared.workspace.zone
    first, last = (_day(each, zone) for each in (figures.first_us, figures.last_us))
    return MapCheck(prepared.journey_map.id, prepared.journey_map.title, figures, steps, first, last)


def _day(microseconds: int | None, zone: Any) -> date | None:
    return None if microseconds is None else (_EPOCH + microseconds * _MICROSECOND).astimezone(zone).date()
