"""Conditions in documents, such as bindings and segments of personas, that can pick one customer out: who may write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desireline.accounts import Right, SignedIn
from desireline.base import InputError
from desireline.interactions import Condition, condition_from_dict, condition_text, parse_condition
from desireline.interactions.one_customer import check_many, picks_one_out
from desireline.maps.checking import is_condition
from desireline.maps.document import Document


def check_new_conditions(user: SignedIn, document: Document, *known: Document | None) -> None:
    """Refuse conditions that can pick one customer out, to those who may not see customers.

    What is in a known document already stays: somebody who may see customers wrote it.

    Parameters
    ----------
    known
        What was saved before; ``None``: nothing was.

    Raises
    ------
    OneCustomerError
        A new one asks for a field of single records; the message names the place.
    """
    if user.may(Right.SEE_CUSTOMERS):
        return
    before = {text for each in known if each is not None for text in single_conditions(each.tree)}
    for place, condition in _conditions(document.tree):
        if condition_text(condition) not in before:
            check_many(user, condition, where=f"{document.origin}: {place}")


def single_conditions(tree: Any) -> frozenset[str]:
    """The conditions of a tree that can pick one customer out, as texts."""
    return frozenset(condition_text(each) for _, each in _conditions(tree) if picks_one_out(each))


def _conditions(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Condition]]:
    if isinstance(value, list):
        for place, each in enumerate(value):
            yield from _conditions(each, (*path, _name(each, place)))
    if not isinstance(value, Mapping):
        return
    for key, each in value.items():
        if is_condition(path, key, each):
            read = _read(each)
            yield from [] if read is None else [(".".join((*path, key)), read)]
        else:
            yield from _conditions(each, (*path, key))


def _name(value: Any, place: int) -> str:
    return str(value["id"]) if isinstance(value, Mapping) and "id" in value else str(place)


def _read(said: str | Mapping[str, Any]) -> Condition | None:
    """A condition that cannot be read is told by the check of the document."""
    try:
        return parse_condition(said) if isinstance(said, str) else condition_from_dict(said)
    except InputError:
        return None
