"""Several people on one map at once, over the sockets of their editors."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from litestar.exceptions import WebSocketDisconnect
from pycrdt import Map

from desireline.accounts import Role, SignedIn
from desireline.maps.document import Document
from desireline.maps.storing import delete, document_of, history, save
from desireline.maps.together import protocol
from desireline.maps.together.keeping import LABEL, settle_kept
from desireline.maps.together.protocol import Presence
from desireline.maps.together.room import Member, Timing
from desireline.maps.together.rooms import Rooms
from desireline.maps.together.routes import FORBIDDEN, GONE, TRY_AGAIN, UNREADABLE
from desireline.store import Workspace

from ..workspaces import new_workspace
from .editors import NEVER, Editor, served

TEXT = """\
# The map of the shop
desireline: map/1
id: shop
title: I shop
phases:
  - id: buy
    name: Buy  # all of it
    steps:
      - {id: look, name: I look}
      - {id: pay, name: I pay, next: []}
lanes:
  - id: does
    role: actions
    cells: [{id: does-look, step: look, claims: [I stroll]}]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    found = new_workspace(tmp_path / "workspace")
    save(found, Document(TEXT), author="Ada")
    return found


def newest_text(workspace: Workspace) -> str:
    return str(history(workspace, "map", "shop")[-1].text)


def test_what_one_changes_the_other_sees(workspace: Workspace) -> None:
    with (
        served(workspace) as client,
        Editor(client, "shop", "Ada/editor") as ada,
        Editor(client, "shop", "Bo/editor") as bo,
    ):
        ada.set("steps", "pay/name", "I pay by card")
        bo.until(lambda: bo.tree["phases"][0]["steps"][1]["name"] == "I pay by card")
        bo.set("steps", "look/name", "I look around")
        ada.until(lambda: ada.tree["phases"][0]["steps"][0]["name"] == "I look around")
        assert ada.tree == bo.tree


