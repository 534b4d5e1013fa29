"""The key figures: what is measured in the period, in the one before and by week, all of it asked in one reading."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from desireline.app.home.model import Ask, Better, Figure, FigurePoint, HomePeriod, Missing
from desireline.base import Period, Progress
from desireline.interactions import CostSettings
from desireline.journeys import (
    Analysis,
    ChainsAnalysis,
    ContactsAnalysis,
    EffortAnalysis,
    OutcomesAnalysis,
    OverviewAnalysis,
    ScoresAnalysis,
    Selection,
    ask_together,
)
from desireline.journeys.analyses.chains import DEFAULT_CHAIN_GAP
from desireline.journeys.analyses.contacts import DEFAULT_REPEAT_WINDOW
from desireline.journeys.analyses.containment import ContainmentAnalysis
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.definitions import JourneyDefinition, read_definitions
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.estimates import Difference, Estimate, compare, count
from desireline.journeys.questions.arguments import transfer_field
from desireline.store import Workspace

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
Stretch = tuple[date, date]
"""The first day and the last one."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a figure is measured.

    Attributes
    ----------
    analysis
        Asked of a stretch of days.
    read
        The figure in its answer; ``None`` where it is not measured.
    longer
        So long after the stretch the record is read on: until what began in it is over.
    earlier
        So long before the end of the record the last stretch ends: what begins later is not over.
    by_week
        Whether it is also measured by week.
    """

    id: str
    question: str
    analysis: Analysis[Any]
    read: Callable[[Any], Estimate | None]
    better: Better = "neither"
    longer: timedelta = timedelta()
    earlier: timedelta = timedelta()
    by_week: bool = True
    journey: JourneyDefinition | None = None
    parameters: tuple[tuple[str, str], ...] = ()

    def asks(self, stretch: Stretch) -> Hashable:
        """Equal for measures that are read from one answer: they have the analysis in common."""
        return id(self.analysis), None if self.journey is None else self.journey.ident, self.longer, stretch


def key_figures(workspace: Workspace, period: HomePeriod, *, progress: Progress | None = None) -> tuple[Figure, ...]:
    """Every figure, also those that cannot be measured, in the order of the catalogue.

    Raises
    ------
    InputError
        The settings of contacts, costs or effort, or the journey definitions, cannot be used.
    """
    measures = list(_measures(workspace))
    asked: list[tuple[Analysis[Any], Selection]] = []
    places: dict[Hashable, int] = {}
    for measure in measures:
        for stretch in _stretches(measure, period):
            if measure.asks(stretch) not in places:
                places[measure.asks(stretch)] = len(asked)
                asked.append((measure.analysis, _selection(workspace, measure, stretch)))
    contained = _containment(workspace, period)
    answers = ask_together(workspace, [*asked, contained], progress=progress)
    found = {
        measure.id: {
            stretch: measure.read(answers[places[measure.asks(stretch)]]) for stretch in _stretches(measure, period)
        }
        for measure in measures
    }
    found["containment"] = dict(zip(_all_stretches(period), answers[-1], strict=True))
    measures.insert(_place_of_containment(measures), _CONTAINMENT)
    return tuple(_figures(measures, found, period))


def _measures(workspace: Workspace) -> Iterator[_Measure]:
    """The catalogue."""
    transferred_to = transfer_field(workspace, None)
    weights = EffortWeights.read(workspace.section("effort"))
    overview, contacts = OverviewAnalysis(workspace.timezone), ContactsAnalysis(transferred_to=transferred_to)
    yield _Measure("customers", "flow", overview, lambda found: count("customers", found.customers))
    yield _Measure("interactions", "flow", overview, lambda found: count("interactions", found.interactions))
    yield _Measure("contacts", "contacts", contacts, lambda found: count("contacts", found.total.contacts))
    yield _Measure(
        "first_contact_resolution",
        "contacts",
        contacts,
        lambda found: found.total.resolved,
        "higher",
        longer=DEFAULT_REPEAT_WINDOW,
    )
    yield _Measure("wait", "contacts", contacts, lambda found: _time(found, "wait"), "lower")
    yield _Measure("abandoned", "contacts", contacts, lambda found: _known(found.total.abandoned), "lower")
    yield _Measure("transferred", "contacts", contacts, lambda found: found.total.transferred, "lower")
    for kind in ("NPS", "CSAT", "CES"):
        scores = ScoresAnalysis(kind=kind, timezone=workspace.timezone)
        parameters = () if kind == "NPS" else (("kind", kind),)
        better: Better = "higher"
        yield _Measure(kind.lower(), "scores", scores, lambda found: found.total.score, better, parameters=parameters)
    effort = EffortAnalysis(weights=weights, transferred_to=transferred_to)
    yield _Measure("effort", "effort", effort, lambda found: found.mean, "lower")
    prices = CostSettings.read(workspace.section("costs"))
    needs = ContactSettings.read(workspace.section("contacts")).needs
    chains = ChainsAnalysis(needs=needs, prices=prices)
    yield _Measure("cost_per_need", "chains", chains, lambda found: found.cost, "lower", by_week=False)
    yield _Measure("cost_per_resolved", "chains", chains, lambda found: found.cost_per_resolved, "lower", by_week=False)
    for each in read_definitions(workspace):
        yield _Measure(
            f"conversion:{each.ident}",
            "outcomes",
            OutcomesAnalysis(),
            _conversion,
            "higher",
            earlier=each.time_out,
            journey=each,
            parameters=(("journey", each.ident),),
        )


_CONTAINMENT = _Measure("containment", "chains", OverviewAnalysis(), lambda found: None, "higher")
"""Its analysis is asked once for all stretches."""


def _place_of_containment(measures: Sequence[_Measure]) -> int:
    return 1 + next(place for place, each in enumerate(measures) if each.id == "first_contact_resolution")


def _time(found: Any, name: str) -> Estimate | None:
    return next((each.mean for each in found.total.times if each.name == name), None)


def _known(estimate: Estimate) -> Estimate | None:
    """A share of contacts; that nobody gave up is only known where somebody ever did."""
    return estimate if estimate.n else None


def _conversion(found: Any) -> Estimate | None:
    return next((each.share for each in found.outcomes if each.outcome == "reached"), None)


def _containment(workspace: Workspace, period: HomePeriod) -> tuple[Analysis[Any], Selection]:
    moments = [_period(workspace, *stretch) for stretch in _all_stretches(period)]
    stretches = tuple((_microseconds(each.start), _microseconds(each.end)) for each in moments)
    needs = ContactSettings.read(workspace.section("contacts")).needs
    return ContainmentAnalysis(stretches, DEFAULT_CHAIN_GAP, needs), Selection()


def _all_stretches(period: HomePeriod) -> list[Stretch]:
    """The period, the one before, the weeks."""
    weeks = [(week, week + _WEEK - _DAY) for week in period.weeks]
    return [(period.start, period.end), (period.before_start, period.before_end), *weeks]


def _shift(measure: _Measure, period: HomePeriod) -> timedelta:
    """How much earlier both periods of a figure lie, so that what began in them is over."""
    if not measure.earlier:
        return timedelta()
    over = period.last_day - (1 - (-measure.earlier // _DAY)) * _DAY
    return max(timedelta(), period.end - over)


def _stretches(measure: _Measure, period: HomePeriod) -> list[Stretch]:
    """Those that can be measured."""
    shift = _shift(measure, period)
    now, before, *weeks = _all_stretches(period)
    moved = [(start - shift, end - shift) for start, end in (now, before)]
    known = [(start, end) for start, end in moved if end >= period.first_day]
    if not measure.by_week:
        return known
    return list(dict.fromkeys([*known, *(each for each in weeks if each[1] + shift <= period.end)]))


def _selection(workspace: Workspace, measure: _Measure, stretch: Stretch) -> Selection:
    start, end = stretch
    return Selection(period=_period(workspace, start, end, measure.longer), journey=measure.journey)


def _period(workspace: Workspace, start: date, end: date, longer: timedelta = timedelta()) -> Period:
    first, last = (datetime.combine(day, time(), workspace.zone) for day in (start, end + _DAY))
    return Period(first.astimezone(UTC), last.astimezone(UTC) + longer)


def _microseconds(moment: datetime | None) -> int:
    assert moment is not None
    return (moment - _EPOCH) // _MICROSECOND


def _figures(
    measures: Sequence[_Measure], found: Mapping[str, Mapping[Stretch, Estimate | None]], period: HomePeriod
) -> Iterator[Figure]:
    pairs = {each.id: _pair(each, found[each.id], period) for each in measures}
    both = [(name, *pair) for name, pair in pairs.items() if pair[0] is not None and pair[1] is not None]
    before = [replace(first, name=name) for name, first, _ in both if first is not None]
    after = [replace(second, name=name) for name, _, second in both if second is not None]
    compared = {each.before.name: each for each in compare(before, after).differences}
    for measure in measures:
        yield _figure(measure, pairs[measure.id], compared.get(measure.id), found[measure.id], period)


def _pair(
    measure: _Measure, found: Mapping[Stretch, Estimate | None], period: HomePeriod
) -> tuple[Estimate | None, Estimate | None]:
    """Before, and in the period, as far as they have a value.

    Of a period before that the record has only in part a count says nothing; a share or a mean does where it has the larger part.
    """
    shift = _shift(measure, period)
    now, before = (
        (start - shift, end - shift)
        for start, end in ((period.start, period.end), (period.before_start, period.before_end))
    )
    earlier = _valued(found.get(before))
    known_days = (before[1] - max(before[0], period.first_day)).days + 1
    needed = period.days if earlier is not None and earlier.kind == "count" else period.days / 2
    return earlier if known_days >= needed else None, _valued(found.get(now))


def _valued(estimate: Estimate | None) -> Estimate | None:
    return None if estimate is None or math.isnan(estimate.value) else estimate


def _figure(
    measure: _Measure,
    pair: tuple[Estimate | None, Estimate | None],
    difference: Difference | None,
    found: Mapping[Stretch, Estimate | None],
    period: HomePeriod,
) -> Figure:
    before, now = pair
    shift = _shift(measure, period)
    start, end = period.start - shift, period.end - shift
    told = now or before or next((each for each in found.values() if each), None)
    return Figure(
        id=measure.id,
        name=None if measure.journey is None else measure.journey.name,
        kind="mean" if told is None else told.kind,
        unit="" if told is None else told.unit,
        value=None if now is None else now.value,
        low=None if now is None else _number(now.low),
        high=None if now is None else _number(now.high),
        n=0 if now is None else now.n,
        before=None if before is None else _number(before.value),
        n_before=0 if before is None else before.n,
        difference=None if difference is None else _number(difference.difference),
        difference_low=None if difference is None else _number(difference.low),
        difference_high=None if difference is None else _number(difference.high),
        is_sure=difference is not None and difference.is_sure,
        better=measure.better,
        missing=None if now is not None else _why_missing(found, end, period),
        start=start,
        end=end,
        points=_points(measure, found, period),
        ask=Ask(measure.question, {**dict(measure.parameters), "period": f"{start}..{end}"}),
    )


def _why_missing(found: Mapping[Stretch, Estimate | None], end: date, period: HomePeriod) -> Missing:
    if end < period.first_day:
        return "too_early"
    return "too_few" if any(_valued(each) for each in found.values()) else "nothing"


def _points(measure: _Measure, found: Mapping[Stretch, Estimate | None], period: HomePeriod) -> tuple[FigurePoint, ...]:
    if not measure.by_week:
        return ()
    weeks = [(week, found.get((week, week + _WEEK - _DAY))) for week in period.weeks]
    points = [FigurePoint(week, _number(each.value), each.n) for week, each in weeks if each is not None]
    return tuple(points) if any(each.value is not None for each in points) else ()


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
