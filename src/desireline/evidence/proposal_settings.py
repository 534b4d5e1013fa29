"""What has to be true of the journeys before an edit of a map is proposed: section ``[proposals]`` of a workspace's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from desireline.base import SettingsError, phrase

_WHOLE = {"least_journeys": 1, "most_loops": 0}


@dataclass(frozen=True, slots=True)
class ProposalSettings:
    """When something is proposed. A share has to be passed by the whole of its 95% interval, so that chance proposes nothing.

    Attributes
    ----------
    least_journeys
        Nothing is proposed from fewer.
    step
        Share of journeys in which a touchpoint occurs, from which on it is a step of a first map.
    missing_step
        Share of journeys on a map, from which on a touchpoint that the map lacks is proposed as a step.
    optional
        Share of the journeys that come to a step or past it and do not take it, from which on it is optional.
    nobody
        Share of journeys, below which nobody reaches a step.
    loop
        Share of the journeys at a step that go straight back to an earlier one, from which on that is a loop.
    most_loops
        A map with so many gets no further one.
    branch
        Share of the journeys at a step that go straight to a later one, past mandatory steps, from which on that is a way.
    order
        Share of the journeys with two steps that take them the other way round, from which on the map's order is wrong.
    together
        Share of the journeys with either of two touchpoints that have both, from which on they may be one step.
    together_within_seconds
        Typical time between two touchpoints, up to which they are one step where they go together.
    apart
        Share of the journeys with the rarer of two neighbouring steps that have both, up to which they are alternatives.
    repeated
        Share of the journeys at a step that repeat it directly, from which on only the first time counts in a first map.
    leaving
        Share of the journeys at a step that end there short of the goal, from which on it is proposed as a moment of truth.
    changed
        A rejected proposal comes again when its share is further than this from what it was.
    """

    least_journeys: int = 30
    step: float = 0.05
    missing_step: float = 0.15
    optional: float = 0.2
    nobody: float = 0.01
    loop: float = 0.15
    most_loops: int = 3
    branch: float = 0.2
    order: float = 0.6
    together: float = 0.8
    together_within_seconds: float = 10.0
    apart: float = 0.1
    repeated: float = 0.2
    leaving: float = 0.25
    changed: float = 0.1

    @staticmethod
    def read(section: Mapping[str, Any]) -> ProposalSettings:
        """The settings of a section.

        Raises
        ------
        SettingsError
            An unknown key, or a number that cannot be.
        """
        known = [each.name for each in fields(ProposalSettings)]
        unknown = sorted(set(section) - set(known))
        if unknown:
            raise SettingsError(
                phrase("[proposals]: unknown {unknown}", unknown=", ".join(unknown)),
                hint=phrase("known: {known}", known=", ".join(known)),
            )
        return ProposalSettings(**{key: _number(key, value) for key, value in section.items()})


def _number(key: str, value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if key in _WHOLE:
        if is_number and value == int(value) and value >= _WHOLE[key]:
            return int(value)
        raise SettingsError(
            phrase(
                "[proposals] {key}: expected a whole number from {whole}, got {value!r}",
                key=key,
                whole=_WHOLE[key],
                value=value,
            )
        )
    if key == "together_within_seconds":
        if is_number and 0 <= value < float("inf"):
            return float(value)
        raise SettingsError(phrase("[proposals] {key}: expected seconds, got {value!r}", key=key, value=value))
    if is_number and 0 <= value <= 1:
        return float(value)
    raise SettingsError(phrase("[proposals] {key}: expected a share from 0 to 1, got {value!r}", key=key, value=value))
