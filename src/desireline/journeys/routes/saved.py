"""Saved questions: list, save, remove."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from litestar import delete, get, post
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.base import AccessError, InputError, closest_names, joined, phrase
from desireline.journeys.addresses import QUESTIONS
from desireline.journeys.routes.reading import check_conditions
from desireline.journeys.saved import SavedQuestion
from desireline.journeys.tables import add_saved, all_saved, remove_saved
from desireline.store import Workspace

LONGEST_NAME = 200
LONGEST_PARAMETERS = 8_000


class QuestionToSave(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be saved; ``parameters`` as in an address, without the question mark."""

    name: str
    question: str
    parameters: str = ""


@get("/saved", sync_to_thread=True, operation_id="list_saved_questions")
def list_saved(workspace: Workspace, user: SignedIn) -> tuple[SavedQuestion, ...]:
    """The saved questions of the workspace, by name; those that can pick one customer out for those who may see customers."""
    return tuple(each for each in all_saved(workspace) if _may_ask(user, each.parameters))


@post("/saved", guards=[needs(Right.DRAW)], sync_to_thread=True, operation_id="save_question")
def save(workspace: Workspace, user: SignedIn, data: QuestionToSave) -> SavedQuestion:
    """Save a question for all who use the workspace."""
    name = data.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InputError(
            phrase(
                "name: expected 1 to {longest_name} characters, got {count}", longest_name=LONGEST_NAME, count=len(name)
            )
        )
    if data.question not in QUESTIONS:
        close = closest_names(data.question, QUESTIONS, count=1)
        raise InputError(
            phrase(
                "question: expected one of {questions}, got {question!r}",
                questions=joined(QUESTIONS, ", "),
                question=data.question,
            ),
            hint=(phrase("did you mean {close}?", close=close[0]) if close else None),
        )
    _check_parameters(user, data.parameters)
    parameters = urlencode(parse_qsl(data.parameters))
    if len(parameters) > LONGEST_PARAMETERS:
        raise InputError(
            phrase(
                "parameters: expected at most {longest_parameters} characters, got {count}",
                longest_parameters=LONGEST_PARAMETERS,
                count=len(parameters),
            )
        )
    return add_saved(workspace, name=name, question=data.question, parameters=parameters, author=user.name)


@delete("/saved/{saved:int}", guards=[needs(Right.DRAW)], sync_to_thread=True, operation_id="remove_saved_question")
def remove(workspace: Workspace, saved: int) -> None:
    """Remove a saved question."""
    remove_saved(workspace, saved)


def _may_ask(user: SignedIn, parameters: str) -> bool:
    try:
        _check_parameters(user, parameters)
    except (AccessError, InputError):
        return False
    return True


def _check_parameters(user: SignedIn, parameters: str) -> None:
    for name, value in parse_qsl(parameters):
        check_conditions(user, {name: value})


SAVED_HANDLERS = [list_saved, save, remove]
