"""Conditions in documents, such as bindings and segments of personas, that can pick one customer out: who may write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desireline.accounts import Right, SignedIn
from desireline.base import InputError
from desireline.interactions import Condition, condition_from_dict, condition_text, parse_condition
from desireline.interactions.one_customer import check_many, picks_one_out
from desireline.maps.checking import is_condition
from desireline.maps.document import Document, new_document


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


def without_single_conditions(document: Document) -> tuple[Document, int]:
    """A document without conditions that can pick one customer out, and how many it had; a binding goes with its condition.

    The same document where there are none; else comments are left out, too.
    """
    count = sum(picks_one_out(each) for _, each in _conditions(document.tree))
    if not count:
        return document, 0
    return new_document(_without(document.tree), syntax=document.syntax, origin=document.origin), count


def _without(value: Any, path: tuple[str, ...] = ()) -> Any:
    if isinstance(value, list):
        return [_without(each, (*path, str(place))) for place, each in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    return {
        key: _without(each, (*path, key))
        for key, each in value.items()
        if not _is_single(path, key, each)
        and not (
            key == "binding" and isinstance(each, Mapping) and _is_single((*path, key), "where", each.get("where"))
        )
    }


def _is_single(path: tuple[str, ...], key: str, value: Any) -> bool:
    read = _read(value) if is_condition(path, key, value) else None
    return read is not None and picks_one_out(read)


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
