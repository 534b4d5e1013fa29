from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from msgspec import inspect

from desireline import base
from desireline.accounts import Role
from desireline.app.server.errors import STATUS, status_of
from desireline.app.workspace import create
from desireline.base import DesirelineError, InputError, NoRecordsError, NotSignedInError
from desireline.store import Workspace

from .browser import Browser, browser, sign_in_as
from .conftest import SignedInBrowser


@pytest.fixture
def admin(signed_in: SignedInBrowser) -> Iterator[Browser]:
    yield signed_in(Role.ADMIN)


@pytest.fixture(scope="module")
def refused_admin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """For what is refused, and so changes nothing."""
    workspace = create(tmp_path_factory.mktemp("refusing") / "workspace")
    with browser(workspace) as opened:
        yield sign_in_as(opened, workspace, Role.ADMIN)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "said"),
    [
        ("GET", "/api/nothing", None, 404, "http.404", "/api/nothing"),
        ("POST", "/api/nothing", None, 404, "http.404", "/api/nothing"),
        ("PUT", "/api/accounts/me", None, 405, "http.405", "does not take PUT"),
        ("POST", "/api/accounts/sign-in", {"email": "ada@example.org"}, 400, "input.invalid", "password"),
        ("POST", "/api/accounts/sign-in", {"email": 1, "password": "x"}, 400, "input.invalid", "email"),
        ("POST", "/api/accounts/sign-in", None, 400, "input.invalid", ""),
        ("POST", "/api/accounts/keys", {"name": "Key", "role": "king"}, 400, "input.invalid", "role"),
        ("POST", "/api/accounts/people/999/role", {"role": "viewer"}, 404, "input.unknown_name", "999"),
        ("GET", "/api/accounts/events?top=0", None, 400, "input.invalid", "top"),
        ("DELETE", "/api/accounts/people/ada", None, 404, "http.404", "ada"),
    ],
    ids=lambda value: str(value).replace("/", "_") if isinstance(value, str) else None,
)
def test_every_error_has_one_shape_and_says_which_field(
    refused_admin: Browser, method: str, path: str, body: object, status: int, code: str, said: str
) -> None:
    sent = {} if body is None else {"json": body}
    answer = refused_admin.request(method, path, **sent)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.json().keys() == {"code", "message", "hint"}
    assert answer.json()["code"] == code
    assert said in answer.json()["message"]


@pytest.mark.parametrize(
    ("method", "path", "body", "message", "hint"),
    [
        pytest.param(
            "GET",
            "/api/journeys/questions/scores?kind=nps",
            None,
            "kind: expected one of CES, CSAT, NPS, got 'nps'",
            "did you mean NPS?",
            id="a parameter",
        ),
        pytest.param(
            "GET",
            "/api/journeys/questions/scores.csv?kind=nps",
            None,
            "kind: expected one of CES, CSAT, NPS, got 'nps'",
            "did you mean NPS?",
            id="a parameter of a route for many",
        ),
        pytest.param(
            "POST",
            "/api/accounts/keys",
            {"name": "Key", "role": "root"},
            "role: expected one of viewer, agent, editor, analyst, admin, got 'root'",
            None,
            id="a field",
        ),
        pytest.param(
            "PUT",
            "/api/home/views/overview",
            {"tiles": [{"id": "figure:nps", "size": "larg"}]},
            "tiles[0].size: expected one of large, small, got 'larg'",
            "did you mean large?",
            id="a field within",
        ),
        pytest.param(
            "POST",
            "/api/accounts/keys",
            {"name": "Key", "rolle": "admin", "role": "admin"},
            "there is no field rolle here",
            "did you mean role?",
            id="a field that there is not",
        ),
        pytest.param(
            "PUT",
            "/api/home/views/overview",
            {"tiles": [{"id": "figure:nps", "x": 1}]},
            "tiles[0]: there is no field x here",
            "known: id, size, hidden",
            id="a field that there is not, within",
        ),
    ],
)
def test_what_is_none_of_few_says_which_there_are(
    refused_admin: Browser, method: str, path: str, body: object, message: str, hint: str | None
) -> None:
    answer = refused_admin.request(method, path, **({} if body is None else {"json": body}))  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert (answer.json()["message"], answer.json()["hint"]) == (message, hint)


