"""The tables of accounts, and the only SQL over them. Times are written so that text sorts as time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table

from desireline.accounts.model import AccessEvent, AccessKey, Happening, Person, Purpose, Session
from desireline.accounts.rights import Role
from desireline.store import metadata

IDLE = timedelta(days=14)
"""A session that is not used for so long ends."""
LONGEST_SESSION = timedelta(days=90)
"""And one that is used, then."""

people = Table(
    "people",
    metadata,
    Column("person", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", String(200)),
    Column("added_at", String(32), nullable=False),
    sqlite_autoincrement=True,
)
"""``password`` is the argon2 hash; NULL until an invitation was accepted."""

sessions = Table(
    "sessions",
    metadata,
    Column("session", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person", Integer, ForeignKey("people.person", ondelete="CASCADE"), nullable=False, index=True),
    Column("started_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("address", String(45), nullable=False),
    Column("agent", String(200), nullable=False),
    sqlite_autoincrement=True,
)

access_keys = Table(
    "access_keys",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("used_at", String(32)),
    sqlite_autoincrement=True,
)

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("person", Integer, ForeignKey("people.person", ondelete="CASCADE"), index=True),
    Column("expires_at", String(32), nullable=False),
    Column("used_at", String(32)),
    sqlite_with_rowid=False,
)
"""``person`` is NULL for the link of the first start."""

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("attempt", Integer, primary_key=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("at", String(32), nullable=False, index=True),
)
"""Tries of the last minutes; ``subject`` is the hash of an account, of a network address, or of an account at an address or in a browser."""

access_events = Table(
    "access_events",
    metadata,
    Column("event", Integer, primary_key=True),
    Column("at", String(32), nullable=False, index=True),
    Column("who", String(254), nullable=False),
    Column("what", String(32), nullable=False),
    Column("about", String(500), nullable=False),
    Column("address", String(45), nullable=False),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that has not ended, with name and role of its person."""

    session: Session
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A one-time link as it is kept."""

    purpose: Purpose
    person: int | None
    expires_at: datetime
    used_at: datetime | None


def written(moment: datetime) -> str:
    """A moment as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# People


def insert_person(
    connection: sa.Connection, *, name: str, email: str, role: Role, password: str | None, now: datetime
) -> int:
    """Enter somebody; gives their number."""
    values = {"name": name, "email": email, "role": role, "password": password, "added_at": written(now)}
    return int(connection.execute(people.insert().values(values).returning(people.c.person)).scalar_one())


def person_numbered(connection: sa.Connection, person: int) -> Person | None:
    """Somebody by their number."""
    return _one_person(connection, people.c.person == person)


def person_with_email(connection: sa.Connection, email: str) -> Person | None:
    """Somebody by their e-mail address."""
    return _one_person(connection, people.c.email == email)


def all_people(connection: sa.Connection) -> list[Person]:
    """Everybody, by name."""
    return [_person(row) for row in connection.execute(_people().order_by(sa.func.lower(people.c.name)))]


def password_of(connection: sa.Connection, person: int) -> str | None:
    """The hash of somebody's password."""
    return connection.execute(sa.select(people.c.password).where(people.c.person == person)).scalar()


def update_person(connection: sa.Connection, person: int, **values: str) -> None:
    """Change columns of somebody."""
    connection.execute(people.update().where(people.c.person == person).values(**values))


def delete_person(connection: sa.Connection, person: int) -> None:
    """Remove somebody, with their sessions and links."""
    connection.execute(people.delete().where(people.c.person == person))


def count_people(connection: sa.Connection) -> int:
    """How many there are."""
    return connection.execute(sa.select(sa.func.count()).select_from(people)).scalar_one()


# Sessions


def insert_session(
    connection: sa.Connection, *, token_hash: str, person: int, address: str, agent: str, now: datetime
) -> None:
    """Enter a session that begins now."""
    moment = written(now)
    connection.execute(
        sessions.insert().values(
            token_hash=token_hash,
            person=person,
            started_at=moment,
            seen_at=moment,
            address=address[:45],
            agent=agent[:200],
        )
    )


