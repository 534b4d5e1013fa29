"""Maps over HTTP: the library, documents and their versions, files in and out, comments, links for people outside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desireline.accounts import Role
from desireline.app.workspace import create
from desireline.maps import Document
from desireline.maps.share_tables import map_shares
from desireline.maps.storing import save
from desireline.store import Workspace, open_workspace

from .browser import Browser, browser, sign_in_as, visiting
from .conftest import SignedInBrowser

MAP = """\
desireline: map/1
id: buy-a-phone
title: I buy a phone
tags: [phones]
journey: buying
# what we owe to Nora
owner: {name: Nora}
personas: [anna]
phases:
  - id: buy
    name: Buy
    steps:
      - {id: search, name: I search, binding: {where: touchpoint = Search}}
      - {id: order, name: I order}
lanes:
  - id: does
    role: actions
    cells:
      - {id: does-search, step: search, claims: [{text: I compare prices}]}
"""
PERSONA = "desireline: persona/1\nid: anna\nname: Anna, in a hurry\n"
ONE = "/api/maps/documents/map/buy-a-phone"
DRAWN = "/api/maps/map/buy-a-phone"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a map and a persona; nobody writes to it."""
    workspace = create(tmp_path_factory.mktemp("made") / "workspace")
    save(workspace, Document(MAP), author="Nora")
    save(workspace, Document(PERSONA), author="Nora")
    return workspace.folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    return open_workspace(shutil.copytree(made, tmp_path / "workspace"))


@pytest.fixture
def editor(signed_in: SignedInBrowser) -> Browser:
    return signed_in(Role.EDITOR)


@pytest.fixture(scope="module")
def reader(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """An editor for tests that save nothing."""
    workspace = open_workspace(shutil.copytree(made, tmp_path_factory.mktemp("read") / "workspace"))
    with browser(workspace) as opened:
        yield sign_in_as(opened, workspace, Role.EDITOR)


def test_the_library_lists_maps_with_what_one_chooses_them_by(reader: Browser) -> None:
    (card,) = reader.get("/api/maps/library").json()["maps"]
    told = {
        name: card[name]
        for name in ("title", "level", "state", "journey", "tags", "owner", "steps", "bound", "version")
    }
    assert told == {
        "title": "I buy a phone",
        "level": "journey",
        "state": "current",
        "journey": "buying",
        "tags": ["phones"],
        "owner": "Nora",
        "steps": 2,
        "bound": 1,
        "version": 1,
    }
    assert card["personas"] == [{"id": "anna", "name": "Anna, in a hurry"}]
    assert card["reasons"] == ["never-reviewed"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=PHONE", [""]),
        ("search=compare prices", ["I compare prices"]),
        ("search=compare nora", ["I compare prices"]),
        ("search=lamp", []),
        ("tag=phones", [""]),
        ("tag=lamps", []),
        ("level=life-cycle", []),
        ("state=current", [""]),
        ("persona=anna", [""]),
        ("journey=buying", [""]),
        ("journey=leaving", []),
        ("persona=otto", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_library_is_searched_and_filtered(reader: Browser, query: str, found: list[str]) -> None:
    answer = reader.get(f"/api/maps/library?{query}").json()
    assert [each["found"] for each in answer["maps"]] == found
    assert answer["total"] == 1


def test_a_persona_says_which_maps_name_it(reader: Browser) -> None:
    (row,) = reader.get("/api/maps/documents/persona").json()["documents"]
    assert (row["name"], row["maps"]) == ("Anna, in a hurry", [{"id": "buy-a-phone", "name": "I buy a phone"}])


def test_a_document_has_the_number_of_its_version_as_its_tag(reader: Browser) -> None:
    found = reader.get(ONE)
    assert (found.headers["etag"], found.json()["text"]) == ('"1"', MAP)
    assert reader.get(ONE, headers={"If-None-Match": '"1"'}).status_code == 304


def test_a_saved_tree_keeps_the_comments_of_the_text(editor: Browser) -> None:
    tree = editor.get(ONE).json()["tree"]
    tree["title"] = "I buy a telephone"
    saved = editor.put(ONE, json={"tree": tree, "based_on": 1})
    assert (saved.json()["version"], saved.headers["etag"]) == (2, '"2"')
    assert editor.get(ONE).json()["text"] == MAP.replace("a phone\n", "a telephone\n")


def test_what_two_people_change_in_two_places_is_merged(editor: Browser) -> None:
    editor.put(ONE, json={"text": MAP.replace("I search", "I look")}, headers={"If-Match": '"1"'})
    saved = editor.put(ONE, json={"text": MAP.replace("I order", "I pay")}, headers={"If-Match": '"1"'}).json()
    assert saved["outcome"] == "merged"
    assert "I look" in editor.get(ONE).json()["text"]


def test_what_two_people_change_in_one_place_is_refused_and_named(editor: Browser) -> None:
    editor.put(ONE, json={"text": MAP.replace("I search", "I look"), "based_on": 1})
    refused = editor.put(ONE, json={"text": MAP.replace("I search", "I browse"), "based_on": 1})
    assert refused.status_code == 409
    assert refused.json()["conflicts"] == [
        {"place": "step search: name", "base": "I search", "ours": "I look", "theirs": "I browse"}
    ]
    assert editor.get(ONE).json()["version"] == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "the text or the tree"),
        ({"text": MAP.replace("id: buy-a-phone", "id: other")}, "expected the map 'buy-a-phone'"),
        ({"text": PERSONA}, "got the persona 'anna'"),
        ({"text": MAP.replace("step: search", "step: nowhere")}, "nowhere"),
        ({"text": "a: [", "based_on": 1}, ""),
        ({"text": MAP, "based_on": 9}, "version 9"),
    ],
    ids=["nothing", "another id", "another kind", "broken reference", "no YAML", "no such version"],
)
def test_what_cannot_be_saved_says_why(reader: Browser, body: dict[str, Any], said: str) -> None:
    refused = reader.put(ONE, json=body)
    assert refused.status_code in (400, 404)
    assert said in refused.json()["message"]
    assert reader.get(ONE).json()["version"] == 1


