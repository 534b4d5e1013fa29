"""What is read again and again: what is due, what is new, and what becomes of the others when one fails."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from desireline.app.commands import main
from desireline.base import InputError, UnknownNameError
from desireline.sources.schedules import add_schedule, list_schedules, pull, remove_schedule
from desireline.store import Workspace

from .desk import MAPPING, put, stored, table
from .origins.shop import order, sqlite_orders, text_at

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def add(workspace: Workspace, name: str, origin: str, **options: object) -> None:
    add_schedule(workspace, name, origin, every=HOUR, added_at=NOW, **options)  # type: ignore[arg-type]


def shop(workspace: Workspace, folder: Path) -> str:
    address = sqlite_orders(folder / "shop.db", order(1, text_at(0)), order(2, text_at(1)))
    add(workspace, "shop", address, table="orders", mark="placed_at")
    return address


def test_a_schedule_is_due_at_once_and_then_after_its_time(workspace: Workspace, tmp_path: Path) -> None:
    shop(workspace, tmp_path)
    assert [run.result.counts.stored for run in pull(workspace, at=NOW)] == [2]
    assert pull(workspace, at=NOW + HOUR / 2) == []
    assert pull(workspace, ["shop"], at=NOW + HOUR / 2) == []
    assert [run.name for run in pull(workspace, at=NOW + HOUR)] == ["shop"]
    (listed,) = list_schedules(workspace)
    assert (listed.ran_at, listed.due_at) == (NOW + HOUR, NOW + 2 * HOUR)


def test_a_run_takes_what_is_new_for_the_source_of_its_name(workspace: Workspace, tmp_path: Path) -> None:
    shop(workspace, tmp_path)
    pull(workspace, at=NOW)
    sqlite_orders(tmp_path / "shop.db", order(3, text_at(2)))
    (run,) = pull(workspace, ["shop"], at=NOW, whether_due_or_not=True)
    assert (run.result.counts.read, run.result.counts.stored) == (2, 1)
    assert set(stored(workspace, "source")) == {"shop"}


def test_one_that_fails_does_not_stop_the_others(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "broken", "sqlite:////nowhere/shop.db", table="orders")
    shop(workspace, tmp_path)
    broken, fine = pull(workspace, at=NOW)
    assert (broken.error, fine.error) == ("there is no SQLite file /nowhere/shop.db", None)
    listed = {each.name: each for each in list_schedules(workspace)}
    assert (listed["broken"].error, listed["broken"].outcome, listed["broken"].ran_at) == (broken.error, None, NOW)
    assert listed["shop"].outcome == fine.result.counts


@pytest.mark.parametrize(("every", "again"), [(24 * 60, 15), (15, 15), (5, 5)])
def test_one_that_failed_is_due_again_soon(workspace: Workspace, tmp_path: Path, every: int, again: int) -> None:
    minute = dt.timedelta(minutes=1)
    add_schedule(workspace, "shop", f"sqlite:///{tmp_path}/shop.db", table="orders", every=every * minute, added_at=NOW)
    assert pull(workspace, at=NOW)[0].error is not None
    assert pull(workspace, at=NOW + again * minute - minute) == []
    sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)))
    (run,) = pull(workspace, at=NOW + again * minute)
    (listed,) = list_schedules(workspace)
    assert (run.error, listed.due_at) == (None, NOW + (again + every) * minute)


def test_an_error_is_forgotten_when_it_went_well(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "shop", f"sqlite:///{tmp_path}/shop.db", table="orders")
    pull(workspace, at=NOW)
    sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)))
    pull(workspace, at=NOW + HOUR)
    (listed,) = list_schedules(workspace)
    assert (listed.error, listed.outcome is not None and listed.outcome.stored) == (None, 1)


def exports(workspace: Workspace, folder: Path) -> Path:
    add(workspace, "visits", f"{folder}/exports/*.csv", mapping=put(folder, "shop.yaml", MAPPING))
    return put(folder, "exports/one.csv", table("Seen,2026-01-01,u")).parent


def test_of_a_pattern_only_new_and_changed_files_are_read(workspace: Workspace, tmp_path: Path) -> None:
    folder = exports(workspace, tmp_path)
    first = pull(workspace, at=NOW)
    put(folder, "two.csv", table("Seen,2026-01-02,u"))
    second = pull(workspace, at=NOW + HOUR)
    put(folder, "one.csv", table("Seen,2026-01-01,u", "Seen,2026-01-03,u"))
    third = pull(workspace, at=NOW + 2 * HOUR)
    os.utime(folder / "two.csv", ns=(1, 1))
    fourth = pull(workspace, at=NOW + 3 * HOUR)
    last = pull(workspace, at=NOW + 4 * HOUR)
    names = [[Path(each.file).name for each in run.result.files] for run in (*first, *second, *third, *fourth, *last)]
    assert names == [["one.csv"], ["two.csv"], ["one.csv"], ["two.csv"], []]
    assert len(stored(workspace, "touchpoint")) == 3


def test_a_file_that_cannot_be_read_is_tried_again_and_the_others_are_read_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = exports(workspace, tmp_path)
    put(folder, "bad.csv", "\0\0\0")
    (run,) = pull(workspace, at=NOW)
    assert run.result.counts.stored == 1 and run.error is not None and "bad.csv" in run.error
    put(folder, "bad.csv", table("Seen,2026-01-02,u"))
    (run,) = pull(workspace, at=NOW + HOUR)
    assert ([Path(each.file).name for each in run.result.files], run.error) == (["bad.csv"], None)


@pytest.mark.parametrize("content", ["", "[]", '{"conversations": [], "totalHits": 0}'])
def test_a_file_with_nothing_in_it_is_no_error(workspace: Workspace, tmp_path: Path, content: str) -> None:
    put(exports(workspace, tmp_path), "empty.csv", content)
    (run,) = pull(workspace, at=NOW)
    assert (run.result.counts.stored, run.error) == (1, None)


def test_a_changed_mapping_file_counts_from_the_next_run(workspace: Workspace, tmp_path: Path) -> None:
    folder = exports(workspace, tmp_path)
    pull(workspace, at=NOW)
    put(tmp_path, "shop.yaml", MAPPING.replace("{column: event}", "Visited"))
    put(folder, "two.csv", table("Seen,2026-01-02,u"))
    pull(workspace, at=NOW + HOUR)
    assert stored(workspace, "touchpoint") == ["Seen", "Visited"]


def test_a_password_comes_from_the_environment_at_every_run(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_orders(tmp_path / "secret-folder.db", order(1, text_at(0)))
    add(workspace, "shop", "${SHOP}", table="orders")
    monkeypatch.delenv("SHOP", raising=False)
    assert "SHOP is not set" in str(pull(workspace, at=NOW)[0].error)
    monkeypatch.setenv("SHOP", f"sqlite:///{tmp_path}/secret-folder.db")
    assert pull(workspace, at=NOW + HOUR)[0].result.counts.stored == 1
    written = b"".join(path.read_bytes() for path in workspace.folder.rglob("operational.db*"))
    assert b"secret-folder" not in written


def test_removing_forgets_the_schedule_and_keeps_what_came(workspace: Workspace, tmp_path: Path) -> None:
    exports(workspace, tmp_path)
    pull(workspace, at=NOW)
    remove_schedule(workspace, "visits")
    assert list_schedules(workspace) == []
    assert len(stored(workspace, "touchpoint")) == 1


REFUSED = {
    "a password": ("shop", "postgresql://ann:secret@host/shop", {"table": "orders"}, "without a password"),
    "a name that is none": ("My shop", "delta:orders", {}, "expected a name of small letters"),
    "a mark of files": ("shop", "exports/*.csv", {"mark": "at"}, "for a database or a lake"),
    "table and query": ("shop", "${SHOP}", {"table": "a", "query": "SELECT 1"}, "got both"),
    "an overlap without a mark": ("shop", "${SHOP}", {"overlap": HOUR}, "expected --mark"),
    "no mapping file": ("shop", "delta:orders", {"mapping": Path("none.yaml")}, "no mapping file"),
    "a name that is taken": ("taken", "delta:orders", {}, "there is a schedule 'taken' already"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_run_is_refused(workspace: Workspace, case: str) -> None:
    add(workspace, "taken", "delta:orders")
    name, origin, options, message = REFUSED[case]
    with pytest.raises(InputError, match=message) as raised:
        add(workspace, name, origin, **options)
    assert "secret" not in str(raised.value)
    assert [each.name for each in list_schedules(workspace)] == ["taken"]


def test_a_schedule_that_nobody_knows_is_said_before_anything_runs(workspace: Workspace, tmp_path: Path) -> None:
    shop(workspace, tmp_path)
    with pytest.raises(UnknownNameError, match="no schedule 'shopp'"):
        pull(workspace, ["shop", "shopp"], at=NOW)
    assert list_schedules(workspace)[0].ran_at is None


@dataclass(frozen=True)
class Said:
    stdout: str
    stderr: str


def run(capture: pytest.CaptureFixture[str], *words: str | Path, code: int = 0) -> Said:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["desireline", *map(str, words)])
        main()
    said = Said(*capture.readouterr())
    assert (ended.value.code or 0) == code, said.stderr
    return said


def test_the_commands_say_what_is_due_and_what_failed(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)))
    where = ("-w", workspace.folder)
    run(capsys, "sources", "schedule", "add", "shop", address, "--table", "orders", "--every", "1h", *where)
    run(capsys, "sources", "schedule", "add", "old", f"{tmp_path}/none/*.csv", "--every", "1d", *where)
    pulled = run(capsys, "sources", "pull", "--json", *where, code=1)
    runs = json.loads(pulled.stdout)["runs"]
    assert [(each["name"], each["stored"], each["error"] is None) for each in runs] == [
        ("old", 0, False),
        ("shop", 1, True),
    ]
    assert pulled.stderr == f"error: old: there is no file or folder {tmp_path}/none\n"
    listed = json.loads(run(capsys, "sources", "schedule", "list", "--json", *where).stdout)["schedules"]
    assert [(each["name"], each["every_seconds"], each["outcome"]) for each in listed][1][2]["stored"] == 1
    assert "failed" in run(capsys, "sources", "schedule", "list", *where).stdout
    run(capsys, "sources", "schedule", "remove", "old", *where)
    assert run(capsys, "sources", "pull", *where).stderr == "nothing is due\n"
    assert run(capsys, "sources", "pull", "shop", "--now", *where).stdout.split()[-5:] == ["shop", "1", "0", "1", "0"]
