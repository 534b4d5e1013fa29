from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desireline.base import UnknownNameError
from desireline.interactions.by_hand import log_by_hand
from desireline.interactions.recording import NewInteraction
from desireline.sources import SourceQuality, email_hints, import_files, replay_quarantine, source_quality, tables
from desireline.sources.measuring import Delays
from desireline.sources.quality import FieldCount, QuarantineReason, TypeCount, newest_day
from desireline.sources.quality_text import overview_row, page_rows
from desireline.sources.rhythm import RhythmKind
from desireline.store import Workspace

from .desk import put

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
MAPPING = """
source: calls
channel: phone
touchpoint: Call
occurred_at: {column: time}
received_at: {column: received}
identifiers: {customer: {column: customer}, email: {column: email}, order: {column: order}, device: {column: device}}
duration: {column: seconds}
team: {column: team}
"""
COLUMNS = "time,received,customer,email,order,device,seconds,team"


def quality_of(workspace: Workspace, *rows: str, now: datetime = NOW, times: int = 1) -> SourceQuality:
    """The quality after an import of these rows, or several of them."""
    folder = workspace.folder.parent
    path = put(folder, "calls.csv", "\n".join([COLUMNS, *rows]) + "\n")
    for _ in range(times):
        import_files(workspace, [path], mapping=put(folder, "calls.yaml", MAPPING))
    (found,) = source_quality(workspace, now=now)
    return found


def test_what_became_of_the_records_is_summed_over_all_imports(workspace: Workspace) -> None:
    found = quality_of(workspace, "2026-03-01 09:00,,C-1,,,,5,", ",,C-2,,,,5,", "2026-03-01 09:00,,,,,,x,", times=2)
    assert (found.files, found.imports) == (2, 2)
    assert (found.read, found.stored, found.duplicates, found.quarantined) == (6, 1, 1, 4)
    assert found.reasons == (QuarantineReason("missing_time", 2, 1), QuarantineReason("not_a_number", 2, 1))
    assert found.waiting == 2
    assert found.interactions == 1


LINES = """
source: lines
channel: shop
touchpoint: Order
occurred_at: {column: time}
identifiers: {customer: {column: customer}}
one_per: [order]
"""
GROUPED = ["2026-03-01,C-1,1", "2026-03-01,C-1,1", "2026-03-01,C-1,1", "2026-03-02,C-2,2", ",C-3,3"]


def grouped(workspace: Workspace) -> SourceQuality:
    """The quality of three orders in five rows, imported twice: one of the orders cannot be used."""
    path = put(workspace.folder.parent, "lines.csv", "\n".join(["time,customer,order", *GROUPED]) + "\n")
    for _ in range(2):
        import_files(workspace, [path], mapping=put(workspace.folder.parent, "lines.yaml", LINES))
    (found,) = source_quality(workspace, now=NOW)
    return found


def test_rows_that_cannot_be_used_are_a_share_of_rows_where_several_make_one_record(workspace: Workspace) -> None:
    found = grouped(workspace)
    assert (found.grouped, found.quarantined, found.quarantined_of) == (True, 2, 10)
    assert (found.stored, found.duplicates, found.duplicates_of) == (2, 2, 4)
    assert overview_row(found)[2:4] == ["50.0%", "20.0%"]
    assert dict(page_rows(found, now=NOW))["read"] == "10 rows; 8 of them make 4 records"
    assert dict(page_rows(found, now=NOW))["quarantined"] == "2 rows (20.0%), 1 waits"


def test_where_older_imports_did_not_say_how_many_rows_there_were_no_share_is_told(workspace: Workspace) -> None:
    grouped(workspace)
    with workspace.database.writing() as connection:
        connection.execute(tables.imports.update().values(rows=None))
    (found,) = source_quality(workspace, now=NOW)
    assert (found.grouped, found.quarantined_of) == (True, None)
    assert overview_row(found)[3] == "–"


def test_what_was_mended_waits_no_more(workspace: Workspace) -> None:
    quality_of(workspace, ",,C-2,,,,5,")
    mended = put(workspace.folder.parent, "mended.csv", f"_quarantine_id,{COLUMNS}\n1,2026-03-01 09:00,,C-2,,,,5,\n")
    replay_quarantine(workspace, source="calls", mended=mended)
    (found,) = source_quality(workspace, now=NOW)
    assert found.reasons == (QuarantineReason("missing_time", 1, 0),)
    assert (found.interactions, found.waiting) == (1, 0)


