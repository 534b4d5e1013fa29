"""Later deliveries of records that have changed: the newest counts, in whatever order they come."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import InputError
from desireline.interactions import tables
from desireline.sources import Counts, ImportResult, import_files, list_quarantine
from desireline.sources import replay_quarantine as replay
from desireline.store import Workspace

from .desk import contents, put, stored, table

HEADER = "ticket,step,time,user,email,changed,status"
MAPPING = """\
source: desk
channel: crm
id: {template: "{ticket}:{step}"}
touchpoint: {column: step}
occurred_at: {column: time}
identifiers: {user: {column: user}, email: {column: email}}
outcome: {column: status}
version: {column: changed}
"""
OF_A_RECORD = MAPPING.replace("{column: changed}", "{column: changed, of: ticket}")
OLD, NEW, NEWEST = (f"2026-03-0{day}T10:00:00Z" for day in (1, 2, 3))


def row(step: str, changed: str, status: str, *, ticket: int = 1, email: str = "a@example.org", day: int = 1) -> str:
    return f"{ticket},{step},2026-02-{day:02},u{ticket},{email},{changed},{status}"


def deliver(workspace: Workspace, *files: Iterable[str], mapping: str = MAPPING) -> ImportResult:
    """Import files in one call."""
    folder = workspace.folder.parent
    paths = [put(folder, f"{place}.csv", table(*rows, header=HEADER)) for place, rows in enumerate(files)]
    return import_files(workspace, paths, mapping=put(folder, "mapping.yaml", mapping))


def outcomes(workspace: Workspace) -> dict[str, str]:
    """What the log says today, by id."""
    rows = stored(workspace, "id", "outcome")
    assert len(rows) == len({name for name, _ in rows})
    return dict(rows)


@pytest.mark.parametrize(
    ("first", "second", "counts", "replaced", "expected"),
    [
        ((OLD, "open"), (NEW, "closed"), Counts(1, 1, 0, 0), 1, "closed"),
        ((NEW, "closed"), (OLD, "open"), Counts(1, 0, 1, 0), 0, "closed"),
        ((NEW, "open"), (NEW, "closed"), Counts(1, 0, 1, 0), 0, "open"),
        ((OLD, "open"), (NEW, "open"), Counts(1, 0, 1, 0), 0, "open"),
        (("", "open"), (OLD, "closed"), Counts(1, 1, 0, 0), 1, "closed"),
        ((OLD, "open"), ("", "closed"), Counts(1, 0, 1, 0), 0, "open"),
        (("", "open"), ("", "closed"), Counts(1, 0, 1, 0), 0, "open"),
        (("7", "open"), ("12", "closed"), Counts(1, 1, 0, 0), 1, "closed"),
        (("2026-03-01T10:00:00+02:00", "open"), ("2026-03-01T09:00:00Z", "closed"), Counts(1, 1, 0, 0), 1, "closed"),
    ],
    ids=[
        "newer",
        "older",
        "as new",
        "newer and the same",
        "a version after none",
        "none after a version",
        "no versions",
        "numbers",
        "time zones",
    ],
)
def test_the_newer_of_two_deliveries_counts(
    workspace: Workspace,
    first: tuple[str, str],
    second: tuple[str, str],
    counts: Counts,
    replaced: int,
    expected: str,
) -> None:
    deliver(workspace, [row("created", *first)])
    result = deliver(workspace, [row("created", *second)])
    assert (result.counts, result.files[0].replaced) == (counts, replaced)
    assert outcomes(workspace) == {"1:created": expected}


def test_the_rest_of_the_log_stays_as_it_is(workspace: Workspace) -> None:
    tickets = [row("created", OLD, "open", ticket=number) for number in range(200)]
    deliver(workspace, tickets)
    before = stored(workspace, "arrival", "fingerprint", "id", "outcome", "version")
    deliver(workspace, [row("created", NEW, "closed", ticket=17), row("created", OLD, "other", ticket=18)])
    after = stored(workspace, "arrival", "fingerprint", "id", "outcome", "version")
    assert after[:-1] == [each for each in before if each[2] != "17:created"]
    assert after[-1][2:4] == ("17:created", "closed")


@pytest.mark.parametrize("order", [(OLD, NEW, NEWEST), (NEWEST, OLD, NEW), (NEW, NEWEST, OLD)], ids=str)
def test_files_of_one_call_replace_each_other(workspace: Workspace, order: tuple[str, ...]) -> None:
    deliver(workspace, [row("created", "2026-01-01", "new"), row("created", OLD, "other", ticket=2)])
    result = deliver(workspace, *([row("created", changed, changed)] for changed in order))
    assert outcomes(workspace) == {"1:created": NEWEST, "2:created": "other"}
    assert result.to_dict()["replaced"] == result.counts.stored >= 1


def test_the_newest_of_a_file_counts(workspace: Workspace) -> None:
    counts = deliver(workspace, [row("created", each, each) for each in (NEW, NEWEST, OLD)]).counts
    assert counts == Counts(3, 1, 2, 0)
    assert outcomes(workspace) == {"1:created": NEWEST}


def test_a_newer_record_takes_out_what_it_does_not_have_any_more(workspace: Workspace) -> None:
    deliver(workspace, [row("created", OLD, "x"), row("abandoned", OLD, "x")], mapping=OF_A_RECORD)
    result = deliver(workspace, [row("created", NEW, "x"), row("ended", NEW, "x")], mapping=OF_A_RECORD)
    assert outcomes(workspace) == {"1:created": "x", "1:ended": "x"}
    assert (result.counts.stored, result.files[0].replaced) == (2, 2)
    again = deliver(workspace, [row("created", OLD, "x"), row("abandoned", OLD, "x")], mapping=OF_A_RECORD)
    assert again.counts == Counts(2, 0, 2, 0)
    assert outcomes(workspace) == {"1:created": "x", "1:ended": "x"}


def test_a_record_of_which_only_the_version_is_new_stays_as_a_whole(workspace: Workspace) -> None:
    steps = ("created", "ended")
    deliver(workspace, [row(step, OLD, "x") for step in steps], mapping=OF_A_RECORD)
    version = workspace.log.version()
    assert deliver(workspace, [row(step, NEW, "x") for step in steps], mapping=OF_A_RECORD).counts.duplicates == 2
    assert workspace.log.version() == version


def test_without_the_record_nothing_is_taken_out(workspace: Workspace) -> None:
    deliver(workspace, [row("created", OLD, "x"), row("abandoned", OLD, "x")])
    deliver(workspace, [row("created", NEW, "y")])
    assert outcomes(workspace) == {"1:created": "y", "1:abandoned": "x"}


def test_what_waits_in_quarantine_is_not_taken_out_and_replaces_when_it_is_mended(workspace: Workspace) -> None:
    deliver(workspace, [row("created", OLD, "x"), row("ended", OLD, "x")], mapping=OF_A_RECORD)
    broken = row("ended", NEW, "y").replace("2026-02-01", "soon")
    deliver(workspace, [row("created", NEW, "y"), broken], mapping=OF_A_RECORD)
    assert outcomes(workspace) == {"1:created": "y", "1:ended": "x"}
    desireline.sources.export_quarantine(workspace, workspace.folder.parent / "rows.csv", source="desk")
    mended = (workspace.folder.parent / "rows.csv").read_text().replace("soon", "2026-02-01")
    replay(workspace, source="desk", mended=put(workspace.folder.parent, "rows.csv", mended))
    assert outcomes(workspace) == {"1:created": "y", "1:ended": "y"}
    assert list_quarantine(workspace) == []


def test_identifiers_that_were_corrected_do_not_stay_together(workspace: Workspace) -> None:
    from desireline.identity import find_customers

    deliver(workspace, [row("created", OLD, "x", email="wrong@example.org"), row("called", OLD, "x", ticket=2)])
    assert len(set(find_customers(workspace).customers.tolist())) == 2
    deliver(workspace, [row("created", NEW, "x", email="right@example.org")])
    with workspace.database.reading() as connection:
        kinds = {number: value for number, (_, value) in _identifiers(connection).items()}
        seen = {
            frozenset((kinds[each.first], kinds[each.second]))
            for each in tables.observations_of(connection, list(kinds))
        }
    assert seen == {frozenset(("u1", "right@example.org")), frozenset(("u2", "a@example.org"))}
    found = find_customers(workspace)
    wrong = next(number for number, value in kinds.items() if value == "wrong@example.org")
    assert wrong not in found.identifiers.tolist()


def _identifiers(connection: Any) -> dict[int, tuple[str, str]]:
    numbers = [number for (number,) in connection.exec_driver_sql("SELECT id FROM identifiers")]
    return tables.identifiers_with(connection, numbers)


def test_two_that_are_seen_together_elsewhere_stay_together(workspace: Workspace) -> None:
    deliver(workspace, [row("created", OLD, "x"), row("called", OLD, "x")])
    deliver(workspace, [row("created", NEW, "x", email="other@example.org")])
    with workspace.database.reading() as connection:
        observed = tables.observations_of(connection, list(_identifiers(connection)))
    assert [each.observations for each in observed] == [1, 1]


def test_what_went_is_told_by_batch(workspace: Workspace) -> None:
    deliver(workspace, [row("created", OLD, "x"), row("called", OLD, "x")])
    first, second = stored(workspace, "arrival")
    for changed in (NEW, NEWEST):
        deliver(workspace, [row("created", changed, changed)])
    with workspace.database.reading() as connection:
        last = tables.last_committed(connection)
        gone = [tables.replaced_since(connection, batch).tolist() for batch in (0, last - 1, last)]
    assert gone == [[first, 2], [2], []]
    assert stored(workspace, "arrival") == [second, 3]


def test_the_log_is_what_was_stored_less_what_was_replaced(workspace: Workspace) -> None:
    stored_so_far = replaced_so_far = 0
    for day, changed in enumerate((OLD, NEWEST, NEW)):
        rows = [row("created", changed, changed, ticket=number) for number in range(day, day + 4)]
        result = deliver(workspace, rows)
        stored_so_far += result.counts.stored
        replaced_so_far += result.files[0].replaced
        assert result.counts.read == result.counts.stored + result.counts.duplicates + result.counts.quarantined
        assert len(stored(workspace, "id")) == stored_so_far - replaced_so_far


DELIVERIES = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(1, 5),
        st.frozensets(st.sampled_from(["created", "called", "ended"]), min_size=1),
        st.sampled_from("xyz"),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda each: (each[0], each[1]),
)


@given(deliveries=DELIVERIES, together=st.booleans())
@settings(max_examples=15)
def test_in_any_order_the_newest_of_each_record_is_left(
    new_workspace: Path, tmp_path_factory: pytest.TempPathFactory, deliveries: list[Any], together: bool
) -> None:
    workspace = desireline.open(shutil.copytree(new_workspace, tmp_path_factory.mktemp("any") / "workspace"))
    files = [
        [row(step, str(version), f"{status}{version}", ticket=ticket) for step in sorted(steps)]
        for ticket, version, steps, status in deliveries
    ]
    if together:
        deliver(workspace, *files, mapping=OF_A_RECORD)
    else:
        for each in files:
            deliver(workspace, each, mapping=OF_A_RECORD)
    newest = {ticket: (steps, f"{status}{version}") for ticket, version, steps, status in sorted(deliveries, key=str)}
    assert outcomes(workspace) == {
        f"{ticket}:{step}": status for ticket, (steps, status) in newest.items() for step in steps
    }


@pytest.mark.parametrize(
    ("version", "values"),
    [
        ("{column: changed, timezone: Europe/Berlin}", ("2026-03-01 09:00", "2026-03-01 10:00")),
        ("{column: changed, unit: ms}", ("1772355600000", "1772355600001")),
        ('{column: changed, format: "%d.%m.%Y"}', ("28.02.2026", "01.03.2026")),
        ("{column: changed}", ("9", "10")),
        ("{column: changed}", ("-3.0", "2.0")),
    ],
    ids=["local times", "epoch", "pattern", "whole numbers", "numbers with decimals that are none"],
)
def test_versions_are_times_or_whole_numbers(workspace: Workspace, version: str, values: tuple[str, str]) -> None:
    mapping = MAPPING.replace("version: {column: changed}", f"version: {version}")
    for value in values:
        deliver(workspace, [row("created", value, value)], mapping=mapping)
    assert outcomes(workspace) == {"1:created": values[1]}
    deliver(workspace, [row("created", values[0], "late")], mapping=mapping)
    assert outcomes(workspace) == {"1:created": values[1]}


@pytest.mark.parametrize("value", ["soon", "1.5", "99999999999999999999"])
def test_a_version_that_is_neither_waits_in_quarantine(workspace: Workspace, value: str) -> None:
    assert deliver(workspace, [row("created", value, "x")]).counts == Counts(1, 0, 0, 1)
    (waiting,) = list_quarantine(workspace)
    assert (waiting.field, waiting.reason) == ("version", "unreadable_time")
    assert "whole number" in waiting.message and repr(value) in waiting.message


def test_versions_of_orders_with_several_rows(workspace: Workspace) -> None:
    mapping = """\
