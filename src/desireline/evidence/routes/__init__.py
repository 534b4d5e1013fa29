"""The routes of evidence: ``/api/evidence``, and what a shared link shows of it."""

from __future__ import annotations

from litestar import Router
from litestar.di import Provide

from desireline.accounts import Right, needs
from desireline.evidence.routes import checks, linting, personas, pictures, proposing, reviewing, shared
from desireline.evidence.routes.asking import chosen
from desireline.maps.routes import LIMIT, answer_conflict
from desireline.maps.storing import MergeConflictError

router = Router(
    path="/evidence",
    guards=[needs(Right.LOOK)],
    dependencies={"selected": Provide(chosen, sync_to_thread=False)},
    route_handlers=[
        checks.check_map,
        checks.example_journeys,
        checks.bindings,
        checks.map_series,
        checks.count_condition,
        pictures.measured_drawing,
        pictures.measured_file,
        proposing.proposals,
        proposing.decide_proposals,
        proposing.first_map,
        personas.tied_personas,
        reviewing.review_queue,
        reviewing.staleness_of_maps,
    ],
    exception_handlers={MergeConflictError: answer_conflict},
    tags=["evidence"],
)
"""Maps beside what happened."""

maps_router = Router(path="/maps", guards=[needs(Right.LOOK)], route_handlers=[linting.lint_map], tags=["maps"])
"""Beside the router of the same path in maps: what of a map can be said only with what happened."""

shared_router = Router(
    path="/shared",
    route_handlers=[shared.shared_measured, shared.shared_measured_file],
    middleware=[LIMIT.middleware],
    tags=["shared"],
)
"""Beside the router of the same path in maps: what was measured, where a link shows it."""
