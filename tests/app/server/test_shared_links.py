"""What a link to a map shows to people without an account, over all routes that it opens."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.routes import HTTPRoute

from desireline.accounts import Role
from desireline.app.server.application import make_application
from desireline.app.workspace import create
from desireline.maps import Document
from desireline.maps.below import maps_below
from desireline.maps.share_tables import map_shares
from desireline.maps.storing import WorkspaceLibrary, save
from desireline.sources import import_files
from desireline.store import Workspace, open_workspace

from .browser import QUICK, Browser, visiting
from .conftest import SignedInBrowser

MAP = """\
desireline: map/1
id: {id}
title: {title}
personas: [anna, {{id: otto, name: Otto, segment: "case = '7'"}}]
{parent}
phases:
  - id: buy
    name: Buy
    steps:
      - {{id: first, name: First of {title}, binding: {{where: touchpoint = {touchpoint}}}{detail}}}
"""
PERSONA = """\
desireline: persona/1
id: anna
name: Anna
quote: Quick, please
goals: [A phone today]
behaviour: [{low: Slow, high: Fast, value: 0.9}]
segment: touchpoint = Search
"""
ROUTES = {
    "/drawing": None,
    "/files/yaml": "downloads",
    "/measured": "measured",
    "/measured/svg": "measured",
    "/comments": "comments",
    "/personas": "personas",
}
"""What a link opens, and the part that it belongs to; without one every link shows it."""
PARTS = ("measured", "downloads", "comments", "personas", "below")
EVERYTHING = dict.fromkeys(PARTS, True)


def map_text(ident: str, *, touchpoint: str = "Search", parent: str = "", detail: str = "") -> Document:
    named = f"parent: {{map: {parent}}}" if parent else ""
    shown = f", map: {detail}" if detail else ""
    return Document(MAP.format(id=ident, title=ident.title(), parent=named, detail=shown, touchpoint=touchpoint))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six customers searched, three of them ordered; a map with two below it, one below one of these, and one elsewhere."""
    rows = [f"2026-03-02T09:00:00Z,c{place},Search,web" for place in range(6)]
    rows += [f"2026-03-02T10:00:00Z,c{place},Order,web" for place in range(3)]
    workspace = create(tmp_path_factory.mktemp("made") / "workspace")
    export = workspace.folder.parent / "visits.csv"
    export.write_text("\n".join(["time,customer,touchpoint,channel", *rows, ""]))
    import_files(workspace, [export])
    documents = [
        Document(PERSONA),
        map_text("whole", detail="part"),
        map_text("part"),
        map_text("few", parent="whole", touchpoint="Order"),
        map_text("detail", parent="part", detail="whole"),
        map_text("elsewhere"),
    ]
    for document in documents:
        save(workspace, document, author="Nora")
    return workspace.folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    return open_workspace(shutil.copytree(made, tmp_path / "workspace"))


@pytest.fixture
def editor(signed_in: SignedInBrowser) -> Browser:
    return signed_in(Role.EDITOR)


@pytest.fixture
def guest(editor: Browser) -> Browser:
    return visiting(editor.app)


def share(editor: Browser, **said: Any) -> str:
    made = editor.post("/api/maps/map/whole/shares", json=said).json()
    return str(made["address"]).replace("/shared/", "/api/shared/")


def test_the_table_has_every_route_that_a_link_opens(workspace: Workspace) -> None:
    begin = "/api/shared/{token}/"
    paths = {
        route.path_format.removeprefix(begin).split("/")[0] + ("/" if route.path_format.endswith("{name}") else "")
        for route in make_application(workspace, passwords=QUICK).routes
        if isinstance(route, HTTPRoute) and route.path_format.startswith(begin)
    }
    told = {path[1:].rpartition("/")[0] + "/" if path.count("/") == 2 else path[1:] for path in ROUTES}
    assert paths == told | {"open"}


@pytest.mark.parametrize("path", ROUTES)
def test_a_link_shows_its_parts_and_no_others(editor: Browser, guest: Browser, path: str) -> None:
    part = ROUTES[path]
    needed = {*({part} if part else ()), *({"downloads"} if path.count("/") == 2 else ())}
    assert guest.get(f"{share(editor, **EVERYTHING)}{path}").status_code == 200
    assert guest.get(f"{share(editor, **dict.fromkeys(needed, True))}{path}").status_code == 200
    for missing in needed:
        address = share(editor, **{**EVERYTHING, missing: False})
        assert guest.get(f"{address}{path}").status_code == 403


@pytest.mark.parametrize("path", ROUTES)
def test_maps_below_are_shown_where_the_link_shows_them_and_no_other_map_is(
    editor: Browser, guest: Browser, path: str
) -> None:
    with_below, without = share(editor, **EVERYTHING), share(editor, **{**EVERYTHING, "below": False})
    statuses = {
        ident: (
            guest.get(f"{with_below}{path}?map={ident}").status_code,
            guest.get(f"{without}{path}?map={ident}").status_code,
        )
        for ident in ("whole", "part", "detail", "elsewhere", "nowhere")
    }
    assert statuses == {
        "whole": (200, 200),
        "part": (200, 403),
        "detail": (200, 403),
        "elsewhere": (403, 403),
        "nowhere": (403, 403),
    }


@pytest.mark.parametrize("folder", ["files", "measured"])
def test_a_file_of_a_link_has_a_page_for_each_phase_where_that_is_asked_for(
    editor: Browser, guest: Browser, folder: str
) -> None:
    address = f"{share(editor, **EVERYTHING)}/{folder}/pdf"
    sheets = [guest.get(f"{address}{query}").content.count(b"/MediaBox") for query in ("", "?phases=true")]
    assert sheets[0] == 1 and sheets[1] >= 3


