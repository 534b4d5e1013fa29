from __future__ import annotations

import math
from datetime import timedelta
from fractions import Fraction
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError, UnknownNameError
from desireline.journeys.analyses import AttributionAnalysis
from desireline.journeys.analyses import attribution as module
from desireline.journeys.engine import combined
from desireline.journeys.estimates import compare
from desireline.journeys.model import FlowBy, Names
from desireline.journeys.results.attribution import MODELS, Attribution, ModelName

from .rows import NAMES, SECOND, Row, answer, some_rows, sources, spans_of

DAY = 86_400 * SECOND
OUTCOMES = st.lists(st.sampled_from(NAMES.touchpoints), min_size=1, max_size=2, unique=True).map(tuple)
LOOKBACKS = st.sampled_from([timedelta(0), timedelta(seconds=3), timedelta(days=30)])
HALF_LIFE = timedelta(seconds=2)
Journey = tuple[list[tuple[str, int]], int | None]
"""What was touched and when; and when it converted, or not."""


def journeys_of(
    rows: list[Row], outcomes: tuple[str, ...], lookback: timedelta, by: FlowBy, gap: int | None, names: Names = NAMES
) -> list[Journey]:
    """Every journey, also those that are empty but convert."""
    window = lookback // timedelta(microseconds=1)
    found: list[Journey] = []
    for _, span in spans_of(rows, gap):
        touched: list[tuple[str, int]] = []
        for row in span:
            if names.touchpoints[row.touchpoint] in outcomes:
                found.append(([each for each in touched if each[1] >= row.time - window], row.time))
                touched = []
            else:
                name = names.touchpoints[row.touchpoint] if by == "touchpoint" else names.channels[row.channel]
                touched.append((name, row.time))
        if touched:
            found.append(([each for each in touched if each[1] >= touched[-1][1] - window], None))
    return found


def weights(touches: list[tuple[str, int]], model: ModelName) -> list[float]:
    """What each touch gets of one conversion, by the models that look at one journey."""
    count = len(touches)
    if model == "first":
        return [1.0, *[0.0] * (count - 1)]
    if model == "last":
        return [*[0.0] * (count - 1), 1.0]
    if model == "linear":
        return [1 / count] * count
    if model == "position":
        return [0.4, *[0.2 / (count - 2)] * (count - 2), 0.4] if count > 2 else [1 / count] * count
    assert model == "time_decay"
    seconds = HALF_LIFE // timedelta(microseconds=1)
    raw = [2.0 ** ((at - touches[-1][1]) / seconds) for _, at in touches]
    return [each / sum(raw) for each in raw]


def by_the_definition_of_shapley(converting: list[list[tuple[str, int]]], players: list[str]) -> dict[str, Fraction]:
    """A coalition is worth the conversions of all journeys that touch nothing outside of it."""

    def worth(coalition: tuple[str, ...]) -> int:
        return sum({name for name, _ in touches} <= set(coalition) for touches in converting)

    total = len(players)
    credits = {}
    for player in players:
        others = [each for each in players if each != player]
        value = Fraction(0)
        for size in range(total):
            chance = Fraction(math.factorial(size) * math.factorial(total - size - 1), math.factorial(total))
            for coalition in combinations(others, size):
                value += chance * (worth((*coalition, player)) - worth(coalition))
        credits[player] = value
    return credits


def chance_of_conversion(journeys: list[Journey], without: str | None = None) -> float:
    """By walking the chain until nobody is on the way any more; who reaches ``without`` is lost."""
    moves: dict[str, dict[str, int]] = {}
    for touches, at in journeys:
        states = ["(start)", *(name for name, _ in touches), "(none)" if at is None else "(conversion)"]
        for source, target in pairwise(states):
            row = moves.setdefault(source, {})
            row[target] = row.get(target, 0) + 1
    on_the_way, converted = {"(start)": 1.0}, 0.0
    while sum(on_the_way.values()) > 1e-13:
        after: dict[str, float] = {}
        for source, share in on_the_way.items():
            for target, count in moves[source].items():
                part = share * count / sum(moves[source].values())
                if target == "(conversion)":
                    converted += part
                elif target not in ("(none)", without):
                    after[target] = after.get(target, 0.0) + part
        on_the_way = after
    return converted


def expected(journeys: list[Journey]) -> dict[str, dict[str, float]]:
    """Conversions by model and name; journeys with nothing in them are left out."""
    journeys = [each for each in journeys if each[0]]
    names = sorted({name for touches, _ in journeys for name, _ in touches})
    converting = [touches for touches, at in journeys if at is not None]
    credits: dict[str, dict[str, float]] = {model.name: dict.fromkeys(names, 0.0) for model in MODELS}
    for model, touches in product(("first", "last", "linear", "time_decay", "position"), converting):
        for (name, _), weight in zip(touches, weights(touches, model), strict=True):
            credits[model][name] += weight
    if converting:
        base = chance_of_conversion(journeys)
        effects = {name: 1 - chance_of_conversion(journeys, name) / base for name in names}
        for name in names:
            credits["markov"][name] = len(converting) * effects[name] / sum(effects.values())
        for name, value in by_the_definition_of_shapley(converting, names).items():
            credits["shapley"][name] = float(value)
    return credits


