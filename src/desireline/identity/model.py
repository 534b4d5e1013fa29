"""The nouns of identity: evidence, customers, and why they are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Evidence:
    """All observations that two identifiers belong together, as arrays of one length.

    Attributes
    ----------
    identifiers
        int64[n]: the numbers of the identifiers, ascending.
    types
        Type of each of them.
    pairs
        int64[e, 2]: positions in ``identifiers``.
    first_at
        int64[e]: when the two were first seen together, microseconds UTC.
    observations
        int64[e]: how often.
    """

    identifiers: NDArray[np.int64]
    types: tuple[str, ...]
    type_codes: NDArray[np.int64]
    pairs: NDArray[np.int64]
    first_at: NDArray[np.int64]
    observations: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Customers:
    """Which customer each identifier belongs to; one that is not listed is a customer of its own.

    Attributes
    ----------
    identifiers
        int64[n], ascending.
    customers
        int64[n]: the key of the customer, which is the smallest number among its identifiers.
    refusals
        Counts of what joined nobody or was refused, by reason.
    contested
        int64[k]: identifiers that were seen with several customers and join none of them.
    """

    identifiers: NDArray[np.int64]
    customers: NDArray[np.int64]
    refusals: dict[str, int]
    contested: NDArray[np.int64]

    def customer_of(self, identifier: int) -> int:
        """The key of an identifier's customer."""
        place = int(np.searchsorted(self.identifiers, identifier))
        known = place < len(self.identifiers) and int(self.identifiers[place]) == identifier
        return int(self.customers[place]) if known else identifier

    def members_of(self, customer: int) -> tuple[int, ...]:
        """The identifiers of a customer, ascending; none where the customer is one identifier without evidence."""
        return tuple(self.identifiers[self.customers == customer].tolist())


@dataclass(frozen=True, slots=True)
class NamedIdentifier:
    """An identifier with its value, for people."""

    number: int
    type: str
    value: str

    def __str__(self) -> str:
        return f"{self.type}:{self.value}"


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of evidence in a chain: the two were seen together."""

    first: NamedIdentifier
    second: NamedIdentifier
    sources: tuple[str, ...]
    observations: int
    first_at: datetime
    last_at: datetime

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "first": str(self.first),
            "second": str(self.second),
            "sources": list(self.sources),
            "observations": self.observations,
            "first_at": self.first_at.isoformat(),
            "last_at": self.last_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Cut:
    """Somebody said that two identifiers are not one customer."""

    first: NamedIdentifier
    second: NamedIdentifier
    made_at: datetime

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"first": str(self.first), "second": str(self.second), "made_at": self.made_at.isoformat()}


@dataclass(frozen=True, slots=True)
class CustomerView:
    """One customer: the identifiers, and how each is tied to the one that was asked for.

    Attributes
    ----------
    chains
        By identifier (as text): the links from the one that was asked for to it.
    refused
        Evidence that leads out of the customer and was not followed, with the reason.
    cuts
        The cuts that name one of the identifiers.
    """

    customer: int
    asked: NamedIdentifier
    identifiers: tuple[NamedIdentifier, ...]
    chains: dict[str, tuple[Link, ...]]
    refused: tuple[tuple[Link, str], ...]
    cuts: tuple[Cut, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "customer": self.customer,
            "asked": str(self.asked),
            "identifiers": [{"type": each.type, "value": each.value} for each in self.identifiers],
            "chains": {name: [link.to_dict() for link in chain] for name, chain in self.chains.items()},
            "refused": [{**link.to_dict(), "reason": reason} for link, reason in self.refused],
            "cuts": [each.to_dict() for each in self.cuts],
        }
