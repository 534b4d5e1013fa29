"""Journeys behind findings: those in which just as much happened as was counted on these days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import desireline
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys.analyses.insights import InsightsAnalysis
from desireline.journeys.analyses.insights.counting import Counted, CountingPass
from desireline.journeys.analyses.insights.goals import Goals
from desireline.journeys.analyses.insights.plan import Plan
from desireline.journeys.behind import behind
from desireline.journeys.behind.changes import Change, ChangeNumber, ChangeThat, PlanReading
from desireline.journeys.definitions import read_definitions, save_definition
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.insights import Measure
from desireline.journeys.selection import Selection
from desireline.store import Workspace

START, DAYS = datetime(2026, 1, 5, tzinfo=UTC), 40
STRETCH = (date(2026, 1, 12), date(2026, 2, 8))
SEGMENTS = (None, ("plan", "gold"), ("weekday", "Monday"))


@dataclass(frozen=True)
class _Counts(CountingPass):
    """Counts, and looks for nothing."""

    def conclude(self, state: Counted) -> Answer[Any]:
        return Answer((state, self.names))


@dataclass(frozen=True)
class CountsOf:
    """What insights counts by day."""

    analysis: InsightsAnalysis
    plan: Plan

    @property
    def fields(self) -> tuple[str, ...]:
        return self.analysis.fields

    def begin(self, names: Names) -> Pass[Any, Any]:
        goals = () if self.analysis.goals is None else self.analysis.goals.ready(names)
        return _Counts(names, self.plan, goals)


@dataclass(frozen=True)
class Log:
    """A random log, and what insights counts of it."""

    workspace: Workspace
    analysis: InsightsAnalysis
    plan: Plan
    counted: Counted
    touchpoints: tuple[str, ...]

    def number(self, change: Change, that: ChangeThat) -> int:
        number = ChangeNumber(self.analysis, self.plan, change, that)
        return behind(self.workspace, number, Selection(), n=1).times

    def days(self, change: Change) -> NDArray[np.bool_]:
        first, last = ((day - date(1970, 1, 1)).days - self.plan.first_day for day in STRETCH)
        inside = np.zeros(self.plan.days, np.bool_)
        inside[first : last + 1] = True
        return ~inside if change.is_otherwise else inside

    def segment(self, change: Change) -> int:
        numbers = range(self.plan.segments)
        found = [each for each in numbers if change.segment == _short(self.plan.segment(each))]
        return found[0]


def _short(segment: tuple[str, str] | None) -> tuple[str, str] | None:
    return None if segment is None else (segment[0].removeprefix("attributes."), segment[1])


def _interactions(random: Random) -> list[NewInteraction]:
    made = []
    for customer in range(400):
        at = START + timedelta(hours=random.randrange(24 * DAYS))
        for _ in range(random.randrange(1, 16)):
            step = random.choice(["Look", "Look", "Order", "Call", "Mail"])
            fields: dict[str, Any] = {
                "source": "shop",
                "touchpoint": step,
                "channel": "phone" if step == "Call" else "web",
            }
            if step == "Call" and random.random() < 0.8:
                fields["wait"] = float(random.randrange(300))
            if step == "Mail":
                fields["direction"] = "outbound"
            plan = {"plan": "gold" if customer % 3 else "free"} if random.random() < 0.7 else {}
            made.append(NewInteraction({**fields, "occurred_at": at}, {"user": f"u{customer}"}, plan))
            at += random.choice([timedelta(), timedelta(minutes=40), timedelta(hours=26), timedelta(days=6)])
    return made


@pytest.fixture(scope="module", params=[4, 9])
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Log:
    workspace = desireline.create(tmp_path_factory.mktemp("made") / "workspace")
    save_definition(workspace, "order", {"start": "touchpoint = Look", "goal": "touchpoint = Order", "time_out": "3d"})
    record_interactions(workspace, _interactions(Random(request.param)))
    goals = Goals(workspace, read_definitions(workspace), Selection())
    analysis = InsightsAnalysis(("attributes.plan",), goals=goals)
    plan = ask(workspace, PlanReading(analysis), Selection())
    assert plan is not None
    counted, names = ask(workspace, CountsOf(analysis, plan), Selection())
    return Log(workspace, analysis, plan, counted, tuple(names.touchpoints[code] for code in plan.touchpoints))


Reader = Callable[[Log, Change, ChangeThat], Any]


def of_level(log: Log, change: Change, that: ChangeThat) -> Any:
    days = log.counted.days
    return days.active if that == "all" else days.did[log.touchpoints.index(change.subject)]


def of_transition(log: Log, change: Change, that: ChangeThat) -> Any:
    pair = tuple(log.touchpoints.index(each) for each in change.subject.split(" → "))
    days = log.counted.days
    return days.left[pair[0]] if that == "all" else days.followed[log.plan.pairs.index(pair)]


def of_wait(log: Log, change: Change, that: ChangeThat) -> Any:
    return log.counted.sums[0, next(place for place, each in enumerate(log.plan.measures) if each.field == "wait")]


def of_conversion(log: Log, change: Change, that: ChangeThat) -> Any:
    return log.counted.goals[0].days[1 if that == "all" else 0]


@pytest.mark.parametrize("is_otherwise", [False, True], ids=["these days", "other days"])
@pytest.mark.parametrize("segment", SEGMENTS, ids=["everybody", "a plan", "a weekday"])
@pytest.mark.parametrize(
    ("measure", "subject", "read"),
    [
        pytest.param("level", "Call", of_level, id="level"),
        pytest.param("transition", "Look → Order", of_transition, id="transition"),
        pytest.param("wait", "Call", of_wait, id="wait"),
        pytest.param("conversion", "order", of_conversion, id="conversion"),
    ],
)
def test_as_much_is_behind_a_finding_as_was_counted(
    measure: Measure, subject: str, read: Reader, segment: tuple[str, str] | None, is_otherwise: bool, log: Log
) -> None:
    change = Change(measure, subject, segment, *STRETCH, is_otherwise=is_otherwise)
    for that in ("all", "counted"):
        cells = read(log, change, that)[log.segment(change)]
        expected = int(cells[log.days(change)].sum())
        assert expected > 0
        assert log.number(change, that) == expected
