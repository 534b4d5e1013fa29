"""Finding customers by any of their identifiers, by a part of one, or by the number of a case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desireline.base import InputError, phrase
from desireline.identity.explain import find_customers
from desireline.identity.model import NamedIdentifier
from desireline.interactions import IdentifierSettings, identifier_number, normalise
from desireline.interactions import tables as interaction_tables
from desireline.interactions.identifiers import is_blocked
from desireline.interactions.log import anchors_of_case
from desireline.store import Workspace

MOST_FOUND = 20
SHORTEST_BEGINNING = 3
CASE = "case"
"""In place of a type of identifier: the number of a call, a ticket, an order."""
_MOST_LOOKED_AT = 500
_CASE = re.compile(r"(?:case|fall)[\s:]+(.+)", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s()./-]{3,}")


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """A customer, the identifiers that were found, and how many there are in all."""

    customer: int
    matches: tuple[NamedIdentifier, ...]
    identifiers: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes
    ----------
    taken_for
        The type of identifier that the text names or looks like; ``None`` where it may be any.
    exact
        Whether the text is an identifier as a whole, not a part of some, and no case.
    customers
        At most :data:`MOST_FOUND`.
    more
        Whether there are more of them.
    """

    taken_for: str | None
    exact: bool
    customers: tuple[FoundCustomer, ...]
    more: bool


def search(workspace: Workspace, text: str) -> Found:
    """Find customers: ``type:value``, a value alone, the number of a case, the beginning of a value, else a part of one.

    Raises
    ------
    InputError
        Nothing was given, the value stands for nobody, or the beginning is too short.
    """
    said = text.strip()
    if not said:
        raise InputError(
            phrase("expected an identifier, the field is empty"),
            hint=phrase("an e-mail address, a phone number, a customer number …"),
        )
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    with workspace.database.reading() as connection:
        types = [name for name, _ in interaction_tables.types_in_use(connection)]
        kind, value = _split(said, types)
        among = [kind] if kind is not None else types
        whole = {name: normalise(name, value, settings) for name in among}
        numbers = [identifier_number(workspace.key, name, each) for name, each in whole.items() if each is not None]
        exact = interaction_tables.identifiers_with(connection, numbers)
        if exact:
            matches = [NamedIdentifier(number, name, each) for number, (name, each) in sorted(exact.items())]
            return _found(workspace, kind or matches[0].type, matches, exact=True)
        if is_blocked(value, settings):
            raise InputError(
                phrase("{value!r} stands for nobody", value=value),
                hint=phrase("it is one of the blocked values; search another one"),
            )
        _check_long_enough(value)
        begun = [
            each
            for start in _beginnings(value, settings)
            for each in interaction_tables.values_beginning_with(connection, start, most=_MOST_LOOKED_AT)
        ]
        if not any(kind in (None, name) for name, _ in begun):
            begun = interaction_tables.values_containing(connection, value, most=_MOST_LOOKED_AT)
    cases = _cases(workspace, value) if kind in (None, CASE) else []
    matches = cases + [
        NamedIdentifier(identifier_number(workspace.key, name, each), name, each)
        for name, each in dict.fromkeys(begun)
        if kind in (None, name)
    ]
    taken_for = CASE if cases and len(cases) == len(matches) else kind or looks_like(value)
    return _found(workspace, taken_for, matches, exact=False)


def _cases(workspace: Workspace, number: str) -> list[NamedIdentifier]:
    """Under which identifiers interactions of a case were seen; the case stands for them."""
    found = anchors_of_case(workspace, number, most=_MOST_LOOKED_AT)
    return [NamedIdentifier(anchor, CASE, number) for anchor in found]


def looks_like(value: str) -> str | None:
    """The type that a value has by its looks: ``email``, ``phone``, or ``None``.

    >>> looks_like("ann@exa"), looks_like("+44 77"), looks_like("C-1")
    ('email', 'phone', None)
    """
    if "@" in value:
        return "email"
    return "phone" if _PHONE.fullmatch(value) and value.startswith(("+", "0")) else None


def _split(text: str, types: list[str]) -> tuple[str | None, str]:
    """A type that is in use and the value behind it, or no type and the text."""
    case = _CASE.fullmatch(text)
    if case is not None and CASE not in types:
        return CASE, case[1].strip()
    kind, colon, value = text.partition(":")
    named = kind.strip().lower()
    return (named, value.strip()) if colon and value.strip() and named in types else (None, text)


def _check_long_enough(value: str) -> None:
    if len(value) < SHORTEST_BEGINNING:
        raise InputError(
            phrase(
                "expected at least {shortest_beginning} characters of an identifier, got {value!r}",
                shortest_beginning=SHORTEST_BEGINNING,
                value=value,
            ),
            hint=phrase(
                "write more of it: one that is not complete is searched by its beginning, else by a part of it"
            ),
        )


def _beginnings(value: str, settings: IdentifierSettings) -> list[str]:
    """The text as it stands, and a phone number as it is kept: with its country and without blanks."""
    if looks_like(value) != "phone":
        return [value]
    from phonenumbers import country_code_for_region

    digits = re.sub(r"[^\d+]", "", value)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+{country_code_for_region(settings.default_region)}{digits[1:]}"
    return [digits, value] if len(digits) >= SHORTEST_BEGINNING else [value]


def _found(workspace: Workspace, taken_for: str | None, matches: list[NamedIdentifier], *, exact: bool) -> Found:
    customers = find_customers(workspace)
    by_customer: dict[int, list[NamedIdentifier]] = {}
    for each in matches:
        by_customer.setdefault(customers.customer_of(each.number), []).append(each)
    shown = list(by_customer.items())[:MOST_FOUND]
    return Found(
        taken_for,
        exact,
        tuple(FoundCustomer(key, tuple(each), max(1, len(customers.members_of(key)))) for key, each in shown),
        more=len(by_customer) > MOST_FOUND,
    )
