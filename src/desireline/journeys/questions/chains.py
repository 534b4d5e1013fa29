"""Channels that customers go through for one need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from desireline.base import Period, Progress, phrase
from desireline.interactions import Condition, CostSettings
from desireline.journeys.analyses.chains import (
    DEFAULT_CHAIN_GAP,
    DEFAULT_CHAIN_WINDOW,
    DEFAULT_TOP_CHAINS,
    ChainsAnalysis,
)
from desireline.journeys.analyses.contacts import read_channels, read_names
from desireline.journeys.analyses.service_contacts import DEFAULT_ABANDONED
from desireline.journeys.contact_settings import ContactSettings, read_needs
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import checked_top, note_filter, record_end
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.chains import Chains
from desireline.journeys.selection import Selection, read_duration
from desireline.store import Workspace


def chains(
    workspace: Workspace,
    *,
    gap: timedelta | str = DEFAULT_CHAIN_GAP,
    within: timedelta | str = DEFAULT_CHAIN_WINDOW,
    self_service: Sequence[str] | str | None = None,
    needs: Condition | str | None = None,
    channels: Sequence[str] | str | None = None,
    abandoned: Sequence[str] | str = DEFAULT_ABANDONED,
    top: int = DEFAULT_TOP_CHAINS,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    period: Period | str | None = None,
    where: Condition | str | Mapping[str, Any] | None = None,
    segment: Condition | str | Mapping[str, Any] | None = None,
    not_segment: Condition | str | Mapping[str, Any] | None = None,
    journey: JourneyDefinition | str | None = None,
) -> Chains:
    """Channels that customers go through for one need, costs, containment. See :class:`ChainsAnalysis`.

    Costs are those that sources gave, and those of the section ``[costs]`` of the settings.

    Parameters
    ----------
    gap, within
        Also as text, ``3d`` and ``7d``.
    self_service, channels
        Also as text, ``web,app``.
    abandoned
        Also as text with commas between the words; may be empty.
    needs
        Also as text. ``None``: as the section ``[contacts]`` of the settings says, otherwise the usual rule.
    """
    settings = ContactSettings.read(workspace.section("contacts"))
    chosen = Selection(period=period, where=where, segment=segment, not_segment=not_segment, journey=journey)
    analysis = ChainsAnalysis(
        gap=read_duration("gap", gap),
        within=read_duration("within", within),
        self_service=read_channels(self_service),
        needs=settings.needs if needs is None else read_needs(needs),
        channels=read_channels(channels),
        abandoned=(read_names("abandoned", abandoned, example="abandoned,lost") or ()) if abandoned else (),
        prices=CostSettings.read(workspace.section("costs")),
        top=checked_top(top) or DEFAULT_TOP_CHAINS,
        record_end=record_end(workspace, chosen),
    )
    note_filter(
        progress,
        {"where": where},
        phrase("what lies in another channel or team is no step of a chain and no push then"),
    )
    return ask(workspace, analysis, chosen, conditions=(analysis.needs,), engine=engine, progress=progress)
