"""Several questions in one reading give what each gives alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import desireline
from desireline import journeys
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys.analyses import (
    ChannelsAnalysis,
    ContactsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    ScoresAnalysis,
    SessionsAnalysis,
)
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection
from desireline.journeys.together import ask_together
from desireline.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = desireline.create(tmp_path / "workspace")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    fields = [
        {
            "source": "test",
            "channel": ("web", "phone")[number % 2],
            "touchpoint": ("Visit", "Call", "Order")[number * 7 % 3],
            "occurred_at": start + timedelta(minutes=number * number % 900),
            **({"score": number % 11, "score_kind": "NPS", "direction": "inbound"} if number % 2 else {}),
        }
        for number in range(300)
    ]
    record_interactions(made, [NewInteraction(each, {"user": f"u{n % 40}"}) for n, each in enumerate(fields)])
    return made


def test_each_answer_is_what_the_question_gives_alone(workspace: Workspace) -> None:
    sessions = Selection(span="session", gap="20m")
    flow, funnel, sessions_found, channels, of_web = ask_together(
        workspace,
        [
            (FlowAnalysis(), Selection()),
            (FunnelAnalysis(("Visit", "Order")), Selection()),
            (SessionsAnalysis(), sessions),
            (ChannelsAnalysis(), sessions),
            (FlowAnalysis(), Selection(where="channel = web")),
        ],
    )
    assert repr(flow) == repr(journeys.flow(workspace))
    assert repr(funnel) == repr(journeys.funnel(workspace, ["Visit", "Order"]))
    assert repr(sessions_found) == repr(journeys.sessions(workspace, gap="20m"))
    assert repr(channels) == repr(journeys.channels(workspace, span="session", gap="20m"))
    assert repr(of_web) == repr(journeys.flow(workspace, where="channel = web"))


def test_fields_are_those_of_the_interactions_that_each_question_looks_at(workspace: Workspace) -> None:
    chosen = [
        Selection(),
        Selection(where="channel = phone"),
        Selection(where="touchpoint = Call"),
        Selection(period="2026-01-01..2026-01-01"),
    ]
    analyses = [(analysis, each) for each in chosen for analysis in (ScoresAnalysis(), ContactsAnalysis())]
    together = ask_together(workspace, analyses)
    assert [repr(found) for found in together] == [repr(ask(workspace, *each)) for each in analyses]
    assert len({repr(found) for found in together[::2]}) > 1


def test_an_empty_workspace_and_no_question_have_answers(tmp_path: Path) -> None:
    empty = desireline.create(tmp_path / "empty")
    assert ask_together(empty, [(ChannelsAnalysis(), Selection())]) == (journeys.channels(empty),)
    assert ask_together(empty, []) == ()
