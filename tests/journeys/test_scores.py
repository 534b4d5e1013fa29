from __future__ import annotations

import math
import pickle
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import InputError, UnknownNameError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import EmotionAnalysis, ScoresAnalysis, emotion, scores
from desireline.journeys.analyses.scores import ScoreCounts, ScoresPass
from desireline.journeys.analyses.surveys import SurveysPass
from desireline.journeys.definitions import save_definition
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.engines import LocalEngine
from desireline.journeys.estimates import Estimate, compare
from desireline.journeys.fields import PartFields
from desireline.journeys.model import Part, Spans
from desireline.journeys.pictures.charts import themed
from desireline.journeys.results.emotion import Emotion
from desireline.journeys.results.scores import Scores
from desireline.journeys.scoring import main_estimate, mean_score, net_promoter, read_scale, score_scale
from desireline.journeys.spans import life, only, sessions
from desireline.store import Workspace

from .rows import NAMES, SECOND, Row, in_order, make_part

KINDS, DIRECTIONS, ACTORS, TEAMS = ("CSAT", "NPS"), ("inbound", "internal"), ("customer", "system"), ("north", "south")
ASKED_NAMES = replace(NAMES, values={"score_kind": KINDS, "direction": DIRECTIONS, "actor": ACTORS, "team": TEAMS})
NOT_GIVEN = -1
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """The fields of one interaction."""

    score: float = math.nan
    kind: int = NOT_GIVEN
    sentiment: float = math.nan
    direction: int = NOT_GIVEN
    actor: int = NOT_GIVEN
    team: int = NOT_GIVEN

    @property
    def nps(self) -> int | None:
        return int(self.score) if self.kind == 1 and self.score in range(11) else None

    @property
    def is_off_scale(self) -> bool:
        return self.kind == 1 and not math.isnan(self.score) and self.nps is None


Told = tuple[Row, Said]


def some_told(*, most: int = 24) -> st.SearchStrategy[list[Told]]:
    """Few people, and moments up to 60 days apart; many scores, some of them impossible."""
    row = st.builds(
        Row,
        customer=st.integers(0, 2),
        time=st.integers(0, 12).map(lambda moment: moment * 5 * 86_400 * SECOND),
        touchpoint=st.sampled_from([0, 0, 1, 2, 3]),
        channel=st.integers(0, 2),
    )
    code = st.sampled_from([NOT_GIVEN, 0, 1])
    said = st.builds(
        Said,
        score=st.sampled_from([math.nan, math.nan, 0.0, 5.0, 6.0, 7.0, 9.0, 10.0, 11.0, 6.5, -1.0]),
        kind=st.sampled_from([1, 1, 1, 0, NOT_GIVEN]),
        sentiment=st.sampled_from([math.nan, -2.0, 0.25, 1.5]),
        direction=code,
        actor=code,
        team=code,
    )
    return st.lists(st.tuples(row, said), max_size=most)


def told_part(told: Sequence[Told], places: Sequence[int]) -> Part:
    part = make_part([told[place][0] for place in places], places)
    columns = {
        "score": np.array([said.score for _, said in told], np.float64),
        "sentiment": np.array([said.sentiment for _, said in told], np.float64),
        **{
            field: np.array([getattr(said, name) for _, said in told], np.int32)
            for field, name in (
                ("score_kind", "kind"),
                ("direction", "direction"),
                ("actor", "actor"),
                ("team", "team"),
            )
        },
    }
    return replace(part, source=PartFields(np.arange(len(told)), columns))


def cut(part: Part, gap: int | None) -> Spans:
    """Lives; with a gap every other session."""
    if gap is None:
        return life(part)
    every = sessions(life(part), gap)
    return only(every, np.arange(len(every.starts)) % 2 == 0)


def all_parts(told: Sequence[Told], parts: int) -> list[Part]:
    chosen = [[place for place, (row, _) in enumerate(told) if row.customer % parts == part] for part in range(parts)]
    return [told_part(told, places) for places in chosen]


