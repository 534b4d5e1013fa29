"""``desireline maps``: one module for each command but ``lint`` and ``propose``, which ask what happened: see ``evidence``."""

import typer

from desireline.maps.commands.catalogue import catalogue
from desireline.maps.commands.delete import delete
from desireline.maps.commands.diff import diff
from desireline.maps.commands.export import export
from desireline.maps.commands.history import history
from desireline.maps.commands.import_ import import_command
from desireline.maps.commands.list import list_command
from desireline.maps.commands.merge import merge
from desireline.maps.commands.new import new
from desireline.maps.commands.render import render
from desireline.maps.commands.restore import restore
from desireline.maps.commands.review import review
from desireline.maps.commands.show import show
from desireline.maps.commands.templates import templates
from desireline.maps.commands.validate import validate

commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Journey maps: designed, checked, drawn, kept in versions."
)

for _command in (
    new,
    templates,
    catalogue,
    list_command,
    show,
    render,
    validate,
    review,
    diff,
    merge,
    import_command,
    export,
    history,
    restore,
    delete,
):
    commands.command(_command.__name__.removesuffix("_command").replace("_", "-"))(_command)
