"""A map beside what happened: numbers, bindings, series, journeys behind a number."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from desireline.accounts import Right, SignedIn, needs
from desireline.base import SmallGroupError
from desireline.evidence.answers import (
    BindingAnswer,
    BindingsAnswer,
    ConditionCount,
    ExamplesAnswer,
    MeasuresAnswer,
    SeriesAnswer,
    answer,
    without_nan,
)
from desireline.evidence.bindings import StepBinding, binding_states, missing_names
from desireline.evidence.example_journeys import ExampleKind, examples
from desireline.evidence.lane_results import MapMeasures, PersonaMeasures
from desireline.evidence.map_series import MapSeries, SeriesBy, SeriesMeasure, series
from desireline.evidence.measuring import measure
from desireline.evidence.routes.asking import (
    AskedMap,
    Chosen,
    Ticket,
    ask_map,
    ask_written,
    chosen_group,
    kept,
    map_customers,
)
from desireline.evidence.signatures import CODED
from desireline.evidence.step_customers import MapCustomers
from desireline.evidence.tables import filled_fields
from desireline.evidence.withholding import withheld_binding, withheld_measures, withheld_series
from desireline.interactions import condition_text, fields_of, parse_condition
from desireline.journeys.analyses.overview import OverviewAnalysis
from desireline.journeys.index import open_index
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.emotion import EmotionLine
from desireline.journeys.routes.questions import ticket_of
from desireline.journeys.routes.reading import check_conditions
from desireline.journeys.selection import Selection
from desireline.journeys.smallest_group import EVERYBODY, check_group, fewest_shown, is_small
from desireline.store import Workspace

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Emotion = Annotated[EmotionLine | None, QueryParameter(description="Where the measured emotion comes from.")]
TimeOut = Annotated[
    str | None, QueryParameter(description="Of life cycles: after so long without anything one is over.")
]
Silent = Annotated[str, QueryParameter(description="A step is silent that nobody reached for so long.")]
ByPersona = Annotated[bool, QueryParameter(description="Also for the customers of each persona that has a segment.")]
Written = Annotated[
    bool, QueryParameter(description="The map as it is written now in the editor, be it saved as a version or not.")
]
Count = Annotated[int, QueryParameter(ge=1, le=50, description="How many journeys.")]


@get("/maps/{ident:str}/check", sync_to_thread=True)
def check_map(
    workspace: Workspace,
    user: SignedIn,
    ident: str,
    selected: Chosen,
    emotion: Emotion = None,
    personas: ByPersona = False,
    time_out: TimeOut = None,
    silent: Silent = "30d",
    version: int | None = None,
    written: Written = False,
    ticket: Ticket = None,
) -> MeasuresAnswer:
    """How journeys follow a map, with what was measured at its steps."""
    asked = ask_written(workspace, ident) if written else ask_map(workspace, ident, version)
    found = measures_of(
        workspace,
        asked,
        selected,
        fewest=fewest_shown(workspace, user),
        emotion=emotion,
        personas=personas,
        time_out=time_out,
        silent=silent,
        ticket=ticket_of(user, ticket),
    )
    return answer(found, MeasuresAnswer)


@get("/maps/{ident:str}/examples", guards=[needs(Right.SEE_CUSTOMERS)], sync_to_thread=True)
def example_journeys(
    workspace: Workspace,
    user: SignedIn,
    ident: str,
    selected: Chosen,
    what: ExampleKind,
    step: str | None = None,
    touchpoint: str | None = None,
    n: Count = 5,
    time_out: TimeOut = None,
    ticket: Ticket = None,
) -> ExamplesAnswer:
    """The latest journeys behind a number of a map."""
    asked = ask_map(workspace, ident)
    found = kept(
        workspace,
        ("map examples", ident, asked.state, selected, what, step, touchpoint, n, time_out),
        lambda progress: examples(
            workspace,
            asked.subject,
            what,
            step=step,
            touchpoint=touchpoint,
            n=n,
            time_out=time_out,
            progress=progress,
            **selected.options(),
        ),
        ticket=ticket_of(user, ticket),
    )
    return answer(found, ExamplesAnswer)


@get("/maps/{ident:str}/bindings", sync_to_thread=True)
def bindings(workspace: Workspace, user: SignedIn, ident: str, silent: Silent = "30d") -> BindingsAnswer:
    """Whether the steps of a map can be measured: bound, unbound, silent, broken."""
    asked = ask_map(workspace, ident)
    found = kept(
        workspace,
        ("map bindings", ident, asked.state, silent),
        lambda progress: binding_states(workspace, asked.subject, silent_after=silent, progress=progress),
    )
    fewest = fewest_shown(workspace, user)
    customers = map_customers(workspace, asked, Selection(), fewest)
    rows = (_binding(each, customers, fewest) for each in found)
    return BindingsAnswer(ident, tuple(rows))


@get("/maps/{ident:str}/series", sync_to_thread=True)
def map_series(
    workspace: Workspace,
    user: SignedIn,
    ident: str,
    selected: Chosen,
    step: str,
    measure: SeriesMeasure = "reach",
    by: SeriesBy = "month",
    ticket: Ticket = None,
) -> SeriesAnswer:
    """A figure at a step of a map over time."""
    asked, fewest = ask_map(workspace, ident), fewest_shown(workspace, user)
    group = chosen_group(workspace, asked, selected, fewest)
    found = kept(
        workspace,
        ("map series", ident, asked.state, selected, step, measure, by),
        lambda progress: series(
            workspace, asked.subject, step, measure, by=by, progress=progress, **selected.options()
        ),
        ticket=ticket_of(user, ticket),
    )
    return _series(withheld_series(found, map_customers(workspace, asked, group, fewest), fewest))


@get("/count", sync_to_thread=True)
def count_condition(
    workspace: Workspace,
    user: SignedIn,
    where: Annotated[str, QueryParameter(max_length=4000, description="A condition: touchpoint = 'Order placed'.")],
    period: str | None = None,
) -> ConditionCount:
    """How many interactions and customers meet a condition: for choosing what reaches a step."""
    check_conditions(user, {"where": where})
    condition = parse_condition(where)
    fewest = fewest_shown(workspace, user)
    check_group(workspace, Selection(period=period, where=where), fewest)
    found = kept(
        workspace,
        ("condition count", condition_text(condition), period),
        lambda progress: _counted(workspace, where, period),
    )
    if fewest == EVERYBODY:
        return found
    return msgspec.structs.replace(found, first=_day(workspace, found.first), last=_day(workspace, found.last))


def _day(workspace: Workspace, moment: datetime | None) -> datetime | None:
    """The beginning of its day: a moment is that of one interaction."""
    if moment is None:
        return None
    return moment.astimezone(workspace.zone).replace(hour=0, minute=0, second=0, microsecond=0)


def measures_of(
    workspace: Workspace,
    asked: AskedMap,
    selected: Chosen,
    *,
    fewest: int,
    emotion: EmotionLine | None = None,
    personas: bool = False,
    time_out: str | None = None,
    silent: timedelta | str = "30d",
    ticket: str | None = None,
) -> MapMeasures:
    """What was measured along a map, kept while nothing changes, as it is told to somebody who sees numbers of so many customers.

    Raises
    ------
    SmallGroupError
        It is about fewer.
    """
    group = chosen_group(workspace, asked, selected, fewest)
    found = kept(
        workspace,
        ("map measures", asked.subject.id, asked.version, asked.state, selected, emotion, personas, time_out, silent),
        lambda progress: measure(
            workspace,
            asked.subject,
            emotion=emotion,
            personas=personas,
            time_out=time_out,
            silent_after=silent,
            progress=progress,
            **selected.options(),
        ),
        ticket=ticket,
    )
    return found if fewest <= EVERYBODY else _withheld(workspace, asked, found, group, fewest)


def _withheld(workspace: Workspace, asked: AskedMap, found: MapMeasures, group: Selection, fewest: int) -> MapMeasures:
    """Without numbers of too few customers, and without the personas who are too few."""
    of_all = map_customers(workspace, asked, Selection(), fewest)

    def told(measures: MapMeasures, whose: Selection) -> MapMeasures:
        rare = check_group(workspace, whose, fewest)
        customers = map_customers(workspace, asked, whose, fewest)
        return withheld_measures(measures, customers, fewest, rare=rare, of_all=of_all)

    groups = {each.id: replace(group, segment=each.segment) for each in asked.subject.personas}
    shown = []
    for each in found.personas:
        with suppress(SmallGroupError):
            shown.append(PersonaMeasures(each.id, each.name, told(each.measures, groups[each.id])))
    return replace(told(found, group), personas=tuple(shown))


def _binding(found: StepBinding, customers: MapCustomers, fewest: int) -> BindingAnswer:
    """See :class:`BindingAnswer`."""
    told = withheld_binding(found, customers, fewest)
    interactions = None if is_small(customers.at_steps.get(found.step, 0), fewest) else told.interactions
    return BindingAnswer(told.step, told.state, interactions, told.last, told.broken_by)


def _counted(workspace: Workspace, where: str, period: str | None) -> ConditionCount:
    """See :class:`ConditionCount`; what it names and nobody has is told, not refused."""
    condition = parse_condition(where)
    index = open_index(workspace)
    asked = fields_of(condition) - CODED
    empty = tuple(sorted(asked - filled_fields(workspace, sorted(asked))))
    found, everything = (
        ask(workspace, OverviewAnalysis(workspace.timezone), Selection(period=period, where=each))
        for each in (condition, None)
    )
    return ConditionCount(
        where=condition_text(condition),
        interactions=found.interactions,
        customers=found.customers,
        total=everything.interactions,
        first=_moment(found.first_us),
        last=_moment(found.last_us),
        missing=missing_names(condition, index.names, empty),
    )


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


def _series(found: MapSeries) -> SeriesAnswer:
    """With one name for the month or week of a point."""
    said = found.to_dict()
    points = [{**each, "name": each[found.by]} for each in said["points"]]
    return msgspec.convert(without_nan({**said, "points": points}), SeriesAnswer, strict=False)