def session_of_token(connection: sa.Connection, token_hash: str, *, now: datetime) -> OpenSession | None:
    """The session of a token, where it has not ended."""
    statement = (
        sa.select(sessions, people.c.name, people.c.role)
        .join(people)
        .where(sessions.c.token_hash == token_hash, *_alive(now))
    )
    row = connection.execute(statement).first()
    return None if row is None else OpenSession(_session(row), row.name, Role(row.role))


def sessions_of(connection: sa.Connection, person: int, *, now: datetime) -> list[Session]:
    """Somebody's sessions that have not ended, the last used first."""
    statement = sa.select(sessions).where(sessions.c.person == person, *_alive(now))
    return [_session(row) for row in connection.execute(statement.order_by(sessions.c.seen_at.desc()))]


def touch_session(connection: sa.Connection, session: int, *, now: datetime) -> None:
    """Note that a session is used."""
    connection.execute(sessions.update().where(sessions.c.session == session).values(seen_at=written(now)))


def delete_session(connection: sa.Connection, session: int, *, person: int) -> bool:
    """End one session of somebody; whether there was one."""
    c = sessions.c
    return connection.execute(sessions.delete().where((c.session == session) & (c.person == person))).rowcount > 0


def delete_sessions_of(connection: sa.Connection, person: int) -> int:
    """End all sessions of somebody; gives how many there were."""
    return connection.execute(sessions.delete().where(sessions.c.person == person)).rowcount


def delete_ended_sessions(connection: sa.Connection, *, now: datetime) -> None:
    """Forget sessions that have ended."""
    connection.execute(sessions.delete().where(sa.not_(sa.and_(*_alive(now)))))


# Keys


def insert_key(
    connection: sa.Connection, *, name: str, prefix: str, token_hash: str, role: Role, made_by: str, now: datetime
) -> AccessKey:
    """Enter a key."""
    values = {"name": name, "prefix": prefix, "role": role, "made_by": made_by, "made_at": written(now)}
    statement = access_keys.insert().values(**values, token_hash=token_hash).returning(access_keys.c.key)
    return AccessKey(connection.execute(statement).scalar_one(), name, prefix, role, made_by, now, None)


def key_of_token(connection: sa.Connection, token_hash: str) -> AccessKey | None:
    """The key with this text."""
    row = connection.execute(sa.select(access_keys).where(access_keys.c.token_hash == token_hash)).first()
    return None if row is None else _key(row)


def all_keys(connection: sa.Connection) -> list[AccessKey]:
    """Every key, the newest first."""
    return [_key(row) for row in connection.execute(sa.select(access_keys).order_by(access_keys.c.key.desc()))]


def touch_key(connection: sa.Connection, key: int, *, now: datetime) -> None:
    """Note that a key is used."""
    connection.execute(access_keys.update().where(access_keys.c.key == key).values(used_at=written(now)))


def delete_key(connection: sa.Connection, key: int) -> AccessKey | None:
    """Revoke a key; gives which it was."""
    row = connection.execute(sa.select(access_keys).where(access_keys.c.key == key)).first()
    if row is None:
        return None
    connection.execute(access_keys.delete().where(access_keys.c.key == key))
    return _key(row)


# One-time links


def insert_link(
    connection: sa.Connection, *, token_hash: str, purpose: Purpose, person: int | None, expires_at: datetime
) -> None:
    """Enter a link; it takes the place of the unused ones of that person."""
    same = one_time_links.c.person.is_(None) if person is None else one_time_links.c.person == person
    connection.execute(one_time_links.delete().where(same & one_time_links.c.used_at.is_(None)))
    connection.execute(
        one_time_links.insert().values(
            token_hash=token_hash, purpose=purpose, person=person, expires_at=written(expires_at)
        )
    )


def link_of_token(connection: sa.Connection, token_hash: str) -> KeptLink | None:
    """The link with this token, used or not."""
    row = connection.execute(sa.select(one_time_links).where(one_time_links.c.token_hash == token_hash)).first()
    if row is None:
        return None
    return KeptLink(Purpose(row.purpose), row.person, _read(row.expires_at), _maybe(row.used_at))


