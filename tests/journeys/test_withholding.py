"""What is left out of an answer for somebody who may not see customers."""

from __future__ import annotations

import math
import types
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from desireline.base import SettingsError, SmallGroupError
from desireline.journeys.addresses import QUESTIONS, question_named
from desireline.journeys.estimates import Estimate, compare, count, mean, share
from desireline.journeys.model import ChannelCount, Channels, Flow, FlowEdge, FlowNode, Variant, Variants
from desireline.journeys.results.clusters import ClusterModel
from desireline.journeys.results.contacts import ContactTime
from desireline.journeys.results.handovers import Handover
from desireline.journeys.results.outcomes import Outcomes
from desireline.journeys.results.paths import MainStep, PathNode, Paths
from desireline.journeys.smallest_group import PrivacySettings
from desireline.journeys.withholding import ROWS, WHOLE, blank, withhold


def variant(customers: int) -> Variant:
    return Variant((f"by {customers}",), customers, customers, 0.1, 60.0)


def variants(*customers: int) -> Variants:
    return Variants(sum(customers), sum(customers), len(customers), tuple(map(variant, customers)))


@pytest.mark.parametrize(
    ("fewest", "shown", "left_out"),
    [(1, (9, 5, 4, 1), 0), (2, (9, 5, 4), 1), (5, (9, 5), 2), (10, (), 4)],
    ids=["everybody", "two", "five", "more than any has"],
)
def test_rows_of_fewer_customers_are_left_out_and_counted(fewest: int, shown: tuple[int, ...], left_out: int) -> None:
    found = withhold(variants(9, 5, 4, 1), fewest)
    assert tuple(each.customers for each in found.answer.variants) == shown
    assert found.left_out == left_out


@pytest.mark.parametrize("customers", [1, 2, 3, 4])
def test_an_answer_about_fewer_customers_is_refused(customers: int) -> None:
    with pytest.raises(SmallGroupError, match="at least 5 customers"):
        withhold(variants(customers), 5)


def test_an_answer_about_nobody_is_told() -> None:
    assert withhold(variants(), 5).answer == variants()


def test_a_row_that_names_something_rare_is_left_out_however_much_it_counts() -> None:
    found = withhold(Channels((), (ChannelCount("web", 90), ChannelCount("fax", 90)), ()), 5, rare={"fax"})
    assert found.answer.starts == (ChannelCount("web", 90),)
    assert found.notes(5) == ("1 row or number about fewer than 5 customers left out",)


def test_an_edge_goes_with_its_node() -> None:
    nodes = (FlowNode("A", 9, 9), FlowNode("B", 9, 9), FlowNode("C", 6, 1))
    edges = tuple(FlowEdge(*ends, 6, customers, 1.0, 1.0) for ends, customers in ((("A", "B"), 6), (("A", "C"), 1)))
    found = withhold(Flow(nodes, edges), 5).answer
    assert [each.name for each in found.nodes] == ["A", "B"]
    assert [each.target for each in found.edges] == ["B"]


@pytest.mark.parametrize(("reached", "n"), [(4, 9), (5, 9), (0, 9)], ids=["too few", "enough", "nobody"])
def test_a_share_that_few_reached_in_time_is_left_out(reached: int, n: int) -> None:
    answer = Outcomes(9, 9, (), 86_400.0, share("reached within 1 d", reached, n))
    assert withhold(answer, 5).answer.in_time.n == (0 if reached == 4 else n)


def test_a_median_of_a_part_goes_with_its_mean() -> None:
    waited, held = (mean(name, n, 30.0, 900.0, unit="s") for name, n in (("wait", 2), ("hold", 9)))
    times = (ContactTime("wait", waited, 444.0, 500.0), ContactTime("hold", held, 4.0, 5.0))
    found = withhold(times, 5).answer
    assert math.isnan(found[0].median_seconds) and math.isnan(found[0].p90_seconds)
    assert (found[1].median_seconds, found[1].p90_seconds) == (4.0, 5.0)


