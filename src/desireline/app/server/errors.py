"""Every error has one JSON shape."""

from __future__ import annotations

import logging
import re
import secrets
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct

from desireline.app.server.asked_types import asked_type
from desireline.app.server.breaches import hint_on_breach, told_breach
from desireline.app.server.languages import language_of
from desireline.base import (
    AccessError,
    AttemptsError,
    DesirelineError,
    EngineError,
    InputError,
    LinkError,
    NotSignedInError,
    SettingsChangedError,
    SettingsError,
    UnknownNameError,
    WorkspaceError,
    joined,
    phrase,
    reading_in,
    reason_of,
    tell,
)

STATUS: dict[type[DesirelineError], int] = {
    DesirelineError: 400,
    UnknownNameError: 404,
    AccessError: 403,
    NotSignedInError: 401,
    LinkError: 410,
    AttemptsError: 429,
    SettingsChangedError: 409,
    SettingsError: 500,
    WorkspaceError: 503,
    EngineError: 503,
}
"""The status of an error; one that is not here has that of the nearest class above it."""

_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]*)")
_COMMAND = re.compile(r"\bdesireline [a-z]|--address")
_log = logging.getLogger("desireline.server")
_HINTS = {
    404: phrase("the routes are listed in /api/openapi.json"),
    405: phrase("the routes and their methods are listed in /api/openapi.json"),
    413: phrase("send less at once"),
}


class ErrorBody(Struct, frozen=True):
    """What every error answers.

    Attributes
    ----------
    code
        Stable, such as ``input.invalid``.
    message
        What was expected, what came, and where.
    hint
        What helps.
    """

    code: str
    message: str
    hint: str | None = None


def status_of(error: DesirelineError) -> int:
    """The status with which an error is answered."""
    return next(STATUS[each] for each in type(error).__mro__ if each in STATUS)


def _answer_desireline(request: Request[Any, Any, Any], error: DesirelineError) -> Response[ErrorBody]:
    headers = {"retry-after": str(error.wait_seconds)} if isinstance(error, AttemptsError) else {}
    return _answer(request, status_of(error), ErrorBody(error.code, error.message, error.hint), headers)


def _answer_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[ErrorBody]:
    """Which field, what was expected of it, and what comes near it."""
    problems = error.extra if isinstance(error.extra, list) else []
    found = [(str(each["message"]), asked_type(request.route_handler, each)) for each in problems]
    told = [(asked.place, told_breach(message, asked.values)) for message, asked in found]
    said = [joined((place, message), ": ") if place else message for place, message in told]
    hints = [hint_on_breach(message, (*asked.values, *asked.fields)) for message, asked in found]
    hint = next((each for each in hints if each is not None), None)
    message = joined(said, "; ") if said else told_breach(error.detail)
    return _answer(request, 400, ErrorBody(InputError.code, message, hint))


def _answer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[ErrorBody]:
    if error.status_code == 404:
        message = phrase("there is no {path}", path=request.url.path)
    elif error.status_code == 405:
        message = phrase("{path} does not take {method}", path=request.url.path, method=request.method)
    else:
        message = joined([error.detail])
    code = InputError.code if error.status_code == 400 else f"http.{error.status_code}"
    body = ErrorBody(code, message, _HINTS.get(error.status_code))
    return _answer(request, error.status_code, body, error.headers or {})


def _answer_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    """Says nothing of what happened but where to find it."""
    number = secrets.token_hex(4)
    _log.error("%s: %s %r failed", number, request.method, request.url.path, exc_info=error)
    hint = phrase("whoever runs the server finds the cause in its log under {number}", number=number)
    message = phrase("this failed, and it is not your fault")
    return _answer(request, 500, ErrorBody("server.failed", message, hint))


def _answer_system(request: Request[Any, Any, Any], error: OSError) -> Response[ErrorBody]:
    """A full disk, a right that is missing: whoever runs the server can do something about it."""
    number = secrets.token_hex(4)
    _log.error("%s: %s %r failed", number, request.method, request.url.path, exc_info=error)
    message = phrase("the server cannot do this: {reason}", reason=reason_of(error))
    hint = phrase("whoever runs the server finds the cause in its log under {number}", number=number)
    return _answer(request, 500, ErrorBody("server.failed", message, hint))


def _answer(
    request: Request[Any, Any, Any], status: int, body: ErrorBody, headers: dict[str, str] | None = None
) -> Response[ErrorBody]:
    """An error in the language of the request, also where nothing of ours has looked at the request before it failed."""
    with reading_in(language_of(request)):
        told = ErrorBody(body.code, tell(body.message), None if body.hint is None else _on_screen(tell(body.hint)))
    return Response(told, status_code=status, headers=headers, media_type="application/json")


def _on_screen(hint: str) -> str:
    """Options of commands by their names alone; a whole command stays as it is typed.

    >>> _on_screen("name touchpoints, or say --score-below 7")
    'name touchpoints, or say score below 7'
    """
    if _COMMAND.search(hint):
        return hint
    return _OPTION.sub(lambda found: found[1].replace("-", " "), hint)


EXCEPTION_HANDLERS: dict[int | type[Exception], Any] = {
    DesirelineError: _answer_desireline,
    ValidationException: _answer_validation,
    HTTPException: _answer_http,
    OSError: _answer_system,
    Exception: _answer_unexpected,
}
