"""Who is behind an identifier, why, and what was not joined."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desireline.base import InputError, UnknownNameError, closest_names, joined, phrase
from desireline.identity import tables
from desireline.identity.evidence import read_evidence
from desireline.identity.model import Customers, CustomerView, Cut, Link, NamedIdentifier
from desireline.identity.policy import Policy
from desireline.identity.resolve import resolve
from desireline.interactions import IDENTIFIER_TYPES, IdentifierSettings, identifier_number, normalise
from desireline.interactions import tables as interaction_tables
from desireline.interactions.identifiers import anchor_rank, is_blocked
from desireline.interactions.tables import Observation
from desireline.store import Workspace

if TYPE_CHECKING:
    import sqlalchemy as sa

_MOST_REFUSED = 50
_SHORTEST_BEGINNING = 2
_MOST_NEAR = 500


def find_customers(workspace: Workspace) -> Customers:
    """The customers of a workspace under its policy and its cuts; remembered until something changes them."""
    with workspace.database.reading() as connection:
        batch, cuts = interaction_tables.last_committed(connection), tuple(tables.all_cuts(connection))
    settings = repr([dict(workspace.section(name)) for name in ("identity", "identifiers")])
    return _found(_Asked(workspace.folder.resolve(), workspace.key, batch, cuts, settings, workspace))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the customers of a workspace depend on; and whose they are."""

    folder: Path
    key: bytes
    batch: int
    cuts: tuple[tuple[int, int], ...]
    settings: str
    workspace: Workspace = field(compare=False)


@lru_cache(maxsize=2)
def _found(asked: _Asked) -> Customers:
    policy = Policy.read(asked.workspace.section("identity"))
    return resolve(read_evidence(asked.workspace), policy, cuts=asked.cuts)


def find_identifier(workspace: Workspace, text: str) -> NamedIdentifier:
    """The identifier that a text means: ``type:value``, or a value alone.

    Raises
    ------
    UnknownNameError
        No interaction was seen under it.
    InputError
        The value alone is an identifier of several types, or it is a value that stands for nobody.
    """
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    kind, _, value = text.partition(":")
    with workspace.database.reading() as connection:
        types = [name for name, _ in interaction_tables.types_in_use(connection)]
        found = _seen(connection, workspace.key, [(kind, value)] if kind in types else [], settings)
        found = found or _seen(connection, workspace.key, [(name, text) for name in types], settings)
        if not found:
            raise _unknown(connection, text, types, settings)
    if len(found) > 1:
        choices = ", ".join(sorted(f"{kind}:{value}" for kind, value in found.values()))
        raise InputError(
            phrase("{text!r} is an identifier of several types", text=text),
            hint=phrase("say which: {choices}", choices=choices),
        )
    number, (kind, value) = next(iter(found.items()))
    return NamedIdentifier(number, kind, value)


def _seen(
    connection: sa.Connection, key: bytes, spelled: list[tuple[str, str]], settings: IdentifierSettings
) -> dict[int, tuple[str, str]]:
    """Those of the identifiers, given by type and value in any spelling, that were seen."""
    normal = [(kind, normalise(kind, value, settings)) for kind, value in spelled]
    numbers = [identifier_number(key, kind, value) for kind, value in normal if value is not None]
    return interaction_tables.identifiers_with(connection, numbers)


def _unknown(connection: sa.Connection, text: str, types: list[str], settings: IdentifierSettings) -> InputError:
    kind, _, rest = text.partition(":")
    value = rest if kind in {*types, *(each.name for each in IDENTIFIER_TYPES)} else text
    if is_blocked(value, settings):
        return InputError(
            phrase("{value!r} stands for nobody", value=value),
            hint=phrase("it is one of the blocked values, built in or of [identifiers] blocked"),
        )
    by_value = _beginning_alike(connection, value)
    close = [f"{by_value[each]}:{each}" for each in closest_names(value, by_value)]
    by_type = closest_names(kind, types) if rest and kind not in types else []
    close += [f"{name}:{rest}" for name in by_type]
    return UnknownNameError(
        phrase("no interaction was seen under {text!r}", text=text),
        hint=(
            phrase("did you mean {close}?", close=joined(close, ", "))
            if close
            else phrase("write it as type:value; types in use: {types}", types=", ".join(types) or "none yet")
        ),
    )


