"""A first map, made from journeys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar, Unpack

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Progress, phrase
from desireline.evidence.checking import prepare
from desireline.evidence.draft_document import Drafted, Leaving, as_document
from desireline.evidence.drafting import DraftStep, draft_phases, draft_steps, folded, is_sure, ordered
from desireline.evidence.proposal_settings import ProposalSettings
from desireline.evidence.surveying import AtGoal, OrdersAnalysis, Reach, ReachAnalysis
from desireline.evidence.tables import values_of_actor
from desireline.evidence.wording import as_title
from desireline.interactions import (
    All,
    Any_,
    Comparison,
    Condition,
    Not,
    condition_text,
    fields_of,
    matching_arrivals,
    parse_condition,
)
from desireline.journeys import Analysis, Engine, Selection, ask
from desireline.journeys.definitions import JourneyDefinition, definition_named
from desireline.journeys.selection import SelectionOptions, read_condition
from desireline.journeys.smallest_group import EVERYBODY
from desireline.kernels.step_orders import Orders
from desireline.maps import Document, read_map
from desireline.store import Workspace

R = TypeVar("R")
Actors = Literal["customer", "all"]
ACTOR, CUSTOMER = "actor", "customer"
DEFAULT_STEPS, MOST_STEPS = 12, 40
_CANDIDATES_FOR_STEP = 3
_MOST_MOMENTS = 2


@dataclass(frozen=True, slots=True)
class PersonaSegment:
    """A persona that is asked for: a name, and who the customers are."""

    name: str
    segment: Condition

    @staticmethod
    def read(text: str) -> PersonaSegment:
        """Of text such as ``App people: channel = app``.

        Raises
        ------
        InputError
            It has no name, or no condition.
        """
        name, colon, condition = text.partition(":")
        if not colon or not name.strip():
            raise InputError(phrase("expected a persona such as 'App people: channel = app', got {text!r}", text=text))
        return PersonaSegment(name.strip(), parse_condition(condition))


def propose_map(
    workspace: Workspace,
    *,
    steps: int = DEFAULT_STEPS,
    title: str | None = None,
    ident: str | None = None,
    personas: Sequence[PersonaSegment] = (),
    actors: Actors = "customer",
    fewest: int = EVERYBODY,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Document:
    """A first map from the measured journeys: steps with bindings, phases, channels, and the numbers that speak for them.

    Where a journey definition cuts the journeys, and enough of them reached its goal, the map shows those: the way to the goal.
    The rules: docs/proposals.md.

    Parameters
    ----------
    steps
        At most so many, from 1 to 40.
    title
        In the customer's words; else the name of the journey definition, or what the last step that is not optional says.
    ident
        The permanent id; made of the title by default.
    personas
        Those the map shall have.
    actors
        ``customer``: what agents, bots and systems did is left out where interactions say who acted, and the scope of the map says so; ``all``:
        it is not. A condition on ``actor`` in ``where`` decides by itself.

    fewest
        Of fewer journeys nothing is written down: see :func:`~desireline.journeys.smallest_group.fewest_shown`.

    Raises
    ------
    InputError
        There are too few journeys, no touchpoint is in enough of them, or the selection cannot be read.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise InputError(
            phrase("--steps: expected a number from 1 to {most}, got {steps}", most=MOST_STEPS, steps=steps)
        )
    settings = ProposalSettings.read(workspace.section("proposals"))
    asked = _named(workspace, Selection(**selection))
    if actors == "customer":
        selection = _of_customers(workspace, selection, asked.journey)
        asked = replace(asked, where=selection.get("where"))
    everybody = ask(workspace, ReachAnalysis(), asked, engine=engine, progress=progress)
    _expect_journeys(everybody, settings)
    only_at_goal = everybody.at_goal >= settings.least_journeys

    def asked_of(analysis: Analysis[R]) -> R:
        wanted = AtGoal(analysis) if only_at_goal else analysis
        return ask(workspace, wanted, asked, engine=engine, progress=progress)

    def orders_of(groups: Sequence[Sequence[str]]) -> Orders:
        return asked_of(OrdersAnalysis(groups=groups))

    reach = asked_of(ReachAnalysis()) if only_at_goal else everybody
    candidates = _candidates(reach, steps * _CANDIDATES_FOR_STEP, settings)
    single = orders_of([(name,) for name in candidates])
    groups = folded(single, settings)[:steps]
    first = [group[0] for group in groups]
    stages = [_stage(reach, candidates[unit]) for unit in first]
    order = ordered(_between(single.before, first), stages)
    names = [tuple(candidates[unit] for unit in groups[number]) for number in order]
    counted = orders_of(names)
    drafted = draft_steps(names, counted, settings)
    made = Drafted(
        title=title or _title(asked, drafted),
        ident=ident,
        steps=drafted,
        phases=draft_phases(drafted, [stages[number] for number in order], reach.names.stages),
        journeys=reach.journeys,
        all_journeys=everybody.journeys,
        only_at_goal=only_at_goal,
        channels=tuple(_channels(reach, each) for each in names),
        first=reach.first_day(workspace.zone),
        last=reach.last_day(workspace.zone),
        definition=asked.journey if isinstance(asked.journey, JourneyDefinition) else None,
        segment=_as_text(selection.get("segment")),
        where=read_condition(selection.get("where")),
        personas=tuple((each.name, each.segment) for each in personas),
        fewest=fewest,
    )
    if made.definition is None:
        return as_document(made)
    return as_document(replace(made, leaving=_leaving(workspace, made, selection, settings, engine, progress)))