def credited(found: Attribution) -> dict[str, dict[str, float]]:
    return {model.name: {each.name: each.credit(model.name).conversions for each in found.touched} for model in MODELS}


@settings(max_examples=300)
@given(
    some_rows(most=30, customers=4, times=12),
    OUTCOMES,
    LOOKBACKS,
    st.sampled_from(["touchpoint", "channel"]),
    st.integers(1, 3),
    st.sampled_from([None, 0, 2 * SECOND]),
)
def test_every_model_credits_what_its_definition_says(
    rows: list[Row], outcomes: tuple[str, ...], lookback: timedelta, by: FlowBy, parts: int, gap: int | None
) -> None:
    analysis = AttributionAnalysis(outcomes, by=by, lookback=lookback, half_life=HALF_LIFE)
    found = answer(analysis, rows, parts=parts, gap=gap)
    journeys = journeys_of(rows, outcomes, lookback, by, gap)
    wanted = expected(journeys)
    for model in MODELS:
        assert credited(found)[model.name] == pytest.approx(wanted[model.name], abs=1e-6)
    assert found.conversions == sum(at is not None for _, at in journeys)
    assert found.unattributed == sum(not touches for touches, _ in journeys)
    assert found.journeys == sum(bool(touches) for touches, _ in journeys)
    for each in found.touched:
        on_the_way = [at is not None for touches, at in journeys if each.name in {name for name, _ in touches}]
        assert (each.journeys, each.converting) == (len(on_the_way), sum(on_the_way))


@given(some_rows(most=40, customers=6, times=12), OUTCOMES, LOOKBACKS)
def test_the_credit_of_every_model_adds_up_to_the_conversions(
    rows: list[Row], outcomes: tuple[str, ...], lookback: timedelta
) -> None:
    found = answer(AttributionAnalysis(outcomes, lookback=lookback), rows)
    for model in MODELS:
        credits = [each.credit(model.name).conversions for each in found.touched]
        given_away = found.conversions - found.unattributed
        assert sum(credits) == (pytest.approx(given_away) if model.name == "markov" else given_away)


@given(some_rows(most=40, customers=6), OUTCOMES, st.permutations(range(4)))
def test_partial_counts_combine_in_any_order(rows: list[Row], outcomes: tuple[str, ...], order: list[int]) -> None:
    reading = AttributionAnalysis(outcomes).begin(NAMES)
    states = [reading.partial(source()) for source in sources(rows, parts=4, gap=None)]
    in_order, shuffled = (combined(reading, each) for each in (states, [states[place] for place in order]))
    assert repr(reading.conclude(in_order)) == repr(reading.conclude(shuffled))


PUBLISHED = Names(touchpoints=("C1", "C2", "C3", "(conversion)"), channels=("web",))
"""https://analyzecore.com/2016/08/03/attribution-model-r-part-1/: C1 → C2 → C3 converts, C1 and C2 → C3 do not."""


def walks(*walked: str, step: int = SECOND) -> list[Row]:
    """A customer for each text: the digits of touchpoints one after the other."""
    return [
        Row(customer, place * step, int(code), 0)
        for customer, walk in enumerate(walked)
        for place, code in enumerate(walk)
    ]


def test_markov_agrees_with_the_published_example() -> None:
    found = answer(AttributionAnalysis(("(conversion)",)), walks("0123", "0", "12"), names=PUBLISHED)
    assert found.conversion.value == pytest.approx(1 / 3)
    assert credited(found)["markov"] == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4})


def test_markov_agrees_with_the_published_removal_effects() -> None:
    """https://serhiipuzyrov.com/2019/07/markov-chain-attribution-simple-explanation-of-removal-effect"""
    names = Names(touchpoints=("Google Ads", "Mailing", "(conversion)"), channels=("web",))
    found = answer(AttributionAnalysis(("(conversion)",)), walks("02", "02", "12", "012", "0"), names=names)
    effects = {"Google Ads": 1 - 0.2 / 0.8, "Mailing": 1 - 0.4 / 0.8}
    wanted = {name: 4 * effect / sum(effects.values()) for name, effect in effects.items()}
    assert credited(found)["markov"] == pytest.approx(wanted)