source: orders
channel: web
touchpoint: Order
occurred_at: {column: time}
identifiers: {user: {column: user}}
one_per: [ticket]
outcome: {column: status}
version: {column: changed}
"""
    deliver(workspace, [row("1", OLD, "open"), row("2", OLD, "open")], mapping=mapping)
    result = deliver(workspace, [row("1", OLD, "sent"), row("2", NEW, "sent")], mapping=mapping)
    assert result.files[0].replaced == 1
    assert stored(workspace, "id", "outcome") == [("1", "sent")]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (MAPPING.replace('id: {template: "{ticket}:{step}"}\n', ""), "version: needs an id"),
        (MAPPING.replace("version: {column: changed}", "version: 7"), "version: expected {column: NAME}"),
        (MAPPING.replace("{column: changed}", "{column: changed, off: ticket}"), "did you mean of|unknown key 'off'"),
    ],
    ids=["without an id", "a constant", "a wrong key"],
)
def test_a_version_that_cannot_be_is_an_error_of_the_mapping(workspace: Workspace, mapping: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        deliver(workspace, [row("created", OLD, "x")], mapping=mapping)


def contact(changed: str, **more: Any) -> dict[str, Any]:
    return {
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "ContactId": "c-1",
        "Channel": "VOICE",
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": "2026-03-01T09:00:00Z",
        "CustomerEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": "+442079460018"},
        "Queue": {"Name": "Billing", "EnqueueTimestamp": "2026-03-01T09:01:00Z"},
        "LastUpdateTimestamp": changed,
        **more,
    }


def test_the_newest_contact_record_wins_across_imports(workspace: Workspace, tmp_path: Path) -> None:
    early = contact("2026-03-01T09:05:00Z", DisconnectTimestamp="2026-03-01T09:04:00Z")
    agent = {"ConnectedToAgentTimestamp": "2026-03-01T09:02:00Z", "Username": "tom"}
    late = contact("2026-03-01T09:10:00Z", DisconnectTimestamp="2026-03-01T09:09:00Z", Agent=agent)
    for place, record in enumerate((early, late, early)):
        import_files(workspace, [put(tmp_path, f"{place}.jsonl", json.dumps(record))])
    assert stored(workspace, "touchpoint") == ["Call started", "Call queued", "Call connected", "Call ended"]


# --- what a reader and a killed process see -------------------------------------------------------------------------


@pytest.fixture
def delivered(workspace: Workspace) -> Workspace:
    """Two files in the log; of the first a ticket is about to change."""
    deliver(workspace, [row("created", OLD, "open", ticket=number) for number in (1, 2, 3)])
    deliver(workspace, [row("created", OLD, "open", ticket=number) for number in (4, 5)])
    return workspace


CHANGE = [row("created", NEW, "closed", ticket=2), row("created", NEW, "open", ticket=6)]


def test_one_commit_has_all_of_it(delivered: Workspace) -> None:
    version, files = delivered.log.version(), delivered.log.files()
    deliver(delivered, CHANGE)
    assert delivered.log.version() == version + 1
    assert files[1] in delivered.log.files()
    assert files[0] not in delivered.log.files()


def test_who_opened_the_log_before_can_finish(delivered: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from desireline.store import connect_duckdb, log_table

    files = delivered.log.files()
    deliver(delivered, CHANGE)
    deliver(delivered, [row("created", NEWEST, "closed", ticket=2)])
    with connect_duckdb() as connection:
        names = [str(path) for path in files]
        query = "SELECT count(*) FROM read_parquet(?, union_by_name = true) WHERE outcome = 'open'"
        assert connection.execute(query, [names]).fetchall() == [(5,)]
    monkeypatch.setattr(log_table, "KEPT_FOR", timedelta(0))
    deliver(delivered, [row("created", OLD, "open", ticket=7)])
    assert {path.name for path in delivered.log.folder.glob("*.parquet")} == {
        path.name for path in delivered.log.files()
    }


def test_a_file_of_which_nothing_is_left_goes(delivered: Workspace) -> None:
    deliver(delivered, [row("created", NEW, "closed", ticket=number) for number in (4, 5)])
    assert len(delivered.log.files()) == 2
    assert outcomes(delivered) == {f"{number}:created": "closed" if number > 3 else "open" for number in range(1, 6)}


def look(workspace: Workspace) -> dict[str, Any]:
    """What a workspace holds, whatever the files of the log are called."""
    found: dict[str, Any] = contents(workspace)
    counted = {name: len(rows) for name, rows in found.items() if name not in ("log", "sqlite_sequence")}
    return {**counted, "outcomes": outcomes(workspace)}


STEPS: dict[str, tuple[str, bool]] = {
    "before files are written again": ("desireline.interactions.accept.rewrite_without", False),
    "before the batch is prepared": ("desireline.interactions.tables.new_batch", False),
    "while identifiers are written": ("desireline.interactions.accept.insert_columns", False),
    "before the commit of the log": ("desireline.store.log_table.LogTable.commit", False),
    "before the batch is marked": ("desireline.interactions.tables.mark_committed", True),
    "before old files are removed": ("desireline.store.log_table.LogTable.remove_strays", True),
}


def replace_name(monkeypatch: pytest.MonkeyPatch, step: str, replacement: Callable[..., Any]) -> None:
    import pkgutil

    owner, _, name = STEPS[step][0].rpartition(".")
    monkeypatch.setattr(pkgutil.resolve_name(owner), name, replacement)


@pytest.mark.parametrize("step", [name for name, (_, committed) in STEPS.items() if not committed])
def test_a_failure_at_a_step_leaves_everything_as_it_was(delivered: Workspace, step: str) -> None:
    before, files = look(delivered), sorted(delivered.log.folder.glob("*.parquet"))

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "no space left")

    with pytest.MonkeyPatch.context() as patched:
        replace_name(patched, step, fail)
        with pytest.raises(OSError, match="no space left"):
            deliver(delivered, CHANGE)
    assert look(delivered) == before
    assert sorted(delivered.log.folder.glob("*.parquet")) == files
    deliver(delivered, CHANGE)
    assert outcomes(delivered)["2:created"] == "closed"


DYING = """
import os, pkgutil, signal, sys
from pathlib import Path
import desireline
from desireline.sources import import_files

owner, _, name = sys.argv[1].rpartition(".")
setattr(pkgutil.resolve_name(owner), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
folder = Path(sys.argv[2])
import_files(desireline.open(folder / "workspace"), [folder / "change.csv"], mapping=folder / "mapping.yaml")
"""


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_is_killed_at_a_step_has_replaced_or_has_not(delivered: Workspace, step: str) -> None:
    folder, before = delivered.folder.parent, look(delivered)
    put(folder, "change.csv", table(*CHANGE, header=HEADER))
    where, committed = STEPS[step]
    killed = subprocess.run([sys.executable, "-c", DYING, where, folder], capture_output=True, text=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    opened = desireline.open(delivered.folder)
    after = {**before["outcomes"], "2:created": "closed", "6:created": "open"}
    assert outcomes(opened) == (after if committed else before["outcomes"])
    assert committed or look(opened) == before
    result = import_files(opened, [folder / "change.csv"], mapping=folder / "mapping.yaml")
    assert (result.counts.stored, result.files[0].replaced) == ((0, 0) if committed else (2, 1))
    assert outcomes(opened) == after
