"""The fields of an interaction: names, kinds, units and allowed values, in one place.

The JSON Schema, the columns of the log, what a mapping may say and the page in the documentation come from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desireline.base import UnknownNameError, closest_names, phrase

FieldKind = Literal["text", "number", "time", "choice"]
HAND_LOGGED = "hand"
"""The source of what people logged by hand."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an interaction.

    Attributes
    ----------
    name
        The same on every surface: mapping, log, condition, JSON.
    kind
        What its values are.
    meaning
        One sentence.
    unit
        Of a number: "seconds", "currency", "points" …
    choices
        Of a choice: the allowed values.
    lowest, highest
        Of a number: the allowed range, both included; ``None`` leaves it open.
    longest
        Of a text: the most characters.
    required
        Whether an interaction cannot do without it.
    """

    name: str
    kind: FieldKind
    meaning: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    longest: int = 1_000
    required: bool = False


FIELDS: tuple[Field, ...] = (
    Field("id", "text", "The source's own id of the interaction; without one, equal rows are one interaction."),
    Field("source", "text", "The department or system that recorded it.", longest=100, required=True),
    Field("channel", "text", "How: web, app, phone, chat, email, store …", longest=100, required=True),
    Field("touchpoint", "text", "What: the named kind of interaction.", longest=200, required=True),
    Field("occurred_at", "time", "When it happened, UTC to the microsecond.", required=True),
    Field("received_at", "time", "When the company's system got to know of it."),
    Field(
        "direction",
        "choice",
        "Who turned to whom: inbound is the customer turning to the company.",
        choices=("inbound", "outbound", "internal"),
    ),
    Field("actor", "choice", "Who acted.", choices=("customer", "agent", "bot", "system")),
    Field("team", "text", "The team or queue that handled it."),
    Field("agent", "text", "The member of staff who handled it."),
    Field("case", "text", "The call, ticket, order … of which it is a part."),
    Field("duration", "number", "How long it took.", unit="seconds", lowest=0),
    Field("wait", "number", "How long the customer waited for it.", unit="seconds", lowest=0),
    Field("hold", "number", "How long the customer was put on hold.", unit="seconds", lowest=0),
    Field("cost", "number", "What it cost the company.", unit="currency of the workspace"),
    Field("value", "number", "What it brought the company.", unit="currency of the workspace"),
    Field("outcome", "text", "How it ended, in the source's words."),
    Field("score", "number", "What the customer answered to a survey, on its own scale.", unit="points"),
    Field("score_kind", "choice", "Which survey the score answers.", choices=("NPS", "CSAT", "CES")),
    Field("sentiment", "number", "Feeling, from very bad to very good.", unit="points", lowest=-2, highest=2),
    Field("text", "text", "What was said or written.", longest=100_000),
)
"""Every field but the identifiers (``anchor`` and ``identifiers`` in the log) and the free ``attributes``."""

COMPUTED_FIELDS: tuple[Field, ...] = (
    Field("stage", "text", "The stage of the touchpoint, as the taxonomy says."),
    Field("raw_touchpoint", "text", "The touchpoint as it was imported, before the taxonomy."),
    Field("raw_channel", "text", "The channel as it was imported, before the taxonomy."),
)
"""Computed when the log is read: conditions may ask for them, no mapping sets them, no file holds them."""

LONGEST_IDENTIFIER = 500
LONGEST_ATTRIBUTE = 10_000
MOST_TOUCHPOINTS = 65_535
MOST_CHANNELS = 255

_BY_NAME = {field.name: field for field in FIELDS}
READABLE_FIELDS: dict[str, Field] = {field.name: field for field in (*FIELDS, *COMPUTED_FIELDS)}
"""What a condition may ask for, by name."""


def field_named(name: str) -> Field:
    """The field of that name.

    Raises
    ------
    UnknownNameError
        An interaction has no such field.
    """
    field = _BY_NAME.get(name)
    if field is None:
        close = closest_names(name, _BY_NAME)
        raise UnknownNameError(
            phrase("an interaction has no field {name!r}", name=name),
            hint=phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("fields: {known}", known=", ".join(_BY_NAME)),
        )
    return field
