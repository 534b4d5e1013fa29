from __future__ import annotations

import math
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import nnls

import desireline
from desireline.base import InputError, SettingsError, UnknownNameError
from desireline.interactions import parse_condition
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import EffortAnalysis, effort
from desireline.journeys.analyses.effort import DEFAULT_EFFORT_WITHIN
from desireline.journeys.analyses.effort_fit import FEWEST_ANSWERS, fit_weights
from desireline.journeys.effort_settings import COMPONENTS, EffortWeights
from desireline.journeys.engine import Answer, combined
from desireline.journeys.engines import LocalEngine
from desireline.journeys.estimates import compare
from desireline.journeys.fields import NO_CASE, PartFields
from desireline.journeys.model import Part, Spans
from desireline.journeys.pictures.charts import themed
from desireline.journeys.results.effort import Effort
from desireline.journeys.spans import life, sessions
from desireline.store import Workspace

from .rows import NAMES, SECOND, Row, in_order, make_part

DIRECTIONS, ACTORS, TEAMS = ("inbound", "internal", "outbound"), ("customer", "system", "agent"), ("north", "south")
TEXTS = {
    "direction": DIRECTIONS,
    "actor": ACTORS,
    "team": TEAMS,
    "agent": (),
    "source": ("one", "two"),
    "score_kind": ("CES",),
    "attributes.to": ("south", "west"),
}
ASKED_NAMES = replace(NAMES, values=TEXTS)
NOT_GIVEN = -1
DAY = 86_400 * SECOND
WEIGHTS = EffortWeights(1, 2, 3, 5, 0.25, 0.5)
IDENTIFYING = parse_condition("touchpoint = Search")
LOOKING = parse_condition("touchpoint = Visit")
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """The fields of one interaction."""

    direction: int = NOT_GIVEN
    actor: int = NOT_GIVEN
    team: int = NOT_GIVEN
    case: int = NO_CASE
    wait: float = math.nan
    hold: float = math.nan
    score: float = math.nan
    to: int = NOT_GIVEN
    source: int = 0


Told = tuple[Row, Said]


def some_told(*, most: int = 22) -> st.SearchStrategy[list[Told]]:
    row = st.builds(
        Row,
        customer=st.integers(0, 2),
        time=st.integers(0, 10).map(lambda moment: moment * 2 * DAY),
        touchpoint=st.integers(0, 3),
        channel=st.sampled_from([0, 2, 2]),
    )
    seconds = st.sampled_from([math.nan, 0.0, 60.0, 90.0, 1e7])
    said = st.builds(
        Said,
        direction=st.sampled_from([NOT_GIVEN, NOT_GIVEN, 0, 1, 2]),
        actor=st.sampled_from([NOT_GIVEN, 0, 0, 1, 2]),
        team=st.sampled_from([NOT_GIVEN, 0, 1]),
        to=st.sampled_from([NOT_GIVEN, NOT_GIVEN, 0, 1]),
        source=st.integers(0, 1),
        case=st.sampled_from([NO_CASE, NO_CASE, 5, 7]),
        wait=seconds,
        hold=seconds,
        score=st.sampled_from([math.nan, math.nan, math.nan, 1.0, 7.0]),
    )
    return st.lists(st.tuples(row, said), max_size=most)


def told_part(told: Sequence[Told], places: Sequence[int]) -> Part:
    rows = [told[place][0] for place in places]
    columns: dict[str, Any] = {
        name: np.array([getattr(said, name) for _, said in told], kind)
        for name, kind in (
            ("direction", np.int32),
            ("actor", np.int32),
            ("team", np.int32),
            ("wait", np.float64),
            ("hold", np.float64),
            ("score", np.float64),
        )
    }
    columns["case"] = np.array([_case(row, said) for row, said in told], np.int64)
    columns["agent"] = np.full(len(told), NOT_GIVEN, np.int32)
    columns["source"] = np.array([said.source for _, said in told], np.int32)
    columns["attributes.to"] = np.array([said.to for _, said in told], np.int32)
    columns["duration"] = np.full(len(told), math.nan)
    columns["score_kind"] = np.where(np.isnan(columns["score"]), NOT_GIVEN, 0).astype(np.int32)
    return replace(make_part(rows, places), source=PartFields(np.arange(len(told)), columns))