def test_versions_are_listed_compared_and_restored(editor: Browser) -> None:
    editor.put(ONE, json={"text": MAP.replace("I search", "I look"), "label": "as they say"})
    rows = editor.get(f"{ONE}/versions").json()["versions"]
    assert [(each["version"], each["label"]) for each in rows] == [(2, "as they say"), (1, None)]
    (change,) = editor.get(f"{ONE}/differences?before=1").json()["changes"]
    assert (change["action"], change["before"], change["after"]) == ("renamed", "I search", "I look")
    assert editor.post(f"{ONE}/restore", json={"version": 1}).json()["version"] == 3
    assert editor.get(ONE).json()["text"] == editor.get(f"{ONE}/versions/1").json()["text"]


def test_a_deleted_map_is_told_and_can_be_restored(editor: Browser) -> None:
    gone = editor.delete(ONE).json()
    assert (gone["version"], gone["deleted"]) == (2, True)
    told = editor.get(ONE)
    assert (told.status_code, told.json()["hint"]) == (404, "version 1 can be restored")
    editor.post(f"{ONE}/restore", json={"version": 1})
    assert editor.get(ONE).json()["version"] == 3


def test_a_map_is_made_from_a_template_with_an_id_of_its_own(editor: Browser) -> None:
    made = [editor.post("/api/maps/new", json={"title": "I buy a phone", "template": "retail"}).json() for _ in "ab"]
    assert [each["id"] for each in made] == ["i-buy-a-phone", "i-buy-a-phone-2"]
    assert (
        editor.post("/api/maps/new", json={"title": "x", "template": "retal"}).json()["hint"] == "did you mean retail?"
    )


def test_a_new_map_says_its_level_its_state_and_what_it_shows_in_detail(editor: Browser) -> None:
    asked = {
        "title": "I look around",
        "level": "service-transaction",
        "state": "future",
        "parent": {"map": "buy-a-phone", "step": "search"},
    }
    made = editor.post("/api/maps/new", json=asked).json()
    tree = editor.get(f"/api/maps/documents/map/{made['id']}").json()["tree"]
    assert {name: tree[name] for name in asked} == asked


