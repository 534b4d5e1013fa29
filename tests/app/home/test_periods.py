from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desireline.app.home import home_period
from desireline.app.workspace import create
from desireline.base import InputError
from desireline.interactions.by_hand import log_by_hand
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace

from .shops import FIRST, make_company, weeks_of

TALK = {"source": "tills", "channel": "store", "touchpoint": "Talk"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_company(tmp_path_factory.mktemp("home") / "workspace", weeks_of(10))


def test_the_period_ends_with_the_last_day_of_the_record_and_the_one_before_is_as_long(workspace: Workspace) -> None:
    found = home_period(workspace, "28d")
    assert found is not None
    assert (found.start, found.end) == (date(2026, 4, 13), date(2026, 5, 10))
    assert (found.before_start, found.before_end) == (date(2026, 3, 16), date(2026, 4, 12))
    assert found.weeks[-1] == date(2026, 5, 4) and len(found.weeks) == 10


def test_an_interaction_of_the_future_does_not_move_the_end(tmp_path: Path) -> None:
    made = make_company(tmp_path / "workspace", [("a", 0, "Visit"), ("b", 5, "Visit"), ("c", 900, "Visit")])
    found = home_period(made, "7d", now=datetime(2026, 3, 8, tzinfo=UTC))
    assert found is not None
    assert found.end == date(2026, 3, 8)


@pytest.mark.parametrize(
    ("talks", "said", "end"),
    [
        (3, "28d", date(2026, 5, 10)),
        (3, "91d", date(2026, 6, 26)),
        (200, "28d", date(2026, 6, 26)),
        (3, "2026-06-01..2026-06-26", date(2026, 6, 26)),
    ],
    ids=["few newer ones", "a period that reaches both", "most are newer", "days that are named"],
)
def test_a_period_ends_where_most_of_the_data_does_if_it_reached_only_the_newest_source(
    tmp_path: Path, talks: int, said: str, end: date
) -> None:
    made = make_company(tmp_path / "workspace", weeks_of(10))
    late = [
        NewInteraction({**TALK, "occurred_at": FIRST + timedelta(days=116)}, {"user": f"u{n}"}) for n in range(talks)
    ]
    record_interactions(made, late)
    found = home_period(made, said)
    assert found is not None
    assert (found.end, found.last_day) == (end, date(2026, 6, 26))


@pytest.mark.parametrize("said", ["28d", "91d"])
def test_a_talk_that_is_logged_by_hand_does_not_move_the_period(
    workspace: Workspace, tmp_path: Path, said: str
) -> None:
    made = make_company(tmp_path / "workspace", weeks_of(10))
    at = FIRST + timedelta(days=116)
    log_by_hand(made, NewInteraction({**TALK, "occurred_at": at}, {"user": "u1"}), now=at)
    assert home_period(made, said) == home_period(workspace, said)


def test_days_may_be_named(workspace: Workspace) -> None:
    found = home_period(workspace, "2026-04-01..2026-04-30")
    assert found is not None
    assert (found.start, found.end, found.days) == (date(2026, 4, 1), date(2026, 4, 30), 30)


def test_without_interactions_there_is_no_period(tmp_path: Path) -> None:
    assert home_period(create(tmp_path / "workspace")) is None


@pytest.mark.parametrize(
    "said", ["never", "2h", "2026-05-01..2026-04-01", "2000-01-01..2026-04-01", "5 apples", "9999-12-31.."]
)
def test_what_is_no_period_is_refused(workspace: Workspace, said: str) -> None:
    with pytest.raises(InputError, match="expected"):
        home_period(workspace, said)
