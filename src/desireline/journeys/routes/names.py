"""What questions can name: touchpoints, channels, journeys, fields and their values; and reading conditions."""

from __future__ import annotations

from typing import Any

from litestar import get
from msgspec import Struct

from desireline.accounts import SignedIn
from desireline.base import InputError, phrase
from desireline.interactions import condition_text, condition_to_dict, fields_of, parse_condition
from desireline.interactions.one_customer import check_staff
from desireline.interactions.presence import note_without_rare
from desireline.journeys.noticing import notes_on_condition
from desireline.journeys.routes.reading import check_conditions
from desireline.journeys.smallest_group import fewest_shown
from desireline.journeys.vocabulary import (
    ConditionField,
    FieldValue,
    VocabularyNames,
    condition_fields,
    names_of_workspace,
    values_of_field,
)
from desireline.store import Workspace


class ConditionRead(Struct, frozen=True, kw_only=True):
    """A condition that was read.

    Attributes
    ----------
    text
        As text that reads as the same one.
    condition
        Its JSON form.
    fields
        What it asks for.
    notes
        What it names that no interaction has.
    """

    text: str
    condition: dict[str, Any]
    fields: list[str]
    notes: list[str]


@get("/names", sync_to_thread=True, operation_id="names")
def names(workspace: Workspace, user: SignedIn) -> VocabularyNames:
    """Touchpoints and channels with their counts, stages, journeys, and from when to when the record goes."""
    return names_of_workspace(workspace).told(fewest_shown(workspace, user))


@get("/fields", sync_to_thread=True, operation_id="condition_fields")
def fields(workspace: Workspace) -> tuple[ConditionField, ...]:
    """The fields that conditions can ask for."""
    return condition_fields(workspace)


@get("/values", sync_to_thread=True, operation_id="field_values")
def values(workspace: Workspace, user: SignedIn, field: str, containing: str = "") -> tuple[FieldValue, ...]:
    """The most frequent values of a field."""
    check_staff(user, field, where="field")
    return values_of_field(workspace, field, containing=containing, fewest=fewest_shown(workspace, user))


@get("/condition", sync_to_thread=True, operation_id="read_condition")
def condition(workspace: Workspace, user: SignedIn, text: str) -> ConditionRead:
    """Read a condition."""
    if not text.strip():
        raise InputError(
            phrase("expected a condition, got nothing"), hint=phrase("channel = web and attributes.platform = ios")
        )
    check_conditions(user, {"where": text})
    read, fewest = parse_condition(text), fewest_shown(workspace, user)
    return ConditionRead(
        text=condition_text(read),
        condition=condition_to_dict(read),
        fields=sorted(fields_of(read)),
        notes=[note_without_rare(each, fewest) for each in notes_on_condition(workspace, read)],
    )


NAME_HANDLERS = [names, fields, values, condition]
