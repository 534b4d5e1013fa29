"""Slow changes and conversions in the feed: the line through days, and the journeys that come to their goal."""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import Period
from desireline.interactions import parse_condition
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import insights
from desireline.journeys.analyses.insights.finding import Change
from desireline.journeys.analyses.insights.goals import Goal, Marked, touchpoints_of
from desireline.journeys.analyses.insights.joining import join_changes, sentence
from desireline.journeys.analyses.insights.looking import JourneyWindow
from desireline.journeys.analyses.insights.plan import Attribute, Plan
from desireline.journeys.analyses.insights.trends import line_through, trends_of_means, trends_of_shares
from desireline.journeys.analyses.weekdays import WEEKDAYS, weekdays
from desireline.journeys.definitions import save_definition
from desireline.journeys.marks import CodeMarks
from desireline.journeys.model import Part
from desireline.journeys.results.insights import Finding, Insights, Trend
from desireline.journeys.selection import Cutter
from desireline.journeys.spans import JourneyCut
from desireline.store import Workspace

from .rows import NAMES, Row, make_part

DAYS = 60
START = datetime(2026, 1, 5, tzinfo=UTC)
DAY_US = 86_400_000_000


def some_days(seed: int) -> list[tuple[int, int]]:
    """Hits and units of each day; on some days nothing. The share rises, falls or neither."""
    rng = np.random.default_rng(seed)
    days = int(rng.integers(56, 70))
    units = rng.integers(0, 10, days)
    share = np.clip(rng.uniform(0, 1) + rng.uniform(-1, 1) * np.arange(days) / days, 0, 1)
    return list(zip(rng.binomial(units, share).tolist(), units.tolist(), strict=True))


def some_values(seed: int) -> list[list[int]]:
    """Whole numbers of each day, on some days none; they rise, fall or neither."""
    rng = np.random.default_rng(seed)
    days = int(rng.integers(56, 70))
    slope = rng.uniform(-0.3, 0.3)
    return [rng.normal(slope * day, 5, int(rng.integers(0, 4))).round().astype(int).tolist() for day in range(days)]


def thirds(pairs: list[tuple[int, int]]) -> list[tuple[float, int]]:
    """Mean and units of each third of the days."""
    found = []
    for start, end in pairwise(len(pairs) * part // 3 for part in range(4)):
        units = sum(n for _, n in pairs[start:end])
        found.append((sum(x for x, _ in pairs[start:end]) / max(units, 1), units))
    return found


def is_steady(z: float, pairs: list[tuple[int, int]], least: int) -> bool:
    """Whether the thirds rise or fall as the line does, and have enough units."""
    (low, _), (middle, _), (high, _) = parts = thirds(pairs)
    goes_along = low < middle < high if z > 0 else low > middle > high
    return goes_along and all(n >= least for _, n in parts)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([0, 70, 90]))
def test_the_trend_of_a_share_is_that_of_cochran_and_armitage(seed: int, least: int) -> None:
    pairs = some_days(seed)
    units = [(day, one < hits) for day, (hits, n) in enumerate(pairs) for one in range(n)]
    n, hits = len(units), sum(hit for _, hit in units)
    z = 0.0
    if 0 < hits < n:
        mean_day, share = sum(day for day, _ in units) / n, hits / n
        lean = sum((day - mean_day) * (hit - share) for day, hit in units)
        z = lean / math.sqrt(share * (1 - share) * sum((day - mean_day) ** 2 for day, _ in units))
    columns = (np.array([column], np.int64) for column in zip(*pairs, strict=True))
    expected = z if is_steady(z, pairs, least) else 0.0
    assert trends_of_shares(*columns, least).tolist() == [pytest.approx(expected, abs=1e-9)]


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([0, 25, 35]))
def test_the_trend_of_a_mean_is_that_of_linear_regression(seed: int, least: int) -> None:
    values = some_values(seed)
    sums = np.array([[[sum(value**power for value in own) for own in values]] for power in (0, 1, 2)], np.int64)
    days, told = (
        np.array(each, float) for each in zip(*[(d, v) for d, own in enumerate(values) for v in own], strict=True)
    )
    slope, base = np.polyfit(days, told, 1)
    noise = float(((told - base - slope * days) ** 2).sum()) / (len(days) - 2)
    z = float(slope / math.sqrt(noise / ((days - days.mean()) ** 2).sum()))
    expected = z if is_steady(z, [(sum(own), len(own)) for own in values], least) else 0.0
    assert trends_of_means(sums, least).tolist() == [pytest.approx(expected, rel=1e-6)]


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_the_line_goes_through_the_days_as_least_squares_draws_it(seed: int) -> None:
    pairs = some_days(seed)
    days = [day for day, (_, n) in enumerate(pairs) for _ in range(n)]
    told = [float(hit < x) for x, n in pairs for hit in range(n)]
    slope, base = np.polyfit(days, told, 1)
    line = line_through(*(np.array(column, np.int64) for column in zip(*pairs, strict=True)))
    assert (line.first, line.last) == (min(days), max(days))
    assert line.slope == pytest.approx(slope, abs=1e-9)
    assert (line.start, line.end) == pytest.approx((base + slope * line.first, base + slope * line.last), abs=1e-9)