def asked(analysis: Any, told: Sequence[Told], *, parts: int = 1, gap: int | None = None) -> Any:
    made = [partial(cut, part, gap) for part in all_parts(told, parts)]
    return LocalEngine(threads=2).run(analysis, made, names=ASKED_NAMES)


def lives(told: Sequence[Told]) -> list[list[Told]]:
    """The interactions of each customer, in order, with what was said."""
    rows = [row._replace(touchpoint=place) for place, (row, _) in enumerate(told)]
    return [[told[row.touchpoint] for row in own] for own in in_order(rows).values()]


def surveys_of(told: Sequence[Told], sent: Sequence[str] = ()) -> set[int]:
    total = Counter(row.touchpoint for row, _ in told)
    scored = Counter(row.touchpoint for row, said in told if not math.isnan(said.score))
    return {code for code in total if scored[code] > 0.9 * total[code] or NAMES.touchpoints[code] in sent}


def can_be_meant(one: Told, surveys: set[int]) -> bool:
    row, said = one
    return row.touchpoint not in surveys and said.direction != 1 and said.actor != 1


def meant_by(own: list[Told], place: int, surveys: set[int], within: timedelta) -> Told | None:
    for before in range(place, -1, -1):
        if own[place][0].time - own[before][0].time > within // timedelta(microseconds=1):
            return None
        if can_be_meant(own[before], surveys):
            return own[before]
    return None


def session_numbers(own: list[Told], gap: int | None) -> list[int]:
    numbers = [0]
    for before, after in pairwise(own):
        numbers.append(numbers[-1] + (gap is not None and after[0].time - before[0].time > gap))
    return numbers


Found = tuple[Told, Told | None]


def transactions(told: Sequence[Told], surveys: set[int], within: timedelta) -> list[Found]:
    return [
        (own[place], meant_by(own, place, surveys, within))
        for own in lives(told)
        for place in range(len(own))
        if own[place][1].nps is not None
    ]


def latest_of_each(told: Sequence[Told], surveys: set[int], within: timedelta) -> list[Found]:
    found = []
    for own in lives(told):
        answers = [place for place, (_, said) in enumerate(own) if said.nps is not None]
        if answers:
            found.append((own[answers[-1]], meant_by(own, answers[-1], surveys, within)))
    return found


def of_journeys(told: Sequence[Told], surveys: set[int], within: timedelta, gap: int) -> list[Found]:
    """Every other session is a journey; what lies between two of them belongs to none."""
    found, session = [], 0
    for own in lives(told):
        numbers = [number + session for number in session_numbers(own, gap)]
        session = numbers[-1] + 1
        for number in sorted({number for number in numbers if number % 2 == 0}):
            inside = [place for place in range(len(own)) if numbers[place] == number]
            latest = own[inside[-1]][0].time + within // timedelta(microseconds=1)
            soon = [place for place in range(len(own)) if numbers[place] == number + 1 and own[place][0].time <= latest]
            answers = [place for place in [*inside, *soon] if own[place][1].nps is not None]
            if answers:
                meant = [own[place] for place in inside if place <= answers[-1] and can_be_meant(own[place], surveys)]
                found.append((own[answers[-1]], meant[-1] if meant else None))
    return found


def grouped(found: list[Found], by: str | None) -> dict[str | None, list[int]]:
    groups: dict[str | None, list[int]] = {}
    for (row, said), meant in found:
        name: str | None = None
        if by == "month":
            name = f"{datetime.fromtimestamp(row.time / SECOND, UTC):%Y-%m}"
        elif meant is not None and by is not None:
            row_meant, said_meant = meant
            stage = NAMES.stage_of[row_meant.touchpoint]
            name = {
                "touchpoint": NAMES.touchpoints[row_meant.touchpoint],
                "channel": NAMES.channels[row_meant.channel],
                "team": TEAMS[said_meant.team] if said_meant.team >= 0 else None,
                "stage": NAMES.stages[stage] if stage >= 0 else None,
            }[by]
        assert said.nps is not None
        groups.setdefault(name, [0] * 11)[said.nps] += 1
    return groups


