"""What may be chosen about a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.maps.model import LANE_ROLES, JourneyMap, Lane


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """How a map is laid out.

    Attributes
    ----------
    lanes
        Ids or roles of the lanes to draw, in this order; none: all, in the order of the map.
    folder
        Where the map lies: picture files are read from there. ``None``: only pictures within the map are drawn.
    step_width
        Width of a step in pixels, 120 to 600.
    legend
        Whether the signs are explained under the map.
    heading
        Whether title, facts and personas stand over it.
    title
        Whether the heading begins with the title; not where the page around the picture says it.
    measured_rows
        Whether what was measured has rows of its own; else it stands only on curves, ways and metrics.
    """

    lanes: tuple[str, ...] = ()
    folder: Path | None = None
    step_width: float = 196.0
    legend: bool = True
    heading: bool = True
    title: bool = True
    measured_rows: bool = True

    def __post_init__(self) -> None:
        if not 120 <= self.step_width <= 600:
            raise InputError(
                phrase("expected a step width from 120 to 600 pixels, got {step_width:g}", step_width=self.step_width)
            )


def chosen_lanes(journey_map: JourneyMap, lanes: tuple[str, ...]) -> tuple[Lane, ...]:
    """The lanes to draw.

    Raises
    ------
    UnknownNameError
        No lane has this id or role.
    """
    if not lanes:
        return journey_map.lanes
    found: list[Lane] = []
    for name in lanes:
        meant = [each for each in journey_map.lanes if name in (each.id, each.role)]
        if not meant and name not in LANE_ROLES:
            known = dict.fromkeys(name for lane in journey_map.lanes for name in (lane.id, lane.role))
            close = closest_names(name, list(known), count=3)
            raise UnknownNameError(
                phrase("the map {id!r} has no lane with the id or role {name!r}", id=journey_map.id, name=name),
                hint=phrase("did you mean {close}?", close=", ".join(close))
                if close
                else phrase("it has {known}", known=", ".join(known) or phrase("no lanes")),
            )
        found += [each for each in meant if each not in found]
    return tuple(found)
