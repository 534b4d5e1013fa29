"""The policy: what each type of identifier may join, and how many of it one customer may hold.

[identity.types.email]
limit = 3            # or "none"
joins = "freely"     # or "unless_contested", "never"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from desireline.base import SettingsError, phrase
from desireline.interactions.identifiers import anchor_rank

Joins = Literal["freely", "unless_contested", "never"]
NO_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class TypePolicy:
    """What one type of identifier may do.

    Attributes
    ----------
    limit
        The most values of this type that one customer holds; 1 means that two values are two people.
    joins
        ``freely``: its evidence joins customers as far as the limits allow.
        ``unless_contested``: it joins the customers it was seen with if together they can be one; a phone or a visit that
        was seen with two accounts joins nobody.
        ``never``: it belongs to the one customer it was seen with; seen with two customers it joins nobody.
    """

    limit: int
    joins: Joins


DEFAULT_TYPES: dict[str, TypePolicy] = {
    "customer": TypePolicy(1, "freely"),
    "account": TypePolicy(1, "freely"),
    "user": TypePolicy(1, "freely"),
    "household": TypePolicy(1, "freely"),
    "loyalty": TypePolicy(1, "freely"),
    "email": TypePolicy(5, "freely"),
    "phone": TypePolicy(5, "unless_contested"),
    "order": TypePolicy(NO_LIMIT, "unless_contested"),
    "case": TypePolicy(NO_LIMIT, "unless_contested"),
    "session": TypePolicy(NO_LIMIT, "unless_contested"),
    "device": TypePolicy(20, "never"),
}
UNKNOWN_TYPE = TypePolicy(1, "freely")


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy of a workspace.

    Attributes
    ----------
    types
        By type; a type that is not in it counts as a person's own number (limit 1, joins freely).
    """

    types: Mapping[str, TypePolicy]

    def of(self, type_name: str) -> TypePolicy:
        """The policy of a type."""
        return self.types.get(type_name, UNKNOWN_TYPE)

    def rank(self, type_name: str) -> tuple[int, str]:
        """Priority: evidence between types of smaller rank is looked at first."""
        return anchor_rank(type_name)

    @staticmethod
    def read(section: Mapping[str, Any]) -> Policy:
        """Check and take over the section ``[identity]`` of the settings.

        Raises
        ------
        SettingsError
            An unknown key, a limit below 1 or a way of joining that there is not.
        """
        unknown = set(section) - {"types"}
        if unknown:
            raise SettingsError(
                phrase("[identity]: unknown {unknown}", unknown=", ".join(sorted(unknown))), hint=phrase("known: types")
            )
        given_types = section.get("types", {})
        if not isinstance(given_types, Mapping):
            raise SettingsError(
                phrase(
                    "[identity] types: expected sections such as [identity.types.email], got {given_types!r}",
                    given_types=given_types,
                )
            )
        types = dict(DEFAULT_TYPES)
        for name, given in given_types.items():
            types[name] = _type_policy(name, given, types.get(name, UNKNOWN_TYPE))
        return Policy(types)


def _type_policy(name: str, given: Any, default: TypePolicy) -> TypePolicy:
    where = f"[identity.types.{name}]"
    if not isinstance(given, Mapping) or set(given) - {"limit", "joins"}:
        raise SettingsError(phrase("{where}: expected limit and joins, got {given!r}", where=where, given=given))
    limit = given.get("limit", default.limit)
    if limit == "none":
        limit = NO_LIMIT
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise SettingsError(
            phrase('{where} limit: expected a whole number from 1, or "none", got {limit!r}', where=where, limit=limit)
        )
    joins = given.get("joins", default.joins)
    if joins not in get_args(Joins):
        raise SettingsError(
            phrase(
                "{where} joins: expected one of {known}, got {joins!r}",
                where=where,
                known=", ".join(get_args(Joins)),
                joins=joins,
            )
        )
    return TypePolicy(min(limit, NO_LIMIT), joins)
