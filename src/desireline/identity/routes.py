"""``/api/identity``: search customers, see why they are one, cut a wrong join and take it back.

A customer is named by an opaque number, a text in JSON: a browser's numbers are too small for it. An identifier comes in bodies only,
never in an address.
"""

from __future__ import annotations

from datetime import UTC, datetime

from litestar import Router, delete, get, post
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError, phrase
from desireline.identity.explain import cut, find_customers, identifier_numbered, show_numbered, uncut
from desireline.identity.finding import search
from desireline.identity.logging import SaidByHand, log_about
from desireline.identity.model import CustomerView, Link, NamedIdentifier
from desireline.interactions.by_hand import withdraw
from desireline.interactions.identifiers import MASK, anchor_rank
from desireline.store import Workspace


class SearchText(Struct, frozen=True, forbid_unknown_fields=True):
    """What to search: ``type:value``, a value, the number of a case, or a part of a value."""

    text: str


class IdentifierAnswer(Struct, frozen=True):
    """An identifier as it is stored."""

    number: str
    type: str
    value: str


class FoundCustomerAnswer(Struct, frozen=True):
    """A customer, the identifiers that were found, and how many there are in all."""

    customer: str
    matches: list[IdentifierAnswer]
    identifiers: int


class SearchAnswer(Struct, frozen=True):
    """See :class:`~desireline.identity.finding.Found`."""

    taken_for: str | None
    exact: bool
    customers: list[FoundCustomerAnswer]
    more: bool


class LinkAnswer(Struct, frozen=True):
    """Two identifiers that were seen together."""

    first: IdentifierAnswer
    second: IdentifierAnswer
    sources: list[str]
    observations: int
    first_at: datetime
    last_at: datetime


class RefusedAnswer(Struct, frozen=True):
    """Evidence that leads to another customer and was not followed."""

    link: LinkAnswer
    reason: str


class CutAnswer(Struct, frozen=True):
    """A cut; ``made_at`` in UTC."""

    first: IdentifierAnswer
    second: IdentifierAnswer
    made_at: datetime


class TiedIdentifier(Struct, frozen=True):
    """An identifier of a customer; ``chain`` leads from the first of them to it, and is empty of the first itself."""

    identifier: IdentifierAnswer
    chain: list[LinkAnswer]


class CustomerAnswer(Struct, frozen=True):
    """One customer: identifiers, why they are one, what was not joined, what was cut."""

    customer: str
    identifiers: list[TiedIdentifier]
    refused: list[RefusedAnswer]
    cuts: list[CutAnswer]


class TwoIdentifiers(Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of two identifiers."""

    first: str
    second: str


class CutMade(Struct, frozen=True):
    """What a cut did: whether the two were one customer until now, and whose they are from now on."""

    together: bool
    first_customer: str
    second_customer: str


class HandLogged(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody logs by hand; ``at`` without a zone is by the clock of the workspace."""

    touchpoint: str
    channel: str
    at: str
    text: str | None = None


class LoggedNumber(Struct, frozen=True):
    """The number by which an interaction that was logged by hand is withdrawn."""

    number: int


@post("/search", status_code=200, sync_to_thread=True, guards=[needs(Right.SEE_CUSTOMERS)])
def search_customers(workspace: Workspace, data: SearchText) -> SearchAnswer:
    """Find customers by any identifier, by a part of one, or by the number of a case."""
    found = search(workspace, data.text)
    customers = [
        FoundCustomerAnswer(str(each.customer), [_identifier(match) for match in each.matches], each.identifiers)
        for each in found.customers
    ]
    return SearchAnswer(found.taken_for, found.exact, customers, found.more)


@get("/customers/{customer:str}", sync_to_thread=True, guards=[needs(Right.SEE_CUSTOMERS)])
def show_one_customer(workspace: Workspace, customer: str) -> CustomerAnswer:
    """One customer, by the number of any of the identifiers."""
    return _customer(show_numbered(workspace, number_of(customer)))


@post("/cuts", status_code=200, sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def cut_a_join(workspace: Workspace, data: TwoIdentifiers) -> CutMade:
    """Say that two identifiers are not one customer; the past is right again with the next answer."""
    first, second = (identifier_numbered(workspace, number_of(each)) for each in (data.first, data.second))
    together = cut(workspace, str(first), str(second))
    customers = find_customers(workspace)
    first_customer, second_customer = (str(customers.customer_of(each.number)) for each in (first, second))
    return CutMade(together, first_customer, second_customer)


@delete("/cuts/{first:str}/{second:str}", status_code=204, sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def take_a_cut_back(workspace: Workspace, first: str, second: str) -> None:
    """Take a cut back."""
    one, other = (identifier_numbered(workspace, number_of(each)) for each in (first, second))
    if not uncut(workspace, str(one), str(other)):
        raise InputError(
            phrase("there is no cut between the two identifiers"), hint=phrase("somebody else took it back; load again")
        )


@post("/customers/{customer:str}/interactions", sync_to_thread=True, guards=[needs(Right.LOG_INTERACTIONS)])
def log_interaction(workspace: Workspace, user: SignedIn, customer: str, data: HandLogged) -> LoggedNumber:
    """Log what somebody saw or was told about a customer; whoever is signed in is its agent."""
    said = SaidByHand(data.touchpoint, data.channel, data.at, data.text)
    return LoggedNumber(log_about(workspace, number_of(customer), said, by=user.name, now=datetime.now(UTC)))


@delete("/interactions/{number:int}", status_code=204, sync_to_thread=True, guards=[needs(Right.LOG_INTERACTIONS)])
def withdraw_interaction(workspace: Workspace, user: SignedIn, number: int) -> None:
    """Take an interaction back that was logged by hand; who may not change data takes back only what they logged themselves."""
    withdraw(workspace, number, only_of=None if user.may(Right.CHANGE_DATA) else user.name)


router = Router(
    path="/identity",
    route_handlers=[
        search_customers,
        show_one_customer,
        cut_a_join,
        take_a_cut_back,
        log_interaction,
        withdraw_interaction,
    ],
    tags=["identity"],
)


def number_of(text: str) -> int:
    """The number of a customer or an identifier, as it stands in an address.

    Raises
    ------
    InputError
        It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= MASK):
        raise InputError(
            phrase("expected the number of a customer, got {text!r}", text=text),
            hint=phrase("search for the customer again"),
        )
    return int(text)


def _customer(view: CustomerView) -> CustomerAnswer:
    tied = [
        TiedIdentifier(_identifier(each), [_link(link) for link in view.chains.get(str(each), ())])
        for each in sorted(
            view.identifiers, key=lambda each: (each.number != view.asked.number, anchor_rank(each.type))
        )
    ]
    return CustomerAnswer(
        customer=str(view.customer),
        identifiers=tied,
        refused=[RefusedAnswer(_link(link), reason) for link, reason in view.refused],
        cuts=[CutAnswer(_identifier(each.first), _identifier(each.second), each.made_at) for each in view.cuts],
    )


def _link(link: Link) -> LinkAnswer:
    return LinkAnswer(
        first=_identifier(link.first),
        second=_identifier(link.second),
        sources=list(link.sources),
        observations=link.observations,
        first_at=link.first_at,
        last_at=link.last_at,
    )


def _identifier(named: NamedIdentifier) -> IdentifierAnswer:
    return IdentifierAnswer(str(named.number), named.type, named.value)