WITHIN = st.sampled_from([timedelta(), timedelta(days=5), timedelta(days=7), timedelta(days=100)])
BY = st.sampled_from([None, "touchpoint", "channel", "team", "month", "stage"])


@settings(max_examples=200)
@given(some_told(), WITHIN, BY, st.sampled_from(["transaction", "relationship"]), st.integers(1, 2))
def test_scores_are_what_reading_each_life_gives(
    told: list[Told], within: timedelta, by: Any, level: Any, parts: int
) -> None:
    result: Scores = asked(ScoresAnalysis(level=level, by=by, within=within), told, parts=parts)
    surveys = surveys_of(told)
    found = (transactions if level == "transaction" else latest_of_each)(told, surveys, within)
    if not (level == "relationship" and by == "month"):
        assert result.total.answers == len(found)
        assert result.unattributed == sum(meant is None for _, meant in found)
        assert {each.name: list(each.counts) for each in result.groups} == (grouped(found, by) if by else {})
    assert result.off_scale == sum(said.is_off_scale for _, said in told)
    assert result.without_kind == sum(said.kind == NOT_GIVEN and not math.isnan(said.score) for _, said in told)
    assert set(result.surveys) == {NAMES.touchpoints[code] for code in surveys}
    assert result.customers_answered.n == len(lives(told))


@settings(max_examples=200)
@given(some_told(), WITHIN, BY, st.sampled_from([4, 9]))
def test_of_a_journey_the_last_answer_counts_in_it_or_after_it(
    told: list[Told], within: timedelta, by: Any, days: int
) -> None:
    gap = days * 86_400 * SECOND
    analysis = ScoresAnalysis(level="journey", by=by, within=within, surveys=("Call",))
    result: Scores = asked(analysis, told, gap=gap)
    found = of_journeys(told, {3}, within, gap)
    assert result.total.answers == len(found)
    assert {each.name: list(each.counts) for each in result.groups} == (grouped(found, by) if by else {})


@given(some_told())
def test_by_month_a_relationship_is_the_latest_answer_of_each_customer_in_each_month(told: list[Told]) -> None:
    result: Scores = asked(ScoresAnalysis(level="relationship", by="month"), told, parts=2)
    latest: dict[tuple[int, str], int] = {}
    for own in lives(told):
        for row, said in own:
            if said.nps is not None:
                latest[row.customer, f"{datetime.fromtimestamp(row.time / SECOND, UTC):%Y-%m}"] = said.nps
    months = Counter((month, score) for (_, month), score in latest.items())
    assert {(each.name, score): n for each in result.groups for score, n in enumerate(each.counts) if n} == months
    assert [each.name for each in result.groups] == sorted({month for _, month in latest})


@given(some_told(), st.sampled_from([timedelta(), timedelta(days=5), timedelta(days=20)]))
def test_a_survey_is_answered_by_the_first_answer_before_the_next_one_is_sent(
    told: list[Told], within: timedelta
) -> None:
    result: Scores = asked(ScoresAnalysis(within=within, sent=("Visit",)), told, parts=2)
    sent = answered = 0
    for own in lives(told):
        places = [place for place, (row, _) in enumerate(own) if row.touchpoint == 0]
        for place, following in pairwise([*places, len(own)]):
            sent += 1
            answers = [row.time for row, said in own[place:following] if said.nps is not None]
            answered += bool(answers) and answers[0] - own[place][0].time <= within // timedelta(microseconds=1)
    assert result.response is not None
    assert (result.response.n, round((result.response.value if sent else 0) * sent)) == (sent, answered)


@given(some_told())
def test_who_answers_is_counted_by_channel(told: list[Told]) -> None:
    result: Scores = asked(ScoresAnalysis(), told, parts=2)
    surveys = surveys_of(told)
    for code, channel in enumerate(NAMES.channels):
        there = [
            own
            for own in lives(told)
            if any(row.channel == code and can_be_meant((row, said), surveys) for row, said in own)
        ]
        answered = [own for own in there if any(said.nps is not None for _, said in own)]
        counted = [each for each in result.answering if each.channel == channel]
        assert [(each.customers, each.to_dict()["answered"]) for each in counted] == (
            [(len(there), len(answered))] if there else []
        )


