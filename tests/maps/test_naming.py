"""Differences told by names: nobody who looks at a map knows its ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desireline.base import reading_in, tell
from desireline.maps import Document
from desireline.maps.document import Kind
from desireline.maps.library import EmptyLibrary
from desireline.maps.naming import named_differences

from .samples import cell, phone, step
from .test_comparing import edit, move_step

CASES: dict[str, tuple[Callable[[Any], None], tuple[str, ...], tuple[str, ...]]] = {
    "cell removed": (
        lambda t: t["lanes"][0]["cells"].clear(),
        ("Customer actions at “I look for a phone”", "Customer actions"),
        ("Handlungen bei „I look for a phone“", "Handlungen"),
    ),
    "claim added": (
        lambda t: cell(t, "p1")["claims"].append("It is heavy"),
        ("It is heavy", "Pains at “I order”"),
        ("It is heavy", "Schmerzpunkte bei „I order“"),
    ),
    "evidence of a claim": (
        lambda t: edit(cell(t, "p1")["claims"][0]["evidence"][0], n=12),
        ("interview, Study 12", "Pains at “I order”"),
        ("interview, Study 12", "Schmerzpunkte bei „I order“"),
    ),
    "step moved": (
        move_step,
        ("I compare", "Buy, after “I order”"),
        ("I compare", "Buy, nach „I order“"),
    ),
    "lanes in another order": (
        lambda t: t["lanes"].insert(0, t["lanes"].pop()),
        ("Touchpoints and channels", "as the first"),
        ("Kontaktpunkte und Kanäle", "an erster Stelle"),
    ),
}


@pytest.mark.parametrize(("change", "english", "german"), CASES.values(), ids=CASES)
def test_a_thing_and_its_place_are_told_by_their_names(
    change: Callable[[Any], None], english: tuple[str, ...], german: tuple[str, ...]
) -> None:
    (told,) = named_differences(phone(), phone(change))
    assert (told.name, told.place) == english
    with reading_in("de"):
        assert (tell(told.name), tell(told.place)) == german


def test_where_a_step_goes_on_is_told_by_the_names_of_the_steps() -> None:
    (told,) = named_differences(phone(), phone(lambda tree: edit(step(tree, "search"), next=["order"])))
    assert told.after == ["I order"]


def test_a_persona_that_is_only_named_is_told_as_its_own_document_calls_it() -> None:
    class Personas(EmptyLibrary):
        def find(self, kind: Kind, ident: str) -> Document | None:
            told = f"desireline: persona/1\nid: {ident}\nname: Leo, who pays\n"
            return Document(told) if (kind, ident) == ("persona", "leo") else None

    (told,) = named_differences(phone(), phone(lambda tree: tree.update(personas=["leo"])), Personas())
    assert (told.what, told.name) == ("persona", "Leo, who pays")