@pytest.mark.parametrize("path", ROUTES)
def test_nothing_is_shown_without_the_password_or_after_the_end(
    editor: Browser, guest: Browser, workspace: Workspace, path: str
) -> None:
    closed, ended, revoked = (share(editor, **EVERYTHING, **more) for more in ({"password": "blue door"}, {}, {}))
    ticket = guest.post(f"{closed}/open", json={"password": "blue door"}).json()["ticket"]
    headers = {"X-Share-Ticket": ticket}
    assert guest.get(f"{closed}{path}", headers=headers).status_code == 200
    assert guest.get(f"{closed}{path}").json()["code"] == "access.share_password"
    number = editor.get("/api/maps/map/whole/shares").json()["shares"][0]["share"]
    editor.delete(f"/api/maps/shares/{number}")
    with workspace.database.writing() as connection:
        yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
        connection.execute(map_shares.update().where(map_shares.c.share == number - 1).values(expires_at=yesterday))
    answers = [guest.get(f"{address}{path}") for address in (ended, revoked)]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(410, "access.link_unusable")] * 2
    editor.delete("/api/maps/documents/map/whole")
    assert guest.get(f"{closed}{path}", headers=headers).status_code == 410


def test_an_opened_link_names_the_maps_and_parts_that_it_shows(editor: Browser, guest: Browser) -> None:
    opened = guest.post(f"{share(editor, **EVERYTHING)}/open", json={}).json()
    assert [each["id"] for each in opened["maps"]] == ["whole", "part", "few", "detail"]
    plain = guest.post(f"{share(editor)}/open", json={}).json()
    assert [each["id"] for each in plain["maps"]] == ["whole"]
    assert [plain[part] for part in ("measured", "downloads", "comments", "personas")] == [False, False, False, True]


def test_a_list_of_links_says_what_each_shows_and_how_often_it_was_opened(editor: Browser, guest: Browser) -> None:
    address = share(editor, comments=True, below=True)
    for _ in range(2):
        guest.post(f"{address}/open", json={})
    (listed,) = editor.get("/api/maps/map/whole/shares").json()["shares"]
    assert [part for part in PARTS if listed[part]] == ["comments", "personas", "below"]
    assert (listed["opened"], listed["opened_at"] is not None) == (2, True)


def test_open_comments_are_read_without_who_was_mentioned_or_how_to_answer(editor: Browser, guest: Browser) -> None:
    begun = editor.post(
        "/api/maps/map/whole/comments", json={"text": "Is that so?", "place_kind": "step", "place": "first"}
    ).json()
    editor.post("/api/maps/map/whole/comments", json={"text": "Yes", "reply_to": begun["comment"]})
    settled = editor.post("/api/maps/map/whole/comments", json={"text": "Done"}).json()
    editor.post(f"/api/maps/comments/{settled['comment']}/resolve")
    (thread,) = guest.get(f"{share(editor, comments=True)}/comments").json()["threads"]
    assert set(thread["comment"]) == {"author", "text", "written_at"}
    assert (thread["place_name"], thread["comment"]["text"]) == ("First of Whole", "Is that so?")
    assert [each["text"] for each in thread["answers"]] == ["Yes"]
    assert guest.post("/api/maps/map/whole/comments", json={"text": "Me too"}).status_code == 401


def test_personas_are_told_without_what_ties_them_to_customers(editor: Browser, guest: Browser) -> None:
    anna, otto = guest.get(f"{share(editor, personas=True)}/personas").json()["personas"]
    assert (anna["name"], anna["goals"], anna["behaviour"]) == (
        "Anna",
        ["A phone today"],
        [{"low": "Slow", "high": "Fast", "value": 0.9}],
    )
    assert otto["name"] == "Otto"
    assert "segment" not in {*anna, *otto}


@pytest.mark.parametrize("path", ["/drawing", "/files/svg", "/files/yaml", "/files/json", "/measured", "/measured/svg"])
def test_personas_that_a_link_leaves_out_are_in_no_drawing_and_no_file(
    editor: Browser, guest: Browser, path: str
) -> None:
    shown, left_out = (guest.get(f"{share(editor, **EVERYTHING | {'personas': each})}{path}") for each in (True, False))
    assert "Otto" in shown.text
    assert "Otto" not in left_out.text
    assert "First of Whole" in left_out.text


@pytest.mark.parametrize("path", ["/drawing", "/files/svg", "/measured", "/measured/svg"])
def test_a_map_below_is_drawn_by_its_title_where_the_link_shows_it_and_not_at_all_where_it_does_not(
    editor: Browser, guest: Browser, path: str
) -> None:
    shown, left_out = (guest.get(f"{share(editor, **EVERYTHING | {'below': each})}{path}") for each in (True, False))
    assert [">Part<" in each.text for each in (shown, left_out)] == [True, False]
    assert [">part<" in each.text for each in (shown, left_out)] == [False, False]


def test_numbers_of_few_customers_are_shown_by_no_link(editor: Browser, guest: Browser) -> None:
    address = share(editor, **EVERYTHING)
    assert "journeys reached it" in guest.get(f"{address}/measured").text
    answers = [guest.get(f"{address}{path}?map=few") for path in ("/measured", "/measured/svg")]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(403, "access.small_group")] * 2
    assert guest.get(f"{address}/drawing?map=few").status_code == 200


def test_maps_that_name_each_other_are_below_once(editor: Browser, workspace: Workspace) -> None:
    library = WorkspaceLibrary(workspace)
    assert [each.id for each in maps_below(library, "whole")] == ["part", "few", "detail"]
    assert [each.id for each in maps_below(library, "detail")] == ["whole", "part", "few"]
    assert maps_below(library, "elsewhere") == ()
