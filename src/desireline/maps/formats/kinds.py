"""What formats do not hold, as sentences that are told: a loss names its kind in English."""

from __future__ import annotations

import re

from desireline.base import Phrase, phrase

_CLAIMS = re.compile(r"claims \((.+)\)")


def told_loss(what: str) -> str:
    """The kind of a loss as a sentence.

    >>> from desireline.base import reading_in, tell
    >>> with reading_in("de"):
    ...     tell(told_loss("moments of truth"))
    'Momente der Wahrheit'
    """
    claims = _CLAIMS.fullmatch(what)
    if claims is not None:
        return phrase("claims ({role})", role=claims[1])
    return KINDS.get(what, what)


KINDS: dict[str, Phrase] = {
    str.__str__(each): each
    for each in (
        phrase("addresses of evidence"),
        phrase("bindings"),
        phrase("branches and loops"),
        phrase("cells over several steps"),
        phrase("channels"),
        phrase("condition of the scope"),
        phrase("conditions of bindings"),
        phrase("conditions that can pick one customer out"),
        phrase("confidence of claims"),
        phrase("descriptions of personas"),
        phrase("emotion lines of the future"),
        phrase("emotion values"),
        phrase("emotion values rounded"),
        phrase("emotion words"),
        phrase("evidence"),
        phrase("evidence and owners of opportunities"),
        phrase("further behaviour scales of personas"),
        phrase("further channels of a step that has several"),
        phrase("further journeys of the file"),
        phrase("goal"),
        phrase("goals of phases"),
        phrase("journey definition"),
        phrase("lanes for one persona"),
        phrase("lanes that were not chosen"),
        phrase("level, state, language"),
        phrase("limits, owners and further values of metrics"),
        phrase("link to the future state"),
        phrase("links to opportunities"),
        phrase("links to other maps"),
        phrase("metric placements"),
        phrase("metrics"),
        phrase("metrics at no step"),
        phrase("moments of truth"),
        phrase("needs and further goals of personas"),
        phrase("opportunities in no lane"),
        phrase("opportunities with their solutions"),
        phrase("optional steps"),
        phrase("owner"),
        phrase("personas"),
        phrase("pictures"),
        phrase("pictures that cannot be shown"),
        phrase("review dates"),
        phrase("reviews of claims"),
        phrase("scope"),
        phrase("scores outside 1 to 5, moved to the nearest"),
        phrase("segments of personas"),
        phrase("solutions in no lane"),
        phrase("sources, quotes and days of evidence"),
        phrase("steps without an emotion, written as neutral"),
        phrase("summaries of steps"),
        phrase("summary"),
        phrase("tags"),
        phrase("tasks of solutions"),
        phrase("tension values"),
        phrase("texts cut"),
        phrase("texts cut in the picture, whole where one points at them"),
        phrase("title and id"),
        phrase("touchpoints"),
    )
}
"""By their English name; a test compares them with what formats lose."""