def _case(row: Row, said: Said) -> int:
    """A case is told apart by its channel."""
    return NO_CASE if said.case == NO_CASE else said.case * 10 + row.channel


def all_parts(told: Sequence[Told], parts: int) -> list[Part]:
    chosen = [[place for place, (row, _) in enumerate(told) if row.customer % parts == part] for part in range(parts)]
    return [told_part(told, places) for places in chosen]


def cut(part: Part, gap: int | None) -> Spans:
    return life(part) if gap is None else sessions(life(part), gap)


def asked(analysis: EffortAnalysis, told: Sequence[Told], *, parts: int = 1, gap: int | None = None) -> Effort:
    made = [partial(cut, part, gap) for part in all_parts(told, parts)]
    return LocalEngine(threads=2).run(analysis, made, names=ASKED_NAMES)


def lives(told: Sequence[Told]) -> list[list[Told]]:
    rows = [row._replace(touchpoint=place) for place, (row, _) in enumerate(told)]
    return [[told[row.touchpoint] for row in own] for own in in_order(rows).values()]


def contacts_of(own: list[Told]) -> list[list[int]]:
    """The places of the interactions of each service contact, by begin."""
    cases: dict[object, list[int]] = {}
    for place, (row, said) in enumerate(own):
        cases.setdefault(("alone", place) if said.case == NO_CASE else _case(row, said), []).append(place)
    found = []
    for places in cases.values():
        turned = [place for place in places if own[place][1].direction != 1]
        if not turned:
            continue
        row, said = own[turned[0]]
        handled = any(own[place][1].team >= 0 for place in places)
        if said.direction != 2 and said.actor != 1 and (row.channel == 2 or handled):
            found.append((turned[0], places))
    return [[begin, *places] for begin, places in sorted(found)]


def seeks_help(row: Row, help_at: Sequence[str]) -> bool:
    """Whether somebody is there for help without a team: on the phone, and in self-service about a need."""
    return NAMES.channels[row.channel] == "phone" or NAMES.touchpoints[row.touchpoint] in help_at


class Event(NamedTuple):
    """What makes effort: where it is, how much of each part, the source and channel that it begins with, whether transfers and waiting are known, and
    which sources tell of transfers."""

    place: int
    amounts: list[float]
    origin: tuple[int, int] | None = None
    known: tuple[bool, bool] = (True, True)
    tells: frozenset[tuple[int, int]] = frozenset()

    def lacks(self, part: int, events: list[Event]) -> bool:
        """Whether transfers (0) or waiting (1) are not known of it, for all events that there are."""
        told = part == 0 and any(self.origin in each.tells for each in events)
        return not (self.known[part] or told or self.origin is None)

    def is_complete(self, events: list[Event]) -> bool:
        """Whether all is known of it that its source records."""
        recorded = [any(each.known[part] and each.origin == self.origin for each in events) for part in (0, 1)]
        return not any(self.lacks(part, events) and recorded[part] for part in (0, 1))


def teams_of(own: list[Told], places: list[int], *, told: bool) -> list[int]:
    """The teams that a contact goes through."""
    found: list[int] = []
    for said in (own[place][1] for place in places if own[place][1].direction != 1):
        if said.team >= 0 and found[-1:] != [said.team]:
            found.append(said.team)
        if told and said.to >= 0:
            target = (1, 2)[said.to]
            found += [target] if found else [-1, target]
    return found


