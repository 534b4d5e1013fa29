"""Roles and the rights that each has."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is for this workspace; each role may what the ones before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ANALYST = "analyst"
    ADMIN = "admin"


class Right(StrEnum):
    """What a route asks for; one right for each kind of harm."""

    LOOK = "look"
    """Read answers, maps and opportunities: numbers of many customers, never one customer."""
    DRAW = "draw"
    """Change maps, personas, opportunities and tasks."""
    SEE_CUSTOMERS = "see_customers"
    """Look at one customer: identifiers, interactions, texts."""
    CHANGE_DATA = "change_data"
    """Import, mend, join and cut customers, and change what touchpoints and journeys are called."""
    ADMINISTER = "administer"
    """People, keys and settings."""


_FIRST = {
    Right.LOOK: Role.VIEWER,
    Right.DRAW: Role.EDITOR,
    Right.SEE_CUSTOMERS: Role.ANALYST,
    Right.CHANGE_DATA: Role.ANALYST,
    Right.ADMINISTER: Role.ADMIN,
}


def first_role(right: Right) -> Role:
    """The least role that has a right.

    >>> first_role(Right.DRAW)
    <Role.EDITOR: 'editor'>
    """
    return _FIRST[right]


def rights_of(role: Role) -> frozenset[Right]:
    """The rights of a role.

    >>> sorted(rights_of(Role.EDITOR))
    [<Right.DRAW: 'draw'>, <Right.LOOK: 'look'>]
    """
    order = list(Role)
    return frozenset(right for right, first in _FIRST.items() if order.index(role) >= order.index(first))
