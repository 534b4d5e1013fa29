"""``desireline journeys``: one module for each command."""

import typer

from desireline.journeys.commands.attribution import attribution
from desireline.journeys.commands.chains import chains
from desireline.journeys.commands.channels import channels
from desireline.journeys.commands.clusters import clusters
from desireline.journeys.commands.common import common
from desireline.journeys.commands.compare import compare
from desireline.journeys.commands.contacts import contacts
from desireline.journeys.commands.definitions import commands as definitions
from desireline.journeys.commands.drivers import drivers
from desireline.journeys.commands.effort import effort
from desireline.journeys.commands.export import export
from desireline.journeys.commands.flow import flow
from desireline.journeys.commands.funnel import funnel
from desireline.journeys.commands.gaps import gaps
from desireline.journeys.commands.handovers import handovers
from desireline.journeys.commands.index import index
from desireline.journeys.commands.insights import insights
from desireline.journeys.commands.loops import loops
from desireline.journeys.commands.outcomes import outcomes
from desireline.journeys.commands.overview import overview
from desireline.journeys.commands.paths import paths
from desireline.journeys.commands.retention import retention
from desireline.journeys.commands.scores import emotion, scores
from desireline.journeys.commands.sessions import sessions
from desireline.journeys.commands.survival import survival
from desireline.journeys.commands.variants import variants

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The journeys that people really take.")

for _command in (
    insights,
    compare,
    overview,
    flow,
    variants,
    common,
    clusters,
    funnel,
    sessions,
    channels,
    gaps,
    handovers,
    paths,
    loops,
    contacts,
    chains,
    outcomes,
    drivers,
    attribution,
    retention,
    survival,
    scores,
    emotion,
    effort,
    export,
    index,
):
    commands.command(_command.__name__.replace("_", "-"))(_command)
commands.add_typer(definitions, name="definitions")
