"""What is measured at the steps of a map."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desireline.app.commands import main
from desireline.base import InputError, UnknownNameError
from desireline.evidence import AlignmentAnalysis, Lanes, LanesAnalysis, ScoreRules, measure
from desireline.evidence.checking import prepare
from desireline.evidence.measuring import lanes_analysis
from desireline.interactions import ChannelCost, CostSettings, parse_condition, sum_costs
from desireline.journeys import EffortAnalysis, open_index
from desireline.journeys.analyses.surveys import SurveysPass
from desireline.journeys.engine import Answer
from desireline.journeys.spans import life
from desireline.kernels.stays import NO_STAY, find_stays
from desireline.maps import Binding, Persona, Step
from desireline.store import Workspace

from ..journeys.rows import NAMES, SECOND, Row, answer, make_part, some_rows, spans_of
from .deliveries import ROWS, delivery_map, lanes_of, make_deliveries
from .maps import ANYTHING, MeasuredMap, Meets, a_map, random_maps
from .reference import Reference

LONG = 3 * SECOND


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_deliveries(tmp_path_factory.mktemp("orders"))


def test_the_lanes_are_those_of_the_worked_example(orders: Workspace) -> None:
    found = measure(orders, delivery_map())
    assert [each.stays for each in found.lanes.steps] == [3, 2, 2]
    assert [each.shares() for each in found.lanes.steps] == [
        (("web", 2 / 3), ("app", 1 / 3)),
        (("phone", 1.0),),
        (("courier", 1.0),),
    ]
    assert lanes_of(found, "effort") == {"order": (0.366667, 3), "help": (4.0, 2), "receive": (0, 2)}
    assert lanes_of(found, "cost") == {"order": (0.666667, 3), "help": (7.5, 2), "receive": (0, 2)}
    assert lanes_of(found, "sentiment") == {"help": (-1.0, 3)}
    assert lanes_of(found, "nps") == {"receive": (0.0, 2)}
    assert (found.emotion, found.lanes.currency) == ("sentiment", "EUR")


def test_where_everything_has_a_place_the_cost_of_all_stays_is_that_of_the_log(tmp_path: Path) -> None:
    head, *rows = ROWS.splitlines()
    costly = [f"{head},cost,case,minutes"] + [f"{row},{'3.5' if 'Chat' in row else ''},,60" for row in rows]
    settings = "\n[costs.channels.phone]\nper_contact = 5\nper_minute = 0.5\n"
    shop = make_deliveries(
        tmp_path, "\n".join(costly) + "\n", settings, "cost: {column: cost}\nduration: {column: minutes}\n"
    )
    everything = delivery_map(
        **{
            "{where: touchpoint = Order}": "{where: touchpoint exists}, next: [order, help]",
            "where: touchpoint = Call": "where: touchpoint = Nothing",
            "where: touchpoint = Delivery": "where: touchpoint = Nothing",
        }
    )
    found = measure(shop, everything)
    assert [each.stays for each in found.lanes.steps] == [11]
    assert sum(each.cost.value * each.stays for each in found.lanes.steps) == pytest.approx(sum_costs(shop).total.total)


def test_the_measured_emotion_has_one_source_and_another_may_be_asked_for(orders: Workspace) -> None:
    def drawn(**options: Any) -> list[tuple[float, int, str] | None]:
        felt = [each.emotion for each in measure(orders, delivery_map(), **options).measured().steps]
        return [None if each is None else (round(each.value, 6), each.n, each.unit) for each in felt]

    assert drawn() == [None, (-1.0, 3, "by sentiment"), None]
    assert drawn(emotion="NPS") == [None, None, (1.0, 2, "by NPS")]
    assert drawn(emotion="CES") == [None, None, None]


def test_what_comes_later_than_the_longest_stay_belongs_to_no_step(orders: Workspace) -> None:
    found = measure(orders, delivery_map(), longest_stay="7h")
    assert lanes_of(found, "nps") == {"receive": (0.0, 2)}
    assert lanes_of(found, "effort")["help"] == (2.75, 2)
    assert lanes_of(found, "sentiment") == {"help": (-1.3, 2)}


def test_no_survey_no_contact_and_no_cost_are_nothing_measured(tmp_path: Path) -> None:
    plain = make_deliveries(tmp_path, "\n".join(ROWS.splitlines()[:2]) + "\n", settings="")
    found = measure(plain, delivery_map())
    assert (found.emotion, [sum(each.n for each in lane.estimates().values()) for lane in found.lanes.steps]) == (
        None,
        [0],
    )
    assert [each.reading.health for each in found.metrics] == ["unknown", "unknown", "attention"]


def test_lanes_of_personas_are_those_of_their_segments(orders: Workspace) -> None:
    callers, others = "channel = phone", "channel = chat"
    personas = (
        Persona("callers", "Callers", segment=parse_condition(callers)),
        Persona("chatters", "Chatters", segment=parse_condition(others)),
    )
    of_map = replace(delivery_map(), personas=personas)
    found = measure(orders, of_map, personas=True)
    for each, segment in zip(found.personas, (callers, others), strict=True):
        alone = measure(orders, of_map, segment=segment, emotion=found.emotion)
        assert each.measures.to_json() == alone.to_json()
        assert each.measured().steps == alone.measured().steps
    told = json.loads(found.to_json())["personas"]
    assert [(each["id"], each["journeys"], each["emotion_by"]) for each in told] == [
        ("callers", 2, "sentiment"),
        ("chatters", 1, "sentiment"),
    ]


def test_personas_need_segments(orders: Workspace) -> None:
    with pytest.raises(InputError, match="no persona of the map 'get-my-order' is tied to customers"):
        measure(orders, delivery_map(), personas=True)


def test_json_holds_what_the_check_gives_and_the_lanes(orders: Workspace) -> None:
    told = json.loads(measure(orders, delivery_map()).to_json())
    assert (told["journeys"], told["emotion_by"], told["currency"]) == (3, "sentiment", "EUR")
    helped = next(each for each in told["lanes"] if each["step"] == "help")
    assert helped["channels"] == [{"channel": "phone", "interactions": 3, "share": 1.0}]
    assert (helped["effort"]["value"], helped["effort"]["n"], helped["nps"]) == (4.0, 2, None)
    assert [(each["step"], each["metric"], each["health"]) for each in told["metrics"]] == [
        ("help", "call-cost", "unknown"),
        ("receive", "arrives", "bad"),
        ("receive", "on-time", "attention"),
    ]


def test_the_passes_can_be_sent_to_other_machines(orders: Workspace) -> None:
    prepared = prepare(orders, delivery_map(), {})
    asked = lanes_analysis(prepared, ScoreRules(), "30d")
    reading = asked.begin(open_index(orders).names)
    assert isinstance(reading, SurveysPass)
    sent = pickle.loads(pickle.dumps(reading))
    surveys = reading.conclude(np.array([[9, 9, 9, 9, 2], [0, 0, 0, 0, 2]], np.int64))
    assert repr(sent.go_on(surveys.surveys)) == repr(pickle.loads(pickle.dumps(surveys)))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        pytest.param({"emotion": "joy"}, InputError, "emotion: expected one of sentiment, NPS", id="no such emotion"),
        pytest.param({"csat_scale": "5..1"}, InputError, "scale: expected two whole numbers", id="scale upside down"),
        pytest.param(
            {"surveys": ["Surveys"]}, UnknownNameError, "names of touchpoints as surveys", id="no such survey"
        ),
        pytest.param({"longest_stay": "soon"}, InputError, "expected a duration", id="no duration"),
    ],
)
def test_what_cannot_be_asked_is_said(
    orders: Workspace, options: dict[str, Any], error: type[InputError], message: str
) -> None:
    with pytest.raises(error, match=message):
        measure(orders, delivery_map(), **options)


@given(
    placed=st.lists(st.integers(-1, 2), max_size=12),
    gaps=st.lists(st.integers(0, 5), min_size=12, max_size=12),
    ends=st.sets(st.integers(1, 12)),
    longest=st.integers(0, 8),
)
def test_stays_are_those_of_the_reference(placed: list[int], gaps: list[int], ends: set[int], longest: int) -> None:
    times = np.cumsum(gaps[: len(placed)], dtype=np.int64)
    cuts = sorted({0, len(placed), *(each for each in ends if each < len(placed))})
    starts = np.array(cuts[:-1], np.int64)
    found = find_stays(np.array(placed, np.int32), times, starts, np.array(cuts[1:], np.int64), longest)
    of_rows, steps = [], []
    for start, end in pairwise(cuts):
        since = None
        for row in range(start, end):
            if placed[row] >= 0:
                since = row
                steps.append(placed[row])
            inside = since is not None and times[row] - times[since] <= longest
            of_rows.append(len(steps) - 1 if inside else NO_STAY)
    assert (found.of_rows.tolist(), found.steps.tolist()) == (of_rows, steps)


def analysis_of(of: MeasuredMap, **options: Any) -> LanesAnalysis:
    prices = CostSettings("EUR", {"web": ChannelCost(2.0), "app": ChannelCost(0.5, 0.25)})
    alignment: AlignmentAnalysis = of.analysis()
    return LanesAnalysis(
        alignment,
        prices=prices,
        scores=ScoreRules(within=timedelta(seconds=3), surveys=("Visit",)),
        longest_stay=timedelta(microseconds=LONG),
        **options,
    )


@settings(max_examples=25)
@given(of=random_maps(3), rows=some_rows(most=9), gap=st.sampled_from([None, SECOND]))
def test_stays_channels_and_sentiment_are_those_of_the_reference(
    of: MeasuredMap, rows: list[Row], gap: int | None
) -> None:
    found = answer(analysis_of(of), rows, gap=gap)
    expected = expected_lanes(of, rows, gap)
    told = {
        lane.step: (
            lane.stays,
            {each.channel: each.interactions for each in lane.channels},
            (lane.sentiment.n, round(lane.sentiment.value * lane.sentiment.n, 6) if lane.sentiment.n else 0),
        )
        for lane in found.steps
    }
    assert told == expected


@settings(max_examples=15)
@given(of=random_maps(3), rows=some_rows(most=20), parts=st.integers(2, 4))
def test_partial_results_add_up_in_any_order(of: MeasuredMap, rows: list[Row], parts: int) -> None:
    analysis = analysis_of(of)
    assert repr(answer(analysis, rows, parts=parts)) == repr(answer(analysis, rows))
    reading = analysis.begin(NAMES)
    assert not isinstance(reading, SurveysPass)
    numbers = [[place for place, row in enumerate(rows) if row.customer % 3 == part] for part in range(3)]
    states = [reading.partial(life(make_part([rows[place] for place in each], each))) for each in numbers]
    told = []
    for order in permutations(states):
        outcome = reading.conclude(reduce(reading.combine, order))
        assert isinstance(outcome, Answer)
        told.append(repr(outcome.result))
    assert len(set(told)) == 1


@settings(max_examples=15)
@given(rows=some_rows(least=1, most=20))
def test_the_effort_of_all_stays_is_that_of_the_journeys_where_everything_has_a_place(rows: list[Row]) -> None:
    step = Step("all", "All", next=("all",), binding=Binding(ANYTHING))
    everything = MeasuredMap(a_map(step), {"all": Meets(divisor=1)})
    lanes: Lanes = answer(analysis_of(everything), rows)
    effort = answer(EffortAnalysis(), rows)
    (lane,) = lanes.steps
    assume(lane.effort.n == len(rows))
    total = sum(each.points for each in effort.groups)
    assert lane.effort.value * lane.effort.n == pytest.approx(total, abs=0.0005 * len(rows))


def expected_lanes(of: MeasuredMap, rows: list[Row], gap: int | None) -> dict[str, Any]:
    """By step: stays, interactions by channel, how many sentiments and their sum; one loop over the interactions of each customer."""
    ids = [step.id for step in of.journey_map.steps if step.id in of.meets]
    stays = dict.fromkeys(ids, 0)
    channels: dict[str, dict[str, int]] = {ident: {} for ident in ids}
    sentiments = {ident: [0, 0.0] for ident in ids}
    arrivals = {id(row): place for place, row in enumerate(rows)}
    stay_of: dict[int, str] = {}
    known = Reference(of)
    for _, own in spans_of(rows, gap):
        journey = [(row, arrivals[id(row)]) for row in own]
        events = known.events(journey)
        placed = dict(known.align(events, False)[1]) if events else {}
        current: tuple[str, int] | None = None
        for place, (row, arrival) in enumerate(journey):
            for ident in [placed[place]] if place in placed else events.get(place, []):
                name = NAMES.channels[row.channel]
                channels[ident][name] = channels[ident].get(name, 0) + 1
            if place in placed:
                current = (placed[place], row.time)
                stays[current[0]] += 1
            if current is not None and row.time - current[1] <= LONG:
                stay_of[arrival] = current[0]
    for arrival, about in _abouts(rows, arrivals):
        if about in stay_of and arrival % 3:
            sentiments[stay_of[about]][0] += 1
            sentiments[stay_of[about]][1] += float(arrival * 7 % 11)
    return {
        ident: (stays[ident], channels[ident], (sentiments[ident][0], round(sentiments[ident][1], 6))) for ident in ids
    }


def _abouts(rows: Sequence[Row], arrivals: dict[int, int]) -> list[tuple[int, int]]:
    """Every interaction with what an answer in it is about: no visit, nothing internal, nothing of a system, at most three seconds before."""
    found = []
    for _, own in spans_of(rows, None):
        for place, row in enumerate(own):
            for before in reversed(own[: place + 1]):
                number = arrivals[id(before)]
                texts = {name: number * 5 % (len(NAMES.values[name]) + 1) - 1 for name in ("direction", "actor")}
                if row.time - before.time > 3 * SECOND:
                    break
                if before.touchpoint != 0 and texts["direction"] != 2 and texts["actor"] != 2:
                    found.append((arrivals[id(row)], number))
                    break
    return found


def test_the_command_prints_steps_metrics_and_where_emotion_comes_from(
    orders: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from .deliveries import MAP

    (tmp_path / "map.yaml").write_text(MAP)
    picture = tmp_path / "map.svg"
    words = ["evidence", "measure", str(tmp_path / "map.yaml"), "-w", str(orders.folder), "--picture", str(picture)]
    monkeypatch.setattr(sys, "argv", ["desireline", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr()
    assert ended.value.code == 0
    assert "effort       4.00" in printed.out
    assert "the emotion is that of sentiment" in printed.err
    assert "by sentiment" in picture.read_text()
