from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.app.home.model import FUNCTIONS, Function, Tile
from desireline.app.home.views import FIGURES, arranged, check_tiles, function_named, preset
from desireline.app.workspace import create
from desireline.base import InputError, UnknownNameError
from desireline.journeys.definitions import save_definition

names = st.lists(st.sampled_from([f"figure:{letter}" for letter in "abcdefgh"]), unique=True)
tiles = names.map(lambda chosen: [Tile(name) for name in chosen])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_view_has_every_figure_and_every_journey_definition_once(tmp_path: Path, function: Function) -> None:
    made = create(tmp_path / "workspace")
    save_definition(made, "order", {"start": "touchpoint = Visit", "goal": "touchpoint = Order"})
    found = [each.id for each in preset(made, function) if each.id.startswith("figure:")]
    assert sorted(found) == sorted(f"figure:{each}" for each in (*FIGURES, "conversion:order"))


@given(known=tiles, saved=tiles)
def test_an_arrangement_keeps_the_order_of_what_is_there_and_loses_nothing(
    known: list[Tile], saved: list[Tile]
) -> None:
    found = arranged(known, saved)
    assert sorted(each.id for each in found) == sorted(each.id for each in known)
    kept = [each for each in saved if each in known]
    assert [each for each in found if each in kept] == kept


@given(known=tiles)
def test_arranging_as_it_is_changes_nothing(known: list[Tile]) -> None:
    assert list(arranged(known, known)) == known


def test_a_new_tile_stands_behind_the_one_before_it() -> None:
    known = [Tile("figure:a"), Tile("figure:b"), Tile("figure:c")]
    assert [each.id for each in arranged(known, [known[2], known[0]])] == ["figure:c", "figure:a", "figure:b"]


@pytest.mark.parametrize(
    "said",
    [[Tile("figure:a"), Tile("figure:a")], [Tile("a")], [Tile(f"figure:{n}") for n in range(500)]],
    ids=["twice", "of no kind", "too many"],
)
def test_what_is_no_arrangement_is_refused(said: list[Tile]) -> None:
    with pytest.raises(InputError, match="tiles: expected"):
        check_tiles(said)


def test_a_view_that_nobody_has_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError) as raised:
        function_named("servce")
    assert raised.value.hint == "did you mean service?"
