"""``/api/accounts``: signing in, one's own sessions, people, keys, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from litestar import Request, Response, Router, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import Parameter
from msgspec import Struct

from desireline.accounts import links, signing_in
from desireline.accounts.auditing import access_events
from desireline.accounts.cookies import device_cookie, device_cookie_name, is_secure, session_cookie
from desireline.accounts.devices import device_of, new_device
from desireline.accounts.guards import needs
from desireline.accounts.keys import keys, make_key, revoke_key
from desireline.accounts.model import AccessEvent, AccessKey, Link, Origin, Person, Proof, Session, SignedIn, Site, Way
from desireline.accounts.passwords import Passwords
from desireline.accounts.people import add_person, change_role, people, person_numbered, remove_person
from desireline.accounts.rights import Right, Role, rights_of
from desireline.base import InputError, phrase
from desireline.store import Workspace

Asking: TypeAlias = Request[SignedIn, Proof, Any]
Asked: TypeAlias = Request[None, None, Any]


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """E-mail address and password."""

    email: str
    password: str


class LinkToken(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands behind the # of a one-time link."""

    token: str


class LinkUse(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody sets with a one-time link.

    Attributes
    ----------
    email
        Only for the link of the first start.
    """

    token: str
    name: str
    password: str
    email: str | None = None


class PasswordChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Another password for oneself."""

    old: str
    new: str


class NewPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody to invite."""

    name: str
    email: str
    role: Role


class RoleChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody may do from now on."""

    role: Role


class KeyWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A key to make."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, and where.

    Attributes
    ----------
    session
        The number of this session; ``None`` with a key and in the demo.
    email
        ``None`` with a key and in the demo.
    workspace
        The name of the workspace.
    timezone
        By whose clock its days begin.
    """

    person: int
    name: str
    role: Role
    rights: list[Right]
    way: Way
    session: int | None
    email: str | None
    workspace: str
    timezone: str


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A one-time link; it is shown once."""

    person: Person
    link: str


@dataclass(frozen=True, slots=True)
class KeyMade:
    """A key; its text is shown once."""

    key: AccessKey
    text: str


@post("/sign-in", status_code=204, sync_to_thread=True)
def sign_in(data: SignIn, request: Asked, workspace: Workspace, site: Site, passwords: Passwords) -> Response[None]:
    """Begin a session."""
    origin = _origin(request, workspace, site)
    token = signing_in.sign_in(workspace, data.email, data.password, origin=origin, passwords=passwords)
    return _entered(request, workspace, site, token)


@post("/links/look", status_code=200, sync_to_thread=True)
def look_at_link(data: LinkToken, workspace: Workspace) -> Link:
    """What a one-time link is for; it stays good."""
    return links.look_at_link(workspace, data.token)


@post("/links", status_code=204, sync_to_thread=True)
def use_link(data: LinkUse, request: Asked, workspace: Workspace, site: Site, passwords: Passwords) -> Response[None]:
    """Set name and password with a one-time link, and begin a session."""
    token = links.use_link(
        workspace,
        data.token,
        name=data.name,
        email=data.email,
        password=data.password,
        origin=_origin(request, workspace, site),
        passwords=passwords,
    )
    return _entered(request, workspace, site, token)


@get("/me", sync_to_thread=True)
def me(request: Asking, user: SignedIn, workspace: Workspace) -> Me:
    """Who is signed in, what they may do, and in which workspace."""
    signed_in = request.auth.way is Way.SESSION
    return Me(
        person=user.person,
        name=user.name,
        role=user.role,
        rights=[right for right in Right if right in rights_of(user.role)],
        way=request.auth.way,
        session=request.auth.session,
        email=person_numbered(workspace, user.person).email if signed_in else None,
        workspace=workspace.name,
        timezone=workspace.timezone,
    )


@post("/sign-out", status_code=204, sync_to_thread=True)
def sign_out(request: Asking, user: SignedIn, workspace: Workspace, site: Site) -> Response[None]:
    """End this session; a key and the demo have none."""
    if request.auth.session is not None:
        signing_in.sign_out(workspace, user, request.auth.session)
    return _with_session(request, workspace, site, None)


@post("/sign-out-everywhere", status_code=204, sync_to_thread=True)
def sign_out_everywhere(request: Asking, user: SignedIn, workspace: Workspace, site: Site) -> Response[None]:
    """End all sessions of oneself, this one too."""
    _own_session(request)
    signing_in.sign_out_everywhere(workspace, user)
    return _with_session(request, workspace, site, None)


@get("/sessions", sync_to_thread=True)
def own_sessions(user: SignedIn, workspace: Workspace) -> list[Session]:
    """One's own sessions, the last used first."""
    return signing_in.sessions(workspace, user)


@delete("/sessions/{session:int}", sync_to_thread=True)
def end_session(session: int, user: SignedIn, workspace: Workspace) -> None:
    """End one of one's own sessions."""
    signing_in.sign_out(workspace, user, session)


@post("/password", status_code=204, sync_to_thread=True)
def change_password(
    data: PasswordChange, request: Asking, user: SignedIn, workspace: Workspace, site: Site, passwords: Passwords
) -> Response[None]:
    """Set another password for oneself; all other sessions end."""
    _own_session(request)
    origin = _origin(request, workspace, site)
    token = signing_in.change_password(workspace, user, old=data.old, new=data.new, origin=origin, passwords=passwords)
    return _entered(request, workspace, site, token)


@get("/people", sync_to_thread=True)
def list_people(workspace: Workspace) -> list[Person]:
    """Everybody who may sign in, by name."""
    return people(workspace)


@post("/people", sync_to_thread=True)
def invite(data: NewPerson, request: Asking, user: SignedIn, workspace: Workspace, site: Site) -> LinkMade:
    """Enter somebody; gives the link with which they set their password."""
    person = add_person(workspace, name=data.name, email=data.email, role=data.role, by=user.name)
    return _link_for(person, request, user, workspace, site)


@post("/people/{person:int}/role", status_code=200, sync_to_thread=True)
def set_role(person: int, data: RoleChange, user: SignedIn, workspace: Workspace) -> Person:
    """Let somebody do more or less."""
    return change_role(workspace, person, data.role, by=user.name)


@post("/people/{person:int}/link", sync_to_thread=True)
def new_link(person: int, request: Asking, user: SignedIn, workspace: Workspace, site: Site) -> LinkMade:
    """A link with which somebody sets a password; earlier ones no longer count."""
    return _link_for(person_numbered(workspace, person), request, user, workspace, site)


@delete("/people/{person:int}", sync_to_thread=True)
def remove(person: int, user: SignedIn, workspace: Workspace) -> None:
    """Remove somebody; they are signed out everywhere."""
    remove_person(workspace, person, by=user.name)


@get("/keys", sync_to_thread=True)
def list_keys(workspace: Workspace) -> list[AccessKey]:
    """Every key, the newest first."""
    return keys(workspace)


@post("/keys", sync_to_thread=True)
def new_key(data: KeyWish, user: SignedIn, workspace: Workspace) -> KeyMade:
    """Make a key."""
    made = make_key(workspace, name=data.name, role=data.role, by=user.name)
    return KeyMade(made.key, made.text)


@delete("/keys/{key:int}", sync_to_thread=True)
def revoke(key: int, user: SignedIn, workspace: Workspace) -> None:
    """Revoke a key."""
    revoke_key(workspace, key, by=user.name)


@get("/events", sync_to_thread=True)
def events(workspace: Workspace, top: Annotated[int, Parameter(ge=1, le=5_000)] = 500) -> list[AccessEvent]:
    """What happened to access, the newest first."""
    return access_events(workspace, top=top)


router = Router(
    path="/accounts",
    tags=["accounts"],
    route_handlers=[
        sign_in,
        look_at_link,
        use_link,
        Router(
            path="/",
            guards=[needs(Right.LOOK)],
            route_handlers=[me, sign_out, sign_out_everywhere, own_sessions, end_session, change_password],
        ),
        Router(
            path="/",
            guards=[needs(Right.ADMINISTER)],
            route_handlers=[
                list_people,
                invite,
                set_role,
                new_link,
                remove,
                list_keys,
                new_key,
                revoke,
                events,
            ],
        ),
    ],
)


def _origin(request: Asked | Asking, workspace: Workspace, site: Site) -> Origin:
    address = request.client.host if request.client else ""
    return Origin(address, request.headers.get("user-agent", ""), _device_sent(request, workspace, site))


def _device_sent(request: Asked | Asking, workspace: Workspace, site: Site) -> str:
    return request.cookies.get(device_cookie_name(workspace, secure=is_secure(request, site)), "")


def _own_session(request: Asking) -> int:
    session = request.auth.session
    if session is None:
        raise InputError(
            phrase("expected somebody who signed in with a password"), hint=phrase("a key and the demo have no session")
        )
    return session


def _entered(request: Asked | Asking, workspace: Workspace, site: Site, token: str) -> Response[None]:
    """With the cookie of the session that has begun, and the one by which the browser is known again."""
    known = signing_in.who_has_session(workspace, token)
    sent = _device_sent(request, workspace, site)
    answer = _with_session(request, workspace, site, token)
    if known is not None and device_of(workspace, known.user.person, sent) is None:
        device = new_device(workspace, known.user.person)
        answer.set_cookie(device_cookie(workspace, device, secure=is_secure(request, site)))
    return answer


def _with_session(request: Asked | Asking, workspace: Workspace, site: Site, token: str | None) -> Response[None]:
    cookie: Cookie = session_cookie(workspace, token, secure=is_secure(request, site))
    return Response(None, status_code=204, cookies=[cookie])


def _link_for(person: Person, request: Asking, user: SignedIn, workspace: Workspace, site: Site) -> LinkMade:
    token = links.make_link(workspace, person.person, by=user.name)
    return LinkMade(person, links.link_address(token, site=site.address or str(request.base_url)))