OF_TEAMS = st.sampled_from([None, ("north",), ("north", "south")])
OF_CHANNELS = st.sampled_from([None, NAMES.channels[:1], NAMES.channels[1:]])


def is_told_of(one: Told | None, teams: tuple[str, ...] | None, channels: tuple[str, ...] | None) -> bool:
    if one is None:
        return teams is None and channels is None
    row, said = one
    in_teams = teams is None or (said.team >= 0 and TEAMS[said.team] in teams)
    return in_teams and (channels is None or NAMES.channels[row.channel] in channels)


@settings(max_examples=200)
@given(some_told(), WITHIN, BY, st.sampled_from(["transaction", "relationship"]), OF_TEAMS, OF_CHANNELS)
def test_scores_of_teams_and_channels_are_those_of_answers_about_them(
    told: list[Told], within: timedelta, by: Any, level: Any, teams: Any, channels: Any
) -> None:
    analysis = ScoresAnalysis(level=level, by=by, within=within, teams=teams, channels=channels)
    result: Scores = asked(analysis, told, parts=2)
    surveys = surveys_of(told)
    every = transactions(told, surveys, within)
    answers = {id(answer[1]): answer[0].customer for answer, meant in every if is_told_of(meant, teams, channels)}
    if not (level == "relationship" and by == "month"):
        found = every if level == "transaction" else latest_of_each(told, surveys, within)
        chosen = [(answer, meant) for answer, meant in found if is_told_of(meant, teams, channels)]
        assert result.total.answers == len(chosen)
        assert {each.name: list(each.counts) for each in result.groups} == (grouped(chosen, by) if by else {})
    met = {
        own[0][0].customer
        for own in lives(told)
        if (teams is None and channels is None)
        or any(can_be_meant(each, surveys) and is_told_of(each, teams, channels) for each in own)
    }
    who = result.customers_answered
    assert (who.n, round(who.value * who.n) if met else 0) == (len(met), len(set(answers.values())))


