"""``desireline journeys``: one module for each command."""

import typer

from desireline.journeys.commands.channels import channels
from desireline.journeys.commands.definitions import commands as definitions
from desireline.journeys.commands.export import export
from desireline.journeys.commands.flow import flow
from desireline.journeys.commands.funnel import funnel
from desireline.journeys.commands.gaps import gaps
from desireline.journeys.commands.index import index, warm_up
from desireline.journeys.commands.outcomes import outcomes
from desireline.journeys.commands.sessions import sessions
from desireline.journeys.commands.variants import variants

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The journeys that people really take.")

for _command in (flow, variants, funnel, sessions, channels, gaps, outcomes, export, index, warm_up):
    commands.command(_command.__name__.replace("_", "-"))(_command)
commands.add_typer(definitions, name="definitions")
