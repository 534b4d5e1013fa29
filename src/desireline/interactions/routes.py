"""``/api/interactions``: the taxonomy of touchpoints, channels and stages."""

from __future__ import annotations

from litestar import Router, get, put
from msgspec import Struct

from desireline.accounts import Right, needs
from desireline.interactions.proposing import Join, propose_taxonomy
from desireline.interactions.taxonomy_editing import (
    ChannelSaid,
    TaxonomySaid,
    TaxonomyView,
    TouchpointSaid,
    change_taxonomy,
    view_taxonomy,
)
from desireline.store import Workspace


class ChangedTaxonomy(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole taxonomy, and the revision of the one that it was made from."""

    revision: str
    stages: list[str]
    touchpoints: list[TouchpointSaid]
    channels: list[ChannelSaid]


class ProposedJoins(Struct, frozen=True):
    """Names that are spelled differently for one thing."""

    joins: list[Join]


@get("/taxonomy", sync_to_thread=True, guards=[needs(Right.LOOK)])
def show_taxonomy(workspace: Workspace) -> TaxonomyView:
    """Every touchpoint, channel and stage, with what counts as it."""
    return view_taxonomy(workspace)


@put("/taxonomy", sync_to_thread=True, guards=[needs(Right.CHANGE_DATA)])
def put_taxonomy(workspace: Workspace, data: ChangedTaxonomy) -> TaxonomyView:
    """Put another taxonomy in place; it counts at once, for the past too."""
    said = TaxonomySaid(tuple(data.stages), tuple(data.touchpoints), tuple(data.channels))
    change_taxonomy(workspace, said, revision=data.revision)
    return view_taxonomy(workspace)


@get("/taxonomy/proposals", sync_to_thread=True, guards=[needs(Right.LOOK)])
def show_proposed_joins(workspace: Workspace) -> ProposedJoins:
    """Names of the log that look like spellings of one thing."""
    return ProposedJoins(list(propose_taxonomy(workspace).joins))


router = Router(
    path="/interactions", route_handlers=[show_taxonomy, put_taxonomy, show_proposed_joins], tags=["interactions"]
)