def test_only_some_types_of_identifiers_point_at_a_customer(workspace: Workspace) -> None:
    found = quality_of(
        workspace,
        "2026-03-01 09:00,,C-1,ann@example.org,,D-1,,",
        "2026-03-01 10:00,,,ann@example.org,,D-1,,",
        "2026-03-01 11:00,,,,O-1,D-1,,",
        "2026-03-01 12:00,,,,,D-1,,",
        "2026-03-01 13:00,,,,,D-2,,",
    )
    expected = [("customer", 1), ("email", 1), ("order", 1), ("device", 2)]
    assert found.known_by == tuple(TypeCount(*each) for each in expected)
    assert (found.with_customer, found.interactions) == (2, 5)


def test_values_that_point_at_nobody_are_counted_by_type(workspace: Workspace) -> None:
    found = quality_of(workspace, "2026-03-01 09:00,,C-1,no address,,,,", "2026-03-01 10:00,,C-1,@,,unknown,,", times=2)
    assert found.unusable_identifiers == (TypeCount("email", 4), TypeCount("device", 2))


def test_the_fields_in_use_are_counted(workspace: Workspace) -> None:
    found = quality_of(workspace, "2026-03-01 09:00,,C-1,,,,5,Billing", "2026-03-01 10:00,,C-1,,,,,Billing")
    assert found.fields == (FieldCount("team", 2), FieldCount("duration", 1))


def test_times_that_cannot_be_right_are_counted_and_judge_nothing(workspace: Workspace) -> None:
    found = quality_of(
        workspace, "1999-12-31 23:59,,C-1,,,,,", "2026-03-01 09:00,,C-1,,,,,", "2026-04-01 12:00:01,,C-1,,,,,"
    )
    assert (found.before_2000, found.in_future) == (1, 1)
    assert [(each.day, each.interactions) for each in found.days] == [(date(2026, 3, 1), 1)]
    assert found.newest == date(2026, 3, 1)
    assert found.last == datetime(2026, 4, 1, 12, 0, 1, tzinfo=UTC)


def test_delays_are_exact_to_the_second(workspace: Workspace) -> None:
    rows = [f"2026-03-01 09:00:00,2026-03-01 09:00:{second:02},C-{second},,,,," for second in range(20)]
    found = quality_of(workspace, *rows, "2026-03-01 09:00,2026-03-01 08:00,C-1,,,,,", "2026-03-01 09:00,,C-2,,,,,")
    assert found.delays == Delays(given=21, before=1, median_seconds=9, p95_seconds=18)


def test_nothing_is_said_about_delays_where_nothing_is_known(workspace: Workspace) -> None:
    assert quality_of(workspace, "2026-03-01 09:00,,C-1,,,,,").delays is None


def daily(days: int, *, without: tuple[int, ...] = ()) -> list[str]:
    start = datetime(2026, 1, 5, 9)
    each = [
        start + timedelta(days=day, minutes=number) for day in range(days) if day not in without for number in range(12)
    ]
    return [f"{moment:%Y-%m-%d %H:%M},,C-1,,,,," for moment in each]


def test_gaps_and_silence_are_found(workspace: Workspace) -> None:
    found = quality_of(workspace, *daily(56, without=(30, 31)), now=datetime(2026, 3, 5, 9, tzinfo=UTC))
    assert found.rhythm.usual == "every day"
    assert [(gap.first, gap.days, gap.expected) for gap in found.gaps] == [(date(2026, 2, 4), 2, 24)]
    assert found.silence is not None
    assert (found.silence.first, found.silence.days) == (date(2026, 3, 2), 3)


def test_a_talk_that_is_logged_by_hand_later_makes_no_source_silent(workspace: Workspace) -> None:
    now = datetime(2026, 4, 5, 9, tzinfo=UTC)
    calls = quality_of(workspace, *daily(56), now=now)
    fields = {"channel": "store", "touchpoint": "Talk", "occurred_at": now}
    log_by_hand(workspace, NewInteraction(fields, {"customer": "C-1"}), now=now)
    found = source_quality(workspace, now=now)
    assert [each.source for each in found] == ["calls", "hand"]
    assert newest_day(found) == calls.newest == date(2026, 3, 1)
    assert not calls.fell_silent(date(2026, 3, 1)) and calls.fell_silent(now.date())


def test_a_source_with_little_data_is_not_judged(workspace: Workspace) -> None:
    found = quality_of(workspace, *daily(20, without=(5, 6, 7, 8)))
    assert found.rhythm.kind is RhythmKind.TOO_LITTLE
    assert (found.gaps, found.silence) == ((), None)


@pytest.mark.parametrize(
    ("pause", "ago", "late"),
    [
        pytest.param(None, 300, False, id="no rhythm"),
        pytest.param(7, 14, False, id="one was left out"),
        pytest.param(7, 15, True, id="two were"),
    ],
)
def test_an_import_is_late_after_twice_the_usual_pause(pause: int | None, ago: int, late: bool) -> None:
    usual = None if pause is None else timedelta(days=pause)
    source = SourceQuality("calls", last_import=NOW - timedelta(days=ago), usual_import_pause=usual)
    assert source.is_import_late(NOW) is late


def test_a_workspace_without_interactions_has_no_sources(workspace: Workspace) -> None:
    assert source_quality(workspace) == ()
    assert email_hints(workspace) == ()


def test_a_source_that_does_not_exist_is_an_error_with_the_closest(workspace: Workspace) -> None:
    quality_of(workspace, "2026-03-01 09:00,,C-1,,,,,")
    with pytest.raises(UnknownNameError, match="nothing from a source 'cals'") as raised:
        source_quality(workspace, ["cals"])
    assert raised.value.hint == "did you mean calls?"


def test_the_json_form_holds_everything_but_the_days(workspace: Workspace) -> None:
    found = quality_of(workspace, *daily(56), "2026-03-01 09:00,2026-03-01 10:00,C-1,a@gmial.com,,,,")
    document: dict[str, Any] = json.loads(json.dumps(found.to_dict()))
    assert document.keys() >= {
        "read",
        "reasons",
        "known_by",
        "fields",
        "delays",
        "rhythm",
        "gaps",
        "silence",
        "waiting",
    }
    assert "days" not in document
    assert document["rhythm"] == {"kind": "days", "usual": "every day"}


def test_hints_name_domains_and_no_addresses(workspace: Workspace) -> None:
    quality_of(
        workspace,
        "2026-03-01 09:00,,C-1,ann@gmial.com,,,,",
        "2026-03-01 10:00,,C-2,bob@gmial.com,,,,",
        "2026-03-01 11:00,,C-3,ann@gmail.com,,,,",
    )
    (hint,) = email_hints(workspace)
    assert hint.to_dict() == {
        "domain": "gmial.com",
        "addresses": 2,
        "like": "gmail.com",
        "addresses_like": 1,
        "why": "well_known",
    }


@pytest.mark.parametrize(
    ("now", "later", "expected"),
    [
        pytest.param(datetime(2026, 3, 5, tzinfo=UTC), NOW, (0, 2), id="what was in the future has happened"),
        pytest.param(NOW, datetime(2026, 3, 5, tzinfo=UTC), (1, 1), id="looked at as of an earlier day"),
        pytest.param(NOW, NOW + timedelta(days=9), (0, 2), id="nothing has changed"),
    ],
)
def test_what_was_measured_once_is_right_at_another_moment(
    workspace: Workspace, now: datetime, later: datetime, expected: tuple[int, int]
) -> None:
    quality_of(workspace, "2026-03-01 09:00,,C-1,,,,5,", "2026-03-09 09:00,,C-1,,,,5,", now=now)
    (found,) = source_quality(workspace, now=later)
    assert (found.in_future, len(found.days)) == expected


def test_what_was_measured_once_is_measured_again_after_an_import(workspace: Workspace) -> None:
    quality_of(workspace, "2026-03-01 09:00,,C-1,,,,5,")
    found = quality_of(workspace, "2026-03-02 09:00,,C-1,,,,5,")
    assert (found.interactions, len(found.days)) == (2, 2)
