"""Links under which people without an account look at one map: with a password, until a day, and at what they may.

Whoever has opened a link that asks for a password gets a ticket: it says that the password of this link was right, holds for half a day,
and ends with the link.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from datetime import UTC, datetime, timedelta
from typing import Literal

from desireline.accounts import SignedIn
from desireline.accounts.attempts import count_attempt, forgive
from desireline.accounts.passwords import Passwords
from desireline.accounts.tokens import new_token, token_hash
from desireline.base import AccessError, AttemptsError, InputError, LinkError, UnknownNameError, phrase
from desireline.maps import share_tables as tables
from desireline.maps.below import maps_below
from desireline.maps.document import Document
from desireline.maps.share_tables import Share, SharedParts
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace

SHORTEST_PASSWORD = 6
LONGEST_PASSWORD = 200
TICKET_LASTS = timedelta(hours=12)
_LONGEST_LABEL = 200
SharedPart = Literal["measured", "downloads", "comments", "personas"]
_REFUSALS: dict[SharedPart, str] = {
    "measured": phrase("this link shows the map, not what was measured"),
    "downloads": phrase("this link shows the map, and gives no files"),
    "comments": phrase("this link shows the map, not what was said about it"),
    "personas": phrase("this link shows the map, not its personas"),
}


class SharePasswordError(AccessError):
    """The link asks for a password, and it was not given or is another one."""

    code = "access.share_password"


def share_map(
    workspace: Workspace,
    map_id: str,
    *,
    by: SignedIn,
    passwords: Passwords,
    label: str = "",
    password: str | None = None,
    expires_at: datetime | None = None,
    parts: SharedParts = SharedParts(),
) -> tuple[Share, str]:
    """Make a link to a map; gives it with its token, which cannot be had again.

    Raises
    ------
    UnknownNameError
        There is no such map.
    InputError
        The password is too short or too long, or the link would have ended already.
    """
    now = datetime.now(UTC)
    if WorkspaceLibrary(workspace).find("map", map_id) is None:
        raise UnknownNameError(
            phrase("there is no map {map_id!r} in the workspace", map_id=map_id),
            hint=phrase("it may have been deleted"),
        )
    if password is not None and not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputError(
            phrase(
                "expected a password of {shortest_password} to {longest_password} characters, got {count}",
                shortest_password=SHORTEST_PASSWORD,
                longest_password=LONGEST_PASSWORD,
                count=len(password),
            ),
            hint=phrase("give it to people by another way than the link"),
        )
    if expires_at is not None and expires_at <= now:
        raise InputError(
            phrase("expected an end in the future, got {expires_at:%Y-%m-%d %H:%M}", expires_at=expires_at)
        )
    token = new_token()
    with workspace.database.writing() as connection:
        share = tables.insert_share(
            connection,
            map_id=map_id,
            token_hash=token_hash(token),
            password=None if password is None else passwords.hash(password),
            label=" ".join(label.split())[:_LONGEST_LABEL],
            parts=parts,
            made_by=by.name,
            expires_at=None if expires_at is None else expires_at.astimezone(UTC),
            now=now,
        )
    return share, token


def shares(workspace: Workspace, map_id: str) -> list[Share]:
    """The links of a map that were not taken back, the newest first."""
    with workspace.database.reading() as connection:
        return tables.shares_of(connection, map_id)


def revoke(workspace: Workspace, number: int) -> None:
    """Take a link back; it leads nowhere from now on.

    Raises
    ------
    UnknownNameError
        There is no such link.
    """
    with workspace.database.writing() as connection:
        found = tables.share_numbered(connection, number)
        if found is None or found.revoked_at is not None:
            raise UnknownNameError(
                phrase("there is no link {number}", number=number), hint=phrase("it may have been taken back")
            )
        tables.revoke_share(connection, number, now=datetime.now(UTC))


def share_of(workspace: Workspace, token: str) -> Share:
    """The link with a token, where it still leads somewhere.

    Raises
    ------
    LinkError
        There is none, it has ended, or its map was deleted: the message does not say which of the first two.
    """
    with workspace.database.reading() as connection:
        found = tables.share_of_token(connection, token_hash(token))
    if found is None or found.ended(datetime.now(UTC)):
        raise LinkError(
            phrase("this link has ended, or is not whole"), hint=phrase("ask whoever gave it to you for another one")
        )
    if WorkspaceLibrary(workspace).find("map", found.map) is None:
        raise LinkError(
            phrase("the map that this link leads to was deleted"), hint=phrase("ask whoever gave it to you")
        )
    return found


def open_share(workspace: Workspace, token: str, password: str | None, *, address: str, passwords: Passwords) -> str:
    """Open a link; gives the ticket with which its map can be looked at.

    Raises
    ------
    LinkError
        See :func:`share_of`.
    SharePasswordError
        It asks for another password.
    AttemptsError
        There were too many wrong ones.
    """
    share, now = share_of(workspace, token), datetime.now(UTC)
    if share.password is not None:
        _check_password(workspace, share, password, address, passwords, now)
    with workspace.database.writing() as connection:
        tables.note_opened(connection, share.share, now=now)
    return _ticket(workspace, share, now + TICKET_LASTS)


def opened_share(workspace: Workspace, token: str, ticket: str | None) -> Share:
    """The link, where whoever asks may look at its map.

    Raises
    ------
    LinkError
        See :func:`share_of`.
    SharePasswordError
        It asks for a password, and the ticket does not say that it was given.
    """
    share = share_of(workspace, token)
    if share.password is not None and not _holds(workspace, share, ticket or "", datetime.now(UTC)):
        raise SharePasswordError(
            phrase("this map is shown to whoever knows the password"), hint=phrase("open the link again")
        )
    return share


def shared_maps(workspace: Workspace, share: Share) -> tuple[Document, ...]:
    """The maps that a link shows: its own, then those below it where it shows them."""
    library = WorkspaceLibrary(workspace)
    own = library.find("map", share.map)
    assert own is not None
    return (own, *(maps_below(library, share.map) if share.parts.below else ()))


def shared_map(workspace: Workspace, share: Share, map_id: str | None) -> Document:
    """A map that a link shows; its own where none is named.

    Raises
    ------
    AccessError
        The link does not show it; it may be there or not.
    """
    if map_id is None or map_id == share.map:
        own = WorkspaceLibrary(workspace).find("map", share.map)
        assert own is not None
        return own
    found = next((each for each in shared_maps(workspace, share) if each.id == map_id), None)
    if found is None:
        raise AccessError(
            phrase("this link does not show the map {map_id!r}", map_id=map_id),
            hint=phrase("ask whoever gave it to you"),
        )
    return found


def check_shows(share: Share, part: SharedPart) -> None:
    """Refuse what a link does not show.

    Raises
    ------
    AccessError
        It does not.
    """
    if not getattr(share.parts, part):
        raise AccessError(_REFUSALS[part], hint=phrase("ask whoever gave it to you"))


def _check_password(
    workspace: Workspace, share: Share, password: str | None, address: str, passwords: Passwords, now: datetime
) -> None:
    if not password:
        raise SharePasswordError(phrase("this map is shown to whoever knows the password"))
    account = f"share {share.share}"
    try:
        with workspace.database.writing() as connection:
            attempt = count_attempt(connection, email=account, address=address, now=now)
    except AttemptsError as error:
        minutes = math.ceil(error.wait_seconds / 60)
        raise AttemptsError(
            phrase("too many wrong passwords"),
            wait_seconds=error.wait_seconds,
            hint=phrase("wait {minutes} min", minutes=minutes),
        ) from error
    if not passwords.matches(password, share.password):
        raise SharePasswordError(
            phrase("this is not the password of this link"), hint=phrase("ask whoever gave the link to you")
        )
    with workspace.database.writing() as connection:
        forgive(connection, attempt)


def _ticket(workspace: Workspace, share: Share, until: datetime) -> str:
    seconds = int(until.timestamp())
    return f"{seconds}.{_signature(workspace, share, seconds)}"


def _holds(workspace: Workspace, share: Share, ticket: str, now: datetime) -> bool:
    said, _, signature = ticket.partition(".")
    if not (said.isascii() and said.isdecimal()) or int(said) <= now.timestamp():
        return False
    return hmac.compare_digest(signature.encode(), _signature(workspace, share, int(said)).encode())


def _signature(workspace: Workspace, share: Share, seconds: int) -> str:
    said = f"share\n{share.share}\n{share.password}\n{seconds}"
    return hmac.new(workspace.key, said.encode(), hashlib.sha256).hexdigest()
