"""The key figures: what is measured in the period, in the one before and by week, all of it asked in one reading."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from desireline.app.home.campaigns import EMAIL_FIGURES, campaign_condition, email_steps
from desireline.app.home.model import Ask, Better, Figure, FigurePoint, HomePeriod, Missing
from desireline.base import Period, Progress
from desireline.interactions import Comparison, Condition, CostSettings, condition_text
from desireline.journeys import (
    Analysis,
    ChainsAnalysis,
    ContactsAnalysis,
    EffortAnalysis,
    FlowAnalysis,
    OutcomesAnalysis,
    OverviewAnalysis,
    ScoresAnalysis,
    Selection,
    ask_together,
)
from desireline.journeys.analyses.contacts import DEFAULT_REPEAT_WINDOW
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.definitions import JourneyDefinition, read_definitions
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.estimates import Difference, Estimate, compare, count, share
from desireline.journeys.model import Flow, Overview, SpanKind
from desireline.journeys.questions.arguments import record_end, transfer_field
from desireline.journeys.questions.outcomes import following
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
    where, span
        Only interactions that meet it, and how they are cut.
    touchpoints
        Whose it is: those that an e-mail goes through.
    segment
        Of which customers; ``None``: everybody.
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
    where: Condition | None = None
    span: SpanKind = "life"
    touchpoints: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    segment: Condition | None = None

    def asks(self, stretch: Stretch) -> Hashable:
        """Equal for measures that are read from one answer: they have the analysis in common."""
        journey = None if self.journey is None else self.journey.ident
        return id(self.analysis), journey, self.where, self.span, self.longer, stretch

    def ask(self, start: date, end: date) -> Ask:
        """What opens it in Explore."""
        said = dict(self.parameters)
        if self.where is not None:
            said["where"] = condition_text(self.where)
        if self.span != "life":
            said["span"] = self.span
        if self.segment is not None:
            said["segment"] = condition_text(self.segment)
        return Ask(self.question, {**said, "period": f"{start}..{end}"})


def key_figures(
    workspace: Workspace, period: HomePeriod, *, segment: Condition | None = None, progress: Progress | None = None
) -> tuple[Figure, ...]:
    """Every figure, also those that cannot be measured, in the order of the catalogue.

    Parameters
    ----------
    segment
        Of customers with an interaction that meets it; ``None``: of everybody.

    Raises
    ------
    InputError
        The settings of contacts, costs or effort, or the journey definitions, cannot be used.
    """
    measures = [replace(each, segment=segment) for each in _measures(workspace)]
    asked: list[tuple[Analysis[Any], Selection]] = []
    places: dict[Hashable, int] = {}
    for measure in measures:
        for stretch in _stretches(measure, period):
            if measure.asks(stretch) not in places:
                places[measure.asks(stretch)] = len(asked)
                asked.append(_question(workspace, measure, stretch))
    answers = ask_together(workspace, asked, progress=progress)
    found = {
        measure.id: {
            stretch: measure.read(answers[places[measure.asks(stretch)]]) for stretch in _stretches(measure, period)
        }
        for measure in measures
    }
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
    needs = ContactSettings.read(workspace.section("contacts")).needs
    prices = CostSettings.read(workspace.section("costs"))
    chains = ChainsAnalysis(needs=needs, prices=prices)
    yield _Measure("containment", "chains", chains, lambda found: found.containment[0].contained, "higher")
    yield _Measure("wait", "contacts", contacts, lambda found: _time(found, "wait"), "lower")
    yield _Measure("abandoned", "contacts", contacts, lambda found: _known(found.total.abandoned), "lower")
    yield _Measure("transferred", "contacts", contacts, lambda found: found.total.transferred, "lower")
    for kind in ("NPS", "CSAT", "CES"):
        scores = ScoresAnalysis(kind=kind, timezone=workspace.timezone)
        parameters = () if kind == "NPS" else (("kind", kind),)
        better: Better = "higher"
        yield _Measure(kind.lower(), "scores", scores, lambda found: found.total.score, better, parameters=parameters)
    effort = EffortAnalysis(weights=weights, needs=needs, transferred_to=transferred_to)
    yield _Measure("effort", "effort", effort, lambda found: found.mean, "lower")
    yield _Measure("cost_per_need", "chains", chains, lambda found: found.cost, "lower", by_week=False)
    yield _Measure("cost_per_resolved", "chains", chains, lambda found: found.cost_per_resolved, "lower", by_week=False)
    yield from _campaigns(workspace, overview)
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


def _campaigns(workspace: Workspace, overview: OverviewAnalysis) -> Iterator[_Measure]:
    """Of e-mails and campaigns; what the data do not have is not measured."""
    steps, following = email_steps(workspace), FlowAnalysis(medians="none")
    if steps.sent is None:
        yield from (_Measure(name, "flow", overview, lambda _: None) for name in EMAIL_FIGURES)
    else:
        yield _email("email_reached", (steps.sent,), following, partial(_reached, steps.sent))
        for name, then in (("email_opened", steps.opened), ("email_clicked", steps.clicked)):
            if then is None:
                yield _Measure(name, "flow", overview, lambda _: None)
            else:
                pair = (steps.sent, then)
                yield _email(name, pair, following, partial(_followed, pair), "higher")
    brought = campaign_condition(workspace)
    visits = partial(_visits, brought is not None)
    yield _Measure("campaign_visits", "flow", overview, visits, where=brought, span="session" if brought else "life")


def _email(
    name: str,
    touchpoints: tuple[str, ...],
    following: FlowAnalysis,
    read: Callable[[Any], Estimate | None],
    better: Better = "neither",
) -> _Measure:
    where = Comparison("touchpoint", "in", touchpoints)
    return _Measure(name, "flow", following, read, better, where=where, touchpoints=touchpoints)


def _reached(sent: str, found: Flow) -> Estimate:
    return count("customers", sum(each.customers for each in found.nodes if each.name == sent))


def _followed(pair: tuple[str, str], found: Flow) -> Estimate:
    """How many e-mails the customer opened or clicked before the next one was sent."""
    sent = sum(each.interactions for each in found.nodes if each.name == pair[0])
    return share("e-mails", sum(each.count for each in found.edges if (each.source, each.target) == pair), sent)


def _visits(is_known: bool, found: Overview) -> Estimate | None:
    return count("visits", found.spans) if is_known else None


def _time(found: Any, name: str) -> Estimate | None:
    return next((each.mean for each in found.total.times if each.name == name), None)


def _known(estimate: Estimate) -> Estimate | None:
    """A share of some; that nobody gave up is only known where somebody ever did."""
    return estimate if estimate.n else None


def _conversion(found: Any) -> Estimate | None:
    return _known(found.in_time)


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


def _question(workspace: Workspace, measure: _Measure, stretch: Stretch) -> tuple[Analysis[Any], Selection]:
    start, end = stretch
    selection = Selection(
        period=_period(workspace, start, end, measure.longer),
        where=measure.where,
        journey=measure.journey,
        span=measure.span,
        segment=measure.segment,
    )
    analysis = measure.analysis
    if isinstance(analysis, OutcomesAnalysis) and measure.journey is not None:
        analysis = replace(analysis, following=following(workspace, measure.journey))
    if isinstance(analysis, ContactsAnalysis | ChainsAnalysis):
        analysis = replace(analysis, record_end=record_end(workspace, selection))
    return analysis, selection


def _period(workspace: Workspace, start: date, end: date, longer: timedelta = timedelta()) -> Period:
    first, last = (datetime.combine(day, time(), workspace.zone) for day in (start, end + _DAY))
    return Period(first.astimezone(UTC), last.astimezone(UTC) + longer)


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
        untested=None if difference is None else difference.untested,
        within_seconds=None if measure.journey is None else measure.journey.time_out.total_seconds(),
        better=measure.better,
        missing=None if now is not None else _why_missing(found, end, period),
        start=start,
        end=end,
        points=_points(measure, found, period),
        touchpoints=measure.touchpoints,
        ask=measure.ask(start, end),
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
