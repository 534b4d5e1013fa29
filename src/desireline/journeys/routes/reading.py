"""What the routes of questions have in common: handlers made of parameters, and what may be asked by whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Any, get_args, get_origin

from litestar import Request
from msgspec import ValidationError, convert, defstruct
from msgspec.structs import asdict

from desireline.accounts import Right, SignedIn
from desireline.base import InputError, closest_names, joined, phrase
from desireline.base.choices import choices_at
from desireline.interactions.one_customer import check_many, check_staff
from desireline.journeys.selection import read_condition
from desireline.store import Workspace

Handler = Callable[..., Any]
_PLACE = re.compile(r"at `\$\.(\w+)(.*)`$")
CONDITIONS = (
    "where",
    "segment",
    "not_segment",
    "with_where",
    "with_segment",
    "with_not_segment",
    "needs",
    "identification",
)
FIELDS = ("by", "same", "reason", "adjust", "attributes")
"""Parameters that can name fields, beside the conditions."""
TICKET = Parameter("ticket", Parameter.KEYWORD_ONLY, default=None, annotation=str | None)


def handler_of(work: Handler, parameters: Iterable[Parameter], *, name: str, told: str, returns: Any) -> Handler:
    """A handler for exactly these query parameters: what it is given comes to ``work`` as keyword arguments.

    Parameters
    ----------
    work
        Gets ``workspace``, ``user``, and ``said``: the parameters by name.
    told
        Its description.
    returns
        The type of its answer.
    """
    asked = tuple(parameters)
    names = frozenset(each.name for each in asked)

    def handler(request: Request[SignedIn, Any, Any], workspace: Workspace, user: SignedIn, **said: Any) -> Any:
        _check_known(request.query_params.keys(), names)
        check_conditions(user, said)
        return work(workspace=workspace, user=user, said=said)

    given = [
        Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request[SignedIn, Any, Any]),
        Parameter("workspace", Parameter.KEYWORD_ONLY, annotation=Workspace),
        Parameter("user", Parameter.KEYWORD_ONLY, annotation=SignedIn),
    ]
    handler.__name__ = handler.__qualname__ = name
    handler.__doc__ = told
    handler.__signature__ = Signature([*given, *asked], return_annotation=returns)  # type: ignore[attr-defined]
    handler.__annotations__ = {each.name: each.annotation for each in (*given, *asked)} | {"return": returns}
    return handler


def check_conditions(user: SignedIn, said: Mapping[str, Any]) -> None:
    """Refuse what can pick one customer or one member of staff out, to those who may not see customers.

    Raises
    ------
    OneCustomerError
        A condition asks for a field of single records.
    StaffError
        A condition asks for a field of staff, or the answer is to be by one.
    InputError
        A condition cannot be read.
    """
    if user.may(Right.SEE_CUSTOMERS):
        return
    for name in FIELDS:
        value = said.get(name)
        for field in value if isinstance(value, list) else [value]:
            check_staff(user, str(field), where=name)
    for name in CONDITIONS:
        condition = read_condition(said.get(name) or None)
        if condition is not None:
            check_many(user, condition, where=name)


def _check_known(said: Iterable[str], known: frozenset[str]) -> None:
    for name in said:
        if name not in known:
            close = closest_names(name, sorted(known), count=1)
            hint = (
                phrase("did you mean {close}?", close=close[0])
                if close
                else phrase("known: {known}", known=joined(sorted(known), ", "))
            )
            raise InputError(phrase("there is no parameter {name!r} here", name=name), hint=hint)


def said_in(query: Mapping[str, Any], parameters: Sequence[Parameter]) -> dict[str, Any]:
    """What a query says, by these parameters: for one route that stands for many.

    Parameters
    ----------
    query
        Of a request: a list of texts for each name.

    Raises
    ------
    InputError
        Something is said that is none of them, or cannot be so; or something is lacking.
    """
    _check_known(query, frozenset(each.name for each in parameters))
    fields = [
        (each.name, each.annotation) if each.default is Parameter.empty else (each.name, each.annotation, each.default)
        for each in parameters
    ]
    given = {
        each.name: query[each.name] if _is_list(each.annotation) else query[each.name][-1]
        for each in parameters
        if each.name in query
    }
    try:
        return asdict(convert(given, defstruct("Said", fields, kw_only=True), strict=False))
    except ValidationError as error:
        raise _unreadable(error, given, {each.name: each.annotation for each in parameters}) from error


def _unreadable(error: ValidationError, given: Mapping[str, Any], kinds: Mapping[str, Any]) -> InputError:
    found = _PLACE.search(str(error))
    known = choices_at(kinds[found[1]], found[2]) if found is not None and found[1] in kinds else ()
    if found is None or not known:
        return InputError(phrase("the address cannot be read: {error}", error=error))
    said = given[found[1]]
    wrong = str(next((each for each in said if each not in known), said) if isinstance(said, list) else said)
    close = closest_names(wrong, known, count=1)
    return InputError(
        phrase("{name}: expected one of {known}, got {value!r}", name=found[1], known=joined(known, ", "), value=wrong),
        hint=phrase("did you mean {close}?", close=close[0]) if close else None,
    )


def _is_list(annotation: Any) -> bool:
    return any(get_origin(each) is list for each in (annotation, *get_args(annotation)))


def with_prefix(parameters: Sequence[Parameter], names: Sequence[str], prefix: str) -> list[Parameter]:
    """Some of the parameters once more, optional and with a prefix."""
    return [
        Parameter(f"{prefix}{each.name}", Parameter.KEYWORD_ONLY, default=None, annotation=str | None)
        for each in parameters
        if each.name in names
    ]
