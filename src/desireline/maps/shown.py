"""A map as a link shows it: without its personas where the link leaves them out, in the drawing and in files."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desireline.maps.document import Document, new_document
from desireline.maps.model import JourneyMap
from desireline.maps.reading import read_map
from desireline.maps.share_tables import Share
from desireline.maps.sharing import shared_map
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
    """

    subject: JourneyMap
    document: Document
    left_out: int = 0


def shown_map(workspace: Workspace, share: Share, map_id: str | None) -> MapOfLink:
    """A map of a link; its own where none is named.

    Raises
    ------
    AccessError
        The link does not show it.
    """
    document = shared_map(workspace, share, map_id)
    subject = read_map(document, WorkspaceLibrary(workspace))
    if share.parts.personas or not subject.personas:
        return MapOfLink(subject, document)
    return MapOfLink(replace(subject, personas=()), _with_ids_alone(document), len(subject.personas))


def _with_ids_alone(document: Document) -> Document:
    """A document that names its personas and does not describe them; the same one where it described none."""
    named = [each if isinstance(each, str) else str(each["id"]) for each in document.tree["personas"]]
    if named == list(document.tree["personas"]):
        return document
    return new_document({**document.tree, "personas": named}, syntax=document.syntax, origin=document.origin)