def test_the_library_says_what_is_above_and_below_a_map_and_whom_it_is_about(
    editor: Browser, workspace: Workspace
) -> None:
    detail = "\n".join(["parent: {map: buy-a-phone, step: search}", "scope: {market: UK, employees: true}", "phases:"])
    save(workspace, Document(MAP.replace("id: buy-a-phone", "id: look").replace("phases:", detail)), author="Nora")
    save(workspace, Document(MAP.replace("name: I search,", "name: I search, map: look,")), author="Nora")
    cards = {each["id"]: each for each in editor.get("/api/maps/library").json()["maps"]}
    assert cards["buy-a-phone"]["below"] == ["look"]
    assert cards["look"]["parent"] == {"map": "buy-a-phone", "step": "search"}
    assert cards["look"]["scope"] == {"segment": None, "product": None, "market": "UK", "employees": True}


def test_a_map_is_duplicated_with_its_bindings_under_an_id_of_its_own(editor: Browser) -> None:
    made = editor.post(f"{DRAWN}/copy", json={"title": "I buy a phone (copy)"}).json()
    tree = editor.get(f"/api/maps/documents/map/{made['id']}").json()["tree"]
    assert (made["id"], tree["title"]) == ("i-buy-a-phone-copy", "I buy a phone (copy)")
    assert tree["phases"] == editor.get(ONE).json()["tree"]["phases"]


def test_the_future_state_of_a_map_is_linked_to_it_once(editor: Browser) -> None:
    made = editor.post(f"{DRAWN}/future", json={"title": "I buy a phone at once"}).json()
    assert editor.get(ONE).json()["tree"]["future"] == made["id"]
    assert editor.get(f"/api/maps/documents/map/{made['id']}").json()["tree"]["state"] == "future"
    again = editor.post(f"{DRAWN}/future", json={"title": "Once more"})
    assert (again.status_code, made["id"] in again.json()["message"]) == (400, True)
    assert len(editor.get("/api/maps/library").json()["maps"]) == 2


def test_a_map_is_compared_with_its_future_state_by_its_steps(editor: Browser) -> None:
    made = editor.post(f"{DRAWN}/future", json={"title": "I buy a phone at once"}).json()
    tree = editor.get(f"/api/maps/documents/map/{made['id']}").json()["tree"]
    tree["phases"][0]["steps"].pop()
    editor.put(f"/api/maps/documents/map/{made['id']}", json={"tree": tree})
    changes = editor.get(f"{DRAWN}/against/{made['id']}").json()["changes"]
    assert [(each["action"], each["what"], each["id"]) for each in changes if each["what"] != "map"] == [
        ("removed", "step", "order")
    ]


def test_where_the_future_state_was_deleted_another_one_is_drawn(editor: Browser) -> None:
    made = editor.post(f"{DRAWN}/future", json={"title": "I buy a phone at once"}).json()
    editor.delete(f"/api/maps/documents/map/{made['id']}")
    assert editor.post(f"{DRAWN}/future", json={"title": "Once more"}).status_code == 201


def test_the_id_of_a_deleted_map_is_not_used_again(editor: Browser) -> None:
    editor.post("/api/maps/new", json={"title": "I pay"})
    editor.delete("/api/maps/documents/map/i-pay")
    assert editor.post("/api/maps/new", json={"title": "I pay"}).json()["id"] == "i-pay-2"


def test_a_new_persona_gets_its_id_from_its_name(editor: Browser) -> None:
    made = editor.post("/api/maps/documents/persona", json={"tree": {"name": "Otto"}}).json()
    assert (made["id"], made["version"]) == ("otto", 1)
    again = editor.post("/api/maps/documents/persona", json={"tree": {"id": "otto", "name": "Otto"}})
    assert (again.status_code, again.json()["code"]) == (409, "input.exists")


def _import(editor: Browser, name: str, content: bytes, query: str = "") -> Any:
    return editor.post(f"/api/maps/import{query}", files=[("data", (name, content))])


def test_a_file_that_is_there_already_is_refused_made_a_version_or_a_copy(editor: Browser) -> None:
    other = MAP.replace("I search", "I look").encode()
    assert _import(editor, "m.yaml", other).status_code == 409
    outcomes = [
        _import(editor, "m.yaml", other, f"?existing={how}").json()["documents"][0] for how in ("version", "copy")
    ]
    assert [(each["id"], each["version"]) for each in outcomes] == [("buy-a-phone", 2), ("buy-a-phone-2", 1)]


