"""What somebody logs by hand about one customer: a talk in a store, a call to a private number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desireline.base import InputError, phrase
from desireline.identity.explain import show_numbered
from desireline.interactions.by_hand import log_by_hand
from desireline.interactions.recording import NewInteraction
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class SaidByHand:
    """What somebody saw or was told, and no system has.

    Attributes
    ----------
    at
        ISO 8601; without a zone by the clock of the workspace.
    text
        What was said, as far as it is noted.
    """

    touchpoint: str
    channel: str
    at: str
    text: str | None = None


def log_about(workspace: Workspace, customer: int, said: SaidByHand, *, by: str, now: datetime) -> int:
    """Log an interaction of a customer, under their strongest identifier; whoever logs it is its agent.

    Parameters
    ----------
    customer
        The number of any of the customer's identifiers.
    by
        The name of whoever logs it: an interaction with an agent is a service contact, whatever its channel.
    now
        The time that it is.

    Returns
    -------
    The number to withdraw it by.

    Raises
    ------
    UnknownNameError
        No identifier has this number.
    InputError
        The time is none, or in the future, or a field is not as the schema says.
    """
    known = show_numbered(workspace, customer).asked
    fields = {
        "touchpoint": said.touchpoint.strip(),
        "channel": said.channel.strip(),
        "occurred_at": _moment(workspace, said.at),
        "received_at": now,
        "text": (said.text or "").strip() or None,
        "agent": by,
    }
    logged = log_by_hand(workspace, NewInteraction(fields, {known.type: known.value}), now=now)
    return logged.number


def _moment(workspace: Workspace, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            phrase("expected a day and a time such as 2026-03-14T15:09, got {text!r}", text=text),
            hint=phrase("without a zone it is by the clock of the workspace, {zone}", zone=workspace.timezone),
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=workspace.zone)
