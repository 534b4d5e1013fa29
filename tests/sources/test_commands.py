"""The commands as users run them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from desireline.app.commands import main
from desireline.store import Workspace

from .desk import MAPPING, counted, put, table

FOUR = ("read", "stored", "duplicates", "quarantined")


@dataclass(frozen=True)
class Said:
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Desk:
    """Somebody who works in a folder with a workspace in it."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def run(self, *arguments: str | Path, code: int = 0) -> Said:
        self.patch.setattr(sys, "argv", ["desireline", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = Said(*self.capture.readouterr())
        assert ended.value.code == code, said.stderr
        return said


@pytest.fixture
def desk(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DESIRELINE_WORKSPACE", str(workspace.folder))
    return Desk(tmp_path, capsys, monkeypatch)


def test_the_command_is_there_and_says_an_error_without_a_stack_trace(workspace: Workspace, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desireline", "import", "none.csv", "-w", workspace.folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "error: there is no file none.csv\n")


def test_import_prints_what_became_of_each_file_and_of_all(desk: Desk, tmp_path: Path) -> None:
    first = put(tmp_path, "one.csv", table("A,2026-01-01,u", "A,soon,u", "B"))
    second = put(tmp_path, "two words.csv", table("A,2026-01-01,u", "A,2026-01-02,null"))
    done = desk.run("import", first, second, "--mapping", put(tmp_path, "m.yaml", MAPPING), "--json")
    document = json.loads(done.stdout)
    assert [document[key] for key in FOUR] == [5, 1, 1, 3]
    assert [[each[key] for key in FOUR] for each in document["files"]] == [[3, 1, 0, 2], [2, 0, 1, 1]]
    assert [Path(each["file"]).name for each in document["files"]] == ["one.csv", "two words.csv"]
    assert document["files"][0]["reasons"] == {"unreadable_row": 1, "unreadable_time": 1}


def test_a_source_that_was_imported_is_known_by_its_name(desk: Desk, tmp_path: Path) -> None:
    desk.run("import", put(tmp_path, "a.csv", table("A,2026-01-01,u")), "-m", put(tmp_path, "m.yaml", MAPPING))
    done = desk.run("import", put(tmp_path, "b.csv", table("A,2026-01-02,u")), "--source", "shop", "--json")
    assert json.loads(done.stdout)["stored"] == 1
    assert desk.run("sources", "show", "shop").stdout == MAPPING
    listed = json.loads(desk.run("sources", "list", "--json").stdout)["sources"]
    assert [(each["source"], each["files"], each["stored"]) for each in listed] == [("shop", 2, 2)]


def test_the_list_says_how_many_were_replaced_by_newer_versions(desk: Desk, tmp_path: Path) -> None:
    mapping = put(tmp_path, "m.yaml", MAPPING + "id: {column: user}\nversion: {column: time}\n")
    for day in (1, 2):
        desk.run("import", put(tmp_path, f"{day}.csv", table(f"A,2026-01-0{day},u")), "-m", mapping)
    (listed,) = json.loads(desk.run("sources", "list", "--json").stdout)["sources"]
    assert (listed["stored"], listed["replaced"]) == (2, 1)
    assert desk.run("sources", "list").stdout.split()[-8:] == ["shop", "2", "2", "2", "0", "0", "1", "0"]


def test_a_file_is_imported_without_a_mapping(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path, "clicks.csv", "user_id,event,time\nu,Seen,2026-01-01\nv,Seen,2026-01-02\n")
    done = desk.run("import", path)
    assert done.stdout.split()[-5:] == ["clicks", "2", "2", "0", "0"]
    assert "desireline sources show clicks" in done.stderr


def test_the_guess_can_be_kept_and_used(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path, "clicks.csv", "user_id,event,time\nu,Seen,2026-01-01\nv,Seen,2026-01-02\n")
    guess = desk.run("sources", "guess", path, "--source", "web").stdout
    done = desk.run("import", path, "-m", put(tmp_path, "m.yaml", guess), "--json")
    assert json.loads(done.stdout)["files"][0]["source"] == "web"


def test_rows_are_listed_taken_out_mended_and_fed_back(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", table("A,2026-01-01,u", "A,soon,u", "B,later,v"))
    desk.run("import", path, "-m", put(tmp_path, "m.yaml", MAPPING))
    listed = json.loads(desk.run("sources", "quarantine", "list", "--top", "1", "--json").stdout)
    assert (listed["waiting"], [each["row"] for each in listed["rows"]]) == (2, [2])
    assert listed["rows"][0]["record"] == {"event": "A", "time": "soon", "user": "u"}
    exported = tmp_path / "rows.csv"
    desk.run("sources", "quarantine", "export", "shop", "-o", exported)
    exported.write_text(exported.read_text().replace(",soon,", ",2026-01-02,"))
    done = desk.run("sources", "quarantine", "replay", "shop", exported, "--json")
    assert [json.loads(done.stdout)[key] for key in FOUR] == [2, 1, 0, 1]
    assert json.loads(desk.run("sources", "quarantine", "list", "--json").stdout)["waiting"] == 1


WAITING = table("A,2026-01-01,u", "A,soon,u", "B,later,v", "C,2026-01-02,")
BY_REASON = ("-r", "unreadable_time")


@pytest.fixture
def three_wait(desk: Desk, tmp_path: Path) -> Desk:
    desk.run("import", put(tmp_path, "a.csv", WAITING), "-m", put(tmp_path, "m.yaml", MAPPING))
    return desk


def why_rows_wait(desk: Desk) -> list[str]:
    rows = json.loads(desk.run("sources", "quarantine", "list", "--json").stdout)["rows"]
    return sorted(row["reason"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "counts", "left"),
    [
        (["mend", *BY_REASON, "--column", "time", "--value", "2026-01-03"], [2, 2, 0, 0], ["no_identifier"]),
        (
            ["mend", *BY_REASON, "--column", "time", "--value", "2026-01-03", "--of", "soon"],
            [1, 1, 0, 0],
            ["no_identifier", "unreadable_time"],
        ),
        (["replay", "-r", "no_identifier"], [1, 0, 0, 1], ["no_identifier", "unreadable_time", "unreadable_time"]),
    ],
    ids=["a column of a reason", "one value of it", "as they are"],
)
def test_rows_of_a_reason_are_fed_back_at_once_after_a_preview_that_stores_nothing(
    three_wait: Desk, arguments: list[str], counts: list[int], left: list[str]
) -> None:
    verb, *options = arguments
    command = ["sources", "quarantine", verb, "shop", *options, "--json"]
    previewed = three_wait.run(*command, "--preview")
    assert [json.loads(previewed.stdout)[key] for key in FOUR] == counts
    assert len(why_rows_wait(three_wait)) == 3
    done = three_wait.run(*command)
    assert [json.loads(done.stdout)[key] for key in FOUR] == counts
    assert why_rows_wait(three_wait) == left


def test_rows_of_a_reason_are_listed_and_given_up(three_wait: Desk) -> None:
    listed = json.loads(three_wait.run("sources", "quarantine", "list", *BY_REASON, "--json").stdout)
    assert (listed["waiting"], [each["row"] for each in listed["rows"]]) == (2, [2, 3])
    done = three_wait.run("sources", "quarantine", "give-up", "shop", *BY_REASON)
    assert "2 rows were given up" in done.stderr
    assert why_rows_wait(three_wait) == ["no_identifier"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["give-up", "shop", "-r", "unreadable"], "no row of source 'shop' waits for 'unreadable'"),
        (["mend", "shopp", "--column", "time", "--value", ""], "the workspace has no source 'shopp'"),
        (["mend", "shop", "--column", "tim", "--value", ""], "no row that waits has a column 'tim'"),
        (["replay", "shop", "rows.csv", "--preview"], "expected --reason and --preview without a mended file"),
    ],
    ids=["an unknown reason", "an unknown source", "an unknown column", "a preview of a file"],
)
def test_what_cannot_be_mended_at_once_says_why(three_wait: Desk, arguments: list[str], message: str) -> None:
    done = three_wait.run("sources", "quarantine", *arguments, code=1)
    assert done.stderr.startswith(f"error: {message}")
    assert len(why_rows_wait(three_wait)) == 3


def test_a_source_of_which_nothing_waits_has_nothing_to_give_up(three_wait: Desk) -> None:
    three_wait.run("sources", "quarantine", "give-up", "shop")
    done = three_wait.run("sources", "quarantine", "give-up", "shop", code=1)
    assert done.stderr == "error: no row of source 'shop' is in quarantine\n"


ERRORS = {
    "no file": (["import", "none.csv", "-m", "m.yaml"], "error: there is no file none.csv"),
    "a folder": (["import", ".", "-m", "m.yaml"], "error: . is a folder, expected a file"),
    "an unknown format": (["import", "good.csv", "--format", "xy"], "error: there is no named format 'xy'"),
    "a format's name as a source": (["import", "good.csv", "-s", "matomo"], "error: the workspace has no source 'matomo'\nhint: matomo is a named format"),
    "no mapping": (["import", "good.csv", "-m", "none.yaml"], "error: there is no mapping file none.yaml"),
    "a mapping that is none": (["import", "good.csv", "-m", "good.csv"], "error: the mapping good.csv"),
    "an unknown source": (["import", "good.csv", "-s", "shopp"], "error: the workspace has no source 'shopp'"),
    "a mapping and a source": (["import", "good.csv", "-m", "m.yaml", "-s", "shop"], "error: expected a mapping or a source"),
    "other columns": (["import", "other.csv", "-m", "m.yaml"], "error: other.csv has no column 'event', 'time', 'user'"),
    "the second file is bad": (["import", "good.csv", "other.csv", "-m", "m.yaml"], "error: other.csv has no column"),
    "no times to guess": (["import", "other.csv"], "error: other.csv: no column reads as a time"),
    "a source that nobody knows": (["sources", "show", "x"], "error: the workspace has no source 'x'"),
    "nothing to export": (["sources", "quarantine", "export", "x", "-o", "y.csv"], "error: no row of source 'x'"),
}  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_one_message_and_changes_nothing(
    desk: Desk, workspace: Workspace, tmp_path: Path, error: str
) -> None:
    put(tmp_path, "good.csv", table("A,2026-01-01,u"))
    put(tmp_path, "other.csv", "a,b\n1,2\n")
    put(tmp_path, "empty.csv", "")
    put(tmp_path, "m.yaml", MAPPING)
    arguments, message = ERRORS[error]
    before = counted(workspace.folder)
    done = desk.run(*arguments, code=1)
    assert done.stdout == ""
    assert done.stderr.startswith(message)
    assert counted(workspace.folder) == before


def test_the_quality_of_sources_is_shown_in_a_line_each(desk: Desk, tmp_path: Path) -> None:
    desk.run(
        "import",
        put(tmp_path, "one.csv", table("A,2026-01-01,u", "A,2026-01-01,u", "B")),
        "-m",
        put(tmp_path, "m.yaml", MAPPING),
    )
    said = desk.run("sources", "quality", "--at", "2026-01-02")
    header, _, line = said.stdout.splitlines()
    assert header.split()[:4] == ["source", "interactions", "duplicates", "quarantined"]
    assert line.split()[1:5] == ["1", "33.3%", "33.3%", "1"]


def test_the_quality_of_named_sources_is_shown_in_full(desk: Desk, tmp_path: Path) -> None:
    desk.run("import", put(tmp_path, "one.csv", table("A,2026-01-01,u", "B")), "-m", put(tmp_path, "m.yaml", MAPPING))
    (name,) = [each["source"] for each in json.loads(desk.run("sources", "list", "--json").stdout)["sources"]]
    said = desk.run("sources", "quality", name, "--at", "2026-01-02T12:00+01:00")
    lines = [line.split(maxsplit=1) for line in said.stdout.splitlines()]
    assert ["read", "2 records"] in lines
    assert ["last", "2026-01-01 00:00 UTC, 1 d 11 h ago"] in lines
    document = json.loads(desk.run("sources", "quality", name, "--json").stdout)
    assert [each["source"] for each in document["sources"]] == [name]
    assert document["email_hints"] == []


def test_a_moment_that_is_none_is_an_error(desk: Desk) -> None:
    said = desk.run("sources", "quality", "--at", "yesterday", code=1)
    assert said.stderr == (
        "error: --at: expected a time in ISO 8601, got 'yesterday'\nhint: for example 2026-03-14T15:09\n"
    )