def test_what_a_format_cannot_hold_is_told(editor: Browser) -> None:
    mermaid = b"journey\n  title I pay\n  section Pay\n    I pay: 5: Me, Bank\n"
    (told,) = _import(editor, "pay.mmd", mermaid).json()["documents"]
    assert told["id"] == "i-pay"
    exported = editor.get(f"{DRAWN}/files/csv")
    assert "buy-a-phone.csv" in exported.headers["content-disposition"]
    assert "bindings" in exported.headers["x-losses"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("map.docx", b"", "expected a file that ends in"),
        ("map.yaml", b"\xff\xfe", "expected UTF-8 text"),
        ("map.yaml", MAP.replace("role: actions", "role: acts").encode(), "map.yaml cannot be used"),
        ("map.xlsx", b"PK", "map.xlsx"),
    ],
    ids=["wrong kind", "wrong encoding", "breaks the schema", "damaged"],
)
def test_a_file_that_cannot_be_read_says_why_and_saves_nothing(
    reader: Browser, name: str, content: bytes, said: str
) -> None:
    refused = _import(reader, name, content)
    assert refused.status_code == 400
    assert said in refused.json()["message"]
    assert reader.get("/api/maps/library").json()["total"] == 1


def test_of_several_files_none_is_saved_where_one_is_broken(reader: Browser) -> None:
    files = [
        ("data", ("a.yaml", MAP.replace("buy-a-phone", "first").encode())),
        ("data", ("b.yaml", b"desireline: map/1")),
    ]
    assert reader.post("/api/maps/import", files=files).status_code == 400
    assert reader.get("/api/maps/library").json()["total"] == 1


def test_a_filled_in_table_comes_back_into_its_map(editor: Browser) -> None:
    table = editor.get(f"{DRAWN}/files/csv").content.replace(b"I compare prices", b"I ask a friend")
    assert editor.post(f"{DRAWN}/table", files={"data": ("phone.csv", table)}).json()["version"] == 2
    assert editor.get(ONE).json()["text"] == MAP.replace("I compare prices", "I ask a friend")


def test_a_table_of_an_earlier_version_leaves_what_others_saved_since(editor: Browser) -> None:
    table = editor.get(f"{DRAWN}/files/csv").content.replace(b"I compare prices", b"I ask a friend")
    tree = editor.get(ONE).json()["tree"]
    tree["phases"][0]["steps"].append({"id": "added-since", "name": "Added since"})
    assert editor.put(ONE, json={"tree": tree, "based_on": 1}).json()["version"] == 2
    assert editor.post(f"{DRAWN}/table?version=1", files={"data": ("phone.csv", table)}).json()["version"] == 3
    text = editor.get(ONE).json()["text"]
    assert "I ask a friend" in text
    assert "Added since" in text


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "pptx", "xlsx", "csv", "html", "json", "yaml", "mmd", "xml"])
def test_every_format_can_be_downloaded(reader: Browser, ending: str) -> None:
    found = reader.get(f"{DRAWN}/files/{ending}")
    assert found.status_code == 200
    assert f'filename="buy-a-phone.{ending}"' in found.headers["content-disposition"]


def test_a_drawing_is_the_same_until_something_is_saved(editor: Browser) -> None:
    first = editor.get(f"{DRAWN}/drawing?theme=dark")
    known = {"If-None-Match": first.headers["etag"]}
    assert editor.get(f"{DRAWN}/drawing?theme=dark", headers=known).status_code == 304
    editor.put("/api/maps/documents/persona/anna", json={"text": PERSONA.replace("hurry", "rush")})
    assert "in a rush" in editor.get(f"{DRAWN}/drawing?theme=dark", headers=known).text


def test_a_thumbnail_has_no_heading(reader: Browser) -> None:
    assert "Nora" in reader.get(f"{DRAWN}/drawing").text
    assert "Nora" not in reader.get(f"{DRAWN}/thumbnail").text


def test_a_text_is_checked_without_being_saved(reader: Browser) -> None:
    broken = reader.post("/api/maps/validate", json={"text": MAP.replace("role: actions", "role: acts")}).json()
    assert (broken["valid"], len(broken["problems"])) == (False, 1)
    assert reader.post("/api/maps/validate", json={"text": MAP}).json()["valid"]
    assert not reader.post("/api/maps/validate", json={"text": "]"}).json()["valid"]


def test_maps_tell_their_steps_for_finding_them(reader: Browser) -> None:
    (found,) = reader.get("/api/maps/steps").json()
    assert {"id": "search", "name": "I search"} in found["steps"]


