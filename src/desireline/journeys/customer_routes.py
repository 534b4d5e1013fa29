"""``/api/journeys/customers``: what one customer did, where the customer stands, what an agent needs first."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter

from desireline.accounts import Right, needs
from desireline.identity.routes import number_of
from desireline.journeys.customer_facts import CustomerFacts, customer_facts
from desireline.journeys.customer_standing import JourneyStanding, customer_standing
from desireline.journeys.customer_timeline import USUAL_PAGE, Timeline, timeline
from desireline.store import Workspace


@get("/{customer:str}/timeline", sync_to_thread=True)
def show_timeline(
    workspace: Workspace,
    customer: str,
    channels: Annotated[list[str] | None, QueryParameter(name="channel", required=False)] = None,
    before: int | None = None,
    count: int = USUAL_PAGE,
) -> Timeline:
    """A page of a customer's timeline, newest first."""
    return timeline(workspace, number_of(customer), channels=channels or (), before=before, count=count)


@get("/{customer:str}/facts", sync_to_thread=True)
def show_facts(workspace: Workspace, customer: str) -> CustomerFacts:
    """What an agent needs to know of a customer first."""
    return customer_facts(workspace, number_of(customer))


@get("/{customer:str}/standing", sync_to_thread=True)
def show_standing(workspace: Workspace, customer: str) -> tuple[JourneyStanding, ...]:
    """Where a customer stands in each journey that is defined."""
    return customer_standing(workspace, number_of(customer))


router = Router(
    path="/journeys/customers",
    route_handlers=[show_timeline, show_facts, show_standing],
    guards=[needs(Right.SEE_CUSTOMERS)],
    tags=["customers"],
)
