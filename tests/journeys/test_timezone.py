"""Days, weeks and months are those of the workspace's time zone; clocks in London were put forward on 29 March 2026."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

import desireline
from desireline.base import SettingsError, UnknownNameError
from desireline.interactions import sum_costs
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import insights, overview, retention, scores, variants
from desireline.sources import source_quality
from desireline.store import Workspace, open_workspace

LONDON = "Europe/London"
VISITS = [
    ("ann", "2026-03-22T23:30Z"),
    ("ann", "2026-03-29T22:30Z"),
    ("ben", "2026-03-29T23:30Z"),
    ("ben", "2026-03-31T23:30Z"),
]
"""In London: Sunday the 22nd 23:30, Sunday the 29th 23:30, Monday the 30th 00:30, Wednesday 1 April 00:30."""


def make(folder: Path, timezone: str | None) -> Workspace:
    made = desireline.create(folder, timezone=timezone)
    new = [
        NewInteraction(
            {
                "source": "web",
                "channel": "web",
                "touchpoint": "Visit",
                "occurred_at": datetime.fromisoformat(at),
                "score": 9.0,
                "score_kind": "NPS",
            },
            {"user": user},
            {},
        )
        for user, at in VISITS
    ]
    record_interactions(made, new)
    return made


@pytest.fixture(scope="module")
def london(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make(tmp_path_factory.mktemp("london") / "workspace", LONDON)


@pytest.fixture(scope="module")
def utc(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make(tmp_path_factory.mktemp("utc") / "workspace", None)


def test_cohorts_are_of_local_weeks(london: Workspace, utc: Workspace) -> None:
    by_zone = [[each.start.isoformat() for each in retention(each).cohorts] for each in (london, utc)]
    assert by_zone == [["2026-03-16", "2026-03-30"], ["2026-03-16", "2026-03-23"]]
    assert retention(london).to_dict()["timezone"] == LONDON


def test_the_record_ends_on_a_local_day(london: Workspace, utc: Workspace) -> None:
    by_zone = [len(retention(each, by="day").curve) for each in (london, utc)]
    assert by_zone == [11, 10]


def test_weeks_of_the_overview_begin_on_local_mondays(london: Workspace, utc: Workspace) -> None:
    assert overview(london).weeks == ((date(2026, 3, 16), 1), (date(2026, 3, 23), 1), (date(2026, 3, 30), 2))
    assert overview(utc).weeks == ((date(2026, 3, 16), 1), (date(2026, 3, 23), 2), (date(2026, 3, 30), 1))


def test_months_of_scores_and_costs_are_local(london: Workspace, utc: Workspace) -> None:
    by_zone = [[(each.name, each.score.n) for each in scores(each, by="month").groups] for each in (london, utc)]
    assert by_zone == [[("2026-03", 3), ("2026-04", 1)], [("2026-03", 4)]]
    costs = [[(row.name, row.interactions) for row in sum_costs(each, by="month").rows] for each in (london, utc)]
    assert costs == by_zone


def test_days_of_sources_are_local(london: Workspace) -> None:
    (quality,) = source_quality(london, now=datetime.fromisoformat("2026-04-02T12:00Z"))
    assert [each.day.isoformat() for each in quality.days] == ["2026-03-22", "2026-03-29", "2026-03-30", "2026-04-01"]


@pytest.mark.parametrize(
    ("period", "spans"),
    [("2026-03-29..2026-03-29", 1), ("2026-03-30..2026-03-31", 1), ("2026-04-01..", 1), ("..2026-03-28", 1)],
)
def test_dates_of_a_period_are_local_days(london: Workspace, period: str, spans: int) -> None:
    found = variants(london, period=period)
    assert (found.total_spans, [each.path for each in found.variants]) == (spans, [("Visit",)])


def test_stretches_of_days_are_local(london: Workspace, utc: Workspace) -> None:
    assert [(insights(each).days, insights(each).timezone) for each in (london, utc)] == [(11, LONDON), (10, "UTC")]


def test_the_setting_is_kept_and_checked(tmp_path: Path) -> None:
    made = desireline.create(tmp_path / "workspace", timezone=LONDON)
    assert open_workspace(made.folder).timezone == LONDON
    assert open_workspace(desireline.create(tmp_path / "other").folder).timezone == "UTC"
    settings = made.folder / "desireline.toml"
    settings.write_text(settings.read_text().replace("London", "Londn"))
    with pytest.raises(SettingsError, match=r"timezone: expected a time zone .*'Europe/Londn'") as raised:
        open_workspace(made.folder)
    assert "Europe/London" in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("London", "Europe/London"),
        ("europe/berln", "Europe/Berlin"),
        ("../../etc/passwd", None),
        ("localtime", None),
        ("Mars", None),
        ("", None),
    ],
)
def test_an_unknown_time_zone_makes_no_workspace(tmp_path: Path, said: str, offered: str | None) -> None:
    with pytest.raises(UnknownNameError, match="expected a time zone such as Europe/London") as raised:
        desireline.create(tmp_path / "workspace", timezone=said)
    assert offered is None or offered in (raised.value.hint or "")
    assert not (tmp_path / "workspace").exists()