def _beginning_alike(connection: sa.Connection, value: str) -> dict[str, str]:
    """The type of values that begin like this one, for as many characters as there are any."""
    for length in (len(value) - 1, len(value) * 3 // 4, len(value) // 2, _SHORTEST_BEGINNING):
        if length >= _SHORTEST_BEGINNING:
            near = interaction_tables.values_beginning_with(connection, value[:length], most=_MOST_NEAR)
            if near:
                return {each: kind for kind, each in near}
    return {}


def show_customer(workspace: Workspace, text: str) -> CustomerView:
    """The customer behind an identifier, with the evidence that ties every identifier to it.

    Raises
    ------
    InputError
        The identifier is unknown or ambiguous.
    """
    return _view(workspace, find_identifier(workspace, text))


def show_numbered(workspace: Workspace, number: int) -> CustomerView:
    """The same, for the number of any of the customer's identifiers; the chains begin at the strongest one.

    Raises
    ------
    UnknownNameError
        No identifier has this number.
    """
    asked = identifier_numbered(workspace, number)
    customers = find_customers(workspace)
    members = list(customers.members_of(customers.customer_of(number))) or [number]
    with workspace.database.reading() as connection:
        kinds = interaction_tables.identifiers_with(connection, members)
    strongest = min(kinds, key=lambda each: (anchor_rank(kinds[each][0]), each), default=number)
    return _view(workspace, NamedIdentifier(strongest, *kinds[strongest]) if strongest in kinds else asked)


def identifier_numbered(workspace: Workspace, number: int) -> NamedIdentifier:
    """The identifier with a number.

    Raises
    ------
    UnknownNameError
        There is none.
    """
    with workspace.database.reading() as connection:
        found = interaction_tables.identifiers_with(connection, [number])
    if number not in found:
        raise UnknownNameError(
            phrase("there is no customer with the number {number}", number=number),
            hint=phrase("search for an identifier: numbers change with the key of the workspace"),
        )
    return NamedIdentifier(number, *found[number])


def _view(workspace: Workspace, asked: NamedIdentifier) -> CustomerView:
    customers = find_customers(workspace)
    key = customers.customer_of(asked.number)
    members = list(customers.members_of(key)) or [asked.number]
    inside = set(members)
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    with workspace.database.reading() as connection:
        observations = interaction_tables.observations_of(connection, members)
        made = tables.cuts_of(connection, members)
        ends = {end for each in observations for end in (each.first, each.second)}
        ends |= {end for first, second, _ in made for end in (first, second)}
        values = interaction_tables.identifiers_with(connection, sorted(ends | inside))
        names = {number: NamedIdentifier(number, *values[number]) for number in values}
        links = _links([each for each in observations if each.first in inside and each.second in inside], names)
        leading_out = _links(
            [each for each in observations if (each.first in inside) != (each.second in inside)], names
        )
        refused = list(leading_out.values())[:_MOST_REFUSED]
        others = _members_of(customers, [end.number for link in refused for end in (link.first, link.second)])
        known = interaction_tables.identifiers_with(connection, sorted(others))
        reasons = _Reasons(
            contested=frozenset(customers.contested.tolist()),
            policy=Policy.read(workspace.section("identity")),
            settings=settings,
            cuts=tables.all_cuts(connection),
            keys=others,
            kinds={number: kind for number, (kind, _) in known.items()},
        )
    return CustomerView(
        customer=key,
        asked=asked,
        identifiers=tuple(sorted((names[number] for number in members), key=lambda each: (each.type, each.value))),
        chains=_chains(asked.number, links, names),
        refused=tuple((link, reasons.of(link)) for link in refused),
        cuts=tuple(
            Cut(names[first], names[second], datetime.fromisoformat(made_at))
            for first, second, made_at in made
            if first in names and second in names
        ),
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
        raise InputError(
            phrase("expected two identifiers, {first!r} and {second!r} are the same", first=first, second=second)
        )
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


def _members_of(customers: Customers, numbers: list[int]) -> dict[int, int]:
    """The identifiers of the customers that these belong to, and the key of the customer of each."""
    keys = [customers.customer_of(number) for number in numbers]
    chosen = np.isin(customers.customers, keys)
    found = dict(zip(customers.identifiers[chosen].tolist(), customers.customers[chosen].tolist(), strict=True))
    return {**dict(zip(numbers, keys, strict=True)), **found}


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Why two customers are two.

    Attributes
    ----------
    contested
        Identifiers that join nobody.
    keys, kinds
        Of every identifier of the customers in question: the key of the customer, the type.
    """

    contested: frozenset[int]
    policy: Policy
    settings: IdentifierSettings
    cuts: list[tuple[int, int]]
    keys: dict[int, int]
    kinds: dict[int, str]

    def of(self, link: Link) -> str:
        """Why this piece of evidence was not followed."""
        ends = (link.first, link.second)
        for end in ends:
            if is_blocked(end.value, self.settings):
                return phrase("{end} stands for nobody (a blocked value)", end=end)
        pair = {self.keys[end.number] for end in ends}
        if any({self.keys.get(first), self.keys.get(second)} == pair for first, second in self.cuts):
            return phrase("cut by hand")
        for end in ends:
            if end.number in self.contested:
                return phrase("{end} was seen with several customers and joins none of them", end=end)
        held = Counter(self.kinds[number] for number, key in self.keys.items() if key in pair)
        for kind, count in sorted(held.items()):
            if count > self.policy.of(kind).limit:
                return phrase(
                    "together they would hold {count} values of {kind}, the policy allows {limit}",
                    count=count,
                    kind=kind,
                    limit=self.policy.of(kind).limit,
                )
        return phrase("{type} and {type_2} do not join two customers", type=link.first.type, type_2=link.second.type)


def _moment(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
