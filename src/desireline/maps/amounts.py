"""Numbers with their units for people: ``1 day``, ``2.5 days``."""

from __future__ import annotations

from collections.abc import Mapping

from desireline.base import Phrase, joined, phrase, written

_NO_BREAK = "\N{NO-BREAK SPACE}"
_UNITS: Mapping[str, tuple[Phrase, Phrase]] = {
    "seconds": (phrase("second"), phrase("seconds")),
    "minutes": (phrase("minute"), phrase("minutes")),
    "hours": (phrase("hour"), phrase("hours")),
    "days": (phrase("day"), phrase("days")),
    "weeks": (phrase("week"), phrase("weeks")),
    "points": (phrase("point"), phrase("points")),
}
"""By unit: of one, and of all other numbers."""


def amount_words(number: str, unit: str | None) -> Phrase:
    """A number with its unit; units of time and points in number and language, others as they are written.

    Parameters
    ----------
    number
        As English writes it.

    >>> amount_words("1", "days").replace("\\N{NO-BREAK SPACE}", " ")
    '1 day'
    """
    if not unit:
        return written(number)
    one, many = _UNITS.get(unit, (unit, unit))
    return joined([written(number), one if number in ("1", "−1", "-1", "+1") else many], _NO_BREAK)
