"""``desireline maps`` list, show, validate, diff, merge, import, export, history, restore, delete as somebody types them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from desireline.app.commands import app
from desireline.base import DesirelineError, InputError, UnknownNameError
from desireline.maps import read_file

from .samples import PHONE, phone, step
from .workspaces import new_workspace


def run(*arguments: str | Path, code: int = 0) -> str:
    """The standard output of a command."""
    result = CliRunner().invoke(app, ["maps", *map(str, arguments)])
    if code == 0 and isinstance(result.exception, DesirelineError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "phone.yaml"
    path.write_text(PHONE)
    return path


@pytest.fixture
def workspace(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = new_workspace(tmp_path / "w").folder
    monkeypatch.setenv("DESIRELINE_WORKSPACE", str(folder))
    monkeypatch.setenv("DESIRELINE_AUTHOR", "Ada")
    run("import", file)
    return folder


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    path.write_text(phone(change).text)
    return path


def test_list_tells_what_a_map_is_and_who_owns_it(workspace: Path) -> None:
    (row,) = json.loads(run("list", "--json"))["documents"]
    assert row == {
        "id": "buy-a-phone",
        "title": "I buy a phone",
        "level": "journey",
        "state": "current",
        "owner": "Ada Lovelace",
        "review_date": None,
        "version": 1,
        "steps": 4,
        "bound": 1,
        "tags": [],
    }


def test_list_takes_a_kind_and_a_tag(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "anna.json").write_text('{"desireline": "persona/1", "id": "anna", "name": "Anna"}')
    run("import", tmp_path / "anna.json", changed(tmp_path / "b.yaml", lambda t: t.update(id="b", tags=["retail"])))
    assert [each["name"] for each in json.loads(run("list", "--kind", "persona", "--json"))["documents"]] == ["Anna"]
    assert [each["id"] for each in json.loads(run("list", "--tag", "retail", "--json"))["documents"]] == ["b"]
    with pytest.raises(InputError, match="expected --kind map, persona, metric, opportunity, got 'personas'"):
        run("list", "--kind", "personas")


def test_show_prints_phases_steps_and_what_lanes_say(file: Path) -> None:
    printed = run("show", file)
    assert "  I compare (compare; optional; then search or order)" in printed
    assert "      pains (until receive): The price is said late [evidence: interview]" in printed.replace(
        "Pains", "pains"
    )
    assert json.loads(run("show", file, "--json"))["id"] == "buy-a-phone"


def test_show_finds_versions_and_offers_near_names(workspace: Path, tmp_path: Path) -> None:
    run("import", changed(tmp_path / "b.yaml", lambda t: t.update(title="I get one")))
    assert run("show", "buy-a-phone").startswith("I get one\n")
    assert run("show", "buy-a-phone@1").startswith("I buy a phone\n")
    with pytest.raises(UnknownNameError, match="did you mean buy-a-phone"):
        run("show", "buy-phone")
    with pytest.raises(UnknownNameError, match="no version 3 of buy-a-phone"):
        run("show", "buy-a-phone@3")
    with pytest.raises(InputError, match="number of a version behind @"):
        run("show", "buy-a-phone@last")


def test_a_name_without_a_workspace_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESIRELINE_WORKSPACE", raising=False)
    with pytest.raises(InputError, match="there is no file buy-a-phone"):
        run("show", "buy-a-phone")


def test_validate_tells_all_problems_with_their_lines_and_keeps_unknown_fields(file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(PHONE.replace("role: pains", "role: pain").replace("goal:", "gaol:"))
    told = run("validate", file, broken, code=1)
    assert f"{file}: a valid map" in told
    line = PHONE.splitlines().index("    role: pains") + 1
    assert f"line {line}, lanes[1].role (hurts): expected" in told
    assert "note: line 5, gaol: unknown field, kept as it is, did you mean goal?" in told
    answer = json.loads(run("validate", broken, "--json", code=1))
    assert (answer["valid"], len(answer["files"][0]["problems"]), len(answer["files"][0]["notes"])) == (False, 1, 1)


def test_validate_goes_on_after_a_file_that_is_no_document(file: Path, tmp_path: Path) -> None:
    (tmp_path / "no.yaml").write_text("a: [")
    told = run("validate", tmp_path / "no.yaml", tmp_path / "none.yaml", file, code=1)
    assert "document: line 1: is no valid YAML" in told
    assert "cannot be read: there is no such file or folder (No such file" in told
    assert f"{file}: a valid map" in told


def test_diff_of_files_and_versions(workspace: Path, file: Path, tmp_path: Path) -> None:
    other = changed(tmp_path / "b.yaml", lambda t: step(t, "order").update(name="I buy"))
    told = '~ step order: "I order" is now "I buy"\n'
    assert run("diff", file, other, code=1) == told
    assert run("diff", file, file) == ""
    run("import", other)
    assert run("diff", "buy-a-phone@1", "buy-a-phone", code=1) == told
    (change,) = json.loads(run("diff", file, other, "--json", code=1))["changes"]
    assert (change["action"], change["what"], change["id"], change["before"]) == ("renamed", "step", "order", "I order")


def test_merge_writes_what_fits_and_nothing_where_it_does_not(file: Path, tmp_path: Path) -> None:
    ours = changed(tmp_path / "ours.yaml", lambda t: step(t, "order").update(name="I buy"))
    theirs = changed(tmp_path / "theirs.yaml", lambda t: step(t, "search").update(name="I search"))
    other = changed(tmp_path / "other.yaml", lambda t: step(t, "order").update(name="I get"))
    run("merge", file, ours, theirs, "-o", ours)
    assert [each["name"] for each in read_file(ours).tree["phases"][1]["steps"]] == ["I buy", "I get it"]
    assert read_file(ours).tree["phases"][0]["steps"][0]["name"] == "I search"
    told = run("merge", file, ours, other, "-o", tmp_path / "out.yaml", code=1)
    assert told == 'conflict: step order: name: ours is "I buy", theirs is "I get" (it was "I order")\n'
    assert not (tmp_path / "out.yaml").exists()
    run("merge", file, ours, other, "-o", tmp_path / "out.yaml", "--theirs")
    assert read_file(tmp_path / "out.yaml").tree["phases"][1]["steps"][0]["name"] == "I get"
    with pytest.raises(InputError, match="--ours or --theirs, got both"):
        run("merge", file, ours, other, "-o", ours, "--ours", "--theirs")


def test_import_checks_all_files_before_it_saves_one(workspace: Path, tmp_path: Path) -> None:
    good = changed(tmp_path / "good.yaml", lambda t: t.update(title="I get one"))
    (tmp_path / "bad.yaml").write_text(PHONE.replace("role: pains", "role: pain"))
    with pytest.raises(InputError, match="role"):
        run("import", good, tmp_path / "bad.yaml")
    with pytest.raises(InputError, match="are both map buy-a-phone"):
        run("import", good, good)
    assert len(json.loads(run("history", "buy-a-phone", "--json"))["versions"]) == 1


def test_import_merges_with_what_was_saved_since(workspace: Path, tmp_path: Path) -> None:
    run("import", changed(tmp_path / "b.yaml", lambda t: step(t, "search").update(name="I search")))
    other = changed(tmp_path / "c.yaml", lambda t: step(t, "order").update(name="I buy"))
    (row,) = json.loads(run("import", other, "--based-on", "1", "--json"))["documents"]
    assert row == {"kind": "map", "id": "buy-a-phone", "version": 3, "outcome": "merged"}


@pytest.mark.parametrize(
    ("ending", "hint"),
    [
        ("csv", "--into i-buy-a-phone puts the table into that map; give the file another name"),
        ("mmd", "^change the title that the file gives to add a map"),
        ("xml", "^change the title that the file gives to add a map"),
    ],
)
def test_a_file_that_holds_a_part_of_a_map_is_no_new_version_of_it(
    workspace: Path, tmp_path: Path, ending: str, hint: str
) -> None:
    run("import", changed(tmp_path / "b.yaml", lambda t: t.update(id="i-buy-a-phone")))
    file = tmp_path / f"I buy a phone.{ending}"
    run("render", tmp_path / "b.yaml", "-o", file)
    with pytest.raises(InputError, match="there is a map 'i-buy-a-phone' already") as raised:
        run("import", file)
    assert re.search(hint, raised.value.hint or "")
    assert len(json.loads(run("history", "i-buy-a-phone", "--json"))["versions"]) == 1


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_what_was_exported_and_not_changed_is_no_new_version(workspace: Path, tmp_path: Path, ending: str) -> None:
    run("render", "buy-a-phone", "-o", tmp_path / f"phone.{ending}")
    (row,) = json.loads(run("import", tmp_path / f"phone.{ending}", "--json"))["documents"]
    assert row == {"kind": "map", "id": "buy-a-phone", "version": 1, "outcome": "unchanged"}


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_the_comments_of_a_map_survive_another_format(workspace: Path, tmp_path: Path, ending: str) -> None:
    file = changed(tmp_path / "b.yaml", lambda t: step(t, "order").update(name="I buy"))
    run("render", file, "-o", tmp_path / f"b.{ending}")
    run("import", tmp_path / f"b.{ending}", "--label", "From the workshop")
    run("export", "buy-a-phone", "-o", tmp_path / "out.yaml")
    assert (tmp_path / "out.yaml").read_text() == file.read_text()


def test_a_table_is_put_into_the_map_that_is_named(workspace: Path, tmp_path: Path) -> None:
    run("render", "buy-a-phone", "-o", tmp_path / "table.csv")
    table = (tmp_path / "table.csv").read_text()
    (tmp_path / "table.csv").write_text(table.replace("I type what", "I say what"))
    (row,) = json.loads(run("import", tmp_path / "table.csv", "--into", "buy-a-phone", "--json"))["documents"]
    assert (row["id"], row["version"], row["outcome"]) == ("buy-a-phone", 2, "saved")
    run("export", "buy-a-phone", "-o", tmp_path / "out.yaml")
    assert (tmp_path / "out.yaml").read_text() == PHONE.replace("I type what", "I say what")


def test_a_table_of_an_older_version_is_merged_with_what_was_saved_since(workspace: Path, tmp_path: Path) -> None:
    run("render", "buy-a-phone", "-o", tmp_path / "table.csv")
    run("import", changed(tmp_path / "b.yaml", lambda t: t["owner"].update(name="Grace Hopper")))
    table = (tmp_path / "table.csv").read_text()
    (tmp_path / "table.csv").write_text(table.replace("I type what", "I say what"))
    arguments = (tmp_path / "table.csv", "--into", "buy-a-phone", "--based-on", "1", "--json")
    (row,) = json.loads(run("import", *arguments))["documents"]
    assert (row["version"], row["outcome"]) == (3, "merged")
    said = run("show", "buy-a-phone")
    assert "Grace Hopper" in said and "I say what" in said


def test_a_table_needs_one_map_that_is_there(workspace: Path, file: Path, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("step\nI look\n")
    with pytest.raises(UnknownNameError, match="there is no map 'buy-phone'"):
        run("import", tmp_path / "table.csv", "--into", "buy-phone")
    with pytest.raises(InputError, match="expected one file with --into, got 2"):
        run("import", tmp_path / "table.csv", file, "--into", "buy-a-phone")
    with pytest.raises(InputError, match=r"expected a table \(.csv, .xlsx\), got .yaml"):
        run("import", file, "--into", "buy-a-phone")


def test_what_is_exported_is_what_was_imported(workspace: Path, tmp_path: Path) -> None:
    run("export", "buy-a-phone", "-o", tmp_path / "out" / "phone.yaml")
    assert (tmp_path / "out" / "phone.yaml").read_text() == PHONE
    run("export", "buy-a-phone", "-o", tmp_path / "phone.json")
    assert json.loads((tmp_path / "phone.json").read_text()) == phone().tree
    run("export", "--all", tmp_path / "all")
    assert (tmp_path / "all" / "buy-a-phone.yaml").read_text() == PHONE


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["buy-a-phone"], "expected a document with -o FILE, or --all DIR"),
        (["buy-a-phone", "-o", "a.svg"], r"render buy-a-phone -o a.svg"),
    ],
    ids=["nowhere", "picture"],
)
def test_export_tells_what_it_expects(workspace: Path, arguments: list[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        run("export", *arguments)


def test_delete_and_restore(workspace: Path) -> None:
    run("delete", "buy-a-phone", "--label", "No longer sold")
    with pytest.raises(InputError, match="was deleted"):
        run("show", "buy-a-phone")
    run("restore", "buy-a-phone", "1")
    versions = json.loads(run("history", "buy-a-phone", "--json"))["versions"]
    assert [(each["version"], each["author"], each["label"], each["deleted"]) for each in versions] == [
        (3, "Ada", "Restored from version 1", False),
        (2, "Ada", "No longer sold", True),
        (1, "Ada", None, False),
    ]


def test_texts_from_documents_do_not_steer_the_terminal(tmp_path: Path) -> None:
    evil = tmp_path / "evil.yaml"
    evil.write_text(PHONE.replace("title: I buy a phone", r'title: "\e[2J gone"'))
    assert "\x1b" not in run("show", evil)
