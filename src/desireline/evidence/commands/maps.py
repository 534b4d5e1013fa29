"""``desireline maps``, with the commands that need what happened: the package ``maps`` knows nothing of it."""

import typer

from desireline.evidence.commands.lint import lint
from desireline.evidence.commands.propose import propose
from desireline.maps.commands import commands as map_commands

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=map_commands.info.help)
commands.add_typer(map_commands)
for _command in (lint, propose):
    commands.command(_command.__name__)(_command)