def events_of(own: list[Told], within: timedelta, *, told: bool = False, help_at: Sequence[str] = ()) -> list[Event]:
    """Everything that makes effort, in order."""
    longest = within // timedelta(microseconds=1)
    contacts = contacts_of(own)
    in_contacts = {place for _, *places in contacts for place in places}
    events: list[Event] = []
    for number, (begin, *places) in enumerate(contacts):
        row = own[begin][0]
        amounts = [1.0, 0, 0, 0, 0, 0]
        if number:
            amounts[1] = float(row.time - own[contacts[number - 1][0]][0].time <= longest)
        before = [
            own[place][0]
            for place in range(begin)
            if place in in_contacts
            or (
                seeks_help(own[place][0], help_at)
                and own[place][1].direction not in (1, 2)
                and own[place][1].actor not in (1, 2)
                and math.isnan(own[place][1].score)
            )
        ]
        if before and row.time - before[-1].time <= longest:
            amounts[2] = float(before[-1].channel != row.channel)
        teams = teams_of(own, places, told=told)
        amounts[3] = float(max(len(teams) - 1, 0))
        waits = [waited(own, [place for place in places if own[place][1].source == source]) for source in (0, 1)]
        known_waits = [each for each in waits if each is not None]
        amounts[4] = min(max(known_waits, default=0.0), 86_400.0) / 60
        first, origin = own[begin][1], (own[begin][1].source, row.channel)
        is_known = len(teams) > 1 or (bool(teams) and first.case != NO_CASE)
        turned = [own[place] for place in places if own[place][1].direction != 1]
        tells = frozenset((said.source, row.channel) for row, said in turned if told and said.to >= 0)
        events.append(Event(begin, amounts, origin, (is_known, bool(known_waits)), tells))
    identified = [place for place, (row, _) in enumerate(own) if NAMES.touchpoints[row.touchpoint] == "Search"]
    for before_place, place in pairwise(identified):
        if own[place][0].time - own[before_place][0].time <= longest:
            events.append(Event(place, [0.0, 0, 0, 0, 0, 1]))
    return sorted(events, key=lambda event: event.place)


def waited(own: list[Told], places: list[int]) -> float | None:
    seconds = [value for place in places for value in (own[place][1].wait, own[place][1].hold)]
    known = [value for value in seconds if not math.isnan(value)]
    return sum(known) if known else None


def points_of(amounts: list[float]) -> float:
    return sum(amount * weight for amount, weight in zip(amounts, WEIGHTS.values, strict=True))


def session_numbers(own: list[Told], gap: int | None) -> list[int]:
    numbers = [0]
    for before, after in pairwise(own):
        numbers.append(numbers[-1] + (gap is not None and after[0].time - before[0].time > gap))
    return numbers


@settings(max_examples=300)
@given(
    some_told(),
    st.sampled_from([timedelta(), timedelta(days=4), timedelta(days=7)]),
    st.sampled_from([None, 3 * DAY]),
    st.sampled_from([None, "attributes.to"]),
    st.sampled_from([(), ("Visit", "Order")]),
    st.integers(1, 2),
)
def test_effort_is_what_reading_each_life_gives(
    told: list[Told], within: timedelta, gap: int | None, to: str | None, help_at: tuple[str, ...], parts: int
) -> None:
    analysis = EffortAnalysis(
        WEIGHTS,
        within=within,
        by="channel",
        identification=IDENTIFYING,
        needs=parse_condition(f"touchpoint in ({', '.join(help_at)})") if help_at else None,
        transferred_to=to,
        threshold=3,
    )
    result = asked(analysis, told, parts=parts, gap=gap)
    spans: dict[tuple[int, int], list[Event]] = {}
    by_channel: dict[str, list[Event]] = {}
    number_of_spans = 0
    for life_number, own in enumerate(lives(told)):
        numbers = session_numbers(own, gap)
        number_of_spans += numbers[-1] + 1
        for event in events_of(own, within, told=to is not None, help_at=help_at):
            spans.setdefault((life_number, numbers[event.place]), []).append(event)
            by_channel.setdefault(NAMES.channels[own[event.place][0].channel], []).append(event)
    events = [event for own_events in spans.values() for event in own_events]
    assert (result.spans, result.customers) == (number_of_spans, len(lives(told)))
    check_components(result, spans, events)
    everything = sum(points_of(event.amounts) for event in events)
    assert {each.name: each.points for each in result.groups} == pytest.approx(
        {name: sum(points_of(event.amounts) for event in own_events) for name, own_events in by_channel.items()}
    )
    for group in result.groups:
        contacts = [event for event in by_channel[str(group.name)] if event.origin is not None]
        complete = [points_of(event.amounts) for event in contacts if event.is_complete(events)]
        assert (group.contacts, group.per_contact.n) == (len(contacts), len(complete))
        if complete:
            assert group.per_contact.value == pytest.approx(np.mean(complete), abs=1e-3)
        for part, name in enumerate(("transfer", "waiting_minute")):
            unknown = all(event.lacks(part, events) for event in contacts)
            assert math.isnan(group.components[name]) == unknown
    totals = [
        sum(points_of(event.amounts) for event in own_events)
        for own_events in spans.values()
        if all(event.is_complete(events) for event in own_events)
    ]
    assert (round(result.with_effort.value * number_of_spans) if told else 0) == len(spans)
    assert (result.mean.n, result.incomplete) == (len(totals), len(spans) - len(totals))
    if totals:
        assert result.mean.value == pytest.approx(np.mean(totals), abs=1e-3)
        quartiles = np.quantile(totals, [0.25, 0.5, 0.75])
        found = [result.lower_quartile, result.median, result.upper_quartile]
        assert found == pytest.approx(quartiles.tolist(), abs=1e-3)
        assert result.above.value == pytest.approx(np.mean([round(total, 3) > 3 for total in totals]))
    if everything:
        assert np.nansum([each.share for each in result.components]) == pytest.approx(1)
        assert sum(each.share for each in result.groups) == pytest.approx(1)


