"""Compiling the kernels ahead of time, so that the first question need not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from desireline.base import Progress, SilentProgress
from desireline.interactions import parse_condition
from desireline.interactions.log import log_schema
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys.analyses.scores import ScoresAnalysis
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.index import open_index
from desireline.journeys.questions.ask import ask
from desireline.journeys.questions.attribution import attribution
from desireline.journeys.questions.chains import chains
from desireline.journeys.questions.channels import channels
from desireline.journeys.questions.clusters import clusters
from desireline.journeys.questions.common import common
from desireline.journeys.questions.contacts import contacts
from desireline.journeys.questions.drivers import drivers
from desireline.journeys.questions.effort import effort
from desireline.journeys.questions.emotion import emotion
from desireline.journeys.questions.flow import flow
from desireline.journeys.questions.funnel import funnel
from desireline.journeys.questions.gaps import gaps
from desireline.journeys.questions.handovers import handovers
from desireline.journeys.questions.insights import insights
from desireline.journeys.questions.loops import loops
from desireline.journeys.questions.outcomes import outcomes
from desireline.journeys.questions.overview import overview
from desireline.journeys.questions.paths import paths
from desireline.journeys.questions.retention import retention
from desireline.journeys.questions.scores import scores
from desireline.journeys.questions.sessions import sessions
from desireline.journeys.questions.survival import survival
from desireline.journeys.questions.variants import variants
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.journeys.smallest_group import group_of
from desireline.kernels import medians
from desireline.kernels._jit import cache_folder, compiled_for
from desireline.store import Workspace, create_workspace

_START = datetime(2026, 1, 1, tzinfo=UTC)
_WARM = "warm-"
_SELECTIONS: tuple[SelectionOptions, ...] = (
    {},
    {"span": "session"},
    {"period": "2026-01-01..2026-01-02"},
    {"where": "channel = 'web'"},
)


_JOURNEY = JourneyDefinition(
    "warm-up", "warm-up", parse_condition("touchpoint = Visit"), parse_condition("touchpoint = Order")
)


Question = Callable[[Workspace, SelectionOptions], object]
"""Asks something of a workspace."""


def warm_up(questions: Sequence[Question], *, progress: Progress | None = None) -> int:
    """Ask questions of a small workspace that is thrown away; the machine code stays in Numba's cache.

    It has the touchpoints Visit, Call and Order in the channels web and phone. Each question is asked of everything, and with a span,
    a period and a condition.

    Returns
    -------
    How many questions were asked.
    """
    listener = progress or SilentProgress()
    with TemporaryDirectory(prefix="desireline-") as folder:
        workspace = create_workspace(Path(folder) / "workspace", log_schema=log_schema(), timezone="Europe/London")
        for people in (200, 1):
            record_interactions(workspace, [_interaction(number % people, number) for number in range(2 * people)])
            open_index(workspace)
        _compile_histograms()
        asked = [(question, selection) for question in questions for selection in _SELECTIONS]
        for done, (question, selection) in enumerate(asked, start=1):
            question(workspace, selection)
            listener.step("compiling", done=done, total=len(asked))
    return len(asked)


def is_warm(folder: Path | None = None) -> bool:
    """Whether it is noted that all was compiled of these kernels on this machine; the note is beside the machine code, or in ``folder``."""
    return _note(folder).exists()


def note_warm(folder: Path | None = None) -> None:
    """Note that all was compiled; where that cannot be written, it is looked through again the next time."""
    note = _note(folder)
    with suppress(OSError):
        for before in note.parent.glob(f"{_WARM}*"):
            before.unlink(missing_ok=True)
        note.touch()


def _note(folder: Path | None) -> Path:
    return (folder or cache_folder()) / f"{_WARM}{compiled_for()}"


def journey_questions() -> list[Question]:
    """The questions of this package."""
    return [
        lambda workspace, chosen: flow(workspace, **chosen),
        lambda workspace, chosen: variants(workspace, **chosen),
        lambda workspace, chosen: common(workspace, **chosen),
        lambda workspace, chosen: common(workspace, order="ignored", **chosen),
        lambda workspace, chosen: clusters(workspace, outcome="Order", **chosen),
        lambda workspace, chosen: funnel(workspace, ["Visit", "Call"], **chosen),
        lambda workspace, chosen: funnel(workspace, ["Visit", "Call"], order="strict", **chosen),
        lambda workspace, chosen: funnel(
            workspace, ["Visit", "Call"], order="any", by="channel", dropped=True, **chosen
        ),
        lambda workspace, chosen: sessions(workspace, period=chosen.get("period"), where=chosen.get("where")),
        lambda workspace, chosen: channels(workspace, **chosen),
        lambda workspace, chosen: overview(workspace, **chosen),
        lambda workspace, chosen: group_of(workspace, Selection(**chosen)),
        lambda workspace, chosen: gaps(workspace, **chosen),
        lambda workspace, chosen: chains(workspace, period=chosen.get("period"), where=chosen.get("where")),
        lambda workspace, chosen: contacts(workspace, **chosen),
        lambda workspace, chosen: handovers(workspace, by="source", **chosen),
        lambda workspace, chosen: insights(workspace, **chosen),
        lambda workspace, chosen: flow(
            workspace, segment="channel = phone", journey=_JOURNEY, period=chosen.get("period")
        ),
        lambda workspace, chosen: outcomes(workspace, _JOURNEY, where=chosen.get("where")),
        lambda workspace, chosen: paths(workspace, "Visit", **chosen),
        lambda workspace, chosen: loops(workspace, **chosen),
        lambda workspace, chosen: attribution(workspace, ["Order"], **chosen),
        lambda workspace, chosen: drivers(workspace, ["Order"], attributes=["source"], **chosen),
        lambda workspace, chosen: retention(workspace, **chosen),
        lambda workspace, chosen: survival(workspace, events="Order", **chosen),
        lambda workspace, chosen: scores(workspace, sent=["Call"], **chosen),
        lambda workspace, chosen: ask(workspace, ScoresAnalysis(level="journey"), Selection(**chosen)),
        lambda workspace, chosen: emotion(workspace, **chosen),
        lambda workspace, chosen: effort(workspace, identification="touchpoint = Call", fit=True, **chosen),
    ]


def _interaction(person: int, number: int) -> NewInteraction:
    fields = {
        "source": "warm-up",
        "channel": ("web", "phone")[number % 2],
        "touchpoint": ("Visit", "Call", "Order")[number % 3],
        "occurred_at": _START + timedelta(hours=2 * number),
    }
    return NewInteraction(fields, {"user": f"person {person}", "email": f"p{person // 2}@example.org"})


def _compile_histograms() -> None:
    """Little data needs no histogram: these kernels are called by themselves."""
    groups, values, rows = np.zeros(4, np.int32), np.arange(4, dtype=np.int64), np.arange(2, dtype=np.int32)
    medians.histogram(groups, values, rows, 1, 2)
