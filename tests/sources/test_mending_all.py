"""Rows in quarantine that wait for the same reason, corrected, tried again or given up at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.base import InputError, UnknownNameError
from desireline.interactions import count_log
from desireline.sources import import_files, list_quarantine
from desireline.sources.mending_all import Correction, WaitingFor, give_up, preview_again, try_again
from desireline.store import Workspace

from .desk import put

MAPPING = """\
source: shop
channel: web
touchpoint: {column: event}
occurred_at: {column: time}
identifiers: {user: {column: user}}
"""
ROWS = """\
event,time,user,bill
Seen,2026-01-01,ann,1
Seen,soon,ann,2
Seen,later,zed,3
Seen,soon,zed,4
Seen,2026-01-03,,5
Seen,2026-01-04,,6
"""
DOCUMENTS = '{"event":"Seen","time":"soon","user":{"id":"zed"}}\n{"event":"Seen","time":"soon","user":{"id":"ann"}}\n'
NO_TIME = WaitingFor("shop", "unreadable_time")
NOBODY = WaitingFor("shop", "no_identifier")


def take(workspace: Workspace, content: str, *, mapping: str = MAPPING, name: str = "shop.csv") -> None:
    folder = workspace.folder.parent
    import_files(workspace, [put(folder, name, content)], mapping=put(folder, "mapping.yaml", mapping))


def waiting(workspace: Workspace) -> list[str]:
    return sorted(row.reason for row in list_quarantine(workspace, source="shop"))


@pytest.mark.parametrize(
    ("wanted", "correction", "stored"),
    [
        (NO_TIME, Correction("time", "2026-01-02"), 3),
        (NO_TIME, Correction("time", "2026-01-02", of="soon"), 2),
        (NO_TIME, Correction("time", "2026-01-0{bill}", of="soon"), 2),
        (NOBODY, Correction("user", "bill {bill}"), 2),
    ],
    ids=["a column of all", "one value", "a pattern", "from another column"],
)
def test_a_correction_feeds_all_rows_of_a_reason_back(
    workspace: Workspace, wanted: WaitingFor, correction: Correction, stored: int
) -> None:
    take(workspace, ROWS)
    before = waiting(workspace)
    foreseen = preview_again(workspace, wanted, correction).counts
    assert (waiting(workspace), count_log(workspace).interactions) == (before, 1)
    assert try_again(workspace, wanted, correction).counts == foreseen
    assert (foreseen.stored, foreseen.quarantined, count_log(workspace).interactions) == (stored, 0, 1 + stored)
    assert len(waiting(workspace)) == len(before) - stored


def test_documents_are_corrected_under_dotted_names(workspace: Workspace) -> None:
    nested = MAPPING.replace("column: user", "column: user.id")
    take(workspace, DOCUMENTS, mapping=nested, name="shop.jsonl")
    correction = Correction("time", "2026-01-02T10:00:00Z")
    assert try_again(workspace, NO_TIME, correction).counts.stored == 2
    assert count_log(workspace).interactions == 2


def test_what_still_cannot_be_used_waits_with_its_new_reason(workspace: Workspace) -> None:
    take(workspace, ROWS)
    result = try_again(workspace, NO_TIME, Correction("user", ""))
    assert (result.counts.stored, result.counts.quarantined) == (0, 3)
    assert len(waiting(workspace)) == 5


def test_rows_of_a_group_come_in_together_or_not_at_all(workspace: Workspace) -> None:
    take(workspace, ROWS.replace(",4\n", ",9\n").replace(",1\n", ",9\n"), mapping=MAPPING + "one_per: [bill]\n")
    assert waiting(workspace).count("incomplete") == 1
    assert try_again(workspace, NO_TIME, Correction("time", "2026-01-01")).counts.quarantined == 0
    assert waiting(workspace) == ["no_identifier", "no_identifier"]


def test_rows_that_are_given_up_do_not_wait_and_do_not_come_back(workspace: Workspace) -> None:
    take(workspace, ROWS)
    assert give_up(workspace, NOBODY) == 2
    take(workspace, ROWS)
    assert waiting(workspace) == ["unreadable_time"] * 3
    assert count_log(workspace).interactions == 1
    with pytest.raises(InputError, match="no row of source 'shop' waits for that reason"):
        give_up(workspace, NOBODY)


def test_a_group_is_given_up_as_a_whole(workspace: Workspace) -> None:
    take(workspace, ROWS.replace(",4\n", ",9\n").replace(",1\n", ",9\n"), mapping=MAPPING + "one_per: [bill]\n")
    assert give_up(workspace, NO_TIME) == 4
    assert waiting(workspace) == ["no_identifier", "no_identifier"]


@pytest.mark.parametrize(
    ("wanted", "correction", "error"),
    [
        (NOBODY, Correction("user", "guest"), "all 2 rows would be of one customer"),
        (NO_TIME, Correction("tiem", "2026-01-01"), "has a column 'tiem'\nhint: did you mean time"),
        (NO_TIME, Correction("time", "{dya}"), "has a column 'dya'"),
        (NO_TIME, Correction("time", "2026-01-01", of="never"), "says 'never' under time"),
        (WaitingFor("shop", "oversized"), None, "no row of source 'shop' waits for that reason"),
        (WaitingFor("shpo"), None, "has no source 'shpo'"),
    ],
    ids=["one customer", "no such column", "no such column in the value", "no such value", "no such reason", "source"],
)
def test_a_correction_that_cannot_be_says_why_and_changes_nothing(
    workspace: Workspace, wanted: WaitingFor, correction: Correction | None, error: str
) -> None:
    take(workspace, ROWS)
    before = waiting(workspace)
    with pytest.raises((InputError, UnknownNameError), match=error):
        try_again(workspace, wanted, correction)
    assert waiting(workspace) == before


def test_a_killed_attempt_leaves_everything_as_it_was(workspace: Workspace) -> None:
    class Killed(BaseException):
        pass

    class Kills:
        def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
            raise Killed

        def note(self, what: str) -> None:
            pass

    take(workspace, ROWS)
    before = waiting(workspace)
    with pytest.raises(Killed):
        try_again(workspace, NO_TIME, Correction("time", "2026-01-02"), progress=Kills())
    assert (waiting(workspace), count_log(workspace).interactions) == (before, 1)
    assert list(Path(workspace.staging_folder).iterdir()) == []
