from __future__ import annotations

from datetime import timedelta
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError, UnknownNameError
from desireline.journeys.analyses import FunnelAnalysis, FunnelOrder
from desireline.journeys.analyses.funnel import FunnelPass

from .rows import NAMES, SECOND, Row, answer, some_rows, sources, spans_of

STEPS = st.lists(st.sets(st.sampled_from(NAMES.touchpoints), min_size=1, max_size=2).map(tuple), min_size=1, max_size=4)
WINDOWS = st.sampled_from([None, timedelta(0), timedelta(seconds=3), timedelta(seconds=8)])


def attempt(span: list[Row], start: int, steps: list[tuple[str, ...]], order: FunnelOrder) -> list[int]:
    """The places of the steps of the attempt that starts at ``start``, as far as it comes."""
    places = [start]
    for step in steps[1:]:
        later = range(places[-1] + 1, len(span) if order == "loose" else min(places[-1] + 2, len(span)))
        found = [place for place in later if NAMES.touchpoints[span[place].touchpoint] in step]
        if not found:
            break
        places.append(found[0])
    return places


def expected_waits(
    rows: list[Row],
    steps: list[tuple[str, ...]],
    window: timedelta | None,
    order: FunnelOrder,
    gap: int | None,
) -> list[dict[int, int]]:
    """For each step the microseconds that each customer who reached it waited, from every attempt."""
    first_waits: list[dict[int, int]] = [{} for _ in steps]
    for customer, span in spans_of(rows, gap):
        starts = [place for place, row in enumerate(span) if NAMES.touchpoints[row.touchpoint] in steps[0]]
        attempts = [attempt(span, start, steps, order) for start in starts]
        for step, waits in enumerate(first_waits):
            reaching = [
                places
                for places in attempts
                if len(places) > step
                and (window is None or timedelta(microseconds=span[places[step]].time - span[places[0]].time) <= window)
            ]
            if reaching and customer not in waits:
                first = min(reaching, key=lambda places: (places[step], -places[0]))
                waits[customer] = span[first[step]].time - span[first[max(step - 1, 0)]].time
    return first_waits


@settings(max_examples=300)
@given(
    some_rows(least=8, most=40, customers=2, times=20),
    STEPS,
    WINDOWS,
    st.sampled_from(["loose", "strict"]),
    st.sampled_from([None, 0, 5 * SECOND]),
)
def test_every_wait_is_that_of_the_attempt_that_comes_first(
    rows: list[Row],
    steps: list[tuple[str, ...]],
    window: timedelta | None,
    order: FunnelOrder,
    gap: int | None,
) -> None:
    (source,) = sources(rows, parts=1, gap=gap)
    spans = source()
    first = FunnelAnalysis(steps, window=window, order=order).begin(NAMES)
    assert isinstance(first, FunnelPass)
    wanted = expected_waits(rows, steps, window, order, gap)
    found = first.measure(spans)
    assert first.partial(spans).entered == len(wanted[0])
    for step, waits in enumerate(wanted[1:], start=1):
        in_order = [waits[customer] for customer in spans.part.customers.tolist() if customer in waits]
        assert found.values[found.groups == step].tolist() == in_order


@given(
    some_rows(most=40, customers=3, times=10),
    STEPS,
    WINDOWS,
    st.sampled_from(["loose", "strict"]),
    st.integers(1, 2),
    st.sampled_from([None, 0, SECOND]),
)
def test_funnel_is_what_trying_every_attempt_gives(
    rows: list[Row],
    steps: list[tuple[str, ...]],
    window: timedelta | None,
    order: FunnelOrder,
    parts: int,
    gap: int | None,
) -> None:
    funnel = answer(FunnelAnalysis(steps, window=window, order=order), rows, parts=parts, gap=gap)
    wanted = expected_waits(rows, steps, window, order, gap)
    assert [step.customers for step in funnel.steps] == [len(waits) for waits in wanted]
    medians = [median(waits.values()) / SECOND if waits else np.nan for waits in wanted[1:]]
    np.testing.assert_equal([step.median_seconds for step in funnel.steps], [np.nan, *medians])
    entered = max(len(wanted[0]), 1)
    assert [step.conversion for step in funnel.steps] == [len(waits) / entered for waits in wanted]


@pytest.mark.parametrize(
    ("codes", "order", "reached"),
    [
        pytest.param("0101", "loose", 4, id="the same touchpoints come again"),
        pytest.param("01", "loose", 2, id="an interaction serves one step"),
        pytest.param("02101", "loose", 4, id="others lie between"),
        pytest.param("020101", "strict", 4, id="strict starts again after a break"),
        pytest.param("01201", "strict", 2, id="strict takes direct neighbours alone"),
    ],
)
def test_repeated_steps(codes: str, order: FunnelOrder, reached: int) -> None:
    rows = [Row(1, place, int(code), 0) for place, code in enumerate(codes)]
    funnel = answer(FunnelAnalysis(("Visit", "Search", "Visit", "Search"), order=order), rows)
    assert sum(step.customers for step in funnel.steps) == reached


@pytest.mark.parametrize(("seconds", "reached"), [(3.0, 1), (2.999999, 0)])
def test_the_window_includes_its_end(seconds: float, reached: int) -> None:
    rows = [Row(1, 0, 0, 0), Row(1, 3 * SECOND, 1, 0)]
    window = timedelta(seconds=seconds)
    assert answer(FunnelAnalysis(("Visit", "Search"), window=window), rows).steps[1].customers == reached


@pytest.mark.parametrize("order", ["loose", "strict"])
def test_thirty_two_steps(order: FunnelOrder) -> None:
    rows = [Row(1, place, place % 4, 0) for place in range(32)]
    steps = NAMES.touchpoints * 8
    assert answer(FunnelAnalysis(steps, order=order), rows).steps[-1].customers == 1


def test_a_step_names_all_its_touchpoints() -> None:
    assert answer(FunnelAnalysis(("Visit", ("Order", "Call"))), []).steps[1].name == "Order | Call"


@pytest.mark.parametrize("steps", [(), ("Visit",) * 33, ("Visit", ())], ids=["none", "too many", "without a name"])
def test_impossible_steps_are_refused(steps: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="expected 1 to 32 steps"):
        answer(FunnelAnalysis(steps), [])


def test_all_unknown_steps_are_named_with_near_matches() -> None:
    with pytest.raises(UnknownNameError, match="'Serch', 'Xyz'") as raised:
        answer(FunnelAnalysis(("Visit", "Serch", "Xyz")), [])
    assert raised.value.hint == "did you mean 'Search'?"
