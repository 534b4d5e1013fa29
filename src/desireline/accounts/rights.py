"""Roles and the rights that each has."""

from __future__ import annotations

from enum import StrEnum

from desireline.base import Phrase, phrase


class Role(StrEnum):
    """What somebody is for this workspace."""

    VIEWER = "viewer"
    AGENT = "agent"
    EDITOR = "editor"
    ANALYST = "analyst"
    ADMIN = "admin"


class Right(StrEnum):
    """What a route asks for; one right for each kind of harm."""

    LOOK = "look"
    """Read answers, maps and opportunities: numbers of many customers, never one customer."""
    DRAW = "draw"
    """Change maps, personas, opportunities and tasks; write and answer comments, which all others read."""
    SEE_CUSTOMERS = "see_customers"
    """Look at one customer: identifiers, interactions, texts."""
    LOG_INTERACTIONS = "log_interactions"
    """Log by hand what a customer did or said, and take back what one logged oneself."""
    CHANGE_DATA = "change_data"
    """Import, mend, join and cut customers, and change what touchpoints and journeys are called."""
    ADMINISTER = "administer"
    """People, keys and settings."""


_RIGHTS = {
    Role.VIEWER: frozenset({Right.LOOK}),
    Role.AGENT: frozenset({Right.LOOK, Right.SEE_CUSTOMERS, Right.LOG_INTERACTIONS}),
    Role.EDITOR: frozenset({Right.LOOK, Right.DRAW}),
    Role.ANALYST: frozenset(Right) - {Right.ADMINISTER},
    Role.ADMIN: frozenset(Right),
}


def first_role(right: Right) -> Role:
    """The least role that has a right.

    >>> first_role(Right.DRAW)
    <Role.EDITOR: 'editor'>
    """
    return next(role for role in Role if right in _RIGHTS[role])


def rights_of(role: Role) -> frozenset[Right]:
    """The rights of a role.

    >>> sorted(rights_of(Role.EDITOR))
    [<Right.DRAW: 'draw'>, <Right.LOOK: 'look'>]
    """
    return _RIGHTS[role]


_ROLES_TOLD = {
    Role.VIEWER: phrase("the role viewer"),
    Role.AGENT: phrase("the role agent"),
    Role.EDITOR: phrase("the role editor"),
    Role.ANALYST: phrase("the role analyst"),
    Role.ADMIN: phrase("the role admin"),
}
_RIGHTS_TOLD = {
    Right.LOOK: phrase("look"),
    Right.DRAW: phrase("draw"),
    Right.SEE_CUSTOMERS: phrase("see customers"),
    Right.LOG_INTERACTIONS: phrase("log interactions"),
    Right.CHANGE_DATA: phrase("change data"),
    Right.ADMINISTER: phrase("administer"),
}


def role_told(role: Role) -> Phrase:
    """A role as it stands in a sentence.

    >>> role_told(Role.AGENT)
    'the role agent'
    """
    return _ROLES_TOLD[role]


def right_told(right: Right) -> Phrase:
    """What a right allows, as it stands in a sentence.

    >>> right_told(Right.SEE_CUSTOMERS)
    'see customers'
    """
    return _RIGHTS_TOLD[right]
