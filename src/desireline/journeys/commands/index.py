"""``desireline journeys index``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking


def index(
    workspace: WorkspaceOption,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build it from the log, whatever is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring the journey index up to date now; the first question does it by itself otherwise."""
    from desireline.base.console import print_json, print_table
    from desireline.journeys.index import open_index, rebuild_index

    with asking(workspace) as (opened, progress):
        built = (rebuild_index if rebuild else open_index)(opened, progress=progress)
    counts = {"interactions": built.interactions, "customers": built.customers, "buckets": len(built.parts)}
    if as_json:
        print_json({**counts, "layers": list(built.layers)})
        return
    print_table([*counts, "layers"], [[*counts.values(), len(built.layers)]])
