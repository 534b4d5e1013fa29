"""Signing in and out, and whom a token stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from desireline.accounts import tables
from desireline.accounts.attempts import count_attempt, forgive
from desireline.accounts.auditing import current_time, note
from desireline.accounts.devices import device_of
from desireline.accounts.model import AccessKey, Happening, Origin, Person, Proof, Session, SignedIn, Way
from desireline.accounts.passwords import Passwords, check_password
from desireline.accounts.people import plain_email
from desireline.accounts.tokens import new_token, token_hash
from desireline.base import NotSignedInError, UnknownNameError, WorkspaceError, phrase
from desireline.store import Database, Workspace

_TOUCHED_EVERY = timedelta(minutes=10)
"""Not with every request, so that reading does not write."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who makes a request, and by what that is known."""

    user: SignedIn
    proof: Proof


def sign_in(
    workspace: Workspace,
    email: str,
    password: str,
    *,
    origin: Origin,
    passwords: Passwords,
    now: datetime | None = None,
) -> str:
    """Begin a session; gives its token, of which only the hash is kept.

    Raises
    ------
    NotSignedInError
        There is no such account or the password is another one: the answer and its time are the same.
    AttemptsError
        There were too many tries.
    """
    now = now or current_time()
    email = plain_email(email)
    database = workspace.database
    with database.writing() as connection:
        person = tables.person_with_email(connection, email)
        device = _device(workspace, person, origin)
        attempt = count_attempt(connection, email=email, address=origin.address, now=now, device=device)
        kept = None if person is None else tables.password_of(connection, person.person)
    right = passwords.matches(password, kept)
    with database.writing() as connection:
        if person is None or not right:
            note(connection, Happening.SIGN_IN_REFUSED, who=email, address=origin.address, now=now)
        else:
            if kept is not None and passwords.is_outdated(kept):
                tables.update_person(connection, person.person, password=passwords.hash(password))
            forgive(connection, attempt)
            return begin_session(connection, person.person, name=person.name, origin=origin, now=now)
    raise NotSignedInError(
        phrase("e-mail address and password do not belong together"),
        hint=phrase("an admin can give you a link that sets a new password"),
    )


def begin_session(connection: sa.Connection, person: int, *, name: str, origin: Origin, now: datetime) -> str:
    """Begin a session of somebody who has shown who they are; gives its token."""
    token = new_token()
    tables.delete_ended_sessions(connection, now=now)
    tables.insert_session(
        connection, token_hash=token_hash(token), person=person, address=origin.address, agent=origin.agent, now=now
    )
    note(connection, Happening.SIGNED_IN, who=name, about=origin.agent, address=origin.address, now=now)
    return token


def who_has_session(workspace: Workspace, token: str, *, now: datetime | None = None) -> Known | None:
    """Whom the token of a session stands for; ``None`` where it has ended."""
    now = now or current_time()
    with workspace.database.reading() as connection:
        found = tables.session_of_token(connection, token_hash(token), now=now)
    if found is None:
        return None
    session = found.session
    if now - session.seen_at > _TOUCHED_EVERY:
        _touch(workspace.database, session, now=now)
    return Known(SignedIn(session.person, found.name, found.role), Proof(Way.SESSION, session.session))


def who_has_key(workspace: Workspace, text: str, *, now: datetime | None = None) -> Known | None:
    """Whom a key stands for; ``None`` where there is no such key."""
    now = now or current_time()
    with workspace.database.reading() as connection:
        key = tables.key_of_token(connection, token_hash(text))
    if key is None:
        return None
    if key.used_at is None or now - key.used_at > _TOUCHED_EVERY:
        _touch(workspace.database, key, now=now)
    return Known(SignedIn(0, key.name, key.role), Proof(Way.KEY))


def sign_out(workspace: Workspace, user: SignedIn, session: int, *, now: datetime | None = None) -> None:
    """End a session of somebody.

    Raises
    ------
    UnknownNameError
        They have no such session.
    """
    now = now or current_time()
    with workspace.database.writing() as connection:
        if not tables.delete_session(connection, session, person=user.person):
            raise UnknownNameError(
                phrase("there is no session {session} of {name}", session=session, name=user.name),
                hint=phrase("it may have ended"),
            )
        note(connection, Happening.SIGNED_OUT, who=user.name, now=now)


def sign_out_everywhere(workspace: Workspace, user: SignedIn, *, now: datetime | None = None) -> int:
    """End all sessions of somebody; gives how many there were."""
    with workspace.database.writing() as connection:
        ended = tables.delete_sessions_of(connection, user.person)
        note(connection, Happening.SESSIONS_ENDED, who=user.name, about=user.name, now=now or current_time())
    return ended


def sessions(workspace: Workspace, user: SignedIn, *, now: datetime | None = None) -> list[Session]:
    """Somebody's sessions, the last used first."""
    with workspace.database.reading() as connection:
        return tables.sessions_of(connection, user.person, now=now or current_time())


def change_password(
    workspace: Workspace,
    user: SignedIn,
    *,
    old: str,
    new: str,
    origin: Origin,
    passwords: Passwords,
    now: datetime | None = None,
) -> str:
    """Set another password for oneself; ends all sessions and begins a new one, whose token it gives.

    Raises
    ------
    NotSignedInError
        The old password is another one.
    AttemptsError
        There were too many tries.
    InputError
        The new one is easily guessed.
    """
    now = now or current_time()
    database = workspace.database
    with database.writing() as connection:
        person = tables.person_numbered(connection, user.person)
        if person is None:
            raise NotSignedInError(phrase("expected somebody who signs in with a password"))
        device = _device(workspace, person, origin)
        attempt = count_attempt(connection, email=person.email, address=origin.address, now=now, device=device)
        kept = tables.password_of(connection, person.person)
    check_password(new, name=person.name, email=person.email)
    if not passwords.matches(old, kept):
        raise NotSignedInError(phrase("the password so far is another one"))
    hashed = passwords.hash(new)
    with database.writing() as connection:
        forgive(connection, attempt)
        tables.update_person(connection, person.person, password=hashed)
        tables.delete_sessions_of(connection, person.person)
        note(connection, Happening.PASSWORD_SET, who=person.name, about=person.name, address=origin.address, now=now)
        return begin_session(connection, person.person, name=person.name, origin=origin, now=now)


def _device(workspace: Workspace, person: Person | None, origin: Origin) -> str | None:
    """The browser, where this person was signed in in it before."""
    return None if person is None else device_of(workspace, person.person, origin.device)


def _touch(database: Database, used: Session | AccessKey, *, now: datetime) -> None:
    """Note that it is used; not where somebody is writing for long, a later request does it."""
    try:
        with Database(database.path, patience_seconds=0.2).writing() as connection:
            if isinstance(used, Session):
                tables.touch_session(connection, used.session, now=now)
            else:
                tables.touch_key(connection, used.key, now=now)
    except WorkspaceError:
        return