@settings(max_examples=100)
@given(
    some_told(),
    st.sampled_from([("north",), ("south",), ("north", "south")]),
    st.sampled_from([None, 3 * DAY]),
    st.integers(1, 2),
)
def test_the_effort_of_teams_is_told_after_all_was_measured(
    told: list[Told], teams: tuple[str, ...], gap: int | None, parts: int
) -> None:
    """It is that of the rows of these teams, and of the spans that have some of it."""
    settings_ = {"by": "team", "identification": IDENTIFYING, "transferred_to": "attributes.to"}
    whole = asked(EffortAnalysis(WEIGHTS, **settings_), told, parts=parts, gap=gap)  # type: ignore[arg-type]
    found = asked(EffortAnalysis(WEIGHTS, teams=teams, **settings_), told, parts=parts, gap=gap)  # type: ignore[arg-type]
    rows = {each.name: each for each in whole.groups if each.name in teams}
    assert {each.name: each.per_contact for each in found.groups} == {
        name: each.per_contact for name, each in rows.items()
    }
    assert found.contacts == sum(each.contacts for each in rows.values())
    assert [each.points for each in found.groups] == pytest.approx([rows[each.name].points for each in found.groups])
    codes = {TEAMS.index(name) for name in teams}
    spans = {
        (number, session_numbers(own, gap)[event.place])
        for number, own in enumerate(lives(told))
        for event in events_of(own, DEFAULT_EFFORT_WITHIN, told=True)
        if team_of(own, event) in codes
    }
    assert (found.spans, round(found.with_effort.value * found.spans) if told else 0) == (whole.spans, len(spans))


def team_of(own: list[Told], event: Event) -> int:
    """The first team of the contact, or that of the identification."""
    if event.origin is None:
        return own[event.place][1].team
    places = next(places for begin, *places in contacts_of(own) if begin == event.place)
    said = [own[place][1] for place in places]
    return next((each.team for each in said if each.direction != 1 and each.team >= 0), NOT_GIVEN)


def test_an_unknown_team_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="expected names of teams, got 'nort'") as raised:
        asked(EffortAnalysis(teams=("nort",)), a_hard_week())
    assert raised.value.hint == "did you mean 'north'?"


def check_components(result: Effort, spans: dict[tuple[int, int], list[Event]], events: list[Event]) -> None:
    contacts = [event for event in events if event.origin is not None]
    for place, component in enumerate(result.components):
        part = {3: 0, 4: 1}.get(place)
        known = [event for event in contacts if part is None or not event.lacks(part, events)]
        whole = [own for own in spans.values() if part is None or not any(each.lacks(part, events) for each in own)]
        assert (component.contacts, component.spans) == (len(known), len(whole))
        if known or place == 5:
            assert component.amount == pytest.approx(sum(event.amounts[place] for event in events))
        else:
            assert math.isnan(component.amount)


