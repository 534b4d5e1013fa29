"""Copies of maps: one to go on with by itself, and one that says how it shall be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.base import InputError, phrase
from desireline.maps.checking import check_document
from desireline.maps.document import Document

_OF_THE_ORIGINAL = ("future", "reviewed", "reviewed_by", "review_date")
"""What a copy does not take over: nobody has looked at it yet, and the future state belongs to the original."""


def copy_of(document: Document, *, ident: str, title: str) -> Document:
    """A map of its own that says the same, bindings and all ids within it too, but for the tasks of solutions: who works on what is told once.

    Parameters
    ----------
    ident
        Its id.
    title
        In the customer's words.

    Raises
    ------
    InputError
        The title or the id cannot be one.
    """
    return _copied(document, ident, title, {})


def future_of(document: Document, *, ident: str, title: str) -> Document:
    """The future state of a map to begin with: a copy that says of itself that it is how it shall be.

    Raises
    ------
    InputError
        The map is a future state itself, or the title or the id cannot be one.
    """
    if document.tree.get("state") == "future":
        raise InputError(
            phrase("expected a map of how it is, got {ident!r}, which is how it shall be", ident=document.id),
            hint=phrase("draw the future state of the map that shows how it is"),
        )
    return _copied(document, ident, title, {"state": "future"})


def linked_to(document: Document, future: str) -> Document:
    """The map with the link to its future state.

    Parameters
    ----------
    future
        Id of the map that shows how it shall be.
    """
    return document.changed(lambda tree: tree.update(future=future))


def _copied(document: Document, ident: str, title: str, said: dict[str, Any]) -> Document:
    if not title.strip():
        raise InputError(
            phrase("expected a title in the customer's words, got {title!r}", title=title),
            hint=phrase("such as: I renew my contract"),
        )

    def change(tree: Any) -> None:
        for field in _OF_THE_ORIGINAL:
            tree.pop(field, None)
        for opportunity in tree.get("opportunities") or []:
            _without_tasks(opportunity)
        tree.update(said, id=ident, title=title.strip())

    made = document.changed(change)
    check_document(made)
    return made


def _without_tasks(opportunity: Any) -> None:
    """Take the tasks out of an opportunity that a map holds itself."""
    if isinstance(opportunity, Mapping):
        for solution in opportunity.get("solutions") or []:
            solution.pop("tasks", None)
