"""Who is behind an identifier, why, and what was not joined."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime

from desireline.base import InputError, UnknownNameError
from desireline.identity import tables
from desireline.identity.evidence import read_evidence
from desireline.identity.model import Customers, CustomerView, Link, NamedIdentifier
from desireline.identity.policy import Policy
from desireline.identity.resolve import resolve
from desireline.interactions import IDENTIFIER_TYPES, IdentifierSettings, identifier_number, normalise
from desireline.interactions import tables as interaction_tables
from desireline.interactions.tables import Observation
from desireline.store import Workspace

_MOST_REFUSED = 50


def find_customers(workspace: Workspace) -> Customers:
    """The customers of a workspace under its policy and its cuts."""
    policy = Policy.read(workspace.section("identity"))
    with workspace.database.reading() as connection:
        cuts = tables.all_cuts(connection)
    return resolve(read_evidence(workspace), policy, cuts=cuts)


def find_identifier(workspace: Workspace, text: str) -> NamedIdentifier:
    """The identifier that a text means: ``type:value``, or a value alone.

    Raises
    ------
    UnknownNameError
        No interaction was seen under it.
    InputError
        The value alone is an identifier of several types.
    """
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    with workspace.database.reading() as connection:
        types = [name for name, _ in interaction_tables.types_in_use(connection)]
        given, _, value = text.partition(":")
        tried = [(given, value)] if value and given in {*types, *(each.name for each in IDENTIFIER_TYPES)} else []
        tried += [(name, text) for name in types]
        numbers = {}
        for name, raw in tried:
            normal = normalise(name, raw, settings)
            if normal is not None:
                numbers[identifier_number(workspace.key, name, normal)] = name
        found = interaction_tables.identifiers_with(connection, list(numbers))
    if not found:
        raise UnknownNameError(
            f"no interaction was seen under {text!r}",
            hint=f"write it as type:value; types in use: {', '.join(types) or 'none yet'}",
        )
    if len(found) > 1:
        choices = ", ".join(sorted(f"{kind}:{value}" for kind, value in found.values()))
        raise InputError(f"{text!r} is an identifier of several types", hint=f"say which: {choices}")
    number, (kind, value) = next(iter(found.items()))
    return NamedIdentifier(number, kind, value)


def show_customer(workspace: Workspace, text: str) -> CustomerView:
    """The customer behind an identifier, with the evidence that ties every identifier to it.

    Raises
    ------
    InputError
        The identifier is unknown or ambiguous.
    """
    asked = find_identifier(workspace, text)
    customers = find_customers(workspace)
    key = customers.customer_of(asked.number)
    members = [int(number) for number in customers.identifiers[customers.customers == key]] or [asked.number]
    with workspace.database.reading() as connection:
        observations = interaction_tables.observations_of(connection, members)
        ends = {end for each in observations for end in (each.first, each.second)}
        values = interaction_tables.identifiers_with(connection, sorted(ends | set(members)))
        cuts = set(tables.all_cuts(connection))
    names = {number: NamedIdentifier(number, *values[number]) for number in values}
    inside = set(members)
    links = _links([each for each in observations if each.first in inside and each.second in inside], names)
    leading_out = _links([each for each in observations if (each.first in inside) != (each.second in inside)], names)
    contested = set(customers.contested.tolist())
    return CustomerView(
        customer=key,
        asked=asked,
        identifiers=tuple(sorted((names[number] for number in members), key=lambda each: (each.type, each.value))),
        chains=_chains(asked.number, links, names),
        refused=tuple((link, _reason(link, contested, cuts)) for link in list(leading_out.values())[:_MOST_REFUSED]),
    )


def cut(workspace: Workspace, first: str, second: str) -> bool:
    """Say that two identifiers are not one customer; gives whether they were one until now.

    The log is not touched: the index that is built next has the past right.

    Raises
    ------
    InputError
        An identifier is unknown, or both are the same.
    """
    left, right = _two(workspace, first, second)
    customers = find_customers(workspace)
    together = customers.customer_of(left.number) == customers.customer_of(right.number)
    with workspace.database.writing() as connection:
        tables.add_cut(connection, left.number, right.number)
    return together


def uncut(workspace: Workspace, first: str, second: str) -> bool:
    """Take a cut back; gives whether there was one."""
    left, right = _two(workspace, first, second)
    with workspace.database.writing() as connection:
        return tables.remove_cut(connection, left.number, right.number)


def _two(workspace: Workspace, first: str, second: str) -> tuple[NamedIdentifier, NamedIdentifier]:
    left, right = find_identifier(workspace, first), find_identifier(workspace, second)
    if left.number == right.number:
        raise InputError(f"expected two identifiers, {first!r} and {second!r} are the same")
    return left, right


def _links(observations: list[Observation], names: dict[int, NamedIdentifier]) -> dict[tuple[int, int], Link]:
    """One link for two identifiers, over all sources."""
    grouped: dict[tuple[int, int], list[Observation]] = {}
    for each in observations:
        grouped.setdefault((each.first, each.second), []).append(each)
    return {
        pair: Link(
            first=names[pair[0]],
            second=names[pair[1]],
            sources=tuple(sorted({each.source for each in group})),
            observations=sum(each.observations for each in group),
            first_at=_moment(min(each.first_at for each in group)),
            last_at=_moment(max(each.last_at for each in group)),
        )
        for pair, group in grouped.items()
        if pair[0] in names and pair[1] in names
    }


def _chains(
    start: int, links: dict[tuple[int, int], Link], names: dict[int, NamedIdentifier]
) -> dict[str, tuple[Link, ...]]:
    """The shortest chain of evidence from one identifier to each of the others (breadth first)."""
    beside: dict[int, list[tuple[int, Link]]] = {}
    for (first, second), link in links.items():
        beside.setdefault(first, []).append((second, link))
        beside.setdefault(second, []).append((first, link))
    found: dict[int, tuple[Link, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        number = waiting.popleft()
        for other, link in beside.get(number, []):
            if other not in found:
                found[other] = (*found[number], link)
                waiting.append(other)
    return {str(names[number]): chain for number, chain in found.items() if chain}


def _reason(link: Link, contested: set[int], cuts: set[tuple[int, int]]) -> str:
    ends = (link.first.number, link.second.number)
    if (min(ends), max(ends)) in cuts:
        return "cut by hand"
    for end in (link.first, link.second):
        if end.number in contested:
            return f"{end} was seen with several customers and joins none of them"
    return "together they would hold more identifiers of a type than the policy allows, or a cut keeps them apart"


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1e6, UTC)
