"""What questions have in common: reading and checking their arguments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from desireline.base import InputError, Progress, phrase
from desireline.interactions import count_log, read_taxonomy
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.noticing import check_filled
from desireline.journeys.selection import Selection, SelectionOptions, read_period
from desireline.store import Workspace


def checked_top(top: int | None) -> int | None:
    """How many rows are wanted, ``None`` for all.

    Raises
    ------
    InputError
        Less than one.
    """
    if top is not None and top < 1:
        raise InputError(phrase("expected top to be 1 at least, got {top}", top=top))
    return top


def names_of(said: str | Sequence[str]) -> tuple[str, ...]:
    """One name, or several."""
    return (said,) if isinstance(said, str) else tuple(said)


def joined_by_taxonomy(workspace: Workspace, steps: Sequence[str | tuple[str, ...]]) -> str | None:
    """Which of the steps the taxonomy counts as other touchpoints; ``None`` where it joins none of them."""
    joined = read_taxonomy(workspace).touchpoints
    names = [name for step in steps for name in ((step,) if isinstance(step, str) else step)]
    told = [
        phrase("{name!r} as {joined!r}", name=name, joined=joined[name])
        for name in names
        if joined.get(name, name) != name
    ]
    return f"the taxonomy counts {', '.join(told)}" if told else None


def note_filter(progress: Progress | None, selection: SelectionOptions, loss: str) -> None:
    """Say, where interactions are chosen with ``where``, what is lost by that, for what is measured lies between interactions."""
    if progress is not None and selection.get("where") is not None:
        progress.note(phrase("--where leaves interactions out before anything is measured: {loss}", loss=loss))


def record_end(workspace: Workspace, selection: Selection) -> datetime | None:
    """Until when customers could have been seen: the end of the record, see :class:`LogSummary`, or of the period."""
    last = count_log(workspace).record_end
    period = read_period(workspace, selection.period)
    if last is None or period.end is None or selection.journey is not None:
        return last
    return min(last, period.end - timedelta(microseconds=1))


def transfer_field(workspace: Workspace, said: str | None) -> str | None:
    """The field that names the team to which an interaction was transferred: as it is said, otherwise as the settings have it.

    Raises
    ------
    UnknownNameError
        The one that is said is in no interaction.
    """
    if said is None:
        return ContactSettings.read(workspace.section("contacts")).transferred_to
    check_filled(workspace, (said,), role="transferred_to")
    return said
