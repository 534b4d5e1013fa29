"""Every save is a version; nothing is written over, nothing is half saved."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desireline import store
from desireline.base import InputError, UnknownNameError
from desireline.maps import Document, new_document
from desireline.maps.storing import (
    MergeConflictError,
    WorkspaceLibrary,
    author_name,
    delete,
    document_of,
    history,
    restore,
    save,
    version_of,
)
from desireline.store import Database, Workspace, open_workspace

from .random_maps import map_trees, written_by_hand
from .samples import phone, step
from .workspaces import new_workspace

NAME: Any = ("map", "buy-a-phone")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "w")


def renamed(ident: str, name: str) -> Document:
    return phone(lambda tree: step(tree, ident).update(name=name))


def test_a_save_is_a_version_with_author_label_and_time(workspace: Workspace) -> None:
    version = save(workspace, phone(), author="Ada", label="The first").version
    assert (version.number, version.author, version.label, version.text) == (1, "Ada", "The first", phone().text)
    assert version.saved_at.tzinfo is not None
    assert history(workspace, *NAME) == [version]


def test_the_same_text_is_not_saved_again(workspace: Workspace) -> None:
    first = save(workspace, phone())
    again = save(workspace, phone())
    assert (again.outcome, again.version) == ("unchanged", first.version)


def test_a_document_that_breaks_the_schema_is_not_saved_and_all_its_problems_are_told(workspace: Workspace) -> None:
    broken = Document(phone().text.replace("role: pains", "role: pain").replace("next: [search", "next: [serch"))
    with pytest.raises(InputError, match=r"(?s)serch.*role"):
        save(workspace, broken)
    assert WorkspaceLibrary(workspace).idents("map") == []


def test_what_others_saved_in_the_meantime_is_merged(workspace: Workspace) -> None:
    save(workspace, phone())
    save(workspace, renamed("search", "I search"))
    saved = save(workspace, renamed("order", "I buy"), based_on=1)
    assert (saved.outcome, saved.version.number, saved.version.based_on) == ("merged", 3, 1)
    text = str(saved.version.text)
    assert "name: I search" in text
    assert "name: I buy" in text


def test_what_both_changed_is_a_conflict_and_nothing_is_saved(workspace: Workspace) -> None:
    save(workspace, phone())
    save(workspace, renamed("search", "I search"), author="Ada")
    with pytest.raises(MergeConflictError, match="Ada has saved version 2 since version 1") as raised:
        save(workspace, renamed("search", "I ask"), based_on=1)
    assert [each.place for each in raised.value.conflicts] == ["step search: name"]
    assert len(history(workspace, *NAME)) == 2


def test_a_change_of_what_was_deleted_is_a_conflict_unless_it_is_to_come_back(workspace: Workspace) -> None:
    save(workspace, phone())
    delete(workspace, *NAME, author="Ada")
    with pytest.raises(MergeConflictError, match="was deleted by Ada with version 2"):
        save(workspace, renamed("search", "I search"), based_on=1)
    assert save(workspace, renamed("search", "I search")).version.number == 3


@pytest.mark.parametrize("based_on", [0, 2], ids=str)
def test_a_version_that_there_is_not_is_told(workspace: Workspace, based_on: int) -> None:
    save(workspace, phone())
    with pytest.raises(UnknownNameError, match=f"no version {based_on} of buy-a-phone"):
        save(workspace, renamed("search", "I search"), based_on=based_on)


def test_a_deleted_document_is_gone_and_comes_back(workspace: Workspace) -> None:
    save(workspace, phone())
    delete(workspace, *NAME)
    assert WorkspaceLibrary(workspace).find(*NAME) is None
    with pytest.raises(UnknownNameError):
        delete(workspace, *NAME)
    assert restore(workspace, *NAME, 1).version.text == phone().text
    assert [each.deleted for each in history(workspace, *NAME)] == [False, True, False]
    with pytest.raises(InputError, match="version 2 of buy-a-phone is its deletion"):
        restore(workspace, *NAME, 2)


@given(st.lists(st.tuples(map_trees(), st.integers(0, 99)), min_size=1, max_size=4))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_version_comes_back_as_it_was(workspace: Workspace, made: list[tuple[dict[str, Any], int]]) -> None:
    texts = [written_by_hand(tree, seed) for tree, seed in made]
    numbers = [save(workspace, Document(text)).version.number for text in texts]
    for text, number in zip(texts, numbers, strict=True):
        assert version_of(workspace, "map", "a-map", number).text == text
        back = restore(workspace, "map", "a-map", number).version
        assert back.text == text
        found = document_of(workspace, back)
        assert found is not None
        assert found.tree == Document(text).tree


def test_the_library_knows_documents_of_all_kinds(workspace: Workspace) -> None:
    save(workspace, phone())
    save(workspace, new_document({"desireline": "persona/1", "id": "anna", "name": "Anna"}))
    library = WorkspaceLibrary(workspace)
    assert (library.idents("map"), library.idents("persona"), library.idents("metric")) == (
        ["buy-a-phone"],
        ["anna"],
        [],
    )
    anna = library.find("persona", "anna")
    assert anna is not None
    assert anna.tree["name"] == "Anna"


def test_a_document_from_the_workspace_can_be_changed_like_any_other(workspace: Workspace) -> None:
    save(workspace, phone())
    found = WorkspaceLibrary(workspace).find(*NAME)
    assert found is not None
    assert found.changed(lambda tree: step(tree, "search").update(name="I search")) == Document(
        renamed("search", "I search").text, "buy-a-phone"
    )
    assert found.line(("title",)) == 4


def test_many_that_save_at_once_lose_nothing(workspace: Workspace) -> None:
    save(workspace, phone())

    def tag(number: int) -> None:
        save(Workspace(workspace.folder), phone(lambda tree: tree.update(tags=[f"tag{number}"])), based_on=1)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(tag, range(8)))
    last = document_of(workspace, history(workspace, *NAME)[-1])
    assert last is not None
    assert sorted(last.tree["tags"]) == [f"tag{number}" for number in range(8)]


SAVING = """
import sys
from pathlib import Path
from desireline.maps import Document
from desireline.maps.storing import save
from desireline.store import open_workspace
workspace, text = open_workspace(Path(sys.argv[1])), Path(sys.argv[2]).read_text()
for number in range(int(sys.argv[3]), 10_000):
    save(workspace, Document(text.replace("I look", f"I look {number}")))
    print(number, flush=True)
