"""Copies of maps: duplicates, and the future state beside how it is."""

from __future__ import annotations

import pytest

from desireline.base import InputError
from desireline.maps import Document, differences
from desireline.maps.copying import copy_of, future_of, linked_to

from .full_map import FULL as MAP


@pytest.mark.parametrize("copied", [copy_of, future_of], ids=["copy", "future"])
def test_a_copy_says_the_same_under_an_id_and_a_title_of_its_own(copied: type) -> None:
    made = copied(MAP, ident="mine", title=" Mine ")
    assert (made.id, made.tree["title"]) == ("mine", "Mine")
    assert [made.tree[part] for part in ("phases", "lanes", "scope")] == [
        MAP.tree[part] for part in ("phases", "lanes", "scope")
    ]


def test_nobody_has_looked_at_a_copy_yet() -> None:
    made = copy_of(MAP, ident="mine", title="Mine")
    assert not {"reviewed", "reviewed_by", "review_date", "future"} & made.tree.keys()


def test_the_future_state_differs_from_the_map_in_its_head_only() -> None:
    made = future_of(MAP, ident="mine", title="Mine")
    assert made.tree["state"] == "future"
    assert {each.what for each in differences(MAP, made)} == {"map", "task"}


@pytest.mark.parametrize("copied", [copy_of, future_of], ids=["copy", "future"])
def test_a_copy_has_the_solutions_but_not_their_tasks(copied: type) -> None:
    held = [each for each in MAP.tree["opportunities"] if isinstance(each, dict)]
    made = [each for each in copied(MAP, ident="mine", title="Mine").tree["opportunities"] if isinstance(each, dict)]
    assert any(solution.get("tasks") for each in held for solution in each["solutions"])
    assert [[solution["id"] for solution in each["solutions"]] for each in made] == [
        [solution["id"] for solution in each["solutions"]] for each in held
    ]
    assert not any(solution.get("tasks") for each in made for solution in each["solutions"])


def test_a_map_keeps_its_text_where_its_future_state_is_linked() -> None:
    text = "# ours\ndesireline: map/1\nid: pay\ntitle: I pay  # money\nphases: []\n"
    assert linked_to(Document(text), "pay-better").text == text + "future: pay-better\n"


@pytest.mark.parametrize("title", ["", "  "])
def test_a_copy_needs_a_title(title: str) -> None:
    with pytest.raises(InputError, match="expected a title in the customer's words"):
        copy_of(MAP, ident="mine", title=title)


def test_a_future_state_has_none_of_its_own() -> None:
    with pytest.raises(InputError, match="which is how it shall be"):
        future_of(future_of(MAP, ident="mine", title="Mine"), ident="other", title="Other")
