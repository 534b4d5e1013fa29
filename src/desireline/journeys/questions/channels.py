"""Moves between channels."""

from __future__ import annotations

from typing import Unpack

from desireline.base import Progress
from desireline.journeys.analyses.channels import ChannelsAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Channels
from desireline.journeys.questions.arguments import checked_top
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


def channels(
    workspace: Workspace,
    *,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Channels:
    """Moves between channels, starts and ends. See :class:`ChannelsAnalysis`."""
    return ask(
        workspace, ChannelsAnalysis(top=checked_top(top)), Selection(**selection), engine=engine, progress=progress
    )
