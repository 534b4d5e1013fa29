"""``desireline journeys definitions``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption

commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What a journey is: where it begins, its goal, its end."
)


@commands.command(name="list")
def list_definitions(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """The journey definitions of the workspace."""
    from desireline.base import format_seconds
    from desireline.base.console import print_json, print_table, say
    from desireline.interactions import condition_text, open_recovered
    from desireline.journeys.definitions import read_definitions

    known = read_definitions(open_recovered(workspace))
    if as_json:
        print_json({"journeys": [each.to_dict() for each in known]})
        return
    if not known:
        say(
            "No journey is defined. Define one: desireline journeys definitions set ID --start CONDITION --goal CONDITION"
        )
        return
    rows = [
        [
            each.ident,
            each.name,
            condition_text(each.start),
            condition_text(each.goal),
            "–" if each.end is None else condition_text(each.end),
            format_seconds(each.time_out.total_seconds()),
        ]
        for each in known
    ]
    print_table(["id", "name", "start", "goal", "end", "time-out"], rows)


@commands.command(name="set")
def set_definition(
    ident: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and hyphens.")],
    workspace: WorkspaceOption,
    start: Annotated[str, typer.Option("--start", help="The interactions that begin it: \"touchpoint = 'Cart'\".")],
    goal: Annotated[str, typer.Option("--goal", help="The interactions that reach its goal.")],
    name: Annotated[str | None, typer.Option("--name", help='In the customer\'s words: "I change my tariff".')] = None,
    end: Annotated[str | None, typer.Option("--end", help="The interactions that end it without the goal.")] = None,
    time_out: Annotated[str | None, typer.Option("--time-out", help="A longer pause ends it: 14d; else 30d.")] = None,
    where: Annotated[str | None, typer.Option("--where", help="Only these interactions belong to it.")] = None,
) -> None:
    """Define a journey, or change its definition."""
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.journeys.definitions import save_definition
    from desireline.journeys.noticing import notes_on_definition

    said = {"name": name, "start": start, "goal": goal, "end": end, "time_out": time_out, "where": where}
    opened = open_recovered(workspace)
    definition = save_definition(opened, ident, said)
    say(f"{definition.ident}: {definition.name}")
    for note in notes_on_definition(opened, definition):
        say(f"note: {note}")


@commands.command(name="remove")
def remove(
    ident: Annotated[str, typer.Argument(metavar="ID", help="Id or name of a definition.")], workspace: WorkspaceOption
) -> None:
    """Take a definition out."""
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.journeys.definitions import remove_definition

    remove_definition(open_recovered(workspace), ident)
    say(f"{ident} is defined no longer")
