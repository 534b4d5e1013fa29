"""``desireline interactions``."""

from __future__ import annotations

import typer

from desireline.base.options import JsonOption, WorkspaceOption

commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What interactions hold, and how many there are."
)


@commands.command()
def schema() -> None:
    """Print the JSON Schema of an interaction: every field with its unit and its allowed values."""
    from desireline.base.console import print_json
    from desireline.interactions import interaction_schema

    print_json(interaction_schema())


@commands.command()
def count(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Count the interactions of the log, and say from when to when they are."""
    from desireline.base.console import print_json, print_table
    from desireline.interactions import count_log, open_recovered

    summary = count_log(open_recovered(workspace))
    first = None if summary.first_at is None else summary.first_at.isoformat()
    last = None if summary.last_at is None else summary.last_at.isoformat()
    if as_json:
        print_json({"interactions": summary.interactions, "first_at": first, "last_at": last})
        return
    print_table(["interactions", "first", "last"], [[summary.interactions, first, last]])