def test_the_linter_says_what_a_map_lacks(reader: Browser) -> None:
    found = reader.get(f"{DRAWN}/lint").json()
    assert found["counts"]["warning"] == sum(each["severity"] == "warning" for each in found["findings"]) > 0


def test_a_viewer_looks_and_changes_nothing(editor: Browser, signed_in: SignedInBrowser) -> None:
    viewer = signed_in(Role.VIEWER)
    assert viewer.get(ONE).status_code == 200
    tried = [
        viewer.put(ONE, json={"text": MAP}),
        viewer.delete(ONE),
        viewer.post("/api/maps/new", json={"title": "I pay"}),
        viewer.post(f"{DRAWN}/comments", json={"text": "no"}),
        viewer.post(f"{DRAWN}/shares", json={}),
        viewer.get(f"{DRAWN}/shares"),
    ]
    assert {each.status_code for each in tried} == {403}


def _comment(opened: Browser, **said: Any) -> Any:
    return opened.post(f"{DRAWN}/comments", json=said)


def test_a_thread_stands_at_its_place_with_its_answers(editor: Browser) -> None:
    begun = _comment(editor, text="Why?", place_kind="step", place="search").json()
    _comment(editor, text="Because", reply_to=begun["comment"])
    (thread,) = editor.get(f"{DRAWN}/comments").json()["threads"]
    assert (thread["place_name"], thread["comment"]["text"]) == ("I search", "Why?")
    assert [each["text"] for each in thread["answers"]] == ["Because"]


def test_a_comment_on_a_cell_is_named_by_its_lane_and_its_step(editor: Browser) -> None:
    _comment(editor, text="Why?", place_kind="cell", place="does-search")
    (thread,) = editor.get(f"{DRAWN}/comments").json()["threads"]
    assert thread["place_name"] == "Customer actions, I search"
    (told,) = editor.get(f"{DRAWN}/comments", headers={"accept-language": "de"}).json()["threads"]
    assert told["place_name"] == "Handlungen, I search"


def test_a_comment_outlives_the_step_that_it_is_about(editor: Browser) -> None:
    _comment(editor, text="Why?", place_kind="step", place="order")
    editor.put(ONE, json={"text": MAP.replace("      - {id: order, name: I order}\n", "")})
    (thread,) = editor.get(f"{DRAWN}/comments").json()["threads"]
    assert thread["place_name"] is None


def test_a_mention_is_found_by_whom_it_names_until_the_thread_is_settled(
    editor: Browser, signed_in: SignedInBrowser
) -> None:
    viewer = signed_in(Role.VIEWER)
    ada = next(
        each["person"] for each in editor.get("/api/maps/people").json()["people"] if each["name"] == "Ada the viewer"
    )
    begun = _comment(editor, text="Look", mentions=[ada]).json()
    assert [each["text"] for each in viewer.get("/api/maps/comments/mine").json()["comments"]] == ["Look"]
    editor.post(f"/api/maps/comments/{begun['comment']}/resolve")
    assert viewer.get("/api/maps/comments/mine").json()["comments"] == []
    editor.post(f"/api/maps/comments/{begun['comment']}/reopen")
    assert editor.get("/api/maps/comments/open").json()["open"] == {"buy-a-phone": 1}


def test_others_comments_are_not_changed_and_only_admins_remove_them(
    editor: Browser, signed_in: SignedInBrowser
) -> None:
    number = _comment(editor, text="Mine").json()["comment"]
    analyst, admin = signed_in(Role.ANALYST), signed_in(Role.ADMIN)
    assert analyst.put(f"/api/maps/comments/{number}", json={"text": "Yours"}).status_code == 403
    assert analyst.delete(f"/api/maps/comments/{number}").status_code == 403
    assert editor.put(f"/api/maps/comments/{number}", json={"text": "Still mine"}).json()["edited_at"]
    assert admin.delete(f"/api/maps/comments/{number}").status_code == 204
    assert editor.get(f"{DRAWN}/comments").json()["threads"] == []


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"text": "  "}, 400),
        ({"text": "x" * 10_001}, 400),
        ({"text": "x", "place_kind": "step", "place": "nowhere"}, 404),
        ({"text": "x", "reply_to": 99}, 404),
        ({"text": "x", "mentions": [99]}, 404),
        ({"text": "x", "place_kind": "planet"}, 400),
    ],
    ids=["empty", "too long", "no such step", "no such comment", "nobody", "no such kind"],
)
def test_a_comment_that_cannot_be_written_is_refused(reader: Browser, said: dict[str, Any], status: int) -> None:
    assert _comment(reader, **said).status_code == status


