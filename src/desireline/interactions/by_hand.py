"""What people log by hand: recording it with the checks that typing needs, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np

from desireline.base import AccessError, InputError, UnknownNameError, closest_names, phrase
from desireline.interactions import tables
from desireline.interactions.accept import Batch, accept
from desireline.interactions.identifiers import IDENTIFIER_TYPES, IdentifierSettings, identifier_number, normalise
from desireline.interactions.log import query_log
from desireline.interactions.model import HAND_LOGGED
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace

MOST_AHEAD = timedelta(days=1)
"""How far in the future a time may be: clocks differ, and so do time zones."""


@dataclass(frozen=True, slots=True)
class Logged:
    """An interaction that was logged by hand.

    Attributes
    ----------
    number
        What it is withdrawn by: its arrival number.
    unseen
        Those of its identifiers, as ``type:value``, that nothing was seen under before.
    """

    number: int
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An interaction that was logged by hand and is no longer part of the log."""

    touchpoint: str
    channel: str
    occurred_at: datetime


def log_by_hand(workspace: Workspace, new: NewInteraction, *, now: datetime, new_type: bool = False) -> Logged:
    """Record an interaction that somebody typed; its source is ``hand``.

    Parameters
    ----------
    now
        The time that it is; the interaction is at most a day later.
    new_type
        Whether identifiers may be of a type that is not known yet.

    Raises
    ------
    UnknownNameError
        A type of identifier is neither built in, nor in the settings, nor in use.
    InputError
        It is in the future, or not as the schema says.
    """
    _check_time(new.fields.get("occurred_at"), now)
    if not new_type:
        _check_types(new.identifiers, known_types(workspace))
    unseen = _unseen(workspace, new)
    (number,) = record_interactions(
        workspace, [NewInteraction({**new.fields, "source": HAND_LOGGED}, new.identifiers, new.attributes)]
    )
    return Logged(number, unseen)


def known_types(workspace: Workspace) -> tuple[str, ...]:
    """The types of identifiers that are built in, then those of the settings, then others that are in use."""
    with workspace.database.reading() as connection:
        in_use = [name for name, _ in tables.types_in_use(connection)]
    built_in = [each.name for each in IDENTIFIER_TYPES]
    return tuple(dict.fromkeys([*built_in, *workspace.section("identity").get("types", {}), *in_use]))


def withdraw(workspace: Workspace, number: int, *, only_of: str | None = None) -> Withdrawn:
    """Take an interaction that was logged by hand out of the log, with what it said of who is who.

    Parameters
    ----------
    only_of
        Whoever must have logged it; ``None``: anybody.

    Raises
    ------
    InputError
        There is no interaction of this number, or it was not logged by hand.
    AccessError
        Somebody else logged it.
    """
    columns = "source, agent, raw_touchpoint, raw_channel, epoch_us(occurred_at), anchor, identifiers"
    with workspace.exclusive("log"):
        rows = query_log(workspace, f"SELECT {columns} FROM {{log}} WHERE arrival = $number", number=number)
        if not rows:
            raise InputError(
                phrase("there is no interaction {number}", number=number),
                hint=phrase("interactions log says the number of what it records"),
            )
        source, agent, touchpoint, channel, moment, anchor, others = rows[0]
        if source != HAND_LOGGED:
            raise InputError(
                phrase(
                    "interaction {number} is of the source {source!r}, expected one that was logged by hand",
                    number=number,
                    source=source,
                ),
                hint=phrase("what was imported is corrected by importing a newer version of its records"),
            )
        if only_of not in (None, agent):
            raise AccessError(
                phrase(
                    "interaction {number} was logged by {agent}, expected one that you logged yourself",
                    number=number,
                    agent=agent or phrase("somebody else"),
                ),
                hint=phrase("ask them, or somebody with the role analyst, to take it back"),
            )
        evidence = _taken_back({anchor, *(others or ())}, moment, number)
        accept(workspace, Batch([], -1, evidence=evidence, replaced=np.array([number], np.int64)))
    return Withdrawn(touchpoint, channel, datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment))


def _check_time(moment: object, now: datetime) -> None:
    if isinstance(moment, datetime) and moment.tzinfo is not None and moment > now + MOST_AHEAD:
        raise InputError(
            phrase(
                "expected a time that is not more than a day in the future, got {moment}", moment=moment.isoformat()
            ),
            hint=phrase("it is {now} now", now=now.isoformat(timespec="seconds")),
        )


def _check_types(given: Iterable[str], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            close = closest_names(name, known)
            meant = (
                phrase("did you mean {close}?", close=", ".join(close))
                if close
                else phrase("types: {known}.", known=", ".join(known))
            )
            raise UnknownNameError(
                phrase("no identifier is of the type {name!r} yet", name=name),
                hint=phrase("{meant} If it is meant to be new: --new-type", meant=meant),
            )


def _unseen(workspace: Workspace, new: NewInteraction) -> tuple[str, ...]:
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    normal = {kind: normalise(kind, value, settings) for kind, value in new.identifiers.items()}
    numbers = {
        identifier_number(workspace.key, kind, value): f"{kind}:{value}"
        for kind, value in normal.items()
        if value is not None
    }
    with workspace.database.reading() as connection:
        seen = tables.identifiers_with(connection, list(numbers))
    return tuple(name for number, name in numbers.items() if number not in seen)


def _taken_back(identifiers: set[int], moment: int, number: int) -> dict[str, list[int] | list[str]]:
    """The evidence of an interaction, negative; the moment is in microseconds."""
    pairs = list(combinations(sorted(identifiers), 2))
    return {
        "first": [first for first, _ in pairs],
        "second": [second for _, second in pairs],
        "source": [HAND_LOGGED] * len(pairs),
        "first_at": [moment] * len(pairs),
        "last_at": [moment] * len(pairs),
        "observations": [-1] * len(pairs),
        "sample_arrival": [number] * len(pairs),
    }
