from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import Selection, ask, chains
from desireline.journeys.analyses.containment import ContainmentAnalysis
from desireline.store import Workspace

FIRST = datetime(2026, 3, 2, tzinfo=UTC)
HAPPENED = [
    *(("ann", 0, "web"), ("ann", 1, "phone"), ("ben", 2, "web"), ("cem", 6.5, "web")),
    *(("cem", 7.5, "phone"), ("dee", 8, "phone"), ("eva", 9, "web"), ("fay", 13, "web"), ("fay", 20, "phone")),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made: Workspace = create(Path(tmp_path_factory.mktemp("contained")) / "workspace")
    touchpoints = {"web": "Help article", "phone": "Call"}
    record_interactions(
        made,
        [
            NewInteraction(
                {
                    "source": "shop",
                    "channel": channel,
                    "touchpoint": touchpoints[channel],
                    "occurred_at": FIRST + timedelta(days=day),
                },
                {"user": who},
            )
            for who, day, channel in HAPPENED
        ],
    )
    return made


def counted(workspace: Workspace, *days: tuple[float, float]) -> list[tuple[int, int]]:
    """Contained and begun, of each stretch of days."""
    stretches = tuple((microseconds(start), microseconds(end)) for start, end in days)
    found = ask(workspace, ContainmentAnalysis(stretches), Selection())
    return [(round(each.value * each.n) if each.n else 0, each.n) for each in found]


def microseconds(days: float) -> int:
    moment = FIRST + timedelta(days=days)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def test_a_need_counts_for_the_stretch_it_begins_in_and_is_followed_beyond_its_end(workspace: Workspace) -> None:
    assert counted(workspace, (0, 7), (7, 14), (14, 30)) == [(1, 3), (2, 2), (0, 0)]


def test_the_whole_record_gives_what_chains_give(workspace: Workspace) -> None:
    every = chains(workspace).containment[0]
    assert counted(workspace, (-1, 100)) == [(round(every.contained.value * every.chains), every.chains)]


@settings(max_examples=20)
@given(cuts=st.lists(st.floats(-1, 25, allow_nan=False), max_size=4))
def test_stretches_that_adjoin_add_up(workspace: Workspace, cuts: list[float]) -> None:
    bounds = [-2.0, *sorted(cuts), 30.0]
    parts = counted(workspace, *pairwise(bounds))
    assert [sum(part) for part in zip(*parts, strict=True)] == list(counted(workspace, (-2, 30))[0])
