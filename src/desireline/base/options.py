"""Options that many commands have in common."""

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        envvar="DESIRELINE_WORKSPACE",
        help="Folder of the workspace.",
        show_default=False,
    ),
]
OptionalWorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        envvar="DESIRELINE_WORKSPACE",
        help="Folder of the workspace, where a document of it is named.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
