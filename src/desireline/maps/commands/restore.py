"""``desireline maps restore``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import WorkspaceOption
from desireline.maps.commands.options import AuthorOption, IdArgument, LabelOption


def restore(
    document: IdArgument,
    number: Annotated[int, typer.Argument(metavar="VERSION", min=1, help="The number of an earlier version.")],
    workspace: WorkspaceOption,
    author: AuthorOption = None,
    label: LabelOption = None,
) -> None:
    """Make an earlier version the newest again, as a version of its own; also brings back what was deleted."""
    from desireline.base.console import say
    from desireline.maps.finding import split_name, workspace_library
    from desireline.maps.storing import restore as restore_version

    kind, ident = split_name(document)
    library = workspace_library(workspace)
    saved = restore_version(library.workspace, kind, ident, number, author=author, label=label)
    if saved.outcome == "unchanged":
        say(f"{document} is as in version {number} already; nothing was saved")
    else:
        say(f"{document} is as in version {number} again, as version {saved.version.number}")
