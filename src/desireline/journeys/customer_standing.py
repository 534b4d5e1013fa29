"""Where one customer stands in each journey that is defined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from desireline.interactions import count_log
from desireline.journeys.customer_history import CustomerHistory, read_history
from desireline.journeys.definitions import JourneyDefinition, read_definitions
from desireline.journeys.following import ExpectedNext, what_follows
from desireline.journeys.model import OUTCOMES
from desireline.journeys.selection import Selection, make_cutter
from desireline.store import Workspace

NEVER = "never begun"
UNDER_WAY = "under way"
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class JourneyStanding:
    """Where a customer stands in a journey; of several journeys of one definition the newest counts.

    Attributes
    ----------
    journey, name
        The definition.
    state
        ``under way``, ``reached``, ``ended``, ``timed out`` or ``never begun``.
    since
        When it began.
    last_at, last_touchpoint
        Its last interaction so far.
    interactions
        How many it has.
    journeys
        How many of this definition the customer has had.
    expected
        What usually comes next, where it is under way.
    waiting_seconds
        Since its last interaction, seen from the last moment that the workspace knows of.
    overdue
        Whether nine of ten had come sooner.
    times_out_at
        When it counts as given up.
    """

    journey: str
    name: str
    state: str
    since: datetime | None = None
    last_at: datetime | None = None
    last_touchpoint: str | None = None
    interactions: int = 0
    journeys: int = 0
    expected: ExpectedNext | None = None
    waiting_seconds: float | None = None
    overdue: bool = False
    times_out_at: datetime | None = None


def customer_standing(workspace: Workspace, number: int) -> tuple[JourneyStanding, ...]:
    """The standing in every journey definition: what is under way first, then in the order of the file.

    Raises
    ------
    UnknownNameError
        No identifier has this number.
    """
    history = read_history(workspace, number)
    found = [_standing(workspace, history, each) for each in read_definitions(workspace)]
    return tuple(sorted(found, key=lambda each: (each.state != UNDER_WAY, each.state == NEVER)))


def _standing(workspace: Workspace, history: CustomerHistory, definition: JourneyDefinition) -> JourneyStanding:
    names = history.index.names
    spans = make_cutter(workspace, Selection(journey=definition), names)(history.part)
    if spans.outcomes is None or not len(spans.starts):
        return JourneyStanding(definition.ident, definition.name, NEVER)
    first, last = int(spans.starts[-1]), int(spans.ends[-1]) - 1
    last_at, code = _moment(int(spans.part.times[last])), int(spans.part.touchpoints[last])
    outcome = OUTCOMES[int(spans.outcomes[-1])]
    standing = JourneyStanding(
        journey=definition.ident,
        name=definition.name,
        state=UNDER_WAY if outcome == "unfinished" else outcome,
        since=_moment(int(spans.part.times[first])),
        last_at=last_at,
        last_touchpoint=names.touchpoints[code],
        interactions=last - first + 1,
        journeys=len(spans.starts),
    )
    if standing.state != UNDER_WAY:
        return standing
    return _waiting(workspace, history, definition, standing, last_at, code)


def _waiting(
    workspace: Workspace,
    history: CustomerHistory,
    definition: JourneyDefinition,
    standing: JourneyStanding,
    last_at: datetime,
    code: int,
) -> JourneyStanding:
    known_until = max(count_log(workspace).record_end or last_at, last_at)
    waiting = (known_until - last_at).total_seconds()
    expected = what_follows(workspace, history.index, definition, code)
    return replace(
        standing,
        expected=expected,
        waiting_seconds=waiting,
        overdue=expected is not None and waiting > expected.late_after_seconds,
        times_out_at=last_at + definition.time_out,
    )


def _moment(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND
