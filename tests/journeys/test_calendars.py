from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import InputError, SettingsChangedError, SettingsError, UnknownNameError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import contacts
from desireline.journeys.calendars import Calendar, Calendars, CalendarTable
from desireline.journeys.opening_hours import OpeningHours, OpenSpan
from desireline.journeys.opening_hours_editing import remove_calendar, save_calendar, save_opening_hours
from desireline.kernels.contacts import open_time
from desireline.store import Workspace
from desireline.store.revisions import revision_of

COMPANY = {"from": "09:00", "to": "17:00"}
LATE = {"from": "12:00", "to": "20:00"}
HOUR_US = 3_600_000_000


def read(**calendars: dict[str, object]) -> Calendars:
    return Calendars.read(COMPANY, calendars)


@pytest.mark.parametrize(
    ("team", "channel", "named"),
    [
        ("Vienna", "phone", "both"),
        ("Vienna", "chat", "of the team"),
        ("Graz", "phone", "of the channel"),
        (None, "phone", "of the channel"),
        ("Graz", "chat", None),
        (None, "chat", None),
    ],
    ids=str,
)
def test_the_closest_calendar_holds(team: str | None, channel: str, named: str | None) -> None:
    hours = {"from": "08:00", "to": "09:00"}
    found = Calendars.read(
        COMPANY,
        {
            "of the channel": {"channels": ["phone"], "from": "10:00", "to": "11:00"},
            "of the team": {"teams": ["Vienna"], "from": "12:00", "to": "13:00"},
            "both": {"teams": ["Vienna"], "channels": ["phone"], **hours},
        },
    )
    expected = {each.name: each.hours for each in found.named} | {None: found.company}
    assert found.of(team=team, channel=channel) == expected[named]


def test_without_hours_of_the_company_only_the_contacts_of_named_calendars_have_any() -> None:
    found = Calendars.read({}, {"hotline": {"channels": "phone", **LATE}})
    assert found.of(team=None, channel="chat") is None
    assert found.of(team=None, channel="phone") is not None


@pytest.mark.parametrize(
    ("calendars", "message"),
    [
        ({"hotline": LATE}, "expected the channels or teams for which it holds"),
        ({"hotline": {"channels": ["phone"]}}, "expected from, to too"),
        ({"hotline": {"channels": [""], **LATE}}, "expected a list of names"),
        ({"hotline": {"channels": ["phone"], "opens": "09:00", **LATE}}, "unknown opens"),
        ({"hotline": "phone"}, "expected a section for each calendar"),
        ({" ": {"channels": ["phone"], **LATE}}, "expected a name"),
        (
            {"a": {"channels": ["phone", "chat"], **LATE}, "b": {"channels": ["chat"], **LATE}},
            "expected one calendar for chat, a and b both name it",
        ),
        (
            {
                "a": {"channels": ["chat"], "teams": ["Graz"], **LATE},
                "b": {"channels": ["chat"], "teams": ["Graz"], **LATE},
            },
            "expected one calendar for Graz, chat",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_calendars_that_cannot_be_are_named(calendars: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Calendars.read(COMPANY, calendars)


def test_two_teams_may_have_hours_in_the_same_channel() -> None:
    found = read(
        a={"channels": ["chat"], "teams": ["Graz"], **LATE}, b={"channels": ["chat"], "teams": ["Linz"], **LATE}
    )
    assert len(found.named) == 2


SPANS = st.tuples(st.integers(0, 11), st.integers(12, 24)).map(
    lambda pair: OpenSpan(timedelta(hours=pair[0]), timedelta(hours=pair[1]))
)
HOURS = SPANS.map(lambda span: OpeningHours("UTC", ((span,),) * 7))
SOME = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple)


@settings(max_examples=60)
@given(
    st.none() | HOURS,
    st.lists(st.builds(Calendar, st.just("some"), HOURS, SOME, SOME), max_size=4),
    st.lists(st.tuples(st.integers(-1, 1), st.integers(0, 1), st.integers(0, 50), st.integers(0, 50)), max_size=12),
)
def test_the_open_time_of_each_contact_is_that_of_its_own_calendar(
    company: OpeningHours | None, named: list[Calendar], contacts: list[tuple[int, int, int, int]]
) -> None:
    teams, channels = ("a", "b"), ("b", "c")
    calendars = Calendars(company, tuple(named))
    table = CalendarTable.of(calendars, teams, channels)
    said = np.array(contacts, np.int64).reshape(-1, 4)
    starts, ends = said[:, 2] * HOUR_US, (said[:, 2] + said[:, 3]) * HOUR_US
    found = table.open_time(table.numbers[said[:, 0], said[:, 1]], starts, ends)
    for place, (team, channel, begin, length) in enumerate(contacts):
        hours = calendars.of(team=None if team < 0 else teams[team], channel=channels[channel])
        bounds = np.array([begin * HOUR_US]), np.array([(begin + length) * HOUR_US])
        alone = -1 if hours is None else open_time(*bounds, *hours.between(int(bounds[0][0]), int(bounds[1][0])))[0]
        assert found[place] == alone


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


def text(workspace: Workspace) -> str:
    return (workspace.folder / "desireline.toml").read_text()


def write(workspace: Workspace, said: str) -> None:
    with (workspace.folder / "desireline.toml").open("a") as file:
        file.write(said)


def again(workspace: Workspace) -> Workspace:
    return Workspace(workspace.folder)


STANDS = """
[calendar]  # all of us
from = "09:00"
to = "17:00"
holidays = [
  2026-12-25,  # closed in all shops
]

[calendars.hotline]
channels = ["phone"]  # not the chat
timezone = "Europe/Vienna"

[calendars.hotline.hours]
Mon = ["08:00-12:00", "13:00-18:00"]
Sat = ["09:00-13:00"]  # in turns
"""


def test_a_day_of_a_calendar_is_changed_and_the_rest_of_the_file_stays(workspace: Workspace) -> None:
    write(workspace, STANDS)
    before = text(workspace)
    hours = {"Mon": ["08:00-12:00"], "Sat": ["09:00-13:00"]}
    section = {"channels": ["phone"], "timezone": "Europe/Vienna", "hours": hours}
    save_calendar(again(workspace), "hotline", section, was="hotline")
    assert text(workspace) == before.replace('["08:00-12:00", "13:00-18:00"]', '["08:00-12:00"]')


def test_hours_that_are_alike_on_all_days_stay_short(workspace: Workspace) -> None:
    write(workspace, STANDS)
    before = text(workspace)
    week = {day: ["08:30-17:00"] for day in ("Mon", "Tue", "Wed", "Thu", "Fri")}
    save_opening_hours(again(workspace), {"hours": week, "holidays": ["2026-12-25"]})
    assert text(workspace) == before.replace('09:00"\nto', '08:30"\nto')


def test_hours_that_differ_get_a_line_for_each_day(workspace: Workspace) -> None:
    write(workspace, STANDS)
    week = {"Mon": ["08:30-17:00"], "Sat": ["09:00-13:00"]}
    save_opening_hours(again(workspace), {"hours": week, "holidays": ["2026-12-25 Christmas Day"]})
    assert "[calendar]  # all of us\nholidays" in text(workspace)
    assert '[calendar.hours]\nMon = ["08:30-17:00"]\nSat = ["09:00-13:00"]\n' in text(workspace)
    assert again(workspace).section("calendar")["holidays"] == ["2026-12-25 Christmas Day"]


@settings(max_examples=40)
@given(
    st.permutations(["phone", "chat", "store"]),
    st.lists(st.sets(st.integers(0, 24), max_size=6), min_size=7, max_size=7),
)
def test_what_was_saved_is_read(channels: list[str], clocks: list[set[int]]) -> None:
    week = {
        day: [f"{first:02}:00-{last:02}:00" for first, last in zip(sorted(of)[::2], sorted(of)[1::2], strict=False)]
        for day, of in zip(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), clocks, strict=True)
    }
    hours = {day: of for day, of in week.items() if of} or {"Mon": ["09:00-10:00"]}
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        (workspace.folder / "desireline.toml").write_text(f"format = 1\n{STANDS}")
        saved = save_calendar(workspace, "desk", {"channels": channels[:1], "teams": ["a"], "hours": hours})
        assert saved in Calendars.of_workspace(again(workspace)).named
        save_calendar(workspace, "desk", {"teams": ["b"], "hours": hours}, was="desk")
        assert Calendars.of_workspace(again(workspace)).of(team="b", channel=channels[0]) == saved.hours


def test_a_calendar_is_added_renamed_and_removed(workspace: Workspace) -> None:
    write(workspace, STANDS)
    before = text(workspace)
    save_calendar(again(workspace), " Team  Graz ", {"teams": ["Graz"], **LATE})
    save_calendar(again(workspace), "Graz", {"teams": ["Graz"], **LATE}, was="Team Graz")
    assert list(again(workspace).section("calendars")) == ["hotline", "Graz"]
    remove_calendar(again(workspace), "Graz")
    assert text(workspace).rstrip() == before.rstrip()


def test_who_saves_second_is_told_that_the_settings_have_changed(workspace: Workspace) -> None:
    write(workspace, STANDS)
    seen = revision_of(again(workspace).section("calendars")["hotline"])
    save_calendar(again(workspace), "hotline", {"channels": ["phone"], **LATE}, was="hotline", revision=seen)
    after = text(workspace)
    with pytest.raises(SettingsChangedError, match="somebody has changed these settings"):
        save_calendar(again(workspace), "hotline", {"channels": ["phone"], **COMPANY}, was="hotline", revision=seen)
    with pytest.raises(SettingsChangedError):
        remove_calendar(again(workspace), "hotline", revision=seen)
    assert text(workspace) == after


@pytest.mark.parametrize(
    ("name", "section", "was", "error"),
    [
        ("hotline", {"channels": ["chat"], **LATE}, None, InputError),
        ("chat", {"channels": ["phone"], **LATE}, None, InputError),
        ("chat", {"channels": ["chat"]}, None, InputError),
        ("chat", {"channels": ["chat"], **LATE}, "desk", UnknownNameError),
    ],
    ids=["the name is taken", "the channel is taken", "no hours", "gone"],
)
def test_a_calendar_that_cannot_be_is_not_saved(
    workspace: Workspace, name: str, section: dict[str, object], was: str | None, error: type[InputError]
) -> None:
    write(workspace, STANDS)
    before = text(workspace)
    with pytest.raises(error):
        save_calendar(again(workspace), name, section, was=was)
    assert text(workspace) == before


def test_every_pair_of_team_and_channel_has_a_place_in_the_table() -> None:
    calendars = read(hotline={"channels": ["phone"], **LATE})
    table = CalendarTable.of(calendars, ("Graz",), ("phone", "chat"))
    for row, column in product(range(-1, 1), range(2)):
        team, channel = (None if row < 0 else "Graz"), ("phone", "chat")[column]
        assert table.hours[table.numbers[row, column]] == calendars.of(team=team, channel=channel)


def test_times_to_an_answer_are_in_the_hours_of_the_channel_and_the_team(workspace: Workspace) -> None:
    """Asked at 16:00 and answered at 18:00, in three ways; the store has no calendar of its own and the company none."""
    write(
        workspace,
        """
[calendars.chat]
channels = ["chat"]
from = "17:00"
to = "20:00"

[calendars.Vienna]
teams = ["Vienna"]
timezone = "Europe/Vienna"
from = "17:00"
to = "17:30"
""",
    )
    asked = datetime(2026, 3, 4, 16, tzinfo=UTC)
    new = [
        NewInteraction(
            {"source": "desk", "channel": channel, "touchpoint": "Message", "case": channel, "team": team, **more},
            {"user": "ann"},
        )
        for channel, team in (("chat", "Graz"), ("messaging", "Vienna"), ("store", "Graz"))
        for more in (
            {"direction": "inbound", "occurred_at": asked},
            {"direction": "outbound", "occurred_at": asked + timedelta(hours=2)},
        )
    ]
    record_interactions(workspace, new)
    found = contacts(again(workspace))
    times = {group.name: {time.name: time for time in group.times} for group in found.groups}
    open_times = {
        name: round(of["response_open"].median_seconds) for name, of in times.items() if of["response_open"].mean.n
    }
    assert open_times == {"chat": 3_600, "messaging": 1_800}
    assert found.opening_hours is not None
    assert found.opening_hours.startswith("Vienna: Mon, Tue, Wed, Thu, Fri 17:00 to 17:30 (Europe/Vienna); chat: ")
