"""The whole table of routes: who may call what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from litestar import Litestar
from litestar.exceptions import WebSocketDisconnect
from litestar.routes import HTTPRoute, WebSocketRoute

from desireline.accounts import Right, Role, rights_of
from desireline.accounts.guards import Guard
from desireline.accounts.keys import make_key
from desireline.app.server.application import make_application
from desireline.store import Workspace

from .browser import QUICK, Browser, browser

PUBLIC = {
    "POST /api/accounts/sign-in",
    "POST /api/accounts/links",
    "POST /api/accounts/links/look",
    "GET /api/shared/{token}",
    "POST /api/shared/{token}/open",
    "GET /api/shared/{token}/drawing",
    "GET /api/shared/{token}/files/{name}",
    "GET /api/shared/{token}/comments",
    "GET /api/shared/{token}/personas",
    "GET /api/shared/{token}/measured",
    "GET /api/shared/{token}/measured/{name}",
    "GET /",
    "GET /assets/{path}",
    "GET /robots.txt",
    "GET /{path}",
}
"""What nobody has to be signed in for: signing in, a map whose link somebody was given, and the files of the application."""


@dataclass(frozen=True, slots=True)
class Entry:
    method: str
    path: str
    rights: frozenset[Right]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        """With numbers that nothing has."""
        return re.sub(r"\{\w+\}", "999", self.path)


@pytest.fixture
def application(workspace: Workspace) -> Litestar:
    return make_application(workspace, passwords=QUICK)


def entries(application: Litestar) -> Iterator[Entry]:
    for route in application.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                rights = rights_needed(handler.resolve_guards())
                yield from (
                    Entry(method, route.path_format or "/", rights) for method in handler.http_methods - {"OPTIONS"}
                )


def rights_needed(guards: object) -> frozenset[Right]:
    """Guards may be wrapped by Litestar."""
    found = [getattr(each, "func", each) for each in guards]  # type: ignore[attr-defined]
    return frozenset(each.right for each in found if isinstance(each, Guard))


def ask(client: Browser, entry: Entry) -> tuple[int, str]:
    answer = client.request(entry.method, entry.address)
    return answer.status_code, answer.text


def test_every_route_names_a_right_but_for_the_public_ones(application: Litestar) -> None:
    open_ones = {str(entry) for entry in entries(application) if not entry.rights}
    assert open_ones == PUBLIC


def test_without_a_session_every_route_refuses(application: Litestar, workspace: Workspace) -> None:
    with browser(workspace) as client:
        answers = {str(entry): ask(client, entry)[0] for entry in entries(application) if entry.rights}
    assert len(answers) > 20
    assert {entry for entry, status in answers.items() if status != 401} == set()


@pytest.mark.parametrize("role", Role)
def test_a_role_is_refused_exactly_where_it_has_not_the_right(
    application: Litestar, workspace: Workspace, role: Role
) -> None:
    lacking = [entry for entry in entries(application) if not entry.rights <= rights_of(role)]
    key = make_key(workspace, name="Walker", role=role, by="a test")
    with browser(workspace) as client:
        client.headers["authorization"] = f"Bearer {key.text}"
        statuses = {str(entry): ask(client, entry)[0] for entry in lacking}
    assert (role is Role.ADMIN) == (not lacking)
    assert {entry for entry, status in statuses.items() if status != 403} == set()


def test_the_least_role_with_the_right_comes_through(application: Litestar, workspace: Workspace) -> None:
    refused = []
    with browser(workspace) as client:
        for role in Role:
            before = list(Role)[: list(Role).index(role)]
            key = make_key(workspace, name="Walker", role=role, by="a test")
            client.headers["authorization"] = f"Bearer {key.text}"
            for entry in entries(application):
                least = entry.rights <= rights_of(role) and not any(entry.rights <= rights_of(less) for less in before)
                if entry.rights and least:
                    status, text = ask(client, entry)
                    refused += [f"{entry}: {text}"] if status == 401 or "expected the right to" in text else []
    assert refused == []


def test_what_stays_open_is_refused_without_a_session_too(application: Litestar, workspace: Workspace) -> None:
    sockets = [route for route in application.routes if isinstance(route, WebSocketRoute)]
    assert all(rights_needed(route.route_handler.resolve_guards()) for route in sockets)
    with browser(workspace) as client:
        for route in sockets:
            with (
                pytest.raises(WebSocketDisconnect),
                client.websocket_connect(re.sub(r"\{\w+\}", "x", route.path_format)),
            ):
                pass