@settings(max_examples=100)
@given(some_told(), st.sampled_from([timedelta(days=2), timedelta(days=30)]))
def test_the_effort_before_an_answer_is_what_reading_each_life_gives(told: list[Told], look_back: timedelta) -> None:
    analysis = EffortAnalysis(fit=True, identification=IDENTIFYING, look_back=look_back)
    reading = analysis.begin(ASKED_NAMES)
    state = combined(reading, [reading.partial(life(part)) for part in all_parts(told, 2)])
    wanted = []
    of_lives = [(own, events_of(own, analysis.within)) for own in lives(told)]
    everything = [event for _, events in of_lives for event in events]
    for own, events in of_lives:
        for place, (row, said) in enumerate(own):
            if math.isnan(said.score):
                continue
            earliest = row.time - look_back // timedelta(microseconds=1)
            before = [each for each in events if each.place <= place and own[each.place][0].time >= earliest]
            amounts = np.sum([*(each.amounts for each in before), [0.0] * 6], axis=0)
            sums = [round(value) for value in amounts * [1, 1, 1, 1, 60_000_000, 1]]
            complete = all(each.is_complete(everything) for each in before)
            wanted.append([*sums, 7 - int(said.score), int(complete)])
    complete = state.signatures.complete(state.marks, state.recorded)
    assert sorted(np.column_stack([state.rows, complete]).tolist()) == sorted(wanted)


@settings(max_examples=30)
@given(some_told(most=14), st.sampled_from(["channel", "touchpoint", "team", "stage"]))
def test_parts_may_come_in_any_order(told: list[Told], by: Any) -> None:
    analysis = EffortAnalysis(by=by, identification=IDENTIFYING, transferred_to="attributes.to")
    reading = pickle.loads(pickle.dumps(analysis.begin(ASKED_NAMES)))
    states = [reading.partial(life(part)) for part in all_parts(told, 3)]
    answers = set()
    for first, second, third in permutations(states):
        for whole in (
            reading.combine(reading.combine(first, second), third),
            reading.combine(first, reading.combine(second, third)),
        ):
            concluded = reading.conclude(whole)
            assert isinstance(concluded, Answer)
            answers.add(concluded.result.to_json())
    assert len(answers) == 1


def a_hard_week() -> list[Told]:
    """The example of the documentation: a search on the web, a call that is handed over, another call."""
    return [
        (Row(1, 0, 0, 0), Said(actor=0)),
        (Row(1, 1 * DAY, 3, 2), Said(0, 0, 0, 5, wait=240, hold=60)),
        (Row(1, 1 * DAY + SECOND, 3, 2), Said(0, 2, 1, 5)),
        (Row(1, 3 * DAY, 3, 2), Said(0, 0, 0, 7, wait=600)),
    ]


def test_a_hard_week_is_six_and_a_half_points() -> None:
    result = asked(EffortAnalysis(needs=LOOKING), a_hard_week())
    assert [each.amount for each in result.components[:5]] == [2, 1, 1, 1, 15]
    assert math.isnan(result.components[5].amount)
    assert result.mean.value == 6.5
    assert [(each.name, each.contacts, each.points) for each in result.groups] == [("phone", 2, 6.5)]


