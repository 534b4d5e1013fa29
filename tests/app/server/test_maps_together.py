"""Who is let into the room of a map, in the whole application."""

from __future__ import annotations

import pytest
from litestar.exceptions import WebSocketDisconnect

from desireline.accounts import Role
from desireline.accounts.people import change_role, people, remove_person
from desireline.maps import new_document
from desireline.maps.storing import save
from desireline.maps.together import protocol
from desireline.maps.together.room import Timing
from desireline.maps.together.rooms import Rooms
from desireline.maps.together.routes import FORBIDDEN
from desireline.store import Workspace

from ...maps.together.editors import Editor
from .browser import browser
from .conftest import SignedInBrowser

ROOM = "/api/maps/map/shop/together"
PATIENCE_SECONDS = 60


@pytest.fixture(autouse=True)
def shop(workspace: Workspace) -> None:
    phase = {"id": "buy", "name": "Buy", "steps": [{"id": "pay", "name": "I pay"}]}
    save(
        workspace,
        new_document({"desireline": "map/1", "id": "shop", "title": "I shop", "phases": [phase]}),
        author="Ada",
    )


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_the_cookie_of_a_session_opens_the_room(signed_in: SignedInBrowser, role: Role) -> None:
    with signed_in(role).websocket_connect(ROOM) as socket:
        assert protocol.Reader(socket.receive_bytes(timeout=PATIENCE_SECONDS)).number() == protocol.SYNC


def test_nobody_enters_who_is_not_signed_in(workspace: Workspace) -> None:
    with browser(workspace) as client, pytest.raises(WebSocketDisconnect), client.websocket_connect(ROOM):
        pass


def test_a_page_of_another_site_does_not_enter_with_the_cookie(signed_in: SignedInBrowser) -> None:
    elsewhere = {"origin": "https://elsewhere.example"}
    with pytest.raises(WebSocketDisconnect), signed_in(Role.EDITOR).websocket_connect(ROOM, headers=elsewhere):
        pass


def test_why_there_is_no_room_is_told_in_the_language_of_the_editor(signed_in: SignedInBrowser) -> None:
    missing = ROOM.replace("shop", "nothing")
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        signed_in(Role.EDITOR).websocket_connect(missing, headers={"accept-language": "de"}) as socket,
    ):
        socket.receive_bytes(timeout=PATIENCE_SECONDS)
    assert closed.value.detail.startswith("im Workspace gibt es keine Journey Map 'nothing'")


@pytest.mark.parametrize("end", ["removed", "another role"])
def test_the_room_is_closed_to_who_is_removed_or_has_another_role(
    signed_in: SignedInBrowser, workspace: Workspace, end: str
) -> None:
    eve = signed_in(Role.EDITOR)
    eve.app.state["rooms"] = Rooms(workspace, timing=Timing(known=0.05))
    person = people(workspace)[0].person
    with eve.websocket_connect(ROOM) as socket:
        socket.receive_bytes(timeout=PATIENCE_SECONDS)
        if end == "removed":
            remove_person(workspace, person, by="a test")
        else:
            change_role(workspace, person, Role.VIEWER, by="a test")
        with pytest.raises(WebSocketDisconnect) as closed:
            while True:
                socket.receive_bytes(timeout=PATIENCE_SECONDS)
    assert closed.value.code == FORBIDDEN


@pytest.mark.parametrize("way", ["copy", "future"])
def test_a_copy_has_what_somebody_writes_who_is_still_in_the_editor(signed_in: SignedInBrowser, way: str) -> None:
    client = signed_in(Role.EDITOR)
    with Editor(client, "shop", "Eve/editor") as eve:
        eve.set("steps", "pay/name", "I pay by card")
        eve.until_kept()
        made = client.post(f"/api/maps/map/shop/{way}", json={"title": "I shop at once"}).json()
    copied = client.get(f"/api/maps/documents/map/{made['id']}").json()["tree"]
    assert copied["phases"][0]["steps"][0]["name"] == "I pay by card"
