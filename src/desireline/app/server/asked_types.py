"""Of which type a parameter or a field of the body has to be, for messages about one that is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar.handlers import BaseRouteHandler

from desireline.base.choices import choices_at, fields_at

_BODY = "data"


@dataclass(frozen=True, slots=True)
class AskedType:
    """What a route expects somewhere.

    Attributes
    ----------
    place
        Where: the name of a parameter, or the place in the body; empty for the body itself.
    values
        All that may stand there; empty where it is not one of few.
    fields
        The names that it may say there; empty where it has none of its own.
    """

    place: str
    values: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def asked_type(handler: BaseRouteHandler, problem: Mapping[str, Any]) -> AskedType:
    """What a route expects where Litestar has found a problem.

    Parameters
    ----------
    problem
        One of the ``extra`` of its error.
    """
    key = str(problem.get("key", ""))
    if problem.get("source") == "body":
        place = "" if key == _BODY else key
        kind = _annotation(handler, _BODY)
        return AskedType(place, choices_at(kind, place), fields_at(kind, place))
    return AskedType(key, choices_at(_annotation(handler, key)))


def _annotation(handler: BaseRouteHandler, name: str) -> Any:
    """Of the handler's parameter, or of a parameter of what is made for it."""
    own = handler.parsed_fn_signature
    made = (each.parsed_fn_signature for each in handler.resolve_dependencies().values())
    found = next((each.parameters[name] for each in (own, *made) if name in each.parameters), None)
    return Any if found is None else found.annotation
