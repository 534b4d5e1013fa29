"""Every error has one JSON shape."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct

from desireline.base import (
    AccessError,
    AttemptsError,
    DesirelineError,
    EngineError,
    InputError,
    LinkError,
    NotSignedInError,
    SettingsError,
    UnknownNameError,
    WorkspaceError,
)

STATUS: dict[type[DesirelineError], int] = {
    DesirelineError: 400,
    UnknownNameError: 404,
    AccessError: 403,
    NotSignedInError: 401,
    LinkError: 410,
    AttemptsError: 429,
    SettingsError: 500,
    WorkspaceError: 503,
    EngineError: 503,
}
"""The status of an error; one that is not here has that of the nearest class above it."""

_log = logging.getLogger("desireline.server")
_HINTS = {
    404: "the routes are listed in /api/openapi.json",
    405: "the routes and their methods are listed in /api/openapi.json",
    413: "send less at once",
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


def _answer_desireline(_: Request[Any, Any, Any], error: DesirelineError) -> Response[ErrorBody]:
    headers = {"retry-after": str(error.wait_seconds)} if isinstance(error, AttemptsError) else {}
    return _answer(status_of(error), ErrorBody(error.code, error.message, error.hint), headers)


def _answer_validation(_: Request[Any, Any, Any], error: ValidationException) -> Response[ErrorBody]:
    """Which field, and what was expected of it."""
    problems = error.extra if isinstance(error.extra, list) else []
    said = [f"{each['key']}: {each['message']}" if each.get("key") else str(each["message"]) for each in problems]
    return _answer(400, ErrorBody(InputError.code, "; ".join(said) or error.detail))


def _answer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[ErrorBody]:
    if error.status_code == 404:
        message = f"there is no {request.url.path}"
    elif error.status_code == 405:
        message = f"{request.url.path} does not take {request.method}"
    else:
        message = error.detail
    code = InputError.code if error.status_code == 400 else f"http.{error.status_code}"
    body = ErrorBody(code, message, _HINTS.get(error.status_code))
    return _answer(error.status_code, body, error.headers or {})


def _answer_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    """Says nothing of what happened but where to find it."""
    number = secrets.token_hex(4)
    _log.error("%s: %s %r failed", number, request.method, request.url.path, exc_info=error)
    hint = f"whoever runs the server finds the cause in its log under {number}"
    return _answer(500, ErrorBody("server.failed", "this failed, and it is not your fault", hint), {})


def _answer(status: int, body: ErrorBody, headers: dict[str, str] | None = None) -> Response[ErrorBody]:
    return Response(body, status_code=status, headers=headers, media_type="application/json")


EXCEPTION_HANDLERS: dict[int | type[Exception], Any] = {
    DesirelineError: _answer_desireline,
    ValidationException: _answer_validation,
    HTTPException: _answer_http,
    Exception: _answer_unexpected,
}