def test_with_the_last_who_leaves_it_becomes_a_version_by_all_of_them(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        with Editor(client, "shop", "Bo/editor") as bo:
            bo.set("steps", "pay/name", "I pay by card")
            bo.until_kept()
        ada.set("phases", "buy/name", "Get it")
        ada.until_kept()
        assert len(history(workspace, "map", "shop")) == 1
    version = history(workspace, "map", "shop")[-1]
    assert (version.number, version.author, version.label, version.based_on) == (2, "Bo, Ada", LABEL, 1)
    assert version.text == TEXT.replace("I pay,", "I pay by card,").replace("name: Buy ", "name: Get it ")


def test_who_asks_while_the_last_one_leaves_waits_for_the_version(workspace: Workspace) -> None:
    rooms = Rooms(workspace, timing=NEVER)
    ada = Member(SignedIn(1, "Ada", Role.EDITOR))

    async def edit(begun: asyncio.Event) -> None:
        async with rooms.inside("shop", ada) as room:
            doc = room.copy()
            doc["steps"]["pay/name"] = "I pay by card"
            await room.receive(ada, protocol.sync(protocol.UPDATE, doc.get_update()))
            begun.set()

    async def ask() -> str:
        begun = asyncio.Event()
        editing = asyncio.create_task(edit(begun))
        await begun.wait()
        await rooms.settled()
        found = newest_text(workspace)
        await editing
        return found

    assert "I pay by card" in asyncio.run(ask())


def test_who_only_looks_makes_no_version(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor"):
        pass
    assert len(history(workspace, "map", "shop")) == 1


def test_what_was_kept_outlives_a_server_that_is_killed(workspace: Workspace, tmp_path: Path) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_kept()
        with served(workspace) as restarted, Editor(restarted, "shop", "Ada/editor") as again:
            assert again.tree["phases"][0]["steps"][1]["name"] == "I pay by card"
            assert again.until_told("status")["unsaved"] is True


def test_what_was_kept_when_the_server_was_killed_becomes_a_version_when_it_starts(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_kept()
        assert settle_kept(workspace) == ["shop"]
    version = history(workspace, "map", "shop")[-1]
    assert (version.author, version.text) == ("Ada", TEXT.replace("I pay,", "I pay by card,"))
    assert settle_kept(workspace) == []


def test_what_was_changed_while_the_connection_was_lost_is_merged(workspace: Workspace) -> None:
    with served(workspace) as client:
        with Editor(client, "shop", "Ada/editor") as ada:
            doc = ada.doc
        doc["steps"]["pay/name"] = "I pay by card"
        with Editor(client, "shop", "Bo/editor") as bo:
            bo.set("steps", "look/name", "I look around")
        with Editor(client, "shop", "Ada/editor") as again:
            again.send(protocol.sync(protocol.UPDATE, doc.get_update()))
            again.until_kept()
    assert "I pay by card" in newest_text(workspace)
    assert "I look around" in newest_text(workspace)


def test_a_viewer_sees_changes_and_changes_nothing(workspace: Workspace) -> None:
    with (
        served(workspace) as client,
        Editor(client, "shop", "Ada/editor") as ada,
        Editor(client, "shop", "Vi/viewer") as vi,
    ):
        vi.set("steps", "pay/name", "Hacked")
        vi.until_told("refused")
        ada.set("steps", "look/name", "I look around")
        vi.until(lambda: vi.tree["phases"][0]["steps"][0]["name"] == "I look around")
        assert ada.tree["phases"][0]["steps"][1]["name"] == "I pay"
    assert "Hacked" not in newest_text(workspace)


def test_who_comes_back_with_changes_and_may_only_look_by_now_is_told(workspace: Workspace) -> None:
    with served(workspace) as client:
        with Editor(client, "shop", "Ada/editor") as ada:
            before = ada.doc.get_state()
            doc = ada.doc
        doc["steps"]["pay/name"] = "I pay by card"
        with Editor(client, "shop", "Ada/viewer") as again:
            again.send(protocol.sync(protocol.MISSING, doc.get_update(before)))
            with pytest.raises(WebSocketDisconnect) as refused:
                again.until(lambda: False)
    assert (refused.value.code, refused.value.detail) == (FORBIDDEN, "Ada may look at this map only")
    assert "I pay by card" not in newest_text(workspace)


ONE = {"where": "text contains 'Jane Doe'"}
MANY = {"where": "touchpoint = Paid"}


def bindings(editor: Editor) -> list[object]:
    return [each.get("binding") for each in editor.tree["phases"][0]["steps"]]


def test_a_condition_that_picks_one_customer_out_is_taken_back_from_who_may_not_see_them(workspace: Workspace) -> None:
    with (
        served(workspace) as client,
        Editor(client, "shop", "Ada/editor") as ada,
        Editor(client, "shop", "Bo/editor") as bo,
    ):
        ada.set("steps", "pay/binding", MANY)
        ada.until_kept()
        ada.set("steps", "pay/binding", ONE)
        ada.until_told("refused")
        for editor in (ada, bo):
            editor.until(lambda editor=editor: bindings(editor) == [None, MANY])
        ada.set("steps", "look/binding", ONE)
        ada.until(lambda: bindings(ada) == [None, MANY])
    assert "Jane" not in newest_text(workspace)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("map", "personas", [{"id": "pz", "segment": "id = x1"}]),
        ("map", "phases", [{"steps": [{"binding": {"where": "id = x1"}}]}]),
        ("personas", "pz/$segment", "id = x1"),
        ("steps", "pay/$binding", {"where": "id = x1"}),
        ("metrics", "paid/more", {"where": "id = x1"}),
        ("lanes", "does/where", "id = x1"),
    ],
    ids=["a list of the map", "deep in a list", "a stored name", "a stored binding", "a field of a field", "a lane"],
)
def test_a_condition_that_picks_one_customer_out_is_taken_back_wherever_it_is(
    workspace: Workspace, kind: str, key: str, value: object
) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        ada.set(kind, key, value)
        ada.until_told("refused")
        ada.until(lambda: (ada.doc.get(kind, type=Map).to_py() or {}).get(key) != value)


def test_a_condition_by_somebody_who_may_see_customers_stays_when_others_edit(workspace: Workspace) -> None:
    with (
        served(workspace) as client,
        Editor(client, "shop", "Ana/analyst") as ana,
        Editor(client, "shop", "Ada/editor") as ada,
    ):
        ana.set("steps", "pay/binding", ONE)
        ada.until(lambda: bindings(ada) == [None, ONE])
        ada.set("steps", "pay/name", "I pay by card")
        ada.set("steps", "look/binding", ONE)
        ana.until(lambda: bindings(ana) == [ONE, ONE])
    assert "I pay by card" in newest_text(workspace)


def test_people_see_each_other_under_their_own_names(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        with Editor(client, "shop", "Bo/viewer") as bo:
            state = {"user": {"name": "Ada"}, "cell": "does-look"}
            bo.send(protocol.awareness([Presence(7, 0, state)]))
            ada.until(lambda: 7 in ada.presences)
            assert ada.presences[7] == {"user": {"name": "Bo", "person": 1}, "cell": "does-look"}
            with Editor(client, "shop", "Cy/viewer") as cy:
                cy.until(lambda: 7 in cy.presences)
        ada.until(lambda: ada.presences[7] is None)


def test_a_version_that_somebody_else_saves_is_brought_in(workspace: Workspace) -> None:
    timing = Timing(pause=1000, version=1000, outside=0, beat=0.01)
    with served(workspace, timing) as client, Editor(client, "shop", "Ada/editor") as ada:
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_kept()
        save(workspace, Document(TEXT.replace("I look}", "I look around}")), author="Bo", based_on=1)
        ada.until(lambda: ada.tree["phases"][0]["steps"][0]["name"] == "I look around")
    assert "I pay by card" in newest_text(workspace)
    assert "I look around" in newest_text(workspace)
    assert [each.author for each in history(workspace, "map", "shop")] == ["Ada", "Bo", "Ada"]


def test_where_both_changed_the_same_the_editor_counts_and_the_other_stays_in_its_version(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_kept()
        save(workspace, Document(TEXT.replace("I pay,", "I pay in cash,")), author="Bo", based_on=1)
    assert "I pay by card" in newest_text(workspace)
    assert "I pay in cash" in str(history(workspace, "map", "shop")[1].text)


def test_what_breaks_the_schema_is_told_and_kept_and_no_version(workspace: Workspace) -> None:
    timing = Timing(pause=0, version=1000, outside=1000, beat=0.01)
    with served(workspace, timing) as client:
        with Editor(client, "shop", "Ada/editor") as ada:
            ada.set("steps", "pay/binding", {"where": "touchpoint is is"})
            ada.until(lambda: any(each.get("problems") for each in ada.told))
            problem = next(each["problems"] for each in ada.told if each.get("problems"))[0]
            assert "binding.where" in problem["where"]
        assert len(history(workspace, "map", "shop")) == 1
        with Editor(client, "shop", "Ada/editor") as again:
            again.set("steps", "pay/binding", {"where": "touchpoint = 'Pay'"})
            again.until_kept()
    assert "touchpoint = 'Pay'" in newest_text(workspace)


def test_of_a_map_that_is_deleted_meanwhile_everybody_is_told_and_it_can_be_saved_as_another(
    workspace: Workspace,
) -> None:
    timing = Timing(pause=1000, version=1000, outside=0, beat=0.01)
    with served(workspace, timing) as client, Editor(client, "shop", "Ada/editor") as ada:
        delete(workspace, "map", "shop", author="Bo")
        assert ada.until_told("status", deleted=True)["author"] == "Bo"
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_kept()
        answer = client.post("/api/maps/map/shop/together/copy", json={}, headers={"x-user": "Ada/editor"})
        assert answer.json() == {"id": "shop-2"}
    document = document_of(workspace, history(workspace, "map", "shop-2")[-1])
    assert document is not None
    assert "I pay by card" in document.text
    assert history(workspace, "map", "shop")[-1].deleted


def test_a_version_can_be_asked_for(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_kept()
        answer = client.post("/api/maps/map/shop/together/version", headers={"x-user": "Ada/editor"})
        assert answer.json() == {"version": 2, "problems": []}
        assert ada.until_told("status", version=2)["unsaved"] is False


def test_after_a_while_it_becomes_a_version_by_itself(workspace: Workspace) -> None:
    timing = Timing(pause=1000, version=0, outside=1000, beat=0.01)
    with served(workspace, timing) as client, Editor(client, "shop", "Ada/editor") as ada:
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_told("status", version=2)


def test_how_a_map_can_be_edited_is_told(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor"):
        answer = client.get("/api/maps/map/shop/together", headers={"x-user": "Vi/viewer"}).json()
        assert (answer["may_write"], answer["name"], answer["people"]) == (False, "Vi", ["Ada"])
        assert (
            answer["room"] == client.get("/api/maps/map/shop/together", headers={"x-user": "Ada/editor"}).json()["room"]
        )


@pytest.mark.parametrize(
    ("map_id", "who", "headers"),
    [
        pytest.param("shop", "", {}, id="nobody is signed in"),
        pytest.param("nowhere", "Ada/editor", {}, id="there is no such map"),
    ],
)
def test_a_socket_is_refused(workspace: Workspace, map_id: str, who: str, headers: dict[str, str]) -> None:
    with served(workspace) as client, pytest.raises(WebSocketDisconnect), Editor(client, map_id, who, **headers):
        pass


CROWD = protocol.awareness(Presence(client, 1, {}) for client in range(40))


@pytest.mark.parametrize(
    "message",
    [b"", b"\x00", b"\x00\x00\x00", b"\x00\x02\x05abc", b"\x00\x02\x03abc", b"\x01\x03\x01\x07", CROWD],
    ids=lambda message: repr(message[:6]),
)
def test_a_message_that_is_none_closes_its_socket_only(workspace: Workspace, message: bytes) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        with Editor(client, "shop", "Bo/editor") as bo, pytest.raises(WebSocketDisconnect) as closed:
            bo.send(message)
            bo.until(lambda: False)
        assert closed.value.code == UNREADABLE
        ada.set("steps", "pay/name", "I pay by card")
        ada.until_kept()


@pytest.mark.parametrize("path", ["version", "copy"])
def test_a_viewer_makes_no_versions(workspace: Workspace, path: str) -> None:
    with served(workspace) as client:
        answer = client.post(f"/api/maps/map/shop/together/{path}", json={}, headers={"x-user": "Vi/viewer"})
        assert answer.status_code == 403


@contextmanager
def broken(workspace: Workspace) -> Iterator[None]:
    """The versions cannot be read meanwhile."""
    path = workspace.database.path

    def rename(before: str, after: str) -> None:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute(f"ALTER TABLE {before} RENAME TO {after}")

    rename("document_versions", "elsewhere")
    yield
    rename("elsewhere", "document_versions")


def test_whoever_cannot_join_is_not_in_the_room_and_may_come_back(workspace: Workspace) -> None:
    with served(workspace) as client, Editor(client, "shop", "Ada/editor") as ada:
        with broken(workspace), pytest.raises(WebSocketDisconnect) as refused, Editor(client, "shop", "Bo/editor"):
            pass
        assert refused.value.code == TRY_AGAIN
        answer = client.get("/api/maps/map/shop/together", headers={"x-user": "Ada/editor"}).json()
        assert answer["people"] == ["Ada"]
        with Editor(client, "shop", "Bo/editor") as bo:
            bo.set("steps", "pay/name", "I pay by card")
            ada.until(lambda: ada.tree["phases"][0]["steps"][1]["name"] == "I pay by card")


def test_the_room_goes_on_after_an_error_of_the_database_and_says_what_it_was(workspace: Workspace) -> None:
    timing = Timing(pause=0, version=1000, outside=0, beat=0.01)
    with served(workspace, timing) as client, Editor(client, "shop", "Ada/editor") as ada:
        with broken(workspace):
            ada.until(lambda: any("cannot be used" in str(each.get("problems")) for each in ada.told))
        ada.told.clear()
        ada.until_told("status", problems=[])
        save(workspace, Document(TEXT.replace("I look}", "I look around}")), author="Bo", based_on=1)
        ada.until(lambda: ada.tree["phases"][0]["steps"][0]["name"] == "I look around")


def test_what_a_failing_save_held_becomes_a_version_later(workspace: Workspace) -> None:
    timing = Timing(pause=1000, version=0, outside=1000, beat=0.01)
    with served(workspace, timing) as client, Editor(client, "shop", "Ada/editor") as ada:
        with broken(workspace):
            ada.set("steps", "pay/name", "I pay by card")
            ada.until(lambda: any("cannot be used" in str(each.get("problems")) for each in ada.told))
        ada.until_told("status", version=2)
    assert (history(workspace, "map", "shop")[-1].author, "I pay by card" in newest_text(workspace)) == ("Ada", True)


def test_an_editor_that_says_nothing_any_more_has_left(workspace: Workspace) -> None:
    timing = replace(NEVER, silence=0.2)
    with served(workspace, timing) as client, Editor(client, "shop", "Bo/editor") as bo:
        with pytest.raises(WebSocketDisconnect) as gone:
            bo.until(lambda: False)
        assert gone.value.code == GONE
        with Editor(client, "shop", "Ada/editor"):
            answer = client.get("/api/maps/map/shop/together", headers={"x-user": "Ada/editor"}).json()
            assert answer["people"] == ["Ada"]
