"""``desireline improve``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, OptionalWorkspaceOption

if TYPE_CHECKING:
    from desireline.improve.results import Opportunities
    from desireline.improve.scoring import ScoreSettings
    from desireline.maps import JourneyMap, Opportunity

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Opportunities, their solutions and tasks.")
MapArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[MAP]...", help="Maps: files or ids; all of the workspace by default.")
]


@commands.command(name="list")
def list_opportunities(
    maps: MapArgument = None,
    workspace: OptionalWorkspaceOption = None,
    score: Annotated[str | None, typer.Option("--score", help="value-effort, rice or ice; else as set.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Only these: open, chosen, done or dropped.")] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Draw the matrix into .svg, .png, .pdf, .html.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Opportunities by score, with what speaks for them."""
    from desireline.base.console import print_json, print_table, say

    found = _opportunities(maps, workspace, score, status)
    if picture is not None:
        from desireline.journeys.pictures.charts import save_picture

        save_picture(found, picture)
        say(f"drawn: {picture}")
    if as_json:
        print_json(found.to_dict())
        return
    if not found.ranked:
        say("There is no opportunity. A map names them: opportunities: [{id: ..., title: How might we ...}]")
        return
    rows = [
        [
            "–" if each.rank is None else each.rank,
            each.opportunity.title,
            "–" if each.score.value is None else f"{each.score.value:,.2f}",
            each.quadrant or "–",
            len(each.pains),
            each.evidence,
            each.opportunity.status,
            ", ".join(each.maps) or "–",
        ]
        for each in found.ranked
    ]
    print_table(["#", "opportunity", found.settings.formula, "field", "pains", "evidence", "status", "maps"], rows)
    _say_unscored(found)


def _say_unscored(found: Opportunities) -> None:
    """Which figures are missing, and of which opportunities."""
    from desireline.base.console import say

    lacking: dict[tuple[str, ...], list[str]] = {}
    for each in found.ranked:
        if each.score.value is None:
            lacking.setdefault(each.score.missing, []).append(each.opportunity.id)
    count = sum(map(len, lacking.values()))
    for missing, idents in lacking.items():
        say(f"{len(idents)} of {count} without a score lack {', '.join(missing)}: {', '.join(idents)}")


@commands.command()
def tasks(
    maps: MapArgument = None,
    workspace: OptionalWorkspaceOption = None,
    department: Annotated[str | None, typer.Option("--department", help="Only of this one.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only what was due and is not done.")] = False,
    today: Annotated[str | None, typer.Option("--today", help="A day such as 2026-11-22, instead of today.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Tasks by department and day."""
    from desireline.base.console import print_json, print_table, say
    from desireline.improve.results import Board
    from desireline.improve.tasks import tasks_at_hand

    found = _opportunities(maps, workspace, None, None)
    opportunities = [each.opportunity for each in found.ranked]
    at_hand = tasks_at_hand(opportunities, today=_day(today))
    chosen = tuple(
        each for each in at_hand if (department is None or each.department == department) and (each.late or not late)
    )
    if as_json:
        print_json(Board(chosen).to_dict())
        return
    if not chosen:
        departments = sorted({each.department for each in at_hand})
        say(f"There is no such task; departments: {', '.join(departments)}" if departments else "There is no task.")
        return
    rows = [
        [
            each.department,
            "–" if each.task.due is None else f"{each.task.due}{' (late)' if each.late else ''}",
            each.task.title,
            each.task.status,
            each.task.owner.name if each.task.owner else "–",
            each.task.kpi or "–",
            each.opportunity.title,
        ]
        for each in chosen
    ]
    print_table(["department", "due", "task", "status", "owner", "KPI", "for"], rows)


def _opportunities(
    arguments: list[str] | None, workspace: Path | None, formula: str | None, status: str | None
) -> Opportunities:
    from dataclasses import replace

    from desireline.base import InputError, closest_names
    from desireline.improve.ranking import rank_opportunities
    from desireline.improve.results import Opportunities
    from desireline.improve.scoring import formula_named

    known = ("open", "chosen", "done", "dropped")
    if status is not None and status not in known:
        close = closest_names(status, known, count=1)
        raise InputError(
            f"--status: expected {', '.join(known)}, got {status!r}",
            hint=f"did you mean {close[0]}?" if close else None,
        )
    settings = _settings(workspace)
    if formula is not None:
        settings = replace(settings, formula=formula_named(formula))
    maps, further = _gathered(arguments, workspace)
    ranked = rank_opportunities(maps, further, settings=settings)
    return Opportunities(tuple(each for each in ranked if status in (None, each.opportunity.status)), settings)


def _gathered(arguments: list[str] | None, workspace: Path | None) -> tuple[list[JourneyMap], list[Opportunity]]:
    """The maps that are named; without names all of the workspace, with the opportunities that no map names."""
    from desireline.base import InputError
    from desireline.improve.gathering import gather
    from desireline.maps import read_map
    from desireline.maps.finding import find_document, library_of

    if arguments:
        found = [find_document(each, workspace) for each in arguments]
        return [read_map(each.document, each.library) for each in found], []
    if workspace is None:
        raise InputError("expected maps, or a workspace with -w")
    gathered = gather(library_of(workspace))
    return list(gathered.maps), list(gathered.further)


def _settings(workspace: Path | None) -> ScoreSettings:
    from desireline.improve.scoring import ScoreSettings

    if workspace is None:
        return ScoreSettings()
    from desireline.interactions import open_recovered

    return ScoreSettings.read(open_recovered(workspace).section("improve"))


def _day(said: str | None) -> date:
    from desireline.base import InputError

    if said is None:
        return date.today()
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise InputError(f"--today: expected a day such as 2026-11-22, got {said!r}") from error