@pytest.mark.parametrize(
    ("channel", "touchpoint", "fields", "switches"),
    [
        ("store", "Purchase", {}, 0),
        ("web", "Order", {"actor": "customer"}, 0),
        ("email", "Newsletter opened", {}, 0),
        ("web", "Help read", {"actor": "customer"}, 1),
        ("ivr", "Menu", {}, 1),
        ("chat", "Chat", {}, 1),
        ("store", "Advice", {"team": "north"}, 1),
        ("chat", "Message sent", {"direction": "outbound"}, 0),
    ],
    ids=[
        "a purchase at the till",
        "an order",
        "a newsletter",
        "help on the web",
        "a voice menu",
        "a chat",
        "a talk with a team in a store",
        "what the company wrote",
    ],
)
def test_a_call_is_a_switch_only_after_help_was_sought_elsewhere(
    tmp_path: Path, channel: str, touchpoint: str, fields: dict[str, str], switches: int
) -> None:
    made = desireline.create(tmp_path / "workspace")
    happened = [(channel, touchpoint, fields), ("phone", "Call", {})]
    record_interactions(
        made,
        [
            NewInteraction(
                {"source": "test", "channel": way, "touchpoint": what, "occurred_at": START + timedelta(hours=hour)}
                | more,
                {"user": "ann"},
            )
            for hour, (way, what, more) in enumerate(happened)
        ],
    )
    assert effort(made).components[COMPONENTS.index("switch")].amount == switches


GIVEN = np.array(EffortWeights().values)


def answers_made_of(true: NDArray[np.float64], number: int, *, noise: float) -> tuple[Any, Any]:
    random = np.random.default_rng(5)
    amounts = random.poisson([2, 1, 0.5, 0.5, 10, 0], (number, 6)).astype(np.float64)
    return amounts, 0.5 + amounts @ true + random.normal(0, noise, number)


def test_weights_are_found_again_in_answers_that_were_made_of_them() -> None:
    true = np.array([0.0, 0.6, 0.3, 0.8, 0.05, 0.4])
    amounts, told = answers_made_of(true, 3_000, noise=0.3)
    weights, fit = fit_weights(amounts, told, GIVEN)
    assert weights is not None
    assert fit.is_used
    assert fit.base == pytest.approx(0.5, abs=0.05)
    assert weights.values[:5] == pytest.approx(true[:5].tolist(), abs=0.05)
    assert 0.85 < fit.r_squared < 1
    for place in (1, 2, 3, 4):
        assert weights.lows[place] <= weights.values[place] <= weights.highs[place]
    reference, _ = nnls(np.column_stack([np.ones(len(told)), amounts]), told)
    assert [fit.base, *weights.values[:5]] == pytest.approx(reference[:6].tolist(), abs=0.01)


def test_a_component_that_no_answer_has_keeps_its_given_weight_to_scale() -> None:
    amounts, told = answers_made_of(0.5 * GIVEN, 1_000, noise=0.01)
    weights, _ = fit_weights(amounts, told, GIVEN)
    assert weights is not None
    assert weights.values[5] == pytest.approx(0.25, abs=0.01)
    assert math.isnan(weights.lows[5])
    assert not weights.covariance[5].any()


def test_few_answers_draw_the_weights_to_those_that_were_given() -> None:
    amounts, told = answers_made_of(0.4 * GIVEN, 100, noise=6.0)
    weights, fit = fit_weights(amounts, told, GIVEN)
    alone, _ = nnls(np.column_stack([np.ones(len(told)), amounts]), told)
    assert weights is not None
    assert fit.drawn_to >= 30
    off, off_alone = (np.abs(np.array(each[:5]) - 0.4 * GIVEN[:5]).max() for each in (weights.values, alone[1:]))
    assert off < off_alone
    assert min(alone[1:6]) == 0 < min(weights.values)


def test_answers_that_effort_does_not_explain_leave_the_weights() -> None:
    amounts = np.tile([1.0, 0, 0, 0, 0, 0], (200, 1)) * np.arange(200)[:, None]
    weights, fit = fit_weights(amounts, np.arange(200)[::-1].astype(np.float64), GIVEN)
    assert weights is None
    assert "no part of effort" in fit.reason


def test_equal_answers_have_no_variance_to_explain() -> None:
    _, fit = fit_weights(np.zeros((200, 6)), np.full(200, 3.0), GIVEN)
    assert math.isnan(fit.r_squared)
    assert not fit.is_used


def test_too_few_answers_leave_the_weights_and_say_so() -> None:
    told = [*a_hard_week(), (Row(1, 4 * DAY, 0, 0), Said(score=1.0))]
    result = asked(EffortAnalysis(fit=True, needs=LOOKING), told)
    assert result.fit is not None
    assert result.fit.reason == f"1 answer to CES can be used, {FEWEST_ANSWERS} are needed"
    assert result.mean.value == 6.5