def test_time_decay_halves_with_every_half_life() -> None:
    """The published lesson https://stementorai.com/lesson/adobe-12: a touch a week, conversion after the fourth."""
    names = Names(touchpoints=("One", "Two", "Three", "Four", "Buy"), channels=("web",))
    analysis = AttributionAnalysis(("Buy",), half_life=timedelta(days=7))
    found = answer(analysis, walks("01234", step=7 * DAY), names=names)
    wanted = {"One": 0.0667, "Two": 0.1333, "Three": 0.2667, "Four": 0.5333}
    assert credited(found)["time_decay"] == pytest.approx(wanted, abs=5e-5)


def test_a_conversion_begins_the_next_journey() -> None:
    found = answer(AttributionAnalysis(("Order",)), walks("02122"))
    assert credited(found)["last"] == {"Visit": 1.0, "Search": 1.0}
    assert (found.conversions, found.unattributed) == (3, 1)


@pytest.mark.parametrize(("seconds", "touched"), [(3.0, ["Visit"]), (2.999999, [])])
def test_the_lookback_includes_its_end(seconds: float, touched: list[str]) -> None:
    analysis = AttributionAnalysis(("Order",), lookback=timedelta(seconds=seconds))
    found = answer(analysis, walks("02", step=3 * SECOND))
    assert [each.name for each in found.touched] == touched
    assert found.unattributed == (not touched)


def test_many_touchpoints_share_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STATES", 1)
    found = answer(AttributionAnalysis(("Order",)), walks("012", "02", "0312", "3"))
    assert [each.name for each in found.touched] == ["Visit", "all others"]
    assert found.lumped == 2
    for model in MODELS:
        assert sum(each.credit(model.name).conversions for each in found.touched) == pytest.approx(3)


def test_more_touchpoints_than_fit_a_table_give_the_same() -> None:
    few = answer(AttributionAnalysis(("Order",)), walks("012", "02", "0312", "3"))
    many = Names((*NAMES.touchpoints, *(f"T{number}" for number in range(400))), NAMES.channels)
    assert answer(AttributionAnalysis(("Order",)), walks("012", "02", "0312", "3"), names=many) == few


def test_an_outcome_that_nobody_reached_gives_nothing_to_anything() -> None:
    found = answer(AttributionAnalysis(("Order",)), walks("01", "0"))
    assert found.conversions == 0
    assert {credit.conversions for each in found.touched for credit in each.credits} == {0.0}
    assert all(math.isnan(credit.share) for each in found.touched for credit in each.credits)
    assert found.to_json()
    assert found.chart().to_dict()


def test_no_interactions_are_a_plain_answer() -> None:
    found = answer(AttributionAnalysis(("Order",)), [])
    assert (found.conversions, found.journeys, found.touched) == (0, 0, ())
    assert found.chart().to_dict()


def test_intervals_shrink_with_customers_and_cover_the_share() -> None:
    widths = []
    for customers in (400, 6400):
        found = answer(AttributionAnalysis(("Order",)), walks(*(["012", "02", "132", "3", "01"] * (customers // 5))))
        credits = [credit for each in found.touched for credit in each.credits]
        assert all(0 <= credit.low <= credit.share <= credit.high <= 1 for credit in credits)
        widths.append(max(credit.high - credit.low for credit in credits))
    assert 0 < widths[1] < widths[0] / 2


def test_one_customer_has_no_interval() -> None:
    found = answer(AttributionAnalysis(("Order",)), walks("012"))
    assert all(math.isnan(credit.low) for each in found.touched for credit in each.credits)


def test_two_answers_are_compared() -> None:
    before = answer(AttributionAnalysis(("Order",)), walks(*["012", "02", "1", "0"] * 300))
    after = answer(AttributionAnalysis(("Order",)), walks(*["012", "12", "1", "0"] * 300))
    sure = {each.before.name for each in compare(before.estimates(), after.estimates()).differences if each.is_sure}
    assert {"credit of Visit (Markov)", "journeys with Visit that convert"} <= sure
    assert "journeys that convert" not in sure


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"outcomes": ()}, "expected one touchpoint or more"),
        ({"outcomes": "Order"}, "expected one touchpoint or more"),
        ({"outcomes": ("Order",), "lookback": timedelta(-1)}, "not negative"),
        ({"outcomes": ("Order",), "half_life": timedelta()}, "half-life above zero"),
    ],
)
def test_impossible_settings_are_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        answer(AttributionAnalysis(**settings), [])  # type: ignore[arg-type]


def test_unknown_outcomes_are_named_with_near_matches() -> None:
    with pytest.raises(UnknownNameError, match="as outcomes, got 'Ordr'") as raised:
        answer(AttributionAnalysis(("Visit", "Ordr")), [])
    assert raised.value.hint == "did you mean 'Order'?"


def test_rows_have_a_column_for_every_model() -> None:
    (row, *_) = answer(AttributionAnalysis(("Order",)), walks("012", "02")).rows()
    assert {model.name for model in MODELS} <= set(row)
    assert np.isfinite(row["markov_share"])
