"""What the server's libraries say of a request that breaks its description, as sentences that are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from desireline.base import Phrase, closest_names, joined, phrase

_NO_VALUE = re.compile(r"Invalid enum value (.+)", re.DOTALL)
_NO_FIELD = re.compile(r"Object contains unknown field `(.+?)`(?: - at `.+`)?", re.DOTALL)


def told_breach(message: str, values: Sequence[str] = ()) -> str:
    """A message of msgspec or Litestar as a sentence; as it is where it is another one.

    Parameters
    ----------
    values
        All that may stand there, where it is one of few.

    >>> from desireline.base import reading_in, tell
    >>> with reading_in("de"):
    ...     tell(told_breach("Invalid enum value 'x'"))
    "diesen Wert gibt es hier nicht: 'x'"
    """
    no_value = _NO_VALUE.fullmatch(message)
    if no_value is not None and values:
        return phrase("expected one of {values}, got {value}", values=joined(values, ", "), value=no_value[1])
    for pattern, told in _BREACHES:
        found = pattern.fullmatch(message)
        if found is not None:
            return told(*found.groups())
    return message


def hint_on_breach(message: str, known: Sequence[str]) -> str | None:
    """What comes near a value or a field that there is not; else which fields there are.

    >>> hint_on_breach("Object contains unknown field `rolle`", ["name", "role"])
    'did you mean role?'
    """
    no_field = _NO_FIELD.fullmatch(message)
    found = no_field or _NO_VALUE.fullmatch(message)
    close = closest_names(found[1].strip("'"), known, count=1) if found is not None else ()
    if close:
        return phrase("did you mean {close}?", close=close[0])
    return phrase("known: {known}", known=joined(known, ", ")) if no_field is not None and known else None


_BREACHES: tuple[tuple[re.Pattern[str], Callable[..., Phrase]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), told)
    for pattern, told in (
        (_NO_VALUE.pattern, lambda value: phrase("Invalid enum value {value}", value=value)),
        (
            r"Missing required (?:query|header|cookie) parameter '(.+)' for path .+",
            lambda name: phrase("the parameter {name} is missing", name=name),
        ),
        (
            r"Object missing required field `(.+?)`(?: - at `.+`)?",
            lambda name: phrase("the field {name} is missing", name=name),
        ),
        (
            _NO_FIELD.pattern,
            lambda name: phrase("there is no field {name} here", name=name),
        ),
        (
            r"Expected `(.+?)` of length ([<>]=) (\d+)(?: - at `.+`)?",
            lambda kind, sign, length: (
                phrase("expected at most {length} of them ({kind})", length=length, kind=kind)
                if sign == "<="
                else phrase("expected at least {length} of them ({kind})", length=length, kind=kind)
            ),
        ),
        (
            r"Expected `(.+?)` ([<>]=?) (\S+)(?: - at `.+`)?",
            lambda kind, sign, bound: phrase("expected {kind} {sign} {bound}", kind=kind, sign=sign, bound=bound),
        ),
        (
            r"Expected `(.+?)`, got `(.+?)`(?: - at `.+`)?",
            lambda kind, came: phrase("expected {kind}, got {came}", kind=kind, came=came),
        ),
    )
)