def test_fitted_weights_make_the_interval_of_a_mean_wider() -> None:
    told: list[Told] = []
    random = np.random.default_rng(3)
    for customer in range(150):
        calls = 1 + customer % 4
        told += [(Row(customer, call * DAY, 3, 2), Said(0, 0)) for call in range(calls)]
        told.append(
            (Row(customer, 5 * DAY, 0, 0), Said(score=float(np.clip(7 - calls + random.integers(-2, 3), 1, 7))))
        )
    fitted = asked(EffortAnalysis(fit=True, within=timedelta()), told)
    assert fitted.fit is not None
    assert fitted.fit.is_used
    known = EffortWeights(*(each.weight for each in fitted.weights))
    taken = asked(EffortAnalysis(known, within=timedelta()), told)
    assert fitted.mean.value == pytest.approx(taken.mean.value)
    assert fitted.mean.high - fitted.mean.low > 1.05 * (taken.mean.high - taken.mean.low)
    each_call, same_call = fitted.groups[0].per_contact, taken.groups[0].per_contact
    assert math.isnan(same_call.low)
    assert each_call.low < same_call.value < each_call.high


def test_fitted_weights_are_used() -> None:
    told: list[Told] = []
    for customer in range(150):
        calls = customer % 4
        told += [(Row(customer, call * DAY, 3, 2), Said(0, 0)) for call in range(calls)]
        told.append((Row(customer, 5 * DAY, 0, 0), Said(score=float(7 - calls))))
    result = asked(EffortAnalysis(fit=True, within=timedelta()), told, parts=3)
    assert result.fit is not None
    assert result.fit.is_used
    assert [each.weight for each in result.weights] == pytest.approx([1, 1, 1, 1, 0.1, 0.5], abs=1e-6)
    assert result.fit.r_squared == pytest.approx(1)
    assert themed(result.chart())["title"]["subtitle"][1].endswith("weights are fitted to CES")


@pytest.mark.parametrize("gap", [None, DAY])
@pytest.mark.parametrize("told", [[], [(Row(1, 0, 0, 0), Said())]], ids=["no interaction", "no contact"])
def test_no_contact_is_no_effort_and_a_plain_answer(told: list[Told], gap: int | None) -> None:
    for by in ("channel", "touchpoint", "team", "stage"):
        result = asked(EffortAnalysis(by=by, fit=True, identification=IDENTIFYING), told, gap=gap)  # type: ignore[arg-type]
        assert result.mean.n == 0
        assert math.isnan(result.median)
        assert result.groups == ()
        assert '"median": null' in result.to_json()
        assert themed(result.chart())


def test_all_at_the_same_moment() -> None:
    told = [(Row(1, 0, 3, 2), Said()) for _ in range(3)]
    result = asked(EffortAnalysis(within=timedelta()), told)
    assert [each.amount for each in result.components[:3]] == [3, 2, 0]
    assert [(each.contacts, each.spans) for each in result.components[2:]] == [(3, 1), (0, 0), (0, 0), (0, 0)]


def test_a_weight_of_nothing_leaves_no_points() -> None:
    result = asked(EffortAnalysis(EffortWeights(0, 0, 0, 0, 0, 0)), a_hard_week())
    assert (result.mean.value, result.with_effort.value) == (0, 1)
    assert all(math.isnan(each.share) for each in result.components)


@pytest.mark.parametrize(
    "settings",
    [
        {"by": "agent"},
        {"within": -timedelta(days=1)},
        {"look_back": -timedelta(days=1)},
        {"threshold": -1.0},
        {"threshold": math.nan},
        {"fit": True, "scale": (7, 1)},
        {"identification": parse_condition("team = north")},
        {"transferred_to": "wait"},
    ],
    ids=str,
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        EffortAnalysis(**settings).begin(ASKED_NAMES)


def test_stages_need_a_taxonomy() -> None:
    with pytest.raises(InputError, match="taxonomy with stages"):
        EffortAnalysis(by="stage").begin(replace(ASKED_NAMES, stages=(), stage_of=()))


def test_an_unknown_channel_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="fone"):
        EffortAnalysis(channels=("fone",)).begin(ASKED_NAMES)


