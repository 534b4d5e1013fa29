"""Whether the steps of a map can be measured."""

from __future__ import annotations

from datetime import date

import pytest

from desireline.evidence import binding_states
from desireline.evidence.bindings import missing_names
from desireline.interactions import parse_condition
from desireline.journeys.model import Names
from desireline.store import Workspace

from .shop import make_shop, phone_map

NAMES = Names(("Order placed", "Visit"), ("web", "app"), ("Buy",), (0, -1))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_shop(tmp_path_factory.mktemp("shop"))


@pytest.mark.parametrize(
    ("condition", "gone"),
    [
        ("touchpoint = Visit and channel in (web, app) and stage = Buy", ()),
        ("touchpoint = Visits", ("no touchpoint 'Visits' (near: Visit)",)),
        ("touchpoint = Visit or touchpoint = 'Order plced'", ("no touchpoint 'Order plced' (near: Order placed)",)),
        ("channel in (web, fax)", ("no channel 'fax'",)),
        ("not (channel = fax) and channel != fax", ("no channel 'fax'",)),
        ("stage = Help", ("no stage 'Help'",)),
        ("touchpoint contains 'Call'", ("no touchpoint contains 'Call'",)),
        ("touchpoint starts with 'Vis'", ()),
        ("attributes.plan = gold and team = north", ("no interaction has attributes.plan",)),
        ("touchpoint exists and channel is missing", ()),
    ],
)
def test_what_a_condition_names_and_nobody_has_is_told(condition: str, gone: tuple[str, ...]) -> None:
    assert missing_names(parse_condition(condition), NAMES, ["attributes.plan"]) == gone


def test_a_step_is_bound_unbound_silent_or_broken(shop: Workspace) -> None:
    journey_map = phone_map(**{", binding: {where: touchpoint = Search}": "", "= Received": "= Receved"})
    states = binding_states(shop, journey_map, silent_after="12h")
    assert [each.text() for each in states] == [
        "unbound",
        "silent since 6 March 2026",
        "silent since 5 March 2026",
        "broken: no touchpoint 'Receved' (near: Received)",
    ]
    assert [each.is_measured for each in states] == [False, True, True, False]


def test_a_step_is_silent_only_after_longer_than_was_said(shop: Workspace) -> None:
    state = binding_states(shop, phone_map(), silent_after="23h")[1]
    assert (state.state, state.last) == ("bound", date(2026, 3, 6))


def test_a_condition_that_nothing_ever_met_is_silent_since_ever(shop: Workspace) -> None:
    state = binding_states(shop, phone_map(**{"= Search": "= Search and channel = phone"}))[0]
    assert (state.text(), state.is_measured) == ("silent: never met", True)


def test_a_broken_step_is_measured_as_far_as_something_meets_it(shop: Workspace) -> None:
    state = binding_states(shop, phone_map(**{"touchpoint = Search": '"touchpoint in (Search, Find)"'}))[0]
    assert (state.state, state.interactions, state.is_measured) == ("broken", 6, True)


def test_a_condition_may_ask_for_any_field(shop: Workspace) -> None:
    found = binding_states(
        shop, phone_map(**{"= Compare": "= Compare and attributes.device = ios", "= Order": "= Order and team = north"})
    )
    assert [(each.state, each.interactions) for each in found] == [
        ("bound", 6),
        ("bound", 3),
        ("broken", 0),
        ("bound", 5),
    ]


def test_without_a_bound_step_all_are_unbound(shop: Workspace) -> None:
    plain = phone_map(
        **{", binding: {where: touchpoint = " + name + "}": "" for name in ("Search", "Compare", "Order", "Received")}
    )
    assert {each.state for each in binding_states(shop, plain)} == {"unbound"}
