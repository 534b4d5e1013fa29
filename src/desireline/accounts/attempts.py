"""How often one may try to sign in: counted for each account and for each network address, whether the account is there or not."""

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


PER_ACCOUNT = Limit(10, timedelta(minutes=15))
PER_ADDRESS = Limit(50, timedelta(minutes=15))


def count_attempt(connection: sa.Connection, *, email: str, address: str, now: datetime) -> None:
    """Count a try before the password is looked at, so that tries at the same moment do not slip through.

    Raises
    ------
    AttemptsError
        There were too many; this one is not counted.
    """
    limits = {_subject("account", email): PER_ACCOUNT, _subject("address", _network(address)): PER_ADDRESS}
    tables.delete_attempts_before(connection, now - max(limit.within for limit in limits.values()))
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
    tables.insert_attempts(connection, list(limits), now=now)


def forgive(connection: sa.Connection, *, email: str) -> None:
    """Forget the tries on an account whose password was right."""
    tables.delete_attempts_on(connection, _subject("account", email))


def _wait(connection: sa.Connection, subject: str, limit: Limit, *, now: datetime) -> timedelta:
    tries = tables.attempts_on(connection, subject, since=now - limit.within)
    return tries[-limit.tries] + limit.within - now if len(tries) >= limit.tries else timedelta()


def _subject(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()


def _network(address: str) -> str:
    """The address; of IPv6 the network, since one line has billions of addresses."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{read}/64", strict=False)) if read.version == 6 else str(read)
