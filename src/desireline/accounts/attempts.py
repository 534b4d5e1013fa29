"""How often one may try to sign in, whether the account is there or not. Tries with the right password take nothing away.

A try counts for the account from its network address, for the address, and for the account from everywhere. So whoever
guesses from one place closes the account for that place only. One in a browser in which that account was signed in before
(see :mod:`desireline.accounts.devices`) counts for that browser alone: nobody elsewhere closes it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from desireline.accounts import tables
from desireline.base import AttemptsError, phrase


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries within this time."""

    tries: int
    within: timedelta


_WITHIN = timedelta(minutes=15)
PER_PLACE = Limit(10, _WITHIN)
"""For an account from one network address, or from one browser that is known."""
PER_ADDRESS = Limit(50, _WITHIN)
PER_ACCOUNT = Limit(100, _WITHIN)
"""From everywhere: for guesses that are spread over many addresses."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that was counted.

    Attributes
    ----------
    place
        The account with the address or the browser.
    rows
        What was noted of it.
    """

    place: str
    rows: tuple[int, ...]


def count_attempt(
    connection: sa.Connection, *, email: str, address: str, now: datetime, device: str | None = None
) -> Attempt:
    """Count a try before the password is looked at, so that tries at the same moment do not slip through.

    Parameters
    ----------
    device
        The browser, where the account was signed in there before.

    Raises
    ------
    AttemptsError
        There were too many; this one is not counted.
    """
    network = _network(address)
    place = _subject("device", email, device) if device is not None else _subject("place", email, network)
    limits = {place: PER_PLACE}
    if device is None:
        limits |= {_subject("address", network): PER_ADDRESS, _subject("account", email): PER_ACCOUNT}
    tables.delete_attempts_before(connection, now - _WITHIN)
    waits = [_wait(connection, subject, limit, now=now) for subject, limit in limits.items()]
    if max(waits) > timedelta():
        seconds = math.ceil(max(waits).total_seconds())
        raise AttemptsError(
            phrase("too many tries to sign in"),
            wait_seconds=seconds,
            hint=phrase(
                "wait {seconds} min, or ask an admin for a link that sets a new password",
                seconds=math.ceil(seconds / 60),
            ),
        )
    return Attempt(place, tables.insert_attempts(connection, list(limits), now=now))


def forgive(connection: sa.Connection, attempt: Attempt) -> None:
    """The password was right: take the try back, and forget the wrong ones on the account from that place."""
    tables.delete_attempts(connection, attempt.rows)
    tables.delete_attempts_on(connection, attempt.place)


def _wait(connection: sa.Connection, subject: str, limit: Limit, *, now: datetime) -> timedelta:
    tries = tables.attempts_on(connection, subject, since=now - limit.within)
    return tries[-limit.tries] + limit.within - now if len(tries) >= limit.tries else timedelta()


def _subject(kind: str, *values: str) -> str:
    return hashlib.sha256("\0".join((kind, *values)).encode()).hexdigest()


def _network(address: str) -> str:
    """The address; of IPv6 the network, since one line has billions of addresses."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{read}/64", strict=False)) if read.version == 6 else str(read)
