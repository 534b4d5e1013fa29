"""Saved segments: list, save, remove."""

from __future__ import annotations

from litestar import delete, get, post
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.base import AccessError, InputError, phrase
from desireline.interactions import condition_text, parse_condition
from desireline.journeys.routes.reading import check_conditions
from desireline.journeys.routes.saved import LONGEST_NAME
from desireline.journeys.saved import SavedSegment
from desireline.journeys.tables import add_segment, all_segments, remove_segment
from desireline.store import Workspace


class SegmentToSave(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be saved: those who ever had an interaction that meets the condition."""

    name: str
    condition: str


@get("/segments", sync_to_thread=True, operation_id="list_saved_segments")
def list_segments(workspace: Workspace, user: SignedIn) -> tuple[SavedSegment, ...]:
    """The saved segments, by name; those that can pick one customer out for those who may see customers."""
    return tuple(each for each in all_segments(workspace) if may_use(user, each.condition))


@post("/segments", guards=[needs(Right.DRAW)], sync_to_thread=True, operation_id="save_segment")
def save_segment(workspace: Workspace, user: SignedIn, data: SegmentToSave) -> SavedSegment:
    """Save a segment for all who use the workspace."""
    name = data.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InputError(
            phrase(
                "name: expected 1 to {longest_name} characters, got {count}", longest_name=LONGEST_NAME, count=len(name)
            )
        )
    check_conditions(user, {"segment": data.condition})
    condition = condition_text(parse_condition(data.condition))
    return add_segment(workspace, name=name, condition=condition, author=user.name)


@delete("/segments/{saved:int}", guards=[needs(Right.DRAW)], sync_to_thread=True, operation_id="remove_saved_segment")
def remove(workspace: Workspace, saved: int) -> None:
    """Remove a saved segment."""
    remove_segment(workspace, saved)


def may_use(user: SignedIn, condition: str) -> bool:
    """Whether somebody may ask with a condition; not where it can no longer be read."""
    try:
        check_conditions(user, {"segment": condition})
    except (AccessError, InputError):
        return False
    return True


SEGMENT_HANDLERS = [list_segments, save_segment, remove]
