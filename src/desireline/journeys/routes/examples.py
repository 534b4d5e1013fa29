"""The journeys behind a number: one address for each kind of number, asked with the parameters of the answer it is in."""

from __future__ import annotations

from functools import partial
from typing import Any

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct
from msgspec.json import encode

from desireline.accounts import Right, SignedIn, needs
from desireline.base import tell
from desireline.journeys.addresses import GROUP, parameters_of
from desireline.journeys.answering import answers_of
from desireline.journeys.answers.behind import BehindAnswer
from desireline.journeys.behind import behind
from desireline.journeys.behind.asking import DEFAULT_COUNT, JourneysBehind
from desireline.journeys.routes.kinds import Maker, may, selection_of
from desireline.journeys.routes.numbers import NUMBERS
from desireline.journeys.routes.questions import ticket_of
from desireline.journeys.routes.reading import TICKET, handler_of
from desireline.store import Workspace


class BehindAnswered(Struct, frozen=True, kw_only=True):
    """The journeys, with notes on the question."""

    answer: BehindAnswer
    notes: list[str]


def _handler(kind: str) -> HTTPRouteHandler:
    own, make, told = NUMBERS[kind]
    named = {each.name for each in own}
    group = [each for each in parameters_of("flow") if each.name in GROUP and each.name not in named]
    handler = handler_of(
        partial(_behind, kind, make),
        (*own, *group, may("n", int, DEFAULT_COUNT), TICKET),
        name=f"behind_{kind}",
        told=told,
        returns=Response[BehindAnswered],
    )
    guards = [needs(Right.SEE_CUSTOMERS)]
    return get(f"/behind/{kind}", guards=guards, sync_to_thread=True, operation_id=f"behind_{kind}")(handler)


def _behind(kind: str, make: Maker, *, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> Response[bytes]:
    ticket = ticket_of(user, said.pop("ticket", None))
    selection = selection_of(said)
    number = make(workspace, said)
    key = ("behind", kind, tuple(sorted((name, str(value)) for name, value in said.items())))

    def work(progress: Any) -> JourneysBehind:
        return behind(workspace, number, selection, n=said["n"], progress=progress)

    kept = answers_of(workspace).keep(key, work, ticket=ticket)
    body = b'{"answer":%b,"notes":%b}' % (kept.answer.to_json().encode(), encode([tell(each) for each in kept.notes]))
    return Response(body, media_type="application/json")


EXAMPLE_HANDLERS = [_handler(kind) for kind in NUMBERS]
