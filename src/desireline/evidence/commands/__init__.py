"""``desireline evidence``: one module for each command."""

import typer

from desireline.evidence.commands.check import check
from desireline.evidence.commands.examples import examples
from desireline.evidence.commands.measure import measure
from desireline.evidence.commands.review import review
from desireline.evidence.commands.series import series

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="A journey map beside what customers did.")


for _command in (
    check,
    examples,
    measure,
    review,
    series,
):
    commands.command(_command.__name__)(_command)