@settings(max_examples=100)
@given(some_told(), WITHIN, st.sampled_from([4, 9]), OF_TEAMS)
def test_journeys_of_teams_are_those_with_an_interaction_of_theirs(
    told: list[Told], within: timedelta, days: int, teams: Any
) -> None:
    gap = days * 86_400 * SECOND
    analysis = ScoresAnalysis(level="journey", within=within, surveys=("Call",), teams=teams)
    result: Scores = asked(analysis, told, gap=gap)
    found = [pair for pair in of_journeys(told, {3}, within, gap) if is_told_of(pair[1], teams, None)]
    assert result.total.answers == len(found)
    share = result.journeys_answered
    assert share is not None
    assert (round(share.value * share.n) if share.n else 0) == len(found)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"teams": ("nort",)}, "expected names of teams, got 'nort'"),
        ({"channels": ("Wbe",)}, "expected names of channels, got 'Wbe'"),
    ],
)
@pytest.mark.parametrize("kind", [ScoresAnalysis, EmotionAnalysis])
def test_unknown_teams_and_channels_offer_the_nearest(kind: Any, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        asked(kind(**settings), [])


def test_surveys_that_are_sent_are_of_no_team() -> None:
    with pytest.raises(InputError, match="surveys that are sent are about no team"):
        asked(ScoresAnalysis(sent=("Visit",), teams=("north",)), [])


@given(some_told(), WITHIN, OF_TEAMS, OF_CHANNELS)
def test_feelings_are_what_reading_each_life_gives(
    told: list[Told], within: timedelta, teams: Any, channels: Any
) -> None:
    result: Emotion = asked(EmotionAnalysis(within=within, teams=teams, channels=channels), told, parts=2)
    surveys = surveys_of(told)
    felt: dict[tuple[str, str], list[float]] = {}
    nowhere = 0
    for own in lives(told):
        for place, (_, said) in enumerate(own):
            values = {}
            if not math.isnan(said.sentiment):
                values["sentiment"] = said.sentiment
            if said.nps is not None:
                values["NPS"] = -2 + 0.4 * said.nps
            if said.kind == 0 and said.score in range(1, 6):
                values["CSAT"] = said.score - 3
            meant = meant_by(own, place, surveys, within)
            for line, value in values.items():
                if not is_told_of(meant, teams, channels):
                    continue
                if meant is None:
                    nowhere += 1
                else:
                    felt.setdefault((NAMES.touchpoints[meant[0].touchpoint], line), []).append(value)
    found = {(step.name, line): feeling for step in result.steps for line, feeling in step.feelings.items()}
    assert {key: each.n for key, each in found.items()} == {key: len(values) for key, values in felt.items()}
    for key, values in felt.items():
        assert found[key].value == pytest.approx(np.mean(values))
        if len(values) > 1:
            assert found[key].deviation == pytest.approx(np.std(values, ddof=1), abs=1e-6)
    assert result.unattributed == nowhere


@given(some_told())
def test_steps_are_in_the_order_of_stages_then_of_their_mean_place(told: list[Told]) -> None:
    result: Emotion = asked(EmotionAnalysis(), told)
    places: dict[str, list[float]] = {}
    for own in lives(told):
        for place, (row, _) in enumerate(own):
            places.setdefault(NAMES.touchpoints[row.touchpoint], []).append(place / max(len(own) - 1, 1))
    for step in result.steps:
        assert step.place == pytest.approx(np.mean(places[step.name]), abs=1e-5)
    order = [NAMES.stages.index(step.stage) if step.stage else len(NAMES.stages) for step in result.steps]
    assert order == sorted(order)


def last_pass(first: Pass[Any, Any], spans: list[Spans]) -> Pass[Any, Any]:
    if not isinstance(first, SurveysPass):
        return first
    states = [first.partial(each) for each in spans]
    return first.conclude(sum(states[1:], start=states[0]))


@settings(max_examples=30)
@given(some_told(most=12), st.sampled_from([ScoresAnalysis(by="touchpoint", sent=("Order",)), EmotionAnalysis()]))
def test_parts_may_come_in_any_order(told: list[Told], analysis: Any) -> None:
    spans = [life(part) for part in all_parts(told, 3)]
    reading = pickle.loads(pickle.dumps(last_pass(analysis.begin(ASKED_NAMES), spans)))
    states = [reading.partial(each) for each in spans]
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


@pytest.mark.parametrize(
    ("touchpoint", "said", "meant"),
    [
        pytest.param(1, Said(9, 1), "Search", id="its own interaction, which is no survey"),
        pytest.param(3, Said(9, 1), "Visit", id="of a survey the one before"),
    ],
)
def test_what_an_answer_is_about(touchpoint: int, said: Said, meant: str) -> None:
    told = [(Row(1, 0, 0, 0), Said()), (Row(1, SECOND, touchpoint, 1), said)]
    result: Scores = asked(ScoresAnalysis(by="touchpoint", surveys=("Call",)), told)
    assert [each.name for each in result.groups] == [meant]


def test_what_the_company_does_by_itself_is_not_answered() -> None:
    told = [
        (Row(1, 0, 0, 0), Said()),
        (Row(1, 1, 1, 0), Said(direction=1)),
        (Row(1, 2, 2, 0), Said(actor=1)),
        (Row(1, 3, 3, 0), Said(4, 1)),
    ]
    result: Scores = asked(ScoresAnalysis(by="touchpoint", surveys=("Call",)), told)
    assert [each.name for each in result.groups] == ["Visit"]


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "low", "high"), [(4, 3, 10, -36.07, 51.45), (3, 0, 3, -6.58, 100)]
)
def test_the_interval_of_nps_is_that_of_rocks(promoters: int, detractors: int, n: int, low: float, high: float) -> None:
    found = net_promoter("NPS", promoters, detractors, n)
    assert found.value == 100 * (promoters - detractors) / n
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.01)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_nps_is_the_mean_of_plus_and_minus_a_hundred(promoters: int, passives: int, detractors: int) -> None:
    n = promoters + passives + detractors
    found = net_promoter("NPS", promoters, detractors, n)
    values = [100] * promoters + [0] * passives + [-100] * detractors
    if n:
        assert found.value == pytest.approx(np.mean(values))
        assert -100 <= found.low <= found.value <= found.high <= 100
    else:
        assert math.isnan(found.value)
    if n > 1:
        assert found.deviation == pytest.approx(np.std(values, ddof=1), abs=1e-6)