def test_no_body_takes_a_field_that_there_is_not(refused_admin: Browser) -> None:
    kinds = [kind for kind in _bodies(refused_admin.app) if not getattr(kind, "forbid_unknown_fields", False)]
    assert [kind.cls.__name__ for kind in kinds] == []


def _bodies(application: Litestar) -> list[inspect.StructType | inspect.DataclassType]:
    handlers = (each for route in application.routes if isinstance(route, HTTPRoute) for each in route.route_handlers)
    bodies = (each.parsed_fn_signature.parameters.get("data") for each in handlers)
    waiting = [inspect.type_info(each.annotation) for each in bodies if each is not None]
    found: list[inspect.StructType | inspect.DataclassType] = []
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, inspect.StructType | inspect.DataclassType):
            found.append(kind)
            waiting += [field.type for field in kind.fields]
        inner = (getattr(kind, name, ()) for name in ("item_type", "value_type", "types", "item_types"))
        waiting += [each for part in inner for each in (part if isinstance(part, tuple) else (part,))]
    assert len(found) > 40
    return found


def test_a_hint_on_screen_names_no_option_of_a_command(admin: Browser) -> None:
    refused = admin.get("/api/journeys/questions/drivers").json()
    assert refused["hint"] == "name touchpoints, or say score below 7, or journey ID"


def test_a_body_that_is_no_json_is_told_so(admin: Browser) -> None:
    answer = admin.post("/api/accounts/keys", content=b"{nonsense", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "input.invalid")


def test_a_body_that_is_too_large_is_refused(admin: Browser) -> None:
    answer = admin.post("/api/accounts/keys", content=b" " * 11_000_000, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "http.413")


def test_what_nobody_expected_is_in_the_log_under_a_number_and_nowhere_else(
    admin: Browser, workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    (workspace.folder / "desireline.toml").unlink()
    with caplog.at_level(logging.ERROR, logger="desireline.server"):
        answer = admin.get("/api/accounts/me")
    assert (answer.status_code, answer.json()["code"]) == (500, "server.failed")
    number = answer.json()["hint"].rsplit(" ", 1)[-1]
    assert caplog.records[0].getMessage().startswith(number)
    assert "Traceback" not in answer.text and str(workspace.folder) not in answer.text


def test_settings_that_were_changed_count_at_once_and_wrong_ones_are_told(admin: Browser, workspace: Workspace) -> None:
    file = workspace.folder / "desireline.toml"
    before = file.read_text()
    file.write_text(f'{before}name = "Brightwire"\n')
    assert admin.get("/api/accounts/me").json()["workspace"] == "Brightwire"
    file.write_text(f"{before}name = 7\n")
    refused = admin.get("/api/accounts/me")
    assert (refused.status_code, refused.json()["code"]) == (500, "settings.invalid")
    file.write_text(before)
    assert admin.get("/api/accounts/me").json()["workspace"] == "workspace"


@pytest.mark.parametrize(
    ("error", "status"),
    [(InputError("x"), 400), (NoRecordsError("x"), 400), (NotSignedInError("x"), 401), (DesirelineError("x"), 400)],
    ids=lambda value: type(value).__name__,
)
def test_an_error_has_the_status_of_the_nearest_class(error: DesirelineError, status: int) -> None:
    assert status_of(error) == status


def test_every_status_is_of_an_error_that_there_is() -> None:
    known = {each for each in vars(base).values() if isinstance(each, type) and issubclass(each, DesirelineError)}
    assert set(STATUS) <= known
