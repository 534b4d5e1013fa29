"""What the server's libraries say of a request that breaks its description, as sentences that are told."""

from __future__ import annotations

import re
from collections.abc import Callable

from desireline.base import Phrase, phrase


def told_breach(message: str) -> str:
    """A message of msgspec or Litestar as a sentence; as it is where it is another one.

    >>> from desireline.base import reading_in, tell
    >>> with reading_in("de"):
    ...     tell(told_breach("Invalid enum value 'x'"))
    "diesen Wert gibt es hier nicht: 'x'"
    """
    for pattern, told in _BREACHES:
        found = pattern.fullmatch(message)
        if found is not None:
            return told(*found.groups())
    return message


_BREACHES: tuple[tuple[re.Pattern[str], Callable[..., Phrase]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), told)
    for pattern, told in (
        (r"Invalid enum value (.+)", lambda value: phrase("Invalid enum value {value}", value=value)),
        (
            r"Missing required (?:query|header|cookie) parameter '(.+)' for path .+",
            lambda name: phrase("the parameter {name} is missing", name=name),
        ),
        (
            r"Object missing required field `(.+?)`(?: - at `.+`)?",
            lambda name: phrase("the field {name} is missing", name=name),
        ),
        (
            r"Object contains unknown field `(.+?)`(?: - at `.+`)?",
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
