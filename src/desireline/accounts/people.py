"""People and what they may do."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from desireline.accounts import tables
from desireline.accounts.auditing import current_time, note
from desireline.accounts.model import Happening, Person
from desireline.accounts.rights import Role
from desireline.base import InputError, UnknownNameError, phrase
from desireline.store import Workspace

LONGEST_NAME = 200


def people(workspace: Workspace) -> list[Person]:
    """Everybody, by name."""
    with workspace.database.reading() as connection:
        return tables.all_people(connection)


def person_numbered(workspace: Workspace, person: int) -> Person:
    """Somebody by their number.

    Raises
    ------
    UnknownNameError
        There is nobody with it.
    """
    with workspace.database.reading() as connection:
        return _known(connection, person)


def person_with_email(workspace: Workspace, email: str) -> Person:
    """Somebody by their e-mail address.

    Raises
    ------
    UnknownNameError
        There is nobody with it.
    """
    with workspace.database.reading() as connection:
        found = tables.person_with_email(connection, plain_email(email))
    if found is None:
        raise UnknownNameError(
            phrase("there is nobody with the e-mail address {email}", email=email),
            hint=phrase("see: desireline people list"),
        )
    return found


def add_person(
    workspace: Workspace, *, name: str, email: str, role: Role, by: str, now: datetime | None = None
) -> Person:
    """Enter somebody, who then needs a link to set a password.

    Raises
    ------
    InputError
        It is no name, no e-mail address, or one that somebody has.
    """
    now = now or current_time()
    name, email = read_name(name), read_email(email)
    with workspace.database.writing() as connection:
        check_email_is_free(connection, email)
        number = tables.insert_person(connection, name=name, email=email, role=role, password=None, now=now)
        note(connection, Happening.PERSON_ADDED, who=by, about=f"{name} ({email}), {role}", now=now)
        return _known(connection, number)


def change_role(workspace: Workspace, person: int, role: Role, *, by: str, now: datetime | None = None) -> Person:
    """Let somebody do more or less; it counts from their next request.

    Raises
    ------
    UnknownNameError
        There is no such person.
    InputError
        Nobody would be left to administer.
    """
    with workspace.database.writing() as connection:
        found = _known(connection, person)
        if role is not Role.ADMIN:
            _check_admin_is_left(connection, found)
        tables.update_person(connection, person, role=role)
        note(
            connection,
            Happening.ROLE_CHANGED,
            who=by,
            about=f"{found.name} ({found.email}), {found.role} → {role}",
            now=now or current_time(),
        )
        return _known(connection, person)


def remove_person(workspace: Workspace, person: int, *, by: str, now: datetime | None = None) -> None:
    """Remove somebody; they are signed out everywhere. What they wrote keeps their name.

    Raises
    ------
    UnknownNameError
        There is no such person.
    InputError
        Nobody would be left to administer.
    """
    with workspace.database.writing() as connection:
        found = _known(connection, person)
        _check_admin_is_left(connection, found)
        tables.delete_person(connection, person)
        about = f"{found.name} ({found.email}), {found.role}"
        note(connection, Happening.PERSON_REMOVED, who=by, about=about, now=now or current_time())


def read_name(name: str) -> str:
    """A name without needless blanks.

    Raises
    ------
    InputError
        There is nothing left, or it is too long.
    """
    plain = " ".join(name.split())
    if not 0 < len(plain) <= LONGEST_NAME or not plain.isprintable():
        raise InputError(
            phrase(
                "expected a name of 1 to {longest_name} characters, got {plain!r}",
                longest_name=LONGEST_NAME,
                plain=plain[:40],
            )
        )
    return plain


def plain_email(email: str) -> str:
    """An e-mail address as it is kept and compared."""
    return email.strip().casefold()


def read_email(email: str) -> str:
    """An e-mail address that can be one.

    Raises
    ------
    InputError
        It cannot.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise InputError(
            phrase("expected an e-mail address, got {strip!r}", strip=email.strip()[:80]),
            hint=phrase("what stands before or behind the @ cannot be; for example ada@example.org")
            if "@" in email
            else phrase("it has no @; for example ada@example.org"),
        ) from error
    return plain_email(checked.normalized)


def check_email_is_free(connection: sa.Connection, email: str) -> None:
    """Refuse an e-mail address that somebody has.

    Raises
    ------
    InputError
        Somebody has it.
    """
    taken = tables.person_with_email(connection, email)
    if taken is not None:
        raise InputError(
            phrase("{name} has the e-mail address {email} already", name=taken.name, email=email),
            hint=phrase("change their role instead"),
        )


def _known(connection: sa.Connection, person: int) -> Person:
    found = tables.person_numbered(connection, person)
    if found is None:
        raise UnknownNameError(
            phrase("there is no person {person}", person=person), hint=phrase("they may have been removed")
        )
    return found


def _check_admin_is_left(connection: sa.Connection, leaving: Person) -> None:
    """An admin who has signed in at least once has to stay: an invitation may never be accepted."""
    if leaving.role is not Role.ADMIN or leaving.invited:
        return
    others = [each for each in tables.all_people(connection) if each.person != leaving.person]
    if not any(each.role is Role.ADMIN and not each.invited for each in others):
        raise InputError(
            phrase("{name} is the only admin, and one has to be left", name=leaving.name),
            hint=phrase("make somebody else an admin first"),
        )
