"""The routers of all packages, one line each."""

from __future__ import annotations

from litestar import Router

from desireline.accounts.routes import router as accounts
from desireline.app.home.routes import router as home
from desireline.app.server.settings import router as settings
from desireline.evidence.routes import maps_router as measured_maps
from desireline.evidence.routes import router as evidence
from desireline.evidence.routes import shared_router as shared_measured
from desireline.identity.routes import router as identity
from desireline.improve.routes import router as improve
from desireline.interactions.routes import router as interactions
from desireline.journeys.customer_routes import router as customers
from desireline.journeys.routes import router as journeys
from desireline.maps.routes import router as maps
from desireline.maps.routes import shared_router as shared
from desireline.maps.together.routes import router as maps_together
from desireline.sources.routes import router as sources

ROUTERS: tuple[Router, ...] = (
    accounts,
    customers,
    home,
    identity,
    improve,
    interactions,
    journeys,
    settings,
    sources,
    maps_together,
    evidence,
    maps,
    measured_maps,
    shared,
    shared_measured,
)
"""Under ``/api``; every handler in them names the right that it needs."""