def test_a_short_record_has_no_trend() -> None:
    rising = np.arange(40, dtype=np.int64)[None]
    assert trends_of_shares(rising, np.full((1, 40), 50, np.int64), 1).tolist() == [0.0]


def shop(folder: Path, *, calls: tuple[float, float], buys: tuple[float, float] = (0.5, 0.5)) -> Workspace:
    """Customers look, some order, and some of these call.

    The share that calls goes evenly from one number to the other; that which orders changes on day 40.
    """
    made = desireline.create(folder)
    rng = np.random.default_rng(5)
    new = []
    for customer in range(400):
        for day in rng.choice(DAYS, 6, replace=False).tolist():
            at = START + timedelta(days=day, hours=float(rng.uniform(6, 20)))
            steps = ["Look"] + ["Order"] * bool(rng.random() < buys[day >= 40])
            share = calls[0] + (calls[1] - calls[0]) * day / DAYS
            steps += ["Call"] * bool(steps[-1] == "Order" and rng.random() < share)
            for place, step in enumerate(steps):
                fields = {
                    "source": "shop",
                    "channel": "web",
                    "touchpoint": step,
                    "occurred_at": at + timedelta(minutes=10 * place),
                }
                new.append(NewInteraction(fields, {"user": f"u{customer}"}, {}))
    record_interactions(made, new)
    return made


def test_what_rises_evenly_is_told_as_a_trend(tmp_path: Path) -> None:
    found = insights(shop(tmp_path / "shop", calls=(0.05, 0.65)))
    (finding,) = found.findings
    assert (finding.kind, finding.measure, finding.subject) == ("trend", "transition", "Order → Call")
    assert (finding.first_day, finding.is_over) == (date(2026, 1, 5), False)
    assert (finding.before, finding.after) == pytest.approx((0.05, 0.65), abs=0.08)
    assert finding.trend is not None
    assert finding.trend.low < 0.07 < finding.trend.high
    assert "of Order that Call directly follows within a day rose slowly from" in finding.text
    told = finding.to_dict()
    assert (told["to"], told["measure"], told["trend"]["slope"]) == (None, "transition", finding.trend.slope)
    assert Insights(60, 1, (finding,)).chart().to_dict()["layer"]


def test_what_falls_evenly_has_a_negative_slope(tmp_path: Path) -> None:
    (finding,) = insights(shop(tmp_path / "shop", calls=(0.65, 0.05))).findings
    assert finding.trend is not None
    assert finding.trend.high < 0
    assert "fell slowly" in finding.text


def test_conversion_of_journeys_is_followed_where_definitions_say_what_it_is(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "shop", calls=(0.1, 0.1), buys=(0.5, 0.1))
    assert not any("journeys" in told for each in insights(workspace).findings for told in (each.text, *each.also))
    save_definition(workspace, "buy", {"start": "touchpoint = Look", "goal": "touchpoint = Order", "time_out": "1d"})
    (event,) = insights(workspace).findings
    sentences = [told for told in (event.text, *event.also) if "of the journeys buy that began" in told]
    assert len(sentences) == 1
    assert "came to their goal within 1 d; on other days" in sentences[0]
    filtered = insights(workspace, where="touchpoint != Search")
    assert not any("journeys buy" in told for each in filtered.findings for told in (each.text, *each.also))


def test_nothing_is_said_of_conversion_that_does_not_change(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "shop", calls=(0.1, 0.1))
    before = insights(workspace)
    save_definition(workspace, "buy", {"start": "touchpoint = Look", "goal": "touchpoint = Order", "time_out": "1d"})
    after = insights(workspace)
    assert (before.findings, after.findings) == ((), ())
    assert after.series > before.series


def goal_of(window_days: int, last_begin: int, *, only_web: bool) -> Goal:
    """From Visit to Order, with a time-out of three days."""
    marks = [CodeMarks(np.array([[each == name] * 3 for each in NAMES.touchpoints])) for name in ("Visit", "Order")]
    web = CodeMarks(np.array([[channel == "web" for channel in NAMES.channels]] * 4)) if only_web else None
    cut = JourneyCut(marks[0], marks[1], None, web, 3 * DAY_US, 30 * DAY_US)
    window = JourneyWindow("buy", window_days * DAY_US, last_begin * DAY_US)
    return Goal(window, ("Visit", "Order"), Cutter(Period(), journey=cut))


