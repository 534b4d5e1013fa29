"""Where the record ends: with what sources gave, not with a talk that somebody logged by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desireline.app.workspace import create
from desireline.interactions import count_log
from desireline.interactions.by_hand import log_by_hand
from desireline.interactions.log import anchors
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import (
    chains,
    contacts,
    drivers,
    effort,
    funnel,
    insights,
    outcomes,
    retention,
    survival,
)
from desireline.journeys.customer_facts import customer_facts
from desireline.journeys.definitions import DEFINITIONS_FILE
from desireline.store import Workspace

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAYS = 60
CHANNELS = {"Visit": "web", "Help read": "web", "Order": "app", "Call": "phone"}
JOURNEYS = """
buying:
  name: Buying
  start: touchpoint = Visit
  goal: touchpoint = Order
  time_out: 10d
"""
Question = Callable[[Workspace], Any]


def shop(folder: Path) -> Workspace:
    """Sixty days with a hundred customers; nobody is called Zoe."""
    made = create(folder)
    (made.folder / DEFINITIONS_FILE).write_text(JOURNEYS)
    random = Random(3)
    happened = [(random.randrange(100), random.random() * DAYS, random.choice(list(CHANNELS))) for _ in range(3_000)]
    record_interactions(made, [_happened(f"u{who}", days, what) for who, days, what in happened])
    record_interactions(made, [_happened("zoe", 1, "Visit"), _happened("zoe", 2, "Order")])
    return made


def _happened(who: str, days: float, touchpoint: str, *, source: str = "shop") -> NewInteraction:
    fields = {
        "source": source,
        "channel": CHANNELS[touchpoint],
        "touchpoint": touchpoint,
        "occurred_at": START + timedelta(days=days),
        **({"score": 9.0, "score_kind": "NPS"} if touchpoint == "Order" else {}),
    }
    return NewInteraction(fields, {"user": who})


def log_talk(workspace: Workspace, *, days: float = DAYS + 31, who: str = "zoe") -> None:
    at = START + timedelta(days=days)
    fields = {"channel": "store", "touchpoint": "Talk", "occurred_at": at}
    log_by_hand(workspace, NewInteraction(fields, {"user": who}), now=at)


@pytest.mark.parametrize(
    ("by_source", "by_hand", "ends_after"),
    [
        ([], [], None),
        ([3], [], 3),
        ([1, 3, 2], [9], 3),
        ([1, 3, 2], [9, 9], 3),
        ([3, 2], [9, 1], 9),
        ([], [9], 9),
    ],
    ids=["nothing", "a source", "one by hand", "a few by hand", "half by hand", "all by hand"],
)
def test_the_record_ends_with_what_sources_gave_unless_most_is_logged_by_hand(
    tmp_path: Path, by_source: list[float], by_hand: list[float], ends_after: float | None
) -> None:
    made = create(tmp_path / "workspace")
    record_interactions(made, [_happened("ann", days, "Visit") for days in by_source])
    for days in by_hand:
        record_interactions(made, [_happened("ann", days, "Call", source="hand")])
    found = count_log(made)
    assert found.record_end == (None if ends_after is None else START + timedelta(days=ends_after))
    assert found.interactions == len(by_source) + len(by_hand)


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Workspace]:
    """The same shop without and with a talk that was logged a month later."""
    plain, talked = (shop(tmp_path_factory.mktemp("shops") / "workspace") for _ in range(2))
    log_talk(talked)
    return plain, talked


QUESTIONS: dict[str, Question] = {
    "contacts": contacts,
    "contacts of those who visit": lambda asked: contacts(asked, segment="touchpoint = Visit"),
    "contacts in a period": lambda asked: contacts(asked, period="2026-01-10..2026-02-20"),
    "chains": chains,
    "effort": effort,
    "retention": lambda asked: retention(asked, starts="Visit"),
    "survival": lambda asked: survival(asked, events="Order", starts="Visit"),
    "survival until a silence": lambda asked: survival(asked, churn="20d", starts="Visit"),
    "funnel": lambda asked: funnel(asked, ["Visit", "Help read", "Order"], within="7d"),
    "outcomes": lambda asked: outcomes(asked, journey="buying"),
    "drivers": lambda asked: drivers(asked, journey="buying", outcomes=["Order"]),
    "insights": lambda asked: insights(asked, attributes=[]),
    "insights of journeys": lambda asked: insights(asked, journey="buying"),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_talk_that_is_logged_a_month_later_changes_no_answer(
    before_and_after: tuple[Workspace, Workspace], question: Question
) -> None:
    plain, talked = (question(each) for each in before_and_after)
    assert repr(talked) == repr(plain)


def test_a_call_that_is_logged_a_month_later_is_one_more_contact_and_follows_up_no_other(tmp_path: Path) -> None:
    made = shop(tmp_path / "workspace")
    before = contacts(made).total
    at = START + timedelta(days=DAYS + 31)
    fields = {"channel": "phone", "touchpoint": "Call", "occurred_at": at}
    log_by_hand(made, NewInteraction(fields, {"user": "u1"}), now=at)
    after = contacts(made).total
    assert after.contacts == before.contacts + 1
    assert repr((after.resolved, after.repeats)) == repr((before.resolved, before.repeats))


def test_what_is_known_of_customers_is_of_the_same_moment(before_and_after: tuple[Workspace, Workspace]) -> None:
    plain, talked = (customer_facts(each, int(anchors(each)[0])).as_of for each in before_and_after)
    assert plain == talked
