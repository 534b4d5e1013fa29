from __future__ import annotations

from collections.abc import Iterator

import pytest

from desireline.accounts import Role, Site
from desireline.accounts.cookies import CSRF_COOKIE, device_cookie_name, session_cookie_name
from desireline.accounts.forgery import CSRF_HEADER
from desireline.accounts.keys import make_key
from desireline.accounts.links import make_first_link
from desireline.app.workspace import create
from desireline.store import Workspace

from .browser import Browser, browser
from .conftest import SignedInBrowser

PASSWORD = "correct horse battery"
ADA = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}


@pytest.fixture
def client(workspace: Workspace) -> Iterator[Browser]:
    with browser(workspace) as opened:
        yield opened


@pytest.fixture
def ada(workspace: Workspace, client: Browser) -> Browser:
    """The first admin, after the first start."""
    token = make_first_link(workspace)
    assert client.post("/api/accounts/links", json={"token": token, **ADA}).status_code == 204
    return client


def sign_in(client: Browser, password: str = PASSWORD, email: str = "ada@example.org") -> int:
    return client.post("/api/accounts/sign-in", json={"email": email, "password": password}).status_code


def test_the_first_link_signs_in_and_me_says_who_and_where(ada: Browser, workspace: Workspace) -> None:
    me = ada.get("/api/accounts/me").json()
    assert (me["name"], me["role"], me["email"], me["way"]) == ("Ada", "admin", "ada@example.org", "session")
    assert me["rights"] == ["look", "draw", "see_customers", "log_interactions", "change_data", "administer"]
    assert (me["workspace"], me["timezone"]) == ("workspace", "UTC")


def test_a_link_is_looked_at_before_it_is_used(client: Browser, workspace: Workspace) -> None:
    token = make_first_link(workspace)
    found = client.post("/api/accounts/links/look", json={"token": token}).json()
    assert (found["purpose"], found["person"]) == ("first", None)
    assert client.post("/api/accounts/links/look", json={"token": "made up"}).status_code == 410


def test_signing_out_and_in_again(ada: Browser) -> None:
    assert ada.post("/api/accounts/sign-out").status_code == 204
    assert ada.get("/api/accounts/me").status_code == 401
    assert sign_in(ada, "a wrong password") == 401
    assert sign_in(ada) == 204
    assert ada.get("/api/accounts/me").status_code == 200


def test_too_many_tries_are_told_how_long_to_wait(ada: Browser) -> None:
    assert [sign_in(ada, "guess") for _ in range(11)] == [401] * 10 + [429]
    refused = ada.post("/api/accounts/sign-in", json={"email": "ada@example.org", "password": PASSWORD})
    assert refused.json()["code"] == "access.attempts"
    assert 800 < int(refused.headers["retry-after"]) <= 900


def test_a_browser_is_known_again_when_others_have_closed_the_account(ada: Browser, workspace: Workspace) -> None:
    assert ada.post("/api/accounts/sign-out").status_code == 204
    with browser(workspace) as stranger:
        assert [sign_in(stranger, "guess") for _ in range(11)] == [401] * 10 + [429]
    assert sign_in(ada) == 204


def test_the_cookie_by_which_a_browser_is_known_is_out_of_reach_and_opens_nothing(
    ada: Browser, workspace: Workspace
) -> None:
    answer = ada.post("/api/accounts/sign-out")
    name = device_cookie_name(workspace, secure=False)
    assert name in ada.cookies and name not in answer.cookies
    assert ada.get("/api/accounts/me").status_code == 401
    ada.cookies.delete(name)
    given = ada.post("/api/accounts/sign-in", json={"email": ADA["email"], "password": PASSWORD}).headers.get_list(
        "set-cookie"
    )
    mark = next(each for each in given if each.startswith(name))
    assert {part.strip() for part in mark.split(";")} >= {"HttpOnly", "SameSite=strict", "Path=/"}


@pytest.mark.parametrize(
    ("address", "name", "attributes"),
    [
        (None, "desireline-", {"HttpOnly", "SameSite=strict", "Path=/"}),
        ("https://journeys.example.org", "__Host-desireline-", {"HttpOnly", "SameSite=strict", "Path=/", "Secure"}),
    ],
    ids=["http", "https"],
)
def test_the_cookie_of_a_session_is_out_of_reach(
    workspace: Workspace, address: str | None, name: str, attributes: set[str]
) -> None:
    token = make_first_link(workspace)
    with browser(workspace, site=Site(address)) as client:
        answer = client.post("/api/accounts/links", json={"token": token, **ADA})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(name)
    assert {part.strip() for part in cookie.split(";")} >= attributes
    assert ("Secure" in cookie) == (address is not None)


def test_two_workspaces_on_one_host_do_not_sign_each_other_out(workspace: Workspace) -> None:
    other = create(workspace.folder.parent / "other")
    assert session_cookie_name(workspace, secure=False) != session_cookie_name(other, secure=False)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({CSRF_HEADER: ""}, "access.forged"),
        ({CSRF_HEADER: "0" * 128}, "access.forged"),
        ({"origin": "https://elsewhere.example.org"}, "access.forged"),
        ({"origin": "null"}, "access.forged"),
        ({"origin": "http://testserver.local"}, None),
        ({}, None),
    ],
    ids=["no token", "another token", "another site", "a page without a place", "our page", "no page"],
)
def test_another_site_changes_nothing_in_somebodys_name(
    ada: Browser, headers: dict[str, str], code: str | None
) -> None:
    answer = ada.post("/api/accounts/keys", json={"name": "Key", "role": "viewer"}, headers=headers)
    assert answer.status_code == (201 if code is None else 403)
    assert answer.json().get("code") == code
    assert len(ada.get("/api/accounts/keys").json()) == (1 if code is None else 0)