def journeys_of(own: list[int], rows: list[Row]) -> list[tuple[int, int, bool]]:
    """The place at which each journey from Visit to Order begins, how long it lasts, and whether it came to Order."""
    found, begun, before = [], -1, -1
    for place in own:
        if begun >= 0 and rows[place].time - rows[before].time > 3 * DAY_US:
            found.append((begun, rows[before].time - rows[begun].time, False))
            begun = -1
        name = NAMES.touchpoints[rows[place].touchpoint]
        if begun < 0:
            begun = place if name == "Visit" else -1
        elif name == "Order":
            found.append((begun, rows[place].time - rows[begun].time, True))
            begun = -1
        before = place
    return [*found, *([(begun, 0, False)] if begun >= 0 else [])]


@settings(max_examples=150)
@given(
    st.lists(
        st.builds(
            Row,
            st.integers(0, 2),
            st.integers(0, 20).map(DAY_US.__mul__),
            st.sampled_from([0, 0, 1, 2, 2, 3]),
            st.integers(0, 2),
        ),
        max_size=30,
    ),
    st.lists(st.booleans(), min_size=30, max_size=30),
    st.integers(1, 2),
    st.integers(5, 20),
    st.booleans(),
)
def test_journeys_count_for_the_day_on_which_they_begin_unless_they_were_prompted(
    rows: list[Row], prompted: list[bool], window: int, last_begin: int, only_web: bool
) -> None:
    plan = Plan((), (), (), (Attribute("weekday", WEEKDAYS, 1, is_steady=True),), 2, 15)
    goal = goal_of(window, last_begin, only_web=only_web)
    counted = []
    for remainder in (0, 1):
        numbers = [place for place, row in enumerate(rows) if row.customer % 2 == remainder]
        part = make_part([rows[place] for place in numbers], numbers)
        counted.append(goal.count(part, marked(part, prompted, plan), plan))
    found = counted[1] + counted[0]
    expected: Counter[tuple[int, int, int]] = Counter()
    weeks = set()
    for customer in {row.customer for row in rows}:
        places = [place for place, row in enumerate(rows) if row.customer == customer]
        own = sorted(
            (place for place in places if not only_web or rows[place].channel == 0), key=lambda p: rows[p].time
        )
        for begun, lasted, is_reached in journeys_of(own, rows):
            day = rows[begun].time // DAY_US
            if prompted[begun] or not 2 <= day <= min(16, last_begin):
                continue
            weeks.add((customer, (day - 2) // 7))
            for group in (0, 1 + (day + 3) % 7):
                expected[1, group, day - 2] += 1
                expected[0, group, day - 2] += is_reached and lasted <= window * DAY_US
    assert {place: int(found.days[place]) for place in zip(*np.nonzero(found.days), strict=True)} == {
        key: count for key, count in expected.items() if count
    }
    assert found.weeks == len(weeks)


def marked(part: Part, prompted: list[bool], plan: Plan) -> Marked:
    days = part.times // DAY_US - plan.first_day
    segments = (1 + weekdays(days + plan.first_day))[:, None].astype(np.int32)
    return Marked(days, np.array(prompted)[part.arrivals], segments)


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("touchpoint = Order", ["Order"]),
        ("touchpoint in (Order, Call) and channel = web", ["Order", "Call"]),
        ("channel = web", []),
        ("not touchpoint = Order", []),
    ],
)
def test_a_goal_is_about_the_touchpoints_that_it_names(condition: str, named: list[str]) -> None:
    assert list(touchpoints_of(parse_condition(condition))) == named


def change(kind: str = "level", subject: str = "Call", *, slope: float | None = None, **more: object) -> Change:
    settings_ = {
        "segment": None,
        "start": 100,
        "end": 280,
        "is_over": False,
        "before": 0.1,
        "after": 0.2,
        "low": 0.05,
        "high": 0.15,
        "n": 100,
        "strength": 8.0,
        "chance": 0.0,
        "trend": None if slope is None else Trend(slope, slope / 2, slope * 2),
    }
    return Change(kind=kind, subjects=tuple(subject.split(" → ")), **{**settings_, **more})  # type: ignore[arg-type]


JOURNEYS = JourneyWindow("order", 7 * DAY_US, 0)


