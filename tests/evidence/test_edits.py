"""What each edit does to a document."""

from __future__ import annotations

import pytest

from desireline.base import InputError
from desireline.evidence.edits import (
    AddStep,
    AddWay,
    Edit,
    MakeOptional,
    MendBinding,
    MoveStep,
    RemoveStep,
    name_key,
)
from desireline.interactions import condition_text
from desireline.maps import Document, Step, read_map

TEXT = """# our map
desireline: map/1
id: buy
title: I buy
phases:
  - id: look
    name: Look
    steps:
      - id: search  # the door
        name: Search
        next: [compare, order]
        binding: {where: touchpoint = Search}
      - {id: compare, name: Compare, binding: {where: "touchpoint in (Compare, Match) and channel = web"}}
  - id: buy
    name: Buy
    steps:
      - {id: order, name: Order, binding: {where: {field: touchpoint, operator: equals, value: Order}}}
      - {id: receive, name: Receive}
"""


def edited(edit: Edit) -> Document:
    found = Document(TEXT).changed(edit.apply)
    assert "# our map\n" in found.text
    return found


def steps(edit: Edit) -> dict[str, Step]:
    return {step.id: step for step in read_map(edited(edit)).steps}


def where(edit: Edit, step: str) -> str:
    binding = steps(edit)[step].binding
    assert binding is not None
    return condition_text(binding.where)


def test_a_step_goes_behind_another_with_its_binding() -> None:
    found = steps(AddStep("Call: sales", "compare", optional=True, once=True, summary="why"))
    assert list(found) == ["search", "compare", "call-sales", "order", "receive"]
    new = found["call-sales"]
    assert (new.name, new.optional, new.summary, new.next) == ("Call: sales", True, "why", None)
    assert new.binding is not None
    assert new.binding.count == "once"
    assert condition_text(new.binding.where) == "touchpoint = 'Call: sales'"


def test_a_step_behind_one_that_names_its_followers_is_followed_by_them() -> None:
    optional, mandatory = (steps(AddStep("Call", "search", optional=each)) for each in (True, False))
    assert optional["search"].next == ("call", "compare", "order")
    assert mandatory["search"].next == ("call",)
    assert optional["call"].next == mandatory["call"].next == ("compare", "order")


def test_a_step_may_be_the_first() -> None:
    assert next(iter(steps(AddStep("Visit", None, optional=False)))) == "visit"


def test_a_new_step_gets_an_id_of_its_own() -> None:
    assert "order-2" in steps(AddStep("Order", "order", optional=False))


def test_what_led_to_a_removed_step_leads_to_what_followed_it() -> None:
    found = steps(RemoveStep("compare"))
    assert list(found) == ["search", "order", "receive"]
    assert found["search"].next == ("order",)


def test_a_phase_without_steps_goes_with_its_last() -> None:
    document = edited(RemoveStep("search")).changed(RemoveStep("compare").apply)
    assert [phase.id for phase in read_map(document).phases] == ["buy"]


def test_a_step_is_made_optional_and_its_comment_stays() -> None:
    assert steps(MakeOptional("search"))["search"].optional
    assert "# the door" in edited(MakeOptional("search")).text


@pytest.mark.parametrize(
    ("edit", "order"),
    [
        (MoveStep("receive", "before", "compare"), ["search", "receive", "compare", "order"]),
        (MoveStep("compare", "after", "order"), ["search", "order", "compare", "receive"]),
    ],
    ids=["before", "after"],
)
def test_a_step_moves_into_the_phase_of_its_new_neighbour(edit: MoveStep, order: list[str]) -> None:
    assert list(steps(edit)) == order


@pytest.mark.parametrize(
    ("cells", "edit", "spans"),
    [
        (["order..receive"], MoveStep("receive", "before", "order"), ["receive..order"]),
        (["compare..receive"], MoveStep("receive", "before", "order"), ["compare..order"]),
        (["order..receive"], MoveStep("receive", "before", "search"), ["order"]),
        (["compare..receive"], MoveStep("order", "before", "search"), ["compare..receive"]),
        (["order..receive", "receive"], MoveStep("receive", "before", "order"), ["order", "receive"]),
        (["search..order"], MoveStep("receive", "before", "compare"), ["search..order"]),
    ],
    ids=["turned round", "inside", "away", "from the middle", "beside another cell", "one comes between"],
)
def test_a_cell_stays_over_the_steps_that_it_stood_over(cells: list[str], edit: MoveStep, spans: list[str]) -> None:
    said = "".join(
        f"      - {{id: c{place}, step: {ends[0]}{', until: ' + ends[1] if ends[1:] else ''}, claims: [Why]}}\n"
        for place, ends in enumerate(each.split("..") for each in cells)
    )
    document = Document(f"{TEXT}lanes:\n  - id: does\n    role: actions\n    cells:\n{said}").changed(edit.apply)
    (lane,) = read_map(document).lanes
    assert ["..".join(filter(None, (cell.step, cell.until))) for cell in lane.cells] == spans


def test_a_way_is_named_beside_the_one_that_was_there() -> None:
    assert steps(AddWay("order", "search", "add-loop"))["order"].next == ("receive", "search")
    assert steps(AddWay("search", "receive", "add-branch"))["search"].next == ("compare", "order", "receive")


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (MendBinding("search", "touchpoint", "Search", "Find it"), "touchpoint = 'Find it'"),
        (MendBinding("search", "touchpoint", "Search", "Find it", keep=True), "touchpoint in (Search, 'Find it')"),
        (MendBinding("compare", "touchpoint", "Match", "Pair"), "touchpoint in (Compare, Pair) and channel = web"),
        (MendBinding("compare", "channel", "web", "app"), "touchpoint in (Compare, Match) and channel = app"),
        (MendBinding("order", "touchpoint", "Order", "Buy"), "touchpoint = Buy"),
    ],
    ids=["instead", "beside", "one of several", "channel", "JSON form"],
)
def test_a_binding_is_mended(edit: MendBinding, text: str) -> None:
    assert where(edit, edit.step) == text


@pytest.mark.parametrize(
    "edit",
    [MakeOptional("gone"), RemoveStep("gone"), AddWay("order", "gone", "add-loop"), MoveStep("order", "after", "gone")],
    ids=lambda edit: edit.kind,
)
def test_a_step_that_is_gone_is_an_error(edit: Edit) -> None:
    with pytest.raises(InputError, match="the map has no step 'gone' any more"):
        edited(edit)


@pytest.mark.parametrize(
    ("name", "key"),
    [("Call: sales", "call-sales"), ("Käse", "k-se-ddd7bb"), ("支付", "item-90dc5c")],
    ids=["English", "German", "Chinese"],
)
def test_names_that_no_id_can_hold_keep_ids_apart(name: str, key: str) -> None:
    assert name_key(name).rpartition("-")[0] == key.rpartition("-")[0]
    assert name_key(name) != name_key(name + "ß") or name.isascii()
