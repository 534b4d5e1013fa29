"""Contact quality."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Unpack, get_args

from desireline.base import Progress, phrase
from desireline.journeys.analyses.contacts import (
    DEFAULT_CHAINS,
    DEFAULT_REPEAT_WINDOW,
    ContactsAnalysis,
    read_channels,
    read_names,
)
from desireline.journeys.analyses.service_contacts import DEFAULT_ABANDONED
from desireline.journeys.calendars import Calendars
from desireline.journeys.engine import Engine
from desireline.journeys.noticing import check_filled
from desireline.journeys.questions.arguments import checked_top, note_filter, record_end, transfer_field
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.contacts import Contacts, ContactsBy
from desireline.journeys.selection import Selection, SelectionOptions, check_one_of, read_duration
from desireline.store import Workspace


def contacts(
    workspace: Workspace,
    *,
    within: timedelta | str = DEFAULT_REPEAT_WINDOW,
    by: ContactsBy = "channel",
    reason: str | None = None,
    channels: Sequence[str] | str | None = None,
    transferred_to: str | None = None,
    abandoned: Sequence[str] | str = DEFAULT_ABANDONED,
    teams: Sequence[str] | str | None = None,
    weekday: str | None = None,
    top: int = DEFAULT_CHAINS,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Contacts:
    """Contact quality: first contact resolution, transfers, times, answers, outcomes. See :class:`ContactsAnalysis`.

    The opening hours are those of the sections ``[calendar]`` and ``[calendars]`` of the settings. How interactions are cut into spans does not matter.

    Parameters
    ----------
    within
        Also as text, ``7d``, or ``0`` for the same moment.
    channels
        Also as text, ``phone,chat``.
    transferred_to
        ``None``: as the section ``[contacts]`` of the settings says.
    abandoned, teams
        Also as text with commas between the names; ``abandoned`` may be empty.
    """
    check_one_of("by", by, get_args(ContactsBy))
    chosen = Selection(**selection)
    analysis = ContactsAnalysis(
        within=timedelta() if within == "0" else read_duration("within", within),
        by=by,
        reason=reason,
        channels=read_channels(channels),
        calendars=Calendars.of_workspace(workspace),
        transferred_to=transfer_field(workspace, transferred_to),
        abandoned=(read_names("abandoned", abandoned, example="abandoned,lost") or ()) if abandoned else (),
        teams=read_names("teams", teams, example="billing,technical"),
        weekday=weekday,
        timezone=workspace.timezone,
        top=checked_top(top) or DEFAULT_CHAINS,
        record_end=record_end(workspace, chosen),
    )
    if reason is not None:
        check_filled(workspace, (reason,), role="reason")
    note_filter(
        progress,
        selection,
        phrase("a repeat or a transfer that it leaves out is not seen; choose contacts with --teams or --by team"),
    )
    return ask(workspace, analysis, chosen, engine=engine, progress=progress)
