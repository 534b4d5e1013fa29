"""A browser that asks the application: it keeps cookies and sends the token of the forms back."""

from __future__ import annotations

from datetime import UTC, datetime

from litestar import Litestar
from litestar.testing import TestClient

from desireline.accounts import Role, Site
from desireline.accounts.cookies import CSRF_COOKIE, session_cookie_name
from desireline.accounts.forgery import CSRF_HEADER
from desireline.accounts.model import Origin
from desireline.accounts.passwords import Passwords
from desireline.accounts.people import add_person
from desireline.accounts.signing_in import begin_session
from desireline.app.server.application import make_application
from desireline.store import Workspace

QUICK = Passwords(time_cost=1, memory_kib=8, lanes=1)

Browser = TestClient[Litestar]


def browser(workspace: Workspace, *, site: Site | None = None) -> Browser:
    """A browser in which nobody is signed in; it has the cookie against forged requests."""
    address = (site and site.address) or "http://testserver.local"
    return visiting(make_application(workspace, site=site, passwords=QUICK), address=address)


def visiting(application: Litestar, *, address: str = "http://testserver.local") -> Browser:
    """Another browser at the same application."""
    opened = TestClient(application, base_url=address)
    opened.get("/api/accounts/me")
    opened.headers[CSRF_HEADER] = opened.cookies[CSRF_COOKIE]
    return opened


def sign_in_as(opened: Browser, workspace: Workspace, role: Role, *, name: str | None = None) -> Browser:
    """The browser with somebody new of this role signed in."""
    name = name or f"Ada the {role}"
    email = f"{name.lower().replace(' ', '.')}@example.org"
    person = add_person(workspace, name=name, email=email, role=role, by="a test")
    with workspace.database.writing() as connection:
        token = begin_session(connection, person.person, name=name, origin=Origin(), now=datetime.now(UTC))
    opened.cookies.set(session_cookie_name(workspace, secure=False), token)
    return opened
