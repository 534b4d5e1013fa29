from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from desireline.accounts import Site
from desireline.accounts.cookies import CSRF_COOKIE
from desireline.app.server.application import make_application
from desireline.app.server.headers import BUILD_HEADER, SECURITY_HEADERS
from desireline.app.server.pages import STATIC
from desireline.app.workspace import create
from desireline.store import Workspace

from .browser import QUICK

INDEX = "<!doctype html><title>Desireline</title>"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return create(tmp_path_factory.mktemp("pages") / "workspace")


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("built") / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX)
    (folder / "assets" / "main-1a2b3c.js").write_text("console.log(1)" * 500)
    (folder / "assets" / "small-4d5e6f.js").write_text("console.log(2)" * 500)
    (folder / "assets" / "small-4d5e6f.js.br").write_bytes(b"as the build left it")
    (folder / "icon.svg").write_text("<svg/>")
    (folder / ".built-from").write_text("secret")
    (folder.parent / "outside.txt").write_text("secret")
    return folder


@pytest.fixture(scope="module")
def client(workspace: Workspace, static: Path) -> Iterator[TestClient[Litestar]]:
    with TestClient(make_application(workspace, passwords=QUICK, static=static)) as opened:
        yield opened


@pytest.mark.parametrize("address", ["/", "/sign-in", "/maps/order/edit", "/explore?journey=x", "/index.html"])
def test_every_address_of_the_application_is_its_one_page(client: TestClient[Litestar], address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.text) == (200, INDEX)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("address", "media_type", "cache"),
    [
        ("/assets/main-1a2b3c.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
    ],
)
def test_files_with_hashed_names_are_kept_and_others_asked_for_again(
    client: TestClient[Litestar], address: str, media_type: str, cache: str
) -> None:
    answer = client.get(address)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (media_type, cache)


def test_a_file_of_an_earlier_build_is_gone_and_not_the_page(client: TestClient[Litestar]) -> None:
    assert client.get("/assets/main-000000.js").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/.built-from", "/../outside.txt", "/%2e%2e/outside.txt", "/assets/%2e%2e/%2e%2e/outside.txt", "//etc/passwd"],
)
def test_nothing_hidden_or_outside_is_given_away(client: TestClient[Litestar], address: str) -> None:
    answer = client.get(address)
    assert "secret" not in answer.text
    assert "root:" not in answer.text


def test_what_is_long_comes_compressed(client: TestClient[Litestar]) -> None:
    assert client.get("/assets/main-1a2b3c.js").headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        pytest.param("gzip, deflate, br, zstd", "br", id="brotli"),
        pytest.param("gzip, br;q=0", "gzip", id="brotli refused"),
        pytest.param("gzip", "gzip", id="over plain HTTP"),
        pytest.param("identity", None, id="nothing"),
    ],
)
def test_a_file_of_the_build_comes_in_the_smallest_form_that_the_browser_reads(
    client: TestClient[Litestar], static: Path, accepted: str, encoding: str | None
) -> None:
    address = "/assets/small-4d5e6f.js"
    with client.stream("GET", address, headers={"accept-encoding": accepted}) as answer:
        content = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "accept-encoding"
    plain = (static / "assets" / "small-4d5e6f.js").read_bytes()
    forms = {"br": b"as the build left it", "gzip": gzip.compress(plain, 9, mtime=0), None: plain}
    assert content == forms[encoding]


def test_answers_of_the_api_tell_the_build_that_the_server_was_started_with(
    workspace: Workspace, tmp_path: Path
) -> None:
    page = '<script type="module" crossorigin src="/assets/index-1.js"></script>'
    (tmp_path / "index.html").write_text(page)
    with TestClient(make_application(workspace, passwords=QUICK, static=tmp_path)) as opened:
        (tmp_path / "index.html").write_text(page.replace("index-1", "index-2"))
        assert opened.get("/api/accounts/me").headers[BUILD_HEADER] == "index-1.js"
        assert BUILD_HEADER not in opened.get("/").headers


def test_nothing_is_told_of_a_build_where_there_is_none(client: TestClient[Litestar]) -> None:
    assert BUILD_HEADER not in client.get("/api/accounts/me").headers


def test_a_page_that_was_not_built_says_how(workspace: Workspace, tmp_path: Path) -> None:
    with TestClient(make_application(workspace, passwords=QUICK, static=tmp_path / "nothing")) as client:
        answer = client.get("/")
    assert answer.status_code == 503
    assert "make web" in answer.text


@pytest.mark.parametrize("address", ["/", "/icon.svg", "/assets/none.js", "/api/accounts/me", "/api/nothing"])
def test_every_answer_carries_the_security_headers(client: TestClient[Litestar], address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert (headers.get("cache-control") == "no-store") == address.startswith("/api")


@pytest.mark.parametrize("address", ["/", "/shared/abc", "/s/abc", "/icon.svg", "/api/accounts/me", "/api/shared/abc"])
def test_nothing_is_for_search_engines(client: TestClient[Litestar], address: str) -> None:
    assert client.get(address).headers["x-robots-tag"] == "noindex, nofollow"


def test_robots_are_told_to_stay_out(client: TestClient[Litestar]) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("address", ["/", "/maps", "/assets/main-1a2b3c.js", "/robots.txt", "/api/accounts/me"])
def test_head_answers_as_get_does_without_the_body(client: TestClient[Litestar], address: str) -> None:
    got, asked = client.get(address), client.head(address)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    different = {"date", "set-cookie"}
    assert {name: value for name, value in asked.headers.items() if name not in different} == {
        name: value for name, value in got.headers.items() if name not in different
    }


def test_head_is_no_way_around_what_only_post_does(client: TestClient[Litestar]) -> None:
    assert client.head("/api/accounts/sign-in").status_code == 405


def test_no_script_may_stand_in_a_page_and_no_other_site_be_asked() -> None:
    policy = dict(part.split(" ", 1) for part in SECURITY_HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.skipif(not (STATIC / "index.html").exists(), reason="not yet: the web application was not built here")
def test_the_built_page_keeps_to_the_policy() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "http://" not in page and "https://" not in page


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8321", 200),
        ("LOCALHOST", 200),
        ("[::1]:8321", 200),
        ("elsewhere.example.org", 403),
        ("localhost.evil", 403),
    ],
)
def test_a_page_whose_name_was_made_to_lead_here_is_refused(
    workspace: Workspace, static: Path, host: str, status: int
) -> None:
    site = Site(hosts=frozenset({"localhost", "::1"}), sign_in_as_demo=True)
    with TestClient(make_application(workspace, site=site, passwords=QUICK, static=static)) as client:
        assert client.get("/api/accounts/me", headers={"host": host}).status_code == status


@pytest.mark.parametrize(("address", "given"), [("/link", True), ("/assets/main-1a2b3c.js", False)])
def test_a_page_brings_the_token_that_changes_need_and_a_file_of_the_build_does_not(
    workspace: Workspace, static: Path, address: str, given: bool
) -> None:
    with TestClient(make_application(workspace, passwords=QUICK, static=static)) as opened:
        assert (CSRF_COOKIE in opened.get(address).cookies) is given
