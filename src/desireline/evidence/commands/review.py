"""``desireline evidence review``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking
from desireline.maps.commands.today import TodayOption

if TYPE_CHECKING:
    from desireline.evidence.reviewing import ReviewEntry, ReviewQueue


def review(workspace: WorkspaceOption, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """List the maps that somebody has to look at, the stalest first.

    With the reasons of maps review (overdue, never reviewed, errors), and those that interactions give: ways that moved, bindings that
    nothing meets, old evidence.
    """
    from desireline.evidence.reviewing import review as ask_review
    from desireline.maps.commands.today import read_today
    from desireline.maps.finding import library_of

    day = read_today(today)
    with asking(workspace) as (opened, progress):
        result = ask_review(opened, library_of(workspace), today=day, progress=progress)
    if as_json:
        typer.echo(result.to_json())
        return
    _print(result)


def _print(result: ReviewQueue) -> None:
    from desireline.base.console import print_table, say

    if not result.maps:
        say("No map has to be looked at")
        return
    columns = ["map", "owner", "staleness", "drift", "bindings", "evidence", "time"]
    print_table(columns, [_row(each) for each in result.maps])
    for each in result.maps:
        for reason in each.due.reasons:
            say(f"{each.due.id}: {reason.message}")
    further = sum(each.only_measured for each in result.maps)
    if further:
        say(
            f"{further} of {len(result.maps)} only for what the data says: maps review, which asks no data, does not list them"
        )


def _row(entry: ReviewEntry) -> list[Any]:
    found = entry.staleness
    if found is None:
        return [entry.due.id, entry.due.owner, *["–"] * 5]
    parts = ["–" if each.value is None else f"{each.value:.2f}, n {each.n:,}" for each in found.parts]
    return [entry.due.id, entry.due.owner, f"{found.value:.2f}", *parts]
