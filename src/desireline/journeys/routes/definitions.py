"""Journey definitions: list, get, set, remove."""

from __future__ import annotations

from litestar import delete, get, put
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.interactions import Condition, condition_text
from desireline.interactions.presence import note_without_rare
from desireline.journeys.addresses import duration_text
from desireline.journeys.definitions import (
    JourneyDefinition,
    definition_named,
    definition_revision,
    read_definitions,
    remove_definition,
    save_definition,
)
from desireline.journeys.noticing import notes_on_definition
from desireline.journeys.smallest_group import fewest_shown
from desireline.store import Workspace


class DefinitionText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A journey definition as people write it: conditions and the time-out as text.

    Attributes
    ----------
    revision
        What was said of the definition that is changed, empty for a new one: where it has changed since, nothing is written.
        ``None``: whatever stands.
    """

    name: str | None = None
    start: str
    goal: str
    end: str | None = None
    time_out: str | None = None
    where: str | None = None
    revision: str | None = None


class DefinitionAnswer(Struct, frozen=True, kw_only=True):
    """A journey definition.

    Attributes
    ----------
    notes
        Names in it that no interaction has.
    revision
        Goes back with a change, so that nobody overwrites what they have not seen.
    """

    id: str
    name: str
    start: str
    goal: str
    end: str | None
    time_out: str
    time_out_seconds: float
    where: str | None
    notes: list[str]
    revision: str


@get("/definitions", sync_to_thread=True, operation_id="list_definitions")
def list_definitions(workspace: Workspace, user: SignedIn) -> list[DefinitionAnswer]:
    """The definitions, in the order of their file."""
    return [_answer(workspace, user, each) for each in read_definitions(workspace)]


@get("/definitions/{ident:str}", sync_to_thread=True, operation_id="get_definition")
def get_definition(workspace: Workspace, user: SignedIn, ident: str) -> DefinitionAnswer:
    """The definition with this id or name."""
    return _answer(workspace, user, definition_named(workspace, ident))


@put("/definitions/{ident:str}", guards=[needs(Right.CHANGE_DATA)], sync_to_thread=True, operation_id="set_definition")
def set_definition(workspace: Workspace, user: SignedIn, ident: str, data: DefinitionText) -> DefinitionAnswer:
    """Define a journey, in place of the one with this id."""
    said = {key: getattr(data, key) or None for key in ("start", "goal", "end", "time_out", "where")}
    entry = {"name": data.name, **said}
    return _answer(workspace, user, save_definition(workspace, ident, entry, revision=data.revision))


@delete(
    "/definitions/{ident:str}",
    guards=[needs(Right.CHANGE_DATA)],
    sync_to_thread=True,
    operation_id="remove_definition",
)
def remove(workspace: Workspace, ident: str, revision: str | None = None) -> None:
    """Take a definition out; with the ``revision`` that was read only where it still says so."""
    remove_definition(workspace, ident, revision=revision)


def _answer(workspace: Workspace, user: SignedIn, definition: JourneyDefinition) -> DefinitionAnswer:
    fewest = fewest_shown(workspace, user)
    return DefinitionAnswer(
        id=definition.ident,
        name=definition.name,
        start=condition_text(definition.start),
        goal=condition_text(definition.goal),
        end=_text(definition.end),
        time_out=duration_text(definition.time_out),
        time_out_seconds=definition.time_out.total_seconds(),
        where=_text(definition.where),
        notes=[note_without_rare(each, fewest) for each in notes_on_definition(workspace, definition)],
        revision=definition_revision(definition),
    )


def _text(condition: Condition | None) -> str | None:
    return None if condition is None else condition_text(condition)


DEFINITION_HANDLERS = [list_definitions, get_definition, set_definition, remove]
