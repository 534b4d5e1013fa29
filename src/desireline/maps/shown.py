"""A map as a link shows it: without its personas where the link leaves them out, and without what leads to maps that it does not show."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desireline.maps.document import Document, new_document
from desireline.maps.model import JourneyMap
from desireline.maps.reading import read_map
from desireline.maps.share_tables import Share
from desireline.maps.sharing import shared_map, shared_maps
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class MapOfLink:
    """A map of a link.

    Attributes
    ----------
    subject
        As it is drawn.
    document
        As it is written; it names personas that are left out by their ids alone.
    left_out
        How many personas are.
    maps
        Ids of all maps of the link: no other one is told.
    """

    subject: JourneyMap
    document: Document
    left_out: int
    maps: frozenset[str]

    def as_drawn(self, subject: JourneyMap) -> JourneyMap:
        """The same map, read anew, as the link shows it."""
        shown = _among(subject, self.maps)
        return _without_personas(shown) if self.left_out else shown


def shown_map(workspace: Workspace, share: Share, map_id: str | None) -> MapOfLink:
    """A map of a link; its own where none is named.

    Raises
    ------
    AccessError
        The link does not show it.
    """
    document = shared_map(workspace, share, map_id)
    maps = frozenset(each.id for each in shared_maps(workspace, share))
    subject = _among(read_map(document, WorkspaceLibrary(workspace)), maps)
    if share.parts.personas or not subject.personas:
        return MapOfLink(subject, document, 0, maps)
    return MapOfLink(_without_personas(subject), _with_ids_alone(document), len(subject.personas), maps)


def _without_personas(subject: JourneyMap) -> JourneyMap:
    return replace(subject, personas=(), lanes=tuple(replace(each, persona=None) for each in subject.lanes))


def _among(subject: JourneyMap, maps: frozenset[str]) -> JourneyMap:
    """A map that names others of the link alone."""
    phases = tuple(
        replace(phase, steps=tuple(each if each.map in maps else replace(each, map=None) for each in phase.steps))
        for phase in subject.phases
    )
    parent = subject.parent if subject.parent is not None and subject.parent.map in maps else None
    return replace(subject, phases=phases, parent=parent, future=subject.future if subject.future in maps else None)


def _with_ids_alone(document: Document) -> Document:
    """A document that names its personas and does not describe them; the same one where it described none."""
    named = [each if isinstance(each, str) else str(each["id"]) for each in document.tree["personas"]]
    if named == list(document.tree["personas"]):
        return document
    return new_document({**document.tree, "personas": named}, syntax=document.syntax, origin=document.origin)