def test_the_numbers_of_csat_and_ces() -> None:
    csat = score_scale("CSAT")
    assert main_estimate("CSAT", csat, [1, 0, 2, 3, 4]).value == 0.7
    assert mean_score("CSAT", csat, [1, 0, 2, 3, 4]).value == 3.9
    effort = score_scale("CES", (1, 5), "effort")
    assert main_estimate("CES", effort, [2, 0, 0, 0, 2]).value == 3
    assert effort.text == "1 to 5, 5 is much effort"
    assert [score_scale("CES").feelings()[0] + score_scale("CES").feelings()[1] * score for score in (1, 4, 7)] == (
        pytest.approx([-2, 0, 2])
    )
    assert [effort.feelings()[0] + effort.feelings()[1] * score for score in (1, 3, 5)] == pytest.approx([2, 0, -2])


@pytest.mark.parametrize(
    "settings",
    [
        {"kind": "NSP"},
        {"level": "customer"},
        {"by": "agent"},
        {"by": "outcome"},
        {"scale": (1, 10)},
        {"kind": "CSAT", "scale": (5, 1)},
        {"kind": "CSAT", "scale": (3, 3)},
        {"kind": "CSAT", "scale": (0, 1000)},
        {"kind": "CSAT", "high_means": "effort"},
        {"kind": "CES", "high_means": "easy"},
        {"within": -timedelta(days=1)},
    ],
    ids=str,
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        ScoresAnalysis(**settings).begin(NAMES)


@pytest.mark.parametrize("settings", [{"surveys": ("Serch",)}, {"sent": ("Serch",)}])
def test_an_unknown_survey_is_an_error_with_the_nearest_names(settings: dict[str, Any]) -> None:
    with pytest.raises(UnknownNameError, match="'Serch'") as raised:
        ScoresAnalysis(**settings).begin(NAMES)
    assert raised.value.hint == "did you mean 'Search'?"


@pytest.mark.parametrize("analysis", [ScoresAnalysis(by="stage"), EmotionAnalysis(by="stage")])
def test_stages_need_a_taxonomy(analysis: Any) -> None:
    with pytest.raises(InputError, match="taxonomy with stages"):
        analysis.begin(replace(NAMES, stages=(), stage_of=()))


@pytest.mark.parametrize("text", ["1-5", "1..", "a..b", ""])
def test_a_scale_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"such as 1\.\.5"):
        read_scale("scale", text)


@pytest.mark.parametrize("level", ["transaction", "journey", "relationship"])
def test_nobody_who_answers_is_a_plain_answer(level: Any) -> None:
    for told in ([], [(Row(1, 0, 0, 0), Said())], [(Row(1, 0, 0, 0), Said(99, 1))]):
        for by in (None, "touchpoint", "month"):
            result: Scores = asked(ScoresAnalysis(level=level, by=by, sent=("Order",)), told)
            assert result.total.answers == 0
            assert math.isnan(result.total.score.value)
            assert '"score": null' in result.to_json()
            assert themed(result.chart())
        felt: Emotion = asked(EmotionAnalysis(), told)
        assert felt.rows() == []
        assert themed(felt.chart())


