"""Arguments and options that several commands have in common."""

from __future__ import annotations

from typing import Annotated

import typer

DocumentArgument = Annotated[
    str, typer.Argument(metavar="MAP", help="A file, or with -w the id of a document: buy-a-phone, persona/anna.")
]
IdArgument = Annotated[
    str, typer.Argument(metavar="MAP", help="The id of a document of the workspace: buy-a-phone, persona/anna.")
]
AuthorOption = Annotated[
    str | None,
    typer.Option("--author", envvar="DESIRELINE_AUTHOR", help="Who saves it; else the name of the system's user."),
]
LabelOption = Annotated[str | None, typer.Option("--label", help="What this version is about, in a few words.")]
