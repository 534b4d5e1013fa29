"""``desireline journeys``, with ``warm-up``, which asks what every package asks of journeys."""

from __future__ import annotations

import typer

from desireline.journeys.commands import commands as journey_commands

_own = typer.Typer()


@_own.command()
def warm_up() -> None:
    """Compile the kernels now, once after installation; otherwise the first question of each kind takes seconds."""
    from desireline.base.console import progress_bar, say
    from desireline.evidence.warming import map_questions
    from desireline.journeys.warming import journey_questions
    from desireline.journeys.warming import warm_up as ask

    with progress_bar() as progress:
        count = ask([*journey_questions(), *map_questions()], progress=progress)
    say(f"{count} questions were asked of a small workspace; what was compiled for them is kept")


commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=journey_commands.info.help)
commands.add_typer(journey_commands)
commands.add_typer(_own)