def test_the_dark_time_of_handovers_counts_those_that_are_seen() -> None:
    shares = (share("again", 1, 9), mean("wait", 9, 3.0, 9.0, unit="s"))
    rows = (Handover("A", "B", 9, 9, 7, 60.0, *shares), Handover("A", "C", 9, 9, 4, 60.0, *shares))
    found = withhold(rows, 5).answer
    assert [each.median_seconds for each in found] == [pytest.approx(math.nan, nan_ok=True), 60.0]


def test_the_main_path_ends_where_something_rare_was_left_out() -> None:
    names = ("Visit", "Debt advice", "Call")
    nodes = tuple(PathNode(step, name, 9, 9, share(name, 9, 9), 0) for step, name in enumerate(names))
    main = tuple(MainStep(step, name, 9) for step, name in enumerate(names))
    paths = Paths("Visit", "after", "first", "kept", 9, 9, 9, 9, 9, nodes, (), main)
    assert withhold(paths, 5, rare={"Call"}).answer.main_path == main[:2]
    assert withhold(paths, 5, rare={"Debt advice"}).answer.main_path == main[:1]


@pytest.mark.parametrize(
    ("before", "after", "is_shown"),
    [
        (share("x", 10, 20), share("x", 6, 20), True),
        (share("x", 10, 20), share("x", 0, 20), True),
        (share("x", 10, 20), share("x", 1, 20), False),
        (share("x", 4, 20), share("x", 10, 20), False),
        (share("x", 2, 4), share("x", 10, 20), False),
        (Estimate("x", "mean", 3.0, 4), Estimate("x", "mean", 3.0, 90), False),
        (count("x", 90), count("x", 4), False),
    ],
    ids=["both large", "nobody", "one of many", "few of many", "of few", "mean of few", "few"],
)
def test_a_comparison_shows_numbers_that_are_large_on_both_sides(
    before: Estimate, after: Estimate, is_shown: bool
) -> None:
    assert bool(withhold(compare([before], [after]), 5).answer.differences) == is_shown


def test_a_blank_estimate_says_that_nothing_was_measured() -> None:
    found = blank(Estimate("wait", "mean", 3.0, 2, 1.0, 5.0, unit="seconds"))
    assert (found.n, found.unit) == (0, "seconds")
    assert math.isnan(found.value)
    assert math.isnan(found.low)


def row_types(kind: Any, known: set[type] | None = None) -> Iterator[type]:
    """The types of the rows that an answer can hold, however deep."""
    known = set() if known is None else known
    if get_origin(kind) is tuple:
        yield from (each for each in get_args(kind) if isinstance(each, type) and is_dataclass(each))
    if get_origin(kind) in (tuple, Union, types.UnionType, Mapping):
        for each in get_args(kind):
            yield from row_types(each, known)
    if isinstance(kind, type) and is_dataclass(kind) and kind not in {*known, ClusterModel}:
        known.add(kind)
        for hint in get_type_hints(kind).values():
            yield from row_types(hint, known)


@pytest.mark.parametrize("name", QUESTIONS)
def test_of_every_row_it_is_said_what_counts_its_customers(name: str) -> None:
    answer = get_type_hints(question_named(name))["return"]
    found = set(row_types(answer))
    assert found - set(ROWS) == set()
    for kind in found:
        own = get_type_hints(kind)
        assert ROWS[kind] or "customers" not in own or kind.__name__ == "FunnelStep"


@pytest.mark.parametrize("name", QUESTIONS)
def test_of_every_answer_that_counts_customers_it_is_said_where(name: str) -> None:
    answer = get_type_hints(question_named(name))["return"]
    counts = {"customers", "total_customers"} & {*answer.__dataclass_fields__, *vars(answer)}
    assert all(each in WHOLE[answer] for each in counts)


@pytest.mark.parametrize("said", [0, -1, 2.5, True, "five"])
def test_a_smallest_group_that_cannot_be_is_refused(said: object) -> None:
    with pytest.raises(SettingsError, match="smallest_group: expected a whole number from 1"):
        PrivacySettings.read({"smallest_group": said})


def test_a_setting_that_there_is_not_is_refused() -> None:
    with pytest.raises(SettingsError, match="unknown 'smallest'"):
        PrivacySettings.read({"smallest": 5})


def test_five_customers_are_enough_by_default() -> None:
    assert PrivacySettings.read({}).smallest_group == 5
