"""Answers laid out for drawing, in pixels from the top left corner."""

from __future__ import annotations

from msgspec import Struct

from desireline.journeys.answers.paths import PathsLink, PathsNode
from desireline.journeys.pictures.layout import FlowLayout


class FlowPictures(Struct, frozen=True, kw_only=True):
    """The flow, from the main way to the most detail.

    Attributes
    ----------
    levels
        Each holds everything that the one before it holds.
    first
        The place of the one with the most detail that can be taken in at a glance.
    """

    levels: list[FlowLayout]
    first: int


class PathsBox(Struct, frozen=True, kw_only=True):
    """A touchpoint at a step: the box is as high as its paths are many, and stands in the middle of its slot.

    Attributes
    ----------
    lines
        Its name, fitted.
    is_main
        Whether the most common path is here.
    ended
        Height of the paths that end here.
    """

    node: PathsNode
    x: float
    y: float
    width: float
    height: float
    slot_y: float
    slot_height: float
    lines: list[str]
    is_main: bool
    ended: float


class PathsBand(Struct, frozen=True, kw_only=True):
    """A band between two boxes; ``main`` of its height are paths of the most common one.

    Attributes
    ----------
    near_x, near_y, far_x, far_y
        The upper corners at the box nearer to the touchpoint that was asked about, and at the other.
    """

    link: PathsLink
    near_x: float
    near_y: float
    far_x: float
    far_y: float
    height: float
    main: float


class PathsPicture(Struct, frozen=True, kw_only=True):
    """The paths: columns are steps."""

    width: float
    height: float
    boxes: list[PathsBox]
    bands: list[PathsBand]