@pytest.mark.parametrize(
    ("told", "window", "text"),
    [
        pytest.param(
            change(slope=0.004),
            None,
            "the share of the customers active on a day who were at Call rose slowly from 10.0% to 20.0%, by 0.40 points a week.",
            id="level",
        ),
        pytest.param(
            change("transition", "Look → Call", slope=-0.004, segment=("attributes.plan", "gold")),
            None,
            "the share of Look (plan gold) that Call directly follows within a day fell slowly from 10.0% to 20.0%, by 0.40 points a week.",
            id="transition in a segment",
        ),
        pytest.param(
            change("wait", slope=3.0, before=60.0, after=120.0),
            None,
            "the mean wait at Call rose slowly from 1 min to 2 min, by 3 s a week.",
            id="wait",
        ),
        pytest.param(
            change("score", slope=-0.05, before=4.5, after=3.5),
            None,
            "the mean score at Call fell slowly from 4.50 to 3.50, by 0.05 a week.",
            id="score",
        ),
        pytest.param(
            change("conversion", "order", slope=0.004, within_us=7 * DAY_US),
            None,
            "the share of the journeys order that come to their goal within 7 d rose slowly from 10.0% to 20.0%, by 0.40 points a week.",
            id="conversion",
        ),
        pytest.param(
            change(slope=0.004),
            JOURNEYS,
            "the share of the journeys order that come to Call within 7 d rose slowly from 10.0% to 20.0%, by 0.40 points a week.",
            id="level within journeys",
        ),
        pytest.param(
            change("transition", "Look → Call", slope=0.004),
            JOURNEYS,
            "the share of Look in the journeys order that began that Call directly follows within a day rose slowly from 10.0% to 20.0%, by 0.40 points a week.",
            id="transition within journeys",
        ),
    ],
)
def test_a_trend_is_told_from_its_beginning_to_its_end(told: Change, window: JourneyWindow | None, text: str) -> None:
    assert sentence(told, window) == f"From 11 April 1970 to 7 October 1970, {text}"


@pytest.mark.parametrize(
    ("currency", "text"),
    [
        pytest.param("GBP", "was £88.00; on other days £44.00.", id="with a sign"),
        pytest.param(
            "CHF", "was CHF\N{NO-BREAK SPACE}88.00; on other days CHF\N{NO-BREAK SPACE}44.00.", id="with letters"
        ),
        pytest.param(None, "was 88.00; on other days 44.00.", id="nobody knows which"),
    ],
)
def test_a_changed_value_says_its_currency(currency: str | None, text: str) -> None:
    told = sentence(change("value", before=44.0, after=88.0), currency=currency)
    assert told == f"Since 11 April 1970, the mean value at Call {text}"


def test_a_changed_conversion_says_of_which_journeys() -> None:
    told = change("conversion", "order", within_us=7 * DAY_US, segment=("attributes.plan", "gold"))
    assert sentence(told) == (
        "Since 11 April 1970, 20.0% of the journeys order (plan gold) that began came to their goal within 7 d; on other days 10.0%."
    )


@pytest.mark.parametrize(
    ("other", "findings"),
    [
        pytest.param(change(subject="Chat", slope=0.01), 2, id="another trend, for all trends have the same days"),
        pytest.param(change(subject="Chat"), 2, id="a change on the same days"),
        pytest.param(change("wait", slope=3.0), 1, id="another number at the same touchpoint"),
        pytest.param(change(start=150, end=164, strength=6.0), 1, id="a stretch of the same number"),
        pytest.param(change("conversion", "order", slope=-0.01, related=("Look", "Call")), 1, id="journeys to it"),
    ],
)
def test_a_trend_is_one_event_with_what_shares_a_touchpoint_and_nothing_else(other: Change, findings: int) -> None:
    assert len(join_changes([other, change(slope=0.01, strength=9.0)])) == findings


def finding(told: Change) -> Finding:
    (found,) = join_changes([told])
    return found


MONDAY, GOLD = ("weekday", "Monday"), ("attributes.plan", "gold")
PERIOD = ["--period", "1970-04-11..1970-10-07"]


@pytest.mark.parametrize(
    ("told", "journey", "command"),
    [
        (change(), None, ["paths", "Call", "--span", "session", "--gap", "1d", *PERIOD]),
        (
            change(segment=MONDAY),
            None,
            ["paths", "Call", "--span", "session", "--gap", "1d", *PERIOD, "--anchor", "every", "--weekday", "Monday"],
        ),
        (change("wait"), None, ["contacts", "--by", "touchpoint", *PERIOD]),
        (change("wait", segment=MONDAY), None, ["contacts", "--by", "touchpoint", *PERIOD, "--weekday", "Monday"]),
        (change("wait", slope=3.0), "order", ["contacts", "--journey", "order", "--by", "touchpoint", *PERIOD]),
        (change("wait", segment=MONDAY), "order", ["contacts", "--journey", "order", "--by", "touchpoint", *PERIOD]),
        (
            change("conversion", "order", segment=GOLD),
            None,
            ["outcomes", "--journey", "order", *PERIOD, "--segment", "attributes.plan = 'gold'"],
        ),
        (change("conversion", "order", segment=MONDAY), None, ["outcomes", "--journey", "order", *PERIOD]),
    ],
)
def test_the_command_shows_what_the_finding_is_about(told: Change, journey: str | None, command: list[str]) -> None:
    assert finding(told).command(journey) == ["desireline", "journeys", *command]