def delete_links_before(connection: sa.Connection, moment: datetime) -> None:
    """Forget links that expired before then, used or not."""
    connection.execute(one_time_links.delete().where(one_time_links.c.expires_at < written(moment)))


def use_link(connection: sa.Connection, token_hash: str, *, now: datetime) -> bool:
    """Use a link up; whether it was unused."""
    c = one_time_links.c
    unused = (c.token_hash == token_hash) & c.used_at.is_(None)
    return connection.execute(one_time_links.update().where(unused).values(used_at=written(now))).rowcount > 0


# Tries to sign in


def insert_attempts(connection: sa.Connection, subjects: Sequence[str], *, now: datetime) -> tuple[int, ...]:
    """Note a try on each subject; gives the numbers of the rows."""
    rows = [{"subject": subject, "at": written(now)} for subject in subjects]
    return tuple(connection.execute(sign_in_attempts.insert().returning(sign_in_attempts.c.attempt), rows).scalars())


def attempts_on(connection: sa.Connection, subject: str, *, since: datetime) -> list[datetime]:
    """When there were tries on a subject, the oldest first."""
    c = sign_in_attempts.c
    statement = sa.select(c.at).where((c.subject == subject) & (c.at > written(since))).order_by(c.at)
    return [_read(at) for at in connection.execute(statement).scalars()]


def delete_attempts(connection: sa.Connection, rows: Sequence[int]) -> None:
    """Take back what was noted of a try."""
    connection.execute(sign_in_attempts.delete().where(sign_in_attempts.c.attempt.in_(rows)))


def delete_attempts_on(connection: sa.Connection, subject: str) -> None:
    """Forget the tries on a subject."""
    connection.execute(sign_in_attempts.delete().where(sign_in_attempts.c.subject == subject))


def delete_attempts_before(connection: sa.Connection, moment: datetime) -> None:
    """Forget old tries."""
    connection.execute(sign_in_attempts.delete().where(sign_in_attempts.c.at <= written(moment)))


# What happened


def insert_event(connection: sa.Connection, event: AccessEvent) -> None:
    """Note what happened."""
    values = {"who": event.who[:254], "what": event.what, "about": event.about[:500], "address": event.address[:45]}
    connection.execute(access_events.insert().values(**values, at=written(event.at)))


def delete_events_before(connection: sa.Connection, moment: datetime) -> None:
    """Forget what happened long ago."""
    connection.execute(access_events.delete().where(access_events.c.at < written(moment)))


def newest_events(connection: sa.Connection, *, top: int) -> list[AccessEvent]:
    """What happened last, the newest first."""
    rows = connection.execute(sa.select(access_events).order_by(access_events.c.event.desc()).limit(top))
    return [AccessEvent(_read(row.at), row.who, Happening(row.what), row.about, row.address) for row in rows]


def _people() -> sa.Select[tuple[object, ...]]:
    seen = sa.select(sa.func.max(sessions.c.seen_at)).where(sessions.c.person == people.c.person).scalar_subquery()
    return sa.select(people, seen.label("seen_at"))


def _one_person(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Person | None:
    row = connection.execute(_people().where(condition)).first()
    return None if row is None else _person(row)


def _alive(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (sessions.c.seen_at > written(now - IDLE), sessions.c.started_at > written(now - LONGEST_SESSION))


def _person(row: sa.Row[tuple[object, ...]]) -> Person:
    return Person(
        person=row.person,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        invited=row.password is None,
        added_at=_read(row.added_at),
        seen_at=_maybe(row.seen_at),
    )


def _session(row: sa.Row[tuple[object, ...]]) -> Session:
    started, seen = _read(row.started_at), _read(row.seen_at)
    return Session(
        session=row.session,
        person=row.person,
        started_at=started,
        seen_at=seen,
        ends_at=min(seen + IDLE, started + LONGEST_SESSION),
        address=row.address,
        agent=row.agent,
    )


def _key(row: sa.Row[tuple[object, ...]]) -> AccessKey:
    return AccessKey(
        row.key, row.name, row.prefix, Role(row.role), row.made_by, _read(row.made_at), _maybe(row.used_at)
    )


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else _read(text)