def test_all_at_the_same_moment_and_a_window_of_zero() -> None:
    told = [(Row(1, 0, 0, 0), Said()), (Row(1, 0, 3, 0), Said(10, 1)), (Row(1, 1, 3, 0), Said(0, 1))]
    result: Scores = asked(ScoresAnalysis(by="touchpoint", within=timedelta(), surveys=("Call",)), told)
    assert {each.name: each.score.value for each in result.groups} == {"Visit": 100, None: -100}
    assert result.unattributed == 1


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two people who order and are asked; one who calls and is not."""
    made = desireline.create(tmp_path / "workspace")
    days: dict[str, list[tuple[float, str, dict[str, Any]]]] = {
        "ann": [
            (0, "Look", {}),
            (1, "Order", {}),
            (3, "Survey", {"score": 9, "score_kind": "NPS"}),
            (40, "Chat", {"score": 2, "score_kind": "CSAT", "team": "bots", "sentiment": -1}),
        ],
        "bob": [(0, "Look", {}), (2, "Order", {}), (6, "Survey", {"score": 3, "score_kind": "NPS", "sentiment": 0.5})],
        "cem": [(0, "Call", {}), (50, "Call", {})],
    }
    new = [
        NewInteraction(
            {
                "source": "test",
                "channel": "web",
                "touchpoint": touchpoint,
                "occurred_at": START + timedelta(days=day),
                **fields,
            },
            {"user": user},
        )
        for user, steps in days.items()
        for day, touchpoint, fields in steps
    ]
    record_interactions(made, new)
    save_definition(
        made, "order", {"start": "touchpoint = Look", "goal": "touchpoint = Order", "end": "touchpoint = Cancel"}
    )
    return made


def test_answers_to_journeys_come_in_them_or_soon_after(workspace: Workspace) -> None:
    soon = scores(workspace, level="journey", journey="order", within="3d", by="outcome")
    assert [(each.name, each.answers, each.score.value) for each in soon.groups] == [("reached", 1, 100)]
    assert soon.journeys_answered is not None
    assert (soon.journeys_answered.value, soon.journeys_answered.n) == (0.5, 2)
    later = scores(workspace, level="journey", journey="order", by="touchpoint")
    assert [(each.name, each.answers) for each in later.groups] == [("Order", 2)]


def test_levels_that_need_journeys_say_so(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="needs journeys"):
        scores(workspace, level="journey")
    with pytest.raises(InputError, match="have an outcome"):
        scores(workspace, by="outcome")


def test_scores_of_a_workspace(workspace: Workspace) -> None:
    found = scores(workspace, by="touchpoint", sent=["Survey"])
    assert [(each.name, each.counts[9], each.counts[3]) for each in found.groups] == [("Order", 1, 1)]
    assert (found.total.score.value, found.surveys) == (0, ("Chat", "Survey"))
    assert found.response is not None
    assert found.response.value == 1
    assert scores(workspace, kind="CSAT", by="team", surveys=["Survey"]).groups[0].name == "bots"
    assert scores(workspace, kind="CSAT", by="channel", scale="1..10").scale.high == 10
    assert scores(workspace, period="2026-01-05..").total.answers == 1
    assert scores(workspace, segment="touchpoint = Chat").total.answers == 1


def test_an_answer_is_about_what_came_before_the_period(workspace: Workspace) -> None:
    found = scores(workspace, by="touchpoint", period="2026-01-04..", surveys=["Survey"])
    assert [each.name for each in found.groups] == ["Order"]


def test_two_segments_are_compared(workspace: Workspace) -> None:
    everybody, ann = scores(workspace), scores(workspace, segment="touchpoint = Chat")
    names = {each.before.name for each in compare(everybody.estimates(), ann.estimates()).differences}
    assert {"customers who answered", "customers in web who answered"} <= names
    assert all(isinstance(each, Estimate) for each in everybody.estimates())


def test_feelings_of_a_workspace(workspace: Workspace) -> None:
    found = emotion(workspace, surveys=["Survey"])
    assert {(step.name, line): each.value for step in found.steps for line, each in step.feelings.items()} == {
        ("Order", "sentiment"): 0.5,
        ("Order", "NPS"): pytest.approx(0.4),
        ("Chat", "sentiment"): -1,
        ("Chat", "CSAT"): -1,
    }


def test_the_last_pass_of_scores_keeps_counts_alone() -> None:
    reading = ScoresAnalysis(surveys=()).begin(NAMES)
    assert isinstance(reading, ScoresPass)
    assert isinstance(reading.partial(life(told_part([], []))), ScoreCounts)