def test_a_token_that_another_workspace_signed_is_replaced(workspace: Workspace, ada: Browser) -> None:
    with browser(create(workspace.folder.parent / "other")) as other:
        foreign = other.cookies[CSRF_COOKIE]
    ada.cookies.set(CSRF_COOKIE, foreign, domain="testserver.local", path="/")
    ada.headers[CSRF_HEADER] = foreign
    assert ada.post("/api/accounts/sign-out").status_code == 403
    replaced = ada.get("/api/accounts/me").cookies[CSRF_COOKIE]
    assert replaced != foreign


def test_a_key_asks_without_cookies(workspace: Workspace, client: Browser) -> None:
    made = make_key(workspace, name="Warehouse", role=Role.EDITOR, by="Ada")
    client.headers.pop(CSRF_HEADER)
    client.headers["authorization"] = f"Bearer {made.text}"
    me = client.get("/api/accounts/me").json()
    assert (me["name"], me["role"], me["way"], me["session"]) == ("Warehouse", "editor", "key", None)
    assert client.post("/api/accounts/sign-out").status_code == 204
    assert client.post("/api/accounts/sign-out-everywhere").status_code == 400


@pytest.mark.parametrize("said", ["Bearer made-up", "Basic YWRhOmFkYQ==", "Bearer", ""])
def test_a_wrong_key_is_refused_even_beside_a_session(ada: Browser, said: str) -> None:
    assert ada.get("/api/accounts/me", headers={"authorization": said}).status_code == 401


def test_whoever_opens_the_demo_is_an_admin(workspace: Workspace) -> None:
    with browser(workspace, site=Site(sign_in_as_demo=True)) as client:
        me = client.get("/api/accounts/me").json()
        assert (me["name"], me["role"], me["way"], me["person"]) == ("Demo", "admin", "demo", 0)
        assert client.post("/api/accounts/sign-out").status_code == 204


def test_an_admin_invites_changes_and_removes(ada: Browser) -> None:
    made = ada.post("/api/accounts/people", json={"name": "Ben", "email": "ben@example.org", "role": "viewer"}).json()
    assert made["link"].startswith("http://testserver.local/link#")
    person = made["person"]["person"]
    assert ada.post(f"/api/accounts/people/{person}/role", json={"role": "editor"}).json()["role"] == "editor"
    again = ada.post(f"/api/accounts/people/{person}/link").json()["link"]
    assert again != made["link"]
    assert [each["name"] for each in ada.get("/api/accounts/people").json()] == ["Ada", "Ben"]
    assert ada.delete(f"/api/accounts/people/{person}").status_code == 204
    assert ada.delete(f"/api/accounts/people/{person}").status_code == 404


def test_an_invitation_cannot_choose_its_address(ada: Browser, workspace: Workspace) -> None:
    made = ada.post("/api/accounts/people", json={"name": "Ben", "email": "ben@example.org", "role": "viewer"}).json()
    with browser(workspace) as ben:
        use = {"token": made["link"].partition("#")[2], "name": "Ben B", "password": PASSWORD, "email": "x@example.org"}
        assert ben.post("/api/accounts/links", json=use).status_code == 204
        me = ben.get("/api/accounts/me").json()
    assert (me["name"], me["email"], me["role"]) == ("Ben B", "ben@example.org", "viewer")


def test_the_only_admin_stays(ada: Browser) -> None:
    refused = ada.post("/api/accounts/people/1/role", json={"role": "viewer"})
    assert (refused.status_code, refused.json()["code"]) == (400, "input.invalid")
    assert "only admin" in refused.json()["message"]


def test_ones_own_sessions(signed_in: SignedInBrowser) -> None:
    viewer = signed_in(Role.VIEWER)
    first = viewer.get("/api/accounts/sessions").json()[0]
    assert first["session"] == viewer.get("/api/accounts/me").json()["session"]
    assert viewer.delete(f"/api/accounts/sessions/{first['session']}").status_code == 204
    assert viewer.get("/api/accounts/sessions").status_code == 401


def test_another_password_for_oneself(ada: Browser) -> None:
    before = dict(ada.cookies)
    new = {"old": PASSWORD, "new": "four words that differ"}
    assert ada.post("/api/accounts/password", json={**new, "old": "guess"}).status_code == 401
    assert ada.post("/api/accounts/password", json=new).status_code == 204
    assert ada.get("/api/accounts/me").status_code == 200
    assert dict(ada.cookies) != before


def test_an_admin_reads_what_happened(ada: Browser) -> None:
    sign_in(ada, "guess")
    newest = ada.get("/api/accounts/events?top=1").json()
    assert [(each["what"], each["who"]) for each in newest] == [("sign_in_refused", "ada@example.org")]