@pytest.mark.parametrize(
    "section", [{"repaet": 2}, {"repeat": -1}, {"repeat": "2"}, {"repeat": True}, {"repeat": math.nan}]
)
def test_a_setting_that_is_no_weight_is_refused(section: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        EffortWeights.read(section)


@pytest.mark.parametrize("text", ["repaet=2", "repeat", "repeat=x", "repeat=-1", "repeat=inf", "=2"])
def test_a_text_that_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        EffortWeights().changed([text])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = desireline.create(tmp_path / "workspace")
    steps: list[tuple[str, float, str, str, dict[str, Any]]] = [
        ("ann", 0, "web", "Help read", {"actor": "customer"}),
        ("ann", 1, "phone", "Call", {"case": "1", "team": "north", "wait": 240, "hold": 60}),
        ("ann", 1.01, "phone", "Call", {"case": "1", "team": "south", "actor": "agent"}),
        ("ann", 3, "phone", "Call", {"case": "2", "team": "north", "wait": 600}),
        ("bob", 0, "chat", "Chat", {}),
        ("cem", 0, "web", "Help read", {}),
    ]
    record_interactions(
        made,
        [
            NewInteraction(
                {
                    "source": "test",
                    "channel": channel,
                    "touchpoint": touchpoint,
                    "occurred_at": START + timedelta(days=day),
                }
                | fields,
                {"user": user},
            )
            for user, day, channel, touchpoint, fields in steps
        ],
    )
    return made


def test_effort_of_a_workspace(workspace: Workspace) -> None:
    found = effort(workspace, by="touchpoint")
    assert [(each.name, each.points) for each in found.groups] == [("Call", 6.5), ("Chat", 1)]
    assert (found.median, found.with_effort.value, found.above.value) == (3.75, 2 / 3, 0.5)
    assert effort(workspace, by="team").groups[0].name == "north"
    assert effort(workspace, weights=["repeat=3"], channels="phone").mean.value == 8.5
    assert effort(workspace, weights=EffortWeights(contact=0)).groups[0].points == 4.5
    assert effort(workspace, channels=["web", "phone", "chat"], within="0").components[0].amount == 5
    again = effort(workspace, identification="touchpoint = Call")
    assert again.components[COMPONENTS.index("identification")].amount == 2
    assert effort(workspace, segment="channel = chat").mean.n == 1


def test_the_settings_say_where_transfers_are_told(tmp_path: Path) -> None:
    made = desireline.create(tmp_path / "told")
    fields = {"source": "calls", "channel": "phone", "touchpoint": "Call", "occurred_at": START, "team": "north"}
    told: list[dict[str, str]] = [{"to": "south"}, {}]
    record_interactions(
        made,
        [
            NewInteraction(fields, {"user": user}, attributes)
            for user, attributes in zip(("ann", "bob"), told, strict=True)
        ],
    )
    assert effort(made).components[3].contacts == 0
    file = made.folder / "desireline.toml"
    file.write_text(file.read_text() + '\n[contacts]\ntransferred_to = "attributes.to"\n')
    found = effort(desireline.open(made.folder)).components[3]
    assert (found.contacts, found.spans, found.amount) == (2, 2, 1)


def test_the_settings_say_the_weights(workspace: Workspace) -> None:
    file = workspace.folder / "desireline.toml"
    file.write_text(file.read_text() + "\n[effort]\nrepeat = 3\n")
    changed = desireline.open(workspace.folder)
    assert effort(changed).groups[0].points == 8.5
    assert effort(changed, weights=["repeat=0"]).groups[0].points == 5.5


def test_two_segments_are_compared(workspace: Workspace) -> None:
    differences = compare(effort(workspace).estimates(), effort(workspace, segment="channel = chat").estimates())
    assert {each.before.name for each in differences.differences} >= {"with effort", "points of those with effort"}
