"""One-time links: the first start, invitations, new passwords."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from desireline.accounts import tables
from desireline.accounts.auditing import current_time, note
from desireline.accounts.model import Happening, Link, Origin, Purpose
from desireline.accounts.passwords import Passwords, check_password
from desireline.accounts.people import check_email_is_free, read_email, read_name
from desireline.accounts.rights import Role
from desireline.accounts.signing_in import begin_session
from desireline.accounts.tokens import new_token, token_hash
from desireline.base import InputError, LinkError, UnknownNameError, phrase
from desireline.store import Workspace

LASTS = {
    Purpose.FIRST: timedelta(days=1),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.PASSWORD: timedelta(days=1),
}
REMEMBERED = timedelta(days=30)
"""For so long a link that has expired is told so, and is not just unknown."""
PAGE = "/link"
"""The page of the web application that takes a link; the token stands behind a #, which browsers do not send."""


def link_address(token: str, *, site: str) -> str:
    """What to open in a browser.

    >>> link_address("abc", site="http://127.0.0.1:8321/")
    'http://127.0.0.1:8321/link#abc'
    """
    return f"{site.rstrip('/')}{PAGE}#{token}"


def make_first_link(workspace: Workspace, *, now: datetime | None = None) -> str | None:
    """A link that makes the first admin; ``None`` where there are people. Earlier ones no longer count."""
    now = now or current_time()
    token = new_token()
    with workspace.database.writing() as connection:
        if tables.count_people(connection):
            return None
        _insert(connection, token, Purpose.FIRST, person=None, now=now)
    return token


def make_link(workspace: Workspace, person: int, *, by: str, now: datetime | None = None) -> str:
    """A link with which somebody sets a password: the first, or another one. Earlier ones no longer count.

    Raises
    ------
    UnknownNameError
        There is no such person.
    """
    now = now or current_time()
    token = new_token()
    with workspace.database.writing() as connection:
        found = tables.person_numbered(connection, person)
        if found is None:
            raise UnknownNameError(
                phrase("there is no person {person}", person=person), hint=phrase("they may have been removed")
            )
        purpose = Purpose.INVITATION if found.invited else Purpose.PASSWORD
        _insert(connection, token, purpose, person=person, now=now)
        note(connection, Happening.LINK_MADE, who=by, about=f"{found.name} ({found.email})", now=now)
    return token


def look_at_link(workspace: Workspace, token: str, *, now: datetime | None = None) -> Link:
    """What a link is for.

    Raises
    ------
    LinkError
        There is no such link, it was used, or it is too old.
    """
    with workspace.database.reading() as connection:
        return _usable(connection, token, now=now or current_time())


def use_link(
    workspace: Workspace,
    token: str,
    *,
    name: str,
    email: str | None = None,
    password: str,
    origin: Origin,
    passwords: Passwords,
    now: datetime | None = None,
) -> str:
    """Set name and password with a link, and begin a session, whose token it gives. All other sessions of the person end.

    Parameters
    ----------
    email
        Only for the link of the first start; the others know it.

    Raises
    ------
    LinkError
        There is no such link, it was used, or it is too old.
    InputError
        The name or the e-mail address is none, or the password is easily guessed.
    """
    now = now or current_time()
    link = look_at_link(workspace, token, now=now)
    name = read_name(name)
    if link.person is None and email is None:
        raise InputError(phrase("expected the e-mail address with which you will sign in"))
    address = link.person.email if link.person is not None else read_email(email or "")
    check_password(password, name=name, email=address)
    hashed = passwords.hash(password)
    with workspace.database.writing() as connection:
        _usable(connection, token, now=now)
        tables.use_link(connection, token_hash(token), now=now)
        if link.person is None:
            check_email_is_free(connection, address)
            person = tables.insert_person(
                connection, name=name, email=address, role=Role.ADMIN, password=hashed, now=now
            )
            about = f"{name} ({address}), {Role.ADMIN}"
            note(connection, Happening.PERSON_ADDED, who=name, about=about, address=origin.address, now=now)
        else:
            person = link.person.person
            tables.update_person(connection, person, name=name, password=hashed)
            tables.delete_sessions_of(connection, person)
        note(connection, Happening.PASSWORD_SET, who=name, about=name, address=origin.address, now=now)
        return begin_session(connection, person, name=name, origin=origin, now=now)


def _insert(connection: sa.Connection, token: str, purpose: Purpose, *, person: int | None, now: datetime) -> None:
    expires = now + LASTS[purpose]
    tables.delete_links_before(connection, now - REMEMBERED)
    tables.insert_link(connection, token_hash=token_hash(token), purpose=purpose, person=person, expires_at=expires)


def _usable(connection: sa.Connection, token: str, *, now: datetime) -> Link:
    hint = phrase("ask an admin for a new one; whoever runs the server makes one with: desireline people link")
    kept = tables.link_of_token(connection, token_hash(token))
    if kept is None:
        raise LinkError(phrase("there is no such link: it is not whole, or a newer one took its place"), hint=hint)
    if kept.used_at is not None:
        raise LinkError(
            phrase("this link was used already; it works once"), hint=phrase("sign in with the password that you set")
        )
    if kept.expires_at <= now:
        raise LinkError(
            phrase("this link was good until {expires_at:%Y-%m-%d %H:%M} UTC", expires_at=kept.expires_at), hint=hint
        )
    if kept.person is None and tables.count_people(connection):
        raise LinkError(phrase("this link makes the first person, and there are people already"), hint=hint)
    person = None if kept.person is None else tables.person_numbered(connection, kept.person)
    return Link(kept.purpose, person, kept.expires_at)
