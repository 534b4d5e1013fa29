"""``/api/improve``: opportunities ranked and made, their solutions, and the tasks of these."""

from litestar import Router

from desireline.accounts import Right, needs
from desireline.improve.routes import opportunities, reading, tasks
from desireline.maps.routes import answer_conflict
from desireline.maps.storing import MergeConflictError

router = Router(
    path="/improve",
    route_handlers=[*reading.handlers, *opportunities.handlers, *tasks.handlers],
    guards=[needs(Right.LOOK)],
    exception_handlers={MergeConflictError: answer_conflict},
    tags=["improve"],
)
