"""``desireline maps diff``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, OptionalWorkspaceOption


def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A file, or with -w an id, or a version: pay@3.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The same; its own newest version is: pay.")],
    workspace: OptionalWorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is different between two documents: phases, steps, lanes, cells and claims, not lines.

    Ends with 1 where something is.
    """
    from desireline.base.console import one_line, print_json
    from desireline.maps.comparing import differences
    from desireline.maps.finding import find_document

    old, new = (find_document(each, workspace).document for each in (before, after))
    changes = differences(old, new)
    if as_json:
        print_json({"before": before, "after": after, "changes": [each.to_dict() for each in changes]})
    else:
        for each in changes:
            typer.echo(one_line(each))
    if changes:
        raise typer.Exit(1)