"""


def test_killed_while_saving_every_version_is_whole(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w", maps="maps")
    (tmp_path / "phone.yaml").write_text(phone().text)
    for start in (0, 1000):
        words = [sys.executable, "-c", SAVING, str(workspace.folder), str(tmp_path / "phone.yaml"), str(start)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(4)]
            process.kill()
        texts = [each.text for each in history(open_workspace(workspace.folder), *NAME)]
        assert all(Document(str(text)).tree["id"] == "buy-a-phone" for text in texts)
        assert f"I look {said[-1].strip()} for" in "".join(map(str, texts))
        assert (workspace.folder / "maps" / "buy-a-phone.yaml").read_text() == texts[-1]


def test_a_workspace_from_before_there_were_documents_is_brought_up_to_date(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    workspace.database.path.unlink()
    with Database(workspace.database.path).writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(sa.text("INSERT INTO cuts VALUES (1, 2, '2026-01-01')"))
    opened = open_workspace(workspace.folder)
    assert save(opened, phone()).version.number == 1
    with opened.database.reading() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM cuts")).scalar() == 1


@pytest.mark.parametrize(
    ("given_name", "expected"), [("  Ada  L. ", "Ada L."), ("x" * 300, "x" * 200)], ids=["blanks", "long"]
)
def test_an_author_is_a_name_on_one_line(given_name: str, expected: str) -> None:
    assert author_name(given_name) == expected


def test_without_a_name_the_author_is_the_user_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "grace")
    assert author_name(None) == author_name(" ") == "grace"