def _share(editor: Browser, **said: Any) -> str:
    made = editor.post(f"{DRAWN}/shares", json=said).json()
    return str(made["address"]).replace("/shared/", "/api/shared/")


@pytest.fixture
def guest(editor: Browser) -> Browser:
    return visiting(editor.app)


def test_a_link_shows_the_map_to_people_without_an_account(editor: Browser, guest: Browser) -> None:
    address = _share(editor)
    assert guest.get(address).json() == {"needs_password": False, "expires_at": None}
    assert guest.post(f"{address}/open", json={}).json()["title"] == "I buy a phone"
    assert "I search" in guest.get(f"{address}/drawing").text
    assert guest.get(ONE).status_code == 401


def test_a_password_has_to_be_given_before_anything_is_seen(editor: Browser, guest: Browser) -> None:
    address = _share(editor, password="blue door")
    assert guest.get(address).json()["needs_password"]
    assert guest.get(f"{address}/drawing").json()["code"] == "access.share_password"
    assert guest.post(f"{address}/open", json={"password": "red door"}).status_code == 403
    ticket = guest.post(f"{address}/open", json={"password": "blue door"}).json()["ticket"]
    assert guest.get(f"{address}/drawing", headers={"X-Share-Ticket": ticket}).status_code == 200


def test_a_ticket_opens_no_other_link(editor: Browser, guest: Browser) -> None:
    one, other = (_share(editor, password="blue door") for _ in "ab")
    ticket = guest.post(f"{one}/open", json={"password": "blue door"}).json()["ticket"]
    for said in (ticket, "", "9999999999.00", "x", f"9{ticket}"):
        assert guest.get(f"{other}/drawing", headers={"X-Share-Ticket": said}).status_code == 403


def test_passwords_of_links_are_not_guessed(editor: Browser, guest: Browser) -> None:
    address = _share(editor, password="blue door")
    tried = [guest.post(f"{address}/open", json={"password": f"door {number}"}) for number in range(11)]
    assert [each.status_code for each in tried] == [403] * 10 + [429]


def test_a_link_gives_no_more_than_it_says(editor: Browser, guest: Browser) -> None:
    plain, full = _share(editor), _share(editor, downloads=True, measured=True)
    assert guest.get(f"{plain}/files/pdf").status_code == 403
    assert guest.get(f"{plain}/measured").status_code == 403
    assert guest.get(f"{full}/files/pdf").content.startswith(b"%PDF")


def test_a_link_that_was_taken_back_or_ended_leads_nowhere(
    editor: Browser, guest: Browser, workspace: Workspace
) -> None:
    taken_back, ended = _share(editor), _share(editor, expires_at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    last, first = (each["share"] for each in editor.get(f"{DRAWN}/shares").json()["shares"])
    editor.delete(f"/api/maps/shares/{first}")
    with workspace.database.writing() as connection:
        yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
        connection.execute(map_shares.update().where(map_shares.c.share == last).values(expires_at=yesterday))
    told = {guest.get(each).json()["message"] for each in (taken_back, ended, "/api/shared/unknown")}
    assert told == {"this link has ended, or is not whole"}
    assert [each["ended"] for each in editor.get(f"{DRAWN}/shares").json()["shares"]] == [True]


@pytest.mark.parametrize(
    "said",
    [{"password": "short"}, {"expires_at": "2020-01-01T00:00:00Z"}, {"expires_at": "soon"}],
    ids=["short password", "in the past", "no time"],
)
def test_a_link_that_cannot_be_is_refused(reader: Browser, said: dict[str, Any]) -> None:
    assert reader.post(f"{DRAWN}/shares", json=said).status_code == 400
    assert reader.get(f"{DRAWN}/shares").json()["shares"] == []


def test_a_link_to_a_deleted_map_says_so(editor: Browser, guest: Browser) -> None:
    address = _share(editor)
    editor.delete(ONE)
    assert "was deleted" in guest.get(address).json()["message"]
