"""Keys with which programs ask: each has a name and a role, and belongs to no person."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from desireline.accounts import tables
from desireline.accounts.auditing import current_time, note
from desireline.accounts.model import AccessKey, Happening
from desireline.accounts.people import read_name
from desireline.accounts.rights import Role
from desireline.accounts.tokens import new_token, token_hash
from desireline.base import UnknownNameError, phrase
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made.

    Attributes
    ----------
    text
        What to send; it is shown once and not kept.
    """

    key: AccessKey
    text: str


def keys(workspace: Workspace) -> list[AccessKey]:
    """Every key, the newest first."""
    with workspace.database.reading() as connection:
        return tables.all_keys(connection)


def make_key(workspace: Workspace, *, name: str, role: Role, by: str, now: datetime | None = None) -> NewKey:
    """Make a key.

    Raises
    ------
    InputError
        It has no name.
    """
    now = now or current_time()
    name = read_name(name)
    prefix = f"dl_{secrets.token_hex(4)}"
    text = f"{prefix}_{new_token()}"
    with workspace.database.writing() as connection:
        key = tables.insert_key(
            connection, name=name, prefix=prefix, token_hash=token_hash(text), role=role, made_by=by, now=now
        )
        note(connection, Happening.KEY_MADE, who=by, about=f"{name} ({prefix}…), {role}", now=now)
    return NewKey(key, text)


def revoke_key(workspace: Workspace, key: int, *, by: str, now: datetime | None = None) -> None:
    """Revoke a key; the next request with it is refused.

    Raises
    ------
    UnknownNameError
        There is no such key.
    """
    with workspace.database.writing() as connection:
        revoked = tables.delete_key(connection, key)
        if revoked is None:
            raise UnknownNameError(
                phrase("there is no key {key}", key=key), hint=phrase("it may have been revoked already")
            )
        about = f"{revoked.name} ({revoked.prefix}…), {revoked.role}"
        note(connection, Happening.KEY_REVOKED, who=by, about=about, now=now or current_time())