def _named(workspace: Workspace, asked: Selection) -> Selection:
    if isinstance(asked.journey, str):
        return replace(asked, journey=definition_named(workspace, asked.journey))
    return asked


def _expect_journeys(reach: Reach, settings: ProposalSettings) -> None:
    if reach.journeys >= settings.least_journeys:
        return
    found = "none" if not reach.journeys else f"{reach.journeys:,}"
    raise InputError(
        phrase(
            "expected at least {least_journeys} journeys to make a map of, got {found}",
            least_journeys=settings.least_journeys,
            found=found,
        ),
        hint=phrase(
            "import more, choose a longer --period, or lower least_journeys in the section [proposals] of the settings"
        ),
    )


def _candidates(reach: Reach, most: int, settings: ProposalSettings) -> tuple[str, ...]:
    """The touchpoints of enough journeys, the most frequent first."""
    counts, names = reach.reach, reach.names.touchpoints
    enough = [code for code in range(len(names)) if counts[code] and counts[code] >= settings.step * reach.journeys]
    if not enough:
        raise InputError(
            phrase(
                "no touchpoint is in {step:.0%} of the {journeys:,} journeys",
                step=settings.step,
                journeys=reach.journeys,
            ),
            hint=phrase("join touchpoints in the taxonomy, or lower step in the section [proposals] of the settings"),
        )
    enough.sort(key=lambda code: (-int(counts[code]), names[code]))
    return tuple(names[code] for code in enough[:most])


def _between(before: NDArray[np.int64], units: Sequence[int]) -> NDArray[np.int64]:
    return before[np.ix_(units, units)]


def _stage(reach: Reach, touchpoint: str) -> int:
    places = reach.names.stage_of
    return places[reach.names.touchpoints.index(touchpoint)] if places else -1


def _channels(reach: Reach, touchpoints: Sequence[str]) -> tuple[tuple[str, str, int], ...]:
    """Touchpoint, channel and interactions, the most frequent first."""
    found = []
    for name in touchpoints:
        row = reach.channels[reach.names.touchpoints.index(name)]
        found += [(name, reach.names.channels[code], int(row[code])) for code in np.flatnonzero(row).tolist()]
    return tuple(sorted(found, key=lambda each: (-each[2], each[:2])))


def _as_text(condition: Condition | str | Mapping[str, Any] | None) -> str | None:
    read = read_condition(condition)
    return None if read is None else condition_text(read)


def _title(asked: Selection, steps: Sequence[DraftStep]) -> str:
    if isinstance(asked.journey, JourneyDefinition):
        return asked.journey.name
    last = next((step for step in reversed(steps) if not step.optional), steps[-1])
    return as_title(last.touchpoints[0])


def _of_customers(
    workspace: Workspace, selection: SelectionOptions, definition: JourneyDefinition | str | None
) -> SelectionOptions:
    """Only what customers did by themselves, where the log says who acted; and what begins a journey or is its goal, whoever does that."""
    where = read_condition(selection.get("where"))
    known = values_of_actor(workspace)
    if CUSTOMER not in known or len(known) == 1 or (where is not None and ACTOR in fields_of(where)):
        return selection
    own: tuple[Condition, ...] = (Comparison(ACTOR, "equals", CUSTOMER),)
    if None in known:
        own = (*own, Comparison(ACTOR, "missing"))
    ends = (definition.start, definition.goal) if isinstance(definition, JourneyDefinition) else ()
    own = (*own, *(end for end in ends if _is_met_beside(workspace, end, Any_(own))))
    wanted = Any_(own) if len(own) > 1 else own[0]
    return {**selection, "where": wanted if where is None else All((wanted, where))}


def _is_met_beside(workspace: Workspace, condition: Condition, other: Condition) -> bool:
    return bool(matching_arrivals(workspace, All((condition, Not(other)))).any())


def _leaving(
    workspace: Workspace,
    made: Drafted,
    selection: SelectionOptions,
    settings: ProposalSettings,
    engine: Engine | str | None,
    progress: Progress | None,
) -> tuple[Leaving, ...]:
    """Where most journeys end short of the goal, the largest share first."""
    document = as_document(made)
    prepared = prepare(workspace, read_map(document), selection, engine=engine, progress=progress)
    figures = ask(workspace, prepared.analysis, prepared.selection, engine=engine, progress=progress)
    found = [
        Leaving(number, counts.left, counts.reached)
        for number, counts in enumerate(figures.steps)
        if is_sure(counts.left, counts.reached, settings.leaving)
    ]
    return tuple(sorted(found, key=lambda each: (-each.left / each.reached, each.step))[:_MOST_MOMENTS])
