"""Time zones by the names of the IANA database, such as ``Europe/London``."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from desireline.base import UnknownNameError, closest_names, phrase

DEFAULT_TIMEZONE = "UTC"
_NOT_OF_IANA = "localtime"
"""What some machines call the zone they stand in."""


def read_timezone(name: Any) -> ZoneInfo:
    """The time zone of this name.

    Raises
    ------
    UnknownNameError
        There is none; near names are offered.

    >>> read_timezone("Europe/London").key
    'Europe/London'
    """
    if not isinstance(name, str) or not name.strip():
        raise UnknownNameError(phrase("expected a time zone such as Europe/London, got {name!r}", name=name))
    try:
        if name == _NOT_OF_IANA:
            raise KeyError(name)
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        close = closest_names(name, available_timezones())
        hint = (
            phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("it is named by continent and city, such as Europe/London")
        )
        raise UnknownNameError(
            phrase("expected a time zone such as Europe/London, got {name!r}", name=name), hint=hint
        ) from error
