"""The answer of ``contacts``, as its JSON has it."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from desireline.journeys.answers.shapes import ShareAnswer


class ContactTimes(Struct, frozen=True, kw_only=True):
    """What ``wait`` says."""

    n: int
    mean_seconds: float | None
    low: float | None
    high: float | None
    median_seconds: float | None
    p90_seconds: float | None


class ContactsTimes(Struct, frozen=True, kw_only=True):
    """What ``times`` says."""

    wait: ContactTimes
    hold: ContactTimes
    handle: ContactTimes
    response: ContactTimes
    response_open: ContactTimes | UnsetType = UNSET


class ContactsOutcome(Struct, frozen=True, kw_only=True):
    """An entry of ``outcomes``."""

    outcome: str
    contacts: int
    share: float | None
    low: float | None
    high: float | None
    n: int


class ContactsGroup(Struct, frozen=True, kw_only=True):
    """What ``total`` says."""

    name: str | None
    contacts: int
    customers: int
    abandoned: ShareAnswer
    resolved: ShareAnswer
    repeats: int
    median_repeat_seconds: float | None
    transferred: ShareAnswer
    changed_agent: ShareAnswer
    times: ContactsTimes
    unanswered: int
    outcomes: list[ContactsOutcome]


class ContactsTransfer(Struct, frozen=True, kw_only=True):
    """An entry of ``transfers``."""

    transfers: int
    contacts: int


class ContactsChain(Struct, frozen=True, kw_only=True):
    """An entry of ``chains``."""

    teams: list[str]
    contacts: int
    customers: int
    share: float | None
    low: float | None
    high: float | None
    n: int


class ContactsAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    by: str
    reason: str | None
    within_seconds: float | None
    transferred_to: str | None
    opening_hours: str | None
    abandoned: list[str]
    teams: list[str] | None
    weekday: str | None
    total: ContactsGroup
    groups: list[ContactsGroup]
    without_case: int
    not_over: int
    without_reason: int
    transfers: list[ContactsTransfer]
    total_chains: int
    chains: list[ContactsChain]
