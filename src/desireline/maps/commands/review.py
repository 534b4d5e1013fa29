"""``desireline maps review``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.maps.commands.today import TodayOption

if TYPE_CHECKING:
    from desireline.maps.reviewing import MapToReview

_FURTHER = "what customers did was not asked; evidence review does, and may list more maps"


def review(workspace: WorkspaceOption, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """List the maps that somebody has to look at by what they say themselves: overdue, never reviewed, errors.

    desireline evidence review asks the interactions too, and may list more maps.
    """
    from desireline.base.console import print_json, print_table, say
    from desireline.maps.commands.today import read_today
    from desireline.maps.finding import library_of
    from desireline.maps.reviewing import maps_to_review

    found = maps_to_review(library_of(workspace), today=read_today(today))
    if as_json:
        print_json({"maps": [_fields(each) for each in found]})
        return
    if not found:
        say("No map has to be looked at by what the maps say themselves")
        say(_FURTHER)
        return
    rows = [
        [each.id, each.title, each.owner, each.review_date, "; ".join(reason.message for reason in each.reasons)]
        for each in found
    ]
    print_table(["map", "title", "owner", "review date", "why"], rows)
    say(_FURTHER)


def _fields(due: MapToReview) -> dict[str, Any]:
    return {
        "id": due.id,
        "title": due.title,
        "owner": due.owner,
        "review_date": None if due.review_date is None else due.review_date.isoformat(),
        "reviewed": None if due.reviewed is None else due.reviewed.isoformat(),
        "reasons": [{"kind": each.kind, "message": each.message} for each in due.reasons],
    }
