"""Personas that are tied to customers: whom a question can be about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from litestar import get
from msgspec import Struct

from desireline.accounts import SignedIn
from desireline.base import DesirelineError
from desireline.interactions import condition_text
from desireline.journeys.routes.segments import may_use
from desireline.maps import Persona, read_map, read_persona
from desireline.maps.library import RememberingLibrary
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace


class TiedPersona(Struct, frozen=True):
    """A persona with a segment: those who ever had an interaction that meets it.

    Attributes
    ----------
    map
        The title of the map that it belongs to; ``None``: several maps can name it.
    """

    id: str
    name: str
    segment: str
    map: str | None


@get("/personas", sync_to_thread=True)
def tied_personas(workspace: Workspace, user: SignedIn) -> tuple[TiedPersona, ...]:
    """The personas that have a segment, by name: those that are documents of their own, then those within a map."""
    found = (each for each in _tied(workspace) if may_use(user, each.segment))
    return tuple(sorted(found, key=lambda each: (each.map is not None, each.name.casefold(), each.id)))


def _tied(workspace: Workspace) -> Iterator[TiedPersona]:
    """Of the documents that can be read; what is wrong with another one is told where it is opened."""
    library = RememberingLibrary(WorkspaceLibrary(workspace))
    shared = library.idents("persona")
    for ident in shared:
        document = library.find("persona", ident)
        with suppress(DesirelineError):
            yield from _with_segment([read_persona(document)] if document is not None else [], None)
    for ident in library.idents("map"):
        document = library.find("map", ident)
        if document is None:
            continue
        with suppress(DesirelineError):
            found = read_map(document, library)
            yield from _with_segment([each for each in found.personas if each.id not in shared], found.title)


def _with_segment(personas: Iterable[Persona], title: str | None) -> Iterator[TiedPersona]:
    for each in personas:
        if each.segment is not None:
            yield TiedPersona(each.id, each.name, condition_text(each.segment), title)
