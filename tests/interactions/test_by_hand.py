"""What is logged by hand: the checks that typing needs, and taking it back."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import desireline
from desireline.base import InputError, UnknownNameError
from desireline.identity import show_customer
from desireline.interactions import count_log, tables
from desireline.interactions.by_hand import Logged, log_by_hand, withdraw
from desireline.interactions.log import query_log
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace

NOW = datetime(2026, 3, 14, 15, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


def interaction(touchpoint: str = "Asked", *, at: datetime = NOW, **identifiers: str) -> NewInteraction:
    fields = {"channel": "store", "touchpoint": touchpoint, "occurred_at": at}
    return NewInteraction(fields, identifiers or {"user": "ann"})


def log(workspace: Workspace, touchpoint: str = "Asked", *, new_type: bool = False, **identifiers: str) -> Logged:
    return log_by_hand(workspace, interaction(touchpoint, at=NOW, **identifiers), now=NOW, new_type=new_type)


def left(workspace: Workspace) -> list[tuple[str, str]]:
    return query_log(workspace, "SELECT source, touchpoint FROM {log} ORDER BY arrival")


def observed(workspace: Workspace) -> int:
    with workspace.database.reading() as connection:
        return int(tables.evidence_columns(connection).observations.sum())


def test_a_type_that_nobody_knows_is_refused_with_close_ones(workspace: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="no identifier is of the type 'emial' yet") as refused:
        log(workspace, emial="ann@example.org")
    assert "did you mean email?" in str(refused.value.hint)
    assert left(workspace) == []


def test_a_type_is_known_once_it_is_meant_to_be(workspace: Workspace) -> None:
    log(workspace, badge="7", new_type=True)
    log(workspace, badge="8")
    assert len(left(workspace)) == 2


def test_a_type_of_the_settings_is_known(workspace: Workspace) -> None:
    with (workspace.folder / "desireline.toml").open("a", encoding="utf-8") as file:
        file.write("[identity.types.badge]\nlimit = 2\n")
    log(desireline.open(workspace.folder), badge="7")
    assert len(left(workspace)) == 1


@pytest.mark.parametrize(("ahead", "recorded"), [(0, True), (24, True), (25, False)])
def test_a_time_is_at_most_a_day_in_the_future(workspace: Workspace, ahead: int, recorded: bool) -> None:
    new = interaction(at=NOW + timedelta(hours=ahead))
    if recorded:
        log_by_hand(workspace, new, now=NOW)
    else:
        with pytest.raises(InputError, match="not more than a day in the future, got 2026-03-15T16:00:00"):
            log_by_hand(workspace, new, now=NOW)
    assert count_log(workspace).interactions == recorded


def test_who_was_never_seen_is_named(workspace: Workspace) -> None:
    assert log(workspace, email="Ann@Example.org", user="7").unseen == ("email:ann@example.org", "user:7")
    assert log(workspace, email="ann@example.org", user="8").unseen == ("user:8",)


def test_what_was_withdrawn_is_in_no_journey(workspace: Workspace) -> None:
    log(workspace, "Came")
    number = log(workspace, "Asked").number
    log(workspace, "Left")
    assert {each.path for each in desireline.journeys.variants(workspace).variants} == {("Came", "Asked", "Left")}
    withdraw(workspace, number)
    assert {each.path for each in desireline.journeys.variants(workspace).variants} == {("Came", "Left")}
    assert left(workspace) == [("hand", "Came"), ("hand", "Left")]


def test_the_only_interaction_can_be_withdrawn(workspace: Workspace) -> None:
    gone = withdraw(workspace, log(workspace).number)
    assert (gone.touchpoint, gone.channel, gone.occurred_at) == ("Asked", "store", NOW)
    assert (left(workspace), workspace.log.files()) == ([], [])
    assert desireline.journeys.variants(workspace).total_customers == 0
    assert log(workspace).number == 1


def test_identifiers_that_were_logged_together_by_mistake_are_two_again(workspace: Workspace) -> None:
    for name in ("ann", "ben"):
        log(workspace, email=f"{name}@example.org")
    wrong = log(workspace, email="ann@example.org", phone="020 7946 0123").number
    log(workspace, email="ben@example.org", phone="020 7946 0123")
    assert observed(workspace) == 2
    withdraw(workspace, wrong)
    assert observed(workspace) == 1
    together = [each.value for each in show_customer(workspace, "ben@example.org").identifiers]
    assert sorted(together) == ["+442079460123", "ben@example.org"]
    assert desireline.journeys.variants(workspace).total_customers == 2


def test_what_was_not_logged_by_hand_stays(workspace: Workspace) -> None:
    fields = {"source": "shop", "channel": "web", "touchpoint": "Paid", "occurred_at": NOW}
    record_interactions(workspace, [NewInteraction(fields, {"user": "ann"})])
    with pytest.raises(InputError, match="interaction 0 is of the source 'shop', expected one that was logged by hand"):
        withdraw(workspace, 0)
    assert left(workspace) == [("shop", "Paid")]


def test_nothing_is_withdrawn_twice(workspace: Workspace) -> None:
    number = log(workspace).number
    withdraw(workspace, number)
    with pytest.raises(InputError, match=f"there is no interaction {number}"):
        withdraw(workspace, number)


# --- when it fails, or the process is killed ------------------------------------------------------------------------

STEPS: dict[str, tuple[str, bool]] = {
    "before files are written again": ("desireline.interactions.accept.rewrite_without", False),
    "before the batch is prepared": ("desireline.interactions.tables.new_batch", False),
    "while evidence is written": ("desireline.interactions.accept.insert_columns", False),
    "before the commit of the log": ("desireline.store.log_table.LogTable.commit", False),
    "before the batch is marked": ("desireline.interactions.tables.mark_committed", True),
    "before old files are removed": ("desireline.store.log_table.LogTable.remove_strays", True),
}
BOTH = [("hand", "Asked"), ("hand", "Left")]


@pytest.fixture
def logged(workspace: Workspace) -> Workspace:
    """Two interactions in one file of the log; the first is about to be withdrawn."""
    new = [interaction(name, email="ann@example.org", user="7") for name in ("Asked", "Left")]
    record_interactions(
        workspace, [NewInteraction({**each.fields, "source": "hand"}, each.identifiers) for each in new]
    )
    return workspace


@pytest.mark.parametrize("step", [name for name, (_, committed) in STEPS.items() if not committed])
def test_a_failure_at_a_step_leaves_everything_as_it_was(logged: Workspace, step: str) -> None:
    import pkgutil

    files = sorted(logged.log.folder.glob("*.parquet"))
    owner, _, name = STEPS[step][0].rpartition(".")

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "no space left")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pkgutil.resolve_name(owner), name, fail)
        with pytest.raises(OSError, match="no space left"):
            withdraw(logged, 0)
    assert (left(logged), observed(logged)) == (BOTH, 2)
    assert sorted(logged.log.folder.glob("*.parquet")) == files
    withdraw(logged, 0)
    assert (left(logged), observed(logged)) == (BOTH[1:], 1)


DYING = """
import os, pkgutil, signal, sys
from pathlib import Path
import desireline
from desireline.interactions.by_hand import withdraw

owner, _, name = sys.argv[1].rpartition(".")
setattr(pkgutil.resolve_name(owner), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
withdraw(desireline.open(Path(sys.argv[2])), 0)
"""


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_is_killed_at_a_step_has_withdrawn_or_has_not(logged: Workspace, step: str) -> None:
    where, committed = STEPS[step]
    command = [sys.executable, "-c", DYING, where, str(logged.folder)]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    opened = desireline.open(logged.folder)
    assert (left(opened), observed(opened)) == ((BOTH[1:], 1) if committed else (BOTH, 2))
    if not committed:
        withdraw(opened, 0)
    assert (left(opened), observed(opened)) == (BOTH[1:], 1)
    assert {each.path for each in desireline.journeys.variants(opened).variants} == {("Left",)}
