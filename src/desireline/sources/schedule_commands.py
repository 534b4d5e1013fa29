"""``desireline sources schedule`` and ``desireline sources pull``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from datetime import datetime

    from desireline.sources.origin_tables import Schedule

schedule = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What is read again and again: databases, lakes, patterns of files.",
)

QueryOption = Annotated[str | None, typer.Option("--query", help="What to ask a database for, in its SQL.")]
TableOption = Annotated[str | None, typer.Option("--table", help="A table or view of a database, or SCHEMA.TABLE.")]
MarkOption = Annotated[
    str | None,
    typer.Option("--mark", help="A column that only grows: the next import takes the rows from its largest value on."),
]
OverlapOption = Annotated[
    str | None, typer.Option("--overlap", help="Begin this much before the mark, such as 1h, for rows that come late.")
]


@schedule.command()
def add(
    name: Annotated[str, typer.Argument(help="Name of the schedule, and of its source.")],
    origin: Annotated[str, typer.Argument(help="A database, a table in a lake, or a pattern of files in quotes.")],
    workspace: WorkspaceOption,
    every: Annotated[str, typer.Option("--every", help="How often, such as 15m, 1h or 1d.")],
    query: QueryOption = None,
    table: TableOption = None,
    mark: MarkOption = None,
    overlap: OverlapOption = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", "-m", help="A mapping file (YAML), read at every run.")
    ] = None,
) -> None:
    """Add a database, a lake or a pattern of files to what is read again and again."""
    from datetime import UTC, datetime

    from desireline.base import parse_duration
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.sources.schedules import add_schedule

    add_schedule(
        open_recovered(workspace),
        name,
        origin,
        every=parse_duration(every),
        added_at=datetime.now(UTC),
        query=query,
        table=table,
        mark=mark,
        overlap=None if overlap is None else parse_duration(overlap),
        mapping=mapping,
    )
    say(f"{name} is due now. Run what is due: desireline sources pull -w {workspace}")


@schedule.command(name="list")
def list_all(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """List what is read again and again: when it is due, and how it went the last time. Times are UTC."""
    from desireline.base import format_seconds
    from desireline.base.console import print_json, print_table, say
    from desireline.interactions import open_recovered
    from desireline.sources.schedules import list_schedules

    found = list_schedules(open_recovered(workspace))
    if as_json:
        print_json({"schedules": [_as_dict(each) for each in found]})
        return
    rows = [
        [each.name, format_seconds(each.every_seconds), _shown(each.due_at), _shown(each.ran_at), _outcome(each)]
        for each in found
    ]
    print_table(["schedule", "every", "due", "last run", "outcome"], rows)
    for each in found:
        if each.error is not None:
            say(f"{each.name}: {each.error}")


@schedule.command()
def remove(
    name: Annotated[str, typer.Argument(help="Name of the schedule.")],
    workspace: WorkspaceOption,
) -> None:
    """Read it no more; what was imported stays."""
    from desireline.interactions import open_recovered
    from desireline.sources.schedules import remove_schedule

    remove_schedule(open_recovered(workspace), name)


def pull(
    workspace: WorkspaceOption,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these schedules.")] = None,
    now: Annotated[bool, typer.Option("--now", help="Whether they are due or not.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Import from the schedules that are due, each by itself. If one of them fails, the others run, and the exit code is 1."""
    from datetime import UTC, datetime

    from desireline.base.console import print_json, print_table, progress_bar, say
    from desireline.interactions import open_recovered
    from desireline.sources.schedules import pull as pull_schedules

    opened = open_recovered(workspace)
    with progress_bar() as progress:
        runs = pull_schedules(opened, names or (), at=datetime.now(UTC), whether_due_or_not=now, progress=progress)
    if as_json:
        print_json({"runs": [{"name": run.name, "error": run.error, **run.result.to_dict()} for run in runs]})
    elif not runs:
        say("nothing is due")
    else:
        rows = [[run.name, *run.result.counts.to_dict().values()] for run in runs]
        print_table(["schedule", "read", "stored", "duplicates", "quarantined"], rows)
    failed = [run for run in runs if run.error is not None]
    for run in failed:
        say(f"error: {run.name}: {run.error}")
    if failed:
        raise typer.Exit(1)


def _as_dict(each: Schedule) -> dict[str, Any]:
    return {
        "name": each.name,
        "origin": each.origin,
        "query": each.query,
        "table": each.table,
        "mark": each.mark,
        "overlap_seconds": each.overlap_seconds,
        "mapping": each.mapping,
        "every_seconds": each.every_seconds,
        "due_at": each.due_at.isoformat(),
        "ran_at": None if each.ran_at is None else each.ran_at.isoformat(),
        "outcome": None if each.outcome is None else each.outcome.to_dict(),
        "error": each.error,
    }


def _shown(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _outcome(each: Schedule) -> str:
    counts = each.outcome
    told = [] if counts is None else [f"{counts.stored:,} stored"]
    if counts is not None and counts.quarantined:
        told.append(f"{counts.quarantined:,} quarantined")
    return ", ".join([*told, *(["failed"] if each.error is not None else [])])
