"""Links under which a map can be looked at from outside: made, listed, taken back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from litestar import delete, get, post
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.accounts.passwords import Passwords
from desireline.maps.share_tables import Share, SharedParts
from desireline.maps.sharing import revoke, share_map, shares
from desireline.store import Workspace


class MapLink(Struct, frozen=True):
    """A link to a map.

    Attributes
    ----------
    ended
        It has come to its end.
    opened
        How often somebody looked.
    """

    share: int
    map: str
    label: str
    has_password: bool
    measured: bool
    downloads: bool
    comments: bool
    personas: bool
    below: bool
    made_by: str
    made_at: datetime
    expires_at: datetime | None
    ended: bool
    opened: int
    opened_at: datetime | None


class MapLinks(Struct, frozen=True):
    """The links of a map that were not taken back, the newest first."""

    shares: tuple[MapLink, ...]


class NewMapLink(Struct, frozen=True, forbid_unknown_fields=True):
    """What a link shall show, to whom, and until when."""

    label: str = ""
    password: str | None = None
    expires_at: datetime | None = None
    measured: bool = False
    downloads: bool = False
    comments: bool = False
    personas: bool = True
    below: bool = False


class MadeMapLink(Struct, frozen=True):
    """A link that was made, with its address, which cannot be had again."""

    share: MapLink
    address: str


@get("/map/{ident:str}/shares", guards=[needs(Right.DRAW)], sync_to_thread=True)
def list_shares(workspace: Workspace, ident: str) -> MapLinks:
    """The links of a map that were not taken back."""
    return MapLinks(tuple(_share(each) for each in shares(workspace, ident)))


@post("/map/{ident:str}/shares", guards=[needs(Right.DRAW)], sync_to_thread=True)
def add_share(workspace: Workspace, user: SignedIn, passwords: Passwords, ident: str, data: NewMapLink) -> MadeMapLink:
    """Make a link to a map, for people without an account."""
    made, token = share_map(
        workspace,
        ident,
        by=user,
        passwords=passwords,
        label=data.label,
        password=data.password or None,
        expires_at=_aware(data.expires_at),
        parts=SharedParts(
            measured=data.measured,
            downloads=data.downloads,
            comments=data.comments,
            personas=data.personas,
            below=data.below,
        ),
    )
    return MadeMapLink(_share(made), f"/shared/{token}")


@delete("/shares/{number:int}", guards=[needs(Right.DRAW)], sync_to_thread=True)
def remove_share(workspace: Workspace, number: int) -> None:
    """Take a link back; it leads nowhere from now on."""
    revoke(workspace, number)


def _aware(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _share(share: Share) -> MapLink:
    return MapLink(
        share=share.share,
        map=share.map,
        label=share.label,
        has_password=share.password is not None,
        **asdict(share.parts),
        made_by=share.made_by,
        made_at=share.made_at,
        expires_at=share.expires_at,
        ended=share.ended(datetime.now(UTC)),
        opened=share.opened,
        opened_at=share.opened_at,
    )
