"""Asking over HTTP: ``/api/journeys``, one module for each kind of thing."""

from litestar import Router

from desireline.accounts import Right, needs
from desireline.journeys.routes.definitions import DEFINITION_HANDLERS
from desireline.journeys.routes.examples import EXAMPLE_HANDLERS
from desireline.journeys.routes.names import NAME_HANDLERS
from desireline.journeys.routes.pictures import PICTURE_HANDLERS
from desireline.journeys.routes.questions import QUESTION_HANDLERS
from desireline.journeys.routes.running import RUNNING_HANDLERS
from desireline.journeys.routes.saved import SAVED_HANDLERS
from desireline.journeys.routes.segments import SEGMENT_HANDLERS

router = Router(
    path="/journeys",
    guards=[needs(Right.LOOK)],
    tags=["journeys"],
    route_handlers=[
        *QUESTION_HANDLERS,
        *PICTURE_HANDLERS,
        *RUNNING_HANDLERS,
        *NAME_HANDLERS,
        *DEFINITION_HANDLERS,
        *EXAMPLE_HANDLERS,
        *SAVED_HANDLERS,
        *SEGMENT_HANDLERS,
    ],
)

__all__ = ["router"]
