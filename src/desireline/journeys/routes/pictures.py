"""Flow and paths laid out for drawing in a browser."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct, convert

from desireline.accounts import SignedIn
from desireline.base import Progress, reading_language
from desireline.journeys.addresses import Question, parameters_of
from desireline.journeys.answering import answers_of
from desireline.journeys.answers.paths import PathsLink, PathsNode
from desireline.journeys.answers.pictures import FlowPictures, PathsBand, PathsBox, PathsPicture
from desireline.journeys.model import Flow
from desireline.journeys.pictures.detail import detail_levels
from desireline.journeys.pictures.flow_svg import first_shown
from desireline.journeys.pictures.layout import lay_out_flow
from desireline.journeys.pictures.paths_svg import lay_out_paths
from desireline.journeys.results.paths import Paths
from desireline.journeys.routes.questions import asked
from desireline.journeys.routes.reading import TICKET, handler_of
from desireline.journeys.smallest_group import fewest_shown
from desireline.store import Workspace

_PATHS_TOP = 34.0
_PATHS_LEGEND = 72.0
"""What the file of the picture has below the boxes, and the page says in words."""


class FlowPicturesAnswered(Struct, frozen=True, kw_only=True):
    """The pictures, with notes on the question."""

    answer: FlowPictures
    notes: list[str]


class PathsPictureAnswered(Struct, frozen=True, kw_only=True):
    """The picture, ``None`` where there are no paths, with notes on the question."""

    answer: PathsPicture | None
    notes: list[str]


def _flow_handler() -> HTTPRouteHandler:
    handler = handler_of(
        _flow,
        (*parameters_of("flow"), TICKET),
        name="draw_flow",
        told="The flow laid out for drawing, in several levels of detail.",
        returns=FlowPicturesAnswered,
    )
    return get("/pictures/flow", sync_to_thread=True, operation_id="draw_flow")(handler)


def _flow(*, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> FlowPicturesAnswered:
    question = Question.of("flow", said)
    kept = asked("flow", workspace, user, said)

    def lay_out(_: Progress) -> FlowPictures:
        assert isinstance(kept.answer, Flow)
        return flow_pictures(kept.answer)

    drawn = answers_of(workspace).keep(
        ("pictures", reading_language(), question, fewest_shown(workspace, user)), lay_out
    )
    return FlowPicturesAnswered(answer=drawn.answer, notes=list(kept.notes))


def flow_pictures(flow: Flow) -> FlowPictures:
    """The levels of detail of a flow, laid out."""
    levels = [lay_out_flow(level) for level in detail_levels(flow)]
    return FlowPictures(levels=levels, first=first_shown(levels))


def _paths_handler() -> HTTPRouteHandler:
    handler = handler_of(
        _paths,
        (*parameters_of("paths"), TICKET),
        name="draw_paths",
        told="The paths laid out for drawing.",
        returns=PathsPictureAnswered,
    )
    return get("/pictures/paths", sync_to_thread=True, operation_id="draw_paths")(handler)


def _paths(*, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> PathsPictureAnswered:
    kept = asked("paths", workspace, user, said)
    assert isinstance(kept.answer, Paths)
    drawn = paths_picture(kept.answer) if kept.answer.paths else None
    return PathsPictureAnswered(answer=drawn, notes=list(kept.notes))


def paths_picture(paths: Paths) -> PathsPicture:
    """Paths, of which there are some, laid out."""
    layout = lay_out_paths(paths, top=_PATHS_TOP)
    main = {(each.step, each.name) for each in paths.main_path}
    boxes = [
        PathsBox(
            node=convert(box.node.to_dict(), PathsNode),
            x=box.area.x,
            y=box.area.y,
            width=box.area.width,
            height=box.area.height,
            slot_y=box.slot.y,
            slot_height=box.slot.height,
            lines=list(box.name.lines),
            is_main=(box.node.step, box.node.name) in main,
            ended=box.node.ended * layout.scale,
        )
        for box in layout.boxes
    ]
    bands = [
        PathsBand(
            link=convert(band.link.to_dict(), PathsLink),
            near_x=band.near[0],
            near_y=band.near[1],
            far_x=band.far[0],
            far_y=band.far[1],
            height=band.height,
            main=band.main,
        )
        for band in layout.bands
    ]
    return PathsPicture(width=layout.width, height=layout.height - _PATHS_LEGEND, boxes=boxes, bands=bands)


PICTURE_HANDLERS = [_flow_handler(), _paths_handler()]
