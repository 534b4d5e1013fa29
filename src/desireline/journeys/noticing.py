"""Noticing names that nothing has: in the conditions of a selection, and in the fields that a question is asked about.

A condition may name what never occurs: that is no error, but often a slip, and its answer then looks like one about what was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from desireline.base import UnknownNameError, joined, phrase
from desireline.interactions import Condition, count_log, read_taxonomy
from desireline.interactions.condition import ATTRIBUTE_PREFIX
from desireline.interactions.model import READABLE_FIELDS
from desireline.interactions.presence import absent_names, fields_with_values, has_values, near_fields
from desireline.journeys.definitions import JourneyDefinition, definition_named
from desireline.journeys.selection import Selection, read_condition
from desireline.store import Workspace

_REMEMBERED = 64


def notes_on(workspace: Workspace, selection: Selection) -> tuple[str, ...]:
    """What a selection names that no interaction has, a sentence each: ``no interaction has touchpoint 'Chekout'; did you mean …``.

    Raises
    ------
    InputError
        The selection cannot be read.
    """
    said = (selection.where, selection.segment, selection.not_segment)
    conditions = [read for read in map(read_condition, said) if read is not None]
    if selection.journey is not None:
        conditions += _conditions_of(_definition(workspace, selection.journey))
    return _notes(workspace, conditions)


def notes_on_condition(workspace: Workspace, condition: Condition | str | None) -> tuple[str, ...]:
    """What a single condition names that no interaction has, a sentence each; nothing for none.

    Raises
    ------
    InputError
        The condition cannot be read.
    """
    read = read_condition(condition)
    return () if read is None else _notes(workspace, [read])


def notes_on_definition(workspace: Workspace, definition: JourneyDefinition) -> tuple[str, ...]:
    """What a journey definition names that no interaction has, a sentence each."""
    return _notes(workspace, _conditions_of(definition))


def check_filled(workspace: Workspace, names: Sequence[str], *, role: str) -> None:
    """Refuse fields that no interaction has; in an empty log there is nothing to check.

    Parameters
    ----------
    names
        What is no field at all is passed over: the analysis says what it can be asked about.
    role
        What the fields are for, such as ``by``: for the message.

    Raises
    ------
    UnknownNameError
        No interaction has one of them.
    """
    fields = [name for name in names if name.startswith(ATTRIBUTE_PREFIX) or name in READABLE_FIELDS]
    absent = [name for name in fields if not has_values(workspace, name)]
    if not absent or not count_log(workspace).interactions:
        return
    close = near_fields(workspace, absent[0])
    known = ", ".join(fields_with_values(workspace)) or "none"
    hint = (
        phrase("did you mean {close}?", close=joined(close, ", "))
        if close
        else phrase("fields that some have: {known}", known=known)
    )
    raise UnknownNameError(phrase("{role}: no interaction has {absent}", role=role, absent=absent[0]), hint=hint)


def _definition(workspace: Workspace, said: JourneyDefinition | str) -> JourneyDefinition:
    return said if isinstance(said, JourneyDefinition) else definition_named(workspace, said)


def _conditions_of(definition: JourneyDefinition) -> list[Condition]:
    parts = (definition.start, definition.goal, definition.end, definition.where)
    return [each for each in parts if each is not None]


def _notes(workspace: Workspace, conditions: Sequence[Condition]) -> tuple[str, ...]:
    if not conditions:
        return ()
    state = (workspace.folder.resolve(), workspace.log.version(), read_taxonomy(workspace).revision())
    told = [note for each in conditions for note in _looked_up(_Asked(*state, each, workspace))]
    return tuple(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the notes on a condition depend on; and whose log it is."""

    folder: Path
    version: int
    taxonomy: str
    condition: Condition
    workspace: Workspace = field(compare=False)


@lru_cache(maxsize=_REMEMBERED)
def _looked_up(asked: _Asked) -> tuple[str, ...]:
    return tuple(absent_names(asked.workspace, asked.condition))
