"""The same documents in a folder: what either side changed reaches the other, and neither is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.base import InputError, SettingsError
from desireline.maps import Document, new_document, tables
from desireline.maps.folder import folder_setting
from desireline.maps.storing import WorkspaceLibrary, delete, history, save, take_in
from desireline.store import Workspace

from .samples import phone, step
from .workspaces import new_workspace

NAME = ("map", "buy-a-phone")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "w", maps="maps")


@pytest.fixture
def file(workspace: Workspace) -> Path:
    save(workspace, phone())
    return workspace.folder / "maps" / "buy-a-phone.yaml"


def renamed(ident: str, name: str) -> Document:
    return phone(lambda tree: step(tree, ident).update(name=name))


def texts(workspace: Workspace) -> list[str | None]:
    return [each.text for each in history(workspace, "map", "buy-a-phone")]


def save_behind(workspace: Workspace, document: Document) -> None:
    """As if the process had been killed before it wrote the file."""
    with workspace.database.writing() as connection:
        tables.add_version(
            connection, "map", "buy-a-phone", text=document.text, author="Ada", label=None, based_on=None
        )


def test_what_is_saved_lies_in_the_folder_too(workspace: Workspace, file: Path) -> None:
    assert file.read_text() == phone().text
    save(workspace, new_document({"desireline": "persona/1", "id": "anna", "name": "Anna"}, syntax="json"))
    assert sorted(path.name for path in file.parent.iterdir()) == ["anna.persona.json", "buy-a-phone.yaml"]


def test_what_is_changed_by_hand_is_a_version(workspace: Workspace, file: Path) -> None:
    file.write_text(renamed("search", "I search").text)
    (version,) = take_in(workspace).versions
    assert (version.number, version.author, version.text) == (2, "folder", renamed("search", "I search").text)
    assert take_in(workspace).versions == ()


def test_a_new_file_is_a_new_document_under_whatever_name(workspace: Workspace) -> None:
    (workspace.folder / "maps").mkdir()
    (workspace.folder / "maps" / "My map.yml").write_text(phone().text)
    assert WorkspaceLibrary(workspace).idents("map") == ["buy-a-phone"]
    save(workspace, renamed("search", "I search"))
    assert (workspace.folder / "maps" / "My map.yml").read_text() == renamed("search", "I search").text


def test_a_file_that_was_taken_away_is_a_deletion_and_comes_back(workspace: Workspace, file: Path) -> None:
    file.unlink()
    assert WorkspaceLibrary(workspace).idents("map") == []
    save(workspace, phone())
    assert file.read_text() == phone().text
    delete(workspace, "map", "buy-a-phone")
    assert not file.exists()


def test_a_folder_that_is_gone_is_written_anew(workspace: Workspace, file: Path) -> None:
    file.unlink()
    file.parent.rmdir()
    assert WorkspaceLibrary(workspace).idents("map") == ["buy-a-phone"]
    assert file.read_text() == phone().text


def test_another_folder_takes_over_what_is_saved(workspace: Workspace, file: Path, tmp_path: Path) -> None:
    settings = workspace.folder / "desireline.toml"
    settings.write_text(settings.read_text().replace('"maps"', f'"{tmp_path / "elsewhere"}"'))
    assert WorkspaceLibrary(Workspace(workspace.folder)).idents("map") == ["buy-a-phone"]
    assert (tmp_path / "elsewhere" / "buy-a-phone.yaml").read_text() == file.read_text() == phone().text


def test_what_was_not_written_yet_is_written(workspace: Workspace, file: Path) -> None:
    save_behind(workspace, renamed("search", "I search"))
    assert take_in(workspace).versions == ()
    assert file.read_text() == renamed("search", "I search").text


def test_a_file_written_by_a_process_that_died_after_it_is_no_change(workspace: Workspace, file: Path) -> None:
    save_behind(workspace, renamed("search", "I search"))
    file.write_text(renamed("search", "I search").text)
    assert take_in(workspace).versions == ()
    file.write_text(renamed("search", "I ask").text)
    assert [each.based_on for each in take_in(workspace).versions] == [2]


def test_what_was_changed_on_both_sides_is_merged(workspace: Workspace, file: Path) -> None:
    save_behind(workspace, renamed("search", "I search"))
    file.write_text(renamed("order", "I buy").text)
    (version,) = take_in(workspace).versions
    assert version.based_on == 1
    assert version.text == file.read_text()
    assert "name: I search" in file.read_text()
    assert "name: I buy" in file.read_text()


def test_a_conflict_is_told_and_both_sides_stay_until_somebody_decides(workspace: Workspace, file: Path) -> None:
    save_behind(workspace, renamed("search", "I search"))
    mine = renamed("search", "I ask")
    file.write_text(mine.text)
    (problem,) = take_in(workspace).problems
    assert 'ours is "I search", theirs is "I ask"' in problem.message
    assert "--based-on 2" in problem.message
    assert (file.read_text(), texts(workspace)[-1]) == (mine.text, renamed("search", "I search").text)
    with pytest.raises(InputError, match="has to be mended first"):
        save(workspace, renamed("order", "I buy"))
    save(workspace, mine, based_on=2)
    assert take_in(workspace).problems == ()
    assert texts(workspace)[-1] == file.read_text() == mine.text


def test_a_change_by_hand_outlives_a_deletion(workspace: Workspace, file: Path) -> None:
    with workspace.database.writing() as connection:
        tables.add_version(connection, "map", "buy-a-phone", text=None, author="Ada", label=None, based_on=1)
    file.write_text(renamed("search", "I search").text)
    assert WorkspaceLibrary(workspace).idents("map") == ["buy-a-phone"]


BROKEN = {
    "no YAML": ("a: [", "is no valid YAML"),
    "against the schema": (phone().text.replace("role: pains", "role: pain"), "did you mean pains?"),
    "no document": ("a: 1\n", "expected desireline: map/1"),
    "no text": ("\udcff", "expected UTF-8 text"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_used_is_told_and_left(workspace: Workspace, file: Path, text: str, told: str) -> None:
    file.write_bytes(text.encode(errors="surrogateescape"))
    library = WorkspaceLibrary(workspace)
    assert [told in each.message for each in library.taken.problems] == [True]
    assert library.find("map", "buy-a-phone") == Document(phone().text, "buy-a-phone")
    with pytest.raises(InputError, match="has to be mended first"):
        save(workspace, renamed("search", "I search"))
    assert file.read_bytes() == text.encode(errors="surrogateescape")


def test_two_files_with_one_document_are_told(workspace: Workspace, file: Path) -> None:
    (file.parent / "a.yaml").write_text(renamed("search", "I search").text)
    (problem,) = take_in(workspace).problems
    assert problem.where.endswith("a.yaml")
    assert "and so does buy-a-phone.yaml" in problem.message
    assert texts(workspace) == [phone().text]


def test_a_file_of_something_else_is_never_written_over(workspace: Workspace) -> None:
    (workspace.folder / "maps").mkdir()
    file = workspace.folder / "maps" / "buy-a-phone.yaml"
    other = phone().text.replace("id: buy-a-phone", "id: another")
    file.write_text(other)
    save(workspace, phone())
    assert file.read_text() == other
    assert ["is in the way of map buy-a-phone" in each.message for each in take_in(workspace).problems] == [True]


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({"foldr": "x"}, "unknown foldr"),
        ({"folder": 3}, "got 3"),
        ({"folder": "log/x"}, "a folder of its own"),
        ({"folder": "."}, "a folder of its own"),
    ],
    ids=["unknown key", "no text", "taken", "the workspace itself"],
)
def test_a_setting_that_cannot_be_is_told(section: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        folder_setting(section)
