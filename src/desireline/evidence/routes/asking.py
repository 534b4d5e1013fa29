"""What the routes share: the selection of an address, the map that it is about, and answers that are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Annotated, Any, TypeVar

from litestar.params import QueryParameter
from msgspec import Struct

from desireline.accounts import SignedIn
from desireline.base import Progress
from desireline.evidence.checking import select
from desireline.evidence.step_customers import NOBODY, MapCustomers, customers_on_map
from desireline.journeys.answering import answers_of
from desireline.journeys.routes.reading import check_conditions
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.journeys.smallest_group import EVERYBODY, check_group
from desireline.maps import Document, JourneyMap, Library, read_map
from desireline.maps.routes.exports import lane_names
from desireline.maps.routes.paths import document_at
from desireline.maps.storing import WorkspaceLibrary
from desireline.maps.tables import count_versions
from desireline.maps.together.keeping import written_document
from desireline.store import Workspace

R = TypeVar("R")
_TEXTS = ("period", "where", "segment", "journey", "span", "gap")
Ticket = Annotated[str | None, QueryParameter(description="Under it the question can be watched and cancelled.")]
__all__ = ["AskedMap", "Chosen", "Ticket", "ask_map", "chosen", "kept", "lane_names", "library_state"]


class Chosen(Struct, frozen=True):
    """Which journeys a question is about, as texts of an address; what is not said the map says."""

    period: str | None = None
    where: str | None = None
    segment: str | None = None
    journey: str | None = None
    span: str | None = None
    gap: str | None = None

    def options(self) -> SelectionOptions:
        """As arguments of a question."""
        said: Any = {name: getattr(self, name) for name in _TEXTS if getattr(self, name)}
        options: SelectionOptions = said
        return options


def chosen(
    user: SignedIn,
    period: Annotated[
        str | None, QueryParameter(description="2026-01-01..2026-03-31, by the clock of the workspace.")
    ] = None,
    where: Annotated[str | None, QueryParameter(description="Only interactions that meet a condition.")] = None,
    segment: Annotated[str | None, QueryParameter(description="Only customers with such an interaction.")] = None,
    journey: Annotated[
        str | None, QueryParameter(description="A journey definition; else the one the map names.")
    ] = None,
    span: Annotated[str | None, QueryParameter(description="life or session; else what the map says.")] = None,
    gap: Annotated[str | None, QueryParameter(description="Of sessions: 30m.")] = None,
) -> Chosen:
    """The selection that an address names; conditions that can pick one customer out are for who may see customers."""
    check_conditions(user, {"where": where, "segment": segment})
    return Chosen(period, where, segment, journey, span, gap)


class AskedMap(Struct, frozen=True):
    """A map that is asked about.

    Attributes
    ----------
    state
        Another one after every save of a document, as a map names others; with the text of what is no version yet.
    """

    document: Document
    subject: JourneyMap
    library: Library
    version: int
    state: Hashable


def ask_map(workspace: Workspace, ident: str, number: int | None = None) -> AskedMap:
    """The map with an id, in its newest version or another one.

    Raises
    ------
    UnknownNameError
        There is none.
    """
    library, document, version = document_at(workspace, "map", ident, number)
    return AskedMap(document, read_map(document, library), library, version.number, library_state(workspace))


def ask_written(workspace: Workspace, ident: str) -> AskedMap:
    """The map with an id as it is written now, be it a version yet or not.

    Raises
    ------
    UnknownNameError
        There is none.
    InputError
        What is written now breaks the schema.
    """
    asked, written = ask_map(workspace, ident), written_document(workspace, ident)
    if written is None or written.text == asked.document.text:
        return asked
    subject = read_map(written, asked.library)
    return AskedMap(written, subject, asked.library, asked.version, (asked.state, written.text))


def chosen_group(workspace: Workspace, asked: AskedMap, selected: Chosen, fewest: int) -> Selection:
    """The customers that a question about a map is about.

    Parameters
    ----------
    fewest
        See :func:`desireline.journeys.smallest_group.fewest_shown`.

    Raises
    ------
    SmallGroupError
        They are fewer.
    """
    selection = select(workspace, asked.subject, selected.options())
    check_group(workspace, selection, fewest)
    return selection


def map_customers(workspace: Workspace, asked: AskedMap, selection: Selection, fewest: int) -> MapCustomers:
    """How many of the customers of a selection a map's numbers are of; nobody where whoever asks sees numbers of everybody."""
    if fewest <= EVERYBODY:
        return NOBODY
    return kept(
        workspace,
        ("map customers", asked.subject.id, asked.version, asked.state, repr(selection)),
        lambda progress: customers_on_map(workspace, asked.subject, selection, progress=progress),
    )


def library_state(workspace: Workspace) -> int:
    """How many versions of documents there are, with what was changed in the folder."""
    WorkspaceLibrary(workspace)
    with workspace.database.reading() as connection:
        return count_versions(connection)


def kept(workspace: Workspace, key: Hashable, work: Callable[[Progress], R], *, ticket: str | None = None) -> R:
    """What ``work`` gives, or gave for this key as long as nothing of the workspace has changed."""
    return answers_of(workspace).keep(key, work, ticket=ticket).answer
